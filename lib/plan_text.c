/* SPDX-License-Identifier: MIT */
/* Findings of a plan as sentences. */
#include "plan.h"

#include "internal.h"

/* A sentence is a pattern: %s and %o stand for the blocks that subject and other name, %b for the
 * finding's block, %v and %l for its numbers, %q for the quota that value names. */
#define THREE_RANGES "10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"

static const char *block_pattern(uint32_t code, int is_ipv6)
{
    switch (code) {
    case CNICALC_PLAN_HOST_BITS:
        return "%s has host bits set; the block is %b";
    case CNICALC_PLAN_OVERLAP:
        return "%s overlaps %o; they must not share an address";
    case CNICALC_PLAN_NO_VPC:
        return "the plan has no IPv4 block of a VPC";
    case CNICALC_PLAN_VPC_MASK:
        return is_ipv6 ? "%s has a mask of %v; an IPv6 block of a VPC has %l, as in %b"
                       : "%s has a mask of %v; a VPC block has 8 to 28, at the nearest %b";
    case CNICALC_PLAN_VPC_FORBIDDEN:
        return "%s overlaps %b, which no VPC may use";
    case CNICALC_PLAN_VPC_BLOCK_COUNT:
        return "the plan has %v IPv4 blocks of a VPC; a VPC has at most %l, secondary ones "
               "included";
    case CNICALC_PLAN_VPC_NOT_PRIVATE:
        return "%s is not inside " THREE_RANGES "; other ranges need a whitelist";
    case CNICALC_PLAN_VSWITCH_MASK:
        return is_ipv6 ? "%s has a mask of %v; an IPv6 block of a vSwitch has %l, as in %b"
                       : "%s has a mask of %v; a vSwitch has 16 to 29, at the nearest %b";
    case CNICALC_PLAN_OUTSIDE_VPC:
        return "%s is not inside a VPC block";
    case CNICALC_PLAN_VSWITCH_ZONE:
        return "%s and %o are one block in two zones; a vSwitch is in one zone";
    case CNICALC_PLAN_NO_VSWITCH:
        return "the plan has no vSwitch for nodes; whether their addresses suffice is not judged";
    }
    return NULL;
}

static const char *pod_pattern(uint32_t code, int is_ipv6)
{
    switch (code) {
    case CNICALC_PLAN_NO_POD_VSWITCH:
        return "the plan has no pod vSwitch; Terway gives pods their addresses from one";
    case CNICALC_PLAN_POD_VSWITCH_FLANNEL:
        return "%s has no use; Flannel gives pods their addresses from the pod CIDR";
    case CNICALC_PLAN_POD_VSWITCH_ZONE:
        return "%s is in a zone without a vSwitch for nodes; Terway needs one in the same zone";
    case CNICALC_PLAN_POD_VSWITCH_MASK:
        return is_ipv6 ? "%s has a mask of %v; an IPv6 block of a vSwitch has %l, as in %b"
                       : "%s has a mask of %v; a pod vSwitch has 16 to 25, at the nearest %b";
    case CNICALC_PLAN_POD_VSWITCH_SMALL:
        return "%s has a mask of %v; %l or shorter is recommended for pods";
    case CNICALC_PLAN_ZONE_WITHOUT_PODS:
        return "%s is in a zone without a pod vSwitch; pods on its nodes get no address";
    case CNICALC_PLAN_POD_VSWITCH_CAPACITY:
        return "%s has %l addresses, of which pods can use %v: the first and the last three are "
               "reserved";
    case CNICALC_PLAN_NO_POD_CIDR:
        return "the plan has no pod CIDR; Flannel gives pods their addresses from it";
    case CNICALC_PLAN_NO_NODE_MASK:
        return "the plan has no node mask; Flannel needs one of 24 to 28";
    case CNICALC_PLAN_POD_CIDR_TERWAY:
        return "%s has no use; Terway gives pods their addresses from vSwitches";
    case CNICALC_PLAN_POD_CIDR_REPEATED:
        return "%s and %o are too many; a cluster has one pod CIDR";
    case CNICALC_PLAN_POD_CIDR_RANGE:
        return "%s is not inside " THREE_RANGES;
    case CNICALC_PLAN_NODE_MASK:
        return "the node mask is %v; Flannel needs one of 24 to 28, at the nearest %l";
    case CNICALC_PLAN_POD_CIDR_MASK:
        return "%s is smaller than the block of one node, whose mask is %l; %b has room for one";
    case CNICALC_PLAN_NODE_MASK_TERWAY:
        return "the node mask %v has no use; Terway splits no pod CIDR";
    case CNICALC_PLAN_POD_CIDR_CAPACITY:
        return "%s holds %l pods as published, of which %v can get an address: three of each "
               "node's block are taken";
    }
    return NULL;
}

