/* lingtan key: keys of this machine, and what a project knows of them. */
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "lingtan/app/key.h"
#include "lingtan/base/file.h"
#include "lingtan/base/minisign.h"
#include "lingtan/base/text.h"
#include "passphrase.h"

#define DIGITS_SHOWN 16

static enum lt_status need_folder(struct invocation *in, const char **folder)
{
	*folder = keys_folder(in);
	return *folder ? LT_OK
		       : lt_err_set(&in->err, LT_EFILE, "不知道密钥文件夹在哪里；请设 HOME",
				    "there is no place for keys; set HOME");
}

static void json_label(struct lt_json *json, const struct key_file *file)
{
	lt_json_string(json, "person", file->label.person);
	lt_json_string(json, "public", file->label.public);
	lt_json_string(json, "made", file->label.made);
	json_path(json, "file", file->path);
}

/* ---- make ---- */

static enum lt_status tell_made(struct invocation *in, const struct key_file *file)
{
	struct lt_json json;
	char person[400];
	if (in->json) {
		lt_json_init(&json);
		lt_json_open_object(&json, NULL);
		json_label(&json, file);
		lt_json_close(&json);
		return print_json(in, &json);
	}
	lt_text_visible(file->label.person, strlen(file->label.person), person, sizeof(person));
	printf(say(in, "已为 %s 新建密钥 %.16s\n", "a key of %s was made: %.16s\n"), person,
	       file->label.public);
	printf("%s\n", file->path);
	printf("%s\n", say(in,
			   "口令找不回来，请记牢；密钥文件另存一份到别处",
			   "the passphrase cannot be recovered; keep a copy of the file elsewhere"));
	return LT_OK;
}

static enum lt_status make(struct invocation *in)
{
	const struct who who = who_asks(in);
	const char *folder, *person = who_name(&who, &in->findings_arena);
	const struct key_file *file;
	char passphrase[LT_PASSPHRASE_MOST];
	enum lt_status status = need_folder(in, &folder);
	if (!status && !person)
		status = lt_err_memory(&in->err);
	if (!status)
		status = permit_writing(in, folder);
	if (!status)
		status = read_passphrase(in, person, true, passphrase);
	if (status)
		return status;
	status = key_file_make(folder, person, passphrase, &in->findings_arena, &file, &in->err);
	lt_forget(passphrase, sizeof(passphrase));
	return status ? status : tell_made(in, file);
}

/* ---- list ---- */

static void print_person(const char *person, int width)
{
	char shown[400];
	lt_text_visible(person, strlen(person), shown, sizeof(shown));
	print_padded(stdout, shown, width);
}

