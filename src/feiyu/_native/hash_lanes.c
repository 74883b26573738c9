/* SHA-256 and SM3 over many blocks of equal length at once: one block per SIMD lane, sixteen with AVX-512, eight with
 * AVX2; SHA-256 also four at once through the SHA instructions, which alone wait for themselves most of the time.
 *
 * A leaf of the content tree is H(prefix || block). All blocks of a call have the same length and the same prefix,
 * so all lanes take the same steps: no secret decides a branch or an address.
 *
 * The caller (leaves.py) holds the reference, checks what lanes() answers, and gives lengths within the limits below.
 *
 * Sources: FIPS 180-4 sections 5.1.1, 5.3.3, 6.2.2; GB/T 32905-2016 sections 4 and 5.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cpu.h"

enum { WORD = 4, ROUND_BLOCK = 64, STATE_WORDS = 8, DIGEST = 32, MIN_LENGTH = 64, MAX_PREFIX = 63, MAX_LEAVES = 1024 };
enum { SHA256 = 0, SM3 = 1 };

#if defined(__x86_64__)
#include "lanes.h"

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

static const uint32_t INITIAL[2][STATE_WORDS] = {
    {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19},
    {0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e},
};

/* The 64 rounds of SHA-256 over words w[16] of all lanes; the message schedule is computed in place, sixteen words at a
 * time. V is the vector type, P the prefix of its operations (lanes.h). */
#define SHA256_ROUNDS(V, P, state, w)                                                                                 \
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

/* The same for SM3. Round t wants words t and t + 4; word t + 4 takes the place of word t - 12 just before. */
#define TURNED(word, n) (((word) << ((n) & 31)) | ((word) >> ((32 - (n)) & 31)))
#define SM3_ROUNDS(V, P, state, w)                                                                                    \
    do {                                                                                                              \
        V a = (state)[0], b = (state)[1], c = (state)[2], d = (state)[3];                                             \
        V e = (state)[4], f = (state)[5], g = (state)[6], h = (state)[7];                                             \
        _Pragma("GCC unroll 64") for (int t = 0; t < 64; t++) {                                                       \
            if (t >= 12) {                                                                                            \
                V mixed = P##_XOR3((w)[(t + 4) & 15], (w)[(t + 11) & 15], P##_ROR((w)[(t + 1) & 15], 17));            \
                V older = P##_ROR((w)[(t + 7) & 15], 25);                                                             \
                (w)[(t + 4) & 15] = P##_XOR3(P##_SPREAD(mixed, 15), older, (w)[(t + 14) & 15]);                       \
            }                                                                                                         \
            V now = (w)[t & 15], turned = P##_ROR(a, 20);                                                             \
            V constant = P##_ALL(t < 16 ? TURNED(0x79cc4519u, t) : TURNED(0x7a879d8au, t));                           \
            V sum = P##_ADD(P##_ADD(turned, e), constant);                                                            \
            V first = P##_ROR(sum, 25), second = P##_XOR(first, turned);                                              \
            V chosen = t < 16 ? P##_XOR3(a, b, c) : P##_MAJORITY(a, b, c);                                            \
            V picked = t < 16 ? P##_XOR3(e, f, g) : P##_CHOOSE(e, f, g);                                              \
            V upper = P##_ADD(P##_ADD(chosen, d), P##_ADD(second, P##_XOR(now, (w)[(t + 4) & 15])));                  \
            V lower = P##_ADD(P##_ADD(picked, h), P##_ADD(first, now));                                               \
            d = c, c = P##_ROR(b, 23), b = a, a = upper, h = g, g = P##_ROR(f, 13), f = e, e = P##_SPREAD(lower, 9);  \
        }                                                                                                             \
        (state)[0] = P##_XOR((state)[0], a), (state)[1] = P##_XOR((state)[1], b);                                     \
        (state)[2] = P##_XOR((state)[2], c), (state)[3] = P##_XOR((state)[3], d);                                     \
        (state)[4] = P##_XOR((state)[4], e), (state)[5] = P##_XOR((state)[5], f);                                     \
        (state)[6] = P##_XOR((state)[6], g), (state)[7] = P##_XOR((state)[7], h);                                     \
    } while (0)

