"""Pictures as a terminal can show them: by its own protocol where it has one, else as half blocks.

Nothing of this asks the terminal, whose answer would have to be read from between the keys that somebody presses. What it
can do is known by its environment, how large its cells are by the kernel.

Three protocols are written here: Kitty's, iTerm2's and sixel. ``textual-image`` has two of them, and is not used: it asks the
terminal when it is imported and reads the answer from standard input; it writes past Textual's own writer; and what it puts on
a line can't be cut where something lies above. ``docs/design/screens.md`` says more.
"""
