// Scan: what both halves of the lane share: detector numbers, character classes, tables.
// The order of DETECTORS is that of feiyu.scan.reference.DETECTORS; the loader compares the names.
#ifndef FEIYU_SCAN_TABLES_H
#define FEIYU_SCAN_TABLES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef const uint8_t *Str;
typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t i64;

#define DETECTORS(X)                                                                                                      \
  X(prc18) X(prc_hmt) X(foreign_pr) X(prc15) X(prc_damaged) X(student_no) X(passport_cn) X(mrz) X(home_return)            \
  X(exit_permit) X(military_id) X(name_cn) X(name_latin) X(date) X(datetime) X(timestamp) X(small_int) X(digits5)         \
  X(digits6) X(digits8) X(digits12) X(digits_any) X(amount) X(code) X(handle) X(token) X(text) X(blob) X(vector) X(gene)  \
  X(variant) X(mobile_cn) X(mobile_damaged) X(landline_cn) X(phone_intl) X(tollfree_cn) X(email) X(address_cn)            \
  X(address_latin) X(ipv4) X(ipv6) X(mac) X(imei) X(imsi) X(iccid) X(uuid) X(hexhash) X(url) X(url_password) X(uscc)      \
  X(org_code) X(org_name) X(customs_reg) X(customs_decl) X(vat_eu) X(gstin) X(ubn_tw) X(brn_kr) X(hkid) X(macao_bir)      \
  X(taiwan_id) X(nric_sg) X(ssn_us) X(nino_uk) X(nhs_uk) X(aadhaar) X(pan_in) X(my_number) X(rrn_kr) X(mykad_my)          \
  X(nik_id) X(pin_th) X(cpf_br) X(emirates_id) X(bank_card) X(masked_digits) X(securities_account) X(cnaps) X(iban)       \
  X(bic) X(lei) X(isin) X(cusip) X(sedol) X(securities_code) X(crypto) X(track2) X(expiry) X(plate_cn) X(vin)             \
  X(vin_shape) X(battery) X(lonlat) X(lon) X(lat) X(trajectory) X(plane) X(area_code) X(media_ref) X(icd10) X(icd9)       \
  X(drug_approval) X(device_reg) X(trial_id) X(trace_code) X(cas) X(container) X(imo) X(mmsi) X(bl) X(hs) X(locode)       \
  X(awb) X(s10) X(express) X(ean) X(version) X(pnr) X(secret_mark) X(jwt) X(cloud_key) X(pem) X(integer) X(number)

enum {
#define X(name) T_##name,
  DETECTORS(X)
#undef X
  T_COUNT
};

typedef struct {
  u64 w[2];
} Bits;
static inline void set(Bits *b, int i) { b->w[i >> 6] |= 1ULL << (i & 63); }
static inline int has(const Bits *b, int i) { return (int)(b->w[i >> 6] >> (i & 63) & 1); }

// Character classes, the bits of feiyu.scan.normalize.
enum { D = 1, U = 2, L = 4, HY = 8, DT = 16, AT = 32, CO = 64, SL = 128, SP = 256, UN = 512, PL = 1024, HI = 2048, OT = 4096 };
enum { ALNUM = D | U | L, DIGITAL = D | SP | HY, ASCII = 8191 & ~HI };
static u16 CL[256];
static int8_t V36[256], V31[256], VVIN[256], VB32[256];

// Flags of Han characters.
enum { H_PROV = 1, H_CITY = 2, H_AREA = 4, H_ROAD = 8, H_HOUSE = 16, H_ROOM = 32, H_PLATE_END = 64, H_ARMY = 128, H_NOT_NAME = 256, H_ORG_END = 512, H_SURNAME = 1024, H_SURNAME2 = 2048 };
static u16 HAN[65536];
static u64 HAN_SET[1024];  // whether any flag is set: small enough to stay near the core

// Words: whole values and parts of names. bits 0..16 are the lists of vocabulary.MATCHED, then:
enum { W_SURNAME = 1 << 20, W_SURNAME2 = 1 << 21, W_NAME_STOP = 1 << 22, W_LATIN = 1 << 23, W_PROVINCE = 1 << 24, W_NULL = 1 << 25 };
typedef struct {
  u32 at, bits;
  u16 size;
} Word;
static Word *words;
static u32 word_mask;
static u8 *word_text;

static inline u32 word_hash(Str s, int n) {
  u32 h = 2166136261u;
  for (int i = 0; i < n; i++) h = (h ^ s[i]) * 16777619u;
  return h ^ h >> 15;
}

