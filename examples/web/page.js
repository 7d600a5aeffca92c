/* SPDX-License-Identifier: MIT */
/* The page: a form makes arguments, the command answers. Nothing is computed here. */
import { answers, needBoxes } from './answers.js';
import { ask, fileOf, shellLine, startCommand, versionLines } from './command.js';
import { copy, download, h, putNodes, putPicture } from './dom.js';
import { Form } from './form.js';
import { AddressMap } from './map.js';
import { readPasted } from './paste.js';
import { argumentsOf, partsOf, readFragment, titleOfPair, writeFragment } from './state.js';
import { roleOf, views } from './views.js';
import { languages, say, speak, spoken } from './words.js';

const explained = ['node', 'size', 'flannel', 'terway', 'grow'];
const pasted = ['cluster', 'plan', 'grow'];
const mapped = ['plan', 'grow'];

/* What the reader's browser remembers, where it may. */
function remember(key, value) {
    try {
        if (value !== undefined) {
            localStorage.setItem(key, value);
        }
        return localStorage.getItem(key);
    } catch {
        return null;
    }
}

class Page {
    constructor() {
        this.asked = new Map(); /* what was asked last, of each view */
        this.hasAnswered = false;
        this.map = new AddressMap(this);
        this.headline = h('p', { class: 'headline', role: 'status' });
        this.body = h('div', { class: 'body' });
        this.plot = h('div', { class: 'wide plot', tabindex: '0', role: 'region' });
        this.line = h('code', {});
        this.heading = h('h2', { class: 'about' });
        this.question = h('section', { class: 'question' });
        this.aside = h('section', { class: 'share-it' });
        this.answer = h(
            'section',
            { class: 'answer' },
            this.map.element,
            this.body,
            this.plot,
            this.aside,
        );
        document
            .querySelector('main')
            .replaceChildren(this.heading, this.headline, this.question, this.answer);
        document.querySelector('#language').addEventListener('click', () => {
            this.write();
            remember('cnicalc-language', 1 - spoken());
            this.speak(1 - spoken());
        });
        addEventListener('popstate', () => this.open());
        this.speak(Number(remember('cnicalc-language') ?? navigator.language.startsWith('zh')));
        this.hasAnswered = true;
        requestAnimationFrame(() => setTimeout(() => this.finish()));
    }

    speak(language) {
        speak(language);
        document.documentElement.lang = languages[language];
        const button = document.querySelector('#language');
        button.textContent = say('language');
        button.lang = languages[1 - language];
        this.map.build();
        this.open();
    }

    /* Shows what the address asks. */
    open() {
        this.state = readFragment(location.hash);
        this.asked.set(this.state.view, this.state.pairs);
        document.querySelector('nav').setAttribute('aria-label', say('views'));
        document.querySelector('nav').replaceChildren(
            ...Object.keys(views).map((name) =>
                h(
                    'a',
                    {
                        href: this.asked.has(name)
                            ? this.link(name, this.asked.get(name))
                            : '#' + name,
                        'aria-current': this.state.view === name ? 'page' : null,
                    },
                    say(name),
                ),
            ),
        );
        document.title = `${say(this.state.view)} – cnicalc`;
        this.heading.textContent = say('about-' + this.state.view);
        this.headline.textContent = '';
        this.body.replaceChildren();
        this.build();
        this.update();
    }

    write() {
        history.replaceState(null, '', writeFragment(this.state));
    }

    link(view, pairs) {
        return writeFragment({ view, pairs });
    }

    /* Asks something else. With isNew the form is made anew, and the browser can go back. */
    change(pairs, isNew = false) {
        if (isNew) {
            this.write();
        }
        this.state = { ...this.state, pairs };
        this.asked.set(this.state.view, pairs);
        clearTimeout(this.writing);
        if (!isNew) {
            /* a browser lets a page change its address only so often */
            this.writing = setTimeout(() => this.write(), 100);
        } else {
            history.pushState(null, '', writeFragment(this.state));
            const focused = document.activeElement?.id;
            this.build();
            document.getElementById(focused)?.focus();
        }
        this.update();
    }

