/* The chapters of each kind of report, in the order in which bodies hand them in. */
#include <stdio.h>
#include <string.h>
#include "draft.h"

static void stub(struct draft *draft, const char *zh, const char *en)
{
	draft_paragraph(draft, BLOCK_STUB, say(draft, zh, en));
}

static void chapter(struct draft *draft, const char *zh, const char *en)
{
	draft_chapter(draft, say(draft, zh, en));
}

/* ---- self-evaluation ---- */

static void self_front(struct draft *draft)
{
	draft_heading(draft, 1, say(draft, "填报说明", "How this was filled in"));
	draft_paragraph(
		draft, BLOCK_PARAGRAPH,
		say(draft,
		    "本报告由园区按所列标准逐条自评。得分由规则集逐项精确计算，未答的条款以区间表示，不作估计；"
		    "每条结论所依据的材料及其页码见各表和附件。",
		    "The park assessed itself clause by clause against the standard named here. Points are "
		    "computed exactly from the ruleset; what is not answered is an interval, not a guess; "
		    "the material behind each verdict and its page stand in the tables and the annex."));
	draft_heading(draft, 1, say(draft, "基本信息表", "Basic facts"));
	draft_basics(draft);
	draft_heading(draft, 1, say(draft, "材料真实性承诺", "Declaration of truthfulness"));
	stub(draft,
	     "承诺书正文由填报单位确认后签字盖章：所报材料真实、完整，愿承担相应责任。",
	     "The declaration, confirmed and signed by the reporting body: the material is true and complete.");
	draft_declaration(draft);
}

static void self_report(struct draft *draft)
{
	self_front(draft);
	draft_break(draft);
	chapter(draft, "园区基本情况", "The park");
	draft_park(draft);
	stub(draft, "园区的发展历程、主导产业、能源供应和低碳工作基础。",
	     "History, industries, energy supply and what has been done for low carbon.");
	chapter(draft, "自评价工作", "How the self-evaluation was done");
	draft_method(draft);
	draft_process(draft);
	chapter(draft, "基本要求（控制项）符合性", "Basic requirements (controls)");
	draft_controls(draft);
	chapter(draft, "分板块情况", "Section by section");
	draft_sections(draft);
	chapter(draft, "提高与创新", "Innovation");
	draft_innovation(draft);
	chapter(draft, "碳排放与吸收", "Emissions and absorption");
	draft_inventory(draft);
	draft_figures(draft);
	chapter(draft, "得分汇总表", "Summary of points");
	draft_score(draft);
	chapter(draft, "特色与亮点", "What stands out");
	stub(draft, "园区的特色做法和亮点，每项说明做法、成效和可推广之处。",
	     "Practices that stand out: what was done, what came of it, what others can take over.");
	chapter(draft, "存在问题", "Open problems");
	draft_quality(draft);
	chapter(draft, "下一步计划", "Next steps");
	stub(draft, "对照未得分和未达标的条款，写明措施、责任部门和完成时间。",
	     "For clauses without points or not met: measures, who is responsible, by when.");
}

/* ---- third-party report ---- */

static void third_front(struct draft *draft)
{
	draft_heading(draft, 1, say(draft, "评价结论页", "Conclusion"));
	draft_conclusion(draft);
	draft_heading(draft, 1, say(draft, "基本信息表", "Basic facts"));
	draft_basics(draft);
	draft_heading(draft, 1, say(draft, "机构承诺", "Declaration of the body"));
	stub(draft,
	     "机构独立、公正、保密的承诺，由法定代表人签字盖章。",
	     "The body's declaration of independence, impartiality and confidentiality, signed and sealed.");
	draft_signatures(draft);
	draft_break(draft);
}

static void third_opening(struct draft *draft)
{
	chapter(draft, "概述", "Overview");
	draft_heading(draft, 2, say(draft, "评价目的", "Purpose"));
	stub(draft, "本次评价的目的和报告的预期使用者。", "Purpose of the evaluation and intended users.");
	draft_heading(draft, 2,
		      say(draft, "评价边界、依据与期间", "Boundary, criteria and period"));
	draft_method(draft);
	draft_parties(draft);
	draft_heading(draft, 2,
		      say(draft, "保证等级与实质性", "Level of assurance and materiality"));
	if (!draft_assurance(draft))
		stub(draft, "约定的保证等级和实质性限值。",
		     "The agreed level of assurance and materiality.");
	chapter(draft, "评价过程", "How it was done");
	draft_process(draft);
	chapter(draft, "园区情况", "The park");
	draft_park(draft);
}

static void third_ending(struct draft *draft)
{
	chapter(draft, "不符合项及整改", "Nonconformities and corrections");
	draft_findings(draft);
	chapter(draft, "得分与等级", "Points and grade");
	draft_score(draft);
	chapter(draft, "评价结论", "Conclusion");
	draft_conclusion(draft);
	stub(draft, "结论的文字表述，由评价组长确认。", "The conclusion in words, confirmed by the team leader.");
	chapter(draft, "主要做法与亮点", "Main practices");
	stub(draft, "园区的主要做法与亮点。", "The park's main practices and what stands out.");
	chapter(draft, "存在问题", "Problems");
	draft_quality(draft);
	chapter(draft, "有关建议", "Recommendations");
	stub(draft, "对园区和主管部门的建议。", "Recommendations to the park and to the authorities.");
	chapter(draft, "参考文件清单", "References");
	draft_sources(draft);
}

