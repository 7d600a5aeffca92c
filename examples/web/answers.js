/* SPDX-License-Identifier: MIT */
/* The answers of the command as elements: one function for each subcommand. Each returns a headline
 * and what follows it. */
import { h } from './dom.js';
import { findingItem } from './form.js';
import { say, sayName } from './words.js';

/* A count as people read it; not known is a dash, never 0. A browser's own way to write numbers
 * takes a sixth of the time to the first answer. */
const count = (value) => String(value ?? '–').replace(/\B(?=(\d{3})+$)/g, ',');

const yesNo = (value) => (value === null ? say('unknown') : say(value ? 'yes' : 'no'));

const code = (text) => h('code', {}, text);

const facts = (rows) =>
    h(
        'dl',
        {},
        rows
            .filter((row) => row !== null)
            .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
    );

/* The limits as bars, the one that binds marked. Their lengths are logarithms. */
function limitList(limits, ...boundBy) {
    const rows = Object.entries(limits).filter(([, value]) => value !== null);
    const most = Math.max(1, ...rows.map(([, value]) => value));
    return h(
        'ul',
        { class: 'limits' },
        rows.map(([name, value]) =>
            h(
                'li',
                { class: boundBy.includes(name) ? 'binds' : null },
                h('span', { class: 'limit' }, sayName('limit', name)),
                h('span', { class: 'count' }, count(value)),
                h('span', {
                    class: 'bar',
                    style: `--share: ${Math.log1p(value) / Math.log1p(most)}`,
                }),
                boundBy.includes(name) ? h('span', { class: 'mark' }, say('binds')) : null,
            ),
        ),
    );
}

const noteList = (notes) =>
    notes.length === 0
        ? []
        : [
              h(
                  'ul',
                  { class: 'notes' },
                  notes.map((note) => h('li', {}, note)),
              ),
          ];

const why = (sentences) =>
    h(
        'details',
        { class: 'why' },
        h('summary', {}, say('why')),
        sentences.map((sentence) => h('p', {}, sentence)),
    );

const table = (caption, heads, rows, properties) =>
    h(
        'div',
        { class: 'wide', tabindex: '0', role: 'region', 'aria-label': caption },
        h(
            'table',
            properties,
            h('caption', {}, caption),
            h(
                'thead',
                {},
                h(
                    'tr',
                    {},
                    heads.map((head) =>
                        h(
                            'th',
                            {
                                scope: 'col',
                                class: head === say('bound_by') ? 'words' : null,
                            },
                            head,
                        ),
                    ),
                ),
            ),
            h('tbody', {}, rows),
        ),
    );

const cell = (content, properties) => h('td', properties, content);

const gibibytes = (mebibytes) =>
    mebibytes === null ? '–' : (mebibytes / 1024).toFixed(1) + ' GiB';

function nodeCard(row) {
    const isHeldBack = row.schedulable_pods !== null && row.schedulable_pods < row.max_pods;
    return h(
        'article',
        { class: 'card' },
        h('h3', {}, row.mode),
        h('p', { class: 'big' }, h('strong', {}, count(row.max_pods)), ' ', say('pods-word')),
        h('p', { class: 'formula' }, code(row.formula ?? '')),
        isHeldBack
            ? h('p', { class: 'held' }, say('pods-by-kubelet', count(row.schedulable_pods)))
            : null,
        limitList(row.limits, row.bound_by, isHeldBack ? row.schedulable_bound_by : null),
        facts([
            [say('secondary_enis'), count(row.secondary_enis)],
            [say('ipv4_addresses'), count(row.ipv4_addresses)],
            [say('join', count(row.min_pods_to_join)), yesNo(row.joins)],
            [say('dual_stack'), yesNo(row.dual_stack)],
            row.max_trunk_pods !== 0 ? [say('trunk_pods'), count(row.trunk_pods)] : null,
            [
                say('allocatable_cpu'),
                row.allocatable_cpu_millicores === null
                    ? '–'
                    : row.allocatable_cpu_millicores + 'm',
            ],
            [say('allocatable_memory'), gibibytes(row.allocatable_memory_mib)],
        ]),
    );
}

function node(rows) {
    const types = [...new Set(rows.map((row) => row.instance_type))];
    const notes = [...new Set(rows.flatMap((row) => row.notes))];
    const most = (type) => {
        const known = rows
            .filter((row) => row.instance_type === type)
            .map((row) => row.schedulable_pods ?? row.max_pods)
            .filter((pods) => pods !== null);
        return known.length > 0 ? Math.max(...known) : null;
    };
    return {
        headline: types.map((type) => `${type}: ${say('pods-run', count(most(type)))}`).join('; '),
        body: [
            ...types.flatMap((type) => [
                types.length > 1 ? h('h2', {}, type) : '',
                h(
                    'div',
                    { class: 'cards' },
                    rows.filter((row) => row.instance_type === type).map(nodeCard),
                ),
            ]),
            ...noteList(notes),
            why(rows.map((row) => row.explain)),
        ],
    };
}

