/* SM4 over many blocks at once: one block's words in one lane of four registers, eight lanes (AVX2) or sixteen (AVX-512).
 *
 * SM4's S-box is, like that of AES, an inversion in GF(2^8) between two affine maps. So it is had without a table:
 *   AES: an affine map by two 16-entry shuffles, AESENCLAST (inversion, the affine map of AES, and a permutation of the
 *        bytes that the next shuffle undoes), and another affine map;
 *   GFNI: two instructions.
 * Neither looks up memory by a secret.
 *
 * Sources: GB/T 32907-2016; the maps were found by matching the two fields, and the tests compare them with the standard.
 */
#ifndef FEIYU_SM4_LANES_H
#define FEIYU_SM4_LANES_H

#include "lanes.h"

#define NIBBLES(...) _mm_setr_epi8(__VA_ARGS__)
#define BEFORE_LOW NIBBLES(0x65, 0x41, (char)0xfd, (char)0xd9, 0x0a, 0x2e, (char)0x92, (char)0xb6, 0x0f, 0x2b, \
                           (char)0x97, (char)0xb3, 0x60, 0x44, (char)0xf8, (char)0xdc)
#define BEFORE_HIGH NIBBLES(0x00, (char)0xc9, 0x67, (char)0xae, (char)0x80, 0x49, (char)0xe7, 0x2e, 0x4a, (char)0x83, \
                            0x2d, (char)0xe4, (char)0xca, 0x03, (char)0xad, 0x64)
#define AFTER_LOW NIBBLES(0x2f, (char)0xa5, (char)0xc4, 0x4e, 0x30, (char)0xba, (char)0xdb, 0x51, (char)0xca, 0x40, \
                          0x21, (char)0xab, (char)0xd5, 0x5f, 0x3e, (char)0xb4)
#define AFTER_HIGH NIBBLES(0x00, 0x50, 0x14, 0x44, (char)0x89, (char)0xd9, (char)0x9d, (char)0xcd, (char)0xde, \
                           (char)0x8e, (char)0xca, (char)0x9a, 0x57, 0x07, 0x43, 0x13)
/* GFNI: y = AFTER * inverse(BEFORE * x + 0x65) + 0xd3, over the field of AES. */
#define GFNI_BEFORE 0x34ac259e022dbc52LL
#define GFNI_AFTER ((long long)0xd72d8e511e6c8b19ULL)
#define GFNI_BEFORE_PLUS 0x65
#define GFNI_AFTER_PLUS 0xd3

/* Bytes back from where AESENCLAST put them, and turned by 0, 1, 2, 3 bytes within each word. */
#define BACK_0 _mm_setr_epi8(0, 13, 10, 7, 4, 1, 14, 11, 8, 5, 2, 15, 12, 9, 6, 3)
#define BACK_1 _mm_setr_epi8(7, 0, 13, 10, 11, 4, 1, 14, 15, 8, 5, 2, 3, 12, 9, 6)
#define BACK_2 _mm_setr_epi8(10, 7, 0, 13, 14, 11, 4, 1, 2, 15, 8, 5, 6, 3, 12, 9)
#define BACK_3 _mm_setr_epi8(13, 10, 7, 0, 1, 14, 11, 4, 5, 2, 15, 8, 9, 6, 3, 12)
#define TURN_1 _mm_setr_epi8(3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14)
#define TURN_2 _mm_setr_epi8(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)
#define TURN_3 _mm_setr_epi8(1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12)
#define SWAPPED _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)

