/* SPDX-License-Identifier: MIT */
/* Elements, made of a name, properties and children. */

/* A property that begins with "on" is a listener; false, null and undefined are left out. */
export function h(name, properties, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties ?? {})) {
        if (key.startsWith('on')) {
            element.addEventListener(key.slice(2), value);
        } else if (value !== false && value !== null && value !== undefined) {
            element.setAttribute(key, value === true ? '' : value);
        }
    }
    element.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
    return element;
}

const texts = new WeakMap(); /* of what was put, as it was then */

const textOf = (node) => texts.get(node) ?? node.outerHTML;

/* Puts elements in the place of what an element has, and keeps those that are the same: a long plan
 * is laid out only where it has changed, and what is open stays so. */
export function putNodes(element, nodes) {
    const old = [...element.children];
    const had = old.map(textOf);
    let at = 0; /* in what it had */
    nodes.forEach((node, index) => {
        const text = textOf(node);
        const same = had.indexOf(text, at);
        if (same < 0) {
            texts.set(node, text);
            node.open = old[index]?.open;
            element.insertBefore(node, old[at] ?? null);
        } else {
            old.slice(at, same).forEach((other) => other.remove());
            at = same + 1;
        }
    });
    old.slice(at).forEach((node) => node.remove());
}

/* A picture of the command, with its own styles, apart from those of the page. It is made fit
 * before it is put there. */
export function putPicture(host, text, styles = '', makeFit = () => {}) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const template = document.createElement('template');
    template.innerHTML = text;
    const picture = template.content.firstElementChild;
    picture.setAttribute('role', 'group');
    picture.setAttribute('aria-label', picture.querySelector('title').textContent);
    picture.querySelector('title').remove();
    picture.querySelector('style').append('svg { display: block; min-width: 36rem; }' + styles);
    makeFit(picture);
    const shapes = [...picture.children];
    if (root.firstChild === null) {
        root.append(picture.cloneNode());
    }
    root.firstChild.setAttribute('viewBox', picture.getAttribute('viewBox'));
    putNodes(root.firstChild, shapes);
    return root.firstChild;
}

export function download(name, text) {
    const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    h('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export async function copy(element) {
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    try {
        await navigator.clipboard.writeText(element.textContent);
    } catch {
        document.execCommand('copy'); /* where the page may not reach the clipboard itself */
    }
}
