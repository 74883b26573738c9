import { texts, type Text } from '../../i18n/lang';
import type { Tone } from '../../kit/Status';

export const t = texts({
  title: { zh: '租约与紧急放行', en: 'Leases and break-glass' },
  lead: {
    zh: '数据港无法访问时的两种办法：持有租约，本侧可以先封存，待数据港恢复后再出境；实在不能等的，由本单位两人决定紧急放行，事后自动报告。',
    en: 'What to do while the port is out of reach: under a lease this edge seals, and nothing crosses until the port is back; what cannot wait two persons let go, and it is always reported.',
  },
  leases: { zh: '离线租约', en: 'Leases' },
  noLease: { zh: '还没有租约', en: 'There is no lease' },
  noLeaseHint: { zh: '请在数据港可以访问时申请；无法访问时，没有租约的传输会等待。', en: 'Ask for one while the port can be reached; without one a run waits while it cannot.' },
  glass: { zh: '紧急放行', en: 'Break-glass' },
  noGlass: { zh: '没有紧急放行', en: 'There is no break-glass' },
  noGlassHint: { zh: '一人写明事由提出，另一人确认，二十四小时内有效，只用于一次传输。', en: 'One person asks and says why, another confirms; it holds for 24 hours and one transfer.' },
  id: { zh: '编号', en: 'Id' },
  state: { zh: '状态', en: 'State' },
  grant: { zh: '传输授权', en: 'Grant' },
  limits: { zh: '上限', en: 'At most' },
  limitsOf: { zh: '{n} 人，{bytes}', en: '{n} {n?person:persons}, {bytes}' },
  ofThem: { zh: '其中敏感 {n} 人', en: '{n} with sensitive information' },
  until: { zh: '有效期至', en: 'Until' },
  run: { zh: '所用传输', en: 'Run' },
  ground: { zh: '事由', en: 'Ground' },
  askedBy: { zh: '申请', en: 'Asked by' },
  confirmedBy: { zh: '确认', en: 'Confirmed by' },
  bundle: { zh: '密封包', en: 'Bundle' },
  reported: { zh: '报告时间', en: 'Reported' },
  cancel: { zh: '取消', en: 'Cancel' },
  askLease: { zh: '申请租约', en: 'Ask for a lease' },
  askLeaseNote: { zh: '租约由数据港签发，人数与字节数随即从授权的额度中预留，到期未用的退回。', en: 'The port signs it and reserves persons and bytes of the grant at once; what is not used comes back.' },
  askGlass: { zh: '申请紧急放行', en: 'Ask for a break-glass' },
  askGlassNote: {
    zh: '密封包一经交出即为出境，计入人数台账，并报告数据港与主管部门。须由本单位另一人确认。',
    en: 'A bundle that is handed out has crossed: it counts in the person ledger and is reported to port and authority. Another person of this organisation confirms.',
  },
  grantHelp: { zh: '以 grt_ 开头，见传输授权。', en: 'Begins with grt_; see the grants at the port.' },
  needGrant: { zh: '请填写授权编号。', en: 'The id of a grant is wanted.' },
  groundHelp: { zh: '为何不能等待数据港恢复，10 至 500 字。', en: 'Why it cannot wait for the port; 10 to 500 characters.' },
  needGround: { zh: '请以 10 至 500 字写明事由。', en: 'Name the ground in 10 to 500 characters.' },
  persons: { zh: '自然人上限', en: 'Natural persons, at most' },
  sensitive: { zh: '敏感个人信息人数上限', en: 'Sensitive, at most' },
  size: { zh: '数据量上限（MB）', en: 'Size, at most (MB)' },
  hours: { zh: '小时数（1 至 72）', en: 'Hours (1 to 72)' },
  need: { zh: '请填写数目。', en: 'A number is wanted.' },
  confirm: { zh: '确认放行', en: 'Confirm' },
  confirmTitle: { zh: '作为第二人确认这次紧急放行', en: 'Confirm this break-glass as the second person' },
  confirmNote: {
    zh: '确认后二十四小时内，找不到数据港的一次传输可以据此封存并交出。事由为“{ground}”。',
    en: 'For 24 hours from now one run that finds no port may seal and hand out under it. The ground is “{ground}”.',
  },
});

/** In what state leave stands: a word of ours for each that the edge knows. */
export const STATES: Readonly<Record<string, readonly [Tone, Text]>> = {
  held: ['ok', { zh: '持有', en: 'Held' }],
  used: ['run', { zh: '使用中', en: 'Used by a run' }],
  over: ['mute', { zh: '已结束', en: 'Over' }],
  asked: ['wait', { zh: '待第二人确认', en: 'A second person confirms' }],
  open: ['warn', { zh: '已确认', en: 'Confirmed' }],
  out: ['bad', { zh: '已交出，待报告', en: 'Handed out, not reported yet' }],
  reported: ['ok', { zh: '已报告', en: 'Reported' }],
};
