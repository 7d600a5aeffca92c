/* SPDX-License-Identifier: MIT */
/**
 * @file node.h
 * Pods on one Terway node, in every mode, and the limit that decides.
 *
 *      mode             pods                      joins the cluster from
 *      shared ENI       (E - 1) * I               12 pods
 *      + trunk          the same, and T - E       12 pods
 *      exclusive ENI    E - 1                      7 pods
 *      IP prefix        (E - 1) * (I - 1) * 16    12 pods
 *
 *      E eni_quantity, I eni_private_ip_address_quantity, T eni_total_quantity
 *
 * The primary ENI belongs to the node: E - 1. Every address of a secondary ENI serves a pod,
 * its own primary address included; on Windows it does not: (E - 1) * (I - 1). In prefix mode an
 * ENI's own address takes one of its I slots and each other slot holds a /28. Terway itself
 * advertises (I - 1) * 16 * (T - 1) there, but no more than E - 1 secondary ENIs can be attached.
 * DataPath V2, IPVLAN and veth change none of this.
 *
 * Sources: ACK documentation, March 2026 (formulas, join floors, maxPods), and of no known date
 * (what kubelet keeps from Kubernetes 1.28 on and on Windows); Terway source, July 2026 (eRDMA, ENI
 * caps, trunk, prefixes, dual stack, what a running node shows). What kubelet keeps before
 * Kubernetes 1.28 is derived from running nodes and exact on each of them. One page says that a
 * shared node joins above 10 and another that an exclusive node joins above 5; the stricter floors
 * of the newer page are taken.
 */
#ifndef CNICALC_NODE_H
#define CNICALC_NODE_H

#include "cnicalc/base.h"
#include "cnicalc/instance.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Terway modes. A node's mode cannot change after it joined. */
enum cnicalc_mode {
    CNICALC_MODE_SHARED_ENI = 1,       /**< pods share ENIs, one address each */
    CNICALC_MODE_SHARED_ENI_TRUNK = 2, /**< and some pods own a member ENI of a trunk */
    CNICALC_MODE_EXCLUSIVE_ENI = 3,    /**< one ENI for each pod */
    CNICALC_MODE_IP_PREFIX = 4 /**< shared ENIs filled with /28 prefixes, Terway >= 1.17.1 */
};

#define CNICALC_MODE_COUNT 5

/** The addresses of pods. */
enum cnicalc_ip_stack {
    CNICALC_IP_STACK_IPV4 = 1,
    CNICALC_IP_STACK_DUAL = 2,
    CNICALC_IP_STACK_IPV6 = 3 /**< IP prefix mode only: one /80, 65,536 addresses */
};

#define CNICALC_IP_STACK_COUNT 4

/** Who gives out the addresses of a node, and so how many ENIs eRDMA takes. */
enum cnicalc_erdma_ipam {
    CNICALC_ERDMA_IPAM_CENTRALISED = 1, /**< one for the cluster: one ENI */
    CNICALC_ERDMA_IPAM_DAEMON = 2       /**< the node's own daemon: two ENIs on a large node */
};

#define CNICALC_ERDMA_IPAM_COUNT 3

/** Choices of the question. Begin with cnicalc_node_options_init(). */
typedef struct cnicalc_node_options {
    uint32_t struct_size;
    uint32_t mode;                      /**< enum cnicalc_mode; default shared ENI */
    uint32_t ip_stack;                  /**< enum cnicalc_ip_stack; default IPv4 */
    uint32_t erdma;                     /**< 1: some ENIs serve eRDMA; default 0 */
    uint32_t windows;                   /**< 1: a Windows node; default 0 */
    uint32_t eni_cap_ratio_numerator;   /**< Terway's eni_cap_ratio; 0 reads as 1; default 1 */
    uint32_t eni_cap_ratio_denominator; /**< not 0; 1000 for thousandths; default 1 */
    int32_t eni_cap_shift;              /**< Terway's eni_cap_shift, in ENIs; default 0 */
    uint32_t max_eni;                   /**< most secondary ENIs; 0, the default: no cap */
    uint32_t ipv4_prefix_count;         /**< /28 prefixes that the node takes when it joins, 0 too;
                                             CNICALC_UNKNOWN, the default: not given */
    uint32_t host_network_pods;   /**< pods on the node's own address; default 3, the fewest */
    uint32_t kubelet_max_pods;    /**< kubelet's maxPods set by hand; 0, the default: ACK's */
    uint32_t min_pods_to_join;    /**< own join floor; 0, the default: the published one */
    uint32_t erdma_ipam;          /**< enum cnicalc_erdma_ipam; default centralised */
    uint64_t memory_capacity_kib; /**< what a running node has; 0, the default: the type's */
    uint32_t kubernetes_minor;    /**< 26 for Kubernetes 1.26; 0, the default: 1.28 or later */
    uint32_t reserved[7];         /**< zero */
} cnicalc_node_options;

