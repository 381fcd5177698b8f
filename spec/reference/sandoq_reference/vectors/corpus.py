"""The corpus of section 90: good records, and records that must be rejected as files that lie over good ones."""

import json
import os
import shutil
import tempfile

from ..making.mutations import BASES, CORPUS, expected_statuses, make_mutated, sample
from ..verify.verdict import load_checks
from .corpus_page import page
from .threats import THREATS

FOLDER = os.path.join("90-verification", "corpus")
INDEX, PAGE = "corpus.json", "README.md"
DESCRIBED = {"small": "two boards of 2 of 3, three branches, two contests; a ballot challenged, one void, one branch empty",
             "everything": "all the rest: attempts of the key ceremony that failed, a device lost and one excluded, eligibility "
             "logs, subtotals, ties broken by attributes and a lot",
             "mixed": "slots in two groups, packed subsets and rankings, a bit vector under a proportional rule; an invalid vote, a "
             "contest of one ballot, a challenged ballot of every encoding, ties settled by attributes and a lot",
             "forms": "closed lists in a bit vector, several votes for one option in slots, open lists with codes of their own in a "
             "packed subset, options or a list in a bit vector; over-votes that are cut off, an invalid vote with options of two lists"}
HEAVY = ("too-many-ciphertexts",)  # 0.7 MB; spec/50-manifest has its condition, the reference's tests its record
STORED = [mutation for mutation in CORPUS if mutation.name not in HEAVY]
BY_NAME = {mutation.name: mutation for mutation in STORED}
# Records that are good each for itself, of one election: does the second head speak against the boards (90.4)?
PAIRS = [
    {"name": "closed-twice", "vectors": ["good-small", "second-closing"], "fork": True,
     "what": "two heads of one election (equal e1), both signed by both boards, over different ballots: whoever holds both can "
             "show it to everybody"},
    {"name": "ties-resolved-later", "vectors": ["ties-open", "good-everything"], "fork": False,
     "what": "the second head only adds the resolution of ties: all files but opening.pb are the same, and of opening.pb all "
             "items before the attributes"},
]


def read_files(directory):
    out = {}
    for name in sorted(os.listdir(directory)):
        with open(os.path.join(directory, name), "rb") as stream:
            out[name] = stream.read()
    return out


class Made:
    """What a process has made of the bases."""

    def __init__(self):
        self.files, self.elections = {}, {}

    def base(self, name):
        """The files of a base."""
        if name not in self.files:
            with tempfile.TemporaryDirectory() as directory:
                maker = make_mutated([BY_NAME["good-" + name]], directory)
                self.files[name], self.elections[name] = read_files(directory), maker.election
        return self.files[name]

    def election(self, name):
        self.base(name)
        return self.elections[name]


made = Made()


def write_files(directory, files):
    shutil.rmtree(directory, ignore_errors=True)
    for name, data in files.items():
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, name), "wb") as stream:
            stream.write(data)


def write_base(task):
    """(name, folder of the corpus): writes a base; its entry in the index."""
    name, folder = task
    files = made.base(name)
    write_files(os.path.join(folder, "bases", name), files)
    return {"what": DESCRIBED[name], "files": list(files), "manifest_hash": made.election(name).e0.hex(),
            "domain": "real" if made.election(name).domain == 1 else "drill"}


def write_vector(task):
    """(name, folder of the corpus): writes the files that differ from the base; what only its making tells of it."""
    name, folder = task
    mutation = BY_NAME[name]
    base = made.base(mutation.base)
    with tempfile.TemporaryDirectory() as directory:
        maker = make_mutated([mutation], directory)
        files = read_files(directory)
    changed = {path: data for path, data in files.items() if base.get(path) != data}
    write_files(os.path.join(folder, "vectors", name), changed)
    out = {"files": list(changed), "removed": [path for path in base if path not in files]}
    if not mutation.fails:
        out["ballots"] = sum(device.counts["cast"] for device in maker.devices if not device.excluded)
        out["counts"] = {contest.id.decode(): maker.election.told(index, result.counts)
                         for index, (contest, result) in enumerate(zip(maker.election.contests, maker.results))}
    return out


