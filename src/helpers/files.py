"""The files of a folder, of zip and gzip archives, as streams of bytes: in a fixed order, within bounds, no way out.

A link is followed only to a file inside the folder. What an archive unpacks to is read as a stream and bounded.
"""

import gzip
import io
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

RATIO = 200
FREE = 50_000_000
SILENT = frozenset(
    {"metadata.csv", "corrections.csv", "readme", "__macosx", "license", "notice", "thumbs.db", "desktop.ini"}
)


class Skipped(NamedTuple):
    """An input that gave no document, and why."""

    path: str
    reason: str


class File(NamedTuple):
    """One file: its path from the source (`a.zip/b.txt` in an archive), its name without `.gz`, how to open it, and how
    to open another of its folder (OSError or KeyError where there is none)."""

    path: str
    name: str
    open: Callable[[], BinaryIO]
    folder: str
    neighbour: Callable[[str], BinaryIO]

    @property
    def stem(self) -> str:
        """The name without folder and suffix."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """`.txt`, `.csv` …, in small letters."""
        return PurePosixPath(self.name).suffix.lower()


class Bounded(io.RawIOBase):
    """A stream that stops with ValueError when an archive unpacks to far more than it packs."""

    def __init__(self, stream: BinaryIO, packed: int):
        self._stream, self._left = stream, max(FREE, packed * RATIO)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer) -> int:
        """Fill a buffer. ValueError beyond the bound or where the archive is damaged."""
        try:
            data = self._stream.read(len(buffer))
        except (zlib.error, zipfile.BadZipFile, EOFError, gzip.BadGzipFile) as error:
            raise ValueError(f"damaged archive ({error}): pack it again") from error
        self._left -= len(data)
        if self._left < 0:
            raise ValueError(f"unpacks to more than {RATIO} times its size: unpack it by hand if you trust it")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the stream beneath too."""
        self._stream.close()
        super().close()


def walk(source: Path) -> Iterator[File | Skipped]:
    """Every file of a file or folder, in the order of its parts; archives opened.

    Raises:
        FileNotFoundError: there is no such file or folder.
    """
    if not source.exists():
        raise FileNotFoundError(2, "no such file or folder", str(source))
    if source.is_dir():
        yield from _folder(source, source.resolve(), "")
    else:
        yield from _file(source, source.name, source.resolve())


def _folder(folder: Path, root: Path, prefix: str) -> Iterator[File | Skipped]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(_shown(prefix.rstrip("/") or folder.name), _why(error))
        return
    for entry in entries:
        path, name = Path(entry.path), _shown(prefix + entry.name)
        if _silent(entry.name):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _folder(path, root, f"{prefix}{entry.name}/")
                continue
            if entry.is_symlink():
                target = path.resolve(strict=True)
                if not target.is_relative_to(root) or target.is_dir():
                    yield Skipped(name, "a link to a folder or out of the corpus: copy what it leads to")
                    continue
            if not stat.S_ISREG(path.stat().st_mode):
                yield Skipped(name, "not a file that can be read (device, pipe or socket)")
                continue
        except (OSError, RuntimeError) as error:
            yield Skipped(name, _why(error))
            continue
        yield from _file(path, name, root)


def _silent(name: str) -> bool:
    """Whether a file says something about the corpus or the computer and is no part of it."""
    low = name.lower()
    return low.startswith((".", "~$")) or low in SILENT or low.split(".")[0] in SILENT


def _file(path: Path, name: str, root: Path) -> Iterator[File | Skipped]:
    low = path.name.lower()
    if low.endswith(".zip"):
        yield from _members(path, name)
    else:
        beside = (str(path.parent), lambda other: (path.parent / other).open("rb"))
        if low.endswith(".gz"):
            yield File(name, path.name[:-3], lambda: _unzipped(path.open("rb"), path.stat().st_size), *beside)
        else:
            yield File(name, path.name, lambda: path.open("rb"), *beside)


def _members(path: Path, name: str) -> Iterator[File | Skipped]:
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        yield Skipped(name, _why(error) if isinstance(error, OSError) else f"damaged archive ({error}): pack it again")
        return
    with archive:
        for member in sorted(archive.infolist(), key=lambda member: member.filename):
            place = PurePosixPath(member.filename.replace("\\", "/"))
            base = place.name
            if member.is_dir() or _silent(base):
                continue
            inside = f"{name}/{_shown(member.filename)}"
            if base.lower().endswith(".zip"):
                yield Skipped(inside, "an archive in an archive: unpack it first")
            elif member.flag_bits & 1:
                yield Skipped(inside, "encrypted: unpack it first")
            else:
                packed = base.lower().endswith(".gz")
                yield File(
                    inside,
                    base[:-3] if packed else base,
                    _opener(archive, member, packed),
                    f"{name}/{place.parent}",
                    lambda other, folder=place.parent: _opener(archive, archive.getinfo(str(folder / other)), False)(),
                )


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo, packed: bool) -> Callable[[], BinaryIO]:
    def opener() -> BinaryIO:
        try:
            stream = archive.open(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise ValueError(f"damaged archive ({error}): pack it again") from error
        bounded = io.BufferedReader(Bounded(stream, member.compress_size))
        return _unzipped(bounded, member.compress_size) if packed else bounded

    return opener


def _unzipped(stream: BinaryIO, packed: int) -> BinaryIO:
    return io.BufferedReader(Bounded(gzip.GzipFile(fileobj=stream), packed))


def _shown(path: str) -> str:
    """A path in one line that every encoding can write."""
    clean = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in path)
    return clean.encode("utf-8", "replace").decode("utf-8")


def _why(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "no permission to read it: change its rights (chmod +r)"
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"cannot be read: {' '.join(text.split()).lower()}"
