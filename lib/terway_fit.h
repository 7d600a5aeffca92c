/* SPDX-License-Identifier: MIT */
/* The question whether pools fit, of which fit and grow ask parts. */
#ifndef CNICALC_LIB_TERWAY_FIT_H
#define CNICALC_LIB_TERWAY_FIT_H

#include "terway.h"

enum cnicalc__moment {
    CNICALC__AT_REST,
    CNICALC__WITH_DEFAULT_POOL,
    CNICALC__IN_BURST,
    CNICALC__WHILE_REPLACED
};

typedef struct cnicalc__fit {
    const cnicalc_terway_cluster *cluster;
    const cnicalc_terway_options *options; /* NULL where only zones are judged */
    uint64_t surge;
    uint64_t max_unavailable;
    enum cnicalc__moment moment;
    size_t replaced;    /* index of the pool whose nodes are */
    int may_lack_zones; /* 1: pools may be in zones without a vSwitch */
    int has_own_pods;   /* 1: no zone falls back on its node vSwitches */
} cnicalc__fit;

/* What some pools take together. */
typedef struct cnicalc__fit_load {
    cnicalc__load zone; /* of the vSwitches, and of the security group */
    uint64_t joining_nodes;
    uint64_t pods;
} cnicalc__fit_load;

/* Whether the cluster, or one of its arrays, is NULL. */
int cnicalc__fit_is_null(const cnicalc_terway_cluster *cluster);

/* Checks the vSwitches and the pools, and adds up all pools. */
cnicalc_status cnicalc__fit_check(const cnicalc__fit *question, cnicalc__fit_load *load,
                                  cnicalc_fault *out_fault);

/* What the pools of one zone take of it, but not what their ENIs do not find. */
cnicalc__load cnicalc__fit_load_of(const cnicalc__fit *question, uint32_t zone);

/* Judges a zone, whatever vSwitches it has now, that pools of this load are in. */
void cnicalc__fit_judge_zone(const cnicalc__fit *question, const cnicalc__zone *zone,
                             const cnicalc__load *load, cnicalc_terway_zone *answer);

/* Judges one zone of a checked cluster, which may have no vSwitch. */
void cnicalc__fit_zone(const cnicalc__fit *question, uint32_t number, cnicalc_terway_zone *answer);

/* The number of the next zone: those of the vSwitches, then those of pools alone. *at, 0 at first,
 * counts both. */
int cnicalc__fit_next_zone(const cnicalc_terway_cluster *cluster, size_t *at, uint32_t *out_zone);

/* Judges pools that take this load. */
void cnicalc__fit_judge(const cnicalc__fit *question, const cnicalc__fit_load *load,
                        cnicalc_terway_fit_result *result);

#endif
