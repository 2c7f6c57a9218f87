// OpenSSL's libcrypto for Swift: a file that is encrypted with a passphrase. It is loaded at its first use, and its headers are not
// needed to build.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CCRYPTO_SALT = 16, CCRYPTO_NONCE = 12, CCRYPTO_TAG = 16 };

/// Loads the library once, from any thread. Returns NULL when it is ready, else why it is not, as static text.
/// Nothing below may be called before it has returned NULL.
const char *ccrypto_load(void);

/// Encrypts with AES-256-GCM and a key that PBKDF2-HMAC-SHA-256 makes of a passphrase. `output` has room for `count` bytes.
/// Salt and nonce are drawn at random and handed back, with the tag that tells a change of the text. False when it fails.
bool ccrypto_seal(
    const uint8_t *passphrase, size_t passphrase_count, int iterations, const uint8_t *input, size_t count, uint8_t *output,
    uint8_t *salt, uint8_t *nonce, uint8_t *tag);

/// Decrypts what `ccrypto_seal` has made. False with another passphrase, and for a text that was changed.
bool ccrypto_open(
    const uint8_t *passphrase, size_t passphrase_count, int iterations, const uint8_t *input, size_t count, uint8_t *output,
    const uint8_t *salt, const uint8_t *nonce, const uint8_t *tag);
