"""A vault's own templates: they say the plan another way, or a problem says why they do not."""

from __future__ import annotations

import os
import re
import textwrap
from contextlib import suppress
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from from_text import Told, tell
from resting import rest
from vaultnet.app import draft_plan, write_plan
from vaultnet.app.questions import check_vault
from vaultnet.core.calendar import week_of
from vaultnet.core.frozen import replace
from vaultnet.core.marks import find_markers
from vaultnet.core.model import Plan, Problem, Severity, Source
from vaultnet.errors import VaultnetError
from vaultnet.reading import read_vault
from vaultnet.render import Rendered, Spoken, load_own, render_plan
from vaultnet.render.phrases import (
    LAYOUT,
    PHRASES,
    Safe,
    family_of,
    load_built_in,
    load_built_in_layout,
    read_built_in,
    read_phrases,
)
from vaultnet.render.sandbox import LOOP, Sandbox

MONDAY, TUESDAY, NEXT_MONDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 30)

NOTES = {
    "People/Bo.md": "---\nrelationship: friend\n---\n## Log\n- 2026-04-12 coffee\n",
    "People/Cy.md": "---\nrelationship: friend\n---\n## Log\n- 2026-04-12 coffee\n",
    "People/Di.md": "---\nrelationship: mentor\nneeds: '[[x]] <b> 📅 2026-01-01'\n---\n- 2026-10-01 call\n- 2026-09-01 call\n",
    "People/Ed.md": "---\nthey_know: my work\nknows: '[[Flo]]'\n---\n## Log\n- 2026-10-12 coffee\n",
    "People/Flo.md": "---\nwant_to_meet: true\n---\n",
    "People/Gil.md": "- [ ] send her the slides 📅 2026-11-27\n",
    "Network/Exposure.md": "- [ ] Write about queues #article\n",
}
ALL_ACTIONS = """\
{% for section in sections %}
{% for action in section.actions %}
{{ action.line }}
{% endfor %}
{% endfor %}
"""
"""The least that a layout must show."""


TOLD = tell(NOTES)
PLAN = TOLD.plan()
BUILT_IN = render_plan(PLAN, TOLD.links.best_link)


def say(phrases: str = "", layout: str = "") -> Rendered:
    """Lay the plan out with templates of the vault's own."""
    return lay_out(TOLD, PLAN, phrases, layout)


def lay_out(told: Told, plan: Plan, phrases: str, layout: str = "") -> Rendered:
    """Lay a plan out with templates of the vault's own."""
    given = ((PHRASES, phrases), (LAYOUT, layout))
    sources = [Source(f"T/{name}", textwrap.dedent(text)) for name, text in given if text]
    return render_plan(plan, told.links.best_link, own=load_own(sources))


def problems(rendered: Rendered) -> list[str]:
    """List what is wrong with the templates."""
    return [str(problem) for problem in rendered.own.problems]


def lines_of(rendered: Rendered, start: str) -> list[str]:
    """List a plan's lines that start so."""
    return [line for line in rendered.body.split("\n") if line.startswith(start)]


# --- phrases ------------------------------------------------------------------------------


def test_a_phrase_replaces_all_wordings_of_its_name_and_no_other() -> None:
    """One macro is enough; what it does not name is said as ever."""
    own = say("{% macro invite_drink(w) %}Drop {{ w.who }} a line{% endmacro %}")
    assert problems(own) == []
    assert own.texts["vn-invite-bo"] == "Drop [[Bo]] a line"
    assert own.texts["vn-invite-cy"] == "Drop [[Cy]] a line"
    ours = {"vn-invite-bo", "vn-invite-cy"}
    assert {k: v for k, v in own.texts.items() if k not in ours} == {
        k: v for k, v in BUILT_IN.texts.items() if k not in ours
    }


def test_wordings_take_turns() -> None:
    """Macros whose names end in a number are one phrase, and no wording comes twice in a row."""
    own = say(
        """
        {% macro invite_drink_1(w) %}One {{ w.who }}{% endmacro %}
        {% macro invite_drink_7(w) %}Seven {{ w.who }}{% endmacro %}
        """,
    )
    assert {own.texts["vn-invite-bo"][:3], own.texts["vn-invite-cy"][:3]} == {"One", "Sev"}


def test_a_phrase_may_be_laid_out_over_lines() -> None:
    """A plan's lines are one line each, however their author wrote them; control characters go."""
    own = say(
        """
        {% macro invite_drink(w) %}
          Write
          {{ w.who }},{{ "\\x1b[31m\\r\\n" }}{# for no reason #}
          please
        {% endmacro %}
        """,
    )
    assert own.texts["vn-invite-bo"] == "Write [[Bo]], [31m please"


