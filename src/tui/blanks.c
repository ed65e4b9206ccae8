#include "blanks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/ids.h"
#include "field.h"
#include "wait.h"

/* ---- making and finding ---- */

static bool has_text(const struct blank *blank)
{
	return blank->kind == BLANK_LINE || blank->kind == BLANK_PROSE;
}

static bool has_options(const struct blank *blank)
{
	return blank->kind == BLANK_ONE || blank->kind == BLANK_SEVERAL;
}

bool blanks_takes_focus(const struct blank *blank)
{
	return blank->kind != BLANK_HEADING && !blank->is_hidden;
}

struct blank *blanks_add(struct blanks *blanks, enum blank_kind kind, const char *id,
			 const char *zh, const char *en)
{
	struct blank *blank = calloc(1, sizeof(*blank));
	const bool is_prose = kind == BLANK_PROSE;
	const struct edit_options options = { .is_multiline = is_prose,
					      .max_clusters = is_prose ? 0 : MOST_LINE };
	if (!blanks->at)
		blanks->at = calloc(MOST_BLANKS, sizeof(struct blank *));
	if (!blank || !blanks->at || blanks->n == MOST_BLANKS) {
		free(blank);
		return NULL;
	}
	blank->kind = kind;
	blank->id = id;
	blank->label = (struct label){ zh, en };
	edit_init(&blank->edit, &options);
	blanks->at[blanks->n++] = blank;
	if (!blanks_takes_focus(blanks->at[blanks->focus]))
		blanks->focus = blanks->n - 1;
	return blank;
}

void blanks_release(struct blanks *blanks)
{
	for (unsigned i = 0; i < blanks->n; i++) {
		edit_release(&blanks->at[i]->edit);
		free(blanks->at[i]);
	}
	free(blanks->at);
	*blanks = (struct blanks){ 0 };
}

struct blank_option *blank_add_option(struct blank *blank, const char *id, const char *zh,
				      const char *en)
{
	if (blank->n_options == MOST_OPTIONS)
		return NULL;
	struct blank_option *option = &blank->options[blank->n_options++];
	*option = (struct blank_option){ .id = id, .title = { zh, en } };
	return option;
}

struct blank *blanks_find(const struct blanks *blanks, const char *id)
{
	for (unsigned i = 0; i < blanks->n; i++)
		if (blanks->at[i]->id && strcmp(blanks->at[i]->id, id) == 0)
			return blanks->at[i];
	return NULL;
}

struct blank *blanks_focused(const struct blanks *blanks)
{
	return blanks->n > 0 ? blanks->at[blanks->focus] : NULL;
}

bool blanks_is_typing(const struct blanks *blanks)
{
	const struct blank *blank = blanks_focused(blanks);
	return blank && has_text(blank);
}

bool blanks_on_choice(const struct blanks *blanks)
{
	const struct blank *blank = blanks_focused(blanks);
	return blank && has_options(blank);
}

/* ---- values ---- */

const char *blank_value(const struct blank *blank, char *buf, size_t cap)
{
	size_t used = 0;
	if (!has_options(blank))
		return edit_text(&blank->edit);
	buf[0] = '\0';
	for (unsigned i = 0; i < blank->n_options && used < cap; i++)
		if (blank->options[i].is_on)
			used += (size_t)snprintf(buf + used, cap - used, "%s%s", used ? "," : "",
						 blank->options[i].id);
	return buf;
}

bool blank_is_empty(const struct blank *blank)
{
	if (has_text(blank))
		return edit_text(&blank->edit)[strspn(edit_text(&blank->edit), " \n")] == '\0';
	for (unsigned i = 0; i < blank->n_options; i++)
		if (blank->options[i].is_on)
			return false;
	return true;
}

void blank_set(struct blank *blank, const char *value)
{
	if (has_text(blank))
		edit_set(&blank->edit, value, strlen(value));
	bool is_first = true;
	for (unsigned i = 0; i < blank->n_options; i++) {
		struct blank_option *option = &blank->options[i];
		option->is_on =
			lt_ids_have(value, option->id) && (is_first || blank->kind == BLANK_SEVERAL);
		if (option->is_on && is_first)
			blank->at = i;
		is_first &= !option->is_on;
	}
}

