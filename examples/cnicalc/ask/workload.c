/* SPDX-License-Identifier: MIT */
#include "workload.h"

#include "../base/memory.h"
#include "args.h"
#include "named.h"
#include "number.h"
#include "quantity.h"

#include <string.h>

enum { KEY_CPU, KEY_MEMORY, KEY_NETWORK };

static const struct named_form form = {"NAME=PODS[,cpu=Q][,memory=Q][,network=host]",
                                       {"cpu", "memory", "network"}};

/* The value of a key by the parse() of an option; text may be NULL. */
static int parse_key(const struct asking *asking, const char *text,
                     int (*parse)(const struct asking *asking, void *member), void *member)
{
    struct asking part = *asking;
    part.text = text;
    return text == NULL || parse(&part, member);
}

static int parse_pods(const struct asking *asking, const char *text, uint64_t *pods)
{
    return (number_parse(text, strlen(text), pods) && *pods != 0 && *pods <= UINT32_MAX) ||
           asking_refuse(asking, "its pods are no whole number from 1 to 4294967295");
}

static int parse_network(const struct asking *asking, const char *text, uint32_t *host_network)
{
    *host_network = text != NULL;
    return text == NULL || strcmp(text, "host") == 0 ||
           asking_refuse(asking, "network= is host, or is not given");
}

static int has_name(const struct mix *mix, const char *name)
{
    size_t i = 0;
    while (i < mix->count && strcmp(mix->names[i], name) != 0) {
        i++;
    }
    return i < mix->count;
}

int mix_parse(const struct asking *asking, void *member)
{
    struct mix *mix = member;
    struct named named;
    if (mix->workloads == NULL) {
        mix->workloads = memory_take(asking->args->given_count, sizeof *mix->workloads);
        mix->names = memory_take(asking->args->given_count, sizeof *mix->names);
    }
    cnicalc_workload *workload = &mix->workloads[mix->count];
    if (!named_parse(asking, &form, &named) || !parse_pods(asking, named.value, &workload->pods) ||
        !parse_key(asking, named.extras[KEY_CPU], quantity_parse_cpu, &workload->cpu_millicores) ||
        !parse_key(asking, named.extras[KEY_MEMORY], quantity_parse_memory,
                   &workload->memory_bytes) ||
        !parse_network(asking, named.extras[KEY_NETWORK], &workload->host_network)) {
        return 0;
    }
    if (has_name(mix, named.name)) {
        return asking_refuse(asking, "the workload %s is given twice", named.name);
    }
    mix->names[mix->count++] = named.name;
    return 1;
}

uint64_t mix_pods_on_node(const struct mix *mix, uint64_t nodes, int with_address)
{
    uint64_t pods = 0;
    for (size_t i = 0; i < mix->count; i++) {
        const cnicalc_workload *workload = &mix->workloads[i];
        if (!with_address || !workload->host_network) {
            pods += (workload->pods - 1) / nodes + 1;
        }
    }
    return pods;
}
