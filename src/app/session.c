#include "lingtan/app/session.h"

#include <fcntl.h>
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "lingtan/app/inspect.h"
#include "lingtan/app/role.h"
#include "lingtan/base/date.h"
#include "lingtan/base/text.h"
#include "session_parts.h"

#define MAX_TEXT 100000 /* bytes of one text that a person enters */

/* ---- who ---- */

static char account[256]; /* whose this program runs as; "" = nobody could tell at the start */

static void find_account(void)
{
	char line[16384];
	struct passwd room, *found = NULL;
	getpwuid_r(getuid(), &room, line, sizeof(line), &found);
	if (found && strlen(found->pw_name) < sizeof(account))
		snprintf(account, sizeof(account), "%s", found->pw_name);
}

static const char *account_name(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const char *name = getenv("LINGTAN_AS");
	if (name && name[0])
		return name;
	pthread_once(&once, find_account);
	return account[0] ? account : "unknown";
}

/* The role of NAME:ROLE, NULL where there is none; the colon may be that of a Chinese input method,
 * which would be part of the name otherwise. *len: of the name. */
static const char *role_behind(const char *name, size_t *len)
{
	static const char wide[] = "：";
	const size_t n = sizeof(wide) - 1;
	for (size_t at = strlen(name); at-- > 0;)
		if (name[at] == ':' || strncmp(name + at, wide, n) == 0) {
			*len = at;
			return name + at + (name[at] == ':' ? 1 : n);
		}
	*len = strlen(name);
	return NULL;
}

static const char *name_before(const char *name, struct lt_arena *arena)
{
	size_t len;
	role_behind(name, &len);
	return lt_arena_strndup(arena, name, len);
}

const char *who_name(const struct who *who, struct lt_arena *arena)
{
	return name_before(who->name ? who->name : account_name(), arena);
}

const char *who_role(const struct who *who)
{
	size_t len;
	return who->role ? who->role : who->name ? role_behind(who->name, &len) : NULL;
}

/* The first role that the project knows of a person. */
static enum lt_status known_role(struct session *session, const char **role, struct lt_err *err)
{
	struct words value;
	const char *key = cell_key_join(&session->arena, &session->name, 1);
	enum lt_status status = key ? project_get(session->project, "person", key, "roles",
						  &session->arena, &value, err)
				    : lt_err_memory(err);
	if (status || !value.at)
		return status;
	const char *first =
		lt_arena_strndup(&session->arena, value.at[0], strcspn(value.at[0], ","));
	if (!first)
		return lt_err_memory(err);
	if (roles_find(session->workspace->roles, first))
		*role = first;
	return LT_OK;
}

static enum lt_status refuse_role(struct session *session, const char *role, struct lt_err *err)
{
	const struct roles *roles = session->workspace->roles;
	struct lt_arena *arena = &session->arena;
	const char *zh = "", *en = "";
	for (unsigned i = 0; i < roles->n_roles && zh && en; i++) {
		const struct role *at = &roles->roles[i];
		zh = lt_arena_printf(arena, "%s%s%s（%s）", zh, i ? "、" : "", at->role,
				     at->title.zh);
		en = lt_arena_printf(arena, "%s%s%s (%s)", en, i ? ", " : "", at->role,
				     at->title.en);
	}
	return zh && en ? lt_err_set(err, LT_EUSAGE, "没有角色“%s”；有 %s%.0s",
				     "there is no role '%s'; there are %.0s%s", role, zh, en)
			: lt_err_memory(err);
}

enum lt_status session_identify(struct session *session, const struct who *who, struct lt_err *err)
{
	const char *name = who->name ? who->name : account_name();
	size_t len;
	const char *role = who->role ? who->role : role_behind(name, &len);
	session->name = name_before(name, &session->arena);
	if (!session->name)
		return lt_err_memory(err);
	if (role)
		role = roles_named(session->workspace->roles, role);
	enum lt_status status = session_check_text("--as", session->name, false, err);
	if (!status && !session->name[0])
		status = lt_err_set(err, LT_EUSAGE, "--as 后面要有姓名", "--as needs a name");
	if (!status && role && !roles_find(session->workspace->roles, role))
		status = refuse_role(session, role, err);
	if (!status && !role && session->project)
		status = known_role(session, &role, err);
	session->role = role ? role : "evaluator";
	return status;
}

