"""Vectors of section 52: seeds, codes, a full ballot from choices and seed, journals, challenges."""

import copy

from .. import journal as rules
from ..ballots import contest_terms, make_ballot
from ..equations import Failed, failing, first_culprit
from ..group import encode
from ..hashing import scalar_bytes
from ..items import BALLOT, CHOICES, CLOSE, ELIGIBILITY, EXCLUSION, KIND_OF, KINDS, MANIFEST, OPENING
from ..layout import StructureError, Value
from ..making import mixed
from ..making.choices import codes, marks, random_choices, ranking, subset
from ..making.election import Maker
from ..making.journals import quorum
from ..making.mutating import flipped, plus, setting, shifted, swapped, to, unreduced
from ..random_stream import RandomStream
from ..signature import quorum_items
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
    for style, digits, choices in ((0, 10000, ["10110"]), (0, 42, ["00001"]), (1, 9999, ["01000", "01"]), (1, 0, ["00001", "00"])):
        choices = [marks(map(int, own)) for own in choices]
        seed, previous = stream.bytes(32), stream.bytes(32)
        ballot = make_ballot(maker.keys, south, 1, 1 + stream.below(500), style, digits, choices, seed,
                             stream.below(1 << 41), previous)
        ballot.code = rules.ballot_code(maker.e1, maker.election.domain, ballot)
        section.add(f"a ballot of style {style}", "ballot", **_election_fields(maker), branch=south, device=1,
                    serial=ballot.serial, style=style, digits=digits, time=ballot.time, previous=previous,
                    choices=list(map(CHOICES.encode, choices)),
                    seed=seed, ballot=BALLOT.encode(ballot), ballot_hash=rules.ballot_hash(ballot), code=ballot.code)


