/* SPDX-License-Identifier: MIT */
/* How fast the page is, in ms: from the load to the first answer and to its first picture, and from
 * a key to the redrawn plan of 40 blocks, layout included. Beside other work only the time of the
 * page's own thread is steady. */
import { address, browser } from './browser.mjs';

const middle = (times) => times.toSorted((a, b) => a - b)[times.length >> 1].toFixed(1);

const report = (what, times) =>
    console.log(
        `${what}: median ${middle(times)} ms of ${times.length} ` +
            `(${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)})`,
    );

/* A page whose thread's time can be asked for: newPage() on the way to it does not count. */
async function open() {
    const page = await browser.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const taken = async () => {
        const { metrics } = await session.send('Performance.getMetrics');
        return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
    };
    return { page, taken };
}

const [answered, drawn, thread] = [[], [], []];
for (let i = 0; i < 10; i++) {
    const { page, taken } = await open();
    await page.addInitScript(() => {
        window.times = [];
        const note = () => window.times.push(performance.now());
        const watch = new MutationObserver(() => {
            const headline = document.querySelector('.headline');
            if (headline !== null && headline.textContent !== '') {
                watch.disconnect();
                note();
                requestAnimationFrame(() =>
                    scheduler.postTask(note, { priority: 'user-blocking' }),
                );
            }
        });
        watch.observe(document, { childList: true, subtree: true, characterData: true });
    });
    await page.goto(address + '#plan', { waitUntil: 'commit' });
    /* What asks the page while it starts delays it. */
    await new Promise((done) => {
        setTimeout(done, 1500);
    });
    thread.push(await taken());
    const times = await page.evaluate(() => window.times);
    answered.push(times[0]);
    drawn.push(times[1]);
    await page.close();
}
report('first answer', answered);
report('the answer drawn', drawn);
report('time of the thread', thread);

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
const { page, taken } = await open();
await page.goto(address + '#plan?' + plan);
await page.waitForSelector('.map svg');
const before = await taken();
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
console.log(
    `time of the thread for one, painted: ${(((await taken()) - before) / 60).toFixed(1)} ms`,
);
await browser.close();
