#include "lingtan/core/entry.h"

#include <stdio.h>
#include <string.h>
#include "entry_text.h"
#include "lingtan/base/text.h"
#include "lingtan/core/vocabulary.h"

#define HASH_DIGITS (LT_SHA256_HEX - 1)
#define PROJECT_DIGITS 32
#define SHOWN_TEXT 80

/* What to do about an entry that cannot be read. */
#define CURE_ZH "；文件已损坏或被改动，请改用备份或重新索取"
#define CURE_EN "; the file is damaged or was altered, use a backup or ask for it again"

/* ---- what reading and writing agree on ---- */

static bool must_be_escaped(char byte)
{
	return (unsigned char)byte < 0x20 || byte == 0x7f;
}

/* The first entry of a project is alone at depth 1. */
static bool depth_fits(const struct entry *entry)
{
	return entry->n_parents ? entry->depth >= 2 : entry->depth == 1;
}

static bool has_twin_parents(const struct entry *entry)
{
	return entry->n_parents == 2 && strcmp(entry->parents[0], entry->parents[1]) == 0;
}

bool cell_value_equals(const struct words *a, const struct words *b)
{
	if (!a->at || !b->at)
		return !a->at && !b->at;
	if (a->n != b->n)
		return false;
	for (unsigned i = 0; i < a->n; i++)
		if (strcmp(a->at[i], b->at[i]) != 0)
			return false;
	return true;
}

static const char entry_time[] = ",\"at\":";

const char *entry_by_text(struct lt_arena *arena, const char *by, const char *role)
{
	struct entry_text text = { 0 };
	for (int writing = 0; writing < 2; writing++) {
		if (writing) {
			text.to = lt_arena_alloc(arena, text.len + 1, 1);
			text.len = 0;
			if (!text.to)
				return NULL;
		}
		entry_text_put(&text, "\"by\":", 5);
		entry_text_string(&text, by);
		entry_text_put(&text, ",\"role\":", 8);
		entry_text_string(&text, role);
		/* what follows, so that the search can end there */
		entry_text_put(&text, entry_time, sizeof(entry_time) - 1);
	}
	return text.to;
}

/* Bytes up to the time and with its name; 0 = none. Faster than memmem(), for short words. */
static size_t find_time(const char *body, size_t len)
{
	const size_t n = sizeof(entry_time) - 1;
	const char *end = body + len;
	for (const char *at = memchr(body, ',', len); at && (size_t)(end - at) >= n;
	     at = memchr(at + 1, ',', (size_t)(end - at) - 1))
		if (memcmp(at, entry_time, n) == 0)
			return (size_t)(at - body) + n;
	return 0;
}

bool entry_text_is_by(const char *body, size_t len, const char *const *by_texts, unsigned n_texts)
{
	const size_t head = find_time(body, len);
	for (unsigned i = 0; i < n_texts; i++) {
		const size_t n = strlen(by_texts[i]);
		/* the maker stands right before the time */
		if (n <= head && memcmp(body + head - n, by_texts[i], n) == 0)
			return true;
	}
	return false;
}

void entry_hash(const char *body, size_t len, char hex[LT_SHA256_HEX])
{
	static const char domain[] = ENTRY_HASH_DOMAIN;
	struct lt_sha256 sha;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, domain, sizeof(domain) - 1);
	lt_sha256_add(&sha, body, len);
	lt_sha256_finish(&sha, hex);
}

/* ---- writing ---- */

void entry_text_put(struct entry_text *text, const char *bytes, size_t len)
{
	if (text->to)
		memcpy(text->to + text->len, bytes, len);
	if (text->sha)
		lt_sha256_add(text->sha, bytes, len);
	text->len += len;
}

static void put(struct entry_text *text, const char *literal)
{
	entry_text_put(text, literal, strlen(literal));
}

