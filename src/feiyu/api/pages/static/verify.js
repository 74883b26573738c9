// Checks a receipt inside the browser, without sending it anywhere: steps 1 to 5 and 11 of feiyu.evidence.verify.
// Of an SM3 twin it checks the place of the entry and an Ed25519 signature; an SM2 signature it cannot, and says so.
// Sources: C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-proof; RFC 9162 section 2.1.3.2; GB/T 32905-2016 (SM3).
'use strict';

const LIMIT = 16 * 1024 * 1024;
const SKEW_MS = 5 * 60 * 1000;
const ED25519 = 1;
const COSIGNATURE = 4;

const TEXTS = {
  format: { zh: '凭证文件格式', en: 'The file is a receipt' },
  commitment: { zh: '正文与承诺值一致', en: 'Salt and body give the logged commitment' },
  hour: { zh: '条目与正文时间一致', en: 'Entry and body agree about the hour' },
  inclusion: { zh: '条目在日志中', en: 'The entry is in the log' },
  log: { zh: '日志与见证签名可信', en: 'Log and witnesses are trusted' },
  twin: { zh: '同一条目在 SM3 孪生树中', en: 'The same entry is in the SM3 twin' },
  passed: { zh: '通过', en: 'Passed' },
  skipped: { zh: '未检查', en: 'Not checked' },
  failed: { zh: '失败', en: 'Failed' },
  doubtful: { zh: '存疑', en: 'In doubt' },
  trusted: { zh: '完整，且日志与见证可信', en: 'Intact; log and witnesses are trusted' },
  'intact-not-trusted': { zh: '完整但不可信', en: 'Intact, not trusted' },
  broken: { zh: '已损坏', en: 'Broken' },
  unread: { zh: '这不是存证凭证，或其格式已被改动', en: 'This is no receipt, or its form was altered' },
  where: { zh: '位置：', en: 'Where: ' },
  noTrust: { zh: '没有提供信任文件，只能检查完整性', en: 'No trust file was given; only integrity was checked' },
  noCrypto: { zh: '此浏览器不能验证 Ed25519 签名，请使用较新的浏览器、上传验证页面或命令行', en: 'This browser cannot verify Ed25519; use a newer one, the page that uploads, or the command line' },
  unknownLog: { zh: '信任文件不认识该日志', en: 'The trust file does not know this log' },
  unsigned: { zh: '检查点没有可信日志密钥的签名', en: 'No trusted log key signed the checkpoint' },
  badSignature: { zh: '检查点上的签名不成立', en: 'A signature under the checkpoint does not hold' },
  expired: { zh: '签名时日志密钥不在有效期内', en: 'The log key was not valid at that time' },
  quorum: { zh: '可信见证签名数量不足', en: 'Too few trusted witnesses cosigned' },
  late: { zh: '事件时间晚于见证时间', en: 'The event is later than the witnesses' },
  badTrust: { zh: '信任文件无法使用，对凭证未作任何判断。', en: 'The trust file cannot be used; nothing is said about the receipt.' },
  tooLong: {
    receipt: { zh: '凭证文件超过 16 MB，未作核验。请确认所选的是凭证文件。', en: 'The receipt is over 16 MB and was not read. Check that it is the receipt which was chosen.' },
    trust: { zh: '信任文件超过 16 MB，未作核验。请确认所选的是信任文件。', en: 'The trust file is over 16 MB and was not read. Check that it is the trust file which was chosen.' },
  },
  twinUnsigned: { zh: '孪生树的检查点没有可信密钥的签名', en: 'No trusted key has signed the twin’s checkpoint' },
  twinSm2: { zh: '条目在孪生树的路径成立；其签名未核验：此页面不能验证 SM2，信任文件也没有它的 Ed25519 密钥', en: 'The entry’s path in the twin holds; its signature was not checked: this page cannot verify SM2, and no trust file names an Ed25519 key of the twin' },
  demo: { zh: '这是演示凭证。', en: 'This is a demonstration receipt.' },
  event: { zh: '事件', en: 'Event' },
  at: { zh: '发生时间', en: 'At' },
  index: { zh: '日志序号', en: 'Log index' },
  origin: { zh: '存证日志', en: 'Evidence log' },
};

