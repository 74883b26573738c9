// Users' own types over Arrow string columns: shapes, words, and the literals that must stand before a regular expression is tried.
// Twin of feiyu/scan/own/reference.py, which is its oracle; buffers are borrowed, nothing of them is kept.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "cpu.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint64_t u64;
typedef int64_t i64;

enum { LONGEST = 64, KINDS = 64 };

// `table` holds for each length with shapes, from `at[length]` on, one word for each position and class: the shapes that accept it.
// `types[length * 64 + shape]` is the type of a shape; `ranges`, from shape `range_at[length]` on, hold for each place from where to where its bytes
// reach, twice, 64 places at a time: the two ends of one range, then those of the other. `lengths[first byte]` are the lengths of words beginning so; `slots` is an open table of
// (hash, offset << 16 | size, types), `marks` a bit for each word by the upper half of its hash, which tells most others without a look there. Literals: `shift` by the last two bytes of the window, `heads`/`next` chain those with the same end;
// `nibbles` are three pairs of tables (low and high half byte) of eight buckets, `buckets` the literals of each, for the wide search.
typedef struct {
  const u8 *classes;
  const int32_t *at;
  const u64 *table;
  const u8 *types;
  u64 class_count;
  const u64 *lengths;
  const u64 *slots;
  u64 slot_mask;
  const u8 *text;
  const u8 *shift;
  const int16_t *heads;
  const int16_t *next;
  const u8 *literals;
  const u16 *literal_at;
  const u16 *literal_size;
  u64 window;
  const u8 *nibbles;
  const u64 *buckets;
  const int32_t *range_at;
  const u8 *ranges;
  const u64 *marks;
  u64 mark_mask;
} Own;

static int quick(void) { return (cpu_features() & CPU_AVX2) != 0; }

typedef struct {
  const Own *own;
  const void *offsets;
  const u8 *data, *valid;
  i64 row, offset, stop, room, found;
  i64 last[64];
  u64 seen;
  int32_t *rows;
  u8 *which;
  int wide;
} Search;

typedef struct {
  u64 values;
  u64 hits[2][KINDS];
  i64 first[2][KINDS];
  u64 seen, copied;
} Found;

static inline i64 at_(const void *offsets, i64 i, int wide) {
  return wide ? ((const i64 *)offsets)[i] : ((const int32_t *)offsets)[i];
}
static inline int valid_(const u8 *valid, i64 i) { return !valid || (valid[i >> 3] >> (i & 7) & 1); }

static inline u64 mixed(u64 h, u64 w) {
  h = (h ^ w) * 0xFF51AFD7ED558CCDull;
  return h ^ h >> 32;
}
// Eight bytes at a time, the last eight overlapping; n is not nought.
static inline u64 hash(const u8 *s, u64 n) {
  u64 h = n * 0x9E3779B97F4A7C15ull, w;
  if (n >= 8) {
    for (u64 i = 0; i + 8 < n; i += 8) memcpy(&w, s + i, 8), h = mixed(h, w);
    memcpy(&w, s + n - 8, 8);
  } else if (n >= 4) {
    uint32_t a, b;
    memcpy(&a, s, 4), memcpy(&b, s + n - 4, 4);
    w = (u64)a << 32 | b;
  } else w = (u64)s[0] << 16 | (u64)s[n / 2] << 8 | s[n - 1];
  h = mixed(h, w) * 0xC4CEB9FE1A85EC53ull;
  return h ^ h >> 29;
}
u64 own_hash(const u8 *s, u64 n) { return hash(s, n); }

static inline int blank(u8 c) { return c == ' ' || (c >= 9 && c <= 13); }
static inline int wide_blank(const u8 *s) { return s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80; }

static inline void count(Found *f, int kind, u64 mask, i64 row, u64 times) {
  for (; mask; mask &= mask - 1) {
    int t = __builtin_ctzll(mask);
    f->hits[kind][t] += times;
    if (f->first[kind][t] < 0) f->first[kind][t] = row;
  }
}

