/*
 * Memory that runs out, at every call: what was in the field stays, with its cursor, its selection and what can be undone; the
 * clipboard stays too. This program's own malloc and realloc fail at their Nth call; its free sees what is left in a block.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#define NEED(holds) assert_true(holds)
#include "edit_checks.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#if !SANITIZED && defined(__GLIBC__)
extern void *__libc_malloc(size_t size);
extern void *__libc_realloc(void *pointer, size_t size);
extern void __libc_free(void *pointer);

static long calls_left = -1; /* -1: none fails */
static bool has_failed;

static bool refuse(void)
{
	if (calls_left != 0)
		calls_left -= calls_left > 0;
	else
		has_failed = true;
	return calls_left == 0 && has_failed;
}

void *malloc(size_t size)
{
	return refuse() ? NULL : __libc_malloc(size);
}

void *realloc(void *old, size_t size)
{
	return refuse() ? NULL : __libc_realloc(old, size);
}

static const char *secret; /* looked for in what is given back; NULL = in nothing */
static unsigned n_left_behind;

void free(void *old)
{
	if (secret && old && memmem(old, malloc_usable_size(old), secret, strlen(secret)))
		n_left_behind++;
	__libc_free(old);
}

static void fail_after(long calls)
{
	has_failed = false;
	calls_left = calls;
}

struct copy {
	char *text;
	size_t len, cursor, anchor, done, n;
	char *clip;
	size_t clip_len;
};

static struct edit edit;
static struct edit_clipboard clipboard;

static struct copy copy_of_all(void)
{
	struct copy copy = { .text = malloc(edit.len + 1),
			     .len = edit.len,
			     .cursor = edit.cursor,
			     .anchor = edit.anchor,
			     .done = edit.history.done,
			     .n = edit.history.n,
			     .clip = malloc(clipboard.len + 1),
			     .clip_len = clipboard.len };
	memcpy(copy.text, edit_text(&edit), edit.len + 1);
	if (clipboard.len > 0)
		memcpy(copy.clip, clipboard.text, clipboard.len);
	return copy;
}

static void check_same(const struct copy *copy, bool clip_too)
{
	assert_int_equal(edit.len, copy->len);
	assert_memory_equal(edit_text(&edit), copy->text, copy->len + 1);
	assert_int_equal(edit.cursor, copy->cursor);
	assert_int_equal(edit.anchor, copy->anchor);
	assert_int_equal(edit.history.done, copy->done);
	assert_int_equal(edit.history.n, copy->n);
	if (clip_too) {
		assert_int_equal(clipboard.len, copy->clip_len);
		if (clipboard.len > 0)
			assert_memory_equal(clipboard.text, copy->clip, copy->clip_len);
	}
}

static void free_copy(struct copy *copy)
{
	free(copy->text);
	free(copy->clip);
}

static enum edit_status call(int which, const char *text)
{
	switch (which) {
	case 0:
		return edit_insert(&edit, text, strlen(text));
	case 1:
		return edit_paste(&edit, text, strlen(text));
	case 2:
		return edit_replace_all(&edit, text, strlen(text));
	case 3:
		return edit_delete(&edit, EDIT_WORD_LEFT);
	case 4:
		return edit_delete_line(&edit);
	case 5:
		return edit_copy(&edit, &clipboard);
	case 6:
		return edit_cut(&edit, &clipboard);
	case 7:
		return edit_paste(&edit, clipboard.text, clipboard.len);
	case 8:
		return edit_delete(&edit, EDIT_LEFT);
	default:
		return edit_set(&edit, text, strlen(text));
	}
}

#define N_CALLS 10

static void prepare(void)
{
	const struct edit_options options = { .is_multiline = true };
	edit_init(&edit, &options);
	edit_resize(&edit, 20, 4);
	edit_set(&edit, "零碳园区", 12);
	edit_insert(&edit, "评", 3);
	edit_insert(&edit, "价", 3);
	edit_paste(&edit, " 2025\n年", 9);
	edit_undo(&edit);
	edit_move(&edit, EDIT_LEFT, true);
	edit_copy(&edit, &clipboard);
}

