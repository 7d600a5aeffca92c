/* SPDX-License-Identifier: MIT */
/* What the tests share: a line for each check, the native command, draws. */
import { spawnSync } from 'node:child_process';

let failures = 0;

export async function check(name, body) {
    const begin = Date.now();
    try {
        await body();
        console.log(`ok: ${name}, ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    } catch (error) {
        failures++;
        console.log(`failed: ${name}: ${error.message.split('\n').slice(0, 12).join(' | ')}`);
    }
}

export function finish() {
    process.exitCode = failures === 0 ? 0 : 1;
}

/* A command line as a shell runs it. */
export function native(line, input = '') {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', line], { input, encoding: 'utf8' });
    return { code: status, out: stdout, err: stderr };
}

/* Draws that are the same in every run. */
export function drawer(seed) {
    let state = seed;
    const below = (count) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * count);
    };
    return { below, one: (list) => list[below(list.length)], chance: (n) => below(n) === 0 };
}
