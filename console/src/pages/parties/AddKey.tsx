// A further key of one's own party: pasted or from a file, read in the browser, its fingerprint shown before anything is sent.
import { KeyOutlined } from '@ant-design/icons';
import { Button, Input, Modal } from 'antd';
import { useId, useRef, useState, type ElementRef } from 'react';
import { post } from '../../api/client';
import { useAct } from '../../api/queries';
import { useSay, type Text } from '../../i18n/lang';
import { Refused } from '../../kit/States';
import { ReadOut } from '../../kit/Show';
import { Note } from '../../kit/Status';
import { t } from './keys.text';
import { base64, readKey, type PublicKey, type Trouble } from './readKey';

const FILE_MAX = 64 * 1024;
const TROUBLES: Readonly<Record<Trouble, readonly [Text, Text]>> = {
  private: [t.private, t.privateHint],
  unknown: [t.unknown, t.unknownHint],
  damaged: [t.damaged, t.damagedHint],
  insecure: [t.insecure, t.insecureHint],
};

export function AddKey({ party }: { party: string }) {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="primary" icon={<KeyOutlined />} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {say(t.add)}
      </Button>
      {open && <Dialog party={party} close={() => setOpen(false)} />}
    </>
  );
}

function Dialog({ party, close }: { party: string; close: () => void }) {
  const { say } = useSay();
  const [text, setText] = useState('');
  const [key, setKey] = useState<PublicKey | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const field = useRef<ElementRef<typeof Input.TextArea>>(null);
  const [textId, fileId] = [useId(), useId()];
  const add = useAct(
    (one: PublicKey) => post('/api/v1/parties/{party_id}/keys', { path: { party_id: party }, body: { use: 'recipient', algorithm: one.algorithm, public: base64(one.raw), key_id: one.id } }),
    ['keys'],
  );
  const read = async (given: string) => {
    add.reset();
    const found = given.trim() ? await readKey(given) : null;
    const wrong = typeof found === 'string' ? found : null;
    setTrouble(wrong);
    setKey(found && typeof found !== 'string' ? found : null);
    setText(wrong === 'private' ? '' : given); // a private key stays nowhere, not even on the screen
  };
  const take = (chosen: File | undefined) => {
    if (!chosen) return;
    if (chosen.size > FILE_MAX) {
      setTrouble('unknown');
      setKey(null);
      return;
    }
    void chosen.text().then(read);
  };
  return (
    <Modal
      open
      title={say(t.addTitle)}
      okText={say(t.register)}
      cancelText={say(t.cancel)}
      okButtonProps={{ disabled: key === null }}
      confirmLoading={add.isPending}
      onOk={() => key && add.mutate(key, { onSuccess: close })}
      onCancel={close}
      afterOpenChange={(shown) => shown && field.current?.focus()}
      destroyOnHidden
    >
      <Note>{say(t.addNote)}</Note>
      <div className="stack">
        <div>
          <label htmlFor={textId}>{say(t.paste)}</label>
          <Input.TextArea
            id={textId}
            ref={field}
            rows={4}
            maxLength={FILE_MAX}
            value={text}
            spellCheck={false}
            autoComplete="off"
            aria-describedby={`${textId}-help`}
            aria-invalid={trouble !== null}
            onChange={(event) => void read(event.target.value)}
          />
          <p id={`${textId}-help`} className="quiet small">
            {say(t.pasteHelp)}
          </p>
        </div>
        <p>
          <label htmlFor={fileId}>{say(t.file)}</label>{' '}
          <input
            id={fileId}
            type="file"
            onChange={(event) => {
              take(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </p>
        <div aria-live="assertive">
          {trouble && (
            <Note tone="bad" title={say(TROUBLES[trouble][0])}>
              <p>{say(TROUBLES[trouble][1])}</p>
            </Note>
          )}
        </div>
        {key && (
          <div aria-live="polite">
            <h3>{say(t.readOut)}</h3>
            <ReadOut text={key.fingerprint} />
            <p className="quiet small">
              {say(t.algorithm)} <code>{key.algorithm}</code>
            </p>
            <p className="quiet small">{say(t.readOutHelp)}</p>
          </div>
        )}
        {add.isError && <Refused error={add.error} />}
      </div>
    </Modal>
  );
}
