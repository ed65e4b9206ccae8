/* Conflicts of a timetable, samples with their places, and what a visit left out. */
#include "lingtan/app/coverage.h"
#include "lingtan/core/sample.h"
#include "scene.h"

/* ---- conflicts: of stops and a team alone ---- */

static struct stop_person li[] = { { .person = "李工", .is_planned = true } };
static struct stop_person both[] = { { .person = "李工", .is_planned = true }, { .person = "王工", .is_planned = true } };
static struct stop_item power[] = { { .assessment = "a", .item = "7.2.1", .ask = "", .origin = "plan" } };

static struct stop_info stop(const char *id, const char *from, const char *to, struct stop_person *people, unsigned n)
{
	return (struct stop_info){ .id = id, .day = "2026-03-25", .from = from, .to = to, .title = "某处", .kind = "site", .people = people, .n_people = n };
}

static const struct team_member team[] = {
	{ .person = "李工", .role = "leader", .sector = "", .sections = "4,5", .from = "2026-03-02", .to = "2026-05-12" },
	{ .person = "王工", .role = "member", .sector = "", .sections = "7", .from = "2026-03-02", .to = "2026-05-12" },
	{ .person = "赵工", .role = "reviewer", .sector = "", .sections = "", .from = "", .to = "" },
};

static void expect(const struct stop_info *stops, unsigned n, const enum visit_conflict_kind *kinds, unsigned n_kinds)
{
	struct lt_arena texts;
	struct visit_conflict *found = NULL;
	unsigned n_found = 0;
	lt_arena_init(&texts, 0);
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(visit_find_conflicts(stops, n, team, 3, NULL, NULL, &texts, &found, &n_found, &err), LT_OK);
	for (unsigned i = 0; i < n_found; i++)
		print_message("%s: %s\n", visit_conflict_names[found[i].kind], found[i].text.en);
	assert_int_equal(n_found, n_kinds);
	for (unsigned i = 0; i < n_kinds; i++) {
		assert_int_equal(found[i].kind, kinds[i]);
		assert_true(found[i].text.zh[0] && found[i].text.en[0]);
	}
	lt_arena_release(&texts);
}

static void test_visit__a_timetable_without_conflict(void **state)
{
	(void)state;
	/* one after the other touches and does not overlap */
	struct stop_info stops[] = { stop("S01", "09:00", "10:00", li, 1), stop("S02", "10:00", "12:00", both, 2), stop("S03", "09:00", "11:00", &both[1], 1) };
	stops[1].items = power;
	stops[1].n_items = 1;
	stops[2].day = "2026-03-26";
	expect(stops, 3, NULL, 0);
	struct stop_info backwards[] = { stops[1], stops[0] };
	expect(backwards, 2, NULL, 0);
	/* the first and the last day of who is in the team are days of the team */
	struct stop_info ends[] = { stop("S01", "09:00", "10:00", both, 2), stop("S02", "09:00", "10:00", both, 2) };
	ends[0].day = "2026-03-02";
	ends[1].day = "2026-05-12";
	expect(ends, 2, NULL, 0);
}

static void test_visit__each_conflict_is_found(void **state)
{
	(void)state;
	struct stop_info twice[] = { stop("S01", "09:00", "10:00", li, 1), stop("S02", "09:30", "12:00", both, 2) };
	expect(twice, 2, (enum visit_conflict_kind[]){ CONFLICT_TWICE }, 1);
	struct stop_info timeless[] = { stop("S01", "", "10:00", li, 1), stop("S02", "12:00", "11:00", both, 2) };
	expect(timeless, 2, (enum visit_conflict_kind[]){ CONFLICT_NO_TIME, CONFLICT_NO_TIME }, 2);
	struct stop_info unable[] = { stop("S01", "09:00", "10:00", li, 1) };
	unable[0].items = power;
	unable[0].n_items = 1;
	expect(unable, 1, (enum visit_conflict_kind[]){ CONFLICT_COMPETENCE }, 1);
	struct stop_person reviewer[] = { { .person = "赵工", .is_planned = true } };
	struct stop_info nobody[] = { stop("S01", "09:00", "10:00", reviewer, 1) };
	expect(nobody, 1, (enum visit_conflict_kind[]){ CONFLICT_NOBODY }, 1);
	struct stop_info late[] = { stop("S01", "09:00", "10:00", both, 2) };
	late[0].day = "2026-06-01";
	expect(late, 1, (enum visit_conflict_kind[]){ CONFLICT_NOBODY, CONFLICT_NOT_IN_TEAM, CONFLICT_NOT_IN_TEAM }, 3);
}

