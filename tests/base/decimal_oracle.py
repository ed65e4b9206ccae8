#!/usr/bin/env python3
"""Compare lingtan's decimals with Python's integers: decimal_oracle.py PATH_TO_ORACLE N [SEED]

The rule, stated here on its own: a number is an integer count of 10^-12 within -2^127 .. 2^127-1. Sums and differences
are exact. A product or quotient is the exact rational, rounded once to 12 places, ties to the even digit. Rounding to n
places sends ties to the even digit (r) or away from zero (u). What does not fit, and division by zero, is "overflow".
"""
import random
import subprocess
import sys
from fractions import Fraction

PLACES = 12
ONE = 10**PLACES
LEAST, MOST = -(2**127), 2**127 - 1
SHOWN = 10


def round_ratio(top, bottom, away):
    """The integer nearest to top / bottom."""
    sign = -1 if (top < 0) != (bottom < 0) else 1
    whole, rest = divmod(abs(top), abs(bottom))
    if 2 * rest > abs(bottom) or (2 * rest == abs(bottom) and (away or whole % 2 == 1)):
        whole += 1
    return sign * whole


def text_of(units):
    whole, part = divmod(abs(units), ONE)
    text = f"{whole}.{part:012d}".rstrip("0").rstrip(".")
    return "-" + text if units < 0 else text


def expected(op, a, b):
    if op == "c":
        return str((a > b) - (a < b))
    if op == "+":
        units = a + b
    elif op == "-":
        units = a - b
    elif op == "*":
        units = round_ratio(a * b, ONE, False)
    elif op == "/":
        if b == 0:
            return "overflow"
        units = round_ratio(a * ONE, b, False)
    else:
        step = 10 ** (PLACES - int(op[1:]))
        units = round_ratio(a, step, op[0] == "u") * step
    return text_of(units) if LEAST <= units <= MOST else "overflow"


def fits(units):
    return max(LEAST, min(MOST, units))


