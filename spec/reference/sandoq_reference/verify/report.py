"""What verify.py prints."""

import json

from .streams import printable


def as_json(outcome, pinned, directory):
    """The report of 90.5."""
    election = outcome.election
    out = {"verdict": "accept" if outcome.accepted else "reject", "checks": outcome.checks, "counts": outcome.counts,
           "ballots": outcome.ballots, "seconds": outcome.seconds, "pinned": pinned is not None,
           "manifest": "" if election is None else election.e0.hex(), "domain": "" if election is None else _domain(election),
           "subtotals": outcome.subtotals, "ties": outcome.ties, "outcomes": _outcomes(outcome),
           "groups": outcome.groups, "write_ins": outcome.write_ins, "allocations": outcome.allocations,
           **_named_by_ids(outcome), "record": directory}
    if outcome.sampled is not None:
        out["sampled"] = outcome.sampled
    if outcome.sampled_stages is not None:
        out["sampled_stages"] = outcome.sampled_stages
    return json.dumps(out, ensure_ascii=False)


def _outcomes(outcome):
    """Who got seats and alternates, by the count or by a resolved tie; most votes first."""
    out = {}
    for result in outcome.results or ():
        if outcome.election.contests[result.contest].law is not None:
            continue  # by its allocation
        names = [option.id.decode() for option in outcome.election.contests[result.contest].options]
        places = zip(("elected", "alternates"), (result.elected, result.alternates),
                     outcome.resolutions.get(result.contest, ([], [])))
        out[outcome.election.contests[result.contest].id.decode()] = {
            kind: [names[option] for option in sorted(own + won, key=lambda option: -result.counts[option])]
            for kind, own, won in places}
    for entry in outcome.allocations:
        out[entry["contest"]] = {kind: entry[kind] for kind in ("elected", "alternates")}
    return out


def _named_by_ids(outcome):
    def device(entry, *others):
        branch = outcome.election.manifest.nodes[entry["branch"]].id.decode()
        return {"branch": branch, **{name: entry[name] for name in ("device", *others)}}

    def trustee(entry):
        board = outcome.election.boards[entry["board"]]
        return {"board": board.id.decode(), "trustee": board.trustees[entry["trustee"] - 1].id.decode()}

    return {"exclusions": [device(entry, "reason", "remark", "cast") for entry in outcome.exclusions],
            "recoveries": [device(entry, "remark", "cast") for entry in outcome.recoveries],
            "absences": [{"attempt": entry["attempt"], **trustee(entry), "remark": entry["remark"]}
                         for entry in outcome.absences],
            "shut_out": [trustee(entry) for entry in sorted(outcome.shut_out, key=lambda e: (e["board"], e["trustee"]))]}


def _domain(election):
    return "real" if election.domain == 1 else "drill"


def _not_pinned(outcome):
    election = outcome.election
    what = "a record that says no domain" if election is None else (
        "a record of a real election" if election.domain == 1 else "a record of a drill")
    lines = [f"{what}: only inner consistency was checked, since no manifest was pinned; "
             "compare the following with what was published"]
    if election is None:
        return lines + ["  (the manifest could not be read)"]
    lines.append(f"  manifest hash {election.e0.hex()}")
    for _, number, board, trustee in election.trustees():
        lines.append(f"  board {board.id.decode()}, trustee {number} ({trustee.id.decode()}): "
                     f"signing key {trustee.signing_key.hex()}")
    return lines


def _results(outcome):
    lines = [f"{outcome.ballots} ballots were cast ({_domain(outcome.election)})"]
    for result in outcome.results:
        contest = outcome.election.contests[result.contest]
        lines.append(f"contest {contest.id.decode()}: {result.ballots} ballots")
        tied = {option: "tie" for tie in result.ties for option in tie.options}
        elected, alternates = outcome.resolutions.get(result.contest, ([], []))
        if (elected or alternates) and result.ties:
            tied = {option: "lost the tie" for option in tied}
        marks = {**tied, **{option: "elected" for option in result.elected},
                 **{option: "alternate" for option in result.alternates},
                 **{option: "elected, tie broken" for option in elected},
                 **{option: "alternate, tie broken" for option in alternates}}
        told = {printable(name): count for name, count in outcome.election.told(result.contest, result.counts).items()}
        width = max(map(len, told))
        for option, (name, count) in enumerate(told.items()):
            lines.append(f"  {name:<{width}}  {count:>9}  {marks.get(option, '')}".rstrip())
    for subtotal in outcome.subtotals:
        lines.append(f"subtotal of contest {subtotal['contest']} in {', '.join(subtotal['nodes'])}: "
                     f"{subtotal['ballots']} ballots; "
                     + _counted(subtotal["counts"]))
    for group in outcome.groups:
        lines.append(f"group {group['group']} of contest {group['contest']}, mixed in {', '.join(group['nodes'])}: "
                     f"{group['ballots']} ballots; " + _highest(group["counts"]))
    for contest, texts in outcome.write_ins.items():
        if texts:
            lines.append(f"written in, contest {contest}: " + _highest(texts))
    for entry in outcome.allocations:
        lines += _allocated(entry)
    return lines


