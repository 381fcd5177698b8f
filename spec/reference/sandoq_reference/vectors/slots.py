"""Vectors of section 46: slot proofs of several shapes, and lies that fail named equations."""

from ..bit_vector import Context
from ..equations import Failed, failing
from ..group import ORDER, FixedBase, decode, encode, multiply_generator
from ..hashing import scalar_bytes, u32
from ..random_stream import RandomStream
from ..slots import Bases, Shape, codes_of, encrypt, encryption_nonces, equations, prove
from .bit_vector import other_contexts
from .section import Section

ELEMENTS = ("A", "S", "T1", "T2", "E.alpha", "E.beta")
SCALARS = ("t_hat", "tau_x", "mu", "f", "z_E", "a", "b")


class Case:
    """One statement with its proof and everything that went into it."""

    def __init__(self, label, options, most, least, blank, chosen):
        stream = self.stream = RandomStream(f"46/{label}")
        self.limits = {"options": options, "max": most, "min": least, "blank": int(blank)}
        self.shape = Shape(options, most, least, blank)
        self.e0 = stream.bytes(32)
        self.bases = Bases(self.e0)
        self.secret_key = stream.scalar()
        self.key_point = multiply_generator(self.secret_key)
        self.key_table = FixedBase(self.key_point)
        self.context = Context(
            e1=stream.bytes(32), domain=1 + stream.below(2), key=encode(self.key_point),
            contest=("contest " + label).encode(), descriptor=stream.bytes(32), branch=stream.below(1 << 20),
            device=1 + stream.below(9), serial=1 + stream.below(900), style=stream.below(4096),
            digits=stream.below(10001))
        self.seed = stream.bytes(32)
        self.chosen = list(chosen)
        self.codes, self.blank = codes_of(self.shape, chosen) if len(chosen) <= most else (list(chosen), 0)
        self.blank = self.blank if blank else 0
        self.make()

    def make(self, codes=None, blank=None):
        """Encrypts and proves these codes (default: those of the choices), which may be a lie."""
        self.codes = self.codes if codes is None else codes
        self.blank = self.blank if blank is None else blank
        self.nonces = encryption_nonces(self.context, self.shape, self.codes, self.blank, self.seed)
        self.ciphertexts = encrypt(self.key_table, self.shape, self.codes, self.blank, self.nonces)
        self.prove(self.codes, self.blank, self.nonces)

    def prove(self, codes, blank, nonces):
        self.trace = {}
        self.proof = prove(self.context, self.shape, self.bases, self.key_table, self.ciphertexts, codes, blank, nonces,
                           self.seed, self.trace)

    def verify(self, proof=None, ciphertexts=None, context=None):
        """Names of what fails: [] if accepted."""
        context = context or self.context
        try:
            terms = equations(context, self.shape, self.bases, decode(context.key), ciphertexts or self.ciphertexts,
                              proof or self.proof)
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
    challenges = {name: scalar_bytes(value) for name, value in case.trace.items() if name != "h"}
    return section.add(comment, "slots", bits=case.shape.bits, codes=case.codes, chosen=case.chosen, is_blank=case.blank,
                       seed=case.seed, nonces=[scalar_bytes(r) for r in case.nonces], blind_base=encode(case.bases.blind),
                       inner_base=encode(case.bases.inner),
                       vector_base_last=encode(case.bases.row("vec/G", case.shape.bits)[-1]),
                       right_base_last=encode(case.bases.row("vec/R", case.shape.bits)[-1]), challenges=challenges,
                       **case.statement())


def _reject(section, base, case, comment, expected=None, **overrides):
    changes = {name: overrides[name] for name in ("proof", "ciphertexts") if name in overrides}
    fails = case.verify(**overrides)
    assert fails and (expected is None or fails == expected), (comment, fails)
    section.add(comment, "slots", "reject", base, fails[0], fails_all=fails,
                **case.statement(overrides.get("context"), **changes))


def _replaced(data, at, block):
    return data[:at] + block + data[at + len(block):]


def _lies(section, base):
    def lie(label, comment, codes, blank=0, expected=("equation-0",), least=1, counted=True):
        case = Case(label, 20, 4, least, counted, [3, 7, 8, 20])
        case.make(codes, blank)
        _reject(section, base, case, comment, list(expected))

    lie("lie-twice", "a code twice", [3, 3, 8, 20])
    lie("lie-order", "codes out of order", [7, 3, 8, 20])
    lie("lie-zero", "code 0", [0, 1, 2, 3])
    lie("lie-large", "code n + k + 1", [3, 7, 8, 25])
    lie("lie-blank", "blank, with an option", [3, 22, 23, 24], 1)
    lie("lie-empty", "no option, and not blank", [21, 22, 23, 24])
    lie("lie-two", "z = 2", [21, 22, 23, 24], 2)
    lie("lie-minimum", "fewer options than the minimum", [3, 22, 23, 24], least=2, counted=False)
    case = Case("lie-swap", 20, 4, 1, True, [3, 7, 8, 20])
    case.ciphertexts = encrypt(case.key_table, case.shape, [3, 7, 9, 20], 0, case.nonces)
    case.prove(case.codes, 0, case.nonces)
    _reject(section, base, case, "ciphertexts of other codes than the proof's", ["equation-2"])
    case = Case("lie-flag", 20, 4, 1, True, [])
    case.ciphertexts = encrypt(case.key_table, case.shape, case.codes, 0, case.nonces)
    case.prove(case.codes, 1, case.nonces)
    _reject(section, base, case, "a blank ballot whose Z holds 0", ["equation-2"])
    case = Case("lie-key", 20, 4, 1, True, [3, 7, 8, 20])
    inverse = pow(case.secret_key, -1, ORDER)
    case.ciphertexts = encrypt(case.key_table, case.shape, [5, 5, 5, 5], 0, case.nonces)
    case.prove(case.codes, 0, [(r + (5 - code) * inverse) % ORDER for r, code in zip(case.nonces, case.codes)]
               + case.nonces[4:])
    _reject(section, base, case, "four times code 5, by a forger who knows the key: betas fit, alphas do not",
            ["equation-1"])


