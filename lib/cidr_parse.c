/* SPDX-License-Identifier: MIT */
/* Reading addresses and blocks: the careful reader, and the public functions. */
#include "cidr_ipv4.h"
#include "internal.h"
#include "internal_cidr_parse.h"

/* ---- The careful reader ---- */

struct scan {
    const char *text;
    size_t len;
    size_t at; /* after a fault: the offset to report */
};

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
    uint32_t i;
    for (i = 0; i < 4; i++) {
        uint32_t octet;
        cnicalc_status status;
        if (i > 0 && !at_address_end(scan)) {
            if (peek(scan, 0) != '.') {
                return CNICALC_ERR_CIDR_CHARACTER;
            }
            scan->at++;
        }
        if (at_address_end(scan)) {
            return CNICALC_ERR_CIDR_OCTET_COUNT;
        }
        status = scan_decimal(scan, 255, CNICALC_ERR_CIDR_OCTET, &octet);
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

static cnicalc_status scan_group(struct scan *scan, struct cnicalc__groups *groups)
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
    cnicalc__push_group(groups, value);
    return CNICALC_OK;
}

/* Reads the second colon of "::". */
static cnicalc_status scan_gap(struct scan *scan, struct cnicalc__groups *groups)
{
    if (groups->has_gap != 0) {
        return CNICALC_ERR_CIDR_DOUBLE_COLON;
    }
    cnicalc__push_gap(groups);
    scan->at++;
    return peek(scan, 0) == ':' ? CNICALC_ERR_CIDR_DOUBLE_COLON : CNICALC_OK;
}

/* Reads a group, or two of them as an IPv4 address. */
static cnicalc_status scan_groups_once(struct scan *scan, struct cnicalc__groups *groups)
{
    uint64_t bits;
    cnicalc_status status;
    int is_ipv4 = is_ipv4_next(scan);
    if (groups->count + (is_ipv4 ? 2 : 1) > 8) {
        return CNICALC_ERR_CIDR_GROUP_COUNT;
    }
    if (!is_ipv4) {
        return scan_group(scan, groups);
    }
    status = scan_ipv4(scan, &bits);
    if (status == CNICALC_OK) {
        cnicalc__push_group(groups, (uint32_t)(bits >> 16));
        cnicalc__push_group(groups, (uint32_t)bits & 0xffff);
        status = at_address_end(scan) ? CNICALC_OK : CNICALC_ERR_CIDR_CHARACTER;
    }
    return status;
}

static cnicalc_status scan_ipv6(struct scan *scan, cnicalc_cidr *reading)
{
    struct cnicalc__groups groups = {{0, 0}, {0, 0}, 0, 0, 0};
    cnicalc_status status = CNICALC_OK;
    int is_behind_gap = peek(scan, 0) == ':' && peek(scan, 1) == ':';
    if (is_behind_gap) {
        scan->at++;
        status = scan_gap(scan, &groups);
    }
    while (status == CNICALC_OK && !(is_behind_gap && at_address_end(scan))) {
        status = scan_groups_once(scan, &groups);
        if (status != CNICALC_OK || peek(scan, 0) != ':') {
            break;
        }
        scan->at++;
        is_behind_gap = peek(scan, 0) == ':';
        if (is_behind_gap) {
            status = scan_gap(scan, &groups);
        }
    }
    if (status != CNICALC_OK) {
        return status;
    }
    if (!at_address_end(scan)) {
        return CNICALC_ERR_CIDR_CHARACTER;
    }
    if (!cnicalc__is_complete(&groups)) {
        return CNICALC_ERR_CIDR_GROUP_COUNT;
    }
    cnicalc__set_groups(&groups, reading);
    return CNICALC_OK;
}

