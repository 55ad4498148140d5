"""What goes wrong with stances, in kinds that tell where to mend: in the lexicon, the parties, the sign, the model."""

from collections.abc import Sequence

import pandas as pd

from helpers import lexicon as lexicons
from helpers.alignment import coded_rows
from helpers.baseline import cues
from helpers.gold import CodedArticle
from helpers.lexicon import Lexicon
from helpers.phrases import normal
from helpers.tables import Tables
from helpers.text import segment

# in the order in which they are tried
FOUND = {
    "sign": "source and target are coded, with the other sign",
    "direction": "source and target are coded the other way",
    "source": "target and sign are coded, with another source",
    "target": "source and sign are coded, with another target",
    "elsewhere": "the stance is coded in another sentence",
    "no stance": "nothing is coded in the sentence",
    "other": "something else is coded in the sentence",
}
MISSED = {
    "sign": FOUND["sign"].replace("coded", "found"),
    "direction": FOUND["direction"].replace("coded", "found"),
    "source": FOUND["source"].replace("coded", "found"),
    "target": FOUND["target"].replace("coded", "found"),
    "elsewhere": FOUND["elsewhere"].replace("coded", "found"),
    "unknown actor": "source or target was not found in the article",
    "no cue": "the coded words hold no cue of the lexicon",
    "refused": "there is a cue; the models did not take it",
}
COLUMNS = ("verdict error doc_id sentence source target sign basis cue cue_start cue_end confidence").split()


def stance_errors(articles: Sequence[CodedArticle], tables: Tables, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """One row for each wrong stance (verdict `found, not coded`) and each missed one (`coded, not found`), with the
    kind of error; the rows can be shown by `evidence_html`."""
    lexicon = lexicon or lexicons.default()
    coded = coded_rows(articles, tables).dropna(subset=["sign"])
    found = tables["stances"][tables["stances"]["doc_id"].isin([article.doc_id for article in articles])]
    ours, theirs = _keys(coded), _keys(found)
    places = _cue_places(articles, lexicon)
    rows = []
    for row, key in zip(found.to_dict("records"), theirs, strict=True):
        if key not in ours:
            rows.append(row | {"verdict": "found, not coded", "error": _confused(key, ours) or _stray(key, ours)})
    for row, key in zip(coded.to_dict("records"), ours, strict=True):
        if key not in theirs:
            error = _confused(key, theirs) or _overlooked(row, places)
            rows.append(row | {"verdict": "coded, not found", "error": error})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(["verdict", "error", "doc_id", "cue_start"], kind="stable", ignore_index=True)


def counted(errors: pd.DataFrame) -> pd.DataFrame:
    """The kinds of error by frequency: verdict, error, meaning, number, share (of its verdict)."""
    counts = errors.groupby(["verdict", "error"]).size().rename("number").reset_index()
    meanings = {"found, not coded": FOUND, "coded, not found": MISSED}
    counts["meaning"] = [meanings[row.verdict][row.error] for row in counts.itertuples()]
    counts["share"] = counts["number"] / counts.groupby("verdict")["number"].transform("sum")
    order = counts.sort_values(["verdict", "number", "error"], ascending=[False, False, True], ignore_index=True)
    return order[["verdict", "error", "meaning", "number", "share"]]


def _keys(rows: pd.DataFrame) -> list[tuple]:
    return list(zip(rows["doc_id"], rows["sentence"], rows["source"], rows["target"], rows["sign"], strict=True))


def _confused(key: tuple, others: Sequence[tuple]) -> str | None:
    """What of a stance differs from one that the other side has."""
    doc_id, sentence, source, target, sign = key
    here = {other[2:] for other in others if other[:2] == (doc_id, sentence)}
    if (source, target, -sign) in here:
        return "sign"
    if (target, source, sign) in here:
        return "direction"
    if any(other[1:] == (target, sign) for other in here):
        return "source"
    if any((other[0], other[2]) == (source, sign) for other in here):
        return "target"
    if any((other[0], *other[2:]) == (doc_id, source, target, sign) for other in others):
        return "elsewhere"
    return None


def _stray(key: tuple, others: Sequence[tuple]) -> str:
    return "other" if any(other[:2] == key[:2] for other in others) else "no stance"


def _overlooked(row: dict, places: dict[str, list[tuple[int, int]]]) -> str:
    if row["source"].startswith("coded:") or row["target"].startswith("coded:"):
        return "unknown actor"
    known = any(start < row["cue_end"] and row["cue_start"] < end for start, end in places[row["doc_id"]])
    return "refused" if known else "no cue"


def _cue_places(articles: Sequence[CodedArticle], lexicon: Lexicon) -> dict[str, list[tuple[int, int]]]:
    """Where the stance cues of the lexicon stand in each article."""
    places = {}
    for article in articles:
        own = places[article.doc_id] = []
        for sentence in segment(article.text):
            for match in cues(lexicon.stance_cues, [normal(token.text) for token in sentence.tokens]):
                own.append((sentence.tokens[match.first].start, sentence.tokens[match.last - 1].end))
    return places
