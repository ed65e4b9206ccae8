/* Where each number of the ruleset comes from, and who answers for it; what entitles the body. */
#include <stdio.h>
#include <string.h>
#include "draft.h"

/* ---- ruleset and profile, as they are pinned ---- */

static void put_pinned(struct draft *draft)
{
	node ruleset = lt_json_get(draft->report, "ruleset");
	node profile = lt_json_get(draft->report, "profile");
	const char *title = draft_label(draft, profile, "title");
	struct table *table = draft_fields(draft);
	draft_field(draft, table, say(draft, "规则集", "Ruleset"),
		    draft_text(draft, "%s · %s%s", lt_json_get_text(ruleset, "id"),
			       lt_json_get_text(ruleset, "edition"),
			       lt_json_get_bool(ruleset, "edition_known")
				       ? ""
				       : say(draft, "（不是已知版本）", " (not a known edition)")));
	draft_field(draft, table, say(draft, "规则集摘要", "Digest of the ruleset"),
		    lt_json_get_text(ruleset, "digest"));
	if (profile->kind != LT_JSON_OBJECT) {
		draft_field(draft, table, say(draft, "参数集", "Profile"),
			    say(draft, "未用参数集，数值都是规则集自带的", "None: all numbers are those of the ruleset"));
		return;
	}
	draft_field(draft, table, say(draft, "参数集", "Profile"),
		    draft_text(draft, "%s%s%s%s", title, title[0] ? " · " : "",
			       lt_json_get_text(profile, "id"),
			       lt_json_get_bool(profile, "made_up")
				       ? say(draft, "（自称虚构，仅供演练）", " (made up, for rehearsal)")
				       : ""));
	draft_field(draft, table, say(draft, "所据标准文本", "Copy of the standard"),
		    lt_json_get_text(profile, "edition"));
	draft_field(draft, table, say(draft, "数值负责人", "Who answers for it"),
		    lt_json_get_text(profile, "responsible"));
	draft_field(draft, table, say(draft, "录入日期", "Taken over on"),
		    lt_json_get_text(profile, "date"));
	draft_field(draft, table, say(draft, "参数集摘要", "Digest of the profile"),
		    lt_json_get_text(profile, "digest"));
}

/* ---- the numbers ---- */

struct origins {
	struct table *table;
	const char *profile; /* who answers for the numbers of the profile */
	const char *group;   /* the kind whose title stands above already */
};

static void begin_group(struct draft *draft, struct origins *origins, const char *kind,
			const char *zh, const char *en)
{
	if (strcmp(origins->group, kind) != 0)
		draft_cells(draft, origins->table, ROW_GROUP, say(draft, zh, en), NULL);
	origins->group = kind;
}

static void put_origin(struct draft *draft, struct origins *origins, const char *title,
		       const char *value, const char *origin, const char *cite, bool is_of_profile)
{
	struct row *row = draft_row(draft, origins->table, ROW_PLAIN);
	if (!row)
		return;
	const bool is_weak = strcmp(origin, "illustrative") == 0 || strcmp(origin, "inferred") == 0 ||
			     strcmp(origin, "proposed") == 0;
	row->cells[0].text = title;
	row->cells[1].text = value;
	row->cells[2] = (struct cell){ draft_origin(draft, origin), is_weak ? TONE_WARN : TONE_PLAIN };
	row->cells[3].text = or_dash(cite);
	row->cells[4].text = is_of_profile ? or_dash(origins->profile)
					   : say(draft, "规则集", "ruleset");
}

static const char *value_of(struct draft *draft, node number)
{
	const char *value = lt_json_get_text(number, "value");
	const char *unit = draft_unit(draft, lt_json_get_text(number, "unit"));
	if (strcmp(lt_json_get_text(number, "kind"), "parameter") != 0)
		return "";
	if (!value[0])
		return say(draft, "未设值", "not set");
	/* as it was written: a year has no groups of digits */
	return draft_text(draft, "%s%s%s", value, unit[0] ? " " : "", unit);
}

