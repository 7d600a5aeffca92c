/* SPDX-License-Identifier: MIT */
/* The form of a view: its fields and the rows of its blocks, and mistakes beside them. */
import { complaintOf, manualOf, offered } from './command.js';
import { h, putNodes } from './dom.js';
import { blockOf, ON, OPERAND, partsOf, setValue, titleOfPair, valueOf } from './state.js';
import { roleOf, views } from './views.js';
import { say } from './words.js';

const quiet = { autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false' };

/* The list of what may be typed, filled when it is first wanted. */
function listOf(id, words) {
    const list = h('datalist', { id });
    const fill = () =>
        list.childElementCount > 0 ||
        list.append(...words().map((word) => h('option', { value: word })));
    return { list, fill };
}

export class Form {
    /* page.state is what is asked; page.change(pairs, isNew) asks something else, as a new form. */
    constructor(page) {
        this.page = page;
        this.view = views[page.state.view];
        this.command = this.view.commandOf(page.state.pairs);
        this.errors = new Map(); /* of a field by its name, of a row by its index */
        this.findings = new Map(); /* of a row by its text in findings */
        this.unfinished = []; /* what says what a field takes, of each */
        this.general = h('div', { class: 'error' });
        this.element = h(
            'form',
            { onsubmit: (event) => event.preventDefault() },
            this.general,
            h('div', { class: 'fields' }, this.fieldsOf(this.view.fields)),
        );
    }

    /* Fills in what the command says of the fields. */
    finish() {
        this.unfinished.splice(0).forEach((finish) => finish());
    }

    fieldsOf(fields) {
        return fields
            .filter(
                (field) =>
                    !field.only ||
                    field.only.length === 0 ||
                    field.only.some((one) => one === this.command || this.view.propose.length > 0),
            )
            .map((field) => this.field(field));
    }

    set(name, value, isNew) {
        this.page.change(setValue(this.page.state.pairs, name, value), isNew);
    }

    field(field) {
        const id = 'field-' + field.name;
        const error = h('div', { class: 'error', id: id + '-error' });
        const { control, after } = this[field.kind](field, id);
        const label = h('label', { for: id }, say(field.label ?? field.name));
        this.errors.set(field.name, { error, control });
        this.unfinished.push(() => {
            const { says, byDefault } = manualOf(this.asked(field), field.name);
            label.title = says;
            if (field.kind === 'choice') {
                this.offer(field, control, byDefault);
            } else if (byDefault !== null) {
                control.placeholder = byDefault;
            }
        });
        control.setAttribute('aria-describedby', error.id);
        return h(
            'div',
            { class: 'field ' + field.kind },
            field.kind === 'flag' ? [control, label] : [label, control],
            after ?? null,
            error,
        );
    }

    input(id, properties) {
        return h('input', {
            id,
            type: 'text',
            ...quiet,
            ...properties,
        });
    }

    /* The subcommand whose manual and completion know a field. */
    asked = (field) => (field.only === undefined ? this.command : (field.only[0] ?? 'check'));

    text(field, id) {
        const { list, fill } = listOf(id + '-list', () => offered(this.command, '--' + field.name));
        const control = this.input(id, {
            value: valueOf(this.page.state.pairs, field.name),
            oninput: (event) => this.set(field.name, event.target.value.trim()),
            list: field.offer ? list.id : null,
            onfocus: field.offer ? fill : () => {},
        });
        return { control, after: field.offer ? list : null };
    }

    types(field, id) {
        const { list, fill } = listOf(id + '-list', () => offered('node'));
        const control = this.input(id, {
            value: valueOf(this.page.state.pairs, field.name),
            oninput: (event) => this.set(field.name, event.target.value.trim()),
            list: list.id,
            onfocus: fill,
        });
        return { control, after: list };
    }

    /* Values with blanks between them, each an option. */
    many(field, id) {
        const others = () => this.page.state.pairs.filter(([name]) => name !== field.name);
        const control = this.input(id, {
            value: this.page.state.pairs
                .filter(([name]) => name === field.name)
                .map(([, value]) => value)
                .join(' '),
            oninput: (event) =>
                this.page.change([
                    ...others(),
                    ...event.target.value
                        .split(/\s+/)
                        .filter((word) => word !== '')
                        .map((word) => [field.name, word]),
                ]),
        });
        return { control };
    }

    flag(field, id) {
        const control = h('input', {
            id,
            type: 'checkbox',
            checked: valueOf(this.page.state.pairs, field.name) === ON,
            onchange: (event) => this.set(field.name, event.target.checked ? ON : ''),
        });
        return { control };
    }

    choice(field, id) {
        const onchange = ({ target }) =>
            this.set(field.name, target.value, field.name === 'plugin');
        return { control: h('select', { id, onchange }) };
    }

    /* The choices, of which the default is the empty one. */
    offer(field, control, byDefault) {
        const value = valueOf(this.page.state.pairs, field.name);
        const words = offered(this.asked(field), '--' + field.name).filter(
            (word) => word !== byDefault,
        );
        const isOther = value !== '' && value !== byDefault && !words.includes(value);
        control.append(
            h('option', { value: '' }, byDefault ?? '-'),
            ...[...words, ...(isOther ? [value] : [])].map((word) =>
                h('option', { value: word, selected: word === value }, word),
            ),
        );
    }

    more() {
        const body = h('div', { class: 'fields' }, this.fieldsOf(this.view.more));
        const isUsed = this.view.more.some(({ name }) => valueOf(this.page.state.pairs, name));
        return h('details', { open: isUsed }, h('summary', {}, say('more')), body);
    }

    /* The blocks, a row each. */
    rows() {
        const offeredRoles = this.view.rows;
        const add = () => {
            const last = this.page.state.pairs.findLast(([name]) =>
                offeredRoles.includes(roleOf(name)),
            );
            this.page.change([...this.page.state.pairs, [last?.[0] ?? 'pod-vswitch', '']], true);
            this.page.form.element.querySelector('.blocks > ul > li:last-child .cidr').focus();
        };
        return h(
            'fieldset',
            { class: 'blocks' },
            h('legend', {}, say(this.command === 'terway' ? 'vswitches' : 'blocks')),
            h(
                'ul',
                {},
                this.page.state.pairs.map(([name], index) =>
                    this.view.rows.some((role) => role.name === name) ? this.row(index) : null,
                ),
            ),
            h('button', { type: 'button', class: 'add', onclick: add }, say('add')),
        );
    }

    row(index) {
        const [name, value] = this.page.state.pairs[index];
        const role = roleOf(name);
        const parts = partsOf(value);
        const error = h('div', { class: 'error', id: 'row-' + index + '-error' });
        const findings = h('ul', { class: 'findings' });
        const put = (pair, isNew) =>
            this.page.change(this.page.state.pairs.with(index, pair), isNew);
        const part = (key) =>
            h('input', {
                type: 'text',
                class: key,
                value: parts[key],
                ...quiet,
                'aria-label': say(key),
                placeholder: say(key),
                'aria-describedby': error.id,
                oninput: (event) => {
                    parts[key] = event.target.value.trim();
                    put([name, blockOf(role, parts)]);
                },
            });
        const cidr = part('cidr');
        this.errors.set(index, { error, control: cidr });
        this.findings.set(index, findings);
        return h(
            'li',
            {},
            h('span', { class: 'swatch ' + name }),
            h(
                'select',
                {
                    class: 'role',
                    'aria-label': say('role'),
                    onchange: ({ target }) =>
                        put([target.value, blockOf(roleOf(target.value), parts)], true),
                },
                this.view.rows.map((one) =>
                    h(
                        'option',
                        {
                            value: one.name,
                            selected: one.name === name,
                        },
                        say(one.name),
                    ),
                ),
            ),
            role.isNamed ? part('name') : null,
            cidr,
            role.hasUse ? part('used') : null,
            h(
                'button',
                {
                    type: 'button',
                    class: 'remove',
                    title: say('remove'),
                    'aria-label': say('remove') + ' ' + value,
                    onclick: ({ target }) => this.remove(index, target),
                },
                '×',
            ),
            error,
            findings,
        );
    }

    /* The focus goes to what is then in the place of the row. */
    remove(index, button) {
        const at = [...this.element.querySelectorAll('.remove')].indexOf(button);
        this.page.change(this.page.state.pairs.toSpliced(index, 1), true);
        const { element } = this.page.form;
        (element.querySelectorAll('.remove')[at] ?? element.querySelector('.add')).focus();
    }

    clearErrors() {
        for (const error of this.element.querySelectorAll('.error:not(:empty, .findings *)')) {
            error.replaceChildren();
        }
        for (const control of this.element.querySelectorAll('[aria-invalid]')) {
            control.removeAttribute('aria-invalid');
        }
    }

    /* Where a complaint belongs: "--option value: why", or "operand: why". */
    placeOf(complaint) {
        const { pairs } = this.page.state;
        const index = pairs.findLastIndex(([name, value]) =>
            name === OPERAND
                ? value.split(/[\s,]+/).some((word) => complaint.startsWith(word + ': '))
                : complaint.startsWith('--' + name + (value === ON ? '' : ' ' + value) + ': '),
        );
        const name =
            index >= 0
                ? pairs[index][0]
                : /^[A-Z_]+:/.test(complaint)
                  ? OPERAND
                  : /^--([\w-]+)/.exec(complaint)?.[1];
        return { index, place: this.errors.get(index) ?? this.errors.get(name) ?? null };
    }

    /* Shows a line of stderr, with what may have been meant as buttons. */
    showError(line) {
        const complaint = complaintOf(line);
        const { index, place } = this.placeOf(complaint);
        const error = place?.error ?? this.general;
        const [says, guesses] = complaint.split(/; did you mean (.*)\?$/);
        error.replaceChildren(h('span', { role: 'alert' }, says));
        if (guesses !== undefined && index >= 0) {
            error.append(
                '; ',
                say('did-you-mean'),
                ' ',
                ...guesses
                    .split(/, | or /)
                    .flatMap((guess) => [this.guessButton(index, guess, says), ' ']),
                '?',
            );
        }
        place?.control.setAttribute('aria-invalid', 'true');
        place?.control.closest('details')?.setAttribute('open', '');
    }

    guessButton(index, guess, says) {
        const meant = ([name, value]) => {
            const role = roleOf(name);
            if (role !== undefined) {
                return [name, blockOf(role, { ...partsOf(value), cidr: guess })];
            }
            return [name, name === OPERAND ? value.replace(says.split(': ')[0], guess) : guess];
        };
        const choose = () => {
            const { pairs } = this.page.state;
            this.page.change(pairs.with(index, meant(pairs[index])), true);
        };
        return h('button', { type: 'button', class: 'guess', onclick: choose }, guess);
    }

    /* Puts the findings of check beside the blocks that they name; returns those that name none. */
    showFindings(findings) {
        const said = new Set();
        for (const [index, list] of this.findings) {
            const block = titleOfPair(this.page.state.pairs[index]);
            const own = findings.filter(({ subject, other }) => [subject, other].includes(block));
            own.forEach((finding) => said.add(finding));
            putNodes(
                list,
                own.map((finding) => this.finding(finding, index)),
            );
        }
        return findings.filter((finding) => !said.has(finding));
    }

    finding(finding, index) {
        const item = findingItem(finding);
        if (finding.code === 'host-bits' && finding.block !== null) {
            item.append(' ', this.guessButton(index, finding.block, ''));
        }
        return item;
    }
}

export function findingItem({ severity, message, zone }) {
    return h(
        'li',
        { class: severity },
        h('strong', {}, say(severity)),
        ' ',
        message,
        zone === null ? null : ` (${say('in-zone', zone)})`,
    );
}
