"""Open the object store that the settings name."""

from urllib.parse import urlsplit

from feiyu.app.settings import BadSetting, Settings
from feiyu.store.objects import DirectoryStore, ObjectStore


def open_objects(settings: Settings) -> ObjectStore:
    """A directory in the data folder, or ``s3://bucket/prefix`` at ``FEIYU_S3_ENDPOINT``."""
    if not settings.objects:
        return DirectoryStore(settings.data / "objects")
    place = urlsplit(settings.objects)
    if place.scheme != "s3" or not place.netloc:
        raise BadSetting(name="FEIYU_OBJECTS", reason="s3://bucket/prefix is wanted")
    if not settings.s3_endpoint:
        raise BadSetting(name="FEIYU_S3_ENDPOINT", reason="an S3 store needs its address")
    from feiyu.store.objects_s3 import S3Store

    return S3Store(
        place.netloc, endpoint=settings.s3_endpoint, access_key=settings.s3_access_key,
        secret_key=settings.s3_secret_key, prefix=place.path.strip("/"),
        allow_http=settings.s3_endpoint.startswith("http://"),
    )  # fmt: skip
