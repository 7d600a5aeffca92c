/* SPDX-License-Identifier: MIT */
/* The limits of all topics: what each counts, its name, and what to say of it. */
#include "internal.h"

/* Enumerator, what a shortage counts, name, heading, phrase, sentence. In a sentence %n is what is
 * needed, %a what is available and %l the phrase; %(one|more) is "one" after a number of 1 and else
 * "more". What several sentences have is in LIMIT_PHRASES. */
#define OF_NODES    "\1"
#define OF_PODS     "\2"
#define N_ADDRESSES "\3"
#define HAVE_FREE   "\4"

#define LIMIT_LIST(X)                                                                              \
    X(ENI_QUANTITY, PODS, "eni_quantity", "Pods by ENIs", "the ENIs of the type",                  \
      OF_PODS "%l serve %a")                                                                       \
    X(ENI_CAP, PODS, "eni_cap", "Pods by ENI cap", "Terway's eni_cap_ratio and eni_cap_shift",     \
      OF_PODS "%l leave room for %a")                                                              \
    X(MAX_ENI, PODS, "max_eni", "Pods by max_eni", "Terway's max_eni",                             \
      OF_PODS "%l leaves room for %a")                                                             \
    X(ERDMA, PODS, "erdma", "Pods beside eRDMA", "the ENIs that eRDMA takes",                      \
      OF_PODS "the ENIs that eRDMA leaves serve %a")                                               \
    X(IPV4_PREFIX_COUNT, PODS, "ipv4_prefix_count", "Pods by prefix count",                        \
      "Terway's ipv4_prefix_count", OF_PODS "the prefixes of %l serve %a")                         \
    X(IPV6_PREFIX, PODS, "ipv6_prefix", "Pods by IPv6 prefix", "the IPv6 prefix of the node",      \
      OF_PODS "%l serves %a")                                                                      \
    X(KUBELET_MAX_PODS, SCHEDULABLE_PODS, "kubelet_max_pods", "Pods by kubelet",                   \
      "kubelet's maxPods", OF_PODS "%l leaves room for %a")                                        \
    X(CPU, PODS_PER_NODE, "cpu", "Pods by CPU", "the CPU of the node",                             \
      OF_PODS "%l is enough for %a")                                                               \
    X(MEMORY, PODS_PER_NODE, "memory", "Pods by memory", "the memory of the node",                 \
      OF_PODS "%l is enough for %a")                                                               \
    X(NODE_QUOTA, NODES, "node_quota", "Nodes by quota", "the quota of nodes",                     \
      OF_NODES "the quota is %a")                                                                  \
    X(POD_QUOTA, PODS, "pod_quota", "Pods by quota", "the quota of pods",                          \
      "%n %(pod is|pods are) wanted, but the quota is %a")                                         \
    X(SERVICE_QUOTA, SERVICES, "service_quota", "Services by quota", "the quota of Services",      \
      "%n %(Service is|Services are) wanted, kubernetes included, but the quota is %a")            \
    X(ROUTE_QUOTA, NODES, "route_quota", "Nodes by VPC routes", "the routes of the VPC",           \
      "%n %(node takes a route of the VPC|nodes take a route of the VPC each), but %a %(is|are) "  \
      "free")                                                                                      \
    X(IPVLAN_POD_QUOTA, PODS, "ipvlan_pod_quota", "Pods by IPVLAN", "the ceiling of IPVLAN",       \
      "%n %(pod is|pods are) wanted, but IPVLAN has a ceiling of %a")                              \
    X(MIN_PODS_TO_JOIN, NODES, "min_pods_to_join", "Nodes by pods to join",                        \
      "the pods that a node needs to join", OF_NODES "%a of them %(has|have) enough pods to join") \
    X(POD_CIDR, NODES, "pod_cidr", "Nodes by pod CIDR", "the blocks of the pod CIDR",              \
      OF_NODES "the pod CIDR has blocks for %a")                                                   \
    X(NODE_MASK, PODS_PER_NODE, "node_mask", "Pods per node by node mask",                         \
      "the block of the node", OF_PODS "the block of a node holds %a")                             \
    X(POD_VSWITCH_ADDRESSES, ADDRESSES, "pod_vswitch_addresses", "Nodes by pod vSwitch addresses", \
      "the addresses of the pod vSwitches", "pods take " N_ADDRESSES ", but the pod" HAVE_FREE)    \
    X(POD_VSWITCH_ENIS, ADDRESSES, "pod_vswitch_enis", "Nodes by ENIs of pod vSwitches",           \
      "the pod vSwitches, as each ENI is in one",                                                  \
      "pods take " N_ADDRESSES ", but their ENIs, each in one vSwitch, find %a")                   \
    X(POD_VSWITCH_PREFIXES, PREFIXES, "pod_vswitch_prefixes", "Nodes by pod vSwitch prefixes",     \
      "the /28 blocks of the pod vSwitches",                                                       \
      "pods take %n /28 %(block|blocks), but the pod" HAVE_FREE)                                   \
    X(NODE_VSWITCH_ADDRESSES, ADDRESSES, "node_vswitch_addresses",                                 \
      "Nodes by node vSwitch addresses", "the addresses of the node vSwitches",                    \
      "nodes take " N_ADDRESSES ", but the node" HAVE_FREE)                                        \
    X(ZONE_ADDRESSES, ADDRESSES, "zone_addresses", "Nodes by zones",                               \
      "what each zone has for pods and nodes together",                                            \
      "nodes and pods take " N_ADDRESSES ", but their" HAVE_FREE)                                  \
    X(ZONES, ZONES, "zones", "Zones", "the zones",                                                 \
      "nodes are wanted in %n %(zone|zones), but %a %(has|have) room for theirs")                  \
    X(VPC_ADDRESS_QUOTA, ADDRESSES, "vpc_address_quota", "Nodes by VPC address quota",             \
      "the VPC's quota of addresses",                                                              \
      "nodes and pods take " N_ADDRESSES " of the VPC, but its quota has %a left")                 \
    X(SECURITY_GROUP_QUOTA, ADDRESSES, "security_group_quota", "Nodes by security group",          \
      "the quota of the security group",                                                           \
      "nodes and pods take %n of the security group's quota, but %a %(is|are) left")               \
    X(VPC_SPACE, ADDRESSES, "vpc_space", "Addresses by VPC space", "the space of the VPC",         \
      "vSwitches of %n %(address is|addresses are) needed, but the VPC has room for %a of them")   \
    X(PRIVATE_SPACE, ADDRESSES, "private_space", "Addresses by private space",                     \
      "the space outside the VPC",                                                                 \
      "pod CIDR and Service CIDR need " N_ADDRESSES ", but there is room for %a outside "          \
      "the VPC")                                                                                   \
    X(SERVICE_CIDR, SERVICES, "service_cidr", "Services by Service CIDR",                          \
      "the addresses of the Service CIDR",                                                         \
      "%n %(Service is|Services are) wanted, but the Service CIDR has addresses for %a besides "   \
      "kubernetes")                                                                                \
    X(NODE_MAX_PODS, PODS_PER_NODE, "node_max_pods", "Pods per node by type",                      \
      "the pods that a node of the type runs", OF_PODS "a node of the type runs %a")               \
    X(VSWITCH_QUOTA, VSWITCHES, "vswitch_quota", "vSwitches by quota",                             \
      "the VPC's quota of vSwitches", "the VPC has %n %(vSwitch|vSwitches), but its quota is %a")  \
    X(VPC_IPV6_SPACE, VSWITCHES, "vpc_ipv6_space", "vSwitches by IPv6 space",                      \
      "the IPv6 space of the VPC",                                                                 \
      "%n IPv6 %(vSwitch is|vSwitches are) needed, but the VPC has room for %a")

