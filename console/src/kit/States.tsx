// Empty, loading and failed, designed once. An empty place says what it is for; a failure says what to do.
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Refusal } from '../api/client';
import { useSay, type Text } from '../i18n/lang';
import { t } from './kit.text';
import { Note } from './Status';

export function Empty({ title, children, action }: { title: Text; children?: Text | undefined; action?: ReactNode }) {
  const { say } = useSay();
  return (
    <div className="empty">
      <svg aria-hidden="true" viewBox="0 0 64 40" width="64" height="40">
        <path d="M4 30h56M12 30V14l20-8 20 8v16M24 30V20h16v10" fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      </svg>
      <p className="empty-title">{say(title)}</p>
      {children && <p className="quiet">{say(children)}</p>}
      {action}
    </div>
  );
}

export function Loading({ rows = 6 }: { rows?: number }) {
  const { say } = useSay();
  return (
    <div role="status" aria-live="polite">
      <span className="aloud">{say(t.loading)}</span>
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** A refusal: the sentence, what to do, the code and the trace. */
export function Refused({ error, again }: { error: unknown; again?: (() => void) | undefined }) {
  const { say } = useSay();
  const refusal = error instanceof Refusal ? error : null;
  return (
    <div role="alert">
      <Note tone="bad" title={refusal ? say(refusal.sentence) : say(t.failed)}>
        <p>{refusal ? say(refusal.remedy) : String(error)}</p>
        {refusal && (
          <p className="quiet small">
            {say(t.code)} <code>{refusal.code}</code>
            {refusal.trace && (
              <>
                {' · '}
                {say(t.trace)} <code>{refusal.trace}</code>
              </>
            )}
          </p>
        )}
        {again && (
          <Button size="small" onClick={again}>
            {say(t.again)}
          </Button>
        )}
      </Note>
    </div>
  );
}

/** What is asked for: all at once, or page by page. */
export interface Asked<T> {
  readonly data: T | undefined;
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Shows a query in each of its states; a failure of one block does not blank the page. */
export function Loaded<T>({ query, children, rows }: { query: Asked<T>; children: (data: T) => ReactNode; rows?: number }) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) return <Refused error={query.error} again={() => void query.refetch()} />;
  return <Loading {...(rows ? { rows } : {})} />;
}
