"""Random frames never crash the service, and never disturb somebody else in the same section."""

import logging

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.coedit import protocol
from documents.coedit.wire import buffer, string, uint
from tests.documents.coedit.conftest import RawOf, TokenOf
from tests.documents.coedit.raw import RawClient, typing
from tests.documents.coedit.test_updates import SOUND
from tests.support.cast import Cast

EXAMPLES = 60

bodies = st.one_of(
    st.binary(max_size=60),
    st.builds(lambda kind, rest: uint(kind) + rest, st.integers(0, 12), st.binary(max_size=40)),
    st.builds(lambda step, rest: b"\x00" + uint(step) + buffer(rest), st.integers(0, 3), st.binary(max_size=60)),
    st.builds(lambda rest: b"\x01" + buffer(rest), st.binary(max_size=60)),
    st.builds(lambda words: b"\x05" + string(words), st.text(max_size=20)),
    st.builds(
        lambda at, value: protocol.update(SOUND[:at] + bytes([value]) + SOUND[at + 1 :]),
        st.integers(0, len(SOUND) - 1),
        st.integers(0, 255),
    ),
)


@pytest.fixture
def bystander(cast: Cast, raw: RawOf, token_of: TokenOf) -> RawClient:
    client = raw()
    client.join(cast.findings.pk, token_of(cast.ned))
    return client


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.lists(st.tuples(st.booleans(), bodies), min_size=1, max_size=6))
def test_whatever_one_client_says_the_other_goes_on(
    cast: Cast,
    raw: RawOf,
    token_of: TokenOf,
    bystander: RawClient,
    caplog: pytest.LogCaptureFixture,
    frames: list[tuple[bool, bytes]],
) -> None:
    caplog.clear()
    troublemaker = raw()
    troublemaker.join(cast.findings.pk, token_of(cast.bella))

    for is_named, body in frames:
        troublemaker.say_if_open(string(f"section:{cast.findings.pk}") + body if is_named else body)
    troublemaker.close()

    bystander.say(cast.findings.pk, protocol.update(typing("undisturbed ")[0]))
    assert bystander.expect("status") == 1
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []


@settings(deadline=None, max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(frames=st.lists(bodies, min_size=1, max_size=6))
def test_whatever_somebody_says_who_is_not_signed_on_the_others_go_on(
    cast: Cast, raw: RawOf, bystander: RawClient, caplog: pytest.LogCaptureFixture, frames: list[bytes]
) -> None:
    caplog.clear()
    troublemaker = raw()

    for body in frames:
        troublemaker.say_if_open(string(f"section:{cast.findings.pk}") + body)
    troublemaker.close()

    bystander.say(cast.findings.pk, protocol.update(typing("undisturbed ")[0]))
    assert bystander.expect("status") == 1
    assert [record.message for record in caplog.records if record.levelno >= logging.ERROR] == []
