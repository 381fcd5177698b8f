"""Vectors of section 52: seeds, codes, a full ballot from choices and seed, journals, challenges."""

import copy

from .. import journal as rules
from ..ballots import make_ballot
from ..group import encode
from ..hashing import scalar_bytes
from ..items import BALLOT, CLOSE, KIND_OF, KINDS, MANIFEST, OPENING
from ..layout import StructureError
from ..making.election import Maker, random_choices
from ..making.mutations import flipped, plus, setting, shifted, swapped, to, unreduced
from ..random_stream import RandomStream
from ..verify.ballot_batch import Worker
from .section import Section, changed


def _codes(section, stream):
    for device, serial, code in ((1, 1, bytes(32)), (7, 1234, b"\xff" * 32), (2**32 - 1, 2**32 - 1, stream.bytes(32)),
                                 (3, 17, bytes(range(32)))):
        section.add("the code for people", "code-text", device=device, serial=serial, code=code,
                    text=rules.code_text(device, serial, code))
    for capacity in (1, 2, 5, 8):
        e1, start = stream.bytes(32), stream.bytes(32)
        where = {"e1": e1, "domain": 1 + capacity % 2, "branch": stream.below(5000), "device": 1 + stream.below(20),
                 "role": stream.below(3)}
        role = rules.SeedRole(*where.values(), start, capacity)
        section.add(f"seeds of a role, capacity {capacity}", "seeds", **where, start=start, capacity=capacity,
                    seeds=role.seeds, leaves=role.leaves, root=role.root,
                    paths=[role.path(serial) for serial in range(1, capacity + 1)])
    for _ in range(2):
        seeds = [stream.bytes(32) for _ in range(3)]
        e1 = stream.bytes(32)
        section.add("ballot seed of device and two boards", "ballot-seed", e1=e1, domain=2, branch=9, device=1, serial=4,
                    seeds=seeds, seed=rules.ballot_seed(e1, 2, 9, 1, 4, seeds))


def _election_fields(maker):
    return {"manifest": MANIFEST.encode(maker.election.manifest), "e1": maker.e1, "key": maker.keys.key}


def _ballots(section, maker, stream):
    """Ballots of both styles, blank and full, with their recomputation from choices and seed."""
    south = maker.election.branches[2]
    for style, digits, choices in ((0, 10000, [b"\1\0\1\1\0"]), (0, 42, [b"\0\0\0\0\1"]), (1, 9999, [b"\0\1\0\0\0", b"\0\1"]),
                                   (1, 0, [b"\0\0\0\0\1", b"\0\0"])):
        seed, previous = stream.bytes(32), stream.bytes(32)
        ballot = make_ballot(maker.keys, south, 1, 1 + stream.below(500), style, digits, choices, seed,
                             stream.below(1 << 41), previous)
        ballot.code = rules.ballot_code(maker.e1, maker.election.domain, ballot)
        section.add(f"a ballot of style {style}", "ballot", **_election_fields(maker), branch=south, device=1,
                    serial=ballot.serial, style=style, digits=digits, time=ballot.time, previous=previous, choices=choices,
                    seed=seed, ballot=BALLOT.encode(ballot), ballot_hash=rules.ballot_hash(ballot), code=ballot.code)


def _vote(maker, stream):
    """A device's journal: cast, challenge, void, challenge."""
    south = maker.election.branches[2]
    device = maker.device(south, 1, 6)
    for style, action in ((0, "cast"), (1, "challenge"), (1, "void"), (0, "challenge")):
        contests = maker.election.manifest.styles[style].contests
        choices = [random_choices(maker.election.shapes[c], maker.election.contests[c].blank, stream,
                                  maker.election.contests[c].min) for c in contests]
        device.vote(style, 10000 - style, choices, action)
    device.close()
    return device


def _journal(section, maker, device):
    domain, e1 = maker.election.domain, maker.e1
    boards = [{"threshold": board.threshold, "signing_keys": [t.signing_key for t in board.trustees]}
              for board in maker.election.boards]
    items, steps, link = [], [], None
    for kind, value in device.items:
        data = KINDS[kind].encode(value)
        items.append({"kind": kind, "bytes": data})
        if kind == KIND_OF["opening"]:
            link = rules.opening_link(e1, domain, data)
            steps.append({"link": link, "device_digest": rules.device_digest(OPENING, value),
                          "board_digest": rules.board_digest(OPENING, value)})
        elif kind == KIND_OF["ballot"]:
            code = rules.ballot_code(e1, domain, value)
            steps.append({"ballot_hash": rules.ballot_hash(value), "code": code})
        elif kind == KIND_OF["close"]:
            steps.append({"device_digest": rules.device_digest(CLOSE, value),
                          "board_digest": rules.board_digest(CLOSE, value)})
        else:
            link = rules.resolution_link(e1, domain, kind, data, code)
            steps.append({"link": link})
    section.add("a whole journal; steps: what follows from each item", "journal", domain=domain,
                **_election_fields(maker), boards=boards, items=items, steps=steps,
                device_secret=scalar_bytes(device.secret), closings=rules.closings_hash(e1, [items[-1]["bytes"]]))


