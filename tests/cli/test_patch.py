"""Patches: what a reviewer did on a file elsewhere, as one small file, taken item by item, once; and every patch that is not one refused with its
reason and nothing changed."""
import json
import os
import shutil
import time
import harness
import projects
from projects import A, EVALUATOR, LEADER, OWNER, REVIEWER, bodies, canonical, digest
from test_merge import MergeCase

FIRST = b"lingtan entry 1\n"


class PatchCase(MergeCase):
    def reviewed(self, *words):
        """The evaluator's round 1, and what a reviewer then did on a copy."""
        mine = self.new()
        for item, result in (("4.1.1", "met"), ("4.2.1", "points:8"), ("4.2.2", "points:7")):
            self.set(mine, item, result, "--no-evidence", "现场核对")
        self.lingtan("submit", mine, "--reason", "如实", "--as", EVALUATOR)
        copy = self.folder / "复核.lingtan"
        shutil.copy(mine, copy)
        for word in words or (("remark", "4.2.1", "占比按在线终端重算"), ("set", "4.2.1", "points:4", "--no-evidence", "按清单"), ("remark", "4.1.1", "同意")):
            self.lingtan(word[0], copy, *word[1:], "--as", REVIEWER)
        return mine, copy

    def make(self, path, *args, code=0, who=REVIEWER, name="复核.patch"):
        out = self.dir / name
        if out.exists():
            out.unlink()
        self.lingtan("patch", "make", path, "-o", out, "--as", who, *args, code=code)
        return out

    def apply(self, path, patch, *args, code=0, who=LEADER):
        return self.document("patch", "apply", path, patch, "--as", who, *args, code=code)

    def altered(self, patch, change, name="改.patch"):
        """The same patch with its entries written anew: change(number, body) each, hashes and chain made right again."""
        lines = patch.read_text("utf-8").split("\n")
        head, rest = lines[:9], lines[9:]
        n = int(head[7].split()[1])
        known, before = {}, head[2].split()[1]
        for i in range(n):
            body = json.loads(rest[i].split("\t")[0])
            old = body["parents"][0]
            body["parents"] = [known.get(old, old)] if old in known or i == 0 else [before]
            change(i, body)
            rest[i] = canonical(body)
            known[lines[9 + i]] = before = digest(FIRST + rest[i].encode())
        head[3] = "head " + before
        return self.write(name, "\n".join(head + rest))