static void put_numbers(struct draft *draft, struct origins *origins, const char *kind,
			const char *rows, const char *zh, const char *en)
{
	for (node at = lt_json_get(draft->report, "numbers")->first; at; at = at->next) {
		const char *of = lt_json_get_text(at, "kind");
		const char *title = draft_label(draft, at, "title");
		const bool is_row = strcmp(of, rows) == 0;
		if (strcmp(of, kind) != 0 && !is_row)
			continue;
		begin_group(draft, origins, kind, zh, en);
		if (is_row)
			title = draft_text(draft, "　%s  %s", lt_json_get_text(at, "id"), title);
		put_origin(draft, origins, title[0] ? title : lt_json_get_text(at, "id"),
			   value_of(draft, at), lt_json_get_text(at, "origin"),
			   lt_json_get_text(at, "cite"), lt_json_get_bool(at, "is_of_profile"));
	}
}

/* ---- points: a chapter in one line where all of it comes from one place ---- */

struct scale {
	const char *origin, *cite;
	bool is_of_profile;
};

static bool has_scale(node item, const char *of, struct scale *out)
{
	const char *maximum = lt_json_get_text(item, "maximum");
	*out = (struct scale){
		lt_json_get_text(item, of[0] == 'p' ? "points_origin" : "steps_origin"),
		lt_json_get_text(item, of[0] == 'p' ? "points_cite" : "steps_cite"),
		lt_json_get_bool(item, of[0] == 'p' ? "points_of_profile" : "steps_of_profile"),
	};
	return maximum[0] && out->origin[0];
}

static bool is_same_scale(const struct scale *a, const struct scale *b)
{
	return strcmp(a->origin, b->origin) == 0 && strcmp(a->cite, b->cite) == 0 &&
	       a->is_of_profile == b->is_of_profile;
}

/* The section behind this one at the top level. */
static node next_chapter(node section)
{
	do
		section = section->next;
	while (section && lt_json_get_int(section, "depth") > 0);
	return section;
}

/* How many items of the chapter have a scale, and whether all are alike. */
static unsigned count_scales(node chapter, const char *of, struct scale *first, bool *is_one)
{
	const node end = next_chapter(chapter);
	unsigned n = 0;
	*is_one = true;
	for (node section = chapter; section != end; section = section->next)
		for (node item = lt_json_get(section, "items")->first; item; item = item->next) {
			struct scale scale;
			if (!has_scale(item, of, &scale))
				continue;
			if (!n++)
				*first = scale;
			*is_one &= is_same_scale(first, &scale);
		}
	return n;
}

static void put_scales_of_items(struct draft *draft, struct origins *origins, node chapter,
				const char *of)
{
	const node end = next_chapter(chapter);
	for (node section = chapter; section != end; section = section->next)
		for (node item = lt_json_get(section, "items")->first; item; item = item->next) {
			struct scale scale;
			if (!has_scale(item, of, &scale))
				continue;
			put_origin(draft, origins,
				   draft_section(draft, item),
				   of[0] == 'p' ? draft_number(draft, lt_json_get_text(item, "maximum"), 4)
						: "",
				   scale.origin, scale.cite, scale.is_of_profile);
		}
}

static void put_scales(struct draft *draft, struct origins *origins, const char *of, const char *zh,
		       const char *en)
{
	for (node chapter = lt_json_get(draft->report, "sections")->first; chapter;
	     chapter = next_chapter(chapter)) {
		struct scale scale;
		bool is_one;
		const unsigned n = count_scales(chapter, of, &scale, &is_one);
		if (!n)
			continue;
		begin_group(draft, origins, of, zh, en);
		if (!is_one) {
			put_scales_of_items(draft, origins, chapter, of);
			continue;
		}
		put_origin(draft, origins,
			   draft_section(draft, chapter),
			   draft_text(draft, say(draft, "%u 条", "%u items"), n), scale.origin,
			   scale.cite, scale.is_of_profile);
	}
}

/* ---- emission factors that the inventory took ---- */

static bool is_same_factor(node a, node b)
{
	static const char *const keys[] = { "factor", "factor_value", "factor_unit", "factor_cite" };
	bool same = true;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		same &= strcmp(lt_json_get_text(a, keys[i]), lt_json_get_text(b, keys[i])) == 0;
	return same;
}

static bool is_seen_before(node first, node line)
{
	for (node at = first; at != line; at = at->next)
		if (is_same_factor(at, line))
			return true;
	return false;
}

static const char *name_of_line(node line)
{
	const char *name = lt_json_get_text(line, "name");
	return name[0] ? name : lt_json_get_text(line, "id");
}

