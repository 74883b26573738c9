"""``feiyu keys``: a recipient's keystore, its public halves at the port, and the second channel."""

import base64
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from feiyu.base.errors import FeiyuError
from feiyu.cli.client import Token, Url, device_pin, passphrase, port_client
from feiyu.cli.lang import t
from feiyu.cli.show import out

app = typer.Typer(
    no_args_is_help=True, help=t("密钥：生成、显示、登记、核对。", "Keys: make, show, register, confirm.")
)
Store = Annotated[Path, typer.Argument(help=t("密钥库文件", "The keystore's file"), metavar="KEYSTORE")]
RECEIPT = "receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """The public half of a key, as the port registers it."""

    use: str
    algorithm: str
    public: bytes
    key_id: str


def publics(path: Path, phrase: bytes) -> tuple[Public, ...]:
    """The public halves of a keystore that parties register: recipient, receipt and edge keys."""
    from feiyu.seal import KeyStore
    from feiyu.seal.keys import ED25519

    found = []
    held = KeyStore.open(path, phrase).keys()
    for key in held:
        if key.purpose == "recipient":
            one = key.recipient().public
            found.append(Public(use="recipient", algorithm=one.algorithm, public=one.raw, key_id=one.key_id))
        elif key.purpose == "edge":
            use = RECEIPT if key.label == RECEIPT else "edge"
            found.append(Public(use=use, algorithm=ED25519, public=key.signer().public, key_id=key.key_id))
    return tuple(found)


def tell(keys: tuple[Public, ...]) -> None:
    """Show public keys with what is read out over a second channel."""
    from feiyu.seal import fingerprint

    names = {
        "recipient": t("接收方密钥", "recipient key"), RECEIPT: t("签收密钥", "receipt-signing key"),
        "edge": t("出境侧签名密钥", "edge signing key"),
    }  # fmt: skip
    for key in keys:
        out.print(f"[bold]{names[key.use]}[/bold]  {key.algorithm}")
        out.print(f"  {t('编号', 'id')}    {key.key_id}", soft_wrap=True)
        out.print(f"  {t('指纹', 'print')} {fingerprint(key.key_id)}", soft_wrap=True)


def register_all(keys: tuple[Public, ...], url: str, token: str) -> None:
    """Register public keys for the party that the token belongs to; one that is there already is left alone."""
    port = port_client(url, token)
    party = port.me()["party"]["id"]
    known = {key["id"] for key in port.keys(party)}
    for key in keys:
        if key.key_id in known:
            out.print(t("已登记过", "Registered before"))
        else:
            port.add_key(
                party, use=key.use, algorithm=key.algorithm, public=base64.b64encode(key.public).decode(),
                key_id=key.key_id,
            )  # fmt: skip
            out.print(t("已登记", "Registered"))
        tell((key,))
    out.print(t("请通过另一渠道向服务中心读出指纹，核对后方可使用。",
                "Read the fingerprints to the service centre over another channel; they count once confirmed."))  # fmt: skip


@app.command(
    "new",
    help=t(
        "新建密钥库：接收方密钥与签收密钥。",
        "Make a keystore with a recipient key and a receipt-signing key.",
    ),
)
def new(
    keystore: Store,
    algorithm: Annotated[
        str,
        typer.Option(
            help=t(
                "接收方密钥算法：MLKEM768-X25519、X25519、P-256、RSA-OAEP-256、SM2 或 age-X25519",
                "The recipient key's algorithm: MLKEM768-X25519, X25519, P-256, RSA-OAEP-256, SM2 or age-X25519",
            )
        ),
    ] = "",
) -> None:
    """Make a recipient's keystore, as ``feiyu fetch`` expects it."""
    from feiyu.base.clock import SystemClock
    from feiyu.seal import KeyStore

    if algorithm:
        from feiyu.seal.kems import kem_of

        kem_of(algorithm)
    phrase = passphrase(twice=True)
    keystore.parent.mkdir(parents=True, exist_ok=True)
    store = KeyStore.create(keystore, phrase)
    now = SystemClock().now()
    try:
        store.generate("recipient", valid_from=now, algorithm=algorithm or None)
        store.generate("edge", valid_from=now, label=RECEIPT)
    except FeiyuError:
        keystore.unlink()  # a keystore without its keys helps nobody
        raise
    tell(publics(keystore, phrase))


