import base64
import hashlib
import json
import re

import pytest

from graph.store import Store
from graph.view.graph_families import families, wrap
from graph.view.graph_model import Asked
from graph.view.graph_source import Source
from graph.view.graph_views import graph_model
from graph.view.layout import positions
from graph.view.page import graph_page, script_json, write_graph
from graph.view.reading import Catalogue
from graph.view.words import Lang
from tests.view.support import HOSTILE, Page

EVIL_TAGS = {"img", "iframe", "object", "embed"}


def data_of(page: Page) -> dict[str, object]:
    block = next(e for e in page.all("script") if e.attributes.get("id") == "graph-data")
    loaded: dict[str, object] = json.loads(block.text)
    return loaded


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_file_is_whole_and_asks_for_nothing(store: Store, lang: Lang) -> None:
    source = graph_page(store, lang)
    page = Page(source)
    root = page.all("html")[0].attributes
    assert (root["lang"], root["dir"]) == (lang, "rtl" if lang == "fa" else "ltr")
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert not [
        e for e in page.elements if "style" in e.attributes or any(a.startswith("on") for a in e.attributes)
    ]
    assert not re.search(r"url\(|@import", page.all("style")[0].text)


def test_the_policy_names_each_script_and_style_by_hash(store: Store) -> None:
    page = Page(graph_page(store, "fa"))
    policy = next(
        e.attributes["content"]
        for e in page.all("meta")
        if e.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    run = [e for e in page.all("script") if e.attributes.get("type") != "application/json"]
    assert len(run) == 2
    for element in (*run, *page.all("style")):
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_markup_in_labels_stays_text(hostile: Store, lang: Lang) -> None:
    source = graph_page(hostile, lang)
    page = Page(source)
    assert not [e for e in page.elements if e.tag in EVIL_TAGS]
    assert len(page.all("script")) == 3
    assert not [e for e in page.elements if any(a.startswith("on") for a in e.attributes)]
    assert not [link for link in page.links if "javascript" in link]
    names = json.dumps(data_of(page), ensure_ascii=False)
    assert json.dumps(HOSTILE[1], ensure_ascii=False)[1:-1] in names or HOSTILE[0] in json.loads(
        f'["{HOSTILE[0]}"]'
    )
    raw = source[source.index('id="graph-data"') :]
    block = raw[raw.index(">") + 1 : raw.index("</script>")]
    assert not set(block) & set("<>&\u2028\u2029")


def test_every_edge_and_node_has_its_row(store: Store) -> None:
    page = Page(graph_page(store, "fa"))
    data = data_of(page)
    rows = [e for e in page.all("tr") if "data-key" in e.attributes]
    assert {r.attributes["data-key"] for r in rows} == {n["id"] for n in data["nodes"]}  # type: ignore[attr-defined,index]
    pairs = {e.attributes["data-ends"] for e in page.all("tr") if "data-ends" in e.attributes}
    assert pairs == {f"{e['from']} {e['to']}" for e in data["edges"]}  # type: ignore[attr-defined,index]


def test_two_runs_give_the_same_bytes(store: Store, tmp_path: object) -> None:
    assert graph_page(store, "en") == graph_page(store, "en")


def test_write_graph_writes_utf8(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = write_graph(store, tmp_path_factory.mktemp("view") / "graph.html", "fa")
    assert "نمودار" in out.read_text(encoding="utf-8")
    assert out.stat().st_size < 1_200_000


def test_no_label_covers_another() -> None:
    boxes = {f"n{i:02}": (100.0 + i, 40.0) for i in range(40)}
    edges = [("n00", f"n{i:02}") for i in range(1, 25)] + [("n30", "n31")]
    found = positions(boxes, edges)
    names = sorted(boxes)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            apart_x = abs(found[one][0] - found[other][0]) >= (boxes[one][0] + boxes[other][0]) / 2 - 2
            apart_y = abs(found[one][1] - found[other][1]) >= (boxes[one][1] + boxes[other][1]) / 2 - 2
            assert apart_x or apart_y, (one, other)


def test_the_owner_of_every_process_is_no_hub(catalogue: Catalogue) -> None:
    model = graph_model(Source(catalogue), Asked())
    owner = [n for n in model.nodes if n.ref.id == "governors-office"]
    assert all(n.degree < 5 for n in owner)


def test_every_kind_of_agency_has_a_family(catalogue: Catalogue) -> None:
    kinds = {
        row["code"].value.rsplit("/", 1)[-1]  # type: ignore[union-attr]
        for row in catalogue.rows("SELECT DISTINCT ?code { ?code skos:inScheme dfc:agency-kind }")
    }
    assert kinds
    known = {kind for family in families().values() for kind in family.kinds}
    assert kinds <= known, f"add to families.json: {sorted(kinds - known)}"


def test_an_unknown_view_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="agencies"):
        graph_model(Source(catalogue), Asked("nonsense"))


def test_labels_wrap_and_end() -> None:
    assert wrap("one two three four five six seven eight nine ten eleven", 8).count("\n") == 3
    assert wrap("") == ""


def test_json_block_is_plain_json() -> None:
    text = str(script_json({"a": "</script>&\u2028"}))
    assert json.loads(text) == {"a": "</script>&\u2028"}