static bool is_named_before(node first, node line)
{
	for (node at = first; at != line; at = at->next)
		if (is_same_factor(at, line) && strcmp(name_of_line(at), name_of_line(line)) == 0)
			return true;
	return false;
}

/* The lines that take the same factor, by name; of many the first ones. */
static const char *users_of(struct draft *draft, node line)
{
	const char *text = "";
	unsigned n = 0;
	for (node at = line; at; at = at->next) {
		if (!is_same_factor(at, line) || is_named_before(line, at))
			continue;
		if (n++ < 4)
			text = draft_text(draft, "%s%s%s", text, text[0] ? say(draft, "、", ", ") : "",
					  name_of_line(at));
	}
	return n > 4 ? draft_text(draft, say(draft, "%s等 %u 行", "%s and so on, %u lines"), text, n) : text;
}

static node factor_of(const struct draft *draft, const char *id)
{
	for (node at = lt_json_get(draft->report, "factors")->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "id"), id) == 0)
			return at;
	return lt_json_get(draft->report, "nothing");
}

static void put_factors(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "因子", "Factor"), 9, false },
					  { say(draft, "用于", "Used for"), 10, false },
					  { say(draft, "数值", "Value"), 8, false },
					  { say(draft, "出处", "Where it stands"), 10, false } };
	node lines = lt_json_get(draft->report, "inventory");
	struct table *table = NULL;
	for (node at = lines->first; at; at = at->next) {
		const char *value = lt_json_get_text(at, "factor_value");
		const char *name = lt_json_get_text(at, "factor");
		const char *cite = lt_json_get_text(at, "factor_cite");
		if (!value[0] || is_seen_before(lines->first, at))
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE,
					    say(draft, "碳盘查用到的因子", "Factors of the inventory"),
					    columns, 4);
		draft_cells(draft, table, ROW_PLAIN,
			    !name[0] ? say(draft, "自定因子", "the line's own")
				     : draft_text(draft, "%s\n%s", draft_label(draft, factor_of(draft, name), "title"),
						  name),
			    users_of(draft, at),
			    draft_text(draft, "%s %s", draft_number(draft, value, 12),
				       draft_unit(draft, lt_json_get_text(at, "factor_unit"))),
			    or_dash(cite[0] ? cite : lt_json_get_text(at, "note")), NULL);
	}
}

/* ---- what holds for many at once, and what was not found ---- */

static const char *field_word(const struct draft *draft, const char *field)
{
	static const char *const words[][3] = {
		{ "item", "条文", "clauses" },	      { "points", "分值", "points" },
		{ "tiers", "分档", "tiers" },	      { "methods", "查验方法", "methods" },
		{ "evidence", "佐证清单", "evidence" }, { "quantity", "指标", "figures" },
		{ "dimension", "维度", "dimension" }, { "planning", "规划阶段的判法", "planning" },
		{ "types", "适用园区类型", "park types" }, { "stages", "适用阶段", "stages" },
		{ "na", "可不适用的理由", "reasons for n/a" },
		{ "certificate", "证书内容", "certificate" },
		{ "modal", "应、宜、可", "modal words" }, { "kind", "条款种类", "kinds" },
		{ "form", "作答方式", "forms" },	      { "tags", "分组", "groups" },
		{ "workflow", "评价流程", "workflow" },
	};
	return draft_word(draft, words, sizeof(words) / sizeof(words[0]), field);
}

static void put_marks(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "整类", "All of"), 6, false },
					  { say(draft, "来源", "Origin"), 4, false },
					  { say(draft, "说明", "Note"), 18, false } };
	node marks = lt_json_get(draft->report, "marks");
	struct table *table = marks->n ? draft_table(draft, BLOCK_TABLE,
						     say(draft, "整类的来源", "Origins of whole kinds"),
						     columns, 3)
				       : NULL;
	for (node at = marks->first; at; at = at->next)
		draft_cells(draft, table, ROW_PLAIN, field_word(draft, lt_json_get_text(at, "field")),
			    draft_origin(draft, lt_json_get_text(at, "origin")),
			    or_dash(draft_label(draft, at, "note")), NULL);
	const char *text = "";
	for (node at = lt_json_get(draft->report, "not_found")->first; at; at = at->next)
		text = draft_text(draft, "%s%s%s", text, text[0] ? say(draft, "；", "; ") : "",
				  lt_json_get_text(at, draft->lang == LT_ZH ? "zh" : "en"));
	if (text[0])
		draft_paragraph(draft, BLOCK_NOTE,
				draft_text(draft, say(draft, "公开材料中没有见到：%s。", "Not found in public: %s."),
					   text));
}

