"""Vectors of section 50.10: for contests of every ballot rule, what their codes stand for, and which are permitted together."""

from ..codes import Codes
from ..layout import Value, encode_one
from ..making.parties import node
from ..manifest import BRANCH, NO_PARENT, rule_problem, shape_of
from ..random_stream import RandomStream
from ..rules.choices import LIST, OPTION, STRIKE
from ..rules.rule import LISTS, RULE, from_json
from .rules import lists_of
from .section import Section

PLURALITY = {"plurality": {"runoff": 0}}
IRV = {"ranking": {"method": "irv", "overvote": "equal", "skipped": "close-up", "batch": False}}
TWO_LISTS = ([0, 1, 2], [3, 4])  # of six options, the last one independent


def _parties(base):
    return {"proportional": {"base": base, "method": "d-hondt", "quota_votes": "all", "independents": "pooled",
                             "list_overflow": "all", "pool_overflow": "all", "order": "votes", "alternates": "none",
                             "vacancy": "same-party", "list_tie": "votes-then-lot"}}


def _contest(options, most, least, blank, encoding, lists=(), method=None, text=0, **ballot):
    """A contest of rule 2; ballot: what of its ballot rule is not as in the simplest one."""
    rule = {"min": least, "max": most, "each": 1, "overvote": "reject", "list_code": "none", "form": "free", **ballot}
    base = "list-ballots" if rule["list_code"] == "separate" else "member-votes"
    law = from_json({"format": 1, "ballot": rule, **(method or (_parties(base) if lists else PLURALITY))})
    return Value(id=b"c", labels=[], scope=0, encoding=encoding,
                 options=[Value(id=b"o%d" % i, labels=[]) for i in range(options)], max=most, min=least, blank=int(blank),
                 seats=1, alternates=0, rule=2, floor=0, attributes=[], text=text, law=law,
                 lists=lists_of(*lists))


