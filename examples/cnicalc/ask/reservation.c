/* SPDX-License-Identifier: MIT */
#include "reservation.h"

#include "../base/complaint.h"
#include "args.h"
#include "block.h"
#include "number.h"

#include <inttypes.h>
#include <string.h>

static int parse(const struct asking *asking, const char *text, cnicalc_cidr *out_reservation)
{
    uint64_t mask = 0;
    memset(out_reservation, 0, sizeof *out_reservation);
    if (text[0] != '/') {
        return block_parse(asking->args->subcommand, asking->label, text, out_reservation);
    }
    if (!number_parse(text + 1, strlen(text + 1), &mask) || mask > 32) {
        return asking_refuse(asking, "reserved= is neither a block nor a mask such as /20");
    }
    out_reservation->prefix_len = (uint32_t)mask;
    return 1;
}

int reservation_parse(const struct asking *asking, const char *text, const cnicalc_cidr *vswitch,
                      uint64_t *out_prefixes)
{
    const cnicalc_address address = {vswitch->hi, vswitch->lo, vswitch->family, 0};
    cnicalc_vswitch whole;
    cnicalc_cidr reservation;
    cnicalc_fault fault = {0, 0, 0, 0};
    if (!parse(asking, text, &reservation)) {
        return 0;
    }
    memset(&whole, 0, sizeof whole);
    expect_ok(cnicalc_cidr_from_address(&address, vswitch->prefix_len, &whole.cidr));
    cnicalc_status status = cnicalc_vswitch_reserve(&whole, &reservation, 1, out_prefixes, &fault);
    if (status != CNICALC_OK && fault.array == CNICALC_ARRAY_RESERVATIONS) {
        return asking_refuse(asking, "reserved=%s: %s", text, cnicalc_status_string(status));
    }
    return 1;
}
