from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from zhenggai.accounts import setup_token

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.ZHENGGAI_DATA_DIR = tmp_path
    return tmp_path


def test_a_token_is_made_once_and_read_by_its_owner_alone(folder: Path) -> None:
    token = setup_token.setup_token_make()
    assert len(token) >= 20
    assert setup_token.setup_token_make() == token
    assert (folder / setup_token.FILE_NAME).stat().st_mode & 0o777 == 0o600


def test_only_the_token_that_was_made_fits() -> None:
    assert not setup_token.setup_token_fits("")
    token = setup_token.setup_token_make()
    assert setup_token.setup_token_fits(f" {token} ")
    assert not setup_token.setup_token_fits(token[:-1])
    assert not setup_token.setup_token_fits("整改")


def test_a_token_is_spent_once(folder: Path) -> None:
    token = setup_token.setup_token_make()
    setup_token.setup_token_spend()
    assert not setup_token.setup_token_fits(token)
    setup_token.setup_token_spend()
    (folder / setup_token.FILE_NAME).write_text("", encoding="ascii")
    assert not setup_token.setup_token_fits("")
