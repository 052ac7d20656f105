"""What click says by itself, in the language that is spoken: usage, headings of the help, errors of options.

click takes its texts from gettext under names of its own modules; these get tilewizard's in their place.
"""

from __future__ import annotations

import sys

from tilewizard.language import ENGLISH, _, form_of, spoken

TEXTS = (
    "(dynamic)",
    "Aborted!",
    "Argument {name!r} takes {nargs} values.",
    "Choose from:\n\t{choices}",
    "Commands",
    "Could not open file {filename!r}: {message}",
    "Error: The two entered values do not match.",
    "Error: invalid input",
    "Error: {message}",
    "Invalid value for {param_hint}: {message}",
    "Invalid value: {message}",
    "Missing argument",
    "Missing command.",
    "Missing option",
    "Missing parameter",
    "Missing parameter: {param_name}",
    "Missing {param_type}",
    "No such command {name!r}.",
    "No such option {name!r}.",
    "Option {name!r} does not take a value.",
    "Options",
    "Positional arguments",
    "Repeat for confirmation",
    "Show this message and exit.",
    "Try '{command} {option}' for help.",
    "Usage:",
    "default: {default}",
    "directory",
    "env var: {var}",
    "file",
    "path",
    "{name} {filename!r} does not exist.",
    "{name} {filename!r} is a directory.",
    "{name} {filename!r} is a file.",
    "{name} {filename!r} is not executable.",
    "{name} {filename!r} is not readable.",
    "{name} {filename!r} is not writable.",
    "{value!r} is not a valid UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
    "{value!r} is not a valid {number_type}.",
    "{value} is not in the range {range}.",
)
"""The texts of click that a user of tilewizard can meet; `tests/surroundings` holds them to be click's."""
TWO_FORMS = (
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Takes {nargs} values but 1 was given.", "Takes {nargs} values but {len} were given."),
    (
        "{len_type} values are required, but {len_value} was given.",
        "{len_type} values are required, but {len_value} were given.",
    ),
    ("{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}."),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""Its texts in two forms."""


def translate_click() -> None:
    """Have click speak the language that is spoken; in English it stays as it is."""
    if spoken() == ENGLISH:
        return
    ours = {"_": _, "ngettext": form_of}
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "click" and module is not None:
            vars(module).update({each: ours[each] for each in ours.keys() & vars(module).keys()})
