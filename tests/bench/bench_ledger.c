/* Medians of a long inventory beside their limits: 10,000 lines loaded, and what one key moves. Prints, judges nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "lingtan/app/inventory.h"

extern const struct embedded_file embedded_files[];

#define RUNS 21
#define LINES 10000

static struct library library;
static struct workspace workspace;
static struct session session;
static struct lt_arena arena;
static struct lt_findings findings;
static struct lt_err err;

/* Of the processor: nothing here waits for the disk, and another program takes nothing from it. */
static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void need(bool done, const char *what)
{
	if (done)
		return;
	fprintf(stderr, "bench: %s: %s %s\n", what, err.text[LT_EN], findings.first ? findings.first->text[LT_EN] : "");
	exit(1);
}

static void print_median(const char *what, double *us, const char *limit)
{
	qsort(us, RUNS, sizeof(*us), by_size);
	printf("%-58s %9.3f ms   limit %s\n", what, us[RUNS / 2] / 1000, limit);
}

static void fill_line(struct ledger_line *line, unsigned i)
{
	static const char *const years[] = { "2023", "2024", "2025" }, *const scopes[] = { "1", "2", "3" };
	ledger_line_init(line);
	line->id = lt_arena_printf(&arena, "%08u", i);
	line->year = years[i % 3];
	line->kind = "emission";
	line->scope = scopes[i % 7 % 3];
	line->system = ledger_system_names[i % N_LEDGER_SYSTEMS];
	line->source = lt_arena_printf(&arena, "柴油 %u", i % 400);
	line->place = lt_arena_printf(&arena, "T%02u", i % 46);
	line->amount = lt_arena_printf(&arena, "%u.%03u", i % 9999, i % 1000);
	line->unit = "t";
	line->factor = (struct ledger_factor){ "diesel", "3.0959", "tCO2/t", "N12", "fuels", "", "", "" };
}

static void make(const char *path)
{
	const struct who who = { .name = "bench", .role = "park" };
	const struct new_project wish = { .park = "bench", .standard = "t-csus-66-2023", .stage = "operation", .year = "2025", .park_type = "production" };
	static struct ledger_line lines[LINES];
	struct inventory inventory;
	struct changes changes;
	bool done;
	unlink(path);
	need(session_new(&session, &workspace, path, &who, &wish, &findings, &err) == LT_OK, "new");
	for (unsigned i = 0; i < LINES; i++)
		fill_line(&lines[i], i);
	session.command = "line import";
	need(inventory_open(&session, NULL, &inventory, &findings, &err) == LT_OK, "open");
	const double from = now_us();
	need(inventory_put(&session, &inventory, lines, LINES, false, &changes, &done, &err) == LT_OK && done, "put");
	printf("%-58s %9.3f ms\n", "10,000 lines put in as one entry, once", (now_us() - from) / 1000);
	inventory_close(&inventory);
}

static void measure_load(void)
{
	double us[RUNS];
	struct inventory inventory;
	for (int run = 0; run < RUNS; run++) {
		const double from = now_us();
		need(inventory_open(&session, NULL, &inventory, &findings, &err) == LT_OK, "open");
		us[run] = now_us() - from;
		need(inventory.ledger.n == LINES, "all lines");
		inventory_close(&inventory);
	}
	print_median("10,000 lines loaded with their totals", us, "50 ms");
}

static void measure_key(void)
{
	double us[RUNS], ranked[RUNS], ordered[RUNS];
	struct inventory inventory;
	struct ledger_share *shares;
	unsigned n;
	need(inventory_open(&session, NULL, &inventory, &findings, &err) == LT_OK, "open");
	for (int run = 0; run < RUNS; run++) {
		struct ledger_line line = inventory.ledger.rows[run * 37].line;
		line.amount = run % 2 ? "12.5" : "1234.5";
		double from = now_us();
		need(ledger_set(&inventory.ledger, (unsigned)run * 37, &line, &err) == LT_OK, "set");
		need(ledger_net(ledger_totals(&inventory.ledger, line.year), true).units != 0, "net");
		us[run] = now_us() - from;
		from = now_us();
		need(ledger_ranking(&inventory.ledger, "2025", LEDGER_EMISSION, true, &inventory.arena, &shares, &n, &err) == LT_OK, "ranking");
		ranked[run] = now_us() - from;
		from = now_us();
		need(inventory_order(&inventory, "2025", &inventory.arena, &n) != NULL, "order");
		ordered[run] = now_us() - from;
	}
	print_median("one key: a line's tonnes and the totals of its year", us, "5 ms");
	print_median("sources ranked", ranked, "5 ms");
	print_median("lines of a year in order", ordered, "-");
	inventory_close(&inventory);
}

int main(int argc, char **argv)
{
	char path[300];
	snprintf(path, sizeof(path), "%s/ledger.lingtan", argc > 1 ? argv[1] : "/tmp");
	lt_arena_init(&arena, 0);
	lt_findings_init(&findings, &arena);
	need(library_open(&library, embedded_files, NULL, NULL, &err) == LT_OK, "library");
	need(workspace_open(&workspace, &library, &findings, &err) == LT_OK, "workspace");
	make(path);
	measure_load();
	measure_key();
	session_close(&session);
	workspace_release(&workspace);
	library_release(&library);
	lt_arena_release(&arena);
	unlink(path);
	return 0;
}
