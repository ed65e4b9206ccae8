/* The index of an evidence bundle: clause by clause what is there, then every file with its hash. */
#include <string.h>
#include "lingtan/export/box.h"
#include "lingtan/export/input.h"
#include "lingtan/export/page.h"
#include "page_style.h"
#include "text_out.h"

typedef const struct lt_json_node *node;

struct index {
	struct text_out *out;
	node report;
	enum lt_lang lang;
};

static const char *say(const struct index *index, const char *zh, const char *en)
{
	return index->lang == LT_ZH ? zh : en;
}

static const char *label(const struct index *index, node of, const char *key)
{
	return lt_json_get_text(lt_json_get(of, key), index->lang == LT_ZH ? "zh" : "en");
}

static void cell(const struct index *index, const char *title, const char *text)
{
	text_put(index->out, "<td data-l=\"");
	text_put_escaped(index->out, title);
	text_put(index->out, "\">");
	text_put_escaped(index->out, text);
	text_put(index->out, "</td>");
}

/* A path of the bundle as a reference: every byte that means something there is written out. */
static void put_link(const struct index *index, const char *path, const char *text)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/";
	text_put(index->out, "<a href=\"./");
	for (const char *at = path; *at; at++)
		if (strchr(plain, *at))
			text_put_bytes(index->out, at, 1);
		else
			text_printf(index->out, "%%%02X", (unsigned)(unsigned char)*at);
	text_put(index->out, "\">");
	text_put_escaped(index->out, text);
	text_put(index->out, "</a>");
}

static node find_file(const struct index *index, const char *sha256)
{
	node files = lt_json_get(index->report, "evidence");
	for (node at = files->first; at; at = at->next)
		if (strcmp(lt_json_get_text(at, "sha256"), sha256) == 0)
			return at;
	return lt_json_get(index->report, "nothing");
}

static void header(const struct index *index, const char *const (*titles)[2], unsigned n)
{
	text_put(index->out, "<div class=\"wrap\"><table class=\"c\"><thead><tr>");
	for (unsigned i = 0; i < n; i++) {
		text_put(index->out, "<th scope=\"col\">");
		text_put(index->out, say(index, titles[i][0], titles[i][1]));
		text_put(index->out, "</th>");
	}
	text_put(index->out, "</tr></thead><tbody>\n");
}

static void heading(const struct index *index, const char *zh, const char *en)
{
	text_printf(index->out, "<h2>%s</h2>\n", say(index, zh, en));
}

/* ---- clause by clause ---- */

static const char *const by_item[][2] = {
	{ "条款", "Clause" }, { "内容", "What is asked" }, { "文件", "File" }, { "定位", "Place" }
};

static void put_tie(const struct index *index, node item, node tie)
{
	node file = find_file(index, lt_json_get_text(tie, "sha256"));
	const char *path = lt_json_get_text(file, "path");
	const char *name = lt_json_get_bool(index->report, "without_names")
				   ? path
				   : lt_json_get_text(tie, "name");
	text_put(index->out, "<tr>");
	cell(index, say(index, by_item[0][0], by_item[0][1]), lt_json_get_text(item, "id"));
	cell(index, say(index, by_item[1][0], by_item[1][1]), label(index, item, "title"));
	text_printf(index->out, "<td data-l=\"%s\">", say(index, by_item[2][0], by_item[2][1]));
	if (path[0]) {
		put_link(index, path, name);
	} else {
		text_put_escaped(index->out, name);
		text_put(index->out, " <span class=\"warn\">");
		text_put_escaped(index->out, label(index, file, "note"));
		text_put(index->out, "</span>");
	}
	text_put(index->out, "</td>");
	cell(index, say(index, by_item[3][0], by_item[3][1]), lt_json_get_text(tie, "locator"));
	text_put(index->out, "</tr>\n");
}

