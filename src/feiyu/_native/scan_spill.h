// Scan: a count of persons beyond memory. A graph is put down in the order of its digests, in parts by eight bits of them; what was put down is read
// side by side, so that neither counting nor uniting holds more than what binds persons to each other. Twin of feiyu/scan/links.py and runs.py.
#ifndef FEIYU_SCAN_SPILL_H
#define FEIYU_SCAN_SPILL_H

#include <unistd.h>

#include "scan_count.h"

enum { HEADS, TIES, MATES, KINDS, SECTIONS = KINDS * PARTS, BUFFERED = 1 << 15, AT_ONCE = 1 << 9, KEPT = 1 << 16 };
#define WITHIN 0xFFFFFFFFFFFFFFULL  // of a digest's first number, what its part does not say
typedef struct {
  u64 lo, hi;
  u32 rows[3];
  u16 order, pad;
} SpilledNode;
// Where a spill, or a run, stands in a file: records of 32 bytes from byte `start` on. `at` counts them up to the heads, ties and mates of each
// part in turn, then to the end. A tie has the place of its type where the part of its digest would stand; a mate stands with the lesser of the two
// first. `orders` says what places mean here; NULL where they are ours.
typedef struct {
  int32_t fd;
  u32 order_count;
  u64 start;
  const u16 *orders;
  u64 at[SECTIONS + 1];
} Spill;

// --- writing ---
typedef struct {
  int fd, bad;
  u64 start, count, written;
  u8 *bytes;
} Out;
static void put(Out *o, const void *record) {
  if (o->count == BUFFERED || !record) {
    u64 size = o->count * 32, done = 0;
    while (done < size && !o->bad) {
      ssize_t k = pwrite(o->fd, o->bytes + done, size - done, (off_t)(o->start + 32 * o->written + done));
      if (k <= 0) o->bad = 5;
      else done += (u64)k;
    }
    o->written += o->count, o->count = 0;
  }
  if (record) memcpy(o->bytes + 32 * o->count++, record, 32);
}
static int out_begin(Out *o, int fd, u64 start, Spill *index) {
  *o = (Out){fd, 0, start, 0, 0, malloc(32 * BUFFERED)};
  memset(index, 0, sizeof *index);
  index->fd = fd, index->start = start;
  return !o->bytes;
}
static void out_section(Out *o, Spill *index, int section) { index->at[section] = o->written + o->count; }
static int out_end(Out *o, Spill *index, int section, int bad) {
  if (!bad) out_section(o, index, section), put(o, NULL);
  wiped(o->bytes, 32 * BUFFERED);
  return bad ? bad : o->bad;
}

