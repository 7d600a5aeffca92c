/* SPDX-License-Identifier: MIT */
/**
 * @file workload.h
 * The nodes that a workload needs: how many of its pods one node of a type runs, which resource
 * decides, and how many nodes all pods take.
 *
 *      ecs.c7.4xlarge, 16 vCPUs, 32 GiB; pods of 500m and 1 GiB
 *      cpu                 16,000 - 110 = 15,890 millicores / 500         31 pods
 *      memory              32,768 - 2,598 - 300 = 29,870 MiB / 1,024      29 pods
 *      eni_quantity        (8 - 1) * 30                                   210 pods
 *      kubelet_max_pods    213 - 3                                        210 pods
 *      3,000 pods          ceil(3,000 / 29) = 104 nodes
 *
 * A pod takes what it requests, as the scheduler counts it: what its containers really use is not
 * known here. Of a node's CPU and memory, kubelet keeps some (see node.h), headroom keeps some free
 * and DaemonSets request some; the rest is for the pods.
 *
 * Several workloads together are a mix, and its nodes are alike: with n nodes, each has room for
 * ceil(pods / n) of every workload. The answer is the exact minimum of such nodes. It is no bin
 * packing: nodes that differ may be fewer, and nodes_at_least says how few no arrangement passes.
 *
 * Sources: ACK documentation, March 2026, by node.h and flannel.h; the division is our arithmetic.
 */
#ifndef CNICALC_WORKLOAD_H
#define CNICALC_WORKLOAD_H

#include "cnicalc/base.h"
#include "cnicalc/instance.h"
#include "cnicalc/node.h"
#include "cnicalc/quota.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Quantities of Kubernetes ----
 *
 * A number with or without a fraction and one of these: nothing; n, u, m, k, M, G, T, P, E, which
 * are powers of 1,000; Ki, Mi, Gi, Ti, Pi, Ei, which are powers of 1,024; or a decimal exponent as
 * in 1e9. Such are the requests of a pod. They are read exactly: where the API server rounds up,
 * there is an error here. */

/**
 * A quantity of CPU in millicores.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL           a pointer is NULL
 *         CNICALC_ERR_QUANTITY       text is no quantity, or a negative one
 *         CNICALC_ERR_QUANTITY_UNIT  it is no whole number of millicores
 *         CNICALC_ERR_OVERFLOW       it exceeds 64 bits, or the digits of text do
 *
 * Example: cnicalc_cpu_parse("500m", 4, &millicores) -> 500
 * Example: cnicalc_cpu_parse("0.5", 3, &millicores) -> 500
 * Example: cnicalc_cpu_parse("0.0005", 6, &millicores) -> CNICALC_ERR_QUANTITY_UNIT
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_cpu_parse(const char *text, size_t text_len,
                                                             uint64_t *out_millicores);

/**
 * A quantity of memory in bytes.
 *
 * @return as cnicalc_cpu_parse(), with bytes for millicores
 *
 * Example: cnicalc_memory_parse("1Gi", 3, &bytes) -> 1073741824
 * Example: cnicalc_memory_parse("1.5G", 4, &bytes) -> 1500000000
 * Example: cnicalc_memory_parse("1e9", 3, &bytes) -> 1000000000
 * Example: cnicalc_memory_parse("500m", 4, &bytes) -> CNICALC_ERR_QUANTITY_UNIT
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_memory_parse(const char *text, size_t text_len,
                                                                uint64_t *out_bytes);

/* ---- The question ---- */

/** Equal pods, such as those of one Deployment. What is 0 is not requested. */
typedef struct cnicalc_workload {
    uint64_t pods;           /**< wanted in the cluster: 1 to 2^32 - 1 */
    uint64_t cpu_millicores; /**< that one pod requests, all its containers together */
    uint64_t memory_bytes;   /**< likewise */
    uint32_t host_network;   /**< 1: they use the node's own address, and none of the ENIs; they
                                  count for kubelet. Ports of the node that exclude each other are
                                  not modelled. */
    uint32_t reserved[3];    /**< zero */
} cnicalc_workload;

