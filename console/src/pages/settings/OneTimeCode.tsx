// Enrol a one-time code: draw a secret, put it into an authenticator, prove it with a code. Asked for at each sign-in from then on.
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { post } from '../../api/client';
import type { components } from '../../api/schema';
import { useSay } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { t } from './settings.text';

type Drawn = components['schemas']['TotpOut'];

export function OneTimeCode() {
  const { say } = useSay();
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const [done, setDone] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = (work: Promise<void>) => {
    setBusy(true);
    setError(null);
    work.catch(setError).finally(() => setBusy(false));
  };
  const draw = () => run(post('/api/v1/session/totp/secret').then(setDrawn));
  const prove = ({ code }: { code: string }) =>
    run(
      post('/api/v1/session/totp', { body: { secret: drawn?.secret ?? '', code } }).then(() => {
        setDrawn(null);
        setDone(true);
      }),
    );
  return (
    <Block title={say(t.code)}>
      <div className="stack">
        <p className="quiet">{say(t.codeLead)}</p>
        {done && (
          <Note tone="ok">
            <p>{say(t.codeDone)}</p>
          </Note>
        )}
        {drawn === null ? (
          <div>
            <Button onClick={draw} loading={busy}>
              {say(t.codeDraw)}
            </Button>
          </div>
        ) : (
          <>
            <p>
              {say(t.codeSecret)} <code className="cite">{drawn.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
            </p>
            <p>
              <a href={drawn.uri}>{say(t.codeOpen)}</a>
            </p>
            <Form layout="vertical" onFinish={prove} requiredMark={false}>
              <Form.Item name="code" label={say(t.codeShown)} rules={[{ required: true, pattern: /^[0-9]{6}$/, message: say(t.codeSix) }]}>
                <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} style={{ maxWidth: 160 }} />
              </Form.Item>
              <Button type="primary" htmlType="submit" loading={busy}>
                {say(t.codeProve)}
              </Button>
            </Form>
          </>
        )}
        {error !== null && <Refused error={error} />}
      </div>
    </Block>
  );
}
