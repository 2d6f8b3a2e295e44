"""Calling the service by bare HTTP, where the SDK is too polite."""

import ssl

import httpx

PATIENCE = 60
NOBODY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Whom a connection trusts that is not encrypted: to read whom the world trusts takes as long as twenty requests."""


def http_client(url, bearer="", *, headers=None, **others):
    """Return a client, with a key or token, or nobody's."""
    said = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    return httpx.AsyncClient(base_url=url, headers={**said, **(headers or {})}, timeout=PATIENCE, verify=NOBODY, **others)
