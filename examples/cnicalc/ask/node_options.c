/* SPDX-License-Identifier: MIT */
#include "node_options.h"

#include "../base/complaint.h"
#include "number.h"

#include <stdio.h>
#include <string.h>

/* More minor versions than there will be. */
#define MINOR_MAX 9999

/* Two members of the options. */
static int parse_ratio(const struct asking *asking, void *member)
{
    cnicalc_node_options *node = member;
    return number_parse_ratio(asking->text, &node->eni_cap_ratio_numerator,
                              &node->eni_cap_ratio_denominator) ||
           asking_refuse(asking, "%s",
                         number_is_ratio(asking->text)
                             ? "it does not fit a fraction of two 32-bit numbers"
                             : "not a number such as 0.5 or 1/2, with at most nine decimals");
}

/* "1.26", or all of what a node reports, "v1.26.3-aliyun.1", without its patch. */
static int parse_kubernetes(const struct asking *asking, void *member)
{
    const char *text = asking->text + (asking->text[0] == 'v');
    int is_one = strncmp(text, "1.", 2) == 0;
    const char *minor = is_one ? text + 2 : text;
    size_t length = strcspn(minor, ".");
    uint64_t number = 0;
    if (!is_one || strcmp(minor + length, ".") == 0 || !number_parse(minor, length, &number) ||
        number == 0 || number > MINOR_MAX) {
        return asking_refuse(asking, "not a version such as 1.26");
    }
    *(uint32_t *)member = (uint32_t)number;
    return 1;
}

/* KiB, as `kubectl describe node` prints them. */
static int parse_memory(const struct asking *asking, void *member)
{
    size_t length = strlen(asking->text);
    int has_unit = length > 2 && strcmp(asking->text + length - 2, "Ki") == 0;
    uint64_t number = 0;
    if (!number_parse(asking->text, has_unit ? length - 2 : length, &number) || number == 0) {
        return asking_refuse(asking, "not a number of KiB such as 31555380Ki");
    }
    *(uint64_t *)member = number;
    return 1;
}

static const char *erdma_ipam_name(uint32_t ipam)
{
    return ipam == CNICALC_ERDMA_IPAM_DAEMON ? "daemon" : "centralised";
}

static const struct choices erdma_ipam_choices = {erdma_ipam_name, 1, CNICALC_ERDMA_IPAM_COUNT - 1,
                                                  NULL, NULL};

#define AT(member) offsetof(cnicalc_node_options, member)

const struct option node_options[] = {
    {"erdma", NULL, "some ENIs serve eRDMA", OPTION_FLAG, .where = AT(erdma), .bit = NODE_SHOWN,
     .more = "The built-in table knows of 19 types how many they have; a catalogue can say so."},
    {"erdma-ipam", "IPAM", "%c", OPTION_NAME, .where = AT(erdma_ipam), .bit = NODE_SETTINGS,
     .choices = &erdma_ipam_choices,
     .more = "Who gives out the addresses of the node: with centralised, "
             "eRDMA takes one ENI; with daemon, two on a node of 8 ENIs or more."},
    {"windows", NULL, "a Windows node (mode shared)", OPTION_FLAG, .where = AT(windows),
     .bit = NODE_SHOWN},
    {"max-eni", "N", "Terway's max_eni; 0: no cap", OPTION_COUNT32, .where = AT(max_eni),
     .bit = NODE_SETTINGS},
    {"eni-cap-ratio", "R", "Terway's eni_cap_ratio, such as 0.5 or 1/2", OPTION_VALUE,
     .parse = parse_ratio, .bit = NODE_SETTINGS,
     .more = "A decimal with at most nine places or a fraction; 0 reads as 1. In lowest terms both "
             "of its numbers fit 32 bits."},
    {"eni-cap-shift", "N", "Terway's eni_cap_shift, may be negative", OPTION_SIGNED32,
     .where = AT(eni_cap_shift), .bit = NODE_SETTINGS},
    {"ipv4-prefix-count", "N", "Terway's ipv4_prefix_count, which a node takes", OPTION_COUNT32,
     .where = AT(ipv4_prefix_count), .bit = NODE_SETTINGS, .high = CNICALC_UNKNOWN - 1,
     .more = "A node takes that many when it joins, as far as they fit. Without this option the "
             "answer is what fits; Terway itself takes none until it is set."},
    {"host-network-pods", "N", "pods on the node's own address (default %d)", OPTION_COUNT32,
     .where = AT(host_network_pods), .bit = NODE_SETTINGS,
     .more = "They take from kubelet's maxPods and do not move it."},
    {"kubelet-max-pods", "N", "kubelet's maxPods, when set by hand", OPTION_COUNT32,
     .where = AT(kubelet_max_pods), .bit = NODE_SHOWN, .low = 1},
    {"min-pods-to-join", "N", "fewest pods of a node that joins, in place of ACK's", OPTION_COUNT32,
     .where = AT(min_pods_to_join), .bit = NODE_SETTINGS, .low = 1},
    {"kubernetes", "1.N", "Kubernetes version (default 1.28 or later)", OPTION_VALUE,
     .where = AT(kubernetes_minor), .parse = parse_kubernetes, .bit = NODE_ALLOCATABLE,
     .more = "It decides what kubelet keeps of CPU and memory, and dual stack needs 1.22."},
    {"memory-capacity", "KIB", "a node's memory by kubectl, such as 31555380Ki", OPTION_VALUE,
     .where = AT(memory_capacity_kib), .parse = parse_memory, .bit = NODE_ALLOCATABLE,
     .more = "A running node has less than its type. Without this option allocatable memory "
             "starts from the type's."},
    OPTIONS_END};

