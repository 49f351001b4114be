# The source notebook of the tiny lab, a cell below each name.
# %% start
import tiny_lab

tiny_lab.start()
# %% step_a
numbers = [3, 1, 4, 1, 5]
# %% check_a
tiny_lab.step_a(numbers)
# %% step_b
mean = sum(numbers) / 5
# %% check_b
tiny_lab.step_b(numbers, mean)
# %% question
# It is pi.
