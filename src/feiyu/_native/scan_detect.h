// Scan: which detectors a normalised value passes, the twin of feiyu/scan/reference.py (the oracle of its tests).
// Dispatch by shape: the class mask and the length leave two or three candidates, all others cost nothing.
#ifndef FEIYU_SCAN_DETECT_H
#define FEIYU_SCAN_DETECT_H

#include "scan_plain.h"

typedef Look Shape;
// From a text with zeros behind.
static inline void shape_of(Str s, int n, int m, int nc, Shape *sh) {
  *sh = look(s, n);
  sh->m = m, sh->nc = nc;
}

static int phone_intl(Str s, int n) {
  if (s[0] != '+' || s[1] < '1' || s[1] > '9') return 0;
  int all = 0, groups = 0, run = 0, first = 1;
  for (int i = 1; i <= n; i++) {
    if (i < n && CL[s[i]] == D) {
      run++, all++;
      continue;
    }
    if (!run) return 0;
    groups += first ? (run > 3 ? (run - 3 + 3) / 4 : 0) : (run + 3) / 4;
    first = run = 0;
    if (i < n && s[i] != ' ' && s[i] != '-') return 0;
  }
  return all >= 8 && all <= 15 && groups <= 6;
}
// Digits in groups of single blanks or hyphens, a final X; the length without them, 0 where it is none.
static int grouped(Str s, int n, u8 *t) {
  int k = 0, gap = 1;
  for (int i = 0; i < n; i++) {
    u16 c = CL[s[i]];
    if (c == D || s[i] == 'x' || s[i] == 'X') {
      if (k >= 24) return 0;
      t[k++] = s[i], gap = 0;
    } else {
      if (gap) return 0;
      gap = 1;
    }
  }
  return gap ? 0 : k;
}
static void prc_family(Str s, Bits *b) {
  if (!digits(s, 17) || !(CL[s[17]] == D || s[17] == 'X' || s[17] == 'x')) return;
  if (s[0] == '9') {
    if (foreign_pr(s)) HIT(foreign_pr);
  } else if (prc18(s)) HIT(prc18);
  else if (prc_hmt(s)) HIT(prc_hmt);
}
static int damaged_digits(Str s) { return PROV[two(s)] && ymd(s + 6) && !prc_check(s) && from_double(s); }
// d.ddddE+17 and 1.ddddE+10
static void scientific(Str s, int n, Bits *b) {
  if (n < 5 || CL[s[0]] != D || s[1] != '.') return;
  int k = 2;
  while (k < n && CL[s[k]] == D) k++;
  int e = k;
  if (e >= n || (s[e] != 'e' && s[e] != 'E')) return;
  e++;
  if (e < n && s[e] == '+') e++;
  if (n - e != 2) return;
  int frac = k - 2;
  if (s[e] == '1' && s[e + 1] == '7' && n <= 24 && n >= 6 && s[0] >= '1' && s[0] <= '8' && frac >= 1 && frac <= 17) {
    u8 t[19];
    memset(t, '0', 18);
    t[0] = s[0];
    memcpy(t + 1, s + 2, (size_t)frac);
    if (PROV[two(t)] && (frac < 13 || ymd(t + 6))) HIT(prc_damaged);
  }
  if (s[e] == '1' && s[e + 1] == '0' && n <= 14 && s[0] == '1' && frac >= 1 && frac <= 9 && s[2] >= '3' && s[2] <= '9') HIT(mobile_damaged);
}