@app.command(
    "pseudonym",
    help=t(
        "在密钥库中新建假名化密钥（feiyu protect 使用）；没有密钥库时先新建。",
        "Make a pseudonym key (for feiyu protect) in a keystore, which is made first if it is not there.",
    ),
)
def pseudonym(keystore: Store) -> None:
    """Make a pseudonym key; one that is there stays in force until its successor begins."""
    from feiyu.base.clock import SystemClock
    from feiyu.seal import KeyStore

    phrase = passphrase(twice=not keystore.exists())
    keystore.parent.mkdir(parents=True, exist_ok=True)
    store = KeyStore.open(keystore, phrase) if keystore.exists() else KeyStore.create(keystore, phrase)
    key = store.rotate("pseudonym", at=SystemClock().now())
    out.print(f"{t('假名化密钥', 'Pseudonym key')}  {key.key_id}", soft_wrap=True)
    out.print(t("更换密钥后，新旧假名互不相同。", "Pseudonyms made under another key do not match these."))


@app.command(
    "adopt",
    help=t(
        "把密码设备（PKCS#11）中的密钥列入密钥库；私钥始终留在设备中。",
        "Enter a key of a PKCS#11 device into the keystore; its private half stays in the device.",
    ),
)
def adopt(
    keystore: Store,
    purpose: Annotated[
        str,
        typer.Argument(
            help=t("用途：recipient、custody、copy 或 edge", "Purpose: recipient, custody, copy or edge")
        ),
    ],
    module: Annotated[Path, typer.Option(help=t("设备的 PKCS#11 库文件", "The device's PKCS#11 library"))],
    token: Annotated[str, typer.Option(help=t("令牌名称", "The token's label"))],
    name: Annotated[str, typer.Option(help=t("密钥对象名称", "The key object's label"))],
    make: Annotated[
        bool, typer.Option("--make", help=t("在设备中生成新密钥", "Make a new key in the device"))
    ] = False,
    label: Annotated[
        str,
        typer.Option(help=t("标签；签收密钥为 receipt", "Label; that of a receipt-signing key is receipt")),
    ] = "",
) -> None:
    """Enter a device's key."""
    from feiyu.base.clock import SystemClock
    from feiyu.seal import KeyStore, hsm
    from feiyu.seal.keystore import SIGNING

    phrase = passphrase()
    store, pin = KeyStore.open(keystore, phrase), device_pin()
    place = hsm.Place(str(module), token, name, pin)
    key: hsm.TokenKey | hsm.TokenSigner
    if purpose in SIGNING:
        key = hsm.make_signing(str(module), token, name, pin) if make else hsm.signing(place)
    else:
        key = hsm.make_opening(str(module), token, name, pin) if make else hsm.opening(place)
    store.adopt(purpose, key, valid_from=SystemClock().now(), label=label)
    tell(publics(keystore, phrase))


@app.command("show", help=t("显示公钥、编号与指纹。", "Show public keys, ids and fingerprints."))
def show(
    keystore: Store,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            help=t(
                "只输出接收方公钥，每把一行，可粘贴到控制台",
                "Print recipient keys alone, a line each, as the console takes them",
            ),
        ),
    ] = False,
) -> None:
    """Show public keys."""
    from feiyu.seal import RecipientPublic

    found = publics(keystore, passphrase())
    if not public:
        tell(found)
        return
    for key in found:
        if key.use == "recipient":
            sys.stdout.write(RecipientPublic(key.algorithm, key.public).encode() + "\n")


@app.command(
    "register",
    help=t("向数据港登记本主体的公钥。", "Register the public keys at the port, for one's own party."),
)
def register(keystore: Store, url: Url = "", token: Token = "") -> None:
    """Register public keys."""
    register_all(publics(keystore, passphrase()), url, token)


@app.command("confirm", help=t("服务中心：记录已通过另一渠道核对指纹。",
                               "As the service centre: record that the fingerprint was compared over another channel."))  # fmt: skip
def confirm(
    key: Annotated[str, typer.Argument(help=t("密钥编号", "The key's id"))],
    fingerprint: Annotated[str, typer.Option(help=t("对方读出的指纹", "The fingerprint as it was read out"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Confirm a key."""
    found = port_client(url, token).confirm_key(key, fingerprint=fingerprint)
    out.print(f"{t('已核对', 'Confirmed')}  {found['use']}  {found['id']}", soft_wrap=True)


@app.command(
    "revoke",
    help=t("永久停用一把已登记的密钥，写明事由。", "Revoke a registered key for good, naming the ground."),
)
def revoke(
    key: Annotated[str, typer.Argument(help=t("密钥编号", "The key's id"))],
    ground: Annotated[str, typer.Option(help=t("事由", "Ground"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Revoke a key."""
    found = port_client(url, token).retire_key(key, ground=ground)
    out.print(f"{t('已停用', 'Revoked')}  {found['use']}  {found['id']}", soft_wrap=True)
