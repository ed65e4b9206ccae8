/* lingtan standards, lingtan standard ID: the rulesets at hand, and one of them so that its author
 * could check it. */
#include <string.h>
#include "command.h"
#include "lingtan/app/catalogue.h"
#include "lingtan/base/text.h"
#include "lingtan/core/digest.h"

static const char *origin_word(const struct invocation *in, enum origin origin)
{
	return origin == ORIGIN_UNSTATED ? say(in, "—", "-") : origin_in_words(in, origin);
}

/* ---- the list ---- */

static void standard_row(struct invocation *in, struct lt_json *json,
			 const struct library_entry *entry, const struct ruleset *ruleset)
{
	if (json) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", ruleset->id);
		lt_json_string(json, "code", ruleset->code);
		lt_json_string(json, "title", label_text(in, &ruleset->title));
		lt_json_string(json, "edition", ruleset->edition);
		lt_json_string(json, "status", ruleset_status_names[ruleset->status]);
		lt_json_string(json, "origin", origin_names[catalogue_weakest(ruleset)]);
		lt_json_int(json, "unset", catalogue_count_unset(ruleset));
		lt_json_int(json, "items", ruleset->n_items);
		json_path(json, "from", entry->folder);
		lt_json_bool(json, "shadows_built_in", entry->shadows);
		lt_json_close(json);
		return;
	}
	print_padded(stdout, ruleset->id, 18);
	print_padded(stdout, ruleset->code, 22);
	print_padded(stdout,
		     ruleset->status == RULESET_DRAFT ? say(in, "草案", "draft")
						      : say(in, "发布", "published"),
		     11);
	print_padded(stdout, origin_word(in, catalogue_weakest(ruleset)), 14);
	printf("%s", label_text(in, &ruleset->title));
	char folder[1000];
	if (entry->folder) {
		lt_text_visible(entry->folder, strlen(entry->folder), folder, sizeof(folder));
		printf("  (%s%s)", folder,
		       entry->shadows ? say(in, "，替代内置", ", shadows the built-in one") : "");
	}
	printf("\n");
}

static enum lt_status list_standards(struct invocation *in, struct lt_json *json)
{
	struct library *library = &in->library;
	enum lt_status worst = LT_OK;
	struct library_result *results =
		lt_arena_alloc(&in->findings_arena, library->n_entries + 1, sizeof(*results));
	if (!results)
		return lt_err_memory(&in->err);
	enum lt_status status = library_load_all(library, &in->findings, results, &in->err);
	for (unsigned i = 0; i < library->n_entries && !status; i++) {
		/* one broken ruleset does not hide the others */
		if (results[i].status) {
			print_failure(in, &results[i].err);
			worst = results[i].status;
		} else {
			standard_row(in, json, &library->entries[i], results[i].ruleset);
		}
	}
	return status ? status : worst;
}

enum lt_status command_standards(struct invocation *in)
{
	struct lt_json json;
	if (!in->json)
		return list_standards(in, NULL);
	lt_json_init(&json);
	lt_json_open_list(&json, NULL);
	enum lt_status worst = list_standards(in, &json);
	lt_json_close(&json);
	enum lt_status status = print_json(in, &json);
	return worst ? worst : status;
}

/* ---- one of them, as text ---- */

static void print_origin(const struct invocation *in, enum origin origin, const char *cite,
			 const struct label *note)
{
	printf("  [%s%s%s]", origin_word(in, origin), cite ? " " : "", cite ? cite : "");
	if (note && note->zh)
		printf("  %s", label_text(in, note));
	printf("\n");
}

static void print_heading(const char *text)
{
	printf("\n== %s ==\n", text);
}

static void print_terms(const struct invocation *in, const char *heading, const struct term *terms,
			unsigned n)
{
	if (n)
		print_heading(heading);
	for (unsigned i = 0; i < n; i++) {
		print_padded(stdout, terms[i].id, 22);
		printf("%s", label_text(in, &terms[i].title));
		if (terms[i].cite)
			printf("  [%s]", terms[i].cite);
		if (terms[i].note.zh)
			printf("  %s", label_text(in, &terms[i].note));
		printf("\n");
	}
}

