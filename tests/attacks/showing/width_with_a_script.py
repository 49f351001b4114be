# Gives a picture a width that goes on as another attribute, with a script. Keeps: a b.
# %% step_c
from IPython.display import publish_display_data
import base64
png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
for words in ("1 onload=attack()", "1 onerror=attack() src=x", "1\tonload=attack()//"):
    publish_display_data({"image/png": png}, {"image/png": {"width": words, "height": words, "alt": words}})
