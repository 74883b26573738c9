// Scan: counting natural persons, twin of feiyu/scan/{identity,links}.py (which state the rule).
// Only keyed digests are held. A node is one identifier; a tie says that it stands beside a surer one, which heads the row.
#ifndef FEIYU_SCAN_PERSONS_H
#define FEIYU_SCAN_PERSONS_H

#include "scan_csv.h"
#include "scan_detect.h"
#include "scan_digest.h"
#include "scan_normal.h"

#define NONE 0xFFFFFFFFu
enum { BLOCK = 256, MAX_COLUMNS = 256, MAX_KEY = 256, ORDERS = 256 };
enum { CANON_RAW, CANON_ALNUM, CANON_PRC, CANON_STUDENT, CANON_MOBILE, CANON_EMAIL, CANON_NINE };
enum { F_SENSITIVE = 1, F_MINOR = 2 };

// An identifier. `head` is one more than its place among the heads of rows, nought where it heads none. As small as can be: memory is time.
typedef struct __attribute__((packed, aligned(4))) {
  u64 lo, hi;
  u32 parent, head;
  u16 order, pad;
} Node;
// Rows that a head heads: in all, sensitive, under 14.
typedef struct {
  u32 rows[3];
} Head;

typedef struct {
  u64 *t;
  u64 size, count;
} Pairs;

typedef struct {
  Node *nodes;
  Head *heads;
  u64 *slots;  // (place + 1) << 32 | low half of the digest: most misses and all growing do without the node
  u64 count, room, size, head_count, head_room;
  Pairs ties, mates;
  u64 loose[3];
} Persons;
static inline u32 flagged(const Persons *p, u64 i, int f) { return p->nodes[i].head ? p->heads[p->nodes[i].head - 1].rows[f] : 0; }

// `wide`: offsets of 4 bytes (0), of 8 (1), or string views (2), whose `data` is a list of buffers.
typedef struct {
  const void *offsets;
  const u8 *data, *valid;
  i64 offset;
  int32_t wide, order, canon, pad;
  u64 k0, k1, damaged;
} Source;

Persons *persons_new(void) {
  Persons *p = calloc(1, sizeof *p);
  if (!p) return NULL;
  p->size = 1 << 12, p->room = 1 << 11, p->head_room = 1 << 10;
  p->slots = room_new(p->size * 8);
  p->nodes = room_new(p->room * sizeof(Node));
  p->heads = room_new(p->head_room * sizeof(Head));
  if (p->slots && p->nodes && p->heads) return p;
  room_free(p->slots, p->size * 8), room_free(p->nodes, p->room * sizeof(Node)), room_free(p->heads, p->head_room * sizeof(Head)), free(p);
  return NULL;
}
// Digests are pseudonyms: they are wiped, not only released.
static void persons_empty(Persons *p) {
  memset(p->nodes, 0, p->count * sizeof(Node));
  room_free(p->nodes, p->room * sizeof(Node)), room_free(p->slots, p->size * 8), room_free(p->heads, p->head_room * sizeof(Head));
  free(p->ties.t), free(p->mates.t);
}
void persons_free(Persons *p) {
  persons_empty(p);
  free(p);
}
u64 persons_memory(const Persons *p) {
  return p->count * sizeof(Node) + p->head_count * sizeof(Head) + p->size * 8 + (p->ties.size + p->mates.size) * 8;
}
u64 persons_nodes(const Persons *p) { return p->count; }

static int pairs_add(Pairs *q, u64 v) {
  if (q->count * 2 >= q->size) {
    u64 size = q->size ? q->size * 2 : 256, *t = malloc(size * 8);
    if (!t) return 1;
    memset(t, 0xFF, size * 8);
    for (u64 i = 0; i < q->size; i++)
      if (q->t[i] != ~0ULL) {
        u64 at = (q->t[i] * 0x9E3779B97F4A7C15ULL) >> 20 & (size - 1);
        while (t[at] != ~0ULL) at = (at + 1) & (size - 1);
        t[at] = q->t[i];
      }
    free(q->t);
    q->t = t, q->size = size;
  }
  u64 at = (v * 0x9E3779B97F4A7C15ULL) >> 20 & (q->size - 1);
  for (; q->t[at] != ~0ULL; at = (at + 1) & (q->size - 1))
    if (q->t[at] == v) return 0;
  q->t[at] = v, q->count++;
  return 0;
}

