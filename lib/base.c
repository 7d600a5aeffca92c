/* SPDX-License-Identifier: MIT */
/* Version and status texts. */
#include "internal.h"

uint32_t cnicalc_version_number(void)
{
    return CNICALC_VERSION_NUMBER;
}

const char *cnicalc_version_string(void)
{
    return CNICALC_VERSION_STRING;
}

/* Every status with its sentence, once. tests/test_base.c reads the header and names a status that
 * is missing here. */
#define RANGE(low, high) CNICALC__DIGITS(low) ".." CNICALC__DIGITS(high)

#define VPC_MASKS RANGE(CNICALC__VPC_PREFIX_LEN_MIN, CNICALC__VPC_PREFIX_LEN_MAX)

#define STATUS_LIST(X)                                                                             \
    X(CNICALC_OK, "success")                                                                       \
    X(CNICALC_ERR_NULL, "a pointer is NULL")                                                       \
    X(CNICALC_ERR_STRUCT_SIZE, "struct_size is not one that this library knows")                   \
    X(CNICALC_ERR_RESERVED, "a reserved word is not zero")                                         \
    X(CNICALC_ERR_CAPACITY, "the output array or text buffer is too small")                        \
    X(CNICALC_ERR_OVERFLOW, "the count exceeds 64 bits")                                           \
    X(CNICALC_ERR_INDEX, "the index is not below the count")                                       \
    X(CNICALC_ERR_FLAG, "a flag is neither 0 nor 1")                                               \
    X(CNICALC_ERR_LIMIT, "no such limit, or one that this question does not take")                 \
    X(CNICALC_ERR_BOUND, "no such legal range")                                                    \
    X(CNICALC_ERR_CIDR_EMPTY, "the address is empty")                                              \
    X(CNICALC_ERR_CIDR_CHARACTER, "a character that an address cannot have")                       \
    X(CNICALC_ERR_CIDR_OCTET, "an octet of an IPv4 address exceeds 255")                           \
    X(CNICALC_ERR_CIDR_LEADING_ZERO, "a decimal number has a leading zero")                        \
    X(CNICALC_ERR_CIDR_OCTET_COUNT, "an IPv4 address has four octets")                             \
    X(CNICALC_ERR_CIDR_GROUP, "a group of an IPv6 address has one to four hexadecimal digits")     \
    X(CNICALC_ERR_CIDR_GROUP_COUNT, "an IPv6 address has eight groups, or fewer with ::")          \
    X(CNICALC_ERR_CIDR_DOUBLE_COLON, ":: may occur once in an IPv6 address")                       \
    X(CNICALC_ERR_CIDR_NO_PREFIX, "the block has no prefix length")                                \
    X(CNICALC_ERR_CIDR_PREFIX_LEN, "the prefix length is out of range")                            \
    X(CNICALC_ERR_CIDR_HOST_BITS, "the block has host bits set")                                   \
    X(CNICALC_ERR_CIDR_FAMILY, "the address family is neither IPv4 nor IPv6")                      \
    X(CNICALC_ERR_CIDR_INVALID, "the address has bits outside its family")                         \
    X(CNICALC_ERR_CIDR_FAMILY_MIXED, "IPv4 and IPv6 cannot be combined")                           \
    X(CNICALC_ERR_CIDR_NOT_INSIDE, "the address is not inside the block")                          \
    X(CNICALC_ERR_CIDR_EDGE, "the address space ends here")                                        \
    X(CNICALC_ERR_CIDR_RANGE, "the first address of the range is above the last")                  \
    X(CNICALC_ERR_NO_SUCH_TYPE, "the instance type is not in the table")                           \
    X(CNICALC_ERR_LIMITS_UNKNOWN, "a limit of the instance type is not published")                 \
    X(CNICALC_ERR_CATALOG_HEADER, "the header line of the catalogue is not one of this format")    \
    X(CNICALC_ERR_CATALOG_COLUMNS, "the row has fewer or more columns than the header")            \
    X(CNICALC_ERR_CATALOG_NAME, "the instance type name is empty, too long or not plain ASCII")    \
    X(CNICALC_ERR_CATALOG_NUMBER, "the value is neither a number in range nor -")                  \
    X(CNICALC_ERR_CATALOG_DUPLICATE, "the instance type is in the catalogue twice")                \
    X(CNICALC_ERR_NO_SUCH_FAMILY, "no instance type of that family is in the table")               \
    X(CNICALC_ERR_SOURCE, "a letter of the sources is unknown or given twice")                     \
    X(CNICALC_ERR_NO_SUCH_COLUMN, "no column of an instance type has this name or number")         \
    X(CNICALC_ERR_EDITION, "no such cluster edition")                                              \
    X(CNICALC_ERR_PLUGIN, "no such network plugin")                                                \
    X(CNICALC_ERR_QUOTA_UNKNOWN, "the quota is not published for this edition and plugin")         \
    X(CNICALC_ERR_SECURITY_GROUP, "the security group is neither basic nor advanced")              \
    X(CNICALC_ERR_NODE_MODE, "no such Terway mode")                                                \
    X(CNICALC_ERR_NODE_RATIO, "the ENI cap ratio has a zero denominator")                          \
    X(CNICALC_ERR_NODE_ERDMA_DUAL_STACK, "eRDMA and dual stack exclude each other")                \
    X(CNICALC_ERR_NODE_WINDOWS_MODE, "the Windows rule is published for shared ENI mode only")     \
    X(CNICALC_ERR_NODE_LINGJUN_MODE, "the Lingjun rule is published for exclusive ENI mode only")  \
    X(CNICALC_ERR_NODE_IP_STACK, "no such IP stack, or IPv6 alone outside IP prefix mode")         \
    X(CNICALC_ERR_NODE_ERDMA_IPAM, "no such IPAM of eRDMA")                                        \
    X(CNICALC_ERR_NODE_SIGN, "no such sign of a node")                                             \
    X(CNICALC_ERR_FLANNEL_POD_CIDR_RANGE,                                                          \
      "the pod CIDR is not inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16")                    \
    X(CNICALC_ERR_FLANNEL_NODE_MASK,                                                               \
      "the node mask is not in " RANGE(CNICALC__NODE_MASK_MIN, CNICALC__NODE_MASK_MAX))            \
    X(CNICALC_ERR_FLANNEL_POD_MASK, "the pod CIDR is smaller than one node's block")               \
    X(CNICALC_ERR_FLANNEL_PODS_PER_NODE, "pods per node is not one of 16, 32, 64, 128, 256")       \
    X(CNICALC_ERR_FLANNEL_NODES, "the number of nodes is zero")                                    \
    X(CNICALC_ERR_VSWITCH_FAMILY, "the vSwitch is not an IPv4 block")                              \
    X(CNICALC_ERR_VSWITCH_MASK,                                                                    \
      "the mask of the vSwitch is not in " RANGE(CNICALC__VSWITCH_PREFIX_LEN_MIN,                  \
                                                 CNICALC__VSWITCH_PREFIX_LEN_MAX))                 \
    X(CNICALC_ERR_VSWITCH_ROLES,                                                                   \
      "the vSwitch serves neither pods nor nodes, or has an unknown role")                         \
    X(CNICALC_ERR_VSWITCH_USED, "more addresses are in use than the vSwitch has")                  \
    X(CNICALC_ERR_VSWITCH_OVERLAP, "two vSwitches overlap")                                        \
    X(CNICALC_ERR_TERWAY_PODS_PER_NODE, "pods per node are zero, or more than the type runs")      \
    X(CNICALC_ERR_TERWAY_POOL_ZONE, "no vSwitch is in the zone of the node pool")                  \
    X(CNICALC_ERR_VSWITCH_RESERVATION,                                                             \
      "a reservation is not a proper part of its vSwitch without the addresses that the VPC "      \
      "keeps, or finds no room beside the others")                                                 \
    X(CNICALC_ERR_VSWITCH_RESERVATION_MASK,                                                        \
      "a reservation by mask is at least 2 bits longer than its vSwitch, and at "                  \
      "most " CNICALC__DIGITS(CNICALC__PREFIX_LEN))                                                \
    X(CNICALC_ERR_TERWAY_VPC,                                                                      \
      "a VPC has 1 to 6 IPv4 blocks that do not overlap, with masks in " VPC_MASKS)                \
    X(CNICALC_ERR_TERWAY_OUTSIDE_VPC, "the vSwitch is outside the VPC")                            \
    X(CNICALC_ERR_TERWAY_GROW_SIZE, "more than 1024 blocks, or more than 32 zones that lack room") \
    X(CNICALC_ERR_PLAN_ROLE, "the block has no role, or one that this question does not take")     \
    X(CNICALC_ERR_PLAN_BLOCKS, "more blocks than a plan can have")                                 \
    X(CNICALC_ERR_PLAN_VPC, "the block is not one that a VPC can have")                            \
    X(CNICALC_ERR_PLAN_OTHER,                                                                      \
      "a vSwitch in use is outside the VPC, or a network overlaps the VPC")                        \
    X(CNICALC_ERR_PLAN_ZONES, "the number of zones is not in " RANGE(1, CNICALC__ZONES_MAX))       \
    X(CNICALC_ERR_PLAN_NODES, "the number of nodes is zero")                                       \
    X(CNICALC_ERR_PLAN_PODS_PER_NODE, "the number of pods per node is zero")                       \
    X(CNICALC_ERR_PLAN_FINDING, "the finding has no such code")                                    \
    X(CNICALC_ERR_FEATURE, "no such plugin feature")                                               \
    X(CNICALC_ERR_FEATURE_FACT, "the feature is a fact, which cannot be needed")                   \
    X(CNICALC_ERR_CONNTRACK_RATIO, "the memory ratio is not in 1..1000000 millionths")             \
    X(CNICALC_ERR_CONNTRACK_MEMORY, "the memory of the node is zero")                              \
    X(CNICALC_ERR_WORKLOAD_PODS, "there is no workload, or its pods are not in 1..4294967295")     \
    X(CNICALC_ERR_WORKLOAD_HEADROOM, "the headroom exceeds 100 percent")                           \
    X(CNICALC_ERR_WORKLOAD_ALLOCATABLE, "what kubelet keeps of such a node is not published")      \
    X(CNICALC_ERR_QUANTITY, "not a quantity of Kubernetes, such as 500m, 0.5, 1Gi or 1e9")         \
    X(CNICALC_ERR_QUANTITY_UNIT, "not a whole number of millicores or of bytes")

#define NAME(code, text) #code "\0"

static const uint8_t CODES[] = {STATUS_LIST(CNICALC__VALUE)};

const char *cnicalc_status_string(cnicalc_status status)
{
    static const char texts[] = STATUS_LIST(CNICALC__TEXT) "unknown status";
    return cnicalc__text_of(CODES, sizeof CODES, texts, (uint32_t)status);
}

const char *cnicalc_status_name(cnicalc_status status)
{
    static const char names[] = STATUS_LIST(NAME) "CNICALC_ERR_UNKNOWN";
    return cnicalc__text_of(CODES, sizeof CODES, names, (uint32_t)status);
}
