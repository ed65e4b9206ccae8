#include "lingtan/cli/cli.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "certificate.h"
#include "command.h"
#include "help.h"
#include "passphrase.h"
#include "terminal.h"
#include "lingtan/base/text.h"
#include "lingtan/base/version.h"

#define TEXT(member) offsetof(struct invocation, member)
/* taken care of by name; --no-mouse is so without it */
#define NOWHERE ((size_t)-1)

const struct option_row option_rows[] = {
	{ "--json",
	  NULL,
	  TEXT(json),
	  { "在标准输出上只打印一个 JSON 文档",
	    "one JSON document on standard output, nothing else" } },
	{ "--lang", "zh|en", NOWHERE, { "语言", "language" } },
	{ "--as", "NAME[:ROLE]", TEXT(as), { "以谁的名义", "in whose name" } },
	{ "--role",
	  "park|evaluator|leader|reviewer|approver|body",
	  TEXT(role),
	  { "角色", "role" } },
	{ "--assessment",
	  "A",
	  TEXT(assessment),
	  { "哪个评价：标准/阶段/年份，或其中足以指明的部分",
	    "which assessment: standard/stage/year, or as much of it as fits no other" } },
	{ "--rung",
	  "self|evaluator|reviewer|awarded",
	  TEXT(rung),
	  { "层级", "rung" } },
	{ "--rulesets",
	  "DIR",
	  TEXT(rulesets),
	  { "先用这个文件夹里的规则集", "rulesets of this folder come first" } },
	{ "--profile",
	  "FILE",
	  TEXT(profile),
	  { "score、explain、gap、check：用这个参数集的数值",
	    "score, explain, gap, check: with the numbers of this profile" } },
	{ "--park-type",
	  "TYPE",
	  TEXT(park_type),
	  { "score、explain、gap、check：换一种园区类型来算",
	    "score, explain, gap, check: as another park type" } },
	{ "--grade",
	  "G",
	  TEXT(grade),
	  { "gap：目标等级；finding、findings：分级",
	    "gap: the grade to reach; finding, findings: how grave" } },
	{ "--park", "NAME", TEXT(park), { "new：园区名称", "new: name of the park" } },
	{ "--code", "CODE", TEXT(code), { "new：园区代码", "new: its code" } },
	{ "--standard", "ID", TEXT(standard), { "new、add：规则集", "new, add: the ruleset" } },
	{ "--stage",
	  "planning|operation",
	  TEXT(stage),
	  { "new、add、follow：阶段", "new, add, follow: the stage" } },
	{ "--year",
	  "Y",
	  TEXT(year),
	  { "new、add、quantity、follow、inventory、conclusion、line、engagement、team、places、sample、plan、paper：年份",
	    "new, add, quantity, follow, inventory, conclusion, line, engagement, team, places, sample, plan, paper: the year" } },
	{ "--type",
	  "TYPE",
	  TEXT(type),
	  { "new、add、follow：规则集的园区类型",
	    "new, add, follow: park type of the ruleset" } },
	{ "--place",
	  "PLACE",
	  TEXT(place),
	  { "new、add、follow：规则集的地点类别；note、photos、finding、line import：哪个地点",
	    "new, add, follow: place of the ruleset; note, photos, finding, line import: which place" } },
	{ "--remark", "TEXT", TEXT(remark), { "set：备注", "set: a remark" } },
	{ "--reason",
	  "TEXT",
	  TEXT(reason),
	  { "为什么（提交后的更正、清除佐证等必填）",
	    "why (needed to correct what was submitted, to purge)" } },
	{ "--no-evidence",
	  "TEXT",
	  TEXT(no_evidence),
	  { "set：为什么没有佐证", "set: why there is no evidence" } },
	{ "--source",
	  "TEXT",
	  TEXT(source),
	  { "quantity：数据出处", "quantity: where it was read" } },
	{ "--locator",
	  "TEXT",
	  TEXT(locator),
	  { "attach、line attach：在文件的什么位置", "attach, line attach: the place in the document" } },
	{ "--page", "P", TEXT(page), { "attach、line attach：页码", "attach, line attach: page" } },
	{ "--table", "T", TEXT(table), { "attach、line attach：表或图", "attach, line attach: table or figure" } },
	{ "--note", "TEXT", TEXT(note), { "attach、line attach：说明；stop sign：签到的说明",
	    "attach, line attach: further words; stop sign: a word on the sign-in" } },
	{ "--slot",
	  "S",
	  TEXT(slot),
	  { "attach：条款的佐证栏", "attach: evidence slot of the item" } },
	{ "--sender", "NAME", TEXT(sender), { "attach、line attach、requests：谁提供的", "attach, line attach, requests: who gave it" } },
	{ "--kind",
	  "KIND",
	  TEXT(kind),
	  { "attach、line attach：佐证种类；places：只列这一种；export：self third statement；follow：reassessment surveillance",
	    "attach, line attach: kind of evidence; places: only of this kind; export: self, third, statement; follow: reassessment, surveillance" } },
	{ "--version-of",
	  "SHA256",
	  TEXT(version_of),
	  { "attach：取代哪一份", "attach: the version before" } },
	{ "--received",
	  "DATE",
	  TEXT(received),
	  { "attach、line attach、requests：收到日期", "attach, line attach, requests: when it was received" } },
	{ "--link",
	  NULL,
	  TEXT(link),
	  { "attach、line attach：文件留在原处，只记校验值",
	    "attach, line attach: leave the file where it is, keep its hash" } },
	{ "--reply-to",
	  "ID",
	  TEXT(reply_to),
	  { "remark：答复哪一条意见", "remark: the remark that it answers" } },
	{ "--round",
	  "N",
	  TEXT(round),
	  { "score、explain、gap：第几轮提交时的样子",
	    "score, explain, gap: as it was submitted in this round" } },
	{ "--item", "ITEM", TEXT(item), { "finding、findings、notes：条款", "finding, findings, notes: the clause" } },
	{ "--due", "DATE", TEXT(due), { "finding、assign、requests ask：期限；register surveillance：下次监督的日期",
	    "finding, assign, requests ask: until when; register surveillance: the day of the next one" } },
	{ "--owner",
	  "NAME",
	  TEXT(owner),
	  { "finding、findings、requests ask：责任人；export：只导出某人的条款",
	    "finding, findings, requests ask: who owes it; export: only the items of one owner" } },
	{ "--only", "ROW", TEXT(only), { "paper：只印这一份，如 F01", "paper: this sheet alone, as F01" } },
	{ "--cause", "TEXT", TEXT(cause), { "finding：原因", "finding: why it came to be" } },
	{ "--correction",
	  "TEXT",
	  TEXT(correction),
	  { "finding：纠正措施", "finding: what was done" } },
	{ "--purpose",
	  "fact|closing",
	  TEXT(purpose),
	  { "finding attach：证明事实还是整改", "finding attach: of the fact or of its closing" } },
	{ "--on", "DATE", TEXT(on), { "finding、findings、ready、cycle、owes、requests、inventory、engagement、plan、document、onsite、register：按哪一天（默认今天）",
	    "finding, findings, ready, cycle, owes, requests, inventory, engagement, plan, document, onsite, register: the day in question (today)" } },
	{ "--state", "STATE", TEXT(state), { "findings、register list：状态", "findings, register list: in this state" } },
	{ "--overdue",
	  NULL,
	  TEXT(overdue),
	  { "findings、owes、register list：只列逾期的", "findings, owes, register list: only what is overdue" } },
	{ "--person", "NAME", TEXT(person), { "owes、requests remind、plan：只看这个人的",
	    "owes, requests remind, plan: of this person alone" } },
	{ "--until", "DATE", TEXT(until), { "confirm：有效至；register suspend：到哪一天",
	    "confirm: valid until; register suspend: until which day" } },
	{ "--dated", "DATE", TEXT(dated), { "confirm：文件自身的日期", "confirm: day of the document" } },
	{ "--carry",
	  NULL,
	  TEXT(carry),
	  { "confirm：上次的关联在本次也算", "confirm: its ties of the assessment before count again" } },
	{ "--off", NULL, TEXT(off), { "must：不再必查；method：没有用过", "must: no longer obligatory; method: it was not used" } },
	{ "--tick",
	  "ID",
	  TEXT(tick),
	  { "ready：以自己的名义确认一处提示", "ready: answer for a warning in your name" } },
	{ "--conditions",
	  "TEXT",
	  TEXT(conditions),
	  { "decide、engagement：附带的条件", "decide, engagement: what must still be done" } },
	{ "--stop",
	  "S",
	  TEXT(stop),
	  { "note、notes、document、onsite、method、interview、photos：停留点",
	    "note, notes, document, onsite, method, interview, photos: stop of the visit" } },
	{ "--at", "TIME", TEXT(at), { "note、stop sign：什么时候", "note, stop sign: when" } },
	{ "--to-site",
	  "TEXT",
	  TEXT(to_site),
	  { "document：到现场核实什么", "document: what to check on site" } },
	{ "--method",
	  "document|observation|interview|recalculation|trial",
	  TEXT(method),
	  { "file：怎样查的", "file: how it was looked at" } },
	{ "--dropped",
	  "TEXT",
	  TEXT(dropped),
	  { "file：为什么不归入任何条款", "file: why it belongs to no item" } },
	{ "--unfiled", NULL, TEXT(unfiled), { "notes：只列没有归入的", "notes: only those not filed" } },
	{ "--seed",
	  "SEED",
	  TEXT(seed),
	  { "sample draw：种子，同一种子抽出同一样本", "sample draw: the same seed draws the same sample" } },
	{ "--evidence",
	  NULL,
	  TEXT(with_evidence),
	  { "patch make：带上佐证的内容", "patch make: with the bytes of evidence" } },
	{ "--accept",
	  "ITEM",
	  TEXT(accept),
	  { "patch apply：只收这一条，可重复；其余的原因写在 --reason",
	    "patch apply: only this item, may be repeated; --reason says why not the rest" } },
	{ "--reject",
	  "ITEM=REASON",
	  TEXT(reject),
	  { "patch apply：不收这一条，可重复", "patch apply: not this item, may be repeated" } },
	{ "--prefer",
	  "mine|theirs|deepest",
	  TEXT(prefer),
	  { "merge：冲突一律取哪一方", "merge: which side decides every conflict" } },
	{ "--again",
	  NULL,
	  TEXT(again),
	  { "merge：两边不同的每一处都重新问",
	    "merge: ask again about everything in which they differ" } },
	{ "--from",
	  "R|FILE",
	  TEXT(from),
	  { "take：从哪个层级采纳，last 即上次评价；new：由导出的 JSON 重建；follow：上次评价所在的文件；register：从哪一天起",
	    "take: from which rung, last: the assessment before; new: from the JSON of an export; follow: the file that has the earlier one; register: from which day" } },
	{ "--standards",
	  NULL,
	  TEXT(standards),
	  { "inventory：各标准口径对照，逐行说明差异",
	    "inventory: each standard's figures side by side, and why they differ" } },
	{ "--check",
	  NULL,
	  TEXT(check),
	  { "inventory：核查员会发现的问题，逐条指到行（--on 为出具日）",
	    "inventory: what a verifier would find, each with its row (--on: the day of issue)" } },
	{ "--dry-run",
	  NULL,
	  TEXT(dry_run),
	  { "只看会改什么，什么也不写", "only show what it would change" } },
	{ "--all",
	  NULL,
	  TEXT(all),
	  { "log、merge、patch：列出每一处改动；verify：连合并进来的旁线；take：全部未填的；owes：连已交的；import：每一行；profile list：连停用的",
	    "log, merge, patch: every single change; verify: also the lines that merges brought in; take: every open item; owes: what is done too; import: every line; profile list: also those not in use" } },
	{ "--head",
	  "HASH",
	  TEXT(head),
	  { "verify：应包含这条记录", "verify: an entry it must rest on" } },
	{ "--format",
	  "docx|pdf|html|xlsx|csv|json|evidence|requests",
	  TEXT(format),
	  { "export：哪一种", "export: which kind" } },
	{ "--date",
	  "DATE",
	  TEXT(date),
	  { "export、certificate、paper、register reprint：文件上的日期（默认 SOURCE_DATE_EPOCH，再默认今天）",
	    "export, certificate, paper, register reprint: the day it bears (SOURCE_DATE_EPOCH, else today)" } },
	{ "--final",
	  NULL,
	  TEXT(final),
	  { "export：正式版（层级须已提交）", "export: final; the rung must be submitted" } },
	{ "--draft", NULL, TEXT(draft), { "export：草稿（默认）", "export: a draft, as without it" } },
	{ "--template",
	  "FILE.docx",
	  TEXT(template_path),
	  { "export：用机构自己的 Word 文件作底；certificate、paper、register：用这份模板",
	    "export: built on the body's own Word file; certificate, paper, register: by this template" } },
	{ "--without-names",
	  NULL,
	  TEXT(without_names),
	  { "export：不带人名和照片位置", "export: without people's names and places of photos" } },
	{ "--force", NULL, TEXT(force), { "export、certificate、paper、register：可以覆盖同名文件",
	    "export, certificate, paper, register: may replace a file" } },
	{ "--specimen",
	  NULL,
	  TEXT(specimen),
	  { "certificate：样张", "certificate: a specimen" } },
	{ "--register",
	  "FILE",
	  TEXT(registry),
	  { "certificate：编号登记并发证", "certificate: take a number of this register and issue" } },
	{ "--status",
	  "LIST",
	  TEXT(status_list),
	  { "verify：机构签发的状态表", "verify: the body's signed list of states" } },
	{ "--sign",
	  NULL,
	  TEXT(sign),
	  { "用自己的密钥签名，在终端上输入口令", "sign with your key, asking for its passphrase" } },
	{ "--key",
	  "KEY",
	  TEXT(key),
	  { "用哪个密钥（公钥开头几位或姓名）；verify：机构的公钥",
	    "which key, by its first digits or a name; verify: the body's public key" } },
	{ "--passphrase-file",
	  "FILE",
	  TEXT(passphrase_file),
	  { "口令在这个文件的第一行（或设 LINGTAN_PASSPHRASE_FILE）",
	    "the passphrase is the first line of this file (or LINGTAN_PASSPHRASE_FILE)" } },
	{ "--passphrase-fd",
	  "N",
	  TEXT(passphrase_fd),
	  { "从这个文件描述符读口令", "read the passphrase from this descriptor" } },
	{ "--since",
	  "DATE|POINT",
	  TEXT(since),
	  { "key revoke：从哪天起不可信（默认今天）；patch make：从哪一处以后，如 round:1",
	    "key revoke: from which day on it counts no more (today); patch make: what came after, as round:1" } },
	{ "-o", "FILE", TEXT(out), { "写到这个文件", "write to this file" } },
	{ "--readonly",
	  NULL,
	  TEXT(readonly),
	  { "只读打开，项目文件和它旁边一个字节也不写；-o 指定的照写",
	    "open for reading: not one byte to the project or beside it; what -o names is written" } },
	{ "--no-color",
	  NULL,
	  TEXT(no_color),
	  { "工作台不用颜色（也可设 NO_COLOR）",
	    "screens without colours (NO_COLOR does the same)" } },
	{ "--no-unicode",
	  NULL,
	  TEXT(no_unicode),
	  { "工作台只用 ASCII 的线条和记号", "screens with lines and marks of ASCII" } },
	{ "--plain",
	  NULL,
	  TEXT(plain),
	  { "一问一答的行模式，供读屏软件和管道",
	    "questions and answers on plain lines, for screen readers and pipes" } },
	{ "--mouse", NULL, TEXT(mouse), { "工作台可用鼠标", "screens take the mouse" } },
	{ "--no-mouse", NULL, NOWHERE, { NULL, NULL } },
	{ "--help", NULL, NOWHERE, { "显示本帮助", "this help" } },
	{ "--version", NULL, NOWHERE, { "显示版本", "the version" } },
};