/* `blocks` times 64 bytes of every lane go through the rounds. */
#define COMPRESS(NAME, TARGET, V, P, words, ROUNDS)                                                                   \
    TARGET static void NAME(V state[8], const uint8_t *at, const size_t *lane, size_t blocks) {                       \
        V w[16];                                                                                                      \
        for (; blocks; blocks--, at += ROUND_BLOCK) {                                                                 \
            words(w, at, lane);                                                                                       \
            ROUNDS(V, P, state, w);                                                                                   \
        }                                                                                                             \
    }

COMPRESS(wide_sha256, WIDE_TARGET, __m512i, WIDE, wide_words, SHA256_ROUNDS)
COMPRESS(half_sha256, HALF_TARGET, __m256i, HALF, half_words, SHA256_ROUNDS)
COMPRESS(wide_sm3, WIDE_TARGET, __m512i, WIDE, wide_words, SM3_ROUNDS)
COMPRESS(half_sm3, HALF_TARGET, __m256i, HALF, half_words, SM3_ROUNDS)

/* ---- four lanes, or one, SHA instructions ---- */

/* One block waits four cycles for each of its instructions, so four are taken in turn. The schedule lies in memory and only
 * its last words in registers, for the instructions reach no more than sixteen of them. */
#define QUAD_TARGET __attribute__((target("sha,avx2")))
#define EACH_LANE _Pragma("GCC unroll 4") for (int l = 0; l < lanes; l++)
typedef uint32_t quad __attribute__((vector_size(16)));
#define QUAD_ALL(n) ((quad){(n), (n), (n), (n)})

QUAD_TARGET static inline __m128i quad_words(const void *at) {
    const __m128i big_endian = _mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12);
    return _mm_shuffle_epi8(_mm_loadu_si128(at), big_endian);
}

/* Four rounds of a block; `fed` are its words with the constants. */
QUAD_TARGET static inline void quad_rounds(__m128i *abef, __m128i *cdgh, __m128i fed) {
    *cdgh = _mm_sha256rnds2_epu32(*cdgh, *abef, fed);
    *abef = _mm_sha256rnds2_epu32(*abef, *cdgh, _mm_shuffle_epi32(fed, 0x0e));
}

QUAD_TARGET static inline __attribute__((always_inline)) void some_sha256(quad state[8], const uint8_t *at,
                                                                          const size_t *lane, size_t blocks, int lanes) {
    __m128i abef[4], cdgh[4];
    EACH_LANE {
        abef[l] = _mm_set_epi32((int)state[0][l], (int)state[1][l], (int)state[4][l], (int)state[5][l]);
        cdgh[l] = _mm_set_epi32((int)state[2][l], (int)state[3][l], (int)state[6][l], (int)state[7][l]);
    }
    for (; blocks; blocks--, at += ROUND_BLOCK) {
        __m128i w[16][4], last[4], before[4][2];
        EACH_LANE {
            before[l][0] = abef[l], before[l][1] = cdgh[l];
            for (int i = 0; i < 4; i++) last[l] = w[i][l] = quad_words(at + lane[l] + 16 * i);
        }
        const __m128i *constant = (const __m128i *)(const void *)ROUND_CONSTANT;
        _Pragma("GCC unroll 1") for (int four = 0; four < 12; four++) EACH_LANE {
            __m128i now = w[four][l];
            quad_rounds(&abef[l], &cdgh[l], _mm_add_epi32(now, _mm_loadu_si128(constant + four)));
            __m128i begun = _mm_add_epi32(_mm_sha256msg1_epu32(now, w[four + 1][l]),
                                          _mm_alignr_epi8(last[l], w[four + 2][l], 4));
            w[four + 4][l] = last[l] = _mm_sha256msg2_epu32(begun, last[l]);
        }
        _Pragma("GCC unroll 4") for (int four = 12; four < 16; four++) EACH_LANE {
            quad_rounds(&abef[l], &cdgh[l], _mm_add_epi32(w[four][l], _mm_loadu_si128(constant + four)));
        }
        EACH_LANE {
            abef[l] = _mm_add_epi32(abef[l], before[l][0]);
            cdgh[l] = _mm_add_epi32(cdgh[l], before[l][1]);
        }
    }
    EACH_LANE {
        uint32_t upper[4], lower[4];
        memcpy(upper, &abef[l], sizeof upper);
        memcpy(lower, &cdgh[l], sizeof lower);
        state[0][l] = upper[3], state[1][l] = upper[2], state[4][l] = upper[1], state[5][l] = upper[0];
        state[2][l] = lower[3], state[3][l] = lower[2], state[6][l] = lower[1], state[7][l] = lower[0];
    }
}

