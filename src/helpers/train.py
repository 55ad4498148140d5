"""Training on coded articles, always cross-validated by article.

Each decision is learned from what the decisions before it really give on articles they were not trained on: the fold
models of one stage make the examples of the next. The measures printed are end to end, each article analysed by models
that never saw it.
"""

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd

from helpers import arguments, crf, frames, linear, names, speakers, stances
from helpers.alignment import align
from helpers.breakdown import by_basis_and_sign
from helpers.clauses import Clause
from helpers.corpus import Document
from helpers.gold import CodedArticle, CodedStance, CodedStatement
from helpers.lexicon import Lexicon, default
from helpers.models import Models
from helpers.paths import CROSSVALIDATION, LEARNING, MODELS
from helpers.pipeline import joined_tables, rows_of
from helpers.reading import Article, read_article
from helpers.scenes import Scenes
from helpers.score import score
from helpers.statements import find_statements
from helpers.text import Sentence, segment

FOLDS = 4
HIDDEN_SHARE = 0.3
CRF_STRENGTH = {"c1": 0.05, "c2": 0.3}
STATEMENT_STRENGTH = 0.2
CHOICE_STRENGTH = 0.2
CHOICE_SMALLEST = 0.03
STANCE_STRENGTH = 0.04
STANCE_SMALLEST = 0.04
AGAIN_STRENGTH = 0.05
LEAST_SEEN, LEAST_SEEN_PAIRS, LEAST_SEEN_CASES = 3, 10, 6
SHARES = (0.125, 0.25, 0.5)


@dataclass(frozen=True)
class Reading:
    """A coded article as the stages after names see it.

    `entity` maps actor_ids to the coded entity whose mentions they share, `coded_sentence` our sentences to the
    coder's.
    """

    coded: CodedArticle
    article: Article
    entity: dict[str, str]
    coded_sentence: list[int | None]

    def codes_at(self, index: int, codes: Iterable[CodedStatement] | Iterable[CodedStance]) -> list:
        """The codes of one of our sentences: where the coder's holds more than one, those whose cue lies in it."""
        ours, number = self.article.sentences[index], self.coded_sentence[index]
        found = []
        for code in codes:
            if code.sentence == number:
                at = self.coded.text.find(code.cue, *self.coded.sentences[number]) if code.cue else -1
                if at < 0 or ours.start <= at < ours.end:
                    found.append(code)
        return found

    @cached_property
    def _stances(self) -> dict[tuple, dict[int, list[tuple[int, int]]]]:
        found = defaultdict(lambda: defaultdict(list))
        for index in range(len(self.coded_sentence)):
            for code in self.codes_at(index, self.coded.stances):
                found[index, code.source, code.target][code.sign].append(self.place(index, code.cue))
        return found

    def signs(self, index: int, source: str, target: str) -> Mapping[int, list[tuple[int, int]]]:
        """The coded signs of two actors (actor_ids) in one of our sentences, with the offsets of their cues."""
        return self._stances.get((index, self.entity.get(source), self.entity.get(target)), {})

    def place(self, index: int, words: str) -> tuple[int, int]:
        """Offsets of coded words from one of our sentences on; an empty span if they are not there."""
        at = self.coded.text.find(words, self.article.sentences[index].start)
        return (at, at + len(words)) if at >= 0 else (0, 0)


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


def read(coded: CodedArticle, sentences: Sequence[Sentence], lexicon: Lexicon, models: Models) -> Reading:
    """An article up to its clauses, its actors bound to the coded entities."""
    article = read_article(coded.text, _day(coded), lexicon, models, sentences)
    entity = align({(m.start, m.end): m.actor_id for m in article.named}, coded)
    return Reading(coded, article, entity, [_coded_sentence(coded, s) for s in sentences])


def _day(coded: CodedArticle) -> date | None:
    return date.fromisoformat(coded.published) if coded.published else None


def _coded_sentence(coded: CodedArticle, sentence: Sentence) -> int | None:
    found = coded.sentence_at(sentence.start)
    return coded.sentence_at(min(sentence.end - 1, sentence.start + 2)) if found is None else found


def statement_examples(reading: Reading, lexicon: Lexicon) -> tuple[list, list]:
    """Features of every possible speaker of every sentence, and whether the coder has him there."""
    spoken: list[list[str]] = []
    features, holds = [], []
    for index in range(len(reading.coded_sentence)):
        right = {code.speaker for code in reading.codes_at(index, reading.coded.statements)}
        found = speakers.candidates(reading.article.clauses, index, spoken, reading.article.actors, lexicon)
        features += [candidate.features for candidate in found]
        holds += [reading.entity.get(candidate.actor_id) in right for candidate in found]
        known = {entity: actor for actor, entity in reversed(reading.entity.items())}
        spoken.append([known[entity] for entity in sorted(right) if entity in known])
    return features, holds


