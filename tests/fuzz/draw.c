/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define POISON 0xA5

/* Bytes from here on choose a number that is not small. */
#define SMALL_END 224
#define EDGE_END  250

uint32_t draw_byte(draw *input)
{
    if (input->left == 0) {
        return 0;
    }
    input->left--;
    return *input->bytes++;
}

uint32_t draw_below(draw *input, uint32_t limit)
{
    return draw_byte(input) % limit;
}

static uint64_t draw_bytes(draw *input, int count)
{
    uint64_t number = 0;
    for (int i = 0; i < count; i++) {
        number = number << 8 | draw_byte(input);
    }
    return number;
}

/* A power of two, or one that is two less to two more. */
static uint64_t draw_edge(draw *input, uint32_t bits)
{
    uint64_t power = UINT64_C(1) << draw_below(input, bits);
    return power + draw_below(input, 5) - 2;
}

uint32_t draw_u32(draw *input)
{
    uint32_t choice = draw_byte(input);
    if (choice < SMALL_END) {
        return choice;
    }
    if (choice < EDGE_END) {
        return (uint32_t)draw_edge(input, 32);
    }
    return choice == UINT8_MAX ? UINT32_MAX : (uint32_t)draw_bytes(input, 4);
}

uint64_t draw_u64(draw *input)
{
    uint32_t choice = draw_byte(input);
    if (choice < SMALL_END) {
        return choice;
    }
    if (choice < EDGE_END) {
        return draw_edge(input, 64);
    }
    return choice == UINT8_MAX ? UINT64_MAX : draw_bytes(input, 8);
}

cnicalc_terway_node draw_terway_node(draw *input)
{
    cnicalc_terway_node node;
    memset(&node, 0, sizeof node);
    node.pods_per_node = draw_u64(input);
    node.addresses = draw_below(input, 4) == 3 ? draw_u64(input) : node.pods_per_node;
    node.prefixes = draw_below(input, 2) ? draw_below(input, 32) : 0;
    node.mode = draw_below(input, 32) == 31 ? draw_u32(input) : 1 + draw_below(input, 4);
    node.joins = draw_below(input, 16) == 15 ? draw_u32(input) : 1;
    uint32_t choice = draw_byte(input);
    node.dual_stack = choice & 1;
    node.needs_pod_vswitch = choice >> 1 & 1;
    if (choice >> 2 & 1) {
        node.enis = draw_u64(input);
        node.pod_enis = draw_below(input, 16);
        node.addresses_per_eni = draw_below(input, 64);
        node.trunk_pods = draw_below(input, 16);
    }
    if (choice >> 3 & 1) {
        node.addresses_with_pool = draw_u64(input);
        node.addresses_in_burst = draw_u64(input);
    }
    if (choice == 255) {
        node.pod_enis = draw_u32(input);
        node.addresses_per_eni = draw_u32(input);
        node.trunk_pods = draw_u64(input);
        node.needs_pod_vswitch = draw_byte(input);
    }
    return node;
}

void require_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
    abort();
}

void poison(void *output, size_t size)
{
    memset(output, POISON, size);
}

int is_poisoned(const void *output, size_t size)
{
    const unsigned char *bytes = output;
    /* Each byte equals the next one, at the speed of memcmp(). */
    return size == 0 || (bytes[0] == POISON && memcmp(bytes, bytes + 1, size - 1) == 0);
}
