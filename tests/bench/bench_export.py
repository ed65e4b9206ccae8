"""What leaves a project, as whole processes: medians of computing time beside their limits. Usage: bench_export.py BUILD_DIR

The PDF is held against bare cairo and pango drawing the same texts on as many pages (tests/bench/bare_pages.c), the workbook
against libxlsxwriter writing the same cells (tests/bench/bare_book.c), which reads and scores nothing.
"""
import html
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import zipfile

BUILD = pathlib.Path(sys.argv[1]).resolve()
TREE = pathlib.Path(__file__).resolve().parent.parent.parent
LINGTAN = BUILD / "lingtan"
sys.path.insert(0, str(TREE / "tests" / "cli"))
from peers import cells, same  # noqa: E402
TIMES = 9
# milliseconds; "x" is times the bare run
LIMITS = [("xlsx", 20, ""), ("csv", None, ""), ("json", None, ""), ("html", None, ""), ("docx", None, ""), ("evidence", None, ""), ("pdf", 1.5, "x")]


# other programs that make a PDF of the same report; make check-peers installs the first two
PEERS = [("chromium", "o.html", ["--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf={out}", "file://{in}"]),
         ("soffice", "o.docx", ["--headless", "--convert-to", "pdf", "--outdir", "{folder}", "{in}"]),
         ("wkhtmltopdf", "o.html", ["-q", "{in}", "{out}"]),
         # texlive-xetex, with nothing it would only recommend
         ("xelatex", "texts.tex", ["-interaction=batchmode", "-output-directory={folder}", "{in}"])]


def median(args, env, runs=TIMES, **more):
    """Milliseconds of computing, with whatever it starts: what a machine without other work needs at most."""
    times = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([str(a) for a in args], check=True, stdout=subprocess.DEVNULL, env=env, **more)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append((after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1000)
    return statistics.median(times)


def tell(name, value, limit, unit="ms", note=""):
    mark = "" if limit is None else "  limit %g%s%s" % (limit, unit, "" if value <= limit else "  OVER")
    print("%-44s %8.1f %s%s%s" % (name, value, unit, mark, note))


def build_bare(folder, name, *packages):
    """The same by the named libraries alone."""
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", *packages], check=True, stdout=subprocess.PIPE).stdout.decode().split()
    subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-o", str(folder / name), str(TREE / "tests/bench" / (name + ".c")), *flags], check=True)
    return folder / name


def write_cells(path, to):
    """The widths and cells of a workbook of ours as lines for bare_book; how many sheets and cells with something in them."""
    lines, filled, text = [], 0, lambda s: html.unescape(s).replace("\n", "\v").replace("\t", " ")
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode("utf-8"))
        for n, name in enumerate(names, 1):
            sheet = book.read("xl/worksheets/sheet%d.xml" % n).decode("utf-8")
            lines.append("S\t" + html.unescape(name))
            lines += ["W\t%d\t%s" % (int(column) - 1, width) for column, width in re.findall(r'<col min="(\d+)" max="\d+" width="(\d+)"', sheet)]
            for letters, row, attributes, body in re.findall(r'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', sheet, re.S):
                column = 0
                for letter in letters:
                    column = column * 26 + ord(letter) - 64
                formula, value = (re.search("<%s[^>]*>(.*?)</%s>" % (tag, tag), body, re.S) for tag in ("f", "(?:v|t)"))
                kind = ("G" if 't="str"' in attributes else "F") if formula else "T" if "inlineStr" in attributes else "N" if value else "B"
                style = re.search(r's="(\d+)"', attributes)
                lines.append("\t".join([kind, str(int(row) - 1), str(column - 1), style[1] if style else "0", text(value[1]) if value else "",
                                        "=" + text(formula[1]) if formula else ""]))
                filled += kind != "B"
    to.write_text("\n".join(lines) + "\n", "utf-8")
    return len(names), filled


