/* SM4-GCM: SM4 in counter mode over many blocks at once, and GHASH by carry-less multiplication.
 *
 * No table is read at a place that depends on a secret, and no branch depends on one but the verdict over a tag.
 * The caller (sm4.py) holds the reference, checks sizes, and gives nonces of 12 bytes.
 *
 * Sources: GB/T 32907-2016; NIST SP 800-38D; RFC 8998; S. Gueron, A. Langley, Y. Lindell, RFC 8452 (POLYVAL).
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "cpu.h"

enum { BLOCK = 16, POWERS = 8, MAX_BATCH = 1024, SLICE = 8192 };

/* What follows from a key. `power[i]` is H^(i+1) as POLYVAL has it. */
typedef struct {
    uint32_t round_key[32];
    uint8_t power[POWERS][BLOCK];
} context;

size_t feiyu_sm4_context_bytes(void) { return sizeof(context); }

#if defined(__x86_64__)
#include "sm4_lanes.h"

COUNTER_MODE(ctr_aes, AES_TARGET, __m256i, HALF, 8, 4, aes_mix)
COUNTER_MODE(ctr_vaes, VAES_TARGET, __m256i, HALF, 8, 4, vaes_mix)
COUNTER_MODE(ctr_gfni, GFNI_TARGET, __m256i, HALF, 8, 4, gfni_mix)
COUNTER_MODE(ctr_wide, WIDE_GFNI_TARGET, __m512i, WIDE, 16, 4, wide_gfni_mix)

typedef void counter_mode(const uint32_t *, const uint32_t *, uint32_t, const uint8_t *, uint8_t *, size_t);
typedef struct {
    counter_mode *run;
    size_t batch; /* bytes */
} lane;

enum { NONE = 0, WITH_AES = 1, WITH_VAES = 2, WITH_GFNI = 3, WIDE_WITH_GFNI = 4 };

static lane lane_of(int kind) {
    unsigned has = cpu_features(), base = CPU_AVX2 | CPU_AES, vaes = base | CPU_VAES;
    if (kind == WITH_AES && (has & base) == base) return (lane){ctr_aes, 32 * BLOCK};
    if (kind == WITH_VAES && (has & vaes) == vaes) return (lane){ctr_vaes, 32 * BLOCK};
    if (kind == WITH_GFNI && (has & vaes) == vaes && (has & CPU_GFNI)) return (lane){ctr_gfni, 32 * BLOCK};
    if (kind == WIDE_WITH_GFNI && (has & vaes) == vaes && (has & CPU_GFNI) && (has & CPU_AVX512))
        return (lane){ctr_wide, 64 * BLOCK};
    return (lane){0, 0};
}

/* Whether this machine can run a kind of lanes. */
int feiyu_sm4_can(int kind) { return lane_of(kind).run != 0; }

/* The kind to use; 0 where the library is the only way. */
int feiyu_sm4_kind(void) {
    for (int kind = WIDE_WITH_GFNI; kind > NONE; kind--)
        if (feiyu_sm4_can(kind)) return kind;
    return NONE;
}

static uint32_t turned(uint32_t x, int n) { return x << n | x >> (32 - n); }

static uint32_t word_at(const uint8_t *at) {
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return __builtin_bswap32(word);
}

/* The S-box on the four bytes of a word. All columns are equal, so the permutation of AESENCLAST changes nothing. */
AES_TARGET static uint32_t substituted(uint32_t word) {
    __m256i x = _mm256_set1_epi32((int)word);
    x = aes_last(NIBBLE_MAP(x, BEFORE_LOW, BEFORE_HIGH));
    return (uint32_t)_mm256_extract_epi32(NIBBLE_MAP(x, AFTER_LOW, AFTER_HIGH), 0);
}

AES_TARGET static void expand_key(const uint8_t key[16], uint32_t round_key[32]) {
    static const uint32_t FAMILY[4] = {0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc};
    uint32_t k[4];
    for (int i = 0; i < 4; i++) k[i] = word_at(key + 4 * i) ^ FAMILY[i];
    for (int i = 0; i < 32; i++) {
        uint32_t constant = 0;
        for (int j = 0; j < 4; j++) constant = constant << 8 | (uint32_t)((4 * i + j) * 7 & 255);
        uint32_t t = substituted(k[(i + 1) & 3] ^ k[(i + 2) & 3] ^ k[(i + 3) & 3] ^ constant);
        round_key[i] = k[i & 3] ^= t ^ turned(t, 13) ^ turned(t, 23);
    }
}