def test_what_a_template_can_use() -> None:
    """Values, filters, tests, numbers in words, lists with a last word of their own."""
    own = say(
        """
        {% macro helper(who) %}{{ who }}!{% endmacro %}
        {% macro invite_drink(w) %}
        {% set n = 3 %}
        {{ helper(w.who) }} {{ w["who"] }} {{ count(n, "year") }} {{ "a_b"|upper }}
        {{ [w.who, w.who, w.who]|join(", ", " und ") }} {{ [w.who, "b"][1] }}
        {% for one in ["x", "y"] %}{{ loop.index }}{{ one }}{% if not loop.last %}; {% endif %}{% endfor %}
        {% if w.who is defined and n in [1, 3] and n > 2 %}*yes*{% else %}no{% endif %}
        {{ "" |default("none", true) }}{{ "abc"|length }}
        {%- endmacro %}
        """,
    )
    assert problems(own) == []
    assert own.texts["vn-invite-bo"] == (
        "[[Bo]]! [[Bo]] three years A_B [[Bo]], [[Bo]] und [[Bo]] b 1x; 2y*yes*none3"
    )


@pytest.mark.parametrize(
    ("phrases", "problem"),
    [
        ("{% macro invite_drink(w) %}", "T/phrases.md.j2:1: Unexpected end of template"),
        ("\n\n{{ oops", "T/phrases.md.j2:3: unexpected end of template"),
        (
            "{% macro invite_drnk(w) %}{{ w.who }}{% endmacro %}",
            (
                "T/phrases.md.j2:1: 'invite_drnk': no phrase is called so (did you mean 'invite_drink'?);"
                " it is never used"
            ),
        ),
        (
            "\n{% macro invite_drink() %}Hello{% endmacro %}",
            (
                "T/phrases.md.j2:2: 'invite_drink': a phrase takes one thing: write"
                " {% macro invite_drink(w) %}; the built-in phrase is used"
            ),
        ),
        (
            "{% macro invite_drink(w) %}{{ w.whom }}{% endmacro %}",
            (
                "T/phrases.md.j2:1: 'invite_drink': nothing is called 'w.whom' (did you mean 'w.who'?);"
                " the built-in phrase is used"
            ),
        ),
        (
            "{% macro invite_drink(w) %}\n{{ w.who }}\n{{ w.quote }}\n{% endmacro %}",
            (
                "T/phrases.md.j2:3: 'invite_drink': there is no 'quote' here, but day, who;"
                " the built-in phrase is used"
            ),
        ),
        (
            "{% macro invite_drink(w) %}{{ who }}{% endmacro %}",
            "T/phrases.md.j2:1: 'invite_drink': 'who' is undefined; the built-in phrase is used",
        ),
        (
            "{% macro invite_drink(w) %}{% if w.who < 3 %}{% endif %}{% endmacro %}",
            (
                "T/phrases.md.j2:1: 'invite_drink': '<' not supported between instances of 'Markup' and"
                " 'int'; the built-in phrase is used"
            ),
        ),
        (
            "{% macro invite_drink(w) %}{% if false %}{{ w.who }}{% endif %}{% endmacro %}",
            "T/phrases.md.j2:1: 'invite_drink': it says nothing; the built-in phrase is used",
        ),
        (
            "{% macro invite_drink(w) %}Write to a friend{% endmacro %}",
            (
                "T/phrases.md.j2:1: 'invite_drink': a tick is read by its links: it must show"
                " {{ w.who }}; the built-in phrase is used"
            ),
        ),
        (
            "{% macro invite_drink(w) %}`Write to {{ w.who }}`{% endmacro %}",
            (
                "T/phrases.md.j2:1: 'invite_drink': a tick is read by its links: it must show"
                " {{ w.who }}; the built-in phrase is used"
            ),
        ),
        (
            "{% macro ask_introduction(w) %}Reach {{ w.other }} by {{ w.who }}{% endmacro %}",
            (
                "T/phrases.md.j2:1: 'ask_introduction': a tick is read by its links: it must show"
                " {{ w.who }} and then {{ w.other }}; the built-in phrase is used"
            ),
        ),
        (
            "{% macro invite_drink(w) %}{{ w.who }} %% aside{% endmacro %}",
            (
                "T/phrases.md.j2:1: 'invite_drink': `%%` would hide what follows;"
                " the built-in phrase is used"
            ),
        ),
        (
            "{% macro title_people(w) %}<b>People</b>{% endmacro %}",
            (
                "T/phrases.md.j2:1: 'title_people': HTML cannot stand in a plan;"
                " the built-in phrase is used"
            ),
        ),
        (
            "{% macro lead(w) %}%% vaultnet:end 2026-W48 v1 %%{% endmacro %}",
            "T/phrases.md.j2:1: 'lead': vaultnet's markers are its own; the built-in phrase is used",
        ),
    ],
)
def test_a_phrase_that_fails_is_said_as_ever(phrases: str, problem: str) -> None:
    """The plan is the one without it, and a problem says where and why."""
    own = say(phrases)
    assert [line[: len(problem)] for line in problems(own)] == [problem]
    assert own.body == BUILT_IN.body


