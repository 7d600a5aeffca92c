/* SPDX-License-Identifier: MIT */
/* Runs a fuzz target over files, each named on the command line, without libFuzzer. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

/* Each input is in a block of exactly its own size, so that a checker sees a read past it. */
static int replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    long size = -1;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        size = ftell(file);
    }
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return 0;
    }
    uint8_t *data = malloc(size != 0 ? (size_t)size : 1);
    int is_read = data != NULL && fread(data, 1, (size_t)size, file) == (size_t)size;
    if (is_read) {
        LLVMFuzzerTestOneInput(data, (size_t)size);
    }
    free(data);
    fclose(file);
    return is_read;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!replay(argv[i])) {
            return EXIT_FAILURE;
        }
    }
    if (argc < 2) {
        fprintf(stderr, "usage: %s FILE...\n", argv[0]);
        return EXIT_FAILURE;
    }
    return EXIT_SUCCESS;
}
