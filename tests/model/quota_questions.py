# SPDX-License-Identifier: MIT
"""Questions about ceilings: every edition x plugin x what x raised, and every row of the table."""
import itertools
import sys
from ctypes import byref, c_uint64

import _cnicalc_abi as abi
import quota_model
from library import UNKNOWN_COUNT, fields

TOPIC = "quota"
MOST = 2**32 - 1
# One and two beyond each enum, and the largest number of the type.
EDITIONS, PLUGINS, WHATS = (*range(8), MOST), (*range(5), MOST), (*range(15), MOST)
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
        if has["raised_value"] == UNKNOWN_COUNT:
            has["raised_value"] = None
        compare.same(TOPIC, f"row {index}", lambda: quota_model.at(has), ("OK", has))
        keys.append((has["edition"], has["plugin"], has["what"]))
    if sorted(keys) != sorted(quota_model.TABLE):
        sys.exit(f"quota: rows {sorted(keys)}\nmodel {sorted(quota_model.TABLE)}")
    for index in (len(keys), MOST):
        assert library.ask("cnicalc_quota_at", index, byref(row), outputs=[row]) == "INDEX"


def ask(compare):
    ask_rows(compare)
    for question in itertools.product(EDITIONS, PLUGINS, WHATS, RAISED):
        ask_value(compare, question)
    compare.require(TOPIC, ("OK", "EDITION", "PLUGIN", "FLAG", "QUOTA_UNKNOWN"))