/** The answer. A count that follows from an unpublished quantity is CNICALC_UNKNOWN_COUNT. Its
 * rows, in this order: ENI_QUANTITY, ENI_CAP, MAX_ENI, ERDMA, IPV4_PREFIX_COUNT and IPV6_PREFIX
 * count pods, KUBELET_MAX_PODS counts schedulable pods. */
typedef struct cnicalc_node_result {
    uint64_t max_pods;         /**< pods with an address from the node's ENIs */
    uint64_t trunk_pods;       /**< pods with a member ENI, beside max_pods; 0 in other modes */
    uint64_t kubelet_max_pods; /**< kubelet's maxPods, host-network pods included */
    uint64_t max_trunk_pods;   /**< Terway's theoretical maximum T - 2 */
    uint64_t schedulable_pods; /**< network pods that kubelet lets run at one time */
    uint64_t secondary_enis;   /**< secondary ENIs that serve pods */
    uint64_t ipv4_addresses;   /**< addresses those ENIs take from the vSwitch when full */
    uint64_t min_pods_to_join; /**< the floor that joins was judged by */
    uint64_t kubelet_reserved_memory_mib; /**< kept for the system; and 300 MiB that stay free */
    uint64_t kubelet_reserved_cpu_millicores; /**< kept for the system */
    uint64_t allocatable_cpu_millicores;      /**< what is left to pods */
    uint64_t allocatable_memory_mib;          /**< allocatable_memory_kib, cut */
    uint64_t allocatable_memory_kib;          /**< as `kubectl describe node` shows it */
    uint32_t joins;    /**< 1: max_pods reaches min_pods_to_join, 0: ACK refuses the node */
    uint32_t bound_by; /**< enum cnicalc_limit: which one decided max_pods */
    uint32_t schedulable_bound_by; /**< which one decided schedulable_pods */
    uint32_t dual_stack; /**< 1: pods can have IPv6 beside IPv4, 0: not, or CNICALC_UNKNOWN */
    uint32_t limit_count;
    uint32_t reserved0;
    uint64_t reserved[4];
    cnicalc_limit_row limits[CNICALC_LIMIT_ROWS]; /**< pods by each limit, or CNICALC_NO_LIMIT */
} cnicalc_node_result;

