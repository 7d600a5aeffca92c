/* SPDX-License-Identifier: MIT */
/* Whether pools fit, zone by zone: in the zones of the vSwitches, and in those that pools need too.
 */
#include "terway_grow.h"

/* Whether there is a zone at an index of the vSwitches, then the pools. */
static int has_zone_at(const cnicalc_terway_cluster *cluster, size_t index, uint32_t *out_zone)
{
    if (index < cluster->vswitch_count) {
        *out_zone = cluster->vswitches[index].zone;
        return 1;
    }
    const cnicalc_terway_pool *pool = &cluster->pools[index - cluster->vswitch_count];
    *out_zone = pool->zone;
    return pool->count != 0;
}

int cnicalc__fit_next_zone(const cnicalc_terway_cluster *cluster, size_t *at, uint32_t *out_zone)
{
    while (*at < cluster->vswitch_count + cluster->pool_count) {
        int is_new = has_zone_at(cluster, *at, out_zone);
        for (size_t i = 0; i < *at && is_new; i++) {
            uint32_t zone;
            is_new = !has_zone_at(cluster, i, &zone) || zone != *out_zone;
        }
        (*at)++;
        if (is_new) {
            return 1;
        }
    }
    return 0;
}

static cnicalc_status judge_zones(const cnicalc__fit *question, cnicalc_terway_zone *out_zones,
                                  size_t capacity, size_t *out_count, cnicalc_fault *out_fault)
{
    if ((out_zones == NULL && capacity != 0) || out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc__fit_load load;
    cnicalc_status status = cnicalc__fit_check(question, &load, out_fault);
    uint32_t zone;
    size_t at = 0;
    if (status != CNICALC_OK) {
        return status;
    }
    *out_count = 0;
    while (cnicalc__fit_next_zone(question->cluster, &at, &zone)) {
        (*out_count)++;
    }
    if (*out_count > capacity) {
        return cnicalc__whole_fault(CNICALC_ERR_CAPACITY, out_fault);
    }
    at = 0;
    while (cnicalc__fit_next_zone(question->cluster, &at, &zone)) {
        cnicalc__fit_zone(question, zone, out_zones++);
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc_terway_fit_zones(const cnicalc_terway_cluster *cluster,
                                        cnicalc_terway_zone *out_zones, size_t capacity,
                                        size_t *out_count, cnicalc_fault *out_fault)
{
    if (cnicalc__fit_is_null(cluster)) {
        return CNICALC_ERR_NULL;
    }
    const cnicalc__fit question = {cluster, NULL, 0, 0, CNICALC__AT_REST, 0, 0, 0};
    return judge_zones(&question, out_zones, capacity, out_count, out_fault);
}

cnicalc_status cnicalc_terway_grow_zones(const cnicalc_terway_growth *growth,
                                         cnicalc_terway_zone *out_zones, size_t capacity,
                                         size_t *out_count, cnicalc_fault *out_fault)
{
    if (cnicalc__growth_is_null(growth)) {
        return CNICALC_ERR_NULL;
    }
    const cnicalc__fit question = {growth->cluster, NULL, 0, 0, CNICALC__AT_REST, 0, 1, 0};
    return judge_zones(&question, out_zones, capacity, out_count, out_fault);
}
