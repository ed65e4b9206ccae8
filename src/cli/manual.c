/* manual - the page that man shows, from the tables of commands and options. */
#include <string.h>
#include "help.h"
#include "lingtan/base/version.h"

/* Whether a line may end before a character within a text: before each ideograph, since Chinese has no blanks, and behind what
 * parts the words of a long list. */
static bool may_break(const char *start, const char *text)
{
	if (text == start || !text[0])
		return false;
	return ((unsigned char)*text >= 0xe4 && (unsigned char)*text <= 0xe9) || text[-1] == '|' ||
	       (text - start >= 3 && strncmp(text - 3, "、", 3) == 0);
}

/* Text as troff takes it: no line of it is a request, and a hyphen is one that can be typed. */
static void print_troff(const char *text)
{
	const char *start = text;
	if (*text == '.' || *text == '\'')
		fputs("\\&", stdout);
	for (; *text; text++) {
		if (may_break(start, text))
			fputs("\\:", stdout);
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
	}
}

static void print_line(const char *text)
{
	print_troff(text);
	putchar('\n');
}

/* Words in capitals stand for what is to be put there, others are typed as they are. */
static void print_usage(const char *name, const char *arguments)
{
	printf(".TP\n\\fB");
	print_troff(name);
	printf("\\fR");
	for (const char *at = arguments; at && *at;) {
		const size_t gap = strspn(at, " "), len = strcspn(at + gap, " ");
		char word[128];
		snprintf(word, sizeof(word), "%.*s", (int)len, at + gap);
		printf(" \\f%c", strpbrk(word, "abcdefghijklmnopqrstuvwxyz") ? 'B' : 'I');
		print_troff(word);
		printf("\\fR");
		at += gap + len;
	}
	putchar('\n');
}

/* The options that are the command's own, and an example. */
static void print_details(const struct invocation *in, const struct command *command)
{
	const char *before = say(in, "选项：", "Options: ");
	for (unsigned i = 0; i < n_option_rows; i++) {
		if (!is_option_of(command, &option_rows[i]))
			continue;
		printf(before[0] == ' ' ? "" : ".br\n");
		fputs(before, stdout);
		print_troff(option_rows[i].name);
		before = " ";
	}
	printf("%s.br\n", before[0] == ' ' ? "\n" : "");
	print_line(command->example);
}

static void print_tables(const struct invocation *in)
{
	printf(".SH %s\n", say(in, "命令", "COMMANDS"));
	for (unsigned i = 0; i < n_commands; i++) {
		print_usage(commands[i].name, commands[i].arguments);
		print_line(label_text(in, &commands[i].help));
		print_details(in, &commands[i]);
	}
	printf(".SH %s\n", say(in, "选项", "OPTIONS"));
	for (unsigned i = 0; i < n_option_rows; i++) {
		if (!option_rows[i].help.zh)
			continue;
		print_usage(option_rows[i].name, option_rows[i].argument);
		print_line(label_text(in, &option_rows[i].help));
	}
}

static void print_notes(const struct invocation *in, const char *title, const struct note_row *rows)
{
	printf(".SH %s\n", title);
	for (; rows->term; rows++) {
		printf(".TP\n.B ");
		print_line(rows->term);
		print_line(label_text(in, &rows->text));
	}
}

static const struct note_row variables[] = {
	{ "LINGTAN_AS", { "以谁的名义，同 --as", "in whose name, as --as" } },
	{ "LINGTAN_PASSPHRASE_FILE",
	  { "口令在这个文件的第一行", "the passphrase is the first line of this file" } },
	{ "LINGTAN_THEME", { "light、dark、8 或 mono", "light, dark, 8 or mono" } },
	{ "LINGTAN_AMBIGUOUS",
	  { "1 或 2：终端把 ─ 画成几列", "1 or 2: how many columns the terminal draws ─ with" } },
	{ "NO_COLOR", { "工作台不用颜色", "screens without colours" } },
	{ "VISUAL, EDITOR",
	  { "工作台里写长文字用的编辑器", "the editor for long texts of the workbench" } },
	{ "XDG_DATA_HOME, XDG_STATE_HOME",
	  { "代替下面的 ~/.local/share 和 ~/.local/state",
	    "in the place of ~/.local/share and ~/.local/state below" } },
	{ "SOURCE_DATE_EPOCH",
	  { "输出文件上的日期", "the day that what is written bears" } },
	{ "LC_ALL, LC_MESSAGES, LANG",
	  { "en 开头用英文，其余用中文", "English where it begins with en, else Chinese" } },
	{ NULL, { NULL, NULL } },
};

static const struct note_row places[] = {
	{ "*.lingtan", { "项目文件，SQLite 3", "project files, SQLite 3" } },
	{ "~/.local/share/lingtan/rulesets, templates, keys",
	  { "自己的规则集、模板、密钥", "rulesets, templates and keys of one's own" } },
	{ "~/.local/state/lingtan",
	  { "最近的项目、当日副本、未写完的文字",
	    "recent projects, daily copies, half-typed text" } },
	{ NULL, { NULL, NULL } },
};

static const struct note_row examples[] = {
	{ "lingtan new park.lingtan --park 示例园区 --standard ID --stage operation --type production --year 2025 --as 李工:evaluator",
	  { "新建项目文件", "a new project file" } },
	{ "lingtan set park.lingtan 4.2.1 points:8.5 --remark 现场核对",
	  { "填一条", "answer an item" } },
	{ "lingtan explain park.lingtan total",
	  { "总分从哪里来", "where the total comes from" } },
	{ "lingtan", { "工作台", "the workbench" } },
	{ NULL, { NULL, NULL } },
};

enum lt_status command_manual(struct invocation *in)
{
	printf(".\\\" made by: lingtan manual --lang %s\n", say(in, "zh", "en"));
	printf(".TH LINGTAN 1 \"\" \"lingtan %s\" \"%s\"\n", LT_VERSION,
	       say(in, "零碳园区评价", "Assessment of zero-carbon parks"));
	printf(".ad l\n.SH %s\nlingtan \\- ", say(in, "名称", "NAME"));
	print_line(say(in, "零碳园区评价工作台", "a workbench for assessing zero-carbon parks"));
	printf(".SH %s\n.B lingtan\n[\\fIFILE\\fR]\n.br\n.B lingtan\n\\fICOMMAND\\fR "
	       "[\\fIARGUMENT\\fR]... [\\fIOPTION\\fR]...\n",
	       say(in, "概要", "SYNOPSIS"));
	printf(".SH %s\n", say(in, "说明", "DESCRIPTION"));
	print_line(say(
		in,
		"不带命令时打开工作台。一个项目文件装一项评价工作；每条命令是一次完整写入和一条记录。标准是数据，每个数都能追到条款、权重、答案和佐证。不联网。",
		"Without a command the workbench opens. A project file holds one assessment job; every command is one transaction and one entry of its journal. A standard is data, and every number says where it comes from. No network is used."));
	print_tables(in);
	print_notes(in, say(in, "退出码", "EXIT STATUS"), exit_codes);
	print_notes(in, say(in, "环境变量", "ENVIRONMENT"), variables);
	print_notes(in, say(in, "文件", "FILES"), places);
	print_notes(in, say(in, "例", "EXAMPLES"), examples);
	return LT_OK;
}
