"""Cascades of mixers, and the opening of the lists that come out of them (spec 60, 55.11)."""

from .. import list_opening as lists
from .. import mix as rules
from .. import opening
from ..equations import Failed
from ..group import decode_cached, encode, multiply
from ..items import KIND_OF
from ..layout import Value
from ..policy import ballots_of
from ..result import OpenedGroup
from ..shuffle import list_hash
from ..shuffle_prove import Mixer
from ..signature import sign


def cast_ballots(maker):
    """The cast ballots that count, in the order (branch, device, serial)."""
    for device in sorted(maker.devices, key=lambda device: (device.branch, device.number)):
        if not device.excluded:
            for (_, ballot), (kind, _) in zip(device.items, device.items[1:]):
                if kind == KIND_OF["cast"]:
                    yield ballot


def input_list(maker, contest, nodes):
    """The ciphertexts of 60.1 of a contest over nodes."""
    election, out = maker.election, []
    for ballot in cast_ballots(maker):
        if any(election.is_under(ballot.branch, node) for node in nodes):
            for index, part in zip(maker.keys.contests_of(ballot), ballot.contests):
                if index == contest:
                    mine = election.mixed(contest, part.ciphertexts)
                    out += [b"".join(mine)] if election.shapes[contest].packed else mine
    return out


def planned_groups(maker):
    """(contest, nodes) of every group: those that were asked for, and else one for each contest, over its scope."""
    for contest, entry in enumerate(maker.election.contests):
        if maker.election.is_mixed(contest) and len(input_list(maker, contest, [entry.scope])) >= 2:
            for nodes in maker.wanted_groups.get(contest, [[entry.scope]]):
                yield contest, nodes


def make_group(maker, number, contest, nodes):
    places = [Value(node=node, hash=maker.nodes[node].hash) for node in nodes]
    group = Value(group=number, contest=contest, nodes=places, ballots=sum(ballots_of(maker.nodes[n], contest) for n in nodes),
                  size=len(input_list(maker, contest, nodes)))
    maker.hook("mix_group", group)
    return group


def shuffled(stream, count):
    out = list(range(count))
    for i in range(count - 1, 0, -1):
        j = stream.below(i + 1)
        out[i], out[j] = out[j], out[i]
    return out


def mixer_of(maker, group, stage, before, keys=None, permutation=None):
    """A mixer with a permutation of its own for the list `before`; keys: others than those of the election."""
    keys, trustee = keys or maker.keys, maker.trustees[stage.board][stage.trustee - 1]
    stream = trustee.stream.fork(f"mix/{group.group}/{stage.stage}")
    width = maker.election.shapes[group.contest].width
    shape = rules.stage_shape(len(before), width)
    context = rules.stage_context(maker.election, keys, group, stage, maker.nodes[0].hash)
    order = shuffled(stream, shape.total)
    return Mixer(context, shape, keys.shuffle_bases, before, permutation or order,
                 [[stream.nonzero() for _ in range(width)] for _ in range(shape.total)],
                 [stream.nonzero() for _ in range(shape.m)], stream.bytes(32))


def new_stage(cascade, board, trustee, before):
    return Value(group=cascade.group.group, stage=len(cascade.stages) + 1, board=board, trustee=trustee,
                 previous=list_hash(before))


def sign_stage(maker, stage, signer=None):
    """By the mixer that the stage names, or by another (board, trustee)."""
    board, number = signer or (stage.board, stage.trustee)
    trustee = maker.trustees[board][number - 1]
    stage.signature = sign(trustee.signing, trustee.signing_key, "mix", maker.election.domain, maker.e1,
                           rules.stage_digest(stage), trustee.stream.bytes(32))


def elements_of(ciphertexts):
    return [c[i:i + 32] for c in ciphertexts for i in range(0, len(c), 32)]


def make_stage(maker, cascade, board, trustee, before):
    """Adds the stage of a trustee; the hook sees it with its outputs."""
    stage = new_stage(cascade, board, trustee, before)
    mixer = mixer_of(maker, cascade.group, stage, before)
    stage.list, stage.proof = list_hash(mixer.outputs), mixer.prove()
    made = Value(stage=stage, outputs=list(mixer.outputs), cascade=cascade, before=before, mixer=mixer)
    maker.hook("mix_stage", made)
    sign_stage(maker, stage)
    maker.hook("mix_stage.signed", stage)
    cascade.stages.append((stage, elements_of(made.outputs)))
    return made.outputs


