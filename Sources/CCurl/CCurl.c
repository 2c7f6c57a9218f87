#include "CCurl.h"

#include <CLibrary.h>
#include <pthread.h>
#include <string.h>

#ifdef __APPLE__
#define LIBRARY "libcurl.4.dylib"
#else
#define LIBRARY "libcurl.so.4"
#endif

// curl.h wraps some of its functions in macros that check types and that cannot be named as functions.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define FUNCTIONS(each)                                                                                                \
  each(curl_global_init) each(curl_version_info) each(curl_easy_strerror) each(curl_easy_init)                         \
  each(curl_easy_cleanup) each(curl_easy_setopt) each(curl_easy_getinfo) each(curl_multi_init)                         \
  each(curl_multi_cleanup) each(curl_multi_setopt) each(curl_multi_add_handle) each(curl_multi_remove_handle)          \
  each(curl_multi_perform) each(curl_multi_poll) each(curl_multi_wakeup) each(curl_multi_info_read)                    \
  each(curl_slist_append) each(curl_slist_free_all)

#define DECLARE(name) __typeof__(&name) name;
static struct {
  FUNCTIONS(DECLARE)
} lib;

static const char *failure;
static char message[160];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  static const char *const files[] = {LIBRARY, NULL};
#define SYMBOL(name) {#name, (void **)&lib.name},
  static const clibrary_symbol symbols[] = {FUNCTIONS(SYMBOL){NULL, NULL}};
  static const clibrary library = {LIBRARY, files, symbols, "install libcurl 4", "install a newer libcurl"};
  failure = clibrary_load(&library, message, sizeof message);
  if (failure) return;
  if (lib.curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    failure = LIBRARY " could not be initialised";
    return;
  }
  // 7.85 brought CURLOPT_PROTOCOLS_STR, without which a URL could name other protocols than HTTP.
  if (lib.curl_version_info(CURLVERSION_NOW)->version_num < 0x075500) {
    failure = LIBRARY " is older than 7.85: install a newer libcurl";
  }
}

const char *ccurl_load(void) {
  pthread_once(&once, load);
  return failure;
}

const char *ccurl_version(void) { return lib.curl_version_info(CURLVERSION_NOW)->version; }

const char *ccurl_easy_error_text(CURLcode code) { return lib.curl_easy_strerror(code); }

CURL *ccurl_easy_new(void) { return lib.curl_easy_init(); }

void ccurl_easy_free(CURL *easy) { lib.curl_easy_cleanup(easy); }

CURLcode ccurl_easy_set_long(CURL *easy, CURLoption option, long value) {
  return lib.curl_easy_setopt(easy, option, value);
}

CURLcode ccurl_easy_set_offset(CURL *easy, CURLoption option, int64_t value) {
  return lib.curl_easy_setopt(easy, option, (curl_off_t)value);
}

CURLcode ccurl_easy_set_text(CURL *easy, CURLoption option, const char *value) {
  return lib.curl_easy_setopt(easy, option, value);
}

CURLcode ccurl_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
  return lib.curl_easy_setopt(easy, option, value);
}

CURLcode ccurl_easy_set_sink(CURL *easy, CURLoption option, ccurl_sink sink) {
  return lib.curl_easy_setopt(easy, option, sink);
}

CURLcode ccurl_easy_set_gate(CURL *easy, ccurl_gate gate) {
  return lib.curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, gate);
}

void *ccurl_easy_get_context(CURL *easy) {
  char *value = NULL;
  lib.curl_easy_getinfo(easy, CURLINFO_PRIVATE, &value);
  return value;
}

long ccurl_easy_get_long(CURL *easy, CURLINFO info) {
  long value = 0;
  lib.curl_easy_getinfo(easy, info, &value);
  return value;
}

int64_t ccurl_easy_get_offset(CURL *easy, CURLINFO info) {
  curl_off_t value = 0;
  lib.curl_easy_getinfo(easy, info, &value);
  return value;
}

CURLM *ccurl_multi_new(void) { return lib.curl_multi_init(); }

void ccurl_multi_free(CURLM *multi) { lib.curl_multi_cleanup(multi); }

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return lib.curl_multi_setopt(multi, option, value);
}

CURLMcode ccurl_multi_add(CURLM *multi, CURL *easy) { return lib.curl_multi_add_handle(multi, easy); }

CURLMcode ccurl_multi_remove(CURLM *multi, CURL *easy) { return lib.curl_multi_remove_handle(multi, easy); }

CURLMcode ccurl_multi_perform(CURLM *multi) {
  int running = 0;
  return lib.curl_multi_perform(multi, &running);
}

CURLMcode ccurl_multi_poll(CURLM *multi, int milliseconds) {
  return lib.curl_multi_poll(multi, NULL, 0, milliseconds, NULL);
}

CURLMcode ccurl_multi_wakeup(CURLM *multi) { return lib.curl_multi_wakeup(multi); }

bool ccurl_multi_next_ended(CURLM *multi, CURL **easy, CURLcode *code) {
  int left = 0;
  CURLMsg *message;
  while ((message = lib.curl_multi_info_read(multi, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    *easy = message->easy_handle;
    *code = message->data.result;
    return true;
  }
  return false;
}

struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text) {
  return lib.curl_slist_append(list, text);
}

void ccurl_list_free(struct curl_slist *list) { lib.curl_slist_free_all(list); }