void draft_numbers(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "数值", "Number"), 13, false },
					  { say(draft, "取值", "Value"), 7, false },
					  { say(draft, "来源", "Origin"), 4, false },
					  { say(draft, "出处", "Where it stands"), 10, false },
					  { say(draft, "负责", "Answered for by"), 7, false } };
	struct origins origins = { .profile = lt_json_get_text(lt_json_get(draft->report, "profile"),
							       "responsible"),
				   .group = "" };
	draft_paragraph(
		draft, BLOCK_NOTE,
		say(draft,
		    "结果用到的数值逐项写明取自哪里。“有出处”的见所列文件和页码；“填报”的由所列机构负责；“推断”“拟定”“示例值”不是标准原文。",
		    "Where each number behind the result is taken from: sourced ones stand in the document and at the "
		    "place named, the user's are answered for by whom is named; inferred, proposed and illustrative "
		    "ones are not the words of the standard."));
	put_pinned(draft);
	origins.table = draft_table(draft, BLOCK_TABLE,
				    say(draft, "规则集的数值", "Numbers of the ruleset"), columns, 5);
	put_numbers(draft, &origins, "parameter", "", "参数", "Parameters");
	put_numbers(draft, &origins, "table", "table_row", "权重与系数表", "Tables");
	put_scales(draft, &origins, "points", "分值", "Points");
	put_scales(draft, &origins, "steps", "分档与界限", "Tiers and limits");
	put_numbers(draft, &origins, "rule", "", "计算规则", "Rules");
	put_factors(draft);
	put_marks(draft);
}

/* ---- the body ---- */

static const char *engaged_body(const struct draft *draft)
{
	node of = lt_json_get(lt_json_get(draft->report, "visit"), "engagement")->first;
	return of ? lt_json_get_text(of, "body") : "";
}

static void put_qualified(struct draft *draft)
{
	const struct column columns[] = { { say(draft, "姓名", "Name"), 4, false },
					  { say(draft, "职责", "Part"), 5, false },
					  { say(draft, "专业领域", "Sector"), 6, false },
					  { say(draft, "可评板块", "Sections"), 5, false },
					  { say(draft, "资格与说明", "Qualification"), 8, false } };
	struct table *table = NULL;
	node team = lt_json_get(lt_json_get(draft->report, "visit"), "team");
	for (node at = team->first; at; at = at->next) {
		const char *sector = lt_json_get_text(at, "sector");
		const char *note = lt_json_get_text(at, "note");
		const char *sections = lt_json_get_text(at, "sections");
		if (!sector[0] && !note[0] && !sections[0])
			continue;
		if (!table)
			table = draft_table(draft, BLOCK_TABLE,
					    say(draft, "评价组的能力", "Competence of the team"), columns, 5);
		draft_cells(draft, table, ROW_PLAIN, or_dash(lt_json_get_text(at, "person")),
			    or_dash(draft_label(draft, at, "role")), or_dash(sector), or_dash(sections),
			    or_dash(note), NULL);
	}
}

void draft_qualification(struct draft *draft)
{
	node settings = lt_json_get(draft->report, "settings")->first;
	struct table *table = draft_fields(draft);
	draft_field(draft, table, say(draft, "评价机构", "Body"), engaged_body(draft));
	if (settings) {
		draft_field(draft, table, say(draft, "认证机构批准书号", "Approval as a certification body"),
			    lt_json_get_text(settings, "certification_approval"));
		draft_field(draft, table, say(draft, "认证规则备案号", "Filed rule of certification"),
			    lt_json_get_text(settings, "certification_rule"));
	}
	put_qualified(draft);
	draft_paragraph(
		draft, BLOCK_STUB,
		say(draft, "营业执照、资质或认可证书（写明编号、范围和有效期）的复印件，加盖公章。",
		    "Copies of the licence and of accreditations with number, scope and validity, sealed."));
}
