"""Certificates: what is drawn, who can check it with what, what never verifies, and the register that numbers them."""
import base64
import csv
import io
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess

import harness
import projects
from harness import CSUS, NDRC, SAMPLES, SEESA
from projects import APPROVER, EVALUATOR, LEADER, REVIEWER, ProjectCase

PARK = "云澜湾先进制造产业园"
BODY = "示例认证中心"
DAY = "2026-03-30"
FLIPS = 10000 if os.environ.get("LINGTAN_FULL") == "1" else 60
# the sample park with less power from elsewhere, so that it reaches the core indicator
CHANGES = {"power.other_in": "2000", "emission.fuel": "3648.8584"}
# stands for the page that the script of verify.html works on
PAGE = """
const shown = [], values = { code: %s, key: %s };
const element = () => ({ set textContent(t) { shown.push(t); }, append() {}, replaceChildren() { shown.length = 0; }, addEventListener() {}, set className(n) {} });
globalThis.document = { getElementById: (id) => id in values ? { value: values[id] } : element(), createElement: element };
globalThis.window = { crypto: { subtle: %%s } };
"""
# made once: key and projects take many commands
MADE = {}


def once(name, path, make):
    """The file as it was made the first time."""
    if name in MADE:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(MADE[name])
        path.chmod(0o600)
    else:
        make()
        MADE[name] = path.read_bytes()
    return path


class CertificateCase(ProjectCase):
    def setUp(self):
        super().setUp()
        self.phrase = self.write("phrase", "four unrelated words\n")
        once("key", self.dir / "data" / "lingtan" / "keys" / "body.key", self.make_key)
        self.key = self.document("key", "list")["keys"][0]["public"]
        self.by_body = ("--as", BODY + ":body", "--passphrase-file", self.phrase)

    def make_key(self):
        made = self.lingtan("key", "make", "--as", BODY, "--passphrase-file", self.phrase, "--json").json()
        os.rename(made["file"], self.dir / "data" / "lingtan" / "keys" / "body.key")

    def sample(self):
        path = self.folder / "样.lingtan"

        def make():
            self.new(path, park=PARK)
            self.lingtan("import", path, SAMPLES / (CSUS + ".yaml"), "--as", EVALUATOR)
        return once("sample", path, make)

    def granted(self):
        """A project that nothing speaks against, on a standard whose numbers are all from its document."""
        path = self.folder / "园区.lingtan"
        return once("granted", path, lambda: self.grant(path))

    def grant(self, path, park=PARK, prepare=lambda path: None):
        self.new(path, standard=NDRC, stage=None, park_type=None, park=park)
        prepare(path)
        sheet = projects.read_sheet((SAMPLES / (NDRC + ".yaml")).read_text("utf-8"))
        for quantity in sheet["quantities"]:
            quantity["value"] = CHANGES.get(quantity["id"], quantity.get("value"))
        text = harness.sheet(sheet["assessment"], sheet["answers"], [{k: v for k, v in q.items() if v is not None} for q in sheet["quantities"]])
        self.lingtan("import", path, self.write("sheet.yaml", text), "--as", EVALUATOR)
        file = self.write("证明.pdf", self.bytes_of(3, 300))
        for answer in sheet["answers"]:
            self.attach(path, answer["item"], file)
        self.lingtan("submit", path, "--as", EVALUATOR)
        for who in (LEADER, REVIEWER, APPROVER):
            for f in self.document("ready", path, code=(0, 1))["findings"]:
                if f["severity"] == "warning" and not f.get("ticked_by") and who == REVIEWER:
                    self.lingtan("ready", path, "--tick", f["id"], "--as", who)
            self.lingtan("sign", path, "--as", who)
        self.lingtan("decide", path, "grant", "--reason", "符合", "--as", APPROVER)

    def draw(self, path, out, *args, code=0, **more):
        return self.lingtan("certificate", path, "-o", out, "--date", DAY, "--json", *args, code=code, **more)

    def specimen(self, out="样张.pdf", *args):
        path = self.dir / out
        return path, self.draw(self.sample(), path, *self.by_body, *args).json()

    def verify(self, path, *args, code=0, **more):
        return self.document("verify", path, *args, code=code, **more)

    def run_tool(self, *args):
        return subprocess.run([str(a) for a in args], capture_output=True, timeout=60)


