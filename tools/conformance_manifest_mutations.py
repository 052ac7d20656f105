"""Mutants of the manifest and of metadata.csv: tiles with one thing wrong that Datadog's validators refuse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.rules.clean_tile import METADATA, README, manifest
from tilewizard.field.vocabulary import Target

from .conformance_mutations import CHECKS, DEEP, GONE, HUGE, MANIFEST, Changes, Mutant, with_manifest


def mutants(target: Target) -> Iterator[Mutant]:
    """The mutants of the manifest and of metadata.csv."""
    yield from _metadata(target)
    yield from _manifest(target)
    yield from _published(target)


def _metadata(target: Target) -> Iterator[Mutant]:
    head, *rows = METADATA.splitlines()
    columns = head.split(",")

    def whole(name: str, text: str | bytes) -> Mutant:
        return Mutant(f"metadata.csv {name}", "metadata", {"metadata.csv": text})

    def cell(column: str, value: str, shown: str = "") -> Mutant:
        values = rows[0].split(",")
        values[columns.index(column)] = f'"{value}"' if "," in value or "\n" in value else value
        text = "\n".join([head, ",".join(values), *rows[1:]]) + "\n"
        return whole(f"has {column} {shown or ascii(value)}", text)

    yield whole("is empty", "")
    yield whole("starts with a blank line", f"\n{METADATA}")
    yield whole("has a row that is too short", f"{METADATA}acme_widget.more,count\n")
    yield whole("has a row that is too long", METADATA + rows[0].replace("requests", "more") + ",x\n")
    yield whole("has a metric twice", METADATA + rows[0] + "\n")
    yield whole("is not UTF-8", METADATA.encode() + b"\xe9\n")
    yield whole("has a byte order mark", b"\xef\xbb\xbf" + METADATA.encode())
    yield whole("has semicolons", METADATA.replace(",", ";"))
    yield whole("has a column more", "\n".join([f"{head},colour", *(f"{row}," for row in rows)]) + "\n")
    yield whole("has a column in upper case", METADATA.replace("metric_name", "Metric_Name", 1))
    yield whole("has a column with a blank", METADATA.replace(",metric_type", ", metric_type", 1))
    yield whole("has no header", "\n".join(rows) + "\n")
    for index, column in enumerate(columns):
        lines = [line.split(",") for line in (head, *rows)]
        kept = [",".join(cells[:index] + cells[index + 1 :]) for cells in lines]
        yield whole(f"has no column {column}", "\n".join(kept) + "\n")
    yield whole(
        "has a cell of 200,000 characters", METADATA + rows[0].replace("requests,", "x" * 200_000 + ",", 1) + "\n"
    )
    for column in ("metric_name", "metric_type", "orientation", "integration"):
        yield cell(column, "", "empty")
        yield cell(column, " ", "blank")
    for name in ("open-requests", "open requests", "a_.b", "a._b", "end_", "\u00e9t\u00e9", "a/b", "a\u200bb"):
        yield cell("metric_name", f"acme_widget.{name}")
    for name in ("_acme_widget.a", "1acme_widget.a", ".acme_widget.a", "other.a", "acme_widge.a", "Acme_widget.a"):
        yield cell("metric_name", name)
    for name in ("1acme.a", ".acme.a", "_acme.a"):
        made = {MANIFEST: with_manifest(target, ("/assets/integration/metrics/prefix", name[:-1]),
                                        ("/assets/integration/metrics/check", name)),
                "metadata.csv": METADATA.replace("acme_widget.requests", name).replace("acme_widget.", name[:-1])}  # fmt: skip
        yield Mutant(f"metadata.csv has a prefix and metrics such as {name}", "metadata", made)
    for kind in ("counter", "Gauge", "gauge ", "histogram", "monotonic_count"):
        yield cell("metric_type", kind)
    for column in ("unit_name", "per_unit_name"):
        for unit in ("requests", "Request", "ms", " ", "request ", "per cent"):
            yield cell(column, unit)
    for unit, per in (("millisecond", "second"), ("second", "second"), ("day", "week")):
        text = METADATA.replace("gauge,,millisecond,,", f"gauge,,{unit},{per},")
        yield whole(f"has {unit} per {per}", text)
    for value in ("up", "2", "+1", "0.0", "-2", "1 "):
        yield cell("orientation", value)
    for value in ("Acme Widget", "acme-widget", "acme_widget ", "Acme_Widget", "other"):
        yield cell("integration", value)
    for value in ("Requests | errors", "Requ\u00eates", "x" * 401, "Requests \U0001f600", "caf\u00e9"):
        yield cell("description", value, ascii(value)[:20])
    yield cell("short_name", "requ\u00eates")
    for value in ("10s", "-1", "1.5", " 10", "ten"):
        yield cell("interval", value)
    for value in ("disk", "cpu|cpu", "cpu|", "CPU", "cpu,memory", "|"):
        yield cell("curated_metric", value)
    yield from _metadata_manifest(target, head)


def _metadata_manifest(target: Target, head: str) -> Iterator[Mutant]:
    at = "/assets/integration/metrics"

    def changed(
        name: str, *changes: tuple[str, Any], validator: str = "metadata", text: str | None = METADATA
    ) -> Mutant:
        if text is not None and text.count("\n") == 1 and len(changes) == 1 and changes[0][0].startswith(f"{at}/"):
            # Without rows a check is wrong already.
            changes = ((f"{at}/check", GONE), *changes)
        return Mutant(name, validator, {MANIFEST: with_manifest(target, *changes), "metadata.csv": text, CHECKS: "[]"})

    for text, name in ((METADATA, ""), (f"{head}\n", ", no rows")):
        yield changed(f"metrics.prefix is missing{name}", (f"{at}/prefix", GONE), text=text)
        yield changed(f"metrics.prefix is empty{name}", (f"{at}/prefix", ""), text=text)
        yield changed(f"metrics is missing{name}", (at, GONE), text=text)
        yield changed(f"integration is missing{name}", ("/assets/integration", GONE), text=text)
        for value in (None, 5, ["acme_widget."], {}):
            if text == METADATA or not value:
                yield changed(f"metrics.prefix is {value!r}{name}", (f"{at}/prefix", value), text=text)
        yield changed(
            f"metrics.metadata_path is missing{name}", (f"{at}/metadata_path", GONE), validator="manifest", text=text
        )
        for value in (None, "", "assets"):
            yield changed(f"metrics.metadata_path is {value!r}{name}", (f"{at}/metadata_path", value), text=text)
        yield changed(
            f"metrics.check of nothing{name}", (f"{at}/check", "acme_widget.nothing"), validator="manifest", text=text
        )
    yield changed("metrics.prefix of another", (f"{at}/prefix", "acme."))
    yield changed("source_type_name of another", ("/assets/integration/source_type_name", "Acme Gadget"))
    kelvin = METADATA.replace(",acme_widget,", ",kelvin_widget,")
    yield changed("source_type_name with a letter that lower case makes ASCII",
                  ("/assets/integration/source_type_name", "\u212aelvin Widget"), text=kelvin)  # fmt: skip
    for value in (GONE, None, "", [], "acme_widget.request", ["acme_widget.requests", "acme_widget.nothing"], 5, " ", "None",
                  ["acme_widget.requests", None], "Acme_widget.requests"):  # fmt: skip
        shown = "missing" if value is GONE else repr(value)
        yield changed(f"metrics.check is {shown}", (f"{at}/check", value), validator="manifest")
    yield changed("metadata.csv is not there", validator="manifest", text=None)
    yield changed("metrics is null", (at, None), validator="manifest")
    yield changed("metrics is a list", (at, []), validator="manifest")
    yield changed("integration is null", ("/assets/integration", None), validator="manifest")
    yield changed("metrics.metadata_path names another file that is there", (f"{at}/metadata_path", "README.md"))
    yield changed(
        "assets.metrics_metadata of the old form", ("/assets/metrics_metadata", "metrics.csv"), validator="manifest"
    )


def _manifest(target: Target) -> Iterator[Mutant]:
    def changed(name: str, *changes: tuple[str, Any], more: Changes | None = None) -> Mutant:
        return Mutant(name, "manifest", {MANIFEST: with_manifest(target, *changes), **(more or {})})

    yield Mutant("no manifest.json", "manifest", {MANIFEST: None})
    for name, text in {
        "empty": "", "no JSON": "{", "a list": "[]", "null": "null", "a text": '"x"', "nested too deeply": DEEP,
        "not UTF-8": b'{"a": "\xe9"}', "with a byte order mark": b"\xef\xbb\xbf" + with_manifest(target).encode(),
        "with a huge number": with_manifest(target)[:-2] + f', "n": {HUGE}}}', "an empty object": "{}",
        "with a comment": "// mine\n" + with_manifest(target), "twice": with_manifest(target) * 2,
    }.items():  # fmt: skip
        yield Mutant(f"manifest.json is {name}", "manifest", {MANIFEST: text})
    for value in (GONE, None, "3.0.0", 2, "2.0", "", "2.0.0 "):
        shown = "missing" if value is GONE else repr(value)
        made = changed(f"manifest_version is {shown}", ("/manifest_version", value))
        yield Mutant(made.name, "eula", made.changes)
    for value in (GONE, None, "true", 1, 0, []):
        shown = "missing" if value is GONE else repr(value)
        yield changed(f"display_on_public_website is {shown}", ("/display_on_public_website", value))
    limit = 70 if target == Target.MARKETPLACE else 80
    for name, value in {"missing": GONE, "null": None, "a number": 5, "too long": "x" * (limit + 1),
                        "too long by a blank": " " + "x" * limit, "too long in letters": "\u00e9" * (limit + 1)}.items():  # fmt: skip
        yield changed(f"tile.description is {name}", ("/tile/description", value))
    for name, value in {"missing": GONE, "null": None, "a list": [], "a text": "x"}.items():
        yield changed(f"tile is {name}", ("/tile", value))
        if name != "missing":
            yield changed(f"assets is {name}", ("/assets", value))
    yield from _media(changed)
    for value in (
        "nope.md",
        "changelog.md",
        "./CHANGELOG.md",
        "/CHANGELOG.md",
        "assets/service_checks.json",
        ["CHANGELOG.md"],
        5,
    ):
        yield changed(f"tile.changelog is {value!r}", ("/tile/changelog", value))
    yield changed("CHANGELOG.md is not there", more={"CHANGELOG.md": None})
    tags = [tag for tag in manifest(target)["tile"]["classifier_tags"] if tag != "Category::Log Collection"]
    yield changed("logs are told of and the category is missing", ("/tile/classifier_tags", tags))
    yield changed(
        "logs are told of and the category is in lower case",
        ("/tile/classifier_tags", [*tags, "Category::Log collection"]),
    )
    quiet = README.replace("### Log collection", "### Traces")
    yield Mutant("the category is there and no logs are told of", "manifest", {"README.md": quiet})
    elsewhere = {"README.md": quiet, "datadog_checks/other/data/conf.yaml.example": "# logs:\n"}
    yield Mutant("logs are told of in the example of another check", "manifest", elsewhere)
    if target == Target.MARKETPLACE:
        plans = manifest(target)["pricing"]
        unmetered = [{key: each for key, each in plans[0].items() if key != "metric"}]
        yield changed("metrics.check is what a plan without a metric looks like",
                      ("/pricing", unmetered), ("/assets/integration/metrics/check", "None"))  # fmt: skip
        for name, value in {"a list of texts": ["x"], "a text": "x", "an object": {"a": 1}, "a number": 5}.items():
            yield changed(f"pricing is {name}", ("/pricing", value))


def _media(changed: Callable[..., Mutant]) -> Iterator[Mutant]:
    good = {"media_type": "image", "caption": "A view", "image_url": "images/acme_widget_overview.png"}
    video = {**good, "media_type": "video", "vimeo_id": 123456789}
    for name, entry in {
        "no media_type": {key: each for key, each in good.items() if key != "media_type"},
        "no caption": {key: each for key, each in good.items() if key != "caption"},
        "no image_url": {key: each for key, each in good.items() if key != "image_url"},
        "media_type gif": {**good, "media_type": "gif"}, "media_type Image": {**good, "media_type": "Image"},
        "media_type null": {**good, "media_type": None}, "media_type listed": {**good, "media_type": ["image"]},
        "caption null": {**good, "caption": None}, "caption 5": {**good, "caption": 5},
        "caption too long": {**good, "caption": "x" * 301}, "image_url null": {**good, "image_url": None},
        "image_url listed": {**good, "image_url": ["images/a.png"]}, "image_url empty": {**good, "image_url": ""},
        "a picture that is not there": {**good, "image_url": "images/nope.png"},
        "a picture in another case": {**good, "image_url": "images/Acme_Widget_Overview.png"},
        "a picture with a slash": {**good, "image_url": "images/acme_widget_overview.png/"},
        "a picture elsewhere": {**good, "image_url": "https://acme.example/a.png"},
        "a picture with a query": {**good, "image_url": "images/acme_widget_overview.png?raw=1"},
        "a text in place of a picture": {**good, "image_url": "README.md"},
        "a logo": {**good, "image_url": "assets/logos/acme_widget_logo.svg"},
        "a video without vimeo_id": {**good, "media_type": "video"}, "vimeo_id a text": {**video, "vimeo_id": "1"},
        "vimeo_id null": {**video, "vimeo_id": None}, "vimeo_id true": {**video, "vimeo_id": True},
        "vimeo_id 1.5": {**video, "vimeo_id": 1.5}, "no object": "x", "null": None, "a list": [good],
        "a video without a picture": {key: each for key, each in video.items() if key != "image_url"},
    }.items():  # fmt: skip
        yield changed(f"media: {name}", ("/tile/media", [entry]))
    yield changed("media: nine", ("/tile/media", [good] * 9))
    yield changed("media: two videos", ("/tile/media", [video, video]))
    for name, value in {"an object": {"a": 1}, "a text": "x", "a number": 5, "true": True}.items():
        yield changed(f"media is {name}", ("/tile/media", value))
    heavy = {"images/acme_widget_overview.png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000_001)}
    yield changed("media: a picture that is too heavy", more=heavy)


def _published(target: Target) -> Iterator[Mutant]:
    def published(name: str, *changes: tuple[str, Any]) -> Mutant:
        before = with_manifest(target, ("/assets/integration/id", "acme-widget"))
        after = with_manifest(target, ("/assets/integration/id", "acme-widget"), *changes)
        return Mutant(f"published: {name}", "manifest", {MANIFEST: after}, published=before)

    yield published("another app_id", ("/app_id", "acme-corp-another"))
    yield published("another app_uuid", ("/app_uuid", "6f0b1a9c-3d0e-4b7a-9c58-6d1f0a2b3c4d"))
    yield published("another source_type_name", ("/assets/integration/source_type_name", "Acme"))
    yield published("another integration id", ("/assets/integration/id", "acme"))
    yield published("no integration id", ("/assets/integration/id", GONE))
    for kind in ("dashboards", "monitors", "saved_views"):
        listed = manifest(target)["assets"][kind]
        yield published(f"a short name of {kind} gone", (f"/assets/{kind}", {}))
        yield published(f"a short name of {kind} changed", (f"/assets/{kind}", {"new": next(iter(listed.values()))}))
        yield published(f"no {kind}", (f"/assets/{kind}", GONE))
    plain = with_manifest(target)
    added = with_manifest(target, ("/assets/integration/id", "acme-widget"))
    yield Mutant("published: an integration id added", "manifest", {MANIFEST: added}, published=plain)
