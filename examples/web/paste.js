/* SPDX-License-Identifier: MIT */
/* What is pasted: a plan file, or the vSwitches of a VPC as the cloud's API lists them. */
import { pairsOf } from './state.js';

/* Documents one after the other, as pages of an answer come. */
function documentsOf(text) {
    try {
        return [JSON.parse(text)].flat();
    } catch {
        return JSON.parse('[' + text.replace(/\}\s*\{/g, '},{') + ']');
    }
}

/* The vSwitches of DescribeVSwitches: each serves nodes and pods until its row says otherwise. */
function vswitchesOf(text) {
    const listed = documentsOf(text).flatMap((page) => page.VSwitches?.VSwitch ?? []);
    return listed.map((one) => ['vswitch',
        `${one.ZoneId}=${one.CidrBlock},free=${one.AvailableIpAddressCount}`]);
}

/* The pairs in a text, or null. */
export function readPasted(text, isFlag) {
    try {
        const pairs = /^\s*[[{]/.test(text) ? vswitchesOf(text) : pairsOf(text, isFlag);
        return pairs.length > 0 ? pairs : null;
    } catch {
        return null;
    }
}
