"""People of an election, each with a folder of keys and a copy of the bulletin of their own; files go between them by copying."""

import ctypes
import ctypes.util
import os
import shutil
import sys

from programs import SOURCE, read, sandoq, write

sys.path.insert(0, os.path.join(SOURCE, "spec", "reference"))


class Person:
    """Somebody with a folder and a copy of the bulletin."""

    def __init__(self, room, name, passphrase=None):
        self.name = name
        self.passphrase = passphrase
        self.home = os.path.join(room, name, "keys")
        self.bulletin = os.path.join(room, name, "bulletin")
        self.passphrase_file = os.path.join(room, name, "passphrase")
        os.makedirs(os.path.join(room, name))
        if passphrase is not None:
            write_private(self.passphrase_file, passphrase + "\n")

    def options(self):
        return ["--home", self.home, "--passphrase-file", self.passphrase_file]

    def does(self, *words, expect=0):
        """`sandoq trustee ...` at the own bulletin with the own keys; returns what it printed."""
        return does("trustee", words[0], self.bulletin, *self.options(), *words[1:], expect=expect)


def write_private(path, text):
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def does(*words, expect=0):
    """Runs the tool; fails unless it ends with that exit code. Returns all that it printed."""
    code, out, err = sandoq(*words)
    assert code == expect, f"sandoq {' '.join(words)}: exit code {code} instead of {expect}\n{out}{err}"
    return out + err


def carry(people):
    """Everybody gets every file that anybody has. Two files of one name must be equal."""
    found = {}
    for person in people:
        for name in sorted(os.listdir(person.bulletin)):
            if name.endswith(".pb"):
                data = read(os.path.join(person.bulletin, name))
                assert found.setdefault(name, data) == data, f"two files called {name}"
    for person in people:
        for name, data in found.items():
            path = os.path.join(person.bulletin, name)
            if not os.path.exists(path):
                write(path, data)


def share_bulletin(source, people):
    for person in people:
        shutil.copytree(source, person.bulletin)


def open_key_file(path, passphrase):
    """The content of a key file (spec 85.5), by libsodium itself."""
    data = read(path)
    magic = b"sandoq-key-1\n"
    assert data.startswith(magic)
    at = len(magic)
    operations, memory = (int.from_bytes(data[at + i:at + i + 8], "little") for i in (0, 8))
    salt, nonce = data[at + 16:at + 32], data[at + 32:at + 56]
    at += 56
    at += 4 + int.from_bytes(data[at:at + 4], "little")
    covered = data[:at]
    box = data[at + 4:at + 4 + int.from_bytes(data[at:at + 4], "little")]
    sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
    assert sodium.sodium_init() >= 0
    key = ctypes.create_string_buffer(32)
    secret = passphrase.encode()
    argon2id13 = 2
    assert sodium.crypto_pwhash(key, ctypes.c_ulonglong(32), secret, ctypes.c_ulonglong(len(secret)), salt,
                                ctypes.c_ulonglong(operations), ctypes.c_size_t(memory), argon2id13) == 0
    content = ctypes.create_string_buffer(len(box) - 16)
    opened = sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(
        content, None, None, box, ctypes.c_ulonglong(len(box)), covered, ctypes.c_ulonglong(len(covered)), nonce, key)
    assert opened == 0, f"{path} does not open"
    return content.raw
