/* SPDX-License-Identifier: MIT */
/* The built-in table of instance types: lookup and rows. */
#include "cnicalc/instance.h"

#include "instance_columns.inc"
#include "internal.h"
#include "internal_instance.h"
#include "word.h"

/* One type in 32 bits: row_types. What many types share is there once, in tables of its own. A name
 * without "ecs." is an offset into name_heads, where all but its last eight bytes are, the index of
 * its length and that of its last eight bytes. */
enum { PAIR_BITS = 10, TAIL_BITS = 7, LEN_BITS = 4 };

#define TYPE(head_offset, len, tail, pair)                                                         \
    ((uint32_t)(head_offset) << (PAIR_BITS + TAIL_BITS + LEN_BITS) |                               \
     (uint32_t)(len) << (PAIR_BITS + TAIL_BITS) | (uint32_t)(tail) << PAIR_BITS | (pair))

struct type_pair {
    uint8_t machine;
    uint8_t network;
};

/* The columns that the table has; the generator says which. MACHINE_COLUMNS are published of every
 * type and have units: all memory is a multiple of 512 MiB. All bits of another member set: not
 * published. */
#define MACHINE_MEMBER(column, unit) uint16_t column;
#define NETWORK_MEMBER(column)       int8_t column;

struct machine {
    MACHINE_COLUMNS(MACHINE_MEMBER)
};

struct network {
    NETWORK_COLUMNS(NETWORK_MEMBER)
    uint8_t sources; /* CNICALC_SOURCE_* bits */
};

#include "instance_table.inc"

/* Of a negative size, which no compiler takes, where there are more. */
typedef char networks_fit[sizeof networks / sizeof *networks <= CNICALC__NETWORKS_MAX ? 1 : -1];
typedef char pairs_fit[sizeof type_pairs / sizeof *type_pairs <= CNICALC__PAIRS_MAX ? 1 : -1];

/* ---- Names ----
 *
 * A bare name is its head and, after it, its last eight bytes. Three words that overlap in most
 * have all of it up to WORDS_LEN_MAX: its first eight bytes, the last eight of its head, and its
 * tail. */

enum { TWO_WORDS_LEN = 2 * TAIL_LEN, WORDS_LEN_MAX = 3 * TAIL_LEN };

struct name_words {
    uint64_t first;
    uint64_t middle;
    uint64_t last;
};

/* Where the last eight bytes of a head begin, if it has so many. */
CNICALC__INLINE size_t middle_of(size_t len)
{
    return len > TWO_WORDS_LEN ? len - TWO_WORDS_LEN : 0;
}

CNICALC__INLINE struct name_words load_words(const char *head, const char *tail, size_t len)
{
    struct name_words words = {cnicalc__load_eight(head),
                               cnicalc__load_eight(head + middle_of(len)),
                               cnicalc__load_eight(tail)};
    return words;
}

CNICALC__INLINE const char *row_head(size_t row)
{
    return name_heads + (row_types[row] >> (PAIR_BITS + TAIL_BITS + LEN_BITS));
}

CNICALC__INLINE uint32_t row_name_len(size_t row)
{
    return name_lens[row_types[row] >> (PAIR_BITS + TAIL_BITS) & ((1 << LEN_BITS) - 1)];
}

CNICALC__INLINE const char *row_tail(size_t row)
{
    return name_tails[row_types[row] >> PAIR_BITS & ((1 << TAIL_BITS) - 1)];
}

CNICALC__INLINE uint32_t row_pair(size_t row)
{
    return row_types[row] & ((1 << PAIR_BITS) - 1);
}

/* ---- Lookup: a perfect hash, made by lib/data/make_table.py ----
 *
 * The sum of odd multiples of the words, multiplied, is the hash. Some of its bits pick a bucket,
 * and the bucket's displacement, found by the generator, sends each of its names to a slot of its
 * own. The slot has the one row that can match, and some bits of the hash of its name, by which
 * most names that are not in the table are known long before the name of the row is loaded: where a
 * caller has both, no predictor knows that branch. An empty slot has row 0, from which its names
 * differ. */

/* A branch, since nearly all callers have "ecs." always or never: what follows need not wait for
 * it. */
