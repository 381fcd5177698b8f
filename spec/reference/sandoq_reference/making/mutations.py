"""Records that are wrong in one point, re-hashed and re-signed around it; each fails exactly one check."""

from ..verify.verdict import load_checks
from .election import STEPS, small
from .everything import everything
from .faults_ceremony import CEREMONY
from .faults_journals import JOURNALS
from .faults_openings import OPENINGS
from .faults_small import SMALL

STEP_OF = {"manifest": "manifest", "ceremony": "ceremony", "election_key": "ceremony", "opening": "polls", "ballot": "polls",
           "cast": "polls", "challenge": "polls", "void": "polls", "recovery": "polls", "exclusion": "polls", "close": "close",
           "eligibility": "close", "tally_node": "tally", "lot_commit": "openings", "lot_commits": "openings", "request": "openings",
           "partial": "openings", "result": "results", "subtotal": "results", "attributes": "ties", "lot_reveal": "ties",
           "lot_beacon": "ties", "resolution": "ties"}


def step_of(hook):
    """The step in which a hook comes by; None: when the record is written."""
    name = hook.split(".")[0]
    return "ceremony" if name.startswith("dkg_") else STEP_OF.get(name)


BASES = {"small": lambda: small("mutations", 4), "everything": lambda: everything("mutations")}
MUTATIONS = SMALL + CEREMONY + JOURNALS + OPENINGS


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
    """Writes a record with these mutations together; they are of one base."""
    steps = [step_of(mutation.on) for mutation in mutations]
    first = min(steps, key=lambda step: STEPS.index(step) if step else len(STEPS))
    hooks = [mutation.hook() for mutation in mutations]

    def call(name, value, maker):
        for hook in hooks:
            hook(name, value, maker)
    bases.before(mutations[0].base, first).fork(call).run().write(directory)


def expected_statuses(check):
    """What every check must say of a record that fails this one, and is otherwise good (90.1)."""
    out = {}
    for entry in load_checks():
        good = all(out[other] == "pass" for other in entry["rests_on"]) and not entry.get("optional")
        out[entry["id"]] = "fail" if entry["id"] == check else "pass" if good else "not-run"
    return out


def sample(stride=6):
    """The first mutation of every check, and every so many-th of the others: enough for a run that must be short."""
    seen = set()
    out = []
    for index, mutation in enumerate(MUTATIONS):
        if mutation.check not in seen or index % stride == 0:
            seen.add(mutation.check)
            out.append(mutation)
    return out
