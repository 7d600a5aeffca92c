/* SPDX-License-Identifier: MIT */
/* A browser for the tests of the page, and what they ask of it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { check, finish as finishChecks } from './support.mjs';

export { check, native } from './support.mjs';
export const { B } = process.env;

const tools = createRequire(process.env.WEB_TOOLS + '/');

export const address = pathToFileURL(B + '/web/cnicalc.html').href;
export const axe = tools.resolve('axe-core/axe.min.js');

/* Without what a browser asks of the network on its own. */
const launch = () =>
    tools('playwright-core').chromium.launch({
        executablePath: process.env.CHROMIUM,
        args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
        ],
    });

export const browser = await launch();
const faults = [];
const addresses = new Set();

/* A page of its own, in which every fault and every request is noted. */
export async function open(fragment, options = {}) {
    const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        locale: 'en-US',
        ...options,
    });
    context.on('request', (request) => addresses.add(request.url().split('#')[0]));
    const page = await context.newPage();
    page.setDefaultTimeout(20000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => faults.push(message.text()));
    await page.goto(address + fragment);
    await page.waitForSelector('footer p'); /* the last that is there */
    return page;
}

export const go = (page, fragment) =>
    page.evaluate((hash) => {
        location.hash = hash;
        return new Promise((done) => {
            setTimeout(done, 0);
        });
    }, fragment);

export const headline = (page) => page.textContent('.headline');
export const line = (page) => page.textContent('.line');
export const blocks = (page) =>
    page.$$eval('.blocks > ul > li', (rows) =>
        rows.map((row) =>
            [
                row.querySelector('.role').value,
                row.querySelector('.name')?.value ?? '',
                row.querySelector('.cidr').value,
            ].join(' '),
        ),
    );
export const close = (page) => page.context().close();

/* What a button saves, as a file. */
export async function saved(page, name) {
    const waiting = page.waitForEvent('download');
    await page.click(`.file:text-is("${name}")`);
    return readFileSync(await (await waiting).path(), 'utf8');
}

/* What must be true of all pages that were opened. */
export async function finish() {
    await check('no fault in the page', () => assert.deepEqual(faults, []));
    await check('no request leaves the page', () => assert.deepEqual([...addresses], [address]));
    await browser.close();
    finishChecks();
}
