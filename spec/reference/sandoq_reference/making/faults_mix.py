"""What boards and mixers can do to the lists that are mixed: groups, stages, proofs (spec 60, 48)."""

import copy

from .. import list_opening, mix
from ..elgamal import add_pairs, decode_pair, encode_pair, encrypt
from ..group import IDENTITY_BYTES, derived_base, multiply_generator
from ..hashing import scalar_bytes
from ..items import KIND_OF
from ..layout import Value
from ..random_stream import RandomStream
from ..shuffle import Bases, list_hash
from . import mixing
from .election import FIRST_MIX
from .keys import Plan
from .mixed import CHAIR, COUNCIL, NORTH, NORTH_1, NORTH_2, SOUTH, SOUTH_1, SOUTH_2, WARD
from .mutating import NOT_AN_ELEMENT, flipped, plus, setting, shifted, swapped, to, unreduced
from .mutating import mixed as M


def indices(files, name):
    """Where the items of a kind stand in the mix files."""
    return [at for at, (kind, _) in enumerate(files[FIRST_MIX]) if kind == KIND_OF[name]]


def nth_item(files, name, nth):
    return files[FIRST_MIX][indices(files, name)[nth]][1]


def group(nth, change):
    """A change of the nth mix_group item alone."""
    return lambda files, maker: change(nth_item(files, "mix_group", nth), maker)


def planned(function):
    """Other groups than planned, mixed and opened like any others."""
    def change(groups, maker):
        groups[:] = function(groups)
    return change


def council(*nodes):
    """Other groups of the council."""
    return planned(lambda groups: [(COUNCIL, list(each)) for each in nodes] + [each for each in groups if each[0] != COUNCIL])


def _place(maker, node):
    return Value(node=node, hash=maker.nodes[node].hash)


def _added(contest, node, ballots, size):
    """One more group, last of all, that nobody has mixed."""
    def change(files, maker):
        files[FIRST_MIX].append((KIND_OF["mix_group"], Value(
            group=len(maker.cascades) + 1, contest=contest, nodes=[_place(maker, node)], ballots=ballots, size=size)))
    return change


def _more_nodes(nth, *nodes):
    """The nth group names further places."""
    return group(nth, lambda value, maker: value.nodes.extend(_place(maker, node) for node in nodes))


GROUPS = [
    M("mix-group-number", "T9", "mix.groups", "a group has another number", "files", group(1, setting("group", plus(1)))),
    M("mix-group-contest", "T19", "mix.groups", "a group names a contest that does not exist",
      "files", group(1, setting("contest", to(9)))),
    M("mix-group-of-sums", "T19", "mix.groups", "a group mixes a contest that is added up", "files", _added(3, 0, 5, 35)),
    M("mix-group-node", "T19", "mix.groups", "a group names a place that does not exist",
      "files", group(2, setting("nodes.0.node", to(99)))),
    M("mix-group-node-hash", "T19", "mix.groups", "a group names another hash of a place",
      "files", group(0, setting("nodes.0.hash", flipped))),
    M("mix-group-outside", "T19", "mix.groups", "a group names a place above the contest's scope",
      "groups", planned(lambda groups: groups[:3] + [(CHAIR, [0])])),
    M("mix-group-ballots", "T9", "mix.groups", "a group counts a ballot too many",
      "files", group(0, setting("ballots", plus(1)))),
    M("mix-group-size", "T9", "mix.groups", "a group has another number of ciphertexts than its ballots",
      "files", group(2, setting("size", plus(1)))),
    M("mix-group-nodes-descending", "T9", "mix.groups", "the places of a group descend",
      "groups", council([NORTH_2, NORTH_1], [SOUTH])),
    M("mix-group-node-twice", "T9", "mix.groups", "a group names a place twice", "files", _more_nodes(1, SOUTH)),
    M("mix-group-node-above", "T9", "mix.groups", "a group names a district and a branch in it",
      "files", _more_nodes(1, SOUTH_1)),
    M("mix-group-node-without-ballots", "T19", "mix.groups", "a group names a branch where nobody has voted",
      "groups", council([NORTH], [SOUTH_1, SOUTH_2])),
    M("mix-groups-swapped", "T9", "mix.groups", "the groups of a contest stand in another order",
      "groups", council([SOUTH], [NORTH])),
    M("mix-contests-swapped", "T9", "mix.groups", "the groups of two contests stand in another order",
      "groups", planned(lambda groups: groups[:2] + [groups[3], groups[2]])),
    M("mix-groups-overlap", "T18", "mix.groups", "two groups mix the ballots of one branch",
      "groups", council([NORTH], [NORTH_2, SOUTH])),
    M("mix-branch-left-out", "T18", "mix.groups", "a branch with ballots is in no group of a contest",
      "groups", council([NORTH_1], [SOUTH])),
    M("mix-contest-left-out", "T18", "mix.groups", "a contest with ballots has no group",
      "groups", planned(lambda groups: groups[:2] + groups[3:])),
    M("mix-group-of-one", "T18", "mix.groups", "a group of one ciphertext, which nothing can hide",
      "files", _added(WARD, SOUTH, 1, 1)),
    M("mix-group-of-none", "T18", "mix.groups", "a group without ciphertexts", "files", _added(WARD, SOUTH_2, 0, 0)),
]


