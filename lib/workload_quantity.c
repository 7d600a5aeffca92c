/* SPDX-License-Identifier: MIT */
/* Quantities of Kubernetes: digits * 10^ten * 2^two. */
#include "workload.h"

#define EXPONENT_MAX 100000000 /* of ten: none of more digits matters */

struct quantity {
    uint64_t digits;
    int64_t ten;
    uint32_t two;
};

/* What is left of a text. */
struct rest {
    const char *at;
    const char *end;
};

static int next_is(const struct rest *rest, char wanted)
{
    return rest->at != rest->end && *rest->at == wanted;
}

static int next_is_digit(const struct rest *rest)
{
    return rest->at != rest->end && *rest->at >= '0' && *rest->at <= '9';
}

static int digit_overflows(struct quantity *quantity, char digit)
{
    return cnicalc__mul_overflows(quantity->digits, 10, &quantity->digits) ||
           cnicalc__add_overflows(quantity->digits, (uint64_t)(digit - '0'), &quantity->digits);
}

/* Zeros that end a fraction say nothing, however many there are. */
static const char *end_of_fraction(const struct rest *rest)
{
    const char *end = rest->at;
    for (const char *at = rest->at; at != rest->end && *at >= '0' && *at <= '9'; at++) {
        end = *at != '0' ? at + 1 : end;
    }
    return end;
}

static cnicalc_status read_quantity_digits(struct rest *rest, struct quantity *quantity)
{
    const char *begin = rest->at;
    int has_point = 0;
    int overflows = 0;
    for (; next_is_digit(rest); rest->at++) {
        overflows |= digit_overflows(quantity, *rest->at);
    }
    if (next_is(rest, '.')) {
        has_point = 1;
        rest->at++;
        for (const char *end = end_of_fraction(rest); rest->at < end; rest->at++) {
            overflows |= digit_overflows(quantity, *rest->at);
            quantity->ten--;
        }
        while (next_is(rest, '0')) {
            rest->at++;
        }
    }
    if (rest->at - begin == has_point) {
        return CNICALC_ERR_QUANTITY;
    }
    return overflows ? CNICALC_ERR_OVERFLOW : CNICALC_OK;
}

/* After its e: a sign, or none, and digits. */
static cnicalc_status read_exponent(struct rest *rest, struct quantity *quantity)
{
    int64_t exponent = 0;
    int is_negative = next_is(rest, '-');
    if (is_negative || next_is(rest, '+')) {
        rest->at++;
    }
    if (!next_is_digit(rest)) {
        return CNICALC_ERR_QUANTITY;
    }
    for (; next_is_digit(rest); rest->at++) {
        exponent = exponent < EXPONENT_MAX ? exponent * 10 + (*rest->at - '0') : exponent;
    }
    quantity->ten += is_negative ? -exponent : exponent;
    return CNICALC_OK;
}

/* The place of a letter in a text that ends with NUL; its end, when it has none such. */
static int64_t place_of(char letter, const char *letters)
{
    int64_t place = 0;
    while (letters[place] != '\0' && letters[place] != letter) {
        place++;
    }
    return place;
}

static cnicalc_status read_suffix(struct rest *rest, struct quantity *quantity)
{
    static const char suffixes[] = "num kMGTPE"; /* 10^-9, and 1,000 times that each */
    static const char binary[] = "KMGTPE";       /* 2^10, and 1,024 times that each */
    if (rest->at == rest->end) {
        return CNICALC_OK;
    }
    char letter = *rest->at++;
    if (letter == 'e' || (letter == 'E' && rest->at != rest->end && !next_is(rest, 'i'))) {
        return read_exponent(rest, quantity);
    }
    const char *letters = next_is(rest, 'i') ? binary : suffixes;
    int64_t place = place_of(letter, letters);
    if (letters[place] == '\0' || letter == ' ') {
        return CNICALC_ERR_QUANTITY;
    }
    if (letters == binary) {
        rest->at++;
        quantity->two = 10 * (uint32_t)(place + 1);
    } else {
        quantity->ten += 3 * place - 9;
    }
    return CNICALC_OK;
}

/* Divides by ten. Of its two factors, 2 may be one of those that are still to be multiplied. */
static int divide_by_ten(struct quantity *quantity)
{
    if (quantity->digits % 5 != 0 || (quantity->two == 0 && quantity->digits % 2 != 0)) {
        return 0;
    }
    quantity->digits /= 5;
    if (quantity->two > 0) {
        quantity->two--;
    } else {
        quantity->digits /= 2;
    }
    return 1;
}

static cnicalc_status whole(struct quantity quantity, uint64_t *out_value)
{
    for (; quantity.digits != 0 && quantity.ten < 0; quantity.ten++) {
        if (!divide_by_ten(&quantity)) {
            return CNICALC_ERR_QUANTITY_UNIT;
        }
    }
    for (; quantity.digits != 0 && quantity.ten > 0; quantity.ten--) {
        if (cnicalc__mul_overflows(quantity.digits, 10, &quantity.digits)) {
            return CNICALC_ERR_OVERFLOW;
        }
    }
    return cnicalc__mul_overflows(quantity.digits, UINT64_C(1) << quantity.two, out_value)
               ? CNICALC_ERR_OVERFLOW
               : CNICALC_OK;
}

/* unit: the power of ten that is one. */
static cnicalc_status parse(const char *text, size_t text_len, int64_t unit, uint64_t *out_value)
{
    if (text == NULL || out_value == NULL) {
        return CNICALC_ERR_NULL;
    }
    struct rest rest = {text, text + cnicalc__text_len(text, text_len)};
    struct quantity quantity = {0, unit, 0};
    if (next_is(&rest, '+')) {
        rest.at++;
    }
    cnicalc_status status = read_quantity_digits(&rest, &quantity);
    if (status == CNICALC_OK) {
        status = read_suffix(&rest, &quantity);
    }
    if (status == CNICALC_OK && rest.at != rest.end) {
        status = CNICALC_ERR_QUANTITY;
    }
    return status == CNICALC_OK ? whole(quantity, out_value) : status;
}

cnicalc_status cnicalc_cpu_parse(const char *text, size_t text_len, uint64_t *out_millicores)
{
    return parse(text, text_len, 3, out_millicores);
}

cnicalc_status cnicalc_memory_parse(const char *text, size_t text_len, uint64_t *out_bytes)
{
    return parse(text, text_len, 0, out_bytes);
}
