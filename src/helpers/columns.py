"""What a column, a key or a line of front matter holds, by its name in English or Vietnamese."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

NAMES = {
    "text": "text content body article fulltext noi_dung van_ban bai_viet noi_dung_bai_viet bai toan_van",
    "title": "title headline tieu_de tua_de nhan_de tit",
    "outlet": "outlet source publisher media newspaper site nguon bao to_bao co_quan_bao_chi nguon_tin sitename",
    "published": "published date published_at publish_date pub_date publication_date day time ngay ngay_dang "
    "thoi_gian ngay_xuat_ban ngay_thang",
    "url": "url link href uri lien_ket duong_dan dia_chi",
    "doc_id": "doc_id id article_id docid document_id ma ma_bai so_hieu",
    "path": "path file filename file_name tep ten_tep",
}
_FIELD = {name: (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names.split())}


def plain(name: object) -> str:
    """A column name in small ASCII letters, parts joined by `_`: `Nội dung` → `noi_dung`."""
    text = unicodedata.normalize("NFD", str(name).strip().lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "_", "".join(c for c in text if not unicodedata.combining(c))).strip("_")


def fields(names: Iterable[object], given: Mapping[str, str] | None = None) -> dict[str, object]:
    """Which column holds what: field → column name. What is `given` (field → column) goes before what is guessed."""
    found: dict[str, tuple[int, object]] = {}
    for name in names:
        field, rank = _FIELD.get(plain(name), (None, 0))
        if field and (field not in found or rank < found[field][0]):
            found[field] = (rank, name)
    return {field: name for field, (_, name) in found.items()} | dict(given or {})
