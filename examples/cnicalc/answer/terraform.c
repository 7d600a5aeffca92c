/* SPDX-License-Identifier: MIT */
#include "terraform.h"

#include "../base/utf8.h"

#include <inttypes.h>

/* A text within a string of HCL, where ${ and %{ begin a template unless the first of them is a
 * number. A byte that is no part of UTF-8 text is written as its number, too, as in JSON. */
static void add_escaped(struct text_buffer *text, const char *value)
{
    while (*value != '\0') {
        size_t length = utf8_length(value);
        if (*value == '"' || *value == '\\') {
            text_add(text, "\\%c", *value);
        } else if (length == 0 || ((*value == '$' || *value == '%') && value[1] == '{')) {
            text_add(text, "\\u%04x", (unsigned char)*value);
        } else {
            text_add(text, "%.*s", (int)length, value);
        }
        value += length == 0 ? 1 : length;
    }
}

/* The name of a role as an identifier. */
static void add_identifier(struct text_buffer *text, const char *name)
{
    for (const char *next = name; *next != '\0'; next++) {
        text_add(text, "%c", *next == '-' ? '_' : *next);
    }
}

static int is_ipv6(const cnicalc_plan_block *block)
{
    return block->cidr.family == CNICALC_FAMILY_IPV6;
}

/* The IPv6 block of an IPv4 vSwitch: of one role and zone, as many IPv6 blocks follow the IPv4
 * ones. NULL where there is none. */
static const cnicalc_plan_block *ipv6_of(const cnicalc_plan_block *blocks, size_t count,
                                         size_t index)
{
    size_t ipv4 = 0;
    for (size_t i = 0; i < count; i++) {
        ipv4 += blocks[i].role == blocks[index].role && blocks[i].zone == blocks[index].zone &&
                !is_ipv6(&blocks[i]);
    }
    const cnicalc_plan_block *found = ipv4 < count - index ? &blocks[index + ipv4] : NULL;
    return found != NULL && is_ipv6(found) && found->role == blocks[index].role ? found : NULL;
}

/* The /64 is the one of this number in the /56 of the VPC. */
static void add_instance(struct text_buffer *text, const cnicalc_plan_block *block,
                         const char *zone, const cnicalc_plan_block *ipv6)
{
    const char *cidr = value_cidr(&block->cidr).is.text;
    text_add_plain(text, "    \"");
    add_escaped(text, zone);
    text_add(text, "/%s\" = {\n", cidr);
    text_add(text, "      zone_id%s = \"", ipv6 != NULL ? "             " : "   ");
    add_escaped(text, zone);
    text_add(text, "\"\n      cidr_block%s = \"%s\"\n", ipv6 != NULL ? "          " : "", cidr);
    if (ipv6 != NULL) {
        text_add(text, "      ipv6_cidr_block_mask = %" PRIu64 "\n", ipv6->cidr.hi & 0xff);
    }
    text_add_plain(text, "    }\n");
}

static void begin_resource(struct text_buffer *text, uint32_t role)
{
    text_add_plain(text, "\nresource \"alicloud_vswitch\" \"");
    add_identifier(text, cnicalc_plan_role_name(role));
    text_add_plain(text, "\" {\n  for_each = {\n");
}

static void end_resource(struct text_buffer *text, int has_ipv6)
{
    const char *space = has_ipv6 ? "          " : "";
    text_add(text,
             "  }\n\n  vpc_id%s     = var.vpc_id\n  zone_id%s    = each.value.zone_id\n"
             "  cidr_block%s = each.value.cidr_block\n%s}\n",
             space, space, space,
             has_ipv6 ? "  enable_ipv6          = true\n"
                        "  ipv6_cidr_block_mask = each.value.ipv6_cidr_block_mask\n"
                      : "");
}

void terraform_add_vswitches(struct text_buffer *text, const cnicalc_plan_block *blocks,
                             size_t count, const char *const *zones)
{
    uint32_t role = 0; /* of the resource that has begun; 0: none */
    int has_ipv6 = 0;
    for (size_t i = 0; i < count; i++) {
        if (cnicalc_plan_role_serves(blocks[i].role) == 0 || is_ipv6(&blocks[i])) {
            continue;
        }
        if (role != 0 && role != blocks[i].role) {
            end_resource(text, has_ipv6);
        }
        if (role != blocks[i].role) {
            role = blocks[i].role;
            begin_resource(text, role);
        }
        const cnicalc_plan_block *ipv6 = ipv6_of(blocks, count, i);
        has_ipv6 = ipv6 != NULL;
        add_instance(text, &blocks[i], zones[blocks[i].zone], ipv6);
    }
    if (role != 0) {
        end_resource(text, has_ipv6);
    }
}

void terraform_add_locals(struct text_buffer *text, const cnicalc_plan_block *blocks, size_t count,
                          uint32_t node_mask)
{
    const char *space = node_mask != 0 ? "  " : "";
    text_add_plain(text, "\nlocals {\n");
    for (size_t i = 0; i < count; i++) {
        int is_service_cidr = blocks[i].role == CNICALC_PLAN_ROLE_SERVICE_CIDR;
        space = is_service_cidr && is_ipv6(&blocks[i]) ? "     " : space;
    }
    for (size_t i = 0; i < count; i++) {
        const char *cidr = value_cidr(&blocks[i].cidr).is.text;
        if (blocks[i].role == CNICALC_PLAN_ROLE_POD_CIDR) {
            text_add(text, "  pod_cidr       = \"%s\"\n", cidr);
        } else if (blocks[i].role == CNICALC_PLAN_ROLE_SERVICE_CIDR) {
            text_add(text, "  service_cidr%s = \"%s\"\n", is_ipv6(&blocks[i]) ? "_ipv6" : space,
                     cidr);
        }
    }
    if (node_mask != 0) {
        text_add(text, "  node_cidr_mask = %" PRIu32 "\n", node_mask);
    }
    text_add_plain(text, "}\n");
}

void terraform_add_variable(struct text_buffer *text, const cnicalc_plan_block *blocks,
                            size_t count)
{
    size_t vpc_count = 0;
    while (vpc_count < count && blocks[vpc_count].role == CNICALC_PLAN_ROLE_VPC &&
           !is_ipv6(&blocks[vpc_count])) {
        vpc_count++;
    }
    if (vpc_count == 1) {
        text_add_plain(text, "variable \"vpc_id\" {\n  type = string\n}\n");
        return;
    }
    text_add_plain(
        text, "variable \"vpc_id\" {\n  type        = string\n  description = \"of a VPC with");
    for (size_t i = 0; i < vpc_count; i++) {
        text_add(text, "%s %s",
                 i == 0              ? ""
                 : i + 1 < vpc_count ? ","
                                     : " and",
                 value_cidr(&blocks[i].cidr).is.text);
    }
    text_add_plain(text, "\"\n}\n");
}
