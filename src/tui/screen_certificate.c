/* The certificate: what is in the way, who has signed, how it would look, and the body's register. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "certificate_parts.h"
#include "frame.h"
#include "lingtan/app/key.h"
#include "lingtan/base/file.h"
#include "lingtan/base/text.h"
#include "path.h"
#include "screens.h"
#include "wrap.h"

#define PREVIEW_COLS 40
#define LABEL_COLS 7

static struct showing *showing_of(const struct screen *screen)
{
	return screen->data;
}

/* ---- reading ---- */

static enum lt_status load_case(struct workbench *bench, struct showing *at, struct lt_err *err)
{
	struct session *session = bench->session;
	enum lt_status status = certificate_template_find(
		session->workspace->library, NULL, bench->sitting->templates, &session->arena,
		&bench->findings, &at->template, &at->template_folder, err);
	if (!status)
		status = certificate_gather(session, bench->ref, at->template, at->day, &at->of,
					    &bench->findings, err);
	if (!status)
		status = certificate_mark(session, &at->of, false, err);
	at->has_case = !status;
	return status;
}

static void load(struct screen *screen)
{
	struct showing *at = showing_of(screen);
	struct workbench *bench = screen->bench;
	struct lt_err err = LT_ERR_INIT;
	if (!bench->session || !bench->ref)
		return;
	workbench_today(at->day);
	at->ready = (struct ready){ 0 };
	at->matters = (struct cert_matters){ 0 };
	at->n_steps = 0;
	enum lt_status status = session_ready(bench->session, bench->ref, NULL, &at->ready,
					      &bench->findings, &err);
	if (!status)
		status = session_sign_steps(bench->session, bench->ref, &at->steps, &at->n_steps,
					    &bench->findings, &err);
	if (!status)
		status = load_case(bench, at, &err);
	if (!status && !cert_matters_gather(&at->ready, &at->of, &bench->session->arena, &at->matters))
		status = lt_err_memory(&err);
	if (!status)
		status = register_pane_load(bench, at, &err);
	if (status)
		workbench_tell_err(bench, &err);
}

static const char *field(const struct showing *at, enum certificate_field which)
{
	const char *text = at->has_case ? at->of.certificate.at[which] : NULL;
	return text && text[0] ? text : "-";
}

static bool can_issue(const struct screen *screen)
{
	const struct showing *at = showing_of(screen);
	return at->has_case && !at->of.n_because && !at->of.n_blockers &&
	       screen_is_writable(screen);
}

/* ---- the preview ---- */

static void draw_box(const struct canvas *canvas, const char *title)
{
	const int right = canvas->cols - 1, foot = canvas->rows - 1;
	draw_fill(canvas, 0, 0, canvas->cols, INK_FAINT, "─");
	draw_fill(canvas, foot, 0, canvas->cols, INK_FAINT, "─");
	draw_text(canvas, 0, 0, INK_FAINT, "┌");
	draw_text(canvas, 0, right, INK_FAINT, "┐");
	draw_text(canvas, foot, 0, INK_FAINT, "└");
	draw_text(canvas, foot, right, INK_FAINT, "┘");
	for (int row = 1; row < foot; row++) {
		draw_text(canvas, row, 0, INK_FAINT, "│");
		draw_text(canvas, row, right, INK_FAINT, "│");
	}
	draw_format(canvas, 0, 2, INK_WARN, " %s ", title);
}

static void draw_field(const struct canvas *canvas, int row, const char *label, enum ink ink,
		       const char *text)
{
	draw_text(canvas, row, 2, INK_DIM, label);
	draw_cut(canvas, row, 2 + LABEL_COLS, canvas->cols - 4 - LABEL_COLS, ink, text);
}

