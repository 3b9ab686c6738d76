"""Where addresses of the server stand in the folder."""

from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.offline.addresses import address_of, file_of, relative


@pytest.mark.parametrize(
    ("href", "kind", "file"),
    [
        ("/", "page", "index.html"),
        ("/fa/", "page", "fa/index.html"),
        ("/fa/index", "page", "fa/index/index.html"),
        ("/fa/search?q=x", "search", "fa/search/index.html"),
        ("/static/editor.js?v=12", "file", "static/editor.js"),
        ("/static/vendor/vis-network.min.js", "file", "static/vendor/vis-network.min.js"),
        ("/id/process/P08.jsonld", "file", "id/process/P08.jsonld"),
        ("/id/process/P08", "page", "id/process/P08/index.html"),
        ("/fa/processes?format=csv", "file", "fa/processes.csv"),
        ("/api/questions/who-meets?agency=a%2Fb&format=turtle", "file", "api/questions/who-meets-a=2Fb.ttl"),
        ("/fa/processes?agency=police", "list", "fa/processes/index.html"),
        ("/fa/compare?one=P08&other=P22", "page", "fa/compare/P08-P22/index.html"),
        ("/fa/compare?one=P08", "server", ""),
        ("/fa/analyses/impact?without=police", "page", "fa/analyses/impact/without-police/index.html"),
        ("/fa/analyses/impact?without=police&without=irgc", "server", ""),
        ("/fa/graph?view=around&of=agency/police", "around", ""),
        ("/fa/graph?view=together&share=3", "server", ""),
        ("/fa/sparql?query=ASK%7B%7D", "server", ""),
        ("/fa/sparql", "page", "fa/sparql/index.html"),
        ("/sparql?format=turtle", "server", ""),
        ("/api/questions", "server", ""),
        ("https://example.org/x", "outside", ""),
        ("mailto:x", "outside", ""),
    ],
)
def test_an_address_stands_in_one_place(href: str, kind: str, file: str) -> None:
    found = address_of(href)
    assert (found.kind, found.file) == (kind, file)


def test_links_start_from_their_page() -> None:
    assert address_of("P09", "/fa/processes/P08").path == "/fa/processes/P09"
    assert address_of("#x", "/fa/processes/P08").file == "fa/processes/P08/index.html"
    assert address_of("?tag=x", "/fa/questions").kind == "server"


@given(st.text(min_size=1, max_size=40))
def test_no_name_leaves_the_folder_or_needs_a_special_file_system(name: str) -> None:
    file = file_of(f"/id/{name}")
    assert file.startswith("id")
    parts = file.split("/")
    assert not {"", ".", ".."} & set(parts)
    assert file.isascii()
    assert not set(file) & set('<>:"\\|?* ')
    assert not any(part.endswith(".") for part in parts)


_NAME = st.text("abc=~.-", min_size=1, max_size=5).filter(lambda name: name.strip("."))
_NAMES = st.lists(_NAME, min_size=1, max_size=4)


@given(_NAMES, _NAMES)
def test_a_relative_link_leads_where_the_address_did(page: list[str], file: list[str]) -> None:
    start, end = "/".join([*page, "index.html"]), "/".join([*file, "index.html"])
    assert unquote(urljoin(f"file:///site/{start}", relative(start, end))) == f"file:///site/{end}"
