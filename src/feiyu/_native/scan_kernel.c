// The scan's lane: one pass over an Arrow string column.
// Twin of feiyu/scan/kernel.py, which is its oracle; buffers are borrowed, nothing of them is kept.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cpu.h"
#include "scan_detect.h"
#include "scan_persons.h"
#include "scan_spill.h"
#include "scan_csv.h"

enum { LISTS = 17, BUCKETS = 66, EXACT = 4096, REGISTERS = 4096 };

enum { KNOWN = 256, KNOWN_BYTES = 64, MEMO_OFF = 1 };

// What is known of a value: its length bucket (0 is none), what it passes, and for the memory of a column its own bytes.
typedef struct {
  Bits hits, inside;
  u32 listed;
  u8 size, raw_size, raw[KNOWN_BYTES];
} Known;

typedef struct {
  u64 rows, values, nulls;
  u64 hits[T_COUNT], inside[T_COUNT], listed[LISTS], lengths[BUCKETS];
  i64 first[T_COUNT], first_inside[T_COUNT];
  u64 seen_count, seen_size, exact;
  u64 *seen;
  u8 *registers;
  u8 *scratch;
  u64 scratch_size;
  Known *known;
  u64 memo, tries, luck;
  struct Pattern *patterns;
} Column;

// Values that pass the same are added up together, and put into the column's numbers when another pattern wants the place or the batch ends.
enum { PATTERNS = 16 };
typedef struct Pattern {
  Bits hits, inside;
  u32 listed, size;
  u64 values;
} Pattern;

static const char *NAMES[] = {
#define X(name) #name,
    DETECTORS(X)
#undef X
};
const char *scan_name(int i) { return i >= 0 && i < T_COUNT ? NAMES[i] : NULL; }
// Whether scan_kernel_v3 runs on this processor.
int scan_fast(void) {
#ifdef __x86_64__
  return (cpu_features() & CPU_AVX2) != 0;
#else
  return 0;
#endif
}
u64 scan_column_size(void) { return sizeof(Column); }

static void flag_all(const char *text, u16 flag) {
  for (Str s = (Str)text; *s; s += 3) {
    u32 c = han_at(s, 3);
    HAN[c] |= flag, HAN_SET[c >> 6] |= 1ULL << (c & 63);
  }
}
static void bits_from(Bits *b, const u64 *w) { b->w[0] = w[0], b->w[1] = w[1]; }

