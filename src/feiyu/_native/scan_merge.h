// Scan: what one part of a column adds up to, taken in behind what is there. Twin of ColumnStats.merge in feiyu/scan/kernel.py.
// The answer is that of one pass over both parts, so parts may be put together in any grouping, in the order of their rows.
#ifndef FEIYU_SCAN_MERGE_H
#define FEIYU_SCAN_MERGE_H

#include <stddef.h>

// `numbers` are rows to first_inside of the part, as they stand in Column; `keys` its distinct hashes, or none and `registers` where they were too many.
// 0 is done, 1 no memory.
int scan_column_merge(Column *c, const u64 *numbers, const u64 *keys, u64 count, const u8 *registers) {
  enum { SUMS = 3 + 2 * T_COUNT + LISTS + BUCKETS, ALL = SUMS + 2 * T_COUNT };
  u64 *own = (u64 *)c, before = c->rows;
  _Static_assert(offsetof(Column, seen_count) == ALL * sizeof(u64), "the numbers of a column stand side by side");
  for (int i = SUMS; i < ALL; i++)
    if (own[i] == ~0ULL && numbers[i] != ~0ULL) own[i] = before + numbers[i];
  for (int i = 0; i < SUMS; i++) own[i] += numbers[i];
  for (u64 i = 0; i < count; i++)
    if (distinct(c, keys[i])) return 1;
  if (!registers) return 0;
  if (c->exact && registers_begin(c)) return 1;
  for (int i = 0; i < REGISTERS; i++)
    if (registers[i] > c->registers[i]) c->registers[i] = registers[i];
  return 0;
}

// The hashes of an exact column, without the empty places, in `keys`, which has room for `seen_count`.
void scan_column_keys(const Column *c, u64 *keys) {
  for (u64 i = 0; i < c->seen_size; i++)
    if (c->seen[i]) *keys++ = c->seen[i];
}

#endif
