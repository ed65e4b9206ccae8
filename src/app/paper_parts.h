/* paper_parts - the named data of printed forms; for src/app/paper*.c alone. */
#ifndef LINGTAN_APP_PAPER_PARTS_H
#define LINGTAN_APP_PAPER_PARTS_H

#include "lingtan/app/paper.h"

#define PAPER_MOST_SETS 32

struct paper_row {
	const char **raw;   /* [n_fields] as it is kept: ids of choices, days */
	const char **shown; /* the same for people, in the language of the form */
};

/* The rows of a set. A set of one thing has one row. */
struct paper_table {
	const char *set;
	const char *const *fields;
	unsigned n_fields;
	struct paper_row *rows;
	unsigned n_rows, cap_rows;
};

struct paper_data {
	struct session *session;
	const struct assessment_ref *ref; /* NULL = of none */
	enum lt_lang lang;
	const char *day, *year; /* year NULL: not said */
	const struct form_set *forms;
	struct paper_table tables[PAPER_MOST_SETS]; /* gathered so far */
	unsigned n_tables;
	struct lt_findings *findings;
	struct lt_err *err;
};

/* A set that no form describes. */
struct paper_gathered {
	const char *id;
	const char *const *fields; /* NULL ends the list */
	bool is_single;
	enum lt_status (*gather)(struct paper_data *data, struct paper_table *table);
};

/* The sets themselves; paper_gather.c, paper_visit.c. */
#define PAPER_GATHERED(name)                                                                       \
	extern const char *const paper_##name##_fields[];
PAPER_GATHERED(sheet)
PAPER_GATHERED(assessment)
PAPER_GATHERED(finding)
PAPER_GATHERED(owed)
PAPER_GATHERED(owner)
PAPER_GATHERED(decision)
PAPER_GATHERED(signature)
PAPER_GATHERED(certificate)
PAPER_GATHERED(stop)
PAPER_GATHERED(visit_item)
PAPER_GATHERED(visit_place)
PAPER_GATHERED(visit_person)
PAPER_GATHERED(population)
PAPER_GATHERED(sampled)
PAPER_GATHERED(review_point)
#undef PAPER_GATHERED
enum lt_status paper_gather_sheet(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_assessment(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_findings(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_owed(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_owners(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_decisions(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_signatures(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_certificates(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_stops(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_visit_items(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_visit_places(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_visit_people(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_populations(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_sampled(struct paper_data *data, struct paper_table *table);
enum lt_status paper_gather_review_points(struct paper_data *data, struct paper_table *table);

/* Whether there is a form of this id, ours or one in the user's folder. */
bool paper_is_known(const struct workspace *workspace, const char *folder, const char *id,
		    struct lt_arena *arena);

/* The ruleset of an assessment. */
enum lt_status paper_ruleset(struct paper_data *data, const struct assessment_ref *ref,
			     const struct ruleset **out);
/* The year that is meant: as said, of the assessment, of the last there is, of the last engagement. In
 * the session's arena. */
enum lt_status paper_year(struct paper_data *data, const char **out);

/* Whether there is such a set; has such a field (NULL: any); is of one thing. */
struct paper_name {
	bool has_set, has_field, is_single;
};
struct paper_name paper_name_find(const struct form_set *forms, const char *set,
				  const char *field);

/* Ids of the sets that no form describes, commas between; returns buf. */
const char *paper_gathered_names(char *buf, size_t cap);

/* The set of a name and where its field begins; false where there is no dot. */
bool paper_name_split(const char *name, char set[64], const char **field);

/* Gathered when first asked for. Errors: LT_EDATA (no such set), those of reading. */
enum lt_status paper_table_get(struct paper_data *data, const char *set,
			       const struct paper_table **out);

/* -1 = no such field. */
int paper_table_field(const struct paper_table *table, const char *field);

/* A row to be filled with paper_put(); NULL when memory runs out. */
struct paper_row *paper_row_add(struct paper_data *data, struct paper_table *table);
/* Texts are borrowed; shown NULL = as raw. A field that the table does not have is a bug. */
void paper_put(const struct paper_table *table, struct paper_row *row, const char *field,
	       const char *raw, const char *shown);

/* The form that describes a set's fields and choices; NULL where none does. */
const struct form_field *paper_field_form(const struct form_set *forms, const char *set,
					  const char *field);

static inline const char *paper_label(enum lt_lang lang, const struct label *label)
{
	const char *text = lang == LT_ZH ? label->zh : label->en;
	return text ? text : label->zh ? label->zh : "";
}

/* Standards by code and title, what is no ruleset at hand as it is; NULL when memory runs out or a
 * ruleset of the project cannot be read (data->err says which). */
const char *paper_criteria(struct paper_data *data, const char *ids);

/* Fills `json` with what lingtan-render draws. Errors: LT_EDATA (no such row), those of reading. */
enum lt_status paper_compose(struct paper_data *data, const struct paper_wish *wish,
			     struct lt_json *json);

#endif