/** What does not hold: its place in the receipt and, where the place does not say it, why. */
class Broken extends Error {
  constructor(where, why) {
    super(where);
    this.why = why;
  }
}
class BadTrust extends Error {}
class Unusable extends Error {}

const utf8 = new TextEncoder();
const text = (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);
const join = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]));
const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
const check = (holds, where) => {
  if (!holds) throw new Broken(where);
};

/** Base64 in its one canonical spelling. */
function unbase64(value, where, size) {
  check(typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0, where);
  const raw = atob(value);
  check(btoa(raw) === value, where);
  const bytes = Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
  check(size === undefined || bytes.length === size, where);
  return bytes;
}

/** JSON in its canonical form: what another reader could read differently is refused. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** JSON of any spelling; what is none is broken at its place, without the browser's own words for it. */
function parse(bytes, where) {
  try {
    return JSON.parse(text(bytes));
  } catch {
    throw new Broken(where);
  }
}

function read(bytes, where) {
  const value = parse(bytes, where);
  check(canonical(value) === text(bytes), where);
  return value;
}

async function rootFrom(leaf, index, size, path, hash = sha256, where = 'proof') {
  check(index < size, `${where}.index`);
  let [fn, sn, node] = [BigInt(index), BigInt(size) - 1n, leaf];
  for (const step of path) {
    check(sn !== 0n, `${where}.path`);
    if (fn & 1n || fn === sn) {
      node = await hash(join([1], step, node));
      while (!(fn & 1n) && fn) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      node = await hash(join([1], node, step));
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  check(sn === 0n, `${where}.path`);
  return node;
}

function readProof(proof, where = 'proof') {
  check(typeof proof === 'string', where);
  const cut = proof.indexOf('\n\n');
  const lines = proof.slice(0, cut).split('\n');
  check(cut > 0 && lines[0] === 'c2sp.org/tlog-proof@v1' && /^index (0|[1-9]\d{0,15})$/.test(lines[1] ?? '') && lines.length <= 65, where);
  const note = proof.slice(cut + 2);
  const end = note.lastIndexOf('\n\n');
  const parts = note.slice(0, end).split('\n');
  check(end > 0 && note.endsWith('\n') && parts.length === 3 && parts[0] && /^(0|[1-9]\d{0,15})$/.test(parts[1]), `${where}.checkpoint`);
  const signatures = note.slice(end + 2, -1).split('\n').map((line) => {
    const found = /^\u2014 ([^\s+]+) (\S+)$/.exec(line);
    check(found, `${where}.checkpoint.signatures`);
    const blob = unbase64(found[2], `${where}.checkpoint.signatures`);
    check(blob.length > 5, `${where}.checkpoint.signatures`);
    return { name: found[1], id: blob.slice(0, 4), blob: blob.slice(4) };
  });
  return {
    index: Number(lines[1].slice(6)), path: lines.slice(2).map((line) => unbase64(line, `${where}.path`, 32)),
    signed: `${parts.join('\n')}\n`, origin: parts[0], size: Number(parts[1]), root: unbase64(parts[2], `${where}.checkpoint`, 32), signatures,
  };
}

// --- the trust file ---

async function readTrust(bytes) {
  try {
    const found = JSON.parse(text(bytes));
    if (found.format !== 'feiyu-trust/1') throw new BadTrust();
    const periods = new Map([...found.logs, ...found.witnesses].map((key) => [key.vkey, key]));
    const trust = { logs: [], witnesses: new Map(), groups: new Map(), quorum: '' };
    for (const line of found.policy.split('\n')) {
      const [word, name, ...rest] = line.trim().split(/\s+/);
      if (word === 'log') trust.logs.push(await noteKey(name, periods));
      else if (word === 'witness') trust.witnesses.set(name, await noteKey(rest[0], periods));
      else if (word === 'group') trust.groups.set(name, { needed: needed(rest[0], rest.length - 1), members: rest.slice(1) });
      else if (word === 'quorum') trust.quorum = name;
      else if (word && !word.startsWith('#')) throw new BadTrust();
    }
    if (!trust.quorum) throw new BadTrust();
    return trust;
  } catch (bad) {
    throw bad instanceof BadTrust ? bad : new BadTrust('', { cause: bad });
  }
}

function needed(word, count) {
  const wanted = { any: 1, all: count }[word] ?? Number(word);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > count) throw new BadTrust();
  return wanted;
}

async function noteKey(vkey, periods) {
  const [name, shown, ...rest] = vkey.split('+');
  const data = unbase64(rest.join('+'), 'trust.policy');
  const id = (await sha256(join(utf8.encode(`${name}\n`), data))).slice(0, 4);
  const hex = [...id].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const period = periods.get(vkey);
  if (!period || hex !== shown) throw new BadTrust();
  const time = (value) => (value === undefined || value === null ? null : Date.parse(value));
  return { name, id, algorithm: data[0], raw: data.slice(1), from: time(period.valid_from), to: time(period.valid_to), cut: time(period.compromised_at) };
}

function satisfied(trust, names, name = trust.quorum) {
  const group = trust.groups.get(name);
  if (!group) return name === 'none' || names.includes(name);
  return group.members.filter((member) => satisfied(trust, names, member)).length >= group.needed;
}

// --- step 5: log and witnesses ---

const verifies = async (key, signature, message) =>
  crypto.subtle.verify('Ed25519', await crypto.subtle.importKey('raw', key.raw, 'Ed25519', false, ['verify']), signature, message);
const covers = (key, at) => (key.from === null || at >= key.from) && (key.to === null || at <= key.to);
const of = (proof, key) => proof.signatures.filter((line) => line.name === key.name && same(line.id, key.id)).map((line) => line.blob);

async function judge(proof, at, trust) {
  const known = trust.logs.filter((key) => key.name === proof.origin && key.algorithm === ED25519);
  if (!known.length) return ['unknownLog'];
  const signers = [];
  for (const key of known) {
    for (const blob of of(proof, key)) {
      if (!(await verifies(key, blob, utf8.encode(proof.signed)))) throw new Broken('proof.checkpoint.signatures', TEXTS.badSignature);
      signers.push(key);
    }
  }
  const seen = await cosigned(proof, trust);
  const witnessed = first(trust, seen);
  const when = witnessed ?? at;
  const doubts = [];
  if (!signers.length) doubts.push('unsigned');
  if (!satisfied(trust, [...seen.keys()])) doubts.push('quorum');
  if (signers.length && !signers.some((key) => covers(key, when) && (key.cut === null || (witnessed !== null && when < key.cut)))) doubts.push('expired');
  if (witnessed !== null && at > witnessed + SKEW_MS) doubts.push('late');
  return doubts;
}

/** Cosignatures that count: by name, with their time. A key with a cut-off counts only for what a sound witness saw before it. */
async function cosigned(proof, trust) {
  const valid = new Map();
  for (const [name, key] of trust.witnesses) {
    for (const blob of key.algorithm === COSIGNATURE ? of(proof, key) : []) {
      const seconds = new DataView(blob.buffer, blob.byteOffset).getBigUint64(0);
      const message = utf8.encode(`cosignature/v1\ntime ${seconds}\n${proof.signed}`);
      if (!(await verifies(key, blob.slice(8), message))) throw new Broken('proof.checkpoint.signatures', TEXTS.badSignature);
      const at = Number(seconds) * 1000;
      if (covers(key, at)) valid.set(name, Math.min(at, valid.get(name) ?? Infinity));
    }
  }
  const sound = new Map([...valid].filter(([name]) => trust.witnesses.get(name).cut === null));
  const earliest = Math.min(...sound.values());
  for (const [name, at] of valid) {
    const { cut } = trust.witnesses.get(name);
    if (cut !== null && earliest < cut && at < cut) sound.set(name, Math.max(at, earliest));
  }
  return sound;
}

/** Since when the cosignatures suffice. */
function first(trust, seen) {
  const moments = [...seen.values()].sort((a, b) => a - b);
  const enough = (at) => satisfied(trust, [...seen].filter(([, then]) => then <= at).map(([name]) => name));
  return trust.quorum === 'none' ? null : (moments.find(enough) ?? null);
}

// --- step 11: the twin ---

const turn = (word, by) => (word << (by % 32)) | (word >>> ((32 - (by % 32)) % 32));

/** SM3, GB/T 32905-2016. */
function sm3(bytes) {
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  const state = Int32Array.of(0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e);
  const words = new Int32Array(68);
  for (let block = 0; block < padded.length; block += 64) {
    for (let at = 0; at < 16; at += 1) words[at] = view.getInt32(block + 4 * at);
    for (let at = 16; at < 68; at += 1) {
      const mixed = words[at - 16] ^ words[at - 9] ^ turn(words[at - 3], 15);
      words[at] = mixed ^ turn(mixed, 15) ^ turn(mixed, 23) ^ turn(words[at - 13], 7) ^ words[at - 6];
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let at = 0; at < 64; at += 1) {
      const early = at < 16;
      const ss1 = turn((turn(a, 12) + e + turn(early ? 0x79cc4519 : 0x7a879d8a, at)) | 0, 7);
      const tt1 = ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + (ss1 ^ turn(a, 12)) + (words[at] ^ words[at + 4])) | 0;
      const tt2 = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + ss1 + words[at]) | 0;
      [a, b, c, d, e, f, g, h] = [tt1, a, turn(b, 9), c, tt2 ^ turn(tt2, 9) ^ turn(tt2, 17), e, turn(f, 19), g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => {
      state[at] ^= word;
    });
  }
  const out = new DataView(new ArrayBuffer(32));
  state.forEach((word, at) => out.setInt32(4 * at, word));
  return new Uint8Array(out.buffer);
}

