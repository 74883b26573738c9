"""TLS for the data plane: one layer, version 1.3, moved into the kernel where that is offered.

Rules this module keeps:
 * the server shows a certificate from files that the operator names; the client verifies it against the system's trust
   store (``SSL_CERT_FILE`` names another), never "anything goes";
 * content is sealed already: TLS hides who moves what when, and the tokens; it is not what protects the data.

Kernel TLS needs Python 3.12, an OpenSSL built with it and the kernel's ``tls`` module; without any of them nothing changes.
"""

import ssl
from pathlib import Path

from feiyu.base.said import said
from feiyu.wire.errors import BadCertificate

_KERNEL = int(getattr(ssl, "OP_ENABLE_KTLS", 0))


def server_context(certificate: Path, key: Path | None = None) -> ssl.SSLContext:
    """The server's side: ``certificate`` holds the chain (and the key, when ``key`` is not given), as PEM."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.options |= _KERNEL
    try:
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as bad:
        raise BadCertificate(path=certificate, reason=said(bad)) from None
    return context


def client_context(trusted: Path | None = None) -> ssl.SSLContext:
    """The client's side; ``trusted`` names certificates to trust instead of the system's."""
    context = ssl.create_default_context(cafile=trusted)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.options |= _KERNEL
    return context
