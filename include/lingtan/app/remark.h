/*
 * remark - what people say to each other about an item: threads whose text is never edited; who has
 * more to say replies.
 */
#ifndef LINGTAN_APP_REMARK_H
#define LINGTAN_APP_REMARK_H

#include "lingtan/app/session.h"

struct remark {
	const char *id;
	const char *assessment, *item;
	const char *rung;     /* of who wrote it; "" = none */
	const char *reply_to; /* id; "" = it begins a thread */
	const char *text;
	const char *by, *role, *at;
	unsigned depth;         /* replies to a reply are deeper; 0 begins a thread */
	bool is_settled;        /* of the thread: nothing is left to say */
	const char *settled_by; /* or NULL */
	unsigned sent_back;     /* round that this sent back; 0 = none */
};

/* Threads in order of their first remark, each followed by its replies; item NULL = of the whole
 * assessment. Owned by the session's arena. Errors: LT_EFILE, LT_ESPACE. */
enum lt_status session_remarks(struct session *session, const char *assessment, const char *item,
			       struct remark **out, unsigned *n, struct lt_err *err);

/**
 * session_remark - says something about an item, or replies (reply_to: id or its beginning, 6
 * digits; NULL = begins a thread). *id is owned by the session. Errors: LT_EDATA (blank text, no
 * such item or remark).
 */
enum lt_status session_remark(struct session *session, const struct assessment_ref *ref,
			      const char *item, const char *text, const char *reply_to,
			      const char **id, struct lt_findings *findings, struct lt_err *err);

/* Nothing is left to say in the thread of a remark. Errors: LT_EDATA (no such remark). */
enum lt_status session_settle(struct session *session, const char *remark, bool *done,
			      struct lt_err *err);

#endif
