/* SPDX-License-Identifier: MIT */
/* dense_types: the types of the built-in table that run at least MIN_PODS shared-ENI pods on at
 * most MAX_VCPUS vCPUs.
 *
 *      cc dense_types.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out 200 16
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A whole number; strtoull() alone would take "", "-1" and "7x" for one. */
static int is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: dense_types MIN_PODS MAX_VCPUS\n");
        return 2;
    }
    uint64_t min_pods = strtoull(argv[1], NULL, 10);
    uint64_t max_vcpus = strtoull(argv[2], NULL, 10);
    if (!is_number(argv[1]) || !is_number(argv[2])) {
        fprintf(stderr, "dense_types: MIN_PODS and MAX_VCPUS are whole numbers\n");
        return 2;
    }
    cnicalc_node_options options;
    cnicalc_status status = cnicalc_node_options_init(&options, sizeof options);
    for (size_t i = 0; status == CNICALC_OK && i < cnicalc_instance_count(); i++) {
        cnicalc_instance instance;
        status = cnicalc_instance_at(i, &instance);
        if (status != CNICALC_OK) {
            break;
        }
        cnicalc_node_result result;
        cnicalc_status solved = cnicalc_node_solve(&instance, &options, &result);
        if (solved == CNICALC_ERR_LIMITS_UNKNOWN) {
            continue; /* a type without published limits is no candidate, and no failure */
        }
        status = solved;
        if (status == CNICALC_OK && result.max_pods >= min_pods && instance.vcpus <= max_vcpus) {
            printf("%-24s %3" PRIu32 " vCPUs %5" PRIu64 " pods\n", instance.name, instance.vcpus,
                   result.max_pods);
        }
    }
    if (status != CNICALC_OK) {
        fprintf(stderr, "dense_types: %s\n", cnicalc_status_string(status));
        return 2;
    }
    return 0;
}
