"""The addresses of seats and of signing, and what each of the cast gets there."""

from tests.laws.permission_matrix import ON_REVIEW, Route, lead, of_report, reader, unfinished

SIGNING = [
    reader("report_sign_off"),
    # Nothing is out for signature: everybody who sees the sheet is told so.
    Route("report_sign_off", {422: ON_REVIEW}, arguments=of_report, method="POST", data=unfinished),
    # A draft need not be opened again.
    lead("report_reopen", 302),
    lead("report_reopen", 422, method="POST", data=unfinished),
]