/* ---- samples and coverage: of a project ---- */

static void place(const char *id, const char *share)
{
	const char *const what[] = { "tenant", id, "", "" };
	put("place", &id, "place", what);
	put("place", &id, "share", &share);
}

static const struct population_info *make_sample(void)
{
	const char *const key[] = { "2025", "企业" }, *const frame[] = { "tenant", "", "6", "名录" }, *const rule[] = { "energy:2", "大户必查" };
	const struct draw_wish wish = { .n = "4", .seed = "11" };
	const struct population_info *of = NULL;
	bool done;
	place("T1", "10");
	place("T2", "40.5");
	place("T3", "20");
	place("T4", "");
	put("population", key, "frame", frame);
	put("population", key, "rule", rule);
	session.reason = "按能耗";
	OK(session_draw(&session, "2025", "企业", &wish, &of, &done, &err));
	return of;
}

static void test_visit__a_sample_is_written_down_with_seed_and_reason(void **state)
{
	const struct sampled *again;
	const char *took, *seen[8];
	unsigned n;
	(void)state;
	make_project(0, "李工");
	const struct population_info *of = make_sample();
	assert_int_equal(of->n_members, 6);
	assert_int_equal(of->n_places, 4);
	assert_int_equal(of->n_sample, 4);
	assert_string_equal(of->seed, "11");
	assert_string_equal(of->reason, "按能耗");
	/* the two largest first */
	assert_string_equal(of->sample[0].how, "must");
	assert_string_equal(of->sample[1].how, "must");
	assert_true(strcmp(of->sample[0].place, "T2") == 0 || strcmp(of->sample[1].place, "T2") == 0);
	assert_string_equal(of->sample[2].how, "random");
	for (unsigned i = 0; i < 4; i++)
		seen[i] = of->sample[i].place;
	/* the same seed gives the same */
	OK(session_redraw(&session, of, "4", "11", &again, &n, &err));
	for (unsigned i = 0; i < 4; i++)
		assert_string_equal(again[i].place, seen[i]);
	/* the fifth of the same order takes the place of one */
	OK(session_redraw(&session, of, "5", "11", &again, &n, &err));
	session.reason = "停产";
	OK(session_replace(&session, "2025", "企业", seen[3], NULL, &took, &err));
	assert_string_equal(took, again[4].place);
	OK(session_find_population(&session, "2025", "企业", &of, &err));
	assert_int_equal(of->n_sample, 5);
	assert_int_equal(of->n_to_visit, 4);
	session.reason = "";
	err = (struct lt_err)LT_ERR_INIT;
	assert_int_equal(session_replace(&session, "2025", "企业", seen[2], NULL, &took, &err), LT_EDATA);
}

/* A draw of the first method is drawn again as it was: a place that stands for several was one. */
static void test_visit__an_earlier_draw_is_drawn_again_as_it_was(void **state)
{
	static const char *const id = "V1", *const what[] = { "vehicles", "V1", "", "" }, *const size[] = { "3", "", "" }, *const key[] = { "2025", "车" };
	static const char *const frame[] = { "vehicles", "", "4", "" }, *const first[] = { "4", "1", "全查", SAMPLE_METHOD_FIRST };
	const struct population_info *of = NULL;
	const struct sampled *again;
	unsigned n, n_found = 0;
	(void)state;
	make_project(0, "李工");
	put("place", &id, "place", what);
	put("place", &id, "size", size);
	put("population", key, "frame", frame);
	put("population", key, "draw", first);
	OK(session_find_population(&session, "2025", "车", &of, &err));
	OK(session_redraw(&session, of, of->n, of->seed, &again, &n, &err));
	for (unsigned i = 0; i < n; i++)
		n_found += strcmp(again[i].place, "V1") == 0 || strcmp(again[i].place, "车#2") == 0;
	assert_int_equal(n_found, 2);
}

