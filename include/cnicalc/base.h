/* SPDX-License-Identifier: MIT */
/**
 * @file base.h
 * What every topic shares: the conventions, the version, the status codes, the limits and their
 * names, legal ranges.
 *
 * Conventions, stated once and true of every function of this library:
 *
 *  - Pure. No heap, no global state, no I/O, no locale, no clock, no errno, no floating point.
 *    Every function may be called from any thread at any time.
 *  - A function that can fail returns a cnicalc_status and writes its answer through its out_
 *    parameters, which come last. When it returns anything but CNICALC_OK, the outputs are
 *    untouched, except for the one that the function documents as reporting the failure itself
 *    (an offset, a needed count).
 *  - "Does not fit" is an answer, with CNICALC_OK and a reason; an error means that the question
 *    was malformed.
 *  - No pointer may be NULL unless the function says so; a NULL gives CNICALC_ERR_NULL.
 *  - Text goes in as pointer and length. It needs no NUL, and nothing beyond its length is read. A
 *    length of CNICALC_NUL_TERMINATED means that the text ends before its first NUL.
 *  - Text comes out as ASCII with a NUL, into the caller's buffer; a buffer that is too small gives
 *    CNICALC_ERR_CAPACITY and is not written.
 *  - Option structs begin with struct_size and are filled with the documented defaults by their
 *    _init(ptr, sizeof *ptr). Reserved words must stay zero.
 *  - Public structs hold fixed-width integers and char arrays only, with explicit padding, so that
 *    their layout is the same on every ABI. A struct that passes a caller's arrays holds pointers
 *    and lengths alone.
 *  - Addresses are integers in host order. Counts of addresses, nodes and pods are uint64_t; a
 *    count that would exceed it is CNICALC_ERR_OVERFLOW, never a wrap.
 *  - An index, and a count of elements in memory, is size_t as a parameter and uint32_t in a struct
 *    or a column.
 *  - A result needs no init. It has room for limits that later releases add; entries and reserved
 *    words that this release does not use mean nothing.
 *  - Unknown is not zero: a 32-bit quantity that is not published is CNICALC_UNKNOWN, a 64-bit
 *    count CNICALC_UNKNOWN_COUNT, and a limit that does not apply CNICALC_NO_LIMIT.
 */
#ifndef CNICALC_BASE_H
#define CNICALC_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(_WIN32) && defined(CNICALC_BUILDING_DLL)
#define CNICALC_API __declspec(dllexport)
#elif defined(__GNUC__)
#define CNICALC_API __attribute__((visibility("default")))
#else
#define CNICALC_API
#endif

/* A caller that ignores a status goes on with an answer that was never written. */
#if defined(__GNUC__)
#define CNICALC_CHECKED __attribute__((warn_unused_result))
#else
#define CNICALC_CHECKED
#endif

/* ---- Version ---- */

#define CNICALC_VERSION_MAJOR  0
#define CNICALC_VERSION_MINOR  1
#define CNICALC_VERSION_PATCH  0
#define CNICALC_VERSION_STRING "0.1.0"
#define CNICALC_VERSION_NUMBER                                                                     \
    (CNICALC_VERSION_MAJOR * 10000 + CNICALC_VERSION_MINOR * 100 + CNICALC_VERSION_PATCH)

/**
 * The version of the library that is linked, to compare with CNICALC_VERSION_NUMBER of the header.
 *
 * Example: cnicalc_version_number() -> 100
 */
CNICALC_API uint32_t cnicalc_version_number(void);

/**
 * The same as text, static and never NULL.
 *
 * Example: cnicalc_version_string() -> "0.1.0"
 */
CNICALC_API const char *cnicalc_version_string(void);

/* ---- Values that mean no value ---- */

/** A 32-bit quantity that the sources do not publish. */
#define CNICALC_UNKNOWN UINT32_C(0xffffffff)

/** A 64-bit count that follows from a quantity that is not published. */
#define CNICALC_UNKNOWN_COUNT UINT64_C(0xffffffffffffffff)

/** A limit that does not apply. It compares above every limit that does. */
#define CNICALC_NO_LIMIT UINT64_C(0xffffffffffffffff)

