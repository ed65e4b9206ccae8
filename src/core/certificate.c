#include "lingtan/core/certificate.h"

#include <sodium.h>
#include <string.h>
#include "entry_text.h"

const char *const certificate_field_names[N_CERT_FIELDS] = {
	[CERT_FORMAT] = "format",
	[CERT_KIND] = "kind",
	[CERT_BECAUSE_ZH] = "because_zh",
	[CERT_BECAUSE_EN] = "because_en",
	[CERT_SERIES] = "series",
	[CERT_NUMBER] = "number",
	[CERT_BODY_ZH] = "body_zh",
	[CERT_BODY_EN] = "body_en",
	[CERT_SIGNER] = "signer",
	[CERT_PARK] = "park",
	[CERT_ADMINISTRATION] = "administration",
	[CERT_CREDIT_CODE] = "credit_code",
	[CERT_ADDRESS] = "address",
	[CERT_BOUNDARY] = "boundary",
	[CERT_AREA_KM2] = "area_km2",
	[CERT_STANDARD] = "standard",
	[CERT_CODE] = "code",
	[CERT_STANDARD_ZH] = "standard_zh",
	[CERT_STANDARD_EN] = "standard_en",
	[CERT_EDITION] = "edition",
	[CERT_STAGE_ZH] = "stage_zh",
	[CERT_STAGE_EN] = "stage_en",
	[CERT_TYPE_ZH] = "type_zh",
	[CERT_TYPE_EN] = "type_en",
	[CERT_YEAR] = "year",
	[CERT_ZERO_FROM] = "zero_from",
	[CERT_ZERO_TO] = "zero_to",
	[CERT_GRADE] = "grade",
	[CERT_GRADE_ZH] = "grade_zh",
	[CERT_GRADE_EN] = "grade_en",
	[CERT_TOTAL_ZH] = "total_zh",
	[CERT_TOTAL_EN] = "total_en",
	[CERT_TOTAL] = "total",
	[CERT_EMISSION] = "emission",
	[CERT_ABSORPTION] = "absorption",
	[CERT_OFFSET] = "offset",
	[CERT_NET] = "net",
	[CERT_UNIT] = "unit",
	[CERT_RECOGNISED] = "recognised",
	[CERT_ISSUED] = "issued",
	[CERT_VALID_UNTIL] = "valid_until",
	[CERT_SURVEILLANCE] = "surveillance",
	[CERT_PROJECT] = "project",
	[CERT_ASSESSMENT] = "assessment",
	[CERT_RUNG] = "rung",
	[CERT_HEAD] = "head",
	[CERT_STATE_HASH] = "state_hash",
	[CERT_RULESET_DIGEST] = "ruleset_digest",
	[CERT_PROFILE_DIGEST] = "profile_digest",
	[CERT_PROFILE_RESPONSIBLE] = "profile_responsible",
	[CERT_FONTS] = "fonts",
	[CERT_LIBRARIES] = "libraries",
	[CERT_PROGRAM] = "program",
	[CERT_TITLE] = "title",
};

/* ---- writing ---- */

/* How many of the members are written. */
static unsigned n_written(const struct certificate *certificate)
{
	const char *title = certificate->at[CERT_TITLE];
	return title && title[0] ? N_CERT_FIELDS : CERT_TITLE;
}

static void put_record(struct entry_text *text, const struct certificate *certificate)
{
	const unsigned n = n_written(certificate);
	for (unsigned i = 0; i < n; i++) {
		entry_text_put(text, i ? "," : "{", 1);
		entry_text_string(text, certificate_field_names[i]);
		entry_text_put(text, ":", 1);
		entry_text_string(text, certificate->at[i] ? certificate->at[i] : "");
	}
	entry_text_put(text, "}", 1);
}

enum lt_status certificate_encode(const struct certificate *certificate, struct lt_arena *arena,
				  const char **text, size_t *len, struct lt_err *err)
{
	struct entry_text record = { 0 };
	put_record(&record, certificate);
	if (record.len > CERTIFICATE_MAX)
		return lt_err_set(err, LT_EDATA, "证书内容过长（最多 %zu KiB）；请缩短地址、边界等文字",
				  "the certificate says too much (%zu KiB at most); shorten address, boundary and the like",
				  CERTIFICATE_MAX >> 10);
	char *to = lt_arena_alloc(arena, record.len + 1, 1);
	if (!to)
		return lt_err_memory(err);
	record = (struct entry_text){ .to = to };
	put_record(&record, certificate);
	*text = to;
	*len = record.len;
	return LT_OK;
}

