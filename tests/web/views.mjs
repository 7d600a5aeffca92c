/* SPDX-License-Identifier: MIT */
/* Each view, and mistakes in it beside the field that they are about. */
import assert from 'node:assert/strict';
import {
    address,
    blocks,
    browser,
    check,
    close,
    finish,
    headline,
    line,
    native,
    open,
} from './browser.mjs';

await check('node: the modes side by side', async () => {
    const page = await open('#node?operand=ecs.c7.4xlarge');
    assert.deepEqual(
        await page.$$eval('.card', (cards) =>
            cards.map((card) => [
                card.querySelector('h3').textContent,
                card.querySelector('.big strong').textContent,
                card.querySelector('.formula').textContent,
            ]),
        ),
        [
            ['shared', '210', '(8 - 1) * 30 = 210'],
            ['trunk', '210', '(8 - 1) * 30 = 210'],
            ['exclusive', '7', '8 - 1 = 7'],
            ['prefix', '3,248', '(8 - 1) * (30 - 1) * 16 = 3248'],
        ],
    );
    await page.fill('#field-operand', 'ecs.g7.large');
    assert.match(await headline(page), /^ecs\.g7\.large: 12 pods/);
    assert.equal(await line(page), 'cnicalc node ecs.g7.large');
    await close(page);
});

await check('node: what is not known is not 0', async () => {
    const page = await open('#node?operand=ecs.c7.4xlarge&mode=trunk');
    assert.equal(await page.textContent('dt:text-is("Trunk pods") + dd'), '–');
    await close(page);
});

await check('size: ranked types and the plot', async () => {
    const page = await open('#size?pods=3000&cpu=500m&memory=1Gi&family=c7');
    const rows = JSON.parse(native((await line(page)) + ' -o json').out);
    assert.deepEqual(
        await page.$$eval('tbody th', (names) => names.map((name) => name.textContent)),
        rows.map((row) => row.instance_type),
    );
    assert.equal(await page.locator('.plot circle title').count(), rows.length);
    await page.click(`tbody a:text-is("${rows[0].instance_type}")`);
    await page.waitForSelector('.card');
    assert.match(await headline(page), new RegExp('^' + rows[0].instance_type));
    await close(page);
});

await check("cluster: the limit that binds, zones, Flannel's five masks", async () => {
    const page = await open(
        '#cluster?plugin=terway&type=ecs.c7.4xlarge' +
            '&pod-vswitch=I%3D192.168.32.0/19&pod-vswitch=J%3D192.168.96.0/19',
    );
    assert.equal(
        await headline(page),
        '76 nodes, 15,960 pods, bound by Addresses of pod vSwitches',
    );
    assert.equal(await page.textContent('.limits .binds .count'), '76');
    assert.deepEqual(
        await page.$$eval('tbody tr', (rows) => rows.map((row) => row.cells[3].textContent)),
        ['38', '38'],
    );
    await page.click('.blocks > ul > li:last-child .remove');
    assert.match(await headline(page), /^38 nodes/);
    await page.selectOption('#field-plugin', 'flannel');
    await page.fill('#field-operand', '172.16.0.0/20');
    assert.deepEqual(
        await page.$$eval('.card', (cards) =>
            cards.map(
                (card) =>
                    card.querySelector('h3').textContent +
                    ' ' +
                    card.querySelector('.big strong').textContent,
            ),
        ),
        ['/24 16', '/25 32', '/26 64', '/27 128', '/28 200'],
    );
    await close(page);
});

await check('plan: findings beside their blocks', async () => {
    const page = await open(
        '#plan?plugin=terway&vpc=192.168.0.0/16' +
            '&node-vswitch=I%3D192.168.0.0/19&pod-vswitch=I%3D192.168.16.0/20' +
            '&service-cidr=172.21.0.0/20&nodes=60&pods=9000',
    );
    assert.match(await headline(page), /^The plan is not legal/);
    for (const row of [2, 3]) {
        assert.match(
            await page.textContent(`.blocks > ul > li:nth-child(${row}) .findings`),
            /node vSwitch 192\.168\.0\.0\/19 overlaps pod vSwitch 192\.168\.16\.0\/20/,
        );
    }
    assert.match(await page.textContent('.body .findings'), /pods take 9000 addresses.*\(zone I\)/);
    assert.equal(await page.locator('.map rect.overlap >> nth=0').count(), 1);
    await page.fill('.blocks > ul > li:nth-child(3) .cidr', '192.168.64.0/18');
    assert.match(await headline(page), /^The plan is legal/);
    await close(page);
});

