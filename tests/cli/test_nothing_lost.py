"""Nothing that was reported as done is lost, nothing half done is left: random sequences against a model, killed programs, two at
once, power cuts, full disks, clocks set back, broken files.

LINGTAN_KILLS, LINGTAN_CORRUPTIONS and LINGTAN_SEQUENCES say how often (60, 75 and 4); with sanitizers a fifth of it.
"""
import contextlib
import ctypes
import os
import random
import select
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

import harness
import projects
from harness import CSUS, environment, sanitized, sheet
from projects import A, CHUNK, EVALUATOR, LEADER, YEAR, ProjectCase, count, digest

ITEMS = ["4.2.%d" % n for n in range(1, 7)]


class Model:
    """What one evaluator has entered, with the two stacks of undo and redo; knows nothing of journals."""

    def __init__(self):
        self.now, self.done, self.undone = {}, [], []

    def put(self, cell, value):
        self.done.append((cell, self.now.get(cell), value))
        self.undone = []
        self.now[cell] = value

    def undo(self):
        cell, old, new = self.done.pop()
        self.undone.append((cell, old, new))
        self.now[cell] = old

    def redo(self):
        cell, old, new = self.undone.pop()
        self.done.append((cell, old, new))
        self.now[cell] = new

    def sheet(self):
        answers = [{"item": c, "points": v} for c, v in sorted(self.now.items()) if v is not None and c in ITEMS]
        amounts = [{"id": c, "year": YEAR, "value": v, "unit": "tCO2"} for c, v in sorted(self.now.items()) if v is not None and c not in ITEMS]
        return sheet(A, answers, amounts, park_type="production")


class Sequences(ProjectCase):
    def test_random_commands_against_a_model(self):
        for seed in range(count("LINGTAN_SEQUENCES", 4)):
            draw, model = random.Random(seed), Model()
            path = self.new("%d.lingtan" % seed)
            entries, stale = self.entries(path), False
            script = []
            for step in range(25):
                word = draw.choices(["set", "unset", "quantity", "undo", "redo"], [40, 8, 12, 22, 18])[0]
                with self.subTest(seed=seed, step=step, word=word, script=script[-8:]):
                    if word in ("set", "quantity", "unset"):
                        cell = draw.choice(["emission", "offset"] if word == "quantity" else ITEMS)
                        if word == "unset":
                            cell = draw.choice(ITEMS + ["emission"])
                        value = None if word == "unset" else draw.choice([v for v in ("0", "2.5", "4", "7.25", "9", "10") if v != model.now.get(cell)])
                        if value is None and model.now.get(cell) is None:
                            continue
                        if cell in ITEMS:
                            self.set(path, cell, "points:" + value if value is not None else "unset")
                        else:
                            self.quantity(path, cell, value or "unset", *(["tCO2"] if value is not None else []))
                        # what was undone before this may or may not be redone still: the format allows it, so it is not tried
                        stale = stale or bool(model.undone)
                        model.put(cell, value)
                        script.append((cell, value))
                    elif word == "undo":
                        self.lingtan("undo", path, "--as", EVALUATOR, code=0 if model.done else 4)
                        if model.done:
                            model.undo()
                            script.append("undo")
                        else:
                            self.assertEqual(self.entries(path), entries)
                            continue
                    else:
                        if not model.undone and stale:
                            continue
                        self.lingtan("redo", path, "--as", EVALUATOR, code=0 if model.undone else 4)
                        if model.undone:
                            model.redo()
                            script.append("redo")
                        else:
                            self.assertEqual(self.entries(path), entries)
                            continue
                    self.assert_same_score(path, self.write("model.yaml", model.sheet()), "--rung", "evaluator")
                    now = self.entries(path)
                    self.assertEqual(now[:-1], entries)
                    self.assertEqual((now[-1]["by"], now[-1]["depth"]), ("林静", entries[-1]["depth"] + 1))
                    if word in ("undo", "redo"):
                        self.assertIn(now[-1]["undoes"], [e["hash"] for e in entries])
                        undone = [e for e in entries if e["hash"] == now[-1]["undoes"]][0]
                        self.assertEqual(sorted([c["table"], c["key"], c["group"], str(c["new"])] for c in now[-1]["changes"]),
                                         sorted([c["table"], c["key"], c["group"], str(c["old"])] for c in undone["changes"]))
                    else:
                        self.assertIsNone(now[-1]["undoes"])
                    entries = now
            self.assert_holds(path)
            cells = projects.fold(projects.line_of_entries(path))
            self.assertEqual(projects.facts(path, set(cells)), cells)

    def test_two_people_in_turn(self):
        """Each has undo and redo of his own; what one does never takes back what the other did."""
        for seed in range(count("LINGTAN_SEQUENCES", 4)):
            draw = random.Random(1000 + seed)
            path = self.new("%d.lingtan" % seed)
            people = {EVALUATOR: (Model(), ITEMS[:3]), "王工:evaluator": (Model(), ITEMS[3:])}
            for step in range(20):
                who = draw.choice(list(people))
                model, items = people[who]
                word = draw.choice(["set", "set", "undo"])
                with self.subTest(seed=seed, step=step, who=who, word=word):
                    if word == "set":
                        item = draw.choice(items)
                        value = draw.choice([v for v in ("1", "3", "5", "7.5") if v != model.now.get(item)])
                        self.set(path, item, "points:" + value, who=who)
                        model.put(item, value)
                    else:
                        self.lingtan("undo", path, "--as", who, code=0 if model.done else 4)
                        if model.done:
                            model.undo()
                    both = Model()
                    for m, _ in people.values():
                        both.now.update(m.now)
                    self.assert_same_score(path, self.write("model.yaml", both.sheet()), "--rung", "evaluator")
            self.assert_holds(path)


