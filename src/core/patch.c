#include "lingtan/core/patch.h"

#include <stdio.h>
#include <string.h>
#include "lingtan/base/text.h"

#define FIRST "lingtan patch 1"
#define HASH_DIGITS (LT_SHA256_HEX - 1)
#define PROJECT_DIGITS 32
#define SIGNATURE_LEN (64 + 1 + 128)
#define MAX_NAME 200
#define CURE_ZH "；补丁不完整或被改动过，请对方重新生成"
#define CURE_EN "; the patch is incomplete or was altered, ask for it again"

bool patch_takes_kind(const char *kind)
{
	static const char *const kinds[] = { "new", "merge", "patch", "migrate", "rescue" };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i], kind) == 0)
			return false;
	return true;
}

/* ---- reading ---- */

struct reader {
	const char *text, *at, *end;
	unsigned line; /* from 1: of what was taken last */
	struct lt_arena *arena;
	struct lt_err *err;
	enum lt_status status; /* of the first refusal */
};

/* arg is the one %s of both sentences. */
#define REFUSE(in, zh, en, arg)                                                                    \
	((in)->status = lt_err_set((in)->err, LT_EFILE, "补丁第 %u 行" zh CURE_ZH,                 \
				   "patch, line %u: " en CURE_EN, (in)->line, (arg)),              \
	 false)

static bool no_memory(struct reader *in)
{
	in->status = lt_err_memory(in->err);
	return false;
}

/* A line without its end, borrowed. */
static bool take_line(struct reader *in, const char **line, size_t *len)
{
	const char *end = memchr(in->at, '\n', (size_t)(in->end - in->at));
	in->line++;
	if (!end)
		return REFUSE(in, "没有写完%s", "it has no end%s", "");
	*line = in->at;
	*len = (size_t)(end - in->at);
	in->at = end + 1;
	return true;
}

/* "NAME VALUE": the value, copied. */
static bool take_member(struct reader *in, const char *name, const char **out)
{
	const char *line;
	size_t len, at;
	const size_t n = strlen(name);
	if (!take_line(in, &line, &len))
		return false;
	if (len < n + 1 || memcmp(line, name, n) != 0 || line[n] != ' ')
		return REFUSE(in, "应是 %s", "it should be %s", name);
	const char *value = line + n + 1;
	const size_t value_len = len - n - 1;
	if (value_len > MAX_NAME || memchr(value, '\t', value_len) ||
	    lt_text_check(value, value_len, &at) != LT_TEXT_OK)
		return REFUSE(in, "的 %s 过长或有控制字符",
			      "%s is too long or has control characters", name);
	*out = lt_arena_strndup(in->arena, value, value_len);
	return *out || no_memory(in);
}

static bool take_hex(struct reader *in, const char *name, size_t digits, const char **out)
{
	if (!take_member(in, name, out))
		return false;
	return (strlen(*out) == digits && lt_text_is_hex(*out, digits)) ||
	       REFUSE(in, "的 %s 不是校验值", "%s is no hash", name);
}

/* Digits without a leading zero, up to the most. */
static bool read_number(const char *text, size_t len, size_t most, size_t *out)
{
	size_t number = 0;
	if (!len || len > 12 || (text[0] == '0' && len > 1))
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		number = 10 * number + (size_t)(text[i] - '0');
	}
	*out = number;
	return number <= most;
}

static bool take_number(struct reader *in, const char *name, size_t most, unsigned *out)
{
	const char *value;
	size_t number;
	if (!take_member(in, name, &value))
		return false;
	if (!read_number(value, strlen(value), most, &number))
		return REFUSE(in, "的 %s 不是数，或超过补丁能装的",
			      "%s is no number, or more than a patch holds", name);
	*out = (unsigned)number;
	return true;
}

