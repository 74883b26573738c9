// Scan: the graph of identifiers behind a count of persons, twin of feiyu/scan/links.py (which states the rule).
// Only keyed digests are held. A head is an identifier that heads rows; what is tied stands beside the heads of its rows, which are surer.
// A row is said to its head, which knows by a sum what stood beside it the last time: only what is new goes on to the tied.
// Both stand in parts by the highest byte of a digest's first number, and in each part are found by the bits below it, so that they can be written in the
// order of their digests with hardly any sorting. What comes in waits at its part until there is enough of it to go through the part at once: a part
// fits a core's cache, the whole does not, and a look into memory costs more than all else of an identifier.
#ifndef FEIYU_SCAN_GRAPH_H
#define FEIYU_SCAN_GRAPH_H

#include "scan_digest.h"

enum { PARTS = 256, ORDERS = 256, UNKNOWN = 0xFFFF, CHUNK = 128, FEW = 64, MANY = 1024, AHEAD = 16, SLACK = 128, CROWD = 4096, MOST = 0xFFFFFE };
enum { F_SENSITIVE = 1, F_MINOR = 2 };
#define NOBODY 0xFFFFFFFFu

// An identifier that stands beside heads: the first one seen, by part and place (more are in `Ties`).
// What waits has the same form: `several` are flags of F_, and to a head `count` more follow, which stood beside it.
typedef struct {
  u64 lo, hi;
  u16 order;
  u8 several, count;
  u32 head;
} Tied;
// A head: the sum of what stood beside it last, and its rows: in all, sensitive, under 14.
typedef struct {
  u64 lo, hi;
  u16 order;
  u8 known, pad;
  u32 least, beside[3], rows[3];
} Head;
typedef struct {
  u64 lo, hi;
} Digest;
// A pair of digests. Of what is tied to several heads `other_lo` is a further head and the first one, as `Tied` names them, `other_hi` its type.
typedef struct {
  u64 lo, hi, other_lo, other_hi;
} Tie;
// A set of pairs; an empty place is all nought.
typedef struct {
  Tie *t;
  u64 size, count;
} Ties;
// Memory in large pages: what is handed out stays where it is. `crowded`: digests stood so close together as no key makes them.
typedef struct {
  u8 **blocks;
  u64 count, used;
  int crowded;
} Arena;
// Entries of one part, all of one width, in the order in which they came. A slot is eight bits of the digest above one more than the entry's place;
// it stands where the digest is among all of the part, or behind.
typedef struct {
  u8 **chunks;
  u32 *slots, count, size;
} Table;
// What waits at its part.
typedef struct {
  Tied *at;
  u32 room, counts[PARTS];
} Wait;
// `heading` and `tying` count both by type, `lost` those that stand beside none (yet).
typedef struct {
  Table heads[PARTS], tied[PARTS];
  Arena arena;
  Wait at_heads, at_tied;
  Ties ties, mates;
  u64 heading[ORDERS], tying[ORDERS], lost, loose[3];
} Persons;

