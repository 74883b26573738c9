// Signing a finding: level, basis and reason, with what it was before and what would follow.
import { EditOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import type { Finding, FindingIn, Levels } from '../../api/edge';
import { useAct } from '../../api/queries';
import { day as dayOf } from '../../i18n/format';
import { useSay, type Text } from '../../i18n/lang';
import { Refused } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { Route } from './Effects';
import { t } from './findings.text';
import { BASES, effectOf, LEVELS, move, settled, SUSPECTED, type Level } from './words';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function SignFinding({ of, field }: { of: Levels; field: string }) {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  const label = field ? say(t.signField, { name: field }) : say(t.signAll);
  return (
    <>
      <Button size={field ? 'small' : 'middle'} type={field ? 'default' : 'primary'} icon={<EditOutlined />} aria-haspopup="dialog" aria-label={label} onClick={() => setOpen(true)}>
        {field ? say(t.sign) : label}
      </Button>
      {open && <Dialog of={of} field={field} label={label} close={() => setOpen(false)} />}
    </>
  );
}

function Dialog({ of, field, label, close }: { of: Levels; field: string; label: string; close: () => void }) {
  const { say } = useSay();
  const [form] = Form.useForm<FindingIn>();
  const level = Form.useWatch('level', form);
  const basis = Form.useWatch('basis', form) ?? 'own';
  const sign = useAct((body: FindingIn) => post('/api/v1/profiles/{profile_id}/findings', { path: { profile_id: of.id }, body: { ...body, field } }), ['profiles'], ['chain']);
  const wanted = { required: true, whitespace: true, message: say(t.need) };
  const choice = <K extends string>(words: Readonly<Record<K, Text>>) => (Object.entries(words) as [K, Text][]).map(([value, text]) => ({ value, label: say(text) }));
  return (
    <Modal open title={label} onCancel={close} onOk={form.submit} confirmLoading={sign.isPending} okText={say(t.sign)} cancelText={say(t.cancel)} destroyOnHidden>
      <Note>
        <p>{say(t.signNote)}</p>
      </Note>
      <Form<FindingIn>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ basis: 'own', day: dayOf(new Date()), folder: false, item: '', number: '', issuer: '', ground: '' }}
        onFinish={(body) => sign.mutate(body, { onSuccess: close })}
      >
        <Form.Item name="level" label={say(t.level)} rules={[{ required: true, message: say(t.need) }]}>
          <Radio.Group options={choice({ general: t.general, important: t.important, core: t.core })} />
        </Form.Item>
        <Form.Item name="basis" label={say(t.basis)}>
          <Radio.Group className="stacked" options={choice(BASES)} />
        </Form.Item>
        {basis !== 'own' && (
          <>
            <Form.Item name="item" label={say(t.item)} extra={say(t.itemHelp)} rules={[wanted]}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="number" label={say(t.number)} rules={[wanted]}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="issuer" label={say(t.issuer)} rules={[wanted]}>
              <Input maxLength={200} />
            </Form.Item>
          </>
        )}
        <Form.Item name="day" label={say(t.day)} rules={[{ required: true, pattern: DAY, message: say(t.needDay) }]}>
          <Input maxLength={10} inputMode="numeric" placeholder="2026-03-31" />
        </Form.Item>
        <Form.Item name="ground" label={say(t.ground)} extra={say(t.groundHelp)} rules={[{ required: true, min: 4, max: 500, whitespace: true, message: say(t.needGround) }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        <Form.Item name="folder" valuePropName="checked">
          <Checkbox>{say(t.aboutFolder)}</Checkbox>
        </Form.Item>
      </Form>
      <div aria-live="polite">{level && <Consequence of={of} field={field} level={level} basis={basis} />}</div>
      {sign.isError && <Refused error={sign.error} />}
    </Modal>
  );
}

/** Where it stood and where it would lead. The strictest of all findings stands: a milder one beside it changes nothing. */
function Consequence({ of, field, level, basis }: { of: Levels; field: string; level: Level; basis: Finding['basis'] }) {
  const { say, label } = useSay();
  const before = of.versions.filter((one) => one.field === field).at(-1);
  const suspected = field ? (of.lines.find((line) => line.name === field)?.level ?? 'general') : of.level;
  const effect = of.effects.find((one) => one.found === effectOf(level, basis));
  return (
    <Note tone={LEVELS[level].tone}>
      <p>
        {label(t.before)}{before ? <Status {...LEVELS[before.level]} /> : <Status {...SUSPECTED[suspected]} />} → {say(move(before?.level ?? suspected, level))} <Status {...LEVELS[level]} />
      </p>
      {level === 'general' && field ? (
        <p>{say(t.oneGeneral)}</p>
      ) : (
        effect && (
          <div>
            {label(t.thenRoute)} <Route of={effect} />
          </div>
        )
      )}
      {of.found && of.found !== effectOf(level, basis) && (
        <p>
          {label(t.stands)}<Status {...settled(of.found)} />
        </p>
      )}
    </Note>
  );
}
