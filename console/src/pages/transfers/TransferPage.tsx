// One transfer, live: bytes and speed, who and on what basis, what was stripped, what happened, its receipts.
import { DownloadOutlined, StopOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link, useParams } from 'react-router';
import { post } from '../../api/client';
import { useAct, useTransfer } from '../../api/queries';
import type { TransferDetail, TransferEvent } from '../../api/types';
import { sampled, throughput } from '../../app/live';
import { useMay } from '../../app/Shell';
import { bytes, span } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { DocumentLink } from '../../kit/DocumentLink';
import { GroundAct } from '../../kit/GroundAct';
import { Block, Page } from '../../kit/Page';
import { Ident, Num, When } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Note, Status, type Tone } from '../../kit/Status';
import { Timeline, type Moment } from '../../kit/Timeline';
import { LooksBlock } from '../looks/Looks';
import { BasisName, PartyName, TypeName } from '../names';
import { t as shared } from '../shared.text';
import { DIRECTIONS, ORIGINS, textOf, TRANSFER_STATES, wordOf } from '../words';
import { Arrival } from './TransfersPage';
import { t } from './transfers.text';

export function TransferPage() {
  const { id = '' } = useParams();
  const query = useTransfer(id);
  return <Loaded query={query}>{(transfer) => <Shown of={transfer} />}</Loaded>;
}

function Shown({ of }: { of: TransferDetail }) {
  const { say, label } = useSay();
  const state = wordOf(TRANSFER_STATES, of.state);
  return (
    <Page
      title={of.title}
      crumbs={[{ text: t.title, to: '/transfers' }]}
      lead={
        <>
          <Status {...state} /> <Ident id={of.id} whole copy />
        </>
      }
      actions={<Actions of={of} />}
      raw={{ path: `/api/v1/transfers/${of.id}`, data: of }}
    >
      {of.state === 'held' && <Held of={of} />}
      {of.state === 'cut' && (
        <Note tone="bad" title={say(t.cutNote)}>
          <p>
            {label(shared.groundOf)}{of.ground}
          </p>
        </Note>
      )}
      <div className="columns">
        <div>
          <Block>
            <Arrival of={of} />
            {of.state === 'open' && <Speed id={of.id} arrived={of.arrived_bytes} left={Math.max(of.expected_bytes ?? 0, of.size_bytes) - of.arrived_bytes} />}
          </Block>
          <Block title={say(t.events)}>
            <Timeline moments={of.events.map(moment)} />
          </Block>
        </div>
        <div>
          <Who of={of} />
          <KeptCopy of={of} />
          <Stripped of={of} />
          <LooksBlock thing={of.id} owner={of.owner_party} />
        </div>
      </div>
    </Page>
  );
}

function Actions({ of }: { of: TransferDetail }) {
  const { say } = useSay();
  const may = useMay('transfer.cut');
  const mayProve = useMay('evidence.read');
  const cut = useAct((ground: string) => post('/api/v1/transfers/{transfer_id}/cut', { path: { transfer_id: of.id }, body: { ground } }), ['transfers'], ['grants']);
  const mayFetch = useMay('transfer.fetch');
  const fetchAge = useAct(() => post('/api/v1/transfers/{transfer_id}/release', { path: { transfer_id: of.id } }), ['transfers']);
  const download = () => fetchAge.mutate(undefined, { onSuccess: () => window.location.assign(`/api/v1/transfers/${of.id}/age`) });
  const proven = of.sealed_event && of.events.some((event) => event.event_id === of.sealed_event && event.proven);
  return (
    <>
      {proven && mayProve && of.sealed_event && <DocumentLink href={`/api/v1/receipts/${of.sealed_event}`} name={say(t.receipt)} />}
      {mayFetch && of.age_file && (
        <Button icon={<DownloadOutlined />} disabled={!proven || of.discarded_at !== null} loading={fetchAge.isPending} onClick={download}>
          {say(t.ageFile)}
        </Button>
      )}
      {may && ['open', 'held'].includes(of.state) && (
        <GroundAct label={t.cut} title={t.cutTitle} icon={<StopOutlined />} consequence={say(t.cutConsequence)} act={cut.mutateAsync} />
      )}
    </>
  );
}

function Held({ of }: { of: TransferDetail }) {
  const { say, label } = useSay();
  const last = [...of.events].reverse().find((event) => event.type === 'transfer.held');
  const found = Object.entries((last?.detail.found ?? {}) as Record<string, number>);
  return (
    <Note tone="warn" title={say(t.held)}>
      <p>{say(t.heldNote)}</p>
      {found.length > 0 && (
        <p>
          {label(t.found)}
          {found.map(([type, count]) => (
            <span key={type} className="cite">
              <TypeName id={type} /> {say(t.rows, { n: count })}
            </span>
          ))}
        </p>
      )}
    </Note>
  );
}