static void draw_title(const struct workbench *bench, const struct showing *at,
		       const struct canvas *inside)
{
	char title[300];
	const char *grade = field(at, bench->lang == LT_ZH ? CERT_GRADE_ZH : CERT_GRADE_EN);
	text_format(title, sizeof(title), tell(bench, "%s证书", "Certificate %s"),
		    strcmp(grade, "-") == 0 || bench->hides_score ? "" : grade);
	const int width = text_columns(title);
	const int left = width < inside->cols - 2 ? (inside->cols - width) / 2 : 1;
	draw_cut(inside, 0, left, inside->cols - 2, INK_TITLE, title);
}

static void draw_preview(const struct workbench *bench, const struct showing *at,
			 const struct canvas *inside)
{
	const unsigned lang = bench->lang == LT_ZH ? 0 : 1;
	const bool hides = bench->hides_score;
	const struct {
		const char *zh, *en, *text;
		enum ink ink;
	} rows[] = {
		{ "编号", "No.", tell(bench, "发证时取号", "taken when issued"), INK_WARN },
		{ "园区", "park", field(at, CERT_PARK), INK_TEXT },
		{ "地址", "place", field(at, CERT_ADDRESS), INK_TEXT },
		{ "类型", "type", field(at, CERT_TYPE_ZH + lang), INK_TEXT },
		{ "标准", "std.", field(at, CERT_CODE), INK_TEXT },
		{ "总分", "total", hides ? "-" : field(at, CERT_TOTAL), INK_TEXT },
		{ "等级", "grade", hides ? "-" : field(at, CERT_GRADE_ZH + lang), INK_TITLE },
		{ "零碳至", "zero", field(at, CERT_ZERO_TO), INK_TEXT },
		{ "有效", "until", field(at, CERT_VALID_UNTIL), INK_TEXT },
		{ "机构", "body", field(at, CERT_BODY_ZH + lang), INK_TEXT },
	};
	const int n = (int)(sizeof(rows) / sizeof(rows[0]));
	/* title and fields, a row between them where there is one, and why it is no certificate */
	const int first = inside->rows > n + 2 ? 2 : 1, room = inside->rows - first - n;
	const char *because = field(at, CERT_BECAUSE_ZH + lang);
	const int needed = wrap_count(because, strlen(because), inside->cols - 4);
	const int below = room < 1 ? 1 : needed < room ? needed : room;
	draw_title(bench, at, inside);
	for (int i = 0; i < n; i++)
		draw_field(inside, first + i, tell(bench, rows[i].zh, rows[i].en), rows[i].ink,
			   rows[i].text);
	if (below == 1)
		draw_cut(inside, inside->rows - 1, 2, inside->cols - 4, INK_WARN, because);
	else
		draw_wrapped(inside, inside->rows - below, 2, inside->cols - 4, below, INK_WARN, because);
}

static const char *kind_word(const struct workbench *bench, const struct showing *at)
{
	return at->of.n_because ? tell(bench, "预览 样张", "preview, specimen")
				: tell(bench, "预览 草稿", "preview, draft");
}

/* ---- the parts of the screen ---- */

static void draw_signatures(const struct screen *screen, const struct canvas *canvas, int row)
{
	static const enum ink inks[N_SIGN_STATES] = { [SIGN_WAITING] = INK_DIM,
						      [SIGN_DUE] = INK_WARN,
						      [SIGN_VALID] = INK_OK,
						      [SIGN_VOID] = INK_VETO };
	const struct showing *at = showing_of(screen);
	const struct workbench *bench = screen->bench;
	const int fair = (canvas->cols - 11) / (at->n_steps ? (int)at->n_steps : 1);
	const int width = fair < 26 ? fair : 26;
	draw_text(canvas, row, 3, INK_TITLE, tell(bench, "签署", "Signed"));
	for (unsigned i = 0; i < at->n_steps; i++) {
		const struct sign_step *step = &at->steps[i];
		const int col = 11 + (int)i * width;
		draw_cut(canvas, row, col, width - 2, INK_DIM, label_of(bench, &step->role->title));
		draw_cut(canvas, row + 1, col, width - 2, inks[step->state],
			 step->by && step->state == SIGN_VALID
				 ? step->by
				 : label_of(bench, &sign_state_titles[step->state]));
	}
}