class Taken(PatchCase):
    def test_what_a_reviewer_did_comes_back(self):
        mine, copy = self.reviewed()
        patch = self.make(copy, "--since", "round:1")
        self.assertLess(patch.stat().st_size, 10000)
        shown = self.document("patch", "show", patch)
        self.assertEqual((shown["by"], shown["role"], shown["entries"], shown["signed_by"]), ("周岚", "reviewer", 3, None))
        self.assertIn("claim", self.lingtan("patch", "show", patch, "--lang", "en").out)
        # in words, as the journal tells it
        told = self.lingtan("patch", "show", patch).out
        self.assertRegex(told, r"周岚（技术复核人）[^$]* 填写\n")
        self.assertRegex(told, r"T/CSUS 66-2023 实施运管 2025 4\.2\.1 土地集约利用水平 结论：4 分\n")
        self.assertRegex(told, r"意见 4\.1\.1 \S+ 文字：同意\n")  # called by what it is about, as the patch says itself
        for word in ("points", A):
            self.assertNotIn(word, told)
        with self.untouched():
            plan = self.apply(mine, patch, "--dry-run")
        self.assertEqual({i["item"] for i in plan["items"]}, {"4.1.1", "4.2.1"})
        self.apply(mine, patch)
        # nothing was done here meanwhile: the same file
        self.assertEqual(projects.head(mine), projects.head(copy))
        self.assert_whole(mine)
        # twice is once
        with self.untouched(mine):
            again = self.apply(mine, patch)
        self.assertEqual((again["known"], again["written"]), (True, False))
        # the same without saying since when
        self.assertEqual(self.make(copy, name="2.patch").read_text().split("\n")[1:4], patch.read_text().split("\n")[1:4])

    def test_item_by_item(self):
        mine, copy = self.reviewed()
        patch = self.make(copy)
        self.lingtan("remark", mine, "4.2.2", "补充", "--as", EVALUATOR)
        one, two = self.folder / "1.lingtan", self.folder / "2.lingtan"
        for path, args in ((one, ("--reject", "4.2.1=清单是旧的")), (two, ("--accept", "4.1.1", "--reason", "清单是旧的"))):
            shutil.copy(mine, path)
            done = self.apply(path, patch, *args)
            self.assertEqual({i["item"]: i["refused"] for i in done["items"]}, {"4.2.1": "清单是旧的", "4.1.1": None})
            self.assertNotIn("4.2.1", self.verdicts(path, "reviewer"))
            self.assertEqual({r["item"] for r in self.document("remarks", path)["remarks"]}, {"4.2.2", "4.1.1"})
            rejects = bodies(path)[projects.head(path)][1]["rejects"]
            self.assertEqual({r[3] for r in rejects}, {"清单是旧的"})
            self.assert_whole(path)
            # what was refused is not offered again, by the patch or by the file it came from
            self.assertTrue(self.apply(path, patch)["known"])
            self.assertEqual(self.merge(path, copy)["kind"], "nothing")
            self.lingtan("undo", path, "--as", LEADER, code=4)
        # whose verdict was refused is asked; both sides in the end hold the same
        asked = self.merge(copy, one, code=1)["cells"]
        self.assertEqual([(c["key"], c["group"], c["why"]) for c in asked], [("%s|reviewer|4.2.1" % A, g, "conflict") for g in ("unsupported", "verdict")])
        self.merge(copy, one, "--prefer", "theirs")
        self.assertEqual(self.verdicts(copy, "reviewer"), self.verdicts(one, "reviewer"))
        self.assert_whole(copy)

    def test_a_standard_that_is_not_at_hand_is_told_by_its_ids(self):
        mine = self.dir / "六.lingtan"
        self.lingtan("--rulesets", harness.SIXTH, "new", mine, "--park", "示例园区", "--standard", "szdb-z-308-2018", "--year", "2025", "--as", LEADER)
        start = projects.head(mine)
        self.lingtan("set", mine, "5.2.1", "tier:low", "--as", EVALUATOR)
        self.lingtan("finding", "add", mine, "minor", "无记录", "--item", "5.2.2", "--as", EVALUATOR)
        patch = self.make(mine, "--since", start, who=EVALUATOR)
        told = self.lingtan("patch", "show", patch).out
        self.assertRegex(told, r"(?m)^    szdb-z-308-2018//2025 5\.2\.1 结论：low$")
        self.assertRegex(told, r"(?m)^    不符合项 F01 条款：5\.2\.2$")
        told = self.lingtan("--rulesets", harness.SIXTH, "patch", "show", patch).out
        self.assertRegex(told, r"(?m)^    SZDB/Z 308-2018 2025 5\.2\.1 第 5\.2\.1 条指标（名称未查得） 结论：low$")
        self.assertRegex(told, r"(?m)^    不符合项 F01 条款：5\.2\.2 第 5\.2\.2 条指标（名称未查得）$")

    def test_names_that_a_stranger_made_up_are_told_as_they_are(self):
        mine, copy = self.reviewed()
        patch = self.make(copy, "--since", "round:1")

        def change(i, body):
            for c in body["changes"]:
                if c[2] == "place":
                    c[4] = ["../../etc"]
                elif c[2] == "verdict":
                    c[1] = c[1].replace(A, "szdb/../nowhere")
        told = self.lingtan("patch", "show", self.altered(patch, change)).out
        self.assertIn("szdb/../nowhere 4.2.1 结论：4 分", told)
        self.assertRegex(told, r"意见 [0-9a-f]{12} 文字：同意")

    def test_after_a_merge(self):
        mine, copy = self.reviewed(("remark", "4.1.1", "同意"))
        other = self.folder / "陈工.lingtan"
        shutil.copy(mine, other)
        self.set(other, "4.2.3", "points:3", "--reason", "补填", who="陈工:evaluator")
        both = self.folder / "各自合并.lingtan"
        shutil.copy(mine, both)
        self.lingtan("remark", both, "4.2.1", "并行", "--as", EVALUATOR)
        self.merge(both, other)
        self.merge(copy, other, who=REVIEWER)
        joined = projects.head(copy)
        third = self.folder / "第三.lingtan"
        shutil.copy(copy, third)
        self.lingtan("remark", copy, "4.2.3", "请补依据", "--as", REVIEWER)
        patch = self.make(copy)
        self.assertEqual(self.document("patch", "show", patch)["entries"], 1)
        # who has one side only, or both and not the entry that joins them, is told which entry is missing
        for path in (mine, other, both):
            with self.untouched():
                self.assert_refused(self.lingtan("patch", "apply", path, patch, "--as", LEADER, code=4), joined[:12], "合并")
        # who has it takes the patch, also beside work of one's own
        self.lingtan("remark", third, "4.2.2", "补充", "--as", EVALUATOR)
        self.apply(third, patch)
        self.assertIn("请补依据", [r["text"] for r in self.document("remarks", third)["remarks"]])
        self.assert_whole(third)
        self.merge(both, copy)
        self.assertTrue(self.apply(both, patch)["known"])
        self.assert_whole(both)
        # a merge itself does not travel in a patch
        with self.untouched():
            self.assert_refused(self.lingtan("patch", "make", copy, "-o", self.dir / "x", "--since", "round:1", "--as", REVIEWER, code=4), joined[:12], "合并")

    def test_both_wrote_something_else(self):
        mine, copy = self.reviewed(("set", "4.2.1", "points:4", "--no-evidence", "按清单"))
        patch = self.make(copy)
        self.set(mine, "4.2.1", "points:5", "--no-evidence", "按台账", who="别人:reviewer")
        with self.untouched(mine):
            self.assertEqual(self.apply(mine, patch, code=1)["merge"]["open"], 2)
        self.apply(mine, patch, "--reject", "4.2.1=台账才对")
        self.assertEqual(self.verdicts(mine, "reviewer")["4.2.1"], "5")
        self.assertEqual({r[3] for r in bodies(mine)[projects.head(mine)][1]["rejects"]}, {"台账才对"})
        self.assert_whole(mine)
        # the decision holds where the patch came from
        self.merge(copy, mine)
        self.assertEqual(self.verdicts(copy, "reviewer")["4.2.1"], "5")
        self.assert_whole(copy)

    def test_wishes_that_are_none(self):
        mine, copy = self.reviewed()
        patch = self.make(copy)
        with self.untouched():
            for args, code in ((("--reject", "4.2.1"), 2), (("--reject", "4.2.1= "), 2), (("--reject", "9.9=x"), 4), (("--accept", "4.1.1"), 2), (("--accept", "9", "--reason", "x"), 4)):
                self.lingtan("patch", "apply", mine, patch, "--as", LEADER, *args, code=code)
            self.lingtan("patch", "make", copy, "--as", REVIEWER, code=2)
            self.lingtan("patch", "make", copy, "-o", self.dir / "x", "--since", "round:7", "--as", REVIEWER, code=4)
            self.lingtan("patch", "make", copy, "-o", self.dir / "x", "--since", "abcdef", "--as", REVIEWER, code=4)
            # somebody else's work among it, and none at all
            root = list(bodies(copy))[0]
            self.assert_refused(self.lingtan("patch", "make", copy, "-o", self.dir / "x", "--since", root, "--as", REVIEWER, code=4), "林静")
            self.lingtan("patch", "make", copy, "-o", self.dir / "x", "--as", "别人:reviewer", code=4)
        self.assertFalse((self.dir / "x").exists())

    def test_sixty_six_remarks_are_small(self):
        """Each of some fifty words, on an item with a verdict beside it; made one by one, as a reviewer does."""
        mine, copy = self.reviewed(("remark", "4.1.1", "同意"))
        items = [i["id"] for i in self.document("standard", "t-csus-66-2023")["items"]]
        text = "请按在线终端重算占比，附平台导出的在线清单（含编号与最后上报时间），并说明未接入终端的去向。"
        for n in range(65):
            self.lingtan("remark", copy, items[n % len(items)], "%s（%d）" % (text, n), "--as", REVIEWER)
        patch = self.make(copy)
        shown = self.document("patch", "show", patch)
        self.assertEqual(sum(c["table"] == "remark" and c["group"] == "text" for c in shown["changes"]), 66)
        self.assertLess(patch.stat().st_size, 100000)
        self.apply(mine, patch)
        self.assertEqual(len(self.document("remarks", mine)["remarks"]), 66)

    def test_evidence_comes_only_when_asked_for(self):
        mine = self.new()
        self.set(mine, "4.2.1", "points:8")
        copy = self.folder / "2.lingtan"
        shutil.copy(mine, copy)
        self.attach(copy, "4.2.1", self.write("图.pdf", self.bytes_of(3, 70000)), who="陈工:evaluator")
        self.assert_refused(self.lingtan("patch", "make", copy, "-o", self.dir / "x", "--as", "陈工:evaluator", code=4), "--evidence")
        patch = self.make(copy, "--evidence", who="陈工:evaluator")
        self.apply(mine, patch)
        self.assert_whole(mine)
        self.assertEqual(len(self.document("evidence", mine)["evidence"]), 1)

    def test_bytes_that_were_purged_meanwhile_do_not_come_back(self):
        mine, secret = self.new(), b"a tenant's secret" * 1000
        copy, plan = self.folder / "2.lingtan", self.write("图.pdf", secret)
        shutil.copy(mine, copy)
        self.attach(copy, "4.2.1", plan, who="陈工:evaluator")
        patch = self.make(copy, "--evidence", who="陈工:evaluator")
        self.attach(mine, "4.2.2", plan)
        self.lingtan("purge", mine, digest(secret), "--reason", "涉密", "--as", LEADER)
        self.apply(mine, patch)
        self.assert_whole(mine)
        self.assertEqual([t["item"] for t in self.document("evidence", mine)["ties"]], ["4.2.1", "4.2.2"])
        self.assertFalse(secret[:100] in mine.read_bytes(), "the bytes are in the file again")


