// A status is an icon, a word and a colour: never the colour alone.
import {
  CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined, MinusCircleOutlined,
  PauseCircleOutlined, QuestionCircleOutlined, SyncOutlined,
} from '@ant-design/icons'; // prettier-ignore
import type { ReactNode } from 'react';
import { useSay, type Text } from '../i18n/lang';

export type Tone = 'ok' | 'run' | 'wait' | 'warn' | 'bad' | 'mute' | 'ask';

const ICONS: Record<Tone, ReactNode> = {
  ok: <CheckCircleOutlined />,
  run: <SyncOutlined />,
  wait: <ClockCircleOutlined />,
  warn: <PauseCircleOutlined />,
  bad: <CloseCircleOutlined />,
  mute: <MinusCircleOutlined />,
  ask: <QuestionCircleOutlined />,
};

export function Status({ tone, text }: { tone: Tone; text: Text }) {
  const { say } = useSay();
  return (
    <span className={`status status-${tone}`}>
      <span aria-hidden="true">{ICONS[tone]}</span>
      {say(text)}
    </span>
  );
}

export function Note({ tone = 'run', title, children }: { tone?: Tone; title?: ReactNode; children?: ReactNode }) {
  return (
    <div className={`note note-${tone}`}>
      <span aria-hidden="true">{tone === 'bad' ? <ExclamationCircleOutlined /> : ICONS[tone]}</span>
      <div>
        {title && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}