// The shapes of the value's length that accept all its bytes: most values are told by their first and last, byte by byte or 32 at once.
static inline u64 ends_fit(const Own *own, const u8 *s, u64 size) {
  const u64 *table = own->table + own->at[size];
  return table[own->classes[s[0]]] & table[(size - 1) * own->class_count + own->classes[s[size - 1]]];
}
static inline u64 fits(const Own *own, const u8 *s, u64 size, u64 alive) {
  const u64 *table = own->table + own->at[size];
  for (u64 p = 1; alive && p + 1 < size; p++) alive &= table[p * own->class_count + own->classes[s[p]]];
  return alive;
}
#if defined(__x86_64__)
// `s` is followed by 64 bytes that may be read.
__attribute__((target("avx2"))) static u64 fits_quick(const Own *own, const u8 *s, u64 size, u64 alive) {
  const u8 *ranges = own->ranges + 256 * (u64)own->range_at[size];
  u64 found = 0;
  for (; alive; alive &= alive - 1) {
    const u8 *of = ranges + 256 * (u64)__builtin_ctzll(alive);
    unsigned fit = ~0u;
    for (u64 p = 0; p < size; p += 32) {
      __m256i v = _mm256_loadu_si256((const __m256i *)(s + p)), low[2], high[2];
      for (int i = 0; i < 2; i++) {
        low[i] = _mm256_loadu_si256((const __m256i *)(of + 128 * i + p)), high[i] = _mm256_loadu_si256((const __m256i *)(of + 128 * i + 64 + p));
        low[i] = _mm256_cmpeq_epi8(_mm256_min_epu8(_mm256_max_epu8(v, low[i]), high[i]), v);
      }
      fit &= (unsigned)_mm256_movemask_epi8(_mm256_or_si256(low[0], low[1]));
    }
    if (fit == ~0u) found |= alive & -alive;
  }
  return found;
}
#endif

// Whole values against shapes and words; `row` is the number of the first row.
static void own_values(const Own *own, const void *offsets, const u8 *data, const u8 *valid, i64 n, i64 offset, int wide, i64 row, Found *f) {
  const u8 *end = data + at_(offsets, offset + n, wide);
  u64 same = 0, times = 0;  // values one behind the other that pass the same shapes are added up first
#if defined(__x86_64__)
  const int fast = quick();
#endif
  for (i64 i = offset; i < offset + n; i++) {
    if (!valid_(valid, i)) continue;
    const u8 *s = data + at_(offsets, i, wide), *e = data + at_(offsets, i + 1, wide);
    while (s < e && (*s <= ' ' || *s == 0xE3)) {
      if (blank(*s)) s++;
      else if (e - s >= 3 && wide_blank(s)) s += 3;
      else break;
    }
    while (e > s && (e[-1] <= ' ' || e[-1] == 0x80)) {
      if (blank(e[-1])) e--;
      else if (e - s >= 3 && wide_blank(e - 3)) e -= 3;
      else break;
    }
    u64 size = (u64)(e - s);
    if (!size) continue;
    f->values++;
    if (size <= LONGEST && own->at[size] >= 0) {
      u64 alive = ends_fit(own, s, size), mask = 0;
#if defined(__x86_64__)
      if (alive) alive = end - s >= LONGEST && fast ? fits_quick(own, s, size, alive) : fits(own, s, size, alive);
#else
      alive = fits(own, s, size, alive);
#endif
      for (; alive; alive &= alive - 1) mask |= 1ull << own->types[size * 64 + (u64)__builtin_ctzll(alive)];
      if (mask != same) {
        count(f, 0, same, 0, times);
        count(f, 0, mask, row + i - offset, 0);
        same = mask, times = 0;
      }
      times++;
    }
    if (own->lengths[*s] >> (size < 63 ? size : 63) & 1) {
      u64 h = hash(s, size), mark = h >> 32 & own->mark_mask;
      if (!(own->marks[mark >> 6] >> (mark & 63) & 1)) continue;
      for (u64 at = h & own->slot_mask;; at = (at + 1) & own->slot_mask) {
        const u64 *slot = own->slots + 3 * at;
        if (!slot[2]) break;
        if (slot[0] == h && (slot[1] & 0xFFFF) == size && !memcmp(own->text + (slot[1] >> 16), s, size)) {
          count(f, 1, slot[2], row + i - offset, 1);
          break;
        }
      }
    }
  }
  count(f, 0, same, 0, times);
}

// Take literal `k` at byte `start`, if it stands there inside one value and was not seen in that value; 0 when the room is used up.
static int take(Search *q, i64 start, int k) {
  const Own *own = q->own;
  i64 size = own->literal_size[k];
  if (start + size > q->stop || memcmp(q->data + start, own->literals + own->literal_at[k], (size_t)size)) return 1;
  while (at_(q->offsets, q->row + 1, q->wide) <= start) q->row++;
  if (start + size > at_(q->offsets, q->row + 1, q->wide) || !valid_(q->valid, q->row) || q->last[k] == q->row) return 1;
  if (q->found == q->room) return 0;
  q->last[k] = q->row, q->seen |= 1ull << k;
  q->rows[q->found] = (int32_t)(q->row - q->offset), q->which[q->found++] = (u8)k;
  return 1;
}

