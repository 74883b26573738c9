// Every version of every finding about the file: who signed, on what basis, what the level was before.
import type { Finding, Levels } from '../../api/edge';
import { useSay } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { save } from '../../kit/save';
import { Ident } from '../../kit/Show';
import { Empty } from '../../kit/States';
import { Status } from '../../kit/Status';
import { Timeline, type Moment } from '../../kit/Timeline';
import { Button } from 'antd';
import { PrincipalName } from '../names';
import { t } from './findings.text';
import { BASES, LEVELS, move } from './words';

export function History({ of }: { of: Levels }) {
  const { say } = useSay();
  const sorted = [...of.versions].sort((a, b) => (a.at < b.at ? -1 : 1));
  const moments = sorted.map((one): Moment => {
    const chain = of.versions.filter((other) => other.dataset === one.dataset && other.field === one.field);
    const before = chain.filter((other) => other.version < one.version).at(-1) ?? null;
    const newest = chain.at(-1) === one;
    return {
      id: one.id, at: one.at, tone: newest ? LEVELS[one.level].tone : 'mute', title: <About of={one} />,
      meta: <Meta of={one} before={before} newest={newest} />, body: <Rests of={one} />,
    }; // prettier-ignore
  });
  return (
    <Block title={say(t.history)}>{moments.length ? <Timeline moments={moments} /> : <Empty title={t.historyEmpty}>{t.historyHint}</Empty>}</Block>
  );
}

function About({ of }: { of: Finding }) {
  const { say } = useSay();
  const about = of.field ? <code>{of.field}</code> : say(of.dataset.endsWith('/') ? t.aboutFolder : t.aboutAll);
  return (
    <>
      {about} <Status {...LEVELS[of.level]} />
    </>
  );
}

function Meta({ of, before, newest }: { of: Finding; before: Finding | null; newest: boolean }) {
  const { say, label } = useSay();
  return (
    <>
      {say(newest ? t.inForce : t.earlier)} · {say(t.version, { n: of.version })} · <PrincipalName id={of.by} /> · {say(move(before?.level ?? null, of.level))}
      {before && (
        <>
          {' · '}
          {label(t.before)}{say(LEVELS[before.level].text)}
        </>
      )}
    </>
  );
}

function Rests({ of }: { of: Finding }) {
  const { say } = useSay();
  const parts = [say(BASES[of.basis]), of.issuer, of.number, of.item, of.day].filter(Boolean);
  return (
    <>
      <div>{parts.join(' · ')}</div>
      {of.ground && <div>{of.ground}</div>}
      <div className="small">
        <Ident id={of.id} />{' '}
        <Button type="link" size="small" onClick={() => save(`${of.id}.json`, JSON.stringify(of.signed), 'application/json')}>
          {say(t.signedDocument)}
        </Button>
      </div>
    </>
  );
}
