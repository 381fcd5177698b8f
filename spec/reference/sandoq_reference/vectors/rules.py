"""Vectors of section 76: rule files, what ballots say, allocations with their transcripts."""

import copy
import json

from ..layout import Value, decode_one, encode_one
from ..random_stream import RandomStream
from ..rules.allocate import allocate, successor
from ..rules.choices import LIST, OPTION, STRIKE, read_choices
from ..rules.rule import LISTS, RULE, RuleError, check_lists, decode_rule, from_json, to_json
from ..ties import ticket
from .section import Section

FREE = {"min": 0, "max": 21, "each": 1, "overvote": "truncate", "list_code": "none", "form": "free", "exclusive": False,
        "strike": False}
CODES = {**FREE, "list_code": "members"}
HARE = {"base": "member-votes", "method": "hare", "rounding": "floor", "remainder": "largest-remainder", "one_extra": True,
        "repair": "keep", "quota_votes": "all", "independents": "pooled", "list_overflow": "all", "pool_overflow": "lists",
        "order": "votes", "alternates": "none", "vacancy": "same-party", "list_tie": "lot"}
QUOTA_ONLY = ("rounding", "remainder", "one_extra", "repair")


def proportional(ballot=None, **changes):
    part = {name: value for name, value in {**HARE, **changes}.items() if value is not None}
    if part["method"] in ("d-hondt", "sainte-lague", "sainte-lague-1.4", "custom"):
        part = {name: value for name, value in part.items() if name not in QUOTA_ONLY}
    return {"format": 1, "ballot": ballot or CODES, "proportional": part}


def plurality(threshold=None, runoff=0):
    part = {"runoff": runoff}
    if threshold:
        part["threshold"] = threshold
    return {"format": 1, "ballot": FREE, "plurality": part}


def ranking(method, **changes):
    part = {"method": method, "overvote": "skip", "skipped": "close-up"}
    part |= {"irv": {"batch": True}, "stv": {"quota": "droop", "batch": False}, "schulze": {"strength": "winning-votes"},
             "borda": {"points": "averaged"}}[method]
    return {"format": 1, "ballot": FREE, "ranking": {**part, **changes}}


def lists_of(*members):
    return [Value(id=b"list %d" % index, labels=[], options=list(options)) for index, options in enumerate(members)]


class Maker:
    def __init__(self):
        self.section = Section("76", "76-rules/vectors/rules.json")
        self.stream = RandomStream("76")

    def allocation(self, comment, rule, votes, seats, alternates=0, lists=(), **more):
        """One allocation; more: ballots, valid, list_ballots, rankings, attributes, lot."""
        rule = from_json(rule)
        lists = list(lists)
        ballots = more.get("ballots", sum(votes))
        valid = more.get("valid", ballots)
        seed = self.stream.bytes(32) if more.get("lot", True) else None
        attributes, rankings = more.get("attributes"), more.get("rankings", [])
        out = allocate(rule, lists, Value(votes=votes, ballots=ballots, valid=valid), seats, alternates,
                       list_ballots=more.get("list_ballots", []), attributes=attributes,
                       rankings=[Value(count=count, ranks=ranks) for count, ranks in rankings],
                       ticket=seed and (lambda tie, subject: ticket(seed, 7, tie, subject)))
        parties = [{"subject": s, "elected": chosen, "alternates": others} for s, chosen, others in out.parties]
        vacancies = []
        if out.status == "decided":
            for vacant in out.elected[:2]:
                gone = out.alternates[:1]
                vacancies += [{"vacant": vacant, "gone": without, "next": successor(rule, out, vacant, without)}
                              for without in ([], gone)]
        self.section.add(comment, "allocation", rule=RULE.encode(rule), lists=encode_one(LISTS, lists), votes=votes,
                         ballots=ballots, valid=valid, list_ballots=more.get("list_ballots", []),
                         rankings=[{"count": count, "ranks": ranks} for count, ranks in rankings], seats=seats,
                         alternates=alternates, attributes=attributes, lot_seed=seed, contest=7, status=out.status,
                         elected=out.elected, elected_alternates=out.alternates, runoff=out.runoff, parties=parties,
                         reserve=out.reserve, vacancies=vacancies, transcript=out.transcript)
        return out

    def refused(self, comment, data, check, base):
        try:
            decode_rule(data)
        except RuleError as error:
            assert error.check == check, (comment, error)
        else:
            raise AssertionError(comment)
        self.section.add(comment, "rule", "reject", base, check, bytes=data)


