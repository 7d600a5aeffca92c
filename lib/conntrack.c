/* SPDX-License-Identifier: MIT */
/* Sizes of DataPath V2's connection tables. The rule is at the top of conntrack.h. */
#include "cnicalc/conntrack.h"

#include "internal.h"

#include <string.h>

#define MILLION                  1000000
#define DEFAULT_RATIO_MILLIONTHS 2500 /* 0.0025, Cilium source, July 2026 */

/* Entries of the tables at their default sizes. */
#define WIDE_DEFAULT   UINT64_C(524288) /* tcp, nat, neighbor */
#define NARROW_DEFAULT UINT64_C(262144) /* any, sock_rev_nat */

#define WIDE_LEAST   131072
#define NARROW_LEAST 65536
#define MOST         16777216

/* Bytes of the five tables at those sizes: an entry of tcp, any and nat takes 94 bytes, one of
 * neighbor 24, one of sock_rev_nat 48. */
#define DEFAULT_BYTES (WIDE_DEFAULT * (94 + 94 + 24) + NARROW_DEFAULT * (94 + 48))

#define LIMIT_NAME_LIST(X)                                                                         \
    X(CNICALC_CONNTRACK_LIMIT_NONE, "none")                                                        \
    X(CNICALC_CONNTRACK_LIMIT_MEMORY, "memory")                                                    \
    X(CNICALC_CONNTRACK_LIMIT_LEAST, "least")                                                      \
    X(CNICALC_CONNTRACK_LIMIT_MOST, "most")                                                        \
    X(CNICALC_CONNTRACK_LIMIT_BY_HAND, "by_hand")

const char *cnicalc_conntrack_limit_name(uint32_t limit)
{
    static const uint8_t values[] = {LIMIT_NAME_LIST(CNICALC__VALUE)};
    static const char names[] = LIMIT_NAME_LIST(CNICALC__TEXT) "unknown";
    return cnicalc__text_of(values, sizeof values, names, limit);
}

cnicalc_status cnicalc_conntrack_options_init(cnicalc_conntrack_options *options,
                                              size_t struct_size)
{
    cnicalc_status status = cnicalc__options_begin(options, struct_size, sizeof *options);
    if (status != CNICALC_OK) {
        return status;
    }
    options->ratio_millionths = DEFAULT_RATIO_MILLIONTHS;
    return CNICALC_OK;
}

static cnicalc_status check_conntrack_options(const cnicalc_conntrack_options *options)
{
    cnicalc_status status = cnicalc__options_check(options, sizeof *options, options->reserved,
                                                   sizeof options->reserved);
    if (status != CNICALC_OK) {
        return status;
    }
    if (options->ratio_millionths == 0 || options->ratio_millionths > MILLION) {
        return CNICALC_ERR_CONNTRACK_RATIO;
    }
    return options->memory_bytes == 0 ? CNICALC_ERR_CONNTRACK_MEMORY : CNICALC_OK;
}

/* trunc(value * factor / divisor) without the product that would not fit in 64 bits: the quotient
 * and the remainder are scaled apart. The caller ensures that neither overflows. */
static uint64_t scale(uint64_t value, uint64_t factor, uint64_t divisor)
{
    return value / divisor * factor + value % divisor * factor / divisor;
}

/* The entries of one table, and what decided them. */
static void size_table(uint64_t by_hand, uint64_t budget, uint64_t default_entries, uint64_t least,
                       uint64_t *out_entries, uint32_t *out_bound_by)
{
    uint64_t share = scale(budget, default_entries, DEFAULT_BYTES);
    *out_entries = share;
    *out_bound_by = CNICALC_CONNTRACK_LIMIT_MEMORY;
    if (by_hand != 0) {
        *out_entries = by_hand;
        *out_bound_by = CNICALC_CONNTRACK_LIMIT_BY_HAND;
    } else if (share < least) {
        *out_entries = least;
        *out_bound_by = CNICALC_CONNTRACK_LIMIT_LEAST;
    } else if (share > MOST) {
        *out_entries = MOST;
        *out_bound_by = CNICALC_CONNTRACK_LIMIT_MOST;
    }
}

cnicalc_status cnicalc_conntrack_solve(const cnicalc_conntrack_options *options,
                                       cnicalc_conntrack_result *out_result)
{
    if (options == NULL || out_result == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_status status = check_conntrack_options(options);
    if (status != CNICALC_OK) {
        return status;
    }
    cnicalc_conntrack_result result;
    memset(&result, 0, sizeof result);
    uint64_t budget = scale(options->memory_bytes, options->ratio_millionths, MILLION);
    result.budget_bytes = budget;
    size_table(options->tcp_entries, budget, WIDE_DEFAULT, WIDE_LEAST, &result.tcp_entries,
               &result.tcp_bound_by);
    size_table(options->any_entries, budget, NARROW_DEFAULT, NARROW_LEAST, &result.any_entries,
               &result.any_bound_by);
    size_table(options->nat_entries, budget, WIDE_DEFAULT, WIDE_LEAST, &result.nat_entries,
               &result.nat_bound_by);
    size_table(options->neighbor_entries, budget, WIDE_DEFAULT, WIDE_LEAST,
               &result.neighbor_entries, &result.neighbor_bound_by);
    size_table(options->sock_rev_nat_entries, budget, NARROW_DEFAULT, NARROW_LEAST,
               &result.sock_rev_nat_entries, &result.sock_rev_nat_bound_by);
    result.tcp_per_pod = CNICALC_UNKNOWN_COUNT;
    result.any_per_pod = CNICALC_UNKNOWN_COUNT;
    if (options->max_pods != 0) {
        result.tcp_per_pod = result.tcp_entries / options->max_pods;
        result.any_per_pod = result.any_entries / options->max_pods;
    }
    *out_result = result;
    return CNICALC_OK;
}