def _challenges(section, maker, device):
    opening = device.items[0][1]
    worker = Worker(MANIFEST.encode(maker.election.manifest), maker.keys.key, maker.e1)
    roots = [opening.seed_root] + opening.board_roots
    fields = {**_election_fields(maker), "opening": OPENING.encode(opening)}
    pairs = [(device.items[i - 1][1], value) for i, (kind, value) in enumerate(device.items)
             if kind == KIND_OF["challenge"]]

    def check(comment, ballot, challenge, base=None):
        problem = worker.challenge_problem(ballot, challenge, opening.capacity, roots)
        assert (problem is None) == (base is None), (comment, problem)
        expect, fails = ("accept", None) if base is None else ("reject", "ballot.challenge")
        return section.add(comment, "challenge", expect, base, fails, **fields, ballot=BALLOT.encode(ballot),
                           challenge=KINDS[KIND_OF["challenge"]].encode(challenge))

    for ballot, challenge in pairs:
        base = check("a challenged ballot recomputed", ballot, challenge)
    other = bytes([1, 0, 0, 0, 0]) if challenge.choices[0][0] == 0 else bytes([0, 1, 0, 0, 0])
    for comment, change in (
            ("other choices", setting("choices.0", to(other))),
            ("an overvote", setting("choices.0", to(bytes([1, 1, 1, 1, 0])))),
            ("blank and a mark", setting("choices.0", to(bytes([1, 0, 0, 0, 1])))),
            ("nothing marked", setting("choices.0", to(bytes(5)))),
            ("a choice too few", setting("choices.0", lambda old: old[:-1])),
            ("choices of a contest too many", setting("choices", lambda old: old + [b"\0\1"])),
            ("a board's seed missing", setting("board_seeds", lambda old: old[:-1])),
            ("a seed too many", setting("board_seeds", lambda old: old + old[-1:])),
            ("another device seed", setting("device_seed.value", flipped)),
            ("another board seed", setting("board_seeds.1.value", flipped)),
            ("board seeds swapped", setting("board_seeds", swapped)),
            ("a path too short", setting("device_seed.path", lambda old: old[:-1])),
            ("a path too long", setting("device_seed.path", lambda old: old + [bytes(32)])),
            ("a wrong sibling", setting("board_seeds.0.path.0", flipped))):
        wrong = copy.deepcopy(challenge)
        change(wrong, maker)
        check(comment, ballot, wrong, base)
    for comment, change in (
            ("a proof made with other nonces", setting("contests.0.final", shifted)),
            ("another ciphertext", setting("contests.0.ciphertexts.0", lambda old: maker.stream.element() + old[32:])),
            ("other digits", setting("digits", plus(-1))), ("another serial", setting("serial", plus(1)))):
        wrong = copy.deepcopy(ballot)
        change(wrong, maker)
        check(comment, wrong, challenge, base)


def _structure(section, device):
    """Truncated, prolonged and badly counted items of every kind."""
    seen = set()
    for kind, value in device.items:
        if kind in seen:
            continue
        seen.add(kind)
        layout, data = KINDS[kind], KINDS[kind].encode(value)
        base = section.add(f"a {layout.name}", "item", item=kind, bytes=data)
        bad = [("a byte missing", data[:-1]), ("a byte too many", data + b"\0"), ("nothing", b"")]
        if kind == KIND_OF["ballot"]:
            bad += [("no contests", data[:18] + bytes(4) + data[22:]), ("65 contests", changed(data, 18, 64)),
                    ("too many ciphertexts", data[:22] + b"\x02\x04\0\0" + data[26:])]
        if kind == KIND_OF["challenge"]:
            wrong = copy.deepcopy(value)
            wrong.choices[0] = b"\2" + wrong.choices[0][1:]
            bad.append(("a choice of 2", layout.encode(wrong)))
            wrong = copy.deepcopy(value)
            wrong.device_seed.path = [bytes(32)] * 33
            bad.append(("a path of 33", layout.encode(wrong)))
        if kind == KIND_OF["close"]:
            wrong = copy.deepcopy(value)
            wrong.quorum[0] = []
            bad.append(("an empty entry in a quorum", layout.encode(wrong)))
            wrong.quorum = []
            bad.append(("an empty quorum", layout.encode(wrong)))
        if kind == KIND_OF["opening"]:
            wrong = copy.deepcopy(value)
            wrong.board_roots = [bytes(32)] * 9
            bad.append(("nine roots", layout.encode(wrong)))
        for comment, wrong in bad:
            try:
                layout.decode(wrong)
            except StructureError:
                section.add(f"{layout.name}: {comment}", "item", "reject", base, "record.items", item=kind, bytes=wrong)
            else:
                raise AssertionError(comment)
        if kind == KIND_OF["opening"]:
            wrong = copy.deepcopy(value)
            wrong.key_proof = unreduced(wrong.key_proof)
            assert layout.membership_problem(wrong)
            section.add("opening: a scalar that is not reduced", "item", "reject", base, "record.elements", item=kind,
                        bytes=layout.encode(wrong))


def make():
    section = Section("52", "52-ballot/vectors/ballot.json")
    stream = RandomStream("52/ballot")
    _codes(section, stream)
    maker = Maker("52")
    maker.hold_ceremony()
    assert encode(maker.keys.key_point) == maker.keys.key
    _ballots(section, maker, stream)
    device = _vote(maker, stream)
    _journal(section, maker, device)
    _challenges(section, maker, device)
    _structure(section, device)
    return section
