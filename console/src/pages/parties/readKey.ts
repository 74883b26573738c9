// A public key as people have it (an age1… line, a feiyu-key: line, PEM), read in the browser. What may be a private key goes nowhere.
// The id and the fingerprint are those of `feiyu.seal.keys`; Bech32 is BIP 173, the PEM bodies are RFC 5480, 8017, 8410 and GB/T 35275.

export interface PublicKey {
  readonly algorithm: string;
  readonly raw: Uint8Array;
  readonly id: string;
  readonly fingerprint: string;
}

/** ``private``: a private key or a keystore; ``unknown``: none of the forms; ``damaged``: one of them, but not whole. */
export type Trouble = 'private' | 'unknown' | 'damaged' | 'insecure';

const PRIVATE = /AGE-SECRET-KEY-|AGE-PLUGIN-|PRIVATE KEY|PuTTY-User-Key-File|feiyu-keystore\/|"(?:d|private|secret|seed)"\s*:/i;
const SIZES: Readonly<Record<string, number>> = { X25519: 32, 'MLKEM768-X25519': 1216, 'P-256': 65, SM2: 65, 'age-X25519': 32 };
const PRIVATE_SIZES: Readonly<Record<string, number>> = { 'MLKEM768-X25519': 96, 'P-256': 32, SM2: 32 };
const RSA = 'RSA-OAEP-256';
const RSA_HEAD = /^3082....300d06092a864886f70d0101010500038[12]/;
const HEADS: readonly (readonly [string, string])[] = [
  ['3059301306072a8648ce3d020106082a8648ce3d030107034200', 'P-256'],
  ['3059301306072a8648ce3d020106082a811ccf5501822d034200', 'SM2'],
  ['302a300506032b656e032100', 'X25519'],
];
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const POLYMOD = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Reads what was pasted, or says what is wrong with it. */
export async function readKey(text: string): Promise<PublicKey | Trouble> {
  if (PRIVATE.test(text)) return 'private';
  const found = parse(text.trim());
  if (typeof found === 'string') return found;
  const [algorithm, raw] = found;
  if (raw.length === PRIVATE_SIZES[algorithm]) return 'private';
  if (algorithm === RSA ? !RSA_HEAD.test(hex(raw)) : raw.length !== SIZES[algorithm]) return algorithm === RSA ? 'private' : 'damaged';
  if (!('subtle' in crypto)) return 'insecure'; // no digests outside https and this machine
  const id = await sha256(joined(`feiyu/key/v1\n${algorithm}\n`, raw));
  const more = await sha256(joined('feiyu/fingerprint/v1\n', id));
  return { algorithm, raw, id: hex(id), fingerprint: [...fives(id), ...fives(more)].join(' ') };
}

export const base64 = (raw: Uint8Array): string => btoa(String.fromCharCode(...raw));

function parse(text: string): readonly [string, Uint8Array] | Trouble {
  if (/^age1\S*$/i.test(text)) {
    const raw = bech32(text.toLowerCase());
    return raw ? ['age-X25519', raw] : 'damaged';
  }
  const line = /^feiyu-key:([A-Za-z0-9-]{1,32}):([A-Za-z0-9_-]+)$/.exec(text);
  if (line) {
    const raw = decoded(line[2]!.replace(/-/g, '+').replace(/_/g, '/'));
    if (!raw || !(line[1]! in SIZES || line[1] === RSA)) return 'damaged';
    return [line[1]!, raw];
  }
  const pem = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/.exec(text);
  if (!pem) return 'unknown';
  const der = decoded(pem[1]!.replace(/\s/g, ''));
  if (!der) return 'damaged';
  const head = HEADS.find(([start]) => hex(der).startsWith(start));
  if (head) return [head[1], der.slice(head[0].length / 2)];
  return RSA_HEAD.test(hex(der)) ? [RSA, der] : 'unknown';
}

function decoded(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  } catch {
    return null;
  }
}

function bech32(text: string): Uint8Array | null {
  const values = [...text.slice(4)].map((each) => BECH32.indexOf(each));
  if (values.length < 7 || values.includes(-1)) return null;
  let sum = 1;
  for (const value of [3, 3, 3, 0, 1, 7, 5, ...values]) {
    const top = sum >>> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    POLYMOD.forEach((each, bit) => (sum ^= (top >>> bit) & 1 ? each : 0));
  }
  if (sum !== 1) return null;
  const out: number[] = [];
  let [bits, held] = [0, 0];
  for (const value of values.slice(0, -6)) {
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) out.push((held >> (bits -= 8)) & 0xff);
  }
  return Uint8Array.from(out);
}

const hex = (raw: Uint8Array): string => [...raw].map((byte) => byte.toString(16).padStart(2, '0')).join('');

function joined(head: string, tail: Uint8Array): Uint8Array<ArrayBuffer> {
  const first = new TextEncoder().encode(head);
  const out = new Uint8Array(first.length + tail.length);
  out.set(first);
  out.set(tail, first.length);
  return out;
}

const sha256 = async (data: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest('SHA-256', data));

/** Six groups of five digits out of thirty bytes. */
const fives = (digest: Uint8Array): string[] =>
  [0, 5, 10, 15, 20, 25].map((at) => String(digest.slice(at, at + 5).reduce((sum, byte) => sum * 256 + byte, 0) % 100_000).padStart(5, '0'));
