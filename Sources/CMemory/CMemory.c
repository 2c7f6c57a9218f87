#include "CMemory.h"

#include <stdlib.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void cmemory_return_large_blocks(void) {
#ifdef __GLIBC__
  // Otherwise the limit rises with each large block that is freed (mallopt(3), M_MMAP_THRESHOLD), and the next ones come from
  // the heap, where small blocks that live longer keep them.
  mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}