static const char *service_pattern(uint32_t code, int is_ipv6)
{
    switch (code) {
    case CNICALC_PLAN_NO_SERVICE_CIDR:
        return "the plan has no IPv4 Service CIDR";
    case CNICALC_PLAN_SERVICE_CIDR_REPEATED:
        return "%s and %o are too many; a cluster has one Service CIDR of a family";
    case CNICALC_PLAN_SERVICE_CIDR_RANGE:
        return is_ipv6 ? "%s is not inside fc00::/7" : "%s is not inside " THREE_RANGES;
    case CNICALC_PLAN_SERVICE_CIDR_MASK:
        return is_ipv6 ? "%s has a mask of %v; an IPv6 Service CIDR has 112 to 120, at the nearest "
                         "%b"
                       : "%s has a mask of %v; a Service CIDR has 16 to 24, at the nearest %b";
    case CNICALC_PLAN_SERVICE_CIDR_FLANNEL:
        return "%s is IPv6; Flannel has no dual stack";
    case CNICALC_PLAN_SERVICE_CIDR_SHARED:
        return "%s overlaps %o; that is allowed, but such an address is another Service in each "
               "cluster";
    }
    return NULL;
}

static const char *capacity_pattern(uint32_t code)
{
    switch (code) {
    case CNICALC_PLAN_NODES_VSWITCH:
        return "%v nodes are wanted; the vSwitches for nodes have %l addresses";
    case CNICALC_PLAN_NODES_QUOTA:
        return "%v nodes are wanted; the quota is %l";
    case CNICALC_PLAN_NODES_ROUTES:
        return "%v nodes are wanted; %l routes of the VPC are free, and each node takes one";
    case CNICALC_PLAN_NODES_POD_CIDR:
        return "%v nodes are wanted; %s has blocks for %l";
    case CNICALC_PLAN_PODS_VSWITCH:
        return "%v pods are wanted; the pod vSwitches have %l addresses for them";
    case CNICALC_PLAN_PODS_QUOTA:
        return "%v pods are wanted; the quota is %l";
    case CNICALC_PLAN_PODS_POD_CIDR:
        return "%v pods are wanted; the nodes' blocks of %s hold %l";
    case CNICALC_PLAN_PODS_VSWITCH_TWICE:
        return "%v pods are wanted; the pod vSwitches have %l addresses for them, and twice the "
               "pods is recommended";
    case CNICALC_PLAN_PODS_ADDRESSES:
        return "%v pods are wanted; the nodes' blocks of %s have %l addresses that a pod can get";
    case CNICALC_PLAN_SERVICES_ADDRESSES:
        return "%v Services are wanted; %s has addresses for %l besides kubernetes";
    case CNICALC_PLAN_SERVICES_QUOTA:
        return "%v Services are wanted; the quota is %l";
    case CNICALC_PLAN_VPC_ADDRESSES:
        return "nodes and pods take %v addresses of the VPC; the quota is %l";
    case CNICALC_PLAN_QUOTA_UNKNOWN:
        return "the quota of %q is not published for this edition and plugin, and is not judged";
    }
    return NULL;
}

/* The pattern of a code, or NULL outside the enum. */
static const char *find_pattern(uint32_t code, int is_ipv6)
{
    const char *pattern = block_pattern(code, is_ipv6);
    if (pattern == NULL) {
        pattern = pod_pattern(code, is_ipv6);
    }
    if (pattern == NULL) {
        pattern = service_pattern(code, is_ipv6);
    }
    return pattern != NULL ? pattern : capacity_pattern(code);
}

