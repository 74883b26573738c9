// Scan: forms that digits and signs have: papers and telephones in groups, dates, amounts, numbers, versions, points. Twin of feiyu/scan/reference.py.
#ifndef FEIYU_SCAN_NUMBERS_H
#define FEIYU_SCAN_NUMBERS_H

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
// d.ddddE+1d, a number of eleven digits or more that a spreadsheet has rounded
static int rounded(Str s, int n) {
  if (n < 6 || n > 23 || CL[s[0]] != D || s[0] == '0' || s[1] != '.') return 0;
  int k = 2, e;
  while (k < n && CL[s[k]] == D) k++;
  if (k < 3 || k > 19 || k >= n || (s[k] | 32) != 'e') return 0;
  e = k + 1 + (k + 1 < n && s[k + 1] == '+');
  return n - e == 2 && s[e] == '1' && CL[s[e + 1]] == D;
}
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

#endif
