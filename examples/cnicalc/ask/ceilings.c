/* SPDX-License-Identifier: MIT */
#include "ceilings.h"

#define AT(member) offsetof(cnicalc_ceilings, member)

const struct option ceilings_options[] = {
    {"edition", "EDITION", "%c", OPTION_NAME, .where = AT(edition), .choices = &edition_choices,
     .bit = CEILING_EDITION},
    {"raised", NULL, "use the ceilings after a quota increase", OPTION_FLAG, .where = AT(raised),
     .bit = CEILING_EDITION},
    {"security-group", "GROUP", "%c", OPTION_NAME, .where = AT(security_group),
     .choices = &security_group_choices, .bit = CEILING_SECURITY_GROUP,
     .more = "A basic group counts every address of nodes and pods, an advanced one their ENIs."},
    {"security-group-used", "N", "of its addresses or ENIs, those that are in use", OPTION_COUNT,
     .where = AT(security_group_used), .bit = CEILING_SECURITY_GROUP},
    {"routes-used", "N", "custom routes of the VPC that are in use", OPTION_COUNT,
     .where = AT(routes_used), .bit = CEILING_ROUTES},
    OPTIONS_END};

const struct option quota_options[] = {
    {"node-quota", "N", "nodes of a cluster", OPTION_COUNT, .where = AT(node_quota), .low = 1,
     .bit = CEILING_NODES},
    {"pod-quota", "N", "pods of a cluster", OPTION_COUNT, .where = AT(pod_quota), .low = 1,
     .bit = CEILING_PODS},
    {"service-quota", "N", "Services of a cluster", OPTION_COUNT, .where = AT(service_quota),
     .low = 1, .bit = CEILING_SERVICES},
    {"route-quota", "N", "custom routes of the VPC", OPTION_COUNT, .where = AT(route_quota),
     .low = 1, .bit = CEILING_ROUTES},
    {"vpc-address-quota", "N", "private addresses of the VPC", OPTION_COUNT,
     .where = AT(vpc_address_quota), .low = 1, .bit = CEILING_VPC_ADDRESSES},
    {"vswitch-quota", "N", "vSwitches of the VPC", OPTION_COUNT, .where = AT(vswitch_quota),
     .low = 1, .bit = CEILING_VSWITCHES},
    {"security-group-quota", "N", "addresses or ENIs of the security group", OPTION_COUNT,
     .where = AT(security_group_quota), .low = 1, .bit = CEILING_SECURITY_GROUP},
    {"ipvlan-pod-quota", "N", "pods with IPVLAN", OPTION_COUNT, .where = AT(ipvlan_pod_quota),
     .low = 1, .bit = CEILING_IPVLAN},
    OPTIONS_END};

const struct field ceilings_fields[] = {
    {"edition", "Edition", "the edition of the cluster", FIELD_NAME, .where = AT(edition),
     .name_of = cnicalc_edition_name},
    {"raised", "Raised quota", "whether ceilings after a quota increase were used", FIELD_BOOL,
     .where = AT(raised)},
    FIELDS_END};

#undef AT
