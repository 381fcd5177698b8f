"""Vectors of section 12, and of 30.4 where a scalar is long; proofs of section 40 in each group."""

from .. import integer_group, sigma
from ..group import InvalidElement
from ..random_stream import RandomStream
from ..transcript import Transcript
from .section import Section

# Like another group but for their numbers: elements and bases suffice, and big powers take long.
TWINS = ("modp4096-v1", "swisspost-3072-tt05")


def _accepts(section, group, stream, x, comment):
    """An element that is one; returns its id."""
    assert group.decode(group.encode(x)) == x
    return section.add(comment, "element", group=group.name, encoding=group.encode(x), jacobi=group.jacobi(x))


def _refuses(section, group, base_id, data, check, comment, **fields):
    try:
        group.decode(data)
    except InvalidElement as error:
        assert str(error) == check, (group.name, comment, error)
    else:
        raise AssertionError(f"{group.name}: {comment}: decodes")
    section.add(comment, "element", expect="reject", base_id=base_id, fails_check=check, group=group.name, encoding=data,
                **fields)


def _not_in_subgroup(group, stream):
    """(comment, residue): one for each kind of residue outside the subgroup that is known."""
    p, member = group.p, group.map_to_group(stream.bytes(64))
    assert group.jacobi(member) == 1 == pow(member, (p - 1) // 2, p)  # reciprocity, and Euler's criterion
    other = 2 + int.from_bytes(stream.bytes(group.element_bytes), "little") % (p - 3)
    out = [("-1, of order 2", p - 1), ("-x for an element x", p - member)]
    if group.membership == "batch+jacobi":
        h = pow(other, 2 * group.q, p)
        out += [("of order r', a square", h), ("an element times one of order r'", member * h % p),
                ("of order 2r'", p - h)]
    if group.membership == "exact":
        h = pow(other, (p - 1) // 3, p)
        while h == 1:  # one residue of three is a cube
            other += 1
            h = pow(other, (p - 1) // 3, p)
        assert pow(h, 3, p) == 1 and group.jacobi(h) == 1
        u = pow(other, 6 * group.q, p)
        out += [("of order 3, a square", h), ("an element times one of order 3", member * h % p),
                ("of order dividing u, a square", u)]
    return member, out


def _elements(section, group, stream):
    p = group.p
    _accepts(section, group, stream, 1, "the identity")
    _accepts(section, group, stream, group.g, "the generator")
    member, outside = _not_in_subgroup(group, stream)
    base_id = _accepts(section, group, stream, member, "an element")
    data = group.encode(member)
    _refuses(section, group, base_id, data[1:], "length", "its first byte missing")
    _refuses(section, group, base_id, data[:-1], "length", "its last byte missing")
    _refuses(section, group, base_id, b"\0" + data, "length", "a zero in front")
    _refuses(section, group, base_id, b"", "length", "no bytes")
    _refuses(section, group, base_id, bytes(len(data)), "zero", "0")
    _refuses(section, group, base_id, group.encode(p), "canonical", "p")
    if (p + 1).bit_length() <= 8 * len(data):
        _refuses(section, group, base_id, group.encode(p + 1), "canonical", "p + 1, which is 1 modulo p")
    _refuses(section, group, base_id, b"\xff" * len(data), "canonical", "all ones")
    for comment, x in outside:
        _refuses(section, group, base_id, group.encode(x), "membership", comment, jacobi=group.jacobi(x))
    return member, outside


def _scalars(section, group, stream):
    size = group.scalar_bytes
    base_id = section.add("q - 1", "scalar", group=group.name, encoding=group.encode_scalar(-1))
    section.add("0", "scalar", group=group.name, encoding=bytes(size))
    for comment, data in (("q", group.q.to_bytes(size, "big")), ("all ones", b"\xff" * size)):
        section.add(comment, "scalar", expect="reject", base_id=base_id, fails_check="scalar-range", group=group.name,
                    encoding=data)
    for comment, data in (("a byte missing", bytes(size - 1)), ("a zero in front", bytes(size + 1))):
        section.add(comment, "scalar", expect="reject", base_id=base_id, fails_check="scalar-length", group=group.name,
                    encoding=data)
    data = stream.bytes(64)
    section.add("64 bytes as a challenge", "wide", group=group.name, bytes=data,
                scalar=group.encode_scalar(group.reduce(data)))


def _batches(section, group, stream, member, outside):
    members = [group.multiply(1 + stream.below(1 << 40), member) for _ in range(3)]

    def add(comment, residues, first_bad=None, base_id=None):
        blocks = [group.encode(x) for x in residues]
        fields = {"group": group.name, "encodings": blocks}
        if group.membership == "batch+jacobi":
            assert group.are_members(blocks) == (first_bad is None)
            fields["weights"] = [w.to_bytes(16, "little") for w in group.weights(blocks)]
        bad = [i for i, x in enumerate(residues) if not group.is_member(x)]
        assert bad[:1] == ([] if first_bad is None else [first_bad])
        if first_bad is None:
            return section.add(comment, "batch", **fields)
        return section.add(comment, "batch", expect="reject", base_id=base_id, fails_check="membership",
                           first_bad=first_bad, **fields)

    base_id = add("three elements", members)
    negated = [group.p - x for x in members]
    add("the last is -x", members[:2] + negated[2:], 2, base_id)
    add("two are -x, whose product is right", members[:1] + negated[1:], 1, base_id)
    if group.membership != "jacobi":
        torsion = outside[2][1]
        add("the second times " + outside[2][0], [members[0], members[1] * torsion % group.p, members[2]], 1, base_id)
        inverse = group.negate(torsion)
        add("two that are wrong by inverse factors " + outside[2][0],
            [members[0], members[1] * torsion % group.p, members[2] * inverse % group.p], 1, base_id)


def _arithmetic(section, group, stream, member):
    scalar = group.reduce(stream.bytes(64 * group.nonce_blocks))
    for comment, k, x in (("a multiple of the generator", scalar, group.g), ("a multiple", scalar, member),
                          ("times q - 1", -1, member)):
        section.add(comment, "multiple", group=group.name, scalar=group.encode_scalar(k), base=group.encode(x),
                    result=group.encode(group.multiply(k, x)))
    section.add("a sum", "sum", group=group.name, a=group.encode(group.g), b=group.encode(member),
                result=group.encode(group.add(group.g, member)))


def _bases(section, group, stream):
    data, e0 = stream.bytes(64), stream.bytes(32)
    section.add("MAP of 64 bytes", "map", group=group.name, uniform_bytes=data,
                encoding=group.encode(group.map_to_group(data)))
    section.add("a derived base", "base", group=group.name, e0=e0, label="vec/G", index=2,
                encoding=group.encode(group.derived_base(e0, "vec/G", 2)))


def _nonces(section, group, stream):
    transcript = Transcript("sandoq-1/test")
    absorbed, witness, seed = stream.bytes(40), stream.bytes(33), stream.bytes(32)
    transcript.append_bytes("statement", absorbed)
    nonces = transcript.nonces(witness, seed)
    section.add("prover nonces after one record (0x01, statement)", "nonces", group=group.name,
                statement=absorbed, witness=witness, seed=seed, fork=transcript.fork("nonce"),
                nonces=[group.encode_scalar(group.reduce(nonces.octets(i, group.nonce_blocks))) for i in range(2)])


def _proofs(section, group, stream, outside):
    secret = group.reduce(stream.bytes(64 * group.nonce_blocks))
    seed, context = stream.bytes(32), stream.bytes(20)

    def context_transcript():
        transcript = Transcript("sandoq-1/test/sigma")
        transcript.append_bytes("context", context)
        return transcript

    for kind, relation, bases in (("schnorr", sigma.SCHNORR, [group.g]),
                                  ("chaum-pedersen", sigma.CHAUM_PEDERSEN, [group.g, group.map_to_group(stream.bytes(64))])):
        images = [group.multiply(secret, x) for x in bases]
        elements = bases + images
        proof = integer_group.prove(group, relation, context_transcript(), elements, [secret], seed)

        def check(statement, bytes_of_proof):
            return integer_group.failing_check(group, relation, context_transcript(), statement, bytes_of_proof)

        blocks = [group.encode(x) for x in elements]
        assert check(blocks, proof) is None
        base_id = section.add("a proof", kind, group=group.name, context=context, elements=blocks, proof=proof,
                              secret=group.encode_scalar(secret), seed=seed)
        size = group.scalar_bytes
        z = int.from_bytes(proof[-size:], "big")
        for comment, statement, bad in (
                ("response increased by one", blocks, proof[:-size] + group.encode_scalar(z + 1)),
                ("response q", blocks, proof[:-size] + group.q.to_bytes(size, "big")),
                ("commitment negated as a residue", blocks,
                 group.encode(group.p - int.from_bytes(proof[:group.element_bytes], "big")) + proof[group.element_bytes:]),
                ("an image times " + outside[-1][0], blocks[:-1] + [group.encode(images[-1] * outside[-1][1] % group.p)],
                 proof),
                ("a byte missing", blocks, proof[:-1])):
            fails = check(statement, bad)
            assert fails
            section.add(comment, kind, expect="reject", base_id=base_id, fails_check=fails, group=group.name,
                        context=context, elements=statement, proof=bad)


def make():
    section = Section("12", "12-integer-groups/vectors/integer_groups.json")
    for name, group in integer_group.load().items():
        stream = RandomStream(f"12/{name}")
        member, outside = _elements(section, group, stream)
        _bases(section, group, stream)
        if name in TWINS:
            continue
        _scalars(section, group, stream)
        _batches(section, group, stream, member, outside)
        _arithmetic(section, group, stream, member)
        _nonces(section, group, stream)
        _proofs(section, group, stream, outside)
    return section
