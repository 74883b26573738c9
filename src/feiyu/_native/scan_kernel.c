// The scan's lane: one pass over an Arrow string column.
// Twin of feiyu/scan/kernel.py, which is its oracle; buffers are borrowed, nothing of them is kept.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "cpu.h"
#include "scan_inside.h"
#include "scan_persons.h"
#include "scan_spill.h"
#include "scan_csv.h"

enum { LISTS = 17, BUCKETS = 66, EXACT = 4096, REGISTERS = 4096 };

enum { KNOWN = 256, KNOWN_BYTES = 64, MEMO_OFF = 1 };

// What a value passes, and its length bucket; 0 is none.
typedef struct {
  Bits hits, inside;
  u32 listed, size;
} Judged;
// A value that a column remembers.
typedef struct {
  Judged is;
  u8 raw_size, raw[KNOWN_BYTES];
} Known;
// Values that pass the same are added up together, and put into the column's numbers when another pattern wants the place or the batch ends.
enum { PATTERNS = 64 };
typedef struct {
  Bits hits;
  u64 values;
} Pattern;
// What values in a row may have in common beside a template.
enum Alike { NOTHING, HAN_WORDS, EMAILS, PLACES };
enum { PLAIN_EMAIL = D | L | AT | DT | HY | UN };
// A template that many values of a column share, and how many of them gave which answers since the last batch ended.
enum { PLANS = 16 };
typedef struct {
  u64 digit;
  int n, words, alone;  // whether words of this length and these classes stand in the lists; whether a loop of its own takes such values
  Asked asked;
  u32 values[];
} Plan;

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
  Pattern *patterns;
  Plan *plans[PLANS];
  u64 lately[PLANS];  // the template that last came to a place that another has
  u64 alike;  // what values like the last are, of ALIKE
} Column;

static const char *NAMES[] = {
#define X(name) #name,
    DETECTORS(X)
#undef X
};
const char *scan_name(int i) { return i >= 0 && i < T_COUNT ? NAMES[i] : NULL; }
// Which lane beside this one runs on this processor: 1 is scan_kernel_v3, 2 scan_kernel_v4 too.
int scan_fast(void) {
#ifdef __x86_64__
  unsigned found = cpu_features();
  return found & CPU_AVX2 ? 1 + ((found & CPU_VBMI) != 0) : 0;
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
  ends_init(), digit_bits_init();
  for (u32 i = 0; i < sizeof STREETS / sizeof *STREETS; i++) {
    u8 c = (u8)STREETS[i][0];
    STREET[c] = 1;
    if (CL[c] == L) STREET[c - 32] = 1;
  }
  for (u32 i = 0; i < sizeof PROVINCES; i++) PROV[PROVINCES[i]] = 1;
  for (; iso[0] && iso[1]; iso += 2) ISO2[(iso[0] - 'A') * 26 + iso[1] - 'A'] = 1;
  flag_all("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼", H_PROV);
  flag_all("省市", H_CITY), flag_all("区县镇乡旗", H_AREA), flag_all("路街道巷村", H_ROAD), flag_all("号弄栋幢组", H_HOUSE), flag_all("楼室层座元", H_ROOM);
  flag_all("司团行院学所社心厂会局", H_ORG_END);
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
    if (entries[1] < 64) {
      u8 c = copied[entries[0] + entries[1] - 1];
      word_last[c] |= 1ULL << entries[1];
      if (CL[c] == L) word_last[c - 32] |= 1ULL << entries[1];
      for (u32 i = 0; i < entries[1]; i++) word_classes[entries[1]] |= CL[copied[entries[0] + i]] == U ? L : CL[copied[entries[0] + i]];
    }
    u32 first = han_at(copied + entries[0], (int)entries[1]);
    int surname = (entries[1] == 3 && (entries[2] & W_SURNAME) ? H_SURNAME : 0) | (entries[1] == 6 && (entries[2] & W_SURNAME2) ? H_SURNAME2 : 0);
    if (first && surname) HAN[first] |= (u16)surname, HAN_SET[first >> 6] |= 1ULL << (first & 63);
    table[at].at = entries[0], table[at].size = (u16)entries[1], table[at].bits = entries[2];
  }
  return 0;
}

