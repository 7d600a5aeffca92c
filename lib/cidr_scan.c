/* SPDX-License-Identifier: MIT */
/* The careful reader of addresses and blocks: it knows every shape, and finds the fault. */
#include "internal_cidr_parse.h"

struct scan {
    const char *text;
    size_t len;
    size_t at; /* after a fault: the offset to report */
};

/* The groups of an IPv6 address. */
struct scanned {
    uint64_t values[8];
    uint32_t count;
    uint32_t gap; /* how many come before "::", or NO_GAP */
};

#define NO_GAP 9

/* The character at an offset; 0 at the end, which no rule below accepts. */
static char peek(const struct scan *scan, size_t ahead)
{
    return ahead < scan->len - scan->at ? scan->text[scan->at + ahead] : '\0';
}

static int at_address_end(const struct scan *scan)
{
    return scan->at == scan->len || scan->text[scan->at] == '/';
}

static int is_decimal(char c)
{
    return c >= '0' && c <= '9';
}

/* The value of a hexadecimal digit, 16 for any other character. */
static uint32_t hex_value(char c)
{
    if (is_decimal(c)) {
        return (uint32_t)(c - '0');
    }
    if (c >= 'a' && c <= 'f') {
        return (uint32_t)(c - 'a') + 10;
    }
    return c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10 : 16;
}

static cnicalc_status scan_decimal(struct scan *scan, uint32_t max, cnicalc_status too_large,
                                   uint32_t *out_value)
{
    size_t start = scan->at;
    uint32_t value = 0;
    while (is_decimal(peek(scan, 0))) {
        if (value <= max) {
            value = value * 10 + hex_value(peek(scan, 0));
        }
        scan->at++;
    }
    if (scan->at == start) {
        return CNICALC_ERR_CIDR_CHARACTER;
    }
    if (scan->at - start > 1 && scan->text[start] == '0') {
        scan->at = start;
        return CNICALC_ERR_CIDR_LEADING_ZERO;
    }
    if (value > max) {
        scan->at = start;
        return too_large;
    }
    *out_value = value;
    return CNICALC_OK;
}

static cnicalc_status scan_ipv4(struct scan *scan, uint64_t *out_bits)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < 4; i++) {
        uint32_t octet;
        if (i > 0 && !at_address_end(scan)) {
            if (peek(scan, 0) != '.') {
                return CNICALC_ERR_CIDR_CHARACTER;
            }
            scan->at++;
        }
        if (at_address_end(scan)) {
            return CNICALC_ERR_CIDR_OCTET_COUNT;
        }
        cnicalc_status status = scan_decimal(scan, 255, CNICALC_ERR_CIDR_OCTET, &octet);
        if (status != CNICALC_OK) {
            return status;
        }
        bits = bits << 8 | octet;
    }
    if (peek(scan, 0) == '.') {
        return CNICALC_ERR_CIDR_OCTET_COUNT;
    }
    *out_bits = bits;
    return CNICALC_OK;
}

/* Whether the digits that come next are the first octet of an IPv4 address. */
static int is_ipv4_next(const struct scan *scan)
{
    size_t digits = 0;
    while (is_decimal(peek(scan, digits))) {
        digits++;
    }
    return digits > 0 && peek(scan, digits) == '.';
}

static cnicalc_status scan_group(struct scan *scan, struct scanned *groups)
{
    size_t start = scan->at;
    uint32_t value = 0;
    while (hex_value(peek(scan, 0)) < 16) {
        value = (value << 4 | hex_value(peek(scan, 0))) & 0xffff;
        scan->at++;
    }
    if (scan->at == start) {
        return at_address_end(scan) || peek(scan, 0) == ':' ? CNICALC_ERR_CIDR_GROUP
                                                            : CNICALC_ERR_CIDR_CHARACTER;
    }
    if (scan->at - start > 4) {
        scan->at = start;
        return CNICALC_ERR_CIDR_GROUP;
    }
    groups->values[groups->count++] = value;
    return CNICALC_OK;
}

