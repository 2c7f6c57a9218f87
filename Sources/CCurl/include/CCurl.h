// libcurl for Swift: `curl_easy_setopt` and similar functions are variadic, which Swift cannot call, and the library is
// loaded at its first use, because linking it costs every start of the program 6 to 8 ms.
#pragma once
#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

/// Loads the library once, from any thread. Returns NULL when it is ready, else why it is not, as static text.
/// Nothing below may be called before it has returned NULL.
const char *ccurl_load(void);

/// The version that was loaded, such as "7.88.1".
const char *ccurl_version(void);

const char *ccurl_easy_error_text(CURLcode code);

CURL *ccurl_easy_new(void);
void ccurl_easy_free(CURL *easy);

CURLcode ccurl_easy_set_long(CURL *easy, CURLoption option, long value);
CURLcode ccurl_easy_set_offset(CURL *easy, CURLoption option, int64_t value);
CURLcode ccurl_easy_set_text(CURL *easy, CURLoption option, const char *value);
CURLcode ccurl_easy_set_pointer(CURL *easy, CURLoption option, void *value);

/// A callback that takes `count` bytes (`size` is always 1) and returns how many it took.
typedef size_t (*ccurl_sink)(char *bytes, size_t size, size_t count, void *context);
CURLcode ccurl_easy_set_sink(CURL *easy, CURLoption option, ccurl_sink sink);

/// A callback each time when libcurl is about to send the request; CURL_PREREQFUNC_ABORT ends the transfer instead.
typedef int (*ccurl_gate)(void *context, char *remote_ip, char *local_ip, int remote_port, int local_port);
CURLcode ccurl_easy_set_gate(CURL *easy, ccurl_gate gate);

/// The context that was set as CURLOPT_PRIVATE.
void *ccurl_easy_get_context(CURL *easy);
/// A long, or 0 where the transfer does not know.
long ccurl_easy_get_long(CURL *easy, CURLINFO info);
/// A number of bytes or microseconds, or 0 where the transfer does not know.
int64_t ccurl_easy_get_offset(CURL *easy, CURLINFO info);

/// Many transfers at once, of which only those are moved whose sockets are ready or whose time has come.
typedef struct ccurl_multi ccurl_multi;
/// NULL when memory or descriptors ran out.
ccurl_multi *ccurl_multi_new(void);
void ccurl_multi_free(ccurl_multi *multi);
CURLMcode ccurl_multi_set_long(ccurl_multi *multi, CURLMoption option, long value);
CURLMcode ccurl_multi_add(ccurl_multi *multi, CURL *easy);
CURLMcode ccurl_multi_remove(ccurl_multi *multi, CURL *easy);
/// Moves what needs no wait: begins the transfers that were added, and does what libcurl's timers are due for.
void ccurl_multi_start(ccurl_multi *multi);
/// Waits so many milliseconds at most for the network, libcurl's next timer or `ccurl_multi_wake`, and moves the transfers
/// whose sockets are ready.
void ccurl_multi_wait(ccurl_multi *multi, int milliseconds);
/// Ends the current wait, or the next one if there is none. Can be called from any thread.
void ccurl_multi_wake(ccurl_multi *multi);
/// Takes one transfer that has ended; false when there is none.
bool ccurl_multi_next_ended(ccurl_multi *multi, CURL **easy, CURLcode *code);

/// Appends a copy of the text. Returns NULL, and leaves the list as it was, when memory ran out.
struct curl_slist *ccurl_list_append(struct curl_slist *list, const char *text);
void ccurl_list_free(struct curl_slist *list);
