/* SPDX-License-Identifier: MIT */
/* How the features are numbered: plugin.c decides with them, plugin_text.c names them. */
#ifndef CNICALC_LIB_PLUGIN_FEATURES_H
#define CNICALC_LIB_PLUGIN_FEATURES_H

#include "cnicalc/plugin.h"

#define CNICALC__CHOICE_LAST  CNICALC_FEATURE_INDEPENDENT_POD_CIDR
#define CNICALC__FEATURE_LAST CNICALC_FEATURE_PLUGIN_CHANGE

/* CNICALC_OK, CNICALC_ERR_FEATURE or CNICALC_ERR_PLUGIN. */
cnicalc_status cnicalc__feature_check(uint32_t feature, uint32_t plugin);

#endif
