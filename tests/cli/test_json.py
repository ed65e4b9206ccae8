"""With --json every word answers with exactly one document, also those that write a file."""
import harness
import projects
from projects import A, EVALUATOR, LEADER, ProjectCase, file_digest

HEAD = ["id=p", "responsible=示例机构", "title_zh=我方数值", "title_en=Our values"]


class OneDocument(ProjectCase):
    def test_bytes_taken_out(self):
        path, out = self.rich(), self.dir / "取出.pdf"
        said = self.document("extract", path, "用地平衡表.pdf", "-o", out)
        self.assertEqual(set(said), {"sha256", "name", "size", "path"})
        self.assertEqual((said["sha256"], said["name"], said["size"]), (file_digest(out), "用地平衡表.pdf", str(out.stat().st_size)))
        self.assertEqual(said["path"], str(out))
        self.assertIn(said["sha256"][:12], self.lingtan("extract", path, said["sha256"], "-o", self.dir / "2").out)

    def test_bytes_purged(self):
        path = self.rich()
        said = self.document("purge", path, "用地平衡表.pdf", "--reason", "涉密", "--as", LEADER)
        self.assertEqual((said["changed"], said["name"], said["head"]), (True, "用地平衡表.pdf", projects.head(path)))
        self.assertEqual(self.entries(path)[-1]["changes"][0]["key"], said["sha256"])
        self.assertEqual(self.document("verify", path)["purged"], 1)

    def test_a_copy(self):
        path, to = self.rich(), self.dir / "副本.lingtan"
        said, holds = self.document("copy", path, to), self.document("verify", path)
        self.assertEqual(said.pop("path"), str(to))
        self.assertEqual(said.pop("project"), self.document("log", path)["project"])
        self.assertEqual(said, {k: holds[k] for k in ("head", "holds", "entries", "blobs")})
        self.assertIn("副本.lingtan", self.lingtan("copy", path, self.dir / "2副本.lingtan").out)

    def test_a_profile_written_to_a_file(self):
        path, out = self.new(), self.dir / "p.yaml"
        self.lingtan("profile", "set", path, "head", *HEAD, "--as", EVALUATOR)
        self.lingtan("profile", "set", path, "points", "4.2.1", "value=10", "cite=第15页", "--as", EVALUATOR)
        said = self.document("profile", "export", path, "-o", out)
        self.assertEqual((said["id"], said["ruleset"], said["path"]), ("p", projects.CSUS, str(out)))
        self.assertEqual(said["digest"], self.document("profile", "show", path)["digest"])
        self.assertIn("p.yaml", self.lingtan("profile", "export", path, "-o", self.dir / "2p.yaml").out)

    def test_every_word_about_a_project(self):
        path, sheet = self.rich(), self.write("s.yaml", "rung: evaluator\nassessment: %s\nanswers:\n- {item: 4.2.5, points: 3}\n" % A)
        photo, as_reviewer, as_leader = self.write("a.jpg", b"photo"), ["--as", "周岚:reviewer"], ["--as", LEADER]
        words = [["set", path, "4.2.2", "points:5"], ["quantity", path, "land.green_cover", "31", "%", "--year", "2025"], ["import", path, sheet, "--dry-run"], ["import", path, sheet],
                 ["attach", path, "4.2.2", photo, "--locator", "第3页"], ["evidence", path], ["profile", "list", path], ["profile", "set", path, "head", *HEAD], ["profile", "show", path], ["profile", "check", path],
                 ["profile", "pin", path], ["upgrade", path], ["queue", path], ["form"], ["form", "park"], ["show", path, "park"], ["fill", path, "park", "province=广东省"], ["fill", path, "person", "李四", "roles=evaluator", *as_leader],
                 ["remove", path, "person", "李四", *as_leader], ["requests"], ["requests", path, "ask", "all"], ["requests", path], ["remark", path, "4.2.1", "请核对"], ["remarks", path], ["undo", path], ["redo", path],
                 ["submit", path, "--reason", "完成"], ["rounds", path], ["rounds", path, "1"], ["return", path, "4.2.1", "补页码", *as_reviewer], ["see", path, "4.2.1", *as_reviewer], ["take", path, "4.2.1", *as_reviewer],
                 ["signatures", path], ["decisions", path], ["findings", path], ["rungs", path], ["differences", path], ["score", path], ["explain", path], ["gap", path], ["log", path], ["verify", path],
                 ["rescue", path, self.dir / "saved.lingtan"], ["standards"], ["standard", projects.CSUS]]
        for word in words:
            with self.subTest(word=word[0]):
                self.document(*word, *([] if "--as" in word else ["--as", EVALUATOR]))


if __name__ == "__main__":
    harness.main()
