// A dangerous act: shows what follows from it, wants a ground, and says that it is final.
import { Button, Form, Input, Modal } from 'antd';
import { useRef, useState, type ElementRef, type ReactNode } from 'react';
import { useSay, type Text } from '../i18n/lang';
import { t } from './kit.text';
import { Refused } from './States';
import { Note } from './Status';

interface Props {
  readonly label: Text;
  readonly title: Text;
  readonly consequence: ReactNode;
  readonly act: (ground: string) => Promise<unknown>;
  readonly field?: Text;
  readonly help?: Text;
  readonly danger?: boolean;
  readonly optional?: boolean;
  readonly icon?: ReactNode;
}

export function GroundAct({ label, title, consequence, act, field = t.ground, help = t.groundHelp, danger = true, optional = false, icon }: Props) {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [form] = Form.useForm<{ ground: string }>();
  const text = useRef<ElementRef<typeof Input.TextArea>>(null);
  const close = () => {
    setOpen(false);
    setError(null);
    form.resetFields();
  };
  const submit = ({ ground }: { ground?: string }) => {
    setBusy(true);
    act((ground ?? '').trim())
      .then(close, setError)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button danger={danger} {...(danger ? {} : { type: 'primary' as const })} icon={icon} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {say(label)}
      </Button>
      <Modal
        open={open}
        title={say(title)}
        onCancel={close}
        onOk={form.submit}
        confirmLoading={busy}
        okText={say(label)}
        cancelText={say(t.cancel)}
        okButtonProps={{ danger }}
        destroyOnHidden
        afterOpenChange={(shown) => shown && text.current?.focus()}
      >
        <Note tone={danger ? 'bad' : 'run'}>
          <p>{consequence}</p>
          {danger && <p>{say(t.final)}</p>}
        </Note>
        <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
          <Form.Item
            name="ground"
            label={say(field)}
            extra={say(help)}
            rules={optional ? [] : [{ required: true, min: 4, max: 500, whitespace: true, message: say(t.groundShort) }]}
          >
            <Input.TextArea ref={text} rows={3} maxLength={500} />
          </Form.Item>
        </Form>
        {error !== null && <Refused error={error} />}
      </Modal>
    </>
  );
}
