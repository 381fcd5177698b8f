"""result.ties: attributes, lot and final orders of a record's ties (spec 75.4 to 75.6)."""

from .. import ties as rules
from ..equations import first_culprit
from ..signature import quorum_items, signature_item

KINDS = ("attributes", "lot_reveal", "lot_beacon", "resolution")


class Resolving:
    def __init__(self, record, election, keys):
        self.election, self.keys = election, keys
        self.results, self.commits = record.items.get("result", []), record.items.get("lot_commit", [])
        self.given = {kind: record.items.get(kind, []) for kind in KINDS}

    def ties(self):
        """(result, index, tie) in order."""
        return [(result, index, tie) for result in self.results for index, tie in enumerate(result.ties)]

    def problem(self):
        if not any(self.given.values()):
            return None
        ties = self.ties()
        if not ties:
            return "there is no tie, and still items that break one"
        items = []
        problem = self._attributes_problem(items)
        if problem:
            return problem
        groups = [self._groups(result, tie) for result, _, tie in ties]
        problem = self._lot_problem(any(map(rules.needs_lot, groups)), items)
        return problem or self._orders_problem(ties, groups) or first_culprit(items, self.keys.e1)

    def _attributes_problem(self, items):
        election, e1 = self.election, self.keys.e1
        wanted = [result for result in self.results if result.ties and election.contests[result.contest].attributes]
        given = self.given["attributes"]
        if [entry.contest for entry in given] != [result.contest for result in wanted]:
            return "not one attributes item for every contest with attributes and a tie, in order"
        for result, entry in zip(wanted, given):
            if [ranked.option for ranked in entry.options] != rules.tied_options(result):
                return f"attributes of contest {entry.contest}: not the options of its ties"
            count = len(election.contests[entry.contest].attributes)
            if any(len(ranked.values) != count for ranked in entry.options):
                return f"attributes of contest {entry.contest}: not {count} values for every option"
            items.append(signature_item(election.authority.signing_key, "attributes", election.domain, e1,
                                        rules.attributes_digest(entry), entry.signature,
                                        f"signature of the attributes of contest {entry.contest}"))
        return None

    def _groups(self, result, tie):
        if not self.election.contests[result.contest].attributes:
            return rules.ranked_groups(tie.options, None)
        entry = next(entry for entry in self.given["attributes"] if entry.contest == result.contest)
        return rules.ranked_groups(tie.options, {ranked.option: ranked.values for ranked in entry.options})

    def _lot_problem(self, needed, items):
        election, e1 = self.election, self.keys.e1
        reveals, beacons = self.given["lot_reveal"], self.given["lot_beacon"]
        if not needed:
            return "a lot that nothing needs" if reveals or beacons else None
        if not election.has_beacon:
            return "the ties need a lot, and the manifest has none"
        if [reveal.board for reveal in reveals] != list(range(len(election.boards))) or len(beacons) != 1:
            return "not one lot_reveal of every board, in order, and one lot_beacon"
        for commit, reveal in zip(self.commits, reveals):
            if rules.commitment(e1, election.domain, reveal.board, reveal.value) != commit.commitment:
                return f"lot_reveal of board {reveal.board}: not what the board committed to"
        items += quorum_items(election.boards, beacons[0].quorum, "lot/beacon", election.domain, e1,
                              rules.beacon_digest(beacons[0]), "lot_beacon", self.keys.shut_out)
        return None

    def _orders_problem(self, ties, groups):
        resolutions = self.given["resolution"]
        if [(r.contest, r.tie) for r in resolutions] != [(result.contest, index) for result, index, _ in ties]:
            return "not one resolution for every tie, in order"
        seed = None
        if self.given["lot_reveal"]:
            seed = rules.lot_seed(self.keys.e1, self.election.domain, self.results,
                                  [reveal.value for reveal in self.given["lot_reveal"]], self.given["lot_beacon"][0].value)
        for resolution, own in zip(resolutions, groups):
            order = rules.final_order(own, seed, resolution.contest, resolution.tie)
            if resolution.options != order:
                return f"tie {resolution.tie} of contest {resolution.contest}: {resolution.options} instead of {order}"
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
            names = self.election.option_names(result.contest)
            out.append({"contest": self.election.contests[result.contest].id.decode(), "seats": tie.seats,
                        "alternates": tie.alternates, "state": state,
                        "options": [names[option] for option in options or tie.options]})
        return out
