// Scan: a count of persons beyond memory. The graph is put down in parts by eight bits of the digests and taken up part by part.
// What binds nobody (an identifier beside one head only, a head that nothing else touches) is counted where it stands; only what binds
// comes into memory together. The rule is that of scan_persons.h, and so are the numbers.
#ifndef FEIYU_SCAN_SPILL_H
#define FEIYU_SCAN_SPILL_H

#include <unistd.h>

#include "scan_graph.h"

enum { KINDS = 3, SECTIONS = KINDS * PARTS, BUFFERED = 1 << 15 };
typedef struct {
  u64 lo, hi;
  u32 rows[3];
  u16 order, pad;
} SpilledNode;
// Where a spill, or a run, stands in a file: records of 32 bytes from byte `start` on. `at` counts them up to the nodes, ties and mates of each
// part in turn, then to the end. A mate stands with the lesser of the two first. `orders` says what its places mean here; NULL where they are ours.
typedef struct {
  int32_t fd;
  u32 order_count;
  u64 start;
  const u16 *orders;
  u64 at[SECTIONS + 1];
} Spill;

typedef struct {
  int fd, bad;
  u64 count, written;
  u8 *bytes;
} Out;
static void put(Out *o, const void *record) {
  if (o->count == BUFFERED || !record) {
    u64 size = o->count * 32, done = 0;
    while (done < size && !o->bad) {
      ssize_t k = write(o->fd, o->bytes + done, size - done);
      if (k <= 0) o->bad = 5;
      else done += (u64)k;
    }
    o->written += o->count, o->count = 0;
  }
  if (record) memcpy(o->bytes + 32 * o->count++, record, 32);
}
static void out_free(Out *o) { wiped(o->bytes, 32 * BUFFERED); }
static int out_begin(Out *o, int fd, u64 start, Spill *index) {
  *o = (Out){fd, 0, 0, 0, malloc(32 * BUFFERED)};
  memset(index, 0, sizeof *index);
  index->fd = fd, index->start = start;
  return !o->bytes;
}

// The pairs in the order of their parts; `first[q]` is where part q begins. NULL without memory.
static Tie *by_part(const Ties *q, u64 *first) {
  Tie *out = malloc((q->count + 1) * sizeof *out);
  u64 at[PARTS];
  memset(first, 0, (PARTS + 1) * 8);
  if (!out) return NULL;
  EACH_TIE(t, q) first[part_of(t->lo) + 1]++;
  for (int k = 0; k < PARTS; k++) first[k + 1] += first[k];
  memcpy(at, first, sizeof at);
  EACH_TIE(t, q) out[at[part_of(t->lo)]++] = *t;
  return out;
}

// Put the graph down in a file, from byte `start` on, and empty it; its rows without identifier stay. 0 is done, 1 no memory, 5 no room on disk.
int persons_spill(Persons *p, int fd, u64 start, Spill *index) {
  u64 tied[PARTS + 1], mated[PARTS + 1], loose[3];
  if (settle_all(p)) return 1;
  Tie *ties = by_part(&p->ties, tied), *mates = by_part(&p->mates, mated);
  Out o;
  int bad = out_begin(&o, fd, start, index) || !ties || !mates;
  for (int q = 0; q < PARTS && !bad && !o.bad; q++) {
    const Part *part = &p->parts[q];
    index->at[KINDS * q] = o.written + o.count;
    for (u64 i = 0; i < part->count; i++) {
      const Node *a = node_at(part, i);
      put(&o, &(SpilledNode){a->lo, a->hi, {a->rows[0], a->rows[1], a->rows[2]}, a->order, 0});
    }
    index->at[KINDS * q + 1] = o.written + o.count;
    for (u64 i = 0; i < part->count; i++) {
      const Node *a = node_at(part, i);
      if (a->tied) put(&o, &(Tie){a->lo, a->hi, a->head_lo, a->head_hi});
    }
    for (u64 i = tied[q]; i < tied[q + 1]; i++) put(&o, &ties[i]);
    index->at[KINDS * q + 2] = o.written + o.count;
    for (u64 i = mated[q]; i < mated[q + 1]; i++) put(&o, &mates[i]);
  }
  if (!bad) {
    index->at[SECTIONS] = o.written + o.count;
    put(&o, NULL);
    bad = o.bad;
  }
  if (!bad) {
    memcpy(loose, p->loose, sizeof loose);
    persons_empty(p);
    memcpy(p->loose, loose, sizeof loose);
  }
  free(ties), free(mates), out_free(&o);
  return bad;
}

