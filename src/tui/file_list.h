/* file_list - a folder's files to choose evidence from, with a preview of the one under the cursor;
 * shared by the inbox and the attach popup. */
#ifndef LINGTAN_TUI_FILE_LIST_H
#define LINGTAN_TUI_FILE_LIST_H

#include "attach_files.h"
#include "file_preview.h"
#include "list.h"

struct file_list {
	struct attach_folder folder;
	struct list list;
	enum file_order order;
	struct file_preview preview;
	char item[80]; /* id that is attached to, "" = none yet */
	bool shows_preview; /* in the place of the list, where there is no room for both */
};

void file_list_init(struct file_list *files, const char *item);
void file_list_release(struct file_list *files);

/* The folder and order of the last time, or where the program was started. */
void file_list_open(struct file_list *files, struct workbench *bench);
/* Keeps them for the next time. */
void file_list_keep(const struct file_list *files, const struct workbench *bench);

/* Another folder; a failure is told. */
void file_list_go(struct file_list *files, struct workbench *bench, const char *path);
/* Reads the same folder again; the cursor stays on its file. */
void file_list_read_again(struct file_list *files, struct workbench *bench);

/* NULL: the list is empty. */
struct attach_file *file_list_at(const struct file_list *files);
/* Of the file under the cursor; false where there is none, or the path is too long. */
bool file_list_path(const struct file_list *files, char *out, size_t cap);
unsigned file_list_n_marked(const struct file_list *files);
/* Puts the cursor on a name; false where there is none of it. */
bool file_list_find(struct file_list *files, const char *name);

/* Goes into the folder under the cursor; false where it is a file. */
bool file_list_enter(struct file_list *files, struct workbench *bench);
/* By time, name, size, kind, and round again. */
void file_list_turn_order(struct file_list *files, struct workbench *bench);

/* Arrows, the folder above, space; false = not mine. */
bool file_list_key(struct file_list *files, struct workbench *bench, const struct event *event);
void file_list_pause(struct file_list *files, const struct workbench *bench);

/* List and preview side by side where there is room. */
void file_list_draw_both(struct file_list *files, const struct workbench *bench,
			 const struct canvas *canvas, bool has_focus);

/* ---- the document of the last tie ---- */

/* The page after the last tie, when the file under the cursor is its document; 0 = not known. */
unsigned file_list_next_page(const struct file_list *files, const struct workbench *bench);
/* After a tie with these words of a place: where they name a page it is kept. */
void last_document_keep(const struct workbench *bench, const char *name, const char *place);

#endif