/** As the length of a text that goes in: it ends before its first NUL. */
#define CNICALC_NUL_TERMINATED ((size_t)-1)

/* ---- Status ---- */

/** 0 is success, errors are positive. Values are never renumbered; new ones are appended to their
 *  family. */
typedef int32_t cnicalc_status;

enum cnicalc_status_code {
    CNICALC_OK = 0,

    /* The call itself */
    CNICALC_ERR_NULL = 1,
    CNICALC_ERR_STRUCT_SIZE = 2,
    CNICALC_ERR_RESERVED = 3,
    CNICALC_ERR_CAPACITY = 4,
    CNICALC_ERR_OVERFLOW = 5,
    CNICALC_ERR_INDEX = 6,
    CNICALC_ERR_FLAG = 7,
    CNICALC_ERR_LIMIT = 8,
    CNICALC_ERR_BOUND = 9,

    /* Addresses and blocks */
    CNICALC_ERR_CIDR_EMPTY = 20,
    CNICALC_ERR_CIDR_CHARACTER = 21,
    CNICALC_ERR_CIDR_OCTET = 22,
    CNICALC_ERR_CIDR_LEADING_ZERO = 23,
    CNICALC_ERR_CIDR_OCTET_COUNT = 24,
    CNICALC_ERR_CIDR_GROUP = 25,
    CNICALC_ERR_CIDR_GROUP_COUNT = 26,
    CNICALC_ERR_CIDR_DOUBLE_COLON = 27,
    CNICALC_ERR_CIDR_NO_PREFIX = 28,
    CNICALC_ERR_CIDR_PREFIX_LEN = 29,
    CNICALC_ERR_CIDR_HOST_BITS = 30,
    CNICALC_ERR_CIDR_FAMILY = 31,
    CNICALC_ERR_CIDR_INVALID = 32,
    CNICALC_ERR_CIDR_FAMILY_MIXED = 33,
    CNICALC_ERR_CIDR_NOT_INSIDE = 34,
    CNICALC_ERR_CIDR_EDGE = 35,
    CNICALC_ERR_CIDR_RANGE = 36,

    /* Instance types and catalogues */
    CNICALC_ERR_NO_SUCH_TYPE = 50,
    CNICALC_ERR_LIMITS_UNKNOWN = 51,
    CNICALC_ERR_CATALOG_HEADER = 52,
    CNICALC_ERR_CATALOG_COLUMNS = 53,
    CNICALC_ERR_CATALOG_NAME = 54,
    CNICALC_ERR_CATALOG_NUMBER = 55,
    CNICALC_ERR_CATALOG_DUPLICATE = 56,
    CNICALC_ERR_NO_SUCH_FAMILY = 57,
    CNICALC_ERR_SOURCE = 58,
    CNICALC_ERR_NO_SUCH_COLUMN = 59,

    /* Quotas */
    CNICALC_ERR_EDITION = 60,
    CNICALC_ERR_PLUGIN = 61,
    CNICALC_ERR_QUOTA_UNKNOWN = 62,
    CNICALC_ERR_SECURITY_GROUP = 63,

    /* Pods on a Terway node */
    CNICALC_ERR_NODE_MODE = 70,
    CNICALC_ERR_NODE_RATIO = 71,
    CNICALC_ERR_NODE_ERDMA_DUAL_STACK = 72,
    CNICALC_ERR_NODE_WINDOWS_MODE = 73,
    CNICALC_ERR_NODE_LINGJUN_MODE = 74,
    CNICALC_ERR_NODE_IP_STACK = 75,
    CNICALC_ERR_NODE_ERDMA_IPAM = 76,
    CNICALC_ERR_NODE_SIGN = 77,

    /* The Flannel split */
    CNICALC_ERR_FLANNEL_POD_CIDR_RANGE = 90,
    CNICALC_ERR_FLANNEL_NODE_MASK = 91,
    CNICALC_ERR_FLANNEL_POD_MASK = 92,
    CNICALC_ERR_FLANNEL_PODS_PER_NODE = 93,
    CNICALC_ERR_FLANNEL_NODES = 94,

