"""Vectors of section 60: cascades of both boards, and everything that a dishonest mixer could do to them."""

import copy

from .. import mix as rules
from ..elgamal import encrypt
from ..equations import Failed, culprits, failing
from ..group import ORDER, FixedBase, derived_base, encode, map_to_group, multiply_generator
from ..items import MIX_ELEMENTS, MIX_FACTORS, MIX_GROUP, MIX_STAGE
from ..layout import Value
from ..making.mutating import flipped, shifted, swapped
from ..random_stream import RandomStream
from ..shuffle import Bases, list_hash
from ..shuffle_prove import Mixer
from ..signature import sign
from .section import Section, add_structure

CONTEST = 1
# What the reference says of a fault -> its name.
WORDS = {"is stage": "order", " stages": "order", "no such mixer": "mixer", "shut out": "shut_out", "already": "repeated",
         "`previous`": "previous", "elements instead": "length", "`list`": "list", "a proof of": "proof_length",
         "no mixer of": "board", "membership": "elements", "element ": "elements", "identity": "identity",
         "unchanged": "unchanged", "fewer than two": "size", "too many ciphertexts": "size"}
GROUPS, STAGES = ("size",), ("order", "mixer", "shut_out", "repeated", "previous", "length", "list", "proof_length",
                             "signature", "board")


def named(words):
    return next(name for part, name in WORDS.items() if part in words)


def check_of(condition):
    return "mix.groups" if condition in GROUPS else "mix.stages" if condition in STAGES else "mix.proofs"


