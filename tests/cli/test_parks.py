"""The three real parks, built as projects from what public reports say: nothing else is in them, and their totals say so."""
import subprocess
import unittest

import yaml

import harness
from harness import TREE, Case, environment, outcome

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
        # the park declared less of two lines than was verified
        self.assertEqual(outcome(self.score(file, "--assessment", "ndrc-910-2025//2025", "--rung", "self"), "emission")["value"], "84655.02275")


if __name__ == "__main__":
    harness.main()
