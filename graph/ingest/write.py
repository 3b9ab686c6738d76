"""Writing drafts: a folder of YAML records, whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import yaml


class FolderInUseError(OSError):
    """The folder for drafts holds something already; drafts never overwrite reviewed records."""


def write_drafts(folder: Path, files: dict[str, Any]) -> list[Path]:
    """Write draft records.

    Everything is written to a folder beside the target and moved in one step, so that a failure leaves
    nothing half-written.

    Args:
        folder: Where to; it must not exist, or be empty.
        files: Path below the folder to the data of that file.

    Returns:
        The files written.

    Raises:
        FolderInUseError: If the folder holds anything.
        OSError: If it cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FolderInUseError(f"{folder}: holds files already. Drafts overwrite nothing; name a new folder.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, data in files.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(yaml_text(data), encoding="utf-8")
        made.chmod(0o755)
        if folder.exists():
            folder.rmdir()
        made.replace(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return [folder / name for name in files]


def yaml_text(data: Any) -> str:
    """Write data as block YAML, keys in their order, Persian as it is.

    Example:
        >>> print(yaml_text({"id": "P01", "title": {"text": "برگزاری", "lines": "3-4"}}), end="")
        id: P01
        title:
          text: برگزاری
          lines: 3-4
    """
    text: str = yaml.safe_dump(
        data, allow_unicode=True, sort_keys=False, width=10_000, default_flow_style=False
    )
    return text
