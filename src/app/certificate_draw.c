/* A certificate as a file: its page composed, drawn by the second program, signed. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "lingtan/app/certificate.h"
#include "lingtan/base/digits.h"
#include "lingtan/base/file.h"
#include "lingtan/base/json_read.h"
#include "render.h"

#define MOST_DRAWN ((size_t)128 << 20)
#define MOST_PICTURE ((size_t)2 << 20)
#define PLACES_SHOWN 2
#define LEAST_TITLE 12 /* bytes: four Han */
#define MOST_TITLE 36

struct composing {
	struct certificate *certificate;
	const struct drawing *drawing;
	struct lt_arena *arena;
	struct drawn *out;
	struct lt_json json; /* the page */
	bool is_first;
	struct lt_err *err;
};

/* Several that are drawn together. */
struct composing_all {
	struct composing *at;
	unsigned n;
	struct lt_json answer; /* codes and statements */
	struct lt_err *err;
};

enum lt_status certificate_format(const char *path, const char **format, struct lt_err *err)
{
	static const char *const formats[] = { "pdf", "svg", "png", "json" };
	const char *dot = strrchr(path, '.');
	for (size_t i = 0; dot && i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(dot + 1, formats[i]) == 0) {
			*format = formats[i];
			return LT_OK;
		}
	return lt_err_set(err, LT_EUSAGE, "%s：文件名以 .pdf、.svg、.png 或 .json 结尾",
			  "%s: the name ends with .pdf, .svg, .png or .json", path);
}

/* ---- words with places ---- */

static const char *one(const struct composing *at, enum certificate_field field)
{
	return at->certificate->at[field] ? at->certificate->at[field] : "";
}

/* Of a pair zh, en. */
static const char *pair(const struct composing *at, enum certificate_field zh)
{
	return one(at, at->drawing->lang == LT_ZH ? zh : zh + 1);
}

static const char *of_label(const struct composing *at, const struct label *label)
{
	return label_in(at->drawing->lang, label);
}

static const char *label_of_template(const struct composing *at, const char *id)
{
	return of_label(at, certificate_template_label(at->drawing->template, id));
}

/* What {name} stands for; NULL = nothing known. */
static const char *place_value(const struct composing *at, const char *name, size_t len)
{
	const struct {
		const char *name, *value;
	} places[] = { { "park", one(at, CERT_PARK) },
		       { "grade", pair(at, CERT_GRADE_ZH) },
		       { "standard", one(at, CERT_CODE) },
		       { "standard_title", pair(at, CERT_STANDARD_ZH) },
		       { "edition", one(at, CERT_EDITION) },
		       { "year", one(at, CERT_YEAR) },
		       { "stage", pair(at, CERT_STAGE_ZH) },
		       { "type", pair(at, CERT_TYPE_ZH) },
		       { "from", one(at, CERT_ZERO_FROM) },
		       { "to", one(at, CERT_ZERO_TO) },
		       { "body", pair(at, CERT_BODY_ZH) },
		       { "series", one(at, CERT_SERIES) },
		       { "number", one(at, CERT_NUMBER) },
		       { "issued", one(at, CERT_ISSUED) } };
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strlen(places[i].name) == len && strncmp(places[i].name, name, len) == 0)
			return places[i].value;
	return NULL;
}

static const char *fill_in(const struct composing *at, const char *pattern)
{
	const char *text = "";
	while (*pattern && text) {
		const size_t plain = strcspn(pattern, "{");
		const char *end = strchr(pattern + plain, '}');
		text = lt_arena_printf(at->arena, "%s%.*s", text, (int)plain, pattern);
		pattern += plain;
		if (!*pattern || !end)
			break;
		const char *value = place_value(at, pattern + 1, (size_t)(end - pattern) - 1);
		if (text && value)
			text = lt_arena_printf(at->arena, "%s%s", text, value);
		pattern = end + 1;
	}
	return text;
}

/* 11,937.00: rounded last, for people. */
static const char *amount(const struct composing *at, enum certificate_field field)
{
	struct lt_decimal value;
	char plain[LT_DECIMAL_TEXT], out[2 * LT_DECIMAL_TEXT];
	const char *text = one(at, field);
	if (!text[0] || lt_decimal_parse(text, strlen(text), &value) != LT_DECIMAL_OK)
		return "-";
	lt_decimal_format_places(value, PLACES_SHOWN, plain);
	return lt_arena_strndup(at->arena, out, lt_digits_group(plain, out));
}

