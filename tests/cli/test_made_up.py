"""Made-up numbers: what a profile of a test can certify, which is a made-up park in its own series, and nothing that a real park could show,
whichever way somebody tries."""
import contextlib
import json
import re
import shutil

import harness
import projects
from harness import NDRC
from projects import LEADER
from test_certificate import BODY, CertificateCase, once
from test_certificate import PARK as REAL

PARK = "示例园区·云澜湾先进制造产业园"
HONEST = "profile: %s\nruleset: " + NDRC + "\nresponsible: %s\ntitle: {zh: %s, en: Numbers}\nparameters:\n- {id: clean_min, value: \"80\", cite: 第 5 页}\n"
MADE_UP = HONEST % ("own", "某机构", "本机构数值") + "made_up: yes\n"


class MadeUp(CertificateCase):
    def setUp(self):
        super().setUp()
        self.register = self.folder / "登记.lingtan"
        self.lingtan("register", "new", self.register, "--as", BODY + ":body")
        template = (harness.TREE / "templates" / "certificate.yaml").read_text("utf-8")
        self.test = self.write("test.yaml", template.replace("series: LC", "series: TEST"))

    def with_profile(self, name, park, text, *signed):
        """A project that nothing speaks against but what its profile is; made once of each kind."""
        def prepare(path):
            self.lingtan("profile", "import", path, self.write("p.yaml", text), "--as", LEADER)
            self.lingtan("profile", "pin", path, *(signed or self.by_body))
        path = self.folder / (name + ".lingtan")
        return once("made up " + name, path, lambda: self.grant(path, park, prepare))

    def issue(self, path, *args, code=0, by=None):
        out = self.dir / "c.pdf"
        for old in (out, self.dir / "c.pdf.minisig"):
            old.unlink(missing_ok=True)
        run = self.draw(path, out, "--register", self.register, *(by or self.by_body), *args, code=code)
        self.assertEqual(out.exists(), code == 0)
        return run

    def refused(self, path, word, *args, **more):
        with self.untouched(self.register):
            self.assertIn(word, self.issue(path, *args, code=1, **more).both)

    def test_a_test_in_its_own_series(self):
        path = self.with_profile("测试", PARK, MADE_UP)
        self.refused(path, "只能在 TEST 系列")
        number = self.issue(path, "--template", self.test).json()["number"]
        self.assertEqual(number, "TEST-2026-0001")
        found = self.document("verify", self.dir / "c.pdf", "--key", self.key)
        self.assertEqual((found["holds"], found["test"], found["certificate"]["series"]), (True, True, "TEST"))
        self.assertIn("不得作为证书", found["certificate"]["because_zh"])
        self.assertIn("测试证书", self.lingtan("verify", self.dir / "c.pdf", "--key", self.key).out)
        self.assert_holds(path)

    def test_a_real_park_gets_none(self):
        """In no series, and not by a new name on the way."""
        path = self.with_profile("真园区", REAL, MADE_UP)
        self.refused(path, "不是示例园区")
        self.refused(path, "不是示例园区", "--template", self.test)
        self.assertEqual(self.draw(path, self.dir / "d.pdf", *self.by_body).json()["kind"], "specimen")
        # the park calls itself an example: what was signed and decided was about another
        self.lingtan("fill", path, "park", "name=示例园区", "--as", LEADER, "--reason", "改名")
        self.refused(path, "决定", "--template", self.test)
        # an example's park becomes a real one
        other = self.with_profile("测试", PARK, MADE_UP)
        self.lingtan("fill", other, "park", "name=" + REAL, "--as", LEADER, "--reason", "改名")
        self.refused(other, "不是示例园区", "--template", self.test)

    def test_a_made_up_park_with_real_numbers(self):
        """Takes no number of the series of real ones, with a profile or without."""
        path = self.with_profile("示例园区", PARK, HONEST % ("own", "某机构", "本机构数值"))
        self.refused(path, "示例园区只能在 TEST 系列出证")
        self.assertEqual(self.issue(path, "--template", self.test).json()["number"], "TEST-2026-0001")
        bare = self.folder / "示例.lingtan"
        once("example without profile", bare, lambda: self.grant(bare, PARK))
        self.refused(bare, "示例园区只能在 TEST 系列出证")

    def test_what_is_made_up_says_so(self):
        """In the profile itself, which is pinned by its digest; words of id and title are a second net, and who answers for it is no such word."""
        path = self.folder / "说明.lingtan"
        shutil.copy(self.granted(), path)
        named = lambda title: HONEST % ("own", "某机构", title)
        for text, is_made_up in ((MADE_UP, True), (named("本机构数值") + "made_up: no\n", False), (named("Tests"), True), (named("Samples of 2026"), True), (named("演练数值"), True),
                                 (named("fictional"), True), (named("Contested samplers"), False), (HONEST % ("own", "某省检验检测测试中心", "本机构数值"), False), (HONEST % ("demo-1", "某机构", "数值"), True)):
            self.lingtan("profile", "import", path, self.write("p.yaml", text), "--as", LEADER)
            self.lingtan("profile", "pin", path, *self.by_body)
            because = self.draw(path, self.dir / "d.json", "--force").json()["specimen_because"]
            self.assertEqual("参数集是编造的，这个园区不是示例园区" in because, is_made_up, text)
        self.assertIn("made_up", self.lingtan("profile", "import", path, self.write("p.yaml", named("数值") + "made_up: maybe\n"), "--as", LEADER, code=4).both)
        # set, exported and imported, it stays
        self.lingtan("profile", "set", path, "head", "made_up=是", "--as", LEADER)
        self.assertEqual(self.document("profile", "show", path)["made_up"], "yes")
        self.lingtan("profile", "export", path, "-o", self.dir / "out.yaml")
        self.assertIn('made_up: "yes"', (self.dir / "out.yaml").read_text("utf-8"))

    def test_the_same_numbers_under_another_name(self):
        """Made-up numbers that do not say so are chosen by nobody, or by somebody whose key does not issue."""
        other = self.lingtan("key", "make", "--as", "冒名:body", "--passphrase-file", self.phrase, "--json").json()
        by_other = ("--as", "冒名:body", "--passphrase-file", self.phrase)
        text = HONEST % ("own", "某机构", "本机构数值")
        self.refused(self.with_profile("未签名", REAL, text, "--as", LEADER), "没有签名")
        path = self.with_profile("他人", REAL, text, *by_other)
        self.refused(path, "不是发证的密钥")
        # whoever issues with the key that chose them has not the body's
        self.issue(path, by=by_other)
        self.assertFalse(self.document("verify", self.dir / "c.pdf", "--key", self.key, code=1)["holds"])
        self.assertTrue(self.document("verify", self.dir / "c.pdf", "--key", other["public"])["holds"])
        # one that the body has looked at and chosen is its own
        self.assertEqual(self.issue(self.with_profile("正式", REAL, text)).json()["number"], "LC-2026-0002")

    def test_a_file_that_claims_to_be_long(self):
        """Facts changed behind the journal: whatever its last entry says, nothing is read from the file, and nothing issued from what opening leaves out."""
        path = self.granted()
        (hash_of, body), = projects.query(path, "SELECT hash, body FROM entry ORDER BY n DESC LIMIT 1")
        long = self.folder / "长.lingtan"
        for claimed in (body, re.sub(r'"depth":\d+', '"depth":3000', body)):
            shutil.copy(path, long)
            self.assertEqual(projects.change(long, "UPDATE park SET location_city = '某市'"), 1)
            self.assertEqual(projects.change(long, "UPDATE entry SET body = ? WHERE hash = ?", claimed, hash_of), 1)
            self.lingtan("score", long, code=3)
            self.issue(long, code=3)
        # the bytes of the evidence are looked at by a whole check alone
        shutil.copy(path, long)
        self.assertGreater(projects.change(long, "UPDATE chunk SET data = zeroblob(length(data))"), 0)
        self.lingtan("score", long)
        self.refused(long, "核对不通过")
        self.issue(path)
        changed = self.folder / "改过的登记.lingtan"
        shutil.copy(self.register, changed)
        self.assertEqual(projects.change(changed, "UPDATE certificate SET issued_n = '7'"), 1)
        kept, self.register = self.register, changed
        self.refused(path, "核对不通过")
        self.register = kept
        self.assertEqual(self.issue(path).json()["number"], "LC-2026-0002")

    def lengthen(self, path, n=2001):
        """More entries, which hold and change nothing, than opening a file looks at."""
        with contextlib.closing(projects.connect(path, write=True)) as db:
            (before, text, place), = db.execute("SELECT hash, body, n FROM entry ORDER BY n DESC LIMIT 1").fetchall()
            body = dict(json.loads(text), changes=[], rejects=[])
            rows = []
            for i in range(n):
                body = dict(body, parents=[before], depth=body["depth"] + 1)
                text = projects.canonical(body)
                before = projects.digest(b"lingtan entry 1\n" + text.encode())
                rows.append((place + 1 + i, before, text))
            db.execute("BEGIN")
            db.executemany("INSERT INTO entry (n, hash, body) VALUES (?, ?, ?)", rows)
            db.execute("COMMIT")

    def test_a_file_that_is_long(self):
        """What opening leaves out for its length is looked at before a number is taken; who chose a profile, by the profile that was chosen."""
        source = self.with_profile("正式", REAL, HONEST % ("own", "某机构", "本机构数值"))
        path = self.folder / "长.lingtan"
        shutil.copy(source, path)
        self.lingtan("profile", "import", path, self.write("p.yaml", HONEST % ("other", "某机构", "另一套")), "--as", LEADER)
        self.lengthen(path)
        self.assert_holds(path)
        whole = self.folder / "完好.lingtan"
        shutil.copy(path, whole)
        self.assertEqual(projects.change(path, "UPDATE assessment SET profile_digest = (SELECT digest FROM profile WHERE files_id = 'other')"), 1)
        self.assertIn("没有签名", str(self.draw(path, self.dir / "d.pdf", *self.by_body).json()["blockers"]))
        self.refused(path, "没有签名")
        shutil.copy(whole, path)
        self.assertEqual(projects.change(path, "UPDATE decision SET outcome_reason = '换过'"), 1)
        self.refused(path, "核对不通过")
        (hash_of, body), = projects.query(path, "SELECT hash, body FROM entry ORDER BY n DESC LIMIT 1")
        projects.change(path, "UPDATE entry SET body = ? WHERE hash = ?", body.replace('"depth"', ' "depth"'), hash_of)
        self.issue(path, code=3)
        self.issue(whole)

    def test_by_the_file_and_by_a_merge(self):
        """The name of a profile changed in the file is found; one that comes by a merge undoes what was decided."""
        path = self.with_profile("真园区", REAL, MADE_UP)
        (before,) = [row for row in projects.query(path, "SELECT digest, files_responsible FROM profile") if row[1] == "某机构"]
        shutil.copy(path, self.folder / "改.lingtan")
        projects.change(self.folder / "改.lingtan", "UPDATE profile SET files_responsible = '别的机构'")
        self.assert_broken(self.folder / "改.lingtan", check="d")
        granted = self.folder / "无参数集.lingtan"
        once("real without profile", granted, lambda: self.grant(granted, REAL))
        self.refused(granted, "TEST 系列", "--template", self.test)
        copy = self.folder / "副本.lingtan"
        shutil.copy(granted, copy)
        self.lingtan("profile", "import", copy, self.write("p.yaml", MADE_UP), "--as", LEADER)
        self.lingtan("profile", "pin", copy, *self.by_body)
        self.lingtan("merge", granted, copy, "--as", LEADER)
        self.refused(granted, "决定")
        self.refused(granted, "不是示例园区", "--template", self.test)
        self.assert_holds(granted)


if __name__ == "__main__":
    harness.main()
