/* SPDX-License-Identifier: MIT */
/* Addresses and blocks as text: what is read is what is written, faults lie inside the text, and
 * the C library's own reader agrees. */
#include "fuzz.h"

#include <cnicalc.h>

#include <arpa/inet.h>
#include <string.h>

#define LINES_MAX 8

/* Whether another reader takes the text for an address; glibc's is as strict as ours. */
static void compare_with_libc(const char *text, size_t text_len, cnicalc_status status,
                              const cnicalc_address *address)
{
#ifdef __GLIBC__
    char copy[64];
    unsigned char bytes[16] = {0};
    if (text_len >= sizeof copy || memchr(text, '\0', text_len) != NULL) {
        require(status != CNICALC_OK);
        return;
    }
    if (text_len != 0) {
        memcpy(copy, text, text_len);
    }
    copy[text_len] = '\0';
    int is_ipv6 = strchr(copy, ':') != NULL;
    require((inet_pton(is_ipv6 ? AF_INET6 : AF_INET, copy, bytes) == 1) == (status == CNICALC_OK));
    if (status != CNICALC_OK) {
        return;
    }
    uint64_t words[2] = {0, 0};
    for (int i = 0; i < (is_ipv6 ? 16 : 4); i++) {
        uint64_t *word = is_ipv6 && i < 8 ? &words[0] : &words[1];
        *word = *word << 8 | bytes[i];
    }
    require(address->hi == words[0] && address->lo == words[1]);
    require(address->family == (is_ipv6 ? 6U : 4U));
    /* glibc writes ::/96 with an IPv4 address at its end, RFC 5952 does not ask for that. */
    if (!is_ipv6 || address->hi != 0 || address->lo > UINT32_MAX) {
        char ours[CNICALC_ADDRESS_TEXT_SIZE];
        require(inet_ntop(is_ipv6 ? AF_INET6 : AF_INET, bytes, copy, sizeof copy) != NULL);
        require(cnicalc_address_format(address, ours, sizeof ours) == CNICALC_OK);
        require(strcmp(ours, copy) == 0);
    }
#else
    (void)text;
    (void)text_len;
    (void)status;
    (void)address;
#endif
}

static void check_address(const char *text, size_t text_len)
{
    cnicalc_address address;
    cnicalc_address again;
    size_t offset = SIZE_MAX;
    poison(&address, sizeof address);
    cnicalc_status status = cnicalc_address_parse(text, text_len, &address);
    require(cnicalc_address_fault(text, text_len, &offset) == status);
    compare_with_libc(text, text_len, status, &address);
    if (status != CNICALC_OK) {
        require(offset <= text_len);
        require(is_poisoned(&address, sizeof address));
        return;
    }
    require(offset == SIZE_MAX);
    char written[CNICALC_ADDRESS_TEXT_SIZE];
    require(cnicalc_address_check(&address) == CNICALC_OK);
    require(cnicalc_address_format(&address, written, sizeof written) == CNICALC_OK);
    size_t length = strlen(written);
    require(length <= text_len || address.family == 6);
    require(cnicalc_address_parse(written, length, &again) == CNICALC_OK);
    require(memcmp(&address, &again, sizeof again) == 0);
    poison(written, sizeof written);
    require(cnicalc_address_format(&address, written, length) == CNICALC_ERR_CAPACITY);
    require(is_poisoned(written, sizeof written));
    require(cnicalc_address_format(&address, written, length + 1) == CNICALC_OK);
}

/* What holds of a block that was read. */
static void check_block(const cnicalc_cidr *block)
{
    char written[CNICALC_CIDR_TEXT_SIZE];
    cnicalc_cidr again;
    require(cnicalc_cidr_check(block) == CNICALC_OK);
    require(cnicalc_cidr_format(block, written, sizeof written) == CNICALC_OK);
    size_t length = strlen(written);
    require(cnicalc_cidr_parse(written, length, &again) == CNICALC_OK);
    require(memcmp(block, &again, sizeof again) == 0);
    poison(written, sizeof written);
    require(cnicalc_cidr_format(block, written, length) == CNICALC_ERR_CAPACITY);
    require(is_poisoned(written, sizeof written));
    require(cnicalc_cidr_format(block, written, length + 1) == CNICALC_OK);
    require(strlen(written) == length);
}

