"""Counts and seats (spec 75)."""

from .group import equal, multiply_generator
from .items import BIT_VECTOR, PACKED, PLURALITY, RANKING, SLOTS
from .layout import Value
from .list_opening import count_codes, read_choices


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


class OpenedGroup:
    """What a mixed list came to, ciphertext by ciphertext opened (60.6); Failed if it cannot be counted.

    counts: those of codes, then [blank,] invalid for packed ballots; choices: the permitted ones of packed ballots, (codes, text).
    """

    def __init__(self, contest, shape, size, opened):
        """contest: of the manifest; size: N of the group; opened: the elements of every ciphertext."""
        codes = shape.codes.count
        if not shape.packed:
            self.counts, self.choices = count_codes(codes + shape.slots, size, opened)[:codes], []
            return
        self.choices, invalid = read_choices(shape, size, opened)
        self.counts = [] if shape.ranked else [0] * codes
        for chosen in [] if shape.ranked else self.choices:
            for code in chosen[0]:
                self.counts[code - 1] += 1
        if contest.blank:
            self.counts.append(sum(1 for codes, text in self.choices if not any(codes) and not text))
        self.counts.append(len(invalid))


def sums_problem(counts, contest, shape, ballots, opened):
    """75.1 for counts that come from a sum; opened: the points m_i G, or None if that is not to be checked."""
    if any(count > ballots for count in counts):
        return "a count is larger than the number of ballots"
    for index, count in enumerate(counts):
        if opened is not None and not equal(multiply_generator(count), opened[index]):
            return f"count {index} is not what was opened"
    if contest.encoding == BIT_VECTOR:
        weighted = sum(u * count for u, count in zip(shape.weights, counts))
        if not shape.codes.least * ballots <= weighted <= shape.codes.most * ballots:
            return "the counts together are outside the contest's limits"
    return None


def counts_problem(result, contest, shape, ballots, opened, groups=()):
    """75.1 for one result; opened: the points m_i G of its total, None if that was not opened; groups: an OpenedGroup for each."""
    counts = result.counts
    wanted = (0 if contest.encoding == RANKING else shape.codes.count) + contest.blank + (contest.encoding in PACKED)
    if len(counts) != wanted:
        return f"{len(counts)} counts instead of {wanted}"
    if result.ballots != ballots:
        return f"{result.ballots} ballots instead of {ballots}"
    summed = {BIT_VECTOR: wanted, SLOTS: contest.blank}.get(contest.encoding, 0)
    listed = [sum(column) for column in zip(*(group.counts for group in groups))] or [0] * (wanted - summed)
    if counts[:wanted - summed] != listed:
        return f"{counts[:wanted - summed]} instead of {listed}, which the opened lists say"
    if opened is None:
        return "counts, and nothing was opened" if any(counts[wanted - summed:]) else None
    return sums_problem(counts[wanted - summed:], contest, shape, ballots, opened)


def subtotal_problem(subtotal, contest, shape, ballots, opened):
    """75.3 for one subtotal; opened: the points of its request."""
    if len(subtotal.counts) != len(opened):
        return f"{len(subtotal.counts)} counts instead of {len(opened)}"
    if subtotal.ballots != ballots:
        return f"{subtotal.ballots} ballots instead of {ballots}"
    return sums_problem(subtotal.counts, contest, shape, ballots, opened)


def seats_problem(result, contest):
    elected, alternates, ties = [], [], []
    if contest.rule == PLURALITY:
        elected, alternates, ties = seats(result.counts[:len(contest.options)], contest.seats, contest.alternates)
    if result.elected != elected:
        return f"elected {result.elected} instead of {elected}"
    if result.alternates != alternates:
        return f"alternates {result.alternates} instead of {alternates}"
    if result.ties != ties:
        return "the ties are not those of the counts"
    return None
