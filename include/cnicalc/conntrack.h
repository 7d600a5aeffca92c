/* SPDX-License-Identifier: MIT */
/**
 * @file conntrack.h
 * DataPath V2: how many connections the eBPF tables of a node can track.
 *
 * Five tables share a budget of node memory, in the proportion of their default sizes:
 *
 *      table           default entries   bytes each   least     most
 *      tcp                     524,288           94   131,072   16,777,216
 *      any                     262,144           94    65,536   16,777,216
 *      nat                     524,288           94   131,072   16,777,216
 *      neighbor                524,288           24   131,072   16,777,216
 *      sock_rev_nat            262,144           48    65,536   16,777,216
 *
 *      budget  = trunc(memory * ratio)
 *      entries = trunc(default * budget / sum of default * bytes), at least least, at most most
 *
 * "any" is every protocol but TCP. A size set by hand takes the place of its table's own and leaves
 * the others as they are. The tables are LRU: when one is full, the oldest connection is evicted
 * and none is refused.
 *
 * Source: Cilium source, July 2026, which DataPath V2 builds on.
 */
#ifndef CNICALC_CONNTRACK_H
#define CNICALC_CONNTRACK_H

#include "cnicalc/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What decided the size of a table. */
enum cnicalc_conntrack_limit {
    CNICALC_CONNTRACK_LIMIT_NONE = 0,
    CNICALC_CONNTRACK_LIMIT_MEMORY = 1, /**< its share of the budget */
    CNICALC_CONNTRACK_LIMIT_LEAST = 2,  /**< the share is less than the least size */
    CNICALC_CONNTRACK_LIMIT_MOST = 3,   /**< the share is more than the most */
    CNICALC_CONNTRACK_LIMIT_BY_HAND = 4 /**< the caller's own size */
};

#define CNICALC_CONNTRACK_LIMIT_COUNT 5

/** The question. Begin with cnicalc_conntrack_options_init(), then set memory_bytes. */
typedef struct cnicalc_conntrack_options {
    uint32_t struct_size;
    uint32_t ratio_millionths;     /**< share of the memory, 1..1000000; default 2500, 0.25 % */
    uint64_t memory_bytes;         /**< the node's memory, not 0 */
    uint64_t tcp_entries;          /**< size set by hand; 0, the default: computed */
    uint64_t any_entries;          /**< the same */
    uint64_t nat_entries;          /**< the same */
    uint64_t neighbor_entries;     /**< the same */
    uint64_t sock_rev_nat_entries; /**< the same */
    uint64_t max_pods;             /**< pods that share the tables; 0, the default: not asked */
    uint32_t reserved[4];
} cnicalc_conntrack_options;

/** The answer, in entries; a connection takes one. */
typedef struct cnicalc_conntrack_result {
    uint64_t tcp_entries;
    uint64_t any_entries;
    uint64_t nat_entries;
    uint64_t neighbor_entries;
    uint64_t sock_rev_nat_entries;
    uint64_t budget_bytes; /**< memory that the computed sizes share */
    uint64_t tcp_per_pod;  /**< tcp_entries / max_pods, or CNICALC_UNKNOWN_COUNT */
    uint64_t any_per_pod;  /**< any_entries / max_pods, or CNICALC_UNKNOWN_COUNT */
    uint32_t tcp_bound_by; /**< enum cnicalc_conntrack_limit */
    uint32_t any_bound_by; /**< the same, as all below */
    uint32_t nat_bound_by;
    uint32_t neighbor_bound_by;
    uint32_t sock_rev_nat_bound_by;
    uint32_t reserved[3];
} cnicalc_conntrack_result;

/**
 * Fills options with the defaults. The caller then sets memory_bytes.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_conntrack_options)
 *
 * Example: cnicalc_conntrack_options_init(&options, sizeof options) -> ratio_millionths 2500
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_conntrack_options_init(cnicalc_conntrack_options *options, size_t struct_size);

/**
 * The sizes of the five tables, in integers only and without overflow for any memory.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL              a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE       options were not initialised
 *         CNICALC_ERR_RESERVED          a reserved word of options is not zero
 *         CNICALC_ERR_CONNTRACK_RATIO   ratio_millionths is not in 1..1000000
 *         CNICALC_ERR_CONNTRACK_MEMORY  memory_bytes is 0
 *
 * Example: 16 GiB -> tcp_entries 151765, any_entries 75882, nat_entries 151765,
 *          neighbor_entries 151765, sock_rev_nat_entries 75882
 * Example: 16 GiB, max_pods 210 -> tcp_per_pod 722, any_per_pod 361
 * Example: 8 GiB -> tcp_entries 131072, tcp_bound_by least
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_conntrack_solve(
    const cnicalc_conntrack_options *options, cnicalc_conntrack_result *out_result);

/**
 * The name of what decided a size: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_conntrack_limit_name(CNICALC_CONNTRACK_LIMIT_LEAST) -> "least"
 */
CNICALC_API const char *cnicalc_conntrack_limit_name(uint32_t limit);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_CONNTRACK_H */
