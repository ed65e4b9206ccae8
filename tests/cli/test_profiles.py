"""Profiles on the command line: a body's own tiers, lines and weights; what they change, the page that is shown, and what is refused."""
import hashlib
import json
import re
from decimal import Decimal

import harness
from harness import CSUS, RULESETS, SAMPLES, SEESA, SIXTH, line_of, lines_of, sheet

SZDB = "szdb-z-308-2018"


def head(ruleset, edition=None, responsible="示例机构"):
    text = "profile: ours\nruleset: %s\nresponsible: %s\ntitle: {zh: 本机构, en: Ours}\n" % (ruleset, responsible)
    return text + ("edition: %s\n" % harness.quote(edition) if edition is not None else "")


def canonical(profile):
    """The canonical text, written here from the rules of rulesets/README.md alone."""
    def value(v):
        if isinstance(v, dict):
            return "{" + ", ".join("%s: %s" % (k, value(x)) for k, x in v.items()) + "}"
        if isinstance(v, list):
            return "[" + ", ".join(value(x) for x in v) + "]"
        return json.dumps(v, ensure_ascii=False)
    text = ""
    for key, v in profile.items():
        if isinstance(v, list):
            text += "%s:\n" % key + "".join("- %s\n" % value(entry) for entry in v)
        else:
            text += "%s: %s\n" % (key, value(v))
    return text


