/* SPDX-License-Identifier: MIT */
/* What the page never asks for, as it asks for JSON, SVG and arguments alone: in its command these
 * take the place of tables, text pictures, annotations, metrics and Terraform. */
#include "../cnicalc/answer/github.h"
#include "../cnicalc/answer/openmetrics.h"
#include "../cnicalc/answer/print.h"
#include "../cnicalc/answer/terraform.h"
#include "../cnicalc/draw/map.h"

void output_table(const struct answer *answer, int colour)
{
    (void)answer;
    (void)colour;
}

struct value *map_text(const struct map_plan *plan)
{
    (void)plan;
    return NULL;
}

const char *github_annotations(const struct list *findings)
{
    (void)findings;
    return NULL;
}

void openmetrics_family(struct openmetrics *metrics, const char *name, const char *help)
{
    (void)metrics;
    (void)name;
    (void)help;
}

void openmetrics_sample(struct openmetrics *metrics, const struct openmetrics_label labels[2],
                        uint64_t value)
{
    (void)metrics;
    (void)labels;
    (void)value;
}

const char *openmetrics_end(struct openmetrics *metrics)
{
    (void)metrics;
    return NULL;
}

void terraform_add_vswitches(struct text_buffer *text, const cnicalc_plan_block *blocks,
                             size_t count, const char *const *zones)
{
    (void)text;
    (void)blocks;
    (void)count;
    (void)zones;
}

void terraform_add_locals(struct text_buffer *text, const cnicalc_plan_block *blocks, size_t count,
                          uint32_t node_mask)
{
    (void)text;
    (void)blocks;
    (void)count;
    (void)node_mask;
}
