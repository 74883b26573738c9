import { texts } from '../../i18n/lang';

export const t = texts({
  title: { zh: '帮助与术语', en: 'Help and glossary' },
  line: { zh: '一次传输的全程', en: 'The line of a transfer' },
  step1: { zh: '识别：出境侧读出每个字段是什么、涉及多少自然人。', en: 'Scan: the edge finds what each field holds and how many natural persons.' },
  step2: { zh: '判定：规则库按事实与日期给出路径和理由。', en: 'Determine: the rulebook answers the route, with reasons, from facts and a date.' },
  step3: { zh: '办理：需要依据的，备齐材料，转报主管部门或认证机构。', en: 'File: where a basis is needed, gather the materials and forward them to the competent body.' },
  step4: { zh: '依据：登记其结果，由第二人复核后生效。', en: 'Ground: its result is entered and, once a second person has checked it, effective.' },
  step5: { zh: '授权：在依据范围内签发传输授权。', en: 'Grant: a grant issues inside the basis.' },
  step6: { zh: '传输：在出境侧剥离、计数、封装，数据港逐片核验后接收。', en: 'Send: stripped, counted and sealed at the edge; the port checks each chunk.' },
  step7: { zh: '存证：每个事件都有可离线验证的凭证。', en: 'Log: each event has a receipt that can be checked offline.' },
  glossary: { zh: '术语', en: 'Glossary' },
  verify: { zh: '验证凭证', en: 'Verifying a receipt' },
  verifyLead: {
    zh: '公开验证页面无需登录，也无需 JavaScript。需要凭证文件和另行取得的信任文件。',
    en: 'The public page needs neither an account nor JavaScript. You need the receipt and a trust file obtained apart from it.',
  },
  verifyPage: { zh: '打开公开验证页面', en: 'Open the public verification page' },
  verifyOffline: { zh: '在浏览器内离线验证（文件不上传）', en: 'Verify in the browser, without uploading' },
  keys: { zh: '键盘：按 ? 查看快捷键。', en: 'Keyboard: press ? for the list of keys.' },
  guide: { zh: '我该走哪条路：数据出境路径向导', en: 'Which way must I go: guide to the pathways' },
});
