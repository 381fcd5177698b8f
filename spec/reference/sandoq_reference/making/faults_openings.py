"""Changes of the election in which everything happens: lot, requests, policy, subtotals, ties."""

from .. import ties as tie_rules
from ..items import KIND_OF, KINDS
from ..journal import closing_record, closings_hash
from ..layout import Value
from ..opening import request_hash
from . import settling
from .everything import NORTH_1, NORTH_2, NORTH_3, SOUTH_1
from .journals import board_signatures
from .mutating import (NOT_AN_ELEMENT, all_trustees, by_shut_out, dropped, flipped, move_vote, plus, remove_kind, setting,
                       shifted, swapped, to)
from .mutating import rich as M

OPENING_FILE = "opening.pb"


def _commit_by_shut_out(commit, maker):
    commit.signers = board_signatures(maker, commit.board, "lot/commit", maker.e1, tie_rules.commit_digest(commit),
                                      all_trustees(maker))


def opened(*sets):
    """Other sums than planned are asked for after the totals."""
    def change(commits, maker):
        maker.sets = sets
    return change


def _totals(function):
    def change(commits, maker):
        maker.totals = function(maker.totals)
    return change


def _unasked_commits(commits, maker):
    for board in range(2):
        commit = Value(board=board, commitment=bytes(32))
        commit.signers = board_signatures(maker, board, "lot/commit", maker.e1, tie_rules.commit_digest(commit))
        commits.append(commit)


def _without(*kinds):
    """Takes all items of these kinds out of opening.pb."""
    def change(files, maker):
        files[OPENING_FILE] = [entry for entry in files[OPENING_FILE] if entry[0] not in [KIND_OF[kind] for kind in kinds]]
    return change


def _before(kind, other):
    """Moves the first item of a kind before the first of another."""
    def change(files, maker):
        items = files[OPENING_FILE]
        moved = items.pop([k for k, _ in items].index(KIND_OF[kind]))
        items.insert([k for k, _ in items].index(KIND_OF[other]), moved)
    return change


def _twice(kind):
    def change(files, maker):
        items = files[OPENING_FILE]
        at = [k for k, _ in items].index(KIND_OF[kind])
        items.insert(at, items[at])
    return change


def _swap(kind):
    """The first two items of a kind change places."""
    def change(files, maker):
        items = files[OPENING_FILE]
        at = [k for k, _ in items].index(KIND_OF[kind])
        items[at], items[at + 1] = items[at + 1], items[at]
    return change


def _resolution_of_no_tie(files, maker):
    files[OPENING_FILE].append((KIND_OF["resolution"], Value(contest=0, tie=0, options=[0, 1])))


def _lot_nobody_needs(manifest, maker):
    """Both of the tied candidates are elected, and the lot is drawn all the same."""
    manifest.contests[1].seats, manifest.contests[1].alternates = 2, 0
    maker.lot_anyway = True


def _option_missing(files, maker):
    attributes = next(value for kind, value in files[OPENING_FILE] if kind == KIND_OF["attributes"])
    attributes.options.pop()
    settling.sign_attributes(maker, attributes)


def _extra_ranked(attributes, maker):
    attributes.options.insert(0, Value(option=0, values=[1, 1]))


def _closings_without_lot(request, maker):
    ended = [device.closing() for device in maker.devices]
    request.closings = closings_hash(maker.e1, [closing_record(kind, KINDS[kind].encode(value)) for kind, value in ended], [])


