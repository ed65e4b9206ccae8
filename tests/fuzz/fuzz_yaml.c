/*
 * fuzz_yaml - any bytes as one of our documents; the first byte says which (7 form, 8 requests, 9 tables, p a printed form, else modulo 7),
 * the rest is the text.
 *
 * The text goes the whole way through the public functions, unproven. Whatever comes out must be orderly: a status with words,
 * findings that can be printed, nothing handed out with an error, at most 64 MiB; and a ruleset that loads compiles and scores for
 * each of its types and stages.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"
#include "lingtan/core/score.h"
#include "lingtan/core/trace.h"
#include "lingtan/load/form.h"
#include "lingtan/load/paper.h"
#include "lingtan/load/vocabulary.h"

#define MOST ((size_t)64 << 20)
#define T "title: {zh: 题, en: title}"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fixed_units[] = "units:\n- {id: t, dimension: mass, base: t, factor: \"1\", " T "}\n- {id: kg, dimension: mass, base: t, factor: \"0.001\", " T "}\n";
static const char fixed_head[] =
	"ruleset: r\nedition: \"1\"\ncode: R\n" T "\npublisher: {zh: 甲, en: a}\nstatus: draft\n"
	"park_types: [{id: y, " T "}]\nstages: [{id: p, " T "}, {id: o, " T "}]\nplaces: [{id: n, " T "}]\n"
	"sections: [{id: s, " T "}, {id: s1, parent: s, " T "}]\nna_reasons: [{id: z, " T "}, {id: w, " T ", needs_text: yes}]\n"
	"marks: [{field: points, origin: proposed, note: {zh: 注, en: n}}]\n"
	"quantities: [{id: q, unit: t, na: [z], " T "}, {id: v, unit: t, min: \"-5\", max: \"5\", " T "}]\ngrades: [{id: g, " T "}]\n"
	"plan:\n- {id: sum, op: sum, items: scoring, na: rescale, origin: user}\n- {id: all, op: at_least, k: all, items: control, origin: user}\n"
	"- {id: grade, op: ladder, grades: [{grade: g, when: [all]}], origin: user}\n";
static const char fixed_items[] =
	"items:\n- {id: a, section: s, kind: control, form: met, na: [z], " T "}\n"
	"- {id: b, section: s, kind: scoring, form: points, points: {value: \"10\", origin: user}, na: [z], " T "}\n"
	"- {id: c, section: s, kind: scoring, form: measured, quantity: q, points: {value: \"5\", origin: user}, linear: {from: \"9\", to: \"1\", origin: user}, " T "}\n"
	"- {id: j, section: s, kind: judgement, form: judgement, " T "}\n";

static const char fixed_tables[] =
	"tables:\n- {table: q, " T ", key: [a, b], groups: [{group: g, " T ", members: [m, n]}, {group: h, " T ", members: [m, \"yes\"]}]}\n"
	"- {table: person, " T ", key: [name], groups: [{group: roles, " T ", members: [roles]}]}\n";

static void need(bool holds)
{
	if (!holds)
		abort();
}

static struct yaml_source fixed(const char *text)
{
	return (struct yaml_source){ .name = "fixed.yaml", .text = text, .len = strlen(text) };
}

/* What every load must leave behind. */
static void need_orderly(enum lt_status status, const struct lt_err *err, const struct lt_findings *findings, const struct lt_arena *arena)
{
	need(status == LT_OK || status == LT_EFILE || status == LT_ESPACE);
	need((status == LT_OK) == (err->status == LT_OK));
	need(status != LT_EFILE || findings->n_errors > 0);
	need(status != LT_OK || findings->n_errors == 0);
	need(findings->n_kept <= LT_FINDINGS_MAX && arena->held <= MOST);
	for (const struct lt_finding *at = findings->first; at; at = at->next) {
		size_t bad;
		for (int lang = 0; lang < LT_N_LANGS; lang++)
			need(at->text[lang] && at->text[lang][0] &&
			     lt_text_check(at->text[lang], strlen(at->text[lang]), &bad) != LT_TEXT_NOT_UTF8);
		need(at->path && at->file);
	}
}

