#include "lingtan/base/key.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lingtan/base/text.h"

#define FIRST_LINE "lingtan key 1"
/* 64 MiB in three passes: a tenth of a second here, years for whoever guesses. A key file says its
 * own cost, so it can be raised for new ones. */
#define PASSES 3u
#define MEMORY ((size_t)64 << 20)
#define MOST_PASSES 20u
#define MOST_MEMORY ((size_t)1 << 30)

#define SALT_BYTES crypto_pwhash_SALTBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define BOX_BYTES (crypto_sign_SEEDBYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)

struct lt_key {
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	char public[LT_PUBLIC_HEX];
};

/* ---- life ---- */

static struct lt_key *key_alloc(void)
{
	return sodium_init() < 0 ? NULL : sodium_malloc(sizeof(struct lt_key));
}

static void set_public(struct lt_key *key, const unsigned char public[LT_PUBLIC_BYTES])
{
	sodium_bin2hex(key->public, sizeof(key->public), public, LT_PUBLIC_BYTES);
}

struct lt_key *lt_key_make(void)
{
	unsigned char public[LT_PUBLIC_BYTES];
	struct lt_key *key = key_alloc();
	if (!key)
		return NULL;
	crypto_sign_keypair(public, key->secret);
	set_public(key, public);
	sodium_mprotect_readonly(key);
	return key;
}

void lt_key_free(struct lt_key *key)
{
	if (key)
		sodium_free(key);
}

const char *lt_key_public(const struct lt_key *key)
{
	return key->public;
}

void lt_forget(void *bytes, size_t len)
{
	sodium_memzero(bytes, len);
}

/* ---- signing: Ed25519 takes a message in one piece, so purpose and bytes are put into one ---- */

static unsigned char *join(const char *purpose, const void *bytes, size_t len, size_t *total)
{
	const size_t head = purpose ? strlen(purpose) + 1 : 0;
	unsigned char *message = malloc(head + len + 1);
	if (!message)
		return NULL;
	if (purpose) {
		memcpy(message, purpose, head - 1);
		message[head - 1] = '\n';
	}
	if (len)
		memcpy(message + head, bytes, len);
	*total = head + len;
	return message;
}

void lt_key_sign(const struct lt_key *key, const char *purpose, const void *bytes, size_t len,
		 char signature[LT_SIGNATURE_HEX])
{
	unsigned char raw[LT_SIGNATURE_BYTES];
	size_t total;
	unsigned char *message = join(purpose, bytes, len, &total);
	if (!message)
		abort(); /* a signature over something else would be worse */
	crypto_sign_detached(raw, NULL, message, total, key->secret);
	sodium_bin2hex(signature, LT_SIGNATURE_HEX, raw, sizeof(raw));
	free(message);
}

/* Exactly n bytes of lower-case hexadecimal digits. */
static bool read_hex(const char *text, unsigned char *out, size_t n)
{
	size_t len;
	return text && strlen(text) == 2 * n && strspn(text, "0123456789abcdef") == 2 * n &&
	       sodium_hex2bin(out, n, text, 2 * n, NULL, &len, NULL) == 0 && len == n;
}

bool lt_key_verify(const char *public, const char *purpose, const void *bytes, size_t len,
		   const char *signature)
{
	unsigned char raw[LT_SIGNATURE_BYTES], point[LT_PUBLIC_BYTES];
	size_t total;
	if (!read_hex(public, point, sizeof(point)) || !read_hex(signature, raw, sizeof(raw)))
		return false;
	unsigned char *message = join(purpose, bytes, len, &total);
	const bool good = message && sodium_init() >= 0 &&
			  crypto_sign_verify_detached(raw, message, total, point) == 0;
	free(message);
	return good;
}

bool lt_is_public_key(const char *text)
{
	unsigned char point[LT_PUBLIC_BYTES];
	return read_hex(text, point, sizeof(point));
}

bool lt_is_signature(const char *text)
{
	unsigned char raw[LT_SIGNATURE_BYTES];
	return read_hex(text, raw, sizeof(raw));
}

/* ---- the sealed text ---- */

