"""Profiles in a project: entered, imported, pinned, exported; a project says which it was scored with, and keeps it."""
import hashlib

import harness
from harness import CSUS, CSUS_HEAD, SEESA, lines_of
from projects import EVALUATOR, ProjectCase

HEAD = ["head", "id=ours", "responsible=示例机构技术部", "title_zh=本机构", "title_en=Ours", "date=2026年3月1日"]


class Profiles(ProjectCase):
    def profile(self, word, path, *words, who=EVALUATOR, code=0, **more):
        return self.lingtan("profile", word, path, *words, "--as", who, code=code, **more)

    def list(self, path, *more):
        return self.document("profile", "list", path, *more)

    def two(self, path):
        """Two scoring items of one section and their points, which another profile may swap parts of."""
        items = self.document("standard", CSUS)["items"]
        of = [i for i in items if i["id"].startswith("4.2.") and i["points"]][:2]
        return [(i["id"], i["points"]["value"] if isinstance(i["points"], dict) else i["points"]) for i in of]

    def test_entered_number_by_number(self):
        path = self.new()
        (a, of_a), (b, of_b) = self.two(path)
        self.assertEqual(self.list(path), [])
        self.profile("set", path, "points", a, "value=1", "cite=第15页", code=4)
        self.profile("set", path, *HEAD)
        before = len(self.entries(path))
        self.profile("set", path, "points", a, "value=%d" % (int(of_a) + 1), "cite=第15页")
        self.assertEqual(len(self.entries(path)), before + 1)
        held = self.list(path)
        self.assertEqual([(h["id"], h["draft"], h["pinned_by"]) for h in held], [("ours", True, [])])
        # a draft counts for nothing, and one whose sums do not hold cannot be pinned
        self.assertIsNone(self.document("score", path)["profile"])
        self.assertEqual(self.document("profile", "check", path, code=1)["errors"], 1)
        with self.untouched():
            run = self.profile("pin", path, code=4)
            self.assertRegex(run.err, "4")
        self.profile("set", path, "points", b, "value=%d" % (int(of_b) - 1), "cite=第15页", "note=见表")
        self.assertEqual(self.document("profile", "check", path)["errors"], 0)
        self.profile("pin", path)
        shown = self.document("profile", "show", path)
        self.assertEqual({p["item"]: p["value"] for p in shown["points"]}, {a: str(int(of_a) + 1), b: str(int(of_b) - 1)})
        self.assertEqual((shown["id"], shown["responsible"], shown["date"]), ("ours", "示例机构技术部", "2026-03-01"))
        score = self.document("score", path)
        self.assertEqual((score["profile"], score["profile_digest"], score["profile_responsible"]), ("ours", shown["digest"], "示例机构技术部"))
        self.set(path, a, "points:%d" % (int(of_a) + 1))
        self.assertIn("第15页", self.lingtan("explain", path, a, "--rung", "evaluator").out)
        # a further number is another profile: the one that counts stays until it is pinned
        self.profile("set", path, "points", a, "cite=第16页")
        self.assertEqual(self.document("score", path)["profile_digest"], shown["digest"])
        self.assertEqual(len(self.list(path)), 2)
        self.profile("unset", path, "points", a)
        self.profile("unset", path, "points", a, code=4)
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.profile("pin", path)
        self.assertNotEqual(self.document("score", path)["profile_digest"], shown["digest"])
        # an answer that no longer fits keeps the numbers from changing, and is named
        with self.untouched():
            self.assertIn(a, self.profile("pin", path, "none", code=4).err)
        self.set(path, a, "points:%s" % of_a)
        self.set(path, a, "points:%d" % (int(of_a) + 1))
        self.set(path, a, "points:%s" % of_a)
        self.profile("pin", path, "none")
        self.set(path, a, "points:%d" % (int(of_a) + 1), code=4)
        self.assertIsNone(self.document("score", path)["profile"])
        self.profile("pin", path, shown["digest"][:12])
        self.assertEqual(self.document("score", path)["profile_digest"], shown["digest"])
        self.assert_holds(path)

    def test_all_kinds_of_entries(self):
        path = self.new(standard=SEESA, park_type=None)
        self.profile("set", path, *HEAD)
        for words in (["tier", "1.1.4", "from=0", "then=1.11", "cite=第16页"], ["tier", "1.1.4", "above=60", "then=0.5", "cite=第17页", "title_zh=中", "title_en=middle"],
                      ["line", "1.1.3", "from=5", "to=40", "cite=第15页"]):
            self.profile("set", path, *words)
        shown = self.document("profile", "show", path)
        self.assertEqual([(t["from"], t["above"], t["then"]) for t in shown["tiers"]], [("0", None, "1.11"), (None, "60", "0.5")])
        self.profile("set", path, "tier", "1.1.4", "above=60", "then=0.6")
        self.assertEqual([(t["then"], t["cite"], t["title_en"]) for t in self.document("profile", "show", path)["tiers"]], [("1.11", "第16页", None), ("0.6", "第17页", "middle")])
        self.profile("unset", path, "tier", "1.1.4", "above=60")
        self.profile("unset", path, "tier", "1.1.4", "from=0")
        self.profile("pin", path)
        self.assertEqual(self.document("profile", "show", path)["lines"], [{"item": "1.1.3", "from": "5", "to": "40", "cite": "第15页", "note": None}])
        csus = self.new("csus.lingtan")
        self.profile("set", csus, *HEAD)
        self.profile("set", csus, "weight", "weight", "4", "values=0.25,0.20,0.25,0.20,0.25,0.20", "cite=第18页")
        self.profile("set", csus, "parameter", "innovation_weight", "value=0.1", "cite=第20页")
        shown = self.document("profile", "show", csus)
        self.assertEqual(shown["weights"], [{"table": "weight", "row": "4", "values": "0.25,0.20,0.25,0.20,0.25,0.20", "cite": "第18页", "note": None}])
        self.assertEqual(shown["parameters"], [{"parameter": "innovation_weight", "value": "0.1", "cite": "第20页", "note": None}])

    def test_unknown_figures_and_wrong_values_are_refused(self):
        path = self.new()
        self.profile("set", path, *HEAD)
        (a, _), _ = self.two(path)
        with self.untouched():
            for words, code in ((["points", "9.9.9", "value=1", "cite=x"], 4), (["points", a, "value=abc", "cite=x"], 4), (["points", a, "value=-1", "cite=x"], 4), (["points", a, "value=1"], 4),
                                (["points", a, "cite=x"], 4), (["points", "value=1", "cite=x"], 4), (["parameter", "nothing", "value=1", "cite=x"], 4), (["line", a, "from=1", "to=1", "cite=x"], 4),
                                (["weight", "nothing", "4", "values=1", "cite=x"], 4), (["nothing", a, "value=1"], 2), (["points", a, "b", "value=1", "cite=x"], 2), (["points", a, "colour=1"], 4),
                                (["head", "ruleset=" + SEESA], 4), (["head", "id="], 4), (["head", "date=yesterday"], 4)):
                with self.subTest(words=words):
                    run = self.profile("set", path, *words, code=code)
                    self.assertEqual(run.out, "")
                    self.assertNotEqual(run.err, "")
            self.profile("set", path, "points", a, "value=1", "cite=x", "--readonly", code=5)
            self.profile("set", path, "points", a, "value=1", "cite=x", who="许宁:approver", code=4)
            self.lingtan("profile", "nothing", path, code=2)
            self.lingtan("profile", "show", path, "no-such", code=4)

    def file(self, **lists):
        return self.write("ours.yaml", CSUS_HEAD + "\n".join(line for name, entries in lists.items() for line in lines_of(name, entries)) + "\n")

    def test_import_and_export(self):
        path = self.new()
        (a, of_a), (b, of_b) = self.two(path)
        file = self.file(points=[{"item": a, "value": int(of_a) + 2, "cite": "第15页"}, {"item": b, "value": int(of_b) - 2, "cite": "第15页"}])
        self.profile("import", path, file)
        self.profile("pin", path)
        digest = self.list(path)[0]["digest"]
        self.lingtan("profile", "export", path, "-o", self.dir / "out.yaml")
        self.assertEqual(hashlib.sha256((self.dir / "out.yaml").read_bytes()).hexdigest(), digest)
        self.lingtan("check", self.dir / "out.yaml")
        # the same result as with the file beside it
        other = self.new("other.lingtan")
        for p in (path, other):
            self.set(p, a, "points:%d" % of_a if isinstance(of_a, int) else "points:" + of_a)
        by_file = self.document("score", other, "--profile", file)
        mine = self.document("score", path)
        for key in ("outcomes", "sections", "total", "profile_digest"):
            self.assertEqual(mine[key], by_file[key], key)
        file.unlink()
        self.assertEqual(self.document("score", path), mine)
        with self.untouched():
            self.lingtan("profile", "export", path, "-o", self.dir / "out.yaml", code=4)
            self.profile("import", path, self.dir / "out.yaml")
        self.profile("import", other, self.dir / "out.yaml")
        self.assert_holds(path)

    def test_what_cannot_be_imported(self):
        path = self.new()
        (a, of_a), _ = self.two(path)
        with self.untouched():
            for text, code in ((self.file(points=[{"item": "9.9.9", "value": "1", "cite": "x"}]), 4), (self.file(points=[{"item": a, "value": int(of_a) + 1, "cite": "x"}]), 4),
                               (self.file(parameters=[{"id": "nothing", "value": "1", "cite": "x"}]), 4), (self.write("a.yaml", "profile: x\nruleset: %s\nresponsible: x\ntitle: {zh: x, en: x}\n" % SEESA), 4),
                               (self.write("b.yaml", "rung: self\n"), 3), (self.write("c.yaml", b"\0\1\2"), 3), (self.dir / "missing.yaml", 3), (self.dir, 3)):
                with self.subTest(file=str(text)):
                    run = self.profile("import", path, text, code=code)
                    self.assertNotEqual(run.err, "")
        self.assertEqual(self.list(path, "--all"), [])


if __name__ == "__main__":
    harness.main()
