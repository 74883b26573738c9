// The frame of every page: where one is, its heading, its actions, its raw data one click away.
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { useSay, type Text } from '../i18n/lang';
import { t } from './kit.text';
import { Raw } from './Raw';

export interface Crumb {
  readonly text: Text;
  readonly to: string;
}

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  readonly actions?: ReactNode;
  /** The API address behind this page, and what it answered. */
  readonly raw?: { readonly path: string; readonly data: unknown } | undefined;
  readonly children: ReactNode;
}

export function Page({ title, lead, crumbs = [], actions, raw, children }: Props) {
  const { say } = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = `${title} · ${say({ zh: '飞鱼', en: 'Feiyu' })}`;
  }, [title, say]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [pathname]);
  return (
    <article className="page">
      {crumbs.length > 0 && (
        <nav aria-label={say(t.breadcrumb)} className="crumbs">
          <ol>
            {crumbs.map((crumb) => (
              <li key={crumb.to}>
                <Link to={crumb.to}>{say(crumb.text)}</Link>
              </li>
            ))}
          </ol>
        </nav>
      )}
      <header className="page-head">
        <div>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <div className="lead">{lead}</div>}
        </div>
        <div className="page-actions">
          {actions}
          {raw && <Raw {...raw} />}
        </div>
      </header>
      {children}
    </article>
  );
}

/** A titled block of a page. */
export function Block({ title, extra, children, id }: { title?: ReactNode; extra?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="block" {...(id ? { id } : {})}>
      {title && (
        <div className="block-head">
          <h2>{title}</h2>
          {extra}
        </div>
      )}
      {children}
    </section>
  );
}
