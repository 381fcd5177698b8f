"""The proofs of sections 41 to 43 in two integer groups: one with short scalars, one with long ones."""

from .. import disjunction, integer_group, plaintext_equality, value_range
from ..equations import failing
from ..random_stream import RandomStream
from .section import Section, changed
from .sigma import Kind, context_of

GROUPS = ("modp4096", "rfc3526-2048")


class Key:
    """A key whose owner makes the vectors."""

    def __init__(self, group, stream):
        self.group = group
        self.secret = nonzero(group, stream)
        self.point = group.sum_of_multiples([(self.secret, group.generator)])
        self.element = group.encode(self.point)

    def encrypt(self, value, nonce):
        return disjunction.encrypt(self.group, self.point, value, nonce)

    def false_nonce(self, nonce, value, claimed):
        """Opens β, but not α, as an encryption of another value."""
        return (nonce + (value - claimed) * pow(self.secret, -1, self.group.order)) % self.group.order


def nonzero(group, stream):
    return group.reduce(stream.bytes(64 * group.nonce_blocks)) or 1


def negated(group, proof):
    """The first element E of a proof replaced by the residue p − E, which is no element."""
    first = int.from_bytes(proof[:group.element_bytes], "big")
    return group.encode(group.p - first) + proof[group.element_bytes:]


class Maker:
    """Vectors of one group."""

    def __init__(self, section, group, stream):
        self.section, self.group, self.stream = section, group, stream
        self.key = Key(group, stream)

    def kind(self, name, verify):
        return Kind(self.section, name, verify, lambda equations: failing(equations, self.group))

    def drawn(self):
        return nonzero(self.group, self.stream), self.stream.bytes(32), self.stream.bytes(16)

    def scalar(self, value):
        return self.group.encode_scalar(value)

    def usual(self, kind, proof):
        """What is wrong with a proof alone."""
        kind.bad("-E for its first element E", "membership", proof=negated(self.group, proof))
        kind.bad("its last scalar not reduced", "membership",
                 proof=proof[:-self.group.scalar_bytes] + self.group.order.to_bytes(self.group.scalar_bytes, "big"))
        kind.bad("a byte missing", "structure", proof=proof[:-1])
        kind.bad("its last bit changed", proof=changed(proof, -1))
        kind.bad("another context", context=changed(kind.fields["context"], 0))

    def disjunction(self):
        group, key = self.group, self.key
        kind = self.kind("disjunction", lambda group_name, context, key, ciphertext, values, proof:
                         disjunction.equations(context_of(context), key, ciphertext, values, proof, group))
        nonce, seed, context = self.drawn()
        ciphertext, values = key.encrypt(1, nonce), [0, 1]

        def prove(index, used):
            return disjunction.prove(context_of(context), key.element, ciphertext, values, index, used, seed, group)

        proof = prove(1, nonce)
        kind.good("1 of [0, 1]", {"group_name": group.name, "context": context, "key": key.element,
                                  "ciphertext": ciphertext, "values": values, "proof": proof},
                  value=1, nonce=self.scalar(nonce), seed=seed)
        self.usual(kind, proof)
        kind.bad("another list", values=[0, 2])
        kind.bad("alpha is the identity", "identity", ciphertext=group.identity_bytes + ciphertext[group.element_bytes:])
        kind.bad("it holds 1, 0 is claimed", "equation-1", proof=prove(0, nonce))
        kind.bad("it holds 1, 0 is claimed, with a nonce that fits beta for whoever knows log K", "equation-0",
                 proof=prove(0, key.false_nonce(nonce, 1, 0)))

    def range(self):
        group, key = self.group, self.key
        kind = self.kind("range", lambda group_name, context, key, ciphertext, low, high, proof:
                         value_range.equations(context_of(context), key, ciphertext, low, high, proof, group))
        nonce, seed, context = self.drawn()
        ciphertext = key.encrypt(13, nonce)
        proof = value_range.prove(context_of(context), key.element, ciphertext, 10, 16, 13, nonce, seed, group=group)
        kind.good("13 in 10..16", {"group_name": group.name, "context": context, "key": key.element,
                                   "ciphertext": ciphertext, "low": 10, "high": 16, "proof": proof},
                  value=13, nonce=self.scalar(nonce), seed=seed)
        kind.bad("alpha of B_2 is the identity", "identity", proof=group.identity_bytes + proof[group.element_bytes:])
        kind.bad("bounds one higher", low=11, high=17)

    def equality(self):
        group, key, other = self.group, self.key, Key(self.group, self.stream)
        kind = self.kind("plaintext-equality", lambda group_name, context, key, ciphertext, other_key, other_ciphertext,
                         proof: plaintext_equality.equations(context_of(context), key, ciphertext, other_key,
                                                             other_ciphertext, proof, group))
        nonce, seed, context = self.drawn()
        other_nonce = nonzero(group, self.stream)
        one, two = key.encrypt(4, nonce), other.encrypt(4, other_nonce)
        proof = plaintext_equality.prove(context_of(context), key.element, one, other.element, two, nonce, other_nonce,
                                         seed, group)
        kind.good("two keys", {"group_name": group.name, "context": context, "key": key.element, "ciphertext": one,
                               "other_key": other.element, "other_ciphertext": two, "proof": proof},
                  nonce=self.scalar(nonce), other_nonce=self.scalar(other_nonce), seed=seed)
        self.usual(kind, proof)
        lie = other.encrypt(5, other_nonce)
        kind.bad("4 and 5", "equation-2", other_ciphertext=lie, proof=plaintext_equality.prove(
            context_of(context), key.element, one, other.element, lie, nonce, other_nonce, seed, group))

    def reencryption(self):
        group, key = self.group, self.key
        kind = self.kind("re-encryption", lambda group_name, context, key, ciphertext, reencrypted, proof:
                         plaintext_equality.reencryption_equations(context_of(context), key, ciphertext, reencrypted,
                                                                   proof, group))
        nonce, seed, context = self.drawn()
        factor = nonzero(group, self.stream)
        old, new = key.encrypt(7, nonce), key.encrypt(7, nonce + factor)
        proof = plaintext_equality.reencryption_prove(context_of(context), key.element, old, new, factor, seed, group)
        kind.good("7 encrypted anew", {"group_name": group.name, "context": context, "key": key.element,
                                       "ciphertext": old, "reencrypted": new, "proof": proof},
                  factor=self.scalar(factor), seed=seed)
        kind.bad("nothing encrypted anew", "identity", reencrypted=old)
        lie = key.encrypt(8, nonce + factor)
        kind.bad("one more", "equation-1", reencrypted=lie, proof=plaintext_equality.reencryption_prove(
            context_of(context), key.element, old, lie, factor, seed, group))


def make():
    section = Section("12p", "12-integer-groups/vectors/value_proofs.json")
    groups = integer_group.load()
    for name in GROUPS:
        maker = Maker(section, groups[name], RandomStream("12/value_proofs/" + name))
        maker.disjunction()
        if name == GROUPS[0]:
            maker.range()  # many powers, which take long where scalars are long
        maker.equality()
        maker.reencryption()
    return section