const percent = (value) =>
    value === null
        ? '–'
        : h(
              'span',
              { class: 'share' },
              h('span', { class: 'bar', style: `--share: ${value / 100}` }),
              value.toFixed(1) + ' %',
          );

function size(rows, page) {
    const heads = [
        'type',
        'vcpus-head',
        'memory-head',
        'nodes',
        'pods-per-node',
        'bound_by',
        'used_cpu',
        'used_memory',
    ];
    const line = (row) =>
        h(
            'tr',
            { class: row.fits ? null : 'unfit' },
            h(
                'th',
                { scope: 'row' },
                h(
                    'a',
                    { href: page.link('node', [['operand', row.instance_type]]) },
                    row.instance_type,
                ),
            ),
            cell(count(row.vcpus)),
            cell(count(row.memory_gib)),
            cell(h('strong', {}, count(row.nodes))),
            cell(count(row.pods_per_node)),
            cell(row.fits ? sayName('limit', row.bound_by) : (row.reason ?? say('unknown')), {
                class: 'words',
            }),
            cell(percent(row.used_cpu_percent)),
            cell(percent(row.used_memory_percent)),
        );
    const best = rows.find((row) => row.fits);
    return {
        headline:
            best === undefined ? say('no-type') : `${count(best.nodes)} × ${best.instance_type}`,
        body: [
            table(
                say('ranked'),
                heads.map((head) => say(head)),
                rows.map(line),
            ),
            ...noteList([...new Set(rows.flatMap((row) => row.notes ?? []))]),
            why(
                rows
                    .slice(0, 3)
                    .map((row) => row.explain)
                    .filter(Boolean),
            ),
        ],
    };
}

function terway(answer) {
    const extra = ['max_nodes_with_default_pool', 'max_nodes_with_surge', 'max_nodes_with_burst']
        .filter((key) => answer[key] !== null && answer[key] !== undefined)
        .map((key) => [say(key), count(answer[key])]);
    const heads = ['zone', 'zone_pods', 'zone_nodes', 'zone_max', 'bound_by'];
    const zones = answer.zones.map((zone) =>
        h(
            'tr',
            {},
            h('th', { scope: 'row' }, zone.zone),
            cell(count(zone.usable_addresses)),
            cell(count(zone.node_addresses)),
            cell(h('strong', {}, count(zone.max_nodes))),
            cell(zone.bound_by === null ? '–' : sayName('limit', zone.bound_by), {
                class: 'words',
            }),
        ),
    );
    return {
        headline: [
            say('nodes-run', count(answer.max_nodes)),
            say('pods-run', count(answer.max_pods)),
            answer.bound_by === null ? '' : say('bound-by', sayName('limit', answer.bound_by)),
        ]
            .filter((part) => part !== '')
            .join(', '),
        body: [
            limitList(answer.limits, answer.bound_by),
            facts([[say('pods-per-node'), count(answer.pods_per_node)], ...extra]),
            table(
                say('by-zone'),
                heads.map((head) => say(head)),
                zones,
            ),
            ...noteList(answer.notes),
            why([answer.explain]),
        ],
    };
}

function flannelCard(row) {
    return h(
        'article',
        { class: 'card' },
        h('h3', {}, '/' + row.node_mask),
        h('p', { class: 'big' }, h('strong', {}, count(row.max_nodes)), ' ', say('nodes-word')),
        h(
            'p',
            { class: 'held' },
            say('per-node', count(row.pods_per_node)),
            ', ',
            say('usable', count(row.usable_pod_ips)),
        ),
        limitList(row.limits, row.bound_by),
        facts([[say('pods'), count(row.max_pods)]]),
    );
}

function flannel(answer) {
    const rows = [answer].flat();
    const best = rows.reduce((a, b) => (b.max_nodes > a.max_nodes ? b : a));
    const block = best.pod_cidr ?? '/' + best.pod_prefix_len;
    const verdict = best.fits === undefined ? '' : say(best.fits ? 'fits' : 'fits-not') + ': ';
    return {
        headline:
            `${verdict}${say('pod-cidr')} ${block}, ` + say('nodes-run', count(best.max_nodes)),
        isBad: best.fits === false,
        body: [
            best.reason ? h('p', { class: 'reason' }, best.reason) : '',
            h('div', { class: 'cards' }, rows.map(flannelCard)),
            ...noteList([...new Set(rows.flatMap((row) => row.notes))]),
            why(rows.map((row) => row.explain)),
        ],
    };
}

