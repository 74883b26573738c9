// Scan: the same lane for processors with AVX-512 and VBMI; feiyu/scan/native.py loads it where the processor has it.
#define _GNU_SOURCE
#ifdef __x86_64__
#include <immintrin.h>
#include <sys/mman.h>
#define SCAN_AVX2 1
#define SCAN_AVX512 1
#ifdef __clang__
#pragma clang attribute push(__attribute__((target("avx2,popcnt,bmi,bmi2,lzcnt,avx512f,avx512bw,avx512vbmi"))), apply_to = function)
#else
#pragma GCC target("avx2,popcnt,bmi,bmi2,lzcnt,avx512f,avx512bw,avx512vbmi")
#endif
#endif

#include "scan_kernel.c"

#if defined(__x86_64__) && defined(__clang__)
#pragma clang attribute pop
#endif
