// Scan: bring a value into the form that detectors know, twin of feiyu/scan/normalize.py.
#ifndef FEIYU_SCAN_NORMAL_H
#define FEIYU_SCAN_NORMAL_H

#include "scan_tables.h"

static inline int blank(u8 c) { return c == ' ' || (c >= 9 && c <= 13); }

// Full-width forms, wide blanks and marks without width; the new length.
static int fold(u8 *s, int n) {
  int k = 0;
  for (int i = 0; i < n; i++) {
    u8 c = s[i];
    if (c == 0xEF && i + 2 < n) {
      u32 h = han_at(s + i, 3);
      if (h >= 0xFF01 && h <= 0xFF5E) {
        s[k++] = (u8)(h - 0xFF01 + 0x21), i += 2;
        continue;
      }
      if (h == 0xFEFF) {
        i += 2;
        continue;
      }
    } else if (c == 0xE3 && i + 2 < n && s[i + 1] == 0x80 && s[i + 2] == 0x80) {
      s[k++] = ' ', i += 2;
      continue;
    } else if (c == 0xE2 && i + 2 < n && s[i + 1] == 0x80 && s[i + 2] == 0x8B) {
      i += 2;
      continue;
    } else if (c == 0xC2 && i + 1 < n && s[i + 1] == 0xA0) {
      s[k++] = ' ', i += 1;
      continue;
    }
    s[k++] = c;
  }
  return k;
}

// Writes into `t` (at least size + 32 bytes); the length, and the classes in `mask`.
static int normal(Str s, int size, u8 *t, int *mask) {
  while (size && blank(s[0])) s++, size--;
  while (size && blank(s[size - 1])) size--;
  int m = 0, n = size;
  for (int i = 0; i < size; i++) m |= CL[t[i] = s[i]];
  if (m & HI) {
    n = fold(t, size);
    if (n != size) {
      int a = 0;
      while (n && blank(t[n - 1])) n--;
      while (a < n && blank(t[a])) a++;
      if (a) memmove(t, t + a, (size_t)(n - a)), n -= a;
      m = 0;
      for (int i = 0; i < n; i++) m |= CL[t[i]];
    }
  }
  if (n && t[0] == '\'') {
    int a = 0;
    while (a < n && t[a] == '\'') a++;
    while (a < n && blank(t[a])) a++;
    memmove(t, t + a, (size_t)(n - a)), n -= a;
    m = 0;
    for (int i = 0; i < n; i++) m |= CL[t[i]];
  }
  if (m == (D | DT) && n >= 11 && n <= 23) {
    int k = t[n - 2] == '.' && t[n - 1] == '0' ? n - 2 : n >= 12 && t[n - 3] == '.' && t[n - 2] == '0' && t[n - 1] == '0' ? n - 3 : 0;
    if (k >= 9 && k <= 20 && !memchr(t, '.', (size_t)k)) n = k, m = D;
  }
  *mask = m;
  return n;
}

#endif
