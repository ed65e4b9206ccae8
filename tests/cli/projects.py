"""What the tests of project files share: making and changing projects, reading their journal without the program, breaking them.

Nothing here asks the program what its own file means: entries are hashed, folded and compared with the fact tables by Python
alone, from journal.md and db/schema.sql.
"""
import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

from harness import CSUS, RULESETS, SAMPLES, Case, environment, sanitized, sheet

PARK_NAME = "云澜湾示例园区"
# One person does not climb two rungs, so every rung has its own.
LEADER, EVALUATOR, OWNER, REVIEWER, APPROVER = "管理员:leader", "林静:evaluator", "何园:park", "周岚:reviewer", "许宁:approver"
YEAR = "2025"
A, PLANNING = CSUS + "/operation/" + YEAR, CSUS + "/planning/" + YEAR
# standard -> (stage, park type) of the samples
SUBJECT = {"ndrc-910-2025": (None, None), "t-cers-2025": ("operation", None), "t-csus-66-2023": ("operation", "production"),
           "t-ipif-2023": (None, "industrial"), "t-seesa-2024": ("operation", None)}
MEMBERS = ["v", "project", "parents", "depth", "kind", "by", "role", "at", "command", "reason", "undoes", "changes", "rejects"]
SHOWN = ["hash", "depth", "kind", "by", "role", "at", "command", "reason", "undoes", "changes"]
CHUNK = 256 * 1024
# a scored result, without where it was read from
PLACE = ("rung", "ruleset_from", "shadows_built_in")
# what only a sheet says about evidence: a project holds the evidence itself
SHEET_ONLY = ("evidence", "locator")


