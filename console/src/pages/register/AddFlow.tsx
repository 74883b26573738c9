// A new flow of a scenario: to whom, what the edge does with content outside a grant, and how it runs.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Modal, Radio } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import { useAct } from '../../api/queries';
import type { FlowIn, Scenario } from '../../api/types';
import { useSay, type Text } from '../../i18n/lang';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { usePartyName } from '../names';
import { t as shared } from '../shared.text';
import { CADENCES, MODES, optionsOf } from '../words';
import { t } from './register.text';

type Answers = Pick<FlowIn, 'recipient' | 'mode' | 'cadence'>;

export function AddFlow({ to }: { to: Scenario }) {
  const { say } = useSay();
  const party = usePartyName();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Answers>();
  const add = useAct((answers: Answers) => post('/api/v1/flows', { body: { ...answers, scenario_id: to.id, also_key_ids: [] } }), ['flows']);
  const choice = (words: Readonly<Record<string, Text>>) => optionsOf(words).map((each) => ({ value: each.value, label: say(each.text) }));
  const close = () => {
    setOpen(false);
    add.reset();
  };
  return (
    <>
      <Button size="small" icon={<PlusOutlined />} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {say(t.addFlow)}
      </Button>
      <Modal
        open={open}
        title={say(t.addFlowTitle)}
        okText={say(t.addFlow)}
        cancelText={say(t.cancel)}
        confirmLoading={add.isPending}
        onOk={form.submit}
        onCancel={close}
        destroyOnHidden
      >
        <Note>
          <p>{say(t.addFlowNote)}</p>
        </Note>
        <Form<Answers>
          form={form}
          layout="vertical"
          initialValues={{ recipient: to.recipients[0], mode: 'hold', cadence: 'batch' }}
          onFinish={(answers) => add.mutate(answers, { onSuccess: close })}
        >
          <Form.Item name="recipient" label={say(shared.recipient)}>
            <Radio.Group className="stacked" options={to.recipients.map((id) => ({ value: id, label: party(id) }))} />
          </Form.Item>
          <Form.Item name="mode" label={say(shared.mode)}>
            <Radio.Group className="stacked" options={choice(MODES)} />
          </Form.Item>
          <Form.Item name="cadence" label={say(t.cadence)}>
            <Radio.Group className="stacked" options={choice(CADENCES)} />
          </Form.Item>
        </Form>
        {add.isError && <Refused error={add.error} />}
      </Modal>
    </>
  );
}
