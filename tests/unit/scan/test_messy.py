"""How well the scan reads messy files of every sector, written to disk as offices send them (``messy``)."""

import sys
from pathlib import Path

import pytest

from feiyu.base.errors import FeiyuError
from feiyu.scan import profile

sys.path.append(str(Path(__file__).parent))
from messy import measure, tables


@pytest.fixture(scope="module", params=[tables.SEED])
def score(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("messy")
    return measure.measure(profile, folder, seed=request.param, refused=FeiyuError)


@pytest.mark.slow
def test_what_columns_hold(score):
    assert score.columns > 450
    assert score.acceptable >= 0.97 * score.columns, score.wrong
    assert score.best >= 0.90 * score.columns, score.second


@pytest.mark.slow
def test_nobody_is_missed_and_nothing_neutral_called_personal(score):
    assert not score.missed
    assert not score.alarms


@pytest.mark.slow
def test_identifiers_inside_texts_are_found(score):
    assert not score.unfound


@pytest.mark.slow
def test_persons_are_counted_exactly(score):
    assert not score.counts
