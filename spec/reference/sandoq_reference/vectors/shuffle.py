"""Vectors of section 48: shuffles of several shapes, cheating mixers, and everything changed that can be."""

from ..elgamal import encrypt
from ..equations import Failed, failing
from ..group import ORDER, FixedBase, add, decode, derived_base, double, encode, map_to_group
from ..groups import RISTRETTO255
from ..hashing import scalar_bytes
from ..random_stream import RandomStream
from ..shuffle import Bases, Context, Form, Shape, equations, list_hash
from ..shuffle_prove import Mixer
from .section import Section, changed


class Case:
    """One list, shuffled and proved, and everything that went into it."""

    def __init__(self, label, size, width, rows):
        stream = self.stream = RandomStream(f"48/{label}")
        self.e0 = stream.bytes(32)
        self.bases = Bases(lambda name, index: derived_base(self.e0, name, index))
        self.key = map_to_group(stream.bytes(64))
        table = FixedBase(self.key)
        self.shape = Shape(size, width, rows)
        self.inputs = [b"".join(encrypt(table, 1 + stream.below(9), stream.nonzero()) for _ in range(width))
                       for _ in range(size)]
        self.context = Context(
            e1=stream.bytes(32), domain=1 + stream.below(2), key=encode(self.key), contest=("contest " + label).encode(),
            set=b"all of " + label.encode(), root=stream.bytes(32), stage=1 + stream.below(3), mixer=1 + stream.below(5),
            previous=list_hash(self.inputs))
        self.permutation = list(range(self.shape.total))
        for i in range(self.shape.total - 1, 0, -1):
            j = stream.below(i + 1)
            self.permutation[i], self.permutation[j] = self.permutation[j], self.permutation[i]
        self.rho = [[stream.nonzero() for _ in range(width)] for _ in range(self.shape.total)]
        self.blinds = [stream.scalar() for _ in range(self.shape.m)]
        self.seed = stream.bytes(32)
        mixer = self.mixer()
        self.outputs, self.proof = mixer.outputs, mixer.prove()

    def mixer(self, **changes):
        values = {"permutation": self.permutation, "rho": self.rho, "context": self.context, **changes}
        return Mixer(values["context"], self.shape, self.bases, self.inputs, values["permutation"], values["rho"],
                     self.blinds, self.seed)

    def verify(self, **changes):
        """Names of what fails: [] if accepted."""
        get = {"context": self.context, "inputs": self.inputs, "outputs": self.outputs, "proof": self.proof,
               "size": self.shape.size, "rows": self.shape.m, **changes}.get
        try:
            shape = Shape(get("size"), self.shape.width, get("rows"))
            terms = equations(get("context"), shape, self.bases, get("inputs"), get("outputs"), get("proof"))
        except Failed as error:
            return [error.what.split(":")[0]]
        return [f"equation-{k}" for k in failing(terms)]

    def fields(self):
        return {"e0": self.e0, **{name: getattr(self.context, name) for name in Context.FIELDS}, "size": self.shape.size,
                "rows": self.shape.m, "width": self.shape.width, "inputs": self.inputs, "outputs": self.outputs,
                "proof": self.proof}


def difference(kept, made):
    """How to make one proof of another: in place of `cut` bytes from `at` on stands `put`."""
    at = next((i for i, (a, b) in enumerate(zip(kept, made)) if a != b), min(len(kept), len(made)))
    end = 0
    while end < min(len(kept), len(made)) - at and kept[-1 - end] == made[-1 - end]:
        end += 1
    return {"proof_at": at, "proof_cut": len(kept) - end - at, "proof_put": made[at:len(made) - end]}


