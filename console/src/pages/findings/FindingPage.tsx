// One scanned file: what follows from its level, each field with suspicion and finding, who signed what. No value is ever shown.
import { useParams } from 'react-router';
import { useLevels, type FieldLevel, type Finding, type Levels } from '../../api/edge';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { Plain } from '../../kit/DecisionTrace';
import { Block, Page } from '../../kit/Page';
import { Dash, Ident, When } from '../../kit/Show';
import { Loaded } from '../../kit/States';
import { Note, Status } from '../../kit/Status';
import { PLAIN_TYPES } from '../words';
import { Effects } from './Effects';
import { t } from './findings.text';
import { History } from './History';
import { SignFinding } from './SignFinding';
import { LEVELS, settled, SUSPECTED } from './words';

export function FindingPage() {
  const { id = '' } = useParams();
  return <Loaded query={useLevels(id)}>{(levels) => <Shown of={levels} />}</Loaded>;
}

/** The newest version of each finding, the versions being oldest first. */
function inForce(of: Levels): Map<string, Finding> {
  return new Map(of.versions.map((one) => [`${one.dataset}\n${one.field}`, one]));
}

function Shown({ of }: { of: Levels }) {
  const { say } = useSay();
  const may = useMay('finding.sign');
  return (
    <Page
      title={of.name}
      crumbs={[{ text: t.title, to: '/findings' }]}
      lead={
        <>
          <Status {...settled(of.found)} /> <span>{of.dataset}</span> <When at={of.at} seconds={false} /> <Ident id={of.id} whole copy />
        </>
      }
      actions={may && <SignFinding of={of} field="" />}
      raw={{ path: `/api/v1/profiles/${of.id}/levels`, data: of }}
    >
      {!may && <Note>{say(t.mayNot)}</Note>}
      <Effects of={of} />
      <Block title={say(t.listTitle)}>
        <Fields of={of} may={may} />
      </Block>
      <History of={of} />
    </Page>
  );
}

function Fields({ of, may }: { of: Levels; may: boolean }) {
  const { say } = useSay();
  const newest = [...inForce(of).values()];
  const tables = new Set(of.lines.map((line) => line.table)).size;
  const heads = [say(t.field), say(t.suspected), say(t.why), say(t.found), ...(may ? [say(t.act)] : [])];
  return (
    <Plain heads={heads}>
      {of.lines.map((line) => {
        const own = newest.filter((one) => one.field === line.name);
        const whole = newest.filter((one) => !one.field && (one.level !== 'general' || of.found === 'general'));
        return [
          `${line.table}\n${line.name}`,
          <Named key="n" of={line} table={tables > 1} />,
          <span key="s" className="keep"><Status {...SUSPECTED[line.level]} /></span>,
          <Why key="w" of={line} />,
          <span key="f" className="two keep">
            {[...own, ...whole].map((one) => (
              <span key={one.id}>
                <Status {...LEVELS[one.level]} />
                {!one.field && <span className="quiet small"> {say(one.dataset.endsWith('/') ? t.aboutFolder : t.aboutAll)}</span>}
              </span>
            ))}
            {own.length + whole.length === 0 && <Dash />}
          </span>,
          ...(may ? [<SignFinding key="a" of={of} field={line.name} />] : []),
        ];
      })}
    </Plain>
  );
}

function Named({ of, table }: { of: FieldLevel; table: boolean }) {
  const { say } = useSay();
  return (
    <span className="two">
      <code>{of.name}</code>
      <span className="quiet small">
        {say(of.type_name ?? PLAIN_TYPES[of.type] ?? { zh: of.type, en: of.type })}
        {of.sensitive ? ` · ${say(t.sensitive)}` : of.personal ? ` · ${say(t.personal)}` : ''}
      </span>
      {table && <span className="quiet small">{of.table}</span>}
    </span>
  );
}

function Why({ of }: { of: FieldLevel }) {
  const { say, label } = useSay();
  return (
    <span className="two">
      <span>{say(of.reason)}</span>
      {of.unread && <Status tone="warn" text={t.unread} />}
      {of.source && (
        <span className="quiet small">
          {label(t.source)}{of.source}
        </span>
      )}
    </span>
  );
}