typedef struct {
  int count;
  const Spill *spills;
  u8 *bytes;
} Spills;
// Call `each` with every record of one section of all spills. A record of another part, or of a type beyond the list, is 4: a file may lie.
static int sections(const Spills *s, int section, int (*each)(void *, const void *), void *with) {
  int bad = 0;
  for (int f = 0; f < s->count && !bad; f++) {
    const Spill *q = &s->spills[f];
    for (u64 at = q->at[section], end = q->at[section + 1]; at < end && !bad;) {
      u64 size = (end - at < BUFFERED ? end - at : BUFFERED) * 32, done = 0;
      while (done < size && !bad) {
        ssize_t k = pread(q->fd, s->bytes + done, size - done, (off_t)(q->start + at * 32 + done));
        if (k <= 0) bad = 5;
        else done += (u64)k;
      }
      for (u64 i = 0; i < size && !bad; i += 32) {
        SpilledNode r;
        memcpy(&r, s->bytes + i, 32);
        if (r.lo >> 56 != (u64)(section / KINDS)) bad = 4;
        else if (section % KINDS == 0) {
          if (q->orders && r.order < q->order_count) r.order = q->orders[r.order];
          else if (q->orders) bad = 4;
          if (r.order >= ORDERS) bad = 4;
          if (!bad) bad = each(with, &r);
        } else bad = each(with, s->bytes + i);
      }
      at += size / 32;
    }
  }
  return bad;
}
// One part in memory.
typedef struct {
  Arena arena;
  Part part;
  Ties ties;
} Loaded;
static int take_node(void *part, const void *record) {
  SpilledNode r;
  memcpy(&r, record, 32);
  Node *q = node_of(part, r.lo, r.hi, r.order);
  if (q) tally(q, r.rows);
  return !q;
}
static int take_tie(void *with, const void *record) {
  Loaded *w = with;
  Tie t;
  memcpy(&t, record, 32);
  Node *q = find(&w->part, t.lo, t.hi, NULL);
  return q ? tie(&w->ties, q, t.other_lo, t.other_hi) : 4;
}
static int take_mate(void *mates, const void *record) {
  Tie t;
  memcpy(&t, record, 32);
  return ties_add(mates, &t);
}
static int part_there(const Spills *s, int part) {
  for (int f = 0; f < s->count; f++)
    if (s->spills[f].at[KINDS * part] < s->spills[f].at[KINDS * part + 2]) return 1;
  return 0;
}
static int part_load(const Spills *s, int part, Loaded *w) {
  *w = (Loaded){0};
  w->part.arena = &w->arena;
  int bad = sections(s, KINDS * part, take_node, &w->part);
  return bad ? bad : sections(s, KINDS * part + 1, take_tie, w);
}
static void part_free(Loaded *w) {
  part_empty(&w->part);
  arena_reset(&w->arena);
  ties_free(&w->ties);
}
// Heads of one part that others bind were counted for themselves: take that back, and give what they head to the bound.
static int part_claim(const Loaded *w, int part, Bound *bound, u64 *out) {
  int bad = 0;
  for (u64 i = 0, n = bound->part.count; i < n && !bad; i++) {
    const Node *a = node_at(&bound->part, i);
    if (a->order != UNKNOWN || (int)part_of(a->lo) != part) continue;
    const Node *q = find(&w->part, a->lo, a->hi, NULL);
    bad = q && q->tied ? 4 : claim(bound, q, out);  // only heads are stood beside
  }
  return bad;
}
// The count of all spills together; `loose` are the rows without identifier. As persons_counts. 4 is a file that lies, 5 one that cannot be read.
int persons_count_spills(const Spill *spills, int count, const u64 *loose, int weak_from, u64 *out) {
  Spills s = {count, spills, malloc(32 * BUFFERED)};
  Bound bound = {0};
  Ties mates = {0};
  Loaded w;
  u8 claimed[PARTS] = {0};
  int bad = !s.bytes;
  bound.part.arena = &bound.arena;
  memset(out, 0, (10 + ORDERS) * 8);
  for (int k = 0; k < PARTS && !bad; k++) {
    if (!part_there(&s, k)) continue;
    bad = part_load(&s, k, &w);
    if (!bad) bad = count_part(&w.part, &bound, out) || bind_ties(&bound, &w.ties);
    part_free(&w);
  }
  for (int k = 0; k < PARTS && !bad; k++) bad = sections(&s, KINDS * k + 2, take_mate, &mates);
  bad = bad ? bad : bind_mates(&bound, &mates);
  for (u64 i = 0; i < bound.part.count && !bad; i++) claimed[part_of(node_at(&bound.part, i)->lo)] |= node_at(&bound.part, i)->order == UNKNOWN;
  for (int k = 0; k < PARTS && !bad; k++) {
    if (!claimed[k]) continue;
    bad = part_load(&s, k, &w);
    if (!bad) bad = part_claim(&w, k, &bound, out);
    part_free(&w);
  }
  bad = bad ? bad : count_bound(&bound, weak_from, out);
  if (!bad) round_off(out, loose);
  bound_free(&bound), ties_free(&mates);
  wiped(s.bytes, 32 * BUFFERED);
  return bad;
}
void persons_loose(const Persons *p, u64 *out) { memcpy(out, p->loose, 24); }
void persons_add_loose(Persons *p, const u64 *more) {
  for (int f = 0; f < 3; f++) p->loose[f] += more[f];
}