static void third_report(struct draft *draft)
{
	third_front(draft);
	third_opening(draft);
	chapter(draft, "基本要求评价", "Basic requirements");
	draft_controls(draft);
	chapter(draft, "分板块评价", "Section by section");
	draft_sections(draft);
	chapter(draft, "提高与创新及示范性", "Innovation and demonstration");
	draft_innovation(draft);
	chapter(draft, "碳盘查核查", "Verification of the inventory");
	draft_inventory(draft);
	draft_figures(draft);
	chapter(draft, "数据质量与不确定性", "Quality of data and uncertainty");
	draft_data_quality(draft);
	stub(draft, "数据来源、计量器具、交叉核对和不确定性的说明。",
	     "Sources of data, meters, cross-checks and uncertainty.");
	third_ending(draft);
}

/* ---- verification statement ---- */

static void statement(struct draft *draft)
{
	draft_heading(draft, 1, say(draft, "核查声明", "Verification statement"));
	draft_basics(draft);
	draft_heading(draft, 2, say(draft, "核查的范围与准则", "Scope and criteria"));
	draft_method(draft);
	draft_parties(draft);
	draft_assurance(draft);
	draft_heading(draft, 2, say(draft, "核定的排放与平衡", "Verified emissions and balance"));
	draft_inventory(draft);
	draft_figures(draft);
	draft_heading(draft, 2, say(draft, "核查结论", "Conclusion"));
	draft_conclusion(draft);
	stub(draft,
	     "核查意见：无修改、有修改或否定，以及依据；保证等级与实质性限值。",
	     "The opinion: unmodified, modified or adverse, with its basis; assurance and materiality.");
	draft_heading(draft, 2, say(draft, "责任与签署", "Responsibility and signatures"));
	draft_paragraph(draft, BLOCK_PARAGRAPH,
			say(draft,
			    "排放报告由责任方编制并对其负责；本机构依据约定准则独立核查，只对上述期间和边界内的结论负责。",
			    "The responsible party prepared the emission report and answers for it; this body "
			    "verified it independently against the agreed criteria, and answers for the "
			    "conclusion within the period and boundary named above."));
	draft_signatures(draft);
}

/* ---- the whole ---- */

struct annex {
	const char *zh, *en;
	void (*put)(struct draft *draft);
	bool (*has)(const struct draft *draft); /* NULL = it is never empty */
	const char *kinds;                      /* s self, t third, v statement: who hands it in */
};

/* In the order in which bodies hand them in; what is empty is left out, and the rest counted. */
static const struct annex all_annexes[] = {
	{ "佐证材料清单", "Evidence", draft_evidence, NULL, "s" },
	{ "签到表", "Attendance", draft_sign_ins, draft_has_sign_ins, "t" },
	{ "现场记录", "Notes of the visit", draft_notes, draft_has_notes, "tv" },
	{ "访谈记录", "Interviews", draft_interviews, draft_has_interviews, "tv" },
	{ "抽样表", "Samples", draft_samples, draft_has_samples, "tv" },
	{ "不符合项报告", "Nonconformity reports", draft_finding_reports, draft_has_finding_reports, "t" },
	{ "佐证材料清单", "Evidence", draft_evidence, NULL, "tv" },
	{ "计算书", "Calculation", draft_explanation, NULL, "stv" },
	{ "参数来源", "Where the numbers come from", draft_numbers, NULL, "stv" },
	{ "机构资质", "Qualification of the body", draft_qualification, NULL, "tv" },
	{ "参考文件清单", "References", draft_sources, NULL, "sv" },
	{ "修改清单", "Changes since the last round", draft_changes, draft_has_changes, "stv" },
};

static void annexes(struct draft *draft)
{
	static const char *const digits[] = { "一", "二", "三", "四",	"五",	"六",
					      "七", "八", "九", "十", "十一", "十二" };
	const char kind = strcmp(draft->kind, "statement") == 0 ? 'v' : draft->kind[0];
	unsigned n = 0;
	draft_break(draft);
	for (size_t i = 0; i < sizeof(all_annexes) / sizeof(all_annexes[0]); i++) {
		const struct annex *annex = &all_annexes[i];
		if (!strchr(annex->kinds, kind) || (annex->has && !annex->has(draft)))
			continue;
		draft_heading(draft, 1,
			      draft->lang == LT_ZH
				      ? draft_text(draft, "附件%s  %s", digits[n], annex->zh)
				      : draft_text(draft, "Annex %u  %s", n + 1, annex->en));
		n++;
		annex->put(draft);
	}
}

enum lt_status document_build(const struct render_input *input, struct lt_arena *arena,
			      struct document **out, struct lt_err *err)
{
	struct draft draft = { .arena = arena,
			       .report = input->report,
			       .lang = input->lang,
			       .rung = lt_json_get_text(input->report, "rung"),
			       .kind = lt_json_get_text(input->report, "kind"),
			       .document = lt_arena_alloc(arena, 1, sizeof(**out)) };
	if (!draft.document)
		return lt_err_memory(err);
	draft.document->lang = input->lang;
	draft_cover(&draft);
	if (strcmp(draft.kind, "self") == 0)
		self_report(&draft);
	else if (strcmp(draft.kind, "statement") == 0)
		statement(&draft);
	else
		third_report(&draft);
	annexes(&draft);
	*out = draft.document;
	return draft.failed ? lt_err_memory(err) : LT_OK;
}
