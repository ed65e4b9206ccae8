"""Another edition of a ruleset: answers to unchanged items stay, the others are queued with old and new side by side."""
import re
import shutil

import harness
from harness import CSUS, RULESETS, environment
from projects import A, EVALUATOR, LEADER, OWNER, REVIEWER, ProjectCase


class Upgrade(ProjectCase):
    def older(self, *edits):
        """A folder with an older edition of the built-in ruleset: texts replaced in its items."""
        folder = self.dir / "sets" / CSUS
        shutil.copytree(RULESETS / CSUS, folder)
        text = (folder / "items.yaml").read_text("utf-8")
        for old, new in edits:
            changed = re.sub(old, new, text, count=1)
            self.assertNotEqual(changed, text, old)
            text = changed
        (folder / "items.yaml").write_text(text, "utf-8")
        return self.dir / "sets"

    def project(self):
        """4.2.1 and 4.1.1 say something else in the older edition; 4.2.2 is the same."""
        text = (RULESETS / CSUS / "items.yaml").read_text("utf-8")
        edits = []
        for item in ("4.2.1", "4.1.1"):
            line = re.search(r"(?m)^- \{?id: %s\b.*?title: \{zh: ([^,}]*)" % re.escape(item), text, re.S).group(1)
            edits.append((re.escape("title: {zh: " + line), "title: {zh: 旧" + line))
        sets = self.older(*edits)
        path = self.new("p.lingtan", "--rulesets", sets)
        self.set(path, "4.2.1", "points:8", "--remark", "看过")
        self.set(path, "4.2.2", "points:7")
        self.set(path, "4.1.1", "met")
        self.set(path, "4.2.1", "points:9", who=OWNER)
        return path, sets

    def test_what_is_the_same_stays_and_the_rest_is_queued(self):
        path, sets = self.project()
        before = self.document("score", path, "--rung", "evaluator")
        self.assertIs(before["edition_known"], False)
        self.assertRegex(self.lingtan("score", path, "--lang", "en").err, "another edition")
        self.assertNotRegex(self.lingtan("score", path, "--lang", "en", "--rulesets", sets).err, "another edition")
        with self.untouched():
            plan = self.document("upgrade", path, "--dry-run", "--as", LEADER)
            self.assertEqual(sorted(plan["items_changed"]), ["4.1.1", "4.2.1"])
            self.assertEqual((plan["items_gone"], plan["items_new"], plan["changed"]), ([], [], False))
            self.assertEqual(sorted((a["item"], a["rung"]) for a in plan["answers"]), [("4.1.1", "evaluator"), ("4.2.1", "evaluator"), ("4.2.1", "self")])
            self.assertEqual(self.document("queue", path)["queue"], [])
            self.lingtan("upgrade", path, "--as", LEADER, "--rulesets", sets)
        n = len(self.entries(path))
        self.lingtan("upgrade", path, "--as", LEADER)
        entries = self.entries(path)
        self.assertEqual(len(entries), n + 1)
        self.assertEqual(entries[-1]["kind"], "upgrade")
        after = self.document("score", path, "--rung", "evaluator")
        self.assertIs(after["edition_known"], True)
        queue = self.document("queue", path)["queue"]
        self.assertEqual(sorted((q["item"], q["rung"], q["result"], q["value"]) for q in queue),
                         [("4.1.1", "evaluator", "met", None), ("4.2.1", "evaluator", "points", "8"), ("4.2.1", "self", "points", "9")])
        for q in queue:
            self.assertEqual(q["old"]["title"], "旧" + q["new"]["title"])
        for lang in ("zh", "en"):
            text = self.lingtan("queue", path, "--lang", lang).out
            self.assertIn("4.2.1", text)
        state = {c["key"]: c["new"] for e in entries for c in e["changes"] if c["table"] == "answer" and c["group"] == "verdict"}
        self.assertEqual(state[A + "|evaluator|4.2.2"][:2], ["points", "7"])
        self.assertIsNone(state[A + "|evaluator|4.2.1"])
        self.assert_holds(path)
        # each rung answers for itself
        self.set(path, "4.2.1", "points:8")
        self.assertEqual(len(self.document("queue", path)["queue"]), 2)
        self.set(path, "4.2.1", "points:9", who=OWNER)
        self.set(path, "4.1.1", "met")
        self.assertEqual(self.document("queue", path)["queue"], [])
        with self.untouched():
            self.lingtan("upgrade", path, "--as", LEADER)

    def test_it_can_be_undone(self):
        path, _ = self.project()
        before = self.document("score", path, "--rung", "self"), self.document("score", path, "--rung", "evaluator")
        self.lingtan("upgrade", path, "--as", LEADER)
        self.lingtan("undo", path, "--as", LEADER)
        self.assertEqual((self.document("score", path, "--rung", "self"), self.document("score", path, "--rung", "evaluator")), before)
        self.assertEqual(self.document("queue", path)["queue"], [])
        self.lingtan("redo", path, "--as", LEADER)
        self.assertEqual(len(self.document("queue", path)["queue"]), 3)
        self.assert_holds(path)

    def test_who_may(self):
        path, _ = self.project()
        with self.untouched():
            self.lingtan("upgrade", path, "--as", REVIEWER, code=4)
            self.lingtan("upgrade", path, "--as", OWNER, code=4)
            self.lingtan("upgrade", path, "--as", LEADER, "--readonly", code=5)
        self.lingtan("submit", path, "--as", EVALUATOR, "--reason", "示例")
        with self.untouched():
            self.lingtan("upgrade", path, "--as", LEADER, code=4)
        self.lingtan("upgrade", path, "--as", LEADER, "--reason", "标准已出新版")
        self.assert_holds(path)

    def test_a_profile_that_does_not_fit_becomes_the_draft(self):
        sets = self.dir / "sets"
        shutil.copytree(RULESETS / CSUS, sets / CSUS)
        ruleset = sets / CSUS / "ruleset.yaml"
        old = ruleset.read_text("utf-8")
        changed = old.replace("{id: innovation_weight", "{id: innovation_share", 1).replace("$innovation_weight", "$innovation_share")
        ruleset.write_text(changed, "utf-8")
        self.lingtan("check", sets)
        path = self.new("p.lingtan", "--rulesets", sets)
        self.lingtan("profile", "set", path, "head", "id=ours", "responsible=示例", "title_zh=甲", "title_en=A", "--as", LEADER)
        self.lingtan("profile", "set", path, "parameter", "innovation_share", "value=0.2", "cite=第3页", "--as", LEADER)
        self.lingtan("profile", "pin", path, "--as", LEADER)
        self.lingtan("upgrade", path, "--as", LEADER)
        self.assertIsNone(self.document("score", path)["profile"])
        self.assertEqual([(p["draft"], p["pinned_by"]) for p in self.document("profile", "list", path)], [(True, [])])
        self.lingtan("profile", "unset", path, "parameter", "innovation_share", "--as", LEADER)
        self.lingtan("profile", "pin", path, "--as", LEADER)
        self.assert_holds(path)

    def test_a_machine_without_the_ruleset(self):
        sets = self.dir / "sets"
        shutil.copytree(harness.SIXTH / "szdb-z-308-2018", sets / "szdb-z-308-2018")
        path = self.new("p.lingtan", "--rulesets", sets, standard="szdb-z-308-2018", stage=None, park_type=None)
        with self.untouched():
            self.lingtan("upgrade", path, "--as", LEADER, code=4)
            self.lingtan("upgrade", path, "--as", LEADER, "--rulesets", sets)
        self.document("score", path, env=environment(self.dir))


if __name__ == "__main__":
    harness.main()
