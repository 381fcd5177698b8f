"""What a record opens: requests for sums and lists, the policy, answers (spec 55.7 to 55.11)."""

from .. import list_opening as lists
from .. import opening as sums
from ..equations import Failed, first_culprit
from ..grouping import places_problem
from ..hashing import ZERO32
from ..items import LOT_COMMIT
from ..journal import closings_hash, lot_record
from ..policy import ballots_of, branches_with_ballots, lists_problem, policy_problem
from ..signature import quorum_items, signer_items
from ..tally import Totals
from ..ties import commit_digest

ANSWERS = {"partial": "request", "list_partial": "list_request"}


class Opened:
    """A request with its answers; of a list also its cascade, once the requests are known to be in order."""

    def __init__(self, kind, request):
        self.request, self.is_list, self.partials, self.cascade = request, kind == "list_request", [], None

    def hash(self):
        return (lists if self.is_list else sums).request_hash(self.request)


class OpeningPass:
    def __init__(self, record, election, keys, journals, nodes, mixes):
        self.record, self.election, self.keys, self.journals, self.nodes = record, election, keys, journals, nodes
        self.mixes, self.opened = mixes, []
        for name, value in record.openings:
            if name in ANSWERS.values():
                self.opened.append(Opened(name, value))
            elif name in ANSWERS:
                self.opened[-1].partials.append(value)

    def lot_commitments(self):
        commits = self.record.items.get("lot_commit", [])
        wanted = list(range(len(self.election.boards))) if self.election.has_beacon else []
        if [commit.board for commit in commits] != wanted:
            return f"lot_commits of boards {[commit.board for commit in commits]} instead of {wanted}"
        items = []
        for commit in commits:
            items += signer_items(self.election.boards[commit.board], commit.board, commit.signers, "lot/commit",
                                  self.election.domain, self.keys.e1, commit_digest(commit),
                                  f"lot_commit of board {commit.board}", self.keys.shut_out)
        return first_culprit(items, self.keys.e1)

    def _summable(self, contest):
        """May sums of the contest be opened? Not of mixed ones without a group: a single ballot would be (55.7)."""
        return self.election.has_sums(contest) and (
            not self.election.is_mixed(contest) or any(c.group.contest == contest for c in self.mixes.cascades))

    def _totals_wanted(self):
        """The contests whose total is opened first."""
        return [index for index, contest in enumerate(self.election.contests)
                if self._summable(index) and ballots_of(self.nodes[contest.scope], index)]

    def totals(self):
        return self.opened[:len(self._totals_wanted())]

    def lists(self):
        at = len(self._totals_wanted())
        return self.opened[at:at + len(self.mixes.cascades)]

    def further(self):
        """The sums after the totals and the lists."""
        return self.opened[len(self._totals_wanted()) + len(self.mixes.cascades):]

    def requests(self):
        problem = self._turns_problem()
        if problem:
            return problem
        for opened, cascade in zip(self.lists(), self.mixes.cascades):
            opened.cascade = cascade
        e1, previous, items = self.keys.e1, ZERO32, []
        closings = closings_hash(e1, self.journals.closings, [lot_record(LOT_COMMIT.encode(commit))
                                                              for commit in self.record.items.get("lot_commit", [])])
        for number, opened in enumerate(self.opened, 1):
            fields = {"e1": e1, "domain": self.election.domain, "number": number, "previous": previous, "closings": closings}
            problem = self._fields_problem(opened, fields)
            if problem:
                return f"request {number}: {problem}"
            previous = opened.hash()
            items += quorum_items(self.election.boards, opened.request.quorum, "open", self.election.domain, e1, previous,
                                  f"request {number}", self.keys.shut_out)
        return first_culprit(items, e1)

    def _turns_problem(self):
        """Totals, then lists, then other sums."""
        wanted = self._totals_wanted()
        totals = [not opened.is_list and (opened.request.contest, [place.node for place in opened.request.nodes])
                  for opened in self.totals()]
        if totals != [(contest, [self.election.contests[contest].scope]) for contest in wanted]:
            return f"the first requests open {totals}, not the totals of contests {wanted}"
        groups = [opened.is_list and opened.request.group for opened in self.lists()]
        if groups != [cascade.group.group for cascade in self.mixes.cascades]:
            return "after the totals not one list_request for every group, in order"
        if any(opened.is_list for opened in self.further()):
            return "a list_request more than there are groups"
        return None

    def _fields_problem(self, opened, fields):
        request, own = opened.request, {}
        if opened.is_list:
            own = self._of_list(opened.cascade)
        else:
            contest = request.contest
            if contest >= len(self.election.contests) or not self._summable(contest):
                return f"there is no contest {contest} with sums to be opened"
            problem = places_problem(self.election, self.nodes, contest, request.nodes)
            if problem:
                return problem
            own["ballots"], own["ciphertexts"] = self._sum(request)
        for name, value in {**fields, **own}.items():
            if getattr(request, name) != value:
                return f"{name} is not what it must be"
        return None

    def _of_list(self, cascade):
        shape = self.mixes.shape(cascade)
        return {"group": cascade.group.group, "contest": cascade.group.contest, "stages": len(cascade.stages),
                "ciphertexts": len(cascade.last(shape.width)), "list": cascade.stages[-1][0].list}

    def _sum(self, request):
        """Ballots and ciphertexts of a request's nodes together."""
        if len(request.nodes) == 1:
            total = next(t for t in self.nodes[request.nodes[0].node].totals if t.contest == request.contest)
            return total.ballots, total.ciphertexts
        totals = Totals({})
        for place in request.nodes:
            totals.merge(Totals.decoded([t for t in self.nodes[place.node].totals if t.contest == request.contest]))
        value = totals.values()[0]
        return value.ballots, value.ciphertexts

    def policy(self):
        for index, contest in enumerate(self.election.contests):
            counts = branches_with_ballots(self.election, self.nodes, index, [contest.scope])
            families = {False: [], True: []}
            for opened in self.opened:
                own = opened.cascade.group if opened.is_list else opened.request
                if own.contest == index:
                    families[opened.is_list].append(branches_with_ballots(self.election, self.nodes, index,
                                                                          [place.node for place in own.nodes]))
            problem = policy_problem(contest.floor, counts, families[False], families[True])
            if families[True]:
                problem = problem or lists_problem(counts, families[True])
            if problem:
                return f"contest {index}: {problem}"
        return None

    def partials(self):
        items = []
        for opened in self.opened:
            order = [(partial.board, partial.trustee) for partial in opened.partials]
            if any(a >= b for a, b in zip(order, order[1:])):
                return f"request {opened.request.number}: answers not strictly ascending by board and trustee"
            for partial in opened.partials:
                problem = self._trustee_problem(partial)
                if problem:
                    return f"{_name(opened, partial)}: {problem}"
            items += self._list_items(opened) if opened.is_list else self._sum_items(opened)
        return first_culprit(items, self.keys.e1)

    def _trustee_problem(self, partial):
        if partial.board >= len(self.election.boards):
            return "no such board"
        if not 1 <= partial.trustee <= len(self.election.boards[partial.board].trustees):
            return "no such trustee"
        if (partial.board, partial.trustee) in self.keys.shut_out:
            return "the trustee is shut out"
        return None

    def _keys_of(self, partial):
        """Share key, signing key."""
        share_keys = self.record.items["election_key"][0].boards[partial.board].share_keys
        return share_keys[partial.trustee - 1], self.election.boards[partial.board].trustees[partial.trustee - 1].signing_key

    def _sum_items(self, opened):
        digest, items = opened.hash(), []
        for partial in opened.partials:
            items += sums.partial_items(partial, opened.request, digest, *self._keys_of(partial), self.election.domain,
                                        self.keys.e1, _name(opened, partial))
        return items

    def _list_items(self, opened):
        digest, items, pairs = opened.hash(), [], self._pairs(opened)
        self._check_factors(opened, len(pairs))
        for partial, (_, factors) in zip(opened.partials, opened.cascade.factors):
            items += lists.partial_items(partial, factors, opened.request, pairs, digest, *self._keys_of(partial),
                                         self.election.domain, self.keys.e1, _name(opened, partial))
        return items

    def _pairs(self, opened):
        width = self.mixes.shape(opened.cascade).width
        return lists.pairs_of(opened.request, width, opened.cascade.last(width))

    def _check_factors(self, opened, count):
        """The mix_factors beside a list, and their parts: Failed unless they are those of the answers."""
        cascade, number = opened.cascade, opened.request.number
        wanted = [(cascade.group.group, partial.board, partial.trustee, count) for partial in opened.partials]
        given = [(beside.group, beside.board, beside.trustee, beside.count) for beside, _ in cascade.factors]
        if given != wanted:
            raise Failed(f"request {number}: beside the list stand factors of {given}, not of {wanted}")
        if cascade.misparted["mix_factors"] or any(len(factors) != count for _, factors in cascade.factors):
            raise Failed(f"request {number}: factors beside the list are not {count}, or a part of them is too short")

    def quorum(self):
        for opened in self.opened:
            for number, board in enumerate(self.election.boards):
                present = {partial.trustee for partial in opened.partials if partial.board == number
                           and 1 <= partial.trustee <= len(board.trustees)}
                if len(present) < board.threshold:
                    return f"request {opened.request.number}: {len(present)} of {board.threshold} trustees of board {number}"
        return None

    def combined(self, opened):
        """Of a sum: m_i G as points; of a list: the elements of every ciphertext."""
        boards = self.election.boards
        if not opened.is_list:
            return sums.combine(boards, opened.request, opened.partials)
        width = self.mixes.shape(opened.cascade).width
        elements = lists.combine(boards, self._pairs(opened),
                                 [(partial, factors) for partial, (_, factors) in zip(opened.partials, opened.cascade.factors)])
        return [elements[i:i + width] for i in range(0, len(elements), width)]


def _name(opened, partial):
    return f"request {opened.request.number}, trustee {partial.trustee} of board {partial.board}"
