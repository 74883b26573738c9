// What shows that a person signed a paper: a signature or an e-seal that is checked, or a scan or another e-seal that is kept unchecked.
import { Button } from 'antd';
import type { ComponentProps } from 'react';
import { post, upload } from '../../api/client';
import { useAct } from '../../api/queries';
import type { FilingDetail, Material, Paper, SignedOriginal } from '../../api/types';
import { useMay } from '../../app/Shell';
import { useSay } from '../../i18n/lang';
import { FileButton } from '../../kit/FileButton';
import { DocumentLink } from '../../kit/DocumentLink';
import { Refused } from '../../kit/States';
import { Status } from '../../kit/Status';
import { t } from './filings.text';

const SIGNATURES = /\.(p7[smb]|cms|der|sig)$/i;

/** By the file's name, and of a PDF whether a signature is in it; the port looks at its content and refuses what it is not. */
async function kindOf(file: File) {
  if (SIGNATURES.test(file.name)) return 'signature';
  if (/\.ofd$/i.test(file.name)) return 'ofd';
  return /\.pdf$/i.test(file.name) && (await file.text()).includes('/ByteRange') ? 'pdf' : 'scan';
}

export function MissingOriginal({ material }: { readonly material: Material }) {
  const { say } = useSay();
  return material.original_missing ? <li className="quiet small">{say(t.originalMissing)}</li> : null;
}

export function Originals({ of, paper, mayWrite }: { readonly of: FilingDetail; readonly paper: Paper; readonly mayWrite: boolean }) {
  return (
    <>
      {paper.originals.length > 0 && (
        <ul>
          {paper.originals.map((one) => (
            <Original key={one.id} of={of} one={one} />
          ))}
        </ul>
      )}
      {mayWrite && <AddOriginal of={of} paper={paper} />}
    </>
  );
}

/** What was known of it, in a word: a revocation that nobody knows of is no success. */
function standing(one: SignedOriginal): ComponentProps<typeof Status> {
  if (!one.signer) return one.seen_at ? { tone: 'mute', text: t.seen } : { tone: 'ask', text: t.unchecked };
  if (one.holds === false) return { tone: 'bad', text: t.fails };
  const known = one.signer.revocation === 'good' || one.signer.revocation === 'later';
  return known ? { tone: 'ok', text: t.checked } : { tone: 'ask', text: t.checkedNotAll };
}

function Original({ of, one }: { readonly of: FilingDetail; readonly one: SignedOriginal }) {
  const { say } = useSay();
  const mayLook = useMay('filing.examine') && one.kind === 'scan' && !one.seen_at;
  const look = useAct(() => post('/api/v1/filings/{filing_id}/originals/{original_id}/look', { path: { filing_id: of.id, original_id: one.id } }), ['filings']);
  return (
    <li className="original small">
      <div>
        {say(one.kind_name)} <Status {...standing(one)} />
      </div>
      <DocumentLink href={`/api/v1/filings/${of.id}/originals/${one.id}`} name={one.name} size={one.size_bytes} sha256={one.sha256} />
      <ul className="quiet">
        {one.signer && <li>{say(t.signer, { organisation: [one.signer.organisation ?? one.signer.subject, one.signer.credit_code].filter(Boolean).join(' '), party: say(one.signer.party_name) })}</li>}
        <li>{say(one.standing)}</li>
        {one.findings.map((each) => (
          <li key={each.en}>{say(each)}</li>
        ))}
      </ul>
      {mayLook && (
        <Button size="small" loading={look.isPending} aria-label={say(t.lookedOf, { name: one.name })} onClick={() => look.mutate(undefined)}>
          {say(t.looked)}
        </Button>
      )}
      {look.isError && <Refused error={look.error} />}
    </li>
  );
}

function AddOriginal({ of, paper }: { readonly of: FilingDetail; readonly paper: Paper }) {
  const { say } = useSay();
  const add = useAct(
    async ({ file, kind }: { file: File; kind?: string }) => {
      const form = new FormData();
      form.set('kind', kind ?? (await kindOf(file)));
      form.set('file', file);
      return upload('/api/v1/filings/{filing_id}/documents/{document_id}/originals', form, { path: { filing_id: of.id, document_id: paper.id } });
    },
    ['filings'],
  );
  const sealed = add.isError && !add.variables.kind && /\.(ofd|pdf)$/i.test(add.variables.file.name) ? add.variables.file : null;
  return (
    <div>
      <FileButton
        size="small"
        loading={add.isPending}
        title={say(t.originalKinds)}
        aria-label={say(t.addOriginalOf, { name: paper.name })}
        onFile={(file) => add.mutate({ file })}
      >
        {say(t.addOriginal)}
      </FileButton>
      {add.isError && <Refused error={add.error} />}
      {sealed && (
        <Button size="small" onClick={() => add.mutate({ file: sealed, kind: 'eseal' })}>
          {say(t.keepUnchecked)}
        </Button>
      )}
    </div>
  );
}
