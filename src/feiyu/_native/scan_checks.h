// Scan: check digits and compulsory structures, twins of feiyu/scan/checks.py (which names the sources).
#ifndef FEIYU_SCAN_CHECKS_H
#define FEIYU_SCAN_CHECKS_H

#include "scan_look.h"

// Weighted sums: of sixteen or of eight values below 128 with weights below 128.
#ifdef SCAN_AVX2
typedef __m128i W;
static inline W w_at(Str s) { return _mm_loadu_si128((const W *)s); }
static inline int w_sum(W values, const u8 *weights) {
  W x = _mm_madd_epi16(_mm_maddubs_epi16(values, w_at(weights)), _mm_set1_epi16(1));
  x = _mm_add_epi32(x, _mm_shuffle_epi32(x, 0x4E));
  return _mm_cvtsi128_si32(_mm_add_epi32(x, _mm_shuffle_epi32(x, 0xB1)));
}
// What digits and capitals are worth by a table of 256; 255 for what has no worth there.
static inline W w_worth(Str s, const int8_t *table) {
  W x = w_at(s), low = _mm_and_si128(x, _mm_set1_epi8(15));
  W digit = _mm_shuffle_epi8(w_at((Str)&table['0']), low), a = _mm_shuffle_epi8(w_at((Str)&table['@']), low), p = _mm_shuffle_epi8(w_at((Str)&table['P']), low);
  return _mm_blendv_epi8(digit, _mm_blendv_epi8(a, p, _mm_slli_epi16(x, 3)), _mm_slli_epi16(x, 1));
}
#endif
// Sixteen digits, and sixteen digits and capitals that the table has; -1 where one is missing.
static inline int sum_digits(Str s, const u8 *weights) {
#ifdef SCAN_AVX2
  return w_sum(_mm_sub_epi8(w_at(s), _mm_set1_epi8('0')), weights);
#else
  int t = 0;
  for (int i = 0; i < 16; i++) t += (s[i] - 48) * weights[i];
  return t;
#endif
}
static inline int sum_worth(Str s, const int8_t *table, const u8 *weights) {
#ifdef SCAN_AVX2
  W worth = w_worth(s, table);
  return _mm_movemask_epi8(worth) ? -1 : w_sum(worth, weights);
#else
  int t = 0, missing = 0;
  for (int i = 0; i < 16; i++) missing |= table[s[i]] < 0, t += table[s[i]] * weights[i];
  return missing ? -1 : t;
#endif
}

