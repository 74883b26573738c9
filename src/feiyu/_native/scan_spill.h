// Scan: a count of persons beyond memory. The graph is put down in parts by eight bits of the digests and taken up part by part.
// What binds nobody (an identifier beside one head only, a head that nothing else touches) is counted where it stands; only what binds
// comes into memory together. The rule is that of scan_persons.h, and so are the numbers.
#ifndef FEIYU_SCAN_SPILL_H
#define FEIYU_SCAN_SPILL_H

#include <unistd.h>

#include "scan_persons.h"

enum { PARTS = 256, UNKNOWN = 0xFFFF, BUFFERED = 1 << 15 };
typedef struct {
  u64 lo, hi;
  u32 rows[3];
  u16 order, pad;
} SpilledNode;
typedef struct {
  u64 lo, hi, parent_lo, parent_hi;
} SpilledTie;
// Where the parts of one spill begin, counted in records of 32 bytes: nodes and ties of each part in turn, then mates, then the end.
typedef struct {
  u64 at[2 * PARTS + 2];
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

// Put the graph down at the end of a file, where `base` records are already, and empty it; its rows without identifier stay. 0 is done, 1 no memory, 5 no room on disk.
int persons_spill(Persons *p, int fd, u64 base, Spill *out) {
  u64 n = p->count, first[PARTS + 1] = {0}, tied[PARTS + 1] = {0}, k = 0;
  u32 *line = malloc((n + 1) * 4);
  u64 *ties = malloc((p->ties.count + 1) * 8);
  Out o = {fd, 0, 0, base, malloc(32 * BUFFERED)};
  int bad = !line || !ties || !o.bytes;
  if (!bad) {
    for (u64 i = 0; i < n; i++) first[(p->nodes[i].lo >> 56) + 1]++;
    for (int q = 0; q < PARTS; q++) first[q + 1] += first[q];
    u64 at[PARTS];
    memcpy(at, first, sizeof at);
    for (u64 i = 0; i < n; i++) line[at[p->nodes[i].lo >> 56]++] = (u32)i;
    for (u64 i = 0; i < p->ties.size; i++)
      if (p->ties.t[i] != ~0ULL) tied[(p->nodes[p->ties.t[i] >> 32].lo >> 56) + 1]++;
    for (int q = 0; q < PARTS; q++) tied[q + 1] += tied[q];
    memcpy(at, tied, sizeof at);
    for (u64 i = 0; i < p->ties.size; i++)
      if (p->ties.t[i] != ~0ULL) ties[at[p->nodes[p->ties.t[i] >> 32].lo >> 56]++] = p->ties.t[i];
    for (int q = 0; q < PARTS && !o.bad; q++) {
      out->at[2 * q] = o.written + o.count;
      for (k = first[q]; k < first[q + 1]; k++) {
        const Node *a = &p->nodes[line[k]];
        SpilledNode r = {a->lo, a->hi, {0, 0, 0}, a->order, 0};
        if (a->head) memcpy(r.rows, p->heads[a->head - 1].rows, 12);
        put(&o, &r);
      }
      out->at[2 * q + 1] = o.written + o.count;
      for (k = first[q]; k < first[q + 1]; k++) {
        const Node *a = &p->nodes[line[k]];
        if (a->parent == NONE) continue;
        const Node *z = &p->nodes[a->parent];
        put(&o, &(SpilledTie){a->lo, a->hi, z->lo, z->hi});
      }
      for (k = tied[q]; k < tied[q + 1]; k++) {
        const Node *a = &p->nodes[ties[k] >> 32], *z = &p->nodes[(u32)ties[k]];
        put(&o, &(SpilledTie){a->lo, a->hi, z->lo, z->hi});
      }
    }
    out->at[2 * PARTS] = o.written + o.count;
    for (u64 i = 0; i < p->mates.size; i++)
      if (p->mates.t[i] != ~0ULL) {
        const Node *a = &p->nodes[p->mates.t[i] >> 32], *z = &p->nodes[(u32)p->mates.t[i]];
        put(&o, &(SpilledTie){a->lo, a->hi, z->lo, z->hi});
      }
    out->at[2 * PARTS + 1] = o.written + o.count;
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
  free(line), free(ties), free(o.bytes);
  return bad;
}

typedef struct {
  int fd, count;
  const Spill *spills;
  u8 *bytes;
} Spills;
// Call `each` with every record of one section of all spills.
static int sections(const Spills *s, int section, int (*each)(void *, const void *), void *with) {
  int bad = 0;
  for (int f = 0; f < s->count && !bad; f++)
    for (u64 at = s->spills[f].at[section], end = s->spills[f].at[section + 1]; at < end && !bad;) {
      u64 size = (end - at < BUFFERED ? end - at : BUFFERED) * 32, done = 0;
      while (done < size && !bad) {
        ssize_t k = pread(s->fd, s->bytes + done, size - done, (off_t)(at * 32 + done));
        if (k <= 0) bad = 5;
        else done += (u64)k;
      }
      for (u64 i = 0; i < size && !bad; i += 32) bad = each(with, s->bytes + i);
      at += size / 32;
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
  if (r.order >= ORDERS) return 4;
  u32 i = person(p, r.lo, r.hi, r.order);
  return i == NONE || ((r.rows[0] | r.rows[1] | r.rows[2]) && tally(p, i, r.rows));
}
static int take_tie(void *with, const void *record) {
  Part *w = with;
  SpilledTie r;
  memcpy(&r, record, 32);
  u32 i = person(w->nodes, r.lo, r.hi, 0), z = person(w->parents, r.parent_lo, r.parent_hi, UNKNOWN);
  return i == NONE || z == NONE || tie(w->nodes, i, z);
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
static int part_load(const Spills *s, int part, Part *w) {
  w->nodes = persons_new(), w->parents = persons_new();
  return !w->nodes || !w->parents || sections(s, 2 * part, take_node, w) || sections(s, 2 * part + 1, take_tie, w);
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
// The count of all spills together; `loose` are the rows without identifier. As persons_counts. 5 is a file that cannot be read.
int persons_count_spills(int fd, const Spill *spills, int count, const u64 *loose, int weak_from, u64 *out) {
  Spills s = {fd, count, spills, malloc(32 * BUFFERED)};
  Part w = {NULL, NULL, persons_new()};
  int bad = !s.bytes || !w.bound;
  memset(out, 0, (10 + ORDERS) * 8);
  for (int part = 0; part < PARTS && !bad; part++) {
    bad = part_load(&s, part, &w) || part_count(&w, out);
    part_free(&w);
  }
  if (!bad) bad = sections(&s, 2 * PARTS, take_mate, &w);
  for (int part = 0; part < PARTS && !bad && w.bound->count; part++) {
    bad = part_load(&s, part, &w) || part_claim(&w, out);
    part_free(&w);
  }
  for (u64 i = 0; !bad && i < w.bound->count; i++) bad = w.bound->nodes[i].order == UNKNOWN ? 4 : 0;
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
// Take one spill back into a graph, for whoever wants it whole.
typedef struct {
  Persons *p;
} Whole;
static int back_node(void *with, const void *record) {
  Part w = {((Whole *)with)->p, NULL, NULL};
  return take_node(&w, record);
}
static int back_tie(void *with, const void *record) {
  Persons *p = ((Whole *)with)->p;
  SpilledTie r;
  memcpy(&r, record, 32);
  u32 a = find(p, r.lo, r.hi), z = find(p, r.parent_lo, r.parent_hi);
  return a == NONE || z == NONE ? 4 : tie(p, a, z);
}
static int back_mate(void *with, const void *record) {
  Persons *p = ((Whole *)with)->p;
  SpilledTie r;
  memcpy(&r, record, 32);
  u32 a = find(p, r.lo, r.hi), z = find(p, r.parent_lo, r.parent_hi);
  return a == NONE || z == NONE ? 4 : pairs_add(&p->mates, a < z ? (u64)a << 32 | z : (u64)z << 32 | a);
}
int persons_take_back(Persons *p, int fd, const Spill *spill) {
  Spills s = {fd, 1, spill, malloc(32 * BUFFERED)};
  Whole w = {p};
  int bad = !s.bytes;
  for (int part = 0; part < PARTS && !bad; part++) bad = sections(&s, 2 * part, back_node, &w);
  for (int part = 0; part < PARTS && !bad; part++) bad = sections(&s, 2 * part + 1, back_tie, &w);
  if (!bad) bad = sections(&s, 2 * PARTS, back_mate, &w);
  free(s.bytes);
  return bad;
}

#endif
