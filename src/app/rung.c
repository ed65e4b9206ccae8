#include "lingtan/app/rung.h"

#include <stddef.h>
#include <string.h>
#include "lingtan/core/title.h"

const char *const rung_names[] = { "self", "evaluator", "reviewer", "awarded", NULL };

const struct label rung_titles[N_RUNGS] = {
	[RUNG_SELF] = { "自评", "self" },
	[RUNG_EVALUATOR] = { "评价", "evaluator" },
	[RUNG_REVIEWER] = { "复核", "reviewer" },
	[RUNG_AWARDED] = { "认定", "awarded" },
};

enum rung rung_find(const char *name)
{
	unsigned rung = 0;
	while (rung < N_RUNGS && strcmp(rung_names[rung], name) != 0)
		rung++;
	return (enum rung)rung;
}

const char *rung_named(const char *typed)
{
	struct titled titled = { .typed = typed };
	struct lt_err ignored = LT_ERR_INIT;
	for (unsigned i = 0; i < N_RUNGS; i++)
		titled_offer(&titled, rung_names[i], &rung_titles[i]);
	/* no two have one title */
	titled_take(&titled, &typed, &ignored);
	return typed;
}

bool is_rung(const char *name)
{
	return rung_find(name) != N_RUNGS;
}

enum lt_status rung_check(const char *name, enum lt_status refusal, struct lt_err *err)
{
	return is_rung(name) ? LT_OK
			     : lt_err_set(err, refusal,
					  "没有层级“%s”；有 self、evaluator、reviewer、awarded",
					  "there is no rung '%s'; there are self, evaluator, reviewer, awarded",
					  name);
}
