/* SPDX-License-Identifier: MIT */
/* The quick readers by themselves. Whatever they give up on, the careful reader reads, so that
 * no test of the public functions would notice that they had stopped reading anything. */
#include "../lib/internal_cidr_parse.h"
#include "support.h"

#include <cnicalc.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The text in a block of exactly its own size, so that a checker sees a read past it. */
static char *copy_of(const char *text)
{
    size_t len = strlen(text);
    char *copy = malloc(len != 0 ? len : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, text, len);
    return copy;
}

static int read_block(const char *text, cnicalc_cidr *reading)
{
    char *copy = copy_of(text);
    int is_read = cnicalc__quick_block(copy, strlen(text), reading);
    free(copy);
    return is_read;
}

static void reads(const char *text, uint64_t hi, uint64_t lo, uint32_t family, uint32_t prefix_len)
{
    cnicalc_cidr reading = {9, 9, 9, 9};
    ck_assert_msg(read_block(text, &reading) == 1, "%s is not read quickly", text);
    ck_assert_msg(reading.hi == hi && reading.lo == lo && reading.family == family &&
                      reading.prefix_len == prefix_len,
                  "%s is read wrong", text);
}

static void gives_up(const char *text)
{
    cnicalc_cidr reading;
    ck_assert_msg(read_block(text, &reading) == 0, "%s is read", text);
}

/* Every length of each octet, and every prefix length; an address fills eight characters. */
START_TEST(reads_every_shape_of_ipv4)
{
    static const uint32_t OCTETS[] = {0, 9, 10, 99, 100, 199, 200, 249, 255};
    char text[32];
    for (uint32_t number = 0; number < 6561; number++) { /* 9^4 */
        uint32_t octets[4];
        uint32_t rest = number;
        for (int i = 0; i < 4; i++) {
            octets[i] = OCTETS[rest % 9];
            rest /= 9;
        }
        uint32_t prefix_len = number % 33;
        snprintf(text, sizeof text, "%u.%u.%u.%u/%u", octets[0], octets[1], octets[2], octets[3],
                 prefix_len);
        if (strcspn(text, "/") < 8) {
            gives_up(text);
            continue;
        }
        reads(text, 0, (uint64_t)octets[0] << 24 | octets[1] << 16 | octets[2] << 8 | octets[3], 4,
              prefix_len);
    }
}
END_TEST

START_TEST(reads_every_prefix_length_of_ipv6)
{
    char text[64];
    for (uint32_t prefix_len = 0; prefix_len <= 128; prefix_len++) {
        snprintf(text, sizeof text, "2001:db8::9/%u", prefix_len);
        reads(text, UINT64_C(0x20010db800000000), 9, 6, prefix_len);
    }
    reads("1234::/0", UINT64_C(0x1234000000000000), 0, 6, 0);
    gives_up("1234::/129");
    gives_up("1234::/130");
    gives_up("1234::/200");
    gives_up("1234::/999");
    gives_up("1234::/00");
    gives_up("1234::/01");
    gives_up("1234::/09");
    gives_up("1234::/012");
    gives_up("1234::/1a");
    gives_up("1234::/a1");
    gives_up("1234::/a");
    gives_up("1234::/1:1");
    gives_up("1234::/1:");
    gives_up("1234::/11:");
    gives_up("1234::/:0");
    gives_up("1234::1000");
    gives_up("1234::/1000");
    gives_up("1234::");
    gives_up("1/1");
    gives_up(":/0");
    gives_up("1:/9");
}
END_TEST

/* Groups of every length after the first one, and "::" in every place after it; but where it is the
 * eighth group alone, which nobody writes so, the text has nine pieces. */
