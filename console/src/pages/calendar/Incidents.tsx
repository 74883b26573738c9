// Incidents, as far as their clocks need them.
import { Button, Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import { useAct, useIncidents } from '../../api/queries';
import type { Incident } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { GroundAct } from '../../kit/GroundAct';
import { Block } from '../../kit/Page';
import { When } from '../../kit/Show';
import { Loaded, Refused } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { t } from './calendar.text';

export function Incidents() {
  const { say } = useSay();
  const query = useIncidents();
  const may = useMay('incident.write');
  return (
    <Block title={say(t.incidents)} extra={may && <Enter />}>
      <Loaded query={query} rows={2}>
        {(rows) =>
          rows.length === 0 ? <p className="quiet">{say(t.noIncidents)}</p> : (
            <ul className="lines">
              {rows.map((row) => (
                <li key={row.id}>
                  <span className="two">
                    <span>{row.title}</span>
                    <span className="quiet small">{say(t.discovered)} <When at={row.discovered_at} seconds={false} /></span>
                  </span>
                  {row.closed_at ? <Status tone="ok" text={t.closed} /> : <Open of={row} may={may} />}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Block>
  );
}

function Open({ of, may }: { of: Incident; may: boolean }) {
  const { say } = useSay();
  const close = useAct(
    (note: string) => post('/api/v1/incidents/{incident_id}/close', { path: { incident_id: of.id }, body: { note } }),
    ['incidents'], ['calendar'],
  ); // prettier-ignore
  if (!may) return <Status tone="warn" text={t.running} />;
  return <GroundAct label={t.close} title={t.closeTitle} danger={false} consequence={say(t.closeWhat)} act={close.mutateAsync} />;
}

interface Answers {
  readonly title: string;
  readonly role: string;
  readonly persons?: number;
  readonly hours: number;
}

const HOUR_MS = 3_600_000;

function Enter() {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [form] = Form.useForm<Answers>();
  const act = useAct(
    ({ hours, persons, ...rest }: Answers) =>
      post('/api/v1/incidents', { body: { ...rest, persons: persons ?? null, discovered_at: new Date(Date.now() - hours * HOUR_MS - 1000).toISOString() } }),
    ['incidents'], ['calendar'],
  ); // prettier-ignore
  const close = () => {
    setOpen(false);
    setError(null);
    form.resetFields();
  };
  const roles = (['other', 'cii', 'central_organ', 'bank_insurer'] as const).map((value) => ({ value, label: say(t[value]) }));
  return (
    <>
      <Button size="small" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {say(t.enter)}
      </Button>
      <Modal open={open} title={say(t.enter)} onCancel={close} onOk={form.submit} okText={say(t.save)} cancelText={say(t.cancel)} confirmLoading={act.isPending} destroyOnHidden>
        <Note>
          <p>{say(t.enterNote)}</p>
        </Note>
        <Form<Answers> form={form} layout="vertical" requiredMark={false} initialValues={{ role: 'other', hours: 0 }} onFinish={(answers) => act.mutateAsync(answers).then(close, setError)}>
          <Form.Item name="title" label={say(t.name)} rules={[{ required: true, min: 2, message: say(t.needName) }]}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="role" label={say(t.role)}>
            <Radio.Group className="stacked" options={roles} />
          </Form.Item>
          <div className="pair">
            <Form.Item name="persons" label={say(t.persons)}>
              <InputNumber min={0} precision={0} className="full" />
            </Form.Item>
            <Form.Item name="hours" label={say(t.hoursAgo)}>
              <InputNumber min={0} max={8760} className="full" />
            </Form.Item>
          </div>
        </Form>
        {error !== null && <Refused error={error} />}
      </Modal>
    </>
  );
}
