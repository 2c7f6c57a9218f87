#include "CPostgres.h"

#include <CLibrary.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __APPLE__
#define LIBRARY "libpq.5.dylib"
#else
#define LIBRARY "libpq.so.5"
#endif
#define INSTALL "install libpq 5 (on Debian and Ubuntu the package libpq5)"

// What is used of libpq-fe.h, whose values have not changed since version 7.4 of PostgreSQL.
enum { CONNECTION_OK = 0 };
enum { PGRES_COMMAND_OK = 1, PGRES_TUPLES_OK = 2 };
enum { DIAGNOSTIC_SQLSTATE = 'C', DIAGNOSTIC_PRIMARY = 'M' };
typedef void (*notice_receiver)(void *context, const cpq_result *result);

#define FUNCTIONS(each)                                                                                                \
  each(cpq_connection *, PQconnectdbParams, (const char *const *, const char *const *, int))                           \
  each(void, PQfinish, (cpq_connection *))                                                                             \
  each(int, PQstatus, (const cpq_connection *))                                                                        \
  each(char *, PQerrorMessage, (const cpq_connection *))                                                               \
  each(int, PQserverVersion, (const cpq_connection *))                                                                 \
  each(const char *, PQparameterStatus, (const cpq_connection *, const char *))                                        \
  each(int, PQsocket, (const cpq_connection *))                                                                        \
  each(int, PQsetnonblocking, (cpq_connection *, int))                                                                 \
  each(notice_receiver, PQsetNoticeReceiver, (cpq_connection *, notice_receiver, void *))                              \
  each(int, PQsendQuery, (cpq_connection *, const char *))                                                             \
  each(int, PQsendQueryParams, (cpq_connection *, const char *, int, const unsigned *, const char *const *,            \
                                const int *, const int *, int))                                                        \
  each(int, PQflush, (cpq_connection *))                                                                               \
  each(int, PQconsumeInput, (cpq_connection *))                                                                        \
  each(int, PQisBusy, (cpq_connection *))                                                                              \
  each(cpq_result *, PQgetResult, (cpq_connection *))                                                                  \
  each(void, PQclear, (cpq_result *))                                                                                  \
  each(int, PQresultStatus, (const cpq_result *))                                                                      \
  each(char *, PQresultErrorField, (const cpq_result *, int))                                                          \
  each(char *, PQresultErrorMessage, (const cpq_result *))                                                             \
  each(int, PQntuples, (const cpq_result *))                                                                           \
  each(int, PQnfields, (const cpq_result *))                                                                           \
  each(char *, PQgetvalue, (const cpq_result *, int, int))                                                             \
  each(int, PQgetisnull, (const cpq_result *, int, int))                                                               \
  each(int, PQgetlength, (const cpq_result *, int, int))                                                               \
  each(void *, PQconninfoParse, (const char *, char **))                                                               \
  each(void, PQconninfoFree, (void *))                                                                                 \
  each(void, PQfreemem, (void *))

#define DECLARE(type, name, parameters) type(*name) parameters;
static struct {
  FUNCTIONS(DECLARE)
} lib;

static const char *failure;
static char message[160];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
  static const char *const files[] = {LIBRARY, NULL};
#define SYMBOL(type, name, parameters) {#name, (void **)&lib.name},
  static const clibrary_symbol symbols[] = {FUNCTIONS(SYMBOL){NULL, NULL}};
  static const clibrary library = {LIBRARY, files, symbols, INSTALL, INSTALL};
  failure = clibrary_load(&library, message, sizeof message);
}

const char *cpq_load(void) {
  pthread_once(&once, load);
  return failure;
}

char *cpq_url_problem(const char *url) {
  char *problem = NULL;
  void *options = lib.PQconninfoParse(url, &problem);
  if (options) {
    lib.PQconninfoFree(options);
    return NULL;
  }
  char *text = strdup(problem ? problem : "out of memory");
  if (problem) lib.PQfreemem(problem);
  return text;
}

void cpq_text_free(char *text) { free(text); }

// By default libpq writes notices to standard error.
static void drop_notice(void *context, const cpq_result *result) {
  (void)context;
  (void)result;
}

