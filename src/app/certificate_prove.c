/* Checking a certificate: its file, its record, or its code. */
#include <stdlib.h>
#include <string.h>
#include "lingtan/app/certificate.h"

struct proving {
	const char *bytes;
	size_t len;
	const char *key; /* "" = whichever it names */
	struct lt_arena *arena;
	struct proof *out;
	struct lt_err *err;
};

static enum lt_status deny(struct proving *at, const char *zh, const char *en)
{
	at->out->holds = false;
	at->out->why[LT_ZH] = zh;
	at->out->why[LT_EN] = en;
	return LT_OK;
}

/* The key that it names is the one that was asked for. */
static bool is_key_right(struct proving *at)
{
	at->out->key_given = at->key[0] != 0;
	return !at->key[0] || strcmp(at->key, at->out->public) == 0;
}

/* ---- the record ---- */

static enum lt_status prove_statement(struct proving *at, const char *text, size_t len)
{
	struct statement statement;
	struct lt_err inner = LT_ERR_INIT;
	struct lt_sha256 sha;
	if (!statement_read(text, len, &statement))
		return deny(at, "记录不合格式，或被改动过", "the record is malformed, or it was changed");
	memcpy(at->out->public, statement.public, sizeof(statement.public));
	enum lt_status status = certificate_decode(statement.body, statement.len, at->arena,
						   &at->out->certificate, &inner);
	if (status == LT_ESPACE)
		return lt_err_memory(at->err);
	if (status)
		return deny(at, "记录不合格式，或被改动过", "the record is malformed, or it was changed");
	lt_sha256_init(&sha);
	lt_sha256_add(&sha, statement.body, statement.len);
	lt_sha256_finish(&sha, at->out->record);
	if (!statement.public[0])
		return deny(at, "没有签名：谁都可以做出这样的记录",
			    "it is not signed: anyone could have made it");
	if (!is_key_right(at))
		return deny(at, "签名不是所给密钥的", "it is not signed with the key that was given");
	if (!statement_holds(&statement, CERTIFICATE_PURPOSE))
		return deny(at, "签名不对：内容或签名被改动过",
			    "the signature is wrong: the text or the signature was changed");
	at->out->holds = true;
	return LT_OK;
}

/* ---- the file ---- */

/* The last line: its mark, where the record is, the key, the signature. */
struct file_line {
	size_t signed_len; /* bytes that the signature is over */
	size_t at, len;    /* of the record */
	char public[LT_PUBLIC_HEX], signature[LT_SIGNATURE_HEX];
};

/* A whole number as we write it. */
static bool take_size(const char **from, size_t *out)
{
	const char *at = *from;
	size_t value = 0, digits = 0;
	for (; *at >= '0' && *at <= '9' && digits < 10; at++, digits++)
		value = value * 10 + (size_t)(*at - '0');
	if (!digits || *at != ' ' || (digits > 1 && **from == '0'))
		return false;
	*from = at + 1;
	*out = value;
	return true;
}

static bool read_line(const struct proving *at, struct file_line *line)
{
	const char *end = at->bytes + at->len, *start = end - 1;
	if (at->len < 300 || *start != '\n')
		return false;
	while (start > at->bytes && start[-1] != '\n')
		start--;
	const size_t mark = sizeof(CERTIFICATE_FILE_MARK) - 1;
	if ((size_t)(end - start) <= mark || memcmp(start, CERTIFICATE_FILE_MARK, mark) != 0)
		return false;
	const char *from = start + mark;
	if (!take_size(&from, &line->at) || !take_size(&from, &line->len))
		return false;
	if (end - from != LT_PUBLIC_HEX - 1 + 1 + LT_SIGNATURE_HEX - 1 + 1 ||
	    from[LT_PUBLIC_HEX - 1] != ' ')
		return false;
	memcpy(line->public, from, LT_PUBLIC_HEX - 1);
	line->public[LT_PUBLIC_HEX - 1] = 0;
	from += LT_PUBLIC_HEX;
	line->signed_len = (size_t)(from - at->bytes);
	memcpy(line->signature, from, LT_SIGNATURE_HEX - 1);
	line->signature[LT_SIGNATURE_HEX - 1] = 0;
	return line->len <= at->len && line->at <= at->len - line->len;
}