#undef AT

/* How the library answers the type in another mode. */
static cnicalc_status solve_in(const cnicalc_instance *instance, const cnicalc_node_options *node,
                               uint32_t mode)
{
    cnicalc_node_options other = *node;
    cnicalc_node_result result;
    other.mode = mode;
    return cnicalc_node_solve(instance, &other, &result);
}

int node_is_lingjun(const cnicalc_instance *instance)
{
    cnicalc_node_options node;
    expect_ok(cnicalc_node_options_init(&node, sizeof node));
    return solve_in(instance, &node, CNICALC_MODE_SHARED_ENI) == CNICALC_ERR_NODE_LINGJUN_MODE;
}

/* The node is known, but not how many trunk pods run on it. */
static int refuse_trunk(const char *subcommand, const char *what, const cnicalc_instance *instance,
                        const char *mode_form)
{
    int total = instance->eni_total_quantity == CNICALC_UNKNOWN;
    int supported = instance->eni_trunk_supported == CNICALC_UNKNOWN;
    const char *names = total ? "eni_total_quantity is" : "eni_trunk_supported is";
    const char *pronoun = "it";
    if (total && supported) {
        names = "eni_total_quantity and eni_trunk_supported are";
        pronoun = "them";
    }
    return complain(subcommand, what,
                    "its %s not published, on which its trunk pods depend; %sshared does without "
                    "%s, and a row in a --catalog can give %s",
                    names, mode_form, pronoun, pronoun);
}

static int refuse_unknown(const char *subcommand, const cnicalc_instance *instance,
                          const cnicalc_node_options *node, const char *mode_form)
{
    uint32_t column = CNICALC_UNKNOWN;
    expect_ok(cnicalc_node_missing_column(instance, node, &column));
    const char *missing = cnicalc_instance_column_name(column);
    if (solve_in(instance, node, CNICALC_MODE_EXCLUSIVE_ENI) == CNICALC_OK) {
        return complain(subcommand, instance->name,
                        "its %s is not published; %sexclusive does without it", missing, mode_form);
    }
    return complain(subcommand, instance->name,
                    "its %s is not published; a row in a --catalog can give it", missing);
}

int node_is_of_other_mode(cnicalc_status status)
{
    return status == CNICALC_ERR_NODE_WINDOWS_MODE || status == CNICALC_ERR_NODE_LINGJUN_MODE ||
           status == CNICALC_ERR_NODE_IP_STACK;
}

/* The first mode in which the node could be answered, or 0. */
static uint32_t find_mode(const cnicalc_instance *instance, const cnicalc_node_options *node)
{
    for (uint32_t mode = 1; mode < CNICALC_MODE_COUNT; mode++) {
        cnicalc_status status = solve_in(instance, node, mode);
        if (status == CNICALC_OK || status == CNICALC_ERR_LIMITS_UNKNOWN) {
            return mode;
        }
    }
    return 0;
}

int node_options_refuse(const char *subcommand, const cnicalc_instance *instance,
                        const cnicalc_node_options *node, const char *mode_form,
                        cnicalc_status status)
{
    const char *why = status == CNICALC_ERR_NODE_IP_STACK
                          ? "IPv6 alone exists in IP prefix mode only"
                          : cnicalc_status_string(status);
    uint32_t meant = find_mode(instance, node);
    char what[128];
    snprintf(what, sizeof what, "%s %s%s", instance->name, mode_form,
             cnicalc_mode_name(node->mode));
    if (status == CNICALC_ERR_LIMITS_UNKNOWN) {
        return node->mode == CNICALC_MODE_SHARED_ENI_TRUNK &&
                       solve_in(instance, node, node->mode) == CNICALC_OK
                   ? refuse_trunk(subcommand, what, instance, mode_form)
                   : refuse_unknown(subcommand, instance, node, mode_form);
    }
    if (status == CNICALC_ERR_NODE_LINGJUN_MODE &&
        solve_in(instance, node, CNICALC_MODE_EXCLUSIVE_ENI) == status) {
        return complain(subcommand, instance->name,
                        "a Lingjun node has neither ENI caps nor eRDMA");
    }
    if (meant != 0 && node_is_of_other_mode(status)) {
        return complain(subcommand, what, "%s; did you mean %s%s?", why, mode_form,
                        cnicalc_mode_name(meant));
    }
    return complain(subcommand, what, "%s", why);
}
