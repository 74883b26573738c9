// A checkpoint as signed (C2SP signed-note): who signed it and, for witnesses, when. For showing; verifying is not done here.
export interface Cosigner {
  readonly name: string;
  /** Witnesses state when they saw it; the log's own signature does not. */
  readonly at: string | null;
}

const TIMED_BYTES = 4 + 8 + 64;

export function cosigners(note: string): Cosigner[] {
  return note
    .split('\n')
    .filter((line) => line.startsWith('— '))
    .map((line) => {
      const [, name = '', signature = ''] = line.split(' ');
      const bytes = Uint8Array.from(atob(signature), (letter) => letter.charCodeAt(0));
      if (bytes.length !== TIMED_BYTES) return { name, at: null };
      const seconds = Number(new DataView(bytes.buffer).getBigUint64(4));
      return { name, at: new Date(seconds * 1000).toISOString() };
    });
}

/** When a witness last saw the log, and which. */
export function witnesses(note: string | null): readonly { readonly name: string; readonly at: string }[] {
  return note ? cosigners(note).flatMap(({ name, at }) => (at ? [{ name, at }] : [])) : [];
}