QUAD_TARGET static void quad_sha256(quad state[8], const uint8_t *at, const size_t *lane, size_t blocks) {
    some_sha256(state, at, lane, blocks, 4);
}

QUAD_TARGET static void lone_sha256(quad state[8], const uint8_t *at, const size_t *lane, size_t blocks) {
    some_sha256(state, at, lane, blocks, 1);
}

/* ---- one batch: a head that holds the prefix, the body as it lies in memory, a tail with the padding ---- */

#define BATCH(NAME, TARGET, V, P, LANES, compress, initial)                                                           \
    TARGET static void NAME(const uint8_t *data, size_t length, size_t active, const uint8_t *prefix, size_t prefixed, \
                            uint8_t *out) {                                                                           \
        uint8_t scratch[LANES * 2 * ROUND_BLOCK];                                                                     \
        size_t lane[LANES], own[LANES];                                                                               \
        V state[STATE_WORDS];                                                                                         \
        for (size_t i = 0; i < LANES; i++) /* idle lanes repeat the last block: they read nothing else */             \
            lane[i] = length * (i < active ? i : active - 1), own[i] = i * 2 * ROUND_BLOCK;                           \
        for (int i = 0; i < STATE_WORDS; i++) state[i] = P##_ALL((initial)[i]);                                       \
        size_t at = prefixed ? ROUND_BLOCK - prefixed : 0;                                                            \
        if (prefixed) {                                                                                               \
            for (size_t i = 0; i < LANES; i++) {                                                                      \
                memcpy(scratch + own[i], prefix, prefixed);                                                           \
                memcpy(scratch + own[i] + prefixed, data + lane[i], at);                                              \
            }                                                                                                         \
            compress(state, scratch, own, 1);                                                                         \
        }                                                                                                             \
        size_t whole = (length - at) / ROUND_BLOCK;                                                                   \
        compress(state, data + at, lane, whole);                                                                      \
        at += whole * ROUND_BLOCK;                                                                                    \
        size_t rest = length - at, tail = rest + 9 <= ROUND_BLOCK ? ROUND_BLOCK : 2 * ROUND_BLOCK;                    \
        uint64_t bits = (uint64_t)(prefixed + length) * 8;                                                            \
        memset(scratch, 0, sizeof scratch);                                                                           \
        for (size_t i = 0; i < LANES; i++) {                                                                          \
            uint8_t *end = scratch + own[i];                                                                          \
            memcpy(end, data + lane[i] + at, rest);                                                                   \
            end[rest] = 0x80;                                                                                         \
            for (int b = 0; b < 8; b++) end[tail - 1 - b] = (uint8_t)(bits >> (8 * b));                               \
        }                                                                                                             \
        compress(state, scratch, own, tail / ROUND_BLOCK);                                                            \
        uint32_t words[STATE_WORDS][LANES];                                                                           \
        memcpy(words, state, sizeof words);                                                                           \
        for (size_t i = 0; i < active; i++)                                                                           \
            for (int j = 0; j < STATE_WORDS; j++) {                                                                   \
                uint32_t word = __builtin_bswap32(words[j][i]);                                                       \
                memcpy(out + DIGEST * i + WORD * j, &word, WORD);                                                     \
            }                                                                                                         \
        memset(scratch, 0, sizeof scratch);                                                                           \
    }

BATCH(wide_sha256_batch, WIDE_TARGET, __m512i, WIDE, 16, wide_sha256, INITIAL[SHA256])
BATCH(half_sha256_batch, HALF_TARGET, __m256i, HALF, 8, half_sha256, INITIAL[SHA256])
BATCH(quad_sha256_batch, QUAD_TARGET, quad, QUAD, 4, quad_sha256, INITIAL[SHA256])
BATCH(lone_sha256_batch, QUAD_TARGET, quad, QUAD, 4, lone_sha256, INITIAL[SHA256]) /* only its first lane */
BATCH(wide_sm3_batch, WIDE_TARGET, __m512i, WIDE, 16, wide_sm3, INITIAL[SM3])
BATCH(half_sm3_batch, HALF_TARGET, __m256i, HALF, 8, half_sm3, INITIAL[SM3])

