"""result.ties and result.allocations: attributes, lot, final orders, seats by rules that are data (spec 75.4 to 75.7)."""

from .. import allocation
from .. import ties as rules
from ..equations import first_culprit
from ..items import ALLOCATION
from ..signature import quorum_items, signature_item

KINDS = ("attributes", "lot_reveal", "lot_beacon", "resolution")


class Resolving:
    def __init__(self, record, election, keys, choices_of):
        """choices_of(contest): the permitted choices of its opened lists."""
        self.election, self.keys, self.choices_of = election, keys, choices_of
        self.results, self.commits = record.items.get("result", []), record.items.get("lot_commit", [])
        self.allocations = record.items.get("allocation", [])
        self.given = {kind: record.items.get(kind, []) for kind in KINDS}
        self.settled = any(self.given.values())
        self.seed, self.decided = None, []  # (allocation item, outcome) of every contest of rule 2

    def ties(self):
        """(result, index, tie) in order."""
        return [(result, index, tie) for result in self.results for index, tie in enumerate(result.ties)]

    def _laws(self):
        """(contest, result, rankings) of every contest of rule 2."""
        return [(contest, result, allocation.rankings_of(self.choices_of(result.contest)))
                for contest, result in zip(self.election.contests, self.results) if contest.law is not None]

    def _outcomes(self, attributes, seed):
        """contest -> what becomes of it by its rule; attributes: contest -> option -> values, None for none."""
        return {result.contest: allocation.outcome_of(contest, result, rankings,
                                                      None if attributes is None else attributes.get(result.contest, {}), seed)
                for contest, result, rankings in self._laws()}

    def problem(self):
        if not self.settled:
            return None
        ties = self.ties()
        if not ties and not _some_open(self._outcomes(None, None)):
            return "there is no open question, and still items that settle one"
        items = []
        problem = self._values_problem(items)
        if problem:
            return problem
        groups = [self._groups(result, tie) for result, _, tie in ties if self._fits(result)]
        needed = any(map(rules.needs_lot, groups)) or _some_open(self._outcomes(self._values(), None))
        problem = self._lot_problem(needed, items)
        if problem:
            return problem
        self.seed = self._seed()
        return (self._options_problem(self._outcomes(self._values(), self.seed)) or self._orders_problem(ties, groups)
                or first_culprit(items, self.keys.e1))

    def _values_problem(self, items):
        """Attributes but for the question whose they must be."""
        election, before = self.election, -1
        for entry in self.given["attributes"]:
            if not before < entry.contest < len(election.contests) or not election.contests[entry.contest].attributes:
                return f"attributes of contest {entry.contest}: not ascending, or the contest has none"
            before, name = entry.contest, f"attributes of contest {entry.contest}: "
            options = [ranked.option for ranked in entry.options]
            if any(a >= b for a, b in zip(options, options[1:])) or options[-1] >= len(election.contests[before].options):
                return name + "options that are not ascending, or do not exist"
            count = len(election.contests[before].attributes)
            if any(len(ranked.values) != count for ranked in entry.options):
                return name + f"not {count} values for every option"
            items.append(signature_item(election.authority.signing_key, "attributes", election.domain, self.keys.e1,
                                        rules.attributes_digest(entry), entry.signature, "signature of the " + name[:-2]))
        return None

    def _values(self):
        """contest -> option -> values."""
        return {entry.contest: {ranked.option: ranked.values for ranked in entry.options} for entry in self.given["attributes"]}

    def _fits(self, result):
        """Do the attributes have all options of the result's ties?"""
        return (not self.election.contests[result.contest].attributes
                or self._values().get(result.contest, {}).keys() >= set(rules.tied_options(result)))

    def _options_problem(self, outcomes):
        """Exactly the options of ties stand in the attributes."""
        wanted = {}
        for result in self.results:
            tied = rules.tied_options(result)
            if result.contest in outcomes:
                tied = allocation.tied_options(outcomes[result.contest])
            if tied and self.election.contests[result.contest].attributes:
                wanted[result.contest] = tied
        given = {contest: sorted(values) for contest, values in self._values().items()}
        return None if given == wanted else f"attributes of options {given}, and those of the ties are {wanted}"

    def _groups(self, result, tie):
        if not self.election.contests[result.contest].attributes:
            return rules.ranked_groups(tie.options, None)
        return rules.ranked_groups(tie.options, self._values()[result.contest])

    def _lot_problem(self, needed, items):
        election, e1 = self.election, self.keys.e1
        reveals, beacons = self.given["lot_reveal"], self.given["lot_beacon"]
        if not needed:
            return "a lot that nothing needs" if reveals or beacons else None
        if not election.has_beacon:
            return "the open questions need a lot, and the manifest has none"
        if [reveal.board for reveal in reveals] != list(range(len(election.boards))) or len(beacons) != 1:
            return "not one lot_reveal of every board, in order, and one lot_beacon"
        for commit, reveal in zip(self.commits, reveals):
            if rules.commitment(e1, election.domain, reveal.board, reveal.value) != commit.commitment:
                return f"lot_reveal of board {reveal.board}: not what the board committed to"
        items += quorum_items(election.boards, beacons[0].quorum, "lot/beacon", election.domain, e1,
                              rules.beacon_digest(beacons[0]), "lot_beacon", self.keys.shut_out)
        return None

    def _seed(self):
        if not self.given["lot_reveal"]:
            return None
        return rules.lot_seed(self.keys.e1, self.election.domain, self.results,
                              [reveal.value for reveal in self.given["lot_reveal"]], self.given["lot_beacon"][0].value)

    def _orders_problem(self, ties, groups):
        resolutions = self.given["resolution"]
        if [(r.contest, r.tie) for r in resolutions] != [(result.contest, index) for result, index, _ in ties]:
            return "not one resolution for every tie, in order"
        for resolution, own in zip(resolutions, groups):
            order = rules.final_order(own, self.seed, resolution.contest, resolution.tie)
            if resolution.options != order:
                return f"tie {resolution.tie} of contest {resolution.contest}: {resolution.options} instead of {order}"
        return None

    def allocations_problem(self):
        """75.7: one for every contest of rule 2, with everything that follows from the counts and what settles them."""
        laws, values = self._laws(), self._values()
        if [item.contest for item in self.allocations] != [result.contest for _, result, _ in laws]:
            return "not one allocation for every contest of rule 2, in order"
        for item, (contest, result, rankings) in zip(self.allocations, laws):
            attributes = values.get(result.contest, {}) if self.settled else None
            wanted, outcome = allocation.allocation_of(contest, result, rankings, attributes, self.seed)
            for field in ALLOCATION.fields:
                if getattr(item, field) != getattr(wanted, field):
                    return f"allocation of contest {result.contest}: {field} is not what the rule makes of the counts"
            self.decided.append((item, outcome))
        return None

    def places(self):
        """{contest: (elected, alternates)} that the resolutions add, of an accepted record."""
        out = {}
        for resolution in self.given["resolution"]:
            tie = self.results[resolution.contest].ties[resolution.tie]
            elected, alternates = rules.places(tie, resolution.options)
            own = out.setdefault(resolution.contest, ([], []))
            own[0].extend(elected)
            own[1].extend(alternates)
        return out

    def told(self):
        """Every tie with how far it is decided, of an accepted record (90.5)."""
        out, final = [], {(r.contest, r.tie): r.options for r in self.given["resolution"]}
        for result, index, tie in self.ties():
            options = final.get((result.contest, index))
            state = "open" if options is None else \
                "resolved-with-lot" if rules.needs_lot(self._groups(result, tie)) else "resolved"
            names = [option.id.decode() for option in self.election.contests[result.contest].options]
            out.append({"contest": self.election.contests[result.contest].id.decode(), "seats": tie.seats,
                        "alternates": tie.alternates, "state": state,
                        "options": [names[option] for option in options or tie.options]})
        return out

    def allocations_told(self):
        """Every allocation of an accepted record with its steps (90.5)."""
        out = []
        for item, outcome in self.decided:
            names = [option.id.decode() for option in self.election.contests[item.contest].options]
            out.append({"contest": self.election.contests[item.contest].id.decode(), "state": outcome.status,
                        **{kind: [names[option] for option in getattr(item, kind)] for kind in ("elected", "alternates", "runoff")},
                        "steps": [{"kind": step.kind, "subjects": step.subjects, "values": [v.decode() for v in step.values]}
                                  for step in item.transcript]})
        return out


def _some_open(outcomes):
    return any(outcome.status == "open" for outcome in outcomes.values())
