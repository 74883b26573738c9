// Scan: how many persons a graph of identifiers stands for, by the rule of feiyu/scan/links.py.
// What binds nobody is counted where it stands: a head that nothing else touches is one person, what is tied to one head only speaks for that head.
// Only what binds persons to each other is put together and resolved: heads that stand beside others, and what several heads have in common.
#ifndef FEIYU_SCAN_COUNT_H
#define FEIYU_SCAN_COUNT_H

#include "scan_graph.h"

// `heads` are the bound; of each `least` is the surest type that was tied to it, and `known` says whether its own type and rows were taken in.
// `parents` are bound and what they stand beside, `edges` any two that something has in common.
typedef struct {
  Table heads[PARTS];
  Arena arena;
  Ties parents, edges;
  u64 out[10 + ORDERS];
} Bound;
static void bound_free(Bound *b) {
  for (int k = 0; k < PARTS; k++) table_free(&b->heads[k]);
  arena_free(&b->arena), ties_free(&b->parents), ties_free(&b->edges);
}

// out: lower, counted, upper for all, sensitive, under 14; components; then identifiers by type (ORDERS numbers). `by` is 1 or -1.
static void count_alone(u64 *out, const u32 rows[3], int by) {
  out[9] += (u64)by;
  for (int f = 0; f < 3; f++)
    if (rows[f]) out[3 * f] += (u64)by, out[3 * f + 1] += (u64)by, out[3 * f + 2] += (u64)by;
}
// A bound identifier by its digest; something of type `tied` stands beside it, or none where that is UNKNOWN.
static Head *bind(Bound *b, Digest d, u16 tied) {
  u32 place;
  Table *t = &b->heads[part_of(d.lo)];
  Head *h = entry_of(t, &b->arena, d.lo, d.hi, UNKNOWN, sizeof(Head), &place);
  if (h && !h->least) h->least = UNKNOWN;
  if (h && tied < h->least) h->least = tied;
  return h;
}
static int bind_edge(Bound *b, Digest x, Digest y, u16 tied) {
  Tie edge = mate_of(x.lo, x.hi, y.lo, y.hi);
  return !bind(b, x, tied) || !bind(b, y, tied) || ties_add(&b->edges, &edge);
}
static int bind_parent(Bound *b, Digest child, Digest parent, u16 tied) {
  return !bind(b, child, UNKNOWN) || !bind(b, parent, tied) || ties_add(&b->parents, &(Tie){child.lo, child.hi, parent.lo, parent.hi});
}
static void know(Head *h, u16 order, const u32 rows[3]) {
  h->order = order, h->known = 1;
  memcpy(h->rows, rows, sizeof h->rows);
}
static int bind_known(Bound *b, Digest d, u16 order, const u32 rows[3]) {
  Head *h = bind(b, d, UNKNOWN);
  if (h) know(h, order, rows);
  return !h;
}

