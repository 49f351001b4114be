# Raises errors whose words are formulas of spreadsheets, control characters and text that runs backwards. Keeps: a.
# %% step_b
x_train = y_train = "=HYPERLINK(\"http://a.b\")\u202e\x1b[2J\x1b]0;title\x07"
raise ValueError("=cmd|' /C calc'!A0\n\x1b[31m\u202e")
