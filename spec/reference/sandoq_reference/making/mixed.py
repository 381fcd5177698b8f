"""A small election with a contest of every encoding: mixed lists in groups, rules as data, ties settled by attributes and a lot."""

from ..manifest import NO_PARENT
from .parties import contest, labels, node, style

NORTH, NORTH_1, NORTH_2, SOUTH, SOUTH_1 = 2, 3, 4, 5, 6
COUNCIL, MOTTO, CHAIR, ASSEMBLY, WARD = range(5)
IRV = {"ranking": {"method": "irv", "overvote": "equal", "skipped": "close-up", "batch": False}}
PARTIES = {"proportional": {
    "base": "member-votes", "method": "d-hondt", "quota_votes": "all", "independents": "pooled", "list_overflow": "all",
    "pool_overflow": "all", "order": "votes", "alternates": "number", "vacancy": "same-party", "list_tie": "votes-then-lot"}}


def places():
    return {
        "nodes": [node("country", 0, NO_PARENT, en="Country", fa="کشور"), node("town", 4, 0, en="Town"),
                  node("north", 5, 1, en="North"), node("north-1", 7, 2), node("north-2", 7, 2),
                  node("south", 5, 1, en="South"), node("south-1", 7, 5)],
        "contests": [
            contest("council", 0, ["a", "b", "c", "d", "e"], 2, 1, True, 2, 1, floor=2, encoding=2, en="Council", fa="شورا"),
            contest("motto", 0, ["bread", "peace", "land", "water"], 2, 1, True, 1, 1, encoding=3, text=8, en="Motto"),
            contest("chair", 1, ["x", "y", "z"], 3, 1, False, 1, 0, 0, ("age",), encoding=4, law=IRV, en="Chair"),
            contest("assembly", 0, ["p1", "p2", "p3", "q1", "q2", "free"], 6, 1, True, 3, 1, 0, ("age",), law=PARTIES,
                    lists={"P": [0, 1, 2], "Q": [3, 4]}, en="Assembly"),
            contest("ward", 5, ["m", "n"], 1, 1, True, 1, 0, encoding=2, en="Ward")],
        "styles": [style("four", [0, 1, 2, 3]), style("five", [0, 1, 2, 3, 4])],
        "branch_styles": [[0], [0], [0, 1]],
        "beacon": labels(en="Closing figure of the exchange on the day after", fa="شاخص پایانی بورس در روز پس از انتخابات"),
    }
