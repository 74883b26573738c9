// All dossiers of this edge, and the beginning of a new one.
import { Button, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ask } from '../../api/client';
import { useDossiers, useSubjects, type Dossier, type DossierLine } from '../../api/dossiers';
import { useAct } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Block, Page } from '../../kit/Page';
import { QueryTable } from '../../kit/QueryTable';
import { Ident, When } from '../../kit/Show';
import { Empty, Refused } from '../../kit/States';
import type { Column } from '../../kit/useListState';
import { t as shared } from '../shared.text';
import { ForbiddenPage } from '../trouble/TroublePages';
import { t } from './dossiers.text';

function Title({ row }: { row: DossierLine }) {
  const { say } = useSay();
  return <Link to={`/dossiers/${row.id}`}>{say(row.scenario_title)}</Link>;
}

function Procedure({ row }: { row: DossierLine }) {
  const { say } = useSay();
  return <span>{say(row.procedure_name)}</span>;
}

const COLUMNS: Column<DossierLine>[] = [
  { key: 'title', title: shared.scenario, sort: (row) => row.scenario_title.zh, render: (row) => <Title row={row} /> },
  { key: 'procedure', title: t.procedure, sort: (row) => row.procedure, render: (row) => <Procedure row={row} /> },
  { key: 'filing', title: t.filing, render: (row) => (row.filing_id ? <Ident id={row.filing_id} /> : '—') },
  { key: 'changed', title: t.changed, sort: (row) => row.changed_at, render: (row) => <When at={row.changed_at} seconds={false} /> },
];

function Begin() {
  const { say } = useSay();
  const go = useNavigate();
  const subjects = useSubjects();
  const [scenario, setScenario] = useState('');
  const options = (subjects.data ?? []).map((one) => ({ value: one.scenario_id, label: say(one.title) }));
  const begin = useAct((id: string) => ask<Dossier>('post', '/api/v1/dossiers', {}, { scenario_id: id }), ['dossiers']);
  return (
    <Block>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate(scenario, { onSuccess: (made) => void go(`/dossiers/${made.id}`) });
        }}
      >
        <Select className="filter-text" aria-label={say(t.subject)} placeholder={say(t.subject)} value={scenario || null} options={options} loading={subjects.isPending} onChange={setScenario} />
        <Button type="primary" htmlType="submit" loading={begin.isPending} disabled={!scenario}>
          {say(t.begin)}
        </Button>
      </form>
      {subjects.data?.length === 0 && <p className="quiet">{say(t.noSubject)}</p>}
      {subjects.isError && <Refused error={subjects.error} />}
      {begin.isError && <Refused error={begin.error} />}
    </Block>
  );
}

export function DossiersPage() {
  const { say } = useSay();
  const query = useDossiers();
  const mayWrite = useMay('dossier.write');
  if (!useMay('dossier.read')) return <ForbiddenPage action="dossier.read" />;
  return (
    <Page title={say(t.title)} lead={say(t.lead)} raw={query.data && { path: '/api/v1/dossiers', data: query.data }}>
      {mayWrite && <Begin />}
      <QueryTable
        name="dossiers"
        caption={t.title}
        query={query}
        id={(row) => row.id}
        columns={COLUMNS}
        search={(row) => [row.id, row.scenario_id, row.scenario_title.zh, row.scenario_title.en, row.procedure].join(' ')}
        empty={<Empty title={t.empty}>{t.emptyHint}</Empty>}
      />
    </Page>
  );
}
