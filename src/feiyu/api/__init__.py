"""Mount the rooms' routes, turn refusals into RFC 9457 bodies, send live events, hand out the console."""

from feiyu.api.app import create_app

__all__ = ["create_app"]
