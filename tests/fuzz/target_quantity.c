/* SPDX-License-Identifier: MIT */
/* Quantities: a text that is read reads alike in other words, and one that is not leaves its output
 * alone. */
#include "fuzz.h"

#include <cnicalc.h>

#include <string.h>

#define TEXT_MAX 200

typedef cnicalc_status parser(const char *, size_t, uint64_t *);

static cnicalc_status read_text(parser *parse, const char *text, size_t size, uint64_t *value)
{
    poison(value, sizeof *value);
    cnicalc_status status = parse(text, size, value);
    require(status == CNICALC_OK || is_poisoned(value, sizeof *value));
    require(status == CNICALC_OK || status == CNICALC_ERR_QUANTITY ||
            status == CNICALC_ERR_QUANTITY_UNIT || status == CNICALC_ERR_OVERFLOW);
    return status;
}

/* Where its digits begin, a text may have more zeros. */
static void check_zeros(parser *parse, const char *text, size_t size, uint64_t expected)
{
    char longer[TEXT_MAX + 3] = "000";
    uint64_t value;
    size_t sign = size > 0 && *text == '+';
    memcpy(longer + 3, text + sign, size - sign);
    require(read_text(parse, longer, size - sign + 3, &value) == CNICALC_OK);
    require(value == expected);
}

/* A thousand times as many millicores as cores, if all are there. */
static void check_cores(const char *text, size_t size, uint64_t bytes)
{
    uint64_t millicores;
    cnicalc_status status = read_text(cnicalc_cpu_parse, text, size, &millicores);
    require(status == (bytes <= UINT64_MAX / 1000 ? CNICALC_OK : CNICALC_ERR_OVERFLOW));
    require(status != CNICALC_OK || millicores == bytes * 1000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX + 1];
    uint64_t value;
    size = size < TEXT_MAX ? size : TEXT_MAX;
    if (size != 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    if (read_text(cnicalc_memory_parse, text, size, &value) == CNICALC_OK) {
        require(strspn(text, "+0123456789.eE-numkKMGTPi") == size);
        check_zeros(cnicalc_memory_parse, text, size, value);
        check_cores(text, size, value);
    }
    if (read_text(cnicalc_cpu_parse, text, size, &value) == CNICALC_OK) {
        check_zeros(cnicalc_cpu_parse, text, size, value);
    }
    return 0;
}
