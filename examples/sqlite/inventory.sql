-- SPDX-License-Identifier: MIT
-- An inventory as the cloud's API gives it: DescribeClusters, DescribeClusterNodePools, and of
-- DescribeVSwitches CidrBlock, ZoneId and AvailableIpAddressCount. The numbers are made up.

CREATE TABLE clusters (
    name TEXT PRIMARY KEY,
    instance_type TEXT NOT NULL,
    mode TEXT NOT NULL, -- of Terway: shared, trunk, exclusive or prefix
    nodes INTEGER NOT NULL
);

CREATE TABLE vswitches (
    cluster TEXT NOT NULL REFERENCES clusters,
    role TEXT NOT NULL, -- node-vswitch, pod-vswitch, or vswitch: both
    zone TEXT NOT NULL,
    cidr TEXT NOT NULL,
    free INTEGER NOT NULL -- addresses
);

INSERT INTO clusters VALUES
    ('shop', 'ecs.c7.4xlarge', 'shared', 40),
    ('search', 'ecs.c7.4xlarge', 'shared', 76),
    ('queue', 'ecs.c7.4xlarge', 'exclusive', 15),
    ('batch', 'ecs.c6.4xlarge', 'shared', 4990),
    ('test', 'ecs.c7.4xlarge', 'shared', 0),
    ('video', 'ecs.d3c.3xlarge', 'shared', 8);

INSERT INTO vswitches VALUES
    ('shop', 'node-vswitch', 'H', '10.0.0.0/24', 232),
    ('shop', 'node-vswitch', 'I', '10.0.1.0/24', 232),
    ('shop', 'pod-vswitch', 'H', '10.0.32.0/19', 4000),
    ('shop', 'pod-vswitch', 'I', '10.0.64.0/19', 4000),
    ('search', 'node-vswitch', 'H', '10.1.0.0/24', 214),
    ('search', 'node-vswitch', 'I', '10.1.1.0/24', 214),
    ('search', 'pod-vswitch', 'H', '10.1.32.0/19', 208),
    ('search', 'pod-vswitch', 'I', '10.1.64.0/19', 500),
    ('queue', 'node-vswitch', 'H', '10.2.0.0/27', 13),
    ('queue', 'pod-vswitch', 'H', '10.2.32.0/19', 8000),
    ('batch', 'node-vswitch', 'H', '10.4.0.0/16', 60000),
    ('batch', 'pod-vswitch', 'H', '10.5.0.0/16', 60000),
    ('test', 'vswitch', 'H', '10.3.0.0/20', 4092),
    ('video', 'node-vswitch', 'H', '10.6.0.0/24', 244),
    ('video', 'pod-vswitch', 'H', '10.6.32.0/19', 8188);