// --- dates and numbers ---
static int small_number(Str s, int n) { return n == 1 ? s[0] - 48 : two(s); }
static int date_(Str s, int n) {
  int cut[2], k = 0;
  for (int i = 0; i < n; i++) {
    if (CL[s[i]] == D) continue;
    if (k == 2 || !(s[i] == '-' || s[i] == '/' || s[i] == '.')) return 0;
    cut[k++] = i;
  }
  if (k != 2 || s[cut[0]] != s[cut[1]]) return 0;
  int a = cut[0], m = cut[1] - cut[0] - 1, d = n - cut[1] - 1;
  Str p = s + cut[0] + 1, q = s + cut[1] + 1;
  if (m < 1 || m > 2) return 0;
  if (a == 4 && (d == 1 || d == 2)) return day(four(s), small_number(p, m), small_number(q, d));
  if (d != 4 || (a != 1 && a != 2)) return 0;
  int x = small_number(s, a), y = small_number(p, m);
  return day(four(q), x, y) || day(four(q), y, x);
}
static int datetime_(Str s, int n) {
  int i = 4, k;
  if (!digits(s, 4) || (s[4] != '-' && s[4] != '/')) return 0;
  u8 sep = s[4];
  i = 5;
  for (k = 0; i + k < n && CL[s[i + k]] == D; k++) {}
  if (k < 1 || k > 2 || i + k >= n || s[i + k] != sep) return 0;
  int m = small_number(s + i, k);
  i += k + 1;
  for (k = 0; i + k < n && CL[s[i + k]] == D; k++) {}
  if (k < 1 || k > 2 || i + k >= n || (s[i + k] != ' ' && s[i + k] != 'T')) return 0;
  int d = small_number(s + i, k);
  i += k + 1;
  for (k = 0; i + k < n && CL[s[i + k]] == D; k++) {}
  if (k < 1 || k > 2 || i + k >= n || s[i + k] != ':') return 0;
  int h = small_number(s + i, k);
  i += k + 1;
  if (n - i < 2 || !digits(s + i, 2)) return 0;
  int min = two(s + i), sec = 0;
  i += 2;
  if (i < n && s[i] == ':') {
    if (n - i < 3 || !digits(s + i + 1, 2)) return 0;
    sec = two(s + i + 1);
    i += 3;
    if (i < n && (s[i] == '.' || s[i] == ',')) {
      for (k = 0; i + 1 + k < n && CL[s[i + 1 + k]] == D; k++) {}
      if (k < 1 || k > 9) return 0;
      i += 1 + k;
    }
  }
  if (i < n) {
    if (s[i] == 'Z') i++;
    else if (s[i] == '+' || s[i] == '-') {
      if (n - i == 6 && digits(s + i + 1, 2) && s[i + 3] == ':' && digits(s + i + 4, 2)) i += 6;
      else if (n - i == 5 && digits(s + i + 1, 4)) i += 5;
      else return 0;
    } else return 0;
  }
  return i == n && day(four(s), m, d) && h < 25 && min < 60 && sec < 61;
}
// Thousands in groups or plain; the place after it, -1 where it is none.
static int whole(Str s, int n, int i, int most) {
  int k = 0, at = i;
  while (i < n && CL[s[i]] == D) i++, k++;
  if (i < n && s[i] == ',') {
    if (k < 1 || k > 3) return -1;
    while (i < n && s[i] == ',') {
      if (n - i < 4 || !digits(s + i + 1, 3)) return -1;
      i += 4;
    }
    return i < n && CL[s[i]] == D ? -1 : i;
  }
  (void)at;
  return k >= 1 && k <= most ? i : -1;
}
static int amount(Str s, int n) {
  if (n > 24) return 0;
  int i = whole(s, n, n && s[0] == '-', 15), k = 0;
  if (i < 0) return 0;
  if (i == n) return 1;
  if (s[i] != '.') return 0;
  for (i++; i < n && CL[s[i]] == D; i++) k++;
  return i == n && k >= 1 && k <= 12;
}
static int number(Str s, int n) {
  if (n > 32) return 0;
  int i = n && (s[0] == '-' || s[0] == '+'), k = 0;
  if (i < n && s[i] == '.') {
    for (i++; i < n && CL[s[i]] == D; i++) k++;
    if (k < 1 || k > 20) return 0;
  } else {
    i = whole(s, n, i, 20);
    if (i < 0) return 0;
    if (i < n && s[i] == '.') {
      for (i++; i < n && CL[s[i]] == D; i++) k++;
      if (k > 20) return 0;
    }
  }
  if (i < n && (s[i] == 'e' || s[i] == 'E')) {
    i++;
    if (i < n && (s[i] == '-' || s[i] == '+')) i++;
    for (k = 0; i < n && CL[s[i]] == D; i++) k++;
    if (k < 1 || k > 3) return 0;
  }
  if (i < n && s[i] == '%') i++;
  return i == n;
}
static int version(Str s, int n) {
  int i = s[0] == 'v' || s[0] == 'V', k = 0, groups = 0;
  while (i < n && CL[s[i]] == D) i++, k++;
  if (k < 1 || k > 4) return 0;
  while (groups < 3 && i + 1 < n && s[i] == '.' && CL[s[i + 1]] == D) {
    for (i++, k = 0; i < n && CL[s[i]] == D; i++) k++;
    if (k > 5) return 0;
    groups++;
  }
  if (!groups) return 0;
  if (i == n) return 1;
  if (in(s[i], "-+_.")) i++;
  if (i >= n || !(CL[s[i]] & (U | L))) return 0;
  for (k = 0, i++; i < n; i++, k++)
    if (!(CL[s[i]] & (ALNUM | DT))) return 0;
  return k <= 15;
}