# ---- specimens, drafts, what is refused ----------------------------------------------------------------------------

class Drawn(CertificateCase):
    def test_a_specimen_by_its_numbers_whoever_signs(self):
        path, made = self.specimen()
        self.assertEqual((made["kind"], made["number"], made["public"]), ("specimen", None, self.key))
        self.assertTrue(made["specimen_because"])
        found = self.verify(path, "--key", self.key)
        self.assertEqual((found["kind"], found["holds"], found["key_given"]), ("file", True, True))
        record = found["certificate"]
        self.assertEqual((record["kind"], record["park"], record["code"], record["grade"], record["year"], record["issued"]), ("specimen", PARK, "T/CSUS 66-2023", "zero-carbon", "2025", DAY))
        for field in ("ruleset_digest", "head", "state_hash", "project", "fonts", "libraries", "program", "zero_from", "net", "because_zh"):
            self.assertTrue(record[field], field)
        self.assertEqual(record["head"], projects.head(self.folder / "样.lingtan"))

    def test_the_same_bytes_and_never_over_another_file(self):
        project = self.sample()
        self.draw(project, self.dir / "a.png")
        self.assertEqual((self.dir / "a.png").read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        for ending in ("pdf", "svg", "json"):
            a, b = self.dir / ("a." + ending), self.dir / ("b." + ending)
            self.draw(project, a, *self.by_body)
            self.draw(project, b, *self.by_body)
            self.assertEqual(a.read_bytes(), b.read_bytes(), ending)
        before = a.read_bytes()
        self.draw(project, a, "--specimen", code=4)
        self.assertEqual(a.read_bytes(), before)
        self.draw(project, a, "--force")
        self.draw(project, self.dir / "a.doc", code=2)
        self.assertEqual(self.verify(a, code=1)["public"], None, "nobody signed this one")

    def test_many_in_one_run(self):
        first = self.sample()
        files = [first]
        for n in range(3):
            files.append(self.folder / ("再%d.lingtan" % n))
            shutil.copy(first, files[-1])
        out = self.dir / "一批"
        many = lambda *args, code=0: self.lingtan("certificate", *files, "-o", out, "--date", DAY, *self.by_body, *args, code=code)
        self.assertIn("文件夹", many("--lang", "zh", code=2).err)
        out.mkdir()
        made = many("--json").json()["certificates"]
        self.assertEqual([(os.path.basename(c["file"]), c["kind"]) for c in made], [(p.stem + ".pdf", "specimen") for p in files])
        # each is what it would have been alone
        alone = self.dir / "单.pdf"
        self.draw(files[2], alone, *self.by_body)
        self.assertEqual((out / (files[2].stem + ".pdf")).read_bytes(), alone.read_bytes())
        for path in out.glob("*.pdf"):
            self.assertTrue(self.verify(path, "--key", self.key)["holds"])
        # one that cannot be named, and none is
        for path in list(out.iterdir()):
            if not path.name.startswith("再1.pdf"):
                path.unlink()
        left = sorted(p.name for p in out.iterdir())
        many(code=4)
        self.assertEqual(sorted(p.name for p in out.iterdir()), left)

    def test_a_draft_standard_and_an_unready_park(self):
        draft = self.new("草案.lingtan", standard=SEESA, park_type=None, park=PARK)
        self.assertEqual(self.draw(draft, self.dir / "a.json").json()["kind"], "specimen")
        made = self.draw(self.granted(), self.dir / "b.json").json()
        self.assertEqual((made["kind"], made["specimen_because"], made["blockers"]), ("draft", [], []))

    def test_a_day_beyond_the_calendar_is_refused(self):
        out = self.dir / "spät.pdf"
        run = self.lingtan("certificate", self.sample(), "-o", out, "--specimen", "--date", "9999-12-31", *self.by_body, code=4)
        self.assertIn("9999-12-31", run.err)
        self.assertFalse(out.exists())

    def test_a_character_that_the_font_lacks_is_refused(self):
        path = self.new("缺字.lingtan", park="示例\U00012345园区")
        out = self.dir / "a.pdf"
        self.draw(path, out, code=3)
        self.assertFalse(out.exists())

    def test_the_page_says_it(self):
        path, _ = self.specimen()
        text = self.run_tool("pdftotext", path, "-").stdout.decode()
        for words in (PARK, "智慧零碳园区证书", "T/CSUS 66-2023", "生产制造", "89.65", "2025-01-01 至 2025-12-31", "样", "张", "不得作为证书", DAY, BODY):
            self.assertIn(words, text)
        fonts = self.run_tool("pdffonts", path).stdout.decode().splitlines()[2:]
        self.assertTrue(fonts and all(line.split()[-5] == "yes" for line in fonts), fonts)
        self.assertEqual(sorted(line.split()[0].partition("+")[2] for line in fonts), ["NotoSerifCJKsc-Bold", "NotoSerifCJKsc-Regular"])
        # the glyphs of one page, without what other glyphs of these fonts share: six times as much
        self.assertLess(path.stat().st_size, 200000)

    def test_no_text_stands_on_another(self):
        """Not even where much speaks against it, in the longer language."""
        path = self.new("未完.lingtan", standard=NDRC, stage=None, park_type=None, park=PARK)
        self.lingtan("import", path, SAMPLES / (NDRC + ".yaml"), "--as", EVALUATOR)
        out = self.dir / "a.pdf"
        self.draw(path, out, *self.by_body, "--lang", "en")
        page = self.run_tool("pdftotext", "-bbox", out, "-").stdout.decode()
        words = [(w, *map(float, box)) for *box, w in re.findall(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>', page)]
        # the mark lies over all of it
        words = [w for w in words if w[4] - w[2] < 60]
        self.assertGreater(len(words), 100)
        apart = lambda a, b: a[3] <= b[1] or b[3] <= a[1] or a[4] - b[2] < 3 or b[4] - a[2] < 3
        for i, a in enumerate(words):
            for b in words[i + 1:]:
                self.assertTrue(apart(a, b), (a, b))

    def test_the_file_is_sound(self):
        path, _ = self.specimen()
        done = self.run_tool("qpdf", "--check", path)
        self.assertEqual((done.returncode, b"WARNING" in done.stdout + done.stderr), (0, False), done)
        attached = self.run_tool("qpdf", "--show-attachment=certificate.json", path).stdout
        self.assertEqual(self.verify(self.write("r.json", attached), "--key", self.key)["holds"], True)


# ---- proof ---------------------------------------------------------------------------------------------------------

class Proof(CertificateCase):
    def test_the_code_on_paper(self):
        if self.lacks("zbarimg"):
            return
        path, made = self.specimen()
        self.run_tool("pdftoppm", "-r", "96", "-png", path, self.dir / "page")
        read = self.run_tool("zbarimg", "-q", "--raw", self.dir / "page-1.png").stdout
        self.assertEqual(read.decode().strip(), made["code"])
        found = self.lingtan("verify", "-", "--key", self.key, "--json", stdin=read).json()
        self.assertEqual((found["kind"], found["holds"], found["certificate"]["park"]), ("code", True, PARK))
        self.lingtan("verify", "-", stdin=read, code=2)

    def test_the_page_that_checks_codes(self):
        """The page's own script, run by node with a page of four elements: good, flipped, another key, no Ed25519."""
        if self.lacks("node"):
            return
        _, made = self.specimen("a.json")
        page = self.dir / "verify.html"
        self.lingtan("key", "export", BODY, "-o", page)
        text = page.read_text("utf-8")
        self.assertIn(self.key, text)
        self.assertNotRegex(text, r"(?i)https?:|src=|@[A-Z]+@")
        script = text[text.index('"use strict";'):text.rindex("</script>")]
        say = lambda code, key, subtle="crypto.subtle": self.run_tool("node", "-e", PAGE % tuple(map(json.dumps, (code, key))) % subtle + script + "check().then(() => console.log(shown.join('|')))").stdout.decode()
        code = made["code"]
        self.assertIn("签名成立：样张", say(code, self.key))
        self.assertIn(PARK, say(code, self.key))
        for wrong in (code[:-4] + ("B" if code[-4] != "B" else "C") + code[-3:], code[:40] + "A" * 5 + code[45:]):
            self.assertIn("不成立", say(wrong, self.key))
        self.assertIn("不成立", say(code, "00" * 31 + "01"))
        self.assertIn("没有 Ed25519", say(code, self.key, "undefined"))
        self.assertIn("不是完整", say(code.lower(), self.key))
        # a certificate of a rehearsal is called one; what every signature is good for is made here
        trusting = "{ importKey: async () => 1, verify: async () => true }"
        made_up = lambda number: "LT1" + base64.b32encode(bytes(80) + ("c%s\n园区\n\n\n\n\n" % number).encode("utf-8")).decode().rstrip("=")
        self.assertIn("签名成立：测试证书", say(made_up("TEST-2026-0001"), self.key, trusting))
        self.assertIn("签名成立：证书", say(made_up("TESTING-2026-0001"), self.key, trusting))

    def test_minisign_and_openssl_accept(self):
        path, _ = self.specimen()
        public = self.dir / "body.pub"
        self.lingtan("key", "export", BODY, "-o", public)
        self.assertTrue(self.verify(path, "--key", public)["holds"])
        statement = json.loads(self.run_tool("qpdf", "--show-attachment=certificate.json", path).stdout)
        raw = self.run_tool("qpdf", "--show-attachment=certificate.json", path).stdout
        body = raw[len(b'{"signed":'):raw.rindex(b',"public"')]
        der = self.write("k.der", bytes.fromhex("302a300506032b6570032100" + self.key))
        message, signature = self.write("m", b"lingtan certificate 1\n" + body), self.write("s", bytes.fromhex(statement["signature"]))
        done = self.run_tool("openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", der, "-rawin", "-in", message, "-sigfile", signature)
        self.assertEqual(done.returncode, 0, done)
        done = self.run_tool("minisign", "-V", "-m", path, "-p", public)
        self.assertEqual(done.returncode, 0, done)

    def test_another_key_proves_nothing(self):
        path, made = self.specimen()
        other = self.lingtan("key", "make", "--as", "别家", "--passphrase-file", self.phrase, "--json").json()["public"]
        self.assertFalse(self.verify(path, "--key", other, code=1)["holds"])
        found = self.verify(path)
        self.assertEqual((found["holds"], found["key_given"]), (True, False))
        self.lingtan("verify", "-", "--key", other, "--json", stdin=made["code"].encode(), code=1)
        self.lingtan("verify", path, "--key", "xyz", code=3)
        self.assertIn("x.txt: 既不是证书", self.lingtan("verify", self.write("x.txt", "text"), code=3).err)

    def test_one_bit_anywhere(self):
        """Random bits of file, record and code: none verifies, with or without the key, and nothing breaks."""
        path, made = self.specimen()
        record = self.dir / "r.json"
        self.draw(self.folder / "样.lingtan", record, *self.by_body)
        chance = random.Random(20260330)
        cases = [(path.read_bytes(), FLIPS // 2), (record.read_bytes(), FLIPS // 4), (made["code"].encode(), FLIPS // 4)]
        bad = self.dir / "bad"
        for whole, n in cases:
            for i in range(n):
                # the end of a file holds what is checked first
                at = chance.randrange(len(whole)) if i % 3 else len(whole) - 1 - chance.randrange(min(2200, len(whole)))
                flipped = bytearray(whole)
                flipped[at] ^= 1 << chance.randrange(8)
                bad.write_bytes(flipped)
                run = self.lingtan("verify", bad, "--key", self.key, "--json", code=(1, 3))
                self.assertNotIn('"holds": true', run.out, "byte %d" % at)
            for cut in (whole[:-1], whole + b"\n\n", whole[1:], whole[:len(whole) // 2]):
                bad.write_bytes(cut)
                self.lingtan("verify", bad, "--key", self.key, code=(1, 3))


# ---- issuing and the register --------------------------------------------------------------------------------------

class Register(CertificateCase):
    def setUp(self):
        super().setUp()
        self.register = self.folder / "登记.lingtan"
        self.lingtan("register", "new", self.register, "--as", BODY + ":body")

    def issue(self, path, out, *args, code=0, **more):
        return self.draw(path, self.dir / out, "--register", self.register, *self.by_body, *args, code=code, **more)

    def listed(self, *args):
        return self.document("register", "list", self.register, "--date", DAY, *args)["certificates"]

    def test_what_is_no_certificate_takes_no_number(self):
        with self.untouched(self.register):
            self.issue(self.sample(), "a.pdf", code=1)
            path = self.granted()
            self.lingtan("certificate", path, "-o", self.dir / "a.pdf", "--register", self.register, "--as", BODY + ":body", code=4)
            self.set(path, "boundary", "met", "--remark", "改过", "--reason", "更正")
            self.issue(path, "a.pdf", code=1)
        self.assertFalse((self.dir / "a.pdf").exists())

    def test_nothing_is_issued_from_a_file_that_does_not_hold(self):
        """Opening it does not look at bytes of evidence and at signatures."""
        path = self.granted()
        sound = path.read_bytes()
        projects.change(path, "UPDATE chunk SET data = zeroblob(length(data)) WHERE blob = (SELECT max(id) FROM blob)")
        for broken in (path, self.register):
            self.assertFalse(self.document("verify", broken, code=1)["holds"])
            with self.untouched(path, self.register):
                said = self.issue(path, "a.pdf", code=1).err
            self.assertIn(broken.name, said)
            self.assertIn("lingtan verify", said)
            path.write_bytes(sound)
            projects.change(self.register, "UPDATE entry SET signature = ?", "0" * 128)
        self.assertFalse((self.dir / "a.pdf").exists())

    def test_an_interrupt_parts_no_number_from_its_file(self):
        path, out = self.granted(), self.dir / "1.pdf"
        script = self.write("lingtan-render", "#!/bin/sh\nkill -INT $PPID\nexec sleep 60\n")
        script.chmod(0o755)
        with self.untouched(path, self.register):
            stopped = self.issue(path, out.name, code=4, env=harness.environment(self.dir, LINGTAN_RENDER=script))
        self.assertIn("已取消", stopped.err)
        self.assertEqual(list(self.dir.glob("1.pdf*")), [])
        # when the file has its name it is too late: only the project's entry waits here for another program
        other = sqlite3.connect(str(path), isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        words = ["certificate", path, "-o", out, "--date", DAY, "--register", self.register, *self.by_body]
        issuing = subprocess.Popen([str(w) for w in (harness.PROGRAM, *words)], env=harness.environment(self.dir), stdout=subprocess.DEVNULL)
        while issuing.poll() is None and not out.exists():
            os.sched_yield()
        issuing.send_signal(signal.SIGINT)
        other.execute("ROLLBACK")
        self.assertEqual(issuing.wait(), 0)
        self.assertEqual([c["number"] for c in self.listed()], ["LC-2026-0001"])
        self.assertEqual(self.entries(path)[-1]["kind"], "issue")
        self.assertTrue(self.verify(out, "--key", self.key)["holds"])

    def test_issued_numbered_and_followed(self):
        path = self.granted()
        self.assertEqual([self.issue(path, "%d.pdf" % n).json()["number"] for n in (1, 2)], ["LC-2026-0001", "LC-2026-0002"])
        # a number is taken only with its file
        self.issue(path, "1.pdf", code=4)
        self.assertEqual(self.issue(path, "3.pdf").json()["number"], "LC-2026-0003")
        first = self.dir / "1.pdf"
        found = self.verify(first, "--key", self.key)
        self.assertEqual((found["certificate"]["kind"], found["certificate"]["number"], found["certificate"]["because_zh"]), ("certificate", "LC-2026-0001", None))
        self.assert_holds(path)
        self.assert_holds(self.register)
        self.assertEqual([e["kind"] for e in self.entries(path)][-1], "issue")
        self.follow(first)

    def state(self, *args, code=0, **more):
        return self.lingtan("register", *args[:1], self.register, *args[1:], "--as", BODY + ":body", code=code, **more)

    def status(self, name, day=DAY):
        out = self.dir / name
        said = self.document("register", "status", self.register, "-o", out, "--date", day, "--force", *self.by_body)
        self.assertEqual(said, {"file": str(out), "day": day, "public": self.key})
        return out

    def follow(self, first):
        number = "LC-2026-0001"
        stands = lambda code, day=DAY: self.verify(first, "--key", self.key, "--status", self.status("list.json", day), "--date", day, code=code)["status"]
        self.assertEqual(stands(0)["state"], "valid")
        with self.untouched(self.register):
            self.state("suspend", number, code=4)
            self.state("resume", number, "--reason", "x", code=4)
            self.state("suspend", "LC-2026-0009", "--reason", "x", code=4)
            self.lingtan("register", "suspend", self.register, number, "--reason", "x", "--as", EVALUATOR, code=4)
            self.state("suspend", number, "--reason", "x", "--from", DAY, "--until", "2026-03-29", code=4)
        self.state("suspend", number, "--reason", "未按期监督", "--from", DAY, "--until", "2026-06-30")
        found = stands(1)
        self.assertEqual((found["state"], found["until"]), ("suspended", "2026-06-30"))
        shown = self.lingtan("verify", first, "--key", self.key, "--status", self.dir / "list.json", "--date", DAY, code=1).out
        self.assertIn("暂停  %s~2026-06-30  未按期监督" % DAY, shown)
        self.assertRegex(self.lingtan("register", "list", self.register, "--date", DAY).out, r"(?m)^%s +暂停 .*  %s~2026-06-30  未按期监督$" % (number, DAY))
        self.notices(number, "LC-2026-0003")
        self.state("resume", number, "--reason", "监督完成", "--from", DAY)
        self.assertEqual(stands(0)["state"], "valid")
        # it is told from thirty days before
        for due, told in (("2026-04-30", []), ("2026-04-29", [number])):
            self.state("surveillance", number, "--reason", "无重大变化", "--on", DAY, "--due", due)
            self.assertEqual([c["number"] for c in self.listed("--overdue")], told)
        self.state("supersede", number, "LC-2026-0002", "--reason", "换证")
        self.assertEqual(stands(1)["state"], "superseded")
        self.assertNotRegex(self.state("resume", number, "--reason", "x", "--lang", "en", code=4).err, "[\u4e00-\u9fff]")
        self.state("withdraw", "LC-2026-0002", "--reason", "发现造假")
        self.state("give-up", "LC-2026-0003", "--reason", "园区放弃")
        self.assertEqual([(c["number"], c["state"]) for c in self.listed()], [("LC-2026-0003", "given-up"), ("LC-2026-0002", "withdrawn"), (number, "superseded")])
        self.check_lists(first)

    def notices(self, changed, unchanged):
        """The notice is of what changed, and of another only when asked for."""
        for only, found in (([], [changed]), (["--only", unchanged], [unchanged])):
            self.lingtan("paper", "notice", self.register, "-o", self.dir / "n.pdf", "--force", "--date", DAY, *only)
            text = subprocess.run(["pdftotext", self.dir / "n.pdf", "-"], capture_output=True, check=True).stdout.decode("utf-8")
            self.assertEqual([n for n in (changed, unchanged) if "notice/" + n in text], found)
            self.assertIn("示例认证中心", text)

    def check_lists(self, first):
        rows = list(csv.reader(io.StringIO(self.status("list.csv").read_bytes().decode("utf-8-sig"))))
        self.assertEqual([r[0] for r in rows[1:]], ["LC-2026-0003", "LC-2026-0002", "LC-2026-0001"])
        signed = self.status("list.json").read_text()
        for wrong in (signed.replace("superseded", "valid"), signed.replace('"state":"superseded"', '"state":"valid"', 1)):
            bad = self.write("bad.json", wrong)
            self.assertFalse(self.verify(first, "--key", self.key, "--status", bad, "--date", DAY, code=1)["holds"])

    def test_printed_anew_from_the_register_alone(self):
        path, out, title = self.folder / "有名.lingtan", self.dir / "补.pdf", "云澜湾零碳园区评价证书"
        self.grant(path, prepare=lambda p: self.lingtan("fill", p, "settings", "certificate_title=" + title, "--as", LEADER))
        first = self.issue(path, "1.pdf").json()["number"]
        again = lambda *args, code=0, by=self.by_body: self.lingtan("register", "reprint", self.register, *args, "--date", "2026-04-02", *by, code=code)
        with self.untouched(self.register):
            again(first, "-o", out, code=4)
            again("LC-2026-0009", "-o", out, "--reason", "遗失", code=4)
            again(first, "-o", self.dir / "1.pdf", "--reason", "遗失", code=4)
            again(first, "-o", out, "--reason", "遗失", code=4, by=("--as", BODY + ":body"))
        self.assertFalse(out.exists())
        again(first, "-o", out, "--reason", "原件遗失")
        issued, printed = (self.verify(p, "--key", self.key) for p in (self.dir / "1.pdf", out))
        self.assertEqual((printed["record"], printed["certificate"], printed["certificate"]["title"]), (issued["record"], issued["certificate"], title))
        entry = self.entries(self.register)[-1]
        self.assertEqual((entry["kind"], entry["reason"]), ("reprint", "原件遗失"))
        text = self.run_tool("pdftotext", "-layout", out, "-").stdout.decode("utf-8")
        self.assertIn(first + "-R1", text)
        # the page that was lost, with the name that the project gave it
        self.assertIn(title, text.replace(" ", ""))
        again(first, "-o", self.dir / "补二.pdf", "--reason", "又遗失")
        self.assertEqual(len([c for c in self.listed() if c["number"] == first]), 1)
        self.state("withdraw", first, "--reason", "发现造假")
        again(first, "-o", self.dir / "补三.pdf", "--reason", "x", code=4)
        self.assert_holds(self.register)

    def test_numbers_expire_and_templates_are_data(self):
        template = (harness.TREE / "templates" / "certificate.yaml").read_text("utf-8")
        self.assertIn('valid_months: ""', template)
        own = self.write("own.yaml", template.replace('valid_months: ""', 'valid_months: "36"').replace("series: LC", "series: ZC").replace('digits: "4"', 'digits: "2"'))
        path = self.granted()
        self.assertEqual(self.issue(path, "1.pdf", "--template", own).json()["number"], "ZC-2026-01")
        found = self.verify(self.dir / "1.pdf", "--key", self.key)["certificate"]
        self.assertEqual((found["valid_until"], found["surveillance"]), ("2029-03-29", "2027-03-30"))
        # its last day is one of them
        for day, state, code in (("2029-03-29", "valid", 0), ("2029-03-30", "expired", 1)):
            found = self.verify(self.dir / "1.pdf", "--key", self.key, "--status", self.status("l.json", day), "--date", day, code=code)
            self.assertEqual(found["status"]["state"], state)
        self.draw(path, self.dir / "b.pdf", "--template", self.write("bad.yaml", template.replace('"{series}-{year}-{n}"', '"{n}"')), code=3)


if __name__ == "__main__":
    harness.main()