#define VALUE(limit, counts, name, heading, text, sentence)    CNICALC_LIMIT_##limit,
#define COUNTS(limit, counts, name, heading, text, sentence)   CNICALC_COUNTS_##counts,
#define NAME(limit, counts, name, heading, text, sentence)     name "\0"
#define HEADING(limit, counts, name, heading, text, sentence)  heading "\0"
#define TEXT(limit, counts, name, heading, text, sentence)     text "\0"
#define SENTENCE(limit, counts, name, heading, text, sentence) sentence "\0"

/* tests/check_counts.sh compares the enum of the header with this list. */
static const uint8_t VALUES[] = {LIMIT_LIST(VALUE)};
static const uint8_t UNITS[] = {LIMIT_LIST(COUNTS)};
static const char LIMIT_NAMES[] = LIMIT_LIST(NAME) "unknown";
static const char HEADINGS[] = LIMIT_LIST(HEADING) "unknown";
static const char LIMIT_TEXTS[] = LIMIT_LIST(TEXT) "unknown";
static const char SENTENCES[] = LIMIT_LIST(SENTENCE);

/* Those of OF_NODES and what follows it. */
static const char LIMIT_PHRASES[] = "%n %(node is|nodes are) wanted, but \0"
                                    "%n %(pod per node is|pods per node are) wanted, but \0"
                                    "%n %(address|addresses)\0"
                                    " vSwitches have %a free";

#define LIMITS (sizeof VALUES)

/* The index of a limit in the list, or LIMITS. */
static size_t index_of(uint32_t limit)
{
    return cnicalc__index_of(VALUES, LIMITS, limit);
}

