/* headline - the figure that leads an assessment, the line it has to reach, and its grade, as
 * people read them. The same on overview, result and score line. */
#ifndef LINGTAN_TUI_HEADLINE_H
#define LINGTAN_TUI_HEADLINE_H

#include "figure.h"
#include "workbench.h"

/* Points and tonnes with one place, or as many as keep them on their side of every line; a ratio with
 * as many as it needs; without its unit. */
const char *headline_figure(const struct workbench *bench, const struct value *value,
			    char buf[FIGURE_TEXT]);

struct headline_line {
	bool is_known;
	struct lt_decimal limit;
	char title[FIGURE_TEXT]; /* 及格, 不超过, or the grade that demands it */
};

/* The first line that a rung does not reach for certain, else the last. */
void headline_line(const struct workbench *bench, const struct board_rung *rung,
		   struct headline_line *out);

/* The bar of a figure; only where the headline has a full mark. */
struct bar headline_bar(const struct workbench *bench, const struct value *figure,
			const struct headline_line *line);

/* The grade, or how far it can still go: 智慧低碳园区, 未定，最高 四星, -. */
const char *headline_grade(const struct workbench *bench, const struct board_grade *grade,
			   enum ink *ink, char buf[FIGURE_TEXT]);

#endif
