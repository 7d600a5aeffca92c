/* SPDX-License-Identifier: MIT */
/* A plan by mouse and by keyboard, proposed, as a link, pasted, copied and saved. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import {
    B,
    blocks,
    check,
    close,
    finish,
    headline,
    line,
    native,
    open,
    saved,
} from './browser.mjs';

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
    await free.click({ position: { x: (box.width * 130.5) / 256, y: box.height / 2 } });
    assert.match(await page.textContent('.map .says'), /10\.0\.130\.0\/24/);
    await page.selectOption('.placing .role', 'pod-vswitch');
    await page.fill('.placing .mask', '19');
    await page
        .locator('.map rect.free')
        .first()
        .click({ position: { x: 5, y: 5 } });
    assert.deepEqual((await blocks(page)).slice(2), [
        'node-vswitch A 10.0.130.0/24',
        'pod-vswitch A 10.0.0.0/19',
    ]);
    assert.match(await headline(page), /^The plan is legal/);
    /* Beside the /24 there is no room for a /17. */
    await page.fill('.placing .mask', '17');
    await page
        .locator('.map rect.free')
        .nth(1)
        .click({ position: { x: 5, y: 5 } });
    assert.match(await page.textContent('.map .says'), /no room for a \/17/);
    assert.equal((await blocks(page)).length, 4);
    await page.goBack();
    assert.equal((await blocks(page)).length, 3);
    await close(page);
});

await check('an IPv6 block by mouse', async () => {
    const page = await open('#plan?plugin=terway&vpc=10.0.0.0/16&vpc=fd00:10::/56');
    const free = page.locator('.map rect.free[role]').last();
    const box = await free.boundingBox();
    /* The middle of the /64 with the number 128 of 256; a mask of IPv4 is not for it. */
    await free.hover({ position: { x: (box.width * 128.5) / 256, y: box.height / 2 } });
    const [ghost] = await page.$$eval('.map .ghost', (all) =>
        all.map((one) => one.getBBox().width),
    );
    assert.ok(Math.abs(ghost - 840 / 256) < 0.1, String(ghost));
    await free.click({ position: { x: (box.width * 128.5) / 256, y: box.height / 2 } });
    assert.equal((await blocks(page))[2], 'pod-vswitch zone-1 fd00:10:0:80::/64');
    assert.match(await page.locator('.map svg').textContent(), /Free blocks: \/64 255/);
    await close(page);
});

await check('propose', async () => {
    const page = await open(
        '#plan?plugin=terway&vpc=10.0.0.0/16&nodes=60&pods-per-node=100&zones=2' + '&growth=50',
    );
    await page.click('.propose button');
    const args = native(
        'cnicalc propose --vpc 10.0.0.0/16 --plugin terway --nodes 60 ' +
            '--pods-per-node 100 --zones 2 --growth 50 -o args',
    ).out;
    assert.deepEqual(
        await blocks(page),
        args
            .match(/^--(vpc|.*vswitch|service-cidr)=.*/gm)
            .map((text) => text.replace(/^--([^=]*)=(?:(.*)=)?(.*)$/, '$1 $2 $3')),
    );
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
            if (
                await page.evaluate((wanted) => {
                    const active = document.activeElement;
                    return (active.shadowRoot?.activeElement ?? active).matches(wanted);
                }, selector)
            ) {
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

await check('another view and back', async () => {
    const page = await open('#plan?plugin=terway&vpc=10.0.0.0/16');
    await page.fill('.blocks .cidr', '10.0.0.0/17');
    await page.click('nav a:nth-child(1)');
    await page.waitForSelector('.card');
    await page.click('nav a:nth-child(4)');
    await page.waitForSelector('.blocks');
    assert.deepEqual(await blocks(page), ['vpc  10.0.0.0/17']);
    await close(page);
});

await check('a link holds the whole state', async () => {
    const page = await open(
        '#plan?plugin=terway&vpc=10.0.0.0/16&nodes=60&pods-per-node=100&zones=2',
    );
    await page.click('.propose button');
    await page.fill('.blocks > ul > li:last-child .cidr', '172.21.0.0/20');
    await page.locator('.blocks .name >> nth=0').fill('区 "a"&b 1%');
    await page.click('summary >> nth=0');
    await page.fill('#field-node-quota', '70');
    const seen = async (one) => [
        await headline(one),
        await line(one),
        await blocks(one),
        await one.inputValue('#field-nodes'),
        await one.inputValue('#field-zones'),
        await one.inputValue('#field-node-quota'),
        one.url(),
    ];
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
    await paste(
        '\ufeff# a plan\r\n--plugin=terway\r\n--vpc\r\n10.0.0.0/16\r\n\r\n--raised\r\n' +
            '--vswitch=A=10.0.0.0/18,used=9\r\n',
    );
    assert.deepEqual(await blocks(page), ['vpc  10.0.0.0/16', 'vswitch A 10.0.0.0/18']);
    assert.equal(
        await line(page),
        'cnicalc check --plugin terway --vpc 10.0.0.0/16 --raised --vswitch A=10.0.0.0/18,used=9',
    );
    const vswitch = (zone, cidr, free) => ({
        VSwitchId: 'vsw-' + zone,
        ZoneId: zone,
        CidrBlock: cidr,
        AvailableIpAddressCount: free,
    });
    const reply = (...listed) => JSON.stringify({ TotalCount: 2, VSwitches: { VSwitch: listed } });
    const [a, b] = [vswitch('cn-a', '10.0.0.0/20', 4000), vswitch('cn-b', '10.0.16.0/20', 12)];
    await paste(reply(a) + '\n' + reply(b));
    assert.ok(
        (await line(page)).endsWith(
            '--vpc 10.0.0.0/16 --raised --vswitch cn-a=10.0.0.0/20,free=4000 ' +
                '--vswitch cn-b=10.0.16.0/20,free=12',
        ),
    );
    for (const text of [
        '',
        'hello',
        '{"Code": "Throttling"}',
        '{',
        reply(a),
        reply(a, { ...b, AvailableIpAddressCount: null }),
    ]) {
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
    assert.equal(
        native(`cnicalc check @'${B}/web/plan.args' -o json`).out,
        await saved(page, 'JSON'),
    );
    assert.equal(native(`cnicalc map @'${B}/web/plan.args' -o svg`).out, await saved(page, 'SVG'));
    await close(page);
});

await finish();
