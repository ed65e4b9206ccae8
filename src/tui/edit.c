#include "edit_parts.h"

#include <stdlib.h>
#include <string.h>
#include "cluster.h"
#include "lingtan/base/key.h"
#include "lingtan/base/text.h"
#include "wrap.h"

#define SHORT 64 /* bytes of what is typed at once: cleaned without a call for memory */
#define REPLACEMENT "\xef\xbf\xbd"
#define WORST 3 /* bytes that one broken byte becomes */

void edit_init(struct edit *edit, const struct edit_options *options)
{
	*edit = (struct edit){ .options = *options, .goal = -1, .width = 40, .height = 1 };
}

static void give_back(const struct edit *edit, char *text, size_t len)
{
	if (text && edit->options.is_secret)
		lt_forget(text, len);
	free(text);
}

void edit_release(struct edit *edit)
{
	edit_history_clear(&edit->history);
	free(edit->history.steps);
	free(edit->starts.at);
	give_back(edit, edit->text, edit->cap);
	edit_init(edit, &edit->options);
}

void edit_clipboard_release(struct edit_clipboard *clipboard)
{
	free(clipboard->text);
	*clipboard = (struct edit_clipboard){ 0 };
}

const char *edit_text(const struct edit *edit)
{
	return edit->text ? edit->text : "";
}

size_t edit_length(const struct edit *edit)
{
	return edit->len;
}

size_t edit_cursor(const struct edit *edit)
{
	return edit->cursor;
}

bool edit_selection(const struct edit *edit, size_t *from, size_t *to)
{
	const bool is_forward = edit->anchor <= edit->cursor;
	*from = is_forward ? edit->anchor : edit->cursor;
	*to = is_forward ? edit->cursor : edit->anchor;
	return *from < *to;
}

/* ---- changing ---- */

/* Room for len bytes and NUL. */
static bool reserve(struct edit *edit, size_t len)
{
	size_t cap = edit->cap ? edit->cap : SHORT;
	if (len < edit->cap)
		return true;
	while (cap <= len)
		cap *= 2;
	/* realloc could leave the old bytes behind */
	char *text = edit->options.is_secret ? malloc(cap) : realloc(edit->text, cap);
	if (!text)
		return false;
	if (edit->options.is_secret && edit->text) {
		memcpy(text, edit->text, edit->len + 1);
		give_back(edit, edit->text, edit->cap);
	}
	edit->text = text;
	edit->cap = cap;
	return true;
}

void edit_splice(struct edit *edit, size_t at, size_t n_removed, const char *inserted,
		 size_t n_inserted)
{
	char *place = edit->text + at;
	edit_forget_rows(edit, at);
	memmove(place + n_inserted, place + n_removed, edit->len - at - n_removed);
	if (n_inserted > 0)
		memcpy(place, inserted, n_inserted);
	edit->len = edit->len - n_removed + n_inserted;
	edit->text[edit->len] = '\0';
	edit->version++;
}

size_t edit_border(const struct edit *edit, size_t at)
{
	if (at >= edit->len)
		return edit->len;
	if (cluster_begins(edit->text, edit->len, at))
		return at;
	const size_t start = cluster_back(edit->text, edit->len, at);
	return start + cluster_next(edit->text, edit->len, start).len;
}

static void put_cursor(struct edit *edit, size_t at)
{
	edit->cursor = edit->anchor = edit_border(edit, at);
	edit->hangs = false;
	edit->goal = -1;
}

enum edit_status edit_change(struct edit *edit, const struct edit_change *change)
{
	if (!reserve(edit, edit->len - change->n_removed + change->n_inserted) ||
	    (!edit->options.is_secret && !edit_history_note(edit, change)))
		return EDIT_NOMEM;
	edit_splice(edit, change->at, change->n_removed, change->inserted, change->n_inserted);
	put_cursor(edit, change->at + change->n_inserted);
	return EDIT_DONE;
}

enum edit_status edit_set(struct edit *edit, const char *text, size_t len)
{
	if (!reserve(edit, len))
		return EDIT_NOMEM;
	edit_history_clear(&edit->history);
	edit->len = 0;
	edit_splice(edit, 0, 0, text, len);
	edit->first = 0;
	put_cursor(edit, len);
	return EDIT_DONE;
}

