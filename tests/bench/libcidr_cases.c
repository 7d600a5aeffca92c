/* SPDX-License-Identifier: MIT */
/* The questions that libcidr answers too, when it is installed. */
#include "bench.h"

#ifdef BENCH_HAVE_LIBCIDR

#include <libcidr.h>
#include <stdlib.h>
#include <string.h>

static uint64_t parse(const struct bench_texts *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        CIDR *cidr = cidr_from_str(bench_text(texts, i, &len));
        if (cidr != NULL) {
            sum += (uint64_t)cidr_get_pflen(cidr);
            cidr_free(cidr);
        }
    }
    return sum;
}

static uint64_t parse_mask_format(const struct bench_texts *texts)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        size_t len;
        CIDR *cidr = cidr_from_str(bench_text(texts, i, &len));
        CIDR *network = cidr != NULL ? cidr_addr_network(cidr) : NULL;
        char *text = network != NULL ? cidr_to_str(network, CIDR_NOFLAGS) : NULL;
        if (text != NULL) {
            uint32_t word;
            memcpy(&word, text, sizeof word);
            sum += word;
        }
        free(text);
        cidr_free(network);
        cidr_free(cidr);
    }
    return sum;
}

uint64_t bench_libcidr_parse_ipv4(void)
{
    return parse(&bench_ipv4);
}

uint64_t bench_libcidr_parse_ipv6(void)
{
    return parse(&bench_ipv6);
}

uint64_t bench_libcidr_text_ipv4(void)
{
    return parse_mask_format(&bench_ipv4_hosts);
}

uint64_t bench_libcidr_text_ipv6(void)
{
    return parse_mask_format(&bench_ipv6_hosts);
}

static void read_blocks(CIDR **out, const cnicalc_cidr *blocks)
{
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        char text[CNICALC_CIDR_TEXT_SIZE];
        bench_require(cnicalc_cidr_format(&blocks[i], text, sizeof text) == CNICALC_OK,
                      "a random block has no text");
        out[i] = cidr_from_str(text);
        bench_require(out[i] != NULL, "libcidr refuses a random block");
    }
}

uint64_t bench_libcidr_contains(void)
{
    static CIDR *outer[BENCH_INPUTS];
    static CIDR *inner[BENCH_INPUTS];
    uint64_t sum = 0;
    if (outer[0] == NULL) {
        read_blocks(outer, bench_outer);
        read_blocks(inner, bench_inner);
    }
    for (size_t i = 0; i < BENCH_INPUTS; i++) {
        sum += cidr_contains(outer[i], inner[i]) == 0;
    }
    return sum;
}

#else

typedef int bench_libcidr_is_not_installed;

#endif
