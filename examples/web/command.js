/* SPDX-License-Identifier: MIT */
/* The command, as the page calls it. */
import { commandOf } from './wasi.js';

let run = null;

/* Makes the command of its module, which is compressed, in base64. */
export async function startCommand(base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    run = commandOf(await WebAssembly.compile(await new Response(stream).arrayBuffer()));
}

/* Its exit status, stdout and stderr, and the answer where that is JSON. */
export function ask(args, format = 'json') {
    const { code, out, err } = run([...args, '-o', format]);
    return { code, out, err, json: code < 2 && format === 'json' ? JSON.parse(out) : null };
}

const once = new Map();

/* The lines of what never changes, such as what completion offers. */
function linesOf(...args) {
    const key = args.join('\n');
    if (!once.has(key)) {
        once.set(
            key,
            run(args)
                .out.split('\n')
                .filter((line) => line !== ''),
        );
    }
    return once.get(key);
}

export const versionLines = () => linesOf('--version');

/* The values of an option, or the operands. */
export const offered = (command, ...words) => linesOf('--complete', command, ...words, '');

/* What the manual says of an option, and the default that it names. */
export function manualOf(command, option) {
    const items = linesOf('--manual', 'options', command).join('\n').split('\n.It ');
    const item =
        items.find((one) =>
            one
                .split('\n')[0]
                .split(' , ')
                .some((flag) => flag.replace(/^\.It /, '').split(' ')[1] === '-' + option),
        ) ?? '';
    const says = item
        .split('\n')
        .slice(1)
        .filter((line) => !line.startsWith('.'))
        .join(' ')
        .replaceAll('\\-', '-')
        .replaceAll('\\&', '');
    const other = /^As for cnicalc (\w+)/.exec(says)?.[1];
    if (other !== undefined && other !== command) {
        return manualOf(other, option);
    }
    return {
        says,
        byDefault:
            /([\w.-]+) \(default\)|\(default ([^)]+)\)/
                .exec(says)
                ?.slice(1)
                .find((word) => word !== undefined) ?? null,
    };
}

/* A line of stderr without whose it is. */
export const complaintOf = (line) => line.trim().replace(/^cnicalc: [\w-]+: /, '');

/* A command line for a shell. */
export const shellLine = (args) =>
    ['cnicalc', ...args]
        .map((word) =>
            /^[\w@%+=:,./-]+$/.test(word) ? word : "'" + word.replaceAll("'", "'\\''") + "'",
        )
        .join(' ');

/* A file of arguments, as @FILE: one a line. */
export function fileOf(args) {
    const lines = [];
    for (const word of args) {
        if (lines.length > 0 && /^--[^=]+$/.test(lines.at(-1)) && !word.startsWith('--')) {
            lines.push(lines.pop() + '=' + word);
        } else {
            lines.push(word);
        }
    }
    return lines.join('\n') + '\n';
}