enum { WORD_BITS = 18 };
static u64 word_set[(1 << WORD_BITS) / 64];  // marks of the words' size and ends: most values are no word and need no hash
static u16 word_classes[64];  // of all words of one size, capitals made small
static u64 word_last[256];  // by last byte: the sizes of the words that end in it, as it stands or as a capital
static int null_digits;  // whether a word for nothing holds a digit
static inline u32 word_mark(Str s, int n) {
  u64 a = 0, z = 0;
  if (n >= 8) memcpy(&a, s, 8), memcpy(&z, s + n - 8, 8);
  else if (n >= 4) {
    u32 x, y;
    memcpy(&x, s, 4), memcpy(&y, s + n - 4, 4);
    a = x, z = y;
  } else
    for (int i = 0; i < n; i++) a = a << 8 | s[i];
  return (u32)((a ^ (z + (u64)n) * 0x9E3779B97F4A7C15ULL) * 0xFF51AFD7ED558CCDULL >> (64 - WORD_BITS));
}
static inline u32 word_find(Str s, int n) {
  if (n >= 64) return 0;
  u32 mark = word_mark(s, n);
  if (!(word_set[mark >> 6] >> (mark & 63) & 1)) return 0;
  for (u32 i = word_hash(s, n) & word_mask;; i = (i + 1) & word_mask) {
    const Word *w = &words[i];
    if (!w->size) return 0;
    if (w->size == n && !memcmp(word_text + w->at, s, (size_t)n)) return w->bits;
  }
}

static u8 ISO2[26 * 26];
static inline int iso2(Str s) { return CL[s[0]] == U && CL[s[1]] == U && ISO2[(s[0] - 'A') * 26 + s[1] - 'A']; }

static const u8 PROVINCES[] = {11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71};
static u8 PROV[128];

static inline int two(Str s) { return (s[0] - 48) * 10 + s[1] - 48; }
static inline int four(Str s) { return two(s) * 100 + two(s + 2); }
// Eight digits.
static inline u32 eight(Str s) {
  u64 x;
  memcpy(&x, s, 8);
  x -= 0x3030303030303030ULL;
  x = x * 10 + (x >> 8);
  return (u32)(((x & 0x000000FF000000FFULL) * (100 + (1000000ULL << 32)) + (x >> 16 & 0x000000FF000000FFULL) * (1 + (10000ULL << 32))) >> 32);
}
static inline int digits(Str s, int n) {
  int ok = 1;
  for (int i = 0; i < n; i++) ok &= (u8)(s[i] - 48) < 10;
  return ok;
}
static inline int uppers(Str s, int n) {
  int ok = 1;
  for (int i = 0; i < n; i++) ok &= CL[s[i]] == U;
  return ok;
}
static inline int all_of(Str s, int n, int classes) {
  int ok = 1;
  for (int i = 0; i < n; i++) ok &= (CL[s[i]] & classes) != 0;
  return ok;
}
static inline int count_of(Str s, int n, int classes) {
  int k = 0;
  for (int i = 0; i < n; i++) k += (CL[s[i]] & classes) != 0;
  return k;
}
static inline int is(Str s, int n, const char *lit) { return n == (int)strlen(lit) && !memcmp(s, lit, (size_t)n); }
static inline int starts(Str s, int n, const char *lit) {
  int k = (int)strlen(lit);
  return n >= k && !memcmp(s, lit, (size_t)k);
}
static inline int ends(Str s, int n, const char *lit) {
  int k = (int)strlen(lit);
  return n >= k && !memcmp(s + n - k, lit, (size_t)k);
}
// Whether a byte is one of a few; of a literal set the compiler makes two numbers.
static inline __attribute__((always_inline)) int in(u8 c, const char *set_) {
  u64 low = 0, high = 0;
  for (; *set_; set_++) low |= (u8)*set_ < 64 ? 1ULL << (*set_ & 63) : 0, high |= (u8)*set_ < 64 ? 0 : 1ULL << (*set_ & 63);
  return c < 128 && (c < 64 ? low : high) >> (c & 63) & 1;
}

// A three-byte UTF-8 character, 0 where there is none.
static inline u32 han_at(Str s, int n) {
  if (n < 3 || (s[0] & 0xF0) != 0xE0) return 0;
  return (u32)(s[0] & 15) << 12 | (u32)(s[1] & 63) << 6 | (u32)(s[2] & 63);
}
static inline int chars(Str s, int n) {
  int k = 0;
  for (int i = 0; i < n; i++) k += (s[i] & 0xC0) != 0x80;
  return k;
}

static inline int han_flags(u32 c) { return HAN_SET[c >> 6] >> (c & 63) & 1 ? HAN[c] : 0; }

#endif
