"""A server on this machine that speaks the Hub's protocol as huggingface_hub 2.4 uses it: git, LFS, no Xet.

It keeps commits whole, large files apart by their SHA-256 (which it checks), knows a token that may write and one that
may only read, and gives large files from another host, as the Hub does. `fault` is asked before each request what goes
wrong with it; `log` has a line for each request.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from threading import RLock, Thread
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import parse_qs, quote, unquote, urlsplit

TOKEN = "hf_" + "w" * 34
READ_TOKEN = "hf_" + "r" * 34
USER = "le-port"
GIT_ATTRIBUTES = b"*.parquet filter=lfs diff=lfs merge=lfs -text\n"
LARGE = 10_000_000
"""Above so many bytes the Hub takes any file as a large one."""


class Fault(NamedTuple):
    """What goes wrong: an answer with a status (0: the line drops), after the work was done or instead of it."""

    status: int
    is_late: bool = False
    headers: Mapping[str, str] = {}
    words: str = "a fault of the test"


class Asked(NamedTuple):
    """A request; `path` is as it came, `parts` are unquoted."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Answer(NamedTuple):
    """What is sent back: bytes, or anything else as JSON."""

    status: int
    body: object
    headers: Mapping[str, str] = {}


Faults: TypeAlias = Callable[[int, str], Fault | None]


def from_request(number: int, fault: Fault) -> Faults:
    """All goes well until a request, counted from 1; from it on, nothing does."""
    return lambda count, _: fault if count >= number else None


def only_request(number: int, fault: Fault) -> Faults:
    """One request, counted from 1, goes wrong."""
    return lambda count, _: fault if count == number else None


class RefusedError(Exception):
    """What is answered instead of what was asked."""

    def __init__(self, status: int, words: str, code: str = "", **headers: str) -> None:
        super().__init__(words)
        told = {"X-Error-Message": words, **({"X-Error-Code": code} if code else {})}
        self.answer = Answer(status, {"error": words}, {**told, **headers})


class Stored(NamedTuple):
    """A file of a commit; `sha256` is null for what git itself keeps."""

    size: int
    git: str
    sha256: str | None

    def as_entry(self, path: str) -> dict[str, object]:
        """The file as trees list it."""
        entry = {"type": "file", "oid": self.git, "size": self.size, "path": path}
        large = {"lfs": {"oid": self.sha256, "size": self.size, "pointerSize": 130}}
        return entry if self.sha256 is None else entry | large


class Commit(NamedTuple):
    """A commit with all its files by path."""

    id: str
    parent: str | None
    title: str
    description: str
    files: Mapping[str, Stored]


