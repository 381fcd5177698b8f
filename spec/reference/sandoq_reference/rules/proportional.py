"""Seats to lists by quotas or divisors, then to their members (spec 76.9 to 76.12)."""

from fractions import Fraction

from .plurality import passes
from .steps import (ALTERNATES, BELOW, CLAIMS, ELECTED, EMPTY, EXTRA, FIRST, OVERFLOW, PARTY, QUOTA, RESERVE, TAKE_BACK,
                    VOTES, groups_by)


def rounded(value, how):
    """1 floor, 2 half up, 3 half to even, 4 ceiling."""
    if how == 1:
        return value.numerator // value.denominator
    if how == 2:
        return (2 * value.numerator + value.denominator) // (2 * value.denominator)
    return round(value) if how == 3 else -(-value.numerator // value.denominator)


class Party:
    def __init__(self, subject, independent, members, votes):
        self.subject, self.independent, self.members, self.votes = subject, independent, members, votes
        self.capacity = self.seats = 0
        self.passing = True


def parties_of(part, lists, counts, list_ballots):
    """76.9: the lists, then the independents together or one by one; those without anybody are left out."""
    votes, options = counts.votes, len(counts.votes)
    out = []
    for index, entry in enumerate(lists):
        own = sum(votes[o] for o in entry.options) if part.base == 1 else list_ballots[index]
        out.append(Party(options + index, False, list(entry.options), own))
    listed = {option for entry in lists for option in entry.options}
    alone = [option for option in range(options) if option not in listed]
    if part.independents == 1 and alone:
        out.append(Party(options + len(lists), True, alone, sum(votes[o] for o in alone)))
    if part.independents == 2:
        out += [Party(option, True, [option], votes[option]) for option in alone]
    for party in out:
        seatable = party.members if part.base == 2 and not party.independent else [o for o in party.members if votes[o]]
        party.members = seatable
        party.capacity = len(seatable)
    return out


class Allocation:
    def __init__(self, part, parties, seats, steps):
        self.part, self.seats, self.steps = part, seats, steps
        self.all = parties
        self.parties = [p for p in parties if p.passing and p.votes]
        self.by_subject = {p.subject: p for p in parties}
        self.tie_votes = {p.subject: p.votes for p in parties} if part.list_tie == 2 else None

    def _divisor(self, held):
        """The divisor of the next seat of a party that holds so many, or None."""
        method = self.part.method
        if method == 8:
            return Fraction(self.part.divisors[held].numerator, self.part.divisors[held].denominator) \
                if held < len(self.part.divisors) else None
        if method == 7 and held == 0:
            return Fraction(7, 5)
        return Fraction(2 * held + 1) if method in (6, 7) else Fraction(held + 1)

    def averages(self, room, allowed, limited, once=False):
        """Seats one by one to the highest average; the number not given. limited: only up to the capacity."""
        given = set()
        while room:
            best = {}
            for party in allowed:
                divisor = self._divisor(party.seats)
                if divisor is None or limited and party.seats >= party.capacity or once and party.subject in given:
                    continue
                best.setdefault(party.votes / divisor, []).append(party.subject)
            if not best:
                return room
            value = max(best)
            for subject in self.steps.parties(best[value], room, self.tie_votes)[:room]:
                self._extra(subject, value)
                given.add(subject)
                room -= 1
        return 0

    def _extra(self, subject, value):
        party = self.by_subject[subject]
        party.seats += 1
        self.steps.add(EXTRA, [subject], [value, party.seats])

    def rounds(self, room, allowed, value, limited, once):
        """Seats one by one in descending order of a fixed value, again and again unless once; the number not given."""
        while room:
            here = [p for p in allowed if not limited or p.seats < p.capacity]
            if not here:
                return room
            for group in groups_by(here, value):
                taken = self.steps.parties([p.subject for p in group], room, self.tie_votes)[:room] if room else []
                for subject in taken:
                    self._extra(subject, value(group[0]))
                room -= len(taken)
            if once:
                return room
        return 0

    def quotas(self, base):
        """76.10: first distribution, too many, too few; the number of seats not given."""
        part, seats = self.part, self.seats
        quota = {1: Fraction(base, seats), 2: Fraction(base // (seats + 1) + 1), 3: Fraction(base, seats + 1),
                 4: Fraction(base, seats + 2)}[part.method]
        self.steps.add(QUOTA, [], [quota])
        subjects = [p.subject for p in self.parties]
        self.claims = {p.subject: p.votes / quota for p in self.parties}
        self.steps.add(CLAIMS, subjects, [self.claims[s] for s in subjects])
        for party in self.parties:
            party.seats = rounded(self.claims[party.subject], part.rounding)
        self.steps.add(FIRST, subjects, [p.seats for p in self.parties])
        self.first = {p.subject: p.seats for p in self.parties}
        room = seats - sum(p.seats for p in self.parties)
        if room < 0 and part.repair != 3:
            self._take_back(-room)
        return self.fill(room, self.parties, False, bool(part.one_extra)) if room > 0 else 0

    def _take_back(self, excess):
        """The parties with the smallest claim to their last seat, or the smallest share, give back one each, in rounds."""
        def value(party):
            return party.votes if self.part.repair == 2 else self.claims[party.subject] - self.first[party.subject]
        while excess:
            holders = [p for p in self.parties if p.seats]
            for group in groups_by(holders, value)[::-1]:
                keep = max(len(group) - excess, 0)
                order = self.steps.parties([p.subject for p in group], keep, self.tie_votes) if 0 < keep < len(group) \
                    else sorted(p.subject for p in group)
                for subject in order[keep:]:
                    party = self.by_subject[subject]
                    party.seats -= 1
                    excess -= 1
                    self.steps.add(TAKE_BACK, [subject], [value(party), party.seats])

    def fill(self, room, allowed, limited, once):
        """Seats that are left, in the rule's order (76.10)."""
        if self.part.remainder == 3 or self.part.method > 4:
            return self.averages(room, allowed, limited, once)
        if self.part.remainder == 2:
            return self.rounds(room, allowed, lambda p: p.votes, limited, once)
        return self.rounds(room, allowed, lambda p: self.claims[p.subject] - self.first[p.subject], limited, once)

    def overflow(self):
        """76.11: parties cannot hold more seats than members; the number of seats that stay empty."""
        over = [p for p in self.parties if p.seats > p.capacity]
        if not over:
            return 0
        self.steps.add(OVERFLOW, [p.subject for p in over], [p.seats - p.capacity for p in over])
        empty = 0
        surplus = {kind: sum(p.seats - p.capacity for p in over if p.independent == kind) for kind in (False, True)}
        for party in over:
            party.seats = party.capacity
        for independent, code in ((False, self.part.list_overflow), (True, self.part.pool_overflow)):
            allowed = [p for p in self.parties if code == 1 or code == 2 and not p.independent or code == 3 and p.independent]
            if surplus[independent]:
                empty += self.fill(surplus[independent], allowed, True, False)
        return empty


def _member_order(part, party, votes, seats, total, steps, room):
    """The members in the order in which seats and then alternates take them (76.12); room: (seats, alternates)."""
    if party.independent or part.order == 1:
        out, (places, reserves) = [], room
        for group in groups_by(party.members, votes.__getitem__):
            order = steps.options(group, places or 1) if places or reserves else sorted(group)
            reserves -= min(max(len(order) - places, 0), reserves)
            places -= min(places, len(order))
            out += order
        return out
    if part.order == 2:
        return list(party.members)
    base = Fraction(total, seats) if part.jump_base == 1 else Fraction(party.votes)
    limit = base * part.jump.numerator / part.jump.denominator
    jumping = [o for o in party.members if votes[o] and votes[o] >= limit]
    jumping.sort(key=lambda o: -votes[o])  # stable: among equals in list order
    return jumping + [o for o in party.members if o not in set(jumping)]


def _alternates(part, held, number):
    if part.alternates == 2:
        return rounded(Fraction(held * part.alternates_share.numerator, part.alternates_share.denominator),
                       part.alternates_rounding)
    return number if part.alternates == 1 else 0


def _reserve(part, given, votes, steps):
    """All alternates by votes, for vacancies that their own party does not fill (76.13)."""
    if part.vacancy == 1:
        return []
    order = []
    for group in groups_by([o for _, _, members in given for o in members], votes.__getitem__):
        order += steps.options(group, 1) if len(group) > 1 else group
    steps.add(RESERVE, order)
    return order


def allocate(part, lists, counts, list_ballots, seats, alternates, steps):
    """[(subject, elected, alternates)] of the parties with seats or alternates, the reserve order, empty seats."""
    parties = parties_of(part, lists, counts, list_ballots)
    total = sum(p.votes for p in parties)
    steps.add(VOTES, [p.subject for p in parties], [p.votes for p in parties])
    for party in parties:
        party.passing = all(t.applies == 2 and party.independent or passes(t, party.votes, counts, total, seats)
                            for t in part.threshold)
    if not all(p.passing for p in parties):
        steps.add(BELOW, [p.subject for p in parties if not p.passing])
    state = Allocation(part, parties, seats, steps)
    base = total if part.quota_votes == 1 else sum(p.votes for p in state.parties)
    empty = seats
    if state.parties:
        empty = state.quotas(base) if part.method <= 4 else state.averages(seats, state.parties, False)
        empty += state.overflow()
    given = []
    for party in state.parties:
        reserves = _alternates(part, party.seats, alternates)
        if not party.seats and not reserves:
            continue
        order = _member_order(part, party, counts.votes, seats, total, steps, (party.seats, reserves))
        chosen, others = order[:party.seats], order[party.seats:party.seats + reserves]
        steps.add(PARTY, [party.subject], [party.seats])
        steps.add(ELECTED, chosen)
        steps.add(ALTERNATES, others)
        given.append((party.subject, chosen, others))
    reserve = _reserve(part, given, counts.votes, steps)
    if empty:
        steps.add(EMPTY, [], [empty])
    return given, reserve, empty