def stage(nth, change, signed=True):
    """A change of the nth mix_stage item alone, signed anew by who had signed it."""
    def changed(files, maker):
        value = nth_item(files, "mix_stage", nth)
        signer = value.board, value.trustee
        change(value, maker)
        if signed:
            mixing.sign_stage(maker, value, signer)
    return changed


def mixers(*who):
    """Other trustees mix, all groups alike."""
    def change(groups, maker):
        maker.mixers = list(who)
    return change


def _by_shut_out(value, maker):
    """Trustee 3 of the first board was absent from the key ceremony, and mixes all the same."""
    maker.plans = [Plan(1, absent={(0, 3): "ill"})]
    maker.mixers = [(0, 3), (1, 3)]


def _signed_by_another(stage, maker):
    mixing.sign_stage(maker, stage, (stage.board, 2))


def _unmixed(files, maker):
    """The second group is left without any stage."""
    items, stages = files[FIRST_MIX], indices(files, "mix_stage")
    del items[stages[3]:indices(files, "mix_factors")[len(maker.cascades[0].factors)]]


def _stages_swapped(files, maker):
    items, (first, second) = files[FIRST_MIX], indices(files, "mix_stage")[:2]
    items[first:first + 2], items[second:second + 2] = items[second:second + 2], items[first:first + 2]


def _parts_split(nth):
    """A list stands in two parts where it would fit into one."""
    def change(files, maker):
        at = indices(files, "mix_elements")[nth]
        kind, value = files[FIRST_MIX][at]
        files[FIRST_MIX][at:at + 1] = [(kind, Value(elements=value.elements[:1])), (kind, Value(elements=value.elements[1:]))]
    return change


def _outputs(function):
    """A mixer puts out function(outputs, made, maker), and goes on as if it had proved that."""
    def change(made, maker):
        made.outputs = function(list(made.outputs), made, maker)
        made.stage.list = list_hash(made.outputs)
    return change


def _beside(made, maker):
    """The mixer takes the input list instead of the list that the mixer before it put out."""
    inputs = mixing.input_list(maker, made.cascade.group.contest, [place.node for place in made.cascade.group.nodes])
    made.stage.previous = list_hash(inputs)
    mixer = mixing.mixer_of(maker, made.cascade.group, made.stage, inputs)
    made.outputs, made.stage.list, made.stage.proof = mixer.outputs, list_hash(mixer.outputs), mixer.prove()


def _proof(function):
    def change(made, maker):
        made.stage.proof = function(made.stage.proof)
    return change


