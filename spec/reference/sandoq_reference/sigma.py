"""Linear relations, their proofs, AND and OR (spec 40.1 to 40.6)."""

from .equations import Failed
from .group import (GENERATOR_BYTES, IDENTITY_BYTES, ORDER, InvalidElement, decode,
                    decode_cached, decode_scalar, encode, multiply_generator)
from .hashing import scalar_bytes, u32
from .msm import multi_multiply
from .transcript import Nonces

MOST = 4096


class Relation:
    """s scalars, e elements and rows (y, [(a, b), ...]): Σ x_a · E_b = E_y."""

    def __init__(self, scalars, elements, rows):
        self.scalars, self.elements = scalars, elements
        self.rows = [(y, list(terms)) for y, terms in rows]

    def shape(self):
        out = [u32(self.scalars), u32(self.elements), u32(len(self.rows))]
        for y, terms in self.rows:
            out += [u32(y), u32(len(terms))]
            out += [u32(a) + u32(b) for a, b in terms]
        return b"".join(out)

    def bases(self):
        return {b for _, terms in self.rows for _, b in terms}

    def problem(self):
        """Why the shape is not valid (40.1), or None."""
        if not all(1 <= n <= MOST for n in (self.scalars, self.elements, len(self.rows))):
            return "sizes outside 1..4096"
        used_scalars, used_elements = set(), set()
        for y, terms in self.rows:
            if not terms:
                return "a row without terms"
            if len(set(terms)) != len(terms):
                return "a pair twice in a row"
            if y in (b for _, b in terms):
                return "an image that is a base of its own row"
            used_elements.add(y)
            for a, b in terms:
                used_scalars.add(a)
                used_elements.add(b)
        if used_scalars != set(range(self.scalars)) or used_elements != set(range(self.elements)):
            return "a scalar or element unused or out of range"
        return None

    def check_statement(self, elements, identity_images):
        """elements: their bytes; identity_images: indices of images that may be the identity."""
        problem = self.problem()
        if problem:
            raise Failed("relation: " + problem)
        if len(elements) != self.elements:
            raise Failed("relation: wrong number of elements")
        bases = self.bases()
        for index, data in enumerate(elements):
            if data == IDENTITY_BYTES and (index in bases or index not in identity_images):
                raise Failed(f"identity: element {index} of the statement")

    def absorb(self, transcript, elements):
        transcript.append_bytes("relation", self.shape())
        transcript.append_elements("elements", elements)

    def row_sums(self, scalars, points):
        return [multi_multiply([(scalars[a], points[b]) for a, b in terms]) for _, terms in self.rows]

    def equations(self, points, commitments, c, responses):
        """Row by row Σ z_a E_b − T_k − c E_y."""
        return [[(responses[a], points[b]) for a, b in terms] + [(-1, commitments[k]), (-c, points[y])]
                for k, (y, terms) in enumerate(self.rows)]

    def proof_size(self):
        return 32 * (len(self.rows) + self.scalars)


def conjunction(parts, element_maps, scalar_maps):
    """AND: the rows of all parts over joined lists; the maps give each part's indices in the joined lists."""
    rows = []
    for part, elements, scalars in zip(parts, element_maps, scalar_maps):
        rows += [(elements[y], [(scalars[a], elements[b]) for a, b in terms]) for y, terms in part.rows]
    return Relation(1 + max(max(m) for m in scalar_maps), 1 + max(max(m) for m in element_maps), rows)


SCHNORR = Relation(1, 2, [(1, [(0, 0)])])
CHAUM_PEDERSEN = Relation(1, 4, [(2, [(0, 0)]), (3, [(0, 1)])])
CHAUM_PEDERSEN_IDENTITY = frozenset([3])


def split(proof, elements, scalars):
    """Commitment bytes and response integers of a proof."""
    if len(proof) != 32 * (elements + scalars):
        raise Failed("structure: proof length")
    blocks = [proof[i:i + 32] for i in range(0, len(proof), 32)]
    try:
        return blocks[:elements], [decode_scalar(block) for block in blocks[elements:]]
    except InvalidElement as error:
        raise Failed("membership: " + str(error)) from None


def decode_all(blocks, how=decode):
    try:
        return [how(block) for block in blocks]
    except InvalidElement as error:
        raise Failed("membership: " + str(error)) from None


def prove(relation, transcript, elements, witness, seed):
    """Wire form T_0 ... T_{r−1} ‖ z_0 ... z_{s−1}."""
    relation.absorb(transcript, elements)
    nonces = Nonces(transcript, b"".join(map(scalar_bytes, witness)), seed)
    k = [nonces[i] for i in range(relation.scalars)]
    points = [decode(data) for data in elements]
    commitments = [encode(point) for point in relation.row_sums(k, points)]
    transcript.append_elements("commitments", commitments)
    c = transcript.challenge("c")
    return b"".join(commitments) + b"".join(scalar_bytes(n + c * x) for n, x in zip(k, witness))


