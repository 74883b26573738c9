// What this edge may do while the port is out of reach: its leases, and what two persons let go.
import { CheckOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import { useGlasses, useLeases, type Glass, type Lease } from '../../api/edge';
import { useAct, useMe } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { bytes, number } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { Dash, Ident, When } from '../../kit/Show';
import { Empty, Loaded, Refused } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { ForbiddenPage } from '../trouble/TroublePages';
import { AskLeave } from './AskLeave';
import { STATES, t } from './leave.text';

export function LeavePage() {
  const { say } = useSay();
  const [leases, glasses] = [useLeases(), useGlasses()];
  const [maySend, mayBreak] = [useMay('edge.send'), useMay('breakglass.write')];
  if (!useMay('edge.read')) return <ForbiddenPage action="edge.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={leases.data && { path: '/api/v1/leave/leases', data: leases.data }}>
      <Block title={say(t.leases)} extra={maySend && <AskLeave />}>
        <Loaded query={leases} rows={2}>
          {(rows) => (rows.length ? rows.map((row) => <OneLease key={row.id} of={row} />) : <Empty title={t.noLease}>{t.noLeaseHint}</Empty>)}
        </Loaded>
      </Block>
      <Block title={say(t.glass)} extra={mayBreak && <AskLeave glass />}>
        <Loaded query={glasses} rows={2}>
          {(rows) => (rows.length ? rows.map((row) => <OneGlass key={row.id} of={row} />) : <Empty title={t.noGlass}>{t.noGlassHint}</Empty>)}
        </Loaded>
      </Block>
    </Page>
  );
}

/** Held leave whose time is over is over, though no run has asked for it yet. */
function State({ of }: { of: Lease | Glass }) {
  const late = ['held', 'open'].includes(of.state) && of.not_after !== null && Date.parse(of.not_after) <= Date.now();
  const found = STATES[late ? 'over' : of.state];
  return found ? <Status tone={found[0]} text={found[1]} /> : <code>{of.state}</code>;
}

const useLimits = () => {
  const { say } = useSay();
  return (of: Lease | Glass) => say(t.limitsOf, { n: number(of.persons), bytes: bytes(of.size_bytes) });
};

function OneLease({ of }: { of: Lease }) {
  const { say } = useSay();
  const limits = useLimits();
  return (
    <div className="each">
      <Detail
        lines={[
          [t.state, <State key="s" of={of} />],
          [t.id, <Ident key="i" id={of.id} whole copy />],
          [t.grant, <Ident key="g" id={of.grant_id} whole copy />],
          [t.limits, `${limits(of)} · ${say(t.ofThem, { n: number(of.sensitive) })}`],
          [t.until, <When key="u" at={of.not_after} seconds={false} />],
          of.run_id ? [t.run, <Ident key="r" id={of.run_id} to={`/runs/${of.run_id}`} />] : null,
        ]}
      />
    </div>
  );
}

function OneGlass({ of }: { of: Glass }) {
  const limits = useLimits();
  return (
    <div className="each">
      <Detail
        lines={[
          [t.state, <State key="s" of={of} />],
          [t.ground, of.ground],
          [t.askedBy, <Who key="a" name={of.asked_by_name ?? of.asked_by} at={of.asked_at} />],
          [t.confirmedBy, <Who key="c" name={of.confirmed_by_name ?? of.confirmed_by} at={of.confirmed_at} />],
          [t.limits, limits(of)],
          [t.until, <When key="u" at={of.not_after} seconds={false} />],
          [t.grant, <Ident key="g" id={of.grant_id} whole copy />],
          [t.id, <Ident key="i" id={of.id} whole copy />],
          of.run_id ? [t.run, <Ident key="r" id={of.run_id} to={`/runs/${of.run_id}`} />] : null,
          of.bundle ? [t.bundle, <code key="b">{of.bundle}</code>] : null,
          of.reported_at ? [t.reported, <When key="w" at={of.reported_at} seconds={false} />] : null,
        ]}
      />
      {of.state === 'asked' && <Confirm of={of} />}
    </div>
  );
}

const Who = ({ name, at }: { name: string | null; at: string | null }) =>
  name ? (
    <>
      {name} · <When at={at} seconds={false} />
    </>
  ) : (
    <Dash />
  );

/** Who asked is not shown the button: another person confirms. */
function Confirm({ of }: { of: Glass }) {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  const [me, may] = [useMe().data, useMay('breakglass.write')];
  const confirm = useAct(() => post('/api/v1/leave/breakglass/{breakglass_id}/confirm', { path: { breakglass_id: of.id } }), ['leave'], ['chain']);
  if (!may || me?.principal_id === of.asked_by) return null;
  const close = () => {
    setOpen(false);
    confirm.reset();
  };
  return (
    <div className="step-buttons">
      <Button danger icon={<CheckOutlined />} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {say(t.confirm)}
      </Button>
      <Modal open={open} title={say(t.confirmTitle)} okText={say(t.confirm)} okButtonProps={{ danger: true }} cancelText={say(t.cancel)} confirmLoading={confirm.isPending} onOk={() => confirm.mutate(undefined, { onSuccess: close })} onCancel={close} destroyOnHidden>
        <Note tone="bad">{say(t.confirmNote, { ground: of.ground })}</Note>
        {confirm.isError && <Refused error={confirm.error} />}
      </Modal>
    </div>
  );
}
