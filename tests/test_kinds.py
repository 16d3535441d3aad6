"""The table of kinds, and the forms of its words."""

from __future__ import annotations

from vaultnet.core.kinds import KIND_OF, KINDS, entries, prove, turn
from vaultnet.core.model import Direction, Given, Rung


def test_the_table_is_the_contracts() -> None:
    """Direction, face, what it proves and who gave stand in the table as the contract has them."""
    table = {
        kind.word: " ".join(
            [
                kind.direction,
                "face" if kind.face_to_face else "-",
                kind.proves.word if kind.proves is not None else "-",
                kind.given or "-",
            ]
        )
        for kind in KINDS
    }

    assert table == {
        "message": "out - - -",
        "reply": "in - name -",
        "ask": "out - - -",
        "met": "both face name -",
        "introduction": "both - name -",
        "call": "both face what -",
        "coffee": "both face what -",
        "meeting": "both face what -",
        "saw-my-work": "in - what -",
        "work": "both - work -",
        "mentoring": "both face work -",
        "gave": "out - name gave",
        "received": "in - name received",
        "endorsement": "in - recommend received",
        "thanks": "out - - -",
        "congratulations": "out - - -",
        "note": "out - name -",
    }


def test_no_word_means_two_kinds() -> None:
    """A word stands in one row only; what it is in the other direction, `turn` knows."""
    words = [word for kind in KINDS for word in kind.words]

    assert [word for word in set(words) if words.count(word) > 1] == []


def test_a_verb_is_known_in_all_its_forms() -> None:
    """The table holds base forms; people write the past, the present and the rest."""
    forms = {text for text, entry in entries({}) if entry.verb == "write"}
    forms |= {
        text for text, entry in entries({}) if entry.verb in {"chat", "catch up", "dm", "reply"}
    }
    forms |= {text for text, entry in entries({}) if entry.verb in {"video call", "co-write"}}

    assert forms == set(
        "write writes wrote written writing chat chats chatted chatting dm dms dm'd dmed dming "
        "reply replies replied replying".split()
    ) | {
        "catch up",
        "catches up",
        "caught up",
        "catching up",
        "video call",
        "video calls",
        "video called",
        "video calling",
        "co-write",
        "co-writes",
        "co-wrote",
        "co-written",
        "co-writing",
    }


def test_a_kind_has_its_name_in_each_direction() -> None:
    """Help is gave when it is yours and received when it is theirs; a call is a call."""
    names = {
        (kind, way): turned.word if (turned := turn(KIND_OF[kind], way)) else None
        for kind in ("gave", "received", "endorsement", "reply", "ask", "saw-my-work", "call")
        for way in (Direction.OUT, Direction.IN)
    }

    assert names == {
        ("gave", Direction.OUT): "gave",
        ("gave", Direction.IN): "received",
        ("received", Direction.OUT): "gave",
        ("received", Direction.IN): "received",
        ("endorsement", Direction.OUT): "gave",
        ("endorsement", Direction.IN): "endorsement",
        ("reply", Direction.OUT): "message",
        ("reply", Direction.IN): "reply",
        ("ask", Direction.OUT): "ask",
        ("ask", Direction.IN): "message",
        ("saw-my-work", Direction.OUT): None,
        ("saw-my-work", Direction.IN): "saw-my-work",
        ("call", Direction.OUT): "call",
        ("call", Direction.IN): "call",
    }


def test_whoever_turns_to_you_knows_your_name() -> None:
    """Any direction in or both proves at least the name; a message of yours proves nothing."""
    message, coffee = KIND_OF["message"], KIND_OF["coffee"]

    assert prove(message, Direction.OUT) is None
    assert prove(message, Direction.IN) is Rung.NAME
    assert prove(message, Direction.BOTH) is Rung.NAME
    assert prove(coffee, Direction.BOTH) is Rung.WHAT


def test_the_users_words_are_added() -> None:
    """A word from the settings is known as it is written; a kind there is none of is left out."""
    mine = {
        text: entry.noun.word
        for text, entry in entries({"coffee": ("Fika",), "juggling": ("juggled",)})
        if entry.free and entry.noun
    }

    assert mine == {"Fika": "coffee"}
    assert {kind.given for kind in KINDS} == {None, Given.GAVE, Given.RECEIVED}
