"""What was removed from the screens is let go of, so that a session of hours holds no more than one of a minute.

Textual 8.2 keeps hold of removed widgets, and of what they drew, for as long as what they were on lives:

- the subscriptions of a signal are closures over their widgets, dropped when it is published, if it is;
- who watches a reactive of another node is forgotten when that is set, if it is (the keys of a footer watch it, editors the app's theme);
- ``query_one`` remembers its answers, up to 1,024 at each node, under the number of changes that the node had seen;
- ``StylesCache.get_inner_outer`` is one cache for all, with the widgets' own caches in its keys (Textual, issue 6665).

None of these has a public way to be emptied. A test makes widgets come and go, and fails when one of them stays.
"""

from __future__ import annotations

from typing import Any

from textual._styles_cache import StylesCache
from textual.app import App
from textual.dom import DOMNode
from textual.signal import Signal


def let_go(app: App[Any]) -> None:
    """Forget what was removed from the app and from the screens that are open."""
    for node in (app, *(each for screen in app.screen_stack for each in screen.walk_children(DOMNode, with_self=True))):
        node._query_one_cache.clear()
        for watchers in getattr(node, "__watchers", {}).values():
            watchers[:] = [(watching, callback) for watching, callback in watchers if _lives(watching)]
        for signal in vars(node).values():
            if isinstance(signal, Signal):
                for subscribed in [each for each in signal._subscriptions if not _lives(each)]:
                    signal.unsubscribe(subscribed)
    StylesCache.get_inner_outer.cache_clear()


def _lives(node: Any) -> bool:
    return bool(node.is_running and (node.is_attached or isinstance(node, App)))