static u32 root(u32 *up, u32 x) {
  while (up[x] != x) x = up[x] = up[up[x]];
  return x;
}
static void unite(u32 *up, u32 a, u32 b) {
  a = root(up, a), b = root(up, b);
  if (a < b) up[b] = a;
  else up[a] = b;
}
// The bound by their places: type and rows, further all in the order of their types; what each stands beside is parents[from[i]..from[i + 1]).
typedef struct {
  u64 n;
  u16 *order;
  u32 (*rows)[3], *line, *from, *parents, *up, *stands, *work;
  u8 *shared;
} Solve;
static void solve_free(Solve *s) { free(s->order), free(s->rows), free(s->line), free(s->from), free(s->parents), free(s->up), free(s->stands), free(s->work), free(s->shared); }
static u32 place_in(const Bound *b, const u64 *first, u64 lo, u64 hi) { return (u32)(first[part_of(lo)] + place_of(&b->heads[part_of(lo)], lo, hi, sizeof(Head))); }
// 1 is no memory; 4 where not everything bound was found, or stands beside what is not surer: what lies about that would be counted wrongly.
static int solve_begin(Bound *b, Solve *s) {
  u64 first[PARTS + 1] = {0}, at[ORDERS + 1] = {0};
  for (u32 k = 0; k < PARTS; k++) first[k + 1] = first[k] + b->heads[k].count;
  u64 n = s->n = first[PARTS];
  s->order = malloc((n + 1) * 2), s->rows = malloc((n + 1) * 12), s->line = malloc((n + 1) * 4), s->from = calloc(n + 2, 4), s->parents = malloc((b->parents.count + 1) * 4);
  s->up = malloc((n + 1) * 4), s->stands = malloc((n + 1) * 4), s->work = malloc((n + 1) * 16), s->shared = calloc(n + 1, 1);
  if (!s->order || !s->rows || !s->line || !s->from || !s->parents || !s->up || !s->stands || !s->work || !s->shared || n >= NOBODY) return 1;
  for (u32 k = 0; k < PARTS; k++)
    for (u32 j = 0; j < b->heads[k].count; j++) {
      const Head *h = head_at(&b->heads[k], j);
      u64 i = first[k] + j;
      if (!h->known || h->order >= h->least) return 4;
      s->order[i] = h->order, s->up[i] = s->stands[i] = (u32)i, at[h->order + 1]++;
      memcpy(s->rows[i], h->rows, sizeof h->rows);
    }
  EACH_TIE(t, &b->parents) s->from[place_in(b, first, t->lo, t->hi) + 2]++;
  for (u64 i = 2; i < n + 2; i++) s->from[i] += s->from[i - 1];
  EACH_TIE(t, &b->parents) s->parents[s->from[place_in(b, first, t->lo, t->hi) + 1]++] = place_in(b, first, t->other_lo, t->other_hi);
  EACH_TIE(t, &b->edges) unite(s->up, place_in(b, first, t->lo, t->hi), place_in(b, first, t->other_lo, t->other_hi));
  for (int i = 0; i < ORDERS; i++) at[i + 1] += at[i];
  for (u64 i = 0; i < n; i++) s->line[at[s->order[i]]++] = (u32)i;
  return 0;
}
// The least persons of each component: as many as it has heads of one strong type that stand for different persons, or one.
static u64 least(Solve *s, int f, int weak_from) {
  u64 n = s->n, total = 0;
  u32 *seen = s->work, *type = s->work + n, *count = s->work + 2 * n, *most = s->work + 3 * n;
  memset(s->work, 0, n * 16);
  for (u64 k = 0; k < n; k++) {
    u32 x = s->line[k], r = root(s->up, x), now = s->order[x] + 1u;
    if (!s->rows[x][f]) continue;
    if (!most[r]) most[r] = 1, total++;
    if ((int)now > weak_from || s->shared[x] || seen[s->stands[x]] == now) continue;
    seen[s->stands[x]] = now;
    if (type[r] != now) type[r] = now, count[r] = 0;
    if (++count[r] > most[r]) most[r]++, total++;
  }
  return total;
}
static void solve(Solve *s, int weak_from, u64 *out) {
  for (u64 k = 0; k < s->n; k++) {
    u32 x = s->line[k], from = s->from[x], end = s->from[x + 1];
    if (from == end) continue;
    u32 meant = s->stands[s->parents[from]];
    for (u32 i = from; i < end; i++) {
      unite(s->up, x, s->parents[i]);
      if (s->stands[s->parents[i]] != meant) s->shared[x] = 1;
    }
    if (!s->shared[x]) s->stands[x] = meant;
  }
  for (u64 i = 0; i < s->n; i++) out[9] += root(s->up, (u32)i) == i;
  for (int f = 0; f < 3; f++) {
    u64 counted = 0, upper = 0, lower = least(s, f, weak_from);
    u8 *mark = (u8 *)s->work;
    memset(mark, 0, s->n);
    for (u64 i = 0; i < s->n; i++) {
      if (!s->rows[i][f]) continue;
      u8 *m = &mark[s->stands[i]];
      if (!(*m & 2)) *m |= 2, counted++;
      if (s->order[i] >= weak_from) upper += s->shared[i] ? s->rows[i][f] : 1;
      else if (!(*m & 4)) *m |= 4, upper++;
    }
    out[f * 3] += lower, out[f * 3 + 1] += counted, out[f * 3 + 2] += upper;
  }
}
// Resolve what is bound, then the rows without identifier, and what must not fall below what.
static int count_bound(Bound *b, int weak_from, const u64 *loose) {
  Solve s = {0};
  u64 *out = b->out;
  int bad = solve_begin(b, &s);
  if (!bad) solve(&s, weak_from, out);
  solve_free(&s);
  for (int f = 0; f < 3; f++) {
    u64 *o = out + 3 * f;
    if (!o[0] && loose[f]) o[0] = 1;
    if (o[1] < o[0]) o[1] = o[0];
    o[2] += loose[f];
  }
  return bad;
}