static int slots_grow(Persons *p) {
  u64 size = p->size * 2, *slots = room_new(size * 8);
  if (!slots) return 1;
  for (u64 i = 0; i < p->size; i++) {
    if (!p->slots[i]) continue;
    u64 at = (u32)p->slots[i] & (size - 1);
    while (slots[at]) at = (at + 1) & (size - 1);
    slots[at] = p->slots[i];
  }
  room_free(p->slots, p->size * 8);
  p->slots = slots, p->size = size;
  return 0;
}
static int nodes_grow(Persons *p) {
  u64 room = p->room + p->room / 2;
  Node *nodes = room_grow(p->nodes, p->room * sizeof(Node), room * sizeof(Node));
  if (!nodes) return 1;
  p->nodes = nodes, p->room = room;
  return 0;
}
static int tally(Persons *p, u32 i, const u32 rows[3]) {
  Node *q = &p->nodes[i];
  if (!q->head) {
    if (p->head_count == p->head_room) {
      u64 room = p->head_room * 2;
      Head *heads = room_grow(p->heads, p->head_room * sizeof(Head), room * sizeof(Head));
      if (!heads) return 1;
      p->heads = heads, p->head_room = room;
    }
    p->heads[p->head_count] = (Head){{0, 0, 0}};
    q->head = (u32)++p->head_count;
  }
  for (int f = 0; f < 3; f++) p->heads[q->head - 1].rows[f] += rows[f];
  return 0;
}
static u32 find(const Persons *p, u64 lo, u64 hi) {
  for (u64 at = (u32)lo & (p->size - 1); p->slots[at]; at = (at + 1) & (p->size - 1)) {
    u32 place = (u32)(p->slots[at] >> 32) - 1;
    if ((u32)p->slots[at] == (u32)lo && p->nodes[place].lo == lo && p->nodes[place].hi == hi) return place;
  }
  return NONE;
}
static inline u32 person(Persons *p, u64 lo, u64 hi, int order) {
  u64 at = (u32)lo & (p->size - 1);
  for (; p->slots[at]; at = (at + 1) & (p->size - 1)) {
    if ((u32)p->slots[at] != (u32)lo) continue;
    u32 place = (u32)(p->slots[at] >> 32) - 1;
    if (p->nodes[place].lo == lo && p->nodes[place].hi == hi) return place;
  }
  if (p->count == p->room && (p->count >= 0x7FFFFFF0u || nodes_grow(p))) return NONE;
  if (p->count * 16 >= p->size * 13) {
    if (slots_grow(p)) return NONE;
    at = (u32)lo & (p->size - 1);
    while (p->slots[at]) at = (at + 1) & (p->size - 1);
  }
  p->nodes[p->count] = (Node){.lo = lo, .hi = hi, .parent = NONE, .order = (u16)order};
  p->slots[at] = (p->count + 1) << 32 | (u32)lo;
  return (u32)p->count++;
}
static int tie(Persons *p, u32 child, u32 parent) {
  Node *q = &p->nodes[child];
  if (q->parent == parent) return 0;
  if (q->parent == NONE) {
    q->parent = parent;
    return 0;
  }
  return pairs_add(&p->ties, (u64)child << 32 | parent);
}

