// Scan: the same lane for processors with AVX2; feiyu/scan/native.py loads it where the processor has them.
#define _GNU_SOURCE
#ifdef __x86_64__
#include <immintrin.h>
#include <sys/mman.h>
#define SCAN_AVX2 1
#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,popcnt,bmi,lzcnt"))), apply_to = function)
#else
#pragma GCC target("avx2,popcnt,bmi,lzcnt")
#endif
#endif

#include "scan_kernel.c"

#if defined(__x86_64__) && defined(__clang__)
#pragma clang attribute pop
#endif
