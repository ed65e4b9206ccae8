#include "pdf_attach.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool pdf_add(struct pdf_bytes *pdf, const void *bytes, size_t len)
{
	if (pdf->len + len + 1 > pdf->cap) {
		const size_t cap = (pdf->len + len) * 2 + 65536;
		char *grown = realloc(pdf->at, cap);
		if (!grown)
			return false;
		pdf->at = grown;
		pdf->cap = cap;
	}
	memcpy(pdf->at + pdf->len, bytes, len);
	pdf->len += len;
	pdf->at[pdf->len] = 0;
	return true;
}

__attribute__((format(printf, 2, 3))) static bool add(struct pdf_bytes *pdf, const char *format, ...)
{
	char text[1024];
	va_list args;
	va_start(args, format);
	const int len = vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return len >= 0 && (size_t)len < sizeof(text) && pdf_add(pdf, text, (size_t)len);
}

/* What the trailer of the PDF says. */
struct trailer {
	unsigned long size, root, info, xref;
};

/* The last occurrence before the end. */
static const char *find_last(const struct pdf_bytes *pdf, const char *token)
{
	const size_t len = strlen(token);
	for (size_t at = pdf->len; at-- > 0;)
		if (pdf->len - at >= len && memcmp(pdf->at + at, token, len) == 0)
			return pdf->at + at;
	return NULL;
}

static bool number_after(const char *from, const char *token, unsigned long *out)
{
	const char *at = from ? strstr(from, token) : NULL;
	char *end;
	if (!at)
		return false;
	*out = strtoul(at + strlen(token), &end, 10);
	return end != at + strlen(token);
}

static bool read_trailer(const struct pdf_bytes *pdf, struct trailer *out)
{
	const char *trailer = find_last(pdf, "trailer");
	return number_after(trailer, "/Size ", &out->size) &&
	       number_after(trailer, "/Root ", &out->root) &&
	       number_after(trailer, "/Info ", &out->info) &&
	       number_after(trailer, "startxref\n", &out->xref);
}

/* What stands between << and >> of the catalog. */
static bool read_catalog(const struct pdf_bytes *pdf, const struct trailer *trailer,
			const char **from, size_t *len)
{
	char head[40];
	const int n = snprintf(head, sizeof(head), "\n%lu 0 obj\n<<", trailer->root);
	for (size_t at = 0; at + (size_t)n < pdf->len; at++) {
		if (memcmp(pdf->at + at, head, (size_t)n) != 0)
			continue;
		*from = pdf->at + at + n;
		const char *end = strstr(*from, ">>\nendobj");
		*len = end ? (size_t)(end - *from) : 0;
		return end && *len < 512;
	}
	return false;
}

enum lt_status pdf_attach(struct pdf_bytes *pdf, const char *name, const char *text, size_t len,
			  const char *language, const char *day, struct lt_err *err)
{
	struct trailer trailer;
	const char *from;
	size_t catalog_len;
	char catalog[512];
	size_t at[3];
	if (!read_trailer(pdf, &trailer) || !read_catalog(pdf, &trailer, &from, &catalog_len))
		return lt_err_set(err, LT_EBUG, "画出的 PDF 结构不是预期的",
				  "the PDF that was drawn is not built as expected");
	memcpy(catalog, from, catalog_len);
	const unsigned long file = trailer.size, spec = trailer.size + 1;
	at[0] = pdf->len;
	bool good = add(pdf,
		       "%lu 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2Fjson /Length %zu\n"
		       "   /Params << /Size %zu /ModDate (D:%.4s%.2s%.2s000000Z) >> >>\nstream\n",
		       file, len, len, day, day + 5, day + 8) &&
		   pdf_add(pdf, text, len) && add(pdf, "\nendstream\nendobj\n");
	at[1] = pdf->len;
	good = good && add(pdf,
			   "%lu 0 obj\n<< /Type /Filespec /F (%s) /UF (%s) /AFRelationship /Data\n"
			   "   /EF << /F %lu 0 R /UF %lu 0 R >> >>\nendobj\n",
			   spec, name, name, file, file);
	at[2] = pdf->len;
	good = good && add(pdf, "%lu 0 obj\n<<", trailer.root) &&
	       pdf_add(pdf, catalog, catalog_len) &&
	       add(pdf,
		   "   /Names << /EmbeddedFiles << /Names [(%s) %lu 0 R] >> >> /AF [%lu 0 R]\n"
		   "   /Lang (%s) /ViewerPreferences << /DisplayDocTitle true >>\n>>\nendobj\n",
		   name, spec, spec, language);
	const size_t table = pdf->len;
	good = good && add(pdf, "xref\n%lu 1\n%010zu 00000 n \n%lu 2\n%010zu 00000 n \n%010zu 00000 n \n",
			   trailer.root, at[2], file, at[0], at[1]) &&
	       add(pdf, "trailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n   /Prev %lu\n>>\n",
		   trailer.size + 2, trailer.root, trailer.info, trailer.xref) &&
	       add(pdf, "startxref\n%zu\n%%%%EOF\n", table);
	return good ? LT_OK : lt_err_memory(err);
}
