"""A key ceremony held file by file: every trustee in a folder of its own, a dealer who cheats, an attempt without it."""

import io
import json
import os
import pty
import re
import shutil
import tempfile
import termios

from office import Person, carry, does, open_key_file, share_bulletin, write_private
from programs import SANDOQ, SOURCE, read, write

from sandoq_reference import group  # noqa: E402  (office puts it on the path)
from sandoq_reference.hashing import hash32
from sandoq_reference.segments import SegmentReader, item_bytes
from sandoq_reference.signature import sign

DKG_DEAL = 12
REAL = 1


def draft():
    """The example's manifest as a real election of four trustees, without keys."""
    plan = json.loads(read(os.path.join(SOURCE, "examples", "manifest-village.json")))
    plan["domain"] = "real"
    plan["boards"][0]["trustees"] = plan["boards"][0]["trustees"][:3]
    plan["boards"][0]["threshold"] = 2
    plan["boards"][1]["trustees"] = plan["boards"][1]["trustees"][:1]
    plan["boards"][1]["threshold"] = 1
    for board in plan["boards"]:
        for trustee in board["trustees"]:
            for member in ("signing_key", "encryption_key", "signing_proof", "encryption_proof"):
                del trustee[member]
    plan.pop("authority", None)
    return plan


def message(path):
    [(_, kind, canonical)] = list(SegmentReader(io.BytesIO(read(path))))
    return kind, canonical


def cheat(dealer, path):
    """Changes the dealer's box for receiver 1 and signs the deal again with the dealer's own key."""
    kind, canonical = message(path)
    assert kind == DKG_DEAL
    body = bytearray(canonical[:-64])
    first_box = 12 + 4 + 32
    body[first_box + 5] ^= 1
    stored = open_key_file(os.path.join(dealer.home, "identity.key"), dealer.passphrase)
    secret = int.from_bytes(stored[:32], "little")
    public = group.encode(group.multiply_generator(secret))
    e0 = bytes.fromhex(read(os.path.join(dealer.home, "manifest.hash")).decode())
    digest = hash32("dkg/deal", bytes(body))
    write(path, item_bytes(kind, bytes(body) + sign(secret, public, "dkg/deal", REAL, e0, digest, os.urandom(32))))


def enrol(room, people):
    plan = os.path.join(room, "draft.json")
    write(plan, json.dumps(draft()).encode())
    entries = []
    for person in people:
        entries.append(os.path.join(room, person.name + ".pb"))
        if person is people[0]:  # the place of the entry is looked at before a key is made
            write(entries[-1], b"of another election")
            for out, reason in ((entries[-1], "is there already and is left as it is"), (os.path.join(room, "none", "e"), "in no folder")):
                said = does("trustee", "new", plan, "--trustee", person.name, "--out", out, *person.options(), expect=2)
                assert f"{out}: " in said and reason in said and "no key was made" in said, said
            assert not os.path.exists(person.home) and read(entries[-1]) == b"of another election"
            os.remove(entries[-1])
        said = does("trustee", "new", plan, "--trustee", person.name, "--cost", "interactive", "--out", entries[-1],
                    *person.options())
        assert "manifest enrol" in said
    again = does("trustee", "new", plan, "--trustee", people[0].name, *people[0].options(), expect=1)
    assert "is there already and is left as it is" in again
    manifest = os.path.join(room, "manifest.json")
    assert people[3].name in does("manifest", "enrol", plan, *entries[:3], "--write", manifest, expect=1)
    does("manifest", "enrol", plan, *entries, "--write", manifest)
    bulletin = os.path.join(room, "bulletin")
    does("bulletin", "new", bulletin, manifest)
    share_bulletin(bulletin, people)


