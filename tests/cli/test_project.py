"""A project file: what is in it, its journal recomputed without the program, and the ruleset that travels with it."""
import hashlib
import os
import re
import shutil

import harness
import projects
from harness import CSUS, IDS, RULESETS
from projects import A, EVALUATOR, MEMBERS, OWNER, SHOWN, SUBJECT, YEAR, ProjectCase, digest


class New(ProjectCase):
    def test_it_is_one_sqlite_file_that_says_what_it_is(self):
        path = self.new()
        self.assertEqual([p.name for p in self.folder.iterdir()], [path.name])
        mask = os.umask(0)
        os.umask(mask)
        self.assertEqual(path.stat().st_mode & 0o777, 0o666 & ~mask, "whom the folder lets write, the file does too")
        self.assertNotEqual(projects.query(path, "PRAGMA application_id")[0][0], 0)
        self.assertGreater(projects.query(path, "PRAGMA user_version")[0][0], 0)
        self.assertEqual(projects.query(path, "PRAGMA integrity_check"), [("ok",)])
        self.assertEqual(projects.query(path, "PRAGMA journal_mode"), [("delete",)])
        for row in projects.query(path, "PRAGMA table_list"):
            if not row[1].startswith("sqlite_"):
                self.assertEqual(row[5], 1, "table %s is not STRICT" % row[1])
        self.assertEqual(projects.query(path, "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')"), [])
        self.assertEqual(projects.query(path, "SELECT name FROM sqlite_master WHERE upper(sql) LIKE '%AUTOINCREMENT%' OR upper(sql) LIKE '%CASCADE%'"), [])

    def test_two_projects_are_two(self):
        a, b = self.new("a.lingtan"), self.new("b.lingtan")
        self.assertNotEqual(self.document("log", a)["project"], self.document("log", b)["project"])

    def test_every_standard(self):
        for name in IDS:
            with self.subTest(standard=name):
                stage, park_type = SUBJECT[name]
                path = self.new(name + ".lingtan", standard=name, stage=stage, park_type=park_type)
                self.assert_holds(path)
                result = self.document("score", path)
                self.assertEqual((result["standard"], result["stage"], result["park_type"]), (name, stage or "", park_type))
                self.assertEqual(result["assessment"], "%s/%s/%s" % (name, stage or "", YEAR))

    def test_the_ruleset_travels_in_it(self):
        path = self.new()
        blobs = {digest(projects.stored(path, s)): s for (s,) in projects.query(path, "SELECT sha256 FROM blob")}
        for text in projects.ruleset_files(CSUS):
            self.assertIn(digest(text), blobs)

    def test_what_is_there_already_is_not_touched(self):
        path = self.new()
        self.write("projects/text.lingtan", "mine\n")
        self.write("projects/empty.lingtan", b"")
        (self.folder / "folder.lingtan").mkdir()
        for name in (path.name, "text.lingtan", "empty.lingtan", "folder.lingtan"):
            with self.subTest(name=name), self.untouched():
                run = self.lingtan("new", self.folder / name, "--park", "x", "--standard", CSUS, "--stage", "operation", "--type", "production", code=4)
                self.assert_refused(run, name)

    def test_what_is_refused_leaves_no_file(self):
        good = {"--park": "园区", "--standard": CSUS, "--stage": "operation", "--type": "production", "--year": YEAR}
        for option, value, code in (("--standard", "nope", 4), ("--stage", "nope", 4), ("--type", "nope", 4), ("--year", "20x5", (2, 4)), ("--year", "", (2, 4)),
                                    ("--park", "", (2, 4)), ("--as", "林静:emperor", (2, 4)), ("--as", "", (2, 4)), ("--role", "emperor", (2, 4)), ("--park", None, 2), ("--standard", None, 2)):
            with self.subTest(option=option, value=value):
                options = dict(good, **{option: value})
                words = [x for o, v in options.items() if v is not None for x in (o, v)]
                run = self.lingtan("new", self.folder / "p.lingtan", *words, code=code)
                self.assertNotEqual(run.err, "")
                self.assertEqual(list(self.folder.iterdir()), [])

    def test_without_a_year_it_has_one(self):
        path = self.new(year=None)
        self.assertRegex(self.document("score", path)["assessment"], r"\A%s/operation/20[0-9][0-9]\Z" % CSUS)

    def test_a_missing_folder(self):
        run = self.lingtan("new", self.folder / "no" / "p.lingtan", "--park", "x", "--standard", CSUS, "--stage", "operation", "--type", "production", code=5)
        self.assert_refused(run, "p.lingtan")

    def test_names_that_mean_something_to_sqlite_are_names(self):
        for n, name in enumerate(("a b.lingtan", "园 区%41.lingtan", "a?mode=memory&cache=shared.lingtan", "a#b.lingtan", "file:a.lingtan", ":memory:", ":memory:.lingtan",
                                  "a'b\"c;.lingtan", "=cmd.lingtan", "a\nb.lingtan", "\x1b[31mred.lingtan", "$(touch x).lingtan", "长" * 70 + ".lingtan")):
            with self.subTest(name=name):
                folder = self.folder / str(n)
                folder.mkdir()
                self.lingtan("new", name, "--park", "x", "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", YEAR, cwd=folder)
                self.lingtan("set", name, "4.2.1", "points:8", "--as", EVALUATOR, cwd=folder)
                self.document("score", name, cwd=folder)
                self.lingtan("score", name, cwd=folder)
                self.assertIs(self.document("verify", name, cwd=folder)["holds"], True)
                self.assertEqual([p.name for p in folder.iterdir()], [name])

    def test_through_a_link(self):
        path = self.new()
        link = self.dir / "link.lingtan"
        link.symlink_to(path)
        self.set(link, "4.2.1", "points:8")
        self.assertEqual([p.name for p in self.folder.iterdir()], [path.name])
        self.assertEqual(self.entries(path)[-1]["changes"][0]["key"], A + "|evaluator|4.2.1")
        self.assert_holds(link)


