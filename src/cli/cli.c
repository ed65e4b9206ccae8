#include "lingtan/cli/cli.h"

#include <stdlib.h>
#include <string.h>
#include "command.h"
#include "lingtan/base/text.h"

#define VERSION "0.1"

static const struct command commands[] = {
	{ "standards",
	  "",
	  { "列出可用的规则集", "the rulesets at hand" },
	  0,
	  0,
	  command_standards },
	{ "standard",
	  "ID",
	  { "打印一个规则集：板块、条款、权重、计算、等级",
	    "one of them: sections, items, weights, plan, grades" },
	  1,
	  1,
	  command_standard },
	{ "check",
	  "PATH...",
	  { "检查规则集、参数集、因子、单位、表单和答案表",
	    "lint rulesets, profiles, factor sets, units, forms and answer sheets" },
	  1,
	  -1,
	  command_check },
	{ "test",
	  "[ID...]",
	  { "运行规则集自带的算例", "run the cases that ship with the rulesets" },
	  0,
	  -1,
	  command_test },
	{ "score", "SHEET", { "给答案表算分", "score an answer sheet" }, 1, 1, command_score },
	{ "explain",
	  "SHEET [NODE]",
	  { "说明一个数从哪里来（默认总分）", "where a number comes from (the total without one)" },
	  1,
	  2,
	  command_explain },
	{ "gap",
	  "SHEET",
	  { "到下一等级最少要做几项", "the fewest items to the next grade" },
	  1,
	  1,
	  command_gap },
};

#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static const struct option_row {
	const char *name, *argument;
	struct label help;
} options[] = {
	{ "--json",
	  NULL,
	  { "在标准输出上只打印一个 JSON 文档",
	    "one JSON document on standard output, nothing else" } },
	{ "--lang", "zh|en", { "语言", "language" } },
	{ "--rulesets",
	  "DIR",
	  { "先用这个文件夹里的规则集", "rulesets of this folder come first" } },
	{ "--profile", "FILE", { "用这个参数集的数值", "with the numbers of this profile" } },
	{ "--park-type", "TYPE", { "换一种园区类型来算", "score as another park type" } },
	{ "--rung",
	  "R",
	  { "层级：self evaluator reviewer awarded", "rung: self, evaluator, reviewer, awarded" } },
	{ "--grade", "G", { "gap：目标等级", "gap: the grade to reach" } },
	{ "--help", NULL, { "显示本帮助", "this help" } },
	{ "--version", NULL, { "显示版本", "the version" } },
};

#define N_OPTIONS (sizeof(options) / sizeof(options[0]))

static void print_help(const struct invocation *in)
{
	printf("%s\n\n", say(in, "零碳 lingtan：零碳园区评价工作台",
			     "lingtan: a workbench for assessing zero-carbon parks"));
	for (size_t i = 0; i < N_COMMANDS; i++) {
		char usage[80];
		snprintf(usage, sizeof(usage), "  lingtan %s %s", commands[i].name,
			 commands[i].arguments);
		print_padded(stdout, usage, 34);
		printf("%s\n", label_text(in, &commands[i].help));
	}
	printf("\n");
	for (size_t i = 0; i < N_OPTIONS; i++) {
		char usage[80];
		snprintf(usage, sizeof(usage), "  %s%s%s", options[i].name,
			 options[i].argument ? " " : "",
			 options[i].argument ? options[i].argument : "");
		print_padded(stdout, usage, 34);
		printf("%s\n", label_text(in, &options[i].help));
	}
	printf("\n%s\n",
	       say(in,
		   "退出码：0 完成；1 完成而答案为否；2 用法有误；3 文件读不了或不是我们的；4 数据不接受；5 没有空间或内存；70 程序缺陷",
		   "exit codes: 0 done; 1 done, and the answer is no; 2 wrong usage; 3 a file could not be read or is not ours; "
		   "4 the data refuses it; 5 no space or memory; 70 a bug"));
}

