# SPDX-License-Identifier: MIT
"""What a model answers besides numbers: a refusal, a limit that does not apply, rows of limits."""
import math

# CNICALC_NO_LIMIT and CNICALC_UNKNOWN_COUNT: the largest number of 64 bits.
NO_LIMIT = 2**64 - 1
# The same inside a model. It compares above every integer and stays what it is under + and -.
UNBOUNDED = math.inf


class Refused(Exception):
    """The question has no answer: the status without CNICALC_ERR_, and the place of the fault.

    place: (array, index, other) with None for what is not named, or None for the whole question.
    """

    def __init__(self, status, place=None):
        super().__init__(status)
        self.status, self.place = status, place


def refuse_if(fault, status, place=None):
    if fault:
        raise Refused(status, place)


def check_64_bits(count, place=None):
    """base.h: a count that would exceed 64 bits is an error, never a wrap."""
    refuse_if(count > NO_LIMIT and count != UNBOUNDED, "OVERFLOW", place)


def ceiling(own, published):
    """An own ceiling replaces the published one; 0 is none, CNICALC_NO_LIMIT no ceiling."""
    if own == NO_LIMIT:
        return UNBOUNDED
    return own or published


def as_word(value):
    """As the library writes it: 64 bits, where UNBOUNDED is the largest number."""
    return NO_LIMIT if value == UNBOUNDED else value


# ---- Rows of limits ----


def limit_rows(kinds, available, needed=None):
    """As a result has them: kinds are {limit: what it counts} in the order that decides equals."""
    needed = needed or {}
    return [(name, counts, as_word(needed.get(name, 0)), as_word(available.get(name, UNBOUNDED)))
            for name, counts in kinds.items()]


def counting(kinds, counts):
    return [name for name in kinds if kinds[name] == counts]


def first_least(limits, names):
    """(limit, its name): the first of equals."""
    return min((limits.get(name, UNBOUNDED), index, name) for index, name in enumerate(names))[::2]


def first_exceeded(rows):
    """The limit of the first row that needs more than there is, or NONE."""
    return next((limit for limit, _, needed, available in rows if needed > available), "NONE")
