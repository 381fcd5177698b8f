"""The prover of the shuffle argument (spec 48.3 to 48.8). Plain integers: nothing here is constant time."""

from .groups import RISTRETTO255
from .hashing import u32
from .shuffle import Argument, Native, Part, cut, filled, native_layout, powers


class Mixer:
    """One list shuffled: a permutation and nonces ρ, the outputs, and what is needed to prove it."""

    def __init__(self, context, shape, bases, inputs, permutation, rho, blinds, seed, group=RISTRETTO255):
        """permutation: outputs[i] is inputs[permutation[i]], of m·n; rho[i][l]; blinds: r_1 ... r_m of c_A."""
        self.context, self.shape, self.group, self.seed = context, shape, group, seed
        self.pi, self.rho, self.r, self.q = permutation, rho, blinds, group.order
        self.bases = bases
        key = group.decode(context.key)
        self.layout = native_layout(group, key, shape.width)
        self.inputs = cut(group, filled(group, shape, inputs))
        points = list(map(group.decode_cached, self.inputs))
        step = 2 * shape.width
        before = [points[i:i + step] for i in range(0, len(points), step)]
        zero = Argument(group, bases.blind, [], self.layout, None)
        self.after = [[self.sum([(1, point)] + terms) for point, terms in zip(before[p], zero.enc([0] * shape.width, r))]
                      for p, r in zip(permutation, rho)]
        self.outputs = [b"".join(map(group.encode, c)) for c in self.after]

    def sum(self, terms):
        return self.group.sum_of_multiples([(s % self.q, point) for s, point in terms])

    def rows(self, values):
        n = self.shape.n
        return [values[i:i + n] for i in range(0, len(values), n)]

    def prove(self, profile=None, lie=None):
        """The proof's bytes. lie: what the prover says instead of its permutation."""
        shape, group = self.shape, self.group
        transcript = self.context.transcript(group, shape, self.inputs, cut(group, self.outputs))
        witness = (b"".join(map(u32, self.pi)) + b"".join(group.encode_scalar(v) for r in self.rho for v in r)
                   + b"".join(map(group.encode_scalar, self.r)))
        nonces, self.count = transcript.nonces(witness, self.seed), 0

        def nonce():
            self.count += 1
            return group.reduce(nonces.octets(self.count - 1, group.nonce_blocks))

        self.some = lambda count: [nonce() for _ in range(count)]
        self.argument = Argument(group, self.bases.blind, self.bases.first(max(shape.n, shape.width)), self.layout,
                                 profile or Native(transcript))
        self.elements, self.scalars = [], []
        claimed = self.rows(lie or self.pi)
        c_A = [self.send(a, r) for a, r in zip(claimed, self.r)]
        x = self.argument.profile.shuffle_first(self.argument, None, None, c_A)
        p = powers(x, shape.total, self.q)
        b, s = [[p[i] for i in row] for row in claimed], self.some(shape.m)
        c_B = [self.send(row, blind) for row, blind in zip(b, s)]
        y, z = self.argument.profile.shuffle_second(self.argument, c_B)
        d = [[(y * u + v - z) % self.q for u, v in zip(*rows)] for rows in zip(claimed, b)]
        r_d = [(y * u + v) % self.q for u, v in zip(self.r, s)]
        self.product(d, r_d)
        flat = [v for row in b for v in row]
        rho = [-sum(v * r[l] for v, r in zip(flat, self.rho)) % self.q for l in range(shape.width)]
        self.multi_exponentiation(b, s, rho)
        return b"".join(map(group.encode, self.elements)) + b"".join(map(group.encode_scalar, self.scalars))

    def send(self, values, blind):
        """A commitment, put on the wire."""
        point = self.sum(self.argument.com(values, blind))
        self.elements.append(point)
        return [(1, point)]

    def product(self, a, r):
        if self.shape.m > 1:
            a, r = self.hadamard(a, r)
        else:
            a, r = a[0], r[0]
        self.single_value_product(a, r)

    def hadamard(self, a, r):
        """The product of the rows, and the blind of its commitment."""
        m, n, q = len(a), self.shape.n, self.q
        b, s = [a[0]], [r[0]] + self.some(m - 1)
        for row in a[1:]:
            b.append([u * v % q for u, v in zip(b[-1], row)])
        c_p = [None] + [self.send(row, blind) for row, blind in zip(b[1:], s[1:])]
        x, y = self.argument.profile.hadamard(self.argument, None, None, c_p)
        p = powers(x, m, q)
        left = a[1:] + [[q - 1] * n]
        right = [[p[i] * v % q for v in b[i - 1]] for i in range(1, m)]
        right.append([sum(p[i] * b[i][j] for i in range(1, m)) % q for j in range(n)])
        blinds = [p[i] * s[i - 1] % q for i in range(1, m)] + [sum(p[i] * s[i] for i in range(1, m)) % q]
        self.zero(left, r[1:] + [0], right, blinds, y)
        return b[-1], s[-1]

    def zero(self, a, r, b, s, y):
        m, n, q = len(a), self.shape.n, self.q
        a, r = [self.some(n)] + a, self.some(1) + r
        b, s = b + [self.some(n)], s + self.some(1)
        d = [sum(self.argument.star(y, a[i], b[i - k + m]) for i in range(m + 1) if 0 <= i - k + m <= m) % q
             for k in range(2 * m + 1)]
        c_a0, c_bm = self.send(a[0], r[0]), self.send(b[m], s[m])
        t, c_d = [], []
        for k in range(2 * m + 1):
            if k == m + 1:
                t.append(0)
            else:
                t += self.some(1)
                c_d.append(self.send([d[k]], t[k]))
        x = self.argument.profile.zero(self.argument, None, None, y, Part(c_a0=c_a0, c_bm=c_bm, c_d=c_d), c_d)
        p = powers(x, 2 * m + 1, q)
        self.scalars += [sum(p[i] * a[i][j] for i in range(m + 1)) % q for j in range(n)]
        self.scalars += [sum(p[m - i] * b[i][j] for i in range(m + 1)) % q for j in range(n)]
        self.scalars += [sum(u * v for u, v in zip(p, r)) % q, sum(p[m - i] * s[i] for i in range(m + 1)) % q,
                         sum(u * v for u, v in zip(p, t)) % q]

    def single_value_product(self, a, r):
        n, q = self.shape.n, self.q
        b = [a[0]]
        for value in a[1:]:
            b.append(b[-1] * value % q)
        d, (r_d,) = self.some(n), self.some(1)
        delta = [d[0]] + self.some(n - 2) + [0]
        s_0, s_x = self.some(2)
        c_d = self.send(d, r_d)
        c_delta = self.send([-delta[i] * d[i + 1] for i in range(n - 1)], s_0)
        c_Delta = self.send([delta[i + 1] - a[i + 1] * delta[i] - b[i] * d[i + 1] for i in range(n - 1)], s_x)
        x = self.argument.profile.single_value_product(self.argument, None, None,
                                                       Part(c_d=c_d, c_delta=c_delta, c_Delta=c_Delta))
        self.scalars += [(x * u + v) % q for u, v in zip(a, d)] + [(x * b[i] + delta[i]) % q for i in range(1, n - 1)]
        self.scalars += [(x * r + r_d) % q, (x * s_x + s_0) % q]

    def multi_exponentiation(self, a, r, rho):
        m, q, w = len(a), self.q, self.shape.width
        lists = self.rows(self.after)
        a, r = [self.some(self.shape.n)] + a, self.some(1) + r
        c_a0 = self.send(a[0], r[0])
        masks, blinds, nonces, c_b, big_e = [], [], [], [], []
        for k in range(2 * m):
            masks.append([0] * w if k == m else self.some(w))
            blinds += [0] if k == m else self.some(1)
            nonces.append(rho if k == m else self.some(w))
            if k != m:
                c_b.append(self.send(masks[k], blinds[k]))
        for k in range(2 * m):
            if k == m:
                continue
            fresh = self.argument.enc(masks[k], nonces[k])
            pairs = [(a[k - m + i], lists[i - 1]) for i in range(1, m + 1) if 0 <= k - m + i <= m]
            points = [self.sum(terms + [(v, c[place]) for values, row in pairs for v, c in zip(values, row)])
                      for place, terms in enumerate(fresh)]
            self.elements += points
            big_e.append([[(1, point)] for point in points])
        x = self.argument.profile.multi_exponentiation(self.argument, None, None, None, Part(c_a0=c_a0, c_b=c_b, E=big_e),
                                                       None, None)
        p = powers(x, 2 * m, q)
        self.scalars += [sum(p[i] * a[i][j] for i in range(m + 1)) % q for j in range(self.shape.n)]
        self.scalars.append(sum(u * v for u, v in zip(p, r)) % q)
        self.scalars += [sum(p[k] * masks[k][l] for k in range(2 * m)) % q for l in range(w)]
        self.scalars.append(sum(u * v for u, v in zip(p, blinds)) % q)
        self.scalars += [sum(p[k] * nonces[k][l] for k in range(2 * m)) % q for l in range(w)]
