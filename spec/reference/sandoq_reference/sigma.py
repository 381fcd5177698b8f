"""Linear relations, their proofs, AND and OR (spec 40.1 to 40.6)."""

from .equations import Failed
from .group import GENERATOR_BYTES, InvalidElement, decode, encode, multiply_generator
from .groups import RISTRETTO255
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

    def check_statement(self, elements, identity_images, group=RISTRETTO255):
        """elements: their bytes; identity_images: indices of images that may be the identity."""
        problem = self.problem()
        if problem:
            raise Failed("relation: " + problem)
        if len(elements) != self.elements:
            raise Failed("relation: wrong number of elements")
        bases = self.bases()
        for index, data in enumerate(elements):
            if data == group.identity_bytes and (index in bases or index not in identity_images):
                raise Failed(f"identity: element {index} of the statement")

    def absorb(self, transcript, elements):
        transcript.append_bytes("relation", self.shape())
        transcript.append_elements("elements", elements)

    def row_sums(self, scalars, points, group=RISTRETTO255):
        return [group.sum_of_multiples([(scalars[a], points[b]) for a, b in terms]) for _, terms in self.rows]

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


def split(proof, elements, scalars, group=RISTRETTO255):
    """Commitment bytes and response integers of a proof."""
    e, s, end = group.element_bytes, group.scalar_bytes, elements * group.element_bytes
    if len(proof) != end + s * scalars:
        raise Failed("structure: proof length")
    try:
        return ([proof[i:i + e] for i in range(0, end, e)],
                [group.decode_scalar(proof[i:i + s]) for i in range(end, len(proof), s)])
    except InvalidElement as error:
        raise Failed("membership: " + str(error)) from None


def decode_all(blocks, how=decode):
    try:
        return [how(block) for block in blocks]
    except InvalidElement as error:
        raise Failed("membership: " + str(error)) from None


def draw(transcript, witness, seed, group):
    """index -> nonce_index of 30.4."""
    nonces = Nonces(transcript, witness, seed)
    return lambda index: group.reduce(nonces.octets(index, group.nonce_blocks))


def prove(relation, transcript, elements, witness, seed, group=RISTRETTO255):
    """Wire form T_0 ... T_{r−1} ‖ z_0 ... z_{s−1}."""
    relation.absorb(transcript, elements)
    nonce = draw(transcript, b"".join(map(group.encode_scalar, witness)), seed, group)
    k = [nonce(i) for i in range(relation.scalars)]
    points = [group.decode_cached(data) for data in elements]
    commitments = [group.encode(point) for point in relation.row_sums(k, points, group)]
    transcript.append_elements("commitments", commitments)
    c = group.reduce(transcript.squeeze("c"))
    return b"".join(commitments) + b"".join(group.encode_scalar(n + c * x) for n, x in zip(k, witness))


def equations(relation, transcript, elements, proof, identity_images=frozenset(), group=RISTRETTO255):
    """The equations of a proof; Failed if statement, structure or membership is wrong already."""
    relation.check_statement(elements, identity_images, group)
    commitments, responses = split(proof, len(relation.rows), relation.scalars, group)
    points = decode_all(elements, group.decode_cached)
    relation.absorb(transcript, elements)
    transcript.append_elements("commitments", commitments)
    c = group.reduce(transcript.squeeze("c"))
    if c == 0:
        raise Failed("challenge is zero")
    return relation.equations(points, decode_all(commitments, group.decode_cached), c, responses)


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


def chaum_pedersen_prove(transcript, elements, secret, seed, group=RISTRETTO255):
    """elements: B_1, B_2, Y_1, Y_2 as bytes."""
    return prove(CHAUM_PEDERSEN, transcript, elements, [secret], seed, group)


def chaum_pedersen_equations(transcript, elements, proof, group=RISTRETTO255):
    return equations(CHAUM_PEDERSEN, transcript, elements, proof, CHAUM_PEDERSEN_IDENTITY, group)