typedef void batch(const uint8_t *, size_t, size_t, const uint8_t *, size_t, uint8_t *);

/* The code for a hash at a width; none where this machine or this file has none. */
static batch *batch_of(int hash, int lanes) {
    unsigned has = cpu_features();
    if (hash != SHA256 && hash != SM3) return 0;
    if (lanes == 16 && (has & CPU_AVX512)) return hash == SM3 ? wide_sm3_batch : wide_sha256_batch;
    if (lanes == 8 && (has & CPU_AVX2)) return hash == SM3 ? half_sm3_batch : half_sha256_batch;
    if (lanes == 4 && (has & CPU_SHA) && (has & CPU_AVX2) && hash == SHA256) return quad_sha256_batch;
    return 0;
}

/* Whether this machine can run so many lanes of a hash. */
int feiyu_hash_can(int hash, int lanes) { return batch_of(hash, lanes) != 0; }

/* Hash `blocks` blocks of `length` bytes that lie one after the other; 32 bytes each into `out`.
 * Returns how many were hashed: fewer when the rest is too small for the lanes to pay, 0 when a limit is broken. */
size_t feiyu_hash_blocks(int hash, int lanes, const uint8_t *data, size_t blocks, size_t length,
                         const uint8_t *prefix, size_t prefixed, uint8_t *out) {
    batch *run = batch_of(hash, lanes);
    if (!run || prefixed > MAX_PREFIX || length < MIN_LENGTH) return 0;
    size_t width = (size_t)lanes, done = 0, pays = hash == SM3 ? width / 5 : width / 2; /* against one at a time */
    while (blocks - done > pays) {
        size_t active = blocks - done < width ? blocks - done : width;
        run(data + done * length, length, active, prefix, prefixed, out + done * DIGEST);
        done += active;
    }
    return done;
}

/* The lanes to use; 0 where the library is the better way. Which are the fastest differs from one processor to the next, so
 * they are tried: some hundred microseconds, once. */
int feiyu_hash_lanes(int hash) {
    enum { WIDTHS = 3, TRIES = 4, LENGTH = 2048, BLOCKS = 16 };
    static const int WIDTH[WIDTHS] = {16, 4, 8};
    static const uint8_t blocks[BLOCKS * LENGTH];
    uint64_t least = UINT64_MAX;
    int fastest = 0;
    for (int i = 0; i < WIDTHS * TRIES; i++) {
        uint8_t out[BLOCKS * DIGEST];
        uint64_t begun = __rdtsc();
        if (!feiyu_hash_blocks(hash, WIDTH[i % WIDTHS], blocks, BLOCKS, LENGTH, 0, 0, out)) continue;
        uint64_t took = __rdtsc() - begun;
        if (took < least) least = took, fastest = WIDTH[i % WIDTHS];
    }
    return fastest;
}

/* The root of RFC 6962 over `blocks` blocks, a power of two up to MAX_LEAVES: leaves H(prefix || block), nodes H(1 || left || right).
 * Returns 1, or 0 when a limit is broken or the lanes do not pay; then nothing was written. */
int feiyu_hash_root(int hash, int lanes, const uint8_t *data, size_t blocks, size_t length, const uint8_t *prefix,
                    size_t prefixed, uint8_t *out) {
    static const uint8_t NODE[1] = {1};
    uint8_t nodes[MAX_LEAVES * DIGEST];
    batch *run = batch_of(hash, lanes);
    if (blocks < 2 || blocks > MAX_LEAVES || (blocks & (blocks - 1)) || !run) return 0;
    if (feiyu_hash_blocks(hash, lanes, data, blocks, length, prefix, prefixed, nodes) != blocks) return 0;
    for (size_t left = blocks / 2; left; left /= 2) /* a node is written where nothing unread lies any more */
        for (size_t done = 0; done < left; done += (size_t)lanes) {
            size_t active = left - done < (size_t)lanes ? left - done : (size_t)lanes;
            run(nodes + done * 2 * DIGEST, 2 * DIGEST, active, NODE, sizeof NODE, nodes + done * DIGEST);
        }
    memcpy(out, nodes, DIGEST);
    return 1;
}

static size_t big_endian(const uint8_t *at) {
    return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
}

static uint8_t *put(uint8_t *at, const char **piece) { /* a piece of the line, and on to the next */
    size_t length = strlen(*piece);
    memcpy(at, *piece, length);
    *piece += length + 1;
    return at + length;
}

