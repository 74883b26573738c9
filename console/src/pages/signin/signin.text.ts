import { texts } from '../../i18n/lang';

export const t = texts({
  title: { zh: '登录国际数据港', en: 'Sign in to the data port' },
  lead: {
    zh: '把出境依据、传输授权、跨境字节和存证凭证对应到同一条记录，各方都可离线核验。',
    en: 'One record joins the legal basis, the grant, the bytes that crossed and the receipt; each party can check it offline.',
  },
  account: { zh: '账号', en: 'Account' },
  password: { zh: '密码', en: 'Password' },
  code: { zh: '动态口令（已启用时填写）', en: 'One-time code (if set up)' },
  submit: { zh: '登录', en: 'Sign in' },
  needAccount: { zh: '请填写账号。', en: 'Give the account.' },
  needPassword: { zh: '请填写密码。', en: 'Give the password.' },
  seats: { zh: '选择演示身份', en: 'Choose a seat' },
  seatsLead: {
    zh: '演示模式下，点选一个身份即可登录。主体与人员均为虚构。',
    en: 'In demo mode one click signs you in. All organisations and people are invented.',
  },
  enter: { zh: '进入', en: 'Enter' },
  or: { zh: '使用账号登录', en: 'Sign in with an account' },
  verify: { zh: '验证存证凭证（无需登录）', en: 'Verify a receipt (no account needed)' },
  guide: { zh: '我该走哪条路：数据出境路径向导', en: 'Which way must I go: guide to the pathways' },
});
