/* What this processor and its operating system offer; it never depends on a secret. */
#ifndef FEIYU_CPU_H
#define FEIYU_CPU_H

#include <stdint.h>

#if defined(__x86_64__)
#include <cpuid.h>

enum {
    CPU_SHA = 1,          /* SHA instructions */
    CPU_AVX2 = 2,
    CPU_AVX512 = 4,       /* F and BW, with the registers saved */
    CPU_AES = 8,          /* AES-NI with PCLMULQDQ */
    CPU_VAES = 16,        /* both of these on 256 bits */
    CPU_GFNI = 32,
    CPU_VBMI = 64,        /* AVX-512 of processors that do not slow down for it: Ice Lake and Zen 4 were the first */
};

static inline unsigned cpu_asked(void) {
    unsigned a, b, c, d, found = 0;
    if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & (1u << 27))) return 0; /* OSXSAVE */
    unsigned basic = c;
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0)); /* bits 1-2: AVX state, 5-7: that of AVX-512 */
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return 0;
    int avx = (low & 0x06) == 0x06, wide = (low & 0xe6) == 0xe6;
    if ((basic & (1u << 19)) && (b & (1u << 29))) found |= CPU_SHA; /* with SSE4.1 */
    if (avx && (b & (1u << 5))) found |= CPU_AVX2;
    if (wide && (b & (1u << 16)) && (b & (1u << 30))) found |= CPU_AVX512;
    if ((found & CPU_AVX512) && (c & (1u << 1))) found |= CPU_VBMI;
    if ((basic & (1u << 25)) && (basic & (1u << 1))) found |= CPU_AES;
    if (avx && (c & (1u << 9)) && (c & (1u << 10))) found |= CPU_VAES;
    if (avx && (c & (1u << 8))) found |= CPU_GFNI;
    return found;
}

/* Asked once: in a virtual machine each CPUID goes to the hypervisor and costs more than the hash of a short batch. */
static inline unsigned cpu_features(void) {
    enum { ASKED = 1u << 30 };
    static unsigned known; /* threads that ask at once write the same */
    unsigned now = __atomic_load_n(&known, __ATOMIC_RELAXED);
    if (!now) __atomic_store_n(&known, now = cpu_asked() | ASKED, __ATOMIC_RELAXED);
    return now;
}
#endif
#endif