// --- points ---
enum { MICRO = 1000000 };
typedef struct {
  i64 x, y, first;
  int count, near, pairs;
} Points;
static int pair(i64 a, i64 b) {
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  i64 low = a < b ? a : b, high = a < b ? b : a;
  return high > 2 * MICRO && high <= 180LL * MICRO && low <= 90LL * MICRO;
}
static void points(Str s, int n, Points *p) {
  int done = 0;
  i64 last[2] = {0, 0};
  p->count = 0, p->near = p->pairs = 1;
  for (int i = 1; i < n; i++) {
    if (s[i] != '.') continue;
    int k = 0, f = i + 1, value = 0;
    while (k < 3 && i - 1 - k >= done && CL[s[i - 1 - k]] == D) k++;
    while (f < n && CL[s[f]] == D) f++;
    if (!k || f - i - 1 < 3) continue;
    for (int q = i - k; q < i; q++) value = value * 10 + s[q] - 48;
    i64 v = value;
    for (int q = 0; q < 6; q++) v = v * 10 + (i + 1 + q < f ? s[i + 1 + q] - 48 : 0);
    if (i - k - 1 >= done && s[i - k - 1] == '-') v = -v;
    done = f;
    i = f - 1;
    int side = p->count & 1;
    if (p->count >= 2) {
      i64 gap = v - last[side];
      if (gap > 3 * MICRO || gap < -3 * MICRO) p->near = 0;
    }
    last[side] = v;
    if (side && !pair(last[0], last[1])) p->pairs = 0;
    p->count++;
  }
}
static int vector_(Str s, int n) {
  if (n < 17 || s[0] != '[' || s[n - 1] != ']') return 0;
  int commas = 0;
  for (int i = 1; i < n - 1; i++) {
    if (s[i] == ',') commas++;
    else if (!(CL[s[i]] == D || in(s[i], "-+.eE \n"))) return 0;
  }
  return commas >= 7;
}

