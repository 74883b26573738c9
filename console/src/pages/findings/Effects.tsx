// What the rulebook answers for the file alone under each level that a person can sign.
import type { Effect, Levels } from '../../api/edge';
import { useSay } from '../../i18n/lang';
import { Cite } from '../../kit/Citations';
import { Plain } from '../../kit/DecisionTrace';
import { Block } from '../../kit/Page';
import { Status } from '../../kit/Status';
import { ROUTES, wordOf } from '../words';
import { t } from './findings.text';
import { settled } from './words';

export function Effects({ of }: { of: Levels }) {
  const { say } = useSay();
  return (
    <Block title={say(t.effects)}>
      <p className="quiet small">{say(t.effectsNote)}</p>
      <Plain heads={[say(t.level), say(t.route), say(t.because)]}>
        {of.effects.map((one) => [one.found ?? 'open', <Level key="l" of={one} />, <Route key="r" of={one} />, <Because key="b" of={one} />])}
      </Plain>
    </Block>
  );
}

function Level({ of }: { of: Effect }) {
  const { say } = useSay();
  return (
    <span className="two">
      <Status {...settled(of.found)} />
      {of.stands && <strong className="small">{say(t.stands)}</strong>}
    </span>
  );
}

export function Route({ of }: { of: Effect }) {
  const { say, label } = useSay();
  const { route, possible } = of.determination;
  return (
    <span className="two">
      <Status {...wordOf(ROUTES, route)} />
      {possible.length > 0 && (
        <span className="quiet small">
          {label(t.possible)}{possible.map((one) => say(wordOf(ROUTES, one).text)).join(' / ')}
        </span>
      )}
    </span>
  );
}

function Because({ of }: { of: Effect }) {
  const { say, label } = useSay();
  const { reason, citations, missing, obligations } = of.determination;
  return (
    <span className="two">
      <span>{say(reason)}</span>
      {missing.length > 0 && (
        <span className="quiet small">
          {label(t.missing)}{missing.map((one) => say(one.question)).join(' / ')}
        </span>
      )}
      {obligations.length > 0 && (
        <span className="quiet small">
          {label(t.duties)}{obligations.map((one) => say(one.title)).join(' / ')}
        </span>
      )}
      <span>
        {citations.map((one) => (
          <Cite key={one.ref} of={one} />
        ))}
      </span>
    </span>
  );
}
