"""Long files line by line and row by row, within bounds; what is broken costs itself only."""

import csv
import io
from collections.abc import Iterator

from helpers.encodings import line_reader
from helpers.files import File

LONGEST = 1_000_000
LARGEST = 8 * LONGEST

csv.field_size_limit(2 * LONGEST)


def lines(file: File) -> Iterator[tuple[int, str]]:
    """Numbered lines; one that is too long is cut to just over what is allowed."""
    with file.open() as stream:
        sample = stream.read(200_000)
    if not sample:
        raise ValueError("empty")
    encoding, errors, convert = line_reader(sample)
    with io.TextIOWrapper(file.open(), encoding, errors=errors, newline="") as stream:
        number, line = 0, ""
        while line := stream.readline(LARGEST):
            number += 1
            rest = line
            while len(rest) == LARGEST and not rest.endswith("\n"):
                rest = stream.readline(LARGEST)
            yield number, convert(line)


def csv_rows(lines: Iterator[tuple[int, str]], separator: str = "") -> Iterator[tuple[int, list[str] | str]]:
    """Rows of a CSV file with the line on which they begin; a broken one as a text that says so.

    A quotation mark that is never closed costs its own line only. Without a separator, the header tells it.
    """
    waiting: list[tuple[int, str]] = []
    width = 0

    def following() -> tuple[int, str] | None:
        return waiting.pop(0) if waiting else next(lines, None)

    while (line := following()) is not None:
        separator = separator or max(",;\t|", key=line[1].count)
        taken, row = [line], None
        while True:
            whole = "".join(text for _, text in taken)
            if len(whole) > 2 * LONGEST:
                row = f"longer than {LONGEST:,} characters: split it into articles"
                break
            try:
                row = next(csv.reader(io.StringIO(whole, newline=""), delimiter=separator, strict=True))
                break
            except csv.Error as error:
                row = f"broken row ({error})"
                more = following() if "unexpected end" in str(error) else None
                if more is None:
                    break
                taken.append(more)
            except StopIteration:
                row = []
                break
        faulty = isinstance(row, str) or (width and row and len(row) != width)
        if faulty and len(taken) > 1:
            waiting[:0] = taken[1:]
            row = "broken row: a quotation mark is not closed"
        elif not isinstance(row, str):
            width = width or len(row)
        yield line[0], row