void blank_tell(struct blank *blank, enum ink ink, const char *zh, const char *en)
{
	const char *const texts[LT_N_LANGS] = { zh, en };
	blank->message_ink = ink;
	for (int lang = 0; lang < LT_N_LANGS; lang++)
		text_format(blank->message[lang], sizeof(blank->message[lang]), "%s",
			    texts[lang] ? texts[lang] : "");
}

const char *blank_without_label(const char *text, const char *label)
{
	const size_t len = strlen(label);
	if (strncmp(text, label, len) != 0)
		return text;
	if (strncmp(text + len, "：", strlen("：")) == 0)
		return text + len + strlen("：");
	return strncmp(text + len, ": ", 2) == 0 ? text + len + 2 : text;
}

void blanks_clear_messages(struct blanks *blanks)
{
	for (unsigned i = 0; i < blanks->n; i++)
		blank_tell(blanks->at[i], INK_TEXT, "", "");
}

unsigned blanks_count_needed(const struct blanks *blanks, unsigned *n_filled)
{
	unsigned n = 0;
	*n_filled = 0;
	for (unsigned i = 0; i < blanks->n; i++) {
		const struct blank *blank = blanks->at[i];
		if (!blank->is_needed || blank->is_hidden)
			continue;
		n++;
		*n_filled += !blank_is_empty(blank);
	}
	return n;
}

/* ---- drafts: a line for each blank, its name and a tab before the value ---- */

static size_t put_escaped(char *out, const char *text)
{
	size_t len = 0;
	for (; *text; text++) {
		if (*text == '\n' || *text == '\\')
			out[len++] = '\\';
		out[len++] = *text == '\n' ? 'n' : *text;
	}
	return len;
}

char *blanks_write(const struct blanks *blanks)
{
	char buf[1000];
	size_t cap = 1, len = 0;
	for (unsigned i = 0; i < blanks->n; i++)
		if (blanks->at[i]->kind != BLANK_HEADING)
			cap += strlen(blanks->at[i]->id) + 2 +
			       2 * strlen(blank_value(blanks->at[i], buf, sizeof(buf)));
	char *text = malloc(cap);
	for (unsigned i = 0; text && i < blanks->n; i++) {
		const struct blank *blank = blanks->at[i];
		if (blank->kind == BLANK_HEADING)
			continue;
		len += (size_t)snprintf(text + len, cap - len, "%s\t", blank->id);
		len += put_escaped(text + len, blank_value(blank, buf, sizeof(buf)));
		text[len++] = '\n';
	}
	if (text)
		text[len] = '\0';
	return text;
}

static void read_line(struct blanks *blanks, char *line)
{
	char *tab = strchr(line, '\t');
	char *to = tab ? tab + 1 : line;
	if (!tab)
		return;
	*tab = '\0';
	for (const char *from = tab + 1; *from; from++) {
		if (*from == '\\' && from[1])
			*to++ = *++from == 'n' ? '\n' : *from;
		else
			*to++ = *from;
	}
	*to = '\0';
	struct blank *blank = blanks_find(blanks, line);
	if (blank && !blank->is_locked)
		blank_set(blank, tab + 1);
}

void blanks_read(struct blanks *blanks, const char *text)
{
	char *copy = strdup(text);
	for (char *line = copy; line && *line;) {
		char *end = line + strcspn(line, "\n"), *next = *end ? end + 1 : end;
		*end = '\0';
		read_line(blanks, line);
		line = next;
	}
	free(copy);
	blanks->version++;
}

bool blanks_may_go(struct blanks *blanks, struct workbench *bench, bool is_kept)
{
	if (is_kept || blanks->warned == blanks->version)
		return true;
	blanks->warned = blanks->version;
	workbench_tell(bench, NOTICE_WARN, "%s",
		       tell(bench, "没有存入，草稿也存不下；再按 Esc 就丢掉所填",
			    "not saved, and no draft can be kept; Esc again drops what was filled in"));
	return false;
}

