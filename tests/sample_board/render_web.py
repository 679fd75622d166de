"""Writes a paper as a saved committee web page: cookie banner, navigation, breadcrumb, paper, footer."""

from __future__ import annotations

from html import escape

from render_pdf import NOTICE
from source import Block, Source, plain
from tracing import Trace

HEAD = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{title} - Wrenmouth City Council</title>
<meta name="DC.date" content="{date}">
<style>body{{font-family:Arial,sans-serif;margin:0}}
main{{max-width:50em;padding:1em}}nav li{{display:inline}}</style>
<script>window.cookieChoice = function () {{
document.getElementById("cookies").hidden = true; }};</script>
</head>
<body>
<div id="cookies" role="region" aria-label="Cookies"><p>We use cookies to make this website work. You can
accept or reject the optional ones.</p><button onclick="cookieChoice()">Accept all</button>
<a href="/cookies">Cookie settings</a></div>
<a class="skip" href="#content">Skip to main content</a>
<header><p class="logo">Wrenmouth City Council</p>
<nav aria-label="Main"><ul><li><a href="/">Home</a></li> <li><a href="/bins">Bins and recycling</a></li>
<li><a href="/schools">Schools and learning</a></li> <li><a href="/council-tax">Council tax</a></li>
<li><a href="/meetings">Meetings and agendas</a></li>
<li><a href="/contact">Contact us</a></li></ul></nav></header>
<p class="breadcrumb"><a href="/">Home</a> &gt;
<a href="/meetings">Meetings and agendas</a> &gt; {crumb}</p>
<main id="content">
"""
FOOT = """</main>
<aside><h2>Related pages</h2><ul><li><a href="/meetings/calendar">Calendar of meetings</a></li>
<li><a href="/councillors">Your councillors</a></li>
<li><a href="/forward-plan">Forward plan</a></li></ul></aside>
<footer><p>Wrenmouth City Council, Custom House, Quayside, Wrenmouth. An invented council.</p>
<p><a href="/accessibility">Accessibility</a> | <a href="/privacy">Privacy</a> |
<a href="/terms">Terms</a></p></footer>
</body>
</html>
"""


def write_page(source: Source) -> tuple[str, list[Trace], list[str]]:
    """The web page, the traces of the paper's blocks (no pages, no lines) and the titles of its tables."""
    traces: list[Trace] = [Trace("heading", source.title, level=1), Trace("notice", NOTICE)]
    tables: list[str] = []
    body = [f"<h1>{escape(source.title)}</h1>", f'<p class="notice">{escape(NOTICE)}</p>']
    for block in source.blocks:
        body.append(
            _table(block, traces, tables) if block.kind == "table" else _element(block, source, traces)
        )
    head = HEAD.format(title=escape(source.title), date=source.date, crumb=escape(source.body))
    return head + "\n".join(line for line in body if line) + "\n" + FOOT, traces, tables


def _element(block: Block, source: Source, traces: list[Trace]) -> str:
    if block.kind in ("page_break", "body_start"):
        return ""
    leads = {"recommendation": source.page.recommendation, "learning_point": source.page.learning}
    lead = leads.get(block.kind, "").format(number=block.number)
    text = plain(f"{lead} {block.text}".strip())
    traces.append(Trace(block.kind, text, level=block.level, number=block.number, lead=lead))
    if block.kind == "heading":
        return f"<h{block.level + 1}>{_inline(block.text)}</h{block.level + 1}>"
    if block.kind in ("bullet", "numbered"):
        start = f' start="{block.number}"' if block.number else ""
        tag = "ol" if block.number else "ul"
        return f"<{tag}{start}><li>{_inline(block.text)}</li></{tag}>"
    strong = f"<strong>{escape(lead)}</strong> " if lead else ""
    return f"<p>{strong}{_inline(block.text)}</p>"


def _table(block: Block, traces: list[Trace], tables: list[str]) -> str:
    number = len(tables)
    tables.append(block.text)
    traces.append(Trace("table_title", block.text, table=number))
    traces += [Trace("cell", c, table=number, row=i) for i, row in enumerate(block.rows) for c in row]
    rows = []
    for i, row in enumerate(block.rows):
        tag = "td" if i else 'th scope="col"'
        rows.append("<tr>" + "".join(f"<{tag}>{_inline(cell)}</{tag[:2]}>" for cell in row) + "</tr>")
    return f"<table><caption>{_inline(block.text)}</caption>" + "\n".join(rows) + "</table>"


def _inline(text: str) -> str:
    parts = escape(text, quote=False).split("**")
    return "".join(part if i % 2 == 0 else f"<strong>{part}</strong>" for i, part in enumerate(parts))
