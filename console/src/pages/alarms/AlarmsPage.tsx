// What a watch or a monitor found wrong; a person of the authority closes it, naming the ground.
import { post } from '../../api/client';
import { useAct, useAlarms } from '../../api/queries';
import type { Alarm } from '../../api/types';
import { Link } from 'react-router';
import { useMay } from '../../app/Shell';
import { instant } from '../../i18n/format';
import { useSay, type Text } from '../../i18n/lang';
import { useSettings } from '../../i18n/settings';
import { GroundAct } from '../../kit/GroundAct';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Dash, Ident, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { ForbiddenPage } from '../trouble/TroublePages';
import { t } from './alarms.text';

const KINDS: Record<string, Text> = {
  malformed: t.malformed,
  gap: t.gap,
  duplicate: t.duplicate,
  'back-link': t.backLink,
  'hour-back': t.hourBack,
  silence: t.silence,
  missing: t.missing,
  tile: t.tile,
  root: t.root,
  checkpoint: t.checkpoint,
  'split-view': t.splitView,
  stall: t.stall,
  'receipt-missing': t.receipt,
  'egress-mismatch': t.egress,
  body: t.body,
};

const Kind = ({ of }: { of: Alarm }) => <>{useSay().say(KINDS[of.kind] ?? t.title)}</>;

const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** Where it is: instants in it as the reader has them elsewhere. */
function Place({ of }: { of: string }) {
  const { zone } = useSettings();
  return <>{of.replace(INSTANT, (at) => instant(at, zone)).replace('/', ' – ')}</>;
}

function What({ of }: { of: Alarm }) {
  const { say, label } = useSay();
  return (
    <>
      {say(of.text)}
      <p className="quiet small">
        {label(t.subject)}
        {of.subject.startsWith('trf_') ? <Ident id={of.subject} to={`/transfers/${of.subject}`} /> : <Place of={of.subject} />}
        {' · '}
        <Link to={`/evidence?query=${of.event_id}`}>{say(t.event)}</Link>
      </p>
      {of.ground && <p className="quiet small">{label(t.closedFor)}{of.ground}</p>}
      {of.has_proof && (
        <p className="small">
          <a href={`/api/v1/alarms/${of.alarm_id}/proof`} download={`${of.alarm_id}.misbehaviour.json`}>
            {say(t.proof)}
          </a>
        </p>
      )}
    </>
  );
}

function Close({ of }: { of: Alarm }) {
  const { say } = useSay();
  const close = useAct((ground: string) => post('/api/v1/alarms/{alarm_id}/close', { path: { alarm_id: of.alarm_id }, body: { ground } }), ['alarms']);
  if (!useMay('alarm.close') || of.closed_at) return <Dash />;
  return <GroundAct label={t.close} title={t.closeTitle} consequence={say(t.closeNote)} danger={false} act={close.mutateAsync} />;
}

const STATE = { open: { text: t.open, tone: 'bad' }, closed: { text: t.closed, tone: 'mute' } } as const;
const stateOf = (row: Alarm) => (row.closed_at ? 'closed' : 'open');

const COLUMNS: Column<Alarm>[] = [
  { key: 'kind', title: t.kind, sort: (row) => row.kind, render: (row) => <Kind of={row} /> },
  { key: 'what', title: t.what, text: (row) => `${row.text.zh} / ${row.text.en}`, render: (row) => <What of={row} /> },
  { key: 'at', title: t.at, sort: (row) => row.at, render: (row) => <When at={row.at} /> },
  { key: 'state', title: t.state, sort: stateOf, render: (row) => <Status {...STATE[stateOf(row)]} /> },
  { key: 'act', title: t.act, render: (row) => <Close of={row} /> },
];

const FILTERS: Filter<Alarm>[] = [
  {
    key: 'state',
    title: t.state,
    options: [
      { value: 'open', text: t.open },
      { value: 'closed', text: t.closed },
    ],
    of: stateOf,
  },
];

export function AlarmsPage() {
  const { say } = useSay();
  const may = useMay('alarm.read');
  const query = useAlarms(may);
  if (!may) return <ForbiddenPage action="alarm.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/alarms?closed=true', data: query.data }}>
      <QueryTable
        name="alarms"
        caption={t.title}
        query={query}
        id={(row) => row.alarm_id}
        columns={COLUMNS}
        filters={FILTERS}
        search={(row) => [row.kind, row.subject, row.text.zh, row.text.en].join(' ')}
        empty={<Empty title={t.none}>{t.noneHint}</Empty>}
      />
    </Page>
  );
}