static void test_edit__without_memory_nothing_is_lost(void **state)
{
	static char long_text[3000];
	unsigned n_refused = 0;
	(void)state;
	memset(long_text, 'x', sizeof(long_text) - 1);
	for (int which = 0; which < N_CALLS; which++) {
		for (int is_long = 0; is_long < 2; is_long++) {
			bool went_through = false;
			for (long calls = 0; !went_through; calls++) {
				prepare();
				struct copy before = copy_of_all();
				fail_after(calls);
				const enum edit_status status = call(which, is_long ? long_text : "新");
				calls_left = -1;
				went_through = !has_failed;
				assert_int_equal(status == EDIT_NOMEM, has_failed);
				n_refused += has_failed;
				if (has_failed)
					check_same(&before, which != 6); /* a cut may have copied */
				check_edit(&edit);
				while (!edit_undo(&edit))
					check_edit(&edit);
				if (has_failed)
					assert_string_equal(edit_text(&edit), "零碳园区");
				free_copy(&before);
				edit_release(&edit);
				edit_clipboard_release(&clipboard);
			}
		}
	}
	assert_true(n_refused >= 2 * N_CALLS);
}

static void test_edit__undo_and_redo_need_no_memory(void **state)
{
	(void)state;
	prepare();
	edit_replace_all(&edit, "x", 1);
	fail_after(0);
	while (!edit_undo(&edit))
		continue;
	const bool needed = has_failed;
	while (!edit_redo(&edit))
		continue;
	calls_left = -1;
	assert_false(needed || has_failed);
	assert_string_equal(edit_text(&edit), "x");
	edit_release(&edit);
	edit_clipboard_release(&clipboard);
}

static void type_and_release(bool is_secret, const char *text)
{
	const struct edit_options options = { .is_secret = is_secret };
	edit_init(&edit, &options);
	n_left_behind = 0;
	secret = text;
	for (const char *at = text; *at; at++)
		assert_int_equal(edit_insert(&edit, at, 1), EDIT_DONE);
	assert_int_equal(edit_paste(&edit, text, strlen(text)), EDIT_DONE);
	assert_int_equal(edit_delete(&edit, EDIT_LEFT), EDIT_DONE);
	edit_release(&edit);
	secret = NULL;
}

static void test_edit__nothing_of_a_secret_is_left_behind(void **state)
{
	/* longer than what a field begins with, so that it grows */
	static const char text[] = "correct horse battery staple, and as long again so that the field has to grow twice";
	(void)state;
	type_and_release(true, text);
	assert_int_equal(n_left_behind, 0);
	type_and_release(false, text);
	assert_true(n_left_behind > 0);
}
#else
static void skip_here(void)
{
	print_message("skipped: the sanitizers have a malloc of their own\n");
	skip();
}

static void test_edit__nothing_of_a_secret_is_left_behind(void **state)
{
	(void)state;
	skip_here();
}

static void test_edit__without_memory_nothing_is_lost(void **state)
{
	(void)state;
	skip_here();
}

static void test_edit__undo_and_redo_need_no_memory(void **state)
{
	(void)state;
	skip_here();
}
#endif

/* So that a sanitized run has a test at all. */
static void test_edit__an_empty_field_has_no_memory(void **state)
{
	const struct edit_options options = { .is_multiline = true };
	struct edit field;
	(void)state;
	edit_init(&field, &options);
	assert_string_equal(edit_text(&field), "");
	assert_null(field.text);
	assert_int_equal(edit_delete(&field, EDIT_LEFT), EDIT_NOTHING);
	assert_int_equal(edit_undo(&field), EDIT_NOTHING);
	check_edit(&field);
	edit_release(&field);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edit__an_empty_field_has_no_memory),
		cmocka_unit_test(test_edit__nothing_of_a_secret_is_left_behind),
		cmocka_unit_test(test_edit__without_memory_nothing_is_lost),
		cmocka_unit_test(test_edit__undo_and_redo_need_no_memory),
	};
	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