/* ---- Filling a pattern ---- */

static const char *role_words(uint32_t role)
{
    switch ((enum cnicalc_plan_role)role) {
    case CNICALC_PLAN_ROLE_VPC:
        return "VPC block ";
    case CNICALC_PLAN_ROLE_VSWITCH:
        return "vSwitch ";
    case CNICALC_PLAN_ROLE_POD_VSWITCH:
        return "pod vSwitch ";
    case CNICALC_PLAN_ROLE_POD_CIDR:
        return "pod CIDR ";
    case CNICALC_PLAN_ROLE_SERVICE_CIDR:
        return "Service CIDR ";
    case CNICALC_PLAN_ROLE_OTHER:
        return "network in use ";
    case CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR:
        return "Service CIDR of another cluster ";
    case CNICALC_PLAN_ROLE_OTHER_VSWITCH:
        return "vSwitch in use ";
    }
    return "";
}

/* Address and mask as they were given, host bits included. */
static cnicalc_status write_cidr(cnicalc__text *text, const cnicalc_cidr *cidr)
{
    const cnicalc_address address = {cidr->hi, cidr->lo, cidr->family, 0};
    char digits[CNICALC_ADDRESS_TEXT_SIZE];
    cnicalc_status status =
        cnicalc__check_shape(cidr->hi, cidr->lo, cidr->family, cidr->prefix_len);
    if (status == CNICALC_OK) {
        status = cnicalc_address_format(&address, digits, sizeof digits);
    }
    if (status == CNICALC_OK) {
        cnicalc__text_string(text, digits);
        cnicalc__text_string(text, "/");
        cnicalc__text_u64(text, cidr->prefix_len);
    }
    return status;
}

static cnicalc_status write_member(cnicalc__text *text, const cnicalc_plan_block *blocks,
                                   size_t block_count, uint32_t index)
{
    if (index >= block_count) {
        return CNICALC_ERR_INDEX;
    }
    const char *words = role_words(blocks[index].role);
    if (*words == '\0') {
        return CNICALC_ERR_PLAN_ROLE;
    }
    cnicalc__text_string(text, words);
    return write_cidr(text, &blocks[index].cidr);
}

static cnicalc_status write_field(cnicalc__text *text, char field,
                                  const cnicalc_plan_finding *finding,
                                  const cnicalc_plan_block *blocks, size_t block_count)
{
    switch (field) {
    case 's':
    case 'o':
        return write_member(text, blocks, block_count,
                            field == 's' ? finding->subject : finding->other);
    case 'b':
        return write_cidr(text, &finding->block);
    case 'v':
        cnicalc__text_u64(text, finding->value);
        return CNICALC_OK;
    case 'l':
        cnicalc__text_u64(text, finding->limit);
        return CNICALC_OK;
    default:
        cnicalc__text_string(
            text, cnicalc_quota_what_name((uint32_t)cnicalc__min(finding->value, UINT32_MAX)));
        return CNICALC_OK;
    }
}

cnicalc_status cnicalc_plan_finding_format(const cnicalc_plan_finding *finding,
                                           const cnicalc_plan_block *blocks, size_t block_count,
                                           char *out_text, size_t capacity)
{
    if (finding == NULL || (blocks == NULL && block_count != 0) || out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    int is_ipv6 = finding->subject < block_count &&
                  blocks[finding->subject].cidr.family == CNICALC_FAMILY_IPV6;
    const char *pattern = find_pattern(finding->code, is_ipv6);
    if (pattern == NULL) {
        return CNICALC_ERR_PLAN_FINDING;
    }
    cnicalc__text text;
    cnicalc__text_begin(&text);
    for (; *pattern != '\0'; pattern++) {
        const char plain[2] = {*pattern, '\0'};
        if (*pattern != '%') {
            cnicalc__text_string(&text, plain);
            continue;
        }
        pattern++;
        cnicalc_status status = write_field(&text, *pattern, finding, blocks, block_count);
        if (status != CNICALC_OK) {
            return status;
        }
    }
    return cnicalc__text_copy(&text, out_text, capacity);
}
