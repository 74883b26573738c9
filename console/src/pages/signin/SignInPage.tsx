// Signing in. In demo mode the seats stand there to be chosen.
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { post } from '../../api/client';
import { useSeats } from '../../api/queries';
import { Brand, Switches } from '../../app/Header';
import { useSay } from '../../i18n/lang';
import { Refused } from '../../kit/States';
import { t } from './signin.text';

interface Credentials {
  readonly account: string;
  readonly password: string;
  readonly code?: string;
}

export function SignInPage() {
  const { say } = useSay();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const seats = useSeats();
  useEffect(() => {
    document.title = `${say(t.title)} · Feiyu`;
  }, [say]);
  const signIn = ({ account, password, code }: Credentials) => {
    setBusy(true);
    setError(null);
    post('/api/v1/session', { body: { account: account.trim(), password, code: code?.trim() || null } })
      .then((me) => client.setQueryData(['me'], me), setError)
      .finally(() => setBusy(false));
  };
  return (
    <div className="signin">
      <header className="top">
        <Brand />
        <span className="grow" />
        <Switches />
      </header>
      <main id="content">
        <section className="stack">
          <h1>{say(t.title)}</h1>
          <p className="quiet">{say(t.lead)}</p>
          {seats.data && seats.data.length > 0 && (
            <>
              <h2>{say(t.seats)}</h2>
              <p className="quiet">{say(t.seatsLead)}</p>
              <ul className="seats">
                {seats.data.map((seat) => (
                  <li key={seat.account}>
                    <button type="button" className="seat" disabled={busy} data-seat={seat.account} onClick={() => signIn(seat)}>
                      <strong>{say(seat.title)}</strong>
                      <span className="quiet">
                        {say(seat.party)} · {seat.roles.map((role) => say(role)).join(' · ')}
                      </span>
                      <span>{say(t.enter)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section className="block">
          <div className="block-head">
            <h2>{say(t.or)}</h2>
          </div>
          {error !== null && <Refused error={error} />}
          <Form<Credentials> layout="vertical" onFinish={signIn} requiredMark={false} size="large">
            <Form.Item name="account" label={say(t.account)} rules={[{ required: true, message: say(t.needAccount) }]}>
              <Input autoComplete="username" maxLength={64} />
            </Form.Item>
            <Form.Item name="password" label={say(t.password)} rules={[{ required: true, message: say(t.needPassword) }]}>
              <Input.Password autoComplete="current-password" maxLength={200} />
            </Form.Item>
            <Form.Item name="code" label={say(t.code)}>
              <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
            </Form.Item>
            <Button type="primary" htmlType="submit" block loading={busy}>
              {say(t.submit)}
            </Button>
          </Form>
        </section>
      </main>
      <footer>
        <a href="/which-way">{say(t.guide)}</a> <a href="/verify">{say(t.verify)}</a>
      </footer>
    </div>
  );
}