static uint8_t *put_base64(uint8_t *at, const uint8_t digest[DIGEST]) {
    static const char LETTER[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < DIGEST; i += 3) {
        uint32_t three = (uint32_t)digest[i] << 16 | (uint32_t)digest[i + 1] << 8 | (i + 2 < DIGEST ? digest[i + 2] : 0);
        for (int shift = 18; shift >= 0; shift -= 6) *at++ = (uint8_t)LETTER[three >> shift & 63];
    }
    at[-1] = '=';
    return at;
}

static uint8_t *put_number(uint8_t *at, uint64_t number) {
    uint8_t digits[20], *first = digits + sizeof digits;
    do *--first = (uint8_t)('0' + number % 10);
    while (number /= 10);
    size_t length = (size_t)(digits + sizeof digits - first);
    memcpy(at, first, length);
    return at + length;
}

/* The lines of a chain. `line` is four pieces, each ended by a zero; between them come the hash of prefix || body, the hash of the
 * line before, and the line's number. Bodies lie one after the other, their `lengths` (four bytes, big endian) elsewhere; lines go
 * to `out`, all lengths first, and the hash of the last one to `previous`. The caller checks that `out` has room.
 * Returns how many bytes were written; 0 where the library is the better way or lengths are not those of `size` bytes. */
size_t feiyu_hash_chain(const uint8_t *lengths, const uint8_t *bodies, size_t size, size_t count, const uint8_t *prefix,
                        size_t prefixed, const char *line, uint64_t number, uint8_t *previous, uint8_t *out) {
    uint8_t hashed[MAX_LEAVES * DIGEST], *at = out + 4 * count;
    if (!batch_of(SHA256, 4) || prefixed > MAX_PREFIX || count > MAX_LEAVES) return 0;
    for (size_t i = 0, length; i < count; i++, size -= length)
        if ((length = big_endian(lengths + 4 * i)) < MIN_LENGTH || length > size) return 0;
    if (size) return 0;
    for (size_t i = 0, alike; i < count; i += alike) {
        size_t length = big_endian(lengths + 4 * i);
        for (alike = 1; alike < 4 && i + alike < count && big_endian(lengths + 4 * (i + alike)) == length;) alike++;
        quad_sha256_batch(bodies, length, alike, prefix, prefixed, hashed + DIGEST * i);
        bodies += alike * length;
    }
    for (size_t i = 0; i < count; i++) {
        const char *piece = line;
        uint8_t *begun = at;
        at = put_base64(put(at, &piece), hashed + DIGEST * i);
        at = put_base64(put(at, &piece), previous);
        at = put_number(put(at, &piece), number + i);
        at = put(at, &piece);
        for (int b = 0; b < 4; b++) out[4 * i + (size_t)b] = (uint8_t)((size_t)(at - begun) >> (24 - 8 * b));
        lone_sha256_batch(begun, (size_t)(at - begun), 1, 0, 0, previous);
    }
    return (size_t)(at - out);
}

#else /* other processors: the library, which has their own instructions */

int feiyu_hash_can(int hash, int lanes) { return (void)hash, (void)lanes, 0; }

int feiyu_hash_lanes(int hash) { return (void)hash, 0; }

size_t feiyu_hash_blocks(int hash, int lanes, const uint8_t *data, size_t blocks, size_t length,
                         const uint8_t *prefix, size_t prefixed, uint8_t *out) {
    (void)hash, (void)lanes, (void)data, (void)blocks, (void)length, (void)prefix, (void)prefixed, (void)out;
    return 0;
}

int feiyu_hash_root(int hash, int lanes, const uint8_t *data, size_t blocks, size_t length, const uint8_t *prefix,
                    size_t prefixed, uint8_t *out) {
    (void)hash, (void)lanes, (void)data, (void)blocks, (void)length, (void)prefix, (void)prefixed, (void)out;
    return 0;
}

size_t feiyu_hash_chain(const uint8_t *lengths, const uint8_t *bodies, size_t size, size_t count, const uint8_t *prefix,
                        size_t prefixed, const char *line, uint64_t number, uint8_t *previous, uint8_t *out) {
    (void)lengths, (void)bodies, (void)size, (void)count, (void)prefix, (void)prefixed, (void)line, (void)number, (void)previous, (void)out;
    return 0;
}

#endif
