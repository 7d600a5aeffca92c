/* SPDX-License-Identifier: MIT */
/* What an address plan needs to know of the Flannel split beside its public answers. */
#ifndef CNICALC_LIB_FLANNEL_H
#define CNICALC_LIB_FLANNEL_H

#include "cnicalc/flannel.h"

/* 10.0.0.0/8 is the largest range that a pod CIDR may lie in. */
#define CNICALC__POD_CIDR_MASK_MIN 8

/* Whether each node takes a route of the VPC: on ACK Edge the VXLAN backend needs none. */
static inline int cnicalc__flannel_takes_routes(uint32_t edition)
{
    return edition != CNICALC_EDITION_EDGE_PRO && edition != CNICALC_EDITION_EDGE_BASIC;
}

#endif
