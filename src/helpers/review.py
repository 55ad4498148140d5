"""Names that the lexicon lacks, most frequent first, with what a researcher needs to decide on them.

`unknown_names` is for reading; `lexicon_rows` turns rows of it into rows of `data/lexicon/actors.csv`.
"""

import pandas as pd

from helpers.lexicon import SEPARATOR
from helpers.tables import Tables

AROUND = 45
# the columns of data/lexicon/actors.csv, in its order
COLUMNS = "actor_id name name_en type side kind aliases context_aliases wikidata".split()
# the most general kind of each type in the lexicon: a first guess, to be made finer by hand
_KINDS = {"PER": "other_person", "ORG": "organ", "MEDIA": "outlet", "GPE": "city", "LOC": "feature"}


def unknown_names(tables: Tables, *, min_count: int = 1, contexts: int = 3) -> pd.DataFrame:
    """One row for each actor that the lexicon lacks.

    `forms`: how it is written, most frequent first; `type` and `side` are the pipeline's guesses; `context_1`, …: words
    around it in different articles, as far as there are several, with the name in ⟦brackets⟧.

    Args:
        min_count: fewest mentions by name.
        contexts: how many contexts to give.
    """
    actors = tables["actors"]
    lacking = actors[~actors["known"].astype(bool)].set_index("actor_id")
    named = tables["mentions"]
    named = named[(named["form"] == "name") & named["actor_id"].isin(lacking.index)]
    named = named.sort_values(["doc_id", "start"], kind="stable")
    texts = dict(zip(tables["documents"]["doc_id"], tables["documents"]["text"], strict=True))
    rows = []
    for actor_id, own in named.groupby("actor_id"):
        if len(own) < min_count:
            continue
        about, places = lacking.loc[actor_id], _spread(own, contexts)
        found = [_context(texts[place.doc_id], place.start, place.end) for place in places]
        rows.append(
            {
                "actor_id": actor_id,
                "name": about["name"],
                "forms": _forms(own["surface"]),
                "mentions": len(own),
                "articles": own["doc_id"].nunique(),
                "type": about["type"],
                "side": about["side"],
            }
            | {f"context_{n + 1}": found[n] if n < len(found) else "" for n in range(contexts)}
        )
    names = ["actor_id", "name", "forms", "mentions", "articles", "type", "side"]
    table = pd.DataFrame(rows, columns=names + [f"context_{n + 1}" for n in range(contexts)])
    order = ["mentions", "articles", "actor_id"]
    return table.sort_values(order, ascending=[False, False, True], kind="stable").reset_index(drop=True)


def lexicon_rows(unknown: pd.DataFrame) -> pd.DataFrame:
    """Rows of `unknown_names` with the columns of `actors.csv`; what nobody knows yet is empty.

    Written without its header (`to_csv(index=False, header=False)`) the result can be appended to the file.
    """
    aliases = [
        SEPARATOR.join(form for form in forms.split(SEPARATOR) if form != name)
        for name, forms in zip(unknown["name"], unknown["forms"], strict=True)
    ]
    guesses = {
        "actor_id": unknown["actor_id"],
        "name": unknown["name"],
        "type": unknown["type"],
        "side": unknown["side"].fillna(""),
        "kind": unknown["type"].map(_KINDS),
        "aliases": pd.Series(aliases, index=unknown.index, dtype=object),
    }
    return pd.DataFrame(guesses, index=unknown.index).reindex(columns=COLUMNS, fill_value="")


def _forms(surfaces: pd.Series) -> str:
    counts = surfaces.value_counts()
    return SEPARATOR.join(sorted(counts.index, key=lambda form: (-counts[form], form)))


def _spread(own: pd.DataFrame, number: int) -> list:
    """The first mention of each article, then the other ones, `number` at most."""
    repeated = own.duplicated("doc_id")
    order = pd.concat([own[~repeated], own[repeated]])
    return list(order.head(number).itertuples())


def _context(text: str, start: int, end: int) -> str:
    """The name in brackets with whole words around it, on one line."""
    before, after = text[:start][-AROUND:], text[end:][:AROUND]
    if start > AROUND:
        before = "…" + before.partition(" ")[2]
    if len(text) - end > AROUND:
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}⟦{text[start:end]}⟧{after}".split())
