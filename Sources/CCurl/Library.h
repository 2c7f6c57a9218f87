// The functions of libcurl, once it is loaded.
#pragma once
#include "CCurl.h"

// curl.h wraps some of its functions in macros that check types and that cannot be named as functions.
#undef curl_easy_setopt
#undef curl_easy_getinfo
#undef curl_multi_setopt

#define CCURL_FUNCTIONS(each)                                                                                          \
  each(curl_global_init) each(curl_version_info) each(curl_easy_strerror) each(curl_easy_init)                         \
  each(curl_easy_cleanup) each(curl_easy_setopt) each(curl_easy_getinfo) each(curl_multi_init)                         \
  each(curl_multi_cleanup) each(curl_multi_setopt) each(curl_multi_add_handle) each(curl_multi_remove_handle)          \
  each(curl_multi_socket_action) each(curl_multi_info_read) each(curl_slist_append) each(curl_slist_free_all)

#define CCURL_DECLARE(name) __typeof__(&name) name;
extern struct ccurl_library {
  CCURL_FUNCTIONS(CCURL_DECLARE)
} ccurl_library;
