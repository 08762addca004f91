"""A server is found by the environment or by what `studio up` left, and a key goes where it belongs."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store.project import Project
from parallaxe.store.sync.connection import Access, access_file, connect, read_access, write_access

ACCESS = Access("http://127.0.0.1:8080", "studio@example.org", "mot-de-passe", "0123456789abcdef")


@pytest.fixture(autouse=True)
def _no_server_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_the_access_file_is_its_owners_alone(tmp_path: Path) -> None:
    """Mode 0600, read back as it was written, also over an older one; nothing else is left beside it."""
    project = Project(tmp_path)
    assert read_access(project) is None
    for access in (ACCESS, Access("http://127.0.0.1:9090", "a@b.example", "autre", "fedcba")):
        write_access(project, access)
        assert access == read_access(project)
        assert 0o600 == stat.S_IMODE(access_file(project).stat().st_mode)
    assert [access_file(project)] == list(access_file(project).parent.iterdir())


def test_secrets_are_not_shown() -> None:
    """Neither password nor key stands in what a log or a traceback would show."""
    assert "Access(url='http://127.0.0.1:8080', login='studio@example.org')" == repr(ACCESS)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"url": "http://127.0.0.1"}'])
def test_a_broken_access_file_is_told(tmp_path: Path, content: str) -> None:
    """What is no access file is an error that says what to do."""
    project = Project(tmp_path)
    write_access(project, ACCESS)
    access_file(project).write_text(content)
    with pytest.raises(SurroundingsError, match="no access file; delete it"):
        read_access(project)


def test_a_key_that_others_can_read_is_not_used(tmp_path: Path) -> None:
    """A file that was opened to others is refused until it is closed again."""
    project = Project(tmp_path)
    write_access(project, ACCESS)
    access_file(project).chmod(0o640)
    with pytest.raises(SurroundingsError, match="others can read the key in it; run `chmod 600"):
        connect(project)


def test_the_environment_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both variables name another server than the project's own."""
    project = Project(tmp_path)
    write_access(project, ACCESS)
    assert "http://127.0.0.1:8080" == connect(project).url
    monkeypatch.setenv("LABEL_STUDIO_URL", "https://studio.example/")
    monkeypatch.setenv("LABEL_STUDIO_API_KEY", "abcdef0123456789")
    assert "https://studio.example" == connect(project).url


@pytest.mark.parametrize("given", ["LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"])
def test_half_an_environment_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    """An address without key, or a key without address, is never filled up from elsewhere."""
    project = Project(tmp_path)
    write_access(project, ACCESS)
    monkeypatch.setenv(given, "https://studio.example")
    with pytest.raises(UsageError, match=f"not set, though {given} is; set both"):
        connect(project)


def test_no_server_is_an_error(tmp_path: Path) -> None:
    """A project without server says how to have one."""
    with pytest.raises(UsageError, match="no server of Label Studio is known; run `parallaxe studio up`"):
        connect(Project(tmp_path))
