"""One assessment of the made-up park from end to end, by people at their screens: self-assessed, evaluated on two laptops through five closed
lids, merged, found against, reviewed from a stick that may not be written, sent back, signed, refused a certificate for illustrative numbers,
scored anew with made-up ones of a test body, certified in the series TEST, checked from paper, suspended. After every step the file verifies,
its facts are those that its journal folds to, and every total is computed again without the program."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parent), str(pathlib.Path(__file__).resolve().parent.parent / "cli")]
import harness  # noqa: E402
import park  # noqa: E402
import projects  # noqa: E402
import recompute  # noqa: E402
from case import CSUS, ScreenCase, main  # noqa: E402
from files import pdf, png  # noqa: E402
from park import APPROVER, EVALUATOR, LEADER, OWNER, REVIEWER  # noqa: E402
from projects import A  # noqa: E402
from test_walk_by_keys import N_ITEMS, answer, at_once, n_open  # noqa: E402

FULL = os.environ.get("LINGTAN_FULL") == "1"
SECOND = "示例·陈工:evaluator"
BODY = "测试机构"
PHRASE = "four unrelated words"
N_BY_KEYS = 1000 if FULL else 6
N_PROVEN = 1000 if FULL else 6
LIDS = 5
OVERLAP = "10.2.7"
LATER = ("7", "8", "9", "10")
SENT_BACK = "9.2.4"
DAY = "2026-03-30"


def section(item):
    return item.split(".")[0]


class OneAssessment(ScreenCase):
    # ---- what is checked after each step -------------------------------------------------------------------------------

    def check(self, path, *rungs):
        found = self.document("verify", path)
        self.assertIs(found["holds"], True)
        cells = projects.fold(projects.line_of_entries(path))
        self.assertEqual(projects.facts(path, list(cells)), cells, "facts are what the journal says")
        for rung in rungs:
            with self.subTest(rung=rung, file=path.name):
                expected = recompute.total(path, rung, profile=self.profile)
                said = self.document("score", path, "--rung", rung)
                self.assertEqual((said["total"]["low"], said["total"]["high"], said["grade"]["id"]), (expected["low"], expected["high"], expected["grade"]))
                self.assertEqual(sorted(said["controls"]["failed"]), sorted(expected["failed"]))
        return found

    def at(self, path, who, *args, **more):
        """Somebody sits down before a file."""
        self.bench.forget_place()
        s = self.bench.start(path.name if path.parent == self.bench.dir else path, "--as", who, *args, **dict({"cols": 132, "rows": 43}, **more))
        self.addCleanup(self.close, s)
        s.settle()
        return s

    def command(self, s, words, *asked):
        """A command by name, and what it asks for, line by line."""
        s.type(":")
        s.type(words)
        s.settle()
        s.keys("Enter")
        for text in asked:
            s.settle()
            s.keys("C-u")
            s.type(str(text))
            s.keys("Enter")
        s.settle()

    def submit(self, path, who, reason):
        """Not without a reason for what has no evidence."""
        s = self.at(path, who)
        self.command(s, "提交本轮")
        s.wait("再看看")
        s.type("1")
        s.wait("没有佐证")
        self.command(s, "提交本轮")
        s.wait("再看看")
        s.type("3")
        s.wait("都记下这条理由")
        s.type(reason)
        s.keys("Enter")
        s.wait("轮已提交")
        self.leave(s)

    def sheet(self, name, rung, wanted, **change):
        """The sample's answers that are wanted, as a sheet."""
        text = park.sample_text(CSUS, [i for i in self.sample if not wanted(i)], rung, change or None)
        if rung != "self":  # figures and lines are the park's
            text = text[:text.index("quantities:")] + "quantities: []\ninventory: []\n" if "quantities:" in text else text
        return self.bench.write(name, text)

    # ---- the steps -----------------------------------------------------------------------------------------------------

    def test_from_self_assessment_to_suspension(self):
        self.profile = self.code = None
        self.sample = {a["item"]: a for a in projects.sample(CSUS)["answers"]}
        self.path = self.bench.new("示例园区.lingtan")
        self.park_assesses_itself()
        self.two_laptops()
        self.merged_and_submitted()
        self.findings()
        self.reviewed_from_a_stick()
        self.second_round()
        self.signed_and_refused()
        self.made_up_numbers()
        self.certified_in_its_series()

    def park_assesses_itself(self):
        s = self.at(self.path, OWNER)
        self.command(s, "导入", self.sheet("自评.yaml", "self", lambda item: item != "4.2.1"))
        s.wait("预览，尚未写入")
        s.keys("Enter")
        s.wait("已导入")
        s.keys("1")
        s.type("4.2.1")
        s.wait(re.compile(r"[›] . 4\.2\.1"))
        at_once(s, "Enter", "8", "Enter")
        self.leave(s)
        self.check(self.path, "self")
        self.submit(self.path, OWNER, "自评，佐证现场备查")
        self.check(self.path, "self")

    def evidence_folder(self):
        """Photos and PDFs as an evaluator brings them home."""
        for i in range(3):
            self.bench.write("现场/照片%d.png" % i, png(8, 8, lambda x, y: (i * 40, x * 20, y * 20)))
            self.bench.write("现场/统计表%d.pdf" % i, pdf("BT /F 5 Tf 5 100 Td (Table %d) Tj ET" % i, 12))

    def evaluate_by_keys(self, path):
        """Down the list by F5; the lid closes five times in the middle of it, once between typing and Enter."""
        self.evidence_folder()
        s = self.at(path, EVALUATOR)
        s.keys("F5")
        n = 0
        for _ in range(4 * N_ITEMS):
            if n == N_BY_KEYS or not n_open(s):
                break
            # what is answered and only wants evidence comes later
            if not any(line.startswith(" › ◦") for line in s.lines()):
                at_once(s, "F5")
                continue
            answer(s)
            n += 1
            if n <= LIDS:
                if n % 2:
                    s.press("Enter", "5")
                s.signal("SIGKILL")
                self.assertEqual(s.end(), -9)
                s.close()
                self.assertIs(self.document("verify", path)["holds"], True)
                s = self.bench.start(path.name, "--as", EVALUATOR, cols=132, rows=43)
                self.addCleanup(self.close, s)
                s.settle()
                s.keys("Esc", "Esc")
                if not s.lines()[0].startswith(" 逐项"):
                    s.keys("1")
                s.keys("F5")
                s.settle()
        by_keys = {c["key"].split("|")[2] for e in self.document("log", path)["entries"] if e["by"] == EVALUATOR.split(":")[0] for c in e["changes"] if c["table"] == "answer" and c["group"] == "verdict"}
        self.assertEqual(len(by_keys), n, "what was answered before a lid closed is there")
        # photos and PDFs of the folder, in turn, to what was answered
        folder = ("F6", "C-u", *"现场", "Enter")
        for i, item in enumerate(sorted(i for i in by_keys if i[0].isdigit())[:N_PROVEN]):
            s.keys("F7")
            s.type(item)
            s.settle()
            s.keys("Enter")
            s.wait(re.compile(r"[›] \S " + re.escape(item)), again=True)  # the first stands there
            at_once(s, "F2", *(() if i else folder), "Home", *["Down"] * (i % 6), "Enter", "1", "2", "Enter")
            s.keys("Esc")
        self.leave(s)
        ties = self.document("evidence", path)["ties"]
        self.assertGreaterEqual(len(ties), min(len(by_keys), N_PROVEN) - 1)
        self.assertEqual({f["name"].rpartition(".")[2] for f in self.document("evidence", path)["evidence"]}, {"png", "pdf"})
        return by_keys

    def two_laptops(self):
        first, second = self.bench.dir / "李工.lingtan", self.bench.dir / "陈工.lingtan"
        for path in (first, second):
            shutil.copy(self.path, path)
        self.by_keys = self.evaluate_by_keys(first)
        self.check(first, "self", "evaluator")
        rest = self.sheet("李工.yaml", "evaluator", lambda i: i not in self.by_keys and (section(i) not in LATER))
        if "item:" in rest.read_text("utf-8"):
            self.bench.run("import", first.name, rest.name, "--as", EVALUATOR)
        self.bench.run("set", first.name, OVERLAP, "points:8", "--remark", "制度已发布，覆盖采集、核算、报送。", "--as", EVALUATOR)
        # the second takes sections 7 to 10 on a laptop that knows nothing of the first
        s = self.at(second, SECOND)
        self.command(s, "导入", self.sheet("陈工.yaml", "evaluator", lambda i: section(i) in LATER and i != OVERLAP, **{SENT_BACK: "points: 2"}))
        s.wait("预览，尚未写入")
        s.keys("Enter")
        s.wait("已导入")
        self.leave(s)
        self.bench.run("set", second.name, OVERLAP, "points:6", "--remark", "缺数据质量职责。", "--as", SECOND)
        proof = self.bench.write("碳数据管理办法.pdf", park.ONE_PAGE % "碳数据管理办法".encode())
        self.bench.run("attach", second.name, OVERLAP, proof.name, "--locator", "第7页", "--as", SECOND)
        self.check(first, "evaluator")
        self.check(second, "evaluator")
        shutil.rmtree(self.bench.home / "state" / "lingtan" / "heads", ignore_errors=True)

    def merged_and_submitted(self):
        first, second = self.bench.dir / "李工.lingtan", self.bench.dir / "陈工.lingtan"
        s = self.at(first, EVALUATOR)
        self.command(s, "合并", second)
        s.wait("共同起点")
        while s.has("未定"):
            row = next(line for line in s.lines() if line.startswith(" ›"))
            if "结论" in row and OVERLAP in row:
                s.type("4")
                s.wait("记在你名下")
                s.keys("C-u", "7", "Enter")
            else:
                s.type("3")
            s.settle()
        s.keys("Enter")
        s.wait("已合并")
        self.leave(s)
        found = self.document("log", first)["entries"]
        self.assertEqual(found[-1]["kind"], "merge")
        for entry in self.document("log", second)["entries"]:
            self.assertIn(entry["hash"], [e["hash"] for e in found], "both histories are in it")
        self.check(first, "self", "evaluator")
        cells = projects.fold(projects.line_of_entries(first))
        self.assertEqual(cells["answer", "%s|evaluator|%s" % (A, OVERLAP), "verdict"], ["points", "7", ""], "neither 8 nor 6: what was written anew")
        shutil.copy(first, self.path)
        self.assertEqual(self.document("score", self.path, "--rung", "evaluator")["sections"], self.document("score", first, "--rung", "evaluator")["sections"])
        self.bench.run("submit", self.path.name, "--reason", "首轮评价", "--as", EVALUATOR)
        self.check(self.path, "evaluator")

    def findings(self):
        run = lambda *words, who: self.bench.run("finding", *words, "--as", who)
        run("add", self.path.name, "minor", "机电调适报告缺研发楼", "--item", SENT_BACK, "--due", "2026-04-26", who=EVALUATOR)
        run("answer", self.path.name, "F01", "已补报告", "--cause", "遗漏", "--correction", "补测研发楼", who=OWNER)
        paper = self.bench.write("调适报告.txt", "示例 调适报告\n")
        run("attach", self.path.name, "F01", paper.name, "--locator", "第1页", who=OWNER)
        s = self.at(self.path, LEADER)
        self.command(s, "发现")
        s.wait("机电调适报告缺研发楼")
        self.leave(s)
        run("verify", self.path.name, "F01", "accepted", "--on", DAY, who=LEADER)
        self.assertEqual([f["state"] for f in self.document("findings", self.path)["findings"]], ["closed"])
        self.check(self.path, "self", "evaluator")

    def reviewed_from_a_stick(self):
        stick = self.bench.dir / "stick"
        stick.mkdir()
        path = stick / "园区.lingtan"
        shutil.copy(self.path, path)
        path.chmod(0o444)
        stick.chmod(0o555)
        self.addCleanup(stick.chmod, 0o755)
        before = path.read_bytes()
        s = self.at(path, REVIEWER, "--readonly")
        self.command(s, "副册")
        s.wait("原文件一字不动，写在本机副册里")
        s.keys("4")
        s.wait("处置")
        for _ in range(120):
            if any(line.startswith(" ›") and SENT_BACK in line for line in s.lines()):
                break
            s.keys("Down")
        s.type("3")
        s.settle()
        s.type("请补研发楼的调适记录")
        s.keys("Enter")
        s.wait(re.compile("退回 +请补研发楼"))
        self.command(s, "出补丁", self.bench.dir / "复核.patch")
        s.wait("补丁已写好")
        self.leave(s)
        self.assertEqual((path.read_bytes(), [p.name for p in stick.iterdir()]), (before, [path.name]), "not a byte on the stick")
        self.check(self.path)
        s = self.at(self.path, LEADER)
        self.command(s, "收补丁", self.bench.dir / "复核.patch")
        s.wait("只是自称")
        s.keys("Enter")
        s.wait("已写入")
        self.leave(s)
        self.assertEqual([r["state"] for r in self.document("rounds", self.path, "--rung", "evaluator")["rounds"]], ["returned"])
        self.check(self.path, "self", "evaluator")

    def second_round(self):
        s = self.at(self.path, SECOND)
        s.keys("1")
        s.type(SENT_BACK)
        s.wait("│  %s " % SENT_BACK, again=True)
        points = re.search(r"points: (\S+?)[,}]", "points: %s," % self.sample[SENT_BACK]["points"]).group(1)
        at_once(s, "Enter", *points, "Enter")
        self.leave(s)
        self.assertIn("set %s points:%s" % (SENT_BACK, points), self.document("log", self.path)["entries"][-1]["command"])
        self.bench.run("submit", self.path.name, "--reason", "整改后复评", "--as", SECOND)
        compared = self.document("rounds", self.path, "1", "2", "--rung", "evaluator")
        self.assertEqual([c["id"] for c in compared["changes"] if c["group"] == "verdict"], [SENT_BACK])
        self.check(self.path, "self", "evaluator")
        first = recompute.total(self.path, "evaluator", [r for r in self.document("rounds", self.path, "--rung", "evaluator")["rounds"] if r["round"] == 1][0]["head"])
        self.assertEqual(self.document("score", self.path, "--rung", "evaluator", "--round", "1")["total"]["low"], first["low"])

    def unticked(self):
        findings = self.document("ready", self.path, code=(0, 1))["findings"]
        self.assertEqual([f for f in findings if f["severity"] == "error"], [])
        return [f for f in findings if f["severity"] == "warning" and not f.get("ticked_by")]

    def sign_all(self):
        """The leader, the reviewer and whoever decides; who decides confirms each warning on the screen."""
        for who in (LEADER, REVIEWER, APPROVER):
            self.bench.run("sign", self.path.name, "--as", who)
        n = len(self.unticked())
        if n:
            s = self.at(self.path, APPROVER)
            self.command(s, "出证检查")
            s.wait(re.compile(r"须确认 %d" % n))
            s.keys("Home")
            for _ in range(n):
                at_once(s, " ", "Down")
            s.wait(re.compile(r"须确认 0|可以"))
            self.leave(s)
        self.assertEqual(self.unticked(), [])
        self.bench.run("decide", self.path.name, "grant", "--reason", "符合", "--as", APPROVER)
        self.assertEqual([x["state"] for x in self.document("signatures", self.path)["steps"]], ["valid"] * 3)

    def signed_and_refused(self):
        self.sign_all()
        self.check(self.path, "self", "evaluator")
        self.phrase = self.bench.write("phrase", PHRASE + "\n")
        self.by_body = ("--as", BODY + ":body", "--passphrase-file", self.phrase)
        self.key = json.loads(self.bench.run("key", "make", *self.by_body, "--json").stdout)["public"]
        self.register = self.bench.dir / "登记.lingtan"
        self.bench.run("register", "new", self.register.name, "--as", BODY + ":body")
        before = self.register.read_bytes()
        refused = self.bench.run("certificate", self.path.name, "-o", "证书.pdf", "--register", self.register.name, *self.by_body, code=1)
        self.assertIn("示例值", refused.stdout + refused.stderr)
        self.assertEqual((self.register.read_bytes(), (self.bench.dir / "证书.pdf").exists()), (before, False))
        self.check(self.path, "self", "evaluator")

    def made_up_numbers(self):
        """All points of a test body: one less and one more than the example's for two items of a section that nobody gave in full."""
        items = [(i["id"], i["points"]["value"]) for i in self.document("standard", CSUS)["items"] if i["points"]["value"]]
        given = lambda item: float(self.sample[item].get("points", "inf"))
        less, more = [(item, points) for item, points in items if section(item) == "7" and given(item) <= float(points) - 1][:2]
        own = {less[0]: str(int(less[1]) - 1), more[0]: str(int(more[1]) + 1)}
        self.profile = "profile: test\nruleset: %s\nresponsible: %s\ntitle: {zh: 测试, en: Test}\nparameters:\n- {id: innovation_counts, value: \"0\", cite: 第1页}\npoints:\n" % (CSUS, BODY)
        self.profile += "".join('- {item: "%s", value: "%s", cite: 第%d页}\n' % (item, own.get(item, points), 10 + n) for n, (item, points) in enumerate(items))
        self.bench.write("测试.yaml", self.profile)
        self.bench.run("profile", "import", self.path.name, "测试.yaml", "--as", LEADER)
        self.bench.run("profile", "pin", self.path.name, "--reason", "测试", "--sign", *self.by_body)
        pinned = self.document("log", self.path)["entries"][-1]
        self.assertEqual((pinned["by"], pinned["signed_with"]), (BODY, self.key), "pinned under its own key")
        self.assertEqual([x["state"] == "valid" for x in self.document("signatures", self.path)["steps"]], [False] * 3, "what was signed was about other numbers")
        score = self.document("score", self.path)
        self.assertEqual((score["profile"], score["profile_responsible"], score["specimen_because"]), ("test", BODY, []))
        self.assertIsNotNone(score["profile_digest"])
        self.check(self.path, "self", "evaluator")
        self.sign_all()
        self.check(self.path, "self", "evaluator")

    def certified_in_its_series(self):
        # not in the series of real ones
        refused = self.bench.run("certificate", self.path.name, "-o", "证书.pdf", "--register", self.register.name, *self.by_body, code=1)
        self.assertIn("TEST", refused.stdout + refused.stderr)
        template = (harness.TREE / "templates" / "certificate.yaml").read_text("utf-8").replace("series: LC", "series: TEST").replace("示例认证中心", BODY)
        self.bench.write("home/data/lingtan/templates/certificate.yaml", template)
        s = self.at(self.path, BODY + ":body")
        s.keys("5")
        s.wait("按 2 发证")
        s.type("2")
        s.wait("─ 证书登记 ─")
        s.settle()
        s.keys("C-u")
        s.type(str(self.register))
        s.keys("Enter")
        s.wait("口令")
        s.type(PHRASE)
        s.keys("Enter")
        s.wait("发证到")
        s.keys("C-u")
        s.type(str(self.bench.dir / "证书.pdf"))
        s.keys("Enter")
        s.wait(re.compile(r"已发证 TEST-\d+-0001"))
        self.leave(s)
        out = self.bench.dir / "证书.pdf"
        number = self.document("register", "list", self.register)["certificates"][0]["number"]
        self.check(self.path, "self", "evaluator")
        self.assertIs(self.document("verify", self.register)["holds"], True)
        found = self.document("verify", out, "--key", self.key)
        record = found["certificate"]
        self.assertEqual((found["holds"], found["test"], record["number"], record["kind"]), (True, True, number, "certificate"))
        self.assertEqual(record["total"], recompute.total(self.path, "evaluator", profile=self.profile)["low"])
        self.checked_from_paper(out, number)
        self.suspended(out, number)

    def checked_from_paper(self, out, number):
        if self.lacks("zbarimg"):
            return
        subprocess.run(["pdftoppm", "-r", "96", "-png", str(out), str(self.bench.dir / "page")], check=True, timeout=60)
        text = subprocess.run(["zbarimg", "-q", "--raw", str(self.bench.dir / "page-1.png")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, timeout=60).stdout
        self.code = text
        found = self.lingtan("verify", "-", "--key", self.key, "--json", stdin=text).json()
        self.assertEqual((found["kind"], found["holds"], found["test"], found["certificate"]["number"]), ("code", True, True, number))

    def suspended(self, out, number):
        state = lambda *words: self.bench.run("register", words[0], self.register.name, *words[1:], "--as", BODY + ":body")
        stands = lambda code: self.document("verify", out, "--key", self.key, "--status", self.status(), "--date", self.today(out), code=code)["status"]
        self.assertEqual(stands(0)["state"], "valid")
        state("suspend", number, "--reason", "未按期监督", "--from", self.today(out))
        self.assertEqual(stands(1)["state"], "suspended")
        if self.code:
            found = self.lingtan("verify", "-", "--key", self.key, "--status", self.status(), "--date", self.today(out), "--json", stdin=self.code, code=1).json()
            self.assertEqual(found["status"]["state"], "suspended", "and so says the paper")
        self.check(self.path, "self", "evaluator")
        self.assertIs(self.document("verify", self.register)["holds"], True)

    def today(self, out):
        return self.document("verify", out, code=(0, 1))["certificate"]["issued"]

    def status(self):
        self.bench.run("register", "status", self.register.name, "-o", "状态.json", "--force", *self.by_body)
        return self.bench.dir / "状态.json"


if __name__ == "__main__":
    main()
