"""What Textual keeps to itself and the screens can't do without, a module each, with the version that it was read in.

No other module of the screens touches a private name of Textual: ``tests/screens/test_textual_shims.py`` reads them all. It
tries each module of this folder too, and fails when Textual is another version than the one that they name, so that whoever
takes a new one reads them again, and takes away what has become public.
"""
