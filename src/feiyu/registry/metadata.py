"""The registry's one ``MetaData``, shared by its rooms."""

from sqlalchemy import MetaData

from feiyu.store import metadata_convention

metadata = MetaData(naming_convention=metadata_convention)