/* ---- keys ---- */

static bool step(struct blanks *blanks, int by)
{
	for (long i = (long)blanks->focus + by; i >= 0 && i < (long)blanks->n; i += by)
		if (blanks_takes_focus(blanks->at[i])) {
			edit_seal(&blanks->at[blanks->focus]->edit);
			blanks->focus = (unsigned)i;
			blanks->is_in_words = false;
			blanks->digit.of = NULL;
			return true;
		}
	return false;
}

/* Left and Right in chips choose at once; among ticks they only move. */
static bool choose(struct blank *blank, unsigned number)
{
	if (number >= blank->n_options || blank->is_locked || blank->options[number].is_dim)
		return false;
	struct blank_option *option = &blank->options[number];
	blank->at = number;
	if (blank->kind == BLANK_SEVERAL) {
		option->is_on = !option->is_on;
		return true;
	}
	const bool was_on = option->is_on;
	for (unsigned i = 0; i < blank->n_options; i++)
		blank->options[i].is_on = i == number;
	return !was_on;
}

static bool clear(struct blank *blank)
{
	bool any = false;
	for (unsigned i = 0; i < blank->n_options && !blank->is_locked; i++) {
		any |= blank->options[i].is_on;
		blank->options[i].is_on = false;
	}
	return any;
}

static enum blanks_result move_option(struct blank *blank, int by)
{
	const bool is_first_choice = blank->kind == BLANK_ONE && blank_is_empty(blank);
	const long to = is_first_choice ? (long)blank->at : (long)blank->at + by;
	if (to < 0 || to >= (long)blank->n_options)
		return BLANKS_MOVED;
	if (blank->kind == BLANK_ONE)
		return choose(blank, (unsigned)to) ? BLANKS_CHANGED : BLANKS_MOVED;
	blank->at = (unsigned)to;
	return BLANKS_MOVED;
}

static uint32_t options_on(const struct blank *blank)
{
	uint32_t on = 0;
	for (unsigned i = 0; i < blank->n_options; i++)
		on |= (uint32_t)blank->options[i].is_on << i;
	return on;
}

static enum blanks_result digit_key(struct blanks *blanks, struct blank *blank, unsigned number)
{
	if (blanks->digit.of != blank) {
		blanks->digit.on = options_on(blank);
		blanks->digit.at = blank->at;
		blanks->digit.of = blank;
	}
	return choose(blank, number) ? BLANKS_CHANGED : BLANKS_MOVED;
}

/* "25号厂房" typed where options stand chooses nothing: what its digits chose is taken back. */
static enum blanks_result words_key(struct blanks *blanks, struct workbench *bench,
				    struct blank *blank)
{
	const uint32_t was = options_on(blank);
	blanks->is_in_words = true;
	workbench_tell_words(bench);
	if (blanks->digit.of != blank)
		return BLANKS_MOVED;
	blanks->digit.of = NULL;
	blank->at = blanks->digit.at;
	for (unsigned i = 0; i < blank->n_options; i++)
		blank->options[i].is_on = blanks->digit.on >> i & 1;
	return options_on(blank) == was ? BLANKS_MOVED : BLANKS_CHANGED;
}

