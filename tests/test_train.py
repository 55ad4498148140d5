"""Learning from coded articles: examples of the decisions, and weights that tell for from against."""

import hashlib
from dataclasses import replace

import pandas as pd

from helpers import linear
from helpers.gold import CodedArticle, CodedStance, CodedStatement, Entity, read_gold, read_training, read_written
from helpers.lexicon import default
from helpers.models import default as default_models
from helpers.paths import TRAINING
from helpers.text import segment
from helpers.train import folds, read, stance_examples, statement_examples

TEXT = "Nga lên án Mỹ. Armenia và Azerbaijan cáo buộc lẫn nhau."


def coded(doc_id: str = "a") -> CodedArticle:
    names = {"e1": "Nga", "e2": "Mỹ", "e3": "Armenia", "e4": "Azerbaijan"}
    sides = {"e1": "RUS", "e2": "USA", "e3": "ARM", "e4": "AZE"}
    return CodedArticle(
        doc_id,
        TEXT,
        None,
        [(0, 14), (15, len(TEXT))],
        {key: Entity(name, "GPE", sides[key]) for key, name in names.items()},
        {(TEXT.index(name), TEXT.index(name) + len(name)): key for key, name in names.items()},
        [CodedStatement(0, "e1", "indirect", "lên án")],
        [
            CodedStance(0, "e1", "e2", -1, "words", "lên án", None),
            CodedStance(1, "e3", "e4", -1, "words", "cáo buộc", None),
            CodedStance(1, "e4", "e3", -1, "words", "cáo buộc", None),
        ],
    )


def reading():
    return read(coded(), segment(TEXT), default(), default_models())


def test_actors_of_a_reading_are_the_coder_s_entities() -> None:
    assert reading().entity == {"RUS": "e1", "USA": "e2", "ARM": "e3", "AZE": "e4"}


def test_codes_belong_to_the_sentence_of_their_cue_where_the_coder_s_holds_two() -> None:
    text = "Cầu mới. Ảnh: AFP Theo dự kiến, Nga lên án Mỹ."
    sides = {"e1": ("Nga", "RUS"), "e2": ("Mỹ", "USA")}
    article = CodedArticle(
        "a",
        text,
        None,
        [(0, 8), (9, len(text))],
        {key: Entity(name, "GPE", side) for key, (name, side) in sides.items()},
        {(text.index(name), text.index(name) + len(name)): key for key, (name, _) in sides.items()},
        [],
        [CodedStance(1, "e1", "e2", -1, "words", "lên án", None)],
    )
    found = read(article, segment(text), default(), default_models())
    assert [len(found.codes_at(n, article.stances)) for n in range(3)] == [0, 0, 1]


def test_who_speaks_is_right_and_whom_he_condemns_is_not() -> None:
    features, holds = statement_examples(reading(), default())
    assert len(features) == len(holds)
    assert sum(holds) == 1


def test_of_two_actors_only_the_coded_way_is_against() -> None:
    (features, signs), cases = stance_examples(reading(), {0: {"RUS"}}, default(), default_models())
    assert all(features)
    assert sorted(signs, key=len)[-3:] == [{-1}, {-1}, {-1}]
    features, holds = cases[-1]
    assert len(features) == len(holds)
    assert sum(holds) == 3


def test_a_way_that_is_proposed_but_not_coded_is_an_example_of_none() -> None:
    article = replace(coded(), stances=coded().stances[:2])
    found = read(article, segment(TEXT), default(), default_models())
    (_, signs), cases = stance_examples(found, {0: {"RUS"}}, default(), default_models())
    assert set() in signs  # Azerbaijan towards Armenia
    assert False in cases[-1][1]


def test_of_a_coded_stance_only_the_case_of_its_own_cue_is_learned() -> None:
    text = "Nga lên án Mỹ và trừng phạt Mỹ."
    article = CodedArticle(
        "a",
        text,
        None,
        [(0, len(text))],
        {"e1": Entity("Nga", "GPE", "RUS"), "e2": Entity("Mỹ", "GPE", "USA")},
        {(0, 3): "e1", (11, 13): "e2", (28, 30): "e2"},
        [],
        [CodedStance(0, "e1", "e2", -1, "words", "lên án", None)],
    )
    found = read(article, segment(text), default(), default_models())
    _, cases = stance_examples(found, {}, default(), default_models())
    right = [features for features, holds in zip(*cases[-1], strict=True) if holds]
    assert right
    assert all("own cue=lên án" in features for features in right)


def test_each_article_has_a_fold_and_folds_are_alike_in_size() -> None:
    fold = folds([coded(f"{n:02d}") for n in range(20)])
    sizes = [list(fold.values()).count(k) for k in set(fold.values())]
    assert len(fold) == 20
    assert max(sizes) - min(sizes) <= 1


