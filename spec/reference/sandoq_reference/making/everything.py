"""A small election in which everything happens that the format has a form for."""

import copy

from ..manifest import NO_PARENT
from .choices import marks
from .election import Maker
from .keys import Plan, wrong_share
from .mutating import NOT_AN_ELEMENT
from .parties import contest, labels, node, style

SIZES = ((2, 4), (2, 3))
CHEAT = {"faults": {(0, 1, 3): wrong_share}, "complaints": [(0, 3, 1)]}
LIE = {"complaints": [(1, 3, 1)]}
NORTH_1, NORTH_2, NORTH_3, SOUTH_1, SOUTH_2 = 3, 4, 5, 7, 8
BEACON = "۱۲٬۳۴۵٫۶".encode()
# contest -> option -> values of its attributes
ATTRIBUTES = {0: {1: [40, 5], 2: [40, 9], 3: [38, 20]}}
# Sums of the council: the north, in it one branch, and two small ones together; of the mayor: the south.
SETS = ((0, [2]), (0, [NORTH_1]), (0, [NORTH_2, NORTH_3]), (1, [6]))


def places():
    return {
        "nodes": [node("country", 0, NO_PARENT, en="Country", fa="کشور"), node("town", 4, 0, en="Town"),
                  node("north", 5, 1, en="North"), node("north-1", 7, 2), node("north-2", 7, 2), node("north-3", 7, 2),
                  node("south", 5, 1, en="South"), node("south-1", 7, 6), node("south-2", 7, 6)],
        "contests": [contest("council", 0, ["a", "b", "c", "d"], 2, 1, True, 2, 1, 3, ("age", "service"), en="Council",
                             fa="شورا"),
                     contest("mayor", 1, ["x", "y", "z"], 1, 0, False, 1, 1, floor=4, en="Mayor"),
                     contest("bridge", 6, ["yes", "no"], 1, 0, False, 1, 0, en="Shall the bridge be built?")],
        "styles": [style("both", [0, 1]), style("all", [0, 1, 2]), style("council only", [0])],
        "branch_styles": [[0], [0], [0, 2], [0], [0, 1]],
        "beacon": labels(en="Closing figure of the exchange on the day after", fa="شاخص پایانی بورس در روز پس از انتخابات"),
        "eligibility": 1,
    }


def plans():
    """A dealer who cheats, an accuser who lies, an attempt given up, somebody absent."""
    return [Plan(1, **CHEAT), Plan(2, **LIE),
            Plan(4, absent={(0, 4): "did not come back after the second attempt"})]


def _marks(options, marked):
    return marks(int(name in marked) for name in options)


def _choices(council, mayor=None):
    """Council: letters, or - for blank; mayor: a letter, or nothing at all for a style without it."""
    out = [_marks("abcd-", council)]
    return out if mayor is None else out + [_marks("xyz", mayor)]


def _vote(device, *votes):
    for council, mayor, action in votes:
        device.vote(2 if mayor is None else 0, 10000 if action else 7, _choices(council, mayor), action)


def _bad_device(maker):
    """Its first ballot proves nothing, its second repeats the first and holds bytes that are no element."""
    device, first = maker.device(NORTH_1, 2, 4, excluded=True), []

    def without_proof(ballot):
        part = ballot.contests[0]
        part.final = part.final[:64] + part.final[:32]
        first.extend(copy.deepcopy(ballot.contests))

    def repeated(ballot):
        ballot.contests = first
        first[0].ciphertexts[0] = first[0].ciphertexts[0][:32] + NOT_AN_ELEMENT

    device.vote(0, 10000, _choices("a", "x"), "cast", without_proof)
    device.vote(0, 10000, _choices("a", "x"), "cast", repeated)
    device.exclude(2, "serial 1 proves nothing, serial 2 repeats it")


def polls(maker):
    cast = "cast"
    _vote(maker.device(NORTH_1, 1, 6), ("ab", "x", cast), ("ac", "x", cast), ("d", "z", "challenge"), ("a", "y", cast),
          ("ad", "", cast))
    _bad_device(maker)
    broken = maker.device(NORTH_2, 1, 4)
    _vote(broken, ("bc", "x", cast), ("cd", "y", None))
    broken.recover("the device burned out on the evening of the election")
    _vote(maker.device(NORTH_3, 1, 3), ("-", "y", cast), ("d", None, cast))
    _vote(maker.device(SOUTH_1, 1, 5), ("a", "x", cast), ("b", "y", cast), ("ab", "z", "void"), ("cd", "y", cast))
    _vote(maker.device(SOUTH_2, 1, 2), ("a", "z", cast))


def everything(seed, hook=None, resolved=True):
    """The election, of which no step is taken yet; its ties stay open unless resolved."""
    return Maker(seed, places(), SIZES, 2, hook, plans(), SETS, ATTRIBUTES if resolved else None, BEACON if resolved else None,
                 polls=polls)
