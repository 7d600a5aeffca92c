/* SPDX-License-Identifier: MIT */
/* The command, as the page calls it. */
import { commandOf } from './wasi.js';

let run = null;

/* What gzip has packed. All of it is read before the browser does anything else, and into bytes of
 * the length that the last four tell. */
async function unpacked(bytes) {
    const { readable, writable } = new DecompressionStream('gzip');
    const writer = writable.getWriter();
    writer.write(bytes);
    writer.close();
    const all = new Uint8Array(new DataView(bytes.buffer).getUint32(bytes.length - 4, true));
    const reader = readable.getReader();
    let at = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
        all.set(part.value, at);
        at += part.value.length;
    }
    return all;
}

/* Makes the command of its module, which is packed, in base64. */
export async function startCommand(base64) {
    const bytes =
        Uint8Array.fromBase64?.(base64) ??
        Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    run = commandOf(new WebAssembly.Module(await unpacked(bytes)));
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

const manuals = new Map();

/* What the manual says of the options of a subcommand, each with the default that it names. */
function manualsOf(command) {
    if (!manuals.has(command)) {
        manuals.set(command, new Map());
        for (const item of linesOf('--manual', 'options', command).join('\n').split('\n.It ')) {
            const [heads, ...lines] = item.split('\n');
            const says = lines
                .filter((line) => !line.startsWith('.'))
                .join(' ')
                .replaceAll('\\-', '-')
                .replaceAll('\\&', '');
            const byDefault = /([\w.-]+) \(default\)|\(default ([^)]+)\)/.exec(says);
            for (const [, option] of heads.matchAll(/Fl -([\w-]+)/g)) {
                manuals.get(command).set(option, {
                    says,
                    byDefault: byDefault?.[1] ?? byDefault?.[2] ?? null,
                    other: /^As for cnicalc (\w+)/.exec(says)?.[1],
                });
            }
        }
    }
    return manuals.get(command);
}

/* What the manual says of an option, or of the one of that name that it refers to. */
export function manualOf(command, option) {
    const item = manualsOf(command).get(option) ?? { says: '', byDefault: null };
    return item.other === undefined || item.other === command ? item : manualOf(item.other, option);
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
