"""How good the tables are: precision, recall and F1 against coded articles, with intervals over articles.

An actor of the tables counts as the coder's entity with which its named mentions overlap most. All measures are sums
over articles (micro averages), so the bootstrap draws whole articles: what stands in one article depends on itself.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.alignment import Found, align, found_by_article
from helpers.corpus import clean
from helpers.gold import CodedArticle, read_coded
from helpers.tables import Tables, frame

TYPES = ("PER", "ORG", "MEDIA", "GPE", "LOC")
DRAWS = 1000
SEED = 20201005
_COARSE = {"PER": "PER", "ORG": "ORG", "MEDIA": "ORG", "GPE": "LOC", "LOC": "LOC"}
_NEEDED = ("documents", "actors", "mentions", "statements", "stances")

MEASURES = (
    "mentions (exact span)",
    "mentions typed (5 types)",
    "mentions typed (PER/ORG/LOC)",
    *(f"mentions of type {type_}" for type_ in TYPES),
    "side of matched mentions",
    "entity linking of matched mentions (B³)",
    "statements (sentence, speaker)",
    "stances (sentence, source, target, sign)",
    "stances per article (source, target, sign)",
    "stances per article by side",
    "stances per article by side: for",
    "stances per article by side: against",
    "stance dyads per article by side, sign ignored",
)


class _Counts(dict):
    """Of each measure (right among found, found, right among coded, coded): the first and third differ only for B³."""

    def add(self, measure: str, found: set, coded: set) -> None:
        hits = len(found & coded)
        self[measure] = (hits, len(found), hits, len(coded))


def load_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The tables that scoring needs, from Parquet or CSV.

    Raises:
        FileNotFoundError: one of them is missing.
    """
    tables = {}
    for name in _NEEDED:
        parquet, sheet = folder / f"{name}.parquet", folder / f"{name}.csv"
        if parquet.exists():
            tables[name] = pd.read_parquet(parquet)
        elif sheet.exists():
            tables[name] = frame(name, pd.read_csv(sheet, dtype={"doc_id": str}).to_dict("records"))
        else:
            raise FileNotFoundError(
                f"{folder}: no table {name}; make it with: python -m helpers analyse INPUT --out {folder}"
            )
    return tables


def load_gold(folder: Path, documents: pd.DataFrame) -> tuple[list[CodedArticle], list[str]]:
    """The coded articles of a folder that the tables hold, and one line for each that cannot be scored.

    Texts are those in the folder, or else those of the table `documents`.
    """
    paths = sorted((folder / "coded").glob("*.json"))
    if not paths:
        raise FileNotFoundError(f"{folder}: no coded articles (coded/ID.json); name a folder like data/gold")
    texts = dict(zip(documents["doc_id"].astype(str), documents["text"], strict=True))
    articles, problems, missing = [], [], []
    for path in paths:
        doc_id = path.stem
        if doc_id not in texts:
            missing.append(doc_id)
            continue
        kept = folder / "docs" / f"{doc_id}.txt"
        if kept.exists() and clean(kept.read_text("utf-8")).rstrip() != texts[doc_id].rstrip():
            problems.append(
                f"{doc_id}: left out, its text in the tables is not the one coded ({kept}): analyse that file"
            )
            continue
        try:
            articles.append(read_coded(path, None if kept.exists() else texts))
        except ValueError as error:
            problems.append(f"{doc_id}: left out, its text is not the one coded: {error}")
    if missing:
        problems.append(
            f"left out, not in the tables: {', '.join(missing)} ({len(missing)} of {len(paths)} coded articles)"
        )
    return articles, problems