struct sealed {
	struct lt_key_label label;
	unsigned long passes, memory;
	unsigned char salt[SALT_BYTES], nonce[NONCE_BYTES], box[BOX_BYTES];
	size_t legible; /* bytes of the text before the last line: what is sealed along */
};

/* What a label may say: whose key it is stands at the terminal when the passphrase is asked for. */
static bool is_line(const char *text, size_t len)
{
	size_t bad;
	return len && !memchr(text, '\n', len) && lt_text_check(text, len, &bad) == LT_TEXT_OK;
}

/* One line, "name value"; *at moves behind it. */
static bool take_line(const char **at, const char *name, char *value, size_t cap)
{
	const size_t len = strlen(name);
	if (strncmp(*at, name, len) != 0 || (*at)[len] != ' ')
		return false;
	const char *from = *at + len + 1;
	const size_t n = strcspn(from, "\n");
	if (from[n] != '\n' || n >= cap || !is_line(from, n))
		return false;
	memcpy(value, from, n);
	value[n] = 0;
	*at = from + n + 1;
	return true;
}

static bool take_bytes(const char **at, const char *name, unsigned char *out, size_t n)
{
	char hex[2 * BOX_BYTES + 1];
	return take_line(at, name, hex, sizeof(hex)) && read_hex(hex, out, n);
}

static bool take_cost(const char **at, struct sealed *sealed)
{
	char cost[40], *end;
	if (!take_line(at, "argon2id", cost, sizeof(cost)))
		return false;
	sealed->passes = strtoul(cost, &end, 10);
	if (*end != ' ')
		return false;
	sealed->memory = strtoul(end + 1, &end, 10);
	return !*end && sealed->passes >= crypto_pwhash_OPSLIMIT_MIN &&
	       sealed->passes <= MOST_PASSES && sealed->memory >= crypto_pwhash_MEMLIMIT_MIN &&
	       sealed->memory <= MOST_MEMORY;
}

static bool scan(const char *text, struct sealed *sealed)
{
	const char *at = text;
	*sealed = (struct sealed){ 0 };
	if (strncmp(at, FIRST_LINE "\n", sizeof(FIRST_LINE)) != 0)
		return false;
	at += sizeof(FIRST_LINE);
	if (!take_line(&at, "person", sealed->label.person, sizeof(sealed->label.person)) ||
	    !take_line(&at, "made", sealed->label.made, sizeof(sealed->label.made)) ||
	    !take_line(&at, "public", sealed->label.public, sizeof(sealed->label.public)) ||
	    !lt_is_public_key(sealed->label.public) || !take_cost(&at, sealed) ||
	    !take_bytes(&at, "salt", sealed->salt, SALT_BYTES) ||
	    !take_bytes(&at, "nonce", sealed->nonce, NONCE_BYTES))
		return false;
	sealed->legible = (size_t)(at - text);
	return take_bytes(&at, "secret", sealed->box, BOX_BYTES) && !*at;
}

enum lt_status lt_key_read_label(const char *text, struct lt_key_label *label, struct lt_err *err)
{
	struct sealed sealed;
	if (!scan(text, &sealed))
		return lt_err_set(err, LT_EFILE, "不是本程序的密钥文件，或已损坏",
				  "it is no key file of this program, or it is damaged");
	*label = sealed.label;
	return LT_OK;
}