@dataclass
class Repository:
    """A dataset on the server; a tag is its commit and its message."""

    private: bool = False
    gated: bool = False
    commits: dict[str, Commit] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def head(self) -> Commit | None:
        """The last commit of the main branch; null where there is none."""
        return self.commits[self.branches["main"]] if self.branches else None

    def at(self, revision: str) -> Commit:
        """The commit of a branch, tag or hash."""
        found = self.branches.get(revision) or self.tags.get(revision, (revision, ""))[0]
        if found not in self.commits:
            raise RefusedError(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return self.commits[found]

    def commit(self, title: str, description: str, files: Mapping[str, Stored]) -> Commit:
        """Add a commit to the main branch."""
        parent = self.branches.get("main")
        told = json.dumps([parent, title, description, sorted(files.items()), len(self.commits)])
        made = Commit(hashlib.sha1(told.encode()).hexdigest(), parent, title, description, dict(files))
        self.commits[made.id] = made
        self.branches["main"] = made.id
        return made


@dataclass
class HubServer:
    """All that is on the server; `page` is how many files a listing tells at once, `part` how large a part may be."""

    repositories: dict[str, Repository] = field(default_factory=dict)
    blobs: dict[str, bytes] = field(default_factory=dict)
    large: dict[str, bytes] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)
    fault: Faults = lambda *_: None
    url: str = ""
    page: int = 1000
    part: int = 1 << 40
    parts: dict[str, bytes] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    @property
    def cdn(self) -> str:
        """Where large files are given from: the same machine by another name."""
        return self.url.replace("127.0.0.1", "localhost")

    def store(self, content: bytes) -> Stored:
        """Keep a small file."""
        oid = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        self.blobs[oid] = content
        return Stored(len(content), oid, None)

    def add_file(self, repo: str, path: str, content: bytes) -> Commit:
        """Somebody else commits a small file."""
        repository = self.repositories[repo]
        before = repository.head.files if repository.head else {}
        return repository.commit(f"Add {path}", "", {**before, path: self.store(content)})

    def content(self, file: Stored) -> bytes:
        """The bytes of a file."""
        return self.blobs[file.git] if file.sha256 is None else self.large[file.sha256]

    def answer(self, asked: Asked) -> Answer:
        """The answer to any request."""
        try:
            for method, pattern, handler in _ROUTES:
                found = re.fullmatch(pattern, asked.path)
                if found and asked.method in method.split():
                    with self.lock:
                        told = {name: unquote(value) for name, value in found.groupdict(default="").items()}
                        return handler(self, asked, **told)
        except RefusedError as refused:
            return refused.answer
        return Answer(404, {"error": f"no such address: {asked.method} {asked.path}"})

    def readable(self, asked: Asked, repo: str) -> Repository:
        """A repository that the request may see."""
        user = _user(asked)
        found = self.repositories.get(repo)
        if found is None or (found.private and user is None):
            status = 404 if user else 401
            raise RefusedError(
                status, "Repository not found" if user else "Invalid username or password.", "RepoNotFound"
            )
        return found

    def writable(self, asked: Asked, repo: str) -> Repository:
        """A repository that the request may write to."""
        _writer(asked, repo.partition("/")[0])
        return self.readable(asked, repo)


def _user(asked: Asked) -> str | None:
    """Who asks; null where nobody is named."""
    token = asked.headers.get("authorization", "").removeprefix("Bearer ")
    if token and token not in (TOKEN, READ_TOKEN):
        raise RefusedError(401, "Invalid credentials in Authorization header")
    return USER if token else None


def _writer(asked: Asked, namespace: str) -> None:
    if _user(asked) is None:
        raise RefusedError(401, "Invalid username or password.")
    if READ_TOKEN in asked.headers["authorization"]:
        raise RefusedError(403, "you must use a write token to upload to a repository")
    if namespace != USER:
        raise RefusedError(403, f'You don\'t have the rights to create a dataset under the namespace "{namespace}"')


def _create(hub: HubServer, asked: Asked) -> Answer:
    wanted = asked.json
    owner = wanted.get("organization") or USER
    _writer(asked, owner)
    repo, url = f"{owner}/{wanted['name']}", f"{hub.url}/datasets/{owner}/{wanted['name']}"
    if repo in hub.repositories:
        raise RefusedError(409, "You already created this dataset repo", url=url)
    private = wanted.get("private") or wanted.get("visibility") == "private"
    made = hub.repositories[repo] = Repository(private=bool(private))
    made.commit("initial commit", "", {".gitattributes": hub.store(GIT_ATTRIBUTES)})
    return Answer(200, {"url": url, "name": repo})


def _info(hub: HubServer, asked: Asked, repo: str, revision: str = "") -> Answer:
    found = hub.readable(asked, repo)
    commit = found.at(revision) if revision else found.head
    files = commit.files if commit else {}
    siblings = [{"rfilename": path, "size": file.size, "blobId": file.git} for path, file in sorted(files.items())]
    told: dict[str, object] = {"id": repo, "author": USER, "sha": commit.id if commit else None, "tags": []}
    flags = {"private": found.private, "gated": "manual" if found.gated else False, "disabled": False}
    return Answer(200, {**told, **flags, "siblings": siblings, "lastModified": "2025-01-01T00:00:00.000Z"})


