"""Refusals of the identity room."""

from feiyu.base.errors import BadInput, Conflict, Unauthenticated
from feiyu.base.text import Text


class WrongSignIn(Unauthenticated):
    """Account, password or one-time code is wrong; which of them is not said."""

    code = "REG-0002"
    message = Text("账号、密码或动态口令有误。", "The account, the password or the one-time code is wrong.")
    hint = Text(
        "请核对后重试；连续失败将暂时锁定。",
        "Check them and try again; repeated failures lock the account for a while.",
    )


class TooManyAttempts(Unauthenticated):
    """The account is locked for a while after repeated failures."""

    code = "REG-0003"
    message = Text(
        "登录失败次数过多，{until} 前暂停登录。", "Too many failed sign-ins; paused until {until}."
    )
    hint = Text("请稍后再试，或联系平台运维。", "Try again later, or ask the platform's operator.")


class SessionExpired(Unauthenticated):
    """The session or token has expired or was revoked."""

    code = "REG-0004"
    message = Text("登录已失效。", "The session has expired or was revoked.")
    hint = Text("请重新登录，或申请新的访问令牌。", "Sign in again, or obtain a new access token.")


class AlreadyRegistered(Conflict):
    """An organisation, account or key is registered already."""

    code = "REG-0005"
    message = Text("{what}已登记：{value}", "{what} is registered already: {value}")
    hint = Text("请使用已登记的记录。", "Use the record that exists.")


class FingerprintDiffers(BadInput):
    """The fingerprint read out over the second channel is not the one registered here: the key may have been swapped."""

    code = "REG-0006"
    message = Text(
        "密钥指纹不一致：登记的是 {registered}，核对的是 {given}。",
        "The key's fingerprint differs: {registered} is registered, {given} was read out.",
    )
    hint = Text(
        "请停止使用该密钥，并经另一渠道联系对方；密钥可能被调换。",
        "Stop using the key and reach the other party over another channel; it may have been swapped.",
    )


class KeyRetired(Conflict):
    """A key is used after it was revoked."""

    code = "REG-0014"
    message = Text("密钥 {key} 已停用。", "Key {key} was revoked.")
    hint = Text(
        "请由密钥的主体登记新的密钥，经第二渠道核对后另立传输链路与授权。",
        "Its party registers another key; once that is confirmed, enter a new flow and a new grant.",
    )


class KeyUnconfirmed(Conflict):
    """A key is used before a second channel confirmed it."""

    code = "REG-0007"
    message = Text(
        "密钥 {key} 尚未经第二渠道核对。", "Key {key} has not been confirmed over a second channel."
    )
    hint = Text(
        "请由双方通过电话或当面核对指纹后再确认。",
        "Compare the fingerprint by telephone or in person, then confirm it.",
    )


class KeyUnfit(BadInput):
    """A public key that is none of the algorithm it is registered under, or of one that its use does not take."""

    code = "REG-0013"
    message = Text(
        "所给公钥不能以 {algorithm} 登记：{reason}", "The key cannot be registered as {algorithm}: {reason}"
    )
    hint = Text(
        "请核对算法并重新导出公钥：MLKEM768-X25519 为 1216 字节，X25519 与 Ed25519 为 32 字节，P-256 与 SM2 为 65 字节的未压缩点，"
        "RSA-OAEP-256 为 2048 至 4096 位密钥的 SubjectPublicKeyInfo（DER）；edge 与 receipt 用途只接受 Ed25519。",
        "Compare the algorithm and export the public half again: MLKEM768-X25519 has 1216 bytes, X25519 and Ed25519 have 32, P-256 and SM2 "
        "are an uncompressed point of 65, RSA-OAEP-256 is the DER SubjectPublicKeyInfo of a key of 2048 to 4096 bits; the uses edge and "
        "receipt take Ed25519 alone.",
    )
