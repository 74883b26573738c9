// Scan: counting natural persons, twin of feiyu/scan/{identity,links}.py (which state the rule).
// What the values of a row say of persons: their identifiers in one writing, digested under a key; the graph behind is in scan_graph.h.
#ifndef FEIYU_SCAN_PERSONS_H
#define FEIYU_SCAN_PERSONS_H

#include "scan_csv.h"
#include "scan_inside.h"
#include "scan_graph.h"
#include "scan_normal.h"
#include "scan_eight.h"

enum { MAX_COLUMNS = 256, MAX_KEY = 256, NEXT = 12 };
enum { CANON_RAW, CANON_ALNUM, CANON_PRC, CANON_STUDENT, CANON_MOBILE, CANON_EMAIL, CANON_NINE };

// `wide`: offsets of 4 bytes (0), of 8 (1), or string views (2), whose `data` is a list of buffers.
typedef struct {
  const void *offsets;
  const u8 *data, *valid;
  i64 offset;
  int32_t wide, order, canon, pad;
  u64 k0, k1, damaged;
} Source;

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
  if (rounded(s, n)) return 0;
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
    } else if (!in(s[i], "+-()./ ")) return 0;
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
// A month or a year by its last day as yyyymmdd, 0 where the value is none: 2015-03 2015年3月 03/2015 2015 2015年.
static int month_or_year(Str s, int n) {
  int a = 0, mo = 12;
  while (a < n && CL[s[a]] == D) a++;
  const int han = a == 4 && n >= 7 && !memcmp(s + 4, "年", 3);
  Str year = s, month = s + a + (han ? 3 : 1);
  int k = n - (int)(month - s);
  if (han && k) {
    if (k < 4 || memcmp(s + n - 3, "月", 3)) return 0;
    k -= 3;
  }
  if (a < n && !han && !in(s[a], "-/.")) return 0;
  if (a < 4 && a > 0 && k == 4) year = month, month = s, k = a;
  else if (a != 4) return 0;
  if (!digits(year, 4) || four(year) < 1900) return 0;
  if (a < n && (k > 0 || !han)) {
    if (k < 1 || k > 2 || !digits(month, k)) return 0;
    mo = small_number(month, k);
  }
  for (int d = 31; d > 27; d--)
    if (day(four(year), mo, d)) return four(year) * 10000 + mo * 100 + d;
  return 0;
}
// A day as yyyymmdd, the last one where only the month or the year is told, 0 where the value is none; a time behind it is passed over.
static int day_number(Str s, int n, int m) {
  int v[3] = {0, 0, 0}, k = 0, first = 0, cut = 0, c = 0;
  while (cut < n && s[cut] != 'T' && s[cut] != ' ' && (c += (s[cut] & 0xC0) != 0x80) <= 10) cut++;
  n = cut;
  if (n == 8 && digits(s, 8)) return ymd(s) ? four(s) * 10000 + two(s + 4) * 100 + two(s + 6) : 0;
  if (m & HI && date_han(s, n)) {
    int i = 7, mo = 0, d = 0;
    for (; CL[s[i]] == D; i++) mo = mo * 10 + s[i] - 48;
    for (i += 3; i < n && CL[s[i]] == D; i++) d = d * 10 + s[i] - 48;
    return four(s) * 10000 + mo * 100 + d;
  }
  if (n < 8 || !date_(s, n)) return month_or_year(s, n);
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
static inline int surely_filled(Str s, int n) {
  if (n < 13 || !(CL[s[0]] & ALNUM)) return 0;
  u64 x, y;
  memcpy(&x, s, 8), memcpy(&y, s + 5, 8);
  const u64 ones = 0x0101010101010101ULL, highs = ones << 7;
  x |= y | ((x ^ ones * ' ') - ones) | ((x ^ ones * '.') - ones) | ((y ^ ones * ' ') - ones) | ((y ^ ones * '.') - ones);
  return !(x & highs);
}
static int filled(const u8 *t, int n) {
  u8 low[12];
  if (n > 12) return 1;
  for (int k = 0; k < n; k++) low[k] = CL[t[k]] == U ? t[k] + 32 : t[k];
  return n && !((word_find(low, n) | word_find(t, n)) & W_NULL);
}

// Flags of whole rows. kind 0: the field has a value; 1: a birth date after `adult`. How many rows have none of kind 0 so far.
i64 persons_flags(const Source *c, i64 rows, int kind, int adult, u8 *flags) {
  u8 t[1024];
  int m;
  i64 without = 0;
  for (i64 i = 0; i < rows; i++) {
    Str raw;
    if (kind == 0) {
      if (flags[i] & F_SENSITIVE) continue;
      without++;
      int size = at_row(c, i, &raw);
      if (size <= 0) continue;
      if (surely_filled(raw, size)) {
        flags[i] |= F_SENSITIVE, without--;
        continue;
      }
    }
    int n = plain(c, i, t, (int)sizeof t, &m);
    if (!n) continue;
    if (kind == 1) {
      if (day_number(t, n, m) > adult) flags[i] |= F_MINOR;
    } else if (filled(t, n)) flags[i] |= F_SENSITIVE, without--;
  }
  return without;
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
// What a text must have to hold any of the wanted: so many digits, or a sign before a mail's domain.
typedef struct {
  int digits, sign;
} Needs;
static Needs needs_of(const u64 *want) {
  static const u8 least[][2] = {{T_prc18, 17}, {T_prc_hmt, 17}, {T_foreign_pr, 17}, {T_rrn_kr, 13}, {T_bank_card, 13}, {T_mobile_cn, 11}, {T_phone_intl, 8}, {T_passport_cn, 7}, {T_hkid, 6}};
  Bits found = embedded_set, mail = {{0, 0}};  // what a text is searched for at all
  set(&found, T_plate_cn), set(&found, T_hkid), set(&found, T_passport_cn), set(&mail, T_email);
  u64 left[2] = {want[0] & found.w[0], want[1] & found.w[1]};
  Needs out = {1 << 30, ((left[0] & mail.w[0]) | (left[1] & mail.w[1])) != 0};
  left[0] &= ~mail.w[0], left[1] &= ~mail.w[1];
  for (u32 i = 0; i < sizeof least / sizeof *least; i++) {
    u64 bit = 1ULL << (least[i][0] & 63), *of = &left[least[i][0] >> 6];
    if ((*of & bit) && least[i][1] < out.digits) out.digits = least[i][1];
    *of &= ~bit;
  }
  if (left[0] | left[1]) out.digits = 0;
  return out;
}
// Whether a text has that, told from the bytes as they are: what folds into digits and signs begins with 0xEF.
static inline int may_hold(Str s, int n, Needs needs) {
  int count = 0, sign = 0, i = 0;
#ifdef SCAN_AVX2
  for (; i < n; i += 32) {
    V x = n - i >= 32 ? v_at(s + i) : v_last(s + i, n - i), wide = v_from(x, (char)0xEF, (char)0xEF);
    count += __builtin_popcount(v_bits(_mm256_or_si256(v_from(x, '0', '9'), wide)));
    sign |= (int)v_bits(_mm256_or_si256(v_from(x, '@', '@'), wide));
  }
#else
  for (; i < n; i++) count += CL[s[i]] == D || s[i] == 0xEF, sign |= s[i] == '@' || s[i] == 0xEF;
#endif
  return count >= needs.digits || (needs.sign && sign);
}
// The identifiers of the wanted detectors that stand inside the values of a column, or are the values. 0 is done, 1 no memory.
int persons_inside(const Source *c, i64 rows, const u64 *want, Insides *out) {
  u8 small[512], *t = small;
  u64 room = sizeof small;
  Pieces pieces;
  int bad = 0, plates = (int)(want[T_plate_cn >> 6] >> (T_plate_cn & 63) & 1);
  const Needs needs = needs_of(want);
  for (i64 i = 0; i < rows && !bad; i++) {
    Str s;
    int size = at_row(c, i, &s);
    Look seen;
    if (size < 6 || !may_hold(s, size, needs)) continue;
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

// A row without identifier counts when it says anything about a person: `told` are the fields that do, all rows count without them.
static int speaks(const Source *told, int ntold, i64 row) {
  u8 t[128];
  int m;
  for (int c = 0; c < ntold; c++)
    if (filled(t, plain(&told[c], row, t, (int)sizeof t, &m))) return 1;
  return ntold < 0;
}
// Whether a value of these classes is its own key: no blank, no sign, no letter that its canonical writing changes, no word for nothing.
static inline int as_it_is(int canon, int n, int m) {
  int sure = n > 12 || ((m & D) && !null_digits);
  return sure && (canon == CANON_ALNUM ? !(m & ~(D | U)) && (m & D) : canon == CANON_RAW && !(m & ~ALNUM));
}
// Whether a text of at most 32 bytes surely is an address in small letters, its own key: a look that says no says nothing.
static inline int email_as_it_is(Str s, int n) {
#ifdef SCAN_AVX2
  V x = v_last(s, n);
  u32 valid = upto(n), at = v_is(x, '@'), letter = v_bits(v_from(x, 'a', 'z')), dot = v_is(x, '.');
  u32 word = letter | v_bits(v_from(x, '0', '9')) | v_is(x, '-'), domain = valid & ~(at | (at - 1)), ends = dot & domain;
  if (!at || (at & (at - 1)) || (at & 1) || (word | dot | at | v_is(x, '_') | v_is(x, '+')) != valid || (domain & ~(word | dot))) return 0;
  if (!ends || (dot & 1) || (ends & (at << 1 | ends << 1))) return 0;
  int last = 31 - __builtin_clz(ends), size = n - 1 - last;
  return size >= 2 && size <= 24 && domain >> last >> 1 == letter >> last >> 1;
#else
  (void)s, (void)n;
  return 0;
#endif
}
// The size of a value that surely is its own key, of a column written so; 0 for all others.
static inline __attribute__((always_inline)) int quick_key(int canon, Str s, int n) {
  switch (canon) {
    case CANON_PRC: return n == 18 && digits(s, 17) && (CL[s[17]] == D || s[17] == 'X') && prc18(s) ? 18 : 0;
    case CANON_MOBILE: return n == 11 && digits(s, 11) ? 11 : 0;
    case CANON_EMAIL: return n > 12 && n <= 32 && email_as_it_is(s, n) ? n : 0;
    default: return n >= 4 && n <= 32 && as_it_is(canon, n, classes_of(s, n)) ? n : 0;
  }
}
// The size of the canonical key of one value, 0 where it is none, and where it stands; `key` has room for 4 * MAX_KEY.
static __attribute__((noinline)) int key_at(Source *col, i64 row, u8 *t, int room, u8 *key, Str *from) {
  int m = 0, n, size = 0;
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
    else if (!(m & ~(D | DT | U | L | PL)) && (m & DT)) {
      scientific(t, n, &b);
      b.w[0] |= rounded(t, n) != 0;
    }
    col->damaged += (b.w[0] | b.w[1]) != 0;
  }
  return size;
}

// What one column says in a block of rows: the digests of its identifiers; of each row what there is, HERE and F_MINOR, and which digest. `straight`:
// every row has one, and they stand in their order.
// Digests have room for as many more as sip_16 may write.
enum { HERE = 4, NONE = 0xFFFF };
typedef struct {
  u64 lo[BLOCK + 16], hi[BLOCK + 16];
  u16 nth[BLOCK];
  u8 there[BLOCK];
  int count, straight;
} Ids;
// Short keys by their number of words, as sip_16 takes them, and their rows.
typedef struct {
  u64 words[KEY_WORDS * (KEY_WORDS + 1) / 2 * BLOCK + 16];
  u16 rows[KEY_WORDS + 1][BLOCK];
  int counts[KEY_WORDS + 1];
  u8 t[1024], key[4 * MAX_KEY];
} Work;
static inline u64 *words_of(Work *w, int words) { return &w->words[words * (words - 1) / 2 * BLOCK]; }

static inline __attribute__((always_inline)) void take_key(Work *w, int row, Str s, int n) {
  int words = n / 8 + 1, j = w->counts[words]++;
  u64 *to = words_of(w, words) + j, x;
  for (int i = 0; i + 1 < words; i++, to += BLOCK) memcpy(&x, s + 8 * i, 8), *to = x;
  *to = (n & 7 ? last_word(s, n, n & ~7) : 0) | (u64)n << 56;
  w->rows[words][j] = (u16)row;
}
#ifdef SCAN_AVX512
// Of eight keys of one size, of which word i stands at w[i * BLOCK]: those that surely are their own keys, as `quick_key` says it of one.
static inline __attribute__((always_inline)) u8 e_keys(const u64 *w, int n, const int canon) {
  const E nought = _mm512_setzero_si512();
  if (canon == CANON_PRC) {
    E head = _mm512_loadu_si512(w), next = _mm512_loadu_si512(w + BLOCK), end = _mm512_loadu_si512(w + 2 * BLOCK);
    Eight e = {head, next, _mm512_or_si512(_mm512_srli_epi64(next, 16), _mm512_slli_epi64(end, 48))}, no = {e_no_digit(head), e_no_digit(next), e_no_digit(e.last)};
    u8 leap, ok = e_digits_17(&no) & e_province(head) & e_day(e_birth(&e), &leap);
    return ok & (u8)~leap & e_prc_check(&e);
  }
  E bad = nought, some = nought;
  for (int i = 0; 8 * i < n; i++) {
    E x = _mm512_loadu_si512(w + i * BLOCK), no = e_no_digit(x), here = e_all(n - 8 * i >= 8 ? ~0ULL : ~0ULL >> (64 - 8 * (n - 8 * i)));
    some = _mm512_or_si512(some, _mm512_and_si512(here, _mm512_movm_epi8(_mm512_cmpeq_epi8_mask(no, nought))));
    if (canon != CANON_MOBILE) no = _mm512_min_epu8(no, e_no_capital(x));
    if (canon == CANON_RAW) no = _mm512_min_epu8(no, e_no_capital(e_less(x, 32)));
    bad = _mm512_or_si512(bad, _mm512_and_si512(no, here));
  }
  return e_none(bad, ~0ULL) & (canon == CANON_RAW && n > 12 ? 255 : _mm512_test_epi64_mask(some, some));
}
// Take the keys of a block that are all of one size, that of its first; the rows that are left, and how many.
static inline __attribute__((always_inline)) int take_alike(const Source *col, i64 at, int rows, int adult, Work *w, Ids *ids, const int canon, u16 *left) {
  Str s;
  int many = 0, count = 0, n = at_row(col, at, &s), words = n / 8 + 1;
  const int fits = canon == CANON_PRC ? n == 18 : canon == CANON_MOBILE ? n == 11 : (canon == CANON_ALNUM || canon == CANON_RAW) && n >= 8 && n <= 32 && (n > 12 || !null_digits);
  if (!fits) {
    for (; many < rows; many++) left[many] = (u16)many;
    return many;
  }
  u64 *to = words_of(w, words);
  u16 *row = w->rows[words];
  for (int r = 0; r < rows; r++) {
    if (at_row(col, at + r, &s) != n) {
      left[many++] = (u16)r;
      continue;
    }
    for (int i = 0; i < n / 8; i++) memcpy(&to[i * BLOCK + count], s + 8 * i, 8);
    to[(words - 1) * BLOCK + count] = (n & 7 ? last_word(s, n, n & ~7) : 0) | (u64)n << 56;
    row[count++] = (u16)r;
  }
  int kept = 0;
  const u64 grown = e_text((u32)adult);
  for (int g = 0; g < count; g += 8) {
    u8 ok = e_keys(to + g, n, canon), young = 0;
    if (canon == CANON_PRC) {
      Eight e = {_mm512_loadu_si512(to + g), _mm512_loadu_si512(to + g + BLOCK), _mm512_setzero_si512()};
      young = _mm512_cmpgt_epu64_mask(e_turned(e_birth(&e)), e_all(grown));
    }
    if (ok == 255 && kept == g && g + 8 <= count && row[g + 7] == row[g] + 7) {
      u64 there = e_bytes(255, HERE) | e_bytes(young, F_MINOR);
      memcpy(&ids->there[row[g]], &there, 8);
      kept += 8;
      continue;
    }
    for (int j = 0; j < 8 && g + j < count; j++) {
      int r = row[g + j];
      if (!(ok >> j & 1)) {
        left[many++] = (u16)r;
        continue;
      }
      ids->there[r] = HERE | (young >> j & 1 ? F_MINOR : 0);
      if (kept != g + j)
        for (int i = 0; i < words; i++) to[i * BLOCK + kept] = to[i * BLOCK + g + j];
      row[kept++] = (u16)r;
    }
  }
  w->counts[words] = kept;
  return many;
}
#endif
static inline __attribute__((always_inline)) void take_keys(Source *col, i64 at, int rows, int adult, Work *w, Ids *ids, const int canon) {
  const int dated = canon == CANON_PRC || canon == CANON_STUDENT;
  u16 left[BLOCK];
  int many = rows;
#ifdef SCAN_AVX512
  many = take_alike(col, at, rows, adult, w, ids, canon, left);
#else
  for (int r = 0; r < rows; r++) left[r] = (u16)r;
#endif
  for (int k = 0; k < many; k++) {
    Str key = w->key;
    if (k + NEXT < many && at_row(col, at + left[k + NEXT], &key) > 0) __builtin_prefetch(key);
    int r = left[k], n = at_row(col, at + r, &key), size;
    if (n <= 0) continue;
    if (!(size = quick_key(canon, key, n)) && !(size = key_at(col, at + r, w->t, (int)sizeof w->t, w->key, &key))) continue;
    ids->there[r] = HERE | (dated && size == 18 && (int)eight(key + 6) > adult ? F_MINOR : 0);
    if (size > KEY_SHORT) {
      siphash128(col->k0, col->k1, key, size, &ids->lo[ids->count], &ids->hi[ids->count]);
      ids->nth[r] = (u16)ids->count++;
    } else take_key(w, r, key, size);
  }
}
// The digests of one column in a block of rows.
static void digest_column(Source *col, i64 at, int rows, int adult, Work *w, Ids *ids) {
  memset(w->counts, 0, sizeof w->counts);
  memset(ids->there, 0, sizeof ids->there), memset(ids->nth, 0, sizeof ids->nth);
  ids->count = ids->straight = 0;
  switch (col->canon) {
    case CANON_PRC: take_keys(col, at, rows, adult, w, ids, CANON_PRC); break;
    case CANON_MOBILE: take_keys(col, at, rows, adult, w, ids, CANON_MOBILE); break;
    case CANON_EMAIL: take_keys(col, at, rows, adult, w, ids, CANON_EMAIL); break;
    case CANON_ALNUM: take_keys(col, at, rows, adult, w, ids, CANON_ALNUM); break;
    case CANON_RAW: take_keys(col, at, rows, adult, w, ids, CANON_RAW); break;
    default: take_keys(col, at, rows, adult, w, ids, col->canon);
  }
  for (int words = 1; words <= KEY_WORDS; words++) {
    int count = w->counts[words];
    for (int i = 0; i < count; i += 16) sip_16(col->k0, col->k1, words_of(w, words) + i, words, ids->lo + ids->count + i, ids->hi + ids->count + i);
    int moved = ids->count != 0 || count != rows;
    for (int i = 0; i < count; i++) moved |= w->rows[words][i] ^ i, ids->nth[w->rows[words][i]] = (u16)ids->count++;
    ids->straight |= !moved;
  }
}

// Of each row of a block: which column leads, of what type it is, whether others of that type stand beside it, the sum of what else does.
typedef struct {
  u64 sum[BLOCK];
  u32 more[BLOCK];
  u16 lead[BLOCK], first[BLOCK];
  u8 many[BLOCK];
} Heads;

// `line` are the columns, the surest first; behind one that every row has, only its own type can still lead.
static void leads(Heads *h, const Source *cols, int ncols, const u16 *line, const Ids *ids) {
  int all = NONE;
  memset(h, 0, sizeof *h);
  memset(h->first, 0xFF, sizeof h->first);
  for (int k = 0; k < ncols; k++) {
    u16 c = line[k], order = (u16)cols[c].order;
    const Ids *i = &ids[c];
    if (!i->count) continue;
    if (all == NONE || all == order)
      for (int r = 0; r < BLOCK; r++) {
        int is = i->there[r] != 0, leading = is & (h->first[r] == NONE);
        h->many[r] |= is & (h->first[r] == order);
        h->first[r] = leading ? order : h->first[r], h->lead[r] = leading ? c : h->lead[r];
      }
    if (i->straight)
      for (int r = 0; r < BLOCK; r++) {
        u64 is = -(u64)(h->lead[r] != c);
        h->sum[r] += i->lo[r] & is, h->more[r] += (u32)(i->hi[r] & is);
      }
    else
      for (int r = 0; r < BLOCK; r++) {
        u64 is = -(u64)((i->there[r] != 0) & (h->lead[r] != c));
        h->sum[r] += i->lo[i->nth[r]] & is, h->more[r] += (u32)(i->hi[i->nth[r]] & is);
      }
    if (i->straight && all == NONE) all = order;
  }
}
// A row with several identifiers of its surest type: all of them are its heads, all others are tied to each of them.
static int many_heads(Persons *p, const Source *cols, int ncols, const Ids *ids, int r, int flags, u16 first) {
  Digest heads[MAX_COLUMNS];
  u8 young[MAX_COLUMNS];
  int k = 0;
  u64 sum = 0;
  u32 more = 0;
  for (int c = 0; c < ncols; c++) {
    if (!ids[c].there[r]) continue;
    Digest one = {ids[c].lo[ids[c].nth[r]], ids[c].hi[ids[c].nth[r]]};
    if (cols[c].order != first) {
      sum += one.lo, more += (u32)one.hi;
      continue;
    }
    int q = 0;
    while (q < k && (heads[q].lo != one.lo || heads[q].hi != one.hi)) q++;
    if (q == k) heads[k] = one, young[k++] = 0;
    young[q] |= ids[c].there[r] & F_MINOR;
  }
  for (int q = 0; q < k; q++) {
    u32 name;
    Head *h = head_of(p, heads[q].lo, heads[q].hi, first, &name);
    if (!h) return 1;
    seen_row(h, flags | young[q]);
    for (int c = 0, anew = stands_anew(h, sum, more); anew && c < ncols; c++)
      if (ids[c].there[r] && cols[c].order != first && tie(p, ids[c].lo[ids[c].nth[r]], ids[c].hi[ids[c].nth[r]], (u16)cols[c].order, name)) return 1;
    Tie mate = mate_of(heads[0].lo, heads[0].hi, heads[q].lo, heads[q].hi);
    if (q && ties_add(&p->mates, &mate)) return 1;
  }
  return 0;
}
// What a block of rows says: nearly every row has one identifier of its surest type, which heads it; a sum of nought says that nothing stands beside it.
static int take_rows(Persons *p, const Source *cols, int ncols, const Ids *ids, const Heads *h, const u8 *flags, const Source *told, int ntold, i64 at, int rows) {
  u64 los[BLOCK];
  u16 found[BLOCK];
  u32 likely[BLOCK];
  int many = 0;
  for (int r = 0; r < rows; r++) {
    if (h->first[r] == NONE) {
      if (!flags[r] && !speaks(told, ntold, at + r)) continue;
      p->loose[0]++, p->loose[1] += flags[r] != 0, p->loose[2] += (flags[r] & F_MINOR) != 0;
      continue;
    }
    const Ids *lead = &ids[h->lead[r]];
    int nth = lead->nth[r], young = lead->there[r] & F_MINOR;
    if (!h->many[r] && !(h->sum[r] | h->more[r])) {
      if (row_alone(p, lead->lo[nth], lead->hi[nth], h->first[r], flags[r] | young)) return 1;
      continue;
    }
    found[many] = (u16)r, los[many++] = lead->lo[nth];
  }
  for (int k = 0; k < many && k < 2 * AHEAD; k++) slot_ahead(&p->heads[part_of(los[k])], los[k]);
  for (int k = 0; k < many && k < AHEAD; k++) likely[k] = entry_ahead(&p->heads[part_of(los[k])], los[k], sizeof(Head));
  for (int k = 0; k < many; k++) {
    if (k + 2 * AHEAD < many) slot_ahead(&p->heads[part_of(los[k + 2 * AHEAD])], los[k + 2 * AHEAD]);
    if (k + AHEAD < many) likely[k + AHEAD] = entry_ahead(&p->heads[part_of(los[k + AHEAD])], los[k + AHEAD], sizeof(Head));
    int r = found[k], lead = h->lead[r];
    if (h->many[r]) {
      if (many_heads(p, cols, ncols, ids, r, flags[r], h->first[r])) return 1;
      continue;
    }
    u32 name;
    Head *head = head_likely(p, likely[k], los[k], ids[lead].hi[ids[lead].nth[r]], h->first[r], &name);
    if (!head) return 1;
    seen_row(head, flags[r] | (ids[lead].there[r] & F_MINOR));
    if (!stands_anew(head, h->sum[r], h->more[r])) continue;
    for (int c = 0; c < ncols; c++)
      if (ids[c].there[r] && c != lead && tie(p, ids[c].lo[ids[c].nth[r]], ids[c].hi[ids[c].nth[r]], (u16)cols[c].order, name)) return 1;
  }
  return 0;
}

// 0 is done, 1 no memory, 3 too many columns.
int persons_add(Persons *p, Source *cols, int ncols, const u8 *flags, const Source *told, int ntold, i64 rows, int adult) {
  if (ncols > MAX_COLUMNS) return 3;
  size_t size = sizeof(Ids) * (size_t)(ncols ? ncols : 1);
  Ids *ids = malloc(size);
  Work *w = calloc(1, sizeof *w);
  Heads h;
  u16 line[MAX_COLUMNS];
  int bad = !ids || !w;
  for (int c = 0; c < ncols; c++) {
    int k = c;
    for (; k && cols[line[k - 1]].order > cols[c].order; k--) line[k] = line[k - 1];
    line[k] = (u16)c;
  }
  for (i64 at = 0; at < rows && !bad; at += BLOCK) {
    int k = (int)(rows - at < BLOCK ? rows - at : BLOCK);
    for (int c = 0; c < ncols; c++) digest_column(&cols[c], at, k, adult, w, &ids[c]);
    leads(&h, cols, ncols, line, ids);
    bad = take_rows(p, cols, ncols, ids, &h, flags + at, told, ntold, at, k);
  }
  if (ids) memset(ids, 0, size);
  if (w) memset(w, 0, sizeof *w);
  memset(&h, 0, sizeof h);
  free(ids), free(w);
  return bad;
}

#endif
