"""Faults in the lexicon and the corpora are named by file and row."""

import shutil
import unicodedata

import pytest

from helpers.check import LEXICON_SHEETS, check, check_corpora, check_lexicon

NFD = unicodedata.normalize("NFD", "Thổ Nhĩ Kỳ")
GOOD = {
    "actors.csv": """actor_id,name,name_en,type,side,kind,aliases,context_aliases,wikidata
TUR,Thổ Nhĩ Kỳ,Turkey,GPE,TUR,state,Turkey,Thổ,Q43
XKX,Kosovo,Kosovo,GPE,XKX,territory,,,
NATO,NATO,NATO,ORG,,igo,Khối NATO,,Q7184
gpe:georgia,Georgia [bang],Georgia,GPE,USA,us_state,,Georgia,
per:a-b,A B,A B,PER,TUR,leader,,,
per:c-d,C D,C D,PER,TUR,leader,,,
""",
    "titles.csv": """word,role,kind,takes,side_rule,note
tổng thống,president,office,state,,
bộ quốc phòng,,org_head,ORG,state,
sông,,feature,LOC,,
""",
    "offices.csv": """actor_id,role,of,first_day,last_day
per:a-b,president,TUR,2010-01-01,2014-08-27
per:c-d,president,TUR,2014-08-28,
""",
    "name_parts.csv": "part,kind\nNguyễn,surname\n",
    "stance_cues.csv": """cue,pos,sign,basis,event,goldstein,source,target,target_preps,mutual,complement,strength,note
ủng hộ,V,+,words,SUPPORT,3.6,subject,either,,,,sure,
""",
    "speech_cues.csv": "cue,pos,speaker,kind,content,strength,note\ncho biết,V,before,speech,that,sure,\n",
}


@pytest.fixture
def lexicon(tmp_path):
    for name, text in GOOD.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def faults(folder, name, *changes, added=""):
    """The messages after some changes of a file, without the folder."""
    text = GOOD[name]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / name).write_text(text + added, "utf-8")
    return [message.removeprefix(f"{folder.as_posix()}/") for message in check_lexicon(folder)]


def test_good_lexicon_has_no_faults(lexicon):
    assert check_lexicon(lexicon) == []


def test_shipped_lexicon_and_corpora_have_no_faults():
    assert check() == []