def choice_examples(
    reading: Reading, speaking: Mapping[int, set[str]], lexicon: Lexicon
) -> tuple[list[list[tuple]], list[list[tuple]]]:
    """For each coded cue that the lexicon has: the parties of its sentence as sources, and as targets of the coded
    source, each with whether the coder has it there."""
    sources, targets = [], []
    article = Scenes(reading.article.clauses, reading.article.actors, lexicon)
    for index in range(len(reading.coded_sentence)):
        coded = reading.codes_at(index, reading.coded.stances)
        if not coded:
            continue
        scene = article.at(index, speaking.get(index, ()))
        if scene is None:
            continue
        entities = [{reading.entity.get(actor.actor_id) for actor in party.actors} for party in scene.parties]
        for words, sign in dict.fromkeys((stance.cue, stance.sign) for stance in coded):
            rows = [stance for stance in coded if (stance.cue, stance.sign) == (words, sign)]
            cue = _matching(scene.clause, scene.cues, reading.place(index, words), sign)
            if cue is None:
                continue
            right = {row.source for row in rows}
            roles = arguments.roles(scene, cue)
            options = [role.both + role.source for role in roles]
            sources.append([(f, not right.isdisjoint(e)) for f, e in zip(options, entities, strict=True)])
            for source in sorted(right):
                at = next((n for n, found in enumerate(entities) if source in found), None)
                if at is not None:
                    wanted = {row.target for row in rows if row.source == source}
                    options = arguments.target_options(scene, cue, roles, scene.parties[at])
                    targets.append([(f, not wanted.isdisjoint(e)) for f, e in zip(options, entities, strict=True)])
    return sources, targets


def _matching(clause: Clause, cues: Sequence[frames.Cue], place: tuple[int, int], sign: int) -> frames.Cue | None:
    """The cue that overlaps the coded words most, one of their sign first."""
    best = []
    for n, cue in enumerate(cues):
        overlap = _overlap(clause, cue, place)
        if overlap > 0:
            best.append((cue.sign == sign or cue.negated, overlap, -n))
    return cues[-max(best)[2]] if best else None


def _overlap(clause: Clause, cue: frames.Cue, place: tuple[int, int]) -> int:
    """How many characters a cue and a span share; not above 0 if none."""
    start, end = clause.offsets(cue.match.first, cue.match.last)
    return min(end, place[1]) - max(start, place[0])


def stance_examples(
    reading: Reading, speaking: Mapping[int, set[str]], lexicon: Lexicon, models: Models
) -> tuple[tuple[list[list[str]], list[set[int]]], dict[int, tuple[list[list[str]], list[bool]]]]:
    """What the two experts on stances learn from.

    Returns:
        Features of every pair of actors that cues may set for or against one another, with its coded signs; and for
        each sign, features of every case that a cue makes for it, with whether the coder has it. Of a coded stance, the
        cases of other cues than the coded one teach nothing: they may be as right.
    """
    pairs, cases = ([], []), {sign: ([], []) for _, sign in stances.SIGNS}
    clauses, actors = reading.article.clauses, reading.article.actors
    for candidate in stances.find_candidates(clauses, speaking, actors, lexicon, models):
        codes = reading.signs(candidate.sentence, candidate.source, candidate.target)
        pairs[0].append(stances.features(candidate))
        pairs[1].append(set(codes))
        for case in candidate.cases:
            cue, sign = case.proposal.cue, case.proposal.sign
            places = codes.get(sign, ())
            holds = any(_overlap(candidate.scene.clause, cue, place) > 0 for place in places)
            if holds or not places:
                cases[sign][0].append(stances.features(case))
                cases[sign][1].append(holds)
    return pairs, cases


def again_examples(
    reading: Reading, speaking: Mapping[int, set[str]], lexicon: Lexicon, models: Models
) -> tuple[list[str], list[list[float]], list[bool]]:
    """The names of the numbers by which each possible stance is weighed again, the numbers of each, and whether the
    coder has it."""
    names_: list[str] = []
    found, holds = [], []
    clauses, actors = reading.article.clauses, reading.article.actors
    candidates = stances.find_candidates(clauses, speaking, actors, lexicon, models)
    for _, option, values in stances.find_options(candidates, actors, clauses, models):
        names_ = list(values)
        found.append(list(values.values()))
        holds.append(option.sign in reading.signs(option.sentence, option.source, option.target))
    return names_, found, holds


