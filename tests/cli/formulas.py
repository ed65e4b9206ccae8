"""Computes the formulas of a workbook that the program wrote, as an office suite does, from what stands in its cells alone."""
import html
import re
import zipfile

TOKEN = re.compile(r"""\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<number>\d+(?:\.\d+)?)|(?P<cell>(?:'(?:[^']|'')*'!)?(?:\$?[A-Z]+\$?\d+|\$?[A-Z]+:\$?[A-Z]+))|(?P<name>[A-Z]+)(?=\()
                       |(?P<sign><>|<=|>=|[-+*/^&=<>(),]))""", re.X)
LEVELS = [("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",)]


class Wrong(Exception):
    """What an office suite shows as #VALUE! or #DIV/0!."""


def number_of(value):
    if isinstance(value, str):
        raise Wrong(value)
    return float(value or 0)


def text_of(value):
    return value if isinstance(value, str) else "" if value is None else "%g" % value


def compared(sign, a, b):
    a, b = ("" if x is None and isinstance(y, str) else 0 if x is None else x.lower() if isinstance(x, str) else float(x) for x, y in ((a, b), (b, a)))
    # any text is above any number
    a, b = (isinstance(a, str), a), (isinstance(b, str), b)
    return {"=": a == b, "<>": a != b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]


def reckoned(sign, a, b):
    if sign in LEVELS[0]:
        return compared(sign, a, b)
    if sign == "&":
        return text_of(a) + text_of(b)
    a, b = number_of(a), number_of(b)
    if sign == "/" and b == 0:
        raise Wrong("division by 0")
    return {"+": a + b, "-": a - b, "*": a * b}[sign] if sign in "+-*" else a / b if sign == "/" else a ** b


class Formula:
    """Read into a tree of tuples: only the branch of an IF that is taken is computed."""

    def __init__(self, text):
        self.tokens, at = [], 0
        while at < len(text):
            token = TOKEN.match(text, at)
            assert token, text[at:]
            self.tokens.append((token.lastgroup, token.group(token.lastgroup)))
            at = token.end()
        self.tree = self.level(0)
        assert not self.tokens, text

    def take(self, *signs):
        return self.tokens.pop(0)[1] if self.tokens and self.tokens[0][0] == "sign" and self.tokens[0][1] in signs else None

    def level(self, n):
        if n == len(LEVELS):
            return self.atom()
        tree = self.level(n + 1)
        while True:
            sign = self.take(*LEVELS[n])
            if not sign:
                return tree
            tree = ("sign", sign, tree, self.level(n + 1))

    def atom(self):
        if self.take("-"):
            return ("sign", "-", ("value", 0), self.atom())
        if self.take("("):
            tree = self.level(0)
            assert self.take(")")
            return tree
        kind, text = self.tokens.pop(0)
        if kind == "text":
            return ("value", text[1:-1].replace('""', '"'))
        if kind == "number":
            return ("value", float(text))
        if kind == "cell":
            return ("cell", text)
        assert kind == "name" and self.take("("), text
        of = []
        while not self.take(")"):
            of.append(self.level(0))
            self.take(",")
        return ("call", text, of)


class Workbook:
    def __init__(self, path):
        self.given, self.formulas, self.written, self.known = {}, {}, {}, {}
        with zipfile.ZipFile(path) as book:
            names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode("utf-8"))
            for n, name in enumerate(names, 1):
                text = book.read("xl/worksheets/sheet%d.xml" % n).decode("utf-8")
                for cell, attributes, body in re.findall(r'<c r="([A-Z]+\d+)"([^>]*?)(?:/>|>(.*?)</c>)', text, re.S):
                    self.take((html.unescape(name), cell), attributes, body)

        self.rows = max(int(re.sub("[A-Z]", "", cell)) for _, cell in [*self.given, *self.formulas])

    def take(self, at, attributes, body):
        formula, value = re.search(r"<f>(.*?)</f>", body, re.S), re.search(r"<v>(.*?)</v>", body, re.S)
        inline = re.search(r"<t[^>]*>(.*?)</t>", body, re.S)
        known = html.unescape((value or inline).group(1)) if value or inline else None
        if known is not None and 't="' not in attributes:
            known = float(known)
        if formula:
            self.formulas[at], self.written[at] = html.unescape(formula.group(1)), known
        else:
            self.given[at] = known

    def places(self, sheet, text):
        """The cells of a reference: one, or a whole column."""
        other, _, cells = text.rpartition("!")
        sheet = other[1:-1].replace("''", "'") if other else sheet
        cells = cells.replace("$", "")
        column, _, last = cells.partition(":")
        assert not last or last == column, text
        return [(sheet, column + str(row)) for row in range(1, self.rows + 1)] if last else [(sheet, cells)]

    def value(self, at):
        if at not in self.formulas:
            return self.given.get(at)
        if at not in self.known:
            self.known[at] = self.computed(at[0], Formula(self.formulas[at]).tree)
        return self.known[at]

    def computed(self, sheet, tree):
        of = lambda branch: self.computed(sheet, branch)
        if tree[0] == "value":
            return tree[1]
        if tree[0] == "cell":
            at, = self.places(sheet, tree[1])
            return self.value(at)
        if tree[0] == "sign":
            return reckoned(tree[1], of(tree[2]), of(tree[3]))
        name, branches = tree[1], tree[2]
        if name == "IF":
            return of(branches[1] if number_of(of(branches[0])) else branches[2])
        if name == "SUMIF":
            keys, values = (self.places(sheet, branches[i][1]) for i in (0, 2))
            wanted = of(branches[1])
            return sum(number_of(self.value(v)) for k, v in zip(keys, values) if compared("=", self.value(k), wanted) and not isinstance(self.value(v), str))
        if name == "ISNUMBER":
            try:
                return isinstance(of(branches[0]), (int, float))
            except Wrong:
                return False
        values = [of(branch) for branch in branches]
        if name == "SEARCH":
            found = text_of(values[1]).lower().find(text_of(values[0]).lower())
            if found < 0:
                raise Wrong(name)
            return found + 1
        if name == "N":
            return 0 if isinstance(values[0], str) else number_of(values[0])
        if name == "COUNT":
            return sum(isinstance(v, (int, float)) for v in values)
        values = [number_of(v) for v in values]
        if name == "ROUND":
            size = 10 ** values[1]
            return int(abs(values[0]) * size + 0.5 + 1e-9) / size * (1 if values[0] >= 0 else -1)
        return {"OR": any, "AND": all, "MAX": max, "MIN": min, "ABS": lambda v: abs(v[0]), "MOD": lambda v: v[0] % v[1]}[name](values)

    def differing(self):
        """[(sheet, cell, what is written, what it comes to)] where the two are not the same. What stands before limits and rounding has
        nothing written beside it."""
        wrong = []
        for at in self.formulas:
            value, written = self.value(at), self.written[at]
            if written is None:
                continue
            same = value == written if isinstance(value, str) or isinstance(written, str) else abs(number_of(value) - number_of(written)) <= 1e-9 * max(1, abs(number_of(written)))
            if not same:
                wrong.append((*at, written, value))
        return wrong
