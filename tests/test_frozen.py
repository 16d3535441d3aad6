"""A class of annotated fields becomes a value."""

from __future__ import annotations

import pickle
from collections.abc import Mapping

import pytest

from vaultnet.core.frozen import filled, fresh, frozen, names_of, replace


@frozen
class Cup:
    """A value with defaults."""

    drink: str
    sips: int = 3
    notes: Mapping[str, str] = fresh(factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is left."""
        return not self.sips


@frozen(order=True)
class Step:
    """A value with an order."""

    floor: int
    number: int = 0


@frozen(eq=False)
class Guest:
    """Like nobody else."""

    name: str


def test_a_value_is_made_by_place_by_name_and_by_default() -> None:
    """Fields come in their order; a default that is fresh is made anew for each."""
    cup = Cup("tea", notes={"a": "b"})
    assert (cup.drink, cup.sips, cup.notes, cup.empty) == ("tea", 3, {"a": "b"}, False)
    assert Cup("tea", 0).empty
    assert Cup("tea").notes == {}
    assert Cup("tea").notes is not Cup("tea").notes
    assert names_of(Cup) == ("drink", "sips", "notes")


@pytest.mark.parametrize("fields", [{}, {"drink": "tea", "size": 1}])
def test_a_value_that_lacks_a_field_or_has_another_is_none(fields: dict[str, object]) -> None:
    """The first value of a class is made as strictly as those after it."""
    for _ in range(2):
        with pytest.raises(TypeError):
            Cup(**fields)  # type: ignore[arg-type]  # that is the point


def test_values_are_compared_by_their_fields() -> None:
    """Equal fields make equal values of one class, with one hash; an order goes by the fields."""
    assert Cup("tea") == Cup("tea")
    assert Cup("tea") != Cup("tea", 2)
    assert len({Step(1), Step(1, 0), Step(1, 1)}) == 2
    assert sorted([Step(2), Step(1, 1), Step(1)]) == [Step(1), Step(1, 1), Step(2)]
    assert Step(1) <= Step(1) < Step(2) >= Step(2) > Step(1)
    assert Guest("Ada") != Guest("Ada")
    with pytest.raises(TypeError):
        assert Step(1) < Cup("tea")  # type: ignore[operator]  # that is the point


def test_a_value_has_its_fields_and_no_others() -> None:
    """Nothing can be hung on a value, and it shows what it is."""
    assert not hasattr(Cup("tea"), "__dict__")
    assert repr(Step(1)) == "Step(floor=1, number=0)"


def test_a_value_with_some_fields_changed_is_another() -> None:
    """What is not named stays as it was."""
    cup = Cup("tea", notes={"a": "b"})
    assert replace(cup, sips=1) == Cup("tea", 1, {"a": "b"})
    assert cup.sips == 3
    assert pickle.loads(pickle.dumps(cup)) == cup  # noqa: S301 - made a line above


@filled
class Basket:
    """What is filled as one goes."""

    owner: str
    fruit: list[str] = fresh(factory=list)
    eaten: int = 0


def test_what_is_filled_as_one_goes_is_itself_alone() -> None:
    """Its fields change, its defaults are its own, and it equals no other."""
    mine, other = Basket("me"), Basket("me")
    mine.fruit.append("pear")
    mine.eaten += 1
    assert (other.fruit, other.eaten) == ([], 0)
    assert mine != Basket("me", ["pear"], 1)
    assert repr(mine) == "Basket(owner='me', fruit=['pear'], eaten=1)"
    with pytest.raises(AttributeError):
        mine.colour = "red"  # type: ignore[attr-defined]  # a name that it has not
