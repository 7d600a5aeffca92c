# SPDX-License-Identifier: MIT
"""Cidr and Address against the standard library's ipaddress, with a fixed seed."""
import copy
import ipaddress
import pickle
import random
import unittest
from array import array

import cnicalc
from cnicalc import Address, Cidr, CidrArray, Error, StatusCode

CASES = 400
WIDTH = {4: 32, 6: 128}


def network(draw, family, longest=None):
    """A random network; half of the prefixes lie close together, so that blocks meet."""
    width = WIDTH[family]
    prefix_len = draw.randint(0, width if longest is None else longest)
    bits = draw.getrandbits(width)
    if draw.random() < 0.5:
        bits &= (1 << width) - 1 >> width // 4 * 3 << width // 4 * 3
    kind = ipaddress.IPv4Network if family == 4 else ipaddress.IPv6Network
    return kind((bits >> width - prefix_len << width - prefix_len if prefix_len else 0,
                 prefix_len))


class Oracle(unittest.TestCase):
    def setUp(self):
        self.draw = random.Random(20260725)

    def each(self, longest=None):
        for family in (4, 6):
            for _ in range(CASES):
                yield network(self.draw, family, longest)

    def test_facts(self):
        for peer in self.each():
            ours = Cidr(peer)
            self.assertEqual(int(ours.first), int(peer.network_address))
            self.assertEqual(int(ours.last), int(peer.broadcast_address))
            self.assertEqual(int(ours.netmask), int(peer.netmask))
            self.assertEqual(ours.address_count, peer.num_addresses)
            self.assertEqual((ours.family, ours.prefix_len), (peer.version, peer.prefixlen))
            self.assertEqual(ipaddress.ip_network(str(ours)), peer)
            self.assertEqual(Cidr(str(peer)), ours)
            self.assertEqual(Cidr.from_address(Address.from_int(int(peer[-1]), peer.version),
                                               peer.prefixlen), ours)

    def test_text(self):
        for peer in self.each():
            if peer.version == 4 or not peer.network_address.ipv4_mapped:
                self.assertEqual(str(Cidr(peer)), str(peer))
                self.assertEqual(str(Address(peer.network_address)), str(peer.network_address))

    def test_two_blocks(self):
        for peer in self.each():
            other = network(self.draw, peer.version)
            if self.draw.random() < 0.3:
                other = peer.supernet(new_prefix=self.draw.randint(0, peer.prefixlen))
            ours, theirs = Cidr(peer), Cidr(other)
            self.assertEqual(ours.overlaps(theirs), peer.overlaps(other))
            self.assertEqual(ours.contains(theirs), other.subnet_of(peer))
            self.assertEqual(theirs in ours, other.subnet_of(peer))
            self.assertEqual(other.network_address in peer, theirs.first in ours)
            self.assertEqual((ours < theirs, ours <= theirs, ours == theirs, ours > theirs),
                             (peer < other, peer <= other, peer == other, peer > other))
            self.assertEqual(ours.compare(theirs), (ours > theirs) - (ours < theirs))
            both = [peer, other]
            common = next(block for block in map(ours.supernet, range(ours.prefix_len, -1, -1))
                          if all(Cidr(one) in block for one in both))
            self.assertEqual(ours.common(theirs), common)

    def test_subnets(self):
        for peer in self.each():
            longer = self.draw.randint(peer.prefixlen, min(WIDTH[peer.version],
                                                           peer.prefixlen + 6))
            ours, parts = Cidr(peer), list(peer.subnets(new_prefix=longer))
            self.assertEqual(ours.subnet_count(longer), len(parts))
            self.assertEqual([str(block) for block in ours.subnets(longer)],
                             [str(Cidr(part)) for part in parts])
            at = self.draw.randrange(len(parts))
            self.assertEqual(ours.nth(longer, at), Cidr(parts[at]))
            self.assertEqual(ours.index_of(longer, Address(parts[at].broadcast_address)), at)
            shorter = self.draw.randint(0, peer.prefixlen)
            self.assertEqual(ours.supernet(shorter), Cidr(peer.supernet(new_prefix=shorter)))

    def test_sets(self):
        for family in (4, 6):
            for _ in range(CASES // 10):
                peers = [network(self.draw, family) for _ in range(self.draw.randrange(12))]
                ours = [Cidr(peer) for peer in peers]
                self.assertEqual(list(cnicalc.cidr_merge(ours)),
                                 [Cidr(peer) for peer in ipaddress.collapse_addresses(peers)])
                self.assertEqual(list(cnicalc.cidr_sort(ours)), sorted(ours))
                pairs = {(str(a), str(b)) for i, a in enumerate(sorted(ours))
                         for b in sorted(ours)[i + 1:] if b in a}
                found = cnicalc.cidr_overlap_pairs(ours)
                self.assertEqual({(str(a), str(b)) for a, b in found}, pairs)
                first = cnicalc.cidr_first_overlap(ours)
                self.assertEqual(first, found[0] if found else None)

    def test_exclude(self):
        for peer in self.each():
            inside = Cidr(peer).nth(min(WIDTH[peer.version], peer.prefixlen + 5), 0)
            expected = sorted(peer.address_exclude(ipaddress.ip_network(str(inside))))
            self.assertEqual(list(Cidr(peer).exclude([inside])), [Cidr(one) for one in expected])

    def test_ranges(self):
        for peer in self.each():
            kind = ipaddress.IPv4Address if peer.version == 4 else ipaddress.IPv6Address
            low = self.draw.randrange(1 << WIDTH[peer.version])
            high = self.draw.randrange(low, 1 << WIDTH[peer.version])
            expected = ipaddress.summarize_address_range(kind(low), kind(high))
            self.assertEqual(list(cnicalc.cidr_from_range(Address.from_int(low, peer.version),
                                                          Address.from_int(high, peer.version))),
                             [Cidr(one) for one in expected])

    def test_refused_by_both(self):
        for text in ("", "/8", "10.0.0.0/33", "10.0.0.1/8", "10.0.0/8", "10.256.0.0/16", "::/129",
                     "1::2::/64", "10.0.0.0/-1", "10.0.0.0/", "fe80:/16", "x", "10.0.0.0/8 "):
            with self.subTest(text):
                self.assertRaises(ValueError, ipaddress.ip_network, text)
                self.assertRaises(Error, Cidr, text)


class Cidrs(unittest.TestCase):
    def test_stricter_than_ipaddress(self):
        for text, code in (("10.0.0.0", StatusCode.ERR_CIDR_NO_PREFIX),
                           ("10.0.0.0/255.0.0.0", StatusCode.ERR_CIDR_PREFIX_LEN),
                           ("10.0.0.0/08", StatusCode.ERR_CIDR_LEADING_ZERO)):
            with self.subTest(text):
                ipaddress.ip_network(text)
                with self.assertRaises(Error) as caught:
                    Cidr(text)
                self.assertEqual(caught.exception.code, code)

    def test_fault(self):
        for text, offset, detail in (("10.256.0.0/16", 3, "'10.256.0.0/16' at offset 3"),
                                     ("10.0.0.0/33", 9, "'10.0.0.0/33' at offset 9"),
                                     ("10.0.0.1/8", 0, "'10.0.0.1/8', whose block is 10.0.0.0/8"),
                                     ("1\u00e9.0.0.0/8", 1, "'1\u00e9.0.0.0/8' at offset 1"),
                                     ("10.0.0.0/8\0", 10, "'10.0.0.0/8\\x00' at offset 10")):
            with self.subTest(text), self.assertRaises(Error) as caught:
                Cidr(text)
            self.assertEqual((caught.exception.offset, caught.exception.detail), (offset, detail))
        self.assertRaises(Error, Cidr, "\udc80/8")

    def test_numbers_are_not_cut(self):
        block = Cidr("::/64")
        for call in (lambda: block.nth(128, 2**64), lambda: block.nth(128, -1),
                     lambda: block.nth(2**32 + 128, 0), lambda: block.subnet_count(-1),
                     lambda: block.supernet(2**32), lambda: block.split(128, 0, -1),
                     lambda: Address.from_int(2**128, 6), lambda: Address.from_int(-1, 4)):
            with self.assertRaises(ValueError) as caught:
                call()
            self.assertNotIsInstance(caught.exception, Error)
        self.assertEqual(block.nth(128, 2**64 - 1), Cidr("::ffff:ffff:ffff:ffff/128"))
        self.assertRaises(Error, Address.from_int, 2**32, 4)
        self.assertRaises(TypeError, block.nth, 128, 0.0)

    def test_other_types_are_refused(self):
        for call in (lambda: Cidr(10), lambda: Cidr(None), lambda: Cidr(Address("::")),
                     lambda: Address(10), lambda: Address(Cidr("::/128")),
                     lambda: 10 in Cidr("::/0"), lambda: Cidr("::/0").overlaps(None),
                     lambda: CidrArray([1]), lambda: Cidr(ipaddress.ip_interface("10.0.0.0/8"))):
            self.assertRaises(TypeError, call)
        with self.assertRaises(Error):
            Address(ipaddress.IPv6Address("fe80::1%eth0"))

    def test_values(self):
        one = Cidr("10.0.0.0/8")
        self.assertEqual({one, Cidr("10.0.0.0/8"), Cidr.masked("10.9.9.9/8")}, {one})
        self.assertNotEqual(one, "10.0.0.0/8")
        self.assertNotEqual(Address("10.0.0.0"), one)
        with self.assertRaises(TypeError):
            one < "10.0.0.0/8"
        for twin in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one), Cidr(one)):
            self.assertEqual(twin, one)
        self.assertEqual(repr(one), "Cidr('10.0.0.0/8')")
        self.assertIs(one.family, cnicalc.Family.IPV4)
        self.assertLess(one, Cidr("::/0"))
        self.assertNotIn(one, Cidr("::/0"))
        self.assertNotIn("10.0.0.1", Cidr("::/0"))

    def test_error_pickles(self):
        with self.assertRaises(Error) as caught:
            Cidr("x")
        twin = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((str(twin), twin.offset), (str(caught.exception), 0))

    def test_edges(self):
        self.assertEqual(str(Cidr("10.0.0.0/8").next()), "11.0.0.0/8")
        self.assertEqual(str(Cidr("10.0.0.0/8").previous()), "9.0.0.0/8")
        self.assertRaises(Error, Cidr("255.0.0.0/8").next)
        self.assertRaises(Error, Cidr("::/0").subnet_count, 64)
        self.assertEqual(Cidr("172.16.0.0/12").is_private, True)
        self.assertEqual(Cidr("172.0.0.0/11").is_private, False)
        self.assertEqual(Cidr("10.0.0.0/16").first_free(24, ["10.0.0.0/23"]), Cidr("10.0.2.0/24"))
        self.assertIsNone(Cidr("10.0.0.0/16").first_free(24, ["10.0.0.0/8"]))

    def test_many_subnets(self):
        blocks = Cidr("10.0.0.0/8").subnets(20)
        self.assertEqual(sum(1 for _ in blocks), 4096)
        self.assertEqual(len(Cidr("10.0.0.0/8").exclude(
            [Cidr("10.0.0.0/8").nth(20, 2 * i) for i in range(2048)])), 2048)