// --- canonical writing ---
static int squeezed(Str s, int n, u8 *t) {
  int k = 0;
  for (int i = 0; i < n && k < 4 * MAX_KEY; i++) {
    if (s[i] == 0xC2 && i + 1 < n && s[i + 1] == 0xB7) {
      i++;
      continue;
    }
    if (CL[s[i]] & (ALNUM | HI)) t[k++] = CL[s[i]] == L ? s[i] - 32 : s[i];
  }
  return k;
}
static int canon_alnum(Str s, int n, u8 *t) {
  int k = squeezed(s, n, t);
  return k >= 4 && count_of(t, k, D) ? k : 0;
}
static int canon_prc(Str s, int n, u8 *t) {
  int k = squeezed(s, n, t);
  if (k == 18 && digits(t, 17) && (CL[t[17]] == D || t[17] == 'X')) return prc18(t) || prc_hmt(t) || foreign_pr(t) ? 18 : 0;
  if (k == 15 && digits(t, 15)) {
    if (!prc15(t)) return 0;
    memmove(t + 8, t + 6, 9);
    t[6] = '1', t[7] = '9';
    t[17] = (u8)prc_digit(t);
    return 18;
  }
  int a = k && CL[t[0]] == U ? (k > 1 && CL[t[1]] == U ? 2 : 1) : 0;
  return a && k - a >= 6 && k - a <= 10 && digits(t + a, k - a) ? k : 0;
}
static int canon_mobile(Str s, int n, u8 *t) {
  int k = 0;
  for (int i = 0; i < n; i++) {
    if (CL[s[i]] == D) {
      if (k >= 20) return 0;
      t[k++] = s[i];
    } else if (!in(s[i], "+-() ")) return 0;
  }
  int cut = k == 15 && !memcmp(t, "0086", 4) ? 4 : k == 13 && !memcmp(t, "86", 2) ? 2 : 0;
  if (cut) memmove(t, t + cut, (size_t)(k -= cut));
  return k >= 8 && k <= 15 ? k : 0;
}
// `t` has room for 4 * MAX_KEY; 0 where the value is no identifier.
static int canonical(int canon, Str s, int n, int m, u8 *t) {
  int k = 0;
  if (n <= 12 && (null_digits || !(m & D))) {
    u8 low[12];
    for (int i = 0; i < n; i++) low[i] = CL[s[i]] == U ? s[i] + 32 : s[i];
    if ((word_find(low, n) | word_find(s, n)) & W_NULL) return 0;
  }
  switch (canon) {
    case CANON_RAW:
      if (!(m & (ALNUM | HI))) return 0;
      k = n < MAX_KEY ? n : MAX_KEY;
      memcpy(t, s, (size_t)k);
      return k;
    case CANON_ALNUM: k = canon_alnum(s, n, t); break;
    case CANON_PRC: k = canon_prc(s, n, t); break;
    case CANON_STUDENT: k = n && in(s[0], "GLgl") ? canon_prc(s + 1, n - 1, t) : canon_prc(s, n, t); break;
    case CANON_MOBILE: k = canon_mobile(s, n, t); break;
    case CANON_EMAIL:
      if (m & HI || !email_(s, n)) return 0;
      for (k = 0; k < n; k++) t[k] = CL[s[k]] == U ? s[k] + 32 : s[k];
      break;
    case CANON_NINE:
      k = canon_alnum(s, n, t);
      if (k > 9) k = 9;
      break;
    default: return 0;
  }
  return k < MAX_KEY ? k : MAX_KEY;
}
// A day as yyyymmdd, 0 where the value is none.
static int day_number(Str s, int n, int m) {
  if (m & HI) {
    int cut = 0, c = 0;
    while (cut < n && (c += (s[cut] & 0xC0) != 0x80) <= 10) cut++;
    if (!date_han(s, cut)) return 0;
    int i = 7, mo = 0, d = 0;
    for (; CL[s[i]] == D; i++) mo = mo * 10 + s[i] - 48;
    for (i += 3; i < cut && CL[s[i]] == D; i++) d = d * 10 + s[i] - 48;
    return four(s) * 10000 + mo * 100 + d;
  }
  if (n > 10) n = 10;
  while (n && (s[n - 1] == 'T' || s[n - 1] == ' ')) n--;
  if (n == 8 && digits(s, 8)) return ymd(s) ? four(s) * 10000 + two(s + 4) * 100 + two(s + 6) : 0;
  if (n < 8 || !date_(s, n)) return 0;
  int v[3] = {0, 0, 0}, k = 0, first = 0;
  for (int i = 0; i < n; i++) {
    if (CL[s[i]] == D) v[k] = v[k] * 10 + s[i] - 48, first += k == 0;
    else k++;
  }
  if (first == 4) return v[0] * 10000 + v[1] * 100 + v[2];
  return day(v[2], v[0], v[1]) ? v[2] * 10000 + v[0] * 100 + v[1] : v[2] * 10000 + v[1] * 100 + v[0];
}

