"""Training on coded articles, always cross-validated by article.

Each decision is learned from what the decisions before it really give on articles they were not trained on: the fold
models of one stage make the examples of the next. The measures printed are end to end, each article analysed by models
that never saw it.
"""

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from helpers import arguments, crf, frames, linear, names, speakers, stances
from helpers.clauses import Clause, quotation
from helpers.corpus import Document
from helpers.entities import resolve
from helpers.gold import CodedArticle, read_gold
from helpers.lexicon import Actor, Lexicon, default
from helpers.models import Models
from helpers.paths import MODELS
from helpers.pipeline import analyse_documents
from helpers.reference import find_references
from helpers.statements import find_statements
from helpers.text import Sentence, segment

FOLDS = 4
HIDDEN_SHARE = 0.3
CRF_STRENGTH = {"c1": 0.05, "c2": 0.3}
STATEMENT_STRENGTH = 0.3
CHOICE_STRENGTH = 0.2
STANCE_STRENGTH = 0.05


@dataclass(frozen=True)
class Reading:
    """A coded article as the stages after names see it.

    `entity` maps actor_ids to the coded entity whose mentions they share, `coded_sentence` our sentences to the
    coder's.
    """

    coded: CodedArticle
    sentences: list[Sentence]
    actors: dict[str, Actor]
    clauses: list[Clause]
    entity: dict[str, str]
    coded_sentence: list[int | None]


def folds(articles: Sequence[CodedArticle]) -> dict[str, int]:
    """A fold for each article, spread evenly over the ids read backwards (neighbouring ids are of one day)."""
    return {a.doc_id: n % FOLDS for n, a in enumerate(sorted(articles, key=lambda a: a.doc_id[::-1]))}


def labels(coded: CodedArticle, sentences: Iterable[Sentence]) -> list[list[str]]:
    """`B-TYPE`, `I-TYPE` and `O` for each token of each sentence."""
    result = []
    for sentence in sentences:
        tags = ["O"] * len(sentence.tokens)
        for (start, end), entity in coded.mentions.items():
            inside = [n for n, token in enumerate(sentence.tokens) if token.start < end and token.end > start]
            for place, n in enumerate(inside):
                tags[n] = f"{'I' if place else 'B'}-{coded.entities[entity].type}"
        result.append(tags)
    return result


def name_examples(
    coded: CodedArticle, sentences: Sequence[Sentence], lexicon: Lexicon, hidden: frozenset[str]
) -> tuple[list, list]:
    """Features and labels of an article's sentences, once as they are and once without the actors in `hidden`, so that
    the model also learns from names that the lexicon lacks."""
    tags = labels(coded, sentences)
    features = []
    for lacking in (frozenset(), hidden):
        views = [names.view(sentence, lexicon, lacking) for sentence in sentences]
        hints = names.document_hints(views)
        features += [names.features(seen, hints, lexicon) for seen in views]
    return features, tags + tags


def read(coded: CodedArticle, sentences: list[Sentence], lexicon: Lexicon, models: Models) -> Reading:
    """An article up to its clauses, its actors bound to the coded entities."""
    views, spans = names.find_names(sentences, lexicon, models)
    named, actors = resolve(views, spans, lexicon)
    day = date.fromisoformat(coded.published) if coded.published else None
    by_sentence = defaultdict(list)
    for mention in find_references(views, named, actors, lexicon, day):
        by_sentence[mention.sentence].append(mention)
    quoted = quotation(coded.text, views)
    clauses = [Clause(seen, by_sentence[n], actors, quoted[n]) for n, seen in enumerate(views)]
    votes: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for mention in named:
        for (start, end), entity in coded.mentions.items():
            if mention.start < end and start < mention.end:
                votes[mention.actor_id][entity] += 1 + ((start, end) == (mention.start, mention.end))
    entity = {actor: max(found, key=found.get) for actor, found in votes.items()}
    return Reading(coded, sentences, actors, clauses, entity, [_coded_sentence(coded, s) for s in sentences])


def _coded_sentence(coded: CodedArticle, sentence: Sentence) -> int | None:
    found = coded.sentence_at(sentence.start)
    return coded.sentence_at(min(sentence.end - 1, sentence.start + 2)) if found is None else found


def statement_examples(reading: Reading, lexicon: Lexicon) -> tuple[list, list]:
    """Features of every possible speaker of every sentence, and whether the coder has him there."""
    coded = defaultdict(set)
    for statement in reading.coded.statements:
        coded[statement.sentence].add(statement.speaker)
    spoken: list[list[str]] = []
    features, holds = [], []
    for index, number in enumerate(reading.coded_sentence):
        right = coded[number] if number is not None else set()
        found = speakers.candidates(reading.clauses, index, spoken, reading.actors, lexicon)
        features += [candidate.features for candidate in found]
        holds += [reading.entity.get(candidate.actor_id) in right for candidate in found]
        known = {entity: actor for actor, entity in reversed(reading.entity.items())}
        spoken.append([known[entity] for entity in right if entity in known])
    return features, holds


