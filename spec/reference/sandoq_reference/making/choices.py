"""What voters choose, in the form of 52.1, and choices drawn at random."""

from ..codes import FREE, OF_OPTIONS, REFUSED, Codes
from ..items import BIT_VECTOR, PACKED, RANKING, SLOTS, SUBSET
from ..layout import Value
from ..rules.choices import LIST, OPTION, STRIKE


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


def of_codes(contest, chosen, text=""):
    """The choices of a contest of the manifest, not of rankings, that hold these codes; none: a blank ballot, if it can be."""
    if contest.encoding == BIT_VECTOR:
        own = [int(code in chosen) for code in range(1, Codes(contest).count + 1)]
        return marks(own + ([int(not chosen)] if contest.blank else []))
    return codes(*sorted(chosen)) if contest.encoding == SLOTS else subset(*sorted(chosen), text=text)


def of_entries(contest, *entries):
    """What a device makes of entries that it does not refuse."""
    outcome, chosen = Codes(contest).of_entries(entries)
    if outcome == REFUSED:
        raise ValueError(f"no ballot can be made of {entries}")
    return of_codes(contest, chosen)


def random_entries(contest, stream):
    """What a voter may press: options and a list code, some of them too often, and members struck out."""
    own, entries = Codes(contest), []
    if own.lists and stream.below(3):
        chosen = stream.below(len(own.lists))
        members = own.lists[chosen].options
        entries = [(LIST, chosen)] + [(STRIKE, members[stream.below(len(members))]) for _ in range(stream.below(3))
                                      if own.rule.strike]
    near = [option for kind, index in entries if kind == LIST for option in own.lists[index].options]
    for _ in range(stream.below(contest.max + 2)):
        member = near and stream.below(2)
        entry = (OPTION, near[stream.below(len(near))] if member else stream.below(own.options))
        if entries.count(entry) < own.each or not stream.below(4):
            entries.append(entry)
    return entries


def _of_random_entries(contest, stream):
    """Some voter's, whose device takes them."""
    while True:
        outcome, chosen = Codes(contest).of_entries(random_entries(contest, stream))
        if outcome != REFUSED:
            return of_codes(contest, chosen)


def _is_plain(contest):
    """Do its codes stand for options, and any of them together?"""
    own = Codes(contest)
    return own.kind == OF_OPTIONS and own.each == 1 and own.rule.form == FREE


def random_choices(contest, stream):
    """One voter's choices of a contest of the manifest: sometimes blank, else between least and most."""
    if not _is_plain(contest):
        return _of_random_entries(contest, stream)
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
