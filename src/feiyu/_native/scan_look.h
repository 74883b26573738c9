// Scan: one look over bytes, 32 at a time where the processor can: classes, characters, what to fold, runs of letters and digits.
// Every function here reads at most 32 bytes behind the text: callers keep that much room.
#ifndef FEIYU_SCAN_LOOK_H
#define FEIYU_SCAN_LOOK_H

#include "scan_tables.h"

// Where digits, capitals, small letters, bytes beyond ASCII, and first bytes of characters beyond ASCII stand among the first 64 bytes: one bit a byte.
typedef struct {
  u64 digit, upper, lower, high, lead;
} Masks;
// What one look tells: the classes, how many characters, whether bytes occur that `fold` may change.
typedef struct {
  int m, nc, folds;
  Masks at;
} Look;

// The first n bits, at least one; all from 64 on.
static inline u64 first_bits(int n) { return n >= 64 ? ~0ULL : (1ULL << n) - 1; }
// Whether six bits stand side by side.
static inline int six_in_row(u64 x) {
  x &= x >> 1;
  return (x & x >> 2 & x >> 4) != 0;
}
// Whether the bits from `i` on, `n` of them, are all set.
static inline int all_set(u64 mask, int i, int n) { return !(~(mask >> i) & first_bits(n)); }

// A copy of n bytes without a call: overlapping words. Neither side is touched beyond n.
static inline void copy(u8 *t, Str s, int n) {
  if (n > 64) memcpy(t, s, (size_t)n);
  else if (n >= 32) memcpy(t, s, 32), memcpy(t + n - 32, s + n - 32, 32);
  else if (n >= 16) memcpy(t, s, 16), memcpy(t + n - 16, s + n - 16, 16);
  else if (n >= 8) memcpy(t, s, 8), memcpy(t + n - 8, s + n - 8, 8);
  else if (n >= 4) memcpy(t, s, 4), memcpy(t + n - 4, s + n - 4, 4);
  else
    for (int i = 0; i < n; i++) t[i] = s[i];
}

// A sanitizer may not see a load that ends behind a buffer, though within its page.
#if defined(__SANITIZE_ADDRESS__)
enum { CAREFUL = 1 };
#else
enum { CAREFUL = 0 };
#endif

#ifdef SCAN_AVX2
typedef __m256i V;
static inline V v_at(Str s) { return _mm256_loadu_si256((const V *)s); }
static inline V v_all(int c) { return _mm256_set1_epi8((char)c); }
static inline V v_from(V x, int low, int high) { return _mm256_and_si256(_mm256_cmpgt_epi8(x, v_all(low - 1)), _mm256_cmpgt_epi8(v_all(high + 1), x)); }
static inline u32 v_bits(V x) { return (u32)_mm256_movemask_epi8(x); }
static inline u32 v_is(V x, int c) { return v_bits(_mm256_cmpeq_epi8(x, v_all(c))); }
static inline u32 upto(int left) { return left >= 32 ? ~0u : (1u << left) - 1; }

static inline Masks masks32(V x) {
  u32 letter = v_bits(v_from(_mm256_or_si256(x, v_all(32)), 'a', 'z')), low = v_bits(_mm256_slli_epi16(x, 2)) & letter;
  return (Masks){v_bits(v_from(x, '0', '9')), letter ^ low, low, v_bits(x), 0};
}
static inline u32 inner32(V x) { return v_bits(_mm256_cmpgt_epi8(v_all(-64), x)); }  // second and later bytes of a character
static inline int folds32(V x) {
  V one = _mm256_or_si256(_mm256_cmpeq_epi8(x, v_all(0xEF)), _mm256_cmpeq_epi8(x, v_all(0xE2)));
  V two_ = _mm256_or_si256(_mm256_cmpeq_epi8(x, v_all(0xE3)), _mm256_cmpeq_epi8(x, v_all(0xC2)));
  return !_mm256_testz_si256(_mm256_or_si256(one, two_), _mm256_or_si256(one, two_));
}
static const u8 KEEP[64] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
// The last, perhaps broken, 32 bytes of a text in a register, zeros behind; nothing beyond its page is touched.
static inline V v_last(Str s, int n) {
  if (((uintptr_t)s & 4095) <= 4096 - 32 && !CAREFUL) return _mm256_and_si256(v_at(s), v_at(KEEP + 32 - n));
  u8 t[32] = {0};
  memcpy(t, s, (size_t)n);
  return v_at(t);
}
static inline void zeros32(u8 *t) { _mm256_storeu_si256((V *)t, _mm256_setzero_si256()); }
#ifdef SCAN_AVX512
static inline u64 b_from(__m512i x, int low, int many) { return _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x, _mm512_set1_epi8((char)low)), _mm512_set1_epi8((char)many)); }
static inline u64 b_is(__m512i x, int c) { return _mm512_cmpeq_epi8_mask(x, _mm512_set1_epi8((char)c)); }
#endif
// Where a byte stands among 64.
static inline u64 where(Str t, u8 c) { return v_is(v_at(t), c) | (u64)v_is(v_at(t + 32), c) << 32; }