/**
 * Fills options with the defaults.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         options is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_node_options)
 *
 * Example: cnicalc_node_options_init(&options, sizeof options) -> mode 1, host_network_pods 3
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_node_options_init(cnicalc_node_options *options,
                                                                     size_t struct_size);

/**
 * The pods of one node.
 *
 * max_pods is the smallest of the limits that count pods, and bound_by names it (the first of
 * equals); schedulable_pods is the smaller of max_pods (plus trunk_pods) and KUBELET_MAX_PODS, and
 * schedulable_bound_by names KUBELET_MAX_PODS where that is the smaller, else bound_by. Where the
 * answer depends on trunk pods or a kubelet limit that are not published, schedulable_pods is
 * CNICALC_UNKNOWN_COUNT and schedulable_bound_by NONE. In exclusive mode an unknown kubelet limit
 * counts as none, since kubelet never lowers that mode.
 *
 *  - Secondary ENIs: E - 1, at most trunc(E * eni_cap_ratio) + eni_cap_shift - 1, at most max_eni,
 *    less the eRDMA ENIs. Below 0 is 0. A ratio above 1 or a positive shift raises nothing by
 *    itself: no node attaches more than E - 1.
 *  - eRDMA ENIs: none when R is 0 or E is at most 2 (R eri_quantity), else one; with the daemon's
 *    own IPAM min(R, 2) from 8 ENIs on, but not in exclusive mode, whose IPAM is always
 * centralised.
 *  - Prefixes: ipv4_prefix_count is a target, not a cap. The node takes as many as fit when it
 *    joins, whatever its pods: 16 pods each, and 0 is no pod. A new ENI starts with at most
 *    min(10, I - 1) of them, so they lie on min(ENIs, ceil(count / min(10, I - 1))) ENIs, which is
 *    secondary_enis. Not given, the answer is what fits, not what runs: Terway takes none until it
 *    is set.
 *  - Trunk pods: T - E, or 0 where eni_trunk_supported is 0.
 *  - kubelet's maxPods: the pods of shared ENI mode on these secondary ENIs, and 3, whatever
 *    host_network_pods is. Exclusive mode does not lower it; trunk pods and prefixes do not raise
 *    it. CNICALC_UNKNOWN_COUNT where I is not published, and on Lingjun nodes. KUBELET_MAX_PODS is
 *    maxPods less host_network_pods.
 *  - Addresses of the vSwitch: I for each of those ENIs in shared mode, 1 in exclusive mode and
 *    with IPv6 alone, 1 and its prefixes in prefix mode.
 *  - IPv6 alone: one prefix of 65,536 addresses for the node, none where I6 is 0
 *    (I6 eni_ipv6_address_quantity); ipv4_prefix_count is not read.
 *  - dual_stack: needs I6 = I > 0 in every mode, Kubernetes 1.22, and no eRDMA; a node asked for
 *    dual stack that has 0 here runs IPv4 only.
 *  - Reserved CPU, in millicores. From Kubernetes 1.28 on: 60 for the first core, 10 for the
 * second, 5 for each of the next two, 2.5 for each further one. Before: 100 for 4 cores, 25 for
 * each of cores 5 to 64, 12.5 for 65 to 128, 5 for each further one, and below 4 cores unknown. The
 * sum is cut.
 *  - Reserved memory, in MiB. From Kubernetes 1.28 on: min(11 * maxPods + 255, a quarter of the
 *    node's). Before: 25 % of the first 4,096, 20 % of the next 4,096, 10 % of the next 8,192, 6 %
 *    of the next 114,688 and 2 % of the rest, each cut, and their sum cut to an even number.
 *  - Windows: 1,500 millicores and 2,560 MiB (the page has "2.5 GB") in any version.
 *  - Allocatable is what the node has, less what is reserved, and for memory less the 300 MiB below
 *    which kubelet evicts pods; at least 0. What DataPath V2 with NetworkPolicy takes on top (half
 * a core and 512 MB) is not in these. A running node has less memory than its type (31,555,380 KiB
 *    of 32 GiB): without memory_capacity_kib the answer starts from the type's.
 *  - Lingjun (leni_quota or high_dense_quantity known and not 0): exclusive ENI mode only,
 *    high_dense_quantity pods where that is not 0, else leni_quota - 1; no join floor is published
 *    and the caps above do not apply.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL            a pointer is NULL
 *         CNICALC_ERR_STRUCT_SIZE     options were not initialised
 *         CNICALC_ERR_RESERVED        a reserved word of options is not zero
 *         CNICALC_ERR_FLAG            erdma or windows is neither 0 nor 1
 *         CNICALC_ERR_NODE_MODE       mode is none of enum cnicalc_mode
 *         CNICALC_ERR_NODE_IP_STACK   ip_stack is none of its enum, or IPv6 alone outside prefix
 *                                     mode
 *         CNICALC_ERR_NODE_RATIO      eni_cap_ratio_denominator is 0
 *         CNICALC_ERR_NODE_ERDMA_DUAL_STACK  eRDMA with any stack but IPv4
 *         CNICALC_ERR_NODE_WINDOWS_MODE      Windows outside shared ENI mode
 *         CNICALC_ERR_NODE_ERDMA_IPAM        erdma_ipam is none of its enum
 *         CNICALC_ERR_NODE_LINGJUN_MODE      Lingjun outside exclusive ENI mode, or with a cap or
 *                                            eRDMA
 *         CNICALC_ERR_LIMITS_UNKNOWN  a quantity that max_pods needs is not published
 *         CNICALC_ERR_OVERFLOW        a limit or a count of addresses exceeds 64 bits
 *
 * Example: E 8, I 30, shared -> max_pods 210, kubelet_max_pods 213, joins 1
 * Example: E 8, I 30, exclusive -> max_pods 7, kubelet_max_pods 213, joins 1
 * Example: E 8, I 30, shared, host_network_pods 6 -> kubelet_max_pods 213, schedulable_pods 207
 * Example: E 8, I 30, prefix -> max_pods 3248, schedulable_pods 210,
 *          schedulable_bound_by kubelet_max_pods
 * Example: E 8, I 30, prefix, ipv4_prefix_count 5 -> max_pods 80, secondary_enis 1,
 *          ipv4_addresses 81
 * Example: ecs.c7.4xlarge, shared, memory_capacity_kib 31555380
 *          -> allocatable_cpu_millicores 15890, allocatable_memory_kib 28587828
 * Example: E 3, I 4, shared -> max_pods 8, joins 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_node_solve(const cnicalc_instance *instance,
                                                              const cnicalc_node_options *options,
                                                              cnicalc_node_result *out_result);

/** Room for any formula, its NUL included. */
#define CNICALC_NODE_FORMULA_SIZE 160