#define HALF_SHUFFLE(x, places) _mm256_shuffle_epi8(x, _mm256_broadcastsi128_si256(places))
#define HALF_LOW32(x, y) _mm256_unpacklo_epi32(x, y)
#define HALF_HIGH32(x, y) _mm256_unpackhi_epi32(x, y)
#define HALF_LOW64(x, y) _mm256_unpacklo_epi64(x, y)
#define HALF_HIGH64(x, y) _mm256_unpackhi_epi64(x, y)
#define HALF_LOAD(from) _mm256_loadu_si256((const __m256i *)(const void *)(from))
#define HALF_STORE(to, x) _mm256_storeu_si256((__m256i *)(void *)(to), x)
#define WIDE_SHUFFLE(x, places) _mm512_shuffle_epi8(x, _mm512_broadcast_i32x4(places))
#define WIDE_LOW32(x, y) _mm512_unpacklo_epi32(x, y)
#define WIDE_HIGH32(x, y) _mm512_unpackhi_epi32(x, y)
#define WIDE_LOW64(x, y) _mm512_unpacklo_epi64(x, y)
#define WIDE_HIGH64(x, y) _mm512_unpackhi_epi64(x, y)
#define WIDE_LOAD(from) _mm512_loadu_si512(from)
#define WIDE_STORE(to, x) _mm512_storeu_si512(to, x)

/* The S-box on every byte, then the linear map x ^ x<<<2 ^ x<<<10 ^ x<<<18 ^ x<<<24 on every word. */

#define NIBBLE_MAP(x, low, high)                                                                                      \
    HALF_XOR(HALF_SHUFFLED(low, _mm256_and_si256(x, _mm256_set1_epi8(15))),                                           \
             HALF_SHUFFLED(high, _mm256_and_si256(_mm256_srli_epi32(x, 4), _mm256_set1_epi8(15))))
#define HALF_SHUFFLED(table, places) _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(table), places)