def any_number(rnd):
    """From a few units to the ends of the range, even in the exponent; with few or many digits."""
    kind = rnd.randrange(12)
    sign = rnd.choice((-1, 1))
    if kind == 0:
        return rnd.choice((0, 1, -1, ONE, -ONE, LEAST, LEAST + 1, MOST, MOST - 1, ONE // 2, 10 * ONE))
    if kind == 1:
        return fits(sign * (2 ** rnd.randrange(128) + rnd.randrange(-2, 3)))
    if kind == 2:
        return fits(sign * (10 ** rnd.randrange(39) + rnd.randrange(-2, 3)))
    if kind == 3:
        return fits(sign * rnd.randrange(1, 1000) * 10 ** rnd.randrange(37))
    if kind == 4:
        return rnd.choice((LEAST + rnd.randrange(10**6), MOST - rnd.randrange(10**6)))
    if kind <= 7:
        # What an assessment holds: amounts and factors.
        return sign * rnd.randrange(10 ** rnd.randrange(1, 12)) * 10 ** rnd.randrange(14)
    return fits(sign * rnd.getrandbits(rnd.randrange(1, 128)))


def product_tie(rnd):
    """a x b lies exactly between two numbers: a x b = (2k + 1) x 10^12 / 2 units."""
    twos, fives = rnd.randrange(12), rnd.randrange(13)
    a = 2**twos * 5**fives * rnd.getrandbits(rnd.randrange(1, 60))
    b = 2 ** (11 - twos) * 5 ** (12 - fives) * rnd.getrandbits(rnd.randrange(1, 60))
    return fits(rnd.choice((-1, 1)) * (a | 2**twos * 5**fives)), fits(rnd.choice((-1, 1)) * b)


def quotient_tie(rnd):
    """a x 10^12 / b is k + 1/2: b divides 2 x a x 10^12 with an odd quotient."""
    b = 2 ** rnd.randrange(14) * 5 ** rnd.randrange(13) * rnd.getrandbits(rnd.randrange(1, 70))
    half = Fraction(b * (2 * rnd.getrandbits(rnd.randrange(1, 90)) + 1), 2 * ONE)
    return fits(rnd.choice((-1, 1)) * half.numerator), fits(rnd.choice((-1, 1)) * b * half.denominator)


def edge_product(rnd):
    """Factors whose product lies about the end of the range, or about 2^128 where the wide path begins."""
    goal = rnd.choice((2**127 * ONE, 2**128, (2**127 * 2 - 1) * ONE // 2))
    a = rnd.getrandbits(rnd.randrange(2, 127)) | 1
    return rnd.choice((-1, 1)) * a, fits(rnd.choice((-1, 1)) * (goal // a + rnd.randrange(-1, 2)))


def edge_quotient(rnd):
    """Quotients about the end of the range, and dividends about 2^128 / 10^12."""
    if rnd.randrange(2):
        return rnd.choice((-1, 1)) * (2**128 // ONE + rnd.randrange(-3, 4)), any_number(rnd)
    b = rnd.randrange(1, 4 * ONE)
    return fits(rnd.choice((-1, 1)) * (2**127 * b // ONE + rnd.randrange(-2, 3))), rnd.choice((-1, 1)) * b


def rounding_tie(rnd, op):
    step = 10 ** (PLACES - int(op[1:]))
    return fits(rnd.choice((-1, 1)) * (rnd.getrandbits(rnd.randrange(1, 90)) * step + step // 2 + rnd.choice((0, 0, -1, 1))))


def make_case(rnd):
    op = rnd.choice(("*", "*", "*", "/", "/", "/", "+", "-", "c", "r", "u"))
    if op in "ru":
        op += str(rnd.randrange(PLACES + 1))
        return op, rounding_tie(rnd, op) if rnd.randrange(2) else any_number(rnd), None
    kind = rnd.randrange(4)
    if op == "*" and kind == 0:
        return (op, *product_tie(rnd))
    if op == "*" and kind == 1:
        return (op, *edge_product(rnd))
    if op == "/" and kind == 0:
        return (op, *quotient_tie(rnd))
    if op == "/" and kind == 1:
        return (op, *edge_quotient(rnd))
    a = any_number(rnd)
    return op, a, fits(a + rnd.randrange(-1, 2)) if kind == 2 else any_number(rnd)


def is_tie(op, a, b):
    if op == "*":
        return 2 * a * b % ONE == 0 and a * b % ONE != 0
    if op == "/":
        return b != 0 and 2 * a * ONE % b == 0 and a * ONE % b != 0
    return op[0] in "ru" and a * 2 % (step := 10 ** (PLACES - int(op[1:]))) == 0 and a % step != 0


def main(arguments):
    if len(arguments) not in (3, 4):
        sys.exit("usage: decimal_oracle.py PATH_TO_ORACLE N [SEED]")
    n = int(arguments[2])
    seed = int(arguments[3]) if len(arguments) == 4 else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}", flush=True)
    rnd = random.Random(seed)
    cases = [make_case(rnd) for _ in range(n)]
    lines = [f"{op} {text_of(a)}" + ("" if b is None else f" {text_of(b)}") for op, a, b in cases]
    run = subprocess.run([arguments[1]], input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    if run.returncode != 0:
        sys.exit(f"the oracle ended with {run.returncode}: {run.stderr}")
    answers = run.stdout.split()
    if n == 0 or len(answers) != n:
        sys.exit(f"{len(answers)} answers to {n} cases")
    wanted = [expected(*case) for case in cases]
    wrong = [i for i in range(n) if answers[i] != wanted[i]]
    for i in wrong[:SHOWN]:
        print(f"{lines[i]}: got {answers[i]}, wanted {wanted[i]}")
    if wrong:
        sys.exit(f"{len(wrong)} of {n} cases differ (seed {seed})")
    ties = sum(is_tie(*case) for case in cases)
    print(f"{n} cases agree ({ties} exact ties, {wanted.count('overflow')} refused)")


if __name__ == "__main__":
    main(sys.argv)
