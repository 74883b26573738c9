/* AVX-512 and GFNI in software (SIMDe), so that the lanes for machines that have them run on machines that do not.
 *
 * Included before a lane's source: it takes over the instructions' names, and says that the processor has them all.
 */
#include <immintrin.h>
#include <simde/x86/avx512.h>
#include <simde/x86/gfni.h>

#define __m512i simde__m512i
#define WIDE_TARGET
#define GFNI_TARGET
#define WIDE_GFNI_TARGET
#define _mm512_add_epi32 simde_mm512_add_epi32
#define _mm512_xor_si512 simde_mm512_xor_si512
#define _mm512_ror_epi32 simde_mm512_ror_epi32
#define _mm512_rol_epi32 simde_mm512_rol_epi32
#define _mm512_srli_epi32 simde_mm512_srli_epi32
#define _mm512_ternarylogic_epi32 simde_mm512_ternarylogic_epi32
#define _mm512_set1_epi32 simde_mm512_set1_epi32
#define _mm512_set1_epi64 simde_mm512_set1_epi64
#define _mm512_unpacklo_epi32 simde_mm512_unpacklo_epi32
#define _mm512_unpackhi_epi32 simde_mm512_unpackhi_epi32
#define _mm512_unpacklo_epi64 simde_mm512_unpacklo_epi64
#define _mm512_unpackhi_epi64 simde_mm512_unpackhi_epi64
#define _mm512_shuffle_i32x4 simde_mm512_shuffle_i32x4
#define _mm512_shuffle_epi8 simde_mm512_shuffle_epi8
#define _mm512_broadcast_i32x4 simde_mm512_broadcast_i32x4
#define _mm512_loadu_si512 simde_mm512_loadu_si512
#define _mm512_storeu_si512 simde_mm512_storeu_si512
#undef _mm512_gf2p8affine_epi64_epi8
#undef _mm512_gf2p8affineinv_epi64_epi8
#undef _mm256_gf2p8affine_epi64_epi8
#undef _mm256_gf2p8affineinv_epi64_epi8
#define _mm512_gf2p8affine_epi64_epi8 simde_mm512_gf2p8affine_epi64_epi8
#define _mm512_gf2p8affineinv_epi64_epi8 simde_mm512_gf2p8affineinv_epi64_epi8
#define _mm256_gf2p8affine_epi64_epi8 simde_mm256_gf2p8affine_epi64_epi8
#define _mm256_gf2p8affineinv_epi64_epi8 simde_mm256_gf2p8affineinv_epi64_epi8

#define cpu_features the_real_cpu_features
#include "cpu.h"
#undef cpu_features
static inline unsigned cpu_features(void) { return the_real_cpu_features() | CPU_AVX512 | CPU_GFNI; }
