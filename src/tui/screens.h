/* screens - how each screen is opened. */
#ifndef LINGTAN_TUI_SCREENS_H
#define LINGTAN_TUI_SCREENS_H

#include "path.h"
#include "workbench.h"

/* The start screen, without a project. */
void screens_start(struct workbench *bench);

/* After a project was opened: the overview, and on it the screen where the person was. */
void screens_resume(struct workbench *bench, const struct place *place);

/* ---- screens that fill the frame ---- */
void overview_open(struct workbench *bench);
void result_open(struct workbench *bench);
void result_open_gap(struct workbench *bench);
/* Gap and trial for who assesses: opened with a reason, or closed again (advice.h). */
void advice_switch(struct workbench *bench);
void result_open_beside(struct workbench *bench, enum rung rung); /* compared with it */
void explain_open(struct workbench *bench, uint32_t slot); /* NO_SLOT: the figure that leads */
void explain_resume(struct workbench *bench);              /* on the number where the person was */
void walk_open(struct workbench *bench, uint32_t item);    /* NO_SLOT: the next thing to do */
void walk_resume(struct workbench *bench);                 /* where the person was, or there */
void walk_goto(struct workbench *bench, uint32_t item); /* in the walk that is open, or a new one */
void walk_show(struct workbench *bench, uint32_t item); /* in the walk on top, unless a number is typed there */

void import_open(struct workbench *bench);       /* a sheet is chosen, and shown before it counts */
void merge_open_screen(struct workbench *bench); /* another file of the project, shown first */
void patch_open_screen(struct workbench *bench); /* a patch, item by item */
void aside_open(struct workbench *bench);        /* a review of a file that may not be written */
void patch_make_open(struct workbench *bench);   /* what one did, to send */
void new_open(struct workbench *bench);          /* a new project; needs none */
void park_open(struct workbench *bench);         /* forms of the project */
void settings_open(struct workbench *bench);
void profile_open(struct workbench *bench); /* a body's own numbers */
void people_open(struct workbench *bench);
struct ready_finding;
/* To the field that cures it; the tick of a warning by whoever sits here. */
void ready_jump(struct workbench *bench, const struct ready_finding *finding);
void ready_tick(struct workbench *bench, const struct ready_finding *finding);
void certificate_open(struct workbench *bench);
/* ---- the assessment as a job ---- */
void engagement_open(struct workbench *bench);
void places_open(struct workbench *bench); /* tenants, meters and the like; samples of them */
void material_open(struct workbench *bench); /* what was asked of the park */
void material_open_at(struct workbench *bench, const char *title); /* with the cursor on what is still owed */
void plan_open(struct workbench *bench);
void stop_open(struct workbench *bench, const char *id);
const char *stop_on_screen(const struct workbench *bench); /* the stop that is looked at, or NULL */
void sample_open(struct workbench *bench, const char *year, const char *population);
void photos_open(struct workbench *bench); /* when, at which stop, of which place */
void points_open(struct workbench *bench); /* of the technical review */
void coverage_open(struct workbench *bench); /* what the visit has left out; also after a merge */
struct note_info;
void note_ask(struct workbench *bench); /* at the stop on the screen, or at none */
void note_ask_items(struct workbench *bench, const struct note_info *note);
/* Forms to print, the cursor on one of them; only: of those by rows, this row (NULL = all). */
void paper_open(struct workbench *bench, const char *form, const char *only);
void paper_open_list(struct workbench *bench); /* on the first of them */

void export_open(struct workbench *bench); /* what leaves the project as a file */
void ready_open(struct workbench *bench); /* what speaks against the assessment */
void findings_open(struct workbench *bench);
void sign_off_open(struct workbench *bench);
void decisions_open(struct workbench *bench);
void quantities_open(struct workbench *bench);
void inventory_open_screen(struct workbench *bench);
enum ledger_register {
	REGISTER_OFFSETS,
	REGISTER_CERTIFICATES,
	REGISTER_METERS,
	REGISTER_CALIBRATIONS,
	N_REGISTERS
};
void register_open(struct workbench *bench, enum ledger_register which);
void standards_open(struct workbench *bench); /* the standards at hand; needs no project */