/* Reads the second colon of "::". */
static cnicalc_status scan_gap(struct scan *scan, struct scanned *groups)
{
    if (groups->gap != NO_GAP) {
        return CNICALC_ERR_CIDR_DOUBLE_COLON;
    }
    groups->gap = groups->count;
    scan->at++;
    return peek(scan, 0) == ':' ? CNICALC_ERR_CIDR_DOUBLE_COLON : CNICALC_OK;
}

/* Reads a group, or two of them as an IPv4 address. */
static cnicalc_status scan_groups_once(struct scan *scan, struct scanned *groups)
{
    uint64_t bits;
    int is_ipv4 = is_ipv4_next(scan);
    if (groups->count + (is_ipv4 ? 2 : 1) > 8) {
        return CNICALC_ERR_CIDR_GROUP_COUNT;
    }
    if (!is_ipv4) {
        return scan_group(scan, groups);
    }
    cnicalc_status status = scan_ipv4(scan, &bits);
    if (status == CNICALC_OK) {
        groups->values[groups->count++] = bits >> 16;
        groups->values[groups->count++] = bits & 0xffff;
        status = at_address_end(scan) ? CNICALC_OK : CNICALC_ERR_CIDR_CHARACTER;
    }
    return status;
}

/* The groups after "::" are the last ones. */
static void set_groups(const struct scanned *groups, cnicalc_cidr *reading)
{
    reading->hi = reading->lo = 0;
    reading->family = CNICALC_FAMILY_IPV6;
    for (uint32_t i = 0; i < groups->count; i++) {
        uint32_t place = i < groups->gap ? i : i + 8 - groups->count;
        *(place < 4 ? &reading->hi : &reading->lo) |= groups->values[i] << 16 * (3 - place % 4);
    }
}

