// One run of this edge: how far it is, what a person must decide, and the own sealed copy of what it sent.
import { CaretRightOutlined, StopOutlined } from '@ant-design/icons';
import { useParams } from 'react-router';
import { post } from '../../api/client';
import { useRun, type Run } from '../../api/edge';
import { useAct } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { bytes, span } from '../../i18n/format';
import { useSay, type Text } from '../../i18n/lang';
import { Plain } from '../../kit/DecisionTrace';
import { Detail } from '../../kit/Detail';
import { GroundAct } from '../../kit/GroundAct';
import { Block, Page } from '../../kit/Page';
import { Bytes, Dash, Ident, Num, When } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Note } from '../../kit/Status';
import { OwnCopy } from './OwnCopy';
import { Confirmed, RunStatus } from './RunsPage';
import { t } from './runs.text';

export function RunPage() {
  const { id = '' } = useParams();
  return <Loaded query={useRun(id)}>{(run) => <Shown of={run} />}</Loaded>;
}

function Shown({ of }: { of: Run }) {
  const { say, label } = useSay();
  const stopped = of.state === 'cut' || of.state === 'failed';
  return (
    <Page
      title={of.name}
      crumbs={[{ text: t.title, to: '/runs' }]}
      lead={
        <>
          <RunStatus of={of} /> <Ident id={of.id} whole copy />
        </>
      }
      raw={{ path: `/api/v1/runs/${of.id}`, data: of }}
    >
      {of.state === 'held' && <Held of={of} />}
      {stopped && (
        <Note tone="bad" title={say(t.stopped)}>
          <p>
            {label(t.ground)}{of.ground ? say(of.ground) : <Dash />}
          </p>
        </Note>
      )}
      <div className="columns">
        <div>
          <Block>
            <Confirmed of={of} />
            <Speed of={of} />
            {of.state === 'running' && (
              <div className="step-buttons">
                <Cut of={of} />
              </div>
            )}
          </Block>
          <OwnCopy of={of} />
        </div>
        <About of={of} />
      </div>
    </Page>
  );
}

function Speed({ of }: { of: Run }) {
  const { say, label } = useSay();
  if (of.state !== 'running') return null;
  if (of.waits_for) return <Note tone="warn" title={say(t.waitsFor)}>{say(of.waits_for)}</Note>; // prettier-ignore
  if (of.waits_until) return <p className="quiet small">{label(t.waits)}<When at={of.waits_until} /></p>; // prettier-ignore
  const parts = [of.rate_bytes_per_s ? say(t.perSecond, { rate: bytes(of.rate_bytes_per_s) }) : '', of.eta_s ? say(t.left, { time: span(of.eta_s) }) : ''];
  return <p className="quiet small num">{parts.filter(Boolean).join(' · ')}</p>;
}

function About({ of }: { of: Run }) {
  const { say } = useSay();
  const counted = (of.persons as { counted?: number } | null)?.counted;
  const pace = [of.pace.bytes_per_s ? say(t.perSecond, { rate: bytes(of.pace.bytes_per_s) }) : '', of.pace.window ?? ''].filter(Boolean);
  return (
    <Block title={say(t.about)}>
      <Detail
        wide
        lines={[
          [t.rows, <Num key="r" value={of.rows} />],
          [t.persons, counted === undefined ? <Dash key="p" /> : <Num key="p" value={counted} />],
          [t.plain, <Bytes key="b" size={of.plain_bytes} />],
          [t.cipher, <Bytes key="c" size={of.cipher_bytes} />],
          [t.pace, pace.join(' · ') || say(t.paceFree)],
          [t.transfer, <Ident key="t" id={of.transfer_id} copy />],
          [t.grant, <Ident key="g" id={of.grant_id} copy />],
          [t.started, <When key="s" at={of.started_at} />],
          [t.changed, <When key="l" at={of.changed_at} />],
        ]}
      />
    </Block>
  );
}

interface Found {
  readonly field: string;
  readonly example: string;
  readonly hits: number;
  readonly reason: Text;
}

const useDecide = (of: Run) =>
  useAct(({ cut, ground }: { cut: boolean; ground: string }) => post('/api/v1/runs/{run_id}/decide', { path: { run_id: of.id }, body: { cut, ground } }), ['runs'], ['chain']);

/** A run may be ended while it is this edge's own: also one that waits for a port or for room that never comes. */
function Cut({ of }: { of: Run }) {
  const { say } = useSay();
  const decide = useDecide(of);
  if (!useMay('edge.decide')) return null;
  return <GroundAct label={t.cut} title={t.cutTitle} icon={<StopOutlined />} consequence={say(t.cutConsequence)} act={(ground) => decide.mutateAsync({ cut: true, ground })} />;
}

function Held({ of }: { of: Run }) {
  const { say } = useSay();
  const may = useMay('edge.decide');
  const held = of.held as { row: number; found: readonly Found[] } | null;
  const decide = useDecide(of);
  if (!held) return null;
  return (
    <Block title={say(t.held)}>
      <Note tone="warn">{say(t.heldNote, { row: held.row + 1 })}</Note>
      <Plain heads={[say(t.field), say(t.why), say(t.example), say(t.hits)]}>
        {held.found.map((one) => [one.field, <code key="f">{one.field}</code>, say(one.reason), <code key="e">{one.example}</code>, <Num key="h" value={one.hits} />])}
      </Plain>
      {may && (
        <div className="step-buttons">
          <GroundAct label={t.goOn} title={t.goOnTitle} icon={<CaretRightOutlined />} danger={false} consequence={say(t.goOnConsequence)} act={(ground) => decide.mutateAsync({ cut: false, ground })} />
          <Cut of={of} />
        </div>
      )}
    </Block>
  );
}
