/* SPDX-License-Identifier: MIT */
/* The vSwitches of cnicalc terway. */
#include "../ask/block.h"
#include "../base/complaint.h"
#include "../base/memory.h"
#include "../ask/number.h"
#include "../ask/plan_advice.h"
#include "terway_request.h"

#include <inttypes.h>
#include <string.h>

static const struct named_form forms[] = {
    {"vswitch", "ZONE=CIDR[,used=N]", {"used", NULL}},
    {"node-vswitch", "ZONE=CIDR[,used=N]", {"used", NULL}},
};

static const uint32_t roles[] = {CNICALC_VSWITCH_POD, CNICALC_VSWITCH_NODE};

static int parse_used(const struct args *args, const char *label, const char *text,
                      uint64_t *out_used)
{
    *out_used = 0;
    if (text != NULL && !number_parse(text, strlen(text), out_used)) {
        complain(args->subcommand, label, "used= is not a whole number");
        return 0;
    }
    return 1;
}

/* The vSwitch that has the same block in the same zone for the other role: it is this one. */
static cnicalc_terway_vswitch *find_twin(const struct terway_request *request,
                                         const cnicalc_terway_vswitch *vswitch)
{
    for (size_t i = 0; i < request->vswitch_count; i++) {
        cnicalc_terway_vswitch *other = &request->vswitches[i];
        uint32_t is_equal = 0;
        expect_ok(cnicalc_cidr_equal(&other->cidr, &vswitch->cidr, &is_equal));
        if (other->zone == vswitch->zone && (other->roles & vswitch->roles) == 0 && is_equal) {
            return other;
        }
    }
    return NULL;
}

/* What is in use of a vSwitch is told once, or twice alike. */
static int join_twins(const struct args *args, const char *label, cnicalc_terway_vswitch *twin,
                      const cnicalc_terway_vswitch *vswitch)
{
    if (twin->used_addresses != 0 && vswitch->used_addresses != 0 &&
        twin->used_addresses != vswitch->used_addresses) {
        complain(args->subcommand, label,
                 "used= differs from what the same vSwitch has in its other role");
        return 0;
    }
    twin->roles |= vswitch->roles;
    if (twin->used_addresses == 0) {
        twin->used_addresses = vswitch->used_addresses;
    }
    return 1;
}

static int add_vswitch(struct terway_request *request, size_t form, const char *text)
{
    struct named named;
    cnicalc_terway_vswitch vswitch;
    const char *label = args_label(forms[form].option, text);
    memset(&vswitch, 0, sizeof vswitch);
    if (!named_parse(request->args, &forms[form], text, &named) ||
        !block_parse(request->args->subcommand, label, named.value, &vswitch.cidr) ||
        !parse_used(request->args, label, named.extras[0], &vswitch.used_addresses)) {
        return 0;
    }
    vswitch.zone = names_number(&request->zones, named.name);
    vswitch.roles = roles[form];
    cnicalc_terway_vswitch *twin = find_twin(request, &vswitch);
    if (twin != NULL) {
        return join_twins(request->args, label, twin, &vswitch);
    }
    request->labels[request->vswitch_count] = label;
    request->vswitches[request->vswitch_count++] = vswitch;
    return 1;
}

static void refuse_vswitch(const struct terway_request *request, uint64_t index,
                           cnicalc_status status)
{
    const cnicalc_cidr *block = &request->vswitches[index].cidr;
    const char *label = request->labels[index];
    const char *subcommand = request->args->subcommand;
    const char *why = cnicalc_status_string(status);
    const char *meant = plan_advice_block(block, CNICALC_PLAN_ROLE_VSWITCH);
    if (status == CNICALC_ERR_TERWAY_VSWITCH_MASK && meant != NULL) {
        complain(subcommand, label, "%s; did you mean %s?", why, meant);
    } else if (status == CNICALC_ERR_TERWAY_VSWITCH_USED) {
        /* The first and the last three addresses are reserved. */
        complain(subcommand, label, "%s; it has %" PRIu64, why,
                 (UINT64_C(1) << (32 - block->prefix_len)) - 4);
    } else {
        complain(subcommand, label, "%s", why);
    }
}

static int check_vswitches(const struct terway_request *request)
{
    uint64_t index = 0;
    uint64_t other = 0;
    cnicalc_status status =
        cnicalc_terway_check_vswitches(request->vswitches, request->vswitch_count, &index, &other);
    if (status == CNICALC_ERR_TERWAY_VSWITCH_OVERLAP) {
        complain(request->args->subcommand, request->labels[index], "the block overlaps %s",
                 request->labels[other]);
    } else if (status != CNICALC_OK) {
        refuse_vswitch(request, index, status);
    }
    return status == CNICALC_OK;
}

int terway_parse_vswitches(struct terway_request *request)
{
    const struct args *args = request->args;
    size_t capacity = args->given_count;
    if (!args_given(args, "vswitch")) {
        complain(args->subcommand, "--vswitch", "none is given; see cnicalc terway --help");
        return 0;
    }
    request->vswitches = memory_take(capacity, sizeof *request->vswitches);
    request->labels = memory_take(capacity, sizeof *request->labels);
    names_begin(&request->zones, capacity);
    for (size_t form = 0; form < sizeof forms / sizeof forms[0]; form++) {
        size_t position = 0;
        const char *text = args_next(args, forms[form].option, &position);
        while (text != NULL) {
            if (!add_vswitch(request, form, text)) {
                return 0;
            }
            text = args_next(args, forms[form].option, &position);
        }
    }
    return check_vswitches(request);
}