static inline int at_row(const Source *c, i64 row, Str *s) {
  i64 k = row + c->offset;
  if (c->valid && !(c->valid[k >> 3] >> (k & 7) & 1)) return -1;
  if (c->wide == 2) {
    const View *v = &((const View *)c->offsets)[k];
    *s = v->size <= 12 ? v->text : ((const u8 *const *)(const void *)c->data)[v->buffer] + v->offset;
    return v->size;
  }
  i64 a = c->wide ? ((const i64 *)c->offsets)[k] : ((const int32_t *)c->offsets)[k];
  i64 z = c->wide ? ((const i64 *)c->offsets)[k + 1] : ((const int32_t *)c->offsets)[k + 1];
  *s = c->data + a;
  return z - a > 0x7ffffff0 ? 0x7ffffff0 : (int)(z - a);
}
// The normalised value in a buffer that holds `room`; longer ones are cut: no identifier is that long.
static int plain(const Source *c, i64 row, u8 *t, int room, int *m) {
  Str s;
  Look seen;
  int n = at_row(c, row, &s);
  if (n <= 0) return 0;
  n = normal(s, n > room - 64 ? room - 64 : n, t, &seen);
  *m = seen.m;
  return n;
}

// Whether a value surely says something, told from its bytes as they are: no word for nothing is longer than twelve.
static int surely_filled(Str s, int n) {
  if (n < 13 || !(CL[s[0]] & ALNUM)) return 0;
  int high = 0;
  for (int i = 0; i < 13; i++) high |= s[i] | (s[i] == ' ' || s[i] == '.' ? 128 : 0);
  return !(high & 128);
}
static int filled(const u8 *t, int n) {
  u8 low[12];
  if (n > 12) return 1;
  for (int k = 0; k < n; k++) low[k] = CL[t[k]] == U ? t[k] + 32 : t[k];
  return n && !((word_find(low, n) | word_find(t, n)) & W_NULL);
}

// Flags of whole rows. kind 0: the field has a value; 1: a birth date after `adult`.
void persons_flags(const Source *c, i64 rows, int kind, int adult, u8 *flags) {
  u8 t[1024];
  int m;
  for (i64 i = 0; i < rows; i++) {
    Str raw;
    if (kind == 0) {
      int size = (flags[i] & F_SENSITIVE) ? 0 : at_row(c, i, &raw);
      if (size <= 0) continue;
      if (surely_filled(raw, size)) {
        flags[i] |= F_SENSITIVE;
        continue;
      }
    }
    int n = plain(c, i, t, (int)sizeof t, &m);
    if (!n) continue;
    if (kind == 1) {
      if (day_number(t, n, m) > adult) flags[i] |= F_MINOR;
    } else if (filled(t, n)) flags[i] |= F_SENSITIVE;
  }
}

// One identifier inside a text: its row, which of the row's it is, where it stands in the bytes.
typedef struct {
  u32 row, nth, at, size;
} Inside;
typedef struct {
  Inside *found;
  u8 *bytes;
  u64 count, room, size, byte_room;
  u64 over, width;  // rows with more identifiers than are taken, most identifiers of one row
} Insides;
void insides_free(Insides *in_) {
  if (in_->bytes) memset(in_->bytes, 0, in_->byte_room);
  free(in_->found), free(in_->bytes);
  memset(in_, 0, sizeof *in_);
}
static int insides_add(Insides *in_, u32 row, u32 nth, Str s, int n) {
  if (in_->count == in_->room) {
    u64 room = in_->room ? in_->room * 2 : 256;
    Inside *p = realloc(in_->found, room * sizeof *p);
    if (!p) return 1;
    in_->found = p, in_->room = room;
  }
  if (in_->size + (u64)n > in_->byte_room) {
    u64 room = (in_->byte_room + (u64)n) * 2 + 4096;
    u8 *p = realloc(in_->bytes, room);
    if (!p || room > 0xFFFFFFFFu) return 1;
    in_->bytes = p, in_->byte_room = room;
  }
  memcpy(in_->bytes + in_->size, s, (size_t)n);
  in_->found[in_->count++] = (Inside){row, nth, (u32)in_->size, (u32)n};
  in_->size += (u64)n;
  return 0;
}
// The identifiers of the wanted detectors that stand inside the values of a column, or are the values. 0 is done, 1 no memory.
int persons_inside(const Source *c, i64 rows, const u64 *want, Insides *out) {
  u8 small[512], *t = small;
  u64 room = sizeof small;
  Pieces pieces;
  int bad = 0, plates = (int)(want[T_plate_cn >> 6] >> (T_plate_cn & 63) & 1);
  for (i64 i = 0; i < rows && !bad; i++) {
    Str s;
    int size = at_row(c, i, &s);
    Look seen;
    if (size < 6) continue;
    if ((u64)size + 96 > room) {
      u8 *more = malloc(((u64)size + 96) * 2);
      if (!more) {
        bad = 1;
        break;
      }
      if (t != small) free(t);
      t = more, room = ((u64)size + 96) * 2;
    }
    int n = normal(s, size, t, &seen);
    // All but plates are, or hold, six letters, digits and signs side by side.
    if (n < 6 || (!plates && !has_run(t, n))) continue;
    Bits b, in_ = {{0, 0}};
    Shape sh;
    shape_of(t, n, seen.m, seen.nc, &sh);
    detect(t, n, &sh, &b);
    if (!((b.w[0] & want[0]) | (b.w[1] & want[1])) && !searched(&sh, &b)) continue;
    pieces.count = 0, pieces.want[0] = want[0], pieces.want[1] = want[1];
    embedded(t, n, &sh, &in_, &pieces);
    int taken = pieces.count < INSIDE ? pieces.count : INSIDE;
    out->over += pieces.count > INSIDE;
    if ((u64)taken > out->width) out->width = (u64)taken;
    for (int k = 0; k < taken && !bad; k++) bad = insides_add(out, (u32)i, (u32)k, t + pieces.found[k].at, pieces.found[k].size);
  }
  memset(t, 0, room);
  if (t != small) free(t);
  return bad;
}
// The nth of each row as a column of its own: offsets of 8 bytes into `bytes`, none where a row has no nth.
void insides_column(const Insides *in_, u32 nth, i64 rows, i64 *offsets, u8 *bytes) {
  i64 row = 0, at = 0;
  for (u64 i = 0; i < in_->count; i++) {
    const Inside *f = &in_->found[i];
    if (f->nth != nth) continue;
    for (; row <= (i64)f->row; row++) offsets[row] = at;
    memcpy(bytes + at, in_->bytes + f->at, f->size);
    at += f->size;
  }
  for (; row <= rows; row++) offsets[row] = at;
}