def entry(mutation, bases, told):
    """A vector's entry in the index; told: what write_vector() says."""
    options = dict(mutation.options)
    if "manifest_hash" in options:
        options["manifest_hash"] = bases[options["manifest_hash"]]["manifest_hash"]
    asked = {check for check, option in (("manifest.pin", "manifest_hash"), ("manifest.domain", "domain")) if option in options}
    return {"name": mutation.name, "what": mutation.what, "threats": mutation.threats, "fails": mutation.fails,
            "base": mutation.base, "files": told["files"], "removed": told["removed"], "options": options,
            "verdict": "reject" if mutation.fails else "accept", "ballots": told.get("ballots", 0),
            "counts": told.get("counts", {}), "statuses": expected_statuses(mutation.fails, asked)}


def index_of(bases, told):
    """The whole index; told: name -> what write_vector() says."""
    vectors = [entry(mutation, bases, told[mutation.name]) for mutation in STORED]
    threats = [{"id": name, "what": threat.name,
                "vectors": [vector["name"] for vector in vectors if name in vector["threats"]],
                "elsewhere": [dict(zip(("kind", "path", "what"), place)) for place in threat.elsewhere]}
               for name, threat in THREATS.items()]
    return {"section": "90", "checks": [check["id"] for check in load_checks()], "bases": bases, "vectors": vectors,
            "pairs": PAIRS, "threats": threats}


def as_text(index):
    """JSON with a line for every base, vector, pair and threat."""
    out = []
    for key, value in index.items():
        if key == "bases":
            rows = [f"{json.dumps(name)}: {json.dumps(row)}" for name, row in value.items()]
            out.append(f"{json.dumps(key)}: {{\n" + ",\n".join(rows) + "\n}")
        elif value and isinstance(value[0], dict):
            out.append(f"{json.dumps(key)}: [\n" + ",\n".join(map(json.dumps, value)) + "\n]")
        else:
            out.append(f"{json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(out) + "\n}\n"


def _kept(spec):
    """name -> entry of the vectors that are there already."""
    try:
        with open(os.path.join(spec, FOLDER, INDEX), encoding="ascii") as stream:
            return {vector["name"]: vector for vector in json.load(stream)["vectors"]}
    except FileNotFoundError:
        return {}


def write(spec, kept_in, every, run):
    """Writes bases, index, page and a sample of the vectors (every one of them if asked) below spec; the paths.

    kept_in: the spec folder whose index tells what the vectors consist of that are not made anew; run(function, tasks): map.
    """
    kept, folder = _kept(kept_in), os.path.join(spec, FOLDER)
    some = {mutation.name for mutation in sample(STORED, 8)}
    chosen = [mutation for mutation in STORED if every or mutation.name in some or not mutation.fails
              or mutation.name not in kept]
    chosen.sort(key=lambda mutation: mutation.base)
    names = [mutation.name for mutation in chosen]
    entries = run(write_vector, [(name, folder) for name in names])
    bases = dict(zip(BASES, run(write_base, [(name, folder) for name in BASES])))
    told = {**kept, **dict(zip(names, entries))}
    index = index_of(bases, told)
    os.makedirs(os.path.join(folder, "vectors"), exist_ok=True)
    for stray in set(os.listdir(os.path.join(folder, "vectors"))) - set(BY_NAME):
        shutil.rmtree(os.path.join(folder, "vectors", stray))
    for name, text in ((INDEX, as_text(index)), (PAGE, page(index))):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as stream:
            stream.write(text)
    paths = [INDEX, PAGE] + [os.path.join("bases", name) for name in BASES]
    paths += [os.path.join("vectors", name) for name in names if told[name]["files"]]
    return [os.path.join(FOLDER, path) for path in paths]
