/*
 * ledger - the inventory of a park: lines as one rung has them, what each amounts to, and totals
 * that move with one line.
 *
 * What a line amounts to, in which bucket and with which sign, and the totals, are decided here
 * alone: what a standard takes of a ledger (app/accounts.h) and what a verifier finds wrong with it
 * (ledger_check.h) go by these.
 *
 * Pure: no I/O, no clock. Exact: a factor made of fuel properties and the product of a line round
 * once each at 12 places, half to even; sums never round. So the order of lines changes nothing, and
 * a line split into k parts changes its total by at most k x 10^-12. Source: scoring rules,
 * "Decimals"; annex 4 of 发改环资〔2025〕910号 for fuels, conversion, feedstock, bunkers, power and heat.
 */
#ifndef LINGTAN_CORE_LEDGER_H
#define LINGTAN_CORE_LEDGER_H

#include "lingtan/base/arena.h"
#include "lingtan/base/err.h"
#include "lingtan/core/unit.h"

enum ledger_kind { LEDGER_EMISSION, LEDGER_ABSORPTION, LEDGER_OFFSET, LEDGER_MEMO, N_LEDGER_KINDS };
enum ledger_system {
	LEDGER_ENERGY,
	LEDGER_BUILDING,
	LEDGER_PRODUCTION,
	LEDGER_TRANSPORT,
	LEDGER_WASTE,
	LEDGER_WATER,
	LEDGER_ECOLOGY,
	N_LEDGER_SYSTEMS /* also: of none of them */
};
enum ledger_flow {
	LEDGER_PURCHASED,
	LEDGER_GENERATED,
	LEDGER_SOLD,
	LEDGER_DIRECT,
	LEDGER_CERTIFICATE,
	LEDGER_TRADE,
	LEDGER_USED,   /* what meters of those who use it say; held against the others, never counted */
	N_LEDGER_FLOWS /* also: no flow of power or heat */
};
enum ledger_carrier { LEDGER_POWER, LEDGER_HEAT, N_LEDGER_CARRIERS };

/* The words of files and the command line, indexed by the enum. */
extern const char *const ledger_kind_names[N_LEDGER_KINDS];
extern const char *const ledger_system_names[N_LEDGER_SYSTEMS];
extern const char *const ledger_flow_names[N_LEDGER_FLOWS];
extern const char *const ledger_carrier_names[N_LEDGER_CARRIERS];

/* Number of a word; n where it is none of them. */
unsigned ledger_word(const char *const *names, unsigned n, const char *word);

struct ledger_factor {
	const char *id, *value, *unit, *cite; /* id "" = the line's own, which cite tells of */
	const char *set, *digest, *year, *region;
};

/* Lower heating value x carbon content x oxidised fraction x 44/12. */
struct ledger_fuel {
	const char *heating_value, *heating_unit; /* GJ/t, GJ/10^4Nm3 ... */
	const char *carbon, *carbon_unit;         /* tC/TJ, tC/GJ */
	const char *oxidation;                    /* fraction, 0 to 1 */
	const char *cite;
};

#define LEDGER_MONTHS 12

/* A line as it stands on one rung. Texts are borrowed and never NULL: "" = not said. Members and
 * words are those of table line in db/groups.yaml. */
struct ledger_line {
	const char *id, *year, *kind, *scope, *system, *source, *amount, *unit;
	const char *name, *note, *boundary;
	struct ledger_factor factor;
	struct ledger_fuel fuel;
	const char *months[LEDGER_MONTHS]; /* in `unit` */
	const char *place, *meter;
	const char *gas, *biogenic;
	const char *quality, *grade, *uncertainty;
	const char *flow, *carrier, *attributes;
	const char *purpose;
	const char *accounts; /* ids, separated by commas; "" = as the rules of each say */
	const char *terminal, *order;
	const char *allocation[3]; /* of an offset, to scopes 1 to 3 */
	const char *entered;       /* rung that entered it first */
};

