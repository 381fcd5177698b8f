"""What voters choose, in the form of 52.1, and choices drawn at random."""

from ..items import BIT_VECTOR, PACKED, RANKING, SLOTS, SUBSET
from ..layout import Value


def marks(values):
    """Encoding 1: 0 or 1 for each option, then for blank."""
    return Value(encoding=BIT_VECTOR, marks=bytes(values))


def codes(*values):
    """Encoding 2: codes from 1, ascending; none for a blank ballot."""
    return Value(encoding=SLOTS, codes=list(values))


def subset(*values, text=""):
    """Encoding 3."""
    return Value(encoding=SUBSET, codes=list(values), text=text.encode())


def ranking(*values, text=""):
    """Encoding 4, best first."""
    return Value(encoding=RANKING, codes=list(values), text=text.encode())


def random_choices(contest, stream):
    """One voter's choices of a contest of the manifest: sometimes blank, else between least and most."""
    options = len(contest.options)
    chosen = []
    if not contest.blank or stream.below(8):
        wanted = contest.min + stream.below(contest.max - contest.min + 1)
        while len(chosen) < wanted:
            option = min(stream.below(options), stream.below(options))
            if option not in chosen:
                chosen.append(option)
    elif contest.encoding == BIT_VECTOR:
        return marks([0] * options + [1])
    if contest.encoding == BIT_VECTOR:
        return marks([int(option in chosen) for option in range(options)] + ([0] if contest.blank else []))
    out = Value(encoding=contest.encoding, codes=[option + 1 for option in chosen])
    if contest.encoding != RANKING:
        out.codes.sort()
    if contest.encoding in PACKED:
        out.text = b""
    return out
