/* SPDX-License-Identifier: MIT */
#include "plan.h"

#include "args.h"
#include "block.h"
#include "number.h"
#include "reservation.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../base/text_buffer.h"

#include <inttypes.h>
#include <string.h>

enum { KEY_USED, KEY_FREE, KEY_RESERVED };

static const struct named_form vswitch_form = {"ZONE=CIDR[,used=N or free=N][,reserved=CIDR]",
                                               {"used", "free", "reserved"}};
static const struct named_form network_form = {"NAME=CIDR", {NULL}};

/* ---- Reading ---- */

/* A block whose host bits are kept. */
static int parse_kept(const struct asking *asking, const char *text, cnicalc_cidr *out_cidr)
{
    cnicalc_address address;
    cnicalc_cidr block;
    cnicalc_status status =
        cnicalc_cidr_parse_address(text, CNICALC_NUL_TERMINATED, &address, &block);
    if (status != CNICALC_OK) {
        return block_parse(asking->args->subcommand, asking->label, text, out_cidr);
    }
    *out_cidr = block;
    out_cidr->hi = address.hi;
    out_cidr->lo = address.lo;
    return 1;
}

/* What the reserved addresses leave of a vSwitch, host bits aside. Returns 1, or 0 where no vSwitch
 * has such a block. */
static int find_usable(const cnicalc_cidr *cidr, uint64_t *out_usable)
{
    const cnicalc_address address = {cidr->hi, cidr->lo, cidr->family, 0};
    cnicalc_vswitch vswitch;
    cnicalc_vswitch_room room;
    memset(&vswitch, 0, sizeof vswitch);
    vswitch.roles = CNICALC_VSWITCH_BOTH;
    expect_ok(cnicalc_cidr_from_address(&address, cidr->prefix_len, &vswitch.cidr));
    if (cnicalc_vswitch_solve(&vswitch, &room) != CNICALC_OK) {
        return 0;
    }
    *out_usable = room.usable_addresses;
    return 1;
}

/* used=N as it is; free=N as the cloud reports it, which leaves the rest in use. */
static int parse_used(const struct asking *asking, const struct named *named,
                      cnicalc_plan_block *block)
{
    const char *used = named->extras[KEY_USED];
    const char *free = named->extras[KEY_FREE];
    uint64_t count = 0;
    uint64_t usable = 0;
    if (used != NULL && free != NULL) {
        return asking_refuse(asking, "used= and free= exclude each other");
    }
    if ((used != NULL && !number_parse(used, strlen(used), &count)) ||
        (free != NULL && !number_parse(free, strlen(free), &count))) {
        return asking_refuse(asking, "%s is not a whole number", used != NULL ? "used=" : "free=");
    }
    if (free != NULL && find_usable(&block->cidr, &usable)) {
        if (count > usable) {
            return asking_refuse(asking, "free= exceeds the addresses of the vSwitch, %" PRIu64,
                                 usable);
        }
        count = usable - count;
    } else if (free != NULL) {
        count = 0; /* the block itself is at fault, which is said elsewhere */
    }
    block->used_addresses = count;
    return 1;
}

static const char *make_text(const char *option, const char *name, const char *cidr)
{
    struct text_buffer text = {NULL, 0, 0};
    text_add_plain(&text, option);
    text_add_plain(&text, name == NULL ? "" : " ");
    text_add_plain(&text, name == NULL ? "" : name);
    text_add_plain(&text, " ");
    text_add_plain(&text, cidr);
    return text.text;
}

/* Room for the blocks of the whole request. */
static void begin(const struct args *args, struct plan_blocks *plan)
{
    if (plan->blocks == NULL) {
        plan->blocks = memory_take(args->given_count, sizeof *plan->blocks);
        plan->labels = memory_take(args->given_count, sizeof *plan->labels);
        names_begin(&plan->zones, args->given_count);
    }
}