STAGES = [
    M("stage-of-another-group", "T18", "mix.stages", "a stage names another group", "files", stage(3, setting("group", to(1)))),
    M("stage-number", "T18", "mix.stages", "a stage has another number", "files", stage(4, setting("stage", plus(1)))),
    M("stage-0", "T18", "mix.stages", "the stages of a group count from 0", "files", stage(3, setting("stage", to(0)))),
    M("stage-board", "T18", "mix.stages", "a stage names a board that does not exist",
      "files", stage(0, setting("board", to(2)))),
    M("stage-trustee", "T18", "mix.stages", "a stage names a trustee that does not exist",
      "files", stage(0, setting("trustee", to(4)))),
    M("stage-trustee-0", "T18", "mix.stages", "a stage names trustee 0", "files", stage(0, setting("trustee", to(0)))),
    M("stage-by-shut-out", "T18", "mix.stages", "a trustee who was shut out mixes", "manifest", _by_shut_out),
    M("mixed-twice", "T18", "mix.stages", "a trustee mixes a group twice", "groups", mixers((0, 1), (1, 1), (0, 1))),
    M("mixed-by-one-board", "T18 T26", "mix.stages", "both mixers are of one board", "groups", mixers((1, 1), (1, 2))),
    M("mixed-by-nobody", "T19", "mix.stages", "a list is opened that nobody has mixed", "files", _unmixed),
    M("stage-missing", "T18", "mix.stages", "the stage in the middle is gone",
      "files", lambda files, maker: files[FIRST_MIX].__delitem__(slice(*indices(files, "mix_stage")[1:3]))),
    M("stages-swapped", "T18", "mix.stages", "two stages stand in the other order", "files", _stages_swapped),
    M("stage-beside", "T18", "mix.stages", "a mixer takes the first list, and the mixer before it is passed by",
      "mix_stage", _beside, nth=1),
    M("stage-previous", "T18", "mix.stages", "a stage names another list that it took",
      "files", stage(5, setting("previous", flipped))),
    M("stage-list", "T18", "mix.stages", "a stage names another list than it put out",
      "files", stage(6, setting("list", flipped))),
    M("ciphertext-dropped", "T18", "mix.stages", "a mixer drops a ciphertext",
      "mix_stage", _outputs(lambda outputs, made, maker: outputs[:-1])),
    M("ciphertext-added", "T18", "mix.stages", "a mixer puts out a ciphertext too many", "mix_stage", _outputs(
        lambda outputs, made, maker: outputs + [encrypt(maker.keys.key_table, 1, RandomStream("attack/added").nonzero())])),
    M("list-element-missing", "T30", "mix.stages", "the last element of a list is gone",
      "files", lambda files, maker: nth_item(files, "mix_elements", 9).elements.pop()),
    M("list-in-parts", "T30", "mix.stages", "a short list stands in two parts", "files", _parts_split(1)),
    M("list-altered", "T18", "mix.stages", "an element of a list is another one than was signed",
      "files", lambda files, maker: swap_elements(nth_item(files, "mix_elements", 2).elements)),
    M("shuffle-proof-long", "T30", "mix.stages", "the proof of a stage is longer than it must be",
      "mix_stage", _proof(lambda proof: proof + bytes(32))),
    M("shuffle-proof-short", "T30", "mix.stages", "the proof of a stage lacks its last scalar",
      "mix_stage", _proof(lambda proof: proof[:-32]), nth=6),
    M("shuffle-proof-missing", "T30 T32", "mix.stages", "a stage has no proof",
      "mix_stage", _proof(lambda proof: b""), nth=3),
    M("stage-signature", "T18", "mix.stages", "the signature of a stage is wrong",
      "files", stage(7, setting("signature", shifted), signed=False)),
    M("stage-signed-by-another", "T18", "mix.stages", "another trustee has signed a stage",
      "mix_stage.signed", _signed_by_another),
    M("stage-changed-after-signing", "T18", "mix.stages", "a proof is changed after its stage was signed",
      "mix_stage.signed", setting("proof", shifted), nth=2),
]


def swap_elements(elements):
    elements[0], elements[2] = elements[2], elements[0]


def _fresh(outputs, made, maker):
    """One ciphertext is replaced by another vote."""
    stream = RandomStream("attack/fresh")
    width = maker.election.shapes[made.cascade.group.contest].width
    outputs[0] = b"".join(encrypt(maker.keys.key_table, 5, stream.nonzero()) for _ in range(width))
    return outputs


def _added_to(pair, message, stream, maker):
    return encode_pair(add_pairs(decode_pair(pair), decode_pair(encrypt(maker.keys.key_table, message, stream.nonzero()))))


def _tagged(outputs, made, maker):
    """One vote moves up and another down: the sum of the list stays what it was."""
    stream = RandomStream("attack/tagged")
    outputs[0], outputs[1] = _added_to(outputs[0], 1, stream, maker), _added_to(outputs[1], -1, stream, maker)
    return outputs


