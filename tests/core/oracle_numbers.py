"""Exact decimals and values of the independent evaluator (oracle.py): integers counting 10^-12, intervals, what is not applicable or has no value."""

import functools
import os
import re
from collections import namedtuple


PLACES = 12
ONE = 10**PLACES
INF = float("inf")
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]{1,12})?\Z")
HERE = os.path.dirname(os.path.abspath(__file__))
UNITS_FILE = os.path.join(HERE, "..", "..", "rulesets", "units.yaml")


class Wrong(Exception):
    """The ruleset, the case or an answer does not make sense."""


# ---- decimals ---------------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def parse(text):
    """Units of 10^-12 in a decimal as it is written."""
    if not isinstance(text, str) or not NUMBER.match(text):
        raise Wrong(f"not a number: {text!r}")
    whole, _, fraction = text.partition(".")
    units = int(whole.lstrip("-")) * ONE + int((fraction + "0" * PLACES)[:PLACES])
    return -units if text.startswith("-") else units


def show(units):
    """Canonical text of a number of units; unbounded ends have a word."""
    if units in (INF, -INF):
        return "unbounded"
    whole, fraction = divmod(abs(units), ONE)
    text = str(whole) + (f".{fraction:012d}".rstrip("0") if fraction else "")
    return "-" + text if units < 0 else text


def divide_half_even(numerator, denominator):
    """The integer next to numerator / denominator; the even one of two."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    quotient, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and quotient % 2):
        quotient += 1
    return quotient


def sign(number):
    return (number > 0) - (number < 0)


def multiply(a, b):
    """a . b, rounded once; 0 times unbounded is 0."""
    if a == 0 or b == 0:
        return 0
    if a in (INF, -INF) or b in (INF, -INF):
        return sign(a) * sign(b) * INF
    return divide_half_even(a * b, ONE)


def multiply_divide(a, b, c):
    """a . b / c, rounded once; c is not 0."""
    if a == 0 or b == 0:
        return 0
    if a in (INF, -INF) or b in (INF, -INF):
        return sign(a) * sign(b) * sign(c) * INF
    if c in (INF, -INF):
        return 0
    return divide_half_even(a * b, c)


def divide(a, b):
    return multiply_divide(a, ONE, b)


def round_places(units, places, mode):
    if units in (INF, -INF):
        return units
    step = 10 ** (PLACES - places)
    if mode == "half_up":  # away from zero
        quotient, rest = divmod(abs(units), step)
        return sign(units) * (quotient + (2 * rest >= step)) * step
    return divide_half_even(units, step) * step


# ---- values -----------------------------------------------------------------------------------------------------------------

NOTHING = frozenset()


class Value(namedtuple("Value", "state lo hi maybe_none unknown")):
    """A number between lo and hi, "na", or "none"; and the inputs that can still change it."""

    __slots__ = ()

    @property
    def is_number(self):
        return self.state == "number"

    @property
    def is_certain(self):
        return not self.is_number or (self.lo == self.hi and not self.maybe_none)

    @property
    def certainly(self):  # as a truth
        return self.is_number and self.lo >= ONE and not self.maybe_none

    @property
    def possibly(self):
        return self.is_number and self.hi >= ONE


def number(lo, hi=None, maybe_none=False, unknown=NOTHING):
    hi = lo if hi is None else hi
    if lo == hi and not maybe_none:
        unknown = NOTHING
    return Value("number", lo, hi, maybe_none, unknown)


NA = Value("na", 0, 0, False, NOTHING)
NONE = Value("none", 0, 0, False, NOTHING)


def truth(certain, possible, maybe_none=False, unknown=NOTHING):
    return number(ONE if certain else 0, ONE if possible else 0, maybe_none, unknown)


def count(truths):
    return sum(truths) * ONE


def behind(values):
    """What is unknown behind any of the values."""
    return frozenset().union(*(v.unknown for v in values))


def any_none(values):
    return any(v.maybe_none for v in values)


def without_number(values):
    """None or n/a where one of the values is; READING: none before n/a."""
    states = [v.state for v in values]
    return NONE if "none" in states else NA if "na" in states else None


def times(a, b):
    corners = [multiply(x, y) for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
    return number(min(corners), max(corners), any_none((a, b)), behind((a, b)))
