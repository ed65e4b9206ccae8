/* certificate_parts - the parts of the certificate's screen; for screen_certificate.c and
 * certificate_register.c alone. */
#ifndef LINGTAN_TUI_CERTIFICATE_PARTS_H
#define LINGTAN_TUI_CERTIFICATE_PARTS_H

#include "certificate_matters.h"
#include "lingtan/app/ready.h"
#include "lingtan/app/register.h"
#include "lingtan/app/signoff.h"
#include "list.h"
#include "screens.h"

/* What is written once its path, and where it needs one the key, are known. */
enum certificate_deed { DEED_SPECIMEN, DEED_ISSUE, DEED_REPRINT, DEED_STATUS_LIST };

/* The body's register below: a list of its own. */
struct register_pane {
	struct registered *rows;
	unsigned n_rows;
	struct list list;
	bool has_focus;
	/* the certificate of the deed at hand, and what becomes of it */
	char number[120], other[120], reason[MOST_REASON];
	enum registered_state state;
	bool is_surveillance;
};

struct showing {
	struct lt_arena arena; /* of the register's rows and the template */
	struct ready ready;
	struct cert_matters matters; /* in the session's arena */
	struct sign_step *steps;
	unsigned n_steps;
	struct certificate_case of;
	bool has_case;
	struct certificate_template *template;
	const char *template_folder;
	struct register_pane pane;
	char day[16];
	char out[4096], registry[4096]; /* of the deed at hand */
	enum certificate_deed deed;
	struct list list;
};

/* The certificate's screen where it lies on top, as after one of its popups was closed; or NULL. */
struct showing *showing_on_top(struct workbench *bench);

/* ---- in screen_certificate.c ---- */

/* The deed, after the key was unlocked and the file named. */
void certificate_begin(struct workbench *bench, struct showing *at, enum certificate_deed deed);
/* In the language of the person. Errors: those of certificate_format(). */
enum lt_status certificate_drawing(struct workbench *bench, struct showing *at, struct drawing *out,
				   struct lt_err *err);

/* That Esc stopped what was being written. */
void certificate_tell_stopped(struct workbench *bench, bool is_issued);

/* Files that lie ready until the number counts: for struct issuing. */
struct ready_files {
	struct showing *at;
	const struct lt_key *key;
	struct certificate_files files;
};
enum lt_status ready_files_lay(void *context, const struct certificate *certificate,
			       const struct drawn *drawn, struct lt_err *err);
enum lt_status ready_files_name(void *context, struct lt_err *err);

/* ---- in certificate_register.c ---- */

enum lt_status register_pane_load(struct workbench *bench, struct showing *at, struct lt_err *err);
void register_pane_draw(const struct workbench *bench, struct showing *at,
			const struct canvas *canvas, int row);
/* What can be done with the certificate that is selected, or where a register comes from. */
void register_pane_choose(struct workbench *bench, struct showing *at);
void register_pane_write(struct workbench *bench, struct showing *at); /* DEED_REPRINT, DEED_STATUS_LIST */

#endif
