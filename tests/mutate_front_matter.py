"""Read front matters that chance has changed, and look for readings that differ.

`python tests/mutate_front_matter.py --obsidian 5000` asks Obsidian's reader too (it needs node, see
`front_matter/renew.mjs`), and prints each kind of difference once, by its shortest example. What is
new there belongs into `front_matter/awkward.jsonl`. `--plain 200000` compares `core.plain` with
`core.yaml12`, which may not differ at all. Folders named behind the options are vaults whose front
matters are changed as well. Run it from the repository's root.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from awkward import Case, Reading, agree, read_cases, read_ours
from vaultnet.core.plain import read_plain
from vaultnet.core.yaml12 import YamlFault, load_guarded, split_front_matter

HERE = Path(__file__).parent
_PIECES: Final = (
    *"a b 1 0 - ? : # [ ] { } , ' \" | > |- >+ |2 & &x *x ! !!str !!int !!null ! !t @ ` % ~".split(),
    *"\\ = << é 🌱 null true True no yes on 2026-11-20 12:30 010 0o10 0x1f 1e3 1_000 .inf .nan".split(),
    *"+1 -0 1. ... --- [[A]] #tag [a,?b] {c:d} [e:] '' \"\" \"f\" 'g' https://x.org".split(),
    *(" ", "  ", "\n", "\n\n", "\t", ": ", "- ", ", ", " #", "\n- ", "\n  - ", "\n  c\n", "# c\n"),
    *(" # c\n", "k: v\n", "1: a\n", '"1": b\n', "~: c\n", "true: d\n", "  - i\n", "\n]", '\n"'),
    *("\n...\n", "? k\n: v\n", "[a, b]", "{a: b}", '["[[A]]", b]'),
)
_INVISIBLE: Final = ("\u00a0", "\u2028", "\x85", "\ufeff", "\r", "\x07", "\u200b")


def gather(folders: Iterable[str]) -> list[str]:
    """Gather the awkward front matters, and all those of some vaults, to be chosen as often."""
    awkward = [case.text for case in read_cases() if len(case.text) < 1000]
    ordinary = [text for folder in folders for text in read_vault(folder)]
    return awkward + ordinary * max(1, len(awkward) // max(1, len(ordinary)))


def read_vault(folder: str) -> Iterator[str]:
    """Read the front matters of all notes in a folder."""
    for path in sorted(Path(folder).rglob("*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        parts = split_front_matter(text) if text.startswith("---\n") else None
        if parts:
            yield parts[0].removeprefix("\n")


def mutate(chance: random.Random, texts: Sequence[str]) -> str:
    """Change one of the texts in a few places, so that it is still a front matter."""
    while True:
        text = chance.choice(texts)
        for _ in range(chance.choice((1, 1, 1, 2, 2, 3))):
            change = chance.choice((_insert, _insert, _insert, _drop, _change_line))
            text = change(chance, text, texts)
        text = text if text.endswith("\n") else f"{text}\n"
        if all(line.rstrip(" \t\r") != "---" for line in text.split("\n")):
            return text


def _insert(chance: random.Random, text: str, _: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    piece = chance.choice(_INVISIBLE if chance.random() < 0.02 else _PIECES)
    return text[:at] + piece + text[at + chance.choice((0, 0, 0, 1, 3)) :]


def _drop(chance: random.Random, text: str, _: Sequence[str]) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + text[at + chance.choice((1, 1, 2, 4)) :]


def _change_line(chance: random.Random, text: str, texts: Sequence[str]) -> str:
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    other = chance.choice(chance.choice(texts).split("\n"))
    changed = (f" {lines[at]}", lines[at][1:], f"{lines[at]} ", other, f"{lines[at]}\n{other}")
    lines[at] = chance.choice(changed)
    return "\n".join(lines)


def ask_obsidian(texts: Sequence[str]) -> tuple[Case, ...]:
    """Let Obsidian's reader read front matters."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "mutated.jsonl"
        file.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
        subprocess.run(["node", str(HERE / "front_matter" / "renew.mjs"), str(file)], check=True)  # noqa: S603, S607 - as the help says
        return read_cases(file)


def _compare_with_obsidian(texts: Sequence[str]) -> Iterator[str]:
    """Say how many readings agree, and give the shortest example of each kind that does not."""
    counted: Counter[str] = Counter()
    examples: dict[tuple[str, str, str], list[str]] = {}
    for case in ask_obsidian(texts):
        ours = read_ours(case.text)
        kind = "alike" if agree(ours, case.obsidian) else _kind(ours, case.obsidian)
        counted[kind] += 1
        if kind != "alike":
            examples.setdefault((kind, ours.said, case.obsidian.said), []).append(case.text)
    yield ", ".join(f"{count} {kind}" for kind, count in counted.most_common())
    for (kind, ours_said, theirs_said), found in sorted(examples.items()):
        example = min(found, key=len)
        yield f"{len(found):5} {kind}: {example!r} {theirs_said or ours_said}"


def _kind(ours: Reading, theirs: Reading) -> str:
    if ours.properties is None:
        return "refused here only"
    return "refused there only" if theirs.properties is None else "read otherwise"


def _compare_plain(texts: Iterable[str]) -> Iterator[str]:
    """Say how many are plain, and give all that are read in two ways."""
    counted: Counter[str] = Counter()
    for text in texts:
        plain = read_plain(text)
        counted["plain" if plain is not None else "left to YAML"] += 1
        try:
            alike = plain is None or repr(plain) == repr(load_guarded(text))
        except YamlFault:
            alike = False
        if not alike:
            counted["read in two ways"] += 1
            yield f"{text!r} is read in two ways"
    yield ", ".join(f"{count} {kind}" for kind, count in counted.most_common())


def main() -> None:
    """Compare as many as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--obsidian", type=int, default=0, metavar="COUNT")
    parser.add_argument("--plain", type=int, default=0, metavar="COUNT")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("vaults", nargs="*")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - no secret
    texts = gather(asked.vaults)
    said = list(_compare_plain(mutate(chance, texts) for _ in range(asked.plain)))
    if asked.obsidian:
        said += _compare_with_obsidian([mutate(chance, texts) for _ in range(asked.obsidian)])
    sys.stdout.writelines(f"{line}\n" for line in said)


if __name__ == "__main__":
    main()