static void certificate_draw_screen(struct screen *screen, const struct canvas *canvas)
{
	struct showing *at = showing_of(screen);
	const bool has_preview = canvas->cols >= 100;
	const int n_register = (at->pane.n_rows ? (int)at->pane.n_rows + 1 : 1) + at->pane.has_focus;
	const int most = canvas->rows / 3, free = canvas->rows >= 20;
	const int below = 4 + free + (n_register < most ? n_register : most);
	const int height = canvas->rows - below - 1;
	const struct canvas left =
		canvas_part(canvas, 1, 0, height, has_preview ? canvas->cols - PREVIEW_COLS - 3 : 0);
	if (at->matters.checks)
		cert_matters_draw(screen->bench, &at->matters, &at->list, &left,
				  !at->pane.has_focus);
	if (has_preview) {
		const struct canvas box = canvas_part(canvas, 1, canvas->cols - PREVIEW_COLS - 1,
						      height < 16 ? height - 1 : 16, PREVIEW_COLS);
		const struct canvas inside = canvas_part(&box, 2, 1, -2, -1);
		draw_box(&box, kind_word(screen->bench, at));
		draw_preview(screen->bench, at, &inside);
	}
	draw_signatures(screen, canvas, height + 2);
	register_pane_draw(screen->bench, at, canvas, height + 5);
}

static void certificate_score_line(struct screen *screen, const struct canvas *row)
{
	const struct showing *at = showing_of(screen);
	const struct workbench *bench = screen->bench;
	int col = draw_text(row, 0, 1, INK_DIM, tell(bench, "出证 ", "issue "));
	if (can_issue(screen)) {
		draw_text(row, 0, col, INK_OK, tell(bench, "可以  按 2 发证", "possible: press 2"));
		return;
	}
	col = draw_text(row, 0, col, INK_VETO, tell(bench, "不可", "not yet")) + 3;
	if (at->matters.checks)
		col = cert_matters_sum(bench, &at->matters, row, col);
	draw_cut(row, 0, col, row->cols - col - 1, INK_WARN,
		 at->of.n_because ? tell(bench, "只能出样张", "specimen only")
				  : tell(bench, "可出草稿", "a draft is possible"));
}

/* ---- deeds: where to, with which key ---- */

static const char *beside_project(const struct workbench *bench, const char *name,
				  char out[4096])
{
	const char *slash = strrchr(bench->path, '/');
	text_format(out, 4096, "%.*s%s", slash ? (int)(slash + 1 - bench->path) : 0, bench->path,
		    name);
	return out;
}

enum lt_status certificate_drawing(struct workbench *bench, struct showing *at, struct drawing *out,
				   struct lt_err *err)
{
	*out = (struct drawing){ .lang = bench->lang,
				 .template = at->template,
				 .template_folder = at->template_folder,
				 .fields = &at->of.fields,
				 .key = bench->sitting->workspace->key,
				 .watched = bench->session };
	return certificate_format(at->out, &out->format, err);
}

void certificate_tell_stopped(struct workbench *bench, bool is_issued)
{
	workbench_tell(bench, NOTICE_WARN, "%s",
		       is_issued ? tell(bench, "已取消：没有取号，没有写出文件",
					"stopped: no number was taken, no file was written")
				 : tell(bench, "已取消，没有写出文件", "stopped; no file was written"));
}