static void print_labels(const struct invocation *in, const char *heading,
			 const struct label *labels, unsigned n)
{
	if (n)
		print_heading(heading);
	for (unsigned i = 0; i < n; i++)
		printf("- %s\n", label_text(in, &labels[i]));
}

static void print_words(const char *head, const struct words *words)
{
	if (!words->n)
		return;
	printf("%s", head);
	for (unsigned i = 0; i < words->n; i++)
		printf("%s%s", i ? ", " : "", words->at[i]);
}

static void print_item_scale(const struct invocation *in, const struct item *item)
{
	if (item->points.value) {
		printf(say(in, "      分值 %s", "      points %s"), item->points.value);
		print_origin(in, item->points.origin, item->points.cite, &item->points.note);
	}
	if (item->linear.from) {
		printf("      %s → 0, %s → %s", item->linear.from, item->linear.to,
		       item->points.value);
		print_origin(in, item->linear.origin, item->linear.cite, &item->linear.note);
	}
	for (unsigned i = 0; i < item->n_tiers; i++) {
		const struct step *tier = &item->tiers[i];
		printf("      %s %s%s → %s  %s\n", tier->id ? tier->id : "",
		       tier->above  ? "> "
		       : tier->from ? "≥ "
				    : "",
		       tier->above  ? tier->above
		       : tier->from ? tier->from
				    : "",
		       tier->then, label_text(in, &tier->title));
	}
	for (unsigned i = 0; i < item->n_checks; i++)
		printf("      %s %s %s\n", item->checks[i].id,
		       label_text(in, &item->checks[i].title), item->checks[i].points);
}

/* How it is judged: methods, what counts in the planning stage, and why it may be not applicable.
 */
static void print_item_judging(const struct invocation *in, const struct item *item)
{
	static const char *const method_zh[] = { "查文件", "看现场", "访谈", "复算", "试用" };
	static const char *const planning_zh[] = { "", "判文件", "判设计", "仅判已有", "不判" };
	if (!item->n_methods && !item->planning && !item->na.n)
		return;
	printf("      ");
	for (unsigned i = 0; i < item->n_methods; i++)
		printf("%s%s", i ? ", " : "",
		       say(in, method_zh[item->methods[i]], item_method_names[item->methods[i]]));
	if (item->planning)
		printf(say(in, "  规划阶段%s", "  planning: %s"),
		       say(in, planning_zh[item->planning], planning_basis_names[item->planning]));
	print_words(say(in, "  可不适用：", "  n/a: "), &item->na);
	printf("\n");
}

static void print_item(const struct invocation *in, const struct item *item)
{
	static const char *const modal_zh[] = { "应", "宜", "可", "陈述" };
	print_padded(stdout, "", 2);
	print_padded(stdout, item->id, 9);
	print_padded(stdout, say(in, item_kind_titles[item->kind].zh, item_kind_names[item->kind]), 12);
	printf("%s", label_text(in, &item->title));
	for (unsigned i = 0; i < item->n_modal; i++)
		printf(" %s", say(in, modal_zh[item->modal[i]], item_modal_names[item->modal[i]]));
	print_words(say(in, "  类型 ", "  types "), &item->types);
	print_words(say(in, "  阶段 ", "  stages "), &item->stages);
	print_words("  #", &item->tags);
	if (item->cite)
		printf("  [%s]", item->cite);
	printf("\n");
	print_item_judging(in, item);
	print_item_scale(in, item);
	if (item->quantity)
		printf(say(in, "      量 %s\n", "      quantity %s\n"), item->quantity);
	for (unsigned i = 0; i < item->n_evidence; i++)
		printf(say(in, "      佐证 %s (%s) %s\n", "      evidence %s (%s) %s\n"),
		       item->evidence[i].slot, item->evidence[i].stage,
		       label_text(in, &item->evidence[i].title));
	if (item->note.zh)
		printf("      %s\n", label_text(in, &item->note));
}

