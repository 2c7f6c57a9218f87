#include "Library.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

// `curl_multi_perform` asks the system for each transfer whether it can go on. Here one call asks for all sockets, and libcurl is
// told of those that are ready (curl_multi_socket_action(3)).
struct ccurl_multi {
  CURLM *handle;
  // The first one is the end of the pipe that ends a wait; the others are libcurl's.
  struct pollfd *sockets;
  size_t count, room;
  // Those that are ready: while libcurl is told of them, it changes what is watched.
  struct pollfd *ready;
  int waker;
  // When libcurl wants to be called at the latest, by the monotonic clock in milliseconds; negative for never.
  int64_t due;
};

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static bool reserve(ccurl_multi *multi, size_t room) {
  if (room <= multi->room) return true;
  struct pollfd *sockets = realloc(multi->sockets, room * sizeof *sockets);
  if (!sockets) return false;
  multi->sockets = sockets;
  struct pollfd *ready = realloc(multi->ready, room * sizeof *ready);
  if (!ready) return false;
  multi->ready = ready;
  multi->room = room;
  return true;
}

// Called by libcurl with what it waits for on a socket.
static int watch(CURL *easy, curl_socket_t socket, int what, void *context, void *unused) {
  (void)easy;
  (void)unused;
  ccurl_multi *multi = context;
  size_t place = 1;
  while (place < multi->count && multi->sockets[place].fd != socket) place++;
  if (what == CURL_POLL_REMOVE) {
    if (place < multi->count) multi->sockets[place] = multi->sockets[--multi->count];
    return 0;
  }
  if (place == multi->count) {
    if (place == multi->room && !reserve(multi, 2 * multi->room)) return -1;
    multi->sockets[multi->count++].fd = socket;
  }
  short events = what == CURL_POLL_IN ? POLLIN : what == CURL_POLL_OUT ? POLLOUT : POLLIN | POLLOUT;
  multi->sockets[place].events = events;
  return 0;
}

// Called by libcurl with the time after which it wants to be called.
static int set_timer(CURLM *handle, long milliseconds, void *context) {
  (void)handle;
  ccurl_multi *multi = context;
  multi->due = milliseconds < 0 ? -1 : now() + milliseconds;
  return 0;
}

static bool open_pipe(int ends[2]) {
  if (pipe(ends) != 0) return false;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
  }
  return true;
}

ccurl_multi *ccurl_multi_new(void) {
  ccurl_multi *multi = calloc(1, sizeof *multi);
  if (!multi) return NULL;
  multi->due = -1;
  multi->handle = ccurl_library.curl_multi_init();
  int ends[2];
  if (!multi->handle || !reserve(multi, 16) || !open_pipe(ends)) {
    if (multi->handle) ccurl_library.curl_multi_cleanup(multi->handle);
    free(multi->sockets);
    free(multi->ready);
    free(multi);
    return NULL;
  }
  multi->sockets[0] = (struct pollfd){.fd = ends[0], .events = POLLIN};
  multi->count = 1;
  multi->waker = ends[1];
  ccurl_library.curl_multi_setopt(multi->handle, CURLMOPT_SOCKETFUNCTION, watch);
  ccurl_library.curl_multi_setopt(multi->handle, CURLMOPT_SOCKETDATA, multi);
  ccurl_library.curl_multi_setopt(multi->handle, CURLMOPT_TIMERFUNCTION, set_timer);
  ccurl_library.curl_multi_setopt(multi->handle, CURLMOPT_TIMERDATA, multi);
  return multi;
}

void ccurl_multi_free(ccurl_multi *multi) {
  ccurl_library.curl_multi_cleanup(multi->handle);
  close(multi->sockets[0].fd);
  close(multi->waker);
  free(multi->sockets);
  free(multi->ready);
  free(multi);
}

CURLMcode ccurl_multi_set_long(ccurl_multi *multi, CURLMoption option, long value) {
  return ccurl_library.curl_multi_setopt(multi->handle, option, value);
}

CURLMcode ccurl_multi_add(ccurl_multi *multi, CURL *easy) {
  return ccurl_library.curl_multi_add_handle(multi->handle, easy);
}

CURLMcode ccurl_multi_remove(ccurl_multi *multi, CURL *easy) {
  return ccurl_library.curl_multi_remove_handle(multi->handle, easy);
}

// A socket with an error is ready for what it is watched for, so that libcurl finds the error itself and names it.
static int meaning(const struct pollfd *socket) {
  short broken = socket->revents & (POLLERR | POLLHUP);
  int mask = 0;
  if (socket->events & POLLIN && (socket->revents & POLLIN || broken)) mask |= CURL_CSELECT_IN;
  if (socket->events & POLLOUT && (socket->revents & POLLOUT || broken)) mask |= CURL_CSELECT_OUT;
  if (socket->revents & POLLNVAL) mask |= CURL_CSELECT_ERR;
  return mask;
}

static void act(ccurl_multi *multi, curl_socket_t socket, int mask) {
  int running;
  ccurl_library.curl_multi_socket_action(multi->handle, socket, mask, &running);
}

void ccurl_multi_start(ccurl_multi *multi) {
  if (multi->due < 0 || multi->due > now()) return;
  multi->due = -1;
  act(multi, CURL_SOCKET_TIMEOUT, 0);
}

void ccurl_multi_wait(ccurl_multi *multi, int milliseconds) {
  if (multi->due >= 0) {
    int64_t left = multi->due - now();
    if (left < milliseconds) milliseconds = left < 0 ? 0 : (int)left;
  }
  int found = poll(multi->sockets, (nfds_t)multi->count, milliseconds);
  size_t count = 0;
  for (size_t i = 0; found > 0 && i < multi->count; i++) {
    if (!multi->sockets[i].revents) continue;
    if (i > 0) {
      multi->ready[count++] = multi->sockets[i];
      continue;
    }
    char bytes[64];
    while (read(multi->sockets[0].fd, bytes, sizeof bytes) > 0) continue;
  }
  for (size_t i = 0; i < count; i++) act(multi, multi->ready[i].fd, meaning(&multi->ready[i]));
}

void ccurl_multi_wake(ccurl_multi *multi) {
  // A full pipe wakes as well.
  while (write(multi->waker, "", 1) < 0 && errno == EINTR) continue;
}

bool ccurl_multi_next_ended(ccurl_multi *multi, CURL **easy, CURLcode *code) {
  int left = 0;
  CURLMsg *message;
  while ((message = ccurl_library.curl_multi_info_read(multi->handle, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    *easy = message->easy_handle;
    *code = message->data.result;
    return true;
  }
  return false;
}