static void write_specimen(struct workbench *bench, struct showing *at)
{
	struct drawing drawing;
	struct drawn drawn = { 0 };
	struct lt_err err = LT_ERR_INIT;
	workbench_wait_begin(bench, "certificate");
	enum lt_status status = certificate_drawing(bench, at, &drawing, &err);
	if (!status)
		status = certificate_draw(&at->of.certificate, &drawing, &bench->session->arena,
					  &drawn, &err);
	if (!status)
		status = certificate_write(at->out, false, drawing.key, &at->of.certificate,
					   drawn.bytes, drawn.len, &err);
	free(drawn.bytes);
	if (!workbench_wait_end(bench))
		certificate_tell_stopped(bench, false);
	else if (status)
		workbench_tell_err(bench, &err);
	else
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已写出 %s", "%s written"), at->out);
	workbench_wait_once(bench);
}

enum lt_status ready_files_lay(void *context, const struct certificate *certificate,
			       const struct drawn *drawn, struct lt_err *err)
{
	struct ready_files *ready = context;
	return certificate_files_begin(&ready->files, ready->at->out, false, ready->key,
				       certificate, drawn->bytes, drawn->len, err);
}

enum lt_status ready_files_name(void *context, struct lt_err *err)
{
	struct ready_files *ready = context;
	return certificate_files_finish(&ready->files, err);
}

static enum lt_status issue_into(struct workbench *bench, struct showing *at,
				 struct session *registry, const char **number, struct lt_err *err)
{
	struct ready_files ready = { .at = at,
				     .key = bench->sitting->workspace->key,
				     .files = { .file = { .fd = -1 }, .signature = { .fd = -1 } } };
	struct issuing wish = { .project = bench->session,
				.registry = registry,
				.ref = bench->ref,
				.template = at->template,
				.day = at->day,
				.write = ready_files_lay,
				.finish = ready_files_name,
				.context = &ready };
	enum lt_status status = certificate_drawing(bench, at, &wish.drawing, err);
	registry->command = "certificate";
	if (!status)
		status = certificate_issue(&wish, number, &bench->findings, err);
	certificate_files_abandon(&ready.files);
	return status;
}

static void issue(struct workbench *bench, struct showing *at)
{
	struct session registry = { 0 };
	struct lt_err err = LT_ERR_INIT;
	const char *number = "";
	char told[200];
	workbench_begin(bench, "certificate");
	enum lt_status status = session_open(&registry, bench->sitting->workspace, at->registry,
					     PROJECT_WRITE, &bench->who, &err);
	if (!status)
		status = project_permits(registry.project, &err);
	if (!status)
		status = issue_into(bench, at, &registry, &number, &err);
	text_format(told, sizeof(told), "%s", number);
	if (registry.workspace)
		session_close(&registry);
	if (!status)
		register_remember(bench->session, at->registry);
	if (workbench_end(bench, status, &err, true))
		workbench_tell(bench, NOTICE_DONE, tell(bench, "已发证 %s", "issued %s"), told);
	else if (bench->was_cancelled)
		certificate_tell_stopped(bench, true);
	workbench_wait_once(bench);
}

static void path_given(struct workbench *bench, void *context, const char *text)
{
	struct showing *at = showing_on_top(bench);
	(void)context;
	if (!at || !typed_path(bench, text, at->out))
		return;
	if (at->deed == DEED_ISSUE)
		issue(bench, at);
	else if (at->deed == DEED_SPECIMEN)
		write_specimen(bench, at);
	else
		register_pane_write(bench, at);
}

/* What each deed's file is called, and how the question for it. */
static void ask_path(struct workbench *bench, struct showing *at)
{
	char name[300], path[4096];
	const char *title = tell(bench, "写出到", "write to"), *kind, *of = field(at, CERT_PARK);
	const char *help = tell(bench, "以 .pdf、.svg 或 .png 结尾；不会覆盖已有的文件",
				"ends with .pdf, .svg or .png; no other file is replaced");
	const char *ending = "pdf";
	switch (at->deed) {
	case DEED_ISSUE:
		title = tell(bench, "发证到", "issue as");
		kind = tell(bench, "证书", " certificate");
		break;
	case DEED_REPRINT:
		kind = tell(bench, " 补印", " printed anew");
		of = at->pane.number;
		break;
	case DEED_STATUS_LIST:
		kind = at->day;
		of = tell(bench, "证书状态表 ", "list of states ");
		ending = "json";
		help = tell(bench, "以 .json 或 .csv 结尾；不会覆盖已有的文件",
			    "ends with .json or .csv; no other file is replaced");
		break;
	case DEED_SPECIMEN:
	default:
		kind = at->of.n_because ? tell(bench, "样张", " specimen") : tell(bench, "草稿", " draft");
		break;
	}
	text_format(name, sizeof(name), "%.*s%s.%s", (int)lt_text_cut(of, strlen(of), 200), of, kind, ending);
	for (char *c = name; *c; c++)
		*c = *c == '/' ? '_' : *c;
	ask_open(bench, title, help, beside_project(bench, name, path), true, NULL, path_given, NULL);
}

