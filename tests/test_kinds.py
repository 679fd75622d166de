"""Kinds of paper by their titles."""

from __future__ import annotations

import pytest

from indexer.kinds import kind_of_title
from indexer.model import DocumentKind as Kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Ambleford Safeguarding Children Board Annual Report 2012-13 and Business Plan", Kind.ANNUAL_REPORT),
        ("Business Plan 2013-15", Kind.BUSINESS_PLAN),
        ("Minutes of the meeting held on 4 May 2012", Kind.MINUTES),
        ("Cabinet: agenda", Kind.AGENDA),
        ("Public Document Pack", Kind.AGENDA_PACK),
        ("Serious Case Review: Child Z Overview Report", Kind.CASE_REVIEW),
        ("Learning from the Serious Case Review of Child Z", Kind.CASE_REVIEW_BRIEFING),
        ("Family Z: seven-minute briefing on a learning review", Kind.CASE_REVIEW_BRIEFING),
        ("Threshold guidance", Kind.GUIDANCE),
        ("Information sharing: advice for practitioners", Kind.GUIDANCE),
        ("Safe Sleep: Multi-Agency Protocol", Kind.POLICY),
        ("Statement of Purpose of the Adoption Service", Kind.POLICY),
        ("Joint targeted area inspection of Ambleford", Kind.REPORT),
        ("Briefing note: neglect", Kind.BRIEFING_NOTE),
        ("Work Programme 2015/16", Kind.OTHER),
        ("Appendix 2", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_kind_of_title(title: str, kind: Kind) -> None:
    assert kind_of_title(title) == kind