/* ---- rows ---- */

/* NULL where memory ran out, also before. */
static const char *join(const struct composing *at, const char *a, const char *between,
			const char *b)
{
	if (!a || !b)
		return NULL;
	return lt_arena_printf(at->arena, "%s%s%s", a, a[0] && b[0] ? between : "", b);
}

static const char *row_boundary(const struct composing *at)
{
	const bool zh = at->drawing->lang == LT_ZH;
	const char *text = join(at, one(at, CERT_ADDRESS), zh ? "；" : "; ", one(at, CERT_BOUNDARY));
	const char *area = one(at, CERT_AREA_KM2);
	if (!text || !area[0])
		return text;
	return join(at, text, zh ? "；" : "; ",
		    lt_arena_printf(at->arena, zh ? "面积 %s km²" : "area %s km²", area));
}

static const char *row_balance(const struct composing *at)
{
	const bool zh = at->drawing->lang == LT_ZH;
	if (!one(at, CERT_NET)[0])
		return "";
	return lt_arena_printf(at->arena,
			       /* no unit alone on a line */
			       zh ? "排放\u00a0%s  吸收\u00a0%s  抵消\u00a0%s  净\u00a0%s\u00a0%s"
				  : "emission\u00a0%s  absorption\u00a0%s  offset\u00a0%s  net\u00a0%s\u00a0%s",
			       amount(at, CERT_EMISSION), amount(at, CERT_ABSORPTION),
			       amount(at, CERT_OFFSET), amount(at, CERT_NET), one(at, CERT_UNIT));
}

static const char *row_criteria(const struct composing *at)
{
	const bool zh = at->drawing->lang == LT_ZH;
	const char *title = pair(at, CERT_STANDARD_ZH);
	return lt_arena_printf(at->arena, zh ? "%s《%s》" : "%s, %s", one(at, CERT_CODE), title);
}

static const char *row_figures(const struct composing *at)
{
	if (!one(at, CERT_TOTAL)[0])
		return "";
	return join(at, pair(at, CERT_TOTAL_ZH), "  ", amount(at, CERT_TOTAL));
}

static const char *row_zero_period(const struct composing *at)
{
	const char *between = at->drawing->lang == LT_ZH ? " 至 " : " to ";
	return join(at, one(at, CERT_ZERO_FROM), between, one(at, CERT_ZERO_TO));
}

/* Rulesets call some fields otherwise. */
static const struct {
	const char *id, *also;
} other_names[] = { { "park", "park_name" },
		    { "class", "conclusion" },
		    { "balance", "figures" } };

static bool ruleset_asks(const struct composing *at, const char *id)
{
	const struct words *fields = at->drawing->fields;
	for (unsigned i = 0; i < fields->n; i++) {
		if (strcmp(fields->at[i], id) == 0)
			return true;
		for (size_t o = 0; o < sizeof(other_names) / sizeof(other_names[0]); o++)
			if (strcmp(other_names[o].id, id) == 0 &&
			    strcmp(other_names[o].also, fields->at[i]) == 0)
				return true;
	}
	return false;
}

/* NULL where memory runs out or there is no such row: told apart by the caller's *known. */
static const char *row_value(const struct composing *at, const char *id, bool *known)
{
	const bool zh = at->drawing->lang == LT_ZH;
	*known = true;
	if (strcmp(id, "park") == 0)
		return one(at, CERT_PARK);
	if (strcmp(id, "administration") == 0)
		return join(at, one(at, CERT_ADMINISTRATION), "  ", one(at, CERT_CREDIT_CODE));
	if (strcmp(id, "boundary") == 0)
		return row_boundary(at);
	if (strcmp(id, "class") == 0)
		return pair(at, CERT_GRADE_ZH);
	if (strcmp(id, "park_type") == 0)
		return pair(at, CERT_TYPE_ZH);
	if (strcmp(id, "criteria") == 0)
		return row_criteria(at);
	if (strcmp(id, "stage") == 0)
		return join(at, pair(at, CERT_STAGE_ZH), zh ? "，" : ", ",
			    lt_arena_printf(at->arena, zh ? "%s 年度" : "%s", one(at, CERT_YEAR)));
	if (strcmp(id, "figures") == 0)
		return row_figures(at);
	if (strcmp(id, "balance") == 0)
		return row_balance(at);
	if (strcmp(id, "zero_period") == 0)
		return row_zero_period(at);
	if (strcmp(id, "year_recognised") == 0)
		return one(at, CERT_RECOGNISED);
	if (strcmp(id, "surveillance") == 0)
		return one(at, CERT_SURVEILLANCE)[0]
			       ? join(at, zh ? "不迟于 " : "by ", "", one(at, CERT_SURVEILLANCE))
			       : "";
	*known = false;
	return NULL;
}