static void put_escape(struct entry_text *text, char byte)
{
	char escape[8];
	if (must_be_escaped(byte))
		snprintf(escape, sizeof(escape), "\\u%04x", (unsigned)(unsigned char)byte);
	else
		snprintf(escape, sizeof(escape), "\\%c", byte);
	put(text, escape);
}

void entry_text_escaped(struct entry_text *text, const char *string)
{
	const size_t len = strlen(string);
	size_t written = 0;
	for (size_t at = 0; at < len;) {
		const char byte = string[at];
		uint32_t code;
		size_t n = 1;
		if (must_be_escaped(byte) || byte == '"' || byte == '\\') {
			entry_text_put(text, string + written, at - written);
			put_escape(text, byte);
			written = at + 1;
		} else if ((unsigned char)byte >= 0x80) {
			n = lt_text_decode(string + at, len - at, &code);
			if (n == 0 && !text->refused)
				text->refused = string;
			n += n == 0;
		}
		at += n;
	}
	entry_text_put(text, string + written, len - written);
}

void entry_text_string(struct entry_text *text, const char *string)
{
	put(text, "\"");
	entry_text_escaped(text, string);
	put(text, "\"");
}

void entry_text_value(struct entry_text *text, const struct words *value)
{
	if (!value->at) {
		put(text, "null");
		return;
	}
	for (unsigned i = 0; i < value->n; i++) {
		put(text, i ? "," : "[");
		entry_text_string(text, value->at[i]);
	}
	put(text, "]");
}

static void put_member(struct entry_text *text, const char *name, const char *string)
{
	put(text, name);
	entry_text_string(text, string);
}

static void put_change(struct entry_text *text, const struct change *change)
{
	put_member(text, "[", change->table);
	put_member(text, ",", change->key);
	put_member(text, ",", change->group);
	put(text, ",");
	entry_text_value(text, &change->old);
	put(text, ",");
	entry_text_value(text, &change->new);
	if (change->writer)
		put_member(text, ",", change->writer);
	put(text, "]");
}

static void put_reject(struct entry_text *text, const struct reject *reject)
{
	put_member(text, "[", reject->table);
	put_member(text, ",", reject->key);
	put_member(text, ",", reject->group);
	put_member(text, ",", reject->why);
	put(text, "]");
}

static void put_entry(struct entry_text *text, const struct entry *entry)
{
	char depth[16];
	snprintf(depth, sizeof(depth), "%u", entry->depth);
	put_member(text, "{\"v\":1,\"project\":", entry->project);
	put(text, ",\"parents\":[");
	for (unsigned i = 0; i < entry->n_parents; i++)
		put_member(text, i ? "," : "", entry->parents[i]);
	put(text, "],\"depth\":");
	put(text, depth);
	put_member(text, ",\"kind\":", entry->kind);
	put_member(text, ",\"by\":", entry->by);
	put_member(text, ",\"role\":", entry->role);
	put_member(text, ",\"at\":", entry->at);
	put_member(text, ",\"command\":", entry->command);
	put_member(text, ",\"reason\":", entry->reason);
	put(text, ",\"undoes\":");
	if (entry->undoes)
		entry_text_string(text, entry->undoes);
	else
		put(text, "null");
	put(text, ",\"changes\":[");
	for (unsigned i = 0; i < entry->n_changes; i++) {
		put(text, i ? "," : "");
		put_change(text, &entry->changes[i]);
	}
	put(text, "],\"rejects\":[");
	for (unsigned i = 0; i < entry->n_rejects; i++) {
		put(text, i ? "," : "");
		put_reject(text, &entry->rejects[i]);
	}
	put(text, "]}");
}

static bool is_hex(const char *text, size_t n_digits)
{
	return lt_text_is_hex(text, n_digits) && text[n_digits] == '\0';
}

static bool is_hash_or_null(const char *text)
{
	return !text || is_hex(text, HASH_DIGITS);
}

static bool is_value(const struct words *value)
{
	return !value->at || (value->n > 0 && value->n <= CELL_MAX_MEMBERS);
}

