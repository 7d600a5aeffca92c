/* SPDX-License-Identifier: MIT */
/**
 * @file instance.h
 * What an ECS instance type offers: the built-in table of types, and a parser for a caller's own.
 *
 * The built-in table holds what Alibaba Cloud's "ECS instance families" pages print, and for some
 * types what replies of the DescribeInstanceTypes API add: no page prints the ENIs of a trunk
 * (eni_total_quantity, eni_trunk_supported) or for eRDMA (eri_quantity). lib/data/README.md lists
 * the sources, and says for how many types each quantity is known. Fields are named as that API
 * names them. What no source prints is CNICALC_UNKNOWN.
 *
 * Names are exact and case-sensitive, and may be given with or without "ecs.".
 */
#ifndef CNICALC_INSTANCE_H
#define CNICALC_INSTANCE_H

#include "cnicalc/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Where a row comes from ---- */

/**
 * Bits of cnicalc_instance.sources: the one list of the sources. Each comment is "letter in a
 * catalogue: what it is"; `make table` reads it.
 */
enum cnicalc_source_code {
    CNICALC_SOURCE_ZH_PAGE = 1,  /**< Z: the page of families in Chinese, as stored in 2026 */
    CNICALC_SOURCE_EN_PAGE = 2,  /**< E: that page in English, as stored in 2026 */
    CNICALC_SOURCE_OLD_PAGE = 4, /**< O: that page in July 2021 */
    CNICALC_SOURCE_API = 8,      /**< A: a reply of the DescribeInstanceTypes API */
    CNICALC_SOURCE_DUMP = 16     /**< S: a public dump of that API's values, 2026-01-31 */
};

/** Bytes that hold the letters of any set of sources and the NUL, of later releases too. */
#define CNICALC_SOURCE_TEXT_SIZE 16

/**
 * The letters of a set of sources, in the order of the enum; "-" for none.
 *
 * @param sources   CNICALC_SOURCE_* bits
 * @param capacity  bytes at out_text; CNICALC_SOURCE_TEXT_SIZE always suffices
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL      out_text is NULL
 *         CNICALC_ERR_SOURCE    a bit that is none of CNICALC_SOURCE_*
 *         CNICALC_ERR_CAPACITY  the letters and the NUL exceed capacity
 *
 * Example: cnicalc_source_format(3, text, sizeof text) -> "ZE"
 * Example: cnicalc_source_format(0, text, sizeof text) -> "-"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_source_format(uint32_t sources, char *out_text,
                                                                 size_t capacity);

/* ---- One instance type ---- */

/** Bytes of a name with its "ecs." and its NUL: at most 39 characters. */
#define CNICALC_INSTANCE_NAME_SIZE 40

/**
 * What one instance type offers. Start a row of your own with cnicalc_instance_init(). Every
 * quantity may be CNICALC_UNKNOWN, which is not zero.
 *
 * This struct is the one list of the columns of an instance type. Each comment is "API field: what
 * it is", with " times N" where the API's value is multiplied, ", 0 or 1" or ", at most N" where it
 * is bounded. `make table` reads it, and the catalogue parser, the built-in table, the jq filter,
 * the manual and Python follow. A new column takes the place of the first reserved word.
 */
typedef struct cnicalc_instance {
    char name[CNICALC_INSTANCE_NAME_SIZE]; /**< "ecs.c7.4xlarge", NUL-padded to the end */
    uint32_t sources;                      /**< CNICALC_SOURCE_* bits; 0 for a caller's own row */

    uint32_t vcpus;        /**< CpuCoreCount: vCPUs */
    uint32_t memory_mib;   /**< MemorySize times 1024: memory in MiB, where the API has GiB */
    uint32_t eni_quantity; /**< EniQuantity: ENIs, the primary one included */
    uint32_t eni_private_ip_address_quantity; /**< EniPrivateIpAddressQuantity: IPv4 addresses of
                                                   each ENI */
    uint32_t eni_ipv6_address_quantity; /**< EniIpv6AddressQuantity: IPv6 addresses of each ENI */
    uint32_t eni_total_quantity;  /**< EniTotalQuantity: ENIs, member ENIs of a trunk included */
    uint32_t eni_trunk_supported; /**< EniTrunkSupported, 0 or 1: whether it can have a trunk ENI */
    uint32_t eri_quantity;        /**< EriQuantity: eRDMA interfaces */
    uint32_t leni_quota;          /**< LeniQuota, Lingjun nodes only: LENIs, the node's own one
                                       included */
    uint32_t high_dense_quantity; /**< HighDenseQuantity, Lingjun nodes only: ENIs for pods of a
                                       high-density node */
    uint32_t reserved[11]; /**< CNICALC_UNKNOWN, as init leaves them: columns of later releases */
} cnicalc_instance;

