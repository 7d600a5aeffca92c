/* SPDX-License-Identifier: MIT */
/* The page as a whole: answers that equal those of the native command; pictures for a person to
 * look at, in light and dark, wide and narrow, English and Chinese; what axe finds. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { axe, B, check, close, finish, go, line, native, open } from './browser.mjs';
import { requests } from './requests.mjs';

const views = ['node', 'size', 'cluster', 'plan', 'grow', 'choose'];

await check('200 random requests: the answers of the native command', async () => {
    const page = await open('#node');
    await page.evaluate(() => {
        URL.createObjectURL = (blob) => {
            window.saved = blob.text();
            return '#';
        };
        HTMLAnchorElement.prototype.click = () => {};
    });
    const codes = [0, 0, 0];
    for (const fragment of requests(200, 16)) {
        await go(page, fragment);
        const { code, out, err } = native((await line(page)) + ' -o json');
        codes[code]++;
        if (code === 2) {
            const says = err
                .trim()
                .replace(/^cnicalc: \S+: /, '')
                .replace(/; did you mean.*/, '');
            assert.deepEqual(
                await page.locator('[role=alert] >> visible=true').allTextContents(),
                [says],
                fragment,
            );
        } else {
            assert.equal(await page.locator('[aria-invalid]').count(), 0, fragment);
            await page.click('.file');
            assert.equal(await page.evaluate(() => window.saved), out, fragment);
        }
    }
    console.log(`answered, answered no, malformed: ${codes.join(', ')}`);
    assert.ok(Math.min(...codes) >= 20, 'too few of a kind: ' + codes);
    await close(page);
});

for (const [name, options] of [
    ['wide', {}],
    ['dark', { colorScheme: 'dark' }],
    ['chinese', { locale: 'zh-CN' }],
    ['phone', { viewport: { width: 360, height: 740 }, colorScheme: 'dark', locale: 'zh-CN' }],
]) {
    await check(`${name}: pictures, axe, no scrolling sideways`, async () => {
        const page = await open('#node', options);
        await page.evaluate(readFileSync(axe, 'utf8'));
        for (const view of [
            ...views,
            'cluster?plugin=flannel&operand=172.16.0.0/20',
            'plan?plugin=terway&vpc=10.0.0.0/16&pod-vswitch=A%3D10.0.0.1/24',
            'node?operand=c7.4xl',
        ]) {
            await go(page, '#' + view);
            await page.evaluate(() =>
                document
                    .querySelectorAll('details')
                    .forEach((details) => details.setAttribute('open', '')),
            );
            const { violations } = await page.evaluate(() => axe.run());
            assert.deepEqual(
                violations.map(({ id, nodes }) => [id, nodes[0].html]),
                [],
                view,
            );
            assert.ok(
                await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
                view,
            );
        }
        for (const view of views) {
            await go(page, '#' + view);
            await page.screenshot({ path: `${B}/web/${view}-${name}.png`, fullPage: true });
        }
        await close(page);
    });
}

await check('every word is there in both languages', async () => {
    const source = readFileSync('examples/web/words.js', 'utf8');
    const { words } = await import('data:text/javascript,' + encodeURIComponent(source));
    for (const [key, both] of Object.entries(words)) {
        assert.ok(both.length === 2 && both.every((word) => word !== ''), key);
    }
});

await check('the language is remembered', async () => {
    const page = await open('#choose?nodes=3');
    await page.click('#language');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    await page.reload();
    assert.equal(await page.textContent('nav a:first-child'), '节点');
    await page.click('#language');
    assert.equal(await page.textContent('nav a:first-child'), 'Node');
    await close(page);
});

await finish();
