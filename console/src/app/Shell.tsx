// The frame: banner, header, menu, page. Nobody signed in: the sign-in page instead, at the same address.
import { EyeOutlined, MenuOutlined } from '@ant-design/icons';
import { Button, Drawer } from 'antd';
import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import { Navigate, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { useMe } from '../api/queries';
import type { Me } from '../api/types';
import { useSay } from '../i18n/lang';
import { Loading, Refused } from '../kit/States';
import { SignInPage } from '../pages/signin/SignInPage';
import { Find, Header } from './Header';
import { KeyList } from './KeyList';
import { useKeys } from './keys';
import { useLive } from './live';
import { atEdge, MENU, shownTo } from './menu';
import { t } from './shell.text';

const MeContext = createContext<Me | null>(null);

/** Who is signed in. Pages are only shown to somebody. */
export function useSelf(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('a page without somebody signed in');
  return me;
}

/** Whether the signed-in person has a seat that allows the action at all. */
export function useMay(action: string): boolean {
  return useSelf().actions.includes(action);
}

export function Shell() {
  const { say } = useSay();
  const me = useMe();
  const [drawer, setDrawer] = useState(false);
  const [keys, setKeys] = useState(false);
  const { pathname } = useLocation();
  useLive(me.data?.actions.includes('transfer.read') ?? false);
  useKeys(useCallback(() => setKeys(true), []));
  useEffect(() => setDrawer(false), [pathname]);
  if (me.isError) return <main className="alone"><Refused error={me.error} again={() => void me.refetch()} /></main>; // prettier-ignore
  if (me.isPending) return <main className="alone"><Loading /></main>; // prettier-ignore
  if (!me.data) return <SignInPage />;
  const places = <Places me={me.data} />;
  return (
    <MeContext.Provider value={me.data}>
      <a className="skip" href="#content">
        {say(t.skip)}
      </a>
      {me.data.demo && (
        <aside className="demo-banner" aria-label={say(t.demoMode)}>
          {say(t.demo)}
        </aside>
      )}
      <Header
        me={me.data}
        menuButton={<Button className="only-narrow" type="text" icon={<MenuOutlined />} aria-label={say(t.openMenu)} onClick={() => setDrawer(true)} />}
        showKeys={() => setKeys(true)}
      />
      <div className="frame">
        <nav className="side" aria-label={say(t.menu)}>
          {places}
        </nav>
        <main id="content" tabIndex={-1}>
          <Looked me={me.data} />
          {atEdge(me.data.actions) && pathname === '/' ? <Navigate replace to="/ledger" /> : <Outlet />}
        </main>
      </div>
      <Drawer open={drawer} onClose={() => setDrawer(false)} placement="left" title={say(t.menu)} size={280}>
        <Find />
        <nav aria-label={say(t.menu)}>{places}</nav>
      </Drawer>
      <KeyList open={keys} close={() => setKeys(false)} />
      <ScrollRestoration />
    </MeContext.Provider>
  );
}

const STAFF: ReadonlySet<string> = new Set(['centre.staff', 'authority.officer', 'operator', 'auditor']);

/** Said to whoever sits at the port: what they look at is visible to its owner. */
function Looked({ me }: { me: Me }) {
  const { say } = useSay();
  if (!me.roles.some((role) => STAFF.has(role.id))) return null;
  return (
    <p className="looked quiet small">
      <EyeOutlined aria-hidden /> {say(t.looked)}
    </p>
  );
}

function Places({ me }: { me: Me }) {
  const { say } = useSay();
  return (
    <>
      {MENU.filter((group) => group.places.some((place) => shownTo(place, me.actions))).map((group) => (
        <section key={group.text.en}>
          <h2 className="side-title">{say(group.text)}</h2>
          <ul>
            {group.places
              .filter((place) => shownTo(place, me.actions))
              .map((place) => (
                <li key={place.path}>
                  <NavLink to={place.path} end={place.path === '/'}>
                    {say(place.text)}
                  </NavLink>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}
