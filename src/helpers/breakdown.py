"""Scores of stances and statements by basis, sign, kind and outlet: where the software is good and where it is not.

Precision counts what was found in a group and is coded at all; recall what is coded in the group and was found at all.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from helpers.alignment import align, found_by_article
from helpers.codes import BASES, SIGN_WORDS
from helpers.gold import CodedArticle
from helpers.score import DRAWS, SEED, score, summed
from helpers.tables import Tables

OUTLET_MEASURES = ("mentions typed (5 types)", "statements (sentence, speaker)", "stances per article by side")
UNKNOWN = "not stated"


def by_basis_and_sign(
    articles: Sequence[CodedArticle], tables: Tables, *, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """Stances in a sentence (source, target, sign) by basis and by sign, in the columns of `score.score`."""
    groups = [f"stances by {basis}" for basis in BASES] + [f"stances {SIGN_WORDS[sign]}" for sign in (1, -1)]
    found = found_by_article(articles, tables)
    cube = np.zeros((len(articles), len(groups), 4))
    for n, article in enumerate(articles):
        aligned = align(found[article.doc_id].mentions, article)
        theirs = {
            (sentence, aligned.get(source, ("?", source)), aligned.get(target, ("?", target)), sign): basis
            for sentence, source, target, sign, basis in found[article.doc_id].stances
        }
        ours = {(s.sentence, s.source, s.target, s.sign): s.basis for s in article.stances}
        for first, own, other in ((0, theirs, ours), (2, ours, theirs)):
            for stance, basis in own.items():
                for group in (f"stances by {basis}", f"stances {SIGN_WORDS[stance[3]]}"):
                    cube[n, groups.index(group), first] += stance in other
                    cube[n, groups.index(group), first + 1] += 1
    return summed(cube, groups, draws=draws, seed=seed)


def by_outlet(
    articles: Sequence[CodedArticle], tables: Tables, *, draws: int = DRAWS, seed: int = SEED
) -> pd.DataFrame:
    """`OUTLET_MEASURES` by outlet of the article, with the number of articles."""
    outlets: Mapping[str, object] = tables["documents"].set_index("doc_id")["outlet"].to_dict()
    names = [UNKNOWN if pd.isna(outlets[article.doc_id]) else outlets[article.doc_id] for article in articles]
    parts = []
    for outlet in sorted(set(names)):
        own = [article for article, name in zip(articles, names, strict=True) if name == outlet]
        scores = score(own, tables, draws=draws, seed=seed)
        scores = scores[scores["measure"].isin(OUTLET_MEASURES)]
        parts.append(scores.assign(outlet=outlet, articles=len(own)))
    return pd.concat(parts, ignore_index=True)