static int by_pair(const void *a, const void *b) {
  const u64 *x = a, *y = b;
  for (int i = 0; i < 4; i++)
    if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
  return 0;
}
// Pairs of digests in their order, a last one behind them that is above all.
static void in_pair_order(Tie *t, u64 count) {
  qsort(t, count, sizeof *t, by_pair);
  t[count] = (Tie){~0ULL, ~0ULL, ~0ULL, ~0ULL};
}
// What is tied to several heads with each but its first, and heads of one row; NULL without memory.
static Tie *ties_in_order(const Persons *p) {
  Tie *out = malloc((p->ties.count + 1) * sizeof *out), *to = out;
  if (!out) return NULL;
  EACH_PAIR(pair, &p->ties) {
    const Tied *t = tied_of(p, pair);
    Digest head = name_of(p, head_in(pair));
    *to++ = (Tie){t->lo, t->hi, head.lo, head.hi};
  }
  in_pair_order(out, p->ties.count);
  return out;
}
static Tie *mates_in_order(const Persons *p) {
  Tie *out = malloc((p->mates.count + 1) * sizeof *out), *to = out;
  if (!out) return NULL;
  EACH_TIE(t, &p->mates) *to++ = *t;
  in_pair_order(out, p->mates.count);
  return out;
}
static void put_tie(Out *o, Tie t, u16 order) {
  t.lo = (t.lo & WITHIN) | (u64)order << 56;
  put(o, &t);
}
// The heads of a part, given their order.
static void put_heads(const Table *heads, const u32 *line, Out *o) {
  for (u32 i = 0; i < heads->count; i++) {
    const Head *h = head_at(heads, line[i]);
    put(o, &(SpilledNode){h->lo, h->hi, {h->rows[0], h->rows[1], h->rows[2]}, h->order, 0});
  }
}
// The ties of a part, given the order of its tied and, in their order, those of all parts to further heads.
static const Tie *put_ties(const Persons *p, const Table *tied, const u32 *line, const Tie *more, Out *o) {
  for (u32 i = 0; i < tied->count; i++) {
    const Tied *t = tied_at(tied, line[i]);
    if (i + AHEAD < tied->count) {
      __builtin_prefetch(named(p, tied_at(tied, line[i + AHEAD])->head));
    }
    Digest head = name_of(p, t->head);
    int first = 1;
    for (; more->lo == t->lo && more->hi == t->hi; more++) {
      if (first && less(head.lo, head.hi, more->other_lo, more->other_hi)) put_tie(o, (Tie){t->lo, t->hi, head.lo, head.hi}, t->order), first = 0;
      put_tie(o, *more, t->order);
    }
    if (first) put_tie(o, (Tie){t->lo, t->hi, head.lo, head.hi}, t->order);
  }
  return more;
}
// Write a graph in the form of a run, from byte `start` of a file on; sorted, so that the same rows give the same bytes however
// they came. 0 is done, 1 no memory, 5 no room on disk.
int persons_write(Persons *p, int fd, u64 start, Spill *index) {
  Out o;
  if (settle_all(p) || out_begin(&o, fd, start, index)) return 1;
  Tie *ties = ties_in_order(p), *mates = mates_in_order(p);
  const Tie *tie = ties, *mate = mates;
  int bad = !ties || !mates;
  for (u32 part = 0; part < PARTS && !bad && !o.bad; part++) {
    const Table *heads = &p->heads[part];
    Table with_slots, *tied = &with_slots;
    bad = settle(p, part, tied);
    u32 *head_line = bad ? NULL : in_order(heads, sizeof(Head)), *tied_line = bad ? NULL : in_order(tied, sizeof(Tied));
    bad = !head_line || !tied_line;
    out_section(&o, index, KINDS * (int)part);
    if (!bad) put_heads(heads, head_line, &o);
    out_section(&o, index, KINDS * (int)part + 1);
    if (!bad) tie = put_ties(p, tied, tied_line, tie, &o);
    out_section(&o, index, KINDS * (int)part + 2);
    for (const Tie *end = mates + p->mates.count; !bad && mate < end && part_of(mate->lo) == part; mate++) put(&o, mate);
    free(head_line), free(tied_line);
  }
  wiped(ties, p->ties.count * sizeof *ties), wiped(mates, p->mates.count * sizeof *mates);
  return out_end(&o, index, SECTIONS, bad);
}

