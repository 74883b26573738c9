// Scan: a count of persons beyond memory. The graph is put down in parts by eight bits of the digests and taken up part by part.
// What binds nobody (an identifier beside one head only, a head that nothing else touches) is counted where it stands; only what binds
// comes into memory together. The rule is that of scan_persons.h, and so are the numbers.
#ifndef FEIYU_SCAN_SPILL_H
#define FEIYU_SCAN_SPILL_H

#include <unistd.h>

#include "scan_persons.h"

enum { PARTS = 256, KINDS = 3, SECTIONS = KINDS * PARTS, UNKNOWN = 0xFFFF, BUFFERED = 1 << 15 };
typedef struct {
  u64 lo, hi;
  u32 rows[3];
  u16 order, pad;
} SpilledNode;
typedef struct {
  u64 lo, hi, parent_lo, parent_hi;
} SpilledTie;
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
static void out_free(Out *o) {
  if (o->bytes) memset(o->bytes, 0, 32 * BUFFERED);
  free(o->bytes);
}
static int out_begin(Out *o, int fd, u64 start, Spill *index) {
  *o = (Out){fd, 0, 0, 0, malloc(32 * BUFFERED)};
  memset(index, 0, sizeof *index);
  index->fd = fd, index->start = start;
  return !o->bytes;
}

static SpilledTie tie_of(const Persons *p, u64 pair) {
  const Node *a = &p->nodes[pair >> 32], *z = &p->nodes[(u32)pair];
  return (SpilledTie){a->lo, a->hi, z->lo, z->hi};
}
static SpilledTie mate_of(const Persons *p, u64 pair) {
  SpilledTie r = tie_of(p, pair);
  return r.lo < r.parent_lo || (r.lo == r.parent_lo && r.hi < r.parent_hi) ? r : (SpilledTie){r.parent_lo, r.parent_hi, r.lo, r.hi};
}
// The pairs in the order of their parts; `first[q]` is where part q begins. NULL without memory.
static u64 *by_part(const Persons *p, const Pairs *q, SpilledTie (*record)(const Persons *, u64), u64 *first) {
  u64 *out = malloc((q->count + 1) * 8), at[PARTS];
  memset(first, 0, (PARTS + 1) * 8);
  if (!out) return NULL;
  for (u64 i = 0; i < q->size; i++)
    if (q->t[i] != ~0ULL) first[(record(p, q->t[i]).lo >> 56) + 1]++;
  for (int k = 0; k < PARTS; k++) first[k + 1] += first[k];
  memcpy(at, first, sizeof at);
  for (u64 i = 0; i < q->size; i++)
    if (q->t[i] != ~0ULL) out[at[record(p, q->t[i]).lo >> 56]++] = q->t[i];
  return out;
}

