/* SPDX-License-Identifier: MIT */
#include "propose.h"

#include <inttypes.h>
#include <stdio.h>

/* What is needed, and what there is of it. */
struct phrase {
    const char *needed;
    const char *available;
};

static struct phrase phrase_of(uint32_t limit)
{
    static const struct phrase phrases[CNICALC_PLAN_LIMIT_COUNT] = {
        {"", ""},
        {"nodes", "are the edition's quota"},
        {"nodes", "custom routes of the VPC are free"},
        {"pods", "are the edition's quota"},
        {"Services", "are the edition's quota"},
        {"addresses of the VPC", "are its quota"},
        {"pods per node", "are the most that a node mask gives"},
        {"nodes", "have a block in the largest pod CIDR"},
        {"Services", "have an address in the largest Service CIDR"},
        {"addresses of vSwitches", "find a place in the VPC"},
        {"addresses of pod CIDR and Service CIDR", "find a place beside the VPC"},
    };
    return phrases[limit];
}

struct value *propose_reason(const cnicalc_plan_proposal *proposal)
{
    char text[256];
    struct phrase phrase = phrase_of(proposal->bound_by);
    if (proposal->fits) {
        return value_null();
    }
    uint64_t needed = proposal->needed[proposal->bound_by];
    uint64_t available = proposal->available[proposal->bound_by];
    snprintf(text, sizeof text, "%" PRIu64 " %s are needed, and %" PRIu64 " %s: %" PRIu64 " short",
             needed, phrase.needed, available, phrase.available, needed - available);
    return value_text(text);
}

struct value *propose_shortages(const cnicalc_plan_proposal *proposal)
{
    struct value *list = value_list();
    for (uint32_t i = CNICALC_PLAN_LIMIT_NODE_QUOTA; i < CNICALC_PLAN_LIMIT_COUNT; i++) {
        uint64_t needed = proposal->needed[i];
        uint64_t available = proposal->available[i];
        if (needed > available) {
            struct value *row = value_record();
            value_put(row, "limit", value_text(cnicalc_plan_limit_name(i)));
            value_put(row, "needed", value_count(needed));
            value_put(row, "available", value_count(available));
            value_put(row, "short", value_count(needed - available));
            value_add(list, row);
        }
    }
    return list;
}