static const u8 MONTH_DAYS[] = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static inline int day(int y, int m, int d) {
  if (y < 1880 || y > 2049 || m < 1 || m > 12 || d < 1 || d > MONTH_DAYS[m]) return 0;
  return !(m == 2 && d == 29) || (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
}
static inline int ymd(Str s) { return day(four(s), two(s + 4), two(s + 6)); }
static inline int province(Str s) { return CL[s[0]] == D && CL[s[1]] == D && PROV[two(s)]; }

static inline int prc_digit(Str s) {
  static const u8 w[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  return "10X98765432"[(sum_digits(s, w) + (s[16] - 48) * w[16]) % 11];
}
// The last character, with a small x made large.
static inline int prc_check(Str s) { return prc_digit(s) == (s[17] == 'x' ? 'X' : s[17]); }
static inline int prc18(Str s) { return PROV[two(s)] && ymd(s + 6) && prc_check(s); }
static inline int prc_hmt(Str s) { return s[0] == '8' && s[1] >= '1' && s[1] <= '3' && !memcmp(s + 2, "0000", 4) && ymd(s + 6) && prc_check(s); }
static inline int foreign_pr(Str s) { return s[0] == '9' && PROV[two(s + 1)] && ymd(s + 6) && prc_check(s); }
static inline int prc15(Str s) { return PROV[two(s)] && day(1900 + two(s + 6), two(s + 8), two(s + 10)); }

static inline int luhn(Str s, int n) {
  int t = 0;
#ifdef SCAN_AVX2
  if (n >= 16) {
    W v = _mm_sub_epi8(w_at(s + n - 16), _mm_set1_epi8('0'));
    v = _mm_add_epi8(v, _mm_and_si128(v, _mm_set1_epi16(255)));
    v = _mm_sad_epu8(_mm_sub_epi8(v, _mm_and_si128(_mm_cmpgt_epi8(v, _mm_set1_epi8(9)), _mm_set1_epi8(9))), _mm_setzero_si128());
    t = _mm_cvtsi128_si32(v) + _mm_extract_epi16(v, 4);
    n -= 16;
  }
#endif
  for (int i = 0; i < n; i++) {
    int v = (s[n - 1 - i] - 48) << (i & 1);
    t += v > 9 ? v - 9 : v;
  }
  return t % 10 == 0;
}
static inline int bank_card(Str s, int n) {
  int a = two(s), b = four(s);
  int brand = ((a == 62 || a == 60) && n >= 16) || (s[0] == '9' && n >= 16) || (s[0] == '4' && (n == 13 || n == 16 || n == 19)) ||
              (((a >= 51 && a <= 55) || (b >= 2221 && b <= 2720)) && n == 16) || ((a == 34 || a == 37) && n == 15) || (a == 35 && n == 16);
  return brand && luhn(s, n);
}
static inline int org_digit(Str s) {
  static const u8 w[] = {3, 7, 9, 10, 5, 8, 4, 2};
  int t = 0;
  for (int i = 0; i < 8; i++) t += V36[s[i]] * w[i];
  int k = 11 - t % 11;
  return k == 10 ? 'X' : k == 11 ? '0' : 48 + k;
}
// Eighteen characters; the organisation's code stands at the ninth, and brings its own check digit.
static inline int uscc(Str s) {
  static const u8 w[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}, org[] = {0, 0, 0, 0, 0, 0, 0, 3, 7, 9, 10, 5, 8, 4, 2, 0};
  int t = sum_worth(s, V31, w);
  if (t < 0 || V31[s[16]] < 0 || V31[s[17]] != (31 - (t + V31[s[16]] * w[16]) % 31) % 31) return 0;
  int k = 11 - sum_worth(s + 1, V36, org) % 11;
  return s[16] == (k == 10 ? 'X' : k == 11 ? '0' : 48 + k) && digits(s + 2, 6) && in(s[0], "123456789ANY");
}
// Seventeen characters; -1 where one is none of a vehicle's.
static inline int vin(Str s) {
  static const u8 w[] = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  int t = sum_worth(s, VVIN, w);
  if (t < 0 || VVIN[s[16]] < 0) return -1;
  t = (t + VVIN[s[16]] * w[16]) % 11;
  return s[8] == (t == 10 ? 'X' : 48 + t);
}
// Digits and capitals only; begins at `from` and goes round.
static inline int mod97(Str s, int n, int from) {
  u32 r = 0;
  for (int i = 0; i < n; i++) {
    int v = V36[s[(i + from) % n]];
    r = (v > 9 ? r * 100 + (u32)v : r * 10 + (u32)v) % 97;
  }
  return r == 1;
}
static int iban(Str s, int n) {
  static const char *t = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28"
                         "HR21HU28IE22IL23IS26IT27JO30KW30KZ20LB28LI21LT20LU20LV21MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24"
                         "RS22SA24SE24SI19SK24SM27TN24TR26UA29VA22VG24XK20";
  for (const char *p = t; *p; p += 4)
    if ((u8)p[0] == s[0] && (u8)p[1] == s[1]) return n == two((Str)p + 2) && mod97(s, n, 4);
  return 0;
}
static int isin(Str s) {
  if (!iso2(s) && memcmp(s, "XS", 2) && memcmp(s, "EU", 2)) return 0;
  int t = 0, k = 0;
  for (int i = 11; i >= 0; i--) {
    int v = V36[s[i]];
    for (int q = 0; q < (v > 9 ? 2 : 1); q++) {
      int x = (q ? v / 10 : v % 10) << (k++ & 1);
      t += x > 9 ? x - 9 : x;
    }
  }
  return t % 10 == 0;
}
static inline int cusip(Str s) {
  int t = 0;
  for (int i = 0; i < 8; i++) {
    int v = V36[s[i]] << (i & 1);
    t += v / 10 + v % 10;
  }
  return (10 - t % 10) % 10 == s[8] - 48;
}
static inline int sedol(Str s) {
  static const u8 w[] = {1, 3, 1, 7, 3, 9, 1};
  int t = 0;
  for (int i = 0; i < 7; i++) {
    if (in(s[i], "AEIOU")) return 0;
    t += V36[s[i]] * w[i];
  }
  return t % 10 == 0;
}
static int verhoeff(Str s, int n) {
  static const u8 d[10][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3, 4, 0, 6, 7, 8, 9, 5}, {2, 3, 4, 0, 1, 7, 8, 9, 5, 6}, {3, 4, 0, 1, 2, 8, 9, 5, 6, 7}, {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
                               {5, 9, 8, 7, 6, 0, 4, 3, 2, 1}, {6, 5, 9, 8, 7, 1, 0, 4, 3, 2}, {7, 6, 5, 9, 8, 2, 1, 0, 4, 3}, {8, 7, 6, 5, 9, 3, 2, 1, 0, 4}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
  static const u8 p[8][10] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 5, 7, 6, 2, 8, 3, 0, 9, 4}, {5, 8, 0, 3, 7, 9, 6, 1, 4, 2}, {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
                              {9, 4, 5, 3, 1, 2, 6, 8, 7, 0}, {4, 2, 8, 6, 5, 7, 3, 9, 0, 1}, {2, 7, 9, 3, 8, 0, 6, 4, 1, 5}, {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}};
  int c = 0;
  for (int i = 0; i < n; i++) c = d[c][p[i & 7][s[n - 1 - i] - 48]];
  return c == 0;
}
static inline int my_number(Str s) {
  static const u8 w[] = {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
  int t = 0;
  for (int i = 0; i < 11; i++) t += (s[i] - 48) * w[i];
  t %= 11;
  return s[11] - 48 == (t <= 1 ? 0 : 11 - t);
}
// Without brackets: 8 or 9 characters.
static inline int hkid(Str s, int n) {
  int t = n == 9 ? V36[s[0]] * 9 + V36[s[1]] * 8 : 36 * 9 + V36[s[0]] * 8;
  Str p = s + (n == 9 ? 2 : 1);
  for (int i = 0; i < 6; i++) t += (p[i] - 48) * (7 - i);
  t += p[6] == 'A' ? 10 : p[6] - 48;
  return t % 11 == 0;
}
static inline int taiwan_id(Str s) {
  static const u8 m[] = {10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33};
  int v = m[s[0] - 'A'], t = v / 10 + v % 10 * 9;
  for (int i = 1; i < 9; i++) t += (s[i] - 48) * (9 - i);
  return (t + s[9] - 48) % 10 == 0;
}
static inline int nric(Str s) {
  static const u8 w[] = {2, 7, 6, 5, 4, 3, 2};
  int t = s[0] == 'T' || s[0] == 'G' ? 4 : s[0] == 'M' ? 3 : 0;
  for (int i = 0; i < 7; i++) t += (s[i + 1] - 48) * w[i];
  t %= 11;
  if (s[0] == 'M') return s[8] == "KLJNPQRTUWX"[10 - t];
  return s[8] == (s[0] == 'S' || s[0] == 'T' ? "JZIHGFEDCBA" : "XWUTRQPNMLK")[t];
}
static inline int nhs(Str s) {
  int t = 0;
  for (int i = 0; i < 9; i++) t += (s[i] - 48) * (10 - i);
  int k = 11 - t % 11;
  return k != 10 && s[9] - 48 == k % 11;
}
static inline int pin_th(Str s) {
  int t = 0;
  for (int i = 0; i < 12; i++) t += (s[i] - 48) * (13 - i);
  return s[0] != '0' && s[12] - 48 == (11 - t % 11) % 10;
}
static inline int cpf(Str s) {
  int same = 1;
  for (int i = 1; i < 11; i++) same &= s[i] == s[0];
  if (same) return 0;
  for (int n = 9; n <= 10; n++) {
    int t = 0;
    for (int i = 0; i < n; i++) t += (s[i] - 48) * (n + 1 - i);
    if (s[n] - 48 != t * 10 % 11 % 10) return 0;
  }
  return 1;
}
static inline int gstin(Str s) {
  int t = 0;
  for (int i = 0; i < 14; i++) {
    int v = V36[s[i]] * ((i & 1) + 1);
    t += v / 36 + v % 36;
  }
  return V36[s[14]] == (36 - t % 36) % 36;
}
static inline int ubn(Str s) {
  static const u8 w[] = {1, 2, 1, 2, 1, 2, 4, 1};
  int t = 0;
  for (int i = 0; i < 8; i++) {
    int v = (s[i] - 48) * w[i];
    t += v / 10 + v % 10;
  }
  return t % 5 == 0 || (s[6] == '7' && (t + 1) % 5 == 0);
}
static inline int brn_kr(Str s) {
  static const u8 w[] = {1, 3, 7, 1, 3, 7, 1, 3, 5};
  int t = (s[8] - 48) * 5 / 10;
  for (int i = 0; i < 9; i++) t += (s[i] - 48) * w[i];
  return (10 - t % 10) % 10 == s[9] - 48;
}
static inline int container(Str s) {
  int t = 0;
  for (int i = 0; i < 10; i++) {
    int v = V36[s[i]];
    if (v >= 10) v += (v >= 11) + (v >= 21) + (v >= 31);
    t += v << i;
  }
  return t % 11 % 10 == s[10] - 48;
}
static inline int imo(Str s) {
  int t = 0;
  for (int i = 0; i < 6; i++) t += (s[i] - 48) * (7 - i);
  return t % 10 == s[6] - 48;
}
static inline int ean(Str s) {
  int t = 0;
  for (int i = 0; i < 13; i++) t += (s[12 - i] - 48) * (i & 1 ? 3 : 1);
  return t % 10 == 0;
}
static inline int s10(Str s) {
  static const u8 w[] = {8, 6, 4, 2, 3, 5, 9, 7};
  int t = 0;
  for (int i = 0; i < 8; i++) t += (s[i + 2] - 48) * w[i];
  int k = 11 - t % 11;
  return iso2(s + 11) && s[10] - 48 == (k == 10 ? 0 : k == 11 ? 5 : k);
}
// Digits only, check last.
static inline int cas(Str s, int n) {
  int t = 0;
  for (int i = 1; i < n; i++) t += (s[n - 1 - i] - 48) * i;
  return t % 10 == s[n - 1] - 48;
}
static inline int mrz_digit(Str s, int n, int at) {
  static const u8 w[] = {7, 3, 1};
  int t = 0;
  for (int i = 0; i < n; i++) t += (s[i] == '<' ? 0 : V36[s[i]]) * w[(i + at) % 3];
  return t;
}
static inline int mrz(Str s) {
  int all = mrz_digit(s, 10, 0) + mrz_digit(s + 13, 7, 10) + mrz_digit(s + 21, 22, 17);
  return mrz_digit(s, 9, 0) % 10 == s[9] - 48 && mrz_digit(s + 13, 6, 0) % 10 == s[19] - 48 && mrz_digit(s + 21, 6, 0) % 10 == s[27] - 48 && all % 10 == s[43] - 48;
}
static inline int bech32(Str s, int n) {
  static const u32 g[] = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
  static const u8 human[] = {3, 3, 0, 2, 3};
  u32 check = 1;
  for (int i = 0; i < n - 3 + 5; i++) {
    int v = i < 5 ? human[i] : VB32[s[i - 5 + 3]];
    if (v < 0) return 0;
    u32 top = check >> 25;
    check = (check & 0x1FFFFFF) << 5 ^ (u32)v;
    for (int q = 0; q < 5; q++)
      if (top >> q & 1) check ^= g[q];
  }
  return check == 1 || check == 0x2BC830A3;
}
static int vat_eu(Str s, int n) {
  Str b = s + 2;
  int t = 0;
  if (n == 11 && !memcmp(s, "DE", 2) && digits(b, 9)) {
    int p = 10;
    for (int i = 0; i < 8; i++) {
      int q = (b[i] - 48 + p) % 10;
      if (!q) q = 10;
      p = 2 * q % 11;
    }
    return (11 - p) % 10 == b[8] - 48;
  }
  if (n == 13 && !memcmp(s, "FR", 2) && digits(b, 11)) {
    u32 siren = 0;
    for (int i = 2; i < 11; i++) siren = siren * 10 + b[i] - 48;
    return two(b) == (int)((12 + 3 * (siren % 97)) % 97);
  }
  if (n == 13 && !memcmp(s, "IT", 2) && digits(b, 11)) return luhn(b, 11);
  if (n == 14 && !memcmp(s, "NL", 2) && digits(b, 9) && b[9] == 'B' && digits(b + 10, 2)) {
    for (int i = 0; i < 8; i++) t += (b[i] - 48) * (9 - i);
    return t % 11 == b[8] - 48 || mod97(s, n, 0);
  }
  if (n == 11 && !memcmp(s, "ATU", 3) && digits(b + 1, 8)) {
    for (int i = 0; i < 7; i++) {
      int v = (b[i + 1] - 48) << (i & 1);
      t += v / 10 + v % 10;
    }
    return (96 - t) % 10 == b[8] - 48;
  }
  if (n == 12 && !memcmp(s, "BE", 2) && (b[0] == '0' || b[0] == '1') && digits(b, 10)) {
    u32 x = 0;
    for (int i = 0; i < 8; i++) x = x * 10 + b[i] - 48;
    return (int)(97 - x % 97) == two(b + 8);
  }
  return 0;
}

#endif