CASES = [
    ("actors.csv", ("name_en", "english"), "actors.csv:1: unknown column 'english'"),
    ("actors.csv", ("name_en", "english"), "actors.csv:1: missing column 'name_en'"),
    ("actors.csv", ("XKX,Kosovo", "TUR,Kosovo"), "actors.csv:3: the same actor_id as row 2: TUR"),
    ("actors.csv", ("Khối NATO", "turkey"), "actors.csv:4: 'turkey' is also a form of row 2 (there 'Turkey')"),
    ("actors.csv", ("Khối NATO", "THỔ NHĨ KỲ"), "actors.csv:4: 'THỔ NHĨ KỲ' is also a form of row 2"),
    ("actors.csv", ("PER,TUR", "PER,TÜR"), "actors.csv:6: side is 'TÜR', which is no ISO 3166-1"),
    ("actors.csv", ("PER,TUR", "PER,TUK"), "actors.csv:6: side is 'TUK', which is no ISO 3166-1"),
    ("actors.csv", ("NATO,ORG", "NATO,IGO"), "actors.csv:4: type is 'IGO'; it can be GPE, LOC, ORG, MEDIA, PER"),
    ("actors.csv", (",igo,", ",club of states,"), "actors.csv:4: kind is 'club of states'"),
    ("actors.csv", (",igo,", ",leader,"), "actors.csv:4: kind 'leader' does not go with type ORG"),
    ("actors.csv", ("per:a-b", "per:A B"), "actors.csv:6: actor_id is 'per:A B'"),
    ("actors.csv", ("per:a-b", "org:a-b"), "actors.csv:6: actor_id 'org:a-b' begins with another type than PER"),
    ("actors.csv", ("TUR,Thổ", "TKY,Thổ"), "actors.csv:2: actor_id is 'TKY'; of a state it is the ISO"),
    ("actors.csv", ("A B,A B", ",A B"), "actors.csv:6: name is empty"),
    ("actors.csv", ("Thổ Nhĩ Kỳ", NFD), "actors.csv:2: name is not in Unicode NFC"),
    ("actors.csv", ("Khối NATO", "Khối NATO|"), "actors.csv:4: aliases has an empty form"),
    ("actors.csv", ("Q43", "43"), "actors.csv:2: wikidata is '43'"),
    ("actors.csv", ("Turkey,GPE", "Turkey, the,GPE"), "actors.csv:2: 10 cells, the header has 9"),
    ("titles.csv", ("LOC,,", "sea,,"), "titles.csv:4: takes is 'sea'"),
    ("titles.csv", (",ORG,state", ",ORG,"), "titles.csv:3: side_rule is (empty)"),
    ("titles.csv", ("sông,,", "sông,king,"), "titles.csv:4: role is 'king'; only office"),
    ("titles.csv", ("sông,,feature", "tổng thống,,office"), "titles.csv:4: the same word and kind as row 2"),
    ("offices.csv", ("2014-08-27", "2009-08-27"), "offices.csv:2: last_day 2009-08-27 is before first_day 2010-01-01"),
    ("offices.csv", ("2014-08-27", "27/8/2014"), "offices.csv:2: last_day is '27/8/2014'; write a day as 2020-10-05"),
    ("offices.csv", ("2014-08-27", "2015-01-01"), "offices.csv:3: the term overlaps that of row 2 (president of TUR)"),
    ("offices.csv", ("2014-08-27", ""), "offices.csv:3: the term overlaps that of row 2 (president of TUR)"),
    ("offices.csv", ("per:c-d", "per:x-y"), "offices.csv:3: actor_id 'per:x-y' is not in actors.csv"),
    ("offices.csv", ("per:c-d", "NATO"), "offices.csv:3: actor_id 'NATO' is not a person"),
    ("offices.csv", ("president,TUR", "president,EU"), "offices.csv:2: of is 'EU', which is not in actors.csv"),
    ("offices.csv", ("president,TUR", "king,TUR"), "offices.csv:2: role is 'king', which is not in titles.csv"),
    ("name_parts.csv", ("surname", "family"), "name_parts.csv:2: kind is 'family'"),
    ("stance_cues.csv", ("ủng hộ", "Ủng hộ"), "stance_cues.csv:2: cue 'Ủng hộ' has capitals"),
    ("stance_cues.csv", ("ủng hộ", "huỷ"), "stance_cues.csv:2: cue 'huỷ' has an old tone mark"),
    ("stance_cues.csv", (",+,", ",0,"), "stance_cues.csv:2: sign is '0'; it can be +, -"),
    ("stance_cues.csv", ("3.6", "3.7"), "stance_cues.csv:2: goldstein is '3.7'"),
    ("stance_cues.csv", ("SUPPORT", "CONSULT"), "stance_cues.csv:2: event is 'CONSULT'"),
    ("stance_cues.csv", ("either,,", "prep,,"), "stance_cues.csv:2: target_preps is empty"),
    ("speech_cues.csv", ("before", "left"), "speech_cues.csv:2: speaker is 'left'"),
]


@pytest.mark.parametrize(("name", "change", "expected"), CASES, ids=[case[2][:60] for case in CASES])
def test_fault_is_named_with_file_and_row(lexicon, name, change, expected):
    assert any(message.startswith(expected) for message in faults(lexicon, name, change)), faults(lexicon, name, change)


@pytest.mark.parametrize("dash", ["-", " - ", "–", " – "])
def test_alias_that_differs_by_its_dash_is_the_same(lexicon, dash):
    rows = "loc:k,Nagorno-Karabakh,Nagorno-Karabakh,LOC,AZE,region,,,\n"
    rows += f"loc:l,Thượng Karabakh,Karabakh,LOC,AZE,region,Nagorno{dash}karabakh,,\n"
    assert len(faults(lexicon, "actors.csv", added=rows)) == 1


