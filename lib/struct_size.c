/* SPDX-License-Identifier: MIT */
/* The sizes of all public structs, for bindings. */
#include "cnicalc.h"
#include "internal.h"

#define STRUCT_LIST(X)                                                                             \
    X(address)                                                                                     \
    X(catalog_fault)                                                                               \
    X(ceilings)                                                                                    \
    X(cidr)                                                                                        \
    X(cidr_pair)                                                                                   \
    X(conntrack_options)                                                                           \
    X(conntrack_result)                                                                            \
    X(fault)                                                                                       \
    X(flannel_options)                                                                             \
    X(flannel_result)                                                                              \
    X(instance)                                                                                    \
    X(limit_row)                                                                                   \
    X(node_columns)                                                                                \
    X(node_options)                                                                                \
    X(node_result)                                                                                 \
    X(node_signs)                                                                                  \
    X(plan)                                                                                        \
    X(plan_block)                                                                                  \
    X(plan_check_options)                                                                          \
    X(plan_finding)                                                                                \
    X(plan_proposal)                                                                               \
    X(plan_propose_options)                                                                        \
    X(plugin_candidate)                                                                            \
    X(plugin_choose_options)                                                                       \
    X(plugin_choose_result)                                                                        \
    X(quota)                                                                                       \
    X(terway_cluster)                                                                              \
    X(terway_fit_result)                                                                           \
    X(terway_grow_result)                                                                          \
    X(terway_growth)                                                                               \
    X(terway_node)                                                                                 \
    X(terway_options)                                                                              \
    X(terway_pool)                                                                                 \
    X(terway_result)                                                                               \
    X(terway_use)                                                                                  \
    X(terway_zone)                                                                                 \
    X(vswitch)                                                                                     \
    X(vswitch_room)                                                                                \
    X(workload)                                                                                    \
    X(workload_columns)                                                                            \
    X(workload_options)                                                                            \
    X(workload_result)

#define NAME(type) #type "\0"
#define SIZE(type) sizeof(cnicalc_##type),

static const char STRUCT_NAMES[] = STRUCT_LIST(NAME);
static const uint16_t SIZES[] = {STRUCT_LIST(SIZE)};

uint32_t cnicalc_struct_size(const char *name)
{
    static const char prefix[] = "cnicalc_";
    const size_t prefix_len = sizeof prefix - 1;
    size_t len = name == NULL ? 0 : strlen(name);
    if (len < prefix_len || memcmp(name, prefix, prefix_len) != 0) {
        return 0;
    }
    for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
        if (cnicalc__text_is(name + prefix_len, len - prefix_len,
                             cnicalc__nth_text(STRUCT_NAMES, i))) {
            return SIZES[i];
        }
    }
    return 0;
}
