#!/bin/sh
# SPDX-License-Identifier: MIT
# check_plan.sh [PLAN]: for any CI. Ends with the status of `cnicalc check`: 1 for a plan that is
# illegal or too small, 2 for one that is malformed. Without a file the plan is what Terraform is
# about to make; a recipe that fails writes nothing, and that is malformed.
set -eu
recipes=${CNICALC_RECIPES:-/usr/local/share/cnicalc}
if [ $# -gt 0 ]; then
    cnicalc check "@$1"
else
    terraform show -json plan.out | jq -rnf "$recipes/terraform.jq" | cnicalc check @-
fi