    /* vSwitches and a Terway cluster */
    CNICALC_ERR_VSWITCH_FAMILY = 110,
    CNICALC_ERR_VSWITCH_MASK = 111,
    CNICALC_ERR_VSWITCH_ROLES = 112,
    CNICALC_ERR_VSWITCH_USED = 113,
    CNICALC_ERR_VSWITCH_OVERLAP = 114,
    CNICALC_ERR_TERWAY_PODS_PER_NODE = 115,
    CNICALC_ERR_TERWAY_POOL_ZONE = 116,
    CNICALC_ERR_VSWITCH_RESERVATION = 117,
    CNICALC_ERR_VSWITCH_RESERVATION_MASK = 118,
    CNICALC_ERR_TERWAY_VPC = 119,
    CNICALC_ERR_TERWAY_OUTSIDE_VPC = 120,
    CNICALC_ERR_TERWAY_GROW_SIZE = 121,

    /* An address plan */
    CNICALC_ERR_PLAN_ROLE = 130,
    CNICALC_ERR_PLAN_BLOCKS = 131,
    CNICALC_ERR_PLAN_VPC = 132,
    CNICALC_ERR_PLAN_OTHER = 133,
    CNICALC_ERR_PLAN_ZONES = 134,
    CNICALC_ERR_PLAN_NODES = 135,
    CNICALC_ERR_PLAN_PODS_PER_NODE = 136,
    CNICALC_ERR_PLAN_FINDING = 137,

    /* What the plugins can do */
    CNICALC_ERR_FEATURE = 150,
    CNICALC_ERR_FEATURE_FACT = 151,

    /* Connection tables */
    CNICALC_ERR_CONNTRACK_RATIO = 160,
    CNICALC_ERR_CONNTRACK_MEMORY = 161,

    /* Workloads */
    CNICALC_ERR_WORKLOAD_PODS = 170,
    CNICALC_ERR_WORKLOAD_HEADROOM = 171,
    CNICALC_ERR_WORKLOAD_ALLOCATABLE = 172,
    CNICALC_ERR_QUANTITY = 173,
    CNICALC_ERR_QUANTITY_UNIT = 174
};

/**
 * What a status means, in one sentence for people: static, never NULL, for any value.
 *
 * Example: cnicalc_status_string(CNICALC_OK) -> "success"
 * Example: cnicalc_status_string(-7) -> "unknown status"
 */
CNICALC_API const char *cnicalc_status_string(cnicalc_status status);

/**
 * The name of a status as in the header: static, never NULL, for any value.
 *
 * Example: cnicalc_status_name(1) -> "CNICALC_ERR_NULL"
 * Example: cnicalc_status_name(-7) -> "CNICALC_ERR_UNKNOWN"
 */
CNICALC_API const char *cnicalc_status_name(cnicalc_status status);

/* ---- Limits ---- */

/**
 * Every ceiling that can bind an answer of any topic. The order means nothing; new ones are
 * appended. Which of them a result judges, and in which order equals are decided, is the order of
 * its rows.
 */
enum cnicalc_limit {
    CNICALC_LIMIT_NONE = 0,

    /* One node */
    CNICALC_LIMIT_ENI_QUANTITY = 1,      /**< the secondary ENIs and addresses of the type */
    CNICALC_LIMIT_ENI_CAP = 2,           /**< Terway's eni_cap_ratio and eni_cap_shift */
    CNICALC_LIMIT_MAX_ENI = 3,           /**< Terway's max_eni */
    CNICALC_LIMIT_ERDMA = 4,             /**< what is left beside the eRDMA ENIs */
    CNICALC_LIMIT_IPV4_PREFIX_COUNT = 5, /**< the prefixes of Terway's ipv4_prefix_count */
    CNICALC_LIMIT_IPV6_PREFIX = 6,       /**< the one IPv6 prefix of an IPv6-only node */
    CNICALC_LIMIT_KUBELET_MAX_PODS = 7,  /**< kubelet's maxPods less the host-network pods */

