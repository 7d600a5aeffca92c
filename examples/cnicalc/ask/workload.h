/* SPDX-License-Identifier: MIT */
/* The workloads of a request. */
#ifndef CNICALC_TOOL_WORKLOAD_H
#define CNICALC_TOOL_WORKLOAD_H

#include "option.h"

#include <cnicalc.h>

struct mix {
    cnicalc_workload *workloads;
    const char **names; /* NULL where one has none */
    size_t count;
};

/* "NAME=PODS", then ",cpu=Q", ",memory=Q" and ",network=host": parse() of OPTION_VALUES, whose
 * member is a struct mix. */
int mix_parse(const struct asking *asking, void *member);

/* What one of equal nodes runs of the mix: those with an address of their own, or all. */
uint64_t mix_pods_on_node(const struct mix *mix, uint64_t nodes, int with_address);

#endif
