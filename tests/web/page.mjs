/* SPDX-License-Identifier: MIT */
/* The page in a browser: each view and its mistakes, a plan by mouse and by keyboard, links, what is
 * pasted and saved, answers that equal those of the native command, and no request. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { address, axe, check, finish, launch, native } from './support.mjs';
import { requests } from './requests.mjs';

const views = ['node', 'size', 'cluster', 'plan', 'choose'];
const { B } = process.env;
const browser = await launch();
const faults = [];
const addresses = new Set();

/* A page of its own, in which every fault and every request is noted. */
async function open(fragment, options = {}) {
    const context = await browser.newContext({
        viewport: { width: 1280, height: 900 }, locale: 'en-US', ...options,
    });
    context.on('request', (request) => addresses.add(request.url().split('#')[0]));
    const page = await context.newPage();
    page.setDefaultTimeout(5000);
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => faults.push(message.text()));
    await page.goto(address + fragment);
    await page.waitForSelector('.headline:not(:empty), .error [role=alert]');
    return page;
}

const go = (page, fragment) => page.evaluate((hash) => {
    location.hash = hash;
    return new Promise((done) => { setTimeout(done, 0); });
}, fragment);

const headline = (page) => page.textContent('.headline');
const line = (page) => page.textContent('.line');
const blocks = (page) => page.$$eval('.blocks > ul > li', (rows) => rows.map((row) => [
    row.querySelector('.role').value, row.querySelector('.name')?.value ?? '',
    row.querySelector('.cidr').value].join(' ')));
const close = (page) => page.context().close();

/* What a button saves, as a file. */
async function saved(page, name) {
    const waiting = page.waitForEvent('download');
    await page.click(`.file:text-is("${name}")`);
    return readFileSync(await (await waiting).path(), 'utf8');
}

await check('node: the modes side by side', async () => {
    const page = await open('#node?operand=ecs.c7.4xlarge');
    assert.deepEqual(await page.$$eval('.card', (cards) => cards.map((card) => [
        card.querySelector('h3').textContent, card.querySelector('.big strong').textContent,
        card.querySelector('.formula').textContent])), [
        ['shared', '210', '(8 - 1) * 30 = 210'], ['trunk', '210', '(8 - 1) * 30 = 210'],
        ['exclusive', '7', '8 - 1 = 7'], ['prefix', '3,248', '(8 - 1) * (30 - 1) * 16 = 3248']]);
    await page.fill('#field-operand', 'ecs.g7.large');
    assert.match(await headline(page), /^ecs\.g7\.large: 12 pods/);
    assert.equal(await line(page), 'cnicalc node ecs.g7.large');
    await close(page);
});

await check('size: ranked types and the plot', async () => {
    const page = await open('#size?pods=3000&cpu=500m&memory=1Gi&family=c7');
    const rows = JSON.parse(native(await line(page) + ' -o json').out);
    assert.deepEqual(await page.$$eval('tbody th', (names) => names.map((name) => name.textContent)),
        rows.map((row) => row.instance_type));
    assert.equal(await page.locator('.plot circle title').count(), rows.length);
    await page.click(`tbody a:text-is("${rows[0].instance_type}")`);
    await page.waitForSelector('.card');
    assert.match(await headline(page), new RegExp('^' + rows[0].instance_type));
    await close(page);
});

await check('cluster: the limit that binds, zones, Flannel\'s five masks', async () => {
    const page = await open('#cluster?plugin=terway&type=ecs.c7.4xlarge' +
        '&pod-vswitch=I%3D192.168.32.0/19&pod-vswitch=J%3D192.168.96.0/19');
    assert.equal(await headline(page),
        '76 nodes, 15,960 pods, bound by Addresses of pod vSwitches');
    assert.equal(await page.textContent('.limits .binds .count'), '76');
    assert.deepEqual(await page.$$eval('tbody tr', (rows) => rows.map((row) => row.cells[3]
        .textContent)), ['38', '38']);
    await page.click('.blocks > ul > li:last-child .remove');
    assert.match(await headline(page), /^38 nodes/);
    await page.selectOption('#field-plugin', 'flannel');
    await page.fill('#field-operand', '172.16.0.0/20');
    assert.deepEqual(await page.$$eval('.card', (cards) => cards.map((card) => card.querySelector(
        'h3').textContent + ' ' + card.querySelector('.big strong').textContent)),
    ['/24 16', '/25 32', '/26 64', '/27 128', '/28 200']);
    await close(page);
});

