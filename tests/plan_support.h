/* SPDX-License-Identifier: MIT */
/* Plans as the text of a test, and findings as the text that is expected:
 *
 *      terway nodes=5 pods=80                  plugin and options
 *      vpc 10.0.0.0/8, pod:1+9-4 10.0.0.0/19   role, zone, addresses in use, /28 blocks reserved,
 *                                              block; the first block has index 0
 *      overlap(0,2); vpc-mask(1) 7/8 B         code, subject and other, value and bound, block; or
 * - shortage@1 node_vswitch_addresses 9/8   code, zone, limit, value and bound */
#ifndef CNICALC_TESTS_PLAN_SUPPORT_H
#define CNICALC_TESTS_PLAN_SUPPORT_H

#include <cnicalc/plan.h>

#include "plan_node.h"
#include "support.h"

#include <stdio.h>
#include <string.h>

#define BLOCKS_MAX   32
#define FINDINGS_MAX 128

typedef struct plan {
    cnicalc_plan_block blocks[BLOCKS_MAX];
    size_t count;
    cnicalc_plan_check_options options;
} plan;

typedef struct result {
    cnicalc_plan_finding findings[FINDINGS_MAX];
    size_t count;
} result;

static inline uint32_t role_of(const char *word)
{
    static const struct {
        char word[8];
        uint32_t role;
    } roles[] = {
        {"vpc", CNICALC_PLAN_ROLE_VPC},
        {"node", CNICALC_PLAN_ROLE_NODE_VSWITCH},
        {"pod", CNICALC_PLAN_ROLE_POD_VSWITCH},
        {"vsw", CNICALC_PLAN_ROLE_VSWITCH},
        {"cidr", CNICALC_PLAN_ROLE_POD_CIDR},
        {"svc", CNICALC_PLAN_ROLE_SERVICE_CIDR},
        {"other", CNICALC_PLAN_ROLE_OTHER},
        {"osvc", CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR},
        {"ovsw", CNICALC_PLAN_ROLE_OTHER_VSWITCH},
        {"summary", CNICALC_PLAN_ROLE_SUMMARY},
    };
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (strcmp(roles[i].word, word) == 0) {
            return roles[i].role;
        }
    }
    ck_abort_msg("no role %s", word);
    return 0;
}

static inline cnicalc_plan_block read_block(const char *word, const char *cidr)
{
    cnicalc_plan_block block = {{0, 0, 0, 0}, 0, CNICALC_UNKNOWN, 0, 0, {0}};
    cnicalc_address address;
    char role[8] = "";
    unsigned long long used = 0;
    unsigned long long reserved = 0;
    ck_assert_int_ge(sscanf(word, "%7[a-z]:%u+%llu-%llu", role, &block.zone, &used, &reserved), 1);
    block.role = role_of(role);
    block.used_addresses = used;
    block.reserved_prefixes = reserved;
    ck_ok(cnicalc_cidr_parse_address(cidr, strlen(cidr), &address, &block.cidr));
    block.cidr.hi = address.hi;
    block.cidr.lo = address.lo;
    return block;
}

/* The 64-bit member of options that a word of a request sets, or NULL. */
static inline uint64_t *count_of(const char *word, cnicalc_plan_check_options *options)
{
    cnicalc_ceilings *ceilings = &options->ceilings;
    return strcmp(word, "nodes") == 0   ? &options->nodes
           : strcmp(word, "pods") == 0  ? &options->pods
           : strcmp(word, "svc") == 0   ? &options->services
           : strcmp(word, "most") == 0  ? &options->node_max_pods
           : strcmp(word, "each") == 0  ? &options->node.pods_per_node
           : strcmp(word, "held") == 0  ? &options->node.addresses
           : strcmp(word, "trunk") == 0 ? &options->node.trunk_pods
           : strcmp(word, "nq") == 0    ? &ceilings->node_quota
           : strcmp(word, "pq") == 0    ? &ceilings->pod_quota
           : strcmp(word, "sq") == 0    ? &ceilings->service_quota
           : strcmp(word, "rq") == 0    ? &ceilings->route_quota
           : strcmp(word, "vq") == 0    ? &ceilings->vpc_address_quota
           : strcmp(word, "vsq") == 0   ? &ceilings->vswitch_quota
           : strcmp(word, "gq") == 0    ? &ceilings->security_group_quota
           : strcmp(word, "gused") == 0 ? &ceilings->security_group_used
           : strcmp(word, "used") == 0  ? &ceilings->routes_used
                                        : NULL;
}