typedef struct {
  u64 lo, hi;
  u32 id;
  u8 there, flags;
} Found;

// A row without identifier counts when it says anything about a person: `told` are the fields that do, all rows count without them.
static int speaks(const Source *told, int ntold, i64 row) {
  u8 t[128];
  int m;
  for (int c = 0; c < ntold; c++)
    if (filled(t, plain(&told[c], row, t, (int)sizeof t, &m))) return 1;
  return ntold < 0;
}
static int one_row(Persons *p, const Source *cols, int ncols, Found *f, int flags, const Source *told, int ntold, i64 row) {
  u32 heads[MAX_COLUMNS];
  u8 own[MAX_COLUMNS];
  int first = ORDERS, k = 0;
  for (int c = 0; c < ncols; c++)
    if (f[c].there && cols[c].order < first) first = cols[c].order;
  if (first == ORDERS) {
    if (!flags && !speaks(told, ntold, row)) return 0;
    p->loose[0]++, p->loose[1] += flags != 0, p->loose[2] += (flags & F_MINOR) != 0;
    return 0;
  }
  for (int c = 0; c < ncols; c++) {
    if (!f[c].there) continue;
    f[c].id = person(p, f[c].lo, f[c].hi, cols[c].order);
    if (f[c].id == NONE) return 1;
    if (cols[c].order != first) continue;
    int q = 0;
    while (q < k && heads[q] != f[c].id) q++;
    if (q == k) heads[k] = f[c].id, own[k++] = 0;
    own[q] |= f[c].flags;
  }
  for (int q = 0; q < k; q++) {
    int all = flags | own[q];
    if (tally(p, heads[q], (u32[3]){1, all != 0, (all & F_MINOR) != 0})) return 1;
  }
  for (int c = 0; c < ncols; c++)
    if (f[c].there && cols[c].order != first)
      for (int q = 0; q < k; q++)
        if (tie(p, f[c].id, heads[q])) return 1;
  for (int q = 1; q < k; q++) {
    u32 a = heads[0], z = heads[q];
    if (pairs_add(&p->mates, a < z ? (u64)a << 32 | z : (u64)z << 32 | a)) return 1;
  }
  return 0;
}

