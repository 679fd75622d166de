"""A question understood by what one index knows: its values, its words, and what they find there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from indexer.errors import UsageError
from indexer.search.analysis import analyse, words
from indexer.search.contract import SearchEngine
from indexer.search.fielded import FieldValues
from indexer.search.query import Query
from indexer.search.question import Known, parse_question
from indexer.search.spelling import Lexicon, suggest
from indexer.search.vocabulary import Vocabulary

_REMEMBERED = 256
"""Questions that are kept understood: a page asks for the same one several times."""


class Understanding:
    """Reads questions for one index. Threads may share it."""

    def __init__(
        self,
        engine: SearchEngine,
        vocabulary: Vocabulary,
        fields: FieldValues,
        visible: int,
        own_words: Callable[[], Iterable[tuple[str, int]]],
    ) -> None:
        """``visible`` is the bit set of what is searched unless more is asked for; ``own_words`` gives the
        papers' words, with the number of passages that have each."""
        self._engine = engine
        self._visible = visible
        self._vocabulary = vocabulary
        self._lexicon = Lexicon(own_words, _words_of(vocabulary))
        self._known = Known(fields, self._lexicon)
        self.query = lru_cache(maxsize=_REMEMBERED)(self._query)
        """The query for what was typed, as ``parse_question`` gives it: (typed, expand, wishes, plain),
        where ``plain`` are words that are searched as typed all the same."""
        self.suggestion = lru_cache(maxsize=_REMEMBERED)(self._suggestion)
        """What was typed with its missing words corrected, or None: (typed, query, missing)."""

    def missing(self, query: Query) -> tuple[str, ...]:
        """Words of the question that stand nowhere in the index."""
        return tuple(word for word in dict.fromkeys(query.words) if not self._is_there(word))

    def _query(self, typed: str, expand: bool, wishes: bool, plain: tuple[str, ...] = ()) -> Query:
        vocabulary = self._vocabulary.setting_aside(plain) if expand else None
        return parse_question(typed, vocabulary, self._known, wishes=wishes)

    def _suggestion(self, typed: str, query: Query, missing: tuple[str, ...]) -> str | None:
        # "Fostercarers" stands in no paper, but the vocabulary knows what it is.
        understood = " ".join(expansion.typed for expansion in query.expansions)
        wrong = [word for word in missing if word not in understood]
        return suggest(typed, wrong, self._lexicon, self._finds) if wrong else None

    def _is_there(self, word: str) -> bool:
        return any(self._engine.frequency(token.text) for token in analyse(word))

    def _finds(self, words: str) -> bool:
        """Whether corrected words find anything; other words for them are tried where no paper has them."""
        expand = not all(map(self._lexicon.passages, words.split()))
        try:
            return self._engine.search(self.query(words, expand, True).tree, 1, self._visible).total > 0
        except UsageError:
            return False


def _words_of(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(term[start:end] for term in vocabulary.terms() for start, end in words(term))
