/* SPDX-License-Identifier: MIT */
/* max_pods: the pods of one instance type in every Terway mode, and whether the node may join.
 *
 *      cc max_pods.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out ecs.c7.4xlarge
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "max_pods: %s: %s\n", what, cnicalc_status_string(status));
    return 2;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: max_pods INSTANCE_TYPE\n");
        return 2;
    }
    cnicalc_instance instance;
    cnicalc_status status = cnicalc_instance_find(argv[1], CNICALC_NUL_TERMINATED, &instance);
    if (status != CNICALC_OK) {
        return fail(argv[1], status);
    }
    cnicalc_node_options options;
    status = cnicalc_node_options_init(&options, sizeof options);
    if (status != CNICALC_OK) {
        return fail("options", status);
    }
    for (uint32_t mode = CNICALC_MODE_SHARED_ENI; mode < CNICALC_MODE_COUNT; mode++) {
        cnicalc_node_result result;
        options.mode = mode;
        status = cnicalc_node_solve(&instance, &options, &result);
        if (status != CNICALC_OK) {
            return fail(argv[1], status);
        }
        printf("%-10s %5" PRIu64 " pods, %s\n", cnicalc_mode_name(mode), result.max_pods,
               result.joins ? "joins" : "too few to join");
    }
    return 0;
}
