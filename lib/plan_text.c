/* SPDX-License-Identifier: MIT */
/* Findings of a plan: severity, name and sentence of each code. */
#include "plan.h"

#include "vswitch.h"

/* Code, severity, name, sentence. In a sentence
 *
 *      %s %o   are the blocks that subject and other name
 *      %b      is the finding's block
 *      %v %c   are its value and its bound
 *      %n      is the nearest legal block, where the plan has room for it
 *      %r      is the legal range of the subject's mask
 *      %p %P   are the private ranges of the subject's family, and those of IPv4
 *      %u      is what a vSwitch has in use, if anything: its bound less the reserved less value
 *      %k      is the sentence of the limit that is short
 *      %q      is the limit, in words
 *
 * and what several sentences have is in FINDING_PHRASES. */
#define NOT_USED   "\1"
#define NOT_INSIDE "\2"
#define HAS_NO     "\3"
#define GIVES_PODS "\4"
#define ZONES_HOLD "\5"
#define THE_REST   "\6"
#define MUST_BE    "\7"
#define OVERLAPS   "\10"

#define CODE_LIST(X)                                                                               \
    X(HOST_BITS, ERROR, "host-bits", "%s has host bits set; the block is %b")                      \
    X(OVERLAP, ERROR, "overlap", OVERLAPS "they must not share an address")                        \
    X(NO_VPC, ERROR, "no-vpc", HAS_NO "IPv4 VPC block")                                            \
    X(VPC_MASK, ERROR, "vpc-mask", MUST_BE "%n")                                                   \
    X(VPC_FORBIDDEN, ERROR, "vpc-forbidden", "%s overlaps %b, which no VPC may use")               \
    X(VPC_BLOCK_COUNT, ERROR, "vpc-block-count",                                                   \
      "the plan has %v IPv4 VPC blocks; a VPC has at most %c, secondary ones included")            \
    X(VPC_NOT_PRIVATE, WARNING, "vpc-not-private", NOT_INSIDE "%p; other ranges need a whitelist") \
    X(VPC_SECONDARY_MASK, ERROR, "vpc-secondary-mask",                                             \
      "%s and %o: one of them is secondary, and must be /16 to /28")                               \
    X(NO_VPC_IPV6, ERROR, "no-vpc-ipv6",                                                           \
      "dual stack needs an IPv6 VPC block, and the plan has none")                                 \
    X(VSWITCH_MASK, ERROR, "vswitch-mask", MUST_BE "%n")                                           \
    X(OUTSIDE_VPC, ERROR, "outside-vpc", NOT_INSIDE "a VPC block")                                 \
    X(VSWITCH_ZONE, ERROR, "vswitch-zone",                                                         \
      "%s and %o are one block in two zones; a vSwitch is in one zone")                            \
    X(NO_VSWITCH, WARNING, "no-vswitch",                                                           \
      HAS_NO "vSwitch for nodes; their addresses are not judged")                                  \
    X(VSWITCH_USED, ERROR, "vswitch-used",                                                         \
      "%s cannot have %v addresses in use; it has %c usable ones")                                 \
    X(OTHER_MASK, WARNING, "other-mask", MUST_BE " to be a vSwitch%n")                             \
    X(OTHER_OVERLAP, WARNING, "other-overlap", OVERLAPS "no two vSwitches of a VPC do")            \
    X(VSWITCH_ROUTE, ERROR, "vswitch-route",                                                       \
      "%s is the block of a node in %o, so a route of the VPC; no vSwitch may be")                 \
    X(NO_IPV6_VSWITCH, ERROR, "no-ipv6-vswitch",                                                   \
      "%s has no IPv6 vSwitch beside it; dual stack needs a /64 for it")                           \
    X(VPC_IPV6_UNUSED, WARNING, "vpc-ipv6-unused", "%s has no IPv6 vSwitch, and is not used")      \
    X(NO_POD_VSWITCH, ERROR, "no-pod-vswitch", HAS_NO "IPv4 pod vSwitch; Terway" GIVES_PODS "one") \
    X(POD_VSWITCH_FLANNEL, ERROR, "pod-vswitch-flannel",                                           \
      "%s serves pods; Flannel" GIVES_PODS "the pod CIDR")                                         \
    X(POD_VSWITCH_ZONE, ERROR, "pod-vswitch-zone",                                                 \
      "%s is in a zone without an IPv4 vSwitch for nodes; Terway needs one in the same zone")      \
    X(POD_VSWITCH_IDLE, WARNING, "pod-vswitch-idle",                                               \
      "%s" NOT_USED "its zone has no IPv4 vSwitch for nodes")                                      \
    X(POD_VSWITCH_MASK, ERROR, "pod-vswitch-mask", MUST_BE " to serve pods%n")                     \
    X(POD_VSWITCH_SMALL, WARNING, "pod-vswitch-small",                                             \
      "%s is small for pods; /%c or shorter is recommended")                                       \
    X(ZONE_WITHOUT_PODS, NOTE, "zone-without-pods",                                                \
      "%s is in a zone without an IPv4 pod vSwitch; pods take addresses of it as well")            \
    X(POD_VSWITCH_CAPACITY, NOTE, "pod-vswitch-capacity",                                          \
      "%s has %c addresses, of which pods can use %v: the first and the last three are "           \
      "reserved%u")                                                                                \
    X(NO_POD_CIDR, ERROR, "no-pod-cidr", HAS_NO "pod CIDR; Flannel" GIVES_PODS "it")               \
    X(NO_NODE_MASK, ERROR, "no-node-mask", HAS_NO "node mask; Flannel needs one, %r")              \
    X(POD_CIDR_TERWAY, ERROR, "pod-cidr-terway", "%s" NOT_USED "Terway" GIVES_PODS "vSwitches")    \
    X(POD_CIDR_REPEATED, ERROR, "pod-cidr-repeated", "%s and %o: a cluster has one pod CIDR")      \
    X(POD_CIDR_RANGE, ERROR, "pod-cidr-range", NOT_INSIDE "%P")                                    \
    X(NODE_MASK, ERROR, "node-mask", "the node mask must be %r, not /%v; the nearest is /%c")      \
    X(POD_CIDR_MASK, ERROR, "pod-cidr-mask",                                                       \
      "%s is smaller than the block of one node, whose mask is %c%n")                              \
    X(NODE_MASK_TERWAY, WARNING, "node-mask-terway",                                               \
      "the node mask %v" NOT_USED "Terway splits no pod CIDR")                                     \
    X(ROUTES_TERWAY, WARNING, "routes-terway",                                                     \
      "routes and their quota are not used with Terway, whose nodes take none")                    \
    X(POD_CIDR_CAPACITY, NOTE, "pod-cidr-capacity",                                                \
      "%s holds %c pods as published, of which %v can get an address: three of each node's block " \
      "are taken")                                                                                 \
    X(QUOTAS_TO_RAISE, NOTE, "quotas-to-raise",                                                    \
      "%v nodes are wanted; above %c, two quotas must be raised: ACK's of nodes and the VPC's of " \
      "routes")                                                                                    \
    X(NO_SERVICE_CIDR, ERROR, "no-service-cidr", HAS_NO "IPv4 Service CIDR")                       \
    X(SERVICE_CIDR_REPEATED, ERROR, "service-cidr-repeated",                                       \
      "%s and %o: a cluster has one Service CIDR of each family")                                  \
    X(SERVICE_CIDR_RANGE, ERROR, "service-cidr-range", NOT_INSIDE "%p")                            \
    X(SERVICE_CIDR_MASK, ERROR, "service-cidr-mask", MUST_BE "%n")                                 \
    X(SERVICE_CIDR_FLANNEL, ERROR, "service-cidr-flannel",                                         \
      "%s is IPv6; Flannel has no dual stack")                                                     \
    X(SERVICE_CIDR_SHARED, WARNING, "service-cidr-shared",                                         \
      OVERLAPS "that is allowed, but such an address is another Service in each cluster")          \
    X(SERVICE_CIDR_SMALL, WARNING, "service-cidr-small",                                           \
      "%s has addresses for %v Services, which can never change; %c are advised for these pods")   \
    X(NO_IPV6_SERVICE_CIDR, ERROR, "no-ipv6-service-cidr",                                         \
      "dual stack needs an IPv6 Service CIDR, and the plan has none")                              \
    X(DUAL_STACK_FLANNEL, ERROR, "dual-stack-flannel", "Flannel has no dual stack")                \
    X(SHORTAGE, ERROR, "shortage", "%k")                                                           \
    X(PODS_TWICE, WARNING, "pods-twice", "twice the pods is recommended: %k")                      \
    X(PODS_ADDRESSES, WARNING, "pods-addresses",                                                   \
      "%v pods are wanted, but the nodes' blocks of %s have %c addresses that a pod can get")      \
    X(QUOTA_UNKNOWN, NOTE, "quota-unknown",                                                        \
      "%q is not published for this edition and plugin, and is not judged")                        \
    X(SECURITY_GROUP_LARGE, WARNING, "security-group-large",                                       \
      "%v addresses are in a basic security group; CreateCluster's page allows %c, an advanced "   \
      "group counts ENIs instead")                                                                 \
    X(NODE_POOLS, NOTE, "node-pools", "the nodes take %v node pools or more, of at most %c nodes") \
    X(ONE_ZONE, NOTE, "one-zone", "%v nodes are in one zone; %c or more should be in two")         \
    X(SURGE, WARNING, "surge", "while nodes are replaced: %k")                                     \
    X(BURST, WARNING, "burst", "while new pods start: %k")                                         \
    X(ZONES_NODES, NOTE, "zones-nodes", ZONES_HOLD "nodes" THE_REST)                               \
    X(ZONES_PODS, NOTE, "zones-pods", ZONES_HOLD "pods" THE_REST)

