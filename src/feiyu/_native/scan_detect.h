// Scan: which detectors a normalised value passes, the twin of feiyu/scan/reference.py (the oracle of its tests).
// Dispatch by shape: the class mask and the length leave two or three candidates, all others cost nothing.
#ifndef FEIYU_SCAN_DETECT_H
#define FEIYU_SCAN_DETECT_H

#include "scan_high.h"

// No group of fewer than three digits but 86 in front: 1-877-… is North America, 15-12-10-… a chain of atoms.
static int grouped_as_mobile(Str s, int n) {
  int run = 0, first = 1;
  for (int i = 0; i <= n; i++) {
    if (i < n && CL[s[i]] == D) {
      run++;
      continue;
    }
    if (run && run < 3 && !(first && run == 2 && s[i - 2] == '8' && s[i - 1] == '6')) return 0;
    if (run) first = 0;
    run = 0;
  }
  return 1;
}
// Digits with hyphens and blanks, no letters.
static void separated(Str s, int n, int m, Bits *b) {
  u8 t[32];
  if (n >= 2 && s[0] == '-' && digits(s + 1, n - 1)) {
    if (n <= 20) HIT(integer);
  }
  if (n <= 24) {
    int k = grouped(s, n, t);
    if (k == 18) prc_family(t, b);
    if (k >= 13 && k <= 19 && n <= 23 && bank_card(t, k)) HIT(bank_card);
  }
  if (n >= 11 && n <= 22 && grouped_as_mobile(s, n)) {
    int k = 0;
    for (int i = 0; i < n; i++)
      if (CL[s[i]] == D) t[k++] = s[i];
    if (mobile_plain(t, k)) HIT(mobile_cn);
  }
  if (!(m & SP)) {
    if (n >= 10 && n <= 20 && landline(s, n)) HIT(landline_cn);
    if (n >= 8 && n <= 10 && date_(s, n)) HIT(date);
    if ((n == 11 || n == 12) && (s[0] == '4' || s[0] == '8') && !memcmp(s + 1, "00", 2)) {
      int k = 0;
      for (int i = 0; i < n; i++)
        if (CL[s[i]] == D) k++;
        else if (i != 3 && i != n - 5) k = 99;
      if (k == 10) HIT(tollfree_cn);
    }
    if (n == 10 && s[8] == '-' && digits(s, 8) && CL[s[9]] == D && org_digit(s) == s[9]) HIT(org_code);
    if (n == 11 && s[3] == '-' && s[6] == '-' && digits(s, 3) && digits(s + 4, 2) && digits(s + 7, 4) && memcmp(s, "000", 3) && memcmp(s, "666", 3) && s[0] != '9' &&
        memcmp(s + 4, "00", 2) && memcmp(s + 7, "0000", 4))
      HIT(ssn_us);
    if (n == 12 && s[3] == '-' && s[6] == '-' && digits(s, 3) && digits(s + 4, 2) && digits(s + 7, 5)) {
      memcpy(t, s, 3), memcpy(t + 3, s + 4, 2), memcpy(t + 5, s + 7, 5);
      if (brn_kr(t)) HIT(brn_kr);
    }
    if (n == 12 && s[3] == '-' && digits(s, 3) && digits(s + 4, 8)) {
      u32 r = 0;
      for (int i = 4; i < 11; i++) r = r * 10 + s[i] - 48;
      if (r % 7 == (u32)s[11] - 48) HIT(awb);
    }
    if (n == 14 && s[6] == '-' && digits(s, 6)) {
      if (digits(s + 7, 7)) {
        int mo = two(s + 2), d = two(s + 4);
        if (mo >= 1 && mo <= 12 && d >= 1 && d <= 31) HIT(rrn_kr);
      } else if (s[9] == '-' && digits(s + 7, 2) && digits(s + 10, 4)) {
        int p = two(s + 7);
        if (day(2000, two(s + 2), two(s + 4)) && p != 0 && !(p >= 17 && p <= 20)) HIT(mykad_my);
      }
    }
    if (n == 14 && s[4] == '-' && s[11] == '-' && trial_id_(s, n)) HIT(trial_id);
    if (n >= 7 && n <= 12 && s[n - 2] == '-' && s[n - 5] == '-' && s[0] != '0' && digits(s, n - 5) && digits(s + n - 4, 2) && CL[s[n - 1]] == D) {
      memcpy(t, s, (size_t)n - 5), memcpy(t + n - 5, s + n - 4, 2), t[n - 3] = s[n - 1];
      if (cas(t, n - 2)) HIT(cas);
    }
    if (n >= 16 && n <= 18 && !memcmp(s, "784", 3)) {
      int i = 3, k = 3;
      memcpy(t, s, 3);
      static const u8 sizes[] = {4, 7, 1};
      int ok = 1;
      for (int g = 0; ok && g < 3; g++) {
        if (i < n && s[i] == '-') i++;
        ok = n - i >= sizes[g] && digits(s + i, sizes[g]);
        if (ok) memcpy(t + k, s + i, sizes[g]), i += sizes[g], k += sizes[g];
      }
      if (ok && i == n && (!memcmp(t + 3, "19", 2) || !memcmp(t + 3, "20", 2)) && luhn(t, 15)) HIT(emirates_id);
    }
  }
  if (n == 12 && (s[3] == '-' || s[3] == ' ') && s[7] == s[3] && digits(s, 3) && digits(s + 4, 3) && digits(s + 8, 4)) {
    memcpy(t, s, 3), memcpy(t + 3, s + 4, 3), memcpy(t + 6, s + 8, 4);
    if (nhs(t)) HIT(nhs_uk);
  }
  if (n == 14 && (s[4] == '-' || s[4] == ' ') && s[9] == s[4] && s[0] >= '2' && digits(s, 4) && digits(s + 5, 4) && digits(s + 10, 4)) {
    memcpy(t, s, 4), memcpy(t + 4, s + 5, 4), memcpy(t + 8, s + 10, 4);
    if (verhoeff(t, 12)) HIT(aadhaar);
  }
}

