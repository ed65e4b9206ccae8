#include "lingtan/app/inspect.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lingtan/base/decimal.h"
#include "lingtan/base/text.h"
#include "render.h"

/*
 * The answer is one object of known members in a known order, as export/inspect.c writes it. What
 * comes from the program that opens hostile files is not trusted either: anything else is refused.
 */
struct scan {
	const char *at;
	bool good;
};

static void skip_blanks(struct scan *scan)
{
	scan->at += strspn(scan->at, " \n");
}

static void expect(struct scan *scan, const char *token)
{
	const size_t len = strlen(token);
	skip_blanks(scan);
	scan->good = scan->good && strncmp(scan->at, token, len) == 0;
	if (scan->good)
		scan->at += len;
}

/* A string without escapes, or null, which is "". */
static void expect_string(struct scan *scan, char *out, size_t cap)
{
	out[0] = 0;
	skip_blanks(scan);
	if (scan->good && strncmp(scan->at, "null", 4) == 0) {
		scan->at += 4;
		return;
	}
	expect(scan, "\"");
	const size_t len = scan->good ? strcspn(scan->at, "\"\\\n") : 0;
	scan->good = scan->good && len < cap;
	if (!scan->good)
		return;
	memcpy(out, scan->at, len);
	out[len] = 0;
	scan->at += len;
	expect(scan, "\"");
}

static void expect_member(struct scan *scan, const char *key, char *out, size_t cap)
{
	expect(scan, key);
	expect(scan, ":");
	expect_string(scan, out, cap);
}

/* ---- what may stand in them ---- */