await check('plan: findings beside their blocks', async () => {
    const page = await open('#plan?plugin=terway&vpc=192.168.0.0/16' +
        '&node-vswitch=I%3D192.168.0.0/19&pod-vswitch=I%3D192.168.16.0/20' +
        '&service-cidr=172.21.0.0/20&nodes=60&pods=9000');
    assert.match(await headline(page), /^The plan is not legal/);
    for (const row of [2, 3]) {
        assert.match(await page.textContent(`.blocks > ul > li:nth-child(${row}) .findings`),
            /node vSwitch 192\.168\.0\.0\/19 overlaps pod vSwitch 192\.168\.16\.0\/20/);
    }
    assert.match(await page.textContent('.body .findings'), /pods take 9000 addresses.*\(zone I\)/);
    assert.equal(await page.locator('.map rect.overlap >> nth=0').count(), 1);
    await page.fill('.blocks > ul > li:nth-child(3) .cidr', '192.168.64.0/18');
    assert.match(await headline(page), /^The plan is legal/);
    await close(page);
});

await check('choose: needs as check boxes', async () => {
    const page = await open('#choose?nodes=500');
    assert.equal(await headline(page), 'Either plugin fits');
    await page.check('#need-networkpolicy');
    assert.equal(await headline(page), 'Terway');
    await page.check('#need-independent-pod-cidr');
    assert.equal(await headline(page), 'Neither plugin fits');
    assert.equal(await line(page),
        'cnicalc choose --nodes 500 --need networkpolicy --need independent-pod-cidr');
    await close(page);
});

/* A mistake in each view: its link, where it is said, what it says, the guess, the mended value. */
const mistakes = [
    ['#node?operand=ecs.c7.4xlarge%20ecs.g7.larg', '#field-operand', 'ecs.g7.larg: the instance type',
        'ecs.g7.large', 'ecs.c7.4xlarge ecs.g7.large'],
    ['#size?pods=30&cpu=5x', '#field-cpu', '--cpu 5x: not a quantity', '5m', '5m'],
    ['#cluster?plugin=terway&pods-per-node=30&pod-vswitch=I%3D192.168.0.5/19,used=3',
        '.blocks .cidr', '--pod-vswitch I=192.168.0.5/19,used=3: the block has host bits',
        '192.168.0.0/19', '192.168.0.0/19'],
    ['#cluster?plugin=flannel&operand=172.16.0/20', '#field-operand', '172.16.0/20: an IPv4 address',
        '172.16.0.0/20', '172.16.0.0/20'],
    ['#plan?plugin=terway&vpc=10.0.0.0/33', '.blocks .cidr', '--vpc 10.0.0.0/33: the prefix length',
        '10.0.0.0/32', '10.0.0.0/32'],
    ['#choose?nodes=many', '#field-nodes', '--nodes many: not a whole number', null, null],
];
for (const [fragment, field, says, guess, value] of mistakes) {
    await check('a mistake: ' + fragment, async () => {
        const page = await open(fragment);
        const control = page.locator(field);
        assert.equal(await control.getAttribute('aria-invalid'), 'true');
        const error = page.locator('#' + await control.getAttribute('aria-describedby'));
        assert.ok((await error.textContent()).startsWith(says), await error.textContent());
        assert.ok(await page.locator('.file >> nth=0').isDisabled());
        if (guess !== null) {
            await error.locator(`button:text-is("${guess}")`).click();
            assert.equal(await page.locator(field).inputValue(), value);
            assert.equal(await page.locator('[aria-invalid]').count(), 0);
            assert.notEqual(await headline(page), '');
        }
        await close(page);
    });
}

await check('a finding of host bits has its button', async () => {
    const page = await open('#plan?plugin=terway&vpc=10.0.0.0/16&vswitch=A%3D10.0.1.0/23,used=7');
    await page.click('.findings button:text-is("10.0.0.0/23")');
    assert.deepEqual(await blocks(page), ['vpc  10.0.0.0/16', 'vswitch A 10.0.0.0/23']);
    assert.match(await line(page), /--vswitch A=10\.0\.0\.0\/23,used=7$/);
    await close(page);
});