def _copied(outputs, made, maker):
    """One ciphertext takes the place of another, encrypted anew."""
    outputs[1] = _added_to(outputs[0], 0, RandomStream("attack/copied"), maker)
    return outputs


def _doubled(outputs, made, maker):
    pair = decode_pair(outputs[0])
    outputs[0] = encode_pair(add_pairs(pair, pair))
    return outputs


def _halves_swapped(outputs, made, maker):
    outputs[0] = outputs[0][64:] + outputs[0][:64]
    return outputs


def _halves_of_two(outputs, made, maker):
    outputs[0], outputs[1] = outputs[0][:64] + outputs[1][64:], outputs[1][:64] + outputs[0][64:]
    return outputs


def _one_unchanged(outputs, made, maker):
    outputs[made.mixer.pi.index(0)] = made.before[0]
    return outputs


def _old_alpha(outputs, made, maker):
    """An alpha of the input stands in another place, under another beta."""
    outputs[0] = made.before[made.mixer.pi[1]][:32] + outputs[0][32:]
    return outputs


def _alpha_identity(outputs, made, maker):
    outputs[0] = IDENTITY_BYTES + outputs[0][32:]
    return outputs


def _not_an_element(files, maker):
    """In the list of the first stage; the one after it names that list."""
    value, following = (nth_item(files, "mix_stage", nth) for nth in (0, 1))
    elements = nth_item(files, "mix_elements", 0).elements
    elements[1] = NOT_AN_ELEMENT
    value.list = following.previous = list_hash(mix.ciphertexts_of(elements, 1))
    for each in (value, following):
        mixing.sign_stage(maker, each)


def _lying(function, lie):
    """A mixer with a permutation that is none, who says that it is another one."""
    def change(made, maker):
        order = list(made.mixer.pi)
        mixer = mixing.mixer_of(maker, made.cascade.group, made.stage, made.before)
        mixer = mixing.mixer_of(maker, made.cascade.group, made.stage, made.before, permutation=function(list(mixer.pi)))
        made.outputs, made.stage.list = mixer.outputs, list_hash(mixer.outputs)
        made.stage.proof = mixer.prove(lie=lie(order))
    return change


def _one_twice(order):
    return [order[1]] + order[1:]


def _unproved(function):
    """The outputs stay; the proof is one that speaks of something else: function(made, maker) gives the mixer that made it."""
    def change(made, maker):
        mixer = function(made, maker)
        made.outputs, made.stage.list, made.stage.proof = mixer.outputs, list_hash(mixer.outputs), mixer.prove()
    return change


def _elsewhere(of_group=None, of_stage=None, **of_keys):
    """A mixer that proves for another group item, stage item or keys: each a function of what it was, and of the maker."""
    def make(made, maker):
        group, stage_item, keys = copy.deepcopy(made.cascade.group), copy.copy(made.stage), copy.copy(maker.keys)
        if of_group:
            of_group(group)
        if of_stage:
            of_stage(stage_item)
        for name, function in of_keys.items():
            setattr(keys, name, function(getattr(keys, name)))
        return mixing.mixer_of(maker, group, stage_item, made.before, keys)
    return _unproved(make)


def _in_another_domain(made, maker):
    other = copy.copy(maker)
    other.election = copy.copy(maker.election)
    other.election.domain = 3 - maker.election.domain
    return mixing.mixer_of(other, made.cascade.group, made.stage, made.before)


def _of_another_contest(made, maker):
    other = copy.copy(maker)
    other.election = copy.copy(maker.election)
    other.election.contests = list(maker.election.contests)
    other.election.contests[made.cascade.group.contest] = Value(id=b"another")
    return mixing.mixer_of(other, made.cascade.group, made.stage, made.before)


def _of_another_tree(made, maker):
    other = copy.copy(maker)
    other.nodes = [copy.copy(node) for node in maker.nodes]
    other.nodes[0].hash = flipped(other.nodes[0].hash)
    return mixing.mixer_of(other, made.cascade.group, made.stage, made.before)


