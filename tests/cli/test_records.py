"""What people fill in through forms: form, show, fill, remove, requests."""

import harness
import projects
from harness import Case
from projects import EVALUATOR, OWNER, REVIEWER, ProjectCase, digest

ROWS = {"person": ["王工", "organisation=示例机构", "roles=评价"], "quantity": ["evaluator/2025/land.green_cover", "value=30.5", "unit=%", "source=总体规划 第61页"],
        "request": ["title=七月电费单", "state=已索取"], "park": ["area=３．２"], "settings": ["daily_copy=关"],
        "offset": ["SAMPLE-1", "kind=ccer", "count=18000", "cancelled_on=2026.2.24", "commitment_years=5"],
        "greencert": ["SAMPLE-2", "kind=绿证", "count=60000", "unit=MWh", "month=2025-06"], "meter": ["M01", "name=关口表", "class=0.2S"],
        "appraisal": ["排放/柴油 叉车", "difficulty=易", "why=三年内到期"],
        "calibration": ["M01/2025.4.18", "until=2026年4月17日"],
        "line": ["year=2025", "source=柴油 叉车", "scope=范围 1", "system=能源", "amount=186.4", "unit=t", "factor_value=3.0959", "factor_unit=tCO2/t"]}


class Forms(Case):
    def test_every_form_is_listed_with_its_fields(self):
        forms = {f["form"]: f for f in self.document("form")}
        self.assertEqual(sorted(forms), ["appraisal", "calibration", "decision", "engagement", "evidence", "finding", "greencert", "inspection", "interview", "line", "meter",
                                         "method", "note", "offset", "park", "person", "place", "population", "presence", "profile", "quantity", "request", "review_point", "sample", "settings", "sign_off", "stop", "stop_item", "stop_place", "team"])
        for name, form in forms.items():
            self.assertEqual(self.document("form", name), form)
            for lang in ("zh", "en"):
                text = self.lingtan("form", name, "--lang", lang).out
                for field in form["fields"]:
                    self.assertIn(field["id"], text)
                    self.assertIn(field["label"][lang], text)
                    self.assertIn(field["help"][lang], text)
        self.lingtan("form", "nothing", code=4)

    def test_the_ten_known_requests(self):
        found = self.document("requests")
        self.assertEqual(len(found["entries"]), 10)
        for entry in found["entries"]:
            self.assertIn(entry["title"], self.lingtan("requests").out)