static void pair_of_row(struct composing *at, const char *label, const char *value)
{
	lt_json_open_object(&at->json, NULL);
	lt_json_string(&at->json, "label", label);
	lt_json_string(&at->json, "value", value);
	lt_json_close(&at->json);
}

static enum lt_status write_rows(struct composing *at)
{
	const struct certificate_template *template = at->drawing->template;
	lt_json_open_list(&at->json, "rows");
	for (unsigned i = 0; i < template->n_fields; i++) {
		const struct term *field = &template->fields[i];
		bool known;
		const char *value = row_value(at, field->id, &known);
		if (!known)
			return lt_err_set(at->err, LT_EDATA,
					  "证书模板写了字段 %s，没有这个字段可印；可用的见 templates/certificate.yaml",
					  "the template names field %s, which cannot be printed; templates/certificate.yaml lists those that can",
					  field->id);
		if (!value)
			return lt_err_memory(at->err);
		if (value[0] || ruleset_asks(at, field->id))
			pair_of_row(at, of_label(at, &field->title), value[0] ? value : "-");
	}
	lt_json_close(&at->json);
	return LT_OK;
}

/* ---- the page ---- */

/* A picture of the template's folder, as hexadecimal text. */
static enum lt_status write_picture(struct composing *at, const char *key, const char *name)
{
	const char *bytes;
	size_t len;
	if (!name[0] || !at->drawing->template_folder)
		return LT_OK;
	const char *path = name[0] == '/' ? name
					  : lt_arena_printf(at->arena, "%s/%s",
							    at->drawing->template_folder, name);
	if (!path)
		return lt_err_memory(at->err);
	enum lt_status status =
		lt_file_read(path, MOST_PICTURE, at->arena, &bytes, &len, at->err);
	char *hex = status ? NULL : lt_arena_alloc(at->arena, 2 * len + 1, 1);
	if (!status && !hex)
		return lt_err_memory(at->err);
	if (!status)
		lt_json_string(&at->json, key,
			       sodium_bin2hex(hex, 2 * len + 1, (const unsigned char *)bytes, len));
	return status;
}

static bool is_certificate(const struct composing *at)
{
	return strcmp(one(at, CERT_KIND), "certificate") == 0;
}

/* Neither a letter or stars alone, nor a sentence with what it leaves aside. */
static bool grade_makes_title(const struct composing *at)
{
	const char *grade = one(at, CERT_GRADE_ZH);
	const size_t len = strlen(grade);
	return len >= LEAST_TITLE && len <= MOST_TITLE && !strstr(grade, "（") && !strchr(grade, '(');
}

static void write_head(struct composing *at, const char *title)
{
	struct lt_json *json = &at->json;
	const bool zh = at->drawing->lang == LT_ZH;
	const struct certificate_template *template = at->drawing->template;
	struct drawing other = *at->drawing;
	struct composing english = *at;
	other.lang = LT_EN;
	english.drawing = &other;
	const bool has_grade = !one(at, CERT_TITLE)[0] && grade_makes_title(at);
	lt_json_string(json, "name", lt_arena_printf(at->arena, "%s %s", title, one(at, CERT_PARK)));
	lt_json_string(json, "title", title);
	lt_json_string(json, "subtitle",
		       zh && has_grade ? fill_in(&english, template->title.en) : "");
	lt_json_string(json, "number",
		       lt_arena_printf(at->arena, "%s  %s%s%s", label_of_template(at, "number"),
				       is_certificate(at) ? one(at, CERT_NUMBER)
				       : zh ? "不编号"
					    : "not numbered",
				       at->drawing->reprint ? "-R" : "",
				       at->drawing->reprint ? at->drawing->reprint : ""));
	lt_json_string(json, "statement", fill_in(at, of_label(at, &template->statement)));
	const char *grade = pair(at, CERT_GRADE_ZH);
	lt_json_string(json, "grade", grade[0] ? grade : zh ? "等级未定" : "grade not settled");
}