/* The other readers of blocks say of a text what the strict one says, but for host bits. */
static void check_readers(const char *text, size_t text_len, cnicalc_status status,
                          const cnicalc_cidr *block)
{
    cnicalc_cidr masked;
    cnicalc_cidr around;
    cnicalc_address address;
    poison(&masked, sizeof masked);
    poison(&around, sizeof around);
    poison(&address, sizeof address);
    cnicalc_status mild = status == CNICALC_ERR_CIDR_HOST_BITS ? CNICALC_OK : status;
    require(cnicalc_cidr_parse_masked(text, text_len, &masked) == mild);
    require(cnicalc_cidr_parse_address(text, text_len, &address, &around) == mild);
    require(memcmp(&masked, &around, sizeof masked) == 0);
    if (mild != CNICALC_OK) {
        require(is_poisoned(&masked, sizeof masked));
        require(is_poisoned(&address, sizeof address));
        return;
    }
    uint32_t contains = 0;
    require(cnicalc_cidr_contains_address(&masked, &address, &contains) == CNICALC_OK);
    require(contains == 1);
    int is_first = address.hi == masked.hi && address.lo == masked.lo;
    require(is_first == (status == CNICALC_OK));
    require(status != CNICALC_OK || memcmp(&masked, block, sizeof masked) == 0);
    check_block(&masked);
    cnicalc_cidr cut;
    require(cnicalc_cidr_from_address(&address, masked.prefix_len, &cut) == CNICALC_OK);
    require(memcmp(&cut, &masked, sizeof cut) == 0);
}

static void check_text(const char *text, size_t text_len)
{
    cnicalc_cidr block;
    size_t offset = SIZE_MAX;
    poison(&block, sizeof block);
    cnicalc_status status = cnicalc_cidr_parse(text, text_len, &block);
    require(cnicalc_cidr_fault(text, text_len, &offset) == status);
    if (status == CNICALC_OK) {
        require(offset == SIZE_MAX);
    } else {
        require(offset <= text_len);
        require(is_poisoned(&block, sizeof block));
        require(status >= CNICALC_ERR_CIDR_EMPTY && status <= CNICALC_ERR_CIDR_HOST_BITS);
    }
    check_readers(text, text_len, status, &block);
}

/* Lines are read one by one as the single reader reads them. */
static void check_lines(const char *text, size_t text_len)
{
    cnicalc_cidr blocks[LINES_MAX];
    cnicalc_status statuses[LINES_MAX];
    size_t count = SIZE_MAX;
    poison(blocks, sizeof blocks);
    cnicalc_status status =
        cnicalc_cidr_parse_lines(text, text_len, blocks, statuses, LINES_MAX, &count);
    if (status != CNICALC_OK) {
        require(status == CNICALC_ERR_CAPACITY && count > LINES_MAX);
        require(is_poisoned(blocks, sizeof blocks));
        return;
    }
    require(count <= LINES_MAX);
    const char *line = text;
    const char *end = text_len != 0 ? text + text_len : text;
    for (size_t i = 0; i < count; i++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop != NULL ? stop : end) - line);
        cnicalc_cidr block = {0, 0, 0, 0};
        require(cnicalc_cidr_parse(line, length, &block) == statuses[i]);
        require(memcmp(&block, &blocks[i], sizeof block) == 0);
        line = stop != NULL ? stop + 1 : end;
    }
    require(line == end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = size != 0 ? (const char *)data : "";
    check_text(text, size);
    check_address(text, size);
    check_lines(text, size);
    /* An address without its prefix length too, so that inputs with one serve both readers. */
    const char *slash = memchr(text, '/', size);
    if (slash != NULL) {
        check_address(text, (size_t)(slash - text));
    }
    return 0;
}
