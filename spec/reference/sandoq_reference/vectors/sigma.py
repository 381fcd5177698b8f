"""Vectors of section 40: relations, Schnorr, Chaum–Pedersen, AND, OR, plaintext knowledge, signatures, batches."""

from .. import plaintext_knowledge, sigma
from ..elgamal import encrypt
from ..equations import Failed, failing
from ..group import GENERATOR_BYTES, ORDER, FixedBase, decode, encode, map_to_group, multiply, multiply_generator
from ..hashing import scalar_bytes
from ..msm import multi_multiply
from ..random_stream import RandomStream
from ..signature import sign, signature_equations
from ..transcript import BatchWeights, Transcript
from .section import Section, changed

LABEL = "sandoq-1/test"


def context_of(data):
    transcript = Transcript(LABEL)
    transcript.append_bytes("context", data)
    return transcript


def _verdict(make_equations, failing_of):
    try:
        wrong = failing_of(make_equations())
    except Failed as error:
        return [error.what.split(":")[0]]
    return [f"equation-{k}" for k in wrong]


class Kind:
    """Adds vectors of one kind: a good proof first, then bad ones that rest on it."""

    def __init__(self, section, kind, verify, failing_of=failing):
        self.section, self.kind, self.verify, self.failing = section, kind, verify, failing_of
        self.base = None

    def good(self, comment, fields, **extra):
        fails = _verdict(lambda: self.verify(**fields), self.failing)
        assert not fails, (comment, fails)
        self.base = self.section.add(comment, self.kind, **fields, **extra)
        self.fields = fields

    def bad(self, comment, expected=None, **changes):
        fields = {**self.fields, **changes}
        fails = _verdict(lambda: self.verify(**fields), self.failing)
        assert fails and (expected is None or fails[0] == expected), (comment, fails)
        self.section.add(comment, self.kind, "reject", self.base, fails[0], fails_all=fails, **fields)

    def bad_proof(self, proof, elements):
        """The usual changes of a proof of so many elements, then scalars."""
        first_scalar = 32 * elements
        for at in range(0, first_scalar, 32):
            self.bad(f"commitment {at // 32} is no element", "membership", proof=proof[:at] + b"\x01" + bytes(31) + proof[at + 32:])
        value = int.from_bytes(proof[first_scalar:first_scalar + 32], "little")
        tail = proof[first_scalar + 32:]
        self.bad("first scalar increased by one", proof=proof[:first_scalar] + scalar_bytes(value + 1) + tail)
        self.bad("first scalar not reduced", "membership",
                 proof=proof[:first_scalar] + (value + ORDER).to_bytes(32, "little") + tail)
        self.bad("a byte missing", "structure", proof=proof[:-1])
        self.bad("a byte too many", "structure", proof=proof + b"\0")
        self.bad("another context", context=changed(self.fields["context"], 0))


def _schnorr(section, stream):
    kind = Kind(section, "schnorr", lambda context, base, image, proof:
                sigma.schnorr_equations(context_of(context), image, proof, base))
    for base in (GENERATOR_BYTES, stream.element(), stream.element()):
        secret, seed, context = stream.nonzero(), stream.bytes(32), stream.bytes(20)
        image = encode(multiply(secret, decode(base)))
        proof = sigma.schnorr_prove(context_of(context), secret, seed, base)
        kind.good("x·B = Y", {"context": context, "base": base, "image": image, "proof": proof},
                  secret=scalar_bytes(secret), seed=seed)
        kind.bad_proof(proof, 1)
        kind.bad("another image", image=stream.element())
        kind.bad("image is the identity", "identity", image=bytes(32))
        kind.bad("base is the identity", "identity", base=bytes(32))
        kind.bad("base and image are the identity", "identity", base=bytes(32), image=bytes(32), proof=bytes(64))
    zero = bytes(64)
    kind.bad("all-zero proof", proof=zero)


def _chaum_pedersen(section, stream):
    kind = Kind(section, "chaum-pedersen", lambda context, elements, proof:
                sigma.chaum_pedersen_equations(context_of(context), elements, proof))
    for first in (GENERATOR_BYTES, stream.element()):
        secret, seed, context = stream.nonzero(), stream.bytes(32), stream.bytes(20)
        bases = [first, stream.element()]
        elements = bases + [encode(multiply(secret, decode(base))) for base in bases]
        proof = sigma.chaum_pedersen_prove(context_of(context), elements, secret, seed)
        kind.good("one logarithm twice", {"context": context, "elements": elements, "proof": proof},
                  secret=scalar_bytes(secret), seed=seed)
        kind.bad_proof(proof, 2)
        for index in range(3):
            kind.bad(f"element {index} is the identity", "identity",
                     elements=elements[:index] + [bytes(32)] + elements[index + 1:])
        kind.bad("second image is the identity, which is no matter of form", elements=elements[:3] + [bytes(32)])
        other = encode(multiply(secret + 1, decode(bases[1])))
        lie = elements[:3] + [other]
        kind.bad("another logarithm in the second row", "equation-1", elements=lie,
                 proof=sigma.chaum_pedersen_prove(context_of(context), lie, secret, seed))


