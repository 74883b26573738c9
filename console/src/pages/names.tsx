// Names for ids: parties, semantic types. Asked once, kept.
import { useCallback } from 'react';
import { Link } from 'react-router';
import { useBases, useParties, usePrincipals, useRulebook, useScenarios, useTypes } from '../api/queries';
import { useMay } from '../app/Shell';
import { useSay } from '../i18n/lang';
import { Dash, Ident } from '../kit/Show';
import { BASIS_KINDS, PLAIN_TYPES } from './words';

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

/** A country by its name and its two letters. */
export function useCountry(): (code: string | null | undefined) => string {
  const { say } = useSay();
  const names = useRulebook().data?.countries;
  return useCallback((code) => [say(names?.[code ?? '']), code].filter(Boolean).join(' '), [names, say]);
}

export const Country = ({ code }: { code: string | null | undefined }) => <>{useCountry()(code)}</>;

/** A scenario by its title where one may read it, else by id. */
export function ScenarioName({ id }: { id: string }) {
  const { say } = useSay();
  const title = useScenarios(useMay('scenario.read')).data?.find((each) => each.id === id)?.title;
  return title ? <Link to={`/register/${id}`}>{say(title)}</Link> : <Ident id={id} to={`/register/${id}`} />;
}

/** A basis by its kind and number where one may read it, else by id. */
export function BasisName({ id }: { id: string }) {
  const { say } = useSay();
  const found = useBases(useMay('basis.read')).data?.find((each) => each.id === id);
  return found ? <Link to={`/bases/${id}`}>{`${say(BASIS_KINDS[found.kind])} ${found.number}`.trim()}</Link> : <Ident id={id} to={`/bases/${id}`} />;
}

/** Who acted: by name where one may know, else by id. */
export function PrincipalName({ id }: { id: string }) {
  const may = useMay('principal.read');
  const people = usePrincipals(may);
  const name = people.data?.find((each) => each.id === id)?.name;
  return name ? <span title={id}>{name}</span> : <Ident id={id} />;
}

export function TypeName({ id }: { id: string }) {
  const { say } = useSay();
  const all = useTypes();
  const name = all.data?.find((each) => each.id === id)?.name ?? PLAIN_TYPES[id];
  return name ? (
    <span title={id}>{say(name)}</span>
  ) : (
    <code>{id}</code>
  );
}
