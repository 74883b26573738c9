// Scan: forms of codes and names in Latin letters. Twin of feiyu/scan/reference.py.
#ifndef FEIYU_SCAN_CODES_H
#define FEIYU_SCAN_CODES_H

#include "scan_numbers.h"

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
static const char *FIRMS[] = {" co., ltd", " co.,ltd", " ltd", " inc", " gmbh", " llc", " corp", " ag", " s.a", " plc", " b.v", " pte", " limited", " company", " s.p.a", " s.r.l", " s.a.s", " s.l", " n.v", " a/s", " d.o.o", " z o.o", " k.k", " sarl", " bhd", " oyj", " pty", " pvt"};
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

#endif