function check(answer, page) {
    const others = page.form.showFindings(answer.findings);
    const counts = ['errors', 'warnings', 'notes'].map((key) => say(key, count(answer[key])));
    return {
        headline: `${say(answer.ok ? 'plan-ok' : 'plan-not-ok')}: ${counts.join(', ')}`,
        isBad: !answer.ok,
        body: [
            h('ul', { class: 'findings' }, others.map(findingItem)),
            others.length < answer.findings.length
                ? h('p', { class: 'beside' }, say('beside'))
                : '',
            h(
                'p',
                {},
                h('a', { href: page.link('cluster', page.state.pairs) }, say('map-in-cluster')),
            ),
        ],
    };
}

/* What to add, as blocks are named in the map. */
const additions = (answer) =>
    ['vpc', 'node_vswitch', 'pod_vswitch'].flatMap((role) =>
        (answer[role] ?? []).map(({ zone, cidr }) =>
            [say(role.replace('_', '-')), zone, cidr].filter(Boolean).join(' '),
        ),
    );

/* Of a Flannel cluster, which has no zones. */
const flannelRoom = (answer) =>
    facts([
        [say('pod-cidr'), answer.pod_cidr],
        [say('node-mask'), '/' + answer.node_mask],
        [say('add-nodes'), count(answer.nodes_wanted)],
        [say('zone_short'), count(answer.nodes_wanted - answer.nodes_now)],
    ]);

function zoneTable(answer) {
    const heads = ['zone', 'nodes', 'zone_free', 'zone_short', 'bound_by'];
    const zones = answer.zones.map((zone) =>
        h(
            'tr',
            {},
            h('th', { scope: 'row' }, zone.zone),
            cell(count(zone.nodes_wanted)),
            cell(count(zone.usable_addresses)),
            cell(h('strong', {}, count(zone.short_addresses))),
            cell(zone.bound_by === null ? '–' : sayName('limit', zone.bound_by), {
                class: 'words',
            }),
        ),
    );
    return table(
        say('by-zone'),
        heads.map((head) => say(head)),
        zones,
    );
}

function grow(answer) {
    const added = additions(answer);
    return {
        headline: !answer.fits
            ? `${say('fits-not')}: ${answer.reason}`
            : added.length === 0
              ? say('fits')
              : say('to-add', added.join(', ')),
        isBad: !answer.fits,
        body: [
            answer.zones === null ? flannelRoom(answer) : zoneTable(answer),
            ...noteList(answer.notes),
            why([answer.explain]),
        ],
    };
}

function choose(answer) {
    const heads = [say('feature'), say('terway'), say('flannel'), say('decides')];
    const most = (plugin) => [
        say(plugin),
        answer[plugin + '_max_nodes'] === null
            ? '–'
            : say(
                  answer[plugin + '_needs_quota_increase'] ? 'most-raised' : 'most-nodes',
                  count(answer[plugin + '_max_nodes']),
              ),
    ];
    const can = (value) => cell(yesNo(value), { class: value ? 'can' : 'cannot' });
    return {
        headline: say(answer.plugin),
        isBad: answer.plugin === 'none',
        body: [
            table(
                say('why'),
                heads,
                answer.reasons.map((reason) =>
                    h(
                        'tr',
                        { class: reason.decides ? 'decides' : null },
                        h('th', { scope: 'row' }, sayName('feature', reason.feature)),
                        can(reason.terway),
                        can(reason.flannel),
                        cell(reason.decides ? say('yes') : ''),
                    ),
                ),
                { class: 'words' },
            ),
            facts([most('terway'), most('flannel')]),
            ...noteList(answer.notes),
        ],
    };
}

export const answers = { node, size, terway, flannel, check, grow, choose };

/* The features as check boxes. */
export function needBoxes(features, pairs, change) {
    const needed = new Set(
        pairs.filter(([name]) => name === 'need').flatMap(([, value]) => value.split(',')),
    );
    const box = ({ feature, note }) =>
        h(
            'div',
            { class: 'field flag' },
            h('input', {
                type: 'checkbox',
                id: 'need-' + feature,
                checked: needed.has(feature),
                onchange: ({ target }) => {
                    needed[target.checked ? 'add' : 'delete'](feature);
                    change([...needed]);
                },
            }),
            h(
                'label',
                { for: 'need-' + feature },
                sayName('feature', feature),
                h('small', {}, note ?? ''),
            ),
        );
    return h('fieldset', { class: 'needs' }, h('legend', {}, say('need')), features.map(box));
}
