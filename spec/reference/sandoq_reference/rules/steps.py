"""The transcript of an allocation, and the ties in it (spec 76.6, 76.7)."""

from fractions import Fraction

from ..layout import U8, U32, ListOf, Struct, Text, Value, encode_one

STEP = Struct("step", kind=U8, subjects=ListOf(U32, 0, 16384), values=ListOf(Text(1, 65536), 0, 16384))
TRANSCRIPT = ListOf(STEP, 0, 65536)

(VOTES, BELOW, QUOTA, CLAIMS, FIRST, EXTRA, TAKE_BACK, OVERFLOW, TIE, OPEN, PARTY, ELECTED, ALTERNATES, RUNOFF, EMPTY,
 COUNT, ELIMINATED, TRANSFER, PREFERRED, PATHS, POINTS, RESERVE) = range(1, 23)


class OpenTie(Exception):
    """A tie that needs a lot, and there is none."""


def number(value):
    """An exact number as text: N, or N/D in lowest terms."""
    value = Fraction(value)
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"


class Steps:
    """Collects the steps and breaks ties.

    attributes: option -> values (higher first), or None; ticket(tie, subject) -> bytes (lowest first), or None.
    """

    def __init__(self, attributes=None, ticket=None):
        self.attributes, self.ticket = attributes, ticket
        self.list, self.ties = [], 0
        self.option_ties = []  # the options of every tie between options, in their order

    def add(self, kind, subjects=(), values=()):
        self.list.append(Value(kind=kind, subjects=list(subjects), values=[number(v).encode() for v in values]))

    def encode(self):
        return encode_one(TRANSCRIPT, self.list)

    def _decide(self, subjects, places, key):
        """The subjects in their final order, best first; for more subjects than places."""
        groups = {}
        for subject in sorted(subjects):
            groups.setdefault(key(subject), []).append(subject)
        if self.ticket is None and any(len(group) > 1 for group in groups.values()):
            self.add(OPEN, sorted(subjects), [places])
            raise OpenTie
        tie, order = self.ties, []
        self.ties += 1
        for value in sorted(groups, reverse=True):
            group = groups[value]
            order += sorted(group, key=lambda subject: self.ticket(tie, subject)) if len(group) > 1 else group
        self.add(TIE, order, [places])
        return order

    def options(self, subjects, places):
        """Options in their order: as they are if all fit or there is one, else by attributes and lot."""
        if len(subjects) <= max(1, places):
            return sorted(subjects)
        self.option_ties.append(sorted(subjects))
        return self._decide(subjects, places, lambda option: tuple(self.attributes[option]) if self.attributes else ())

    def parties(self, subjects, places, votes):
        """votes: subject -> its votes, if more votes go first; else None."""
        if len(subjects) <= max(1, places):
            return sorted(subjects)
        return self._decide(subjects, places, lambda party: votes[party] if votes else 0)


def groups_by(subjects, value):
    """The subjects in groups of equal value, highest first."""
    groups = {}
    for subject in subjects:
        groups.setdefault(value(subject), []).append(subject)
    return [groups[key] for key in sorted(groups, reverse=True)]
