#ifndef CMEMORY_H
#define CMEMORY_H

/// Lets the allocator give large blocks back to the system as soon as they are freed. To be called once, before there are
/// other threads. Does nothing where the allocator has no such setting.
void cmemory_return_large_blocks(void);

#endif