class Signed(PatchCase):
    def sign(self, name):
        """Options that sign as a person with a new key."""
        word = self.write("%s.pass" % len(os.listdir(self.dir)), "a passphrase\n")
        home = self.dir / ("keys %d" % len(os.listdir(self.dir)))
        env = dict(self.env, XDG_DATA_HOME=str(home))
        self.lingtan("key", "make", "--as", name, "--passphrase-file", word, env=env)
        return ("--sign", "--passphrase-file", word), env

    def test_the_key_of_the_first_time_counts(self):
        self.env = harness.environment(self.dir, HOME=None, XDG_STATE_HOME=None)
        mine, copy = self.reviewed(("remark", "4.1.1", "同意"))
        base = projects.head(mine)
        own, env = self.sign("周岚:reviewer")
        out = self.dir / "1.patch"
        self.lingtan("remark", copy, "4.2.1", "占比偏高", "--as", REVIEWER, *own, env=env)
        self.lingtan("patch", "make", copy, "--since", base, "-o", out, "--as", REVIEWER, *own, env=env)
        shown = self.document("patch", "show", out)
        self.assertRegex(shown["signed_by"], r"\A[0-9a-f]{64}\Z")
        bad = self.write("bad", out.read_bytes().replace("同意".encode(), "不意".encode()))
        with self.untouched():
            self.lingtan("patch", "apply", mine, bad, "--as", LEADER, code=3)
            self.assert_refused(self.lingtan("patch", "apply", mine, self.write("bad2", out.read_bytes().replace(b"\nat 2", b"\nat 1")), "--as", LEADER, code=4), "签名")
        self.apply(mine, out)
        self.assert_whole(mine)
        # from now on neither without a signature nor with another key
        self.lingtan("remark", copy, "4.2.2", "再看", "--as", REVIEWER)
        plain = self.make(copy, "--since", base)
        other, theirs = self.sign("周岚:reviewer")
        forged = self.dir / "2.patch"
        self.lingtan("patch", "make", copy, "--since", base, "-o", forged, "--as", REVIEWER, *other, env=theirs)
        with self.untouched():
            self.assert_refused(self.lingtan("patch", "apply", mine, plain, "--as", LEADER, code=4), "周岚")
            self.assert_refused(self.lingtan("patch", "apply", mine, forged, "--as", LEADER, code=4), "周岚")
        good = self.dir / "3.patch"
        self.lingtan("patch", "make", copy, "--since", base, "-o", good, "--as", REVIEWER, *own, env=env)
        # nor with one that was revoked since, though no other counts
        late = self.folder / "停用.lingtan"
        shutil.copy(mine, late)
        self.lingtan("key", "revoke", late, shown["signed_by"], "--reason", "电脑遗失", "--as", "认证中心:body")
        with self.untouched():
            self.assert_refused(self.lingtan("patch", "apply", late, good, "--as", LEADER, code=4), "周岚", "停用")
        self.apply(mine, good)
        self.assert_whole(mine)
        # a merge is signed as well
        self.lingtan("remark", mine, "4.2.2", "好", "--as", EVALUATOR)
        self.lingtan("remark", copy, "4.2.2", "好的", "--as", REVIEWER)
        leader, lead = self.sign("管理员:leader")
        self.lingtan("merge", mine, copy, "--as", LEADER, *leader, env=lead)
        (signature,), = projects.query(mine, "SELECT signature FROM entry ORDER BY n DESC LIMIT 1")
        self.assertIsNotNone(signature)
        self.assert_whole(mine)


    def test_a_key_that_the_recorded_one_did_not_sign(self):
        """On a copy from before a person's key was recorded, somebody records another in that name."""
        self.env = harness.environment(self.dir, HOME=None, XDG_STATE_HOME=None)
        mine = self.new()
        copy = self.folder / "副本.lingtan"
        shutil.copy(mine, copy)
        own, env = self.sign(REVIEWER)
        self.lingtan("remark", mine, "4.2.1", "真", "--as", REVIEWER, *own, env=env)
        other, theirs = self.sign(REVIEWER)
        self.lingtan("remark", copy, "4.2.1", "假", "--as", REVIEWER, *other, env=theirs)
        self.lingtan("remark", copy, "4.2.2", "没有签名", "--as", REVIEWER)
        with self.untouched():
            plan = self.merge(mine, copy, code=1)
        self.assertEqual([(c["table"], c["why"]) for c in plan["cells"]], [("signing_key", "exclusive")])
        self.assertEqual(plan["claims"], 1)
        self.assertIn("自称", self.lingtan("merge", mine, copy, "--dry-run", "--as", LEADER, code=1).out)
        self.merge(mine, copy, "--prefer", "mine")
        self.assertEqual(len(self.document("key", "list", mine)["keys"]), 1)
        self.assert_whole(mine)
        # one that the recorded key signed is taken as a matter of course
        shutil.copy(mine, copy)
        (first,) = self.document("key", "list", env=env)["keys"]
        second = self.document("key", "make", "--as", REVIEWER, "--passphrase-file", own[-1], env=env)
        self.lingtan("key", "record", copy, second["public"], "--key", first["public"], "--as", REVIEWER, *own, env=env)
        self.set(mine, "4.2.3", "points:3")
        self.merge(mine, copy)
        self.assertEqual(len(self.document("key", "list", mine)["keys"]), 2)