static bool take_head(struct reader *in, struct patch *out)
{
	const char *line;
	size_t len;
	const size_t n = strlen(FIRST), rest = (size_t)(in->end - in->at);
	const bool is_ours = memcmp(in->at, FIRST, rest < n ? rest : n) == 0;
	if (is_ours && !take_line(in, &line, &len))
		return false;
	in->line += !is_ours;
	if (!is_ours || len != n)
		return REFUSE(in, "不是 %s：这不是本程序的补丁", "it is not '%s': no patch of ours",
			      FIRST);
	return take_hex(in, "project", PROJECT_DIGITS, &out->project) &&
	       take_hex(in, "base", HASH_DIGITS, &out->base) &&
	       take_hex(in, "head", HASH_DIGITS, &out->head) && take_member(in, "by", &out->by) &&
	       take_member(in, "role", &out->role) && take_member(in, "at", &out->at) &&
	       take_number(in, "entries", PATCH_MAX_ENTRIES, &out->carried.n) &&
	       take_number(in, "blobs", PATCH_MAX_BLOBS, &out->n_blobs);
}

/* An entry's own signature behind a TAB. */
static bool split_signature(struct reader *in, const char *line, size_t *len,
			    const char **signature)
{
	const char *tab = memchr(line, '\t', *len);
	*signature = NULL;
	if (!tab)
		return true;
	const size_t n = *len - (size_t)(tab - line) - 1;
	*len = (size_t)(tab - line);
	if (n != SIGNATURE_LEN || !lt_text_is_hex(tab + 1, 64) || tab[65] != ' ' || !lt_text_is_hex(tab + 66, 128))
		return REFUSE(in, "的签名不合格式%s", "its signature is malformed%s", "");
	*signature = lt_arena_strndup(in->arena, tab + 1, n);
	return *signature || no_memory(in);
}

/* What one entry must be to follow the one before it. */
static bool check_entry(struct reader *in, const struct patch *out, unsigned i)
{
	const struct entry *entry = &out->entries[i];
	const char *before = i ? out->carried.at[i - 1].hash : out->base;
	const char *hash = out->carried.at[i].hash;
	if (strcmp(entry->project, out->project) != 0)
		return REFUSE(in, "的记录 %.12s 属于另一个项目",
			      "entry %.12s is of another project", hash);
	if (entry->n_parents != 1 || strcmp(entry->parents[0], before) != 0)
		return REFUSE(in, "的记录 %.12s 不接在前一条之后",
			      "entry %.12s does not follow the one before it", hash);
	if (i && entry->depth != out->entries[i - 1].depth + 1)
		return REFUSE(in, "的记录 %.12s 深度不对", "entry %.12s has a wrong depth", hash);
	if (strcmp(entry->by, out->by) != 0)
		return REFUSE(in, "的记录 %.12s 不是补丁作者写的",
			      "entry %.12s is not by the maker of the patch", hash);
	if (!patch_takes_kind(entry->kind))
		return REFUSE(in, "的记录 %.12s 是合并或修复，不能随补丁走",
			      "entry %.12s is a merge or a repair, which no patch carries", hash);
	for (unsigned c = 0; c < entry->n_changes; c++)
		if (entry->changes[c].writer)
			return REFUSE(in, "的记录 %.12s 借用别人的改动",
				      "entry %.12s takes over another's change", hash);
	return !entry->n_rejects ||
	       REFUSE(in, "的记录 %.12s 带有拒收", "entry %.12s has refusals", hash);
}

static bool take_entry(struct reader *in, struct patch *out, unsigned i, size_t *n_changes)
{
	struct carried_entry *to = &out->carried.at[i];
	struct lt_err inner = LT_ERR_INIT;
	char hash[LT_SHA256_HEX];
	if (!take_line(in, &to->body, &to->len) ||
	    !split_signature(in, to->body, &to->len, &to->signature))
		return false;
	const enum lt_status status =
		entry_decode(to->body, to->len, in->arena, &out->entries[i], &inner);
	if (status == LT_ESPACE)
		return no_memory(in);
	if (status) {
		/* it says what to do itself */
		in->status = lt_err_set(in->err, LT_EFILE, "补丁第 %u 行：%s%.0s",
					"patch, line %u: %.0s%s", in->line, inner.text[LT_ZH],
					inner.text[LT_EN]);
		return false;
	}
	entry_hash(to->body, to->len, hash);
	to->hash = lt_arena_strndup(in->arena, hash, sizeof(hash));
	if (!to->hash)
		return no_memory(in);
	*n_changes += out->entries[i].n_changes;
	if (*n_changes > PATCH_MAX_CHANGES)
		return REFUSE(in, "：改动超过补丁能装的%s", "more changes than a patch holds%s",
			      "");
	return check_entry(in, out, i);
}

