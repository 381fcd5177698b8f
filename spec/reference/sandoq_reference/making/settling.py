"""What settles ties and allocations: attributes, the lot, resolutions (spec 75.4 to 75.7)."""

from .. import allocation
from .. import ties as lot
from ..layout import Value
from ..rules.rule import RuleError
from ..signature import sign
from .journals import quorum


def _make_attributes(maker, contest, options, values):
    """values: option -> attribute values; missing ones are 0."""
    count = len(maker.election.contests[contest].attributes)
    entry = Value(contest=contest, options=[Value(option=option, values=list(values.get(option, [0] * count)))
                                            for option in options])
    maker.hook("attributes", entry)
    sign_attributes(maker, entry)
    maker.hook("attributes.signed", entry)
    return entry


def sign_attributes(maker, entry):
    authority = maker.authority
    entry.signature = sign(authority.signing, authority.signing_key, "attributes", maker.election.domain, maker.e1,
                           lot.attributes_digest(entry), authority.stream.bytes(32))


def _laws(maker):
    """(contest, result, rankings) of every contest of rule 2."""
    return [(contest, result, allocation.rankings_of(maker.choices[result.contest]))
            for contest, result in zip(maker.election.contests, maker.results) if contest.law is not None]


def _outcomes(maker, entries=None, seed=None):
    """contest -> what becomes of it; entries: contest -> attributes item, None to decide nothing by attributes."""
    out = {}
    for contest, result, rankings in _laws(maker):
        own = entries and entries.get(result.contest)
        values = None if entries is None else {ranked.option: ranked.values for ranked in own.options} if own else {}
        try:
            out[result.contest] = allocation.outcome_of(contest, result, rankings, values, seed)
        except RuleError:  # a rule that breaks its own rules, in a record that has to be rejected
            out[result.contest] = Value(status="decided", option_ties=[])
    return out


def _ties(maker):
    return [(result, index, tie) for result in maker.results for index, tie in enumerate(result.ties)]


def has_open_questions(maker):
    return bool(_ties(maker)) or any(outcome.status == "open" for outcome in _outcomes(maker).values())


class Settling:
    """Adds attributes as allocations come to new ties, and draws the lot if it is needed."""

    def __init__(self, maker, values, beacon):
        self.maker, self.values, self.beacon = maker, values, beacon
        self.entries, self.seed = {}, None
        for result in maker.results:
            if result.ties and maker.election.contests[result.contest].attributes:
                self._add(result.contest, lot.tied_options(result))
        self._allocate()
        if maker.lot_anyway or any(map(lot.needs_lot, self.groups())) or any(
                outcome.status == "open" for outcome in self.outcomes.values()):
            self.seed = lot.lot_seed(maker.e1, maker.election.domain, maker.results, maker.lot_values, beacon)
            self._allocate()

    def _add(self, contest, options):
        values = self.values.get(contest, {})
        self.entries[contest] = _make_attributes(self.maker, contest, options, values)

    def _allocate(self):
        """All outcomes, with every option of their ties in the attributes."""
        while True:
            self.outcomes = _outcomes(self.maker, self.entries, self.seed)
            grown = False
            for contest, outcome in self.outcomes.items():
                options = allocation.tied_options(outcome)
                known = [ranked.option for ranked in self.entries[contest].options] if contest in self.entries else []
                if self.maker.election.contests[contest].attributes and not set(options) <= set(known):
                    self._add(contest, sorted(set(options) | set(known)))
                    grown = True
            if not grown:
                return

    def groups(self):
        out = []
        for result, _, tie in _ties(self.maker):
            entry = self.entries.get(result.contest)
            out.append(lot.ranked_groups(tie.options, entry and {r.option: r.values for r in entry.options}))
        return out

    def items(self):
        maker = self.maker
        out = [("attributes", entry) for _, entry in sorted(self.entries.items())]
        if self.seed is not None and not maker.lot_hidden:
            out += [("lot_reveal", Value(board=number, value=value)) for number, value in enumerate(maker.lot_values)]
            drawn = Value(value=self.beacon)
            drawn.quorum = quorum(maker, "lot/beacon", maker.e1, lot.beacon_digest(drawn))
            out.append(("lot_beacon", drawn))
        for (result, index, _), own in zip(_ties(maker), self.groups()):
            out.append(("resolution", Value(contest=result.contest, tie=index,
                                            options=lot.final_order(own, self.seed, result.contest, index))))
        for name, value in out:
            if name != "attributes":
                maker.hook(name, value)
        return out


def make_settled(maker, values, beacon):
    """The items that settle what is open, and the allocations, as (kind name, value).

    values: contest -> option -> attribute values; beacon: bytes; both None: leave everything open.
    """
    settling = None
    if (values is not None or beacon is not None) and (maker.lot_anyway or has_open_questions(maker)):
        settling = Settling(maker, values or {}, beacon)
    out, maker.lot_seed = (settling.items(), settling.seed) if settling else ([], None)
    for contest, result, rankings in _laws(maker):
        own = settling and settling.entries.get(result.contest)
        attributes = {ranked.option: ranked.values for ranked in own.options} if own else {} if settling else None
        try:
            item, _ = allocation.allocation_of(contest, result, rankings, attributes, maker.lot_seed)
        except RuleError:
            item = Value(contest=result.contest, elected=[], alternates=[], runoff=[], transcript=[])
        maker.hook("allocation", item)
        out.append(("allocation", item))
    return out
