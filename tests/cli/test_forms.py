"""Forms: what ships is clean, a mistake in a copy is found at its line, and the shipped data says what it must."""
import re
import shutil

import harness
from harness import TREE, Case, line_of

FORMS = TREE / "forms"

# file, text replaced (its first occurrence), by what, words of the finding in English and Chinese
EDITS = {
    "a member that is not there": ("park.yaml", "member: area_km2", "member: area_km3", ["park.boundary has no member area_km3"], ["没有成员 area_km3"]),
    "a part of the key that is not there": ("quantity.yaml", "key: year", "key: jahr", ["has no part jahr"], ["没有 jahr"]),
    "a table that is not there": ("person.yaml", "table: person", "table: people", ["there is no table people"], ["没有表 people"]),
    "an id twice": ("park.yaml", "id: city", "id: province", ["id province stands there twice"], ["标识 province 重复"]),
    "a label twice": ("park.yaml", "en: Longitude}", "en: Latitude}", ["has the label of"], ["名称"]),
    "a choice without choices": ("park.yaml", "type: credit_code", "type: choice", ["credit_code: type: choice needs its choices"], ["要有 choices"]),
    "a range without a number": ("park.yaml", 'type: number, unit: km2, min: "0"', 'type: text, min: "0"', ["min and max are for number"], ["min 和 max 只用于"]),
    "a unit that is not there": ("park.yaml", "unit: km2", "unit: km4", ["there is no unit 'km4'"], ["没有单位“km4”"]),
    "half of a pair": ("request.yaml", "{zh: 类别, en: Topic}", "{zh: 类别}", ["key en is missing"], ["缺少键 en"]),
    "an empty half": ("request.yaml", "{zh: 类别, en: Topic}", '{zh: 类别, en: ""}', ["en is empty"], ["en 是空的"]),
    "a member that no field fills": ("evidence.yaml", "leaves: [sha256, file, validity, purged, visit]", "leaves: [sha256, file, validity, visit]", ["no field fills purged.reason"], ["purged.reason 没有一栏来填"]),
    "an example that is refused": ("park.yaml", "12990000EXAMPLE00B, en", "12990000EXAMPLE00C, en", ["the example itself is refused", "check digit should be B"], ["校验位应为 B"]),
    "a type that is not there": ("park.yaml", "type: phone", "type: fax", ["'fax' is none of"], ["“fax”不在可选之列"]),
    "a key that is not there": ("profile.yaml", "list: points", "list: point", ["a profile has no list point"], ["没有列表 point"]),
    "a rule over nothing": ("park.yaml", "fields: [longitude, latitude]", "fields: [longitude, altitude]", ["there is no field altitude"], ["没有 altitude 这一栏"]),
    "a topic that is not there": ("requests.yaml", "topic: smart", "topic: clever", ["there is no topic clever"], ["没有类别 clever"]),
    "more than the source speaks of": ("requests.yaml", 'stated_entries: "30"', 'stated_entries: "9"', ["stated_entries is 9, but 10 are listed"], ["却列了 10 条"]),
    "a source that is not there": ("requests.yaml", 'cite: "S004:363"', 'cite: "S005:363"', ["sources has no 'S005'"], ["sources 中没有“S005”"]),
    "a key twice": ("park.yaml", "table: park", "table: park\ntable: park", ["key table stands here twice"], ["键 table 重复"]),
}


def credit_digit(code):
    """GB 32100-2015, written apart from the program: the values 0 to 30, weights 3^i, the sum with the digit a multiple of 31."""
    values = {c: i for i, c in enumerate("0123456789ABCDEFGHJKLMNPQRTUWXY")}
    for c, v in values.items():
        if (sum(values[x] * 3 ** i for i, x in enumerate(code[:17])) + v) % 31 == 0:
            return c