def test_shared_terms_may_overlap(lexicon):
    shared = [("last_day", "last_day,note"), ("2014-08-27", "2015-01-01,shared"), ("2014-08-28,", "2014-08-28,,shared")]
    assert faults(lexicon, "offices.csv", *shared) == []
    assert len(faults(lexicon, "offices.csv", *shared[:2], ("2014-08-28,", "2014-08-28,,"))) == 1


def test_spreadsheet_traps(lexicon):
    (lexicon / "name_parts.csv").write_bytes("part;kind\nNguyễn;surname\n".encode())
    assert "parted by semicolons" in check_lexicon(lexicon)[0]
    (lexicon / "name_parts.csv").write_bytes("part,kind\nNguyễn,surname\n".encode("utf-16"))
    assert "not UTF-8" in check_lexicon(lexicon)[0]
    (lexicon / "name_parts.csv").write_bytes("\ufeffpart,kind\r\nNguyễn,surname\r\n".encode())
    assert check_lexicon(lexicon) == []
    (lexicon / "name_parts.csv").unlink()
    assert "missing" in check_lexicon(lexicon)[0]


@pytest.mark.parametrize("name", LEXICON_SHEETS)
def test_empty_file_is_a_fault_not_a_traceback(lexicon, name):
    (lexicon / name).write_text("", "utf-8")
    assert check_lexicon(lexicon)


@pytest.fixture
def corpora(tmp_path):
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "a.txt").write_text("Tin thứ nhất.", "utf-8")
    (folder / "b.txt").write_text("Tin thứ hai.", "utf-8")
    (folder / "metadata.csv").write_text("path,title,outlet,published,url\na.txt,,,2020-10-05,\n", "utf-8")
    return tmp_path


def corpus_faults(corpora):
    return [message.removeprefix(f"{corpora.as_posix()}/") for message in check_corpora(corpora)]


def test_good_corpus_has_no_faults(corpora):
    assert corpus_faults(corpora) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("c.txt,,,,", "one/metadata.csv:3: path is 'c.txt', and there is no such file"),
        ("a.txt,,,,", "one/metadata.csv:3: the same path as row 2: a.txt"),
        ("b.txt,,,hôm qua,", "one/metadata.csv:3: published is 'hôm qua'"),
        (",,,2020-10-05,", "one/metadata.csv:3: path is empty"),
    ],
)
def test_fault_of_metadata(corpora, row, expected):
    with (corpora / "one" / "metadata.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    assert any(message.startswith(expected) for message in corpus_faults(corpora))


def test_unreadable_and_doubled_articles(corpora):
    (corpora / "one" / "empty.txt").write_text(" \n", "utf-8")
    (corpora / "one" / "sub").mkdir()
    shutil.copy(corpora / "one" / "a.txt", corpora / "one" / "sub" / "a.txt")
    (corpora / "two").mkdir()
    found = corpus_faults(corpora)
    assert any(message.startswith("one/empty.txt: not read") for message in found)
    assert any(message.startswith("one/sub/a.txt: ") for message in found)
    assert "two: no article in it" in found


def test_columns_of_metadata(corpora):
    path = corpora / "one" / "metadata.csv"
    path.write_text("path,section,publishd\na.txt,world,2020-10-05\n", "utf-8")
    assert corpus_faults(corpora) == ["one/metadata.csv:1: unknown column 'publishd'; is it 'published'?"]
    path.write_text("title\nTin\n", "utf-8")
    assert "one/metadata.csv:1: missing column 'path'" in corpus_faults(corpora)


def test_corrections_that_cannot_be_read_are_named(tmp_path):
    corpus = tmp_path / "tin"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Nga lên án Mỹ. Đức im lặng trước những lời cáo buộc.", "utf-8")
    columns = "action,table,doc_id,text_sha256,cue_start,cue_end,reason"
    (corpus / "corrections.csv").write_text(f"{columns}\nremove,stances\n", "utf-8")
    (message,) = check_corpora(tmp_path)
    assert "tin/corrections.csv:2: action 'remove': write accept, reject, change, add" in message