void edit_set_cursor(struct edit *edit, size_t at)
{
	edit_seal(edit);
	put_cursor(edit, at);
}

/* ---- cleaning ---- */

static bool is_dropped(uint32_t code)
{
	size_t at;
	char text[4];
	if (code == 0xad || code == 0x180e || code == 0x200b || code == 0x2060 || code == 0xfeff)
		return true;
	if (code < 0x20 || (code >= 0x7f && code < 0xa0))
		return true;
	if (code < 0x61c || (code >= 0x3000 && code < 0xe000))
		return false;
	/* bidi controls and noncharacters: what the record refuses */
	const size_t n = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = n - 1; i > 0; i--) {
		text[i] = (char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	text[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | code);
	return lt_text_check(text, n, &at) != LT_TEXT_OK;
}

struct cleaner {
	const struct edit_options *options;
	char *out;
	size_t len;
	bool ended_line; /* a line end is waiting to become a blank */
};

static void put_bytes(struct cleaner *cleaner, const char *bytes, size_t n)
{
	if (cleaner->ended_line && cleaner->len > 0)
		cleaner->out[cleaner->len++] = ' ';
	cleaner->ended_line = false;
	memcpy(cleaner->out + cleaner->len, bytes, n);
	cleaner->len += n;
}

static void put_code(struct cleaner *cleaner, uint32_t code, const char *bytes, size_t n)
{
	const uint32_t twin = cleaner->options->folds_twins ? lt_text_twin(code) : code;
	const char ascii = (char)twin;

	if (code == '\n' || code == 0x2028 || code == 0x2029) {
		if (cleaner->options->is_multiline)
			put_bytes(cleaner, "\n", 1);
		else
			cleaner->ended_line = true;
	} else if (code == '\t') {
		put_bytes(cleaner, " ", 1);
	} else if (!is_dropped(code)) {
		put_bytes(cleaner, twin < 0x80 ? &ascii : bytes, twin < 0x80 ? 1 : n);
	}
}

/* Writes at most WORST * len bytes. */
static size_t clean(const struct edit_options *options, const char *text, size_t len, char *out)
{
	struct cleaner cleaner = { .options = options, .out = out };
	for (size_t at = 0; at < len;) {
		uint32_t code;
		size_t n = lt_text_decode(text + at, len - at, &code);
		if (n == 0) {
			put_bytes(&cleaner, REPLACEMENT, strlen(REPLACEMENT));
			at++;
			continue;
		}
		if (code == '\r') {
			code = '\n';
			n += at + 1 < len && text[at + 1] == '\n';
		}
		put_code(&cleaner, code, text + at, n);
		at += n;
	}
	return cleaner.len;
}

/* ---- putting in ---- */

/* Bytes of text[0..len) that still fit when [from, to) gives way. */
static size_t fitting(const struct edit *edit, size_t from, size_t to, const char *text, size_t len)
{
	const size_t kept = edit->len - (to - from);
	const size_t most = kept < EDIT_MOST_BYTES ? EDIT_MOST_BYTES - kept : 0;
	size_t room = SIZE_MAX, at = 0;

	if (edit->options.max_clusters > 0) {
		const size_t n = cluster_count(edit_text(edit), from) +
				 cluster_count(edit_text(edit) + to, edit->len - to);
		room = n < edit->options.max_clusters ? edit->options.max_clusters - n : 0;
	}
	while (at < len && room > 0) {
		const size_t n = cluster_next(text, len, at).len;
		if (at + n > most)
			break;
		at += n;
		room--;
	}
	/* a mark that joins the cluster before it takes no room */
	if (at < len && at == 0 && len <= most && from == to && from > 0) {
		char joined[2 * SHORT];
		const size_t start = cluster_back(edit->text, edit->len, from);
		if (from - start + len <= sizeof(joined)) {
			memcpy(joined, edit->text + start, from - start);
			memcpy(joined + (from - start), text, len); /* not joined + from: that lies outside */
			if (cluster_next(joined, from - start + len, 0).len == from - start + len)
				return len;
		}
	}
	return at;
}

static enum edit_status put_in(struct edit *edit, const char *text, size_t len, size_t from,
			       size_t to, enum edit_kind kind)
{
	char buffer[WORST * SHORT];
	char *cleaned = len <= SHORT ? buffer : NULL;
	enum edit_status status = EDIT_NOMEM;

	if (len > WORST * EDIT_MOST_BYTES) /* more than can fit whatever it holds */
		len = WORST * EDIT_MOST_BYTES;
	if (!cleaned)
		cleaned = malloc(WORST * len);
	if (!cleaned)
		return EDIT_NOMEM;
	const size_t n_clean = clean(&edit->options, text, len, cleaned);
	const size_t n = fitting(edit, from, to, cleaned, n_clean);
	if (n == 0 && n_clean > 0) {
		status = EDIT_FULL;
	} else if (n == 0 && (from == to || len > 0)) {
		status = EDIT_NOTHING;
	} else {
		const struct edit_change change = { from, to - from, n, cleaned, kind };
		status = edit_change(edit, &change);
		if (!status && n < n_clean)
			status = EDIT_FULL;
	}
	if (cleaned != buffer)
		give_back(edit, cleaned, n_clean);
	else if (edit->options.is_secret)
		lt_forget(buffer, sizeof(buffer));
	return status;
}

enum edit_status edit_insert(struct edit *edit, const char *text, size_t len)
{
	size_t from, to;
	const bool is_short = len <= SHORT;
	edit_selection(edit, &from, &to);
	return put_in(edit, text, len, from, to, is_short ? EDIT_TYPED : EDIT_OTHER);
}

enum edit_status edit_paste(struct edit *edit, const char *text, size_t len)
{
	size_t from, to;
	edit_selection(edit, &from, &to);
	edit_seal(edit);
	return put_in(edit, text, len, from, to, EDIT_OTHER);
}

enum edit_status edit_replace_all(struct edit *edit, const char *text, size_t len)
{
	edit_seal(edit);
	return put_in(edit, text, len, 0, edit->len, EDIT_OTHER);
}

/* ---- taking out ---- */

static enum edit_status take_out(struct edit *edit, size_t from, size_t to, enum edit_kind kind)
{
	const struct edit_change change = { from, to - from, 0, NULL, kind };
	return from < to ? edit_change(edit, &change) : EDIT_NOTHING;
}

enum edit_status edit_delete(struct edit *edit, enum edit_move to)
{
	size_t from, end;
	bool hangs;

	if (edit_selection(edit, &from, &end))
		return take_out(edit, from, end, EDIT_OTHER);
	const size_t target = edit_target(edit, to, &hangs);
	const bool is_back = target < edit->cursor;
	const enum edit_kind kind = to == EDIT_LEFT    ? EDIT_ERASED_BACK
				    : to == EDIT_RIGHT ? EDIT_ERASED_AHEAD
						       : EDIT_OTHER;
	return take_out(edit, is_back ? target : edit->cursor, is_back ? edit->cursor : target,
			kind);
}

enum edit_status edit_delete_line(struct edit *edit)
{
	const char *text = edit_text(edit);
	const size_t from = wrap_paragraph_start(text, edit->cursor);
	const char *end = memchr(text + from, '\n', edit->len - from);
	return take_out(edit, from, end ? (size_t)(end - text) + 1 : edit->len, EDIT_OTHER);
}

/* ---- the clipboard ---- */

enum edit_status edit_copy(const struct edit *edit, struct edit_clipboard *clipboard)
{
	size_t from, to;
	if (edit->options.is_secret || !edit_selection(edit, &from, &to))
		return EDIT_NOTHING;
	char *text = malloc(to - from);
	if (!text)
		return EDIT_NOMEM;
	memcpy(text, edit->text + from, to - from);
	free(clipboard->text);
	clipboard->text = text;
	clipboard->len = to - from;
	return EDIT_DONE;
}

enum edit_status edit_cut(struct edit *edit, struct edit_clipboard *clipboard)
{
	const enum edit_status status = edit_copy(edit, clipboard);
	return status ? status : edit_delete(edit, EDIT_RIGHT);
}
