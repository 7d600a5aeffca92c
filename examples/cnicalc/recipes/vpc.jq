# SPDX-License-Identifier: MIT
# The IPv4 blocks of a VPC, as `aliyun vpc DescribeVpcAttribute` has them, as arguments of cnicalc:
#   aliyun vpc DescribeVpcAttribute --VpcId vpc-a | jq -rnf vpc.jq

include "reply" {search: "./"};

replies
| if length != 1 then error("\(length) replies; a VPC has one") else .[0] end
| [(.CidrBlock | expect("string"; "CidrBlock")),
   (.SecondaryCidrBlocks.SecondaryCidrBlock // []
    | expect("array"; "SecondaryCidrBlocks.SecondaryCidrBlock") | .[]
    | expect("string"; "a secondary block"))]
| map(argument("vpc"; .)) | .[]
