"""``tilewizard`` for shells and editors that start a program: its standard files go to a command that is forked (:mod:`tests.starting`).

Run as ``python -IS launcher.py SOCKET WORDS...``, so that it starts fast; it ends as the command does, and the command with it.
"""

import json
import os
import socket
import sys

asked = socket.socket(socket.AF_UNIX)
asked.connect(sys.argv[1])
order = {"words": sys.argv[2:], "cwd": os.getcwd(), "environment": dict(os.environ), "limits": {}}
socket.send_fds(asked, [json.dumps(order).encode() + b"\n"], [0, 1, 2])
for standard in (0, 1, 2):
    os.close(standard)
os._exit(int(asked.recv(64) or b"1") & 0xFF)