def passphrases(room, plan_people):
    """What is refused before any key is touched."""
    person = plan_people[0]
    short = os.path.join(room, "short")
    write_private(short, "eleven char\n")
    said = does("trustee", "new", os.path.join(room, "draft.json"), "--trustee", person.name, "--home",
                os.path.join(room, "other"), "--passphrase-file", short, expect=1)
    assert "has 11 characters and needs 12 or more" in said, said
    open_to_all = os.path.join(room, "open")
    write(open_to_all, b"a passphrase for everybody\n")
    os.chmod(open_to_all, 0o644)
    said = does("trustee", "commit", person.bulletin, "--home", person.home, "--passphrase-file", open_to_all, expect=2)
    assert "can be read or changed by others" in said, said
    missing = os.path.join(room, "nowhere")
    said = does("trustee", "commit", person.bulletin, "--home", person.home, "--passphrase-file", missing, expect=2)
    assert f"{missing}: cannot be opened" in said, said
    wrong = os.path.join(room, "wrong")
    write_private(wrong, "not the passphrase at all\n")
    said = does("trustee", "commit", person.bulletin, "--home", person.home, "--passphrase-file", wrong, expect=1)
    assert "the passphrase is wrong, or identity.key is damaged; nothing was changed" in said, said


def at_a_terminal(words, typed):
    """Runs the tool at a terminal of its own, types these keys when it asks; returns exit code and what was to be seen."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(SANDOQ, [SANDOQ, *words])
    seen = b""
    for keys in typed:
        asked = len(seen)
        while not seen[asked:].endswith(b": "):
            seen += os.read(terminal, 1024)
        assert not termios.tcgetattr(terminal)[3] & termios.ECHO, "what is typed would be shown"
        os.write(terminal, keys.encode())
    while True:
        try:
            more = os.read(terminal, 1024)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        seen += more
    assert termios.tcgetattr(terminal)[3] & termios.ECHO, "the terminal was left silent"
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen.decode()


def typing(person):
    """Passphrases that are typed: never shown, and a new one twice."""
    words = ["trustee", "passphrase", "--home", person.home]
    old, new = person.passphrase, "one that is typed blindly"
    code, seen = at_a_terminal(words, [old + "\n", new + "\n", new + ".\n"])
    assert code == 1 and "the two are not the same; nothing was changed" in seen, seen
    for end in ("\x03", "half a word\x03", "\x1c"):  # control-C and control-\\ count without a newline
        code, seen = at_a_terminal(words, [old + "\n", end])
        assert code == 1 and "was not given" in seen, seen
    code, seen = at_a_terminal(words, [old + "\n", new + "\n", new + "\n"])
    assert code == 0 and "wrote identity.key under the new passphrase" in seen, seen
    assert old not in seen and new not in seen, "a passphrase was shown"
    person.passphrase = new
    write_private(person.passphrase_file, new + "\n")


def first_attempt(people):
    one, two, three, other = people
    said = one.does("reveal", expect=1)
    assert "commitments are missing: of executive-1" in said, said
    for person in people:
        assert "is not complete: attempt 1 waits for the" in does("ceremony", "check", person.bulletin, expect=1)
        person.does("commit")
    said = one.does("reveal", expect=1)
    assert "executive-2, executive-3, supervision-1" in said and "executive-1" not in said, said
    carry(people)
    for person in people:
        person.does("reveal")
    before = read(os.path.join(one.bulletin, "dkg_reveal-1-0-1.pb"))
    os.remove(os.path.join(one.bulletin, "dkg_reveal-1-0-1.pb"))  # a copy of the bulletin that came from elsewhere
    one.does("reveal")
    assert read(os.path.join(one.bulletin, "dkg_reveal-1-0-1.pb")) == before, "a message was made twice"
    assert "published already" in one.does("reveal")
    carry(people)
    for person in people:
        person.does("deal")
    cheat(two, os.path.join(two.bulletin, "dkg_deal-1-0-2.pb"))
    carry(people)
    said = one.does("confirm", expect=1)
    assert "the share from executive-2 is wrong" in said and "trustee complain" in said, said
    one.does("complain")
    said = three.does("complain", expect=1)
    assert "there is nothing to complain of" in said, said
    carry(people)
    for person in (two, three):
        assert "executive-1 complains of executive-2" in person.does("confirm")
    carry(people)
    assert "waits for supervision-1" in does("bulletin", "show", one.bulletin)
    other.does("confirm")
    carry(people)


def second_attempt(people):
    one, two, three, other = people
    left = [one, three, other]
    said = two.does("commit", expect=1)
    assert "is shut out" in said, said
    for step in ("commit", "reveal", "deal", "confirm"):
        for person in left:
            person.does(step)
        carry(people)
    hashes = set()
    for person in left:
        said = person.does("finish")
        hashes.add(said.split("election hash")[1].split()[0])
        assert not [name for name in os.listdir(person.home) if name.startswith("attempt-")]
        share = open_key_file(os.path.join(person.home, "share.key"), person.passphrase)
        assert bytes.fromhex(said.split("election hash")[1].split()[0]) in share
    assert len(hashes) == 1
    return hashes.pop()


def care(room, person):
    """A copy that opens, another passphrase, and the end of a key."""
    copy = os.path.join(room, "copy")
    does("trustee", "backup", *person.options(), "--to", copy)
    for name in ("identity.key", "share.key", "manifest.hash"):
        assert read(os.path.join(copy, name)) == read(os.path.join(person.home, name))
    does("trustee", "backup", *person.options(), "--to", copy, expect=1)
    other = os.path.join(room, "another-passphrase")
    write_private(other, "quite another passphrase\n")
    does("trustee", "passphrase", *person.options(), "--new-passphrase-file", other)
    person.does("finish", expect=1)
    assert open_key_file(os.path.join(person.home, "identity.key"), "quite another passphrase") == open_key_file(
        os.path.join(copy, "identity.key"), person.passphrase)
    said = does("trustee", "destroy", "--home", person.home, "--only", "share", "--yes")
    assert "nobody knows the passphrase" in said
    assert not os.path.exists(os.path.join(person.home, "share.key"))
    assert os.path.exists(os.path.join(person.home, "identity.key"))


def transcript(room, person, election_hash):
    english = does("ceremony", "check", person.bulletin)
    assert election_hash in english
    assert "The complaint is right" in english and "Second executive trustee executive-2 is shut out" in english, english
    assert "compare the whole election hash (e1)" in english and "same messages" not in english, english
    # Boards have their names; behind one may stand the groups of a code, which are hexadecimal too.
    assert "Key of Executive board " in english and not re.search(r"board 0(?![0-9a-f])", english), english
    assert "ceremony.key" in english and "FAIL" not in english.upper().replace("FAILED", ""), english
    commit = hash32("ceremony/message", (10).to_bytes(4, "little"), message(os.path.join(person.bulletin, "dkg_commit-1-0-1.pb"))[1])
    code = commit.hex()
    assert f"executive-1 {code[:4]} {code[4:8]} {code[8:12]} {code[12:16]}" in english, english
    page = os.path.join(room, "transcript.html")
    persian = does("ceremony", "check", person.bulletin, "--lang", "fa", "--html", page)
    assert election_hash in persian and "نوبت ۲" in persian and "صورت‌جلسهٔ آیین تولید کلید" in persian, persian
    html = read(page).decode()
    assert html.startswith("<!DOCTYPE html>") and 'dir="rtl"' in html and "<script" not in html and election_hash in html


def other_manifest(room, person):
    """A bulletin with another manifest is refused by a folder that has begun with this one."""
    plan = json.loads(read(os.path.join(room, "manifest.json")))
    plan["title"]["en"] = "another title"
    write(os.path.join(room, "other.json"), json.dumps(plan).encode())
    elsewhere = os.path.join(room, "elsewhere")
    does("bulletin", "new", elsewhere, os.path.join(room, "other.json"))
    said = does("trustee", "commit", elsewhere, *person.options(), expect=1)
    assert "has another manifest than the one with which this trustee began" in said, said


def main():
    room = tempfile.mkdtemp(prefix="sandoq-ceremony-")
    try:
        people = []
        for name in ("executive-1", "executive-2", "executive-3", "supervision-1"):
            people.append(Person(room, name, f"a long passphrase of {name}"))
        enrol(room, people)
        passphrases(room, people)
        typing(people[3])
        first_attempt(people)
        election_hash = second_attempt(people)
        transcript(room, people[0], election_hash)
        other_manifest(room, people[0])
        care(room, people[2])
    finally:
        shutil.rmtree(room)


if __name__ == "__main__":
    main()
