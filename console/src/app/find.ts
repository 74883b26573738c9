// An id says what it names; where its page is follows from its prefix.
const PLACES: Readonly<Record<string, string>> = {
  trf: '/transfers/', grt: '/grants/', bas: '/bases/', fil: '/filings/', scn: '/register/', pty: '/parties/', prf: '/findings/', run: '/runs/',
}; // prettier-ignore

/** The address of a thing by its id; what is no id of a page is looked up in the evidence. */
export function placeOf(asked: string): string {
  const id = asked.trim();
  const place = PLACES[id.slice(0, 3)];
  if (place && /^[a-z]{3}_[0-9A-Z]{26}$/.test(id)) return `${place}${id}`;
  if (id.startsWith('flw_')) return `/register?tab=flows&q=${encodeURIComponent(id)}`;
  return `/evidence?query=${encodeURIComponent(id)}`;
}
