#include "wrap.h"

#include <string.h>
#include "cluster.h"
#include "lingtan/base/text.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

/* What a cluster is for breaking. Narrow marks belong to the word beside them (7.2.1, f(x)), wide
 * ones only keep to one side. */
enum kind { SPACE, WORD, HAN, OPEN, OPEN_WIDE, CLOSE, CLOSE_WIDE, GLUE };

static const char open_wide[] = "（【「『《〈〔［｛〖“‘";
static const char close_wide[] = "，。、；：！？）】」』》〉〕］｝〗”’％‰℃…—～·々〜℉";
static const char open_narrow[] = "([{$£€￥¥№";
static const char close_narrow[] = ")]},.;:!?%°";
/* Behind these a word that is longer than a line may break. */
static const char soft[] = "/-_.,?&=\\";

#define U(name)                                                                                    \
	{                                                                                          \
		name, sizeof(name) - 1                                                             \
	}
static const struct unit {
	const char *name;
	size_t len;
} units[] = {
	/* letters */
	U("kWh"),
	U("MWh"),
	U("GWh"),
	U("kW"),
	U("MW"),
	U("GW"),
	U("W"),
	U("kVA"),
	U("MVA"),
	U("kV"),
	U("V"),
	U("tce"),
	U("kgce"),
	U("gce"),
	U("tCO2"),
	U("tCO2e"),
	U("kgCO2"),
	U("kgCO2e"),
	U("gCO2"),
	U("tC"),
	U("GJ"),
	U("MJ"),
	U("TJ"),
	U("kJ"),
	U("kcal"),
	U("t"),
	U("kg"),
	U("g"),
	U("mg"),
	U("m"),
	U("m2"),
	U("m3"),
	U("m²"),
	U("m³"),
	U("Nm3"),
	U("km"),
	U("km2"),
	U("mm"),
	U("cm"),
	U("hm2"),
	U("ha"),
	U("L"),
	U("h"),
	U("d"),
	U("min"),
	U("s"),
	U("dB"),
	U("ppm"),
	/* characters */
	U("个百分点"),
	U("百分点"),
	U("万千瓦时"),
	U("千瓦时"),
	U("兆瓦时"),
	U("千瓦"),
	U("兆瓦"),
	U("万元"),
	U("亿元"),
	U("万吨"),
	U("平方公里"),
	U("平方米"),
	U("立方米"),
	U("公顷"),
	U("公里"),
	U("公斤"),
	U("千米"),
	U("千克"),
	U("小时"),
	U("分钟"),
	U("吨标准煤"),
	U("吨"),
	U("年"),
	U("月"),
	U("日"),
	U("号"),
	U("时"),
	U("分"),
	U("秒"),
	U("元"),
	U("度"),
	U("米"),
	U("万"),
	U("亿"),
	U("个"),
	U("件"),
	U("项"),
	U("人"),
	U("名"),
	U("次"),
	U("层"),
	U("级"),
	U("条"),
	U("款"),
	U("章"),
	U("节"),
	U("页"),
	U("表"),
	U("台"),
	U("辆"),
	U("座"),
	U("处"),
	U("栋"),
	U("亩"),
	U("家"),
	U("户"),
	U("倍"),
	U("期"),
	U("组"),
	U("字"),
	U("列"),
	U("行"),
	U("天"),
	U("周"),
};
#undef U