int plan_parse(const struct asking *asking, void *member)
{
    struct plan_blocks *plan = member;
    struct named named = {NULL, asking->text, {NULL}};
    begin(asking->args, plan);
    if (plan->count == CNICALC_PLAN_BLOCKS_MAX) {
        return asking_refuse(asking, "%s; at most %d",
                             cnicalc_status_string(CNICALC_ERR_PLAN_BLOCKS),
                             CNICALC_PLAN_BLOCKS_MAX);
    }
    cnicalc_plan_block *block = &plan->blocks[plan->count];
    struct plan_label *label = &plan->labels[plan->count];
    block->role = asking->option->tag;
    block->zone = CNICALC_UNKNOWN;
    int is_vswitch = cnicalc_plan_role_serves(block->role) != 0;
    int is_named = is_vswitch || strchr(asking->option->argument, '=') != NULL;
    if (is_named && !named_parse(asking, is_vswitch ? &vswitch_form : &network_form, &named)) {
        return 0;
    }
    if (plan->keeps_host_bits
            ? !parse_kept(asking, named.value, &block->cidr)
            : !block_parse(asking->args->subcommand, asking->label, named.value, &block->cidr)) {
        return 0;
    }
    if (is_vswitch) {
        block->zone = names_number(&plan->zones, named.name);
    }
    label->given = asking->text;
    label->option = asking->label;
    label->cidr = named.value;
    label->name = named.name;
    label->text = make_text(asking->option->name, named.name, named.value);
    plan->count++;
    return parse_used(asking, &named, block) &&
           (named.extras[KEY_RESERVED] == NULL ||
            reservation_parse(asking, named.extras[KEY_RESERVED], &block->cidr,
                              &block->reserved_prefixes));
}

/* A row of the table. */
/* clang-format off */
#define BLOCKS(option, value, says, role_, bit_)                                                   \
    {option, value, says, OPTION_VALUES, .parse = plan_parse, .tag = (role_), .bit = (bit_)}
/* clang-format on */

const struct option plan_options[] = {
    BLOCKS("vpc", "CIDR", "a block of the VPC", CNICALC_PLAN_ROLE_VPC, PLAN_VPC),
    {"node-vswitch", "ZONE=CIDR", "a vSwitch for nodes; ,used=N or ,free=N may follow",
     OPTION_VALUES, .parse = plan_parse, .tag = CNICALC_PLAN_ROLE_NODE_VSWITCH,
     .bit = PLAN_VSWITCHES | PLAN_NODE_VSWITCHES,
     .more = "used=N: addresses that are in use; free=N: those that are free, as the cloud reports "
             "them; reserved=CIDR, or reserved=/20 by mask: what a vSwitch for pods keeps for "
             "prefixes."},
    BLOCKS("pod-vswitch", "ZONE=CIDR", "a vSwitch for pods (terway) [,reserved=CIDR]",
           CNICALC_PLAN_ROLE_POD_VSWITCH, PLAN_VSWITCHES),
    BLOCKS("vswitch", "ZONE=CIDR", "a vSwitch for nodes and pods (terway)",
           CNICALC_PLAN_ROLE_VSWITCH, PLAN_VSWITCHES),
    BLOCKS("pod-cidr", "CIDR", "the pod CIDR (flannel)", CNICALC_PLAN_ROLE_POD_CIDR, PLAN_CIDRS),
    BLOCKS("service-cidr", "CIDR", "the Service CIDR", CNICALC_PLAN_ROLE_SERVICE_CIDR, PLAN_CIDRS),
    BLOCKS("other", "NAME=CIDR", "a connected network, or another cluster's pod CIDR",
           CNICALC_PLAN_ROLE_OTHER, PLAN_OTHERS),
    BLOCKS("other-service", "NAME=CIDR", "the Service CIDR of another cluster of the VPC",
           CNICALC_PLAN_ROLE_OTHER_SERVICE_CIDR, PLAN_OTHERS),
    BLOCKS("other-vswitch", "NAME=CIDR", "a vSwitch of the VPC that others use",
           CNICALC_PLAN_ROLE_OTHER_VSWITCH, PLAN_OTHERS),
    BLOCKS("summary", "NAME=CIDR", "a route that holds the VPC, no pods or Services",
           CNICALC_PLAN_ROLE_SUMMARY, PLAN_OTHERS),
    OPTIONS_END};

cnicalc_plan plan_of(const struct plan_blocks *plan)
{
    const cnicalc_plan blocks = {plan->blocks, plan->count};
    return blocks;
}

const char *plan_zone(const struct plan_blocks *plan, uint32_t zone)
{
    return plan->zones.texts[zone];
}

/* ---- vSwitches ---- */

