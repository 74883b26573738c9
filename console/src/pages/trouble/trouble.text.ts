import { texts } from '../../i18n/lang';

export const t = texts({
  notFound: { zh: '找不到这个页面', en: 'There is no such page' },
  notFoundHint: {
    zh: '地址可能有误。他人的记录同样显示为找不到。',
    en: 'The address may be wrong. What belongs to others answers the same way.',
  },
  forbidden: { zh: '当前身份不能查看此页', en: 'This seat may not see the page' },
  fault: { zh: '页面出现故障', en: 'The page failed' },
  faultHint: { zh: '请刷新页面；若仍出现，请把下面的内容告知运维人员。', en: 'Reload the page; if it stays, give the lines below to the operator.' },
  reload: { zh: '刷新', en: 'Reload' },
  home: { zh: '返回工作台', en: 'To the workbench' },
});