/** Choices of the question. Begin with cnicalc_workload_options_init(). */
typedef struct cnicalc_workload_options {
    uint32_t struct_size;
    uint32_t plugin;           /**< enum cnicalc_plugin; default Terway */
    uint32_t node_mask;        /**< bits of a Flannel node's block, 24..28; Terway reads none */
    uint32_t headroom_percent; /**< of allocatable CPU and memory, to stay free; default 0 */
    uint64_t daemon_cpu_millicores; /**< that all DaemonSet pods of a node request, those on the
                                         host network too; default 0 */
    uint64_t daemon_memory_bytes;   /**< likewise */
    uint32_t daemon_pods;           /**< DaemonSet pods of a node with an address of their own;
                                         default 0. Those on the host network are among
                                         node.host_network_pods. */
    uint32_t reserved[7];           /**< zero */
    cnicalc_node_options node;      /**< of Flannel, host_network_pods, kubelet_max_pods (default:
                                         the addresses of its block), memory_capacity_kib,
                                         kubernetes_minor and windows alone are read */
    cnicalc_ceilings ceilings;      /**< node_quota, pod_quota, route_quota and routes_used are
                                         read */
} cnicalc_workload_options;

/**
 * Fills options with the defaults.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_workload_options)
 *
 * Example: cnicalc_workload_options_init(&options, sizeof options) -> headroom_percent 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_workload_options_init(cnicalc_workload_options *options, size_t struct_size);

/* ---- One type ---- */

/**
 * The answer. Its rows, in this order:
 *
 *  - CPU, MEMORY, ENI_QUANTITY, ENI_CAP, MAX_ENI, ERDMA, IPV4_PREFIX_COUNT, IPV6_PREFIX, NODE_MASK
 *    and KUBELET_MAX_PODS count pods per node: needed is what each node runs when the pods are
 *    spread evenly, available what it could run by this one alone.
 *  - MIN_PODS_TO_JOIN, NODE_QUOTA and ROUTE_QUOTA count nodes, POD_QUOTA counts pods.
 *
 * Pods of the workloads are meant; what DaemonSet pods take is off available already.
 */
typedef struct cnicalc_workload_result {
    uint64_t nodes;            /**< the fewest that hold equal parts; CNICALC_NO_LIMIT: none do */
    uint64_t nodes_at_least;   /**< no arrangement takes fewer; or CNICALC_NO_LIMIT */
    uint64_t pods_per_node;    /**< the most that one node runs; of a mix, in proportion */
    uint64_t pods;             /**< of all workloads */
    uint64_t kubelet_max_pods; /**< as in cnicalc_node_result, as the two below */
    uint64_t allocatable_cpu_millicores;
    uint64_t allocatable_memory_kib;
    uint64_t pod_cpu_millicores;   /**< of these, what headroom and DaemonSets leave to the pods */
    uint64_t pod_memory_bytes;     /**< likewise */
    uint64_t idle_cpu_millicores;  /**< of all nodes, allocatable and not requested */
    uint64_t idle_memory_kib;      /**< likewise, cut */
    uint64_t pod_addresses;        /**< that the pods of all nodes take */
    uint32_t idle_cpu_thousandths; /**< of what is allocatable on all nodes, cut */
    uint32_t idle_memory_thousandths; /**< likewise */
    uint32_t fits;                    /**< 1: no row needs more than is available */
    uint32_t bound_by;                /**< enum cnicalc_limit: which one decided pods_per_node */
    uint32_t short_of; /**< the first one of which more is needed than available, or NONE */
    uint32_t joins;    /**< 1, or 0: ACK refuses the node, which has too few pods; 1 with Flannel */
    uint32_t limit_count;
    uint32_t reserved0;
    uint64_t reserved[8];
    cnicalc_limit_row limits[CNICALC_LIMIT_ROWS];
} cnicalc_workload_result;

