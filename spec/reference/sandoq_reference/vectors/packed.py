"""Vectors of section 47: packed choices, their proofs, and what is read as an invalid vote."""

from ..bit_vector import Context
from ..equations import Failed, failing
from ..group import ORDER, FixedBase, add, decode, encode, map_to_group, multiply_generator
from ..hashing import scalar_bytes
from ..packed import (PART_BITS, Shape, element_bytes, encrypt, encryption_nonces, equations, is_encoding,
                      number_of_element, number_of_ranking, number_of_subset, parts_of, prove, read_choice)
from ..random_stream import RandomStream
from .bit_vector import other_contexts
from .section import Section


class Case:
    """One ballot with its proof and everything that went into it."""

    def __init__(self, label, shape, codes, text=""):
        stream = self.stream = RandomStream(f"47/{label}")
        self.shape, self.codes, self.text = shape, list(codes), text
        self.key_point = map_to_group(stream.bytes(64))
        self.key_table = FixedBase(self.key_point)
        self.context = Context(
            e1=stream.bytes(32), domain=1 + stream.below(2), key=encode(self.key_point),
            contest=("contest " + label).encode(), descriptor=stream.bytes(32), branch=stream.below(1 << 20),
            device=1 + stream.below(9), serial=1 + stream.below(900), style=stream.below(4096),
            digits=stream.below(10001))
        self.seed = stream.bytes(32)
        number = (number_of_ranking(shape.options, codes) if shape.ranked else number_of_subset(shape.options, codes))
        self.parts = parts_of(shape, number, text.encode())
        self.nonces = encryption_nonces(self.context, self.parts, self.seed)
        self.ciphertexts = encrypt(self.key_table, self.parts, self.nonces)
        self.proof = prove(self.context, self.ciphertexts, self.nonces, self.seed)
        self.elements = [element_bytes(v + 1) for v in self.parts]

    def verify(self, proof=None, ciphertexts=None, context=None):
        """Names of what fails: [] if accepted."""
        try:
            terms = equations(context or self.context, ciphertexts or self.ciphertexts, proof or self.proof)
        except Failed as error:
            return [error.what.split(":")[0]]
        return [f"equation-{k}" for k in failing(terms)]

    def statement(self, context=None, **changes):
        context = context or self.context
        fields = {**{name: getattr(context, name) for name in Context.FIELDS}, **limits(self.shape),
                  "ciphertexts": self.ciphertexts, "proof": self.proof}
        return {**fields, **changes}


def limits(shape):
    return {"options": shape.options, "max": shape.most, "min": shape.least, "blank": int(shape.blank),
            "ranking": int(shape.ranked), "text_bytes": shape.text_bytes}


def _accept(section, case, comment):
    assert case.verify() == [], comment
    used = [code for code in case.codes if code]
    assert read_choice(case.shape, case.elements) == (case.codes, case.text), comment
    return section.add(comment, "packed", codes=used, text=case.text.encode(), parts=[f"{v:060x}" for v in case.parts],
                       elements=case.elements, seed=case.seed, nonces=[scalar_bytes(r) for r in case.nonces],
                       **case.statement())


def _reject(section, base, case, comment, expected=None, **overrides):
    changes = {name: overrides[name] for name in ("proof", "ciphertexts") if name in overrides}
    fails = case.verify(**overrides)
    assert fails and (expected is None or fails == expected), (comment, fails)
    section.add(comment, "packed", "reject", base, fails[0], fails_all=fails,
                **case.statement(overrides.get("context"), **changes))


def _changed(section, base, case):
    proof, texts = case.proof, case.ciphertexts
    _reject(section, base, case, "another element for W", ["equation-0"], proof=case.stream.element() + proof[32:])
    _reject(section, base, case, "W is no element", ["membership"], proof=b"\x01" + bytes(31) + proof[32:])
    z = int.from_bytes(proof[32:], "little")
    _reject(section, base, case, "z increased by one", ["equation-0"], proof=proof[:32] + scalar_bytes(z + 1))
    _reject(section, base, case, "z not below the order", ["membership"],
            proof=proof[:32] + (ORDER + z % 7).to_bytes(32, "little"))
    _reject(section, base, case, "an alpha is the identity", ["identity"],
            ciphertexts=[bytes(32) + texts[0][32:]] + texts[1:])
    _reject(section, base, case, "a beta is another", ["equation-0"],
            ciphertexts=[texts[0][:32] + case.stream.element()] + texts[1:])
    again = case.stream.scalar()
    alpha, beta = decode(texts[0][:32]), decode(texts[0][32:])
    _reject(section, base, case, "the first ciphertext encrypted anew", ["equation-0"], ciphertexts=[
        encode(add(alpha, multiply_generator(again))) + encode(add(beta, case.key_table.multiply(again)))] + texts[1:])
    _reject(section, base, case, "two ciphertexts swapped", ["equation-0"], ciphertexts=[texts[1], texts[0]] + texts[2:])
    for name, context in other_contexts(case):
        _reject(section, base, case, f"another {name}", ["equation-0"], context=context)


