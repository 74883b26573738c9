import { texts } from '../../i18n/lang';

export const t = texts({
  title: { zh: '固定的接收方密钥', en: 'Pinned recipient keys' },
  lead: {
    zh: '本单位亲自通过电话或当面听到的指纹。授权所列的每把密钥都须在此固定，否则本侧不封存；数据港不能代为固定。',
    en: 'Fingerprints that this organisation itself heard by telephone or in person. Each key of a grant is pinned here, or nothing is sealed; the port has no say in it.',
  },
  empty: { zh: '还没有固定的密钥', en: 'No key is pinned yet' },
  emptyHint: { zh: '致电境外接收方（使用另行取得的号码），请其逐组读出指纹，再在此填写。', en: 'Telephone the recipient (on a number obtained elsewhere), have the fingerprint read out, and enter it here.' },
  recipient: { zh: '境外接收方', en: 'Recipient' },
  fingerprint: { zh: '指纹', en: 'Fingerprint' },
  by: { zh: '固定人', en: 'Pinned by' },
  at: { zh: '固定时间', en: 'Pinned' },
  act: { zh: '操作', en: 'Act' },
  pin: { zh: '固定一把密钥', en: 'Pin a key' },
  pinTitle: { zh: '固定境外接收方的密钥', en: "Pin a recipient's key" },
  heard: { zh: '听到的指纹', en: 'The fingerprint as it was read out' },
  heardHelp: {
    zh: '十二组，每组五位数字；只有 age 的接收方读出 age1… 一行。请勿从数据港页面复制：要防的正是数据港给出另一把密钥。',
    en: 'Twelve groups of five digits; who has only age reads out the age1… line. Do not copy it from the port: a port that hands out another key is what this guards against.',
  },
  need: { zh: '请填写十二组、每组五位数字，或 age1… 一行。', en: 'Twelve groups of five digits are wanted, or an age1… line.' },
  needRecipient: { zh: '请选择接收方。', en: 'Choose the recipient.' },
  noRecipient: { zh: '数据港还没有登记境外接收方。', en: 'No recipient is registered at the port yet.' },
  cancel: { zh: '取消', en: 'Cancel' },
  unpin: { zh: '取消固定', en: 'Unpin' },
  unpinTitle: { zh: '不再信任这把密钥', en: 'Trust this key no longer' },
  unpinNote: {
    zh: '列有此密钥的授权，本侧不再开始新的传输；正在进行的传输请另行中止。以后仍可重新固定。',
    en: 'No further run begins under a grant that names this key; a run under way is cut by itself. It can be pinned again later.',
  },
});
