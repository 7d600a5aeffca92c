/* SPDX-License-Identifier: MIT */
/**
 * @file cnicalc.h
 * Capacity of an Alibaba Cloud ACK cluster before it exists: pods per node, nodes per cluster,
 * addresses, and the limit that decides.
 *
 * This header includes every topic; each topic's header can be included alone. The conventions of
 * all functions are in cnicalc/base.h.
 *
 *      #include <cnicalc.h>
 *
 *      cnicalc_instance instance;
 *      cnicalc_node_options options;
 *      cnicalc_node_result result;
 *      if (cnicalc_node_options_init(&options, sizeof options) == CNICALC_OK &&
 *          cnicalc_instance_find("ecs.c7.4xlarge", CNICALC_NUL_TERMINATED, &instance) ==
 *              CNICALC_OK &&
 *          cnicalc_node_solve(&instance, &options, &result) == CNICALC_OK) {
 *          result.max_pods is 210
 *      }
 */
#ifndef CNICALC_H
#define CNICALC_H

#include "cnicalc/base.h"
#include "cnicalc/cidr.h"
#include "cnicalc/instance.h"
#include "cnicalc/quota.h"
#include "cnicalc/node.h"
#include "cnicalc/flannel.h"
#include "cnicalc/vswitch.h"
#include "cnicalc/terway.h"
#include "cnicalc/workload.h"
#include "cnicalc/plan.h"
#include "cnicalc/plugin.h"
#include "cnicalc/conntrack.h"

#endif /* CNICALC_H */