class Journal(ProjectCase):
    def test_every_entry_is_canonical_and_hashes_to_its_name(self):
        path = self.rich()
        found = projects.bodies(path)
        project = self.document("log", path)["project"]
        for h, (body, said) in found.items():
            with self.subTest(entry=h[:8], command=said.get("command")):
                self.assertEqual(h, hashlib.sha256(b"lingtan entry 1\n" + body.encode("utf-8")).hexdigest())
                self.assertNotIn("\n", body)
                self.assertEqual(list(said), MEMBERS)
                self.assertIn(body, (projects.canonical(said), projects.canonical(said, beyond=True)))
                self.assertEqual((said["v"], said["project"]), (1, project))
                for p in said["parents"]:
                    self.assertIn(p, found)
                self.assertEqual(said["depth"], 1 + max([found[p][1]["depth"] for p in said["parents"]], default=0))
                self.assertRegex(said["at"], r"\A20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9](Z|[+-][0-9]{2}:[0-9]{2})\Z")
                self.assertNotEqual(said["kind"], "")
                for c in said["changes"]:
                    self.assertIn(len(c), (5, 6))
                    for value in c[3:5]:
                        self.assertTrue(value is None or (isinstance(value, list) and all(isinstance(v, str) for v in value)), c)
        roots = [h for h, (_, said) in found.items() if not said["parents"]]
        self.assertEqual(len(roots), 1)
        line = projects.line_of_entries(path)
        self.assertEqual(len(line), len(found), "an entry that the head does not rest on")
        self.assertEqual(len(line), self.assert_holds(path)["entries"])

    def test_the_facts_are_what_the_entries_say(self):
        path = self.rich()
        cells = projects.fold(projects.line_of_entries(path))
        self.assertEqual(projects.facts(path, set(cells)), cells)
        self.assertEqual(cells[("answer", A + "|evaluator|4.2.1", "verdict")][:2], ["points", "8.5"])
        self.assertEqual(cells[("answer", A + "|self|4.2.1", "verdict")][:2], ["points", "9"])
        named = {table for table, _, _ in cells}
        for table in projects.tables(path):
            if table not in named and table not in ("entry", "head", "blob", "chunk") and projects.columns(path, table)[0][0] != "tbl":
                self.assertEqual(projects.query(path, 'SELECT * FROM "%s"' % table), [], "rows of %s that no entry set" % table)

    def test_log_as_json_is_what_lies_in_the_file(self):
        path = self.rich()
        log = self.document("log", path)
        self.assertEqual(log["head"], projects.head(path))
        line = projects.line_of_entries(path)
        self.assertEqual(log["project"], line[0][1]["project"])
        self.assertEqual([e["hash"] for e in log["entries"]], [h for h, _ in line])
        for shown, (h, said) in zip(log["entries"], line):
            for key in SHOWN:
                self.assertIn(key, shown)
            for key in ("depth", "kind", "by", "role", "at", "command", "reason", "undoes"):
                self.assertEqual(shown[key], said[key], key)
            self.assertEqual([[c["table"], c["key"], c["group"], c["old"], c["new"]] for c in shown["changes"]], [c[:5] for c in said["changes"]])

    def test_one_command_is_one_entry(self):
        path = self.new()
        before = len(self.entries(path))
        self.set(path, "4.2.1", "points:8.5", "--remark", "东侧绿带缺养护记录", "--reason", "现场核对")
        entries = self.entries(path)
        self.assertEqual(len(entries), before + 1)
        last = entries[-1]
        self.assertEqual((last["kind"], last["by"], last["role"], last["reason"], last["undoes"]), ("set", "林静", "evaluator", "现场核对", None))
        self.assertIn("4.2.1", last["command"])
        self.assertIn("points:8.5", last["command"])
        key = A + "|evaluator|4.2.1"
        found = {(c["table"], c["key"], c["group"]): (c["old"], c["new"]) for c in last["changes"]}
        old, new = found[("answer", key, "verdict")]
        self.assertIsNone(old)
        self.assertEqual(new[:2], ["points", "8.5"])
        self.assertEqual(found[("answer", key, "remark")], (None, ["东侧绿带缺养护记录"]))
        self.set(path, "4.2.1", "points:7")
        change = [c for c in self.entries(path)[-1]["changes"] if c["group"] == "verdict"]
        self.assertEqual((change[0]["old"][:2], change[0]["new"][:2]), (["points", "8.5"], ["points", "7"]))

    def test_in_words(self):
        path = self.rich()
        for lang in ("zh", "en"):
            text = self.lingtan("log", path, "--lang", lang).out
            for word in ("林静", "何园", "4.2.1", "8.5", "用地平衡表.pdf", projects.head(path)[:8]):
                self.assertIn(word, text)
        self.assertLess(text.index("4.1.1"), text.index("4.2.4"), "newest last")

    def line_of_log(self, path, lang="zh", *args):
        """What the newest entry is told as, without hash and time."""
        lines = self.lingtan("log", path, "--lang", lang, *args).out.splitlines()
        first = max(n for n, line in enumerate(lines) if not line.startswith(" "))
        return [lines[first][28:]] + lines[first + 1:]

    def test_a_role_takes_back_what_it_may_do(self):
        path = self.new()
        self.set(path, "4.2.1", "points:8")
        with self.untouched():
            self.assert_refused(self.lingtan("undo", path, "--as", "林静:park", code=4), "评价")
        self.lingtan("undo", path, "--as", EVALUATOR)

    def test_each_entry_says_what_it_did(self):
        """Which item by number and title, the old and the new value, who in which role, why; not the words of the program."""
        path = self.new()
        self.set(path, "4.2.1", "points:8.5")
        self.assertEqual(self.line_of_log(path), ["林静（评价员） 自称  填写  4.2.1 土地集约利用水平 结论：8.5 分"])
        self.set(path, "4.2.1", "points:7", "--reason", "复测后更正")
        self.assertEqual(self.line_of_log(path), ["林静（评价员） 自称  填写  4.2.1 土地集约利用水平 结论：8.5 分 → 7 分", "    原因：复测后更正"])
        self.assertEqual(self.line_of_log(path, "en"), ["林静 (evaluator) claimed  answered: 4.2.1 Intensive use of land, verdict: 8.5 points → 7 points", "    reason: 复测后更正"])
        self.lingtan("undo", path, "--as", EVALUATOR)
        undone = self.entries(path)[-1]["undoes"][:8]
        self.assertEqual(self.line_of_log(path)[0], "林静（评价员） 自称  撤销 %s：填写  4.2.1 土地集约利用水平 结论：7 分 → 8.5 分" % undone)
        self.set(path, "4.1.3", "na:非生产制造类型", "--remark", "见总平面图")
        self.assertEqual(self.line_of_log(path)[1:], ["    结论：不适用：非生产制造类型", "    备注：见总平面图"])
        self.quantity(path, "land.green_cover", "30.5", "%", "--source", "总体规划 第61页")
        self.assertEqual(self.line_of_log(path), ["林静（评价员） 自称  填报数据  2025 绿化率 数值：30.5 %（总体规划 第61页）"])
        self.attach(path, "4.2.1", self.write("用地平衡表.pdf", b"pdf"), "第3页", "--kind", "doc", "--received", "2026-03-16")
        told = self.line_of_log(path)
        self.assertEqual(told[0], "林静（评价员） 自称  挂佐证，3 处")
        self.assertIn("    佐证 用地平衡表.pdf 种类：文件", told)
        self.assertIn("    4.2.1 土地集约利用水平 用地平衡表.pdf 定位：第3页", told)
        self.lingtan("fill", path, "park", "province=广东省", "--as", EVALUATOR)
        self.lingtan("fill", path, "park", "province=江苏省", "--as", EVALUATOR)
        self.assertEqual(self.line_of_log(path), ["林静（评价员） 自称  填表  园区 省（区、市）：广东省 → 江苏省"])
        self.assertEqual(self.line_of_log(path, "zh", "--all")[-1], "    > fill park province=江苏省")
        self.set(path, "4.2.1", "unset", "--reason", "误填")
        self.assertEqual(self.line_of_log(path)[0], "林静（评价员） 自称  填写  4.2.1 土地集约利用水平 结论：8.5 分 → —")

    def test_reading_changes_nothing(self):
        path = self.rich()
        out = self.dir / "out"
        sha = projects.query(path, "SELECT sha256 FROM evidence")[0][0]
        with self.untouched():
            for words in (["score", path], ["score", path, "--json"], ["explain", path], ["explain", path, "4.2.1", "--json"], ["gap", path, "--as", OWNER], ["log", path], ["log", path, "--json"],
                          ["verify", path], ["verify", path, "--json"], ["evidence", path], ["evidence", path, "--json"], ["extract", path, sha, "-o", out], ["score", path, "--readonly"]):
                self.lingtan(*words, code=0)
            # read-only is the project: what goes elsewhere is written
            for n, words in enumerate((["extract", path, sha], ["export", path, "--format", "csv"], ["export", path, "--format", "pdf"], ["findings", path], ["paper", "review", path],
                                       ["certificate", path, "--specimen"])):
                to = self.dir / ("%d.%s" % (n, "csv" if words[0] == "findings" else "pdf" if words[0] in ("paper", "certificate") else "out"))
                self.lingtan(*words, "--readonly", "-o", to)
                self.assertTrue(to.exists(), words)
            for words in (["set", path, "4.1.1", "met"], ["certificate", path, "--register", path, "-o", self.dir / "c.pdf"]):
                self.lingtan(*words, "--readonly", "--as", OWNER, code=5)
            self.assertFalse((self.dir / "c.pdf").exists())


