/* SPDX-License-Identifier: MIT */
/* What is pasted: a plan file, or the vSwitches of a VPC as the cloud's API lists them. */
import { pairsOf } from './state.js';

/* Documents one after the other, as the pages of a list come. */
function documentsOf(text) {
    try {
        return [JSON.parse(text)].flat();
    } catch {
        return JSON.parse('[' + text.replace(/\}\s*\{/g, '},{') + ']');
    }
}

/* Whether a vSwitch has all that is read of it. */
const isWhole = ({ ZoneId, CidrBlock, AvailableIpAddressCount }) =>
    typeof ZoneId === 'string' &&
    typeof CidrBlock === 'string' &&
    Number.isInteger(AvailableIpAddressCount);

/* The vSwitches of DescribeVSwitches, each for nodes and pods until its row says otherwise. Pages
 * must be whole, and all of them: a vSwitch that is left out would be free space. */
function vswitchesOf(text) {
    const pages = documentsOf(text);
    const listed = pages.flatMap((page) => page.VSwitches.VSwitch);
    if (!listed.every(isWhole) || pages.some(({ TotalCount }) => TotalCount !== listed.length)) {
        return [];
    }
    return listed.map(({ ZoneId, CidrBlock, AvailableIpAddressCount }) => [
        'vswitch',
        `${ZoneId}=${CidrBlock},free=${AvailableIpAddressCount}`,
    ]);
}

/* The pairs in a text; none where it is neither. */
export function readPasted(text, isFlag) {
    try {
        return /^\s*[[{]/.test(text) ? vswitchesOf(text) : pairsOf(text, isFlag);
    } catch {
        return [];
    }
}