// Take one spill into a graph.
static int in_node(void *p, const void *record) {
  u64 lo;
  memcpy(&lo, record, 8);
  return take_node(&((Persons *)p)->parts[part_of(lo)], record);
}
static Node *in_graph(const Persons *p, u64 lo, u64 hi) { return find(&p->parts[part_of(lo)], lo, hi, NULL); }
static int in_tie(void *p, const void *record) {
  Tie t;
  memcpy(&t, record, 32);
  Node *a = in_graph(p, t.lo, t.hi), *z = in_graph(p, t.other_lo, t.other_hi);
  return !a || !z || z->order >= a->order ? 4 : tie(&((Persons *)p)->ties, a, t.other_lo, t.other_hi);
}
static int in_mate(void *p, const void *record) {
  Tie t;
  memcpy(&t, record, 32);
  return in_graph(p, t.lo, t.hi) && in_graph(p, t.other_lo, t.other_hi) ? ties_add(&((Persons *)p)->mates, &t) : 4;
}
int persons_take_in(Persons *p, const Spill *spill) {
  Spills s = {1, spill, malloc(32 * BUFFERED)};
  int bad = !s.bytes || settle_all(p);
  int (*const each[KINDS])(void *, const void *) = {in_node, in_tie, in_mate};
  for (int kind = 0; kind < KINDS; kind++)
    for (int part = 0; part < PARTS && !bad; part++) bad = sections(&s, KINDS * part + kind, each[kind], p);
  wiped(s.bytes, 32 * BUFFERED);
  return bad;
}

// Records of one section of all spills, to be sorted in memory.
typedef struct {
  Tie *all;
  u64 count, room;
} Sorted;
static int keep(void *with, const void *record) {
  Sorted *q = with;
  if (q->count == q->room) {
    u64 room = q->room ? q->room * 2 : 1 << 10;
    Tie *more = realloc(q->all, room * 32);
    if (!more) return 1;
    q->all = more, q->room = room;
  }
  memcpy(&q->all[q->count++], record, 32);
  return 0;
}
static int by_numbers(const void *a, const void *b, int words) {
  u64 x[4], y[4];
  memcpy(x, a, 32), memcpy(y, b, 32);
  for (int i = 0; i < words; i++)
    if (x[i] != y[i]) return x[i] < y[i] ? -1 : 1;
  return 0;
}
static int by_digest(const void *a, const void *b) { return by_numbers(a, b, 2); }
static int by_pair(const void *a, const void *b) { return by_numbers(a, b, 4); }
// One section of all spills as one: sorted, identifiers with their rows added up, every tie and mate once.
static int merge(const Spills *s, int section, Sorted *q, Out *o) {
  int nodes = section % KINDS == 0, bad;
  q->count = 0;
  bad = sections(s, section, keep, q);
  if (bad) return bad;
  if (q->count) qsort(q->all, q->count, 32, nodes ? by_digest : by_pair);
  for (u64 i = 0; i < q->count;) {
    SpilledNode r;
    memcpy(&r, &q->all[i], 32);
    for (i++; i < q->count && !(nodes ? by_digest : by_pair)(&r, &q->all[i]); i++) {
      SpilledNode more;
      memcpy(&more, &q->all[i], 32);
      for (int f = 0; f < 3 && nodes; f++) r.rows[f] += more.rows[f];
    }
    put(o, &r);
  }
  return o->bad;
}
// Write all spills as one, sorted, so that the same rows give the same bytes however they came. As persons_spill.
int persons_merge(const Spill *spills, int count, int fd, u64 start, Spill *index) {
  Spills s = {count, spills, malloc(32 * BUFFERED)};
  Sorted q = {NULL, 0, 0};
  Out o;
  int bad = out_begin(&o, fd, start, index) || !s.bytes;
  for (int section = 0; section < SECTIONS && !bad; section++) {
    index->at[section] = o.written + o.count;
    bad = merge(&s, section, &q, &o);
  }
  if (!bad) {
    index->at[SECTIONS] = o.written + o.count;
    put(&o, NULL);
    bad = o.bad;
  }
  wiped(q.all, q.room * 32), wiped(s.bytes, 32 * BUFFERED), out_free(&o);
  return bad;
}

#endif
