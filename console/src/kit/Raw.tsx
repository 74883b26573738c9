// What the API said, and the command that asks it again.
import { CodeOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useSay } from '../i18n/lang';
import { t } from './kit.text';
import { save } from './save';
import { Copy } from './Show';

export function Raw({ path, data }: { path: string; data: unknown }) {
  const { say } = useSay();
  const [open, setOpen] = useState(false);
  const json = JSON.stringify(data, null, 2);
  const curl = `curl -H "Authorization: Bearer $FEIYU_TOKEN" ${location.origin}${path}`;
  return (
    <>
      <Button icon={<CodeOutlined />} onClick={() => setOpen(true)} aria-haspopup="dialog">
        {say(t.raw)}
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} title={say(t.rawTitle)} size="large">
        <h3>
          {say(t.rawCurl)} <Copy text={curl} />
        </h3>
        <Code text={curl} />
        <h3>
          {say(t.rawJson)} <Copy text={json} />{' '}
          <Button size="small" onClick={() => save(`${path.split('/').pop() ?? 'feiyu'}.json`, json, 'application/json')}>
            {say(t.download)}
          </Button>
        </h3>
        <Code text={json} />
      </Drawer>
    </>
  );
}

/** Preformatted text that can be scrolled by keyboard. */
export function Code({ text, label }: { text: string; label?: string }) {
  return (
    <pre className="code" tabIndex={0} role="region" aria-label={label ?? 'code'}>
      {text}
    </pre>
  );
}