def choice_examples(
    reading: Reading, speaking: Mapping[int, set[str]], lexicon: Lexicon
) -> tuple[list[list[tuple]], list[list[tuple]]]:
    """For each coded cue that the lexicon has: the parties of its sentence as sources, and as targets of the coded
    source, each with whether the coder has it there."""
    sources, targets = [], []
    text = reading.coded.text
    for index, number in enumerate(reading.coded_sentence):
        coded = [stance for stance in reading.coded.stances if stance.sentence == number]
        if not coded:
            continue
        clause, said = reading.clauses[index], speaking.get(index, set())
        cues = frames.find_cues(clause, lexicon)
        parties = frames.find_parties(reading.clauses, index, said, reading.actors)
        entities = [{reading.entity.get(actor.actor_id) for actor in party.actors} for party in parties]
        for words, sign in dict.fromkeys((stance.cue, stance.sign) for stance in coded):
            rows = [stance for stance in coded if (stance.cue, stance.sign) == (words, sign)]
            cue = _matching(clause, cues, text.find(words, reading.sentences[index].start), len(words), sign)
            if cue is None:
                continue
            right = {row.source for row in rows}
            options = arguments.source_options(clause, cue, parties, said)
            sources.append([(f, not right.isdisjoint(e)) for f, e in zip(options, entities, strict=True)])
            roles = arguments.target_roles(clause, cue, parties, said)
            for source in right:
                at = next((n for n, found in enumerate(entities) if source in found), None)
                if at is not None:
                    wanted = {row.target for row in rows if row.source == source}
                    options = arguments.target_options(clause, cue, parties, roles, parties[at])
                    targets.append([(f, not wanted.isdisjoint(e)) for f, e in zip(options, entities, strict=True)])
    return sources, targets


def _matching(clause: Clause, cues: Sequence[frames.Cue], at: int, size: int, sign: int) -> frames.Cue | None:
    """The cue that overlaps the coded words most, one of their sign first."""
    best = []
    for n, cue in enumerate(cues):
        start, end = clause.offsets(cue.match.first, cue.match.last)
        overlap = min(end, at + size) - max(start, at)
        if at >= 0 and overlap > 0:
            best.append((cue.sign == sign or cue.negated, overlap, -n))
    return cues[-max(best)[2]] if best else None


def proposal_examples(
    reading: Reading, speaking: Mapping[int, set[str]], lexicon: Lexicon, models: Models
) -> tuple[list, list]:
    """Features of every proposed stance, and whether the coder has (most of) it in that sentence."""
    coded = {(s.sentence, s.source, s.target, s.sign) for s in reading.coded.stances}
    features, holds = [], []
    for proposal in stances.propose(reading.clauses, speaking, reading.actors, lexicon, models):
        number = reading.coded_sentence[proposal.sentence]
        keys = {(number, reading.entity.get(s), reading.entity.get(t), sign) for s, t, sign in proposal.keys}
        features.append(proposal.features)
        holds.append(bool(keys) and 2 * len(keys & coded) >= len(keys))
    return features, holds


def train(gold: Path, folder: Path = MODELS, lexicon: Lexicon | None = None) -> dict[str, pd.DataFrame]:
    """Train all models on the coded articles of a folder and write their weights.

    Args:
        gold: a folder with `coded/` and `docs/`.
        folder: where the weights go.

    Returns:
        The tables of the articles, each analysed by models trained on the other folds, for scoring.
    """
    lexicon = lexicon or default()
    articles = {article.doc_id: article for article in read_gold(gold)}
    fold = folds(list(articles.values()))
    with tempfile.TemporaryDirectory() as place:
        homes = {k: Path(place) / str(k) for k in range(FOLDS)} | {None: folder}
        for home in homes.values():
            home.mkdir(parents=True, exist_ok=True)
        own = {k: Models(homes[k]) for k in range(FOLDS)}

        def each_home():
            """A folder of weights and the articles its models may learn from."""
            for k, home in homes.items():
                yield home, [doc_id for doc_id in articles if fold[doc_id] != k]

        sentences = {doc_id: segment(article.text) for doc_id, article in articles.items()}
        dice = random.Random(1)
        known = sorted(lexicon.actors)
        hidden = {doc_id: frozenset(dice.sample(known, int(len(known) * HIDDEN_SHARE))) for doc_id in articles}
        examples = {d: name_examples(articles[d], sentences[d], lexicon, hidden[d]) for d in articles}
        for home, ids in each_home():
            crf.train(*_joined(examples, ids), home / "names.tsv", **CRF_STRENGTH)

        readings = {d: read(articles[d], sentences[d], lexicon, own[fold[d]]) for d in articles}
        examples = {d: statement_examples(readings[d], lexicon) for d in articles}
        for home, ids in each_home():
            linear.train(*_joined(examples, ids), home / "statements.tsv", strength=STATEMENT_STRENGTH)

        speaking = {}
        for d, reading in readings.items():
            said = find_statements(reading.clauses, reading.actors, lexicon, own[fold[d]])
            speaking[d] = stances.speakers_by_sentence(said)
        examples = {d: choice_examples(readings[d], speaking[d], lexicon) for d in articles}
        for home, ids in each_home():
            sources, targets = _joined(examples, ids)
            linear.train_choice(sources, home / "sources.tsv", strength=CHOICE_STRENGTH)
            linear.train_choice(targets, home / "targets.tsv", strength=CHOICE_STRENGTH)

        examples = {d: proposal_examples(readings[d], speaking[d], lexicon, own[fold[d]]) for d in articles}
        for home, ids in each_home():
            linear.train(*_joined(examples, ids), home / "stances.tsv", strength=STANCE_STRENGTH)
        parts = [
            analyse_documents((_document(articles[d]) for d in articles if fold[d] == k), lexicon, models)
            for k, models in own.items()
        ]
    tables = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in parts[0]}
    return tables | {"actors": tables["actors"].drop_duplicates("actor_id", ignore_index=True)}


def _document(coded: CodedArticle) -> Document:
    return Document(
        coded.doc_id, coded.text, published=date.fromisoformat(coded.published) if coded.published else None
    )


def _joined(examples: Mapping[str, tuple[list, list]], ids: Iterable[str]) -> tuple[list, list]:
    """The two lists of examples of some articles, end to end."""
    pairs = [examples[doc_id] for doc_id in ids]
    return [x for first, _ in pairs for x in first], [x for _, second in pairs for x in second]
