/* SPDX-License-Identifier: MIT */
/* Names of instance types: what is found has that name, and what is near is in the table. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define BATCH_MAX 8

static void check_found(const char *name, size_t name_len)
{
    cnicalc_instance row;
    cnicalc_instance at;
    size_t index = 77;
    poison(&row, sizeof row);
    cnicalc_status status = cnicalc_instance_find(name, name_len, &row);
    require(cnicalc_instance_index(name, name_len, &index) == status);
    if (status != CNICALC_OK) {
        require(status == CNICALC_ERR_NO_SUCH_TYPE && index == 77);
        require(is_poisoned(&row, sizeof row));
        return;
    }
    size_t skipped = name_len >= 4 && memcmp(name, "ecs.", 4) == 0 ? 0 : 4;
    require(strlen(row.name) == name_len + skipped);
    require(memcmp(row.name + skipped, name, name_len) == 0);
    require(cnicalc_instance_at(index, &at) == CNICALC_OK && memcmp(&at, &row, sizeof at) == 0);
}

static void check_near(const char *name, size_t name_len)
{
    uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX + 1];
    uint32_t first[1];
    size_t count = 77;
    size_t one = 77;
    poison(indexes, sizeof indexes);
    require(cnicalc_instance_near(name, name_len, indexes, CNICALC_INSTANCE_NEAR_MAX + 1, &count) ==
            CNICALC_OK);
    require(count <= CNICALC_INSTANCE_NEAR_MAX);
    for (size_t i = 0; i < count; i++) {
        require(indexes[i] < cnicalc_instance_count());
        for (size_t j = 0; j < i; j++) {
            require(indexes[i] != indexes[j]);
        }
    }
    require(
        is_poisoned(indexes + count, (CNICALC_INSTANCE_NEAR_MAX + 1 - count) * sizeof *indexes));
    require(cnicalc_instance_near(name, name_len, first, 1, &one) == CNICALC_OK);
    require(one == (count != 0) && (one == 0 || first[0] == indexes[0]));
}

static void check_family(const char *name, size_t name_len)
{
    size_t first = 77;
    size_t count = 77;
    cnicalc_instance row;
    cnicalc_status status = cnicalc_instance_family(name, name_len, &first, &count);
    if (status != CNICALC_OK) {
        require(status == CNICALC_ERR_NO_SUCH_FAMILY && first == 77 && count == 77);
        return;
    }
    require(count >= 1 && first < cnicalc_instance_count());
    require(count <= cnicalc_instance_count() - first);
    size_t skipped = name_len >= 4 && memcmp(name, "ecs.", 4) == 0 ? 0 : 4;
    for (size_t i = 0; i < count; i++) {
        require(cnicalc_instance_at(first + i, &row) == CNICALC_OK);
        require(memcmp(row.name + skipped, name, name_len) == 0);
        require(strchr(".-", row.name[skipped + name_len]) != NULL);
    }
}

static void check_batch(const char *names, size_t names_len)
{
    uint32_t indexes[BATCH_MAX];
    cnicalc_status statuses[BATCH_MAX];
    size_t count = SIZE_MAX;
    const char *end = names + names_len;
    poison(indexes, sizeof indexes);
    cnicalc_status status =
        cnicalc_instance_index_batch(names, names_len, indexes, statuses, BATCH_MAX, &count);
    if (status != CNICALC_OK) {
        require(status == CNICALC_ERR_CAPACITY && count > BATCH_MAX);
        require(is_poisoned(indexes, sizeof indexes));
        return;
    }
    require(count <= BATCH_MAX);
    for (size_t i = 0; i < count; i++) {
        const char *stop = memchr(names, '\n', (size_t)(end - names));
        size_t index = CNICALC_UNKNOWN;
        size_t length = (size_t)((stop != NULL ? stop : end) - names);
        require(cnicalc_instance_index(names, length, &index) == statuses[i]);
        require(index == indexes[i]);
        names = stop != NULL ? stop + 1 : end;
    }
    require(names == end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size != 0 ? (const char *)data : "";
    check_found(text, size);
    /* The search for near names goes over the whole table: about one input in 512 pays for it. */
    if (size != 0 && data[0] % 32 == size % 32 && data[size / 2] % 16 == data[size - 1] % 16) {
        check_near(text, size);
    }
    check_family(text, size);
    check_batch(text, size);
    return 0;
}
