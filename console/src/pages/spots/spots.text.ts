import { texts } from '../../i18n/lang';

export const t = texts({
  title: { zh: '抽查核验', en: 'Spot checks' },
  lead: {
    zh: '出境侧为每次计数交来签名的人数与承诺。主管部门随机抽取若干位置，出境侧只开启这些位置，数据港对照承诺核验；抽取与结果都记入存证日志。',
    en: 'For each count its edge hands in signed numbers and a commitment. The authority draws places at random, the edge opens these and no others, the port holds them against the commitment; the draw and what came out are logged.',
  },
  exporter: { zh: '数据处理者', en: 'Exporter' },
  day: { zh: '计数日期', en: 'Day of the count' },
  persons: { zh: '自然人', en: 'Persons' },
  identifiers: { zh: '标识数', en: 'Identifiers' },
  commitment: { zh: '承诺', en: 'Commitment' },
  latest: { zh: '最近一次抽查', en: 'Latest check' },
  never: { zh: '未抽查', en: 'Not checked' },
  drawn: { zh: '待作答', en: 'To be answered' },
  overdue: { zh: '逾期未答', en: 'Overdue' },
  passed: { zh: '通过', en: 'Passed' },
  failed: { zh: '未通过', en: 'Failed' },
  ofPlaces: { zh: '{n} 个位置，抽取于', en: '{n} {n?place:places}, drawn' },
  act: { zh: '操作', en: 'Act' },
  draw: { zh: '抽取', en: 'Draw' },
  drawTitle: { zh: '抽取 16 个位置', en: 'Draw 16 places' },
  drawNote: {
    zh: '位置由数据港此刻生成的随机数与已交来的承诺共同决定，任何一方都不能挑选。出境侧须在七日内作答，答复只算一次。',
    en: 'The places follow from a random number that the port makes now and from the commitment that it holds: nobody can choose them. The edge answers within seven days, and one answer counts.',
  },
  none: { zh: '还没有可以抽查的计数', en: 'No count can be checked yet' },
  noneHint: { zh: '出境侧完成一次计数后会自动交来，并显示在这里。', en: 'When an edge has counted, it hands the count in by itself, and it stands here.' },
  state: { zh: '状态', en: 'Standing' },
});
