"""Vectors of section 75 for mixed contests and rules as data: counts of opened lists, allocations, what settles open questions."""

import copy

from .. import allocation as rules
from .. import packed
from ..equations import Failed
from ..group import IDENTITY_BYTES, encode, multiply_generator
from ..items import ALLOCATION, CONTEST, KIND_OF, KINDS, LOT_COMMIT, MANIFEST, RESULT
from ..layout import Value
from ..making import parties
from ..making.mixed import ASSEMBLY, CHAIR, COUNCIL, mixed
from ..making.mutating import flipped, shifted
from ..making.settling import sign_attributes
from ..manifest import shape_of
from ..random_stream import RandomStream
from ..result import OpenedGroup, counts_problem, seats_problem
from ..verify.resolving import Resolving
from .section import Section


def _slot_list(*codes, fillings=0):
    return [[IDENTITY_BYTES]] * fillings + [[encode(multiply_generator(code))] for code in codes]


def _packed_list(shape, *choices):
    """choices: (codes, text), or None for a number that is none of a choice."""
    number = packed.number_of_ranking if shape.ranked else packed.number_of_subset
    parts = [packed.parts_of(shape, shape.values if choice is None else number(shape.options, choice[0]),
                             b"" if choice is None else choice[1].encode()) for choice in choices]
    return [[packed.element_bytes(part + 1) for part in own] for own in parts]


class _Counts:
    """Results of one contest over opened lists."""

    def __init__(self, section, contest):
        self.section, self.contest, self.shape, self.base = section, contest, shape_of(contest), None

    def case(self, comment, at_scope, groups, counts, blanks=None, fails=None, **fields):
        """at_scope: ballots by the tally; groups: (N, opened elements of every ciphertext); blanks: what the sum of Z holds, None
        if it was not opened; fields: of the result, where they are not empty, or not as usual."""
        result = Value(contest=4, ballots=at_scope, counts=counts, elected=[], alternates=[], ties=[])
        vars(result).update(fields)
        points = None if blanks is None else [multiply_generator(blanks)]
        counted, found = [], None
        try:
            counted = [OpenedGroup(self.contest, self.shape, size, opened) for size, opened in groups]
            if counts_problem(result, self.contest, self.shape, at_scope, points, counted):
                found = "result.counts"
            elif seats_problem(result, self.contest):
                found = "result.seats"
        except Failed:
            found = "result.counts"
        assert found == fails, (comment, found)
        told = {} if fails else {"group_counts": [group.counts for group in counted], **_told(counted)}
        made = self.section.add(
            comment, "list-counts", "reject" if fails else "accept", self.base, fails,
            contest=CONTEST.encode(self.contest), ballots=at_scope, sum=points and [encode(point) for point in points],
            groups=[{"size": size, "opened": opened} for size, opened in groups], result=RESULT.encode(result), **told)
        self.base = self.base or made

    def bad(self, *arguments, fails="result.counts", **fields):
        self.case(*arguments, fails=fails, **fields)


def _told(counted):
    """Rankings and texts of permitted choices."""
    choices = [choice for group in counted for choice in group.choices]
    texts = {}
    for _, text in choices:
        texts[text] = texts.get(text, 0) + 1
    return {"rankings": _rankings(rules.rankings_of(choices)),
            "write_ins": [{"text": text, "votes": votes} for text, votes in sorted(texts.items()) if text]}


def _rankings(rankings):
    """Each rank has one option."""
    return [{"count": ranking.count, "options": [option for rank in ranking.ranks for option in rank]} for ranking in rankings]


