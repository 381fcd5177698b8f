"""Records that are wrong in one point, re-hashed and re-signed around it; each fails exactly one check."""

from ..verify.verdict import load_checks
from .election import STEPS, small
from .everything import everything
from .faults_attacks import ATTACKS
from .faults_ceremony import CEREMONY
from .faults_forms import FORMS
from .faults_journals import JOURNALS
from .faults_openings import OPENINGS
from .faults_mix import MIX
from .faults_mixed import MIXED
from .faults_small import SMALL
from .faults_sums import SUMS
from .faults_wire import WIRE
from .forms import forms
from .mixed import mixed
from .variants import ASKED, VARIANTS

STEP_OF = {"manifest": "manifest", "ceremony": "ceremony", "election_key": "ceremony", "opening": "polls", "ballot": "polls",
           "cast": "polls", "challenge": "polls", "void": "polls", "recovery": "polls", "exclusion": "polls", "close": "close",
           "eligibility": "close", "tally_node": "tally", "lot_commit": "openings", "lot_commits": "openings", "request": "openings",
           "partial": "openings", "result": "results", "subtotal": "results", "attributes": "ties", "lot_reveal": "ties",
           "lot_beacon": "ties", "resolution": "ties", "allocation": "ties", "groups": "mix", "mix_group": "mix", "mix": "mix",
           "mix_stage": "mix", "list_request": "openings", "list_partial": "openings", "mix_factors": "openings",
           "plan": "openings"}


def step_of(hook):
    """The step in which a hook comes by; None: when the record is written."""
    name, _, rest = hook.partition(".")
    if name == "step":
        return rest
    return "ceremony" if name.startswith("dkg_") else STEP_OF.get(name)


BASES = {"small": lambda: small("mutations", 4), "everything": lambda: everything("mutations"),
         "mixed": lambda: mixed("mutations"), "forms": lambda: forms("mutations")}
MUTATIONS = SMALL + CEREMONY + JOURNALS + OPENINGS + ATTACKS + SUMS + WIRE + MIX + MIXED + FORMS  # each rejected whatever is asked
CORPUS = VARIANTS + ASKED + MUTATIONS
BALLOT_FILE_BYTES = 4000  # so that a change in one journal leaves the files of the others as they are


class Bases:
    """Elections taken up to every step, so that a mutation repeats only what comes after it."""

    def __init__(self):
        self.ready = {}

    def before(self, base, step):
        """A maker that has taken all steps before this one (None: all)."""
        if (base, step) not in self.ready:
            earlier = STEPS[:STEPS.index(step)] if step else STEPS
            self.ready[base, step] = BASES[base]() if not earlier else self.before(base, earlier[-1]).fork(None).run(step)
        return self.ready[base, step]


bases = Bases()


def make_mutated(mutations, directory):
    """Writes a record with these mutations together, which are of one base; its maker."""
    steps = [step_of(mutation.on) for mutation in mutations]
    first = min(steps, key=lambda step: STEPS.index(step) if step else len(STEPS))
    hooks = [mutation.hook() for mutation in mutations]

    def call(name, value, maker):
        for hook in hooks:
            hook(name, value, maker)
    maker = bases.before(mutations[0].base, first).fork(call).run()
    maker.write(directory, BALLOT_FILE_BYTES)
    return maker


def expected_statuses(fails, asked=()):
    """What every check must say of a record that fails these, and is otherwise good; asked: optional ones (90.1)."""
    out = {}
    for entry in load_checks():
        name = entry["id"]
        runs = all(out[other] == "pass" for other in entry["rests_on"]) and (not entry.get("optional") or name in asked)
        out[name] = "not-run" if not runs else "fail" if name in fails else "pass"
    assert all(out[name] == "fail" for name in fails), fails
    return out


def sample(among, stride=6):
    """The first mutation of every check, and every so many-th of the others: enough for a run that must be short."""
    seen = set()
    out = []
    for index, mutation in enumerate(among):
        if not seen.issuperset(mutation.fails) or index % stride == 0:
            seen.update(mutation.fails)
            out.append(mutation)
    return out
