# SPDX-License-Identifier: MIT
"""Questions about workloads: every type in every mode and version for many workloads, one by one and
in one call; mixes; every corner of the options."""
import itertools
import random
import sys
from ctypes import byref, c_int32, c_uint32, c_uint64, sizeof

from cnicalc import abi
import node_model
import node_questions
import workload_model
from answers import Refused
from comparison import LONG
from layout import fields, limit_name
from library import CEILINGS_SIZE, NODE_OPTIONS, UNKNOWN, UNKNOWN_COUNT, as_struct, ceilings
from terway_cluster import pack, place_of
from terway_node_questions import typed

TOPIC = "workload"
MODES, MINORS = (1, 2, 3, 4), (0, 27)
MOST, MOST_64 = 2**32 - 1, 2**64 - 1
MIB, GIB = 2**20, 2**30
# Pods that CPU, memory, ENIs and kubelet bind, that request nothing, and that no node holds.
WORKLOADS = [(3000, 500, GIB), (3000, 10, 32 * MIB), (1, 0, 0), (777, 3890, 0), (50, 0, 7 * GIB + 1),
             (MOST, 2, 1), (10, 10**6, 0)]
COUNTS = ("nodes", "nodes_at_least")
UNKNOWN_COUNTS = ("kubelet_max_pods", "allocatable_cpu_millicores", "allocatable_memory_kib",
                  "pod_cpu_millicores", "pod_memory_bytes", "idle_cpu_millicores",
                  "idle_memory_kib", "pod_addresses")
UNKNOWNS = ("idle_cpu_thousandths", "idle_memory_thousandths")
# Columns of the batch, and what a row that fails has there.
COLUMNS = {"vcpus": c_uint32, "nodes": c_uint64, "pods_per_node": c_uint64,
           "idle_memory_kib": c_uint64, "idle_cpu_thousandths": c_uint32,
           "idle_memory_thousandths": c_uint32, "bound_by": c_uint32, "short_of": c_uint32}
CORNERS = [
    {"headroom_percent": 100}, {"headroom_percent": 101}, {"headroom_percent": 15},
    {"daemon_cpu_millicores": 1250, "daemon_memory_bytes": 600 * MIB + 1, "daemon_pods": 4},
    {"daemon_cpu_millicores": 10**6}, {"daemon_memory_bytes": MOST_64}, {"daemon_pods": 300},
    {"daemon_pods": MOST}, {"host_network_pods": 9}, {"host_network_pods": MOST},
    {"max_eni": 2, "daemon_pods": 100}, {"kubelet_max_pods": 20}, {"kubelet_max_pods": 1000},
    {"memory_capacity_kib": 31555380}, {"memory_capacity_kib": MOST_64}, {"kubernetes_minor": 26},
    {"windows": 1}, {"windows": 2}, {"erdma": 1}, {"ip_stack": 3, "mode": 4},
    {"ipv4_prefix_count": 3, "mode": 4}, {"ipv4_prefix_count": 0, "mode": 4}, {"mode": 5},
    {"edition": 2}, {"edition": 0}, {"raised": 2}, {"node_quota": 3}, {"pod_quota": 100},
    {"pod_quota": 3020, "daemon_pods": 1}, {"min_pods_to_join": 300}, {"plugin": 0}, {"plugin": 3},
    *({"plugin": 2, "node_mask": mask} for mask in (0, 23, 24, 25, 26, 28, 29)),
    {"plugin": 2, "node_mask": 25, "route_quota": 20, "routes_used": 17},
    {"plugin": 2, "node_mask": 26, "daemon_pods": 62, "mode": 0},
    {"plugin": 2, "node_mask": 24, "kubelet_max_pods": 110, "kubernetes_minor": 22},
    {"plugin": 2, "node_mask": 27, "windows": 1}, {"plugin": 2, "node_mask": 27, "windows": 2},
    {"plugin": 2, "node_mask": 28, "host_network_pods": 40, "edition": 4},
]
STATUSES = ("OK", "PLUGIN", "FLAG", "EDITION", "WORKLOAD_HEADROOM", "WORKLOAD_PODS", "OVERFLOW",
            "FLANNEL_NODE_MASK", "LIMITS_UNKNOWN", "WORKLOAD_ALLOCATABLE", "NODE_MODE",
            "NODE_LINGJUN_MODE", "NODE_IP_STACK", "QUANTITY", "QUANTITY_UNIT")
