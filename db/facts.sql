-- Reading and writing the fact tables, by the names of db/groups.yaml: TABLE.get and TABLE.all give the groups' members in
-- their order (all: the parts of the key before them), TABLE.GROUP.put takes the parts of the key, then the members.
-- Only src/store/journal.c uses a put.

-- name: park.get
SELECT identity_name, identity_code, identity_type, identity_operating_since, location_province, location_city, location_address, location_longitude, location_latitude, boundary_text, boundary_area_km2, land_use_industrial, land_use_logistics, land_use_municipal_utility, land_use_roads, land_use_transport_sites, land_use_commercial, land_use_residential, land_use_public, land_use_other, administration_name, administration_credit_code, contact_name, contact_post, contact_phone, contact_email
FROM park WHERE park = ?1;

-- name: park.all
SELECT park, identity_name, identity_code, identity_type, identity_operating_since, location_province, location_city, location_address, location_longitude, location_latitude, boundary_text, boundary_area_km2, land_use_industrial, land_use_logistics, land_use_municipal_utility, land_use_roads, land_use_transport_sites, land_use_commercial, land_use_residential, land_use_public, land_use_other, administration_name, administration_credit_code, contact_name, contact_post, contact_phone, contact_email
FROM park ORDER BY park;

-- name: park.identity.put
INSERT INTO park (park, identity_name, identity_code, identity_type, identity_operating_since) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (park) DO UPDATE SET identity_name = excluded.identity_name, identity_code = excluded.identity_code, identity_type = excluded.identity_type, identity_operating_since = excluded.identity_operating_since;

-- name: park.location.put
INSERT INTO park (park, location_province, location_city, location_address, location_longitude, location_latitude) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (park) DO UPDATE SET location_province = excluded.location_province, location_city = excluded.location_city, location_address = excluded.location_address, location_longitude = excluded.location_longitude, location_latitude = excluded.location_latitude;

-- name: park.boundary.put
INSERT INTO park (park, boundary_text, boundary_area_km2) VALUES (?1, ?2, ?3)
ON CONFLICT (park) DO UPDATE SET boundary_text = excluded.boundary_text, boundary_area_km2 = excluded.boundary_area_km2;

-- name: park.land_use.put
INSERT INTO park (park, land_use_industrial, land_use_logistics, land_use_municipal_utility, land_use_roads, land_use_transport_sites, land_use_commercial, land_use_residential, land_use_public, land_use_other) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
ON CONFLICT (park) DO UPDATE SET land_use_industrial = excluded.land_use_industrial, land_use_logistics = excluded.land_use_logistics, land_use_municipal_utility = excluded.land_use_municipal_utility, land_use_roads = excluded.land_use_roads, land_use_transport_sites = excluded.land_use_transport_sites, land_use_commercial = excluded.land_use_commercial, land_use_residential = excluded.land_use_residential, land_use_public = excluded.land_use_public, land_use_other = excluded.land_use_other;

-- name: park.administration.put
INSERT INTO park (park, administration_name, administration_credit_code) VALUES (?1, ?2, ?3)
ON CONFLICT (park) DO UPDATE SET administration_name = excluded.administration_name, administration_credit_code = excluded.administration_credit_code;

-- name: park.contact.put
INSERT INTO park (park, contact_name, contact_post, contact_phone, contact_email) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (park) DO UPDATE SET contact_name = excluded.contact_name, contact_post = excluded.contact_post, contact_phone = excluded.contact_phone, contact_email = excluded.contact_email;

-- name: person.get
SELECT profile_organisation, profile_post, profile_phone, profile_email, roles_roles, removed_yes
FROM person WHERE name = ?1;

-- name: person.all
SELECT name, profile_organisation, profile_post, profile_phone, profile_email, roles_roles, removed_yes
FROM person ORDER BY name;

-- name: person.profile.put
INSERT INTO person (name, profile_organisation, profile_post, profile_phone, profile_email) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (name) DO UPDATE SET profile_organisation = excluded.profile_organisation, profile_post = excluded.profile_post, profile_phone = excluded.profile_phone, profile_email = excluded.profile_email;

-- name: person.roles.put
INSERT INTO person (name, roles_roles) VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE SET roles_roles = excluded.roles_roles;

-- name: person.removed.put
INSERT INTO person (name, removed_yes) VALUES (?1, ?2)
ON CONFLICT (name) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: ruleset.get
SELECT files_id, files_edition, files_head, files_items, files_units
FROM ruleset WHERE digest = ?1;

-- name: ruleset.all
SELECT digest, files_id, files_edition, files_head, files_items, files_units
FROM ruleset ORDER BY digest;

-- name: ruleset.files.put
INSERT INTO ruleset (digest, files_id, files_edition, files_head, files_items, files_units) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (digest) DO UPDATE SET files_id = excluded.files_id, files_edition = excluded.files_edition, files_head = excluded.files_head, files_items = excluded.files_items, files_units = excluded.files_units;

-- name: profile.get
SELECT files_id, files_ruleset, files_responsible, files_text
FROM profile WHERE digest = ?1;

-- name: profile.all
SELECT digest, files_id, files_ruleset, files_responsible, files_text
FROM profile ORDER BY digest;

-- name: profile.files.put
INSERT INTO profile (digest, files_id, files_ruleset, files_responsible, files_text) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (digest) DO UPDATE SET files_id = excluded.files_id, files_ruleset = excluded.files_ruleset, files_responsible = excluded.files_responsible, files_text = excluded.files_text;

-- name: assessment.get
SELECT subject_park_type, subject_place, subject_reason, ruleset_digest, profile_digest, removed_yes, cycle_kind, cycle_of, cycle_head
FROM assessment WHERE assessment = ?1;

-- name: assessment.all
SELECT assessment, subject_park_type, subject_place, subject_reason, ruleset_digest, profile_digest, removed_yes, cycle_kind, cycle_of, cycle_head
FROM assessment ORDER BY assessment;

-- name: assessment.subject.put
INSERT INTO assessment (assessment, subject_park_type, subject_place, subject_reason) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (assessment) DO UPDATE SET subject_park_type = excluded.subject_park_type, subject_place = excluded.subject_place, subject_reason = excluded.subject_reason;

-- name: assessment.ruleset.put
INSERT INTO assessment (assessment, ruleset_digest) VALUES (?1, ?2)
ON CONFLICT (assessment) DO UPDATE SET ruleset_digest = excluded.ruleset_digest;

-- name: assessment.profile.put
INSERT INTO assessment (assessment, profile_digest) VALUES (?1, ?2)
ON CONFLICT (assessment) DO UPDATE SET profile_digest = excluded.profile_digest;

-- name: assessment.removed.put
INSERT INTO assessment (assessment, removed_yes) VALUES (?1, ?2)
ON CONFLICT (assessment) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: assessment.cycle.put
INSERT INTO assessment (assessment, cycle_kind, cycle_of, cycle_head) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (assessment) DO UPDATE SET cycle_kind = excluded.cycle_kind, cycle_of = excluded.cycle_of, cycle_head = excluded.cycle_head;

-- name: answer.get
SELECT verdict_result, verdict_value, verdict_reason, remark_text, unsupported_reason, cited_evidence, cited_locator
FROM answer WHERE assessment = ?1 AND rung = ?2 AND item = ?3;

-- name: answer.all
SELECT assessment, rung, item, verdict_result, verdict_value, verdict_reason, remark_text, unsupported_reason, cited_evidence, cited_locator
FROM answer ORDER BY assessment, rung, item;

