// Scan: values in a row of one kind, in a loop of their own; part of scan_kernel.c.
// Each loop takes what it is sure of, answers as the general way would, and leaves at the first value of another kind. It knows what the general way
// has to find out for every value anew, so that it costs a third or a quarter.
#ifndef FEIYU_SCAN_RUNS_H
#define FEIYU_SCAN_RUNS_H

#include "scan_eight.h"

#ifdef SCAN_AVX2
// The next value where it is there, of the loop's sizes, and can be loaded whole: 32 bytes from its start, none of them beyond its page.
static inline __attribute__((always_inline)) Str next_cell(const Cells *at, i64 i, const i64 kind, int *n) {
  u64 size;
  if (at->valid && !(at->valid[i >> 3] >> (i & 7) & 1)) return NULL;
  Str s = cell(at, i, kind, &size);
  *n = size - 1 < 32 ? (int)size : 0;
#ifndef SCAN_AVX512
  if (((uintptr_t)s & 4095) > 4096 - 32 || CAREFUL) return NULL;
#endif
  return *n ? s : NULL;
}
// The first bytes of a text, zeros behind.
static inline __attribute__((always_inline)) V load32(Str s, int n) {
#ifdef SCAN_AVX512
  return _mm512_castsi512_si256(_mm512_maskz_loadu_epi8(first_bits(n), s));
#else
  return _mm256_and_si256(v_at(s), v_at(KEEP + 32 - n));
#endif
}
// Where digits stand among digits and capitals; all ones where other characters stand there too.
static inline __attribute__((always_inline)) u64 digits_of_plain(Str s, int n) {
  V x = load32(s, n);
  u32 valid = upto(n), digit = v_bits(v_from(x, '0', '9'));
  return digit == valid || (digit | v_bits(v_from(x, 'A', 'Z'))) == valid ? digit : ~0ULL;
}

// Digits only, all of one size that the compiler knows, so that it makes straight lines.
static inline __attribute__((always_inline)) i64 run_digits(Column *c, Plan *p, const Cells *at, i64 i, i64 to, const i64 kind, const int n) {
  Str s;
  int size;
  for (; i < to && (s = next_cell(at, i, kind, &size)) && size == n && digits_of_plain(s, n) == first_bits(n); i++) {
    if (p->words && word_last[s[n - 1]] >> n & 1) break;
    note_answer(c, p, digit_answers(s, n), row_of(c, at, i));
    if (distinct(c, hash64(s, n))) return -1;
  }
  return i;
}
#ifdef SCAN_AVX512
// Eight texts of seventeen to nineteen digits and capitals: a byte of answers for each, those of `digit_answers` for digits; ALONE where it must be asked by
// itself. Of those with capitals a resident's number and a credit code are told at the same bits, and a vehicle's at the first.
enum { ALONE = 128, BESIDE = 64 };
static inline __attribute__((always_inline)) u64 answers_eight(const Eight *e, const Eight *no, const int n) {
  u8 body = e_digits_17(no), digits = body & e_none(no->last, ~0ULL);
  if (n == 17) {
    u8 vehicle = e_vin(e) & (u8)~digits;
    return e_bytes(vehicle, 1) | e_bytes((u8)~vehicle, ALONE);
  }
  u8 nine = e_same(e->head, 0xFF, '9');
  u8 brand = digits & (nine | e_same(e->head, 0xFDFF, '6' | '0' << 8) | (n == 19 ? e_same(e->head, 0xFF, '4') : 0)), card = brand ? brand & e_luhn(e, n) : 0;
  if (n == 19) return e_bytes(card, 1) | e_bytes(digits & e_same(e->head, 0xFFFFFFFF, WORD8('8', '9', '8', '6', 0, 0, 0, 0)), 2) | e_bytes((u8)~digits, ALONE);
  u8 leap, day = body & e_day(e_birth(e), &leap), check = e_prc_check(e), province = e_province(e->head), hmt = e_same(e->head, 0xFF, '8');
  u8 foreign = nine & e_province(_mm512_srli_epi64(e->head, 8)), declared = digits & e_same(e->head, 0xFFFFULL << 32, WORD8(0, 0, 0, 0, '2', '0', 0, 0));
  declared &= _mm512_cmple_epu64_mask(_mm512_and_si512(e->head, e_all(0xFFULL << 48)), e_all((u64)'4' << 48)) & e_same(e->next, 0xFE, '0');
  return e_bytes(province & day & check, 1) | e_bytes(foreign & day & check, 4) | e_bytes(e_uscc(e, no->head), 16) | e_bytes(declared, 32) | e_bytes(card, 64) |
         e_bytes(day & (leap | (province & ~check) | (hmt & check)), ALONE);
}
static inline __attribute__((always_inline)) u32 answers_from(const Plan *p, u32 told, Str s, int n) {
  u32 found = 0;
  if (told & ALONE) return answers(&p->asked, s, n);
  if (p->alone) return told;
  for (int i = 0; i < p->asked.many; i++) {
    int what = p->asked.ask[i];
    if (!(p->asked.first[i] >> (s[0] & 63) & 1)) continue;
    u32 one = what == A_PRC_X ? (told & 1) | (told >> 1 & 2) : what == A_USCC ? told >> 4 & 1 : what == A_VIN ? told & 1 : asked(what, s, n);
    found |= one << p->asked.place[i];
  }
  return found & ((1u << p->asked.width) - 1);
}
// Texts of one size that the compiler knows, of any templates that the column has plans for. Eight are taken at first, and more while none is of another kind:
// what lies behind such a one is taken up again.
static inline __attribute__((always_inline)) i64 run_eight(Column *c, const Cells *at, i64 i, i64 to, const i64 kind, const int n) {
  u64 words[3][BESIDE] = {{0}}, digit[3][BESIDE / 8], told[BESIDE / 8], size, before = 0;
  u8 plain[BESIDE / 8];
  Str texts[BESIDE];
  Plan *p = NULL;
  for (int most = 8, place;; most = most < BESIDE ? 2 * most : most) {
    int many = 0;
    for (; many < most && i + many < to; many++) {
      i64 k = i + many;
      if (at->valid && !(at->valid[k >> 3] >> (k & 7) & 1)) break;
      Str s = cell(at, k, kind, &size);
      if (size != (u64)n) break;
      texts[many] = s, words[0][many] = at8(s), words[1][many] = at8(s + 8), words[2][many] = at8(s + n - 8);
    }
    for (int g = 0; g * 8 < many; g++) {
      Eight e = {_mm512_loadu_si512(words[0] + g * 8), _mm512_loadu_si512(words[1] + g * 8), _mm512_loadu_si512(words[2] + g * 8)};
      Eight no = {e_no_digit(e.head), e_no_digit(e.next), e_no_digit(e.last)};
      E zero = _mm512_setzero_si512();
      digit[0][g] = _mm512_cmpeq_epi8_mask(no.head, zero), digit[1][g] = _mm512_cmpeq_epi8_mask(no.next, zero), digit[2][g] = _mm512_cmpeq_epi8_mask(no.last, zero);
      E neither = _mm512_or_si512(_mm512_min_epu8(no.head, e_no_capital(e.head)), _mm512_min_epu8(no.next, e_no_capital(e.next)));
      plain[g] = e_none(_mm512_or_si512(neither, _mm512_min_epu8(no.last, e_no_capital(e.last))), ~0ULL);
      told[g] = answers_eight(&e, &no, n);
    }
    for (int j = 0; j < many; j++) {
      u64 now = (u64)((u8 *)digit[0])[j] | (u64)((u8 *)digit[1])[j] << 8 | (u64)((u8 *)digit[2])[j] << (n - 8);
      if (!(plain[j >> 3] >> (j & 7) & 1)) return i + j;
      if (!p || now != before) p = plan_find(c, n, before = now, &place);
      if (!p || (p->words && word_last[texts[j][n - 1]] >> n & 1)) return i + j;
      note_answer(c, p, answers_from(p, ((u8 *)told)[j], texts[j], n), row_of(c, at, i + j));
      if (distinct(c, hash64(texts[j], n))) return -1;
    }
    i += many;
    if (many < most) return i;
  }
}
#endif

