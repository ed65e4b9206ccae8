/*
 * certificate - the signed record of a certificate, the statement that carries it, and the short
 * code printed beside it. Pure text: one meaning has one form, and whatever is written otherwise is
 * refused.
 *
 * Record: one line of JSON, an object of strings, these members in this order, no spaces, escapes
 * only \" \\ and \u00xx. What does not apply is ""; left out is the last alone, where it is empty.
 *
 * Statement: {"signed":RECORD,"public":KEY,"signature":SIGNATURE} and a line end, where the
 * signature (base/key.h) is over the bytes of RECORD for a purpose. Lists of states use it too.
 *
 * Code: LT1 and base 32 (RFC 4648, no padding) of Ed25519 over the rest, 16 bytes of the SHA-256 of
 * the record, and the essentials as lines of UTF-8: kind and number, park, grade, standard, year,
 * day of issue, last day of validity. Upper-case letters and digits survive every scanner.
 */
#ifndef LINGTAN_CORE_CERTIFICATE_H
#define LINGTAN_CORE_CERTIFICATE_H

#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "lingtan/base/key.h"
#include "lingtan/base/sha256.h"

enum certificate_field {
	CERT_FORMAT, /* "lingtan certificate 1" */
	CERT_KIND,   /* certificate, specimen or draft */
	CERT_BECAUSE_ZH, /* why it is no certificate; "" for one that is */
	CERT_BECAUSE_EN,
	CERT_SERIES,
	CERT_NUMBER,
	CERT_BODY_ZH,
	CERT_BODY_EN,
	CERT_SIGNER,
	CERT_PARK,
	CERT_ADMINISTRATION,
	CERT_CREDIT_CODE,
	CERT_ADDRESS,
	CERT_BOUNDARY,
	CERT_AREA_KM2,
	CERT_STANDARD, /* id of the ruleset */
	CERT_CODE,     /* of the standard, as it is cited */
	CERT_STANDARD_ZH,
	CERT_STANDARD_EN,
	CERT_EDITION,
	CERT_STAGE_ZH,
	CERT_STAGE_EN,
	CERT_TYPE_ZH,
	CERT_TYPE_EN,
	CERT_YEAR,
	CERT_ZERO_FROM, /* period in which zero carbon was reached; "" = it was not, or is not asked */
	CERT_ZERO_TO,
	CERT_GRADE,
	CERT_GRADE_ZH,
	CERT_GRADE_EN,
	CERT_TOTAL_ZH, /* what the figure that leads is called */
	CERT_TOTAL_EN,
	CERT_TOTAL,
	CERT_EMISSION,
	CERT_ABSORPTION,
	CERT_OFFSET,
	CERT_NET,
	CERT_UNIT,
	CERT_RECOGNISED, /* year of recognition */
	CERT_ISSUED,
	CERT_VALID_UNTIL,
	CERT_SURVEILLANCE, /* first day by which it is due */
	CERT_PROJECT,
	CERT_ASSESSMENT,
	CERT_RUNG,
	CERT_HEAD,
	CERT_STATE_HASH,
	CERT_RULESET_DIGEST,
	CERT_PROFILE_DIGEST,
	CERT_PROFILE_RESPONSIBLE,
	CERT_FONTS,
	CERT_LIBRARIES,
	CERT_PROGRAM,
	CERT_TITLE, /* that the project gives it, in place of the template's: only where it does */
	N_CERT_FIELDS
};

extern const char *const certificate_field_names[N_CERT_FIELDS];

#define CERTIFICATE_FORMAT "lingtan certificate 1"
#define CERTIFICATE_PURPOSE "lingtan certificate 1"
#define CODE_PURPOSE "lingtan code 1"
#define CERTIFICATE_MAX ((size_t)64 << 10) /* bytes of a record */
#define CODE_MAX 700                       /* characters of a code, with NUL */

struct certificate {
	const char *at[N_CERT_FIELDS]; /* UTF-8 without NUL; NULL counts as "" */
};

/* The canonical text, owned by the arena. Errors: LT_EDATA (too long), LT_ESPACE. */
enum lt_status certificate_encode(const struct certificate *certificate, struct lt_arena *arena,
				  const char **text, size_t *len, struct lt_err *err);

/* Errors: LT_EFILE (not canonical, or of another format), LT_ESPACE. */
enum lt_status certificate_decode(const char *text, size_t len, struct lt_arena *arena,
				  struct certificate *out, struct lt_err *err);

/* ---- statements ---- */

struct statement {
	const char *body; /* borrowed from the text */
	size_t len;
	char public[LT_PUBLIC_HEX];       /* "" = nobody signed it */
	char signature[LT_SIGNATURE_HEX]; /* "" likewise */
};

/* body signed for a purpose; key NULL: unsigned, with empty texts. Owned by the arena; NULL when
 * memory runs out. */
const char *statement_make(const struct lt_key *key, const char *purpose, const char *body,
			   size_t len, struct lt_arena *arena, size_t *out_len);

/* The parts of a statement; false where it is none. Says nothing of the signature. */
bool statement_read(const char *text, size_t len, struct statement *out);

/* Whether its signature is over its body, for this purpose. */
bool statement_holds(const struct statement *statement, const char *purpose);

/* ---- the code ---- */

/* What a code says. */
struct code {
	char kind[16];
	const char *number, *park, *grade, *standard, *year, *issued, *valid_until;
	char record[33]; /* the first half of the record's SHA-256 */
	const unsigned char *signature; /* LT_SIGNATURE_BYTES */
	const unsigned char *message;   /* what it is over */
	size_t message_len;
};

/* The code of a record with its canonical text; needs a key. False when memory runs out. */
bool code_make(const struct lt_key *key, const struct certificate *certificate, const char *text,
	       size_t len, struct lt_arena *arena, char out[CODE_MAX]);

/* False where the text is no code. Texts are owned by the arena. */
bool code_read(const char *text, size_t len, struct lt_arena *arena, struct code *out);
bool code_holds(const struct code *code, const char *public);

#endif