/* Which member a reader would refuse; NULL = none. What is written must be readable for ever. */
static const char *find_wrong_member(const struct entry *entry)
{
	if (!is_hex(entry->project, PROJECT_DIGITS))
		return "project";
	if (entry->n_parents > 2)
		return "parents";
	for (unsigned i = 0; i < entry->n_parents; i++)
		if (!is_hex(entry->parents[i], HASH_DIGITS))
			return "parents";
	if (has_twin_parents(entry))
		return "parents";
	if (!depth_fits(entry) || entry->depth > ENTRY_MAX_DEPTH)
		return "depth";
	if (!is_hash_or_null(entry->undoes))
		return "undoes";
	for (unsigned i = 0; i < entry->n_changes; i++) {
		const struct change *change = &entry->changes[i];
		if (!is_value(&change->old) || !is_value(&change->new) ||
		    !is_hash_or_null(change->writer))
			return "changes";
	}
	return NULL;
}

static enum lt_status refuse_count(unsigned n, struct lt_err *err)
{
	return lt_err_set(err, LT_EDATA, "一次操作改动 %u 处，超过 %u 处；请分几次做",
			  "one command makes %u changes, more than %u; do it in several", n,
			  ENTRY_MAX_CHANGES);
}

static enum lt_status refuse_text(const char *text, struct lt_err *err)
{
	char shown[SHOWN_TEXT];
	lt_text_visible(text, strlen(text), shown, sizeof(shown));
	return lt_err_set(err, LT_EDATA, "这段文字不是 UTF-8：%s；请改正后重试",
			  "this text is not UTF-8: %s; correct it and try again", shown);
}

enum lt_status entry_encode(const struct entry *entry, struct lt_arena *arena, const char **body,
			    size_t *len, struct lt_err *err)
{
	struct entry_text text = { 0 };
	if (entry->n_changes > ENTRY_MAX_CHANGES || entry->n_rejects > ENTRY_MAX_CHANGES)
		return refuse_count(entry->n_changes > entry->n_rejects ? entry->n_changes
									: entry->n_rejects,
				    err);
	const char *wrong = find_wrong_member(entry);
	if (wrong)
		return lt_err_set(err, LT_EDATA, "日志条目的 %s 不合格式；这是程序的错误，请报告",
				  "the journal entry's %s does not have its form; this is an error "
				  "of the program, please report it",
				  wrong);
	put_entry(&text, entry);
	if (text.refused)
		return refuse_text(text.refused, err);
	if (text.len > ENTRY_MAX_BYTES)
		return lt_err_set(err, LT_EDATA,
				  "一次操作的内容有 %zu 字节，超过 %zu 字节；请分几次做",
				  "one command holds %zu bytes, more than %zu; do it in several",
				  text.len, ENTRY_MAX_BYTES);
	char *to = lt_arena_alloc(arena, text.len + 1, 1);
	if (!to)
		return lt_err_memory(err);
	text = (struct entry_text){ .to = to };
	put_entry(&text, entry);
	*body = to;
	*len = text.len;
	return LT_OK;
}

/* ---- reading ---- */

/*
 * Reads a copy of the body in place: a string ends where its closing quote was, so the copy is the
 * only one. A NUL stands behind the copy, and no literal, digit or string takes a NUL: nothing
 * reads past the end.
 */
struct reader {
	char *at;
	const char *start, *end;
	struct lt_arena *arena;
	struct lt_err *err;
	enum lt_status status; /* of the first refusal */
};

static bool refuse(struct reader *in)
{
	in->status = lt_err_set(
		in->err, LT_EFILE, "日志条目在第 %zu 字节（从 0 数）处不是规范写法" CURE_ZH,
		"journal entry: not canonical at byte %zu" CURE_EN, (size_t)(in->at - in->start));
	return false;
}

