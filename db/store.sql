-- What the store asks of a project file, apart from its facts (facts.sql). Scripts (several statements under one name)
-- are run as a whole; the others are prepared once a connection.

-- name: script.new
PRAGMA page_size = 8192;
PRAGMA application_id = 1819566446;
PRAGMA user_version = 5;

-- name: script.open
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = EXTRA;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -8192;

-- The journal of a running session is emptied, not removed, after each transaction: making, naming and removing a file
-- anew costs more than a small entry. It is removed when the session ends.
-- name: script.keep_journal
PRAGMA journal_mode = PERSIST;
PRAGMA journal_size_limit = 262144;

-- name: script.remove_journal
PRAGMA journal_mode = DELETE;

-- name: script.read
PRAGMA query_only = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -4096;

-- name: script.spill
PRAGMA cache_size = -512;

-- name: script.no_spill
PRAGMA cache_size = -8192;

-- name: script.begin
BEGIN IMMEDIATE;

-- name: script.begin_read
BEGIN;

-- name: script.commit
COMMIT;

-- name: script.rollback
ROLLBACK;

-- name: script.savepoint
SAVEPOINT part;

-- name: script.release
RELEASE part;

-- name: script.rollback_part
ROLLBACK TO part; RELEASE part;

-- name: file.version
PRAGMA user_version;

-- name: file.journal_mode
PRAGMA journal_mode;

-- name: file.free_pages
PRAGMA freelist_count;

-- name: file.pages
PRAGMA page_count;

-- name: file.integrity
PRAGMA integrity_check(1);

-- name: file.foreign_keys
PRAGMA foreign_key_check;

-- name: schema.all
SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name;

-- name: schema.written
SELECT type, name, sql, rootpage, tbl_name FROM sqlite_schema ORDER BY rowid;

-- name: schema.roots
SELECT name, rootpage FROM sqlite_schema WHERE type = 'table';

-- name: answer.has
SELECT 1 FROM answer WHERE assessment = ?1 AND rung = ?2 AND verdict_result IS NOT NULL LIMIT 1;

-- name: head.get
SELECT hash, body FROM entry ORDER BY n DESC LIMIT 1;

-- name: entry.last
SELECT max(n) FROM entry;

-- name: entry.more
SELECT 1 FROM entry WHERE hash > '' ORDER BY hash LIMIT 1 OFFSET ?1;

-- name: entry.put
INSERT INTO entry (hash, body, signature) VALUES (?1, ?2, ?3);

-- name: entry.get
SELECT body, signature FROM entry WHERE hash = ?1;

-- name: entry.all
SELECT hash, body, n, signature FROM entry ORDER BY n;

-- name: entry.after
SELECT hash, body, n, signature FROM entry WHERE n > (SELECT n FROM entry WHERE hash = ?1) ORDER BY n;

-- after one, or all where it is not there
-- name: entry.rest
SELECT hash, body, n, signature FROM entry WHERE n > coalesce((SELECT n FROM entry WHERE hash = ?1), 0) ORDER BY n;

-- name: blob.find
SELECT id, size FROM blob WHERE sha256 = ?1;

-- name: blob.all
SELECT id, sha256, size FROM blob ORDER BY id;

-- name: blob.new
INSERT INTO blob (sha256, size) VALUES (?1, 0);

-- name: blob.name
UPDATE blob SET sha256 = ?2, size = ?3 WHERE id = ?1;

-- name: blob.purge
DELETE FROM blob WHERE id = ?1;

-- name: chunk.put
INSERT INTO chunk (blob, n, data) VALUES (?1, ?2, ?3);

-- name: chunk.all
SELECT n, data FROM chunk WHERE blob = ?1 ORDER BY n;

-- name: chunk.purge
DELETE FROM chunk WHERE blob = ?1;

-- name: chunk.orphans
SELECT blob FROM chunk WHERE blob NOT IN (SELECT id FROM blob) LIMIT 1;

-- name: copy.attach
ATTACH ?1 AS kept;

-- name: script.detach
DETACH kept;

-- A copy without evidence: every table, but of the bytes only the texts that a score needs.
-- name: script.snapshot
BEGIN;
INSERT INTO kept.entry SELECT * FROM main.entry;
INSERT INTO kept.blob SELECT * FROM main.blob WHERE sha256 IN (
	SELECT files_head FROM main.ruleset UNION SELECT files_items FROM main.ruleset
	UNION SELECT files_units FROM main.ruleset UNION SELECT files_text FROM main.profile
	UNION SELECT files_text FROM main.factor_set UNION SELECT issued_statement FROM main.certificate);