/* Any number of bytes in counter mode, from block `counter` on. */
static void ctr(lane with, const uint32_t key[32], const uint8_t nonce[12], uint32_t counter, const uint8_t *in,
                uint8_t *out, size_t size) {
    uint32_t word[3] = {word_at(nonce), word_at(nonce + 4), word_at(nonce + 8)};
    size_t batches = size / with.batch, whole = batches * with.batch;
    with.run(key, word, counter, in, out, batches);
    if (whole == size) return;
    uint8_t rest[MAX_BATCH] = {0};
    memcpy(rest, in + whole, size - whole);
    with.run(key, word, counter + (uint32_t)(whole / BLOCK), rest, rest, 1);
    memcpy(out + whole, rest, size - whole);
    memset(rest, 0, sizeof rest);
}

/* ---- GHASH, computed as POLYVAL over byte-reversed blocks ---- */

#define REVERSED _mm_setr_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)

AES_TARGET static inline __m128i reversed(const uint8_t *at) {
    return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)at), REVERSED);
}

typedef struct {
    __m128i low, middle, high;
} product;

AES_TARGET static inline void add_product(product *sum, __m128i x, __m128i y) {
    sum->low = _mm_xor_si128(sum->low, _mm_clmulepi64_si128(x, y, 0x00));
    sum->high = _mm_xor_si128(sum->high, _mm_clmulepi64_si128(x, y, 0x11));
    __m128i crossed = _mm_xor_si128(_mm_clmulepi64_si128(x, y, 0x01), _mm_clmulepi64_si128(x, y, 0x10));
    sum->middle = _mm_xor_si128(sum->middle, crossed);
}

AES_TARGET static inline __m128i reduced(product sum) {
    const __m128i polynomial = _mm_set_epi64x((long long)0xc200000000000000ULL, 1);
    __m128i low = _mm_xor_si128(sum.low, _mm_slli_si128(sum.middle, 8));
    __m128i high = _mm_xor_si128(sum.high, _mm_srli_si128(sum.middle, 8));
    for (int step = 0; step < 2; step++) {
        __m128i folded = _mm_clmulepi64_si128(low, polynomial, 0x10);
        low = _mm_xor_si128(_mm_shuffle_epi32(low, 0x4e), folded);
    }
    return _mm_xor_si128(high, low);
}

AES_TARGET static void find_powers(const uint8_t h[16], uint8_t power[POWERS][BLOCK]) {
    __m128i x = reversed(h); /* H as POLYVAL wants it: times x, in the field */
    __m128i carried = _mm_srli_epi64(x, 63), top = _mm_srli_si128(carried, 8);
    __m128i doubled = _mm_or_si128(_mm_slli_epi64(x, 1), _mm_slli_si128(carried, 8));
    __m128i all = _mm_sub_epi64(_mm_setzero_si128(), _mm_unpacklo_epi64(top, top)); /* all ones where it overflowed */
    __m128i first = _mm_xor_si128(
        doubled, _mm_and_si128(all, _mm_set_epi64x((long long)0xc200000000000000ULL, 1)));
    __m128i now = first;
    for (int i = 0; i < POWERS; i++) {
        _mm_storeu_si128((__m128i *)(void *)power[i], now);
        product next = {_mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128()};
        add_product(&next, now, first);
        now = reduced(next);
    }
}

/* Fold bytes into the hash; the last block is filled with zeros. */
AES_TARGET static __m128i fold(const uint8_t power[POWERS][BLOCK], __m128i hash, const uint8_t *at, size_t size) {
    __m128i h[POWERS];
    for (int i = 0; i < POWERS; i++) h[i] = _mm_loadu_si128((const __m128i *)(const void *)power[i]);
    for (; size >= POWERS * BLOCK; at += POWERS * BLOCK, size -= POWERS * BLOCK) {
        product sum = {_mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128()};
        for (int i = 0; i < POWERS; i++) {
            __m128i x = reversed(at + BLOCK * i);
            add_product(&sum, i ? x : _mm_xor_si128(x, hash), h[POWERS - 1 - i]);
        }
        hash = reduced(sum);
    }
    while (size) {
        uint8_t block[BLOCK] = {0};
        size_t take = size < BLOCK ? size : BLOCK;
        memcpy(block, at, take);
        product sum = {_mm_setzero_si128(), _mm_setzero_si128(), _mm_setzero_si128()};
        add_product(&sum, _mm_xor_si128(reversed(block), hash), h[0]);
        hash = reduced(sum);
        at += take, size -= take;
    }
    return hash;
}

