// Scan: SipHash-2-4 with 128 bits, one key at a time or eight; and memory in large pages for tables that are hit at random.
#ifndef FEIYU_SCAN_DIGEST_H
#define FEIYU_SCAN_DIGEST_H

#ifdef __linux__
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sys/mman.h>
#endif

#include "scan_look.h"

// --- memory for digests: zeroed, in pages of 2 MiB from that size on ---
enum { LARGE = 1 << 21 };
static void *room_new(u64 size) {
#ifdef __linux__
  if (size >= LARGE) {
    // Older kernels give large mappings no large pages unless they begin at one: what stands before and behind is given back.
    u8 *all = mmap(NULL, size + LARGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) return NULL;
    u64 before = -(uintptr_t)all & (LARGE - 1);
    if (before) munmap(all, before);
    munmap(all + before + size, LARGE - before);
    madvise(all + before, size, MADV_HUGEPAGE);
    return all + before;
  }
#endif
  return calloc(size ? size : 1, 1);
}
// Digests are pseudonyms: what the kernel takes back it clears, what stays in this process is wiped here.
static void wiped(void *p, u64 size) {
  if (p) memset(p, 0, size);
  free(p);
}
static void room_free(void *p, u64 size) {
#ifdef __linux__
  if (p && size >= LARGE) {
    munmap(p, size);
    return;
  }
#endif
  wiped(p, size);
}
// Blocks of `LARGE` bytes, zeroed. A page that the system hands out afresh costs as much as all that a scan writes into it, so up to `SPARES` blocks go
// from one count to the next of this process, wiped. A place of `spare` is taken and filled whole, by any thread.
enum { SPARES = 48 };
static u8 *spare[SPARES];
static u8 *block_new(void) {
  u8 *block;
  for (int i = 0; i < SPARES; i++)
    if (__atomic_load_n(&spare[i], __ATOMIC_RELAXED) && (block = __atomic_exchange_n(&spare[i], NULL, __ATOMIC_ACQUIRE))) return block;
  return room_new(LARGE);
}
static void block_free(u8 *block) {
  for (int i = 0, clean = 0; i < SPARES; i++) {
    u8 *none = NULL;
    if (__atomic_load_n(&spare[i], __ATOMIC_RELAXED)) continue;
    if (!clean) memset(block, 0, LARGE), clean = 1;
    if (__atomic_compare_exchange_n(&spare[i], &none, block, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) return;
  }
  room_free(block, LARGE);
}
// --- digests ---
enum { KEY_WORDS = 5, KEY_SHORT = 8 * KEY_WORDS - 1, BLOCK = 256 };

static inline u64 rol(u64 x, int b) { return x << b | x >> (64 - b); }
#define SIP                                                                                                                                \
  v0 += v1, v2 += v3, v1 = rol(v1, 13) ^ v0, v3 = rol(v3, 16) ^ v2, v0 = rol(v0, 32), v2 += v1, v0 += v3, v1 = rol(v1, 17) ^ v2,            \
      v3 = rol(v3, 21) ^ v0, v2 = rol(v2, 32)
static void siphash128(u64 k0, u64 k1, Str s, int n, u64 *lo, u64 *hi) {
  u64 v0 = 0x736f6d6570736575ULL ^ k0, v1 = 0x646f72616e646f6dULL ^ k1 ^ 0xee, v2 = 0x6c7967656e657261ULL ^ k0, v3 = 0x7465646279746573ULL ^ k1, x;
  int i = 0;
  for (; i + 8 <= n; i += 8) {
    memcpy(&x, s + i, 8);
    v3 ^= x;
    SIP;
    SIP;
    v0 ^= x;
  }
  x = (u64)(n & 255) << 56;
  for (int k = 0; i + k < n; k++) x |= (u64)s[i + k] << (8 * k);
  v3 ^= x;
  SIP;
  SIP;
  v0 ^= x;
  v2 ^= 0xee;
  SIP;
  SIP;
  SIP;
  SIP;
  *lo = v0 ^ v1 ^ v2 ^ v3;
  v1 ^= 0xdd;
  SIP;
  SIP;
  SIP;
  SIP;
  *hi = v0 ^ v1 ^ v2 ^ v3;
}
void scan_siphash(const u8 *key, const u8 *data, int n, u64 *out) {
  u64 k[2];
  memcpy(k, key, 16);
  siphash128(k[0], k[1], data, n, out, out + 1);
}

// Digests of `count` short keys as SipHash reads them: words of eight bytes, the length on top of the last; word i of key j at w[i * BLOCK + j].
// Up to fifteen more keys are read, and as many digests more written.
#ifdef SCAN_AVX512
#define EACH for (int h = 0; h < 2; h++)
#define W_ADD(x, y) x = _mm512_add_epi64(x, y)
#define W_XOR(x, y) x = _mm512_xor_si512(x, y)
static inline __attribute__((always_inline)) void w_sip(__m512i v0[2], __m512i v1[2], __m512i v2[2], __m512i v3[2], int rounds) {
  for (int r = 0; r < rounds; r++) {
    EACH W_ADD(v0[h], v1[h]), W_ADD(v2[h], v3[h]);
    EACH v1[h] = _mm512_rol_epi64(v1[h], 13), v3[h] = _mm512_rol_epi64(v3[h], 16);
    EACH W_XOR(v1[h], v0[h]), W_XOR(v3[h], v2[h]);
    EACH v0[h] = _mm512_rol_epi64(v0[h], 32);
    EACH W_ADD(v2[h], v1[h]), W_ADD(v0[h], v3[h]);
    EACH v1[h] = _mm512_rol_epi64(v1[h], 17), v3[h] = _mm512_rol_epi64(v3[h], 21);
    EACH W_XOR(v1[h], v2[h]), W_XOR(v3[h], v0[h]);
    EACH v2[h] = _mm512_rol_epi64(v2[h], 32);
  }
}
static inline __attribute__((always_inline)) void sip_16(u64 k0, u64 k1, const u64 *w, int words, u64 *lo, u64 *hi) {
  __m512i v0[2], v1[2], v2[2], v3[2];
  EACH {
    v0[h] = _mm512_set1_epi64((i64)(0x736f6d6570736575ULL ^ k0)), v1[h] = _mm512_set1_epi64((i64)(0x646f72616e646f6dULL ^ k1 ^ 0xee));
    v2[h] = _mm512_set1_epi64((i64)(0x6c7967656e657261ULL ^ k0)), v3[h] = _mm512_set1_epi64((i64)(0x7465646279746573ULL ^ k1));
  }
  for (int i = 0; i < words; i++) {
    EACH W_XOR(v3[h], _mm512_loadu_si512(w + i * BLOCK + 8 * h));
    w_sip(v0, v1, v2, v3, 2);
    EACH W_XOR(v0[h], _mm512_loadu_si512(w + i * BLOCK + 8 * h));
  }
  EACH W_XOR(v2[h], _mm512_set1_epi64(0xee));
  w_sip(v0, v1, v2, v3, 4);
  EACH _mm512_storeu_si512(lo + 8 * h, _mm512_xor_si512(_mm512_xor_si512(v0[h], v1[h]), _mm512_xor_si512(v2[h], v3[h])));
  EACH W_XOR(v1[h], _mm512_set1_epi64(0xdd));
  w_sip(v0, v1, v2, v3, 4);
  EACH _mm512_storeu_si512(hi + 8 * h, _mm512_xor_si512(_mm512_xor_si512(v0[h], v1[h]), _mm512_xor_si512(v2[h], v3[h])));
}
#elif defined(SCAN_AVX2)
#define V_ROL(x, b) _mm256_or_si256(_mm256_slli_epi64(x, b), _mm256_srli_epi64(x, 64 - b))
#define V_ROL32(x) _mm256_shuffle_epi32(x, 0xB1)
#define V_ROL16(x) _mm256_shuffle_epi8(x, _mm256_setr_epi8(6, 7, 0, 1, 2, 3, 4, 5, 14, 15, 8, 9, 10, 11, 12, 13, 6, 7, 0, 1, 2, 3, 4, 5, 14, 15, 8, 9, 10, 11, 12, 13))
#define EACH for (int h = 0; h < 2; h++)
#define V_ADD(x, y) x = _mm256_add_epi64(x, y)
#define V_XOR(x, y) x = _mm256_xor_si256(x, y)
static inline __attribute__((always_inline)) void v_sip(V v0[2], V v1[2], V v2[2], V v3[2], int rounds) {
  for (int r = 0; r < rounds; r++) {
    EACH V_ADD(v0[h], v1[h]), V_ADD(v2[h], v3[h]);
    EACH v1[h] = V_ROL(v1[h], 13), v3[h] = V_ROL16(v3[h]);
    EACH V_XOR(v1[h], v0[h]), V_XOR(v3[h], v2[h]);
    EACH v0[h] = V_ROL32(v0[h]);
    EACH V_ADD(v2[h], v1[h]), V_ADD(v0[h], v3[h]);
    EACH v1[h] = V_ROL(v1[h], 17), v3[h] = V_ROL(v3[h], 21);
    EACH V_XOR(v1[h], v2[h]), V_XOR(v3[h], v0[h]);
    EACH v2[h] = V_ROL32(v2[h]);
  }
}
static inline __attribute__((always_inline)) void sip_16(u64 k0, u64 k1, const u64 *w, int words, u64 *lo, u64 *hi) {
  for (int at = 0; at < 16; at += 8) {
    V v0[2], v1[2], v2[2], v3[2];
    EACH {
      v0[h] = _mm256_set1_epi64x((i64)(0x736f6d6570736575ULL ^ k0)), v1[h] = _mm256_set1_epi64x((i64)(0x646f72616e646f6dULL ^ k1 ^ 0xee));
      v2[h] = _mm256_set1_epi64x((i64)(0x6c7967656e657261ULL ^ k0)), v3[h] = _mm256_set1_epi64x((i64)(0x7465646279746573ULL ^ k1));
    }
    for (int i = 0; i < words; i++) {
      EACH V_XOR(v3[h], v_at((Str)(w + i * BLOCK + at + 4 * h)));
      v_sip(v0, v1, v2, v3, 2);
      EACH V_XOR(v0[h], v_at((Str)(w + i * BLOCK + at + 4 * h)));
    }
    EACH V_XOR(v2[h], _mm256_set1_epi64x(0xee));
    v_sip(v0, v1, v2, v3, 4);
    EACH _mm256_storeu_si256((V *)(lo + at + 4 * h), _mm256_xor_si256(_mm256_xor_si256(v0[h], v1[h]), _mm256_xor_si256(v2[h], v3[h])));
    EACH V_XOR(v1[h], _mm256_set1_epi64x(0xdd));
    v_sip(v0, v1, v2, v3, 4);
    EACH _mm256_storeu_si256((V *)(hi + at + 4 * h), _mm256_xor_si256(_mm256_xor_si256(v0[h], v1[h]), _mm256_xor_si256(v2[h], v3[h])));
  }
}
#else
static void sip_16(u64 k0, u64 k1, const u64 *w, int words, u64 *lo, u64 *hi) {
  for (int j = 0; j < 16; j++) {
    u64 key[KEY_WORDS];
    for (int i = 0; i < words; i++) key[i] = w[i * BLOCK + j];
    siphash128(k0, k1, (Str)key, (int)(key[words - 1] >> 56), lo + j, hi + j);
  }
}
#endif

#endif
