"""Seats from rankings: IRV, STV, Schulze, Borda (spec 76.14 to 76.17)."""

from fractions import Fraction

from .steps import (ALTERNATES, COUNT, ELECTED, ELIMINATED, EMPTY, PATHS, POINTS, PREFERRED, QUOTA, TRANSFER, groups_by)

ONE = 10**9  # a vote, in the parts that surpluses are rounded to (76.15)


def normal(part, ranks):
    """The ranks as they count: later mentions struck, then empty and over-full ranks as the rule says."""
    seen, out = set(), []
    for rank in ranks:
        if not rank:
            if part.skipped == 2:
                break
            continue
        if len(rank) > 1 and part.overvote == 3:
            break
        if len(rank) > 1 and part.overvote == 2:
            continue
        left = sorted(option for option in rank if option not in seen)
        seen.update(left)
        if left:
            out.append(left)
    return out


def merged(part, ballots):
    """Equal rankings together: [(ranks, count)], those that rank nobody left out."""
    out = {}
    for ballot in ballots:
        ranks = tuple(tuple(rank) for rank in normal(part, ballot.ranks))
        if ranks and ballot.count:
            out[ranks] = out.get(ranks, 0) + ballot.count
    return sorted(out.items())


def named(rankings):
    """Options that some ranking holds; the others take no part."""
    return {option for ranks, _ in rankings for rank in ranks for option in rank}


