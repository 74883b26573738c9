// Asking for leave: a lease of the port, or the first half of a break-glass.
import { Button, Form, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import { useAct } from '../../api/queries';
import { useSay } from '../../i18n/lang';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { t } from './leave.text';

interface Answers {
  readonly grant_id: string;
  readonly ground: string;
  readonly persons: number;
  readonly sensitive: number;
  readonly megabytes: number;
  readonly hours: number;
}

const GRANT = /^\s*grt_[0-9A-Z]{26}\s*$/;

function send(glass: boolean, { grant_id, ground, persons, sensitive, megabytes, hours }: Answers): Promise<unknown> {
  const asked = { grant_id: grant_id.trim(), persons, size_bytes: Math.round(megabytes * 1_000_000) };
  return glass ? post('/api/v1/leave/breakglass', { body: { ...asked, ground } }) : post('/api/v1/leave/leases', { body: { ...asked, sensitive, hours } });
}

export function AskLeave({ glass = false }: { glass?: boolean }) {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Answers>();
  const act = useAct((answers: Answers) => send(glass, answers), ['leave'], ['chain']);
  const close = () => {
    setOpen(false);
    act.reset();
  };
  const label = say(glass ? t.askGlass : t.askLease);
  return (
    <>
      <Button danger={glass} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Modal open={open} title={label} okText={label} okButtonProps={{ danger: glass }} cancelText={say(t.cancel)} confirmLoading={act.isPending} onOk={form.submit} onCancel={close} destroyOnHidden>
        <Note tone={glass ? 'bad' : 'run'}>{say(glass ? t.askGlassNote : t.askLeaseNote)}</Note>
        <Form<Answers>
          form={form}
          layout="vertical"
          requiredMark={false}
          preserve={false}
          initialValues={{ sensitive: 0, hours: 24 }}
          onFinish={(answers) => act.mutate(answers, { onSuccess: close })}
        >
          <Form.Item name="grant_id" label={say(t.grant)} extra={say(t.grantHelp)} rules={[{ required: true, pattern: GRANT, message: say(t.needGrant) }]}>
            <Input maxLength={40} spellCheck={false} autoComplete="off" />
          </Form.Item>
          {glass && (
            <Form.Item name="ground" label={say(t.ground)} extra={say(t.groundHelp)} rules={[{ required: true, min: 10, max: 500, whitespace: true, message: say(t.needGround) }]}>
              <Input.TextArea rows={3} maxLength={500} />
            </Form.Item>
          )}
          <div className="pair">
            <Count name="persons" min={0} />
            {!glass && <Count name="sensitive" min={0} />}
          </div>
          <div className="pair">
            <Count name="size" min={1} as="megabytes" />
            {!glass && <Count name="hours" min={1} max={72} />}
          </div>
        </Form>
        {act.isError && <Refused error={act.error} />}
      </Modal>
    </>
  );
}

function Count({ name, as = name, min, max = 2_000_000_000 }: { name: 'persons' | 'sensitive' | 'size' | 'hours'; as?: string; min: number; max?: number }) {
  const { say } = useSay();
  return (
    <Form.Item name={as} label={say(t[name])} rules={[{ required: true, message: say(t.need) }]}>
      <InputNumber min={min} max={max} precision={0} className="full" />
    </Form.Item>
  );
}
