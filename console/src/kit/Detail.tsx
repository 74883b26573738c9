// A description list: what a thing is, field by field.
import type { ReactNode } from 'react';
import { useSay, type Text } from '../i18n/lang';

export type Line = readonly [Text, ReactNode] | null | false | undefined;

export function Detail({ lines, wide = false }: { lines: readonly Line[]; wide?: boolean }) {
  const { say } = useSay();
  return (
    <dl className={wide ? 'detail detail-wide' : 'detail'}>
      {lines.map(
        (line) =>
          line && (
            <div key={line[0].en}>
              <dt>{say(line[0])}</dt>
              <dd>{line[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
