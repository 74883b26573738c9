// The words for what the API says in codes: states, routes, modes. Glossary terms only.
import type { Text } from '../i18n/lang';
import { texts } from '../i18n/lang';
import type { Tone } from '../kit/Status';

interface Word {
  readonly text: Text;
  readonly tone: Tone;
}

const word = (tone: Tone, zh: string, en: string): Word => ({ tone, text: { zh, en } });

export const TRANSFER_STATES: Readonly<Record<string, Word>> = {
  open: word('run', '传输中', 'Crossing'),
  held: word('warn', '待核', 'Held'),
  sealed: word('wait', '已封存，待接收方取回', 'Sealed, to be fetched'),
  released: word('wait', '已放行，待签收', 'Released, awaiting receipt'),
  received: word('ok', '接收方已签收', 'Received'),
  cut: word('bad', '已中止', 'Cut'),
};

export const BASIS_STATES: Readonly<Record<string, Word>> = {
  entered: word('wait', '待第二人复核', 'Awaiting second check'),
  effective: word('ok', '生效', 'Effective'),
  revoked: word('bad', '已撤销', 'Revoked'),
};

export const BASIS_KINDS: Readonly<Record<string, Text>> = texts({
  security_assessment: { zh: '数据出境安全评估结果', en: 'Security assessment result' },
  standard_contract: { zh: '个人信息出境标准合同备案', en: 'Standard contract filing' },
  gba_contract: { zh: '粤港澳大湾区标准合同备案', en: 'Greater Bay Area contract filing' },
  certificate: { zh: '个人信息出境认证', en: 'Personal-information export certificate' },
  list_filing: { zh: '自由贸易试验区清单备案', en: 'Free-trade-zone list filing' },
  exemption: { zh: '免予申报的自行记录', en: 'Self-recorded exemption' },
});

export const ROUTES: Readonly<Record<string, Word>> = {
  NOT_OUTBOUND: word('ok', '不属于数据出境', 'Not an outbound transfer'),
  PROHIBITED: word('bad', '禁止出境', 'May not leave'),
  HOLD: word('warn', '待取得其他许可', 'Wait for another licence'),
  NEEDS_INFO: word('ask', '需补充事实', 'Needs information'),
  HUMAN_REVIEW: word('ask', '需人工研判', "Needs a person's judgement"),
  EXEMPT: word('ok', '免予申报、备案、认证', 'Exempt from assessment, contract and certificate'),
  FTZ_GENERAL_LIST: word('ok', '适用自贸试验区一般数据清单', "The zone's general list applies"),
  FTZ_OFF_LIST: word('ok', '自贸试验区负面清单外', "Outside the zone's negative list"),
  SCC_OR_CERT: word('wait', '订立标准合同备案或通过认证', 'Standard contract or certification'),
  SA: word('warn', '申报数据出境安全评估', 'Security assessment'),
};

export const MODES: Readonly<Record<string, Text>> = texts({
  observe: { zh: '观察：只记录', en: 'Observe: record only' },
  strip: { zh: '剥离：去掉未申报字段，其余放行', en: 'Strip: drop what was not declared, pass the rest' },
  hold: { zh: '待核：停下等待人员核实', en: 'Hold: stop and wait for a person' },
  cut: { zh: '中止：立即停止', en: 'Cut: stop at once' },
});

export const CADENCES: Readonly<Record<string, Text>> = texts({
  batch: { zh: '批量', en: 'Batch' },
  feed: { zh: '持续推送', en: 'Feed' },
  remote_access: { zh: '境外远程访问', en: 'Remote access from abroad' },
  direct_entry: { zh: '境外直接采集', en: 'Direct entry abroad' },
});

export const DIRECTIONS: Readonly<Record<string, Text>> = texts({
  outbound: { zh: '出境', en: 'Outbound' },
  inbound: { zh: '入境', en: 'Inbound' },
  transit: { zh: '过境', en: 'Transit' },
  zone: { zh: '区内', en: 'Within the zone' },
});

export const ORIGINS: Readonly<Record<string, Text>> = texts({
  domestic: { zh: '境内收集或产生', en: 'Collected in the country' },
  overseas: { zh: '境外收集或产生', en: 'Collected abroad' },
  mixed: { zh: '境内外混合', en: 'Mixed' },
});

export const TIERS: Readonly<Record<string, Text>> = texts({
  exporter: { zh: '仅本主体', en: 'The exporter only' },
  authority: { zh: '主管部门', en: 'The authority' },
  centre: { zh: '服务中心与主管部门', en: 'The service centre and the authority' },
  statistics: { zh: '仅用于统计', en: 'Statistics only' },
});

export const PARTY_KINDS: Readonly<Record<string, Text>> = texts({
  exporter: { zh: '数据处理者', en: 'Data handler' },
  recipient: { zh: '境外接收方', en: 'Recipient' },
  centre: { zh: '服务中心', en: 'Service centre' },
  authority: { zh: '主管部门', en: 'Authority' },
  operator: { zh: '运营主体', en: 'Operator' },
  auditor: { zh: '审计方', en: 'Auditor' },
});

/** What a field holds when it is no semantic type. */
export const PLAIN_TYPES: Readonly<Record<string, Text>> = texts({
  text: { zh: '文本', en: 'Text' },
  number: { zh: '数值', en: 'Number' },
  date: { zh: '日期', en: 'Date' },
  boolean: { zh: '是否', en: 'Yes or no' },
  category: { zh: '类别值', en: 'Category' },
  empty: { zh: '空', en: 'Empty' },
  unknown: { zh: '未能识别', en: 'Unknown' },
});

export const KEY_USES: Readonly<Record<string, Text>> = texts({
  edge: { zh: '出境侧签名', en: 'Edge signing' },
  recipient: { zh: '接收方解密', en: 'Recipient decryption' },
  receipt: { zh: '接收方签收', en: 'Receipt signing' },
});

export const GRANT_WORDS = {
  live: word('ok', '有效', 'In force'),
  revoked: word('bad', '已撤销', 'Revoked'),
  expired: word('mute', '已到期', 'Expired'),
} as const;

/** The word for a code; a code that this console does not know is shown as it is. */
export const wordOf = (words: Readonly<Record<string, Word>>, code: string): Word =>
  words[code] ?? word('mute', code, code);

export const textOf = (words: Readonly<Record<string, Text>>, code: string): Text => words[code] ?? { zh: code, en: code };

export const optionsOf = (words: Readonly<Record<string, Text | Word>>) =>
  Object.entries(words).map(([value, each]) => ({ value, text: 'text' in each ? each.text : each }));