// By shifts of a window (Wu and Manber 1994).
static int narrow(Search *q, i64 from) {
  const Own *own = q->own;
  const i64 m = (i64)own->window;
  for (i64 i = from + m - 1; i < q->stop;) {
    u64 pair = (u64)q->data[i - 1] << 8 | q->data[i];
    u8 skip = own->shift[pair];
    if (skip) {
      i += skip;
      continue;
    }
    for (int k = own->heads[pair]; k >= 0; k = own->next[k])
      if (!take(q, i - m + 1, k)) return 0;
    i++;
  }
  return 1;
}

#if defined(__x86_64__)
// 32 places at once: a place is a candidate of a bucket when its three bytes could begin a literal of it.
__attribute__((target("avx2"))) static int wide_search(Search *q, i64 *from) {
  const Own *own = q->own;
  const __m256i low = _mm256_set1_epi8(15), none = _mm256_setzero_si256();
  __m256i table[6];
  for (int i = 0; i < 6; i++) table[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(own->nibbles + 16 * i)));
  i64 at = *from;
  for (; at + 34 <= q->stop; at += 32) {
    __m256i hit = _mm256_set1_epi8(-1);
    for (int i = 0; i < 3; i++) {
      __m256i bytes = _mm256_loadu_si256((const __m256i *)(q->data + at + i));
      __m256i a = _mm256_shuffle_epi8(table[2 * i], _mm256_and_si256(bytes, low));
      __m256i b = _mm256_shuffle_epi8(table[2 * i + 1], _mm256_and_si256(_mm256_srli_epi16(bytes, 4), low));
      hit = _mm256_and_si256(hit, _mm256_and_si256(a, b));
    }
    uint32_t places = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(hit, none));
    if (!places) continue;
    u8 buckets[32];
    _mm256_storeu_si256((__m256i *)buckets, hit);
    for (; places; places &= places - 1) {
      int p = __builtin_ctz(places);
      for (unsigned b = buckets[p]; b; b &= b - 1)
        for (u64 left = own->buckets[__builtin_ctz(b)]; left; left &= left - 1)
          if (!take(q, at + p, __builtin_ctzll(left))) return 0;
    }
  }
  *from = at;
  return 1;
}
#endif

// Bytes and offsets of a column that had to be copied; grown here, freed by `own_free`.
typedef struct {
  u8 *bytes;
  i64 *to;
  u64 bytes_size, to_size;
} Scratch;

enum { VIEWS = 2 };

// Where the byte after `used` is written, with room for `size` more and LONGEST that are only read; NULL without memory.
static inline u8 *room_for(Scratch *c, u64 used, u64 size) {
  if (used + size + LONGEST > c->bytes_size || !c->bytes) {
    u64 want = 2 * (used + size) + 4096;
    u8 *more = realloc(c->bytes, want);
    if (!more) return NULL;
    c->bytes = more, c->bytes_size = want;
  }
  return c->bytes + used;
}

// Where the strings of a column stand, as in scan_kernel.c.
typedef struct {
  const void *offsets;
  const u8 *data, *valid;
  i64 offset, kind;
} Cells;

// Rows of a column behind those that are in the scratch, nulls empty. 0 without memory.
static int flatten(Scratch *c, const Cells *cells, i64 from, i64 to) {
  const u8 *const *texts = (const u8 *const *)cells->data;
  u8 *o = room_for(c, (u64)(from ? c->to[from] : 0), 0);
  if (!o) return 0;
  for (i64 i = from; i < to; i++) {
    i64 at = cells->offset + i;
    c->to[i] = o - c->bytes;
    if (!valid_(cells->valid, at)) continue;
    if (cells->kind == VIEWS) {
      const u8 *v = (const u8 *)cells->offsets + 16 * at;
      int32_t size, where[2];
      memcpy(&size, v, 4), memcpy(where, v + 8, 8);
      const u8 *s = size <= 12 ? v + 4 : texts[where[0]] + where[1];
      if (!(o = room_for(c, (u64)(o - c->bytes), (u64)size))) return 0;
      if (size <= 12) memcpy(o, s, 12);  // whole steps where it can: a call takes longer
      else if (size <= 16) memcpy(o, s, 8), memcpy(o + size - 8, s + size - 8, 8);
      else if (size <= 32) memcpy(o, s, 16), memcpy(o + size - 16, s + size - 16, 16);
      else memcpy(o, s, (size_t)size);
      o += size;
    } else {
      int wide = (int)cells->kind;
      i64 begin = at_(cells->offsets, at, wide), size = at_(cells->offsets, at + 1, wide) - begin;
      if (!(o = room_for(c, (u64)(o - c->bytes), (u64)size))) return 0;
      memcpy(o, cells->data + begin, (size_t)size);
      o += size;
    }
  }
  c->to[to] = o - c->bytes;
  return 1;
}
static int rows_for(Scratch *c, i64 n) {
  if (c->to_size >= (u64)n + 1) return 1;
  free(c->to);
  c->to = malloc(16 * ((u64)n + 1)), c->to_size = c->to ? 2 * ((u64)n + 1) : 0;
  return c->to != NULL;
}

