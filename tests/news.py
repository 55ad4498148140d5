"""A small corpus with tables made by hand, for tests of what is done with tables."""

import pandas as pd

from helpers.corpus import Document
from helpers.tables import COLUMNS, frame

NAMES = {"RUS": "Nga", "USA": "Mỹ", "FRA": "Pháp", "DEU": "Đức", "per:lavrov": "Lavrov", "media:tass": "TASS"}
SIDES = {"per:lavrov": "RUS", "media:tass": None}
TYPES = {"per:lavrov": "PER", "media:tass": "MEDIA"}


def news(articles: dict[str, list[str]], stances=(), statements=()) -> dict[str, pd.DataFrame]:
    """Tables of articles given as sentences.

    Args:
        stances: (doc_id, sentence, source, target, sign), the cue being the second word of the sentence.
        statements: (doc_id, sentence, speaker).
    """
    documents, sentences, places = [], [], {}
    for doc_id, lines in articles.items():
        text = " ".join(lines)
        document = Document(doc_id, text)
        documents.append({"doc_id": doc_id, "text": text, "sha256": document.sha256, "published": "2020-10-05"})
        start = 0
        for number, line in enumerate(lines):
            place = {"doc_id": doc_id, "sentence": number}
            sentences.append(place | {"start": start, "end": start + len(line), "text": line})
            cue = start + line.index(" ") + 1
            places[doc_id, number] = place | {"cue": "x", "cue_start": cue, "cue_end": cue + 2}
            start += len(line) + 1
    rows = {
        "documents": documents,
        "sentences": sentences,
        "actors": [
            {
                "actor_id": key,
                "name": name,
                "name_en": name,
                "type": TYPES.get(key, "GPE"),
                "side": SIDES.get(key, key),
                "known": True,
            }
            for key, name in NAMES.items()
        ],
        "mentions": [
            {"doc_id": s["doc_id"], "sentence": s["sentence"], "start": at, "end": at + len(name), "surface": name}
            | {"form": "name", "actor_id": key}
            for s in sentences
            for key, name in NAMES.items()
            if (at := s["start"] + s["text"].find(name)) >= s["start"]
        ],
        "stances": [
            places[doc_id, n] | {"source": a, "target": b, "sign": sign, "basis": "words", "confidence": 0.6}
            for doc_id, n, a, b, sign in stances
        ],
        "statements": [
            places[doc_id, n] | {"speaker": who, "kind": "indirect", "content_start": 0, "content_end": 1}
            for doc_id, n, who in statements
        ],
    }
    return {name: frame(name, rows.get(name, [])) for name in COLUMNS}
