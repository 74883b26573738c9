"""Pages made on the server, without script: public verification, receipts and decisions to print."""

from feiyu.api.pages.router import router

__all__ = ["router"]