// Columns of views, each into its scratch, some rows at a time: the text of a row, which they share, is drawn from memory once. -3 without memory.
enum { ROWS_AT_ONCE = 512 };
int own_views(Scratch *scratches, const Cells *cells, int many, i64 n) {
  for (int i = 0; i < many; i++)
    if (cells[i].kind == VIEWS && !rows_for(&scratches[i], n)) return -3;
  for (i64 row = 0; row < n; row += ROWS_AT_ONCE)
    for (int i = 0; i < many; i++)
      if (cells[i].kind == VIEWS && !flatten(&scratches[i], &cells[i], row, row + ROWS_AT_ONCE < n ? row + ROWS_AT_ONCE : n)) return -3;
  return 0;
}

// Full-width ASCII to ASCII, in place: what comes out is never longer.
static void fold(Scratch *c, i64 n) {
  u8 *o = c->bytes;
  i64 end = 0;
  for (i64 i = 0; i < n; i++) {
    const u8 *s = c->bytes + (i ? end : c->to[0]);
    end = c->to[i + 1];
    c->to[i] = o - c->bytes;
    for (const u8 *e = c->bytes + end; s < e;) {
      const u8 *next = memchr(s, 0xEF, (size_t)(e - s));
      u64 plain = (u64)((next ? next : e) - s);
      if (o != s) memmove(o, s, plain);
      o += plain, s += plain;
      if (s == e) break;
      if (*s == 0xEF && e - s >= 3 && s[1] == 0xBC && s[2] >= 0x81 && s[2] <= 0xBF) {
        *o++ = (u8)(s[2] - 0x60), s += 3;
      } else if (*s == 0xEF && e - s >= 3 && s[1] == 0xBD && s[2] >= 0x80 && s[2] <= 0x9E) {
        *o++ = (u8)(s[2] - 0x20), s += 3;
      } else {
        *o++ = *s++;
      }
    }
  }
  c->to[n] = o - c->bytes;
}

// A column (32-bit offsets, 64-bit offsets, or views that `own_views` put into the scratch): whole values are counted into `f`, and (row, literal) pairs written for every value that
// holds a literal, each pair once, with the literals that occur in `f->seen`; `f->copied` says that the column stands in the scratch. How many pairs; -1 when `room` is too small and nothing is
// counted, -3 without memory.
i64 own_column(const Own *own, Scratch *c, const Cells *cells, i64 n, i64 row, Found *f, int32_t *rows, u8 *which, i64 room) {
  f->seen = f->copied = 0;
  if (!n) return 0;
  const void *offsets = cells->offsets;
  const u8 *data = cells->data, *valid = cells->valid;
  i64 offset = cells->offset;
  int wide = cells->kind == 1, views = cells->kind == VIEWS;
  const u8 *from_ = views || !data ? NULL : data + at_(offsets, offset, wide);  // a column of nothing has no bytes
  if (views || (from_ && memchr(from_, 0xEF, (size_t)(at_(offsets, offset + n, wide) - at_(offsets, offset, wide))))) {
    if (!views && (!rows_for(c, n) || !flatten(c, cells, 0, n))) return -3;
    if (memchr(c->bytes, 0xEF, (size_t)c->to[n])) fold(c, n);
    f->copied = 1;
    offsets = c->to, data = c->bytes, valid = NULL, offset = 0, wide = 1;
  }
  i64 from = at_(offsets, offset, wide), stop = at_(offsets, offset + n, wide);
  Search q = {.own = own, .offsets = offsets, .data = data, .valid = valid, .row = offset, .offset = offset, .room = room, .rows = rows,
              .which = which, .wide = wide, .stop = stop};
  if (stop > from && own->window) {
    memset(q.last, -1, sizeof q.last);
#if defined(__x86_64__)
    if (quick() && !wide_search(&q, &from)) return -1;
#endif
    if (!narrow(&q, from)) return -1;
    f->seen = q.seen;
  }
  own_values(own, offsets, data, valid, n, offset, wide, row, f);
  return q.found;
}

void own_free(Scratch *c) {
  free(c->bytes), free(c->to);
  memset(c, 0, sizeof *c);
}