class Editions(ProjectCase):
    """An old file scores the same for ever: by the text it carries, whatever the program knows today."""

    def changed_ruleset(self):
        folder = self.dir / "sets" / CSUS
        shutil.copytree(RULESETS / CSUS, folder)
        text = (folder / "ruleset.yaml").read_text("utf-8")
        at = text.index("{id: innovation_weight")
        changed = text[:at] + re.sub(r'value: "0\.2"', 'value: "0.1"', text[at:], count=1)
        self.assertNotEqual(changed, text)
        (folder / "ruleset.yaml").write_text(changed, "utf-8")
        return self.dir / "sets"

    def test_its_own_text_counts(self):
        sets = self.changed_ruleset()
        path = self.new("ours.lingtan", "--rulesets", sets)
        built_in = self.new("built in.lingtan")
        answers = self.write("answers.yaml", (harness.SAMPLES / (CSUS + ".yaml")).read_bytes())
        for p in (path, built_in):
            self.lingtan("import", p, answers, "--as", EVALUATOR, *(("--rulesets", sets) if p == path else ()))
        by_ours, by_built_in = self.document("score", answers, "--rulesets", sets), self.document("score", answers)
        self.assertNotEqual(by_ours["total"], by_built_in["total"])
        shutil.rmtree(sets)
        for key in ("outcomes", "sections", "total", "grade", "balance", "controls"):
            self.assertEqual(self.document("score", path)[key], by_ours[key], key)
            self.assertEqual(self.document("score", built_in)[key], by_built_in[key], key)
        self.assert_holds(path)
        # explain and a further answer go by the same text
        node = self.document("explain", path, "extra")
        self.assertIn("0.1", list(projects.strings_of(node)))
        self.set(path, "4.2.1", "points:9")
        self.assertNotEqual(self.document("score", path)["total"], by_ours["total"])

    def test_an_edition_that_is_not_known_is_said(self):
        path = self.new("ours.lingtan", "--rulesets", self.changed_ruleset())
        built_in = self.new("built in.lingtan")
        for lang, word in (("en", r"not (a |any )?known|unknown"), ("zh", r"未知|不是已知|不认识|并非已知|非已知")):
            run = self.lingtan("score", path, "--lang", lang)
            self.assertRegex(run.both, word)
            run = self.lingtan("score", built_in, "--lang", lang)
            self.assertNotRegex(run.both, word)
        self.assertNotEqual({k: v for k, v in self.document("score", path).items() if k not in ("outcomes", "origin", "specimen_because", "conditions")},
                            {k: v for k, v in self.document("score", built_in).items() if k not in ("outcomes", "origin", "specimen_because", "conditions")}, "JSON says so too")

    def test_rulesets_of_a_folder_do_not_reach_an_existing_project(self):
        path = self.new()
        answers = self.write("answers.yaml", (harness.SAMPLES / (CSUS + ".yaml")).read_bytes())
        self.lingtan("import", path, answers, "--as", EVALUATOR)
        before = self.document("score", path)
        after = self.document("score", path, "--rulesets", self.changed_ruleset())
        self.assertEqual(after["total"], before["total"])

    def test_a_ruleset_text_changed_in_the_file(self):
        path = self.new()
        before = self.document("score", path)
        blob = digest(projects.ruleset_files(CSUS)[0])
        rows = projects.query(path, "SELECT c.blob, c.n, c.data FROM chunk c JOIN blob b ON b.id = c.blob WHERE b.sha256 = ? ORDER BY c.n", blob)
        self.assertTrue(rows, "the text of the ruleset is not among the blobs")
        changed = rows[0][2].replace(b'value: "60"', b'value: "10"', 1)
        self.assertNotEqual(changed, rows[0][2])
        projects.change(path, "UPDATE chunk SET data = ? WHERE blob = ? AND n = ?", changed, rows[0][0], rows[0][1])
        self.assert_broken(path, tokens=[blob[:8]], check="e")
        run = self.lingtan("score", path, "--json", code=(0, 1, 3))
        if run.code == 0:
            self.assertEqual(run.json()["outcomes"], before["outcomes"])


if __name__ == "__main__":
    harness.main()