/* The vSwitch that has the same block in the same zone for the other role: it is this one. */
static cnicalc_vswitch *find_twin(const struct plan_vswitches *all, const cnicalc_vswitch *vswitch)
{
    for (size_t i = 0; i < all->count; i++) {
        cnicalc_vswitch *other = &all->vswitches[i];
        uint32_t is_equal = 0;
        expect_ok(cnicalc_cidr_equal(&other->cidr, &vswitch->cidr, &is_equal));
        if (other->zone == vswitch->zone && (other->roles & vswitch->roles) == 0 && is_equal) {
            return other;
        }
    }
    return NULL;
}

/* Complains about a vSwitch that is not legal, with what is. Returns 0. */
static int refuse(const struct args *args, const struct plan_blocks *plan,
                  const struct plan_vswitches *all, const cnicalc_fault *fault,
                  cnicalc_status status)
{
    const cnicalc_vswitch *vswitch = &all->vswitches[fault->index];
    const char *label = plan->labels[all->indexes[fault->index]].option;
    const char *why = cnicalc_status_string(status);
    uint64_t usable = 0;
    uint32_t nearest = 0;
    cnicalc_cidr meant;
    char text[CNICALC_CIDR_TEXT_SIZE];
    if (status == CNICALC_ERR_VSWITCH_OVERLAP) {
        complain(args->subcommand, label, "the block overlaps %s",
                 plan->labels[all->indexes[fault->other]].option);
    } else if (status == CNICALC_ERR_VSWITCH_USED && find_usable(&vswitch->cidr, &usable)) {
        complain(args->subcommand, label, "%s; it has %" PRIu64, why, usable);
    } else if (status == CNICALC_ERR_VSWITCH_MASK &&
               cnicalc_bound_nearest(CNICALC_BOUND_VSWITCH_PREFIX_LEN, vswitch->cidr.prefix_len,
                                     &nearest) == CNICALC_OK) {
        const cnicalc_address address = {vswitch->cidr.hi, vswitch->cidr.lo, vswitch->cidr.family,
                                         0};
        expect_ok(cnicalc_cidr_from_address(&address, nearest, &meant));
        expect_ok(cnicalc_cidr_format(&meant, text, sizeof text));
        complain(args->subcommand, label, "%s; did you mean %s?", why, text);
    } else {
        complain(args->subcommand, label, "%s", why);
    }
    return 0;
}

int plan_vswitches(const struct args *args, const struct plan_blocks *plan,
                   struct plan_vswitches *out_vswitches)
{
    struct plan_vswitches *all = out_vswitches;
    cnicalc_fault fault;
    all->vswitches = memory_take(plan->count, sizeof *all->vswitches);
    all->indexes = memory_take(plan->count, sizeof *all->indexes);
    all->count = 0;
    int has_ipv4 = 0;
    for (size_t i = 0; i < plan->count; i++) {
        has_ipv4 |= plan->blocks[i].cidr.family == CNICALC_FAMILY_IPV4;
    }
    for (size_t i = 0; i < plan->count; i++) {
        const cnicalc_plan_block *block = &plan->blocks[i];
        if (has_ipv4 && block->cidr.family == CNICALC_FAMILY_IPV6) {
            continue; /* the other half of a vSwitch */
        }
        const cnicalc_vswitch vswitch = {block->cidr,
                                         block->used_addresses,
                                         block->reserved_prefixes,
                                         block->zone,
                                         cnicalc_plan_role_serves(block->role),
                                         {0}};
        cnicalc_vswitch *twin = find_twin(all, &vswitch);
        if (twin == NULL) {
            all->indexes[all->count] = i;
            all->vswitches[all->count++] = vswitch;
        } else {
            /* The greater of what is in use counts, as for cnicalc_plan_check(). */
            twin->roles |= vswitch.roles;
            if (vswitch.reserved_prefixes > twin->reserved_prefixes) {
                twin->reserved_prefixes = vswitch.reserved_prefixes;
            }
            if (vswitch.used_addresses > twin->used_addresses) {
                twin->used_addresses = vswitch.used_addresses;
                all->indexes[twin - all->vswitches] = i;
            }
        }
    }
    cnicalc_status status = cnicalc_vswitch_check(all->vswitches, all->count, &fault);
    return status == CNICALC_OK || refuse(args, plan, all, &fault, status);
}
