# SPDX-License-Identifier: MIT
"""node_batch(): columns in, columns out, and bad rows that keep their place."""
import pickle
import unittest
from array import array
from types import SimpleNamespace

import cnicalc
from cnicalc import UNKNOWN, Limit, Mode, NodeBatch, StatusCode

MODES = ["shared", "trunk", "exclusive", "prefix"]
FOUR = [210, 210, 7, 3248]  # ecs.c7.4xlarge, ACK documentation


COLUMNS = [name for name in NodeBatch.__annotations__ if name not in ("status", "rank")]


def rows_of(batch):
    return list(zip(batch.max_pods, batch.bound_by, batch.status))


class Batch(unittest.TestCase):
    def test_whole_table(self):
        rows = cnicalc.instances()
        for mode in MODES:
            batch = cnicalc.node_batch(range(len(rows)), mode)
            self.assertEqual(list(batch), [*COLUMNS, "status", "rank"])
            pods = [-1 if count is None else count for count in batch.max_pods]
            best = sorted(range(len(rows)), key=lambda row: -pods[row])
            self.assertEqual([batch.rank[row] for row in best], list(range(len(rows))))
            for row, status, *answers in zip(rows, batch.status,
                                             *(batch[name] for name in COLUMNS)):
                answer, expected = SimpleNamespace(), 0
                try:
                    answer = cnicalc.node(row, mode)
                except cnicalc.Error as error:
                    expected = error.code
                self.assertEqual(status, expected, (row.name, mode))
                self.assertEqual(answers, [getattr(answer, name, None) for name in COLUMNS],
                                 (row.name, mode))
            short = cnicalc.node_batch(range(len(rows)), mode, columns=["bound_by", "max_pods"])
            self.assertEqual(list(short), ["max_pods", "bound_by", "status"])
            self.assertEqual(rows_of(short), rows_of(batch))

    def test_rank(self):
        batch = cnicalc.node_batch(["c7.4xlarge", "no.such", "c6.4xlarge", "c7.4xlarge"],
                                   ["exclusive", "shared", "shared", "shared"],
                                   columns=["max_pods", "rank"])
        self.assertEqual(batch.max_pods.tolist(), [7, None, 140, 210])
        self.assertEqual(batch.rank.tolist(), [2, 3, 1, 0])
        with self.assertRaisesRegex(ValueError, "the column rank needs max_pods"):
            cnicalc.node_batch(["c7.4xlarge"], columns=["rank"])

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
        bad = (None, None)
        batch = cnicalc.node_batch(["c7.4xlarge", "no.such", "", "c7.4xlarge"], [1, 1, 1, 9])
        self.assertEqual(rows_of(batch), [good, (*bad, StatusCode.ERR_NO_SUCH_TYPE),
                                          (*bad, StatusCode.ERR_NO_SUCH_TYPE),
                                          (*bad, StatusCode.ERR_NODE_MODE)])
        at = [row.name for row in cnicalc.instances()].index("ecs.c7.4xlarge")
        batch = cnicalc.node_batch(array("I", [at, 1173, UNKNOWN, at]))
        self.assertEqual(rows_of(batch), [good, (*bad, StatusCode.ERR_INDEX),
                                          (*bad, StatusCode.ERR_INDEX), good])
        self.assertEqual(rows_of(cnicalc.node_batch([at, None, 1173])), rows_of(batch)[:3])

    def test_missing_texts(self):
        """One that is missing, or no text that a type has, takes no other row with it."""
        for nothing in (None, float("nan"), "", "no.such", "c7.4xlarge\nc7.large"):
            for types in ([nothing, "c7.4xlarge"], ("c7.4xlarge", nothing), [nothing, nothing]):
                batch = cnicalc.node_batch(types)
                expected = [210 if name == "c7.4xlarge" else None for name in types]
                self.assertEqual(list(batch.max_pods), expected)
                self.assertEqual(list(batch.status), [50 * (name is None) for name in expected])
            batch = cnicalc.node_batch(["c7.4xlarge"] * 2, ["exclusive", nothing])
            self.assertEqual((list(batch.max_pods), list(batch.status)), ([7, None], [0, 70]))
        batch = cnicalc.node_batch([0, 0], [Mode.SHARED_ENI, None])
        self.assertEqual(list(batch.status), [0, StatusCode.ERR_NODE_MODE])
        with self.assertRaises(TypeError):
            cnicalc.node_batch(["c7.4xlarge", 7])
        blocks, statuses = cnicalc.cidr_parse_lines(["10.0.0.0/8", None, "a\nb", "10.0.0.0/9"])
        self.assertEqual(list(statuses), [0, StatusCode.ERR_CIDR_EMPTY,
                                          StatusCode.ERR_CIDR_CHARACTER, 0])
        self.assertEqual(repr(blocks), "CidrArray(['10.0.0.0/8', None, None, '10.0.0.0/9'])")

    def test_answer(self):
        """What a column and a batch are to Python."""
        batch = cnicalc.node_batch(["c7.4xlarge", None] * 6)
        self.assertEqual(repr(batch), "<NodeBatch of 12 rows, 6 failed: "
                         + ", ".join([*COLUMNS, "status", "rank"]) + ">")
        self.assertEqual(repr(batch.max_pods), "Column([" + "210, None, " * 4 + "...])")
        column = batch.max_pods
        self.assertEqual((column[0], column[1], column[-1], column[-2], column[2:4], len(column)),
                         (210, None, None, 210, [210, None], 12))
        for index in (12, -13):
            with self.assertRaises(IndexError):
                column[index]
        self.assertEqual(bytes(column.mask), b"\0\1" * 6)
        self.assertEqual(bytes(batch.bound_by.mask), b"\0\1" * 6)
        self.assertEqual(bytes(batch.status.mask), bytes(12))
        self.assertEqual(batch.bound_by.names()[:2], ["eni_quantity", None])
        self.assertIs(batch.joins[0], True)
        self.assertEqual(batch.errors()[:2], [None, "the instance type is not in the table"])
        again = pickle.loads(pickle.dumps(batch))
        self.assertEqual((rows_of(again), repr(again)), (rows_of(batch), repr(batch)))
        with self.assertRaisesRegex(AttributeError, "no column formula; it has max_pods, "):
            batch.formula

    def test_published(self):
        """ecs.c7.4xlarge, ACK documentation; what is not published has no value."""
        batch = cnicalc.node_batch(["ecs.c7.4xlarge"] * 2, ["trunk", "exclusive"])
        self.assertEqual([batch[name][0] for name in COLUMNS],
                         [210, None, 213, 210, 7, 210, True, Limit.ENI_QUANTITY, True, 15890,
                          29870])
        self.assertEqual([batch[name][1] for name in COLUMNS],
                         [7, 0, 213, 7, 7, 7, True, Limit.ENI_QUANTITY, True, 15890, 29870])

    def test_empty(self):
        for none in ([], (), array("I"), range(0), iter(())):
            batch = cnicalc.node_batch(none)
            self.assertEqual({len(column) for column in batch.values()}, {0})
            self.assertEqual(list(batch.max_pods), [])
        self.assertEqual(len(cnicalc.node_batch([], []).max_pods), 0)

    def test_catalog(self):
        catalog = cnicalc.catalog_parse(
            "instance_type\teni_quantity\teni_private_ip_address_quantity\n"
            "b.big\t8\t30\na.small\t2\t6\nc.unknown\t-\t6\n")
        batch = cnicalc.node_batch(["ecs.b.big", "a.small", "c.unknown", "ecs.c7.4xlarge"],
                                   catalog=catalog)
        self.assertEqual(list(batch.max_pods), [210, 6, None, None])
        self.assertEqual(list(batch.status), [0, 0, 51, 50])
        self.assertEqual(list(cnicalc.node_batch([0, 1], catalog=catalog).max_pods), [6, 210])

    def test_out(self):
        pods, bound_by = array("Q", [1] * 4), array("I", [1] * 4)
        batch = cnicalc.node_batch(["c7.4xlarge"] * 4, MODES, out={"max_pods": pods})
        self.assertIs(batch.max_pods.values, pods)
        self.assertEqual((pods.tolist(), list(batch)), (FOUR, ["max_pods", "status"]))
        batch = cnicalc.node_batch(["c7.4xlarge"] * 4, columns=["joins"],
                                   out={"bound_by": bound_by})
        self.assertEqual(list(batch), ["joins", "bound_by", "status"])
        self.assertEqual(bound_by.tolist(), [Limit.ENI_QUANTITY] * 4)
        for name, wrong in (("max_pods", array("Q", [1] * 3)), ("max_pods", array("Q", [1] * 5)),
                            ("bound_by", array("i", [1] * 4)), ("status", array("I", [1] * 4)),
                            ("max_pods", [1] * 4), ("max_pods", bytes(32)),
                            ("bound_by", memoryview(bound_by)[::-1]), ("no_such", pods),
                            ("max_pods", memoryview(pods).toreadonly())):
            with self.subTest(name), self.assertRaises(ValueError):
                cnicalc.node_batch(["c7.4xlarge"] * 4, MODES, out={name: wrong})
        self.assertEqual(pods.tolist(), FOUR)

    def test_wrong_columns(self):
        with self.assertRaises(ValueError):
            cnicalc.node_batch(["c7.4xlarge"], [1, 2])
        with self.assertRaises(TypeError):
            cnicalc.node_batch("c7.4xlarge")
        with self.assertRaises(ValueError):
            cnicalc.node_batch([-1])
        with self.assertRaises(ValueError):
            cnicalc.node_batch([2**32])
        with self.assertRaises(TypeError):
            cnicalc.node_batch(["c7.4xlarge"], columns="max_pods")
        with self.assertRaisesRegex(ValueError, "there is no formula, no_such"):
            cnicalc.node_batch(["c7.4xlarge"], columns=["no_such", "formula"])
        with self.assertRaises(TypeError):
            cnicalc.node_batch([0.5])

    def test_many(self):
        """Each row is its own, also far from the start."""
        count = 100_000
        batch = cnicalc.node_batch(array("I", range(1173)) * (count // 1173), "shared")
        self.assertEqual(batch.max_pods[:1173] * (count // 1173), list(batch.max_pods))


if __name__ == "__main__":
    unittest.main()
