"""Soft hyphens for the long words of board papers, so that justified text breaks words at line ends."""

from __future__ import annotations

import re

BREAKS = """
ac-count-able ac-tiv-ity ado-les-cent agen-cies an-nounced as-sess-ment as-sess-ments as-sur-ance
at-tend-ance au-dit-ors au-thor-ity be-hav-iour car-ers chil-dren chil-dren's com-mis-sion-ing
com-mu-ni-ca-tion com-mu-nity com-plet-ed con-fer-ence con-fer-ences con-sid-ered con-sist-ent
con-sul-ta-tion con-ver-sa-tion de-vel-op-ment dis-clos-ure do-mes-tic ef-fect-ive ef-fect-ive-ness
ev-i-dence ex-pe-ri-ence ex-pe-ri-ences ex-ploit-a-tion fam-i-lies fol-low-ing foun-da-tion gov-ern-ance
guid-ance health hos-pi-tal im-prove-ment im-prove-ments in-ci-dents in-creas-ing-ly in-de-pend-ent
in-for-ma-tion in-ter-ven-tion in-ves-ti-ga-tion lead-er-ship man-ag-ers man-age-ment mem-bers
meth-od-ol-o-gy mid-wives mul-ti-agency ne-glect op-por-tu-ni-ty or-gan-i-sa-tion or-gan-i-sa-tions
par-tic-i-pa-tion part-ner-ship part-ners per-form-ance plan-ning prac-ti-ces prac-ti-tion-er
prac-ti-tion-ers prac-tice pre-vent-a-tive pri-or-i-ties pri-or-i-ty pro-fes-sion-al pro-fes-sion-als
pro-gramme pro-tec-tion re-cord-ing re-fer-ral re-fer-rals re-la-tion-ship re-la-tion-ships re-spond-ed
re-spons-i-bil-i-ty rec-om-men-da-tion rec-om-men-da-tions safe-guard-ing sec-ond-ary ser-vices
sig-nif-i-cant spe-cial-ist strat-e-gy strength-ened su-per-vi-sion sub-group sup-port-ed sys-tem-at-ic
sys-tem-ic to-geth-er train-ing un-der-stand-ing vul-ner-a-bil-i-ty vul-ner-a-ble work-force
""".split()
SOFT = "\u00ad"
POINTS = {word.replace("-", ""): word.replace("-", SOFT) for word in BREAKS}
WORD = re.compile(r"[A-Za-z]{6,}")


def hyphenated(text: str) -> str:
    """The text with soft hyphens in the words that the list knows; tags are left alone."""
    return WORD.sub(lambda match: _broken(match[0]), text)


def _broken(word: str) -> str:
    points = POINTS.get(word.lower())
    return word[0] + points[1:] if points else word
