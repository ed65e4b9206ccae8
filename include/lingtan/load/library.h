/*
 * library - the rulesets, units and factor sets at hand: folders named by the user first, then the
 * user's data directory, then those built into the program.
 *
 * Opening reads only names; a ruleset is loaded when asked for. A ruleset in a folder that has the
 * id of a built-in one *shadows* it, and says so in `shadows`, to be shown wherever it is used.
 */
#ifndef LINGTAN_LOAD_LIBRARY_H
#define LINGTAN_LOAD_LIBRARY_H

#include "lingtan/base/sha256.h"
#include "lingtan/core/plan.h"
#include "lingtan/load/ruleset.h"

/* A file built into the program, by its path: those of rulesets/ from below it ("units.yaml",
 * "t-x/items.yaml"), all others with their folder ("db/store.sql"). */
struct embedded_file {
	const char *path;
	const char *text;
	size_t len;
	const void *image;  /* the same, loaded (src/load/image.h); NULL = read the text */
	const char *sha256; /* of the text */
};

struct library_factor_file;
struct vocabulary;
struct roles;
struct ready_checks;

/* A built-in ruleset that was asked for. */
struct library_built_in {
	const char *id;
	struct ruleset *ruleset;
	struct library_built_in *next;
};

/* A ruleset as its texts are, whoever brought them. */
struct library_edition {
	char sha256[3][LT_SHA256_HEX]; /* of ruleset.yaml, items.yaml, units.yaml */
	struct ruleset *ruleset;
	struct units *units;
	struct lt_arena arena; /* owned; empty where the caller's holds it */
	bool kept;             /* by the library, as long as it lives */
	struct library_edition *next;
};

/* At most so many are kept. */
#define LIBRARY_MOST_EDITIONS 32

struct library_entry {
	const char *id;
	const char *folder; /* where it lies; NULL = built in */
	bool shadows;       /* a built-in one has the same id */
};

struct library {
	struct lt_arena arena;                /* owned: names and everything loaded */
	const struct embedded_file *embedded; /* borrowed, ends with path NULL */
	const char *folders[2];               /* borrowed; NULL = not given */
	struct library_entry *entries;        /* one an id, in the order of ids */
	unsigned n_entries;
	struct units *units;                      /* NULL until library_units() */
	struct vocabulary *vocabulary;            /* NULL until library_vocabulary() */
	struct roles *roles;                      /* NULL until library_roles() */
	struct ready_checks *checks;              /* NULL until library_checks() */
	struct count_rules *counts;               /* NULL until library_counts() */
	const char *units_from, *factors_from;    /* files of a folder that were used instead of
						     built-in ones, or NULL */
	struct library_factor_file *factor_files; /* NULL until they are first asked for */
	unsigned n_factor_files;
	struct library_built_in *built_in; /* loaded so far */
	struct library_edition *editions;  /* likewise */
	struct library_plan *plans;        /* likewise */
	struct library *workers; /* owned: of library_load_all(), they hold what they loaded */
	unsigned n_workers;
};

/**
 * library_open - lists what is there. folder: from --rulesets, or NULL; data_home: the user's data
 * directory, or NULL. A folder that the user named must be readable; the data directory may be
 * missing. Errors: LT_EFILE, LT_ESPACE. Release in any case.
 */
enum lt_status library_open(struct library *library, const struct embedded_file *embedded,
			    const char *folder, const char *data_home, struct lt_err *err);
void library_release(struct library *library);

const struct library_entry *library_find(const struct library *library, const char *id);

/* What is meant: the id of the standard with this code or title; anything else as it is. Rulesets are
 * loaded where it is no id; one that cannot be read is passed over without a word. */
const char *library_named(struct library *library, const char *typed);

/* A built-in file by its path; NULL where there is none. */
const struct embedded_file *library_embedded(const struct library *library, const char *path);

/**
 * library_ruleset_texts - the texts of a ruleset at hand: ruleset.yaml, items.yaml and the unit
 * table that goes with them; owned by the library. Errors: LT_EDATA (no such id), LT_EFILE,
 * LT_ESPACE.
 */
enum lt_status library_ruleset_texts(struct library *library, const char *id,
				     struct yaml_source texts[3], struct lt_err *err);

/* The unit table; loaded once. */
enum lt_status library_units(struct library *library, struct lt_findings *findings,
			     const struct units **out, struct lt_err *err);

