"""What other programs make of what lingtan writes: needs an office suite; run by `make check-peers` alone.

The cached values are taken out of a workbook, the office suite computes it anew, and every result must be what lingtan had
written beside its formula.
"""
import re
import shutil
import subprocess
import sys
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


def recalculated(path, folder):
    """[(sheet, cell, ours, theirs)] that differ, and how many formulas there were."""
    bare = folder / "bare.xlsx"
    without_values(path, bare)
    out = folder / "office"
    subprocess.run([shutil.which("soffice") or "soffice", "--headless", "-env:UserInstallation=file://%s" % (folder / "profile"), "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(bare)],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
    ours, theirs = cells(path), cells(out / "bare.xlsx")
    formulas = set()
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode("utf-8"))
        for n, name in enumerate(names, 1):
            for cell in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f><v>', book.read("xl/worksheets/sheet%d.xml" % n).decode("utf-8"), re.S):
                formulas.add((name, cell))
    wrong = [(s, c, ours[s, c], theirs.get((s, c), "")) for s, c in sorted(formulas) if not same(ours[s, c], theirs.get((s, c), ""))]
    return wrong, len(formulas)


if __name__ == "__main__":
    import pathlib
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        wrong, n = recalculated(pathlib.Path(sys.argv[1]), pathlib.Path(folder))
        for line in wrong:
            print(*line)
        print("%d formulas, %d differ" % (n, len(wrong)))
        sys.exit(1 if wrong or not n else 0)
