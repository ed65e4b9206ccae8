/* The name that a file which leaves a project is offered. */
#include "lingtan/app/export.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/base/text.h"
#include "lingtan/store/project.h"

#define MOST_PART 80u /* bytes of a name; a file's has 255 */
#define MOST_TRIES 1000u

static const char *const endings[N_EXPORT_FORMATS] = {
	[EXPORT_DOCX] = "docx", [EXPORT_PDF] = "pdf",	[EXPORT_HTML] = "html",
	[EXPORT_XLSX] = "xlsx", [EXPORT_CSV] = "csv",	[EXPORT_JSON] = "json",
	[EXPORT_EVIDENCE] = "zip",	[EXPORT_REQUESTS] = "csv"
};

static const struct label contents[N_EXPORT_FORMATS] = {
	[EXPORT_XLSX] = { "工作簿", "workbook" },
	[EXPORT_CSV] = { "数据表", "tables" },
	[EXPORT_JSON] = { "数据", "data" },
	[EXPORT_EVIDENCE] = { "佐证", "evidence" },
	[EXPORT_REQUESTS] = { "资料清单", "requests" },
};

static const struct label kinds[N_REPORT_KINDS + 1] = {
	[REPORT_SELF] = { "自评价报告", "self-assessment report" },
	[REPORT_THIRD] = { "评价报告", "assessment report" },
	[REPORT_STATEMENT] = { "核查声明", "verification statement" },
	[N_REPORT_KINDS] = { "报告", "report" },
};

/* What no file system, and no other system's, takes in a name. */
static void make_safe(char *name)
{
	for (char *at = name; *at; at++)
		if ((unsigned char)*at < 0x20 || *at == 0x7f || strchr("<>:\"/\\|?*", *at))
			*at = '_';
}

const char *export_offer(struct session *session, const struct assessment_ref *ref,
			 const struct export_wish *wish, const char *folder)
{
	struct words park;
	struct lt_err ignored = LT_ERR_INIT;
	struct lt_arena *arena = &session->arena;
	const enum lt_lang lang = wish->report.lang;
	const struct label *what = contents[wish->format].zh ? &contents[wish->format]
							     : &kinds[wish->report.kind];
	const char *name = "";
	if (!project_get(session->project, "park", "park", "identity", arena, &park, &ignored) && park.at)
		name = park.at[0];
	const char *owner = wish->report.owner ? wish->report.owner : "";
	char *base = lt_arena_printf(arena, "%.*s %.*s%s%s %s %s %s",
				     (int)lt_text_cut(name, strlen(name), MOST_PART), name,
				     (int)lt_text_cut(owner, strlen(owner), MOST_PART), owner,
				     owner[0] ? " " : "", label_in(lang, what), ref->standard,
				     ref->year, wish->report.date);
	if (!base)
		return NULL;
	make_safe(base);
	for (unsigned i = 1; i < MOST_TRIES; i++) {
		const char *path =
			i == 1 ? lt_arena_printf(arena, "%s%s.%s", folder, base,
						 endings[wish->format])
			       : lt_arena_printf(arena, "%s%s (%u).%s", folder, base, i,
						 endings[wish->format]);
		if (!path || access(path, F_OK) != 0)
			return path;
	}
	return NULL;
}