// Digits with a point, perhaps a hyphen.
static void pointed(Str s, int n, int m, Bits *b) {
  if (m == (D | DT)) {
    if (n >= 7 && n <= 15 && ipv4_(s, n)) HIT(ipv4);
    int dot = -1, dots = 0;
    for (int i = 0; i < n; i++)
      if (s[i] == '.') dots++, dot = dot < 0 ? i : dot;
    if (dots == 1 && (dot == 7 || dot == 8) && n - dot - 1 >= 1 && n - dot - 1 <= 6) HIT(plane);
    if (dots == 1 && dot == 2 && n >= 4 && n <= 7) HIT(icd9);
    if (n >= 5 && n <= 13 && s[4] == '.') {
      u8 t[12];
      int k = 4, i = 4, ok = digits(s, 4);
      if (ok) memcpy(t, s, 4);
      while (ok && i < n && k <= 8) {
        if (s[i] == '.') i++;
        ok = n - i >= 2 && digits(s + i, 2);
        if (ok) t[k] = s[i], t[k + 1] = s[i + 1], k += 2, i += 2;
      }
      int c = ok ? two(t) : 0;
      if (ok && i == n && c >= 1 && c <= 97 && c != 77 && two(t + 2)) HIT(hs);
    } else if (n >= 7 && n <= 13 && digits(s, 6) && dots) {
      u8 t[12];
      int k = 6, i = 6, ok = 1;
      memcpy(t, s, 6);
      while (ok && i < n && k <= 8) {
        if (s[i] == '.') i++;
        ok = n - i >= 2 && digits(s + i, 2);
        if (ok) t[k] = s[i], t[k + 1] = s[i + 1], k += 2, i += 2;
      }
      int c = two(t);
      if (ok && i == n && c >= 1 && c <= 97 && c != 77 && two(t + 2)) HIT(hs);
    }
  }
  if (n >= 8 && n <= 10 && date_(s, n)) HIT(date);
  if (n >= 5 && n <= 24) {
    int i = s[0] == '-', k = 0, f = 0, v = 0;
    for (; i < n && CL[s[i]] == D; i++) k++, v = k <= 3 ? v * 10 + s[i] - 48 : v;
    if (k >= 1 && k <= 3 && i < n && s[i] == '.') {
      int rest = 0;
      for (i++; i < n && CL[s[i]] == D; i++) f++, rest |= s[i] != '0';
      if (i == n && f >= 3) {
        if (v < 180 || (v == 180 && !rest)) HIT(lon);
        if (k <= 2 && (v < 90 || (v == 90 && !rest))) HIT(lat);
      }
    }
  }
  if (n == 14 && m == (D | DT | HY) && s[3] == '.' && s[7] == '.' && s[11] == '-' && digits(s, 3) && digits(s + 4, 3) && digits(s + 8, 3) && digits(s + 12, 2)) {
    u8 t[11];
    memcpy(t, s, 3), memcpy(t + 3, s + 4, 3), memcpy(t + 6, s + 8, 3), memcpy(t + 9, s + 12, 2);
    if (cpf(t)) HIT(cpf_br);
  }
}

static int after_point(Str s, int n) {
  int k = 0;
  while (k < n && s[n - 1 - k] != '.') k++;
  return k;
}
// Digits and exactly one point: what the loops of the general way would find, from the lengths of both parts.
static void one_point(Str s, int n, int a, Bits *b) {
  int f = n - a - 1, rest = 0, v = 0;
  if (a >= 1 && a <= 15 && f >= 1 && f <= 12 && n <= 24) HIT(amount);
  if (a <= 20 && f <= 20 && (a || f) && n <= 32) HIT(number);
  if (a >= 1 && a <= 4 && f >= 1 && f <= 5) HIT(version);
  if ((a == 7 || a == 8) && f >= 1 && f <= 6) HIT(plane);
  if (a == 2 && f >= 1 && f <= 4) HIT(icd9);
  if ((a == 4 || a == 6) && (f == 2 || f == 4 || (f == 6 && a == 4)) && two(s) >= 1 && two(s) <= 97 && two(s) != 77 && two(s + 2)) HIT(hs);
  if (a == 8 && f == 2 && two(s) >= 1 && two(s) <= 97 && two(s) != 77 && two(s + 2)) HIT(hs);
  if (a >= 1 && a <= 3 && f >= 3 && n <= 24) {
    for (int i = 0; i < a; i++) v = v * 10 + s[i] - 48;
    for (int i = a + 1; i < n; i++) rest |= s[i] != '0';
    if (v < 180 || (v == 180 && !rest)) HIT(lon);
    if (a <= 2 && (v < 90 || (v == 90 && !rest))) HIT(lat);
  }
  if (a && n <= 64) HIT(code);
  if (n >= 4 && n <= 128) HIT(token);
}