INSERT INTO kept.chunk SELECT * FROM main.chunk WHERE blob IN (SELECT id FROM kept.blob);
INSERT INTO kept.park SELECT * FROM main.park;
INSERT INTO kept.person SELECT * FROM main.person;
INSERT INTO kept.ruleset SELECT * FROM main.ruleset;
INSERT INTO kept.profile SELECT * FROM main.profile;
INSERT INTO kept.assessment SELECT * FROM main.assessment;
INSERT INTO kept.answer SELECT * FROM main.answer;
INSERT INTO kept.quantity SELECT * FROM main.quantity;
INSERT INTO kept.line SELECT * FROM main.line;
INSERT INTO kept.claim SELECT * FROM main.claim;
INSERT INTO kept.evidence SELECT * FROM main.evidence;
INSERT INTO kept.tie SELECT * FROM main.tie;
INSERT INTO kept.seen SELECT * FROM main.seen;
INSERT INTO kept.remark SELECT * FROM main.remark;
INSERT INTO kept.round SELECT * FROM main.round;
INSERT INTO kept.sent_back SELECT * FROM main.sent_back;
INSERT INTO kept.finding SELECT * FROM main.finding;
INSERT INTO kept.finding_tie SELECT * FROM main.finding_tie;
INSERT INTO kept.sign_off SELECT * FROM main.sign_off;
INSERT INTO kept.decision SELECT * FROM main.decision;
INSERT INTO kept.duty SELECT * FROM main.duty;
INSERT INTO kept.obligation SELECT * FROM main.obligation;
INSERT INTO kept.signing_key SELECT * FROM main.signing_key;
INSERT INTO kept.request SELECT * FROM main.request;
INSERT INTO kept.setting SELECT * FROM main.setting;
INSERT INTO kept.line_tie SELECT * FROM main.line_tie;
INSERT INTO kept.offset SELECT * FROM main.offset;
INSERT INTO kept.green_certificate SELECT * FROM main.green_certificate;
INSERT INTO kept.meter SELECT * FROM main.meter;
INSERT INTO kept.calibration SELECT * FROM main.calibration;
INSERT INTO kept.factor_set SELECT * FROM main.factor_set;
INSERT INTO kept.tick SELECT * FROM main.tick;
INSERT INTO kept.certificate SELECT * FROM main.certificate;
INSERT INTO kept.appraisal SELECT * FROM main.appraisal;
INSERT INTO kept.engagement SELECT * FROM main.engagement;
INSERT INTO kept.team SELECT * FROM main.team;
INSERT INTO kept.place SELECT * FROM main.place;
INSERT INTO kept.population SELECT * FROM main.population;
INSERT INTO kept.sample SELECT * FROM main.sample;
INSERT INTO kept.stop SELECT * FROM main.stop;
INSERT INTO kept.presence SELECT * FROM main.presence;
INSERT INTO kept.stop_item SELECT * FROM main.stop_item;
INSERT INTO kept.stop_place SELECT * FROM main.stop_place;
INSERT INTO kept.inspection SELECT * FROM main.inspection;
INSERT INTO kept.method SELECT * FROM main.method;
INSERT INTO kept.interview SELECT * FROM main.interview;
INSERT INTO kept.note SELECT * FROM main.note;
INSERT INTO kept.review_point SELECT * FROM main.review_point;
INSERT INTO kept.reprint SELECT * FROM main.reprint;
COMMIT;

-- The fact tables of every version there was; they are made again from the journal.
-- name: script.clear
DROP TABLE IF EXISTS review_point;
DROP TABLE IF EXISTS note;
DROP TABLE IF EXISTS interview;
DROP TABLE IF EXISTS method;
DROP TABLE IF EXISTS inspection;
DROP TABLE IF EXISTS stop_place;
DROP TABLE IF EXISTS stop_item;
DROP TABLE IF EXISTS presence;
DROP TABLE IF EXISTS stop;
DROP TABLE IF EXISTS sample;
DROP TABLE IF EXISTS population;
DROP TABLE IF EXISTS place;
DROP TABLE IF EXISTS team;
DROP TABLE IF EXISTS engagement;
DROP TABLE IF EXISTS reprint;
DROP TABLE IF EXISTS appraisal;
DROP TABLE IF EXISTS certificate;
DROP TABLE IF EXISTS tick;
DROP TABLE IF EXISTS factor_set;
DROP TABLE IF EXISTS calibration;
DROP TABLE IF EXISTS meter;
DROP TABLE IF EXISTS green_certificate;
DROP TABLE IF EXISTS offset;
DROP TABLE IF EXISTS line_tie;
DROP TABLE IF EXISTS setting;
DROP TABLE IF EXISTS request;
DROP TABLE IF EXISTS signing_key;
DROP TABLE IF EXISTS obligation;
DROP TABLE IF EXISTS duty;
DROP TABLE IF EXISTS decision;
DROP TABLE IF EXISTS sign_off;
DROP TABLE IF EXISTS finding_tie;
DROP TABLE IF EXISTS finding;
DROP TABLE IF EXISTS sent_back;
DROP TABLE IF EXISTS round;
DROP TABLE IF EXISTS remark;
DROP TABLE IF EXISTS seen;
DROP TABLE IF EXISTS tie;
DROP TABLE IF EXISTS evidence;
DROP TABLE IF EXISTS claim;
DROP TABLE IF EXISTS line;
DROP TABLE IF EXISTS quantity;
DROP TABLE IF EXISTS answer;
DROP TABLE IF EXISTS assessment;
DROP TABLE IF EXISTS profile;
DROP TABLE IF EXISTS ruleset;
DROP TABLE IF EXISTS person;
DROP TABLE IF EXISTS park;
DROP TABLE IF EXISTS cell_writer;
DROP TABLE IF EXISTS head;

-- name: script.version
PRAGMA user_version = 5;