class Programs(ProjectCase):
    """Runs several at once."""

    def start(self, *args, env=None):
        return subprocess.Popen([harness.PROGRAM] + [str(a) for a in args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=env or environment(self.dir), cwd=str(self.dir))

    def elsewhere(self):
        """Another machine's memory: what is tried out on a copy of a project is not remembered as its newest state."""
        return environment(self.dir, XDG_STATE_HOME=self.dir / "elsewhere")

    def ended(self, running):
        codes = []
        for p in running:
            out, err = p.communicate(timeout=120)
            self.assertIn(p.returncode, (0, 5), err.decode("utf-8", "replace"))
            if p.returncode == 5:
                self.assertNotEqual(err.strip(), b"")
            codes.append(p.returncode)
        self.assertIn(0, codes, "nobody got through")
        return codes


class Together(Programs):
    def test_fifty_answers_at_once(self):
        path = self.new()
        items = [i["id"] for i in self.document("standard", CSUS)["items"] if i["form"] == "points"][:50]
        self.assertEqual(len(items), 50)
        codes = self.ended([self.start("set", path, item, "points:1", "--as", "%d号:evaluator" % n) for n, item in enumerate(items)])
        entries = self.entries(path)
        kept = {c["key"].split("|")[-1]: e["by"] for e in entries for c in e["changes"] if c["table"] == "answer"}
        for n, (item, code) in enumerate(zip(items, codes)):
            with self.subTest(item=item):
                self.assertEqual(item in kept, code == 0)
                if code == 0:
                    self.assertEqual(kept[item], "%d号" % n)
        answers = [{"item": i, "points": "1"} for i in items if i in kept]
        self.assert_same_score(path, self.write("s.yaml", sheet(A, answers, park_type="production")), "--rung", "evaluator")
        self.assertEqual([e["depth"] for e in entries], list(range(entries[0]["depth"], entries[0]["depth"] + len(entries))))
        self.assert_holds(path)

    def test_one_item_by_many(self):
        path = self.new()
        codes = self.ended([self.start("set", path, "4.2.1", "points:%d" % (n % 10), "--as", "%d号:evaluator" % n) for n in range(20)])
        cells = projects.fold(projects.line_of_entries(path))
        self.assertEqual(projects.facts(path, set(cells)), cells)
        self.assertLessEqual(len([e for e in self.entries(path) if e["kind"] == "set"]), codes.count(0))
        self.assert_holds(path)

    def test_one_file_attached_by_many(self):
        path = self.new()
        data = self.bytes_of(1, 3 * CHUNK)
        photo = self.write("photo.jpg", data)
        codes = self.ended([self.start("attach", path, item, photo, "--locator", "第%d页" % n, "--as", "%d号:evaluator" % n) for n, item in enumerate(ITEMS * 2)])
        self.assertEqual(projects.query(path, "SELECT count(*) FROM blob WHERE sha256 = ?", digest(data)), [(1,)])
        ties = [d for d in projects.dicts_of(self.document("evidence", path)["ties"]) if d.get("sha256") == digest(data)]
        self.assertEqual(len(ties), codes.count(0))
        self.assert_holds(path)

    def test_readers_while_somebody_writes(self):
        path = self.new()
        writers = [self.start("set", path, "4.2.1", "points:%d" % (n % 9 + 1), "--as", "%d号:evaluator" % n) for n in range(15)]
        for _ in range(10):
            result = self.document("score", path, "--rung", "evaluator", limits=False)
            self.assertEqual(len(result["sections"]), len(self.document("score", path, "--rung", "self", limits=False)["sections"]))
            self.assert_holds(path, limits=False)
        self.ended(writers)
        self.assert_holds(path)

    def test_another_writer_is_said(self):
        path = self.new()
        self.set(path, "4.2.1", "points:5")
        before = self.document("score", path)
        with projects.held(path, "BEGIN IMMEDIATE"), self.untouched():
            self.assert_refused(self.set(path, "4.2.1", "points:6", code=5, limits=False), path.name)
            self.assertEqual(self.document("score", path, limits=False), before)
        with projects.held(path, "BEGIN EXCLUSIVE"), self.untouched():
            self.assert_refused(self.lingtan("score", path, code=5, limits=False), path.name)
        self.set(path, "4.2.1", "points:6")
        self.assert_holds(path)


class FirstWrite:
    """Waits for the first write of a command: to the journal that SQLite has beside the file before it changes a page."""

    def __init__(self, folder):
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        in_modify, in_create = 0x2, 0x100
        if self.fd < 0 or libc.inotify_add_watch(self.fd, os.fsencode(folder), in_modify | in_create) < 0:
            raise OSError(ctypes.get_errno(), "inotify")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.fd)

    def came(self, running):
        """Whether it came before the program ended."""
        ended = os.pidfd_open(running.pid)
        try:
            while True:
                ready, _, _ = select.select([self.fd, ended], [], [], 60)
                if self.fd not in ready or b"-journal" in os.read(self.fd, 65536):
                    return self.fd in ready
        finally:
            os.close(ended)