static void print_sections_and_items(const struct invocation *in, const struct ruleset *ruleset)
{
	print_heading(say(in, "板块与条款", "sections and items"));
	for (unsigned s = 0; s < ruleset->n_sections; s++) {
		const struct section *section = &ruleset->sections[s];
		printf("%s %s", section->id, label_text(in, &section->title));
		if (section->maximum)
			printf(say(in, "  满分 %s", "  of %s"), section->maximum);
		printf("%s%s%s\n", section->cite ? "  [" : "", section->cite ? section->cite : "",
		       section->cite ? "]" : "");
		for (unsigned i = 0; i < ruleset->n_items; i++)
			if (strcmp(ruleset->items[i].section, section->id) == 0)
				print_item(in, &ruleset->items[i]);
	}
}

static void print_tables(const struct invocation *in, const struct ruleset *ruleset)
{
	for (unsigned t = 0; t < ruleset->n_tables; t++) {
		const struct table *table = &ruleset->tables[t];
		char head[300];
		snprintf(head, sizeof(head), "%s $%s", label_text(in, &table->title), table->id);
		print_heading(head);
		print_origin(in, table->origin, table->cite, &table->note);
		print_padded(stdout, "", 6);
		for (unsigned c = 0; c < table->columns.n; c++)
			print_padded(stdout, table->columns.at[c], 22);
		printf("\n");
		for (unsigned r = 0; r < table->n_rows; r++) {
			print_padded(stdout, table->rows[r].key, 6);
			for (unsigned c = 0; c < table->rows[r].values.n; c++)
				print_padded(stdout, table->rows[r].values.at[c], 22);
			printf("\n");
		}
	}
}

static void print_parameters(const struct invocation *in, const struct ruleset *ruleset)
{
	if (ruleset->n_parameters)
		print_heading(say(in, "参数", "parameters"));
	for (unsigned i = 0; i < ruleset->n_parameters; i++) {
		const struct parameter *parameter = &ruleset->parameters[i];
		char name[120];
		snprintf(name, sizeof(name), "$%s", parameter->id);
		print_padded(stdout, name, 22);
		printf("%s = ", label_text(in, &parameter->title));
		if (parameter->value)
			printf("%s %s", parameter->value, parameter->unit ? parameter->unit : "");
		else
			printf("%s [%s, %s]", say(in, "未设值", "unset"),
			       parameter->min ? parameter->min : "-∞",
			       parameter->max ? parameter->max : "∞");
		print_origin(in, parameter->origin, parameter->cite, &parameter->note);
	}
}

static void print_quantities(const struct invocation *in, const struct ruleset *ruleset)
{
	if (ruleset->n_quantities)
		print_heading(say(in, "基础量", "quantities"));
	for (unsigned i = 0; i < ruleset->n_quantities; i++) {
		const struct quantity *quantity = &ruleset->quantities[i];
		print_padded(stdout, quantity->id, 32);
		printf("%s  %s", label_text(in, &quantity->title), quantity->unit);
		if (quantity->formula.zh)
			printf("  = %s", label_text(in, &quantity->formula));
		printf("\n");
	}
}