const unsigned n_option_rows = sizeof(option_rows) / sizeof(option_rows[0]);

static enum lt_status print_version(struct invocation *in)
{
	struct lt_json json;
	if (!in->json) {
		printf("lingtan %s\n", LT_VERSION);
		return LT_OK;
	}
	lt_json_init(&json);
	lt_json_open_object(&json, NULL);
	lt_json_string(&json, "program", "lingtan");
	lt_json_string(&json, "version", LT_VERSION);
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
	in->lang_said = true;
	return LT_OK;
}

/* The row of an argument, --name or --name=VALUE; NULL where there is none. */
static const struct option_row *find_option(const char *argument)
{
	const size_t len = strcspn(argument, "=");
	for (unsigned i = 0; i < n_option_rows; i++) {
		const struct option_row *row = &option_rows[i];
		if (strlen(row->name) == len && strncmp(row->name, argument, len) == 0 &&
		    (!argument[len] || row->argument))
			return row;
	}
	return NULL;
}

/* --name VALUE or --name=VALUE; *taken counts the arguments used. */
static enum lt_status take_valued(struct invocation *in, const struct option_row *row, char **argv,
				  int left, int *taken)
{
	const char *equals = strchr(argv[0], '=');
	const char *value = equals ? equals + 1 : left > 1 ? argv[1] : NULL;
	if (!value)
		return lt_err_set(&in->err, LT_EUSAGE, "%s 后面要有值", "%s needs a value",
				  row->name);
	*taken = equals ? 1 : 2;
	if (row->to == NOWHERE)
		return set_language(in, value);
	/* of what may be repeated, each stands on a line */
	const char *before;
	memcpy(&before, (char *)in + row->to, sizeof(before));
	if (before && (row->to == TEXT(accept) || row->to == TEXT(reject)))
		value = lt_arena_printf(&in->findings_arena, "%s\n%s", before, value);
	/* a day as people write it: 2026/3/16; what is none is left to be refused by name */
	if (value && strcmp(row->argument, "DATE") == 0)
		value = form_normalise_value(&(struct form_field){ .type = FIELD_DATE }, value,
					     &in->findings_arena);
	if (value && strcmp(row->argument, "Y") == 0)
		value = form_normalise_value(&(struct form_field){ .type = FIELD_YEAR }, value,
					     &in->findings_arena);
	if (value && row->to == TEXT(rung))
		value = rung_named(value);
	if (!value)
		return lt_err_memory(&in->err);
	memcpy((char *)in + row->to, &value, sizeof(value));
	return LT_OK;
}

