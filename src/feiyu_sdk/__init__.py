"""The client library of Feiyu: what an exporter's software, a service centre's tool or a recipient abroad needs.

It imports of Feiyu only ``base``, ``seal``, ``evidence`` and ``wire``::

    from feiyu_sdk import PortClient, fetch
"""

from feiyu_sdk.edge import EdgeClient
from feiyu_sdk.errors import Refused
from feiyu_sdk.port import PortClient
from feiyu_sdk.recipient import Fetched, fetch

__all__ = ["EdgeClient", "Fetched", "PortClient", "Refused", "fetch"]
