// 403, 404 and 500.
import { Button } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { Link, useRouteError } from 'react-router';
import { get } from '../../api/client';
import { useSay } from '../../i18n/lang';
import { Code } from '../../kit/Raw';
import { Block, Page } from '../../kit/Page';
import { t } from './trouble.text';

export function NotFoundPage() {
  const { say } = useSay();
  return (
    <Page title={say(t.notFound)} lead={say(t.notFoundHint)}>
      <Link to="/">{say(t.home)}</Link>
    </Page>
  );
}

/** Somebody known, on a page that their seat does not open: says which seats do. */
export function ForbiddenPage({ action }: { action: string }) {
  const { say } = useSay();
  const why = useQuery({ queryKey: ['may', action], queryFn: ({ signal }) => get('/api/v1/may', { query: { action }, signal }) });
  return (
    <Page title={say(t.forbidden)} lead={say(why.data?.reason)}>
      <Link to="/">{say(t.home)}</Link>
    </Page>
  );
}

export function FaultPage() {
  const { say } = useSay();
  const error = useRouteError();
  return (
    <main className="alone">
      <Block title={say(t.fault)}>
        <p>{say(t.faultHint)}</p>
        <Code text={error instanceof Error ? `${error.name}: ${error.message}` : String(error)} />
        <Button type="primary" onClick={() => location.reload()}>
          {say(t.reload)}
        </Button>
      </Block>
    </main>
  );
}
