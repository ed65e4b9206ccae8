#include "lingtan/core/unit.h"

#include <string.h>

bool units_prepare(struct units *units, const struct unit **bad)
{
	bool good = true;
	for (unsigned i = units->n; i-- > 0;) {
		struct unit *unit = &units->at[i];
		const char *text = unit->factor_text;
		if (lt_decimal_parse(text, strlen(text), &unit->factor) == LT_DECIMAL_OK &&
		    unit->factor.units > 0)
			continue;
		unit->factor.units = 0;
		*bad = unit;
		good = false;
	}
	return good;
}

static bool is_name(const char *name, const char *text, size_t len)
{
	/* most differ in the first byte */
	return len && name[0] == text[0] && strncmp(name, text, len) == 0 && name[len] == '\0';
}

static const struct unit *find_part(const struct units *units, const char *text, size_t len)
{
	for (unsigned i = 0; i < units->n; i++) {
		const struct unit *unit = &units->at[i];
		if (is_name(unit->id, text, len) ||
		    (unit->title.zh && is_name(unit->title.zh, text, len)))
			return unit;
		for (unsigned a = 0; a < unit->aliases.n; a++)
			if (is_name(unit->aliases.at[a], text, len))
				return unit;
	}
	return NULL;
}

const struct unit *units_find(const struct units *units, const char *id)
{
	return find_part(units, id, strlen(id));
}

bool units_parse(const struct units *units, const char *expression, struct unit_ratio *out)
{
	const char *slash = strchr(expression, '/');
	size_t len = slash ? (size_t)(slash - expression) : strlen(expression);
	const struct unit *unit = find_part(units, expression, len);
	const struct unit *per = slash ? units_find(units, slash + 1) : NULL;
	if (!unit || (slash && !per))
		return false;
	*out = (struct unit_ratio){
		.dimension = unit->dimension,
		.per = per ? per->dimension : NULL,
		.numerator = unit->factor,
		.denominator = per ? per->factor : (struct lt_decimal){ LT_DECIMAL_ONE },
	};
	return true;
}

static bool same_word(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

bool unit_ratio_same_dimension(const struct unit_ratio *a, const struct unit_ratio *b)
{
	return same_word(a->dimension, b->dimension) && same_word(a->per, b->per);
}

bool unit_ratio_goes_into(const struct unit_ratio *from, const struct unit_ratio *to)
{
	return unit_ratio_same_dimension(from, to) ||
	       (same_word(from->per, to->per) && strcmp(from->dimension, "co2") == 0 &&
		strcmp(to->dimension, "co2e") == 0);
}

bool unit_convert(const struct unit_ratio *from, const struct unit_ratio *to,
		  struct lt_decimal value, struct lt_decimal *out)
{
	struct lt_decimal up, down;
	/* value x (from.numerator x to.denominator) / (from.denominator x to.numerator): rounded
	 * once, at the division */
	return lt_decimal_multiply(from->numerator, to->denominator, &up) &&
	       lt_decimal_multiply(from->denominator, to->numerator, &down) &&
	       lt_decimal_multiply_divide(value, up, down, out);
}