/* A typed path as path_expand() has it; false, and it is told, where it does not fit. */
bool typed_path(struct workbench *bench, const char *text, char out[PATH_TEXT]);

/* Of a screen that shows what a file would bring: its name, and that nothing is written yet. */
void preview_header(const struct workbench *bench, const struct canvas *row, const char *path);

/* Pages by the digit that opens them: 0 overview, 1 items, 2 inventory, 3 result, 4 review,
 * 5 certificate, 6 import, 7 park, 8 people, 9 figures. false: there is none. */
bool page_open(struct workbench *bench, unsigned digit);
void log_open(struct workbench *bench); /* the journal */
void review_open(struct workbench *bench);

/* ---- popups ---- */
void help_open(struct workbench *bench);
void tour_open(struct workbench *bench);
void tour_open_once(struct workbench *bench); /* unless this person has seen it */
void go_open(struct workbench *bench);
void command_open(struct workbench *bench); /* F9 */
void find_open(struct workbench *bench);    /* F7 */
void find_open_with(struct workbench *bench, const char *query);
void remark_open(struct workbench *bench, uint32_t item); /* words on an item */
void remark_open_at(struct workbench *bench, uint32_t item, size_t cursor);
void attach_open(struct workbench *bench, uint32_t item); /* evidence for an item */
/* The same on a file of the folder that was looked at last, at its place. */
void attach_open_at(struct workbench *bench, uint32_t item, const char *name);
void inbox_open(struct workbench *bench); /* files of a folder, to attach from */
void retie_open(struct workbench *bench, uint32_t item, unsigned number); /* a tie's place */

/* A list to choose from, by digit or arrows; `chosen` is called with the number after it closed. */
struct menu_row {
	const char *title, *detail; /* copied; detail may be NULL */
	int digit;                  /* that chooses it; -1 = none */
	bool is_dim;                /* cannot be chosen now */
};
typedef void (*menu_chosen)(struct workbench *bench, void *context, unsigned number);
void menu_open(struct workbench *bench, const char *title, const struct menu_row *rows, unsigned n,
	       unsigned selected, menu_chosen chosen, void *context);

/* One line to type; `given` is called with the text after it closed, not called on Esc. Where what it
 * does tells of LT_ESPACE, the text is there to be taken again. is_needed: an empty text is refused.
 * check: NULL, or a function that says what is wrong, in words, or NULL. */
typedef void (*ask_given)(struct workbench *bench, void *context, const char *text);
typedef const char *(*ask_check)(struct workbench *bench, void *context, const char *text);
void ask_open(struct workbench *bench, const char *title, const char *help, const char *text,
	      bool is_needed, ask_check check, ask_given given, void *context);

/* The same for words that are not to be lost when the battery dies, or Esc is pressed by mistake: a
 * draft of the assessment, offered when the same is asked again. about: what they are said of. */
void ask_open_words(struct workbench *bench, const char *about, const char *title, const char *help,
		    const char *text, bool is_needed, ask_check check, ask_given given, void *context);

/* The same for words of which there is one draft, whatever it is called: shorter than 40 bytes. */
void ask_open_kept(struct workbench *bench, const char *draft, const char *title, const char *help,
		   ask_given given, void *context);

/* The same for prose: Enter is a line end, F2 takes it. Kept as well, by title, help and text. */
void ask_open_prose(struct workbench *bench, const char *title, const char *help, const char *text,
		    ask_given given, void *context);

/* The same for a passphrase: only marks are shown, and nothing of it is kept. */
void ask_open_secret(struct workbench *bench, const char *title, const char *help, ask_given given,
		     void *context);

/* A file to choose: typed, completed or taken from the list of its folder. `given` is called with
 * the whole path after it closed. endings: ".lingtan", NULL; NULL = every file. readonly: it was
 * asked for, which it can be where the file can be looked at. */
typedef void (*pick_given)(struct workbench *bench, void *context, const char *path, bool readonly);
void pick_open(struct workbench *bench, const char *title, const char *path,
	       const char *const *endings, bool can_be_looked_at, pick_given given, void *context);
/* In the folder of the open project. */
void pick_open_beside(struct workbench *bench, const char *title, const char *const *endings,
		      pick_given given, void *context);

#endif