class Profiles(harness.Case):
    def profile(self, ruleset, edition=None, **lists):
        text = head(ruleset, edition) + "\n".join(line for name, entries in lists.items() for line in lines_of(name, entries)) + "\n"
        return self.write("profile.yaml", text)

    def explain(self, path, node, *args):
        return self.document("explain", path, node, *args)

    # ---- tiers and lines ----

    INTENSITY = [{"item": "1.1.4", "from": "0", "then": "1.11", "cite": "第 16 页"}, {"item": "1.1.4", "above": "60", "then": "0.5", "cite": "第 17 页", "note": "表 3"},
                 {"item": "1.1.4", "above": "120", "then": "0", "cite": "第 18 页"}]

    def seesa(self, intensity):
        return self.write("sheet.yaml", sheet(SEESA + "/operation/2025", [], [{"id": "building.energy_intensity", "value": intensity, "unit": "kWh/m2"}]))

    def test_tiers_are_computed_with(self):
        p = self.profile(SEESA, tiers=self.INTENSITY)
        self.assertEqual(self.document("check", p)["errors"], 0)
        for amount, points in (("60", "1.11"), ("60.1", "0.5"), ("120", "0.5"), ("120.1", "0")):
            node = self.explain(self.seesa(amount), "1.1.4", "--profile", p)
            self.assertEqual((node["low"], node["high"], node["points"]), (points, points, "1.11"), amount)
        # without it the line of the ruleset holds: half of 1.11 at 90
        node = self.explain(self.seesa("90"), "1.1.4")
        self.assertEqual((node["low"], node["line"]["from"], "tiers" in node), ("0.555", "120", False))

    def test_tiers_reach_the_total(self):
        before = self.score(SAMPLES / "t-seesa-2024.yaml")
        after = self.score(SAMPLES / "t-seesa-2024.yaml", "--profile", self.profile(SEESA, tiers=self.INTENSITY))
        group = {s["id"]: s["value"] for s in before["sections"]}["1"], {s["id"]: s["value"] for s in after["sections"]}["1"]
        # 74 kWh/m2: 0.851 by the line, 0.5 by the tiers
        self.assertNotEqual(*group)
        self.assertEqual(after["replaced"], ["1.1.4"])
        self.assertEqual(before["replaced"], [])

    def test_explain_shows_every_number_with_its_page(self):
        p = self.profile(SEESA, tiers=self.INTENSITY, lines=[{"item": "1.1.3", "from": "5", "to": "40", "cite": "第 15 页"}])
        out = self.lingtan("explain", self.seesa("74"), "1.1.4", "--profile", p).out
        self.assertRegex(out, r"1\.1\.4 .* = 0\.5 .*\[自定 第 16 页\]")  # the item's points are those of its best tier
        self.assertRegex(out, r"≥ 0 → 1\.11 .*\[自定 第 16 页\]")
        self.assertRegex(out, r"> 60 → 0\.5 .*\[自定 第 17 页\]")
        self.assertRegex(out, r"> 120 → 0 .*\[自定 第 18 页\]")
        node = self.explain(self.seesa("74"), "1.1.4", "--profile", p)
        self.assertEqual((node["origin"], node["points_cite"]), ("user", "第 16 页"))
        self.assertEqual([(t["from"], t["above"], t["then"], t["origin"], t["cite"]) for t in node["tiers"]],
                         [("0", None, "1.11", "user", "第 16 页"), (None, "60", "0.5", "user", "第 17 页"), (None, "120", "0", "user", "第 18 页")])
        out = self.lingtan("explain", self.seesa("74"), "1.1.3", "--profile", p, "--lang", "en").out
        self.assertRegex(out, r"line: 5 → 0, 40 → 1\.11 .*\[user 第 15 页\]")
        line = self.explain(self.seesa("74"), "1.1.3", "--profile", p)["line"]
        self.assertEqual((line["from"], line["to"], line["origin"], line["cite"]), ("5", "40", "user", "第 15 页"))
        # the whole tree has them too
        out = self.lingtan("explain", SAMPLES / "t-seesa-2024.yaml", "--profile", p).out
        for page in ("第 15 页", "第 16 页", "第 17 页", "第 18 页"):
            self.assertIn(page, out)

    def test_score_says_whose_numbers_they_are(self):
        p = self.profile(SEESA, "T/SEESA 9-2026", tiers=self.INTENSITY, lines=[{"item": "1.1.3", "from": "5", "to": "40", "cite": "第 15 页"}])
        out = self.lingtan("score", self.seesa("74"), "--profile", p).out
        self.assertIn("示例机构", out)
        self.assertIn("T/SEESA 9-2026", out)
        self.assertIn("1 条的档次", out)
        self.assertIn("1 条的直线", out)
        r = self.score(self.seesa("74"), "--profile", p)
        self.assertEqual((r["profile"], r["profile_edition"], r["profile_responsible"]), ("ours", "T/SEESA 9-2026", "示例机构"))
        self.assertEqual(r["replaced"], ["1.1.3", "1.1.4"])

    def test_tiers_chosen_by_hand(self):
        tiers = [{"item": "5.2.1", "id": i, "then": then, "cite": "第 5 页"} for i, then in (("none", "0"), ("low", "1"), ("middle", "3.5"), ("top", "6"))]
        p = self.profile(SZDB, tiers=tiers)
        rules = ["--rulesets", SIXTH]
        self.assertEqual(self.document("check", p, *rules)["errors"], 0)
        for tier, points in (("none", "0"), ("middle", "3.5"), ("top", "6")):
            path = self.write("s.yaml", sheet(SZDB + "//2025", [{"item": "5.2.1", "tier": tier}]))
            node = self.explain(path, "5.2.1", "--profile", p, *rules)
            self.assertEqual((node["low"], node["high"], node["points_cite"]), (points, points, "第 5 页"))
        # a tier that only the ruleset has is gone, and the sheet's line is told
        text = sheet(SZDB + "//2025", [{"item": "5.2.2", "tier": "high"}, {"item": "5.2.1", "tier": "high"}])
        run = self.lingtan("score", self.write("s.yaml", text), "--profile", p, *rules, code=4)
        self.assertIn("s.yaml:%d:" % line_of(text, '"5.2.1"'), run.err)
        self.assertIn("high", run.err)

    def test_gap_asks_for_what_the_tiers_ask(self):
        tiers = [{"item": "5.2.1", "id": i, "then": then, "cite": "第 5 页"} for i, then in (("none", "0"), ("low", "1.5"), ("top", "6"))]
        p = self.profile(SZDB, parameters=[{"id": "level.1", "value": "99", "cite": "第 2 页"}], tiers=tiers)
        items = [i["id"] for i in self.document("standard", SZDB, "--rulesets", SIXTH)["items"]]
        path = self.write("s.yaml", sheet(SZDB + "//2025", [{"item": i, "tier": "low" if i == "5.2.1" else "high"} for i in items]))
        gap = self.document("gap", path, "--profile", p, "--rulesets", SIXTH)
        self.assertEqual([(s["item"], s["gain"]) for s in gap["steps"]], [("5.2.1", "4.5")])

    # ---- weights ----

    def weights(self, **rows):
        return [{"table": "weight", "row": k[1:], "values": v, "cite": "第 11 页"} for k, v in rows.items()]

    def test_weights_are_computed_with(self):
        text = sheet(CSUS + "/operation/2025", [{"item": i["id"], "points": i["points"]["value"]} if i["form"] == "points" else {"item": i["id"], "result": "met"}
                                                for i in self.document("standard", CSUS)["items"] if i["section"].split(".")[0] == "4" and i["points"]["value"]], park_type="production")
        path = self.write("s.yaml", text)
        four = ["0.25", "0.20", "0.25", "0.20", "0.25", "0.20"]
        seven = ["0.15", "0.15", "0.15", "0.15", "0.15", "0.15"]
        p = self.profile(CSUS, weights=self.weights(_4=four, _7=seven))
        self.assertEqual(self.document("check", p)["errors"], 0)
        before, after = self.score(path), self.score(path, "--profile", p)
        sections = {s["id"]: s["weight"] for s in before["sections"]}, {s["id"]: s["weight"] for s in after["sections"]}
        self.assertEqual((sections[0]["4"], sections[0]["7"]), ("0.15", "0.20"))
        self.assertEqual((sections[1]["4"], sections[1]["7"], sections[1]["8"]), ("0.20", "0.15", sections[0]["8"]))
        # chapter 4 in full: 80 points, 0.05 more of them
        low = Decimal(after["total"]["low"]) - Decimal(before["total"]["low"])
        self.assertEqual(low, Decimal("4"))
        self.assertEqual(after["replaced"], ["weight/4", "weight/7"])
        # another column
        office = self.score(self.write("o.yaml", text.replace("park_type: production", "park_type: office").replace("/operation/", "/planning/")), "--profile", p)
        self.assertEqual({s["id"]: s["weight"] for s in office["sections"]}["4"], "0.25")

    def test_explain_shows_the_page_of_a_weight(self):
        p = self.profile(CSUS, weights=self.weights(_4=["0.25", "0.20", "0.25", "0.20", "0.25", "0.20"], _7=["0.15"] * 6))
        path = self.write("s.yaml", sheet(CSUS + "/operation/2025", park_type="production"))
        out = self.lingtan("explain", path, "--profile", p).out
        self.assertRegex(out, r"权重 0\.20 .*\[自定 第 11 页\]")
        self.assertRegex(out, r"权重 0\.05 .*\[有据 S004:847-858\]")  # a row that was left alone

        def nodes(node):
            yield node
            for child in node.get("inputs", []):
                yield from nodes(child)
        weighted = [n for n in nodes(self.explain(path, "total", "--profile", p)) if "第 11 页" in n.get("weights_cite", [])]
        self.assertEqual(len(weighted), 1)
        pairs = dict(zip([i["id"] for i in weighted[0]["inputs"]], zip(weighted[0]["weights"], weighted[0]["weights_cite"])))
        self.assertIn(("0.20", "第 11 页"), pairs.values())
        self.assertIn(("0.05", "S004:847-858"), pairs.values())

    # ---- drafts ----

    def test_an_edition_makes_a_standard_of_a_draft(self):
        path = SAMPLES / "t-seesa-2024.yaml"
        draft = lambda r: [why for why in r["specimen_because"] if why.startswith("draft")]
        self.assertEqual(len(draft(self.score(path))), 1)
        self.assertEqual(len(draft(self.score(path, "--profile", self.profile(SEESA, tiers=self.INTENSITY)))), 1)
        r = self.score(path, "--profile", self.profile(SEESA, "T/SEESA 9-2026", tiers=self.INTENSITY))
        self.assertEqual(draft(r), [])
        self.assertIn("illustrative: $points", r["specimen_because"])  # the other numbers are what they were

    def test_an_empty_edition_makes_none(self):
        for edition in ("", " "):
            p = self.profile(SEESA, edition)
            run = self.lingtan("score", SAMPLES / "t-seesa-2024.yaml", "--profile", p, code=4)
            self.assertRegex(run.err, r"profile\.yaml:5:10: ")

    # ---- what is refused ----

    def wrong(self):
        """Lists, the part on whose line it is told, and words of the finding."""
        tier = self.INTENSITY
        w = dict(table="weight", cite="c")
        half = ["0.5"] * 6
        return ((dict(tiers=tier[:1] + [{"item": "1.1.9x", "from": "1", "then": "1", "cite": "c"}]), '"1.1.9x"', "1.1.9x"),
                (dict(tiers=[{"item": "1.1.1", "from": "1", "then": "1", "cite": "c"}]), '"1.1.1"', "form is met"),
                (dict(tiers=[tier[1], tier[0]]), '"0"', "ascend"),
                (dict(tiers=[dict(tier[0], then="0.9")]), '"0.9"', "must be exactly 10"),
                (dict(tiers=[{"item": "1.1.4", "then": "1.11", "cite": "c"}]), '"1.11"', "from or above"),
                (dict(tiers=[{"item": "1.1.4", "from": "1,5", "then": "1.11", "cite": "c"}]), "1,5", "not a number"),
                (dict(tiers=[{"item": "1.1.4", "from": "1", "then": "1.11"}]), '"1.11"', "cite"),
                (dict(tiers=[{"item": "1.1.4", "from": "1", "then": "1.11", "cite": ""}]), '"1.11"', "no page"),
                (dict(lines=[{"item": "1.1.3", "from": "5", "to": "5", "cite": "c"}]), '"1.1.3"', "from equals to"),
                (dict(lines=[{"item": "1.1.3", "from": "5", "to": "6", "slope": "1", "cite": "c"}]), "slope", "slope"),
                (dict(lines=[{"item": "1.1.4", "from": "5", "to": "6", "cite": "c"}], tiers=tier), '"6"', "keep one"),
                (dict(points=[{"item": "1.1.4", "value": "2", "cite": "c"}], tiers=tier), '"2"', "its tiers"),
                (dict(weights=[dict(table="l1", row="9", values=["1"], cite="c")]), '"9"', "has no row 9"),
                (dict(weights=[dict(table="l9", row="1", values=["1"], cite="c")]), '"l9"', "no table l9"),
                (dict(weights=[dict(table="l1", row="1", values=["1", "1"], cite="c")]), '"l1"', "columns of the table: 1"),
                (dict(weights=[dict(table="l1", row="1", values=["1.5"], cite="c")]), '"1.5"', "sums to 5.5, declared is 5"),
                (dict(weights=[dict(w, row="4", values=half)]), '"weight"', "no table weight"))

    def test_what_is_wrong_is_found_by_check_and_refused_by_score(self):
        for lists, part, words in self.wrong():
            with self.subTest(words=words, part=part):
                p = self.profile(SEESA, **lists)
                line = line_of(p.read_text("utf-8"), part)
                run = self.lingtan("check", p, "--lang", "en", code=1)
                self.assertRegex(run.both, r"profile\.yaml:%d:[0-9]+: error: .*%s" % (line, re.escape(words)))
                self.assertRegex(self.lingtan("check", p, code=1).both, r"profile\.yaml:%d:[0-9]+: 错误: " % line)
                run = self.lingtan("score", SAMPLES / "t-seesa-2024.yaml", "--profile", p, "--lang", "en", code=(3, 4))
                self.assertRegex(run.err, r"profile\.yaml:%d:[0-9]+: " % line)
                self.assertEqual(run.out, "")

    def test_sums_are_told_for_each_column(self):
        p = self.profile(CSUS, weights=self.weights(_4=["0.25", "0.15", "0.20", "0.10", "0.20", "0.15"]))
        run = self.lingtan("check", p, "--lang", "en", code=1)
        line = line_of(p.read_text("utf-8"), '"weight"')
        self.assertRegex(run.both, r"profile\.yaml:%d:[0-9]+: error: table weight: column production/planning sums to 1\.05" % line)
        self.assertRegex(run.both, r"profile\.yaml:%d:[0-9]+: error: table weight: column logistics/operation sums to 0\.95" % line)
        self.assertNotIn("office", run.both)

    def test_too_many_entries(self):
        p = self.write("profile.yaml", head(SEESA) + "tiers:\n" + '- {item: 1.1.4, from: "1", then: "1", cite: c}\n' * 5001)
        run = self.lingtan("check", p, "--lang", "en", code=1)
        self.assertIn("5000", run.both)
        self.lingtan("score", SAMPLES / "t-seesa-2024.yaml", "--profile", p, code=3)

    def test_five_thousand_entries_are_looked_at(self):
        p = self.write("profile.yaml", head(SEESA) + "tiers:\n" + '- {item: 1.1.4, from: "1", then: "1", cite: c}\n' * 5000)
        run = self.lingtan("check", p, "--lang", "en", code=1)
        self.assertIn("must ascend", run.both)

    # ---- the canonical text ----

    WHOLE = {"profile": "ours", "ruleset": SEESA, "edition": "T/SEESA 9-2026", "responsible": "示例机构 “技术部”", "date": "2026-03-01", "title": {"zh": "本机构", "en": "Ours: \"all\""},
             "parameters": [{"id": "star.3", "value": "62.50", "cite": "第 12 页"}], "tiers": INTENSITY,
             "lines": [{"item": "1.1.3", "from": "5", "to": "40", "cite": "p. 15\\16"}],
             "weights": [{"table": "l1", "row": "1", "values": ["1.2"], "cite": "第 14 页"}, {"table": "l1", "row": "5", "values": ["0.8"], "cite": "第 14 页", "note": "#"}]}

    def test_the_digest_is_that_of_the_canonical_text(self):
        text = canonical(self.WHOLE)
        wanted = hashlib.sha256(text.encode("utf-8")).hexdigest()
        self.assertEqual(self.score(self.seesa("74"), "--profile", self.write("p.yaml", text))["profile_digest"], wanted)
        # JSON is YAML too; the order of keys and the layout do not matter
        other = json.dumps(dict(list(self.WHOLE.items())[:1] + list(self.WHOLE.items())[:0:-1]), indent=3, ensure_ascii=True)
        self.assertEqual(self.score(self.seesa("74"), "--profile", self.write("p.yaml", other))["profile_digest"], wanted)
        changed = self.write("p.yaml", text.replace("62.50", "62.51"))
        self.assertNotEqual(self.score(self.seesa("74"), "--profile", changed)["profile_digest"], wanted)
        self.assertIsNone(self.score(self.seesa("74"))["profile_digest"])

    def test_the_example_of_the_handbook_is_right(self):
        text = (RULESETS / "README.md").read_text("utf-8")
        example = text[text.index("\nprofile: our-body-2026") + 1:]
        p = self.write("p.yaml", example[:example.index("```")])
        self.assertEqual(self.document("check", p)["errors"], 0)
        r = self.score(SAMPLES / "t-seesa-2024.yaml", "--profile", p)
        self.assertEqual(r["replaced"], ["star.3", "1.1.1", "1.1.3", "1.1.4", "l1/1", "l1/5"])


if __name__ == "__main__":
    harness.main()