/* The tables of a project, db/groups.yaml; always the built-in ones, loaded once. */
enum lt_status library_vocabulary(struct library *library, struct lt_findings *findings,
				  const struct vocabulary **out, struct lt_err *err);

/* Who may change what, db/roles.yaml; always the built-in ones, loaded once. */
enum lt_status library_roles(struct library *library, struct lt_findings *findings,
			     const struct roles **out, struct lt_err *err);

/* What is counted over the places of a park, db/counts.yaml; likewise. */
enum lt_status library_counts(struct library *library, struct lt_findings *findings,
			      const struct count_rules **out, struct lt_err *err);

/* What is looked at before an assessment leaves the file, db/readiness.yaml; likewise. */
enum lt_status library_checks(struct library *library, struct lt_findings *findings,
			      const struct ready_checks **out, struct lt_err *err);

/**
 * library_load - a ruleset with all checks.
 * Errors: LT_EDATA (no such id; err lists those at hand), LT_EFILE (findings say why), LT_ESPACE.
 */
enum lt_status library_load(struct library *library, const char *id, struct lt_findings *findings,
			    struct ruleset **out, struct lt_err *err);

/**
 * library_load_built_in - the ruleset that the program carries under this id, whatever folder
 * shadows it; loaded once and kept. Errors: LT_EDATA, LT_ESPACE.
 */
enum lt_status library_load_built_in(struct library *library, const char *id,
				     struct lt_findings *findings, struct ruleset **out,
				     struct lt_err *err);

/* One that is kept, by the hashes of its texts; NULL where there is none. */
const struct library_edition *library_find_edition(const struct library *library,
						   const char *const *sha256);

/**
 * library_load_edition - a ruleset from texts that have these hashes, which the caller has seen to;
 * texts as library_ruleset_texts() gives them. Kept, so that it is loaded once however many files
 * bring it; where the library keeps as many as it does, it lives in the arena. Errors: LT_EFILE
 * (findings say why), LT_ESPACE.
 */
enum lt_status library_load_edition(struct library *library, const char *const *sha256,
				    const struct yaml_source texts[3], struct lt_arena *arena,
				    struct lt_findings *findings,
				    const struct library_edition **out, struct lt_err *err);

/**
 * library_plan - the plan of a ruleset for a selection, without overrides; compiled once. The
 * ruleset is one that the library keeps: of library_load_built_in(), or an edition with `kept`.
 * Errors: those of plan_compile().
 */
enum lt_status library_plan(struct library *library, const struct ruleset *ruleset,
			    const struct selection *selection, const struct plan **out,
			    struct lt_err *err);

/* What became of one entry of library_load_all(). */
struct library_result {
	enum lt_status status;
	struct ruleset *ruleset; /* NULL where status is not LT_OK */
	struct lt_err err;
};

/**
 * library_load_all - every entry, in the order of entries, with all checks; several at once where
 * the machine has the cores. One broken ruleset does not keep the others from loading.
 * results[n_entries] is the caller's. Errors: LT_ESPACE, and those of library_units(). Findings
 * stand in the order of entries.
 */
enum lt_status library_load_all(struct library *library, struct lt_findings *findings,
				struct library_result *results, struct lt_err *err);

/* The case files of a ruleset, one by one, in the order of their names. */
enum lt_status library_load_cases(struct library *library, const char *id,
				  struct lt_findings *findings, struct cases_file ***files,
				  const char ***names, size_t *n_files, struct lt_err *err);

/* Whether a factor set is at hand, in a folder or built in. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status library_has_factor_set(struct library *library, const char *id, bool *found,
				      struct lt_err *err);

/**
 * library_find_factor - a factor by id from the sets at hand; *out is NULL if none has it. Sets of
 * a folder come first. Errors: LT_EFILE (a set is wrong: findings), LT_ESPACE.
 */
enum lt_status library_find_factor(struct library *library, const char *id,
				   struct lt_findings *findings, const struct factor **out,
				   struct lt_err *err);

/* All sets at hand, those of a folder first; the list is made in the arena, the sets are the
 * library's. Errors: LT_EFILE (a set is wrong: findings), LT_ESPACE. */
enum lt_status library_factor_sets(struct library *library, struct lt_arena *arena,
				   struct lt_findings *findings, const struct factor_set ***out,
				   unsigned *n, struct lt_err *err);

/* Reads a ruleset folder that is not in the library ("lingtan check PATH"). */
enum lt_status library_load_folder(struct library *library, const char *folder,
				   struct lt_findings *findings, struct ruleset **out,
				   struct lt_err *err);

#endif
