/* SHA-256 over many blocks of equal length at once: one block per SIMD lane, sixteen with AVX-512, eight with AVX2.
 *
 * A leaf of the content tree is SHA-256(prefix || block). All blocks of a call have the same length and the same prefix,
 * so all lanes take the same steps: no secret decides a branch or an address.
 *
 * The caller (leaves.py) holds the reference, checks what lanes() answers, and gives lengths within the limits below.
 *
 * Source: FIPS 180-4 sections 5.1.1, 5.3.3, 6.2.2.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { WORD = 4, ROUND_BLOCK = 64, STATE_WORDS = 8, DIGEST = 32, MAX_LANES = 16, MIN_LENGTH = 128, MAX_PREFIX = 63 };

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

static const uint32_t ROUND_CONSTANT[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static const uint32_t INITIAL[STATE_WORDS] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* The 64 rounds over words w[16] of all lanes; the message schedule is computed in place, sixteen words at a time.
 * V is the vector type, P the prefix of the operations below (P_ADD, P_ROR, P_SHR, P_XOR3, P_CHOOSE, P_MAJORITY, P_ALL). */
#define ROUNDS(V, P, state, w)                                                                                        \
    do {                                                                                                              \
        V a = (state)[0], b = (state)[1], c = (state)[2], d = (state)[3];                                             \
        V e = (state)[4], f = (state)[5], g = (state)[6], h = (state)[7];                                             \
        _Pragma("GCC unroll 64") for (int t = 0; t < 64; t++) {                                                       \
            if (t >= 16) {                                                                                            \
                V early = (w)[(t + 1) & 15], late = (w)[(t + 14) & 15];                                               \
                V small0 = P##_XOR3(P##_ROR(early, 7), P##_ROR(early, 18), P##_SHR(early, 3));                        \
                V small1 = P##_XOR3(P##_ROR(late, 17), P##_ROR(late, 19), P##_SHR(late, 10));                         \
                (w)[t & 15] = P##_ADD(P##_ADD((w)[t & 15], small0), P##_ADD((w)[(t + 9) & 15], small1));              \
            }                                                                                                         \
            V big1 = P##_XOR3(P##_ROR(e, 6), P##_ROR(e, 11), P##_ROR(e, 25));                                         \
            V big0 = P##_XOR3(P##_ROR(a, 2), P##_ROR(a, 13), P##_ROR(a, 22));                                         \
            V fed = P##_ADD(P##_ADD(h, P##_ALL(ROUND_CONSTANT[t])), (w)[t & 15]);                                     \
            V first = P##_ADD(P##_ADD(fed, big1), P##_CHOOSE(e, f, g));                                               \
            V second = P##_ADD(big0, P##_MAJORITY(a, b, c));                                                          \
            h = g, g = f, f = e, e = P##_ADD(d, first), d = c, c = b, b = a, a = P##_ADD(first, second);              \
        }                                                                                                             \
        (state)[0] = P##_ADD((state)[0], a), (state)[1] = P##_ADD((state)[1], b);                                     \
        (state)[2] = P##_ADD((state)[2], c), (state)[3] = P##_ADD((state)[3], d);                                     \
        (state)[4] = P##_ADD((state)[4], e), (state)[5] = P##_ADD((state)[5], f);                                     \
        (state)[6] = P##_ADD((state)[6], g), (state)[7] = P##_ADD((state)[7], h);                                     \
    } while (0)

/* ---- sixteen lanes, AVX-512 ---- */

#define WIDE_TARGET __attribute__((target("avx512f,avx512bw")))
#define WIDE_ADD(x, y) _mm512_add_epi32(x, y)
#define WIDE_ROR(x, n) _mm512_ror_epi32(x, n)
#define WIDE_SHR(x, n) _mm512_srli_epi32(x, n)
#define WIDE_XOR3(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0x96)
#define WIDE_CHOOSE(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0xca)
#define WIDE_MAJORITY(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0xe8)
#define WIDE_ALL(n) _mm512_set1_epi32((int)(n))

