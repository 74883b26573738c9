// Scan: slots that say where the entry of a digest stands, sixteen in a line of the cache that is looked at as a whole: which have the digest's tag, and
// which are free, is told without a branch. A digest's line follows from its first number, so that slots lie in the order of the digests; where a line is
// full its entry stands in the next. (The idea of looking at a group of tags at once: Benzaquen and others, Swiss tables, Abseil, 2018.)
#ifndef FEIYU_SCAN_SLOTS_H
#define FEIYU_SCAN_SLOTS_H

#include "scan_digest.h"

// A slot is eight bits of the digest above one more than the entry's place. `SLACK` slots stand behind the last line of a table; the last of all stays free.
enum { LINE = 16, SLACK = 128, MOST = 0xFFFFFE };
typedef struct {
  u32 same, free;  // a bit for each slot of a line
} Line;

static inline u32 slot_tag(u64 lo) { return (u32)lo << 24; }
static inline u32 slot_of(u64 lo, u32 place) { return slot_tag(lo) | (place + 1); }
static inline u32 place_in_slot(u32 slot) { return (slot & 0xFFFFFF) - 1; }
// The first slot of the line of a digest; its highest byte is not asked, for all of a part share it. `size` is a power of two.
static inline u32 home_of(u32 size, u64 lo) { return (u32)((lo << 8 >> 32) * (size / LINE) >> 32) * LINE; }

static inline __attribute__((always_inline)) Line line_at(const u32 *slots, u64 lo) {
#if defined(SCAN_AVX512)
  const __m512i line = _mm512_load_si512(slots), tags = _mm512_and_si512(line, _mm512_set1_epi32((int)0xFF000000u));
  const u32 taken = _mm512_test_epi32_mask(line, line);
  return (Line){_mm512_mask_cmpeq_epi32_mask((__mmask16)taken, tags, _mm512_set1_epi32((int)slot_tag(lo))), taken ^ 0xFFFF};
#elif defined(SCAN_AVX2)
  Line out = {0, 0};
  for (int i = 0; i < LINE; i += 8) {
    const V line = _mm256_load_si256((const V *)(const void *)(slots + i)), tags = _mm256_and_si256(line, _mm256_set1_epi32((int)0xFF000000u));
    out.same |= (u32)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(tags, _mm256_set1_epi32((int)slot_tag(lo))))) << i;
    out.free |= (u32)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpeq_epi32(line, _mm256_setzero_si256()))) << i;
  }
  out.same &= ~out.free;
  return out;
#else
  Line out = {0, 0};
  for (int i = 0; i < LINE; i++) {
    out.free |= (u32)!slots[i] << i;
    out.same |= (u32)(slots[i] && (slots[i] & 0xFF000000u) == slot_tag(lo)) << i;
  }
  return out;
#endif
}
static inline int first_of(u32 bits) { return __builtin_ctz(bits); }
static u32 *slots_new(u32 size) {
  u64 bytes = ((u64)size + SLACK) * sizeof(u32);
  u32 *slots = aligned_alloc(64, bytes);
  return slots ? memset(slots, 0, bytes) : NULL;
}
// The first free slot from the home of a digest on.
static inline u32 free_slot(const u32 *slots, u32 size, u64 lo) {
  u32 at = home_of(size, lo), free;
  while (!(free = line_at(slots + at, lo).free)) at += LINE;
  return at + (u32)first_of(free);
}

#endif
