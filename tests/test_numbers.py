"""What the numbers in a written answer agree with, and which places of a sheet it speaks of."""

import pytest

from grading.marking import numbers, places

FEW, MANY, GAIN = "Accuracy with 10 clusters", "Accuracy with 50 clusters", "Improvement"
OWN = {FEW: 0.55148, MANY: 0.79067, GAIN: 0.23919}
OTHERS = numbers.Others({"ada": {FEW: 0.54117, MANY: 0.80122, GAIN: 0.26005}, "bob": OWN,
                         "eve": {FEW: 0.61234, MANY: 0.80122, GAIN: 0.18888}})
few, many, gain = (FEW,), (MANY,), (GAIN,)
OTHER_FEW, OTHER_MANY, NONE = ("other", FEW), ("other", MANY), ("none", "")

# Each answer, and what must be said of its numbers, in order: names of its own, of another's, or of none.
WRITTEN = [
    # one number in many clothes
    ("The accuracy is 0.7907.", [many]),
    ("79.07 %", [many]),
    ("79.07%", [many]),
    ("79 percent of the images", [many]),
    ("79 per cent", [many]),
    ("0,7907", [many]),
    ("79,07 %", [many]),
    ("79,07 Prozent der Bilder", [many]),
    (".7907", [many]),
    ("**0.7907**", [many]),
    ("`accuracy_50 = 0.7907`", [many]),
    ("$0.7907$", [many]),
    (r"$79.07\%$", [many]),
    ("０.７９０７", [many]),
    ("accuracy_50=0.79067", [many]),
    ("0.790666", [NONE]),                   # its last digit is another: a person looks
    ("0.79067 exactly", [many]),
    ("79.1 %", [many]),
    ("0.791", [many]),
    ("0.790", [many]),                      # cut off, not rounded
    ("79 %", [many]),
    ("0.79", [many]),
    ("0.8", [many]),
    ("80 %", [many]),
    ("about 80 %", [many]),
    ("roughly 0.78", [many]),
    ("around 79.5 %", [many]),
    ("≈ 0.80", [many]),
    ("almost 80 percent", [many]),
    # both
    ("0.5515 with 10 clusters and 0.7907 with 50.", [few, many]),
    ("from 55.15 % to 79.07 %", [few, many]),
    ("55.15%-79.07%", [few, many]),
    ("0.5515-0.7907", [few, many]),
    ("0.5515 – 0.7907", [few, many]),
    ("between 55 and 79 %", [few, many]),
    ("55 to 79 percent", [few, many]),
    ("0.7907/0.5515", [many, few]),
    ("0.7907,0.5515", [many, few]),
    ("0,7907, 0,5515", [many, few]),
    ("0,5515; 0,7907", [few, many]),
    ("79.07 against 55.15", [many, few]),
    ("(0.55 vs. 0.79)", [few, many]),
    ("55,2 % und 79,1 %", [few, many]),     # rounded from the four digits that are shown
    ("accuracy_10 is 0.551 and accuracy_50 is 0.791.", [few, many]),
    ("0.7907 > 0.5515", [many, few]),
    # how much better
    ("23.92 percentage points better", [gain]),
    ("+23.92 points", [gain]),
    ("about 24 percentage points", [gain]),
    ("an improvement of 0.2392", [gain]),
    ("it rises by 24 pp", [gain]),
    # numbers of other runs
    ("0.8012", [OTHER_MANY]),
    ("80.12 % with 50 and 54.12 % with 10", [OTHER_MANY, OTHER_FEW]),
    ("0.6123 with 10 clusters", [OTHER_FEW]),
    ("0.801", [NONE]),                      # three digits are many people's
    ("0.7312", [NONE]),
    ("73 %", [NONE]),
    ("I had 0.7812 first, then 0.7907.", [NONE, many]),
    # what is no accuracy, and is not called one
    ("I took 50 clusters and not 10.", []),
    ("There are 60,000 images of 784 pixels.", []),
    ("60000 images in 2024", []),
    ("In 1998 MNIST was published; in 2024 I used it.", []),
    ("Cluster 12 and cluster 33 are blurred.", []),
    ("row 2, column 5, title 4", []),
    ("scikit-learn 1.5 and Python 3.11", []),
    ("version 0.24 of it, 1.9.1 of the other", []),
    ("random_state = 0.5", []),
    ("seed 42, 7 of 10 digits", []),
    ("It took 1.5 s, then 16.7 s.", []),
    ("three times 3.5 is more", []),
    ("47,440 of 60,000 images", []),
    ("1,234.5 images", []),
    ("100 % of the work", []),
    ("guessing reaches about 10 %", []),
    ("a share of 0.1", []),
    ("Half of them, 50 %, are 1s.", []),
    ("Step 2.5, figure 0.3", []),
    ("On 3.11.2024 I ran it, at 12.30.", []),
    ("127.0.0.1", []),
    ("digits 4, 7 and 9; 3/5/8", []),
    ("k=50", []),
    ("", []),
    ("no number at all", []),
    ("x" * 30_000 + " 0.7907", []),         # further than anybody reads
]


