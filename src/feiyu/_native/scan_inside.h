// Scan: identifiers that stand inside a text. Twin of feiyu/scan/reference.py.
#ifndef FEIYU_SCAN_INSIDE_H
#define FEIYU_SCAN_INSIDE_H

#include "scan_detect.h"

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

// Digits in numbers of orders and parcels far sooner than on cards, of which hardly any has so many.
static inline int no_card(Str s, int n) {
  int k = 0;
  for (int i = 0; i < n; i++) k += CL[s[i]] == D;
  return k == 17 || k == 18;
}

static int piece(Str whole, int at, int n, Bits *b, Pieces *pieces) {
  Str s = whole + at;
  u8 t[128];
  Bits got;
  Shape sh;
  take(t, s, n, &sh);
  detect(t, n, &sh, &got);
  // A resident's number passes other checks by chance alone.
  if (has(&got, T_prc18)) got = (Bits){{0, 0}}, set(&got, T_prc18);
  if (has(&got, T_bank_card) && no_card(s, n)) got.w[T_bank_card >> 6] &= ~(1ull << (T_bank_card & 63));
  b->w[0] |= got.w[0] &= embedded_set.w[0];
  b->w[1] |= got.w[1] &= embedded_set.w[1];
  if (pieces && ((got.w[0] & pieces->want[0]) | (got.w[1] & pieces->want[1]))) collect(pieces, whole, at, n);
  return (got.w[0] | got.w[1]) != 0;
}
// Words for a number that people write before it without a blank: ``tel13800000000``; what stands behind it in small letters is no part of it.
static void labelled(Str whole, int at, int n, Bits *b, Pieces *pieces) {
  static const char *const labels[] = {"idcard", "idno", "id", "telno", "tel", "phone", "mobile", "mob", "cell", "cardno", "card", "account", "acct", "iban", "vin"};
  for (u32 i = 0; i < sizeof labels / sizeof *labels; i++) {
    int k = 0;
    while (labels[i][k] && k < n && (whole[at + k] | 32) == labels[i][k]) k++;
    if (labels[i][k]) continue;
    at += k, n -= k;
    while (n && CL[whole[at + n - 1]] == L) n--;
    if (n >= 8) piece(whole, at, n, b, pieces);
    return;
  }
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
    if (size >= 6 && !(pm == (D | DT) && s[i] == '0' && s[i + 1] == '.' && digits(s + i + 2, size - 2))) {
      if ((pm & AT) && email_(s + i, size)) {
        set(b, T_email);
        if (wanted(pieces, T_email)) collect(pieces, s, i, size);
      } else {
        // A piece that is the whole value was looked at already, and passed nothing that counts here.
        int done = !(pm & AT) && size >= 8 && size <= 64 && (size < n || pieces) && (pm & ~(U | L)) && piece(s, i, size, b, pieces);
        if (!done)
          for (int x = i; x < e;) {
            if (!(CL[s[x]] & ALNUM)) {
              x++;
              continue;
            }
            int y = x;
            while (y < e && (CL[s[y]] & ALNUM)) y++;
            int passed = y - x >= 8 && y - x <= 34 && y - x < size && piece(s, x, y - x, b, pieces);
            if (!passed && y - x >= 10 && y - x <= 64) labelled(s, x, y - x, b, pieces);
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
