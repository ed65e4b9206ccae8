"""Many files in one command: each is told as it would be alone, in the order they were named, whoever read it."""
import json
import os
import shutil
import subprocess
import sys

import harness
from harness import SAMPLES, CSUS, environment, thinned
from projects import ProjectCase

N = 16  # two hands' work
ON_ONE = "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); os.execv(sys.argv[1], sys.argv[1:])"


class Many(ProjectCase):
    def make(self, n=N):
        """Projects that differ in what they answer; each is also kept as it was before the answer."""
        paths, olds = [], []
        for i in range(n):
            path = self.new("%02d.lingtan" % i)
            olds.append(shutil.copy(path, self.dir / ("%02d.lingtan" % i)))
            self.set(path, "4.2.1", "points:%d" % (i % 9))
            paths.append(path)
        return paths, olds

    def alone(self, paths, *args):
        runs = [self.lingtan("score", path, *args) for path in paths]
        return [run.out for run in runs], "".join(run.err for run in runs)

    def test_they_are_told_as_they_would_be_alone(self):
        paths, _ = self.make()
        outs, err = self.alone(paths)
        self.assertEqual(len(set(outs)), 9)
        run = self.lingtan("score", *paths, limits=False)
        self.assertEqual((run.out, run.err), ("\n".join(outs), err))
        documents = self.document("score", *paths, limits=False)
        for i in (0, 7, N - 1):
            self.assertEqual(documents[i], dict(self.document("score", paths[i]), file=str(paths[i])))
        # by as many hands as there are processors, and by one
        on_one = subprocess.run([sys.executable, "-c", ON_ONE, harness.PROGRAM, "score", "--json", *map(str, paths)],
                                env=environment(self.dir), stdout=subprocess.PIPE, check=True)
        self.assertEqual(json.loads(on_one.stdout), documents)
        self.ends_with_the_first_that_cannot_be_read(paths, outs)

    def ends_with_the_first_that_cannot_be_read(self, paths, outs):
        first, rest = paths[:11], paths[11:]
        for name, text, code in (("none.lingtan", None, 3), ("none.yaml", "answers: [", 3),
                                 ("n", harness.sheet("nothing/operation/2025"), 4)):
            bad = self.dir / name
            if text:
                self.write(name, text)
            alone = self.lingtan("score", bad, code=code)
            # of several the one is named
            err = alone.err if str(bad) in alone.err else alone.err.replace("lingtan: ", "lingtan: %s: " % bad)
            run = self.lingtan("score", *first, bad, *rest, bad, code=code, limits=False)
            self.assertEqual((run.out, run.err), ("\n".join(outs[:11]), err))
            run = self.lingtan("score", *first, bad, *rest, "--json", code=code, limits=False)
            self.assertEqual((run.out, run.err), ("", err))

    def test_what_is_noted_of_a_file_is_noted_in_its_order(self):
        paths, olds = self.make(N // 2)
        self.lingtan("score", *paths, limits=False)
        mixed = [path for pair in zip(paths, olds) for path in pair]
        _, err = self.alone(mixed, "--lang", "en")
        self.assertEqual(err.count("older than the one this machine knew"), N // 2, err)
        self.assertEqual(self.lingtan("score", *mixed, "--lang", "en", limits=False).err, err)

    def test_a_file_may_be_named_twice_and_projects_stand_beside_sheets(self):
        paths, _ = self.make(3)
        mixed = (paths + [SAMPLES / (CSUS + ".yaml")] + paths[::-1] + [os.path.join(self.folder, ".", paths[1].name)]) * 2
        outs, err = self.alone(mixed[:8])
        run = self.lingtan("score", *mixed, limits=False)
        self.assertEqual((run.out, run.err), ("\n".join(outs * 2), err * 2))

    def test_memory_does_not_grow_with_the_names_of_the_others(self):
        folder = self.dir / ("长" * 60)
        folder.mkdir()
        path = self.new(folder / "park.lingtan")
        of = thinned([path] * 200, 10)
        self.assertEqual(len(self.document("score", *of, limits=False, peak=True)), len(of))

    def test_the_standard_of_many_sheets_is_held_once(self):
        sheet = str(SAMPLES / (CSUS + ".yaml"))
        of = thinned([sheet] * 600, 10)
        self.assertEqual(len(self.document("score", *of, limits=False, peak=True)), len(of))


if __name__ == "__main__":
    harness.main()