class Aside(PatchCase):
    def test_a_stick_that_may_not_be_written(self):
        mine, _ = self.reviewed(("remark", "4.1.1", "不要这个"))
        stick = self.dir / "stick"
        stick.mkdir()
        path = stick / "园区.lingtan"
        shutil.copy(mine, path)
        home = harness.environment(self.dir)
        os.chmod(path, 0o444)
        os.chmod(stick, 0o555)
        try:
            with self.untouched(stick):
                self.lingtan("remark", path, "4.2.1", "占比偏高", "--readonly", "--as", REVIEWER, env=home)
                self.lingtan("return", path, "4.2.2", "请重算", "--readonly", "--as", REVIEWER, env=home)
                self.assertEqual(len(self.document("remarks", path, "--readonly", env=home)["remarks"]), 2)
                self.assertEqual(len(self.document("remarks", path, env=home)["remarks"]), 0)
                patch = self.dir / "p"
                self.lingtan("patch", "make", path, "--readonly", "-o", patch, "--since", "round:1", "--as", REVIEWER, env=home)
                # what is no review is refused as before
                self.lingtan("set", path, "4.2.1", "points:1", "--readonly", "--as", REVIEWER, code=5, env=home)
                self.lingtan("patch", "apply", path, patch, "--readonly", "--as", REVIEWER, code=5, env=home)
        finally:
            os.chmod(stick, 0o755)
        self.apply(mine, patch)
        self.assertEqual({r["item"] for r in self.document("remarks", mine)["remarks"]}, {"4.2.1", "4.2.2"})
        self.assertEqual(self.document("rounds", mine)["rounds"][0]["state"], "returned")
        self.assert_whole(mine)


