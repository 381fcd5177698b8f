"""Vectors of section 42: a ciphertext holds an integer within bounds."""

from .. import value_range
from ..hashing import scalar_bytes
from ..random_stream import RandomStream
from .disjunction import Key, bad_blocks, bad_statement, block_names, raised
from .section import Section
from .sigma import Kind, context_of


def _make(kind, stream, key, low, high, value, comment, bits=None):
    nonce, seed, context = stream.nonzero(), stream.bytes(32), stream.bytes(16)
    ciphertext = key.encrypt(value, nonce)
    proof = value_range.prove(context_of(context), key.element, ciphertext, low, high, value, nonce, seed, bits)
    fields = {"context": context, "key": key.element, "ciphertext": ciphertext, "low": low, "high": high, "proof": proof}
    if bits is None:
        kind.good(comment, fields, value=value, nonce=scalar_bytes(nonce), seed=seed)
    else:
        kind.good(comment, fields)
    kind.value = value
    return ciphertext, proof


def _lie(kind, stream, key, comment, value, claimed, fails, bits=None, with_key=False):
    low, high = kind.fields["low"], kind.fields["high"]
    nonce, seed, context = stream.nonzero(), stream.bytes(32), stream.bytes(16)
    ciphertext = key.encrypt(value, nonce)
    used = key.false_nonce(nonce, value, claimed) if with_key else nonce
    proof = value_range.prove(context_of(context), key.element, ciphertext, low, high, claimed, used, seed, bits)
    kind.bad(comment, fails, context=context, ciphertext=ciphertext, proof=proof)


def _listed(kind, stream, key):
    for low, high, value in ((0, 1, 1), (0, 5, 5), (3, 5, 4)):
        ciphertext, proof = _make(kind, stream, key, low, high, value, f"{value} in {low}..{high}, all values listed")
        bad_blocks(kind, proof, 2 * (high - low + 1), block_names(high - low + 1))
        bad_statement(kind, stream, key, ciphertext)
        kind.bad("bounds one higher", low=low + 1, high=high + 1)
        kind.bad("high one higher", "structure", high=high + 1)
        kind.bad("low above high", "structure", low=high, high=low)
        kind.bad("low is high", "structure", low=high)
        _lie(kind, stream, key, "high + 1, high is claimed", high + 1, high, f"equation-{2 * (high - low) + 1}")
        _lie(kind, stream, key, "high + 1, high is claimed, with a nonce that fits beta for whoever knows log K",
             high + 1, high, f"equation-{2 * (high - low)}", with_key=True)
    kind.bad("a low of 2^63 - 1 and a high of 0", "structure", low=2**63 - 1, high=0)


def _bad_bits(kind, stream, key, ciphertext, proof):
    """low..high in three bits; their ciphertexts are B_2 and B_3 and stand first in the proof."""
    low, high = kind.fields["low"], kind.fields["high"]
    names = ["B_2.alpha", "B_2.beta", "B_3.alpha", "B_3.beta"]
    names += [f"T_{i} of B_{j}" for j in (1, 2, 3) for i in range(4)]
    names += [f"{name} of B_{j}" for j in (1, 2, 3) for name in ("c_0", "z_0", "z_1")]
    bad_blocks(kind, proof, 16, names)
    bad_statement(kind, stream, key, ciphertext)
    kind.bad("B_2 and B_3 exchanged", proof=proof[64:128] + proof[:64] + proof[128:])
    kind.bad("B_2 replaced", proof=key.encrypt(1, stream.nonzero()) + proof[64:])
    kind.bad("the proofs of B_1 and B_2 exchanged", proof=proof[:128] + proof[256:384] + proof[128:256] + proof[384:])
    kind.bad("alpha of B_2 is the identity", "identity", proof=bytes(32) + proof[32:])
    s_2, s_3 = stream.nonzero(), stream.nonzero()
    first, second, third = value_range.weights(low, high)
    assert first == 1
    kind.bad("alpha of B_1, which is implied, is the identity", "identity",
             ciphertext=key.encrypt(low + second, second * s_2 + third * s_3),
             proof=key.encrypt(1, s_2) + key.encrypt(0, s_3) + proof[128:])
    kind.bad("bounds one higher", low=low + 1, high=high + 1)
    kind.bad("low one lower", low=low - 1)
    kind.bad("high one higher", high=high + 1)
    kind.bad("a proof that lists values", "structure", high=low + 5)
    kind.bad("one more bit", "structure", high=low + 8)
    kind.bad("low is high", "structure", low=high)
    # B_1 takes what the other bits leave: 1 more than a bit, or 1 less than none.
    _lie(kind, stream, key, "high + 1, high is claimed", high + 1, high, "equation-3")
    _lie(kind, stream, key, "low - 1, low is claimed", low - 1, low, "equation-1")
    _lie(kind, stream, key, "high + 1, high is claimed, with a nonce that fits beta for whoever knows log K",
         high + 1, high, "equation-2", with_key=True)
    _lie(kind, stream, key, "high + w_2 with a 2 for a bit", high + second, high + second, "equation-7", [1, 2, 1])
    _lie(kind, stream, key, "half of the value for another", high - 1, high, "equation-3")
    kind.bad("z_1 of the last bit raised by one", proof=raised(proof, len(proof) - 32))


def _bits(kind, stream, key):
    ciphertext, proof = _make(kind, stream, key, 10, 16, 13, "13 in 10..16, by bits of weight 1, 2, 3")
    _bad_bits(kind, stream, key, ciphertext, proof)
    for low, high, value in ((0, 6, 0), (0, 6, 6), (0, 7, 5), (1, 100, 100), (1, 100, 1), (0, 1000, 777),
                             (2**40, 2**41, 3 * 2**39), (0, 2**63 - 1, 2**62 + 12345)):
        _make(kind, stream, key, low, high, value, f"{value} in {low}..{high}, by bits")
    _make(kind, stream, key, 0, 6, 3, "3 in 0..6 as 1 + 2, which is not canonical and harmless", [1, 1, 0])


def make():
    section = Section("42", "42-range/vectors/range.json")
    stream = RandomStream("42/range")
    kind = Kind(section, "range", lambda context, key, ciphertext, low, high, proof:
                value_range.equations(context_of(context), key, ciphertext, low, high, proof))
    key = Key(stream)
    _listed(kind, stream, key)
    _bits(kind, stream, key)
    return section