def _slots(section):
    cases = _Counts(section, parties.contest("council", 0, list("abcde"), 2, 1, True, 2, 1, encoding=2))
    north, south = _slot_list(1, 7, 7, 2, 6, 5, fillings=1), _slot_list(7, 5, 6, 1)
    cases.case("slots: two groups, one with a filling, one blank ballot", 5, [(6, north), (4, south)], [2, 1, 0, 0, 2, 1], 1,
               elected=[0, 4], alternates=[1])
    cases.case("slots: the filling stands last", 3, [(6, north[1:] + north[:1])], [1, 1, 0, 0, 1, 0], 0, ties=[
        Value(seats=2, alternates=1, options=[0, 1, 4])])
    cases.case("slots: a contest with nothing to mix", 1, [], [0] * 6)
    cases.bad("slots: a vote more than opened", 5, [(6, north), (4, south)], [3, 1, 0, 0, 2, 1], 1, elected=[0, 4], alternates=[1])
    cases.bad("slots: another number of blanks than in their sum", 5, [(6, north), (4, south)], [2, 1, 0, 0, 2, 2], 1,
              elected=[0, 4], alternates=[1])
    cases.bad("slots: more blanks than ballots", 1, [(2, _slot_list(1, 7))], [1, 0, 0, 0, 0, 2], 2, elected=[0])
    cases.bad("slots: blanks, and their sum was not opened", 1, [], [0, 0, 0, 0, 0, 1])
    cases.bad("slots: a code above n + k", 5, [(6, north[:-1] + _slot_list(8)), (4, south)], [2, 1, 0, 0, 1, 1], 1,
              elected=[0, 4], alternates=[1])
    cases.bad("slots: the identity in a slot", 5, [(6, north[:-1] + [[IDENTITY_BYTES]]), (4, south)], [2, 1, 0, 0, 1, 1], 1)
    cases.bad("slots: the filling is missing", 5, [(5, north[1:]), (3, south)], [2, 1, 0, 0, 2, 1], 1)
    cases.bad("slots: a count too few", 5, [(6, north), (4, south)], [2, 1, 0, 0, 2], 1, elected=[0, 4], alternates=[1])
    cases.bad("slots: counts of ballots that were not opened", 1, [], [1, 0, 0, 0, 0, 0])


def _subsets(section):
    contest = parties.contest("motto", 0, ["bread", "peace", "land", "water"], 2, 1, True, 1, 1, encoding=3, text=8)
    cases = _Counts(section, contest)
    good = _packed_list(cases.shape, ([1], "نان"), ([1, 3], ""), ([], ""), None, ([2], "نان"), ([], "bread"))
    nothing = [[IDENTITY_BYTES] * cases.shape.width]
    cases.case("subsets: votes, write-ins, a blank and an invalid ballot", 6, [(6, good)], [2, 1, 1, 0, 1, 1], elected=[0], ties=[
        Value(seats=0, alternates=1, options=[1, 2])])
    cases.case("subsets: one identity is the filling, the next one an invalid vote", 7, [(7, nothing + good + nothing)],
               [2, 1, 1, 0, 1, 2], elected=[0], ties=[Value(seats=0, alternates=1, options=[1, 2])])
    cases.bad("subsets: an invalid vote counted as blank", 6, [(6, good)], [2, 1, 1, 0, 2, 0], elected=[0], ties=[
        Value(seats=0, alternates=1, options=[1, 2])])
    cases.bad("subsets: a write-in without options counted as blank", 6, [(6, good)], [2, 1, 1, 0, 2, 1], elected=[0], ties=[
        Value(seats=0, alternates=1, options=[1, 2])])
    cases.bad("subsets: without the invalid votes", 6, [(6, good)], [2, 1, 1, 0, 1], elected=[0], ties=[
        Value(seats=0, alternates=1, options=[1, 2])])
    cases.bad("subsets: another number of ballots", 6, [(6, good)], [2, 1, 1, 0, 1, 1], ballots=7, elected=[0])


def make_rankings_contest(blank=True):
    law = {"ranking": {"method": "irv", "overvote": "equal", "skipped": "close-up", "batch": False}}
    return parties.contest("chair", 0, ["x", "y", "z"], 3, 1, blank, 1, 0, 0, ("age",), encoding=4, law=law)


def _ranked(section):
    for blank in (True, False):
        cases = _Counts(section, make_rankings_contest(blank))
        north = _packed_list(cases.shape, ([1, 2], ""), ([2], ""), ([1, 2], ""), None)
        south = _packed_list(cases.shape, ([3, 1, 2], ""), ([], ""))
        counts = [1, 1] if blank else [2]
        said = "rankings" if blank else "rankings without blanks"
        cases.case(f"{said}: of two groups", 6, [(4, north), (2, south)], counts)
        cases.bad(f"{said}: an invalid vote hidden", 6, [(4, north), (2, south)], counts[:-1] + [counts[-1] - 1])
        cases.bad(f"{said}: counts of options", 6, [(4, north), (2, south)], [3, 2, 1] + counts)
        cases.bad(f"{said}: somebody elected in the result", 6, [(4, north), (2, south)], counts, elected=[0], fails="result.seats")