// Put the graph down in a file, from byte `start` on, and empty it; its rows without identifier stay. 0 is done, 1 no memory, 5 no room on disk.
int persons_spill(Persons *p, int fd, u64 start, Spill *index) {
  u64 n = p->count, first[PARTS + 1] = {0}, tied[PARTS + 1], mated[PARTS + 1], at[PARTS];
  u32 *line = malloc((n + 1) * 4);
  u64 *ties = by_part(p, &p->ties, tie_of, tied), *mates = by_part(p, &p->mates, mate_of, mated);
  Out o;
  int bad = out_begin(&o, fd, start, index) || !line || !ties || !mates;
  if (!bad) {
    for (u64 i = 0; i < n; i++) first[(p->nodes[i].lo >> 56) + 1]++;
    for (int q = 0; q < PARTS; q++) first[q + 1] += first[q];
    memcpy(at, first, sizeof at);
    for (u64 i = 0; i < n; i++) line[at[p->nodes[i].lo >> 56]++] = (u32)i;
    for (int q = 0; q < PARTS && !o.bad; q++) {
      index->at[KINDS * q] = o.written + o.count;
      for (u64 k = first[q]; k < first[q + 1]; k++) {
        const Node *a = &p->nodes[line[k]];
        SpilledNode r = {a->lo, a->hi, {0, 0, 0}, a->order, 0};
        if (a->head) memcpy(r.rows, p->heads[a->head - 1].rows, 12);
        put(&o, &r);
      }
      index->at[KINDS * q + 1] = o.written + o.count;
      for (u64 k = first[q]; k < first[q + 1]; k++) {
        SpilledTie r;
        if (p->nodes[line[k]].parent != NONE) r = tie_of(p, (u64)line[k] << 32 | p->nodes[line[k]].parent), put(&o, &r);
      }
      for (u64 k = tied[q]; k < tied[q + 1]; k++) {
        SpilledTie r = tie_of(p, ties[k]);
        put(&o, &r);
      }
      index->at[KINDS * q + 2] = o.written + o.count;
      for (u64 k = mated[q]; k < mated[q + 1]; k++) {
        SpilledTie r = mate_of(p, mates[k]);
        put(&o, &r);
      }
    }
    index->at[SECTIONS] = o.written + o.count;
    put(&o, NULL);
    bad = o.bad;
  }
  if (!bad) {
    memset(p->slots, 0, p->size * 8);
    memset(p->nodes, 0, n * sizeof(Node));
    p->count = p->head_count = 0;
    free(p->ties.t), free(p->mates.t);
    memset(&p->ties, 0, sizeof p->ties), memset(&p->mates, 0, sizeof p->mates);
  }
  free(line), free(ties), free(mates), out_free(&o);
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
// One part in memory: its nodes, whose parents are places among `parents`.
typedef struct {
  Persons *nodes, *parents, *bound;
} Part;
static int take_node(void *with, const void *record) {
  Persons *p = ((Part *)with)->nodes;
  SpilledNode r;
  memcpy(&r, record, 32);
  u32 i = person(p, r.lo, r.hi, r.order);
  return i == NONE || ((r.rows[0] | r.rows[1] | r.rows[2]) && tally(p, i, r.rows));
}
static int take_tie(void *with, const void *record) {
  Part *w = with;
  SpilledTie r;
  memcpy(&r, record, 32);
  u32 i = find(w->nodes, r.lo, r.hi), z = person(w->parents, r.parent_lo, r.parent_hi, UNKNOWN);
  return i == NONE ? 4 : z == NONE || tie(w->nodes, i, z);
}
static u32 bound_node(Persons *bound, u64 lo, u64 hi, int order) {
  u32 i = person(bound, lo, hi, order);
  if (i != NONE && order != UNKNOWN) bound->nodes[i].order = (u16)order;
  return i;
}
static int take_mate(void *with, const void *record) {
  Persons *p = ((Part *)with)->bound;
  SpilledTie r;
  memcpy(&r, record, 32);
  u32 a = bound_node(p, r.lo, r.hi, UNKNOWN), z = bound_node(p, r.parent_lo, r.parent_hi, UNKNOWN);
  return a == NONE || z == NONE || pairs_add(&p->mates, a < z ? (u64)a << 32 | z : (u64)z << 32 | a);
}
static int bind(Part *w, u64 i, u32 parent) {
  const Node *q = &w->nodes->nodes[i], *z = &w->parents->nodes[parent];
  u32 a = bound_node(w->bound, q->lo, q->hi, q->order), b = bound_node(w->bound, z->lo, z->hi, UNKNOWN);
  return a == NONE || b == NONE || tie(w->bound, a, b);
}
static int part_there(const Spills *s, int part) {
  for (int f = 0; f < s->count; f++)
    if (s->spills[f].at[KINDS * part] < s->spills[f].at[KINDS * part + 2]) return 1;
  return 0;
}
static int part_load(const Spills *s, int part, Part *w) {
  w->nodes = persons_new(), w->parents = persons_new();
  int bad = !w->nodes || !w->parents;
  if (!bad) bad = sections(s, KINDS * part, take_node, w);
  return bad ? bad : sections(s, KINDS * part + 1, take_tie, w);
}
static void part_free(Part *w) {
  if (w->nodes) persons_free(w->nodes);
  if (w->parents) persons_free(w->parents);
  w->nodes = w->parents = NULL;
}
// Count one part: what binds goes to `bound`, all else into `out` at once.
static int part_count(Part *w, u64 *out) {
  const Persons *p = w->nodes;
  u8 *several = calloc(p->count / 8 + 1, 1);
  int bad = !several;
  for (u64 i = 0; i < p->ties.size && !bad; i++)
    if (p->ties.t[i] != ~0ULL) {
      mark_bit(several, p->ties.t[i] >> 32);
      bad = bind(w, p->ties.t[i] >> 32, (u32)p->ties.t[i]);
    }
  for (u64 i = 0; i < p->count && !bad; i++) {
    const Node *q = &p->nodes[i];
    out[10 + q->order]++;
    if (q->parent == NONE) {
      out[9]++;
      for (int f = 0; f < 3; f++)
        if (flagged(p, i, f)) out[3 * f]++, out[3 * f + 1]++, out[3 * f + 2]++;
    } else if (q->head || bit(several, i)) {
      bad = bind(w, i, q->parent);
      if (!bad && q->head) {
        u32 a = bound_node(w->bound, q->lo, q->hi, q->order);
        bad = a == NONE || tally(w->bound, a, p->heads[q->head - 1].rows);
      }
    }
  }
  free(several);
  return bad;
}
// Heads that others bind were counted for themselves: take that back, and give what they head to the graph.
static int part_claim(Part *w, u64 *out) {
  const Persons *p = w->nodes;
  Persons *bound = w->bound;
  for (u64 i = 0; i < p->count; i++) {
    u32 a = find(bound, p->nodes[i].lo, p->nodes[i].hi);
    if (a == NONE || bound->nodes[a].order != UNKNOWN) continue;
    if (p->nodes[i].parent != NONE) return 4;  // only heads are stood beside
    bound->nodes[a].order = p->nodes[i].order;
    out[9]--;
    for (int f = 0; f < 3; f++)
      if (flagged(p, i, f)) out[3 * f]--, out[3 * f + 1]--, out[3 * f + 2]--;
    if (p->nodes[i].head && tally(bound, a, p->heads[p->nodes[i].head - 1].rows)) return 1;
  }
  return 0;
}
// Whether everything bound was found, and stands beside surer ones only: what lies about that would be counted wrongly.
static int bound_whole(const Persons *p) {
  for (u64 i = 0; i < p->count; i++) {
    const Node *q = &p->nodes[i];
    if (q->order == UNKNOWN || (q->parent != NONE && p->nodes[q->parent].order >= q->order)) return 4;
  }
  for (u64 i = 0; i < p->ties.size; i++)
    if (p->ties.t[i] != ~0ULL && p->nodes[(u32)p->ties.t[i]].order >= p->nodes[p->ties.t[i] >> 32].order) return 4;
  return 0;
}
// The count of all spills together; `loose` are the rows without identifier. As persons_counts. 4 is a file that lies, 5 one that cannot be read.
int persons_count_spills(const Spill *spills, int count, const u64 *loose, int weak_from, u64 *out) {
  Spills s = {count, spills, malloc(32 * BUFFERED)};
  Part w = {NULL, NULL, persons_new()};
  int bad = !s.bytes || !w.bound;
  memset(out, 0, (10 + ORDERS) * 8);
  for (int part = 0; part < PARTS && !bad; part++) {
    if (!part_there(&s, part)) continue;
    bad = part_load(&s, part, &w);
    if (!bad) bad = part_count(&w, out);
    part_free(&w);
  }
  for (int part = 0; part < PARTS && !bad; part++) bad = sections(&s, KINDS * part + 2, take_mate, &w);
  for (int part = 0; part < PARTS && !bad && w.bound->count; part++) {
    if (!part_there(&s, part)) continue;
    bad = part_load(&s, part, &w);
    if (!bad) bad = part_claim(&w, out);
    part_free(&w);
  }
  if (!bad) bad = bound_whole(w.bound);
  if (!bad && w.bound->count) {
    u64 more[10] = {0};
    bad = bound_counts(w.bound, weak_from, more);
    for (int i = 0; i < 10; i++) out[i] += more[i];
  }
  if (!bad) round_off(out, loose);
  if (w.bound) persons_free(w.bound);
  if (s.bytes) memset(s.bytes, 0, 32 * BUFFERED);
  free(s.bytes);
  return bad;
}
void persons_loose(const Persons *p, u64 *out) { memcpy(out, p->loose, 24); }
void persons_add_loose(Persons *p, const u64 *more) {
  for (int f = 0; f < 3; f++) p->loose[f] += more[f];
}

// Take one spill into a graph.
static int in_node(void *p, const void *record) { return take_node(&(Part){p, NULL, NULL}, record); }
static int in_tie(void *p, const void *record) {
  SpilledTie r;
  memcpy(&r, record, 32);
  u32 a = find(p, r.lo, r.hi), z = find(p, r.parent_lo, r.parent_hi);
  if (a == NONE || z == NONE || ((Persons *)p)->nodes[z].order >= ((Persons *)p)->nodes[a].order) return 4;
  return tie(p, a, z);
}
static int in_mate(void *p, const void *record) {
  SpilledTie r;
  memcpy(&r, record, 32);
  u32 a = find(p, r.lo, r.hi), z = find(p, r.parent_lo, r.parent_hi);
  return a == NONE || z == NONE ? 4 : pairs_add(&((Persons *)p)->mates, a < z ? (u64)a << 32 | z : (u64)z << 32 | a);
}
int persons_take_in(Persons *p, const Spill *spill) {
  Spills s = {1, spill, malloc(32 * BUFFERED)};
  int bad = !s.bytes;
  int (*const each[KINDS])(void *, const void *) = {in_node, in_tie, in_mate};
  for (int kind = 0; kind < KINDS; kind++)
    for (int part = 0; part < PARTS && !bad; part++) bad = sections(&s, KINDS * part + kind, each[kind], p);
  if (s.bytes) memset(s.bytes, 0, 32 * BUFFERED);
  free(s.bytes);
  return bad;
}

// Records of one section of all spills, to be sorted in memory.
typedef struct {
  SpilledTie *all;
  u64 count, room;
} Sorted;
static int keep(void *with, const void *record) {
  Sorted *q = with;
  if (q->count == q->room) {
    u64 room = q->room ? q->room * 2 : 1 << 10;
    SpilledTie *more = realloc(q->all, room * 32);
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
  if (q.all) memset(q.all, 0, q.room * 32);
  if (s.bytes) memset(s.bytes, 0, 32 * BUFFERED);
  free(q.all), free(s.bytes), out_free(&o);
  return bad;
}

#endif
