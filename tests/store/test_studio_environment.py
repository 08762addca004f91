"""The server's environment is made from pins with hashes, whole or not at all, and nothing else is ever touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from parallaxe.core.errors import SurroundingsError, UsageError
from parallaxe.store import studio_environment
from parallaxe.store.studio_environment import VERSION, chosen_folder, pins, server_program

METADATA = "Metadata-Version: 2.1\nName: label-studio\nVersion: 1.23.2\n"


@pytest.fixture(scope="module")
def requirements(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pins of a small package of that name, which lies beside them: no registry is asked."""
    folder = tmp_path_factory.mktemp("pins")
    wheel, info = folder / "label_studio-1.23.2-py3-none-any.whl", "label_studio-1.23.2.dist-info"
    files = {
        "label_studio.py": "def main():\n    print('up')\n",
        f"{info}/METADATA": METADATA,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\nlabel-studio = label_studio:main\n",
    }
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        archive.writestr(f"{info}/RECORD", "".join(f"{name},,\n" for name in [*files, f"{info}/RECORD"]))
    written = folder / "label-studio.txt"
    digest = sha256(wheel.read_bytes()).hexdigest()
    written.write_text(f"--no-index\n--find-links {folder}\nlabel-studio==1.23.2 --hash=sha256:{digest}\n")
    return written


def test_the_environment_is_made_once(tmp_path: Path, requirements: Path) -> None:
    """The first call installs, the next finds it; other pins make it anew."""
    told: list[str] = []
    program = server_program(tmp_path / "env", told.append, requirements)
    assert "up\n" == subprocess.run([program], capture_output=True, text=True, check=True).stdout
    assert [f"installing Label Studio {VERSION} into {tmp_path / 'env'}: once, some minutes, 0.8 GB"] == told
    assert program == server_program(tmp_path / "env", told.append, requirements)
    assert 1 == len(told)
    other = tmp_path / "label-studio.txt"
    other.write_text(requirements.read_text() + "# newer\n")
    assert program == server_program(tmp_path / "env", told.append, other)
    assert 2 == len(told)


def test_an_environment_whose_maker_was_killed_is_made_again(tmp_path: Path, requirements: Path) -> None:
    """However far it came: the next call installs all of it."""
    folder = tmp_path / "env"
    words = (
        "import sys; from pathlib import Path; from parallaxe.store.studio_environment import server_program; "
        "server_program(Path(sys.argv[1]), print, Path(sys.argv[2]))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    maker = subprocess.Popen([sys.executable, "-c", words, folder, requirements], env=environment)
    while not (folder / "bin").exists():
        assert maker.poll() is None
        time.sleep(0.01)
    maker.send_signal(signal.SIGKILL)
    maker.wait()
    program = server_program(folder, str, requirements)
    assert "up\n" == subprocess.run([program], capture_output=True, text=True, check=True).stdout


def test_a_wrong_hash_is_an_error_and_the_next_call_begins_anew(tmp_path: Path, requirements: Path) -> None:
    """What is not what the pins promise is not installed; the log says more."""
    wrong = tmp_path / "label-studio.txt"
    wrong.write_text(requirements.read_text().replace("sha256:", "sha256:0000", 1)[:-5] + "\n")
    with pytest.raises(SurroundingsError, match=r"the server cannot be installed; see .*env\.log and run it again"):
        server_program(tmp_path / "env", str, wrong)
    assert "HASH" in (tmp_path / "env.log").read_text().upper()
    assert server_program(tmp_path / "env", str, requirements).is_file()


def installed(folder: Path, version: str) -> Path:
    """An environment that somebody else made."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "label-studio").touch()
    (folder / "lib" / "python3.11" / "site-packages" / f"label_studio-{version}.dist-info").mkdir(parents=True)
    return folder


def test_an_environment_of_somebody_else_serves_as_it_is(tmp_path: Path) -> None:
    """With the right version in it, nothing is installed or written."""
    folder = installed(tmp_path / "env", VERSION)
    assert folder / "bin" / "label-studio" == server_program(folder, pytest.fail)
    assert [folder] == list(tmp_path.iterdir())


def test_a_folder_with_something_else_is_not_touched(tmp_path: Path) -> None:
    """Another version, or anything that is no environment, is told and left alone."""
    folder = installed(tmp_path / "env", "1.22.0")
    with pytest.raises(UsageError, match="another version of label-studio than 1"):
        server_program(folder, pytest.fail)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("Cher ami")
    with pytest.raises(UsageError, match="no environment of label-studio; name a new folder"):
        server_program(tmp_path / "letters", pytest.fail)
    assert "Cher ami" == (tmp_path / "letters" / "letter.txt").read_text()


def test_the_folder_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An option comes first, then the environment variable, then the usual place."""
    monkeypatch.delenv("PARALLAXE_STUDIO_ENV", raising=False)
    assert tmp_path == chosen_folder(None, tmp_path)
    monkeypatch.setenv("PARALLAXE_STUDIO_ENV", "/shared")
    assert Path("/shared") == chosen_folder(None, tmp_path)
    assert tmp_path == chosen_folder(tmp_path, Path("/usual"))


def test_the_pins_are_those_of_the_version() -> None:
    """What is installed is the version that the program says."""
    assert f"\nlabel-studio=={VERSION} " in pins().read_text()


def test_the_pins_are_in_the_wheel(repository: Path) -> None:
    """Where the package looks for them when it is installed."""
    hatch = tomllib.loads((repository / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    placed = hatch["wheel"]["force-include"]["requirements/label-studio.txt"]
    assert (repository / "src" / placed) == studio_environment._PACKAGED
