/* SPDX-License-Identifier: MIT */
/* The built-in table of instance types: lookup and rows. */
#include "cnicalc/instance.h"

#include "instance_columns.inc"
#include "internal.h"
#include "internal_instance.h"
#include "word.h"

/* One type in 5 bytes: row_names, row_tails and row_pairs. What many types share is there once, in
 * tables of its own. A name without "ecs." is an offset into name_heads, where all but its last
 * eight bytes are, and its length; those eight are in name_tails. */
#define NAME(head_offset, name_len) ((head_offset) << 5 | (name_len))

struct type_pair {
    uint8_t machine;
    uint8_t network;
};

/* The columns that the table has; the generator says which. All bits of a member set: not
 * published. MACHINE_COLUMNS have units: the memory of every type is a multiple of 512 MiB. */
#define MACHINE_MEMBER(column, unit) uint16_t column;
#define NETWORK_MEMBER(column)       int8_t column;

struct machine {
    MACHINE_COLUMNS(MACHINE_MEMBER)
};

struct network {
    NETWORK_COLUMNS(NETWORK_MEMBER)
    uint8_t sources; /* CNICALC_SOURCE_* bits */
};

/* A head up to this length is covered whole by its first and its last eight bytes. */
enum { HEAD_WORDS_LEN_MAX = 16 };

#define UNKNOWN_16 0xffff

#include "instance_table.inc"

/* Of a negative size, which no compiler takes, where there are more. */
typedef char networks_fit[sizeof networks / sizeof *networks <= CNICALC__NETWORKS_MAX ? 1 : -1];
typedef char pairs_fit[sizeof type_pairs / sizeof *type_pairs <= CNICALC__PAIRS_MAX ? 1 : -1];

/* ---- Lookup: a perfect hash, made by lib/data/make_table.py ----
 *
 * The first, the middle and the last eight bytes of a name, which overlap in most, are three words;
 * the sum of their products with odd constants is the hash. Its top bits pick a bucket. The
 * bucket's displacement, found by the generator, sends each of its names to a slot of its own, and
 * the slot names the one row that can match; an empty slot names row 0, which then differs. So a
 * hit and a miss cost the same: four small loads and one comparison of words that are loaded
 * anyway. */

struct name_words {
    uint64_t first;
    uint64_t middle;
    uint64_t last;
};

/* len is at least 8: the generator refuses a shorter name, lookup() a shorter question. */
CNICALC__INLINE struct name_words load_words(const char *name, size_t len)
{
    struct name_words words = {cnicalc__load_eight(name), cnicalc__load_eight(name + (len - 8) / 2),
                               cnicalc__load_eight(name + len - 8)};
    return words;
}

CNICALC__INLINE uint32_t hash_slot(const struct name_words *words)
{
    uint64_t hash = words->first * HASH_MULTIPLIER_0 + words->middle * HASH_MULTIPLIER_1 +
                    words->last * HASH_MULTIPLIER_2;
    uint64_t displacement = bucket_displacements[hash >> (64 - BUCKET_BITS)];
    uint32_t place = (uint32_t)(hash + displacement * (hash >> 32)); /* of 2^32 */
    return (uint32_t)((uint64_t)place * SLOT_COUNT >> 32);
}

CNICALC__INLINE const char *row_head(size_t row)
{
    return name_heads + (row_names[row] >> 5);
}

CNICALC__INLINE uint32_t row_name_len(size_t row)
{
    return row_names[row] & 31;
}

CNICALC__INLINE const char *row_tail(size_t row)
{
    return name_tails[row_tails[row]];
}

/* The index of a row if its head is this, which is longer than two words, or ROW_COUNT. */
static CNICALC__APART uint32_t check_long_head(uint32_t row, const char *name, size_t head_len)
{
    return memcmp(row_head(row), name, head_len) == 0 ? row : ROW_COUNT;
}

/* The index of a row if the name is its name, or ROW_COUNT. All differences are gathered and looked
 * at once: what a caller asks for, a hit or a miss, no branch predictor can know. */
CNICALC__INLINE uint32_t check_name(uint32_t row, const struct name_words *words, const char *name,
                                    size_t len)
{
    size_t head_len = len - TAIL_LEN;
    size_t last = head_len > 8 ? head_len - 8 : 0; /* where the head's last eight bytes begin */
    uint32_t half_shift = 4 * (8 - (uint32_t)(head_len - last)); /* bits after a short head */
    const char *head = row_head(row);
    uint64_t head_difference =
        (words->first ^ cnicalc__load_eight(head)) |
        (cnicalc__load_eight(name + last) ^ cnicalc__load_eight(head + last));
    uint64_t difference = (words->last ^ cnicalc__load_eight(row_tail(row))) |
                          (head_difference << half_shift << half_shift) | (row_name_len(row) ^ len);
    if (difference != 0) {
        return ROW_COUNT;
    }
    return head_len <= HEAD_WORDS_LEN_MAX ? row : check_long_head(row, name, head_len);
}

