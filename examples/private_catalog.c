/* SPDX-License-Identifier: MIT */
/* private_catalog: your own instance types, read as TSV from standard input.
 *
 *      cc private_catalog.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out <types.tsv
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>

#define TEXT_SIZE 65536
#define TYPES_MAX 256

int main(void)
{
    static char text[TEXT_SIZE];
    static cnicalc_instance instances[TYPES_MAX];
    size_t text_len = fread(text, 1, sizeof text, stdin);
    if (text_len == sizeof text) {
        fprintf(stderr, "private_catalog: more than %d bytes\n", TEXT_SIZE - 1);
        return 2;
    }
    size_t count;
    cnicalc_catalog_fault fault;
    cnicalc_status status =
        cnicalc_catalog_parse(text, text_len, instances, TYPES_MAX, &count, &fault);
    if (status == CNICALC_ERR_CAPACITY) {
        fprintf(stderr, "private_catalog: %zu types, room for %d\n", count, TYPES_MAX);
        return 2;
    }
    if (status != CNICALC_OK) {
        fprintf(stderr, "private_catalog: line %" PRIu64 ", column %" PRIu64 ": %s\n", fault.line,
                fault.column, cnicalc_status_string(status));
        return 2;
    }
    cnicalc_node_options options;
    status = cnicalc_node_options_init(&options, sizeof options);
    if (status != CNICALC_OK) {
        fprintf(stderr, "private_catalog: %s\n", cnicalc_status_string(status));
        return 2;
    }
    for (size_t i = 0; i < count; i++) {
        cnicalc_node_result result;
        status = cnicalc_node_solve(&instances[i], &options, &result);
        if (status == CNICALC_OK) {
            printf("%-20s %5" PRIu64 " pods\n", instances[i].name, result.max_pods);
        } else {
            printf("%-20s %s\n", instances[i].name, cnicalc_status_string(status));
        }
    }
    return 0;
}
