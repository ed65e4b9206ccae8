/* explain - what the two forms of lingtan explain, text and JSON, share. */
#ifndef LINGTAN_CLI_EXPLAIN_H
#define LINGTAN_CLI_EXPLAIN_H

#include "command.h"
#include "lingtan/core/trace.h"

struct explain_view {
	struct invocation *in;
	struct assessment assessment;
	struct trace trace;
	uint8_t *shown;       /* [n_slots] nodes whose tree stands above already */
	struct lt_json *json; /* NULL for text */
};

/* Of a node; NULL for any other slot. */
const struct trace_node *explain_trace_of(const struct explain_view *view, uint32_t slot);

/* The reason as it was written out, or the title of the listed one. */
const char *explain_reason(const struct invocation *in, const struct plan *plan, const char *id,
			   const char *written);

bool explain_is_chosen(const struct answer *answer, unsigned tier);

/* What a node reads beside its terms. */
struct other_operand {
	const char *role;
	uint32_t slot;
};

#define N_OTHER_OPERANDS 7

unsigned explain_other_operands(const struct plan_node *node, struct other_operand *out);

/* The tree under a slot, into view->json. */
void explain_json_slot(struct explain_view *view, uint32_t slot);

#endif