/**
 * Makes a row without a name in which every quantity is unknown and sources is 0.
 *
 * @param struct_size  sizeof *instance
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL         instance is NULL
 *         CNICALC_ERR_STRUCT_SIZE  struct_size is not sizeof(cnicalc_instance)
 *
 * Example: cnicalc_instance_init(&instance, sizeof instance) -> eni_quantity CNICALC_UNKNOWN
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_init(cnicalc_instance *instance,
                                                                 size_t struct_size);

/* ---- Columns ----
 *
 * The quantities of cnicalc_instance, numbered from 0 in the order of the struct. Later releases
 * append columns. */

/**
 * The number of columns.
 *
 * Example: cnicalc_instance_column_count() -> 10
 */
CNICALC_API uint32_t cnicalc_instance_column_count(void);

/**
 * The name of a column, which is that of the struct's member and of the column of a catalogue:
 * static, never NULL, "unknown" for a number that no column has.
 *
 * Example: cnicalc_instance_column_name(2) -> "eni_quantity"
 */
CNICALC_API const char *cnicalc_instance_column_name(uint32_t column);

/**
 * The largest value that a column can have, unknown aside: 1 for a yes or no, and 0 for a number
 * that no column has. The smallest value is 0.
 *
 * Example: cnicalc_instance_column_max(6) -> 1
 * Example: cnicalc_instance_column_max(2) -> 4294967294
 */
CNICALC_API uint32_t cnicalc_instance_column_max(uint32_t column);

/**
 * The column with this name.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL            a pointer is NULL
 *         CNICALC_ERR_NO_SUCH_COLUMN  no column has the name; instance_type and sources are no
 *                                     quantities
 *
 * Example: cnicalc_instance_column_parse("eni_quantity", CNICALC_NUL_TERMINATED, &column) -> 2
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_column_parse(const char *name,
                                                                         size_t name_len,
                                                                         uint32_t *out_column);

/**
 * The value of a column: the member of the struct that has its name.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL            a pointer is NULL
 *         CNICALC_ERR_NO_SUCH_COLUMN  column is not below the count
 *
 * Example: column 2 of c7.4xlarge -> 8
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_value(const cnicalc_instance *instance,
                                                                  uint32_t column,
                                                                  uint32_t *out_value);

/* ---- The built-in table ---- */

/**
 * The row of a type.
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL          a pointer is NULL
 *         CNICALC_ERR_NO_SUCH_TYPE  the name is not in the table; see cnicalc_instance_near()
 *
 * Example: cnicalc_instance_find("ecs.c7.4xlarge", CNICALC_NUL_TERMINATED, &row) -> eni_quantity 8
 * Example: cnicalc_instance_find("c7.4xlarge", 10, &row) -> eni_private_ip_address_quantity 30
 * Example: cnicalc_instance_find("ecs.c7.5xlarge", 14, &row) -> CNICALC_ERR_NO_SUCH_TYPE
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_find(const char *name, size_t name_len,
                                                                 cnicalc_instance *out_instance);

/**
 * The number of rows of the table.
 *
 * Example: cnicalc_instance_count() -> 1173
 */
CNICALC_API size_t cnicalc_instance_count(void);

