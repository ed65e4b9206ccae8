"""What other programs make of what lingtan writes: needs an office suite; run by `make check-peers` alone.

The cached values are taken out of a workbook, the office suite computes it anew, and every result must be what lingtan had
written beside its formula.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

CELL = re.compile(r'(<c r="[A-Z]+\d+" s="\d+")( t="str")?(><f>[^<]*</f>)<v>[^<]*</v></c>', re.S)


def without_values(path, to):
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = CELL.sub(r"\1\3</c>", text.decode("utf-8")).encode("utf-8")
            new.writestr(name, text)


def cells(path):
    """{(sheet, cell): text} with shared and inline strings."""
    found = {}
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in re.findall(r"<si>(.*?)</si>|<si/>", book.read("xl/sharedStrings.xml").decode("utf-8"), re.S):
                shared.append("".join(re.findall(r"<t[^>]*>(.*?)</t>", item, re.S)))
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode("utf-8"))
        for n, name in enumerate(names, 1):
            text = book.read("xl/worksheets/sheet%d.xml" % n).decode("utf-8")
            for cell, attributes, body in re.findall(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', text, re.S):
                value = re.search(r"<v>(.*?)</v>", body or "", re.S)
                inline = re.search(r"<t[^>]*>(.*?)</t>", body or "", re.S)
                if value:
                    found[name, cell] = shared[int(value.group(1))] if 't="s"' in attributes else value.group(1)
                elif inline:
                    found[name, cell] = inline.group(1)
    return found


def same(a, b):
    try:
        return abs(float(a) - float(b)) <= 1e-9 * max(1, abs(float(a)))
    except ValueError:
        return a == b


def convert(path, form, out, folder):
    """What the office suite makes of a file."""
    subprocess.run([shutil.which("soffice") or "soffice", "--headless", "-env:UserInstallation=file://%s" % (folder / "profile"), "--convert-to", form, "--outdir", str(out), str(path)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
    return out / (path.stem + "." + form.partition(":")[0])


def recalculated(path, folder):
    """[(sheet, cell, ours, theirs)] that differ, and how many formulas there were."""
    bare = folder / "bare.xlsx"
    without_values(path, bare)
    ours, theirs = cells(path), cells(convert(bare, "xlsx:Calc MS Excel 2007 XML", folder / "office", folder))
    formulas = set()
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode("utf-8"))
        for n, name in enumerate(names, 1):
            for cell in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f><v>', book.read("xl/worksheets/sheet%d.xml" % n).decode("utf-8"), re.S):
                formulas.add((name, cell))
    wrong = [(s, c, ours[s, c], theirs.get((s, c), "")) for s, c in sorted(formulas) if not same(ours[s, c], theirs.get((s, c), ""))]
    return wrong, len(formulas)


def samples():
    """Every standard with its sample, as far as it can be made without further words."""
    import harness
    import projects
    for name in harness.IDS:
        stage, park_type = projects.SUBJECT[name]
        yield name, [x for option, value in (("--stage", stage), ("--type", park_type)) if value for x in (option, value)]


def office(lingtan, folder):
    """Workbooks computed anew, and saved by the office suite, come to the same; Word files open there."""
    import harness
    bad = 0
    for name, options in samples():
        project = folder / (name + ".lingtan")
        run = lambda *args: subprocess.run([lingtan, *map(str, args)], check=True, stdout=subprocess.PIPE).stdout.decode("utf-8")
        run("new", project, "--park", "示例园区", "--standard", name, "--year", "2025", *options, "--as", "管理员:leader")
        run("import", project, harness.SAMPLES / (name + ".yaml"), "--as", "林静:evaluator")
        for form in ("xlsx", "docx"):
            run("export", project, "--format", form, "-o", folder / (name + "." + form), "--date", "2026-03-01")
        wrong, n = recalculated(folder / (name + ".xlsx"), folder)
        print("%-18s %3d formulas computed anew, %d differ" % (name, n, len(wrong)))
        for line in wrong[:10]:
            print("   ", *line)
        saved = convert(folder / (name + ".xlsx"), "xlsx:Calc MS Excel 2007 XML", folder / "saved", folder)
        changes = run("import", project, saved, "--dry-run", "--json", "--as", "林静:evaluator")
        same_again = '"changes": []' in changes
        print("%-18s saved by the office suite and read again: %s" % (name, "the same" if same_again else "DIFFERENT"))
        pdf = convert(folder / (name + ".docx"), "pdf", folder / "word", folder)
        opened = pdf.exists() and pdf.read_bytes().startswith(b"%PDF")
        print("%-18s Word file opened and printed: %s" % (name, "yes" if opened else "NO"))
        bad += bool(wrong) or not n or not same_again or not opened
    return bad


def python_docx(folder):
    python = next((p for p in (sys.executable, "/usr/bin/python3") if subprocess.run([p, "-c", "import docx"], capture_output=True).returncode == 0), None)
    if not python:
        print("skipped: python3-docx is not installed")
        return 0
    code = "import sys, docx; d = docx.Document(sys.argv[1]); print(len(d.paragraphs), 'paragraphs,', len(d.tables), 'tables,', len(d.inline_shapes), 'pictures')"
    bad = 0
    for path in sorted(folder.glob("*.docx")):
        done = subprocess.run([python, "-c", code, path], capture_output=True)
        print("%-18s python-docx: %s" % (path.stem, done.stdout.decode().strip() or "NOT READ"))
        bad += done.returncode != 0
    return bad


def browser(lingtan, folder):
    """The page at the width of a desk and of a phone, and printed; pictures are left in build/peers to be looked at."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        print("skipped: chromium is not installed")
        return 0
    looked = pathlib.Path("build/peers").resolve()
    looked.mkdir(parents=True, exist_ok=True)
    project, bad = folder / "t-csus-66-2023.lingtan", 0
    page = looked / "report.html"
    subprocess.run([lingtan, "export", project, "--format", "html", "-o", page, "--force", "--date", "2026-03-01"], check=True, stdout=subprocess.DEVNULL)
    base = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    for name, option in (("desk.png", "--window-size=1280,4000"), ("phone.png", "--window-size=400,4000")):
        subprocess.run(base + [option, "--screenshot=%s" % (looked / name), page.as_uri()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
        bad += not (looked / name).exists()
    subprocess.run(base + ["--no-pdf-header-footer", "--print-to-pdf=%s" % (looked / "printed.pdf"), page.as_uri()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
    bad += not (looked / "printed.pdf").exists()
    print("pictures of the page, and the page printed: %s" % looked)
    return bad


def main():
    if len(sys.argv) > 2:
        wrong, n = recalculated(pathlib.Path(sys.argv[2]), pathlib.Path(tempfile.mkdtemp()))
        print("%d formulas, %d differ" % (n, len(wrong)), *wrong, sep="\n")
        return 1 if wrong or not n else 0
    lingtan = str(pathlib.Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        os.environ.update(LC_ALL="C.UTF-8", XDG_STATE_HOME=str(folder / "state"))
        bad = 0
        if shutil.which("soffice"):
            bad += office(lingtan, folder) + python_docx(folder) + browser(lingtan, folder)
        else:
            print("skipped: LibreOffice is not installed (libreoffice-calc-nogui libreoffice-writer-nogui python3-docx chromium)")
        return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
