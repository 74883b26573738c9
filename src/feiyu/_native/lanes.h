/* One set of names over two widths of registers: eight lanes of 32 bits (HALF, AVX2), sixteen (WIDE, AVX-512).
 *
 * Whoever writes an algorithm over P_ADD, P_ROR, … gets it at both widths from one text; so what is tested at one width
 * is the logic of the other. Only the transposition of a block's words is written twice.
 */
#ifndef FEIYU_LANES_H
#define FEIYU_LANES_H

#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

/* ---- sixteen lanes, AVX-512 ---- */

#ifndef WIDE_TARGET /* tests put an emulation of these instructions in their place */
#define WIDE_TARGET __attribute__((target("avx512f,avx512bw")))
#endif
#define WIDE_ADD(x, y) _mm512_add_epi32(x, y)
#define WIDE_XOR(x, y) _mm512_xor_si512(x, y)
#define WIDE_ROR(x, n) _mm512_ror_epi32(x, n)
#define WIDE_SHR(x, n) _mm512_srli_epi32(x, n)
#define WIDE_XOR3(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0x96)
#define WIDE_CHOOSE(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0xca)
#define WIDE_MAJORITY(x, y, z) _mm512_ternarylogic_epi32(x, y, z, 0xe8)
#define WIDE_ALL(n) _mm512_set1_epi32((int)(n))
#define WIDE_SPREAD(x, n) WIDE_XOR3(x, _mm512_rol_epi32(x, n), _mm512_rol_epi32(x, n + 8)) /* x ^ x<<<n ^ x<<<(n+8) */

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

/* Word i of the 64 bytes at each lane, big-endian, into w[i]. */
WIDE_TARGET static inline void wide_words(__m512i w[16], const uint8_t *at, const size_t lane[16]) {
    const __m512i big_endian =
        _mm512_broadcast_i32x4(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    for (int i = 0; i < 16; i++) w[i] = _mm512_shuffle_epi8(_mm512_loadu_si512(at + lane[i]), big_endian);
    wide_transpose(w);
}

/* ---- eight lanes, AVX2 ---- */

#define HALF_TARGET __attribute__((target("avx2")))
#define HALF_ADD(x, y) _mm256_add_epi32(x, y)
#define HALF_XOR(x, y) _mm256_xor_si256(x, y)
#define HALF_SHR(x, n) _mm256_srli_epi32(x, n)
#define HALF_ROR(x, n) _mm256_or_si256(_mm256_srli_epi32(x, n), _mm256_slli_epi32(x, 32 - (n)))
#define HALF_XOR3(x, y, z) _mm256_xor_si256(_mm256_xor_si256(x, y), z)
#define HALF_CHOOSE(x, y, z) _mm256_xor_si256(z, _mm256_and_si256(x, _mm256_xor_si256(y, z)))
#define HALF_MAJORITY(x, y, z) _mm256_xor_si256(_mm256_and_si256(_mm256_xor_si256(x, y), _mm256_xor_si256(y, z)), y)
#define HALF_ALL(n) _mm256_set1_epi32((int)(n))
#define HALF_ROL8(x) /* whole bytes are turned by one shuffle */                                                      \
    _mm256_shuffle_epi8(x, _mm256_setr_epi8(3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14, 3, 0, 1, 2, 7, 4, 5, \
                                            6, 11, 8, 9, 10, 15, 12, 13, 14))
#define HALF_SPREAD(x, n) HALF_XOR(x, HALF_ROR(HALF_XOR(x, HALF_ROL8(x)), 32 - (n)))

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

HALF_TARGET static inline void half_words(__m256i w[16], const uint8_t *at, const size_t lane[8]) {
    const __m256i big_endian =
        _mm256_broadcastsi128_si256(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    for (int half = 0; half < 2; half++) {
        for (int i = 0; i < 8; i++) {
            __m256i words = _mm256_loadu_si256((const __m256i *)(const void *)(at + lane[i] + 32 * half));
            w[8 * half + i] = _mm256_shuffle_epi8(words, big_endian);
        }
        half_transpose(w + 8 * half);
    }
}

#endif
