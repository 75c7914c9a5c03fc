"""The whole matrix: one list a room."""

from tests.laws.permission_matrix import DOCUMENTS, PORTAL

ROUTES = [*PORTAL, *DOCUMENTS]
