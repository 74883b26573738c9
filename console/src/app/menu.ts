// The menu: address, words, the action that shows it, and the key after `g` that goes there.
import type { Text } from '../i18n/lang';
import { t } from './shell.text';

export interface Place {
  readonly path: string;
  readonly text: Text;
  readonly key: string;
  readonly action?: string;
  /** Also, or only, at an exporter's edge; what is not marked is the port's. */
  readonly at?: 'edge' | 'both';
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
      { path: '/ledger', text: t.ledger, key: 'n', action: 'edge.read', at: 'edge' },
      { path: '/findings', text: t.findings, key: 'f', action: 'edge.read', at: 'edge' },
      { path: '/runs', text: t.runs, key: 'u', action: 'edge.read', at: 'edge' },
      { path: '/pins', text: t.pins, key: 'i', action: 'edge.read', at: 'edge' },
      { path: '/leave', text: t.leave, key: 'm', action: 'edge.read', at: 'edge' },
      { path: '/register', text: t.register, key: 'r', action: 'scenario.read' },
      { path: '/dossiers', text: t.dossiers, key: 'o', action: 'dossier.read', at: 'edge' },
      { path: '/filings', text: t.filings, key: 'c', action: 'filing.read' },
      { path: '/bases', text: t.bases, key: 'b', action: 'basis.read' },
      { path: '/grants', text: t.grants, key: 'a', action: 'grant.read' },
      { path: '/transfers', text: t.transfers, key: 't', action: 'transfer.read' },
      { path: '/calendar', text: t.calendar, key: 'd', action: 'calendar.read' },
    ],
  },
  {
    text: t.groupProof,
    places: [
      { path: '/evidence', text: t.evidence, key: 'e', action: 'evidence.read' },
      { path: '/looks', text: t.looks, key: 'v', action: 'look.read' },
      { path: '/breakglass', text: t.breakglass, key: 'k', action: 'breakglass.note' },
      { path: '/spotchecks', text: t.spots, key: 'x', action: 'spot.read' },
      { path: '/alarms', text: t.alarms, key: 'l', action: 'alarm.read' },
      { path: '/parties', text: t.parties, key: 'p' },
    ],
  },
  {
    text: t.groupMore,
    places: [
      { path: '/settings', text: t.settings, key: 's', at: 'both' },
      { path: '/help', text: t.help, key: 'h', at: 'both' },
    ],
  },
];

/** Whether who is signed in is at an exporter's edge, which has a console of its own with fewer pages. */
export const atEdge = (actions: readonly string[]): boolean => actions.includes('edge.read');

export const shownTo = (place: Place, actions: readonly string[]): boolean =>
  (!place.action || actions.includes(place.action)) && (atEdge(actions) ? place.at !== undefined : place.at !== 'edge');
