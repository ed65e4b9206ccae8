"""The commands of README run as they stand, in their order, in a folder that has only the tree; what its comments say of a figure is
what is printed."""
import os
import re
import subprocess

import harness
from harness import TREE, Case, environment, sanitized

# a question whose answer may be no: 1
ASKS = ("lingtan ready ", "lingtan merge mine.lingtan theirs.lingtan --dry-run", "lingtan photos ", "lingtan inventory ", "lingtan verify 证书样张.pdf ")
# what needs a person at a terminal
SCREENS = re.compile(r"lingtan( --readonly)?( \S+\.lingtan| \$F --assessment \$A)?$")


def commands():
    """[(the command, what its comment says)] of README."""
    text = (TREE / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.M | re.S):
        for line in block.splitlines():
            command, _, says = line.partition("  #") if not re.search(r"\S #", line) else line.partition(" #")
            if not command.startswith("make "):
                yield command.strip(), says


class Readme(Case):
    def test_every_command_runs(self):
        if sanitized():
            self.skip("the same words as in the other scripts")
        tree = self.dir / "tree"
        (tree / "build").mkdir(parents=True)
        for name in ("parks", "rulesets", "tests", "screenshots"):
            (tree / name).symlink_to(TREE / name)
        (tree / "build" / "release").symlink_to(os.path.dirname(os.path.realpath(harness.PROGRAM)))
        secret = self.write("secret", "correct horse\n")
        script, told = [], []
        for command, says in commands():
            if SCREENS.fullmatch(command):
                continue
            told.append((command, says))
            if "--sign" in command:
                command += " --passphrase-file %s" % secret
            command = re.sub(r"(key make --as \S+?)(;|$)", r"\1 --passphrase-file %s\2" % secret, command)
            script.append("%s\necho \"@@@$?\"" % command)
        done = subprocess.run(["bash", "-c", "exec 2>&1\n" + "\n".join(script)], cwd=str(tree), env=environment(self.dir), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, timeout=300)
        said = re.findall(r"(.*?)^@@@(\d+)\n", done.stdout.decode("utf-8"), re.M | re.S)
        self.assertEqual(len(said), len(told))
        self.assertGreater(len(told), 100)
        for (command, says), (output, code) in zip(told, said):
            with self.subTest(command=command):
                self.assertIn(int(code), (0, 1) if command.startswith(ASKS) else (0,), output[-600:])
                for figure in re.findall(r"总分 \S+~[\d.]+|签名成立", says):
                    self.assertIn(re.sub(r"\s+", " ", figure), re.sub(r"\s+", " ", output))


if __name__ == "__main__":
    harness.main()
