"""What verify.py prints."""

import json

from .streams import printable


def as_json(outcome, pinned, directory):
    out = {"verdict": "accept" if outcome.accepted else "reject", "checks": outcome.checks, "counts": outcome.counts,
           "ballots": outcome.ballots, "seconds": outcome.seconds, "pinned": pinned is not None, "record": directory}
    if outcome.election is not None:
        out["manifest"] = outcome.election.e0.hex()
        out["domain"] = _domain(outcome.election)
    if outcome.sampled is not None:
        out["sampled"] = outcome.sampled
    return json.dumps(out, ensure_ascii=False)


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
        marks = {**tied, **{option: "elected" for option in result.elected},
                 **{option: "alternate" for option in result.alternates}}
        names = [printable(name) for name in outcome.election.option_names(result.contest)]
        width = max(map(len, names))
        for option, (name, count) in enumerate(zip(names, result.counts)):
            lines.append(f"  {name:<{width}}  {count:>9}  {marks.get(option, '')}".rstrip())
    return lines


def as_text(outcome, pinned, sentences):
    lines = [] if pinned is not None else _not_pinned(outcome)
    for entry in outcome.checks:
        line = f"{entry['status']:<7}  {entry['id']:<22} {sentences[entry['id']]}"
        if entry["id"] == "ballot.proof" and outcome.sampled is not None and entry["status"] == "pass":
            line += f" (sampled: {outcome.sampled} ballots)"
        lines.append(line)
        if entry["status"] == "fail":
            lines.append(f"           at {entry['place']}: {entry['reason']}")
    if outcome.accepted:
        lines += _results(outcome)
    lines.append("seconds: " + ", ".join(f"{phase} {seconds:.2f}" for phase, seconds in outcome.seconds.items()))
    sampled = f" (sampled: the proofs of {outcome.sampled} ballots)" if outcome.sampled is not None else ""
    lines.append("verdict: " + ("accept" if outcome.accepted else "reject") + sampled)
    return "\n".join(map(printable, lines))  # places, reasons and ids are the record's own words
