# SPDX-License-Identifier: MIT
"""Questions about ceilings: every edition x plugin x what x raised, and every row of the table."""
import itertools
import sys
from ctypes import byref, c_uint64

from cnicalc import abi
import quota_model
from layout import fields, limit_name
from library import CEILINGS_SIZE, UNKNOWN_COUNT, as_struct

TOPIC = "quota"
MOST, MOST_64 = 2**32 - 1, 2**64 - 1
# One and two beyond each enum, and the largest number of the type.
EDITIONS, PLUGINS, WHATS = (*range(8), MOST), (*range(5), MOST), (*range(23), MOST)
RAISED = (0, 1, 2, MOST)


def ask_value(compare, question):
    out = c_uint64()
    status = compare.library.ask("cnicalc_quota_value", *question, byref(out), outputs=[out])
    compare.same(TOPIC, question, lambda: quota_model.value(*question),
                 (status, out.value if status == "OK" else None))


def ask_rows(compare):
    """The library's rows are those of the model, each once."""
    library, row, keys = compare.library, abi.Quota(), []
    for index in range(library.lib.cnicalc_quota_count()):
        assert library.ask("cnicalc_quota_at", index, byref(row), outputs=[row]) == "OK"
        has = fields(row)
        has["limit"] = limit_name(has["limit"])
        if has["raised_value"] == UNKNOWN_COUNT:
            has["raised_value"] = None
        compare.same(TOPIC, f"row {index}", lambda: quota_model.at(has), ("OK", has))
        keys.append((has["edition"], has["plugin"], has["what"]))
    if sorted(keys) != sorted(quota_model.TABLE):
        sys.exit(f"quota: rows {sorted(keys)}\nmodel {sorted(quota_model.TABLE)}")
    for index in (len(keys), MOST):
        assert library.ask("cnicalc_quota_at", index, byref(row), outputs=[row]) == "INDEX"


def ask_ceiling(compare, overrides, plugin, limit):
    o, out = {**quota_model.CEILINGS, **overrides}, c_uint64()
    owned = as_struct(abi.Ceilings, {**o, "struct_size": CEILINGS_SIZE})
    status = compare.library.ask("cnicalc_ceiling_value", byref(owned), plugin, limit, byref(out),
                                 outputs=[out])
    name = limit_name(limit) if limit in list(abi.Limit) else "unknown"
    compare.same(TOPIC, (overrides, plugin, limit),
                 lambda: quota_model.ceiling_value(o, plugin, name),
                 (status, out.value if status == "OK" else None))


def ask_ceilings(compare):
    """Every limit of every plugin: published, own, none, and used by others."""
    limits = (*range(len(abi.Limit) + 2), MOST)
    for edition, plugin, limit, raised in itertools.product(EDITIONS, PLUGINS, limits, RAISED):
        ask_ceiling(compare, {"edition": edition, "raised": raised}, plugin, limit)
    for group, raised in itertools.product((0, 1, 2, 3, MOST), RAISED):
        for own, used in itertools.product((0, 1, 500, MOST_64), (0, 1, 500, 6001, MOST_64)):
            o = {"security_group": group, "security_group_quota": own, "security_group_used": used}
            ask_ceiling(compare, {**o, "raised": raised}, quota_model.TERWAY,
                        abi.Limit.SECURITY_GROUP_QUOTA)
    names = [name for name in quota_model.CEILINGS if name.endswith("quota")]
    for value, used in itertools.product((1, 500, MOST_64), (0, 1, 499, 500, 501, MOST_64)):
        for edition, plugin, limit in itertools.product(quota_model.EDITIONS, quota_model.PLUGINS,
                                                        limits):
            for own in ({}, dict.fromkeys(names, value)):
                ask_ceiling(compare, {**own, "edition": edition, "routes_used": used}, plugin, limit)


def ask(compare):
    ask_rows(compare)
    ask_ceilings(compare)
    for question in itertools.product(EDITIONS, PLUGINS, WHATS, RAISED):
        ask_value(compare, question)
    compare.require(TOPIC, ("OK", "EDITION", "PLUGIN", "FLAG", "LIMIT", "QUOTA_UNKNOWN",
                            "SECURITY_GROUP"))