// --- codes with letters ---
static u8 LOCAL[256], STREET[256];  // characters before the @ of an address; first letters of words for street
static int email_(Str s, int n) {
  int a = -1;
  if (n < 6 || n > 254 || s[0] == '.') return 0;
  for (int i = 0; i < n; i++) {
    if (s[i] == '@') {
      if (a >= 0) return 0;
      a = i;
    } else if (a < 0) {
      if (!LOCAL[s[i]]) return 0;
    } else if (!(CL[s[i]] & (ALNUM | HY | DT))) return 0;
  }
  if (a < 1 || a > 64) return 0;
  int label = 0, dots = 0, letters = 1;
  for (int i = a + 1; i < n; i++) {
    if (s[i] == '.') {
      if (label < 1 || label > 63) return 0;
      label = 0, dots++, letters = 1;
    } else {
      label++;
      letters &= (CL[s[i]] & (U | L)) != 0;
    }
  }
  return dots >= 1 && letters && label >= 2 && label <= 24;
}
// The same for at most 64 bytes, from where its characters stand.
static int email_at(Str s, int n, const Masks *at) {
  if (n > 64) return email_(s, n);
  u64 sign = where(s, '@');
  if (n < 6 || s[0] == '.' || !sign || (sign & (sign - 1))) return 0;
  int a = __builtin_ctzll(sign);
  u64 before = sign - 1, alnum = at->digit | at->upper | at->lower, dots = where(s, '.'), marks = dots | where(s, '-');
  if (!a) return 0;
  for (u64 rest = before & ~(alnum | marks); rest; rest &= rest - 1)
    if (!LOCAL[s[__builtin_ctzll(rest)]]) return 0;
  // The labels of the domain: none is empty, the last is of letters.
  u64 domain = first_bits(n) & ~(before | sign);
  dots &= domain;
  if ((domain & ~(alnum | marks)) || !dots || (dots & (dots >> 1 | sign << 1))) return 0;
  int last = 64 - __builtin_clzll(dots);
  return n - last >= 2 && n - last <= 24 && all_set(at->upper | at->lower, last, n - last);
}
static int ipv4_(Str s, int n) {
  int k = 0, v = 0, run = 0;
  for (int i = 0; i <= n; i++) {
    if (i < n && CL[s[i]] == D) {
      if (run && v == 0) return 0;
      v = v * 10 + s[i] - 48;
      if (++run > 3 || v > 255) return 0;
    } else {
      if (!run || (i < n && s[i] != '.')) return 0;
      k++, run = v = 0;
    }
  }
  return k == 4;
}
static int hex(u8 c) { return CL[c] == D || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }
static int ipv6_(Str s, int n) {
  int gaps = 0, parts = 1, filled = 0, run = 0;
  for (int i = 0; i < n; i++) {
    if (s[i] == ':') {
      if (i + 2 < n && s[i + 1] == ':' && s[i + 2] == ':') return 0;
      if (i + 1 < n && s[i + 1] == ':') gaps++;
      filled += run > 0;
      parts++, run = 0;
    } else {
      if (!hex(s[i]) || ++run > 4) return 0;
    }
  }
  filled += run > 0;
  if (gaps > 1) return 0;
  if (gaps) return filled <= 7 && (s[0] != ':' || s[1] == ':') && (s[n - 1] != ':' || s[n - 2] == ':');
  return parts == 8 && filled == 8;
}
static int uuid_(Str s) {
  for (int i = 0; i < 36; i++) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (s[i] != '-') return 0;
    } else if (!hex(s[i])) return 0;
  }
  return 1;
}
static int mac_(Str s) {
  if (s[2] != ':' && s[2] != '-') return 0;
  for (int i = 0; i < 17; i++)
    if (i % 3 == 2 ? s[i] != s[2] : !hex(s[i])) return 0;
  return 1;
}
static int masked_digits(Str s, int n) {
  int d = 0, r = 0;
  while (d < n && CL[s[d]] == D) d++;
  if (d < 3 || d > 6) return 0;
  while (d + r < n && in(s[d + r], "*xX")) r++;
  for (int k = 4; k <= 11 && k <= r; k++) {
    int tail = n - d - k, ok = tail >= 1 && tail <= 6;
    for (int i = d + k; ok && i < n; i++) ok = CL[s[i]] == D || s[i] == 'x' || s[i] == 'X';
    if (ok) return 1;
  }
  return 0;
}
static int icd10_(Str s, int n) {
  if (CL[s[0]] != U || s[0] == 'U' || !digits(s + 1, 2)) return 0;
  if (n == 3) return 1;
  if (s[3] != '.') return 0;
  int q = n - 4, ok = 1;
  Str p = s + 4;
  for (int i = 0; i < q; i++) ok &= CL[p[i]] == D || p[i] == 'x';
  if (!ok || q < 1) return 0;
  return q <= 3 || (q >= 5 && q <= 7 && p[q - 4] == 'x' && digits(p + q - 3, 3));
}
static int variant_(Str s, int n) {
  int i = 0, k = 0;
  if (s[0] == 'r' && s[1] == 's') return n >= 6 && n <= 12 && digits(s + 2, n - 2);
  if (s[0] == 'N') {
    if (n < 12 || !in(s[1], "MCG") || s[2] != '_') return 0;
    for (i = 3; i < n && CL[s[i]] == D; i++) k++;
    if (k < 6 || k > 9 || i >= n || s[i] != '.') return 0;
    for (k = 0, i++; i < n && CL[s[i]] == D; i++) k++;
    if (k < 1 || k > 2 || i >= n || s[i] != ':') return 0;
    i++;
  }
  if (n - i < 4 || (s[i] != 'c' && s[i] != 'g') || s[i + 1] != '.') return 0;
  for (k = 0, i += 2; i < n && CL[s[i]] == D; i++) k++;
  if (k < 1 || k > 9) return 0;
  if (i < n && (s[i] == '_' || s[i] == '+')) {
    for (k = 0, i++; i < n && CL[s[i]] == D; i++) k++;
    if (k < 1 || k > 9) return 0;
  }
  int rest = n - i;
  if (rest == 3 && s[i + 1] == '>') return in(s[i], "ACGT") && in(s[i + 2], "ACGT");
  if (rest < 3 || rest > 23) return 0;
  if (memcmp(s + i, "del", 3) && memcmp(s + i, "dup", 3) && memcmp(s + i, "ins", 3) && memcmp(s + i, "inv", 3)) return 0;
  for (i += 3; i < n; i++)
    if (!in(s[i], "ACGT")) return 0;
  return 1;
}
static int base64url(Str s, int n) { return all_of(s, n, ALNUM | UN | HY); }
static int jwt_(Str s, int n) {
  int a = -1, c = -1;
  for (int i = 0; i < n; i++)
    if (s[i] == '.') {
      if (a < 0) a = i;
      else if (c < 0) c = i;
      else return 0;
    }
  if (c < 0 || a < 11 || c - a - 1 < 7 || n - c - 1 < 8) return 0;
  return !memcmp(s, "eyJ", 3) && !memcmp(s + a + 1, "eyJ", 3) && base64url(s, a) && base64url(s + a + 1, c - a - 1) && base64url(s + c + 1, n - c - 1);
}
static int cloud_key_(Str s, int n) {
  if (n == 20 && (!memcmp(s, "AKIA", 4) || !memcmp(s, "ASIA", 4))) return all_of(s + 4, 16, D | U);
  if (n >= 16 && n <= 30 && !memcmp(s, "LTAI", 4)) return all_of(s + 4, n - 4, ALNUM);
  if (n == 40 && s[0] == 'g' && s[1] == 'h' && in(s[2], "pousr") && s[3] == '_') return all_of(s + 4, 36, ALNUM);
  return n >= 15 && n <= 69 && !memcmp(s, "xox", 3) && in(s[3], "abps") && s[4] == '-' && all_of(s + 5, n - 5, ALNUM | HY);
}
static int url_password_(Str s, int n) {
  int i = 1, k = 0;
  if (CL[s[0]] != L) return 0;
  while (i < n && (CL[s[i]] & (L | D | PL | DT | HY))) i++;
  if (i < 2 || i > 21 || n - i < 3 || memcmp(s + i, "://", 3)) return 0;
  for (i += 3; i < n && s[i] != ':' && s[i] != '/' && s[i] != '@'; i++) k++;
  if (i >= n || s[i] != ':' || k < 1 || k > 64) return 0;
  for (k = 0, i++; i < n && s[i] != '/' && s[i] != '@'; i++) k++;
  if (i >= n || s[i] != '@' || k < 1 || k > 128 || ++i >= n) return 0;
  for (; i < n; i++)
    if (s[i] == '@') return 0;
  return 1;
}
static int track2_(Str s, int n) {
  int i = 1, k = 0;
  if (s[0] == ';') {
    for (; i < n && CL[s[i]] == D; i++) k++;
    if (k < 12 || k > 19 || i >= n || s[i] != '=') return 0;
    for (k = 0, i++; i < n && CL[s[i]] == D; i++) k++;
    return k >= 7 && k <= 30 && i == n - 1 && s[i] == '?';
  }
  if (s[0] != '%' || s[1] != 'B') return 0;
  for (i = 2; i < n && CL[s[i]] == D; i++) k++;
  if (k < 12 || k > 19 || i >= n || s[i] != '^') return 0;
  for (k = 0, i++; i < n && s[i] != '^'; i++) k++;
  if (k < 2 || k > 26 || i >= n) return 0;
  for (k = 0, i++; i < n && CL[s[i]] == D; i++) k++;
  return k >= 7 && k <= 40 && i == n - 1 && s[i] == '?';
}
static int crypto_(Str s, int n) {
  if (!memcmp(s, "bc1", 3)) return n >= 14 && n <= 62 && bech32(s, n);
  if (s[0] == '0' && s[1] == 'x') {
    if (n != 42) return 0;
    for (int i = 2; i < n; i++)
      if (!hex(s[i])) return 0;
    return 1;
  }
  if ((s[0] != '1' && s[0] != '3') || n < 26 || n > 35) return 0;
  int m = 0;
  for (int i = 0; i < n; i++) {
    if (!(CL[s[i]] & ALNUM) || in(s[i], "0OIl")) return 0;
    m |= CL[s[i]];
  }
  return m == ALNUM;
}
static int trial_id_(Str s, int n) {
  if (n == 11 && !memcmp(s, "NCT", 3)) return digits(s + 3, 8);
  if (n == 11 && !memcmp(s, "CTR20", 5)) return digits(s + 5, 6);
  if (n == 14 && !memcmp(s, "ISRCTN", 6)) return digits(s + 6, 8);
  if (n == 14 && s[0] == '2' && s[1] == '0' && s[4] == '-' && s[11] == '-') return digits(s + 2, 2) && digits(s + 5, 6) && digits(s + 12, 2);
  if (!starts(s, n, "ChiCTR")) return 0;
  int i = 6;
  while (i < n && (CL[s[i]] == U || s[i] == '-')) i++;
  int prefix = i - 6;
  if (prefix > 6 || (prefix == 6 && s[6] != '-')) return 0;
  return n - i >= 8 && n - i <= 10 && digits(s + i, n - i);
}
// Endings of files that hold pictures, video, points: as the number that their bytes make, the last lowest.
static const u32 MEDIA[] = {
    0x6a7067, 0x6a706567, 0x706e67, 0x626d70, 0x77656270, 0x68656963, 0x6d7034, 0x617669, 0x6d6f76, 0x6d6b76, 0x68323634,  // jpg jpeg png bmp webp heic mp4 avi mov mkv h264
    0x706364, 0x6c6173, 0x6c617a, 0x706c79, 0x64636d, 0x4a5047, 0x4a504547, 0x504e47, 0x4d5034, 0x504344, 0x44434d};      // pcd las laz ply dcm JPG JPEG PNG MP4 PCD DCM
