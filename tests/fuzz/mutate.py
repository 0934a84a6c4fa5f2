"""Changes to the bytes of a file, and to the values that it is made of."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

BITS = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"\xf0\x9f",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b"<",
    b">",
    b"&x;",
    b"&#0;",
    b"&#x110000;",
    b"\t",
    b"\n",
    b"\r",
    b"\x0c",
    b"\xc2\x85",
    b"\xe2\x80\xa8",
    b"-1",
    b"99999999999999999999",
    b"1e400",
    b"NaN",
    b"null",
    b" ",
    b"|",
    b"(",
    b")",
    b"-",
    b"true",
    b"0.5",
    b"\\ud800",
    "𠮷".encode(),
    b"\xed\xa0\x80",
    b"]]>",
    b"B-",
    b"O",
    b"_",
    b"T1\tX 0 9;3 1\t",
    b"R1\tS Arg1:T1 Arg2:T1",
    b"{}",
    b"[[[[",
    b"Entity=(e1",
)
NUMBERS = (
    "-1",
    "0",
    "1",
    "2147483648",
    "-9223372036854775809",
    "99999999999999999999",
    "1e400",
    "0.5",
    "NaN",
    "9" * 5000,
    "٣",
    "³",
    "",
)
VALUES: tuple[Any, ...] = (
    None,
    True,
    False,
    -1,
    0,
    1,
    3,
    2**31,
    2**63,
    10**30,
    0.5,
    -0.0,
    1e308,
    "",
    "x",
    "3",
    "zh",
    "en",
    "\ud800",
    "\0",
    "\r",
    "𠮷",
    [],
    {},
    [[]],
    [0],
    [3, 1],
    [None],
    {"x": 1},
    {"start": 9, "end": 2},
    [["a"]],
)
_NUMBER = re.compile(rb"\d+")
_WORD = re.compile(rb"[A-Za-z_:-]{2,}")
_DEEP = 3000


def mutated(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """A damaged copy; `others` are files of the same format, for pieces of them."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.8:
        return _repacked(data, chance, others)
    if data[:1] in (b"{", b"[") and chance.random() < 0.6:
        data = _restructured(data, chance)
        if chance.random() < 0.8:
            return data
    for _ in range(chance.choice((1, 1, 1, 2, 3, 5))):
        data = chance.choice(_CHANGES)(data, chance, others)
    return data


def _repacked(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    """The archive with one of its files damaged, dropped or twice there."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w") as again:
        names = archive.namelist()
        hit = chance.choice(names)
        for name in names:
            held = archive.read(name)
            if name == hit and chance.random() < 0.1:
                continue
            if name == hit:
                held = mutated(held, chance, [archive.read(chance.choice(names)), *others])
            again.writestr(name, held)
    return made.getvalue()


def _restructured(data: bytes, chance: random.Random) -> bytes:
    """JSON, or one of its lines, with values replaced, dropped, swapped or twice there."""
    try:
        content = json.loads(data)
    except ValueError:
        lines = data.split(b"\n")
        at = chance.randrange(len(lines))
        if not lines[at].startswith((b"{", b"[")):
            return data
        try:
            content = json.loads(lines[at])
        except ValueError:
            return data
        changed = _dumped(_with_other_value(content, chance))
        return b"\n".join([*lines[:at], changed, *lines[at + 1 :]])
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = _with_other_value(content, chance)
    return _dumped(content)


def _dumped(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _with_other_value(content: Any, chance: random.Random) -> Any:
    places: list[tuple[Any, Any]] = []
    todo = [content]
    while todo:
        one = todo.pop()
        keys = one.keys() if isinstance(one, dict) else range(len(one)) if isinstance(one, list) else ()
        places += ((one, key) for key in keys)
        todo += (one[key] for key in keys)
    if not places:
        return chance.choice(VALUES)
    holder, key = chance.choice(places)
    other, place = chance.choice(places)
    match chance.randrange(5):
        case 0:
            del holder[key]
        case 1:
            holder[key] = json.loads(json.dumps(other[place]))
        case 2 if isinstance(holder, list):
            holder.append(json.loads(json.dumps(holder[key])))
        case 3 if isinstance(holder[key], int | float):
            holder[key] += chance.choice((-1000, -1, 1, 0.5, 10**6, 2**63))
        case _:
            holder[key] = json.loads(json.dumps(chance.choice(VALUES)))
    return content


def _insert(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(BITS) + data[at + chance.choice((0, 0, 1, 2, 8, 40)) :]


def _flip(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    if not data:
        return data
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def _cut(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] if chance.random() < 0.7 else data[at:]


def _splice(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    other = chance.choice([data, *others])
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _twice(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """A line or a stretch repeated, so that ids come twice."""
    if chance.random() < 0.5:
        lines = data.split(b"\n")
        at = chance.randrange(len(lines))
        return b"\n".join([*lines[: at + 1], *lines[at : at + chance.choice((1, 2, 5))], *lines[at + 1 :]])
    start = chance.randint(0, len(data))
    end = min(len(data), start + chance.randint(1, 300))
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _number(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    one = chance.choice(found)
    number = chance.choice((*NUMBERS, str(int(one[0][:18]) + chance.choice((-1, 1, 7, 100)))))
    return data[: one.start()] + number.encode() + data[one.end() :]


def _word(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    """A name in the place of another."""
    found = list(_WORD.finditer(data))
    if not found:
        return data
    one, other = chance.choice(found), chance.choice(found)
    return data[: one.start()] + other[0] + data[one.end() :]


def _nested(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    at = chance.randint(0, len(data))
    opening, closing = chance.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"<p>", b"</p>"), (b"(", b")")))
    depth = chance.choice((3, 100, _DEEP))
    return data[:at] + opening * depth + chance.choice((closing * depth, b"")) + data[at:]


def _lines(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    lines = data.split(b"\n")
    chance.shuffle(lines)
    return b"\n".join(lines[: chance.randint(1, len(lines))])


def _line_ends(data: bytes, chance: random.Random, _: list[bytes]) -> bytes:
    return data.replace(b"\n", chance.choice((b"\r", b"\r\n", b"\xe2\x80\xa8", b"\x0c", b"\xc2\x85", b"")))


_CHANGES: tuple[Callable[[bytes, random.Random, list[bytes]], bytes], ...] = (
    _insert,
    _insert,
    _flip,
    _cut,
    _splice,
    _twice,
    _number,
    _number,
    _word,
    _nested,
    _lines,
    _line_ends,
)
