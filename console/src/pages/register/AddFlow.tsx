// A new flow of a scenario: to whom, what the edge does with content outside a grant, and how it runs.
import { PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Modal, Radio } from 'antd';
import { useEffect, useState } from 'react';
import { post } from '../../api/client';
import { useAct, useKeys } from '../../api/queries';
import type { FlowIn, PartyKey, Scenario } from '../../api/types';
import { useSay, type Text } from '../../i18n/lang';
import { Refused } from '../../kit/States';
import { Fingerprint } from '../../kit/Show';
import { Note } from '../../kit/Status';
import { usePartyName } from '../names';
import { t as keysText } from '../parties/keys.text';
import { t as shared } from '../shared.text';
import { CADENCES, MODES, optionsOf } from '../words';
import { t } from './register.text';

type Answers = Pick<FlowIn, 'recipient' | 'mode' | 'cadence' | 'also_key_ids'>;

export function AddFlow({ to }: { to: Scenario }) {
  const { say } = useSay();
  const party = usePartyName();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Answers>();
  const recipient = Form.useWatch('recipient', form) ?? to.recipients[0] ?? '';
  const add = useAct((answers: Answers) => post('/api/v1/flows', { body: { ...answers, scenario_id: to.id } }), ['flows']);
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
        width={600}
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
          initialValues={{ recipient: to.recipients[0], mode: 'hold', cadence: 'batch', also_key_ids: [] }}
          onFinish={(answers) => add.mutate(answers, { onSuccess: close })}
        >
          <Form.Item name="recipient" label={say(shared.recipient)}>
            <Radio.Group className="stacked" options={to.recipients.map((id) => ({ value: id, label: party(id) }))} />
          </Form.Item>
          <Keys recipient={recipient} />
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

/** The key that leads, and the recipient's other confirmed ones to choose from. */
function Keys({ recipient }: { recipient: string }) {
  const { say } = useSay();
  const form = Form.useFormInstance<Answers>();
  useEffect(() => form.setFieldValue('also_key_ids', []), [form, recipient]);
  const keys = useKeys(recipient);
  const [lead, ...others] = (keys.data ?? []).filter((key) => key.use === 'recipient' && key.confirmed_at && !key.retired_at);
  if (!keys.data) return null;
  if (!lead) return <Note tone="warn">{say(keysText.leadNone)}</Note>;
  return (
    <>
      <Form.Item label={say(keysText.lead)}>
        <Shown of={lead} />
      </Form.Item>
      {others.length > 0 && (
        <Form.Item name="also_key_ids" label={say(keysText.further)} extra={say(keysText.furtherHelp)}>
          <Checkbox.Group className="stacked" options={others.slice(0, 7).map((key) => ({ value: key.id, label: <Shown of={key} /> }))} />
        </Form.Item>
      )}
    </>
  );
}

const Shown = ({ of }: { of: PartyKey }) => (
  <span className="two">
    <Fingerprint text={of.fingerprint} />
    <span className="quiet small">{of.algorithm}</span>
  </span>
);
