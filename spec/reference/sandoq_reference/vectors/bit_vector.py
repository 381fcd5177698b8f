"""Vectors of section 45: proofs of several shapes, and lies that fail named equations."""

from ..bit_vector import Bases, Context, Shape, encryption_nonces, equations, prove, slack_bits
from ..elgamal import encrypt
from ..equations import Failed, failing
from ..group import ORDER, FixedBase, decode, encode, map_to_group
from ..hashing import scalar_bytes, u32
from ..random_stream import RandomStream
from .section import Section, changed


class Case:
    """One statement with its proof and everything that went into it."""

    def __init__(self, label, options, most, least, blank, choices):
        stream = self.stream = RandomStream(f"45/{label}")
        self.limits = {"options": options, "max": most, "min": least, "blank": int(blank)}
        self.shape = Shape(options, most, least, blank)
        self.e0 = stream.bytes(32)
        self.bases = Bases(self.e0)
        self.key_point = map_to_group(stream.bytes(64))
        self.key_table = FixedBase(self.key_point)
        self.context = Context(
            e1=stream.bytes(32), domain=1 + stream.below(2), key=encode(self.key_point),
            contest=("contest " + label).encode(), descriptor=stream.bytes(32), branch=stream.below(1 << 20),
            device=1 + stream.below(9), serial=1 + stream.below(900), style=stream.below(4096),
            digits=stream.below(10001))
        self.seed = stream.bytes(32)
        self.choices = list(choices)
        slack = slack_bits(self.shape.weights, self.shape.ciphertexts, self.choices, most)
        self.bits = self.choices + (slack if slack is not None else [1] * (self.shape.bits - len(choices)))
        self.make([b & 1 if b > 1 else b for b in self.choices])

    def make(self, nonce_choices=None, values=None):
        """Encrypts `values` (default: the choices) and proves self.bits about them."""
        values = self.choices if values is None else values
        self.nonces = encryption_nonces(self.context, nonce_choices or self.choices, self.seed)
        self.ciphertexts = [encrypt(self.key_table, m, r) for m, r in zip(values, self.nonces)]
        self.trace = {}
        self.proof = prove(self.context, self.shape, self.bases, self.key_table, self.ciphertexts, self.bits,
                           self.nonces, self.seed, self.trace)

    def verify(self, proof=None, ciphertexts=None, context=None, shape=None):
        """Names of what fails: [] if accepted."""
        try:
            terms = equations(context or self.context, shape or self.shape, self.bases,
                              decode((context or self.context).key), ciphertexts or self.ciphertexts, proof or self.proof)
        except Failed as error:
            return [error.what.split(":")[0]]
        return [f"equation-{k}" for k in failing(terms)]

    def statement(self, context=None, **changes):
        context = context or self.context
        fields = {"e0": self.e0, **{name: getattr(context, name) for name in Context.FIELDS}, **self.limits,
                  "ciphertexts": self.ciphertexts, "proof": self.proof}
        return {**fields, **changes}


def _accept(section, case, comment):
    assert case.verify() == [], comment
    bases = [encode(case.bases.vector(i)) for i in range(1, case.shape.bits + 1)]
    challenges = {name: scalar_bytes(value) for name, value in case.trace.items()}
    return section.add(comment, "bit-vector", weights=case.shape.weights, bits=case.bits, seed=case.seed,
                       nonces=[scalar_bytes(r) for r in case.nonces], blind_base=encode(case.bases.blind),
                       vector_bases=bases, challenges=challenges, **case.statement())


def _reject(section, base, case, comment, expected=None, **overrides):
    changes = {name: overrides[name] for name in ("proof", "ciphertexts") if name in overrides}
    fails = case.verify(**overrides)
    assert fails and (expected is None or fails == expected), (comment, fails)
    section.add(comment, "bit-vector", "reject", base, fails[0], fails_all=fails,
                **case.statement(overrides.get("context"), **changes))


def _replaced(data, at, block):
    return data[:at] + block + data[at + len(block):]


def _lies(section, base):
    case = Case("lie-two", 4, 2, 2, False, [2, 0, 0, 0])
    _reject(section, base, case, "a two in one slot, the sum within the limit", ["equation-1"])
    case = Case("lie-minus", 4, 1, 1, False, [1, 1, 0, 0])
    case.choices[2] = case.bits[2] = ORDER - 1
    case.make([1, 1, 0, 0])
    _reject(section, base, case, "one, one, minus one: the sum is right", ["equation-1"])
    case = Case("lie-over", 5, 2, 1, False, [1, 1, 1, 0, 0])
    _reject(section, base, case, "an overvote")
    case = Case("lie-under", 5, 3, 2, False, [1, 0, 0, 0, 0])
    _reject(section, base, case, "an undervote, all slack used")
    case = Case("lie-empty", 3, 2, 1, True, [0, 0, 0, 0])
    _reject(section, base, case, "nothing marked and not blank")
    case = Case("lie-blank", 3, 2, 1, True, [0, 1, 0, 1])
    _reject(section, base, case, "blank and a mark")
    case = Case("lie-swap", 4, 1, 1, False, [0, 1, 0, 0])
    case.make(values=[0, 0, 1, 0])
    _reject(section, base, case, "ciphertexts of another choice than the proof's", ["equation-3"])
    case = Case("lie-alpha", 4, 1, 1, False, [0, 1, 0, 0])
    case.nonces[2] = (case.nonces[2] + 1) % ORDER
    case.proof = prove(case.context, case.shape, case.bases, case.key_table, case.ciphertexts, case.bits,
                       case.nonces, case.seed)
    _reject(section, base, case, "a wrong encryption nonce", ["equation-2", "equation-3"])


