"""Hours of random use, from seeds. Usage: random_use.py LINGTAN [--seconds N] [--seed S] [--keep FOLDER]

Round after round another park, standard, terminal and window: keys and bytes as in storm.py, the end of it by keys, a signal or
a lost terminal, between two starts a word of the command line or another copy merged in, and after each end `verify`. Each round
is drawn from its own seed; a round that fails keeps its keys and its project, and the next begins.
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import string
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "cli")]
import park  # noqa: E402
import projects  # noqa: E402
import screen  # noqa: E402
import storm  # noqa: E402

REAL = ["fujian-offshore-wind", "goldwind-yizhuang", "jd-xian", "sample"]
KEYS_A_ROUND = (200, 1500)
# a word of the command line between two starts; FILE is the project, COPY one of it from before
WORDS = ["score FILE", "ready FILE", "explain FILE", "gap FILE", "log FILE --all", "findings FILE", "inventory FILE", "evidence FILE", "rounds FILE",
         "owes FILE", "coverage FILE", "undo FILE", "redo FILE", "submit FILE", "merge FILE COPY", "diff FILE COPY", "export FILE --format html -o out.html --force",
         "export FILE --format xlsx -o out.xlsx --force", "certificate FILE -o out.pdf --force", "plan FILE", "differences FILE"]


# the commands of the prompt, by their names in the program's own table
COMMANDS = re.findall(r'^\t\{ ?\{ "([^"]+)", "[^"]+" \},$|^\t\{ \{ "([^"]+)", "[^"]+" \}, \{', (screen.TREE / "src/tui/commands.c").read_text("utf-8"), re.M)
COMMANDS = sorted({a or b for a, b in COMMANDS})
# fewer keys than words: what a person does, with what chance takes for the rest
DEEDS = {
    "answer": "next Enter digits Enter", "choose": "next Enter digit", "again": "item Enter digits Enter", "remark": "next F4 text Esc",
    "attach": "next F2 Enter digits Enter Esc", "attach from": "next F2 Tab Tab Enter Down digits Enter Esc", "command": "F9 name Enter some Esc",
    "command to its end": "F9 name Enter digit text Enter Enter Esc", "inventory": "F6 2 down F5 digits Enter down F5 Home S-End digits Enter Esc",
    "review": "F6 4 down digit text Enter Esc", "certificate": "F6 5 digit some Enter", "gap": "F6 3 Tab some", "explain": "next F3 some Esc", "undo": "F8", "redo": "C-r",
    "form": "F9 name Enter down Enter Home S-End text Tab digits Enter F2 Esc", "note": "C-n text Enter Esc", "find": "F7 text Enter", "out": "Esc Esc Esc",
    "quit a window": "Esc Esc digit", "language": "C-t", "help": "F1 some Esc", "files": "F9 收件 Enter some Enter digits Enter Esc",
}


class Round(storm.Storm):
    def __init__(self, lingtan, folder, seed, record, kinds):
        super().__init__(lingtan, folder, seed, record)
        self.kind = self.r.choice(sorted(kinds))
        self.made = kinds[self.kind]
        self.words = 0

    def prepare(self):
        self.project = self.bench.dir / "园区.lingtan"
        shutil.copy(self.made, self.project)
        for file in self.r.sample(sorted(self.made.parent.glob("**/*.*")), 4):  # documents and photos lie about
            if file.suffix in (".pdf", ".jpg", ".csv", ".xlsx", ".txt") and not (self.bench.dir / file.name).exists():
                shutil.copy(file, self.bench.dir / file.name)

    def parts(self, part):
        """What one word of a deed is: a key, or something by chance."""
        r = self.r
        if part == "next":
            return [["key", "F5"]] * r.randint(0, 3)
        if part == "down":
            return [["key", r.choice(["Down", "Up", "PageDown"])]] * r.randint(0, 8)
        if part == "some":
            return [["key", r.choice(storm.NAMED)] for _ in range(r.randint(0, 4))]
        if part[0] in string.ascii_uppercase and len(part) > 1:
            return [["key", part]]
        text = {"digit": lambda: r.choice("12345678"), "digits": lambda: r.choice(["1", "5", "10", "50", "0.5", "7.25", "-3", "99999", "1e5", "０．５"]),
                "text": lambda: storm.draw_text(r), "item": lambda: "%d.%d.%d" % (r.randint(3, 12), r.randint(1, 2), r.randint(1, 9)),
                "name": lambda: r.choice(COMMANDS)}.get(part, lambda: part)()
        return [["send", text.encode("utf-8", "surrogatepass").hex()]]

    def draw_burst(self):
        if self.r.random() < 0.5:
            return super().draw_burst()
        return [action for part in self.r.choice(list(DEEDS.values())).split() for action in self.parts(part)]

    def start_by_chance(self):
        r = self.r
        arguments = [self.project.name] if r.random() < 0.9 else []
        arguments += [flag for flag in ("--mouse", "--no-color", "--no-unicode", "--readonly") if r.random() < 0.15]
        who = r.choice([park.OWNER, park.EVALUATOR, park.EVALUATOR, park.LEADER, park.REVIEWER, park.APPROVER])
        self.start(r.choice(storm.TERMS), r.choice(["zh", "zh", "en"]), r.randint(20, 200), r.randint(6, 70), arguments, who)

    def entries(self):
        return projects.query(self.project, "SELECT count(*) FROM entry")[0][0]

    def no_report(self):
        reports = sorted(self.bench.dir.glob("sanitizer*"))
        if reports:
            raise storm.Broken("a program beside it has failed: %s" % [p.name for p in reports])

    def verify(self):
        super().verify()
        self.no_report()
        copy = self.bench.dir / "copy.lingtan"
        if self.r.random() < 0.3 or not copy.exists():
            shutil.copy(self.project, copy)
        elif self.r.random() < 0.6:
            self.say(self.r.choice(WORDS))
        if self.r.random() < 0.1:
            self.say("merge COPY FILE")

    def say(self, words):
        self.note("say", words)
        self.words += 1
        words = [{"FILE": self.project.name, "COPY": "copy.lingtan"}.get(word, word) for word in words.split()]
        done = subprocess.run([self.bench.lingtan] + words + ["--as", self.r.choice([park.OWNER, park.EVALUATOR, park.REVIEWER])], cwd=str(self.bench.dir),
                              env=self.bench.environment(**self.sanitizers), stdin=subprocess.DEVNULL, capture_output=True, timeout=600)
        if done.returncode not in (0, 1, 2, 3, 4):
            raise storm.Broken("%s\nhas ended with %d\n%s" % (" ".join(words), done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")[-3000:]))
        super().verify()
        self.no_report()


def make_all(lingtan, folder):
    """kind -> a project of it, made once; rounds begin with copies."""
    made = {}

    def bench_of(kind):
        return park.Bench(lingtan, folder / kind, fixed=False)
    made["evidence"] = park.sample_park(bench_of("evidence"))
    made["answers"] = park.sample_park(bench_of("answers"), evidence=False)
    for standard in park.STANDARDS:
        bench = bench_of(standard)
        made[standard] = bench.new("空.lingtan", standard)
    bench = bench_of("all")
    made["all"] = park.sample_park(bench, evidence=False)
    for standard in park.STANDARDS:
        if standard != park.CSUS:
            bench.add(made["all"].name, standard)
    for name in REAL:
        out = folder / name
        out.mkdir()
        subprocess.run(["sh", str(screen.TREE / "parks" / "build.sh"), lingtan, str(out), name], check=True, stdout=subprocess.DEVNULL)
        made[name] = out / (name + ".lingtan")
        sources = screen.TREE / "parks" / name / "sources"
        if sources.is_dir():
            shutil.copytree(sources, out / "sources")
    for kind, file in made.items():  # never fewer than a round takes
        for i in range(4):
            (file.parent / ("%d.txt" % i)).write_text(kind)
    return made


def one_round(lingtan, seed, kinds, keep):
    """Whether it held; tells what it was."""
    keep.mkdir(parents=True, exist_ok=True)
    kept = keep / ("round-%d.jsonl" % seed)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="lingtan-use-") as folder, open(kept, "w", encoding="utf-8") as record:
        play = Round(lingtan, folder, seed, record, kinds)
        what, entries = None, 0
        try:
            play.prepare()
            before = play.entries()
            play.run(play.r.randint(*KEYS_A_ROUND))
            entries = play.entries() - before
        except (storm.Broken, AssertionError, RuntimeError, subprocess.TimeoutExpired) as e:
            what = str(e)
            reports = "\n".join(p.read_text("utf-8", "replace")[:6000] for p in sorted(play.bench.dir.glob("sanitizer*")))
            shown = play.s.shown() if play.s and play.s.process.poll() is None else ""
            shutil.copytree(folder, keep / ("round-%d" % seed), dirs_exist_ok=True)
            print("FAIL  seed %d (%s) after %d keys: %s\n%s\n%s" % (seed, play.kind, play.n_keys, what, reports, shown), flush=True)
        finally:
            if play.s:
                play.s.close()
    if what is None:
        kept.unlink()
        print("ok    seed %d (%s): %d keys and bytes, %d starts, %d words, %d s, %d new entries" % (
            seed, play.kind, play.n_keys, play.n_starts, play.words, time.monotonic() - began, entries), flush=True)
    return what is None, play.n_keys, play.n_starts, play.words, entries


def main():
    parse = argparse.ArgumentParser()
    parse.add_argument("lingtan")
    parse.add_argument("--seconds", type=int, default=int(os.environ.get("LINGTAN_SOAK_SECONDS", "7200")))
    parse.add_argument("--seed", type=int, default=int(os.environ.get("LINGTAN_SOAK_SEED", "1")))
    parse.add_argument("--keep", default=str(screen.TREE / "build" / "random-use"))
    asked = parse.parse_args()
    lingtan, end = os.path.abspath(asked.lingtan), time.monotonic() + asked.seconds
    rounds = failed = 0
    sums = [0, 0, 0, 0]
    with tempfile.TemporaryDirectory(prefix="lingtan-kinds-") as folder:
        kinds = make_all(lingtan, pathlib.Path(folder))
        seed = asked.seed
        while time.monotonic() < end or rounds == 0:
            held, *counts = one_round(lingtan, seed, kinds, pathlib.Path(asked.keep))
            rounds, failed, seed = rounds + 1, failed + (not held), seed + 1
            sums = [a + b for a, b in zip(sums, counts)]
    print("%d s of random use from seed %d: %d rounds, %d keys and bytes, %d starts, %d words, %d new entries, %d rounds failed" % (
        asked.seconds, asked.seed, rounds, *sums, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
