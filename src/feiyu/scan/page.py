"""A profile as one page to hand on: no script, nothing loaded from elsewhere, both languages, light and dark, made to be printed too.

Rules this module keeps:
 * only what a profile holds is shown: masked samples, counts, reasons;
 * everything that came from data is escaped; the page's policy forbids scripts and any outside address.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from feiyu.base.text import Lang, Text, size_of
from feiyu.scan.catalogue import by_id
from feiyu.scan.model import Level, Profile, State, worst

if TYPE_CHECKING:
    import jinja2

GENERIC = {
    "text": Text("文本", "text"), "number": Text("数值", "number"), "date": Text("日期", "date"), "datetime": Text("时间", "date and time"),
    "boolean": Text("是否", "yes or no"), "category": Text("类别", "category"), "empty": Text("空", "empty"), "unknown": Text("未知", "unknown"),
}  # fmt: skip
LEVELS = {
    Level.GENERAL: Text("一般", "general"), Level.IMPORTANT: Text("重要", "important"), Level.CORE: Text("核心", "core"),
}  # fmt: skip
MAX_FIELDS = 2_000
"""More fields of a table are left out, and it is said."""


def page(found: Profile, *, at: datetime, lang: Lang = Lang.ZH, own: Mapping[str, Text] | None = None) -> str:
    """The page. ``lang`` is the language it opens in; ``own`` are the names of a user's own types."""
    names = {**(own or {})}

    def named(type_id: str) -> Text:
        if type_id.startswith("pseudonym:"):
            inner = named(type_id.removeprefix("pseudonym:"))
            return Text(f"{inner.zh}（假名）", f"{inner.en} (pseudonym)")
        if type_id in names:
            return names[type_id]
        if type_id in by_id():
            return by_id()[type_id].names
        return GENERIC.get(type_id, Text(type_id, type_id))

    return _template().render(
        found=found,
        at=at,
        lang=lang.value,
        named=named,
        levels=LEVELS,
        level=worst([one.level for one in found.fields]),
        unread=State.UNREAD,
        shown=MAX_FIELDS,
        size=size_of,
        personal=sum(one.personal for one in found.fields),
        sensitive=sum(one.sensitive for one in found.fields),
        rows=sum(one.rows for one in found.tables),
    )


@cache
def _template() -> "jinja2.Template":
    import jinja2

    text = files("feiyu.scan").joinpath("templates/profile.html.j2").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