await check('a plan by mouse', async () => {
    const page = await open('#plan?plugin=terway&vpc=10.0.0.0/16');
    await page.click('.add');
    await page.selectOption('.blocks > ul > li:last-child .role', 'service-cidr');
    await page.fill('.blocks > ul > li:last-child .cidr', '172.21.0.0/20');
    await page.selectOption('.placing .role', 'node-vswitch');
    await page.fill('.placing .mask', '/24');
    await page.fill('.placing .name', 'A');
    const free = page.locator('.map rect.free').first();
    const box = await free.boundingBox();
    /* The middle of the block with the number 130 of 256. */
    await free.click({ position: { x: box.width * 130.5 / 256, y: box.height / 2 } });
    assert.match(await page.textContent('.map .says'), /10\.0\.130\.0\/24/);
    await page.selectOption('.placing .role', 'pod-vswitch');
    await page.fill('.placing .mask', '19');
    await page.locator('.map rect.free').first().click({ position: { x: 5, y: 5 } });
    assert.deepEqual((await blocks(page)).slice(2),
        ['node-vswitch A 10.0.130.0/24', 'pod-vswitch A 10.0.0.0/19']);
    assert.match(await headline(page), /^The plan is legal/);
    /* Beside the /24 there is no room for a /17. */
    await page.fill('.placing .mask', '17');
    await page.locator('.map rect.free').nth(1).click({ position: { x: 5, y: 5 } });
    assert.match(await page.textContent('.map .says'), /no room for a \/17/);
    assert.equal((await blocks(page)).length, 4);
    await page.goBack();
    assert.equal((await blocks(page)).length, 3);
    await close(page);
});

await check('propose', async () => {
    const page = await open('#plan?plugin=terway&vpc=10.0.0.0/16&nodes=60&pods-per-node=100&zones=2' +
        '&growth=50');
    await page.click('.propose button');
    const args = native('cnicalc propose --vpc 10.0.0.0/16 --plugin terway --nodes 60 ' +
        '--pods-per-node 100 --zones 2 --growth 50 -o args').out;
    assert.deepEqual(await blocks(page), args.match(/^--(vpc|.*vswitch|service-cidr)=.*/gm).map(
        (text) => text.replace(/^--([^=]*)=(?:(.*)=)?(.*)$/, '$1 $2 $3')));
    assert.match(await headline(page), /^The plan is legal/);
    assert.equal(await saved(page, 'args'), args);
    await page.fill('#field-nodes', '4000');
    await page.click('.propose button');
    assert.match(await page.textContent('.propose > .error'), /but the VPC has room for/);
    await page.fill('#field-zones', '0');
    await page.click('.propose button');
    assert.match(await page.textContent('#field-zones-error'), /^--zones 0: /);
    await close(page);
});

await check('a plan by keyboard', async () => {
    const page = await open('#node');
    const key = (name) => page.keyboard.press(name);
    /* Tabs until what has the focus matches, in the page or in a picture. */
    const tabTo = async (selector) => {
        for (let i = 0; i < 80; i++) {
            await key('Tab');
            if (await page.evaluate((wanted) => {
                const active = document.activeElement;
                return (active.shadowRoot?.activeElement ?? active).matches(wanted);
            }, selector)) {
                return;
            }
        }
        throw new Error('no tab reaches ' + selector);
    };
    await tabTo('nav a:nth-child(4)');
    await key('Enter');
    await page.waitForSelector('.map svg');
    await tabTo('.blocks > ul > li:nth-child(2) .remove');
    for (let i = 0; i < 5; i++) {
        await key('Enter'); /* the focus goes to the next row, and from the last to "add" */
    }
    assert.equal(await page.evaluate(() => document.activeElement.className), 'add');
    assert.equal((await blocks(page)).length, 1);
    await tabTo('.placing .role');
    await page.keyboard.type('Node');
    await tabTo('.placing .mask');
    await page.keyboard.type('25');
    await tabTo('.placing .name');
    await page.keyboard.type('B');
    await tabTo('rect.free');
    await key('Enter');
    assert.equal((await blocks(page))[1], 'node-vswitch B 192.168.0.0/25');
    /* The focus stays on free space. */
    await key('Enter');
    assert.equal((await blocks(page))[2], 'node-vswitch B 192.168.0.128/25');
    await close(page);
});

await check('a link holds the whole state', async () => {
    const page = await open('#plan?plugin=terway&vpc=10.0.0.0/16&nodes=60&pods-per-node=100&zones=2');
    await page.click('.propose button');
    await page.fill('.blocks > ul > li:last-child .cidr', '172.21.0.0/20');
    await page.locator('.blocks .name >> nth=0').fill('区 "a"&b 1%');
    await page.click('summary >> nth=0');
    await page.fill('#field-node-quota', '70');
    const seen = async (one) => [await headline(one), await line(one), await blocks(one),
        await one.inputValue('#field-nodes'), await one.inputValue('#field-zones'),
        await one.inputValue('#field-node-quota'), one.url()];
    await page.waitForURL(/node-quota=70/);
    const other = await open(new URL(page.url()).hash);
    assert.deepEqual(await seen(other), await seen(page));
    await close(page);
    await close(other);
});

