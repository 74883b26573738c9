// Scan: check digits of eight texts at once, with AVX-512 and VBMI; the same rules as scan_checks.h, of texts of seventeen to nineteen digits and capitals.
// A text is three words of a register: its first eight bytes, the next eight, and its last eight. What is told is a bit for each text.
#ifndef FEIYU_SCAN_EIGHT_H
#define FEIYU_SCAN_EIGHT_H

#include "scan_checks.h"

#ifdef SCAN_AVX512
// A number of eight digits as its text, the first highest.
static inline u64 e_text(u32 number) {
  u64 x = 0;
  for (int i = 0; i < 8; i++, number /= 10) x |= (u64)('0' + number % 10) << (8 * i);
  return x;
}
typedef __m512i E;
typedef struct {
  E head, next, last;
} Eight;
static inline E e_all(u64 x) { return _mm512_set1_epi64((i64)x); }
static inline E e_less(E x, int from) { return _mm512_sub_epi8(x, _mm512_set1_epi8((char)from)); }
static inline u8 e_none(E x, u64 of) { return _mm512_testn_epi64_mask(x, e_all(of)); }
static inline u8 e_same(E x, u64 of, u64 as) { return _mm512_cmpeq_epi64_mask(_mm512_and_si512(x, e_all(of)), e_all(as)); }
// A byte for each text, `as` where it was told.
static inline u64 e_bytes(u8 told, int as) { return _pdep_u64(told, 0x0101010101010101) * (u64)as; }
// Nought at every byte that is a digit, or a capital.
static inline E e_no_digit(E x) { return _mm512_subs_epu8(e_less(x, '0'), _mm512_set1_epi8(9)); }
static inline E e_no_capital(E x) { return _mm512_subs_epu8(e_less(x, 'A'), _mm512_set1_epi8(25)); }
// Bytes by a table of 128.
static inline E e_by(const void *table, E x) {
  return _mm512_permutex2var_epi8(_mm512_loadu_si512(table), x, _mm512_loadu_si512((Str)table + 64));
}
// The byte at each text's lowest by a table of 64; above it stands what is not to be read.
static inline E e_by_low(const u8 table[64], E x) { return _mm512_permutexvar_epi8(x, _mm512_loadu_si512(table)); }
// Values below 128 times their weights, which stand in a word with the first lowest, in sums of two; then the sum of all.
static inline E e_weigh(E values, u64 weights) { return _mm512_maddubs_epi16(values, e_all(weights)); }
static inline E e_sum(E pairs) {
  E x = _mm512_madd_epi16(pairs, _mm512_set1_epi16(1));
  return _mm512_and_si512(_mm512_add_epi32(x, _mm512_srli_epi64(x, 32)), e_all(0xFFFFFFFF));
}
// The rest of a sum below 2^15; `times` is 2^19 through the divisor, and one.
static inline E e_rest(E x, int divisor, int times) {
  return _mm512_sub_epi64(x, _mm512_mul_epu32(_mm512_srli_epi64(_mm512_mul_epu32(x, e_all((u64)times)), 19), e_all((u64)divisor)));
}
static inline E e_rest_11(E x) { return e_rest(x, 11, (1 << 19) / 11 + 1); }
#define WORD8(a, b, c, d, e, f, g, h) \
  ((u64)(a) | (u64)(b) << 8 | (u64)(c) << 16 | (u64)(d) << 24 | (u64)(e) << 32 | (u64)(f) << 40 | (u64)(g) << 48 | (u64)(h) << 56)