// A number ends in a digit, a point or a percent sign; one with a letter has an e with at most a sign and three digits behind it.
static int number_end(Str s, int n, int m) {
  if (!(CL[s[n - 1]] & (D | DT)) && s[n - 1] != '%') return 0;
  if (!(m & (U | L))) return 1;
  for (int i = 2; i <= 6 && i < n; i++)
    if ((s[n - i] | 32) == 'e') return 1;
  return 0;
}

// Which of the looks below a value of these classes and this length may pass at all; asked once per shape, then remembered.
enum {
  G_POINT, G_GENE, G_SEPARATED, G_POINTED, G_AMOUNT, G_NUMBER, G_PRC_X, G_SCIENTIFIC, G_PHONE, G_PLUS_MOBILE, G_SLASHED, G_DATETIME, G_IPV6,
  G_MAC, G_UUID, G_EMAIL, G_URL_PASSWORD, G_URL, G_STUDENT, G_HEXHASH, G_CRYPTO, G_SH_CODE, G_DOT_CODE,
  G_CODE, G_HANDLE, G_TOKEN, G_TEXT,  // these stand where their detectors do: with nothing more to ask, they are the answer
  G_HK_CODE, G_ICD10, G_VERSION, G_IBAN_SPACED, G_IMO_SPACED, G_ADDRESS, G_BRACKETS, G_MRZ, G_MASKED, G_TRACK2, G_MASKED_X, G_POINTS,
  G_VECTOR, G_BLOB, G_VARIANT, G_JWT, G_CLOUD_KEY, G_TRIAL, G_ORG_CODE, G_NAME_LATIN, G_MEDIA, G_ORG_NAME, G_PEM, G_CODE_OT, G_TOKEN_OT,
  G_LISTED,  // words of this length and these classes exist
  G_COUNT
};
_Static_assert((int)G_CODE == (int)T_code && (int)G_HANDLE == (int)T_handle && (int)G_TOKEN == (int)T_token && (int)G_TEXT == (int)T_text, "order");
// The same for values beyond ASCII.
enum {
  H_NAME, H_ADDRESS, H_ORG, H_DATE, H_MILITARY, H_DEVICE, H_DRUG, H_PLATE, H_LATIN, H_URL, H_MEDIA, H_PEM
};
#define G(name) (1ULL << G_##name)
#define H(name) (1ULL << H_##name)
#define WHEN(name, condition) \
  if (condition) g |= G(name);
