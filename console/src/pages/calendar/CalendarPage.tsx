// Every clock in one list; the feed, reminders, incidents, and what law changed.
import { CalendarOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '../../api/client';
import { useAct, useCalendar } from '../../api/queries';
import type { Clock } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay, type Text } from '../../i18n/lang';
import { LawRef } from '../../kit/Citations';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Copy, Dash, When } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Note, Status, type Tone } from '../../kit/Status';
import type { Column, Filter } from '../../kit/useListState';
import { PartyName } from '../names';
import { ForbiddenPage } from '../trouble/TroublePages';
import { t } from './calendar.text';
import { Incidents } from './Incidents';
import { LawChanges, Reminders } from './Side';

const STATES: Readonly<Record<string, { text: Text; tone: Tone }>> = {
  overdue: { text: t.overdue, tone: 'bad' }, due: { text: t.due, tone: 'warn' }, open: { text: t.open, tone: 'ok' }, later: { text: t.later, tone: 'mute' },
}; // prettier-ignore
const KINDS: Readonly<Record<string, Text>> = {
  validity: t.validity, window: t.window, change: t.change, filing: t.filing, grant: t.grant, lease: t.lease, incident: t.incident, yearly: t.yearly,
}; // prettier-ignore

const COLUMNS: Column<Clock>[] = [
  { key: 'day', title: t.day, sort: (row) => row.at ?? row.day, render: (row) => <Day row={row} /> },
  { key: 'state', title: t.state, sort: (row) => row.state, render: (row) => <span className="keep"><Status {...(STATES[row.state] ?? { text: t.later, tone: 'mute' })} /></span> },
  { key: 'what', title: t.what, sort: (row) => row.title.zh, render: (row) => <What row={row} /> },
  { key: 'who', title: t.who, sort: (row) => row.owner_party, render: (row) => <PartyName id={row.owner_party} link={false} /> },
  { key: 'source', title: t.source, render: (row) => <Cites row={row} />, text: (row) => row.citations.map((cite) => cite.ref).join(' ') },
];

const FILTERS: Filter<Clock>[] = [
  { key: 'state', title: t.state, options: Object.entries(STATES).map(([value, each]) => ({ value, text: each.text })), of: (row) => row.state },
  { key: 'kind', title: t.kind, options: Object.entries(KINDS).map(([value, text]) => ({ value, text })), of: (row) => row.kind },
];

function Day({ row }: { row: Clock }) {
  const { say } = useSay();
  return (
    <span className="two">
      {row.at ? <When at={row.at} seconds={false} /> : <span className="num">{row.day}</span>}
      {row.provisional && <span className="quiet small">{say(t.provisional)}</span>}
    </span>
  );
}

function What({ row }: { row: Clock }) {
  const { say } = useSay();
  const made = useAct(() => post('/api/v1/calendar/done', { body: { report: row.id.split(':')[1] ?? '', day: row.day } }), ['calendar']);
  const may = useMay('filing.submit');
  return (
    <span className="two">
      {row.path === '/calendar' ? <span>{say(row.title)}</span> : <Link to={row.path}>{say(row.title)}</Link>}
      <span className="quiet small">
        {say(KINDS[row.kind] ?? { zh: row.kind, en: row.kind })}
        {row.kind === 'yearly' && may && (
          <Button type="link" size="small" loading={made.isPending} onClick={() => made.mutate()}>
            {say(t.made)}
          </Button>
        )}
      </span>
    </span>
  );
}

function Cites({ row }: { row: Clock }) {
  if (row.citations.length === 0) return <Dash />;
  return (
    <>
      {row.citations.map((cite) => (
        <LawRef key={cite.ref} of={cite.ref} />
      ))}
    </>
  );
}

export function CalendarPage() {
  const { say } = useSay();
  const query = useCalendar();
  if (!useMay('calendar.read')) return <ForbiddenPage action="calendar.read" />;
  const of = query.data;
  const rows = { ...query, data: of?.clocks } as unknown as Parameters<typeof QueryTable<Clock>>[0]['query'];
  const provisional = of?.clocks.some((clock) => clock.provisional);
  return (
    <Page title={say(t.title)} lead={of && say(t.lead, { day: of.as_of })} actions={<Feed />} raw={of && { path: '/api/v1/calendar', data: of }}>
      <QueryTable
        name="calendar"
        caption={t.title}
        query={rows}
        id={(row) => row.id}
        columns={COLUMNS}
        filters={FILTERS}
        search={(row) => [row.title.zh, row.title.en, row.owner_party, ...row.citations.map((cite) => cite.ref)].join(' ')}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
      {provisional && <p className="quiet small">{say(t.provisionalNote, { year: String(of?.holidays_published.at(-1) ?? '') })}</p>}
      <Incidents />
      <div className="pair">
        <Reminders />
        <LawChanges />
      </div>
    </Page>
  );
}

function Feed() {
  const { say } = useSay();
  const [path, setPath] = useState('');
  const make = useAct(() => post('/api/v1/calendar/feed'));
  const address = path && new URL(path, location.href).href;
  return (
    <>
      <Button icon={<CalendarOutlined />} loading={make.isPending} onClick={() => void make.mutateAsync(undefined).then((made) => setPath(made.path))}>
        {say(t.feed)}
      </Button>
      {address && (
        <Note tone="ok" title={<><code>{address}</code> <Copy text={address} /></>}>
          <p>{say(t.feedNote)}</p>
        </Note>
      )}
    </>
  );
}
