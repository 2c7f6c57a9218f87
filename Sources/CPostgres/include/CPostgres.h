// libpq, PostgreSQL's client library, for Swift. It is loaded at its first use, so that a program that keeps its journal in a
// file neither needs nor loads it, and its headers are not needed to build.
#pragma once
#include <stdbool.h>

typedef struct cpq_connection cpq_connection;
typedef struct cpq_result cpq_result;

/// Loads the library once, from any thread. Returns NULL when it is ready, else why it is not, as static text.
/// Nothing below may be called before it has returned NULL.
const char *cpq_load(void);

/// What is wrong with a connection url, to be freed with `cpq_text_free`; NULL for one that libpq understands.
char *cpq_url_problem(const char *url);
void cpq_text_free(char *text);

/// Connects, which may block for as long as `connect_timeout` says; NULL without memory. The connection must be looked at with
/// `cpq_is_connected`, and freed in any case.
///
/// - Parameter application: shown in the server's list of connections, unless the url names another one.
cpq_connection *cpq_connect(const char *url, const char *application);
void cpq_disconnect(cpq_connection *connection);

bool cpq_is_connected(cpq_connection *connection);
/// The socket, which is closed by `cpq_disconnect`; negative where there is none.
int cpq_socket(const cpq_connection *connection);
/// True where a socket has something to be read, above all its end. It does not wait, and may be called from any thread.
bool cpq_has_news(int socket);
/// What was wrong last, in libpq's words.
const char *cpq_error(cpq_connection *connection);
/// Such as 150018 for 15.18.
int cpq_server_version(cpq_connection *connection);
/// What the server reports of itself, such as `server_encoding`; NULL if it does not.
const char *cpq_parameter(cpq_connection *connection, const char *name);

/// Begins a statement with parameters as text, each of which may be NULL. With a negative count it takes several statements
/// without parameters. False when the connection was lost.
bool cpq_send(cpq_connection *connection, const char *sql, int count, const char *const *values);

typedef enum { CPQ_READY, CPQ_LATE, CPQ_LOST } cpq_state;
/// Waits until `cpq_next` does not block, for so long at most without a byte from the server.
cpq_state cpq_wait(cpq_connection *connection, int milliseconds);

/// The next result of what was sent; NULL after the last one. Each is to be freed.
cpq_result *cpq_next(cpq_connection *connection);
void cpq_result_free(cpq_result *result);

/// True for a result with rows, or of a statement that has none.
bool cpq_is_fine(const cpq_result *result);
/// The five characters of SQLSTATE; NULL where the server did not say one.
const char *cpq_sqlstate(const cpq_result *result);
/// What the server said was wrong, without a place in the statement.
const char *cpq_message(const cpq_result *result);

int cpq_row_count(const cpq_result *result);
int cpq_column_count(const cpq_result *result);
/// NULL for an SQL NULL.
const char *cpq_value(const cpq_result *result, int row, int column);
int cpq_length(const cpq_result *result, int row, int column);
