/*
 * form - what people fill in: fields in order, with words for people, type, unit, range, choices.
 *
 * A form is data (forms/README.md); command line, screens and checks all go by the same one. It
 * fills one row of a table of the journal, or one mapping of a document that people keep as a file.
 * A field fills a part of the row's key or one member of a group. Loaded once, immutable;
 * everything is owned by the arena it was loaded into.
 *
 * A value goes two steps: form_normalise_value() turns what was typed into how it is kept, then
 * form_check_value() says whether it may be kept. "" is an empty field, never a value.
 */
#ifndef LINGTAN_CORE_FORM_H
#define LINGTAN_CORE_FORM_H

#include "lingtan/base/arena.h"
#include "lingtan/base/finding.h"
#include "lingtan/core/ruleset.h"
#include "lingtan/core/unit.h"

#define FORM_MAX_FIELDS 64
#define FORM_MAX_CHOICES 100
#define FORM_MAX_RULES 32
#define FORM_MAX_ENTRIES 8

enum field_type {
	FIELD_TEXT,        /* one line */
	FIELD_WORDS,       /* may have lines */
	FIELD_NUMBER,      /* exact decimal, min, max, unit */
	FIELD_INTEGER,     /* whole number, min, max, unit */
	FIELD_YEAR,        /* 2026 */
	FIELD_DATE,        /* 2026-03-01 */
	FIELD_TIME,        /* 2026-03-01, 2026-03-01T14:05 or 2026-03-01T14:05:09, zone optional */
	FIELD_CHOICE,      /* id of a choice; several: ids, joined by commas */
	FIELD_YES_NO,      /* yes, no */
	FIELD_PHONE,       /* one number */
	FIELD_EMAIL,       /* one address */
	FIELD_CREDIT_CODE, /* unified social credit code, GB 32100: 18 characters */
	FIELD_LONGITUDE,   /* decimal degrees, east positive */
	FIELD_LATITUDE,    /* decimal degrees, north positive */
	FIELD_ID,          /* letters, digits and . _ - */
	FIELD_DIGEST,      /* SHA-256, 64 digits */
	FIELD_CLOCK,       /* time of day: 09:05 */
	N_FIELD_TYPES
};

/* What a screen offers to pick from: things that the form itself does not know. */
enum field_offer {
	OFFER_NOTHING,
	OFFER_RULESETS,
	OFFER_PARAMETERS,
	OFFER_ITEMS,
	OFFER_QUANTITIES,
	OFFER_UNITS,
	OFFER_PEOPLE,
	OFFER_EVIDENCE,
	OFFER_TOPICS, /* of the list of requested materials */
	OFFER_PLACES, /* of the project, meters included */
	OFFER_STOPS,  /* of the visit */
	N_FIELD_OFFERS
};

/* The words of YAML, JSON and the command line, indexed by the enum; NULL ends the list. */
extern const char *const field_type_names[];
extern const char *const form_rule_names[];

/* What a type is called in front of people. */
extern const struct label field_type_titles[N_FIELD_TYPES];

struct form_choice {
	const char *id;
	struct label title;
};

struct form_field {
	const char *id;             /* what the command line calls it */
	const char *key;            /* part of the row's key, NULL = it fills a member */
	const char *row;            /* settings: the row of its own that it fills, else NULL */
	const char *group, *member; /* NULL where it fills a part of the key; group NULL = key of a
				       document's head */
	struct label label, help;
	struct label example; /* made up; texts NULL = none */
	enum field_type type;
	enum field_offer offer;
	const char *unit, *min, *max; /* of numbers, NULL = none */
	struct form_choice *choices;
	unsigned n_choices;
	unsigned several, required; /* 0 or 1; parts of the key are always needed */
};

enum form_rule_kind {
	RULE_SUM_AT_MOST, /* the fields together must not exceed the field `of`: a warning */
	RULE_ONE_OF,      /* exactly one of the fields is filled: an error */
	RULE_TOGETHER,    /* the fields are filled all or none: a warning */
	RULE_SUM_INTO,    /* the field `of` is what the fields come to, unless it was said otherwise */
	N_FORM_RULES
};