static bool is_type(const char *text)
{
	static const char allowed[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-/_";
	return text[0] && text[strspn(text, allowed)] == 0;
}

static bool is_moment(const char *text)
{
	static const char shape[] = "dddd-dd-ddTdd:dd:dd";
	if (!text[0])
		return true;
	for (size_t i = 0; i < sizeof(shape); i++)
		if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
			return false;
	return true;
}

static bool is_degrees(const char *text, int most)
{
	struct lt_decimal value;
	const struct lt_decimal high = lt_decimal_from_int(most), low = lt_decimal_from_int(-most);
	return lt_decimal_parse(text, strlen(text), &value) == LT_DECIMAL_OK &&
	       lt_decimal_compare(value, high) <= 0 && lt_decimal_compare(value, low) >= 0;
}

static bool are_facts(const struct file_facts *facts)
{
	const bool nowhere = !facts->latitude[0] && !facts->longitude[0];
	return is_type(facts->type) && is_moment(facts->taken_at) &&
	       (nowhere || (is_degrees(facts->latitude, 90) && is_degrees(facts->longitude, 180)));
}

static bool scan_answer(const char *text, struct file_facts *facts)
{
	struct scan scan = { .at = text, .good = true };
	char from[8];
	expect(&scan, "{");
	expect_member(&scan, "\"type\"", facts->type, sizeof(facts->type));
	expect(&scan, ",");
	expect(&scan, "\"taken\"");
	expect(&scan, ":");
	expect(&scan, "{");
	expect_member(&scan, "\"at\"", facts->taken_at, sizeof(facts->taken_at));
	expect(&scan, ",");
	expect_member(&scan, "\"latitude\"", facts->latitude, sizeof(facts->latitude));
	expect(&scan, ",");
	expect_member(&scan, "\"longitude\"", facts->longitude, sizeof(facts->longitude));
	expect(&scan, ",");
	expect_member(&scan, "\"from\"", from, sizeof(from));
	expect(&scan, "}");
	expect(&scan, "}");
	skip_blanks(&scan);
	return scan.good && !*scan.at && are_facts(facts);
}

static enum lt_status refuse_answer(struct lt_err *err)
{
	return lt_err_set(err, LT_EBUG, "辅助程序的回答无法理解；请重新安装同一版本",
			  "what the helper program answers is not understood; install both "
			  "programs of one version");
}

static enum lt_status finish_child(struct lt_child *child, struct file_facts *out,
				   struct lt_err *err)
{
	struct lt_child_result result;
	struct file_facts facts;
	enum lt_status status = render_finish(child, &result, err);
	if (!status && (strlen(result.output) != result.len || !scan_answer(result.output, &facts)))
		status = refuse_answer(err);
	if (!status)
		*out = facts;
	lt_child_release(&result);
	return status;
}

static enum lt_status start_child(int fd, struct lt_child **child, struct lt_err *err)
{
	return render_start("inspect", fd, LT_STANDBY_ANSWER, child, err);
}

enum lt_status inspect_file(int fd, struct file_facts *out, struct lt_err *err)
{
	struct lt_child *child;
	const enum lt_status status = start_child(fd, &child, err);
	return status ? status : finish_child(child, out, err);
}

/* ---- many files ---- */

struct inspector {
	struct lt_standby *standby; /* NULL: not yet, or not here */
	unsigned n_asked;
};

struct inspecting {
	struct lt_look *look;   /* by what stands by, or */
	struct lt_child *child; /* by a program of its own */
	int fd;                 /* of a look, which may have to be taken anew; -1 = none */
};

void inspector_stop(struct inspector *inspector)
{
	if (inspector)
		lt_standby_stop(inspector->standby);
	free(inspector);
}

static void release(struct inspecting *inspecting)
{
	if (inspecting->fd >= 0)
		close(inspecting->fd);
	free(inspecting);
}

/* NULL: by a program of its own. */
static struct lt_look *start_look(struct inspector *inspector, int fd)
{
	if (inspector->n_asked++ == 1)
		inspector->standby = render_stand_by("inspect-each");
	return inspector->standby ? render_look(inspector->standby, fd) : NULL;
}

enum lt_status inspect_start(struct inspector **inspector, int fd, struct inspecting **out,
			     struct lt_err *err)
{
	struct inspecting *started = calloc(1, sizeof(*started));
	if (!*inspector)
		*inspector = calloc(1, sizeof(**inspector));
	*out = NULL;
	if (!started || !*inspector) {
		free(started);
		return lt_err_memory(err);
	}
	started->fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (started->fd >= 0)
		started->look = start_look(*inspector, fd);
	enum lt_status status = started->look ? LT_OK : start_child(fd, &started->child, err);
	if (status)
		release(started);
	else
		*out = started;
	return status;
}

bool inspect_is_done(struct inspecting *inspecting, unsigned within_ms)
{
	return inspecting->look ? lt_look_is_done(inspecting->look, within_ms)
				: lt_child_is_done(inspecting->child, within_ms);
}

/* Where what stands by has no answer, because it is gone or the file broke it, a program that is
 * started for this file finds it, or says why there is none. */
static enum lt_status finish_look(struct inspecting *inspecting, struct file_facts *out,
				  struct lt_err *err)
{
	char answer[LT_STANDBY_ANSWER + 1];
	struct file_facts facts;
	size_t len;
	const enum lt_status status = lt_look_finish(inspecting->look, answer, &len, err);
	if (status)
		return status;
	if (strlen(answer) != len || !scan_answer(answer, &facts))
		return inspect_file(inspecting->fd, out, err);
	*out = facts;
	return LT_OK;
}

enum lt_status inspect_finish(struct inspecting *inspecting, struct file_facts *out,
			      struct lt_err *err)
{
	const enum lt_status status = inspecting->look ? finish_look(inspecting, out, err)
						       : finish_child(inspecting->child, out, err);
	release(inspecting);
	return status;
}

enum lt_status inspect_programs(struct lt_err *err)
{
	return render_find_all(err);
}

enum lt_status inspect_fonts(int fd, char *family, size_t cap, struct lt_err *err)
{
	struct lt_child_result result;
	enum lt_status status = render_run("fonts", fd, LT_STANDBY_ANSWER, &result, err);
	if (!status)
		lt_text_visible(result.output, strcspn(result.output, "\n"), family, cap);
	lt_child_release(&result);
	return status;
}