    /* A cluster */
    CNICALC_LIMIT_NODE_QUOTA = 8,        /**< the edition's quota of nodes */
    CNICALC_LIMIT_POD_QUOTA = 9,         /**< the edition's quota of pods */
    CNICALC_LIMIT_SERVICE_QUOTA = 10,    /**< the edition's quota of Services */
    CNICALC_LIMIT_ROUTE_QUOTA = 11,      /**< free custom routes of the VPC: one a Flannel node */
    CNICALC_LIMIT_IPVLAN_POD_QUOTA = 12, /**< pods with IPVLAN at 5,000 nodes */
    CNICALC_LIMIT_MIN_PODS_TO_JOIN = 13, /**< nodes with fewer pods are refused */

    /* Addresses */
    CNICALC_LIMIT_POD_CIDR = 14,               /**< node blocks in the pod CIDR (Flannel) */
    CNICALC_LIMIT_NODE_MASK = 15,              /**< pods per node by the shortest node mask */
    CNICALC_LIMIT_POD_VSWITCH_ADDRESSES = 16,  /**< addresses of the pod vSwitches */
    CNICALC_LIMIT_POD_VSWITCH_PREFIXES = 17,   /**< /28 blocks of the pod vSwitches */
    CNICALC_LIMIT_NODE_VSWITCH_ADDRESSES = 18, /**< addresses of the node vSwitches */
    CNICALC_LIMIT_ZONE_ADDRESSES = 19,       /**< of a zone, or zone by zone: for pods and nodes */
    CNICALC_LIMIT_ZONES = 20,                /**< zones that hold the nodes meant for them */
    CNICALC_LIMIT_VPC_ADDRESS_QUOTA = 21,    /**< the VPC's quota of private addresses */
    CNICALC_LIMIT_VPC_SPACE = 22,            /**< room for vSwitches in the VPC */
    CNICALC_LIMIT_PRIVATE_SPACE = 23,        /**< room for pod and Service CIDR outside the VPC */
    CNICALC_LIMIT_SERVICE_CIDR = 24,         /**< addresses of the Service CIDR */
    CNICALC_LIMIT_SECURITY_GROUP_QUOTA = 25, /**< what the nodes' security group can have */
    CNICALC_LIMIT_POD_VSWITCH_ENIS = 26,     /**< the ENIs of pods, each in one vSwitch */

    /* A plan */
    CNICALC_LIMIT_NODE_MAX_PODS = 27,  /**< pods that one node of the type runs */
    CNICALC_LIMIT_VSWITCH_QUOTA = 28,  /**< vSwitches of the VPC */
    CNICALC_LIMIT_VPC_IPV6_SPACE = 29, /**< room for IPv6 vSwitches in the VPC */

    /* One node, for a workload */
    CNICALC_LIMIT_CPU = 30,   /**< CPU of a node that pods can request */
    CNICALC_LIMIT_MEMORY = 31 /**< memory of a node that pods can request */
};

#define CNICALC_LIMIT_COUNT 32

/** What a limit counts, and the unit of the numbers of a row. */
enum cnicalc_counts {
    CNICALC_COUNTS_NODES = 1,
    CNICALC_COUNTS_PODS = 2,
    CNICALC_COUNTS_SCHEDULABLE_PODS = 3, /**< network pods that kubelet runs at one time */
    CNICALC_COUNTS_PODS_PER_NODE = 4,
    CNICALC_COUNTS_SERVICES = 5,
    CNICALC_COUNTS_ADDRESSES = 6,
    CNICALC_COUNTS_PREFIXES = 7, /**< /28 blocks */
    CNICALC_COUNTS_ZONES = 8,
    CNICALC_COUNTS_ENIS = 9,
    CNICALC_COUNTS_VSWITCHES = 10
};

#define CNICALC_COUNTS_COUNT 11

/**
 * One limit of an answer. Where a request was judged, needed is what it takes, and it fits when no
 * row needs more than is available; where a capacity was asked for, needed is 0 and available the
 * capacity by this limit alone.
 */
typedef struct cnicalc_limit_row {
    uint32_t limit;     /**< enum cnicalc_limit */
    uint32_t counts;    /**< enum cnicalc_counts: the unit of needed and available in this row */
    uint64_t needed;    /**< by the request; 0: nothing was asked */
    uint64_t available; /**< or CNICALC_NO_LIMIT */
} cnicalc_limit_row;

