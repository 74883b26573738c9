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
// `types[length * 64 + shape]` is the type of a shape. `lengths[first byte]` are the lengths of words beginning so; `slots` is an open table of
// (hash, offset << 16 | size, types). Literals: `shift` by the last two bytes of the window, `heads`/`next` chain those with the same end;
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
} Own;

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

u64 own_hash(const u8 *s, u64 n) {
  u64 h = n * 0x9E3779B97F4A7C15ull;
  while (n) {
    u64 w = 0, take = n < 8 ? n : 8;
    memcpy(&w, s, take);
    h = (h ^ w) * 0xFF51AFD7ED558CCDull;
    h ^= h >> 32;
    s += take, n -= take;
  }
  h = h * 0xC4CEB9FE1A85EC53ull;
  return h ^ h >> 29;
}

static inline int blank(u8 c) { return c == ' ' || (c >= 9 && c <= 13); }
static inline int wide_blank(const u8 *s) { return s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80; }

static void count(Found *f, int kind, u64 mask, i64 row) {
  for (; mask; mask &= mask - 1) {
    int t = __builtin_ctzll(mask);
    f->hits[kind][t]++;
    if (f->first[kind][t] < 0) f->first[kind][t] = row;
  }
}

// Whole values against shapes and words; `row` is the number of the first row.
static void own_values(const Own *own, const void *offsets, const u8 *data, const u8 *valid, i64 n, i64 offset, int wide, i64 row, Found *f) {
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
      const u64 *table = own->table + own->at[size];
      u64 alive = ~0ull;
      for (u64 p = 0; p < size && alive; p++, table += own->class_count) alive &= table[own->classes[s[p]]];
      u64 mask = 0;
      for (; alive; alive &= alive - 1) mask |= 1ull << own->types[size * 64 + (u64)__builtin_ctzll(alive)];
      count(f, 0, mask, row + i - offset);
    }
    if (own->lengths[*s] >> (size < 63 ? size : 63) & 1) {
      u64 h = own_hash(s, size);
      for (u64 at = h & own->slot_mask;; at = (at + 1) & own->slot_mask) {
        const u64 *slot = own->slots + 3 * at;
        if (!slot[2]) break;
        if (slot[0] == h && (slot[1] & 0xFFFF) == size && !memcmp(own->text + (slot[1] >> 16), s, size)) {
          count(f, 1, slot[2], row + i - offset);
          break;
        }
      }
    }
  }
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

// The column as one run of bytes in the scratch, nulls empty, full-width ASCII half-width. 0 without memory.
static int flatten(Scratch *c, int kind, const void *offsets, const u8 *data, const u8 *valid, i64 n, i64 offset) {
  const u8 *const *texts = (const u8 *const *)data;
  u64 need = 32;
  if (kind == VIEWS) {
    for (i64 i = offset; i < offset + n; i++) {
      int32_t size;
      memcpy(&size, (const u8 *)offsets + 16 * i, 4);
      need += valid_(valid, i) ? (u64)size : 0;
    }
  } else {
    need += (u64)(at_(offsets, offset + n, kind) - at_(offsets, offset, kind));
  }
  if (c->bytes_size < need) {
    free(c->bytes);
    c->bytes = malloc(need * 2), c->bytes_size = c->bytes ? need * 2 : 0;
  }
  if (c->to_size < (u64)n + 1) {
    free(c->to);
    c->to = malloc(16 * ((u64)n + 1)), c->to_size = c->to ? 2 * ((u64)n + 1) : 0;
  }
  if (!c->bytes || !c->to) return 0;
  u8 *o = c->bytes;
  for (i64 i = 0; i < n; i++) {
    c->to[i] = o - c->bytes;
    if (!valid_(valid, offset + i)) continue;
    if (kind == VIEWS) {
      const u8 *v = (const u8 *)offsets + 16 * (offset + i);
      int32_t size, where[2];
      memcpy(&size, v, 4), memcpy(where, v + 8, 8);
      if (size <= 12) memcpy(o, v + 4, 12);
      else memcpy(o, texts[where[0]] + where[1], (size_t)size);
      o += size;
    } else {
      i64 from = at_(offsets, offset + i, kind), size = at_(offsets, offset + i + 1, kind) - from;
      memcpy(o, data + from, (size_t)size);
      o += size;
    }
  }
  c->to[n] = o - c->bytes;
  return 1;
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

// A column (32-bit offsets, 64-bit offsets or views): whole values are counted into `f`, and (row, literal) pairs written for every value that
// holds a literal, each pair once, with the literals that occur in `f->seen`; `f->copied` says that the column stands in the scratch. How many pairs; -1 when `room` is too small and nothing is
// counted, -3 without memory.
i64 own_column(const Own *own, Scratch *c, int kind, const void *offsets, const u8 *data, const u8 *valid, i64 n, i64 offset, i64 row,
               Found *f, int32_t *rows, u8 *which, i64 room) {
  f->seen = f->copied = 0;
  if (!n) return 0;
  int wide = kind == 1;
  const u8 *from_ = kind == VIEWS || !data ? NULL : data + at_(offsets, offset, wide);  // a column of nothing has no bytes
  if (kind == VIEWS || (from_ && memchr(from_, 0xEF, (size_t)(at_(offsets, offset + n, wide) - at_(offsets, offset, wide))))) {
    if (!flatten(c, kind, offsets, data, valid, n, offset)) return -3;
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
    static unsigned features = ~0u;
    if (features == ~0u) features = cpu_features();
    if ((features & CPU_AVX2) && !wide_search(&q, &from)) return -1;
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
