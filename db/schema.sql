-- The tables of a project file. Every column says what it holds; what people entered stands in the fact tables, whose
-- columns follow db/groups.yaml: the parts of the key, then group_member for every member. A group is set as a whole or
-- not at all. Facts are written by the journal alone (src/store/journal.c) and can be made again from it; verify compares
-- them with what it says. No CHECK says so of a group once more: reading them was half of what opening a file took.

CREATE TABLE entry (
	n INTEGER PRIMARY KEY,           -- order of arrival: parents come before their children, the last one is the head
	hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64), -- SHA-256 of "lingtan entry 1", a newline and the body
	body TEXT NOT NULL,              -- canonical JSON, one line
	signature TEXT                   -- Ed25519 over the hash; NULL = the names in it are claims
) STRICT;

CREATE TABLE blob (
	id INTEGER PRIMARY KEY,          -- of its chunks
	sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64), -- of the bytes
	size INTEGER NOT NULL CHECK (size >= 0) -- bytes
) STRICT;

CREATE TABLE chunk (
	blob INTEGER NOT NULL,           -- blob.id
	n INTEGER NOT NULL CHECK (n >= 0), -- from 0; every chunk but the last holds 256 KiB
	data BLOB NOT NULL,              -- the bytes
	UNIQUE (blob, n)                 -- not the primary key: rows this long are twice as slow in an index
) STRICT;