class Refused(PatchCase):
    def refuses(self, path, patch, code, *words):
        with self.untouched():
            self.assert_refused(self.lingtan("patch", "apply", path, patch, "--as", LEADER, "--lang", "en", code=code), *words)

    def test_altered_bytes(self):
        mine, copy = self.reviewed()
        data = self.make(copy).read_bytes()
        lines = data.split(b"\n")
        for name, bad in (("cut", data[:-1]), ("cut2", data[: len(data) // 2]), ("more", data + b"x\n"), ("empty", b""), ("crlf", data.replace(b"\n", b"\r\n")),
                          ("text", data.replace("占比".encode(), "占此".encode(), 1)), ("count", data.replace(b"entries 3", b"entries 2")),
                          ("million", data.replace(b"entries 3", b"entries 1000000")), ("blobs", data.replace(b"blobs 0", b"blobs 1")),
                          ("order", b"\n".join(lines[:9] + [lines[10], lines[9]] + lines[11:])), ("twice", b"\n".join(lines[:10] + lines[9:])),
                          ("magic", data.replace(b"patch 1", b"patch 2", 1)), ("sign", data.replace(b"\nunsigned\n", b"\nsigned " + b"0" * 64 + b" " + b"0" * 128 + b"\n"))):
            self.refuses(mine, self.write(name, bad), 4 if name == "sign" else 3, "signature" if name == "sign" else name)

    def test_altered_evidence(self):
        """The bytes of a file end with a line end, whatever else stands there; one more or one fewer is no patch."""
        mine = self.new()
        self.set(mine, "4.2.1", "points:8")
        copy = self.folder / "2.lingtan"
        shutil.copy(mine, copy)
        self.attach(copy, "4.2.1", self.write("图.pdf", self.bytes_of(3, 70000)), who="陈工:evaluator")
        data = self.make(copy, "--evidence", who="陈工:evaluator").read_bytes()
        at = data.index(b"\nblob ") + 1
        end = data.index(b"\n", at) + 1 + 70000
        rest = data[end:]
        self.assertEqual(rest, b"\nunsigned\n")
        for name, bad in (("end", data[:end] + b" " + rest[1:]), ("noend", data[:end] + rest[1:]), ("stops", data[:end]), ("short", data[: end - 1] + rest),
                          ("size", data.replace(b" 70000\n", b" 69999\n", 1)), ("byte", data[: end - 1] + bytes([data[end - 1] ^ 1]) + rest),
                          ("huge", data.replace(b" 70000\n", b" 18446744073709551615\n", 1))):
            self.refuses(mine, self.write(name, bad), 3, name)
        self.apply(mine, self.write("good", data))
        self.assertEqual(len(self.document("evidence", mine)["evidence"]), 1)

    def test_a_million_entries(self):
        """A patch of 250 MB that holds what it says is refused by its head: neither read nor kept."""
        mine, copy = self.reviewed()
        data = self.make(copy).read_bytes().replace(b"entries 3", b"entries 1000000")
        head, line = data[: data.index(b"{")], data[data.index(b"{") : data.index(b"\n", data.index(b"{")) + 1]
        path = self.write("million", head + line * (1000000 if os.environ.get("LINGTAN_FULL") == "1" else 20000))
        with self.untouched():
            run = self.lingtan("patch", "apply", mine, path, "--as", LEADER, "--lang", "en", code=3, peak=True)
            self.assert_refused(run, "million", "entries", "more than a patch holds")
        self.assertLess(run.kib, 40000)

    def test_what_was_made_up(self):
        mine, copy = self.reviewed()
        patch = self.make(copy)
        key = "%s|evaluator|4.2.2" % A

        def set_field(name, value, of=2):
            return lambda i, body: body.__setitem__(name, value) if i == of else None

        def forge(i, body):
            if i == 2:
                body["changes"] = [["answer", key, "verdict", ["points", "7", ""], ["points", "1", ""]]]

        def stray(table, row, group, values):
            return lambda i, body: body.__setitem__("changes", [[table, row, group, None, values]]) if i == 2 else None
        for name, change, code, word in (
                ("rung", forge, 4, "reviewer"),
                ("author", set_field("by", "林静"), 3, "maker"),
                ("kind", set_field("kind", "merge"), 3, "merge"),
                ("role", set_field("role", "park", 1), 4, "park"),
                ("future", set_field("at", "2126-03-01T14:03:22+08:00"), 4, "2126"),
                ("time", set_field("at", "gestern"), 4, "gestern"),
                ("depth", set_field("depth", 40), 3, "depth"),
                ("project", set_field("project", "0" * 32), 3, "another project"),
                ("undo", set_field("kind", "undo"), 4, "takes something back"),
                ("table", stray("sqlite_schema", "x", "y", ["z"]), 4, "sqlite_schema"),
                ("setting", stray("setting", "separation", "value", ["relaxed"]), 4, "setting"),
                ("bytes", stray("evidence", "1" * 64, "file", ["a", "1", "b", "1" * 64, ""]), 4, "111111111111"),
                ("members", stray("answer", "%s|reviewer|4.2.2" % A, "verdict", ["points", "7"]), 4, "verdict"),
                ("parents", set_field("parents", ["f" * 64], 0), 3, "follow")):
            self.refuses(mine, self.altered(patch, change, name), code, word)
        # an hour is where it is said to be: clocks may differ by a day
        for hours, zone, code in ((20, "+08:00", 0), (28, "-08:00", 4)):
            at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(time.time() + 3600 * (hours + int(zone[:3])))) + zone
            odd = self.altered(patch, set_field("at", at), "zone")
            if code:
                self.refuses(mine, odd, code, at)
            else:
                self.lingtan("patch", "apply", mine, odd, "--dry-run", "--as", LEADER)
        # one whose old value is not what stood there
        wrong = self.altered(patch, lambda i, body: body["changes"][0].__setitem__(3, ["points", "9", ""]) if i == 1 else None, "old")
        self.refuses(mine, wrong, 3, "old value")

    def test_what_another_said_is_not_taken_back(self):
        mine, copy = self.reviewed()
        self.lingtan("remark", mine, "4.2.2", "请看附图", "--as", EVALUATOR)
        shutil.copy(mine, copy)
        said = projects.head(mine)
        turned = [c[:3] + [c[4], c[3]] for c in bodies(mine)[said][1]["changes"]]
        self.lingtan("remark", copy, "4.2.1", "同意", "--as", REVIEWER)
        forged = self.altered(self.make(copy, "--since", said), lambda i, body: body.update(kind="undo", undoes=said, changes=turned), "undo")
        self.refuses(mine, forged, 4, "takes something back")

    def test_who_answered_a_finding_does_not_verify_it(self):
        mine = self.new()
        copy = self.folder / "副本.lingtan"
        finding = lambda path, *words, who: self.lingtan("finding", words[0], path, *words[1:], "--as", who)
        finding(mine, "add", "observation", "事实", "--item", "4.2.1", who=EVALUATOR)
        finding(mine, "answer", "F01", "已改", who=OWNER)
        shutil.copy(mine, copy)
        finding(copy, "verify", "F01", "accepted", "--reason", "看过", who=LEADER)
        patch = self.make(copy, "--since", projects.head(mine), who=LEADER)
        name, other = (who.split(":")[0] for who in (LEADER, OWNER))
        forged = self.altered(patch, lambda i, body: body.update(json.loads(json.dumps(body).replace(json.dumps(name), json.dumps(other)))), "verified")
        forged.write_text(forged.read_text("utf-8").replace("by %s\n" % name, "by %s\n" % other, 1), "utf-8")
        self.refuses(mine, forged, 4, "somebody else must verify it")
        self.apply(mine, patch)

    def test_the_wrong_place(self):
        mine, copy = self.reviewed()
        patch = self.make(copy)
        other = self.new("别的.lingtan")
        self.refuses(other, patch, 4, "another project")
        # a file that has not what the patch follows
        later = self.folder / "后.lingtan"
        shutil.copy(copy, later)
        self.lingtan("remark", later, "4.2.2", "再看", "--as", REVIEWER)
        last = self.make(later, "--since", projects.head(copy))
        self.refuses(mine, last, 4, projects.head(copy)[:12])
        self.refuses(mine, self.dir / "none", 3, "none")
        self.refuses(mine, mine, 3, "no patch of ours")


if __name__ == "__main__":
    harness.main()
