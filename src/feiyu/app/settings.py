"""Settings, from the environment or a caller. Each has one name, one meaning, one default.

Rules this module keeps:
 * without a keystore passphrase the system runs in demo mode: banner, receipts marked ``demo``, loopback only;
 * an unknown ``FEIYU_…`` variable is refused, so that a typing error never turns a protection off.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from feiyu.base.errors import BadInput
from feiyu.base.text import Text

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class BadSetting(BadInput):
    """A setting is unknown or has a value that cannot be."""

    code = "CLI-0001"
    message = Text("设置 {name} 有误：{reason}", "Setting {name} is wrong: {reason}")
    hint = Text("可用设置见文档“参考-设置”。", "See the settings in the reference.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a port or an edge is started with. ``FEIYU_DATA`` is ``data``, and so on."""

    data: Path = field(default=Path("feiyu-data"), metadata={"help": Text("数据目录", "Folder of all state")})
    database: str = field(
        default="",
        metadata={
            "help": Text(
                "数据库地址；空为数据目录中的 SQLite", "Database address; empty is SQLite in the data folder"
            )
        },
    )
    objects: str = field(
        default="",
        metadata={
            "help": Text(
                "对象存储 s3://桶/前缀；空为数据目录",
                "Object store s3://bucket/prefix; empty is the data folder",
            )
        },
    )
    log_tiles: str = field(
        default="",
        metadata={
            "help": Text(
                "存证日志分块 s3://桶/前缀；空为数据目录",
                "Tiles of the evidence log, s3://bucket/prefix; empty is the data folder",
            )
        },
    )
    s3_endpoint: str = field(default="", metadata={"help": Text("S3 服务地址", "Address of the S3 service")})
    s3_access_key: str = field(default="", metadata={"help": Text("S3 访问密钥编号", "S3 access key id")})
    s3_secret_key: str = field(
        default="", repr=False, metadata={"help": Text("S3 访问密钥", "S3 secret key")}
    )
    host: str = field(default="127.0.0.1", metadata={"help": Text("监听地址", "Address to listen on")})
    port: int = field(default=8080, metadata={"help": Text("API 与控制台端口", "Port of API and console")})
    wire_port: int = field(
        default=0,
        metadata={"help": Text("数据面端口；0 为任选", "Port of the data plane; 0 takes a free one")},
    )
    wire_cert: str = field(
        default="",
        metadata={
            "help": Text(
                "数据面 TLS 证书链（PEM 文件）；空为不启用 TLS",
                "Certificate chain of the data plane (PEM file); empty is without TLS",
            )
        },
    )
    wire_key: str = field(
        default="",
        metadata={
            "help": Text(
                "数据面 TLS 私钥（PEM 文件）；空为与证书同一文件",
                "Its private key (PEM file); empty is the certificate's file",
            )
        },
    )
    wire_url: str = field(
        default="",
        metadata={
            "help": Text(
                "数据面对外地址；空为监听地址",
                "Address of the data plane as others reach it; empty is where it listens",
            )
        },
    )
    origin: str = field(default="", metadata={"help": Text("存证日志名称", "Name of the evidence log")})
    witnesses: str = field(
        default="",
        metadata={
            "help": Text("见证节点：地址=公钥，以空格分隔", "Witnesses: url=vkey, separated by spaces")
        },
    )
    log_signers: str = field(
        default="",
        metadata={
            "help": Text(
                "日志另行签名所用的私钥文件（ML-DSA-44、SM2），以冒号分隔",
                "Files of further private keys that sign checkpoints (ML-DSA-44, SM2), separated by colons",
            )
        },
    )
    twin_signers: str = field(
        default="",
        metadata={
            "help": Text(
                "日志 SM3 孪生树的签名私钥文件（SM2，可另加 Ed25519），以冒号分隔；空为不设孪生树",
                "Files of the private keys that sign the log's SM3 twin (SM2, and Ed25519 besides), separated by colons; empty: no twin",
            )
        },
    )
    tsa_url: str = field(
        default="",
        metadata={
            "help": Text(
                "时间戳机构地址（RFC 3161）；空为不加时间戳",
                "Address of a time-stamp authority (RFC 3161); empty: no time stamps",
            )
        },
    )
    tsa_certificate: Path = field(
        default=Path(),
        metadata={
            "help": Text(
                "时间戳机构或其签发者的证书文件（PEM）",
                "File with the certificate of the authority or of its issuer (PEM)",
            )
        },
    )
    signing_authorities: Path = field(
        default=Path(),
        metadata={
            "help": Text(
                "信任的电子认证机构证书文件（PEM，可多份）；法律文件的电子签名须由其证书作出",
                "File of certificates (PEM) of the authorities under which signatures over legal acts hold",
            )
        },
    )
    signing_lists: Path = field(
        default=Path(),
        metadata={
            "help": Text(
                "存放上述机构证书吊销列表（CRL，.crl、.der、.pem）的目录；空为不知道证书是否已吊销",
                "Folder of their lists of revoked certificates (CRL: .crl, .der, .pem); empty: revocation is unknown",
            )
        },
    )
    signing_list_urls: str = field(
        default="",
        metadata={
            "help": Text(
                "feiyu port lists --fetch 取列表的地址，以空格分隔；空为不联网",
                "Addresses from which feiyu port lists --fetch takes lists, separated by spaces; empty: no network",
            )
        },
    )
    receipt_hours: int = field(
        default=72,
        metadata={
            "help": Text(
                "接收方签收期限（小时），逾期告警",
                "Hours within which a recipient signs for a transfer; later is an alarm",
            )
        },
    )
    egress_permille: int = field(
        default=20,
        metadata={
            "help": Text(
                "网络边界计量与日志允许的差异（千分之几）",
                "How far egress counters and the log may differ, in thousandths",
            )
        },
    )
    passphrase: str = field(
        default="",
        repr=False,
        metadata={"help": Text("密钥库口令；空为演示模式", "Keystore passphrase; empty is demo mode")},
    )
    party: str = field(default="", metadata={"help": Text("本侧主体编号（出境侧）", "Party id of this edge")})
    port_url: str = field(
        default="", metadata={"help": Text("数据港 API 地址（出境侧）", "The port's API address (edge)")}
    )
    port_token: str = field(
        default="",
        repr=False,
        metadata={"help": Text("访问数据港的令牌（出境侧）", "Token for the port (edge)")},
    )
    grant_key: str = field(
        default="",
        metadata={"help": Text("数据港授权公钥，base64（出境侧）", "The port's grant key, base64 (edge)")},
    )
    bandwidth: int = field(
        default=0,
        metadata={
            "help": Text(
                "全部传输合计的发送带宽上限，字节/秒；0 为不限（出境侧）",
                "Limit of bandwidth over all transfers, bytes a second; 0 is none (edge)",
            )
        },
    )
    remotes: str = field(
        default="",
        metadata={
            "help": Text(
                "允许取得快照的地址，以空格分隔，以斜杠结尾表示其下全部（出境侧）",
                "Addresses that snapshots may be taken of, separated by spaces; a final slash means all below (edge)",
            )
        },
    )
    sources: str = field(
        default="",
        metadata={
            "help": Text(
                "允许读取的目录，以冒号分隔（出境侧）", "Folders the edge may read, separated by colons"
            )
        },
    )

    types: str = field(
        default="",
        metadata={
            "help": Text("自定义语义类型文件（出境侧）", "File of the handler's own semantic types (edge)")
        },
    )

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration."""
        return not self.passphrase

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **given: Any) -> Self:
        """Read ``FEIYU_…`` variables; what the caller gives goes before."""
        found = dict(os.environ if environment is None else environment)
        known = {f"FEIYU_{one.name.upper()}": one for one in fields(cls)}
        values: dict[str, Any] = {}
        for name, text in found.items():
            if name.startswith("FEIYU_") and name not in _OTHERS:
                if name not in known:
                    raise BadSetting(name=name, reason=Text("没有这个设置", "there is no such setting"))
                values[known[name].name] = _read(name, known[name].type, text)
        settings = cls(**values | {name: value for name, value in given.items() if value is not None})
        if settings.demo and settings.host not in LOOPBACK:
            raise BadSetting(
                name="FEIYU_HOST",
                reason=Text(
                    "演示模式只能监听本机地址；请设置 FEIYU_PASSPHRASE",
                    "demo mode listens on loopback only; set FEIYU_PASSPHRASE",
                ),
            )
        return settings


_OTHERS = {"FEIYU_NATIVE", "FEIYU_TOKEN", "FEIYU_URL", "FEIYU_LANG", "FEIYU_SOURCE_PASSWORD"}
"""Variables of other parts: the native lanes, the command line's own."""


def _read(name: str, kind: object, text: str) -> object:
    if kind in (int, "int"):
        if not text.isdigit() or int(text) > 65535:
            raise BadSetting(
                name=name, reason=Text("应为不超过 65535 的数字", "a number up to 65535 is wanted")
            )
        return int(text)
    return Path(text) if kind in (Path, "Path") else text