static unsigned count(const struct coverage *coverage, enum coverage_gap_kind kind, const char *what)
{
	unsigned n = 0;
	for (unsigned i = 0; i < coverage->n_gaps; i++)
		n += coverage->gaps[i].kind == kind && strcmp(coverage->gaps[i].what, what) == 0;
	return n;
}

/* Left out on purpose: a note that nobody filed, a sampled place, a sign-in. */
static void test_visit__coverage_finds_what_was_left_out(void **state)
{
	static const char *const stops[] = { "S01", "S02" };
	struct coverage coverage;
	const char *filed, *unfiled;
	bool done;
	(void)state;
	make_project(0, "李工");
	const struct population_info *of = make_sample();
	for (unsigned i = 0; i < 2; i++) {
		const char *const what[] = { "site", stops[i], "" }, *const when[] = { "2026-03-25", i ? "13:00" : "09:00", i ? "15:00" : "12:00" };
		put("stop", &stops[i], "what", what);
		put("stop", &stops[i], "when", when);
		OK(session_stop_done(&session, stops[i], NULL, NULL, NULL, &done, &err));
	}
	for (unsigned i = 0; i < 3; i++) {
		const char *const key[] = { "S01", of->sample[i].place }, *const planned[] = { "yes", "" };
		put("stop_place", key, "planned", planned);
	}
	OK(session_sign_in(&session, "S01", "周工", NULL, NULL, NULL, &done, &err));
	const struct new_note first = { .text = "铅封完好", .at = "2026-03-25T09:30" }, second = { .text = "再看一次", .at = "2026-03-25T16:00" };
	OK(session_add_note(&session, &first, &filed, &err));
	OK(session_add_note(&session, &second, &unfiled, &err));
	OK(session_file_note(&session, ref, filed, "7.2.5", "observation", NULL, &done, &findings, &err));
	const struct new_verdict to_site = { .item = "7.2.1", .verdict = "unclear", .to_site = "抄表", .stop = "S01" };
	OK(session_judge_documents(&session, ref, &to_site, &done, &findings, &err));
	OK(session_coverage(&session, ref, &coverage, &findings, &err));
	assert_int_equal(coverage.n_of[COVER_UNFILED_NOTE], 1);
	assert_int_equal(count(&coverage, COVER_UNFILED_NOTE, unfiled), 1);
	assert_int_equal(coverage.n_of[COVER_NOT_VISITED], 1);
	assert_int_equal(count(&coverage, COVER_NOT_VISITED, of->sample[3].place), 1);
	assert_int_equal(coverage.n_of[COVER_NO_SIGN_IN], 1);
	assert_int_equal(count(&coverage, COVER_NO_SIGN_IN, "S02"), 1);
	assert_int_equal(count(&coverage, COVER_NO_SITE, "7.2.1"), 1);
	assert_int_equal(count(&coverage, COVER_NO_METHOD, "7.2.1"), 1);
	assert_int_equal(count(&coverage, COVER_NO_METHOD, "7.2.5"), 0);
	/* the note went to the stop whose time it fell into, the item to the list of its stop */
	struct note_info *notes;
	const struct stop_info *at;
	unsigned n;
	OK(session_notes(&session, NULL, &notes, &n, &err));
	assert_int_equal(n, 2);
	assert_string_equal(notes[0].stop, "S01");
	assert_string_equal(notes[1].stop, "");
	OK(session_find_stop(&session, "S01", &at, &err));
	assert_int_equal(at->n_items, 1);
	assert_string_equal(at->items[0].ask, "抄表");
	assert_string_equal(at->items[0].origin, "document");
	const struct new_verdict unclear = { .item = "7.2.1", .verdict = "unclear", .text = "看了一半" };
	OK(session_judge_site(&session, ref, &unclear, &done, &findings, &err));
	OK(session_coverage(&session, ref, &coverage, &findings, &err));
	assert_int_equal(count(&coverage, COVER_NO_SITE, "7.2.1"), 1);
	const struct new_verdict seen = { .item = "7.2.1", .verdict = "conforms", .text = "一致" };
	OK(session_judge_site(&session, ref, &seen, &done, &findings, &err));
	OK(session_coverage(&session, ref, &coverage, &findings, &err));
	assert_int_equal(count(&coverage, COVER_NO_SITE, "7.2.1"), 0);
}

