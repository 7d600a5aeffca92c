/* SPDX-License-Identifier: MIT */
/* The map of a plan, in whose free space blocks are placed. Where a block may begin, and whether it
 * fits, is asked of the command; here is only where the pointer is. */
import { ask, complaintOf } from './command.js';
import { h, putPicture } from './dom.js';
import { blockOf } from './state.js';
import { roleOf, roles } from './views.js';
import { say } from './words.js';

const styles = `
    text { pointer-events: none; }
    .free[role] { cursor: copy; }
    .free[role]:focus-visible { outline: 3px solid #0969da; outline-offset: -3px; }
    rect:not(.free):has(> title) { cursor: pointer; }
    .ghost { pointer-events: none; fill-opacity: 0.6; }`;

const titleOf = (shape) => shape.firstElementChild.textContent;

/* Free space is a button in a picture. */
function makeFree(picture) {
    for (const shape of picture.querySelectorAll('.free:has(> title)')) {
        shape.setAttribute('role', 'button');
        shape.setAttribute('tabindex', '0');
        shape.setAttribute('aria-label', titleOf(shape));
    }
}

const result = (...args) => ask(['cidr', ...args]).json?.result ?? null;

/* The block of a mask in a free piece of a bar that is nearest to an index, or null. */
function blockNear(piece, mask, index) {
    const [first, last] = [piece.first, piece.last].map((address) =>
        result('index', piece.range, mask, address),
    );
    if (first === null || last === null) {
        return null;
    }
    const at = (number) => result('nth', piece.range, mask, String(number));
    const isWhole = (number) =>
        (number > first || at(number).startsWith(piece.first + '/')) &&
        (number < last || ask(['cidr', 'info', at(number)]).json.last === piece.last);
    const wanted = Math.min(Math.max(index ?? first, first), last);
    const found = [wanted, wanted + 1, wanted - 1].find(
        (number) => number >= first && number <= last && isWhole(number),
    );
    return found === undefined ? null : at(found);
}

export class AddressMap {
    constructor(page) {
        this.page = page;
        this.placing = { role: 'pod-vswitch', mask: '24', name: '' };
        this.host = h('div', { class: 'wide', tabindex: '0', role: 'region' });
        this.says = h('p', { class: 'says', role: 'status' });
        this.element = h('section', { class: 'map' });
        this.shapes = null; /* with titles: the pieces, in the order of the rows of the answer */
    }

