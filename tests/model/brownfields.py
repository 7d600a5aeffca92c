# SPDX-License-Identifier: MIT
"""Clusters that run among the vSwitches of others, each a file of arguments of `cnicalc grow`.

    brownfields.py COUNT SEED FOLDER
"""
import ipaddress
import random
import sys
from pathlib import Path

TYPES = ("ecs.c7.xlarge", "ecs.c7.4xlarge", "ecs.g7.2xlarge")


class Vpc:
    """Blocks, of which disjoint ones are taken at random."""

    def __init__(self, rng, blocks):
        self.rng, self.blocks, self.taken = rng, blocks, []

    def take(self, mask):
        """A free block of a mask, or None where a few tries find none."""
        for _ in range(20):
            block = self.rng.choice(self.blocks)
            if mask < block.prefixlen:
                continue
            place = self.rng.randrange(2 ** (mask - block.prefixlen)) * 2 ** (32 - mask)
            found = ipaddress.ip_network((int(block.network_address) + place, mask))
            if not any(found.overlaps(other) for other in self.taken):
                self.taken.append(found)
                return found
        return None


def vswitch(rng, vpc, option, zone, masks):
    block = vpc.take(rng.choice(masks))
    if block is None:
        return []
    used = rng.choice((0, rng.randrange(block.num_addresses - 3), block.num_addresses - 4))
    return [f"--{option}={zone}={block},used={used}"]


def node(rng):
    """Of a number of pods, or of a type in a mode, or as Terway is set up."""
    if rng.random() < .4:
        settings = ["--mode=trunk", "--max-eni=3", "--pool-size=5", "--ipv4-prefix-count=2"]
        return [f"--pods-per-node={rng.choice((1, 10, 30, 120))}", *rng.sample(settings, rng.randrange(3))]
    mode = rng.choice(("shared", "trunk", "exclusive", "prefix"))
    more = [f"--type={rng.choice(TYPES)}", f"--mode={mode}"]
    if mode == "prefix" and rng.random() < .5:
        more.append(f"--ipv4-prefix-count={rng.randint(1, 6)}")
    if mode in ("shared", "trunk"):
        more += rng.sample([f"--pool-size={rng.randrange(8)}", f"--max-eni={rng.randint(2, 5)}",
                            "--min-pool-size=2", "--pods-per-node=7"], rng.randrange(4))
    return more


def brownfield(rng):
    blocks = [ipaddress.ip_network(f"10.10.0.0/{rng.randint(16, 21)}")]
    if rng.random() < .3:
        blocks.append(ipaddress.ip_network("10.11.0.0/22"))
    vpc = Vpc(rng, blocks)
    arguments = [f"--vpc={block}" for block in blocks]
    zones = list("ijk"[:rng.randint(1, 3)])
    for zone in zones:
        roles = rng.choice((("vswitch",), ("node-vswitch", "pod-vswitch"), ("node-vswitch",),
                            ("node-vswitch", "pod-vswitch", "pod-vswitch", "vswitch")))
        for role in roles:
            masks = range(25, 30) if role == "node-vswitch" else range(21, 26)
            arguments += vswitch(rng, vpc, role, zone, masks)
    for index in range(rng.choice((0, 5, 60, 300))):
        block = vpc.take(rng.randint(23, 29))
        arguments += [f"--other-vswitch=o{index}={block}"] if block else []
    if rng.random() < .9:
        arguments.append("--service-cidr=172.21.0.0/20")
    if rng.random() < .3:
        arguments.append("--other=office=10.0.0.0/13")
    if rng.random() < .3:
        arguments.append("--roomy")
    if rng.random() < .3:
        arguments += [f"--zone={zone}" for zone in rng.sample(zones + ["new"], rng.randint(1, 2))]
    if rng.random() < .5:
        arguments += [f"--nodes={rng.choice((1, 100, 4950))}", f"--pods={rng.choice((1, 149000))}"]
    return arguments + node(rng) + [f"--add-nodes={rng.choice((1, 3, 20, 90, 300))}"]


def main():
    rng = random.Random(int(sys.argv[2]))
    for index in range(int(sys.argv[1])):
        Path(sys.argv[3], f"field{index}").write_text("\n".join(brownfield(rng)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