static enum lt_status prove_file(struct proving *at)
{
	struct file_line line;
	if (!read_line(at, &line))
		return deny(at, "文件末尾没有签名行，或被改动过：未签名，或不是原件",
			    "there is no line of a signature at its end, or it was changed: it was not signed, or is not the original");
	memcpy(at->out->public, line.public, sizeof(line.public));
	if (!is_key_right(at))
		return deny(at, "签名不是所给密钥的", "it is not signed with the key that was given");
	if (!lt_key_verify(line.public, FILE_PURPOSE, at->bytes, line.signed_len, line.signature))
		return deny(at, "整个文件的签名不对：有内容被改动过",
			    "the signature of the whole file is wrong: something in it was changed");
	enum lt_status status = prove_statement(at, at->bytes + line.at, line.len);
	if (!status && at->out->holds && strcmp(at->out->public, line.public) != 0)
		return deny(at, "文件和记录不是同一个密钥签的",
			    "file and record are signed with different keys");
	return status;
}

/* ---- the code ---- */

static enum lt_status prove_code(struct proving *at, size_t len)
{
	struct code code;
	struct certificate *to = &at->out->certificate;
	if (!code_read(at->bytes, len, at->arena, &code))
		return deny(at, "二维码文字不完整，或被改动过",
			    "the text of the code is not whole, or it was changed");
	to->at[CERT_KIND] = lt_arena_strndup(at->arena, code.kind, sizeof(code.kind));
	if (!to->at[CERT_KIND])
		return lt_err_memory(at->err);
	to->at[CERT_NUMBER] = code.number;
	to->at[CERT_PARK] = code.park;
	to->at[CERT_GRADE_ZH] = code.grade;
	to->at[CERT_CODE] = code.standard;
	to->at[CERT_YEAR] = code.year;
	to->at[CERT_ISSUED] = code.issued;
	to->at[CERT_VALID_UNTIL] = code.valid_until;
	memcpy(at->out->record, code.record, sizeof(code.record));
	if (!at->key[0])
		return lt_err_set(at->err, LT_EUSAGE,
				  "查验二维码文字要有机构的公钥：--key",
				  "the text of a code is checked against the body's key: --key");
	memcpy(at->out->public, at->key, LT_PUBLIC_HEX);
	at->out->key_given = true;
	if (!code_holds(&code, at->key))
		return deny(at, "签名不对：不是这个密钥签的，或内容被改动过",
			    "the signature is wrong: not made with this key, or the text was changed");
	at->out->holds = true;
	return LT_OK;
}

enum lt_status certificate_prove(const char *bytes, size_t len, const char *key,
				 struct lt_arena *arena, struct proof *out, struct lt_err *err)
{
	struct proving at = { bytes, len, key, arena, out, err };
	*out = (struct proof){ .kind = PROOF_RECORD };
	if (len >= 5 && memcmp(bytes, "%PDF-", 5) == 0) {
		out->kind = PROOF_FILE;
		return prove_file(&at);
	}
	if (len >= 10 && memcmp(bytes, "{\"signed\":", 10) == 0)
		return prove_statement(&at, bytes, len);
	if (len >= 3 && memcmp(bytes, "LT1", 3) == 0) {
		/* one line end, as a scanner or a paste leaves it */
		const size_t end = len && bytes[len - 1] == '\n' ? len - 1 : len;
		out->kind = PROOF_CODE;
		return prove_code(&at, end && bytes[end - 1] == '\r' ? end - 1 : end);
	}
	return lt_err_set(err, LT_EFILE,
			  "既不是证书 PDF 或证书记录，也不是二维码文字",
			  "it is neither a certificate, nor its record, nor the text of its code");
}
