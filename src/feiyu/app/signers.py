"""Under whom signatures over papers hold, by the settings, and the lists of revoked certificates that are at hand."""

from datetime import datetime
from pathlib import Path

from feiyu.app.settings import BadSetting, Settings
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import paper as papers
from feiyu.evidence.crl import RevocationList, by_issuer

OVER = Text("已过期", "over")
FORGED = Text("不是由其签发者签名", "not signed by its issuer")
USABLE = Text("可用", "usable")
LATER = Text(
    "可用；签名待其签发者证书随签名文件提交时核验",
    "usable; its signature is checked once a signature brings its issuer along",
)


def trusted_of(settings: Settings) -> papers.Trusted:
    """Under whom a signature over a legal act holds, nobody when the setting is empty; and the lists of revoked certificates."""
    folder = settings.signing_lists if settings.signing_lists != Path() else None
    if folder is not None and not folder.is_dir():
        raise BadSetting(name="FEIYU_SIGNING_LISTS", reason=Text("应为文件夹", "a folder is wanted"))
    if settings.signing_authorities == Path():
        return papers.Trusted(folder=folder)
    try:
        return papers.Trusted(papers.load_authorities(settings.signing_authorities.read_bytes()), folder)
    except (OSError, ValueError) as bad:
        raise BadSetting(
            name="FEIYU_SIGNING_AUTHORITIES",
            reason=Text("应为 PEM 格式的证书：{bad}", "certificates in PEM are wanted: {bad}").format(
                bad=said(bad)
            ),
        ) from None


def standing(one: RevocationList, trusted: papers.Trusted, now: datetime) -> tuple[bool, Text]:
    """Whether a list can be used now, and how it stands. A list without entries is false: it is compared with None."""
    if one.problem is not None or one.crl is None:
        return False, one.problem or FORGED
    issuers = [authority for authority in trusted.authorities if authority.subject == one.crl.issuer]
    if issuers and not any(by_issuer(one.crl, authority) for authority in issuers):
        return False, FORGED
    until = one.crl.next_update_utc
    if until is None or until < now:
        return False, OVER
    return True, USABLE if issuers else LATER
