// The menu: address, words, the action that shows it, and the key after `g` that goes there.
import type { Text } from '../i18n/lang';
import { t } from './shell.text';

export interface Place {
  readonly path: string;
  readonly text: Text;
  readonly key: string;
  readonly action?: string;
}

export interface PlaceGroup {
  readonly text: Text;
  readonly places: readonly Place[];
}

export const MENU: readonly PlaceGroup[] = [
  {
    text: t.groupWork,
    places: [
      { path: '/', text: t.workbench, key: 'w' },
      { path: '/register', text: t.register, key: 'r', action: 'scenario.read' },
      { path: '/filings', text: t.filings, key: 'c', action: 'filing.read' },
      { path: '/bases', text: t.bases, key: 'b', action: 'basis.read' },
      { path: '/grants', text: t.grants, key: 'a', action: 'grant.read' },
      { path: '/transfers', text: t.transfers, key: 't', action: 'transfer.read' },
    ],
  },
  {
    text: t.groupProof,
    places: [
      { path: '/evidence', text: t.evidence, key: 'e', action: 'evidence.read' },
      { path: '/alarms', text: t.alarms, key: 'l', action: 'alarm.read' },
      { path: '/parties', text: t.parties, key: 'p' },
    ],
  },
  {
    text: t.groupMore,
    places: [
      { path: '/settings', text: t.settings, key: 's' },
      { path: '/help', text: t.help, key: 'h' },
    ],
  },
];
