// Fields by name and by what they hold.
import type { FieldTerm } from '../api/types';
import { useSay } from '../i18n/lang';
import { Plain } from '../kit/DecisionTrace';
import { TypeName } from './names';
import { t } from './shared.text';

export function FieldTable({ fields }: { fields: readonly FieldTerm[] }) {
  const { say } = useSay();
  return <Plain heads={[say(t.field), say(t.holds)]}>{fields.map((term) => [term.name, <code key="n">{term.name}</code>, <TypeName key="t" id={term.type} />])}</Plain>;
}
