#include "lingtan/core/title.h"

#include <stdio.h>
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