/* The row of a name with or without "ecs.", or ROW_COUNT. */
static uint32_t lookup(const char *name, size_t name_len)
{
    size_t prefix_len = cnicalc__name_prefix_len(name, name_len);
    const char *bare = name + prefix_len;
    size_t len = name_len - prefix_len;
    if (len < NAME_LEN_MIN || len > NAME_LEN_MAX) {
        return ROW_COUNT;
    }
    struct name_words words = load_words(bare, len);
    return check_name(slot_rows[hash_slot(&words)], &words, bare, len);
}

/* ---- Rows ---- */

/* Today's table knows these columns of every type; another may not. */
CNICALC__INLINE uint32_t widen_16(uint16_t value, uint32_t unit)
{
    return value == UNKNOWN_16 ? CNICALC_UNKNOWN : value * unit; /* GCOVR_EXCL_BR_LINE */
}

/* Copies of constant length, which compilers turn into a few moves, in place of one of variable
 * length, which costs as much as the whole lookup. They spill: out has room for
 * NAME_LEN_MAX + HEAD_LOAD bytes. */
CNICALC__INLINE void write_bare_name(size_t row, char *out)
{
    memcpy(out, row_head(row), HEAD_LOAD);
    memcpy(out + row_name_len(row) - TAIL_LEN, row_tail(row), TAIL_LEN);
}

/* Columns and reserved words, of which each bit of an unknown one is set. */
CNICALC__INLINE void set_unknown(cnicalc_instance *out)
{
    memset((char *)out + CNICALC__COLUMNS_OFFSET, 0xff, sizeof *out - CNICALC__COLUMNS_OFFSET);
}

/* Writes the name, and zeros over members after it that are written next. */
CNICALC__INLINE void write_name(size_t row, cnicalc_instance *out)
{
    char *bytes = (char *)out;
    memcpy(bytes, CNICALC__NAME_PREFIX, CNICALC__NAME_PREFIX_LEN);
    write_bare_name(row, bytes + CNICALC__NAME_PREFIX_LEN);
    memset(bytes + CNICALC__NAME_PREFIX_LEN + row_name_len(row), 0,
           CNICALC_INSTANCE_NAME_SIZE - CNICALC__NAME_PREFIX_LEN - NAME_LEN_MIN);
}

#define MACHINE_VALUE(column, unit) out->column = widen_16(machine->column, unit);
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

static void write_row(size_t row, cnicalc_instance *out)
{
    const struct type_pair *pair = &type_pairs[row_pairs[row]];
    write_name(row, out);
    write_network(&networks[pair->network], out);
    write_machine(&machines[pair->machine], out);
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

cnicalc_status cnicalc_instance_find(const char *name, size_t name_len,
                                     cnicalc_instance *out_instance)
{
    if (name == NULL || out_instance == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint32_t index = lookup(name, cnicalc__text_len(name, name_len));
    if (index == ROW_COUNT) {
        return CNICALC_ERR_NO_SUCH_TYPE;
    }
    write_row(index, out_instance);
    return CNICALC_OK;
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
        out_pairs[i] = index < ROW_COUNT ? row_pairs[index] : CNICALC__PAIRS_MAX;
    }
}

void cnicalc__instance_networks(const uint32_t *indexes, size_t count, uint8_t *out_networks)
{
    for (size_t i = 0; i < count; i++) {
        out_networks[i] = indexes[i] < ROW_COUNT ? type_pairs[row_pairs[indexes[i]]].network
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
    char name[NAME_LEN_MAX + HEAD_LOAD];
    write_bare_name(index, name);
    memcpy(out_name, name, NAME_LEN_MAX);
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
    write_row(index, out_instance);
    return CNICALC_OK;
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
        write_row(first + i, &out_instances[i]);
    }
    return CNICALC_OK;
}

cnicalc_status cnicalc_instance_index(const char *name, size_t name_len, size_t *out_index)
{
    if (name == NULL || out_index == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint32_t index = lookup(name, cnicalc__text_len(name, name_len));
    if (index == ROW_COUNT) {
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
        out_indexes[i] = index == ROW_COUNT ? CNICALC_UNKNOWN : index;
        out_statuses[i] = index == ROW_COUNT ? CNICALC_ERR_NO_SUCH_TYPE : CNICALC_OK;
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
