"""Vectors of section 75: seats, and the conditions on counts."""

from ..bit_vector import Shape
from ..items import RESULT
from ..layout import Value
from ..random_stream import RandomStream
from ..result import counts_problem, seats
from .section import Section


def _seats(section, comment, counts, places, reserves):
    elected, alternates, ties = seats(counts, places, reserves)
    result = Value(contest=3, ballots=1000, counts=counts, elected=elected, alternates=alternates, ties=ties)
    return section.add(comment, "seats", counts=counts, seats=places, alternates=reserves, result_contest=3,
                       result_ballots=1000, elected=elected, elected_alternates=alternates,
                       ties=[{"seats": t.seats, "alternates": t.alternates, "options": t.options} for t in ties],
                       bytes=RESULT.encode(result))


def make():
    section = Section("75", "75-result/vectors/result.json")
    for comment, counts, places, reserves in (
            ("no ties", [50, 40, 30, 20, 10], 2, 1), ("order of options does not matter", [10, 50, 20, 40, 30], 2, 2),
            ("equal counts that all fit", [5, 9, 9, 1], 2, 1), ("equal counts that fit across two ranks", [5, 9, 5, 1], 3, 1),
            ("tie for the last seat", [9, 7, 7, 3], 2, 1), ("tie for the last seat takes every alternate", [9, 7, 7, 7], 2, 1),
            ("tie for seats leaves alternates to the next group", [9, 7, 7, 3, 2], 2, 3),
            ("tie for seats, then tie for alternates", [9, 7, 7, 3, 3, 3], 2, 2),
            ("tie for an alternate", [9, 8, 7, 7, 1], 2, 1), ("everyone equal", [4, 4, 4, 4], 2, 1),
            ("everyone equal and everyone fits", [4, 4, 4], 2, 1),
            ("no votes at all", [0, 0, 0], 2, 1), ("fewer options with votes than seats", [0, 3, 0, 1], 3, 1),
            ("fewer with votes than seats and alternates", [2, 3, 0, 0], 1, 2), ("one option", [1], 1, 0),
            ("one option without votes", [0], 1, 0), ("no alternates, tie after the seats", [9, 7, 7], 1, 0),
            ("no alternates, tie for the seat", [7, 7], 1, 0), ("large counts", [2**40, 2**40 + 1, 2**63], 1, 1)):
        _seats(section, comment, counts, places, reserves)
    stream = RandomStream("75/seats")
    for index in range(20):
        options = 2 + stream.below(9)
        places = 1 + stream.below(options)
        reserves = stream.below(options - places + 1)
        _seats(section, f"random {index}", [stream.below(6) for _ in range(options)], places, reserves)
    limits = {"options": 3, "max": 2, "min": 1, "blank": 1}
    shape = Shape(3, 2, 1, True)

    def counts(comment, values, ballots, expect="accept", base=None):
        result = Value(contest=0, ballots=ballots, counts=values)
        problem = counts_problem(result, shape, 1, ballots, None)
        assert (problem is None) == (expect == "accept"), comment
        fails = None if expect == "accept" else "result.counts"
        return section.add(comment, "counts", expect, base, fails, counts=values, ballots=ballots, **limits)

    base = counts("ten ballots, two blank", [8, 4, 1, 2], 10)
    counts("all blank", [0, 0, 0, 10], 10)
    counts("no ballots", [0, 0, 0, 0], 0)
    counts("a count above the ballots", [11, 0, 0, 0], 10, "reject", base)
    counts("too few marks", [3, 2, 0, 2], 10, "reject", base)
    counts("too many marks", [8, 8, 1, 2], 10, "reject", base)
    counts("blank counts twice", [10, 0, 0, 6], 10, "reject", base)
    counts("a count missing", [8, 4, 1], 10, "reject", base)
    counts("a count too many", [8, 4, 1, 2, 0], 10, "reject", base)
    return section