/* ---- reading ---- */

struct scan {
	const char *at, *end;
	struct lt_arena *arena;
	bool no_memory;
};

static bool expect(struct scan *scan, const char *token)
{
	const size_t len = strlen(token);
	if ((size_t)(scan->end - scan->at) < len || memcmp(scan->at, token, len) != 0)
		return false;
	scan->at += len;
	return true;
}

static bool is_control(unsigned char c)
{
	return c < 0x20 || c == 0x7f;
}

static int digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One character of a string; false at what is not canonical. */
static bool take_character(struct scan *scan, char **to)
{
	const unsigned char c = (unsigned char)*scan->at;
	if (is_control(c))
		return false;
	if (c != '\\') {
		*(*to)++ = *scan->at++;
		return true;
	}
	if (expect(scan, "\\\"") || expect(scan, "\\\\")) {
		*(*to)++ = scan->at[-1];
		return true;
	}
	if (scan->end - scan->at < 6 || memcmp(scan->at, "\\u00", 4) != 0)
		return false;
	const int high = digit_of(scan->at[4]), low = digit_of(scan->at[5]);
	const int code = high * 16 + low;
	if (high < 0 || low < 0 || !code || !is_control((unsigned char)code))
		return false;
	*(*to)++ = (char)code;
	scan->at += 6;
	return true;
}

static bool take_string(struct scan *scan, const char **out)
{
	if (!expect(scan, "\""))
		return false;
	char *text = lt_arena_alloc(scan->arena, (size_t)(scan->end - scan->at) + 1, 1), *to = text;
	scan->no_memory = !text;
	if (!text)
		return false;
	while (scan->at < scan->end && *scan->at != '"')
		if (!take_character(scan, &to))
			return false;
	*out = text;
	return expect(scan, "\"");
}

enum lt_status certificate_decode(const char *text, size_t len, struct lt_arena *arena,
				  struct certificate *out, struct lt_err *err)
{
	struct scan scan = { .at = text, .end = text + len, .arena = arena };
	struct certificate read = { 0 };
	bool good = len <= CERTIFICATE_MAX && expect(&scan, "{");
	for (unsigned i = 0; i < N_CERT_FIELDS && good; i++) {
		if (i == CERT_TITLE && scan.at < scan.end && *scan.at == '}')
			break;
		good = (i == 0 || expect(&scan, ",")) && expect(&scan, "\"") &&
		       expect(&scan, certificate_field_names[i]) && expect(&scan, "\":") &&
		       take_string(&scan, &read.at[i]);
	}
	good = good && (!read.at[CERT_TITLE] || read.at[CERT_TITLE][0]);
	if (scan.no_memory)
		return lt_err_memory(err);
	good = good && expect(&scan, "}") && scan.at == scan.end &&
	       strcmp(read.at[CERT_FORMAT], CERTIFICATE_FORMAT) == 0;
	if (!good)
		return lt_err_set(err, LT_EFILE, "不是证书记录，或内容被改动过（第 %zu 字节处）",
				  "it is no record of a certificate, or it was changed (at byte %zu)",
				  (size_t)(scan.at - text) + 1);
	*out = read;
	return LT_OK;
}

/* ---- statements ---- */

#define SIGNED "{\"signed\":"
#define PUBLIC ",\"public\":\""
#define SIGNATURE "\",\"signature\":\""
#define END "\"}\n"

static char *put(char *to, const char *text)
{
	const size_t len = strlen(text);
	memcpy(to, text, len);
	return to + len;
}