// Whether at least six characters of `in_piece` stand side by side, a question that most texts answer with no.
static inline int has_run(Str s, int n) {
  u64 before = 0;  // the last five bits of the 32 before
  for (int i = 0; i < n; i += 32) {
    V x = v_at(s + i);
    V word = _mm256_or_si256(v_from(x, '0', '9'), v_from(_mm256_or_si256(x, v_all(32)), 'a', 'z'));
    V mark = _mm256_or_si256(v_from(x, '-', '/'), v_from(x, '+', '+'));  // - . / +
    V sign = _mm256_or_si256(_mm256_or_si256(v_from(x, '@', '@'), v_from(x, '_', '_')), v_from(x, '%', '%'));
    u64 bits = (u64)(v_bits(_mm256_or_si256(word, _mm256_or_si256(mark, sign))) & upto(n - i)) << 5 | before;
    u64 run = bits & bits >> 1;
    run &= run >> 2;
    if (run & bits >> 4 & bits >> 5) return 1;
    before = bits >> 32;
  }
  return 0;
}
#else
static inline void zeros32(u8 *t) { memset(t, 0, 32); }
static inline u64 where(Str t, u8 c) {
  u64 out = 0;
  for (int i = 0; i < 64; i++) out |= (u64)(t[i] == c) << i;
  return out;
}
static inline int has_run(Str s, int n) {
  int run = 0;
  for (int i = 0; i < n && run < 6; i++) run = (CL[s[i]] & (ALNUM | AT | DT | UN | PL | SL | HY)) || s[i] == '%' ? run + 1 : 0;
  return run >= 6;
}
#endif

// Classes told from masks.
static inline int classes_at(Masks k) { return (k.digit ? D : 0) | (k.upper ? U : 0) | (k.lower ? L : 0) | (k.high ? HI : 0); }
#ifdef SCAN_AVX2
// The marks that are classes of their own, one bit each in the order of the classes from HY on: a byte is one where the tables of its halves agree.
#define MARKS_LOW 1 << 5 | 1 << 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 << 3, (char)(1 << 7), 0, 1 << 0, 1 << 1, 1 << 4 | 1 << 6
#define MARKS_HIGH 0, 0, (char)(1 << 0 | 1 << 1 | 1 << 4 | 1 << 5 | 1 << 7), 1 << 3, 1 << 2, 1 << 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
static inline V marks32(V x) {
  V low = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_setr_epi8(MARKS_LOW)), x);
  return _mm256_and_si256(low, _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_setr_epi8(MARKS_HIGH)), _mm256_and_si256(_mm256_srli_epi16(x, 4), v_all(15))));
}
// All marks of a register put together; `other` says that some byte is of no class else.
static inline int mark_classes(V marks, int other) {
  __m128i x = _mm_or_si128(_mm256_castsi256_si128(marks), _mm256_extracti128_si256(marks, 1));
  u64 w = (u64)_mm_cvtsi128_si64(_mm_or_si128(x, _mm_unpackhi_epi64(x, x)));
  w |= w >> 32, w |= w >> 16, w |= w >> 8;
  return (int)(w & 255) << 3 | (other ? OT : 0);
}
#endif
// A copy of at most 64 bytes with zeros behind, and one look over it: `t` gets 64 clean bytes, and 32 more where n is above 32.
static inline __attribute__((always_inline)) void take64(u8 *t, Str s, int n, Look *out) {
  *out = (Look){0, n, 0, {0, 0, 0, 0, 0}};
#if defined(SCAN_AVX512)
  // A load under a mask touches nothing behind the text, and comparisons are masks already.
  u64 valid = ~0ULL >> (-n & 63), digit, upper;
  __m512i x = _mm512_maskz_loadu_epi8(valid, s);
  _mm512_storeu_si512(t, x);
  if (n > 32) zeros32(t + 64);
  digit = b_from(x, '0', 10), upper = b_from(x, 'A', 26);
  out->at = (Masks){digit, upper, 0, 0, 0};
  if ((digit | upper) == valid) {
    out->m = (digit ? D : 0) | (upper ? U : 0);
    return;
  }
  out->at.lower = b_from(x, 'a', 26), out->at.high = _mm512_movepi8_mask(x);
  if (out->at.high) {
    u64 inner = _mm512_cmplt_epi8_mask(x, _mm512_set1_epi8(-64));
    out->at.lead = out->at.high & ~inner, out->nc -= __builtin_popcountll(inner);
    out->folds = (b_is(x, 0xEF) | b_is(x, 0xE2) | b_is(x, 0xE3) | b_is(x, 0xC2)) != 0;
  }
  out->m = classes_at(out->at);
  u64 rest = valid & ~(digit | upper | out->at.lower | out->at.high);
  if (rest) {
    __m512i low = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(_mm_setr_epi8(MARKS_LOW)), x);
    __m512i high = _mm512_shuffle_epi8(_mm512_broadcast_i32x4(_mm_setr_epi8(MARKS_HIGH)), _mm512_and_si512(_mm512_srli_epi16(x, 4), _mm512_set1_epi8(15)));
    low = _mm512_and_si512(low, high);
    out->m |= mark_classes(_mm256_or_si256(_mm512_castsi512_si256(low), _mm512_extracti64x4_epi64(low, 1)), (rest & ~_mm512_test_epi8_mask(low, low)) != 0);
  }
