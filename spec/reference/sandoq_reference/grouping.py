"""What goes into a mix: places, groups and their input lists (spec 55.7, 60.1, 60.2)."""

from .mix import MOST_CIPHERTEXTS, per_ballot
from .policy import ballots_of, branches_with_ballots, lists_problem


def places_problem(election, nodes, contest, places):
    """Why a request or a group of a contest that exists must not name these places, or None; nodes: the tally_nodes."""
    scope, before = election.contests[contest].scope, None
    for place in places:
        node = place.node
        if before is not None and (node <= before or election.is_under(node, before)):
            return f"node {node} is not above {before} in number, or lies below it"
        if node >= len(nodes) or not election.is_under(node, scope):
            return f"node {node} is not the contest's scope or below it"
        if not ballots_of(nodes[node], contest):
            return f"node {node} has no ballot of contest {contest}"
        if place.hash != nodes[node].hash:
            return f"the hash of node {node} is not that of the tally"
        before = node
    return None


def groups_problem(groups, election, nodes):
    """mix.groups of 90.2, or None; groups: the mix_group items in order."""
    before = None
    for number, group in enumerate(groups, 1):
        problem = _group_problem(group, number, election, nodes)
        if problem:
            return f"group {number}: {problem}"
        stands = (group.contest, group.nodes[0].node)
        if before is not None and stands <= before:
            return f"group {number}: does not stand in the order of contests and first nodes"
        before = stands
    for contest in filter(election.is_mixed, range(len(election.contests))):
        problem = _cover_problem([group for group in groups if group.contest == contest], contest, election, nodes)
        if problem:
            return f"contest {contest}: {problem}"
    return None


def _group_problem(group, number, election, nodes):
    if group.group != number:
        return f"its number is {group.group}"
    if group.contest >= len(election.contests) or not election.is_mixed(group.contest):
        return f"contest {group.contest} does not exist, or is not mixed"
    problem = places_problem(election, nodes, group.contest, group.nodes)
    if problem:
        return problem
    ballots = sum(ballots_of(nodes[place.node], group.contest) for place in group.nodes)
    if group.ballots != ballots:
        return f"{group.ballots} ballots instead of {ballots}"
    size = ballots * per_ballot(election.shapes[group.contest])
    if group.size != size or not 2 <= size <= MOST_CIPHERTEXTS:
        return f"a list of {group.size} ciphertexts; the ballots have {size}"
    return None


def _cover_problem(groups, contest, election, nodes):
    """Has every branch with a ballot of the contest one group, and no other branch any?"""
    counts = branches_with_ballots(election, nodes, contest, [election.contests[contest].scope])
    if sum(counts.values()) * per_ballot(election.shapes[contest]) < 2:
        return "a group for fewer than two ciphertexts" if groups else None
    seen = set()
    for group in groups:
        own = branches_with_ballots(election, nodes, contest, [place.node for place in group.nodes]).keys()
        if seen & own:
            return f"the ballots of branch {min(seen & own)} are in two groups"
        seen |= own
    return lists_problem(counts, [seen])


def mixed_parts(election, contest, part):
    """What of a contest ballot goes into the mix, each the bytes of one ciphertext of the list."""
    own = election.mixed(contest, part.ciphertexts)
    return [b"".join(own)] if election.shapes[contest].packed else own
