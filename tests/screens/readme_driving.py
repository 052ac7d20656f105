"""What the tests of the README step share: a tile, the step's parts, and hands on them."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input
from tilewizard.screens.home import HomeScreen
from tilewizard.screens.readme import ReadmeStep
from tilewizard.screens.readme_editor import MarkdownArea
from tilewizard.screens.readme_insert import AskLines
from tilewizard.screens.readme_list import SectionList

from tests.conftest import ROOT
from tests.screens.driving import Hand

ANSWERS = ROOT / "tests" / "material" / "answers.yaml"
WHOLE = """# Acme Gadget

An introduction.

## Overview

What it is. See the [manual][1].

## Installation

1. Install it.

## Pricing

It costs.

[1]: https://acme.example/manual
"""
SIZES = pytest.mark.parametrize("size", [pytest.param((120, 40), marks=pytest.mark.slow), (80, 24)])


def step(hand: Hand) -> ReadmeStep:
    return hand.wizard.query_one(ReadmeStep)


def area(hand: Hand) -> MarkdownArea:
    section = step(hand).section
    assert section is not None
    return section.area


def readme(hand: Hand) -> dict[str, str]:
    return hand.wizard.session.answers.readme


def listed(hand: Hand) -> list[str]:
    sections = hand.wizard.query_one(SectionList)
    return [str(sections.get_option_at_index(at).prompt) for at in range(sections.option_count)]


async def open_readme(hand: Hand) -> None:
    if isinstance(hand.pilot.app.screen, HomeScreen):
        await hand.press("enter")
        await hand.checked()
    await hand.wizard.go_to("readme")
    await hand.checked()


async def paste(hand: Hand, text: str) -> None:
    hand.pilot.app.post_message(events.Paste(text))
    await hand.pilot.pause()
    await hand.pilot.pause()


async def answer(hand: Hand, *lines: str) -> None:
    """Type into the lines that are asked for, and finish."""
    screen = hand.pilot.app.screen
    assert isinstance(screen, AskLines), screen
    inputs = list(screen.query(Input))
    for box, text in zip(inputs, lines, strict=True):
        box.value = text
    inputs[-1].focus()
    await hand.press("enter")
    await hand.checked()
