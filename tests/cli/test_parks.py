"""The three real parks, built as projects from what public reports say: nothing else is in them, and their totals say so."""
import subprocess

import yaml

import harness
from harness import TREE, Case, environment, outcome, sanitized

PARKS = TREE / "parks"
REAL = ["fujian-offshore-wind", "goldwind-yizhuang", "jd-xian"]


def sheets(park):
    for path in sorted((PARKS / park).glob("*.yaml")):
        yield path, yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


class Parks(Case):
    def build(self, *parks):
        subprocess.run(["sh", str(PARKS / "build.sh"), str(harness.PROGRAM), str(self.dir), *parks], check=True, timeout=60,
                       stdout=subprocess.DEVNULL, env=environment(self.dir))
        return [self.dir / (park + ".lingtan") for park in parks]


class RealParks(Parks):
    def test_no_verdict_and_no_figure_without_its_report(self):
        for park in REAL:
            reports = {p.name: p.read_text(encoding="utf-8") for p in (PARKS / park / "sources").iterdir()}
            for name, text in reports.items():
                self.assertIn("报道：", text.splitlines()[0], name)
            for path, sheet in sheets(park):
                for answer in sheet.get("answers", []):
                    self.assertLessEqual(set(answer), {"item", "remark"}, "%s gives a verdict" % path)
                    self.assertIn("公开报道", answer["remark"])
                for line in sheet.get("inventory", []):
                    self.assertRegex(line["note"], r"20\d\d-\d\d-\d\d")
            for line in (PARKS / park / "attach.txt").read_text(encoding="utf-8").splitlines():
                self.assertIn(line.split()[1], reports)

    def test_each_scores_under_its_type_and_stages(self):
        types = {"fujian-offshore-wind": "production", "goldwind-yizhuang": "office", "jd-xian": "logistics"}
        for park, file in zip(REAL, self.build(*REAL)):
            for line in (PARKS / park / "assessments.txt").read_text().splitlines():
                standard, stage, kind, year = line.split()
                result = self.score(file, "--assessment", "%s/%s/%s" % (standard, stage, year))
                self.assertEqual((result["park_type"], result["stage"]), (types[park], stage))
                total = result["total"]
                self.assertEqual((total["value"], total["low"], total["high"]), (None, "0", "120"))
                if park == "goldwind-yizhuang":     # what was emitted was offset
                    self.assertEqual((result["balance"]["emission"], result["balance"]["offset"]), ("11937", "11937"))
                    self.assertEqual(outcome(result, "net")["high"], "0")
            self.lingtan("verify", file)