/**
 * The arithmetic of max_pods as text, with the numbers of this instance and these options. It is
 * exact: integers, + - * /, min(), max() and trunc(), which cuts the fraction of an exact quotient;
 * what is left of " = " evaluates to what is right of it. max(0, ...) is only where a difference
 * passes 0.
 *
 * @return what cnicalc_node_solve() returns for the same question, or
 *         CNICALC_ERR_CAPACITY  capacity is too small; CNICALC_NODE_FORMULA_SIZE never is
 *
 * Example: E 8, I 30, shared -> "(8 - 1) * 30 = 210"
 * Example: E 8, I 30, exclusive, max_eni 4 -> "min(8 - 1, 4) = 4"
 * Example: E 8, I 30, R 2, shared, eRDMA -> "(8 - 1 - 1) * 30 = 180"
 * Example: E 8, I 30, R 2, shared, eRDMA by the daemon, max_eni 1
 *          -> "max(0, min(8 - 1, 1) - 2) * 30 = 0"
 * Example: E 8, I6 1, prefix, IPv6 alone -> "min((8 - 1) * 65536, 65536) = 65536"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_node_formula(const cnicalc_instance *instance,
                                                                const cnicalc_node_options *options,
                                                                char *out_text, size_t capacity);

/**
 * Which column of the instance a question lacks, when cnicalc_node_solve() returns
 * CNICALC_ERR_LIMITS_UNKNOWN for it. Of several it is the first of eni_quantity, eri_quantity and
 * the addresses of an ENI.
 *
 * @param out_column  for cnicalc_instance_column_name(), or CNICALC_UNKNOWN: none is missing
 * @return CNICALC_OK, or any status of cnicalc_node_solve() but CNICALC_ERR_LIMITS_UNKNOWN
 *
 * Example: E 8, I not published, shared -> "eni_private_ip_address_quantity"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_node_missing_column(
    const cnicalc_instance *instance, const cnicalc_node_options *options, uint32_t *out_column);

/** A caller's columns for cnicalc_node_solve_batch(). */
typedef struct cnicalc_node_columns {
    const cnicalc_instance *instances; /**< instance_count of them, or NULL: the built-in table */
    size_t instance_count;
    const uint32_t *instance_index; /**< count of them, into instances or the table */
    const uint32_t *mode;           /**< count of them, or NULL: options->mode */
    size_t count;                   /**< rows */
    uint64_t *out_max_pods;         /**< count of them, or NULL: not asked for, as all below */
    uint64_t *out_trunk_pods;
    uint64_t *out_kubelet_max_pods;
    uint64_t *out_schedulable_pods;
    uint64_t *out_secondary_enis;
    uint64_t *out_ipv4_addresses;
    uint32_t *out_joins;
    uint32_t *out_bound_by;
    uint32_t *out_dual_stack;
    uint64_t *out_allocatable_cpu_millicores;
    uint64_t *out_allocatable_memory_mib;
    cnicalc_status *out_status;
    uint32_t *out_rank; /**< the place of the row among all, from 0, the most pods; needs
                             out_max_pods */
} cnicalc_node_columns;

