/* SPDX-License-Identifier: MIT */
#include "number.h"

#include <string.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* number * 10 + digit, unless that exceeds 64 bits. */
static int append_digit(uint64_t *number, char digit)
{
    uint64_t value = (uint64_t)(digit - '0');
    if (*number > (UINT64_MAX - value) / 10) {
        return 0;
    }
    *number = *number * 10 + value;
    return 1;
}

int number_parse(const char *text, size_t length, uint64_t *out_number)
{
    uint64_t number = 0;
    if (length == 0 || (length > 1 && text[0] == '0')) {
        return 0;
    }
    for (size_t i = 0; i < length; i++) {
        if (!is_digit(text[i]) || !append_digit(&number, text[i])) {
            return 0;
        }
    }
    *out_number = number;
    return 1;
}

int number_parse_decimal(const char *text, size_t length, uint32_t places, uint64_t *out_scaled)
{
    const char *point = memchr(text, '.', length);
    size_t whole = point != NULL ? (size_t)(point - text) : length;
    size_t digits = point != NULL ? length - whole - 1 : 0;
    uint64_t scaled = 0;
    if ((point != NULL && digits == 0) || digits > places || !number_parse(text, whole, &scaled)) {
        return 0;
    }
    for (size_t i = 0; i < places; i++) {
        char digit = i < digits ? text[whole + 1 + i] : '0';
        if (!is_digit(digit) || !append_digit(&scaled, digit)) {
            return 0;
        }
    }
    *out_scaled = scaled;
    return 1;
}

#define RATIO_PLACES 9

static uint64_t greatest_common_divisor(uint64_t a, uint64_t b)
{
    while (b != 0) {
        uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

int number_parse_ratio(const char *text, uint32_t *out_numerator, uint32_t *out_denominator)
{
    const char *slash = strchr(text, '/');
    uint64_t numerator = 0;
    uint64_t denominator = 1000000000; /* 10^RATIO_PLACES */
    int is_number = slash == NULL
                        ? number_parse_decimal(text, strlen(text), RATIO_PLACES, &numerator)
                        : number_parse(text, (size_t)(slash - text), &numerator) &&
                              number_parse(slash + 1, strlen(slash + 1), &denominator);
    if (!is_number || denominator == 0) {
        return 0;
    }
    uint64_t divisor = greatest_common_divisor(numerator, denominator);
    if (numerator / divisor > UINT32_MAX || denominator / divisor > UINT32_MAX) {
        return 0;
    }
    *out_numerator = (uint32_t)(numerator / divisor);
    *out_denominator = (uint32_t)(denominator / divisor);
    return 1;
}

/* A whole number, however large. */
static int is_whole(const char *text, size_t length)
{
    return length != 0 && strspn(text, "0123456789") >= length && (length == 1 || text[0] != '0');
}

int number_is_ratio(const char *text)
{
    size_t whole = strcspn(text, "./");
    const char *rest = text + whole;
    if (!is_whole(text, whole)) {
        return 0;
    }
    if (*rest == '/') {
        return is_whole(rest + 1, strlen(rest + 1)) && strcmp(rest + 1, "0") != 0;
    }
    size_t places = *rest == '.' ? strspn(rest + 1, "0123456789") : 0;
    return *rest == '\0' || (places != 0 && places <= RATIO_PLACES && rest[1 + places] == '\0');
}

int number_parse_signed(const char *text, int32_t *out_number)
{
    int negative = text[0] == '-';
    uint64_t number = 0;
    const uint64_t most = (uint64_t)INT32_MAX + (uint64_t)negative;
    if (!number_parse(text + negative, strlen(text + negative), &number) || number > most) {
        return 0;
    }
    *out_number = (int32_t)(negative ? -(int64_t)number : (int64_t)number);
    return 1;
}

int number_parse_range(const char *text, uint32_t places, uint64_t *out_low, uint64_t *out_high)
{
    const char *dots = strstr(text, "..");
    uint64_t low = 0;
    uint64_t high = UINT64_MAX;
    if (dots == NULL) {
        if (!number_parse_decimal(text, strlen(text), places, &low)) {
            return 0;
        }
        high = low;
    } else {
        const char *end = dots + 2;
        if ((dots == text && *end == '\0') ||
            (dots != text && !number_parse_decimal(text, (size_t)(dots - text), places, &low)) ||
            (*end != '\0' && !number_parse_decimal(end, strlen(end), places, &high))) {
            return 0;
        }
    }
    if (high < low) {
        return 0;
    }
    *out_low = low;
    *out_high = high;
    return 1;
}