/** The same entry at the same place of the twin; its state, and what is to be said. */
async function judgeTwin(receipt, entryBytes, proof, at, trust) {
  const twin = readProof(receipt.twin, 'twin');
  check(twin.origin === `${proof.origin}/sm3` && twin.index === proof.index, 'twin');
  check(same(await rootFrom(sm3(join([0], entryBytes)), twin.index, twin.size, twin.path, sm3, 'twin'), twin.root), 'twin.path');
  const known = (trust?.logs ?? []).filter((key) => key.name === twin.origin && key.algorithm === ED25519);
  if (!known.length) return { state: 'skipped', reason: 'twinSm2' };
  let signed = false;
  for (const key of known) {
    for (const blob of of(twin, key)) {
      if (!(await verifies(key, blob, utf8.encode(twin.signed)))) throw new Broken('twin.checkpoint.signatures', TEXTS.badSignature);
      signed ||= covers(key, at) && key.cut === null;
    }
  }
  return signed ? { state: 'passed' } : { state: 'doubtful', reason: 'twinUnsigned' };
}

// --- all steps ---

async function verify(receiptBytes, trustBytes) {
  const trust = trustBytes && (await readTrust(trustBytes));
  const done = [];
  let facts = null;
  try {
    const receipt = parse(receiptBytes, 'receipt');
    check(receipt?.format === 'feiyu-receipt/1', 'receipt.format');
    const [entryBytes, bodyBytes] = [unbase64(receipt.entry, 'entry'), unbase64(receipt.body, 'body')];
    const [entry, body, proof] = [read(entryBytes, 'entry'), read(bodyBytes, 'body'), readProof(receipt.proof)];
    check(entry.v === 1 && body.v === 1 && typeof body.at === 'string' && !Number.isNaN(Date.parse(body.at)), 'v');
    const demo = proof.origin.startsWith('demo.') || body.data?.demo === true;
    check(receipt.demo === demo, 'demo');
    done.push(['format', 'passed']);
    const commitment = await sha256(join(utf8.encode('feiyu/event/v1\n'), unbase64(receipt.salt, 'salt', 32), bodyBytes));
    check(same(unbase64(entry.c, 'entry.c', 32), commitment), 'body');
    done.push(['commitment', 'passed']);
    check(entry.hour === `${new Date(body.at).toISOString().slice(0, 13)}Z`, 'entry.hour');
    done.push(['hour', 'passed']);
    const root = await rootFrom(await sha256(join([0], entryBytes)), proof.index, proof.size, proof.path);
    check(same(root, proof.root), 'proof.path');
    done.push(['inclusion', 'passed']);
    facts = { event: body.type, at: beijing(body.at), origin: proof.origin, index: proof.index, demo };
    const doubts = trust ? await judge(proof, Date.parse(body.at), trust).catch(unable) : ['noTrust'];
    done.push(['log', doubts.length ? 'doubtful' : 'passed']);
    const asides = [];
    if (receipt.twin !== undefined) {
      const twin = await judgeTwin(receipt, entryBytes, proof, Date.parse(body.at), trust).catch((bad) => ({ state: 'skipped', reason: unable(bad)[0] }));
      done.push(['twin', twin.state]);
      if (twin.reason) (twin.state === 'doubtful' ? doubts : asides).push(twin.reason);
    }
    return { outcome: doubts.length ? 'intact-not-trusted' : 'trusted', steps: done, reasons: [...doubts, ...asides].map((name) => TEXTS[name]), facts };
  } catch (bad) {
    if (bad instanceof BadTrust) throw bad;
    const order = ['format', 'commitment', 'hour', 'inclusion', 'log', 'twin'];
    const place = bad instanceof Broken ? bad.message : String(bad).slice(0, 120);
    const why = done.length ? bad.why : TEXTS.unread;
    const reasons = [...(why ? [why] : []), { zh: TEXTS.where.zh + place, en: TEXTS.where.en + place }];
    return { outcome: 'broken', steps: [...done, [order[done.length], 'failed']], reasons, facts };
  }
}