static enum lt_status print_version(struct invocation *in)
{
	struct lt_json json;
	if (!in->json) {
		printf("lingtan %s\n", VERSION);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "program", "lingtan");
	lt_json_string(&json, "version", VERSION);
	lt_json_close(&json);
	return print_json(in, &json);
}

static enum lt_status print_help_as_json(struct invocation *in)
{
	struct lt_json json;
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_open_list(&json, "commands");
	for (size_t i = 0; i < N_COMMANDS; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "name", commands[i].name);
		lt_json_string(&json, "arguments", commands[i].arguments);
		lt_json_string(&json, "help", label_text(in, &commands[i].help));
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_open_list(&json, "options");
	for (size_t i = 0; i < N_OPTIONS; i++) {
		lt_json_open_object(&json, NULL);
		lt_json_string(&json, "name", options[i].name);
		lt_json_string(&json, "argument", options[i].argument);
		lt_json_string(&json, "help", label_text(in, &options[i].help));
		lt_json_close(&json);
	}
	lt_json_close(&json);
	lt_json_close(&json);
	return print_json(in, &json);
}

/* ---- options ---- */

static enum lt_lang language_of_environment(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);
		if (value && value[0])
			return strncmp(value, "en", 2) == 0 ? LT_EN : LT_ZH;
	}
	return LT_ZH;
}

static enum lt_status set_language(struct invocation *in, const char *value)
{
	if (strcmp(value, "zh") != 0 && strcmp(value, "en") != 0)
		return lt_err_set(&in->err, LT_EUSAGE, "--lang 只有 zh 和 en，没有“%s”",
				  "--lang is zh or en, not '%s'", value);
	in->lang = value[0] == 'z' ? LT_ZH : LT_EN;
	return LT_OK;
}

/* --name VALUE or --name=VALUE; *taken counts the arguments used, 0 if this is no option with a
 * value. */
static enum lt_status take_valued(struct invocation *in, char **argv, int left, int *taken)
{
	const struct {
		const char *name;
		const char **to;
	} valued[] = {
		{ "--lang", NULL },
		{ "--rulesets", &in->rulesets },
		{ "--profile", &in->profile },
		{ "--park-type", &in->park_type },
		{ "--rung", &in->rung },
		{ "--grade", &in->grade },
	};
	for (size_t i = 0; i < sizeof(valued) / sizeof(valued[0]); i++) {
		const size_t len = strlen(valued[i].name);
		if (strncmp(argv[0], valued[i].name, len) != 0 ||
		    (argv[0][len] && argv[0][len] != '='))
			continue;
		const char *value = argv[0][len] == '=' ? argv[0] + len + 1
				    : left > 1          ? argv[1]
							: NULL;
		if (!value)
			return lt_err_set(&in->err, LT_EUSAGE, "%s 后面要有值", "%s needs a value",
					  valued[i].name);
		*taken = argv[0][len] == '=' ? 1 : 2;
		if (!valued[i].to)
			return set_language(in, value);
		*valued[i].to = value;
		return LT_OK;
	}
	*taken = 0;
	return LT_OK;
}

struct wishes {
	bool help, version;
	const char *command;
};

static enum lt_status take_argument(struct invocation *in, char **argv, int left, int *taken,
				    struct wishes *wishes)
{
	/* accepted everywhere, without effect where there is no screen */
	static const char *const quiet[] = { "--readonly", "--no-color", "--no-unicode",
					     "--no-mouse" };
	const char *argument = argv[0];
	*taken = 1;
	if (argument[0] != '-' || !argument[1]) {
		if (!wishes->command)
			wishes->command = argument;
		else if (in->n_words == MAX_WORDS)
			return lt_err_set(&in->err, LT_EUSAGE, "参数过多：%s",
					  "too many arguments: %s", argument);
		else
			in->words[in->n_words++] = argument;
		return LT_OK;
	}
	for (size_t i = 0; i < sizeof(quiet) / sizeof(quiet[0]); i++)
		if (strcmp(argument, quiet[i]) == 0)
			return LT_OK;
	if (strcmp(argument, "--json") == 0)
		in->json = true;
	else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
		wishes->help = true;
	else if (strcmp(argument, "--version") == 0)
		wishes->version = true;
	else {
		enum lt_status status = take_valued(in, argv, left, taken);
		char shown[120];
		lt_text_visible(argument, strlen(argument), shown, sizeof(shown));
		if (status || *taken)
			return status;
		return lt_err_set(&in->err, LT_EUSAGE, "没有选项 %s；见 lingtan --help",
				  "there is no option %s; see lingtan --help", shown);
	}
	return LT_OK;
}

