"""One signature line of a note: a dash, a name, and base64 of key id and signature."""

from dataclasses import dataclass

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence.errors import BadKey, BadNote
from feiyu.evidence.keys import check_name, to_base64, unbase64

DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature as it stands under a note; nothing is said about its truth."""

    name: str
    key_id: bytes
    blob: bytes

    @property
    def text(self) -> str:
        """The line with its line feed."""
        return f"{DASH}{self.name} {to_base64(self.key_id + self.blob)}\n"

    @classmethod
    def parse(cls, line: str) -> "SignatureLine":
        """Read a line without its line feed."""
        name, space, encoded = line.removeprefix(DASH).partition(" ")
        if not line.startswith(DASH) or not space:
            raise BadNote(reason=Text(f"{line[:60]!r} 不是签名行", f"{line[:60]!r} is no signature line"))
        try:
            check_name(name)
        except BadKey as bad:
            raise BadNote(reason=said(bad)) from None
        data = unbase64(encoded, BadNote, Text(f"{name[:80]} 的签名", f"the signature of {name[:80]}"))
        if len(data) < 5:
            raise BadNote(
                reason=Text(f"{name[:80]} 的签名过短", f"the signature of {name[:80]} is too short")
            )
        return cls(name, data[:4], data[4:])
