/* SPDX-License-Identifier: MIT */
/* The command as a function, for Node:
 *     import { run } from './cnicalc.mjs';
 *     const { code, out, err } = run(['node', 'ecs.c7.4xlarge', '-o', 'json']); */
import { readFileSync } from 'node:fs';
import { commandOf } from './wasi.mjs';

const file = new URL('cnicalc.wasm', import.meta.url);

/* run(arguments, stdin): each call is a process of its own. */
export const run = commandOf(new WebAssembly.Module(readFileSync(file)));
