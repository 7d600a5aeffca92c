/* SPDX-License-Identifier: MIT */
/* Each ENI takes all of its addresses, or prefixes, from one vSwitch. The rule is at the top of
 * cnicalc/terway.h: the largest shares of the vSwitches, as many as there are ENIs, must hold what
 * the nodes need.
 *
 * That is asked without sorting shares. Give every ENI a share of t units for nothing: what the
 * nodes need beyond must be in what the shares of the vSwitches have beyond t. If the largest
 * shares are too small, this fails for the t of the smallest share that is taken, so it is enough
 * to ask for t = 0 and for the rest of each vSwitch. */
#include "terway.h"

#include "vswitch.h"

cnicalc__eni_need cnicalc__eni_need_of(const cnicalc_terway_node *node)
{
    cnicalc__eni_need need = {0, 0, node->addresses_per_eni, node->prefixes != 0};
    if (need.of_prefixes) {
        /* The ENI's own address takes a slot. */
        need.per_eni = cnicalc__subtract_or_0(need.per_eni, 1);
        need.units = node->prefixes;
    } else {
        /* A trunk pod has an ENI of one address, which any vSwitch serves. */
        need.units = cnicalc__subtract_or_0(node->addresses, node->trunk_pods);
    }
    need.enis = need.per_eni != 0 ? node->pod_enis : 0;
    need.units = cnicalc__min(need.units, need.enis * need.per_eni);
    return need;
}

/* What a vSwitch has for the ENIs of pods in a zone. */
static uint64_t supply(const cnicalc__zone *zone, const cnicalc_vswitch *vswitch, int of_prefixes)
{
    if (vswitch->zone != zone->zone ||
        (!zone->falls_back && (vswitch->roles & CNICALC_VSWITCH_POD) == 0)) {
        return 0;
    }
    cnicalc_vswitch_room room = cnicalc__vswitch_room(vswitch);
    return of_prefixes ? room.free_prefixes : room.single_addresses;
}

uint64_t cnicalc__eni_room(const cnicalc__zone *zone, const cnicalc__eni_need *need,
                           uint64_t *share)
{
    uint64_t room = 0;
    uint64_t next = 0;
    for (size_t i = 0; i < zone->vswitch_count; i++) {
        uint64_t units = supply(zone, &zone->vswitches[i], need->of_prefixes);
        if (units != 0) {
            uint64_t rest = units % need->per_eni;
            room += cnicalc__eni_found(units, need->per_eni, *share);
            next = rest > *share && (next == 0 || rest < next) ? rest : next;
        }
    }
    *share = next;
    return room;
}

uint64_t cnicalc__eni_nodes(const cnicalc__zone *zone, const cnicalc__eni_need *need)
{
    uint64_t nodes = CNICALC_NO_LIMIT;
    uint64_t share = 0;
    uint64_t rest = need->units; /* 0 where ENIs are not known */
    /* Beyond larger shares nodes need no more. */
    while (rest != 0) {
        nodes = cnicalc__min(nodes, cnicalc__eni_room(zone, need, &share) / rest);
        rest = share != 0 ? cnicalc__eni_rest(need, share) : 0;
    }
    return nodes;
}
