/* board_explain - what the parts of an explanation share; for src/app/board_explain*.c alone. */
#ifndef LINGTAN_APP_BOARD_EXPLAIN_H
#define LINGTAN_APP_BOARD_EXPLAIN_H

#include "lingtan/app/board.h"
#include "lingtan/core/trace.h"

/* How many lines stand below a slot. */
unsigned board_explain_count(const struct board *board, uint32_t slot);

/* Operation and formula; trace NULL for what is no node. */
enum lt_status board_explain_words(const struct board *board, const struct trace_node *trace,
				   struct lt_arena *arena, struct board_explained *out,
				   struct lt_err *err);

/* The operation of a term that is taken in by a weight: "52~72 * 0.15". */
enum lt_status board_explain_weighted(const struct board *board, struct board_explained *out,
				      struct lt_arena *arena, struct lt_err *err);

/* A line of the own rung's ledger, by its number. */
enum lt_status board_explain_ledger(const struct board *board, unsigned at, struct lt_arena *arena,
				    struct board_explained *out, struct lt_err *err);

#endif
