/** The parts of a C2SP tlog-proof, for showing; whether it holds is the verifier's business. */
export function parseProof(text: string): { readonly index: number; readonly path: readonly string[]; readonly checkpoint: string } {
  const cut = text.indexOf('\n\n');
  const lines = text.slice(0, cut).split('\n').slice(1);
  const index = Number(lines.find((line) => line.startsWith('index '))?.slice(6) ?? NaN);
  const path = lines.filter((line) => !line.includes(' '));
  return { index, path, checkpoint: text.slice(cut + 2) };
}