static int media_end(Str s, int n) {
  u32 key, found = 0;
  int dot = s[n - 4] == '.' ? n - 4 : n >= 6 && s[n - 5] == '.' ? n - 5 : 0;
  if (dot < 1) return 0;
  memcpy(&key, s + n - 4, 4);
  key = __builtin_bswap32(key) & (dot == n - 4 ? 0xFFFFFF : ~0u);
  for (u32 i = 0; i < sizeof MEDIA / sizeof *MEDIA; i++) found |= MEDIA[i] == key;
  if (!found) return 0;
  int stem = chars(s, dot);
  return stem >= 1 && stem <= 1000 && !memchr(s, '\n', (size_t)dot) && stem + n - dot <= 1024;
}
static int pem_(Str s, int n) {
  int i = 11;
  if (!starts(s, n, "-----BEGIN ")) return 0;
  for (int q = 0; q < 3; q++) {
    if (starts(s + i, n - i, "PRIVATE KEY-----")) return 1;
    int k = 0;
    while (i + k < n && CL[s[i + k]] == U) k++;
    if (k < 1 || k > 9 || i + k >= n || s[i + k] != ' ') return 0;
    i += k + 1;
  }
  return 0;
}
static int url_(Str s, int n) {
  int i = starts(s, n, "http://") ? 7 : starts(s, n, "https://") ? 8 : starts(s, n, "ftp://") ? 6 : 0;
  return i && chars(s + i, n - i) >= 3 && chars(s, n) <= 4096;
}
static const char *STREETS[] = {"street", "road", "avenue", "lane", "drive", "blvd", "boulevard", "strasse", "straße", "str.", " st.", " rd.", " ave", "rue ", "plaza", "square", "highway", "court", " way"};
static int address_latin_(Str s, int n) {
  for (int i = 0; i + 3 < n; i++) {
    if (!STREET[s[i]]) continue;
    u8 c = s[i] | (CL[s[i]] == U ? 32 : 0), d = s[i + 1] | (CL[s[i + 1]] == U ? 32 : 0);
    for (u32 q = 0; q < sizeof STREETS / sizeof *STREETS; q++) {
      const u8 *w = (const u8 *)STREETS[q];
      if (w[0] != c || w[1] != d) continue;
      int j = 2;
      while (w[j] && i + j < n && (CL[s[i + j]] == U ? s[i + j] + 32 : s[i + j]) == w[j]) j++;
      if (!w[j]) return 1;
    }
  }
  return 0;
}
static const char *FIRMS[] = {" co., ltd", " co.,ltd", " ltd", " inc", " gmbh", " llc", " corp", " ag", " s.a", " plc", " b.v", " pte", " limited", " company"};
static u8 FIRM_END[256];
static int org_latin(Str s, int n) {
  while (n && s[n - 1] == '.') n--;
  if (!n || !FIRM_END[s[n - 1]]) return 0;
  for (u32 q = 0; q < sizeof FIRMS / sizeof *FIRMS; q++) {
    const char *w = FIRMS[q];
    int k = (int)strlen(w), ok = n >= k;
    for (int j = 0; ok && j < k; j++) ok = (CL[s[n - k + j]] == U ? s[n - k + j] + 32 : s[n - k + j]) == (u8)w[j];
    if (ok) return 1;
  }
  return 0;
}
static int name_latin_(Str s, int n) {
  int parts = 0, known = 0, i = 0;
  for (;;) {
    int k = i;
    while (k < n && s[k] != ' ' && s[k] != ',') k++;
    int size = k - i, dot = size && s[k - 1] == '.';
    int body = size - dot;
    if (body < 1 || body > 20 || CL[s[i]] != U) return 0;
    u8 low[20];
    for (int q = 0; q < body; q++) {
      u8 c = s[i + q];
      if (q && !(CL[c] & (U | L)) && c != '\'' && c != '-') return 0;
      low[q] = CL[c] == U ? c + 32 : c;
    }
    known |= (word_find(low, body) & W_LATIN) != 0;
    if (++parts > 4) return 0;
    if (k == n) break;
    i = k + 1 + (s[k] == ',' && k + 1 < n && s[k + 1] == ' ');
  }
  return parts >= 2 && known;
}

