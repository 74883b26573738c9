// Colours and type, once: antd's tokens and our own custom properties come from the same table.
import { theme as antd, type ThemeConfig } from 'antd';
import { useEffect, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { useSettings } from '../i18n/settings';

const FONT =
  'system-ui, -apple-system, "Segoe UI", "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';
const MONO = 'ui-monospace, SFMono-Regular, "Cascadia Mono", Consolas, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

const LIGHT = {
  ground: '#f4f6f8', surface: '#ffffff', raised: '#f8fafb', line: '#dfe4ea', strong: '#8a94a3',
  text: '#17202b', quiet: '#55606e', accent: '#0b5fa5', 'accent-soft': '#e7f1fa', 'on-accent': '#ffffff',
  ok: '#14713a', 'ok-soft': '#e6f4ea', warn: '#8a5200', 'warn-soft': '#fdf2de', bad: '#b3261e', 'bad-soft': '#fcebe9',
  wait: '#5b4a9e', 'wait-soft': '#efecf9', mute: '#55606e', 'mute-soft': '#eceff2',
}; // prettier-ignore

const DARK: typeof LIGHT = {
  ground: '#10151b', surface: '#181f27', raised: '#1e262f', line: '#323c48', strong: '#7b8796',
  text: '#e6ebf1', quiet: '#a3aebb', accent: '#6cb2ef', 'accent-soft': '#17324a', 'on-accent': '#0b1a28',
  ok: '#6fcf8f', 'ok-soft': '#15301f', warn: '#f0b95a', 'warn-soft': '#382a11', bad: '#ff9a90', 'bad-soft': '#411b18',
  wait: '#b9a9f5', 'wait-soft': '#2a2347', mute: '#a3aebb', 'mute-soft': '#27303a',
}; // prettier-ignore

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const printing = window.matchMedia('print');

function watch(query: MediaQueryList): (tell: () => void) => () => void {
  return (tell) => {
    const now = () => flushSync(tell);
    query.addEventListener('change', now);
    return () => query.removeEventListener('change', now);
  };
}

const watchDark = watch(dark);
const watchPrint = watch(printing);

/** Whether the page is dark now: the reader's choice, else the system's; paper is always light. */
export function useDark(): boolean {
  const { theme } = useSettings();
  const system = useSyncExternalStore(watchDark, () => dark.matches);
  const paper = useSyncExternalStore(watchPrint, () => printing.matches);
  return !paper && (theme === 'system' ? system : theme === 'dark');
}

export function useTheme(): ThemeConfig {
  const isDark = useDark();
  const colour = isDark ? DARK : LIGHT;
  useEffect(() => {
    const root = document.documentElement;
    root.dataset.theme = isDark ? 'dark' : 'light';
    for (const [name, value] of Object.entries(colour)) root.style.setProperty(`--${name}`, value);
  }, [isDark, colour]);
  return {
    algorithm: isDark ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      colorPrimary: colour.accent, colorInfo: colour.accent, colorLink: colour.accent, colorLinkHover: colour.accent,
      colorLinkActive: colour.accent, colorSuccess: colour.ok,
      colorWarning: colour.warn, colorError: colour.bad, colorText: colour.text, colorTextSecondary: colour.quiet,
      colorTextTertiary: colour.quiet, colorTextDescription: colour.quiet, colorTextPlaceholder: colour.quiet,
      colorBgLayout: colour.ground, colorBgContainer: colour.surface, colorBgElevated: colour.surface,
      colorBorder: colour.strong, colorBorderSecondary: colour.line, colorTextLightSolid: colour['on-accent'],
      fontFamily: FONT, fontFamilyCode: MONO, fontSize: 14, borderRadius: 6, controlHeight: 34, motion: !reducedMotion(),
    }, // prettier-ignore
    components: {
      Button: { primaryShadow: 'none', dangerShadow: 'none', defaultShadow: 'none' },
      Menu: { itemBg: 'transparent', itemSelectedBg: colour['accent-soft'], itemSelectedColor: colour.accent, itemHeight: 38 },
      Tabs: { horizontalMargin: '0 0 16px 0' },
      Form: { labelColor: colour.text, verticalLabelPadding: '0 0 4px' },
    },
  };
}

function reducedMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
