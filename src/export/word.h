/* word - a Word document being written; for src/export/word*.c alone. */
#ifndef LINGTAN_SRC_EXPORT_WORD_H
#define LINGTAN_SRC_EXPORT_WORD_H

#include "lingtan/export/document.h"
#include "pack.h"

#define WORD_TEXT 80
/* Ids of bookmarks, drawings, relations and pictures count from here where a file has none greater. */
#define WORD_FIRST 9001u
/* A4 with 22 mm on both sides */
#define WORD_OWN_WIDTH 9410u

/* What the writer must know of the file it writes into. */
struct word_frame {
	char heading[3][WORD_TEXT]; /* ids of the styles of headings; "" = none: direct formatting */
	unsigned text_width;        /* twentieths of a point */
	unsigned first;             /* greater than every id that the file has */
	bool is_own;                /* a plain file of ours */
};

struct word_picture {
	char *png; /* owned */
	size_t len;
	double width, height; /* points */
};

struct word {
	const struct document *document;
	const struct word_frame *frame;
	struct lt_arena *arena;
	struct text_out *out;
	struct word_picture *pictures; /* in the arena */
	unsigned n_pictures, n_put, n_marks; /* n_put: pictures that stand in the text already */
	bool breaks; /* the next heading begins a page */
	bool keeps;  /* the row at hand stays on the page of the next one */
	struct lt_err *err;
};

/* The report as children of w:body, into word->out. Errors: LT_ESPACE. */
enum lt_status word_write_blocks(struct word *word);
/* What stands before it: title, facts, contents. */
void word_write_cover(struct word *word);

/* word_frame.c: the file around it. */
enum lt_status word_pack_own(struct word *word, FILE *out);
enum lt_status word_add_pictures(struct pack *pack, const struct word *word);
void word_put_relations(struct text_out *out, const struct word *word);
/* word_template.c: the body's own file around it. */
enum lt_status word_pack_template(struct word *word, const char *bytes, size_t len, FILE *out);

#endif