class AndOfOr:
    """In each of several disjunctions at least one relation holds, under one challenge (40.4)."""

    def __init__(self, disjunctions, group=RISTRETTO255):
        self.disjunctions, self.group = [list(relations) for relations in disjunctions], group

    def absorb(self, transcript, statements):
        """statements: per disjunction, per branch, the bytes of its elements."""
        for relations, branches in zip(self.disjunctions, statements):
            transcript.append_integer("branches", len(relations))
            for relation, elements in zip(relations, branches):
                relation.absorb(transcript, elements)

    def prove(self, transcript, statements, true_branches, witnesses, seed):
        """witnesses: the scalars of each true branch."""
        group = self.group
        self.absorb(transcript, statements)
        secrets = b"".join(
            group.encode_scalar(witness[i] if branch == true else 0)
            for relations, true, witness in zip(self.disjunctions, true_branches, witnesses)
            for branch, relation in enumerate(relations) for i in range(relation.scalars))
        nonce = draw(transcript, secrets + b"".join(map(u32, true_branches)), seed, group)
        index, drawn, commitments = 0, [], []
        for relations, branches, true in zip(self.disjunctions, statements, true_branches):
            values, shares = [], []
            for branch, (relation, elements) in enumerate(zip(relations, branches)):
                values.append([nonce(index + i) for i in range(relation.scalars)])
                shares.append(nonce(index + relation.scalars) if branch != true else 0)
                index += relation.scalars + 1
                points = [group.decode_cached(data) for data in elements]
                block = [group.encode(group.sum_of_multiples([(1, point), (-shares[-1], points[y])]))
                         for point, (y, _) in zip(relation.row_sums(values[-1], points, group), relation.rows)]
                transcript.append_elements("commitments", block)
                commitments += block
            drawn.append((values, shares))
        c = group.reduce(transcript.squeeze("c"))
        tail = []
        for (values, shares), true, witness in zip(drawn, true_branches, witnesses):
            shares[true] = (c - sum(shares)) % group.order
            values[true] = [k + shares[true] * x for k, x in zip(values[true], witness)]
            tail += shares[:-1] + [z for own in values for z in own]
        return b"".join(commitments) + b"".join(map(group.encode_scalar, tail))

    def equations(self, transcript, statements, proof, identity_images=frozenset()):
        group = self.group
        if not 1 <= len(self.disjunctions) <= 64 or len(statements) != len(self.disjunctions):
            raise Failed("structure: number of disjunctions")
        for relations, branches in zip(self.disjunctions, statements):
            if not 2 <= len(relations) <= 64 or len(branches) != len(relations):
                raise Failed("structure: number of branches")
            for relation, elements in zip(relations, branches):
                relation.check_statement(elements, identity_images, group)
        everything = [relation for relations in self.disjunctions for relation in relations]
        blocks, scalars = split(proof, sum(len(relation.rows) for relation in everything),
                                sum(1 + relation.scalars for relation in everything) - len(self.disjunctions), group)
        self.absorb(transcript, statements)
        commitments = []
        for relation in everything:
            commitments.append(blocks[:len(relation.rows)])
            blocks = blocks[len(relation.rows):]
            transcript.append_elements("commitments", commitments[-1])
        c = group.reduce(transcript.squeeze("c"))
        if c == 0:
            raise Failed("challenge is zero")
        out, commitments = [], iter(commitments)
        for relations, branches in zip(self.disjunctions, statements):
            shares, scalars = scalars[:len(relations) - 1], scalars[len(relations) - 1:]
            shares = shares + [(c - sum(shares)) % group.order]
            for relation, elements, share in zip(relations, branches, shares):
                out += relation.equations(decode_all(elements, group.decode_cached), decode_all(next(commitments), group.decode_cached), share,
                                          scalars[:relation.scalars])
                scalars = scalars[relation.scalars:]
        return out


class Disjunction:
    """OR of relations (40.4): AND of one OR."""

    def __init__(self, relations, group=RISTRETTO255):
        self.all = AndOfOr([relations], group)

    def prove(self, transcript, statements, true_branch, witness, seed):
        return self.all.prove(transcript, [statements], [true_branch], [witness], seed)

    def equations(self, transcript, statements, proof, identity_images=frozenset()):
        return self.all.equations(transcript, [statements], proof, identity_images)
