/* SPDX-License-Identifier: MIT */
/* Findings as workflow commands of GitHub Actions, which shows them at their lines. */
#ifndef CNICALC_TOOL_GITHUB_H
#define CNICALC_TOOL_GITHUB_H

#include "findings.h"

/* A line for each of a list of struct finding: "::error file=plan,line=3,title=CODE::sentence".
 * File and line are left out where they are not known. */
const char *github_annotations(const struct list *findings);

#endif
