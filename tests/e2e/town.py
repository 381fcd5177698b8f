"""People on machines of their own: each has a copy of the bulletin, and files are carried by copying."""

import json
import os
import subprocess

import programs as p

PASSPHRASE = "three words make one: %s\n"


class Machine:
    """Somebody's folder, with a copy of the bulletin in it."""

    def __init__(self, town, name):
        self.town = town
        self.name = name
        self.folder = os.path.join(town.folder, name)
        self.bulletin = os.path.join(self.folder, "bulletin")
        os.mkdir(self.folder, mode=0o700)

    def path(self, name):
        return os.path.join(self.folder, name)

    def fetch(self):
        carry(self.town.hub, self.bulletin)

    def bring(self):
        carry(self.bulletin, self.town.hub)

    def run(self, *args, expected=0, text=""):
        """Runs the tool with a text on its standard input; returns what it said."""
        done = subprocess.run([p.SANDOQ, *args], input=text.encode(), capture_output=True, timeout=120, check=False)
        said = done.stdout.decode() + done.stderr.decode()
        if done.returncode != expected:
            raise AssertionError(f"{self.name}: sandoq {' '.join(args)} ended with {done.returncode}, not {expected}: {said}")
        return said


class Trustee(Machine):
    def __init__(self, town, board, number, identity):
        super().__init__(town, f"trustee-{board}-{number}")
        self.identity = identity
        self.home = self.path("home")
        self.passphrase = self.path("passphrase")
        with open(self.passphrase, "w", encoding="utf-8", opener=for_owner) as file:
            file.write(PASSPHRASE % self.name)

    def keys(self):
        return ["--home", self.home, "--passphrase-file", self.passphrase]

    def enrol(self, draft):
        entry = os.path.join(self.town.folder, f"entry-{self.identity}.pb")
        self.run("trustee", "new", draft, "--trustee", self.identity, *self.keys(), "--out", entry,
                 "--cost", "interactive")
        return entry

    def visit(self, command, *args, expected=0):
        """One command at the bulletin: fetch it, work, bring back what is new."""
        self.fetch()
        said = self.run("trustee", command, self.bulletin, *self.keys(), *args, expected=expected)
        self.bring()
        return said


class Booth(Machine):
    def __init__(self, town, branch, number):
        super().__init__(town, f"booth-{branch}-{number}")
        self.branch = branch
        self.number = number
        self.device = self.path("device")

    def visit(self, command, *args, expected=0):
        self.fetch()
        said = self.run("booth", command, self.bulletin, self.device, *args, expected=expected)
        self.bring()
        return said

    def step(self, command, text="", expected=0):
        return self.run("booth", command, self.device, text=text, expected=expected)


class Town:
    """An election with its trustees; the hub is the place where all copies meet."""

    def __init__(self, folder, manifest):
        self.folder = folder
        self.hub = os.path.join(folder, "hub")
        self.clerk = Machine(self, "clerk")
        self.manifest = self.clerk.path("manifest.json")
        draft = self.clerk.path("draft.json")
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(manifest, file, ensure_ascii=False)
        self.boards = [[Trustee(self, b, t + 1, entry["id"]) for t, entry in enumerate(board["trustees"])]
                       for b, board in enumerate(manifest["boards"])]
        self.thresholds = [board["threshold"] for board in manifest["boards"]]
        entries = [trustee.enrol(draft) for trustee in self.trustees()]
        said = self.clerk.run("bulletin", "new", self.hub, draft, expected=1)
        if "sandoq manifest enrol" not in said:
            raise AssertionError(f"whoever takes the draft is told what to do: {said}")
        self.clerk.run("manifest", "enrol", draft, *entries, "--write", self.manifest)
        self.clerk.run("bulletin", "new", self.hub, self.manifest)

    def trustees(self):
        return [trustee for board in self.boards for trustee in board]

    def quorum(self, first=0):
        """As many of every board as it takes, from that place on or as far as the board goes."""
        chosen = []
        for board, enough in zip(self.boards, self.thresholds):
            begin = min(first, len(board) - enough)
            chosen += board[begin:begin + enough]
        return chosen

    def hold_ceremony(self):
        for command in ("commit", "reveal", "deal", "confirm", "finish"):
            for trustee in self.trustees():
                said = trustee.visit(command)
                if ("compare its hash" in said) != (command == "commit"):
                    raise AssertionError(f"the manifest is pinned once, at the first visit, and said to be: {said}")

    def sign(self, first=0, agree=()):
        """A quorum of every board signs; what only people can judge must be named."""
        named = [word for name in agree for word in ("--agree", name)]
        for trustee in self.quorum(first):
            trustee.visit("sign", "--yes", *named)

    def work(self, command, *args, expected=0):
        """A command of whoever holds the count together."""
        self.clerk.fetch()
        said = self.clerk.run(*command.split(), self.clerk.bulletin, *args, expected=expected)
        self.clerk.bring()
        return said


def for_owner(path, flags):
    return os.open(path, flags, 0o600)


def carry(source, target):
    """Copies what is not there yet; nothing is ever written over."""
    os.makedirs(target, exist_ok=True)
    done = subprocess.run([p.SANDOQ, "bulletin", "carry", source, target], capture_output=True, timeout=120, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stdout.decode() + done.stderr.decode())
