"""Vectors of section 41: a ciphertext holds one of several values."""

from .. import disjunction
from ..elgamal import encrypt
from ..group import GENERATOR_BYTES, ORDER, FixedBase, encode, map_to_group, multiply_generator
from ..hashing import scalar_bytes
from ..random_stream import RandomStream
from .section import Section, changed
from .sigma import Kind, context_of


class Key:
    """A key whose owner makes the vectors, so that what owners could forge is among them."""

    def __init__(self, stream):
        self.secret = stream.nonzero()
        self.element = encode(multiply_generator(self.secret))
        self.table = FixedBase(multiply_generator(self.secret))

    def encrypt(self, value, nonce):
        return encrypt(self.table, value, nonce)

    def false_nonce(self, nonce, value, claimed):
        """Opens β, but not α, as an encryption of another value."""
        return (nonce + (value - claimed) * pow(self.secret, -1, ORDER)) % ORDER


def raised(proof, at):
    """The scalar at this byte, plus one."""
    value = int.from_bytes(proof[at:at + 32], "little")
    return proof[:at] + scalar_bytes(value + 1) + proof[at + 32:]


def bad_blocks(kind, proof, elements, names):
    """Every element made none, every scalar raised by one; names: of the blocks, in order."""
    for index, name in enumerate(names):
        at = 32 * index
        if index < elements:
            kind.bad(f"{name} is no element", "membership", proof=proof[:at] + b"\x01" + bytes(31) + proof[at + 32:])
        else:
            kind.bad(f"{name} raised by one", proof=raised(proof, at))
    at = 32 * elements
    value = int.from_bytes(proof[at:at + 32], "little")
    kind.bad(f"{names[elements]} not reduced", "membership",
             proof=proof[:at] + (value + ORDER).to_bytes(32, "little") + proof[at + 32:])
    kind.bad("a byte missing", "structure", proof=proof[:-1])
    kind.bad("a byte too many", "structure", proof=proof + b"\0")
    kind.bad("empty proof", "structure", proof=b"")


def bad_statement(kind, stream, key, ciphertext):
    """Every public part flipped in turn."""
    kind.bad("another context", context=changed(kind.fields["context"], 0))
    kind.bad("another key", key=stream.element())
    kind.bad("another alpha", ciphertext=stream.element() + ciphertext[32:])
    kind.bad("another beta", ciphertext=ciphertext[:32] + stream.element())
    kind.bad("alpha and beta exchanged", ciphertext=ciphertext[32:] + ciphertext[:32])
    kind.bad("the ciphertext of another voter, who chose the same",
             ciphertext=key.encrypt(kind.value, stream.nonzero()))
    kind.bad("K is the identity", "identity", key=bytes(32))
    kind.bad("alpha is the identity", "identity", ciphertext=bytes(32) + ciphertext[32:])


def block_names(values):
    """T_0 ..., c_0 ..., z_0 ... of one disjunction."""
    return ([f"T_{i}" for i in range(2 * values)] + [f"c_{i}" for i in range(values - 1)]
            + [f"z_{i}" for i in range(values)])


def _make(kind, stream, key, values, index, comment):
    nonce, seed, context = stream.nonzero(), stream.bytes(32), stream.bytes(16)
    ciphertext = key.encrypt(values[index], nonce)
    proof = disjunction.prove(context_of(context), key.element, ciphertext, values, index, nonce, seed)
    kind.good(comment, {"context": context, "key": key.element, "ciphertext": ciphertext, "values": values,
                        "proof": proof}, value=values[index], nonce=scalar_bytes(nonce), seed=seed)
    kind.value = values[index]
    return context, ciphertext, nonce, seed, proof


def _lies(kind, stream, key, values):
    """What a prover can try who knows all: the key too."""
    nonce, seed, context = stream.nonzero(), stream.bytes(32), stream.bytes(16)
    for value, claimed in ((values[-1] + 1, 0), (values[0], 1)):
        ciphertext = key.encrypt(value, nonce)
        for comment, used, fails in (
                (f"it holds {value}, {values[claimed]} is claimed", nonce, f"equation-{2 * claimed + 1}"),
                (f"it holds {value}, {values[claimed]} is claimed, with a nonce that fits beta for whoever knows log K",
                 key.false_nonce(nonce, value, values[claimed]), f"equation-{2 * claimed}")):
            proof = disjunction.prove(context_of(context), key.element, ciphertext, values, claimed, used, seed)
            kind.bad(comment, fails, context=context, ciphertext=ciphertext, proof=proof)


def make():
    section = Section("41", "41-disjunction/vectors/disjunction.json")
    stream = RandomStream("41/disjunction")
    kind = Kind(section, "disjunction", lambda context, key, ciphertext, values, proof:
                disjunction.equations(context_of(context), key, ciphertext, values, proof))
    key = Key(stream)
    for values, index in (([0, 1], 0), ([0, 1], 1), ([1, 4, 9], 1)):
        _, ciphertext, _, _, proof = _make(kind, stream, key, values, index, f"{values[index]} of {values}")
        bad_blocks(kind, proof, 2 * len(values), block_names(len(values)))
        bad_statement(kind, stream, key, ciphertext)
        for at, value in enumerate(values):
            other = values[:at] + [value + 1] + values[at + 1:]
            kind.bad(f"value {value} replaced by {value + 1}", values=sorted(set(other)) if at + 1 < len(values) else other)
        kind.bad("values in another order", "structure", values=values[::-1])
        kind.bad("a value twice", "structure", values=values[:1] + values[:-1])
        kind.bad("a value more", "structure", values=values + [values[-1] + 1])
        _lies(kind, stream, key, values)
        kind.bad("the generator as ciphertext", ciphertext=GENERATOR_BYTES * 2)
    kind.bad("one value", "structure", values=values[:1], proof=proof[:96])
    kind.bad("no value", "structure", values=[], proof=b"")
    kind.bad("65 values", "structure", values=list(range(65)), proof=bytes(128 * 65 - 32))
    _make(kind, stream, key, [0, 2**62, 2**63 - 1], 2, "large values")
    _make(kind, stream, key, list(range(64)), 41, "64 values")
    nonce, seed, context = -7 * pow(key.secret, -1, ORDER) % ORDER, stream.bytes(32), stream.bytes(16)
    ciphertext = key.encrypt(7, nonce)
    assert ciphertext[32:] == bytes(32)
    kind.good("beta is the identity, as the key's owner can arrange", {
        "context": context, "key": key.element, "ciphertext": ciphertext, "values": [7, 8],
        "proof": disjunction.prove(context_of(context), key.element, ciphertext, [7, 8], 0, nonce, seed)},
              value=7, nonce=scalar_bytes(nonce), seed=seed)
    point = encode(map_to_group(stream.bytes(64)))
    kind.bad("beta is the identity, and all zero bytes as proof", key=point, ciphertext=point + bytes(32), proof=bytes(224))
    return section