#define CODE(code, severity, name, sentence)     CNICALC_PLAN_##code,
#define SEVERITY(code, severity, name, sentence) [CNICALC_PLAN_##code] = CNICALC_PLAN_##severity,
#define NAME(code, severity, name, sentence)     name "\0"
#define SENTENCE(code, severity, name, sentence) sentence "\0"

/* tests/check_counts.sh compares the enum of the header with this list. */
static const uint8_t PLAN_CODES[] = {CODE_LIST(CODE)};
static const uint8_t SEVERITIES[] = {CODE_LIST(SEVERITY)};

const char *cnicalc_plan_code_name(uint32_t code)
{
    static const char names[] = CODE_LIST(NAME) "unknown";
    return cnicalc__text_of(PLAN_CODES, sizeof PLAN_CODES, names, code);
}

uint32_t cnicalc_plan_code_severity(uint32_t code)
{
    return code < sizeof SEVERITIES ? SEVERITIES[code] : 0;
}

/* The sentence of a code, or "" outside the enum. */
static const char *sentence_of(uint32_t code)
{
    static const char sentences[] = CODE_LIST(SENTENCE);
    return cnicalc__text_of(PLAN_CODES, sizeof PLAN_CODES, sentences, code);
}

#define SEVERITY_LIST(X)                                                                           \
    X(CNICALC_PLAN_ERROR, "error")                                                                 \
    X(CNICALC_PLAN_WARNING, "warning")                                                             \
    X(CNICALC_PLAN_NOTE, "note")

