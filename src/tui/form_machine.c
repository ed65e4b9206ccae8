/* Settings of a person on this machine, under those of the project: language, totals, who it is. */
#include <stdio.h>
#include <string.h>
#include "form_parts.h"

static const char *kept_setting(const struct workbench *bench, const char *name, char out[200])
{
	struct lt_arena arena;
	lt_arena_init(&arena, 0);
	const char *value = setting_find(bench->sitting->who.state_home, name, &arena);
	const size_t len = value ? strlen(value) : 0;
	out[0] = '\0';
	if (len < 200)
		memcpy(out, value ? value : "", len + 1);
	lt_arena_release(&arena);
	return out;
}

static struct blank *add_choice(struct blanks *blanks, const char *id, const struct label *label,
				const struct label *help)
{
	struct blank *blank = blanks_add(blanks, BLANK_ONE, id, label->zh, label->en);
	if (blank)
		blank->help = *help;
	return blank;
}

static bool add_person(struct blanks *blanks, struct workbench *bench)
{
	static const struct label help = {
		"新建项目、没有写明是谁时用；本次从下一个打开的项目起",
		"for new projects, and where nobody says who it is; from "
		"the next project on that is opened"
	};
	const struct form *form;
	struct lt_err ignored = LT_ERR_INIT;
	if (record_form(bench->sitting->workspace, "person", &bench->findings, &form, &ignored))
		return false;
	const struct form_field *name = form_find_field(form, "name"),
				*roles = form_find_field(form, "roles");
	struct blank *who = name ? blanks_add(blanks, BLANK_LINE, "machine.name", name->label.zh,
					      name->label.en)
				 : NULL;
	struct blank *role =
		roles ? blanks_add(blanks, BLANK_ONE, "machine.role", "角色", "Role") : NULL;
	if (!who || !role)
		return false;
	who->help = role->help = help;
	for (unsigned i = 0; i < roles->n_choices; i++)
		blank_add_option(role, roles->choices[i].id, roles->choices[i].title.zh,
				 roles->choices[i].title.en);
	return true;
}

bool machine_add_blanks(struct blanks *blanks, struct workbench *bench)
{
	static const struct label lang = { "语言", "Language" }, totals = { "总分", "Totals" };
	static const struct label lang_help = { "Ctrl-T 随时切换", "Ctrl-T switches at any time" };
	static const struct label totals_help = {
		"现场不给园区看到分数时隐藏；F12 随时切换，没选时评价一方默认隐藏",
		"hidden on site; F12 switches, and an evaluator's are hidden unless this says otherwise"
	};
	if (!blanks_add(blanks, BLANK_HEADING, "", "本机", "This machine"))
		return false;
	struct blank *language = add_choice(blanks, "machine.lang", &lang, &lang_help);
	struct blank *hiding = add_choice(blanks, "machine.hide-score", &totals, &totals_help);
	if (!language || !hiding || !add_person(blanks, bench))
		return false;
	blank_add_option(language, "zh", "中文", "中文");
	blank_add_option(language, "en", "English", "English");
	blank_add_option(hiding, "on", "隐藏", "hidden");
	blank_add_option(hiding, "off", "显示", "shown");
	machine_show(blanks, bench);
	return true;
}

void machine_show(struct blanks *blanks, const struct workbench *bench)
{
	static const char *const names[] = { "hide-score", "name", "role" };
	char value[200], id[60];
	struct blank *language = blanks_find(blanks, "machine.lang");
	if (!language)
		return;
	blank_set(language, bench->lang == LT_ZH ? "zh" : "en");
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(id, sizeof(id), "machine.%s", names[i]);
		struct blank *blank = blanks_find(blanks, id);
		if (blank)
			blank_set(blank, kept_setting(bench, names[i], value));
	}
}

void machine_follow(const struct blanks *blanks, struct workbench *bench)
{
	const char *state_home = bench->sitting->who.state_home;
	char value[200];
	const struct blank *language = blanks_find(blanks, "machine.lang"),
			   *hiding = blanks_find(blanks, "machine.hide-score"),
			   *name = blanks_find(blanks, "machine.name"),
			   *role = blanks_find(blanks, "machine.role");
	if (!language || !hiding || !name || !role)
		return;
	const enum lt_lang lang =
		strcmp(blank_value(language, value, sizeof(value)), "en") == 0 ? LT_EN : LT_ZH;
	if (lang != bench->lang)
		workbench_set_language(bench, lang);
	if (!blank_is_empty(hiding)) {
		setting_keep(state_home, "hide-score", blank_value(hiding, value, sizeof(value)));
		bench->hides_score = strcmp(value, "on") == 0;
	}
	setting_keep(state_home, "name", edit_text(&name->edit));
	setting_keep(state_home, "role", blank_value(role, value, sizeof(value)));
	if (!blank_is_empty(name) && !bench->sitting->who.name)
		workbench_be(bench, edit_text(&name->edit), value);
}