def _entries(commit: Commit) -> dict[str, dict[str, object]]:
    """Files and folders by path, in its order."""
    folders = {str(parent) for path in commit.files for parent in PurePosixPath(path).parents} - {"."}
    told: dict[str, dict[str, object]] = {
        path: {"type": "directory", "oid": "0" * 40, "size": 0, "path": path} for path in folders
    }
    return dict(sorted({**told, **{path: file.as_entry(path) for path, file in commit.files.items()}}.items()))


def _tree(hub: HubServer, asked: Asked, repo: str, revision: str, path: str = "") -> Answer:
    commit = hub.readable(asked, repo).at(revision)
    below = f"{path}/" if path else ""
    entries = [entry for name, entry in _entries(commit).items() if name.startswith(below)]
    if asked.query.get("recursive", ["false"])[0].lower() != "true":
        entries = [entry for entry in entries if "/" not in str(entry["path"]).removeprefix(below)]
    if path and not entries:
        raise RefusedError(404, f"{path} does not exist on {revision}", "EntryNotFound")
    start = int(asked.query.get("cursor", ["0"])[0])
    query = "&".join(f"{name}={value}" for name, [value, *_] in asked.query.items() if name != "cursor")
    more = f'<{hub.url}{asked.path}?{query}&cursor={start + hub.page}>; rel="next"'
    return Answer(200, entries[start:][: hub.page], {"Link": more} if len(entries) > start + hub.page else {})


def _paths_info(hub: HubServer, asked: Asked, repo: str, revision: str) -> Answer:
    entries = _entries(hub.readable(asked, repo).at(revision))
    is_json = "json" in asked.headers.get("content-type", "")
    paths = asked.json["paths"] if is_json else parse_qs(asked.body.decode())["paths"]
    return Answer(200, [entries[path] for path in paths if path in entries])


def _refs(hub: HubServer, asked: Asked, repo: str) -> Answer:
    found = hub.readable(asked, repo)
    branches = [{"name": n, "ref": f"refs/heads/{n}", "targetCommit": c} for n, c in found.branches.items()]
    tags = [{"name": n, "ref": f"refs/tags/{n}", "targetCommit": c} for n, (c, _) in found.tags.items()]
    return Answer(200, {"branches": branches, "tags": tags, "converts": []})


def _tag(hub: HubServer, asked: Asked, repo: str, revision: str) -> Answer:
    found, wanted = hub.writable(asked, repo), asked.json
    if wanted["tag"] in found.tags:
        raise RefusedError(409, f"Tag reference exists already: {wanted['tag']}")
    found.tags[wanted["tag"]] = (found.at(revision).id, wanted.get("message", ""))
    return Answer(200, {})


def _validate_yaml(_hub: HubServer, asked: Asked) -> Answer:
    is_card = asked.json["content"].startswith("---\n")
    return Answer(200, {"warnings": [], "errors": []}) if is_card else Answer(400, {"errors": [{"message": "no YAML"}]})


def _preupload(hub: HubServer, asked: Asked, repo: str, revision: str) -> Answer:
    found = hub.writable(asked, repo)
    before = found.at(revision).files if found.branches else {}
    told = []
    for file in asked.json["files"]:
        is_large = file["path"].endswith(".parquet") or file["size"] > LARGE
        had = before.get(file["path"])
        mode = {"path": file["path"], "uploadMode": "lfs" if is_large else "regular", "shouldIgnore": False}
        told.append({**mode, **({"oid": had.sha256 or had.git} if had else {})})
    return Answer(200, {"files": told, "commitOid": ""})


def _batch(hub: HubServer, asked: Asked, repo: str) -> Answer:
    hub.writable(asked, repo)
    assert asked.json["operation"] == "upload"
    return Answer(
        200, {"transfer": "basic", "objects": [_instructions(hub, wanted) for wanted in asked.json["objects"]]}
    )


