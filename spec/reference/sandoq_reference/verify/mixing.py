"""mix.groups, mix.stages and mix.proofs: the cascades of a record (spec 60, 48)."""

from .. import mix as rules
from ..equations import Failed, culprits, first_culprit
from ..group import IDENTITY_BYTES
from ..grouping import groups_problem
from ..hashing import sha512
from ..random_stream import RandomStream
from .pool import on_all_processes


class MixPass:
    def __init__(self, record, election, keys, journals, nodes, jobs=1, sample=None):
        """sample: number of stages whose proofs are verified, None for all."""
        self.record, self.election, self.keys, self.journals, self.nodes = record, election, keys, journals, nodes
        self.jobs, self.cascades = jobs, rules.gathered(record.mixes)
        stages = [(at, number) for at, cascade in enumerate(self.cascades) for number in range(1, len(cascade.stages) + 1)]
        self.sampled = None if sample is None or sample >= len(stages) else self._sample(stages, sample)
        self.proved = stages if self.sampled is None else self.sampled

    def _sample(self, stages, count):
        stream, left = RandomStream("sample/stages/" + sha512(self.record.head_bytes).hex()), list(stages)
        return sorted(left.pop(stream.below(len(left))) for _ in range(count))

    def shape(self, cascade):
        return self.election.shapes[cascade.group.contest]

    def inputs(self, cascade):
        """The ciphertexts of 60.1."""
        out = []
        for branch in sorted({b for place in cascade.group.nodes for b in self.election.branches_under(place.node)}):
            out += self.journals.branches[branch].mixed.get(cascade.group.contest, [])
        return out

    def groups(self):
        return groups_problem([cascade.group for cascade in self.cascades], self.election, self.nodes)

    def stages(self):
        items = []
        for cascade in self.cascades:
            problem = rules.stages_problem(cascade, self.inputs(cascade), self.shape(cascade), self.election, self.keys.shut_out)
            if problem:
                return f"group {cascade.group.group}: {problem}"
            items += rules.stage_signatures(cascade, self.election, self.keys.e1)
        return first_culprit(items, self.keys.e1)

    def proofs(self):
        proved = set(self.proved)
        for at, cascade in enumerate(self.cascades):
            if (at, len(cascade.stages)) not in proved:
                problem = self._last_problem(cascade)
                if problem:
                    return f"group {cascade.group.group}, stage {len(cascade.stages)}: {problem}"
        return next(filter(None, on_all_processes(self.jobs, self._proof_problem, self.proved)), None)

    def _last_problem(self, cascade):
        """What is wrong with the elements that are opened, where their stage's proof is left out (90.3)."""
        elements = cascade.stages[-1][1]
        if IDENTITY_BYTES in elements[::2]:
            return "an alpha is the identity"
        return rules.elements_problem(elements)

    def _proof_problem(self, stage):
        at, number = stage
        cascade = self.cascades[at]
        name = f"group {cascade.group.group}, stage {number}"
        try:
            item = rules.stage_item(cascade, number, self.inputs(cascade), self.shape(cascade), self.election, self.keys,
                                    self.nodes[0].hash)
            wrong = [equations for _, equations in culprits([item], self.keys.e1)]
        except Failed as error:
            return error.what
        except Exception as error:  # a verifier never breaks on bad input: the check fails instead
            return f"{name}: {type(error).__name__}: {error}"
        return f"{name}: the proof is wrong: " + ", ".join(f"equation {k}" for k in wrong[0]) if wrong else None