    /* In the language of the page. */
    build() {
        const pick = (key, properties) =>
            h('input', {
                type: 'text',
                value: this.placing[key],
                'aria-label': say(key === 'name' ? 'zone' : key),
                placeholder: say(key === 'name' ? 'zone' : key),
                class: key,
                autocomplete: 'off',
                oninput: (event) => {
                    this.placing[key] = event.target.value.trim().replace(/^\//, '');
                },
                ...properties,
            });
        this.host.setAttribute('aria-label', say('map'));
        this.element.replaceChildren(
            h('h2', {}, say('map')),
            h(
                'div',
                { class: 'placing' },
                h('span', {}, say('place')),
                h(
                    'select',
                    {
                        class: 'role',
                        'aria-label': say('role'),
                        onchange: (event) => {
                            this.placing.role = event.target.value;
                        },
                    },
                    roles
                        .filter(({ name }) => name !== 'vpc')
                        .map(({ name }) =>
                            h(
                                'option',
                                {
                                    value: name,
                                    selected: name === this.placing.role,
                                },
                                say(name),
                            ),
                        ),
                ),
                h('span', {}, '/'),
                pick('mask', { inputmode: 'numeric' }),
                pick('name'),
            ),
            this.host,
            this.says,
        );
    }

    draw(args) {
        const picture = ask(['map', ...args], 'svg');
        this.host.classList.toggle('stale', picture.code !== 0);
        if (picture.code !== 0) {
            this.says.textContent = complaintOf(picture.err);
            return null;
        }
        this.says.textContent = '';
        this.svg = putPicture(this.host, picture.out, styles, makeFree);
        if (this.shapes === null) {
            this.listen();
        }
        this.args = args;
        this.pieces = null;
        this.shapes = [...this.svg.querySelectorAll('rect > title')].map(
            (title) => title.parentNode,
        );
        return picture.out;
    }

    /* A row of the answer, which is asked for when it is first wanted. */
    piece(index) {
        this.pieces ??= ask(['map', ...this.args]).json;
        return this.pieces[index];
    }

    listen() {
        const shapeOf = (event) => this.shapes.indexOf(event.target);
        const isFree = (index) => index >= 0 && this.shapes[index].classList.contains('free');
        this.svg.addEventListener('click', (event) => {
            const index = shapeOf(event);
            if (isFree(index)) {
                this.place(index, this.indexAt(event, index));
            } else if (index >= 0) {
                this.page.focusBlock(titleOf(this.shapes[index]));
            }
        });
        this.svg.addEventListener('pointermove', (event) => {
            const index = shapeOf(event);
            this.removeGhost();
            if (isFree(index)) {
                this.ghost(event, index);
            }
        });
        this.svg.addEventListener('pointerleave', () => this.removeGhost());
        this.svg.addEventListener('keydown', (event) => {
            if (isFree(shapeOf(event)) && (event.key === 'Enter' || event.key === ' ')) {
                event.preventDefault();
                this.place(shapeOf(event), null);
            }
        });
    }

    /* Where a bar begins and ends, and how many blocks of the mask it has. */
    bar(index) {
        const { range } = this.piece(index);
        const shapes = this.shapes.filter((shape, i) => this.piece(i).range === range);
        const start = Math.min(...shapes.map((shape) => shape.x.baseVal.value));
        const end = Math.max(
            ...shapes.map((shape) => shape.x.baseVal.value + shape.width.baseVal.value),
        );
        const { last } = ask(['cidr', 'info', range]).json;
        const at = result('index', range, this.maskOf(index), last);
        return { start, end, blocks: at === null ? 0 : at + 1 };
    }

    /* The mask to place; of what is free in IPv6 the one that a vSwitch may have. */
    maskOf(index) {
        const { range, free_blocks } = this.piece(index);
        return range.includes(':') ? (free_blocks[0]?.mask ?? '') : this.placing.mask;
    }

    indexAt(event, index) {
        const { start, end, blocks } = this.bar(index);
        const box = this.svg.getBoundingClientRect();
        const x = ((event.clientX - box.left) / box.width) * this.svg.viewBox.baseVal.width;
        return Math.floor(((x - start) / (end - start)) * blocks);
    }

    /* Shows the block that a click places. */
    ghost(event, index) {
        const { start, end, blocks } = this.bar(index);
        if (blocks === 0) {
            return;
        }
        const width = (end - start) / blocks;
        const ghost = this.shapes[index].cloneNode();
        ghost.setAttribute('class', 'ghost ' + this.placing.role);
        ghost.setAttribute('x', start + this.indexAt(event, index) * width);
        ghost.setAttribute('width', Math.max(width, 2));
        ['role', 'tabindex', 'aria-label'].forEach((name) => ghost.removeAttribute(name));
        this.svg.append(ghost);
    }

    removeGhost() {
        this.svg.querySelector('.ghost')?.remove();
    }

    /* Where free space was used by key, the focus goes to what is left of it, or to the next. */
    focusFree(index) {
        this.shapes.find((shape, i) => i >= index && shape.hasAttribute('tabindex'))?.focus();
    }

    place(index, wanted) {
        const { role, name } = this.placing;
        const mask = this.maskOf(index);
        const piece = this.piece(index);
        const cidr = blockNear(piece, mask, wanted);
        if (cidr !== null) {
            const value = blockOf(roleOf(role), {
                name: name || this.page.firstZone(),
                cidr,
                used: '',
            });
            this.page.change([...this.page.state.pairs, [role, value]], true);
            this.focusFree(wanted === null ? index : this.shapes.length);
        }
        this.says.textContent =
            cidr === null ? say('no-room', mask) : say('placed', `${say(role)} ${cidr}`);
    }
}