// Any templates that the column has plans for.
static inline __attribute__((always_inline)) i64 run_plain(Column *c, const Cells *at, i64 i, i64 to, const i64 kind) {
  Str s;
  int n, place;
  for (; i < to && (s = next_cell(at, i, kind, &n)); i++) {
    u64 digit = digits_of_plain(s, n);
    Plan *p = digit == ~0ULL ? NULL : plan_find(c, n, digit, &place);
    if (!p || p->alone || (p->words && word_last[s[n - 1]] >> n & 1)) break;
    note_answer(c, p, answers(&p->asked, s, n), row_of(c, at, i));
    if (distinct(c, hash64(s, n))) return -1;
  }
  return i;
}

// Values of one pattern in a loop, and the row of the first.
typedef struct {
  u64 values, row;
} Tally;
static inline void tally_one(Tally *t, u64 row) {
  if (!t->values++) t->row = row;
}
// Texts, of which some pass one detector more.
static void add_texts(Column *c, const Tally of[2], int more) {
  Bits hits = {{0, 0}};
  set(&hits, T_text), add_many(c, &hits, of[0].row, of[0].values);
  set(&hits, more), add_many(c, &hits, of[1].row, of[1].values);
}

// Addresses of e-mail in small letters: one sign, a letter in front, labels that are not empty, letters last. They pass two detectors and no other.
static inline __attribute__((always_inline)) i64 run_emails(Column *c, const Cells *at, i64 i, i64 to, const i64 kind) {
  u64 row = row_of(c, at, i), values = 0;
  Str s;
  int n, bad = 0;
  for (; i < to && !bad && (s = next_cell(at, i, kind, &n)); i++) {
    if (n < 6 || (word_classes[n] & AT)) break;
    V x = load32(s, n);
    u32 sign = v_is(x, '@'), letter = v_bits(v_from(x, 'a', 'z')), dot = v_is(x, '.'), word = letter | v_bits(v_from(x, '0', '9')) | v_is(x, '-');
    if ((word | dot | sign | v_is(x, '_')) != upto(n) || !(letter & 1) || !sign || (sign & (sign - 1))) break;
    u32 domain = upto(n) & ~(sign | (sign - 1)), ends = dot & domain;
    if (!ends || (domain & ~(word | dot)) || (ends & (ends >> 1 | sign << 1))) break;
    int last = 32 - __builtin_clz(ends);
    if (n - last < 2 || n - last > 24 || (letter >> last) != upto(n - last) || (in(s[last], "jpbwhmald") && media_end(s, n))) break;
    c->lengths[n]++, values++;
    bad = distinct(c, hash64(s, n));
  }
  Bits hits = {{0, 0}}, *b = &hits;
  HIT(email), HIT(token);
  add_many(c, &hits, row, values);
  return bad ? -1 : i;
}

