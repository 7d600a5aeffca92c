/* SPDX-License-Identifier: MIT */
/* The command as a module for Node: what the native one answers. */
import assert from 'node:assert/strict';
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

finish();