class Arrays(unittest.TestCase):
    def test_lines(self):
        text = "10.0.0.0/8\n10.0.0.1/8\n\nfd00::/8"
        blocks, statuses = cnicalc.cidr_parse_lines(text)
        self.assertEqual(list(statuses), [0, 30, 20, 0])
        self.assertEqual([str(blocks[0]), str(blocks[-1])], ["10.0.0.0/8", "fd00::/8"])
        self.assertRaises(Error, lambda: blocks[1])
        self.assertRaises(IndexError, lambda: blocks[4])
        masked, statuses = cnicalc.cidr_parse_lines(text, mask_host_bits=True)
        self.assertEqual(list(statuses), [0, 0, 20, 0])
        self.assertEqual(masked[1], masked[0])
        self.assertEqual(masked[::3].lines(), "10.0.0.0/8\nfd00::/8\n")
        blocks, statuses = cnicalc.cidr_parse_lines([])
        self.assertEqual((len(blocks), len(statuses), blocks.lines()), (0, 0, ""))
        blocks, statuses = cnicalc.cidr_parse_lines(["10.0.0.0/8", ""])
        self.assertEqual(list(statuses), [0, 20])
        self.assertEqual(list(cnicalc.cidr_parse_lines(["10.0.0.0/8\n", "::/0"])[1]), [21, 0])

    def test_columns(self):
        blocks = CidrArray(["10.0.0.0/8", "fd00::/8", "192.168.0.0/16"])
        self.assertEqual(list(blocks.hi), [0, 0xFD << 56, 0])
        self.assertEqual(list(blocks.lo), [10 << 24, 0, 0xC0A80000])
        self.assertEqual(list(blocks.family), [4, 6, 4])
        self.assertEqual(list(blocks.prefix_len), [8, 8, 16])
        twin = CidrArray.from_columns(array("Q", blocks.hi), list(blocks.lo),
                                      array("I", blocks.family), (8, 8, 16))
        self.assertEqual(twin, blocks)
        twin.prefix_len[0] = 9
        self.assertEqual(str(twin[0]), "10.0.0.0/9")
        self.assertEqual(str(blocks[0]), "10.0.0.0/8")
        with self.assertRaises(ValueError):
            CidrArray.from_columns([0, 0], [0], [4, 4], [8, 8])
        with self.assertRaises(ValueError):
            CidrArray.from_columns([0], [-1], [4], [8])

    def test_arguments_are_left_alone(self):
        blocks = CidrArray(["11.0.0.0/8", "10.1.0.0/16", "10.0.0.0/8"])
        before = blocks.lines()
        cnicalc.cidr_sort(blocks), cnicalc.cidr_merge(blocks), cnicalc.cidr_overlap_pairs(blocks)
        Cidr("10.0.0.0/7").exclude(blocks), Cidr("10.0.0.0/7").first_free(16, blocks)
        self.assertEqual(blocks.lines(), before)

    def test_numpy(self):
        try:
            import numpy
        except ImportError:
            self.skipTest("there is no numpy")
        blocks = CidrArray(["10.0.0.0/8", "192.168.0.0/16"])
        self.assertEqual(numpy.asarray(blocks.raw)["prefix_len"].tolist(), [8, 16])
        self.assertEqual(numpy.asarray(blocks.lo).tolist(), [10 << 24, 0xC0A80000])
        twin = CidrArray.from_columns(*(numpy.asarray(getattr(blocks, name)).copy()
                                        for name in ("hi", "lo", "family", "prefix_len")))
        self.assertEqual(twin, blocks)


if __name__ == "__main__":
    unittest.main()
