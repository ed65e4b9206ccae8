/* Images of documents: what comes back is what was read, for every file that the program carries. */
#include <string.h>
#include "written.h"
#include "image.h"
#include "lingtan/core/digest.h"

static bool is_yaml(const struct embedded_file *file)
{
	const size_t len = strlen(file->path);
	/* templates are read as text, once a certificate is made */
	return len > 5 && strcmp(file->path + len - 5, ".yaml") == 0 &&
	       strncmp(file->path, "templates/", 10) != 0;
}

static struct yaml_source source_of(const struct embedded_file *file)
{
	return (struct yaml_source){ .name = file->path, .text = file->text, .len = file->len };
}

static const struct yaml_source *with_image(struct yaml_source *source, const void *image)
{
	source->image = image;
	source->proven = true;
	return source;
}

/* The image that the program carries is the one that its text gives now. */
static void test_image__is_what_the_text_gives(void **state)
{
	(void)state;
	unsigned n = 0;
	for (const struct embedded_file *file = embedded_files; file->path; file++) {
		struct lt_arena arena;
		struct lt_findings findings;
		struct lt_err err = LT_ERR_INIT;
		const void *image;
		size_t len;
		const struct yaml_source source = source_of(file);
		if (!is_yaml(file))
			continue;
		lt_arena_init(&arena, 0);
		lt_findings_init(&findings, &arena);
		assert_int_equal(document_image(&source, &arena, &findings, &image, &len, &err), LT_OK);
		assert_non_null(file->image);
		if (memcmp(image, file->image, len) != 0)
			fail_msg("%s: the image is of another text", file->path);
		lt_arena_release(&arena);
		n++;
	}
	assert_true(n > 20);
}

/* Restored and made again, it is the same: nothing of a document is left out on the way back. */
static void test_image__survives_a_round(void **state)
{
	(void)state;
	for (const struct embedded_file *file = embedded_files; file->path; file++) {
		struct lt_arena arena;
		struct lt_findings findings;
		struct lt_err err = LT_ERR_INIT;
		const void *first, *second;
		size_t len, len_again;
		struct yaml_source source = source_of(file);
		if (!is_yaml(file))
			continue;
		lt_arena_init(&arena, 0);
		lt_findings_init(&findings, &arena);
		assert_int_equal(document_image(&source, &arena, &findings, &first, &len, &err), LT_OK);
		assert_int_equal(document_image(with_image(&source, first), &arena, &findings, &second, &len_again, &err), LT_OK);
		assert_int_equal(len, len_again);
		assert_memory_equal(first, second, len);
		lt_arena_release(&arena);
	}
}

/* Two readings of a ruleset, from text and from the image, say the same of every item. */
static void test_image__items_are_the_same(void **state)
{
	(void)state;
	struct library read, restored;
	struct lt_findings findings;
	struct lt_err err = LT_ERR_INIT;
	assert_int_equal(library_open(&read, embedded_texts(), NULL, NULL, &err), LT_OK);
	assert_int_equal(library_open(&restored, embedded_files, NULL, NULL, &err), LT_OK);
	lt_findings_init(&findings, &read.arena);
	for (unsigned r = 0; r < read.n_entries; r++) {
		struct ruleset *a, *b;
		assert_int_equal(library_load(&read, read.entries[r].id, &findings, &a, &err), LT_OK);
		assert_int_equal(library_load(&restored, read.entries[r].id, &findings, &b, &err), LT_OK);
		assert_int_equal(a->n_items, b->n_items);
		assert_int_equal(a->n_plan, b->n_plan);
		for (unsigned i = 0; i < a->n_items; i++) {
			char of_a[LT_SHA256_HEX], of_b[LT_SHA256_HEX];
			item_digest(&a->items[i], of_a);
			item_digest(&b->items[i], of_b);
			assert_string_equal(of_a, of_b);
			assert_int_equal(a->items[i].n_evidence, b->items[i].n_evidence);
		}
	}
	library_release(&restored);
	library_release(&read);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_image__is_what_the_text_gives),
		cmocka_unit_test(test_image__survives_a_round),
		cmocka_unit_test(test_image__items_are_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
