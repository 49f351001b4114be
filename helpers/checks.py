"""The checks as the notebook calls them, one for each step: it prints what holds, or raises with what does not."""

from helpers.clusters import step_f, step_f_part_1, step_g, step_h, step_i
from helpers.figures import step_a, step_c, step_j
from helpers.images import step_b, step_d, step_e

__all__ = ["step_a", "step_b", "step_c", "step_d", "step_e", "step_f",
           "step_f_part_1", "step_g", "step_h", "step_i", "step_j"]
