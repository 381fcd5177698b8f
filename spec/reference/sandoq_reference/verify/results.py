"""result.counts, result.seats, result.subtotals: what was opened, and what is said of it (spec 75.1 to 75.3)."""

from ..policy import ballots_of
from ..result import OpenedGroup, counts_problem, seats_problem, subtotal_problem


class ResultPass:
    def __init__(self, record, election, nodes, openings):
        self.election, self.nodes, self.openings = election, nodes, openings
        self.results, self.subtotal_items = record.items.get("result", []), record.items.get("subtotal", [])
        self.groups = []  # (mix_group, OpenedGroup) in order, once the counts are verified

    def counts(self):
        election = self.election
        if [result.contest for result in self.results] != list(range(len(election.contests))):
            return "not one result for every contest, in order"
        points = {opened.request.contest: self.openings.combined(opened) for opened in self.openings.totals()}
        for opened in self.openings.lists():
            group = opened.cascade.group
            self.groups.append((group, OpenedGroup(election.contests[group.contest], election.shapes[group.contest], group.size,
                                                   self.openings.combined(opened))))
        for result, contest in zip(self.results, election.contests):
            problem = counts_problem(result, contest, election.shapes[result.contest],
                                     ballots_of(self.nodes[contest.scope], result.contest), points.get(result.contest),
                                     self.groups_of(result.contest))
            if problem:
                return f"contest {result.contest}: {problem}"
        return None

    def groups_of(self, contest):
        return [counted for group, counted in self.groups if group.contest == contest]

    def choices_of(self, contest):
        """The permitted choices of all its groups."""
        return [choice for counted in self.groups_of(contest) for choice in counted.choices]

    def seats(self):
        for result in self.results:
            problem = seats_problem(result, self.election.contests[result.contest])
            if problem:
                return f"contest {result.contest}: {problem}"
        return None

    def subtotals(self):
        further = self.openings.further()
        if [subtotal.number for subtotal in self.subtotal_items] != [opened.request.number for opened in further]:
            return "not one subtotal for every sum after the totals, in order"
        for subtotal, opened in zip(self.subtotal_items, further):
            contest = opened.request.contest
            problem = subtotal_problem(subtotal, self.election.contests[contest], self.election.shapes[contest],
                                       opened.request.ballots, self.openings.combined(opened))
            if problem:
                return f"subtotal {subtotal.number}: {problem}"
        return None

    def _contest_id(self, contest):
        return self.election.contests[contest].id.decode()

    def _node_ids(self, places):
        return [self.election.manifest.nodes[place.node].id.decode() for place in places]

    def subtotals_told(self):
        """The subtotals of an accepted record, for the report."""
        out = []
        for subtotal, opened in zip(self.subtotal_items, self.openings.further()):
            contest = opened.request.contest
            out.append({"contest": self._contest_id(contest), "ballots": subtotal.ballots,
                        "nodes": self._node_ids(opened.request.nodes),
                        "counts": self.election.told_sum(contest, subtotal.counts)})
        return out

    def groups_told(self):
        """What each mixed group came to, without the blanks of slots."""
        return [{"group": group.group, "contest": self._contest_id(group.contest), "nodes": self._node_ids(group.nodes),
                 "ballots": group.ballots,
                 "counts": self.election.told(group.contest, counted.counts)}
                for group, counted in self.groups]

    def write_ins_told(self):
        """{contest id: {text: votes}} for contests with room for a text."""
        out = {}
        for index, contest in enumerate(self.election.contests):
            if contest.text:
                texts = out[contest.id.decode()] = {}
                for _, text in self.choices_of(index):
                    if text:
                        texts[text] = texts.get(text, 0) + 1
        return out

    def counts_told(self):
        """{contest id: {option id: count}} of an accepted record."""
        return {self._contest_id(result.contest): self.election.told(result.contest, result.counts)
                for result in self.results}
