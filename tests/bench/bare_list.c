/*
 * bare_list - the least that could be called a list of items on a screen: ncurses, SQLite, 78 rows, a selection bar. What a
 * workbench costs beyond it is measured against it. Usage: bare_list FILE; with --make it makes the file and ends.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <curses.h>
#include <sqlite3.h>

enum { MAX_ROWS = 200 };

struct row {
	char number[16], title[128], state[32];
};

static struct row rows[MAX_ROWS];
static int n_rows, selected, top;

static int make(const char *path)
{
	sqlite3 *db;
	remove(path);
	if (sqlite3_open(path, &db) != SQLITE_OK)
		return 1;
	sqlite3_exec(db, "CREATE TABLE item(number TEXT PRIMARY KEY, title TEXT, state TEXT) STRICT; BEGIN", NULL, NULL, NULL);
	for (int i = 0; i < 78; i++) {
		char *sql = sqlite3_mprintf("INSERT INTO item VALUES('%d.%d.%02d', '可再生能源利用率与余热评估 %d', '%d/15')", 4 + i / 10, 1 + i % 2, i, i, i % 15);
		sqlite3_exec(db, sql, NULL, NULL, NULL);
		sqlite3_free(sql);
	}
	sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	return sqlite3_close(db) != SQLITE_OK;
}

static void copy_column(sqlite3_stmt *statement, int column, char *to, size_t size)
{
	snprintf(to, size, "%s", (const char *)sqlite3_column_text(statement, column));
}

static int load(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
		sqlite3_prepare_v2(db, "SELECT number, title, state FROM item ORDER BY number", -1, &statement, NULL) != SQLITE_OK)
		return 1;
	while (n_rows < MAX_ROWS && sqlite3_step(statement) == SQLITE_ROW) {
		struct row *r = &rows[n_rows++];
		copy_column(statement, 0, r->number, sizeof(r->number));
		copy_column(statement, 1, r->title, sizeof(r->title));
		copy_column(statement, 2, r->state, sizeof(r->state));
	}
	sqlite3_finalize(statement);
	return sqlite3_close(db) != SQLITE_OK;
}

static void draw(void)
{
	erase();
	mvprintw(0, 1, "%d / %d", selected + 1, n_rows);
	for (int i = 0; i < LINES - 2 && top + i < n_rows; i++) {
		const struct row *r = &rows[top + i];
		if (top + i == selected)
			attron(A_REVERSE);
		mvprintw(i + 1, 1, "%-8s %s", r->number, r->title);
		mvprintw(i + 1, COLS - 10, "%8s", r->state);
		attroff(A_REVERSE);
	}
	refresh();
}

static void move_by(int n)
{
	selected += n;
	if (selected < 0)
		selected = 0;
	if (selected >= n_rows)
		selected = n_rows - 1;
	if (selected < top)
		top = selected;
	if (selected >= top + LINES - 2)
		top = selected - (LINES - 3);
}

static void turn_page(int n)
{
	int last = n_rows - (LINES - 2);
	top += n;
	top = top > last ? last : top;
	top = top < 0 ? 0 : top;
	move_by(n);
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "--make") == 0)
		return make(argv[2]);
	if (argc != 2 || load(argv[1]) != 0)
		return 2;
	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	set_escdelay(25);
	curs_set(0);
	for (;;) {
		draw();
		switch (getch()) {
		case KEY_DOWN:
			move_by(1);
			break;
		case KEY_UP:
			move_by(-1);
			break;
		case KEY_NPAGE:
			turn_page(LINES - 2);
			break;
		case KEY_PPAGE:
			turn_page(-(LINES - 2));
			break;
		case 'q':
			endwin();
			return 0;
		}
	}
}
