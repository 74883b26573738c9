// Who of the port's staff looked at one thing and its parts; shown to its owner alone.
import { Button } from 'antd';
import { Link } from 'react-router';
import { useLooks } from '../../api/queries';
import type { Look } from '../../api/types';
import { useMay, useSelf } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { Ident, When } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { PartyName, PrincipalName } from '../names';
import { t } from './looks.text';

/** Whether who is signed in may see who looked at something of `owner`. */
function useMayLook(owner: string): boolean {
  const may = useMay('look.read');
  return useSelf().party.id === owner && may;
}

export function LooksBlock({ thing, owner }: { readonly thing: string; readonly owner: string }) {
  const { say } = useSay();
  if (!useMayLook(owner)) return null;
  return (
    <Block title={say(t.title)}>
      <LookLines thing={thing} />
    </Block>
  );
}

function LookLines({ thing }: { readonly thing: string }) {
  const { say } = useSay();
  const query = useLooks(thing, false);
  return (
    <Loaded query={query} rows={2}>
      {({ rows }) => (
        <>
          {rows.length === 0 && <p className="quiet">{say(t.noneHere)}</p>}
          <ul className="lines">
            {rows.map((row) => (
              <li key={keyOf(row)}>
                <span className="two">
                  <LookBy of={row} />
                  {row.thing !== thing && <LookThing of={row} />}
                </span>
                <span className="two small">
                  <span>
                    {say(row.how_name)} · {say(t.timesOf, { n: row.times })}
                  </span>
                  <LookWhen of={row} />
                </span>
              </li>
            ))}
          </ul>
          <Earlier query={query} />
          <p className="small">
            <Link to={`/looks?thing=${thing}&lists=true`}>{say(t.listsOf)}</Link>
          </p>
        </>
      )}
    </Loaded>
  );
}

export function Earlier({ query }: { readonly query: ReturnType<typeof useLooks> }) {
  const { say } = useSay();
  if (!query.hasNextPage) return null;
  return (
    <p>
      <Button size="small" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {say(t.earlier)}
      </Button>
    </p>
  );
}

export const keyOf = (row: Look): string => [row.thing, row.by, row.how, row.first_at].join(' ');

/** The person as in every record, the seat, the organisation. */
export function LookBy({ of }: { readonly of: Look }) {
  const { say } = useSay();
  return (
    <span className="two">
      <span>
        {of.seats.map((seat) => say(seat.name)).join(' · ')} <PrincipalName id={of.by} />
      </span>
      <span className="quiet small">
        <PartyName id={of.by_party} link={false} />
      </span>
    </span>
  );
}

export function LookWhen({ of }: { readonly of: Look }) {
  const { say } = useSay();
  if (of.first_at === of.last_at) return <When at={of.first_at} />;
  return (
    <span className="two">
      <When at={of.first_at} />
      <span>
        {say(t.until)} <When at={of.last_at} />
      </span>
    </span>
  );
}

/** The pages of things that have none of their own, and of parts. */
function placeOf(of: Look): string | undefined {
  const id = of.thing;
  const pages: Readonly<Record<string, string>> = {
    scenario: `/register/${id}`, flow: `/register?tab=flows&q=${id}`, filing: `/filings/${id}`, basis: `/bases/${id}`, grant: `/grants/${id}`,
    transfer: `/transfers/${id}`, document: `/filings/${of.within ?? ''}`, original: `/filings/${of.within ?? ''}`, event: `/evidence?query=${id}`, counts: '/spotchecks',
    challenge: '/spotchecks', incident: '/calendar', party: `/parties/${id}`,
  }; // prettier-ignore
  return pages[of.kind];
}

export function LookThing({ of }: { readonly of: Look }) {
  const { say } = useSay();
  return (
    <span>
      <span className="noun">{say(of.kind_name)}</span> <Ident id={of.thing} to={placeOf(of)} />
    </span>
  );
}
