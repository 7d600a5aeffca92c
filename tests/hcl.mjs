// SPDX-License-Identifier: MIT
// Stdin, which is HCL, as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { parse } = createRequire(process.env.WEB_TOOLS + '/')('@cdktf/hcl2json');
try {
    console.log(JSON.stringify(await parse('stdin', readFileSync(0, 'utf8'))));
} catch (error) {
    console.error(error.message);
    process.exit(1);
}
