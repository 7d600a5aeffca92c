# SPDX-License-Identifier: MIT
"""Columns of numpy and pandas, in and out, without a copy and with what is missing masked."""
import os
import re
import unittest
from pathlib import Path

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None

import cnicalc
from cnicalc import UNKNOWN_COUNT, Limit

MODES = ["shared", "trunk", "exclusive", "prefix"]
FOUR = [210, 210, 7, 3248]  # ecs.c7.4xlarge, ACK documentation
AT = [row.name for row in cnicalc.instances()].index("ecs.c7.4xlarge")


def recipe_for(library):
    """The lines that the README gives after the line that begins with the library's name."""
    text = (Path(os.environ["CNICALC_ROOT"]) / "examples" / "python" / "README.md").read_text()
    return re.search(f"^{library}.*?^```python$(.*?)^```$", text, re.M | re.S)[1]


@unittest.skipIf(numpy is None, "numpy is not here")
class Numpy(unittest.TestCase):
    def test_numbers(self):
        for dtype in ("uint32", "int64", "uint8", ">u4"):
            at = numpy.array([AT % 250] * 4, dtype)
            batch = cnicalc.node_batch(at, numpy.array([1, 2, 3, 4], dtype))
            self.assertEqual(list(batch.max_pods), list(cnicalc.node_batch([AT % 250] * 4, MODES)
                                                        .max_pods))
        for wrong in (numpy.array([-1]), numpy.array([2**32]), numpy.array([2**64 - 1], "u8")):
            with self.assertRaisesRegex(ValueError, "types holds a number out of range"):
                cnicalc.node_batch(wrong)
        for wrong in (numpy.array([0.5]), numpy.array([[1, 2]])):
            with self.assertRaises(TypeError):
                cnicalc.node_batch(wrong)
        self.assertEqual(len(cnicalc.node_batch(numpy.array([], "i8")).status), 0)

    def test_texts(self):
        for names in (numpy.array(["c7.4xlarge", "no.such"]),
                      numpy.array(["c7.4xlarge", None], object),
                      numpy.array(["c7.4xlarge", numpy.nan], object)):
            batch = cnicalc.node_batch(names, numpy.array(["exclusive", "exclusive"]))
            self.assertEqual(list(batch.max_pods), [7, None])
            self.assertIsInstance(batch.max_pods.values, numpy.ndarray)

    def test_no_copies(self):
        at = numpy.full(8, AT, "uint32")
        self.assertTrue(numpy.shares_memory(at, numpy.frombuffer(
            cnicalc._columns.read_column("I", at, "types"), "uint32")))
        out = {"max_pods": numpy.zeros(4, "uint64"), "bound_by": numpy.zeros(4, "uint32"),
               "status": numpy.ones(4, "int32")}
        batch = cnicalc.node_batch(at[:4], MODES, out=out)
        for name, mine in out.items():
            self.assertIs(batch[name].values, mine)
        self.assertEqual((out["max_pods"].tolist(), out["status"].tolist()), (FOUR, [0] * 4))
        self.assertTrue(numpy.shares_memory(batch.max_pods.masked().data, out["max_pods"]))
        self.assertTrue(numpy.shares_memory(numpy.asarray(batch.max_pods), out["max_pods"]))
        strided = cnicalc.node_batch(numpy.arange(AT, AT + 4, dtype="uint32")[::2])
        self.assertEqual(strided.max_pods[0], 210)
        frozen = at[:2]
        frozen.flags.writeable = False
        self.assertEqual(list(cnicalc.node_batch(frozen).max_pods), [210, 210])
        for wrong in (numpy.zeros(2, ">u8"), numpy.zeros(4, "uint64")[::2],
                      numpy.zeros(2, "int64")):
            with self.assertRaises(ValueError):
                cnicalc.node_batch([AT, AT], out={"max_pods": wrong})

    def test_masks(self):
        for types in (["c7.4xlarge", None], numpy.array(["c7.4xlarge", None], object)):
            batch = cnicalc.node_batch(types, "trunk")
            for name, expected in (("max_pods", [210, None]), ("trunk_pods", [None, None]),
                                   ("joins", [1, None]), ("bound_by", [1, None]),
                                   ("status", [0, 50])):
                masked = batch[name].masked()
                self.assertEqual(masked.tolist(), expected, name)
                self.assertEqual(masked.mask.tolist(), [item is None for item in expected])
            self.assertEqual(numpy.asarray(batch.max_pods).tolist(), [210, None])
            floats = numpy.asarray(batch.max_pods, float)
            self.assertTrue(floats[0] == 210 and numpy.isnan(floats[1]))
            self.assertEqual(batch.bound_by.tolist(), [Limit.ENI_QUANTITY, None])

    def test_size(self):
        pods = cnicalc.Workload(1, cpu=64)
        table = cnicalc.size(pods, numpy.array(["c7.large", None, "c7.16xlarge"], object))
        self.assertEqual(table.instance_type.tolist(), ["c7.large", None, "c7.16xlarge"])
        self.assertEqual(table.nodes.masked().tolist(), [None] * 3)
        self.assertEqual(table.short_of.names(), ["cpu", None, "cpu"])
        self.assertEqual(table.rank.values.dtype, numpy.uint32)


@unittest.skipIf(pandas is None, "pandas is not here")
class Pandas(unittest.TestCase):
    def test_series(self):
        for dtype in (object, "string", "category"):
            names = pandas.Series(["c7.4xlarge", None, "no.such"], dtype=dtype)
            batch = cnicalc.node_batch(names, pandas.Series(["shared", "shared", None]))
            self.assertEqual(batch.max_pods.tolist(), [210, None, None])
            self.assertEqual(batch.status.tolist(), [0, 50, 50])
        batch = cnicalc.node_batch(pandas.Series([AT, None], dtype="Int64"))
        self.assertEqual(batch.max_pods.tolist(), [210, None])
        frame = pandas.DataFrame({"type": ["c7.4xlarge", None]}, index=[7, 7])
        self.assertEqual(cnicalc.node_batch(frame["type"]).max_pods.tolist(), [210, None])
        blocks, statuses = cnicalc.cidr_parse_lines(pandas.Series(["10.0.0.0/8", None]))
        self.assertEqual((str(blocks[0]), list(statuses)), ("10.0.0.0/8", [0, 20]))

    def test_no_sentinel_in_a_frame(self):
        batch = cnicalc.node_batch(pandas.Series(["c7.4xlarge", None, "gn.none"]), "trunk")
        recipe = pandas.DataFrame({"instance_type": ["c7.4xlarge", None, "gn.none"],
                                   "mode": "trunk"})
        exec(recipe_for("pandas"), {"frame": recipe, "pandas": pandas, "cnicalc": cnicalc})
        self.assertEqual((recipe.max_pods.dtype, recipe.joins[0]), ("UInt64", 1))
        for frame in (recipe, pandas.DataFrame(dict(batch)),
                      pandas.DataFrame({name: column.masked() for name, column in batch.items()}),
                      pandas.DataFrame({name: list(column) for name, column in batch.items()})):
            self.assertEqual(frame.max_pods.isna().tolist(), [False, True, True])
            self.assertEqual(frame.trunk_pods.isna().tolist(), [True] * 3)
            self.assertEqual(frame.max_pods[0], 210)
            shown = frame.to_csv()
            for sentinel in (UNKNOWN_COUNT, cnicalc.UNKNOWN):
                self.assertNotIn(str(sentinel)[:9], shown)


if __name__ == "__main__":
    unittest.main()