def _read(section, shape, elements, comment):
    """What is opened, and whether it is a permitted choice."""
    choice = read_choice(shape, elements)
    found = {} if choice is None else {"codes": [c for c in choice[0] if c], "text": choice[1].encode()}
    section.add(comment, "reading", elements=elements, permitted=int(choice is not None), **found, **limits(shape))


def _readings(section):
    stream = RandomStream("47/readings")
    subset, ranking = Shape(20, 4, 1, True), Shape(20, 4, 2, False, True)
    written = Shape(20, 4, 0, False, text_bytes=40)
    plain = [element_bytes(v + 1) for v in parts_of(written, 0)]

    def of_number(shape, number, text=b""):
        return [element_bytes(v + 1) for v in parts_of(shape, number, text)]

    _read(section, subset, of_number(subset, subset.values - 1), "the largest number of a subset")
    _read(section, subset, of_number(subset, subset.values), "one above it")
    _read(section, subset, of_number(subset, 0), "blank")
    _read(section, Shape(20, 4, 1, False), of_number(subset, 0), "blank where it is not counted")
    _read(section, Shape(20, 4, 3, False), of_number(subset, number_of_subset(20, [4, 9])), "fewer than the minimum")
    _read(section, subset, [element_bytes(1 << PART_BITS)], "the largest m, above the largest number")
    _read(section, subset, [bytes(32)], "the identity, which is m = 0")
    _read(section, subset, [encode(map_to_group(stream.bytes(64)))], "an element nobody has packed")
    later = first_later()
    assert number_of_element(later) is None
    _read(section, subset, [later], "the second ctr that gives an encoding")
    too_large = 2 * 256 * ((1 << PART_BITS) + 1)
    while not is_encoding(too_large):
        too_large += 2
    _read(section, subset, [too_large.to_bytes(32, "little")], "m = 2^240 + 1")
    for ranks, comment in (([3, 17, 0, 0], "two ranks"), ([3, 3, 0, 0], "a code in two ranks"),
                           ([3, 0, 17, 0], "an unused rank in front of a used one"), ([0, 0, 0, 0], "no rank used"),
                           ([20, 19, 18, 17], "all ranks")):
        _read(section, ranking, of_number(ranking, number_of_ranking(20, ranks)), comment)
    number = number_of_subset(20, [5])
    for text, comment in (("رضا".encode(), "a name"), (b"", "no name"), (b"x" * 40, "a name of full length"),
                          (b"a\0b", "a zero byte inside"), (b"\xff", "no UTF-8"), ("ا".encode()[:1], "half a letter")):
        _read(section, written, of_number(written, number, text), "a write-in: " + comment)
    long = [plain[0], plain[1], element_bytes((1 << 80) + 1)]
    _read(section, written, long, "a write-in: a byte behind the last")


def first_later():
    """An encoding with m = 1 and the second ctr that gives one."""
    good = [c for c in range(256) if is_encoding(2 * (256 + c))]
    return (2 * (256 + good[1])).to_bytes(32, "little")


def make():
    section = Section("47", "47-packed/vectors/packed.json")
    cases = [
        ("one", Shape(1, 1, 0, False), [1], "", "one option"),
        ("blank", Shape(20, 4, 1, True), [], "", "blank"),
        ("four", Shape(20, 4, 1, True), [3, 7, 8, 20], "", "four of twenty"),
        ("tehran", Shape(5063, 21, 1, True), list(range(7, 5063, 260)), "", "twenty of 5,063"),
        ("all", Shape(8192, 21, 1, False), list(range(8172, 8193)), "", "the last 21 of 8,192"),
        ("wide", Shape(8192, 64, 1, False), list(range(1, 8192, 128)), "", "64 of 8,192: three parts"),
        ("ranks", Shape(35, 3, 0, False, True), [4, 9, 0], "", "two ranks of three"),
        ("written", Shape(35, 3, 0, False, True, 40), [35, 1, 2], "نامزد نوشته", "three ranks and a write-in"),
    ]
    ids = {}
    for label, shape, codes, text, comment in cases:
        case = Case(label, shape, codes, text)
        ids[label] = (_accept(section, case, comment), case)
    _changed(section, *ids["written"])
    _readings(section)
    return section