def _changed(section, base, case):
    proof, n = case.proof, case.shape.bits
    for index, name in enumerate(("B", "A", "T1", "T0", "E.alpha", "E.beta")):
        other = case.stream.element()
        _reject(section, base, case, f"another element for {name}", proof=_replaced(proof, 32 * index, other))
    bad = b"\x01" + bytes(31)
    _reject(section, base, case, "B is no element", ["membership"], proof=_replaced(proof, 0, bad))
    _reject(section, base, case, "E.beta is no element", ["membership"], proof=_replaced(proof, 160, b"\xff" * 32))
    end = 196 + 32 * (n - 1)
    for at, name in ((196, "f_2"), (end - 32, "f_N"), (end, "z_B"), (end + 32, "z_T"), (end + 64, "z_E")):
        value = int.from_bytes(proof[at:at + 32], "little")
        expected = {"z_B": ["equation-0"], "z_T": ["equation-1"], "z_E": ["equation-2", "equation-3"]}.get(name)
        _reject(section, base, case, f"{name} increased by one", expected,
                proof=_replaced(proof, at, scalar_bytes(value + 1)))
        _reject(section, base, case, f"{name} not below the order", ["membership"],
                proof=_replaced(proof, at, (ORDER + value % 7).to_bytes(32, "little")))
    _reject(section, base, case, "f_1 on the wire too", ["structure"],
            proof=proof[:192] + u32(n) + bytes(32) + proof[196:])
    _reject(section, base, case, "a response missing", ["structure"], proof=proof[:192] + u32(n - 2) + proof[228:])
    _reject(section, base, case, "count and length differ", ["structure"], proof=_replaced(proof, 192, u32(n)))
    _reject(section, base, case, "truncated", ["structure"], proof=proof[:-1])
    _reject(section, base, case, "a byte too many", ["structure"], proof=proof + b"\0")
    texts = case.ciphertexts
    _reject(section, base, case, "an alpha is the identity", ["identity"],
            ciphertexts=[bytes(32) + texts[0][32:]] + texts[1:])
    _reject(section, base, case, "a beta is the identity", ciphertexts=[texts[0][:32] + bytes(32)] + texts[1:])
    _reject(section, base, case, "a beta is no element", ["membership"],
            ciphertexts=[texts[0][:32] + bad] + texts[1:])
    _reject(section, base, case, "two ciphertexts swapped", ciphertexts=[texts[1], texts[0]] + texts[2:])


def other_contexts(case):
    """(name, context) for every field of the ballot context, changed alone."""
    for name in Context.FIELDS:
        context = case.context.copy()
        value = getattr(context, name)
        if name == "key":
            value = case.stream.element()
        elif name == "domain":
            value = 3 - value
        elif isinstance(value, bytes):
            value = changed(value, len(value) - 1)
        else:
            value += 1
        setattr(context, name, value)
        yield name, context


def _context(section, base, case):
    for name, context in other_contexts(case):
        _reject(section, base, case, f"another {name}", context=context)
    context = case.context.copy()
    context.key = bytes(32)
    _reject(section, base, case, "K is the identity", ["identity"], context=context)


def make():
    section = Section("45", "45-bit-vector/vectors/bit_vector.json")
    shapes = [
        ("one", 1, 1, 1, False, [1], "one option, no slack, no response on the wire"),
        ("one-0", 1, 1, 0, False, [0], "one option, one slack bit, nothing chosen"),
        ("1of4", 4, 1, 1, False, [0, 0, 1, 0], "one of four, exactly"),
        ("park", 10, 3, 1, True, [0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0], "three of ten with blank, full"),
        ("park-1", 10, 3, 1, True, [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0], "one of the three"),
        ("park-b", 10, 3, 1, True, [0] * 10 + [1], "blank"),
        ("slack-9", 21, 20, 0, False, [1] * 11 + [0] * 10, "slack weights (1, 2, 4, 8, 5), slack 9"),
        ("slack-0", 21, 20, 0, False, [1] * 20 + [0], "slack weights (1, 2, 4, 8, 5), slack 0"),
        ("slack-20", 21, 20, 0, False, [0] * 21, "slack weights (1, 2, 4, 8, 5), slack 20"),
        ("all", 6, 6, 2, True, [1, 1, 1, 1, 1, 1, 0], "every option"),
    ]
    ids = {}
    for label, options, most, least, blank, choices, comment in shapes:
        case = Case(label, options, most, least, blank, choices)
        ids[label] = (_accept(section, case, comment), case)
    _lies(section, ids["1of4"][0])
    _changed(section, *ids["park"])
    _context(section, *ids["park-1"])
    return section