// `entries` are (offset, size, bits) triples over `text`; `sets` are the embedded and the whole bit sets; `iso` are country codes.
int scan_init(const u32 *entries, u32 count, const u8 *text, u64 text_size, const u64 *sets, const char *iso) {
  if (words) return 0;
  memset(VVIN, -1, 256), memset(V36, -1, 256), memset(V31, -1, 256), memset(VB32, -1, 256);
  for (int i = 0; i < 256; i++) CL[i] = i >= 128 ? HI : OT;
  for (int i = '0'; i <= '9'; i++) CL[i] = D, V36[i] = VVIN[i] = (int8_t)(i - 48);
  for (int i = 'A'; i <= 'Z'; i++) CL[i] = U, CL[i + 32] = L, V36[i] = (int8_t)(i - 55);
  CL['-'] = HY, CL['.'] = DT, CL['@'] = AT, CL[':'] = CO, CL['/'] = SL, CL[' '] = SP, CL['_'] = UN, CL['+'] = PL;
  const char *a = "0123456789ABCDEFGHJKLMNPQRTUWXY", *v = "ABCDEFGHJKLMNPRSTUVWXYZ", *b32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  static const int8_t w[] = {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9};
  for (int i = 0; a[i]; i++) V31[(u8)a[i]] = (int8_t)i;
  for (int i = 0; v[i]; i++) VVIN[(u8)v[i]] = w[i];
  for (int i = 0; b32[i]; i++) VB32[(u8)b32[i]] = (int8_t)i;
  for (int i = 0; i < 256; i++) LOCAL[i] = (CL[i] & ALNUM) || in((u8)i, ".!#$%&'*+/=?^_`{|}~-");
  for (u32 i = 0; i < sizeof FIRMS / sizeof *FIRMS; i++) {
    u8 c = (u8)FIRMS[i][strlen(FIRMS[i]) - 1];
    FIRM_END[c] = FIRM_END[CL[c] == L ? c - 32 : c] = 1;
  }
  for (u32 i = 0; i < sizeof STREETS / sizeof *STREETS; i++) {
    u8 c = (u8)STREETS[i][0];
    STREET[c] = 1;
    if (CL[c] == L) STREET[c - 32] = 1;
  }
  for (u32 i = 0; i < sizeof PROVINCES; i++) PROV[PROVINCES[i]] = 1;
  for (; iso[0] && iso[1]; iso += 2) ISO2[(iso[0] - 'A') * 26 + iso[1] - 'A'] = 1;
  flag_all("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼", H_PROV);
  flag_all("省市", H_CITY), flag_all("区县镇乡旗", H_AREA), flag_all("路街道巷村", H_ROAD), flag_all("号弄栋幢组", H_HOUSE), flag_all("楼室层座元", H_ROOM);
  flag_all("司团行院学所社心厂会局", H_ORG_END), flag_all("密", H_SECRET);
  flag_all("挂学警港澳领", H_PLATE_END), flag_all("军武海空士兵警南北沈兰成济广", H_ARMY);
  flag_all("省市区县镇乡村路街号厂店局部院校室港站桥山江河湖海岛费率量额数型类式表单品机车船油煤矿国", H_NOT_NAME);
  for (u32 i = 0; i < sizeof UPPER_TOO; i++) set(&upper_too, UPPER_TOO[i]);
  bits_from(&embedded_set, sets), bits_from(&whole_set, sets + 2);
  u32 size = 1024;
  while (size < count * 3) size *= 2;
  u8 *copied = malloc(text_size + 1);
  Word *table = calloc(size, sizeof *table);
  if (!copied || !table) return 1;
  memcpy(copied, text, text_size);
  word_text = copied, word_mask = size - 1, words = table;
  for (u32 i = 0; i < count; i++, entries += 3) {
    u32 at = word_hash(copied + entries[0], (int)entries[1]) & word_mask;
    while (table[at].size) at = (at + 1) & word_mask;
    u32 mark = word_mark(copied + entries[0], (int)entries[1]);
    word_set[mark >> 6] |= 1ULL << (mark & 63);
    if (entries[2] & W_NULL) null_digits |= count_of(copied + entries[0], (int)entries[1], D) > 0;
    if (entries[1] < 64)
      for (u32 i = 0; i < entries[1]; i++) word_classes[entries[1]] |= CL[copied[entries[0] + i]] == U ? L : CL[copied[entries[0] + i]];
    table[at].at = entries[0], table[at].size = (u16)entries[1], table[at].bits = entries[2];
  }
  return 0;
}

// --- distinct values ---
static inline u64 last_word(Str s, int n, int i) {
  u64 x = 0;
  if (n >= 8) {
    memcpy(&x, s + n - 8, 8);
    return x >> (8 * (8 - (n - i)));
  }
  for (int k = 0; i + k < n; k++) x |= (u64)s[i + k] << (8 * k);
  return x;
}
static u64 hash64(Str s, int n) {
  u64 h = (u64)n * 0x9E3779B97F4A7C15ULL, x;
  int i = 0;
  for (; i + 8 <= n; i += 8) {
    memcpy(&x, s + i, 8);
    h = (h ^ x) * 0xFF51AFD7ED558CCDULL;
    h ^= h >> 32;
  }
  if (i < n) {
    x = last_word(s, n, i);
    h = (h ^ x) * 0xFF51AFD7ED558CCDULL;
    h ^= h >> 32;
  }
  h *= 0xC4CEB9FE1A85EC53ULL;
  return h ^ h >> 29;
}
static inline void note(u8 *registers, u64 h) {
  u64 rest = h >> 12;
  u8 rank = (u8)(53 - (rest ? 64 - __builtin_clzll(rest) : 0));
  if (rank > registers[h & 4095]) registers[h & 4095] = rank;
}
static int seen_grow(Column *c) {
  u64 size = c->seen_size ? c->seen_size * 2 : 32, *t = calloc(size, 8);
  if (!t) return 1;
  for (u64 i = 0; i < c->seen_size; i++)
    if (c->seen[i]) {
      u64 at = c->seen[i] & (size - 1);
      while (t[at]) at = (at + 1) & (size - 1);
      t[at] = c->seen[i];
    }
  free(c->seen);
  c->seen = t, c->seen_size = size;
  return 0;
}
static int distinct(Column *c, u64 h) {
  if (!c->exact) {
    note(c->registers, h);
    return 0;
  }
  u64 key = h ? h : 1;
  if (c->seen_count * 2 >= c->seen_size && seen_grow(c)) return 1;
  u64 at = key & (c->seen_size - 1);
  while (c->seen[at]) {
    if (c->seen[at] == key) return 0;
    at = (at + 1) & (c->seen_size - 1);
  }
  c->seen[at] = key;
  if (++c->seen_count <= EXACT) return 0;
  c->registers = calloc(REGISTERS, 1);
  if (!c->registers) return 1;
  for (u64 i = 0; i < c->seen_size; i++)
    if (c->seen[i]) note(c->registers, c->seen[i]);
  free(c->seen);
  c->seen = NULL, c->seen_size = 0, c->exact = 0;
  return 0;
}