static void write_foot(struct composing *at)
{
	struct lt_json *json = &at->json;
	lt_json_open_list(json, "signs");
	pair_of_row(at, label_of_template(at, "signer"),
		    one(at, CERT_SIGNER)[0] ? one(at, CERT_SIGNER) : "-");
	pair_of_row(at, label_of_template(at, "issued"), one(at, CERT_ISSUED));
	if (one(at, CERT_VALID_UNTIL)[0])
		pair_of_row(at, label_of_template(at, "valid_until"), one(at, CERT_VALID_UNTIL));
	lt_json_close(json);
	lt_json_string(json, "seal_label", label_of_template(at, "seal"));
	lt_json_string(json, "code_label", label_of_template(at, "code"));
	lt_json_string(json, "no_code", at->drawing->lang == LT_ZH ? "未签名" : "not signed");
	lt_json_string(json, "check",
		       lt_arena_printf(at->arena, "%s\n%.32s · %.32s", label_of_template(at, "check"),
				       one(at, CERT_PROJECT), one(at, CERT_HEAD)));
	const bool is_test = is_certificate(at) && series_is_test(one(at, CERT_SERIES));
	lt_json_string(json, "mark",
		       is_test ? (at->drawing->lang == LT_ZH ? "测试" : "TEST")
		       : is_certificate(at)
			       ? ""
			       : label_of_template(at, strcmp(one(at, CERT_KIND), "draft") == 0
							       ? "draft"
							       : "specimen"));
	lt_json_string(json, "because", pair(at, CERT_BECAUSE_ZH));
}

static enum lt_status compose(struct composing *at, const char *title)
{
	const struct certificate_template *template = at->drawing->template;
	struct lt_json *json = &at->json;
	lt_json_open_object(json, NULL);
	lt_json_string(json, "format", at->drawing->format);
	lt_json_string(json, "language", at->drawing->lang == LT_ZH ? "zh-CN" : "en");
	lt_json_bool(json, "is_latin", at->drawing->lang != LT_ZH);
	lt_json_string(json, "font", template->font);
	lt_json_string(json, "ink", template->ink);
	lt_json_string(json, "accent", template->accent);
	lt_json_string(json, "gold", template->gold);
	lt_json_string(json, "subject", one(at, CERT_CODE));
	lt_json_string(json, "day", one(at, CERT_ISSUED));
	lt_json_string(json, "body", pair(at, CERT_BODY_ZH));
	write_head(at, title);
	enum lt_status status = write_rows(at);
	write_foot(at);
	if (!status && at->is_first)
		status = write_picture(at, "logo", template->logo);
	if (!status && is_certificate(at))
		status = write_picture(at, "seal", template->seal);
	if (status)
		return status;
	lt_json_close(json);
	return lt_json_finish(json) ? LT_OK : lt_err_memory(at->err);
}

/* ---- with the second program ---- */

/* Record, statement and code, once fonts and libraries are known. */
static enum lt_status seal(struct composing *at)
{
	struct drawn *out = at->out;
	struct statement issued;
	enum lt_status status = LT_OK;
	if (at->drawing->statement) {
		if (!statement_read(at->drawing->statement, at->drawing->statement_len, &issued))
			return lt_err_set(at->err, LT_EFILE, "签名记录读不懂；登记文件已损坏或被改动，见 lingtan verify",
					  "the signed record is not understood; the register is damaged or was altered, see lingtan verify");
		out->record = issued.body;
		out->record_len = issued.len;
		out->statement = at->drawing->statement;
		out->statement_len = at->drawing->statement_len;
	} else {
		status = certificate_encode(at->certificate, at->arena, &out->record,
					    &out->record_len, at->err);
		if (status)
			return status;
		out->statement = statement_make(at->drawing->key, CERTIFICATE_PURPOSE, out->record,
						out->record_len, at->arena, &out->statement_len);
	}
	if (!out->statement ||
	    (at->drawing->key && !code_make(at->drawing->key, at->certificate, out->record,
					    out->record_len, at->arena, out->code)))
		return lt_err_memory(at->err);
	return LT_OK;
}

