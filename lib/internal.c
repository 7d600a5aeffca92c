/* SPDX-License-Identifier: MIT */
#include "internal.h"

#include "word.h"

cnicalc_status cnicalc__options_begin(void *options, size_t struct_size, size_t own_size)
{
    if (options == NULL) {
        return CNICALC_ERR_NULL;
    }
    if (struct_size != own_size) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    uint32_t *first_member = options;
    memset(options, 0, own_size);
    *first_member = (uint32_t)own_size;
    return CNICALC_OK;
}

cnicalc_status cnicalc__options_check(const void *options, size_t own_size, const void *reserved,
                                      size_t reserved_size)
{
    const uint32_t *struct_size = options;
    if (*struct_size != own_size) {
        return CNICALC_ERR_STRUCT_SIZE;
    }
    return cnicalc__any_set(reserved, reserved_size) ? CNICALC_ERR_RESERVED : CNICALC_OK;
}

int cnicalc__text_is(const char *text, size_t text_len, const char *word)
{
    return strlen(word) == text_len && memcmp(text, word, text_len) == 0;
}

cnicalc_status cnicalc__name_parse(const char *(*name_of)(uint32_t), uint32_t last,
                                   cnicalc_status no_such, const char *name, size_t name_len,
                                   uint32_t *out_value)
{
    if (name == NULL || out_value == NULL) {
        return CNICALC_ERR_NULL;
    }
    name_len = cnicalc__text_len(name, name_len);
    for (uint32_t value = 1; value <= last; value++) {
        if (cnicalc__text_is(name, name_len, name_of(value))) {
            *out_value = value;
            return CNICALC_OK;
        }
    }
    return no_such;
}

void cnicalc__text_begin(cnicalc__text *text)
{
    text->len = 0;
}

void cnicalc__text_bytes(cnicalc__text *text, const char *bytes, size_t count)
{
    size_t room = CNICALC__TEXT_SIZE - text->len;
    size_t kept = count < room ? count : room;
    memcpy(text->buffer + text->len, bytes, kept);
    text->len += kept;
}

void cnicalc__text_string(cnicalc__text *text, const char *string)
{
    cnicalc__text_bytes(text, string, strlen(string));
}

void cnicalc__text_u64(cnicalc__text *text, uint64_t value)
{
    char digits[20]; /* 2^64 - 1 has 20 digits */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    cnicalc__text_bytes(text, digits + at, sizeof digits - at);
}

cnicalc_status cnicalc__text_copy(const cnicalc__text *text, char *out_text, size_t capacity)
{
    if (text->len >= capacity || text->len == CNICALC__TEXT_SIZE) {
        return CNICALC_ERR_CAPACITY;
    }
    memcpy(out_text, text->buffer, text->len);
    out_text[text->len] = '\0';
    return CNICALC_OK;
}

uint32_t cnicalc__any_set(const void *words, size_t size)
{
    const char *bytes = words;
    uint32_t set = 0;
    for (size_t i = 0; i < size; i += sizeof set) {
        uint32_t word;
        memcpy(&word, bytes + i, sizeof word);
        set |= word;
    }
    return set;
}

const char *cnicalc__nth_text(const char *texts, size_t index)
{
    while (index-- > 0) {
        texts += strlen(texts) + 1;
    }
    return texts;
}

size_t cnicalc__index_of(const uint8_t *values, size_t count, uint32_t value)
{
    size_t index = 0;
    while (index < count && values[index] != value) {
        index++;
    }
    return index;
}

const char *cnicalc__text_of(const uint8_t *values, size_t count, const char *texts, uint32_t value)
{
    return cnicalc__nth_text(texts, cnicalc__index_of(values, count, value));
}

const cnicalc_limit_row *cnicalc__bind(const cnicalc_limit_row *rows, uint32_t count,
                                       uint32_t counts)
{
    const cnicalc_limit_row *found = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].counts == counts && (found == NULL || rows[i].available < found->available)) {
            found = &rows[i];
        }
    }
    return found;
}

void cnicalc__add_judged_row(cnicalc_limit_row *rows, uint32_t *count, uint32_t limit,
                             uint64_t needed, uint64_t available)
{
    cnicalc__add_row(rows, count, limit, cnicalc_limit_counts(limit), needed, available);
}

uint32_t cnicalc__first_shortage(const cnicalc_limit_row *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].needed > rows[i].available) {
            return rows[i].limit;
        }
    }
    return CNICALC_LIMIT_NONE;
}

cnicalc_status cnicalc__fault(cnicalc_status status, uint32_t array, size_t index, size_t other,
                              cnicalc_fault *out_fault)
{
    if (out_fault != NULL) {
        out_fault->array = array;
        out_fault->index = (uint32_t)index;
        out_fault->other = (uint32_t)other;
        out_fault->reserved = 0;
    }
    return status;
}

cnicalc_status cnicalc__whole_fault(cnicalc_status status, cnicalc_fault *out_fault)
{
    return cnicalc__fault(status, CNICALC_ARRAY_NONE, CNICALC_UNKNOWN, CNICALC_UNKNOWN, out_fault);
}

size_t cnicalc__count_lines(const char *text, size_t text_len)
{
    size_t count = text_len > 0 && text[text_len - 1] != '\n';
    size_t at = 0;
    for (; text_len - at >= CNICALC__LINE_CHUNK; at += CNICALC__LINE_CHUNK) {
        count += cnicalc__count_bits(cnicalc__newlines_of_chunk(text + at));
    }
    for (; at < text_len; at++) {
        count += text[at] == '\n';
    }
    return count;
}