MEMBERS, SEPARATE = {"list_code": "members"}, {"list_code": "separate"}
CLOSED, OPEN = {"form": "closed"}, {"form": "open"}
CARRIED = {
    "the options in slots": _contest(5, 3, 1, True, 2),
    "cumulative votes in a bit vector": _contest(4, 5, 1, True, 1, each=3),
    "cumulative votes in slots": _contest(4, 5, 2, False, 2, each=3),
    "cumulative votes in a packed subset, with room for a text": _contest(4, 5, 0, False, 3, each=3, text=8),
    "closed lists, their members counted": _contest(6, 3, 2, True, 1, ([0, 1, 2], [5, 3]), **CLOSED, **MEMBERS),
    "closed lists, a long one cut off": _contest(8, 2, 1, False, 2, ([4, 0, 2, 1, 3], [5, 6]), overvote="truncate", **CLOSED,
                                                 **MEMBERS),
    "closed lists, counted apart": _contest(6, 4, 2, True, 1, TWO_LISTS, **CLOSED, **SEPARATE),
    "closed lists, counted apart, in a packed subset": _contest(6, 4, 0, False, 3, TWO_LISTS, **CLOSED, **SEPARATE),
    "closed lists with strike-outs": _contest(6, 2, 1, True, 3, TWO_LISTS, strike=True, **CLOSED, **MEMBERS),
    "closed lists with strike-outs, over-votes void": _contest(6, 2, 1, True, 3, TWO_LISTS, strike=True, overvote="void", each=2,
                                                               **CLOSED, **MEMBERS),
    "options or a list, in a bit vector": _contest(6, 4, 2, True, 1, TWO_LISTS, exclusive=True, each=2, **SEPARATE),
    "options or a list, in a packed subset": _contest(6, 3, 2, False, 3, TWO_LISTS, exclusive=True, **SEPARATE),
    "options and a list beside them": _contest(6, 3, 2, True, 3, TWO_LISTS, each=2, **SEPARATE),
    "options and a list beside them, over-votes cut off": _contest(6, 2, 0, False, 3, TWO_LISTS, overvote="truncate", **SEPARATE),
    "open lists without list codes": _contest(6, 3, 0, False, 3, TWO_LISTS, **OPEN),
    "open lists, a list code for the members": _contest(6, 3, 1, True, 3, TWO_LISTS, each=2, overvote="truncate", **OPEN,
                                                        **MEMBERS),
    "open lists, counted apart": _contest(6, 3, 1, True, 3, TWO_LISTS, **OPEN, **SEPARATE),
    "open lists, counted apart, options or a list": _contest(6, 3, 1, True, 3, TWO_LISTS, exclusive=True, overvote="void", **OPEN,
                                                             **SEPARATE),
    "over-votes cut off, in a bit vector": _contest(5, 3, 1, True, 1, overvote="truncate"),
    "over-votes cut off, in slots": _contest(5, 2, 2, True, 2, overvote="truncate", each=2),
    "over-votes void, in a bit vector": _contest(5, 3, 1, True, 1, overvote="void"),
    "over-votes void, in slots": _contest(5, 3, 2, True, 2, overvote="void", each=2),
    "members or options, strike-outs before what is cut off": _contest(
        6, 2, 0, False, 1, TWO_LISTS, exclusive=True, strike=True, overvote="truncate", **MEMBERS),
}
NOT_CARRIED = {
    "more votes than the options can have": _contest(4, 9, 1, True, 1, each=2),
    "over-votes void, and blanks not counted": _contest(5, 3, 1, False, 1, overvote="void"),
    "open lists in a bit vector": _contest(6, 3, 1, True, 1, TWO_LISTS, **OPEN),
    "open lists in slots": _contest(6, 3, 1, True, 2, TWO_LISTS, **OPEN, **MEMBERS),
    "strike-outs of closed lists in a bit vector": _contest(6, 3, 1, True, 1, TWO_LISTS, strike=True, **CLOSED, **MEMBERS),
    "strike-outs of closed lists in slots": _contest(6, 3, 1, True, 2, TWO_LISTS, strike=True, **CLOSED, **MEMBERS),
    "a list beside options in a bit vector": _contest(6, 3, 1, True, 1, TWO_LISTS, **SEPARATE),
    "a list beside options in slots": _contest(6, 3, 1, True, 2, TWO_LISTS, **SEPARATE),
    "options or a list in slots": _contest(6, 3, 1, True, 2, TWO_LISTS, exclusive=True, **SEPARATE),
    "closed lists without a list": _contest(6, 3, 1, True, 1, **CLOSED, **MEMBERS),
    "list codes of their own without a list": _contest(6, 3, 1, True, 3, **SEPARATE),
    "a closed list with too few members": _contest(6, 3, 3, True, 1, TWO_LISTS, **CLOSED, **MEMBERS),
    "a closed list with too many members": _contest(6, 2, 1, True, 1, TWO_LISTS, **CLOSED, **MEMBERS),
    "a closed list with too many members, over-votes void": _contest(6, 2, 1, True, 2, TWO_LISTS, overvote="void", **CLOSED,
                                                                     **MEMBERS),
    "a ranking that cuts off over-votes": _contest(4, 4, 1, True, 4, method=IRV, overvote="truncate"),
    "1,026 codes in a bit vector": _contest(513, 4, 1, True, 1, each=2),
    "8,194 codes in slots": _contest(4097, 4, 1, True, 2, each=2),
    "65 codes of a packed subset": _contest(80, 64, 1, True, 3, TWO_LISTS, **SEPARATE),
    "8,196 codes of a packed subset": _contest(2732, 4, 1, True, 3, each=3),
    "closed lists with strike-outs without a list": _contest(6, 3, 1, True, 3, strike=True, **CLOSED, **MEMBERS),
    "closed lists with strike-outs, more votes than options": _contest(6, 7, 1, True, 3, TWO_LISTS, each=2, strike=True,
                                                                       **CLOSED, **MEMBERS),
}


def refusal(contest):
    """Why a manifest refuses the contest, or None."""
    return rule_problem(Value(boards=[], nodes=[node("hall", BRANCH, NO_PARENT)], contests=[contest], styles=[], authority=[],
                              branch_styles=[[]]))


