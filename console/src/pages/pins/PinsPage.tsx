// The recipients' keys that this exporter confirmed itself, over a second channel.
import { PhoneOutlined } from '@ant-design/icons';
import { Button, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import { usePins, useRecipients, type Pinned } from '../../api/edge';
import { useAct } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { GroundAct } from '../../kit/GroundAct';
import { Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Fingerprint, Ident, When } from '../../kit/Show';
import { Empty, Loaded, Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import type { Column } from '../../kit/useListState';
import { PrincipalName } from '../names';
import { ForbiddenPage } from '../trouble/TroublePages';
import { t } from './pins.text';

function Recipient({ id }: { id: string }) {
  const { say } = useSay();
  const name = useRecipients().data?.find((one) => one.id === id)?.name;
  return name ? <span title={id}>{say(name)}</span> : <Ident id={id} />;
}

function Unpin({ of }: { of: Pinned }) {
  const { say } = useSay();
  const may = useMay('edge.pin');
  const unpin = useAct((ground: string) => post('/api/v1/pins/withdraw', { body: { recipient: of.recipient, fingerprint: of.fingerprint, ground } }), ['pins'], ['chain']);
  return may ? <GroundAct label={t.unpin} title={t.unpinTitle} consequence={say(t.unpinNote)} danger={false} act={unpin.mutateAsync} /> : null;
}

const COLUMNS: Column<Pinned>[] = [
  { key: 'recipient', title: t.recipient, sort: (row) => row.recipient, render: (row) => <Recipient id={row.recipient} /> },
  { key: 'fingerprint', title: t.fingerprint, text: (row) => row.fingerprint, render: (row) => <Fingerprint text={row.fingerprint} /> },
  { key: 'by', title: t.by, text: (row) => row.by, render: (row) => <PrincipalName id={row.by} /> },
  { key: 'at', title: t.at, sort: (row) => row.at, render: (row) => <When at={row.at} seconds={false} /> },
  { key: 'act', title: t.act, render: (row) => <Unpin of={row} /> },
];

export function PinsPage() {
  const { say } = useSay();
  const query = usePins();
  const may = useMay('edge.pin');
  if (!useMay('edge.read')) return <ForbiddenPage action="edge.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} actions={may && <Pin />} raw={query.data && { path: '/api/v1/pins', data: query.data }}>
      <QueryTable
        name="pins"
        caption={t.title}
        query={query}
        id={(row) => `${row.recipient} ${row.fingerprint}`}
        columns={COLUMNS}
        search={(row) => `${row.recipient} ${row.fingerprint}`}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
    </Page>
  );
}

interface Answers {
  readonly recipient: string;
  readonly fingerprint: string;
}

function Pin() {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Answers>();
  const pin = useAct((body: Answers) => post('/api/v1/pins', { body }), ['pins'], ['chain']);
  const close = () => {
    setOpen(false);
    pin.reset();
  };
  return (
    <>
      <Button type="primary" icon={<PhoneOutlined />} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {say(t.pin)}
      </Button>
      <Modal open={open} title={say(t.pinTitle)} okText={say(t.pin)} cancelText={say(t.cancel)} confirmLoading={pin.isPending} onOk={form.submit} onCancel={close} destroyOnHidden>
        <Note>{say(t.emptyHint)}</Note>
        <Form<Answers> form={form} layout="vertical" requiredMark={false} preserve={false} onFinish={(answers) => pin.mutate(answers, { onSuccess: close })}>
          <Recipients />
          <Form.Item name="fingerprint" label={say(t.heard)} extra={say(t.heardHelp)} rules={[{ required: true, pattern: /^\s*((\d\s*){60}|age1[a-z0-9]+\s*)$/i, message: say(t.need) }]}>
            <Input.TextArea rows={2} maxLength={200} spellCheck={false} autoComplete="off" />
          </Form.Item>
        </Form>
        {pin.isError && <Refused error={pin.error} />}
      </Modal>
    </>
  );
}

function Recipients() {
  const { say } = useSay();
  return (
    <Loaded query={useRecipients()} rows={2}>
      {(rows) =>
        rows.length ? (
          <Form.Item name="recipient" label={say(t.recipient)} rules={[{ required: true, message: say(t.needRecipient) }]}>
            <Radio.Group className="stacked" options={rows.map((one) => ({ value: one.id, label: `${say(one.name)} (${one.country})` }))} />
          </Form.Item>
        ) : (
          <Note tone="warn">{say(t.noRecipient)}</Note>
        )
      }
    </Loaded>
  );
}