class _Examples:
    """The examples of one decision, encoded article by article."""

    def __init__(self, least: int):
        self.encoder, self.least = linear.Encoder(), least
        self.rows, self.answers = {}, {}

    def add(self, doc_id: str, features: Iterable[Sequence[str]], answers: list) -> None:
        """Keep the candidates of an article with what is right of them."""
        self.rows[doc_id], self.answers[doc_id] = self.encoder.encode(features), answers

    def of(self, ids: Iterable[str]) -> tuple:
        """Matrix, names of features, and answers of some articles."""
        ids = list(ids)
        matrix, names_ = self.encoder.join([self.rows[doc_id] for doc_id in ids], self.least)
        return matrix, names_, [answer for doc_id in ids for answer in self.answers[doc_id]]


class _Workshop:
    """Coded articles and a folder of weights for each fold, and one for all together (fold None) if it is given.

    `articles` are those to be scored, `more` only learned from; what else is learned from changes no article's fold.
    """

    def __init__(
        self,
        articles: Sequence[CodedArticle],
        more: Sequence[CodedArticle],
        place: Path,
        folder: Path | None,
        lexicon: Lexicon,
    ):
        self.articles = {article.doc_id: article for article in (*articles, *more)}
        self.scored, self.lexicon = articles, lexicon
        self.fold = folds(articles) | {a.doc_id: crc32(a.doc_id.encode()) % FOLDS for a in more}
        self.homes: dict[int | None, Path] = {k: place / str(k) for k in range(FOLDS)}
        if folder:
            self.homes[None] = folder
        for home in self.homes.values():
            home.mkdir(parents=True, exist_ok=True)
        self.refresh()

    def refresh(self) -> None:
        """Read the weights anew."""
        self.models = {k: Models(home) for k, home in self.homes.items()}

    def own(self, doc_id: str) -> Models:
        """The models that never saw an article."""
        return self.models[self.fold[doc_id]]

    def fit(self, ids: Iterable[str], train_one) -> None:
        """Call `train_one(home, ids it may learn from)` for each folder of weights, two at a time."""
        ids = list(ids)
        jobs = [(home, [d for d in ids if self.fold[d] != k]) for k, home in self.homes.items()]
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda job: train_one(*job), jobs))
        self.refresh()

    def train_names(self, sentences: Mapping[str, Sequence[Sentence]]) -> None:
        """The model of names, from the articles that are coded whole."""
        dice = random.Random(1)
        known = sorted(self.lexicon.actors)
        whole = [doc_id for doc_id, article in self.articles.items() if article.whole]
        hidden = {doc_id: frozenset(dice.sample(known, int(len(known) * HIDDEN_SHARE))) for doc_id in whole}
        examples = {d: name_examples(self.articles[d], sentences[d], self.lexicon, hidden[d]) for d in whole}

        def train_one(home: Path, ids: Sequence[str]) -> None:
            pairs = [examples[doc_id] for doc_id in ids]
            features, tags = ([x for pair in pairs for x in pair[n]] for n in (0, 1))
            crf.train(features, tags, home / "names.tsv", **CRF_STRENGTH)

        self.fit(whole, train_one)

    def train_sides(self, readings: Mapping[str, Reading], ids: Sequence[str]) -> None:
        """The models of statements and stances, from some of the articles."""
        said = _Examples(LEAST_SEEN)
        for d in ids:
            said.add(d, *statement_examples(readings[d], self.lexicon))
        self.fit(
            ids,
            lambda home, own: linear.train(*said.of(own), home / "statements.tsv", strength=STATEMENT_STRENGTH),
        )
        speaking = {}
        for d in ids:
            article = readings[d].article
            found = find_statements(article.clauses, article.actors, self.lexicon, self.own(d))
            speaking[d] = stances.speakers_by_sentence(found)
        choices = {"sources": _Examples(LEAST_SEEN), "targets": _Examples(LEAST_SEEN)}
        for d in ids:
            both = choice_examples(readings[d], speaking[d], self.lexicon)
            for examples, groups in zip(choices.values(), both, strict=True):
                options = (features for group in groups for features, _ in group)
                examples.add(d, options, [[right for _, right in group] for group in groups])

        def train_choices(home: Path, own: Sequence[str]) -> None:
            for name, examples in choices.items():
                path = home / f"{name}.tsv"
                linear.train_choice(*examples.of(own), path, strength=CHOICE_STRENGTH, smallest=CHOICE_SMALLEST)

        self.fit(ids, train_choices)
        pairs = _Examples(LEAST_SEEN_PAIRS)
        cases = {sign: _Examples(LEAST_SEEN_CASES) for _, sign in stances.SIGNS}
        for d in ids:
            both, alone = stance_examples(readings[d], speaking[d], self.lexicon, self.own(d))
            pairs.add(d, *both)
            for sign, examples in cases.items():
                examples.add(d, *alone[sign])

        def train_signs(home: Path, own: Sequence[str]) -> None:
            matrix, names_, signs = pairs.of(own)
            settings = {"strength": STANCE_STRENGTH, "smallest": STANCE_SMALLEST}
            for name, sign in stances.SIGNS:
                linear.train(matrix, names_, [sign in found for found in signs], home / f"{name}.tsv", **settings)
                linear.train(*cases[sign].of(own), home / f"cue_{name}.tsv", **settings)

        self.fit(ids, train_signs)
        names_: list[str] = []
        rows, answers = {}, {}
        for d in ids:
            called, found, answers[d] = again_examples(readings[d], speaking[d], self.lexicon, self.own(d))
            names_ = called or names_
            rows[d] = np.array(found)

        def train_again(home: Path, own: Sequence[str]) -> None:
            matrix = np.vstack([rows[d] for d in own if answers[d]])
            holds = [holds for d in own for holds in answers[d]]
            linear.train_numbers(matrix, names_, holds, home / "again.tsv", strength=AGAIN_STRENGTH)

        self.fit(ids, train_again)

    def tables(self, readings: Mapping[str, Reading]) -> dict[str, pd.DataFrame]:
        """The tables of the articles to be scored, each analysed by models that never saw it."""
        return joined_tables(
            rows_of(
                Document(a.doc_id, a.text, published=_day(a)),
                readings[a.doc_id].article,
                self.lexicon,
                self.own(a.doc_id),
            )
            for a in self.scored
        )


