#include "CCrypto.h"

#include <CLibrary.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>

#ifdef __APPLE__
static const char *const files[] = {"libcrypto.3.dylib", "libcrypto.1.1.dylib", NULL};
#else
static const char *const files[] = {"libcrypto.so.3", "libcrypto.so.1.1", NULL};
#endif

// What is used of openssl/evp.h and openssl/rand.h.
enum { GET_TAG = 0x10, SET_TAG = 0x11, KEY = 32 };

#define FUNCTIONS(each)                                                                                                \
  each(void *, EVP_CIPHER_CTX_new, (void))                                                                             \
  each(void, EVP_CIPHER_CTX_free, (void *))                                                                            \
  each(int, EVP_CIPHER_CTX_ctrl, (void *, int, int, void *))                                                           \
  each(const void *, EVP_aes_256_gcm, (void))                                                                          \
  each(const void *, EVP_sha256, (void))                                                                               \
  each(int, EVP_EncryptInit_ex, (void *, const void *, void *, const uint8_t *, const uint8_t *))                      \
  each(int, EVP_EncryptUpdate, (void *, uint8_t *, int *, const uint8_t *, int))                                       \
  each(int, EVP_EncryptFinal_ex, (void *, uint8_t *, int *))                                                           \
  each(int, EVP_DecryptInit_ex, (void *, const void *, void *, const uint8_t *, const uint8_t *))                      \
  each(int, EVP_DecryptUpdate, (void *, uint8_t *, int *, const uint8_t *, int))                                       \
  each(int, EVP_DecryptFinal_ex, (void *, uint8_t *, int *))                                                           \
  each(int, PKCS5_PBKDF2_HMAC, (const char *, int, const uint8_t *, int, int, const void *, int, uint8_t *))           \
  each(int, RAND_bytes, (uint8_t *, int))

#define DECLARE(type, name, parameters) type(*name) parameters;
static struct {
  FUNCTIONS(DECLARE)
} lib;

static const char *failure;
static char message[160];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
#define SYMBOL(type, name, parameters) {#name, (void **)&lib.name},
  static const clibrary_symbol symbols[] = {FUNCTIONS(SYMBOL){NULL, NULL}};
  static const clibrary library = {
      "libcrypto", files, symbols, "install OpenSSL (on Debian and Ubuntu the package libssl3)", "install a newer OpenSSL"};
  failure = clibrary_load(&library, message, sizeof message);
}

const char *ccrypto_load(void) {
  pthread_once(&once, load);
  return failure;
}

static bool derive(
    const uint8_t *passphrase, size_t count, int iterations, const uint8_t *salt, uint8_t key[KEY]) {
  return count <= INT_MAX
      && lib.PKCS5_PBKDF2_HMAC(
             (const char *)passphrase, (int)count, salt, CCRYPTO_SALT, iterations, lib.EVP_sha256(), KEY, key)
          == 1;
}

bool ccrypto_seal(
    const uint8_t *passphrase, size_t passphrase_count, int iterations, const uint8_t *input, size_t count, uint8_t *output,
    uint8_t *salt, uint8_t *nonce, uint8_t *tag) {
  uint8_t key[KEY];
  int written = 0, last = 0;
  if (count > INT_MAX || lib.RAND_bytes(salt, CCRYPTO_SALT) != 1 || lib.RAND_bytes(nonce, CCRYPTO_NONCE) != 1
      || !derive(passphrase, passphrase_count, iterations, salt, key)) {
    return false;
  }
  void *context = lib.EVP_CIPHER_CTX_new();
  bool isDone = context && lib.EVP_EncryptInit_ex(context, lib.EVP_aes_256_gcm(), NULL, key, nonce) == 1
      && lib.EVP_EncryptUpdate(context, output, &written, input, (int)count) == 1
      && lib.EVP_EncryptFinal_ex(context, output + written, &last) == 1
      && lib.EVP_CIPHER_CTX_ctrl(context, GET_TAG, CCRYPTO_TAG, tag) == 1;
  if (context) lib.EVP_CIPHER_CTX_free(context);
  return isDone;
}

bool ccrypto_open(
    const uint8_t *passphrase, size_t passphrase_count, int iterations, const uint8_t *input, size_t count, uint8_t *output,
    const uint8_t *salt, const uint8_t *nonce, const uint8_t *tag) {
  uint8_t key[KEY], expected[CCRYPTO_TAG];
  int written = 0, last = 0;
  if (count > INT_MAX || !derive(passphrase, passphrase_count, iterations, salt, key)) return false;
  memcpy(expected, tag, CCRYPTO_TAG);
  void *context = lib.EVP_CIPHER_CTX_new();
  bool isDone = context && lib.EVP_DecryptInit_ex(context, lib.EVP_aes_256_gcm(), NULL, key, nonce) == 1
      && lib.EVP_DecryptUpdate(context, output, &written, input, (int)count) == 1
      && lib.EVP_CIPHER_CTX_ctrl(context, SET_TAG, CCRYPTO_TAG, expected) == 1
      && lib.EVP_DecryptFinal_ex(context, output + written, &last) == 1;
  if (context) lib.EVP_CIPHER_CTX_free(context);
  return isDone;
}