class SamplePark(Parks):
    """One ledger of three years, five standards: what each makes of it."""

    def job_is_whole(self, file):
        """Engagement, team, places, samples, nine stops, notes and findings, as parks/sample/job.txt gives them."""
        found = self.document("engagement", file)
        self.assertEqual((found["acceptance"], found["materiality"], [(g["gap"], g["what"]) for g in found["gaps"]], len(found["team"])),
                         ("accepted", "5", [("criteria", s) for s in ("ndrc-910-2025", "t-cers-2025", "t-seesa-2024")], 4), "three standards more than the engagement names")
        self.assertEqual([(p["population"], p["members"], p["n"], p["visited"]) for p in self.document("sample", file)],
                         [("一级计量表", 38, "12", 12), ("在园企业", 46, "9", 9), ("新建民用建筑", 6, "3", 3), ("自有车辆", 64, "16", 16)])
        plan = self.document("plan", file)
        self.assertEqual((len(plan["stops"]), plan["conflicts"], {s["done"] and s["signed_in"] for s in plan["stops"]}), (9, [], {True}))
        self.assertEqual([f["state"] for f in self.document("findings", file)["findings"]], ["closed", "closed", "closed", "open"])
        gaps = {g["gap"] for g in self.document("coverage", file, "--assessment", "t-csus-66-2023/operation/2025", code=1)["gaps"]}
        self.assertEqual(gaps, {"no-evidence", "no-method"}, "the sample has no files")

    def test_every_standard_counts_the_one_ledger(self):
        (file,) = self.build("sample")
        expected = {
            "t-csus-66-2023/operation/2025": {"net": "-0.5916"},
            "t-ipif-2023//2025": {"net": "-0.5916", "balanced": "1"},
            "t-cers-2025/operation/2025": {"emission": "70269.1944", "covered": "68337", "ratio.1": "100", "ratio.2": "100"},
            "ndrc-910-2025//2025": {"emission": "85193.8584", "direct_share": "62.3333333333"},
            "t-seesa-2024/operation/2025": {"left.own": "61426.0784", "left": "0"}}
        for assessment, nodes in expected.items():
            result = self.score(file, "--assessment", assessment, "--rung", "evaluator")
            for node, value in nodes.items():
                self.assertEqual(outcome(result, node)["value"], value, "%s %s" % (assessment, node))
        self.job_is_whole(file)
        self.leaves_and_comes_back(file, expected)
        # the park declared less of two lines than was verified
        self.assertEqual(outcome(self.score(file, "--assessment", "ndrc-910-2025//2025", "--rung", "self"), "emission")["value"], "84655.02275")

    def leaves_and_comes_back(self, file, assessments):
        """What leaves the file and is read again changes nothing; the whole made anew says and scores the same."""
        A = "t-csus-66-2023/operation/2025"
        write = lambda form, path, *args: self.lingtan("export", path, "--assessment", A, "--format", form, "-o", self.dir / ("out." + form), "--force", "--date", "2026-03-01", *args)
        for form, rung in (("json", "self"), ("json", "reviewer"), ("csv", "reviewer"), ("xlsx", "reviewer"), ("xlsx", "self")):
            write(form, file, "--rung", rung)
            by = "示例:" + rung.replace("self", "park")
            self.assertEqual(self.document("import", file, self.dir / ("out." + form), "--dry-run", "--as", by)["changes"], [], (form, rung))
        write("json", file)
        again = self.dir / "again.lingtan"
        self.lingtan("new", again, "--from", self.dir / "out.json", "--as", "示例·评价机构:body")
        for assessment in assessments:
            for rung in ("self", "evaluator"):
                args = ("--assessment", assessment, "--rung", rung)
                self.assertEqual(self.score(again, *args), self.score(file, *args), args)
        self.assertEqual(self.document("inventory", again, "--year", "2025"), self.document("inventory", file, "--year", "2025"))


class Tour(Case):
    """What make demo shows, where there is no terminal."""

    def test_from_project_files_to_a_verified_certificate(self):
        if sanitized():
            self.skip("every command of it is tested by itself")
        out = self.dir / "tour"
        done = subprocess.run(["sh", str(PARKS / "demo.sh"), str(harness.PROGRAM), str(out)], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=100, env=environment(self.dir))
        self.assertEqual((done.returncode, done.stderr), (0, ""), done.stdout)
        scores = [line for line in done.stdout.splitlines() if line.startswith(("  T/", "  发改环资"))]
        assessments = [line for park in PARKS.glob("*/assessments.txt") for line in park.read_text().split("\n") if line]
        self.assertEqual(len(scores), len(assessments))
        for line in scores:
            self.assertRegex(line, r"  (总分|综合得分|净排放量?|单位能耗碳排放) \S+.*  \S.*$")
        for words in ("total 总分 = 89.3", "0.2 × section.10", "排放合计", "认定决定人还没有签署", "样张，不得作为证书", "签名成立", "完好"):
            self.assertIn(words, done.stdout)
        for name in ("样张.pdf", "样张.pdf.minisig", "body.pub", "报告.html", "报告.pdf", "报告.docx", "工作簿.xlsx", "sample.lingtan"):
            self.assertGreater((out / name).stat().st_size, 0)
            self.assertIn("  %s\n" % name, done.stdout)
        self.assertEqual(sorted(p.name for p in self.dir.iterdir()), ["tour"])


if __name__ == "__main__":
    harness.main()