def _rules(maker):
    """Every method once, each also read back from its JSON form; then rules that break a condition."""
    share = {"share": "1/5", "base": "valid-ballots", "strict": False, "applies": "all"}
    good = {"plurality at large": plurality(), "a threshold and a run-off": plurality(share, 2),
            "quotas": proportional(threshold=share), "divisors": proportional(method="custom", divisors=["1/1", "3/2"]),
            "quota jump and alternates": proportional(order="quota-jump", jump="1/4", jump_base="votes-per-seat",
                                                      alternates="share", alternates_share="13/25",
                                                      alternates_rounding="half-up"),
            "list ballots": proportional({**CODES, "list_code": "separate"}, base="list-ballots"),
            **{name: ranking(name) for name in ("irv", "stv", "schulze", "borda")}}
    base = {}
    for name, source in good.items():
        rule = from_json(source)
        assert decode_rule(RULE.encode(rule)) == rule and from_json(to_json(rule)) == rule, name
        base[name] = maker.section.add(name, "rule", json=json.dumps(to_json(rule)), bytes=RULE.encode(rule))

    def spoilt(comment, name, check, change):
        rule = copy.deepcopy(from_json(good[name]))
        change(rule)
        maker.refused(comment, RULE.encode(rule), check, base[name])

    data = RULE.encode(from_json(good["quotas"]))
    for comment, bad in (("a byte missing", data[:-1]), ("a byte too many", data + b"\0"), ("nothing", b""),
                         ("another format", b"\2" + data[1:])):
        maker.refused(comment, bad, "rule.structure", base["quotas"])

    def field(part, **values):
        return lambda rule: vars(getattr(rule, part)[0] if part != "ballot" else rule.ballot).update(values)

    def fraction(top, bottom):
        return Value(numerator=top, denominator=bottom)

    spoilt("no method", "quotas", "rule.method", lambda rule: rule.proportional.clear())
    spoilt("two methods", "plurality at large", "rule.method",
           lambda rule: rule.ranking.append(from_json(good["irv"]).ranking[0]))
    for comment, values in (("no choices", {"max": 0}), ("min above max", {"min": 22}), ("each above max", {"each": 22}),
                            ("each 0", {"each": 0}), ("unknown over-vote policy", {"overvote": 4}), ("no form", {"form": 0}),
                            ("a flag of 2", {"exclusive": 2}), ("more choices than options can be", {"max": 8193})):
        spoilt(comment, "quotas", "rule.ballot", field("ballot", **values))
    spoilt("strike-out without list codes", "plurality at large", "rule.ballot", field("ballot", strike=1))
    spoilt("closed lists without list codes", "plurality at large", "rule.ballot", field("ballot", form=1))
    spoilt("exclusive without list codes", "plurality at large", "rule.ballot", field("ballot", exclusive=1))
    spoilt("a run-off of 17 a seat", "a threshold and a run-off", "rule.plurality", field("plurality", runoff=17))
    for comment, check, values in (
            ("a threshold of 2/10", "rule.fraction", {"share": fraction(2, 10)}),
            ("a threshold of 1/0", "rule.fraction", {"share": fraction(1, 0)}),
            ("a threshold of 0", "rule.fraction", {"share": fraction(0, 1)}),
            ("a threshold above all votes", "rule.threshold", {"share": fraction(6, 5)}),
            ("a threshold of nothing known", "rule.threshold", {"base": 5})):
        spoilt(comment, "quotas", check, lambda rule, values=values: vars(rule.proportional[0].threshold[0]).update(values))
    for comment, name, values in (
            ("an unknown quota", "quotas", {"method": 9}), ("a quota without rounding", "quotas", {"rounding": 0}),
            ("ceiling is no rounding of seats", "quotas", {"rounding": 4}),
            ("divisors with a rounding", "divisors", {"rounding": 1}), ("no custom divisors", "divisors", {"divisors": []}),
            ("divisors of a quota", "quotas", {"divisors": [fraction(1, 1)]}),
            ("divisors that do not ascend", "divisors", {"divisors": [fraction(3, 2), fraction(3, 2)]}),
            ("jump in votes order", "quotas", {"jump": fraction(1, 4)}),
            ("17 alternates a seat", "quota jump and alternates", {"alternates_share": fraction(17, 1)}),
            ("a share of alternates that is not used", "quotas", {"alternates_share": fraction(1, 2)}),
            ("list ballots, and list codes that are none", "quotas", {"base": 2}),
            ("an unknown vacancy order", "quotas", {"vacancy": 4})):
        spoilt(comment, name, "rule.proportional", field("proportional", **values))
    spoilt("a divisor of 0", "divisors", "rule.fraction", field("proportional", divisors=[fraction(0, 1)]))
    for comment, name, values in (("an unknown method", "irv", {"method": 5}), ("IRV with a quota", "irv", {"quota": 2}),
                                  ("STV without a quota", "stv", {"quota": 0}), ("Borda in batches", "borda", {"batch": 1}),
                                  ("Schulze with points", "schulze", {"points": 1})):
        spoilt(comment, name, "rule.ranking", field("ranking", **values))
    spoilt("a ranking with list codes", "irv", "rule.ranking", field("ballot", list_code=2))


