"""Nothing acts: what comes from notes reaches a plan, and a terminal, as text and nothing else.

Two judges read the plan: CommonMark's own parser, taught what Obsidian adds (`judge`), and the
grammar of the Tasks plugin (`tasks_grammar`); and vaultnet reads it again itself. A sample of texts is
planted here; `python tests/test_nothing_acts.py` plants each of them everywhere.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count as count_up
from itertools import cycle, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from from_text import MONDAY, Told, tell
from hostile_texts import CONTROLS, HOSTILE
from judge import judge
from keeping import commit, start
from resting import rest
from tasks_grammar import read_task
from vaultnet.cli import COMMANDS, main
from vaultnet.core.frozen import replace
from vaultnet.core.marks import find_markers
from vaultnet.core.merge import wrap
from vaultnet.core.model import (
    Action,
    Form,
    Obsidian,
    Plan,
    Ref,
    Said,
    Section,
    Settings,
    Source,
    Words,
)
from vaultnet.core.notes import read_note
from vaultnet.core.text import in_command, inert, link
from vaultnet.render import Fields, Rendered, render_plan
from vaultnet.render.phrases import family_of, load_built_in

# --- every phrase -------------------------------------------------------------------------

_LINKS = {"who", "other", "helper", "source"}
_SEVERAL = {"first_more", "appointment", "not_this_week"}
"""Phrases whose `who` are several people."""
_OURS = {"day", "when", "until", "month", "kind", "how", "knows", "after", "answer", "due"}
"""Values in words of our own."""
_NUMBERS = set(
    "contacts count minutes owed placed more asked budget yearly buddy strategic lukewarm cold unplaced "
    "aside exchanges exposures tied".split()
)


PLAIN = Fields()


def fields() -> list[tuple[str, str]]:
    """List all places in the phrases where something from notes is put in: phrase and value."""
    values: dict[tuple[str, str], None] = {}
    for name, phrase in load_built_in().phrases.items():
        values |= {(family_of(name), value): None for value in sorted(phrase.values)}
    return [(family, value) for family, value in values if value not in _OURS | _NUMBERS]


def plan_of(texts: Sequence[str], empty: int = 0) -> Plan:
    """Make a plan that says every phrase everywhere, with one text after the other in its fields.

    Every so many of the texts that are no links (`empty`) are left out.
    """
    planted = cycle(texts)
    number = count_up(1)
    families = {family_of(name): set[str]() for name in load_built_in().phrases}
    for name, phrase in load_built_in().phrases.items():
        families[family_of(name)] |= phrase.values

    def put(family: str, value: str) -> Said:
        if value in _NUMBERS:
            return 3
        if value in _OURS:
            return "today"
        text = next(planted)
        if value in _LINKS:
            shown = text if next(number) % 2 else ""
            ref = Ref(f"P/{value} {text if len(text) < 400 else 'x'}.md", shown)
            return (ref, ref) if value == "who" and family in _SEVERAL else ref
        return "" if empty and next(number) % empty == 0 else text

    sections = []
    for n, (family, values) in enumerate(families.items()):
        words = Words(family, {value: put(family, value) for value in sorted(values)})
        said = Action(f"vn-write-a{n}", "people", "write", "", words, (words,))
        promised = Action(f"vn-promise-b{n}", "first", "promise", "", words, boxed=False)
        sections += [
            Section(f"s{n}", words, (said, promised), (words,)),
            Section(f"t{n}", None, (), (words,)),
        ]
    notes = tuple(section.notes[0] for section in sections)
    sections.append(Section("network", notes[0], (), notes))
    return Plan("2026-W48", tuple(sections), notes[0], 4, 1.0, {}, (), {}, 0)


def lay_out(plan: Plan, fields: Fields = PLAIN) -> Rendered:
    """Lay a plan out whose links lead where their paths say."""
    return render_plan(plan, lambda path: path.removesuffix(".md"), None, fields)


def acts(rendered: Rendered) -> list[str]:
    """List what a plan does; what is shown as code stays aside, and how a link is written."""
    found = judge(rendered.body)
    found = [re.sub(r"(?s)^(code_inline) .*", r"\1", act) for act in found]
    return [re.sub(r"(?s)^(?:wikilink|link) (.*?)(?:\.md)?$", r"link \1", act) for act in found]


def harmless(texts: Sequence[str]) -> list[str]:
    """Give as many words that do nothing."""
    return [f"h{n}h" for n, _ in enumerate(texts)]


def expected(texts: Sequence[str], twin: Sequence[str]) -> list[str]:
    """Say what a plan with these texts may do: what its harmless twin does."""

    def lead(match: re.Match[str]) -> str:
        return texts[int(match[1])].encode("utf-8", "replace").decode()

    return [re.sub(r"h(\d+)h", lead, act) for act in twin]


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 20))
def test_no_phrase_lets_a_text_act(start: int) -> None:
    """Whatever is put into it, a phrase does what it does with a harmless word."""
    texts = [*HOSTILE[start:], *HOSTILE[:start]]
    for empty in (0, 3):
        twin = acts(lay_out(plan_of(harmless(texts), empty)))
        rendered = lay_out(plan_of(texts, empty))
        assert acts(rendered) == expected(texts, twin)
        assert not CONTROLS.search(rendered.body)


def test_a_book_in_a_property_makes_no_book_of_the_plan() -> None:
    """What is put into a phrase is cut, so that a plan stays one that can be read, and read again."""
    rendered = lay_out(plan_of(["A very long story. " * 6_000]))
    assert len(max(rendered.body.split("\n"), key=len)) < 3_000


@settings(max_examples=25)
@given(
    st.lists(
        st.lists(st.sampled_from([*HOSTILE, "x", " ", ".", "\\"]), max_size=4).map("".join),
        min_size=1,
        max_size=8,
    )
)
def test_no_mixture_of_texts_acts(texts: list[str]) -> None:
    """Neither beside nor within each other."""
    told = [text or "x" for text in texts]
    lines = [
        f"- “{inert(text)}” {link(text, text)} ({inert(text)}). {inert(text)}" for text in told
    ]
    lines += [f"- {inert(text)}" for text in told]
    twin = [f"- “h{n}h” [[h{n}h]] (h{n}h). h{n}h" for n, _ in enumerate(told)]
    twin += [f"- h{n}h" for n, _ in enumerate(told)]
    assert acts(Rendered("\n".join(lines), {}, {}, {}, None)) == expected(  # type: ignore[arg-type]  # its text is all
        told,
        acts(Rendered("\n".join(twin), {}, {}, {}, None)),  # type: ignore[arg-type]  # as above
    )


@pytest.mark.parametrize(
    ("form", "filter_"),
    [("emoji", ""), ("emoji", " #task"), ("dataview", ""), ("dataview", " TODO")],
)
def test_the_tasks_plugin_reads_no_field_that_is_not_ours(form: str, filter_: str) -> None:
    """Every task has the day that vaultnet gave it, its id, and nothing else."""
    due, done = {
        "emoji": (" 📅 {}", " ✅ {}"),
        "dataview": ("  [due:: {}]", "  [completion:: {}]"),
    }[form]
    plan = plan_of(HOSTILE)
    told = {
        action.id: (MONDAY, Ref(f"D/{text}.md"))
        for action, text in zip(plan.actions, cycle(HOSTILE), strict=False)
    }
    plan = replace(plan, done=told)
    rendered = lay_out(plan, Fields(filter_, due, done))
    tasks = [line for line in rendered.body.split("\n") if line.startswith("- [ ] ")]
    ids = [action.id for action in plan.actions if action.boxed]
    assert len(tasks) == len(ids)
    for line, id_ in zip(tasks, ids, strict=True):
        task = read_task(line, form)
        assert (task.box, task.id, task.fields) == (" ", id_, (("due", "2026-11-29"),))
        assert task.description == f"{rendered.texts[id_]}{filter_}"
        ticked = read_task(f"- [x] {rendered.texts[id_]}{rendered.done[id_]} ^{id_}", form)
        assert ticked.fields == (("done", "2026-11-23"),)


# --- from notes to the plan and back ------------------------------------------------------


def notes_with(texts: Iterator[str]) -> tuple[dict[str, str], Settings]:
    """Write notes with a text in every place that a plan can show, and settings likewise."""

    def quoted() -> str:
        return json.dumps(next(texts))

    def named(name: str) -> str:
        text = re.sub(r"[/\x00\n\ud800-\udfff]", "", next(texts))[:60]
        return re.sub(r"[. ]+$", "", f"{name} {text}")

    def note(log: str = "", **properties: str) -> str:
        front = "".join(f"{key}: {value}\n" for key, value in properties.items())
        return f"---\n{front}---\n{log}"

    bo, jo = named("Bo"), named("Jo")
    di, max_ = named("Di"), named("Max")
    notes = {
        f"People/{bo}.md": note(
            f"## Log\n- 2026-04-12 coffee: {next(texts)}\n",
            relationship="friend", id="bo", name=quoted(), aliases=f"[{quoted()}]",
            needs=f"[{quoted()}, sql]", offers=quoted(), company=quoted(), role=quoted(),
        ),
        f"People/{named('Cy')}.md": note(
            f"## Log\n- 2026-08-12 coffee {next(texts)}\n- 2026-07-12 coffee\n",
            relationship=quoted(), they_know="my work", purpose=quoted(), ask=quoted(), id="cy", cadence="4w",
        ),
        f"People/{di}.md": note(
            f'## Log\n- 2026-09-12 coffee\n- 2026-07-12 coffee\n- 2026-10-23 advice: "{next(texts)} and more"\n',
            relationship="mentor", purpose=quoted(), needs=quoted(), id="di", birthday="11-25",
        ),
        f"People/{named('Ed')}.md": note(
            "## Log\n- 2026-10-12 coffee\n", they_know="my work", knows='"[[Flo]]"', needs=quoted(), id="ed",
        ),
        "People/Flo.md": note(want_to_meet="true", ask=quoted(), purpose=quoted(), name=quoted(), id="flo"),
        f"People/{named('Gil')}.md": note(
            f"- [ ] send her the {next(texts)} slides\n- [ ] {next(texts)} 📅 2026-11-27\n",
            name=quoted(), id="gil", they_know="my name",
        ),
        f"People/{named('Hal')}.md": note(
            f"## Log\n- 2026-11-19 email from her: {next(texts)}\n- 2026-11-10 introduced me to [[Flo]] {next(texts)}\n",
            they_know="my name", id="hal", name=quoted(),
        ),
        f"People/{named('Ira')}.md": note(
            "## Log\n- 2026-11-16 wrote to her\n", they_know="nothing", want_to_meet="true", id="ira", name=quoted(),
        ),
        f"People/{jo}.md": note(id="jo", name=quoted()),
        f"People/{named('Kay')}.md": note(
            "- 2020-01-01 coffee\n", ring=quoted(), cadence=quoted(), they_know=quoted(), birthday=quoted(),
            not_before=quoted(), relationship="friend", id="kay",
        ),
        f"People/{named('Lou')}.md": f"---\nx: {next(texts)}\n: bad [\n---\n",
        f"People/{max_}.md": note(
            "- 2026-01-01 coffee\n", they_know="my work", role=quoted(), company=quoted(), id="max", cadence="4w",
        ),
        f"People/{named('Ned')}.md": note(
            f"- 2026-01-01 coffee\n- 2026-11-22 promoted: new job at {next(texts)}\n",
            they_know="my work", role="harbour", company=quoted(), id="ned", name=quoted(),
        ),
        f"People/{named('Ola')}.md": note(
            "- 2026-01-01 coffee\n", relationship="friend", not_before="2026-11-26", id="ola", name=quoted(),
        ),
        f"Daily/{named('2026-11-10')}.md": f"# {next(texts)}\nCoffee with [[{bo}]] {next(texts)}\n- met [[{jo}]]\n- [[{jo}]] {next(texts)}\n",
        f"Meetings/{named('2026-11-25')}.md": note(
            f"# {next(texts)}\n", date="2026-11-25", type=quoted(),
            attendees=f"[{json.dumps(f'[[{di}]]')}, {json.dumps(f'[[{max_}]]')}]",
        ),
        "Network/Exposure.md": f"- [ ] {next(texts)} about queues #article\n",
    }  # fmt: skip
    heading, offer = " ".join(next(texts).split()), " ".join(next(texts).split())
    return notes, Settings(heading=heading, offers=(offer, "sql"), touches=12)


ALLOWED = {"heading", "bullet_list", "list_item", "paragraph", "blockquote", "block id", "box  "}
"""What a plan does by itself, beside its links and a little code."""


def look_over(told: Told) -> set[str]:
    """See that the plan of notes does nothing but what a plan does; gives the phrases it said."""
    plan = told.plan()
    rendered = told.rendered()
    text = wrap(plan.week, rendered.body, rendered.roles)
    assert not CONTROLS.search(text)
    assert not isinstance(find_markers(text), str)
    known = {name for path in told.links.exact.values() for name in (path, path.rpartition("/")[2])}
    for act in judge(rendered.body):
        kind, _, target = act.partition(" ")
        if kind in {"link", "wikilink"}:
            assert f"{target.removesuffix('.md')}.md" in known
        else:
            assert act in ALLOWED or kind == "code_inline"
    note = read_note(Source("Network/Network plan 2026-W48.md", text))
    lines = [line for line in note.lines if line.block]
    assert [(line.block, line.form) for line in lines] == [
        (action.id, Form.TASK if action.boxed else Form.ITEM) for action in plan.actions
    ]
    assert {line.box for line in note.lines} <= {"", " "}
    assert not any(line.tags for line in note.lines)
    for line, action in zip(lines, plan.actions, strict=True):
        leads = [told.links.resolve(note.path, found.target) for found in line.links]
        refs = [value.path for value in action.words.values.values() if isinstance(value, Ref)]
        assert sorted(map(str, leads)) == sorted(refs)
    return {
        words.phrase
        for section in plan.sections
        for words in (
            *(w for action in section.actions for w in (action.words, *action.bullets)),
            *section.notes,
        )
    }


def plant(start: int) -> Told:
    """Read notes in which the texts from one on stand, each in another place."""
    notes, settings_ = notes_with(islice(cycle(HOSTILE), start, None))
    return tell(notes, MONDAY, settings_, Obsidian(template_folders=("T",)))


@pytest.mark.parametrize("start", range(0, len(HOSTILE), 11))
def test_no_note_makes_a_plan_act(start: int) -> None:
    """Names, properties, logs, tasks, titles and faults: all of it is text, in links that lead home."""
    look_over(plant(start))


# --- what reaches a terminal --------------------------------------------------------------

LOUD = (
    "x\x1b[31mred",
    "\u202ex",
    "a\x9b31mb",
    "\u2066x\u2069",
    "bell\x07",
    "back\x08",
    "\x85x",
    "\u2028x",
    "\u200fx",
)
"""Texts that would do something on a terminal."""
COMMANDS_TO_TRY = (
    ["status"],
    ["status", "--json"],
    ["rings"],
    ["rings", "--json"],
    ["show", "bo"],
    ["show", "bo", "--json"],
    ["show", "People/J"],
    ["show", "nobody \u202e\x1b[31m"],
    ["show", "o"],
    ["check"],
    ["check", "--json"],
    ["plan", "--dry-run"],
    ["plan", "--diff"],
    ["plan", "--json"],
    ["plan"],
    ["plan"],
    ["plan", "--dry-run"],
    ["plan", "--week", "\u202e\x1b[31m"],
    ["log", "People/Flo.md", "coffee \u202e\x1b[31m", "--with", "bo"],
    ["log", "People/Flo.md", "call", "--dry-run"],
    ["log", "People/Flo.md", "call", "--diff"],
    ["log", "People/Flo.md", "\u202e"],
    ["new", "Zed \u202e\x1b[31m", "--dry-run"],
    ["new", "Zed \u202e\x1b[31m", "--company", "\u202e\x1b[31m"],
    ["new", "Zoe", "--diff", "--set", "needs=\u202e\x1b[31m"],
    ["new", "Zoe", "--set", "\u202e\x1b[31m"],
    ["watch", "--once"],
    ["history"],
    ["history", "bo"],
    ["history", "--json"],
    ["trend"],
    ["trend", "--json"],
    ["trend", "--write"],
    ["recover"],
    ["history", "nobody \u202e\x1b[31m"],
    ["demo", "People \u202e\x1b[31m/People"],
    ["init"],
    ["init"],
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault full of such texts, in a folder and with settings that hold some too."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)  # where `demo` makes its folder
    vault = tmp_path / "No\u202etes\x1b[31m"
    notes, _ = notes_with(cycle(LOUD))
    notes = {
        re.sub(r"[\x00-\x1f\x7f-\x9f\u2028]", "\u202e", path): text for path, text in notes.items()
    }
    notes["People/Jo \x1b[31m.md"] = "no name to read"
    notes["M\u202ee.md"] = ""
    notes["T\u202e/phrases.md.j2"] = (
        "{% macro lead(w) %}\u202e{{ '\\x1b[31m' }}{% endmacro %}{% oops"
    )
    notes["Network\u202e/Network plan 2026-W47.md"] = "\u202e\x1b[31m"
    notes["vaultnet.toml"] = (
        'heading = "\u202e\\u001b[31m"\nme = "M\u202ee"\ntemplates = "T\u202e"\n[plan]\nfolder = "Network\u202e"\n'
    )
    before = {path: text.replace("friend", "colleague") for path, text in notes.items()}
    commit(start(vault), date(2026, 9, 1), before)
    commit(vault, date(2026, 10, 1), notes)
    for path in notes:
        rest(vault / path)
    return vault


def run(root: Path, words: Sequence[str]) -> str:
    """Run a command; gives all it says."""
    today = [] if words[0] in {"init", "recover"} else ["--today", "2026-11-23"]
    options = [] if words[0] == "demo" else ["--vault", str(root), *today]
    said = io.StringIO()
    with (
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(said),
        contextlib.suppress(SystemExit),
    ):
        main([*words, *options])
    return said.getvalue()


def test_every_command_is_tried() -> None:
    """A new command takes its place in the list."""
    assert {words[0] for words in COMMANDS_TO_TRY} == COMMANDS.keys()


def test_no_command_lets_a_note_speak_to_the_terminal(root: Path) -> None:
    """No control and no bidirectional character of a note, a name or a setting is printed."""
    for words in COMMANDS_TO_TRY:
        said = run(root, words)
        assert said
        assert (words, CONTROLS.findall(said)) == (words, [])
    plan = root / "Network\u202e/Network plan 2026-W48.md"
    plan.write_text(plan.read_text("utf-8").replace("\n# ", "\nmy own \x1b[31m\u202e\n# "), "utf-8")
    for words in (["plan", "--dry-run"], ["plan", "--diff"]):
        assert CONTROLS.findall(run(root, words)) == []
    plan.write_text("mine alone \x1b[31m\u202e", "utf-8")
    assert CONTROLS.findall(run(root, ["plan"])) == []


OUR_COLOURS = re.compile(r"\x1b\[(?:0|1|2|3[1-6])(?:;(?:1|2|3[1-6]))*m")


@pytest.mark.parametrize("words", [["rings"], ["show", "bo"], ["status"], ["check"]])
def test_nothing_but_our_own_colours_reaches_a_terminal(
    root: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal there is bold, dim and a few colours, and no other control character."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    said = Terminal()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main([*words, "--vault", str(root), "--today", "2026-11-23"])
    text = said.getvalue()
    assert words == ["check"] or "\x1b[1m" in text
    assert CONTROLS.findall(OUR_COLOURS.sub("", text)) == []


class Terminal(io.StringIO):
    """Takes itself for a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_completed_name_acts_in_no_shell() -> None:
    """What the shell puts into the line is words, whatever the note is called."""
    for text in (*HOSTILE, "$(touch x)", "`id`", "a; rm -rf x", "a'b", "a&b", "~x", "!x", "-v"):
        assert re.fullmatch(r"[\w.@+][\w .@+-]*", in_command(text))


if __name__ == "__main__":
    said: set[str] = set()
    for turn in range(len(HOSTILE)):
        test_no_phrase_lets_a_text_act(turn)
        said |= look_over(plant(turn))
    print(  # noqa: T201 - a script
        f"{len(HOSTILE)} texts, each in all {len(fields())} places of the phrases and in notes; "
        f"the notes made a plan say {len(said)} phrases. Nothing acted."
    )