def mixers_of(maker, group):
    """Who mixes a group: the last trustee of every board who takes part, and of the first group one more."""
    members = [[t for t in maker.participants() if t.board == number] for number in range(len(maker.election.boards))]
    out = [(own[-1].board, own[-1].number) for own in members]
    return out + [(members[0][0].board, members[0][0].number)] if group.group == 1 and len(members[0]) > 1 else out


def make_cascades(maker):
    """A cascade for every group, with its stages; the answers' factors come later."""
    out = []
    for number, (contest, nodes) in enumerate(maker.planned_groups, 1):
        cascade = rules.Cascade(make_group(maker, number, contest, nodes))
        before = input_list(maker, contest, nodes)
        for board, trustee in maker.mixers or mixers_of(maker, cascade.group):
            before = make_stage(maker, cascade, board, trustee, before)
        out.append(cascade)
    maker.hook("mix", out)
    return out


def mix_items(cascades):
    """(kind name, value) in the order of the mix files (60.2)."""
    for cascade in cascades:
        yield "mix_group", cascade.group
        for name, entries in (("mix_stage", cascade.stages), ("mix_factors", cascade.factors)):
            for value, elements in entries:
                yield name, value
                for part in rules.parts_of(elements):
                    yield "mix_elements", Value(elements=list(part))


class Opened:
    """A request with its answers and what came out: `counts` of a sum, `opened` (elements by ciphertext) of a list."""

    def __init__(self, kind, request, partials):
        self.kind, self.request, self.partials = kind, request, partials
        self.counts, self.opened, self.cascade = None, None, None


def list_request(maker, cascade, number, previous, closings):
    """The fields of a request for a list."""
    last = cascade.stages[-1][0] if cascade.stages else Value(list=bytes(32))
    width = maker.election.shapes[cascade.group.contest].width
    return Value(e1=maker.e1, domain=maker.election.domain, number=number, previous=previous, group=cascade.group.group,
                 contest=cascade.group.contest, stages=len(cascade.stages),
                 ciphertexts=len(cascade.last(width)) if cascade.stages else 0, list=last.list, closings=closings)


def make_list_partial(maker, request, digest, trustee, cascade):
    """One answer; its factors go beside the list."""
    alphas = [element for element in cascade.stages[-1][1][::2]]
    factors = [encode(multiply(trustee.share, decode_cached(alpha))) for alpha in alphas]
    share_key = maker.ceremony.election_key.boards[trustee.board].share_keys[trustee.number - 1]
    partial = Value(number=request.number, board=trustee.board, trustee=trustee.number)
    made = Value(partial=partial, factors=factors, cascade=cascade)
    maker.hook("list_partial.factors", made)
    partial.factors = lists.factors_hash(made.factors)
    partial.proof = opening.partial_prove(digest, partial.board, partial.trustee, trustee.share, share_key, alphas, made.factors,
                                          trustee.stream.bytes(32))
    maker.hook("list_partial", partial)
    sign_list_partial(maker, partial, digest, trustee)
    maker.hook("list_partial.signed", partial)
    beside = Value(group=cascade.group.group, board=partial.board, trustee=partial.trustee, count=len(made.factors))
    maker.hook("mix_factors", beside)
    cascade.factors.append((beside, made.factors))
    return partial


def sign_list_partial(maker, partial, digest, trustee):
    partial.signature = sign(trustee.signing, trustee.signing_key, "partial", maker.election.domain, maker.e1,
                             lists.partial_digest(digest, partial), trustee.stream.bytes(32))


def opened_list(maker, cascade, partials):
    """The opened elements, ciphertext by ciphertext."""
    width = maker.election.shapes[cascade.group.contest].width
    last = cascade.last(width)
    pairs = [each[64 * place:64 * place + 64] for each in last for place in range(width)]
    points = lists.combine(maker.election.boards, pairs,
                           [(partial, factors) for partial, (_, factors) in zip(partials, cascade.factors)])
    return [points[i:i + width] for i in range(0, len(points), width)]


def list_counts(maker, opened):
    """(counts as in 75.1 but for the blanks of slots, permitted choices) of an opened list."""
    group = opened.cascade.group
    shape, contest = maker.election.shapes[group.contest], maker.election.contests[group.contest]
    counted = OpenedGroup(contest, shape, group.size, opened.opened)
    return counted.counts, counted.choices


def safe_counts(maker, opened):
    """The same; zeros where a dishonest mixer or trustee has left nothing that can be counted."""
    try:
        return list_counts(maker, opened)
    except Failed:
        return [0] * maker.election.count_places(opened.cascade.group.contest), []