static cnicalc_status scan_ipv6(struct scan *scan, cnicalc_cidr *reading)
{
    struct scanned groups;
    cnicalc_status status = CNICALC_OK;
    int is_after_gap = peek(scan, 0) == ':' && peek(scan, 1) == ':';
    groups.count = 0;
    groups.gap = NO_GAP;
    if (is_after_gap) {
        scan->at++;
        status = scan_gap(scan, &groups);
    }
    while (status == CNICALC_OK && !(is_after_gap && at_address_end(scan))) {
        status = scan_groups_once(scan, &groups);
        if (status != CNICALC_OK || peek(scan, 0) != ':') {
            break;
        }
        scan->at++;
        is_after_gap = peek(scan, 0) == ':';
        if (is_after_gap) {
            status = scan_gap(scan, &groups);
        }
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (!at_address_end(scan)) {
        return CNICALC_ERR_CIDR_CHARACTER;
    }
    /* A gap is one group at least. */
    if (groups.gap == NO_GAP ? groups.count != 8 : groups.count == 8) {
        return CNICALC_ERR_CIDR_GROUP_COUNT;
    }
    set_groups(&groups, reading);
    return CNICALC_OK;
}

static cnicalc_status scan_address(struct scan *scan, cnicalc_cidr *reading)
{
    if (at_address_end(scan)) {
        return CNICALC_ERR_CIDR_EMPTY;
    }
    for (size_t i = 0; i < scan->len && scan->text[i] != '/'; i++) {
        if (scan->text[i] == ':') {
            return scan_ipv6(scan, reading);
        }
    }
    reading->family = CNICALC_FAMILY_IPV4;
    reading->hi = 0;
    return scan_ipv4(scan, &reading->lo);
}

static cnicalc_status scan_prefix(struct scan *scan, cnicalc_cidr *reading)
{
    if (scan->at == scan->len) {
        return CNICALC_ERR_CIDR_NO_PREFIX;
    }
    if (scan->text[scan->at] != '/') {
        return CNICALC_ERR_CIDR_CHARACTER;
    }
    scan->at++;
    if (scan->at == scan->len) {
        return CNICALC_ERR_CIDR_NO_PREFIX;
    }
    return scan_decimal(scan, cnicalc__width(reading->family), CNICALC_ERR_CIDR_PREFIX_LEN,
                        &reading->prefix_len);
}

/* Writes the offset of a fault, or passes CNICALC_OK on. */
static cnicalc_status report_fault(const struct scan *scan, cnicalc_status status,
                                   size_t *out_offset)
{
    if (status == CNICALC_OK && scan->at != scan->len) {
        status = CNICALC_ERR_CIDR_CHARACTER;
    }
    if (status != CNICALC_OK) {
        *out_offset = scan->at;
    }
    return status;
}

cnicalc_status cnicalc__scan_block(const char *text, size_t len, cnicalc_cidr *reading,
                                   size_t *out_offset)
{
    struct scan scan = {text, len, 0};
    cnicalc_status status = scan_address(&scan, reading);
    if (status == CNICALC_OK) {
        status = scan_prefix(&scan, reading);
    }
    return report_fault(&scan, status, out_offset);
}

cnicalc_status cnicalc__scan_address(const char *text, size_t len, cnicalc_cidr *reading,
                                     size_t *out_offset)
{
    struct scan scan = {text, len, 0};
    reading->prefix_len = 0;
    return report_fault(&scan, scan_address(&scan, reading), out_offset);
}

/* A text without its length begins again with it. */
cnicalc_status cnicalc__parse_with_care(const char *text, size_t len, uint32_t host_bits,
                                        cnicalc_cidr *out_cidr)
{
    cnicalc_cidr reading;
    size_t offset;
    int is_masked = host_bits == CNICALC__CLEAR_HOST_BITS;
    if (len == CNICALC_NUL_TERMINATED) {
        len = strlen(text);
        return is_masked ? cnicalc_cidr_parse_masked(text, len, out_cidr)
                         : cnicalc_cidr_parse(text, len, out_cidr);
    }
    cnicalc_status status = cnicalc__scan_block(text, len, &reading, &offset);
    if (status == CNICALC_OK && !is_masked) {
        status = cnicalc_cidr_check(&reading);
    }
    if (status == CNICALC_OK) {
        *out_cidr = cnicalc__cut(&reading, reading.prefix_len);
    }
    return status;
}

cnicalc_status cnicalc__parse_address_with_care(const char *text, size_t len,
                                                cnicalc_address *out_address)
{
    cnicalc_cidr reading;
    size_t offset;
    if (len == CNICALC_NUL_TERMINATED) {
        return cnicalc_address_parse(text, strlen(text), out_address);
    }
    cnicalc_status status = cnicalc__scan_address(text, len, &reading, &offset);
    if (status == CNICALC_OK) {
        cnicalc__set_address(&reading, out_address);
    }
    return status;
}

/* ---- The place of a fault ---- */

cnicalc_status cnicalc_cidr_fault(const char *text, size_t text_len, size_t *out_offset)
{
    if (text == NULL || out_offset == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_cidr reading;
    size_t len = cnicalc__text_len(text, text_len);
    cnicalc_status status = cnicalc__scan_block(text, len, &reading, out_offset);
    if (status != CNICALC_OK) {
        return status;
    }
    status = cnicalc_cidr_check(&reading);
    if (status != CNICALC_OK) {
        *out_offset = 0;
    }
    return status;
}

cnicalc_status cnicalc_address_fault(const char *text, size_t text_len, size_t *out_offset)
{
    if (text == NULL || out_offset == NULL) {
        return CNICALC_ERR_NULL;
    }
    cnicalc_cidr reading;
    size_t len = cnicalc__text_len(text, text_len);
    return cnicalc__scan_address(text, len, &reading, out_offset);
}
