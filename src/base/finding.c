#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "lingtan/base/finding.h"

void lt_findings_init(struct lt_findings *findings, struct lt_arena *arena)
{
	*findings = (struct lt_findings){ .arena = arena };
}

static bool count_finding(struct lt_findings *findings, enum lt_severity severity)
{
	if (severity == LT_ERROR)
		findings->n_errors++;
	else if (severity == LT_WARNING)
		findings->n_warnings++;
	return findings->n_kept < LT_FINDINGS_MAX;
}

static void append(struct lt_findings *findings, struct lt_finding *finding)
{
	if (findings->last)
		findings->last->next = finding;
	else
		findings->first = finding;
	findings->last = finding;
	findings->n_kept++;
}

void lt_findings_append(struct lt_findings *to, struct lt_findings *from)
{
	to->n_errors += from->n_errors;
	to->n_warnings += from->n_warnings;
	to->out_of_memory |= from->out_of_memory;
	for (struct lt_finding *finding = from->first, *next; finding; finding = next) {
		next = finding->next;
		finding->next = NULL;
		if (to->n_kept < LT_FINDINGS_MAX)
			append(to, finding);
	}
	*from = (struct lt_findings){ .arena = from->arena };
}

/* Copied, too: a project that was opened on the way is closed before its findings are told. */
static bool keep_file(const struct lt_findings *findings, struct lt_finding *finding)
{
	const char *file = findings->file, *before = findings->last ? findings->last->file : NULL;
	if (file && before && strcmp(file, before) == 0)
		finding->file = before;
	else if (file)
		finding->file = lt_arena_strndup(findings->arena, file, strlen(file));
	return !file || finding->file;
}

struct lt_finding *lt_findings_add(struct lt_findings *findings, enum lt_severity severity,
				   const char *path, const char *zh, const char *en, ...)
{
	struct lt_finding *finding;
	va_list args, again;

	if (!count_finding(findings, severity))
		return NULL;
	finding = lt_arena_alloc(findings->arena, 1, sizeof(*finding));
	if (!finding)
		goto no_memory;
	finding->severity = severity;
	if (!keep_file(findings, finding))
		goto no_memory;
	/* Copied: a reader builds its path in a buffer that it goes on changing. */
	finding->path = path ? lt_arena_strndup(findings->arena, path, strlen(path)) : "";
	va_start(args, en);
	va_copy(again, args);
	finding->text[LT_ZH] = lt_arena_vprintf(findings->arena, zh, args);
	finding->text[LT_EN] = lt_arena_vprintf(findings->arena, en, again);
	va_end(again);
	va_end(args);
	if (!finding->path || !finding->text[LT_ZH] || !finding->text[LT_EN])
		goto no_memory;
	append(findings, finding);
	return finding;

no_memory:
	findings->out_of_memory = true;
	return NULL;
}

static bool same_file(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_in(const struct lt_findings *findings, const struct lt_finding *finding)
{
	for (const struct lt_finding *at = findings->first; at; at = at->next)
		if (at->line == finding->line && at->column == finding->column &&
		    same_file(at->file, finding->file) && strcmp(at->path, finding->path) == 0 &&
		    strcmp(at->text[LT_EN], finding->text[LT_EN]) == 0)
			return true;
	return false;
}

void lt_findings_add_new(struct lt_findings *to, const struct lt_findings *from)
{
	const char *file = to->file;
	/* those that `from` has only counted */
	size_t n_errors = from->n_errors, n_warnings = from->n_warnings;
	to->out_of_memory |= from->out_of_memory;
	for (const struct lt_finding *at = from->first; at; at = at->next) {
		n_errors -= at->severity == LT_ERROR;
		n_warnings -= at->severity == LT_WARNING;
		if (is_in(to, at))
			continue;
		to->file = at->file;
		struct lt_finding *copy = lt_findings_add(to, at->severity, at->path, "%s%.0s",
							  "%.0s%s", at->text[LT_ZH],
							  at->text[LT_EN]);
		if (copy) {
			copy->line = at->line;
			copy->column = at->column;
		}
	}
	to->file = file;
	to->n_errors += n_errors;
	to->n_warnings += n_warnings;
}

const char *lt_severity_name(enum lt_severity severity, enum lt_lang lang)
{
	static const char *const names[][LT_N_LANGS] = {
		[LT_ERROR] = { [LT_ZH] = "错误", [LT_EN] = "error" },
		[LT_WARNING] = { [LT_ZH] = "警告", [LT_EN] = "warning" },
		[LT_NOTE] = { [LT_ZH] = "提示", [LT_EN] = "note" },
	};
	return names[severity][lang];
}

/* Whether b must come before a; false for equals keeps the sort stable. */
static bool is_after(const struct lt_finding *a, const struct lt_finding *b)
{
	if (b->line == 0)
		return false;
	if (a->line != b->line)
		return a->line == 0 || a->line > b->line;
	return a->column > b->column;
}

static struct lt_finding *merge(struct lt_finding *a, struct lt_finding *b)
{
	struct lt_finding *first = NULL, **end = &first;

	while (a && b) {
		struct lt_finding **from = is_after(a, b) ? &b : &a;
		*end = *from;
		*from = (*from)->next;
		end = &(*end)->next;
	}
	*end = a ? a : b;
	return first;
}

static struct lt_finding *sort_by_line(struct lt_finding *list)
{
	struct lt_finding *middle = list, *end;

	if (!list || !list->next)
		return list;
	for (end = list->next; end && end->next; end = end->next->next)
		middle = middle->next;
	struct lt_finding *rest = middle->next;
	middle->next = NULL;
	return merge(sort_by_line(list), sort_by_line(rest));
}

/* Takes the findings of one file out of *list, in their order. */
static struct lt_finding *take_file(struct lt_finding **list, const char *file)
{
	struct lt_finding *taken = NULL, **end = &taken;

	while (*list) {
		struct lt_finding *finding = *list;
		if (!same_file(finding->file, file)) {
			list = &finding->next;
			continue;
		}
		*list = finding->next;
		finding->next = NULL;
		*end = finding;
		end = &finding->next;
	}
	return taken;
}

void lt_findings_sort(struct lt_findings *findings)
{
	struct lt_finding *left = findings->first, **end = &findings->first;

	findings->last = NULL;
	while (left) {
		*end = sort_by_line(take_file(&left, left->file));
		for (; *end; end = &(*end)->next)
			findings->last = *end;
	}
}
