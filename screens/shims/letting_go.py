"""What was removed from the screens is let go of, so that a session of hours holds no more than one of a minute.

Textual 8.2 keeps hold of removed widgets, and of what they drew, for as long as what they were on lives:

- the subscriptions of a signal are closures over their widgets, dropped when it is published, if it is;
- who watches a reactive of another node is forgotten when that is set, if it is (the keys of a footer watch it, editors the app's theme);
- ``query_one`` remembers its answers, up to 1,024 at each node, under the number of changes that the node had seen;
- ``StylesCache.get_inner_outer`` is one cache for all, with the widgets' own caches in its keys (Textual, issue 6665);
- a worker in a thread leaves itself in the thread's own variables, with what it ran for, until that thread works again: one of each thread.

None of the first four has a public way to be emptied. A test makes widgets come and go, and fails when one of them stays.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import Context
from functools import partial
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar
from weakref import WeakSet

from textual._styles_cache import StylesCache
from textual.app import App
from textual.dom import DOMNode
from textual.signal import Signal

if TYPE_CHECKING:
    from collections.abc import Callable


P = ParamSpec("P")
T = TypeVar("T")
_LOOPS: WeakSet[asyncio.AbstractEventLoop] = WeakSet()


class Threads(ThreadPoolExecutor):
    """Threads that keep no variable of the work that they did."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Do work in a thread, with variables of its own."""
        return super().submit(partial(Context().run, fn, *args, **kwargs))


def keep_no_work() -> None:
    """Have the running loop work in such threads."""
    loop = asyncio.get_running_loop()
    if loop not in _LOOPS:
        _LOOPS.add(loop)
        loop.set_default_executor(Threads())


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