def _lists(maker):
    good = lists_of([0, 2], [3])
    base = maker.section.add("lists", "lists", options=5, bytes=encode_one(LISTS, good))
    for comment, lists in (("an option on two lists", lists_of([0, 2], [2])), ("an option twice", lists_of([1, 1])),
                           ("an option that is none", lists_of([5])), ("two lists with one id", good[:1] + lists_of([4]))):
        try:
            check_lists(lists, 5)
        except RuleError as error:
            assert error.check == "rule.lists"
        else:
            raise AssertionError(comment)
        maker.section.add(comment, "lists", "reject", base, "rule.lists", options=5, bytes=encode_one(LISTS, lists))


def _choices(maker):
    lists = lists_of([0, 1, 2], [3, 4])
    small = {**CODES, "max": 4}

    def read(comment, ballot, entries):
        ballot = from_json({"format": 1, "ballot": ballot, "plurality": {"runoff": 0}}).ballot
        status, votes, chosen = read_choices(ballot, lists, 8, entries)
        maker.section.add(comment, "choices", rule=RULE.encode(Value(format=1, ballot=ballot, plurality=[
            Value(threshold=[], runoff=0)], proportional=[], ranking=[])), lists=encode_one(LISTS, lists), options=8,
            entries=[list(entry) for entry in entries], status=status, votes=[votes.get(o, 0) for o in range(8)],
            list=chosen)

    one, two, lone = (LIST, 0), (LIST, 1), (OPTION, 5)
    read("nothing at all", small, [])
    read("nothing, and a minimum", {**small, "min": 1}, [])
    read("single options of lists and independents", small, [(OPTION, 0), (OPTION, 4), lone])
    read("a list code", small, [one])
    read("a list code and an option", small, [one, lone])
    read("a list code and an option of its own: once", small, [one, (OPTION, 1)])
    read("too many are cut off in the order of entry", small, [one, lone, (OPTION, 6), (OPTION, 7)])
    for policy in ("reject", "void"):
        read(f"too many: {policy}", {**small, "overvote": policy}, [one, lone, (OPTION, 6)])
        read(f"one option twice: {policy}", {**small, "overvote": policy}, [lone, lone])
    read("two votes for one option", {**small, "each": 2}, [lone, lone, lone])
    read("two list codes", small, [one, two])
    read("list or options, not both", {**small, "exclusive": True}, [one, lone])
    read("list or options: the list", {**small, "exclusive": True}, [one])
    read("a list without one of its members", {**small, "strike": True}, [one, (STRIKE, 1)])
    read("a member of another list struck out", {**small, "strike": True}, [one, (STRIKE, 3)])
    read("all struck out", {**small, "strike": True}, [two, (STRIKE, 3), (STRIKE, 4)])
    read("strike-out where there is none", small, [one, (STRIKE, 1)])
    read("closed lists: an option", {**small, "form": "closed"}, [lone])
    read("closed lists: a list", {**small, "form": "closed"}, [two])
    read("open lists: options of one list", {**small, "form": "open"}, [(OPTION, 0), (OPTION, 2)])
    read("open lists: options of two lists", {**small, "form": "open"}, [(OPTION, 0), (OPTION, 3)])
    read("a list's own ballot", {**small, "list_code": "separate"}, [two])
    read("a list's own ballot and an option", {**small, "list_code": "separate"}, [two, (OPTION, 0)])
    read("fewer than the minimum", {**small, "min": 3}, [lone])
    read("no such list", small, [(LIST, 2)])
    read("no such option", small, [(OPTION, 8)])
    read("a list code where there is none", FREE, [one])