function unable(bad) {
  if (bad instanceof DOMException && bad.name === 'NotSupportedError') return ['noCrypto'];
  throw bad instanceof DOMException ? new BadTrust() : bad;
}

// --- the page ---

const form = document.getElementById('offline');
const lang = form.dataset.lang;
const say = (words) => words[lang];

function element(name, content, className) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...[content].flat());
  return made;
}

/** An instant as the pages show it, with its zone. */
function beijing(iso) {
  const at = new Date(Date.parse(iso) + 8 * 3_600_000);
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC+8`;
}

function show(verdict) {
  const lines = verdict.reasons.map((reason) => element('p', say(reason)));
  if (verdict.facts?.demo) lines.push(element('p', element('strong', say(TEXTS.demo))));
  const rows = verdict.steps.map(([step, state], at) => element('tr', [element('td', `${step === 'twin' ? 11 : at + 1}. ${say(TEXTS[step])}`), element('td', say(TEXTS[state]))], state));
  const facts = ['event', 'at', 'origin', 'index'].map((name) => element('div', [element('dt', say(TEXTS[name])), element('dd', String(verdict.facts?.[name] ?? ''))]));
  document.getElementById('verdict').replaceChildren(
    element('section', [element('h2', say(TEXTS[verdict.outcome])), ...lines], `outcome ${verdict.outcome}`),
    element('table', element('tbody', rows)),
    ...(verdict.facts ? [element('dl', facts)] : []),
  );
}

const bytesOf = async (id) => {
  const file = document.getElementById(id).files[0];
  if (!file) return null;
  if (file.size > LIMIT) throw new Unusable(say(TEXTS.tooLong[id]));
  return new Uint8Array(await file.arrayBuffer());
};

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  try {
    if (!globalThis.crypto?.subtle) throw new Unusable(say(TEXTS.noCrypto));
    show(await verify(await bytesOf('receipt'), await bytesOf('trust')));
  } catch (bad) {
    const told = bad instanceof BadTrust ? say(TEXTS.badTrust) : bad.message;
    document.getElementById('verdict').replaceChildren(element('p', told, 'outcome broken'));
  }
});