// --- the dispatch ---
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

// --- identifiers inside a text ---
static Bits embedded_set, whole_set;

// The pieces of a text that pass a wanted detector: each once, in their order; one more than the limit says that there are more.
enum { INSIDE = 32 };
typedef struct {
  u64 want[2];
  int count;
  struct {
    int at, size;
  } found[INSIDE + 1];
} Pieces;
static void collect(Pieces *p, Str s, int at, int size) {
  if (p->count > INSIDE) return;
  for (int i = 0; i < p->count; i++)
    if (p->found[i].size == size && !memcmp(s + p->found[i].at, s + at, (size_t)size)) return;
  p->found[p->count].at = at, p->found[p->count++].size = size;
}
static inline int wanted(const Pieces *p, int bit) { return p && (p->want[bit >> 6] >> (bit & 63) & 1); }

static int piece(Str whole, int at, int n, Bits *b, Pieces *pieces) {
  Str s = whole + at;
  u8 t[128];
  Bits got;
  Shape sh;
  take(t, s, n, &sh);
  detect(t, n, &sh, &got);
  b->w[0] |= got.w[0] &= embedded_set.w[0];
  b->w[1] |= got.w[1] &= embedded_set.w[1];
  if (pieces && ((got.w[0] & pieces->want[0]) | (got.w[1] & pieces->want[1]))) collect(pieces, whole, at, n);
  return (got.w[0] | got.w[1]) != 0;
}
static int in_piece(u8 c) { return (CL[c] & (ALNUM | AT | DT | UN | PL | SL | HY)) || c == '%'; }

