"""Who owes what: items, sections, figures and lines with an owner and a day; findings and requests beside them; what is done, sent back, overdue."""
import re
import zipfile

import harness
import projects
from projects import A, APPROVER, EVALUATOR, LEADER, OWNER, REVIEWER, YEAR, ProjectCase

BODY = "机构:body"


class DutyCase(ProjectCase):
    def assign(self, path, what, name, *args, who=OWNER, code=0):
        return self.lingtan("assign", path, what, name, *args, "--as", who, code=code)

    def owes(self, path, *args):
        return self.document("owes", path, *args)["owed"]

    def ids(self, path, *args):
        return [(d["owner"], d["id"], d["due"]) for d in self.owes(path, *args)]


class Assigned(DutyCase):
    def test_sorted_by_day_and_overdue_marked(self):
        path = self.new()
        self.assign(path, "4.2.1", "规划局")
        self.assign(path, "4.1.1", "经发科", "--due", "2026-03-20", who=LEADER)
        self.assign(path, "land.green_cover", "规划局", "--due", "2026-03-10")
        found = self.owes(path, "--on", "2026-03-20")
        self.assertEqual([(d["kind"], d["owner"], d["id"], d["year"], d["due"], d["overdue"]) for d in found],
                         [("quantity", "规划局", "land.green_cover", YEAR, "2026-03-10", True), ("item", "经发科", "4.1.1", None, "2026-03-20", False),
                          ("item", "规划局", "4.2.1", None, None, False)])
        self.assertTrue(all(d["title"] for d in found))
        self.assertEqual(self.document("owes", path, "--on", "2026-03-21")["owners"],
                         [{"owner": "规划局", "owed": 2, "overdue": 1, "due": "2026-03-10"}, {"owner": "经发科", "owed": 1, "overdue": 1, "due": "2026-03-20"}])
        self.assertEqual(self.ids(path, "--person", "经发科"), [("经发科", "4.1.1", "2026-03-20")])
        self.assertEqual(len(self.owes(path, "--overdue", "--on", "2026-03-11")), 1)
        run = self.lingtan("owes", path, "--on", "2026-03-21", "--lang", "en")
        self.assertIn("overdue", run.out)
        self.assertIn("规划局: owes 2, overdue 1", run.out)
        self.lingtan("owes", path, "--on", "soon", code=4)
        self.assert_holds(path)

    def test_done_by_any_rung_and_owed_again_when_sent_back(self):
        path = self.new()
        self.assign(path, "4.2.1", "规划局", "--due", "2026-03-20")
        self.assign(path, "land.green_cover", "规划局")
        self.set(path, "4.2.1", "points:9", "--no-evidence", "另送", who=OWNER)
        self.assertEqual([d["id"] for d in self.owes(path)], ["land.green_cover"])
        self.quantity(path, "land.green_cover", "30", "%", who=OWNER)
        self.assertEqual(self.owes(path), [])
        self.assertIn("nothing is owed", self.lingtan("owes", path, "--lang", "en").out)
        self.assertEqual([(d["id"], d["done"]) for d in self.owes(path, "--all")], [("4.2.1", True), ("land.green_cover", True)])
        # of another year it is another figure
        self.lingtan("submit", path, "--as", OWNER)
        self.lingtan("return", path, "4.2.1", "请补用地平衡表", "--as", EVALUATOR)
        (back,) = self.owes(path, "--on", "2026-03-21")
        self.assertEqual([back[k] for k in ("id", "done", "sent_back", "overdue")], ["4.2.1", False, True, True])
        self.set(path, "4.2.1", "points:8", who=OWNER)
        self.assertEqual(self.owes(path), [])

    def test_workbooks_of_owners_come_back(self):
        """Untouched ones change nothing, also a line that is not filled in and a factor that counts by location; two that differ are named."""
        path = self.new()
        for item, owner in (("4.2.1", "规划局"), ("4.2.2", "规划局")):
            self.assign(path, item, owner)
        self.set(path, "4.2.1", "points:9", "--no-evidence", "另送", who=OWNER)
        for fields in (["scope=1", "source=diesel", "factor=diesel", "amount=", "unit=t"], ["scope=1", "source=named"],
                       ["scope=2", "source=green", "amount=100", "unit=10^4kWh", "factor_value=0", "factor_unit=tCO2/MWh", "note=绿电", "flow=trade", "carrier=power"]):
            self.lingtan("line", "add", path, "year=" + YEAR, "kind=emission", *fields, "--as", OWNER)
        # a line for each thing that may be chosen of a line: what the workbook calls it is read again
        form = {field["id"]: [choice["id"] for choice in field.get("choices") or []] for field in self.document("form", "line")["fields"]}
        chosen = [(field, id) for field in ("system", "quality", "flow", "carrier", "attributes", "purpose") for id in form[field]]
        for field, id in chosen + [("biogenic", "yes"), ("terminal", "no")]:
            self.lingtan("line", "add", path, "year=" + YEAR, "kind=emission", "scope=1", "source=%s_%s" % (field, id), "%s=%s" % (field, id), "--as", OWNER)
        for kind in form["kind"]:
            self.lingtan("line", "add", path, "year=" + YEAR, "kind=" + kind, "scope=1" if kind == "emission" else "scope=", "source=of_" + kind, "--as", OWNER)
        lines = [row["row"] for row in self.document("line", "list", path)["rows"]]
        for line in lines:
            self.assign(path, line, "供电公司")

        def book(owner, name, rung="self"):
            self.lingtan("export", path, "--format", "xlsx", "--rung", rung, "--owner", owner, "-o", self.dir / name, "--force")
            return self.dir / name

        with zipfile.ZipFile(book("供电公司", "a.xlsx")) as made:
            texts = [cell for part in made.namelist() if part.startswith("xl/worksheets/") for cell in re.findall(r"<t[^>]*>([^<]*)</t>", made.read(part).decode("utf-8"))]
        self.assertEqual(set(texts) & ({id for _, id in chosen} | set(form["kind"]) | {"yes", "no", "self", "#rung"}), set())
        self.assertTrue({"绿电交易", "已出售", "加工转换投入", "估算", "生态", "备忘", "自评", "是", "否"} <= set(texts), texts)
        for owner, rung, who in (("规划局", "self", OWNER), ("供电公司", "self", OWNER), ("供电公司", "evaluator", EVALUATOR)):
            run = self.lingtan("import", "--dry-run", path, book(owner, "a.xlsx", rung), "--as", who, "--lang", "en")
            self.assertTrue(run.out.startswith("0 changes"), (owner, rung, run.out))
        self.assert_refused(self.lingtan("export", path, "--format", "xlsx", "--owner", "无此人", "-o", self.dir / "x.xlsx", code=4), "无此人")

        def filled(name, change):
            """A workbook as an owner sends it: its sheets as CSV would do, cell by cell."""
            with zipfile.ZipFile(self.dir / "a.xlsx") as old, zipfile.ZipFile(self.dir / name, "w") as new:
                for part in old.namelist():
                    text = old.read(part).decode("utf-8") if part.endswith(".xml") else old.read(part)
                    new.writestr(part, change(text) if part.startswith("xl/worksheets/") else text)
            return self.dir / name

        book("规划局", "a.xlsx")
        one, two = (filled(name, lambda text, n=n: re.sub(r'(<c r="F\d+"[^>]*><v>)9(</v>)', r"\g<1>%d\2" % n, text)) for name, n in (("one.xlsx", 7), ("two.xlsx", 6)))
        run = self.lingtan("import", "--dry-run", path, one, two, "--as", OWNER, code=4)
        self.assertRegex(run.err, "two.xlsx.*4.2.1.*“6”.*one.xlsx.*“7”")
        # what it changes of an item that was given to somebody else is refused, what it says as it was is not
        self.assign(path, "4.2.1", "环保局")
        run = self.lingtan("import", "--dry-run", path, one, "--as", OWNER, code=4)
        self.assertRegex(run.err, "one.xlsx.*4.2.1 .*“环保局”.*“规划局”.*lingtan assign")
        self.assertTrue(self.lingtan("import", "--dry-run", path, self.dir / "a.xlsx", "--as", OWNER, "--lang", "en").out.startswith("0 changes"))
        self.assign(path, "4.2.1", "规划局")
        self.lingtan("import", path, one, one, "--as", OWNER)
        self.assertEqual(self.entries(path)[-1]["command"], "import one.xlsx one.xlsx")
        book("供电公司", "a.xlsx")
        emptied = filled("emptied.xlsx", lambda text: re.sub(r'(<c r="G\d+"[^>]*>)<v>100</v>', r"\1", text))
        # an empty cell says nothing, it takes away no amount
        self.assertTrue(self.lingtan("import", "--dry-run", path, emptied, "--as", OWNER, "--lang", "en").out.startswith("0 changes"))
        self.assert_holds(path)

    def test_a_section_is_all_its_items_and_one_entry(self):
        path = self.new()
        before = len(self.entries(path))
        self.assign(path, "4", "规划局", "--due", "2026-04-01")
        items = {d["id"] for d in self.owes(path)}
        self.assertEqual(len(self.entries(path)), before + 1)
        self.assertTrue(items and all(i.startswith("4.") for i in items), items)
        self.assertGreater(len(items), 10)
        self.assertIn("4.1.1", items)
        self.assign(path, "4.1.1", "")
        self.assertEqual({d["id"] for d in self.owes(path)}, items - {"4.1.1"})
        self.lingtan("undo", path, "--as", OWNER)
        self.assertEqual({d["id"] for d in self.owes(path)}, items)
        with self.untouched():
            self.assertIs(self.document("assign", path, "4.2.1", "规划局", "--due", "2026-04-01", "--as", OWNER)["changed"], False)
        self.assert_holds(path)

    def test_a_line_is_owed_until_it_has_an_amount(self):
        path = self.rich()
        self.assign(path, "25-01", "别人")
        self.assign(path, "grid_power", "供电所")
        self.assertEqual(self.owes(path), [])
        (line,) = self.owes(path, "--all")
        self.assertEqual([line[k] for k in ("kind", "id", "year", "done")], ["line", "25-01", YEAR, True])
        self.assert_holds(path)

    def test_findings_and_requests_are_owed_too(self):
        path = self.new()
        self.lingtan("finding", "add", path, "minor", "缺记录", "--item", "6.1.1", "--owner", "何园", "--due", "2026-04-26", "--as", EVALUATOR)
        self.lingtan("fill", path, "request", "title=逐月结算单", "owner=周工", "due=2026-04-20", "state=asked", "--as", EVALUATOR)
        self.assertEqual([(d["kind"], d["owner"], d["due"]) for d in self.owes(path)], [("request", "周工", "2026-04-20"), ("finding", "何园", "2026-04-26")])
        self.assign(path, "F01", "孙工", "--due", "2026-05-01", who=LEADER)
        self.assertEqual(self.ids(path, "--person", "孙工"), [("孙工", "F01", "2026-05-01")])
        self.lingtan("finding", "answer", path, "F01", "已补", "--as", OWNER)
        self.assertEqual([d["kind"] for d in self.owes(path)], ["request"])

    def test_refused(self):
        path = self.new()
        with self.untouched():
            for what, name, args, who, code in (("nope", "甲", (), OWNER, 4), ("4.2.1", "甲", ("--due", "2026-02-30"), OWNER, 4), ("4.2.1", "甲", (), REVIEWER, 4),
                                                ("4.2.1", "甲", (), APPROVER, 4), ("4.2.1", "甲\x1b[1m", (), OWNER, 4)):
                with self.subTest(what=what, args=args, who=who):
                    self.assign(path, what, name, *args, who=who, code=code)
            self.lingtan("assign", path, "4.2.1", "--as", OWNER, code=2)
            self.assign(path, "4.2.1", "甲", "--readonly", code=5)
        self.assign(path, "4.2.1", "甲", who=BODY)


if __name__ == "__main__":
    harness.main()