def test_one_phrase_that_fails_leaves_the_others() -> None:
    """Each is judged for itself; all its wordings go with one that fails."""
    own = say(
        """
        {% macro invite_drink_1(w) %}Hey {{ w.who }}{% endmacro %}
        {% macro invite_drink_2(w) %}Hey {{ w.whom }}{% endmacro %}
        {% macro title_people(w) %}Freunde{% endmacro %}
        """,
    )
    assert len(problems(own)) == 1
    assert not lines_of(own, "- [ ] Hey")
    assert lines_of(own, "## Freunde") == ["## Freunde"]


def test_a_phrase_with_an_id_of_its_own_spoils_all() -> None:
    """What looks like an action and is none could be ticked for nobody."""
    own = say("{% macro title_seen(w) %}Seen ^vn-write-gil{% endmacro %}")
    assert problems(own) == [
        (
            "T/phrases.md.j2: each action must stand once, on a line of its own, as {{ action.line }};"
            " vn-write-gil does not; the built-in phrases are used"
        )
    ]
    assert own.body == BUILT_IN.body


# --- the layout ---------------------------------------------------------------------------


def test_a_layout_shows_what_it_likes_where_it_likes() -> None:
    """Every action must be there; titles, notes and bullets need not."""
    own = say(layout=f"# Week {{{{ week }}}}\n\nHello.\n\n{ALL_ACTIONS}\n*The end*\n")
    assert problems(own) == []
    lines = own.body.split("\n")
    assert lines[:4] == ["# Week 2026-W48", "", "Hello.", ""]
    assert lines[-1] == "*The end*"
    assert sorted(filter(None, lines[4:-1])) == sorted(
        line for line in BUILT_IN.body.split("\n") if " ^vn-" in line
    )


def test_titles_and_lead_are_known_wherever_they_stand() -> None:
    """They change in their place, as in the built-in layout, though no template says so."""
    own = say(layout=read_built_in(LAYOUT).replace("## {{", "### 🌱 {{"))
    assert problems(own) == []
    assert {
        line.replace("### 🌱", "##"): role for line, role in own.roles.items()
    } == BUILT_IN.roles


@pytest.mark.parametrize(
    ("layout", "problem"),
    [
        ("Hello", "each action must stand once, on a line of its own, as {{ action.line }}; vn-"),
        (ALL_ACTIONS * 2, "each action must stand once, on a line of its own,"),
        (
            ALL_ACTIONS.replace("{{ a", "\t{{ a"),
            "each action must stand once, on a line of its own",
        ),
        (ALL_ACTIONS.replace("line }}", "line }} x"), "each action must stand once"),
        (f"{ALL_ACTIONS}\n- [ ] me too ^vn-write-me", "each action must stand once, on a line of"),
        (f"# {{{{ span }}}}\n# {{{{ span }}}}\n{ALL_ACTIONS}", "`span`, `lead` and each title can"),
        (f"```\n{ALL_ACTIONS}```\n", "a code block would hide what follows"),
        (f"- ~~~\n{ALL_ACTIONS}", "a code block would hide what follows"),
        (f"%%\n{ALL_ACTIONS}%%\n", "`%%` would hide what follows"),
        (f"$$\n{ALL_ACTIONS}", "`$$` would hide what follows"),
        (f"<!--\n{ALL_ACTIONS}", "HTML cannot stand in a plan"),
        (f"<details>\n{ALL_ACTIONS}", "HTML cannot stand in a plan"),
        (f"%% vaultnet:begin 2026-W48 %%\n{ALL_ACTIONS}", "vaultnet's markers are its own"),
        (f"{ALL_ACTIONS}=======", "this looks like a merge conflict"),
        (f"{ALL_ACTIONS}\n{{{{ nothing }}}}", "'nothing' is undefined"),
        (f"{ALL_ACTIONS}\n{{{{ sections }}}}", "only text and numbers can be shown, and this is a"),
    ],
)
def test_a_layout_that_cannot_be_merged_is_not_used(layout: str, problem: str) -> None:
    """Every action has its line, once, and nothing reaches beyond its line."""
    own = say(layout=layout)
    (said,) = problems(own)
    assert re.sub(r"^T/plan\.md\.j2(:\d+)?: ", "", said).startswith(problem)
    assert said.endswith("; the built-in template is used")
    assert own.body == BUILT_IN.body