/**
 * The row at an index. Rows are sorted by the bytes of their names.
 *
 * @param index  0..cnicalc_instance_count() - 1
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL   out_instance is NULL
 *         CNICALC_ERR_INDEX  the index is not below the count
 *
 * Example: cnicalc_instance_at(0, &row) -> name "ecs.c5.16xlarge"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_at(size_t index,
                                                               cnicalc_instance *out_instance);

/**
 * Several rows in one call: out_instances[i] is the row at first + i.
 *
 * @param first  0..cnicalc_instance_count()
 * @param count  elements at out_instances; first + count is at most cnicalc_instance_count()
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL   out_instances is NULL, although count is not 0
 *         CNICALC_ERR_INDEX  the range does not end inside the table
 *
 * Example: cnicalc_instance_rows(1, 2, rows) -> name "ecs.c5.2xlarge"
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_rows(size_t first, size_t count,
                                                                 cnicalc_instance *out_instances);

/**
 * The index of a type, for cnicalc_instance_at().
 *
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL          a pointer is NULL
 *         CNICALC_ERR_NO_SUCH_TYPE  the name is not in the table
 *
 * Example: cnicalc_instance_index("ecs.c5.16xlarge", 15, &index) -> 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_index(const char *name, size_t name_len,
                                                                  size_t *out_index);

/**
 * The indexes of many types in one call. A name that is not in the table does not stop the others:
 * its index is CNICALC_UNKNOWN and its status CNICALC_ERR_NO_SUCH_TYPE.
 *
 * @param names         names separated by newlines; one newline may follow the last. An empty text
 *                      holds no name; an empty line is a name that is not in the table.
 * @param out_indexes   capacity elements
 * @param out_statuses  capacity elements: CNICALC_OK or CNICALC_ERR_NO_SUCH_TYPE
 * @param capacity      0 to ask for the number of names; then the two arrays may be NULL
 * @param out_count     the number of names; written with CNICALC_ERR_CAPACITY too
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL      a pointer is NULL
 *         CNICALC_ERR_CAPACITY  there are more names than capacity
 *
 * Example: cnicalc_instance_index_batch("c5.16xlarge\nx\n", 14, indexes, statuses, 2, &count)
 *          -> count 2, indexes {0, CNICALC_UNKNOWN},
 *          statuses {CNICALC_OK, CNICALC_ERR_NO_SUCH_TYPE}
 */
CNICALC_API CNICALC_CHECKED cnicalc_status
cnicalc_instance_index_batch(const char *names, size_t names_len, uint32_t *out_indexes,
                             cnicalc_status *out_statuses, size_t capacity, size_t *out_count);

/**
 * The rows of a family. They are side by side: a family's rows continue its name with "." or with
 * "-", two bytes that are neighbours, and no family name holds a byte below them. So "c7a" is the
 * rows ecs.c7a-nps1.* and ecs.c7a.*, "u1" is all of ecs.u1-c1m1.* to ecs.u1-c1m8.*, and "u1-c1m2"
 * is its own part of those; "c7" does not take in "c7a".
 *
 * @param family      "c7" or "ecs.c7"
 * @param out_first   the index of the first row
 * @param out_count   the number of rows, at least 1
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL            a pointer is NULL
 *         CNICALC_ERR_NO_SUCH_FAMILY  no row belongs to the family
 *
 * Example: cnicalc_instance_family("c5", 2, &first, &count) -> first 0, count 8
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_family(const char *family,
                                                                   size_t family_len,
                                                                   size_t *out_first,
                                                                   size_t *out_count);

/** The most names that cnicalc_instance_near() offers. */
#define CNICALC_INSTANCE_NEAR_MAX 8

/**
 * The names of the table that someone may have meant, best first; none when nothing is close.
 *
 * A size that a known family lacks, however large, gets that family's nearest sizes, the smaller of
 * two equally near ones first. Anything else gets the names at the smallest distance, at most two
 * steps of cnicalc_text_distance(). When that finds nothing and the family is known, its rows are
 * offered, the smallest size first.
 *
 * @param out_indexes  indexes for cnicalc_instance_at(); may be NULL when capacity is 0
 * @param capacity     elements at out_indexes; the rest of the offer is dropped
 * @param out_count    names offered: at most capacity, at most CNICALC_INSTANCE_NEAR_MAX
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL  a pointer is NULL
 *
 * Example: cnicalc_instance_near("ecs.c7.5xlarge", 14, indexes, 2, &count)
 *          -> count 2, names {"ecs.c7.4xlarge", "ecs.c7.6xlarge"}
 * Example: cnicalc_instance_near("banana", 6, indexes, 2, &count) -> count 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_instance_near(const char *name, size_t name_len,
                                                                 uint32_t *out_indexes,
                                                                 size_t capacity,
                                                                 size_t *out_count);

/**
 * Which data the table was made from: the first 16 hexadecimal digits of the SHA-256 of
 * lib/data/ecs-instance-types.tsv. Static, never NULL.
 *
 * Example: strlen(cnicalc_instance_table_version()) -> 16
 */
