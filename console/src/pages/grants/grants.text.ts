import { texts } from '../../i18n/lang';

export const t = texts({
  title: { zh: '传输授权', en: 'Grants' },
  lead: { zh: '出境依据之下、由系统逐项核验的可传范围。', en: 'What may cross under a basis, in terms that a machine checks.' },
  empty: { zh: '还没有传输授权', en: 'There are no grants yet' },
  emptyHint: {
    zh: '出境依据生效后，出境方可申请传输授权；完全落在依据范围内的自动签发。',
    en: 'Once a basis is effective the exporter may ask for a grant; one that lies wholly inside its basis issues by itself.',
  },
  terms: { zh: '授权范围', en: 'Terms' },
  use: { zh: '使用情况', en: 'Use' },
  useNote: { zh: '预留即计入，接收方未取走也计入。', en: 'What is reserved counts, also when the recipient never fetches it.' },
  window: { zh: '有效时段', en: 'Window' },
  key: { zh: '锁定的接收方密钥', en: 'Pinned recipient key' },
  furtherKeys: { zh: '锁定的其他密钥', en: 'Further pinned keys' },
  issued: { zh: '签发时间', en: 'Issued' },
  revoke: { zh: '撤销授权', en: 'Revoke the grant' },
  revokeTitle: { zh: '撤销这项传输授权', en: 'Revoke this grant' },
  revokeConsequence: {
    zh: '此授权下正在进行的传输，下一个分片即被拒收；已封存未放行的不再放行。',
    en: 'The next chunk of any transfer under this grant is refused; what is sealed and not released stays unreleased.',
  },
  revoked: { zh: '授权已撤销', en: 'The grant was revoked' },
  signed: { zh: '下载签名文件', en: 'Download the signed document' },
  transfers: { zh: '此授权下的传输', en: 'Transfers under this grant' },
  titleOne: { zh: '向{to}传输的授权', en: 'Grant for {to}' },
});