def test_weights_tell_the_features_that_hold(tmp_path) -> None:
    encoder = linear.Encoder()
    part = encoder.encode([["cue=lên án", "word=a"], ["cue=thăm", "word=a"]] * 6)
    matrix, names = encoder.join([part, part], least=2)
    linear.train(matrix, names, [True, False] * 12, tmp_path / "against.tsv", strength=1.0)
    model = linear.Linear(tmp_path / "against.tsv")
    assert model.probability(["cue=lên án"]) > 0.7 > 0.3 > model.probability(["cue=thăm"])


def test_a_rare_feature_has_no_column() -> None:
    encoder = linear.Encoder()
    parts = [encoder.encode([["common"], ["common", "rare"]]), encoder.encode([["common"]])]
    matrix, names = encoder.join(parts, least=2)
    assert names == ["common"]
    assert matrix.toarray().tolist() == [[1.0], [1.0], [1.0]]


def test_a_choice_learns_which_option_of_a_group_is_right(tmp_path) -> None:
    encoder = linear.Encoder()
    part = encoder.encode([["before"], ["after"]] * 5)
    matrix, names = encoder.join([part], least=1)
    linear.train_choice(matrix, names, [[True, False]] * 5, tmp_path / "sources.tsv", strength=1.0)
    first, second = linear.Linear(tmp_path / "sources.tsv").shares([["before"], ["after"]])
    assert first > 0.7
    assert first + second == 1


def training_folder(place, text: str):
    digest = hashlib.sha256(text.encode()).hexdigest()
    tables = {
        "articles": f"doc_id,sha256,sentences\na,{digest},0 15\n",
        "actors": "doc_id,actor,name,type,side,start,end\na,A1,Nga,GPE,RUS,0,3\na,A2,Mỹ,GPE,USA,11,13\n",
        "statements": "doc_id,sentence,speaker,kind,cue\na,0,A1,indirect,lên án\n",
        "stances": "doc_id,sentence,source,target,sign,basis,cue,claimed_by\na,0,A1,A2,-1,words,lên án,\n",
    }
    for name, rows in tables.items():
        (place / f"{name}.csv").write_text(rows, "utf-8")
    return place


def test_codes_without_text_are_joined_to_the_text_they_were_coded_in(tmp_path) -> None:
    (article,) = read_training(training_folder(tmp_path, TEXT), {"a": TEXT})
    assert article.sentences == [(0, 15), (15, len(TEXT))]
    assert article.stances == [CodedStance(0, "A1", "A2", -1, "words", "lên án", None)]
    assert article.statements == [CodedStatement(0, "A1", "indirect", "lên án")]
    assert not article.whole


def test_codes_of_another_text_are_left_out(tmp_path) -> None:
    assert read_training(training_folder(tmp_path, TEXT), {"a": TEXT.replace("Mỹ", "Iran"), "b": TEXT}) == []


def test_every_code_kept_for_training_names_an_article_a_sentence_and_actors_that_are_there() -> None:
    tables = {
        name: pd.read_csv(TRAINING / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("articles", "actors", "statements", "stances")
    }
    sentences = {row.doc_id: set(row.sentences.split()) for row in tables["articles"].itertuples()}
    actors = set(zip(tables["actors"]["doc_id"], tables["actors"]["actor"], strict=True))
    for name, roles in (("statements", ["speaker"]), ("stances", ["source", "target"])):
        table = tables[name]
        assert all(row.sentence in sentences[row.doc_id] for row in table.itertuples())
        for role in roles:
            assert set(zip(table["doc_id"], table[role], strict=True)) <= actors
    assert set(tables["stances"]["sign"]) == {"1", "-1"}
    assert set(tables["stances"]["basis"]) == {"words", "deeds", "relation"}
    assert set(tables["statements"]["kind"]) == {"outlet", "direct", "indirect"}
    assert not (tables["stances"]["source"] == tables["stances"]["target"]).any()


def test_every_code_of_an_article_kept_with_its_text_has_its_cue_in_its_sentence_and_its_actors_named() -> None:
    articles = read_written(TRAINING)
    assert articles
    for article in articles:
        named = set(article.mentions.values())
        for stance in article.stances:
            assert {stance.source, stance.target} <= named and stance.source != stance.target
        assert {statement.speaker for statement in article.statements} <= named
        for code in (*article.statements, *article.stances):
            start, end = article.sentences[code.sentence]
            assert code.cue in article.text[start:end]


def test_names_are_learned_only_from_articles_coded_for_names() -> None:
    whole = {article.doc_id for article in read_written(TRAINING) if article.whole}
    assert whole == {path.stem for path in (TRAINING / "coded").glob("*.json")}


def test_no_person_or_outlet_of_the_invented_articles_is_known_to_the_lexicon() -> None:
    lexicon = default()
    real = set()
    for alias in lexicon.aliases:
        actor = lexicon.actors[alias.actor_id]
        if (actor.type == "MEDIA" and actor.kind != "platform") or (actor.type == "PER" and " " in alias.form):
            real.add(alias.form)
    for article in (*read_gold(TRAINING), *read_gold(TRAINING / "sides")):
        assert real.isdisjoint(e.name for e in article.entities.values() if e.type in ("PER", "MEDIA"))
