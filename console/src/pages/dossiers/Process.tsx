// The whole-process assessment: controls by stage, scored by published rules as they are answered.
import { Radio } from 'antd';
import { ask } from '../../api/client';
import type { Dossier } from '../../api/dossiers';
import { useAct } from '../../api/queries';
import { useMay } from '../../app/Shell';
import { useSay, type Text } from '../../i18n/lang';
import { Block } from '../../kit/Page';
import { Refused } from '../../kit/States';
import { Note } from '../../kit/Status';
import { t } from './dossiers.text';

interface Control {
  readonly id: string;
  readonly title: Text;
  readonly must: boolean;
  readonly answer: string;
  readonly cite: readonly string[];
}

interface Scored {
  readonly score: number;
  readonly band: Text;
  readonly version: string;
  readonly held_by: readonly { readonly id: string; readonly title: Text }[];
  readonly stages: readonly { readonly id: string; readonly title: Text; readonly score: string; readonly controls: readonly Control[] }[];
}

const ANSWERS = ['yes', 'partly', 'no', 'na'] as const;

export function Process({ of }: { of: Dossier }) {
  const { say } = useSay();
  const mayWrite = useMay('dossier.write');
  const scored = of.capability as unknown as Scored;
  const keep = useAct(
    (stages: Record<string, string>) => ask<Dossier>('put', '/api/v1/dossiers/{id}/answers', { path: { id: of.id } }, { stages }),
    ['dossiers'],
  );
  return (
    <>
      <Note tone={scored.held_by.length ? 'warn' : 'ok'} title={say(t.score, { n: scored.score, band: say(scored.band) })}>
        {scored.held_by.length > 0 && <p>{say(t.heldBy, { names: scored.held_by.map((one) => say(one.title)).join(' / ') })}</p>}
        <p className="quiet small">{scored.version}</p>
      </Note>
      {keep.isError && <Refused error={keep.error} />}
      {scored.stages.map((stage) => (
        <Block key={stage.id} title={say(stage.title)} extra={<span className="quiet">{stage.score}</span>}>
          {stage.controls.map((control) => (
            <fieldset key={control.id} className="answer">
              <legend>
                {say(control.title)} {control.must && <span className="quiet small">{say(t.must)}</span>}{' '}
                {control.cite.map((ref) => (
                  <code key={ref} className="cite">
                    {ref}
                  </code>
                ))}
              </legend>
              <Radio.Group
                disabled={!mayWrite || keep.isPending}
                value={control.answer || null}
                options={ANSWERS.map((one) => ({ value: one, label: say(t[one]) }))}
                onChange={(event) => keep.mutate({ [control.id]: event.target.value as string })}
              />
            </fieldset>
          ))}
        </Block>
      ))}
    </>
  );
}