def _instructions(hub: HubServer, wanted: dict[str, Any]) -> dict[str, object]:
    """What to do with a large file: nothing where it is here; else send it, in parts where it is larger than one."""
    oid, size = wanted["oid"], wanted["size"]
    if oid in hub.large:
        return {"oid": oid, "size": size}
    verify = {"href": f"{hub.url}/lfs/verify", "header": {}}
    if size <= hub.part:
        return {"oid": oid, "size": size, "actions": {"upload": {"href": f"{hub.cdn}/lfs/{oid}"}, "verify": verify}}
    numbers = range(1, -(-size // hub.part) + 1)
    header = {"chunk_size": str(hub.part), **{f"{n:05}": f"{hub.cdn}/lfs/{oid}/{n}" for n in numbers}}
    upload = {"href": f"{hub.url}/lfs/{oid}/complete", "header": header}
    return {"oid": oid, "size": size, "actions": {"upload": upload, "verify": verify}}


def _no_secret(asked: Asked) -> None:
    """Another host than the Hub must never see a token."""
    assert "authorization" not in asked.headers, "the token was sent to another host"


def _put(hub: HubServer, asked: Asked, oid: str, number: str = "") -> Answer:
    _no_secret(asked)
    if number:
        hub.parts[f"{oid}/{number}"] = asked.body
        return Answer(200, b"", {"ETag": f'"{hashlib.md5(asked.body).hexdigest()}"'})
    return _keep(hub, oid, asked.body)


def _keep(hub: HubServer, oid: str, content: bytes) -> Answer:
    if hashlib.sha256(content).hexdigest() != oid:
        raise RefusedError(400, "XAmzContentSHA256Mismatch")
    hub.large[oid] = content
    return Answer(200, b"")


def _complete(hub: HubServer, asked: Asked, oid: str) -> Answer:
    parts = [hub.parts.pop(f"{oid}/{part['partNumber']}") for part in asked.json["parts"]]
    return _keep(hub, oid, b"".join(parts))


def _verify(hub: HubServer, asked: Asked) -> Answer:
    _user(asked)
    is_here = len(hub.large.get(asked.json["oid"], b"")) == asked.json["size"]
    return Answer(200 if is_here else 404, {})


def _commit(hub: HubServer, asked: Asked, repo: str, revision: str) -> Answer:
    found = hub.writable(asked, repo)
    assert revision == "main"
    lines = [json.loads(line) for line in asked.body.splitlines()]
    header = lines[0]["value"]
    if "parentCommit" in header and header["parentCommit"] != found.branches.get("main"):
        raise RefusedError(412, "A commit has happened since. Please refresh and try again.")
    files = dict(found.head.files) if found.head else {}
    for line in lines[1:]:
        _apply(hub, files, line["key"], line["value"])
    made = found.commit(header["summary"], header["description"], files)
    url = f"{hub.url}/datasets/{repo}/commit/{made.id}"
    return Answer(200, {"success": True, "commitOid": made.id, "commitUrl": url, "hookOutput": ""})


def _apply(hub: HubServer, files: dict[str, Stored], key: str, value: dict[str, Any]) -> None:
    path = value["path"]
    match key:
        case "file":
            files[path] = hub.store(base64.b64decode(value["content"]))
        case "lfsFile":
            if len(hub.large.get(value["oid"], b"")) != value["size"]:
                raise RefusedError(400, f"Your push was rejected because an LFS object is missing: {path}")
            pointer = f"oid sha256:{value['oid']}\nsize {value['size']}\n".encode()
            files[path] = Stored(value["size"], hub.store(pointer).git, value["oid"])
        case "deletedFile":
            if files.pop(path, None) is None:
                raise RefusedError(404, f"A file with this name doesn't exist: {path}", "EntryNotFound")
        case _:
            raise RefusedError(400, f"unknown operation {key}")


def _resolve(hub: HubServer, asked: Asked, repo: str, revision: str, path: str) -> Answer:
    repository = hub.readable(asked, repo)
    if repository.gated:
        status = 403 if _user(asked) else 401
        raise RefusedError(status, f"Access to dataset {repo} is restricted.", "GatedRepo")
    commit = repository.at(revision)
    told = {"X-Repo-Commit": commit.id}
    if path not in commit.files:
        raise RefusedError(404, "Entry not found", "EntryNotFound", **told)
    file = commit.files[path]
    if file.sha256 is None:
        return _bytes(asked, hub.content(file), told | {"ETag": f'"{file.git}"'})
    linked = {"X-Linked-Size": str(file.size), "X-Linked-ETag": f'"{file.sha256}"'}
    return Answer(302, b"", {**told, **linked, "Location": f"{hub.cdn}/cdn/{file.sha256}"})


def _large(hub: HubServer, asked: Asked, oid: str) -> Answer:
    _no_secret(asked)
    return _bytes(asked, hub.large[oid], {"ETag": f'"{oid}"'})


def _bytes(asked: Asked, content: bytes, headers: Mapping[str, str]) -> Answer:
    wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", asked.headers.get("range", ""))
    if wanted is None:
        return Answer(200, content, headers)
    start, end = int(wanted[1]), min(int(wanted[2] or len(content)), len(content) - 1)
    told = {"Content-Range": f"bytes {start}-{end}/{len(content)}"}
    return Answer(206, content[start : end + 1], {**headers, **told})


_REPO = r"(?P<repo>[^/]+/[^/]+)"
_API = rf"/api/datasets/{_REPO}"
_REVISION = r"(?P<revision>[^/]+)"
_OID = r"(?P<oid>[0-9a-f]{64})"
_ROUTES: tuple[tuple[str, str, Callable[..., Answer]], ...] = (
    ("POST", "/api/repos/create", _create),
    ("POST", "/api/validate-yaml", _validate_yaml),
    ("GET", rf"{_API}/tree/{_REVISION}(?:/(?P<path>.+))?", _tree),
    ("GET", rf"{_API}/refs", _refs),
    ("GET", rf"{_API}/revision/{_REVISION}", _info),
    ("GET", _API, _info),
    ("POST", rf"{_API}/paths-info/{_REVISION}", _paths_info),
    ("POST", rf"{_API}/preupload/{_REVISION}", _preupload),
    ("POST", rf"{_API}/commit/{_REVISION}", _commit),
    ("POST", rf"{_API}/tag/{_REVISION}", _tag),
    ("POST", rf"/datasets/{_REPO}\.git/info/lfs/objects/batch", _batch),
    ("PUT", rf"/lfs/{_OID}(?:/(?P<number>\d+))?", _put),
    ("POST", rf"/lfs/{_OID}/complete", _complete),
    ("POST", "/lfs/verify", _verify),
    ("GET HEAD", rf"/datasets/{_REPO}/resolve/{_REVISION}/(?P<path>.+)", _resolve),
    ("GET HEAD", rf"/cdn/{_OID}", _large),
)


class _Server(ThreadingHTTPServer):
    hub: HubServer
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._reply()

    def do_HEAD(self) -> None:
        self._reply()

    def do_POST(self) -> None:
        self._reply()

    def do_PUT(self) -> None:
        self._reply()

    def _reply(self) -> None:
        assert isinstance(self.server, _Server)
        hub, split = self.server.hub, urlsplit(self.path)
        line = f"{self.command} {split.path}"
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(self.command, split.path, parse_qs(split.query), headers, self._body())
        with hub.lock:
            hub.log.append(line)
            fault = hub.fault(len(hub.log), line)
        answer = hub.answer(asked) if fault is None or fault.is_late else Answer(0, {})
        if fault is not None:
            answer = Answer(fault.status, {"error": fault.words}, fault.headers)
        if answer.status:
            self._send(answer)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        pieces = []
        while size := int(self.rfile.readline(), 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def _send(self, answer: Answer) -> None:
        data = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, quote(value, safe="".join(map(chr, range(32, 127)))))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[HubServer]:
    """A server that lives as long as the block; afterwards its thread has ended and its port is free."""
    server = _Server(("127.0.0.1", 0), _Handler)
    hub = server.hub = HubServer(url=f"http://127.0.0.1:{server.server_address[1]}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