BOUNDS = ("CPU", "MEMORY", "ENI_QUANTITY", "MAX_ENI", "IPV4_PREFIX_COUNT", "IPV6_PREFIX",
          "NODE_MASK", "KUBELET_MAX_PODS", "NONE")


def workload(pods, cpu_millicores, memory_bytes, host_network=0):
    return {"pods": pods, "cpu_millicores": cpu_millicores, "memory_bytes": memory_bytes,
            "host_network": host_network}


def pack_options(o):
    node = {f"node.{name}": UNKNOWN if o[name] is None else o[name] for name in node_model.OPTIONS}
    return as_struct(abi.WorkloadOptions, {
        **{name: o[name] for name in workload_model.OWN_OPTIONS}, **node, **ceilings(o),
        "node.struct_size": NODE_OPTIONS.size, "struct_size": sizeof(abi.WorkloadOptions),
        "ceilings.struct_size": CEILINGS_SIZE})


def pack_workloads(workloads):
    return pack(abi.Workload, [abi.Workload(**w) for w in workloads])


def none_for(value, unknown):
    return None if value == unknown else value


def result_fields(result):
    r = fields(result)
    r["short_of"] = limit_name(r["short_of"])
    for names, unknown in ((COUNTS, UNKNOWN_COUNT), (UNKNOWN_COUNTS, UNKNOWN_COUNT),
                           (UNKNOWNS, UNKNOWN)):
        r.update({name: none_for(r[name], unknown) for name in names})
    return r


def ask_library(compare, t, o, workloads):
    result, fault, library = abi.WorkloadResult(), abi.Fault(), compare.library
    status = library.ask("cnicalc_workload_solve", typed(abi.Instance, library.pack_instance(t)),
                         pack_workloads(workloads), len(workloads), byref(pack_options(o)),
                         byref(result), byref(fault), outputs=[result], documented=[fault])
    return status, result_fields(result) if status == "OK" else place_of(fault)


def check_missing(compare, t, o, workloads, status):
    """The column that is named is one that is not known, and there is one if that is the status."""
    library, column = compare.library, c_uint32()
    asked = library.ask("cnicalc_workload_missing_column",
                        typed(abi.Instance, library.pack_instance(t)), pack_workloads(workloads),
                        len(workloads), byref(pack_options(o)), byref(column), outputs=[column])
    if status != "LIMITS_UNKNOWN":
        right = asked == status and (asked != "OK" or column.value == UNKNOWN)
    else:
        right = asked == "OK" and t[node_model.INSTANCE_FIELDS[column.value]] is None
    if not right:
        sys.exit(f"workload: column {column.value}, status {asked}: {(t, o, workloads)}")


def ask_one(compare, t, overrides, workloads):
    o = {**workload_model.OPTIONS, **overrides}
    answer = ask_library(compare, t, o, workloads)
    check_missing(compare, t, o, workloads, answer[0])
    return compare.same(TOPIC, (t, overrides, workloads),
                        lambda: workload_model.solve(t, o, workloads), answer)


# ---- The whole table in one call ----


def ask_batch(compare, o, workloads, count):
    """The columns by name, as lists."""
    columns = {name: (kind * count)() for name, kind in COLUMNS.items()}
    columns["status"], columns["rank"] = (c_int32 * count)(), (c_uint32 * count)()
    fault = abi.Fault()
    question = abi.WorkloadColumns(count=count, **{f"out_{name}": column
                                                   for name, column in columns.items()})
    status = compare.library.ask("cnicalc_workload_solve_batch", pack_workloads(workloads),
                                 len(workloads), byref(pack_options(o)), byref(question),
                                 byref(fault), outputs=[], documented=[fault])
    assert status == "OK", status
    return {name: list(column) for name, column in columns.items()}


def row_of(columns, row, statuses):
    """A row as the model has it."""
    if statuses[columns["status"][row]] != "OK":
        assert all(columns[name][row] == (0 if kind is c_uint32 and name in ("bound_by", "short_of")
                                          else kind(-1).value) for name, kind in COLUMNS.items())
        return statuses[columns["status"][row]], None
    r = {name: columns[name][row] for name in COLUMNS if name != "vcpus"}
    for name, unknown in (("nodes", UNKNOWN_COUNT), ("idle_memory_kib", UNKNOWN_COUNT),
                          ("idle_cpu_thousandths", UNKNOWN), ("idle_memory_thousandths", UNKNOWN)):
        r[name] = none_for(r[name], unknown)
    return "OK", {**r, "bound_by": limit_name(r["bound_by"]), "short_of": limit_name(r["short_of"])}


