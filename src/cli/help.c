#include "help.h"

#include <string.h>
#include "lingtan/base/text.h"

#define USAGE_WIDTH 34

/* ---- which option goes with which command ---- */

/* "attach, line attach: page; stop sign: ..." */
struct signs {
	const char *comma, *colon, *stop;
};

static const struct signs signs_of[] = { [LT_ZH] = { "、", "：", "；" }, [LT_EN] = { ", ", ": ", "; " } };

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

static const struct command *command_named(const char *name, size_t len)
{
	for (unsigned i = 0; i < n_commands; i++)
		if (strlen(commands[i].name) == len && strncmp(commands[i].name, name, len) == 0)
			return &commands[i];
	return NULL;
}

/* How long the list of commands is that the text begins with, with the colon behind it; 0 = there is none. */
static size_t list_length(const struct signs *signs, const char *text, const struct command *wanted, bool *has_it)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	*has_it = false;
	for (const char *at = text;;) {
		const struct command *command = command_named(at, strspn(at, letters));
		if (!command)
			return 0;
		*has_it |= command == wanted;
		at += strspn(at, letters);
		/* a word of the command */
		if (*at == ' ')
			at += 1 + strspn(at + 1, letters);
		if (begins(at, signs->colon))
			return (size_t)(at - text) + strlen(signs->colon);
		if (!begins(at, signs->comma))
			return 0;
		at += strlen(signs->comma);
	}
}

/* The next part of a help text that begins with a list of commands; NULL = there is none. */
static const char *next_part(const struct signs *signs, const char *text)
{
	bool has_it;
	for (const char *at = strstr(text, signs->stop); at; at = strstr(at, signs->stop)) {
		at += strlen(signs->stop);
		if (list_length(signs, at, NULL, &has_it))
			return at;
	}
	return NULL;
}

/* What an option is to a command: the piece of its help that is about it, within the text; *len 0 = nothing. An option whose
 * help names no command goes with every one of them. */
static const char *option_help_for(const struct command *command, const struct option_row *option, enum lt_lang lang, size_t *len)
{
	const struct signs *signs = &signs_of[lang];
	const char *text = lang == LT_ZH ? option->help.zh : option->help.en;
	bool has_it;
	*len = text ? strlen(text) : 0;
	if (!text || !list_length(signs, text, command, &has_it))
		return text;
	for (const char *part = text; part; part = next_part(signs, part)) {
		const size_t named = list_length(signs, part, command, &has_it);
		const char *end = next_part(signs, part);
		if (!has_it)
			continue;
		*len = (end ? (size_t)(end - part) - strlen(signs->stop) : strlen(part)) - named;
		return part + named;
	}
	*len = 0;
	return text;
}

/* Whether the usage of a command writes the option out. */
static bool usage_has(const struct command *command, const struct option_row *option)
{
	const size_t len = strlen(option->name);
	for (const char *at = strstr(command->arguments, option->name); at; at = strstr(at + len, option->name))
		if (!at[len] || strchr(" ]|", at[len]))
			return true;
	return false;
}

bool is_option_of(const struct command *command, const struct option_row *option)
{
	bool has_it;
	if (strcmp(option->name, "--dry-run") == 0)
		return command->dry_run;
	if (!option->help.en)
		return false;
	if (!list_length(&signs_of[LT_EN], option->help.en, command, &has_it))
		return usage_has(command, option);
	size_t len;
	option_help_for(command, option, LT_EN, &len);
	return len > 0;
}

enum lt_status find_command(struct invocation *in, const char *name, const struct command **out)
{
	char shown[120];
	*out = command_named(name, strlen(name));
	if (*out)
		return LT_OK;
	lt_text_visible(name, strlen(name), shown, sizeof(shown));
	return lt_err_set(&in->err, LT_EUSAGE, "没有命令 %s；见 lingtan --help", "there is no command %s; see lingtan --help", shown);
}

/* ---- for people ---- */

static void print_option(const struct option_row *option, const char *help, size_t len)
{
	char usage[160];
	snprintf(usage, sizeof(usage), "  %s%s%s", option->name, option->argument ? " " : "", option->argument ? option->argument : "");
	print_padded(stdout, usage, USAGE_WIDTH);
	printf("%.*s\n", (int)len, help);
}