struct form_rule {
	enum form_rule_kind kind;
	struct words fields; /* ids */
	const char *of;      /* id; of the two sums alone, as is title */
	struct label title;  /* what the fields are together: "land use" */
};

struct form {
	const char *id;
	struct label title, help;
	const char *table;    /* table of the journal whose row it fills, or NULL */
	const char *document; /* or first key of the document that it fills, or NULL */
	const char *list;     /* entries alone: the list of the document whose entry it fills */
	unsigned whole;       /* 1: every member is filled here or named in leaves */
	struct words leaves; /* key parts, groups and group.members that the program fills itself */
	struct form_field *fields;
	unsigned n_fields;
	struct form_rule *rules;
	unsigned n_rules;
	struct form *entries; /* forms of the document's lists: one row of each */
	unsigned n_entries;
};

/* One entry of a list of requested materials (forms/requests.yaml). */
struct request_entry {
	const char *id, *topic;
	struct label title;
	enum origin origin;
	const char *cite;
	struct label note;
};

struct request_list {
	const char *id;
	struct label title, note;
	const char *stated_topics, *stated_entries; /* how many the source speaks of; NULL = it does
						       not say */
	struct term *sources, *topics;
	unsigned n_sources, n_topics;
	struct request_entry *entries;
	unsigned n_entries;
};

/* Whether the row cannot do without the field. */
static inline bool form_field_is_needed(const struct form_field *field)
{
	return field->required || field->key;
}

/* A field by its id, by group.member or by its label in either language; NULL where there is none.
 */
const struct form_field *form_find_field(const struct form *form, const char *name);

const struct form_choice *form_field_find_choice(const struct form_field *field, const char *id);
/* The same of a field by its name; NULL also where there is no such field. */
const struct form_choice *form_find_choice(const struct form *form, const char *field, const char *id);

/* The title of a choice; an id that the form does not know as it is. */
const char *form_choice_text(const struct form *form, const char *field, const char *id,
			     enum lt_lang lang);

/* By id; NULL where there is none. */
const struct request_entry *request_list_find(const struct request_list *list, const char *id);

/**
 * form_normalise_value - how a typed value is kept, in the arena: without blanks around it; in all
 * but text and words full-width characters as ASCII (３．２ is 3.2, and so is 3。2); 2026/3/1,
 * 2026.3.1, 20260301 and 2026年3月1日 as 2026-03-01; the title of a choice as its id; 是 as yes;
 * codes in capitals, digests in small letters. What cannot be read is left for form_check_value()
 * to refuse. NULL when memory runs out.
 */
const char *form_normalise_value(const struct form_field *field, const char *text,
				 struct lt_arena *arena);

/**
 * form_check_value - whether a normalised value may be kept; "" always may. Whatever is not LT_OK
 * puts one sentence into err that names the field, what is wrong and what cures it.
 * Errors: LT_EDATA (it cannot be kept), LT_NO (it can, but is probably a slip: a credit code whose
 * check digit is wrong).
 */
enum lt_status form_check_value(const struct form_field *field, const char *text,
				struct lt_err *err);

/**
 * form_check_row - a whole row: values[n_fields] in the order of the fields, normalised; NULL or ""
 * = empty. Adds what form_check_value() says, needed fields that are empty, unknown units and the
 * form's rules. The path of a finding is the id of the field at which to show it. Errors and
 * warnings as described at enum form_rule_kind; LT_NO of a value is a warning.
 */
void form_check_row(const struct form *form, const struct units *units, const char *const *values,
		    struct lt_findings *findings);

/* How many fields the row needs, and how many of them are filled. */
unsigned form_count_needed(const struct form *form, const char *const *values, unsigned *n_filled);

/* The check digit that belongs to the first 17 characters of a credit code; 0 if one of them cannot
 * be in it. */
char credit_code_check_digit(const char *code);

#endif
