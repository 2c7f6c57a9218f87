#include "Library.h"

#include <CLibrary.h>
#include <pthread.h>
#include <string.h>

#ifdef __APPLE__
#define LIBRARY "libcurl.4.dylib"
#else
#define LIBRARY "libcurl.so.4"
#endif

struct ccurl_library ccurl_library;

static const char *failure;
static char message[160];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  static const char *const files[] = {LIBRARY, NULL};
#define SYMBOL(name) {#name, (void **)&ccurl_library.name},
  static const clibrary_symbol symbols[] = {CCURL_FUNCTIONS(SYMBOL){NULL, NULL}};
  static const clibrary library = {LIBRARY, files, symbols, "install libcurl 4", "install a newer libcurl"};
  failure = clibrary_load(&library, message, sizeof message);
  if (failure) return;
  if (ccurl_library.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    failure = LIBRARY " could not be initialised";
    return;
  }
  // 7.85 brought CURLOPT_PROTOCOLS_STR, without which a URL could name other protocols than HTTP.
  if (ccurl_library.curl_version_info(CURLVERSION_NOW)->version_num < 0x075500) {
    failure = LIBRARY " is older than 7.85: install a newer libcurl";
  }
}

const char *ccurl_load(void) {
  pthread_once(&once, load);
  return failure;
}

const char *ccurl_version(void) { return ccurl_library.curl_version_info(CURLVERSION_NOW)->version; }

const char *ccurl_easy_error_text(CURLcode code) { return ccurl_library.curl_easy_strerror(code); }

CURL *ccurl_easy_new(void) { return ccurl_library.curl_easy_init(); }

void ccurl_easy_free(CURL *easy) { ccurl_library.curl_easy_cleanup(easy); }

CURLcode ccurl_easy_set_long(CURL *easy, CURLoption option, long value) {
  return ccurl_library.curl_easy_setopt(easy, option, value);
}

CURLcode ccurl_easy_set_offset(CURL *easy, CURLoption option, int64_t value) {
  return ccurl_library.curl_easy_setopt(easy, option, (curl_off_t)value);
}

CURLcode ccurl_easy_set_text(CURL *easy, CURLoption option, const char *value) {
  return ccurl_library.curl_easy_setopt(easy, option, value);
}

CURLcode ccurl_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
  return ccurl_library.curl_easy_setopt(easy, option, value);
}

CURLcode ccurl_easy_set_sink(CURL *easy, CURLoption option, ccurl_sink sink) {
  return ccurl_library.curl_easy_setopt(easy, option, sink);
}

CURLcode ccurl_easy_set_gate(CURL *easy, ccurl_gate gate) {
  return ccurl_library.curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, gate);
}

void *ccurl_easy_get_context(CURL *easy) {
  char *value = NULL;
  ccurl_library.curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value);
  return value;
}

long ccurl_easy_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  ccurl_library.curl_easy_getinfo(easy, info, &value);
  return value;
}

int64_t ccurl_easy_get_offset(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  ccurl_library.curl_easy_getinfo(easy, info, &value);
  return value;
}

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) {
  return ccurl_library.curl_slist_append(list, text);
}

void ccurl_list_free(struct curl_slist *list) { ccurl_library.curl_slist_free_all(list); }