CNICALC__INLINE void drop_prefix(const char **name, size_t *len)
{
    if (cnicalc__name_prefix_len(*name, *len) != 0) {
        *name += CNICALC__NAME_PREFIX_LEN;
        *len -= CNICALC__NAME_PREFIX_LEN;
    }
}

/* The one row that can have this bare name of NAME_LEN_MIN to NAME_LEN_MAX bytes, or
 * CNICALC_UNKNOWN. */
CNICALC__INLINE uint32_t find_row(const char *name, size_t len)
{
    const struct name_words words = load_words(name, name + len - TAIL_LEN, len);
    uint32_t hash =
        (uint32_t)((words.first + 3 * words.middle + 5 * words.last) * HASH_MULTIPLIER >> 32);
    uint32_t slot = (uint32_t)((uint64_t)hash * SLOT_COUNT >> 32) +
                    bucket_displacements[hash % (1 << BUCKET_BITS)];
    uint32_t entry = slots[slot < SLOT_COUNT ? slot : slot - SLOT_COUNT];
    return (entry ^ hash >> BUCKET_BITS) % (1 << CHECK_BITS) == 0 ? entry >> CHECK_BITS
                                                                  : CNICALC_UNKNOWN;
}

/* Whether that is the name of the row as far as words tell. All differences are gathered and looked
 * at once. */
CNICALC__INLINE int words_match(const char *name, size_t len, uint32_t row)
{
    const struct name_words words = load_words(name, name + len - TAIL_LEN, len);
    const struct name_words others = load_words(row_head(row), row_tail(row), len);
    /* Half the bits of a word after a head of fewer than eight bytes: 64 would be no shift. */
    uint32_t shift = 4 * (uint32_t)(middle_of(len) + TWO_WORDS_LEN - len);
    uint64_t head = (words.first ^ others.first) | (words.middle ^ others.middle);
    uint64_t tail = (words.last ^ others.last) | (len ^ row_name_len(row));
    return ((head << shift << shift) | tail) == 0;
}

/* The row of a name with or without "ecs.", or CNICALC_UNKNOWN. */
static CNICALC__APART uint32_t lookup(const char *name, size_t len)
{
    drop_prefix(&name, &len);
    if (len < NAME_LEN_MIN || len > NAME_LEN_MAX) {
        return CNICALC_UNKNOWN;
    }
    uint32_t row = find_row(name, len);
    if (row == CNICALC_UNKNOWN || !words_match(name, len, row)) {
        return CNICALC_UNKNOWN;
    }
    if (len > WORDS_LEN_MAX && memcmp(row_head(row), name, len - TAIL_LEN) != 0) {
        return CNICALC_UNKNOWN;
    }
    return row;
}

/* ---- Rows ---- */

/* Columns and reserved words, of which each bit of an unknown one is set. */
CNICALC__INLINE void set_unknown(cnicalc_instance *out)
{
    memset((char *)out + CNICALC__COLUMNS_OFFSET, 0xff, sizeof *out - CNICALC__COLUMNS_OFFSET);
}

/* All of a bare name that its words have. Copies of constant length, which compilers turn into
 * moves, in place of one of variable length, which costs as much as the whole lookup. */
CNICALC__INLINE void write_words(const char *head, const char *tail, size_t len, char *out)
{
    memcpy(out, head, TAIL_LEN);
    memcpy(out + middle_of(len), head + middle_of(len), TAIL_LEN);
    memcpy(out + len - TAIL_LEN, tail, TAIL_LEN);
}

CNICALC__INLINE void write_row_name(size_t row, char *out)
{
    write_words(row_head(row), row_tail(row), row_name_len(row), out);
    if (row_name_len(row) > WORDS_LEN_MAX) {
        memcpy(out, row_head(row), row_name_len(row) - TAIL_LEN);
    }
}

/* Writes what is before and after a bare name, and returns where that comes, over some of it. */
CNICALC__INLINE char *begin_name(cnicalc_instance *out)
{
    char *bare = out->name + CNICALC__NAME_PREFIX_LEN;
    memcpy(out->name, CNICALC__NAME_PREFIX, CNICALC__NAME_PREFIX_LEN);
    memset(bare + NAME_LEN_MIN, 0, sizeof out->name - CNICALC__NAME_PREFIX_LEN - NAME_LEN_MIN);
    return bare;
}