static void print_node_words(const struct node *node)
{
	print_words(" in: ", &node->in);
	if (node->items)
		printf(" items: %s%s%s", node->items, node->section ? " section: " : "",
		       node->section ? node->section : "");
	if (node->nodes)
		printf(" nodes: %s", node->nodes);
	print_words(" weights: ", &node->weights);
	print_words(" each: ", &node->each);
	const struct {
		const char *key, *text;
	} single[] = {
		{ "weight", node->weight }, { "k", node->k },
		{ "from", node->from },     { "to", node->to },
		{ "points", node->points }, { "min", node->min },
		{ "max", node->max },       { "when_zero", node->when_zero },
	};
	for (size_t i = 0; i < sizeof(single) / sizeof(single[0]); i++)
		if (single[i].text)
			printf(" %s: %s", single[i].key, single[i].text);
	if (node->na != NA_UNSTATED)
		printf(" na: %s", na_policy_names[node->na]);
	if (node->is != IS_UNSTATED)
		printf(" is: %s", compare_is_names[node->is]);
	if (node->round.places)
		printf(" round: %s %s", node->round.places, round_mode_names[node->round.mode]);
	for (unsigned i = 0; i < node->n_at; i++)
		printf("%s%s %s → %s", i ? "; " : " ", node->at[i].above ? ">" : "≥",
		       node->at[i].above ? node->at[i].above : node->at[i].from, node->at[i].then);
}

static void print_plan(const struct invocation *in, const struct ruleset *ruleset)
{
	print_heading(say(in, "计算", "plan"));
	for (unsigned i = 0; i < ruleset->n_plan; i++) {
		const struct node *node = &ruleset->plan[i];
		print_padded(stdout, node->id, 16);
		printf("%s%s%s", label_text(in, &node->title), node->title.zh ? "  " : "",
		       node_op_names[node->op]);
		print_node_words(node);
		print_origin(in, node->origin, node->cite, &node->note);
		for (unsigned g = 0; g < node->n_grades; g++) {
			printf("                %s", node->grades[g].grade);
			print_words(": ", &node->grades[g].when);
			printf("%s%s\n", node->grades[g].stage ? "  @" : "",
			       node->grades[g].stage ? node->grades[g].stage : "");
		}
		for (unsigned o = 0; o < node->n_otherwise; o++)
			printf("                %s%s %s\n", node->otherwise[o].grade,
			       node->otherwise[o].unless ? say(in, "，若不满足", " unless")
							 : say(in, "，其余情形", " otherwise"),
			       node->otherwise[o].unless ? node->otherwise[o].unless : "");
	}
}

static void standard_as_text(const struct invocation *in, const struct ruleset *ruleset)
{
	printf("%s  %s\n%s\n", ruleset->code, label_text(in, &ruleset->title),
	       label_text(in, &ruleset->publisher));
	printf("%s  %s  %s %s  %s %s\n", ruleset->id, ruleset->edition,
	       say(in, "发布", "published"), ruleset->published ? ruleset->published : "—",
	       say(in, "实施", "in force"), ruleset->in_force ? ruleset->in_force : "—");
	printf("%s\n", ruleset->status == RULESET_DRAFT
			       ? say(in, "草案：只出样张", "a draft: specimens only")
			       : "");
	for (int kind = 0; kind < N_ITEM_KINDS; kind++)
		if (catalogue_count_kind(ruleset, (enum item_kind)kind))
			printf("%s %u  ", label_text(in, &item_kind_titles[kind]),
			       catalogue_count_kind(ruleset, (enum item_kind)kind));
	printf("\n");
	print_labels(in, say(in, "说明", "notes"), ruleset->notes, ruleset->n_notes);
	print_terms(in, say(in, "来源", "sources"), ruleset->sources, ruleset->n_sources);
	print_labels(in, say(in, "未查得", "not found"), ruleset->not_found, ruleset->n_not_found);
	if (ruleset->n_marks)
		print_heading(say(in, "各条款共同的来源", "origins that many items share"));
	for (unsigned i = 0; i < ruleset->n_marks; i++) {
		print_padded(stdout, ruleset->marks[i].field, 16);
		print_origin(in, ruleset->marks[i].origin, NULL, &ruleset->marks[i].note);
	}
	print_terms(in, say(in, "园区类型", "park types"), ruleset->park_types,
		    ruleset->n_park_types);
	print_terms(in, say(in, "阶段", "stages"), ruleset->stages, ruleset->n_stages);
	print_terms(in, say(in, "基准期", "basis periods"), ruleset->basis, ruleset->n_basis);
	print_terms(in, say(in, "步骤", "workflow"), ruleset->workflow, ruleset->n_workflow);
	if (ruleset->n_na_reasons)
		print_heading(say(in, "不适用理由", "reasons for not applicable"));
	for (unsigned i = 0; i < ruleset->n_na_reasons; i++) {
		print_padded(stdout, ruleset->na_reasons[i].id, 22);
		printf("%s", label_text(in, &ruleset->na_reasons[i].title));
		print_words(say(in, "  限阶段 ", "  in "), &ruleset->na_reasons[i].stages);
		printf("\n");
	}
	print_sections_and_items(in, ruleset);
	print_tables(in, ruleset);
	print_parameters(in, ruleset);
	print_quantities(in, ruleset);
	print_plan(in, ruleset);
	print_terms(in, say(in, "等级", "grades"), ruleset->grades, ruleset->n_grades);
	print_terms(in, say(in, "证书字段", "certificate fields"), ruleset->certificate,
		    ruleset->n_certificate);
}

