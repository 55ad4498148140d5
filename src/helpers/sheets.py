"""Coding sheets: a sample as a workbook for people to code, with its CSV twin (read back by coded.py).

A sentence has three lines, one for each speaker and each stance; who needs more inserts a line with the same number.
What a coder must not see while coding (the software's own codes, the strata) is in hidden sheets and columns.
"""

import math
from pathlib import Path

import pandas as pd
import xlsxwriter

from helpers import labels
from helpers.charts_base import safe_cells
from helpers.coded import HIDDEN, NOTHING, SHOWN
from helpers.codes import BASES, SIGN_WORDS, SIGNS
from helpers.corrections import machine_tables
from helpers.export import CREATED
from helpers.sampling import fingerprint
from helpers.tables import Tables

LINES = 3
_WIDTHS = {"no": 5, "before": 44, "sentence": 60, "after": 32, "sign": 10, "basis": 11, "note": 24}
# height of a line, in points
_LINE = 15
# sentences shown before and after
_CONTEXT = 2
_GUIDE = (
    "Code by data/gold/CODEBOOK.md. / Mã hóa theo data/gold/CODEBOOK.md.",
    "One line for each stance in the sentence: source, target, sign (for, against), basis (words, deeds, relation). "
    "No stance: write «none» under sign. / Mỗi lập trường một dòng; câu không có lập trường: ghi «không» ở cột sign.",
    "One line for each speaker whose words the sentence passes on (outlets that only report are left out). "
    "Nobody: choose «none». / Mỗi người được dẫn lời một dòng; không dẫn lời ai: chọn «none».",
    "A sentence without anything under sign (or speaker) counts as not coded yet. "
    "/ Câu để trống cột sign (hoặc speaker) được coi là chưa mã hóa.",
    "More than three: insert a line below and write the same number under no. "
    "/ Nhiều hơn ba: chèn thêm dòng, ghi lại số ở cột no.",
    "Actors: choose from the list of the article, or write a name or an actor_id. "
    "/ Chủ thể: chọn trong danh sách của bài, hoặc ghi tên hay actor_id.",
    "The order is random: whoever stops early has coded a random sample still. Save the file under your own name, "
    "such as sample-anna.xlsx. / Thứ tự ngẫu nhiên: dừng giữa chừng vẫn được; lưu tệp với tên của bạn.",
)


def coding_sheet(tables: Tables, sample: pd.DataFrame, *, corpus: str) -> pd.DataFrame:
    """The lines of a sheet for a sample of `sampling.draw`: `SHOWN` and `HIDDEN` columns, nothing filled in."""
    sentences = tables["sentences"]
    texts = {(row.doc_id, row.sentence): row.text for row in sentences.itertuples()}
    numbers = sentences.groupby("doc_id")["sentence"].apply(list).to_dict()
    rows = []
    for drawn in sample.itertuples():
        whole = drawn.unit == drawn.doc_id
        wanted = numbers[drawn.doc_id] if whole else [int(drawn.unit.rpartition("#")[2])]
        for number in wanted:
            around = [range(number - _CONTEXT, number), range(number + 1, number + 1 + _CONTEXT)]
            before, after = (" ".join(texts.get((drawn.doc_id, n), "") for n in places).strip() for places in around)
            text = texts[drawn.doc_id, number]
            shown = {"before": before, "sentence": text, "after": after}
            hidden = {"corpus": corpus, "unit": drawn.unit, "doc_id": drawn.doc_id, "sentence_no": number}
            hidden |= {"text_sha256": fingerprint(text), "stratum": drawn.stratum, "size": drawn.size}
            hidden |= {"drawn": drawn.drawn, "probability": drawn.probability}
            no = {"no": rows[-1]["no"] + 1 if rows else 1}
            rows += [no | (shown if line == 0 else {}) | hidden for line in range(LINES)]
    sheet = pd.DataFrame(rows, columns=[*SHOWN, *HIDDEN])
    words = [name for name in SHOWN if name != "no"]
    return sheet.assign(**{name: sheet[name].astype(object).where(sheet[name].notna(), "") for name in words})


def label(actor_id: str, name: str) -> str:
    """An actor as the drop-downs write it: `Armenia [ARM]`."""
    return f"{name} [{actor_id}]"


def machine_codes(tables: Tables, sheet: pd.DataFrame, *, lang: str = "vi") -> pd.DataFrame:
    """What the software found in the sentences of a sheet: no, speaker, source, target, sign, basis."""
    machine, names = machine_tables(tables), actor_labels(tables, lang)
    own = sheet.drop_duplicates("no")[["no", "doc_id", "sentence_no"]].rename(columns={"sentence_no": "sentence"})
    stances = own.merge(machine["stances"], on=["doc_id", "sentence"])
    spoken = machine["statements"]
    statements = own.merge(spoken[spoken["kind"] != "outlet"], on=["doc_id", "sentence"])
    stances = stances.assign(sign=stances["sign"].map(SIGN_WORDS))
    rows = pd.concat([stances, statements]).sort_values("no", kind="stable")
    for column in ("speaker", "source", "target"):
        rows[column] = rows[column].map(names)
    return rows[["no", "speaker", "source", "target", "sign", "basis"]].reset_index(drop=True)