def _vote(maker, stream):
    """A device's journal: cast, challenge, void, challenge."""
    south = maker.election.branches[2]
    device = maker.device(south, 1, 6)
    for style, action in ((0, "cast"), (1, "challenge"), (1, "void"), (0, "challenge")):
        contests = maker.election.manifest.styles[style].contests
        choices = [random_choices(maker.election.contests[c], stream) for c in contests]
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
        elif kind == KIND_OF["recovery"]:
            steps.append({"board_digest": rules.board_digest(KINDS[kind], value)})
        elif kind == KIND_OF["close"]:
            steps.append({"device_digest": rules.device_digest(CLOSE, value),
                          "board_digest": rules.board_digest(CLOSE, value)})
        else:
            link = rules.resolution_link(e1, domain, kind, data, code)
            steps.append({"link": link})
    section.add("a whole journal; steps: what follows from each item", "journal", domain=domain,
                **_election_fields(maker), boards=boards, items=items, steps=steps,
                device_secret=scalar_bytes(device.secret),
                closings=rules.closings_hash(e1, [rules.closing_record(kind, data)], []))


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
    other = marks([0, 1, 0, 0, 0] if challenge.choices[0].marks[0] else [1, 0, 0, 0, 0])
    for comment, change in (
            ("other choices", setting("choices.0", to(other))),
            ("an overvote", setting("choices.0", to(marks([1, 1, 1, 1, 0])))),
            ("blank and a mark", setting("choices.0", to(marks([1, 0, 0, 0, 1])))),
            ("nothing marked", setting("choices.0", to(marks([0] * 5)))),
            ("a choice too few", setting("choices.0.marks", lambda old: old[:-1])),
            ("choices of a contest too many", setting("choices", lambda old: old + [marks([0, 1])])),
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


MIXED_CHOICES = (
    [codes(2, 5), subset(1, 3, text="نان"), ranking(3, 1, 2), marks([1, 1, 0, 1, 0, 1, 0]), codes(2)],
    [codes(), subset(), ranking(2), marks([0] * 6 + [1]), codes()],
    [codes(4), subset(4, text="12345678"), ranking(1, 3), marks([1] * 6 + [0]), codes(1)])


def _mixed(section, stream):
    """Ballots with a contest of every encoding, challenged: recomputed, and wrong in every condition that choices have."""
    maker = Maker("52/mixed", mixed.places()).run(until="polls")
    device = maker.device(mixed.SOUTH_1, 1, 4)
    for choices in MIXED_CHOICES:
        device.vote(1, 10000, choices, "challenge")
    opening = device.items[0][1]
    worker = Worker(MANIFEST.encode(maker.election.manifest), maker.keys.key, maker.e1)
    roots, kind = [opening.seed_root] + opening.board_roots, KIND_OF["challenge"]
    fields = {**_election_fields(maker), "opening": OPENING.encode(opening)}

    def check(comment, ballot, challenge, base=None):
        problem = worker.challenge_problem(ballot, challenge, opening.capacity, roots)
        assert (problem is None) == (base is None), (comment, problem)
        expect, fails = ("accept", None) if base is None else ("reject", "ballot.challenge")
        return section.add(comment, "challenge", expect, base, fails, **fields, ballot=BALLOT.encode(ballot),
                           challenge=KINDS[kind].encode(challenge))

    bases = []
    for (_, ballot), (_, challenge) in zip(device.items[1::2], device.items[2::2]):
        assert not any(failing(contest_terms(maker.keys, ballot, part, contest))
                       for contest, part in zip(maker.keys.contests_of(ballot), ballot.contests))
        seed = rules.ballot_seed(maker.e1, maker.election.domain, ballot.branch, ballot.device, ballot.serial,
                                 [challenge.device_seed.value] + [own.value for own in challenge.board_seeds])
        section.add("a ballot with a contest of every encoding", "ballot", **_election_fields(maker), branch=ballot.branch,
                    device=1, serial=ballot.serial, style=1, digits=10000, time=ballot.time, previous=ballot.previous,
                    choices=list(map(CHOICES.encode, challenge.choices)), seed=seed, ballot=BALLOT.encode(ballot),
                    ballot_hash=rules.ballot_hash(ballot), code=ballot.code)
        bases.append((ballot, challenge, check("it is recomputed from its choices", ballot, challenge)))
    ballot, challenge, base = bases[0]
    council, motto, chair = 0, 1, 2
    for comment, contest, changed_one in (
            ("another code", council, codes(2, 4)), ("codes descending", council, codes(5, 2)), ("a code twice", council, codes(2, 2)),
            ("code 0", council, codes(0, 2)), ("a dummy's code", council, codes(2, 6)), ("three codes", council, codes(1, 2, 5)),
            ("marks where codes belong", council, marks([0, 1, 0, 0, 1, 0])),
            ("the encoding of a ranking for a subset", motto, ranking(1, 3, text="نان")),
            ("another text", motto, subset(1, 3, text="نام")), ("no text", motto, subset(1, 3)),
            ("a text that is too long", motto, subset(1, 3, text="123456789")),
            ("a text that is not UTF-8", motto, Value(encoding=3, codes=[1, 3], text=b"\xd9")),
            ("a zero byte behind the text", motto, Value(encoding=3, codes=[1, 3], text="نان".encode() + bytes(1))),
            ("codes of a subset descending", motto, subset(3, 1, text="نان")),
            ("other ranks", chair, ranking(3, 2, 1)), ("an option in two ranks", chair, ranking(3, 3, 2)),
            ("an empty ranking", chair, ranking()), ("option 0 in a ranking", chair, ranking(3, 0, 2)),
            ("a text where there is no room for one", chair, ranking(3, 1, 2, text="a"))):
        wrong = copy.deepcopy(challenge)
        wrong.choices[contest] = changed_one
        check(comment, ballot, wrong, base)
    for comment, change in (
            ("another answer of the slot proof", setting("contests.0.final", shifted)),
            ("slots swapped", setting("contests.0.ciphertexts", swapped)),
            ("another answer of the packed proof", setting("contests.1.proof", shifted)),
            ("rounds swapped", setting("contests.0.rounds", swapped)),
            ("the ciphertext of another ballot", setting("contests.2.ciphertexts", to(bases[1][0].contests[2].ciphertexts)))):
        wrong = copy.deepcopy(ballot)
        change(wrong, maker)
        check(comment, wrong, challenge, base)
    _mixed_structure(section, KIND_OF["ballot"], ballot, {
        "66 slots": setting("contests.0.ciphertexts", lambda old: old * 22), "no slots": setting("contests.0.ciphertexts", to([])),
        "11 rounds": setting("contests.0.rounds", lambda old: (old * 3)[:11]),
        "17 packed ciphertexts": setting("contests.1.ciphertexts", lambda old: (old * 9)[:17]),
        "no packed ciphertexts": setting("contests.2.ciphertexts", to([]))})
    _mixed_structure(section, kind, challenge, {
        "65 codes": setting("choices.0.codes", lambda old: [1] * 65), "65 ranks": setting("choices.2.codes", lambda old: [1] * 65),
        "a text of 241 bytes": setting("choices.1.text", to(b"a" * 241)),
        "a text with 2^32 - 1 bytes announced": None, "encoding 0": None, "encoding 5": None})


def _mixed_structure(section, kind, value, wrong):
    layout, data = KINDS[kind], KINDS[kind].encode(value)
    base = section.add(f"a {layout.name} with a contest of every encoding", "item", item=kind, bytes=data)
    for comment, change in wrong.items():
        made = copy.deepcopy(value)
        if change:
            change(made, None)
            made = layout.encode(made)
        elif comment.startswith("encoding"):
            made = data[:24] + bytes([int(comment[-1])]) + data[25:]
        else:
            at = data.index("نان".encode()) - 4
            made = data[:at] + b"\xff" * 4 + data[at + 4:]
        try:
            layout.decode(made)
        except StructureError:
            section.add(f"{layout.name}: {comment}", "item", "reject", base, "record.items", item=kind, bytes=made)
        else:
            raise AssertionError(comment)


def _structure(section, items):
    """Truncated, prolonged and badly counted items of every kind."""
    seen = set()
    for kind, value in items:
        if kind in seen:
            continue
        seen.add(kind)
        layout, data = KINDS[kind], KINDS[kind].encode(value)
        base = section.add(f"a {layout.name}", "item", item=kind, bytes=data)
        bad = [("a byte missing", data[:-1]), ("a byte too many", data + b"\0"), ("nothing", b"")]
        if kind == KIND_OF["ballot"]:
            bad += [("no contests", data[:18] + bytes(4) + data[22:]), ("65 contests", changed(data, 18, 64)),
                    ("too many ciphertexts", data[:23] + b"\x02\x04\0\0" + data[27:]),
                    ("encoding 0", changed(data, 22, 1)), ("encoding 5", changed(data, 22, 4))]
        if kind == KIND_OF["challenge"]:
            wrong = copy.deepcopy(value)
            wrong.choices[0].marks = b"\2" + wrong.choices[0].marks[1:]
            bad.append(("a choice of 2", layout.encode(wrong)))
            wrong = copy.deepcopy(value)
            wrong.device_seed.path = [bytes(32)] * 33
            bad.append(("a path of 33", layout.encode(wrong)))
        if kind in (KIND_OF["recovery"], KIND_OF["exclusion"]):
            for comment, remark in (("a remark of 1,025 bytes", b"a" * 1025), ("a remark that is not UTF-8", b"\xc3")):
                wrong = copy.deepcopy(value)
                wrong.remark = remark
                bad.append((comment, layout.encode(wrong)))
        if kind == KIND_OF["eligibility"]:
            bad.append(("262,145 tokens", data[:4] + (262145).to_bytes(4, "little") + data[8:]))
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


def _recovered(section, maker, stream):
    """A device that died with a ballot unresolved."""
    device = maker.device(maker.election.branches[0], 1, 4)
    for action in ("cast", None):
        device.vote(0, 10000, [random_choices(maker.election.contests[0], stream)], action)
    device.recover("the device burned")
    _journal(section, maker, device)
    return device


def _excluded(section, maker, stream):
    """A journal with a ballot that proves nothing, and its exclusion: good, and wrong in each condition."""
    device = maker.device(maker.election.branches[0], 2, 4, excluded=True)
    device.vote(0, 10000, [random_choices(maker.election.contests[0], stream)], "cast",
                lambda ballot: setting("contests.0.final", shifted)(ballot, maker))
    device.exclude(2, "the proof of serial 1 is wrong")
    (_, exclusion), evidence = device.items[0], device.items[1:]
    items = [{"kind": kind, "bytes": KINDS[kind].encode(value)} for kind, value in evidence]
    fields = {**_election_fields(maker), "items": items}

    def check(comment, value, items, base=None):
        digest = rules.evidence_hash(maker.e1, maker.election.domain, [(item["kind"], item["bytes"]) for item in items])
        problem = rules.exclusion_problem(value, digest) or _quorum_problem(maker, EXCLUSION, value)
        assert (problem is None) == (base is None), (comment, problem)
        expect, fails = ("accept", None) if base is None else ("reject", "journal.exclusions")
        return section.add(comment, "exclusion", expect, base, fails, **{**fields, "items": items},
                           exclusion=EXCLUSION.encode(value), evidence=digest,
                           digest=rules.board_digest(EXCLUSION, value))

    base = check("an exclusion with the journal as evidence", exclusion, items)
    for comment, reason, remark in (("reason 1 without a remark", 1, b""), ("reason 5 with a remark", 5, b"stolen")):
        check(comment, _signed_by_boards(maker, EXCLUSION, exclusion, reason=reason, remark=remark), items)
    check("no evidence at all", _signed_by_boards(maker, EXCLUSION, exclusion, items=0, evidence=rules.evidence_hash(
        maker.e1, maker.election.domain, [])), [])
    for comment, changes in (("reason 0", {"reason": 0}), ("reason 6", {"reason": 6}),
                             ("reason 5 without a remark", {"reason": 5, "remark": b""}),
                             ("another evidence", {"evidence": flipped(exclusion.evidence)})):
        check(comment, _signed_by_boards(maker, EXCLUSION, exclusion, **changes), items, base)
    check("evidence in another order", exclusion, items[1:] + items[:1], base)
    check("evidence missing", exclusion, items[:-1], base)
    check("evidence of another kind", exclusion, items[:-1] + [{**items[-1], "kind": KIND_OF["void"]}], base)
    for comment, change in (("a wrong signature", setting("quorum.1.0.signature", shifted)),
                            ("another remark than signed", setting("remark", to(b"nothing happened"))),
                            ("a signature too few", setting("quorum.0", lambda old: old[:-1])),
                            ("a board missing", setting("quorum", lambda old: old[:-1]))):
        wrong = copy.deepcopy(exclusion)
        change(wrong, maker)
        check(comment, wrong, items, base)
    return device


def _signed_by_boards(maker, layout, value, **changes):
    out = copy.deepcopy(value)
    out.__dict__.update(changes)
    out.quorum = quorum(maker, layout.name, maker.e1, rules.board_digest(layout, out))
    return out


def _quorum_problem(maker, layout, value):
    try:
        return first_culprit(quorum_items(maker.election.boards, value.quorum, layout.name, maker.election.domain, maker.e1,
                                          rules.board_digest(layout, value), layout.name), maker.e1)
    except Failed as error:
        return error.what


def _eligibility(section, maker, stream):
    domain, branch = maker.election.domain, maker.election.branches[2]
    for _ in range(3):
        token = stream.bytes(32)
        section.add("a one-time token", "token-hash", e1=maker.e1, domain=domain, token=token,
                    hash=rules.token_hash(maker.e1, domain, token))
    hashes = sorted(rules.token_hash(maker.e1, domain, stream.bytes(32)) for _ in range(4))

    def check(comment, tokens, cast, excluded=False, base=None, change=None, branch=branch):
        log = Value(branch=branch, tokens=[Value(hash=h, style=style) for h, style in tokens])
        log = _signed_by_boards(maker, ELIGIBILITY, log)
        if change:
            change(log, maker)
        problem = (rules.eligibility_problem(log, maker.election.styles_of[branch], dict(cast), excluded)
                   or _quorum_problem(maker, ELIGIBILITY, log))
        assert (problem is None) == (base is None), (comment, problem)
        expect, fails = ("accept", None) if base is None else ("reject", "eligibility.logs")
        return section.add(comment, "eligibility", expect, base, fails, **_election_fields(maker), cast=cast,
                           excluded=excluded, log=ELIGIBILITY.encode(log), digest=rules.board_digest(ELIGIBILITY, log))

    tokens, cast = list(zip(hashes, (1, 0, 0, 1))), [[0, 2], [1, 2]]
    base = check("four tokens; cast: style, number of ballots", tokens, cast)
    check("nobody voted", [], [])
    check("more tokens than ballots, with a journal excluded", tokens, [[0, 2], [1, 1]], True)
    check("not ascending", tokens[1:] + tokens[:1], cast, base=base)
    check("a token twice", tokens[:1] * 2 + tokens[2:], [[0, 1], [1, 3]], base=base)
    check("a token too few", tokens[:-1], cast, base=base)
    check("a token too many", tokens, [[0, 2], [1, 1]], base=base)
    check("a token of another style", tokens, [[0, 3], [1, 1]], base=base)
    check("fewer tokens than ballots, with a journal excluded", tokens, [[0, 3], [1, 1]], True, base)
    check("a style that the branch does not give", tokens, cast, base=base, branch=maker.election.branches[0])
    check("a wrong signature", tokens, cast, base=base, change=setting("quorum.0.1.signature", shifted))
    check("another log than signed", tokens, [[0, 1], [1, 3]], base=base, change=setting("tokens.1.style", to(1)))


def _closings(section, maker, devices, stream):
    journals = [device.closing() for device in devices]
    for comment, count in (("a close, a recovery, an exclusion", 0), ("and two commitments to a lot", 2)):
        lots = [stream.bytes(200) for _ in range(count)]
        section.add(comment, "closings", e1=maker.e1, journals=[{"kind": kind, "bytes": KINDS[kind].encode(value)}
                                                                for kind, value in journals], lot_commits=lots,
                    closings=rules.closings_hash(maker.e1, [rules.closing_record(kind, KINDS[kind].encode(value))
                                                            for kind, value in journals], map(rules.lot_record, lots)))


def make():
    section = Section("52", "52-ballot/vectors/ballot.json")
    stream = RandomStream("52/ballot")
    _codes(section, stream)
    maker = Maker("52").run(until="polls")
    assert encode(maker.keys.key_point) == maker.keys.key
    _ballots(section, maker, stream)
    device = _vote(maker, stream)
    _journal(section, maker, device)
    _challenges(section, maker, device)
    _structure(section, device.items)
    others = [_recovered(section, maker, stream), _excluded(section, maker, stream)]
    _eligibility(section, maker, stream)
    _closings(section, maker, [device] + others, stream)
    log = Value(branch=3, tokens=[Value(hash=stream.bytes(32), style=1)])
    _structure(section, [others[0].items[-1], others[1].items[0],
                         (KIND_OF["eligibility"], _signed_by_boards(maker, ELIGIBILITY, log))])
    _mixed(section, stream)
    return section
