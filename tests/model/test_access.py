from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standardwerk.model.access import Logins, is_login, lower
from tests.factory import quick

FIRM = Logins(domains=("FIRM", "Sales"), suffixes=("firm.example",))
ALL = {"ann", "firm\\ann", "sales\\ann", "ann@firm.example"}


@pytest.mark.parametrize("login", ["ann", "ANN", "firm\\Ann", "Sales\\ann", "Ann@FIRM.example"])
def test_a_login_of_the_firm_in_all_its_spellings(login: str) -> None:
    assert set(FIRM.spellings(login)) == ALL


@pytest.mark.parametrize("login", ["OTHER\\ann", "ann@other.example", "ann@FIRM", "firm.example\\ann"])
def test_a_login_of_others_is_theirs_alone(login: str) -> None:
    assert FIRM.spellings(login) == (login.lower(),)
    assert not {login.lower()} & ALL


def test_without_more_a_login_is_what_is_written() -> None:
    for login in ("Ann", "FIRM\\Ann", "ann@firm.example"):
        assert Logins().spellings(login) == (login.lower(),)


def test_windows_wants_a_domain() -> None:
    assert FIRM.windows("Ann") == "FIRM\\Ann"
    assert FIRM.windows("OTHER\\ann") == "OTHER\\ann"
    assert FIRM.windows("ann@firm.example") == "ann@firm.example"
    assert Logins().windows("Ann") == "Ann"


@pytest.mark.parametrize(
    "login", ["ann", "o'neil", "a $(x) `y`", "j.doe-2", "ä.ö", "A\\b", "a@b", "%{REMOTE_USER}", "~.+"]
)
def test_a_login(login: str) -> None:
    assert is_login(login)


NO_LOGINS = (
    *("", " ", " a", "a ", "*", "a*", "?", "a,b", "a:b", "a\nb", "a\x00", "a\u202eb", "a\u00a0b", "\ud800"),
    *("\\a", "a\\", "@a", "a@", "a\\b\\c", "a@b@c", "a\\b@c"),
)


@pytest.mark.parametrize("login", NO_LOGINS)
def test_no_login(login: str) -> None:
    assert not is_login(login)


@quick
@given(st.text(min_size=1, max_size=8))
def test_spellings_do_not_depend_on_case(login: str) -> None:
    if is_login(login) and len(login.upper()) == len(login) and lower(login.upper()) == lower(login):
        assert set(FIRM.spellings(login)) == set(FIRM.spellings(login.upper()))
