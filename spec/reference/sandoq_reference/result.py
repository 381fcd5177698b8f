"""Counts and seats (spec 75)."""

from .group import equal, multiply_generator
from .layout import Value


def seats(counts, places, reserves):
    """elected, alternates, ties of plurality at large over the options' counts (75.2)."""
    elected, alternates, ties = [], [], []
    groups = {}
    for option, count in enumerate(counts):
        if count:
            groups.setdefault(count, []).append(option)
    for count in sorted(groups, reverse=True):
        group = groups[count]
        size = len(group)
        if places == 0 and reserves == 0:
            break
        if size <= places:
            elected += group
            places -= size
        elif places == 0 and size <= reserves:
            alternates += group
            reserves -= size
        else:
            taken = min(reserves, size - places)
            ties.append(Value(seats=places, alternates=taken, options=group))
            reserves -= taken
            places = 0
    return elected, alternates, ties


def counts_problem(result, shape, least, ballots, opened):
    """75.1 for one result or subtotal; opened: the points m_i G, or None if nothing was to be opened."""
    counts = result.counts
    if len(counts) != shape.ciphertexts:
        return f"{len(counts)} counts instead of {shape.ciphertexts}"
    if result.ballots != ballots:
        return f"{result.ballots} ballots instead of {ballots}"
    if any(count > ballots for count in counts):
        return "a count is larger than the number of ballots"
    for index, count in enumerate(counts):
        if opened is not None and not equal(multiply_generator(count), opened[index]):
            return f"count {index} is not what was opened"
    weighted = sum(u * count for u, count in zip(shape.weights, counts))
    if not least * ballots <= weighted <= shape.most * ballots:
        return "the counts together are outside the contest's limits"
    return None


def seats_problem(result, contest):
    counts = result.counts[:len(contest.options)]
    elected, alternates, ties = seats(counts, contest.seats, contest.alternates)
    if result.elected != elected:
        return f"elected {result.elected} instead of {elected}"
    if result.alternates != alternates:
        return f"alternates {result.alternates} instead of {alternates}"
    if result.ties != ties:
        return "the ties are not those of the counts"
    return None
