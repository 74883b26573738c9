// Scan: plain delimited text into string views, the way Arrow lays them out; one look over 64 bytes finds what divides them.
// Whatever is not plain (an escaped or broken quotation, a line break inside one, a lone carriage return, a row of another width, a byte
// that is no UTF-8) is not read here: the rows before it are, and the reader in Python takes over from that row on.
#ifndef FEIYU_SCAN_CSV_H
#define FEIYU_SCAN_CSV_H

#include "scan_look.h"

// Arrow's string view: up to twelve bytes stand in it, longer ones in a buffer.
typedef struct {
  int32_t size;
  union {
    u8 text[12];
    struct {
      u8 start[4];
      int32_t buffer, offset;
    };
  };
} View;

// --- UTF-8 ---
static int utf8_plain(Str s, i64 n) {
  for (i64 i = 0; i < n;) {
    u8 c = s[i];
    int k = c < 0x80 ? 1 : c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    if (!k || i + k > n) return 0;
    for (int q = 1; q < k; q++)
      if ((s[i + q] & 0xC0) != 0x80) return 0;
    if ((c == 0xE0 && s[i + 1] < 0xA0) || (c == 0xED && s[i + 1] > 0x9F) || (c == 0xF0 && s[i + 1] < 0x90) || (c == 0xF4 && s[i + 1] > 0x8F)) return 0;
    i += k;
  }
  return 1;
}
#ifdef SCAN_AVX2
// Keiser and Lemire, "Validating UTF-8 in less than one instruction per byte" (2021): three tables over the halves of two neighbouring
// bytes name every error that two bytes can show; the third and fourth byte of a character are asked for by the first.
enum { SHORT_ = 1, LONG_ = 2, OVER3 = 4, LARGE_ = 8, SURROGATE = 16, OVER2 = 32, LARGE4 = 64, OVER4 = 64, TWO = 128, CARRY = SHORT_ | LONG_ | TWO };
#define TWICE(...) _mm256_setr_epi8(__VA_ARGS__, __VA_ARGS__)
static inline V v_behind(V x, V before, int by) {
  V mid = _mm256_permute2x128_si256(before, x, 0x21);
  return by == 1 ? _mm256_alignr_epi8(x, mid, 15) : by == 2 ? _mm256_alignr_epi8(x, mid, 14) : _mm256_alignr_epi8(x, mid, 13);
}
static int utf8_valid(Str s, i64 n) {
  const V high1 = TWICE(LONG_, LONG_, LONG_, LONG_, LONG_, LONG_, LONG_, LONG_, (char)TWO, (char)TWO, (char)TWO, (char)TWO, SHORT_ | OVER2, SHORT_, SHORT_ | OVER3 | SURROGATE, SHORT_ | LARGE_ | LARGE4 | OVER4);
  const V low1 = TWICE((char)(CARRY | OVER3 | OVER2 | OVER4), (char)(CARRY | OVER2), (char)CARRY, (char)CARRY, (char)(CARRY | LARGE_), (char)(CARRY | LARGE_ | LARGE4), (char)(CARRY | LARGE_ | LARGE4),
                       (char)(CARRY | LARGE_ | LARGE4), (char)(CARRY | LARGE_ | LARGE4), (char)(CARRY | LARGE_ | LARGE4), (char)(CARRY | LARGE_ | LARGE4), (char)(CARRY | LARGE_ | LARGE4),
                       (char)(CARRY | LARGE_ | LARGE4), (char)(CARRY | LARGE_ | LARGE4 | SURROGATE), (char)(CARRY | LARGE_ | LARGE4), (char)(CARRY | LARGE_ | LARGE4));
  const V high2 = TWICE(SHORT_, SHORT_, SHORT_, SHORT_, SHORT_, SHORT_, SHORT_, SHORT_, (char)(LONG_ | OVER2 | TWO | OVER3 | LARGE4 | OVER4), (char)(LONG_ | OVER2 | TWO | OVER3 | LARGE_),
                        (char)(LONG_ | OVER2 | TWO | SURROGATE | LARGE_), (char)(LONG_ | OVER2 | TWO | SURROGATE | LARGE_), SHORT_, SHORT_, SHORT_, SHORT_);
  const V low4 = v_all(15);
  V before = _mm256_setzero_si256(), bad = before, open = before;
  const V most = _mm256_setr_epi8(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, (char)0xEF, (char)0xDF, (char)0xBF);
  for (i64 i = 0; i < n; i += 32) {
    V x;
    if (i + 32 <= n) x = v_at(s + i);
    else {
      u8 t[32] = {0};
      memcpy(t, s + i, (size_t)(n - i));
      x = v_at(t);
    }
    if (!v_bits(x)) bad = _mm256_or_si256(bad, open), open = _mm256_setzero_si256();
    else {
      V one = v_behind(x, before, 1);
      V special = _mm256_and_si256(_mm256_and_si256(_mm256_shuffle_epi8(high1, _mm256_and_si256(_mm256_srli_epi16(one, 4), low4)), _mm256_shuffle_epi8(low1, _mm256_and_si256(one, low4))),
                                   _mm256_shuffle_epi8(high2, _mm256_and_si256(_mm256_srli_epi16(x, 4), low4)));
      V third = _mm256_subs_epu8(v_behind(x, before, 2), v_all(0xE0 - 0x80)), fourth = _mm256_subs_epu8(v_behind(x, before, 3), v_all(0xF0 - 0x80));
      V must = _mm256_and_si256(_mm256_or_si256(third, fourth), v_all(-128));
      bad = _mm256_or_si256(bad, _mm256_xor_si256(must, special));
      open = _mm256_subs_epu8(x, most);
    }
    before = x;
  }
  bad = _mm256_or_si256(bad, open);
  return _mm256_testz_si256(bad, bad);
}
// Which of 64 bytes are one of four.
static inline u64 marks_of(Str s, u8 a, u8 b, u8 c, u8 d) {
  u64 out = 0;
  for (int h = 0; h < 2; h++) {
    V x = v_at(s + 32 * h);
    V found = _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(x, v_all(a)), _mm256_cmpeq_epi8(x, v_all(b))), _mm256_or_si256(_mm256_cmpeq_epi8(x, v_all(c)), _mm256_cmpeq_epi8(x, v_all(d))));
    out |= (u64)v_bits(found) << (32 * h);
  }
  return out;
}
#else
static int utf8_valid(Str s, i64 n) { return utf8_plain(s, n); }
static inline u64 marks_of(Str s, u8 a, u8 b, u8 c, u8 d) {
  u64 out = 0;
  for (int i = 0; i < 64; i++) out |= (u64)(s[i] == a || s[i] == b || s[i] == c || s[i] == d) << i;
  return out;
}
#endif
// For the tests: both ways of looking for bytes that are no UTF-8.
int scan_utf8(const u8 *s, i64 n, int plainly) { return plainly ? utf8_plain(s, n) : utf8_valid(s, n); }

