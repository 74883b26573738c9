// One dossier: its papers with what is missing, the questions, the whole-process form, papers from elsewhere, versions.
import { Tabs } from 'antd';
import { useParams } from 'react-router';
import { ask } from '../../api/client';
import { paperAddress, useDossier, type Dossier } from '../../api/dossiers';
import { useAct } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { useSay, type Text } from '../../i18n/lang';
import { FileButton } from '../../kit/FileButton';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { Ident } from '../../kit/Show';
import { Loaded, Refused } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { TaskList, type Task } from '../../kit/TaskList';
import { useTab } from '../../kit/useListState';
import { ForbiddenPage } from '../trouble/TroublePages';
import { ROUTES, wordOf } from '../words';
import { Outside } from './Outside';
import { Process } from './Process';
import { Questions } from './Questions';
import { t } from './dossiers.text';
import { Versions } from './Versions';

export function DossierPage() {
  const { id = '' } = useParams();
  const query = useDossier(id);
  if (!useMay('dossier.read')) return <ForbiddenPage action="dossier.read" />;
  return <Loaded query={query}>{(dossier) => <Shown of={dossier} />}</Loaded>;
}

function Shown({ of }: { of: Dossier }) {
  const { say } = useSay();
  const [tab, choose] = useTab(['papers', 'questions', 'process', 'outside', 'versions']);
  return (
    <Page
      title={say(of.scenario_title)}
      crumbs={[{ text: t.title, to: '/dossiers' }]}
      lead={
        <>
          <span>{say(of.procedure_name)}</span> <Ident id={of.id} whole copy />
        </>
      }
      raw={{ path: `/api/v1/dossiers/${of.id}`, data: of }}
    >
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={choose}
        items={[
          { key: 'papers', label: say(t.tabPapers), children: <Papers of={of} /> },
          { key: 'questions', label: say(t.tabQuestions), children: <Questions of={of} /> },
          { key: 'process', label: say(t.tabProcess), children: <Process of={of} /> },
          { key: 'outside', label: say(t.tabOutside), children: <Outside of={of} /> },
          { key: 'versions', label: say(t.tabVersions), children: <Versions of={of} /> },
        ]}
      />
    </Page>
  );
}

function Papers({ of }: { of: Dossier }) {
  const { say } = useSay();
  const mayWrite = useMay('dossier.write');
  const papers = of.papers.map((paper): Task => ({
    id: paper.id,
    name: say(paper.title),
    hint: paper.open ? say(t.openCount, { n: paper.open }) : null,
    state: paper.open ? 'inProgress' : 'completed',
    action: <Fetch of={of} paper={paper.id} name={paper.title} />,
  }));
  const attached = of.materials.filter((item) => !item.paper).map((item): Task => ({
    id: item.id,
    name: say(item.name),
    hint: item.attached ?? say(item.form),
    state: item.attached ? 'completed' : item.required ? 'notStarted' : 'optional',
    action: mayWrite && <Attach of={of} material={item.id} name={item.name} />,
  }));
  const lists = ([['materials', t.materials], ['questions', t.questions], ['trace', t.trace]] as const).map(([id, name]): Task => ({
    id,
    name: say(name),
    action: <Fetch of={of} paper={id} name={name} />,
  })); // prettier-ignore
  return (
    <div className="columns">
      <Block>
        <TaskList groups={[{ title: t.papers, tasks: papers }, { title: t.attached, tasks: attached }, { title: t.lists, tasks: lists }]} />
      </Block>
      <div>
        <Block title={say(t.findings)}>
          <Findings of={of} />
        </Block>
        <Block title={say(t.clock)}>
          <p>{say(of.clock)}</p>
          <Detail
            wide
            lines={[
              [t.route, <Status key="r" {...wordOf(ROUTES, of.route)} />],
              [t.due, of.filing_due ?? '—'],
              [t.filing, of.filing_id ? <Ident key="f" id={of.filing_id} copy /> : '—'],
            ]}
          />
        </Block>
      </div>
    </div>
  );
}

function Findings({ of }: { of: Dossier }) {
  const { say } = useSay();
  return (
    <>
      {of.findings.length === 0 && <Note tone="ok">{say(t.allFits)}</Note>}
      {of.findings.map((found) => (
        <Note key={`${found.code} ${found.place}`} tone={found.kind === 'missing' ? 'warn' : 'bad'} title={say(found.kind === 'missing' ? t.missing : t.inconsistent)}>
          <p>{say(found.text)}</p>
        </Note>
      ))}
      <p className="quiet small">{say(t.checkNote)}</p>
    </>
  );
}

function Fetch({ of, paper, name }: { of: Dossier; paper: string; name: Text }) {
  const { say } = useSay();
  return (
    <span className="fetch-paper">
      {(['zh', 'en'] as const).map((lang) => {
        const word = say(lang === 'zh' ? t.zhShort : t.enShort);
        return ['PDF', 'DOCX'].map((form) => (
          <a key={lang + form} download="" href={paperAddress(of.id, paper, lang, form.toLowerCase())} aria-label={say(t.fetchPaper, { name: say(name), lang: word, form })}>
            {word} {form}
          </a>
        ));
      })}
    </span>
  );
}

function Attach({ of, material, name }: { of: Dossier; material: string; name: Text }) {
  const { say } = useSay();
  const add = useAct(
    (file: File) => {
      const form = new FormData();
      form.set('material', material);
      form.set('file', file);
      return ask<Dossier>('post', '/api/v1/dossiers/{id}/attachments', { path: { id: of.id } }, form);
    },
    ['dossiers'],
  );
  return (
    <div>
      <FileButton
        size="small"
        loading={add.isPending}
        aria-label={say(t.attachOf, { name: say(name) })}
        onFile={(file) => add.mutate(file)}
      >
        {say(t.attach)}
      </FileButton>
      {add.isError && <Refused error={add.error} />}
    </div>
  );
}