// --- reading side by side ---
// One section of all spills in its order. A record of another part, out of order, or of a type beyond the list, is 4: a file may lie.
typedef struct {
  const Spill *of;
  u64 at, end, held, next;
  union {
    SpilledNode node;
    Tie tie;
  } now;
  u16 order;
  u8 *bytes;
} Reader;
// Where there is a `kept`, the first KEPT pairs of a section are held to be put down; `given` says how many there were.
typedef struct {
  Reader *readers, **heap;
  int count, size, section, bad;
  Tie *kept;
  u8 *types;
  u64 given;
} Merge;
static int merge_new(Merge *m, const Spill *spills, int count) {
  *m = (Merge){calloc((size_t)count + 1, sizeof *m->readers), calloc((size_t)count + 1, sizeof *m->heap), count, 0, 0, 0, NULL, NULL, 0};
  for (int i = 0; i < count && m->readers; i++)
    if (!(m->readers[i].bytes = malloc(32 * AT_ONCE))) m->bad = 1;
    else m->readers[i].of = &spills[i];
  return m->bad = m->bad || !m->readers || !m->heap;
}
static void merge_free(Merge *m) {
  for (int i = 0; i < m->count && m->readers; i++) wiped(m->readers[i].bytes, 32 * AT_ONCE);
  room_free(m->kept, KEPT * sizeof *m->kept);
  free(m->types);
  free(m->readers), free(m->heap);
}
// Nearly all records differ in their first number, so that is asked first.
static inline int before(const Reader *a, const Reader *b) { return a->now.tie.lo != b->now.tie.lo ? a->now.tie.lo < b->now.tie.lo : by_pair(&a->now, &b->now) < 0; }
static __attribute__((noinline)) int reader_more(Merge *m, Reader *r) {
  u64 left = r->end - r->at, size = (left < AT_ONCE ? left : AT_ONCE) * 32, done = 0;
  if (!left || m->bad) return 0;
  while (done < size) {
    ssize_t k = pread(r->of->fd, r->bytes + done, size - done, (off_t)(r->of->start + r->at * 32 + done));
    if (k <= 0) {
      m->bad = 5;
      return 0;
    }
    done += (u64)k;
  }
  r->at += size / 32, r->held = size / 32, r->next = 0;
  return 1;
}
// What type a place means here; 1 where it is beyond the list.
static inline int reader_type(Reader *r, u16 place) {
  int bad = r->of->orders && place >= r->of->order_count;
  r->order = bad ? UNKNOWN : r->of->orders ? r->of->orders[place] : place;
  return r->order >= ORDERS;
}
// The next record of a reader: 1 where there is one.
static inline int reader_next(Merge *m, Reader *r) {
  if (r->next == r->held && !reader_more(m, r)) return 0;
  Tie last = r->now.tie;
  memcpy(&r->now, r->bytes + 32 * r->next++, 32);
  const int first = !(last.lo | last.hi), kind = m->section % KINDS;
  u64 part = (u64)(m->section / KINDS);
  int bad = 0;
  if (kind == TIES) {
    bad |= reader_type(r, (u16)(r->now.tie.lo >> 56));
    r->now.tie.lo = (r->now.tie.lo & WITHIN) | part << 56;
  }
  bad |= part_of(r->now.tie.lo) != part;
  if (kind == HEADS) {
    SpilledNode *q = &r->now.node;
    bad |= (!first && !less(last.lo, last.hi, q->lo, q->hi)) || !q->rows[0] || reader_type(r, q->order);
    q->order = r->order;
  } else bad |= !first && last.lo >= r->now.tie.lo && by_pair(&last, &r->now) >= 0;
  if (kind == MATES) r->order = 0;
  if (bad) m->bad = 4;
  return !bad;
}
static inline void sift(Merge *m, int i) {
  Reader *r = m->heap[i];
  for (int k; (k = 2 * i + 1) < m->size; i = k) {
    if (k + 1 < m->size && before(m->heap[k + 1], m->heap[k])) k++;
    if (!before(m->heap[k], r)) break;
    m->heap[i] = m->heap[k];
  }
  m->heap[i] = r;
}
static void merge_section(Merge *m, int section) {
  m->section = section, m->size = 0, m->given = 0;
  for (int i = 0; i < m->count; i++) {
    Reader *r = &m->readers[i];
    r->at = r->of->at[section], r->end = r->of->at[section + 1], r->held = r->next = 0;
    memset(&r->now, 0, sizeof r->now);
    if (reader_next(m, r)) m->heap[m->size++] = r;
  }
  for (int i = m->size / 2; i--;) sift(m, i);
}
static inline void merge_step(Merge *m) {
  if (!reader_next(m, m->heap[0])) m->heap[0] = m->heap[--m->size];
  if (m->size) sift(m, 0);
}
// The next head, with the rows of all spills; 0 where there is none, or `bad` says why.
static int next_node(Merge *m, SpilledNode *q) {
  if (!m->size || m->bad) return 0;
  *q = m->heap[0]->now.node;
  for (merge_step(m); m->size && m->heap[0]->now.node.lo == q->lo && m->heap[0]->now.node.hi == q->hi; merge_step(m)) {
    const SpilledNode *more = &m->heap[0]->now.node;
    for (int f = 0; f < 3; f++) q->rows[f] += more->rows[f];
    if (more->order != q->order) m->bad = 4;
  }
  return !m->bad;
}
// The next pair, once; of a tie `order` is the type of what is tied.
static int next_tie(Merge *m, Tie *t, u16 *order) {
  if (!m->size || m->bad) return 0;
  *t = m->heap[0]->now.tie, *order = m->heap[0]->order;
  for (merge_step(m); m->size && !memcmp(&m->heap[0]->now, t, sizeof *t); merge_step(m))
    if (m->heap[0]->order != *order) m->bad = 4;
  if (m->kept && m->given++ < KEPT) m->kept[m->given - 1] = *t, m->types[m->given - 1] = (u8)*order;
  return !m->bad;
}