static const char *text_of(const char *texts, uint32_t limit)
{
    return limit == CNICALC_LIMIT_NONE ? "none" : cnicalc__text_of(VALUES, LIMITS, texts, limit);
}

const char *cnicalc_limit_name(uint32_t limit)
{
    return text_of(LIMIT_NAMES, limit);
}

const char *cnicalc_limit_heading(uint32_t limit)
{
    return text_of(HEADINGS, limit);
}

const char *cnicalc_limit_text(uint32_t limit)
{
    return text_of(LIMIT_TEXTS, limit);
}

cnicalc_status cnicalc_limit_parse(const char *name, size_t name_len, uint32_t *out_limit)
{
    return cnicalc__name_parse(cnicalc_limit_name, CNICALC_LIMIT_COUNT - 1, CNICALC_ERR_LIMIT, name,
                               name_len, out_limit);
}

uint32_t cnicalc_limit_counts(uint32_t limit)
{
    size_t index = index_of(limit);
    return index == LIMITS ? 0 : UNITS[index];
}

#define COUNTS_LIST(X)                                                                             \
    X(CNICALC_COUNTS_NODES, "nodes")                                                               \
    X(CNICALC_COUNTS_PODS, "pods")                                                                 \
    X(CNICALC_COUNTS_SCHEDULABLE_PODS, "schedulable_pods")                                         \
    X(CNICALC_COUNTS_PODS_PER_NODE, "pods_per_node")                                               \
    X(CNICALC_COUNTS_SERVICES, "services")                                                         \
    X(CNICALC_COUNTS_ADDRESSES, "addresses")                                                       \
    X(CNICALC_COUNTS_PREFIXES, "prefixes")                                                         \
    X(CNICALC_COUNTS_ZONES, "zones")                                                               \
    X(CNICALC_COUNTS_ENIS, "enis")                                                                 \
    X(CNICALC_COUNTS_VSWITCHES, "vswitches")

const char *cnicalc_counts_name(uint32_t counts)
{
    static const uint8_t values[] = {COUNTS_LIST(CNICALC__VALUE)};
    static const char names[] = COUNTS_LIST(CNICALC__TEXT) "unknown";
    return cnicalc__text_of(values, sizeof values, names, counts);
}

const cnicalc_limit_row *cnicalc_limit_find(const cnicalc_limit_row *rows, size_t count,
                                            uint32_t limit)
{
    for (size_t i = 0; rows != NULL && i < count; i++) {
        if (rows[i].limit == limit) {
            return &rows[i];
        }
    }
    return NULL;
}

/* Where a character is in a text that has it. */
static const char *find_character(const char *text, char wanted)
{
    while (*text != wanted) {
        text++;
    }
    return text;
}

/* Writes the form of "one|more)" that a number takes, and returns what follows. */
static const char *write_form(cnicalc__text *text, const char *forms, uint64_t number)
{
    const char *bar = find_character(forms, '|');
    const char *end = find_character(bar, ')');
    const char *form = number == 1 ? forms : bar + 1;
    cnicalc__text_bytes(text, form, (size_t)((number == 1 ? bar : end) - form));
    return end + 1;
}

static void write_sentence(cnicalc__text *text, const char *sentence, const cnicalc_limit_row *row)
{
    uint64_t number = 0;
    while (*sentence != '\0') {
        const char *plain = sentence++;
        if ((unsigned char)*plain <= *HAVE_FREE) {
            write_sentence(text, cnicalc__nth_text(LIMIT_PHRASES, (size_t)(*plain - *OF_NODES)),
                           row);
        } else if (*plain != '%') {
            while (*sentence > *HAVE_FREE && *sentence != '%') {
                sentence++;
            }
            cnicalc__text_bytes(text, plain, (size_t)(sentence - plain));
        } else if (*sentence == '(') {
            sentence = write_form(text, sentence + 1, number);
        } else if (*sentence++ == 'l') {
            cnicalc__text_string(text, cnicalc_limit_text(row->limit));
        } else {
            number = plain[1] == 'n' ? row->needed : row->available;
            cnicalc__text_u64(text, number);
        }
    }
}

cnicalc_status cnicalc_shortage_format(const cnicalc_limit_row *row, char *out_text,
                                       size_t capacity)
{
    if (row == NULL || out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    size_t index = index_of(row->limit);
    if (index == LIMITS) {
        return CNICALC_ERR_LIMIT;
    }
    cnicalc__text text;
    cnicalc__text_begin(&text);
    write_sentence(&text, cnicalc__nth_text(SENTENCES, index), row);
    return cnicalc__text_copy(&text, out_text, capacity);
}