static bool take_entries(struct reader *in, struct patch *out)
{
	size_t n_changes = 0;
	/* no more room than there can be lines for */
	if (out->carried.n > (size_t)(in->end - in->at) / 2)
		return REFUSE(in, "的记录条数多于文件所装%s",
			      "it says more entries than there are%s", "");
	out->carried.at = lt_arena_alloc(in->arena, out->carried.n + 1, sizeof(*out->carried.at));
	out->entries = lt_arena_alloc(in->arena, out->carried.n + 1, sizeof(*out->entries));
	if (!out->carried.at || !out->entries)
		return no_memory(in);
	for (unsigned i = 0; i < out->carried.n; i++)
		if (!take_entry(in, out, i, &n_changes))
			return false;
	const char *last = out->carried.n ? out->carried.at[out->carried.n - 1].hash : out->base;
	return strcmp(last, out->head) == 0 ||
	       REFUSE(in, "：最后一条不是 %.12s", "the last entry is not %.12s", out->head);
}

/* "blob SHA256 SIZE", the bytes, a line end. */
static bool take_blob(struct reader *in, struct patch_blob *to)
{
	const char *line;
	size_t len;
	char sha256[LT_SHA256_HEX];
	struct lt_sha256 sha;
	if (!take_line(in, &line, &len))
		return false;
	if (len < 71 || memcmp(line, "blob ", 5) != 0 || !lt_text_is_hex(line + 5, 64) || line[69] != ' ' ||
	    !read_number(line + 70, len - 70, PATCH_MAX_BYTES, &to->size))
		return REFUSE(in, "应是 %s", "it should be '%s'", "blob SHA256 SIZE");
	if ((size_t)(in->end - in->at) < to->size + 1 || in->at[to->size] != '\n')
		return REFUSE(in, "的内容没有写完%s", "its bytes have no end%s", "");
	to->bytes = in->at;
	to->sha256 = lt_arena_strndup(in->arena, line + 5, HASH_DIGITS);
	in->at += to->size + 1;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, to->bytes, to->size);
	lt_sha256_finish(&sha, sha256);
	if (!to->sha256)
		return no_memory(in);
	return strcmp(sha256, to->sha256) == 0 ||
	       REFUSE(in, "的内容与校验值 %.12s 不符", "its bytes have another hash than %.12s",
		      to->sha256);
}

static bool take_blobs(struct reader *in, struct patch *out)
{
	out->blobs = lt_arena_alloc(in->arena, out->n_blobs + 1, sizeof(*out->blobs));
	if (!out->blobs)
		return no_memory(in);
	for (unsigned i = 0; i < out->n_blobs; i++)
		if (!take_blob(in, &out->blobs[i]))
			return false;
	return true;
}

static bool take_signature(struct reader *in, struct patch *out)
{
	struct lt_sha256 sha;
	const char *line;
	size_t len;
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, in->text, (size_t)(in->at - in->text));
	lt_sha256_finish(&sha, out->digest);
	if (!take_line(in, &line, &len))
		return false;
	if (len == 7 + SIGNATURE_LEN && memcmp(line, "signed ", 7) == 0 && lt_text_is_hex(line + 7, 64) &&
	    line[71] == ' ' && lt_text_is_hex(line + 72, 128)) {
		out->signature = lt_arena_strndup(in->arena, line + 7, SIGNATURE_LEN);
		if (!out->signature)
			return no_memory(in);
	} else if (len != 8 || memcmp(line, "unsigned", 8) != 0) {
		return REFUSE(in, "应是 %s", "it should be '%s'",
			      "signed KEY SIGNATURE | unsigned");
	}
	return in->at == in->end ||
	       REFUSE(in, "之后还有内容%s", "something stands behind it%s", "");
}