class Killed(Programs):
    def lengths(self, *words):
        """How long a command takes here, in seconds, and how long from its first write on."""
        whole, writing = [], []
        for n in range(3):
            folder = self.dir / "timed"
            folder.mkdir()
            shutil.copyfile(self.path, folder / "timed.lingtan")
            words_here = [folder / "timed.lingtan" if w is self.path else w for w in words]
            code, wrote, ran, after = self.run_until(words_here, None, folder, self.elsewhere())
            self.assertTrue(code == 0 and wrote, "it wrote nothing: %s" % " ".join(map(str, words)))
            whole.append(ran)
            writing.append(after)
            shutil.rmtree(folder)
        return [statistics.median(whole), statistics.median(writing)]

    def run_until(self, words, kill, folder, env):
        """Runs a command, and kills it that long after its start ("start", s) or after its first write ("write", s). Tells how it
        ended, whether it got as far as its first write, how long it ran, and how long from there."""
        with FirstWrite(folder) as first, tempfile.TemporaryFile() as told:
            start = time.monotonic()
            running = subprocess.Popen([harness.PROGRAM] + [str(w) for w in words], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                       stderr=told, env=env, cwd=str(self.dir))
            try:
                wrote = (not kill or kill[0] == "write") and first.came(running)
                since = time.monotonic()
                until = start + 60 if not kill or kill[0] == "write" and not wrote else (since if wrote else start) + kill[1]
                # what waits with a timeout counts in milliseconds, and a command writes for less than one where a flush is free
                time.sleep(max(0, min(until - time.monotonic() - 0.001, 1 if kill else 0)))
                while running.poll() is None and time.monotonic() < until:
                    pass
            finally:
                running.kill()
                running.wait()
            end = time.monotonic()
            told.seek(0)
            self.assertIn(running.returncode, (0, 4, -signal.SIGKILL), told.read())
        return running.returncode, wrote, end - start, end - since

    def test_at_any_moment(self):
        """SIGKILL spread over 0 to 1.5 times the length of set, attach and undo, and a third of them over the time between the first
        write and the end, those that came too late a little earlier once more: either it happened or it did not."""
        self.path = path = self.new()
        self.set(path, "4.2.1", "points:5")
        kills = count("LINGTAN_KILLS", 60)
        words = {"set": ["set", path, "4.2.1", "points:7", "--as", EVALUATOR], "attach": ["attach", path, "4.2.1", self.write("timed.jpg", self.bytes_of(99, 8 * CHUNK)), "--locator", "第3页", "--as", EVALUATOR],
                 "undo": ["undo", path, "--as", EVALUATOR]}
        length = {word: self.lengths(*command) for word, command in words.items()}
        draw, killed, finished, writing, planned = random.Random(11), 0, 0, 0, 0
        entries, todo, runs, again = self.entries(path), list(range(kills)), 0, {}
        first = path.read_bytes()
        while todo:
            n, runs = todo.pop(0), runs + 1
            if runs % 100 == 0:
                # from the beginning again: verify reads every photo that is in it
                for left in list(self.folder.iterdir()) + list(self.dir.glob("*.jpg")):
                    left.unlink()
                shutil.rmtree(self.dir / "state")
                path.write_bytes(first)
                entries = self.entries(path)
            word = ("set", "attach", "undo")[n % 3]
            if word == "attach":
                words[word][3] = self.write("%d.jpg" % runs, self.bytes_of(runs, 8 * CHUNK + runs))
            if word == "set":
                # what it is already would write nothing
                words[word][3] = draw.choice([v for v in ("points:1", "points:2", "points:4", "points:8", "points:0.5", "points:6.5") if not self.same_value(entries, v)])
            tries = again[n] = again.get(n, 0) + 1
            while_writing = n // 3 % 3 == 2
            planned += while_writing and tries == 1
            at = ((n // 3) + draw.random()) / max(1, kills // 3)
            # one that came too late is tried once more, a little earlier
            kill = ("write", at * length[word][1] * 0.8 ** (tries - 1)) if while_writing else ("start", 1.5 * at * length[word][0])
            with self.subTest(kill=n, word=word, after=kill[0], delay=round(kill[1], 4)):
                code, wrote, ran, after = self.run_until(words[word], kill, self.folder, environment(self.dir))
                # how long a command takes is what it took last: the machine is busy now and idle then
                of, took = (1, after) if while_writing else (0, ran)
                if code == 0 and (wrote or not while_writing):
                    length[word][of] += (took - length[word][of]) / 4
                elif code < 0 and took > length[word][of]:
                    length[word][of] = 1.1 * took
                if code >= 0 and while_writing and tries < 20:
                    todo.insert(0, n)
                killed += code < 0
                finished += code == 0
                writing += code < 0 and wrote
                self.assert_holds(path)
                now = self.entries(path)
                self.assertEqual(now[:len(entries)], entries, "what was there is not there any more")
                self.assertLessEqual(len(now), len(entries) + 1)
                if code == 0 and not (word == "set" and self.same_value(entries, words[word][3])):
                    self.assertEqual(len(now), len(entries) + 1, "reported as done and not there")
                    if word == "attach":
                        self.assertEqual(digest(projects.stored(path, projects.file_digest(words[word][3]))), projects.file_digest(words[word][3]))
                cells = projects.fold(projects.line_of_entries(path))
                self.assertEqual(projects.facts(path, set(cells)), cells)
                if code == 4:
                    # what there was to undo was killed
                    self.assertEqual((word, now), ("undo", entries))
                    self.set(path, "4.2.2", "points:%d" % (runs % 9))
                    now = self.entries(path)
                entries = now
        print("%d kills in %d runs: %d killed, of them %d between the first write and the end; %d finished" % (kills, runs, killed, writing, finished))
        self.assertGreater(finished, 0, "nothing was finished in time")
        self.assertGreater(killed - writing, 0, "nothing was killed in time")
        self.assertGreaterEqual(10 * writing, 9 * planned, "too few were killed between the first write and the end")
        # and it goes on as if nothing had been
        self.set(path, "4.2.6", "points:9")
        self.assert_holds(path)
        self.assertEqual([p.name for p in self.folder.iterdir() if p.name != path.name and p.stat().st_size], [])

    @staticmethod
    def same_value(entries, result):
        value = None
        for e in entries:
            for c in e["changes"]:
                if c["table"] == "answer" and c["group"] == "verdict" and c["key"].endswith("|4.2.1"):
                    value = c["new"]
        return value is not None and value[1] == result.partition(":")[2]

    def test_new_and_copy(self):
        """A new project, or a copy, is there as a whole or not at all; what is left of it can be done again."""
        self.path = path = self.rich()
        commands = {"new": lambda to: ["new", to, "--park", "x", "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", YEAR, "--as", LEADER], "copy": lambda to: ["copy", path, to]}
        kills = max(6, count("LINGTAN_KILLS", 60) // 3)
        for n in range(kills):
            word = ("new", "copy")[n % 2]
            if n < 2:
                start = time.monotonic()
                self.start(*commands[word](self.dir / ("timed-" + word))).communicate(timeout=60)
                setattr(self, word + "_s", time.monotonic() - start)
            to = self.dir / "to" / ("%d.lingtan" % n)
            to.parent.mkdir(exist_ok=True)
            with self.subTest(kill=n, word=word):
                running = self.start(*commands[word](to))
                try:
                    running.communicate(timeout=1.5 * getattr(self, word + "_s") * n / kills)
                except subprocess.TimeoutExpired:
                    running.send_signal(signal.SIGKILL)
                    running.communicate()
                if running.returncode == 0:
                    self.assert_holds(to)
                elif to.exists():
                    # half of it must not pass for a project
                    run = self.lingtan("verify", to, code=(0, 1, 3))
                    if run.code == 0:
                        self.document("score", to)
                self.assert_holds(path)


class Broken(Programs):
    def spoil(self, data, draw):
        """One way in which a file breaks: some bytes, a page, the end."""
        data = bytearray(data)
        kind = draw.randrange(6)
        if kind < 3:
            for _ in range((1, 3, 40)[kind]):
                at = draw.randrange(len(data))
                data[at] ^= 1 << draw.randrange(8)
        elif kind == 3:
            del data[draw.randrange(len(data)):]
        elif kind == 4:
            at = draw.randrange(0, len(data), 512)
            data[at:at + 512] = bytes(512)
        else:
            at, other = draw.randrange(0, len(data) - 4096, 4096), draw.randrange(0, len(data) - 4096, 4096)
            data[at:at + 4096] = data[other:other + 4096]
        return bytes(data)

    def read(self, path, sha):
        """What each reading word says: (exit code, document); documents only of those that ended with 0."""
        found = {}
        for name, words in (("verify", ["verify", path]), ("score", ["score", path, "--rung", "evaluator"]), ("log", ["log", path]), ("evidence", ["evidence", path])):
            run = self.lingtan(*words, "--json", code=(0, 1, 3, 4, 5))
            found[name] = (run.code, run.json() if run.code == 0 else None)
        out = self.dir / "out"
        out.unlink(missing_ok=True)
        run = self.lingtan("extract", path, sha, "-o", out, code=(0, 1, 3, 4, 5))
        found["extract"] = (run.code, projects.file_digest(out) if run.code == 0 else None)
        return found

    def test_bytes_pages_and_ends(self):
        """Never a crash; a reader that says 0 reads what was there, or verify has told."""
        path = self.rich()
        whole = path.read_bytes()
        sha = digest(self.bytes_of(1, CHUNK + 5000))
        right = self.read(path, sha)
        self.assertEqual({code for code, _ in right.values()}, {0})
        bad = self.folder / "坏.lingtan"
        noticed = 0
        for n in range(count("LINGTAN_CORRUPTIONS", 75)):
            with self.subTest(corruption=n):
                data = self.spoil(whole, random.Random(n))
                bad.write_bytes(data)
                found = self.read(bad, sha)
                noticed += found["verify"][0] != 0
                for word, (code, said) in found.items():
                    if code == 0:
                        self.assertEqual(said, right[word][1], "%s ends with 0 and reads something else; verify ended with %d" % (word, found["verify"][0]))
                if n % 5 == 0:
                    bad.write_bytes(data)
                    env = self.elsewhere()
                    self.lingtan("set", bad, "4.2.6", "points:4", "--as", EVALUATOR, code=(0, 1, 3, 4, 5), env=env)
                    self.lingtan("undo", bad, "--as", EVALUATOR, code=(0, 1, 3, 4, 5), env=env)
                    bad.write_bytes(data)
                    to = self.dir / "rescued.lingtan"
                    to.unlink(missing_ok=True)
                    self.lingtan("rescue", bad, to, code=(0, 1, 3, 4, 5), env=env)
                    self.assertEqual(bad.read_bytes(), data, "rescue changed what it rescued")
                    if to.exists():
                        self.lingtan("verify", to, code=(0, 1), env=env)
                        self.document("log", to, env=env)
                for left in self.folder.glob("坏.lingtan-*"):
                    left.unlink()
        self.assertGreater(noticed, 0)

    def test_bytes_that_people_entered(self):
        """One byte of an answer, a remark, an entry or a name changed wherever it stands in the file: verify never passes it."""
        path = self.rich()
        whole = path.read_bytes()
        sha = digest(self.bytes_of(1, CHUNK + 5000))
        right = self.read(path, sha)
        bad = self.folder / "坏.lingtan"
        tries = 0
        for word in ("分区管控符合", "points", "land.green_cover", "林静", "用地平衡表.pdf", "12000000", "evaluator", sha):
            at, found = -1, []
            while (at := whole.find(word.encode(), at + 1)) >= 0:
                found.append(at)
            draw = random.Random(word)
            for at in draw.sample(found, min(len(found), 2 if sanitized() else 8)):
                tries += 1
                data = bytearray(whole)
                data[at + draw.randrange(len(word.encode()))] ^= 1 << draw.randrange(4)
                bad.write_bytes(data)
                with self.subTest(word=word, at=at):
                    run = self.lingtan("verify", bad, "--json", code=(0, 1, 3))
                    if run.code == 0:
                        # what is left over of a deleted row may change: nobody reads it
                        found_now = self.read(bad, sha)
                        self.assertEqual({k: v[1] for k, v in found_now.items()}, {k: v[1] for k, v in right.items()})
        self.assertGreater(tries, 10)

    def test_a_journal_cut_short(self):
        """A file with half a change in it whose journal is cut off somewhere: taken back as a whole, or verify tells."""
        path = self.rich()
        before = [self.document("score", path), self.document("log", path)]
        torn = self.folder / "断电.lingtan"
        projects.make_hot(path, torn)
        journal = (self.folder / (torn.name + "-journal")).read_bytes()
        whole = torn.read_bytes()
        for n in range(count("LINGTAN_CORRUPTIONS", 75) // 10):
            cut = random.Random(n).randrange(len(journal))
            with self.subTest(cut=cut):
                torn.write_bytes(whole)
                with open(str(torn) + "-journal", "wb") as f:
                    f.write(journal[:cut])
                found = self.lingtan("verify", torn, "--json", code=(0, 1, 3))
                if found.code == 0:
                    self.assertEqual([self.document("score", torn), self.document("log", torn)], before)
                for left in self.folder.glob("断电.lingtan-*"):
                    left.unlink()


class Full(ProjectCase):
    def stick(self, size):
        return self.mount("-t", "tmpfs", "-o", "size=%d" % size, "none")

    def test_no_space_left(self):
        stick = self.stick(4 << 20)
        path = self.new(stick / "p.lingtan")
        self.set(path, "4.2.1", "points:5")
        before = self.state(path)
        big = self.write("large.mp4", self.bytes_of(1, 6 << 20))
        self.assert_refused(self.attach(path, "4.2.1", big, code=5), "p.lingtan")
        self.assertEqual(self.state(path), before)
        self.assert_holds(path)
        # not one page more
        filler = stick / "filler"
        with contextlib.suppress(OSError), open(filler, "wb", buffering=0) as f:
            while True:
                f.write(b"x" * 4096)
        for words in (["set", path, "4.2.2", "points:5", "--remark", "长" * 3000], ["set", path, "4.2.1", "points:6"], ["undo", path], ["submit", path, "--reason", "完成"]):
            with self.subTest(word=words[0]):
                self.assert_refused(self.lingtan(*words, "--as", EVALUATOR, code=5), "p.lingtan")
                self.assertEqual(self.document("score", path), before[1])
        self.assert_refused(self.lingtan("new", stick / "n.lingtan", "--park", "x", "--standard", CSUS, "--stage", "operation", "--type", "production", "--year", YEAR, code=5), "n.lingtan")
        self.assertFalse((stick / "n.lingtan").exists())
        self.lingtan("copy", path, stick / "c.lingtan", code=5)
        self.assertFalse((stick / "c.lingtan").exists())
        filler.unlink()
        self.assertEqual(self.state(path), before)
        self.set(path, "4.2.1", "points:6")
        self.assert_holds(path)

    def test_extract_to_a_full_disk(self):
        path = self.new()
        data = self.bytes_of(1, 3 << 20)
        self.attach(path, "4.2.1", self.write("large.mp4", data))
        stick = self.stick(1 << 20)
        self.lingtan("extract", path, digest(data), "-o", stick / "out", code=5)
        self.assertFalse((stick / "out").exists(), "half a file is left")

    def test_no_space_in_the_state_folder(self):
        path = self.new(env=environment(self.dir, XDG_STATE_HOME=self.dir / "other"))
        state = self.stick(64 << 10)
        with contextlib.suppress(OSError), open(state / "filler", "wb", buffering=0) as f:
            while True:
                f.write(b"x" * 4096)
        self.set(path, "4.2.1", "points:5", env=environment(self.dir, XDG_STATE_HOME=state))
        self.assertEqual(self.entries(path)[-1]["kind"], "set")
        self.assert_holds(path)


class Clock(ProjectCase):
    def test_set_back_it_changes_nothing(self):
        """The clock is a remark, never an order."""
        path = self.new(env=self.clock(0))
        values = []
        for n, days in enumerate((0, 3000, -4000, 10, -1, -9000, 0)):
            self.set(path, "4.2.1", "points:%d" % (n + 1), env=self.clock(days))
            values.append("%d" % (n + 1))
            self.assertEqual(self.document("explain", path, "4.2.1")["low"], values[-1])
            self.assert_holds(path)
        entries = self.entries(path)
        self.assertEqual([e["depth"] for e in entries], list(range(entries[0]["depth"], entries[0]["depth"] + len(entries))))
        years = [int(e["at"][:4]) for e in entries[1:]]
        self.assertGreater(years[1], years[2], "the preloaded clock reached the program")
        for days, value in zip((-5000, 5000, 1), values[-2::-1]):
            self.lingtan("undo", path, "--as", EVALUATOR, env=self.clock(days))
            self.assertEqual(self.document("explain", path, "4.2.1")["low"], value)
        self.lingtan("redo", path, "--as", EVALUATOR, env=self.clock(-20000))
        self.assertEqual(self.document("explain", path, "4.2.1")["low"], values[-3])
        self.assert_holds(path)

    def test_times_that_no_calendar_has(self):
        path = self.new()
        for n, days in enumerate((-30000, 80000, 2000000)):
            with self.subTest(days=days):
                self.set(path, "4.2.1", "points:%d" % (n + 1), env=self.clock(days))
                self.assert_holds(path)
                self.lingtan("log", path)


if __name__ == "__main__":
    harness.main()