/**
 * The nodes of one type that a workload, or a mix of them, needs.
 *
 * pods_per_node is the smallest of the rows that count pods per node, and bound_by names it: the
 * first of equals, and of the limits on addresses the one that bounds cnicalc_node_result. Where
 * nothing bounds them it is CNICALC_NO_LIMIT, and bound_by NONE.
 *
 *  - CPU: (allocatable * (100 - headroom_percent) / 100, cut, less what DaemonSets request) / what
 *    a pod requests, cut. No limit where no pod requests any.
 *  - MEMORY: the same, in bytes.
 *  - ENI_QUANTITY to IPV6_PREFIX: as in cnicalc_node_result, less daemon_pods. Pods with a member
 *    ENI of a trunk are beside them. No limit with Flannel, or for pods on the host network alone.
 *  - NODE_MASK: what pods can really get of a Flannel node's block, 2^(32 - node_mask) - 3, less
 *    daemon_pods. No limit with Terway, or for pods on the host network alone.
 *  - KUBELET_MAX_PODS: maxPods less host_network_pods and daemon_pods. maxPods of a Flannel node is
 *    2^(32 - node_mask). No limit where it is not published, in exclusive mode.
 *  - Each of them is 0 where the DaemonSets do not fit.
 *
 * A mix fills a node step by step: a step has ceil(share * pods) of each workload, for a share that
 * grows from 0 until one of them gets a pod more. Its row says how many pods the last step has that
 * fits by this one alone: 0 if not even one pod of each does, and CNICALC_NO_LIMIT for more than 64
 * bits count.
 *
 *  - nodes: the fewest n for which ceil(pods / n) of all workloads together are at most
 *    pods_per_node. All ceil(pods / n) then fit at once, and with one node fewer they do not.
 *  - nodes_at_least: what all pods take of each resource divided by what a node has for them, and
 *    what each workload would need alone: the most of these, rounded up. Of one workload, nodes.
 *  - pod_addresses: with Terway those of the vSwitches, when the pods are spread evenly and pools
 *    hold no idle ones; with Flannel the blocks of the nodes.
 *  - What is idle and pod_addresses are CNICALC_UNKNOWN_COUNT or CNICALC_UNKNOWN where no number of
 *    nodes holds equal parts; allocatable and idle too where it is not published, which is no error
 *    as long as nothing requests it.
 *  - MIN_PODS_TO_JOIN: 0 nodes where the type cannot join. NODE_QUOTA, ROUTE_QUOTA, POD_QUOTA: what
 *    the ceilings leave; one that is not published bounds nothing. POD_QUOTA needs the pods and
 *    daemon_pods on each node.
 *  - short_of is bound_by where no number of nodes holds equal parts.
 *
 * @param workloads  workload_count of them
 * @param out_fault  may be NULL
 * @return CNICALC_OK, whether it fits or not
 *         CNICALC_ERR_NULL                a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE         options, or those inside, were not initialised
 *         CNICALC_ERR_RESERVED            a reserved word is not zero
 *         CNICALC_ERR_PLUGIN              plugin is neither Terway nor Flannel
 *         CNICALC_ERR_WORKLOAD_HEADROOM   headroom_percent exceeds 100
 *         CNICALC_ERR_WORKLOAD_PODS       pods is 0 or exceeds 2^32 - 1, or workload_count is 0
 *         CNICALC_ERR_FLAG                host_network, or a flag of node or ceilings, is neither 0
 *                                         nor 1
 *         CNICALC_ERR_EDITION             edition is none of enum cnicalc_edition, or ANY
 *         CNICALC_ERR_FLANNEL_NODE_MASK   node_mask of Flannel is not in 24..28
 *         any of cnicalc_node_solve()     with Terway
 *         CNICALC_ERR_LIMITS_UNKNOWN      also when vcpus or memory_mib is not published, or what
 *                                         maxPods follows from, and they are requested
 *         CNICALC_ERR_WORKLOAD_ALLOCATABLE  what kubelet keeps of such a node is not published, and
 *                                         it is requested: CPU of fewer than 4 cores before
 *                                         Kubernetes 1.28, memory of a Lingjun node
 *         CNICALC_ERR_OVERFLOW            a count, or all that the pods request, exceeds 64 bits
 *
 * Example: ecs.c7.4xlarge, 3000 pods of 500m and 1 GiB -> pods_per_node 29, nodes 104,
 *          bound_by memory, idle_memory_thousandths 11
 * Example: ecs.c7.large, 3000 pods of 10m and 32 MiB -> pods_per_node 12, nodes 250,
 *          bound_by eni_quantity
 * Example: ecs.c7.4xlarge, 300 pods of 500m and 1 GiB, 100 of 1000m and 4 GiB
 *          -> nodes 25, nodes_at_least 24
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_workload_solve(const cnicalc_instance *instance, const cnicalc_workload *workloads,
                       size_t workload_count, const cnicalc_workload_options *options,
                       cnicalc_workload_result *out_result, cnicalc_fault *out_fault);

/**
 * Which column of the instance a question lacks, when cnicalc_workload_solve() returns
 * CNICALC_ERR_LIMITS_UNKNOWN for it.
 *
 * @param out_column  for cnicalc_instance_column_name(), or CNICALC_UNKNOWN: none is missing
 * @return CNICALC_OK, or any status of cnicalc_workload_solve() but CNICALC_ERR_LIMITS_UNKNOWN
 *
 * Example: ecs.c7.4xlarge but vcpus not published, 500m -> "vcpus"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_workload_missing_column(
    const cnicalc_instance *instance, const cnicalc_workload *workloads, size_t workload_count,
    const cnicalc_workload_options *options, uint32_t *out_column);

/* ---- Many types ---- */