def _known_bases(bases):
    """Commitment bases whose logarithms the mixer has chosen."""
    stream, points = RandomStream("attack/shuffle-bases"), {}

    def derive(label, index):
        if (label, index) not in points:
            points[label, index] = multiply_generator(stream.nonzero())
        return points[label, index]
    return Bases(derive)


def _bases_of_another(bases):
    return Bases(lambda label, index: derived_base(bytes(32), label, index))


def _other_key(key):
    return RandomStream("attack/other-key").element()


def _of_the_stage_before(made, maker):
    made.stage.proof = made.cascade.stages[0][0].proof


def _replayed(made, maker):
    """The list and the proof of the stage before stand there once more, under another name."""
    before = made.cascade.stages[0]
    made.stage.proof = before[0].proof
    made.outputs = mix.ciphertexts_of(before[1], maker.election.shapes[made.cascade.group.contest].width)
    made.stage.list = list_hash(made.outputs)


def in_proof(element, value):
    """Replaces 32 bytes of the proof."""
    def change(proof):
        at = 32 * element if element >= 0 else len(proof) + 32 * element
        return proof[:at] + value + proof[at + 32:]
    return _proof(change)


PROOFS = [
    M("ciphertext-replaced", "T18", "mix.proofs", "a mixer replaces a vote by one of its own", "mix_stage", _outputs(_fresh)),
    M("ciphertext-duplicated", "T18", "mix.proofs", "a mixer puts out one vote twice, and another not at all",
      "mix_stage", _outputs(_copied), nth=1),
    M("vote-repeated-by-a-lie", "T18", "mix.proofs", "a mixer repeats a vote and proves a permutation that it did not take",
      "mix_stage", _lying(_one_twice, lambda order: order)),
    M("no-permutation-proved", "T18", "mix.proofs", "a mixer repeats a vote and proves that, though it is no permutation",
      "mix_stage", _lying(_one_twice, _one_twice), nth=3),
    M("votes-tagged", "T7 T18", "mix.proofs", "a mixer marks two votes so that their sum stays the same",
      "mix_stage", _outputs(_tagged)),
    M("vote-doubled", "T7", "mix.proofs", "a mixer puts out twice what a ciphertext holds", "mix_stage", _outputs(_doubled), nth=7),
    M("parts-of-a-choice-swapped", "T18", "mix.proofs", "a mixer swaps the two parts of a packed choice",
      "mix_stage", _outputs(_halves_swapped), nth=5),
    M("choices-recombined", "T18", "mix.proofs", "a mixer exchanges the texts of two packed choices",
      "mix_stage", _outputs(_halves_of_two), nth=5),
    M("outputs-swapped", "T18", "mix.proofs", "two outputs change places when the proof is made",
      "mix_stage", _outputs(lambda outputs, made, maker: swapped(outputs))),
    M("one-not-encrypted-anew", "T18", "mix.proofs", "a ciphertext comes out of a stage as it went in",
      "mix_stage", _outputs(_one_unchanged), nth=1),
    M("list-not-mixed", "T18", "mix.proofs", "the whole list comes out of a stage as it went in",
      "mix_stage", _outputs(lambda outputs, made, maker: list(made.before))),
    M("alpha-of-an-input", "T18", "mix.proofs", "an output has the alpha of an input",
      "mix_stage", _outputs(_old_alpha), nth=2),
    M("mixed-alpha-identity", "T1", "mix.proofs", "the alpha of an output is the identity",
      "mix_stage", _outputs(_alpha_identity)),
    M("mixed-no-element", "T1", "mix.proofs", "a list holds bytes that are no element", "files", _not_an_element),
    M("shuffle-element", "T1", "mix.proofs", "the proof of a stage holds bytes that are no element",
      "mix_stage", in_proof(2, NOT_AN_ELEMENT), nth=4),
    M("shuffle-scalar", "T1", "mix.proofs", "the proof of a stage holds a scalar that is not reduced",
      "mix_stage", _proof(unreduced)),
    M("shuffle-response", "T3", "mix.proofs", "the last answer of a proof is another one", "mix_stage", _proof(shifted)),
    M("shuffle-commitment", "T3", "mix.proofs", "a proof does not commit to a permutation",
      "mix_stage", in_proof(0, IDENTITY_BYTES), nth=6),
    M("shuffle-nothing-proved", "T2", "mix.proofs", "a proof of identities and zeros", "mix_stage",
      _proof(lambda proof: bytes(len(proof))), nth=1),
    M("shuffle-first-answer", "T3", "mix.proofs", "the answer to the product is another one", "mix_stage",
      in_proof(-4, scalar_bytes(1)), nth=5),
    M("shuffle-proof-of-the-stage-before", "T18", "mix.proofs", "a stage carries the proof of the stage before it",
      "mix_stage", _of_the_stage_before, nth=1),
    M("stage-replayed", "T18", "mix.proofs", "a mixer repeats list and proof of the mixer before it",
      "mix_stage", _replayed, nth=4),
    M("shuffle-of-another-key", "T18 T12", "mix.proofs", "a mixer encrypts anew under a key of its own, and proves that",
      "mix_stage", _elsewhere(key=_other_key)),
    M("shuffle-of-another-election", "T29", "mix.proofs", "the proof of a stage speaks of another election",
      "mix_stage", _elsewhere(e1=flipped), nth=3),
    M("shuffle-of-another-domain", "T29", "mix.proofs", "the proof of a stage speaks of the real election",
      "mix_stage", _unproved(_in_another_domain)),
    M("shuffle-of-another-contest", "T18", "mix.proofs", "the proof of a stage speaks of another contest",
      "mix_stage", _unproved(_of_another_contest), nth=7),
    M("shuffle-of-another-tree", "T18", "mix.proofs", "the proof of a stage speaks of other sums",
      "mix_stage", _unproved(_of_another_tree), nth=2),
    M("shuffle-of-another-group", "T18", "mix.proofs", "the proof of a stage speaks of another set of places",
      "mix_stage", _elsewhere(of_group=lambda value: setattr(value.nodes[0], "node", SOUTH))),
    M("shuffle-of-another-stage", "T18", "mix.proofs", "the proof of a stage speaks of another stage",
      "mix_stage", _elsewhere(of_stage=lambda value: setattr(value, "stage", value.stage + 1)), nth=1),
    M("shuffle-of-another-mixer", "T18", "mix.proofs", "a mixer passes off the work of another one as its own",
      "mix_stage", _elsewhere(of_stage=lambda value: setattr(value, "trustee", 2)), nth=3),
    M("shuffle-of-another-list", "T18", "mix.proofs", "the proof of a stage names another list that it took",
      "mix_stage", _elsewhere(of_stage=lambda value: setattr(value, "previous", flipped(value.previous))), nth=4),
    M("shuffle-over-known-bases", "T5", "mix.proofs", "a mixer commits by bases whose logarithms it knows",
      "mix_stage", _elsewhere(shuffle_bases=_known_bases)),
    M("shuffle-over-other-bases", "T5", "mix.proofs", "a mixer commits by the bases of another election",
      "mix_stage", _elsewhere(shuffle_bases=_bases_of_another), nth=8),
]