static u64 high_groups_of(int m, int n) {
  u64 g = 0;
#define WHEN_HIGH(name, condition) \
  if (condition) g |= H(name);
  WHEN(LISTED, n < 64 && !(((m & U ? m | L : m) & ~U) & ~word_classes[n]))
  WHEN_HIGH(NAME, m == HI && n >= 6 && n <= 63)
  WHEN_HIGH(ADDRESS, n >= 18 && n <= 400)
  WHEN_HIGH(ORG, n >= 7 && n <= 480)
  WHEN_HIGH(DATE, m == (D | HI) && n >= 12 && n <= 17)
  WHEN_HIGH(MILITARY, m == (D | HI) && n >= 14 && n <= 21)
  WHEN_HIGH(DEVICE, m == (D | HI) && n == 23)
  WHEN_HIGH(DRUG, m == (D | U | HI) && n >= 21 && n <= 22)
  WHEN_HIGH(PLATE, (m & U) && n >= 9 && n <= 14)
  WHEN_HIGH(LATIN, (m & D) && (m & SP) && (m & (U | L)) && n >= 10 && n <= 1600)
  WHEN_HIGH(URL, (m & CO) && !(m & SP) && n >= 10)
  WHEN_HIGH(MEDIA, (m & DT) && n >= 5 && n <= 4096)
  WHEN_HIGH(PEM, (m & HY) && n >= 27)
#undef WHEN_HIGH
  return g;
}
static u64 groups_of(int m, int n) {
  u64 g = 0;
  int letters = m & (U | L);
  if (m & HI) return high_groups_of(m, n);
  WHEN(POINT, m == (D | DT))
  WHEN(GENE, m == U && n > 64)
  WHEN(SEPARATED, (m & D) && !(m & ~DIGITAL))
  WHEN(POINTED, (m & (D | DT)) == (D | DT) && !(m & ~(D | DT | HY)))
  WHEN(AMOUNT, (m & D) && !(m & ~(D | HY | DT | OT)) && n <= 24)
  WHEN(NUMBER, (m & D) && !(m & ~(D | HY | DT | PL | L | U | OT)) && n <= 32)
  WHEN(PRC_X, (m & D) && letters && !(m & ~(D | U | L | SP | HY)) && n >= 18 && n <= 24)
  WHEN(SCIENTIFIC, (m & D) && (m & DT) && letters && !(m & ~(D | DT | U | L | PL)) && n <= 24)
  WHEN(PHONE, (m & PL) && !(m & ~(DIGITAL | PL)) && n >= 8 && n <= 20)
  WHEN(PLUS_MOBILE, (m & PL) && !(m & ~(DIGITAL | PL)) && n >= 11 && n <= 22)
  WHEN(SLASHED, m == (D | SL) && n >= 5 && n <= 10)
  WHEN(DATETIME, (m & CO) && n >= 13 && n <= 35 && !(m & ~(D | HY | SL | CO | SP | U | PL | DT | OT)))
  WHEN(IPV6, (m & CO) && n >= 3 && n <= 39 && !(m & ~(ALNUM | CO)))
  WHEN(MAC, n == 17 && (m & (CO | HY)) && !(m & ~(ALNUM | CO | HY)))
  WHEN(UUID, n == 36 && (m & HY) && !(m & ~(ALNUM | HY)))
  WHEN(EMAIL, (m & AT) && !(m & SP))
  WHEN(URL_PASSWORD, (m & AT) && (m & CO) && (m & SL) && !(m & SP) && n >= 12 && n <= 512)
  WHEN(URL, (m & CO) && !(m & SP) && n >= 10)
  WHEN(STUDENT, !(m & ~ALNUM) && n == 19)
  WHEN(HEXHASH, !(m & ~ALNUM) && (n == 32 || n == 40 || n == 64) && letters)
  WHEN(CRYPTO, !(m & ~ALNUM) && n >= 14 && n <= 62)
  WHEN(SH_CODE, !(m & ~ALNUM) && n == 8)
  WHEN(DOT_CODE, (m & DT) && (m & U) && !(m & ~(ALNUM | DT)) && n == 9)
  WHEN(HK_CODE, (m & DT) && (m & U) && !(m & ~(ALNUM | DT)) && (n == 7 || n == 8))
  WHEN(ICD10, (m & DT) && (m & U) && !(m & ~(ALNUM | DT)) && n >= 5 && n <= 12)
  WHEN(VERSION, (m & D) && (m & DT) && n >= 3 && n <= 24 && !(m & ~(ALNUM | DT | HY | PL | UN)))
  WHEN(IBAN_SPACED, (m & SP) && (m & D) && !(m & ~(D | U | SP)) && n >= 15 && n <= 42)
  WHEN(IMO_SPACED, (m & SP) && (m & D) && !(m & ~(D | U | SP)) && n == 11)
  WHEN(ADDRESS, (m & SP) && (m & D) && letters && n >= 10 && n <= 400)
  WHEN(BRACKETS, (m & OT) && !(m & ~(D | U | OT)) && (n == 10 || n == 11))
  WHEN(MRZ, (m & OT) && !(m & ~(D | U | OT)) && n >= 44 && n <= 90)
  WHEN(MASKED, (m & OT) && (m & D) && n >= 9 && n <= 24 && !(m & ~(ALNUM | OT)))
  WHEN(TRACK2, (m & OT) && n >= 20 && n <= 120)
  WHEN(MASKED_X, !(m & OT) && (m & D) && letters && n >= 9 && n <= 24 && !(m & ~ALNUM))
  WHEN(POINTS, (m & DT) && (m & D) && n >= 15)
  WHEN(VECTOR, n >= 17 && (m & OT))
  WHEN(BLOB, (m & ALNUM) == ALNUM && n >= 32 && !(m & ~(ALNUM | HY | UN | SL | PL | OT)))
  WHEN(VARIANT, (m & L) && (m & (DT | OT | D)) && n >= 5 && n <= 64 && !(m & ~(ALNUM | UN | DT | CO | PL | OT)))
  WHEN(JWT, (m & DT) && letters && n >= 30 && n <= 16384 && !(m & ~(ALNUM | HY | UN | DT)))
  WHEN(CLOUD_KEY, n >= 15 && n <= 70 && !(m & ~(ALNUM | UN | HY)))
  WHEN(TRIAL, n >= 11 && n <= 20 && (m & U) && !(m & ~(ALNUM | HY)))
  WHEN(ORG_CODE, n == 10 && (m & HY) && !(m & ~(D | U | HY)) && (m & U))
  WHEN(NAME_LATIN, !(m & ~(U | L | SP | HY | DT | OT)) && n >= 4 && n <= 60)
  WHEN(MEDIA, (m & DT) && n >= 5 && n <= 1024)
  WHEN(ORG_NAME, (m & SP) && letters && n >= 5 && n <= 120)
  WHEN(PEM, (m & HY) && n >= 27)
  WHEN(TEXT, (m & SP) && letters && n >= 2)
  int coded = n <= 64 && (m & D) && !(m & ~(ALNUM | HY | UN | SL | DT | OT));
  WHEN(CODE, coded && !(m & OT))
  WHEN(CODE_OT, coded && (m & OT))
  WHEN(HANDLE, n >= 3 && n <= 64 && !(m & ~(ALNUM | HY | UN | DT)))
  WHEN(TOKEN, n >= 4 && n <= 128 && !(m & SP) && !(m & OT))
  WHEN(TOKEN_OT, n >= 4 && n <= 128 && !(m & SP) && (m & OT))
  WHEN(LISTED, n < 64 && !(((m & U ? m | L : m) & ~U) & ~word_classes[n]))
#undef WHEN
  return g;
}
// What was asked for once, by length and classes; nought is not asked yet. Threads may write the same number twice.
enum { SHAPED = 65 };
static u64 shaped[SHAPED][8192];
static inline u64 groups(int m, int n) {
  if (n >= SHAPED) return groups_of(m, n) | G(COUNT);
  u64 *at = &shaped[n][m], g = __atomic_load_n(at, __ATOMIC_RELAXED);
  if (!g) __atomic_store_n(at, g = groups_of(m, n) | G(COUNT), __ATOMIC_RELAXED);
  return g;
}

