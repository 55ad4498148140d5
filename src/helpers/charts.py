"""The figures, in the order of the report: each takes the tables of DESIGN.md and answers the question in its title.

All take `lang` ("vi", "en"), `level` ("actor", "side"), `top` (rows at most; fewer if the format has no room),
`min_count` and `size` ("column" 85 mm, "page" 178 mm, "slide" 16:9), and give a `Figure`.
"""

from helpers.charts_base import Figure, safe_cells, save_figure
from helpers.charts_certainty import how_sure
from helpers.charts_mentions import actors_together, mentions_by_actor, mentions_by_side_and_type
from helpers.charts_network import stance_network
from helpers.charts_speech import through_whom, who_speaks
from helpers.charts_stances import claims_and_denials, stance_matrix, words_deeds_relations
from helpers.charts_time import attention_over_time, for_and_against

FIGURES = (
    mentions_by_actor,
    mentions_by_side_and_type,
    attention_over_time,
    actors_together,
    who_speaks,
    through_whom,
    stance_matrix,
    stance_network,
    for_and_against,
    words_deeds_relations,
    claims_and_denials,
    how_sure,
)

__all__ = ["FIGURES", "Figure", "safe_cells", "save_figure", *(figure.__name__ for figure in FIGURES)]
