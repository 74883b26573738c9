import { texts } from '../../i18n/lang';

export const t = texts({
  title: { zh: '设置', en: 'Settings' },
  lead: { zh: '只影响本浏览器。', en: 'For this browser only.' },
  language: { zh: '界面语言', en: 'Language' },
  zh: { zh: '中文', en: '中文' },
  en: { zh: 'English', en: 'English' },
  colours: { zh: '界面颜色', en: 'Colours' },
  system: { zh: '跟随系统', en: 'Follow the system' },
  light: { zh: '浅色', en: 'Light' },
  dark: { zh: '深色', en: 'Dark' },
  zone: { zh: '时间显示', en: 'Times are shown in' },
  shanghai: { zh: '北京时间（UTC+8）', en: 'Beijing time (UTC+8)' },
  utc: { zh: '协调世界时（UTC）', en: 'UTC' },
  local: { zh: '本机时区', en: 'This device’s zone' },
  zoneNote: { zh: '法定日期始终按北京时间计算。', en: 'Legal dates are always reckoned in Beijing time.' },
  you: { zh: '当前身份', en: 'Your seat' },
  name: { zh: '姓名', en: 'Name' },
  party: { zh: '所属主体', en: 'Party' },
  roles: { zh: '角色', en: 'Roles' },
  actions: { zh: '可执行的操作', en: 'Actions allowed' },
});
