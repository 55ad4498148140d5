"""Where the project's folders are, found from this file, so that notebooks run from any working directory."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"
RAW = DATA / "raw"
LEXICON = DATA / "lexicon"
GOLD = DATA / "gold"
TRAINING = DATA / "training"
CODING = DATA / "coding"
PROCESSED = DATA / "processed"
REPORTS = ROOT / "reports"
NOTEBOOKS = ROOT / "notebooks"
DOCS = ROOT / "docs"
MODELS = Path(__file__).resolve().parent / "models"
# what training records beside the weights
CROSSVALIDATION, LEARNING = "crossvalidation.csv", "learning.csv"