CNICALC_API const char *cnicalc_instance_table_version(void);

/**
 * How old the table's newest pages are: a year, a year and month, or a day. Static, never NULL.
 *
 * Example: cnicalc_instance_table_date() -> "2026"
 */
CNICALC_API const char *cnicalc_instance_table_date(void);

/* ---- A caller's own catalogue ---- */

/** Where a catalogue is at fault. */
typedef struct cnicalc_catalog_fault {
    uint64_t line;        /**< from 1; the header is line 1 */
    uint64_t column;      /**< from 1, in bytes */
    uint64_t first_line;  /**< of a duplicate: the line that has the name first; else 0 */
    uint32_t field;       /**< from 1: which field of the line it is */
    uint32_t reserved[3]; /**< zero */
} cnicalc_catalog_fault;

/**
 * Reads a catalogue: tab-separated text, a header line, then one line per type.
 *
 * The header names the columns, in any order, each at most once: instance_type, which must be
 * there, and any of the names of cnicalc_instance_column_name() and sources. What has no column is
 * unknown, and so is a value "-".
 *
 * A line ends with a newline; the last one may lack it. A carriage return, a byte order mark, a
 * blank and a comment are faults, so that nothing is read that was not meant; a caller who takes
 * files of other systems strips them first. A name is 1 to 39 characters from '!' to '~', and not
 * "ecs." alone. A number is decimal without sign or leading zero and at most
 * cnicalc_instance_column_max(). sources is some of the letters of enum cnicalc_source_code, each
 * once, or "-".
 *
 * The rows come sorted by name, "ecs." not counted, as cnicalc_catalog_find() wants them. The text
 * is validated whole before anything is written, duplicates last. Time grows with the text, times
 * the number of rows over 1,024: no catalogue of a real cloud comes near a second.
 *
 * @param out_instances  capacity elements; may be NULL when capacity is 0
 * @param capacity       0 to ask for the number of rows
 * @param out_count      the number of rows; written with CNICALC_ERR_CAPACITY too
 * @param out_fault      written with the statuses of a bad catalogue, CNICALC_ERR_CATALOG_*
 *                       and CNICALC_ERR_SOURCE, and with no other
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL               a pointer is NULL
 *         CNICALC_ERR_CATALOG_HEADER     a column is unknown or named twice, which out_fault points
 *                                        at; or instance_type is missing, field 0 of line 1
 *         CNICALC_ERR_CATALOG_COLUMNS    out_fault points at the first field too many, or at the
 *                                        end of a line that has too few
 *         CNICALC_ERR_CATALOG_NAME       a bad name, where out_fault points
 *         CNICALC_ERR_CATALOG_NUMBER     a bad number, where out_fault points
 *         CNICALC_ERR_SOURCE             bad sources, where out_fault points
 *         CNICALC_ERR_CATALOG_DUPLICATE  out_fault points at the first name that is not new;
 *                                        "c7.large" and "ecs.c7.large" are the same name
 *         CNICALC_ERR_CAPACITY           the rows are sound and more than capacity
 *
 * Example: cnicalc_catalog_parse("instance_type\tvcpus\nx.large\t2\n", 30, rows, 1, &count, &fault)
 *          -> count 1, vcpus 2, eni_quantity CNICALC_UNKNOWN
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_catalog_parse(const char *text, size_t text_len,
                                                                 cnicalc_instance *out_instances,
                                                                 size_t capacity, size_t *out_count,
                                                                 cnicalc_catalog_fault *out_fault);

/**
 * The index of a type in a catalogue, by its name with or without "ecs.".
 *
 * @param instances  rows sorted as cnicalc_catalog_parse() leaves them, each name with its NUL; may
 *                   be NULL when count is 0
 * @param count      elements at instances
 * @return CNICALC_OK
 *         CNICALC_ERR_NULL          a pointer is NULL
 *         CNICALC_ERR_NO_SUCH_TYPE  the name is not in the catalogue
 *
 * Example: those rows, "x.large" sought as "ecs.x.large" -> index 0
 */
CNICALC_API CNICALC_CHECKED cnicalc_status cnicalc_catalog_find(const cnicalc_instance *instances,
                                                                size_t count, const char *name,
                                                                size_t name_len, size_t *out_index);

#ifdef __cplusplus
}
#endif

#endif /* CNICALC_INSTANCE_H */
