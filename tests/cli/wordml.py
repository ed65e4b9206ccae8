"""What makes a Word file be opened without a repair prompt, as far as it can be said without that program: the order of elements
that the schema of WordprocessingML (ECMA-376, part 1) asks for, ids that are unique, parts, relationships and content types that
are there."""
import posixpath
import xml.etree.ElementTree as ET
import zipfile

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/%s}"
ORDER = {name: words.split() for name, words in {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct "
           "topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
           "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs "
           "highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook "
             "tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblBorders": "top left start bottom right end insideH insideV", "tblCellMar": "top left start bottom right end", "pBdr": "top left bottom right between bar",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr", "tr": "tblPrEx trPr tc", "tc": "tcPr", "p": "pPr",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg "
              "textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr "
             "tblPr trPr tcPr tblStylePr",
    "sdt": "sdtPr sdtEndPr sdtContent"}.items()}
REPEATED = ("headerReference", "footerReference", "tr", "tc", "tblStylePr", "bookmarkStart", "bookmarkEnd")


def local(element):
    return element.tag.partition("}")[2]


def ordered(element, where):
    """The children that the schema puts in an order stand in it, each once."""
    wanted = ORDER.get(local(element)) if element.tag.startswith(W) else None
    if not wanted:
        return
    last = -1
    for child in element:
        name = local(child) if child.tag.startswith(W) else ""
        if name not in wanted:
            # what follows the properties: there may be no properties behind it
            last = len(wanted) if local(element) in ("tc", "p") else last
            continue
        at = wanted.index(name)
        # references to headers and footers are of one choice
        at = 1 if name in ("headerReference", "footerReference") else at
        assert at > last or (at == last and name in REPEATED), "%s: %s stands behind what should follow it in %s" % (where, name, local(element))
        last = at


def cells(table, where):
    """Each row is as wide as the grid, each cell ends in a paragraph."""
    columns = len(table.findall(W + "tblGrid/" + W + "gridCol"))
    for row in table.findall(W + "tr"):
        n = sum(int((c.find(W + "tcPr/" + W + "gridSpan").get(W + "val") if c.find(W + "tcPr/" + W + "gridSpan") is not None else 1)) for c in row.findall(W + "tc"))
        assert n == columns, "%s: a row of %d columns in a table of %d" % (where, n, columns)
        for cell in row.findall(W + "tc"):
            assert cell[-1].tag == W + "p", "%s: a cell ends with %s" % (where, local(cell[-1]))


def fields(root, where):
    depth = []
    for mark in root.iter(W + "fldChar"):
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            depth.append("begin")
        else:
            assert depth and (kind == "end" or depth[-1] == "begin"), "%s: a field's %s without its beginning" % (where, kind)
            depth[-1:] = ["separate"] if kind == "separate" else []
    assert not depth, "%s: a field does not end" % where


def unique(values, where, what):
    seen = set()
    for value in values:
        assert value not in seen, "%s: %s %s twice" % (where, what, value)
        seen.add(value)
    return seen


def document(root, where):
    for element in root.iter():
        ordered(element, where)
        names = [local(c) for c in element]
        if element.tag == W + "p":
            assert "p" not in names and "tbl" not in names, "%s: a block in a paragraph" % where
        if element.tag == W + "tbl":
            cells(element, where)
    fields(root, where)
    starts = unique([b.get(W + "id") for b in root.iter(W + "bookmarkStart")], where, "bookmark")
    assert starts == unique([b.get(W + "id") for b in root.iter(W + "bookmarkEnd")], where, "end of bookmark"), "%s: a bookmark does not end" % where
    marks = unique([b.get(W + "name") for b in root.iter(W + "bookmarkStart")], where, "bookmark")
    for link in root.iter(W + "hyperlink"):
        assert link.get(W + "anchor") is None or link.get(W + "anchor") in marks, "%s: a link to nowhere: %s" % (where, link.get(W + "anchor"))
    unique([d.get("id") for d in root.iter(WP + "docPr")], where, "drawing")
    unique([i.get(W + "val") for i in root.iter(W + "id") if i.get(W + "val")], where, "content control")
    body = root.find(W + "body")
    if body is not None:
        sections = [i for i, c in enumerate(body) if c.tag == W + "sectPr"]
        assert sections in ([], [len(body) - 1]), "%s: the last section's settings do not stand at the end" % where


def relations(found, name):
    """{id: target} of a part; every target within the file is there."""
    folder, base = posixpath.split(name)
    rels = posixpath.join(folder, "_rels", base + ".rels")
    if rels not in found:
        return {}
    root = ET.fromstring(found[rels])
    all_of = list(root)
    unique([r.get("Id") for r in all_of], rels, "relationship")
    for r in all_of:
        if r.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(folder, r.get("Target"))) if not r.get("Target").startswith("/") else r.get("Target")[1:]
            assert target in found, "%s: %s is not there" % (rels, target)
    return {r.get("Id"): r.get("Target") for r in all_of}


def check(path):
    """AssertionError names the first thing that such a program would mend or refuse."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        names = package.namelist()
        unique([n.lower() for n in names], str(path), "part")
        found = {n: package.read(n) for n in names}
    types = ET.fromstring(found["[Content_Types].xml"])
    defaults = unique([d.get("Extension").lower() for d in types.iter(PACKAGE % "content-types" + "Default")], "[Content_Types].xml", "extension")
    overrides = unique([o.get("PartName") for o in types.iter(PACKAGE % "content-types" + "Override")], "[Content_Types].xml", "part")
    for name in overrides:
        assert name[1:] in found, "[Content_Types].xml: %s is not there" % name
    for name, data in found.items():
        if name == "[Content_Types].xml":
            continue
        assert "/" + name in overrides or name.rpartition(".")[2].lower() in defaults, "%s has no content type" % name
        if not name.endswith(".xml"):
            continue
        root = ET.fromstring(data)
        known = relations(found, name)
        for element in root.iter():
            for key, value in element.attrib.items():
                if key.startswith(R):
                    assert value in known, "%s: %s names relationship %s, which is not there" % (name, local(element), value)
        if root.tag.startswith(W):
            document(root, name)
    relations(found, "")
    return found


def text_of(path, part="word/document.xml"):
    """What it says, a paragraph a line."""
    with zipfile.ZipFile(path) as package:
        root = ET.fromstring(package.read(part))
    return "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in root.iter(W + "p"))
