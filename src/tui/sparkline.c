#include "sparkline.h"

#include <string.h>

#define N_LEVELS 8
#define N_TWINS 4

/* Level 0..levels-1 of a value between foot and top. Only the picture is rounded, so that a double
 * is enough. */
static int level_of(double value, double foot, double top, int levels)
{
	if (top <= foot)
		return 0;
	const int level = (int)((value - foot) / (top - foot) * levels);
	return level < levels ? level : levels - 1;
}

int sparkline(const struct spark *values, size_t n, bool twins, char *out, size_t cap)
{
	static const char *const blocks[N_LEVELS] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	static const char *const signs[N_TWINS] = { "_", ".", ":", "|" };
	double foot = 0, top = 0;
	int columns = 0;
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		const double value = values[i].has ? (double)values[i].value.units : 0;
		foot = value < foot ? value : foot;
		top = value > top ? value : top;
	}
	for (size_t i = 0; i < n; i++) {
		const double value = (double)values[i].value.units;
		const char *sign = !values[i].has ? "-"
				   : twins        ? signs[level_of(value, foot, top, N_TWINS)]
						  : blocks[level_of(value, foot, top, N_LEVELS)];
		const size_t len = strlen(sign);
		if (used + len + 1 > cap)
			break;
		memcpy(out + used, sign, len);
		used += len;
		columns++;
	}
	if (cap > 0)
		out[used] = '\0';
	return columns;
}
