"""The fixtures of live editing, for its long tests."""

from tests.documents.coedit.conftest import carried, node, node_process, process_server, token_of

__all__ = ["carried", "node", "node_process", "process_server", "token_of"]