def bare_book(folder, env):
    """A workbook of the same cells by another library: what writing them takes."""
    said = "peer: libxlsxwriter writes the same"
    if subprocess.run(["pkg-config", "--exists", "xlsxwriter"]).returncode:
        print("%-44s not installed" % said)
        return
    ours, theirs = folder / "o.xlsx", folder / "bare.xlsx"
    n_sheets, n_cells = write_cells(ours, folder / "cells")
    program = build_bare(folder, "bare_book", "xlsxwriter")
    value = median([program, folder / "cells", theirs], env)
    a, b = cells(ours), cells(theirs)
    # a formula whose value we do not know has none with us, 0 there
    if len(b) != n_cells or not all(at in b and same(html.unescape(a[at]), html.unescape(b[at])) for at in a):
        sys.exit("libxlsxwriter was not given the cells of our workbook")
    tell("%s %d sheets, %d cells" % (said, n_sheets, n_cells), value, None)


def write_tex(texts, to):
    """The texts of the report as paragraphs, without its tables and colours."""
    special = {"\\": "\\textbackslash{}", "^": "\\^{}", "~": "\\~{}", **{c: "\\" + c for c in "{}$&#_%"}}
    paragraphs = ("".join(special.get(c, c) for c in text) for text in texts)
    to.write_text("\\documentclass{article}\n\\usepackage{fontspec}\n\\setmainfont{Noto Serif CJK SC}\n\\XeTeXlinebreaklocale \"zh\"\n"
                  "\\begin{document}\n%s\n\\end{document}\n" % "\n\n".join(paragraphs), "utf-8")


def peers(folder, env):
    for name, made, words in PEERS:
        said = "peer: %s makes a PDF of %s" % (name, made.replace("o.", "our .") if made[:2] == "o." else "its texts alone")
        if not shutil.which(name):
            print("%-44s not installed" % said)
            continue
        names = {"in": folder / made, "out": folder / "peer.pdf", "folder": folder}
        tell(said, median([name] + [word.format(**names) for word in words], env, 3, stderr=subprocess.DEVNULL), None)


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder), "XDG_STATE_HOME": str(folder / "state")}
        project, sheet = folder / "p.lingtan", TREE / "tests/sample/t-csus-66-2023.yaml"
        run = lambda *args: subprocess.run([str(LINGTAN), *map(str, args)], check=True, stdout=subprocess.DEVNULL, env=env)
        run("new", project, "--park", "示例园区", "--standard", "t-csus-66-2023", "--stage", "operation", "--year", "2025", "--type", "production", "--as", "管理员:leader")
        run("import", project, sheet, "--as", "林静:evaluator")
        pages = 40
        for form, limit, unit in LIMITS:
            out = folder / ("o." + form)
            value = median([LINGTAN, "export", project, "--format", form, "-o", out, "--force", "--date", "2026-03-01"], env)
            if unit == "x":
                pages = int(re.findall(rb"/Count (\d+)", out.read_bytes())[0])
                texts = re.findall(r">([^<>]+)<", (folder / "o.html").read_text("utf-8").partition("<main>")[2])
                texts = [html.unescape(t).replace("\n", " ") for t in texts if t.strip()]
                (folder / "texts").write_text("\n".join(texts) + "\n", "utf-8")
                write_tex(texts, folder / "texts.tex")
                bare = median([build_bare(folder, "bare_pages", "pangocairo", "cairo-pdf"), pages, folder / "texts", folder / "bare.pdf"], env)
                tell("bare cairo and pango, %d pages, the same texts" % pages, bare, None)
                tell("export pdf, %d pages" % pages, value, None)
                tell("the same, times bare", value / bare, limit, "x")
            else:
                tell("export " + form, value, limit)
        bare_book(folder, env)
        tell("import of a filled workbook", median([LINGTAN, "import", project, folder / "o.xlsx", "--dry-run", "--as", "林静:evaluator"], env), 50)
        peers(folder, env)


main()
