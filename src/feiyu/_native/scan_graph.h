// Scan: the graph of identifiers behind a count of persons, twin of feiyu/scan/links.py (which states the rule).
// Only keyed digests are held. A head is an identifier that heads rows; what is tied stands beside the heads of its rows, which are surer.
// A row is said to its head, which knows by a sum what stood beside it the last time: only what is new is tied.
// Both stand in parts by the highest byte of a digest's first number. A head beside which something stands is found at its row, by the bits below it. What is
// tied, and a row of one identifier alone, is only put down, in the order in which it comes, and told apart when much more has come than was there: a part
// fits a core's cache, the whole does not, and a look into memory costs more than all else of an identifier. The slots of both lie in the order of the
// digests, so that they are written so with hardly any sorting.
#ifndef FEIYU_SCAN_GRAPH_H
#define FEIYU_SCAN_GRAPH_H

#include "scan_slots.h"

enum { PARTS = 256, ORDERS = 256, UNKNOWN = 0xFFFF, CHUNK = 128, RIPE = 16384, RIPE_ROWS = 4096, TIMES = 2, AHEAD = 24, NEAR = 8, CROWD = 4096 };
enum { F_SENSITIVE = 1, F_MINOR = 2 };
#define NOBODY 0xFFFFFFFFu

// An identifier that stands beside a head, which is named by part and place: the first one seen (more are in `Pairs`).
typedef struct {
  u64 lo, hi;
  u16 order, pad;
  u32 head;
} Tied;
// A row that has one identifier and nothing beside it.
typedef struct {
  u64 lo, hi;
  u16 order, pad;
  u32 flags;
} Row;
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
// A pair of digests.
typedef struct {
  u64 lo, hi, other_lo, other_hi;
} Tie;
// A set of pairs; an empty place is all nought.
typedef struct {
  Tie *t;
  u64 size, count;
} Ties;
// What is tied to several heads, with each head but its first: both by part and place, one more of the latter; an empty place is nought.
typedef struct {
  u64 *of, size, count;
} Pairs;
// Memory in large pages: what is handed out stays where it is. `crowded`: digests stood so close together as no key makes them.
typedef struct {
  u8 **blocks;
  u64 count, used;
  int crowded;
} Arena;
// Entries of one part, all of one width, in the order in which they came; `room` for so many is there. Of what is tied `settled` are distinct, and have no
// slots but while they are told apart.
// `end` is the place behind the last of them, within its chunk.
typedef struct {
  u8 **chunks, *end;
  u32 *slots, count, size, settled, room;
} Table;
// `heading` and `tying` count both by type; `slots` are lent to what is tied, a part at a time.
typedef struct {
  Table heads[PARTS], tied[PARTS], alone[PARTS];
  Arena arena;
  Pairs ties;
  Ties mates;
  u64 heading[ORDERS], tying[ORDERS], loose[3], lent;
  u32 *slots;
} Persons;