static __attribute__((noinline)) u32 list_bits(Str s, int n, const Shape *sh) {
  if (sh->nc > 48) return 0;
  u32 bits = word_find(s, n);
  if (sh->m & U) {
    u8 low[64];
    for (int i = 0; i < n; i++) low[i] = CL[s[i]] == U ? s[i] + 32 : s[i];
    bits |= word_find(low, n);
  }
  return bits;
}
// Most values are no word: no word of their length and classes exists, or none with their last byte.
static inline u32 listed(Str s, int n, const Shape *sh, u64 g) { return (g & G(LISTED)) && (word_last[s[n - 1]] >> n & 1) ? list_bits(s, n, sh) : 0; }

// What a value may pass at all by its first byte, and by its last; LISTED by its last and its length.
static u64 by_first[256], by_second[256], by_last[256];
static void ends_init(void) {
  for (int i = 0; i < 256; i++) {
    u8 c = (u8)i;
    int k = CL[i], hex_ = hex(c);
    u64 first = ~0ULL, second = ~0ULL, last = ~0ULL;
#define ONLY(side, name, condition) \
  if (!(condition)) side &= ~G(name);
    ONLY(first, NUMBER, k == D || in(c, "-+."))
    ONLY(last, NUMBER, k == D || in(c, ".%"))
    ONLY(first, AMOUNT, k == D || c == '-')
    ONLY(last, AMOUNT, k == D)
    ONLY(first, PRC_X, k == D)
    ONLY(last, PRC_X, in(c, "xX"))
    ONLY(first, SCIENTIFIC, k == D)
    ONLY(last, SCIENTIFIC, k == D)
    ONLY(first, PHONE, c == '+')
    ONLY(first, SLASHED, k == D)
    ONLY(last, SLASHED, k == D)
    ONLY(first, DATETIME, k == D)
    ONLY(first, IPV6, hex_ || c == ':')
    ONLY(last, IPV6, hex_ || c == ':')
    ONLY(first, MAC, hex_)
    ONLY(last, MAC, hex_)
    ONLY(first, UUID, hex_)
    ONLY(last, UUID, hex_)
    ONLY(first, EMAIL, LOCAL[i] && c != '.')
    ONLY(last, EMAIL, k & (U | L))
    ONLY(first, URL_PASSWORD, k == L)
    ONLY(first, URL, in(c, "hf"))
    ONLY(first, STUDENT, in(c, "GL"))
    ONLY(first, HEXHASH, hex_)
    ONLY(last, HEXHASH, hex_)
    ONLY(first, CRYPTO, in(c, "b013"))
    ONLY(first, SH_CODE, in(c, "sbSB"))
    ONLY(first, DOT_CODE, k == D)
    ONLY(first, HK_CODE, k == D)
    ONLY(last, HK_CODE, c == 'K')
    ONLY(first, CODE, k & ALNUM)
    ONLY(first, CODE_OT, k & ALNUM)
    ONLY(first, HANDLE, k & (U | L))
    ONLY(first, ICD10, k == U)
    ONLY(first, VERSION, k == D || in(c, "vV"))
    ONLY(first, IBAN_SPACED, k == U)
    ONLY(first, IMO_SPACED, c == 'I')
    ONLY(last, BRACKETS, c == ')')
    ONLY(first, MRZ, (k & (D | U)) || c == '<')
    ONLY(first, MASKED, k == D)
    ONLY(last, MASKED, k == D || in(c, "xX"))
    ONLY(first, MASKED_X, k == D)
    ONLY(last, MASKED_X, k == D || in(c, "xX"))
    ONLY(first, TRACK2, in(c, ";%"))
    ONLY(last, TRACK2, c == '?')
    ONLY(first, POINTS, in(c, "-0123456789([{PLM"))
    ONLY(first, VECTOR, c == '[')
    ONLY(last, VECTOR, c == ']')
    ONLY(first, VARIANT, in(c, "rNcg"))
    ONLY(first, JWT, c == 'e')
    ONLY(first, CLOUD_KEY, in(c, "ALgx"))
    ONLY(first, TRIAL, in(c, "NCI"))
    ONLY(last, TRIAL, k == D)
    ONLY(last, ORG_CODE, k == D || c == 'X')
    ONLY(first, NAME_LATIN, k == U)
    ONLY(last, MEDIA, in(c, "gpc4ivdszymGDM"))
    ONLY(last, ORG_NAME, FIRM_END[i] || c == '.')
    ONLY(first, PEM, c == '-')
    ONLY(second, PHONE, k == D)
    ONLY(second, STUDENT, k == D)
    ONLY(second, SCIENTIFIC, c == '.')
    ONLY(second, URL, c == 't')
    ONLY(second, SH_CODE, in(c, "hzjHZJ"))
    ONLY(second, ICD10, k == D)
    ONLY(second, IBAN_SPACED, k == U)
    ONLY(second, IMO_SPACED, c == 'M')
    ONLY(second, MASKED, k == D)
    ONLY(second, MASKED_X, k == D)
    ONLY(second, TRACK2, k == D || c == 'B')
    ONLY(second, VARIANT, in(c, "sMCG."))
    ONLY(second, JWT, c == 'y')
    ONLY(second, CLOUD_KEY, in(c, "KSTho"))
    ONLY(second, TRIAL, in(c, "CTSh"))
    ONLY(second, PEM, c == '-')
#undef ONLY
    by_first[i] = first, by_second[i] = second, by_last[i] = last;
  }
}

