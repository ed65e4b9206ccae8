/* How a certificate stands by a list of states: asked with verify --status. */
#include <string.h>
#include "certificate.h"
#include "lingtan/base/file.h"

#define MOST_LIST ((size_t)64 << 20)

enum lt_status read_standing(struct invocation *in, const struct proof *proof,
			     struct standing *out)
{
	const char *text, *day;
	size_t len;
	enum lt_status status = day_of(in, &day);
	if (!status)
		status = lt_file_read(in->status_list, MOST_LIST, &in->findings_arena, &text, &len,
				      &in->err);
	return status ? status
		      : status_list_read(text, len, proof, day, &in->findings_arena, out, &in->err);
}

void json_standing(const struct invocation *in, struct lt_json *json,
		   const struct standing *standing)
{
	if (!standing) {
		lt_json_null(json, "status");
		return;
	}
	lt_json_open_object(json, "status");
	lt_json_bool(json, "holds", standing->holds);
	lt_json_string(json, "why", standing->why[in->lang]);
	lt_json_string(json, "list_of", standing->day);
	lt_json_string(json, "state", standing->state);
	lt_json_string(json, "since", standing->since);
	lt_json_string(json, "until", standing->until);
	lt_json_string(json, "reason", standing->reason);
	lt_json_close(json);
}

/* A list may say more states than this program knows. */
static const char *state_title(const struct invocation *in, const char *state)
{
	for (unsigned i = 0; registered_state_names[i]; i++)
		if (strcmp(registered_state_names[i], state) == 0)
			return label_text(in, &registered_state_titles[i]);
	return state;
}

void print_standing(const struct invocation *in, const struct standing *standing)
{
	if (!standing)
		return;
	printf(say(in, "状态表（%s）：", "list of states (%s): "),
	       standing->day ? standing->day : "-");
	printf("%s\n", standing->holds ? say(in, "有效", "valid") : standing->why[in->lang]);
	if (!standing->state || standing->holds)
		return;
	printf("  ");
	print_remark(state_title(in, standing->state));
	printf("  %s", standing->since);
	if (standing->until && standing->until[0])
		printf("~%s", standing->until);
	printf("  ");
	print_remark(standing->reason);
	printf("\n");
}
