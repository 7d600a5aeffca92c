/* SPDX-License-Identifier: MIT */
/* flannel_inverse: the smallest pod CIDR for a number of nodes with a number of pods each.
 *
 *      cc flannel_inverse.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out 100 100
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "flannel_inverse: %s: %s\n", what, cnicalc_status_string(status));
    return 2;
}

/* A whole number; strtoull() alone would take "", "-1" and "7x" for one. */
static int is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: flannel_inverse NODES PODS_PER_NODE\n");
        return 2;
    }
    cnicalc_flannel_options options;
    cnicalc_status status = cnicalc_flannel_options_init(&options, sizeof options);
    if (status != CNICALC_OK) {
        return fail("options", status);
    }
    cnicalc_flannel_result result;
    uint64_t nodes = strtoull(argv[1], NULL, 10);
    uint64_t pods_per_node = strtoull(argv[2], NULL, 10);
    if (!is_number(argv[1]) || !is_number(argv[2])) {
        fprintf(stderr, "flannel_inverse: NODES and PODS_PER_NODE are whole numbers\n");
        return 2;
    }
    status = cnicalc_flannel_fit(nodes, pods_per_node, &options, &result);
    if (status != CNICALC_OK) {
        return fail("the request", status);
    }
    if (!result.fits) {
        printf("does not fit: at most %" PRIu64 " nodes of %" PRIu64 " pods, bound by %s\n",
               result.max_nodes, result.pods_per_node, cnicalc_limit_name(result.bound_by));
        return 1;
    }
    printf("a /%u pod CIDR with node mask %u: %" PRIu64 " nodes of %" PRIu64 " pods\n",
           result.pod_prefix_len, result.node_mask, result.max_nodes, result.pods_per_node);
    return 0;
}