/* 150 nodes of 30 pods: 4,500 addresses; of 4,092 in zone i 42 are free. */
await check('grow: what to add, and the map of the grown plan', async () => {
    const page = await open('#grow');
    assert.equal(await headline(page), 'Add Pod vSwitch i 10.10.32.0/19');
    assert.deepEqual(
        await page.$$eval('tbody tr', (rows) =>
            rows.map((row) => [...row.cells].slice(0, 4).map((cell) => cell.textContent)),
        ),
        [
            ['i', '150', '42', '4,458'],
            ['j', '0', '3,192', '0'],
        ],
    );
    assert.equal(
        await page.locator('.map rect.pod-vswitch > title').last().textContent(),
        'pod-vswitch i 10.10.32.0/19',
    );
    /* A vSwitch that is placed there serves as well. */
    await page.fill('.placing .mask', '19');
    await page.fill('.placing .name', 'i');
    await page.locator('.map rect.free[role]').first().press('Enter');
    assert.deepEqual((await blocks(page)).slice(-1), ['pod-vswitch i 10.10.64.0/19']);
    assert.equal(await headline(page), 'It fits');
    await page.fill('#field-add-nodes', '9000');
    assert.match(await headline(page), /^It does not fit: /);
    assert.equal(await page.locator('.map rect.pod-vswitch > title').count(), 3);
    await close(page);
});

/* 150 nodes that hold 5 idle addresses each: 5,250, of which 42 are free. */
await check('grow: the map of a plan that is not all of the cluster', async () => {
    const page = await open(
        '#grow?add-nodes=150&pods-per-node=30&vpc=10.10.0.0/16' +
            '&pod-vswitch=i%3D10.10.0.0/20,used%3D4050&pool-size=5',
    );
    assert.equal(
        await page.locator('.map rect.pod-vswitch > title').last().textContent(),
        'pod-vswitch i 10.10.32.0/19',
    );
    await close(page);
});

/* 10.1.0.0/20 has 64 blocks of /26, for 5 nodes and 59 further ones. */
await check('grow: of a Flannel cluster', async () => {
    const page = await open('#grow?pod-cidr=10.1.0.0/20&node-mask=26&nodes=5&add-nodes=59');
    assert.equal(await headline(page), 'It fits');
    assert.deepEqual(await page.$$eval('.body dd', (all) => all.map((one) => one.textContent)), [
        '10.1.0.0/20',
        '/26',
        '59',
        '0',
    ]);
    await page.fill('#field-add-nodes', '60');
    assert.match(await headline(page), /^It does not fit: 65 nodes are wanted, but .* for 64$/);
    await close(page);
});

await check('a fault of the page is not told as one of the browser', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.addInitScript(() => {
        Object.defineProperty(document, 'title', {
            set() {
                throw new Error('planted');
            },
        });
    });
    const fault = page.waitForEvent('pageerror');
    await page.goto(address + '#choose');
    assert.match((await fault).message, /planted/);
    assert.doesNotMatch(await page.textContent('main'), /WebAssembly/);
    await context.close();
});

await check('choose: needs as check boxes', async () => {
    const page = await open('#choose?nodes=500');
    assert.equal(await headline(page), 'Either plugin fits');
    await page.check('#need-networkpolicy');
    assert.equal(await headline(page), 'Terway');
    await page.check('#need-independent-pod-cidr');
    assert.equal(await headline(page), 'Neither plugin fits');
    assert.equal(
        await line(page),
        'cnicalc choose --nodes 500 --need networkpolicy --need independent-pod-cidr',
    );
    await close(page);
});

/* A mistake in each view: its link, where it is said, what it says, the guess, the mended value. */
const mistakes = [
    [
        '#node?operand=ecs.c7.4xlarge%20ecs.g7.larg',
        '#field-operand',
        'ecs.g7.larg: the instance type',
        'ecs.g7.large',
        'ecs.c7.4xlarge ecs.g7.large',
    ],
    ['#size?pods=30&cpu=5x', '#field-cpu', '--cpu 5x: not a quantity', '5m', '5m'],
    [
        '#cluster?plugin=terway&pods-per-node=30&pod-vswitch=I%3D192.168.0.5/19,used=3',
        '.blocks .cidr',
        '--pod-vswitch I=192.168.0.5/19,used=3: the block has host bits',
        '192.168.0.0/19',
        '192.168.0.0/19',
    ],
    [
        '#cluster?plugin=flannel&operand=172.16.0/20',
        '#field-operand',
        '172.16.0/20: an IPv4 address',
        '172.16.0.0/20',
        '172.16.0.0/20',
    ],
    [
        '#plan?plugin=terway&vpc=10.0.0.0/33',
        '.blocks .cidr',
        '--vpc 10.0.0.0/33: the prefix length',
        '10.0.0.0/32',
        '10.0.0.0/32',
    ],
    [
        '#grow?add-nodes=0&pods-per-node=30&vpc=10.10.0.0/16&pod-vswitch=i%3D10.10.0.0/20',
        '#field-add-nodes',
        '--add-nodes 0: not a whole number',
        null,
        null,
    ],
    ['#choose?nodes=many', '#field-nodes', '--nodes many: not a whole number', null, null],
];
for (const [fragment, field, says, guess, value] of mistakes) {
    await check('a mistake: ' + fragment, async () => {
        const page = await open(fragment);
        const control = page.locator(field);
        assert.equal(await control.getAttribute('aria-invalid'), 'true');
        const error = page.locator('#' + (await control.getAttribute('aria-describedby')));
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

await finish();