    build() {
        const view = views[this.state.view];
        this.form = new Form(this);
        if (view.rows.length > 0 && this.form.command !== 'flannel') {
            this.form.element.append(this.form.rows());
        }
        document
            .querySelector('main')
            .classList.toggle('of-rows', view.rows.length > 0 && this.form.command !== 'flannel');
        this.question.setAttribute('aria-label', say('request'));
        this.answer.setAttribute('aria-label', say('answer'));
        this.question.replaceChildren(this.form.element);
        this.map.element.hidden = !mapped.includes(view.name);
        this.plot.hidden = view.name !== 'size';
        this.plot.setAttribute('aria-label', say('plot'));
        this.aside.replaceChildren(...this.sharing());
        this.isFinished = false;
        if (this.hasAnswered) {
            this.finish();
        }
    }

    /* The rest of the form, for which the first answer does not wait. */
    finish() {
        if (this.isFinished) {
            return;
        }
        this.isFinished = true;
        const view = views[this.state.view];
        const parts = [
            view.propose.length > 0 ? this.proposal() : null,
            view.name === 'choose' ? this.needs() : null,
            view.more.length > 0 ? this.form.more() : null,
            pasted.includes(view.name) && this.form.command !== 'flannel' ? this.paste() : null,
        ];
        this.form.element.append(...parts.filter((part) => part !== null));
        this.form.finish();
        document
            .querySelector('footer')
            .replaceChildren(h('p', {}, say('private')), h('p', {}, versionLines().join('; ')));
    }

    needs() {
        const features = ask(['features']).json.filter((row) => typeof row.terway === 'boolean');
        return needBoxes(features, this.state.pairs, (needed) =>
            this.change([
                ...this.state.pairs.filter(([name]) => name !== 'need'),
                ...needed.map((feature) => ['need', feature]),
            ]),
        );
    }

    proposal() {
        this.proposed = h('div', { class: 'error', role: 'alert' });
        return h(
            'fieldset',
            { class: 'propose' },
            h('legend', {}, say('propose')),
            h('div', { class: 'fields' }, this.form.fieldsOf(views.plan.propose)),
            h(
                'p',
                {},
                h('button', { type: 'button', onclick: () => this.propose() }, say('propose')),
                ' ',
                h('small', {}, say('propose-help')),
            ),
            this.proposed,
        );
    }

    propose() {
        const args = argumentsOf('plan', this.state.pairs, 'propose');
        const { code, err, json } = ask(args);
        this.form.clearErrors();
        if (code === 2) {
            this.form.showError(err);
        } else if (!json.fits) {
            this.proposed.textContent =
                json.reason ?? json.findings.map(({ message }) => message).join('; ');
        } else {
            const plan = readPasted(ask(args, 'args').out, this.isFlag);
            const kept = this.state.pairs.filter(
                ([name]) => name === 'pods-per-node' || name === 'zones',
            );
            this.change([...plan, ...kept], true);
        }
    }

    isFlag = (name) =>
        views[this.state.view].all.some((field) => field.name === name && field.kind === 'flag');

    paste() {
        const text = h('textarea', { rows: '4', id: 'pasted', spellcheck: 'false' });
        const error = h('div', { class: 'error', role: 'alert' });
        const read = () => {
            const pairs = readPasted(text.value, this.isFlag);
            error.textContent = pairs.length === 0 ? say('not-read') : '';
            if (pairs.length > 0) {
                this.change(this.joined(pairs), true);
            }
        };
        return h(
            'details',
            { class: 'paste' },
            h('summary', {}, say('paste')),
            h('label', { for: 'pasted' }, say('paste-help')),
            text,
            h('button', { type: 'button', onclick: read }, say('read')),
            error,
        );
    }

    /* A plan takes the place of what is asked; vSwitches alone take the place of vSwitches. */
    joined(pairs) {
        const isVswitch = ([name]) => /^(node-|pod-)?vswitch$/.test(name);
        return pairs.every(isVswitch)
            ? [...this.state.pairs.filter((pair) => !isVswitch(pair)), ...pairs]
            : pairs;
    }

