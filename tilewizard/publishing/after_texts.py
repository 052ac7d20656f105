"""What a partner sends once a tile is handed in: to Datadog, and, when it is sold, to the public. English, as it will be read.

What is known of the tile is filled in; what is not stands between ``«`` and ``»``, as in the README's starters.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..readme.starters import GAP
from ..tile.tile import Tile


@dataclass(frozen=True)
class Passage:
    """A text to copy.

    Attributes:
        slug: its name, for programs.
        name: what it is, for people.
        text: as it is copied.
    """

    slug: str
    name: str
    text: str

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is left to fill in, each once, in order."""
        return tuple(dict.fromkeys(GAP.findall(self.text)))


def filled(text: str, tile: Tile) -> str:
    """A text with what the tile says of itself; what it doesn't say stays to be filled in."""
    return text.format(
        title=_said(tile, "/tile/title") or "«product name»",
        company=_said(tile, "/author/name") or "«company name»",
        site=_said(tile, "/author/homepage") or "«https://your address»",
        description=_said(tile, "/tile/description").rstrip(".") or "«what it does, in half a sentence»",
        app_id=_said(tile, "/app_id") or "«integration ID»",
    )


def _said(tile: Tile, pointer: str) -> str:
    """A value of the manifest on one line; empty where it is itself still to be filled in."""
    found = " ".join(tile.text_at(pointer).split())
    return "" if GAP.search(found) else found


REVIEW = """\
Hello, this is {company}. {title} ({app_id}) was handed in on «date», and all checks passed on «date». \
Is there anything that you wait for from us? Whom may we ask about the review?
"""
SEEN = """\
We looked at {title} in our sandbox account on «date»: every tab, the pictures, the dashboards. \
«Nothing is left to change: from our side it can be published.» «Or: what is still to be changed.»
"""
MISSING = """\
To: techpartners@datadoghq.com
Subject: {title} does not appear in Datadog

Hello,

{title} by {company} (integration ID {app_id}) was approved on «date», and we do not find it in Datadog.

Where it was handed in: «address of the pull request, or the listing on the Developer Platform»
Where we looked: «the page, the Datadog site and the account»
What we see there: «nothing, or the message»
When we last looked: «day and hour, with the time zone»

Could you tell us what it waits for?

«your name»
{company}
"""
MEETING = """\
To: «your contact in Datadog's Partner Marketing, or techpartners@datadoghq.com»
Subject: {title} is live on the Datadog Marketplace: joint go-to-market

Hello,

{title} by {company} has been live on the Datadog Marketplace since «date»: {description}.

We would like to meet to plan the launch with you. What we have in mind:

- a press release on «date», with a quote from Datadog
- a post on the Datadog blog about «the customer's problem»
- a webinar on «date» for «audience», with a speaker from Datadog
- posts on «networks» on the day, which Datadog might share

Would «two dates, with the time zone» suit you?

«your name»
{company}
"""
QUOTE = """\
FOR RELEASE ON «date»

{company} brings {title} to the Datadog Marketplace

«City», «date». {company} today announced that {title} is available on the Datadog Marketplace: {description}. \
«Who gains by it, and what they could not do before.»

"«What it means for your customers, in two sentences.»" said «name», «position» at {company}.

"«Quote from Datadog: ask Partner Marketing for it, and print it as they give it.»" said «name», «position» at Datadog.

About {company}
«Three sentences about the company.» {site}

Press contact: «name, mail address»
"""
BLOG = """\
Proposed post for the Datadog blog

Working title: «the reader's problem, solved with» {title} and Datadog
Reader: «who has this problem»

1. The problem: «what goes wrong without it, with a number that you can prove»
2. What {title} is: {description}
3. A walk through one real case: «what the reader opens in Datadog, what is seen there, what is done about it»
4. How to start: find {title} on the Datadog Marketplace

Pictures: «dashboards with sample data, no customer's»
Customer who may be named: «name, and who agreed to it»
Author and who checks the facts at {company}: «names»
"""
WEBINAR = """\
«Title: what one can do after it»

With {company} and Datadog · «date, hour, time zone» · «minutes»

«The problem, in two sentences.» In this session you will see {title} at work in Datadog, on «the case that is shown».

Speakers: «name», «position» at {company}; «name», «position» at Datadog

Register: «address»
"""
SOCIAL = """\
{title} is now on the Datadog Marketplace: {description}. «What readers gain, in one sentence.» «Address of the listing» «@Datadog's name there»
"""
