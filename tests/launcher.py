"""``tilewizard`` for shells and editors that start a program: its standard files go to a command that is forked (:mod:`tests.starting`).

Run as ``python -IS launcher.py SOCKET WORDS...``, so that it starts fast; it ends as the command does, and the command with it.
A standard file that is closed here is closed there.
"""

import os


def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


standard = [number for number in (0, 1, 2) if is_open(number)]  # Before a socket takes the number of one that isn't.

import json  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402

asked = socket.socket(socket.AF_UNIX)
asked.connect(sys.argv[1])
order = {"words": sys.argv[2:], "cwd": os.getcwd(), "environment": dict(os.environ), "limits": {}, "standard": standard}
socket.send_fds(asked, [json.dumps(order).encode() + b"\n"], standard)
for number in standard:
    os.close(number)
os._exit(int(asked.recv(64) or b"1") & 0xFF)
