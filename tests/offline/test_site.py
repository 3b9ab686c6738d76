"""The static site: whole, linked, reproducible, and never in the way of other files."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from api.bundle import OFFLINE_SCRIPT
from api.offline import build
from api.offline.build import build_site
from api.offline.folder import SiteFolder
from graph.cli import main
from graph.export.errors import ExportError
from graph.settings import Settings
from graph.store import Store
from graph.view.overview import KINDS, items
from graph.view.reading import Catalogue
from graph.view.words import LANGS
from tests.view.support import BASE, HOSTILE, Page, build_edition, hostile_store

pytestmark = pytest.mark.skipif(not OFFLINE_SCRIPT.is_file(), reason="the scripts are not bundled: make test")
DEAD = '<a href="/fa/processes/P99">x</a>'
BUILD = """
import sys
from pathlib import Path
from api.offline.build import build_site
from graph.settings import Settings
from graph.store import open_store
build_site(open_store(sys.argv[1]), Path(sys.argv[2]), Settings())
"""


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    found = sorted(site.rglob("*.html"))
    return {path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8")) for path in found}


def test_everything_has_its_page_and_its_data(site: Path, store: Store) -> None:
    catalogue = Catalogue(store)
    plurals = {"process": "processes", "service": "services", "agency": "agencies"}
    for kind in KINDS:
        for item in items(catalogue, kind):
            for ending in ("ttl", "jsonld", "nt"):
                assert (site / f"id/{kind}/{item.ref.id}.{ending}").is_file()
            assert "http-equiv" in (site / f"id/{kind}/{item.ref.id}/index.html").read_text("utf-8")
            if kind in plurals:
                for lang in LANGS:
                    assert (site / lang / plurals[kind] / item.ref.id / "index.html").is_file()


def test_every_link_leads_to_a_file_and_a_place(site: Path, pages: dict[str, Page]) -> None:
    ids = {name: set(page.ids) for name, page in pages.items()}
    count = 0
    for name, page in pages.items():
        for link in page.links:
            target = urlsplit(urljoin(f"http://x/{name}", link))
            assert not urlsplit(link).scheme, f"{name}: {link}"
            assert not link.startswith("/"), f"{name}: {link}"
            file = unquote(target.path)[1:]
            assert (site / file).is_file(), f"{name}: {link}"
            if target.fragment and "=" not in target.fragment:
                assert unquote(target.fragment) in ids[file], f"{name}: {link}"
            count += 1
    assert count > 20_000


def test_links_in_data_for_scripts_lead_to_files(site: Path, pages: dict[str, Page]) -> None:
    block = next(
        e for e in pages["fa/graph/index.html"].all("script") if e.attributes.get("id") == "graph-data"
    )
    data = json.loads(block.text)
    assert data["more"] == ""
    found = [node["daftar"]["href"] for node in data["nodes"] + data["reserve"]["nodes"]]
    assert len(found) > 50
    assert all((site / "fa/graph" / unquote(urlsplit(link).path)).resolve().is_file() for link in found)


def test_pages_run_files_of_the_site_only(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert not [e for e in page.elements if "style" in e.attributes]
        assert not [e for e in page.elements if any(a.startswith("on") for a in e.attributes)]
        if "refresh" in page.source[:300] or name.startswith("api/"):  # sent on; or a report to take away
            continue
        policy = next(
            (e.attributes["content"] for e in page.all("meta") if e.attributes.get("http-equiv")), ""
        )
        assert "default-src 'none'" in policy, name
        for script in page.all("script"):
            assert "src" in script.attributes or script.attributes["type"] == "application/json"


def test_data_files_say_the_same_in_every_format(site: Path) -> None:
    formats = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
    said = [
        {str(quad.triple) for quad in ox.parse(path=str(site / f"id/process/P08.{ending}"), format=engine)}
        for ending, engine in formats.items()
    ]
    assert len(said[0]) > 100
    assert said[0] == said[1] == said[2]


def test_what_needs_the_server_says_how_to_run_it(pages: dict[str, Page]) -> None:
    for name in ("en/sparql/index.html", "en/server/index.html"):
        assert "daftar serve" in pages[name].text
    question = pages["en/questions/who-meets/index.html"]
    form = next(e for e in question.all("form") if e.attributes.get("role") != "search")
    assert form.attributes["action"] == "../../server/index.html"
    hidden = next(e for e in question.all("input") if e.attributes.get("type") == "hidden")
    assert hidden.attributes["value"] == "/en/questions/who-meets"
    for name, page in pages.items():  # every form says which address it is for; the search works here
        forms = [e for e in page.all("form") if "/server/" in e.attributes.get("action", "")]
        named = [e for e in page.all("input") if e.attributes.get("name") == "page"]
        assert len(named) == len(forms), name
        assert not [
            e for e in page.all("a") if "download" in e.attributes and "/server/" in e.attributes["href"]
        ]


def test_the_manifest_lists_every_file_with_its_hash(site: Path, store: Store) -> None:
    manifest = json.loads((site / "manifest.json").read_text("utf-8"))
    assert manifest["edition"] == store.manifest.fingerprint
    found = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_file()}
    assert set(found) == {*manifest["files"], "manifest.json"}
    for name, digest in manifest["files"].items():
        assert sha256(found[name].read_bytes()).hexdigest() == digest
    assert len({name.casefold() for name in found}) == len(found)


def test_nothing_but_the_edition_says_a_time(pages: dict[str, Page], store: Store) -> None:
    times = {
        found
        for page in pages.values()
        for found in re.findall(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\S?", page.source)
    }
    assert times <= {store.manifest.built_at}


@pytest.mark.slow
def test_two_runs_give_the_same_bytes(site: Path, store: Store, tmp_path: Path) -> None:
    """Another process with other hashes of strings, so that no order of a set or an engine shows."""
    folder = build_edition(tmp_path / "store")
    again = tmp_path / "again"
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", BUILD, str(folder), str(again)], check=True, env=environment)
    one, other = (json.loads((f / "manifest.json").read_text("utf-8"))["files"] for f in (site, again))
    assert not {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def test_long_lists_come_in_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to a place that is not on its page would end the export."""
    monkeypatch.setattr("api.paging.ENTRIES", 3)
    monkeypatch.setattr("api.paging.PAIRS", 2)
    numbers = [f"{number:02}" for number in range(1, 8)]
    entries = "".join(
        f"i:index\\/I{n} a df:IndexEntry ; dct:title 'عنوان'@fa ; df:denotes i:process\\/P01 . "
        for n in numbers
    )
    pairs = "".join(
        f"i:comparison\\/C{n} a df:Comparison ; dct:description 'یکی'@fa ; "
        "df:compares i:process\\/P01, i:agency\\/police . "
        for n in numbers
    )
    graphs = f"<{BASE}graph/index> {{ {entries} }} <{BASE}graph/comparisons> {{ {pairs} }}"
    build_site(hostile_store(graphs), tmp_path / "site", Settings())

    def shown(folder: str, kind: str, pages: int) -> list[list[str]]:
        names = ["index.html", *(f"page-{number}/index.html" for number in range(2, pages + 1))]
        found = [Page((tmp_path / "site" / folder / name).read_text("utf-8")).ids for name in names]
        return [[ident for ident in ids if re.fullmatch(rf"{kind}\d\d", ident)] for ids in found]

    entry = [f"I{n}" for n in numbers]
    assert shown("fa/index", "I", 3) == [entry[:3], entry[3:6], entry[6:]]
    pair = [f"C{n}" for n in numbers]
    assert shown("en/doubts", "C", 4) == [pair[:2], pair[2:4], pair[4:6], pair[6:]]


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    out = tmp_path / "site"
    build_site(hostile_store(), out, Settings())
    for path in out.rglob("*.html"):
        page = Page(path.read_text("utf-8"))
        assert not page.all("img", "iframe", "object", "embed")
        assert not [e for e in page.elements if any(a.startswith("on") for a in e.attributes)]
        assert not [link for link in page.links if link.startswith("javascript:")]
    script = (out / "static/search-data.js").read_text("utf-8")
    assert "</script>" not in script
    assert HOSTILE[4].partition("\u2028")[2] not in script.partition("{{")[0]


