/* SPDX-License-Identifier: MIT */
/* flannel_split: what a pod CIDR and a node mask give, and which limit decides.
 *
 *      cc flannel_split.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out 172.16.0.0/20 256
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "flannel_split: %s: %s\n", what, cnicalc_status_string(status));
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
        fprintf(stderr, "usage: flannel_split POD_CIDR PODS_PER_NODE\n");
        return 2;
    }
    cnicalc_cidr pod_cidr;
    cnicalc_status status = cnicalc_cidr_parse(argv[1], CNICALC_NUL_TERMINATED, &pod_cidr);
    if (status != CNICALC_OK) {
        return fail(argv[1], status);
    }
    cnicalc_flannel_options options;
    status = cnicalc_flannel_options_init(&options, sizeof options);
    if (status != CNICALC_OK) {
        return fail("options", status);
    }
    uint64_t pods_per_node = strtoull(argv[2], NULL, 10);
    if (!is_number(argv[2]) || pods_per_node > UINT32_MAX) {
        return fail(argv[2], CNICALC_ERR_FLANNEL_PODS_PER_NODE);
    }
    options.pods_per_node = (uint32_t)pods_per_node;
    cnicalc_flannel_result result;
    status = cnicalc_flannel_solve(&pod_cidr, &options, &result);
    if (status != CNICALC_OK) {
        return fail(argv[2], status);
    }
    printf("%" PRIu64 " nodes of %" PRIu64 " pods (%" PRIu64 " usable addresses), bound by %s\n",
           result.max_nodes, result.pods_per_node, result.usable_pod_ips,
           cnicalc_limit_name(result.bound_by));
    return 0;
}
