"""How ties are broken: signed attributes, then the lot of all boards and a public value (spec 75.4 to 75.6)."""

from .hashing import frame, hash32, u8, u32
from .items import ATTRIBUTES, LOT_BEACON, LOT_COMMIT, RESULT


def commitment(e1, domain, board, value):
    return hash32("lot/commit", e1, u8(domain), u32(board), value)


def commit_digest(lot_commit):
    """What a board signs of its lot_commit."""
    return hash32("lot/commit/signed", LOT_COMMIT.before(lot_commit, "signers"))


def attributes_digest(attributes):
    return hash32("attributes", ATTRIBUTES.before(attributes, "signature"))


def beacon_digest(beacon):
    return hash32("lot/beacon", LOT_BEACON.before(beacon, "quorum"))


def results_hash(results):
    return hash32("results", *(frame(RESULT.encode(result)) for result in results))


def lot_seed(e1, domain, results, values, beacon):
    """results: all of them, in order; values: one of every board; beacon: the public value as bytes."""
    return hash32("lot", e1, u8(domain), results_hash(results), *values, frame(beacon))


def ticket(seed, contest, tie, option):
    return hash32("lot/ticket", seed, u32(contest), u32(tie), u32(option))


def ranked_groups(options, values):
    """The options by their attributes, highest first: lists of equal ones (lot groups), options ascending.

    values: option -> its attribute values, or None for a contest without attributes.
    """
    if values is None:
        return [sorted(options)]
    groups = {}
    for option in sorted(options):
        groups.setdefault(tuple(values[option]), []).append(option)
    return [groups[key] for key in sorted(groups, reverse=True)]


def needs_lot(groups):
    return any(len(group) > 1 for group in groups)


def final_order(groups, seed, contest, tie):
    """seed: None if every group is of one option."""
    out = []
    for group in groups:
        out += sorted(group, key=lambda option: ticket(seed, contest, tie, option)) if len(group) > 1 else group
    return out


def tied_options(result):
    """All options of a result's ties, ascending."""
    return sorted(option for tie in result.ties for option in tie.options)


def places(tie, order):
    """(elected, alternates) of a tie in its final order."""
    return order[:tie.seats], order[tie.seats:tie.seats + tie.alternates]