START_TEST(reads_every_place_of_the_gap)
{
    static const char GROUPS[8][5] = {"f000", "20", "300", "4000", "abcd", "EF01", "7", "ffff"};
    static const uint64_t VALUES[8] = {0xf000, 0x20, 0x300, 0x4000, 0xabcd, 0xef01, 0x7, 0xffff};
    for (uint32_t gap = 1; gap <= 8; gap++) {
        for (uint32_t width = gap == 8 ? 0 : 1; width <= 8 - gap; width++) {
            char text[64] = "";
            uint64_t halves[2] = {0, 0};
            for (uint32_t i = 0; i < 8; i++) {
                int is_zero = i >= gap && i < gap + width;
                halves[i / 4] = halves[i / 4] << 16 | (is_zero ? 0 : VALUES[i]);
                if (i == gap && is_zero) {
                    strcat(text, "::");
                }
                if (!is_zero) {
                    strcat(text, i == 0 || i == gap + width ? "" : ":");
                    strcat(text, GROUPS[i]);
                }
            }
            strcat(text, "/64");
            if (gap == 7) {
                gives_up(text);
                continue;
            }
            reads(text, halves[0], halves[1], 6, 64);
        }
    }
}
END_TEST

START_TEST(gives_up_on_what_is_no_block)
{
    static const char *const TEXTS[] = {
        "1111:2:3:4:5:6:7:8:/64",
        "1111:2:3:4:5:6:7:8::/64",
        "1111:2:3:4:5:6:7:8:9/64",
        "1111::2::3/64",
        "1111::2::/64",
        "1111:::/64",
        "1111:::1/64",
        "1111:2:3:4:5:6:7/64",
        "1111:2:3:4:5:6:7:/64",
        "1111:/64",
        "11111::/64",
        "1111:22222::/64",
        "1111::22222/64",
        "1111:g::/64",
        "1111:@::/64",
        "1111:222;3333::/64",
        "1111:222;333:4:5:6:7:8/64",
        "1111:`::/64",
        "1111:1 ::/64",
        "1111:\xb1::/64",
        "123::/64",
        "1::/64",
        "::/0",
        "::1/128",
        "10.20.30.4/33",
        "256.0.0.0/8",
        "1.2.3.256/8",
        "1.2.3.04/8",
        "01.2.3.4/8",
        "10.20.30.4/09",
        "1.2.3/24",
        "10.20.30.4.5/8",
        "10.20.30.4:8",
        "10.20.30.4/3a",
        "10.20.30.40/a",
        "10.20.30.40/1:",
        "10.20.30.40/-1",
        "10.20.30.40/00",
        "10.20.30.4/a3",
        "1.2.3./24",
        "1.2..4/24",
        "10.20.30.4 /8",
        "10.20.30.4//8",
        "10.20.30.4/+8",
        "1.2.3.1234/8",
        "300.300.300.300/30",
        "10.20.30.4/",
        "1/2.3.4.5",
        "10.20.30.4/40",
    };
    for (size_t i = 0; i < COUNT(TEXTS); i++) {
        gives_up(TEXTS[i]);
    }
}
END_TEST

/* Of one word, of two that overlap, and of chunks that overlap. */
START_TEST(reads_addresses_of_any_length)
{
    reads("1111::/128", UINT64_C(0x1111000000000000), 0, 6, 128);
    reads("1111::2/128", UINT64_C(0x1111000000000000), 2, 6, 128);
    reads("1111::2:3/128", UINT64_C(0x1111000000000000), 0x20003, 6, 128);
    reads("1111:2::3:4:55/128", UINT64_C(0x1111000200000000), UINT64_C(0x300040055), 6, 128);
    reads("1111:2222:3333:4444:5555:6666:7777:8888/128", UINT64_C(0x1111222233334444),
          UINT64_C(0x5555666677778888), 6, 128);
    gives_up("1111:2222:3333:4444:5555:6666:7777:88880/128");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("cidr_quick");
    add_tests(suite, "known", reads_every_shape_of_ipv4, reads_every_prefix_length_of_ipv6,
              reads_every_place_of_the_gap, reads_addresses_of_any_length, NULL);
    add_tests(suite, "hostile", gives_up_on_what_is_no_block, NULL);
    return run_suite(suite);
}