def _relation_fields(relation, context, elements, proof):
    return {"context": context, "scalars": relation.scalars,
            "rows": [{"image": y, "terms": [list(term) for term in terms]} for y, terms in relation.rows],
            "elements": elements, "proof": proof}


def _relation_of(scalars, rows, elements):
    return sigma.Relation(scalars, len(elements), [(row["image"], map(tuple, row["terms"])) for row in rows])


def _relations(section, stream):
    kind = Kind(section, "relation", lambda context, scalars, rows, elements, proof:
                sigma.equations(_relation_of(scalars, rows, elements), context_of(context), elements, proof))

    def make(comment, relation, bases, images):
        """bases: indices of elements drawn at random; images: row by row the index to fill in."""
        secrets, seed, context = [stream.nonzero() for _ in range(relation.scalars)], stream.bytes(32), stream.bytes(9)
        points = [map_to_group(stream.bytes(64)) if i in bases else None for i in range(relation.elements)]
        for index, (y, terms) in zip(images, relation.rows):
            assert index == y
            points[y] = multi_multiply([(secrets[a], points[b]) for a, b in terms])
        elements = [encode(point) for point in points]
        proof = sigma.prove(relation, context_of(context), elements, secrets, seed)
        kind.good(comment, _relation_fields(relation, context, elements, proof),
                  secrets=[scalar_bytes(x) for x in secrets], seed=seed)
        kind.bad_proof(proof, len(relation.rows))
        kind.bad("another image", "equation-0", elements=[stream.element() if i == images[0] else e
                                                         for i, e in enumerate(elements)])
        return relation, context, elements, proof

    make("a commitment in two bases", sigma.Relation(2, 3, [(2, [(0, 0), (1, 1)])]), (0, 1), (2,))
    make("Okamoto and Schnorr that share a scalar", sigma.Relation(2, 5, [(3, [(0, 0), (1, 1)]), (4, [(1, 2)])]),
         (0, 1, 2), (3, 4))
    joined = sigma.conjunction([sigma.SCHNORR, sigma.SCHNORR, sigma.CHAUM_PEDERSEN],
                               [[0, 1], [2, 3], [0, 2, 1, 4]], [[0], [1], [0]])
    relation, context, elements, proof = make(
        "AND of two Schnorr proofs and a Chaum–Pedersen proof over joined lists",
        sigma.Relation(2, 5, joined.rows[:2] + [(4, [(0, 2)])]), (0, 2), (1, 3, 4))
    rows = _relation_fields(relation, context, elements, proof)["rows"]
    for comment, bad in (
            ("a row without terms", rows[:2] + [{"image": 4, "terms": []}]),
            ("a pair twice in a row", rows[:2] + [{"image": 4, "terms": [[0, 2], [0, 2]]}]),
            ("an image that is a base of its row", rows[:2] + [{"image": 4, "terms": [[0, 2], [1, 4]]}]),
            ("an element out of range", rows[:2] + [{"image": 5, "terms": [[0, 2]]}]),
            ("a scalar out of range", rows[:2] + [{"image": 4, "terms": [[2, 2]]}]),
            ("an element unused", rows[:2] + [{"image": 1, "terms": [[0, 2]]}]),
            ("a scalar unused", [rows[0], {"image": 3, "terms": [[0, 2]]}, rows[2]])):
        kind.bad(comment, "relation", rows=bad)
    kind.bad("no rows", "relation", rows=[])
    kind.bad("a base is the identity", "identity", elements=[bytes(32)] + elements[1:])


def _disjunctions(section, stream):
    shapes = {"schnorr": sigma.SCHNORR, "chaum-pedersen": sigma.CHAUM_PEDERSEN}
    kind = Kind(section, "or", lambda context, branches, proof: sigma.Disjunction(
        [shapes[branch["relation"]] for branch in branches]).equations(
            context_of(context), [branch["elements"] for branch in branches], proof))
    for names, true_branch in ((("schnorr", "schnorr"), 0), (("schnorr", "schnorr"), 1),
                               (("chaum-pedersen", "schnorr", "chaum-pedersen"), 2)):
        secret, seed, context = stream.nonzero(), stream.bytes(32), stream.bytes(16)
        branches = []
        for index, name in enumerate(names):
            relation = shapes[name]
            elements = [stream.element() for _ in range(relation.elements)]
            if index == true_branch:
                for y, terms in relation.rows:
                    elements[y] = encode(multi_multiply([(secret, decode(elements[b])) for _, b in terms]))
            branches.append({"relation": name, "elements": elements})
        statements = [branch["elements"] for branch in branches]
        disjunction = sigma.Disjunction(shapes[name] for name in names)
        proof = disjunction.prove(context_of(context), statements, true_branch, [secret], seed)
        kind.good(f"branch {true_branch} of {len(names)} is true",
                  {"context": context, "branches": branches, "proof": proof},
                  true_branch=true_branch, witness=[scalar_bytes(secret)], seed=seed)
        kind.bad_proof(proof, sum(len(shapes[name].rows) for name in names))
        kind.bad("branches swapped", branches=branches[::-1] if len(set(names)) == 1 else branches[1:] + branches[:1])
        lie = disjunction.prove(context_of(context), statements, true_branch, [secret + 1], seed)
        kind.bad("no branch is true", proof=lie)
    kind.bad("one branch", "structure", branches=branches[:1])


