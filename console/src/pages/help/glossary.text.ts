// The glossary of the house: one word per thing, with what it is.
import type { Text } from '../../i18n/lang';

interface Entry {
  readonly word: Text;
  readonly means: Text;
}

const entry = (zh: string, en: string, meansZh: string, meansEn: string): Entry => ({
  word: { zh, en },
  means: { zh: meansZh, en: meansEn },
});

export const GLOSSARY: readonly Entry[] = [
  entry('主体', 'Party', '一个组织；出境时为数据处理者，境外为接收方。', 'An organisation; as exporter a data handler, abroad a recipient.'),
  entry('数据出境台账', 'Register', '一个处理者的全部出境场景与链路，包括数据港之外的。', 'All scenarios and flows of a handler, also those outside the port.'),
  entry('出境场景', 'Scenario', '一个目的、一个合法性基础及其数据项、接收方、保存期限。', 'One purpose and one ground, with its data items, recipients and retention.'),
  entry('传输链路', 'Flow', '一条常设通道：批量、推送、境外远程访问或境外直接采集。', 'A standing link: batch, feed, remote access from abroad, direct entry abroad.'),
  entry('规则库', 'Rulebook', '以数据写成的法规，有日期、有出处。', 'Law as dated, cited data.'),
  entry('路径判定', 'Determination', '规则对事实的回答，附理由与出处。', 'What the rules answer, with reasons and citations.'),
  entry('最小必要建议', 'Least data', '去掉、遮蔽、概括、汇总哪些数据即可适用更轻的路径。', 'What to drop, mask, generalise or aggregate so that a lighter route applies.'),
  entry('办件', 'Filing', '正在办理、尚未取得依据的事项。', 'Work on its way to a basis.'),
  entry('出境依据', 'Basis', '安全评估结果、标准合同备案、认证、清单备案或豁免记录。', 'A security assessment result, contract filing, certificate, list filing or exemption record.'),
  entry('查看记录', 'Look', '数据港人员看过某主体的一项记录：谁、何时、以何方式、多少次；该主体看得到。', 'That port staff were shown a thing of a party: who, when, how, how many times; that party sees it.'),
  entry('传输授权', 'Grant', '依据之下、系统可核验的可传范围。', 'What may cross under a basis, in terms that a machine checks.'),
  entry('传输批次', 'Transfer', '一条链路的一次运行。', 'One run of a flow.'),
  entry('传输清单', 'Manifest', '本次传输全部数据块的哈希树与签名声明。', 'The hash tree over a transfer’s blocks, with its signed claims.'),
  entry('剥离', 'Strip', '在出境侧去掉未申报的字段，其余放行。', 'Drop at the edge what was not declared, pass the rest.'),
  entry('待核', 'Hold', '停下，等待人员核实。', 'Stop and wait for a person.'),
  entry('中止传输', 'Cut', '立即停止，须写明事由。', 'Stop at once, naming the ground.'),
  entry('存证凭证', 'Receipt', '一个事件的可离线验证的证明。', 'The offline-verifiable proof of an event.'),
  entry('存证日志', 'Evidence log', '只增不改的默克尔日志。', 'The append-only Merkle log.'),
  entry('检查点', 'Checkpoint', '日志对其全部内容的签名承诺。', 'The log’s signed commitment to all that it holds.'),
  entry('见证节点', 'Witness', '独立共签检查点的一方。', 'An independent co-signer of checkpoints.'),
  entry('信任文件', 'Trust file', '另行取得的公钥、有效期与签名人数要求。', 'Keys with validity and a quorum, obtained apart from any receipt.'),
  entry('出境侧', 'Edge', '出境方自己的一侧：读明文、识别、计数、封装。', 'The exporter’s own side: reads plaintext, scans, counts, seals.'),
  entry('数据港', 'Port', '只见密文与声明，按授权放行并存证。', 'Sees ciphertext and claims only; releases under a grant and keeps evidence.'),
];
