/* SPDX-License-Identifier: MIT */
/* How fast the page is, in ms: from the load to the first answer, and from a key to the redrawn
 * plan of 40 blocks, layout included. */
import { address, browser } from './browser.mjs';

const report = (what, times) => {
    times.sort((a, b) => a - b);
    const [least, median, most] = [0, times.length >> 1, times.length - 1].map((at) =>
        times[at].toFixed(1),
    );
    console.log(`${what}: median ${median} ms of ${times.length} (${least} to ${most})`);
};

const first = [];
for (let i = 0; i < 10; i++) {
    const page = await browser.newPage();
    await page.addInitScript(() => {
        const watch = new MutationObserver(() => {
            const headline = document.querySelector('.headline');
            if (headline !== null && headline.textContent !== '') {
                window.answered = performance.now();
                watch.disconnect();
            }
        });
        watch.observe(document, { childList: true, subtree: true, characterData: true });
    });
    await page.goto(address + '#plan');
    first.push(await (await page.waitForFunction(() => window.answered)).jsonValue());
    await page.close();
}
report('first answer', first);

const plan = new URLSearchParams([
    ['plugin', 'terway'],
    ['vpc', '10.0.0.0/16'],
    ['nodes', '200'],
    ['pods', '4000'],
    ['service-cidr', '172.21.0.0/20'],
    ...Array.from({ length: 38 }, (_, i) => [
        i % 2 ? 'pod-vswitch' : 'node-vswitch',
        `Z${i >> 1}=10.0.${i * 4}.0/22`,
    ]),
]);
const page = await browser.newPage();
await page.goto(address + '#plan?' + plan);
await page.waitForSelector('.map svg');
const times = await page.evaluate(async () => {
    const cidr = [...document.querySelectorAll('.blocks .cidr')].at(-1);
    const all = [];
    for (let i = 0; i < 60; i++) {
        await new Promise(requestAnimationFrame);
        cidr.value = i % 2 ? '10.0.148.0/22' : '10.0.152.0/22';
        const begin = performance.now();
        cidr.dispatchEvent(new Event('input'));
        document.body.getBoundingClientRect();
        all.push(performance.now() - begin);
    }
    return all.slice(10);
});
report('a plan of 40 blocks redrawn', times);
await browser.close();
