"""Names that the lexicon lacks: counted, shown in context, and ready to be appended to actors.csv."""

import csv
import io

import pandas as pd
import pytest

from helpers.lexicon import rows
from helpers.paths import LEXICON
from helpers.review import AROUND, COLUMNS, lexicon_rows, unknown_names

FIRST = "Bà Trần Thị Mận nói với Nga. Theo bà Mận, Hội Yêu Sách phản đối."
SECOND = "Trần Thị Mận " + "đi " * 40 + "và Hội Yêu Sách\nở lại."


@pytest.fixture
def small() -> dict[str, pd.DataFrame]:
    actors = pd.DataFrame(
        [
            ("per:tran-thi-man", "Trần Thị Mận", "PER", "VNM", False),
            ("org:hoi-yeu-sach", "Hội Yêu Sách", "ORG", None, False),
            ("RUS", "Nga", "GPE", "RUS", True),
        ],
        columns=["actor_id", "name", "type", "side", "known"],
    )
    keys = {"Trần Thị Mận": 0, "Mận": 0, "Hội Yêu Sách": 1, "Nga": 2}
    places = [("a", "Trần Thị Mận", 0), ("a", "Nga", 0), ("a", "Mận", 30), ("a", "Hội Yêu Sách", 0)]
    places += [("b", "Trần Thị Mận", 0), ("b", "Hội Yêu Sách", 0)]
    texts = {"a": FIRST, "b": SECOND}
    mentions = []
    for doc_id, surface, after in places:
        start = texts[doc_id].index(surface, after)
        mentions.append((doc_id, start, start + len(surface), surface, "name", actors["actor_id"][keys[surface]]))
    mentions.append(("b", 0, 3, "Bà", "pronoun", "per:tran-thi-man"))
    return {
        "documents": pd.DataFrame({"doc_id": ["a", "b"], "text": [FIRST, SECOND]}),
        "actors": actors,
        "mentions": pd.DataFrame(mentions, columns=["doc_id", "start", "end", "surface", "form", "actor_id"]),
    }


def test_most_frequent_first_and_known_ones_left_out(small):
    found = unknown_names(small)
    assert found["actor_id"].tolist() == ["per:tran-thi-man", "org:hoi-yeu-sach"]
    assert found["mentions"].tolist() == [3, 2]
    assert found["articles"].tolist() == [2, 2]
    assert found["forms"].tolist() == ["Trần Thị Mận|Mận", "Hội Yêu Sách"]
    assert len(unknown_names(small, min_count=3)) == 1


def test_contexts_come_from_different_articles_first(small):
    found = unknown_names(small, contexts=2).set_index("actor_id")
    one, two = found.loc["per:tran-thi-man", ["context_1", "context_2"]]
    assert one.startswith("Bà ⟦Trần Thị Mận⟧ nói với Nga.")
    assert two.startswith("⟦Trần Thị Mận⟧ đi đi") and two.endswith("đi…")
    assert len(two) <= len("⟦Trần Thị Mận⟧…") + AROUND
    assert found.loc["org:hoi-yeu-sach", "context_2"].endswith("và ⟦Hội Yêu Sách⟧ ở lại.")


def test_fewer_contexts_than_asked_for_leave_empty_cells(small):
    found = unknown_names(small, contexts=5)
    assert found.loc[0, "context_4"] == ""


def test_no_unknown_names_give_an_empty_table(small):
    small["actors"]["known"] = True
    found = unknown_names(small)
    assert found.empty
    assert list(lexicon_rows(found).columns) == COLUMNS


def test_rows_have_the_columns_of_the_lexicon(small):
    header = list(rows(LEXICON / "actors.csv")[0])
    added = lexicon_rows(unknown_names(small))
    assert list(added.columns) == header
    text = added.to_csv(index=False, header=False)
    read = [dict(zip(header, line, strict=True)) for line in csv.reader(io.StringIO(text))]
    assert read[0]["name"] == "Trần Thị Mận"
    assert read[0]["aliases"] == "Mận"
    assert read[0]["side"] == "VNM"
    assert read[1]["side"] == read[1]["aliases"] == read[1]["wikidata"] == ""


def test_guessed_kinds_are_kinds_of_the_lexicon(tables):
    known = {(row["type"], row["kind"]) for row in rows(LEXICON / "actors.csv")}
    known |= {("ORG", "organ")}
    added = lexicon_rows(unknown_names(tables))
    assert set(zip(added["type"], added["kind"], strict=True)) <= known
