#include "report_sheet.h"

#include <string.h>
#include <unistd.h>
#include "lingtan/base/file.h"
#include "lingtan/base/json.h"
#include "lingtan/base/json_read.h"

#define MOST_DOCUMENT ((size_t)64 << 20)
#define LOOK_BYTES 64 /* it says what it is in its first member */

typedef const struct lt_json_node *node;

bool report_sheet_is(const char *path)
{
	static const char word[] = "\"lingtan-report\"";
	char bytes[LOOK_BYTES + 1] = "";
	struct lt_err ignored = LT_ERR_INIT;
	size_t size;
	int fd;
	if (strcmp(path, "-") == 0 || lt_file_open(path, &fd, &size, &ignored) != LT_OK)
		return false;
	const ssize_t n = pread(fd, bytes, LOOK_BYTES, 0);
	close(fd);
	return n > 0 && bytes[0] == '{' && strstr(bytes, word);
}

/* ---- parts ---- */

static void copy(struct lt_json *to, const char *key, node from, const char *as)
{
	const char *text = lt_json_get_text(from, key);
	if (text[0])
		lt_json_string(to, as ? as : key, text);
}

static void write_result(struct lt_json *to, node item, node answer)
{
	static const char *const ways[] = { "na", "tier", "points" };
	const char *verdict = lt_json_get_text(answer, "verdict");
	const bool is_judgement = strcmp(lt_json_get_text(item, "form"), "judgement") == 0;
	node checks = lt_json_get(answer, "checks");
	if (strcmp(verdict, "met") == 0 || strcmp(verdict, "not-met") == 0) {
		const bool is_met = verdict[0] == 'm';
		lt_json_string(to, "result", !is_judgement ? verdict : is_met ? "yes" : "no");
		return;
	}
	if (checks->n) {
		lt_json_open_list(to, "checks");
		for (node at = checks->first; at; at = at->next)
			lt_json_string(to, NULL, at->text);
		lt_json_close(to);
		return;
	}
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (lt_json_get_text(answer, ways[i])[0]) {
			copy(to, ways[i], answer, NULL);
			return;
		}
}

static void write_answers(struct lt_json *to, node report, const char *rung)
{
	lt_json_open_list(to, "answers");
	for (node section = lt_json_get(report, "sections")->first; section; section = section->next)
		for (node item = lt_json_get(section, "items")->first; item; item = item->next) {
			node answer = lt_json_get(lt_json_get(item, "answers"), rung);
			if (answer->kind != LT_JSON_OBJECT)
				continue;
			lt_json_open_object(to, NULL);
			copy(to, "id", item, "item");
			write_result(to, item, answer);
			copy(to, "reason", answer, NULL);
			copy(to, "remark", answer, NULL);
			lt_json_close(to);
		}
	lt_json_close(to);
}

static void write_figures(struct lt_json *to, node report, const char *rung)
{
	node assessment = lt_json_get(report, "assessment");
	lt_json_open_list(to, "quantities");
	for (node at = lt_json_get(report, "quantities")->first; at; at = at->next) {
		node given = lt_json_get(lt_json_get(at, "rungs"), rung);
		/* what another rung said is not this rung's to say */
		if (!lt_json_get_bool(given, "is_own"))
			continue;
		lt_json_open_object(to, NULL);
		copy(to, "id", at, NULL);
		copy(to, "year", assessment, NULL);
		copy(to, "typed", given, "value");
		copy(to, "typed_unit", given, "unit");
		copy(to, "na", given, NULL);
		copy(to, "reason", given, NULL);
		copy(to, "source", given, NULL);
		lt_json_close(to);
	}
	lt_json_close(to);
}

/* Of a line all texts, but for what the program made of it and what others say of it. */
static bool is_made(const char *key)
{
	static const char *const made[] = { "own_value",   "own_unit",	    "factor_value",
					    "factor_unit", "factor_cite",   "amount",
					    "quantity",	   "grade",	    "uncertainty",
					    "declared",	   "declared_unit", "claim_reason" };
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++)
		if (strcmp(made[i], key) == 0)
			return true;
	return false;
}

static void write_lines(struct lt_json *to, node report)
{
	lt_json_open_list(to, "inventory");
	for (node line = lt_json_get(report, "inventory")->first; line; line = line->next) {
		const bool has_factor = lt_json_get_text(line, "factor")[0];
		lt_json_open_object(to, NULL);
		for (node at = line->first; at; at = at->next)
			if (at->kind == LT_JSON_TEXT && !is_made(at->key))
				copy(to, at->key, line, NULL);
		/* a factor of a set, or the line's own value as it was entered: not both */
		if (!has_factor) {
			copy(to, "own_value", line, "factor_value");
			copy(to, "own_unit", line, "factor_unit");
		}
		lt_json_close(to);
	}
	lt_json_close(to);
}

static void write_offsets(struct lt_json *to, node report)
{
	lt_json_open_list(to, "offsets");
	for (node row = lt_json_get(lt_json_get(report, "registers"), "offset")->first; row;
	     row = row->next) {
		lt_json_open_object(to, NULL);
		for (node at = row->first; at; at = at->next) {
			const char *key = strcmp(at->key, "offset") == 0 ? "id" : at->key;
			if (at->kind == LT_JSON_OBJECT)
				copy(to, "id", at, key);
			else
				copy(to, at->key, row, key);
		}
		lt_json_close(to);
	}
	lt_json_close(to);
}

enum lt_status report_sheet_write(const char *path, struct lt_arena *arena, const char **text,
				  size_t *len, struct lt_err *err)
{
	struct lt_json json;
	struct lt_err wrong = LT_ERR_INIT;
	node report;
	const char *bytes;
	size_t size;
	enum lt_status status = lt_file_read(path, MOST_DOCUMENT, arena, &bytes, &size, err);
	if (status)
		return status;
	status = lt_json_read(bytes, size, arena, &report, &wrong);
	if (status) {
		lt_err_prefix(&wrong, path);
		*err = wrong;
		return status;
	}
	const char *rung = lt_json_get_text(report, "rung");
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "rung", rung);
	copy(&json, "name", lt_json_get(report, "assessment"), "assessment");
	write_answers(&json, report, rung);
	write_figures(&json, report, rung);
	write_lines(&json, report);
	write_offsets(&json, report);
	lt_json_close(&json);
	const char *made = lt_json_finish(&json);
	*text = made ? lt_arena_strndup(arena, made, json.len) : NULL;
	*len = json.len;
	lt_json_release(&json);
	return *text ? LT_OK : lt_err_memory(err);
}