FACTORS = ("mix_factors", "mix_elements")


def _drop_factors(files, nth):
    at = indices(files, "mix_factors")[nth]
    return [files[FIRST_MIX].pop(at) for _ in FACTORS]


def _factors_swapped(files, maker):
    first = indices(files, "mix_factors")[0]
    items = files[FIRST_MIX]
    items[first:first + 4] = items[first + 2:first + 4] + items[first:first + 2]


def _factors_twice(files, maker):
    at = indices(files, "mix_factors")[0]
    files[FIRST_MIX][at:at] = files[FIRST_MIX][at:at + 2]


def _factors(nth, change):
    return lambda files, maker: change(nth_item(files, "mix_factors", nth), maker)


def _factor_elements(nth, change):
    def changed(files, maker):
        value = files[FIRST_MIX][indices(files, "mix_factors")[nth] + 1][1]
        change(value.elements)
    return changed


def _one_factor(made, maker):
    """A trustee answers one ciphertext wrongly, and proves as if it had not."""
    made.factors = list(made.factors)
    made.factors[1] = RandomStream("attack/factor").element()


def _two_factors(made, maker):
    made.factors = swapped(list(made.factors))


def _factors_of_the_first(partial, maker):
    """The answer of a trustee who copies the one before it."""
    before = maker.cascades[0].factors[-1][1]
    partial.factors = list_opening.factors_hash(before)