static void score_one(const struct ruleset *ruleset, const struct selection *selection, struct lt_arena *arena)
{
	struct lt_err err = LT_ERR_INIT;
	struct plan *plan;
	struct answers answers;
	struct result result;
	struct trace trace;
	/* "A ruleset that core/check passes without an error compiles for each of its types and stages." */
	need(plan_compile(ruleset, selection, NULL, arena, &plan, &err) == LT_OK);
	need(answers_init(&answers, ruleset, arena, &err) == LT_OK && result_init(&result, plan, arena, &err) == LT_OK);
	need(trace_init(&trace, plan, arena, &err) == LT_OK);
	for (unsigned turn = 0; turn < 3; turn++) {
		enum lt_status status = score_all(plan, &answers, &result, &err);
		need(status == LT_OK || status == LT_EDATA); /* too large a number */
		if (!status)
			need(trace_fill(&trace, &result, &err) == LT_OK);
		for (uint32_t slot = plan->first_node; !status && slot < plan->n_slots; slot++) {
			const struct value *value = &result.values[slot];
			uint32_t slots[4];
			struct grade_view view;
			need(value->lo_unbounded || value->hi_unbounded || value->lo.units <= value->hi.units);
			need(result_origin(&result, slot) < N_ORIGINS);
			need(value->state != VALUE_NONE || result_none_reason(&result, slot, LT_ZH)[0]);
			need(!value_is_certain(value) || !result_count_open(&result, slot));
			if (plan_node_at(plan, slot)->decl->op != OP_LADDER)
				continue;
			result_grade(&result, plan_node_at(plan, slot), &view);
			result_withheld_by(&result, plan_node_at(plan, slot), slots, 4);
		}
		/* then with answers: the first words that each item takes */
		static const char *const words[] = { "met", "yes", "points:1", "checks:a", "tier:a", "na:z" };
		for (unsigned i = 0; i < plan->n_items; i++)
			for (size_t w = turn; w < sizeof(words) / sizeof(words[0]); w++) {
				struct lt_err refused = LT_ERR_INIT;
				answers_set(&answers, plan, ruleset->items[i].id, words[w], &refused);
			}
		for (unsigned i = 0; i < plan->n_quantities; i++) {
			struct lt_err refused = LT_ERR_INIT;
			answers_set_quantity(&answers, plan, NULL, ruleset->quantities[i].id, turn ? "0" : "3", NULL, &refused);
		}
	}
	need(arena->held <= MOST);
}

static void load_ruleset(const struct yaml_source *head, const struct yaml_source *items, const struct units *units, struct lt_arena *arena,
			 struct lt_findings *findings)
{
	struct lt_err err = LT_ERR_INIT;
	struct ruleset *ruleset = NULL;
	struct lt_arena scratch;
	enum lt_status status = ruleset_load(head, items, units, arena, findings, &ruleset, &err);
	need_orderly(status, &err, findings, arena);
	need((status == LT_OK) == (ruleset != NULL));
	if (!ruleset)
		return;
	lt_arena_init(&scratch, 0);
	for (unsigned t = 0; t < (ruleset->n_park_types ? ruleset->n_park_types : 1) && t < 3; t++)
		for (unsigned s = 0; s < (ruleset->n_stages ? ruleset->n_stages : 1) && s < 3; s++) {
			const struct selection selection = {
				.park_type = ruleset->n_park_types ? ruleset->park_types[t].id : NULL,
				.stage = ruleset->n_stages ? ruleset->stages[s].id : NULL,
				.place = ruleset->n_places ? ruleset->places[s % ruleset->n_places].id : NULL,
			};
			score_one(ruleset, &selection, &scratch);
			lt_arena_reset(&scratch);
		}
	lt_arena_release(&scratch);
}

static void load_sheet(const struct yaml_source *source, struct lt_arena *arena, struct lt_findings *findings)
{
	struct lt_err err = LT_ERR_INIT;
	struct sheet *sheet = NULL;
	need_orderly(sheet_load(source, arena, findings, &sheet, &err), &err, findings, arena);
	if (err.status == LT_OK) {
		unsigned line, column;
		yaml_positions_find(&sheet->positions, "answers[0].item", &line, &column);
		need(line > 0 && column > 0);
	}
}

/* What was read can be written, and reads back as the same text. */
static void write_and_read(const struct profile *profile, struct lt_arena *arena, struct lt_findings *findings)
{
	struct lt_err err = LT_ERR_INIT;
	struct profile *back = NULL;
	char *text, *again;
	size_t len, len_again;
	need(profile_write(profile, arena, &text, &len, &err) == LT_OK);
	const struct yaml_source source = { .name = "written.yaml", .text = text, .len = len };
	/* escapes and quotes may make it longer than a file may be */
	if (len > YAML_MAX_BYTES)
		return;
	need(profile_load(&source, arena, findings, &back, &err) == LT_OK);
	need(profile_write(back, arena, &again, &len_again, &err) == LT_OK);
	need(len == len_again && memcmp(text, again, len) == 0);
}