class Forms(Case):
    def copy(self):
        target = self.dir / "forms"
        shutil.copytree(FORMS, target)
        return target

    def test_what_ships_is_clean(self):
        for path in (FORMS, self.copy(), FORMS / "park.yaml", FORMS / "requests.yaml"):
            self.assertEqual(self.document("check", path), {"errors": 0, "warnings": 0, "findings": []})

    def test_each_mistake_is_found_at_its_line(self):
        for name, (file, old, new, english, chinese) in EDITS.items():
            with self.subTest(name):
                target = self.copy()
                text = (target / file).read_text("utf-8")
                self.assertIn(old, text)
                changed = text.replace(old, new, 1)
                (target / file).write_text(changed, "utf-8")
                found = self.document("check", target, "--lang", "en", code=1)
                self.assertGreaterEqual(found["errors"], 1)
                self.assertTrue(all(f["file"] == str(target / file) and f["line"] > 0 and f["column"] > 0 for f in found["findings"]), found)
                told = [f for f in found["findings"] if all(w in f["text"] for w in english)]
                self.assertTrue(told, found)
                line = line_of(changed, new)
                if "twice" not in english[0] and "no field fills" not in english[0] and "label" not in english[0]:
                    # an entry may run over two lines
                    self.assertIn(told[0]["line"], (line - 1, line, line + 1), found)
                zh = self.document("check", target, "--lang", "zh", code=1)
                self.assertTrue([f for f in zh["findings"] if all(w in f["text"] for w in chinese)], zh)
                shutil.rmtree(target)

    def test_the_text_names_file_line_and_column(self):
        target = self.copy()
        path = target / "park.yaml"
        text = path.read_text("utf-8").replace("unit: km2", "unit: km4", 1)
        path.write_text(text, "utf-8")
        run = self.lingtan("check", target, "--lang", "en", code=1)
        self.assertRegex(run.out, r"park\.yaml:%d:\d+: error: area: there is no unit 'km4'" % line_of(text, "unit: km4"))
        self.assertIn("errors: ", run.out)

    def test_hostile_files(self):
        for name, text, words in (
                ("control", b"form: f\ntitle: {zh: \x1b[31m, en: a}\n", "control character"),
                ("gbk", "form: f\ntitle: {zh: 园区园区, en: a}\n".encode("gbk"), "GBK"),
                ("anchor", b"form: &a f\n", "anchors"),
                ("deep", b"form: f\nfields: " + b"[" * 500 + b"]" * 500, "nested"),
                ("empty", b"form:\n", "nothing stands here"),
                ("list", b"requests: [a]\n", "a single value"),
                ("twice", b"form: a\n---\nform: b\n", "one document a file")):
            with self.subTest(name):
                run = self.lingtan("check", self.write(name + ".yaml", text), "--lang", "en", code=1)
                self.assertIn(words, run.both)

    def test_a_form_longer_than_any_screen_is_refused(self):
        text = "form: f\ntitle: {zh: 题, en: t}\nhelp: {zh: 题, en: t}\ntable: person\nfields:\n"
        text += "".join("- {id: f%d, key: name, type: text, label: {zh: 甲, en: a}, help: {zh: 甲, en: a}}\n" % i for i in range(15000))
        run = self.lingtan("check", self.write("long.yaml", text), "--lang", "en", code=1)
        self.assertIn("fields has 15000 entries, the most is 64", run.both)

    def test_tables_longer_than_any_project_needs_are_refused(self):
        group = "{group: g%d, title: {zh: 题, en: t}, members: [m]}"
        table = "- {table: t%d, title: {zh: 题, en: t}, key: [a], groups: [%s]}\n"
        for text, words in (
                ("tables:\n" + table % (0, "{group: g, title: {zh: 题, en: t}, members: [%s]}" % ", ".join("m%d" % i for i in range(390000))), "too few or too many members"),
                ("tables:\n" + table % (0, ", ".join(group % i for i in range(10000))), "too many tables or groups"),
                ("tables:\n" + "".join(table % (i, group % 0) for i in range(10000)), "too many tables or groups")):
            run = self.lingtan("check", self.write("tables.yaml", text), "--lang", "en", code=1)
            self.assertIn(words, run.both)

    def test_an_unknown_document_names_forms_among_the_known(self):
        run = self.lingtan("check", self.write("x.yaml", "colour: red\n"), "--lang", "en", code=1)
        self.assertIn("form, requests", run.both)

    def test_examples_are_nobodys(self):
        """The credit code of the example has a right check digit, and its region is no region."""
        code = re.search(r"12990000[0-9A-Z]{10}", (FORMS / "park.yaml").read_text("utf-8")).group(0)
        self.assertEqual(credit_digit(code), code[17])
        for text in [p.read_text("utf-8") for p in FORMS.glob("*.yaml")]:
            for mail in re.findall(r"[\w.]+@[\w.]+", text):
                self.assertTrue(mail.endswith("@example.com"), mail)

    def test_readme_lists_every_type(self):
        readme = (FORMS / "README.md").read_text("utf-8")
        broken = self.write("x.yaml", (FORMS / "person.yaml").read_text("utf-8").replace("type: phone", "type: fax"))
        run = self.lingtan("check", broken, "--lang", "en", code=1)
        types = re.search(r"'fax' is none of: ([a-z_, ]+)", run.both).group(1).split(", ")
        self.assertEqual(len(types), 17)
        for name in types:
            self.assertIn("`%s`" % name, readme)
        for path in FORMS.glob("*.yaml"):
            self.assertIn("forms/" + path.name, readme)


if __name__ == "__main__":
    harness.main()