const char *statement_make(const struct lt_key *key, const char *purpose, const char *body,
			   size_t len, struct lt_arena *arena, size_t *out_len)
{
	char signature[LT_SIGNATURE_HEX] = "";
	const size_t room = len + sizeof(SIGNED PUBLIC SIGNATURE END) + LT_PUBLIC_HEX +
			    LT_SIGNATURE_HEX;
	char *text = lt_arena_alloc(arena, room, 1), *to = text;
	if (!text)
		return NULL;
	if (key)
		lt_key_sign(key, purpose, body, len, signature);
	to = put(to, SIGNED);
	memcpy(to, body, len);
	to = put(to + len, PUBLIC);
	to = put(to, key ? lt_key_public(key) : "");
	to = put(to, SIGNATURE);
	to = put(to, signature);
	to = put(to, END);
	*out_len = (size_t)(to - text);
	return text;
}

/* The tail of a statement with so many digits of key and signature, read from the end. */
static bool read_tail(const char *text, size_t len, size_t n_public, size_t n_signature,
		      struct statement *out)
{
	const size_t tail = sizeof(PUBLIC) - 1 + n_public + sizeof(SIGNATURE) - 1 + n_signature +
			    sizeof(END) - 1;
	const size_t head = sizeof(SIGNED) - 1;
	if (len < head + tail + 2 || memcmp(text, SIGNED, head) != 0)
		return false;
	struct scan scan = { .at = text + len - tail, .end = text + len };
	if (!expect(&scan, PUBLIC))
		return false;
	memcpy(out->public, scan.at, n_public);
	out->public[n_public] = 0;
	scan.at += n_public;
	if (!expect(&scan, SIGNATURE))
		return false;
	memcpy(out->signature, scan.at, n_signature);
	out->signature[n_signature] = 0;
	scan.at += n_signature;
	out->body = text + head;
	out->len = len - head - tail;
	return expect(&scan, END);
}

bool statement_read(const char *text, size_t len, struct statement *out)
{
	if (read_tail(text, len, LT_PUBLIC_HEX - 1, LT_SIGNATURE_HEX - 1, out))
		return lt_is_public_key(out->public) && lt_is_signature(out->signature);
	return read_tail(text, len, 0, 0, out);
}

bool statement_holds(const struct statement *statement, const char *purpose)
{
	return lt_key_verify(statement->public, purpose, statement->body, statement->len,
			     statement->signature);
}

/* ---- the code ---- */

#define CODE_HEAD "LT1"
#define RECORD_BYTES 16
#define N_ESSENTIALS 7
#define MOST_TEXT 120 /* bytes of one essential */
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static void put_base32(const unsigned char *bytes, size_t len, char *out)
{
	unsigned bits = 0, n = 0;
	for (size_t i = 0; i < len; i++) {
		bits = bits << 8 | bytes[i];
		for (n += 8; n >= 5; n -= 5)
			*out++ = alphabet[bits >> (n - 5) & 31];
		bits &= 31;
	}
	if (n)
		*out++ = alphabet[bits << (5 - n) & 31];
	*out = 0;
}

/* Bytes that were read; 0 where a character is none of the alphabet or bits are left over. */
static size_t take_base32(const char *text, size_t len, unsigned char *out)
{
	unsigned bits = 0, n = 0;
	size_t n_out = 0;
	for (size_t i = 0; i < len; i++) {
		const char *digit = text[i] ? strchr(alphabet, text[i]) : NULL;
		if (!digit)
			return 0;
		bits = bits << 5 | (unsigned)(digit - alphabet);
		n += 5;
		if (n >= 8) {
			n -= 8;
			out[n_out++] = (unsigned char)(bits >> n & 255);
		}
		bits &= (1u << n) - 1;
	}
	return n < 5 && !bits ? n_out : 0;
}

/* At most MOST_TEXT bytes, cut between characters, no line ends. */
static char *put_essential(char *to, const char *text)
{
	size_t len = strlen(text);
	if (len > MOST_TEXT)
		for (len = MOST_TEXT; ((unsigned char)text[len] & 0xc0) == 0x80; len--)
			;
	for (size_t i = 0; i < len; i++)
		*to++ = (char)(is_control((unsigned char)text[i]) ? ' ' : text[i]);
	return to;
}

static void record_hash(const char *text, size_t len, unsigned char out[RECORD_BYTES])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)text, len);
	memcpy(out, hash, RECORD_BYTES);
}