def count(name, default):
    """How often a test that draws is repeated: by the environment, else by default; sanitizers take a fifth."""
    times = int(os.environ.get(name, default))
    return max(5, times // 5) if sanitized() else times


def digest(data):
    return hashlib.sha256(data).hexdigest()


def file_digest(path):
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for part in iter(lambda: f.read(1 << 20), b""):
            h.update(part)
    return h.hexdigest()


# ---- sheets -------------------------------------------------------------------------------------------------------

PAIR = re.compile(r'([a-z_]+): ("(?:[^"\\]|\\.)*"|[^,}]*)')


def read_sheet(text):
    """The sheet as a dict, for the plain form of tests/sample (one entry a line; no YAML module needed)."""
    found, entries = {}, None
    for line in text.splitlines():
        if line.startswith("- {"):
            entries.append({k: json.loads(v) if v.startswith('"') else v.strip() for k, v in PAIR.findall(line[3:line.rindex("}")])})
        elif line and not line.startswith("#"):
            key, _, value = line.partition(":")
            value = value.partition(" #")[0].strip()
            if value and value != "[]":
                found[key] = json.loads(value) if value.startswith('"') else value
            else:
                entries = found[key] = []
    return found


def sample(name):
    return read_sheet((SAMPLES / (name + ".yaml")).read_text("utf-8"))


# ---- reading a project without the program ------------------------------------------------------------------------

def connect(path, write=False):
    """A connection that takes what it gets: constraints are for the program to keep."""
    db = sqlite3.connect("file:%s?mode=%s" % (str(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23"), "rw" if write else "ro"),
                         uri=True, isolation_level=None, timeout=10)
    if write:
        db.execute("PRAGMA ignore_check_constraints = ON")
    return db


def query(path, sql, *values):
    with contextlib.closing(connect(path)) as db:
        return db.execute(sql, values).fetchall()


def change(path, sql, *values):
    """Writes behind the program's back; how many rows it touched."""
    with contextlib.closing(connect(path, write=True)) as db:
        return db.execute(sql, values).rowcount


def tables(path):
    return [r[0] for r in query(path, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")]


def columns(path, table):
    """(name, place in the primary key or 0) of each column; without a primary key, in the one unique index."""
    found = [(r[1], r[5]) for r in query(path, 'PRAGMA table_info("%s")' % table)]
    if not any(pk for _, pk in found):
        index = [r[1] for r in query(path, 'PRAGMA index_list("%s")' % table) if r[2]][0]
        place = {r[2]: r[0] + 1 for r in query(path, 'PRAGMA index_info("%s")' % index)}
        found = [(c, place.get(c, 0)) for c, _ in found]
    return found


def bodies(path):
    """hash -> (body, what it says), as they lie in the file."""
    return {h: (body, json.loads(body)) for h, body in query(path, "SELECT hash, body FROM entry")}


def head(path):
    """The last entry: parents come before their children."""
    (row,) = query(path, "SELECT hash FROM entry ORDER BY n DESC LIMIT 1")
    return row[0]


def line_of_entries(path):
    """The first-parent line, root first."""
    all_of = bodies(path)
    line, h = [], head(path)
    while h is not None:
        line.append((h, all_of[h][1]))
        h = all_of[h][1]["parents"][0] if all_of[h][1]["parents"] else None
    return line[::-1]


def fold(line):
    """What the entries say, (table, key, group) -> members; fails where an old value does not hold."""
    cells = {}
    for h, body in line:
        for c in body["changes"]:
            where = tuple(c[:3])
            old, new = c[3], c[4]
            if cells.get(where) != old:
                raise AssertionError("entry %s: %s held %s and not %s" % (h[:8], where, cells.get(where), old))
            cells[where] = new
    return {k: v for k, v in cells.items() if v is not None}


def facts(path, names):
    """What the fact tables say, in the same form, for the tables and groups that occur in names."""
    cells = {}
    for table in sorted({n[0] for n in names}):
        cols = columns(path, table)
        key = [c for c, pk in sorted(((c, pk) for c, pk in cols if pk), key=lambda x: x[1])]
        groups = {g: [c for c, pk in cols if not pk and c.startswith(g + "_")] for g in {n[2] for n in names if n[0] == table}}
        for row in query(path, 'SELECT %s FROM "%s"' % (", ".join('"%s"' % c for c, _ in cols), table)):
            row = dict(zip([c for c, _ in cols], row))
            for group, members in groups.items():
                values = [row[m] for m in members]
                if any(v is not None for v in values):
                    cells[(table, "|".join(row[k] for k in key), group)] = values
    return cells


def escape(text, beyond):
    """A string as a body writes it: only \\", \\\\ and \\u00xx."""
    out = []
    for c in text:
        n = ord(c)
        if c in '"\\':
            out.append("\\" + c)
        elif n < 32 or (beyond and 127 <= n < 160):
            out.append("\\u%04x" % n)
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def canonical(value, beyond=False):
    """The one way of writing a body; beyond: control characters above ASCII are escaped too (the format leaves that open)."""
    if isinstance(value, dict):
        return "{" + ",".join(escape(k, beyond) + ":" + canonical(v, beyond) for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(v, beyond) for v in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise AssertionError("a body holds strings, integers and null, not %r" % (value,))
    return str(value) if isinstance(value, int) else escape(value, beyond)


def stored(path, sha256):
    """The bytes of a blob, from its chunks."""
    return b"".join(r[0] for r in query(path, "SELECT c.data FROM chunk c JOIN blob b ON b.id = c.blob WHERE b.sha256 = ? ORDER BY c.n", sha256))


def strings_of(value):
    """Every string of a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for k, v in value.items():
            yield k
            yield from strings_of(v)
    elif isinstance(value, list):
        for v in value:
            yield from strings_of(v)


def dicts_of(value):
    if isinstance(value, dict):
        yield value
        for v in value.values():
            yield from dicts_of(v)
    elif isinstance(value, list):
        for v in value:
            yield from dicts_of(v)


def without(value, names):
    if isinstance(value, dict):
        return {k: without(v, names) for k, v in value.items() if k not in names}
    if isinstance(value, list):
        return [without(v, names) for v in value]
    return value


def make_hot(path, to):
    """Copies a project as a power cut leaves it: pages of an unfinished change in it, and the journal that takes them back."""
    with contextlib.closing(connect(path, write=True)) as db:
        for pragma in ("journal_mode = DELETE", "synchronous = FULL", "cache_size = 2", "cache_spill = ON"):
            db.execute("PRAGMA " + pragma).fetchall()
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE answer SET verdict_value = '0', remark_text = 'unfinished'")
        for n in range(400):
            db.execute("INSERT INTO chunk VALUES (999999, ?, zeroblob(4000))", (n,))
        # by another process: closing a file here would let go of this one's locks
        subprocess.run(["cp", str(path), str(to)], check=True)
        subprocess.run(["cp", str(path) + "-journal", str(to) + "-journal"], check=True)
        db.execute("ROLLBACK")


# A program of its own that holds a lock: where this one held it, closing any file would let it go.
HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
for sql in sys.argv[2:]:
    db.execute(sql)
print("held", flush=True)
sys.stdin.read()
db.execute("ROLLBACK")
"""


@contextlib.contextmanager
def held(path, *statements):
    """Another program is in the middle of a change, until the end of the block."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path), *statements], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        try:
            if other.stdout.readline() != b"held\n":
                raise AssertionError("the other program got no lock")
            yield
        finally:
            other.stdin.close()
            other.wait()


# ---- a clock that can be set --------------------------------------------------------------------------------------

CLOCK = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
int clock_gettime(clockid_t id, struct timespec *t)
{
	static int (*real)(clockid_t, struct timespec *);
	const char *offset = getenv("LINGTAN_CLOCK");
	if (!real)
		real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	int status = real(id, t);
	if (status == 0 && offset && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
		t->tv_sec += atoll(offset);
	return status;
}
time_t time(time_t *p)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	if (p)
		*p = t.tv_sec;
	return t.tv_sec;
}
int gettimeofday(struct timeval *restrict v, void *restrict zone)
{
	struct timespec t;
	(void)zone;
	clock_gettime(CLOCK_REALTIME, &t);
	v->tv_sec = t.tv_sec;
	v->tv_usec = t.tv_nsec / 1000;
	return 0;
}
int timespec_get(struct timespec *t, int base)
{
	return clock_gettime(CLOCK_REALTIME, t) == 0 ? base : 0;
}
"""


class ProjectCase(Case):
    def setUp(self):
        super().setUp()
        self.folder = self.dir / "projects"
        self.folder.mkdir()

    # ---- doing ----------------------------------------------------------------------------------------------------

    def new(self, name="园区.lingtan", *args, standard=CSUS, stage="operation", park_type="production", year=YEAR, park=PARK_NAME, who=LEADER, code=0, **more):
        path = name if isinstance(name, pathlib.Path) else self.folder / name
        command = ["new", path, "--park", park, "--standard", standard]
        for option, value in (("--stage", stage), ("--type", park_type), ("--year", year), ("--as", who)):
            command += [option, value] if value else []
        self.lingtan(*command, *args, code=code, **more)
        return path

    def set(self, path, item, result, *args, who=EVALUATOR, code=0, **more):
        return self.lingtan("set", path, item, result, "--as", who, *args, code=code, **more)

    def quantity(self, path, name, value, *args, who=EVALUATOR, code=0, year=YEAR, **more):
        return self.lingtan("quantity", path, name, value, *args, "--year", year, "--as", who, code=code, **more)

    def attach(self, path, item, file, locator="第3页", *args, who=EVALUATOR, code=0, **more):
        return self.lingtan("attach", path, item, file, "--locator", locator, "--as", who, *args, code=code, **more)

    def rich(self, name="园区.lingtan"):
        """A project with a row in every table that commands of today fill: four answers, two rungs, evidence, an inventory, a round."""
        path = self.new(name)
        self.set(path, "4.1.1", "met", "--remark", "分区管控符合")
        self.set(path, "4.2.1", "points:8.5")
        self.set(path, "4.2.2", "points:7", "--no-evidence", "现场核对，无书面材料")
        self.set(path, "4.2.1", "points:9", who=OWNER)
        self.quantity(path, "land.green_cover", "30.5", "%", "--source", "总体规划 第61页")
        line = {"id": "25-01", "year": YEAR, "kind": "emission", "scope": "2", "system": "energy", "source": "grid_power",
                "activity": "12000000", "unit": "kWh", "factor": "grid-2023-national"}
        self.lingtan("import", path, self.write("inventory.yaml", sheet(A, [{"item": "4.2.3", "points": "6"}], [], [line], park_type="production")), "--as", EVALUATOR)
        self.attach(path, "4.2.1", self.write("用地平衡表.pdf", self.bytes_of(1, CHUNK + 5000)), "第3页 表1", "--slot", "e1", "--sender", "规划局")
        self.attach(path, "4.2.3", self.write("照片.jpg", self.bytes_of(2, 3000)), "照片")
        self.set(path, "4.2.4", "points:5")
        self.lingtan("undo", path, "--as", EVALUATOR)
        self.lingtan("redo", path, "--as", EVALUATOR)
        return path

    @staticmethod
    def bytes_of(seed, size):
        """Bytes that do not repeat, the same for the same seed."""
        return hashlib.shake_128(b"%d" % seed).digest(size)

    # ---- asking ---------------------------------------------------------------------------------------------------

    def entries(self, path, **more):
        return self.document("log", path, **more)["entries"]

    def state(self, path, *args):
        """All that a reader sees of a project: what must be equal where nothing changed."""
        return [self.document("log", path), self.document("score", path, *args), self.document("evidence", path)]

    def assert_holds(self, path, *args, **more):
        found = self.document("verify", path, *args, **more)
        self.assertIs(found["holds"], True, self.last)
        self.assertIsNone(found["first"], self.last)
        return found

    def assert_broken(self, path, *args, tokens=(), check=None, **more):
        """verify says no, and names what does not hold by one of the tokens."""
        found = self.document("verify", path, *args, "--lang", "en", code=1, **more)
        self.assertIs(found["holds"], False, self.last)
        self.assertIsInstance(found["first"], dict, self.last)
        self.assertRegex(found["first"]["check"], r"\A[a-g]\Z", self.last)
        text = found["first"]["text"]
        if tokens:
            self.assertTrue(any(t and str(t) in text for t in tokens), "none of %s in %r" % (list(tokens), text))
        if check:
            self.assertIn(found["first"]["check"], check, text)
        return found

    def assert_same_score(self, path, sheet_path, *args):
        """The project scores what the sheet scores, but for where it stands."""
        of_project, of_sheet = self.document("score", path, *args), self.document("score", sheet_path)
        for key in of_sheet:
            if key not in PLACE:
                self.assertIn(key, of_project)
                self.assertEqual(of_project[key], of_sheet[key], key)

    def assert_refused(self, run, *words):
        """One sentence on standard error that says what it is about; nothing on standard output."""
        self.assertEqual(run.out, "", str(run))
        self.assertEqual(len(run.err.strip().splitlines()), 1, "not one sentence\n%s" % run)
        for word in words:
            self.assertIn(str(word), run.err, str(run))

    @contextlib.contextmanager
    def untouched(self, *paths):
        """Nothing in these folders or files changes, not even a time or a name."""
        paths = paths or (self.folder,)

        def look():
            seen = {}
            for path in paths:
                inside = [os.path.join(r, f) for r, dirs, files in os.walk(path) for f in dirs + files] if os.path.isdir(path) else []
                for f in [str(path)] + inside:
                    s = os.lstat(f)
                    plain = os.path.isfile(f) and not os.path.islink(f)
                    seen[f] = (s.st_mode, s.st_size if plain else None, s.st_mtime_ns if plain else None, file_digest(f) if plain else None)
            return seen
        before = look()
        yield
        self.assertEqual(look(), before)

    # ---- places ---------------------------------------------------------------------------------------------------

    def mount(self, *args):
        """Mounts something over a new folder for this test; skips where that is not allowed."""
        where = self.dir / ("mount%d" % len(list(self.dir.glob("mount*"))))
        where.mkdir()
        if os.geteuid() != 0:
            self.skip("only root can mount")
        done = subprocess.run(["mount", *map(str, args), str(where)], capture_output=True, text=True) if shutil.which("mount") else None
        if done is None or done.returncode != 0:
            self.skip("nothing can be mounted here (%s)" % (done.stderr.strip() if done else "no mount program"))
        self.addCleanup(subprocess.run, ["umount", "-l", str(where)], capture_output=True)
        return where

    def clock(self, days):
        """An environment in which it is that many days later than it is."""
        if sanitized():
            self.skip("a preloaded clock does not go with sanitizers")
        library = self.dir / "clock.so"
        if not library.exists():
            compiler = shutil.which("cc") or shutil.which("gcc")
            if not compiler:
                self.skip("no compiler for the clock that is preloaded")
            source = self.write("clock.c", CLOCK)
            done = subprocess.run([compiler, "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], capture_output=True, text=True)
            if done.returncode != 0:
                self.skip("the clock cannot be compiled (%s)" % done.stderr.splitlines()[0])
        return environment(self.dir, LD_PRELOAD=library, LINGTAN_CLOCK=days * 86400)

    def kept_copies(self):
        """The SQLite files that the program laid into its state folder."""
        found = []
        for root, _, files in os.walk(self.dir / "state" / "lingtan"):
            for name in files:
                path = pathlib.Path(root) / name
                with open(path, "rb") as f:
                    if f.read(16) == b"SQLite format 3\0":
                        found.append(path)
        return sorted(found)


def ruleset_files(name):
    """The texts of a built-in ruleset that a project must carry."""
    return [(RULESETS / name / "ruleset.yaml").read_bytes(), (RULESETS / name / "items.yaml").read_bytes(), (RULESETS / "units.yaml").read_bytes()]
