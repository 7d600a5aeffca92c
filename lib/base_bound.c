/* SPDX-License-Identifier: MIT */
/* Legal ranges, as values. The numbers are in internal.h. */
#include "internal.h"

static const struct {
    uint16_t low;
    uint16_t high;
} bounds[CNICALC_BOUND_COUNT] = {
    [CNICALC_BOUND_VPC_PREFIX_LEN] = {CNICALC__VPC_PREFIX_LEN_MIN, CNICALC__VPC_PREFIX_LEN_MAX},
    [CNICALC_BOUND_VSWITCH_PREFIX_LEN] = {CNICALC__VSWITCH_PREFIX_LEN_MIN,
                                          CNICALC__VSWITCH_PREFIX_LEN_MAX},
    [CNICALC_BOUND_POD_VSWITCH_PREFIX_LEN] = {CNICALC__VSWITCH_PREFIX_LEN_MIN,
                                              CNICALC__POD_VSWITCH_PREFIX_LEN_MAX},
    [CNICALC_BOUND_POD_VSWITCH_ADVISED] = {CNICALC__VSWITCH_PREFIX_LEN_MIN,
                                           CNICALC__POD_VSWITCH_ADVISED},
    [CNICALC_BOUND_POD_CIDR_PREFIX_LEN] = {CNICALC__POD_CIDR_PREFIX_LEN_MIN,
                                           CNICALC__NODE_MASK_MAX},
    [CNICALC_BOUND_NODE_MASK] = {CNICALC__NODE_MASK_MIN, CNICALC__NODE_MASK_MAX},
    [CNICALC_BOUND_PODS_PER_NODE] = {CNICALC__PODS_PER_NODE_MIN, CNICALC__PODS_PER_NODE_MAX},
    [CNICALC_BOUND_SERVICE_PREFIX_LEN] = {CNICALC__SERVICE_PREFIX_LEN_MIN,
                                          CNICALC__SERVICE_PREFIX_LEN_MAX},
    [CNICALC_BOUND_VPC_IPV6_PREFIX_LEN] = {CNICALC__VPC_IPV6_PREFIX_LEN,
                                           CNICALC__VPC_IPV6_PREFIX_LEN},
    [CNICALC_BOUND_VSWITCH_IPV6_PREFIX_LEN] = {CNICALC__VSWITCH_IPV6_PREFIX_LEN,
                                               CNICALC__VSWITCH_IPV6_PREFIX_LEN},
    [CNICALC_BOUND_SERVICE_IPV6_PREFIX_LEN] = {CNICALC__SERVICE_IPV6_PREFIX_LEN_MIN,
                                               CNICALC__SERVICE_IPV6_PREFIX_LEN_MAX},
    [CNICALC_BOUND_ZONES] = {1, CNICALC__ZONES_MAX},
};

cnicalc_status cnicalc_bound_range(uint32_t bound, uint32_t *out_low, uint32_t *out_high)
{
    if (out_low == NULL || out_high == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (bound == 0 || bound >= CNICALC_BOUND_COUNT) {
        return CNICALC_ERR_BOUND;
    }
    *out_low = bounds[bound].low;
    *out_high = bounds[bound].high;
    return CNICALC_OK;
}

uint32_t cnicalc__bound_nearest(uint32_t bound, uint64_t value)
{
    uint32_t low = bounds[bound].low;
    uint32_t high = bounds[bound].high;
    if (value >= high) {
        return high;
    }
    if (bound == CNICALC_BOUND_PODS_PER_NODE) {
        while (low < value) {
            low *= 2;
        }
        return low;
    }
    return value < low ? low : (uint32_t)value;
}

cnicalc_status cnicalc_bound_nearest(uint32_t bound, uint64_t value, uint32_t *out_nearest)
{
    if (out_nearest == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (bound == 0 || bound >= CNICALC_BOUND_COUNT) {
        return CNICALC_ERR_BOUND;
    }
    *out_nearest = cnicalc__bound_nearest(bound, value);
    return CNICALC_OK;
}