/** Rows that every result has room for: limits of later releases need no larger struct. Those from
 *  its limit_count on mean nothing. */
#define CNICALC_LIMIT_ROWS 24

/**
 * The row of a limit, or NULL when the answer does not judge it.
 *
 * @param rows   the limits of a result
 * @param count  its limit_count
 *
 * Example: cnicalc_limit_find(result.limits, result.limit_count, CNICALC_LIMIT_NODE_QUOTA)
 *          -> available 5000
 */
CNICALC_API const cnicalc_limit_row *cnicalc_limit_find(const cnicalc_limit_row *rows, size_t count,
                                                        uint32_t limit);

/**
 * The name of a limit, the same in every topic and format: static, never NULL, "unknown" outside
 * the enum.
 *
 * Example: cnicalc_limit_name(CNICALC_LIMIT_NODE_QUOTA) -> "node_quota"
 */
CNICALC_API const char *cnicalc_limit_name(uint32_t limit);

/**
 * The limit with this name; "none" is none.
 *
 * @return CNICALC_OK, CNICALC_ERR_NULL, or CNICALC_ERR_LIMIT when no limit has the name
 *
 * Example: cnicalc_limit_parse("node_quota", CNICALC_NUL_TERMINATED, &limit)
 *          -> CNICALC_LIMIT_NODE_QUOTA
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_limit_parse(const char *name, size_t name_len,
                                                               uint32_t *out_limit);

/**
 * What a shortage of a limit is counted in: enum cnicalc_counts, 0 outside the enum. A row may
 * count otherwise: nodes by the addresses that they take, or the ENIs of a security group.
 *
 * Example: cnicalc_limit_counts(CNICALC_LIMIT_ROUTE_QUOTA) -> CNICALC_COUNTS_NODES
 */
CNICALC_API uint32_t cnicalc_limit_counts(uint32_t limit);

/**
 * What a limit is, as a few words for people, such as follow "limited by": static, never NULL.
 *
 * Example: cnicalc_limit_text(CNICALC_LIMIT_NODE_QUOTA) -> "the quota of nodes"
 */
CNICALC_API const char *cnicalc_limit_text(uint32_t limit);

/**
 * The heading of a limit in a table of capacities: static, never NULL.
 *
 * Example: cnicalc_limit_heading(CNICALC_LIMIT_NODE_QUOTA) -> "Nodes by quota"
 */
CNICALC_API const char *cnicalc_limit_heading(uint32_t limit);

/**
 * The name of a unit: static, never NULL, "unknown" outside the enum.
 *
 * Example: cnicalc_counts_name(CNICALC_COUNTS_PREFIXES) -> "prefixes"
 */
CNICALC_API const char *cnicalc_counts_name(uint32_t counts);

/** Bytes that hold any sentence of cnicalc_shortage_format(), NUL included. */
#define CNICALC_SHORTAGE_TEXT_SIZE 192

/**
 * What is short, as a sentence for people with both numbers. The row's numbers are in the unit of
 * cnicalc_limit_counts(), as in every row that judges a request.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL      a pointer is NULL
 *         CNICALC_ERR_LIMIT     limit is none of the enum, or NONE
 *         CNICALC_ERR_CAPACITY  capacity is too small; CNICALC_SHORTAGE_TEXT_SIZE never is
 *
 * Example: {NODE_QUOTA, NODES, 200, 10} -> "200 nodes are wanted, but the quota is 10"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_shortage_format(const cnicalc_limit_row *row,
                                                                   char *out_text, size_t capacity);

/* ---- Legal ranges ---- */