// A graph in memory: heads that stand beside others are bound; all others are one person each, until something binds them.
static int bind_heads(Persons *p, Bound *b) {
  int both = 0;
  for (int i = 0; i < ORDERS; i++) both |= p->heading[i] && p->tying[i];
  for (u32 k = 0; k < PARTS; k++) {
    const Table *heads = &p->heads[k];
    Table tied = {0};
    if (both && settle(p, k, &tied)) return 1;
    for (u32 i = 0; i < heads->count; i++) {
      const Head *h = head_at(heads, i);
      u32 at = p->tying[h->order] ? place_of(&tied, h->lo, h->hi, sizeof(Tied)) : NOBODY;
      if (at == NOBODY) {
        count_alone(b->out, h->rows, 1);
        continue;
      }
      b->out[10 + h->order]--;  // it is among both
      Digest own = {h->lo, h->hi};
      if (bind_known(b, own, h->order, h->rows) || bind_parent(b, own, name_of(p, tied_at(&tied, at)->head), h->order)) return 1;
    }
  }
  return 0;
}
// What stands beside several heads: they are bound to each other, any two once; where it heads rows itself, it is bound to each.
static int bind_several(const Persons *p, Bound *b) {
  Pairs heads = {0};
  int bad = 0;
  EACH_PAIR(pair, &p->ties) {
    const Tied *t = tied_of(p, pair);
    u32 one = head_in(pair), other = t->head;
    if (bad) break;
    if (p->heading[t->order] && head_find(p->heads, t->lo, t->hi)) bad = bind_parent(b, (Digest){t->lo, t->hi}, name_of(p, one), t->order);
    else bad = pairs_add(&heads, one < other ? pair_of(one, other) : pair_of(other, one));
  }
  EACH_PAIR(pair, &heads) {
    if (bad) break;
    bad = bind_edge(b, name_of(p, (u32)(pair >> 32)), name_of(p, head_in(pair)), UNKNOWN);
  }
  pairs_free(&heads);
  EACH_TIE(t, &p->mates) if (bad || bind_edge(b, (Digest){t->lo, t->hi}, (Digest){t->other_lo, t->other_hi}, UNKNOWN)) return 1;
  return bad;
}
// What is bound but stands beside none was counted alone: take that back.
static int claim_heads(const Persons *p, Bound *b) {
  for (u32 k = 0; k < PARTS; k++)
    for (u32 i = 0; i < b->heads[k].count; i++) {
      Head *h = head_at(&b->heads[k], i);
      const Head *q = h->known ? NULL : head_find(p->heads, h->lo, h->hi);
      if (h->known) continue;
      if (!q) return 4;
      count_alone(b->out, q->rows, -1);
      know(h, q->order, q->rows);
    }
  return 0;
}
// The count of a graph in memory; out as count_alone says. 0 is done, 1 no memory, 4 a tie to what is not there.
int persons_counts(Persons *p, int weak_from, u64 *out) {
  Bound b = {0};
  int bad = settle_all(p);
  for (int i = 0; i < ORDERS; i++) b.out[10 + i] = p->heading[i] + p->tying[i];
  bad = bad || bind_heads(p, &b) || bind_several(p, &b);
  bad = bad ? bad : claim_heads(p, &b);
  bad = bad ? bad : count_bound(&b, weak_from, p->loose);
  memcpy(out, b.out, sizeof b.out);
  bound_free(&b);
  return bad;
}

#endif