/* The record names what it is drawn with, but for one that was issued before. */
static enum lt_status answer_one(struct composing *at, const char *fonts, const char *libraries,
				 struct lt_json *to)
{
	if (!at->drawing->statement) {
		at->certificate->at[CERT_FONTS] = fonts;
		at->certificate->at[CERT_LIBRARIES] = libraries;
	}
	const enum lt_status status = seal(at);
	if (status)
		return status;
	lt_json_open_object(to, NULL);
	lt_json_string(to, "code", at->out->code);
	lt_json_string(to, "record", at->out->statement);
	lt_json_close(to);
	return LT_OK;
}

static enum lt_status answer(void *context, const char *line, size_t len, const char **bytes,
			     size_t *n, struct lt_err *err)
{
	struct composing_all *all = context;
	const struct lt_json_node *means;
	enum lt_status status = lt_json_read(line, len, all->at[0].arena, &means, err);
	if (status)
		return status;
	lt_json_open_object(&all->answer, NULL);
	lt_json_open_list(&all->answer, "answers");
	for (unsigned i = 0; i < all->n && !status; i++)
		status = answer_one(&all->at[i], lt_json_get_text(means, "fonts"),
				    lt_json_get_text(means, "libraries"), &all->answer);
	if (status)
		return status;
	lt_json_close(&all->answer);
	lt_json_close(&all->answer);
	*bytes = lt_json_finish(&all->answer);
	*n = all->answer.len;
	return *bytes ? LT_OK : lt_err_memory(err);
}

static enum lt_status misunderstood(struct lt_err *err)
{
	return lt_err_set(err, LT_EBUG, "辅助程序的回答无法理解；请重新安装同一版本",
			  "what the helper program answers is not understood; install both programs of one version");
}

/* The line behind a PDF: where its record stands, and a signature over all that comes before it. */
static enum lt_status sign_file(struct composing *at)
{
	struct drawn *out = at->out;
	char line[400], signature[LT_SIGNATURE_HEX];
	const char *record = NULL;
	for (size_t i = 0; i + out->statement_len <= out->len && !record; i++)
		if (memcmp(out->bytes + i, out->statement, out->statement_len) == 0)
			record = out->bytes + i;
	if (!record)
		return misunderstood(at->err);
	const int n = snprintf(line, sizeof(line), "%s%zu %zu %s ", CERTIFICATE_FILE_MARK,
			       (size_t)(record - out->bytes), out->statement_len,
			       lt_key_public(at->drawing->key));
	char *grown = realloc(out->bytes, out->len + (size_t)n + LT_SIGNATURE_HEX + 1);
	if (!grown)
		return lt_err_memory(at->err);
	out->bytes = grown;
	memcpy(out->bytes + out->len, line, (size_t)n);
	out->len += (size_t)n;
	lt_key_sign(at->drawing->key, FILE_PURPOSE, out->bytes, out->len, signature);
	memcpy(out->bytes + out->len, signature, LT_SIGNATURE_HEX - 1);
	out->len += LT_SIGNATURE_HEX - 1;
	out->bytes[out->len++] = '\n';
	return LT_OK;
}

/* A length and that many bytes, from *from on. */
static enum lt_status take_one(struct composing *at, const char **from, const char *end)
{
	struct drawn *out = at->out;
	char *behind;
	const char *line = memchr(*from, '\n', (size_t)(end - *from));
	const unsigned long len = line ? strtoul(*from, &behind, 10) : 0;
	if (!line || behind != line || len > (size_t)(end - line - 1) || !out->statement)
		return misunderstood(at->err);
	out->bytes = malloc(len + 1);
	if (!out->bytes)
		return lt_err_memory(at->err);
	memcpy(out->bytes, line + 1, len);
	out->len = len;
	*from = line + 1 + len;
	const bool is_pdf = strcmp(at->drawing->format, "pdf") == 0;
	return is_pdf && at->drawing->key ? sign_file(at) : LT_OK;
}

/* What comes after the line of means are the files. */
static enum lt_status take_drawings(struct composing_all *all, const struct lt_child_result *result)
{
	const char *end = result->output + result->len;
	const char *at = memchr(result->output, '\n', result->len);
	enum lt_status status = at ? LT_OK : misunderstood(all->err);
	at = at ? at + 1 : NULL;
	for (unsigned i = 0; i < all->n && !status; i++)
		status = take_one(&all->at[i], &at, end);
	return status;
}

