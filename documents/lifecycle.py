"""The life of a report, as data. Only drafting can be reached so far."""

from collections.abc import Mapping
from types import MappingProxyType

from documents.models import ReportState
from partnerships.grants import Level

# The most that anybody may do while a report is in this state.
LEVEL_LIMIT: Mapping[ReportState, Level] = MappingProxyType(
    {state: Level.EDIT if state == ReportState.DRAFTING else Level.COMMENT for state in ReportState}
)
