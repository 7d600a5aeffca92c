/* SPDX-License-Identifier: MIT */
/* The sizes of all public structs, for bindings. */
#include "cnicalc.h"
#include "internal.h"

#define STRUCT_LIST(X)                                                                             \
    X(cnicalc_address)                                                                             \
    X(cnicalc_catalog_fault)                                                                       \
    X(cnicalc_ceilings)                                                                            \
    X(cnicalc_cidr)                                                                                \
    X(cnicalc_cidr_pair)                                                                           \
    X(cnicalc_conntrack_options)                                                                   \
    X(cnicalc_conntrack_result)                                                                    \
    X(cnicalc_fault)                                                                               \
    X(cnicalc_flannel_options)                                                                     \
    X(cnicalc_flannel_result)                                                                      \
    X(cnicalc_instance)                                                                            \
    X(cnicalc_limit_row)                                                                           \
    X(cnicalc_node_columns)                                                                        \
    X(cnicalc_node_options)                                                                        \
    X(cnicalc_node_result)                                                                         \
    X(cnicalc_node_signs)                                                                          \
    X(cnicalc_plan)                                                                                \
    X(cnicalc_plan_block)                                                                          \
    X(cnicalc_plan_check_options)                                                                  \
    X(cnicalc_plan_finding)                                                                        \
    X(cnicalc_plan_proposal)                                                                       \
    X(cnicalc_plan_propose_options)                                                                \
    X(cnicalc_plugin_candidate)                                                                    \
    X(cnicalc_plugin_choose_options)                                                               \
    X(cnicalc_plugin_choose_result)                                                                \
    X(cnicalc_quota)                                                                               \
    X(cnicalc_terway_cluster)                                                                      \
    X(cnicalc_terway_fit_result)                                                                   \
    X(cnicalc_terway_grow_result)                                                                  \
    X(cnicalc_terway_growth)                                                                       \
    X(cnicalc_terway_node)                                                                         \
    X(cnicalc_terway_options)                                                                      \
    X(cnicalc_terway_pool)                                                                         \
    X(cnicalc_terway_result)                                                                       \
    X(cnicalc_terway_use)                                                                          \
    X(cnicalc_terway_zone)                                                                         \
    X(cnicalc_vswitch)                                                                             \
    X(cnicalc_vswitch_room)                                                                        \
    X(cnicalc_workload)                                                                            \
    X(cnicalc_workload_columns)                                                                    \
    X(cnicalc_workload_options)                                                                    \
    X(cnicalc_workload_result)

#define NAME(type) #type "\0"
#define SIZE(type) sizeof(type),

static const char STRUCT_NAMES[] = STRUCT_LIST(NAME);
static const uint16_t SIZES[] = {STRUCT_LIST(SIZE)};

uint32_t cnicalc_struct_size(const char *name)
{
    const char *known = STRUCT_NAMES;
    for (size_t i = 0; name != NULL && i < sizeof SIZES / sizeof SIZES[0]; i++) {
        if (strcmp(known, name) == 0) {
            return SIZES[i];
        }
        known += strlen(known) + 1;
    }
    return 0;
}