def _allocations(section):
    """What follows from counts or rankings, with what settles ties and without."""
    stream = RandomStream("75/allocations")
    assembly = mixed("75").places["contests"][ASSEMBLY]
    chair = make_rankings_contest()
    runoff = parties.contest("mayor", 0, list("abcd"), 1, 1, True, 1, 1, encoding=2, law={"plurality": {
        "threshold": {"share": "1/2", "base": "valid-ballots", "strict": True, "applies": "all"}, "runoff": 2}})
    seed = stream.bytes(32)
    ranks = [Value(count=2, ranks=[[0], [1]]), Value(count=2, ranks=[[1]]), Value(count=1, ranks=[[2]])]
    parties_tied = [2, 1, 1, 1, 1, 1, 1]
    for comment, contest, counts, rankings, attributes, seeds in (
            ("parties, options by attributes and lot", assembly, parties_tied, [], {0: [30], 1: [30], 2: [45]}, (None, seed)),
            ("parties, nothing settled", assembly, parties_tied, [], None, (None, seed)),
            ("parties without ties between options", assembly, [5, 4, 3, 3, 1, 2, 0], [], None, (None,)),
            ("nobody voted", assembly, [0] * 7, [], None, (None,)),
            ("rankings, nothing settled", chair, [1, 0], ranks, None, (None,)),
            ("rankings, by attributes and lot", chair, [1, 0], ranks, {0: [50], 1: [50], 2: [50]}, (None, seed)),
            ("rankings, attributes decide", chair, [1, 0], ranks, {0: [50], 1: [40]}, (None,)),
            ("no rankings", chair, [2, 1], [], None, (None,)),
            ("a run-off", runoff, [4, 3, 2, 0, 1], [], None, (None,)),
            ("more than half", runoff, [6, 3, 1, 0, 1], [], None, (None,)),
            ("a run-off with a tie for it", runoff, [4, 2, 2, 0, 0], [], None, (None, seed))):
        ballots = sum(counts) + sum(ranking.count for ranking in rankings)
        result = Value(contest=2, ballots=ballots, counts=counts, elected=[], alternates=[], ties=[])
        for lot in seeds:
            item, outcome = rules.allocation_of(contest, result, rankings, attributes, lot)
            section.add(comment + (", with the lot" if lot else ""), "allocation", contest=CONTEST.encode(contest),
                        result=RESULT.encode(result), rankings=_rankings(rankings), settled=attributes is not None,
                        attributes=[{"option": option, "values": values} for option, values in (attributes or {}).items()],
                        lot_seed=lot, state=outcome.status, tied_options=rules.tied_options(outcome),
                        allocation=ALLOCATION.encode(item))


class _Settlements:
    """Records of one election that differ in what settles them; vectors of the conditions of 75.4 to 75.7."""

    def __init__(self, section, maker):
        self.section, self.maker, self.base = section, maker, None
        laws = [index for index, contest in enumerate(maker.election.contests) if contest.law is not None]
        self.id = section.add(
            "an election, its results and the rankings of its lists", "settlement-election",
            manifest=MANIFEST.encode(maker.election.manifest), e1=maker.e1,
            results=[RESULT.encode(result) for result in maker.results],
            lot_commits=[LOT_COMMIT.encode(commit) for commit in maker.lot_commits],
            shut_out=[],
            rankings=[{"contest": index, "rankings": _rankings(rules.rankings_of(maker.choices[index]))} for index in laws])

    def case(self, comment, items, fails=None):
        """items: (kind name, value) of attributes, lot_reveal, lot_beacon, resolution, allocation."""
        maker, record = self.maker, Value(items={"result": self.maker.results, "lot_commit": self.maker.lot_commits})
        for name, value in items:
            record.items.setdefault(name, []).append(value)
        resolving = Resolving(record, maker.election, maker.keys, maker.choices.get)
        found = None
        try:
            if resolving.problem():
                found = "result.ties"
            elif resolving.allocations_problem():
                found = "result.allocations"
        except Failed:
            found = "result.ties"
        assert found == fails, (comment, found, fails)
        made = self.section.add(comment, "settlement", "reject" if fails else "accept", self.base, fails, election_id=self.id,
                                items=[{"item": KIND_OF[name], "bytes": KINDS[KIND_OF[name]].encode(value)}
                                       for name, value in items])
        self.base = self.base or made

    def bad(self, comment, items, change, fails="result.ties"):
        items = copy.deepcopy(items)
        self.case(comment, change(items) or items, fails)