void scan_column_init(Column *c, int memo) {
  memset(c, 0, sizeof *c);
  c->exact = 1, c->memo = memo ? 0 : MEMO_OFF;
  c->patterns = calloc(PATTERNS, sizeof(Pattern));
  for (int i = 0; i < T_COUNT; i++) c->first[i] = c->first_inside[i] = -1;
}
void scan_column_free(Column *c) {
  free(c->seen), free(c->registers), free(c->scratch), free(c->known), free(c->patterns);
  c->seen = NULL, c->registers = c->scratch = NULL, c->known = NULL, c->patterns = NULL;
}

// --- one value ---
static u32 list_bits(Str s, int n, const Shape *sh) {
  if (n >= 64 || sh->nc > 48) return 0;
  if (((sh->m & U ? sh->m | L : sh->m) & ~U) & ~word_classes[n]) return 0;
  u32 bits = word_find(s, n);
  if (sh->m & U) {
    u8 low[64];
    for (int i = 0; i < n; i++) low[i] = CL[s[i]] == U ? s[i] + 32 : s[i];
    bits |= word_find(low, n);
  }
  return bits;
}

static inline void count(u64 *counts, i64 *first, const Bits *b, u64 row, u64 weight) {
  for (int k = 0; k < 2; k++)
    for (u64 w = b->w[k]; w; w &= w - 1) {
      int i = k * 64 + __builtin_ctzll(w);
      counts[i] += weight;
      if (row < (u64)first[i]) first[i] = (i64)row;  // -1 is the largest
    }
}

static void put_down(Column *c, Pattern *p) {
  if (!p->values) return;
  c->values += p->values;
  c->lengths[p->size] += p->values;
  count(c->hits, c->first, &p->hits, ~0ULL, p->values);
  count(c->inside, c->first_inside, &p->inside, ~0ULL, p->values);
  for (u32 listed = p->listed; listed; listed &= listed - 1) c->listed[__builtin_ctz(listed)] += p->values;
  p->values = 0;
}
static void put_all_down(Column *c) {
  for (int i = 0; i < PATTERNS; i++) put_down(c, &c->patterns[i]);
}
static inline void add_known(Column *c, const Known *k, u64 row, u64 weight) {
  if (!k->size) {
    c->nulls += weight;
    return;
  }
  u64 mark = k->hits.w[0] ^ k->hits.w[1] * 0x9E3779B97F4A7C15ULL ^ (k->inside.w[0] ^ k->inside.w[1] ^ k->listed) * 0xFF51AFD7ED558CCDULL ^ (u64)k->size << 59;
  Pattern *p = &c->patterns[mark * 0xC4CEB9FE1A85EC53ULL >> 60];
  if (p->values && p->size == k->size && p->listed == k->listed && !memcmp(&p->hits, &k->hits, sizeof(Bits)) && !memcmp(&p->inside, &k->inside, sizeof(Bits))) {
    p->values += weight;  // rows rise, so the first of this pattern was noted already
    return;
  }
  put_down(c, p);
  *p = (Pattern){k->hits, k->inside, k->listed, k->size, weight};
  count(c->hits, c->first, &k->hits, row, 0);
  count(c->inside, c->first_inside, &k->inside, row, 0);
}

static int reserve(Column *c, u64 size) {
  if (size <= c->scratch_size) return 0;
  u64 want = size < 4096 ? 4096 : size * 2;
  u8 *p = realloc(c->scratch, want);
  if (!p) return 1;
  c->scratch = p, c->scratch_size = want;
  return 0;
}

static int judge(Column *c, Str s, u64 size, Known *k) {
  if (reserve(c, size + 96)) return 1;
  Look seen;
  int n = normal(s, (int)size, c->scratch, &seen);
  u8 *t = c->scratch;
  k->size = 0;
  if (!n) return 0;
  Shape sh;
  shape_of(t, n, seen.m, seen.nc, &sh);
  k->listed = list_bits(t, n, &sh);
  if (k->listed & W_NULL) return 0;
  k->listed &= (1u << LISTS) - 1;
  k->size = (u8)(n < BUCKETS - 1 ? n : BUCKETS - 1);
  detect(t, n, &sh, &k->hits);
  k->inside.w[0] = k->inside.w[1] = 0;
  if (searched(&sh, &k->hits)) embedded(t, n, &sh, &k->inside, NULL);
  return distinct(c, hash64(t, n));
}