/** What has a legal range. A prefix length is in bits. */
enum cnicalc_bound {
    CNICALC_BOUND_VPC_PREFIX_LEN = 1,           /**< IPv4 block of a VPC */
    CNICALC_BOUND_VSWITCH_PREFIX_LEN = 2,       /**< IPv4 vSwitch */
    CNICALC_BOUND_POD_VSWITCH_PREFIX_LEN = 3,   /**< IPv4 vSwitch that serves pods */
    CNICALC_BOUND_POD_VSWITCH_ADVISED = 4,      /**< the recommended part of that */
    CNICALC_BOUND_POD_CIDR_PREFIX_LEN = 5,      /**< Flannel's pod CIDR */
    CNICALC_BOUND_NODE_MASK = 6,                /**< the block of a Flannel node */
    CNICALC_BOUND_PODS_PER_NODE = 7,            /**< of a Flannel node; powers of two */
    CNICALC_BOUND_SERVICE_PREFIX_LEN = 8,       /**< IPv4 Service CIDR */
    CNICALC_BOUND_VPC_IPV6_PREFIX_LEN = 9,      /**< IPv6 block of a VPC */
    CNICALC_BOUND_VSWITCH_IPV6_PREFIX_LEN = 10, /**< IPv6 block of a vSwitch */
    CNICALC_BOUND_SERVICE_IPV6_PREFIX_LEN = 11, /**< IPv6 Service CIDR */
    CNICALC_BOUND_ZONES = 12                    /**< zones of a proposal */
};

#define CNICALC_BOUND_COUNT 13

/**
 * The legal range, both ends included.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL   a pointer is NULL
 *         CNICALC_ERR_BOUND  bound is none of the enum
 *
 * Example: cnicalc_bound_range(CNICALC_BOUND_VSWITCH_PREFIX_LEN, &low, &high) -> 16, 29
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_bound_range(uint32_t bound, uint32_t *out_low,
                                                               uint32_t *out_high);

/**
 * The legal value next to a value, or the value itself. Of pods per node it is the legal size that
 * holds them, or the largest.
 *
 * @return as cnicalc_bound_range()
 *
 * Example: cnicalc_bound_nearest(CNICALC_BOUND_NODE_MASK, 30, &nearest) -> 28
 * Example: cnicalc_bound_nearest(CNICALC_BOUND_PODS_PER_NODE, 100, &nearest) -> 128
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_bound_nearest(uint32_t bound, uint64_t value,
                                                                 uint32_t *out_nearest);

/* ---- Where a question is at fault ---- */

/** Which array of a question. */
enum cnicalc_array {
    CNICALC_ARRAY_NONE = 0, /**< none: the options, or the question as a whole */
    CNICALC_ARRAY_VSWITCHES = 1,
    CNICALC_ARRAY_POOLS = 2,
    CNICALC_ARRAY_BLOCKS = 3,
    CNICALC_ARRAY_RESERVATIONS = 4,
    CNICALC_ARRAY_WORKLOADS = 5,
    CNICALC_ARRAY_TAKEN = 6
};

#define CNICALC_ARRAY_COUNT 7

/** The place of a fault. Functions with an out_fault write it with every error but
 *  CNICALC_ERR_NULL, and take NULL for it. */
typedef struct cnicalc_fault {
    uint32_t array;    /**< enum cnicalc_array */
    uint32_t index;    /**< of the element at fault, or CNICALC_UNKNOWN */
    uint32_t other;    /**< of a pair, the element before it, or CNICALC_UNKNOWN */
    uint32_t reserved; /**< zero */
} cnicalc_fault;

/* ---- Sizes, for bindings ---- */

/**
 * sizeof a public struct in the library, by the name of its type; 0 when there is none.
 *
 * Example: cnicalc_struct_size("cnicalc_limit_row") -> 24
 */
CNICALC_API uint32_t cnicalc_struct_size(const char *name);

/* ---- Near names ---- */

/** The longest text that cnicalc_text_distance() compares. */
#define CNICALC_TEXT_DISTANCE_MAX 63

/**
 * How far two texts are apart, for "did you mean": the fewest steps that make one of the other. A
 * step inserts, deletes or replaces a character, or swaps two neighbours, none of which changes
 * after that. The case of ASCII letters does not count.
 *
 * @param out_steps  CNICALC_UNKNOWN when a text has more than CNICALC_TEXT_DISTANCE_MAX bytes
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL  a pointer is NULL
 *
 * Example: cnicalc_text_distance("exclusvie", 9, "exclusive", 9, &steps) -> 1
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_text_distance(const char *a, size_t a_len,
                                                                 const char *b, size_t b_len,
                                                                 uint32_t *out_steps);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_BASE_H */