def _few_answers(nth):
    """Of board 1 only one trustee has answered the nth list."""
    def change(files, maker):
        requests = [at for at, (kind, _) in enumerate(files["opening.pb"]) if kind == KIND_OF["list_request"]]
        del files["opening.pb"][requests[nth] + 5:requests[nth] + 7]
        for _ in range(2):
            _drop_factors(files, 6 * nth + 4)
    return change


def _factor_identity(made, maker):
    made.factors = [IDENTITY_BYTES] + made.factors[1:]


def _factor_no_element(files, maker):
    """Nobody can have proved this; that it is no element is told first."""
    _factor_elements(0, lambda elements: elements.__setitem__(0, NOT_AN_ELEMENT))(files, maker)


ANSWERS = [
    M("list-partial-number", "T13", "opening.partials", "an answer names another list", "list_partial",
      setting("number", plus(1)), nth=7),
    M("list-partial-board", "T13", "opening.partials", "an answer names a board that does not exist", "list_partial",
      setting("board", to(2)), nth=5),
    M("list-partial-trustee", "T13", "opening.partials", "an answer names a trustee that does not exist", "list_partial",
      setting("trustee", to(4)), nth=5),
    M("list-partial-twice", "T13", "opening.partials", "an answer names the trustee before it", "list_partial",
      setting("trustee", to(2)), nth=2),
    M("list-partial-factors", "T13", "opening.partials", "an answer names other factors than stand beside the list",
      "list_partial", setting("factors", flipped), nth=3),
    M("list-partial-copied", "T13", "opening.partials", "an answer names the factors of another trustee",
      "list_partial", _factors_of_the_first, nth=1),
    M("list-factor", "T13", "opening.partials", "a trustee answers one ciphertext of a list wrongly",
      "list_partial.factors", _one_factor, nth=8),
    M("list-factors-swapped", "T13", "opening.partials", "a trustee's answers to two ciphertexts change places",
      "list_partial.factors", _two_factors, nth=18),
    M("list-factor-identity", "T1", "opening.partials", "a factor of a list is the identity",
      "list_partial.factors", _factor_identity, nth=12),
    M("list-factor-no-element", "T1", "opening.partials", "the factors of a list hold bytes that are no element",
      "files", _factor_no_element),
    M("list-partial-proof", "T13", "opening.partials", "the proof of an answer to a list is wrong", "list_partial",
      setting("proof", shifted), nth=9),
    M("list-partial-signature", "T13", "opening.partials", "the signature of an answer to a list is wrong",
      "list_partial.signed", setting("signature", shifted), nth=4),
    M("factors-missing", "T9", "opening.partials", "the factors of an answer are not there",
      "files", lambda files, maker: _drop_factors(files, 5)),
    M("factors-twice", "T9", "opening.partials", "the factors of a trustee stand there twice", "files", _factors_twice),
    M("factors-in-another-order", "T9", "opening.partials", "the factors of two trustees stand in the other order",
      "files", _factors_swapped),
    M("factors-group", "T9", "opening.partials", "factors name another group", "files", _factors(6, setting("group", to(1)))),
    M("factors-board", "T9", "opening.partials", "factors name another board", "files", _factors(0, setting("board", to(1)))),
    M("factors-trustee", "T9", "opening.partials", "factors name another trustee", "files", _factors(0, setting("trustee", to(2)))),
    M("factors-count", "T30", "opening.partials", "factors say that they are one more", "files",
      _factors(1, setting("count", plus(1)))),
    M("factor-missing", "T30", "opening.partials", "the last factor of an answer is gone", "files",
      _factor_elements(2, lambda elements: elements.pop())),
    M("factors-altered", "T13", "opening.partials", "other factors stand beside the list than were signed", "files",
      _factor_elements(3, swap_elements)),
    M("factors-in-parts", "T30", "opening.partials", "short factors stand in two parts", "files", _parts_split(3)),
    M("list-quorum-missing", "T13 T26", "opening.quorum", "a trustee too few of one board has opened a list",
      "files", _few_answers(1)),
]
MIX = GROUPS + STAGES + PROOFS + ANSWERS
