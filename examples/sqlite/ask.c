/* SPDX-License-Identifier: MIT */
#include "ask.h"

#include <string.h>

SQLITE_EXTENSION_INIT3

/* ---- Texts ---- */

struct text {
    const char *bytes; /* NULL where memory is short */
    size_t length;
};

static struct text text_of(sqlite3_value *value)
{
    struct text text;
    text.bytes = (const char *)sqlite3_value_text(value);
    text.length = (size_t)sqlite3_value_bytes(value);
    return text;
}

#define SHOWN_MAX 60 /* bytes of a value in a sentence */

/* A value on one line: no control characters, and of a long one the beginning. */
static char *show(sqlite3_value *value)
{
    struct text text = text_of(value);
    size_t count = text.length < SHOWN_MAX ? text.length : SHOWN_MAX;
    if (text.bytes == NULL) {
        return NULL;
    }
    while (count < text.length && count > 0 && ((unsigned char)text.bytes[count] & 0xc0) == 0x80) {
        count--; /* not in the middle of a character */
    }
    if (text.length == 0) {
        return sqlite3_mprintf("''");
    }
    char *shown = sqlite3_mprintf("%*s%s", (int)count, "", count < text.length ? "..." : "");
    for (size_t i = 0; shown != NULL && i < count; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        shown[i] = byte < ' ' || byte == 0x7f ? '?' : text.bytes[i];
    }
    return shown;
}

char *ask_why(sqlite3_value *value, cnicalc_status status)
{
    return sqlite3_mprintf("%z: %s", show(value), cnicalc_status_string(status));
}

/* ---- Types and modes ---- */

int ask_type(sqlite3_value *value, cnicalc_instance *out_instance, char **out_why)
{
    struct text text = text_of(value);
    uint32_t near[2];
    size_t count;
    cnicalc_status status = cnicalc_instance_find(text.bytes, text.length, out_instance);
    if (status == CNICALC_OK) {
        return 1;
    }
    *out_why = ask_why(value, status);
    if (cnicalc_instance_near(text.bytes, text.length, near, 2, &count) != CNICALC_OK) {
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (cnicalc_instance_at(near[i], out_instance) == CNICALC_OK) {
            *out_why = sqlite3_mprintf("%z%s %s%s", *out_why, i == 0 ? "; did you mean" : " or",
                                       out_instance->name, i + 1 == count ? "?" : "");
        }
    }
    return 0;
}

int ask_name(sqlite3_value *value, const struct ask_names *names, uint32_t *out_number,
             char **out_why)
{
    struct text text = text_of(value);
    char *list = NULL;
    for (uint32_t number = 1; number < names->count; number++) {
        const char *name = names->name_of(number);
        if (names->is_one != NULL && names->is_one(number) == 0) {
            continue;
        }
        if (text.bytes != NULL && strlen(name) == text.length &&
            memcmp(name, text.bytes, text.length) == 0) {
            sqlite3_free(list);
            *out_number = number;
            return 1;
        }
        list = sqlite3_mprintf("%z%s%s", list, list == NULL ? "" : ", ", name);
    }
    *out_why = sqlite3_mprintf("%z: not one of %z", show(value), list);
    return 0;
}

int ask_node(sqlite3_value *type, sqlite3_value *mode, cnicalc_instance *out_instance,
             cnicalc_node_options *out_options, char **out_why)
{
    static const struct ask_names modes = {cnicalc_mode_name, CNICALC_MODE_COUNT, NULL};
    return cnicalc_node_options_init(out_options, sizeof *out_options) == CNICALC_OK &&
           ask_type(type, out_instance, out_why) &&
           ask_name(mode, &modes, &out_options->mode, out_why);
}

/* ---- Blocks and numbers ---- */

uint32_t ask_width(uint32_t family)
{
    return family == CNICALC_FAMILY_IPV4 ? 32 : 128;
}

int ask_block(sqlite3_value *value, cnicalc_cidr *out_block, char **out_why)
{
    struct text text = text_of(value);
    char nearest[CNICALC_CIDR_TEXT_SIZE];
    cnicalc_status status = cnicalc_cidr_parse(text.bytes, text.length, out_block);
    if (status == CNICALC_OK) {
        return 1;
    }
    *out_why = ask_why(value, status);
    if (cnicalc_cidr_parse_masked(text.bytes, text.length, out_block) == CNICALC_OK &&
        cnicalc_cidr_format(out_block, nearest, sizeof nearest) == CNICALC_OK) {
        *out_why = sqlite3_mprintf("%z; did you mean %s?", *out_why, nearest);
    }
    return 0;
}

int ask_block_or_address(sqlite3_value *value, cnicalc_cidr *out_block, char **out_why)
{
    struct text text = text_of(value);
    cnicalc_address address;
    if (text.bytes != NULL && memchr(text.bytes, '/', text.length) != NULL) {
        return ask_block(value, out_block, out_why);
    }
    cnicalc_status status = cnicalc_address_parse(text.bytes, text.length, &address);
    if (status == CNICALC_OK) {
        status = cnicalc_cidr_from_address(&address, ask_width(address.family), out_block);
    }
    if (status != CNICALC_OK) {
        *out_why = ask_why(value, status);
    }
    return status == CNICALC_OK;
}

int ask_count(sqlite3_value *value, const char *what, uint64_t most, uint64_t *out_count,
              char **out_why)
{
    sqlite3_int64 count =
        sqlite3_value_numeric_type(value) == SQLITE_INTEGER ? sqlite3_value_int64(value) : -1;
    if (count >= 0 && (uint64_t)count <= most) {
        *out_count = (uint64_t)count;
        return 1;
    }
    *out_why = sqlite3_mprintf("%z: %s is an integer from 0 to %llu", show(value), what, most);
    return 0;
}

int ask_any_null(int count, sqlite3_value **values)
{
    for (int i = 0; i < count; i++) {
        if (sqlite3_value_type(values[i]) == SQLITE_NULL) {
            return 1;
        }
    }
    return 0;
}

/* ---- Answers ---- */

void answer_error(sqlite3_context *context, char *why)
{
    if (why == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_error(context, why, -1);
    sqlite3_free(why);
}

void answer_count(sqlite3_context *context, uint64_t count)
{
    if (count <= INT64_MAX) {
        sqlite3_result_int64(context, (sqlite3_int64)count);
    } else {
        sqlite3_result_null(context);
    }
}

void answer_text(sqlite3_context *context, const char *text)
{
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}