def _of(items, name, nth=0):
    return [value for kind, value in items if kind == name][nth]


def _without(*names):
    return lambda items: [(name, value) for name, value in items if name not in names]


def _settlements(section):
    maker = mixed("75/mixed", None, settled=False).run()
    cases = _Settlements(section, maker)
    still_open = maker.resolving
    cases.case("nothing is settled", still_open)
    cases.bad("an allocation missing", still_open, lambda items: items[1:], "result.allocations")
    cases.bad("allocations in another order", still_open, lambda items: items[::-1], "result.allocations")
    settled = mixed("75/mixed").run()
    assert [RESULT.encode(r) for r in settled.results] == [RESULT.encode(r) for r in maker.results] and settled.e1 == maker.e1
    good, cases.maker = settled.resolving, settled
    cases.case("everything is settled, by attributes and a lot", good)
    cases.bad("the allocations of the open record in the settled one", good,
              lambda items: _without("allocation")(items) + still_open, "result.allocations")
    cases.bad("the allocations of the settled record in the open one", good, _without(
        "attributes", "lot_reveal", "lot_beacon", "resolution"), "result.allocations")
    for field in ("elected", "alternates", "runoff"):
        cases.bad(f"an option more in `{field}` of an allocation", good,
                  lambda items, field=field: getattr(_of(items, "allocation"), field).append(1), "result.allocations")
    cases.bad("a step missing", good, lambda items: _of(items, "allocation").transcript.pop() and None, "result.allocations")
    cases.bad("another value in a step", good, lambda items: _of(items, "allocation", 1).transcript[0].values.__setitem__(0, b"7"),
              "result.allocations")
    for name in ("attributes", "lot_reveal", "lot_beacon", "resolution"):
        cases.bad(f"without any {name}", good, _without(name))
    cases.bad("the lot without resolutions and attributes", good, _without("attributes", "resolution"))
    cases.bad("a resolution in another order", good, lambda items: _of(items, "resolution").options.reverse())
    cases.bad("resolutions swapped", good, lambda items: [entry for entry in items if entry[0] != "resolution"]
              + [entry for entry in items if entry[0] == "resolution"][::-1])
    cases.bad("a board reveals another value", good, lambda items: setattr(_of(items, "lot_reveal"), "value", bytes(32)))
    cases.bad("a wrong signature of the authority", good, lambda items: setattr(
        _of(items, "attributes"), "signature", shifted(_of(items, "attributes").signature)))
    cases.bad("a wrong signature under the beacon", good, lambda items: setattr(
        _of(items, "lot_beacon").quorum[0][0], "signature", shifted(_of(items, "lot_beacon").quorum[0][0].signature)))
    cases.bad("another beacon than signed", good, lambda items: setattr(
        _of(items, "lot_beacon"), "value", flipped(_of(items, "lot_beacon").value)))

    def attributes(change):
        def changed(items):
            value = _of(items, "attributes", 1)
            change(value)
            sign_attributes(settled, value)
        return changed
    cases.bad("attributes of an option without a tie", good, attributes(lambda value: value.options.append(
        Value(option=5, values=[1]))))
    cases.bad("an option of a tie is not in the attributes", good, attributes(lambda value: value.options.pop()))
    cases.bad("two values of one attribute", good, attributes(lambda value: value.options[0].values.append(1)))
    cases.bad("attributes of a contest that has none", good, attributes(lambda value: setattr(value, "contest", COUNCIL)))
    cases.bad("attributes of the chair twice", good, attributes(lambda value: setattr(value, "contest", CHAIR)))


def make():
    section = Section("75", "75-result/vectors/mixed.json")
    _slots(section)
    _subsets(section)
    _ranked(section)
    _allocations(section)
    _settlements(section)
    return section
