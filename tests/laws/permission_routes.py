"""The whole matrix: one list a room."""

from tests.laws.permission_accounts import ACCOUNTS
from tests.laws.permission_matrix import DOCUMENTS, PORTAL
from tests.laws.permission_notices import NOTICES
from tests.laws.permission_partnerships import PARTNERSHIPS
from tests.laws.permission_reviews import REVIEWS
from tests.laws.permission_rounds import ROUNDS
from tests.laws.permission_signing import SIGNING
from tests.laws.permission_threads import THREADS
from tests.laws.permission_versions import VERSIONS

ROUTES = [*PORTAL, *ACCOUNTS, *NOTICES, *PARTNERSHIPS, *REVIEWS, *DOCUMENTS, *THREADS, *ROUNDS, *SIGNING, *VERSIONS]
