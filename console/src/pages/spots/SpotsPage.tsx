// Counts that edges vouch for, each with its latest spot check; the authority draws.
import { post } from '../../api/client';
import { useAct, useCounted } from '../../api/queries';
import type { Counted as Row } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { GroundAct } from '../../kit/GroundAct';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Ident, Num, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { PartyName } from '../names';
import { ForbiddenPage } from '../trouble/TroublePages';
import { t } from './spots.text';

const PLACES = 16;
const STATES = {
  never: { text: t.never, tone: 'mute' },
  drawn: { text: t.drawn, tone: 'run' },
  overdue: { text: t.overdue, tone: 'bad' },
  passed: { text: t.passed, tone: 'ok' },
  failed: { text: t.failed, tone: 'bad' },
} as const;
type Standing = keyof typeof STATES;

const standingOf = (row: Row) => (row.check?.standing ?? 'never') as Standing;

function Latest({ of }: { of: Row }) {
  const { say } = useSay();
  return (
    <span className="two">
      <Status {...STATES[standingOf(of)]} />
      {of.check && (
        <span className="quiet small">
          {say(t.ofPlaces, { n: of.check.places })}{' '}
          <When at={of.check.drawn_at} />
        </span>
      )}
      {of.check?.reason && <span className="quiet small">{of.check.reason}</span>}
    </span>
  );
}

function Draw({ of }: { of: Row }) {
  const { say } = useSay();
  const draw = useAct((ground: string) => post('/api/v1/spotchecks', { body: { counts_id: of.id, places: PLACES, ground } }), ['counts']);
  if (!useMay('spot.draw')) return null;
  return <GroundAct label={t.draw} title={t.drawTitle} consequence={say(t.drawNote)} danger={false} act={draw.mutateAsync} />;
}

const COLUMNS: Column<Row>[] = [
  { key: 'exporter', title: t.exporter, text: (row) => row.exporter_name?.en ?? row.owner_party, render: (row) => <PartyName id={row.owner_party} /> },
  { key: 'day', title: t.day, sort: (row) => row.day, render: (row) => row.day },
  { key: 'persons', title: t.persons, align: 'end', sort: (row) => row.persons, render: (row) => <Num value={row.persons} /> },
  { key: 'identifiers', title: t.identifiers, align: 'end', sort: (row) => row.identifiers, render: (row) => <Num value={row.identifiers} /> },
  { key: 'commitment', title: t.commitment, render: (row) => <Ident id={row.commitment} copy /> },
  { key: 'latest', title: t.latest, sort: standingOf, render: (row) => <Latest of={row} /> },
  { key: 'act', title: t.act, render: (row) => <Draw of={row} /> },
];

const FILTERS: Filter<Row>[] = [
  { key: 'state', title: t.state, options: Object.entries(STATES).map(([value, { text }]) => ({ value, text })), of: standingOf },
];

export function SpotsPage() {
  const { say } = useSay();
  const query = useCounted();
  if (!useMay('spot.read')) return <ForbiddenPage action="spot.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/counts', data: query.data }}>
      <QueryTable
        name="spots"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={FILTERS}
        search={(row) => [row.id, row.entry_id, row.exporter_name?.zh, row.exporter_name?.en, row.commitment].join(' ')}
        empty={<Empty title={t.none}>{t.noneHint}</Empty>}
      />
    </Page>
  );
}