class Maker:
    """Collects the vectors. A rejected one has, beside the id of an accepted one, only what differs from it."""

    def __init__(self):
        self.section = Section("48", "48-shuffle/vectors/shuffle.json")

    def accept(self, case, comment):
        assert case.verify() == [], comment
        form = Form(case.shape)
        assert len(case.proof) == form.size(RISTRETTO255)
        return self.section.add(
            comment, "shuffle", blind_base=encode(case.bases.blind),
            bases=[encode(base) for base in case.bases.first(max(case.shape.n, case.shape.width))],
            permutation=case.permutation, rho=[[scalar_bytes(v) for v in r] for r in case.rho],
            blinds=[scalar_bytes(v) for v in case.blinds], seed=case.seed, **case.fields())

    def reject(self, base, case, comment, expected=None, **changes):
        fails = case.verify(**changes)
        assert fails and (expected is None or fails == expected), (comment, fails)
        fields = {name: getattr(changes["context"], name) for name in Context.FIELDS} if "context" in changes else {}
        fields |= {name: value for name, value in changes.items() if name not in ("context", "proof")}
        if "proof" in changes:
            fields |= difference(case.proof, changes["proof"])
        self.section.add(comment, "shuffle", "reject", base, fails[0], fails_all=fails, **fields)

    def cheats(self, base, case):
        """Mixers who do not do what they say."""
        inputs, outputs = case.inputs, case.outputs
        other = encrypt(FixedBase(case.key), 7, case.stream.nonzero())
        self.reject(base, case, "an output is replaced after the proof", outputs=[other] + outputs[1:])
        self.reject(base, case, "an output is dropped", ["structure"], outputs=outputs[:-1])
        self.reject(base, case, "a ciphertext is dropped from both lists", inputs=inputs[:-1], outputs=outputs[:-1],
                    size=case.shape.size - 1)
        self.reject(base, case, "an output too many", ["structure"], outputs=outputs + [other])
        self.reject(base, case, "an output stands twice", outputs=[outputs[1]] + outputs[1:])
        self.reject(base, case, "two outputs change places", outputs=[outputs[1], outputs[0]] + outputs[2:])
        self.reject(base, case, "an output is doubled, to be found again", outputs=[twice(outputs[0])] + outputs[1:])
        self.reject(base, case, "another input", inputs=[other] + inputs[1:])
        self.reject(base, case, "an input too few", ["structure"], inputs=inputs[:-1])
        self.reject(base, case, "the outputs are the inputs", ["unchanged"], outputs=inputs)
        pi = case.permutation
        for comment, wrong in (("the prover drops one and takes another twice", [pi[1]] + pi[1:]),
                               ("the prover takes one twice and says its permutation was none", [pi[1]] + pi[1:])):
            mixer = case.mixer(permutation=wrong)
            lie = pi if comment.endswith("none") else None
            self.reject(base, case, comment, outputs=mixer.outputs, proof=mixer.prove(lie=lie))
        mixer = case.mixer()
        mixer.outputs = [mixer.outputs[0][:32] + encode(add(decode(mixer.outputs[0][32:]), decode(other[32:])))] + mixer.outputs[1:]
        mixer.after[0] = [decode(mixer.outputs[0][:32]), decode(mixer.outputs[0][32:])]
        self.reject(base, case, "a plaintext is altered before the proof", outputs=mixer.outputs, proof=mixer.prove())
        mixer = case.mixer()
        mixer.outputs[0] = twice(mixer.outputs[0])
        mixer.after[0] = [double(point) for point in mixer.after[0]]
        self.reject(base, case, "an output is doubled before the proof", outputs=mixer.outputs, proof=mixer.prove())
        rho = [[0]] + case.rho[1:]
        mixer = case.mixer(rho=rho)
        self.reject(base, case, "an output is an input as it was", ["unchanged"], outputs=mixer.outputs, proof=mixer.prove())

    def changed_context(self, base, case):
        for name in Context.FIELDS:
            context = Context(**{field: getattr(case.context, field) for field in Context.FIELDS})
            value = getattr(context, name)
            if name == "key":
                value = case.stream.element()
            elif name == "domain":
                value = 3 - value
            else:
                value = changed(value, len(value) - 1) if isinstance(value, bytes) else value + 1
            setattr(context, name, value)
            self.reject(base, case, f"reused under another {name}", context=context)
        context.key = bytes(32)
        self.reject(base, case, "K is the identity", ["identity"], context=context)

    def changed_proof(self, base, case):
        form, proof = Form(case.shape), case.proof
        for index, name in enumerate(form.elements + form.scalars):
            at = 32 * index
            if index < len(form.elements):
                other = encode(add(decode(proof[at:at + 32]), case.bases.blind))
            else:
                other = scalar_bytes((int.from_bytes(proof[at:at + 32], "little") + 1) % ORDER)
            self.reject(base, case, f"another {name}", proof=proof[:at] + other + proof[at + 32:])

    def forms(self, base, case):
        proof, outputs, inputs = case.proof, case.outputs, case.inputs
        self.reject(base, case, "truncated", ["structure"], proof=proof[:-1])
        self.reject(base, case, "a byte too many", ["structure"], proof=proof + b"\0")
        self.reject(base, case, "no bytes", ["structure"], proof=b"")
        self.reject(base, case, "a commitment that is no element", ["membership"], proof=b"\x01" + proof[1:])
        self.reject(base, case, "a response not below the order", ["membership"], proof=proof[:-32] + ORDER.to_bytes(32, "little"))
        self.reject(base, case, "an output that is no element", ["membership"], outputs=[outputs[0][:32] + b"\xff" * 32] + outputs[1:])
        self.reject(base, case, "an output's alpha is the identity", ["identity"], outputs=[bytes(32) + outputs[0][32:]] + outputs[1:])
        self.reject(base, case, "an input's alpha is the identity", ["identity"], inputs=[bytes(32) + inputs[0][32:]] + inputs[1:])
        for size in (0, 1):
            self.reject(base, case, f"N = {size}", ["structure"], size=size, rows=1, inputs=inputs[:size], outputs=outputs[:size])
        self.reject(base, case, "another number of rows", ["structure"], rows=case.shape.m + 1)


