/* SPDX-License-Identifier: MIT */
/* Parts of libc in WebAssembly, where those of wasi-libc have several times the code: a page is
 * loaded before it runs. Each run has a memory of its own: nothing is given back. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
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

char *strstr(const char *text, const char *word)
{
    size_t length = strlen(word);
    while (*text != '\0' && strncmp(text, word, length) != 0) {
        text++;
    }
    return *text != '\0' || length == 0 ? (char *)(uintptr_t)text : NULL;
}

/* Swaps what is at two places. */
static void swap(unsigned char *a, unsigned char *b, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char kept = a[i];
        a[i] = b[i];
        b[i] = kept;
    }
}

/* Lets the root of a heap sink to where nothing below it is greater. */
static void sink(unsigned char *base, size_t root, size_t count, size_t size,
                 int (*compare)(const void *, const void *))
{
    for (size_t child = 2 * root + 1; child < count; child = 2 * root + 1) {
        if (child + 1 < count && compare(base + child * size, base + (child + 1) * size) < 0) {
            child++;
        }
        if (compare(base + root * size, base + child * size) >= 0) {
            return;
        }
        swap(base + root * size, base + child * size, size);
        root = child;
    }
}

void qsort(void *base, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    for (size_t root = count / 2; root-- > 0;) {
        sink(base, root, count, size, compare);
    }
    while (count > 1) {
        count--;
        swap(base, (unsigned char *)base + count * size, size);
        sink(base, 0, count, size, compare);
    }
}

/* There is no file. */
FILE *fopen(const char *restrict path, const char *restrict mode)
{
    (void)path;
    (void)mode;
    errno = ENOENT;
    return NULL;
}

char *strerror(int number)
{
    static char no_file[] = "no such file";
    static char other[] = "input or output failed";
    return number == ENOENT ? no_file : other;
}
