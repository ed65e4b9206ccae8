"""XLSX workbooks written by hand, part by part, so that tests can also write wrong ones."""
import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def letters(column):
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def cell(row, column, value, strings=None, style=None):
    """A <c> as an office suite writes it: shared strings if a list is given, else inline."""
    place = '%s%d' % (letters(column), row)
    style = '' if style is None else ' s="%d"' % style
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return '<c r="%s"%s t="b"><v>%d</v></c>' % (place, style, value)
    if isinstance(value, (int, float)):
        return '<c r="%s"%s><v>%r</v></c>' % (place, style, value)
    if strings is None:
        return '<c r="%s"%s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (place, style, escape(value))
    if value not in strings:
        strings.append(value)
    return '<c r="%s"%s t="s"><v>%d</v></c>' % (place, style, strings.index(value))


def sheet_xml(rows, strings=None, behind=""):
    body = "".join('<row r="%d">%s</row>' % (n, "".join(cell(n, c, v, strings) for c, v in enumerate(row, 1)))
                   for n, row in enumerate(rows, 1))
    return HEAD + '<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (MAIN, body, behind)


def data_xml(data, behind=""):
    """A sheet from the inside of its <sheetData>."""
    return HEAD + '<worksheet xmlns="%s"><sheetData>%s</sheetData>%s</worksheet>' % (MAIN, data, behind)


def strings_xml(items):
    """Shared strings; an item is text, or XML if it begins with <."""
    return HEAD + '<sst xmlns="%s">%s</sst>' % (MAIN, "".join(
        "<si>%s</si>" % (i if i.startswith("<") else '<t xml:space="preserve">%s</t>' % escape(i)) for i in items))


def styles_xml(formats, cells):
    """formats: {id: code}; cells: number format ids in the order that cells point to."""
    return HEAD + '<styleSheet xmlns="%s"><numFmts>%s</numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs>%s</cellXfs></styleSheet>' % (
        MAIN, "".join('<numFmt numFmtId="%d" formatCode=%s/>' % (i, quoteattr(c)) for i, c in formats.items()),
        "".join('<xf numFmtId="%d" xfId="0"/>' % i for i in cells))


def parts(sheets, strings=None, styles=None, properties="", states=None, from_top=False):
    """All parts of a workbook; sheets: {name: xml}."""
    prefix = "/xl/" if from_top else ""
    relations = ['<Relationship Id="rId%d" Type="%s/worksheet" Target="%sworksheets/sheet%d.xml"/>' % (n, REL, prefix, n)
                 for n in range(1, len(sheets) + 1)]
    made = {}
    if strings is not None:
        relations.append('<Relationship Id="rs" Type="%s/sharedStrings" Target="%ssharedStrings.xml"/>' % (REL, prefix))
        made["xl/sharedStrings.xml"] = strings
    if styles is not None:
        relations.append('<Relationship Id="ry" Type="%s/styles" Target="%sstyles.xml"/>' % (REL, prefix))
        made["xl/styles.xml"] = styles
    names = "".join('<sheet name=%s sheetId="%d"%s r:id="rId%d"/>' % (
        quoteattr(name), n, ' state="%s"' % states[name] if states and name in states else "", n) for n, name in enumerate(sheets, 1))
    made.update({
        "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": HEAD + '<Relationships xmlns="%s"><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (PACKAGE, REL),
        "xl/workbook.xml": HEAD + '<workbook xmlns="%s" xmlns:r="%s">%s<sheets>%s</sheets></workbook>' % (MAIN, REL, properties, names),
        "xl/_rels/workbook.xml.rels": HEAD + '<Relationships xmlns="%s">%s</Relationships>' % (PACKAGE, "".join(relations)),
    })
    for n, xml in enumerate(sheets.values(), 1):
        made["xl/worksheets/sheet%d.xml" % n] = xml
    return made


def pack(made):
    """The bytes of the archive. A fixed time, so that they repeat."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in made.items():
            info = zipfile.ZipInfo(name, (2026, 3, 27, 13, 42, 10))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text if isinstance(text, bytes) else text.encode("utf-8"))
    return out.getvalue()


def workbook(tables, shared=True):
    """{name: rows of plain values} as a workbook."""
    strings = [] if shared else None
    sheets = {name: sheet_xml(rows, strings) for name, rows in tables.items()}
    return pack(parts(sheets, strings_xml(strings) if shared else None))