static void passphrase_given(struct workbench *bench, void *context, const char *text)
{
	struct showing *at = showing_on_top(bench);
	const struct key_file *file;
	struct lt_err err = LT_ERR_INIT;
	(void)context;
	enum lt_status status = key_file_find(bench->sitting->keys, bench->session->name,
					      &bench->session->arena, &file, &err);
	if (!status)
		status = workspace_unlock(bench->sitting->workspace, file, text, &err);
	if (status)
		workbench_tell_err(bench, &err);
	else if (at)
		ask_path(bench, at);
}

static void with_key(struct workbench *bench, struct showing *at)
{
	const struct key_file *file;
	struct lt_err err = LT_ERR_INIT;
	char title[300];
	if (bench->sitting->workspace->key) {
		ask_path(bench, at);
		return;
	}
	const enum lt_status status =
		bench->sitting->keys
			? key_file_find(bench->sitting->keys, bench->session->name,
					&bench->session->arena, &file, &err)
			: lt_err_set(&err, LT_EFILE, "不知道密钥文件夹在哪里；请设 HOME",
				     "there is no place for keys; set HOME");
	if (status) {
		workbench_tell_err(bench, &err);
		return;
	}
	text_format(title, sizeof(title), tell(bench, "%s 的口令", "passphrase of %s"),
		    file->label.person);
	ask_open_secret(bench, title,
			tell(bench, "解锁一次，到退出为止", "unlocked once, until you leave"),
			passphrase_given, NULL);
}

static void register_given(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct showing *at = showing_on_top(bench);
	(void)context;
	(void)readonly;
	if (!at)
		return;
	text_format(at->registry, sizeof(at->registry), "%s", path);
	with_key(bench, at);
}

void certificate_begin(struct workbench *bench, struct showing *at, enum certificate_deed deed)
{
	at->deed = deed;
	if (deed == DEED_SPECIMEN)
		ask_path(bench, at);
	else
		with_key(bench, at);
}

static void start_issue(struct screen *screen)
{
	static const char *const endings[] = { ".lingtan", NULL };
	struct showing *at = showing_of(screen);
	at->deed = DEED_ISSUE;
	if (at->registry[0])
		with_key(screen->bench, at);
	else
		pick_open_beside(screen->bench,
				 tell(screen->bench, "证书登记", "register of certificates"), endings,
				 register_given, NULL);
}

static void start_specimen(struct screen *screen)
{
	certificate_begin(screen->bench, showing_of(screen), DEED_SPECIMEN);
}

/* ---- checking a file ---- */