def _plurality(maker):
    at_large = plurality()
    for comment, votes, seats, alternates in (
            ("no ties", [50, 40, 30, 20, 10], 2, 1), ("tie for the last seat", [9, 7, 7, 3], 2, 1),
            ("tie for seats, then for alternates", [9, 7, 7, 3, 3, 3], 2, 2), ("all equal", [4, 4, 4, 4], 2, 1),
            ("no votes at all", [0, 0, 0], 2, 1), ("fewer with votes than seats", [0, 3, 0, 1], 3, 1)):
        maker.allocation("plurality at large: " + comment, at_large, votes, seats, alternates)
    maker.allocation("a tie that stays open", at_large, [9, 7, 7, 3], 2, 1, lot=False)
    maker.allocation("attributes decide, no lot needed", at_large, [9, 7, 7, 3], 2, 1, lot=False,
                     attributes=[[0, 0], [1, 2], [1, 3], [9, 9]])
    maker.allocation("attributes tell two of three apart", at_large, [7, 7, 7, 3], 2, 1,
                     attributes=[[1], [1], [0], [9]])
    for base in ("valid-ballots", "all-ballots", "votes", "votes-per-seat"):
        fifth = {"share": "1/5", "base": base, "strict": False, "applies": "all"}
        maker.allocation(f"20 % of {base}, two of three seats filled, run-off", plurality(fifth, 2),
                         [50, 30, 20, 19, 19, 5], 3, 1, ballots=105, valid=100)
        maker.allocation(f"more than 20 % of {base}, no run-off", plurality({**fifth, "strict": True}),
                         [50, 30, 20, 19, 19, 5], 3, 2, ballots=105, valid=100)
    half = {"share": "1/2", "base": "valid-ballots", "strict": True, "applies": "all"}
    maker.allocation("exactly half is no majority", plurality(half, 2), [50, 30, 20], 1)
    maker.allocation("a tie for the run-off", plurality(half, 2), [40, 30, 30], 1)
    maker.allocation("an open tie for the run-off", plurality(half, 2), [40, 30, 30], 1, lot=False)


