"""Vectors of section 43: two ciphertexts of one plaintext; a ciphertext encrypted anew."""

from .. import plaintext_equality
from ..elgamal import decode_pair
from ..group import ORDER, add, decode, encode, multiply_generator
from ..hashing import scalar_bytes
from ..random_stream import RandomStream
from .disjunction import Key, bad_blocks
from .section import Section, changed
from .sigma import Kind, context_of


def with_element(ciphertext, element):
    """The same with an element, of which nobody knows a logarithm, added to the plaintext."""
    alpha, beta = decode_pair(ciphertext)
    return encode(alpha) + encode(add(beta, decode(element)))


def _make(kind, stream, comment, first, second, one, other, nonces):
    seed, context = stream.bytes(32), stream.bytes(16)
    statement = first.element, one, second.element, other
    proof = plaintext_equality.prove(context_of(context), *statement, *nonces, seed)
    kind.good(comment, {"context": context, "key": first.element, "ciphertext": one, "other_key": second.element,
                        "other_ciphertext": other, "proof": proof},
              nonce=scalar_bytes(nonces[0]), other_nonce=scalar_bytes(nonces[1]), seed=seed)
    return proof


def _bad_statement(kind, stream):
    fields = kind.fields
    kind.bad("another context", context=changed(fields["context"], 0))
    for name in ("key", "other_key"):
        kind.bad(f"{name} is another", **{name: stream.element()})
        kind.bad(f"{name} is the identity", "identity", **{name: bytes(32)})
    for name in ("ciphertext", "other_ciphertext"):
        data = fields[name]
        kind.bad(f"alpha of {name} is another", **{name: stream.element() + data[32:]})
        kind.bad(f"beta of {name} is another", **{name: data[:32] + stream.element()})
        kind.bad(f"alpha of {name} is the identity", "identity", **{name: bytes(32) + data[32:]})
    if fields["ciphertext"] != fields["other_ciphertext"]:
        kind.bad("the ciphertexts exchanged", ciphertext=fields["other_ciphertext"], other_ciphertext=fields["ciphertext"])
    if fields["key"] != fields["other_key"]:
        kind.bad("the keys exchanged", key=fields["other_key"], other_key=fields["key"])


def _equality(section, stream):
    kind = Kind(section, "plaintext-equality", lambda context, key, ciphertext, other_key, other_ciphertext, proof:
                plaintext_equality.equations(context_of(context), key, ciphertext, other_key, other_ciphertext, proof))
    first, second = Key(stream), Key(stream)
    names = ["T_0", "T_1", "T_2", "z_0", "z_1"]
    for comment, other in (("two keys", second), ("one key", first)):
        r, other_r = stream.nonzero(), stream.nonzero()
        one, two = first.encrypt(5, r), other.encrypt(5, other_r)
        proof = _make(kind, stream, comment, first, other, one, two, (r, other_r))
        bad_blocks(kind, proof, 3, names)
        _bad_statement(kind, stream)
        context, seed = kind.fields["context"], stream.bytes(32)
        lie = other.encrypt(6, other_r)
        for text, claimed, fails in (
                ("5 and 6", (r, other_r), "equation-2"),
                ("5 and 6, with a nonce that fits the first beta for whoever knows log K",
                 (first.false_nonce(r, 5, 6), other_r), "equation-0"),
                ("5 and 6, with a nonce that fits the second beta for whoever knows log K'",
                 (r, other.false_nonce(other_r, 6, 5)), "equation-1")):
            kind.bad(text, fails, other_ciphertext=lie, proof=plaintext_equality.prove(
                context_of(context), first.element, one, other.element, lie, *claimed, seed))
        kind.bad("nonces exchanged", proof=plaintext_equality.prove(
            context_of(context), first.element, one, other.element, two, other_r, r, seed))
    element, r, other_r = stream.element(), stream.nonzero(), stream.nonzero()
    _make(kind, stream, "the plaintext is an element without known logarithm", first, second,
          with_element(first.encrypt(0, r), element), with_element(second.encrypt(0, other_r), element), (r, other_r))
    same = first.encrypt(3, r)
    _make(kind, stream, "one ciphertext twice", first, first, same, same, (r, r))
    other_r = r * first.secret * pow(second.secret, -1, ORDER) % ORDER
    one, two = first.encrypt(9, r), second.encrypt(9, other_r)
    assert one[32:] == two[32:]
    _make(kind, stream, "equal betas, as the owner of both keys can arrange", first, second, one, two, (r, other_r))


def _reencryption(section, stream):
    kind = Kind(section, "re-encryption", lambda context, key, ciphertext, reencrypted, proof:
                plaintext_equality.reencryption_equations(context_of(context), key, ciphertext, reencrypted, proof))
    key = Key(stream)
    for value in (1, 30):
        r, factor, seed, context = stream.nonzero(), stream.nonzero(), stream.bytes(32), stream.bytes(16)
        old, new = key.encrypt(value, r), key.encrypt(value, r + factor)
        proof = plaintext_equality.reencryption_prove(context_of(context), key.element, old, new, factor, seed)
        kind.good(f"{value} encrypted anew", {"context": context, "key": key.element, "ciphertext": old,
                                              "reencrypted": new, "proof": proof},
                  factor=scalar_bytes(factor), seed=seed)
        bad_blocks(kind, proof, 2, ["T_1", "T_2", "z"])
        kind.bad("another context", context=changed(context, 0))
        kind.bad("another key", key=stream.element())
        for name, data in (("ciphertext", old), ("reencrypted", new)):
            kind.bad(f"alpha of {name} is another", **{name: stream.element() + data[32:]})
            kind.bad(f"beta of {name} is another", **{name: data[:32] + stream.element()})
            kind.bad(f"alpha of {name} is the identity", "identity", **{name: bytes(32) + data[32:]})
        kind.bad("K is the identity", "identity", key=bytes(32))
        kind.bad("nothing encrypted anew", "identity", reencrypted=old)
        kind.bad("the same alpha, another beta", "identity", reencrypted=old[:32] + new[32:])
        kind.bad("new and old exchanged", ciphertext=new, reencrypted=old)
        both = encode(multiply_generator(stream.nonzero()))
        shift = stream.element()
        kind.bad("both with an element added to alpha, so that the difference stays", ciphertext=shifted(old, shift),
                 reencrypted=shifted(new, shift))
        lie = key.encrypt(value + 1, r + factor)
        kind.bad("one more", "equation-1", reencrypted=lie, proof=plaintext_equality.reencryption_prove(
            context_of(context), key.element, old, lie, factor, seed))
        kind.bad("one more, with a factor that fits beta for whoever knows log K", "equation-0", reencrypted=lie,
                 proof=plaintext_equality.reencryption_prove(context_of(context), key.element, old, lie,
                                                             key.false_nonce(factor, 1, 0), seed))
        kind.bad("a ciphertext of one's own", reencrypted=both + stream.element())


def shifted(ciphertext, element):
    """The same with an element added to alpha."""
    alpha, beta = decode_pair(ciphertext)
    return encode(add(alpha, decode(element))) + encode(beta)


def make():
    section = Section("43", "43-plaintext-equality/vectors/plaintext_equality.json")
    stream = RandomStream("43/plaintext_equality")
    _equality(section, stream)
    _reencryption(section, stream)
    return section