static void check_given(struct workbench *bench, void *context, const char *path, bool readonly)
{
	struct lt_arena arena;
	struct lt_err err = LT_ERR_INIT;
	struct proof proof;
	const char *bytes;
	size_t len;
	(void)context;
	(void)readonly;
	lt_arena_init(&arena, 0);
	const struct lt_key *own = bench->sitting->workspace->key;
	enum lt_status status = lt_file_read(path, (size_t)64 << 20, &arena, &bytes, &len, &err);
	if (!status)
		status = certificate_prove(bytes, len, own ? lt_key_public(own) : "", &arena, &proof,
					   &err);
	if (status)
		workbench_tell_err(bench, &err);
	else if (!proof.holds)
		workbench_tell(bench, NOTICE_WARN, tell(bench, "不成立：%s", "does not hold: %s"),
			       proof.why[bench->lang]);
	else
		workbench_tell(bench, NOTICE_DONE,
			       tell(bench, "签名成立，密钥 %.12s  %s", "the signature holds, key %.12s, %s"),
			       proof.public,
			       proof.certificate.at[CERT_NUMBER] && proof.certificate.at[CERT_NUMBER][0]
				       ? proof.certificate.at[CERT_NUMBER]
				       : tell(bench, "样张或草稿", "a specimen or draft"));
	lt_arena_release(&arena);
}

static void start_check(struct screen *screen)
{
	static const char *const endings[] = { ".pdf", ".json", NULL };
	pick_open_beside(screen->bench, tell(screen->bench, "查验哪个文件", "which file to check"),
			 endings, check_given, NULL);
}

/* ---- F3: the preview alone ---- */

static void preview_draw(struct screen *screen, const struct canvas *canvas)
{
	struct workbench *bench = screen->bench;
	struct showing *at = bench->n_screens > 1 ? bench->stack[bench->n_screens - 2].data : NULL;
	if (!at)
		return;
	const struct canvas inside =
		frame_popup(bench, canvas, 16, 60, false, kind_word(bench, at), NULL);
	const struct canvas text = canvas_part(&inside, 1, 0, 0, 0);
	draw_preview(bench, at, &text);
}

static const struct screen_kind preview_kind = {
	.id = "preview",
	.title = { "预览", "Preview" },
	.size = SIZE_POPUP,
	.draw = preview_draw,
};

static void preview(struct screen *screen)
{
	workbench_push(screen->bench, &preview_kind, NULL);
}

/* ---- keys ---- */

static const struct cert_matter *selected(const struct screen *screen)
{
	const struct showing *at = showing_of(screen);
	return at->list.at < at->matters.n ? &at->matters.rows[at->list.at] : NULL;
}

static bool has_matter(const struct screen *screen)
{
	return selected(screen) != NULL;
}

static bool can_tick(const struct screen *screen)
{
	const struct cert_matter *matter = selected(screen);
	return matter && !showing_of(screen)->pane.has_focus && matter->severity == READY_WARNING &&
	       matter->n_ticked < matter->n && screen_is_writable(screen);
}

static bool has_case(const struct screen *screen)
{
	return showing_of(screen)->has_case;
}

static bool has_row(const struct screen *screen)
{
	return showing_of(screen)->pane.has_focus || has_matter(screen);
}

static void go_on(struct screen *screen)
{
	struct showing *at = showing_of(screen);
	const struct cert_matter *matter = selected(screen);
	if (at->pane.has_focus)
		register_pane_choose(screen->bench, at);
	else if (matter->first)
		ready_jump(screen->bench, matter->first);
	else
		decisions_open(screen->bench);
}

static void next(struct screen *screen)
{
	struct showing *at = showing_of(screen);
	at->list.at = at->list.at + 1 < at->matters.n ? at->list.at + 1 : 0;
}

static void sign(struct screen *screen)
{
	sign_off_open(screen->bench);
}

static bool certificate_key(struct screen *screen, const struct event *event)
{
	struct register_pane *pane = &showing_of(screen)->pane;
	if (event->key == K_TAB || event->key == K_BACKTAB) {
		pane->has_focus = !pane->has_focus;
		return true;
	}
	if (list_key(pane->has_focus ? &pane->list : &showing_of(screen)->list, event))
		return true;
	const char c = event->key == K_TEXT ? (char)key_ascii(event) : 0;
	if (c == ' ' && can_tick(screen))
		ready_tick(screen->bench, selected(screen)->first);
	else if (c == '1' && has_case(screen))
		start_specimen(screen);
	else if (c == '2' && can_issue(screen))
		start_issue(screen);
	else if (c == '3')
		start_check(screen);
	else if (c == '4')
		export_open(screen->bench);
	else if (c == '5' && has_matter(screen))
		ready_open(screen->bench);
	else
		return false;
	return true;
}

