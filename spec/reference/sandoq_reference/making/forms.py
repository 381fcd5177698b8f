"""A small election whose ballots say more than which options are chosen: closed and open lists, list codes of their own, several
votes for one option, over-votes that are cut off."""

from .. import packed
from ..items import SUBSET
from ..layout import Value
from ..manifest import NO_PARENT
from ..rules.choices import LIST, OPTION
from .choices import of_entries
from .election import Maker
from .parties import contest, node, style

EAST, WEST = 1, 2
SEATS, POINTS, PARLIAMENT, COUNCIL = range(4)
SIZES = ((2, 2), (1, 1))


def _parties(base, **order):
    return {"proportional": {"base": base, "method": "d-hondt", "quota_votes": "all", "independents": "pooled",
                             "list_overflow": "all", "pool_overflow": "all", "alternates": "number", "vacancy": "same-party",
                             "list_tie": "votes-then-lot", **order}}


def places():
    return {
        "nodes": [node("country", 0, NO_PARENT, en="Country", fa="کشور"), node("east", 7, 0), node("west", 7, 0)],
        "contests": [
            contest("seats", 0, ["a1", "a2", "a3", "b1", "b2", "b3"], 3, 2, True, 2, 1,
                    law=_parties("member-votes", order="fixed"), lists={"A": [2, 0, 1], "B": [3, 4]}, ballot={"form": "closed"},
                    en="Seats", fa="کرسی‌ها"),
            contest("points", 0, ["w", "x", "y", "z"], 4, 1, True, 2, 1, encoding=2, law={"plurality": {"runoff": 0}},
                    ballot={"each": 3, "overvote": "truncate"}, en="Points"),
            contest("parliament", 0, ["p1", "p2", "p3", "q1", "q2", "free"], 2, 1, True, 2, 1, encoding=3,
                    law=_parties("list-ballots", order="quota-jump", jump="1/4", jump_base="party-votes"),
                    lists={"P": [0, 1, 2], "Q": [3, 4]}, ballot={"form": "open", "list_code": "separate"}, en="Parliament"),
            contest("council", 0, ["r1", "r2", "s1", "t"], 3, 1, True, 2, 1, law=_parties("list-ballots", order="votes"),
                    lists={"R": [0, 1], "S": [2]}, ballot={"list_code": "separate", "exclusive": True, "each": 2}, en="Council")],
        "styles": [style("all", [SEATS, POINTS, PARLIAMENT, COUNCIL])],
        "branch_styles": [[0], [0]],
    }


def entered(contest_of, pressed):
    """The choices of a contest of the manifest when these ids are pressed, one after the other; none: a blank ballot."""
    number = {entry.id: (OPTION, index) for index, entry in enumerate(contest_of.options)}
    number |= {entry.id: (LIST, index) for index, entry in enumerate(contest_of.lists)}
    return of_entries(contest_of, *(number[name.encode()] for name in pressed.split()))


def pack(maker, ballot, codes):
    """Replaces the choice of the parliament by these codes, whatever they are, with a proof like any other."""
    shape, context = maker.election.shapes[PARLIAMENT], maker.keys.context(ballot, PARLIAMENT)
    stream = maker.stream.fork("no choice")
    nonces = [stream.nonzero() for _ in range(shape.width)]
    pairs = packed.encrypt(maker.keys.key_table, packed.parts_of(shape, packed.number_of_subset(shape.options, codes)), nonces)
    ballot.contests[PARLIAMENT] = Value(encoding=SUBSET, ciphertexts=pairs,
                                        proof=packed.prove(context, pairs, nonces, stream.bytes(32)))


TWO_LISTS = (1, 4)  # the codes of p1 and q1
CAST = {
    EAST: (("A", "w w w x", "P p1", "R"), ("B", "x x x x y", "Q", "r1 r1 s1"), ("A", "z", "p2 p1", "t")),
    WEST: (("A", "w w y y", "Q q1", "r2 s1 s1"), ("", "", "", ""), ("B", "x w", "Q q2", "R"), ("A", "w z", "P p3", "r1")),
}


def polls(maker, altered=None):
    """Seven ballots are cast, one of them with an invalid vote: a device packs options of two lists. Two are challenged, one is
    void.

    altered: (branch, number of the ballot at its device from 0) -> contest -> choices in place of what was entered.
    """
    for branch, ballots in CAST.items():
        device = maker.device(branch, 1, 8)
        actions = [(pressed, "cast") for pressed in ballots]
        if branch == EAST:
            actions[1:1] = [(("B", "x x x x w w", "Q q2 q1", "s1 s1 t"), "challenge"), (("A", "y", "free", "S"), "void")]
        else:
            actions[2:2] = [(("", "", "", ""), "challenge")]
        for serial, (pressed, action) in enumerate(actions):
            choices = [entered(own, text) for own, text in zip(maker.election.contests, pressed)]
            for index, other in (altered or {}).get((branch, serial), {}).items():
                choices[index] = other
            last = branch == WEST and serial == len(actions) - 1
            device.vote(0, 10000, choices, action, (lambda ballot: pack(maker, ballot, TWO_LISTS)) if last else None)


def forms(seed, hook=None):
    """The election, of which no step is taken yet."""
    return Maker(seed, places(), SIZES, 2, hook, polls=polls)