class Case:
    """A group of an election with two boards of two trustees, and stages of it."""

    def __init__(self, label, size, width):
        stream = self.stream = RandomStream(f"60/{label}")
        self.e0 = stream.bytes(32)
        secret = stream.nonzero()
        boards = [Value(trustees=[Value(secret=stream.nonzero()) for _ in range(2)]) for _ in range(2)]
        for board in boards:
            for trustee in board.trustees:
                trustee.signing_key = encode(multiply_generator(trustee.secret))
        contests = [Value(id=b"mayor"), Value(id=b"council")]
        self.election = Value(domain=1 + stream.below(2), boards=boards, contests=contests)
        self.keys = Value(e1=stream.bytes(32), key=encode(multiply_generator(secret)),
                          shuffle_bases=Bases(lambda name, index: derived_base(self.e0, name, index)))
        self.root, self.shut_out, self.shape = stream.bytes(32), set(), Value(width=width)
        nodes = [Value(node=node, hash=stream.bytes(32)) for node in (2, 5)]
        group = Value(group=1 + stream.below(5), contest=CONTEST, nodes=nodes, ballots=size, size=size)
        table = FixedBase(multiply_generator(secret))
        self.inputs = [b"".join(encrypt(table, 1 + stream.below(9), stream.nonzero()) for _ in range(width))
                       for _ in range(size)]
        self.cascade = rules.Cascade(group)

    def changed(self, **fields):
        """A copy; its cascade has a list of stages of its own."""
        out = copy.copy(self)
        for name in ("election", "keys"):
            setattr(out, name, copy.copy(getattr(self, name)))
        out.cascade = rules.Cascade(copy.copy(self.cascade.group))
        out.cascade.stages = list(self.cascade.stages)
        for name, value in fields.items():
            setattr(out, name, value)
        return out

    def last(self):
        return self.cascade.last(self.shape.width) if self.cascade.stages else self.inputs

    def mixer(self, stage, before, **fields):
        shape, stream = rules.stage_shape(len(before), self.shape.width), self.stream
        order = list(range(shape.total))
        for i in range(shape.total - 1, 0, -1):
            j = stream.below(i + 1)
            order[i], order[j] = order[j], order[i]
        values = {"permutation": order, "rho": [[stream.nonzero() for _ in range(shape.width)] for _ in order], **fields}
        context = rules.stage_context(self.election, self.keys, self.cascade.group, stage, self.root)
        return Mixer(context, shape, self.keys.shuffle_bases, before, values["permutation"], values["rho"],
                     [stream.nonzero() for _ in range(shape.m)], stream.bytes(32))

    def mix(self, board, trustee):
        """One more stage, as an honest mixer makes it."""
        before = self.last()
        stage = Value(group=self.cascade.group.group, stage=len(self.cascade.stages) + 1, board=board, trustee=trustee,
                      previous=list_hash(before))
        mixer = self.mixer(stage, before)
        stage.proof, stage.list = mixer.prove(), list_hash(mixer.outputs)
        self.cascade.stages.append((self.signed(stage), cut(mixer.outputs)))

    def signed(self, stage, signer=None):
        board, trustee = signer or (stage.board, stage.trustee)
        who = self.election.boards[board].trustees[trustee - 1]
        stage.signature = sign(who.secret, who.signing_key, "mix", self.election.domain, self.keys.e1,
                               rules.stage_digest(stage), self.stream.bytes(32))
        return stage

    def with_stage(self, number, outputs=None, signer=None, hashed=True, **fields):
        """Another stage in this place, signed by its mixer or `signer`."""
        out = self.changed()
        stage, elements = out.cascade.stages[number - 1]
        stage = Value(**{**vars(stage), **fields})
        if outputs is not None:
            elements = cut(outputs)
            if hashed:
                stage.list = list_hash(outputs)
        out.cascade.stages[number - 1] = (self.signed(stage, signer), elements)
        return out

    def condition(self):
        """None, or the name of the first fault."""
        try:
            problem = rules.stages_problem(self.cascade, self.inputs, self.shape, self.election, self.shut_out)
            if problem:
                return named(problem)
            if culprits(list(rules.stage_signatures(self.cascade, self.election, self.keys.e1)), self.keys.e1):
                return "signature"
            for number, (_, elements) in enumerate(self.cascade.stages, 1):
                problem = rules.elements_problem(elements)
                if problem:
                    return named(problem)
                item = rules.stage_item(self.cascade, number, self.inputs, self.shape, self.election, self.keys, self.root)
                if failing(item.equations):
                    return "proof"
        except Failed as error:
            return named(error.what)
        return None

    def fields(self):
        """What both verifiers are given, stages apart."""
        return {"e0": self.e0, "e1": self.keys.e1, "domain": self.election.domain, "key": self.keys.key, "root": self.root,
                "contest": self.election.contests[CONTEST].id, "width": self.shape.width,
                "boards": [{"signing_keys": [trustee.signing_key for trustee in board.trustees],
                            "shut_out": [j for b, j in sorted(self.shut_out) if b == number]}
                           for number, board in enumerate(self.election.boards)],
                "group": MIX_GROUP.encode(self.cascade.group), "inputs": self.inputs}


def cut(ciphertexts):
    return [c[i:i + 32] for c in ciphertexts for i in range(0, len(c), 32)]


def stage_fields(made):
    return {"stage": MIX_STAGE.encode(made[0]), "elements": made[1]}


def accept(section, case, comment):
    assert case.condition() is None, (comment, case.condition())
    return section.add(comment, "cascade", **case.fields(), stages=[stage_fields(made) for made in case.cascade.stages])


def reject(section, base, kept, case, comment, condition):
    """Only what differs from the kept case; of its stages, a number from 0 on."""
    assert case.condition() == condition, (comment, case.condition())
    before = kept.fields()
    fields = {name: value for name, value in case.fields().items() if value != before[name]}
    known = {id(made): number for number, made in enumerate(kept.cascade.stages)}
    stages = [known[id(made)] if id(made) in known else stage_fields(made) for made in case.cascade.stages]
    section.add(comment, "cascade", "reject", base, check_of(condition), condition=condition, **fields, stages=stages)


