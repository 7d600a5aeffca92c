/* SPDX-License-Identifier: MIT */
/* check_plan: all that is wrong or unwise with the address plan of a Terway cluster in one zone.
 *
 *      cc check_plan.c $(pkg-config --cflags --libs cnicalc)
 *      ./a.out 192.168.0.0/16 192.168.0.0/19 192.168.32.0/19 172.21.0.0/20 4000
 */
#include <cnicalc.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS       4
#define FINDINGS_MAX 64

static int fail(const char *what, cnicalc_status status)
{
    fprintf(stderr, "check_plan: %s: %s\n", what, cnicalc_status_string(status));
    return 2;
}

/* A whole number; strtoull() alone would take "", "-1" and "7x" for one. */
static int is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

/* Keeps host bits: the check reports them, with the block that is meant. */
static cnicalc_status read_block(const char *text, cnicalc_cidr *cidr)
{
    cnicalc_address address;
    cnicalc_status status =
        cnicalc_cidr_parse_address(text, CNICALC_NUL_TERMINATED, &address, cidr);
    if (status == CNICALC_OK) {
        cidr->hi = address.hi;
        cidr->lo = address.lo;
    }
    return status;
}

int main(int argc, char **argv)
{
    cnicalc_plan_block blocks[] = {{.role = CNICALC_PLAN_ROLE_VPC},
                                   {.role = CNICALC_PLAN_ROLE_NODE_VSWITCH},
                                   {.role = CNICALC_PLAN_ROLE_POD_VSWITCH},
                                   {.role = CNICALC_PLAN_ROLE_SERVICE_CIDR}};
    const cnicalc_plan plan = {blocks, BLOCKS};
    cnicalc_plan_check_options options;
    if (argc != 2 + BLOCKS || !is_number(argv[1 + BLOCKS])) {
        fprintf(stderr, "usage: check_plan VPC NODE_VSWITCH POD_VSWITCH SERVICE_CIDR PODS\n");
        return 2;
    }
    for (int i = 0; i < BLOCKS; i++) {
        cnicalc_status status = read_block(argv[1 + i], &blocks[i].cidr);
        if (status != CNICALC_OK) {
            return fail(argv[1 + i], status);
        }
    }
    cnicalc_status status = cnicalc_plan_check_options_init(&options, sizeof options);
    if (status != CNICALC_OK) {
        return fail("options", status);
    }
    options.plugin = CNICALC_PLUGIN_TERWAY;
    options.pods = strtoull(argv[1 + BLOCKS], NULL, 10);
    cnicalc_plan_finding findings[FINDINGS_MAX];
    size_t count;
    status = cnicalc_plan_check(&plan, &options, findings, FINDINGS_MAX, &count, NULL);
    if (status != CNICALC_OK) {
        return fail("the plan", status);
    }
    for (size_t i = 0; i < count; i++) {
        char text[CNICALC_PLAN_TEXT_SIZE];
        status = cnicalc_plan_finding_format(&findings[i], &plan, text, sizeof text);
        if (status != CNICALC_OK) {
            return fail("finding", status);
        }
        printf("%-7s  %s\n", cnicalc_plan_severity_name(findings[i].severity), text);
    }
    return count > 0 && findings[0].severity == CNICALC_PLAN_ERROR; /* the most serious is first */
}