/** The columns of cnicalc_workload_solve_batch(), of the caller's. */
typedef struct cnicalc_workload_columns {
    const cnicalc_instance *instances; /**< instance_count of them, or NULL: the built-in table */
    size_t instance_count;
    const uint32_t *instance_index; /**< count of them, into instances or the table; NULL: row i
                                       asks for type i */
    size_t count;                   /**< rows */
    uint32_t *out_vcpus;            /**< count of them, or NULL: not asked for, as all below; of the
                                         type */
    uint64_t *out_nodes;
    uint64_t *out_pods_per_node;
    uint64_t *out_idle_memory_kib;
    uint32_t *out_idle_cpu_thousandths;
    uint32_t *out_idle_memory_thousandths;
    uint32_t *out_bound_by;
    uint32_t *out_short_of;
    cnicalc_status *out_status;
    uint32_t *out_rank; /**< the place of the row among all, from 0, the best; needs out_vcpus,
                             out_nodes, out_idle_memory_kib and out_short_of */
} cnicalc_workload_columns;

/**
 * The same question about many types in one call, and how they rank.
 *
 * Each other column has the member of cnicalc_workload_result that has its name. A row that fails
 * has CNICALC_UNKNOWN_COUNT or CNICALC_UNKNOWN, CNICALC_LIMIT_NONE and its status, and changes no
 * other row; an index outside the array gives its row CNICALC_ERR_INDEX. No array that is written
 * is one that is read, too.
 *
 * A type that fits ranks before one that does not, then fewer nodes before more, then fewer vCPUs,
 * then less idle memory, then the earlier row. Rows that have no number of nodes, because they
 * failed or no number is enough, are last, in their order.
 *
 * @param out_fault  may be NULL
 * @return CNICALC_OK, however many rows failed
 *         CNICALC_ERR_NULL      a pointer is NULL, of those that may not be, or a column that
 *                               out_rank needs although count is not 0
 *         CNICALC_ERR_CAPACITY  count exceeds 2^32 - 1
 *         any of cnicalc_workload_solve() that concerns workloads, or options but for options.node
 *
 * Example: ecs.c7.large, ecs.c7.4xlarge, 3000 pods of 500m and 1 GiB -> out_nodes {1000, 104},
 *          out_rank {1, 0}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_workload_solve_batch(const cnicalc_workload *workloads, size_t workload_count,
                             const cnicalc_workload_options *options,
                             const cnicalc_workload_columns *columns, cnicalc_fault *out_fault);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_WORKLOAD_H */