/* ---- texts at the edge ---- */

static enum lt_status check_text(const struct label *what, const char *text, bool lines,
				 struct lt_err *err)
{
	size_t at;
	const size_t len = strlen(text);
	const enum lt_text_fault fault = lt_text_check(text, len, &at);
	if (len > MAX_TEXT)
		return lt_err_set(err, LT_EDATA, "%s%.0s：文字过长（%zu 字节，最多 %d）",
				  "%.0s%s: the text is too long (%zu bytes, %d at most)", what->zh,
				  what->en, len, MAX_TEXT);
	if (fault == LT_TEXT_NOT_UTF8 || fault == LT_TEXT_GBK)
		return lt_err_set(err, LT_EDATA, "%s%.0s：文字不是 UTF-8 编码，请转换后再试",
				  "%.0s%s: the text is not UTF-8, convert it", what->zh, what->en);
	if (fault == LT_TEXT_CONTROL || (!lines && text[strcspn(text, "\n\r\t")]))
		return lt_err_set(err, LT_EDATA, "%s%.0s：文字里有控制字符，请删去后再试",
				  "%.0s%s: the text has control characters, take them out",
				  what->zh, what->en);
	return LT_OK;
}

enum lt_status session_check_text(const char *what, const char *text, bool lines,
				  struct lt_err *err)
{
	return check_text(&(struct label){ what, what }, text, lines, err);
}

bool is_blank(const char *text)
{
	return !text || !text[strspn(text, " \t\r\n")];
}

/* ---- life ---- */

bool session_is_project(const char *path)
{
	char head[16];
	const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	const bool is = fd >= 0 && pread(fd, head, sizeof(head), 0) == (ssize_t)sizeof(head) &&
			memcmp(head, "SQLite format 3", sizeof(head)) == 0;
	if (fd >= 0)
		close(fd);
	const size_t len = strlen(path);
	return is || (len > 8 && strcmp(path + len - 8, ".lingtan") == 0);
}

void session_start(struct session *session, struct workspace *workspace, const struct who *who)
{
	*session = (struct session){ .workspace = workspace, .command = "", .reason = "" };
	lt_arena_init(&session->arena, 0);
	session->state = who->state_home;
}

enum lt_status session_open(struct session *session, struct workspace *workspace, const char *path,
			    enum project_mode mode, const struct who *who, struct lt_err *err)
{
	session_start(session, workspace, who);
	enum lt_status status = project_open(workspace->store, path, mode, &session->project, err);
	if (!status)
		status = session_identify(session, who, err);
	if (!status)
		status = state_compare(session, err);
	return status;
}

void session_close(struct session *session)
{
	cycle_close_others(session);
	inspector_stop(session->inspector);
	project_close(session->project);
	lt_arena_release(&session->arena);
	*session = (struct session){ 0 };
}

void session_count(struct session *session, const struct label *doing, unsigned n_done,
		   unsigned n_all)
{
	static const struct label nothing = { NULL, NULL };
	session->doing = doing ? *doing : nothing;
	session->n_done = doing ? n_done : 0;
	session->n_all = doing ? n_all : 0;
}

/* ---- changes ---- */

static bool grow(struct changes *changes)
{
	changes->at = lt_arena_room(&changes->session->arena, changes->at, changes->n,
				    &changes->cap, sizeof(*changes->at));
	return changes->at != NULL;
}

static bool is_change_of(const struct change *change, const char *table, const char *key,
			 const char *group)
{
	return strcmp(change->key, key) == 0 && strcmp(change->table, table) == 0 &&
	       strcmp(change->group, group) == 0;
}

