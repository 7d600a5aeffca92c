# SPDX-License-Identifier: MIT
"""The cidr topic against Python's ipaddress, and against the recorded answers of peers in JSON.

usage: cidr_oracle.py LIBRARY ROOT [CASES]

CASES random cases are drawn per operation and family, from a fixed seed.
"""
import ctypes
import ipaddress
import json
import random
import re
import sys
from pathlib import Path

SEED = 20260723
IPV4_PRIVATE = [ipaddress.ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
IPV6_PRIVATE = [ipaddress.ip_network("fc00::/7")]
PREFIX_LEN = re.compile(r"0|[1-9][0-9]{0,2}")
WIDTH = {4: 32, 6: 128}
NETWORK = {4: ipaddress.IPv4Network, 6: ipaddress.IPv6Network}
ADDRESS = {4: ipaddress.IPv4Address, 6: ipaddress.IPv6Address}
U32, U64, SIZE = ctypes.c_uint32, ctypes.c_uint64, ctypes.c_size_t


class Cidr(ctypes.Structure):
    _fields_ = [("hi", U64), ("lo", U64), ("family", U32), ("prefix_len", U32)]

    def network(self):
        return NETWORK[self.family]((self.hi << 64 | self.lo, self.prefix_len))


class Address(ctypes.Structure):
    _fields_ = [("hi", U64), ("lo", U64), ("family", U32), ("reserved", U32)]

    def address(self):
        assert self.reserved == 0
        return ADDRESS[self.family](self.hi << 64 | self.lo)


class Pair(ctypes.Structure):
    _fields_ = [("outer", U32), ("inner", U32)]


def cidr(network):
    value = int(network.network_address)
    return Cidr(value >> 64, value & 2**64 - 1, network.version, network.prefixlen)


def address(addr):
    return Address(int(addr) >> 64, int(addr) & 2**64 - 1, addr.version, 0)


def text_of(thing):
    """As cnicalc writes it: ipaddress differs for IPv4-mapped addresses only (RFC 5952, 5)."""
    addr = getattr(thing, "ip", getattr(thing, "network_address", thing))
    thing = getattr(thing, "network", thing)
    suffix = f"/{thing.prefixlen}" if hasattr(thing, "prefixlen") else ""
    if addr.version == 6 and addr.ipv4_mapped is not None:
        return f"::ffff:{addr.ipv4_mapped}{suffix}"
    return f"{addr}{suffix}"


class Library:
    """Calls by short name; answers are the outputs, or the name of the status."""

    def __init__(self, path, header):
        self.lib = ctypes.CDLL(path)
        codes = header.partition("enum cnicalc_status_code {")[2].partition("};")[0]
        statuses = re.findall(r"CNICALC_(?:ERR_)?(\w+) = (\d+)", codes)
        self.names = {int(value): name for name, value in statuses}
        for struct, name in ((Cidr, "cidr"), (Address, "address"), (Pair, "cidr_pair")):
            size = self.lib.cnicalc_struct_size(f"cnicalc_{name}".encode())
            assert size == ctypes.sizeof(struct), name

    def call(self, name, *arguments):
        outputs = [a for a in arguments if isinstance(a, Out)]
        status = self.lib[f"cnicalc_{name}"](*[a.reference() if isinstance(a, Out) else a
                                               for a in arguments])
        if status != 0:
            return self.names[status]
        values = [o.value() for o in outputs]
        return values[0] if len(values) == 1 else values


class Out:
    """An output parameter of a type."""

    def __init__(self, kind):
        self.object = kind()

    def reference(self):
        return ctypes.byref(self.object)

    def value(self):
        if isinstance(self.object, Cidr):
            return self.object.network()
        if isinstance(self.object, Address):
            return self.object.address()
        return self.object.value


class Checker:
    def __init__(self, library, root, cases):
        self.lib = library
        self.vectors = Path(root) / "tests/vectors"
        self.cases = cases
        self.random = random.Random(SEED)
        self.checked = 0

    def expect(self, got, wanted, *question):
        self.checked += 1
        if got != wanted:
            sys.exit(f"{question}: got {got!r}, expected {wanted!r}")

    # ---- Text ----

    def parse(self, text, function="cidr_parse", kind=Cidr):
        raw = text.encode()
        return self.lib.call(function, raw, SIZE(len(raw)), Out(kind))

    def format(self, thing):
        buffer = ctypes.create_string_buffer(44)
        is_block = hasattr(thing, "prefixlen")
        status = self.lib.lib[f"cnicalc_{'cidr' if is_block else 'address'}_format"](
            ctypes.byref((cidr if is_block else address)(thing)), buffer, SIZE(44))
        return buffer.value.decode() if status == 0 else self.lib.names[status]

    def parse_lines(self, text, count, mask):
        blocks, statuses, found = (Cidr * count)(), (ctypes.c_int32 * count)(), SIZE()
        raw = text.encode()
        call = self.lib.lib[f"cnicalc_cidr_parse_lines{'_masked' if mask else ''}"]
        status = call(raw, SIZE(len(raw)), blocks, statuses, SIZE(count), ctypes.byref(found))
        self.expect((status, found.value), (0, count), "parse_lines")
        return [b.network() if s == 0 else self.lib.names[s] for b, s in zip(blocks, statuses)]

    def format_lines(self, networks):
        blocks = (Cidr * len(networks))(*map(cidr, networks))
        needed = SIZE()
        call = self.lib.lib.cnicalc_cidr_format_lines
        status = call(blocks, SIZE(len(networks)), None, SIZE(0), ctypes.byref(needed))
        self.expect(self.lib.names[status], "CAPACITY", "format_lines without room")
        text = ctypes.create_string_buffer(needed.value)
        self.expect(call(blocks, SIZE(len(networks)), text, needed, ctypes.byref(needed)), 0)
        return text.value.decode()

    def reads(self, text):
        """What a strict reader makes of a block's text: a network, "HOST_BITS" or None."""
        head, slash, tail = text.partition("/")
        if not slash or not PREFIX_LEN.fullmatch(tail) or "%" in head:
            return None
        try:
            interface = ipaddress.ip_interface(text)
        except ValueError:
            return None
        return interface.network if interface.ip == interface.network[0] else "HOST_BITS"

    # ---- Recorded answers ----

    def check_go_netip(self):
        for row in json.loads((self.vectors / "go_netip_parse.json").read_text()):
            text = row["input"]
            if row["fn"] == "ParseAddr":
                got = self.parse(text, "address_parse", Address)
            else:
                got = self.parse(text)
            if row["result"] == "accept" and "%" not in text:
                self.expect(self.format(got), row["canonical"], row)
            else:
                # Stricter than Go: no zones.
                self.expect(type(got), str, row)

    def check_python_vectors(self):
        functions = {"IPv4Address": ("address_parse", Address), "IPv4Network": ("cidr_parse", Cidr)}
        for row in json.loads((self.vectors / "python_ipaddress_ipv4.json").read_text()):
            text = row["input"]
            head, slash, tail = text.partition("/")
            if row["class"] == "IPv4Interface":
                raw = text.encode()
                got = self.lib.call("cidr_parse_address", raw, SIZE(len(raw)), Out(Address),
                                    Out(Cidr))
                got = got if isinstance(got, str) else f"{got[0]}/{got[1].prefixlen}"
            else:
                got = self.parse(text, *functions[row["class"]])
                got = got if isinstance(got, str) else text_of(got)
            if ":" in head and "%" not in head:
                self.check_ipv6_row(row, text, got)
            elif row["result"] == "reject":
                self.expect(got in self.lib.names.values(), True, row)
            elif row["class"] != "IPv4Address" and not slash:
                self.expect(got, "CIDR_NO_PREFIX", "stricter: a prefix length is needed", row)
            elif "." in tail:
                self.expect(got in ("CIDR_CHARACTER", "CIDR_PREFIX_LEN", "CIDR_LEADING_ZERO"), True,
                            "stricter: no netmask form", row)
            elif len(tail) > 1 and tail[0] == "0":
                self.expect(got, "CIDR_LEADING_ZERO", "stricter: no leading zeros", row)
            else:
                self.expect(got, row["canonical"], row)

    def check_ipv6_row(self, row, text, got):
        """The peer asked an IPv4 class; cnicalc reads both families."""
        kind = {"IPv4Address": ipaddress.IPv6Address, "IPv4Network": ipaddress.IPv6Network,
                "IPv4Interface": ipaddress.IPv6Interface}[row["class"]]
        try:
            wanted = text_of(kind(text))
        except ValueError:
            wanted = None
        if wanted is not None and ("/" in text or row["class"] == "IPv4Address"):
            self.expect(got, wanted, row)
        else:
            self.expect(got in self.lib.names.values(), True, row)

    def check_flannel_config(self):
        """Flannel keeps the first subnet free; cnicalc counts them all."""
        for row in json.loads((self.vectors / "flannel_config.json").read_text()):
            for key in ("network", "ipv6_network"):
                if row.get(key) is None:
                    continue
                prefix = "ipv6_" if key != "network" else ""
                network = ipaddress.ip_network(row[key])
                self.expect(self.parse(row[key]), network, row)
                sub_len = row[prefix + "subnet_len"]
                count = self.lib.call("cidr_subnet_count", ctypes.byref(cidr(network)),
                                      U32(sub_len), Out(U64))
                wanted = 2 ** (sub_len - network.prefixlen)
                self.expect(count, wanted if wanted < 2**64 else "OVERFLOW", row)
                ends = []
                for end in ("subnet_min", "subnet_max"):
                    addr = self.parse(row[prefix + end], "address_parse", Address)
                    index = self.lib.call("cidr_index_of", ctypes.byref(cidr(network)),
                                          U32(sub_len), ctypes.byref(address(addr)), Out(U64))
                    wanted = int(addr) - int(network[0]) >> WIDTH[network.version] - sub_len
                    self.expect(index, wanted if wanted < 2**64 else "OVERFLOW", row)
                    ends.append(wanted)
                if "subnets_min_to_max" in row and not prefix:
                    self.expect(max(0, ends[1] - ends[0] + 1), row["subnets_min_to_max"], row)

    # ---- Random draws ----

    def draw_address(self, family):
        width = WIDTH[family]
        kind = self.random.randrange(8)
        value = self.random.getrandbits(width)
        if kind == 0:
            value = self.random.choice((0, 1, 2**width - 1, 2**width - 2, 2**(width // 2)))
        elif kind < 4 and family == 6:
            for group in range(8):
                if self.random.random() < 0.5:
                    value &= ~(0xffff << 16 * group)
        elif kind == 4 and family == 6:
            value = 0xffff << 32 | value & 0xffffffff
        elif kind == 5:
            private = self.random.choice(IPV4_PRIVATE if family == 4 else IPV6_PRIVATE)
            value = int(private[0]) | value & int(private.hostmask)
        return ADDRESS[family](value)

    def draw_prefix_len(self, family, low=0):
        width = WIDTH[family]
        if self.random.random() < 0.1:
            return self.random.choice((low, width))
        return self.random.randint(low, width)

    def draw_network(self, family):
        return NETWORK[family]((self.draw_address(family), self.draw_prefix_len(family)),
                               strict=False)

    def draw_near(self, network):
        """A block that often touches, holds or lies in another."""
        family, kind = network.version, self.random.randrange(8)
        prefix_len = network.prefixlen
        if kind == 0:
            return self.draw_network(self.random.choice((4, 6)))
        if kind == 1:
            return network
        if kind == 2:
            return network.supernet(new_prefix=self.random.randint(0, prefix_len))
        value = int(network[0]) | self.random.getrandbits(WIDTH[family]) & int(network.hostmask)
        if kind < 6:
            return NETWORK[family]((value, self.draw_prefix_len(family, prefix_len)), strict=False)
        value ^= int(network.hostmask) + 1 & 2**WIDTH[family] - 1
        return NETWORK[family]((value, prefix_len), strict=False)

    def draw_set(self, family, size):
        """Blocks of one region, small enough to meet each other."""
        low = WIDTH[family] - self.random.randint(2, 10)
        region = NETWORK[family]((self.draw_address(family), low), strict=False)
        return region, [NETWORK[family](
            (int(region[0]) | self.random.getrandbits(WIDTH[family]) & int(region.hostmask),
             self.random.randint(low + (self.random.random() < 0.9), WIDTH[family])), strict=False)
            for _ in range(size)]

    def check_text(self, family):
        networks = [self.draw_network(family) for _ in range(self.cases)]
        lines = "".join(text_of(n) + "\n" for n in networks)
        self.expect(self.format_lines(networks), lines, "format_lines")
        self.expect(self.parse_lines(lines, self.cases, 0), networks, "parse_lines")
        spelled = []
        for network in networks:
            addr = ADDRESS[family](int(network[0]) | self.random.getrandbits(WIDTH[family])
                                   & int(network.hostmask))
            spelling = self.random.choice((str, lambda a: a.exploded, lambda a: str(a).upper()))
            spelled.append(f"{spelling(addr)}/{network.prefixlen}")
            self.expect(self.format(addr), text_of(addr), addr)
            self.expect(self.parse(spelling(addr), "address_parse", Address), addr, addr)
            raw = spelled[-1].encode()
            self.expect(self.lib.call("cidr_parse_address", raw, SIZE(len(raw)), Out(Address),
                                      Out(Cidr)), [addr, network], spelled[-1])
        self.expect(self.parse_lines("\n".join(spelled), self.cases, 1), networks, "masked")

    def check_mutations(self, family):
        alphabet = "0123456789abcdefABCDEFg.:/%+- x\t\0"
        for _ in range(self.cases):
            text = list(str(self.draw_network(family)))
            for _ in range(self.random.randint(1, 3)):
                at = self.random.randrange(len(text) + 1)
                kind = self.random.randrange(4)
                if kind == 0:
                    text.insert(at, self.random.choice(alphabet))
                elif kind == 1 and at < len(text):
                    del text[at]
                elif kind == 2 and at < len(text):
                    text[at] = self.random.choice(alphabet)
                else:
                    text[at:at] = text[max(0, at - 3):at]
            text = "".join(text)
            wanted, got = self.reads(text), self.parse(text)
            if wanted is None or wanted == "HOST_BITS":
                self.expect(got in self.lib.names.values(), True, text)
                self.expect(got == "CIDR_HOST_BITS", wanted == "HOST_BITS", text)
                self.check_fault(text, got)
            else:
                self.expect(got, wanted, text)

    def check_fault(self, text, name):
        raw, offset = text.encode(), SIZE(2**32 - 1)
        status = self.lib.lib.cnicalc_cidr_fault(raw, SIZE(len(raw)), ctypes.byref(offset))
        self.expect(self.lib.names[status], name, "fault", text)
        self.expect(offset.value <= len(raw), True, "fault offset", text)

    def check_facts(self, family):
        for _ in range(self.cases):
            n = self.draw_network(family)
            block = ctypes.byref(cidr(n))
            self.expect(self.lib.call("cidr_first", block, Out(Address)), n[0], n)
            self.expect(self.lib.call("cidr_last", block, Out(Address)), n[-1], n)
            self.expect(self.lib.call("cidr_netmask", block, Out(Address)), n.netmask, n)
            count = n.num_addresses
            self.expect(self.lib.call("cidr_address_count", block, Out(U64)),
                        count if count < 2**64 else "OVERFLOW", n)
            text = ctypes.create_string_buffer(40)
            self.lib.lib.cnicalc_cidr_address_count_text(block, text, SIZE(40))
            self.expect(text.value.decode(), str(count), n)
            private = IPV4_PRIVATE if family == 4 else IPV6_PRIVATE
            self.expect(self.lib.call("cidr_is_private", block, Out(U32)),
                        int(any(n.subnet_of(p) for p in private)), n)

    def check_two(self, family):
        for _ in range(self.cases):
            a = self.draw_network(family)
            b = self.draw_near(a)
            both = ctypes.byref(cidr(a)), ctypes.byref(cidr(b))
            same = a.version == b.version
            self.expect(self.lib.call("cidr_contains", *both, Out(U32)),
                        int(same and b.subnet_of(a)), a, "contains", b)
            self.expect(self.lib.call("cidr_contains_address", both[0],
                                      ctypes.byref(address(b[-1])), Out(U32)),
                        int(b[-1] in a), a, "contains", b[-1])
            self.expect(self.lib.call("cidr_overlaps", *both, Out(U32)),
                        int(same and a.overlaps(b)), a, "overlaps", b)
            self.expect(self.lib.call("cidr_equal", *both, Out(U32)), int(a == b), a, "equal", b)
            keys = [(n.version, n.network_address, n.prefixlen) for n in (a, b)]
            order = ctypes.c_int32
            self.expect(self.lib.call("cidr_compare", *both, Out(order)),
                        (keys[0] > keys[1]) - (keys[0] < keys[1]), a, "compare", b)
            wanted = "CIDR_FAMILY_MIXED"
            if same:
                wanted = next(s for s in (a.supernet(new_prefix=p)
                                          for p in range(a.prefixlen, -1, -1)) if b.subnet_of(s))
            self.expect(self.lib.call("cidr_common", *both, Out(Cidr)), wanted, a, "common", b)

    def check_split(self, family):
        width = WIDTH[family]
        for _ in range(self.cases):
            n = self.draw_network(family)
            block, sub_len = ctypes.byref(cidr(n)), self.draw_prefix_len(family, n.prefixlen)
            count = 2 ** (sub_len - n.prefixlen)
            self.expect(self.lib.call("cidr_subnet_count", block, U32(sub_len), Out(U64)),
                        count if count < 2**64 else "OVERFLOW", n, sub_len)
            index = self.random.randrange(min(count, 2**64))
            start = int(n[0]) + (index << width - sub_len)
            sub = NETWORK[family]((start, sub_len))
            self.expect(self.lib.call("cidr_nth", block, U32(sub_len), U64(index), Out(Cidr)), sub,
                        n, sub_len, index)
            if count < 2**64:
                self.expect(self.lib.call("cidr_nth", block, U32(sub_len), U64(count), Out(Cidr)),
                            "INDEX", n, sub_len, count)
            addr = ADDRESS[family](int(n[0]) | self.random.getrandbits(width) & int(n.hostmask))
            index = int(addr) - int(n[0]) >> width - sub_len
            self.expect(self.lib.call("cidr_index_of", block, U32(sub_len),
                                      ctypes.byref(address(addr)), Out(U64)),
                        index if index < 2**64 else "OVERFLOW", n, sub_len, addr)
            self.check_steps(n, block)

    def check_steps(self, n, block):
        width = WIDTH[n.version]
        for name, start in (("next", int(n[-1]) + 1), ("previous", int(n[0]) - n.num_addresses)):
            fits = 0 <= start < 2**width
            self.expect(self.lib.call(f"cidr_{name}", block, Out(Cidr)),
                        NETWORK[n.version]((start, n.prefixlen)) if fits else "CIDR_EDGE", name, n)
        up = self.random.randint(0, n.prefixlen)
        self.expect(self.lib.call("cidr_supernet", block, U32(up), Out(Cidr)),
                    n.supernet(new_prefix=up), n, up)

    def check_ranges(self, family):
        for _ in range(self.cases):
            first, last = self.draw_address(family), self.draw_address(family)
            if self.random.random() < 0.5:
                last = ADDRESS[family](min(int(first) + self.random.getrandbits(8),
                                           2**WIDTH[family] - 1))
            ends = ctypes.byref(address(first)), ctypes.byref(address(last))
            blocks, count = (Cidr * 254)(), SIZE()
            status = self.lib.lib.cnicalc_cidr_from_range(*ends, blocks, SIZE(254),
                                                          ctypes.byref(count))
            if first > last:
                self.expect(self.lib.names[status], "CIDR_RANGE", first, last)
                continue
            wanted = list(ipaddress.summarize_address_range(first, last))
            self.expect([b.network() for b in blocks[:count.value]], wanted, first, last)

    # ---- Sets ----

    def run_set(self, function, networks):
        """The array after a call without further arguments, and the count written."""
        blocks, count = (Cidr * len(networks))(*map(cidr, networks)), SIZE()
        arguments = [blocks, SIZE(len(networks))] + [ctypes.byref(count)] * (function != "sort")
        self.expect(self.lib.lib[f"cnicalc_cidr_{function}"](*arguments), 0, function)
        return [b.network() for b in blocks], count.value

    def check_sets(self, family):
        for _ in range(self.cases):
            region, networks = self.draw_set(family, self.random.randint(0, 12))
            others = self.draw_set(10 - family, self.random.randint(0, 2))[1]
            mixed = networks + others
            self.random.shuffle(mixed)
            ordered = sorted(mixed, key=lambda n: (n.version, n.network_address, n.prefixlen))
            self.expect(self.run_set("sort", mixed)[0], ordered, mixed)
            merged, count = self.run_set("merge", mixed)
            wanted = [n for v in (4, 6) for n in ipaddress.collapse_addresses(
                m for m in mixed if m.version == v)]
            self.expect(merged[:count], wanted, "merge", mixed)
            self.check_overlaps(ordered, mixed)
            self.check_exclude(region, networks, mixed)
            self.check_free(region, networks, mixed)

    def check_overlaps(self, ordered, mixed):
        wanted = [(i, j) for i, a in enumerate(ordered) for j, b in enumerate(ordered)
                  if i < j and a.version == b.version and a.overlaps(b)]
        blocks = (Cidr * len(mixed))(*map(cidr, mixed))
        found, pair, count = U32(), Pair(), U64()
        self.lib.lib.cnicalc_cidr_first_overlap(blocks, SIZE(len(mixed)), ctypes.byref(found),
                                                ctypes.byref(pair))
        self.expect([(pair.outer, pair.inner)] if found.value else [], wanted[:1], mixed)
        blocks = (Cidr * len(mixed))(*map(cidr, mixed))
        pairs = (Pair * len(wanted))()
        status = self.lib.lib.cnicalc_cidr_overlap_pairs(blocks, SIZE(len(mixed)), pairs,
                                                         SIZE(len(wanted)), ctypes.byref(count))
        self.expect((status, count.value), (0, len(wanted)), mixed)
        self.expect([(p.outer, p.inner) for p in pairs], wanted, mixed)

    @staticmethod
    def left_of(region, networks):
        left = [region]
        for used in networks:
            if any(n.subnet_of(used) for n in left):
                left = [n for n in left if not n.subnet_of(used)]
            for n in [n for n in left if used.subnet_of(n)]:
                left.remove(n)
                left.extend(n.address_exclude(used))
        return list(ipaddress.collapse_addresses(left))

    def check_exclude(self, region, networks, mixed):
        blocks, count = (Cidr * len(mixed))(*map(cidr, mixed)), SIZE()
        wanted = self.left_of(region, networks)
        room = (Cidr * len(wanted))()
        status = self.lib.lib.cnicalc_cidr_exclude(ctypes.byref(cidr(region)), blocks,
                                                   SIZE(len(mixed)), room, SIZE(len(wanted)),
                                                   ctypes.byref(count))
        self.expect((status, count.value), (0, len(wanted)), "exclude", region, mixed)
        self.expect([b.network() for b in room], wanted, "exclude", region, mixed)

    def check_free(self, region, networks, mixed):
        prefix_len = self.random.randint(region.prefixlen, WIDTH[region.version])
        wanted = next((s for s in region.subnets(new_prefix=prefix_len)
                       if not any(s.overlaps(n) for n in networks)), None)
        blocks, found, free = (Cidr * len(mixed))(*map(cidr, mixed)), U32(9), Cidr()
        status = self.lib.lib.cnicalc_cidr_first_free(
            ctypes.byref(cidr(region)), U32(prefix_len), blocks, SIZE(len(mixed)),
            ctypes.byref(found), ctypes.byref(free))
        self.expect((status, found.value), (0, int(wanted is not None)), "free", region, mixed)
        if wanted is not None:
            self.expect(free.network(), wanted, "free", region, prefix_len, mixed)

    def run(self):
        self.check_go_netip()
        self.check_python_vectors()
        self.check_flannel_config()
        for family in (4, 6):
            for check in (self.check_text, self.check_mutations, self.check_facts, self.check_two,
                          self.check_split, self.check_ranges, self.check_sets):
                check(family)
        print(f"cidr_oracle: {self.checked} answers agree")


def main():
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    root = sys.argv[2]
    header = (Path(root) / "include/cnicalc/base.h").read_text()
    cases = int(sys.argv[3]) if len(sys.argv) == 4 else 2000
    Checker(Library(sys.argv[1], header), root, cases).run()


main()
