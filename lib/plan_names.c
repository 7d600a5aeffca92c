/* SPDX-License-Identifier: MIT */
/* Names of roles, codes, severities and limits of the plan topic. */
#include "cnicalc/plan.h"

const char *cnicalc_plan_role_name(uint32_t role)
{
    switch ((enum cnicalc_plan_role)role) {
    case CNICALC_PLAN_ROLE_VPC:
        return "vpc";
    case CNICALC_PLAN_ROLE_VSWITCH:
        return "vswitch";
    case CNICALC_PLAN_ROLE_POD_VSWITCH:
        return "pod-vswitch";
    case CNICALC_PLAN_ROLE_POD_CIDR:
        return "pod-cidr";
    case CNICALC_PLAN_ROLE_SERVICE_CIDR:
        return "service-cidr";
    case CNICALC_PLAN_ROLE_OTHER:
        return "other";
    case CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR:
        return "other-service-cidr";
    case CNICALC_PLAN_ROLE_OTHER_VSWITCH:
        return "other-vswitch";
    }
    return "unknown";
}

const char *cnicalc_plan_severity_name(uint32_t severity)
{
    switch ((enum cnicalc_plan_severity)severity) {
    case CNICALC_PLAN_ERROR:
        return "error";
    case CNICALC_PLAN_WARNING:
        return "warning";
    case CNICALC_PLAN_NOTE:
        return "note";
    }
    return "unknown";
}

/* Every code with its severity and name, once. The switches below have no default, so that the
 * compiler names a code of the header that is missing here. */
#define CODE_LIST(X)                                                                               \
    X(HOST_BITS, ERROR, "host-bits")                                                               \
    X(OVERLAP, ERROR, "overlap")                                                                   \
    X(NO_VPC, ERROR, "no-vpc")                                                                     \
    X(VPC_MASK, ERROR, "vpc-mask")                                                                 \
    X(VPC_FORBIDDEN, ERROR, "vpc-forbidden")                                                       \
    X(VPC_BLOCK_COUNT, ERROR, "vpc-block-count")                                                   \
    X(VPC_NOT_PRIVATE, WARNING, "vpc-not-private")                                                 \
    X(VSWITCH_MASK, ERROR, "vswitch-mask")                                                         \
    X(OUTSIDE_VPC, ERROR, "outside-vpc")                                                           \
    X(VSWITCH_ZONE, ERROR, "vswitch-zone")                                                         \
    X(NO_VSWITCH, WARNING, "no-vswitch")                                                           \
    X(NO_POD_VSWITCH, ERROR, "no-pod-vswitch")                                                     \
    X(POD_VSWITCH_FLANNEL, ERROR, "pod-vswitch-flannel")                                           \
    X(POD_VSWITCH_ZONE, ERROR, "pod-vswitch-zone")                                                 \
    X(POD_VSWITCH_MASK, ERROR, "pod-vswitch-mask")                                                 \
    X(POD_VSWITCH_SMALL, WARNING, "pod-vswitch-small")                                             \
    X(ZONE_WITHOUT_PODS, WARNING, "zone-without-pods")                                             \
    X(POD_VSWITCH_CAPACITY, NOTE, "pod-vswitch-capacity")                                          \
    X(NO_POD_CIDR, ERROR, "no-pod-cidr")                                                           \
    X(NO_NODE_MASK, ERROR, "no-node-mask")                                                         \
    X(POD_CIDR_TERWAY, ERROR, "pod-cidr-terway")                                                   \
    X(POD_CIDR_REPEATED, ERROR, "pod-cidr-repeated")                                               \
    X(POD_CIDR_RANGE, ERROR, "pod-cidr-range")                                                     \
    X(NODE_MASK, ERROR, "node-mask")                                                               \
    X(POD_CIDR_MASK, ERROR, "pod-cidr-mask")                                                       \
    X(NODE_MASK_TERWAY, WARNING, "node-mask-terway")                                               \
    X(POD_CIDR_CAPACITY, NOTE, "pod-cidr-capacity")                                                \
    X(NO_SERVICE_CIDR, ERROR, "no-service-cidr")                                                   \
    X(SERVICE_CIDR_REPEATED, ERROR, "service-cidr-repeated")                                       \
    X(SERVICE_CIDR_RANGE, ERROR, "service-cidr-range")                                             \
    X(SERVICE_CIDR_MASK, ERROR, "service-cidr-mask")                                               \
    X(SERVICE_CIDR_FLANNEL, ERROR, "service-cidr-flannel")                                         \
    X(SERVICE_CIDR_SHARED, WARNING, "service-cidr-shared")                                         \
    X(NODES_VSWITCH, ERROR, "nodes-vswitch")                                                       \
    X(NODES_QUOTA, ERROR, "nodes-quota")                                                           \
    X(NODES_ROUTES, ERROR, "nodes-routes")                                                         \
    X(NODES_POD_CIDR, ERROR, "nodes-pod-cidr")                                                     \
    X(PODS_VSWITCH, ERROR, "pods-vswitch")                                                         \
    X(PODS_QUOTA, ERROR, "pods-quota")                                                             \
    X(PODS_POD_CIDR, ERROR, "pods-pod-cidr")                                                       \
    X(PODS_VSWITCH_TWICE, WARNING, "pods-vswitch-twice")                                           \
    X(PODS_ADDRESSES, WARNING, "pods-addresses")                                                   \
    X(SERVICES_ADDRESSES, ERROR, "services-addresses")                                             \
    X(SERVICES_QUOTA, ERROR, "services-quota")                                                     \
    X(VPC_ADDRESSES, ERROR, "vpc-addresses")                                                       \
    X(QUOTA_UNKNOWN, NOTE, "quota-unknown")

const char *cnicalc_plan_code_name(uint32_t code)
{
#define CASE(code, severity, name)                                                                 \
    case CNICALC_PLAN_##code:                                                                      \
        return name;
    switch ((enum cnicalc_plan_code)code) {
        CODE_LIST(CASE)
    }
#undef CASE
    return "unknown";
}

uint32_t cnicalc_plan_code_severity(uint32_t code)
{
#define CASE(code, severity, name)                                                                 \
    case CNICALC_PLAN_##code:                                                                      \
        return CNICALC_PLAN_##severity;
    switch ((enum cnicalc_plan_code)code) {
        CODE_LIST(CASE)
    }
#undef CASE
    return 0;
}

const char *cnicalc_plan_limit_name(uint32_t limit)
{
    switch ((enum cnicalc_plan_limit)limit) {
    case CNICALC_PLAN_LIMIT_NONE:
        return "none";
    case CNICALC_PLAN_LIMIT_NODE_QUOTA:
        return "node_quota";
    case CNICALC_PLAN_LIMIT_ROUTES:
        return "routes";
    case CNICALC_PLAN_LIMIT_POD_QUOTA:
        return "pod_quota";
    case CNICALC_PLAN_LIMIT_SERVICE_QUOTA:
        return "service_quota";
    case CNICALC_PLAN_LIMIT_VPC_ADDRESS_QUOTA:
        return "vpc_address_quota";
    case CNICALC_PLAN_LIMIT_NODE_MASK:
        return "node_mask";
    case CNICALC_PLAN_LIMIT_POD_CIDR:
        return "pod_cidr";
    case CNICALC_PLAN_LIMIT_SERVICE_CIDR:
        return "service_cidr";
    case CNICALC_PLAN_LIMIT_VPC_SPACE:
        return "vpc_space";
    case CNICALC_PLAN_LIMIT_PRIVATE_SPACE:
        return "private_space";
    }
    return "unknown";
}
