"""Open the object store and the log's tiles where the settings name them."""

from urllib.parse import urlsplit

from feiyu.app.settings import BadSetting, Settings
from feiyu.base.text import Text
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.log import TileStore
from feiyu.registry.journal.tiles import ObjectTiles
from feiyu.store.objects import DirectoryStore, ObjectStore


def open_objects(settings: Settings) -> ObjectStore:
    """A directory in the data folder, or ``s3://bucket/prefix`` at ``FEIYU_S3_ENDPOINT``."""
    if not settings.objects:
        return DirectoryStore(settings.data / "objects")
    return _open_s3(settings, settings.objects, "FEIYU_OBJECTS")


def open_tiles(settings: Settings) -> TileStore:
    """The log's tiles: a directory in the data folder, or ``s3://bucket/prefix`` where many processes write and read them."""
    if not settings.log_tiles:
        return DirectoryTiles(settings.data / "log")
    return ObjectTiles(_open_s3(settings, settings.log_tiles, "FEIYU_LOG_TILES"))


def _open_s3(settings: Settings, address: str, name: str) -> ObjectStore:
    place = urlsplit(address)
    if place.scheme != "s3" or not place.netloc:
        raise BadSetting(name=name, reason=Text("应为 s3://桶/前缀", "s3://bucket/prefix is wanted"))
    if not settings.s3_endpoint:
        raise BadSetting(
            name="FEIYU_S3_ENDPOINT", reason=Text("使用 S3 存储须给出其地址", "an S3 store needs its address")
        )
    from feiyu.store.objects_s3 import S3Store

    return S3Store(
        place.netloc, endpoint=settings.s3_endpoint, access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key, prefix=place.path.strip("/"),
        allow_http=settings.s3_endpoint.startswith("http://"),
    )  # fmt: skip
