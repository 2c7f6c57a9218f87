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
  // With that set, the end of the heap would be given back and taken again all the time (M_TRIM_THRESHOLD).
  mallopt(M_TRIM_THRESHOLD, 4 << 20);
  mallopt(M_TOP_PAD, 1 << 20);
#endif
}