// Values that repeat are remembered, while that pays: `tries` and `luck` tell.
static int one_value(Column *c, Str s, u64 size, u64 row, u64 weight) {
  Known fresh;
  if (size > 0x7ffffff0) return 2;
  if (size && size <= KNOWN_BYTES && c->memo != MEMO_OFF) {
    if (!c->known && !(c->known = calloc(KNOWN, sizeof(Known)))) return 1;
    u64 h = hash64(s, (int)size);
    Known *k = &c->known[h >> 40 & (KNOWN - 1)];
    c->tries++;
    if (k->raw_size == size && !memcmp(k->raw, s, size)) {
      c->luck++;
      add_known(c, k, row, weight);
      return 0;
    }
    if (c->tries == 1024) {
      if (c->luck < 384) c->memo = MEMO_OFF;
      c->tries = c->luck = 0;
    }
    k->raw_size = 0;
    if (judge(c, s, size, k)) return 1;
    memcpy(k->raw, s, size);
    k->raw_size = (u8)size;
    add_known(c, k, row, weight);
    return 0;
  }
  if (judge(c, s, size, &fresh)) return 1;
  add_known(c, &fresh, row, weight);
  return 0;
}

// Offsets of 4 (wide = 0) or 8 bytes. 0 is done, 1 no memory, 2 a value that is too long.
int scan_strings(Column *c, const void *offsets, const u8 *data, const u8 *valid, i64 length, i64 offset, int wide) {
  const int32_t *o32 = (const int32_t *)offsets + offset;
  const i64 *o64 = (const i64 *)offsets + offset;
  for (i64 i = 0; i < length; i++, c->rows++) {
    i64 k = i + offset;
    if (valid && !(valid[k >> 3] >> (k & 7) & 1)) {
      c->nulls++;
      continue;
    }
    i64 a = wide ? o64[i] : o32[i], z = wide ? o64[i + 1] : o32[i + 1];
    int bad = one_value(c, data + a, (u64)(z - a), c->rows, 1);
    if (bad) return bad;
  }
  put_all_down(c);
  return 0;
}

// String views; `buffers` are the texts that longer ones stand in.
int scan_views(Column *c, const View *views, const u8 *const *buffers, const u8 *valid, i64 length, i64 offset) {
  for (i64 i = 0; i < length; i++, c->rows++) {
    i64 k = i + offset;
    if (valid && !(valid[k >> 3] >> (k & 7) & 1)) {
      c->nulls++;
      continue;
    }
    const View *v = &views[k];
    int bad = one_value(c, v->size <= 12 ? v->text : buffers[v->buffer] + v->offset, (u64)v->size, c->rows, 1);
    if (bad) return bad;
  }
  put_all_down(c);
  return 0;
}

// The entries of a dictionary with how often each occurs and in which row first; rows and nulls are the caller's.
int scan_weighted(Column *c, const void *offsets, const u8 *data, const u8 *valid, i64 length, i64 offset, int wide, const u64 *weights, const u64 *rows) {
  const int32_t *o32 = (const int32_t *)offsets + offset;
  const i64 *o64 = (const i64 *)offsets + offset;
  for (i64 i = 0; i < length; i++) {
    i64 k = i + offset;
    if (!weights[i]) continue;
    if (valid && !(valid[k >> 3] >> (k & 7) & 1)) {
      c->nulls += weights[i];
      continue;
    }
    i64 a = wide ? o64[i] : o32[i], z = wide ? o64[i + 1] : o32[i + 1];
    int bad = one_value(c, data + a, (u64)(z - a), rows[i], weights[i]);
    put_all_down(c);  // a dictionary does not keep the order of rows
    if (bad) return bad;
  }
  return 0;
}

// For tests of the twin: the bits of one value, of what stands inside, of its lists. The value must be normalised.
void scan_one(const u8 *s, int n, u64 *out) {
  u8 *t = malloc((size_t)n + 64);
  Bits b, in_ = {{0, 0}};
  memcpy(t, s, (size_t)n), memset(t + n, 0, 64);
  Shape sh;
  Look seen = look(t, n);
  shape_of(t, n, seen.m, seen.nc, &sh);
  detect(t, n, &sh, &b);
  if (searched(&sh, &b)) embedded(t, n, &sh, &in_, NULL);
  out[0] = b.w[0], out[1] = b.w[1], out[2] = in_.w[0], out[3] = in_.w[1], out[4] = list_bits(t, n, &sh) & ((1u << LISTS) - 1);
  free(t);
}
