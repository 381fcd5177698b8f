"""Which sums may be opened: laminar families with a floor (spec 55.10)."""


def policy_problem(floor, counts, sets):
    """Why a contest's requests are not permitted, or None.

    counts: branch -> its ballots of the contest, where there are any; sets: the branches of every request, the first one
    being the total of all of them.
    """
    sets = [frozenset(branches) for branches in sets]
    if len(sets) <= 1:
        return None
    if floor == 0:
        return "nothing but the total may be opened, since the floor is 0"
    for index, one in enumerate(sets):
        for other_index, other in enumerate(sets[:index]):
            if one == other:
                return f"requests {other_index + 1} and {index + 1} of the contest open the same set"
            if one & other and not one < other and not other < one:
                return f"requests {other_index + 1} and {index + 1} of the contest overlap"
    for index, one in enumerate(sets):
        rest = one.difference(*(other for other in sets if other < one))
        ballots = sum(counts[branch] for branch in rest)
        if rest and ballots < floor:
            return f"request {index + 1} of the contest leaves {ballots} ballots, below the floor of {floor}"
    return None


def opened_branches(election, nodes, request):
    """{branch: ballots} of B(X); nodes: the tally_nodes."""
    out = {}
    for place in request.nodes:
        for branch in election.branches_under(place.node):
            ballots = ballots_of(nodes[branch], request.contest)
            if ballots:
                out[branch] = ballots
    return out


def ballots_of(node, contest):
    """How many ballots of a contest a tally_node has."""
    return next((total.ballots for total in node.totals if total.contest == contest), 0)
