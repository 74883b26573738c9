// Scan: the graph of identifiers behind a count of persons, twin of feiyu/scan/links.py (which states the rule).
// Only keyed digests are held. A node is one identifier; a tie says that it stands beside a surer one, which heads the row.
// The graph stands in parts by the highest byte of a digest's first number. What comes in waits at its part until there is enough of it to go through the
// part's table at once: a part fits a core's cache, the whole does not, and a look into memory costs more than all else of an identifier.
#ifndef FEIYU_SCAN_GRAPH_H
#define FEIYU_SCAN_GRAPH_H

#include "scan_digest.h"

enum { PARTS = 256, ORDERS = 256, UNKNOWN = 0xFFFF, CHUNK = 128, FEW = 64, MANY = 1024, AHEAD = 16, MOST = 0xFFFFFE };
enum { F_SENSITIVE = 1, F_MINOR = 2, F_HEADS = 4, F_TIED = 8 };

// An identifier: the head it stands beside (the first seen; more are in `Ties`), and the rows it heads itself: in all, sensitive, under 14.
typedef struct __attribute__((packed, aligned(4))) {
  u64 lo, hi, head_lo, head_hi;
  u32 rows[3];
  u16 order;
  u8 tied, several;
} Node;
// What a row says of one identifier: `flags` of F_.
typedef struct __attribute__((packed, aligned(4))) {
  u64 lo, hi, head_lo, head_hi;
  u16 order;
  u8 flags, pad;
} Said;
typedef struct {
  u64 lo, hi, other_lo, other_hi;
} Tie;
// A set of pairs of digests; an empty place is all nought.
typedef struct {
  Tie *t;
  u64 size, count;
} Ties;
// Memory for nodes, in large pages: what is handed out stays where it is.
typedef struct {
  u8 **blocks;
  u64 count, used;
} Arena;
// A table of nodes. A slot is eight bits of the digest above one more than the node's place.
typedef struct {
  Arena *arena;
  Node **chunks;
  u32 *slots;
  u64 count, size, chunk_room;
  Said *waiting;
  u32 waits;
} Part;
// `waiting` is where it waits for all parts, `wait_room` for each.
typedef struct {
  Part parts[PARTS];
  Arena arena;
  Ties ties, mates;
  Said *waiting;
  u32 wait_room;
  u64 loose[3];
} Persons;

// --- memory ---
static void arena_reset(Arena *a) {
  for (u64 i = 0; i < a->count; i++) {
    memset(a->blocks[i], 0, i + 1 < a->count ? LARGE : a->used);  // digests are pseudonyms: they are wiped, not only released
    room_free(a->blocks[i], LARGE);
  }
  free(a->blocks);
  memset(a, 0, sizeof *a);
}
static void *arena_take(Arena *a, u64 size) {
  if (!a->count || a->used + size > LARGE) {
    u8 **blocks = realloc(a->blocks, (a->count + 1) * sizeof *blocks);
    if (!blocks) return NULL;
    a->blocks = blocks;
    if (!(blocks[a->count] = room_new(LARGE))) return NULL;
    a->count++, a->used = 0;
  }
  a->used += size;
  return a->blocks[a->count - 1] + a->used - size;
}
static void wiped(void *p, u64 size) {
  if (p) memset(p, 0, size);
  free(p);
}