static bool has(const char *marks, const char *text, size_t n)
{
	char mark[5];
	if (n == 0 || n >= sizeof(mark) || text[0] == '\0')
		return false;
	memcpy(mark, text, n);
	mark[n] = '\0';
	return strstr(marks, mark) != NULL;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

static enum kind kind_of(const char *text, const struct cluster *cluster)
{
	uint32_t code;
	if (cluster->len == 3 && cluster->width == 2 && (unsigned char)text[0] >= 0xe5 &&
	    (unsigned char)text[0] <= 0xe9) /* U+5000..U+9FFF */
		return HAN;
	const size_t n = lt_text_decode(text, cluster->len, &code);

	if (n == 1) {
		if ((code | 0x20) >= 'a' && (code | 0x20) <= 'z')
			return WORD;
		if (code == ' ' || code == '\t')
			return SPACE;
		if (code == '/' || code == '"')
			return GLUE;
		return has(open_narrow, text, 1) ? OPEN : has(close_narrow, text, 1) ? CLOSE : WORD;
	}
	if (n == 0)
		return WORD;
	if (code >= 0x4e00 && code < 0xa000)
		return HAN;
	if (code == 0x3000)
		return SPACE;
	if (code == 0xa0 || code == 0xff0f)
		return GLUE;
	if (has(open_wide, text, n))
		return OPEN_WIDE;
	if (has(close_wide, text, n))
		return CLOSE_WIDE;
	if (has(open_narrow, text, n))
		return OPEN;
	if (has(close_narrow, text, n))
		return CLOSE;
	return cluster_code_columns(code) == 2 || cluster->width == 2 ? HAN : WORD;
}

/* Bytes of the longest unit that text begins with, 0 if none; one of letters must end there. */
static size_t unit_length(const char *text, size_t len)
{
	size_t longest = 0;
	for (size_t i = 0; i < N_OF(units); i++) {
		const size_t n = units[i].len;
		if (units[i].name[0] != text[0] || n <= longest || n > len ||
		    memcmp(text, units[i].name, n) != 0)
			continue;
		const unsigned char end = (unsigned char)units[i].name[n - 1];
		const unsigned char after = n < len ? (unsigned char)text[n] : ' ';
		const bool goes_on = end < 0x80 && ((after | 0x20) >= 'a' && (after | 0x20) <= 'z');
		if (!goes_on)
			longest = n;
	}
	return longest;
}

struct walk {
	const char *text;
	size_t len, at;
	int wanted;      /* columns */
	enum kind solid; /* the last cluster that is no blank */
	bool has_solid, after_space;
	unsigned number; /* 1: behind a digit, 2: behind a digit and one blank */
	size_t glued;    /* no break before this place: a unit */
	int columns;
	size_t solid_end; /* behind the last cluster that is no blank */
	int solid_columns;
	struct wrap_line best; /* the last line that may end here; next is 0 before the first */
	size_t soft_end;
	int soft_columns;
};

static bool may_break(const struct walk *walk, enum kind after)
{
	const enum kind before = walk->solid;

	if (after == SPACE || after == CLOSE || after == CLOSE_WIDE || walk->at < walk->glued)
		return false;
	if (!walk->has_solid || before == OPEN || before == OPEN_WIDE)
		return false;
	if (walk->after_space)
		return true;
	if (before == GLUE || after == GLUE)
		return false;
	return before == HAN || after == HAN || before == CLOSE_WIDE || after == OPEN_WIDE;
}

/* Looks for a unit where one can stand, then notes a place at which the line may end. */
static void see_border(struct walk *walk, enum kind after, size_t from)
{
	if (walk->number && (after == HAN || after == WORD) && !is_digit(walk->text[walk->at])) {
		const size_t n = unit_length(walk->text + walk->at, walk->len - walk->at);
		if (n > 0)
			walk->glued = walk->at + n;
	}
	if (walk->at > from && may_break(walk, after))
		walk->best = (struct wrap_line){ .from = from,
						 .to = walk->solid_end,
						 .next = walk->at,
						 .columns = walk->solid_columns };
}

static void take(struct walk *walk, enum kind kind, const struct cluster *cluster)
{
	const char *text = walk->text + walk->at;

	walk->number = cluster->len == 1 && is_digit(*text) ? 1
		       : walk->number == 1 && kind == SPACE ? 2
							    : 0;
	walk->at += cluster->len;
	walk->columns += cluster->width;
	walk->after_space = kind == SPACE;
	if (kind == SPACE)
		return;
	walk->solid = kind;
	walk->has_solid = true;
	walk->solid_end = walk->at;
	walk->solid_columns = walk->columns;
	if (kind != HAN && has(soft, text, cluster->len)) {
		walk->soft_end = walk->at;
		walk->soft_columns = walk->columns;
	}
}

static size_t line_end_length(const char *text, size_t len, size_t at)
{
	if (text[at] == '\n')
		return 1;
	return text[at] == '\r' && at + 1 < len && text[at + 1] == '\n' ? 2 : 0;
}

/* Ends the line here: its last blanks are shown as far as they fit. */
static struct wrap_line end_here(const struct walk *walk, size_t from)
{
	struct wrap_line line = {
		.from = from, .to = walk->at, .next = walk->at, .columns = walk->columns
	};
	if (walk->columns > walk->wanted && walk->solid_end < walk->at) {
		int used;
		line.to = walk->solid_end + cluster_fit(walk->text + walk->solid_end,
							walk->at - walk->solid_end,
							walk->wanted - walk->solid_columns, &used);
		line.columns = walk->solid_columns + used;
	}
	return line;
}

/* The line is full and more follows. A break far from its end would waste the line. */
static struct wrap_line broken(const struct walk *walk, size_t from)
{
	if (walk->best.next > 0)
		return walk->best;
	if (walk->soft_end > from && 2 * walk->soft_columns >= walk->wanted)
		return (struct wrap_line){ .from = from,
					   .to = walk->soft_end,
					   .next = walk->soft_end,
					   .columns = walk->soft_columns };
	return end_here(walk, from);
}

static struct wrap_line ended(const struct walk *walk, size_t from, size_t end_length)
{
	struct wrap_line line = end_here(walk, from);
	line.next = walk->at + end_length;
	line.ends_paragraph = true;
	line.is_last = end_length == 0;
	return line;
}

struct wrap_line wrap_line(const char *text, size_t len, size_t from, int columns)
{
	struct walk walk = { .text = text, .len = len, .at = from, .solid_end = from };

	if (columns < 1)
		columns = 1;
	walk.wanted = columns;
	while (walk.at < len) {
		const size_t end_length = line_end_length(text, len, walk.at);
		if (end_length > 0)
			return ended(&walk, from, end_length);
		const struct cluster cluster = cluster_next(text, len, walk.at);
		const enum kind kind = kind_of(text + walk.at, &cluster);
		see_border(&walk, kind, from);
		if (kind != SPACE && walk.columns + cluster.width > columns && walk.at > from)
			return broken(&walk, from);
		take(&walk, kind, &cluster);
	}
	return ended(&walk, from, 0);
}

int wrap_count(const char *text, size_t len, int columns)
{
	struct wrap_line line = { .next = 0 };
	int n = 0;
	do {
		line = wrap_line(text, len, line.next, columns);
		n++;
	} while (!line.is_last);
	return n;
}

size_t wrap_paragraph_start(const char *text, size_t at)
{
	const char *end = at > 0 ? memrchr(text, '\n', at) : NULL;
	return end ? (size_t)(end - text) + 1 : 0;
}

size_t wrap_line_start(const char *text, size_t len, size_t at, int columns)
{
	size_t start = wrap_paragraph_start(text, at);
	for (;;) {
		const struct wrap_line line = wrap_line(text, len, start, columns);
		if (line.ends_paragraph || line.next > at)
			return start;
		start = line.next;
	}
}
