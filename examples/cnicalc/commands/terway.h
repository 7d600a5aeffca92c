/* SPDX-License-Identifier: MIT */
/* What cnicalc terway is asked, and what both of its answers have. */
#ifndef CNICALC_TOOL_TERWAY_H
#define CNICALC_TOOL_TERWAY_H

#include "../answer/answer.h"
#include "../answer/usage.h"
#include "../ask/args.h"
#include "../ask/catalogue.h"
#include "../ask/plan.h"

#include <cnicalc.h>

/* Of --pool, as it was given. */
struct pool_text {
    const char *label;
    const char *zone;
    const char *type;
    uint32_t mode; /* 0: that of --mode */
    uint64_t pods; /* 0: as many as run */
    uint64_t count;
};

struct pools {
    struct pool_text *items;
    size_t count;
};

struct terway_request {
    struct plan_blocks plan;
    const char *type; /* or NULL */
    uint64_t pods_per_node;
    struct pools pools;
    cnicalc_terway_use use; /* without pods_per_node */
    uint32_t dual_stack;
    cnicalc_terway_options options;
    cnicalc_node_options node;
    const char *catalog; /* or NULL */
    uint32_t explain;
    uint32_t warn_at; /* percent; 0: not asked for */

    /* The rest of a plan that is kept. */
    struct {
        struct plan_blocks plan;
        cnicalc_plan_check_options options;
    } unread;

    /* What follows from it. */
    struct plan_vswitches vswitches;
    struct instance_source source;
};

/* One zone of either answer. */
struct zone_row {
    const char *name;
    cnicalc_terway_zone zone;
    uint64_t needed_addresses; /* for pods */
    uint64_t needed_prefixes;
    const char *reason; /* or NULL */
    const char *none;   /* null */
};

/* The cluster as the library takes it, without pools. */
cnicalc_terway_cluster terway_cluster(const struct terway_request *request);

/* The rows of zones. */
struct list terway_zones(const struct terway_request *request, const cnicalc_terway_zone *zones,
                         size_t count);

/* What one node takes: of a type, which may be NULL, and a number of pods, which may be 0. Returns
 * 1, or 0 after a complaint that calls it by its label. */
struct node_question {
    const char *label;
    const char *type;
    const cnicalc_node_options *options;
    const char *mode_form; /* how the request gave the mode: "--mode " or "mode=" */
    uint64_t pods;
};
int terway_node(const struct args *args, const struct terway_request *request,
                const struct node_question *question, cnicalc_instance *out_instance,
                cnicalc_terway_node *out_node);

/* Notes: options of a type that change nothing without one; idle addresses that are not counted, as
 * the trunk pods of the type, which may be NULL, are not known; a zone that is left out for want of
 * a vSwitch for nodes, as a misspelt name leaves two; masks that serve no pods; zones and ENIs as
 * Terway uses them; prefixes; IPv4 only; a quota that is not published; its default pool; a large
 * basic group. */
void terway_note_settings(const struct args *args, const struct terway_request *request,
                          struct answer *answer, struct words *notes);
void terway_note_trunk(const struct terway_request *request, const char *type,
                       const cnicalc_terway_node *node, struct answer *answer, struct words *notes);
void terway_note_zones(const struct terway_request *request, struct answer *answer,
                       struct words *notes);
void terway_note_fallbacks(const struct terway_request *request, const struct list *zones,
                           struct answer *answer, struct words *notes);
void terway_note_prefixes(const struct terway_request *request, uint32_t mode,
                          struct answer *answer, struct words *notes);
void terway_note_dual_stack(const struct terway_request *request, const cnicalc_terway_node *node,
                            struct answer *answer, struct words *notes);
void terway_note_quota(const struct terway_request *request, struct answer *answer,
                       struct words *notes);
void terway_note_pool(const cnicalc_terway_result *result, struct answer *answer,
                      struct words *notes);
void terway_note_security_group(const struct terway_request *request, uint64_t held,
                                struct answer *answer, struct words *notes);
void terway_note_masks(const struct terway_request *request, struct answer *answer,
                       struct words *notes);

/* An answer as --warn-at and -o openmetrics take it. */
struct terway_number {
    const char *name; /* of its family */
    const char *help;
    uint64_t value;
};
struct terway_outcome {
    const struct list *zones;        /* of struct zone_row */
    const cnicalc_limit_row *limits; /* what pools need of quotas; NULL without pools */
    uint32_t limit_count;
    const struct terway_number *numbers;
    size_t number_count;
    int fits;
};
/* Warns of what is used beyond --warn-at. Returns an exit status. */
int terway_end(const struct args *args, const struct terway_request *request,
               const struct terway_outcome *outcome, struct answer *answer);

/* Reads a value of --pool. */
int terway_parse_pool(const struct asking *asking, void *member);

/* Whether the nodes of --pool fit. Returns an exit status. */
int terway_answer_pools(const struct args *args, const struct terway_request *request,
                        struct answer *answer);

extern const struct field terway_pool_fields[];

#endif
