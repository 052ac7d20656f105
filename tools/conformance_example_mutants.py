"""What a partner may get wrong in an example that was generated, as changes of its files: each must make a test or a rule speak.

The names are those of the answers in ``conformance_examples.py``, and of the tests in tests/packages.
"""

from __future__ import annotations

from tools.package_runs import Mutant, replaced

_STATSD, _REST = ("dogstatsd",), ("rest-api",)
_SHELL, _PYTHON = "examples/dogstatsd/send.sh", "examples/dogstatsd/send.py"
_SUBMIT, _CONNECT = "examples/rest_api/submit.py", "examples/rest_api/connect.py"
_METADATA, _CHECKS, _CLIENT = "metadata.csv", "assets/service_checks.json", "assets/oauth_clients.json"

# fmt: off
IN_SHELL = (
    Mutant("another name in the shell", _SHELL, replaced("acme.depth:", "acme.deep:"), _STATSD),
    Mutant("another type in the shell", _SHELL, replaced("acme.depth:1|g", "acme.depth:1|c"), _STATSD),
    Mutant("a histogram as a gauge in the shell", _SHELL, replaced("acme.wait:3|h", "acme.wait:3|g"), _STATSD),
    Mutant("another service check in the shell", _SHELL, replaced("_sc|acme.up|", "_sc|acme.down|"), _STATSD),
    Mutant("a wrong length of the event", _SHELL, replaced("_e{26,", "_e{25,"), _STATSD),
    Mutant("another port in the shell", _SHELL, replaced("$port", "1"), _STATSD),
)
IN_PYTHON = (
    Mutant("another name in Python", _PYTHON, replaced("'acme.depth'", "'acme.deep'"), _STATSD),
    Mutant("another type in Python", _PYTHON, replaced("'acme.depth', 'g'", "'acme.depth', 'c'"), _STATSD),
    Mutant("metric dropped in Python", _PYTHON, replaced("    ('acme.errors', 'c', 1),\n", ""), _STATSD),
    Mutant("service check dropped in Python", _PYTHON, replaced("    'acme.up',\n", ""), _STATSD),
    Mutant("event dropped in Python", _PYTHON, replaced("client.event(", "str("), _STATSD),
    Mutant("another port in Python", _PYTHON, replaced("port=port", "port=1"), _STATSD),
    Mutant("tags dropped in Python", _PYTHON, replaced(', tags=["env:example"])', ")"), _STATSD),
)
SUBMITTING = (
    Mutant("another type in the payload", _SUBMIT, replaced("'acme.depth', 'type': 3", "'acme.depth', 'type': 1"), _REST),
    Mutant("another name in the payload", _SUBMIT, replaced("'acme.depth'", "'acme.deep'"), _REST),
    Mutant("another unit in the payload", _SUBMIT, replaced("'unit': 'request'", "'unit': 'byte'"), _REST),
    Mutant("another endpoint", _SUBMIT, replaced("/api/v2/series", "/api/v1/series"), _REST),
    Mutant("another header for the key", _SUBMIT, replaced("'DD-API-KEY'", "'API-KEY'"), _REST),
    Mutant("one site for all", _SUBMIT, replaced("{site}'\n        self.intake", "datadoghq.com'\n        self.intake"), _REST),
    Mutant("payloads above the limit", _SUBMIT, replaced("PACKED_MAX, PLAIN_MAX = 500_000", "PACKED_MAX, PLAIN_MAX = 5_000_000_000"), _REST),
    Mutant("logs above the limit", _SUBMIT, replaced("LOGS_MAX = 1_000", "LOGS_MAX = 2_000"), _REST),
    Mutant("429 given up", _SUBMIT, replaced("error.code != 429 and ", ""), _REST),
    Mutant("tried again at once", _SUBMIT, replaced("2**tried", "1"), _REST),
    Mutant("event above the limit", _SUBMIT, replaced("text[:4000]", "text"), _REST),
    Mutant("another service check", _SUBMIT, replaced("'acme.up'", "'acme.down'"), _REST),
)
IN_METADATA = (
    Mutant("wrong type in metadata", _METADATA, replaced("acme.depth,gauge", "acme.depth,count"), (*_STATSD, *_REST)),
    Mutant("wrong type in metadata, the other way", _METADATA, replaced("acme.requests,count", "acme.requests,gauge"), (*_STATSD, *_REST)),
    Mutant("another name in metadata", _METADATA, replaced("acme.requests,", "acme.request,"), (*_STATSD, *_REST)),
    Mutant("service check of another name", _CHECKS, replaced("acme.up", "acme.down"), (*_STATSD, *_REST)),
)
UNIT = (Mutant("wrong unit in metadata", _METADATA, replaced("acme.requests,count,,request", "acme.requests,count,,byte"), _REST),)
ON_LISTS = (
    Mutant("unit that there is not", _METADATA, replaced("acme.requests,count,,request", "acme.requests,count,,requests"), (*_STATSD, *_REST)),
    Mutant("unit against the name", _METADATA, replaced("acme.pause_seconds,gauge,,second", "acme.pause_seconds,gauge,,byte"), (*_STATSD, *_REST)),
    Mutant("service check dropped from its file", _CHECKS, lambda _: "[]\n", (*_STATSD, *_REST)),
)
"""What may be for a rule alone to notice."""
CONNECTING = (
    Mutant("another address to come back to", _CONNECT, replaced("https://acme.example/dd/back'", "https://acme.example/dd/elsewhere'"), _REST),
    Mutant("another address to begin at", _CONNECT, replaced("https://acme.example/dd/start", "https://acme.example/dd/elsewhere"), _REST),
    Mutant("plain challenge", _CONNECT, replaced("'S256'", "'plain'"), _REST),
    Mutant("padded challenge", _CONNECT, replaced(".rstrip('=')", ""), _REST),
    Mutant("another verifier", _CONNECT, replaced("code_verifier=verifier", "code_verifier='x'"), _REST),
    Mutant("no secret", _CONNECT, replaced("'client_secret': self.client_secret, ", ""), _REST),
    Mutant("another address of tokens", _CONNECT, replaced("/oauth2/v1/token", "/oauth2/v1/tokens"), _REST),
    Mutant("another address of keys", _CONNECT, replaced("/api_keys/marketplace", "/api_keys"), _REST),
    Mutant("no bearer", _CONNECT, replaced("'Bearer {access_token}'", "'{access_token}'"), _REST),
    Mutant("any domain", _CONNECT, replaced("if domain not in DOMAINS", "if not domain"), _REST),
    Mutant("any end of a host", _CONNECT, replaced("host.endswith(f'.{each}')", "host.endswith(each)"), _REST),
    Mutant("any scheme", _CONNECT, replaced("parts.scheme != 'https' or ", ""), _REST),
    Mutant("a session used twice", _CONNECT, replaced(".pop(cookie.value, None)", ".get(cookie.value)"), _REST),
    Mutant("refresh token lost", _CONNECT, replaced("{'refresh_token': refresh_token} | ", ""), _REST),
    Mutant("refreshed as a code", _CONNECT, replaced("'refresh_token', refresh_token=", "'authorization_code', refresh_token="), _REST),
    Mutant("another address in the client's file", _CLIENT, replaced("/dd/back", "/dd/other"), _REST),
    Mutant("incident without bearer", _SUBMIT, replaced("'Bearer {self.user}'", "'{self.user}'"), _REST),
    Mutant("another type of incident", _SUBMIT, replaced("'type': 'incidents'", "'type': 'incident'"), _REST),
    Mutant("incident without its scope", _SUBMIT, replaced("['customer_impact_scope']", "['scope']"), _REST),
)
MUTANTS = (*IN_SHELL, *IN_PYTHON, *SUBMITTING, *CONNECTING, *IN_METADATA, *UNIT, *ON_LISTS)
# fmt: on