def _changed(section, base, case):
    proof, rounds = case.proof, case.shape.rounds
    names = ELEMENTS + tuple(f"{side} of round {t}" for t in range(1, rounds + 1) for side in "LR")
    for index, name in enumerate(names):
        at = 32 * index + (0 if index < 6 else 4)
        _reject(section, base, case, f"another element for {name}", proof=_replaced(proof, at, case.stream.element()))
    bad = b"\x01" + bytes(31)
    _reject(section, base, case, "A is no element", ["membership"], proof=_replaced(proof, 0, bad))
    _reject(section, base, case, "an R is no element", ["membership"], proof=_replaced(proof, 196 + 32, bad))
    end = 196 + 64 * rounds
    for index, name in enumerate(SCALARS):
        at = end + 32 * index
        value = int.from_bytes(proof[at:at + 32], "little")
        expected = ["equation-3"] if name in "ab" else None
        _reject(section, base, case, f"{name} increased by one", expected,
                proof=_replaced(proof, at, scalar_bytes(value + 1)))
        _reject(section, base, case, f"{name} not below the order", ["membership"],
                proof=_replaced(proof, at, (ORDER + value % 7).to_bytes(32, "little")))
    _reject(section, base, case, "a round more", ["structure"],
            proof=proof[:192] + u32(rounds + 1) + bytes(64) + proof[196:])
    _reject(section, base, case, "a round less", ["structure"], proof=proof[:192] + u32(rounds - 1) + proof[260:])
    _reject(section, base, case, "count and length differ", ["structure"], proof=_replaced(proof, 192, u32(rounds + 1)))
    _reject(section, base, case, "truncated", ["structure"], proof=proof[:-1])
    _reject(section, base, case, "a byte too many", ["structure"], proof=proof + b"\0")
    texts = case.ciphertexts
    _reject(section, base, case, "an alpha is the identity", ["identity"],
            ciphertexts=[bytes(32) + texts[0][32:]] + texts[1:])
    _reject(section, base, case, "Z's alpha is the identity", ["identity"],
            ciphertexts=texts[:-1] + [bytes(32) + texts[-1][32:]])
    _reject(section, base, case, "a beta is no element", ["membership"],
            ciphertexts=[texts[0][:32] + bad] + texts[1:])
    _reject(section, base, case, "two slots swapped", ciphertexts=[texts[1], texts[0]] + texts[2:])
    _reject(section, base, case, "Z is missing", ["structure"], ciphertexts=texts[:-1])
    _reject(section, base, case, "a slot encrypted anew", ciphertexts=[texts[0], encrypt(
        case.key_table, Shape(20, 1, 0, False), [case.codes[1]], 0, [case.stream.scalar()])[0]] + texts[2:])


def _context(section, base, case):
    for name, context in other_contexts(case):
        _reject(section, base, case, f"another {name}", context=context)
    context = case.context.copy()
    context.key = bytes(32)
    _reject(section, base, case, "K is the identity", ["identity"], context=context)


def make():
    section = Section("46", "46-slots/vectors/slots.json")
    shapes = [
        ("one", 1, 1, 0, False, [1], "one option, one slot"),
        ("one-0", 1, 1, 0, False, [], "one option, nothing chosen"),
        ("one-b", 1, 1, 1, True, [], "one option, blank"),
        ("1of4", 4, 1, 1, False, [3], "one of four, exactly"),
        ("park", 20, 4, 1, True, [3, 7, 8, 20], "four of twenty with blank, full"),
        ("park-2", 20, 4, 1, True, [1, 20], "two of the four"),
        ("park-b", 20, 4, 1, True, [], "blank"),
        ("least", 20, 4, 2, False, [19, 20], "the fewest that are allowed"),
        ("all", 6, 6, 2, True, [1, 2, 3, 4, 5, 6], "every option"),
        ("8191", 8191, 2, 1, True, [8190, 8191], "13 digits"),
        ("8192", 8192, 2, 1, True, [1, 8192], "14 digits"),
        ("tehran", 5063, 21, 1, True, list(range(7, 5063, 260)), "twenty of 5,063, at most 21"),
    ]
    ids = {}
    for label, options, most, least, blank, chosen, comment in shapes:
        case = Case(label, options, most, least, blank, chosen)
        ids[label] = (_accept(section, case, comment), case)
    _lies(section, ids["park"][0])
    _changed(section, *ids["park"])
    _context(section, *ids["park-2"])
    return section
