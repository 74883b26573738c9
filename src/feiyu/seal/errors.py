"""What sealing and opening refuse."""

from feiyu.base.errors import BadInput, Conflict, Forbidden, NotFound, Unauthenticated, Unavailable
from feiyu.base.text import Text


class UnknownSuite(BadInput):
    """The manifest names a suite this installation does not have."""

    code = "SEAL-0001"
    message = Text("不支持的密码套件 {suite}。", "The cipher suite {suite} is not supported.")
    hint = Text("可用的套件：{known}。", "Available suites: {known}.")


class SourceChanged(Conflict):
    """A chunk that was already sealed came back with other bytes; sealing it again would reuse a nonce."""

    code = "SEAL-0002"
    message = Text(
        "数据源在续传前后不一致：第 {chunk} 个分片的内容已改变。",
        "The source changed between the first try and the resume: chunk {chunk} holds other bytes.",
    )
    hint = Text(
        "本次传输不能续传。请作废后以新的传输批次和新密钥重新发送。",
        "This transfer cannot be resumed. Void it and send again as a new transfer under a new key.",
    )


class BadChunk(BadInput):
    """A chunk does not open: it was altered, swapped, truncated, extended, or belongs to another transfer."""

    code = "SEAL-0003"
    message = Text("第 {chunk} 个分片无法解封：{reason}", "Chunk {chunk} does not open: {reason}")
    hint = Text(
        "请重新取回该分段；若仍失败，请联系数据出口方并保留传输凭证。",
        "Fetch the segment again; if it still fails, contact the exporter and keep the receipt.",
    )


class WrongKey(Forbidden):
    """The secret at hand is not the one the manifest commits to, or the wrap is for another key."""

    code = "SEAL-0004"
    message = Text("密钥不匹配：{reason}", "The key does not fit: {reason}")
    hint = Text(
        "请确认使用的是传输授权中登记的接收方密钥。",
        "Check that this is the recipient key that the grant pins.",
    )


class KeyNotPinned(Forbidden):
    """Somebody handed in a recipient key that is not the pinned one."""

    code = "SEAL-0005"
    message = Text(
        "接收方公钥与授权登记的指纹不一致：登记为 {pinned}，收到的是 {given}。",
        "The recipient's key is not the one pinned in the grant: pinned {pinned}, given {given}.",
    )
    hint = Text(
        "停止传输，并通过第二渠道与接收方核对密钥指纹。",
        "Stop, and compare the fingerprint with the recipient over a second channel.",
    )


class BadManifest(BadInput):
    """The manifest cannot be read, or contradicts itself."""

    code = "SEAL-0006"
    message = Text(
        "传输清单不可接受（{field}）：{reason}", "The manifest is not acceptable ({field}): {reason}"
    )
    hint = Text("请向数据出口方索取正确的清单。", "Ask the exporter for the right manifest.")


class BadSignature(BadInput):
    """A signature does not verify."""

    code = "SEAL-0007"
    message = Text("{what}的签名无效。", "The signature of {what} does not verify.")
    hint = Text("内容可能被改动，请勿使用。", "It may have been altered; do not use it.")


class ContentMismatch(BadInput):
    """All chunks opened, yet the whole is not what was sealed."""

    code = "SEAL-0008"
    message = Text(
        "内容与清单不符：{field} 不一致。", "The content is not that of the manifest: {field} differs."
    )
    hint = Text("请重新取回，并保留传输凭证。", "Fetch it again and keep the receipt.")


class KeystoreLocked(Unauthenticated):
    """Wrong passphrase, or the file was altered."""

    code = "SEAL-0010"
    message = Text("无法打开密钥库 {path}。", "The keystore {path} cannot be opened.")
    hint = Text(
        "请核对口令；若口令无误，文件可能已损坏或被改动，请从备份恢复。",
        "Check the passphrase; if it is right, the file is damaged or was altered: restore it from a backup.",
    )


class KeystoreExposed(Forbidden):
    """Others than the owner may read the key file."""

    code = "SEAL-0011"
    message = Text(
        "密钥库 {path} 的权限为 {mode}，其他用户可以读取。",
        "The keystore {path} has mode {mode}: others than its owner may read it.",
    )
    hint = Text("请执行 chmod 600 {path}。", "Run chmod 600 {path}.")


class KeystoreMalformed(BadInput):
    """The file is not a keystore."""

    code = "SEAL-0012"
    message = Text("{path} 不是有效的密钥库：{reason}", "{path} is not a keystore: {reason}")
    hint = Text("请核对路径，或从备份恢复。", "Check the path, or restore it from a backup.")


