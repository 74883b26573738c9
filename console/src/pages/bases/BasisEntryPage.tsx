// Entering a basis in two steps and a check of the answers. The proof document is hashed here and stays here.
import { Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useNavigate, useSearchParams } from 'react-router';
import { post } from '../../api/client';
import { useAct, useScenarios } from '../../api/queries';
import type { BasisIn, Scenario } from '../../api/types';
import { useMay } from '../../app/Shell';
import { number } from '../../i18n/format';
import { useSay } from '../../i18n/lang';
import { Detail } from '../../kit/Detail';
import { Block, Page } from '../../kit/Page';
import { Empty, Loaded } from '../../kit/States';
import { Note } from '../../kit/Status';
import { StepForm, type FormStep } from '../../kit/StepForm';
import { usePartyName } from '../names';
import { t as shared } from '../shared.text';
import { ForbiddenPage } from '../trouble/TroublePages';
import { BASIS_KINDS, optionsOf } from '../words';
import { t } from './bases.text';
import { HashField } from './HashField';

interface Answers {
  readonly scenario_id: string;
  readonly kind: BasisIn['kind'];
  readonly issuer: string;
  readonly number: string;
  readonly issued_on: string;
  readonly valid_until: string;
  readonly proof_sha256: string;
  readonly fields: string[];
  readonly persons_max: number;
  readonly sensitive_max: number;
  readonly fictional?: boolean;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function BasisEntryPage() {
  const { say } = useSay();
  const scenarios = useScenarios();
  if (!useMay('basis.enter')) return <ForbiddenPage action="basis.enter" />;
  return (
    <Page title={say(t.entryTitle)} lead={say(t.entryLead)} crumbs={[{ text: t.title, to: '/bases' }]}>
      <Loaded query={scenarios}>{(rows) => (rows.length ? <Entry scenarios={rows} /> : <Empty title={t.noScenario} />)}</Loaded>
    </Page>
  );
}

function Entry({ scenarios }: { scenarios: readonly Scenario[] }) {
  const { say } = useSay();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const first = scenarios.find((each) => each.id === params.get('scenario')) ?? scenarios[0];
  const enter = useAct((body: BasisIn) => post('/api/v1/bases', { body }), ['bases']);
  const submit = async (answers: Answers) => {
    const scenario = scenarios.find((each) => each.id === answers.scenario_id);
    if (!scenario) return;
    const { fields, ...rest } = answers;
    const made = await enter.mutateAsync({
      ...rest,
      fictional: Boolean(answers.fictional),
      filing_id: params.get('filing'),
      fields: scenario.items.filter((item) => fields.includes(item.name)).map(({ name, type }) => ({ name, type })),
      recipients: scenario.recipients,
      country: scenario.country,
    });
    void navigate(`/bases/${made.id}`);
  };
  return (
    <Block>
      <StepForm<Answers>
        name="basis"
        steps={useSteps(scenarios)}
        initial={{ ...(first ? { scenario_id: first.id, fields: first.items.map((item) => item.name) } : {}), kind: 'standard_contract', sensitive_max: 0 }}
        submitLabel={t.submit}
        submit={submit}
        notice={
          <Note title={say(t.beforeStart)}>
            <p>{say(t.beforeList)}</p>
          </Note>
        }
      />
    </Block>
  );
}

function useSteps(scenarios: readonly Scenario[]): FormStep<Answers>[] {
  const { say } = useSay();
  const party = usePartyName();
  const day = [{ required: true, pattern: DAY, message: say(t.needDates) }];
  const titleOf = (id: string) => say(scenarios.find((each) => each.id === id)?.title);
  return [
    {
      title: t.stepWhat,
      fields: ['scenario_id', 'kind', 'issuer', 'number', 'issued_on', 'valid_until', 'proof_sha256'],
      body: (
        <>
          <Form.Item name="scenario_id" label={say(shared.scenario)} rules={[{ required: true, message: say(t.needScenario) }]}>
            <Select options={scenarios.map((each) => ({ value: each.id, label: `${say(each.title)} · ${party(each.owner_party)}` }))} />
          </Form.Item>
          <Form.Item name="kind" label={say(t.kind)}>
            <Radio.Group className="stacked" options={optionsOf(BASIS_KINDS).filter((each) => each.value !== 'exemption').map((each) => ({ value: each.value, label: say(each.text) }))} />
          </Form.Item>
          <Form.Item name="issuer" label={say(t.issuer)} rules={[{ required: true, min: 2, message: say(t.needIssuer) }]}>
            <Input maxLength={200} />
          </Form.Item>
          <Form.Item name="number" label={say(t.number)} rules={[{ required: true, message: say(t.needNumber) }]}>
            <Input maxLength={100} />
          </Form.Item>
          <div className="pair">
            <Form.Item name="issued_on" label={say(t.issuedOn)} rules={day}>
              <Input placeholder="2026-09-01" maxLength={10} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="valid_until" label={say(t.validUntil)} rules={day}>
              <Input placeholder="2029-08-31" maxLength={10} inputMode="numeric" />
            </Form.Item>
          </div>
          <Form.Item name="proof_sha256" label={say(t.proof)} rules={[{ required: true, pattern: /^[0-9a-f]{64}$/, message: say(t.needProof) }]}>
            <HashField choose={say(t.proofFile)} />
          </Form.Item>
          <Form.Item name="fictional" valuePropName="checked">
            <Checkbox>{say(t.fictional)}</Checkbox>
          </Form.Item>
        </>
      ),
      summary: (a) => (
        <Detail wide lines={[[shared.scenario, titleOf(a.scenario_id)], [t.kind, say(BASIS_KINDS[a.kind])], [t.issuer, a.issuer], [t.number, a.number], [t.validity, say(t.to, { a: a.issued_on, b: a.valid_until })], [t.proof, <code key="h">{a.proof_sha256}</code>]]} />
      ),
    },
    {
      title: t.stepScope,
      fields: ['fields', 'persons_max', 'sensitive_max'],
      body: (
        <>
          <Form.Item noStyle shouldUpdate={(a: Answers, b: Answers) => a.scenario_id !== b.scenario_id}>
            {({ getFieldValue }) => {
              const items = scenarios.find((each) => each.id === getFieldValue('scenario_id'))?.items ?? [];
              return (
                <Form.Item name="fields" label={say(shared.fields)} extra={say(t.fieldsHelp)} rules={[{ required: true, message: say(t.needFields) }]}>
                  <Checkbox.Group className="stacked" options={items.map((item) => ({ value: item.name, label: `${item.name} · ${say(item.need)}` }))} />
                </Form.Item>
              );
            }}
          </Form.Item>
          <div className="pair">
            <Form.Item name="persons_max" label={say(t.personsMax)} rules={[{ required: true, message: say(t.needPersons) }]}>
              <InputNumber min={0} precision={0} className="full" />
            </Form.Item>
            <Form.Item name="sensitive_max" label={say(t.sensitiveMax)} rules={[{ required: true, message: say(t.needPersons) }]}>
              <InputNumber min={0} precision={0} className="full" />
            </Form.Item>
          </div>
        </>
      ),
      summary: (a) => (
        <Detail wide lines={[[shared.fields, (a.fields ?? []).join(', ')], [t.personsMax, number(a.persons_max ?? 0)], [t.sensitiveMax, number(a.sensitive_max ?? 0)]]} />
      ),
    },
  ];
}
