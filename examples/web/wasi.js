/* SPDX-License-Identifier: MIT */
/* As much of WASI as the command asks for: arguments and stdin in, stdout and stderr out. There is
 * no file, no clock and no network. */

const SUCCESS = 0;
const BAD_DESCRIPTOR = 8; /* EBADF; also the answer of every call that is left out */
const NOT_SEEKABLE = 70; /* ESPIPE */

class Exit extends Error {}

/* The calls that the module imports, about a memory that it brings. */
function systemCalls(args, stdin, streams, memory) {
    const encoder = new TextEncoder();
    const decoders = [null, new TextDecoder(), new TextDecoder()];
    const words = args.map((arg) => encoder.encode(arg + '\0'));
    let input = encoder.encode(stdin);

    const bytes = (at, length) => new Uint8Array(memory(), at, length);
    const number = (at) => new DataView(memory()).getUint32(at, true);
    const put = (at, value) => new DataView(memory()).setUint32(at, value, true);

    /* Calls each() with the buffers of a read or a write until one is not used up. */
    function through(buffers, count, each) {
        let total = 0;
        for (let i = 0; i < count; i++) {
            const buffer = bytes(number(buffers + 8 * i), number(buffers + 8 * i + 4));
            const used = each(buffer);
            total += used;
            if (used < buffer.length) {
                break;
            }
        }
        return total;
    }

    return {
        args_sizes_get(count, size) {
            put(count, words.length);
            put(
                size,
                words.reduce((sum, word) => sum + word.length, 0),
            );
            return SUCCESS;
        },
        args_get(pointers, text) {
            for (const word of words) {
                put(pointers, text);
                bytes(text, word.length).set(word);
                pointers += 4;
                text += word.length;
            }
            return SUCCESS;
        },
        environ_sizes_get(count, size) {
            put(count, 0);
            put(size, 0);
            return SUCCESS;
        },
        environ_get: () => SUCCESS,
        fd_fdstat_get(fd, stat) {
            if (fd > 2) {
                return BAD_DESCRIPTOR;
            }
            bytes(stat, 24).fill(0); /* of no known kind: no terminal, so it is buffered */
            return SUCCESS;
        },
        fd_read(fd, buffers, count, read) {
            if (fd !== 0) {
                return BAD_DESCRIPTOR;
            }
            put(
                read,
                through(buffers, count, (buffer) => {
                    const part = input.subarray(0, buffer.length);
                    buffer.set(part);
                    input = input.subarray(part.length);
                    return part.length;
                }),
            );
            return SUCCESS;
        },
        fd_write(fd, buffers, count, written) {
            if (fd !== 1 && fd !== 2) {
                return BAD_DESCRIPTOR;
            }
            put(
                written,
                through(buffers, count, (buffer) => {
                    streams[fd] += decoders[fd].decode(buffer, { stream: true });
                    return buffer.length;
                }),
            );
            return SUCCESS;
        },
        fd_seek: () => NOT_SEEKABLE,
        fd_close: () => SUCCESS,
        proc_exit(code) {
            throw Object.assign(new Exit(), { code });
        },
    };
}

/* A function that runs the command of a compiled module, each time as a new process:
 * run(['node', 'ecs.c7.4xlarge']) is {code, out, err}. An instance whose run came to its end serves
 * again, with the memory that it had before; one that was left midway has its stack still. */
export function commandOf(module) {
    let calls = {};
    const wasi = new Proxy(
        {},
        {
            get:
                (_, name) =>
                (...values) =>
                    calls[name]?.(...values) ?? BAD_DESCRIPTOR,
        },
    );
    let spare = null;
    let content = null; /* of the memory, before a run */

    return function run(args, stdin = '') {
        const instance =
            spare ?? new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi });
        const { memory, _start } = instance.exports;
        const streams = [null, '', ''];
        calls = systemCalls(['cnicalc', ...args], stdin, streams, () => memory.buffer);
        const bytes = new Uint8Array(memory.buffer);
        content ??= bytes.slice();
        bytes.set(content);
        bytes.fill(0, content.length);
        spare = null;
        let code = 0;
        try {
            _start();
            spare = instance;
        } catch (error) {
            if (!(error instanceof Exit)) {
                throw error;
            }
            code = error.code;
        }
        return { code, out: streams[1], err: streams[2] };
    };
}