/* A line that says nothing: every text is "". */
void ledger_line_init(struct ledger_line *line);

/* What people call it: its name, else its source; where it has neither its id. */
const char *ledger_line_name(const struct ledger_line *line);

/* Whether it is CO2 of biomass, which is told apart; the methane and nitrous oxide of it count as
 * those of coal do. */
bool ledger_line_is_biogenic(const struct ledger_line *line);

enum ledger_state {
	LEDGER_COUNTED,
	LEDGER_OPEN,     /* no amount, or no unit, yet: not 0 */
	LEDGER_UNSTATED, /* an amount whose factor was not stated */
	LEDGER_WRONG,    /* a number or unit that cannot be */
	N_LEDGER_STATES
};

/* Where a line's tonnes go. */
enum ledger_bucket {
	LEDGER_IN,        /* its kind */
	LEDGER_BIOGENIC,  /* CO2 from biomass, told apart */
	LEDGER_FEEDSTOCK, /* used as raw material, left out of combustion */
	LEDGER_BUNKER,    /* fuel of international aviation and shipping, told apart */
	LEDGER_ASIDE,     /* a memo */
	N_LEDGER_BUCKETS
};

/* No line comes to more, in t or in MJ: 2^32 of them, the most there can be, still add up to a
 * decimal, so no sum of lines overflows. */
#define LEDGER_MOST ((struct lt_decimal){ LT_DECIMAL_ONE * 10000000000000000 })

struct ledger_result {
	enum ledger_state state;
	enum ledger_bucket bucket;
	enum ledger_kind kind;
	bool is_co2;              /* the gas is CO2, not another one in tCO2e */
	bool is_negative;         /* sold power or heat, what a conversion gives: taken off */
	bool is_fuel;             /* the factor was made of fuel properties */
	struct lt_decimal factor; /* that was used, in factor_unit */
	const char *factor_unit;
	struct lt_decimal tonnes; /* tCO2 or tCO2e, with its sign; 0 unless LEDGER_COUNTED */
	struct lt_decimal energy; /* MJ, of a flow of power or heat; else 0 */
};

/**
 * ledger_line_result - what a line amounts to. Where it is LEDGER_WRONG err says why (LT_EDATA), and
 * with two units that do not go together which conversion was probably meant; *out is set in any
 * case. factor_unit is made in the arena where the factor is made of fuel properties.
 */
enum lt_status ledger_line_result(const struct units *units, const struct ledger_line *line,
				  struct lt_arena *arena, struct ledger_result *out,
				  struct lt_err *err);

/**
 * ledger_amount - activity in `unit` times a factor in `factor_unit` ("kgCO2/kWh", "tCO2/t"), in
 * tCO2 or tCO2e. The activity is converted into the factor's own unit by an exact ratio; each
 * multiplication and division rounds once at 12 places. Errors: LT_EDATA (an unknown unit, an
 * activity that the factor is not per, a result too large); *out untouched.
 */
enum lt_status ledger_amount(const struct units *units, struct lt_decimal activity,
			     const char *unit, struct lt_decimal factor, const char *factor_unit,
			     struct lt_decimal *out, struct lt_err *err);

/**
 * ledger_fuel_factor - lower heating value x carbon content x oxidised fraction x 44/12, in tCO2 per
 * what the heating value is per; rounded once to 12 places. Errors: LT_EDATA.
 */
enum lt_status ledger_fuel_factor(const struct units *units, const struct ledger_fuel *fuel,
				  struct lt_arena *arena, struct lt_decimal *out,
				  const char **factor_unit, struct lt_err *err);

/* ---- totals ---- */

struct ledger_sum {
	struct lt_decimal co2;   /* t */
	struct lt_decimal other; /* other gases, tCO2e */
};