# --- nothing grows, nothing goes on, nothing gets out -------------------------------------

_MANY = f"[{','.join('1' * 500)}]"
_DOUBLE = "{% macro d(x) %}{{ x }}{{ x }}{% endmacro %}"

BOMBS = {
    "loops": f"{{% for a in {_MANY} %}}{{% for b in {_MANY} %}}{{% for c in {_MANY} %}}"
    + "{% endfor %}" * 3,
    "a loop that says much": f"{{% for a in {_MANY} %}}{'x' * 60_000}{{% endfor %}}",
    "a loop that shows much": f"{{% for a in {_MANY} %}}{{% for b in {_MANY} %}}{{{{ lead }}}}"
    + "{% endfor %}" * 2,
    "macros that call twice": "{% macro m0() %}{% endmacro %}"
    + "".join(
        f"{{% macro m{n}() %}}{{{{ m{n - 1}() }}}}{{{{ m{n - 1}() }}}}{{% endmacro %}}"
        for n in range(1, 50)
    )
    + "{{ m49() }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "doubling, inwards": f"{_DOUBLE}{{{{ {'d(' * 50}lead{')' * 50} }}}}",
    "doubling, one after the other": f"{_DOUBLE}{{% set x = lead %}}" + "{% set x = d(x) %}" * 60,
    "doubling by join": "{% set x = lead %}" + "{% set x = [x, x]|join %}" * 60,
    "growing by a comma": "{% set x = lead %}"
    + f"{{% set x = {_MANY}|join(x) %}}{{% set x = {_MANY}|join(x) %}}" * 3,
    "long texts that are looked at": f"{{% set x = {_MANY}|join(lead) %}}"
    f"{{% for a in {_MANY} %}}{{% if x|upper == x|lower %}}{{% endif %}}{{% endfor %}}",
    "depth": "{% if 1 %}" * 80 + "{% endif %}" * 80,
    "brackets": f"{{{{ {'(' * 20_000}1{')' * 20_000} }}}}",
    "not": f"{{{{ {'not ' * 5_000}1 }}}}",
    "length": "{{ lead }}" * 6_000,
    "branches": "{% if 0 %}" + "{% elif 0 %}" * 5_000 + "{% endif %}",
    "a number": f"{{{{ {'9' * 60_000} }}}}",
    "range": "{% for a in range(999999999) %}{% endfor %}",
    "multiplied text": "{{ 'a' * 999999999 }}",
    "multiplied lists": "{% for a in [1] * 999999999 %}{% endfor %}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "percent": "{{ '%999999999d' % 1 }}",
    "plus": "{{ lead + lead }}",
    "division": "{{ 1 // 0 }}",
    "tilde": "{% set x = lead ~ lead %}",
    "set block": "{% set x %}{{ lead }}{% endset %}",
    "slice": "{{ lead[1:] }}",
    "method": "{{ lead.center(999999999) }}",
    "format": "{{ '{:>999999999}'.format(1) }}",
    "center": "{{ lead|center(999999999) }}",
    "replace": "{{ lead|replace('', lead) }}",
    "printf": "{{ '%999999999d'|format(1) }}",
    "indent": "{{ lead|indent(999999999) }}",
    "map": "{{ sections|map(attribute='__class__')|join }}",
    "attr": "{{ lead|attr('__class__') }}",
    "class": "{{ lead.__class__ }}",
    "class in brackets": "{{ lead['__class__'] }}",
    "globals": "{{ count.__globals__ }}",
    "self": "{{ self._TemplateReference__context }}",
    "loop": "{% for a in [1] %}{{ loop._iterator }}{% endfor %}",
    "function": "{{ count }}",
    "cycler": "{{ cycler(1) }}",
    "lipsum": "{{ lipsum(99999) }}",
    "namespace": "{% set n = namespace(a=1) %}{% set n.a = 2 %}",
    "change": "{{ sections.clear() }}",
    "do": "{% do sections.clear() %}",
    "recursive": "{% for a in sections recursive %}{{ loop([1]) }}{% endfor %}",
    "text as a list": "{% for a in lead %}{{ a }}{% endfor %}",
    "arguments": "{{ count(*[1, 'a']) }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'phrases.md.j2' as p %}",
    "from": "{% from 'phrases.md.j2' import lead %}",
    "extends": "{% extends 'plan.md.j2' %}",
    "block": "{% block a %}{% endblock %}",
    "call": "{% call count(1) %}{% endcall %}",
    "filter block": "{% filter upper %}a{% endfilter %}",
    "autoescape": "{% autoescape false %}{{ lead }}{% endautoescape %}",
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("where", ["layout", "phrase"])
def test_a_bomb_ends_as_a_problem(bomb: str, where: str) -> None:
    """Steps are counted, not seconds; what could grow, go on or get out is refused."""
    if where == "layout":
        own = say(layout=f"{bomb}\n{ALL_ACTIONS}")
    else:
        phrase = bomb.replace("lead", "w.who").replace("sections", "[w.who]")
        own = say(f"{{% macro invite_drink(w) %}}{{{{ w.who }}}}{phrase}{{% endmacro %}}")
    assert len(problems(own)) == 1
    assert len(problems(own)[0]) < 300
    assert own.body == BUILT_IN.body


def test_steps_are_counted_for_all_phrases_together() -> None:
    """Many phrases that take long are no way around the limit."""
    loop = f"{{% for a in {_MANY} %}}{{% for b in [1,2,3,4,5] %}}{{% endfor %}}{{% endfor %}}"
    slow = "".join(
        f"{{% macro {name}(w) %}}{{{{ w.who }}}}{{{{ w.other|default('') }}}}{loop}{{% endmacro %}}"
        for name in ("invite_drink", "invite_talk", "ask_introduction")
    )
    own = say(slow)
    assert problems(own)[-1] == (
        "T/phrases.md.j2:1: it takes too many steps; the built-in phrases are used"
    )


def test_the_built_in_templates_keep_to_the_rules() -> None:
    """Whoever starts from a copy of them has a template that is used, and the very same plan."""
    own = say(read_built_in(PHRASES), read_built_in(LAYOUT))
    assert problems(own) == []
    assert own == replace(BUILT_IN, own=own.own)


def test_each_built_in_phrase_stands_for_itself() -> None:
    """Compiled alone, when it is first said, a phrase is what it is in the whole file."""
    whole = read_phrases(Sandbox(), read_built_in(PHRASES))
    assert load_built_in().phrases == whole.phrases
    assert list(load_built_in().say) == list(whole.say)
    assert whole.called == {"count", "code"}


def test_what_was_said_before_is_not_said_anew() -> None:
    """A plan that is laid out again is the same without one phrase being said, to the letter."""
    first = Spoken()
    assert render_plan(PLAN, TOLD.links.best_link, spoken=first) == BUILT_IN
    marked = {key: f"{text} (again)" for key, text in first.now.items()}
    again = render_plan(PLAN, TOLD.links.best_link, spoken=Spoken(first.now))
    assert again == BUILT_IN
    assert "(again)" in render_plan(PLAN, TOLD.links.best_link, spoken=Spoken(marked)).body


def test_no_phrase_tells_large_numbers_apart() -> None:
    """A phrase of ours that holds nothing but numbers is said with other large ones to the letter."""
    said = 0
    for name, phrase in load_built_in().phrases.items():
        say_it = load_built_in().say[name]
        for numbers in ((100, 333, 101), (1, 2, 100), (0, 5000, 12), (10**6, 10**6, 0)):
            values = dict(zip(sorted(phrase.values), cycle(numbers), strict=False))
            with suppress(TypeError):  # it goes through a list
                assert Spoken().say(
                    name, values, partial(load_built_in().say.__getitem__, name)
                ) == say_it(values)
                said += 1
    assert said > 100


def test_a_page_is_laid_out_by_its_shape() -> None:
    """Whatever its texts are, they stand where the layout puts them; the shape is laid out once."""
    spoken = Spoken()
    for more in ("", " and \ufdd0more\ufdd1", " {{ x }} <b> & 7"):
        action = {"line": Safe(f"- [ ] A{more}"), "verb": "write", "bullets": [Safe(f"B{more}")]}
        sections = [
            {"name": name, "title": title, "actions": [action], "notes": [Safe(f"C{more}"), ""]}
            for name in ("first", "network")
            for title in (Safe(f"T{more}"), "", Safe(""))
        ]
        values = {"week": "2026-W48", "span": Safe("1–7"), "lead": Safe(more), "sections": sections}
        assert spoken.lay_out(LAYOUT, values, load_built_in_layout) == load_built_in_layout()(
            values
        )
    assert len(spoken.now) == 2  # without a lead, and with one


PIECES = st.sampled_from(
    "{{ }} {% %} {# #} {%- -%} macro m(w) endmacro if else elif endif for in endfor set w who w.who lead "
    "sections loop.last count(2, 'a') |join |upper |length |default('x') is defined not and or == < "
    "[ ] ( ) , . ' \" 1 99 a.b m(w) invite_drink title_people ```  %% ^vn-x <b> - [ ] \\n".split(
        " "
    )
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=25).map(" ".join))
@example("{% macro invite_drink(w) %}{{ [w.who]|join }}{% endmacro %}")
def test_no_template_whatever_spoils_a_plan(text: str) -> None:
    """It is used or it is not; the plan is whole, and each problem has the file's path."""
    own = say(text, f"{ALL_ACTIONS}{text}")
    assert {problem.path for problem in own.own.problems} <= {"T/phrases.md.j2", "T/plan.md.j2"}
    for id_ in BUILT_IN.texts:
        assert len(re.findall(rf"^- .*\^{re.escape(id_)}$", own.body, re.MULTILINE)) == 1