class Count:
    """Papers in the hands of options: (ranking, holder) -> value."""

    def __init__(self, part, rankings, options, seats, steps):
        self.part, self.seats, self.steps = part, seats, steps
        self.rankings = [ranks for ranks, _ in rankings]
        self.continuing = named(rankings)
        self.exhausted = Fraction(0)
        self.piles = [{} for _ in range(options)]
        self.elected, self.pending = [], []
        for index, (_, count) in enumerate(rankings):
            self._give(index, Fraction(count))

    def _give(self, index, value):
        """To the continuing options of the highest rank that has any, in equal parts."""
        for rank in self.rankings[index]:
            here = [option for option in rank if option in self.continuing]
            if here:
                for option in here:
                    self.piles[option][index] = self.piles[option].get(index, 0) + value / len(here)
                return
        self.exhausted += value

    def value(self, option):
        return sum(self.piles[option].values(), Fraction(0))

    def show(self):
        here = sorted(self.continuing)
        self.steps.add(COUNT, here, [self.value(o) for o in here] + [self.exhausted])

    def move(self, option):
        pile, self.piles[option] = self.piles[option], {}
        for index in sorted(pile):
            self._give(index, pile[index])

    def move_surplus(self, option, factor):
        """What each ranking's part is worth now, rounded down; the rest is exhausted."""
        pile, self.piles[option] = self.piles[option], {}
        for index in sorted(pile):
            exact = pile[index] * factor
            kept = Fraction(exact * ONE // 1, ONE)
            self.exhausted += exact - kept
            self._give(index, kept)

    def lowest(self):
        """Who goes out: 76.15."""
        groups = groups_by(sorted(self.continuing), self.value)[::-1]
        if self.part.batch:
            together, total, best = [], Fraction(0), []
            for group, above in zip(groups, groups[1:]):
                together = together + group
                total += sum(self.value(o) for o in group)
                left = len(self.continuing) - len(together)
                if total < self.value(above[0]) and left >= self.seats - len(self.elected):
                    best = sorted(together)
            if best:
                return best
        return self.steps.options(groups[0], len(groups[0]) - 1)[-1:]

    def eliminate(self):
        out = self.lowest()
        self.continuing -= set(out)
        self.steps.add(ELIMINATED, out)
        for option in out:
            self.move(option)

    def irv(self):
        while True:
            self.show()
            total = sum(self.value(o) for o in self.continuing)
            if not total:
                return
            for option in sorted(self.continuing):
                if 2 * self.value(option) > total:
                    self.elected = [option]
                    return
            self.eliminate()

    def stv(self, total):
        seats = self.seats
        quota = Fraction(total, seats) if self.part.quota == 1 else Fraction(total // (seats + 1) + 1)
        self.steps.add(QUOTA, [], [quota])
        while True:
            self.show()
            if len(self.continuing) <= seats - len(self.elected):
                self._elect([o for o in self.continuing if self.value(o)], seats - len(self.elected))
                return
            reached = [o for o in self.continuing if self.value(o) >= quota]
            self.pending += self._elect(reached, seats - len(self.elected))
            if len(self.elected) == seats or not self.continuing:
                return
            over = [o for o in self.pending if self.value(o) > quota]
            if over:
                group = groups_by(over, self.value)[0]
                option = self.steps.options(group, 1)[0]
                self.pending.remove(option)
                value = self.value(option)
                self.steps.add(TRANSFER, [option], [value - quota, (value - quota) / value])
                self.move_surplus(option, (value - quota) / value)
            else:
                self.eliminate()

    def _elect(self, options, room):
        """Elects as many as there is room for, those of most value first."""
        out = []
        for group in groups_by(options, self.value):
            out += self.steps.options(group, room - len(out))[:room - len(out)] if room > len(out) else []
        if out:
            self.steps.add(ELECTED, out)
        self.elected += out
        self.continuing -= set(out)
        return out


def _pairwise(rankings, options):
    """[a][b]: ballots that put a above b; an option that is not ranked is below all that are."""
    out = [[0] * options for _ in range(options)]
    for ranks, count in rankings:
        below = set(range(options))
        for rank in ranks:
            below -= set(rank)
            for a in rank:
                for b in below:
                    out[a][b] += count
    return out


def _strongest(wins, options):
    for via in range(options):
        for a in range(options):
            for b in range(options):
                if len({a, b, via}) == 3:
                    wins[a][b] = max(wins[a][b], min(wins[a][via], wins[via][b]))
    return wins


def _schulze(part, rankings, options, steps):
    """Groups of options, the unbeaten first."""
    wins = _pairwise(rankings, options)
    for a in range(options):
        steps.add(PREFERRED, [a], wins[a])
    strength = [[0] * options for _ in range(options)]
    for a in range(options):
        for b in range(options):
            if wins[a][b] > wins[b][a]:
                strength[a][b] = wins[a][b] - (wins[b][a] if part.strength == 2 else 0)
    paths = _strongest(strength, options)
    for a in range(options):
        steps.add(PATHS, [a], paths[a])
    left, groups = named(rankings), []
    while left:
        unbeaten = sorted(a for a in left if not any(paths[b][a] > paths[a][b] for b in left))
        groups.append(unbeaten)
        left -= set(unbeaten)
    return groups


def _borda(part, rankings, options, steps):
    """Groups of equal points, most first; nobody without points."""
    points = [Fraction(0)] * options
    for ranks, count in rankings:
        ranked, above = sum(map(len, ranks)), 0
        for rank in ranks:
            below = (ranked if part.points == 2 else options) - above - len(rank)
            each = below + Fraction(len(rank) - 1, 2) + (part.points == 2)
            for option in rank:
                points[option] += count * each
            above += len(rank)
        if part.points == 1:
            placed = {option for rank in ranks for option in rank}
            for option in set(range(options)) - placed:
                points[option] += count * Fraction(options - above - 1, 2)
    steps.add(POINTS, range(options), points)
    return groups_by([o for o in sorted(named(rankings)) if points[o]], points.__getitem__)


def allocate(part, ballots, options, seats, alternates, steps):
    """elected, alternates."""
    rankings = merged(part, ballots)
    elected, reserves = [], []
    if rankings and part.method in (1, 2):
        count = Count(part, rankings, options, seats, steps)
        if part.method == 1:
            count.irv()
        else:
            count.stv(sum(number for _, number in rankings))
        elected = count.elected
    elif rankings:
        groups = (_schulze if part.method == 3 else _borda)(part, rankings, options, steps)
        places, others = seats, alternates
        for group in groups:
            order = steps.options(group, places or 1) if places or others else []
            elected += order[:places]
            taken = order[places:places + others]
            reserves += taken
            places -= min(places, len(order))
            others -= len(taken)
    steps.add(ELECTED, elected)
    steps.add(ALTERNATES, reserves)
    if len(elected) < seats:
        steps.add(EMPTY, [], [seats - len(elected)])
    return elected, reserves