const char *cnicalc_plan_severity_name(uint32_t severity)
{
    static const uint8_t values[] = {SEVERITY_LIST(CNICALC__VALUE)};
    static const char names[] = SEVERITY_LIST(CNICALC__TEXT) "unknown";
    return cnicalc__text_of(values, sizeof values, names, severity);
}

/* ---- Filling a sentence ---- */

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

static cnicalc_status write_member(cnicalc__text *text, const cnicalc_plan *plan, uint32_t index)
{
    if (index >= plan->block_count) {
        return CNICALC_ERR_INDEX;
    }
    const char *words = cnicalc__plan_role_words(plan->blocks[index].role);
    if (*words == '\0') {
        return CNICALC_ERR_PLAN_ROLE;
    }
    cnicalc__text_string(text, words);
    return write_cidr(text, &plan->blocks[index].cidr);
}

/* "/16 to /29", or the one mask that is legal. */
static cnicalc_status write_range(cnicalc__text *text, uint32_t code, uint32_t family)
{
    uint32_t bound = cnicalc__plan_mask_bound(code, family);
    uint32_t low = cnicalc__bound_nearest(bound, 0);
    uint32_t high = cnicalc__bound_nearest(bound, UINT64_MAX);
    cnicalc__text_string(text, "/");
    cnicalc__text_u64(text, low);
    if (low != high) {
        cnicalc__text_string(text, " to /");
        cnicalc__text_u64(text, high);
    }
    return CNICALC_OK;
}

/* "10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16" */
static cnicalc_status write_private(cnicalc__text *text, uint32_t family)
{
    int is_ipv6 = family == CNICALC_FAMILY_IPV6;
    size_t first = is_ipv6 ? CNICALC__PRIVATE_RANGES_IPV4 : 0;
    size_t last = (is_ipv6 ? CNICALC__PRIVATE_RANGES : CNICALC__PRIVATE_RANGES_IPV4) - 1;
    for (size_t i = first; i < last; i++) {
        write_cidr(text, &cnicalc__private_ranges()[i]);
        cnicalc__text_string(text, i + 1 == last ? " or " : ", ");
    }
    return write_cidr(text, &cnicalc__private_ranges()[last]);
}