/* ---- one of them, as JSON ---- */

static void json_words(struct lt_json *json, const char *key, const struct words *words)
{
	lt_json_open_list(json, key);
	for (unsigned i = 0; i < words->n; i++)
		lt_json_string(json, NULL, words->at[i]);
	lt_json_close(json);
}

static void json_terms(const struct invocation *in, struct lt_json *json, const char *key,
		       const struct term *terms, unsigned n)
{
	lt_json_open_list(json, key);
	for (unsigned i = 0; i < n; i++) {
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", terms[i].id);
		lt_json_string(json, "title", label_text(in, &terms[i].title));
		lt_json_string(json, "cite", terms[i].cite);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void json_figure(struct lt_json *json, const char *value, enum origin origin,
			const char *cite)
{
	lt_json_string(json, "value", value);
	lt_json_string(json, "origin", value ? origin_names[origin] : NULL);
	lt_json_string(json, "cite", cite);
}

static void json_item(const struct invocation *in, struct lt_json *json, const struct item *item)
{
	char digest[LT_SHA256_HEX];
	item_digest(item, digest);
	lt_json_open_object(json, NULL);
	lt_json_string(json, "id", item->id);
	lt_json_string(json, "clause", item->clause ? item->clause : item->id);
	lt_json_string(json, "section", item->section);
	lt_json_string(json, "kind", item_kind_names[item->kind]);
	lt_json_string(json, "form", item_form_names[item->form]);
	lt_json_string(json, "title", label_text(in, &item->title));
	json_words(json, "tags", &item->tags);
	json_words(json, "types", &item->types);
	json_words(json, "stages", &item->stages);
	json_words(json, "na", &item->na);
	lt_json_open_list(json, "modal");
	for (unsigned i = 0; i < item->n_modal; i++)
		lt_json_string(json, NULL, item_modal_names[item->modal[i]]);
	lt_json_close(json);
	lt_json_string(json, "quantity", item->quantity);
	lt_json_open_object(json, "points");
	json_figure(json, item->points.value, item->points.origin, item->points.cite);
	lt_json_close(json);
	lt_json_string(json, "cite", item->cite);
	lt_json_string(json, "digest", digest);
	lt_json_close(json);
}

static void json_tables(struct lt_json *json, const struct ruleset *ruleset)
{
	lt_json_open_list(json, "weights");
	for (unsigned t = 0; t < ruleset->n_tables; t++) {
		const struct table *table = &ruleset->tables[t];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", table->id);
		lt_json_string(json, "sums_to", table->sums_to);
		lt_json_string(json, "origin", origin_names[table->origin]);
		lt_json_string(json, "cite", table->cite);
		json_words(json, "columns", &table->columns);
		lt_json_open_list(json, "rows");
		for (unsigned r = 0; r < table->n_rows; r++) {
			lt_json_open_object(json, NULL);
			lt_json_string(json, "key", table->rows[r].key);
			json_words(json, "values", &table->rows[r].values);
			lt_json_close(json);
		}
		lt_json_close(json);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void json_plan(const struct invocation *in, struct lt_json *json,
		      const struct ruleset *ruleset)
{
	lt_json_open_list(json, "plan");
	for (unsigned i = 0; i < ruleset->n_plan; i++) {
		const struct node *node = &ruleset->plan[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", node->id);
		lt_json_string(json, "title", node->title.zh ? label_text(in, &node->title) : NULL);
		lt_json_string(json, "op", node_op_names[node->op]);
		json_words(json, "in", &node->in);
		lt_json_string(json, "items", node->items);
		lt_json_string(json, "nodes", node->nodes);
		lt_json_string(json, "weight", node->weight);
		lt_json_string(json, "publish", publish_names[node->publish]);
		lt_json_string(json, "origin", origin_names[node->origin]);
		lt_json_string(json, "clause", node->clause);
		lt_json_string(json, "cite", node->cite);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static void json_parameters(const struct invocation *in, struct lt_json *json,
			    const struct ruleset *ruleset)
{
	lt_json_open_list(json, "parameters");
	for (unsigned i = 0; i < ruleset->n_parameters; i++) {
		const struct parameter *parameter = &ruleset->parameters[i];
		lt_json_open_object(json, NULL);
		lt_json_string(json, "id", parameter->id);
		lt_json_string(json, "title", label_text(in, &parameter->title));
		json_figure(json, parameter->value, parameter->origin, parameter->cite);
		lt_json_string(json, "unit", parameter->unit);
		lt_json_string(json, "min", parameter->min);
		lt_json_string(json, "max", parameter->max);
		lt_json_close(json);
	}
	lt_json_close(json);
}

static enum lt_status standard_as_json(struct invocation *in, const struct ruleset *ruleset,
				       const struct library_entry *entry)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "id", ruleset->id);
	lt_json_string(&json, "code", ruleset->code);
	lt_json_string(&json, "title", label_text(in, &ruleset->title));
	lt_json_string(&json, "edition", ruleset->edition);
	lt_json_string(&json, "status", ruleset_status_names[ruleset->status]);
	lt_json_string(&json, "published", ruleset->published);
	lt_json_string(&json, "in_force", ruleset->in_force);
	json_path(&json, "from", entry->folder);
	lt_json_bool(&json, "shadows_built_in", entry->shadows);
	json_terms(in, &json, "park_types", ruleset->park_types, ruleset->n_park_types);
	json_terms(in, &json, "stages", ruleset->stages, ruleset->n_stages);
	lt_json_open_list(&json, "sections");
	for (unsigned i = 0; i < ruleset->n_sections; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "id", ruleset->sections[i].id);
		lt_json_string(&json, "parent", ruleset->sections[i].parent);
		lt_json_string(&json, "title", label_text(in, &ruleset->sections[i].title));
		lt_json_string(&json, "maximum", ruleset->sections[i].maximum);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_open_list(&json, "items");
	for (unsigned i = 0; i < ruleset->n_items; i++)
		json_item(in, &json, &ruleset->items[i]);
	lt_json_close(&json);
	json_tables(&json, ruleset);
	json_parameters(in, &json, ruleset);
	json_plan(in, &json, ruleset);
	json_terms(in, &json, "grades", ruleset->grades, ruleset->n_grades);
	json_terms(in, &json, "certificate", ruleset->certificate, ruleset->n_certificate);
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_standard(struct invocation *in)
{
	struct ruleset *ruleset;
	const char *id = library_named(&in->library, in->words[0]);
	enum lt_status status = library_load(&in->library, id, &in->findings, &ruleset, &in->err);
	if (status)
		return status;
	note_shadowing(in, library_find(&in->library, id));
	if (in->json)
		return standard_as_json(in, ruleset, library_find(&in->library, id));
	standard_as_text(in, ruleset);
	return LT_OK;
}
