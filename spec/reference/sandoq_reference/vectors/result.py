"""Vectors of section 75: seats, the conditions on counts, attributes, the lot, final orders."""

from .. import ties as rules
from ..equations import Failed, first_culprit
from ..group import encode, multiply_generator
from ..items import ALLOCATION, ATTRIBUTES, BIT_VECTOR, LOT_BEACON, LOT_COMMIT, LOT_REVEAL, RESOLUTION, RESULT, SUBTOTAL
from ..layout import Value
from ..making.election import Maker
from ..making.journals import board_signatures, quorum
from ..making.mutating import flipped, shifted
from ..manifest import shape_of
from ..random_stream import RandomStream
from ..result import counts_problem, seats
from ..signature import sign, signature_item, signer_items
from .section import Section, add_structure


def _seats(section, comment, counts, places, reserves):
    elected, alternates, ties = seats(counts, places, reserves)
    result = Value(contest=3, ballots=1000, counts=counts, elected=elected, alternates=alternates, ties=ties)
    return section.add(comment, "seats", counts=counts, seats=places, alternates=reserves, result_contest=3,
                       result_ballots=1000, elected=elected, elected_alternates=alternates,
                       ties=[{"seats": t.seats, "alternates": t.alternates, "options": t.options} for t in ties],
                       bytes=RESULT.encode(result))


def _orders(section, stream):
    """A tie's options in their final order: by attributes (null: the contest has none), then by tickets."""
    def order(comment, tie, options, values, contest=0):
        seed = stream.bytes(32)
        groups = rules.ranked_groups(options, values and dict(zip(options, values)))
        seats_of_tie, alternates = tie
        final = rules.final_order(groups, seed, contest, 1)
        elected, others = rules.places(Value(seats=seats_of_tie, alternates=alternates), final)
        section.add(comment, "order", contest=contest, tie=1, seats=seats_of_tie, alternates=alternates, options=options,
                    values=values, lot_groups=groups, needs_lot=rules.needs_lot(groups), lot_seed=seed, order=final,
                    elected=elected, elected_alternates=others)

    order("one attribute decides", (1, 1), [2, 5, 7], [[10], [30], [20]])
    order("the higher value goes first, also above 2^31", (1, 0), [0, 1], [[2**32 - 1], [1]])
    order("the second attribute decides among equals only", (1, 2), [1, 2, 3], [[5, 1], [5, 9], [4, 100]])
    order("two of three stay equal", (1, 1), [3, 8, 9], [[7, 7], [1, 1], [7, 7]])
    order("all stay equal", (2, 0), [0, 2, 4], [[1, 2, 3]] * 3)
    order("no attributes: all options are one lot group", (1, 1), [0, 1, 2, 3], None, 5)
    order("two lot groups", (0, 2), [1, 2, 3, 4], [[1], [2], [1], [2]])
    order("eight attributes, the last one decides", (1, 0), [6, 7], [[0] * 7 + [1], [0] * 7 + [2]])


def _lot(section, stream):
    e1 = stream.bytes(32)
    for domain in (1, 2):
        for board in range(2):
            value = stream.bytes(32)
            section.add("a board's commitment", "lot-commitment", e1=e1, domain=domain, board=board, value=value,
                        commitment=rules.commitment(e1, domain, board, value))
    results = [Value(contest=i, ballots=9, counts=[4, 4, 1], elected=[], alternates=[], ties=[
        Value(seats=1, alternates=0, options=[0, 1])]) for i in range(2)]
    for beacon in (b"7", "۱۲۳۴ شاخص".encode(), stream.bytes(1024)):
        values = [stream.bytes(32) for _ in range(2)]
        seed = rules.lot_seed(e1, 2, results, values, beacon)
        section.add("the lot's seed, and the tickets of two ties", "lot-seed", e1=e1, domain=2,
                    results=[RESULT.encode(result) for result in results], results_hash=rules.results_hash(results),
                    values=values, beacon=beacon, seed=seed,
                    tickets=[{"contest": c, "tie": t, "option": o, "ticket": rules.ticket(seed, c, t, o)}
                             for c, t in ((0, 0), (1, 0), (1, 1)) for o in (0, 1, 700)])


