"""What the tests of reading share: one language model, readings kept for the session, the real document."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from graph.ingest.language import LanguageModel
from graph.ingest.reading import Reading, read_document
from graph.ingest.repair import Repairer
from graph.ingest.values import ValueReader
from tests.ingest.hand import USUAL, Damage
from tests.ingest.offices import Office, office
from tests.ingest.printing import Printed, print_document

SOURCE = "9cdf68a28cc205aa7db9622cac97b6821cb7f599f511e7ebc4f7c1e656a66f05"
"""SHA-256 of the document that the golden answers were read from."""
Generated = Callable[[str, int, Damage], tuple[Printed, Reading]]


@pytest.fixture(scope="session")
def model() -> LanguageModel:
    """The language model without any document."""
    return LanguageModel()


@pytest.fixture(scope="session")
def repairer(model: LanguageModel) -> Repairer:
    """A repairer that knows no document."""
    return Repairer(model)


@pytest.fixture(scope="session")
def reader(repairer: Repairer) -> ValueReader:
    """A reader of values that knows no document."""
    return ValueReader(repairer)


Once = Callable[[Path], Reading]


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Read a document once a session, though the tests run in several processes."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    kept: dict[str, Reading] = {}

    def read(path: Path) -> Reading:
        key = sha256(path.read_bytes()).hexdigest()
        if key not in kept:
            kept[key] = _shared(folder / f"{key}.reading", path)
        return kept[key]

    return read


def _shared(place: Path, path: Path) -> Reading:
    """Take a reading that another process made, wait for one that is being made, or make it."""
    mark = place.with_suffix(".begun")
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        end = time.monotonic() + 120
        while not place.exists() and time.monotonic() < end:
            time.sleep(0.1)
        if place.exists():
            known: Reading = pickle.loads(place.read_bytes())  # noqa: S301  written by this very session
            return known
    reading = read_document(path)
    whole = place.with_suffix(f".{os.getpid()}")
    whole.write_bytes(pickle.dumps(reading))
    whole.replace(place)
    return reading


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory, read_once: Once) -> Generated:
    """Print the document of an office and read it, once a session for each seed and damage."""
    folder = tmp_path_factory.mktemp("generated")
    kept: dict[tuple[str, int, Damage], tuple[Printed, Reading]] = {}

    def read(key: str, seed: int, damage: Damage) -> tuple[Printed, Reading]:
        if (key, seed, damage) not in kept:
            printed = print_document(office(key), seed, damage)
            path = printed.write(folder / f"{key}-{seed}-{len(kept)}.txt")
            kept[key, seed, damage] = printed, read_once(path)
        return kept[key, seed, damage]

    return read


@pytest.fixture(scope="session")
def small_office() -> Office:
    """An office with one process form and one service form."""
    whole = office("relief")
    service = replace(whole.services[0], after_form=1)
    return replace(whole, forms=whole.forms[3:4], services=(service,), index_only=whole.index_only[:1])


@pytest.fixture(scope="session")
def small_document(small_office: Office) -> Printed:
    """The document of the small office, with the usual damage."""
    return print_document(small_office, 1, USUAL)


@pytest.fixture
def document(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a document to a file."""

    def write(content: str | bytes) -> Path:
        path = tmp_path / "document.txt"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


@pytest.fixture(scope="session")
def source_document() -> Path:
    """The real document, which is no part of the repository.

    Where continuous integration names its folder, the document must be there.
    """
    folder = os.environ.get("DAFTAR_SOURCES")
    if not folder:
        pytest.skip("DAFTAR_SOURCES does not name the folder of the original document")
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == SOURCE:
            return path
    message = f"no file in {folder} (DAFTAR_SOURCES) has the checksum {SOURCE} of the original document"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def source_reading(source_document: Path, read_once: Once) -> Reading:
    """The reading of the real document."""
    return read_once(source_document)