def actor_labels(tables: Tables, lang: str) -> dict[str, str]:
    """The label of each actor by its id."""
    actors = tables["actors"]
    name = actors["name"]
    if lang == "en":
        name = actors["name_en"].where(actors["name_en"].notna() & (actors["name_en"] != ""), name)
    return {key: label(key, shown) for key, shown in zip(actors["actor_id"], name, strict=True)}


def write_sheets(tables: Tables, sheet: pd.DataFrame, path: Path, *, lang: str = "vi") -> list[Path]:
    """The sheet as a workbook (`path`, .xlsx), beside it its CSV twin and the software's codes (`…-machine.csv`).

    The CSV twin has all columns; strata stand in it as letters. The same bytes at each run.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = machine_codes(tables, sheet, lang=lang)
    lists = _actor_lists(tables, sheet, lang)
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": CREATED})
        _write_coding(book, sheet, lists, lang)
        guide = book.add_worksheet("guide")
        guide.set_column(0, 0, 110)
        for row, line in enumerate(_GUIDE):
            guide.write_string(row, 0, line, book.add_format({"text_wrap": True}))
        hidden = {"lists": pd.DataFrame({key: pd.Series(values) for key, values in lists.items()}), "machine": machine}
        for name, table in hidden.items():
            page = book.add_worksheet(name)
            page.hide()
            for column, head in enumerate(table.columns):
                page.write_string(0, column, str(head))
                for row, value in enumerate(table[head], 1):
                    if not pd.isna(value):
                        page.write(row, column, value)
    twin, codes = path.with_suffix(".csv"), path.with_name(f"{path.stem}-machine.csv")
    for table, file in ((sheet, twin), (machine, codes)):
        safe_cells(table).to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")
    return [path, twin, codes]


def _actor_lists(tables: Tables, sheet: pd.DataFrame, lang: str) -> dict[str, list[str]]:
    """The actors of each article of a sheet, those named most first."""
    names, mentions = actor_labels(tables, lang), tables["mentions"]
    own = mentions[mentions["doc_id"].isin(sheet["doc_id"])]
    lists = {doc_id: [NOTHING] for doc_id in dict.fromkeys(sheet["doc_id"])}
    for doc_id, rows in own.groupby("doc_id"):
        counts = rows["actor_id"].value_counts()
        lists[doc_id] += [names[key] for key in sorted(counts.index, key=lambda key: (-counts[key], key))]
    return lists


def _write_coding(book: xlsxwriter.Workbook, sheet: pd.DataFrame, lists: dict[str, list[str]], lang: str) -> None:
    page = book.add_worksheet("coding")
    head = book.add_format({"bold": True, "bottom": 1})
    look = {"text_wrap": True, "valign": "top"}
    looks = [book.add_format(look | {"bg_color": ground}) for ground in ("#FFFFFF", "#EEF1F3")]
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, name, head)
        page.set_column(column, column, _WIDTHS.get(name, 26), None, {"hidden": name in HIDDEN})
        for row, (value, no) in enumerate(zip(sheet[name], sheet["no"], strict=True), 1):
            page.write(row, column, value, looks[no % 2])
    texts = sheet[["before", "sentence", "after"]]
    for row, line in enumerate(texts.to_dict("records"), 1):
        lines = max(math.ceil(1.1 * len(text) / _WIDTHS[name]) for name, text in line.items())
        page.set_row(row, _LINE * max(lines, 1))
    places = {doc_id: column for column, doc_id in enumerate(lists)}
    words = {"sign": [forms[labels.language(lang) == 0] for forms in SIGNS.values()]}
    words["basis"] = [forms[labels.language(lang) == 0] for forms in BASES.values()]
    for name, choice in words.items():
        column = SHOWN.index(name)
        page.data_validation(1, column, len(sheet), column, {"validate": "list", "source": choice})
    for no, rows in sheet.reset_index(drop=True).groupby("no"):
        first, last = rows.index[0] + 1, rows.index[-1] + 1
        doc_id = rows["doc_id"].iloc[0]
        letter = xlsxwriter.utility.xl_col_to_name(places[doc_id])
        for name, top in (("speaker", 2), ("source", 3), ("target", 3)):
            source = f"=lists!${letter}${top}:${letter}${len(lists[doc_id]) + 1}"
            column = SHOWN.index(name)
            about = {"error_type": "information", "error_message": f"No. {no}: not in the list of this article."}
            page.data_validation(first, column, last, column, {"validate": "list", "source": source} | about)