static const struct stop_person *at_stop(const char *person)
{
	const struct stop_info *stop;
	OK(session_find_stop(&session, "S01", &stop, &err));
	for (unsigned i = 0; i < stop->n_people; i++)
		if (strcmp(stop->people[i].person, person) == 0)
			return &stop->people[i];
	return NULL;
}

/* Nobody's signature goes with the plan, and nobody gets one by it. */
static void test_visit__a_signature_is_of_who_signed(void **state)
{
	static const char *const id = "S01", *const what[] = { "site", "某处", "" }, *const when[] = { "2026-03-25", "09:00", "12:00" };
	static const char *const gone[] = { "S01", "王工" }, *const signature[] = { "甲方", "", "2026-03-24T09:00" }, *const yes = "yes";
	const struct stop_lists people = { .people = "李工,王工" };
	struct changes changes = { .session = &session };
	bool done;
	(void)state;
	make_project(0, "李工");
	put("stop", &id, "what", what);
	put("stop", &id, "when", when);
	put("presence", gone, "signed", signature);
	put("presence", gone, "removed", &yes);
	OK(session_change_stop_lists(&session, "S01", &people, &changes, &findings, &err));
	OK(session_commit(&session, "plan", &changes, &done, &err));
	assert_false(at_stop("王工")->has_signed);
	OK(session_sign_in(&session, "S01", "李工", "乙方", "组长", "2026-03-25T09:05", &done, &err));
	OK(session_sign_in(&session, "S01", "李工", NULL, NULL, NULL, &done, &err));
	assert_false(done);
	assert_string_equal(at_stop("李工")->organisation, "乙方");
	assert_string_equal(at_stop("李工")->signed_at, "2026-03-25T09:05");
	OK(session_take_from_stop(&session, "S01", "王工", NULL, NULL, NULL, &done, &err));
	OK(session_take_from_stop(&session, "S01", "李工", NULL, NULL, NULL, &done, &err));
	assert_null(at_stop("王工"));
	assert_true(at_stop("李工")->has_signed);
	assert_false(at_stop("李工")->is_planned);
	assert_int_equal(session_take_from_stop(&session, "S01", "李工", NULL, NULL, NULL, &done, &err), LT_EDATA);
}

