// The exporter's own sealed copy: whether it is kept, until when, when it was destroyed, and how to open it.
import { FolderOpenOutlined } from '@ant-design/icons';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import { useCopy, type Kept, type Run } from '../../api/edge';
import { useAct } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { Block } from '../../kit/Page';
import { Code } from '../../kit/Raw';
import { Copy, Ident, When } from '../../kit/Show';
import { Loaded, Refused } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { t } from './runs.text';

export function OwnCopy({ of }: { of: Run }) {
  const { say } = useSay();
  const query = useCopy(of.id);
  return (
    <Block title={say(t.copy)} extra={query.data && <State of={query.data} />}>
      <p className="quiet small">{say(t.copyNote)}</p>
      <Loaded query={query} rows={3}>
        {(kept) => (kept ? <Shown of={kept} run={of} /> : <p>{say(t.copyNone)}</p>)}
      </Loaded>
    </Block>
  );
}

function State({ of }: { of: Kept }) {
  if (!of.key_id) return null;
  if (of.destroyed_at) return <Status tone="mute" text={t.destroyed} />;
  return of.kept ? <Status tone="ok" text={t.kept} /> : <Status tone="mute" text={t.over} />;
}

function Shown({ of, run }: { of: Kept; run: Run }) {
  const { say } = useSay();
  const may = useMay('edge.copy');
  const command = `feiyu edge copy ${run.id}`;
  if (!of.key_id) return <Note tone="warn" title={say(t.copyWithout)}>{say(t.copyWithoutNote)}</Note>; // prettier-ignore
  return (
    <>
      {!of.told && <Note tone="warn" title={say(t.untold)}>{say(t.untoldNote)}</Note>}
      {of.destroyed_at && <Note tone="ask">{say(t.destroyedNote)}</Note>}
      <Detail
        wide
        lines={[
          [t.until, <When key="u" at={of.until} seconds={false} />],
          of.destroyed_at !== null && [t.destroyedAt, <When key="d" at={of.destroyed_at} />],
          [t.copyKey, <Ident key="k" id={of.key_id} copy />],
          of.opened !== null && [t.opened, <code key="o">{of.opened}</code>],
          of.opened !== null && [t.openedUntil, <When key="x" at={of.opened_until} seconds={false} />],
        ]}
      />
      {of.kept && (
        <>
          <div className="step-buttons">{may ? <Open run={run} again={of.opened !== null} /> : <span className="quiet">{say(t.mayNotOpen)}</span>}</div>
          <h3>
            {say(t.how)} <Copy text={command} />
          </h3>
          <Code text={command} label={say(t.how)} />
        </>
      )}
    </>
  );
}

function Open({ run, again }: { run: Run; again: boolean }) {
  const { say } = useSay();
  const [asked, setAsked] = useState(false);
  const open = useAct(() => post('/api/v1/runs/{run_id}/copy', { path: { run_id: run.id } }), ['runs'], ['chain']);
  const close = () => {
    setAsked(false);
    open.reset();
  };
  return (
    <>
      <Button icon={<FolderOpenOutlined />} aria-haspopup="dialog" onClick={() => setAsked(true)}>
        {say(again ? t.openAgain : t.open)}
      </Button>
      <Modal open={asked} title={say(t.openTitle)} okText={say(t.open)} cancelText={say(t.cancel)} confirmLoading={open.isPending} onOk={() => open.mutate(undefined, { onSuccess: close })} onCancel={close} destroyOnHidden>
        <Note tone="warn">{say(t.openNote)}</Note>
        {open.isError && <Refused error={open.error} />}
      </Modal>
    </>
  );
}