static int passport_key(Str s, int n) {
  if (n >= 6 && !memcmp(s, "护照", 6)) return 6;
  static const char *w = "passport";
  if (n < 8) return 0;
  for (int i = 0; i < 8; i++)
    if ((CL[s[i]] == U ? s[i] + 32 : s[i]) != w[i]) return 0;
  return 8;
}

// `pieces` may be none; where it is there, a value may be its own only piece.
static void embedded(Str s, int n, const Shape *sh, Bits *b, Pieces *pieces) {
  int m = sh->m, run = n > 64 || six_in_row(first_bits(n) & ~sh->at.high);
  run = run && has_run(s, n);
  b->w[0] = b->w[1] = 0;
  for (int i = 0; run && i < n; i++) {
    if (!(CL[s[i]] & ALNUM) && !(s[i] == '+' && i + 1 < n && (CL[s[i + 1]] & ALNUM))) continue;
    int j = i + 1, e;
    while (j < n && in_piece(s[j])) j++;
    for (e = j; e > i && (CL[s[e - 1]] & (DT | UN | PL | SL | HY | AT) || s[e - 1] == '%'); e--) {}
    int size = e - i, pm = size >= 6 ? look(s + i, size).m : 0;
    if (size >= 6) {
      if ((pm & AT) && email_(s + i, size)) {
        set(b, T_email);
        if (wanted(pieces, T_email)) collect(pieces, s, i, size);
      } else {
        // A piece that is the whole value was looked at already, and passed nothing that counts here.
        int done = !(pm & AT) && size >= 8 && size <= 64 && (size < n || pieces) && (pm & ~(U | L)) && piece(s, i, size, b, pieces);
        if (!done && (pm & ~ALNUM))
          for (int x = i; x < e;) {
            if (!(CL[s[x]] & ALNUM)) {
              x++;
              continue;
            }
            int y = x;
            while (y < e && (CL[s[y]] & ALNUM)) y++;
            if (y - x >= 8 && y - x <= 34) piece(s, x, y - x, b, pieces);
            x = y;
          }
      }
    }
    i = j - 1;
  }
  if ((m & (U | HI)) == (U | HI)) {
    for (int i = 0; i + 3 < n; i++) {
      int k = i + 3;
      if (CL[s[k]] != U || s[k] == 'I' || s[k] == 'O') continue;
      if (!(han_flags(han_at(s + i, n - i)) & H_PROV)) continue;
      k++;
      if (k + 1 < n && s[k] == 0xC2 && s[k + 1] == 0xB7) k += 2;
      else if (k < n && s[k] == ' ') k++;
      int run = 0;
      while (run < 6 && k + run < n && (CL[s[k + run]] & (D | U)) && s[k + run] != 'I' && s[k + run] != 'O') run++;
      if (run < 4) continue;
      k += run;
      u32 last = han_at(s + k, n - k);
      if (last && (HAN[last] & H_PLATE_END)) k += 3;
      if (chars(s + i, k - i) >= 7 && plate_(s + i, k - i)) {
        set(b, T_plate_cn);
        if (wanted(pieces, T_plate_cn)) collect(pieces, s, i, k - i);
      }
      i = k - 1;
    }
  }
  if (sh->folds && secret_mark_(s, n)) set(b, T_secret_mark);
  if ((m & OT) && memchr(s, '(', (size_t)n)) {
    for (int i = 0; i + 10 <= n; i++) {
      if (CL[s[i]] != U || (i && (CL[s[i - 1]] & ALNUM))) continue;
      int k = CL[s[i + 1]] == U ? 2 : 1;
      if (n - i < k + 9 || !digits(s + i + k, 6) || s[i + k + 6] != '(' || !(CL[s[i + k + 7]] == D || s[i + k + 7] == 'A') || s[i + k + 8] != ')') continue;
      u8 t[9];
      memcpy(t, s + i, (size_t)k + 6), t[k + 6] = s[i + k + 7];
      if (hkid(t, k + 7)) {
        set(b, T_hkid);
        if (wanted(pieces, T_hkid)) collect(pieces, s, i, k + 9);
      }
      i += k + 8;
    }
  }
  if (run && (m & D)) {
    for (int i = 0; i + 14 < n; i++) {
      if (s[i] != 0xE6 && (s[i] | 32) != 'p') continue;
      int k = passport_key(s + i, n - i);
      if (!k) continue;
      int j = i + k, gap = 0;
      while (j < n && !(CL[s[j]] & ALNUM) && (gap < 12 || (s[j] & 0xC0) == 0x80)) gap += (s[j] & 0xC0) != 0x80, j++;
      if (n - j < 9 || !(CL[s[j]] & (U | L)) || !(CL[s[j + 1]] & ALNUM) || !digits(s + j + 2, 7) || (j + 9 < n && (CL[s[j + 9]] & ALNUM))) continue;
      u8 t[9 + 16] = {0};
      for (int q = 0; q < 9; q++) t[q] = CL[s[j + q]] == L ? s[j + q] - 32 : s[j + q];
      Bits got = plain_value(t, 9, look(t, 9).at.digit);
      if (has(&got, T_passport_cn)) {
        set(b, T_passport_cn);
        if (wanted(pieces, T_passport_cn)) collect(pieces, s, j, 9);
      }
      i = j + 8;
    }
  }
}

// Whether anything of what `embedded` looks for may stand in a text: six letters, digits or signs side by side, a plate, a mark, brackets.
static inline int may_embed(const Shape *sh, int n) {
  return n > 64 || six_in_row(first_bits(n) & ~sh->at.high) || (sh->m & (U | HI)) == (U | HI) || sh->folds || (sh->m & OT);
}
static inline int searched(const Shape *sh, const Bits *b) {
  return sh->nc >= 7 && (sh->m & ~ALNUM) && !((b->w[0] & whole_set.w[0]) | (b->w[1] & whole_set.w[1]));
}

#endif