// --- counting ---
// A tie that was read and is not yet counted, if there is one: `more`.
typedef struct {
  Merge *from;
  Tie now;
  u16 order;
  int more;
} Ahead;
static void tie_next(Ahead *a) { a->more = next_tie(a->from, &a->now, &a->order); }
// One identifier with its ties; `q` is NULL where it heads no row. 4 is one that is of two types.
static int count_one(Bound *b, const SpilledNode *q, Ahead *a) {
  Digest own = q ? (Digest){q->lo, q->hi} : (Digest){a->now.lo, a->now.hi}, first = {a->now.other_lo, a->now.other_hi};
  u16 order = q ? q->order : a->order;
  b->out[10 + order]++;
  if (!a->more || a->now.lo != own.lo || a->now.hi != own.hi) {
    count_alone(b->out, q->rows, 1);
    return 0;
  }
  if (q && (bind_known(b, own, order, q->rows) || bind_parent(b, own, first, order))) return 1;
  int bad = a->order == order ? 0 : 4;
  for (tie_next(a); !bad && a->more && a->now.lo == own.lo && a->now.hi == own.hi; tie_next(a)) {
    Digest further = {a->now.other_lo, a->now.other_hi};
    bad = a->order != order ? 4 : q ? bind_parent(b, own, further, order) : bind_edge(b, first, further, order);
  }
  return bad;
}
// Put down the ties of a part that were just counted; more than are kept are read once more.
static int put_counted(Out *o, Merge *ties) {
  Tie t;
  u16 order;
  if (ties->given <= KEPT)
    for (u64 i = 0; i < ties->given; i++) put_tie(o, ties->kept[i], ties->types[i]);
  else
    for (merge_section(ties, ties->section); next_tie(ties, &t, &order);) put_tie(o, t, order);
  return ties->bad;
}
// Count a part, and put it down where there is an `o`.
static int count_part(Bound *b, Merge *nodes, Merge *ties, int part, Out *o, Spill *index) {
  SpilledNode q;
  Ahead a = {.from = ties};
  int bad = 0;
  merge_section(nodes, KINDS * part + HEADS), merge_section(ties, KINDS * part + TIES);
  tie_next(&a);
  if (o) out_section(o, index, KINDS * part + HEADS);
  while (!bad && next_node(nodes, &q)) {
    if (o) put(o, &q);
    while (!bad && a.more && less(a.now.lo, a.now.hi, q.lo, q.hi)) bad = count_one(b, NULL, &a);
    bad = bad ? bad : count_one(b, &q, &a);
  }
  while (!bad && a.more) bad = count_one(b, NULL, &a);
  bad = bad ? bad : nodes->bad ? nodes->bad : ties->bad;
  if (o) out_section(o, index, KINDS * part + TIES);
  if (o && !bad) bad = put_counted(o, ties);
  if (o) out_section(o, index, KINDS * part + MATES);
  merge_section(ties, KINDS * part + MATES);
  for (tie_next(&a); !bad && a.more; tie_next(&a)) {
    if (o) put(o, &a.now);
    bad = bind_edge(b, (Digest){a.now.lo, a.now.hi}, (Digest){a.now.other_lo, a.now.other_hi}, UNKNOWN);
  }
  return bad ? bad : ties->bad ? ties->bad : o ? o->bad : 0;
}
// What is bound but stands beside none was counted alone: take that back.
static int claim_part(Bound *b, Merge *nodes, u32 part) {
  const Table *heads = &b->heads[part];
  SpilledNode q = {0};
  int there = 1, bad = 0;
  u32 *line = in_order(heads, sizeof(Head));
  merge_section(nodes, KINDS * (int)part + HEADS);
  for (u32 i = 0; line && i < heads->count && !bad; i++) {
    Head *h = head_at(heads, line[i]);
    if (h->known) continue;
    while (there && less(q.lo, q.hi, h->lo, h->hi)) there = next_node(nodes, &q);
    bad = nodes->bad ? nodes->bad : !there || q.lo != h->lo || q.hi != h->hi ? 4 : 0;
    if (bad) break;
    count_alone(b->out, q.rows, -1);
    know(h, q.order, q.rows);
  }
  free(line);
  return line ? bad : 1;
}
// The count of all spills together, as persons_counts: parts are counted in ranges, each into a `Bound` of its own and as many at once as there are cores;
// then one takes in the others and resolves what is bound. 4 is a file that lies, 5 one that cannot be read.
Bound *bound_new(void) { return calloc(1, sizeof(Bound)); }
void bound_delete(Bound *b) {
  if (b) bound_free(b);
  free(b);
}
// The parts `from` to `to`. Where there is an `index` they are written on the way, as by persons_write; it counts from this range's first record.
int bound_count(Bound *b, const Spill *spills, int count, int from, int to, int fd, u64 start, Spill *index) {
  Merge nodes, ties;
  Out written, *o = index ? &written : NULL;
  int bad = merge_new(&nodes, spills, count) | merge_new(&ties, spills, count);
  if (o) bad |= out_begin(o, fd, start, index) | !(ties.kept = room_new(KEPT * sizeof *ties.kept)) | !(ties.types = malloc(KEPT));
  for (int k = from; k < to && !bad; k++) bad = count_part(b, &nodes, &ties, k, o, index);
  if (o) bad = out_end(o, index, KINDS * to, bad);
  merge_free(&nodes), merge_free(&ties);
  return b->arena.crowded ? 4 : bad;
}
int bound_take(Bound *b, const Bound *more) {
  int bad = 0;
  for (int i = 0; i < 10 + ORDERS; i++) b->out[i] += more->out[i];
  for (u32 k = 0; k < PARTS && !bad; k++)
    for (u32 i = 0; i < more->heads[k].count && !bad; i++) {
      const Head *from = head_at(&more->heads[k], i);
      Head *h = bind(b, (Digest){from->lo, from->hi}, from->least);
      bad = !h;
      if (h && from->known) know(h, from->order, from->rows);
    }
  EACH_TIE(t, &more->parents) bad |= ties_add(&b->parents, t);
  EACH_TIE(t, &more->edges) bad |= ties_add(&b->edges, t);
  return b->arena.crowded ? 4 : bad;
}
int bound_resolve(Bound *b, const Spill *spills, int count, const u64 *loose, int weak_from, u64 *out) {
  Merge nodes;
  int bad = merge_new(&nodes, spills, count);
  for (u32 k = 0; k < PARTS && !bad; k++) bad = claim_part(b, &nodes, k);
  merge_free(&nodes);
  bad = bad ? bad : count_bound(b, weak_from, loose);
  memcpy(out, b->out, sizeof b->out);
  return b->arena.crowded ? 4 : bad;
}