def _signed(section, stream):
    """What the authority signs, and what a board signs of its commitment."""
    e1, secret = stream.bytes(32), stream.nonzero()
    key = encode(multiply_generator(secret))
    item = Value(contest=2, options=[Value(option=1, values=[60, 3]), Value(option=4, values=[60, 2])])
    digest = rules.attributes_digest(item)
    item.signature = sign(secret, key, "attributes", 2, e1, digest, stream.bytes(32))

    def attributes(comment, value, base=None):
        try:
            wrong = first_culprit([signature_item(key, "attributes", 2, e1, rules.attributes_digest(value), value.signature,
                                                  "attributes")], e1)
        except Failed as error:
            wrong = error.what
        assert (wrong is None) == (base is None), comment
        return section.add(comment, "attributes", "reject" if base else "accept", base, "result.ties" if base else None,
                           e1=e1, domain=2, key=key, attributes=ATTRIBUTES.encode(value), digest=rules.attributes_digest(value))

    base = attributes("attributes with the authority's signature", item)
    attributes("another value than signed", Value(**{**vars(item), "options": [item.options[0],
                                                                               Value(option=4, values=[61, 2])]}), base)
    attributes("a wrong signature", Value(**{**vars(item), "signature": shifted(item.signature)}), base)
    maker = Maker("75").run(until="polls")
    board = maker.election.boards[1]
    commit = Value(board=1, commitment=rules.commitment(maker.e1, 2, 1, stream.bytes(32)))
    commit.signers = board_signatures(maker, 1, "lot/commit", maker.e1, rules.commit_digest(commit))

    def committed(comment, value, base=None, shut_out=()):
        try:
            wrong = first_culprit(signer_items(board, 1, value.signers, "lot/commit", 2, maker.e1, rules.commit_digest(value),
                                               "lot_commit", frozenset(shut_out)), maker.e1)
        except Failed as error:
            wrong = error.what
        assert (wrong is None) == (base is None), comment
        return section.add(comment, "lot-commit", "reject" if base else "accept", base, "lot.commitments" if base else None,
                           e1=maker.e1, domain=2, threshold=board.threshold, shut_out=[t for _, t in shut_out],
                           signing_keys=[t.signing_key for t in board.trustees], lot_commit=LOT_COMMIT.encode(value),
                           digest=rules.commit_digest(value))

    base = committed("a board's commitment with its signatures", commit)
    committed("another trustee of the board is shut out", commit, shut_out=[(1, 3)])
    committed("a signer is shut out", commit, base, [(1, 2)])
    committed("another commitment than signed", Value(**{**vars(commit), "commitment": flipped(commit.commitment)}), base)
    committed("a signature too few", Value(**{**vars(commit), "signers": commit.signers[:1]}), base)
    committed("signatures in another order", Value(**{**vars(commit), "signers": commit.signers[::-1]}), base)
    beacon = Value(value="۱۲۳۴".encode())
    digest = rules.beacon_digest(beacon)
    beacon.quorum = quorum(maker, "lot/beacon", maker.e1, digest)
    section.add("the beacon's value with the boards' signatures", "lot-beacon", e1=maker.e1, domain=2, digest=digest,
                boards=[{"threshold": b.threshold, "signing_keys": [t.signing_key for t in b.trustees]}
                        for b in maker.election.boards], lot_beacon=LOT_BEACON.encode(beacon))


def _structure(section, stream):
    """Each item of this section once, cut, prolonged, and with a list outside its bounds."""
    signers = [Value(trustee=1, signature=stream.bytes(64))]
    ranked = [Value(option=o, values=[1]) for o in range(2)]
    subtotal = Value(number=3, ballots=12, counts=[5, 7])
    attributes = Value(contest=0, options=ranked, signature=stream.bytes(64))
    commit = Value(board=0, commitment=stream.bytes(32), signers=signers)
    beacon = Value(value=b"7", quorum=[signers])
    resolution = Value(contest=0, tie=1, options=[4, 2])
    tie = Value(seats=1, alternates=0, options=[0, 1])
    result = Value(contest=2, ballots=7, counts=[1], elected=[], alternates=[], ties=[])
    steps = [Value(kind=1, subjects=[0, 2], values=[b"5", b"7/2"]), Value(kind=12, subjects=[2], values=[])]
    allocation = Value(contest=3, elected=[2], alternates=[0, 1], runoff=[], transcript=steps)
    items = (
        (RESULT, result, {"no counts": {"counts": []}, "8,193 elected": {"elected": [1] * 8193},
                          "8,193 alternates": {"alternates": [1] * 8193}, "three ties": {"ties": [tie] * 3}}),
        (ALLOCATION, allocation, {
            "1,025 elected": {"elected": [1] * 1025}, "an empty value": {"transcript": [Value(kind=1, subjects=[], values=[b""])]},
            "a value that is not UTF-8": {"transcript": [Value(kind=1, subjects=[], values=[b"\xc3"])]}}),
        (SUBTOTAL, subtotal, {"no counts": {"counts": []}, "1,026 counts": {"counts": [0] * 1026}}),
        (ATTRIBUTES, attributes, {
            "no options": {"options": []}, "an option without values": {"options": [Value(option=0, values=[])]},
            "nine values": {"options": [Value(option=0, values=[1] * 9)]},
            "8,193 options": {"options": [Value(option=o, values=[1]) for o in range(8193)]}}),
        (LOT_COMMIT, commit, {"no signatures": {"signers": []}, "65 signatures": {"signers": signers * 65}}),
        (LOT_REVEAL, Value(board=0, value=stream.bytes(32)), {}),
        (LOT_BEACON, beacon, {"an empty value": {"value": b""}, "a value of 1,025 bytes": {"value": bytes(1025)}}),
        (RESOLUTION, resolution, {"one option": {"options": [1]}, "8,193 options": {"options": list(range(8193))}}))
    for layout, value, wrong in items:
        add_structure(section, layout, value, wrong)


