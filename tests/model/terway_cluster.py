# SPDX-License-Identifier: MIT
"""Making a Terway cluster, and asking the library and the model about it."""
from ctypes import byref, c_size_t, sizeof

from cnicalc import abi
import terway_fit_model
import terway_model
from answers import NO_LIMIT
from layout import fields
from library import UNKNOWN, as_struct, ceilings
from terway_zone_model import Vswitch

TOPIC = "terway"
MOST = 2**64 - 1
MEMBERS = [name for name, _ in abi.TerwayNode._fields_ if name != "reserved"]


# ---- Making questions ----


def vswitches_of(*described):
    """Vswitches from (prefix_len, zone, roles, used), each at the start of a /16 of its own; the
    /28 blocks of its reservations may follow."""
    return [Vswitch((0, 10 << 24 | index << 16, 4, prefix_len), *rest)
            for index, (prefix_len, *rest) in enumerate(described)]


def node_of(addresses, prefixes=0, pods=None, mode=None, **members):
    """A node by hand; it runs a pod for each address, or sixteen for each prefix."""
    return {**dict.fromkeys(MEMBERS, 0),
            "pods_per_node": (16 * prefixes or addresses) if pods is None else pods,
            "addresses": addresses, "prefixes": prefixes,
            "mode": (4 if prefixes else 1) if mode is None else mode, "joins": 1, **members}


def pool_of(node, count, zone):
    return {"node": node, "count": count, "zone": zone}


# ---- Asking the library ----


def pack(structure, rows):
    """An array, or NULL for none."""
    return (structure * len(rows))(*rows) if rows else None


def pack_vswitches(vswitches):
    return pack(abi.Vswitch, [abi.Vswitch(cidr=abi.Cidr(*v.cidr), used_addresses=v.used, zone=v.zone,
                                          roles=v.roles, reserved_prefixes=v.reserved)
                              for v in vswitches])


def pack_pools(pools):
    return pack(abi.TerwayPool, [abi.TerwayPool(abi.TerwayNode(**pool["node"]), pool["count"],
                                                pool["zone"]) for pool in pools])


def pack_cluster(vswitches, pools=()):
    return abi.TerwayCluster(pack_vswitches(vswitches), len(vswitches), pack_pools(pools),
                             len(pools))


def pack_options(o):
    own = {name: o[name] for name in ("ipvlan", "surge", "max_unavailable")}
    return as_struct(abi.TerwayOptions, {**own, **ceilings(o),
                                         "struct_size": sizeof(abi.TerwayOptions)})


def place_of(fault):
    """As Refused has it."""
    place = fields(fault)
    array, *elements = abi.Array(place["array"]).name, place["index"], place["other"]
    elements = [None if element == UNKNOWN else element for element in elements]
    return None if array == "NONE" and elements == [None, None] else (array, *elements)


def ask_result(compare, name, structure, *arguments):
    """(status, result), with the place of a fault instead of a result."""
    result, fault = structure(), abi.Fault()
    status = compare.library.ask(name, *arguments, byref(result), byref(fault), outputs=[result],
                                 documented=[fault])
    return status, fields(result) if status == "OK" else place_of(fault)


def ask_zones(compare, name, count, *arguments):
    """The same of an array of zones, with room for exactly count of them."""
    zones, out_count, fault = (abi.TerwayZone * (count + 1))(), c_size_t(), abi.Fault()
    status = compare.library.ask(name, *arguments, zones, count, byref(out_count), byref(fault),
                                 outputs=[zones], documented=[out_count, fault])
    if status != "OK":
        return status, place_of(fault)
    return status, [fields(zones[index]) for index in range(out_count.value)]


def zone_numbers(vswitches):
    return list(dict.fromkeys(v.zone for v in vswitches))


def with_row(answer, limit, change):
    """An answer with a row's available changed by change(row)."""
    return {**answer, "limits": [(*row[:3], change(row)) if row[0] == limit else row
                                 for row in answer["limits"]]}


def judged_all(answer):
    """Pools of prefixes: of which zone the row of shared addresses is, the library decides."""
    return {**answer, "limits": [row for row in answer["limits"] if row[0] != "ZONE_ADDRESSES"]}


def held(answer):
    """A zone that prefixes have part in: ZONE_ADDRESSES counts as far as it is the least."""
    least = min(row[3] for row in answer["limits"])
    return with_row(answer, "ZONE_ADDRESSES",
                    lambda row: least if row[3] != NO_LIMIT else NO_LIMIT)


def judged(answer):
    """The same where given nodes are judged: whether it is the one that is short."""
    return with_row(answer, "ZONE_ADDRESSES",
                    lambda row: answer["bound_by"] == "ZONE_ADDRESSES" or row[3] == NO_LIMIT)


def change_all(answer, change):
    status, zones = answer
    return status, [change(zone) for zone in zones] if status == "OK" else zones


def ask_solve(compare, vswitches, node, overrides):
    """(result, zones), or (None, None)."""
    o, question = {**terway_model.OPTIONS, **overrides}, (vswitches, node, overrides)
    cluster, packed, options = pack_cluster(vswitches), abi.TerwayNode(**node), pack_options(o)
    head = byref(cluster), byref(packed)
    result = compare.same(TOPIC, question, lambda: terway_model.solve(vswitches, node, o),
                          ask_result(compare, "cnicalc_terway_solve", abi.TerwayResult, *head,
                                     byref(options)))
    change = held if node["prefixes"] else dict
    zones = compare.same(
        TOPIC, question,
        lambda: [change(zone) for zone in terway_model.solve_zones(vswitches, node)],
        change_all(ask_zones(compare, "cnicalc_terway_zones", len(zone_numbers(vswitches)), *head),
                   change))
    return result, zones


def ask_fit(compare, vswitches, pools, overrides):
    o, question = {**terway_model.OPTIONS, **overrides}, (vswitches, pools, overrides)
    cluster, options = pack_cluster(vswitches, pools), pack_options(o)
    has_prefixes = any(pool["node"]["prefixes"] for pool in pools)
    change = judged_all if has_prefixes else dict
    status, answer = ask_result(compare, "cnicalc_terway_fit", abi.TerwayFitResult, byref(cluster),
                                byref(options))
    result = compare.same(TOPIC, question, lambda: change(terway_fit_model.fit(vswitches, pools, o)),
                          (status, change(answer) if status == "OK" else answer))
    change = judged if has_prefixes else dict
    compare.same(
        TOPIC, question,
        lambda: [change(zone) for zone in terway_fit_model.fit_zones(vswitches, pools)],
        change_all(ask_zones(compare, "cnicalc_terway_fit_zones", len(zone_numbers(vswitches)),
                             byref(cluster)), change))
    return result


def ask_both_ways(compare, vswitches, node, overrides):
    """How many nodes there can be; then whether each zone's fit in it, and one more does not."""
    result, zones = ask_solve(compare, vswitches, node, overrides)
    if not result or not zones or MOST in [zone["max_nodes"] for zone in zones]:
        return
    counts = {zone["zone"]: zone["max_nodes"] for zone in zones}
    pools = [pool_of(node, count, number) for number, count in counts.items()]
    ask_fit(compare, vswitches, pools, overrides)
    ask_fit(compare, vswitches, pools + [pool_of(node, 1, pools[-1]["zone"])], overrides)
