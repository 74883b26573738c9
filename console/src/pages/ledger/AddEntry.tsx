// Adding an entry: a declared number, an extract that is scanned now, or a digest file.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import { useAct } from '../../api/queries';
import type { LedgerEntryIn } from '../../api/types';
import { useSay } from '../../i18n/lang';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { t } from './ledger.text';

interface Answers extends LedgerEntryIn {
  readonly how: 'declared' | 'extracts' | 'digests';
  readonly path?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

async function send({ how, path = '', ...entry }: Answers): Promise<unknown> {
  if (how === 'declared') return post('/api/v1/ledger/entries', { body: [entry] });
  if (how === 'extracts') return post('/api/v1/ledger/extracts', { body: { entry, path } });
  return post('/api/v1/ledger/digests', { body: { entry: { ...entry, level: entry.level === 'D' ? 'L' : entry.level }, path } });
}

export function AddEntry() {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [form] = Form.useForm<Answers>();
  const how = Form.useWatch('how', form) ?? 'declared';
  const act = useAct(send, ['ledger'], ['chain']);
  const close = () => {
    setOpen(false);
    setError(null);
    form.resetFields();
  };
  const submit = (answers: Answers) => {
    setError(null);
    act.mutateAsync(answers).then(close, setError);
  };
  return (
    <>
      <Button type="primary" icon={<PlusOutlined />} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {say(t.add)}
      </Button>
      <Modal open={open} title={say(t.addTitle)} onCancel={close} onOk={form.submit} confirmLoading={act.isPending} okText={say(t.save)} cancelText={say(t.cancel)} destroyOnHidden>
        <Note>
          <p>{say(t.addNote)}</p>
        </Note>
        <Form<Answers> form={form} layout="vertical" onFinish={submit} requiredMark={false} initialValues={{ kind: 'outside', how: 'declared', level: 'D', sensitive: 0 }}>
          <Form.Item name="kind" label={say(t.kind)}>
            <Radio.Group options={[{ value: 'outside', label: say(t.outside) }, { value: 'opening', label: say(t.opening) }]} />
          </Form.Item>
          <Form.Item name="how" label={say(t.how)}>
            <Radio.Group
              className="stacked"
              options={[{ value: 'declared', label: say(t.declared) }, { value: 'extracts', label: say(t.extract) }, { value: 'digests', label: say(t.digests) }]}
            />
          </Form.Item>
          {how === 'declared' ? <Numbers /> : (
            <Form.Item name="path" label={say(t.path)} rules={[{ required: true, message: say(t.needPath) }]}>
              <Input maxLength={4096} />
            </Form.Item>
          )}
          <div className="pair">
            <Form.Item name="day" label={say(t.day)} rules={[{ required: true, pattern: DAY, message: say(t.needDay) }]}>
              <Input placeholder="2026-03-31" maxLength={10} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="branch" label={say(t.branch)}>
              <Input maxLength={100} />
            </Form.Item>
          </div>
          <Form.Item name="level" label={say(t.level)}>
            <Radio.Group options={[{ value: 'D', label: say(t.D) }, { value: 'L', label: say(t.L) }, { value: 'M', label: say(t.M), disabled: how === 'extracts' }]} />
          </Form.Item>
          <Form.Item name="source" label={say(t.source)} rules={[{ required: true, min: 2, max: 200, message: say(t.needSource) }]}>
            <Input maxLength={200} />
          </Form.Item>
        </Form>
        {error !== null && <Refused error={error} />}
      </Modal>
    </>
  );
}

function Numbers() {
  const { say } = useSay();
  return (
    <>
      <div className="pair">
        <Form.Item name="persons" label={say(t.persons)} rules={[{ required: true, message: say(t.needPersons) }]}>
          <InputNumber min={0} precision={0} className="full" />
        </Form.Item>
        <Form.Item name="persons_upper" label={say(t.personsUpper)}>
          <InputNumber min={0} precision={0} className="full" />
        </Form.Item>
      </div>
      <Form.Item name="sensitive" label={say(t.ofThem)}>
        <InputNumber min={0} precision={0} className="full" />
      </Form.Item>
    </>
  );
}