// Take one spill into a graph. A tie to what heads no row, or to one that is not surer, is 4.
static int take_heads(Persons *p, Merge *m, int part) {
  SpilledNode q;
  u32 name;
  for (merge_section(m, KINDS * part + HEADS); next_node(m, &q);) {
    Head *h = head_of(p, q.lo, q.hi, q.order, &name);
    if (!h) return 1;
    tally(h, q.rows);
  }
  return m->bad;
}
static int take_ties(Persons *p, Merge *m, int part) {
  Tie t;
  u16 order;
  for (merge_section(m, KINDS * part + TIES); next_tie(m, &t, &order);) {
    const Head *own = head_find(p->heads, t.lo, t.hi);
    u32 head = place_of(&p->heads[part_of(t.other_lo)], t.other_lo, t.other_hi, sizeof(Head)), name = name_at(t.other_lo, head);
    if ((own && own->order != order) || head == NOBODY || named(p, name)->order >= order) return 4;
    if (tie(p, t.lo, t.hi, order, name)) return 1;
  }
  for (merge_section(m, KINDS * part + MATES); !m->bad && next_tie(m, &t, &order);) {
    if (!head_find(p->heads, t.lo, t.hi) || !head_find(p->heads, t.other_lo, t.other_hi)) return 4;
    if (ties_add(&p->mates, &t)) return 1;
  }
  return m->bad;
}
int persons_take_in(Persons *p, const Spill *spill) {
  Merge m;
  int bad = merge_new(&m, spill, 1) | settle_all(p);
  for (int k = 0; k < PARTS && !bad; k++) bad = take_heads(p, &m, k);
  for (int k = 0; k < PARTS && !bad; k++) bad = take_ties(p, &m, k);
  if (!bad) bad = settle_all(p);
  merge_free(&m);
  return p->arena.crowded ? 4 : bad;
}

#endif
