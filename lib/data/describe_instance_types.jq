# DescribeInstanceTypes replies, one or more pages, to the catalogue format of cnicalc:
#   jq -rsf lib/data/describe_instance_types.jq page.json... >types.tsv
# A field that the reply leaves out becomes "-": unknown, not zero.

def known: if . == null then "-" else . end;
def flag: if . == null then "-" elif . then 1 else 0 end;

["instance_type", "vcpus", "memory_mib", "eni_quantity", "eni_private_ip_address_quantity",
 "eni_ipv6_address_quantity", "eni_total_quantity", "eni_trunk_supported", "eri_quantity"],
(map(.InstanceTypes.InstanceType[]) | unique_by(.InstanceTypeId)[]
 | [.InstanceTypeId,
    (.CpuCoreCount | known),
    (if .MemorySize == null then "-" else .MemorySize * 1024 end),
    (.EniQuantity | known),
    (.EniPrivateIpAddressQuantity | known),
    (.EniIpv6AddressQuantity | known),
    (.EniTotalQuantity | known),
    (.EniTrunkSupported | flag),
    (.EriQuantity | known)])
| @tsv
