"""Evidence: the same bytes again whatever the size, stored once, tied with a locator, listed where it is missing; and text of any
kind, in any field, that stays text."""
import json
import os
import re
import shutil

import harness
import projects
from harness import CSUS, sanitized, sheet
from projects import A, CHUNK, EVALUATOR, LEADER, YEAR, ProjectCase, digest

HOSTILE = ["第一行\n第二行", "\nlingtan: all is well", "\x1b[31mred\x1b[0m\x07", "a\rb\tc\x08d", "\u202egpj.exe", "\u2066x\u2069\u200b\ufeff", "\x7f\x85\x9b31m", "'; DROP TABLE answer; --", "\"; DELETE FROM entry; --",
           "\\u0000 \\n \\\\", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", "../../../../etc/passwd", "/dev/zero", "%s%n%x", "$(touch owned)`touch owned`", "a|b", "a,b", "{\"v\":1}", "]]>&amp;<b>", "?1", ":x", "null",
           "é e\u0301 \U0001f600", "长" * 2000]


class Bytes(ProjectCase):
    def back(self, path, name, data, **more):
        """What extract gives for it, by hash."""
        out = self.dir / "out.bin"
        out.unlink(missing_ok=True)
        self.lingtan("extract", path, name, "-o", out, **more)
        got = out.read_bytes()
        self.assertEqual((len(got), digest(got)), (len(data), digest(data)))

    def test_any_size(self):
        path = self.new()
        sizes = (0, 1, 2, 511, 4096, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1, 5 * CHUNK + 12345)
        for n, size in enumerate(sizes):
            with self.subTest(size=size):
                data = self.bytes_of(n, size)
                self.attach(path, "4.2.1", self.write("文件 %d.bin" % size, data), "第%d页" % (n + 1))
                self.back(path, digest(data), data)
                self.back(path, "文件 %d.bin" % size, data)
                self.assertEqual(projects.stored(path, digest(data)), data)
                lengths = [r[0] for r in projects.query(path, "SELECT length(c.data) FROM chunk c JOIN blob b ON b.id = c.blob WHERE b.sha256 = ? ORDER BY c.n", digest(data))]
                self.assertEqual([x for x in lengths[:-1] if x != CHUNK], [])
        self.assert_holds(path)
        known = list(projects.dicts_of(self.document("evidence", path)["evidence"]))
        for n, size in enumerate(sizes):
            found = [e for e in known if e.get("sha256") == digest(self.bytes_of(n, size))]
            self.assertEqual(len(found), 1)
            self.assertEqual(str(found[0]["size"]), str(size))

    def test_any_content(self):
        path = self.new()
        for name, data in (("园区.lingtan", self.new("other.lingtan").read_bytes()), ("zeros", b"\0" * 300000), ("sql", b"'; DROP TABLE blob; --"), ("newlines", b"\r\n" * 1000), ("x.yaml", b"assessment: x\n"),
                           ("program", open("/bin/sh", "rb").read()), ("archive", b"PK\x03\x04" + b"\xff" * 1000)):
            with self.subTest(name=name):
                self.attach(path, "4.2.1", self.write("in/" + name, data))
                self.back(path, digest(data), data)
        self.assert_holds(path)

    def test_stored_once(self):
        path = self.new()
        data = self.bytes_of(1, 700000)
        self.attach(path, "4.2.1", self.write("a.pdf", data), "第3页")
        size = path.stat().st_size
        self.attach(path, "4.2.2", self.write("b.pdf", data), "第4页")
        self.attach(path, "4.2.1", self.write("a.pdf", data), "第5页", who="王工:evaluator")
        self.assertLess(path.stat().st_size, size + 100000)
        self.assertEqual(projects.query(path, "SELECT count(*) FROM blob WHERE sha256 = ?", digest(data)), [(1,)])
        ties = [d for d in projects.dicts_of(self.document("evidence", path)["ties"]) if d.get("sha256") == digest(data)]
        self.assertEqual(len(ties), 3)
        self.assert_holds(path)

    def test_the_file_may_go(self):
        path = self.new()
        data = self.bytes_of(1, 5000)
        photo = self.write("photo.jpg", data)
        self.attach(path, "4.2.1", photo)
        photo.unlink()
        self.back(path, digest(data), data)

    def test_a_large_file_in_little_memory(self):
        """300 MiB, in and out, within 64 MiB of memory."""
        if sanitized():
            self.skip("memory is not measured with sanitizers")
        if shutil.disk_usage(self.dir).free < 3 << 30:
            self.skip("less than 3 GiB free under %s" % self.dir)
        path = self.new()
        large = self.dir / "现场录像.mp4"
        with open(large, "wb") as f:
            f.truncate(300 << 20)
            f.seek(150 << 20)
            f.write(b"middle")
        sha = projects.file_digest(large)
        size = os.path.getsize(path)
        run = self.attach(path, "4.2.1", large, "00:01:30", "--link", limits=False, peak=True, timeout=120)
        self.assertLess(os.path.getsize(path), size + (1 << 20))
        self.lingtan("undo", path, "--as", EVALUATOR)
        path = self.new("inside.lingtan")
        run = self.attach(path, "4.2.1", large, "00:01:30", limits=False, peak=True, timeout=120)
        self.assertIsNotNone(run.kib)
        self.assertGreater(os.path.getsize(path), 300 << 20)
        large.unlink()
        out = self.dir / "out"
        self.lingtan("extract", path, sha, "-o", out, limits=False, peak=True, timeout=120)
        self.assertEqual(projects.file_digest(out), sha)
        self.lingtan("verify", path, limits=False, peak=True, timeout=120)
        self.lingtan("score", path, peak=True)
        self.assertLess(sum(c.stat().st_size for c in self.kept_copies()), 50 << 20, "a copy of the day holds evidence")

    def test_what_cannot_be_attached(self):
        path = self.rich()
        photo = self.write("photo.jpg", b"photo")
        fifo = self.dir / "fifo"
        os.mkfifo(fifo)
        with self.untouched():
            for file in ("missing.pdf", self.dir, fifo, "", "/dev/null/x"):
                with self.subTest(file=str(file)):
                    self.attach(path, "4.2.1", file, code=(3,) if file else (2, 3))
            for item, more, code in (("nothing", [], 4), ("4.2", [], 4), ("", [], (2, 4)), ("4.2.1", ["--slot", "nope"], 4), ("4.2.1", ["--slot", "e99"], 4), ("4.2.1", ["--assessment", "nope"], 4)):
                with self.subTest(item=item, more=more):
                    run = self.attach(path, item, photo, "第3页", *more, code=code)
                    self.assertNotEqual(run.err, "")
            self.lingtan("attach", path, "4.2.1", photo, "--as", EVALUATOR, code=2)

    def test_the_project_is_no_evidence_of_its_own(self):
        """Closing its own file would let go of the locks that the transaction has on it."""
        path = self.rich()
        photo, other, link = self.write("photo.jpg", b"photo"), self.dir / "也是它.dat", self.dir / "链接.dat"
        os.link(path, other)
        link.symlink_to(path)
        with self.untouched():
            for more in ([], ["--link"]):
                for files in ([path], [photo, other], [link]):
                    run = self.attach(path, "4.2.1", files[0], "第3页", *files[1:], *more, code=4)
                    self.assertIn("就是这个项目文件", run.err)
        self.lingtan("copy", path, self.dir / "副本.lingtan")
        self.attach(path, "4.2.1", self.dir / "副本.lingtan")
        self.assert_holds(path)

    def test_several_in_one_command(self):
        path = self.new()
        depth = len(self.entries(path))
        files = [self.write("照片 %d.jpg" % n, self.bytes_of(n, n * CHUNK + 7)) for n in (1, 2, 3)]
        again = self.write("又一份.jpg", self.bytes_of(2, 2 * CHUNK + 7))
        with self.untouched():
            run = self.attach(path, "4.2.1", files[0], "第3页", files[1], self.dir / "没有.jpg", code=3)
            self.assertIn("没有.jpg", run.err)
        out = json.loads(self.attach(path, "4.2.1", files[0], "第3页", *files[1:], again, "--json").out)
        self.assertEqual([f["sha256"] for f in out["files"]], [projects.file_digest(f) for f in files + [again]])
        self.assertEqual([f["known"] for f in out["files"]], [False, False, False, True])
        listed = self.document("evidence", path)
        self.assertEqual(sorted(f["name"] for f in listed["evidence"]), [f.name for f in files])
        self.assertEqual(len(listed["ties"]), 3)
        self.assertEqual(len(self.entries(path)), depth + 1, "one human action, one entry")
        self.assertEqual(self.entries(path)[-1]["command"], "attach 4.2.1 " + " ".join(f.name for f in files + [again]), "where files lie is nobody's business")
        for n, file in enumerate(files, 1):
            self.back(path, projects.file_digest(file), self.bytes_of(n, n * CHUNK + 7))
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(self.document("evidence", path)["ties"], [])
        run = self.attach(path, "4.2.1", files[0], "见附件", *files[1:])
        self.assertEqual(run.err.count("--reason"), 1, "one locator, one remark on it")
        self.lingtan("verify", path)

    def test_a_missing_file_is_told_before_a_missing_locator(self):
        path, file = self.new(), self.write("表.pdf", b"x")
        with self.untouched():
            for words in ((path, "4.2.1", file, self.dir / "没有.pdf"), (self.folder / "没有.lingtan", "4.2.1", file)):
                err = self.lingtan("attach", *words, "--as", EVALUATOR, code=3).err
                self.assertIn("%s：打不开（没有这个文件或文件夹）" % words[-1 if len(words) == 4 else 0], err)
                self.assertNotIn("--locator", err)
            self.assertIn("--locator", self.lingtan("attach", path, "4.2.1", file, "--as", EVALUATOR, code=2).err)

    def test_an_empty_file_is_told(self):
        path = self.new()
        for more in ((), ("--link",)):
            run = self.lingtan("attach", path, "4.2.1", self.write("空%d.pdf" % len(more), b""), self.write("满.pdf", b"x"), "--locator", "第1页", "--as", EVALUATOR, *more)
            self.assertIn("空%d.pdf 是空文件（0 字节），请核对" % len(more), run.err)
            self.assertNotIn("满.pdf 是空文件", run.err)

    def test_each_of_them_is_in_the_explanation(self):
        path = self.new()
        # of an item that nobody answered yet as well
        for n, item in ((1, "4.2.1"), (2, "4.2.1"), (3, "4.2.1"), (4, "4.2.2")):
            self.attach(path, item, self.write("附件%d.pdf" % n, b"%d" % n), "第%d页" % n)
        self.lingtan("set", path, "4.2.1", "points:6", "--as", EVALUATOR)
        self.lingtan("purge", path, digest(b"2"), "--reason", "含个人信息", "--as", LEADER)
        told = self.lingtan("explain", path, "total").out
        for n in (1, 3, 4):
            self.assertEqual(len(re.findall(r"佐证：附件%d\.pdf  第%d页\n" % (n, n), told)), 1, told)
        self.assertEqual(told.count("佐证（内容已因故清除）：附件2.pdf  第2页\n"), 1, told)
        item = self.document("explain", path, "4.2.1")
        found = [(e["evidence"], e["locator"], e["evidence_purged"]) for e in [item] + item["more_evidence"]]
        self.assertEqual(sorted(found), [("附件1.pdf", "第1页", False), ("附件2.pdf", "第2页", True), ("附件3.pdf", "第3页", False)])

    def test_what_cannot_be_extracted(self):
        path = self.rich()
        sha = projects.query(path, "SELECT sha256 FROM evidence")[0][0]
        out = self.dir / "out"
        with self.untouched():
            for name in ("0" * 64, "nothing.pdf", "", sha[:5], sha[:-1] + ("0" if sha[-1] != "0" else "1"), "%", "*", "' OR 1=1 --"):
                with self.subTest(name=name):
                    self.lingtan("extract", path, name, "-o", out, code=(2, 3, 4))
                    self.assertFalse(out.exists())
            self.lingtan("extract", path, sha[:6], "-o", self.dir / "six digits of a hash are enough")
            self.lingtan("extract", path, sha, "-o", self.dir / "no" / "out", code=(3, 5))
            self.lingtan("extract", path, sha, "-o", self.dir, code=(3, 4, 5))
            self.lingtan("extract", path, sha, "-o", path, code=(2, 3, 4, 5))

    def test_two_files_of_one_name(self):
        path = self.new()
        for n in (1, 2):
            self.attach(path, "4.2.1", self.write("%d/报告.pdf" % n, self.bytes_of(n, 100)), "第%d页" % n)
        run = self.lingtan("extract", path, "报告.pdf", "-o", self.dir / "out", code=4)
        self.assertIn(digest(self.bytes_of(1, 100))[:8], run.err)
        self.assertIn(digest(self.bytes_of(2, 100))[:8], run.err)
        for n in (1, 2):
            self.back(path, digest(self.bytes_of(n, 100)), self.bytes_of(n, 100))


class Linked(ProjectCase):
    def test_it_stays_outside(self):
        path = self.new()
        data = self.bytes_of(1, 900000)
        video = self.write("录像.mp4", data)
        self.attach(path, "4.2.1", video, "00:10", "--link")
        self.assertEqual(projects.query(path, "SELECT count(*) FROM chunk c JOIN blob b ON b.id = c.blob WHERE b.sha256 = ?", digest(data)), [(0,)])
        self.assertIn(digest(data), list(projects.strings_of(self.document("evidence", path))))
        self.assert_holds(path)
        self.assertEqual(self.document("verify", path)["linked"], 1)
        self.assertIn("1 份只是链接", self.lingtan("verify", path).out)
        self.lingtan("extract", path, digest(data), "-o", self.dir / "out")
        self.assertEqual((self.dir / "out").read_bytes(), data)

    def test_changed_or_gone_is_never_passed_off(self):
        path = self.new()
        data = self.bytes_of(1, 900000)
        video = self.write("录像.mp4", data)
        self.attach(path, "4.2.1", video, "00:10", "--link")
        for other in (data[:-1] + b"x", data[:-1], data + b"x", b"", None):
            with self.subTest(change=None if other is None else len(other)):
                if other is None:
                    video.unlink()
                else:
                    video.write_bytes(other)
                run = self.lingtan("extract", path, digest(data), "-o", self.dir / "out", code=(1, 3, 4))
                self.assertFalse((self.dir / "out").exists())
                self.assertNotEqual(run.err, "")
        for other in ("/dev/null", self.dir):
            video.symlink_to(other)
            self.assertRegex(self.lingtan("extract", path, digest(data), "-o", self.dir / "out", code=3).err, "是设备|是文件夹")
            self.assertFalse((self.dir / "out").exists())
            video.unlink()
        # the record itself still holds: the file was never in it
        self.lingtan("verify", path, code=(0, 1))
        self.lingtan("score", path)


class Purged(ProjectCase):
    def test_the_bytes_go_and_the_hash_stays(self):
        path = self.rich()
        secret = b"SECRET-OF-A-TENANT-" * 4000
        self.attach(path, "4.2.5", self.write("租户合同.pdf", secret), "第1页")
        self.set(path, "4.2.5", "points:3")
        self.assertIn("佐证：租户合同.pdf  第1页", self.lingtan("explain", path, "4.2.5").out)
        sha = digest(secret)
        self.assertIn(secret[:60], path.read_bytes())
        with self.untouched():
            self.lingtan("purge", path, sha, "--as", EVALUATOR, code=2)
            self.lingtan("purge", path, sha, "--reason", "", "--as", EVALUATOR, code=(2, 4))
            self.lingtan("purge", path, "0" * 64, "--reason", "涉密", "--as", EVALUATOR, code=4)
        self.lingtan("purge", path, sha, "--reason", "租户商业秘密", "--as", EVALUATOR)
        self.assertNotIn(secret[:60], path.read_bytes(), "the bytes are still in the file")
        self.assertEqual(projects.query(path, "SELECT count(*) FROM chunk c JOIN blob b ON b.id = c.blob WHERE b.sha256 = ?", sha), [(0,)])
        self.assert_holds(path)
        self.assertIn("租户商业秘密", list(projects.strings_of(self.document("evidence", path))))
        self.assertIn(sha, list(projects.strings_of(self.document("evidence", path))))
        self.assertIn("佐证（内容已因故清除）：租户合同.pdf  第1页", self.lingtan("explain", path, "4.2.5").out)
        self.assertIn("租户商业秘密", self.lingtan("log", path).out)
        self.assertRegex(self.lingtan("verify", path, "--lang", "en").both, "purged")
        run = self.lingtan("extract", path, sha, "-o", self.dir / "out", "--lang", "en", code=(1, 3, 4))
        self.assertIn("purged", run.err)
        self.assertFalse((self.dir / "out").exists())
        with self.untouched():
            self.lingtan("undo", path, "--as", EVALUATOR, code=4)
            self.lingtan("purge", path, sha, "--reason", "再次", "--as", EVALUATOR, code=4)
            again = self.attach(path, "4.2.5", self.dir / "租户合同.pdf", "第2页", code=4)
            self.assertIn("租户商业秘密", again.err)
        self.assertNotIn(secret[:60], path.read_bytes(), "the bytes came back")
        self.assert_holds(path)

    def test_bytes_that_went_without_a_purge_are_missed(self):
        path = self.rich()
        sha = projects.query(path, "SELECT sha256 FROM evidence")[0][0]
        projects.change(path, "DELETE FROM chunk WHERE blob = (SELECT id FROM blob WHERE sha256 = ?)", sha)
        self.assert_broken(path, tokens=[sha[:8]], check="e")
        run = self.lingtan("extract", path, sha, "-o", self.dir / "out", code=(1, 3, 4))
        self.assertFalse((self.dir / "out").exists(), run)

    def test_changed_bytes_are_not_given_out(self):
        path = self.rich()
        for sha, in projects.query(path, "SELECT sha256 FROM evidence"):
            projects.change(path, "UPDATE chunk SET data = zeroblob(length(data)) WHERE n = 0 AND blob = (SELECT id FROM blob WHERE sha256 = ?)", sha)
            self.lingtan("extract", path, sha, "-o", self.dir / "out", code=(1, 3, 4))
            self.assertFalse((self.dir / "out").exists())


class Unsupported(ProjectCase):
    """An award without evidence, or with a vague locator, is listed, with the reason that was typed."""

    def listed(self, path):
        return {i: json.dumps(u, ensure_ascii=False) for u in self.document("evidence", path)["unsupported"] for i in re.findall(r'"(\d+\.\d+\.\d+)"', json.dumps(u))}

    def test_awards_without_evidence(self):
        path = self.new()
        self.assertEqual(self.document("evidence", path)["unsupported"], [])
        self.set(path, "4.2.1", "points:8")
        self.set(path, "4.2.2", "points:8", "--no-evidence", "现场核对，无书面材料")
        self.set(path, "4.1.1", "met")
        self.set(path, "4.2.3", "points:0")
        self.set(path, "4.1.2", "not-met")
        self.set(path, "4.1.3", "na:非生产制造类型")
        listed = self.listed(path)
        self.assertEqual(sorted(listed), ["4.1.1", "4.2.1", "4.2.2"], "nothing, not met and not applicable are no awards")
        self.assertIn("现场核对，无书面材料", listed["4.2.2"])
        self.assertIn("4.2.1", self.lingtan("evidence", path).out)
        photo = self.write("photo.jpg", b"photo")
        for item in ("4.2.1", "4.2.2", "4.1.1"):
            self.attach(path, item, photo, "第3页 表2")
        self.assertEqual(self.listed(path), {})
        self.set(path, "4.2.4", "points:8")
        self.assertEqual(list(self.listed(path)), ["4.2.4"])
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.assertEqual(self.listed(path), {})

    def test_of_a_sheet_too(self):
        path = self.new()
        self.lingtan("import", path, self.write("s.yaml", sheet(A, [{"item": "4.2.1", "points": "8"}, {"item": "4.2.2", "points": "0"}], park_type="production")), "--as", EVALUATOR)
        self.assertEqual(list(self.listed(path)), ["4.2.1"])

    def test_what_a_sheet_names_and_nobody_put_in(self):
        path = self.new()
        self.lingtan("import", path, self.write("s.yaml", sheet(A, [{"item": "4.2.1", "points": "8", "evidence": "用地平衡表.pdf", "locator": "第3页"}], park_type="production")), "--as", EVALUATOR)
        (bare,) = self.document("evidence", path)["unsupported"]
        self.assertEqual((bare["cited"], bare["cited_locator"]), ("用地平衡表.pdf", "第3页"))
        self.assertIn("用地平衡表.pdf", self.lingtan("evidence", path).out)

    def test_a_vague_locator_needs_a_reason(self):
        path = self.new()
        self.set(path, "4.2.1", "points:8")
        photo = self.write("photo.jpg", b"photo")
        for vague in ("见附件", "全文", "see file", "", " ", "-"):
            with self.subTest(locator=vague):
                run = self.attach(path, "4.2.1", photo, vague, code=(0, 2, 4))
                if run.code == 0:
                    self.assertIn("4.2.1", self.listed(path))
                    self.lingtan("undo", path, "--as", EVALUATOR)
        self.attach(path, "4.2.1", photo, "见附件", "--reason", "整份文件都是证明")
        self.assertIn("整份文件都是证明", self.listed(path).get("4.2.1", ""))
        self.attach(path, "4.2.1", photo, "第3页 表2")
        self.assertEqual(self.listed(path), {})

    def test_a_slot_is_filled(self):
        path = self.new()
        self.attach(path, "4.2.1", self.write("a.pdf", b"a"), "第3页", "--slot", "e1", "--page", "3", "--table", "表2", "--note", "用地平衡", "--sender", "规划局 张工")
        tied = [d for d in projects.dicts_of(self.document("evidence", path)["ties"]) if d.get("item") == "4.2.1"][0]
        said = list(projects.strings_of(tied))
        for word in ("e1", "第3页", "3", "表2", "用地平衡", A):
            self.assertIn(word, said)
        self.assertIn("规划局 张工", list(projects.strings_of(self.document("evidence", path))))


class Provenance(ProjectCase):
    """Where a file comes from: the form of evidence says what may stand there, whoever asks."""

    def said(self, path, name):
        return [f for f in self.document("evidence", path)["evidence"] if f["name"] == name][0]

    def test_as_people_type_it(self):
        path = self.new()
        self.attach(path, "4.2.1", self.write("旧.pdf", b"old"), "第3页", "--kind", "文件", "--received", "2026年3月1日", "--sender", " 规划局 张工 ")
        old = self.said(path, "旧.pdf")
        self.assertEqual([old[k] for k in ("kind", "received", "sender", "version_of")], ["doc", "2026-03-01", "规划局 张工", None])
        self.attach(path, "4.2.1", self.write("新.pdf", b"new"), "第3页", "--version-of", old["sha256"][:12].upper(), code=4)
        self.attach(path, "4.2.1", self.write("新.pdf", b"new"), "第3页", "--version-of", old["sha256"][:12], "--kind", "signed")
        self.assertEqual(self.said(path, "新.pdf")["version_of"], old["sha256"])
        self.assertEqual(self.document("show", path, "evidence", "新.pdf")["values"]["kind"], "signed")

    def test_what_the_form_does_not_take(self):
        path = self.new()
        photo = self.write("a.jpg", b"photo")
        before = self.entries(path)
        for option, text, word in (("--kind", "nonsense", "nonsense"), ("--received", "yesterday", "yesterday"), ("--received", "2026-02-30", "2026-02-30"),
                                   ("--version-of", "f" * 64, "f" * 64), ("--version-of", "没有.pdf", "没有.pdf"), ("--sender", "a\nb", "--sender")):
            with self.subTest(option=option, text=text):
                run = self.attach(path, "4.2.1", photo, "第3页", option, text, code=4)
                self.assertEqual(run.out, "")
                if word != "--sender":
                    self.assertIn(word, run.err)
        self.assertEqual(self.entries(path), before)
        self.attach(path, "4.2.1", photo)
        self.attach(path, "4.2.2", photo, "第4页", "--version-of", "a.jpg", code=4)

    def test_of_a_file_that_is_there_already(self):
        path = self.new()
        photo = self.write("a.jpg", b"photo")
        self.attach(path, "4.2.1", photo, "第3页", "--sender", "张工")
        self.attach(path, "4.2.2", photo, "第4页", "--kind", "photo")
        self.assertEqual([self.said(path, "a.jpg")[k] for k in ("sender", "kind")], ["张工", "photo"])
        self.assert_holds(path)


class Text(ProjectCase):
    """Control characters, SQL, paths and formulas in any text change nothing but the text."""

    def check(self, path, run, text, before, what):
        """Refused, then nothing changed; or taken, then word for word. Returns the entries that there are now."""
        now = self.entries(path)
        if run.code:
            self.assertEqual(now, before)
            return now
        with self.subTest(kept=what):
            changed = [s for e in now[len(before):] for c in e["changes"] for s in [c["key"]] + (c["new"] or [])]
            self.assertTrue(any(text in s for s in changed + [now[-1]["by"], now[-1]["reason"]]), "%s: %r was not kept" % (what, text))
        return now

    def test_in_every_field(self):
        path = self.new()
        schema = projects.query(path, "SELECT type, name, sql FROM sqlite_master ORDER BY name")
        photo = self.write("photo.jpg", b"photo")
        held = self.document("score", path, "--rung", "evaluator")
        texts = HOSTILE[::4] if sanitized() else HOSTILE
        fields = {
            "remark": lambda t: ["set", path, "4.2.1", "points:5", "--remark", t, "--as", EVALUATOR],
            "reason": lambda t: ["set", path, "4.2.1", "points:%d.5" % (texts.index(t) % 9), "--reason", t, "--as", EVALUATOR],
            "no-evidence": lambda t: ["set", path, "4.2.1", "points:5", "--no-evidence", t, "--as", EVALUATOR],
            "na": lambda t: ["set", path, "4.1.3", "na:" + t, "--as", EVALUATOR],
            "source": lambda t: ["quantity", path, "emission", "5", "tCO2", "--year", YEAR, "--source", t, "--as", EVALUATOR],
            "locator": lambda t: ["attach", path, "4.2.1", photo, "--locator", t, "--reason", "x", "--as", EVALUATOR],
            "page": lambda t: ["attach", path, "4.2.1", photo, "--locator", "第%d页" % len(t), "--page", t, "--table", t, "--note", t, "--as", EVALUATOR],
            "sender": lambda t: ["attach", path, "4.2.1", self.write("of-sender.jpg", t.encode("utf-8")), "--locator", "第3页", "--sender", t, "--as", EVALUATOR],
            "name": lambda t: ["set", path, "4.2.2", "points:5", "--as", t + ":evaluator"],
        }
        before = self.entries(path)
        for n, (what, words) in enumerate(fields.items()):
            # every text in every other field
            for text in texts if sanitized() or harness.FULL else texts[n % 2::2]:
                with self.subTest(field=what, text=text[:40]):
                    run = self.lingtan(*words(text), code=(0, 2, 4))
                    before = self.check(path, run, text, before, what)
                    if run.code == 0:
                        shown = self.lingtan("explain", path, "4.1.3" if what == "na" else "4.2.1", "--rung", "evaluator").out
                        self.assertNotRegex(shown, r"(?m)^lingtan: all is well")
                    if what in ("name", "na") and run.code == 0:
                        self.lingtan("set", path, "4.2.2" if what == "name" else "4.1.3", "unset", "--as", text + ":evaluator" if what == "name" else EVALUATOR)
                        before = self.entries(path)
            # these two show what every one of them wrote
            self.assertNotRegex(self.lingtan("log", path, "--all").out + self.lingtan("evidence", path).out, r"(?m)^lingtan: all is well")
            self.assert_holds(path)
        self.assertEqual(projects.query(path, "SELECT type, name, sql FROM sqlite_master ORDER BY name"), schema)
        self.assertEqual([p.name for p in self.folder.iterdir()], [path.name])
        self.assertFalse(list(self.dir.rglob("owned")))
        for item in ("4.2.1", "4.2.2"):
            self.set(path, item, "unset", code=(0, 4))
        self.quantity(path, "emission", "unset")
        self.assertEqual(self.document("score", path, "--rung", "evaluator")["outcomes"], held["outcomes"])

    def test_names_of_parks(self):
        for n, text in enumerate(HOSTILE):
            with self.subTest(text=text[:40]):
                path = self.folder / ("%d.lingtan" % n)
                run = self.lingtan("new", path, "--park", text, "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", YEAR, "--as", LEADER, code=(0, 2, 4))
                self.assertEqual(path.exists(), run.code == 0)
                if run.code == 0:
                    self.assertEqual(projects.query(path, "SELECT identity_name FROM park"), [(text,)])
                    self.lingtan("score", path)
                    self.lingtan("log", path)
                    self.assert_holds(path)

    def test_names_of_files(self):
        path = self.new()
        for n, text in enumerate(HOSTILE):
            name = text.replace("/", "／")[:60]
            with self.subTest(name=name):
                try:
                    file = self.write("in/" + name, b"%d" % n)
                except OSError as e:
                    print("skipped: the file system takes no file of the name %a (%s)" % (name, e.strerror))
                    continue
                run = self.attach(path, "4.2.1", file, "第3页", code=(0, 2, 4))
                if run.code == 0:
                    self.assertIn(name, list(projects.strings_of(self.document("evidence", path))))
                    self.lingtan("evidence", path)
                    self.lingtan("extract", path, digest(b"%d" % n), "-o", self.dir / "out")
                    self.assertEqual((self.dir / "out").read_bytes(), b"%d" % n)
                    (self.dir / "out").unlink()
        file = os.path.join(os.fsencode(self.dir), b"\xff\xfe.pdf")
        with open(file, "wb") as f:
            f.write(b"latin")
        self.lingtan("attach", path, "4.2.1", file, "--locator", "第3页", "--as", EVALUATOR, code=(0, 2, 4))
        self.assert_holds(path)

    def test_a_stored_path_is_never_followed(self):
        """A name in the file with ../ in it: extract writes to where -o says and nowhere else."""
        path = self.new()
        self.attach(path, "4.2.1", self.write("photo.jpg", b"photo"))
        for name in ("../../owned", "/tmp/owned-by-lingtan", "..", "a/b"):
            bad = self.folder / "bad.lingtan"
            bad.write_bytes(path.read_bytes())
            projects.change(bad, "UPDATE evidence SET file_name = ?", name)
            with self.untouched():
                self.lingtan("extract", bad, digest(b"photo"), "-o", self.dir / "out", code=(0, 1, 3, 4))
                self.lingtan("evidence", bad, code=(0, 1, 3))
            self.assertFalse(os.path.exists("/tmp/owned-by-lingtan"))
            (self.dir / "out").unlink(missing_ok=True)

    def test_what_is_not_utf_8_is_refused(self):
        path = self.rich()
        photo = self.write("photo.jpg", b"photo")
        with self.untouched():
            for bad in (b"\xff", b"caf\xe9", b"\xc0\xaf", b"\xed\xa0\x80", "园区".encode("gbk"), b"\xe5\x9b"):
                for words in ([b"set", path, b"4.2.1", b"points:5", b"--remark", bad], [b"set", path, b"4.2.1", b"points:5", b"--reason", bad], [b"set", path, bad, b"met"], [b"set", path, b"4.1.3", b"na:" + bad],
                              [b"set", path, b"4.2.1", b"points:5", b"--as", bad + b":evaluator"], [b"quantity", path, b"emission", b"5", b"tCO2", b"--year", b"2025", b"--source", bad],
                              [b"quantity", path, b"emission", b"5", bad, b"--year", b"2025"], [b"attach", path, b"4.2.1", photo, b"--locator", bad], [b"verify", path, b"--head", bad],
                              [b"set", path, b"4.2.1", b"points:5", b"--assessment", bad]):
                    with self.subTest(words=[str(w)[-30:] for w in words[0:1] + words[2:]]):
                        self.lingtan(*[os.fsencode(str(w)) if not isinstance(w, bytes) else w for w in words], code=(1, 2, 4) if words[0] == b"verify" else (2, 4))

    def test_very_long(self):
        path = self.new()
        for n in (100000,):
            for words in (["set", path, "4.2.1", "points:5", "--remark", "长" * (n // 3)], ["set", path, "4.2.2", "points:5", "--reason", "x" * n], ["set", path, "x" * n, "met"], ["set", path, "4.2.1", "points:" + "9" * n],
                          ["set", path, "4.2.1", "points:5", "--as", "x" * n + ":evaluator"], ["attach", path, "4.2.1", self.write("p", b"p"), "--locator", "x" * n]):
                with self.subTest(word=words[0], at=[str(w)[:10] for w in words[2:]]):
                    run = self.lingtan(*words, code=(0, 2, 4))
                    self.assertLess(len(run.err), 20000)
        self.assert_holds(path)
        self.lingtan("log", path)


if __name__ == "__main__":
    harness.main()