def check_rank(columns, question):
    """By the key of the header, where the earlier of equals is first and unknown is last."""
    rows = range(len(columns["rank"]))

    def key(row):
        if columns["nodes"][row] == UNKNOWN_COUNT:
            return 2, 0, 0, 0, row
        return (columns["short_of"][row] != 0, columns["nodes"][row], columns["vcpus"][row],
                columns["idle_memory_kib"][row], row)
    places = {row: place for place, row in enumerate(sorted(rows, key=key))}
    if [places[row] for row in rows] != columns["rank"]:
        sys.exit(f"workload: ranks differ: {question}")


def answer_without_place(model):
    try:
        r = model()
    except Refused as refused:
        return refused.status, None
    return "OK", {name: r[name] for name in COLUMNS if name != "vcpus"}


def ask_table(compare, kinds, overrides, workloads, single):
    """Each row of the table in one call, and of some types all of the answer too."""
    o = {**workload_model.OPTIONS, **overrides}
    columns = ask_batch(compare, o, workloads, sum(len(rows) for _, rows in kinds))
    question = (overrides, workloads)
    check_rank(columns, question)
    for t, rows in kinds:
        expected = answer_without_place(lambda: workload_model.solve(t, o, workloads))
        for row in rows:
            answer = row_of(columns, row, compare.library.statuses)
            if answer != expected or columns["vcpus"][row] not in (t["vcpus"], UNKNOWN):
                sys.exit(f"workload: {t}, {question}\nmodel   {expected}\nlibrary {answer}")
        compare.questions[TOPIC] += len(rows)
    for t, _ in single:
        ask_one(compare, t, overrides, workloads)


def kinds_of_types(library):
    """[(quantities, rows of the table that have them)]."""
    kinds = {}
    for row, (_, t) in enumerate(library.table()):
        kinds.setdefault(tuple(t.items()), []).append(row)
    return [(dict(quantities), rows) for quantities, rows in kinds.items()]


# ---- Quantities ----


def ask_quantity(compare, text):
    for name, unit in (("cnicalc_cpu_parse", 1000), ("cnicalc_memory_parse", 1)):
        value, data = c_uint64(), text.encode()
        status = compare.library.ask(name, data, len(data), byref(value), outputs=[value])
        compare.same(TOPIC, (name, text), lambda: workload_model.quantity(text, unit),
                     (status, value.value if status == "OK" else None))


def ask_quantities(compare, draws):
    """Numbers with every suffix, and texts of the same characters."""
    suffixes = (*workload_model.SUFFIXES, "K", "mi", "e", "E+", "i", "B", "e5", "E-3", "e+12", "e-1")
    numbers = ("0", "1", "3.5", "1024", ".125", "7.", "-1", "+2", "000.500", "18446744073709551615",
               "18446744073709551616", "0.0009765625", "", ".", "1e3", "999999999999999999.9")
    for number, suffix in itertools.product(numbers, suffixes):
        ask_quantity(compare, number + suffix)
    rng = random.Random(20260714)
    for _ in range(draws):
        text = str(rng.randrange(10**rng.randrange(1, 20)))
        if rng.randrange(2):
            text += "." + str(rng.randrange(10**rng.randrange(1, 10)))
        ask_quantity(compare, text + rng.choice(suffixes))
        ask_quantity(compare, "".join(rng.choice("0123456789.5eE+-numkMGKTPi")
                                      for _ in range(rng.randrange(1, 9))))


# ---- Random questions ----


def draw_workload(rng):
    memory = rng.choice((0, 1, 32 * MIB, 512 * MIB, GIB, 3 * GIB // 2, 8 * GIB,
                         rng.randrange(1, 2**36)))
    return workload(rng.choice((1, 2, 10, 300, 3000, rng.randrange(1, 200000))),
                    rng.choice((0, 1, 10, 100, 250, 500, 1000, 4000, rng.randrange(1, 20000))),
                    memory, rng.choice((0, 0, 0, 0, 1)))


