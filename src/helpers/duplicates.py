"""Articles that repeat another: the same text, or the same wire story under a new headline.

Each article is sketched by the smallest hashes of its runs of five words, its first line (the headline) left out
(Broder 1997). Two articles are the same story if their sketches say that they share most of those runs.
"""

import re
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

SIZE = 128
SHARED = 0.6
_RUN = 5
_PROBES = 8
_SHORT = 15
_WORD = re.compile(r"\w+")
_MIX = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F], "u8"
)
_END = np.uint64(0xBF58476D1CE4E5B9)


def sketch(text: str) -> np.ndarray:
    """The `SIZE` smallest hashes of the runs of five words of a text, in order (fewer for a short one).

    A text of hardly more than a headline has one hash, of all its words.
    """
    _, _, body = text.strip().partition("\n")
    words = _WORD.findall(body.lower())
    if len(words) < _SHORT:
        words = _WORD.findall(text.lower())
    codes = np.fromiter((zlib.crc32(word.encode()) for word in words), "u8", len(words))
    if len(words) < _SHORT:
        return np.array([zlib.crc32(" ".join(words).encode())], "u4")
    runs = sum(codes[n : len(codes) - _RUN + 1 + n] * mix for n, mix in enumerate(_MIX))
    runs = (runs ^ (runs >> np.uint64(31))) * _END
    return np.unique(runs >> np.uint64(32))[:SIZE].astype("u4")


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """The share (0…1) of all runs of two articles that both have, by their sketches."""
    both = np.union1d(one, other)[: max(min(len(one), len(other)), 1)]
    return float(np.isin(both, np.intersect1d(one, other)).sum() / len(both)) if len(both) else 0.0


def find_duplicates(sketches: Sequence[np.ndarray], order: Sequence) -> dict[int, int]:
    """Which article repeats which.

    Args:
        sketches: of all articles.
        order: one sortable value each; of a story told several times, the least is the original.

    Returns:
        number of the article → number of the original, for the repeating ones.
    """
    if not sketches:
        return {}
    probes = [one[:_PROBES] for one in sketches]
    owner = np.repeat(np.arange(len(probes)), [len(one) for one in probes])
    hashes = np.concatenate(probes)
    by_hash = np.lexsort((owner, hashes))
    hashes, owner = hashes[by_hash], owner[by_hash]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    parent = list(range(len(sketches)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for start, end in zip(starts, [*starts[1:], len(hashes)], strict=True):
        group = owner[start:end]
        for before, n in pairwise(group):
            for other in {int(before), int(group[0])}:
                a, b = root(other), root(int(n))
                if a != b and alike(sketches[other], sketches[n]) >= SHARED:
                    parent[b] = a
    stories: dict[int, list[int]] = {}
    for n in range(len(sketches)):
        stories.setdefault(root(n), []).append(n)
    found = {}
    for story in stories.values():
        original = min(story, key=lambda n: (order[n], n))
        found |= {n: original for n in story if n != original}
    return found
