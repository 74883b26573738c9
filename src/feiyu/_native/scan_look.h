// Scan: one look over bytes, 32 at a time where the processor can: classes, characters, what to fold, runs of letters and digits.
// Every function here reads at most 32 bytes behind the text: callers keep that much room.
#ifndef FEIYU_SCAN_LOOK_H
#define FEIYU_SCAN_LOOK_H

#include "scan_tables.h"

// What one look tells: the classes, how many characters, and whether bytes occur that `fold` may change.
typedef struct {
  int m, nc, folds;
} Look;

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

static inline void look_on(V x, Str s, int n, Look *out) {
  u32 valid = upto(n), high = v_bits(x) & valid, digit = v_bits(v_from(x, '0', '9')) & valid;
  u32 letter = v_bits(v_from(_mm256_or_si256(x, v_all(32)), 'a', 'z')) & valid, low = v_bits(_mm256_slli_epi16(x, 2)) & letter;
  u32 rest = valid & ~(high | digit | letter);
  out->m |= (high ? HI : 0) | (digit ? D : 0) | (low ? L : 0) | (letter != low ? U : 0);
  for (; rest; rest &= rest - 1) out->m |= CL[s[__builtin_ctz(rest)]];
  if (high) {
    out->nc -= __builtin_popcount(v_bits(_mm256_cmpgt_epi8(v_all(-64), x)) & valid);
    out->folds |= ((v_is(x, 0xEF) | v_is(x, 0xE2) | v_is(x, 0xE3) | v_is(x, 0xC2)) & valid) != 0;
  }
}
static inline Look look(Str s, int n) {
  Look out = {0, n, 0};
  for (int i = 0; i < n; i += 32) look_on(v_at(s + i), s + i, n - i, &out);
  return out;
}
static const u8 KEEP[64] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
// The last, perhaps broken, 32 bytes of a text in a register, zeros behind; nothing beyond its page is touched.
static inline V v_last(Str s, int n) {
  if (((uintptr_t)s & 4095) <= 4096 - 32 && !CAREFUL) return _mm256_and_si256(v_at(s), v_at(KEEP + 32 - n));
  u8 t[32] = {0};
  memcpy(t, s, (size_t)n);
  return v_at(t);
}
// A copy with zeros behind, and one look over it. `t` has room for n + 64 bytes.
static inline Look take(u8 *t, Str s, int n) {
  Look out = {0, n, 0};
  int i = 0;
  for (; i + 32 <= n; i += 32) {
    V x = v_at(s + i);
    _mm256_storeu_si256((V *)(t + i), x);
    look_on(x, s + i, 32, &out);
  }
  V x = i < n ? v_last(s + i, n - i) : _mm256_setzero_si256();
  _mm256_storeu_si256((V *)(t + i), x);
  _mm256_storeu_si256((V *)(t + i + 32), _mm256_setzero_si256());
  if (i < n) look_on(x, s + i, n - i, &out);
  return out;
}

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
static inline Look look(Str s, int n) {
  Look out = {0, n, 0};
  for (int i = 0; i < n; i++) out.m |= CL[s[i]];
  if (out.m & HI)
    for (int i = 0; i < n; i++) {
      out.nc -= (s[i] & 0xC0) == 0x80;
      out.folds |= s[i] == 0xEF || s[i] == 0xE2 || s[i] == 0xE3 || s[i] == 0xC2;
    }
  return out;
}
static inline int has_run(Str s, int n) {
  int run = 0;
  for (int i = 0; i < n && run < 6; i++) run = (CL[s[i]] & (ALNUM | AT | DT | UN | PL | SL | HY)) || s[i] == '%' ? run + 1 : 0;
  return run >= 6;
}
static inline Look take(u8 *t, Str s, int n) {
  memcpy(t, s, (size_t)n);
  memset(t + n, 0, 32);
  return look(t, n);
}
#endif

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

#endif
