#include "lingtan/core/title.h"

#include <limits.h>
#include <stdio.h>
#include <stdint.h>
#include <string.h>
#include "lingtan/base/text.h"

/* The next character that counts, as all that differ from it only in width or case are written; 0 at
 * the end. */
static uint32_t next_plain(const char **text)
{
	while (**text) {
		uint32_t code;
		const size_t n = lt_text_decode(*text, strlen(*text), &code);
		if (!n)
			return 0;
		*text += n;
		code = lt_text_twin(code);
		if (code != ' ')
			return code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code;
	}
	return 0;
}

static bool is_same(const char *a, const char *b)
{
	uint32_t first;
	do {
		first = next_plain(&a);
		if (first != next_plain(&b))
			return false;
	} while (first);
	return true;
}

static bool is_called(const char *typed, const char *id, const char *title)
{
	const size_t len = strlen(id);
	return title && title[0] &&
	       (is_same(typed, title) ||
		(strncmp(typed, id, len) == 0 && typed[len] && is_same(typed + len, title)));
}

void titled_offer(struct titled *titled, const char *id, const struct label *title)
{
	if (!is_called(titled->typed, id, title->zh) && !is_called(titled->typed, id, title->en))
		return;
	for (unsigned i = 0; i < titled->n && i < TITLED_NAMED; i++)
		if (strcmp(titled->ids[i], id) == 0)
			return;
	if (titled->n < TITLED_NAMED)
		titled->ids[titled->n] = id;
	titled->n++;
}

enum lt_status titled_take(const struct titled *titled, const char **id, struct lt_err *err)
{
	char names[200] = "";
	size_t used = 0;
	if (titled->n == 1)
		*id = titled->ids[0];
	if (titled->n < 2)
		return LT_OK;
	for (unsigned i = 0; i < titled->n && i < TITLED_NAMED; i++) {
		const int len = snprintf(names + used, sizeof(names) - used, "%s%.40s",
					 i ? ", " : "", titled->ids[i]);
		used += len > 0 ? (size_t)len : 0;
	}
	return lt_err_set(err, LT_EDATA, "“%.*s”不止一个：%s%s；请写其中一个的标识",
			  "there is more than one '%.*s': %s%s; write the id of one",
			  LT_CUT(titled->typed, 120), names, titled->n > TITLED_NAMED ? ", …" : "");
}

/* ---- what was nearly typed ---- */

enum { NEAR_CHARACTERS = 64 };

/* Its characters as they are compared; more than there is room for count as one too many. */
static unsigned plain_characters(const char *text, uint32_t out[NEAR_CHARACTERS])
{
	unsigned n = 0;
	uint32_t code;
	while ((code = next_plain(&text)) != 0 && n < NEAR_CHARACTERS)
		out[n++] = code;
	return n + (code != 0);
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* How many characters are wrong, missing, too many or the wrong way round. */
static unsigned count_typos(const uint32_t *a, unsigned n_a, const uint32_t *b, unsigned n_b)
{
	uint8_t typos[NEAR_CHARACTERS + 1][NEAR_CHARACTERS + 1];
	for (unsigned i = 0; i <= n_a; i++)
		for (unsigned j = 0; j <= n_b; j++) {
			if (!i || !j) {
				typos[i][j] = (uint8_t)(i + j);
				continue;
			}
			unsigned n = typos[i - 1][j - 1] + (a[i - 1] != b[j - 1] ? 1u : 0u);
			n = least(n, least(typos[i - 1][j], typos[i][j - 1]) + 1u);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				n = least(n, typos[i - 2][j - 2] + 1u);
			typos[i][j] = (uint8_t)n;
		}
	return typos[n_a][n_b];
}

/* UINT_MAX where more than a third would be wrong: then something else was meant. */
static unsigned typos_in(const char *typed, const char *name)
{
	uint32_t a[NEAR_CHARACTERS], b[NEAR_CHARACTERS];
	const unsigned n_a = plain_characters(typed, a), n_b = plain_characters(name, b);
	if (!n_a || !n_b || n_a > NEAR_CHARACTERS || n_b > NEAR_CHARACTERS)
		return UINT_MAX;
	const unsigned typos = count_typos(a, n_a, b, n_b);
	return typos * 3 > (n_a > n_b ? n_a : n_b) ? UINT_MAX : typos;
}

bool tell_one_more(char *told, size_t cap, unsigned n, const char *sign, const char *id)
{
	const size_t used = n ? strlen(told) : 0;
	if (n > MOST_TOLD)
		return false;
	const int len = snprintf(told + used, cap - used, "%s%s%s", n ? ", " : "",
				 n < MOST_TOLD ? sign : "", n < MOST_TOLD ? id : "…");
	if (len > 0 && (size_t)len < cap - used)
		return true;
	told[used] = '\0';
	return false;
}

void nearly_offer(struct nearly *nearly, const char *sign, const char *id,
		  const struct label *title)
{
	char signed_id[160];
	snprintf(signed_id, sizeof(signed_id), "%s%s", sign, id);
	const char *const names[] = { signed_id, title->zh, title->en };
	unsigned typos = UINT_MAX;
	for (unsigned i = 0; i < 3; i++)
		typos = least(typos, names[i] ? typos_in(nearly->typed, names[i]) : UINT_MAX);
	if (typos == UINT_MAX || (nearly->n && typos > nearly->typos))
		return;
	if (typos < nearly->typos)
		nearly->n = 0;
	nearly->typos = typos;
	if (tell_one_more(nearly->told, sizeof(nearly->told), nearly->n, sign, id))
		nearly->n++;
}

const char *term_named(const struct term *terms, unsigned n, const char *typed)
{
	struct titled titled = { .typed = typed };
	struct lt_err ignored = LT_ERR_INIT;
	if (!typed || term_find(terms, n, typed))
		return typed;
	for (unsigned i = 0; i < n; i++)
		titled_offer(&titled, terms[i].id, &terms[i].title);
	titled_take(&titled, &typed, &ignored);
	return typed;
}
