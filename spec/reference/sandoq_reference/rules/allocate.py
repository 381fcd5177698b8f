"""From a rule and what was counted to seats, alternates and the transcript (spec 76.6)."""

from ..layout import Value
from . import plurality, proportional, ranked
from .rule import MOST_OPTIONS, MOST_RANKED, MOST_SEATS, MOST_TRANSFERS, _need, check_lists, check_rule
from .steps import OpenTie, Steps


def _check(rule, lists, counts, list_ballots, rankings, seats, alternates, attributes):
    options = len(counts.votes)
    check_rule(rule)
    check_lists(lists, options)
    ranking = bool(rule.ranking)
    _need(1 <= options <= (MOST_RANKED if ranking else MOST_OPTIONS), "rule.options", f"{options} options")
    _need(1 <= seats <= min(options, MOST_SEATS) and alternates <= options, "rule.seats",
          f"{seats} seats and {alternates} alternates of {options} options")
    _need(not ranking or rule.ranking[0].method != 1 or seats == 1, "rule.seats", "IRV has one seat")
    _need(not ranking or rule.ranking[0].method != 2 or seats <= MOST_TRANSFERS, "rule.seats", "STV has at most 9 seats")
    _need(ranking or counts.valid <= counts.ballots, "rule.counts", "more valid ballots than ballots")
    listed = bool(rule.proportional) and rule.proportional[0].base == 2
    _need(len(list_ballots) == (len(lists) if listed else 0), "rule.counts", "one number of ballots a list, if lists have any")
    _need(not lists or bool(rule.proportional), "rule.lists", "this method has no lists")
    _need(ranking or not rankings, "rule.counts", "this method has no rankings")
    _need(attributes is None or len(attributes) == options and len({len(values) for values in attributes}) == 1,
          "rule.counts", "attributes: as many values for each option")
    for ballot in rankings:
        _need(all(option < options for rank in ballot.ranks for option in rank)
              and all(len(set(rank)) == len(rank) for rank in ballot.ranks), "rule.counts",
              "a ranking names an option twice in a rank, or none that there is")


def allocate(rule, lists, counts, seats, alternates, *, list_ballots=(), rankings=(), attributes=None, ticket=None):
    """counts: votes (one an option), ballots, valid. The outcome: status, elected, alternates, runoff, parties, reserve,
    transcript (bytes), steps. With an open tie nothing but the transcript counts."""
    _check(rule, lists, counts, list_ballots, rankings, seats, alternates, attributes)
    steps = Steps(attributes, ticket)
    out = Value(status="decided", elected=[], alternates=[], runoff=[], parties=[], reserve=[])
    try:
        if rule.plurality:
            out.elected, out.alternates, out.runoff = plurality.allocate(rule.plurality[0], counts, seats, alternates, steps)
        elif rule.proportional:
            out.parties, out.reserve, _ = proportional.allocate(rule.proportional[0], lists, counts, list_ballots, seats,
                                                                alternates, steps)
            out.elected = [option for _, chosen, _ in out.parties for option in chosen]
            out.alternates = [option for _, _, others in out.parties for option in others]
        else:
            out.elected, out.alternates = ranked.allocate(rule.ranking[0], rankings, len(counts.votes), seats, alternates,
                                                          steps)
    except OpenTie:
        out = Value(status="open", elected=[], alternates=[], runoff=[], parties=[], reserve=[])
    out.steps, out.transcript, out.option_ties = steps.list, steps.encode(), steps.option_ties
    return out


def successor(rule, outcome, vacant, gone):
    """The alternate who takes the seat of `vacant`, or None; gone: alternates already seated or no longer there (76.13)."""
    if not rule.proportional:
        return next((option for option in outcome.alternates if option not in gone), None)
    vacancy = rule.proportional[0].vacancy
    if vacancy != 3:
        own = next((others for _, chosen, others in outcome.parties if vacant in chosen or vacant in others), [])
        for option in own:
            if option not in gone:
                return option
    return next((option for option in outcome.reserve if option not in gone), None)