enum lt_status patch_check_head(const char *text, size_t len, struct lt_arena *arena,
				struct lt_err *err)
{
	struct patch patch = { 0 };
	struct reader in = {
		.text = text, .at = text, .end = text + len, .arena = arena, .err = err
	};
	return take_head(&in, &patch) ? LT_OK : in.status;
}

enum lt_status patch_read(const char *text, size_t len, struct lt_arena *arena, struct patch *out,
			  struct lt_err *err)
{
	struct patch patch = { 0 };
	struct reader in = {
		.text = text, .at = text, .end = text + len, .arena = arena, .err = err
	};
	if (len > PATCH_MAX_BYTES)
		return lt_err_set(err, LT_EFILE, "补丁有 %zu 字节，超过 %zu 字节",
				  "the patch has %zu bytes, more than %zu", len, PATCH_MAX_BYTES);
	if (!take_head(&in, &patch) || !take_entries(&in, &patch) || !take_blobs(&in, &patch) ||
	    !take_signature(&in, &patch))
		return in.status;
	*out = patch;
	return LT_OK;
}

/* ---- writing ---- */

struct writer {
	char *to; /* NULL: only counted */
	size_t len;
};

static void put(struct writer *out, const char *bytes, size_t len)
{
	if (out->to)
		memcpy(out->to + out->len, bytes, len);
	out->len += len;
}

static void put_member(struct writer *out, const char *name, const char *value)
{
	put(out, name, strlen(name));
	put(out, " ", 1);
	put(out, value, strlen(value));
	put(out, "\n", 1);
}

static void put_patch(struct writer *out, const struct patch *patch)
{
	char number[24];
	put(out, FIRST "\n", strlen(FIRST) + 1);
	put_member(out, "project", patch->project);
	put_member(out, "base", patch->base);
	put_member(out, "head", patch->head);
	put_member(out, "by", patch->by);
	put_member(out, "role", patch->role);
	put_member(out, "at", patch->at);
	snprintf(number, sizeof(number), "%u", patch->carried.n);
	put_member(out, "entries", number);
	snprintf(number, sizeof(number), "%u", patch->n_blobs);
	put_member(out, "blobs", number);
	for (unsigned i = 0; i < patch->carried.n; i++) {
		const struct carried_entry *entry = &patch->carried.at[i];
		put(out, entry->body, entry->len);
		if (entry->signature) {
			put(out, "\t", 1);
			put(out, entry->signature, strlen(entry->signature));
		}
		put(out, "\n", 1);
	}
	for (unsigned i = 0; i < patch->n_blobs; i++) {
		const struct patch_blob *blob = &patch->blobs[i];
		snprintf(number, sizeof(number), " %zu\n", blob->size);
		put(out, "blob ", 5);
		put(out, blob->sha256, HASH_DIGITS);
		put(out, number, strlen(number));
		put(out, blob->bytes, blob->size);
		put(out, "\n", 1);
	}
}

enum lt_status patch_write(struct patch *patch, struct lt_arena *arena, const char **text,
			   size_t *len, struct lt_err *err)
{
	struct writer out = { 0 };
	struct lt_sha256 sha;
	put_patch(&out, patch);
	if (out.len > PATCH_MAX_BYTES || patch->carried.n > PATCH_MAX_ENTRIES ||
	    patch->n_blobs > PATCH_MAX_BLOBS)
		return lt_err_set(
			err, LT_EDATA,
			"补丁会有 %u 条记录、%zu 字节，超过能装的；请分几次做，或改用合并",
			"the patch would hold %u entries and %zu bytes, more than one does; "
			"make several, or merge the files",
			patch->carried.n, out.len);
	out.to = lt_arena_alloc(arena, out.len + 1, 1);
	if (!out.to)
		return lt_err_memory(err);
	*text = out.to;
	*len = out.len;
	out.len = 0;
	put_patch(&out, patch);
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, *text, *len);
	lt_sha256_finish(&sha, patch->digest);
	return LT_OK;
}
