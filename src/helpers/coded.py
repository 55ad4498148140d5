"""What people coded: filled sheets (sheets.py) read back, against the tables of their corpus."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from helpers.codes import SIGNS, basis_of, sign_of
from helpers.forms import slug
from helpers.paths import CODING
from helpers.sampling import fingerprint
from helpers.tables import Tables

# the name under which a coded sample stands among the tables
SAMPLE = "coded"
NOTHING = "none"
# the columns of a sheet: what a coder sees, and what is hidden
SHOWN = "no before sentence after speaker source target sign basis note".split()
HIDDEN = "corpus unit doc_id sentence_no text_sha256 stratum size drawn probability".split()
CODED = "coder unit doc_id sentence stratum size speaker source target sign basis".split()
# the sheet as drawn, before anybody filled it
BLANK = "sample"


def read_sheets(paths: Iterable[Path], tables: Tables) -> tuple[pd.DataFrame, list[str]]:
    """The codes of one or more filled sheets, and a line for each sentence that is left out (and its article with it,
    where whole articles were drawn).

    Returns:
        `CODED` columns, one row for each line filled in, and one for each sentence without any: sign +1, -1, 0 (no
        stance) or null (not coded); speaker `none` (nobody) or null. The coder is the name of the file.

    Raises:
        ValueError: a line that cannot be understood, named as `FILE:ROW: …`.
    """
    read = _Reader(tables)
    parts = [read.sheet(path) for path in paths]
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CODED)
    return found.astype({"sign": "Int64"}), read.problems


def coded_sample(corpus: str, tables: Tables, folder: Path = CODING) -> tuple[pd.DataFrame | None, list[str]]:
    """The filled sheets of a corpus (`data/coding/<corpus>/`, all but the blank `sample.*`), None where there are none.

    Of a workbook and a CSV of one name the workbook counts.
    """
    found = sorted(path for ending in ("csv", "xlsx") for path in (folder / corpus).glob(f"*.{ending}"))
    found = [path for path in found if path.stem != BLANK and not path.stem.endswith("-machine")]
    paths = {path.stem: path for path in found}
    if not paths:
        return None, []
    coded, problems = read_sheets(paths.values(), tables)
    return (coded if len(coded) else None), problems


def corpus_of(path: Path) -> str:
    """The corpus that a sheet was drawn from. ValueError for a file that is no sheet."""
    lines = _cells(path)
    names = [name for name in lines.get("corpus", []) if name]
    if not names:
        raise ValueError(f"{path}: no column 'corpus'; give a sheet made by: python -m helpers sample")
    return names[0]


class _Reader:
    """Reads sheets against the tables of their corpus."""

    def __init__(self, tables: Tables):
        sentences = tables["sentences"]
        self.texts = {(row.doc_id, row.sentence): fingerprint(row.text) for row in sentences.itertuples()}
        actors = tables["actors"]
        self.ids = set(actors["actor_id"])
        self.names = {
            str(name).casefold(): key
            for column in ("name_en", "name")
            for key, name in zip(actors["actor_id"], actors[column], strict=True)
            if not pd.isna(name)
        }
        self.problems: list[str] = []

    def sheet(self, path: Path) -> pd.DataFrame:
        lines = _cells(path)
        if missing := [name for name in (*SHOWN, *HIDDEN) if name not in lines and name not in ("before", "after")]:
            raise ValueError(f"{path}: no column {missing[0]!r}; give a sheet made by: python -m helpers sample")
        about = lines[lines["unit"] != ""].drop_duplicates("no").set_index("no")
        rows, stale, stale_units = [], set(), set()
        for number, line in enumerate(lines.to_dict("records"), 2):
            if not any(line[name] for name in ("no", "speaker", "source", "target", "sign", "basis")):
                continue
            if line["no"] not in about.index:
                raise ValueError(f"{path}:{number}: no {line['no']!r}: write the number of the sentence under no")
            own = about.loc[line["no"]]
            place = own["doc_id"], int(float(own["sentence_no"]))
            if self.texts.get(place) != own["text_sha256"]:
                stale.add(f"{path.name}: no {line['no']} left out, its sentence has changed ({place[0]} [{place[1]}])")
                stale_units.add(own["unit"])
                continue
            try:
                codes = self._codes(line)
            except ValueError as error:
                raise ValueError(f"{path}:{number}: {error}") from None
            key = {"coder": path.stem, "unit": own["unit"], "doc_id": place[0], "sentence": place[1]}
            rows.append(key | {"stratum": own["stratum"], "size": int(float(own["size"]))} | codes)
        self.problems += sorted(stale)
        table = pd.DataFrame(rows, columns=CODED)
        # an article without one of its sentences is not coded throughout
        table = table[~table["unit"].isin(stale_units)]
        # a sentence keeps its empty lines only where it has no other, and then one
        bare = table[["speaker", "source", "target", "sign", "basis"]].isna().all(axis=1)
        order = table.assign(bare=bare).sort_values("bare", kind="stable")
        spare = order["bare"] & order.duplicated(["doc_id", "sentence"])
        return table[~spare.reindex(table.index)].reset_index(drop=True)

    def _codes(self, line: dict[str, str]) -> dict:
        speaker = NOTHING if line["speaker"].lower() in (NOTHING, *SIGNS[0]) else self._actor(line["speaker"])
        sign = sign_of(line["sign"]) if line["sign"] else None
        source, target = self._actor(line["source"]), self._actor(line["target"])
        if sign and not (source and target):
            raise ValueError("a stance needs source and target")
        if not sign and (source or target):
            raise ValueError("source or target without a sign: write for or against")
        if sign and source == target:
            raise ValueError("source and target are the same")
        basis = basis_of(line["basis"]) if sign and line["basis"] else None
        return {"speaker": speaker, "source": source, "target": target, "sign": sign, "basis": basis}

    def _actor(self, word: str) -> str | None:
        """The id of an actor as written: `Armenia [ARM]`, `ARM`, `Armenia`; any other name gets an id made of it."""
        if not word:
            return None
        name, bracket, rest = word.rpartition("[")
        inside = rest.rstrip("] ")
        for candidate in (inside if bracket else "", word):
            if candidate in self.ids:
                return candidate
        plain = (name if bracket else word).strip()
        return self.names.get(plain.casefold(), inside if bracket else f"other:{slug(plain)}")


def _cells(path: Path) -> pd.DataFrame:
    """A sheet as text, stripped; what a spreadsheet program makes of whole numbers is undone."""
    try:
        if path.suffix.lower() == ".xlsx":
            table = pd.read_excel(path, sheet_name="coding", dtype=str, keep_default_na=False)
        else:
            table = pd.read_csv(path, sep=None, engine="python", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except OSError:
        raise
    except Exception as error:  # what a library raises on a file that is no sheet
        raise ValueError(f"{path}: no coding sheet ({error}); make one by: python -m helpers sample") from error
    table = table.fillna("").map(lambda cell: str(cell).strip())
    return table.assign(no=table["no"].str.removesuffix(".0")) if "no" in table else table


def completed(coded: pd.DataFrame, what: Sequence[str] = ("sign",)) -> pd.DataFrame:
    """The rows of coders' units that are coded throughout for `what` (`sign`, `speaker`)."""
    done = coded.groupby(["coder", "unit", "doc_id", "sentence"])[list(what)].transform("count").gt(0).all(axis=1)
    whole = done.groupby([coded["coder"], coded["unit"]]).transform("all")
    return coded[whole]
