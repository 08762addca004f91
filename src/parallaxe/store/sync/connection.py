"""Where the server is and whose key opens it: the environment says so, or what `parallaxe studio up` left behind.

Address and key of the environment go together, so that a key is never sent to a server that it was not meant for.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store.atomic import surroundings
from parallaxe.store.project import Project
from parallaxe.studio.client import Server
from parallaxe.studio.client.connection import KEY_VARIABLE, URL_VARIABLE


@dataclass(frozen=True)
class Access:
    """How the project's own server is reached, by a program (`api_key`) and by a person (`login`, `password`)."""

    url: str
    login: str
    password: str = field(repr=False)
    api_key: str = field(repr=False)


def studio_folder(project: Project) -> Path:
    """The state of everything about Label Studio; never in git."""
    return project.state / "studio"


def access_file(project: Project) -> Path:
    """Where address, log-in and key of the project's own server are kept; only its owner can read it."""
    return studio_folder(project) / "access.json"


def connect(project: Project) -> Server:
    """The server that `LABEL_STUDIO_URL` and `LABEL_STUDIO_API_KEY` name, or the project's own; nothing is asked yet.

    Raises:
        UsageError: if only one of the two is set, they are wrong, or there is no server at all.
        SurroundingsError: if the access file cannot be read, or others can read it.
    """
    url, key = (os.environ.get(name, "").strip() for name in (URL_VARIABLE, KEY_VARIABLE))
    if url and key:
        return Server(url, key)
    if url or key:
        missing, given = (KEY_VARIABLE, URL_VARIABLE) if url else (URL_VARIABLE, KEY_VARIABLE)
        raise UsageError(missing, f"not set, though {given} is", "set both, or neither to use the project's own server")
    access = read_access(project)
    if access is None:
        remedy = f"run `parallaxe studio up`, or set {URL_VARIABLE} and {KEY_VARIABLE}"
        raise UsageError(str(project.root), "no server of Label Studio is known", remedy)
    return Server(access.url, access.api_key)


def connect_if_known(project: Project) -> Server | None:
    """The server as `connect` finds it; null where nobody named one and the project has none of its own.

    Raises:
        UsageError, SurroundingsError: as `connect` does where something is named, and wrong.
    """
    is_named = any(os.environ.get(name, "").strip() for name in (URL_VARIABLE, KEY_VARIABLE))
    return connect(project) if is_named or read_access(project) is not None else None


def read_access(project: Project) -> Access | None:
    """How the project's own server is reached; null before the first `parallaxe studio up`.

    Raises:
        SurroundingsError: if the file is broken, or others can read it.
    """
    path = access_file(project)
    if not path.exists():
        return None
    with surroundings(path):
        if path.stat().st_mode & 0o077:
            raise SurroundingsError(str(path), "others can read the key in it", f"run `chmod 600 {path}`")
        content = path.read_bytes()
    try:
        return Access(**json.loads(content))
    except (ValueError, TypeError) as error:
        remedy = "delete it: the next `parallaxe studio up` makes another"
        raise SurroundingsError(str(path), "it is no access file", remedy) from error


def write_access(project: Project, access: Access) -> None:
    """Keep how the project's own server is reached; at no moment can others read it.

    Raises:
        SurroundingsError: if it cannot be written.
    """
    path = access_file(project)
    with surroundings(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{os.getpid()}.part")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(json.dumps(asdict(access), indent=2) + "\n")
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
