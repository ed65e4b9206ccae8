/* lingtan score: one file, or any number of them, several at once and told in their order. */
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "lingtan/base/cores.h"
#include "score_view.h"

#define MAX_HANDS 8
#define FILES_A_HAND 8 /* a further hand has a library of its own to read first */

struct crew {
	struct invocation *in; /* whose command it is; written by the hand whose turn it is */
	struct lt_json json;
	enum lt_status
		status; /* of the first file that could not be scored; none is told after it */
	pthread_mutex_t lock;
	pthread_cond_t moved;
	int next, turn; /* file that nobody has taken yet; file that is to be told */
	bool is_over;   /* no more are taken */
};

/* Who reads files, with a library and a workspace of its own, so that nothing is shared. */
struct hand {
	struct crew *crew;
	struct invocation in;
	pthread_t thread;
	bool started;
};

/* ---- turns ---- */

/* The next file; -1 = there is none. */
static int take_file(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	const int taken = crew->is_over || crew->next >= crew->in->n_words ? -1 : crew->next++;
	pthread_mutex_unlock(&crew->lock);
	return taken;
}

static void wait_for_turn(struct crew *crew, int file)
{
	pthread_mutex_lock(&crew->lock);
	while (crew->turn != file)
		pthread_cond_wait(&crew->moved, &crew->lock);
	pthread_mutex_unlock(&crew->lock);
}

static void pass_turn(struct crew *crew)
{
	pthread_mutex_lock(&crew->lock);
	crew->turn++;
	crew->is_over |= crew->status != LT_OK;
	pthread_cond_broadcast(&crew->moved);
	pthread_mutex_unlock(&crew->lock);
}

/* ---- one file ---- */

/* Of several files the one that something is wrong with is named. */
static void name_file(struct invocation *in, const char *path)
{
	if (in->n_words > 1 && strncmp(in->err.text[LT_EN], path, strlen(path)) != 0)
		lt_err_prefix(&in->err, path);
}

/* In its turn: what was noted and found, and the result. */
static void tell_file(struct hand *hand, int file, const char *notes, const struct score_view *view,
		      enum lt_status status)
{
	struct crew *crew = hand->crew;
	struct invocation *in = crew->in;
	if (crew->status)
		return;
	if (notes)
		fputs(notes, in->notes);
	lt_findings_add_new(&in->findings, &hand->in.findings);
	crew->status = status;
	if (status) {
		in->err = hand->in.err;
		name_file(in, in->words[file]);
	} else if (in->json) {
		score_view_write(&crew->json, in, in->words[file], view);
	} else {
		if (file)
			printf("\n");
		score_view_print(in, view);
	}
}

static void score_file(struct hand *hand, int file)
{
	struct invocation *in = &hand->in;
	struct score_view view = { 0 };
	char *notes = NULL;
	size_t len;
	in->notes = open_memstream(&notes, &len);
	enum lt_status status =
		in->notes ? score_view_open(in, in->words[file], &view) : lt_err_memory(&in->err);
	/* what memory did not hold is not dropped in silence */
	if (in->notes && fclose(in->notes) != 0 && !status)
		status = lt_err_memory(&in->err);
	wait_for_turn(hand->crew, file);
	tell_file(hand, file, notes, &view, status);
	pass_turn(hand->crew);
	free(notes);
	score_view_close(&view);
	close_project(in);
	in->err = (struct lt_err)LT_ERR_INIT;
	lt_arena_reset(&in->findings_arena);
	lt_findings_init(&in->findings, &in->findings_arena);
}

static void *score_files(void *context)
{
	struct hand *hand = context;
	for (int file; (file = take_file(hand->crew)) >= 0;)
		score_file(hand, file);
	return NULL;
}

/* ---- hands ---- */

/* The first works with the library that is open already. */
static enum lt_status hand_open(struct hand *hand, struct crew *crew, bool is_first)
{
	struct invocation *in = &hand->in;
	hand->crew = crew;
	*in = *crew->in;
	in->has_workspace = in->has_session = false;
	lt_arena_init(&in->findings_arena, 0);
	lt_findings_init(&in->findings, &in->findings_arena);
	const enum lt_status status = is_first ? LT_OK : open_library(in);
	if (status)
		crew->in->err = in->err;
	return status;
}