// Two to four Han characters that are no word of the lists: names, and texts that are none.
static inline __attribute__((always_inline)) i64 run_han(Column *c, const Cells *at, i64 i, i64 to, const i64 kind) {
  Tally found[2] = {{0, 0}};
  Str s;
  int n, bad = 0;
  for (; i < to && !bad && (s = next_cell(at, i, kind, &n)); i++) {
    if (n != 6 && n != 9 && n != 12) break;
    u32 a = han_at(s, n) - 0x4E00, z = han_at(s + n - 3, 3) - 0x4E00, y = n > 6 ? han_at(s + 3, 3) - 0x4E00 : 0, x = n > 9 ? han_at(s + 6, 3) - 0x4E00 : 0;
    if (a > 0x51FF || z > 0x51FF || y > 0x51FF || x > 0x51FF) break;
    u32 mark = word_mark(s, n);
    if (word_set[mark >> 6] >> (mark & 63) & 1) break;
    int first = han_flags(a + 0x4E00);
    if (n > 6 && (first & H_SURNAME2)) break;
    int name = n < 12 && (first & H_SURNAME) && !(n == 9 && (han_flags(z + 0x4E00) & H_NOT_NAME));
    tally_one(&found[name], row_of(c, at, i));
    c->lengths[n]++;
    bad = distinct(c, hash64(s, n));
  }
  add_texts(c, found, T_name_cn);
  return bad ? -1 : i;
}

// Han characters with digits among them, longer than dates and permits, too few digits in a row to be anything: places, and texts that are none.
static inline __attribute__((always_inline)) i64 run_places(Column *c, const Cells *at, i64 i, i64 to, const i64 kind) {
  Tally found[2] = {{0, 0}};
  u64 size;
  int bad = 0;
  for (; i < to && !bad; i++) {
    if (at->valid && !(at->valid[i >> 3] >> (i & 7) & 1)) break;
    Str s = cell(at, i, kind, &size);
    int n = (int)size;
    Shape sh;
    if (size < 24 || size >= 64 || s[0] <= '\'' || s[n - 1] <= ' ') break;
    take64(c->scratch, s, n, &sh);
    s = c->scratch;
    if (sh.m != (D | HI) || sh.folds || six_in_row(sh.at.digit) || word_last[s[n - 1]] >> n & 1 || (han_flags(han_at(s + n - 3, 3)) & H_ORG_END)) break;
    tally_one(&found[address_cn_(s, n, &sh)], row_of(c, at, i));
    c->lengths[n]++;
    bad = distinct(c, hash64(s, n));
  }
  add_texts(c, found, T_address_cn);
  return bad ? -1 : i;
}

// From value i on: where the first value stands that must go the general way; -1 is no memory.
static inline __attribute__((always_inline)) i64 run(Column *c, const Cells *at, i64 i, i64 to, const i64 kind) {
  int n, place;
  if (c->memo != MEMO_OFF) return i;
  if (c->alike == HAN_WORDS) return run_han(c, at, i, to, kind);
  if (c->alike == EMAILS) return run_emails(c, at, i, to, kind);
  if (c->alike == PLACES) return run_places(c, at, i, to, kind);
  Str s = next_cell(at, i, kind, &n);
  u64 digit = s ? digits_of_plain(s, n) : ~0ULL;
  Plan *p = digit == ~0ULL ? NULL : plan_find(c, n, digit, &place);
  if (!p) return i;
#ifdef SCAN_AVX512
  switch (n) {
    case 17: return run_eight(c, at, i, to, kind, 17);
    case 18: return run_eight(c, at, i, to, kind, 18);
    case 19: return run_eight(c, at, i, to, kind, 19);
    default: break;
  }
#endif
  if (!p->alone) return run_plain(c, at, i, to, kind);
  switch (n) {
    case 11: return run_digits(c, p, at, i, to, kind, 11);
    case 16: return run_digits(c, p, at, i, to, kind, 16);
    case 18: return run_digits(c, p, at, i, to, kind, 18);
    default: return run_digits(c, p, at, i, to, kind, 19);
  }
}
#else
static inline i64 run(Column *c, const Cells *at, i64 i, i64 to, const i64 kind) {
  (void)c, (void)at, (void)to, (void)kind;
  return i;
}
#endif

#endif
