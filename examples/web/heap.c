/* SPDX-License-Identifier: MIT */
/* The heap of the command in WebAssembly, where each run has a memory of its own: nothing is given
 * back. libc's heap is seven times the code. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PAGE  65536
#define ALIGN 16

extern unsigned char __heap_base; /* the linker's: where the free memory begins */

static uintptr_t next; /* where the last block ends; 0: there is none */

/* In front of each block is its size. */
static size_t *size_of(void *block)
{
    return (size_t *)block - 1;
}

/* Makes what begins there a block. */
static void *place(uintptr_t block, size_t size)
{
    uintptr_t end = (uintptr_t)__builtin_wasm_memory_size(0) * PAGE;
    size_t room = end > block ? end - block : 0;
    if (size > SIZE_MAX - block - PAGE ||
        (size > room &&
         __builtin_wasm_memory_grow(0, (size - room + PAGE - 1) / PAGE) == SIZE_MAX)) {
        errno = ENOMEM;
        return NULL;
    }
    next = block + size;
    *size_of((void *)block) = size;
    return (void *)block;
}

void *malloc(size_t size)
{
    uintptr_t end = next != 0 ? next : (uintptr_t)&__heap_base;
    return place((end + sizeof(size_t) + ALIGN - 1) / ALIGN * ALIGN, size);
}

void free(void *block)
{
    (void)block;
}

void *calloc(size_t count, size_t size)
{
    size_t bytes = size != 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size;
    void *block = malloc(bytes);
    return block == NULL ? NULL : memset(block, 0, bytes);
}

/* Under this name atexit() asks for it. */
void *__libc_calloc(size_t count, size_t size);
void *__libc_calloc(size_t count, size_t size)
{
    return calloc(count, size);
}

/* The last block grows where it is. */
void *realloc(void *block, size_t size)
{
    if (block == NULL) {
        return malloc(size);
    }
    if ((uintptr_t)block + *size_of(block) == next) {
        return place((uintptr_t)block, size);
    }
    void *other = malloc(size);
    return other == NULL ? NULL
                         : memcpy(other, block, size < *size_of(block) ? size : *size_of(block));
}
