"""Accounting by standard on the sample park: every subtotal of every standard, against accounting.py, to the last digit."""
import subprocess

import accounting
import harness
from harness import TREE, Case, environment

PARK = TREE / "parks" / "sample"
LEDGERS = [PARK / "01-ledger.yaml", PARK / "02-ledger-verified.yaml"]


class Accounts(Case):
    def setUp(self):
        super().setUp()
        self.file = self.dir / "sample.lingtan"
        if not hasattr(Accounts, "built"):      # once for all; each test works on its own copy
            subprocess.run(["sh", str(TREE / "parks" / "build.sh"), str(harness.PROGRAM), str(self.dir), "sample"], check=True, timeout=60,
                           stdout=subprocess.DEVNULL, env=environment(self.dir))
            Accounts.built = self.file.read_bytes()
        self.file.write_bytes(Accounts.built)

    def figures(self, *args):
        found = self.document("inventory", self.file, "--standards", *args)
        return found, {s["standard"]: {**{f["id"]: f["value"] for f in s["figures"] if f["state"] != "none"}, **s["nodes"]} for s in found["standards"]}

    def test_every_subtotal_of_every_standard(self):
        for rung, ledgers in (("evaluator", LEDGERS), ("self", LEDGERS[:1])):
            found, ours = self.figures("--rung", rung)
            for standard, figures in accounting.accounts(ledgers).items():
                for key, value in figures.items():
                    if (rung, key) == ("self", "energy.per_value_added"):   # the park itself did not say its value added
                        value = None
                    self.assertEqual(ours[standard].get(key), value, "%s %s on rung %s" % (standard, key, rung))
            # and nothing is computed that the script does not know
            script = accounting.accounts(ledgers)
            for s in found["standards"]:
                computed = {f["id"] for f in s["figures"] if f["state"] == "value"}
                self.assertLessEqual(computed, set(script[s["standard"]]), s["standard"])

    def test_differences_are_explained_line_by_line(self):
        found, _ = self.figures("--rung", "evaluator")
        emission = {s["standard"]: accounting.number(s["emission"]) for s in found["standards"]}
        lines = {l["id"]: l for l in found["lines"]}
        for s in emission:      # what the lines come to is what the standard's plan says
            self.assertEqual(sum(accounting.number(l[s]["tonnes"]) for l in lines.values()), emission[s])
            plan = next(x for x in found["standards"] if x["standard"] == s)
            said = plan["nodes"].get("emission") or next(f["value"] for f in plan["figures"] if f["id"] == "emission")
            self.assertEqual(accounting.number(said), emission[s])
        for d in found["differences"]:
            told = sum(accounting.number(r["tonnes"]) for r in d["reasons"])
            self.assertEqual(told, emission[d["to"]] - emission[d["from"]])
            for reason in d["reasons"]:
                self.assertEqual(accounting.number(reason["tonnes"]), sum(accounting.number(lines[i][d["to"]]["tonnes"]) -
                                                                          accounting.number(lines[i][d["from"]]["tonnes"]) for i in reason["lines"]))
        self.assertTrue(self.lingtan("inventory", self.file, "--standards", "--lang", "en").out)

    def test_a_figure_that_was_entered_and_differs_is_told(self):
        run = self.lingtan("quantity", self.file, "emission.fuel", "23000", "tCO2", "--year", "2025", "--as", "示例·李工:evaluator")
        run = self.lingtan("score", self.file, "--assessment", "ndrc-910-2025//2025", "--rung", "evaluator", "--lang", "en", code=(0, 1))
        self.assertIn("emission.fuel: 23000 was entered, the ledger gives 23648.8584", run.err)
        self.assertIn("85193.8584", run.out)


if __name__ == "__main__":
    harness.main()