#define AES_TARGET __attribute__((target("avx2,aes,pclmul")))
AES_TARGET static inline __m256i aes_last(__m256i x) {
    const __m128i none = _mm_setzero_si128();
    __m128i low = _mm_aesenclast_si128(_mm256_castsi256_si128(x), none);
    __m128i high = _mm_aesenclast_si128(_mm256_extracti128_si256(x, 1), none);
    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

#define VAES_TARGET __attribute__((target("avx2,aes,pclmul,vaes,vpclmulqdq")))
#define VAES_LAST(x) _mm256_aesenclast_epi128(x, _mm256_setzero_si256())

#define INVERT_BY(NAME, TARGET, LAST)                                                                                 \
    TARGET static inline __m256i NAME(__m256i x) {                                                                    \
        __m256i before = NIBBLE_MAP(x, BEFORE_LOW, BEFORE_HIGH);                                                      \
        __m256i last = LAST(before);                                                                                  \
        __m256i y = NIBBLE_MAP(last, AFTER_LOW, AFTER_HIGH);                                                          \
        __m256i plain = HALF_SHUFFLE(y, BACK_0);                                                                      \
        __m256i three = HALF_XOR3(plain, HALF_SHUFFLE(y, BACK_1), HALF_SHUFFLE(y, BACK_2));                           \
        return HALF_XOR3(plain, HALF_SHUFFLE(y, BACK_3), HALF_ROR(three, 30));                                        \
    }

INVERT_BY(aes_mix, AES_TARGET, aes_last)
INVERT_BY(vaes_mix, VAES_TARGET, VAES_LAST)

#ifndef GFNI_TARGET
#define GFNI_TARGET __attribute__((target("avx2,aes,pclmul,vaes,vpclmulqdq,gfni")))
#endif
GFNI_TARGET static inline __m256i gfni_mix(__m256i x) {
    __m256i before = _mm256_gf2p8affine_epi64_epi8(x, _mm256_set1_epi64x(GFNI_BEFORE), GFNI_BEFORE_PLUS);
    __m256i y = _mm256_gf2p8affineinv_epi64_epi8(before, _mm256_set1_epi64x(GFNI_AFTER), GFNI_AFTER_PLUS);
    __m256i three = HALF_XOR3(y, HALF_SHUFFLE(y, TURN_1), HALF_SHUFFLE(y, TURN_2));
    return HALF_XOR3(y, HALF_SHUFFLE(y, TURN_3), HALF_ROR(three, 30));
}

#ifndef WIDE_GFNI_TARGET
#define WIDE_GFNI_TARGET __attribute__((target("avx512f,avx512bw,aes,pclmul,vaes,vpclmulqdq,gfni")))
#endif
WIDE_GFNI_TARGET static inline __m512i wide_gfni_mix(__m512i x) {
    __m512i before = _mm512_gf2p8affine_epi64_epi8(x, _mm512_set1_epi64(GFNI_BEFORE), GFNI_BEFORE_PLUS);
    __m512i y = _mm512_gf2p8affineinv_epi64_epi8(before, _mm512_set1_epi64(GFNI_AFTER), GFNI_AFTER_PLUS);
    __m512i some = WIDE_XOR3(y, _mm512_rol_epi32(y, 2), _mm512_rol_epi32(y, 10));
    return WIDE_XOR3(some, _mm512_rol_epi32(y, 18), _mm512_rol_epi32(y, 24));
}

/* Counter mode over whole batches of LANES * GROUPS blocks. `word` is the nonce as three big-endian words.
 *
 * Lane 4k + i of a group holds block i * LANES / 4 + k: then the transposition within quarters of a register, which is
 * all that the unpack instructions do, leaves register i with consecutive blocks. */
#define COUNTER_MODE(NAME, TARGET, V, P, LANES, GROUPS, mix)                                                          \
    TARGET static void NAME(const uint32_t key[32], const uint32_t word[3], uint32_t counter, const uint8_t *in,      \
                            uint8_t *out, size_t batches) {                                                           \
        enum { REGISTER = 4 * LANES, GROUP = 16 * LANES };                                                            \
        uint32_t order[LANES];                                                                                        \
        for (int l = 0; l < LANES; l++) order[l] = (uint32_t)((l % 4) * (LANES / 4) + l / 4);                         \
        const V lane = P##_LOAD(order);                                                                               \
        for (; batches; batches--, counter += LANES * GROUPS, in += GROUP * GROUPS, out += GROUP * GROUPS) {          \
            V a[GROUPS], b[GROUPS], c[GROUPS], d[GROUPS];                                                             \
            for (int g = 0; g < GROUPS; g++) {                                                                        \
                a[g] = P##_ALL(word[0]), b[g] = P##_ALL(word[1]), c[g] = P##_ALL(word[2]);                            \
                d[g] = P##_ADD(P##_ALL(counter + (uint32_t)g * LANES), lane);                                         \
            }                                                                                                         \
            for (int r = 0; r < 32; r += 4) {                                                                         \
                const V k0 = P##_ALL(key[r]), k1 = P##_ALL(key[r + 1]);                                               \
                const V k2 = P##_ALL(key[r + 2]), k3 = P##_ALL(key[r + 3]);                                           \
                for (int g = 0; g < GROUPS; g++) a[g] = P##_XOR(a[g], mix(P##_XOR3(b[g], c[g], P##_XOR(d[g], k0))));  \
                for (int g = 0; g < GROUPS; g++) b[g] = P##_XOR(b[g], mix(P##_XOR3(c[g], d[g], P##_XOR(a[g], k1))));  \
                for (int g = 0; g < GROUPS; g++) c[g] = P##_XOR(c[g], mix(P##_XOR3(d[g], a[g], P##_XOR(b[g], k2))));  \
                for (int g = 0; g < GROUPS; g++) d[g] = P##_XOR(d[g], mix(P##_XOR3(a[g], b[g], P##_XOR(c[g], k3))));  \
            }                                                                                                         \
            for (int g = 0; g < GROUPS; g++) {                                                                        \
                V low_dc = P##_LOW32(d[g], c[g]), high_dc = P##_HIGH32(d[g], c[g]);                                   \
                V low_ba = P##_LOW32(b[g], a[g]), high_ba = P##_HIGH32(b[g], a[g]);                                   \
                V row[4] = {P##_LOW64(low_dc, low_ba), P##_HIGH64(low_dc, low_ba), P##_LOW64(high_dc, high_ba),       \
                            P##_HIGH64(high_dc, high_ba)};                                                            \
                for (int i = 0; i < 4; i++) {                                                                         \
                    size_t at = (size_t)g * GROUP + (size_t)i * REGISTER;                                             \
                    P##_STORE(out + at, P##_XOR(P##_SHUFFLE(row[i], SWAPPED), P##_LOAD(in + at)));                    \
                }                                                                                                     \
            }                                                                                                         \
        }                                                                                                             \
    }

#endif