// The size of the canonical key of one value, 0 where it is none, and where it stands; `key` has room for 4 * MAX_KEY.
static int key_at(Source *col, i64 row, u8 *t, int room, u8 *key, Str *from) {
  Str raw;
  int m = 0, n = at_row(col, row, &raw), size = 0;
  if (n <= 0) return 0;
  if (n == 18 && col->canon == CANON_PRC && digits(raw, 17) && (CL[raw[17]] == D || raw[17] == 'X') && prc18(raw)) {
    *from = raw;
    return 18;
  }
  if (n == 11 && col->canon == CANON_MOBILE && digits(raw, 11)) {
    *from = raw;
    return 11;
  }
  n = plain(col, row, t, room, &m);
  if (!n) return 0;
  *from = t;
  if (col->canon == CANON_ALNUM && !(m & ~(D | U)) && (m & D) && n >= 13 && n <= 64) return n;
  if (col->canon == CANON_RAW && (m & (ALNUM | HI)) && n <= MAX_KEY && (n > 12 || ((m & D) && !null_digits))) return n;
  if (col->canon == CANON_EMAIL && !(m & (HI | U)) && n > 12 && n <= MAX_KEY && email_(t, n)) return n;
  *from = key;
  size = canonical(col->canon, t, n, m, key);
  if (!size) {
    Bits b = {{0, 0}};
    if (m == D && n == 18) b.w[0] = damaged_digits(t) ? 1 : 0;
    else if (!(m & ~(D | DT | U | L | PL)) && (m & DT)) scientific(t, n, &b);
    col->damaged += (b.w[0] | b.w[1]) != 0;
  }
  return size;
}

typedef struct {
  Key keys[BLOCK];
  Digest digests[BLOCK];
  u16 lists[KEY_WORDS + 1][BLOCK];
  u8 t[1024], key[4 * MAX_KEY];
} Work;

// The digests of one column in a block of rows.
static void digest_column(Source *col, i64 at, int rows, int adult, Work *w, Found *found, int stride) {
  int counts[KEY_WORDS + 1] = {0};
  for (int r = 0; r < rows; r++) {
    Found *f = &found[r * stride];
    Str key = w->key;
    int size = key_at(col, at + r, w->t, (int)sizeof w->t, w->key, &key);
    f->there = size != 0, f->flags = 0;
    if (!size) continue;
    if (size == 18 && (col->canon == CANON_PRC || col->canon == CANON_STUDENT) && four(key + 6) * 10000 + two(key + 10) * 100 + two(key + 12) > adult) f->flags = F_MINOR;
    if (size > KEY_SHORT) {
      siphash128(col->k0, col->k1, key, size, &w->digests[r].lo, &w->digests[r].hi);
      continue;
    }
    int words = size / 8 + 1;
    Key *k = &w->keys[r];
    *k = (Key){{0}};
    copy((u8 *)k, key, size);
    k->w[words - 1] |= (u64)size << 56;
    w->lists[words][counts[words]++] = (u16)r;
  }
  for (int words = 1; words <= KEY_WORDS; words++) sip_many(col->k0, col->k1, w->keys, w->lists[words], counts[words], words, w->digests);
  for (int r = 0; r < rows; r++) found[r * stride].lo = w->digests[r].lo, found[r * stride].hi = w->digests[r].hi;
}

// 0 is done, 1 no memory, 3 too many columns.
int persons_add(Persons *p, Source *cols, int ncols, const u8 *flags, const Source *told, int ntold, i64 rows, int adult) {
  if (ncols > MAX_COLUMNS) return 3;
  size_t size = sizeof(Found) * BLOCK * (size_t)(ncols ? ncols : 1);
  Found *found = malloc(size);
  Work *w = calloc(1, sizeof *w);
  int bad = !found || !w;
  for (i64 at = 0; at < rows && !bad; at += BLOCK) {
    int k = (int)(rows - at < BLOCK ? rows - at : BLOCK);
    for (int c = 0; c < ncols; c++) {
      digest_column(&cols[c], at, k, adult, w, found + c, ncols);
      for (int r = 0; r < k; r++) __builtin_prefetch(&p->slots[(u32)w->digests[r].lo & (p->size - 1)]);
    }
    for (int r = 0; r < k * ncols; r++)
      if (found[r].there) {
        u64 slot = p->slots[(u32)found[r].lo & (p->size - 1)];
        if (slot && (u32)slot == (u32)found[r].lo) __builtin_prefetch(&p->nodes[(slot >> 32) - 1]);
      }
    for (int r = 0; r < k && !bad; r++) bad = one_row(p, cols, ncols, found + r * ncols, flags[at + r], told, ntold, at + r);
  }
  if (found) memset(found, 0, size);
  if (w) memset(w, 0, sizeof *w);
  free(found), free(w);
  return bad;
}

