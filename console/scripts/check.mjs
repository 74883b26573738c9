// What the compiler cannot see: both languages are there and are what they say; words stand in *.text.ts; files stay short.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = new URL('..', import.meta.url).pathname;
const LINES_MAX = 250;
const PACKAGES_MAX = 12;
const CHINESE = /[\u3400-\u9fff]/;
const PAIR = /\bzh: ?(['"`])((?:\\.|(?!\1).)*)\1,\s*en: ?(['"`])((?:\\.|(?!\3).)*)\3/g;
const CALL = /\b(?:word|entry)\(\s*((?:(['"])(?:\\.|(?!\2).)*\2,?\s*)+)\)/g;
const WORDY = /(?:\.text\.ts|words\.ts|api\/client\.ts)$/;
const BILINGUAL_LABELS = new Set(['中文', 'English', '中文 ']);

const problems = [];
const problem = (file, line, what) => problems.push(`${file}:${line} ${what}`);

function files(folder) {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? files(join(folder, each.name)) : /\.(tsx?|mjs|css)$/.test(each.name) ? [join(folder, each.name)] : [],
  );
}

function pair(file, line, zh, en) {
  if (!zh.trim() || !en.trim()) {
    problem(file, line, `a half is missing: zh=${zh} en=${en}`);
    return;
  }
  const [inZh, inEn] = [zh, en].map((half) => [...half.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort().join());
  const counted = /\{(\w+)\} (?!(?:in|of|left|new)\b)(?:\w+ ){0,2}?\w+s\b/.exec(en);
  if (counted && !en.includes(`{${counted[1]}?`)) problem(file, line, `one of them reads wrong, write {${counted[1]}?one:many}: ${en}`);
  if (inZh !== inEn) problem(file, line, `the halves have different places: {${inZh}} and {${inEn}}`);
  if (BILINGUAL_LABELS.has(zh) || BILINGUAL_LABELS.has(en)) return;
  if (!CHINESE.test(zh.replace(/\{\w+\}/g, '')) && /[a-z]{3}/i.test(zh.replace(/\{\w+\}/g, ''))) problem(file, line, `the Chinese half is not Chinese: ${zh}`);
  if (CHINESE.test(en)) problem(file, line, `the English half has Chinese in it: ${en}`);
  if (/[\u3400-\u9fff][,:;()?]|[,:;()?][\u3400-\u9fff]/.test(zh)) problem(file, line, `Chinese text has Chinese punctuation: ${zh}`);
  if (/[!!]/.test(zh)) problem(file, line, `an exclamation mark: ${zh}`);
}

let texts = 0;
for (const file of files('src')) {
  const source = readFileSync(join(ROOT, file), 'utf8');
  const lines = source.split('\n');
  const generated = file.endsWith('schema.d.ts'); // also edge.schema.d.ts
  if (!generated && lines.length > LINES_MAX + 1) problem(file, lines.length, `longer than ${LINES_MAX} lines`);
  if (generated || file.endsWith('.css')) continue;
  const lineAt = (index) => source.slice(0, index).split('\n').length;
  for (const found of source.matchAll(PAIR)) {
    texts += 1;
    pair(file, lineAt(found.index), found[2], found[4]);
  }
  for (const found of source.matchAll(CALL)) {
    const strings = [...found[1].matchAll(/(['"])((?:\\.|(?!\1).)*)\1/g)].map((each) => each[2]).filter((each, at, all) => !(all.length % 2 && at === 0));
    for (let at = 0; at < strings.length; at += 2) {
      texts += 1;
      pair(file, lineAt(found.index), strings[at], strings[at + 1]);
    }
  }
  if (WORDY.test(file)) continue;
  lines.forEach((line, at) => {
    const code = line.replace(/^\s*\/\/.*$/, '').replace(/\{ zh: .*? \}/g, '').replace(/\/\*.*?\*\//g, '');
    if (CHINESE.test(code)) problem(file, at + 1, `words stand in a .text.ts file: ${line.trim().slice(0, 80)}`);
    if (/\b(?:title|label|placeholder|aria-label|alt)="[^"]*[a-z]{3}[^"]*"/i.test(code)) problem(file, at + 1, `a label in one language: ${line.trim().slice(0, 80)}`);
  });
}

const packages = Object.keys(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).dependencies);
if (packages.length > PACKAGES_MAX) problem('package.json', 1, `${packages.length} runtime packages, more than ${PACKAGES_MAX}`);

if (texts < 100) problem('scripts/check.mjs', 1, `only ${texts} texts were found: the pattern no longer fits`);
if (problems.length) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exit(1);
}
process.stdout.write(`${texts} texts in both languages, ${packages.length} runtime packages\n`);