// --- distinct values ---
static inline u64 at8(Str s) {
  u64 x;
  memcpy(&x, s, 8);
  return x;
}
static inline u64 mix(u64 a, u64 b) {
  unsigned __int128 x = (unsigned __int128)a * b;
  return (u64)x ^ (u64)(x >> 64);
}
// Products of 64 bits folded, sixteen bytes at a time (after Wang Yi's wyhash): kernel.hash64 in Python is its twin.
static inline u64 hash64(Str s, int n) {
  const u64 k = 0x9E3779B97F4A7C15ULL;
  u64 h = (u64)n * k, a, b = 0;
  if (n >= 8) {
    for (int i = 0; i + 16 < n; i += 16) h = mix(at8(s + i) ^ k, at8(s + i + 8) ^ h);
    a = at8(s + (n > 16 ? n - 16 : 0)), b = at8(s + n - 8);
  } else if (n >= 4) {
    u32 x, y;
    memcpy(&x, s, 4), memcpy(&y, s + n - 4, 4);
    a = x, b = y;
  } else a = (u64)s[0] | (u64)s[n >> 1] << 8 | (u64)s[n - 1] << 16;
  return mix(mix(a ^ k, b ^ h), 0xC4CEB9FE1A85EC53ULL);
}
static inline void note(u8 *registers, u64 h) {
  u8 rank = (u8)(__builtin_clzll(h | 4095) + 1);
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
// From here on distinct values are estimated.
static int registers_begin(Column *c) {
  c->registers = calloc(REGISTERS, 1);
  if (!c->registers) return 1;
  for (u64 i = 0; i < c->seen_size; i++)
    if (c->seen[i]) note(c->registers, c->seen[i]);
  free(c->seen);
  c->seen = NULL, c->seen_size = 0, c->exact = 0;
  return 0;
}
static __attribute__((noinline)) int distinct_exact(Column *c, u64 h) {
  u64 key = h ? h : 1;
  if (c->seen_count * 2 >= c->seen_size && seen_grow(c)) return 1;
  u64 at = key & (c->seen_size - 1);
  while (c->seen[at]) {
    if (c->seen[at] == key) return 0;
    at = (at + 1) & (c->seen_size - 1);
  }
  c->seen[at] = key;
  return ++c->seen_count <= EXACT ? 0 : registers_begin(c);
}

static inline int distinct(Column *c, u64 h) {
  if (c->exact) return distinct_exact(c, h);
  note(c->registers, h);
  return 0;
}

// 0 is done, 1 no memory.
int scan_column_init(Column *c, int memo) {
  memset(c, 0, sizeof *c);
  c->exact = 1, c->memo = memo ? 0 : MEMO_OFF;
  c->patterns = calloc(PATTERNS, sizeof(Pattern));
  c->scratch = aligned_alloc(64, c->scratch_size = 4096);
  for (int i = 0; i < T_COUNT; i++) c->first[i] = c->first_inside[i] = -1;
  return !c->patterns || !c->scratch;
}
void scan_column_free(Column *c) {
  free(c->seen), free(c->registers), free(c->scratch), free(c->known), free(c->patterns);
  for (int i = 0; i < PLANS; i++) free(c->plans[i]), c->plans[i] = NULL;
  c->seen = NULL, c->registers = c->scratch = NULL, c->known = NULL, c->patterns = NULL;
}

#include "scan_merge.h"

// --- one value ---
static inline void count(u64 *counts, i64 *first, const Bits *b, u64 row, u64 weight) {
  for (int k = 0; k < 2; k++)
    for (u64 w = b->w[k]; w; w &= w - 1) {
      int i = k * 64 + __builtin_ctzll(w);
      counts[i] += weight;
      if (row < (u64)first[i]) first[i] = (i64)row;  // -1 is the largest
    }
}

static inline void put_down(Column *c, Pattern *p) {
  if (!p->values) return;
  count(c->hits, c->first, &p->hits, ~0ULL, p->values);
  p->values = 0;
}
static void put_plan_down(Column *c, Plan *p) {
  for (u32 found = 0; found < 1u << p->asked.width; found++) {
    if (!p->values[found]) continue;
    Bits hits = passed(&p->asked, found);
    count(c->hits, c->first, &hits, ~0ULL, p->values[found]);
    c->lengths[p->n] += p->values[found];
    p->values[found] = 0;
  }
}
// When a batch is done.
static void put_all_down(Column *c) {
  for (int i = 0; i < PATTERNS; i++) put_down(c, &c->patterns[i]);
  for (int i = 0; i < PLANS; i++)
    if (c->plans[i]) put_plan_down(c, c->plans[i]);
  c->values = 0;
  for (int i = 1; i < BUCKETS; i++) c->values += c->lengths[i];
}
static __attribute__((noinline)) void other_pattern(Column *c, Pattern *p, Bits hits, u64 row) {
  put_down(c, p);
  p->hits = hits;
  count(c->hits, c->first, &hits, row, 0);
}
// Values of one pattern, the first in `row`.
static inline void add_many(Column *c, const Bits *hits, u64 row, u64 values) {
  u64 mark = (hits->w[0] ^ hits->w[1] << 32 ^ hits->w[1] >> 32) * 0x9E3779B97F4A7C15ULL;
  Pattern *p = &c->patterns[mark >> 58];
  // Rows rise, so the first of a pattern that is here was noted already.
  if ((p->hits.w[0] ^ hits->w[0]) | (p->hits.w[1] ^ hits->w[1])) {
    if (!values) return;
    other_pattern(c, p, *hits, row);
  }
  p->values += values;
}
static inline void add(Column *c, const Judged *k, u64 row, u64 weight) {
  if (!k->size) {
    c->nulls += weight;
    return;
  }
  c->lengths[k->size] += weight;
  if (k->inside.w[0] | k->inside.w[1]) count(c->inside, c->first_inside, &k->inside, row, weight);
  for (u32 left = k->listed; left; left &= left - 1) c->listed[__builtin_ctz(left)] += weight;
  add_many(c, &k->hits, row, weight);
}

static int reserve(Column *c, u64 size) {
  if (size <= c->scratch_size) return 0;
  u64 want = size < 4096 ? 4096 : size * 2;
  u8 *p = realloc(c->scratch, want);
  if (!p) return 1;
  c->scratch = p, c->scratch_size = want;
  return 0;
}

// A template's place, or the one beside it. The second value in a row that finds both taken makes its own plan there. NULL where there is none yet.
static __attribute__((noinline)) Plan *plan_new(Column *c, int place, int n, u64 digit) {
  u64 mark = digit ^ (u64)n << 58;
  if (c->plans[place]) place ^= 1;
  if (c->plans[place] && c->lately[place] != mark) {
    c->lately[place] = mark;
    return NULL;
  }
  Asked asked;
  asked_of(n, digit, &asked);
  Plan *p = calloc(1, sizeof *p + (sizeof *p->values << asked.width));
  if (!p) return NULL;
  *p = (Plan){.digit = digit, .n = n, .asked = asked, .words = (groups(digit == first_bits(n) ? D : digit ? D | U : U, n) & G(LISTED)) != 0,
              .alone = digit == first_bits(n) && (n == 11 || n == 16 || n == 18 || n == 19)};
  if (c->plans[place]) put_plan_down(c, c->plans[place]), free(c->plans[place]);
  return c->plans[place] = p;
}
static inline Plan *plan_find(const Column *c, int n, u64 digit, int *place) {
  *place = (int)((digit + (u64)n) * 0x9E3779B97F4A7C15ULL >> 60);
  Plan *p = c->plans[*place];
  if (p && p->digit == digit && p->n == n) return p;
  p = c->plans[*place ^ 1];
  return p && p->digit == digit && p->n == n ? p : NULL;
}
static __attribute__((noinline)) void first_answer(Column *c, const Plan *p, u32 found, u64 row) {
  Bits hits = passed(&p->asked, found);
  count(c->hits, c->first, &hits, row, 0);
}
static inline void note_answer(Column *c, Plan *p, u32 found, u64 row) {
  if (!p->values[found]++) first_answer(c, p, found, row);
}
// A value of digits and capitals by its column's plan. Whether there was one; where not, nothing is done.
static inline __attribute__((always_inline)) int by_plan(Column *c, Str s, int n, u64 digit, u64 row) {
  int place;
  Plan *p = plan_find(c, n, digit, &place);
  if ((!p && !(p = plan_new(c, place, n, digit))) || (p->words && word_last[s[n - 1]] >> n & 1)) return 0;
  note_answer(c, p, answers(&p->asked, s, n), row);
  return 1;
}

// A value in its normal form, of which `sh` was seen. 0 is done, 1 no memory.
static inline __attribute__((always_inline)) int judge_seen(Column *c, Str t, int n, const Shape *sh, Judged *k) {
  u64 g = groups(sh->m, n);
  u32 lists = listed(t, n, sh, g);
  if (lists & W_NULL) return 0;
  k->listed = lists & ((1u << LISTS) - 1);
  k->size = (u32)(n < BUCKETS - 1 ? n : BUCKETS - 1);
  k->hits = plain_shape(sh->m, n) ? plain_value(t, n, sh->at.digit) : detected(t, n, sh, g, lists);
  if (searched(sh, &k->hits) && may_embed(sh, n)) {
    Bits in_;
    embedded(t, n, sh, &in_, NULL);
    k->inside = in_;
  }
  return distinct(c, hash64(t, n));
}
// Whether a value is short, and no blank or sign that is taken off stands at its ends.
static inline int near_normal(Str s, u64 size) { return size - 1 < 64 && s[0] > '\'' && s[size - 1] > ' '; }
static inline __attribute__((always_inline)) int judge_short(Column *c, Str s, int n, Shape *sh, Judged *k) {
  *k = (Judged){.size = 0};
  if (sh->folds || s[0] == '=' || sh->m == (D | DT)) n = normal_rest(c->scratch, n, sh);
  else if (sh->m == HI && n <= 12) c->alike = HAN_WORDS;
  else if (sh->m == (D | HI) && n >= 24) c->alike = PLACES;
  else if ((sh->m & AT) && !(sh->m & ~PLAIN_EMAIL)) c->alike = EMAILS;
  return n ? judge_seen(c, c->scratch, n, sh, k) : 0;
}
static __attribute__((noinline)) int judge_long(Column *c, Str s, u64 size, Judged *k) {
  Shape sh;
  *k = (Judged){.size = 0};
  if (size > 0x7ffffff0) return 2;
  if (reserve(c, size + 160)) return 1;
  int n = normal(s, (int)size, c->scratch, &sh);
  return n ? judge_seen(c, c->scratch, n, &sh, k) : 0;
}
// 0 is done, 1 no memory, 2 a value that is too long.
static int judge(Column *c, Str s, u64 size, Judged *k) {
  Shape sh;
  if (!near_normal(s, size)) return judge_long(c, s, size, k);
  take64(c->scratch, s, (int)size, &sh);
  return judge_short(c, s, (int)size, &sh, k);
}

// Values that repeat are remembered, while that pays: `tries` and `luck` tell.
static __attribute__((noinline)) int remembered(Column *c, Str s, u64 size, u64 row) {
  if (!c->known && !(c->known = calloc(KNOWN, sizeof(Known)))) return 1;
  Known *k = &c->known[hash64(s, (int)size) >> 40 & (KNOWN - 1)];
  c->tries++;
  if (k->raw_size == size && !memcmp(k->raw, s, size)) c->luck++;
  else {
    Judged fresh;
    k->raw_size = 0;
    int bad = judge(c, s, size, &fresh);
    if (bad) return bad;
    memcpy(k->raw, s, size);
    k->is = fresh, k->raw_size = (u8)size;
  }
  if (c->tries == 1024) {
    if (c->luck < 384) c->memo = MEMO_OFF;
    c->tries = c->luck = 0;
  }
  add(c, &k->is, row, 1);
  return 0;
}
static inline __attribute__((always_inline)) int one_value(Column *c, Str s, u64 size, u64 row) {
  Judged fresh;
  Shape sh;
  int bad;
  if (c->memo != MEMO_OFF && size - 1 < KNOWN_BYTES) return remembered(c, s, size, row);
  c->alike = NOTHING;
  if (near_normal(s, size)) {
    take64(c->scratch, s, (int)size, &sh);
    if (!(sh.m & ~(D | U)) && by_plan(c, c->scratch, (int)size, sh.at.digit, row)) return distinct(c, hash64(s, (int)size));
    bad = judge_short(c, s, (int)size, &sh, &fresh);
  } else bad = judge_long(c, s, size, &fresh);
  if (bad) return bad;
  add(c, &fresh, row, 1);
  return 0;
}

// Where the strings of a column stand. kind 0: offsets of four bytes, 1: of eight, 2: views, whose longer texts stand in `data`, a list of buffers.
typedef struct {
  const void *offsets, *data;
  const u8 *valid;
  i64 offset;
  i64 kind;
} Cells;

static inline __attribute__((always_inline)) Str cell(const Cells *at, i64 i, const i64 kind, u64 *size) {
  if (kind == 2) {
    const View *v = (const View *)at->offsets + i;
    *size = (u64)v->size;
    return v->size <= 12 ? v->text : ((const u8 *const *)at->data)[v->buffer] + v->offset;
  }
  if (kind) {
    const i64 *o = (const i64 *)at->offsets + i;
    *size = (u64)(o[1] - o[0]);
    return (const u8 *)at->data + o[0];
  }
  const int32_t *o = (const int32_t *)at->offsets + i;
  *size = (u64)(o[1] - o[0]);
  return (const u8 *)at->data + o[0];
}
static inline u64 row_of(const Column *c, const Cells *at, i64 i) { return c->rows + (u64)(i - at->offset); }
#include "scan_runs.h"

static inline __attribute__((always_inline)) int walk(Column *c, const Cells *at, i64 from, i64 to, const i64 kind) {
  u64 size;
  for (i64 i = from + at->offset, end = to + at->offset; i < end;) {
    if (at->valid && !(at->valid[i >> 3] >> (i & 7) & 1)) {
      c->nulls++, i++;
      continue;
    }
    i64 next = run(c, at, i, end, kind);
    if (next < 0) return 1;
    if (next == i) {
      Str s = cell(at, i, kind, &size);
      int bad = one_value(c, s, size, row_of(c, at, i));
      if (bad) return bad;
      next++;
    }
    i = next;
  }
  return 0;
}
static int walk_views(Column *c, const Cells *at, i64 from, i64 to) { return walk(c, at, from, to, 2); }
static int walk_strings(Column *c, const Cells *at, i64 from, i64 to) { return at->kind ? walk(c, at, from, to, 1) : walk(c, at, from, to, 0); }

// Columns of one batch. They are walked some rows at a time, so that text that stands side by side is looked at while it is near.
enum { ROWS_AT_ONCE = 512 };
int scan_columns(Column *const *columns, const Cells *cells, int many, i64 rows) {
  for (i64 row = 0; row < rows; row += ROWS_AT_ONCE) {
    i64 to = row + ROWS_AT_ONCE < rows ? row + ROWS_AT_ONCE : rows;
    for (int i = 0; i < many; i++) {
      int bad = cells[i].kind == 2 ? walk_views(columns[i], &cells[i], row, to) : walk_strings(columns[i], &cells[i], row, to);
      if (bad) return bad;
    }
  }
  for (int i = 0; i < many; i++) columns[i]->rows += (u64)rows, put_all_down(columns[i]);
  return 0;
}

// The entries of a dictionary with how often each occurs and in which row first; rows and nulls are the caller's.
int scan_weighted(Column *c, const Cells *at, i64 length, const u64 *weights, const u64 *rows) {
  const int32_t *o32 = (const int32_t *)at->offsets + at->offset;
  const i64 *o64 = (const i64 *)at->offsets + at->offset;
  for (i64 i = 0; i < length; i++) {
    i64 k = i + at->offset;
    if (!weights[i]) continue;
    if (at->valid && !(at->valid[k >> 3] >> (k & 7) & 1)) {
      c->nulls += weights[i];
      continue;
    }
    i64 a = at->kind ? o64[i] : o32[i], z = at->kind ? o64[i + 1] : o32[i + 1];
    Judged is;
    int bad = judge(c, (Str)at->data + a, (u64)(z - a), &is);
    if (bad) return bad;
    count(c->hits, c->first, &is.hits, rows[i], 0);  // a dictionary does not keep the order of rows
    add(c, &is, rows[i], weights[i]);
  }
  put_all_down(c);
  return 0;
}

// For tests of the twin: the bits of one value, of what stands inside, of its lists. The value must be normalised.
void scan_one(const u8 *s, int n, u64 *out) {
  u8 *t = malloc((size_t)n + 64);
  Bits b, in_ = {{0, 0}};
  memcpy(t, s, (size_t)n), memset(t + n, 0, 64);
  Shape sh = look(t, n);
  detect(t, n, &sh, &b);
  if (searched(&sh, &b)) embedded(t, n, &sh, &in_, NULL);
  out[0] = b.w[0], out[1] = b.w[1], out[2] = in_.w[0], out[3] = in_.w[1], out[4] = listed(t, n, &sh, groups(sh.m, n)) & ((1u << LISTS) - 1);
  free(t);
}