    sharing() {
        const done = h('span', { class: 'says', role: 'status' });
        const save = (word, ending, text) =>
            h(
                'button',
                {
                    type: 'button',
                    class: 'file',
                    onclick: () => download(`cnicalc-${this.state.view}.${ending}`, text()),
                },
                word,
            );
        const isDrawn = [...mapped, 'size'].includes(this.state.view);
        return [
            h('h2', {}, say('command-line')),
            h(
                'pre',
                { tabindex: '0', class: 'line', role: 'region', 'aria-label': say('command-line') },
                this.line,
            ),
            h(
                'p',
                { class: 'buttons' },
                h(
                    'button',
                    {
                        type: 'button',
                        class: 'copy',
                        onclick: async () => {
                            await copy(this.line);
                            done.textContent = say('copied');
                        },
                    },
                    say('copy'),
                ),
                done,
                h('span', {}, say('download')),
                save('JSON', 'json', () => ask(this.args).out),
                isDrawn ? save('SVG', 'svg', () => this.picture) : null,
                save('args', 'args', () => fileOf(this.args.slice(1))),
            ),
        ];
    }

    update() {
        const { view, pairs } = this.state;
        const command = views[view].commandOf(pairs);
        this.args = argumentsOf(view, pairs, command);
        this.line.textContent = shellLine(this.args);
        this.form.clearErrors();
        const explain = explained.includes(command) ? ['--explain'] : [];
        const { code, err, json } = ask([...this.args, ...explain]);
        document.querySelector('main').classList.toggle('stale', code === 2);
        if (code === 2) {
            this.finish();
            this.form.showError(err);
        } else {
            this.show(answers[command](json, this), err);
        }
        this.drawPicture(view, code);
        this.aside.querySelectorAll('.file').forEach((button) => {
            button.disabled = code === 2;
        });
    }

    show({ headline, body, isBad }, warnings) {
        if (this.headline.textContent !== headline) {
            this.headline.textContent = headline; /* said once */
        }
        this.headline.classList.toggle('bad', isBad === true);
        putNodes(this.body, [
            ...body.filter((part) => part !== ''),
            ...warnings
                .split('\n')
                .filter((line) => line !== '')
                .map((line) => h('p', { class: 'warning' }, line)),
        ]);
    }

    drawPicture(view, code) {
        if (view === 'plan') {
            this.picture = this.map.draw(argumentsOf(view, this.state.pairs, 'map').slice(1));
        } else if (view === 'grow' && code < 2) {
            this.picture = this.map.draw(this.grown());
        } else if (view === 'size' && code < 2) {
            const plot = ask([...this.args, '--plot'], 'svg');
            this.plot.hidden = plot.code === 2; /* there is nothing to plot */
            this.picture = plot.out;
            if (plot.code < 2) {
                putPicture(this.plot, plot.out);
            }
        }
    }

    /* The grown plan; where there is none, the one that there is. */
    grown() {
        const { code, out } = ask(this.args, 'args');
        const blocks = this.state.pairs.filter(([name, value]) => roleOf(name) && value !== '');
        return code === 0
            ? out.split('\n').filter((line) => line.startsWith('-'))
            : blocks.map(([name, value]) => `--${name}=${value}`);
    }

    firstZone() {
        const zoned = this.state.pairs.find(
            ([name, value]) => /vswitch$/.test(name) && value !== '',
        );
        return zoned === undefined ? 'zone-1' : partsOf(zoned[1]).name;
    }

    /* Goes to the row of a block that is named as in the map. */
    focusBlock(title) {
        const index = this.state.pairs.findIndex((pair) => titleOfPair(pair) === title);
        this.form.errors.get(index)?.control.focus();
    }
}

/* Begins with the module of the command, which the page has at its end. */
export async function start(wasm) {
    try {
        await startCommand(wasm);
    } catch (error) {
        document.querySelector('main').textContent = say('no-start') + ' ' + error.message;
        return;
    }
    new Page();
}