static const u8 FIRST[28] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};  // the first k of twelve bytes: from 12 - k on
static inline void view_of(View *v, Str data, i64 a, i64 z, i64 n) {
  int size = (int)(z - a);
  v->size = size;
  if (size <= 12) {
    u64 x, keep;
    u32 y, keep2;
    if (a + 12 <= n) {
      u8 mask[12];
      memcpy(mask, FIRST + 12 - size, 12);
      memcpy(&x, data + a, 8), memcpy(&y, data + a + 8, 4), memcpy(&keep, mask, 8), memcpy(&keep2, mask + 8, 4);
      x &= keep, y &= keep2;
    } else {
      u8 t[12] = {0};
      memcpy(t, data + a, (size_t)size);
      memcpy(&x, t, 8), memcpy(&y, t + 8, 4);
    }
    memcpy(v->text, &x, 8), memcpy(v->text + 8, &y, 4);
  } else {
    memcpy(v->start, data + a, 4);
    v->buffer = 0, v->offset = (int32_t)a;
  }
}

enum { CSV_END, CSV_NOT_PLAIN, CSV_FULL };
// Rows of data[0..n) into views[column * stride + row], at most `most` of them. `final` says that the last row may lack its line end.
// out: rows, bytes that they take, and why no more (CSV_END: the rest is no whole row). `quote` is 256 where there is none.
void scan_csv(const u8 *data, i64 n, int delimiter, int quote, int columns, View *views, i64 stride, i64 most, int final, i64 *out) {
  i64 row = 0, begun = 0, start = 0, at = 0;
  int col = 0, why = CSV_END, q = quote == 256 ? '\n' : quote;
  while (at < n) {
    u8 tail[64];
    Str s = data + at;
    if (at + 64 > n) {
      memset(tail, 0, 64);
      memcpy(tail, s, (size_t)(n - at));
      s = tail;
    }
    u64 marks = marks_of(s, (u8)delimiter, '\n', (u8)q, '\r');
    i64 next = at + 64;
    for (; marks; marks &= marks - 1) {
      i64 p = at + __builtin_ctzll(marks);
      u8 c = data[p];
      if (p >= n) break;
      if (c == delimiter) {
        if (col + 1 >= columns) goto not_plain;
        view_of(&views[col * stride + row], data, start, p, n);
        col++, start = p + 1;
        continue;
      }
      if (c == '\n') {
        i64 z = p > start && data[p - 1] == '\r' ? p - 1 : p;
        if (z == start && !col && begun == start) {
          begun = start = p + 1;  // a blank line is no row
          continue;
        }
        if (col + 1 != columns) goto not_plain;
        view_of(&views[col * stride + row], data, start, z, n);
        row++, col = 0, begun = start = p + 1;
        if (row == most) {
          why = CSV_FULL;
          goto done;
        }
        continue;
      }
      if (c == '\r') {
        if (p + 1 < n ? data[p + 1] != '\n' : final) goto not_plain;
        continue;
      }
      // A quotation: the whole cell, without quotation marks or line ends in it.
      if (p != start) goto not_plain;
      Str close = memchr(data + p + 1, quote, (size_t)(n - p - 1));
      if (!close) {
        if (final) goto not_plain;
        goto done;
      }
      i64 e = close - data;
      if (memchr(data + p + 1, '\n', (size_t)(e - p - 1)) || memchr(data + p + 1, '\r', (size_t)(e - p - 1))) goto not_plain;
      if (e + 1 >= n) {
        if (final) goto not_plain;
        goto done;
      }
      i64 after = e + 1;
      if (data[after] == '\r') {
        if (after + 1 >= n) goto done_or_not;
        after++;
        if (data[after] != '\n') goto not_plain;
      }
      if (data[after] == delimiter && after == e + 1) {
        if (col + 1 >= columns) goto not_plain;
        view_of(&views[col * stride + row], data, p + 1, e, n);
        col++, start = after + 1;
      } else if (data[after] == '\n') {
        if (col + 1 != columns) goto not_plain;
        view_of(&views[col * stride + row], data, p + 1, e, n);
        row++, col = 0, begun = start = after + 1;
        if (row == most) {
          why = CSV_FULL;
          goto done;
        }
      } else goto not_plain;
      next = after + 1;
      break;
    done_or_not:
      if (final) goto not_plain;
      goto done;
    }
    at = next;
  }
  if (final && begun < n) {
    if (col + 1 != columns) goto not_plain;
    view_of(&views[col * stride + row], data, start, n, n);
    row++, begun = n;
  }
  goto done;
not_plain:
  why = CSV_NOT_PLAIN;
done:
  out[0] = row, out[1] = begun, out[2] = why;
  if (!utf8_valid(data, begun)) out[0] = out[1] = 0, out[2] = CSV_NOT_PLAIN;
}
// Whether strings in one text (offsets of four or eight bytes) follow each other within it, and each is UTF-8 from its first byte to its last.
int scan_strings(const void *offsets, int wide, i64 n, const u8 *data, i64 size) {
  const int32_t *narrow = offsets;
  const i64 *broad = offsets;
  const i64 first = wide ? broad[0] : narrow[0];
  if (first < 0) return 0;
  i64 last = first;
  for (i64 i = 1; i <= n; i++) {
    i64 next = wide ? broad[i] : narrow[i];
    if (next < last || next > size || (last < next && (data[last] & 0xC0) == 0x80)) return 0;
    last = next;
  }
  return utf8_valid(data + first, last - first);
}
// The texts that numbers of four bytes stand for, `many` in one text, as views over it. `valid` bits say which are there, all where it is NULL.
// Whether every number stands for a text within its `size` bytes.
int scan_unfold(const int32_t *numbers, const u8 *valid, i64 n, const void *offsets, int wide, i64 many, const u8 *data, i64 size, View *views) {
  for (i64 i = 0; i < n; i++) {
    views[i] = (View){0};
    if (valid && !(valid[i >> 3] >> (i & 7) & 1)) continue;
    i64 k = numbers[i];
    if (k < 0 || k >= many) return 0;
    i64 a = wide ? ((const i64 *)offsets)[k] : ((const int32_t *)offsets)[k], z = wide ? ((const i64 *)offsets)[k + 1] : ((const int32_t *)offsets)[k + 1];
    if (a < 0 || z < a || z > size) return 0;
    view_of(&views[i], data, a, z, size);
  }
  return 1;
}
// Whether a text has so many line feeds and commas, and neither quotation mark nor carriage return.
int scan_unquoted(const u8 *s, i64 n, i64 lines, i64 commas) {
  i64 i = 0;
#ifdef SCAN_AVX2
  for (; i + 32 <= n; i += 32) {
    V x = v_at(s + i);
    if (v_is(x, '"') | v_is(x, '\r')) return 0;
    lines -= __builtin_popcount(v_is(x, '\n')), commas -= __builtin_popcount(v_is(x, ','));
  }
#endif
  for (; i < n; i++) {
    if (s[i] == '"' || s[i] == '\r') return 0;
    lines -= s[i] == '\n', commas -= s[i] == ',';
  }
  return !lines && !commas;
}

#endif