def changed_lists(case):
    """(comment, condition, case): lists that are not what was mixed."""
    one, two = (rules.ciphertexts_of(elements, case.shape.width) for _, elements in case.cascade.stages[-2:])
    last = len(case.cascade.stages)
    other = b"".join(encode(map_to_group(case.stream.bytes(64))) for _ in range(2 * case.shape.width))
    yield "a ciphertext is replaced", "proof", case.with_stage(last, [other] + two[1:])
    yield "a ciphertext is replaced, and the hash is the old one", "list", case.with_stage(last, [other] + two[1:], hashed=False)
    yield "a ciphertext is dropped", "length", case.with_stage(last, two[:-1])
    yield "a ciphertext too many", "length", case.with_stage(last, two + [other])
    yield "half a ciphertext too many", "length", case.with_stage(last, two + [other[:32]], hashed=False)
    yield "no ciphertexts", "length", case.with_stage(last, [])
    yield "a ciphertext stands twice", "proof", case.with_stage(last, [two[1]] + two[1:])
    yield "two ciphertexts change places", "proof", case.with_stage(last, swapped(two))
    yield "the list that it took, as it was", "unchanged", case.with_stage(last, one)
    yield "one ciphertext as it was", "unchanged", case.with_stage(last, [one[1]] + two[1:])
    yield "an element that is none", "elements", case.with_stage(last, [two[0][:32] + b"\xff" * 32 + two[0][64:]] + two[1:])
    yield "an alpha that is the identity", "identity", case.with_stage(last, [bytes(32) + two[0][32:]] + two[1:])
    stage, before = case.cascade.stages[-1][0], one
    doubled = case.mixer(stage, before)
    twice = case.mixer(stage, before, permutation=[doubled.pi[1]] + doubled.pi[1:])
    yield "one is dropped and another taken twice before the proof", "proof", case.with_stage(
        last, twice.outputs, proof=twice.prove())
    still = case.mixer(stage, before, permutation=list(range(len(before))), rho=[[0] * case.shape.width for _ in before])
    yield "nothing is permuted or encrypted anew, and that is proved", "unchanged", case.with_stage(
        last, still.outputs, proof=still.prove())


def changed_stages(case):
    """(comment, condition, case): stages that are in the wrong place, or of the wrong trustee."""
    first, second = case.cascade.stages[:2]
    stage = second[0]
    yield "another group's stage", "order", case.with_stage(2, group=stage.group + 1)
    yield "another number", "order", case.with_stage(2, stage=3)
    for comment, condition, stages in (("the stages change places", "order", [second, first]),
                                       ("a stage stands twice", "order", [first, first, second]),
                                       ("the first stage is missing", "order", [second]),
                                       ("a board has not mixed", "board", [first]), ("no stages", "board", [])):
        out = case.changed()
        out.cascade.stages = stages
        yield comment, condition, out
    yield "no such board", "mixer", case.with_stage(2, board=2, signer=(0, 1))
    yield "trustee 0", "mixer", case.with_stage(2, trustee=0, signer=(0, 1))
    yield "no such trustee", "mixer", case.with_stage(2, trustee=3, signer=(0, 1))
    yield "a trustee mixes twice", "repeated", case.with_stage(2, board=first[0].board, trustee=first[0].trustee)
    yield "a trustee who is shut out", "shut_out", case.changed(shut_out={(stage.board, stage.trustee)})
    yield "another list before", "previous", case.with_stage(2, previous=flipped(stage.previous))
    yield "another hash", "list", case.with_stage(2, list=flipped(stage.list))
    yield "a wrong signature", "signature", replaced(case, 2, signature=shifted(stage.signature))
    yield "a signature of another trustee", "signature", case.with_stage(2, signer=(stage.board, 3 - stage.trustee))
    yield "a signature that covers another proof", "signature", replaced(case, 2, proof=shifted(stage.proof))
    yield "another mixer stands by it", "proof", case.with_stage(2, trustee=3 - stage.trustee)
    yield "the proof of the stage before", "proof", case.with_stage(2, proof=first[0].proof)
    yield "a wrong proof", "proof", case.with_stage(2, proof=shifted(stage.proof))
    yield "a byte of the proof missing", "proof_length", case.with_stage(2, proof=stage.proof[:-1])
    yield "no proof", "proof_length", case.with_stage(2, proof=b"")
    yield "a scalar of the proof that is none", "elements", case.with_stage(
        2, proof=stage.proof[:-32] + ORDER.to_bytes(32, "little"))


