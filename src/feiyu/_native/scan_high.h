// Scan: forms with characters beyond ASCII. Twin of feiyu/scan/reference.py.
#ifndef FEIYU_SCAN_HIGH_H
#define FEIYU_SCAN_HIGH_H

#include "scan_codes.h"

static int plate_(Str s, int n) {
  if (!(han_flags(han_at(s, n)) & H_PROV)) return 0;
  s += 3, n -= 3;
  if (n < 1 || CL[s[0]] != U || s[0] == 'I' || s[0] == 'O') return 0;
  s++, n--;
  if (n >= 2 && s[0] == 0xC2 && s[1] == 0xB7) s += 2, n -= 2;
  else if (n >= 1 && (s[0] == '.' || s[0] == ' ')) s++, n--;
  int k = 0, d = 0;
  while (k < n && (CL[s[k]] & (D | U)) && s[k] != 'I' && s[k] != 'O') d += CL[s[k]] == D, k++;
  if (k == 4 && n == 7 && (HAN[han_at(s + 4, 3)] & H_PLATE_END)) return d >= 2;
  if (k != n || d < 2) return 0;
  if (k == 5) return 1;
  if (k != 6) return 0;
  int small = in(s[0], "ABCDEFGHJK") && digits(s + 2, 4), large = digits(s, 5) && in(s[5], "ABCDEFGHJK");
  return small || large;
}
static int han_run(Str s, int n) {
  int k = 0;
  for (u32 c; k * 3 < n && (c = han_at(s + k * 3, n - k * 3)) >= 0x4E00 && c <= 0x9FFF; k++) {}
  return k;
}
// The same for two characters or three, with no branch between them.
static inline int han_few(Str s, int n) {
  u32 a = han_at(s, 3) - 0x4E00, b = han_at(s + 3, 3) - 0x4E00, c = n == 9 ? han_at(s + 6, 3) - 0x4E00 : 0;
  return a <= 0x51FF && b <= 0x51FF && c <= 0x51FF ? n / 3 : han_run(s, n);
}
// `word` is what the value is as a word.
static int name_cn_(Str s, int n, u32 word) {
  if (word & (W_NAME_STOP | W_PROVINCE)) return 0;
  int k = n == 6 || n == 9 ? han_few(s, n) : han_run(s, n);
  if (k * 3 == n) {
    if (k < 2 || k > 4) return 0;
    int first = han_flags(han_at(s, 3));
    if (k >= 3 && (first & H_SURNAME2) && (word_find(s, 6) & W_SURNAME2)) return 1;
    return k != 4 && (first & H_SURNAME) && !(k == 3 && (han_flags(han_at(s + 6, 3)) & H_NOT_NAME));
  }
  if (k < 2 || k > 10) return 0;
  Str p = s + k * 3;
  int rest = n - k * 3, dot = rest >= 2 && p[0] == 0xC2 && p[1] == 0xB7 ? 2 : rest >= 3 && !memcmp(p, "•", 3) ? 3 : 0;
  if (!dot) return 0;
  int q = han_run(p + dot, rest - dot);
  return q >= 1 && q <= 10 && q * 3 == rest - dot;
}
static int date_han(Str s, int n) {
  if (n < 12 || !digits(s, 4) || memcmp(s + 4, "年", 3)) return 0;
  int i = 7, k = 0;
  while (k < 3 && i + k < n && CL[s[i + k]] == D) k++;
  if (k < 1 || k > 2 || n - i - k < 3 || memcmp(s + i + k, "月", 3)) return 0;
  int m = small_number(s + i, k);
  i += k + 3;
  for (k = 0; k < 3 && i + k < n && CL[s[i + k]] == D;) k++;
  if (k < 1 || k > 2) return 0;
  int d = small_number(s + i, k);
  i += k;
  if (n - i == 3 && !memcmp(s + i, "日", 3)) i += 3;
  return i == n && day(four(s), m, d);
}
// A star behind a word for secret, perhaps with a blank between. Stars are rare, so they are looked for.
static int secret_mark_(Str s, int n) {
  for (Str p = s; (p = memchr(p, 0xE2, (size_t)(s + n - p))); p++) {
    if (s + n - p < 3 || (memcmp(p, "★", 3) && memcmp(p, "☆", 3))) continue;
    i64 at = p - s - 6 - (p > s && p[-1] == ' ');
    Str w = s + at;
    if (at >= 0 && (!memcmp(w, "绝密", 6) || !memcmp(w, "机密", 6) || !memcmp(w, "秘密", 6))) return 1;
  }
  return 0;
}
// Characters of at least three of: city, area, road, house, room. They gather at the end.
static int address_cn_(Str s, int n, const Shape *sh) {
  int seen = 0;
  if (n <= 64) {
    for (u64 left = sh->at.lead & first_bits(n - 2); left && __builtin_popcount((unsigned)seen) < 3;) {
      int i = 63 - __builtin_clzll(left);
      left ^= 1ULL << i;
      seen |= han_flags(han_at(s + i, 3)) & (H_CITY | H_AREA | H_ROAD | H_HOUSE | H_ROOM);
    }
    return __builtin_popcount((unsigned)seen) >= 3;
  }
  for (int i = n - 3; i >= 0; i--) {
    if ((s[i] & 0xF0) != 0xE0) continue;
    seen |= han_flags(han_at(s + i, 3)) & (H_CITY | H_AREA | H_ROAD | H_HOUSE | H_ROOM);
    if (__builtin_popcount((unsigned)seen) >= 3) return 1;
    i -= 2;
  }
  return 0;
}
static int military_(Str s, int n) {
  if (!(han_flags(han_at(s, n)) & H_ARMY)) return 0;
  s += 3, n -= 3;
  if (starts(s, n, "字")) s += 3, n -= 3;
  if (!starts(s, n, "第")) return 0;
  s += 3, n -= 3;
  int k = 0;
  while (k < n && CL[s[k]] == D) k++;
  return k >= 5 && k <= 9 && is(s + k, n - k, "号");
}
static int drug_(Str s, int n) {
  if (!starts(s, n, "国药准字")) return 0;
  s += 12, n -= 12;
  int k = n - 8;
  if (k == 1) return in(s[0], "HZSJTFB") && digits(s + 1, 8);
  return k == 2 && in(s[0], "HZS") && in(s[1], "JC") && digits(s + 2, 8);
}
static int device_reg_(Str s, int n) {
  u32 c = han_at(s, n);
  if (n != 23 || !c || !((HAN[c] & H_PROV) || !memcmp(s, "国", 3)) || memcmp(s + 3, "械注", 6)) return 0;
  return (!memcmp(s + 9, "准", 3) || !memcmp(s + 9, "进", 3) || !memcmp(s + 9, "许", 3)) && digits(s + 12, 11);
}

#endif