bool code_make(const struct lt_key *key, const struct certificate *certificate, const char *text,
	       size_t len, struct lt_arena *arena, char out[CODE_MAX])
{
	static const enum certificate_field essentials[N_ESSENTIALS - 1] = {
		CERT_PARK, CERT_GRADE_ZH, CERT_CODE, CERT_YEAR, CERT_ISSUED, CERT_VALID_UNTIL
	};
	const size_t most = LT_SIGNATURE_BYTES + RECORD_BYTES + (MOST_TEXT + 1) * (N_ESSENTIALS + 1);
	unsigned char *bytes = lt_arena_alloc(arena, most, 1);
	char signature[LT_SIGNATURE_HEX], *encoded = lt_arena_alloc(arena, most * 2, 1);
	if (!bytes || !encoded)
		return false;
	unsigned char *message = bytes + LT_SIGNATURE_BYTES;
	record_hash(text, len, message);
	char *start = (char *)message + RECORD_BYTES, *to = start;
	*to++ = certificate->at[CERT_KIND][0];
	to = put_essential(to, certificate->at[CERT_NUMBER] ? certificate->at[CERT_NUMBER] : "");
	for (unsigned i = 0; i < N_ESSENTIALS - 1; i++) {
		const char *value = certificate->at[essentials[i]];
		*to++ = '\n';
		to = put_essential(to, value ? value : "");
	}
	const size_t message_len = RECORD_BYTES + (size_t)(to - start);
	lt_key_sign(key, CODE_PURPOSE, message, message_len, signature);
	sodium_hex2bin(bytes, LT_SIGNATURE_BYTES, signature, LT_SIGNATURE_HEX - 1, NULL, NULL, NULL);
	put_base32(bytes, LT_SIGNATURE_BYTES + message_len, encoded);
	if (strlen(encoded) + sizeof(CODE_HEAD) > CODE_MAX)
		return false;
	memcpy(put(out, CODE_HEAD), encoded, strlen(encoded) + 1);
	return true;
}

static bool split_essentials(char *text, struct code *out)
{
	static const struct {
		char letter;
		const char *kind;
	} kinds[] = { { 'c', "certificate" }, { 's', "specimen" }, { 'd', "draft" } };
	const char *parts[N_ESSENTIALS];
	unsigned n = 0;
	for (char *at = text; n < N_ESSENTIALS; at++) {
		parts[n++] = at;
		at = strchr(at, '\n');
		if (!at)
			break;
		*at = 0;
	}
	if (n != N_ESSENTIALS || strchr(parts[n - 1], '\n'))
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].letter == parts[0][0])
			memcpy(out->kind, kinds[i].kind, strlen(kinds[i].kind) + 1);
	out->number = parts[0] + (parts[0][0] != 0);
	out->park = parts[1];
	out->grade = parts[2];
	out->standard = parts[3];
	out->year = parts[4];
	out->issued = parts[5];
	out->valid_until = parts[6];
	return out->kind[0] != 0;
}

bool code_read(const char *text, size_t len, struct lt_arena *arena, struct code *out)
{
	const size_t head = sizeof(CODE_HEAD) - 1;
	if (len <= head || len >= CODE_MAX || memcmp(text, CODE_HEAD, head) != 0)
		return false;
	unsigned char *bytes = lt_arena_alloc(arena, len + 1, 1);
	const size_t n = bytes ? take_base32(text + head, len - head, bytes) : 0;
	const size_t fixed = LT_SIGNATURE_BYTES + RECORD_BYTES;
	if (n <= fixed || memchr(bytes + fixed, 0, n - fixed))
		return false;
	*out = (struct code){ .signature = bytes,
			      .message = bytes + LT_SIGNATURE_BYTES,
			      .message_len = n - LT_SIGNATURE_BYTES };
	sodium_bin2hex(out->record, sizeof(out->record), out->message, RECORD_BYTES);
	char *lines = lt_arena_strndup(arena, (const char *)bytes + fixed, n - fixed);
	return lines && split_essentials(lines, out);
}

bool code_holds(const struct code *code, const char *public)
{
	char signature[LT_SIGNATURE_HEX];
	sodium_bin2hex(signature, sizeof(signature), code->signature, LT_SIGNATURE_BYTES);
	return lt_key_verify(public, CODE_PURPOSE, code->message, code->message_len, signature);
}
