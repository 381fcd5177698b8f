"""The allocation of a contest of rule 2 (spec 75.7), and which questions of an election are open (75.6)."""

from .codes import Codes
from .equations import Failed
from .items import ALLOCATION, RANKING
from .layout import Value
from .rules.allocate import allocate
from .ties import ticket

MOST_BYTES = 8 << 20
LIST_BALLOTS = 2  # the base of a proportional rule


def ballots_and_valid(contest, result):
    """The number of ballots, and of those that are neither blank nor invalid."""
    others = 0 if contest.encoding == RANKING else Codes(contest).count
    extra = result.counts[others:]
    return result.ballots, result.ballots - sum(extra)


def votes_and_list_ballots(contest, result):
    """The votes of every option, and of every list the ballots with its code, if the rule asks for them (75.7)."""
    if contest.encoding == RANKING:
        return [0] * len(contest.options), ()
    votes, lists = Codes(contest).votes(result.counts)
    part = contest.law.proportional
    return votes, lists if part and part[0].base == LIST_BALLOTS else ()


def rankings_of(choices):
    """The rankings of permitted choices (47.4), as 76.14 has them; blank ones left out, equal ones added up."""
    counts = {}
    for ranks, _ in choices:
        used = tuple(code - 1 for code in ranks if code)
        if used:
            counts[used] = counts.get(used, 0) + 1
    return [Value(count=count, ranks=[[option] for option in used]) for used, count in sorted(counts.items())]


def outcome_of(contest, result, rankings, attributes=None, seed=None):
    """What 76 makes of a contest: status, elected, alternates, runoff, steps, option_ties and more.

    rankings: as rankings_of() gives them, those of a contest of subsets mean nothing; attributes: option -> values, missing ones
    being 0, or None: decide nothing by them; seed: of the lot, or None.
    """
    options, values = len(contest.options), None
    if contest.attributes and attributes is not None:
        values = [list(attributes.get(option, [0] * len(contest.attributes))) for option in range(options)]
    ballots, valid = ballots_and_valid(contest, result)
    votes, list_ballots = votes_and_list_ballots(contest, result)
    counts = Value(votes=votes, ballots=ballots, valid=valid)
    return allocate(contest.law, contest.lists, counts, contest.seats, contest.alternates, list_ballots=list_ballots,
                    rankings=rankings if contest.encoding == RANKING else (), attributes=values,
                    ticket=seed and (lambda tie, subject: ticket(seed, result.contest, tie, subject)))


def allocation_of(contest, result, rankings, attributes=None, seed=None):
    """The item, and the outcome it is made of; Failed if the transcript is too long."""
    outcome = outcome_of(contest, result, rankings, attributes, seed)
    item = Value(contest=result.contest, elected=list(outcome.elected), alternates=list(outcome.alternates),
                 runoff=list(outcome.runoff), transcript=outcome.steps)
    if len(outcome.transcript) > MOST_BYTES:
        raise Failed(f"contest {result.contest}: a transcript of {len(outcome.transcript)} bytes")
    ALLOCATION.decode(ALLOCATION.encode(item))
    return item, outcome


def tied_options(outcome):
    """The options of all ties between options in an allocation, ascending."""
    return sorted({option for tie in outcome.option_ties for option in tie})
