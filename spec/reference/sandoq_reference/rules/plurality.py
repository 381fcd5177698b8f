"""Plurality with a threshold and a run-off (spec 76.8), and the threshold itself (76.3)."""

from .steps import ALTERNATES, BELOW, ELECTED, EMPTY, RUNOFF, VOTES, groups_by


def passes(threshold, votes, counts, total, seats):
    """Are the votes the share that the threshold asks for? total: all votes of the contest."""
    share = threshold.share
    base = {1: counts.valid, 2: counts.ballots, 3: total, 4: total}[threshold.base]
    left = votes * share.denominator * (seats if threshold.base == 4 else 1)
    right = share.numerator * base
    return left > right if threshold.strict else left >= right


def allocate(part, counts, seats, alternates, steps):
    """elected, alternates, run-off options."""
    votes = counts.votes
    voted = [option for option, count in enumerate(votes) if count]
    steps.add(VOTES, voted, [votes[option] for option in voted])
    total = sum(votes)
    failing = [o for o in voted if any(not passes(t, votes[o], counts, total, seats) for t in part.threshold)]
    if failing:
        steps.add(BELOW, failing)
    elected, reserves = [], []
    for group in groups_by([o for o in voted if o not in set(failing)], votes.__getitem__):
        order = steps.options(group, seats or 1) if seats or alternates else []
        elected += order[:seats]
        taken = order[seats:seats + alternates]
        seats -= min(seats, len(order))
        reserves += taken
        alternates -= len(taken)
    runoff = []
    if part.runoff and seats and failing:
        room = part.runoff * seats
        for group in groups_by(failing, votes.__getitem__):
            taken = steps.options(group, room)[:room] if room else []
            runoff += taken
            room -= len(taken)
    else:
        for group in groups_by(failing, votes.__getitem__):
            taken = steps.options(group, 1)[:alternates] if alternates else []
            reserves += taken
            alternates -= len(taken)
    steps.add(ELECTED, elected)
    steps.add(ALTERNATES, reserves)
    if runoff:
        steps.add(RUNOFF, runoff, [seats])
    elif seats:
        steps.add(EMPTY, [], [seats])
    return elected, reserves, runoff