static void print_command(const struct invocation *in, const struct command *command)
{
	printf("%slingtan %s%s%s\n  %s\n", say(in, "用法：", "usage: "), command->name, command->arguments[0] ? " " : "", command->arguments,
	       label_text(in, &command->help));
	bool any = false;
	for (unsigned i = 0; i < n_option_rows; i++) {
		if (!is_option_of(command, &option_rows[i]))
			continue;
		size_t len;
		const char *help = option_help_for(command, &option_rows[i], in->lang, &len);
		printf(any ? "" : "\n");
		print_option(&option_rows[i], help, len);
		any = true;
	}
	printf("\n%s\n  %s\n\n%s\n", say(in, "例", "example"), command->example,
	       say(in, "各命令共用的选项见 lingtan --help：--as --role --assessment --rung --lang --json",
		   "options of every command, see lingtan --help: --as --role --assessment --rung --lang --json"));
}

const struct note_row exit_codes[] = {
	{ "0", { "完成", "done" } },
	{ "1", { "完成而答案为否", "done, and the answer is no" } },
	{ "2", { "用法有误", "wrong usage" } },
	{ "3", { "文件读不了或不是我们的", "a file could not be read or is not ours" } },
	{ "4", { "数据不接受", "the data refuses it" } },
	{ "5", { "没有空间、没有内存、只读，或另有程序在写", "no space or memory, read-only, or another writer" } },
	{ "70", { "程序缺陷", "a bug" } },
	{ NULL, { NULL, NULL } },
};

static void print_exit_codes(const struct invocation *in)
{
	printf("%s", say(in, "退出码：", "exit codes: "));
	for (const struct note_row *row = exit_codes; row->term; row++)
		printf("%s%s %s", row == exit_codes ? "" : say(in, "；", "; "), row->term, label_text(in, &row->text));
	printf("\n");
}

static void print_all(const struct invocation *in)
{
	printf("%s\n\n", say(in, "零碳 lingtan：零碳园区评价工作台", "lingtan: a workbench for assessing zero-carbon parks"));
	for (unsigned i = 0; i < n_commands; i++) {
		char usage[160];
		snprintf(usage, sizeof(usage), "  lingtan %s %s", commands[i].name, commands[i].arguments);
		print_padded(stdout, usage, USAGE_WIDTH);
		printf("%s\n", label_text(in, &commands[i].help));
	}
	printf("\n");
	for (unsigned i = 0; i < n_option_rows; i++) {
		const char *help = label_text(in, &option_rows[i].help);
		if (help[0])
			print_option(&option_rows[i], help, strlen(help));
	}
	printf("\n%s\n",
	       say(in, "一条命令的用法、选项和例子：lingtan 命令 --help", "usage, options and an example of one of them: lingtan COMMAND --help"));
	print_exit_codes(in);
}

/* ---- for programs ---- */

static void json_option(const struct invocation *in, struct lt_json *json, const struct option_row *option)
{
	lt_json_open_object(json, NULL);
	lt_json_string(json, "name", option->name);
	lt_json_string(json, "argument", option->argument);
	lt_json_string(json, "help", label_text(in, &option->help));
	lt_json_close(json);
}

/* Its members, in an object that is open. */
static void json_command(const struct invocation *in, struct lt_json *json, const struct command *command)
{
	lt_json_string(json, "name", command->name);
	lt_json_string(json, "arguments", command->arguments);
	lt_json_string(json, "help", label_text(in, &command->help));
	lt_json_string(json, "example", command->example);
	lt_json_open_list(json, "options");
	for (unsigned i = 0; i < n_option_rows; i++)
		if (is_option_of(command, &option_rows[i]))
			lt_json_string(json, NULL, option_rows[i].name);
	lt_json_close(json);
}

static enum lt_status print_as_json(struct invocation *in, const struct command *command)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	if (command) {
		json_command(in, &json, command);
	} else {
		lt_json_open_list(&json, "commands");
		for (unsigned i = 0; i < n_commands; i++) {
			lt_json_open_object(&json, NULL);
			json_command(in, &json, &commands[i]);
			lt_json_close(&json);
		}
		lt_json_close(&json);
		lt_json_open_list(&json, "options");
		for (unsigned i = 0; i < n_option_rows; i++)
			json_option(in, &json, &option_rows[i]);
		lt_json_close(&json);
	}
	lt_json_close(&json);
	return print_json(in, &json);
}

enum lt_status command_help(struct invocation *in)
{
	return print_help(in, in->n_words > 0 ? in->words[0] : NULL);
}

enum lt_status print_help(struct invocation *in, const char *word)
{
	const struct command *command = NULL;
	const enum lt_status status = word ? find_command(in, word, &command) : LT_OK;
	if (status)
		return status;
	if (in->json)
		return print_as_json(in, command);
	if (command)
		print_command(in, command);
	else
		print_all(in);
	return LT_OK;
}
