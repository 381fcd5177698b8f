"""The cascade of mixers of a group (spec 60.1 to 60.4)."""

from .equations import Failed, Item
from .group import InvalidElement, decode_cached
from .groups import RISTRETTO255
from .hashing import hash32, sha512
from .items import MIX_GROUP, MIX_STAGE
from .shuffle import Context, Form, Shape, equations, list_hash
from .signature import signature_item

MOST_STAGES = 16
MOST_CIPHERTEXTS = 1 << 20
FULL_PART = 131072  # elements of every part of a list but the last


def per_ballot(shape):
    """How many ciphertexts of a ballot go into the mix."""
    return 1 if shape.packed else shape.slots


def stage_shape(length, width):
    """Rows and columns of a list of this length (48.2)."""
    return Shape(length, width)


def stage_digest(stage):
    return hash32("mix/stage", MIX_STAGE.before(stage, "signature"))


def stage_context(election, keys, group, stage, root):
    """root: the hash of the tally node of the tree's root."""
    return Context(e1=keys.e1, domain=election.domain, key=keys.key, contest=election.contests[group.contest].id,
                   set=MIX_GROUP.encode(group), root=root, stage=stage.stage, mixer=64 * stage.board + stage.trustee,
                   previous=stage.previous)


def ciphertexts_of(elements, width):
    """A list of elements as ciphertexts of 2·width elements each; the number must fit."""
    step = 2 * width
    return [b"".join(elements[i:i + step]) for i in range(0, len(elements), step)]


def parts_of(elements):
    return [elements[i:i + FULL_PART] for i in range(0, len(elements), FULL_PART)]


class Cascade:
    """One group's items as they stand in the files: stages and factors, each with its list of elements."""

    def __init__(self, group):
        self.group, self.stages, self.factors = group, [], []
        self.misparted = {"mix_stage": set(), "mix_factors": set()}  # from 0: which lists have a part too short before another

    def last(self, width):
        """The ciphertexts that are opened."""
        return ciphertexts_of(self.stages[-1][1], width)


def gathered(items):
    """The cascades of (kind name, value) in the order of the mix files."""
    out, elements = [], []
    for name, value in items:
        if name == "mix_group":
            out.append(Cascade(value))
        elif name == "mix_elements":
            if len(elements) % FULL_PART:
                out[-1].misparted[owner].add(len(entries) - 1)
            elements.extend(value.elements)
        else:
            owner, elements = name, []
            entries = out[-1].stages if name == "mix_stage" else out[-1].factors
            entries.append((value, elements))
    return out


def stages_problem(cascade, inputs, shape, election, shut_out):
    """mix.stages of one group, signatures apart, or None; inputs: the ciphertexts of 60.1."""
    group, seen, before = cascade.group, set(), inputs
    if len(cascade.stages) > MOST_STAGES:
        return f"{len(cascade.stages)} stages"
    for number, (stage, elements) in enumerate(cascade.stages, 1):
        name, mixer = f"stage {number}: ", (stage.board, stage.trustee)
        if (stage.group, stage.stage) != (group.group, number):
            return name + f"is stage {stage.stage} of group {stage.group}"
        if stage.board >= len(election.boards) or not 1 <= stage.trustee <= len(election.boards[stage.board].trustees):
            return name + "no such mixer"
        if mixer in shut_out:
            return name + "its mixer is shut out"
        if mixer in seen:
            return name + "its mixer has mixed the group already"
        seen.add(mixer)
        if number - 1 in cascade.misparted["mix_stage"]:
            return name + "a part of its list is too short"
        sizes = stage_shape(len(before), shape.width)
        if len(elements) != 2 * shape.width * sizes.total:
            return name + f"{len(elements)} elements instead of {2 * shape.width * sizes.total}"
        if len(stage.proof) != Form(sizes).size(RISTRETTO255):
            return name + f"a proof of {len(stage.proof)} bytes"
        after = ciphertexts_of(elements, shape.width)
        if stage.previous != list_hash(before):
            return name + "`previous` is the hash of another list"
        if stage.list != list_hash(after):
            return name + "`list` is the hash of another list"
        before = after
    missing = set(range(len(election.boards))) - {board for board, _ in seen}
    return f"no mixer of board {min(missing)}" if missing else None


def stage_signatures(cascade, election, e1):
    for stage, _ in cascade.stages:
        trustee = election.boards[stage.board].trustees[stage.trustee - 1]
        yield signature_item(trustee.signing_key, "mix", election.domain, e1, stage_digest(stage), stage.signature,
                             f"group {stage.group}, stage {stage.stage}: signature")


def stage_item(cascade, number, inputs, shape, election, keys, root):
    """The equations of stage `number` (from 1); Failed if they cannot be written down."""
    stage, elements = cascade.stages[number - 1]
    before = inputs if number == 1 else ciphertexts_of(cascade.stages[number - 2][1], shape.width)
    name = f"group {stage.group}, stage {number}"
    try:
        terms = equations(stage_context(election, keys, cascade.group, stage, root), stage_shape(len(before), shape.width),
                          keys.shuffle_bases, before, ciphertexts_of(elements, shape.width), stage.proof)
    except Failed as error:
        raise Failed(f"{name}: {error.what}") from None
    return Item(sha512(MIX_STAGE.encode(stage))[:32], terms, name)


def elements_problem(elements):
    for index, element in enumerate(elements):
        try:
            decode_cached(element)
        except InvalidElement as error:
            return f"element {index}: {error}"
    return None
