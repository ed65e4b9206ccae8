"""The certificate on its screen: what is in the way, a specimen in two keys, issuing with a passphrase that is never shown, the register."""
import os
import pathlib
import re
import shutil
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from case import ScreenCase, main  # noqa: E402
from park import EVALUATOR  # noqa: E402
import harness  # noqa: E402
from test_certificate import BODY, CertificateCase  # noqa: E402

PHRASE = "four unrelated words"


class CertificateScreen(CertificateCase, ScreenCase):
    def setUp(self):
        super().setUp()
        shutil.copytree(self.dir / "data", self.bench.home / "data")

    def slow_or_not(self):
        """A second program that never answers as long as there is a file `slow`; returns that file."""
        slow = self.bench.dir.parent / "slow"
        path = slow.with_name("lingtan-render")
        path.write_text('#!/bin/sh\n[ -e "%s" ] && exec sleep 60\nexec %s-render "$@"\n' % (slow, harness.PROGRAM), "utf-8")
        os.chmod(path, 0o755)
        return slow, {"LINGTAN_RENDER": path}

    def files(self):
        return {p.name: p.read_bytes() for p in self.bench.dir.iterdir() if p.is_file()}

    def stop_at_work(self, s, doing, told):
        """Enter begins what takes long; Esc stops it, and nothing in the folder is other than before."""
        before = self.files()
        s.press("Enter")
        s.wait("正在处理")
        s.wait(doing)
        s.press("Esc")
        s.wait(told)
        self.assertEqual(self.files(), before)

    def test_a_specimen(self):
        ScreenCase.sample(self)
        slow, env = self.slow_or_not()
        s = self.open(who=EVALUATOR, env=env)
        s.keys("5")
        s.wait("出证条件")
        shown = s.text()
        for words in ("阻止", "签署", "证书登记", "只能出样张", "预览 样张", "示例值"):
            self.assertIn(words, shown)
        s.type("2")
        s.settle()
        self.assertNotIn("发证到", s.text(), "issuing is not offered")
        slow.touch()
        s.type("1")
        s.wait("写出到")
        self.stop_at_work(s, "画证书", "已取消，没有写出文件")
        slow.unlink()
        s.type("1")
        s.wait("写出到")
        s.keys("Enter")
        s.wait("已写出")
        (out,) = self.bench.dir.glob("*样张.pdf")
        self.assertEqual(self.document("verify", out, code=1)["public"], None)
        s.keys("Enter")
        s.wait(re.compile("^ 逐项 "))
        self.assertIn("│  8.1.1 ", s.text())
        self.leave(s)

    def test_preview_and_check(self):
        """What it would say, whole at every size; a file that is checked is looked for beside the project."""
        ScreenCase.sample(self)
        for name in ("样张.pdf", "样张.json"):
            self.bench.run("certificate", self.path.name, "-o", name, "--specimen", "--as", EVALUATOR)
        self.bench.write("信.pdf", "no certificate")
        away = self.bench.dir / "别处"
        away.mkdir()
        for cols, rows in ((60, 18), (80, 24), (132, 43)):
            for lang, words in (("zh", ("机构", "编号   发证时取号", "查验哪个文件", "不成立：", "不成立：没有签名", "既不是证书")),
                                ("en", ("body", "No.    taken when issued", "which file to check", "does not hold: ", "does not hold: it is not signed", "neither a certificate"))):
                self.bench.forget_place()
                s = self.bench.start(self.path, "--as", EVALUATOR, "--lang", lang, cols=cols, rows=rows)
                self.addCleanup(self.close, s)
                s.settle()
                s.keys("5", "F3")
                box = [line for line in s.lines() if "│" in line]
                self.assertTrue(s.has(words[1]) and any(words[0] + " " in line for line in box), s.shown())
                # in a row below the fields, or in two
                self.assertTrue(s.has("分值或参数是示例值" if lang == "zh" else "are illustrative"), s.shown())
                s.keys("Esc")
                for name, told in (("样张.pdf", words[3]), ("样张.json", words[4]), ("信.pdf", words[5])):
                    s.keys("3")
                    self.assertTrue(s.has(words[2]) and s.has("样张.pdf") and s.has("别处/"), s.shown())
                    s.type(name)
                    s.keys("Enter")
                    s.wait(told)
                self.close(s)

    def test_issued(self):
        shutil.copy(self.granted(), self.path)
        register = self.bench.dir / "登记.lingtan"
        self.bench.run("register", "new", register.name, "--as", BODY + ":body")
        slow, env = self.slow_or_not()
        s = self.open(who=BODY + ":body", env=env)
        s.keys("5")
        s.wait("可以  按 2 发证")
        s.type("2")
        s.wait("─ 证书登记 ─")
        s.settle()
        s.keys("C-u")
        s.type(str(register))
        s.keys("Enter")
        s.wait("口令")
        s.type(PHRASE)
        s.settle()
        self.assertNotIn("four", s.text())
        self.assertIn("*" * len(PHRASE), s.text())
        s.keys("Enter")
        s.wait("发证到")
        # stopped while it is drawn: the number is not taken, and the next try gets it
        slow.touch()
        self.stop_at_work(s, "画证书", "已取消：没有取号，没有写出文件")
        slow.unlink()
        s.type("2")
        s.wait("发证到")
        s.keys("Enter")
        s.wait("已发证 LC-2026-0001")
        self.assertIn("✓ 有效", s.text())
        # unlocked, and the register known: two keys
        s.type("2")
        s.wait("发证到")
        s.keys("End")
        for _ in range(4):
            s.keys("Backspace")
        s.type("二.pdf")
        s.keys("Enter")
        s.wait("已发证 LC-2026-0002")
        self.follow(s, register)
        self.leave(s)
        for out in self.bench.dir.glob("*.pdf"):
            self.assertTrue(self.document("verify", out, "--key", self.key)["holds"])
        s = self.open(who=BODY + ":body")
        s.keys("5", "3")
        s.type(next(self.bench.dir.glob("*二.pdf")).name)
        s.keys("Enter")
        s.wait("签名成立，密钥 %s  LC-2026-0002" % self.key[:12])
        self.leave(s)
        entries = self.log()
        self.assertEqual([(e["kind"], e["signed_with"]) for e in entries[-2:]], [("issue", self.key)] * 2)
        self.assert_holds(self.path)

    def follow(self, s, register):
        """States are changed, a certificate printed anew and the signed list written where the register stands."""
        s.keys("Tab", "Enter")
        s.wait("注销")
        s.type("2")
        s.settle()
        self.assertIn("注销", s.text(), "what stands is not resumed")
        s.type("1")
        s.wait("从哪天起，到哪天止")
        s.keys("Enter")
        s.wait("先写日期")
        s.type("2099-06-30 未按期监督")
        s.keys("Enter")
        s.wait("LC-2026-0002 的状态已记下")
        s.wait("! 暂停")
        self.assertIn("~2099-06-30  未按期监督", s.text())
        s.keys("Enter")
        s.type("7")
        s.wait("补印的理由")
        s.type("原件遗失")
        s.keys("Enter")
        s.wait("写出到")
        s.keys("Enter")
        s.wait(re.compile("已写出 .*补印.pdf"))
        s.keys("Enter")
        s.type("8")
        s.wait("写出到")
        s.keys("Enter")
        s.wait(re.compile("已写出 .*状态表.*[.]json"))
        # a renewal: another takes its place; the body sees the grade, whom no park looks over the shoulder
        s.keys("Down", "Enter")
        s.type("5")
        s.wait("被哪个编号替代")
        s.type("LC-2026-0002")
        s.keys("Enter")
        s.wait("从哪天起")
        s.type("换证")
        s.keys("Enter")
        s.wait("由 LC-2026-0002 替代  换证")
        self.assertTrue(s.has("- 被替代") and s.has("零碳至"), s.shown())
        (first, second) = (self.document("register", "list", register)["certificates"][i] for i in (1, 0))
        self.assertEqual((first["state"], first["other"], second["state"], second["reason"], second["by"]), ("superseded", "LC-2026-0002", "suspended", "未按期监督", BODY))
        (listed,) = self.bench.dir.glob("证书状态表*.json")
        (issued,) = self.bench.dir.glob("*二.pdf")
        for out in (issued, self.bench.dir / "LC-2026-0002 补印.pdf"):
            found = self.document("verify", out, "--key", self.key, "--status", listed, code=1)
            self.assertEqual(found["status"]["state"], "suspended")


if __name__ == "__main__":
    main()