static enum lt_status list_files(struct invocation *in)
{
	struct lt_json json;
	const char *folder;
	const struct key_file *files;
	unsigned n;
	enum lt_status status = need_folder(in, &folder);
	if (!status)
		status = key_files(folder, &in->findings_arena, &files, &n, &in->err);
	if (status)
		return status;
	if (!in->json) {
		for (unsigned i = 0; i < n; i++) {
			printf("%.*s  %.10s  ", DIGITS_SHOWN, files[i].label.public,
			       files[i].label.made);
			print_person(files[i].label.person, 0);
			printf("\n");
		}
		if (!n)
			printf("%s\n", say(in, "本机没有密钥；新建：lingtan key make --as 姓名",
					   "this machine has no key; make one: lingtan key make --as NAME"));
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_open_list(&json, "keys");
	for (unsigned i = 0; i < n; i++) {
		lt_json_open_object(&json, NULL);
		json_label(&json, &files[i]);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

static void print_known(const struct invocation *in, const struct known_key *key)
{
	printf("%.*s  ", DIGITS_SHOWN, key->public);
	print_person(key->person, 16);
	if (key->revoked) {
		printf(say(in, "  %s 起停用：", "  revoked since %s: "), key->since);
		print_remark(key->revoked);
	}
	printf("\n");
}

static enum lt_status list_known(struct invocation *in)
{
	struct lt_json json;
	const struct known_key *keys;
	unsigned n;
	enum lt_status status = open_project(in, in->words[1], PROJECT_READ);
	if (!status)
		status = session_known_keys(&in->session, &keys, &n, &in->err);
	if (status)
		return status;
	for (unsigned i = 0; i < n && !in->json; i++)
		print_known(in, &keys[i]);
	if (!n && !in->json)
		printf("%s\n", say(in, "这个项目没有登记密钥，记录里的姓名都只是自称",
				   "the project knows no key; the names in its journal are claims"));
	if (!in->json)
		return LT_OK;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "project", project_id(in->session.project));
	lt_json_open_list(&json, "keys");
	for (unsigned i = 0; i < n; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "person", keys[i].person);
		lt_json_string(&json, "public", keys[i].public);
		lt_json_string(&json, "revoked", keys[i].revoked);
		lt_json_string(&json, "since", keys[i].since);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* ---- export ---- */

/* Text that stands in a page. */
static void put_escaped(FILE *to, const char *text)
{
	for (; *text; text++) {
		const char *mark = *text == '&' ? "&amp;" : *text == '<' ? "&lt;" : *text == '>' ? "&gt;"
				   : *text == '"' ? "&quot;" : NULL;
		if (mark)
			fputs(mark, to);
		else
			putc(*text, to);
	}
}

/* The page that checks a code without a network, with this key filled in. */
static enum lt_status export_page(struct invocation *in, const struct key_file *key)
{
	const struct embedded_file *page = library_embedded(&in->library, "templates/verify.html");
	char *text = NULL;
	size_t len = 0;
	FILE *to = page ? open_memstream(&text, &len) : NULL;
	if (!to)
		return lt_err_memory(&in->err);
	for (const char *at = page->text; *at;) {
		const bool is_key = strncmp(at, "@PUBLIC@", 8) == 0, is_body = strncmp(at, "@BODY@", 6) == 0;
		if (is_key || is_body)
			put_escaped(to, is_key ? key->label.public : key->label.person);
		else
			putc(*at, to);
		at += is_key ? 8 : is_body ? 6 : 1;
	}
	const bool written = !ferror(to);
	enum lt_status status = fclose(to) == 0 && written
					? lt_file_write_new(in->out, text, len, &in->err)
					: lt_err_memory(&in->err);
	free(text);
	return status;
}

static enum lt_status tell_exported(struct invocation *in, const struct key_file *file)
{
	struct lt_json json;
	if (!in->json) {
		printf("%s", say(in, "已写出 ", "written: "));
		print_path(in->out);
		printf("\n");
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "person", file->label.person);
	lt_json_string(&json, "public", file->label.public);
	json_path(&json, "path", in->out);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status export_key(struct invocation *in)
{
	struct lt_json json;
	const char *folder;
	const struct who who = who_asks(in);
	const char *which = in->n_words > 1 ? in->words[1] : who_name(&who, &in->findings_arena);
	const struct key_file *file;
	char text[LT_MINISIGN_PUBLIC], comment[300];
	enum lt_status status = need_folder(in, &folder);
	if (!status && !which)
		status = lt_err_memory(&in->err);
	if (!status)
		status = key_file_find(folder, which, &in->findings_arena, &file, &in->err);
	if (status)
		return status;
	snprintf(comment, sizeof(comment), "lingtan %s %s", file->label.person, file->label.public);
	lt_minisign_public(file->label.public, comment, text);
	const char *dot = in->out ? strrchr(in->out, '.') : NULL;
	if (in->out) {
		status = dot && strcmp(dot, ".html") == 0
				 ? export_page(in, file)
				 : lt_file_write_new(in->out, text, strlen(text), &in->err);
		return status ? status : tell_exported(in, file);
	}
	if (!in->json) {
		fputs(text, stdout);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "person", file->label.person);
	lt_json_string(&json, "public", file->label.public);
	lt_json_string(&json, "made", file->label.made);
	lt_json_string(&json, "minisign", text);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* ---- in a project ---- */

static enum lt_status record(struct invocation *in)
{
	const char *folder;
	const struct who who = who_asks(in);
	const char *which = in->n_words > 2 ? in->words[2] : who_name(&who, &in->findings_arena);
	const struct key_file *file;
	in->sign = true;
	enum lt_status status = need_folder(in, &folder);
	if (!status && !which)
		status = lt_err_memory(&in->err);
	if (!status)
		status = key_file_find(folder, which, &in->findings_arena, &file, &in->err);
	if (!status)
		status = open_project(in, in->words[1], PROJECT_WRITE);
	if (!status)
		status = session_record_key(&in->session, file->label.public, &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "密钥 %s 已登记", "the key %s is recorded", file->label.public);
}

static const char *today(struct invocation *in)
{
	struct tm local;
	char text[16];
	const time_t now = time(NULL);
	return localtime_r(&now, &local) && strftime(text, sizeof(text), "%Y-%m-%d", &local)
		       ? lt_arena_strndup(&in->findings_arena, text, sizeof(text))
		       : "";
}

static enum lt_status revoke(struct invocation *in)
{
	const char *since = in->since ? in->since : today(in);
	enum lt_status status = open_project(in, in->words[1], PROJECT_WRITE);
	if (!status && !since)
		status = lt_err_memory(&in->err);
	if (!status)
		status = session_revoke_key(&in->session, in->words[2], in->session.reason, since,
					    &in->err);
	if (status)
		return status;
	remember_project(in);
	return tell_change(in, true, "密钥 %s 已停用", "the key %s is revoked", in->words[2]);
}

enum lt_status command_key(struct invocation *in)
{
	static const struct {
		const char *word;
		int least, most;
		enum lt_status (*run)(struct invocation *in);
	} deeds[] = {
		{ "make", 1, 1, make },	    { "list", 1, 1, list_files }, { "list", 2, 2, list_known },
		{ "export", 1, 2, export_key }, { "record", 2, 3, record },	  { "revoke", 3, 3, revoke },
	};
	for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		if (strcmp(deeds[i].word, in->words[0]) == 0 && in->n_words >= deeds[i].least &&
		    in->n_words <= deeds[i].most)
			return deeds[i].run(in);
	return lt_err_set(
		&in->err, LT_EUSAGE,
		"用法：lingtan key make | list [FILE] | export [KEY] | record FILE [KEY] | revoke FILE KEY --reason TEXT",
		"usage: lingtan key make | list [FILE] | export [KEY] | record FILE [KEY] | revoke FILE KEY --reason TEXT");
}