def twice(ciphertext):
    return b"".join(encode(double(decode(ciphertext[i:i + 32]))) for i in range(0, len(ciphertext), 32))


def wire_values(maker, base, case):
    """What a verifier has to set, and finds on the wire instead (finding E_m, c_{B,m} there would prove nothing)."""
    form, proof = Form(case.shape), case.proof
    at = 32 * form.elements.index(f"multi.c_B[{case.shape.m - 1}]") + 32
    maker.reject(base, case, "c_B,m of the multi-exponentiation on the wire too", ["structure"],
                 proof=proof[:at] + bytes(32) + proof[at:])
    at = 32 * (len(form.elements) + form.scalars.index("product.r"))
    maker.reject(base, case, "the last product of the single-value product on the wire too", ["structure"],
                 proof=proof[:at] + bytes(32) + proof[at:])


def make():
    maker = Maker()
    cases = [("two", 2, 1, 1, "the smallest: two ciphertexts, one row"), ("row", 5, 1, 1, "five ciphertexts in one row"),
             ("wide", 3, 2, 1, "ciphertexts of width two"), ("square", 4, 1, 2, "two rows of two"),
             ("filled", 7, 1, 3, "three rows of three, two places filled up"),
             ("both", 5, 2, 2, "two rows of three, width two, one place filled up")]
    made = {}
    for label, size, width, rows, comment in cases:
        case = Case(label, size, width, rows)
        made[label] = (maker.accept(case, comment), case)
    maker.cheats(*made["row"])
    maker.cheats(*made["square"])
    maker.changed_context(*made["two"])
    maker.forms(*made["two"])
    maker.forms(*made["square"])
    wire_values(maker, *made["row"])
    wire_values(maker, *made["square"])
    for label in ("two", "wide", "square", "filled"):
        maker.changed_proof(*made[label])
    return maker.section
