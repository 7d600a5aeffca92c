/* SPDX-License-Identifier: MIT */
/* What is asked: a view and options of the command, each a pair of name and value, in the order of
 * the form. The fragment of the page's address holds all of it. */
import { views } from './views.js';

/* Names that are no option: the operands of a subcommand, and what an option without a value is. */
export const OPERAND = 'operand';
export const ON = 'on';

export function readFragment(fragment) {
    const [, name, query] = /^#?([^?]*)\??(.*)$/s.exec(fragment);
    const view = Object.hasOwn(views, name) ? name : 'node';
    return { view, pairs: [...new URLSearchParams(query === '' ? views[view].start : query)] };
}

export function writeFragment({ view, pairs }) {
    /* What may be in a fragment as it is stays readable. */
    const query = new URLSearchParams(pairs)
        .toString()
        .replace(/%(2F|3A|2C|40)/g, decodeURIComponent);
    return '#' + view + '?' + query;
}

export function valueOf(pairs, name) {
    return pairs.find(([key]) => key === name)?.[1] ?? '';
}

/* Sets an option that is given once; an empty value takes it out. */
export function setValue(pairs, name, value) {
    const at = pairs.findIndex(([key]) => key === name);
    if (value === '') {
        return pairs.filter(([key]) => key !== name);
    }
    return at < 0 ? [...pairs, [name, value]] : pairs.with(at, [name, value]);
}

/* A block as the command takes it, ZONE=CIDR[,used=N], and its parts. */
export function partsOf(value) {
    const [block, ...rest] = value.split(',');
    const at = block.lastIndexOf('=');
    const tail = rest.join(',');
    return {
        name: at < 0 ? '' : block.slice(0, at),
        cidr: block.slice(at + 1),
        used: tail.replace(/^used=(\d*)$/, '$1'),
    };
}

/* A block as the command names it in findings and in the map. */
export function titleOfPair([role, value]) {
    const { name, cidr } = partsOf(value);
    return [role, name, cidr].filter((part) => part !== '').join(' ');
}

export function blockOf(role, { name, cidr, used }) {
    if (name === '' && cidr === '') {
        return '';
    }
    const tail = used === '' || !role.hasUse ? '' : ',' + used.replace(/^\d+$/, 'used=$&');
    return (role.isNamed ? name + '=' : '') + cidr + tail;
}

/* The arguments of a subcommand. A pair that no field is about is for the command to judge. */
export function argumentsOf(view, pairs, command) {
    const operands = [];
    const options = [];
    for (const [name, value] of pairs) {
        const field = views[view].all.find((one) => one.name === name);
        if (value === '' || (field?.only && !field.only.includes(command))) {
            continue;
        }
        if (name === OPERAND) {
            operands.push(...value.split(/[\s,]+/).filter((word) => word !== ''));
        } else {
            const isFlag = value === ON && (field === undefined || field.kind === 'flag');
            options.push(...(isFlag ? ['--' + name] : ['--' + name, value]));
        }
    }
    return [command, ...operands, ...options];
}

/* The pairs of a file of arguments, one a line, as the command reads it. */
export function pairsOf(text, isFlag) {
    const pairs = [];
    const lines = text
        .replace(/^\ufeff/, '')
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
    while (lines.length > 0) {
        const [, name, value] = /^--([^=]*)(?:=(.*))?$/.exec(lines[0]) ?? [];
        lines.shift();
        if (name === undefined) {
            continue;
        }
        pairs.push([name, value ?? (isFlag(name) ? ON : (lines.shift() ?? ''))]);
    }
    return pairs;
}
