/* SPDX-License-Identifier: MIT */
/* The command as a module for Node: what the native one answers. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { check, finish, native } from './support.mjs';

const { run } = await import(pathToFileURL(process.env.B + '/web/cnicalc.mjs').href);

const same = (words, input) => {
    const line = ['cnicalc', ...words]
        .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
        .join(' ');
    assert.deepEqual(run(words, input), native(line, input));
};

await check('an answer', () => same(['node', 'ecs.c7.4xlarge', '--explain']));
await check('an answer that is no', () =>
    same(['flannel', '--nodes', '300', '--pods-per-node', '64']),
);
await check('a mistake', () => same(['node', 'ecs.c7.5xlarge']));
await check('every instance type', () => same(['types', '-o', 'json']));
await check('arguments that are not ASCII', () =>
    same(['map', '--vpc', '10.0.0.0/16', '--vswitch', '区 "a"&b=10.0.0.0/20', '-o', 'svg']),
);
await check('stdin', () =>
    same(
        ['check', '@-'],
        '--plugin=terway\n# a comment\n--vpc=10.0.0.0/16\n--vswitch=A=10.0.0.0/19\n',
    ),
);
await check('a long stdin', () =>
    same(
        ['cidr', 'merge', '-'],
        Array.from({ length: 20000 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24\n`).join(''),
    ),
);
await check('no file but stdin', () => {
    assert.equal(run(['check', '@plan']).code, 2);
    assert.match(run(['check', '@plan']).err, /^cnicalc: check: @plan: /);
});
await check('each run is the first', () => {
    const first = run(['quota', '-o', 'tsv']);
    run(['node', 'none']);
    assert.deepEqual(run(['quota', '-o', 'tsv']), first);
});

/* What a form does not offer: a file; what the page adds itself; what is for other subcommands. */
const notOffered = {
    node: 'catalog explain',
    size:
        'catalog enis explain ipv4-per-eni memory-capacity plot pods-per-vcpu ' +
        'schedulable-pods where',
    terway:
        'catalog explain ipvlan ipvlan-pod-quota node-mask nodes other other-service ' +
        'other-vswitch plugin pod-cidr pods pool route-quota routes-used service-cidr ' +
        'service-quota services summary vpc vswitch-quota warn-at',
    flannel: 'explain',
    check: 'catalog min-pods-to-join pods-per-node summary',
    map: 'catalog min-pods-to-join pods-per-node summary',
    propose: 'catalog node-vswitch summary zone',
    grow:
        'catalog explain ipvlan ipvlan-pod-quota min-pool-size node-mask plugin pod-cidr ' +
        'services summary',
    choose: 'need',
};
const source = readFileSync('examples/web/views.js', 'utf8');
const { views } = await import('data:text/javascript,' + encodeURIComponent(source));
const asks = { cluster: ['terway', 'flannel'], plan: ['check', 'map', 'propose'] };
for (const view of Object.values(views)) {
    for (const command of asks[view.name] ?? [view.name]) {
        await check(`the options of ${command} and the fields of its form`, () => {
            const { out } = run(['--manual', 'options', command]);
            const options = [...out.matchAll(/ Fl -([\w-]+)/g)].map(([, name]) => name);
            const fields = view.all
                .filter(({ name, only }) => name !== 'operand' && (only?.includes(command) ?? true))
                .map(({ name }) => name);
            assert.deepEqual([...fields, ...notOffered[command].split(' ')].sort(), options.sort());
        });
    }
}

finish();
