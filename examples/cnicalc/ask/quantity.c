/* SPDX-License-Identifier: MIT */
#include "quantity.h"

#include <string.h>

/* The number that a text begins with, as its length: 0 where it does not begin with one. */
static int number_length(const char *text)
{
    uint64_t value = 0;
    size_t length = strspn(text, "0123456789.");
    return cnicalc_memory_parse(text, length, &value) == CNICALC_ERR_QUANTITY ? 0 : (int)length;
}

static int refuse_cpu(const struct asking *asking, cnicalc_status status)
{
    int length = number_length(asking->text);
    if (status == CNICALC_ERR_QUANTITY_UNIT) {
        return asking_refuse(asking, "Kubernetes has nothing finer than 1m, a millicore");
    }
    if (length != 0) {
        return asking_refuse(asking,
                             "not a quantity of CPU such as 500m or 0.5; did you mean %.*s "
                             "or %.*sm?",
                             length, asking->text, length, asking->text);
    }
    return asking_refuse(asking, "not a quantity of CPU such as 500m or 0.5");
}

/* The letter of a unit of memory that someone may have meant, or 0. */
static char meant_letter(char letter)
{
    static const char meant[] = "kKMmGgTtPpEe";
    const char *at = letter == '\0' ? NULL : strchr(meant, letter);
    return at == NULL ? '\0' : "kkMMGGTTPPEE"[at - meant];
}

static int refuse_memory(const struct asking *asking, cnicalc_status status)
{
    const char *text = asking->text;
    const char *why = status == CNICALC_ERR_QUANTITY_UNIT
                          ? "not a whole number of bytes"
                          : "not a quantity of memory such as 1Gi, 512Mi or 1e9";
    int length = number_length(text);
    char letter = length == 0 ? '\0' : meant_letter(text[length]);
    if (status == CNICALC_ERR_QUANTITY_UNIT && letter == 'M' && text[length] == 'm') {
        why = "m is a thousandth of a byte";
    } else if (status == CNICALC_ERR_QUANTITY_UNIT) {
        letter = '\0';
    }
    if (letter == '\0') {
        return asking_refuse(asking, "%s", why);
    }
    return asking_refuse(asking, "%s; did you mean %.*s%c or %.*s%ci?", why, length, text, letter,
                         length, text, letter == 'k' ? 'K' : letter);
}

static int refuse_size(const struct asking *asking)
{
    return asking_refuse(asking, "it exceeds 64 bits");
}

int quantity_parse_cpu(const struct asking *asking, void *member)
{
    cnicalc_status status = cnicalc_cpu_parse(asking->text, CNICALC_NUL_TERMINATED, member);
    if (status == CNICALC_ERR_OVERFLOW) {
        return refuse_size(asking);
    }
    return status == CNICALC_OK || refuse_cpu(asking, status);
}

int quantity_parse_memory(const struct asking *asking, void *member)
{
    cnicalc_status status = cnicalc_memory_parse(asking->text, CNICALC_NUL_TERMINATED, member);
    if (status == CNICALC_ERR_OVERFLOW) {
        return refuse_size(asking);
    }
    return status == CNICALC_OK || refuse_memory(asking, status);
}