/* {"pages": [...]}, in memory without a name. */
static bool write_pages(const struct composing_all *all, int fd)
{
	static const char head[] = "{\"pages\": [", tail[] = "]}\n";
	bool good = lt_file_put(fd, head, sizeof(head) - 1);
	for (unsigned i = 0; i < all->n && good; i++)
		good = lt_file_put(fd, i ? "," : "", i != 0) &&
		       lt_file_put(fd, all->at[i].json.text, all->at[i].json.len);
	return good && lt_file_put(fd, tail, sizeof(tail) - 1) && lseek(fd, 0, SEEK_SET) == 0;
}

static enum lt_status draw(struct composing_all *all)
{
	static const struct label doing = { "画证书", "drawing" };
	struct lt_child_result result = { 0 };
	const int fd = memfd_create("certificate", MFD_CLOEXEC);
	struct session *watched = all->at[0].drawing->watched;
	enum lt_status status = fd >= 0 && write_pages(all, fd) ? LT_OK : lt_err_memory(all->err);
	if (watched)
		session_count(watched, &doing, 0, 0);
	if (!status)
		status = render_converse("certificate", fd, MOST_DRAWN, answer, all,
					 watched ? watched->project : NULL, &result, all->err);
	if (watched)
		session_count(watched, NULL, 0, 0);
	if (!status)
		status = take_drawings(all, &result);
	lt_child_release(&result);
	if (fd >= 0)
		close(fd);
	return status;
}

/* What the body calls it, else the template's words. */
static const char *compose_title(const struct composing *at)
{
	const bool zh = at->drawing->lang == LT_ZH;
	if (one(at, CERT_TITLE)[0])
		return one(at, CERT_TITLE);
	if (!grade_makes_title(at))
		return zh ? "评价证书" : "Certificate of Assessment";
	return fill_in(at, of_label(at, &at->drawing->template->title));
}

/* Of JSON the record alone is the file. */
static enum lt_status take_record(struct drawn *out, struct lt_err *err)
{
	free(out->bytes);
	out->bytes = malloc(out->statement_len + 1);
	if (!out->bytes)
		return lt_err_memory(err);
	memcpy(out->bytes, out->statement, out->statement_len + 1);
	out->len = out->statement_len;
	return LT_OK;
}

static enum lt_status draw_all(struct composing_all *all)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < all->n && !status; i++) {
		const char *title = compose_title(&all->at[i]);
		status = title ? compose(&all->at[i], title) : lt_err_memory(all->err);
	}
	if (!status)
		status = draw(all);
	for (unsigned i = 0; i < all->n && !status; i++)
		if (strcmp(all->at[i].drawing->format, "json") == 0)
			status = take_record(all->at[i].out, all->err);
	return status;
}

enum lt_status certificate_draw_all(struct certificate *const *certificates,
				    const struct drawing *drawings, unsigned n,
				    struct lt_arena *arena, struct drawn *outs, struct lt_err *err)
{
	struct composing_all all = { .n = n, .err = err };
	all.at = calloc(n, sizeof(*all.at));
	if (!all.at)
		return lt_err_memory(err);
	lt_json_init(&all.answer);
	for (unsigned i = 0; i < n; i++) {
		outs[i] = (struct drawn){ 0 };
		all.at[i] = (struct composing){ .certificate = certificates[i],
						.drawing = &drawings[i],
						.arena = arena,
						.out = &outs[i],
						.is_first = i == 0,
						.err = err };
		lt_json_init(&all.at[i].json);
	}
	const enum lt_status status = draw_all(&all);
	for (unsigned i = 0; i < n; i++) {
		lt_json_release(&all.at[i].json);
		if (status) {
			free(outs[i].bytes);
			outs[i].bytes = NULL;
		}
	}
	lt_json_release(&all.answer);
	free(all.at);
	return status;
}

enum lt_status certificate_draw(struct certificate *certificate, const struct drawing *drawing,
				struct lt_arena *arena, struct drawn *out, struct lt_err *err)
{
	return certificate_draw_all(&certificate, drawing, 1, arena, out, err);
}