await check('paste: a plan file, vSwitches, neither', async () => {
    const page = await open('#plan');
    const paste = async (text) => {
        await page.evaluate(() => document.querySelector('.paste').setAttribute('open', ''));
        await page.fill('#pasted', text);
        await page.click('.paste button');
    };
    await paste('\ufeff# a plan\r\n--plugin=terway\r\n--vpc\r\n10.0.0.0/16\r\n\r\n--raised\r\n' +
        '--vswitch=A=10.0.0.0/18,used=9\r\n');
    assert.deepEqual(await blocks(page), ['vpc  10.0.0.0/16', 'vswitch A 10.0.0.0/18']);
    assert.equal(await line(page),
        'cnicalc check --plugin terway --vpc 10.0.0.0/16 --raised --vswitch A=10.0.0.0/18,used=9');
    const vswitch = (zone, cidr, free) => ({ VSwitchId: 'vsw-' + zone, ZoneId: zone, CidrBlock: cidr,
        AvailableIpAddressCount: free });
    await paste(JSON.stringify({ VSwitches: { VSwitch: [vswitch('cn-a', '10.0.0.0/20', 4000)] } }) +
        JSON.stringify({ VSwitches: { VSwitch: [vswitch('cn-b', '10.0.16.0/20', 12)] } }));
    assert.match(await line(page), /--vpc 10\.0\.0\.0\/16 --raised --vswitch cn-a=10\.0\.0\.0\/20,free=4000 --vswitch cn-b=10\.0\.16\.0\/20,free=12$/);
    for (const text of ['', 'hello', '{"Code": "Throttling"}', '{']) {
        await paste(text);
        assert.match(await page.textContent('.paste .error'), /^Neither/);
    }
    await close(page);
});

await check('copy and save', async () => {
    const page = await open('#plan', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.click('.copy');
    await page.waitForSelector('.buttons .says:not(:empty)');
    assert.equal(await page.evaluate(() => getSelection().toString()), await line(page));
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await line(page));
    const args = await saved(page, 'args');
    writeFileSync(B + '/web/plan.args', args);
    assert.equal(native(`cnicalc check @'${B}/web/plan.args' -o json`).out, await saved(page, 'JSON'));
    assert.equal(native(`cnicalc map @'${B}/web/plan.args' -o svg`).out, await saved(page, 'SVG'));
    await close(page);
});

await check('200 random requests: the answers of the native command', async () => {
    const page = await open('#node');
    await page.evaluate(() => {
        URL.createObjectURL = (blob) => { window.saved = blob.text(); return '#'; };
        HTMLAnchorElement.prototype.click = () => {};
    });
    const codes = [0, 0, 0];
    for (const fragment of requests(200, 16)) {
        await go(page, fragment);
        const { code, out, err } = native(await line(page) + ' -o json');
        codes[code]++;
        if (code === 2) {
            const says = err.trim().replace(/^cnicalc: \S+: /, '').replace(/; did you mean.*/, '');
            assert.deepEqual(await page.locator('[role=alert] >> visible=true').allTextContents(),
                [says], fragment);
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
    ['wide', {}], ['dark', { colorScheme: 'dark' }], ['chinese', { locale: 'zh-CN' }],
    ['phone', { viewport: { width: 360, height: 740 }, colorScheme: 'dark', locale: 'zh-CN' }],
]) {
    await check(`${name}: pictures, axe, no scrolling sideways`, async () => {
        mkdirSync(B + '/web', { recursive: true });
        const page = await open('#node', options);
        await page.addScriptTag({ path: axe }).catch(() => page.evaluate(readFileSync(axe, 'utf8')));
        for (const view of [...views, 'cluster?plugin=flannel&operand=172.16.0.0/20',
            'plan?plugin=terway&vpc=10.0.0.0/16&pod-vswitch=A%3D10.0.0.1/24', 'node?operand=c7.4xl']) {
            await go(page, '#' + view);
            await page.evaluate(() => document.querySelectorAll('details').forEach(
                (details) => details.setAttribute('open', '')));
            const { violations } = await page.evaluate(() => axe.run());
            assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes[0].html]), [], view);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
                view);
            if (views.includes(view)) {
                await page.reload();
                await page.waitForSelector('.headline:not(:empty)');
                await page.addScriptTag({ path: axe }).catch(() => page.evaluate(
                    readFileSync(axe, 'utf8')));
                await page.screenshot({ path: `${B}/web/${view}-${name}.png`, fullPage: true });
            }
        }
        await close(page);
    });
}

await check('the language is remembered, and every word has two', async () => {
    const page = await open('#choose?nodes=3');
    await page.click('#language');
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    await page.reload();
    assert.equal(await page.textContent('nav a:first-child'), '节点');
    await page.click('#language');
    assert.equal(await page.textContent('nav a:first-child'), 'Node');
    await close(page);
});

await check('no fault in the page', () => assert.deepEqual(faults, []));
await check('no request leaves the page', () => assert.deepEqual([...addresses], [address]));
await browser.close();
finish();