static cnicalc_status scan_address(struct scan *scan, cnicalc_cidr *reading)
{
    size_t i;
    if (at_address_end(scan)) {
        return CNICALC_ERR_CIDR_EMPTY;
    }
    for (i = 0; i < scan->len && scan->text[i] != '/'; i++) {
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

/* Reads the address at the front of a scan; the offset of the fault is scan->at. */
static cnicalc_status scan_whole_address(struct scan *scan, cnicalc_cidr *reading)
{
    cnicalc_status status = scan_address(scan, reading);
    reading->prefix_len = 0;
    if (status == CNICALC_OK && scan->at != scan->len) {
        status = CNICALC_ERR_CIDR_CHARACTER;
    }
    return status;
}

static cnicalc_status scan_whole_block(struct scan *scan, cnicalc_cidr *reading)
{
    cnicalc_status status = scan_address(scan, reading);
    if (status == CNICALC_OK) {
        status = scan_prefix(scan, reading);
    }
    if (status == CNICALC_OK && scan->at != scan->len) {
        status = CNICALC_ERR_CIDR_CHARACTER;
    }
    return status;
}

/* ---- Both ---- */

static cnicalc_status read_any(const char *text, size_t len, cnicalc_cidr *reading)
{
    len = cnicalc__text_len(text, len);
    struct scan scan = {text, len, 0};
    if (cnicalc__read_block_quickly(text, len, reading)) {
        return CNICALC_OK;
    }
    return scan_whole_block(&scan, reading);
}

static inline int has_host_bits(const cnicalc_cidr *reading)
{
    struct cnicalc__bits mask =
        cnicalc__host_mask(cnicalc__depth(reading->family, reading->prefix_len));
    return ((reading->hi & mask.hi) | (reading->lo & mask.lo)) != 0;
}

static cnicalc_cidr block_of(const cnicalc_cidr *reading)
{
    return cnicalc__block_at(reading->hi, reading->lo, reading->family, reading->prefix_len);
}

static void set_address(const cnicalc_cidr *reading, cnicalc_address *out_address)
{
    out_address->hi = reading->hi;
    out_address->lo = reading->lo;
    out_address->family = reading->family;
    out_address->reserved = 0;
}

/* What cnicalc_cidr_parse() does with what the quick reader of IPv4 blocks leaves. */
CNICALC__NOINLINE static cnicalc_status parse_any(const char *text, size_t text_len,
                                                  cnicalc_cidr *out_cidr)
{
    cnicalc_cidr reading;
    cnicalc_status status = read_any(text, text_len, &reading);
    if (status != CNICALC_OK) {
        return status;
    }
    if (has_host_bits(&reading)) {
        return CNICALC_ERR_CIDR_HOST_BITS;
    }
    *out_cidr = reading;
    return CNICALC_OK;
}

/* Writes a block of IPv4 bits; the prefix length stands over them. */
static inline void set_ipv4(uint64_t block, cnicalc_cidr *out_cidr)
{
    out_cidr->hi = 0;
    out_cidr->lo = block & 0xffffffff;
    out_cidr->family = CNICALC_FAMILY_IPV4;
    out_cidr->prefix_len = (uint32_t)(block >> 32);
}

cnicalc_status cnicalc_cidr_parse(const char *text, size_t text_len, cnicalc_cidr *out_cidr)
{
    if (text == NULL || out_cidr == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint64_t block = cnicalc__read_ipv4_inline(text, text_len);
    if (block == CNICALC__NOT_IPV4) {
        return parse_any(text, text_len, out_cidr);
    }
    if ((block & cnicalc__ipv4_host_mask((uint32_t)(block >> 32))) != 0) {
        return CNICALC_ERR_CIDR_HOST_BITS;
    }
    set_ipv4(block, out_cidr);
    return CNICALC_OK;
}

cnicalc_status cnicalc_cidr_parse_masked(const char *text, size_t text_len, cnicalc_cidr *out_cidr)
{
    if (text == NULL || out_cidr == NULL) {
        return CNICALC_ERR_NULL;
    }
    uint64_t block = cnicalc__read_ipv4_block(text, text_len);
    if (block != CNICALC__NOT_IPV4) {
        set_ipv4(block & ~cnicalc__ipv4_host_mask((uint32_t)(block >> 32)), out_cidr);
        return CNICALC_OK;
    }
    cnicalc_cidr reading;
    cnicalc_status status = read_any(text, text_len, &reading);
    if (status == CNICALC_OK) {
        *out_cidr = block_of(&reading);
    }
    return status;
}

cnicalc_status cnicalc_cidr_parse_address(const char *text, size_t text_len,
                                          cnicalc_address *out_address, cnicalc_cidr *out_block)
{
    cnicalc_cidr reading;
    cnicalc_status status;
    if (text == NULL || out_address == NULL || out_block == NULL) {
        return CNICALC_ERR_NULL;
    }
    status = read_any(text, text_len, &reading);
    if (status == CNICALC_OK) {
        set_address(&reading, out_address);
        *out_block = block_of(&reading);
    }
    return status;
}

cnicalc_status cnicalc_cidr_fault(const char *text, size_t text_len, size_t *out_offset)
{
    cnicalc_cidr reading;
    struct scan scan;
    cnicalc_status status;
    if (text == NULL || out_offset == NULL) {
        return CNICALC_ERR_NULL;
    }
    scan.text = text;
    scan.len = cnicalc__text_len(text, text_len);
    scan.at = 0;
    status = scan_whole_block(&scan, &reading);
    if (status == CNICALC_OK && has_host_bits(&reading)) {
        scan.at = 0;
        status = CNICALC_ERR_CIDR_HOST_BITS;
    }
    if (status != CNICALC_OK) {
        *out_offset = scan.at;
    }
    return status;
}

cnicalc_status cnicalc_address_parse(const char *text, size_t text_len,
                                     cnicalc_address *out_address)
{
    cnicalc_cidr reading;
    if (text == NULL || out_address == NULL) {
        return CNICALC_ERR_NULL;
    }
    text_len = cnicalc__text_len(text, text_len);
    if (!cnicalc__read_address_quickly(text, text_len, &reading)) {
        struct scan scan = {text, text_len, 0};
        cnicalc_status status = scan_whole_address(&scan, &reading);
        if (status != CNICALC_OK) {
            return status;
        }
    }
    set_address(&reading, out_address);
    return CNICALC_OK;
}

cnicalc_status cnicalc_address_fault(const char *text, size_t text_len, size_t *out_offset)
{
    cnicalc_cidr reading;
    struct scan scan;
    cnicalc_status status;
    if (text == NULL || out_offset == NULL) {
        return CNICALC_ERR_NULL;
    }
    scan.text = text;
    scan.len = cnicalc__text_len(text, text_len);
    scan.at = 0;
    status = scan_whole_address(&scan, &reading);
    if (status != CNICALC_OK) {
        *out_offset = scan.at;
    }
    return status;
}
