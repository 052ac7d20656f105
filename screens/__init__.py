"""The screens of the wizard."""

import os

# Textual draws at most so many frames a second: at its usual 60 a fault would appear a frame, 17 ms, after the letter.
os.environ.setdefault("TEXTUAL_FPS", "500")
# Nothing slides: over a slow line every frame counts, and who types wants to be there at once.
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