AES_TARGET static void tag_of(lane with, const context *key, const uint8_t nonce[12], __m128i hash, size_t aad,
                              size_t size, uint8_t tag[16]) {
    uint8_t sizes[BLOCK];
    for (int i = 0; i < 8; i++) {
        sizes[7 - i] = (uint8_t)((uint64_t)aad * 8 >> 8 * i);
        sizes[15 - i] = (uint8_t)((uint64_t)size * 8 >> 8 * i);
    }
    hash = fold(key->power, hash, sizes, BLOCK);
    uint8_t digest[BLOCK];
    _mm_storeu_si128((__m128i *)(void *)digest, _mm_shuffle_epi8(hash, REVERSED));
    ctr(with, key->round_key, nonce, 1, digest, tag, BLOCK);
}

/* Prepare a key for a kind of lanes; 0 when this machine cannot. */
int feiyu_sm4_prepare(int kind, const uint8_t key[16], void *made) {
    lane with = lane_of(kind);
    if (!with.run) return 0;
    context *to = made;
    expand_key(key, to->round_key);
    const uint8_t nothing[BLOCK] = {0};
    uint8_t h[BLOCK];
    ctr(with, to->round_key, nothing, 0, nothing, h, BLOCK);
    find_powers(h, to->power);
    memset(h, 0, sizeof h);
    return 1;
}

/* Encrypt `size` bytes; the tag goes into `tag`. `in` and `out` are the same place, or do not overlap. */
AES_TARGET int feiyu_sm4_encrypt(int kind, const void *prepared, const uint8_t nonce[12], const uint8_t *aad,
                                 size_t aad_size, const uint8_t *in, size_t size, uint8_t *out, uint8_t tag[16]) {
    lane with = lane_of(kind);
    if (!with.run) return 0;
    const context *key = prepared;
    __m128i hash = fold(key->power, _mm_setzero_si128(), aad, aad_size);
    for (size_t at = 0; at < size; at += SLICE) { /* slices stay in the nearest cache between the two passes */
        size_t take = size - at < SLICE ? size - at : SLICE;
        ctr(with, key->round_key, nonce, 2 + (uint32_t)(at / BLOCK), in + at, out + at, take);
        hash = fold(key->power, hash, out + at, take);
    }
    tag_of(with, key, nonce, hash, aad_size, size, tag);
    return 1;
}

/* Decrypt when the tag is right: 1. Else 0, and nothing is written. */
AES_TARGET int feiyu_sm4_decrypt(int kind, const void *prepared, const uint8_t nonce[12], const uint8_t *aad,
                                 size_t aad_size, const uint8_t *in, size_t size, uint8_t *out, const uint8_t tag[16]) {
    lane with = lane_of(kind);
    if (!with.run) return 0;
    const context *key = prepared;
    uint8_t right[BLOCK], differs = 0;
    __m128i hash = fold(key->power, fold(key->power, _mm_setzero_si128(), aad, aad_size), in, size);
    tag_of(with, key, nonce, hash, aad_size, size, right);
    for (int i = 0; i < BLOCK; i++) differs |= right[i] ^ tag[i];
    if (differs) return 0;
    ctr(with, key->round_key, nonce, 2, in, out, size);
    return 1;
}

#else /* other processors: the library, which has their own instructions */

int feiyu_sm4_can(int kind) { return (void)kind, 0; }

int feiyu_sm4_kind(void) { return 0; }

int feiyu_sm4_prepare(int kind, const uint8_t key[16], void *made) { return (void)kind, (void)key, (void)made, 0; }

int feiyu_sm4_encrypt(int kind, const void *prepared, const uint8_t nonce[12], const uint8_t *aad, size_t aad_size,
                      const uint8_t *in, size_t size, uint8_t *out, uint8_t tag[16]) {
    (void)kind, (void)prepared, (void)nonce, (void)aad, (void)aad_size, (void)in, (void)size, (void)out, (void)tag;
    return 0;
}

int feiyu_sm4_decrypt(int kind, const void *prepared, const uint8_t nonce[12], const uint8_t *aad, size_t aad_size,
                      const uint8_t *in, size_t size, uint8_t *out, const uint8_t tag[16]) {
    (void)kind, (void)prepared, (void)nonce, (void)aad, (void)aad_size, (void)in, (void)size, (void)out, (void)tag;
    return 0;
}

#endif