/* The key of the box, in locked memory; NULL without it. */
static unsigned char *stretch(const struct sealed *sealed, const char *passphrase)
{
	unsigned char *key = sodium_malloc(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
	if (key && crypto_pwhash(key, crypto_aead_xchacha20poly1305_ietf_KEYBYTES, passphrase,
				 strlen(passphrase), sealed->salt, sealed->passes, sealed->memory,
				 crypto_pwhash_ALG_ARGON2ID13) == 0)
		return key;
	if (key)
		sodium_free(key);
	return NULL;
}

enum lt_status lt_passphrase_check(const char *passphrase, struct lt_err *err)
{
	if (strlen(passphrase) >= LT_PASSPHRASE_LEAST)
		return LT_OK;
	return lt_err_set(err, LT_EDATA, "口令太短：至少 %d 个字节，几个不相干的词最好记",
			  "the passphrase is too short: %d bytes at least, a few unrelated words are best",
			  LT_PASSPHRASE_LEAST);
}

static enum lt_status check_label(const struct lt_key_label *label, struct lt_err *err)
{
	if (!is_line(label->person, strlen(label->person)) ||
	    !is_line(label->made, strlen(label->made)))
		return lt_err_set(err, LT_EDATA, "密钥要写明持有人的姓名，一行",
				  "a key needs the name of its holder, on one line");
	return LT_OK;
}

static size_t print_legible(const struct lt_key *key, const struct lt_key_label *label,
			    const struct sealed *sealed, char text[LT_KEY_SEALED])
{
	char salt[2 * SALT_BYTES + 1], nonce[2 * NONCE_BYTES + 1];
	sodium_bin2hex(salt, sizeof(salt), sealed->salt, SALT_BYTES);
	sodium_bin2hex(nonce, sizeof(nonce), sealed->nonce, NONCE_BYTES);
	return (size_t)snprintf(text, LT_KEY_SEALED,
				FIRST_LINE "\nperson %s\nmade %s\npublic %s\nargon2id %lu %lu\n"
					   "salt %s\nnonce %s\n",
				label->person, label->made, key->public, sealed->passes,
				sealed->memory, salt, nonce);
}

enum lt_status lt_key_seal(const struct lt_key *key, const struct lt_key_label *label,
			   const char *passphrase, char text[LT_KEY_SEALED], struct lt_err *err)
{
	struct sealed sealed = { .passes = PASSES, .memory = MEMORY };
	char box[2 * BOX_BYTES + 1];
	enum lt_status status = lt_passphrase_check(passphrase, err);
	if (!status)
		status = check_label(label, err);
	if (status)
		return status;
	randombytes_buf(sealed.salt, SALT_BYTES);
	randombytes_buf(sealed.nonce, NONCE_BYTES);
	unsigned char *stretched = stretch(&sealed, passphrase);
	if (!stretched)
		return lt_err_memory(err);
	const size_t len = print_legible(key, label, &sealed, text);
	/* the secret of libsodium begins with the seed that it follows from */
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.box, NULL, key->secret,
						   crypto_sign_SEEDBYTES,
						   (const unsigned char *)text, len, NULL,
						   sealed.nonce, stretched);
	sodium_free(stretched);
	sodium_bin2hex(box, sizeof(box), sealed.box, BOX_BYTES);
	snprintf(text + len, LT_KEY_SEALED - len, "secret %s\n", box);
	return LT_OK;
}

/* The seed out of its box, and the key from it. */
static bool unseal(const struct sealed *sealed, const char *text, const unsigned char *stretched,
		   struct lt_key *key)
{
	unsigned char public[LT_PUBLIC_BYTES];
	unsigned char *seed = sodium_malloc(crypto_sign_SEEDBYTES);
	const bool good = seed && crypto_aead_xchacha20poly1305_ietf_decrypt(
					  seed, NULL, NULL, sealed->box, BOX_BYTES,
					  (const unsigned char *)text, sealed->legible,
					  sealed->nonce, stretched) == 0;
	if (good) {
		crypto_sign_seed_keypair(public, key->secret, seed);
		set_public(key, public);
	}
	if (seed)
		sodium_free(seed);
	return good && strcmp(key->public, sealed->label.public) == 0;
}

enum lt_status lt_key_open(const char *text, const char *passphrase, struct lt_key **out,
			   struct lt_err *err)
{
	struct sealed sealed;
	struct lt_key_label label;
	enum lt_status status = lt_key_read_label(text, &label, err);
	if (status)
		return status;
	scan(text, &sealed);
	struct lt_key *key = key_alloc();
	unsigned char *stretched = key ? stretch(&sealed, passphrase) : NULL;
	const bool good = stretched && unseal(&sealed, text, stretched, key);
	const bool had_memory = stretched != NULL;
	if (stretched)
		sodium_free(stretched);
	if (good) {
		sodium_mprotect_readonly(key);
		*out = key;
		return LT_OK;
	}
	lt_key_free(key);
	return had_memory ? lt_err_set(err, LT_NO, "口令不对，或密钥文件被改动过",
				       "the passphrase is wrong, or the key file was changed")
			  : lt_err_memory(err);
}