def _worked(maker):
    """Two counts for which the rules of one and the same council part ways."""
    for votes in ([4100, 2400, 1300, 600, 1600], [3000, 2650, 1700, 1220, 1430]):
        members = [[*range(25 * i, 25 * i + 25)] for i in range(5)]
        spread = []
        for total in votes:
            each = [total // 25 + (12 - i) for i in range(25)]
            each[0] += total - sum(each)
            spread += each
        for name, changes in (
                ("largest remainder", {}), ("highest share first", {"remainder": "highest-share"}),
                ("round half up", {"rounding": "half-up"}), ("D'Hondt", {"method": "d-hondt"}),
                ("Sainte-Lague", {"method": "sainte-lague"}),
                ("round half up, the smallest claim gives back", {"rounding": "half-up", "repair": "smallest-claim"}),
                ("round half up, the smallest share gives back", {"rounding": "half-up", "repair": "smallest-share"})):
            out = maker.allocation(f"{' '.join(map(str, votes))}: {name}", proportional(**changes), spread, 21, 0,
                                   lists_of(*members[:4]))
            yield votes, name, [len(chosen) for _, chosen, _ in out.parties]


EXPECTED = {(4100, "largest remainder"): [9, 5, 3, 1, 3], (4100, "highest share first"): [9, 6, 2, 1, 3],
            (4100, "round half up"): [9, 5, 3, 1, 3], (4100, "D'Hondt"): [9, 5, 3, 1, 3],
            (4100, "Sainte-Lague"): [9, 5, 3, 1, 3], (3000, "largest remainder"): [6, 6, 4, 2, 3],
            (3000, "highest share first"): [7, 6, 3, 2, 3], (3000, "round half up"): [6, 6, 4, 3, 3],
            (3000, "D'Hondt"): [7, 6, 3, 2, 3], (3000, "Sainte-Lague"): [6, 5, 4, 3, 3]}


def _proportional(maker):
    for votes, name, seats in _worked(maker):
        assert EXPECTED.get((votes[0], name), seats) == seats, (votes, name, seats)
    votes, lists = [40, 30, 20, 25, 15, 10, 12, 8, 5, 0], lists_of([0, 1, 2], [3, 4, 5], [6, 7])
    for method in ("hare", "droop", "hagenbach-bischoff", "imperiali"):
        for remainder in ("largest-remainder", "highest-share", "highest-average"):
            maker.allocation(f"{method}, {remainder}", proportional(method=method, remainder=remainder), votes, 6, 0, lists)
    for changes in ({"method": "d-hondt"}, {"method": "sainte-lague"}, {"method": "sainte-lague-1.4"},
                    {"method": "custom", "divisors": ["1/1", "5/2", "4/1", "5/1", "6/1"]},
                    {"method": "custom", "divisors": ["1/1", "2/1"]}, {"rounding": "half-even"},
                    {"independents": "own"}, {"independents": "excluded"}, {"independents": "own", "method": "d-hondt"},
                    {"list_tie": "votes-then-lot"}, {"one_extra": False, "quota_votes": "all"}):
        maker.allocation(", ".join(f"{k} {v}" for k, v in changes.items()), proportional(**changes), votes, 6, 0, lists)
    fifth = {"share": "1/5", "base": "votes", "strict": False, "applies": "lists"}
    for extra in (True, False):
        for counted in ("all", "passing"):
            maker.allocation(f"a threshold for lists, quota from {counted} votes, one extra {extra}",
                             proportional(threshold=fifth, quota_votes=counted, one_extra=extra), votes, 7, 0, lists)
    maker.allocation("nobody passes", proportional(threshold={**fifth, "share": "1/1", "applies": "all"}), votes, 3, 0, lists)
    maker.allocation("no votes", proportional(), [0] * 10, 3, 1, lists)
    maker.allocation("one list, nobody else", proportional(), [3, 2, 1], 2, 1, lists_of([0, 1, 2]))
    maker.allocation("no lists, independents pooled", proportional(), [3, 2, 1], 2, 0)
    maker.allocation("no lists, independents excluded", proportional(independents="excluded"), [3, 2, 1], 2, 0)
    equal = [10, 10, 10, 10, 10, 10]
    pairs = lists_of([0, 1], [2, 3], [4, 5])
    for changes in ({}, {"method": "d-hondt"}, {"remainder": "highest-share"}, {"remainder": "highest-average"}):
        maker.allocation(f"all lists equal {changes}", proportional(**changes), equal, 4, 0, pairs)
        maker.allocation(f"all lists equal, no lot {changes}", proportional(**changes), equal, 4, 0, pairs, lot=False)
    maker.allocation("equal claims, more votes first", proportional(list_tie="votes-then-lot"), [15, 25, 20], 1 + 1, 0,
                     lists_of([0], [1], [2]))
    long = [90, 5, 3, 2, 1, 1, 1, 1, 1, 1]
    for over in ("all", "lists", "independents", "nobody"):
        for method in ("hare", "d-hondt"):
            maker.allocation(f"{method}: more seats than candidates on a list, to {over}",
                             proportional(list_overflow=over, method=method), long, 6, 0, lists_of([0], [1, 2, 3], [4, 5]))
            maker.allocation(f"{method}: the pool is larger than its members, to {over}",
                             proportional(pool_overflow=over, method=method), [5, 4, 3, 2, 1, 60], 5, 0,
                             lists_of([0, 1, 2], [3, 4]))
    own = proportional(independents="own", pool_overflow="all", list_overflow="independents", method="d-hondt")
    maker.allocation("overflow of a list and of an independent", own, [50, 3, 40, 2, 1, 1], 5, 0, lists_of([0], [1, 3]))
    separate = {**CODES, "list_code": "separate"}
    for order in ({"order": "fixed"}, {"order": "votes"},
                  {"order": "quota-jump", "jump": "1/4", "jump_base": "votes-per-seat"},
                  {"order": "quota-jump", "jump": "1/10", "jump_base": "party-votes"}):
        for alternates in ({}, {"alternates": "number"},
                           *({"alternates": "share", "alternates_share": "13/25", "alternates_rounding": how}
                             for how in ("floor", "half-up", "half-even", "ceiling"))):
            vacancy = ("same-party", "same-party-then-votes", "votes")[len(alternates) % 3]
            maker.allocation(f"{order} {alternates}", proportional(separate, base="list-ballots", vacancy=vacancy, **order,
                                                                   **alternates),
                             [1, 9, 30, 2, 2, 8, 30, 4, 12], 5, 2, lists_of([0, 1, 2], [3, 4, 5, 6]), list_ballots=[55, 45])
    pages = proportional(alternates="share", alternates_share="1/2", alternates_rounding="half-even", vacancy="votes")
    maker.allocation("a tie inside a list, and one among all alternates", pages, [9, 9, 9, 5, 8, 8, 8, 2], 4, 0,
                     lists_of([0, 1, 2, 3], [4, 5, 6, 7]))
    for index in range(30):
        _random_proportional(maker, index)


def _random_proportional(maker, index):
    stream = RandomStream(f"76/proportional {index}")

    def pick(*names):
        return names[stream.below(len(names))]

    options, taken, members = 4 + stream.below(10), 0, []
    while taken < options and len(members) < 4:
        size = 1 + stream.below(4)
        members.append(list(range(taken, min(taken + size, options))))
        taken += size
    overflow = ("all", "lists", "independents", "nobody")
    rule = proportional(method=pick("hare", "droop", "hagenbach-bischoff", "imperiali", "d-hondt", "sainte-lague",
                                    "sainte-lague-1.4"),
                        rounding=pick("floor", "half-up", "half-even"), one_extra=pick(True, False),
                        remainder=pick("largest-remainder", "highest-share", "highest-average"),
                        repair=pick("smallest-claim", "smallest-share", "keep"), quota_votes=pick("all", "passing"),
                        independents=pick("pooled", "own", "excluded"), list_overflow=pick(*overflow),
                        pool_overflow=pick(*overflow), order=pick("votes", "fixed"), alternates=pick("none", "number"),
                        vacancy=pick("same-party", "same-party-then-votes", "votes"), list_tie=pick("lot", "votes-then-lot"),
                        threshold=pick(None, {"share": "1/10", "base": "votes", "strict": False, "applies": "lists"}))
    maker.allocation(f"random {index}", rule, [stream.below(12) for _ in range(options)], 1 + stream.below(options), 1,
                     lists_of(*members))


def _ranked(maker):
    tennessee = [(42, [[0], [1], [2], [3]]), (26, [[1], [2], [3], [0]]), (15, [[2], [3], [1], [0]]),
                 (17, [[3], [2], [1], [0]])]
    schulze = [(count, [["ABCDE".index(c)] for c in order]) for count, order in (
        (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"), (7, "DCEBA"), (8, "EBADC"))]
    food = [(4, [[0]]), (2, [[1], [0]]), (8, [[2], [3]]), (4, [[2], [4]]), (1, [[3]]), (1, [[4]])]
    truncated = [(10, [[0]]), (9, [[1]]), (6, [[2], [1]]), (5, [[3]]), (4, [])]
    equal = [(6, [[0, 1], [2]]), (5, [[2], [1]]), (4, [[1, 2, 3]]), (3, [[3], [0]])]
    odd = [(7, [[0], [], [1]]), (6, [[1, 2], [0]]), (5, [[2], [2], [1]]), (2, [[1], [0, 1], [2]])]
    cases = (("Tennessee", tennessee, 4, 1), ("45 ballots of five", schulze, 5, 1), ("truncated rankings", truncated, 5, 1),
             ("equal ranks", equal, 4, 1), ("skipped, repeated and over-full ranks", odd, 3, 1),
             ("three seats", food, 5, 3), ("no ballots", [], 3, 1), ("all blank", [(9, [])], 3, 1),
             ("all tied", [(3, [[0]]), (3, [[1]]), (3, [[2]])], 3, 1), ("one option", [(1, [[0]])], 1, 1))
    methods = [("irv", {"batch": True}), ("irv", {"batch": False}), ("irv", {"overvote": "equal"}),
               ("irv", {"overvote": "end", "skipped": "end"}), ("stv", {}), ("stv", {"quota": "hare", "batch": True}),
               ("stv", {"overvote": "equal"}), ("schulze", {}), ("schulze", {"strength": "margins", "overvote": "equal"}),
               ("borda", {}), ("borda", {"points": "ranked-only", "overvote": "equal"}),
               ("borda", {"points": "from-the-top", "overvote": "equal"})]
    for method, changes in methods:
        for comment, rankings, options, seats in cases:
            if method != "irv" or seats == 1:
                maker.allocation(f"{method} {changes}: {comment}", ranking(method, **changes), [0] * options, seats,
                                 min(1, options - seats), rankings=rankings)
    maker.allocation("irv: an open tie", ranking("irv", batch=False), [0] * 3, 1, rankings=[(2, [[0]]), (1, [[1]]), (1, [[2]])],
                     lot=False)
    maker.allocation("irv: attributes save one of two", ranking("irv", batch=False), [0] * 3, 1, lot=False,
                     rankings=[(3, [[0]]), (2, [[1]]), (2, [[2], [1]])], attributes=[[0], [1], [0]])
    for index in range(24):
        stream = RandomStream(f"76/ranked {index}")
        options = 2 + stream.below(6)
        rankings = []
        for _ in range(12):
            ranks = [[o for o in range(options) if stream.below(options) == 0] for _ in range(1 + stream.below(5))]
            rankings.append((1 + stream.below(9), ranks))
        method = ("irv", "stv", "schulze", "borda")[index % 4]
        seats = 1 if method == "irv" else 1 + stream.below(options)
        changes = {"overvote": ("equal", "skip", "end")[stream.below(3)], "skipped": ("close-up", "end")[stream.below(2)]}
        maker.allocation(f"random {method} {index}", ranking(method, **changes), [0] * options, seats,
                         stream.below(options - seats + 1), rankings=rankings)


def _alternates(maker):
    """Alternates who all fit, with equal votes: who follows first is decided too."""
    at_large, equal = plurality(), [10, 5, 5, 2, 2, 2]
    out = maker.allocation("equal alternates, by attributes", at_large, equal, 1, 5, lot=False,
                           attributes=[[0], [1], [2], [4], [3], [5]])
    assert out.alternates == [2, 1, 5, 3, 4]
    maker.allocation("equal alternates, by lot", at_large, equal, 1, 4)
    assert maker.allocation("equal alternates, and no lot", at_large, equal, 1, 2, lot=False).status == "open"
    maker.allocation("an alternate alone, and no lot", at_large, [10, 5, 4], 1, 2, lot=False)
    fifth = {"share": "1/5", "base": "votes", "strict": False, "applies": "all"}
    maker.allocation("equal alternates of those who failed", plurality(fifth), [50, 5, 5, 4, 4], 1, 4)
    maker.allocation("equal options that all stand again", plurality(fifth, 4), [50, 5, 5, 4, 4], 2, 4, lot=False)
    for vacancy in ("same-party", "same-party-then-votes", "votes"):
        maker.allocation(f"equal alternates of a list, {vacancy}",
                         proportional(order="votes", alternates="number", vacancy=vacancy), [10, 5, 5, 9, 5, 5], 2, 2,
                         lists_of([0, 1, 2], [3, 4, 5]))
    maker.allocation("equal alternates in the order of their list", proportional(order="fixed", alternates="number"),
                     [10, 5, 5, 1], 1, 2, lists_of([0, 2, 1]), lot=False)
    first, both = [[0], [1]], [[0], [1, 2]]
    for method in ("schulze", "borda"):
        maker.allocation(f"equal alternates, {method}", ranking(method, overvote="equal"), [0] * 3, 1, 2,
                         rankings=[(3, both), (2, first), (2, [[0], [2]])])


def make():
    maker = Maker()
    _rules(maker)
    _lists(maker)
    _choices(maker)
    _plurality(maker)
    _proportional(maker)
    _ranked(maker)
    _alternates(maker)
    assert all(decode_one(LISTS, bytes.fromhex(v["lists"])) is not None for v in maker.section.vectors if "lists" in v)
    return maker.section