def _plaintext(section, stream):
    kind = Kind(section, "plaintext-knowledge", lambda context, key, ciphertexts, proof: plaintext_knowledge.equations(
        context_of(context), key, [(c[:32], c[32:]) for c in ciphertexts], proof))
    for width in (1, 2, 5):
        point = map_to_group(stream.bytes(64))
        table, key = FixedBase(point), encode(point)
        nonces, seed, context = [stream.nonzero() for _ in range(width)], stream.bytes(32), stream.bytes(16)
        texts = [encrypt(table, stream.below(1000), r) for r in nonces]
        proof = plaintext_knowledge.prove(context_of(context), key, [(c[:32], c[32:]) for c in texts], nonces, seed)
        kind.good(f"width {width}", {"context": context, "key": key, "ciphertexts": texts, "proof": proof},
                  nonces=[scalar_bytes(r) for r in nonces], seed=seed)
        kind.bad_proof(proof, 1)
        kind.bad("another beta", ciphertexts=[texts[0][:32] + stream.element()] + texts[1:])
        kind.bad("another key", key=stream.element())
        kind.bad("an alpha is the identity", "identity", ciphertexts=[bytes(32) + texts[0][32:]] + texts[1:])
        kind.bad("K is the identity", "identity", key=bytes(32))
    kind.bad("width 0", "structure", ciphertexts=[])
    kind.bad("width 65", "structure", ciphertexts=texts * 13)


def _signatures(section, stream):
    kind = Kind(section, "signature", lambda key, purpose, domain, election, digest, signature:
                signature_equations(key, purpose, domain, election, digest, signature))
    for purpose in ("head", "opening", "dkg/commit"):
        secret, seed = stream.nonzero(), stream.bytes(32)
        key = encode(multiply_generator(secret))
        domain, election, digest = 1 + stream.below(2), stream.bytes(32), stream.bytes(32)
        signature = sign(secret, key, purpose, domain, election, digest, seed)
        kind.good(f"purpose {purpose}", {"key": key, "purpose": purpose, "domain": domain, "election": election,
                                         "digest": digest, "signature": signature},
                  secret=scalar_bytes(secret), seed=seed)
        kind.bad("another purpose", purpose="close")
        kind.bad("another domain", domain=3 - domain)
        kind.bad("another election", election=changed(election, 31, 128))
        kind.bad("another digest", digest=changed(digest, 0))
        kind.bad("another key", key=stream.element())
        kind.bad("key is the identity", "identity", key=bytes(32))
        value = int.from_bytes(signature[32:], "little")
        kind.bad("response increased by one", "equation-0", signature=signature[:32] + scalar_bytes(value + 1))
        kind.bad("response not reduced", "membership", signature=signature[:32] + (value + ORDER).to_bytes(32, "little"))
        kind.bad("commitment is no element", "membership", signature=b"\xff" * 32 + signature[32:])
        kind.bad("a byte missing", "structure", signature=signature[:-1])
        kind.bad("a byte too many", "structure", signature=signature + b"\0")


def _batches(section, stream):
    for tag, count in (("batch", 1), ("batch", 2), ("batch", 5), ("bisect", 2), ("bisect", 3)):
        election, hashes = stream.bytes(32), [stream.bytes(32) for _ in range(count)]
        weights = BatchWeights(election, hashes, tag)
        section.add(f"weights of {count} items, tag {tag}, four equations each", "batch-weights", tag=tag, election=election,
                    hashes=hashes, seed=weights.seed,
                    weights=[[weights.weight(j, k).to_bytes(16, "little") for k in range(4)]
                             for j in range(1, count + 1)])


def make():
    section = Section("40", "40-sigma/vectors/sigma.json")
    for part in (_schnorr, _chaum_pedersen, _relations, _disjunctions, _plaintext, _signatures, _batches):
        part(section, RandomStream(f"40/{part.__name__.strip('_')}"))
    return section