static void hand_close(struct hand *hand, bool is_first)
{
	struct invocation *in = &hand->in;
	if (!hand->crew)
		return;
	if (in->has_workspace)
		workspace_release(&in->workspace);
	if (is_first)
		hand->crew->in->library = in->library;
	else
		library_release(&in->library);
	lt_arena_release(&in->findings_arena);
}

static int by_inode(const void *a, const void *b)
{
	const struct stat *left = a, *right = b;
	if (left->st_dev != right->st_dev)
		return left->st_dev < right->st_dev ? -1 : 1;
	return left->st_ino < right->st_ino ? -1 : left->st_ino > right->st_ino;
}

/* A file that is closed lets go of the locks that this process has on it, whoever holds them. */
static bool names_one_twice(const struct invocation *in)
{
	struct stat *found = calloc((size_t)in->n_words, sizeof(*found));
	bool twice = !found;
	unsigned n = 0;
	for (int i = 0; i < in->n_words && found; i++)
		n += stat(in->words[i], &found[n]) == 0;
	if (found)
		qsort(found, n, sizeof(*found), by_inode);
	for (unsigned i = 1; i < n && !twice; i++)
		twice = by_inode(&found[i - 1], &found[i]) == 0;
	free(found);
	return twice;
}

static unsigned count_hands(const struct invocation *in)
{
	const unsigned n = (unsigned)in->n_words / FILES_A_HAND;
	return n < 2 || names_one_twice(in) ? 1 : lt_cores(n < MAX_HANDS ? n : MAX_HANDS);
}

static enum lt_status put_to_work(struct crew *crew, struct hand *hands, unsigned n)
{
	enum lt_status status = LT_OK;
	for (unsigned i = 0; i < n && !status; i++)
		status = hand_open(&hands[i], crew, i == 0);
	/* what cannot be opened is told once */
	if (!status && n > 1 && (status = open_workspace(&hands[0].in)) != LT_OK) {
		crew->in->err = hands[0].in.err;
		lt_findings_add_new(&crew->in->findings, &hands[0].in.findings);
	}
	for (unsigned i = 1; i < n && !status; i++)
		hands[i].started =
			pthread_create(&hands[i].thread, NULL, score_files, &hands[i]) == 0;
	if (!status)
		score_files(&hands[0]);
	for (unsigned i = 1; i < n; i++)
		if (hands[i].started)
			pthread_join(hands[i].thread, NULL);
	for (unsigned i = 0; i < n; i++)
		hand_close(&hands[i], i == 0);
	return status;
}

/* What one file needed the next needs again: it is not given back to the system in between. */
static void keep_memory(void)
{
	enum { KEPT = 32 << 20, PIECE = 32 << 20, ROOM = 1 << 20 };
	mallopt(M_TRIM_THRESHOLD, KEPT);
	mallopt(M_MMAP_THRESHOLD, PIECE);
	mallopt(M_TOP_PAD, ROOM);
}

/* The first file that cannot be scored ends it. */
enum lt_status command_score(struct invocation *in)
{
	struct crew crew = { .in = in,
			     .lock = PTHREAD_MUTEX_INITIALIZER,
			     .moved = PTHREAD_COND_INITIALIZER };
	struct hand hands[MAX_HANDS] = { 0 };
	lt_json_init(&crew.json);
	in->reads_many = in->n_words > 1;
	if (in->n_words > FILES_A_HAND)
		keep_memory();
	if (in->n_words > 1)
		lt_json_open_list(&crew.json, NULL);
	enum lt_status status = put_to_work(&crew, hands, count_hands(in));
	if (!status)
		status = crew.status;
	if (in->n_words > 1)
		lt_json_close(&crew.json);
	if (!status && in->json)
		return print_json(in, &crew.json);
	lt_json_release(&crew.json);
	return status;
}
