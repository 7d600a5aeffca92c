/* SPDX-License-Identifier: MIT */
/* What the tests of the page share: a browser, the native command, and a line for each check. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { B, WEB_TOOLS } = process.env;
const tools = createRequire(WEB_TOOLS + '/');

export const address = pathToFileURL(B + '/web/cnicalc.html').href;
export const axe = tools.resolve('axe-core/axe.min.js');

/* Without what a browser asks of the network on its own. */
export const launch = () => tools('playwright-core').chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
        '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

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
        return Math.floor(state / 2 ** 32 * count);
    };
    return { below, one: (list) => list[below(list.length)], chance: (n) => below(n) === 0 };
}