cpq_connection *cpq_connect(const char *url, const char *application) {
  // What stands after `dbname` wins over the url, and what stands before it does not. Without these, a server that has
  // vanished would be waited for without a bound.
  const char *timeout = getenv("PGCONNECT_TIMEOUT");
  const char *const names[] = {"connect_timeout", "keepalives_idle", "keepalives_interval", "keepalives_count",
                               "tcp_user_timeout", "fallback_application_name", "dbname", "client_encoding", NULL};
  const char *const values[] = {timeout && *timeout ? timeout : "10", "10", "5", "3", "20000", application, url, "UTF8",
                                NULL};
  cpq_connection *connection = lib.PQconnectdbParams(names, values, 1);
  if (!connection) return NULL;
  lib.PQsetNoticeReceiver(connection, drop_notice, NULL);
  if (lib.PQstatus(connection) == CONNECTION_OK) lib.PQsetnonblocking(connection, 1);
  return connection;
}

void cpq_disconnect(cpq_connection *connection) { lib.PQfinish(connection); }

bool cpq_is_connected(cpq_connection *connection) { return lib.PQstatus(connection) == CONNECTION_OK; }

int cpq_socket(const cpq_connection *connection) { return lib.PQsocket(connection); }

bool cpq_has_news(int socket) {
  struct pollfd news = {socket, POLLIN, 0};
  return poll(&news, 1, 0) > 0;
}

const char *cpq_error(cpq_connection *connection) { return lib.PQerrorMessage(connection); }

int cpq_server_version(cpq_connection *connection) { return lib.PQserverVersion(connection); }

const char *cpq_parameter(cpq_connection *connection, const char *name) {
  return lib.PQparameterStatus(connection, name);
}

bool cpq_send(cpq_connection *connection, const char *sql, int count, const char *const *values) {
  if (count < 0) return lib.PQsendQuery(connection, sql) == 1;
  return lib.PQsendQueryParams(connection, sql, count, NULL, values, NULL, NULL, 0) == 1;
}

static long milliseconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000L + now.tv_nsec / 1000000L;
}

cpq_state cpq_wait(cpq_connection *connection, int milliseconds) {
  long end = milliseconds_now() + milliseconds;
  for (;;) {
    int unsent = lib.PQflush(connection);
    if (unsent < 0 || !lib.PQconsumeInput(connection)) return CPQ_LOST;
    // What came in may have made room for what is to be sent.
    if (unsent) unsent = lib.PQflush(connection);
    if (unsent < 0) return CPQ_LOST;
    if (!unsent && !lib.PQisBusy(connection)) return CPQ_READY;
    long left = end - milliseconds_now();
    if (left <= 0) return CPQ_LATE;
    struct pollfd socket = {lib.PQsocket(connection), unsent ? POLLIN | POLLOUT : POLLIN, 0};
    if (socket.fd < 0) return CPQ_LOST;
    int ready = poll(&socket, 1, (int)left);
    if (ready < 0 && errno != EINTR) return CPQ_LOST;
    if (ready > 0) end = milliseconds_now() + milliseconds;
  }
}

cpq_result *cpq_next(cpq_connection *connection) { return lib.PQgetResult(connection); }

void cpq_result_free(cpq_result *result) { lib.PQclear(result); }

bool cpq_is_fine(const cpq_result *result) {
  int status = lib.PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

const char *cpq_sqlstate(const cpq_result *result) { return lib.PQresultErrorField(result, DIAGNOSTIC_SQLSTATE); }

const char *cpq_message(const cpq_result *result) {
  const char *primary = lib.PQresultErrorField(result, DIAGNOSTIC_PRIMARY);
  return primary ? primary : lib.PQresultErrorMessage(result);
}

int cpq_row_count(const cpq_result *result) { return lib.PQntuples(result); }

int cpq_column_count(const cpq_result *result) { return lib.PQnfields(result); }

const char *cpq_value(const cpq_result *result, int row, int column) {
  return lib.PQgetisnull(result, row, column) ? NULL : lib.PQgetvalue(result, row, column);
}

int cpq_length(const cpq_result *result, int row, int column) { return lib.PQgetlength(result, row, column); }
