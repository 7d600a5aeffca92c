/* SPDX-License-Identifier: MIT */
#include "../answer/findings.h"
#include "../answer/limits.h"
#include "../ask/ceilings.h"
#include "propose.h"

#define AT(member) offsetof(struct vswitch_row, member)

/* With a heading, or without one, for the block of the VPC. */
#define VSWITCH_FIELDS(heading)                                                                    \
    {"zone", "ZONE", "its zone", FIELD_TEXT, .where = AT(zone)},                                   \
        {"cidr", "BLOCK", "its block", FIELD_CIDR, .where = AT(cidr)},                             \
        {"usable_addresses", "USABLE ADDRESSES", "without the reserved ones; of an IPv4 block",    \
         FIELD_COUNT, .where = AT(usable_addresses)},                                              \
    {                                                                                              \
        "vpc", heading, "the block of the VPC that it is in", FIELD_CIDR, .where = AT(vpc)         \
    }

#define ROLE_FIELD                                                                                 \
    {                                                                                              \
        "role", "ROLE", "", FIELD_NAME, .where = AT(role), .name_of = cnicalc_plan_role_name       \
    }

static const struct field vswitch_fields[] = {VSWITCH_FIELDS(NULL), FIELDS_END};

const struct field propose_table_fields[] = {ROLE_FIELD, VSWITCH_FIELDS(NULL), FIELDS_END};
const struct field propose_blocks_fields[] = {ROLE_FIELD, VSWITCH_FIELDS("IN VPC"), FIELDS_END};

#undef AT

static const struct field secondary_fields[] = {
    {"cidr", "SECONDARY BLOCK", "a secondary block, as given", FIELD_TEXT, .where = 0}, FIELDS_END};

const struct field propose_line_fields[] = {{"check", "", "", FIELD_TEXT, .where = 0}, FIELDS_END};

#define AT(member) offsetof(struct propose_row, member)

const struct field propose_fields[] = {
    {"fits", "Fits", "whether there is a plan", FIELD_BOOL, .where = AT(proposal.fits)},
    {"reason", "Reason", "what is short, or what is not legal", FIELD_TEXT, .where = AT(reason)},
    {"plugin", "Plugin", "the network plugin", FIELD_NAME, .where = AT(options.plugin),
     .name_of = cnicalc_plugin_name},
    {"vpc", "VPC", "the block of the VPC, as given; of several the first", FIELD_TEXT,
     .where = AT(vpc)},
    {"secondary_vpc", "", "its secondary blocks", FIELD_LIST, .where = AT(secondary_vpc),
     .of = secondary_fields},
    {"vpc_ipv6", "IPv6 VPC", "its IPv6 block", FIELD_TEXT, .where = AT(vpc_ipv6)},
    {"node_vswitch", NULL, "the vSwitches for nodes", FIELD_LIST, .where = AT(node_vswitches),
     .of = vswitch_fields},
    {"pod_vswitch", NULL, "those for pods", FIELD_LIST, .where = AT(pod_vswitches),
     .of = vswitch_fields},
    {"vswitch", NULL, "those for both", FIELD_LIST, .where = AT(vswitches), .of = vswitch_fields},
    {"pod_cidr", "Pod CIDR", "the pod CIDR of a Flannel cluster", FIELD_CIDR,
     .where = AT(pod_cidr)},
    {"node_mask", "Node mask", "the mask of each Flannel node's block", FIELD_QUANTITY,
     .where = AT(proposal.node_mask), .null_for_zero = 1},
    {"service_cidr", "Service CIDR", "the Service CIDR", FIELD_CIDR, .where = AT(service_cidr)},
    {"service_cidr_ipv6", "IPv6 Service CIDR", "that of dual stack", FIELD_CIDR,
     .where = AT(service_cidr_ipv6)},
    {"nodes", "Nodes", "nodes, with growth", FIELD_COUNT, .where = AT(proposal.nodes)},
    {"pods_per_node", "Pods per node", "pods of each node, as given", FIELD_COUNT,
     .where = AT(options.pods_per_node)},
    {"usable_pod_ips", "Usable pod addresses per node",
     "addresses that the pods of a Flannel node can get", FIELD_COUNT, .where = AT(usable_pod_ips)},
    {"pods", "Pods", "pods, with growth", FIELD_COUNT, .where = AT(proposal.pods)},
    {"services", "Services", "Services besides kubernetes, with growth", FIELD_COUNT,
     .where = AT(proposal.services)},
    {"pods_factor", NULL, "addresses for each pod: 2, or 1 where there is no room", FIELD_QUANTITY,
     .where = AT(proposal.pods_factor), .null_for_zero = 1},
    {"room_pod_vswitches", "Room for further pod vSwitches",
     "further pod vSwitches that the VPC has room for", FIELD_COUNT,
     .where = AT(proposal.room_pod_vswitches)},
    {"room_mask", "Their mask", "their mask, that of the largest one proposed", FIELD_QUANTITY,
     .where = AT(proposal.room_prefix_len), .null_for_zero = 1},
    {.kind = FIELD_GROUP, .of = ceilings_fields, .where = AT(options.ceilings)},
    {"bound_by", NULL, "the first limit that is short", FIELD_NAME, .where = AT(proposal.bound_by),
     .name_of = cnicalc_limit_name, .null_for_zero = 1},
    {"shortages", "", "every limit that is short", FIELD_LIST, .where = AT(shortages),
     .of = shortage_fields},
    {"limits", NULL, "what is needed and available by each limit", FIELD_NEEDS,
     .where = AT(proposal.limits), .count_where = AT(proposal.limit_count)},
    {"findings", NULL, "what check finds in the VPC and in what is in use", FIELD_LIST,
     .where = AT(findings), .of = finding_fields},
    {"notes", NULL, "remarks, in sentences: findings that are not errors, and on pod addresses",
     FIELD_WORDS, .where = AT(notes)},
    {"check", NULL, "the command that checks the plan", FIELD_TEXT, .where = AT(check)},
    FIELDS_END};

#undef AT