OPENINGS = [
    M("closings-without-lot", "T27", "opening.requests", "a request binds the closings without the boards' commitments",
      "request", _closings_without_lot, nth=5),
    M("tie-hidden", "T28", "result.seats", "a result has no tie where there is one",
      "result", setting("ties", to([])), nth=1),
    M("tie-alternates", "T28", "result.seats", "a tie is for another number of alternates",
      "result", setting("ties.0.alternates", plus(1))),
    M("lot-commit-after-request", "T9", "record.items", "a board's commitment stands behind a request", "files",
      lambda files, maker: files[OPENING_FILE].insert(2, files[OPENING_FILE].pop(0))),
    M("subtotal-before-result", "T9", "record.items", "a subtotal stands before the results",
      "files", _before("subtotal", "result")),
    M("beacon-twice", "T9", "record.items", "the beacon's value stands there twice", "files", _twice("lot_beacon")),
    M("lot-commit-no-element", "T1", "record.elements", "a signature under a board's commitment holds no element",
      "lot_commit.signed", setting("signers.0.signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("attributes-no-element", "T1", "record.elements", "the signature of the attributes holds no element",
      "attributes.signed", setting("signature", lambda old: NOT_AN_ELEMENT + old[32:])),
    M("lot-commit-missing", "T27", "lot.commitments", "one board has not committed to the lot", "lot_commits",
      lambda commits, maker: commits.pop()),
    M("lot-commits-swapped", "T27", "lot.commitments", "the boards' commitments stand in another order", "lot_commits",
      lambda commits, maker: commits.reverse()),
    M("lot-commit-not-asked-for", "T27", "lot.commitments", "the boards committed to a lot that the manifest has none for",
      "lot_commits", _unasked_commits, base="small"),
    M("lot-commit-signature", "T27", "lot.commitments", "a signature of a board's commitment is wrong",
      "lot_commit.signed", setting("signers.1.signature", shifted)),
    M("lot-commit-short", "T27", "lot.commitments", "a board's commitment has a signature less than its threshold",
      "lot_commit.signed", setting("signers", dropped)),
    M("lot-commit-by-shut-out", "T27", "lot.commitments", "a trustee who was shut out has signed its board's commitment",
      "lot_commit.signed", _commit_by_shut_out),
    M("total-missing", "T19", "opening.requests", "a contest's total is not opened, and another sum of it is",
      "lot_commits",
      _totals(lambda totals: totals[:1])),
    M("totals-swapped", "T19", "opening.requests", "two totals are opened in another order",
      "lot_commits", _totals(swapped)),
    M("total-of-a-part", "T10", "opening.requests", "a part of the country is opened where the total must be",
      "lot_commits",
      _totals(lambda totals: [(0, [2])] + totals[1:])),
    M("request-previous", "T19", "opening.requests", "a request does not name the one before it",
      "request", setting("previous", flipped), nth=1),
    M("request-e1", "T29", "opening.requests", "a request names another election",
      "request", setting("e1", flipped), nth=3),
    M("request-contest", "T19", "opening.requests", "a request names a contest that does not exist",
      "request", setting("contest", to(9)), nth=2),
    M("request-node", "T19", "opening.requests", "a request names a place that does not exist",
      "request", setting("nodes.0.node", to(99)), nth=2),
    M("request-node-hash", "T19", "opening.requests", "a request names another hash of a place",
      "request", setting("nodes.1.hash", flipped), nth=4),
    M("request-ballots", "T19", "opening.requests", "a request counts a ballot too many",
      "request", setting("ballots", plus(1)), nth=3),
    M("request-sum", "T19", "opening.requests", "two ciphertexts of a request are swapped",
      "request", setting("ciphertexts", swapped), nth=4),
    M("request-places-descending", "T19", "opening.requests", "the places of a request descend",
      "lot_commits", opened((0, [5, 4]))),
    M("request-place-twice", "T10", "opening.requests", "a request adds a place twice",
      "lot_commits", opened((0, [3, 3]))),
    M("request-place-above", "T10", "opening.requests", "a request adds a district and a branch in it",
      "lot_commits", opened((0, [2, 3]))),
    M("request-outside", "T19", "opening.requests", "a request names a place above the contest's scope",
      "lot_commits", opened((1, [0]))),
    M("request-without-ballots", "T19", "opening.requests", "a request opens a contest without ballots",
      "lot_commits", opened((2, [6]))),
    M("request-by-shut-out", "T19", "opening.requests", "a trustee who was shut out has signed a request",
      "request.signed", by_shut_out("open", request_hash), nth=5),
    M("floor-0", "T10", "opening.policy", "a part of a contest with floor 0 is opened",
      "manifest.keys", setting("contests.1.floor", to(0))),
    M("branch-below-floor", "T10", "opening.policy", "a branch with fewer ballots than the floor is opened",
      "lot_commits", opened((0, [NORTH_2]))),
    M("rest-below-floor", "T10", "opening.policy", "two sums are opened whose difference has fewer ballots than the floor",
      "lot_commits", opened((0, [2]), (0, [NORTH_1, NORTH_3]))),
    M("rest-of-total-below-floor", "T10", "opening.policy", "the total without the opened parts has fewer ballots than the floor",
      "lot_commits", opened((0, [2]), (0, [SOUTH_1]))),
    M("overlap", "T10", "opening.policy", "two opened sets overlap", "lot_commits",
      opened((0, [NORTH_1, NORTH_2]), (0, [NORTH_1, NORTH_3]))),
    M("set-twice", "T10", "opening.policy", "one set is opened twice, under two names", "lot_commits",
      opened((0, [2]), (0, [NORTH_1, NORTH_2, NORTH_3]))),
    M("total-twice", "T10", "opening.policy", "the total is opened a second time", "lot_commits", opened((0, [0]))),
    M("partial-of-shut-out", "T13", "opening.partials", "a partial decryption names a trustee who was shut out",
      "partial", setting("trustee", to(1))),
    M("subtotal-partial", "T13", "opening.partials", "the proof of a partial decryption of a subtotal is wrong",
      "partial", setting("proof", shifted), nth=11),
    M("subtotal-moved", "T28", "result.subtotals", "a vote of a subtotal is moved from one option to another",
      "subtotal", move_vote),
    M("subtotal-ballots", "T28", "result.subtotals", "a subtotal counts a ballot too many",
      "subtotal", setting("ballots", plus(1))),
    M("subtotal-number", "T28", "result.subtotals", "a subtotal has another number",
      "subtotal", setting("number", plus(7))),
    M("subtotal-count-missing", "T28", "result.subtotals", "a subtotal lacks a count",
      "subtotal", setting("counts", dropped), nth=3),
    M("subtotal-missing", "T28", "result.subtotals", "a subtotal is missing",
      "files", remove_kind(OPENING_FILE, "subtotal", 3)),
    M("subtotals-swapped", "T28", "result.subtotals", "two subtotals stand in another order",
      "files", _swap("subtotal")),
    M("resolution-of-no-tie", "T28", "result.ties", "a tie is resolved that there is not",
      "files", _resolution_of_no_tie, base="small"),
    M("resolution-missing", "T28", "result.ties", "one of two ties is not resolved",
      "files", remove_kind(OPENING_FILE, "resolution", 1)),
    M("only-attributes", "T28", "result.ties", "there are attributes, and neither lot nor resolutions", "files",
      _without("lot_reveal", "lot_beacon", "resolution")),
    M("only-lot", "T27", "result.ties", "there is a lot, and no tie is resolved",
      "files", _without("attributes", "resolution")),
    M("lot-nobody-needs", "T27", "result.ties", "a lot is drawn that no tie needs", "manifest.keys", _lot_nobody_needs),
    M("lot-missing", "T27", "result.ties", "a tie is resolved by a lot that is missing",
      "files", _without("lot_reveal", "lot_beacon")),
    M("lot-without-beacon", "T27", "result.ties", "a tie is resolved by a lot although the manifest has none",
      "manifest.keys", setting("beacon", to([]))),
    M("attributes-missing", "T28", "result.ties", "the attributes of a contest are missing",
      "files", _without("attributes")),
    M("attributes-of-others", "T28", "result.ties", "the attributes name an option that is in no tie",
      "attributes", _extra_ranked),
    M("attributes-option-missing", "T28", "result.ties", "the attributes lack an option of the tie",
      "files", _option_missing),
    M("attributes-value-missing", "T28", "result.ties", "an option has one attribute less than the contest",
      "attributes", setting("options.2.values", dropped)),
    M("attributes-signature", "T28", "result.ties", "the authority's signature of the attributes is wrong",
      "attributes.signed", setting("signature", shifted)),
    M("order-against-attributes", "T28", "result.ties", "a tie is resolved against the attributes",
      "resolution", setting("options", swapped)),
    M("order-against-lot", "T28", "result.ties", "a tie is resolved against the lot",
      "resolution", setting("options", swapped), nth=1),
    M("lot-reveal", "T27", "result.ties", "a board reveals another value than it committed to",
      "lot_reveal", setting("value", flipped), nth=1),
    M("lot-reveal-missing", "T27", "result.ties", "one board does not reveal its value",
      "files", remove_kind(OPENING_FILE, "lot_reveal", 1)),
    M("lot-reveals-swapped", "T27", "result.ties", "the boards' values stand in another order",
      "files", _swap("lot_reveal")),
    M("beacon-missing", "T27", "result.ties", "the beacon's value is missing", "files", _without("lot_beacon")),
    M("beacon-signature", "T27", "result.ties", "a board's signature of the beacon's value is wrong",
      "lot_beacon", setting("quorum.1.1.signature", shifted)),
    M("beacon-by-shut-out", "T27", "result.ties", "a trustee who was shut out has signed the beacon's value",
      "lot_beacon", by_shut_out("lot/beacon", tie_rules.beacon_digest)),
]
