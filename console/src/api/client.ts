// The one way to the API: typed by the OpenAPI document, language and session included, refusals as values to show.
import type { Text } from '../i18n/lang';
import { currentSettings } from '../i18n/settings';
import type { paths as EdgePaths } from './edge.schema';
import type { paths as PortPaths } from './schema';

/** Port and edge are two servers with one console; what both have is the same. */
type paths = PortPaths & Omit<EdgePaths, keyof PortPaths>;

type Method = 'get' | 'post' | 'put' | 'delete';
type With<M extends Method> = { [P in keyof paths]: paths[P] extends Record<M, object> ? P : never }[keyof paths];
type Operation<P extends keyof paths, M extends Method> = paths[P] extends Record<M, infer O> ? O : never;
type Json<R> = R extends { content: { 'application/json': infer T } } ? T : undefined;
type Answer<O> = O extends { responses: infer R }
  ? R extends { 200: infer T }
    ? Json<T>
    : R extends { 201: infer T }
      ? Json<T>
      : undefined
  : never;
type Body<O> = O extends { requestBody: { content: { 'application/json': infer T } } } ? T : undefined;

export interface Options {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

/** What the API refused, with the sentence, the code, the remedy and the trace. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly sentence: Text,
    readonly remedy: Text,
    readonly trace: string | null,
  ) {
    super(`${code}: ${sentence.en}`);
  }
}

const OUT_OF_REACH: readonly [Text, Text] = [
  { zh: '暂时无法连接服务端。', en: 'The server is out of reach.' },
  { zh: '请检查网络后重试。', en: 'Check the network and try again.' },
];
const NO_SENTENCE: readonly [Text, Text] = [
  { zh: '服务端未能完成请求。', en: 'The server could not complete the request.' },
  { zh: '请稍后重试；若仍出现，请把追踪编号告知运维人员。', en: 'Try again later; if it stays, give the trace id to the operator.' },
];

interface Problem {
  code?: string;
  message?: Text;
  hint?: Text;
  trace?: string;
}

async function refusal(response: Response): Promise<Refusal> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const trace = problem.trace ?? response.headers.get('x-feiyu-trace');
  const [sentence, remedy] = [problem.message ?? NO_SENTENCE[0], problem.hint ?? NO_SENTENCE[1]];
  return new Refusal(response.status, problem.code ?? `HTTP-${response.status}`, sentence, remedy, trace);
}

export function address(path: string, options: Options = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(options.path?.[name] ?? ''));
  const query = Object.entries(options.query ?? {}).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return query.length ? `${filled}?${new URLSearchParams(query).toString()}` : filled;
}

async function call<T>(method: Method, path: string, options: Options, body?: unknown): Promise<T> {
  const form = body instanceof FormData;
  const headers: Record<string, string> = { 'Accept-Language': currentSettings().lang, 'X-Feiyu-Client': 'console' };
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json';
  const sent = form ? body : body === undefined ? undefined : JSON.stringify(body);
  const init: RequestInit = { method: method.toUpperCase(), headers, credentials: 'same-origin', signal: options.signal ?? null };
  if (sent !== undefined) init.body = sent;
  const response = await fetch(address(path, options), init).catch((failed: unknown) => {
    if (options.signal?.aborted) throw failed;
    throw new Refusal(0, 'NETWORK', OUT_OF_REACH[0], OUT_OF_REACH[1], null);
  });
  if (!response.ok) throw await refusal(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export const get = <P extends With<'get'>>(path: P, options: Options = {}): Promise<Answer<Operation<P, 'get'>>> =>
  call('get', path, options);

export const post = <P extends With<'post'>>(
  path: P,
  options: Options & { readonly body?: Body<Operation<P, 'post'>> } = {},
): Promise<Answer<Operation<P, 'post'>>> => call('post', path, options, options.body);

/** A form with a file; the API's multipart operations. */
export const upload = <P extends With<'post'>>(path: P, form: FormData, options: Options = {}): Promise<Answer<Operation<P, 'post'>>> =>
  call('post', path, options, form);

export const remove = <P extends With<'delete'>>(path: P, options: Options = {}): Promise<undefined> => call('delete', path, options);

/** What only an edge answers; its types stand in ``edge.schema``. */
export const ask = <T>(method: 'get' | 'post' | 'put', path: string, options: Options = {}, body?: unknown): Promise<T> =>
  call(method, path, options, body);

/** A file that the API makes on a POST: its bytes. */
export async function makeFile(path: string): Promise<ArrayBuffer> {
  const headers = { 'Accept-Language': currentSettings().lang, 'X-Feiyu-Client': 'console', 'Content-Type': 'application/json' };
  const response = await fetch(path, { method: 'POST', headers, credentials: 'same-origin', body: '{}' });
  if (!response.ok) throw await refusal(response);
  return response.arrayBuffer();
}

/** A file that the document describes as a plain answer: a receipt. */
export const fetchFile = <T>(path: string): Promise<T> => call('get', path, {});

/** A file of bytes: a table, a paper. */
export async function fetchBlob(path: string): Promise<Blob> {
  const headers = { 'Accept-Language': currentSettings().lang, 'X-Feiyu-Client': 'console' };
  const response = await fetch(path, { headers, credentials: 'same-origin' });
  if (!response.ok) throw await refusal(response);
  return response.blob();
}
