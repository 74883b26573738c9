// A digest field that can be filled by choosing the file: it is read in the browser and goes nowhere.
import { Input } from 'antd';
import { FileButton } from '../../kit/FileButton';

interface Props {
  readonly choose: string;
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (value: string) => void;
}

export function HashField({ choose, id, value, onChange }: Props) {
  const hash = async (chosen: File) => {
    const digest = await crypto.subtle.digest('SHA-256', await chosen.arrayBuffer());
    onChange?.([...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  };
  return (
    <>
      <Input {...(id ? { id } : {})} value={value ?? ''} maxLength={64} spellCheck={false} onChange={(event) => onChange?.(event.target.value.trim().toLowerCase())} />
      {'subtle' in crypto && (
        <p className="small">
          <FileButton size="small" onFile={(chosen) => void hash(chosen)}>
            {choose}
          </FileButton>
        </p>
      )}
    </>
  );
}