static unsigned change_hash(const char *table, const char *key, const char *group)
{
	return lt_text_hash_on(lt_text_hash_on(lt_text_hash(table), key), group);
}

/* Slots for all changes there are; false without memory, and the list is looked through. */
static bool index_changes(struct changes *changes)
{
	if (changes->n_slots >= changes->n * 2 && changes->n_indexed == changes->n)
		return true;
	if (changes->n_slots < changes->n * 2 + 2) {
		const unsigned wanted = changes->n_slots ? changes->n_slots * 4 : 1024;
		unsigned *slots = lt_arena_alloc(&changes->session->arena, wanted, sizeof(*slots));
		if (!slots)
			return false;
		changes->slots = slots;
		changes->n_slots = wanted;
		changes->n_indexed = 0;
	}
	for (; changes->n_indexed < changes->n; changes->n_indexed++) {
		const struct change *change = &changes->at[changes->n_indexed];
		unsigned slot = change_hash(change->table, change->key, change->group);
		for (slot &= changes->n_slots - 1; changes->slots[slot];)
			slot = (slot + 1) & (changes->n_slots - 1);
		changes->slots[slot] = changes->n_indexed + 1;
	}
	return true;
}

/* Few are looked through; of many, as an import makes them, an index is kept. */
static struct change *find_change(struct changes *changes, const char *table, const char *key,
				  const char *group)
{
	if (changes->n < 64 || !index_changes(changes)) {
		for (unsigned i = 0; i < changes->n; i++)
			if (is_change_of(&changes->at[i], table, key, group))
				return &changes->at[i];
		return NULL;
	}
	unsigned slot = change_hash(table, key, group) & (changes->n_slots - 1);
	for (; changes->slots[slot]; slot = (slot + 1) & (changes->n_slots - 1))
		if (is_change_of(&changes->at[changes->slots[slot] - 1], table, key, group))
			return &changes->at[changes->slots[slot] - 1];
	return NULL;
}

enum text_rule { ONE_LINE, LINES, ANY_CHARACTER };

/* A copy of the texts in the session's arena, each checked. */
static enum lt_status copy_texts(struct session *session, const struct label *what,
				 const char *const *from, unsigned n, enum text_rule rule,
				 const char ***to, struct lt_err *err)
{
	*to = lt_arena_alloc(&session->arena, n, sizeof(**to));
	if (!*to)
		return lt_err_memory(err);
	for (unsigned i = 0; i < n; i++) {
		const char *text = from[i] ? from[i] : "";
		enum lt_status status =
			rule == ANY_CHARACTER ? LT_OK : check_text(what, text, rule == LINES, err);
		if (status)
			return status;
		(*to)[i] = lt_arena_strndup(&session->arena, text, strlen(text));
		if (!(*to)[i])
			return lt_err_memory(err);
	}
	return LT_OK;
}

static enum lt_status add_change(struct changes *changes, const char *table, const char *const *key,
				 const char *group, const char *const *values, enum text_rule rule,
				 struct lt_err *err)
{
	struct session *session = changes->session;
	const struct fact_table *of = vocabulary_find_table(session->workspace->vocabulary, table);
	const struct cell_group *cell = of ? fact_table_find_group(of, group) : NULL;
	struct change change = { .table = table, .group = group };
	const char **parts;
	if (!cell)
		return lt_err_set(err, LT_EBUG, "没有字段组 %s.%s", "there is no group %s.%s",
				  table, group);
	enum lt_status status =
		copy_texts(session, &of->title, key, of->key.n, ONE_LINE, &parts, err);
	if (!status && values) {
		status = copy_texts(session, &cell->title, values, cell->members.n, rule,
				    &change.new.at, err);
		change.new.n = cell->members.n;
	}
	if (status)
		return status;
	change.key = cell_key_join(&session->arena, parts, of->key.n);
	if (!change.key)
		return lt_err_memory(err);
	struct change *before = find_change(changes, table, change.key, group);
	if (before) {
		before->new = change.new;
		return LT_OK;
	}
	/* without a project yet every cell is empty */
	if (session->project)
		status = project_get(session->project, table, change.key, group, &session->arena,
				     &change.old, err);
	if (status || cell_value_equals(&change.old, &change.new))
		return status;
	if (!grow(changes))
		return lt_err_memory(err);
	changes->at[changes->n++] = change;
	return LT_OK;
}

