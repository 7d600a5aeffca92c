# SPDX-License-Identifier: MIT
"""What kubelet keeps of a node and what it leaves to pods, slowly and plainly.

Written from the published rules, not from lib/: the ACK documentation for Kubernetes 1.28 and later
and for Windows; before 1.28 what running nodes show, which nothing documents. None is unknown.
"""
import struct
from fractions import Fraction
from math import floor, trunc

SHARED_EXTRA_PODS = 3  # maxPods is the pods of shared ENI mode and these, whatever the host runs
FIRST_NEW_MINOR = 28
LEAST_OLD_CORES = 4  # no node of fewer was seen before 1.28
EVICTION_MIB = 300
KIB_PER_MIB = 1024
WINDOWS_MILLICORES, WINDOWS_MIB = 1500, 2560
# Millicores that each core adds to what is kept: the last core that adds so many, counted from 1.
NEW_CORES = ((1, 60), (2, 10), (4, 5), (None, Fraction(5, 2)))
OLD_CORES = ((4, 25), (64, 25), (128, Fraction(25, 2)), (None, 5))
# Percent of each further part of the memory, in MiB.
OLD_MEMORY = ((4096, 25), (4096, 20), (8192, 10), (114688, 6), (None, 2))


def is_new(minor):
    """minor: 26 is Kubernetes 1.26; 0 is no word about it."""
    return minor == 0 or minor >= FIRST_NEW_MINOR


def of_cores(steps, cores):
    """The millicores of this many cores, core by core."""
    total, begin = Fraction(0), 0
    for last, millicores in steps:
        end = cores if last is None else min(last, cores)
        total += max(0, end - begin) * Fraction(millicores)
        begin = max(begin, end)
    return trunc(total)


def reserved_millicores(vcpus, minor=0, windows=0):
    if windows:
        return WINDOWS_MILLICORES
    if vcpus is None or (not is_new(minor) and vcpus < LEAST_OLD_CORES):
        return None
    return of_cores(NEW_CORES if is_new(minor) else OLD_CORES, vcpus)


def reserved_memory_mib(memory_mib, max_pods, minor=0, windows=0):
    if windows:
        return WINDOWS_MIB
    if memory_mib is None:
        return None
    if is_new(minor):
        return None if max_pods is None else min(11 * max_pods + 255, memory_mib // 4)
    total, left = 0, memory_mib
    for part, percent in OLD_MEMORY:
        part = left if part is None else min(left, part)
        total += trunc(Fraction(part * percent, 100))
        left -= part
    return total - total % 2


def allocatable_millicores(vcpus, reserved):
    return None if vcpus is None or reserved is None else max(0, 1000 * vcpus - reserved)


def allocatable_kib(memory_kib, reserved_mib):
    if memory_kib is None or reserved_mib is None:
        return None
    return max(0, memory_kib - (reserved_mib + EVICTION_MIB) * KIB_PER_MIB)


def kubelet_fields(t, o, max_pods):
    """The fields of cnicalc_node_result that tell what kubelet keeps and leaves, by name."""
    minor, windows, type_mib = o["kubernetes_minor"], o["windows"], t["memory_mib"]
    type_kib = None if type_mib is None else type_mib * KIB_PER_MIB
    kib = o["memory_capacity_kib"] or type_kib
    mib = None if kib is None else kib // KIB_PER_MIB
    millicores = reserved_millicores(t["vcpus"], minor, windows)
    reserved_mib = reserved_memory_mib(mib, max_pods, minor, windows)
    left_kib = allocatable_kib(kib, reserved_mib)
    return {"kubelet_reserved_cpu_millicores": millicores,
            "kubelet_reserved_memory_mib": reserved_mib,
            "allocatable_cpu_millicores": allocatable_millicores(t["vcpus"], millicores),
            "allocatable_memory_kib": left_kib,
            "allocatable_memory_mib": None if left_kib is None else left_kib // KIB_PER_MIB}


def allocatable_storage(capacity_bytes):
    """kubelet keeps a tenth of the disk, as a 32-bit float has it."""
    tenth = Fraction(struct.unpack("f", struct.pack("f", 0.1))[0])
    return capacity_bytes - floor(capacity_bytes * tenth)
