"""What several tests share: the shipped corpus analysed once, and its coded articles."""

import pytest

from helpers import pipeline
from helpers.gold import CodedArticle
from helpers.paths import GOLD, RAW
from helpers.score import load_gold
from helpers.tables import read_tables

CORPUS = "karabakh_2020"


@pytest.fixture(scope="session")
def table_folder(tmp_path_factory):
    """A folder with the tables of the shipped corpus."""
    folder = tmp_path_factory.mktemp("tables")
    pipeline.analyse(RAW / CORPUS, folder)
    return folder


@pytest.fixture(scope="session")
def tables(table_folder):
    """The tables of the shipped corpus, as read from their files."""
    return read_tables(table_folder)


@pytest.fixture(scope="session")
def coded(tables) -> list[CodedArticle]:
    """The coded articles of the project."""
    articles, _ = load_gold(GOLD, tables["documents"])
    return articles
