/* SPDX-License-Identifier: MIT */
/* The forms: which options of which subcommand a view offers. What they mean, which values they
 * take and what is a mistake is the command's to say. */

const text = (name, more) => ({ name, kind: 'text', ...more });
const flag = (name, more) => ({ name, kind: 'flag', ...more });
const choice = (name, more) => ({ name, kind: 'choice', ...more });
const many = (name, more) => ({ name, kind: 'many', ...more });
const types = (name, more) => ({ name, kind: 'types', ...more });

/* The roles of a block: their option, whether it has a name, whether addresses may be in use. */
export const roles = [
    { name: 'vpc', isNamed: false, hasUse: false },
    { name: 'node-vswitch', isNamed: true, hasUse: true },
    { name: 'pod-vswitch', isNamed: true, hasUse: true },
    { name: 'vswitch', isNamed: true, hasUse: true },
    { name: 'pod-cidr', isNamed: false, hasUse: false },
    { name: 'service-cidr', isNamed: false, hasUse: false },
    { name: 'other', isNamed: true, hasUse: false },
    { name: 'other-service', isNamed: true, hasUse: false },
    { name: 'other-vswitch', isNamed: true, hasUse: false },
];

export const roleOf = (name) => roles.find((role) => role.name === name);

const some = (...names) => names.map(roleOf);

/* Of which subcommands an option is, where it is not of all that a view asks. */
const judged = { only: ['check', 'map'] };
const proposed = { only: ['propose'] };
const withTerway = { only: ['terway'] };
const withFlannel = { only: ['flannel'] };

const nodeOptions = [
    flag('erdma'),
    choice('erdma-ipam'),
    flag('windows'),
    text('max-eni'),
    text('eni-cap-ratio'),
    text('eni-cap-shift'),
    text('ipv4-prefix-count'),
    text('host-network-pods'),
    text('kubelet-max-pods'),
    text('min-pods-to-join'),
];

const clusterNodeOptions = nodeOptions.map((field) => ({ ...field, ...withTerway }));

const ceilings = [
    choice('security-group'),
    text('security-group-used'),
    text('routes-used'),
    text('node-quota'),
    text('pod-quota'),
    text('service-quota'),
    text('route-quota'),
    text('vpc-address-quota'),
    text('vswitch-quota'),
    text('security-group-quota'),
];

function view(name, start, commandOf, parts) {
    const { fields = [], rows = [], more = [], propose = [] } = parts;
    const all = [...fields, ...more, ...propose, ...rows];
    return { name, start, commandOf, fields, rows, more, propose, all };
}

const of = (command) => () => command;

const pluginOf = (pairs) =>
    pairs.some(([name, value]) => name === 'plugin' && value === 'flannel') ? 'flannel' : 'terway';

export const views = {
    node: view('node', 'operand=ecs.c7.4xlarge', of('node'), {
        fields: [types('operand'), choice('mode'), flag('dual-stack')],
        more: [flag('ipv6-only'), ...nodeOptions, text('kubernetes'), text('memory-capacity')],
    }),
    size: view('size', 'pods=3000&cpu=500m&memory=1Gi&family=c7', of('size'), {
        fields: [
            text('pods'),
            text('cpu'),
            text('memory'),
            text('family', { offer: true }),
            choice('plugin'),
            choice('mode'),
            text('headroom'),
            text('daemon-cpu'),
            text('daemon-memory'),
        ],
        more: [
            many('workload'),
            many('type'),
            flag('host-network'),
            text('daemon-pods'),
            text('vcpus'),
            text('memory-gib'),
            flag('joins'),
            flag('dual-stack'),
            text('node-mask'),
            text('max-nodes'),
            text('limit'),
            ...nodeOptions,
            text('kubernetes'),
            choice('edition'),
            flag('raised'),
            text('routes-used'),
            text('node-quota'),
            text('pod-quota'),
            text('route-quota'),
        ],
    }),
    cluster: view(
        'cluster',
        'plugin=terway&type=ecs.c7.4xlarge&node-vswitch=I%3D192.168.0.0/24' +
            '&node-vswitch=J%3D192.168.1.0/24&pod-vswitch=I%3D192.168.32.0/19' +
            '&pod-vswitch=J%3D192.168.64.0/20',
        pluginOf,
        {
            fields: [
                choice('plugin', { only: [] }),
                text('operand', { ...withFlannel, label: 'pod-cidr' }),
                types('type', withTerway),
                choice('mode', withTerway),
                text('nodes', withFlannel),
                text('pods-per-node'),
            ],
            rows: some('node-vswitch', 'pod-vswitch', 'vswitch').map((role) => ({
                ...role,
                ...withTerway,
            })),
            more: [
                text('node-mask', withFlannel),
                text('pool-size', withTerway),
                text('surge', withTerway),
                text('max-unavailable', withTerway),
                text('burst', withTerway),
                text('min-pool-size', withTerway),
                flag('dual-stack', withTerway),
                ...clusterNodeOptions,
                choice('edition'),
                flag('raised'),
                choice('security-group', withTerway),
                text('security-group-used', withTerway),
                text('routes-used', withFlannel),
                text('node-quota'),
                text('pod-quota'),
                text('route-quota', withFlannel),
                text('vpc-address-quota', withTerway),
                text('security-group-quota', withTerway),
            ],
        },
    ),
    plan: view(
        'plan',
        'plugin=terway&type=ecs.c7.4xlarge&nodes=60&pods=6000&vpc=192.168.0.0/16' +
            '&node-vswitch=I%3D192.168.0.0/24&node-vswitch=J%3D192.168.1.0/24' +
            '&pod-vswitch=I%3D192.168.32.0/19&pod-vswitch=J%3D192.168.64.0/19' +
            '&service-cidr=172.21.0.0/20',
        of('check'),
        {
            fields: [
                choice('plugin'),
                types('type'),
                choice('mode'),
                text('nodes'),
                text('pods', judged),
                text('services'),
            ],
            rows: roles.map((role) =>
                /^(vpc|other.*)$/.test(role.name) ? role : { ...role, ...judged },
            ),
            propose: [
                text('pods-per-node', proposed),
                text('zones', proposed),
                text('growth', proposed),
            ],
            more: [
                text('node-mask', judged),
                flag('dual-stack'),
                text('surge', judged),
                text('burst', judged),
                text('ipv4-prefix-count'),
                choice('edition'),
                flag('raised'),
                ...ceilings,
            ],
        },
    ),
    grow: view(
        'grow',
        'add-nodes=150&pods-per-node=30&zone=i&vpc=10.10.0.0/16' +
            '&pod-vswitch=i%3D10.10.0.0/20,used%3D4050' +
            '&pod-vswitch=j%3D10.10.16.0/20,used%3D900',
        of('grow'),
        {
            fields: [
                text('add-nodes'),
                types('type'),
                choice('mode'),
                text('pods-per-node'),
                many('zone'),
                flag('roomy'),
            ],
            rows: roles.filter(({ name }) => name !== 'pod-cidr'),
            more: [
                text('nodes'),
                text('pods'),
                flag('dual-stack'),
                text('pool-size'),
                ...nodeOptions,
                choice('edition'),
                flag('raised'),
                ...ceilings,
            ],
        },
    ),
    choose: view('choose', 'nodes=500&need=networkpolicy', of('choose'), {
        fields: [text('nodes'), choice('edition'), flag('raised')],
        more: [text('node-quota')],
    }),
};