#elif defined(SCAN_AVX2)
  if (n <= 32) {
    V x = v_last(s, n);
    _mm256_storeu_si256((V *)t, x);
    zeros32(t + 32);
    u32 digit = v_bits(v_from(x, '0', '9')), upper = v_bits(v_from(x, 'A', 'Z'));
    if (digit == (u32)((1ULL << n) - 1)) {
      out->m = D, out->at.digit = digit;
      return;
    }
    if ((digit | upper) == (u32)((1ULL << n) - 1)) {
      out->m = digit ? D | U : U, out->at.digit = digit, out->at.upper = upper;
      return;
    }
    out->at = masks32(x);
    if (out->at.high) {
      u32 inner = inner32(x);
      out->at.lead = out->at.high & ~(u64)inner, out->nc -= __builtin_popcount(inner), out->folds = folds32(x);
    }
    V marks = marks32(x);
    u32 rest = upto(n) & ~(u32)(out->at.digit | out->at.upper | out->at.lower | out->at.high);
    out->m = classes_at(out->at) | mark_classes(marks, (rest & v_bits(_mm256_cmpeq_epi8(marks, _mm256_setzero_si256()))) != 0);
  } else {
    V x = v_at(s), y = v_last(s + 32, n - 32);
    _mm256_storeu_si256((V *)t, x), _mm256_storeu_si256((V *)(t + 32), y);
    zeros32(t + 64);
    Masks a = masks32(x), b = masks32(y);
    out->at = (Masks){a.digit | b.digit << 32, a.upper | b.upper << 32, a.lower | b.lower << 32, a.high | b.high << 32, 0};
    if (out->at.high) {
      u64 inner = inner32(x) | (u64)inner32(y) << 32;
      out->at.lead = out->at.high & ~inner, out->nc -= __builtin_popcountll(inner), out->folds = folds32(x) | folds32(y);
    }
    V some = marks32(x), more = marks32(y), none = _mm256_setzero_si256();
    u64 rest = first_bits(n) & ~(out->at.digit | out->at.upper | out->at.lower | out->at.high);
    u64 unmarked = v_bits(_mm256_cmpeq_epi8(some, none)) | (u64)v_bits(_mm256_cmpeq_epi8(more, none)) << 32;
    out->m = classes_at(out->at) | mark_classes(_mm256_or_si256(some, more), (rest & unmarked) != 0);
  }
#else
  memcpy(t, s, (size_t)n), memset(t + n, 0, (size_t)(n > 32 ? 96 : 64) - (size_t)n);
  for (int i = 0; i < n; i++) {
    u64 bit = 1ULL << i;
    int c = CL[t[i]];
    out->at.digit |= c == D ? bit : 0, out->at.upper |= c == U ? bit : 0, out->at.lower |= c == L ? bit : 0, out->at.high |= c == HI ? bit : 0;
    out->at.lead |= t[i] >= 0xC0 ? bit : 0, out->nc -= (t[i] & 0xC0) == 0x80;
    out->folds |= t[i] == 0xEF || t[i] == 0xE2 || t[i] == 0xE3 || t[i] == 0xC2;
    out->m |= c;
  }
#endif
}
// Of any length.
static __attribute__((noinline)) Look look(Str s, int n) {
  Look out = {0, n, 0, {0, 0, 0, 0, 0}}, part;
  u8 t[96];
  for (int i = 0; i < n; i += 64) {
    int k = n - i < 64 ? n - i : 64;
    take64(t, s + i, k, &part);
    if (!i) out.at = part.at;
    out.m |= part.m, out.nc += part.nc - k, out.folds |= part.folds;
  }
  return out;
}
// A copy with zeros behind, and one look over it. `t` has room for n + 64 bytes.
static __attribute__((noinline)) void take(u8 *t, Str s, int n, Look *out) {
  if (n <= 64) {
    take64(t, s, n, out);
    return;
  }
  copy(t, s, n), zeros32(t + n), zeros32(t + n + 32);
  *out = look(s, n);
}

// The classes of a text of at most 64 bytes, of which nothing is read beyond its page.
static inline int classes_of(Str s, int n) {
  u8 t[96];
  Look out;
  take64(t, s, n, &out);
  return out.m;
}
// The bytes of a text of n from i on, at most eight, the first lowest.
static inline u64 last_word(Str s, int n, int i) {
  u64 x = 0;
  if (n >= 8) {
    memcpy(&x, s + n - 8, 8);
    return x >> (8 * (8 - (n - i)));
  }
  for (int k = 0; i + k < n; k++) x |= (u64)s[i + k] << (8 * k);
  return x;
}

#endif
