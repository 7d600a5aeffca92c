/* SPDX-License-Identifier: MIT */
/* Names that someone may have meant who wrote one that is not in the table. */
#include "cnicalc/instance.h"

#include "internal.h"
#include "internal_instance.h"

enum { QUERY_LEN_MAX = CNICALC_TEXT_DISTANCE_MAX, DISTANCE_MAX = 2 };

/* The name as it was written, in lower case and bare. */
struct query {
    char text[QUERY_LEN_MAX];
    size_t len;
    size_t family_len; /* up to the last dot, or all of it */
};

struct offer {
    uint32_t rank;
    uint32_t index;
};

/* The best rows so far, the smallest rank first; rows of equal rank in the table's order. */
struct offers {
    size_t count;
    struct offer best[CNICALC_INSTANCE_NEAR_MAX];
};

static void add_offer(struct offers *offers, uint32_t rank, uint32_t index)
{
    const struct offer added = {rank, index};
    struct offer *best = offers->best;
    size_t place = offers->count;
    while (place > 0 && best[place - 1].rank > rank) {
        place--;
    }
    if (place == CNICALC_INSTANCE_NEAR_MAX) {
        return;
    }
    offers->count = (size_t)cnicalc__min(offers->count + 1, CNICALC_INSTANCE_NEAR_MAX);
    memmove(&best[place + 1], &best[place], (offers->count - 1 - place) * sizeof *best);
    best[place] = added;
}

/* The length before the last dot, or the whole length. */
static size_t family_len_of(const char *name, size_t len)
{
    size_t dot = len;
    while (dot > 0 && name[dot - 1] != '.') {
        dot--;
    }
    return dot > 0 ? dot - 1 : len;
}

/* 0 for a name that is too long to be anyone's. */
static int make_query(const char *name, size_t name_len, struct query *query)
{
    if (name_len > QUERY_LEN_MAX) {
        return 0;
    }
    char folded[QUERY_LEN_MAX];
    for (size_t i = 0; i < name_len; i++) {
        int is_upper = name[i] >= 'A' && name[i] <= 'Z';
        folded[i] = is_upper ? (char)(name[i] - 'A' + 'a') : name[i];
    }
    size_t prefix_len = cnicalc__name_prefix_len(folded, name_len);
    query->len = name_len - prefix_len;
    memcpy(query->text, folded + prefix_len, query->len);
    query->family_len = family_len_of(query->text, query->len);
    return 1;
}

/* ---- Sizes of a family ---- */

/* Above the factor of every size; a name may have any number of digits. */
#define FACTOR_MAX 1000000

/* The number before "xlarge", at most FACTOR_MAX; 1 when there is none, 0 when it is no number. */
static uint32_t xlarge_factor(const char *digits, size_t len)
{
    uint32_t factor = 0;
    if (len == 0) {
        return 1;
    }
    if (digits[0] == '0') {
        return 0;
    }
    for (size_t i = 0; i < len; i++) {
        if (digits[i] < '0' || digits[i] > '9') {
            return 0;
        }
        factor = factor * 10 + (uint32_t)(digits[i] - '0');
        factor = factor < FACTOR_MAX ? factor : FACTOR_MAX;
    }
    return factor;
}

/* A size as a number that grows with it, in eighths of an xlarge, or 0 for what is no size. */
static uint32_t size_eighths(const char *size, size_t len)
{
    const size_t xlarge_len = 6;
    if (cnicalc__text_is(size, len, "nano")) {
        return 1;
    }
    if (cnicalc__text_is(size, len, "small")) {
        return 2;
    }
    if (cnicalc__text_is(size, len, "large")) {
        return 4;
    }
    if (len < xlarge_len || memcmp(size + len - xlarge_len, "xlarge", xlarge_len) != 0) {
        return 0;
    }
    return 8 * xlarge_factor(size, len - xlarge_len);
}

static uint32_t name_eighths(const char *name, size_t len, size_t family_len)
{
    return family_len < len ? size_eighths(name + family_len + 1, len - family_len - 1) : 0;
}

/* Offers the rows of the query's family by how far their size is from the wanted one. Of equally
 * far ones the family itself comes before its hyphenated variants, then smaller before larger. */
static void offer_sizes(const struct query *query, uint32_t wanted, struct offers *offers)
{
    size_t first;
    size_t count;
    if (cnicalc_instance_family(query->text, query->family_len, &first, &count) != CNICALC_OK) {
        return;
    }
    for (size_t index = first; index < first + count; index++) {
        char name[CNICALC_INSTANCE_NAME_SIZE];
        size_t len = cnicalc__instance_name(index, name);
        size_t family_len = family_len_of(name, len);
        uint32_t size = name_eighths(name, len, family_len);
        uint32_t apart = size > wanted ? size - wanted : wanted - size;
        uint32_t is_variant = family_len != query->family_len;
        uint32_t is_larger = size > wanted;
        add_offer(offers, apart * 4 + is_variant * 2 + is_larger, (uint32_t)index);
    }
}

/* ---- Spellings ---- */

/* Offers the names at the smallest distance of all, if that is at most DISTANCE_MAX. */
static void offer_spellings(const struct query *query, struct offers *offers)
{
    uint32_t smallest = DISTANCE_MAX;
    cnicalc__spelling spelling;
    cnicalc__spell(query->text, query->len, &spelling);
    for (uint32_t index = 0; index < cnicalc_instance_count(); index++) {
        char name[CNICALC_INSTANCE_NAME_SIZE];
        size_t len = cnicalc__instance_name(index, name);
        uint32_t distance = cnicalc__text_distance(&spelling, name, len, smallest);
        if (distance > smallest) {
            continue;
        }
        if (distance < smallest) {
            smallest = distance;
            offers->count = 0;
        }
        add_offer(offers, distance, index);
    }
}

static void collect_offers(const struct query *query, struct offers *offers)
{
    size_t index;
    if (cnicalc_instance_index(query->text, query->len, &index) == CNICALC_OK) {
        add_offer(offers, 0, (uint32_t)index);
        return;
    }
    uint32_t wanted = name_eighths(query->text, query->len, query->family_len);
    if (wanted != 0) {
        offer_sizes(query, wanted, offers);
    }
    if (offers->count == 0) {
        offer_spellings(query, offers);
    }
    if (offers->count == 0) {
        offer_sizes(query, 0, offers);
    }
}

cnicalc_status cnicalc_instance_near(const char *name, size_t name_len, uint32_t *out_indexes,
                                     size_t capacity, size_t *out_count)
{
    if (name == NULL || out_count == NULL || (out_indexes == NULL && capacity != 0)) {
        return CNICALC_ERR_NULL;
    }
    struct query query;
    struct offers offers;
    offers.count = 0;
    if (make_query(name, cnicalc__text_len(name, name_len), &query)) {
        collect_offers(&query, &offers);
    }
    size_t count = offers.count < capacity ? offers.count : capacity;
    for (size_t i = 0; i < count; i++) {
        out_indexes[i] = offers.best[i].index;
    }
    *out_count = count;
    return CNICALC_OK;
}
