/* SPDX-License-Identifier: MIT */
/* terway_cluster: how many nodes of a type the pod vSwitches of a Terway cluster hold, by zone,
 * and which limit decides. Each vSwitch is in a zone of its own.
 *
 *      cc terway_cluster.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out ecs.c7.4xlarge 192.168.32.0/19 192.168.96.0/19
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>

#define MOST_ZONES 8

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "terway_cluster: %s: %s\n", what, cnicalc_status_string(status));
    return 2;
}

/* A full node of the type, in shared ENI mode and without idle addresses. */
static cnicalc_status node_of(const char *type, cnicalc_terway_node *node)
{
    cnicalc_instance instance;
    cnicalc_node_options options;
    const cnicalc_terway_use use = {0};
    cnicalc_status status = cnicalc_instance_find(type, CNICALC_NUL_TERMINATED, &instance);
    if (status == CNICALC_OK) {
        status = cnicalc_node_options_init(&options, sizeof options);
    }
    return status == CNICALC_OK ? cnicalc_terway_node_from_type(&instance, &options, &use, node)
                                : status;
}

int main(int argc, char **argv)
{
    static cnicalc_vswitch vswitches[MOST_ZONES];
    cnicalc_terway_node node;
    if (argc < 3 || argc > 2 + MOST_ZONES) {
        fprintf(stderr, "usage: terway_cluster TYPE POD_VSWITCH...\n");
        return 2;
    }
    cnicalc_status status = node_of(argv[1], &node);
    if (status != CNICALC_OK) {
        return fail(argv[1], status);
    }
    uint32_t count = (uint32_t)argc - 2;
    for (uint32_t i = 0; i < count; i++) {
        vswitches[i].zone = i + 1;
        vswitches[i].roles = CNICALC_VSWITCH_POD;
        status = cnicalc_cidr_parse(argv[2 + i], CNICALC_NUL_TERMINATED, &vswitches[i].cidr);
        if (status != CNICALC_OK) {
            return fail(argv[2 + i], status);
        }
    }
    const cnicalc_terway_cluster cluster = {vswitches, count, NULL, 0};
    cnicalc_fault fault = {CNICALC_ARRAY_NONE, 0, 0, 0};
    cnicalc_terway_options options;
    cnicalc_terway_result result;
    cnicalc_terway_zone zones[MOST_ZONES];
    size_t zone_count;
    status = cnicalc_terway_options_init(&options, sizeof options);
    if (status == CNICALC_OK) {
        status = cnicalc_terway_solve(&cluster, &node, &options, &result, &fault);
    }
    if (status == CNICALC_OK) {
        status = cnicalc_terway_zones(&cluster, &node, zones, MOST_ZONES, &zone_count, &fault);
    }
    if (status != CNICALC_OK) {
        return fail(fault.array == CNICALC_ARRAY_NONE ? "cluster" : argv[2 + fault.index], status);
    }
    for (size_t i = 0; i < zone_count; i++) {
        printf("zone %" PRIu32 ": %" PRIu64 " addresses, %" PRIu64 " nodes\n", zones[i].zone,
               zones[i].usable_addresses, zones[i].max_nodes);
    }
    printf("%" PRIu64 " nodes of %" PRIu64 " pods, %" PRIu64 " pods, bound by %s\n",
           result.max_nodes, result.pods_per_node, result.max_pods,
           cnicalc_limit_name(result.bound_by));
    return 0;
}
