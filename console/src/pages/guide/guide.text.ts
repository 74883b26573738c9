import { texts } from '../../i18n/lang';

export const t = texts({
  title: { zh: '我该走哪条路', en: 'Which way must I go' },
  lead: {
    zh: '逐题回答，即可知道一项数据出境应走的路径、义务与条文依据。无需登录，答案不作保存。',
    en: 'Answer one question at a time to learn the pathway of an export of data, its duties and the articles behind them. No account is needed and nothing is kept.',
  },
  unknown: { zh: '不清楚', en: 'Not known' },
  next: { zh: '下一题', en: 'Next' },
  empty: { zh: '留空表示不清楚；人数可写作 120,000 或 12万。', en: 'Leave it empty when not known; a count is written 120,000.' },
  answered: { zh: '已回答', en: 'Your answers' },
  change: { zh: '修改', en: 'change' },
  again: { zh: '重新开始', en: 'Start again' },
  grounds: { zh: '若能证明以下条件，可能适用豁免', en: 'An exemption may fit, if you can show' },
  contract: { zh: '个人为当事人的合同所必需', en: "Needed for the individual's own contract" },
  hr: { zh: '跨境人力资源管理所必需', en: 'Needed for cross-border human resources management' },
  emergency: { zh: '紧急情况', en: 'An emergency' },
  statutory_duty: { zh: '我国法定职责或义务', en: 'A statutory duty under Chinese law' },
  closing: {
    zh: '这是规则库给出的判断，不是行政决定，也不构成法律意见。',
    en: 'This is what the rulebook answers. It is no administrative decision and no legal advice.',
  },
  plain: { zh: '无脚本页面', en: 'Page without script' },
  console: { zh: '控制台', en: 'Console' },
});
