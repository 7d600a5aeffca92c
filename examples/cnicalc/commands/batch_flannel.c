/* SPDX-License-Identifier: MIT */
/* cnicalc batch flannel: rows of a pod CIDR and a node mask. */
#include "batch.h"
#include "../base/complaint.h"
#include "flannel.h"
#include "../base/memory.h"
#include "../ask/number.h"

#include <cnicalc.h>
#include <string.h>

static void *open_flannel(const struct args *args)
{
    cnicalc_flannel_options *options = memory_take(1, sizeof *options);
    expect_ok(cnicalc_flannel_options_init(options, sizeof *options));
    if (!args_edition(args, &options->edition) ||
        !args_number(args, "routes-used", 0, UINT64_MAX - 1, &options->routes_used)) {
        return NULL;
    }
    options->raised = (uint32_t)args_given(args, "raised");
    return options;
}

static cnicalc_status solve(const cnicalc_flannel_options *defaults, const struct field *fields,
                            cnicalc_cidr *pod_cidr, cnicalc_flannel_result *result)
{
    cnicalc_flannel_options options = *defaults;
    memset(pod_cidr, 0, sizeof *pod_cidr);
    uint64_t mask = 0;
    cnicalc_status status = cnicalc_cidr_parse(fields[0].text, fields[0].length, pod_cidr);
    if (status != CNICALC_OK) {
        return status;
    }
    if (!number_parse(fields[1].text, fields[1].length, &mask) || mask > UINT32_MAX) {
        return CNICALC_ERR_FLANNEL_NODE_MASK;
    }
    options.node_mask = (uint32_t)mask;
    return cnicalc_flannel_solve(pod_cidr, &options, result);
}

static const char *answer_flannel(void *options, const struct field *fields, struct writer *writer)
{
    cnicalc_cidr pod_cidr;
    cnicalc_flannel_result result;
    char text[CNICALC_CIDR_TEXT_SIZE];
    cnicalc_status status = solve(options, fields, &pod_cidr, &result);
    if (status != CNICALC_OK) {
        return flannel_why(&pod_cidr, status);
    }
    expect_ok(cnicalc_cidr_format(&pod_cidr, text, sizeof text));
    const uint64_t numbers[] = {result.node_mask, result.pods_per_node, result.usable_pod_ips,
                                result.max_nodes, result.max_pods};
    writer_put_text(writer, text);
    writer_put(writer, "\t", 1);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        writer_put_number(writer, numbers[i]);
        writer_put(writer, "\t", 1);
    }
    writer_put_text(writer, cnicalc_flannel_limit_name(result.bound_by));
    writer_put(writer, "\t", 1);
    return NULL;
}

const struct batch_verb batch_flannel = {
    "flannel",
    " edition raised routes-used ",
    "pod_cidr\tnode_mask\tpods_per_node\tusable_pod_ips\tmax_nodes\tmax_pods\tbound_by\terror\n",
    "a row is a pod CIDR and a node mask, with a tab between them",
    2,
    2,
    5,
    open_flannel,
    answer_flannel};