struct wishes {
	bool help, version, only_words;
	const char *command;
};

/* ——remark or —park, as an input method or an editor writes the two dashes: the option that is meant;
 * what is none of ours is a word like any other. */
static const char *with_dashes(struct invocation *in, const char *argument)
{
	const char *name = argument;
	uint32_t code;
	size_t n;
	while (*name && (n = lt_text_decode(name, strlen(name), &code)) && lt_text_twin(code) == '-')
		name += n;
	if (name == argument || argument[0] == '-')
		return argument;
	const char *meant = lt_arena_printf(&in->findings_arena, "--%s", name);
	return meant && find_option(meant) ? meant : argument;
}

static enum lt_status take_argument(struct invocation *in, char **argv, int left, int *taken,
				    struct wishes *wishes)
{
	const bool yes = true;
	const char *argument = wishes->only_words ? argv[0] : with_dashes(in, argv[0]);
	*taken = 1;
	if (wishes->only_words || argument[0] != '-' || !argument[1]) {
		if (!wishes->command)
			wishes->command = argument;
		else
			in->words[in->n_words++] = argument;
		return LT_OK;
	}
	if (strcmp(argument, "--") == 0) {
		wishes->only_words = true;
		return LT_OK;
	}
	const struct option_row *row =
		find_option(strcmp(argument, "-h") == 0 ? "--help" : argument);
	if (!row) {
		char shown[120];
		lt_text_visible(argument, strlen(argument), shown, sizeof(shown));
		return lt_err_set(&in->err, LT_EUSAGE, "没有选项 %s；见 lingtan --help",
				  "there is no option %s; see lingtan --help", shown);
	}
	if (row->argument)
		return take_valued(in, row, argv, left, taken);
	if (row->to != NOWHERE)
		memcpy((char *)in + row->to, &yes, sizeof(yes));
	wishes->help |= strcmp(row->name, "--help") == 0;
	wishes->version |= strcmp(row->name, "--version") == 0;
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

/* Whether a command takes what was given: how many words, and --dry-run. */
static enum lt_status check_usage(struct invocation *in, const struct command *command)
{
	const bool too_many = command->most >= 0 && in->n_words > command->most;
	char shown[120];
	if (too_many && command->most > 0) {
		const char *word = in->words[command->most];
		lt_text_visible(word, lt_text_cut(word, strlen(word), sizeof(shown) / 4), shown, sizeof(shown));
		return lt_err_set(&in->err, LT_EUSAGE, "“%s”是多出来的，有空格的内容请加引号；用法：lingtan %s %s",
				  "'%s' is one word too many, quote what has blanks; usage: lingtan %s %s", shown,
				  command->name, command->arguments);
	}
	if (in->n_words < command->least || too_many)
		return lt_err_set(&in->err, LT_EUSAGE, "用法：lingtan %s %s；见 lingtan %s --help",
				  "usage: lingtan %s %s; see lingtan %s --help", command->name,
				  command->arguments, command->name);
	if (in->dry_run && !command->dry_run)
		return lt_err_set(&in->err, LT_EUSAGE, "%s 没有 --dry-run，什么也没有做",
				  "%s has no --dry-run; nothing was done", command->name);
	return LT_OK;
}

/* A command's name is one word of letters; a project is a file that is there, or is named like one.
 */
static bool is_project_argument(const char *argument)
{
	for (unsigned i = 0; i < n_commands; i++)
		if (strcmp(commands[i].name, argument) == 0)
			return false;
	/* a path is no command: opening it says what is wrong with it */
	return strchr(argument, '/') || session_is_project(argument);
}

/* Sits down at the screens: lingtan, or lingtan FILE. */
static enum lt_status open_screens(struct invocation *in, const char *path, sit_down screens)
{
	if (in->n_words > 0)
		return lt_err_set(&in->err, LT_EUSAGE, "工作台一次打开一个项目；见 lingtan --help",
				  "the workbench opens one project at a time; see lingtan --help");
	enum lt_status status = open_library(in);
	if (!status)
		status = open_workspace(in);
	if (status)
		return status;
	const struct sitting sitting = { .workspace = &in->workspace,
					 .path = path,
					 .assessment = in->assessment,
					 .who = who_asks(in),
					 .keys = keys_folder(in),
					 .templates = templates_folder(in),
					 .lang = in->lang,
					 .lang_said = in->lang_said,
					 .readonly = in->readonly,
					 .mouse = in->mouse,
					 .plain = in->plain,
					 .no_color = in->no_color,
					 .no_unicode = in->no_unicode };
	return screens(&sitting, &in->err);
}

/* What is told of the words themselves does not wait for a library that may be the trouble. */
static bool reads_library(const struct command *command)
{
	return command->run != command_help && command->run != command_completion &&
	       command->run != command_manual;
}

static enum lt_status run(struct invocation *in, int argc, char **argv, sit_down screens)
{
	struct wishes wishes = { 0 };
	const struct command *command = NULL;
	in->words = calloc((size_t)argc + 1, sizeof(*in->words));
	if (!in->words)
		return lt_err_memory(&in->err);
	enum lt_status status = read_arguments(in, argc, argv, &wishes);
	if (status)
		return status;
	if (wishes.version)
		return print_version(in);
	const bool sits_down = !wishes.command || is_project_argument(wishes.command);
	if (wishes.help)
		return print_help(in, sits_down ? NULL : wishes.command);
	if (sits_down)
		return open_screens(in, wishes.command, screens);
	status = find_command(in, wishes.command, &command);
	if (!status)
		status = check_usage(in, command);
	if (!status && reads_library(command))
		status = open_library(in);
	if (!status)
		in->name = command->name;
	return status ? status : command->run(in);
}

int cli_run(int argc, char **argv, const struct embedded_file *embedded, sit_down screens)
{
	struct invocation in = { .lang = language_of_environment(), .embedded = embedded,
				 .notes = stderr };
	lt_arena_init(&in.findings_arena, 0);
	lt_findings_init(&in.findings, &in.findings_arena);
	enum lt_status status =
		terminal_guard() ? run(&in, argc, argv, screens) : lt_err_memory(&in.err);
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
	close_project(&in);
	if (in.has_workspace)
		workspace_release(&in.workspace);
	library_release(&in.library);
	lt_arena_release(&in.findings_arena);
	free(in.words);
	return (int)status;
}