/* Whatever is typed into a field of a form that loads is kept or refused in words, and stays as it is once kept. */
static void fill(const struct form *form, const struct units *units, struct lt_arena *arena)
{
	static const char *const typed[] = { "", "３。２", "2026年3月1日 9：05", "是、no", "a；b", "9135\xff", "\n \t", "0.1234567890123" };
	const char *values[FORM_MAX_FIELDS];
	struct lt_findings findings;
	lt_findings_init(&findings, arena);
	need(form->n_fields <= FORM_MAX_FIELDS);
	for (size_t t = 0; t < sizeof(typed) / sizeof(typed[0]); t++) {
		for (unsigned i = 0; i < form->n_fields; i++) {
			const struct form_field *field = &form->fields[i];
			struct lt_err err = LT_ERR_INIT;
			values[i] = form_normalise_value(field, typed[t], arena);
			need(values[i] && strcmp(form_normalise_value(field, values[i], arena), values[i]) == 0);
			const enum lt_status status = form_check_value(field, values[i], &err);
			need(status == err.status && (status == LT_OK || (err.text[LT_ZH][0] && err.text[LT_EN][0])));
			need(form_find_field(form, field->id) == field);
			if (field->n_choices) /* its own title is a choice */
				values[i] = form_normalise_value(field, field->choices[0].title.zh, arena);
			need(values[i] != NULL);
		}
		form_check_row(form, units, values, &findings);
		unsigned filled;
		need(form_count_needed(form, values, &filled) >= filled && !findings.out_of_memory);
	}
	for (unsigned e = 0; e < form->n_entries; e++)
		fill(&form->entries[e], units, arena);
}

static void load_form(const struct yaml_source *source, const struct units *units, struct lt_arena *arena, struct lt_findings *findings)
{
	struct lt_err err = LT_ERR_INIT;
	struct vocabulary *vocabulary = NULL;
	struct form *form = NULL;
	const struct yaml_source tables = fixed(fixed_tables);
	need(vocabulary_load(&tables, arena, findings, &vocabulary, &err) == LT_OK);
	need_orderly(form_load(source, vocabulary, units, arena, findings, &form, &err), &err, findings, arena);
	need((err.status == LT_OK) == (form != NULL));
	if (form)
		fill(form, units, arena);
}

/* What loads has the blocks and columns that who composes it makes room for. */
static void load_paper(const struct yaml_source *source, struct lt_arena *arena, struct lt_findings *findings)
{
	struct lt_err err = LT_ERR_INIT;
	struct yaml_positions positions = { 0 };
	struct paper_template *template = NULL;
	need_orderly(paper_template_load(source, arena, &positions, findings, &template, &err), &err, findings, arena);
	need((err.status == LT_OK) == (template != NULL));
	need(!template || (template->n_blocks && template->n_blocks <= PAPER_MAX_BLOCKS && template->size < N_PAPER_SIZES));
	for (unsigned b = 0; template && b < template->n_blocks; b++) {
		const struct paper_block *block = &template->blocks[b];
		need(block->kind == PAPER_FIELDS || block->n_fields <= PAPER_MAX_COLUMNS);
		need(block->kind != PAPER_TEXT || block->text.zh);
		for (unsigned f = 0; f < block->n_fields; f++)
			need(block->fields[f].title.zh || block->fields[f].id);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	struct lt_arena arena;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	struct units *units = NULL;
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	const struct yaml_source table = fixed(fixed_units), head = fixed(fixed_head), items = fixed(fixed_items);
	need(units_load(&table, &arena, &findings, &units, &err) == LT_OK);
	/* as lt_file_read hands it out: a NUL after the text */
	char *text = malloc(size);
	need(text != NULL);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	const struct yaml_source source = { .name = "fuzz.yaml", .text = text, .len = size - 1 };
	document_kind(&source);
	switch (memchr("789p", data[0], 4) ? data[0] : data[0] % 7) {
	case 0:
		load_ruleset(&source, &items, units, &arena, &findings);
		break;
	case 1:
		load_ruleset(&head, &source, units, &arena, &findings);
		break;
	case 2: {
		struct cases_file *cases = NULL;
		need_orderly(cases_load(&source, &arena, &findings, &cases, &err), &err, &findings, &arena);
		break;
	}
	case 3:
		load_sheet(&source, &arena, &findings);
		break;
	case 4: {
		struct profile *profile = NULL;
		need_orderly(profile_load(&source, &arena, &findings, &profile, &err), &err, &findings, &arena);
		if (profile)
			write_and_read(profile, &arena, &findings);
		break;
	}
	case 5: {
		struct units *loaded = NULL;
		need_orderly(units_load(&source, &arena, &findings, &loaded, &err), &err, &findings, &arena);
		break;
	}
	case '7':
		load_form(&source, units, &arena, &findings);
		break;
	case '8': {
		struct request_list *list = NULL;
		need_orderly(requests_load(&source, &arena, &findings, &list, &err), &err, &findings, &arena);
		break;
	}
	case 'p':
		load_paper(&source, &arena, &findings);
		break;
	case '9': {
		struct vocabulary *vocabulary = NULL;
		need_orderly(vocabulary_load(&source, &arena, &findings, &vocabulary, &err), &err, &findings, &arena);
		break;
	}
	default: {
		struct factor_set *set = NULL;
		need_orderly(factors_load(&source, units, &arena, &findings, &set, &err), &err, &findings, &arena);
		break;
	}
	}
	free(text);
	lt_arena_release(&arena);
	return 0;
}