@pytest.mark.parametrize(("text", "wanted"), WRITTEN, ids=[text[:40] for text, _ in WRITTEN])
def test_what_is_said_of_each_number(text, wanted):
    wanted = [("own", *one) if len(one) == 1 else one for one in wanted]
    assert [(said.of, said.name) for said in numbers.judged(text, OWN, OTHERS)] == wanted


def test_there_are_enough_answers_and_none_is_called_wrong():
    assert len(WRITTEN) >= 60
    assert {said.of for text, _ in WRITTEN for said in numbers.judged(text, OWN, OTHERS)} == {"own", "other", "none"}


def test_another_submission_is_named_with_all_that_have_the_number():
    assert numbers.judged("0.8012", OWN, OTHERS)[0].who == ("ada", "eve")
    assert numbers.judged("0.8012", {MANY: 0.80119}, OTHERS)[0].of == "own"         # one's own comes first


def test_nothing_verified_means_that_nothing_is_ones_own():
    assert {said.of for said in numbers.judged("0.5515 and 0.7312", {}, OTHERS)} == {"other", "none"}


@pytest.mark.parametrize("text", ["9" * 20_000, "0." * 10_000, "0.5 " * 5_000, "- " * 10_000 + "1", "row " * 5_000,
                                  "row 1, " * 3_000, "1.5e" * 5_000, "\\%" * 10_000, "about " * 4_000, "٠.٧٩" * 3_000])
def test_no_text_takes_long(text):
    from genuine import within
    with within(2):
        numbers.judged(text, OWN, OTHERS)
        places.spoken_of(text, SHEET)


SHEET = {"rows": 5, "columns": 10, "titles": [str(i % 10) for i in range(50)]}


@pytest.mark.parametrize(("text", "wanted"), [
    ("Row 2, column 5, title 4", [(1, 4, "4", "4")]),
    ("row 2, column 5 (title 7)", [(1, 4, "7", "4")]),
    ("row 2 column 5: title 4 looks like 9", [(1, 4, "4", "4")]),
    ("(row 1, col 3) and row 5 column 10 titled 9", [(0, 2, "", "2"), (4, 9, "9", "9")]),
    ("in the second row, third column, labelled \"2\"", [(1, 2, "2", "2")]),
    ("the 4th row, 1st column", [(3, 0, "", "0")]),
    ("column 4, row 2 (title 3)", [(1, 3, "3", "3")]),
    ("Row: 3, Column: 1", [(2, 0, "", "0")]),
    ("row 9, column 1, title 4", [(8, 0, "4", "")]),        # there is none
    ("row 2, column 5 is slanted; row 2, column 5 is sharp", [(1, 4, "", "4")]),
    ("Row 2, column 5 is slanted. Row 2, column 5, title 7, is sharp.", [(1, 4, "7", "4")]),
    ("two rows of 5 columns", []), ("a row of digits, column by column", []), ("", [])])
def test_places_and_their_titles(text, wanted):
    assert [tuple(place[1:]) for place in places.spoken_of(text, SHEET)] == wanted


def test_without_a_sheet_no_place_is_known():
    assert places.spoken_of("row 2, column 5", {}) == []