// --- memory ---
static void arena_free(Arena *a) {
  for (u64 i = 0; i < a->count; i++) room_free(a->blocks[i], LARGE);
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

// --- pairs ---
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
  room_free(q->t, q->size * sizeof(Tie));
  memset(q, 0, sizeof *q);
}
#define EACH_TIE(t, ties) \
  for (const Tie *t = (ties)->t, *t##_end = t + (ties)->size; t < t##_end; t++) \
    if (t->lo | t->hi)
static inline int less(u64 lo, u64 hi, u64 other_lo, u64 other_hi) { return lo < other_lo || (lo == other_lo && hi < other_hi); }
// Both ends of a mate are heads of one row; the lesser comes first.
static Tie mate_of(u64 lo, u64 hi, u64 other_lo, u64 other_hi) {
  return less(lo, hi, other_lo, other_hi) ? (Tie){lo, hi, other_lo, other_hi} : (Tie){other_lo, other_hi, lo, hi};
}

// --- entries ---
static inline u32 part_of(u64 lo) { return (u32)(lo >> 56); }
static inline u32 home_of(const Table *t, u64 lo) { return (u32)((lo << 8 >> 32) * t->size >> 32); }
static inline u32 slot_tag(u64 lo) { return (u32)lo << 24; }
static inline __attribute__((always_inline)) void *entry_at(const Table *t, u32 i, u32 width) { return t->chunks[i / CHUNK] + (u64)(i % CHUNK) * width; }
static inline Head *head_at(const Table *t, u32 i) { return entry_at(t, i, sizeof(Head)); }
static inline Tied *tied_at(const Table *t, u32 i) { return entry_at(t, i, sizeof(Tied)); }
static void table_free(Table *t) {
  free(t->chunks), free(t->slots);
  *t = (Table){0};
}
// More slots; 1 is no memory. The last slot of all stays empty.
static __attribute__((noinline)) int table_grow(Table *t, u32 width) {
  for (u32 size = t->size ? t->size * 2 : 64, i; size <= MOST; size *= 2) {
    Table more = {t->chunks, calloc(size + SLACK, sizeof *t->slots), t->count, size};
    if (!more.slots) return 1;
    for (i = 0; i < t->count; i++) {
      u64 lo = ((Tied *)entry_at(t, i, width))->lo;
      u32 at = home_of(&more, lo);
      while (more.slots[at]) at++;
      if (at == size + SLACK - 1) break;
      more.slots[at] = slot_tag(lo) | (i + 1);
    }
    free(i < t->count ? more.slots : t->slots);
    if (i < t->count) continue;
    *t = more;
    return 0;
  }
  return 1;
}
static __attribute__((noinline)) int table_chunk(Table *t, Arena *arena, u32 width) {
  u8 **chunks = realloc(t->chunks, (t->count / CHUNK + 1) * sizeof *chunks);
  if (!chunks) return 1;
  t->chunks = chunks;
  return !(chunks[t->count / CHUNK] = arena_take(arena, CHUNK * width));
}
// The place of a digest, NOBODY where it was not seen.
static inline __attribute__((always_inline)) u32 place_of(const Table *t, u64 lo, u64 hi, u32 width) {
  if (!t->size) return NOBODY;
  for (const u32 *slot = t->slots + home_of(t, lo); *slot; slot++) {
    if ((*slot & 0xFF000000u) != slot_tag(lo)) continue;
    const Tied *e = entry_at(t, (*slot & 0xFFFFFF) - 1, width);
    if (e->lo == lo && e->hi == hi) return (*slot & 0xFFFFFF) - 1;
  }
  return NOBODY;
}
static Head *head_find(const Table *parts, u64 lo, u64 hi) {
  u32 i = place_of(&parts[part_of(lo)], lo, hi, sizeof(Head));
  return i == NOBODY ? NULL : head_at(&parts[part_of(lo)], i);
}
static Tied *tied_find(const Table *parts, u64 lo, u64 hi) {
  u32 i = place_of(&parts[part_of(lo)], lo, hi, sizeof(Tied));
  return i == NOBODY ? NULL : tied_at(&parts[part_of(lo)], i);
}
// The entry of a digest and its place, new (and then nought but for its digest and type) where it was not seen; NULL where there is no memory.
static inline __attribute__((always_inline)) void *entry_of(Table *t, Arena *arena, u64 lo, u64 hi, u16 order, u32 width, u32 *place) {
  if (t->count >= t->size / 4 * 3 && table_grow(t, width)) return NULL;
  u32 home = home_of(t, lo), at = home;
  for (; t->slots[at]; at++) {
    if ((t->slots[at] & 0xFF000000u) != slot_tag(lo)) continue;
    *place = (t->slots[at] & 0xFFFFFF) - 1;
    Tied *e = entry_at(t, *place, width);
    if (e->lo == lo && e->hi == hi) return e;
  }
  if (at - home > CROWD) arena->crowded = 1;
  if (arena->crowded || (t->count % CHUNK == 0 && table_chunk(t, arena, width))) return NULL;
  *place = t->count++;
  Tied *e = entry_at(t, *place, width);
  e->lo = lo, e->hi = hi, e->order = order;
  t->slots[at] = slot_tag(lo) | t->count;
  if (at == t->size + SLACK - 2 && table_grow(t, width)) return NULL;
  return e;
}
// The places of a part's entries in the order of their digests, which is nearly that of its slots. NULL without memory.
static u32 *in_order(const Table *t, u32 width) {
  u32 *out = malloc((t->count + 1) * sizeof *out), n = 0;
  for (u32 at = 0; out && n < t->count; at++) {
    if (!t->slots[at]) continue;
    u32 i = (t->slots[at] & 0xFFFFFF) - 1, k = n++;
    const Tied *e = entry_at(t, i, width);
    for (; k; k--) {
      const Tied *q = entry_at(t, out[k - 1], width);
      if (!less(e->lo, e->hi, q->lo, q->hi)) break;
      out[k] = out[k - 1];
    }
    out[k] = i;
  }
  return out;
}

// --- what comes in ---
static inline u32 name_at(u64 lo, u32 place) { return part_of(lo) << 24 | place; }
static inline Head *named(const Persons *p, u32 head) { return head_at(&p->heads[head >> 24], head & 0xFFFFFF); }
static inline Digest name_of(const Persons *p, u32 head) { return (Digest){named(p, head)->lo, named(p, head)->hi}; }
static inline int tie(Persons *p, Tied *q, u32 head) {
  if (q->head == head) return 0;
  if (q->head == NOBODY) {
    q->head = head, p->lost--;
    return 0;
  }
  q->several = 1;
  return ties_add(&p->ties, &(Tie){q->lo, q->hi, head | (u64)q->head << 32, q->order});
}
static inline Tied *tied_of(Persons *p, u64 lo, u64 hi, u16 order) {
  Table *t = &p->tied[part_of(lo)];
  u32 before = t->count, place;
  Tied *q = entry_of(t, &p->arena, lo, hi, order, sizeof(Tied), &place);
  if (q && t->count > before) q->head = NOBODY, p->tying[order]++, p->lost++;
  return q;
}
// The head of a digest, and how `Tied` names it.
static inline Head *head_of(Persons *p, u64 lo, u64 hi, u16 order, u32 *name) {
  Table *t = &p->heads[part_of(lo)];
  u32 before = t->count, place = 0;
  Head *h = entry_of(t, &p->arena, lo, hi, order, sizeof(Head), &place);
  p->heading[order] += t->count - before;
  *name = name_at(lo, place);
  return h;
}
static inline void tally(Head *q, const u32 rows[3]) {
  for (int f = 0; f < 3; f++) q->rows[f] += rows[f];
}
// Ask for the slot of one that comes later, and for the entry of one that comes sooner.
static inline __attribute__((always_inline)) void slot_ahead(const Table *t, u64 lo) {
  if (t->size) __builtin_prefetch(&t->slots[home_of(t, lo)]);
}
static inline __attribute__((always_inline)) void entry_ahead(const Table *t, u64 lo, u32 width) {
  u32 slot = t->size ? t->slots[home_of(t, lo)] : 0;
  if (slot) __builtin_prefetch(entry_at(t, (slot & 0xFFFFFF) - 1, width));
}
static int settle_tied(Persons *p, u32 part) {
  const Tied *w = p->at_tied.at + (u64)part * p->at_tied.room;
  const Table *t = &p->tied[part];
  for (u32 i = 0, n = p->at_tied.counts[part]; i < n; i++) {
    if (i + 2 * AHEAD < n) slot_ahead(t, w[i + 2 * AHEAD].lo);
    if (i + AHEAD < n) entry_ahead(t, w[i + AHEAD].lo, sizeof(Tied));
    Tied *q = tied_of(p, w[i].lo, w[i].hi, w[i].order);
    if (!q || tie(p, q, w[i].head)) return 1;
  }
  p->at_tied.counts[part] = 0;
  return 0;
}
static void wait_free(Wait *w) {
  if (w->at) room_free(w->at, (u64)PARTS * w->room * sizeof *w->at);
  *w = (Wait){0};
}
static int wait_grow(Wait *w) {
  u32 room = w->room ? w->room * 4 : FEW;
  if (room > MANY) room = MANY;
  wait_free(w);
  if (!(w->at = room_new((u64)PARTS * room * sizeof *w->at))) return 1;
  w->room = room;
  return 0;
}
// The room grows with the tables, for all parts at once: few identifiers should cost little, many should come together.
static __attribute__((noinline)) int tied_more(Persons *p, u32 part) {
  Wait *w = &p->at_tied;
  if (w->room && (w->room == MANY || w->room > p->tied[part].count)) return settle_tied(p, part);
  for (u32 k = 0; k < PARTS; k++)
    if (settle_tied(p, k)) return 1;
  return wait_grow(w);
}
static int settle_heads(Persons *p, u32 part) {
  const Tied *w = p->at_heads.at + (u64)part * p->at_heads.room, *end = w + p->at_heads.counts[part], *soon = w, *later = w;
  const Table *t = &p->heads[part];
  for (int i = 0; i < 2 * AHEAD && later < end; i++, later += 1 + later->count) slot_ahead(t, later->lo);
  for (int i = 0; i < AHEAD && soon < end; i++, soon += 1 + soon->count) {}
  while (w < end) {
    if (later < end) slot_ahead(t, later->lo), later += 1 + later->count;
    if (soon < end) entry_ahead(t, soon->lo, sizeof(Head)), soon += 1 + soon->count;
    u32 name, flags = w->several, count = w->count;
    Head *h = head_of(p, w->lo, w->hi, w->order, &name);
    if (!h) return 1;
    h->rows[0]++, h->rows[1] += (flags & (F_SENSITIVE | F_MINOR)) != 0, h->rows[2] += (flags & F_MINOR) != 0;
    const Tied *beside = w + 1;
    w += 1 + count;
    u64 sum = 0;
    u32 more = 0;
    for (u32 i = 0; i < count; i++) sum += beside[i].lo, more += (u32)beside[i].hi;
    if (!count || (h->beside[0] == (u32)sum && h->beside[1] == (u32)(sum >> 32) && h->beside[2] == more)) continue;
    h->beside[0] = (u32)sum, h->beside[1] = (u32)(sum >> 32), h->beside[2] = more;
    for (u32 i = 0; i < count; i++) {
      u32 to = part_of(beside[i].lo);
      if (p->at_tied.counts[to] == p->at_tied.room && tied_more(p, to)) return 1;
      Tied *one = p->at_tied.at + (u64)to * p->at_tied.room + p->at_tied.counts[to]++;
      *one = beside[i], one->head = name;
      __builtin_prefetch((u8 *)one + 64, 1);  // long before this part's turn comes again
    }
  }
  p->at_heads.counts[part] = 0;
  return 0;
}
static int settle_all(Persons *p) {
  for (u32 k = 0; k < PARTS; k++)
    if (settle_heads(p, k)) return 1;
  for (u32 k = 0; k < PARTS; k++)
    if (settle_tied(p, k)) return 1;
  return 0;
}
static __attribute__((noinline)) int heads_more(Persons *p, u32 part, u32 need) {
  Wait *w = &p->at_heads;
  if (w->room >= need && (w->room == MANY || w->room > p->heads[part].count)) return settle_heads(p, part);
  for (u32 k = 0; k < PARTS; k++)
    if (settle_heads(p, k)) return 1;
  do
    if (wait_grow(w)) return 1;
  while (w->room < need);
  return 0;
}
// Where a row of this head is to be put: the head and `count` that stand beside it. NULL where there is no memory.
static inline Tied *say(Persons *p, u64 lo, u32 count) {
  u32 part = part_of(lo);
  if (p->at_heads.room - p->at_heads.counts[part] <= count && heads_more(p, part, count + 1)) return NULL;
  Tied *to = p->at_heads.at + (u64)part * p->at_heads.room + p->at_heads.counts[part];
  p->at_heads.counts[part] += count + 1;
  return to;
}

Persons *persons_new(void) { return calloc(1, sizeof(Persons)); }
// Forget all but rows without identifier.
void persons_empty(Persons *p) {
  wait_free(&p->at_heads), wait_free(&p->at_tied);
  for (int k = 0; k < PARTS; k++) table_free(&p->heads[k]), table_free(&p->tied[k]);
  arena_free(&p->arena);
  ties_free(&p->ties), ties_free(&p->mates);
  memset(p->heading, 0, sizeof p->heading), memset(p->tying, 0, sizeof p->tying);
  p->lost = 0;
}
void persons_free(Persons *p) {
  persons_empty(p);
  free(p);
}
// Whether anything is held, or -1 where there is no memory to say.
int persons_held(Persons *p) {
  if (settle_all(p)) return -1;
  for (int k = 0; k < PARTS; k++)
    if (p->heads[k].count) return 1;
  return 0;
}
u64 persons_memory(const Persons *p) {
  u64 n = (p->ties.size + p->mates.size) * sizeof(Tie) + (u64)PARTS * (p->at_heads.room + p->at_tied.room) * sizeof(Tied);
  for (int k = 0; k < PARTS; k++)
    n += p->heads[k].count * sizeof(Head) + p->tied[k].count * sizeof(Tied) + (u64)(p->heads[k].size + p->tied[k].size) * sizeof(u32);
  return n;
}
void persons_loose(const Persons *p, u64 *out) { memcpy(out, p->loose, 24); }
void persons_add_loose(Persons *p, const u64 *more) {
  for (int f = 0; f < 3; f++) p->loose[f] += more[f];
}

#endif
