"""The vocabulary's files: what they bring, how the office's own is laid over, and what a mistake says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import InvalidSetting
from indexer.search.vocabulary import Vocabulary, load, load_with
from indexer.search.vocabulary_file import Called

VOCABULARY = load()


# ---------------------------------------------------------------- the office's own file


def office(folder: Path, text: str) -> Vocabulary:
    path = folder / "vocabulary.toml"
    path.write_text(text, encoding="utf-8")
    return load_with(path)


def test_without_a_file_of_its_own_the_packaged_one_stands(tmp_path: Path) -> None:
    assert load_with(tmp_path / "vocabulary.toml") is VOCABULARY


def test_the_office_adds_words_and_concepts(tmp_path: Path) -> None:
    known = office(
        tmp_path,
        '[[concept]]\nname = "neglect"\nterms = ["drift and damage", "neglect"]\nrelated = ["the hub"]\n\n'
        '[[concept]]\nname = "the hub"\nterms = ["Harbour House", "the safe haven"]\n',
    )
    assert len(known) == len(VOCABULARY) + 1
    assert known.concept("neglect").terms == (*VOCABULARY.concept("neglect").terms, "drift and damage")
    assert known.concept("neglect").narrower == VOCABULARY.concept("neglect").narrower
    assert "Harbour House" in {a.text for f in known.find("the safe haven") for a in f.alternatives}


def test_the_office_leaves_words_out_and_puts_concepts_in_place(tmp_path: Path) -> None:
    known = office(
        tmp_path,
        '[[concept]]\nname = "co-sleeping"\nwithout = ["overlaying", "cot death"]\n\n'
        '[[concept]]\nname = "minutes"\ninstead = true\nterms = ["meeting record"]\n',
    )
    assert "overlaying" not in known.concept("co-sleeping").terms
    assert known.concept("co-sleeping").related == ()
    assert known.concept("minutes").terms == ("meeting record",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "minutes"\ninsted = true', "line 3: “insted” is not known. Did you mean “instead”?"),
        ('name = "minutes"\ninstead = "yes"', "line 3: “instead” is true or false"),
        ('name = "minutes"\nwithout = ["nutes"]', "line 3: in “minutes”, there is no “nutes” to leave out."),
        ('name = "hub"\nwithout = ["x"]\nterms = ["hub"]', "line 3: in “hub”, there is no “x” to leave out."),
        ('name = "hub"', "line 1: in “hub”, there are no terms."),
        ('name = "hub"\nterms = ["the hub"]\nrelated = ["neglct"]', "Did you mean “neglect”?"),
        (
            'name = "cot death"\nnarrower = ["infant deaths"]',
            "line 3: “cot death” comes to be narrower than itself",
        ),
        (
            'name = "hub"\nterms = ["hub"]\n\n[[concept]]\nname = "hub"\nterms = ["the hub"]',
            "line 5: there is a concept “hub” already, at line 1.",
        ),
        ('name = "hub"\nterms = ["hub", "Hubs"]', "line 3: in “hub”, “Hubs” says the same as “hub”"),
    ],
)
def test_a_mistake_of_the_office_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidSetting) as error:
        office(tmp_path, f"[[concept]]\n{text}\n")
    assert message in str(error.value)


def test_only_a_file_laid_over_can_leave_out(
    vocabulary_of: Callable[[str], Vocabulary], small_text: str
) -> None:
    with pytest.raises(InvalidSetting, match="“without” is not known"):
        vocabulary_of(small_text + 'without = ["sofa death"]\n')


# ---------------------------------------------------------------- mistakes in the file


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        (
            'name = "cot death"',
            'name = "co-sleeping"',
            "line 8: there is a concept “co-sleeping” already, at line 1.",
        ),
        (
            'related = ["cot death"]',
            'related = ["cot deth"]',
            "line 6: in “co-sleeping”, there is no concept “cot deth”",
        ),
        ('related = ["cot death"]', 'related = ["cot deth"]', "Did you mean “cot death”?"),
        ("written =", "writen =", "line 4: “writen” is not known. Did you mean “written”?"),
        ('written = ["sleep environment"]', 'written = "sleep"', "line 4: “written” is a list of texts"),
        ('"overlaying"]', '"overlaying", "overlay"]', "“overlay” says the same as “overlaying”"),
        ('"overlaying"]', '"plans"]', "line 3: in “co-sleeping”, “plans” alone is too general"),
        ('"overlaying"]', '"such as"]', "“such as” has only words that stand in nearly every passage"),
        ('"overlaying"]', '" - "]', "line 3: in “co-sleeping”, there is a term without a word."),
        ('terms = ["cot death", "SIDS"]\n', "", "line 8: in “cot death”, there are no terms."),
        ('name = "sofa death"\n', "", "line 14: this concept has no name."),
        ('name = "sofa death"', "name = 7", "line 15: a name is one text in quotes."),
        (
            'narrower = ["sofa death"]',
            'narrower = ["cot death"]',
            "“cot death” is referred to twice, or is the concept itself",
        ),
        (
            '"deaths on sofas"]',
            '"deaths on sofas"]\nnarrower = ["cot death"]',
            "line 17: “sofa death” comes to be narrower",
        ),
        ('"SIDS"]', '"SIDS"', "line 11"),
        ('"SIDS"]', '"SIDS"]\ncalled = "SIDS"', "called is a list of names with their years"),
        (
            '"SIDS"]',
            '"SIDS"]\ncalled = [{ name = "SIDS" }]',
            "line 11: “SIDS” is called so from a year or until",
        ),
        (
            '"SIDS"]',
            '"SIDS"]\ncalled = [{ name = "SIDS", from = 1999, until = 1990 }]',
            "ends before it begins",
        ),
        ('"SIDS"]', '"SIDS"]\ncalled = [{ name = "SIDS", form = 1999 }]', "each of called has a name"),
        (
            '"SIDS"]',
            '"SIDS"]\ncalled = [{ name = "SUDI", from = 1999 }]',
            "“SUDI” is under called but not under",
        ),
        ("[[concept]]", "[[concepts]]", "line 1: “concepts” does not belong here"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    vocabulary_of: Callable[[str], Vocabulary], small_text: str, wrong: str, right: str, message: str
) -> None:
    assert wrong in small_text
    with pytest.raises(InvalidSetting) as error:
        vocabulary_of(small_text.replace(wrong, right, 1))
    assert message in str(error.value)
    assert "vocabulary.toml" in error.value.message
    assert error.value.hint


def test_all_mistakes_are_told_at_once(vocabulary_of: Callable[[str], Vocabulary], small_text: str) -> None:
    text = small_text.replace('name = "sofa death"', 'name = "cot death"').replace('"overlaying"', '"plan"')
    with pytest.raises(InvalidSetting) as error:
        vocabulary_of(text)
    assert error.value.message.count("\nline ") == 3


def test_a_file_of_mistakes_tells_the_first_ten(vocabulary_of: Callable[[str], Vocabulary]) -> None:
    with pytest.raises(InvalidSetting, match="and 2 more"):
        vocabulary_of("[[concept]]\n" * 12)


@pytest.mark.parametrize("content", ["", "# nothing yet\n", "concept = 3\n"])
def test_a_file_without_concepts(vocabulary_of: Callable[[str], Vocabulary], content: str) -> None:
    with pytest.raises(InvalidSetting, match=r"there is no .*concept"):
        vocabulary_of(content)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="cannot be read"):
        load(tmp_path / "absent.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes('[[concept]]\nname = "crèche"\n'.encode("latin-1"))
    with pytest.raises(InvalidSetting, match="not UTF-8"):
        load(path)


def test_the_guide_tells_of_every_key() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    for key in ("name", "terms", "written", "asked", "capitals", "narrower", "related", "called"):
        assert f"`{key}`" in guide
    for key in ("without", "instead", "from", "until"):
        assert f"`{key}`" in guide


def test_names_of_a_file_are_read_in_its_order(
    vocabulary_of: Callable[[str], Vocabulary], small_text: str
) -> None:
    text = '\ncalled = [{ name = "sofa death", until = 1990 }, { name = "deaths on sofas", from = 1990 }]\n'
    known = vocabulary_of(small_text + text)
    assert known.find("sofa death")[0].called == (
        Called("sofa death", None, 1990),
        Called("deaths on sofas", 1990, None),
    )