// --- memory ---
static void arena_free(Arena *a) {
  for (u64 i = 0; i < a->count; i++) block_free(a->blocks[i]);
  free(a->blocks);
  memset(a, 0, sizeof *a);
}
static void *arena_take(Arena *a, u64 size) {
  if (!a->count || a->used + size > LARGE) {
    u8 **blocks = realloc(a->blocks, (a->count + 1) * sizeof *blocks);
    if (!blocks) return NULL;
    a->blocks = blocks;
    if (!(blocks[a->count] = block_new())) return NULL;
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
static inline u64 pair_mark(u64 pair) { return (pair * 0xFF51AFD7ED558CCDULL) >> 20; }
static int pairs_add(Pairs *q, u64 pair) {
  if (q->count * 2 >= q->size) {
    u64 size = q->size ? q->size * 2 : 1 << 16, *of = room_new(size * sizeof *of);
    if (!of) return 1;
    for (u64 i = 0; i < q->size; i++) {
      if (!q->of[i]) continue;
      u64 at = pair_mark(q->of[i]) & (size - 1);
      while (of[at]) at = (at + 1) & (size - 1);
      of[at] = q->of[i];
    }
    room_free(q->of, q->size * sizeof *of);
    q->of = of, q->size = size;
  }
  u64 at = pair_mark(pair) & (q->size - 1);
  for (; q->of[at]; at = (at + 1) & (q->size - 1))
    if (q->of[at] == pair) return 0;
  q->of[at] = pair, q->count++;
  return 0;
}
static void pairs_free(Pairs *q) {
  room_free(q->of, q->size * sizeof *q->of);
  *q = (Pairs){0};
}
#define EACH_PAIR(pair, pairs) \
  for (u64 pair##_at = 0, pair; pair##_at < (pairs)->size; pair##_at++) \
    if ((pair = (pairs)->of[pair##_at]))
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
static inline __attribute__((always_inline)) void *entry_at(const Table *t, u32 i, u32 width) { return t->chunks[i / CHUNK] + (u64)(i % CHUNK) * width; }
static inline Head *head_at(const Table *t, u32 i) { return entry_at(t, i, sizeof(Head)); }
static inline Tied *tied_at(const Table *t, u32 i) { return entry_at(t, i, sizeof(Tied)); }
static void table_free(Table *t) {
  free(t->chunks), free(t->slots);
  *t = (Table){0};
}
// More slots; 1 is no memory.
static __attribute__((noinline)) int table_grow(Table *t, u32 width) {
  for (u32 size = !t->size ? 64 : t->size < 4096 ? t->size * 4 : t->size * 2, i; size <= MOST; size *= 2) {
    u32 *slots = slots_new(size), last = size + SLACK - 1;
    if (!slots) return 1;
    for (i = 0; i < t->count; i++) {
      u64 lo = ((Tied *)entry_at(t, i, width))->lo;
      u32 at = free_slot(slots, size, lo);
      if (at == last) break;
      slots[at] = slot_of(lo, i);
    }
    free(i < t->count ? slots : t->slots);
    if (i < t->count) continue;
    t->slots = slots, t->size = size;
    return 0;
  }
  return 1;
}
static __attribute__((noinline)) int table_chunk(Table *t, Arena *arena, u32 width) {
  const u32 many = t->room / CHUNK;
  if (!(many & (many - 1))) {  // it doubles
    u8 **chunks = realloc(t->chunks, (many ? 2 * many : 1) * sizeof *chunks);
    if (!chunks) return 1;
    t->chunks = chunks;
  }
  if (!(t->chunks[many] = arena_take(arena, CHUNK * width))) return 1;
  t->room += CHUNK;
  return 0;
}
// The place of a digest among those whose slots lie from `at` on, and then its slot; NOBODY where it was not seen, and then the first free slot.
static inline __attribute__((always_inline)) u32 place_from(const Table *t, u64 lo, u64 hi, u32 width, u32 *at) {
  for (;; *at += LINE) {
    Line line = line_at(t->slots + *at, lo);
    for (; line.same; line.same &= line.same - 1) {
      u32 place = place_in_slot(t->slots[*at + (u32)first_of(line.same)]);
      const Tied *e = entry_at(t, place, width);
      if (e->lo == lo && e->hi == hi) return place;
    }
    if (!line.free) continue;
    *at += (u32)first_of(line.free);
    return NOBODY;
  }
}
// The place of a digest, NOBODY where it was not seen.
static inline __attribute__((always_inline)) u32 place_of(const Table *t, u64 lo, u64 hi, u32 width) {
  u32 at = home_of(t->size, lo);
  return t->size ? place_from(t, lo, hi, width, &at) : NOBODY;
}
static Head *head_find(const Table *parts, u64 lo, u64 hi) {
  u32 i = place_of(&parts[part_of(lo)], lo, hi, sizeof(Head));
  return i == NOBODY ? NULL : head_at(&parts[part_of(lo)], i);
}
// Ask for the room of the entry behind, long before this part's turn comes again.
static inline void next_ahead(const void *e) { __builtin_prefetch((const u8 *)e + 128, 1); }
// The entry of a digest and its place, new (and then nought but for its digest and type) where it was not seen; NULL where there is no memory.
static inline __attribute__((always_inline)) void *entry_of(Table *t, Arena *arena, u64 lo, u64 hi, u16 order, u32 width, u32 *place) {
  if (t->count >= t->size / 4 * 3 && table_grow(t, width)) return NULL;
  const u32 home = home_of(t->size, lo);
  u32 at = home;
  *place = place_from(t, lo, hi, width, &at);
  if (*place != NOBODY) return entry_at(t, *place, width);
  if (at - home > CROWD) arena->crowded = 1;
  if (arena->crowded || (t->count == t->room && table_chunk(t, arena, width))) return NULL;
  *place = t->count++;
  Tied *e = entry_at(t, *place, width);
  e->lo = lo, e->hi = hi, e->order = order;
  next_ahead(e);
  t->slots[at] = slot_of(lo, *place);
  if (at == t->size + SLACK - 2 && table_grow(t, width)) return NULL;
  return e;
}
// The places of a part's entries in the order of their digests, which is nearly that of its slots. NULL without memory.
static u32 *in_order(const Table *t, u32 width) {
  u32 *out = malloc((t->count + 1) * sizeof *out), n = 0;
  Digest *of = malloc((t->count + 1) * sizeof *of);
  for (u32 at = 0; out && of && n < t->count; at++) {
    if (at < t->size && t->slots[at + 2 * LINE]) __builtin_prefetch(entry_at(t, place_in_slot(t->slots[at + 2 * LINE]), width));
    if (!t->slots[at]) continue;
    u32 i = place_in_slot(t->slots[at]), k = n++;
    const Tied *e = entry_at(t, i, width);
    for (; k && less(e->lo, e->hi, of[k - 1].lo, of[k - 1].hi); k--) out[k] = out[k - 1], of[k] = of[k - 1];
    out[k] = i, of[k] = (Digest){e->lo, e->hi};
  }
  if (!of) free(out), out = NULL;
  wiped(of, (t->count + 1) * sizeof *of);
  return out;
}

// --- what comes in ---
static inline u32 name_at(u64 lo, u32 place) { return part_of(lo) << 24 | place; }
static inline u64 pair_of(u32 tied, u32 head) { return (u64)tied << 32 | (head + 1); }
static inline Head *named(const Persons *p, u32 head) { return head_at(&p->heads[head >> 24], head & 0xFFFFFF); }
static inline Digest name_of(const Persons *p, u32 head) { return (Digest){named(p, head)->lo, named(p, head)->hi}; }
static inline const Tied *tied_of(const Persons *p, u64 pair) { return tied_at(&p->tied[pair >> 56], pair >> 32 & 0xFFFFFF); }
static inline u32 head_in(u64 pair) { return (u32)pair - 1; }
// Tell apart what is tied in a part: of each digest the first stays, with its head, and further heads become ties. The table is given back with slots, which
// are lent until the next part's. 1 is no memory, or digests that stand closer together than any key makes them.
static int settle(Persons *p, u32 part, Table *out) {
  Table *t = &p->tied[part];
  *out = *t;
  for (out->size = 64; out->size < 2 * t->count; out->size *= 2) {}
  u64 all = out->size + SLACK;
  if (p->lent < all) {
    free(p->slots);
    if (!(p->slots = slots_new(out->size))) return p->lent = 0, 1;
    p->lent = all;
  } else memset(p->slots, 0, all * sizeof *p->slots);
  out->slots = p->slots, out->count = 0;
  for (u32 i = 0; i < t->count; i++) {
    if (i + 4 * NEAR < t->count) __builtin_prefetch(tied_at(t, i + 4 * NEAR));
    if (i + NEAR < t->count) __builtin_prefetch(&out->slots[home_of(out->size, tied_at(t, i + NEAR)->lo)]);
    const Tied *e = tied_at(t, i);
    const u32 home = home_of(out->size, e->lo), known = i < t->settled;
    u32 at = known ? free_slot(out->slots, out->size, e->lo) : home, place = known ? NOBODY : place_from(out, e->lo, e->hi, sizeof(Tied), &at);
    if (place != NOBODY) {
      u32 head = e->head;
      if (tied_at(t, place)->head != head && pairs_add(&p->ties, pair_of(name_at(e->lo, place), head))) return 1;
      continue;
    }
    if (at - home > CROWD || at == all - 1) return p->arena.crowded = 1;
    if (out->count == MOST) return 1;
    if (!known) {
      p->tying[e->order]++;
      if (i != out->count) *tied_at(t, out->count) = *e;
    }
    out->slots[at] = slot_of(e->lo, out->count++);
  }
  t->count = t->settled = out->settled = out->count;
  if (t->count % CHUNK) t->end = (u8 *)tied_at(t, t->count);
  return 0;
}
// Room for what comes next to a part's entries, once their last chunk is full. 1 is no memory.
static inline int chunk_behind(Persons *p, Table *t, u32 width) {
  if (t->count == t->room && table_chunk(t, &p->arena, width)) return 1;
  t->end = t->chunks[t->count / CHUNK];
  return 0;
}
// What has come to a part is told apart first where it is much. 1 as `settle` says.
static __attribute__((noinline)) int tied_chunk(Persons *p, u32 part) {
  Table *t = &p->tied[part], with_slots;
  if (t->count - t->settled > RIPE && t->count > 4 * t->settled && settle(p, part, &with_slots)) return 1;
  return t->count % CHUNK ? 0 : chunk_behind(p, t, sizeof(Tied));
}
// Tie an identifier to a head; 1 as `settle` says.
static inline int tie(Persons *p, u64 lo, u64 hi, u16 order, u32 head) {
  Table *t = &p->tied[part_of(lo)];
  if (t->count % CHUNK == 0 && tied_chunk(p, part_of(lo))) return 1;
  Tied *e = (Tied *)t->end;
  *e = (Tied){lo, hi, order, 0, head};
  next_ahead(e);
  t->count++, t->end += sizeof *e;
  return 0;
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
// Ask for the slot of a digest, and for its entry once the slot is there: a look into memory costs more than all else of an identifier, so it is asked
// for long before, for a block at a time.
static inline __attribute__((always_inline)) void slot_ahead(const Table *t, u64 lo) {
  if (t->size) __builtin_prefetch(&t->slots[home_of(t->size, lo)]);
}
// The place where the entry of a digest most likely stands. It is not asked whether the digest is there, which nobody can foresee: of one that is not some
// entry comes, mostly the last.
static inline __attribute__((always_inline)) u32 entry_ahead(const Table *t, u64 lo, u32 width) {
  if (!t->count) return 0;
  const u32 home = home_of(t->size, lo), last = t->count - 1;
  u32 place = place_in_slot(t->slots[home + (u32)first_of(line_at(t->slots + home, lo).same | 1 << (LINE - 1))]);
  place = place < last ? place : last;
  const u8 *e = entry_at(t, place, width);
  __builtin_prefetch(e), __builtin_prefetch(e + width - 1);
  return place;
}
// As head_of, where `likely` is what entry_ahead said.
static inline __attribute__((always_inline)) Head *head_likely(Persons *p, u32 likely, u64 lo, u64 hi, u16 order, u32 *name) {
  const Table *t = &p->heads[part_of(lo)];
  if (t->count) {
    Head *h = head_at(t, likely);
    *name = name_at(lo, likely);
    if (h->lo == lo && h->hi == hi) return h;
  }
  return head_of(p, lo, hi, order, name);
}
static inline void seen_row(Head *h, int flags) { h->rows[0]++, h->rows[1] += flags != 0, h->rows[2] += (flags & F_MINOR) != 0; }
static inline Row *row_at(const Table *t, u32 i) { return entry_at(t, i, sizeof(Row)); }
// Say the rows of a part that have one identifier alone to their heads. 1 as `entry_of` says.
static int settle_rows(Persons *p, u32 part) {
  Table *t = &p->alone[part], *heads = &p->heads[part];
  u32 likely[NEAR] = {0};
  for (u32 i = 0; i < NEAR && i < t->count; i++) likely[i] = entry_ahead(heads, row_at(t, i)->lo, sizeof(Head));
  for (u32 i = 0; i < t->count; i++) {
    const Row *row = row_at(t, i);
    u32 name;
    Head *h = head_likely(p, likely[i % NEAR], row->lo, row->hi, row->order, &name);
    if (!h) return 1;
    seen_row(h, (int)row->flags);
    if (i + 4 * NEAR < t->count) __builtin_prefetch(row_at(t, i + 4 * NEAR));
    if (i + 2 * NEAR < t->count) slot_ahead(heads, row_at(t, i + 2 * NEAR)->lo);
    if (i + NEAR < t->count) likely[i % NEAR] = entry_ahead(heads, row_at(t, i + NEAR)->lo, sizeof(Head));
  }
  t->count = 0;
  return 0;
}
static __attribute__((noinline)) int row_chunk(Persons *p, u32 part) {
  Table *t = &p->alone[part];
  if (t->count > RIPE_ROWS && t->count > TIMES * p->heads[part].count && settle_rows(p, part)) return 1;
  return chunk_behind(p, t, sizeof(Row));
}
// Put down a row that has one identifier alone; 1 as `settle_rows` says.
static inline int row_alone(Persons *p, u64 lo, u64 hi, u16 order, int flags) {
  Table *t = &p->alone[part_of(lo)];
  if (t->count % CHUNK == 0 && row_chunk(p, part_of(lo))) return 1;
  Row *row = (Row *)t->end;
  *row = (Row){lo, hi, order, 0, (u32)flags};
  next_ahead(row);
  t->count++, t->end += sizeof *row;
  return 0;
}
static int settle_all(Persons *p) {
  Table with_slots;
  for (u32 k = 0; k < PARTS; k++) {
    if (settle_rows(p, k)) return 1;
    if (p->tied[k].count > p->tied[k].settled && settle(p, k, &with_slots)) return 1;
  }
  return 0;
}
static inline void tally(Head *q, const u32 rows[3]) {
  for (int f = 0; f < 3; f++) q->rows[f] += rows[f];
}
// Whether what stands beside a head, by its sum, is not what stood there the last time.
static inline int stands_anew(Head *h, u64 sum, u32 more) {
  if (h->beside[0] == (u32)sum && h->beside[1] == (u32)(sum >> 32) && h->beside[2] == more) return 0;
  h->beside[0] = (u32)sum, h->beside[1] = (u32)(sum >> 32), h->beside[2] = more;
  return 1;
}
Persons *persons_new(void) { return calloc(1, sizeof(Persons)); }
// Forget all but rows without identifier.
void persons_empty(Persons *p) {
  for (int k = 0; k < PARTS; k++) table_free(&p->heads[k]), table_free(&p->tied[k]), table_free(&p->alone[k]);
  arena_free(&p->arena);
  pairs_free(&p->ties), ties_free(&p->mates);
  memset(p->heading, 0, sizeof p->heading), memset(p->tying, 0, sizeof p->tying);
  wiped(p->slots, p->lent * sizeof *p->slots), p->slots = NULL, p->lent = 0;
}
void persons_free(Persons *p) {
  persons_empty(p);
  free(p);
}
// Whether anything is held.
int persons_held(const Persons *p) {
  for (int k = 0; k < PARTS; k++)
    if (p->heads[k].count | p->alone[k].count) return 1;
  return 0;
}
// What is held, with room for the heads that rows of one identifier may turn out to be.
u64 persons_memory(const Persons *p) {
  enum { HEAD = sizeof(Head) + 2 * sizeof(u32) };
  u64 n = p->ties.size * sizeof *p->ties.of + p->mates.size * sizeof(Tie) + p->lent * sizeof *p->slots;
  for (int k = 0; k < PARTS; k++) {
    n += p->heads[k].count * sizeof(Head) + (u64)p->heads[k].size * sizeof(u32) + p->tied[k].count * sizeof(Tied);
    n += p->alone[k].room * sizeof(Row) + (u64)p->alone[k].count * HEAD;
  }
  return n;
}
void persons_loose(const Persons *p, u64 *out) { memcpy(out, p->loose, 24); }
void persons_add_loose(Persons *p, const u64 *more) {
  for (int f = 0; f < 3; f++) p->loose[f] += more[f];
}

#endif
