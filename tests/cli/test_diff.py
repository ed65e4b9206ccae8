"""Differences: of two files, two rounds, two rungs, two stages or years, of one file at two entries; in words and as JSON."""
import shutil
import harness
import projects
from harness import CSUS
from projects import A, EVALUATOR, LEADER, OWNER, PLANNING
from test_merge import MergeCase


class Diff(MergeCase):
    def diff(self, a, b, *args, code=0):
        found = self.document("diff", a, b, *args, code=code)
        return {(c["table"], c["key"].split("|")[-1], c["group"]): ((c["a"] or [None, None])[1] if c["table"] == "answer" and c["group"] == "verdict" else c["a"],
                                                                    (c["b"] or [None, None])[1] if c["table"] == "answer" and c["group"] == "verdict" else c["b"]) for c in found["changes"]}, found

    def test_two_files(self):
        mine, theirs = self.pair(("4.2.1", "points:8"), ("4.2.2", "points:7"))
        self.assertEqual(self.diff(mine, theirs)[0], {})
        self.set(theirs, "4.2.1", "points:5", "--remark", "重算")
        self.set(mine, "4.2.3", "points:6")
        with self.untouched():
            changes, found = self.diff(mine, theirs)
        self.assertEqual(changes, {("answer", "4.2.1", "verdict"): ("8", "5"), ("answer", "4.2.1", "remark"): (None, ["重算"]), ("answer", "4.2.3", "verdict"): ("6", None)})
        self.assertEqual((found["a"]["assessment"], found["a"]["rung"]), (A, "evaluator"))
        self.assertNotEqual(found["a"]["low"], found["b"]["low"])
        self.assertEqual(found["a"]["low"], self.score(mine)["total"]["low"])
        words = self.lingtan("diff", mine, theirs).out
        self.assertRegex(words, r"4\.2\.1 \S+ 结论：8 分 → 5 分")
        self.assertIn("重算", words)
        # the other way round
        self.assertEqual(self.diff(theirs, mine)[0], {k: v[::-1] for k, v in changes.items()})
        # what is told of the second file bears its name
        self.lingtan("line", "add", theirs, "year=2025", "source=天然气", "amount=12 t", "--as", EVALUATOR)
        self.assertTrue(self.lingtan("diff", mine, theirs).err.startswith("%s: 警告: " % theirs))
        # and once, though every rung is scored
        self.set(theirs, "4.2.4", "points:4", who=OWNER)
        said = self.lingtan("export", theirs, "--format", "html", "-o", self.dir / "page.html", "--as", EVALUATOR).err.splitlines()
        self.assertEqual((len(said), len(set(said))), (1, 1))

    def test_rungs_rounds_and_entries(self):
        path = self.new()
        self.set(path, "4.2.1", "points:9", who=OWNER)
        self.set(path, "4.2.1", "points:8", "--no-evidence", "现场核对")
        self.set(path, "4.2.2", "points:7", "--no-evidence", "现场核对")
        before = projects.head(path)
        self.assertEqual(self.diff("%s@self" % path, "@evaluator")[0], {("answer", "4.2.1", "verdict"): ("9", "8"), ("answer", "4.2.2", "verdict"): (None, "7"),
                                                                       ("answer", "4.2.1", "unsupported"): (None, ["现场核对"]), ("answer", "4.2.2", "unsupported"): (None, ["现场核对"])})
        self.lingtan("submit", path, "--reason", "如实", "--as", EVALUATOR)
        self.set(path, "4.2.2", "points:3", "--no-evidence", "现场核对", "--reason", "抄错")
        changes, found = self.diff("%s@round:1@evaluator" % path, "@evaluator")
        self.assertEqual({k: v for k, v in changes.items() if k[0] == "answer"}, {("answer", "4.2.2", "verdict"): ("7", "3")})
        self.assertEqual(found["a"]["low"], self.score(path, "--rung", "evaluator", "--round", "1")["total"]["low"])
        self.assertIn(("answer", "4.2.2", "verdict"), self.diff("%s@%s" % (path, before[:8]), "@" + projects.head(path))[0])
        self.assertEqual(self.diff("%s@round:1" % path, "@round:1")[0], {})

    def test_stages_and_years(self):
        path = self.new()
        self.lingtan("add", path, "--standard", CSUS, "--stage", "planning", "--type", "production", "--year", "2024", "--as", LEADER)
        other = PLANNING.replace("2025", "2024")
        for of, points in ((A, "8"), (other, "6")):
            self.set(path, "4.2.1", "points:" + points, "--assessment", of)
        self.set(path, "4.2.2", "points:5", "--assessment", A)
        self.quantity(path, "land.green_cover", "30", "%")
        self.quantity(path, "land.green_cover", "25", "%", year="2024")
        changes, found = self.diff("%s@%s" % (path, A), "@" + other)
        self.assertEqual(changes[("answer", "4.2.1", "verdict")], ("8", "6"))
        self.assertEqual(changes[("answer", "4.2.2", "verdict")], ("5", None))
        self.assertEqual([v[0] for v in changes[("quantity", "land.green_cover", "value")]], ["30", "25"])
        self.assertEqual((found["a"]["assessment"], found["b"]["assessment"]), (A, other))

    def test_what_is_not_there(self):
        path = self.new()
        for word, code in (("round:9", 4), ("round:0", 2), ("abcdef", 4), ("x", 2), ("a/b/c", 4), ("boss", 2)):
            self.lingtan("diff", path, "%s@%s" % (path, word), code=code)
        self.lingtan("diff", path, self.dir / "none", code=3)
        # a name with an @ in it
        named = self.folder / "a@self.lingtan"
        shutil.copy(path, named)
        self.assertEqual(self.diff(path, named)[0], {})
        self.assertEqual(self.diff(named, "%s@self" % named)[1]["b"]["rung"], "self")


if __name__ == "__main__":
    harness.main()