/* Each photo to the one stop whose time it fell into; two at once, or none, are left to a person. */
static void test_visit__photos_go_to_the_stop_of_their_time(void **state)
{
	static const struct {
		const char *sha, *at, *stop;
	} taken[] = { { "a", "2026-03-25T09:30:10", "S01" }, { "b", "2026-03-25T12:00", "S02" }, { "c", "2026-03-25T11:30", "" },
		      { "d", "2026-03-26T09:30", "" },        { "e", "2026-03-25", "" } };
	struct photo_info *photos;
	unsigned n;
	bool done;
	(void)state;
	make_project(0, "李工");
	for (unsigned i = 0; i < 2; i++) {
		const char *const id[] = { i ? "S02" : "S01" }, *const what[] = { "site", "某处", "" };
		const char *const when[] = { "2026-03-25", i ? "11:00" : "09:00", i ? "13:00" : "12:00" };
		put("stop", id, "what", what);
		put("stop", id, "when", when);
	}
	/* what took place goes before what was planned */
	OK(session_stop_done(&session, "S01", "09:00", "11:45", NULL, &done, &err));
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		char sha[65];
		memset(sha, taken[i].sha[0], 64);
		sha[64] = '\0';
		const char *const key[] = { sha }, *const file[] = { "照片.jpg", "1", "image/jpeg", "", "" }, *const at[] = { taken[i].at, "", "", "exif" };
		put("evidence", key, "file", file);
		put("evidence", key, "taken", at);
	}
	OK(session_assign_photos(&session, &n, &done, &err));
	assert_int_equal(n, 2);
	OK(session_photos(&session, &photos, &n, &err));
	assert_int_equal(n, 5);
	for (unsigned i = 0; i < n; i++)
		for (size_t t = 0; t < sizeof(taken) / sizeof(taken[0]); t++)
			if (photos[i].sha256[0] == taken[t].sha[0]) {
				assert_string_equal(photos[i].stop, taken[t].stop);
				if (taken[t].sha[0] == 'c')
					assert_string_equal(photos[i].fits, "S01,S02");
			}
	OK(session_assign_photos(&session, &n, &done, &err));
	assert_int_equal(n, 0);
	assert_false(done);
	/* a sign-in sheet that is given to a stop is so; another signed paper there is not */
	const struct stop_info *stop;
	const char *const sha[] = { photos[0].sha256 }, *const signed_paper[] = { "", "", "signed", "" }, *const sheet[] = { "", "", "sign-in", "" };
	put("evidence", sha, "provenance", signed_paper);
	OK(session_place_photo(&session, sha[0], "S02", NULL, &done, &err));
	OK(session_find_stop(&session, "S02", &stop, &err));
	assert_false(stop->has_sign_in);
	put("evidence", sha, "provenance", sheet);
	OK(session_find_stop(&session, "S02", &stop, &err));
	assert_true(stop->has_sign_in);
	assert_string_equal(stop->sheet, "照片.jpg");
	OK(session_find_stop(&session, "S01", &stop, &err));
	assert_false(stop->has_sign_in);
}

/* What the register of the inventory says of a place stands with it. */
static void test_visit__a_place_has_what_is_known_of_it_elsewhere(void **state)
{
	static const char *const plant[] = { "plant", "光伏", "", "" }, *const line[] = { "2025", "emission", "2", "energy", "光伏", "5", "kWh" };
	static const char *const where[] = { "P1", "M1" }, *const flow[] = { "generated", "power", "sold" }, *const meter[] = { "总表", "power", "0.2S", "" };
	static const char *const ids[] = { "P1", "L1", "M1" }, *const old[] = { "M1", "2023-01-01" }, *const fresh[] = { "M1", "2025-01-01" };
	static const char *const until[] = { "2025-01-01", "", "" }, *const later[] = { "2027-01-01", "", "" };
	static const char *const rung = "evaluator";
	const struct site_info *site = NULL;
	(void)state;
	make_project(0, "李工");
	put("place", &ids[0], "place", plant);
	put("line", &ids[1], "entered", &rung);
	put("line", &ids[1], "activity", line);
	put("line", &ids[1], "place", where);
	put("line", &ids[1], "flow", flow);
	put("meter", &ids[2], "meter", meter);
	put("calibration", fresh, "result", later);
	put("calibration", old, "result", until);
	OK(session_find_site(&session, "光伏", &site, &err));
	assert_string_equal(site->certificates, "sold");
	assert_int_equal(site->n_lines, 1);
	OK(session_find_site(&session, "M1", &site, &err));
	assert_string_equal(site->kind, "meter");
	assert_string_equal(site->calibrated_to, "2027-01-01");
	assert_int_equal(site->n_lines, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_visit__a_timetable_without_conflict),
		cmocka_unit_test(test_visit__each_conflict_is_found),
		TEST(test_visit__a_sample_is_written_down_with_seed_and_reason),
		TEST(test_visit__an_earlier_draw_is_drawn_again_as_it_was),
		TEST(test_visit__coverage_finds_what_was_left_out),
		TEST(test_visit__a_signature_is_of_who_signed),
		TEST(test_visit__photos_go_to_the_stop_of_their_time),
		TEST(test_visit__a_place_has_what_is_known_of_it_elsewhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