/**
 * Many nodes in one call, in columns: for bindings, where a call costs more than the arithmetic.
 *
 * Row i asks for instances[instance_index[i]] in mode[i] under the other options. Its status goes
 * to out_status[i], and each other column has the member of cnicalc_node_result that has its name.
 * A row that fails has CNICALC_UNKNOWN_COUNT or CNICALC_UNKNOWN, and CNICALC_LIMIT_NONE, and
 * changes no other row. An index outside the array gives its row CNICALC_ERR_INDEX. A status that
 * cnicalc_node_solve() has for the options is that of every row. No array that is written is one
 * that is read, too.
 *
 * A row of more max_pods ranks before one of fewer, and of equals the earlier. What is not known is
 * last.
 *
 * @return CNICALC_OK, however many rows failed
 *         CNICALC_ERR_NULL         options or columns is NULL, or instance_index, or out_max_pods
 *                                  for out_rank, although count is not 0
 *         CNICALC_ERR_CAPACITY     count exceeds 2^32 - 1
 *         CNICALC_ERR_STRUCT_SIZE  options were not initialised
 *
 * Example: indexes of c6.4xlarge and c7.4xlarge, shared -> out_max_pods {140, 210},
 *          out_rank {1, 0}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_node_solve_batch(const cnicalc_node_options *options, const cnicalc_node_columns *columns);

/**
 * The /28 prefixes that a number of pods takes in IP prefix mode: ceil(pods / 16). Terway advises a
 * fifth on top.
 *
 * Example: cnicalc_node_prefixes_for_pods(33) -> 3
 */
CNICALC_API uint64_t cnicalc_node_prefixes_for_pods(uint64_t pods);

/**
 * The disk of a node that is left to pods, in bytes: kubelet evicts them when a tenth is free. It
 * has that tenth as a 32-bit float, and trunc(capacity * 0.1f) is taken off here to the byte. What
 * Windows nodes reserve besides (3 GB) is not.
 *
 * @param capacity_bytes  the node's capacity, which `kubectl describe node` shows in KiB
 *
 * Example: cnicalc_node_allocatable_storage_bytes(126692048896) -> 114022843818
 */
CNICALC_API uint64_t cnicalc_node_allocatable_storage_bytes(uint64_t capacity_bytes);

/* ---- A node of a running cluster ---- */

/** What is on a node that says what it is: bits of cnicalc_node_signs.signs. */
enum cnicalc_node_sign {
    CNICALC_NODE_SIGN_POD_ROUTE = 1,  /**< spec.podCIDR, and the condition NetworkUnavailable is
                                           False with the reason RouteCreated */
    CNICALC_NODE_SIGN_LINGJUN = 2,    /**< label alibabacloud.com/lingjun-worker=true */
    CNICALC_NODE_SIGN_EXCLUSIVE = 4,  /**< label k8s.aliyun.com/exclusive-mode-eni-type=eniOnly */
    CNICALC_NODE_SIGN_TRUNK = 8,      /**< annotation k8s.aliyun.com/trunk-on */
    CNICALC_NODE_SIGN_IP_PREFIX = 16, /**< label terway-config names a ConfigMap that has
                                           enable_ip_prefix */
    CNICALC_NODE_SIGN_IGNORED = 32,   /**< label k8s.aliyun.com/ignore-by-terway=true */
    CNICALC_NODE_SIGN_VIRTUAL = 64    /**< label type=virtual-kubelet */
};