// --- ties ---
static inline u64 tie_mark(const Tie *t) { return ((t->lo ^ t->other_lo * 0x9E3779B97F4A7C15ULL) * 0xFF51AFD7ED558CCDULL) >> 20; }
static int ties_add(Ties *q, const Tie *v) {
  if (q->count * 2 >= q->size) {
    u64 size = q->size ? q->size * 2 : 64;
    Tie *t = room_new(size * sizeof *t);
    if (!t) return 1;
    for (u64 i = 0; i < q->size; i++) {
      if (!(q->t[i].lo | q->t[i].hi)) continue;
      u64 at = tie_mark(&q->t[i]) & (size - 1);
      while (t[at].lo | t[at].hi) at = (at + 1) & (size - 1);
      t[at] = q->t[i];
    }
    room_free(q->t, q->size * sizeof *t);
    q->t = t, q->size = size;
  }
  u64 at = tie_mark(v) & (q->size - 1);
  for (; q->t[at].lo | q->t[at].hi; at = (at + 1) & (q->size - 1))
    if (!memcmp(&q->t[at], v, sizeof *v)) return 0;
  q->t[at] = *v, q->count++;
  return 0;
}
static void ties_free(Ties *q) {
  if (q->t) memset(q->t, 0, q->size * sizeof(Tie));
  room_free(q->t, q->size * sizeof(Tie));
  memset(q, 0, sizeof *q);
}
#define EACH_TIE(t, ties) \
  for (const Tie *t = (ties)->t, *t##_end = t + (ties)->size; t < t##_end; t++) \
    if (t->lo | t->hi)
// Both ends of a mate are heads of one row; the lesser comes first.
static Tie mate_of(u64 lo, u64 hi, u64 other_lo, u64 other_hi) {
  return lo < other_lo || (lo == other_lo && hi < other_hi) ? (Tie){lo, hi, other_lo, other_hi} : (Tie){other_lo, other_hi, lo, hi};
}

// --- nodes ---
static inline Node *node_at(const Part *p, u64 i) { return &p->chunks[i / CHUNK][i % CHUNK]; }
static inline u32 slot_tag(u64 lo) { return (u32)(lo >> 24) & 0xFF000000u; }
static inline u32 part_of(u64 lo) { return (u32)(lo >> 56); }
static void part_empty(Part *p) {
  free(p->chunks), free(p->slots);
  *p = (Part){.arena = p->arena};
}
static int part_grow(Part *p) {
  u64 size = p->size ? p->size * 2 : 64;
  u32 *slots = calloc(size, sizeof *slots);
  if (!slots) return 1;
  for (u64 i = 0; i < p->count; i++) {
    u64 lo = node_at(p, i)->lo, at = lo & (size - 1);
    while (slots[at]) at = (at + 1) & (size - 1);
    slots[at] = slot_tag(lo) | (u32)(i + 1);
  }
  free(p->slots);
  p->slots = slots, p->size = size;
  return 0;
}
static int part_room(Part *p) {
  if (p->count >= MOST || (p->count * 4 >= p->size * 3 && part_grow(p))) return 1;
  if (p->count < p->chunk_room * CHUNK) return 0;
  Node **chunks = realloc(p->chunks, (p->chunk_room + 1) * sizeof *chunks);
  if (!chunks) return 1;
  p->chunks = chunks;
  if (!(chunks[p->chunk_room] = arena_take(p->arena, CHUNK * sizeof(Node)))) return 1;
  p->chunk_room++;
  return 0;
}
static Node *find(const Part *p, u64 lo, u64 hi, u32 *place) {
  if (!p->size) return NULL;
  for (u64 at = lo & (p->size - 1); p->slots[at]; at = (at + 1) & (p->size - 1)) {
    u32 i = (p->slots[at] & 0xFFFFFF) - 1;
    Node *q = node_at(p, i);
    if (q->lo != lo || q->hi != hi) continue;
    if (place) *place = i;
    return q;
  }
  return NULL;
}
// The node of a digest, new where it was not seen; NULL where there is no memory.
static inline Node *node_of(Part *p, u64 lo, u64 hi, int order) {
  if ((p->count * 4 >= p->size * 3 || p->count == p->chunk_room * CHUNK) && part_room(p)) return NULL;
  u64 at = lo & (p->size - 1);
  for (; p->slots[at]; at = (at + 1) & (p->size - 1)) {
    if ((p->slots[at] & 0xFF000000u) != slot_tag(lo)) continue;
    Node *q = node_at(p, (p->slots[at] & 0xFFFFFF) - 1);
    if (q->lo == lo && q->hi == hi) return q;
  }
  Node *q = node_at(p, p->count);
  *q = (Node){.lo = lo, .hi = hi, .order = (u16)order};
  p->slots[at] = slot_tag(lo) | (u32)++p->count;
  return q;
}
static inline int tie(Ties *ties, Node *q, u64 lo, u64 hi) {
  if (!q->tied) {
    q->head_lo = lo, q->head_hi = hi, q->tied = 1;
    return 0;
  }
  if (q->head_lo == lo && q->head_hi == hi) return 0;
  q->several = 1;
  return ties_add(ties, &(Tie){q->lo, q->hi, lo, hi});
}
static inline void tally(Node *q, const u32 rows[3]) {
  for (int f = 0; f < 3; f++) q->rows[f] += rows[f];
}

// --- what comes in ---
static int settle(Part *p, Ties *ties) {
  const Said *w = p->waiting;
  for (u32 i = 0, n = p->waits; i < n; i++) {
    if (i + 2 * AHEAD < n && p->size) __builtin_prefetch(&p->slots[w[i + 2 * AHEAD].lo & (p->size - 1)]);
    if (i + AHEAD < n && p->size) {
      u32 slot = p->slots[w[i + AHEAD].lo & (p->size - 1)];
      if (slot) __builtin_prefetch(node_at(p, (slot & 0xFFFFFF) - 1)), __builtin_prefetch((u8 *)node_at(p, (slot & 0xFFFFFF) - 1) + 47);
    }
    Node *q = node_of(p, w[i].lo, w[i].hi, w[i].order);
    if (!q) return 1;
    if (w[i].flags & F_HEADS) q->rows[0]++, q->rows[1] += (w[i].flags & (F_SENSITIVE | F_MINOR)) != 0, q->rows[2] += (w[i].flags & F_MINOR) != 0;
    if ((w[i].flags & F_TIED) && tie(ties, q, w[i].head_lo, w[i].head_hi)) return 1;
  }
  p->waits = 0;
  return 0;
}
static int settle_all(Persons *p) {
  int bad = 0;
  for (int k = 0; k < PARTS && !bad; k++) bad = settle(&p->parts[k], &p->ties);
  return bad;
}
static u64 wait_bytes(const Persons *p) { return (u64)PARTS * p->wait_room * sizeof *p->waiting; }
static void wait_free(Persons *p) {
  if (p->waiting) memset(p->waiting, 0, wait_bytes(p)), room_free(p->waiting, wait_bytes(p));
  p->waiting = NULL, p->wait_room = 0;
  for (int k = 0; k < PARTS; k++) p->parts[k].waiting = NULL, p->parts[k].waits = 0;
}
// The room grows with the tables, for all parts at once: few identifiers should cost little, many should come together.
static __attribute__((noinline)) int wait_more(Persons *p, Part *part) {
  if (p->wait_room && (p->wait_room == MANY || p->wait_room > part->count)) return settle(part, &p->ties);
  if (settle_all(p)) return 1;
  u32 room = p->wait_room ? p->wait_room * 4 : FEW;
  wait_free(p);
  if (!(p->waiting = room_new((u64)PARTS * room * sizeof *p->waiting))) return 1;
  p->wait_room = room;
  for (int k = 0; k < PARTS; k++) p->parts[k].waiting = p->waiting + (u64)k * room;
  return 0;
}
static inline int say(Persons *p, const Said *w) {
  Part *part = &p->parts[part_of(w->lo)];
  if (part->waits == p->wait_room && wait_more(p, part)) return 1;
  part->waiting[part->waits++] = *w;
  __builtin_prefetch((u8 *)&part->waiting[part->waits] + 64, 1);  // long before this part's turn comes again
  return 0;
}

Persons *persons_new(void) {
  Persons *p = calloc(1, sizeof *p);
  for (int i = 0; p && i < PARTS; i++) p->parts[i].arena = &p->arena;
  return p;
}
static void persons_empty(Persons *p) {
  wait_free(p);
  for (int i = 0; i < PARTS; i++) part_empty(&p->parts[i]);
  arena_reset(&p->arena);
  ties_free(&p->ties), ties_free(&p->mates);
}
void persons_free(Persons *p) {
  persons_empty(p);
  free(p);
}
u64 persons_nodes(Persons *p) {
  u64 n = 0;
  if (settle_all(p)) return ~0ULL;
  for (int i = 0; i < PARTS; i++) n += p->parts[i].count;
  return n;
}
u64 persons_memory(const Persons *p) {
  u64 n = (p->ties.size + p->mates.size) * sizeof(Tie) + wait_bytes(p);
  for (int i = 0; i < PARTS; i++) {
    const Part *q = &p->parts[i];
    n += q->count * sizeof(Node) + q->size * sizeof *q->slots;
  }
  return n;
}

// --- the count ---
// What binds persons to each other, apart from all else: identifiers of several heads, heads that stand beside others, and what they touch.
typedef struct {
  Arena arena;
  Part part;
  Ties ties, mates;
} Bound;
static void bound_free(Bound *b) {
  part_empty(&b->part);
  arena_reset(&b->arena);
  ties_free(&b->ties), ties_free(&b->mates);
}
static int bind(Bound *b, const Node *q) {
  Node *a = node_of(&b->part, q->lo, q->hi, q->order);
  if (!a) return 1;
  a->order = q->order;
  memcpy(a->rows, q->rows, sizeof a->rows);
  return q->tied && (!node_of(&b->part, q->head_lo, q->head_hi, UNKNOWN) || tie(&b->ties, a, q->head_lo, q->head_hi));
}
static int bind_ties(Bound *b, const Ties *ties) {
  EACH_TIE(t, ties) {
    Node *a = node_of(&b->part, t->lo, t->hi, UNKNOWN);
    if (!a || !node_of(&b->part, t->other_lo, t->other_hi, UNKNOWN) || tie(&b->ties, a, t->other_lo, t->other_hi)) return 1;
  }
  return 0;
}
static int bind_mates(Bound *b, const Ties *mates) {
  EACH_TIE(t, mates) if (!node_of(&b->part, t->lo, t->hi, UNKNOWN) || !node_of(&b->part, t->other_lo, t->other_hi, UNKNOWN) || ties_add(&b->mates, t)) return 1;
  return 0;
}
// out: lower, counted, upper for all, sensitive, under 14; components; then nodes by order (ORDERS numbers). `by` is 1 or -1.
static void count_alone(const Node *q, u64 *out, int by) {
  out[9] += (u64)by;
  for (int f = 0; f < 3; f++)
    if (q->rows[f]) out[3 * f] += (u64)by, out[3 * f + 1] += (u64)by, out[3 * f + 2] += (u64)by;
}
// One part: what binds goes to `bound`; heads are counted at once; all else speaks for the one head it stands beside.
static int count_part(const Part *p, Bound *bound, u64 *out) {
  for (u64 i = 0; i < p->count; i++) {
    const Node *q = node_at(p, i);
    out[10 + q->order]++;
    if (!q->tied) count_alone(q, out, 1);
    else if ((q->rows[0] || q->several) && bind(bound, q)) return 1;
  }
  return 0;
}
// A bound node that is known by its digest only: take it in, and take back what was counted for it alone. 4 is a tie to what is not there.
static int claim(Bound *bound, const Node *q, u64 *out) {
  if (!q) return 4;
  if (!q->tied) count_alone(q, out, -1);
  return bind(bound, q);
}

// The bound with places for digests: of each identifier its first head, or itself; of each further tie and each mate both ends.
typedef struct {
  u32 *head, *ties, *mates;
} Placed;
static void placed_free(Placed *q) { free(q->head), free(q->ties), free(q->mates); }
static u32 *pairs_placed(const Part *p, const Ties *ties) {
  u32 *out = malloc((ties->count * 2 + 1) * 4), *at = out;
  if (!out) return NULL;
  EACH_TIE(t, ties) find(p, t->lo, t->hi, at), find(p, t->other_lo, t->other_hi, at + 1), at += 2;
  return out;
}
// 1 is no memory; 4 where not everything bound was found, or stands beside what is not surer: what lies about that would be counted wrongly.
static int placed(const Bound *b, Placed *q) {
  const Part *p = &b->part;
  *q = (Placed){malloc((p->count + 1) * 4), pairs_placed(p, &b->ties), pairs_placed(p, &b->mates)};
  if (!q->head || !q->ties || !q->mates) return 1;
  for (u64 i = 0; i < p->count; i++) {
    const Node *a = node_at(p, i);
    q->head[i] = (u32)i;
    if (a->order == UNKNOWN || (a->tied && find(p, a->head_lo, a->head_hi, &q->head[i])->order >= a->order)) return 4;
  }
  for (u64 i = 0; i < b->ties.count; i++)
    if (node_at(p, q->ties[2 * i + 1])->order >= node_at(p, q->ties[2 * i])->order) return 4;
  return 0;
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
// The least persons of each component: as many as it has heads of one strong type that stand for different persons, or one.
static u64 least(const Part *p, int f, int weak_from, const u32 *line, u32 *up, const u32 *stands, const u8 *shared, u32 *work) {
  u64 n = p->count, total = 0;
  u32 *seen = work, *type = work + n, *count = work + 2 * n, *most = work + 3 * n;
  memset(work, 0, n * 16);
  for (u64 k = 0; k < n; k++) {
    u32 x = line[k], r = root(up, x), now = node_at(p, x)->order + 1u;
    if (!node_at(p, x)->rows[f]) continue;
    if (!most[r]) most[r] = 1, total++;
    if ((int)now > weak_from || shared[x] || seen[stands[x]] == now) continue;
    seen[stands[x]] = now;
    if (type[r] != now) type[r] = now, count[r] = 0;
    if (++count[r] > most[r]) most[r]++, total++;
  }
  return total;
}
// The general way, for identifiers that are bound to each other. out: lower, counted, upper for all, sensitive, under 14; components.
static int count_bound(const Bound *b, int weak_from, u64 *out) {
  const Part *p = &b->part;
  if (!p->count) return 0;
  Placed places;
  int bad = placed(b, &places);
  if (bad) {
    placed_free(&places);
    return bad;
  }
  u64 n = p->count, at[ORDERS + 1] = {0};
  u32 *up = malloc((n + 1) * 4), *stands = malloc((n + 1) * 4), *line = malloc((n + 1) * 4), *work = malloc((n + 1) * 16);
  u8 *shared = calloc(n + 1, 1), *mark = malloc(n + 1);
  u32 *from = calloc(n + 2, 4), *heads = malloc((b->ties.count + 1) * 4);  // the further heads of node i: heads[from[i]..from[i + 1])
  bad = !up || !stands || !line || !work || !shared || !mark || !from || !heads;
  if (!bad) {
    for (u64 i = 0; i < b->ties.count; i++) from[places.ties[2 * i] + 2]++;
    for (u64 i = 2; i < n + 2; i++) from[i] += from[i - 1];
    for (u64 i = 0; i < b->ties.count; i++) heads[from[places.ties[2 * i] + 1]++] = places.ties[2 * i + 1];
    for (u64 i = 0; i < n; i++) up[i] = stands[i] = (u32)i, at[node_at(p, i)->order + 1]++;
    for (int i = 0; i < ORDERS; i++) at[i + 1] += at[i];
    for (u64 i = 0; i < n; i++) line[at[node_at(p, i)->order]++] = (u32)i;
    for (u64 k = 0; k < n; k++) {
      u32 x = line[k], head = places.head[x], meant = stands[head];
      if (head == x) continue;
      unite(up, x, head);
      for (u32 i = from[x]; i < from[x + 1]; i++) {
        unite(up, x, heads[i]);
        if (stands[heads[i]] != meant) shared[x] = 1;
      }
      if (!shared[x]) stands[x] = meant;
    }
    for (u64 i = 0; i < b->mates.count; i++) unite(up, places.mates[2 * i], places.mates[2 * i + 1]);
    for (u64 i = 0; i < n; i++) out[9] += root(up, (u32)i) == i;
    for (int f = 0; f < 3; f++) {
      u64 counted = 0, upper = 0, lower = least(p, f, weak_from, line, up, stands, shared, work);
      memset(mark, 0, n);
      for (u64 i = 0; i < n; i++) {
        const Node *q = node_at(p, i);
        if (!q->rows[f]) continue;
        if (!(mark[stands[i]] & 2)) mark[stands[i]] |= 2, counted++;
        if (q->order >= weak_from) upper += shared[i] ? q->rows[f] : 1;
        else if (!(mark[stands[i]] & 4)) mark[stands[i]] |= 4, upper++;
      }
      out[f * 3] += lower, out[f * 3 + 1] += counted, out[f * 3 + 2] += upper;
    }
  }
  placed_free(&places);
  free(up), free(stands), free(line), free(work), free(shared), free(mark), free(from), free(heads);
  return bad;
}
// The last step, for any way of counting: rows without identifier, and what must not fall below what.
static void round_off(u64 *out, const u64 *loose) {
  for (int f = 0; f < 3; f++) {
    u64 *o = out + 3 * f;
    if (!o[0] && loose[f]) o[0] = 1;
    if (o[1] < o[0]) o[1] = o[0];
    o[2] += loose[f];
  }
}
// out as count_alone says. 0 is done, 1 no memory, 4 a tie to what is not there.
int persons_counts(Persons *p, int weak_from, u64 *out) {
  Bound bound = {0};
  bound.part.arena = &bound.arena;
  memset(out, 0, (10 + ORDERS) * 8);
  int bad = settle_all(p);
  for (int k = 0; k < PARTS && !bad; k++) bad = count_part(&p->parts[k], &bound, out);
  bad = bad || bind_ties(&bound, &p->ties) || bind_mates(&bound, &p->mates);
  for (u64 i = 0; i < bound.part.count && !bad; i++) {
    Node *a = node_at(&bound.part, i);
    if (a->order == UNKNOWN) bad = claim(&bound, find(&p->parts[part_of(a->lo)], a->lo, a->hi, NULL), out);
  }
  bad = bad ? bad : count_bound(&bound, weak_from, out);
  if (!bad) round_off(out, p->loose);
  bound_free(&bound);
  return bad;
}

#endif