static inline void read_options(const char *request, cnicalc_plan_check_options *options)
{
    char word[16];
    unsigned long long value;
    int used;
    ck_ok(cnicalc_plan_check_options_init(options, sizeof *options));
    ck_assert_int_eq(sscanf(request, "%15s%n", word, &used), 1);
    ck_ok(cnicalc_plugin_parse(word, strlen(word), &options->plugin));
    for (request += used; sscanf(request, " %15[a-z]=%llu%n", word, &value, &used) == 2;
         request += used) {
        uint64_t *count = count_of(word, options);
        if (count != NULL) {
            *count = value;
        } else if (strcmp(word, "mask") == 0) {
            options->node_mask = (uint32_t)value;
        } else if (strcmp(word, "enis") == 0) {
            options->node = plan_node_of((uint32_t)value, (uint32_t)options->node.prefixes);
        } else if (strcmp(word, "dual") == 0) {
            options->dual_stack = (uint32_t)value;
        } else if (strcmp(word, "prefixes") == 0) {
            options->node = plan_node_of((uint32_t)options->node.enis, (uint32_t)value);
        } else if (strcmp(word, "podenis") == 0) {
            options->node.pod_enis = (uint32_t)value;
        } else if (strcmp(word, "pereni") == 0) {
            options->node.addresses_per_eni = (uint32_t)value;
        } else if (strcmp(word, "mode") == 0) {
            options->node.mode = (uint32_t)value;
        } else if (strcmp(word, "joins") == 0) {
            options->node.joins = (uint32_t)value;
        } else if (strcmp(word, "lingjun") == 0) {
            options->node.needs_pod_vswitch = (uint32_t)value;
        } else if (strcmp(word, "surge") == 0) {
            options->surge = (uint32_t)value;
        } else if (strcmp(word, "burst") == 0) {
            options->burst_pods = (uint32_t)value;
        } else if (strcmp(word, "sg") == 0) {
            options->ceilings.security_group = (uint32_t)value;
        } else if (strcmp(word, "ed") == 0) {
            options->ceilings.edition = (uint32_t)value;
        } else {
            ck_assert_str_eq(word, "raised");
            options->ceilings.raised = (uint32_t)value;
        }
    }
    ck_assert_msg(*request == '\0', "the request ends with %s", request);
}

static inline plan read_plan(const char *request, const char *text)
{
    plan read;
    char word[16], cidr[64];
    int used;
    memset(&read, 0, sizeof read);
    read_options(request, &read.options);
    while (sscanf(text, " %15s %63[^,]%n", word, cidr, &used) == 2) {
        ck_assert_uint_lt(read.count, BLOCKS_MAX);
        read.blocks[read.count++] = read_block(word, cidr);
        text += used;
        text += *text == ',';
    }
    return read;
}

static inline void write_text(char *text, size_t size, const char *before, const char *what)
{
    size_t len = strlen(text);
    snprintf(text + len, size - len, "%s%s", before, what);
}

static inline void write_number(char *text, size_t size, const char *before, uint64_t value)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)value);
    write_text(text, size, before, digits);
}

static inline void dump_one(const cnicalc_plan_finding *finding, char *text, size_t size)
{
    char cidr[CNICALC_CIDR_TEXT_SIZE];
    snprintf(text, size, "%s", cnicalc_plan_code_name(finding->code));
    if (finding->subject != CNICALC_UNKNOWN) {
        write_number(text, size, "(", finding->subject);
        if (finding->other != CNICALC_UNKNOWN) {
            write_number(text, size, ",", finding->other);
        }
        write_text(text, size, ")", "");
    }
    if (finding->zone != CNICALC_UNKNOWN) {
        write_number(text, size, "@", finding->zone);
    }
    if (finding->limit != CNICALC_LIMIT_NONE) {
        write_text(text, size, " ", cnicalc_limit_name(finding->limit));
    }
    if ((finding->value | finding->bound) != 0) {
        write_number(text, size, " ", finding->value);
        write_number(text, size, "/", finding->bound);
    }
    if (finding->block.family != 0) {
        ck_ok(cnicalc_cidr_format(&finding->block, cidr, sizeof cidr));
        write_text(text, size, " ", cidr);
    }
}

#endif
