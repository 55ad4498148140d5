"""What training recorded is shown as recorded, and its absence is said."""

from helpers.recorded import CROSSVALIDATION, LEARNING, crossvalidated, learning_figure


def test_without_a_record_it_says_so(tmp_path):
    figure = learning_figure(lang="en", folder=tmp_path)
    assert figure.data.empty
    assert "has not recorded" in figure.caption
    assert crossvalidated(tmp_path).empty


def test_recorded_values_are_shown_as_they_are(tmp_path):
    rows = [
        "share,articles,measure,precision,recall,f1",
        "0.5,60,stances per article by side,0.5,0.3,0.375",
        "1.0,120,stances per article by side,0.5,0.4,0.444",
    ]
    (tmp_path / LEARNING).write_text("\n".join(rows), "utf-8")
    groups = [
        "group,articles,measure,precision,recall,f1",
        "all,120,stances,0.5,0.4,0.444",
        "world,70,stances,0.5,0.5,0.5",
    ]
    (tmp_path / CROSSVALIDATION).write_text("\n".join(groups), "utf-8")
    figure = learning_figure(lang="en", folder=tmp_path)
    assert figure.data["f1"].tolist() == [0.375, 0.444]
    assert "recorded at training (120 articles)" in figure.caption
    assert crossvalidated(tmp_path).loc["stances"].to_dict() == {"all (120)": 0.444, "world (70)": 0.5}
