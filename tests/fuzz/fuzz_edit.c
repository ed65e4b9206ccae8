/*
 * fuzz_edit - any bytes as a field's size and kind, then as calls with their text.
 *
 * After every call the cursor stands between clusters and is seen, and the text is what the record takes; undone to the end
 * the field is empty, redone to the end it is what it was.
 */
#include <stdint.h>
#include <stdlib.h>
#include "lingtan/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
	if (!holds)
		abort();
}

#define NEED(holds) need(holds)
#include "../tui/edit_checks.h"

struct input {
	const uint8_t *data;
	size_t size;
};

static unsigned take(struct input *input)
{
	if (input->size == 0)
		return 0;
	input->size--;
	return *input->data++;
}

static void put_in(struct edit *edit, struct input *input, unsigned call)
{
	const size_t want = take(input);
	const size_t n = want < input->size ? want : input->size;
	const char *text = (const char *)input->data;

	if (call == 0)
		edit_insert(edit, text, n);
	else if (call == 1)
		edit_paste(edit, text, n);
	else
		edit_replace_all(edit, text, n);
	input->data += n;
	input->size -= n;
}

static void call_once(struct edit *edit, struct edit_clipboard *clipboard, struct input *input)
{
	const unsigned call = take(input), kind = call % 12, more = call / 12;
	const enum edit_move move = (enum edit_move)(more % (EDIT_TEXT_END + 1));

	if (kind <= 2)
		put_in(edit, input, kind);
	else if (kind <= 4)
		edit_move(edit, move, kind == 4);
	else if (kind == 5)
		edit_delete(edit, move);
	else if (kind == 6)
		more % 2 ? edit_delete_line(edit) : edit_cut(edit, clipboard);
	else if (kind == 7)
		edit_copy(edit, clipboard);
	else if (kind == 8)
		edit_paste(edit, clipboard->text, clipboard->len);
	else if (kind == 9)
		more % 2 ? edit_undo(edit) : edit_redo(edit);
	else if (kind == 10)
		edit_place(edit, (int)more, (int)take(input), more % 2);
	else if (more % 2)
		edit_select_all(edit);
	else
		edit_resize(edit, (int)take(input), (int)more % MOST_ROWS);
}

static void undo_and_redo_all(struct edit *edit)
{
	char *text = malloc(edit->len + 1);
	const size_t len = edit->len;
	need(text != NULL);
	memcpy(text, edit_text(edit), len + 1);
	while (!edit_undo(edit))
		check_edit(edit);
	need(edit->len == 0 || edit->history.n >= 999 || edit->options.is_secret);
	while (!edit_redo(edit))
		check_edit(edit);
	need(edit->len == len && memcmp(edit_text(edit), text, len) == 0);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	struct edit_clipboard clipboard = { 0 };
	struct edit edit;
	size_t at;
	const unsigned kind = take(&input);
	const struct edit_options options = {
		.is_multiline = kind & 1, .folds_twins = kind & 2, .is_secret = kind & 128, .max_clusters = kind & 4 ? kind >> 3 & 15 : 0
	};

	edit_init(&edit, &options);
	edit_resize(&edit, (int)take(&input) % 40, (int)take(&input) % MOST_ROWS);
	for (unsigned calls = 0; input.size > 0 && calls < 2000; calls++) {
		call_once(&edit, &clipboard, &input);
		check_edit(&edit);
		need(lt_text_check(edit_text(&edit), edit.len, &at) == LT_TEXT_OK);
		need(options.is_multiline || !strchr(edit_text(&edit), '\n'));
	}
	while (!edit_redo(&edit))
		check_edit(&edit);
	undo_and_redo_all(&edit);
	edit_clipboard_release(&clipboard);
	edit_release(&edit);
	return 0;
}
