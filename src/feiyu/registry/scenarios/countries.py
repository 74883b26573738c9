"""Names of countries and regions by their two letters, as Chinese official papers write them."""

from collections.abc import Mapping
from functools import cache

from feiyu.base.text import Text
from feiyu.rules.load import packaged, read_one


@cache
def country_names() -> Mapping[str, Text]:
    """All names that are known."""
    return {
        code: node.bilingual()
        for code, node in read_one(packaged(), "documents/countries.yaml").mapping().items()
    }


def country(code: str) -> Text:
    """A country's name; its letters where no name is known."""
    return country_names().get(code, Text(code, code))
