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

/* A picture of the command, with its own styles, apart from those of the page. */
export function putPicture(host, text) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const picture = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    picture.setAttribute('role', 'group');
    picture.setAttribute('aria-label', picture.querySelector('title').textContent);
    picture.querySelector('title').remove();
    root.replaceChildren(document.importNode(picture, true));
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
