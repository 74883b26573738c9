// Names for ids: parties, semantic types. Asked once, kept.
import { useCallback } from 'react';
import { Link } from 'react-router';
import { useParties, useTypes } from '../api/queries';
import { useSay } from '../i18n/lang';
import { Dash, Ident } from '../kit/Show';

export function PartyName({ id, link = true }: { id: string | null | undefined; link?: boolean }) {
  const { say } = useSay();
  const parties = useParties();
  if (!id) return <Dash />;
  const party = parties.data?.find((each) => each.id === id);
  if (!party) return <Ident id={id} />;
  return link ? <Link to={`/parties/${id}`}>{say(party.name)}</Link> : <>{say(party.name)}</>;
}

export function usePartyName(): (id: string) => string {
  const { say } = useSay();
  const { data } = useParties();
  return useCallback((id: string) => say(data?.find((each) => each.id === id)?.name) || id, [data, say]);
}

export function TypeName({ id }: { id: string }) {
  const { say } = useSay();
  const all = useTypes();
  const name = all.data?.find((each) => each.id === id)?.name;
  return name ? (
    <span title={id}>{say(name)}</span>
  ) : (
    <code>{id}</code>
  );
}
