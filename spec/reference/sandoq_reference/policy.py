"""Which sums and mixed lists may be opened: laminar families with a floor (spec 55.10)."""


def policy_problem(floor, counts, sums, lists=()):
    """Why a contest's requests are not permitted, or None.

    counts: branch -> its ballots of the contest, where there are any; sums, lists: the branches of every request of a sum, and
    of a list. Rule 4 says more of all lists of a contest together: lists_problem.
    """
    sums, lists = [frozenset(branches) for branches in sums], [frozenset(branches) for branches in lists]
    total = frozenset(branch for branch, ballots in counts.items() if ballots)
    sets = sums + lists
    names = [f"sum {number}" for number in range(1, len(sums) + 1)] + [f"list {number}" for number in range(1, len(lists) + 1)]
    if all(one == total for one in sets):
        return _same_problem(sums, lists)
    if floor == 0:
        return "nothing but the total may be opened, since the floor is 0"
    for index, one in enumerate(sets):
        for other_index, other in enumerate(sets[:index]):
            if one & other and not one <= other and not other <= one:
                return f"{names[other_index]} and {names[index]} of the contest overlap"
    for name, one in zip(names, sets):
        rest = one.difference(*(other for other in sets if other < one))
        ballots = sum(counts[branch] for branch in rest)
        if rest and ballots < floor:
            return f"{name} of the contest leaves {ballots} ballots, below the floor of {floor}"
    return _same_problem(sums, lists)


def _same_problem(sums, lists):
    """Two sums of one set, or two lists with a branch in common."""
    if len(set(sums)) != len(sums):
        return "two sums of the contest are of the same set"
    if sum(map(len, lists)) != len(frozenset().union(*lists)):
        return "two lists of the contest have a branch in common"
    return None


def lists_problem(counts, lists):
    """The rest of rule 4: all lists of a contest together leave no branch with a ballot out."""
    missing = {branch for branch, ballots in counts.items() if ballots}.difference(*lists)
    return f"no list has the ballots of branch {min(missing)}" if missing else None


def branches_with_ballots(election, nodes, contest, places):
    """{branch: ballots} of B(X); nodes: the tally_nodes; places: indices of nodes."""
    out = {}
    for place in places:
        for branch in election.branches_under(place):
            ballots = ballots_of(nodes[branch], contest)
            if ballots:
                out[branch] = ballots
    return out


def ballots_of(node, contest):
    """How many ballots of a contest a tally_node has."""
    return next((total.ballots for total in node.totals if total.contest == contest), 0)