// A function of its own, or the compiler prepares for all of these looks before any.
static __attribute__((noinline)) void rare_group(int group, Str s, int n, const Shape *sh, Bits *b) {
  u8 t[96];
  int m = sh->m, k, ok;
  switch (group) {
    case G_SEPARATED: separated(s, n, m, b); break;
    case G_POINTED: pointed(s, n, m, b); break;
    case G_AMOUNT: if (amount(s, n)) HIT(amount); break;
    case G_NUMBER: if (number_end(s, n, m) && number(s, n)) HIT(number); break;
    case G_PRC_X:
      if ((s[n - 1] | 32) == 'x' && ((m & (SP | HY)) ? grouped(s, n, t) == 18 : (n == 18 && (memcpy(t, s, 18), 1)))) prc_family(t, b);
      break;
    case G_SCIENTIFIC: scientific(s, n, b); break;
    case G_PHONE: if (phone_intl(s, n)) HIT(phone_intl); break;
    case G_PLUS_MOBILE:
      k = 0;
      for (int i = 0; i < n; i++)
        if (s[i] != ' ' && s[i] != '-') t[k++] = s[i];
      if (grouped_as_mobile(s, n) && mobile_plain(t, k)) HIT(mobile_cn);
      break;
    case G_SLASHED:
      if (n >= 8 && date_(s, n)) HIT(date);
      if ((n == 5 || n == 7) && s[2] == '/' && digits(s, 2) && two(s) >= 1 && two(s) <= 12 && digits(s + n - 2, 2) && (n == 5 || !memcmp(s + 3, "20", 2))) HIT(expiry);
      break;
    case G_DATETIME: if (datetime_(s, n)) HIT(datetime); break;
    case G_IPV6: if (ipv6_(s, n)) HIT(ipv6); break;
    case G_MAC: if (mac_(s)) HIT(mac); break;
    case G_UUID: if (uuid_(s)) HIT(uuid); break;
    case G_URL_PASSWORD: if (url_password_(s, n)) HIT(url_password); break;
    case G_URL: if (url_(s, n)) HIT(url); break;
    case G_STUDENT: if ((s[0] == 'G' || s[0] == 'L') && digits(s + 1, 17) && prc18(s + 1)) HIT(student_no); break;
    case G_HEXHASH: {
      int letter = 0;
      ok = 1;
      for (int i = 0; i < n && ok; i++) ok = hex(s[i]), letter |= CL[s[i]] & (U | L);
      if (ok && letter) HIT(hexhash);
      break;
    }
    case G_CRYPTO: if (crypto_(s, n)) HIT(crypto); break;
    case G_SH_CODE:
      if (digits(s + 2, 6) && (!memcmp(s, "sh", 2) || !memcmp(s, "sz", 2) || !memcmp(s, "bj", 2) || !memcmp(s, "SH", 2) || !memcmp(s, "SZ", 2) || !memcmp(s, "BJ", 2)))
        HIT(securities_code);
      break;
    case G_DOT_CODE:
      if (s[6] == '.' && digits(s, 6) && (is(s + 7, 2, "SH") || is(s + 7, 2, "SZ") || is(s + 7, 2, "BJ") || is(s + 7, 2, "SS"))) HIT(securities_code);
      break;
    case G_HK_CODE: if (ends(s, n, ".HK") && digits(s, n - 3)) HIT(securities_code); break;
    case G_ICD10: if (icd10_(s, n)) HIT(icd10); break;
    case G_VERSION: if (version(s, n)) HIT(version); break;
    case G_IBAN_SPACED:
      if (CL[s[0]] == U && CL[s[1]] == U && digits(s + 2, 2)) {
        k = 0;
        for (int i = 0; i < n; i++)
          if (s[i] != ' ') t[k++] = s[i];
        if (k >= 15 && iban(t, k)) HIT(iban);
      }
      break;
    case G_IMO_SPACED: if (!memcmp(s, "IMO ", 4) && digits(s + 4, 7) && s[4] != '0' && imo(s + 4)) HIT(imo); break;
    case G_ADDRESS: if (address_latin_(s, n)) HIT(address_latin); break;
    case G_GENE: if (asked(A_GENE, s, n)) HIT(gene); break;
    case G_BRACKETS:
      if (s[n - 1] == ')' && s[n - 3] == '(') {
        k = n - 3;
        memcpy(t, s, (size_t)k), t[k] = s[n - 2];
        if (uppers(s, k - 6) && digits(s + k - 6, 6) && (CL[s[n - 2]] == D || s[n - 2] == 'A') && hkid(t, k + 1)) HIT(hkid);
        if (n == 10 && in(s[0], "157") && digits(s, 7) && CL[s[8]] == D) HIT(macao_bir);
      }
      break;
    case G_MRZ: {
      k = 0;
      for (int i = 0; i < n; i++)
        if (s[i] != '\n' && s[i] != '\r') t[k++] = s[i];
      Str p = t;
      if (k == 88 && t[0] == 'P') p += 44, k = 44;
      if (k == 44) {
        ok = CL[p[9]] == D && digits(p + 13, 7) && in(p[20], "MFX<") && digits(p + 21, 7) && (CL[p[42]] == D || p[42] == '<') && CL[p[43]] == D;
        for (int i = 0; ok && i < 44; i++) ok = (CL[p[i]] & (D | U)) || p[i] == '<';
        for (int i = 10; ok && i < 13; i++) ok = CL[p[i]] == U || p[i] == '<';
        if (ok && mrz(p)) HIT(mrz);
      }
      break;
    }
    case G_MASKED: if (masked_digits(s, n)) HIT(masked_digits); break;
    case G_TRACK2: if ((s[0] == ';' || s[0] == '%') && track2_(s, n)) HIT(track2); break;
    case G_MASKED_X: if (CL[s[0]] == D && masked_digits(s, n)) HIT(masked_digits); break;
    case G_POINTS:
      if (in(s[0], "-0123456789([{PLM")) {
        Points p;
        points(s, n, &p);
        if (p.count == 2 && n <= 96 && s[0] != 'L' && s[0] != 'M' && p.pairs) HIT(lonlat);
        if (n >= 20 && p.count >= 4 && !(p.count & 1) && s[0] != 'P' && p.near && p.pairs) HIT(trajectory);
      }
      break;
    case G_VECTOR: if (s[0] == '[' && !has(b, T_trajectory) && vector_(s, n)) HIT(vector); break;
    case G_BLOB:
      k = n, ok = 1;
      while (k > 0 && s[k - 1] == '=' && n - k < 2) k--;
      for (int i = 0; i < k && ok; i++) ok = (CL[s[i]] & (ALNUM | PL | SL | UN | HY)) != 0;
      if (ok && k >= 32) HIT(blob);
      break;
    case G_VARIANT: if (variant_(s, n)) HIT(variant); break;
    case G_JWT: if (s[0] == 'e' && jwt_(s, n)) HIT(jwt); break;
    case G_CLOUD_KEY: if (cloud_key_(s, n)) HIT(cloud_key); break;
    case G_TRIAL: if ((s[0] == 'N' || s[0] == 'C' || s[0] == 'I') && trial_id_(s, n)) HIT(trial_id); break;
    case G_ORG_CODE:
      if (s[8] == '-' && all_of(s, 8, D | U) && (CL[s[9]] == D || s[9] == 'X') && org_digit(s) == s[9]) HIT(org_code);
      break;
    case G_NAME_LATIN: if (CL[s[0]] == U && name_latin_(s, n)) HIT(name_latin); break;
    case G_MEDIA: if (media_end(s, n)) HIT(media_ref); break;
    case G_ORG_NAME: if (org_latin(s, n)) HIT(org_name); break;
    case G_PEM: if (s[0] == '-' && pem_(s, n)) HIT(pem); break;
    case G_CODE_OT:
      ok = (CL[s[0]] & ALNUM) != 0;
      for (int i = 0; i < n && ok; i++) ok = CL[s[i]] != OT || s[i] == '#';
      if (ok) HIT(code);
      break;
    case G_TOKEN_OT:
      ok = 1;
      for (int i = 0; i < n && ok; i++) ok = s[i] > 32 && s[i] < 127;
      if (ok) HIT(token);
      break;
    default: break;
  }
}
// What most values need stands here; all else is a call away. `g` are the groups of its classes.
static inline void ascii_value(Str s, int n, const Shape *sh, u64 g, Bits *b) {
  int m = sh->m;
  if (plain_shape(m, n)) {
    Bits got = plain_value(s, n, sh->at.digit);
    b->w[0] |= got.w[0], b->w[1] |= got.w[1];
    return;
  }
  if (g & G(POINT)) {
    int k = n - 1 - after_point(s, n);
    if (memchr(s, '.', (size_t)n) == (const void *)(s + k)) {
      one_point(s, n, k, b);
      return;
    }
  }
  g &= by_first[s[0]] & by_second[s[1]] & by_last[s[n - 1]];
  b->w[0] |= g & (G(CODE) | G(HANDLE) | G(TOKEN) | G(TEXT));
  g &= ~(G(POINT) | G(CODE) | G(HANDLE) | G(TOKEN) | G(TEXT) | G(LISTED) | G(COUNT));
  if (g & G(EMAIL)) {
    if (email_at(s, n, &sh->at)) HIT(email);
    g &= ~G(EMAIL);
  }
  if (g & G(MASKED_X)) {
    int lead = __builtin_ctzll(~sh->at.digit);
    if (lead < 3 || lead > 6 || !in(s[lead], "xX")) g &= ~G(MASKED_X);
  }
  for (; g; g &= g - 1) rare_group(__builtin_ctzll(g), s, n, sh, b);
}