def equations(relation, transcript, elements, proof, identity_images=frozenset()):
    """The equations of a proof; Failed if statement, structure or membership is wrong already."""
    relation.check_statement(elements, identity_images)
    commitments, responses = split(proof, len(relation.rows), relation.scalars)
    points = decode_all(elements, decode_cached)
    relation.absorb(transcript, elements)
    transcript.append_elements("commitments", commitments)
    c = transcript.challenge("c")
    if c == 0:
        raise Failed("challenge is zero")
    return relation.equations(points, decode_all(commitments), c, responses)


def schnorr_prove(transcript, secret, seed, base=GENERATOR_BYTES):
    image = encode(multi_multiply([(secret, decode(base))]))
    return prove(SCHNORR, transcript, [base, image], [secret], seed)


def schnorr_prove_generator(transcript, secret, public, seed):
    """schnorr_prove over G with its table, when the public key is known."""
    elements = [GENERATOR_BYTES, public]
    SCHNORR.absorb(transcript, elements)
    k = Nonces(transcript, scalar_bytes(secret), seed)[0]
    commitment = encode(multiply_generator(k))
    transcript.append_elements("commitments", [commitment])
    return commitment + scalar_bytes(k + transcript.challenge("c") * secret)


def schnorr_equations(transcript, image, proof, base=GENERATOR_BYTES):
    return equations(SCHNORR, transcript, [base, image], proof)


def chaum_pedersen_prove(transcript, elements, secret, seed):
    """elements: B_1, B_2, Y_1, Y_2 as bytes."""
    return prove(CHAUM_PEDERSEN, transcript, elements, [secret], seed)


def chaum_pedersen_equations(transcript, elements, proof):
    return equations(CHAUM_PEDERSEN, transcript, elements, proof, CHAUM_PEDERSEN_IDENTITY)


class Disjunction:
    """OR of relations (40.4)."""

    def __init__(self, relations):
        self.relations = list(relations)

    def absorb(self, transcript, statements):
        transcript.append_integer("branches", len(self.relations))
        for relation, elements in zip(self.relations, statements):
            relation.absorb(transcript, elements)

    def prove(self, transcript, statements, true_branch, witness, seed):
        self.absorb(transcript, statements)
        secrets = b"".join(
            scalar_bytes(witness[i] if branch == true_branch else 0)
            for branch, relation in enumerate(self.relations) for i in range(relation.scalars))
        nonces = Nonces(transcript, secrets + u32(true_branch), seed)
        index, values, shares, commitments = 0, [], [], []
        for branch, (relation, elements) in enumerate(zip(self.relations, statements)):
            own = [nonces[index + i] for i in range(relation.scalars)]
            share = nonces[index + relation.scalars]
            index += relation.scalars + 1
            points = [decode(data) for data in elements]
            sums = relation.row_sums(own, points)
            if branch != true_branch:
                sums = [multi_multiply([(1, point), (-share, points[y])])
                        for point, (y, _) in zip(sums, relation.rows)]
            values.append(own)
            shares.append(share)
            commitments.append([encode(point) for point in sums])
        for block in commitments:
            transcript.append_elements("commitments", block)
        c = transcript.challenge("c")
        others = sum(share for branch, share in enumerate(shares) if branch != true_branch)
        shares[true_branch] = (c - others) % ORDER
        values[true_branch] = [(k + shares[true_branch] * x) % ORDER
                               for k, x in zip(values[true_branch], witness)]
        return (b"".join(b"".join(block) for block in commitments)
                + b"".join(map(scalar_bytes, shares[:-1]))
                + b"".join(scalar_bytes(z) for own in values for z in own))

    def equations(self, transcript, statements, proof, identity_images=frozenset()):
        if not 2 <= len(self.relations) <= 64 or len(statements) != len(self.relations):
            raise Failed("structure: number of branches")
        for relation, elements in zip(self.relations, statements):
            relation.check_statement(elements, identity_images)
        rows = [len(relation.rows) for relation in self.relations]
        responses = sum(relation.scalars for relation in self.relations)
        blocks, scalars = split(proof, sum(rows), len(self.relations) - 1 + responses)
        self.absorb(transcript, statements)
        commitments = []
        for count in rows:
            commitments.append(blocks[:count])
            blocks = blocks[count:]
            transcript.append_elements("commitments", commitments[-1])
        c = transcript.challenge("c")
        if c == 0:
            raise Failed("challenge is zero")
        shares = scalars[:len(self.relations) - 1]
        shares.append((c - sum(shares)) % ORDER)
        scalars = scalars[len(self.relations) - 1:]
        out = []
        for relation, elements, own, share in zip(self.relations, statements, commitments, shares):
            out += relation.equations(decode_all(elements), decode_all(own), share, scalars[:relation.scalars])
            scalars = scalars[relation.scalars:]
        return out
