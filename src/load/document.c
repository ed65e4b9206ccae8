#include "document.h"

#include <stdio.h>

bool yaml_positions_add(struct yaml_positions *positions, const struct yaml_position *position,
			unsigned *at)
{
	struct yaml_position *room = lt_arena_room(positions->arena, positions->at, positions->n,
						   &positions->cap, sizeof(*room));
	if (!room)
		return false;
	positions->at = room;
	*at = positions->n++;
	positions->at[*at] = *position;
	return true;
}

void text_place(const char *text, size_t at, unsigned *line, unsigned *column)
{
	*line = *column = 1;
	for (size_t i = 0; i < at; i++) {
		*column += ((unsigned char)text[i] & 0xc0) != 0x80;
		if (text[i] == '\n') {
			++*line;
			*column = 1;
		}
	}
}

struct lt_finding *document_complain(struct lt_findings *findings,
				     const struct yaml_positions *positions, const char *list,
				     unsigned at, const char *zh, const char *en, const char *id)
{
	struct lt_finding *finding = lt_findings_add(findings, LT_ERROR, "", zh, en, id);
	char path[64];
	snprintf(path, sizeof(path), "%s[%u]", list, at);
	if (finding)
		yaml_positions_find(positions, path, &finding->line, &finding->column);
	return finding;
}

struct lt_finding *document_findings_since(const struct lt_findings *findings,
					   const struct lt_finding *last)
{
	return last ? last->next : findings->first;
}

enum lt_status document_refuse(const char *name, const struct lt_findings *findings,
			       size_t errors_before, struct lt_err *err)
{
	if (findings->out_of_memory)
		return lt_err_memory(err);
	if (findings->n_errors == errors_before)
		return LT_OK;
	return lt_err_set(err, LT_EFILE, "%s：有 %zu 处错误，未读入", "%s: not loaded; errors: %zu",
			  name, findings->n_errors - errors_before);
}
