/* draft - how a document grows block by block; for src/export/document*.c alone. */
#ifndef LINGTAN_SRC_EXPORT_DRAFT_H
#define LINGTAN_SRC_EXPORT_DRAFT_H

#include "lingtan/export/document.h"

struct draft {
	struct lt_arena *arena;
	const struct lt_json_node *report;
	enum lt_lang lang;
	const char *rung;  /* whose result the document tells */
	const char *kind;  /* self, third, statement */
	struct document *document;
	unsigned n_headings, chapter;
	bool failed; /* memory ran out */
};

typedef const struct lt_json_node *node;

/* ---- texts ---- */

static inline const char *say(const struct draft *draft, const char *zh, const char *en)
{
	return draft->lang == LT_ZH ? zh : en;
}

const char *draft_text(struct draft *draft, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* A title in the document's language; "" where there is none. */
const char *draft_label(const struct draft *draft, node of, const char *key);
/* "—" for nothing. */
const char *or_dash(const char *text);
/* 1,442.85: grouped, at most `places` places, half to even; "—" for nothing. */
const char *draft_number(struct draft *draft, const char *decimal, int places);
/* 76.28, 48.1~79.6, 不适用; "—" where it is open at both ends. */
const char *draft_value(struct draft *draft, node value, int places);
/* A unit as people read it: km² for km2, tCO₂/万 Nm³; "" for a bare number. */
const char *draft_unit(struct draft *draft, const char *unit);
/* The units and signs within a formula alike. */
const char *draft_pretty(struct draft *draft, const char *text);
/* What is drawn, never printed. */
double draft_amount(const char *decimal);
/* What a number rests on, in words: 示例值 for illustrative. */
const char *draft_origin(const struct draft *draft, const char *origin);
/* The number that people know: of a clause or section whose id is a word of the ruleset ("guiding",
 * "product_energy") there is none, and it is "". */
const char *draft_clause(node of);
/* "4.2  …", or the title alone. */
const char *draft_section(struct draft *draft, node section);
/* What is meant by an id of an item or figure, as the standard calls it: its clause, with the title
 * where the clause is that of a whole section; a figure's title; else the id. */
const char *draft_named(struct draft *draft, const char *id);
/* The same of several, as they are typed: "7.2.5,j.maximised". */
const char *draft_named_all(struct draft *draft, const char *ids);
/* The word for an id, of words[n] as {id, Chinese, English}; the id itself where it is none of them. */
const char *draft_word(const struct draft *draft, const char *const (*words)[3], size_t n, const char *id);
/* What stands at a key of a row: a choice by its title, anything else as it is. */
const char *draft_at(const struct draft *draft, node row, const char *key);
/* Two texts with a blank between them where both are there. */
const char *draft_pair(struct draft *draft, const char *a, const char *b);
/* 2026-03-01 14:03 of a time stamp. */
const char *draft_time(struct draft *draft, const char *stamp);

/* ---- blocks ---- */

/* Chapters count by themselves: 一 … or 1 …; further levels bear their own numbers. */
void draft_chapter(struct draft *draft, const char *title);
void draft_heading(struct draft *draft, unsigned level, const char *title);
void draft_paragraph(struct draft *draft, enum block_kind kind, const char *text);
void draft_break(struct draft *draft);
void draft_chart(struct draft *draft, const struct chart *chart);
void draft_verdict(struct draft *draft, struct verdict *verdict);
struct tree *draft_tree(struct draft *draft);
struct tree_line *draft_tree_line(struct draft *draft, struct tree *tree);

/* A table with these columns; titles are borrowed. NULL when memory ran out. */
struct table *draft_table(struct draft *draft, enum block_kind kind, const char *caption,
			  const struct column *columns, unsigned n);
/* A row of it, its cells empty; NULL when memory ran out. */
struct row *draft_row(struct draft *draft, struct table *table, enum row_kind kind);
/* A row of texts; ends with NULL. */
void draft_cells(struct draft *draft, struct table *table, enum row_kind kind, ...)
	__attribute__((sentinel));
/* A line of fields: nothing where the value is "". */
void draft_field(struct draft *draft, struct table *table, const char *title, const char *value);
struct table *draft_fields(struct draft *draft);

/* ---- parts ---- */

void draft_cover(struct draft *draft);
void draft_conclusion(struct draft *draft);
void draft_basics(struct draft *draft);
void draft_park(struct draft *draft);
void draft_method(struct draft *draft);
void draft_process(struct draft *draft);
void draft_controls(struct draft *draft);
void draft_sections(struct draft *draft);
void draft_innovation(struct draft *draft);
void draft_parties(struct draft *draft);
/* False where nothing was written down. */
bool draft_assurance(struct draft *draft);
bool draft_visit(struct draft *draft);
bool draft_has_samples(const struct draft *draft);
void draft_samples(struct draft *draft);
bool draft_has_interviews(const struct draft *draft);
void draft_interviews(struct draft *draft);
bool draft_has_sign_ins(const struct draft *draft);
void draft_sign_ins(struct draft *draft);
bool draft_has_notes(const struct draft *draft);
void draft_notes(struct draft *draft);
void draft_inventory(struct draft *draft);
/* Behind it: registers, declared beside verified, quality of the data. */
void draft_registers(struct draft *draft);
void draft_compared(struct draft *draft);
void draft_data_quality(struct draft *draft);
void draft_figures(struct draft *draft);
void draft_quality(struct draft *draft);
void draft_findings(struct draft *draft);
bool draft_has_finding_reports(const struct draft *draft);
void draft_finding_reports(struct draft *draft);
void draft_score(struct draft *draft);
void draft_evidence(struct draft *draft);
bool draft_has_changes(const struct draft *draft);
void draft_changes(struct draft *draft);
void draft_explanation(struct draft *draft);
void draft_sources(struct draft *draft);
void draft_numbers(struct draft *draft);
void draft_qualification(struct draft *draft);
void draft_signatures(struct draft *draft);
/* Who answers for a self-evaluation: the park, by hand and seal. */
void draft_declaration(struct draft *draft);

#endif
