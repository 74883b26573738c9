// Materials to bring and steps to make: the task list of a filing.
import { Link } from 'react-router';
import { post, upload } from '../../api/client';
import { useAct, useBases } from '../../api/queries';
import type { FilingDetail, Material, OpenStep } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay, type Say } from '../../i18n/lang';
import { LawRef } from '../../kit/Citations';
import { FileButton } from '../../kit/FileButton';
import { DocumentLink } from '../../kit/DocumentLink';
import { GroundAct } from '../../kit/GroundAct';
import { t as kit } from '../../kit/kit.text';
import { Refused } from '../../kit/States';
import { TaskList, type Task } from '../../kit/TaskList';
import { MissingOriginal, Originals } from './Originals';
import { t } from './filings.text';

export function FilingTasks({ of }: { of: FilingDetail }) {
  const { say } = useSay();
  const mayWrite = useMay('filing.write') && ['draft', 'returned'].includes(of.state);
  const basis = useBasisOf(of);
  const missing = of.materials.some((material) => material.required && material.documents.length === 0);
  const materials = of.materials.map((material) => materialTask(of, material, mayWrite));
  const steps = of.open_steps.map((step): Task => ({
    id: step.id,
    name: `(${step.letter}) ${say(step.name)}`,
    hint: step.id === 'submit' && missing ? say(t.missingFirst) : limit(step, say),
    ...(step.id === 'submit' && missing ? { state: 'cannotStart' as const } : { action: <MakeStep of={of} step={step} /> }),
  }));
  return (
    <>
      <TaskList
        groups={[
          { title: t.materials, tasks: materials },
          { title: t.steps, tasks: steps },
        ]}
      />
      {steps.length === 0 &&
        (of.state === 'issued' ? (
          <p>
            {say(basis ? t.resultUsed : t.resultNext)} <Link to={basis ? `/bases/${basis.id}` : '/bases'}>{say(basis ? t.toBasis : t.toBases)}</Link>
          </p>
        ) : (
          <p className="quiet">{say(t.noSteps)}</p>
        ))}
    </>
  );
}

/** The basis that was entered on the result of a filing, if there is one that was not ended. */
export function useBasisOf(of: FilingDetail) {
  const bases = useBases(useMay('basis.read') && of.state === 'issued').data;
  return bases?.find((one) => one.filing_id === of.id && one.state !== 'revoked');
}

/** By when, where the calendar of working days reaches; else only how long. */
export function limit(step: OpenStep, say: Say): string | null {
  if (!step.working_days) return null;
  return step.due ? say(kit.due, { date: step.due, n: step.working_days }) : say(kit.limit, { n: step.working_days });
}

function materialTask(of: FilingDetail, material: Material, mayWrite: boolean): Task {
  const done = material.documents.length > 0;
  return {
    id: material.id,
    name: <MaterialName material={material} />,
    hint: (
      <ul>
        {material.documents.map((paper) => (
          <li key={paper.id}>
            <DocumentLink href={`/api/v1/filings/${of.id}/documents/${paper.id}`} name={paper.name} size={paper.size_bytes} sha256={paper.sha256} />
            <Originals of={of} paper={paper} mayWrite={mayWrite && material.signed} />
          </li>
        ))}
        <MissingOriginal material={material} />
      </ul>
    ),
    state: done ? 'completed' : material.required ? 'notStarted' : 'optional',
    action: mayWrite && <AddFile of={of} material={material} />,
  };
}

function MaterialName({ material }: { material: Material }) {
  const { say } = useSay();
  return (
    <>
      {say(material.name)} <span className="quiet small">{say(material.required ? t.required : t.optional)}</span>{' '}
      {material.cite.map((ref) => (
        <LawRef key={ref} of={ref} />
      ))}
    </>
  );
}

function AddFile({ of, material }: { of: FilingDetail; material: Material }) {
  const { say } = useSay();
  const add = useAct(
    (file: File) => {
      const form = new FormData();
      form.set('material', material.id);
      form.set('file', file);
      return upload('/api/v1/filings/{filing_id}/documents', form, { path: { filing_id: of.id } });
    },
    ['filings'],
  );
  return (
    <div>
      <FileButton
        size="small"
        loading={add.isPending}
        aria-label={say(t.addOf, { name: say(material.name) })}
        onFile={(file) => add.mutate(file)}
      >
        {say(t.add)}
      </FileButton>
      {add.isError && <Refused error={add.error} />}
    </div>
  );
}

function MakeStep({ of, step }: { of: FilingDetail; step: OpenStep }) {
  const { say } = useSay();
  const move = useAct(
    (note: string) => post('/api/v1/filings/{filing_id}/steps', { path: { filing_id: of.id }, body: { transition: step.id, note } }),
    ['filings'],
  );
  return (
    <GroundAct
      label={step.name}
      title={step.name}
      danger={step.id === 'withdraw' || step.id === 'record_declined'}
      field={t.note}
      help={step.needs_note ? t.noteHelp : t.noteOptional}
      optional={!step.needs_note}
      consequence={say(t.stepConsequence)}
      act={move.mutateAsync}
    />
  );
}
