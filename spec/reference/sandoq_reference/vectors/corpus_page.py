"""The page that people read of the corpus: threat, vector, check."""

INTRODUCTION = """# The must-reject corpus

Written by `spec/reference/make_vectors.py corpus`; not to be edited by hand.

{bases} good records and {rejected} records that must be rejected, made from them: for every check at least one, and for every threat that
a record can show. Each is wrong in one point and hashed and signed anew around it, so that exactly one check fails, what rests on it is
not run, and all else passes ({several} are attacks that break two checks at once, as they would in the field). {accepted} more must be
accepted. [`corpus.json`](corpus.json) tells what every single check must say; [section 90](../section.md) says which conditions belong
to it.

## How to apply a vector

A vector lies over its base. Copy `bases/BASE`, put the files of `vectors/NAME` over it (a vector without files has no folder), delete what
`removed` names; the result is a record (80.1). `options` are what the verifier is given besides: the manifest hash (e0) and the domain
that people agreed on. With `jq` and a shell:

    apply() {{ # NAME TARGET, which does not exist yet
      v=$(jq -e --arg n "$1" '.vectors[] | select(.name == $n)' corpus.json) || return
      cp -r "bases/$(jq -r .base <<<"$v")" "$2"
      [ ! -d "vectors/$1" ] || cp "vectors/$1/"* "$2/"
      jq -r '.removed[]' <<<"$v" | while read -r file; do rm "$2/$file"; done
    }}

To run your own verifier over all of them, where it prints a JSON object with `checks` as a list of `id` and `status`:

    jq -r '.vectors[].name' corpus.json | while read -r name; do
      apply "$name" "/tmp/record-$name"
      options=$(jq -r --arg n "$name" '.vectors[] | select(.name == $n).options | to_entries[] | "--" + (.key | sub("_"; "-")) + " " + .value' corpus.json)
      diff <(YOUR-VERIFIER "/tmp/record-$name" --json $options </dev/null 2>/dev/null | jq -S '[.checks[] | {{(.id): .status}}] | add') \\
           <(jq -S --arg n "$name" '.vectors[] | select(.name == $n).statuses' corpus.json) >/dev/null || echo "$name differs"
      rm -r "/tmp/record-$name"
    done

It names what differs; silence is agreement (what a verifier says of its progress goes to standard error, which is not shown). `python3 ../../reference/verify.py` can stand for YOUR-VERIFIER, or `sandoq verify`. Besides `statuses`, an entry has `verdict`, and
`ballots` and `counts` as the verdict tells them (90.1). Two conditions have no vector here because no archive carries them: a symbolic
link in the place of a file (80.1), and sizes beyond what a test should weigh (an item above 16 MiB that is really there).

"""


def _table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def _names(vectors):
    return ", ".join(vector["name"] for vector in vectors)


def _link(path):
    """A path of the tree, seen from the corpus."""
    return f"[`{path}`](../../../{path})"


def _threats(index):
    rows = []
    for threat in index["threats"]:
        own = [vector for vector in index["vectors"] if vector["name"] in threat["vectors"]]
        named = f"**{threat['id']}** {threat['what']}"
        for check in index["checks"]:
            failing = [vector for vector in own if check in vector["fails"]]
            if failing:
                rows.append((named, f"`{check}`", _names(failing)))
                named = threat["id"]
        good = [vector for vector in own if not vector["fails"]]
        if good:
            rows.append((named, "accept", _names(good)))
            named = threat["id"]
        for place in threat["elsewhere"]:
            where = f"{_link(place['path'])}: {place['what']}" if place["path"] else place["what"]
            rows.append((named, place["kind"], where))
            named = threat["id"]
    return _table(("threat", "check, or where else", "vectors"), rows)


def _checks(index):
    rows = []
    for check in index["checks"]:
        failing = [vector for vector in index["vectors"] if check in vector["fails"]]
        rows.append((f"`{check}`", str(len(failing)), _names(failing)))
    return _table(("check", "vectors", ""), rows)


def _vectors(index):
    rows = []
    for vector in index["vectors"]:
        says = ", ".join(f"`{check}`" for check in vector["fails"]) or "accept"
        options = "".join(f"; {name} given: {value[:8] + '...' if len(value) > 8 else value}"
                          for name, value in vector["options"].items())
        rows.append((vector["name"], vector["what"] + options, says, vector["base"], " ".join(vector["threats"])))
    return _table(("vector", "what was done", "fails", "base", "threats"), rows)


def _pairs(index):
    rows = [(pair["name"], ", ".join(pair["vectors"]), "a fork" if pair["fork"] else "no fork", pair["what"])
            for pair in index["pairs"]]
    return _table(("pair", "vectors", "is", "what"), rows)


def page(index):
    rejected = [vector for vector in index["vectors"] if vector["fails"]]
    out = INTRODUCTION.format(bases=len(index["bases"]), rejected=len(rejected), accepted=len(index["vectors"]) - len(rejected),
                              several=sum(len(vector["fails"]) > 1 for vector in rejected))
    out += "Bases:\n\n" + _table(("base", "what"), [(name, base["what"]) for name, base in index["bases"].items()])
    out += "\n## Threat, vector, check\n\n" + _threats(index)
    out += "\n## Check, vectors\n\n" + _checks(index)
    out += ("\n## Forks\n\nA verifier speaks of one record; two records of one election are for those who compare heads (90.4). The "
            "records of each pair have the\nsame `e1` and different heads, and each is accepted alone.\n\n" + _pairs(index))
    out += "\n## Vectors\n\n" + _vectors(index)
    return out