enum lt_status changes_add(struct changes *changes, const char *table, const char *const *key,
			   const char *group, const char *const *values, struct lt_err *err)
{
	return add_change(changes, table, key, group, values, LINES, err);
}

enum lt_status changes_add_names(struct changes *changes, const char *table, const char *const *key,
				 const char *group, const char *const *values, struct lt_err *err)
{
	return add_change(changes, table, key, group, values, ANY_CHARACTER, err);
}

/* ---- committing ---- */

bool tell_time(char out[TIME_TEXT])
{
	struct tm local;
	char text[24], zone[8];
	const time_t now = time(NULL);
	return localtime_r(&now, &local) &&
	       strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &local) &&
	       strftime(zone, sizeof(zone), "%z", &local) == 5 &&
	       snprintf(out, TIME_TEXT, "%s%.3s:%.2s", text, zone, zone + 3) == TIME_TEXT - 1;
}

enum lt_status session_sign(struct session *session, struct entry *entry, const char *kind,
			    struct lt_err *err)
{
	char now[TIME_TEXT];
	entry->kind = kind;
	entry->by = session->name;
	entry->role = session->role;
	entry->at = tell_time(now) ? lt_arena_strndup(&session->arena, now, sizeof(now)) : "";
	entry->command = session->command;
	entry->reason = session->reason;
	if (!entry->at)
		return lt_err_memory(err);
	enum lt_status status = session_check_text("--reason", session->reason, true, err);
	return status ? status : session_check_text("lingtan", session->command, true, err);
}

enum lt_status session_today(struct session *session, const char **day, struct lt_err *err)
{
	struct entry now = { 0 };
	enum lt_status status = session_sign(session, &now, "", err);
	*day = status ? NULL : lt_arena_strndup(&session->arena, now.at, 10);
	return status ? status : *day ? LT_OK : lt_err_memory(err);
}

enum lt_status session_check_day(const char *what, const char *day, struct lt_err *err)
{
	return lt_date_is(day) ? LT_OK
			       : lt_err_set(err, LT_EDATA, "%s：没有“%s”这一天；写成 2026-04-26",
					    "%s: there is no day '%s'; write it like 2026-04-26",
					    what, day);
}

enum lt_status session_may_commit(struct session *session, const struct changes *changes,
				  struct lt_err *err)
{
	const struct deed deed = { .by = session->name,
				   .role = session->role,
				   .changes = changes->at,
				   .n_changes = changes->n };
	const enum lt_status status = changes->n ? role_permits(session, &deed, err) : LT_OK;
	return status ? status : round_permits(session, changes, err);
}

enum lt_status session_commit(struct session *session, const char *kind, struct changes *changes,
			      bool *done, struct lt_err *err)
{
	struct entry entry = { .changes = changes->at, .n_changes = changes->n };
	*done = false;
	if (!changes->n)
		return LT_OK;
	/* what permits it still holds when it is written: nobody writes in between */
	enum lt_status status = project_begin(session->project, true, err);
	if (status)
		return status;
	status = session_may_commit(session, changes, err);
	if (!status)
		status = session_ready_key(session, err);
	if (!status)
		status = session_sign(session, &entry, kind, err);
	if (!status)
		status = journal_commit(session->project, &entry, NULL, err);
	struct lt_err second = LT_ERR_INIT;
	const enum lt_status ended = project_end(session->project, !status, status ? &second : err);
	*done = !status && !ended;
	return status ? status : ended;
}
