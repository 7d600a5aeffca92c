/* SPDX-License-Identifier: MIT */
/**
 * @file base.h
 * What every topic shares: the conventions, the version, the status codes.
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
 *    their layout is the same on every ABI.
 *  - Addresses are integers in host order. Counts of addresses, nodes and pods are uint64_t; a
 *    count that would exceed it is CNICALC_ERR_OVERFLOW, never a wrap.
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

/* ---- Values that stand for no value ---- */

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

    /* Pods on a Terway node */
    CNICALC_ERR_NODE_MODE = 70,
    CNICALC_ERR_NODE_RATIO = 71,
    CNICALC_ERR_NODE_ERDMA_DUAL_STACK = 72,
    CNICALC_ERR_NODE_WINDOWS_MODE = 73,
    CNICALC_ERR_NODE_LINGJUN_MODE = 74,
    CNICALC_ERR_NODE_IP_STACK = 75,

    /* The Flannel split */
    CNICALC_ERR_FLANNEL_POD_CIDR_RANGE = 90,
    CNICALC_ERR_FLANNEL_NODE_MASK = 91,
    CNICALC_ERR_FLANNEL_POD_MASK = 92,
    CNICALC_ERR_FLANNEL_PODS_PER_NODE = 93,
    CNICALC_ERR_FLANNEL_NODES = 94,

    /* A Terway cluster */
    CNICALC_ERR_TERWAY_VSWITCH_FAMILY = 110,
    CNICALC_ERR_TERWAY_VSWITCH_MASK = 111,
    CNICALC_ERR_TERWAY_VSWITCH_ROLES = 112,
    CNICALC_ERR_TERWAY_VSWITCH_USED = 113,
    CNICALC_ERR_TERWAY_VSWITCH_OVERLAP = 114,
    CNICALC_ERR_TERWAY_PODS_PER_NODE = 115,
    CNICALC_ERR_TERWAY_POOL_ZONE = 116,

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
    CNICALC_ERR_CONNTRACK_MEMORY = 161
};

/**
 * What a status means, in one sentence for people: static, never NULL, for any value.
 *
 * Example: cnicalc_status_string(CNICALC_OK) -> "success"
 * Example: cnicalc_status_string(-7) -> "unknown status"
 */
CNICALC_API const char *cnicalc_status_string(cnicalc_status status);

/**
 * The name of a status as it stands in the header: static, never NULL, for any value.
 *
 * Example: cnicalc_status_name(1) -> "CNICALC_ERR_NULL"
 * Example: cnicalc_status_name(-7) -> "CNICALC_ERR_UNKNOWN"
 */
CNICALC_API const char *cnicalc_status_name(cnicalc_status status);

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
