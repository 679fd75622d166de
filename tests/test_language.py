"""NLTK is imported without the libraries that it would load along, which stay there for others."""

from __future__ import annotations

import subprocess
import sys


def test_nltk_brings_no_scipy_along_and_takes_none_away() -> None:
    code = (
        "import sys, indexer.language; assert 'scipy' not in sys.modules and 'numpy' not in sys.modules; "
        "import scipy.stats; print(indexer.language.SnowballStemmer('english').stem('reviews'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "review\n"
