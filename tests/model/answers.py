# SPDX-License-Identifier: MIT
"""What a model answers besides numbers: a refusal, and a limit that does not apply."""
import math

# CNICALC_NO_LIMIT and CNICALC_UNKNOWN_COUNT: the largest number of 64 bits.
NO_LIMIT = 2**64 - 1
# The same inside a model. It compares above every integer and stays what it is under + and -.
UNBOUNDED = math.inf


class Refused(Exception):
    """The question has no answer; the argument is the status without CNICALC_ERR_."""


def refuse_if(fault, status):
    if fault:
        raise Refused(status)


def check_64_bits(count):
    """base.h: a count that would exceed 64 bits is an error, never a wrap."""
    refuse_if(count > NO_LIMIT and count != UNBOUNDED, "OVERFLOW")


def ceiling(own, published):
    """An own ceiling takes the place of the published one; 0 is none, CNICALC_NO_LIMIT no ceiling."""
    if own == NO_LIMIT:
        return UNBOUNDED
    return own or published


def as_word(value):
    """As the library writes it: 64 bits, where UNBOUNDED is the largest number."""
    return NO_LIMIT if value == UNBOUNDED else value