static enum blanks_result option_key(struct blanks *blanks, struct workbench *bench,
				     struct blank *blank, const struct event *event)
{
	const int digit = key_digit(event);
	bool changed = false;
	/* a key that the screen took for itself, such as one that saves, ends the words as well */
	if (event->key != K_TEXT || bench->n_keys != blanks->digit.key + 1)
		blanks->digit.of = NULL;
	blanks->digit.key = bench->n_keys;
	const bool is_at_once = !blank->is_locked && wait_begins_words(bench, event);
	if (is_at_once)
		wait_drop_words(bench);
	if (!blank->is_locked &&
	    (is_at_once || key_is_letter(event) || (blanks->is_in_words && event->key == K_TEXT)))
		return words_key(blanks, bench, blank);
	const bool ends_words = blanks->is_in_words && event->key == K_BACKSPACE;
	blanks->is_in_words = false;
	if (ends_words)
		return BLANKS_MOVED;
	switch (event->key) {
	case K_LEFT:
		return move_option(blank, -1);
	case K_RIGHT:
		return move_option(blank, 1);
	case K_UP:
	case K_DOWN: {
		const long to = (long)blank->at + (event->key == K_UP ? -1 : 1);
		if (!blank->is_column || to < 0 || to >= (long)blank->n_options)
			return BLANKS_IGNORED;
		blank->at = (unsigned)to;
		return BLANKS_MOVED;
	}
	case K_DELETE:
	case K_BACKSPACE:
		changed = clear(blank);
		break;
	case K_TEXT:
		if (digit > 0)
			return digit_key(blanks, blank, (unsigned)digit - 1);
		if (key_ascii(event) == ' ')
			changed = choose(blank, blank->at);
		else
			return BLANKS_IGNORED;
		break;
	default:
		return BLANKS_IGNORED;
	}
	return changed ? BLANKS_CHANGED : BLANKS_MOVED;
}

static bool changes_text(const struct event *event)
{
	switch (event->key) {
	case K_TEXT:
	case K_PASTE:
	case K_BACKSPACE:
	case K_DELETE:
	case K_CTRL_W:
	case K_CTRL_K:
	case K_CTRL_U:
	case K_CTRL_X:
	case K_CTRL_V:
		return true;
	default:
		return false;
	}
}

static enum blanks_result text_key(struct workbench *bench, struct blank *blank,
				   const struct event *event)
{
	const bool is_vertical = event->key == K_UP || event->key == K_DOWN;
	if (blank->is_locked && (changes_text(event) || event->key == K_ENTER))
		return event->key == K_ENTER ? BLANKS_IGNORED : BLANKS_MOVED;
	const unsigned long before = blank->edit.version;
	const enum field_result result = field_type(bench, &blank->edit, event);
	if (blank->edit.version != before)
		return BLANKS_CHANGED;
	switch (result) {
	case FIELD_CHANGED:
	case FIELD_FULL:
	case FIELD_MOVED:
	case FIELD_NOMEM:
		return BLANKS_MOVED;
	case FIELD_EDGE:
		/* out of prose, at its upper and lower end */
		return is_vertical ? BLANKS_IGNORED : BLANKS_MOVED;
	case FIELD_IGNORED:
		break;
	}
	return BLANKS_IGNORED;
}

enum blanks_result blanks_key(struct blanks *blanks, struct workbench *bench,
			      const struct event *event)
{
	struct blank *blank = blanks_focused(blanks);
	if (!blank)
		return BLANKS_IGNORED;
	enum blanks_result result = BLANKS_IGNORED;
	if (event->key != K_TAB && event->key != K_BACKTAB)
		result = has_options(blank) ? option_key(blanks, bench, blank, event)
					    : text_key(bench, blank, event);
	if (result == BLANKS_CHANGED)
		blanks->version++;
	if (result != BLANKS_IGNORED)
		return result;
	switch (event->key) {
	case K_DOWN:
	case K_ENTER:
		step(blanks, 1);
		return BLANKS_MOVED;
	case K_UP:
		step(blanks, -1);
		return BLANKS_MOVED;
	/* Tab goes round */
	case K_TAB:
		if (!step(blanks, 1))
			while (step(blanks, -1))
				;
		return BLANKS_MOVED;
	case K_BACKTAB:
		if (!step(blanks, -1))
			while (step(blanks, 1))
				;
		return BLANKS_MOVED;
	case K_PAGE_DOWN:
	case K_PAGE_UP:
		for (int i = 0; i < 8; i++)
			step(blanks, event->key == K_PAGE_DOWN ? 1 : -1);
		return BLANKS_MOVED;
	default:
		return BLANKS_IGNORED;
	}
}
