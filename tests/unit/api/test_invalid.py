"""What a request of the wrong shape is told."""

from contextlib import suppress

import pytest
from fastapi.exceptions import RequestValidationError
from pydantic_core import PydanticKnownError

from feiyu.api.invalid import _WRONG, told
from feiyu.base.text import Text


def test_every_kind_is_one_of_pydantics():
    for kind in _WRONG:
        with suppress(TypeError):  # it wants its context
            PydanticKnownError(kind)
    with pytest.raises(KeyError):
        PydanticKnownError("of_tomorrow")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (
            {"type": "missing", "loc": ("body", "name"), "msg": "Field required"},
            Text("body.name：缺少这一项", "body.name: it is missing"),
        ),
        (
            {"type": "greater_than_equal", "loc": ("query", "limit"), "msg": "x", "ctx": {"ge": 1}},
            Text("query.limit：不得小于 1", "query.limit: it must be 1 or more"),
        ),
        (
            {"type": "of_tomorrow", "loc": ("body", 0), "msg": "Odd"},
            Text("body.0：原始信息为“Odd”", "body.0: Odd"),
        ),
    ],
)
def test_each_place_is_named_in_both_languages(error, text):
    assert told(RequestValidationError([error])) == text


def test_no_more_places_are_told_than_a_person_reads():
    errors = [{"type": "missing", "loc": ("body", n), "msg": ""} for n in range(99)]
    assert told(RequestValidationError(errors)).en.count("missing") == 10