static void put_items(const struct index *index)
{
	heading(index, "按条款", "By clause");
	header(index, by_item, 4);
	for (node section = lt_json_get(index->report, "sections")->first; section;
	     section = section->next)
		for (node item = lt_json_get(section, "items")->first; item; item = item->next)
			for (node tie = lt_json_get(item, "evidence")->first; tie; tie = tie->next)
				put_tie(index, item, tie);
	text_put(index->out, "</tbody></table></div>\n");
}

/* ---- every file ---- */

static void put_files(const struct index *index)
{
	static const char *const titles[][2] = {
		{ "文件", "File" }, { "字节", "Bytes" }, { "SHA-256", "SHA-256" }, { "说明", "Note" }
	};
	heading(index, "全部文件", "All files");
	header(index, titles, 4);
	for (node file = lt_json_get(index->report, "evidence")->first; file; file = file->next) {
		const char *path = lt_json_get_text(file, "path");
		const char *own = lt_json_get_text(file, "file_sha256");
		text_put(index->out, "<tr>");
		cell(index, say(index, titles[0][0], titles[0][1]), path[0] ? path : "—");
		cell(index, say(index, titles[1][0], titles[1][1]), lt_json_get_text(file, "size"));
		cell(index, titles[2][0], own[0] ? own : lt_json_get_text(file, "sha256"));
		cell(index, say(index, titles[3][0], titles[3][1]), label(index, file, "note"));
		text_put(index->out, "</tr>\n");
	}
	text_put(index->out, "</tbody></table></div>\n<p class=\"note\">");
	text_put(index->out,
		 say(index,
		     "文件内容与收到时一致；核对：sha256sum -c SHA256SUMS。report.json 是同一评价的全部数据。",
		     "Files are as they were received; check them with sha256sum -c SHA256SUMS. report.json "
		     "holds all data of the same assessment."));
	if (lt_json_get_bool(index->report, "without_names"))
		text_put(index->out,
			 say(index, "人名和照片位置已略去；文件正文里的姓名仍在文件里。",
			     " Names of people and places of photos are left out; names inside the "
			     "documents are still in them."));
	text_put(index->out, "</p>\n");
}

static void put_page(const struct index *index)
{
	struct text_out *out = index->out;
	node ruleset = lt_json_get(index->report, "ruleset");
	const char *park = lt_json_get_text(lt_json_get(index->report, "park"), "name");
	text_printf(out,
		    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		    "style-src 'unsafe-inline'\">\n<meta name=\"viewport\" "
		    "content=\"width=device-width,initial-scale=1\">\n<title>",
		    say(index, "zh-CN", "en"));
	text_put_escaped(out, park);
	text_put(out, "</title>\n<style>\n");
	for (size_t i = 0; i < sizeof(page_style) / sizeof(page_style[0]); i++)
		text_put(out, page_style[i]);
	text_put(out, "a{color:var(--brand)}</style>\n</head>\n<body>\n<header class=\"cover\"><div>"
		      "<div class=\"code\">");
	text_put_escaped(out, lt_json_get_text(ruleset, "code"));
	text_printf(out, "</div><h1>%s</h1><p class=\"sub\">", say(index, "佐证材料目录", "Index of evidence"));
	text_put_escaped(out, park);
	text_put(out, " · ");
	text_put_escaped(out, lt_json_get_text(index->report, "date"));
	text_put(out, "</p></div></header>\n<div class=\"frame\" style=\"display:block\"><main>\n");
	put_items(index);
	put_files(index);
	text_put(out, "</main></div>\n</body>\n</html>\n");
}

enum lt_status index_print(int fd, FILE *file, struct lt_err *err)
{
	struct render_input input;
	struct text_out out = { 0 };
	box_close();
	enum lt_status status = render_input_read(fd, &input, err);
	if (!status) {
		const struct index index = { &out, input.report, input.lang };
		put_page(&index);
		if (out.failed)
			status = lt_err_memory(err);
		else
			fwrite(out.text, 1, out.len, file);
	}
	text_release(&out);
	render_input_release(&input);
	return status;
}