// --- values with characters beyond ASCII ---
static __attribute__((noinline)) void high_group(int group, Str s, int n, int nc, Bits *b) {
  static const char *org[] = {"公司", "集团", "银行", "医院", "大学", "学院", "研究所", "研究院", "事务所", "合作社", "中心", "工厂", "支行", "分行", "委员会", "管理局"};
  switch (group) {
    case H_ORG:
      if (nc < 5 || nc > 120) break;
      for (u32 q = 0; q < sizeof org / sizeof *org; q++)
        if (ends(s, n, org[q])) {
          HIT(org_name);
          break;
        }
      break;
    case H_DATE: if (nc >= 8 && nc <= 11 && date_han(s, n)) HIT(date); break;
    case H_MILITARY: if (nc >= 8 && nc <= 16 && military_(s, n)) HIT(military_id); break;
    case H_DEVICE: if (device_reg_(s, n)) HIT(device_reg); break;
    case H_DRUG: if (nc >= 13 && nc <= 15 && drug_(s, n)) HIT(drug_approval); break;
    case H_PLATE: if (nc >= 7 && nc <= 10 && plate_(s, n)) HIT(plate_cn); break;
    case H_LATIN: if (nc >= 10 && nc <= 400 && address_latin_(s, n)) HIT(address_latin); break;
    case H_URL: if (nc >= 10 && url_(s, n)) HIT(url); break;
    case H_MEDIA: if (nc >= 5 && nc <= 1024 && media_end(s, n)) HIT(media_ref); break;
    case H_PEM: if (s[0] == '-' && nc >= 27 && pem_(s, n)) HIT(pem); break;
    default: break;
  }
}
static void high_value(Str s, int n, const Shape *sh, u64 g, u32 word, Bits *b) {
  int nc = sh->nc;
  if (nc >= 2) HIT(text);
  if ((g & H(NAME)) && nc <= 21 && name_cn_(s, n, word)) HIT(name_cn);
  if ((g & H(ADDRESS)) && nc >= 6 && address_cn_(s, n, sh)) HIT(address_cn);
  if ((g & H(ORG)) && !(han_flags(han_at(s + n - 3, 3)) & H_ORG_END)) g &= ~H(ORG);
  if (sh->folds && secret_mark_(s, n)) HIT(secret_mark);
  for (g &= ~(H(NAME) | H(ADDRESS) | G(LISTED) | G(COUNT)); g; g &= g - 1) high_group(__builtin_ctzll(g), s, n, nc, b);
}