/** What a node of a running cluster says of itself. Begin with zeros. */
typedef struct cnicalc_node_signs {
    uint32_t signs; /**< CNICALC_NODE_SIGN_* bits */
    uint32_t reserved0;
    uint64_t enis;             /**< allocatable aliyun/eni; 0: it has none */
    uint64_t member_enis;      /**< allocatable aliyun/member-eni; 0: it has none */
    uint64_t max_available_ip; /**< annotation k8s.aliyun.com/max-available-ip; 0: it has none */
    uint64_t reserved[3];      /**< zero */
} cnicalc_node_signs;

/** What a node of a running cluster is. */
enum cnicalc_node_kind {
    CNICALC_NODE_KIND_TERWAY = 1,  /**< it has a mode */
    CNICALC_NODE_KIND_FLANNEL = 2, /**< the mask of its pod CIDR is the node mask */
    CNICALC_NODE_KIND_IGNORED = 3, /**< Terway leaves it alone */
    CNICALC_NODE_KIND_VIRTUAL = 4, /**< a virtual kubelet: no machine */
    CNICALC_NODE_KIND_UNMARKED = 5 /**< nothing on it says what it is */
};

#define CNICALC_NODE_KIND_COUNT 6

/**
 * What a node of a running cluster is, and its mode. The first of these that is true decides:
 *
 *      1  it has the sign POD_ROUTE                       Flannel
 *      2  LINGJUN                                         Terway, exclusive ENI
 *      3  EXCLUSIVE, or enis > 0                          Terway, exclusive ENI
 *      4  TRUNK, or member_enis > 0                       Terway, shared ENI and trunk
 *      5  max_available_ip = (I - 1) * 16 * (T - 1), or IP_PREFIX    Terway, IP prefix
 *      6  max_available_ip > 0                            Terway, shared ENI
 *      7  VIRTUAL                                         a virtual node
 *      8  IGNORED                                         a node that Terway ignores
 *
 * Where T is not known, a max_available_ip that is a multiple of (I - 1) * 16 and exceeds the
 * (E - 1) * I of shared ENI mode is that of IP prefix mode.
 *
 * @param instance  its type, or NULL where that is not known
 * @param out_mode  enum cnicalc_mode, or 0 where the kind is not TERWAY
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL       a pointer but instance is NULL
 *         CNICALC_ERR_RESERVED   a reserved word of signs is not zero
 *         CNICALC_ERR_NODE_SIGN  a bit that is none of CNICALC_NODE_SIGN_*
 *
 * Example: ecs.c7.4xlarge, max_available_ip 210 -> kind "terway", mode "shared"
 * Example: ecs.c7.4xlarge, max_available_ip 210, enis 7 -> kind "terway", mode "exclusive"
 * Example: E 8, I 30, T 20, max_available_ip 8816 -> kind "terway", mode "prefix"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_node_recognize(const cnicalc_instance *instance,
                                                                  const cnicalc_node_signs *signs,
                                                                  uint32_t *out_kind,
                                                                  uint32_t *out_mode);

/**
 * The name of a kind: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_node_kind_name(CNICALC_NODE_KIND_FLANNEL) -> "flannel"
 */
CNICALC_API const char *cnicalc_node_kind_name(uint32_t kind);

/* ---- Names of modes ---- */

/**
 * The name of a mode: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_mode_name(CNICALC_MODE_SHARED_ENI_TRUNK) -> "trunk"
 */
CNICALC_API const char *cnicalc_mode_name(uint32_t mode);

/**
 * The mode with this name: shared, trunk, exclusive or prefix.
 *
 * @return CNICALC_OK, CNICALC_ERR_NULL, or CNICALC_ERR_NODE_MODE when no mode has the name
 *
 * Example: cnicalc_mode_parse("prefix", 6, &mode) -> CNICALC_MODE_IP_PREFIX
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_mode_parse(const char *name, size_t name_len,
                                                              uint32_t *out_mode);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_NODE_H */