def make():
    section = Section("75", "75-result/vectors/result.json")
    for comment, counts, places, reserves in (
            ("no ties", [50, 40, 30, 20, 10], 2, 1), ("order of options does not matter", [10, 50, 20, 40, 30], 2, 2),
            ("equal counts that all fit", [5, 9, 9, 1], 2, 1), ("equal counts that fit across two ranks", [5, 9, 5, 1], 3, 1),
            ("tie for the last seat", [9, 7, 7, 3], 2, 1), ("tie for the last seat takes every alternate", [9, 7, 7, 7], 2, 1),
            ("tie for seats leaves alternates to the next group", [9, 7, 7, 3, 2], 2, 3),
            ("tie for seats, then tie for alternates", [9, 7, 7, 3, 3, 3], 2, 2),
            ("tie for an alternate", [9, 8, 7, 7, 1], 2, 1), ("everyone equal", [4, 4, 4, 4], 2, 1),
            ("everyone equal and everyone fits", [4, 4, 4], 2, 1),
            ("no votes at all", [0, 0, 0], 2, 1), ("fewer options with votes than seats", [0, 3, 0, 1], 3, 1),
            ("fewer with votes than seats and alternates", [2, 3, 0, 0], 1, 2), ("one option", [1], 1, 0),
            ("one option without votes", [0], 1, 0), ("no alternates, tie after the seats", [9, 7, 7], 1, 0),
            ("no alternates, tie for the seat", [7, 7], 1, 0), ("large counts", [2**40, 2**40 + 1, 2**63], 1, 1)):
        _seats(section, comment, counts, places, reserves)
    stream = RandomStream("75/seats")
    for index in range(20):
        options = 2 + stream.below(9)
        places = 1 + stream.below(options)
        reserves = stream.below(options - places + 1)
        _seats(section, f"random {index}", [stream.below(6) for _ in range(options)], places, reserves)
    limits = {"options": 3, "max": 2, "min": 1, "blank": 1}
    contest = Value(encoding=BIT_VECTOR, options=[None] * 3, max=2, min=1, blank=1, law=None, lists=[])

    def counts(comment, values, ballots, expect="accept", base=None):
        result = Value(contest=0, ballots=ballots, counts=values)
        problem = counts_problem(result, contest, shape_of(contest), ballots, [multiply_generator(count) for count in values])
        assert (problem is None) == (expect == "accept"), comment
        fails = None if expect == "accept" else "result.counts"
        return section.add(comment, "counts", expect, base, fails, counts=values, ballots=ballots, **limits)

    base = counts("ten ballots, two blank", [8, 4, 1, 2], 10)
    counts("all blank", [0, 0, 0, 10], 10)
    counts("no ballots", [0, 0, 0, 0], 0)
    counts("a count above the ballots", [11, 0, 0, 0], 10, "reject", base)
    counts("too few marks", [3, 2, 0, 2], 10, "reject", base)
    counts("too many marks", [8, 8, 1, 2], 10, "reject", base)
    counts("blank counts twice", [10, 0, 0, 6], 10, "reject", base)
    counts("a count missing", [8, 4, 1], 10, "reject", base)
    counts("a count too many", [8, 4, 1, 2, 0], 10, "reject", base)
    _orders(section, stream)
    _lot(section, stream)
    _signed(section, stream)
    _structure(section, stream)
    return section
