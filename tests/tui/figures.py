"""Numbers as the screens write them, from the exact ones of --json."""
import decimal


def number(text, places):
    """Rounded to even, with commas; places < 0: at most so many, without zeros at the end."""
    with decimal.localcontext() as context:
        context.prec = 60
        value = decimal.Decimal(text).quantize(decimal.Decimal(1).scaleb(-abs(places)), decimal.ROUND_HALF_EVEN)
    out = "{:,f}".format(value)
    return out.rstrip("0").rstrip(".") if places < 0 and "." in out else out


def interval(value, places):
    low, high = number(value["low"], places), number(value["high"], places)
    return low if low == high else low + "~" + high


def change(value):
    value = decimal.Decimal(value)
    return ("+" if value > 0 else "") + number(value, 1 if value * 10 == int(value * 10) else 2)