def train(
    articles: Sequence[CodedArticle],
    more: Sequence[CodedArticle] = (),
    folder: Path = MODELS,
    *,
    curve: bool = False,
    lexicon: Lexicon | None = None,
) -> dict[str, pd.DataFrame]:
    """Train all models on coded articles and write their weights.

    Args:
        articles: coded whole; the scores are theirs.
        more: only learned from: names from those coded whole, statements and stances from all.
        folder: where the weights go, with `crossvalidation.csv`, and `learning.csv` if asked for.
        curve: train on shares of the articles too, to see what more of them would bring.

    Returns:
        The tables of `articles`, each analysed by models trained on the other folds, for scoring.
    """
    lexicon = lexicon or default()
    with tempfile.TemporaryDirectory() as place:
        shop = _Workshop(articles, more, Path(place) / "all", folder, lexicon)
        sentences = {doc_id: segment(article.text) for doc_id, article in shop.articles.items()}
        shop.train_names(sentences)
        readings = {d: read(article, sentences[d], lexicon, shop.own(d)) for d, article in shop.articles.items()}
        ids = sorted(shop.articles)
        random.Random(2).shuffle(ids)
        points = []
        for share in SHARES if curve else ():
            part = _Workshop(articles, more, Path(place) / str(share), None, lexicon)
            some = ids[: round(share * len(ids))]
            part.train_sides(readings, some)
            points.append(_point(articles, part.tables(readings), share, len(some)))
        shop.train_sides(readings, ids)
        tables = shop.tables(readings)
    measured = pd.concat([score(articles, tables), by_basis_and_sign(articles, tables)])
    columns = ["group", "articles", "measure", "precision", "recall", "f1", "f1_low", "f1_high"]
    measured.assign(group="all", articles=len(articles))[columns].to_csv(
        folder / CROSSVALIDATION, index=False, float_format="%.4f", lineterminator="\n"
    )
    if curve:
        points.append(_point(articles, tables, 1.0, len(ids)))
        pd.concat(points).to_csv(folder / LEARNING, index=False, float_format="%.4f", lineterminator="\n")
    return tables


def _point(articles: Sequence[CodedArticle], tables: Mapping[str, pd.DataFrame], share: float, size: int):
    """The scores of statements and stances for models trained on a share of the articles."""
    measured = score(articles, tables, draws=0)
    measured = measured[measured["measure"].str.startswith(("statements", "stances"))]
    columns = ["share", "articles", "measure", "precision", "recall", "f1"]
    return measured.assign(share=share, articles=size)[columns]