def score(articles: Sequence[CodedArticle], tables: Tables, *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Measures in rows: precision, recall, f1, found (right), predicted, gold (coded), f1_low, f1_high.

    Args:
        articles: coded articles; the tables hold each of them.
        draws: resamplings of the articles for the 95% interval of F1 (percentiles); `seed` fixes them.
    """
    found = found_by_article(articles, tables)
    counts = [_compare(found[article.doc_id], article) for article in articles]
    cube = np.array([[count.get(measure, (0, 0, 0, 0)) for measure in MEASURES] for count in counts], dtype=float)
    return summed(cube.reshape(len(articles), len(MEASURES), 4), MEASURES, draws=draws, seed=seed)


def summed(cube: np.ndarray, measures: Sequence[str], *, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Rates with intervals from counts.

    Args:
        cube: articles × measures × (right among found, found, right among coded, coded).
    """
    total, articles = cube.sum(axis=0), len(cube)
    precision, recall, f1 = _rates(total)
    low = high = np.full(len(measures), np.nan)
    if articles > 1 and draws:
        weights = np.random.default_rng(seed).multinomial(articles, [1 / articles] * articles, size=draws)
        drawn = _rates(np.einsum("da,amk->dmk", weights, cube))[2]
        low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    return pd.DataFrame(
        {
            "measure": measures,
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "found": total[:, 0],
            "predicted": total[:, 1].astype(int),
            "gold": total[:, 3].astype(int),
            "f1_low": low,
            "f1_high": high,
        }
    )


def compare(articles: Sequence[CodedArticle], systems: Mapping[str, Tables], **options: int) -> pd.DataFrame:
    """The scores of several sets of tables over the same articles, one below the other, with a column `system`."""
    scores = [score(articles, tables, **options).assign(system=name) for name, tables in systems.items()]
    return pd.concat(scores, ignore_index=True)


def as_markdown(scores: pd.DataFrame) -> str:
    """The F1 of several systems side by side as a table in Markdown, with the interval of the first."""
    systems = list(dict.fromkeys(scores["system"]))
    lines = ["| measure | " + " | ".join(systems) + " |", "| --- |" + " --- |" * len(systems)]
    for measure in MEASURES:
        if " of type " in measure or measure.endswith((": for", ": against")):
            continue
        rows = scores[scores["measure"] == measure].set_index("system")
        first = rows.loc[systems[0]]
        cells = [
            f"{first.f1:.2f} ({first.f1_low:.2f}–{first.f1_high:.2f})",
            *(f"{rows.f1[name]:.2f}" for name in systems[1:]),
        ]
        lines.append(f"| {measure} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _rates(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    with np.errstate(divide="ignore", invalid="ignore"):
        precision = np.nan_to_num(counts[..., 0] / counts[..., 1])
        recall = np.nan_to_num(counts[..., 2] / counts[..., 3])
        f1 = np.nan_to_num(2 * precision * recall / (precision + recall))
    return precision, recall, f1


def _compare(found: Found, coded: CodedArticle) -> _Counts:
    counts = _Counts()
    _compare_mentions(counts, found, coded)
    aligned = align(found.mentions, coded)

    def entity(actor: str):
        return aligned.get(actor, ("?", actor))

    counts.add(
        "statements (sentence, speaker)",
        {(sentence, entity(speaker)) for sentence, speaker in found.statements},
        {(statement.sentence, statement.speaker) for statement in coded.statements},
    )
    theirs = [(sentence, entity(source), entity(target), sign) for sentence, source, target, sign, _ in found.stances]
    ours = [(stance.sentence, stance.source, stance.target, stance.sign) for stance in coded.stances]
    counts.add("stances (sentence, source, target, sign)", set(theirs), set(ours))
    article = "stances per article (source, target, sign)"
    counts.add(article, {stance[1:] for stance in theirs}, {stance[1:] for stance in ours})

    def coded_party(key: str):
        return coded.entities[key].side or ("e", key)

    def found_party(actor: str):
        side = found.actors.get(actor, (None, None))[1]
        return side or (("e", aligned[actor]) if actor in aligned else ("?", actor))

    theirs = {(found_party(source), found_party(target), sign) for _, source, target, sign, _ in found.stances}
    ours = {(coded_party(source), coded_party(target), sign) for _, source, target, sign in ours}
    theirs, ours = ({stance for stance in stances if stance[0] != stance[1]} for stances in (theirs, ours))
    counts.add("stances per article by side", theirs, ours)
    for name, sign in (("for", 1), ("against", -1)):
        one_sign = ({stance for stance in stances if stance[2] == sign} for stances in (theirs, ours))
        counts.add(f"stances per article by side: {name}", *one_sign)
    dyads = ({stance[:2] for stance in stances} for stances in (theirs, ours))
    counts.add("stance dyads per article by side, sign ignored", *dyads)
    return counts


def _compare_mentions(counts: _Counts, found: Found, coded: CodedArticle) -> None:
    types = {span: found.actors.get(actor, (None, None))[0] for span, actor in found.mentions.items()}
    kinds = {span: coded.entities[key].type for span, key in coded.mentions.items()}
    counts.add("mentions (exact span)", set(types), set(kinds))
    counts.add("mentions typed (5 types)", set(types.items()), set(kinds.items()))
    coarse = ({(span, _COARSE.get(type_)) for span, type_ in spans.items()} for spans in (types, kinds))
    counts.add("mentions typed (PER/ORG/LOC)", *coarse)
    for wanted in TYPES:
        spans = ({span for span, type_ in side.items() if type_ == wanted} for side in (types, kinds))
        counts.add(f"mentions of type {wanted}", *spans)
    hits = [span for span in found.mentions if span in coded.mentions]
    sides = [
        found.actors.get(found.mentions[span], (None, None))[1] == coded.entities[coded.mentions[span]].side
        for span in hits
    ]
    counts["side of matched mentions"] = (sum(sides), len(hits), sum(sides), len(hits))
    theirs, ours = defaultdict(set), defaultdict(set)
    for span in hits:
        theirs[found.mentions[span]].add(span)
        ours[coded.mentions[span]].add(span)
    precise = complete = 0.0
    for span in hits:
        one, other = theirs[found.mentions[span]], ours[coded.mentions[span]]
        precise += len(one & other) / len(one)
        complete += len(one & other) / len(other)
    counts["entity linking of matched mentions (B³)"] = (precise, len(hits), complete, len(hits))