static const u8 UPPER_TOO[] = {T_student_no, T_passport_cn, T_home_return, T_exit_permit, T_uscc, T_org_code, T_hkid, T_taiwan_id, T_nric_sg,
                               T_pan_in, T_iban, T_lei, T_isin, T_vin, T_vin_shape, T_plate_cn, T_container, T_gstin};
static Bits upper_too;

// Small letters as capitals, for detectors that know capitals only: none of them lives with other classes, but for an IBAN in groups.
static __attribute__((noinline)) void detected_upper(Str s, int n, const Shape *sh, Bits *b) {
  int m = sh->m;
  if (!(m & HI) && ((m & (AT | CO | SL | UN | PL | DT)) || ((m & SP) && !(n >= 15 && digits(s + 2, 2))))) return;
  if (count_of(s, n, D) < 3) return;
  u8 t[64 * 4 + 64];
  memset(t + n, 0, 64);
  for (int i = 0; i < n; i++) t[i] = CL[s[i]] == L ? s[i] - 32 : s[i];
  Bits up = {{0, 0}};
  Shape us = {(m & ~L) | U, sh->nc, sh->folds, {sh->at.digit, sh->at.upper | sh->at.lower, 0, sh->at.high, sh->at.lead}};
  if (m & HI) high_value(t, n, &us, groups(us.m, n), 0, &up);
  else ascii_value(t, n, &us, groups(us.m, n), &up);
  b->w[0] |= up.w[0] & upper_too.w[0];
  b->w[1] |= up.w[1] & upper_too.w[1];
}
// What a value passes; `g` are its groups, `word` what it is as a word. Answers in two registers: what is stored in halves and loaded whole waits.
static inline Bits detected(Str s, int n, const Shape *sh, u64 g, u32 word) {
  Bits found = {{0, 0}};
  if (sh->m & HI) high_value(s, n, sh, g, word, &found);
  else ascii_value(s, n, sh, g, &found);
  if ((sh->m & (L | D)) == (L | D) && sh->nc >= 7 && sh->nc <= 64 && (sh->m & (HI | AT)) != AT) detected_upper(s, n, sh, &found);
  return found;
}
static inline void detect(Str s, int n, const Shape *sh, Bits *b) {
  u64 g = groups(sh->m, n);
  *b = plain_shape(sh->m, n) ? plain_value(s, n, sh->at.digit) : detected(s, n, sh, g, sh->m == HI ? listed(s, n, sh, g) : 0);
}

#endif