static bool refuse_more_than(struct reader *in, unsigned limit)
{
	in->status = lt_err_set(
		in->err, LT_EFILE, "日志条目在第 %zu 字节（从 0 数）处的列表多于 %u 项" CURE_ZH,
		"journal entry: the list at byte %zu has more than %u members" CURE_EN,
		(size_t)(in->at - in->start), limit);
	return false;
}

static bool refuse_memory(struct reader *in)
{
	in->status = lt_err_memory(in->err);
	return false;
}

static bool take(struct reader *in, const char *literal)
{
	for (; *literal; literal++, in->at++)
		if (*in->at != *literal)
			return refuse(in);
	return true;
}

/* Ends the string that was written to *to, and steps over the closing quote. */
static bool end_string(struct reader *in, char *to)
{
	if (*in->at != '"')
		return refuse(in);
	in->at++;
	*to = '\0';
	return true;
}

static bool take_hex(struct reader *in, size_t n_digits, const char **out)
{
	if (!take(in, "\""))
		return false;
	char *string = in->at;
	for (size_t i = 0; i < n_digits; i++, in->at++)
		if (!lt_text_is_hex(in->at, 1))
			return refuse(in);
	*out = string;
	return end_string(in, in->at);
}

static bool take_hash(struct reader *in, const char **out)
{
	return take_hex(in, HASH_DIGITS, out);
}

