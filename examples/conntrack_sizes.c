/* SPDX-License-Identifier: MIT */
/* conntrack_sizes: how many connections DataPath V2 tracks on a node, and how many that is for each
 * pod. Exits 1 when a table has its least size, because the memory is too small for more.
 *
 *      cc conntrack_sizes.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out 16 210
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GIB_MAX (UINT64_MAX >> 30)

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "conntrack_sizes: %s: %s\n", what, cnicalc_status_string(status));
    return 2;
}

/* A whole number; strtoull() alone would take "", "-1" and "7x" for one. */
static int is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

int main(int argc, char **argv)
{
    if (argc != 3 || !is_number(argv[1]) || !is_number(argv[2]) ||
        strtoull(argv[1], NULL, 10) > GIB_MAX) {
        fprintf(stderr, "usage: conntrack_sizes MEMORY_GIB PODS\n");
        return 2;
    }
    cnicalc_conntrack_options options;
    cnicalc_status status = cnicalc_conntrack_options_init(&options, sizeof options);
    if (status != CNICALC_OK) {
        return fail("options", status);
    }
    options.memory_bytes = (uint64_t)strtoull(argv[1], NULL, 10) << 30;
    options.max_pods = strtoull(argv[2], NULL, 10);
    cnicalc_conntrack_result result;
    status = cnicalc_conntrack_solve(&options, &result);
    if (status != CNICALC_OK) {
        return fail(argv[1], status);
    }
    printf("TCP %" PRIu64 " entries (%s), others %" PRIu64 " (%s)\n", result.tcp_entries,
           cnicalc_conntrack_limit_name(result.tcp_bound_by), result.any_entries,
           cnicalc_conntrack_limit_name(result.any_bound_by));
    if (result.tcp_per_pod != CNICALC_UNKNOWN_COUNT) {
        printf("for each of %" PRIu64 " pods: TCP %" PRIu64 ", others %" PRIu64 "\n",
               options.max_pods, result.tcp_per_pod, result.any_per_pod);
    }
    return result.tcp_bound_by == CNICALC_CONNTRACK_LIMIT_LEAST;
}