-- name: answer.verdict.put
INSERT INTO answer (assessment, rung, item, verdict_result, verdict_value, verdict_reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (assessment, rung, item) DO UPDATE SET verdict_result = excluded.verdict_result, verdict_value = excluded.verdict_value, verdict_reason = excluded.verdict_reason;

-- name: answer.remark.put
INSERT INTO answer (assessment, rung, item, remark_text) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (assessment, rung, item) DO UPDATE SET remark_text = excluded.remark_text;

-- name: answer.unsupported.put
INSERT INTO answer (assessment, rung, item, unsupported_reason) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (assessment, rung, item) DO UPDATE SET unsupported_reason = excluded.unsupported_reason;

-- name: answer.cited.put
INSERT INTO answer (assessment, rung, item, cited_evidence, cited_locator) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (assessment, rung, item) DO UPDATE SET cited_evidence = excluded.cited_evidence, cited_locator = excluded.cited_locator;

-- name: quantity.get
SELECT value_value, value_unit, value_na, value_source, reason_text
FROM quantity WHERE rung = ?1 AND year = ?2 AND quantity = ?3;

-- name: quantity.all
SELECT rung, year, quantity, value_value, value_unit, value_na, value_source, reason_text
FROM quantity ORDER BY rung, year, quantity;

-- name: quantity.value.put
INSERT INTO quantity (rung, year, quantity, value_value, value_unit, value_na, value_source) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (rung, year, quantity) DO UPDATE SET value_value = excluded.value_value, value_unit = excluded.value_unit, value_na = excluded.value_na, value_source = excluded.value_source;

-- name: quantity.reason.put
INSERT INTO quantity (rung, year, quantity, reason_text) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (rung, year, quantity) DO UPDATE SET reason_text = excluded.reason_text;

-- name: line.get
SELECT activity_year, activity_kind, activity_scope, activity_system, activity_source, activity_amount, activity_unit, factor_id, factor_value, factor_unit, factor_cite, note_text, removed_yes, entered_rung, name_text, months_m01, months_m02, months_m03, months_m04, months_m05, months_m06, months_m07, months_m08, months_m09, months_m10, months_m11, months_m12, place_place, place_meter, gas_gas, gas_biogenic, quality_level, quality_grade, quality_uncertainty, boundary_text, fuel_heating_value, fuel_heating_unit, fuel_carbon, fuel_carbon_unit, fuel_oxidation, fuel_cite, set_set, set_digest, set_year, set_region, flow_flow, flow_carrier, flow_attributes, purpose_purpose, counts_accounts, terminal_yes, order_at, allocation_scope_1, allocation_scope_2, allocation_scope_3
FROM line WHERE line = ?1;

-- name: line.all
SELECT line, activity_year, activity_kind, activity_scope, activity_system, activity_source, activity_amount, activity_unit, factor_id, factor_value, factor_unit, factor_cite, note_text, removed_yes, entered_rung, name_text, months_m01, months_m02, months_m03, months_m04, months_m05, months_m06, months_m07, months_m08, months_m09, months_m10, months_m11, months_m12, place_place, place_meter, gas_gas, gas_biogenic, quality_level, quality_grade, quality_uncertainty, boundary_text, fuel_heating_value, fuel_heating_unit, fuel_carbon, fuel_carbon_unit, fuel_oxidation, fuel_cite, set_set, set_digest, set_year, set_region, flow_flow, flow_carrier, flow_attributes, purpose_purpose, counts_accounts, terminal_yes, order_at, allocation_scope_1, allocation_scope_2, allocation_scope_3
FROM line ORDER BY line;

-- name: line.activity.put
INSERT INTO line (line, activity_year, activity_kind, activity_scope, activity_system, activity_source, activity_amount, activity_unit) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (line) DO UPDATE SET activity_year = excluded.activity_year, activity_kind = excluded.activity_kind, activity_scope = excluded.activity_scope, activity_system = excluded.activity_system, activity_source = excluded.activity_source, activity_amount = excluded.activity_amount, activity_unit = excluded.activity_unit;

-- name: line.factor.put
INSERT INTO line (line, factor_id, factor_value, factor_unit, factor_cite) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (line) DO UPDATE SET factor_id = excluded.factor_id, factor_value = excluded.factor_value, factor_unit = excluded.factor_unit, factor_cite = excluded.factor_cite;

-- name: line.note.put
INSERT INTO line (line, note_text) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET note_text = excluded.note_text;

-- name: line.removed.put
INSERT INTO line (line, removed_yes) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: line.entered.put
INSERT INTO line (line, entered_rung) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET entered_rung = excluded.entered_rung;

-- name: line.name.put
INSERT INTO line (line, name_text) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET name_text = excluded.name_text;

-- name: line.months.put
INSERT INTO line (line, months_m01, months_m02, months_m03, months_m04, months_m05, months_m06, months_m07, months_m08, months_m09, months_m10, months_m11, months_m12) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (line) DO UPDATE SET months_m01 = excluded.months_m01, months_m02 = excluded.months_m02, months_m03 = excluded.months_m03, months_m04 = excluded.months_m04, months_m05 = excluded.months_m05, months_m06 = excluded.months_m06, months_m07 = excluded.months_m07, months_m08 = excluded.months_m08, months_m09 = excluded.months_m09, months_m10 = excluded.months_m10, months_m11 = excluded.months_m11, months_m12 = excluded.months_m12;

-- name: line.place.put
INSERT INTO line (line, place_place, place_meter) VALUES (?1, ?2, ?3)
ON CONFLICT (line) DO UPDATE SET place_place = excluded.place_place, place_meter = excluded.place_meter;

-- name: line.gas.put
INSERT INTO line (line, gas_gas, gas_biogenic) VALUES (?1, ?2, ?3)
ON CONFLICT (line) DO UPDATE SET gas_gas = excluded.gas_gas, gas_biogenic = excluded.gas_biogenic;

-- name: line.quality.put
INSERT INTO line (line, quality_level, quality_grade, quality_uncertainty) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (line) DO UPDATE SET quality_level = excluded.quality_level, quality_grade = excluded.quality_grade, quality_uncertainty = excluded.quality_uncertainty;

-- name: line.boundary.put
INSERT INTO line (line, boundary_text) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET boundary_text = excluded.boundary_text;

-- name: line.fuel.put
INSERT INTO line (line, fuel_heating_value, fuel_heating_unit, fuel_carbon, fuel_carbon_unit, fuel_oxidation, fuel_cite) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (line) DO UPDATE SET fuel_heating_value = excluded.fuel_heating_value, fuel_heating_unit = excluded.fuel_heating_unit, fuel_carbon = excluded.fuel_carbon, fuel_carbon_unit = excluded.fuel_carbon_unit, fuel_oxidation = excluded.fuel_oxidation, fuel_cite = excluded.fuel_cite;

-- name: line.set.put
INSERT INTO line (line, set_set, set_digest, set_year, set_region) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (line) DO UPDATE SET set_set = excluded.set_set, set_digest = excluded.set_digest, set_year = excluded.set_year, set_region = excluded.set_region;

-- name: line.flow.put
INSERT INTO line (line, flow_flow, flow_carrier, flow_attributes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (line) DO UPDATE SET flow_flow = excluded.flow_flow, flow_carrier = excluded.flow_carrier, flow_attributes = excluded.flow_attributes;

-- name: line.purpose.put
INSERT INTO line (line, purpose_purpose) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET purpose_purpose = excluded.purpose_purpose;

-- name: line.counts.put
INSERT INTO line (line, counts_accounts) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET counts_accounts = excluded.counts_accounts;

-- name: line.terminal.put
INSERT INTO line (line, terminal_yes) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET terminal_yes = excluded.terminal_yes;

-- name: line.order.put
INSERT INTO line (line, order_at) VALUES (?1, ?2)
ON CONFLICT (line) DO UPDATE SET order_at = excluded.order_at;

-- name: line.allocation.put
INSERT INTO line (line, allocation_scope_1, allocation_scope_2, allocation_scope_3) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (line) DO UPDATE SET allocation_scope_1 = excluded.allocation_scope_1, allocation_scope_2 = excluded.allocation_scope_2, allocation_scope_3 = excluded.allocation_scope_3;

-- name: claim.get
SELECT activity_amount, activity_unit, factor_id, factor_value, factor_unit, factor_cite, reason_text, fuel_heating_value, fuel_heating_unit, fuel_carbon, fuel_carbon_unit, fuel_oxidation, fuel_cite, set_set, set_digest, set_year, set_region, quality_level, quality_grade, quality_uncertainty
FROM claim WHERE line = ?1 AND rung = ?2;

-- name: claim.all
SELECT line, rung, activity_amount, activity_unit, factor_id, factor_value, factor_unit, factor_cite, reason_text, fuel_heating_value, fuel_heating_unit, fuel_carbon, fuel_carbon_unit, fuel_oxidation, fuel_cite, set_set, set_digest, set_year, set_region, quality_level, quality_grade, quality_uncertainty
FROM claim ORDER BY line, rung;

-- name: claim.activity.put
INSERT INTO claim (line, rung, activity_amount, activity_unit) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (line, rung) DO UPDATE SET activity_amount = excluded.activity_amount, activity_unit = excluded.activity_unit;

-- name: claim.factor.put
INSERT INTO claim (line, rung, factor_id, factor_value, factor_unit, factor_cite) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (line, rung) DO UPDATE SET factor_id = excluded.factor_id, factor_value = excluded.factor_value, factor_unit = excluded.factor_unit, factor_cite = excluded.factor_cite;

-- name: claim.reason.put
INSERT INTO claim (line, rung, reason_text) VALUES (?1, ?2, ?3)
ON CONFLICT (line, rung) DO UPDATE SET reason_text = excluded.reason_text;

-- name: claim.fuel.put
INSERT INTO claim (line, rung, fuel_heating_value, fuel_heating_unit, fuel_carbon, fuel_carbon_unit, fuel_oxidation, fuel_cite) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (line, rung) DO UPDATE SET fuel_heating_value = excluded.fuel_heating_value, fuel_heating_unit = excluded.fuel_heating_unit, fuel_carbon = excluded.fuel_carbon, fuel_carbon_unit = excluded.fuel_carbon_unit, fuel_oxidation = excluded.fuel_oxidation, fuel_cite = excluded.fuel_cite;

-- name: claim.set.put
INSERT INTO claim (line, rung, set_set, set_digest, set_year, set_region) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (line, rung) DO UPDATE SET set_set = excluded.set_set, set_digest = excluded.set_digest, set_year = excluded.set_year, set_region = excluded.set_region;

-- name: claim.quality.put
INSERT INTO claim (line, rung, quality_level, quality_grade, quality_uncertainty) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (line, rung) DO UPDATE SET quality_level = excluded.quality_level, quality_grade = excluded.quality_grade, quality_uncertainty = excluded.quality_uncertainty;

-- name: evidence.get
SELECT file_name, file_size, file_type, file_blob, file_path, taken_at, taken_latitude, taken_longitude, taken_from, provenance_sender, provenance_version_of, provenance_kind, provenance_received, purged_reason, dated_date, validity_until, validity_by, validity_at, visit_stop, visit_place
FROM evidence WHERE sha256 = ?1;

-- name: evidence.all
SELECT sha256, file_name, file_size, file_type, file_blob, file_path, taken_at, taken_latitude, taken_longitude, taken_from, provenance_sender, provenance_version_of, provenance_kind, provenance_received, purged_reason, dated_date, validity_until, validity_by, validity_at, visit_stop, visit_place
FROM evidence ORDER BY sha256;

-- name: evidence.file.put
INSERT INTO evidence (sha256, file_name, file_size, file_type, file_blob, file_path) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (sha256) DO UPDATE SET file_name = excluded.file_name, file_size = excluded.file_size, file_type = excluded.file_type, file_blob = excluded.file_blob, file_path = excluded.file_path;

-- name: evidence.taken.put
INSERT INTO evidence (sha256, taken_at, taken_latitude, taken_longitude, taken_from) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (sha256) DO UPDATE SET taken_at = excluded.taken_at, taken_latitude = excluded.taken_latitude, taken_longitude = excluded.taken_longitude, taken_from = excluded.taken_from;

-- name: evidence.provenance.put
INSERT INTO evidence (sha256, provenance_sender, provenance_version_of, provenance_kind, provenance_received) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (sha256) DO UPDATE SET provenance_sender = excluded.provenance_sender, provenance_version_of = excluded.provenance_version_of, provenance_kind = excluded.provenance_kind, provenance_received = excluded.provenance_received;

-- name: evidence.purged.put
INSERT INTO evidence (sha256, purged_reason) VALUES (?1, ?2)
ON CONFLICT (sha256) DO UPDATE SET purged_reason = excluded.purged_reason;

-- name: evidence.dated.put
INSERT INTO evidence (sha256, dated_date) VALUES (?1, ?2)
ON CONFLICT (sha256) DO UPDATE SET dated_date = excluded.dated_date;

-- name: evidence.validity.put
INSERT INTO evidence (sha256, validity_until, validity_by, validity_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (sha256) DO UPDATE SET validity_until = excluded.validity_until, validity_by = excluded.validity_by, validity_at = excluded.validity_at;

-- name: evidence.visit.put
INSERT INTO evidence (sha256, visit_stop, visit_place) VALUES (?1, ?2, ?3)
ON CONFLICT (sha256) DO UPDATE SET visit_stop = excluded.visit_stop, visit_place = excluded.visit_place;

-- name: tie.get
SELECT locator_text, locator_page, locator_table, locator_note, slot_slot, vague_reason, removed_yes
FROM tie WHERE assessment = ?1 AND item = ?2 AND sha256 = ?3 AND locator = ?4;

-- name: tie.all
SELECT assessment, item, sha256, locator, locator_text, locator_page, locator_table, locator_note, slot_slot, vague_reason, removed_yes
FROM tie ORDER BY assessment, item, sha256, locator;

-- name: tie.locator.put
INSERT INTO tie (assessment, item, sha256, locator, locator_text, locator_page, locator_table, locator_note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (assessment, item, sha256, locator) DO UPDATE SET locator_text = excluded.locator_text, locator_page = excluded.locator_page, locator_table = excluded.locator_table, locator_note = excluded.locator_note;

-- name: tie.slot.put
INSERT INTO tie (assessment, item, sha256, locator, slot_slot) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (assessment, item, sha256, locator) DO UPDATE SET slot_slot = excluded.slot_slot;

-- name: tie.vague.put
INSERT INTO tie (assessment, item, sha256, locator, vague_reason) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (assessment, item, sha256, locator) DO UPDATE SET vague_reason = excluded.vague_reason;

-- name: tie.removed.put
INSERT INTO tie (assessment, item, sha256, locator, removed_yes) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (assessment, item, sha256, locator) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: seen.get
SELECT evidence_digest, evidence_pieces
FROM seen WHERE assessment = ?1 AND rung = ?2 AND item = ?3 AND person = ?4;

-- name: seen.all
SELECT assessment, rung, item, person, evidence_digest, evidence_pieces
FROM seen ORDER BY assessment, rung, item, person;

-- name: seen.evidence.put
INSERT INTO seen (assessment, rung, item, person, evidence_digest, evidence_pieces) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (assessment, rung, item, person) DO UPDATE SET evidence_digest = excluded.evidence_digest, evidence_pieces = excluded.evidence_pieces;

-- name: remark.get
SELECT place_assessment, place_item, place_rung, place_reply_to, text_text, removed_yes, settled_yes, settled_by
FROM remark WHERE remark = ?1;

-- name: remark.all
SELECT remark, place_assessment, place_item, place_rung, place_reply_to, text_text, removed_yes, settled_yes, settled_by
FROM remark ORDER BY remark;

-- name: remark.place.put
INSERT INTO remark (remark, place_assessment, place_item, place_rung, place_reply_to) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (remark) DO UPDATE SET place_assessment = excluded.place_assessment, place_item = excluded.place_item, place_rung = excluded.place_rung, place_reply_to = excluded.place_reply_to;

-- name: remark.text.put
INSERT INTO remark (remark, text_text) VALUES (?1, ?2)
ON CONFLICT (remark) DO UPDATE SET text_text = excluded.text_text;

-- name: remark.removed.put
INSERT INTO remark (remark, removed_yes) VALUES (?1, ?2)
ON CONFLICT (remark) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: remark.settled.put
INSERT INTO remark (remark, settled_yes, settled_by) VALUES (?1, ?2, ?3)
ON CONFLICT (remark) DO UPDATE SET settled_yes = excluded.settled_yes, settled_by = excluded.settled_by;

-- name: round.get
SELECT state_state, state_head, state_state_hash
FROM round WHERE assessment = ?1 AND rung = ?2 AND round = ?3;

-- name: round.all
SELECT assessment, rung, round, state_state, state_head, state_state_hash
FROM round ORDER BY assessment, rung, round;

-- name: round.state.put
INSERT INTO round (assessment, rung, round, state_state, state_head, state_state_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (assessment, rung, round) DO UPDATE SET state_state = excluded.state_state, state_head = excluded.state_head, state_state_hash = excluded.state_state_hash;

-- name: sent_back.get
SELECT ask_remark, ask_by
FROM sent_back WHERE assessment = ?1 AND rung = ?2 AND round = ?3 AND item = ?4;

-- name: sent_back.all
SELECT assessment, rung, round, item, ask_remark, ask_by
FROM sent_back ORDER BY assessment, rung, round, item;

-- name: sent_back.ask.put
INSERT INTO sent_back (assessment, rung, round, item, ask_remark, ask_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (assessment, rung, round, item) DO UPDATE SET ask_remark = excluded.ask_remark, ask_by = excluded.ask_by;

-- name: finding.get
SELECT number_number, place_assessment, place_item, place_place, fact_text, fact_by, grade_grade, due_date, cause_text, correction_text, answer_text, answer_by, objection_text, objection_by, ruling_outcome, ruling_text, ruling_by, verification_outcome, verification_text, verification_on, verification_by, withdrawn_text, withdrawn_by
FROM finding WHERE finding = ?1;

-- name: finding.all
SELECT finding, number_number, place_assessment, place_item, place_place, fact_text, fact_by, grade_grade, due_date, cause_text, correction_text, answer_text, answer_by, objection_text, objection_by, ruling_outcome, ruling_text, ruling_by, verification_outcome, verification_text, verification_on, verification_by, withdrawn_text, withdrawn_by
FROM finding ORDER BY finding;

-- name: finding.number.put
INSERT INTO finding (finding, number_number) VALUES (?1, ?2)
ON CONFLICT (finding) DO UPDATE SET number_number = excluded.number_number;

-- name: finding.place.put
INSERT INTO finding (finding, place_assessment, place_item, place_place) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (finding) DO UPDATE SET place_assessment = excluded.place_assessment, place_item = excluded.place_item, place_place = excluded.place_place;

-- name: finding.fact.put
INSERT INTO finding (finding, fact_text, fact_by) VALUES (?1, ?2, ?3)
ON CONFLICT (finding) DO UPDATE SET fact_text = excluded.fact_text, fact_by = excluded.fact_by;

-- name: finding.grade.put
INSERT INTO finding (finding, grade_grade) VALUES (?1, ?2)
ON CONFLICT (finding) DO UPDATE SET grade_grade = excluded.grade_grade;

-- name: finding.due.put
INSERT INTO finding (finding, due_date) VALUES (?1, ?2)
ON CONFLICT (finding) DO UPDATE SET due_date = excluded.due_date;

-- name: finding.cause.put
INSERT INTO finding (finding, cause_text) VALUES (?1, ?2)
ON CONFLICT (finding) DO UPDATE SET cause_text = excluded.cause_text;

-- name: finding.correction.put
INSERT INTO finding (finding, correction_text) VALUES (?1, ?2)
ON CONFLICT (finding) DO UPDATE SET correction_text = excluded.correction_text;

-- name: finding.answer.put
INSERT INTO finding (finding, answer_text, answer_by) VALUES (?1, ?2, ?3)
ON CONFLICT (finding) DO UPDATE SET answer_text = excluded.answer_text, answer_by = excluded.answer_by;

-- name: finding.objection.put
INSERT INTO finding (finding, objection_text, objection_by) VALUES (?1, ?2, ?3)
ON CONFLICT (finding) DO UPDATE SET objection_text = excluded.objection_text, objection_by = excluded.objection_by;

-- name: finding.ruling.put
INSERT INTO finding (finding, ruling_outcome, ruling_text, ruling_by) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (finding) DO UPDATE SET ruling_outcome = excluded.ruling_outcome, ruling_text = excluded.ruling_text, ruling_by = excluded.ruling_by;

-- name: finding.verification.put
INSERT INTO finding (finding, verification_outcome, verification_text, verification_on, verification_by) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (finding) DO UPDATE SET verification_outcome = excluded.verification_outcome, verification_text = excluded.verification_text, verification_on = excluded.verification_on, verification_by = excluded.verification_by;

-- name: finding.withdrawn.put
INSERT INTO finding (finding, withdrawn_text, withdrawn_by) VALUES (?1, ?2, ?3)
ON CONFLICT (finding) DO UPDATE SET withdrawn_text = excluded.withdrawn_text, withdrawn_by = excluded.withdrawn_by;

-- name: finding_tie.get
SELECT locator_text, removed_yes
FROM finding_tie WHERE finding = ?1 AND sha256 = ?2 AND purpose = ?3;

-- name: finding_tie.all
SELECT finding, sha256, purpose, locator_text, removed_yes
FROM finding_tie ORDER BY finding, sha256, purpose;

-- name: finding_tie.locator.put
INSERT INTO finding_tie (finding, sha256, purpose, locator_text) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (finding, sha256, purpose) DO UPDATE SET locator_text = excluded.locator_text;

-- name: finding_tie.removed.put
INSERT INTO finding_tie (finding, sha256, purpose, removed_yes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (finding, sha256, purpose) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: sign_off.get
SELECT mark_by, mark_at, mark_head, mark_state_hash
FROM sign_off WHERE assessment = ?1 AND step = ?2;

-- name: sign_off.all
SELECT assessment, step, mark_by, mark_at, mark_head, mark_state_hash
FROM sign_off ORDER BY assessment, step;

-- name: sign_off.mark.put
INSERT INTO sign_off (assessment, step, mark_by, mark_at, mark_head, mark_state_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (assessment, step) DO UPDATE SET mark_by = excluded.mark_by, mark_at = excluded.mark_at, mark_head = excluded.mark_head, mark_state_hash = excluded.mark_state_hash;

-- name: decision.get
SELECT outcome_outcome, outcome_reason, outcome_conditions, outcome_by, outcome_at, outcome_head, outcome_state_hash
FROM decision WHERE assessment = ?1 AND decision = ?2;

-- name: decision.all
SELECT assessment, decision, outcome_outcome, outcome_reason, outcome_conditions, outcome_by, outcome_at, outcome_head, outcome_state_hash
FROM decision ORDER BY assessment, decision;

-- name: decision.outcome.put
INSERT INTO decision (assessment, decision, outcome_outcome, outcome_reason, outcome_conditions, outcome_by, outcome_at, outcome_head, outcome_state_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (assessment, decision) DO UPDATE SET outcome_outcome = excluded.outcome_outcome, outcome_reason = excluded.outcome_reason, outcome_conditions = excluded.outcome_conditions, outcome_by = excluded.outcome_by, outcome_at = excluded.outcome_at, outcome_head = excluded.outcome_head, outcome_state_hash = excluded.outcome_state_hash;

-- name: duty.get
SELECT owner_owner, owner_due
FROM duty WHERE kind = ?1 AND assessment = ?2 AND id = ?3;

-- name: duty.all
SELECT kind, assessment, id, owner_owner, owner_due
FROM duty ORDER BY kind, assessment, id;

-- name: duty.owner.put
INSERT INTO duty (kind, assessment, id, owner_owner, owner_due) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (kind, assessment, id) DO UPDATE SET owner_owner = excluded.owner_owner, owner_due = excluded.owner_due;

-- name: obligation.get
SELECT must_yes
FROM obligation WHERE assessment = ?1 AND item = ?2;

-- name: obligation.all
SELECT assessment, item, must_yes
FROM obligation ORDER BY assessment, item;

-- name: obligation.must.put
INSERT INTO obligation (assessment, item, must_yes) VALUES (?1, ?2, ?3)
ON CONFLICT (assessment, item) DO UPDATE SET must_yes = excluded.must_yes;

-- name: signing_key.get
SELECT owner_person, revoked_reason, revoked_since
FROM signing_key WHERE public = ?1;

-- name: signing_key.all
SELECT public, owner_person, revoked_reason, revoked_since
FROM signing_key ORDER BY public;

-- name: signing_key.owner.put
INSERT INTO signing_key (public, owner_person) VALUES (?1, ?2)
ON CONFLICT (public) DO UPDATE SET owner_person = excluded.owner_person;

-- name: signing_key.revoked.put
INSERT INTO signing_key (public, revoked_reason, revoked_since) VALUES (?1, ?2, ?3)
ON CONFLICT (public) DO UPDATE SET revoked_reason = excluded.revoked_reason, revoked_since = excluded.revoked_since;

-- name: request.get
SELECT ask_topic, ask_title, ask_owner, ask_department, ask_due, state_state, state_note, removed_yes, receipt_on, receipt_from, receipt_files, reminded_on, reminded_times
FROM request WHERE request = ?1;

-- name: request.all
SELECT request, ask_topic, ask_title, ask_owner, ask_department, ask_due, state_state, state_note, removed_yes, receipt_on, receipt_from, receipt_files, reminded_on, reminded_times
FROM request ORDER BY request;

-- name: request.ask.put
INSERT INTO request (request, ask_topic, ask_title, ask_owner, ask_department, ask_due) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (request) DO UPDATE SET ask_topic = excluded.ask_topic, ask_title = excluded.ask_title, ask_owner = excluded.ask_owner, ask_department = excluded.ask_department, ask_due = excluded.ask_due;

-- name: request.state.put
INSERT INTO request (request, state_state, state_note) VALUES (?1, ?2, ?3)
ON CONFLICT (request) DO UPDATE SET state_state = excluded.state_state, state_note = excluded.state_note;

-- name: request.removed.put
INSERT INTO request (request, removed_yes) VALUES (?1, ?2)
ON CONFLICT (request) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: request.receipt.put
INSERT INTO request (request, receipt_on, receipt_from, receipt_files) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (request) DO UPDATE SET receipt_on = excluded.receipt_on, receipt_from = excluded.receipt_from, receipt_files = excluded.receipt_files;

-- name: request.reminded.put
INSERT INTO request (request, reminded_on, reminded_times) VALUES (?1, ?2, ?3)
ON CONFLICT (request) DO UPDATE SET reminded_on = excluded.reminded_on, reminded_times = excluded.reminded_times;

-- name: setting.get
SELECT value_value
FROM setting WHERE setting = ?1;

-- name: setting.all
SELECT setting, value_value
FROM setting ORDER BY setting;

-- name: setting.value.put
INSERT INTO setting (setting, value_value) VALUES (?1, ?2)
ON CONFLICT (setting) DO UPDATE SET value_value = excluded.value_value;

-- name: line_tie.get
SELECT locator_text, locator_page, locator_table, locator_note, removed_yes
FROM line_tie WHERE line = ?1 AND sha256 = ?2 AND locator = ?3;

-- name: line_tie.all
SELECT line, sha256, locator, locator_text, locator_page, locator_table, locator_note, removed_yes
FROM line_tie ORDER BY line, sha256, locator;

-- name: line_tie.locator.put
INSERT INTO line_tie (line, sha256, locator, locator_text, locator_page, locator_table, locator_note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (line, sha256, locator) DO UPDATE SET locator_text = excluded.locator_text, locator_page = excluded.locator_page, locator_table = excluded.locator_table, locator_note = excluded.locator_note;

-- name: line_tie.removed.put
INSERT INTO line_tie (line, sha256, locator, removed_yes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (line, sha256, locator) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: offset.get
SELECT project_kind, project_name, project_number, project_vintage, serials_from, serials_to, serials_count, holder_holder, holder_issued, cancelled_on, cancelled_for, cancelled_year, cancelled_number, locality_local, locality_region, commitment_since, commitment_years, use_line, use_route, note_text, removed_yes
FROM offset WHERE offset = ?1;

-- name: offset.all
SELECT offset, project_kind, project_name, project_number, project_vintage, serials_from, serials_to, serials_count, holder_holder, holder_issued, cancelled_on, cancelled_for, cancelled_year, cancelled_number, locality_local, locality_region, commitment_since, commitment_years, use_line, use_route, note_text, removed_yes
FROM offset ORDER BY offset;

-- name: offset.project.put
INSERT INTO offset (offset, project_kind, project_name, project_number, project_vintage) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (offset) DO UPDATE SET project_kind = excluded.project_kind, project_name = excluded.project_name, project_number = excluded.project_number, project_vintage = excluded.project_vintage;

-- name: offset.serials.put
INSERT INTO offset (offset, serials_from, serials_to, serials_count) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (offset) DO UPDATE SET serials_from = excluded.serials_from, serials_to = excluded.serials_to, serials_count = excluded.serials_count;

-- name: offset.holder.put
INSERT INTO offset (offset, holder_holder, holder_issued) VALUES (?1, ?2, ?3)
ON CONFLICT (offset) DO UPDATE SET holder_holder = excluded.holder_holder, holder_issued = excluded.holder_issued;

-- name: offset.cancelled.put
INSERT INTO offset (offset, cancelled_on, cancelled_for, cancelled_year, cancelled_number) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (offset) DO UPDATE SET cancelled_on = excluded.cancelled_on, cancelled_for = excluded.cancelled_for, cancelled_year = excluded.cancelled_year, cancelled_number = excluded.cancelled_number;

-- name: offset.locality.put
INSERT INTO offset (offset, locality_local, locality_region) VALUES (?1, ?2, ?3)
ON CONFLICT (offset) DO UPDATE SET locality_local = excluded.locality_local, locality_region = excluded.locality_region;

-- name: offset.commitment.put
INSERT INTO offset (offset, commitment_since, commitment_years) VALUES (?1, ?2, ?3)
ON CONFLICT (offset) DO UPDATE SET commitment_since = excluded.commitment_since, commitment_years = excluded.commitment_years;

-- name: offset.use.put
INSERT INTO offset (offset, use_line, use_route) VALUES (?1, ?2, ?3)
ON CONFLICT (offset) DO UPDATE SET use_line = excluded.use_line, use_route = excluded.use_route;

-- name: offset.note.put
INSERT INTO offset (offset, note_text) VALUES (?1, ?2)
ON CONFLICT (offset) DO UPDATE SET note_text = excluded.note_text;

-- name: offset.removed.put
INSERT INTO offset (offset, removed_yes) VALUES (?1, ?2)
ON CONFLICT (offset) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: green_certificate.get
SELECT kind_kind, codes_from, codes_to, codes_count, codes_unit, plant_name, plant_technology, plant_region, month_month, holder_holder, holder_issued, cancelled_on, cancelled_for, cancelled_year, cancelled_number, use_line, use_route, note_text, removed_yes
FROM green_certificate WHERE certificate = ?1;

-- name: green_certificate.all
SELECT certificate, kind_kind, codes_from, codes_to, codes_count, codes_unit, plant_name, plant_technology, plant_region, month_month, holder_holder, holder_issued, cancelled_on, cancelled_for, cancelled_year, cancelled_number, use_line, use_route, note_text, removed_yes
FROM green_certificate ORDER BY certificate;

-- name: green_certificate.kind.put
INSERT INTO green_certificate (certificate, kind_kind) VALUES (?1, ?2)
ON CONFLICT (certificate) DO UPDATE SET kind_kind = excluded.kind_kind;

-- name: green_certificate.codes.put
INSERT INTO green_certificate (certificate, codes_from, codes_to, codes_count, codes_unit) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (certificate) DO UPDATE SET codes_from = excluded.codes_from, codes_to = excluded.codes_to, codes_count = excluded.codes_count, codes_unit = excluded.codes_unit;

-- name: green_certificate.plant.put
INSERT INTO green_certificate (certificate, plant_name, plant_technology, plant_region) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (certificate) DO UPDATE SET plant_name = excluded.plant_name, plant_technology = excluded.plant_technology, plant_region = excluded.plant_region;

-- name: green_certificate.month.put
INSERT INTO green_certificate (certificate, month_month) VALUES (?1, ?2)
ON CONFLICT (certificate) DO UPDATE SET month_month = excluded.month_month;

-- name: green_certificate.holder.put
INSERT INTO green_certificate (certificate, holder_holder, holder_issued) VALUES (?1, ?2, ?3)
ON CONFLICT (certificate) DO UPDATE SET holder_holder = excluded.holder_holder, holder_issued = excluded.holder_issued;

-- name: green_certificate.cancelled.put
INSERT INTO green_certificate (certificate, cancelled_on, cancelled_for, cancelled_year, cancelled_number) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (certificate) DO UPDATE SET cancelled_on = excluded.cancelled_on, cancelled_for = excluded.cancelled_for, cancelled_year = excluded.cancelled_year, cancelled_number = excluded.cancelled_number;

-- name: green_certificate.use.put
INSERT INTO green_certificate (certificate, use_line, use_route) VALUES (?1, ?2, ?3)
ON CONFLICT (certificate) DO UPDATE SET use_line = excluded.use_line, use_route = excluded.use_route;

-- name: green_certificate.note.put
INSERT INTO green_certificate (certificate, note_text) VALUES (?1, ?2)
ON CONFLICT (certificate) DO UPDATE SET note_text = excluded.note_text;

-- name: green_certificate.removed.put
INSERT INTO green_certificate (certificate, removed_yes) VALUES (?1, ?2)
ON CONFLICT (certificate) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: meter.get
SELECT meter_name, meter_carrier, meter_class, meter_serial, place_place, note_text, removed_yes
FROM meter WHERE meter = ?1;

-- name: meter.all
SELECT meter, meter_name, meter_carrier, meter_class, meter_serial, place_place, note_text, removed_yes
FROM meter ORDER BY meter;

-- name: meter.meter.put
INSERT INTO meter (meter, meter_name, meter_carrier, meter_class, meter_serial) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (meter) DO UPDATE SET meter_name = excluded.meter_name, meter_carrier = excluded.meter_carrier, meter_class = excluded.meter_class, meter_serial = excluded.meter_serial;

-- name: meter.place.put
INSERT INTO meter (meter, place_place) VALUES (?1, ?2)
ON CONFLICT (meter) DO UPDATE SET place_place = excluded.place_place;

-- name: meter.note.put
INSERT INTO meter (meter, note_text) VALUES (?1, ?2)
ON CONFLICT (meter) DO UPDATE SET note_text = excluded.note_text;

-- name: meter.removed.put
INSERT INTO meter (meter, removed_yes) VALUES (?1, ?2)
ON CONFLICT (meter) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: calibration.get
SELECT result_until, result_number, result_laboratory, removed_yes
FROM calibration WHERE meter = ?1 AND "on" = ?2;

-- name: calibration.all
SELECT meter, "on", result_until, result_number, result_laboratory, removed_yes
FROM calibration ORDER BY meter, "on";

-- name: calibration.result.put
INSERT INTO calibration (meter, "on", result_until, result_number, result_laboratory) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (meter, "on") DO UPDATE SET result_until = excluded.result_until, result_number = excluded.result_number, result_laboratory = excluded.result_laboratory;

-- name: calibration.removed.put
INSERT INTO calibration (meter, "on", removed_yes) VALUES (?1, ?2, ?3)
ON CONFLICT (meter, "on") DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: factor_set.get
SELECT files_id, files_text, retired_successor
FROM factor_set WHERE digest = ?1;

-- name: factor_set.all
SELECT digest, files_id, files_text, retired_successor
FROM factor_set ORDER BY digest;

-- name: factor_set.files.put
INSERT INTO factor_set (digest, files_id, files_text) VALUES (?1, ?2, ?3)
ON CONFLICT (digest) DO UPDATE SET files_id = excluded.files_id, files_text = excluded.files_text;

-- name: factor_set.retired.put
INSERT INTO factor_set (digest, retired_successor) VALUES (?1, ?2)
ON CONFLICT (digest) DO UPDATE SET retired_successor = excluded.retired_successor;

-- name: tick.get
SELECT mark_by, mark_at, mark_what
FROM tick WHERE assessment = ?1 AND matter = ?2;

-- name: tick.all
SELECT assessment, matter, mark_by, mark_at, mark_what
FROM tick ORDER BY assessment, matter;

-- name: tick.mark.put
INSERT INTO tick (assessment, matter, mark_by, mark_at, mark_what) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (assessment, matter) DO UPDATE SET mark_by = excluded.mark_by, mark_at = excluded.mark_at, mark_what = excluded.mark_what;

-- name: certificate.get
SELECT issued_series, issued_year, issued_n, issued_park, issued_grade, issued_standard, issued_project, issued_assessment, issued_day, issued_valid_until, issued_record, issued_statement, state_state, state_since, state_until, state_reason, state_other, state_by, surveillance_due, surveillance_done, surveillance_note, surveillance_by
FROM certificate WHERE number = ?1;

-- name: certificate.all
SELECT number, issued_series, issued_year, issued_n, issued_park, issued_grade, issued_standard, issued_project, issued_assessment, issued_day, issued_valid_until, issued_record, issued_statement, state_state, state_since, state_until, state_reason, state_other, state_by, surveillance_due, surveillance_done, surveillance_note, surveillance_by
FROM certificate ORDER BY number;

-- name: certificate.issued.put
INSERT INTO certificate (number, issued_series, issued_year, issued_n, issued_park, issued_grade, issued_standard, issued_project, issued_assessment, issued_day, issued_valid_until, issued_record, issued_statement) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (number) DO UPDATE SET issued_series = excluded.issued_series, issued_year = excluded.issued_year, issued_n = excluded.issued_n, issued_park = excluded.issued_park, issued_grade = excluded.issued_grade, issued_standard = excluded.issued_standard, issued_project = excluded.issued_project, issued_assessment = excluded.issued_assessment, issued_day = excluded.issued_day, issued_valid_until = excluded.issued_valid_until, issued_record = excluded.issued_record, issued_statement = excluded.issued_statement;

-- name: certificate.state.put
INSERT INTO certificate (number, state_state, state_since, state_until, state_reason, state_other, state_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (number) DO UPDATE SET state_state = excluded.state_state, state_since = excluded.state_since, state_until = excluded.state_until, state_reason = excluded.state_reason, state_other = excluded.state_other, state_by = excluded.state_by;

-- name: certificate.surveillance.put
INSERT INTO certificate (number, surveillance_due, surveillance_done, surveillance_note, surveillance_by) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (number) DO UPDATE SET surveillance_due = excluded.surveillance_due, surveillance_done = excluded.surveillance_done, surveillance_note = excluded.surveillance_note, surveillance_by = excluded.surveillance_by;

-- name: appraisal.get
SELECT difficulty_level, difficulty_text, means_text, means_economics, removed_yes
FROM appraisal WHERE kind = ?1 AND source = ?2;

-- name: appraisal.all
SELECT kind, source, difficulty_level, difficulty_text, means_text, means_economics, removed_yes
FROM appraisal ORDER BY kind, source;

-- name: appraisal.difficulty.put
INSERT INTO appraisal (kind, source, difficulty_level, difficulty_text) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (kind, source) DO UPDATE SET difficulty_level = excluded.difficulty_level, difficulty_text = excluded.difficulty_text;

-- name: appraisal.means.put
INSERT INTO appraisal (kind, source, means_text, means_economics) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (kind, source) DO UPDATE SET means_text = excluded.means_text, means_economics = excluded.means_economics;

-- name: appraisal.removed.put
INSERT INTO appraisal (kind, source, removed_yes) VALUES (?1, ?2, ?3)
ON CONFLICT (kind, source) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: engagement.get
SELECT parties_applicant, parties_responsible, parties_user, basis_criteria, basis_edition, basis_stage, basis_from, basis_to, level_assurance, level_materiality, contract_number, contract_on, contract_body, person_days_document, person_days_site, person_days_report, person_days_review, dates_applied, dates_documents, dates_plan, dates_site_from, dates_site_to, dates_corrections, dates_review, dates_decision, conflict_result, conflict_on, conflict_consulting, conflict_note, declared_impartial, declared_confidential, declared_papers, acceptance_outcome, acceptance_on, acceptance_reason, acceptance_conditions, note_text, removed_yes
FROM engagement WHERE year = ?1;

-- name: engagement.all
SELECT year, parties_applicant, parties_responsible, parties_user, basis_criteria, basis_edition, basis_stage, basis_from, basis_to, level_assurance, level_materiality, contract_number, contract_on, contract_body, person_days_document, person_days_site, person_days_report, person_days_review, dates_applied, dates_documents, dates_plan, dates_site_from, dates_site_to, dates_corrections, dates_review, dates_decision, conflict_result, conflict_on, conflict_consulting, conflict_note, declared_impartial, declared_confidential, declared_papers, acceptance_outcome, acceptance_on, acceptance_reason, acceptance_conditions, note_text, removed_yes
FROM engagement ORDER BY year;

-- name: engagement.parties.put
INSERT INTO engagement (year, parties_applicant, parties_responsible, parties_user) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (year) DO UPDATE SET parties_applicant = excluded.parties_applicant, parties_responsible = excluded.parties_responsible, parties_user = excluded.parties_user;

-- name: engagement.basis.put
INSERT INTO engagement (year, basis_criteria, basis_edition, basis_stage, basis_from, basis_to) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (year) DO UPDATE SET basis_criteria = excluded.basis_criteria, basis_edition = excluded.basis_edition, basis_stage = excluded.basis_stage, basis_from = excluded.basis_from, basis_to = excluded.basis_to;

-- name: engagement.level.put
INSERT INTO engagement (year, level_assurance, level_materiality) VALUES (?1, ?2, ?3)
ON CONFLICT (year) DO UPDATE SET level_assurance = excluded.level_assurance, level_materiality = excluded.level_materiality;

-- name: engagement.contract.put
INSERT INTO engagement (year, contract_number, contract_on, contract_body) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (year) DO UPDATE SET contract_number = excluded.contract_number, contract_on = excluded.contract_on, contract_body = excluded.contract_body;

-- name: engagement.person_days.put
INSERT INTO engagement (year, person_days_document, person_days_site, person_days_report, person_days_review) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (year) DO UPDATE SET person_days_document = excluded.person_days_document, person_days_site = excluded.person_days_site, person_days_report = excluded.person_days_report, person_days_review = excluded.person_days_review;

-- name: engagement.dates.put
INSERT INTO engagement (year, dates_applied, dates_documents, dates_plan, dates_site_from, dates_site_to, dates_corrections, dates_review, dates_decision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (year) DO UPDATE SET dates_applied = excluded.dates_applied, dates_documents = excluded.dates_documents, dates_plan = excluded.dates_plan, dates_site_from = excluded.dates_site_from, dates_site_to = excluded.dates_site_to, dates_corrections = excluded.dates_corrections, dates_review = excluded.dates_review, dates_decision = excluded.dates_decision;

-- name: engagement.conflict.put
INSERT INTO engagement (year, conflict_result, conflict_on, conflict_consulting, conflict_note) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (year) DO UPDATE SET conflict_result = excluded.conflict_result, conflict_on = excluded.conflict_on, conflict_consulting = excluded.conflict_consulting, conflict_note = excluded.conflict_note;

-- name: engagement.declared.put
INSERT INTO engagement (year, declared_impartial, declared_confidential, declared_papers) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (year) DO UPDATE SET declared_impartial = excluded.declared_impartial, declared_confidential = excluded.declared_confidential, declared_papers = excluded.declared_papers;

-- name: engagement.acceptance.put
INSERT INTO engagement (year, acceptance_outcome, acceptance_on, acceptance_reason, acceptance_conditions) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (year) DO UPDATE SET acceptance_outcome = excluded.acceptance_outcome, acceptance_on = excluded.acceptance_on, acceptance_reason = excluded.acceptance_reason, acceptance_conditions = excluded.acceptance_conditions;

-- name: engagement.note.put
INSERT INTO engagement (year, note_text) VALUES (?1, ?2)
ON CONFLICT (year) DO UPDATE SET note_text = excluded.note_text;

-- name: engagement.removed.put
INSERT INTO engagement (year, removed_yes) VALUES (?1, ?2)
ON CONFLICT (year) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: team.get
SELECT part_role, part_sector, part_sections, dates_from, dates_to, declared_impartial, declared_confidential, note_text, removed_yes
FROM team WHERE year = ?1 AND name = ?2;

-- name: team.all
SELECT year, name, part_role, part_sector, part_sections, dates_from, dates_to, declared_impartial, declared_confidential, note_text, removed_yes
FROM team ORDER BY year, name;

-- name: team.part.put
INSERT INTO team (year, name, part_role, part_sector, part_sections) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (year, name) DO UPDATE SET part_role = excluded.part_role, part_sector = excluded.part_sector, part_sections = excluded.part_sections;

-- name: team.dates.put
INSERT INTO team (year, name, dates_from, dates_to) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (year, name) DO UPDATE SET dates_from = excluded.dates_from, dates_to = excluded.dates_to;

-- name: team.declared.put
INSERT INTO team (year, name, declared_impartial, declared_confidential) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (year, name) DO UPDATE SET declared_impartial = excluded.declared_impartial, declared_confidential = excluded.declared_confidential;

-- name: team.note.put
INSERT INTO team (year, name, note_text) VALUES (?1, ?2, ?3)
ON CONFLICT (year, name) DO UPDATE SET note_text = excluded.note_text;

-- name: team.removed.put
INSERT INTO team (year, name, removed_yes) VALUES (?1, ?2, ?3)
ON CONFLICT (year, name) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: place.get
SELECT place_kind, place_name, place_address, place_part_of, share_energy, size_count, size_area, size_power, marks_marks, contact_name, contact_phone, note_text, removed_yes
FROM place WHERE place = ?1;

-- name: place.all
SELECT place, place_kind, place_name, place_address, place_part_of, share_energy, size_count, size_area, size_power, marks_marks, contact_name, contact_phone, note_text, removed_yes
FROM place ORDER BY place;

-- name: place.place.put
INSERT INTO place (place, place_kind, place_name, place_address, place_part_of) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (place) DO UPDATE SET place_kind = excluded.place_kind, place_name = excluded.place_name, place_address = excluded.place_address, place_part_of = excluded.place_part_of;

-- name: place.share.put
INSERT INTO place (place, share_energy) VALUES (?1, ?2)
ON CONFLICT (place) DO UPDATE SET share_energy = excluded.share_energy;

-- name: place.size.put
INSERT INTO place (place, size_count, size_area, size_power) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (place) DO UPDATE SET size_count = excluded.size_count, size_area = excluded.size_area, size_power = excluded.size_power;

-- name: place.marks.put
INSERT INTO place (place, marks_marks) VALUES (?1, ?2)
ON CONFLICT (place) DO UPDATE SET marks_marks = excluded.marks_marks;

-- name: place.contact.put
INSERT INTO place (place, contact_name, contact_phone) VALUES (?1, ?2, ?3)
ON CONFLICT (place) DO UPDATE SET contact_name = excluded.contact_name, contact_phone = excluded.contact_phone;

-- name: place.note.put
INSERT INTO place (place, note_text) VALUES (?1, ?2)
ON CONFLICT (place) DO UPDATE SET note_text = excluded.note_text;

-- name: place.removed.put
INSERT INTO place (place, removed_yes) VALUES (?1, ?2)
ON CONFLICT (place) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: population.get
SELECT frame_kind, frame_marks, frame_size, frame_list, rule_must, rule_basis, draw_n, draw_seed, draw_reason, draw_method, removed_yes
FROM population WHERE year = ?1 AND population = ?2;

-- name: population.all
SELECT year, population, frame_kind, frame_marks, frame_size, frame_list, rule_must, rule_basis, draw_n, draw_seed, draw_reason, draw_method, removed_yes
FROM population ORDER BY year, population;

-- name: population.frame.put
INSERT INTO population (year, population, frame_kind, frame_marks, frame_size, frame_list) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (year, population) DO UPDATE SET frame_kind = excluded.frame_kind, frame_marks = excluded.frame_marks, frame_size = excluded.frame_size, frame_list = excluded.frame_list;

-- name: population.rule.put
INSERT INTO population (year, population, rule_must, rule_basis) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (year, population) DO UPDATE SET rule_must = excluded.rule_must, rule_basis = excluded.rule_basis;

-- name: population.draw.put
INSERT INTO population (year, population, draw_n, draw_seed, draw_reason, draw_method) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (year, population) DO UPDATE SET draw_n = excluded.draw_n, draw_seed = excluded.draw_seed, draw_reason = excluded.draw_reason, draw_method = excluded.draw_method;

-- name: population.removed.put
INSERT INTO population (year, population, removed_yes) VALUES (?1, ?2, ?3)
ON CONFLICT (year, population) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: sample.get
SELECT drawn_how, drawn_order, replaced_with, replaced_reason, removed_yes
FROM sample WHERE year = ?1 AND population = ?2 AND place = ?3;

-- name: sample.all
SELECT year, population, place, drawn_how, drawn_order, replaced_with, replaced_reason, removed_yes
FROM sample ORDER BY year, population, place;

-- name: sample.drawn.put
INSERT INTO sample (year, population, place, drawn_how, drawn_order) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (year, population, place) DO UPDATE SET drawn_how = excluded.drawn_how, drawn_order = excluded.drawn_order;

-- name: sample.replaced.put
INSERT INTO sample (year, population, place, replaced_with, replaced_reason) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (year, population, place) DO UPDATE SET replaced_with = excluded.replaced_with, replaced_reason = excluded.replaced_reason;

-- name: sample.removed.put
INSERT INTO sample (year, population, place, removed_yes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (year, population, place) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: stop.get
SELECT when_day, when_from, when_to, what_kind, what_title, what_purpose, done_from, done_to, done_note, sign_in_count, sign_in_sheet, removed_yes
FROM stop WHERE stop = ?1;

-- name: stop.all
SELECT stop, when_day, when_from, when_to, what_kind, what_title, what_purpose, done_from, done_to, done_note, sign_in_count, sign_in_sheet, removed_yes
FROM stop ORDER BY stop;

-- name: stop.when.put
INSERT INTO stop (stop, when_day, when_from, when_to) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (stop) DO UPDATE SET when_day = excluded.when_day, when_from = excluded.when_from, when_to = excluded.when_to;

-- name: stop.what.put
INSERT INTO stop (stop, what_kind, what_title, what_purpose) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (stop) DO UPDATE SET what_kind = excluded.what_kind, what_title = excluded.what_title, what_purpose = excluded.what_purpose;

-- name: stop.done.put
INSERT INTO stop (stop, done_from, done_to, done_note) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (stop) DO UPDATE SET done_from = excluded.done_from, done_to = excluded.done_to, done_note = excluded.done_note;

-- name: stop.sign_in.put
INSERT INTO stop (stop, sign_in_count, sign_in_sheet) VALUES (?1, ?2, ?3)
ON CONFLICT (stop) DO UPDATE SET sign_in_count = excluded.sign_in_count, sign_in_sheet = excluded.sign_in_sheet;

-- name: stop.removed.put
INSERT INTO stop (stop, removed_yes) VALUES (?1, ?2)
ON CONFLICT (stop) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: presence.get
SELECT planned_yes, signed_organisation, signed_post, signed_at, removed_yes
FROM presence WHERE stop = ?1 AND name = ?2;

-- name: presence.all
SELECT stop, name, planned_yes, signed_organisation, signed_post, signed_at, removed_yes
FROM presence ORDER BY stop, name;

-- name: presence.planned.put
INSERT INTO presence (stop, name, planned_yes) VALUES (?1, ?2, ?3)
ON CONFLICT (stop, name) DO UPDATE SET planned_yes = excluded.planned_yes;

-- name: presence.signed.put
INSERT INTO presence (stop, name, signed_organisation, signed_post, signed_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (stop, name) DO UPDATE SET signed_organisation = excluded.signed_organisation, signed_post = excluded.signed_post, signed_at = excluded.signed_at;

-- name: presence.removed.put
INSERT INTO presence (stop, name, removed_yes) VALUES (?1, ?2, ?3)
ON CONFLICT (stop, name) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: stop_item.get
SELECT ask_text, ask_origin, removed_yes
FROM stop_item WHERE stop = ?1 AND assessment = ?2 AND item = ?3;

-- name: stop_item.all
SELECT stop, assessment, item, ask_text, ask_origin, removed_yes
FROM stop_item ORDER BY stop, assessment, item;

-- name: stop_item.ask.put
INSERT INTO stop_item (stop, assessment, item, ask_text, ask_origin) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (stop, assessment, item) DO UPDATE SET ask_text = excluded.ask_text, ask_origin = excluded.ask_origin;

-- name: stop_item.removed.put
INSERT INTO stop_item (stop, assessment, item, removed_yes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (stop, assessment, item) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: stop_place.get
SELECT planned_yes, planned_note, removed_yes
FROM stop_place WHERE stop = ?1 AND place = ?2;

-- name: stop_place.all
SELECT stop, place, planned_yes, planned_note, removed_yes
FROM stop_place ORDER BY stop, place;

-- name: stop_place.planned.put
INSERT INTO stop_place (stop, place, planned_yes, planned_note) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (stop, place) DO UPDATE SET planned_yes = excluded.planned_yes, planned_note = excluded.planned_note;

-- name: stop_place.removed.put
INSERT INTO stop_place (stop, place, removed_yes) VALUES (?1, ?2, ?3)
ON CONFLICT (stop, place) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: inspection.get
SELECT document_verdict, document_text, document_on, to_site_ask, to_site_stop, site_verdict, site_text, site_on, site_stop
FROM inspection WHERE assessment = ?1 AND item = ?2;

-- name: inspection.all
SELECT assessment, item, document_verdict, document_text, document_on, to_site_ask, to_site_stop, site_verdict, site_text, site_on, site_stop
FROM inspection ORDER BY assessment, item;

-- name: inspection.document.put
INSERT INTO inspection (assessment, item, document_verdict, document_text, document_on) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (assessment, item) DO UPDATE SET document_verdict = excluded.document_verdict, document_text = excluded.document_text, document_on = excluded.document_on;

-- name: inspection.to_site.put
INSERT INTO inspection (assessment, item, to_site_ask, to_site_stop) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (assessment, item) DO UPDATE SET to_site_ask = excluded.to_site_ask, to_site_stop = excluded.to_site_stop;

-- name: inspection.site.put
INSERT INTO inspection (assessment, item, site_verdict, site_text, site_on, site_stop) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (assessment, item) DO UPDATE SET site_verdict = excluded.site_verdict, site_text = excluded.site_text, site_on = excluded.site_on, site_stop = excluded.site_stop;

-- name: method.get
SELECT used_on, used_stop, used_text, removed_yes
FROM method WHERE assessment = ?1 AND item = ?2 AND method = ?3;

-- name: method.all
SELECT assessment, item, method, used_on, used_stop, used_text, removed_yes
FROM method ORDER BY assessment, item, method;

-- name: method.used.put
INSERT INTO method (assessment, item, method, used_on, used_stop, used_text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (assessment, item, method) DO UPDATE SET used_on = excluded.used_on, used_stop = excluded.used_stop, used_text = excluded.used_text;

-- name: method.removed.put
INSERT INTO method (assessment, item, method, removed_yes) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (assessment, item, method) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: interview.get
SELECT who_person, who_organisation, who_post, when_on, when_stop, when_asker, about_assessment, about_items, text_text, agreed_on, removed_yes
FROM interview WHERE interview = ?1;

-- name: interview.all
SELECT interview, who_person, who_organisation, who_post, when_on, when_stop, when_asker, about_assessment, about_items, text_text, agreed_on, removed_yes
FROM interview ORDER BY interview;

-- name: interview.who.put
INSERT INTO interview (interview, who_person, who_organisation, who_post) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (interview) DO UPDATE SET who_person = excluded.who_person, who_organisation = excluded.who_organisation, who_post = excluded.who_post;

-- name: interview.when.put
INSERT INTO interview (interview, when_on, when_stop, when_asker) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (interview) DO UPDATE SET when_on = excluded.when_on, when_stop = excluded.when_stop, when_asker = excluded.when_asker;

-- name: interview.about.put
INSERT INTO interview (interview, about_assessment, about_items) VALUES (?1, ?2, ?3)
ON CONFLICT (interview) DO UPDATE SET about_assessment = excluded.about_assessment, about_items = excluded.about_items;

-- name: interview.text.put
INSERT INTO interview (interview, text_text) VALUES (?1, ?2)
ON CONFLICT (interview) DO UPDATE SET text_text = excluded.text_text;

-- name: interview.agreed.put
INSERT INTO interview (interview, agreed_on) VALUES (?1, ?2)
ON CONFLICT (interview) DO UPDATE SET agreed_on = excluded.agreed_on;

-- name: interview.removed.put
INSERT INTO interview (interview, removed_yes) VALUES (?1, ?2)
ON CONFLICT (interview) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: note.get
SELECT text_text, where_stop, where_place, where_at, filed_assessment, filed_items, filed_method, filed_dropped, removed_yes
FROM note WHERE note = ?1;

-- name: note.all
SELECT note, text_text, where_stop, where_place, where_at, filed_assessment, filed_items, filed_method, filed_dropped, removed_yes
FROM note ORDER BY note;

-- name: note.text.put
INSERT INTO note (note, text_text) VALUES (?1, ?2)
ON CONFLICT (note) DO UPDATE SET text_text = excluded.text_text;

-- name: note.where.put
INSERT INTO note (note, where_stop, where_place, where_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (note) DO UPDATE SET where_stop = excluded.where_stop, where_place = excluded.where_place, where_at = excluded.where_at;

-- name: note.filed.put
INSERT INTO note (note, filed_assessment, filed_items, filed_method, filed_dropped) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (note) DO UPDATE SET filed_assessment = excluded.filed_assessment, filed_items = excluded.filed_items, filed_method = excluded.filed_method, filed_dropped = excluded.filed_dropped;

-- name: note.removed.put
INSERT INTO note (note, removed_yes) VALUES (?1, ?2)
ON CONFLICT (note) DO UPDATE SET removed_yes = excluded.removed_yes;

-- name: review_point.get
SELECT verdict_result, verdict_text, answer_text, closed_yes, closed_text
FROM review_point WHERE assessment = ?1 AND point = ?2;

-- name: review_point.all
SELECT assessment, point, verdict_result, verdict_text, answer_text, closed_yes, closed_text
FROM review_point ORDER BY assessment, point;

-- name: review_point.verdict.put
INSERT INTO review_point (assessment, point, verdict_result, verdict_text) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (assessment, point) DO UPDATE SET verdict_result = excluded.verdict_result, verdict_text = excluded.verdict_text;

-- name: review_point.answer.put
INSERT INTO review_point (assessment, point, answer_text) VALUES (?1, ?2, ?3)
ON CONFLICT (assessment, point) DO UPDATE SET answer_text = excluded.answer_text;

-- name: review_point.closed.put
INSERT INTO review_point (assessment, point, closed_yes, closed_text) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (assessment, point) DO UPDATE SET closed_yes = excluded.closed_yes, closed_text = excluded.closed_text;

-- name: reprint.get
SELECT printed_day, printed_reason, printed_by
FROM reprint WHERE certificate = ?1 AND n = ?2;

-- name: reprint.all
SELECT certificate, n, printed_day, printed_reason, printed_by
FROM reprint ORDER BY certificate, n;

-- name: reprint.printed.put
INSERT INTO reprint (certificate, n, printed_day, printed_reason, printed_by) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (certificate, n) DO UPDATE SET printed_day = excluded.printed_day, printed_reason = excluded.printed_reason, printed_by = excluded.printed_by;
