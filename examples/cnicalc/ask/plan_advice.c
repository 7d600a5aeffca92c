/* SPDX-License-Identifier: MIT */
#include "plan_advice.h"

#include "../base/complaint.h"
#include "../base/memory.h"

#include <string.h>

/* More than there is to say about one block, and about all that a plan of it alone lacks. */
#define FINDINGS_MAX 16

static cnicalc_plan_block block_of(const cnicalc_cidr *cidr, uint32_t role)
{
    const cnicalc_plan_block block = {*cidr, role, CNICALC_UNKNOWN, {0}};
    return block;
}

/* The finding about a block of a plan that has no other. Returns 1, or 0 where there is none. */
static int find(const cnicalc_plan_block *block, uint32_t code, cnicalc_plan_finding *out_finding)
{
    cnicalc_plan_options options;
    cnicalc_plan_finding findings[FINDINGS_MAX];
    size_t count = 0;
    expect_ok(cnicalc_plan_options_init(&options, sizeof options));
    options.plugin = CNICALC_PLUGIN_TERWAY;
    expect_ok(cnicalc_plan_check(block, 1, &options, findings, FINDINGS_MAX, &count));
    for (size_t i = 0; i < count; i++) {
        if (findings[i].code == code) {
            *out_finding = findings[i];
            return 1;
        }
    }
    return 0;
}

const char *plan_advice_block(const cnicalc_cidr *cidr, uint32_t role)
{
    const cnicalc_plan_block block = block_of(cidr, role);
    const uint32_t code =
        role == CNICALC_PLAN_ROLE_VPC ? CNICALC_PLAN_VPC_MASK : CNICALC_PLAN_VSWITCH_MASK;
    cnicalc_plan_finding finding;
    char text[CNICALC_CIDR_TEXT_SIZE];
    return find(&block, code, &finding) &&
                   cnicalc_cidr_format(&finding.block, text, sizeof text) == CNICALC_OK
               ? memory_copy(text, strlen(text))
               : NULL;
}

const char *plan_advice_forbidden(const cnicalc_cidr *cidr)
{
    const cnicalc_plan_block block = block_of(cidr, CNICALC_PLAN_ROLE_VPC);
    cnicalc_plan_finding finding;
    char text[CNICALC_PLAN_TEXT_SIZE];
    return find(&block, CNICALC_PLAN_VPC_FORBIDDEN, &finding) &&
                   cnicalc_plan_finding_format(&finding, &block, 1, text, sizeof text) == CNICALC_OK
               ? memory_copy(text, strlen(text))
               : NULL;
}
