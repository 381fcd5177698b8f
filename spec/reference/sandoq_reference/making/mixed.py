"""A small election with a contest of every encoding: mixed lists in groups, rules as data, ties settled by attributes and a lot."""

from .. import packed
from ..elgamal import encrypt
from ..items import SUBSET
from ..layout import Value
from ..manifest import NO_PARENT
from .choices import codes, marks, ranking, subset
from .election import Maker
from .parties import contest, labels, node, style

NORTH, NORTH_1, NORTH_2, SOUTH, SOUTH_1, SOUTH_2 = 2, 3, 4, 5, 6, 7
COUNCIL, MOTTO, CHAIR, ASSEMBLY, WARD = range(5)
IRV = {"ranking": {"method": "irv", "overvote": "equal", "skipped": "close-up", "batch": False}}
PARTIES = {"proportional": {
    "base": "member-votes", "method": "d-hondt", "quota_votes": "all", "independents": "pooled", "list_overflow": "all",
    "pool_overflow": "all", "order": "votes", "alternates": "number", "vacancy": "same-party", "list_tie": "votes-then-lot"}}


def places():
    return {
        "nodes": [node("country", 0, NO_PARENT, en="Country", fa="کشور"), node("town", 4, 0, en="Town"),
                  node("north", 5, 1, en="North"), node("north-1", 7, 2), node("north-2", 7, 2),
                  node("south", 5, 1, en="South"), node("south-1", 7, 5),
                  node("south-2", 7, 5)],
        "contests": [
            contest("council", 0, ["a", "b", "c", "d", "e"], 2, 1, True, 2, 1, floor=2, encoding=2, en="Council", fa="شورا"),
            contest("motto", 0, ["bread", "peace", "land", "water"], 2, 1, True, 1, 1, encoding=3, text=8, en="Motto"),
            contest("chair", 1, ["x", "y", "z"], 3, 1, False, 1, 0, 0, ("age",), encoding=4, law=IRV, en="Chair"),
            contest("assembly", 0, ["p1", "p2", "p3", "q1", "q2", "free"], 6, 1, True, 3, 1, 0, ("age",), law=PARTIES,
                    lists={"P": [0, 1, 2], "Q": [3, 4]}, en="Assembly"),
            contest("ward", 5, ["m", "n"], 1, 1, True, 1, 0, encoding=2, en="Ward")],
        "styles": [style("four", [0, 1, 2, 3]), style("five", [0, 1, 2, 3, 4])],
        "branch_styles": [[0], [0], [0, 1], [0]],
        "beacon": labels(en="Closing figure of the exchange on the day after", fa="شاخص پایانی بورس در روز پس از انتخابات"),
    }


SIZES = ((2, 3), (2, 3))
BEACON = "۱۲٬۳۴۵٫۶".encode()
# contest -> option -> values of its attributes
ATTRIBUTES = {CHAIR: {0: [50], 1: [40]}, ASSEMBLY: {0: [30], 1: [30], 2: [45]}}
GROUPS = {COUNCIL: [[NORTH], [SOUTH]]}
SETS = ((COUNCIL, [NORTH]),)  # the blanks of the north, which are a list of their own anyway


def _assembly(marked):
    """p, q: members of the lists by number; f: the independent; -: blank."""
    names = ("p1", "p2", "p3", "q1", "q2", "f", "-")
    return marks(int(name in marked.split()) for name in names)


def _pack(maker, ballot, encrypted):
    """Replaces the motto by what encrypted(shape, nonces) gives, with a proof like any other."""
    shape, context = maker.election.shapes[MOTTO], maker.keys.context(ballot, MOTTO)
    stream = maker.stream.fork("no choice")
    nonces = [stream.nonzero() for _ in range(shape.width)]
    pairs = encrypted(shape, nonces)
    ballot.contests[MOTTO] = Value(encoding=SUBSET, ciphertexts=pairs, proof=packed.prove(context, pairs, nonces, stream.bytes(32)))


def no_choice(ballot, maker):
    """The device packs a number that is none of a choice: an invalid vote."""
    _pack(maker, ballot, lambda shape, nonces: packed.encrypt(maker.keys.key_table, packed.parts_of(shape, shape.values), nonces))


def identity(ballot, maker):
    """The device encrypts the identity, which no number has."""
    _pack(maker, ballot, lambda shape, nonces: [encrypt(maker.keys.key_table, 0, nonce) for nonce in nonces])


def polls(maker, spoil=no_choice):
    """Five ballots are cast, one of them with an invalid vote; two are challenged, a full and a blank one; one is void."""
    device = maker.device(NORTH_1, 1, 4)
    device.vote(0, 10000, [codes(1, 2), subset(1, text="نان"), ranking(1), _assembly("p1 q1")], "cast")
    device.vote(0, 10000, [codes(3), subset(2, 4, text="صلح"), ranking(3, 1, 2), _assembly("p1 p2 q2")], "challenge")
    device.vote(0, 7, [codes(), subset(), ranking(2, 3, 1), _assembly("-")], "cast")
    device = maker.device(NORTH_2, 1, 3)
    device.vote(0, 10000, [codes(2, 3), subset(1, 3), ranking(3), _assembly("p2 q2")], "cast")
    device.vote(0, 10000, [codes(5), subset(4), ranking(2, 1), _assembly("f")], "void")
    device = maker.device(SOUTH_1, 1, 4)
    device.vote(1, 10000, [codes(1, 4), subset(1), ranking(2, 3), _assembly("p1 p2 p3 f"), codes(1)], "cast",
                lambda ballot: spoil(ballot, maker))
    device.vote(1, 10000, [codes(), subset(), ranking(1, 2), _assembly("-"), codes()], "challenge")
    device.vote(0, 1234, [codes(4), subset(2), ranking(1, 3), _assembly("q1 p3")], "cast")
    maker.device(SOUTH_2, 1, 2)


def mixed(seed, hook=None, settled=True):
    """The election, of which no step is taken yet; its ties stay open unless settled."""
    return Maker(seed, places(), SIZES, 2, hook, sets=SETS, attributes=ATTRIBUTES if settled else None, beacon=BEACON if settled else None,
                 polls=polls, groups=GROUPS)