# --- what comes from notes stays text -----------------------------------------------------


@pytest.mark.parametrize(
    "shown",
    [
        "{{ w.need }}",
        "{{ w.need|upper }}",
        "{{ [w.need, w.need]|join(w.need) }}",
        "{{ [w.need, w.helper|default(w.need)]|join('-', w.need) }}",
        "{{ w.need|default('x')|capitalize }}",
        "{% set x = w.need %}{{ x }}",
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(w.need) }}",
        "{{ w.need if true else '' }}",
        "{{ count(2, w.need) }}",
    ],
)
def test_what_comes_from_a_note_is_made_safe_whatever_is_done_with_it(shown: str) -> None:
    """No link, HTML or task date of a note's gets live by way of a template."""
    notes = {
        "People/Bo.md": "---\nrelationship: friend\nneeds: '[[x]] <b> 📅 2026-01-01 #tag `a` %%'\n---\n"
        "## Log\n- 2026-04-12 coffee\n",
        "People/Cy.md": "---\nthey_know: my work\noffers: '[[x]] <b> 📅 2026-01-01 #tag `a` %%'\n---\n"
        "## Log\n- 2026-10-12 coffee\n",
    }
    told = tell(notes)
    own = lay_out(told, told.plan(), f"{{% macro for_helper(w) %}}Safe: {shown}{{% endmacro %}}")
    (line,) = lines_of(own, "\t- Safe: ")
    bare = re.sub(r"\\.", "", line).replace("[[Cy]]", "")
    assert not re.search(r"[\[\]<>#`]|%%|📅", bare)
    assert "tag" in line.lower()