/* Rows are lanes with sixteen words each; afterwards row i holds word i of all lanes. */
WIDE_TARGET static inline void wide_transpose(__m512i row[16]) {
    __m512i pair[16];
    for (int i = 0; i < 16; i += 2) {
        pair[i] = _mm512_unpacklo_epi32(row[i], row[i + 1]);
        pair[i + 1] = _mm512_unpackhi_epi32(row[i], row[i + 1]);
    }
    for (int i = 0; i < 16; i += 4)
        for (int j = 0; j < 2; j++) {
            row[i + 2 * j] = _mm512_unpacklo_epi64(pair[i + j], pair[i + j + 2]);
            row[i + 2 * j + 1] = _mm512_unpackhi_epi64(pair[i + j], pair[i + j + 2]);
        }
    for (int i = 0; i < 4; i++) { /* 128-bit quarters: first within each half of the lanes, then across the halves */
        __m512i even_low = _mm512_shuffle_i32x4(row[i], row[i + 4], 0x88);
        __m512i odd_low = _mm512_shuffle_i32x4(row[i], row[i + 4], 0xdd);
        __m512i even_high = _mm512_shuffle_i32x4(row[i + 8], row[i + 12], 0x88);
        __m512i odd_high = _mm512_shuffle_i32x4(row[i + 8], row[i + 12], 0xdd);
        row[i] = _mm512_shuffle_i32x4(even_low, even_high, 0x88);
        row[i + 4] = _mm512_shuffle_i32x4(odd_low, odd_high, 0x88);
        row[i + 8] = _mm512_shuffle_i32x4(even_low, even_high, 0xdd);
        row[i + 12] = _mm512_shuffle_i32x4(odd_low, odd_high, 0xdd);
    }
}

WIDE_TARGET static void wide_compress(__m512i state[8], const uint8_t *at, const size_t lane[16]) {
    const __m512i big_endian =
        _mm512_broadcast_i32x4(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    __m512i w[16];
    for (int i = 0; i < 16; i++) w[i] = _mm512_shuffle_epi8(_mm512_loadu_si512(at + lane[i]), big_endian);
    wide_transpose(w);
    ROUNDS(__m512i, WIDE, state, w);
}

/* ---- eight lanes, AVX2 ---- */

#define HALF_TARGET __attribute__((target("avx2")))
#define HALF_ADD(x, y) _mm256_add_epi32(x, y)
#define HALF_SHR(x, n) _mm256_srli_epi32(x, n)
#define HALF_ROR(x, n) _mm256_or_si256(_mm256_srli_epi32(x, n), _mm256_slli_epi32(x, 32 - (n)))
#define HALF_XOR3(x, y, z) _mm256_xor_si256(_mm256_xor_si256(x, y), z)
#define HALF_CHOOSE(x, y, z) _mm256_xor_si256(z, _mm256_and_si256(x, _mm256_xor_si256(y, z)))
#define HALF_MAJORITY(x, y, z) _mm256_or_si256(_mm256_and_si256(x, y), _mm256_and_si256(z, _mm256_or_si256(x, y)))
#define HALF_ALL(n) _mm256_set1_epi32((int)(n))

HALF_TARGET static inline void half_transpose(__m256i row[8]) {
    __m256i pair[8], four[8];
    for (int i = 0; i < 8; i += 2) {
        pair[i] = _mm256_unpacklo_epi32(row[i], row[i + 1]);
        pair[i + 1] = _mm256_unpackhi_epi32(row[i], row[i + 1]);
    }
    for (int i = 0; i < 8; i += 4)
        for (int j = 0; j < 2; j++) {
            four[i + 2 * j] = _mm256_unpacklo_epi64(pair[i + j], pair[i + j + 2]);
            four[i + 2 * j + 1] = _mm256_unpackhi_epi64(pair[i + j], pair[i + j + 2]);
        }
    for (int i = 0; i < 4; i++) {
        row[i] = _mm256_permute2x128_si256(four[i], four[i + 4], 0x20);
        row[i + 4] = _mm256_permute2x128_si256(four[i], four[i + 4], 0x31);
    }
}

HALF_TARGET static void half_compress(__m256i state[8], const uint8_t *at, const size_t lane[8]) {
    const __m256i big_endian =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    __m256i w[16];
    for (int half = 0; half < 2; half++) {
        for (int i = 0; i < 8; i++) {
            __m256i words = _mm256_loadu_si256((const __m256i *)(const void *)(at + lane[i] + 32 * half));
            w[8 * half + i] = _mm256_shuffle_epi8(words, big_endian);
        }
        half_transpose(w + 8 * half);
    }
    ROUNDS(__m256i, HALF, state, w);
}

/* ---- one batch: a head that holds the prefix, the body as it lies in memory, a tail with the padding ---- */

#define BATCH(NAME, TARGET, V, P, LANES, compress)                                                                    \
    TARGET static void NAME(const uint8_t *data, size_t length, size_t active, const uint8_t *prefix, size_t prefixed, \
                            uint8_t *out) {                                                                           \
        uint8_t scratch[LANES * 2 * ROUND_BLOCK];                                                                     \
        size_t lane[LANES], own[LANES];                                                                               \
        V state[STATE_WORDS];                                                                                         \
        for (size_t i = 0; i < LANES; i++) /* idle lanes repeat the last block: they read nothing else */             \
            lane[i] = length * (i < active ? i : active - 1), own[i] = i * 2 * ROUND_BLOCK;                           \
        for (int i = 0; i < STATE_WORDS; i++) state[i] = P##_ALL(INITIAL[i]);                                         \
        size_t at = prefixed ? ROUND_BLOCK - prefixed : 0;                                                            \
        if (prefixed) {                                                                                               \
            for (size_t i = 0; i < LANES; i++) {                                                                      \
                memcpy(scratch + own[i], prefix, prefixed);                                                           \
                memcpy(scratch + own[i] + prefixed, data + lane[i], at);                                              \
            }                                                                                                         \
            compress(state, scratch, own);                                                                            \
        }                                                                                                             \
        for (; at + ROUND_BLOCK <= length; at += ROUND_BLOCK) compress(state, data + at, lane);                       \
        size_t rest = length - at, tail = rest + 9 <= ROUND_BLOCK ? ROUND_BLOCK : 2 * ROUND_BLOCK;                    \
        uint64_t bits = (uint64_t)(prefixed + length) * 8;                                                            \
        memset(scratch, 0, sizeof scratch);                                                                           \
        for (size_t i = 0; i < LANES; i++) {                                                                          \
            uint8_t *end = scratch + own[i];                                                                          \
            memcpy(end, data + lane[i] + at, rest);                                                                   \
            end[rest] = 0x80;                                                                                         \
            for (int b = 0; b < 8; b++) end[tail - 1 - b] = (uint8_t)(bits >> (8 * b));                               \
        }                                                                                                             \
        for (size_t done = 0; done < tail; done += ROUND_BLOCK) compress(state, scratch + done, own);                 \
        uint32_t words[STATE_WORDS][LANES];                                                                           \
        memcpy(words, state, sizeof words);                                                                           \
        for (size_t i = 0; i < active; i++)                                                                           \
            for (int j = 0; j < STATE_WORDS; j++) {                                                                   \
                uint32_t word = __builtin_bswap32(words[j][i]);                                                       \
                memcpy(out + DIGEST * i + WORD * j, &word, WORD);                                                     \
            }                                                                                                         \
        memset(scratch, 0, sizeof scratch);                                                                           \
    }

BATCH(wide_batch, WIDE_TARGET, __m512i, WIDE, 16, wide_compress)
BATCH(half_batch, HALF_TARGET, __m256i, HALF, 8, half_compress)

/* Which registers the operating system saves: bits 1-2 are needed for AVX2, 5-7 in addition for AVX-512. */
static uint64_t saved_registers(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return ((uint64_t)high << 32) | low;
}

/* Whether this machine can run so many lanes. */
int feiyu_hash_can(int lanes) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE)) return 0;
    uint64_t saved = saved_registers();
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
    if (lanes == 16) return (saved & 0xe6) == 0xe6 && (b & bit_AVX512F) && (b & bit_AVX512BW);
    return lanes == 8 && (saved & 0x06) == 0x06 && (b & bit_AVX2);
}