class Fill(ProjectCase):
    def fill(self, path, form, *words, who=EVALUATOR, code=0, **more):
        return self.lingtan("fill", path, form, *words, "--as", who, code=code, **more)

    def values(self, path, form, *row):
        return self.document("show", path, form, *row)["values"]

    def test_each_form_is_one_entry(self):
        path = self.new()
        for form, words in ROWS.items():
            with self.subTest(form=form):
                before = self.entries(path)
                self.fill(path, form, *words, "--dry-run")
                self.assertEqual(self.entries(path), before)
                self.fill(path, form, *words)
                after = self.entries(path)
                self.assertEqual(len(after), len(before) + 1)
                self.assertEqual((after[-1]["kind"], after[-1]["by"]), ("fill", "林静"))
                self.assertIn("fill " + form, after[-1]["command"])
                self.lingtan("show", path, form)
                if form not in ("request", "line"):
                    self.fill(path, form, *words)
                    self.assertEqual(self.entries(path), after, "nothing changed")
        self.assertEqual(self.values(path, "park")["area"], "3.2")
        self.assertEqual({k: v for k, v in self.values(path, "settings").items() if v is not None}, {"daily_copy": "off"})
        self.assertEqual(self.values(path, "person", "王工")["roles"], "evaluator")
        self.assertEqual(self.values(path, "quantity", "评价/2025年/land.green_cover")["value"], "30.5")
        self.assertEqual(self.values(path, "request", "七月电费单")["state"], "asked")
        self.assertEqual(projects.facts(path, set(projects.fold(projects.line_of_entries(path)))), projects.fold(projects.line_of_entries(path)))
        self.assert_holds(path)

    def test_fields_by_any_name(self):
        path = self.new()
        self.fill(path, "park", "city=甲市", "location.address=一号", "省（区、市）=广东", "Area=2")
        found = self.values(path, "park")
        self.assertEqual((found["city"], found["address"], found["province"], found["area"]), ("甲市", "一号", "广东", "2"))
        self.fill(path, "park", "city=")
        self.assertIsNone(self.values(path, "park")["city"])
        self.assertEqual(self.values(path, "park")["address"], "一号", "the rest of the group stays")
        self.fill(path, "park", "boundary=东至甲路\n南至乙河")
        self.assertEqual(self.values(path, "park")["boundary"], "东至甲路\n南至乙河")

    def test_what_is_refused(self):
        path = self.rich()
        with self.untouched():
            for words, code in ((["park", "area=abc"], 4), (["park", "area=-1"], 4), (["park", "longitude=181"], 4), (["park", "nothing=1"], 4), (["park", "name="], 4), (["park", "area"], 2),
                                (["park", "=3"], 2), (["nothing", "a=b"], 4), (["profile", "id=x"], 4), (["person", "王工", "email=nobody"], 4), (["person", "organisation=x"], 4),
                                (["person", "roles=emperor", "name=王工"], 4), (["request", "topic=x"], 4), (["request", "no-such-request", "note=x"], 4), (["evidence", "ab" * 32, "kind=photo"], 4),
                                (["evidence", "kind=photo"], 4), (["quantity", "evaluator/2025/land.green_cover", "value=3", "unit=kWh"], 4), (["quantity", "evaluator/2025/nothing.known", "value=3"], 4),
                                (["quantity", "evaluator/2025/land.green_cover", "na=没有"], 4), (["quantity", "emperor/2025/land.green_cover", "value=1"], 4),
                                (["park", "city=\x1b[31m"], 4), (["park", "city=a\nb"], 4), (["park", "city=" + "长" * 3000], 4)):
                with self.subTest(words=words):
                    run = self.fill(path, *words, code=code)
                    self.assertEqual(run.out, "")
                    self.assertNotEqual(run.err, "")
            self.lingtan("show", path, "person", "赵工", code=4)
            self.lingtan("show", path, "park", "x", code=2)
            self.lingtan("show", path, "nothing", code=4)
            self.lingtan("fill", path, "park", "area=3", "--readonly", "--as", EVALUATOR, code=5)
            self.fill(path, "park", "area=3", who=REVIEWER, code=4)
            self.fill(path, "quantity", "evaluator/2025/land.green_cover", "value=3", who=OWNER, code=4)

    def test_a_slip_is_told_and_kept(self):
        path = self.new()
        run = self.fill(path, "park", "credit_code=12990000EXAMPLE00C", "--lang", "en")
        self.assertRegex(run.err, "check digit should be B")
        self.assertEqual(self.values(path, "park")["credit_code"], "12990000EXAMPLE00C")
        self.assertEqual(self.fill(path, "park", "city=甲市").err, "", "what was told before is not told again")
        self.assertTrue(self.document("show", path, "park")["findings"])
        run = self.fill(path, "park", "area=1", "land_industrial=168", "--lang", "en")
        self.assertIn("168 ha", run.err)

    def test_evidence(self):
        path = self.new()
        self.attach(path, "4.2.1", self.write("IMG_20260327_134210.jpg", b"photo"))
        sha = digest(b"photo")
        self.fill(path, "evidence", sha[:12], "kind=照片", "sender=规划局", "taken=2026/3/1 9：05")
        found = self.values(path, "evidence", "IMG_20260327_134210.jpg")
        self.assertEqual((found["kind"], found["sender"], found["taken"], found["taken_from"]), ("photo", "规划局", "2026-03-01T09:05", "typed"))
        self.lingtan("remove", path, "evidence", sha, "--as", EVALUATOR, code=4)
        self.assert_holds(path)

    def test_rows_are_taken_out_and_back_in(self):
        path = self.new()
        self.fill(path, "person", *ROWS["person"])
        self.fill(path, "quantity", *ROWS["quantity"])
        self.lingtan("remove", path, "person", "王工", "--as", EVALUATOR)
        self.assertEqual([r["row"] for r in self.document("show", path, "person")["rows"]], ["管理员"])
        self.lingtan("show", path, "person", "王工", code=4)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(self.values(path, "person", "王工")["organisation"], "示例机构")
        self.lingtan("redo", path, "--as", EVALUATOR)
        self.fill(path, "person", "王工", "post=组长")
        self.assertIsNone(self.values(path, "person", "王工")["organisation"])
        self.lingtan("remove", path, "quantity", "evaluator/2025/land.green_cover", "--as", EVALUATOR)
        self.assertEqual(self.document("show", path, "quantity")["rows"], [])
        self.lingtan("remove", path, "park", "park", "--as", EVALUATOR, code=2)
        self.assert_holds(path)

    def test_settings_are_kept_to(self):
        path = self.new(env=self.clock(0))
        self.assertEqual(len(self.kept_copies()), 1)
        self.fill(path, "settings", "daily_copy=off", env=self.clock(1))
        n = len(self.kept_copies())
        self.fill(path, "park", "city=甲市", env=self.clock(2))
        self.assertEqual(len(self.kept_copies()), n)
        self.fill(path, "settings", "daily_copy=开", env=self.clock(3))
        self.assertEqual(len(self.kept_copies()), n + 1)

    def test_requests(self):
        path = self.new()
        ask = lambda *words, code=0, who=EVALUATOR: self.lingtan("requests", path, "ask", *words, "--as", who, code=code)
        self.assertEqual(len(self.document("requests", path)["not_asked"]), 10)
        before = len(self.entries(path))
        ask("land-use", "area")
        self.assertEqual(len(self.entries(path)), before + 1)
        ask("all")
        ask("all")
        self.assertEqual(len(self.entries(path)), before + 2)
        found = self.document("requests", path)
        self.assertEqual((len(found["asked"]), found["not_asked"]), (10, []))
        self.assertEqual({r["state"] for r in found["asked"]}, {"asked"})
        self.fill(path, "request", "land-use", "state=insufficient", "note=缺两类", "owner=周工", "due=2026.3.16")
        self.fill(path, "request", *ROWS["request"])
        found = {r["id"]: r for r in self.document("requests", path)["asked"]}
        self.assertEqual(len(found), 11)
        self.assertEqual((found["land-use"]["state"], found["land-use"]["note"], found["land-use"]["due"]), ("insufficient", "缺两类", "2026-03-16"))
        self.assertRegex(self.lingtan("requests", path).out, r"不齐 .*缺两类")
        with self.untouched():
            ask("nothing", code=4)
            ask(code=2)
            self.lingtan("requests", path, "answer", "all", code=2)
        self.assert_holds(path)

    def test_hostile_values_stay_text(self):
        path = self.new()
        for text in ("'; DROP TABLE park; --", "=1+1", "../../x", "%s%n", "a|b", "$(touch owned)", "-x", "{\"a\":1}"):
            with self.subTest(text=text):
                self.fill(path, "park", "city=" + text)
                self.assertEqual(self.values(path, "park")["city"], text)
                self.assertIn(text, self.lingtan("show", path, "park").out)
                self.fill(path, "person", "name=" + text, "post=" + text)
                self.assertIn(text, [r["values"]["post"] for r in self.document("show", path, "person")["rows"]])
        self.assert_holds(path)


if __name__ == "__main__":
    harness.main()
