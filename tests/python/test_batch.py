# SPDX-License-Identifier: MIT
"""node_batch(): columns in, columns out, and bad rows that keep their place."""
import unittest
from array import array

import cnicalc
from cnicalc import UNKNOWN, UNKNOWN_COUNT, Limit, Mode, StatusCode

MODES = ["shared", "trunk", "exclusive", "prefix"]
FOUR = [210, 210, 7, 3248]  # ecs.c7.4xlarge, ACK documentation


def rows_of(batch):
    return list(zip(batch.max_pods, batch.bound_by, batch.status))


class Batch(unittest.TestCase):
    def test_whole_table(self):
        rows = cnicalc.instances()
        for mode in MODES:
            batch = cnicalc.node_batch(range(len(rows)), mode)
            for row, pods, bound_by, status in zip(rows, *batch):
                try:
                    answer = cnicalc.node(row, mode)
                    expected = (answer.max_pods, answer.bound_by, 0)
                except cnicalc.Error as error:
                    expected = (UNKNOWN_COUNT, Limit.NONE, error.code)
                self.assertEqual((pods, bound_by, status), expected, (row.name, mode))

    def test_names_and_modes(self):
        batch = cnicalc.node_batch(["c7.4xlarge"] * 4, MODES)
        self.assertEqual(batch.max_pods.tolist(), FOUR)
        batch = cnicalc.node_batch(("ecs.c7.4xlarge",) * 4, array("I", [1, 2, 3, 4]))
        self.assertEqual(batch.max_pods.tolist(), FOUR)
        batch = cnicalc.node_batch(iter(["c7.4xlarge"]), [Mode.EXCLUSIVE_ENI])
        self.assertEqual(batch.max_pods.tolist(), [7])
        self.assertEqual(cnicalc.node_batch(["c7.4xlarge"], max_eni=4).max_pods.tolist(), [120])

    def test_bad_rows_keep_their_place(self):
        good = (210, Limit.ENI_QUANTITY, 0)
        bad = (UNKNOWN_COUNT, Limit.NONE)
        batch = cnicalc.node_batch(["c7.4xlarge", "no.such", "", "c7.4xlarge"], [1, 1, 1, 9])
        self.assertEqual(rows_of(batch), [good, (*bad, StatusCode.ERR_NO_SUCH_TYPE),
                                          (*bad, StatusCode.ERR_NO_SUCH_TYPE),
                                          (*bad, StatusCode.ERR_NODE_MODE)])
        at = [row.name for row in cnicalc.instances()].index("ecs.c7.4xlarge")
        batch = cnicalc.node_batch(array("I", [at, 1173, UNKNOWN, at]))
        self.assertEqual(rows_of(batch), [good, (*bad, StatusCode.ERR_INDEX),
                                          (*bad, StatusCode.ERR_INDEX), good])

    def test_empty(self):
        for none in ([], (), array("I"), range(0), iter(())):
            batch = cnicalc.node_batch(none)
            self.assertEqual([len(column) for column in batch], [0, 0, 0])
        self.assertEqual(len(cnicalc.node_batch([], []).max_pods), 0)

    def test_catalog(self):
        catalog = cnicalc.catalog_parse(
            "instance_type\teni_quantity\teni_private_ip_address_quantity\n"
            "b.big\t8\t30\na.small\t2\t6\nc.unknown\t-\t6\n")
        batch = cnicalc.node_batch(["ecs.b.big", "a.small", "c.unknown", "ecs.c7.4xlarge"],
                                   catalog=catalog)
        self.assertEqual(list(batch.max_pods), [210, 6, UNKNOWN_COUNT, UNKNOWN_COUNT])
        self.assertEqual(list(batch.status), [0, 0, 51, 50])
        self.assertEqual(list(cnicalc.node_batch([0, 1], catalog=catalog).max_pods), [6, 210])

    def test_out(self):
        out = (array("Q", [1] * 4), array("I", [1] * 4), array("i", [1] * 4))
        batch = cnicalc.node_batch(["c7.4xlarge"] * 4, MODES, out=out)
        self.assertIs(batch.max_pods, out[0])
        self.assertEqual(out[0].tolist(), FOUR)
        for wrong in ((array("Q", [1] * 3), out[1], out[2]), (out[0], array("i", [1] * 4), out[2]),
                      (out[0], out[1], array("I", [1] * 4)), ([1] * 4, out[1], out[2]),
                      (bytes(32), out[1], out[2]), (out[0], memoryview(out[1])[::-1], out[2]),
                      (array("Q", [1] * 5), out[1], out[2]),
                      (memoryview(out[0]).toreadonly(), out[1], out[2])):
            with self.assertRaises(ValueError):
                cnicalc.node_batch(["c7.4xlarge"] * 4, MODES, out=wrong)
        self.assertEqual(out[0].tolist(), FOUR)

    def test_wrong_columns(self):
        with self.assertRaises(ValueError):
            cnicalc.node_batch(["c7.4xlarge"], [1, 2])
        with self.assertRaises(TypeError):
            cnicalc.node_batch("c7.4xlarge")
        with self.assertRaises(ValueError):
            cnicalc.node_batch([-1])
        with self.assertRaises(ValueError):
            cnicalc.node_batch([2**32])
        with self.assertRaises(ValueError):
            cnicalc.node_batch(["c7.4xlarge\nc7.large"])
        with self.assertRaises(TypeError):
            cnicalc.node_batch([0.5])
        with self.assertRaises(cnicalc.Error):
            cnicalc.node_batch(["c7.4xlarge"], ["no-such"])

    def test_many(self):
        """Each row is its own, also far from the start."""
        count = 100_000
        batch = cnicalc.node_batch(array("I", range(1173)) * (count // 1173), "shared")
        self.assertEqual(batch.max_pods[:1173] * (count // 1173), batch.max_pods)

    def test_numpy(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("there is no numpy")
        at = [row.name for row in cnicalc.instances()].index("ecs.c7.4xlarge")
        for dtype in ("uint32", "int64"):
            batch = cnicalc.node_batch(numpy.full(4, at, dtype), numpy.array([1, 2, 3, 4], dtype))
            self.assertEqual(numpy.asarray(batch.max_pods).tolist(), FOUR)
            self.assertEqual(numpy.asarray(batch.max_pods).dtype, numpy.uint64)
        out = (numpy.zeros(4, "uint64"), numpy.zeros(4, "uint32"), numpy.zeros(4, "int32"))
        cnicalc.node_batch(numpy.full(4, at, "uint32"), MODES, out=out)
        self.assertEqual(out[0].tolist(), FOUR)
        frozen = numpy.full(2, at, "uint32")
        frozen.flags.writeable = False
        self.assertEqual(list(cnicalc.node_batch(frozen).max_pods), [210, 210])
        with self.assertRaises(ValueError):
            cnicalc.node_batch([at], out=(numpy.zeros(1, ">u8"), out[1][:1], out[2][:1]))
        with self.assertRaises(ValueError):
            cnicalc.node_batch([at] * 2, out=(out[0][::2], out[1][:2], out[2][:2]))


if __name__ == "__main__":
    unittest.main()
