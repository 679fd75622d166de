"""Every page in every state: sound markup, links that lead somewhere, nothing from elsewhere."""

from __future__ import annotations

from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

Hit = dict[str, Any]

FIXED = (
    "/",
    "/search",
    "/search?q=co-sleeping",
    "/search?q=co-sleeping&year=2012-13&sort=newest&expand=0&boilerplate=1",
    "/search?year=2012-13",
    "/search?q=zzqx",
    "/search?q=minutes+about+domestic+abuse+2012-13",
    "/search?q=minutes+about+domestic+abuse+2012-13&wish=0",
    "/search?q=recomendation",
    "/search?q=safe*+AND+(kind:minutes",
    "/documents",
    "/documents?kind=minutes",
    "/coverage",
    "/guide",
    "/help/citations",
    "/help/accessibility",
    "/help/api",
    "/saved",
    "/register",
    "/register?q=neglect&statement=decision&year=2014-15&sort=due",
    "/register?q=zzqx",
    "/browse",
    "/browse/year?name=2012-13",
    "/browse/kind?name=minutes",
    "/browse/body?name=Northmere+Safeguarding+Children+Board",
    "/glossary",
    "/glossary?q=zzqx",
    "/cases?theme=Neglect",
)


def page_of(hit: Hit, number: int) -> str:
    return f"/documents/{hit['document']['id']}/pages/{number}"


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    return response.text


@pytest.fixture
def every_page(report_hit: Hit, minutes_hit: Hit) -> tuple[str, ...]:
    """An address of every page, in every state."""
    of_papers = (
        f"/documents/{report_hit['document']['id']}",
        f"/documents/{minutes_hit['document']['id']}",
        page_of(report_hit, 1),
        page_of(report_hit, 3) + "?q=co-sleeping",
        report_hit["url"],
        report_hit["url"] + "?q=co-sleeping&year=2012-13",
        minutes_hit["url"] + "?q=domestic+abuse",
        minutes_hit["url"] + "?q=form&in=document",
        f"/documents/{report_hit['document']['id']}/find?q=co-sleeping",
        f"/documents/{report_hit['document']['id']}/find?q=zzqx",
        report_hit["url"] + "/like?q=co-sleeping",
        report_hit["url"] + "/since",
        minutes_hit["url"] + "/like",
        minutes_hit["url"] + "/since",
        "/cases",
        f"/documents/{minutes_hit['document']['id']}/statements/1",
    )
    return FIXED + of_papers


def test_every_page_is_sound(client: FlaskClient, every_page: tuple[str, ...], outline: Any) -> None:
    for url in every_page:
        seen = outline(text(client, url))
        assert not seen.unbalanced, url
        assert not seen.inline, url
        assert len(seen.ids) == len(set(seen.ids)), url
        assert seen.levels.count(1) == 1, url
        steps = zip(seen.levels, seen.levels[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (url, seen.levels)


def test_every_link_leads_somewhere(client: FlaskClient, every_page: tuple[str, ...], outline: Any) -> None:
    links = {unescape(link) for url in every_page for link in outline(text(client, url)).links}
    for link in sorted(links):
        address = urlsplit(link)
        assert not address.netloc, link
        if address.path:
            response = client.get(f"{address.path}?{address.query}", buffered=True)
            assert response.status_code == 200, (link, response.status_code)


def test_no_page_asks_another_site(client: FlaskClient, every_page: tuple[str, ...]) -> None:
    for url in every_page:
        page = text(client, url).replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in page, url
        assert "https://" not in page, url