def draw_overrides(rng):
    """Options of nodes as node_questions has them, mostly the defaults, but no more pods on a node
    than the model fills one by one."""
    names = [name for name in node_questions.POOLS if rng.randrange(4) == 0]
    overrides = {name: rng.choice(node_questions.POOLS[name]) for name in names}
    overrides.update({"mode": rng.choice(MODES), "headroom_percent": rng.choice((0, 0, 10, 33, 100))})
    if rng.randrange(2):
        overrides.update(daemon_cpu_millicores=rng.randrange(2000),
                         daemon_memory_bytes=rng.randrange(2**31), daemon_pods=rng.randrange(6))
    if rng.randrange(3) == 0:
        overrides.update(plugin=2, node_mask=rng.randint(24, 28))
    if rng.randrange(4) == 0:
        overrides.update(edition=rng.randint(1, 5), raised=rng.randrange(2),
                         node_quota=rng.choice((0, 5, MOST_64)), routes_used=rng.choice((0, 199)))
    return overrides


def ask_random(compare, kinds, draws):
    rng = random.Random(20260713)
    for _ in range(draws):
        t = dict(rng.choice(kinds)[0])
        if rng.randrange(4) == 0:
            t.update({name: rng.choice((None, 0, 1, 2, 8, 30)) for name in
                      rng.sample(node_model.INSTANCE_FIELDS, 2)})
        mix = [draw_workload(rng) for _ in range(rng.choice((1, 1, 2, 2, 3, 5)))]
        ask_one(compare, t, draw_overrides(rng), mix)


def ask_corners(compare, kinds):
    mix = [workload(*WORKLOADS[0]), workload(40, 100, 256 * MIB, 1)]
    named = [t for t, _ in kinds if (t["vcpus"], t["eni_quantity"]) in ((2, 3), (16, 8), (None, 8))]
    rows = [named[0], named[-1], node_questions.row(leni_quota=9, vcpus=64, memory_mib=2**20),
            node_questions.row(high_dense_quantity=40, vcpus=2, memory_mib=2**13),
            node_questions.row(vcpus=16, memory_mib=32768, eni_quantity=8)]
    for t, corner in itertools.product(rows, CORNERS):
        for mode, workloads in itertools.product(MODES, ([], mix[:1], mix[1:], mix)):
            ask_one(compare, t, {"mode": mode, **corner}, workloads)
    free = [workload(9, 0, 0, 1), workload(70000, 0, 0)]
    ipv6 = {"mode": 4, "ip_stack": 3, "kubelet_max_pods": MOST}
    for t, overrides in itertools.product(rows, ({"mode": 3}, ipv6, {**ipv6, "daemon_pods": 9})):
        for workloads in (free, free[:1], free[1:]):
            ask_one(compare, t, overrides, workloads)
    most = [workload(MOST, 0, 0), workload(0, 1, 1), workload(MOST + 1, 1, 1),
            workload(MOST, MOST_64, 1), workload(2, 1, MOST_64), workload(1, 1, 1, 2),
            workload(1, MOST_64, 0), workload(1, 0, MOST_64)]
    for first, second in itertools.product(most, [None, *most]):
        ask_one(compare, named[0], {}, [w for w in (first, second) if w])


def ask_all_types(compare, kinds, draws):
    """A short run asks two workloads in each mode and version, which take turns."""
    rng = random.Random(20260712)
    plain = [[workload(*w)] for w in WORKLOADS]
    drawn = [[draw_workload(rng)] for _ in range(draws // 1000)]
    mixes = [[draw_workload(rng) for _ in range(3)] for _ in range(draws // LONG)]
    turn = itertools.cycle(plain)
    for mode, minor in itertools.product(MODES, MINORS):
        some = plain + drawn + mixes if draws >= LONG else itertools.islice(turn, 2)
        for workloads in some:
            ask_table(compare, kinds, {"mode": mode, "kubernetes_minor": minor}, workloads,
                      rng.sample(kinds, 20))
    for mask in range(24, 29) if draws >= LONG else (25,):
        ask_table(compare, kinds, {"plugin": 2, "node_mask": mask}, plain[0],
                  rng.sample(kinds, 20))


def ask(compare, draws):
    kinds = kinds_of_types(compare.library)
    ask_all_types(compare, kinds, draws)
    ask_corners(compare, kinds)
    ask_random(compare, kinds, draws)
    ask_quantities(compare, draws)
    compare.require(TOPIC, STATUSES)
    compare.require(TOPIC, BOUNDS)
