#include "lingtan/base/sha256.h"

#include <stdbool.h>
#include <string.h>

#if defined(__x86_64__) && defined(__GLIBC__)

#include <immintrin.h>
#include <sys/platform/x86.h>

/* ---- FIPS 180-4 with the instructions that x86 has for it: Intel, SDM vol. 2, SHA256RNDS2 ---- */

/* The loader has asked the processor; to ask again costs microseconds in a virtual machine. */
static bool has_instructions(void)
{
	return CPU_FEATURE_ACTIVE(SHA) && CPU_FEATURE_ACTIVE(SSE4_1) && CPU_FEATURE_ACTIVE(SSSE3);
}

#define WITH_SHA __attribute__((target("sha,sse4.1,ssse3")))

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t constants[64] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
	0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe,
	0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f,
	0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc,
	0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b,
	0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116,
	0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2,
};

/* The eight words as the instructions hold them: a, b, e, f and c, d, g, h, the first uppermost. */
struct halves {
	__m128i abef, cdgh;
};

WITH_SHA static inline __m128i load_words(const unsigned char *bytes)
{
	const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
	return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)bytes), big_endian);
}

WITH_SHA static inline void four_rounds(struct halves *at, __m128i words, unsigned first)
{
	const __m128i k = _mm_loadu_si128((const __m128i *)&constants[first]);
	const __m128i sum = _mm_add_epi32(words, k);
	at->cdgh = _mm_sha256rnds2_epu32(at->cdgh, at->abef, sum);
	at->abef = _mm_sha256rnds2_epu32(at->abef, at->cdgh, _mm_shuffle_epi32(sum, 0x0e));
}

/* Of sixteen words, four by four, the four that come next. */
WITH_SHA static inline __m128i next_words(__m128i a, __m128i b, __m128i c, __m128i d)
{
	const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4));
	return _mm_sha256msg2_epu32(sum, d);
}

WITH_SHA static void add_block(struct halves *at, const unsigned char *block)
{
	__m128i a = load_words(block), b = load_words(block + 16);
	__m128i c = load_words(block + 32), d = load_words(block + 48);
	const struct halves before = *at;
	for (unsigned i = 0; i < 64; i += 16) {
		four_rounds(at, a, i);
		a = next_words(a, b, c, d);
		four_rounds(at, b, i + 4);
		b = next_words(b, c, d, a);
		four_rounds(at, c, i + 8);
		c = next_words(c, d, a, b);
		four_rounds(at, d, i + 12);
		d = next_words(d, a, b, c);
	}
	at->abef = _mm_add_epi32(at->abef, before.abef);
	at->cdgh = _mm_add_epi32(at->cdgh, before.cdgh);
}

WITH_SHA static void add_blocks(uint32_t hash[8], const unsigned char *blocks, size_t n)
{
	const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((__m128i *)hash), 0xb1);
	const __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((__m128i *)(hash + 4)), 0x1b);
	struct halves at = { .abef = _mm_alignr_epi8(badc, hgfe, 8),
			     .cdgh = _mm_blend_epi16(hgfe, badc, 0xf0) };
	for (; n > 0; n--, blocks += LT_SHA256_BLOCK)
		add_block(&at, blocks);
	const __m128i feba = _mm_shuffle_epi32(at.abef, 0x1b);
	const __m128i dchg = _mm_shuffle_epi32(at.cdgh, 0xb1);
	_mm_storeu_si128((__m128i *)hash, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128((__m128i *)(hash + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

static bool has_instructions(void)
{
	return false;
}

static void add_blocks(uint32_t hash[8], const unsigned char *blocks, size_t n)
{
	(void)hash;
	(void)blocks;
	(void)n;
}

#endif

/* ---- blocks of what comes in pieces ---- */

/* The first 32 bits of the fractional parts of the square roots of the first 8 primes. */
static const uint32_t beginning[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
				       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

static void add_own(struct lt_sha256 *sha, const unsigned char *bytes, size_t len)
{
	const size_t waiting = sha->own.len % LT_SHA256_BLOCK;
	sha->own.len += len;
	if (waiting > 0) {
		const size_t room = LT_SHA256_BLOCK - waiting, n = len < room ? len : room;
		memcpy(sha->own.waiting + waiting, bytes, n);
		if (n < room)
			return;
		add_blocks(sha->own.hash, sha->own.waiting, 1);
		bytes += n;
		len -= n;
	}
	const size_t n_blocks = len / LT_SHA256_BLOCK;
	add_blocks(sha->own.hash, bytes, n_blocks);
	memcpy(sha->own.waiting, bytes + n_blocks * LT_SHA256_BLOCK, len % LT_SHA256_BLOCK);
}

static void put_big_endian(unsigned char *to, uint64_t value, unsigned n)
{
	while (n-- > 0) {
		to[n] = (unsigned char)value;
		value >>= 8;
	}
}

/* A set bit, zeros, and the length in bits fill the last block. */
static void finish_own(struct lt_sha256 *sha, unsigned char digest[crypto_hash_sha256_BYTES])
{
	unsigned char end[2 * LT_SHA256_BLOCK] = { 0x80 };
	const size_t waiting = sha->own.len % LT_SHA256_BLOCK;
	const size_t n = (waiting < 56 ? 56 : 120) - waiting;
	put_big_endian(end + n, sha->own.len * 8, 8);
	add_own(sha, end, n + 8);
	for (unsigned i = 0; i < 8; i++)
		put_big_endian(digest + (size_t)4 * i, sha->own.hash[i], 4);
}

/* ---- by whichever there is ---- */

void lt_sha256_init(struct lt_sha256 *sha)
{
	if (has_instructions()) {
		memcpy(sha->own.hash, beginning, sizeof(beginning));
		sha->own.len = 0;
	} else {
		crypto_hash_sha256_init(&sha->sodium);
	}
}

void lt_sha256_add(struct lt_sha256 *sha, const void *bytes, size_t len)
{
	if (len == 0)
		return;
	if (has_instructions())
		add_own(sha, bytes, len);
	else
		crypto_hash_sha256_update(&sha->sodium, bytes, len);
}

void lt_sha256_finish(struct lt_sha256 *sha, char hex[LT_SHA256_HEX])
{
	unsigned char digest[crypto_hash_sha256_BYTES];
	if (has_instructions())
		finish_own(sha, digest);
	else
		crypto_hash_sha256_final(&sha->sodium, digest);
	sodium_bin2hex(hex, LT_SHA256_HEX, digest, sizeof(digest));
}