static unsigned hex_value(char digit)
{
	return (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

/* A control character but NUL, as \u00xx. */
static bool take_control(struct reader *in, char *to)
{
	char *escape = in->at;
	if (!take(in, "\\u00"))
		return false;
	for (int i = 0; i < 2; i++, in->at++)
		if (!lt_text_is_hex(in->at, 1))
			return refuse(in);
	*to = (char)(hex_value(escape[4]) << 4 | hex_value(escape[5]));
	in->at = escape;
	if (*to == '\0' || !must_be_escaped(*to))
		return refuse(in);
	in->at += strlen("\\u00xx");
	return true;
}

static bool take_escape(struct reader *in, char *to)
{
	if (in->at[1] != '"' && in->at[1] != '\\')
		return take_control(in, to);
	*to = in->at[1];
	in->at += 2;
	return true;
}

/* Steps over what stands for itself: most strings are nothing else. The text ends with a NUL, which
 * never does. */
static bool skip_plain(struct reader *in)
{
	uint32_t code;
	for (;;) {
		char *at = in->at;
		while (*at >= ' ' && *at < 0x7f && *at != '"' && *at != '\\')
			at++;
		in->at = at;
		if (*at == '"' || *at == '\\')
			return true;
		const bool is_long = (unsigned char)*at >= 0x80;
		const size_t n = is_long ? lt_text_decode(at, (size_t)(in->end - at), &code) : 0;
		if (n == 0)
			return refuse(in);
		in->at += n;
	}
}

static bool take_string(struct reader *in, const char **out)
{
	if (!take(in, "\""))
		return false;
	char *to = in->at;
	*out = to;
	for (;;) {
		const char *from = in->at;
		if (!skip_plain(in))
			return false;
		const size_t n = (size_t)(in->at - from);
		if (to != from)
			memmove(to, from, n);
		to += n;
		if (*in->at == '"')
			return end_string(in, to);
		/* the escape is read whole before its first byte is written over */
		char byte;
		if (!take_escape(in, &byte))
			return false;
		*to++ = byte;
	}
}

static bool take_member(struct reader *in, const char *name, const char **out)
{
	return take(in, name) && take_string(in, out);
}

static bool take_depth(struct reader *in, unsigned *out)
{
	char *first = in->at;
	uint64_t depth = 0; /* ten times the limit and a digit fit */
	if (*in->at == '0')
		return refuse(in);
	for (; *in->at >= '0' && *in->at <= '9'; in->at++) {
		depth = 10 * depth + (uint64_t)(*in->at - '0');
		if (depth > ENTRY_MAX_DEPTH) {
			in->at = first;
			return refuse(in);
		}
	}
	*out = (unsigned)depth;
	return in->at > first || refuse(in);
}

static bool take_parents(struct reader *in, struct entry *out)
{
	if (!take(in, "["))
		return false;
	while (*in->at != ']') {
		if (out->n_parents > 0 && !take(in, ","))
			return false;
		if (out->n_parents == 2)
			return refuse_more_than(in, 2);
		if (!take_hash(in, &out->parents[out->n_parents++]))
			return false;
	}
	return take(in, "]");
}

static bool take_value(struct reader *in, struct words *out)
{
	const char *members[CELL_MAX_MEMBERS];
	unsigned n = 0;
	if (*in->at == 'n')
		return take(in, "null");
	if (!take(in, "["))
		return false;
	do {
		if (n > 0 && !take(in, ","))
			return false;
		if (n == CELL_MAX_MEMBERS)
			return refuse_more_than(in, CELL_MAX_MEMBERS);
		if (!take_string(in, &members[n++]))
			return false;
	} while (*in->at != ']');
	out->at = lt_arena_alloc(in->arena, n, sizeof(*out->at));
	if (!out->at)
		return refuse_memory(in);
	memcpy(out->at, members, n * sizeof(*out->at));
	out->n = n;
	return take(in, "]");
}

static bool take_change(struct reader *in, struct change *out)
{
	if (!take_member(in, "[", &out->table) || !take_member(in, ",", &out->key) ||
	    !take_member(in, ",", &out->group) || !take(in, ",") || !take_value(in, &out->old) ||
	    !take(in, ",") || !take_value(in, &out->new))
		return false;
	if (*in->at != ']' && (!take(in, ",") || !take_hash(in, &out->writer)))
		return false;
	return take(in, "]");
}

static bool take_reject(struct reader *in, struct reject *out)
{
	return take_member(in, "[", &out->table) && take_member(in, ",", &out->key) &&
	       take_member(in, ",", &out->group) && take_member(in, ",", &out->why) &&
	       take(in, "]");
}

/* What stands before member n of a list, and room for it: *list, grown by doubling. */
static bool begin_member(struct reader *in, unsigned n, void **list, size_t size)
{
	if (n > 0 && !take(in, ","))
		return false;
	if (n == ENTRY_MAX_CHANGES)
		return refuse_more_than(in, ENTRY_MAX_CHANGES);
	void *grown = lt_arena_resize(in->arena, *list, (n + 1) * size);
	if (!grown)
		return refuse_memory(in);
	*list = grown;
	return true;
}

static bool take_changes(struct reader *in, struct entry *out)
{
	void *list = NULL;
	if (!take(in, "["))
		return false;
	while (*in->at != ']') {
		if (!begin_member(in, out->n_changes, &list, sizeof(*out->changes)))
			return false;
		out->changes = list;
		if (!take_change(in, &out->changes[out->n_changes++]))
			return false;
	}
	return take(in, "]");
}

static bool take_rejects(struct reader *in, struct entry *out)
{
	void *list = NULL;
	if (!take(in, "["))
		return false;
	while (*in->at != ']') {
		if (!begin_member(in, out->n_rejects, &list, sizeof(*out->rejects)))
			return false;
		out->rejects = list;
		if (!take_reject(in, &out->rejects[out->n_rejects++]))
			return false;
	}
	return take(in, "]");
}

static bool take_undoes(struct reader *in, const char **out)
{
	return *in->at == 'n' ? take(in, "null") : take_hash(in, out);
}

/* Where it stands in the history. */
static bool take_place(struct reader *in, struct entry *out)
{
	return take(in, "{\"v\":1,\"project\":") && take_hex(in, PROJECT_DIGITS, &out->project) &&
	       take(in, ",\"parents\":") && take_parents(in, out) && take(in, ",\"depth\":") &&
	       take_depth(in, &out->depth);
}

static bool take_entry(struct reader *in, struct entry *out)
{
	return take_place(in, out) && take_member(in, ",\"kind\":", &out->kind) &&
	       take_member(in, ",\"by\":", &out->by) && take_member(in, ",\"role\":", &out->role) &&
	       take_member(in, ",\"at\":", &out->at) &&
	       take_member(in, ",\"command\":", &out->command) &&
	       take_member(in, ",\"reason\":", &out->reason) && take(in, ",\"undoes\":") &&
	       take_undoes(in, &out->undoes) && take(in, ",\"changes\":") &&
	       take_changes(in, out) && take(in, ",\"rejects\":") && take_rejects(in, out) &&
	       take(in, "}");
}

/* What the text alone does not show. */
static enum lt_status check_parents(const struct entry *entry, struct lt_err *err)
{
	if (has_twin_parents(entry))
		return lt_err_set(err, LT_EFILE, "日志条目的两个上级相同：%.12s" CURE_ZH,
				  "journal entry: both parents are %.12s" CURE_EN,
				  entry->parents[0]);
	if (!depth_fits(entry))
		return lt_err_set(err, LT_EFILE, "日志条目有 %u 个上级，深度却是 %u" CURE_ZH,
				  "journal entry: %u parents, but depth %u" CURE_EN,
				  entry->n_parents, entry->depth);
	return LT_OK;
}

static enum lt_status decode(const char *body, size_t len, bool is_whole, struct lt_arena *arena,
			     struct entry *out, struct lt_err *err)
{
	struct entry entry = { 0 };
	char *copy = lt_arena_alloc(arena, len + 1, 1);
	if (!copy)
		return lt_err_memory(err);
	memcpy(copy, body, len);
	struct reader in = {
		.at = copy, .start = copy, .end = copy + len, .arena = arena, .err = err
	};
	if (is_whole ? !take_entry(&in, &entry) || (in.at != in.end && !refuse(&in))
		     : !take_place(&in, &entry))
		return in.status;
	const enum lt_status status = check_parents(&entry, err);
	if (status == LT_OK)
		*out = entry;
	return status;
}

enum lt_status entry_decode(const char *body, size_t len, struct lt_arena *arena, struct entry *out,
			    struct lt_err *err)
{
	if (len > ENTRY_MAX_BYTES)
		return lt_err_set(err, LT_EFILE, "日志条目有 %zu 字节，超过 %zu 字节" CURE_ZH,
				  "journal entry: %zu bytes, more than %zu" CURE_EN, len,
				  ENTRY_MAX_BYTES);
	return decode(body, len, true, arena, out, err);
}

/* Two parents, each with its quotes, and what stands around them. */
#define MOST_PLACE 400u

enum lt_status entry_decode_place(const char *body, size_t len, struct lt_arena *arena,
				  struct entry *out, struct lt_err *err)
{
	return decode(body, len < MOST_PLACE ? len : MOST_PLACE, false, arena, out, err);
}

/* ---- signature ---- */

#define PURPOSE "lingtan entry signature 1"

void entry_sign(const struct lt_key *key, const char *hash, char signature[ENTRY_SIGNATURE])
{
	memcpy(signature, lt_key_public(key), LT_PUBLIC_HEX - 1);
	signature[LT_PUBLIC_HEX - 1] = ' ';
	lt_key_sign(key, PURPOSE, hash, strlen(hash), signature + LT_PUBLIC_HEX);
}

bool entry_signer(const char *signature, char public[LT_PUBLIC_HEX])
{
	if (strlen(signature) != ENTRY_SIGNATURE - 1 || signature[LT_PUBLIC_HEX - 1] != ' ')
		return false;
	memcpy(public, signature, LT_PUBLIC_HEX - 1);
	public[LT_PUBLIC_HEX - 1] = 0;
	return lt_is_public_key(public) && lt_is_signature(signature + LT_PUBLIC_HEX);
}

bool entry_signature_holds(const char *signature, const char *hash)
{
	char public[LT_PUBLIC_HEX];
	return entry_signer(signature, public) &&
	       lt_key_verify(public, PURPOSE, hash, strlen(hash), signature + LT_PUBLIC_HEX);
}
