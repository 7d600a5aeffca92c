# SPDX-License-Identifier: MIT
"""Workloads: known answers, columns against single answers, quantities, what is refused."""
import unittest

import cnicalc
from cnicalc import Error, Limit, StatusCode, Workload

try:
    import numpy
except ImportError:
    numpy = None

GIB = 2**30
MIX = [Workload(300, "500m", "1Gi"), Workload(100, 1, "4Gi")]


def code_of(call, *arguments, **options):
    """The status that a call raises, 0 for none."""
    try:
        call(*arguments, **options)
    except Error as error:
        return error.code
    return 0


class Quantities(unittest.TestCase):
    def test_known(self):
        self.assertEqual([cnicalc.cpu_millicores(text) for text in ("500m", "0.5", "2", 2, "1e1")],
                         [500, 500, 2000, 2000, 10000])
        self.assertEqual([cnicalc.memory_bytes(text) for text in ("1Gi", "512Mi", "1e9", 7)],
                         [GIB, GIB // 2, 10**9, 7])

    def test_refused(self):
        for text, code in (("1GB", 173), ("", 173), ("500m", 174), ("99E", 5)):
            self.assertEqual(code_of(cnicalc.memory_bytes, text), code, text)
        for value in (0.5, None, b"1", [1]):
            with self.assertRaises(TypeError):
                cnicalc.cpu_millicores(value)
        with self.assertRaisesRegex(Error, "memory '1GB'"):
            cnicalc.workload("c7.large", Workload(1, 1, "1GB"))


class OneType(unittest.TestCase):
    def test_memory_binds(self):
        answer = cnicalc.workload("ecs.c7.4xlarge", Workload(3000, "500m", "1Gi"))
        self.assertEqual((answer.nodes, answer.pods_per_node, answer.bound_by),
                         (104, 29, Limit.MEMORY))
        self.assertEqual((answer.available[Limit.CPU], answer.available[Limit.ENI_QUANTITY],
                          answer.available[Limit.NODE_MASK], answer.needed[Limit.NODE_QUOTA]),
                         (31, 210, None, 104))
        self.assertEqual((answer.fits, answer.joins, answer.short_of), (True, True, Limit.NONE))
        self.assertEqual(answer.pod_memory_bytes, 29870 * 2**20)

    def test_options_of_node_and_ceilings(self):
        pods = Workload(3000, "500m", "1Gi")
        answer = cnicalc.workload("c7.4xlarge", pods, mode="exclusive", edition="basic",
                                  daemon_cpu="500m", daemon_memory="1Gi", headroom_percent=10)
        self.assertEqual((answer.pods_per_node, answer.short_of), (7, Limit.NODE_QUOTA))
        self.assertEqual(answer.pod_cpu_millicores, 15890 * 9 // 10 - 500)
        flannel = cnicalc.workload("c7.4xlarge", pods, plugin="flannel", node_mask=26,
                                   ceilings=cnicalc.Ceilings(node_quota=50))
        self.assertEqual((flannel.nodes, flannel.short_of), (100, Limit.NODE_QUOTA))
        self.assertEqual(cnicalc.workload("c7.4xlarge", pods, kubernetes_minor=26)
                         .allocatable_cpu_millicores, 15600)

    def test_mix(self):
        answer = cnicalc.workload("c7.4xlarge", MIX)
        self.assertEqual((answer.nodes, answer.nodes_at_least, answer.pods), (25, 24, 400))

    def test_no_number_of_nodes(self):
        answer = cnicalc.workload("c7.large", Workload(1, cpu=64))
        self.assertEqual((answer.nodes, answer.fits, answer.pod_addresses), (None, False, None))
        self.assertEqual(answer.short_of, Limit.CPU)

    def test_refused(self):
        pods = Workload(1)
        self.assertEqual(code_of(cnicalc.workload, "c7.large", []), StatusCode.ERR_WORKLOAD_PODS)
        self.assertEqual(code_of(cnicalc.workload, "c7.nope", pods), StatusCode.ERR_NO_SUCH_TYPE)
        self.assertEqual(code_of(cnicalc.workload, "c7.large", pods, headroom_percent=101),
                         StatusCode.ERR_WORKLOAD_HEADROOM)
        with self.assertRaisesRegex(Error, r"workloads\[1\]"):
            cnicalc.workload("c7.large", [pods, Workload(0)])
        for options in ({"no_such": 1}, {"node": 1}, {"struct_size": 1}, {"reserved": 1}):
            with self.assertRaises(TypeError):
                cnicalc.workload("c7.large", pods, **options)
        for workloads in (None, 7, "x", [1], [None]):
            with self.assertRaises(TypeError):
                cnicalc.workload("c7.large", workloads)


class ManyTypes(unittest.TestCase):
    def test_rows_are_single_answers(self):
        table = cnicalc.size(MIX, mode="prefix", headroom_percent=20)
        self.assertEqual(list(table.instance_type), [row.name for row in cnicalc.instances()])
        for row in range(0, len(table.instance_type), 97):
            name = table.instance_type[row]
            if table.status[row]:
                self.assertEqual(code_of(cnicalc.workload, name, MIX, mode="prefix",
                                         headroom_percent=20), table.status[row])
                continue
            answer = cnicalc.workload(name, MIX, mode="prefix", headroom_percent=20)
            self.assertEqual(answer.nodes, table.nodes[row])
            self.assertEqual((answer.bound_by, answer.short_of),
                             (table.bound_by[row], table.short_of[row]))
        self.assertEqual(sorted(table.rank), list(range(len(table.rank))))

    def test_best(self):
        table = cnicalc.size(Workload(3000, "500m", "1Gi"), ["c7.large", "no.such", "c7.4xlarge"])
        self.assertEqual((table.best(), table.best(1)), ([2, 0], [2]))
        self.assertEqual(list(table.status), [0, StatusCode.ERR_NO_SUCH_TYPE, 0])
        self.assertEqual(list(table.nodes[:1]), [1000])

    def test_indexes_and_catalogue(self):
        catalog = cnicalc.catalog_parse(
            "instance_type\tvcpus\tmemory_mib\teni_quantity\teni_private_ip_address_quantity\n"
            "a.large\t4\t8192\t3\t10\nb.large\t8\t16384\t4\t10\n")
        table = cnicalc.size(Workload(100, 1), catalog=catalog)
        self.assertEqual((list(table.instance_type), list(table.rank)),
                         (["a.large", "b.large"], [1, 0]))
        table = cnicalc.size(Workload(100, 1), [1, 0, 7], catalog=catalog)
        self.assertEqual(list(table.instance_type), ["b.large", "a.large", None])
        self.assertEqual(table.status[2], StatusCode.ERR_INDEX)
        table = cnicalc.size(Workload(100, 1), (name for name in ("b.large",)), catalog=catalog)
        self.assertEqual(list(table.vcpus), [8])
        self.assertEqual(len(cnicalc.size(Workload(1), []).rank), 0)

    def test_refused(self):
        with self.assertRaises(TypeError):
            cnicalc.size(Workload(1), "c7.large")
        with self.assertRaises(TypeError):
            cnicalc.size(Workload(1), catalog=[])
        self.assertEqual(code_of(cnicalc.size, Workload(1), plugin="flannel"),
                         StatusCode.ERR_FLANNEL_NODE_MASK)

    @unittest.skipIf(numpy is None, "numpy is not here")
    def test_columns_are_buffers(self):
        table = cnicalc.size(Workload(3000, "500m", "1Gi"))
        nodes = numpy.asarray(table.nodes.values)
        self.assertEqual((nodes.dtype, nodes.shape), (numpy.uint64, (len(table.rank),)))


if __name__ == "__main__":
    unittest.main()