static enum lt_status read_arguments(struct invocation *in, int argc, char **argv,
				     struct wishes *wishes)
{
	for (int i = 1; i < argc;) {
		int taken;
		enum lt_status status = take_argument(in, argv + i, argc - i, &taken, wishes);
		if (status)
			return status;
		i += taken;
	}
	return LT_OK;
}

/* ---- running ---- */

static enum lt_status find_command(struct invocation *in, const char *name,
				   const struct command **out)
{
	char shown[120];
	for (size_t i = 0; i < N_COMMANDS; i++) {
		const struct command *command = &commands[i];
		if (strcmp(command->name, name) != 0)
			continue;
		if (in->n_words < command->least ||
		    (command->most >= 0 && in->n_words > command->most))
			return lt_err_set(&in->err, LT_EUSAGE, "用法：lingtan %s %s",
					  "usage: lingtan %s %s", command->name,
					  command->arguments);
		*out = command;
		return LT_OK;
	}
	lt_text_visible(name, strlen(name), shown, sizeof(shown));
	return lt_err_set(&in->err, LT_EUSAGE, "没有命令 %s；见 lingtan --help",
			  "there is no command %s; see lingtan --help", shown);
}

static enum lt_status open_library(struct invocation *in, const struct embedded_file *embedded)
{
	const char *data_home = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
	char path[4096];
	if (!data_home || data_home[0] != '/') {
		const int len = home && home[0] == '/'
					? snprintf(path, sizeof(path), "%s/.local/share", home)
					: -1;
		data_home = len > 0 && (size_t)len < sizeof(path) ? path : NULL;
	}
	return library_open(&in->library, embedded, in->rulesets, data_home, &in->err);
}

static enum lt_status run(struct invocation *in, int argc, char **argv,
			  const struct embedded_file *embedded)
{
	struct wishes wishes = { 0 };
	const struct command *command = NULL;
	enum lt_status status = read_arguments(in, argc, argv, &wishes);
	if (status)
		return status;
	if (wishes.version)
		return print_version(in);
	if (wishes.help && in->json)
		return print_help_as_json(in);
	if (wishes.help) {
		print_help(in);
		return LT_OK;
	}
	if (!wishes.command)
		return lt_err_set(&in->err, LT_EUSAGE, "%s", "%s",
				  say(in, "请给出命令；见 lingtan --help",
				      "name a command; see lingtan --help"));
	status = find_command(in, wishes.command, &command);
	if (!status)
		status = open_library(in, embedded);
	return status ? status : command->run(in);
}

int cli_run(int argc, char **argv, const struct embedded_file *embedded)
{
	struct invocation in = { .lang = language_of_environment() };
	lt_arena_init(&in.findings_arena, 0);
	lt_findings_init(&in.findings, &in.findings_arena);
	enum lt_status status = run(&in, argc, argv, embedded);
	/* out of memory, the list is cut off anyhow: one sentence is enough */
	if (in.findings.first && status != LT_ESPACE)
		print_findings(&in, stderr);
	if (status && in.err.status)
		print_failure(&in, &in.err);
	if ((fflush(stdout) != 0 || ferror(stdout)) && !status) {
		fprintf(stderr, "lingtan: %s\n",
			say(&in, "写不到标准输出，可能是磁盘已满",
			    "cannot write to standard output; is the disk full?"));
		status = LT_ESPACE;
	}
	library_release(&in.library);
	lt_arena_release(&in.findings_arena);
	return (int)status;
}