def _highest(counts, most=20):
    """Of thousands of options the highest; all of them are in the report in JSON."""
    last = [(name, counts[name]) for name in ("blank", "invalid") if name in counts]
    others = sorted(((n, c) for n, c in counts.items() if (n, c) not in last), key=lambda e: (-e[1], e[0]))
    more = [f"{len(others) - most} others"] if len(others) > most else []
    return ", ".join([_counted(dict(others[:most]))] + more + ([_counted(dict(last))] if last else []))


def _counted(counts):
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _allocated(entry):
    """An allocation in a few words; its steps are in the report in JSON."""
    if entry["state"] == "open":
        return [f"allocation of contest {entry['contest']}: open, nobody is elected until its tie is broken"]
    said = [f"{kind} {', '.join(entry[kind])}" for kind in ("elected", "alternates", "runoff") if entry[kind]]
    return [f"allocation of contest {entry['contest']} in {len(entry['steps'])} steps: " + ("; ".join(said) or "nobody elected")]


REASONS = {1: "the device or its journal was lost", 2: "an invalid or repeated ballot", 3: "a challenge was not passed",
           4: "a broken chain or journal", 5: "another reason"}


def _told(outcome):
    """What no check decides (90.4)."""
    nodes, lines = outcome.election.manifest.nodes, []

    def trustee(entry):
        board = outcome.election.boards[entry["board"]]
        return f"trustee {entry['trustee']} of board {board.id.decode()}"

    def device(entry):
        return f"device {entry['device']} of branch {nodes[entry['branch']].id.decode()}"

    def remark(entry):
        return f": {entry['remark']}" if entry["remark"] else ""

    for entry in outcome.absences:
        lines.append(f"absent from attempt {entry['attempt']} of the key ceremony: {trustee(entry)}{remark(entry)}")
    for entry in outcome.shut_out:
        lines.append(f"shut out by attempt {entry['attempt']} of the key ceremony: {trustee(entry)} ({entry['reason']})")
    for entry in outcome.recoveries:
        lines.append(f"recovered by the boards, without the device's signature: the journal of {device(entry)}{remark(entry)}")
    for entry in outcome.exclusions:
        lines.append(f"excluded by the boards, and not counted: the journal of {device(entry)}, {entry['cast']} cast ballots in "
                     f"its evidence; reason {entry['reason']}, {REASONS[entry['reason']]}{remark(entry)}")
    for entry in outcome.ties:
        if entry["state"] != "open":
            continue
        lines.append(f"still open: tie of contest {entry['contest']} for {entry['seats']} seats and "
                     f"{entry['alternates']} alternates between {', '.join(entry['options'])}")
    return lines


def as_text(outcome, pinned, sentences):
    lines = [] if pinned is not None else _not_pinned(outcome)
    for entry in outcome.checks:
        line = f"{entry['status']:<7}  {entry['id']:<22} {sentences[entry['id']]}"
        number, what = {"ballot.proof": (outcome.sampled, "ballots"),
                        "mix.proofs": (outcome.sampled_stages, "stages")}.get(entry["id"], (None, ""))
        if number is not None and entry["status"] == "pass":
            line += f" (sampled: {number} {what})"
        lines.append(line)
        if entry["status"] == "fail":
            lines.append(f"           at {entry['place']}: {entry['reason']}")
    if outcome.accepted:
        lines += _results(outcome) + _told(outcome)
    lines.append("seconds: " + ", ".join(f"{phase} {seconds:.2f}" for phase, seconds in outcome.seconds.items()))
    numbers = [f"{number} {what}" for number, what in ((outcome.sampled, "ballots"), (outcome.sampled_stages, "stages of mixes"))
               if number is not None]
    sampled = f" (sampled: the proofs of {' and '.join(numbers)})" if numbers else ""
    lines.append("verdict: " + ("accept" if outcome.accepted else "reject") + sampled)
    return "\n".join(map(printable, lines))  # places, reasons and ids are the record's own words