// Whether the first seventeen of eighteen are digits, told from what is nought at each digit.
static inline u8 e_digits_17(const Eight *no) {
  return e_none(_mm512_or_si512(_mm512_or_si512(no->head, no->next), _mm512_and_si512(no->last, e_all(0x00FFFFFFFFFFFFFF))), ~0ULL);
}
// Of eighteen characters, seventeen of them digits: whether the last is the check digit of a resident's number (GB 11643-1999).
static inline u8 e_prc_check(const Eight *e) {
  static const u8 last[64] = "10X98765432";
  E t = _mm512_add_epi16(e_weigh(e_less(e->head, '0'), WORD8(7, 9, 10, 5, 8, 4, 2, 1)), e_weigh(e_less(e->next, '0'), WORD8(6, 3, 7, 9, 10, 5, 8, 4)));
  t = _mm512_add_epi16(t, e_weigh(_mm512_and_si512(e_less(e->last, '0'), e_all(0xFFULL << 48)), 2ULL << 48));
  return e_none(_mm512_xor_si512(e_by_low(last, e_rest_11(e_sum(t))), _mm512_srli_epi64(e->last, 56)), 0xFF);
}
// The bytes from the seventh on, a day as yyyymmdd.
static inline E e_birth(const Eight *e) { return _mm512_or_si512(_mm512_srli_epi64(e->head, 48), _mm512_slli_epi64(e->next, 16)); }
// The first byte highest, so that texts stand in their order.
static inline E e_turned(E x) {
  return _mm512_shuffle_epi8(x, _mm512_broadcast_i32x4(_mm_setr_epi8(7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8)));
}
// Whether eight digits are a day between 1880 and 2049; of `leap` that must be found out, for they are a 29 February.
static inline u8 e_day(E digits, u8 *leap) {
  static const u16 days[32] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  E pairs = e_weigh(e_less(digits, '0'), WORD8(10, 1, 10, 1, 10, 1, 10, 1));
  E of_month = _mm512_slli_epi64(_mm512_permutexvar_epi16(pairs, _mm512_loadu_si512(days)), 16);
  E most = _mm512_or_si512(_mm512_and_si512(of_month, e_all(0xFFFFULL << 48)), e_all(99 | 99ULL << 16 | 12ULL << 32));
  E bad = _mm512_or_si512(_mm512_subs_epu16(pairs, most), _mm512_subs_epu16(e_all(1ULL << 32 | 1ULL << 48), pairs));
  E year = _mm512_sub_epi64(_mm512_and_si512(_mm512_madd_epi16(pairs, e_all(100 | 1 << 16)), e_all(0xFFFFFFFF)), e_all(1880));
  *leap = e_same(pairs, ~0ULL << 32, 2ULL << 32 | 29ULL << 48);
  return e_none(bad, ~0ULL) & _mm512_cmple_epu64_mask(year, e_all(169));
}
// Whether two digits are a province's; they stand lowest.
static inline u8 e_province(E x) { return _mm512_test_epi64_mask(e_by(PROV, e_weigh(e_less(x, '0'), WORD8(10, 1, 0, 0, 0, 0, 0, 0))), e_all(0xFF)); }
// Of eighteen digits and capitals: whether they are a unified social credit code (GB 32100-2015) with the organisation's own check digit (GB 11714-1997).
static inline u8 e_uscc(const Eight *e, E no_head) {
  static const u8 first[128] = {['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['A'] = 1, ['N'] = 1, ['Y'] = 1};
  static const u8 org[64] = "0X987654321";
  u8 begins = e_none(no_head, 0xFFFFFFFFFFFF0000) & _mm512_test_epi64_mask(e_by(first, e->head), e_all(0xFF));
  if (!begins) return 0;
  E head = e_by(V31, e->head), next = e_by(V31, e->next), last = e_by(V31, e->last);
  u8 known = (u8)~_mm512_test_epi64_mask(_mm512_or_si512(_mm512_or_si512(head, next), last), e_all(0x8080808080808080));
  E t = _mm512_add_epi16(e_weigh(head, WORD8(1, 3, 9, 27, 19, 26, 16, 17)), e_weigh(next, WORD8(20, 29, 25, 13, 8, 24, 10, 30)));
  t = _mm512_add_epi16(t, e_weigh(_mm512_and_si512(last, e_all(0xFFULL << 48)), 28ULL << 48));
  E sum = _mm512_add_epi64(e_sum(t), _mm512_srli_epi64(last, 56));  // all eighteen, the last with the weight of one, make whole thirty-ones
  u8 whole = e_none(e_rest(sum, 31, (1 << 19) / 31 + 1), ~0ULL);
  E rest = e_rest_11(e_sum(e_weigh(e_by(V36, e->next), WORD8(3, 7, 9, 10, 5, 8, 4, 2))));
  return begins & known & whole & e_none(_mm512_xor_si512(e_by_low(org, rest), _mm512_srli_epi64(e->last, 48)), 0xFF);
}
// Seventeen digits and capitals: whether they are a vehicle's number with its check digit (ISO 3779, 49 CFR 565).
static inline u8 e_vin(const Eight *e) {
  static const u8 check[64] = "0123456789X";
  E head = e_by(VVIN, e->head), next = e_by(VVIN, e->next), last = e_by(VVIN, e->last);
  u8 known = (u8)~_mm512_test_epi64_mask(_mm512_or_si512(_mm512_or_si512(head, next), last), e_all(0x8080808080808080));
  E t = _mm512_add_epi16(e_weigh(head, WORD8(8, 7, 6, 5, 4, 3, 2, 10)), e_weigh(next, WORD8(0, 9, 8, 7, 6, 5, 4, 3)));
  t = _mm512_add_epi16(t, e_weigh(_mm512_and_si512(last, e_all(0xFFULL << 56)), 2ULL << 56));
  return known & e_none(_mm512_xor_si512(e_by_low(check, e_rest_11(e_sum(t))), e->next), 0xFF);
}
// Digits, of which every other is doubled (ISO/IEC 7812-1): those at even places of eighteen, those at odd places of nineteen.
static inline E e_luhn_word(E x, u64 doubled) {
  E v = e_less(x, '0'), twice = _mm512_add_epi8(v, v);
  twice = _mm512_min_epu8(twice, _mm512_sub_epi8(twice, _mm512_set1_epi8(9)));
  return _mm512_mask_blend_epi8(doubled, v, twice);
}
static inline u8 e_luhn(const Eight *e, const int n) {
  const u64 even = 0x5555555555555555, doubled = n & 1 ? ~even : even;
  E t = _mm512_sad_epu8(e_luhn_word(e->head, doubled), _mm512_setzero_si512());
  t = _mm512_add_epi64(t, _mm512_sad_epu8(e_luhn_word(e->next, doubled), _mm512_setzero_si512()));
  t = _mm512_add_epi64(t, _mm512_sad_epu8(_mm512_and_si512(e_luhn_word(e->last, even), e_all(~0ULL << (8 * (24 - n)))), _mm512_setzero_si512()));
  return e_none(e_rest(t, 10, (1 << 19) / 10 + 1), ~0ULL);
}
#endif

#endif
