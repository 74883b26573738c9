// Scan: bring a value into the form that detectors know, twin of feiyu/scan/normalize.py.
#ifndef FEIYU_SCAN_NORMAL_H
#define FEIYU_SCAN_NORMAL_H

#include "scan_look.h"

static inline int blank(u8 c) { return c == ' ' || (c >= 9 && c <= 13); }

enum { GONE = 1 };
// What stands for a blank, a hyphen, or a mark without width of the block U+2000 to U+2212; 0 for what stays.
static int punctuation(u32 h) {
  if (h <= 0x200A || h == 0x202F) return ' ';
  if ((h >= 0x2010 && h <= 0x2013) || h == 0x2212) return '-';
  return h <= 0x200F || (h >= 0x202A && h <= 0x202E) || h == 0x2060 || (h >= 0x2066 && h <= 0x2069) ? GONE : 0;
}

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
    } else if (c == 0xE2 && i + 2 < n && s[i + 1] >= 0x80 && s[i + 1] <= 0x88) {
      int to = punctuation(han_at(s + i, 3));
      if (to) {
        if (to != GONE) s[k++] = (u8)to;
        i += 2;
        continue;
      }
    } else if (c == 0xC2 && i + 1 < n && (s[i + 1] == 0xA0 || s[i + 1] == 0xAD)) {
      if (s[i + 1] == 0xA0) s[k++] = ' ';
      i += 1;
      continue;
    }
    s[k++] = c;
  }
  return k;
}

// Apostrophes, folded forms, ="…" around a text, a whole number's point: what few values have.
static __attribute__((noinline)) int normal_rest(u8 *t, int size, Look *seen) {
  int n = size, again = 0;
  if (seen->folds) {
    n = fold(t, size);
    if (n != size) {
      int a = 0;
      while (n && blank(t[n - 1])) n--;
      while (a < n && blank(t[a])) a++;
      if (a) memmove(t, t + a, (size_t)(n - a)), n -= a;
      again = 1;
    }
  }
  if (n && t[0] == '\'') {
    int a = 0;
    while (a < n && t[a] == '\'') a++;
    while (a < n && blank(t[a])) a++;
    memmove(t, t + a, (size_t)(n - a)), n -= a;
    again = 1;
  }
  if (n > 3 && t[0] == '=' && t[1] == '"' && t[n - 1] == '"') {
    memmove(t, t + 2, (size_t)(n - 3)), n -= 3;
    again = 1;
  }
  if (again) {
    memset(t + n, 0, 64);
    *seen = look(t, n);
  }
  if (seen->m == (D | DT) && n >= 11 && n <= 23) {
    int k = t[n - 2] == '.' && t[n - 1] == '0' ? n - 2 : n >= 12 && t[n - 3] == '.' && t[n - 2] == '0' && t[n - 1] == '0' ? n - 3 : 0;
    if (k >= 9 && k <= 20 && !memchr(t, '.', (size_t)k)) {
      n = k;
      memset(t + n, 0, 4);
      seen->m = D, seen->nc = k, seen->at.digit = first_bits(n);
    }
  }
  return n;
}

// Writes into `t` (at least size + 64 bytes), zeros behind; the length, and what one look over it tells.
static inline int normal(Str s, int size, u8 *t, Look *seen) {
  if (size && (s[0] <= ' ' || s[size - 1] <= ' ')) {
    while (size && blank(s[0])) s++, size--;
    while (size && blank(s[size - 1])) size--;
  }
  if (!size) {
    *seen = (Look){0, 0, 0, {0, 0, 0, 0, 0}};
    return 0;
  }
  take(t, s, size, seen);
  return seen->folds || t[0] == '\'' || t[0] == '=' || (seen->m == (D | DT) && t[size - 1] == '0') ? normal_rest(t, size, seen) : size;
}

#endif