def test_a_dead_link_fails_and_writes_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = build.server_page
    monkeypatch.setattr(build, "server_page", lambda *given: made(*given) + DEAD)
    seen: list[int] = []

    def few(done: int, _known: int) -> None:
        seen.append(done)

    with pytest.raises(ExportError, match="/fa/processes/P99: 404"):
        build_site(hostile_store(), tmp_path / "site", Settings(), few)
    assert not list(tmp_path.iterdir())
    assert seen[-1] > 10


@pytest.mark.parametrize("strange", ["notes.txt", "fa/notes.txt"])
def test_a_folder_with_other_files_is_refused(tmp_path: Path, strange: str) -> None:
    out = tmp_path / "site"
    with SiteFolder(out) as folder:
        folder.write("index.html", b"old")
        folder.finish({})
    (out / strange).parent.mkdir(exist_ok=True)
    (out / strange).write_text("mine")
    with pytest.raises(ExportError, match=strange):
        SiteFolder(out)
    assert (out / "index.html").read_bytes() == b"old"


def test_a_former_site_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "site"
    for content, names in ((b"old", ("a.html", "b.html")), (b"new", ("a.html",))):
        with SiteFolder(out) as folder:
            for name in names:
                folder.write(name, content)
            assert folder.finish({"edition": "x"}) == len(names)
    assert sorted(p.name for p in out.iterdir()) == ["a.html", "manifest.json"]
    assert (out / "a.html").read_bytes() == b"new"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_what_fails_half_way_leaves_the_old_site(tmp_path: Path) -> None:
    out = tmp_path / "site"
    with SiteFolder(out) as folder:
        folder.write("a.html", b"old")
        folder.finish({})

    def fail() -> None:
        with SiteFolder(out) as folder:
            folder.write("a.html", b"new")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (out / "a.html").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["site"]


def test_names_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    with SiteFolder(tmp_path / "x") as folder:
        folder.write("a/P1.ttl", b"")
        with pytest.raises(ExportError, match="one file on some systems"):
            folder.write("a/p1.ttl", b"")


def test_the_command_refuses_a_folder_that_is_no_site(tmp_path: Path, store: Store) -> None:
    edition = build_edition(tmp_path / "store")
    found = CliRunner().invoke(main, ["site", "--out", str(tmp_path), "--store", str(edition)])
    assert found.exit_code == 2
    assert "no former site" in found.output