CREATE TABLE park (
	park TEXT NOT NULL CHECK (park = 'park'), -- always "park": one project, one park
	identity_name TEXT, -- name of the park
	identity_code TEXT, -- its code
	identity_type TEXT, -- kind of park, in the words of the park
	identity_operating_since TEXT, -- date
	location_province TEXT, -- province
	location_city TEXT, -- city
	location_address TEXT, -- address
	location_longitude TEXT, -- degrees east
	location_latitude TEXT, -- degrees north
	boundary_text TEXT, -- the boundary in words
	boundary_area_km2 TEXT, -- area inside it
	land_use_industrial TEXT, -- ha of industry
	land_use_logistics TEXT, -- ha of logistics and warehouses
	land_use_municipal_utility TEXT, -- ha of municipal utilities
	land_use_roads TEXT, -- ha of roads
	land_use_transport_sites TEXT, -- ha of transport sites
	land_use_commercial TEXT, -- ha of commerce and services
	land_use_residential TEXT, -- ha of housing
	land_use_public TEXT, -- ha of administration and public services
	land_use_other TEXT, -- ha of other
	administration_name TEXT, -- the body that runs the park
	administration_credit_code TEXT, -- its unified social credit code
	contact_name TEXT, -- whom to ask
	contact_post TEXT, -- post
	contact_phone TEXT, -- telephone
	contact_email TEXT, -- address
	PRIMARY KEY (park)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
	name TEXT NOT NULL, -- as the person signs
	profile_organisation TEXT, -- for whom the person works
	profile_post TEXT, -- post
	profile_phone TEXT, -- telephone
	profile_email TEXT, -- address
	roles_roles TEXT, -- roles, separated by commas
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

CREATE TABLE ruleset (
	digest TEXT NOT NULL, -- SHA-256 over the digests of its files
	files_id TEXT, -- id of the ruleset
	files_edition TEXT, -- its edition
	files_head TEXT, -- SHA-256 of ruleset.yaml
	files_items TEXT, -- SHA-256 of items.yaml
	files_units TEXT, -- SHA-256 of units.yaml
	PRIMARY KEY (digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE profile (
	digest TEXT NOT NULL, -- SHA-256 of its text
	files_id TEXT, -- id of the profile
	files_ruleset TEXT, -- id of its ruleset
	files_responsible TEXT, -- who answers for its numbers
	files_text TEXT, -- SHA-256 of its text
	PRIMARY KEY (digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE assessment (
	assessment TEXT NOT NULL, -- standard/stage/year
	subject_park_type TEXT, -- park type of the ruleset
	subject_place TEXT, -- place of the ruleset
	subject_reason TEXT, -- why this type was chosen, where that is a judgement
	ruleset_digest TEXT, -- by which ruleset it is scored
	profile_digest TEXT, -- with which profile; empty = none
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	cycle_kind TEXT, -- reassessment or surveillance
	cycle_of TEXT, -- the earlier assessment
	cycle_head TEXT, -- the entry that the earlier one was taken at
	PRIMARY KEY (assessment)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	rung TEXT NOT NULL CHECK (rung IN ('self', 'evaluator', 'reviewer', 'awarded')), -- self, evaluator, reviewer or awarded
	item TEXT NOT NULL, -- id of the item in the ruleset
	verdict_result TEXT, -- met, not-met, yes, no, points, tier, checks or na
	verdict_value TEXT, -- points, tier or check points
	verdict_reason TEXT, -- why it is not applicable
	remark_text TEXT, -- in words
	unsupported_reason TEXT, -- why it stands without evidence
	cited_evidence TEXT, -- name of the evidence as an imported sheet gave it
	cited_locator TEXT, -- place in it as the sheet gave it
	PRIMARY KEY (assessment, rung, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE quantity (
	rung TEXT NOT NULL CHECK (rung IN ('self', 'evaluator', 'reviewer', 'awarded')), -- who vouches for it
	year TEXT NOT NULL, -- of the figure
	quantity TEXT NOT NULL, -- id of the quantity in the rulesets
	value_value TEXT, -- decimal as typed
	value_unit TEXT, -- unit as typed; empty = its own
	value_na TEXT, -- why it is not applicable
	value_source TEXT, -- where it was read
	reason_text TEXT, -- why the rung has this value
	PRIMARY KEY (rung, year, quantity)
) STRICT, WITHOUT ROWID;

CREATE TABLE line (
	line TEXT NOT NULL, -- random, or the id it came with
	activity_year TEXT, -- year
	activity_kind TEXT, -- emission, absorption, offset or memo
	activity_scope TEXT, -- 1, 2, 3 or empty
	activity_system TEXT, -- energy, building, production, transport, waste, water or ecology
	activity_source TEXT, -- kind of source
	activity_amount TEXT, -- decimal as typed
	activity_unit TEXT, -- unit as typed
	factor_id TEXT, -- id in a factor set; empty = its own
	factor_value TEXT, -- decimal, as it was when the line was entered
	factor_unit TEXT, -- unit of the factor
	factor_cite TEXT, -- where the factor comes from
	note_text TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	entered_rung TEXT, -- which rung entered it first; NULL = self
	name_text TEXT, -- what people call it
	months_m01 TEXT, -- decimal as typed, of month 1; empty = not known
	months_m02 TEXT, -- decimal as typed, of month 2; empty = not known
	months_m03 TEXT, -- decimal as typed, of month 3; empty = not known
	months_m04 TEXT, -- decimal as typed, of month 4; empty = not known
	months_m05 TEXT, -- decimal as typed, of month 5; empty = not known
	months_m06 TEXT, -- decimal as typed, of month 6; empty = not known
	months_m07 TEXT, -- decimal as typed, of month 7; empty = not known
	months_m08 TEXT, -- decimal as typed, of month 8; empty = not known
	months_m09 TEXT, -- decimal as typed, of month 9; empty = not known
	months_m10 TEXT, -- decimal as typed, of month 10; empty = not known
	months_m11 TEXT, -- decimal as typed, of month 11; empty = not known
	months_m12 TEXT, -- decimal as typed, of month 12; empty = not known
	place_place TEXT, -- tenant, building or plant; empty = the park as a whole
	place_meter TEXT, -- meter.meter, or empty
	gas_gas TEXT, -- CO2, CH4 ...; empty = CO2
	gas_biogenic TEXT, -- "yes" = from biomass, counted apart
	quality_level TEXT, -- measured, calculated or estimated
	quality_grade TEXT, -- grade in the scheme of who assesses, or empty
	quality_uncertainty TEXT, -- per cent either way, or empty
	boundary_text TEXT, -- in words
	fuel_heating_value TEXT, -- decimal, lower heating value
	fuel_heating_unit TEXT, -- GJ/t ...
	fuel_carbon TEXT, -- decimal, carbon content
	fuel_carbon_unit TEXT, -- tC/TJ or tC/GJ
	fuel_oxidation TEXT, -- decimal, fraction that is oxidised
	fuel_cite TEXT, -- where they come from
	set_set TEXT, -- factor set, or empty = the line's own
	set_digest TEXT, -- SHA-256 of the set's text, or empty = the program's own
	set_year TEXT, -- year of the factor, or empty
	set_region TEXT, -- region of the factor, or empty
	flow_flow TEXT, -- purchased, generated, sold, used, direct, certificate or trade; empty = none of them
	flow_carrier TEXT, -- power or heat, or empty
	flow_attributes TEXT, -- of own green power: kept or sold
	purpose_purpose TEXT, -- fuel, feedstock, bunker, conversion-in, conversion-out, process or leak; empty = as its source says
	counts_accounts TEXT, -- ids of accounts, separated by commas; none = "none"
	terminal_yes TEXT, -- "yes" or "no"
	order_at TEXT, -- decimal; lines without one come last
	allocation_scope_1 TEXT, -- decimal, tCO2
	allocation_scope_2 TEXT, -- decimal, tCO2
	allocation_scope_3 TEXT, -- decimal, tCO2
	PRIMARY KEY (line)
) STRICT, WITHOUT ROWID;

CREATE TABLE claim (
	line TEXT NOT NULL, -- which line
	rung TEXT NOT NULL CHECK (rung IN ('self', 'evaluator', 'reviewer', 'awarded')), -- whose claim
	activity_amount TEXT, -- decimal as typed
	activity_unit TEXT, -- unit as typed
	factor_id TEXT, -- id in a factor set; empty = its own
	factor_value TEXT, -- decimal
	factor_unit TEXT, -- unit of the factor
	factor_cite TEXT, -- where the factor comes from
	reason_text TEXT, -- why the rung has this amount
	fuel_heating_value TEXT, -- decimal, lower heating value
	fuel_heating_unit TEXT, -- GJ/t ...
	fuel_carbon TEXT, -- decimal, carbon content
	fuel_carbon_unit TEXT, -- tC/TJ or tC/GJ
	fuel_oxidation TEXT, -- decimal, fraction that is oxidised
	fuel_cite TEXT, -- where they come from
	set_set TEXT, -- factor set, or empty = the line's own
	set_digest TEXT, -- SHA-256 of the set's text, or empty = the program's own
	set_year TEXT, -- year of the factor, or empty
	set_region TEXT, -- region of the factor, or empty
	quality_level TEXT, -- measured, calculated or estimated
	quality_grade TEXT, -- grade in the scheme of who assesses, or empty
	quality_uncertainty TEXT, -- per cent either way, or empty
	PRIMARY KEY (line, rung)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64), -- of the bytes
	file_name TEXT, -- name of the file as it came
	file_size TEXT, -- bytes
	file_type TEXT, -- media type
	file_blob TEXT, -- SHA-256 of its bytes in this file; empty = linked
	file_path TEXT, -- where a linked file lies
	taken_at TEXT, -- time, as the camera or the name says
	taken_latitude TEXT, -- degrees north
	taken_longitude TEXT, -- degrees east
	taken_from TEXT, -- exif or name
	provenance_sender TEXT, -- who gave it
	provenance_version_of TEXT, -- SHA-256 of the version before
	provenance_kind TEXT, -- kind of evidence
	provenance_received TEXT, -- date
	purged_reason TEXT, -- why the bytes were destroyed
	dated_date TEXT, -- date of the document itself
	validity_until TEXT, -- date; empty = without end
	validity_by TEXT, -- who confirmed it
	validity_at TEXT, -- when it was confirmed
	visit_stop TEXT, -- stop of the visit, or empty
	visit_place TEXT, -- place, or empty
	PRIMARY KEY (sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE tie (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	item TEXT NOT NULL, -- id of the item
	sha256 TEXT NOT NULL REFERENCES evidence (sha256) DEFERRABLE INITIALLY DEFERRED, -- of the evidence
	locator TEXT NOT NULL, -- first 16 digits of the SHA-256 of the locator
	locator_text TEXT, -- place in the document, as typed
	locator_page TEXT, -- page
	locator_table TEXT, -- table or figure
	locator_note TEXT, -- further words
	slot_slot TEXT, -- slot of the item that it fills
	vague_reason TEXT, -- why no closer place is given
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (assessment, item, sha256, locator)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	rung TEXT NOT NULL CHECK (rung IN ('self', 'evaluator', 'reviewer', 'awarded')), -- for which rung
	item TEXT NOT NULL, -- id of the item
	person TEXT NOT NULL, -- who looked
	evidence_digest TEXT, -- SHA-256 over the ties of the item as they stood
	evidence_pieces TEXT, -- how many there were
	PRIMARY KEY (assessment, rung, item, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE remark (
	remark TEXT NOT NULL, -- random
	place_assessment TEXT, -- which assessment
	place_item TEXT, -- id of the item
	place_rung TEXT, -- on which rung
	place_reply_to TEXT, -- the remark it answers
	text_text TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	settled_yes TEXT, -- "yes" = nothing is left to say
	settled_by TEXT, -- who said so
	PRIMARY KEY (remark)
) STRICT, WITHOUT ROWID;

CREATE TABLE round (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	rung TEXT NOT NULL CHECK (rung IN ('self', 'evaluator', 'reviewer', 'awarded')), -- the rung that was submitted
	round TEXT NOT NULL, -- number, from 1
	state_state TEXT, -- submitted, returned or reopened
	state_head TEXT, -- entry that was frozen
	state_state_hash TEXT, -- of the frozen state
	PRIMARY KEY (assessment, rung, round)
) STRICT, WITHOUT ROWID;

CREATE TABLE sent_back (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	rung TEXT NOT NULL CHECK (rung IN ('self', 'evaluator', 'reviewer', 'awarded')), -- the rung whose round was sent back
	round TEXT NOT NULL, -- its number
	item TEXT NOT NULL, -- id of the item, or of a quantity or line
	ask_remark TEXT, -- the remark that says what is to be done
	ask_by TEXT, -- who sent it back
	PRIMARY KEY (assessment, rung, round, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
	finding TEXT NOT NULL, -- random
	number_number TEXT, -- as people call it
	place_assessment TEXT, -- which assessment
	place_item TEXT, -- id of the item, or empty
	place_place TEXT, -- where, or empty
	fact_text TEXT, -- what was found
	fact_by TEXT, -- who found it
	grade_grade TEXT, -- major, minor, observation or clarification
	due_date TEXT, -- until when
	cause_text TEXT, -- why it came to be
	correction_text TEXT, -- what was done
	answer_text TEXT, -- what the park says
	answer_by TEXT, -- who answered
	objection_text TEXT, -- why the park does not agree
	objection_by TEXT, -- who objects
	ruling_outcome TEXT, -- upheld or rejected
	ruling_text TEXT, -- why
	ruling_by TEXT, -- who ruled
	verification_outcome TEXT, -- accepted or rejected
	verification_text TEXT, -- what was looked at
	verification_on TEXT, -- date
	verification_by TEXT, -- who verified
	withdrawn_text TEXT, -- why it stands no more
	withdrawn_by TEXT, -- who withdrew it
	PRIMARY KEY (finding)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_tie (
	finding TEXT NOT NULL REFERENCES finding (finding) DEFERRABLE INITIALLY DEFERRED, -- which finding
	sha256 TEXT NOT NULL REFERENCES evidence (sha256) DEFERRABLE INITIALLY DEFERRED, -- of the evidence
	purpose TEXT NOT NULL, -- fact or closing
	locator_text TEXT, -- place in the document
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (finding, sha256, purpose)
) STRICT, WITHOUT ROWID;

CREATE TABLE sign_off (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	step TEXT NOT NULL, -- role whose turn it is
	mark_by TEXT, -- who signed
	mark_at TEXT, -- when
	mark_head TEXT, -- the entry that was the head
	mark_state_hash TEXT, -- of the state that was signed
	PRIMARY KEY (assessment, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	decision TEXT NOT NULL, -- number, from 1
	outcome_outcome TEXT, -- grant, refuse, conditions or ask-again
	outcome_reason TEXT, -- why
	outcome_conditions TEXT, -- what must still be done, or empty
	outcome_by TEXT, -- who decided
	outcome_at TEXT, -- when
	outcome_head TEXT, -- the entry that was the head
	outcome_state_hash TEXT, -- of the state that was decided on
	PRIMARY KEY (assessment, decision)
) STRICT, WITHOUT ROWID;

CREATE TABLE duty (
	kind TEXT NOT NULL, -- item, line or quantity
	assessment TEXT NOT NULL, -- which assessment; empty for what belongs to the park
	id TEXT NOT NULL, -- of the item, line or quantity
	owner_owner TEXT, -- who owes it
	owner_due TEXT, -- date, or empty
	PRIMARY KEY (kind, assessment, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE obligation (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	item TEXT NOT NULL, -- id of the item
	must_yes TEXT, -- "yes" = it must be assessed in this cycle
	PRIMARY KEY (assessment, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE signing_key (
	public TEXT NOT NULL, -- 64 hexadecimal digits, Ed25519
	owner_person TEXT, -- whose it is
	revoked_reason TEXT, -- why it counts no more
	revoked_since TEXT, -- from which day on it may have been in other hands
	PRIMARY KEY (public)
) STRICT, WITHOUT ROWID;

CREATE TABLE request (
	request TEXT NOT NULL, -- id in forms/requests.yaml, or random
	ask_topic TEXT, -- group of materials
	ask_title TEXT, -- what is asked
	ask_owner TEXT, -- who owes it
	ask_department TEXT, -- department
	ask_due TEXT, -- date
	state_state TEXT, -- asked, received, insufficient or unavailable
	state_note TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	receipt_on TEXT, -- day on which it came
	receipt_from TEXT, -- who handed it over
	receipt_files TEXT, -- which files
	reminded_on TEXT, -- day of the last reminder
	reminded_times TEXT, -- how many there were
	PRIMARY KEY (request)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
	setting TEXT NOT NULL, -- its name
	value_value TEXT, -- its value
	PRIMARY KEY (setting)
) STRICT, WITHOUT ROWID;

CREATE TABLE line_tie (
	line TEXT NOT NULL, -- which line
	sha256 TEXT NOT NULL REFERENCES evidence (sha256) DEFERRABLE INITIALLY DEFERRED, -- of the evidence
	locator TEXT NOT NULL, -- first 16 digits of the SHA-256 of the locator
	locator_text TEXT, -- place in the document, as typed
	locator_page TEXT, -- page
	locator_table TEXT, -- table or figure
	locator_note TEXT, -- further words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (line, sha256, locator)
) STRICT, WITHOUT ROWID;

CREATE TABLE offset (
	offset TEXT NOT NULL, -- its number in the registry, or a name
	project_kind TEXT, -- ccer, phcer, own or funded
	project_name TEXT, -- name of the project
	project_number TEXT, -- its registration number
	project_vintage TEXT, -- year in which the reductions were made
	serials_from TEXT, -- first
	serials_to TEXT, -- last
	serials_count TEXT, -- decimal, tCO2e
	holder_holder TEXT, -- in whose account
	holder_issued TEXT, -- date of issue, or empty
	cancelled_on TEXT, -- date
	cancelled_for TEXT, -- for whom
	cancelled_year TEXT, -- year of the emissions that it stands for
	cancelled_number TEXT, -- of the cancellation
	locality_local TEXT, -- yes or no
	locality_region TEXT, -- province or city
	commitment_since TEXT, -- date, or empty
	commitment_years TEXT, -- whole years
	use_line TEXT, -- line of the inventory, or empty
	use_route TEXT, -- zero-factor, absorption or offset; empty = not used
	note_text TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (offset)
) STRICT, WITHOUT ROWID;

CREATE TABLE green_certificate (
	certificate TEXT NOT NULL, -- its number, or that of the contract
	kind_kind TEXT, -- certificate, trade or direct
	codes_from TEXT, -- first
	codes_to TEXT, -- last
	codes_count TEXT, -- decimal, as typed
	codes_unit TEXT, -- MWh ...
	plant_name TEXT, -- which plant
	plant_technology TEXT, -- wind, solar, hydro, biomass or other
	plant_region TEXT, -- province
	month_month TEXT, -- YYYY-MM
	holder_holder TEXT, -- in whose account
	holder_issued TEXT, -- date of issue, or empty
	cancelled_on TEXT, -- date
	cancelled_for TEXT, -- for whom
	cancelled_year TEXT, -- year of the power that it stands for
	cancelled_number TEXT, -- of the cancellation
	use_line TEXT, -- line of the inventory, or empty
	use_route TEXT, -- zero-factor, absorption or offset; empty = not used
	note_text TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (certificate)
) STRICT, WITHOUT ROWID;

CREATE TABLE meter (
	meter TEXT NOT NULL, -- its number
	meter_name TEXT, -- what people call it
	meter_carrier TEXT, -- power, heat, gas, water, fuel or other
	meter_class TEXT, -- accuracy class
	meter_serial TEXT, -- number on the plate
	place_place TEXT, -- tenant, building or plant
	note_text TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (meter)
) STRICT, WITHOUT ROWID;

CREATE TABLE calibration (
	meter TEXT NOT NULL, -- which meter
	"on" TEXT NOT NULL, -- date of the calibration
	result_until TEXT, -- date up to which it is valid
	result_number TEXT, -- of the calibration paper
	result_laboratory TEXT, -- who calibrated
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (meter, "on")
) STRICT, WITHOUT ROWID;

CREATE TABLE factor_set (
	digest TEXT NOT NULL, -- SHA-256 of its text
	files_id TEXT, -- id of the set
	files_text TEXT, -- SHA-256 of its text
	retired_successor TEXT, -- digest of the set in its place, or empty
	PRIMARY KEY (digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE tick (
	assessment TEXT NOT NULL REFERENCES assessment (assessment) DEFERRABLE INITIALLY DEFERRED, -- which assessment
	matter TEXT NOT NULL, -- check:what, as readiness names it
	mark_by TEXT, -- who confirmed it
	mark_at TEXT, -- when
	mark_what TEXT, -- the particulars that were confirmed; others are not
	PRIMARY KEY (assessment, matter)
) STRICT, WITHOUT ROWID;

CREATE TABLE certificate (
	number TEXT NOT NULL, -- as it is printed
	issued_series TEXT, -- numbers run on within a series and year
	issued_year TEXT, -- of issue
	issued_n TEXT, -- running number, from 1, without gaps
	issued_park TEXT, -- name of the park
	issued_grade TEXT, -- title of the grade
	issued_standard TEXT, -- as it is cited
	issued_project TEXT, -- project it is of
	issued_assessment TEXT, -- standard/stage/year
	issued_day TEXT, -- of issue
	issued_valid_until TEXT, -- last day; empty = not limited
	issued_record TEXT, -- SHA-256 of the signed record
	issued_statement TEXT, -- SHA-256 of the statement, which is kept as bytes
	state_state TEXT, -- valid, suspended, withdrawn, given-up, superseded
	state_since TEXT, -- day
	state_until TEXT, -- of a suspension; empty = until further notice
	state_reason TEXT, -- in words
	state_other TEXT, -- number that takes its place, or empty
	state_by TEXT, -- who decided it
	surveillance_due TEXT, -- day by which the next is due; empty = none
	surveillance_done TEXT, -- day of the last; empty = none yet
	surveillance_note TEXT, -- what came of it
	surveillance_by TEXT, -- who did it
	PRIMARY KEY (number)
) STRICT, WITHOUT ROWID;

CREATE TABLE appraisal (
	kind TEXT NOT NULL, -- emission, absorption or offset
	source TEXT NOT NULL, -- source or sink, as its lines name it
	difficulty_level TEXT, -- easy, medium or hard
	difficulty_text TEXT, -- why
	means_text TEXT, -- what would be done
	means_economics TEXT, -- cost, saving, what lasts
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (kind, source)
) STRICT, WITHOUT ROWID;

CREATE TABLE engagement (
	year TEXT NOT NULL, -- that is assessed
	parties_applicant TEXT, -- who applies
	parties_responsible TEXT, -- who answers for the data
	parties_user TEXT, -- for whom the result is meant
	basis_criteria TEXT, -- standards or assessments, separated by commas
	basis_edition TEXT, -- edition of the standard in words
	basis_stage TEXT, -- planning, operation or empty
	basis_from TEXT, -- first day of the period
	basis_to TEXT, -- last day of the period
	level_assurance TEXT, -- limited or reasonable
	level_materiality TEXT, -- per cent; empty = the setting of the project
	contract_number TEXT, -- of the contract
	contract_on TEXT, -- day of signing
	contract_body TEXT, -- the body that assesses
	person_days_document TEXT, -- decimal, review of documents
	person_days_site TEXT, -- decimal, on site
	person_days_report TEXT, -- decimal, report
	person_days_review TEXT, -- decimal, technical review
	dates_applied TEXT, -- day
	dates_documents TEXT, -- day by which the documents are in
	dates_plan TEXT, -- day on which the plan was sent
	dates_site_from TEXT, -- first day on site
	dates_site_to TEXT, -- last day on site
	dates_corrections TEXT, -- day by which findings are answered
	dates_review TEXT, -- day of the technical review
	dates_decision TEXT, -- day of the decision
	conflict_result TEXT, -- none, managed or found
	conflict_on TEXT, -- day of the check
	conflict_consulting TEXT, -- yes = the body or the team advised the park in the last two years
	conflict_note TEXT, -- what was looked at, how it is managed
	declared_impartial TEXT, -- day of the declaration of impartiality
	declared_confidential TEXT, -- day of the declaration of confidentiality
	declared_papers TEXT, -- where the signed papers are
	acceptance_outcome TEXT, -- accepted or refused
	acceptance_on TEXT, -- day
	acceptance_reason TEXT, -- why; needed where refused
	acceptance_conditions TEXT, -- what it is tied to
	note_text TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (year)
) STRICT, WITHOUT ROWID;

CREATE TABLE team (
	year TEXT NOT NULL, -- of the engagement
	name TEXT NOT NULL, -- name
	part_role TEXT, -- leader, member, expert, reviewer, approver or observer
	part_sector TEXT, -- field in words
	part_sections TEXT, -- sections and items that the person may assess, separated by commas; empty = all
	dates_from TEXT, -- first day
	dates_to TEXT, -- last day
	declared_impartial TEXT, -- day of the declaration of impartiality
	declared_confidential TEXT, -- day of the declaration of confidentiality
	note_text TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (year, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE place (
	place TEXT NOT NULL, -- id that people give it
	place_kind TEXT, -- tenant, building, plant, vehicles or other; meters have a register of their own
	place_name TEXT, -- as people call it
	place_address TEXT, -- where
	place_part_of TEXT, -- place that it lies in, or empty
	share_energy TEXT, -- per cent of the energy of the park
	size_count TEXT, -- how many it stands for; empty = 1
	size_area TEXT, -- m2 of floor
	size_power TEXT, -- rated, in kW
	marks_marks TEXT, -- ids of marks, separated by commas
	contact_name TEXT, -- whom to ask
	contact_phone TEXT, -- telephone
	note_text TEXT, -- in words
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (place)
) STRICT, WITHOUT ROWID;

CREATE TABLE population (
	year TEXT NOT NULL, -- of the engagement
	population TEXT NOT NULL, -- name
	frame_kind TEXT, -- kind of places in it
	frame_marks TEXT, -- marks that they must have, separated by commas
	frame_size TEXT, -- how many, those included that are only on a list
	frame_list TEXT, -- which list these are numbered on
	rule_must TEXT, -- which are always taken: all, energy:N, area:N, ids or marks, separated by commas
	rule_basis TEXT, -- the rule in words
	draw_n TEXT, -- how many were drawn
	draw_seed TEXT, -- seed of the draw
	draw_reason TEXT, -- why so many, and why these
	draw_method TEXT, -- name of the algorithm
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (year, population)
) STRICT, WITHOUT ROWID;

CREATE TABLE sample (
	year TEXT NOT NULL, -- of the engagement
	population TEXT NOT NULL, -- of which population
	place TEXT NOT NULL, -- place, meter, or number on the list
	drawn_how TEXT, -- must, random or replacement
	drawn_order TEXT, -- number in the order of the draw
	replaced_with TEXT, -- what took its place
	replaced_reason TEXT, -- why
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (year, population, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE stop (
	stop TEXT NOT NULL, -- id that people give it
	when_day TEXT, -- day
	when_from TEXT, -- time of day
	when_to TEXT, -- time of day
	what_kind TEXT, -- opening, closing, documents, site or meeting
	what_title TEXT, -- where
	what_purpose TEXT, -- what is done there
	done_from TEXT, -- time of day
	done_to TEXT, -- time of day
	done_note TEXT, -- what was otherwise than planned
	sign_in_count TEXT, -- how many were there
	sign_in_sheet TEXT, -- where the signed sheet is
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (stop)
) STRICT, WITHOUT ROWID;

CREATE TABLE presence (
	stop TEXT NOT NULL, -- of the visit
	name TEXT NOT NULL, -- name
	planned_yes TEXT, -- yes
	signed_organisation TEXT, -- for whom the person works
	signed_post TEXT, -- post
	signed_at TEXT, -- when
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (stop, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE stop_item (
	stop TEXT NOT NULL, -- of the visit
	assessment TEXT NOT NULL, -- which assessment
	item TEXT NOT NULL, -- id of the item in the ruleset
	ask_text TEXT, -- in words
	ask_origin TEXT, -- plan or document
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (stop, assessment, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE stop_place (
	stop TEXT NOT NULL, -- of the visit
	place TEXT NOT NULL, -- place, meter, or number on a list
	planned_yes TEXT, -- yes
	planned_note TEXT, -- what to look at
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (stop, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE inspection (
	assessment TEXT NOT NULL, -- which assessment
	item TEXT NOT NULL, -- id of the item in the ruleset
	document_verdict TEXT, -- conforms, not, unclear or na
	document_text TEXT, -- in words
	document_on TEXT, -- day
	to_site_ask TEXT, -- what to check; empty = nothing
	to_site_stop TEXT, -- at which stop, or empty
	site_verdict TEXT, -- conforms, not, unclear or na
	site_text TEXT, -- in words
	site_on TEXT, -- day
	site_stop TEXT, -- at which stop, or empty
	PRIMARY KEY (assessment, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE method (
	assessment TEXT NOT NULL, -- which assessment
	item TEXT NOT NULL, -- id of the item in the ruleset
	method TEXT NOT NULL, -- document, observation, interview, recalculation or trial
	used_on TEXT, -- day
	used_stop TEXT, -- at which stop, or empty
	used_text TEXT, -- what was done
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (assessment, item, method)
) STRICT, WITHOUT ROWID;

CREATE TABLE interview (
	interview TEXT NOT NULL, -- random
	who_person TEXT, -- name
	who_organisation TEXT, -- for whom the person works
	who_post TEXT, -- post
	when_on TEXT, -- day or time
	when_stop TEXT, -- at which stop, or empty
	when_asker TEXT, -- who asked
	about_assessment TEXT, -- which assessment
	about_items TEXT, -- ids, separated by commas
	text_text TEXT, -- in words
	agreed_on TEXT, -- day on which it was read and agreed to
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (interview)
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
	note TEXT NOT NULL, -- random
	text_text TEXT, -- in words
	where_stop TEXT, -- at which stop, or empty
	where_place TEXT, -- which place, or empty
	where_at TEXT, -- when it was written down
	filed_assessment TEXT, -- which assessment
	filed_items TEXT, -- ids, separated by commas
	filed_method TEXT, -- method that it shows, or empty
	filed_dropped TEXT, -- why it belongs to no item
	removed_yes TEXT, -- "yes" = taken out, nothing is ever deleted
	PRIMARY KEY (note)
) STRICT, WITHOUT ROWID;

CREATE TABLE review_point (
	assessment TEXT NOT NULL, -- which assessment
	point TEXT NOT NULL, -- id of the point in the form
	verdict_result TEXT, -- satisfied, comment or na
	verdict_text TEXT, -- in words
	answer_text TEXT, -- in words
	closed_yes TEXT, -- yes
	closed_text TEXT, -- in words
	PRIMARY KEY (assessment, point)
) STRICT, WITHOUT ROWID;

CREATE TABLE reprint (
	certificate TEXT NOT NULL, -- its number
	n TEXT NOT NULL, -- 1 = the first print after the one that was issued
	printed_day TEXT, -- when
	printed_reason TEXT, -- why
	printed_by TEXT, -- who printed it
	PRIMARY KEY (certificate, n)
) STRICT, WITHOUT ROWID;