class KeystoreExists(Conflict):
    """A keystore is never overwritten."""

    code = "SEAL-0013"
    message = Text("密钥库 {path} 已存在。", "The keystore {path} exists already.")
    hint = Text("请打开现有密钥库，或换一个路径。", "Open it, or choose another path.")


class NoKey(NotFound):
    """No key of that purpose is valid now."""

    code = "SEAL-0014"
    message = Text("没有可用于“{purpose}”的有效密钥。", "There is no valid key for “{purpose}”.")
    hint = Text("请生成或轮换密钥。", "Generate or rotate the key.")


class BadKey(BadInput):
    """Key material cannot be read."""

    code = "SEAL-0015"
    message = Text("密钥无法读取：{reason}", "The key cannot be read: {reason}")
    hint = Text("请重新导出密钥并核对是否完整。", "Export the key again and check that it is whole.")


class PrivateKeyGiven(BadInput):
    """A private key was handed in where a public one is wanted; nothing of it was kept."""

    code = "SEAL-0032"
    message = Text(
        "收到的是私钥，而不是公钥；未予保存。",
        "This is a private key, not a public one; it was not kept.",
    )
    hint = Text(
        "该私钥已经外传，请视为泄露：停用并销毁，新建密钥后只登记其公钥。",
        "It has left your hands and counts as disclosed: destroy it, make a new key and register its public half only.",
    )


class BadResumeState(BadInput):
    """The record of sealed chunks is not usable."""

    code = "SEAL-0016"
    message = Text("续传记录不可用：{reason}", "The resume record is not usable: {reason}")
    hint = Text("请作废本次传输，以新的传输批次重新发送。", "Void this transfer and send again as a new one.")


class KeystoreMissing(NotFound):
    """There is no such file."""

    code = "SEAL-0017"
    message = Text("找不到密钥库 {path}。", "There is no keystore {path}.")
    hint = Text("请核对路径，或先创建密钥库。", "Check the path, or create it first.")


class CannotStore(Unavailable):
    """The disk refused."""

    code = "SEAL-0018"
    message = Text("无法写入 {path}：{reason}", "{path} cannot be written: {reason}")
    hint = Text("请检查磁盘与目录权限后续传。", "Check the disk and the folder's permissions, then resume.")


class DiskFull(CannotStore):
    """No space is left."""

    code = "SEAL-0019"
    http_status = 507
    message = Text("存储空间不足：{path}。", "There is no space left for {path}.")
    hint = Text("腾出空间后续传，已完成的部分会保留。", "Make space and resume; what was done is kept.")


class PackerChanged(Conflict):
    """A resume would pack otherwise than the transfer was begun: other bytes under nonces that were used."""

    code = "SEAL-0020"
    message = Text(
        "本次传输以“{was}”打包，当前为“{now}”，打包结果可能不同。",
        "This transfer was begun with the packing “{was}”; here it is “{now}”, which may give other bytes.",
    )
    hint = Text(
        "本次传输不能续传。请作废后以新的传输批次重新发送，或换回原版本后续传。",
        "It cannot be resumed here. Void it and send again as a new transfer, or resume with the version that began it.",
    )


class BadPacking(BadInput):
    """What was sealed opens, but is not packed content of the size that the manifest states."""

    code = "SEAL-0021"
    message = Text(
        "打包内容不可接受（{place}）：{reason}", "The packed content is not acceptable ({place}): {reason}"
    )
    hint = Text("内容有误，未予采用。请联系数据出口方。", "It was not taken over. Contact the exporter.")


class MissingExtra(Unavailable):
    """An optional part that this needs is not installed."""

    code = "SEAL-0030"
    http_status = 501
    message = Text(
        "{name} 需要可选组件 {extra}，本机没有安装。",
        "{name} needs the extra “{extra}”, which is not installed here.",
    )
    hint = Text(
        "请执行 pip install 'feiyu[{extra}]'（独立客户端为 'feiyu-client[{extra}]'）。",
        "Run pip install 'feiyu[{extra}]' (for the stand-alone client: 'feiyu-client[{extra}]').",
    )


class DeviceRefused(Unavailable):
    """The PKCS#11 device does not do what a key in it is needed for."""

    code = "SEAL-0031"
    message = Text("密码设备未完成操作（{place}）：{reason}", "The device did not do it ({place}): {reason}")
    hint = Text(
        "请检查设备是否接入、令牌与对象名称以及 PIN。",
        "Check that the device is connected, the names of token and object, and the PIN.",
    )