/** Bytes a second over the last seconds and the time left at that rate, told once a second. */
function Speed({ id, arrived, left }: { id: string; arrived: number; left: number }) {
  const { say } = useSay();
  useEffect(() => sampled(id, arrived), [id, arrived]);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setRate(throughput(id)), 1000);
    return () => clearInterval(timer);
  }, [id]);
  return (
    <p className="quiet small num">
      {rate ? say(t.speed, { rate: bytes(rate) }) : say(t.idle)}
      {rate && left > 0 ? ` · ${say(t.timeLeft, { time: span(left / rate) })}` : ''}
    </p>
  );
}

function Who({ of }: { of: TransferDetail }) {
  const { say } = useSay();
  return (
    <Block title={say(t.who)}>
      <Detail
        wide
        lines={[
          [shared.exporter, <PartyName key="e" id={of.owner_party} />],
          [shared.recipient, <PartyName key="r" id={of.recipient} />],
          [shared.scenario, <Link key="s" to={`/register/${of.scenario_id}`}>{of.scenario_title ? say(of.scenario_title) : of.scenario_id}</Link>],
          [shared.basis, <BasisName key="b" id={of.basis_id} />],
          [shared.grant, <Ident key="g" id={of.grant_id} to={`/grants/${of.grant_id}`} />],
          [shared.flow, <Ident key="f" id={of.flow_id} to={`/register?tab=flows&q=${of.flow_id}`} />],
          [shared.direction, `${say(textOf(DIRECTIONS, of.direction))} · ${say(textOf(ORIGINS, of.origin))}`],
          [t.claimed, <span key="p"><Num value={of.persons} /> · {say(shared.sensitive)} <Num value={of.sensitive} /></span>],
          [shared.opened, <When key="o" at={of.opened_at} />],
          [shared.changed, <When key="c" at={of.changed_at} />],
          of.manifest_sha256 ? [t.manifest, <Ident key="m" id={of.manifest_sha256} copy />] : null,
        ]}
      />
    </Block>
  );
}

/** The sealed bytes, kept for the recipient and as the exporter's own copy until the grant's time is over. */
function KeptCopy({ of }: { of: TransferDetail }) {
  const { say } = useSay();
  if (!['sealed', 'released', 'received'].includes(of.state)) return null;
  const state = of.discarded_at ? <Status tone="mute" text={t.destroyed} /> : <Status tone="ok" text={t.kept} />;
  return (
    <Block title={say(t.copy)} extra={state}>
      <p className="quiet small">{say(of.discarded_at ? t.copyGone : t.copyNote)}</p>
      <Detail wide lines={[[t.until, <When key="u" at={of.kept_until} seconds={false} />], of.discarded_at ? [t.destroyedAt, <When key="d" at={of.discarded_at} />] : null]} />
    </Block>
  );
}

function Stripped({ of }: { of: TransferDetail }) {
  const { say } = useSay();
  return (
    <Block title={say(t.stripped)}>
      {of.stripped.length === 0 ? (
        <p className="quiet">{say(t.noneStripped)}</p>
      ) : (
        <>
          <p className="quiet small">{say(t.strippedNote)}</p>
          <p>
            {of.stripped.map((field) => (
              <code key={field} className="cite">
                {field}
              </code>
            ))}
          </p>
        </>
      )}
    </Block>
  );
}

const TONES: Readonly<Record<string, Tone>> = { 'transfer.held': 'warn', 'transfer.cut': 'bad', 'transfer.received': 'ok', 'transfer.sealed': 'ok' };

function moment(event: TransferEvent): Moment {
  return { id: event.event_id, title: <EventName event={event} />, at: event.at, tone: TONES[event.type] ?? 'run', meta: <EventLine event={event} /> };
}

const EventName = ({ event }: { event: TransferEvent }) => <>{useSay().say(event.name)}</>;

function EventLine({ event }: { event: TransferEvent }) {
  const { say, label } = useSay();
  const may = useMay('evidence.read');
  const ground = event.detail.ground;
  return (
    <>
      <Status tone={event.proven ? 'ok' : 'wait'} text={event.proven ? t.proven : t.waiting} /> <Ident id={event.event_id} to={may ? `/evidence?query=${event.event_id}` : undefined} />
      {typeof ground === 'string' && (
        <div>
          {label(shared.groundOf)}{ground}
        </div>
      )}
      {event.proven && may && (
        <div className="tl-links">
          <DocumentLink href={`/api/v1/receipts/${event.event_id}`} name={say(t.receipt)} />
          <Link to={`/evidence?query=${event.event_id}`}>{say(t.lookUp)}</Link>
        </div>
      )}
    </>
  );
}
