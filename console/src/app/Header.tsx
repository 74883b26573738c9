// Name of the house, find, live sign, language, colours, who is signed in.
import { GlobalOutlined, LogoutOutlined, MoonOutlined, SunOutlined, UserOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { remove } from '../api/client';
import type { Me } from '../api/types';
import { instant } from '../i18n/format';
import { useSay } from '../i18n/lang';
import { change, useSettings } from '../i18n/settings';
import { placeOf } from './find';
import { usePulse } from './live';
import { t } from './shell.text';
import { useDark } from './theme';

export function Header({ me, menuButton, showKeys }: { me: Me; menuButton: ReactNode; showKeys: () => void }) {
  const { say } = useSay();
  return (
    <header className="top">
      {menuButton}
      <Brand />
      <Find />
      <span className="grow" />
      <LiveSign />
      <Button className="only-wide" type="text" aria-label={say(t.keys)} title={say(t.keys)} onClick={showKeys}>
        <kbd className="lone">?</kbd>
      </Button>
      <Switches />
      <Account me={me} />
    </header>
  );
}

export function Brand() {
  const { say } = useSay();
  return (
    <Link to="/" className="brand">
      <img src="/favicon.svg" alt="" width="28" height="28" />
      <strong>{say(t.product)}</strong>
      <span className="only-wide quiet">{say(t.productLong)}</span>
    </Link>
  );
}

export function Find() {
  const { say } = useSay();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  return (
    <form
      role="search"
      className="find"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void navigate(placeOf(text));
        setText('');
      }}
    >
      <Input data-search="all" aria-label={say(t.searchLabel)} placeholder={say(t.search)} value={text} onChange={(event) => setText(event.target.value)} maxLength={200} />
    </form>
  );
}

function LiveSign() {
  const { say } = useSay();
  const { zone } = useSettings();
  const pulse = usePulse();
  if (!pulse.at) return null;
  const time = instant(new Date(pulse.at).toISOString(), zone);
  return (
    <span className={`live ${pulse.connected ? 'live-on' : 'live-off'} only-wide`} title={say(t.asOf, { time })}>
      <span className="dot" aria-hidden="true" />
      {say(pulse.connected ? t.live : t.liveLost)}
    </span>
  );
}

/** Language and colours; also on the sign-in page. */
export function Switches() {
  const { say, lang } = useSay();
  const dark = useDark();
  const other = lang === 'zh' ? 'en' : 'zh';
  return (
    <>
      <Button
        type="text"
        icon={<GlobalOutlined />}
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        data-switch="language"
        onClick={() => {
          change({ lang: other });
          const here = new URL(location.href);
          if (here.searchParams.has('lang')) here.searchParams.set('lang', other);
          history.replaceState(history.state, '', here);
        }}
      >
        {say(t.otherLanguage)}
      </Button>
      <Button
        type="text"
        icon={dark ? <SunOutlined /> : <MoonOutlined />}
        aria-label={say(dark ? t.toLight : t.toDark)}
        title={say(dark ? t.toLight : t.toDark)}
        onClick={() => change({ theme: dark ? 'light' : 'dark' })}
      />
    </>
  );
}

function Account({ me }: { me: Me }) {
  const { say } = useSay();
  const client = useQueryClient();
  const signOut = () =>
    void remove('/api/v1/session').finally(() => {
      client.clear();
      client.setQueryData(['me'], null);
    });
  const roles = me.roles.map((role) => say(role.name)).join(' · ');
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', type: 'group', label: `${say(me.party.name)} · ${roles}` },
          { key: 'out', icon: <LogoutOutlined />, label: say(t.signOut), onClick: signOut },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={`${say(t.account)} ${me.name}`} aria-haspopup="menu" data-switch="account">
        <span className="only-wide">{me.name}</span>
      </Button>
    </Dropdown>
  );
}