// --- the count ---
static u32 root(u32 *up, u32 x) {
  while (up[x] != x) x = up[x] = up[up[x]];
  return x;
}
static void unite(u32 *up, u32 a, u32 b) {
  a = root(up, a), b = root(up, b);
  if (a < b) up[b] = a;
  else up[a] = b;
}
static int by_u64(const void *a, const void *b) {
  u64 x = *(const u64 *)a, y = *(const u64 *)b;
  return x < y ? -1 : x > y;
}
// The pairs as a sorted list of p->count entries.
static u64 *sorted_pairs(const Pairs *q) {
  u64 *out = malloc((q->count + 1) * 8), k = 0;
  if (!out) return NULL;
  for (u64 i = 0; i < q->size; i++)
    if (q->t[i] != ~0ULL) out[k++] = q->t[i];
  qsort(out, k, 8, by_u64);
  return out;
}
// The least persons of each component: as many as it has heads of one strong type that stand for different persons, or one.
static u64 least(const Persons *p, int f, int weak_from, const u32 *line, u32 *up, const u32 *stands, const u8 *shared, u32 *work) {
  u64 n = p->count, total = 0;
  u32 *seen = work, *type = work + n, *count = work + 2 * n, *most = work + 3 * n;
  memset(work, 0, n * 16);
  for (u64 k = 0; k < n; k++) {
    u32 x = line[k], r = root(up, x), now = p->nodes[x].order + 1u;
    if (!flagged(p, x, f)) continue;
    if (!most[r]) most[r] = 1, total++;
    if ((int)now > weak_from || shared[x] || seen[stands[x]] == now) continue;
    seen[stands[x]] = now;
    if (type[r] != now) type[r] = now, count[r] = 0;
    if (++count[r] > most[r]) most[r]++, total++;
  }
  return total;
}

// The general way, for identifiers that are bound to each other. out: lower, counted, upper for all, sensitive, under 14; components.
static int bound_counts(const Persons *p, int weak_from, u64 *out) {
  u64 n = p->count, at[ORDERS + 1] = {0};
  u32 *up = malloc((n + 1) * 4), *stands = malloc((n + 1) * 4), *line = malloc((n + 1) * 4), *work = malloc((n + 1) * 16);
  u8 *shared = calloc(n + 1, 1), *mark = malloc(n + 1);
  u64 *ties = sorted_pairs(&p->ties);
  int bad = !up || !stands || !line || !work || !shared || !mark || !ties;
  if (!bad) {
    for (u64 i = 0; i < n; i++) up[i] = stands[i] = (u32)i, at[p->nodes[i].order + 1]++;
    for (int i = 0; i < ORDERS; i++) at[i + 1] += at[i];
    for (u64 i = 0; i < n; i++) line[at[p->nodes[i].order]++] = (u32)i;
    for (u64 k = 0; k < n; k++) {
      u32 x = line[k], parent = p->nodes[x].parent;
      stands[x] = x;
      if (parent == NONE) continue;
      u32 meant = stands[parent];
      unite(up, x, parent);
      u64 lo = 0, hi = p->ties.count;
      while (lo < hi) {
        u64 mid = (lo + hi) / 2;
        if (ties[mid] >> 32 < x) lo = mid + 1;
        else hi = mid;
      }
      for (; lo < p->ties.count && ties[lo] >> 32 == x; lo++) {
        unite(up, x, (u32)ties[lo]);
        if (stands[(u32)ties[lo]] != meant) shared[x] = 1;
      }
      if (!shared[x]) stands[x] = meant;
    }
    for (u64 i = 0; i < p->mates.size; i++)
      if (p->mates.t[i] != ~0ULL) unite(up, (u32)(p->mates.t[i] >> 32), (u32)p->mates.t[i]);
    for (u64 i = 0; i < n; i++) out[9] += root(up, (u32)i) == i;
    for (int f = 0; f < 3; f++) {
      u64 counted = 0, upper = 0, lower = least(p, f, weak_from, line, up, stands, shared, work);
      memset(mark, 0, n);
      for (u64 i = 0; i < n; i++) {
        const Node *q = &p->nodes[i];
        u32 rows = flagged(p, i, f);
        if (!rows) continue;
        if (!(mark[stands[i]] & 2)) mark[stands[i]] |= 2, counted++;
        if (q->order >= weak_from) upper += shared[i] ? rows : 1;
        else if (!(mark[stands[i]] & 4)) mark[stands[i]] |= 4, upper++;
      }
      out[f * 3] = lower, out[f * 3 + 1] = counted, out[f * 3 + 2] = upper;
    }
  }
  free(up), free(stands), free(line), free(work), free(shared), free(mark), free(ties);
  return bad;
}

