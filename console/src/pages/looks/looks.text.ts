import { texts } from '../../i18n/lang';

export const t = texts({
  title: { zh: '谁看过', en: 'Who looked' },
  lead: {
    zh: '数据港人员看过本单位的哪些记录。每项记录均在显示之前先行记下；发出即视为看过。',
    en: 'What port staff were shown of your organisation’s matters. Each is written down before it is shown; what was sent counts as seen.',
  },
  who: { zh: '人员', en: 'Person' },
  seat: { zh: '席位', en: 'Seat' },
  thing: { zh: '记录', en: 'Thing' },
  how: { zh: '方式', en: 'How' },
  when: { zh: '时间', en: 'When' },
  times: { zh: '次数', en: 'Times' },
  timesOf: { zh: '{n} 次', en: '{n} {n?time:times}' },
  until: { zh: '至', en: 'to' },
  lists: { zh: '也列出仅在列表中出现的', en: 'Also where it only stood in a list' },
  listsOf: { zh: '含列表中出现的全部记录', en: 'All of it, with lists' },
  only: { zh: '仅列出对该记录及其组成部分的查看', en: 'Only looks at this thing and its parts' },
  whole: { zh: '列出全部', en: 'List all' },
  earlier: { zh: '更早的', en: 'Earlier ones' },
  none: { zh: '没有查看记录', en: 'No looks' },
  noneHint: {
    zh: '服务中心、主管部门、平台运维或审计人员打开或下载本单位的记录之后，会列在这里；仅在列表中出现的，勾选后列出。',
    en: 'When somebody of the service centre, the authority, the operator or the audit opens or downloads what is your organisation’s, it is listed here; what only stood in a list, once that is ticked.',
  },
  noneHere: { zh: '数据港人员尚未打开或下载。', en: 'Nobody of the port has opened or downloaded it yet.' },
  centre: { zh: '服务中心', en: 'Service centre' },
  authority: { zh: '主管部门', en: 'Authority' },
  operator: { zh: '平台运维', en: 'Operator' },
  auditor: { zh: '审计', en: 'Audit' },
});