def replaced(case, number, **fields):
    """The same without a new signature."""
    out = case.changed()
    stage, elements = out.cascade.stages[number - 1]
    out.cascade.stages[number - 1] = (Value(**{**vars(stage), **fields}), elements)
    return out


def elsewhere(case):
    """(comment, condition, case): the same stages in another election, tree, contest or group, signed there."""
    def signed_again(out):
        out.cascade.stages = [(out.signed(copy.copy(stage)), elements) for stage, elements in out.cascade.stages]
        return out
    yield "in another tree", "proof", case.changed(root=flipped(case.root))
    yield "of other bases", "proof", case.changed(
        e0=flipped(case.e0), keys=Value(**{**vars(case.keys), "shuffle_bases": Bases(
            lambda name, index: derived_base(flipped(case.e0), name, index))}))
    out = case.changed()
    out.election.contests = [case.election.contests[0], Value(id=b"majles")]
    yield "of another contest", "proof", out
    out = case.changed()
    out.cascade.group.ballots += 1
    yield "of a group with another item", "proof", out
    out = case.changed()
    out.keys.key = case.stream.element()
    yield "under another key", "proof", out
    out = case.changed()
    out.keys.e1 = flipped(case.keys.e1)
    yield "of another election", "signature", out
    yield "of another election, and signed there", "proof", signed_again(out.changed())
    out = case.changed()
    out.election.domain = 3 - out.election.domain
    yield "of a drill, or not", "proof", signed_again(out)
    yield "of a list in another order", "previous", case.changed(inputs=swapped(case.inputs))
    for size in (0, 1):
        out = case.changed(inputs=case.inputs[:size])
        out.cascade.group.size = size
        yield f"N = {size}", "size", out


def make():
    section = Section("60", "60-mix/vectors/mix.json")
    slots = Case("slots", 5, 1)
    slots.mix(1, 1)
    slots.mix(0, 2)
    base = accept(section, slots, "five slots, mixed by both boards")
    for part in (changed_lists, changed_stages, elsewhere):
        for comment, condition, case in part(slots):
            reject(section, base, slots, case, comment, condition)
    packed = Case("packed", 2, 2)
    for board, trustee in ((0, 1), (1, 2), (0, 2)):
        packed.mix(board, trustee)
    base = accept(section, packed, "two packed ballots of width two, mixed by three trustees")
    for comment, condition, case in changed_lists(packed):
        reject(section, base, packed, case, comment, condition)
    structure(section)
    return section


def structure(section):
    stream = RandomStream("60/items")
    nodes = [Value(node=node, hash=stream.bytes(32)) for node in (1, 4)]
    add_structure(section, MIX_GROUP, Value(group=3, contest=1, nodes=nodes, ballots=12, size=36), {"no nodes": {"nodes": []}})
    add_structure(section, MIX_STAGE, Value(group=3, stage=2, board=1, trustee=1, previous=stream.bytes(32),
                                            list=stream.bytes(32), proof=stream.bytes(40), signature=stream.bytes(64)), {})
    add_structure(section, MIX_ELEMENTS, Value(elements=[stream.bytes(32) for _ in range(3)]), {"no elements": {"elements": []}})
    add_structure(section, MIX_FACTORS, Value(group=3, board=1, trustee=2, count=72), {})