// Only heads, identifiers of several persons, and heads that stand beside others bind anything. All other identifiers speak for one
// person or for themselves, and are counted at once; what is bound goes into a small graph of its own.
static void mark_bit(u8 *bits, u64 i) { bits[i >> 3] |= (u8)(1 << (i & 7)); }
static int bit(const u8 *bits, u64 i) { return bits[i >> 3] >> (i & 7) & 1; }

static int bound_graph(const Persons *p, const u8 *bound, Persons *small) {
  u32 *place = malloc((p->count + 1) * 4);
  u64 k = 0;
  int bad = !place;
  for (u64 i = 0; i < p->count && !bad; i++) place[i] = bit(bound, i) ? (u32)k++ : NONE;
  small->nodes = bad ? NULL : malloc((k + 1) * sizeof(Node));
  small->heads = p->heads;
  bad = bad || !small->nodes;
  for (u64 i = 0; i < p->count && !bad; i++) {
    if (place[i] == NONE) continue;
    Node *q = &small->nodes[place[i]];
    *q = p->nodes[i];
    if (q->parent != NONE) q->parent = place[q->parent];
  }
  small->count = k;
  for (u64 i = 0; i < p->ties.size && !bad; i++)
    if (p->ties.t[i] != ~0ULL) bad = pairs_add(&small->ties, (u64)place[p->ties.t[i] >> 32] << 32 | place[(u32)p->ties.t[i]]);
  for (u64 i = 0; i < p->mates.size && !bad; i++)
    if (p->mates.t[i] != ~0ULL) bad = pairs_add(&small->mates, (u64)place[p->mates.t[i] >> 32] << 32 | place[(u32)p->mates.t[i]]);
  free(place);
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
// out: lower, counted, upper for all, sensitive, under 14; components; then nodes by order (ORDERS numbers). 0 is done, 1 no memory.
int persons_counts(const Persons *p, int weak_from, u64 *out) {
  u64 n = p->count, bytes = n / 8 + 1;
  u8 *several = calloc(bytes, 1), *bound = calloc(bytes, 1);
  Persons small = {0};
  int bad = !several || !bound;
  memset(out, 0, (10 + ORDERS) * 8);
  if (!bad) {
    for (u64 i = 0; i < p->ties.size; i++)
      if (p->ties.t[i] != ~0ULL) mark_bit(several, p->ties.t[i] >> 32), mark_bit(bound, p->ties.t[i] >> 32), mark_bit(bound, (u32)p->ties.t[i]);
    for (u64 i = 0; i < p->mates.size; i++)
      if (p->mates.t[i] != ~0ULL) mark_bit(bound, p->mates.t[i] >> 32), mark_bit(bound, (u32)p->mates.t[i]);
    for (u64 i = 0; i < n; i++) {
      const Node *q = &p->nodes[i];
      out[10 + q->order]++;
      if (q->parent != NONE && (q->head || bit(several, i))) mark_bit(bound, i), mark_bit(bound, q->parent);
    }
    int any = 0;
    for (u64 i = 0; i < n; i++) {
      const Node *q = &p->nodes[i];
      if (bit(bound, i)) {
        any = 1;
        continue;
      }
      if (q->parent != NONE) continue;  // beside one head only, and never a head itself
      out[9]++;
      for (int f = 0; f < 3; f++)
        if (flagged(p, i, f)) out[3 * f]++, out[3 * f + 1]++, out[3 * f + 2]++;
    }
    u64 more[10] = {0};
    if (any) {
      bad = bound_graph(p, bound, &small) || bound_counts(&small, weak_from, more);
      for (int i = 0; i < 10; i++) out[i] += more[i];
    }
    round_off(out, p->loose);
  }
  free(small.nodes), free(small.ties.t), free(small.mates.t), free(several), free(bound);
  return bad;
}

#endif