static void certificate_close(struct screen *screen)
{
	struct showing *at = showing_of(screen);
	lt_arena_release(&at->arena);
	free(at);
}

#define DIGIT(key, zh, en, zh_help, en_help, live)                                                 \
	{                                                                                          \
		.keys = { key, key }, .title = { zh, en }, .help = { zh_help, en_help },           \
		.group = GROUP_CHANGE, .in_foot = true, .is_live = live                            \
	}

static const struct action certificate_actions[] = {
	{ .key = K_ENTER,
	  .title = { "到该处", "go there" },
	  .help = { "去能处理它的那一栏；在登记里：变更这张证书的状态",
		    "to the field that cures it; in the register: another state of the certificate" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = has_row,
	  .run = go_on },
	{ .keys = { "Tab", "Tab" },
	  .title = { "登记", "register" },
	  .help = { "到证书登记，再按回来：暂停、恢复、撤销、监督、补印、状态表",
		    "to the register and back: suspend, resume, withdraw, surveillance, print anew, list of states" },
	  .group = GROUP_MOVE,
	  .in_foot = true },
	{ .key = K_F5,
	  .letter = 'n',
	  .title = { "下一条", "next" },
	  .group = GROUP_MOVE,
	  .in_foot = true,
	  .is_live = has_matter,
	  .run = next },
	{ .keys = { "空格", "Space" },
	  .title = { "确认", "confirm" },
	  .help = { "以自己的名义确认这处提示，记入日志", "answers for the warning in your name" },
	  .group = GROUP_ANSWER,
	  .in_foot = true,
	  .is_live = can_tick },
	{ .key = K_F3,
	  .letter = 'x',
	  .title = { "预览", "preview" },
	  .group = GROUP_SCREEN,
	  .in_foot = true,
	  .is_live = has_case,
	  .run = preview },
	{ .key = K_F4,
	  .letter = 'r',
	  .title = { "签署", "sign" },
	  .group = GROUP_CHANGE,
	  .in_foot = true,
	  .run = sign },
	DIGIT("1", "样张", "specimen", "写出样张或草稿，横贯页面注明", "writes a specimen or draft, marked across the page", has_case),
	DIGIT("2", "出证", "issue", "取号、签名、登记，一次完成", "number, signature and register, at once", can_issue),
	DIGIT("3", "查验", "check", "查验一份证书或签名记录", "checks a certificate or its record", NULL),
	DIGIT("4", "导出", "export", "报告、工作簿、数据、佐证包", "reports, workbook, data, evidence", NULL),
	DIGIT("5", "逐处", "one by one", "出证检查：每一处一行", "the checks, a row for each place", has_matter),
};

static const struct screen_kind certificate_kind = {
	.id = "certificate",
	.title = { "证书", "Certificate" },
	.size = SIZE_WHOLE,
	.actions = certificate_actions,
	.n_actions = sizeof(certificate_actions) / sizeof(certificate_actions[0]),
	.has_score_line = true,
	.needs_project = true,
	.draw = certificate_draw_screen,
	.key = certificate_key,
	.changed = load,
	.score_line = certificate_score_line,
	.close = certificate_close,
};

/* After a popup closed, the screen that opened it lies on top. */
struct showing *showing_on_top(struct workbench *bench)
{
	struct screen *top = workbench_top(bench);
	return top && top->kind == &certificate_kind ? top->data : NULL;
}

void certificate_open(struct workbench *bench)
{
	struct showing *at = workbench_room(bench, sizeof(*at));
	struct screen *screen = at ? workbench_push(bench, &certificate_kind, at) : NULL;
	if (screen)
		load(screen);
}