struct ledger_totals {
	struct ledger_sum kind[N_LEDGER_KINDS];     /* LEDGER_MEMO: always 0 */
	struct ledger_sum aside[N_LEDGER_BUCKETS];  /* LEDGER_IN, LEDGER_ASIDE: always 0 */
	struct ledger_sum scope[4];                 /* of emissions; [0] = not said */
	struct ledger_sum system[N_LEDGER_SYSTEMS + 1];
	struct ledger_sum scope_system[4][N_LEDGER_SYSTEMS + 1];
	struct lt_decimal energy[N_LEDGER_CARRIERS][N_LEDGER_FLOWS]; /* MJ */
	unsigned n_lines, n_state[N_LEDGER_STATES];
	unsigned n_emissions; /* lines that make the emission; of none it is not known, nor the net */
};

/* Both parts of a sum together; with_other: other gases too. */
struct lt_decimal ledger_sum_value(const struct ledger_sum *sum, bool with_other);

/* What came in less what was sold, in MJ: what should have been used. False: no flow of it. */
bool ledger_supply(const struct ledger_totals *totals, enum ledger_carrier carrier,
		   struct lt_decimal *out);

/* Emission - absorption - offset; 0 where n_emissions is, and to be told as not known then. */
struct lt_decimal ledger_net(const struct ledger_totals *totals, bool with_other);

struct ledger_year {
	const char *year;
	struct ledger_totals totals;
};

/* Lines with their results; a removed line leaves a hole (is_there false), so numbers stay. */
struct ledger_row {
	struct ledger_line line;
	struct ledger_result result;
	unsigned year;   /* index in ledger.years */
	unsigned source; /* index in ledger.sources */
	bool is_there;
};

struct ledger {
	struct lt_arena *arena; /* borrowed: rows, years and the texts that totals name */
	const struct units *units;
	struct ledger_row *rows;
	unsigned n, cap;
	struct ledger_year *years; /* in the order in which lines brought them */
	unsigned n_years, cap_years;
	const char **sources; /* every source that a line names, once */
	unsigned n_sources, cap_sources;
	unsigned *source_table; /* hash table of sources + 1; n_source_table slots */
	unsigned n_source_table;
	unsigned *row_table; /* the same of rows by id; rows of before stay in it */
	unsigned n_row_table, n_in_row_table;
};

/* What it is called in a sentence about it alone: its name, at most 120 bytes of it, with its id where
 * another line of the year is called alike. Borrowed, or in the arena given; NULL: no memory. */
const char *ledger_line_called(const struct ledger *ledger, const struct ledger_line *line,
			       struct lt_arena *arena);

/* units and arena must outlive it. Errors: LT_ESPACE. */
enum lt_status ledger_init(struct ledger *ledger, const struct units *units, struct lt_arena *arena,
			   struct lt_err *err);

/**
 * ledger_add - one line more; texts must live as long as the ledger. What is wrong with it is its
 * state. Errors: LT_ESPACE.
 */
enum lt_status ledger_add(struct ledger *ledger, const struct ledger_line *line, unsigned *at,
			  struct lt_err *err);

/* The same line as it is now; totals move by the difference. Errors: LT_ESPACE. */
enum lt_status ledger_set(struct ledger *ledger, unsigned at, const struct ledger_line *line,
			  struct lt_err *err);
void ledger_remove(struct ledger *ledger, unsigned at);

/* Totals of a year; all zero where no line is of it. Never NULL. */
const struct ledger_totals *ledger_totals(const struct ledger *ledger, const char *year);

/* Number of the line with an id; ledger->n where there is none. */
unsigned ledger_find(const struct ledger *ledger, const char *id);

/* Emissions (or absorption, offsets) of one source in a year, largest first. */
struct ledger_share {
	const char *source;
	unsigned row; /* the first line of it */
	unsigned n_lines;
	struct ledger_sum sum;
};

/* In the arena given. Errors: LT_ESPACE. */
enum lt_status ledger_ranking(const struct ledger *ledger, const char *year, enum ledger_kind kind,
			      bool with_other, struct lt_arena *arena, struct ledger_share **out,
			      unsigned *n, struct lt_err *err);

#endif
