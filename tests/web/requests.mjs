/* SPDX-License-Identifier: MIT */
/* Requests drawn at random, as the fragments of links: most are well-formed, some are not. */
import { drawer } from './support.mjs';

const types = [
    'ecs.c7.4xlarge',
    'c7.xlarge',
    'ecs.g7.large',
    'ecs.gn7i-c8g1.2xlarge',
    'ecs.c7.5xlarge',
    'ecs.ebmg7.32xlarge',
];
const modes = ['shared', 'shared', 'trunk', 'exclusive', 'prefix', 'prefix', 'none'];

export function requests(count, seed) {
    const { below, one, chance } = drawer(seed);
    const maybe = (name, values, odds = 3) => (chance(odds) ? [[name, one(values)]] : []);
    const block = () => {
        const length = 16 + below(9);
        const step = 2 ** (24 - length);
        return (
            `${one(['10', '172', '192'])}.${one([16, 20, 168])}.${step * below(256 / step)}.` +
            `${chance(30) ? 1 : 0}/${length}`
        );
    };
    const named = () =>
        `${one(['I', 'J', 'a b'])}=${block()}${chance(6) ? ',used=' + below(400) : ''}`;
    const vswitches = () =>
        Array.from({ length: 1 + below(4) }, () => [
            one(['node-vswitch', 'pod-vswitch', 'vswitch']),
            named(),
        ]);
    const ceilings = () => [
        ...maybe('edition', ['basic', 'edge-pro', 'dedicated', 'professional'], 5),
        ...maybe('raised', ['on'], 4),
        ...maybe('node-quota', ['9', '900'], 6),
    ];

    const views = {
        node: () => [
            ['operand', one(types) + (chance(3) ? ' ' + one(types) : '')],
            ...maybe('mode', modes),
            ...maybe('max-eni', ['3', '-1']),
            ...maybe('erdma', ['on']),
            ...maybe('eni-cap-shift', ['-2', '1']),
            ...maybe('ipv4-prefix-count', ['0', '5', '99']),
            ...maybe('kubernetes', ['1.26', '2'], 5),
            ...maybe('dual-stack', ['on']),
        ],
        size: () => [
            ['pods', one(['30', '3000', '200000'])],
            ['cpu', one(['500m', '0.1', '4', '2', '1x'])],
            ['memory', one(['1Gi', '512Mi', '7Gi'])],
            ['family', one(['c7', 'g7', 'hfc6', 'c77'])],
            ...maybe('plugin', ['flannel']),
            ...maybe('headroom', ['10', '100']),
            ...maybe('mode', modes, 5),
            ...ceilings(),
        ],
        cluster: () =>
            chance(3)
                ? [
                      ['plugin', 'flannel'],
                      ['operand', block()],
                      ...maybe('pods-per-node', ['64', '100']),
                      ...ceilings(),
                  ]
                : [
                      ['plugin', 'terway'],
                      ['type', one(types)],
                      ...vswitches(),
                      ...maybe('mode', modes),
                      ...maybe('surge', ['2']),
                      ...maybe('pool-size', ['5']),
                      ...ceilings(),
                  ],
        plan: () => [
            ['plugin', one(['terway', 'flannel'])],
            ['vpc', block()],
            ...vswitches(),
            ...maybe('service-cidr', ['172.21.0.0/20', '10.0.0.0/33'], 2),
            ...maybe('pod-cidr', ['172.20.0.0/16']),
            ...maybe('nodes', ['20', '4000']),
            ...maybe('pods', ['600', '90000']),
            ...maybe('type', types),
            ...ceilings(),
        ],
        choose: () => [
            ...maybe('nodes', ['100', '3000', '0'], 2),
            ...ceilings(),
            ...maybe('need', ['networkpolicy', 'dual-stack', 'source-ip', 'nothing'], 2),
            ...maybe('need', ['independent-pod-cidr', 'networkpolicy'], 2),
        ],
    };

    return Array.from({ length: count }, (_, index) => {
        const view = Object.keys(views)[index % 5];
        return '#' + view + '?' + new URLSearchParams(views[view]());
    });
}