#define MACHINE_VALUE(column, unit) out->column = (uint32_t)machine->column * (unit);
#define NETWORK_VALUE(column)       out->column = (uint32_t)network->column;

CNICALC__INLINE void write_network(const struct network *network, cnicalc_instance *out)
{
    set_unknown(out);
    NETWORK_COLUMNS(NETWORK_VALUE)
    out->sources = network->sources;
}

CNICALC__INLINE void write_machine(const struct machine *machine, cnicalc_instance *out)
{
    MACHINE_COLUMNS(MACHINE_VALUE)
}

/* CNICALC_OK, so that a caller ends with it and keeps nothing meanwhile. */
static CNICALC__APART cnicalc_status write_columns(size_t row, cnicalc_instance *out)
{
    const struct type_pair *pair = &type_pairs[row_pair(row)];
    write_network(&networks[pair->network], out);
    write_machine(&machines[pair->machine], out);
    return CNICALC_OK;
}

static cnicalc_status write_row(size_t row, cnicalc_instance *out)
{
    write_row_name(row, begin_name(out));
    return write_columns(row, out);
}

CNICALC__COLD void cnicalc__instance_clear(cnicalc_instance *row)
{
    memset(row, 0, sizeof *row);
    set_unknown(row);
}

CNICALC__COLD cnicalc_status cnicalc_instance_init(cnicalc_instance *instance, size_t struct_size)
{
    if (instance == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (struct_size != sizeof *instance) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    cnicalc__instance_clear(instance);
    return CNICALC_OK;
}

/* Of a name of any length. */
static CNICALC__APART cnicalc_status find_any(const char *name, size_t name_len,
                                              cnicalc_instance *out)
{
    uint32_t row = lookup(name, cnicalc__text_len(name, name_len));
    return row == CNICALC_UNKNOWN ? CNICALC_ERR_NO_SUCH_TYPE : write_row(row, out);
}

/* Of a bare name of at most WORDS_LEN_MAX bytes that only this row can have. */
static CNICALC__APART cnicalc_status find_in_row(const char *name, size_t len,
                                                 cnicalc_instance *out, uint32_t row)
{
    if (!words_match(name, len, row)) {
        return CNICALC_ERR_NO_SUCH_TYPE;
    }
    /* From the table: the name may be where it is written to. */
    write_words(row_head(row), row_tail(row), len, begin_name(out));
    return write_columns(row, out);
}

cnicalc_status cnicalc_instance_find(const char *name, size_t name_len,
                                     cnicalc_instance *out_instance)
{
    if (name == NULL || out_instance == NULL) {
        return CNICALC_ERR_NULL;
    }
    const char *bare = name;
    size_t len = name_len;
    if (len < NAME_LEN_MIN || len > CNICALC__NAME_PREFIX_LEN + WORDS_LEN_MAX) {
        return find_any(name, name_len, out_instance);
    }
    drop_prefix(&bare, &len);
    if (len < NAME_LEN_MIN || len > WORDS_LEN_MAX) {
        return find_any(name, name_len, out_instance);
    }
    uint32_t row = find_row(bare, len);
    return row == CNICALC_UNKNOWN ? CNICALC_ERR_NO_SUCH_TYPE
                                  : find_in_row(bare, len, out_instance, row);
}

size_t cnicalc_instance_count(void)
{
    return ROW_COUNT;
}

void cnicalc__instance_pairs(const uint32_t *indexes, size_t first, size_t count,
                             uint16_t *out_pairs)
{
    for (size_t i = 0; i < count; i++) {
        size_t index = indexes == NULL ? first + i : indexes[first + i];
        out_pairs[i] = (uint16_t)(index < ROW_COUNT ? row_pair(index) : CNICALC__PAIRS_MAX);
    }
}

void cnicalc__instance_networks(const uint32_t *indexes, size_t count, uint32_t *out_networks)
{
    for (size_t i = 0; i < count; i++) {
        out_networks[i] = indexes[i] < ROW_COUNT ? type_pairs[row_pair(indexes[i])].network
                                                 : CNICALC__NETWORKS_MAX;
    }
}

uint32_t cnicalc__pair_machine(uint32_t pair, cnicalc_instance *row)
{
    write_machine(&machines[type_pairs[pair].machine], row);
    return type_pairs[pair].network;
}

void cnicalc__network_columns(uint32_t network, cnicalc_instance *out_row)
{
    write_network(&networks[network], out_row);
}

CNICALC__COLD size_t cnicalc__instance_name(size_t index, char *out_name)
{
    write_row_name(index, out_name);
    return row_name_len(index);
}

cnicalc_status cnicalc_instance_at(size_t index, cnicalc_instance *out_instance)
{
    if (out_instance == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (index >= ROW_COUNT) {
        return CNICALC_ERR_INDEX;
    }
    return write_row(index, out_instance);
}

cnicalc_status cnicalc_instance_rows(size_t first, size_t count, cnicalc_instance *out_instances)
{
    if (out_instances == NULL && count != 0) {
        return CNICALC_ERR_NULL;
    }
    if (first > ROW_COUNT || count > ROW_COUNT - first) {
        return CNICALC_ERR_INDEX;
    }
    for (size_t i = 0; i < count; i++) {
        (void)write_row(first + i, &out_instances[i]);
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc_instance_index(const char *name, size_t name_len, size_t *out_index)
{
    if (name == NULL || out_index == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint32_t index = lookup(name, cnicalc__text_len(name, name_len));
    if (index == CNICALC_UNKNOWN) {
        return CNICALC_ERR_NO_SUCH_TYPE;
    }
    *out_index = index;
    return CNICALC_OK;
}

cnicalc_status cnicalc_instance_index_batch(const char *names, size_t names_len,
                                            uint32_t *out_indexes, cnicalc_status *out_statuses,
                                            size_t capacity, size_t *out_count)
{
    if (names == NULL || out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    if ((out_indexes == NULL || out_statuses == NULL) && capacity != 0) {
        return CNICALC_ERR_NULL;
    }
    names_len = cnicalc__text_len(names, names_len);
    size_t count = cnicalc__count_lines(names, names_len);
    if (count > capacity) {
        *out_count = count;
        return CNICALC_ERR_CAPACITY;
    }
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = cnicalc__line_end(names, names_len, start);
        uint32_t index = lookup(names + start, end - start);
        out_indexes[i] = index;
        out_statuses[i] = index == CNICALC_UNKNOWN ? CNICALC_ERR_NO_SUCH_TYPE : CNICALC_OK;
        start = end + 1;
    }
    *out_count = count;
    return CNICALC_OK;
}

/* Where the row is in the table's order: before the family (-1), in it (0), after it (1). */
CNICALC__COLD static int family_side(size_t index, const char *family, size_t family_len)
{
    char name[CNICALC_INSTANCE_NAME_SIZE];
    size_t name_len = cnicalc__instance_name(index, name);
    size_t common = name_len < family_len ? name_len : family_len;
    int order = memcmp(name, family, common);
    if (order != 0) {
        return order < 0 ? -1 : 1;
    }
    if (name_len <= family_len) {
        return -1;
    }
    char next = name[family_len];
    return next == '-' || next == '.' ? 0 : 1; /* no name has a character before these two */
}

/* The first row at the given side of the family or beyond. */
CNICALC__COLD static size_t family_bound(const char *family, size_t family_len, int side)
{
    size_t low = 0;
    size_t high = ROW_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (family_side(middle, family, family_len) < side) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

CNICALC__COLD cnicalc_status cnicalc_instance_family(const char *family, size_t family_len,
                                                     size_t *out_first, size_t *out_count)
{
    if (family == NULL || out_first == NULL || out_count == NULL) {
        return CNICALC_ERR_NULL;
    }
    family_len = cnicalc__text_len(family, family_len);
    size_t prefix_len = cnicalc__name_prefix_len(family, family_len);
    size_t first = family_bound(family + prefix_len, family_len - prefix_len, 0);
    size_t end = family_bound(family + prefix_len, family_len - prefix_len, 1);
    if (first == end) {
        return CNICALC_ERR_NO_SUCH_FAMILY;
    }
    *out_first = first;
    *out_count = end - first;
    return CNICALC_OK;
}

const char *cnicalc_instance_table_version(void)
{
    return TABLE_VERSION;
}

const char *cnicalc_instance_table_date(void)
{
    return TABLE_DATE;
}