def _told(contest):
    return {"options": len(contest.options), "max": contest.max, "min": contest.min, "blank": bool(contest.blank),
            "encoding": contest.encoding, "text": contest.text, "rule": RULE.encode(contest.law).hex(),
            "lists": encode_one(LISTS, contest.lists).hex()}


def _random_codes(codes, stream):
    wanted = stream.below(min(codes.count, codes.most + 2) + 1)
    chosen = set()
    while len(chosen) < wanted:
        chosen.add(1 + stream.below(codes.count))
    return sorted(chosen)


def _choices(codes, stream):
    """None and one of every kind of code, second codes with and without the first, two lists, too many; then random ones."""
    made = [[], [1], [codes.count], [1, 2], [codes.each, codes.each + 1], [codes.count - 1, codes.count], [1, codes.count],
            list(range(1, min(codes.most, codes.count) + 1)), list(range(1, min(codes.most + 1, codes.count) + 1))]
    while len(made) < 40:
        made.append(_random_codes(codes, stream))
    kept = []
    for want in (False, True):  # as many permitted ones as others, if there are
        fitting = [own for own in made if (codes.problem(own) is None) == want]
        kept += [own for at, own in enumerate(fitting) if own not in fitting[:at]][:8]
    return [{"codes": own, "permitted": codes.problem(own) is None, "why": codes.problem(own) or "permitted"}
            for own in sorted(kept, key=lambda own: (len(own), own))]


def _counts(codes, stream):
    out = []
    for bound in (2, 20, 1 << 40):
        counts = [stream.below(bound) for _ in range(codes.count)]
        votes, lists = codes.votes(counts)
        out.append({"counts": counts, "votes": votes, "lists": lists})
    return out


def _random_entries(codes, stream):
    out = [(LIST, stream.below(len(codes.lists)))] if codes.lists and stream.below(2) else []
    if out and codes.rule.strike:
        members = codes.lists[out[0][1]].options
        out += [(STRIKE, members[stream.below(len(members))]) for _ in range(stream.below(3))]
    if not out or stream.below(2):
        pool = list(range(codes.options))
        if codes.lists and stream.below(3):
            pool = codes.lists[out[0][1] if out else stream.below(len(codes.lists))].options
        out += [(OPTION, pool[stream.below(len(pool))]) for _ in range(1 + stream.below(codes.contest.max + 1))]
    return out


def _entries(codes, stream):
    """None at all, some that are always refused, over-votes of both kinds, list codes; then random ones."""
    made = [[], [(OPTION, codes.options)], [(STRIKE, 0)], [(OPTION, 1)] * (codes.each + 1),
            [(OPTION, option) for option in range(min(codes.options, codes.contest.max + 1))], [(LIST, 0)]]
    if codes.lists:
        last = len(codes.lists) - 1
        made += [[(LIST, last)], [(LIST, 0), (LIST, last)], [(LIST, 0), (STRIKE, codes.lists[0].options[0])],
                 [(LIST, 0), (OPTION, codes.lists[0].options[0])], [(LIST, last), (OPTION, codes.lists[0].options[0])]]
    while len(made) < 17:
        made.append(_random_entries(codes, stream))
    out = []
    for own in made:
        outcome, chosen = codes.of_entries(own)
        assert outcome != "codes" or codes.problem(chosen) is None, (own, chosen)
        out.append({"entries": [list(entry) for entry in own], "outcome": outcome, "codes": chosen})
    return out


def make():
    out, stream = Section("50c", "50-manifest/vectors/codes.json"), RandomStream("50/codes")
    for name, contest in CARRIED.items():
        assert refusal(contest) is None, (name, refusal(contest))
        own, codes = stream.fork(name), shape_of(contest).codes
        out.add(name, "codes", **_told(contest), refused=None, codes=codes.count, most=codes.most, least=codes.least,
                choices=_choices(codes, own), counts=_counts(codes, own), entries=_entries(codes, own))
    for name, contest in NOT_CARRIED.items():
        assert refusal(contest), name
        out.add(name, "codes", **_told(contest), refused=name)
    return out