# --- on disk ------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a vault whose owner says things in their own way."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    vault = tmp_path / "Notes"
    for path, text in {**NOTES, "vaultnet.toml": 'templates = "My/Templates"\n'}.items():
        write(vault, path, text)
    (vault / "My/Templates").mkdir(parents=True)
    return vault


def write(root: Path, path: str, text: str) -> None:
    """Save a file, some time ago."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    rest(place)


def plan(root: Path, today: date = MONDAY) -> str:
    """Write the plan, and see that a second run writes nothing; gives its text."""
    for _ in range(2):
        reading = read_vault(root, today, today)
        wrote = write_plan(reading, draft_plan(reading, week_of(today)))
    assert wrote.paths == ()
    return text_of(root)


def text_of(root: Path) -> str:
    """Read the plan of that week."""
    return (root / "Network/Network plan 2026-W48.md").read_text(encoding="utf-8")


def template_problems(root: Path) -> list[Problem]:
    """List what `check` says about templates."""
    return [p for p in check_vault(read_vault(root, MONDAY, MONDAY)) if p.code == "template"]


def test_a_vault_says_its_plan_in_its_own_way(root: Path) -> None:
    """The setting names the folder; the rest is found there by its name."""
    write(
        root,
        "My/Templates/phrases.md.j2",
        "{% macro title_people(w) %}Freunde{% endmacro %}\n"
        "{% macro title_energy(w) %}Wenn du magst{% endmacro %}\n"
        "{% macro invite_drink(w) %}Schreib {{ w.who }}{% endmacro %}\n",
    )
    text = plan(root)
    assert "## Freunde\n" in text
    assert "- [ ] Schreib [[Bo]] ^vn-invite-bo" in text
    assert template_problems(root) == []


def test_ticks_count_and_stay_when_the_templates_change(root: Path) -> None:
    """What the user touched keeps its bytes; what nobody touched is said in the new way."""
    before = plan(root)
    ticked = next(line for line in before.split("\n") if line.endswith("^vn-invite-bo"))
    done = ticked.replace("[ ]", "[x]").replace(" ^", " ✅ 2026-11-23 ^")
    write(root, "Network/Network plan 2026-W48.md", before.replace(ticked, f"{done}\nMy own words"))
    write(
        root,
        "My/Templates/phrases.md.j2",
        "{% macro invite_drink(w) %}Hey {{ w.who }}{% endmacro %}",
    )
    write(root, "My/Templates/plan.md.j2", f"{{{{ span }}}}\n{ALL_ACTIONS}")
    after = plan(root, TUESDAY)
    assert f"{done}\nMy own words\n" in after
    assert "- [ ] Hey [[Cy]] ^vn-invite-cy" in after
    assert not isinstance(find_markers(after), str)
    reading = read_vault(root, TUESDAY, TUESDAY)
    told = reading.network.interactions["People/Bo.md"]
    assert [i.action for i in told if i.action] == ["vn-invite-bo"]


def test_an_action_is_known_by_its_part_whatever_the_part_is_called(root: Path) -> None:
    """The end marker knows the titles, so that a title may be in any language."""
    write(
        root,
        "My/Templates/phrases.md.j2",
        "{% macro title_people(w) %}Menschen{% endmacro %}{% macro title_energy(w) %}Kür{% endmacro %}"
        "{% macro title_first(w) %}Zuerst{% endmacro %}",
    )
    plan(root)
    ticks = read_vault(root, MONDAY, MONDAY).network.evidence.ticks
    assert {t.section for t in ticks} == {"people", "energy", "seen", "question"}
    plan_before = text_of(root)
    (root / "vaultnet.toml").unlink()  # back to English: nobody moves from one part to another
    assert [line for line in plan(root).split("\n") if "^vn-invite" in line] == [
        line for line in plan_before.split("\n") if "^vn-invite" in line
    ]


def test_what_fails_is_told_by_check_and_in_the_plan(root: Path) -> None:
    """With path and line; the plan is the built-in one, and counts the problem."""
    write(root, "My/Templates/plan.md.j2", "\n{% for section in %}")
    write(root, "My/Templates/phrases.md.j2", "{% macro lead(w) %}\n{{ w.weather }}{% endmacro %}")
    text = plan(root)
    assert text.startswith("%% vaultnet:begin 2026-W48 %%\n# This week · 23–29 November\n")
    assert (
        "> - To mend: My/Templates/phrases.md.j2:1: 'lead': nothing is called 'w.weather'" in text
    )
    said = [(p.path, p.line, p.severity) for p in template_problems(root)]
    assert said == [
        ("My/Templates/phrases.md.j2", 1, Severity.WARNING),
        ("My/Templates/plan.md.j2", 2, Severity.WARNING),
    ]
    reading = read_vault(root, MONDAY, MONDAY)
    assert draft_plan(reading, week_of(MONDAY)).plan.problems == 2


def test_the_phrase_that_tells_of_problems_may_fail_too(root: Path) -> None:
    """Each round tells of one problem more, until what is left holds."""
    write(
        root,
        "My/Templates/phrases.md.j2",
        "{% macro lead(w) %}{{ w.who }}{% endmacro %}{% macro problem(w) %}{{ w.who }}{% endmacro %}",
    )
    text = plan(root)
    assert text.count("> - To mend: My/Templates/phrases.md.j2:1: ") == 2


def test_templates_are_read_as_safely_as_notes(root: Path, tmp_path: Path) -> None:
    """No link out of the vault, no FIFO, no folder, no giant, nothing but UTF-8."""
    folder = root / "My/Templates"
    outside = tmp_path / "phrases.md.j2"
    outside.write_text("{% macro title_people(w) %}Spy{% endmacro %}", encoding="utf-8")
    inside = root / "My/real.j2"
    inside.write_text("{% macro title_people(w) %}Mine{% endmacro %}", encoding="utf-8")
    place = folder / "phrases.md.j2"

    def told() -> str:
        (problem,) = template_problems(root)
        return str(problem).partition(", so the built-in")[0]

    place.symlink_to(outside)
    assert told() == "My/Templates/phrases.md.j2: leads out of the vault"
    place.unlink()
    os.mkfifo(place)
    assert told() == "My/Templates/phrases.md.j2: is no regular file"
    place.unlink()
    place.mkdir()
    assert told() == "My/Templates/phrases.md.j2: is no regular file"
    place.rmdir()
    place.write_bytes(b"x" * 65_537)
    assert told() == "My/Templates/phrases.md.j2: is larger than 64 KiB"
    place.write_bytes(b"ok\n\xff")
    assert told() == "My/Templates/phrases.md.j2:2: has the byte 0xff, which is no UTF-8"
    place.unlink()
    place.symlink_to(inside)
    assert template_problems(root) == []
    assert "## Mine\n" in plan(root)
    place.unlink()
    folder.rmdir()
    folder.symlink_to(tmp_path)
    assert told() == "My/Templates/phrases.md.j2: leads out of the vault"


def test_a_folder_without_templates_is_told(root: Path) -> None:
    """Somebody meant something by the setting."""
    assert [str(p) for p in template_problems(root)] == [
        "My/Templates: holds neither plan.md.j2 nor phrases.md.j2, so the built-in templates are used"
    ]


@pytest.mark.parametrize("folder", ["../out", "/etc", ".obsidian", "a/../../b", "C:/x"])
def test_the_folder_lies_inside_the_vault(root: Path, folder: str) -> None:
    """A path that leads out is refused with the settings."""
    write(root, "vaultnet.toml", f'templates = "{folder}"\n')
    with pytest.raises(
        VaultnetError, match=r"'templates' is .* it can be a folder inside the vault"
    ):
        read_vault(root, MONDAY, MONDAY)


# --- the page that tells all this ---------------------------------------------------------

PAGE = Path(__file__).parent.parent / "docs/templates.md"


def part(name: str) -> str:
    """Give what stands between `<!-- name -->` and `<!-- /name -->` on the page."""
    text = PAGE.read_text(encoding="utf-8")
    return text.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0].strip()


def fenced(name: str) -> str:
    """Give the example of a part."""
    return "\n".join(part(name).split("\n")[1:-1])


def table_of_phrases() -> str:
    """List every phrase with what it can show."""
    values: dict[str, set[str]] = {}
    for name, phrase in load_built_in().phrases.items():
        values.setdefault(family_of(name), set()).update(phrase.values)
    rows = [
        f"| `{name}` | {', '.join(f'`{value}`' for value in sorted(held))} |"
        for name, held in values.items()
    ]
    return "\n".join(["| phrase | `w` holds |", "|---|---|", *rows])


def test_the_page_tells_every_phrase() -> None:
    """With all that is put into it; `python tests/test_templates.py` writes the table anew."""
    assert part("values") == table_of_phrases()


def test_the_examples_of_the_page_hold() -> None:
    """Whoever copies them has no problem, and gets what they say."""
    own = say(fenced("phrases"), fenced("layout"))
    assert problems(own) == []
    assert own.texts["vn-invite-bo"] in {
        "Ask [[Bo]] out for ramen",
        "Ask [[Bo]] whether the canteen is still so bad",
    }
    assert "\n# 23–29 November\n" in f"\n{own.body}"
    assert "Your network" not in own.body


def test_the_page_tells_what_a_template_can_do() -> None:
    """Filters, functions and what a loop knows are those of the sandbox."""
    told = PAGE.read_text(encoding="utf-8")
    rows = {
        row.split(" | ")[0].strip("| "): re.findall(r"`([\w.]+)", row)
        for row in told.partition("| what | which |")[2].split("\n\n")[0].split("\n")
    }
    sandbox = Sandbox()
    assert set(rows["filters"]) == {name for name in sandbox.filters if " " not in name}
    assert set(rows["functions"]) == set(sandbox.globals)
    assert {name.removeprefix("loop.") for name in rows["in a loop"]} == LOOP


if __name__ == "__main__":
    written = PAGE.read_text(encoding="utf-8").partition("<!-- values -->")
    below = written[2].partition("<!-- /values -->")
    PAGE.write_text(
        f"{written[0]}{written[1]}\n{table_of_phrases()}\n{below[1]}{below[2]}", encoding="utf-8"
    )
