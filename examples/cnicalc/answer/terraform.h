/* SPDX-License-Identifier: MIT */
/* vSwitches as resources of Terraform. */
#ifndef CNICALC_TOOL_TERRAFORM_H
#define CNICALC_TOOL_TERRAFORM_H

#include "../base/text_buffer.h"
#include "value.h"

#include <cnicalc.h>

/* Adds the variable that names the VPC; of one that has secondary blocks it says which. */
void terraform_add_variable(struct text_buffer *text, const cnicalc_plan_block *blocks,
                            size_t count);

/* Adds the resources of the vSwitches of a plan, whose blocks are in the order of their roles and
 * zones, the IPv4 ones first: a resource for each role, whose instances have the
 * zone and the block as their key, so that a further vSwitch leaves those of others as they are. */
void terraform_add_vswitches(struct text_buffer *text, const cnicalc_plan_block *blocks,
                             size_t count, const char *const *zones);

/* Adds the locals of what a cluster of the plan takes besides. A mask of 0 is none. */
void terraform_add_locals(struct text_buffer *text, const cnicalc_plan_block *blocks, size_t count,
                          uint32_t node_mask);

#endif