/* The lanes to use: 16 or 8 where they are faster, else 0. A processor with SHA instructions is as fast with those, one
 * block after the other, as with eight lanes. */
int feiyu_hash_lanes(void) {
    unsigned a, b, c, d;
    if (feiyu_hash_can(16)) return 16;
    if (!feiyu_hash_can(8) || !__get_cpuid_count(7, 0, &a, &b, &c, &d) || (b & bit_SHA)) return 0;
    return 8;
}

/* Hash `blocks` blocks of `length` bytes that lie one after the other; 32 bytes each into `out`.
 * Returns how many were hashed: fewer when the rest is too small for the lanes to pay, 0 when a limit is broken. */
size_t feiyu_hash_blocks(int lanes, const uint8_t *data, size_t blocks, size_t length, const uint8_t *prefix,
                         size_t prefixed, uint8_t *out) {
    if (prefixed > MAX_PREFIX || length < MIN_LENGTH || (lanes != 16 && lanes != 8)) return 0;
    size_t width = (size_t)lanes, done = 0;
    while (blocks - done > width / 2) {
        size_t active = blocks - done < width ? blocks - done : width;
        if (lanes == 16)
            wide_batch(data + done * length, length, active, prefix, prefixed, out + done * DIGEST);
        else
            half_batch(data + done * length, length, active, prefix, prefixed, out + done * DIGEST);
        done += active;
    }
    return done;
}

#else /* other processors: hashlib, which has their own instructions */

int feiyu_hash_can(int lanes) { return (void)lanes, 0; }

int feiyu_hash_lanes(void) { return 0; }

size_t feiyu_hash_blocks(int lanes, const uint8_t *data, size_t blocks, size_t length, const uint8_t *prefix,
                         size_t prefixed, uint8_t *out) {
    (void)lanes, (void)data, (void)blocks, (void)length, (void)prefix, (void)prefixed, (void)out;
    return 0;
}

#endif