static cnicalc_status write_in_use(cnicalc__text *text, const cnicalc_plan_finding *finding)
{
    uint64_t usable = cnicalc__subtract_or_0(finding->bound, CNICALC__VSWITCH_RESERVED);
    uint64_t in_use = cnicalc__subtract_or_0(usable, finding->value);
    if (in_use != 0) {
        cnicalc__text_string(text, ", and ");
        cnicalc__text_u64(text, in_use);
        cnicalc__text_string(text, " are in use");
    }
    return CNICALC_OK;
}

static cnicalc_status write_nearest(cnicalc__text *text, const cnicalc_plan_finding *finding)
{
    if (finding->block.family == 0) {
        return CNICALC_OK;
    }
    cnicalc__text_string(text, "; the nearest is ");
    return write_cidr(text, &finding->block);
}

static cnicalc_status write_shortage(cnicalc__text *text, const cnicalc_plan_finding *finding)
{
    const cnicalc_limit_row row = {finding->limit, cnicalc_limit_counts(finding->limit),
                                   finding->value, finding->bound};
    char sentence[CNICALC_SHORTAGE_TEXT_SIZE];
    cnicalc_status status = cnicalc_shortage_format(&row, sentence, sizeof sentence);
    if (status == CNICALC_OK) {
        cnicalc__text_string(text, sentence);
    }
    return status;
}

static cnicalc_status write_field(cnicalc__text *text, char field,
                                  const cnicalc_plan_finding *finding, const cnicalc_plan *plan)
{
    uint32_t family = finding->subject < plan->block_count
                          ? plan->blocks[finding->subject].cidr.family
                          : CNICALC_FAMILY_IPV4;
    switch (field) {
    case 's':
        return write_member(text, plan, finding->subject);
    case 'o':
        return write_member(text, plan, finding->other);
    case 'b':
        return write_cidr(text, &finding->block);
    case 'n':
        return write_nearest(text, finding);
    case 'r':
        return write_range(text, finding->code, family);
    case 'p':
        return write_private(text, family);
    case 'P':
        return write_private(text, CNICALC_FAMILY_IPV4);
    case 'u':
        return write_in_use(text, finding);
    case 'k':
        return write_shortage(text, finding);
    case 'q':
        cnicalc__text_string(text, cnicalc_limit_text(finding->limit));
        return CNICALC_OK;
    default:
        cnicalc__text_u64(text, field == 'v' ? finding->value : finding->bound);
        return CNICALC_OK;
    }
}

/* Those of NOT_USED and what follows it. */
static const char FINDING_PHRASES[] =
    " is not used; \0"
    "%s is not inside \0"
    "the plan has no \0"
    " gives pods their addresses from \0"
    "the zones together hold %v of %c \0"
    "; any one of them can take those that the others do not hold\0"
    "%s must be %r\0"
    "%s overlaps %o; ";

static cnicalc_status write_finding(cnicalc__text *text, const char *sentence,
                                    const cnicalc_plan_finding *finding, const cnicalc_plan *plan)
{
    cnicalc_status status = CNICALC_OK;
    for (; *sentence != '\0' && status == CNICALC_OK; sentence++) {
        if ((unsigned char)*sentence <= *OVERLAPS) {
            status = write_finding(
                text, cnicalc__nth_text(FINDING_PHRASES, (size_t)(*sentence - *NOT_USED)), finding,
                plan);
        } else if (*sentence != '%') {
            cnicalc__text_bytes(text, sentence, 1);
        } else {
            status = write_field(text, *++sentence, finding, plan);
        }
    }
    return status;
}

cnicalc_status cnicalc_plan_finding_format(const cnicalc_plan_finding *finding,
                                           const cnicalc_plan *plan, char *out_text,
                                           size_t capacity)
{
    if (finding == NULL || plan == NULL || (plan->blocks == NULL && plan->block_count != 0) ||
        out_text == NULL) {
        return CNICALC_ERR_NULL;
    }
    const char *sentence = sentence_of(finding->code);
    if (*sentence == '\0') {
        return CNICALC_ERR_PLAN_FINDING;
    }
    cnicalc__text text;
    cnicalc__text_begin(&text);
    cnicalc_status status = write_finding(&text, sentence, finding, plan);
    if (status != CNICALC_OK) {
        return status;
    }
    return cnicalc__text_copy(&text, out_text, capacity);
}
