/* SPDX-License-Identifier: MIT */
/* tests/vectors/plan_findings.tsv has a row for each rule on each side of its boundary, written as
 * plan_support.h says. What is expected was written down from the rules of the documents, without
 * the library. Notes of capacity are left out there. */
#include "plan_support.h"

#include <stdlib.h>

#define ROWS "tests/vectors/plan_findings.tsv"

#define SERVICES ", svc 172.21.0.0/20"
#define TERWAY   "vpc 192.168.0.0/16, node:1 192.168.0.0/19, pod:1 192.168.32.0/19" SERVICES
#define FLANNEL  "vpc 192.168.0.0/16, node:1 192.168.0.0/24, cidr 172.20.0.0/16" SERVICES

static result check(const plan *checked)
{
    const cnicalc_plan asked = {checked->blocks, checked->count};
    result found;
    ck_ok(cnicalc_plan_check(&asked, &checked->options, found.findings, FINDINGS_MAX, &found.count,
                             NULL));
    return found;
}

static int is_capacity_note(uint32_t code)
{
    return code == CNICALC_PLAN_POD_VSWITCH_CAPACITY || code == CNICALC_PLAN_POD_CIDR_CAPACITY;
}

static void dump(const result *found, char *text, size_t size)
{
    char one[160];
    snprintf(text, size, "%s", "");
    for (size_t i = 0; i < found->count; i++) {
        if (!is_capacity_note(found->findings[i].code)) {
            dump_one(&found->findings[i], one, sizeof one);
            write_text(text, size, text[0] == '\0' ? "" : "; ", one);
        }
    }
    if (text[0] == '\0') {
        snprintf(text, size, "-");
    }
}

static plan row_plan(const tsv *rows, size_t i)
{
    ck_assert_uint_eq(rows->fields[i], 3);
    return read_plan(rows->rows[i][0], rows->rows[i][1]);
}

/* ---- Known ---- */

START_TEST(each_rule_and_its_boundary)
{
    char text[1024];
    tsv rows = tsv_read(ROWS);
    for (size_t i = 1; i < rows.row_count; i++) {
        plan checked = row_plan(&rows, i);
        result found = check(&checked);
        dump(&found, text, sizeof text);
        ck_assert_msg(strcmp(text, rows.rows[i][2]) == 0, "%s: %s\n  finds    %s\n  expected %s",
                      rows.rows[i][0], rows.rows[i][1], text, rows.rows[i][2]);
    }
    ck_assert_uint_ge(rows.row_count, 330);
    tsv_free(&rows);
}
END_TEST

/* The rows reach every code of the header, and each finding has the severity of its code. */
START_TEST(every_code_is_reached)
{
    unsigned char seen[256] = {0};
    tsv rows = tsv_read(ROWS);
    for (size_t i = 1; i < rows.row_count; i++) {
        plan checked = row_plan(&rows, i);
        result found = check(&checked);
        for (size_t j = 0; j < found.count; j++) {
            const cnicalc_plan_finding *finding = &found.findings[j];
            ck_assert_uint_lt(finding->code, 256);
            ck_assert_uint_eq(finding->severity, cnicalc_plan_code_severity(finding->code));
            ck_assert_uint_eq(finding->reserved[0] | finding->reserved[1] | finding->reserved[2] |
                                  finding->reserved[3],
                              0);
            seen[finding->code] = 1;
        }
    }
    tsv_free(&rows);
    uint32_t codes = 0;
    for (uint32_t code = 0; code < 256; code++) {
        int is_code = cnicalc_plan_code_severity(code) != 0;
        codes += (uint32_t)is_code;
        ck_assert_msg(seen[code] == is_code, "code %u, %s", code, cnicalc_plan_code_name(code));
    }
    ck_assert_uint_eq(codes, 58);
}
END_TEST

/* The three plans that the ACK documentation prints, with the pod addresses that it prints. */
START_TEST(published_plans)
{
    static const struct {
        const char *request, *plan, *notes[2];
    } published[] = {
        {"terway", TERWAY, {"pod-vswitch-capacity(2) 8188/8192", NULL}},
        {"terway",
         "vpc 192.168.0.0/16, node:1 192.168.0.0/19, pod:1 192.168.32.0/19, node:2 "
         "192.168.64.0/19, "
         "pod:2 192.168.96.0/19, svc 172.21.0.0/20",
         {"pod-vswitch-capacity(2) 8188/8192", "pod-vswitch-capacity(4) 8188/8192"}},
        {"flannel mask=24", FLANNEL, {"pod-cidr-capacity(2) 64768/65536", NULL}},
    };
    char text[160];
    for (size_t i = 0; i < COUNT(published); i++) {
        plan checked = read_plan(published[i].request, published[i].plan);
        result found = check(&checked);
        ck_assert_uint_eq(found.count, published[i].notes[1] == NULL ? 1 : 2);
        for (size_t j = 0; j < found.count; j++) {
            dump_one(&found.findings[j], text, sizeof text);
            ck_assert_str_eq(text, published[i].notes[j]);
            ck_assert_uint_eq(found.findings[j].severity, CNICALC_PLAN_NOTE);
        }
    }
}
END_TEST

/* What pods can use of a vSwitch is less what is in use. */
START_TEST(capacity_of_a_vswitch_in_use)
{
    static const struct {
        const char *plan, *note;
    } known[] = {
        {"pod:1 10.0.0.0/24", "pod-vswitch-capacity(0) 252/256"},
        {"pod:1+100 10.0.0.0/24", "pod-vswitch-capacity(0) 152/256"},
        {"pod:1+252 10.0.0.0/24", "pod-vswitch-capacity(0) 0/256"},
        {"pod:1+253 10.0.0.0/24", "pod-vswitch-small(0) 24/19"}, /* an error, and no capacity */
        {"vsw:1+100 10.0.0.0/24", "pod-vswitch-capacity(0) 152/256"},
        {"pod:1+50 10.0.0.0/24, node:1+100 10.0.0.0/24", "pod-vswitch-capacity(0) 152/256"},
        {"node:1+10 10.0.0.0/24, node:2+200 10.0.0.0/24, pod:1+30 10.0.0.0/24",
         "pod-vswitch-capacity(2) 222/256"}, /* zone 2 is another */
    };
    char text[160];
    for (size_t i = 0; i < COUNT(known); i++) {
        plan checked = read_plan("terway", known[i].plan);
        result found = check(&checked);
        dump_one(&found.findings[found.count - 1], text, sizeof text);
        ck_assert_str_eq(text, known[i].note);
    }
}
END_TEST

START_TEST(sentences)
{
    static const struct {
        const char *request, *plan, *sentence; /* of the first finding */
    } known[] = {
        {"terway", TERWAY,
         "pod vSwitch 192.168.32.0/19 has 8192 addresses, of which pods can use 8188: the first "
         "and the last three are reserved"},
        {"terway", "vpc 192.168.0.0/16, vsw:1+100 192.168.0.0/19, svc 172.21.0.0/20",
         "vSwitch 192.168.0.0/19 has 8192 addresses, of which pods can use 8088: the first and the "
         "last three are reserved, and 100 are in use"},
        {"flannel mask=24", FLANNEL,
         "pod CIDR 172.20.0.0/16 holds 65536 pods as published, of which 64768 can get an address: "
         "three of each node's block are taken"},
        {"terway", TERWAY ", vpc 10.0.0.1/8",
         "VPC block 10.0.0.1/8 has host bits set; the block is 10.0.0.0/8"},
        {"terway", TERWAY ", other 172.16.0.0/12",
         "Service CIDR 172.21.0.0/20 overlaps network in use 172.16.0.0/12; they must not share an "
         "address"},
        {"terway", TERWAY ", summary 172.16.0.0/12",
         "Service CIDR 172.21.0.0/20 overlaps summary route 172.16.0.0/12; they must not share an "
         "address"},
        {"flannel mask=24", FLANNEL ", summary 172.20.0.0/16",
         "pod CIDR 172.20.0.0/16 overlaps summary route 172.20.0.0/16; they must not share an "
         "address"},
        {"terway", TERWAY ", vpc 100.64.0.0/16",
         "VPC block 100.64.0.0/16 overlaps 100.64.0.0/10, which no VPC may use"},
        {"terway", TERWAY ", vpc 11.0.0.0/8",
         "VPC block 11.0.0.0/8 is not inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16; other "
         "ranges need a whitelist"},
        {"terway", TERWAY ", vpc fd00::/57",
         "VPC block fd00::/57 must be /56; the nearest is fd00::/56"},
        {"terway", TERWAY ", node:1 192.168.200.0/30",
         "node vSwitch 192.168.200.0/30 must be /16 to /29; the nearest is 192.168.200.0/29"},
        {"terway", TERWAY ", vsw:1 192.168.200.0/26",
         "vSwitch 192.168.200.0/26 must be /16 to /25 to serve pods; the nearest is "
         "192.168.200.0/25"},
        {"terway", TERWAY ", node:1 192.168.200.0/30, node:1 192.168.200.4/30",
         "node vSwitch 192.168.200.0/30 must be /16 to /29"},
        {"terway", TERWAY ", node:1+253 192.168.200.0/24",
         "node vSwitch 192.168.200.0/24 cannot have 253 addresses in use; it has 252 usable ones"},
        {"terway", TERWAY ", ovsw:1 192.168.0.0/24",
         "node vSwitch 192.168.0.0/19 overlaps vSwitch in use 192.168.0.0/24; they must not share "
         "an address"},
        {"terway", TERWAY ", ovsw:1 192.168.200.0/30",
         "vSwitch in use 192.168.200.0/30 must be /16 to /29 to be a vSwitch; the nearest is "
         "192.168.200.0/29"},
        {"terway", TERWAY ", svc 2001:db8::/112",
         "Service CIDR 2001:db8::/112 is not inside fc00::/7"},
        {"flannel mask=24", "vpc 192.168.0.0/16, cidr fd00::/64, svc 172.21.0.0/20",
         "pod CIDR fd00::/64 is not inside 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16"},
        {"flannel", FLANNEL, "the plan has no node mask; Flannel needs one, /24 to /28"},
        {"flannel mask=29", FLANNEL,
         "the node mask must be /24 to /28, not /29; the nearest is /28"},
        {"flannel mask=24 ed=4 svc=1", FLANNEL,
         "the quota of Services is not published for this edition and plugin, and is not judged"},
        {"terway nodes=11 ed=2", TERWAY, "11 nodes are wanted, but the quota is 10"},
        {"terway nodes=28 pods=5880 sg=1 vq=9000",
         "vpc 10.0.0.0/8, node:1 10.0.0.0/16, pod:1 10.1.0.0/16" SERVICES,
         "5908 addresses are in a basic security group; CreateCluster's page allows 2000, an "
         "advanced group counts ENIs instead"},
        {"terway nodes=2001", TERWAY, "the nodes take 2 node pools or more, of at most 2000 nodes"},
        {"terway nodes=100", TERWAY, "100 nodes are in one zone; 100 or more should be in two"},
        {"flannel mask=24 nodes=201 raised=1", FLANNEL,
         "201 nodes are wanted; above 200, two quotas must be raised: ACK's of nodes and the VPC's "
         "of routes"},
        {"flannel mask=24", FLANNEL ", node:1 172.20.3.0/24",
         "node vSwitch 172.20.3.0/24 is not inside a VPC block"},
        {"flannel mask=24", "vpc 172.16.0.0/12, vpc 10.0.0.0/15" SERVICES,
         "VPC block 172.16.0.0/12 overlaps Service CIDR 172.21.0.0/20; they must not share an "
         "address"},
        {"terway",
         "vpc 172.16.0.0/12, vpc 10.0.0.0/15, svc 192.168.0.0/20, node:1 10.0.0.0/19, pod:1 "
         "10.0.32.0/19",
         "VPC block 10.0.0.0/15 and VPC block 172.16.0.0/12: one of them is secondary, and must be "
         "/16 to /28"},
        {"terway dual=1", TERWAY ", svc fd01::/112",
         "dual stack needs an IPv6 VPC block, and the plan has none"},
        {"terway dual=1", TERWAY ", vpc fd00::/56, vsw:1 fd00::/64",
         "dual stack needs an IPv6 Service CIDR, and the plan has none"},
        {"terway dual=1", TERWAY ", vpc fd00::/56, svc fd01::/112, node:1 fd00::/64",
         "pod vSwitch 192.168.32.0/19 has no IPv6 vSwitch beside it; dual stack needs a /64 for "
         "it"},
        {"terway", TERWAY ", vpc fd00::/56",
         "VPC block fd00::/56 has no IPv6 vSwitch, and is not used"},
        {"flannel mask=24 dual=1", FLANNEL, "Flannel has no dual stack"},
        {"terway pods=3000 svc=0", "vpc 192.168.0.0/16, vsw:1 192.168.0.0/17, svc 172.21.0.0/25",
         "Service CIDR 172.21.0.0/25 must be /16 to /24; the nearest is 172.21.0.0/24"},
        {"terway pods=3900", "vpc 192.168.0.0/16, vsw:1 192.168.0.0/17, svc 172.21.0.0/24",
         "Service CIDR 172.21.0.0/24 has addresses for 253 Services, which can never change; 260 "
         "are advised for these pods"},
        {"terway pods=5000", TERWAY,
         "twice the pods is recommended: pods take 10000 addresses, but the pod vSwitches have "
         "8188 "
         "free"},
        {"terway nodes=50 pods=1500 burst=67", TERWAY,
         "while new pods start: pods take 8200 addresses, but the pod vSwitches have 8188 free"},
        {"flannel mask=24 nodes=252 rq=1000 nq=1000 surge=1", FLANNEL,
         "while nodes are replaced: nodes take 253 addresses, but the node vSwitches have 252 "
         "free"},
        {"flannel mask=24 nodes=10 pods=2531", FLANNEL,
         "2531 pods are wanted, but the nodes' blocks of pod CIDR 172.20.0.0/16 have 2530 "
         "addresses "
         "that a pod can get"},
    };
    char text[CNICALC_PLAN_TEXT_SIZE];
    for (size_t i = 0; i < COUNT(known); i++) {
        plan checked = read_plan(known[i].request, known[i].plan);
        const cnicalc_plan asked = {checked.blocks, checked.count};
        result found = check(&checked);
        size_t at = 0;
        while (at + 1 < found.count && is_capacity_note(found.findings[at].code)) {
            at++;
        }
        ck_ok(cnicalc_plan_finding_format(&found.findings[at], &asked, text, sizeof text));
        ck_assert_str_eq(text, known[i].sentence);
    }
}
END_TEST

/* vSwitches of a zone: 11 with 20 free addresses each; 17 of /25, with 124. */
#define TWENTIES                                                                                   \
    "vpc 10.0.0.0/16, svc 172.21.0.0/20, node:1 10.0.200.0/24, pod:1+104 10.0.0.0/25, "            \
    "pod:1+104 10.0.1.0/25, pod:1+104 10.0.2.0/25, pod:1+104 10.0.3.0/25, pod:1+104 10.0.4.0/25, " \
    "pod:1+104 10.0.5.0/25, pod:1+104 10.0.6.0/25, pod:1+104 10.0.7.0/25, pod:1+104 10.0.8.0/25, " \
    "pod:1+104 10.0.9.0/25, pod:1+104 10.0.10.0/25"
#define SEVENTEEN                                                                                  \
    "vpc 10.0.0.0/19, svc 172.21.0.0/20, node:1 10.0.31.0/28, pod:1 10.0.0.0/25, "                 \
    "pod:1 10.0.1.0/25, pod:1 10.0.2.0/25, pod:1 10.0.3.0/25, pod:1 10.0.4.0/25, "                 \
    "pod:1 10.0.5.0/25, pod:1 10.0.6.0/25, pod:1 10.0.7.0/25, pod:1 10.0.8.0/25, "                 \
    "pod:1 10.0.9.0/25, pod:1 10.0.10.0/25, pod:1 10.0.11.0/25, pod:1 10.0.12.0/25, "              \
    "pod:1 10.0.13.0/25, pod:1 10.0.14.0/25, pod:1 10.0.15.0/25, pod:1 10.0.16.0/25"

#define TWO_ZONES                                                                                  \
    "vpc 10.0.0.0/19, svc 172.21.0.0/20, node:1 10.0.0.0/24, pod:1 10.0.1.0/25, node:2 "           \
    "10.0.2.0/24"

/* rules.md 4: each ENI is in one vSwitch. The nodes are those of ecs.c7.4xlarge, 7 ENIs of 30
 * addresses; what is found is by hand. */
START_TEST(each_eni_is_in_one_vswitch)
{
    static const struct {
        const char *request, *plan;
        uint32_t code;
        const char *finding; /* the first of this code, or NULL */
    } known[] = {
        /* 7 ENIs find 20 addresses each */
        {"nodes=1 pods=210 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_SHORTAGE,
         "shortage@1 pod_vswitch_enis 210/140"},
        {"nodes=1 pods=141 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_SHORTAGE,
         "shortage@1 pod_vswitch_enis 141/140"},
        {"nodes=1 pods=140 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_SHORTAGE, NULL},
        /* ENIs that are not known find what there is; so do pods on any number of nodes */
        {"nodes=1 pods=210", TWENTIES, CNICALC_PLAN_SHORTAGE, NULL},
        {"nodes=1 pods=210 enis=8 podenis=7", TWENTIES, CNICALC_PLAN_SHORTAGE, NULL},
        {"pods=210 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_SHORTAGE, NULL},
        /* a trunk pod has an ENI of its own: 210 less 70 are 140 */
        {"nodes=1 pods=210 enis=78 podenis=7 pereni=30 trunk=70", TWENTIES, CNICALC_PLAN_SHORTAGE,
         NULL},
        {"nodes=1 pods=210 enis=78 podenis=7 pereni=30 trunk=69", TWENTIES, CNICALC_PLAN_SHORTAGE,
         "shortage@1 pod_vswitch_enis 210/209"},
        /* only 4 of 10 trunk pods run: the 25 idle addresses are on the ENI, which finds 20 */
        {"nodes=1 pods=4 enis=12 podenis=1 pereni=30 trunk=10 each=20 held=45", TWENTIES,
         CNICALC_PLAN_SHORTAGE, "shortage@1 pod_vswitch_enis 29/24"},
        /* twice 70 is 140, and 7 ENIs cannot hold twice 139 */
        {"nodes=1 pods=70 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_PODS_TWICE, NULL},
        {"nodes=1 pods=71 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_PODS_TWICE,
         "pods-twice@1 pod_vswitch_enis 142/140"},
        {"nodes=1 pods=109 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_PODS_TWICE,
         "pods-twice@1 pod_vswitch_enis 210/140"},
        /* a new pod takes two addresses until the pool is trimmed, and no node more than it holds
         */
        {"nodes=1 pods=138 burst=1 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_BURST, NULL},
        {"nodes=1 pods=139 burst=1 enis=8 podenis=7 pereni=30", TWENTIES, CNICALC_PLAN_BURST,
         "burst@1 pod_vswitch_enis 141/140"},
        {"nodes=1 pods=138 burst=50 enis=6 podenis=5 pereni=28", TWENTIES, CNICALC_PLAN_BURST,
         NULL},
        /* in exclusive mode it takes one; all 220 are in use */
        {"nodes=1 pods=219 burst=1 enis=220 mode=3", TWENTIES, CNICALC_PLAN_BURST, NULL},
        {"nodes=1 pods=220 burst=1 enis=221 mode=3", TWENTIES, CNICALC_PLAN_BURST,
         "burst@1 pod_vswitch_addresses 221/220"},
        {"nodes=1 pods=219 burst=1 enis=8 mode=1", TWENTIES, CNICALC_PLAN_BURST,
         "burst@1 pod_vswitch_addresses 221/220"},
        /* 68 shares of 30 and 17 of 4: of 70, the best have 2,040 + 8; of 63, all but 150 */
        {"nodes=10 pods=2100 enis=8 podenis=7 pereni=30", SEVENTEEN, CNICALC_PLAN_SHORTAGE,
         "shortage@1 pod_vswitch_enis 2100/2048"},
        {"nodes=9 pods=1890 enis=8 podenis=7 pereni=30", SEVENTEEN, CNICALC_PLAN_SHORTAGE, NULL},
        {"nodes=9 pods=1890 surge=1 enis=8 podenis=7 pereni=30", SEVENTEEN, CNICALC_PLAN_SURGE,
         "surge@1 pod_vswitch_enis 2100/2048"},
        /* a /25 has 6 blocks of /28, and an ENI of 10 slots holds 9: one of 6 in each, 7 of 7 */
        {"nodes=1 pods=1 enis=8 prefixes=42 podenis=7 pereni=10", SEVENTEEN, CNICALC_PLAN_SHORTAGE,
         NULL},
        {"nodes=1 pods=1 enis=8 prefixes=43 podenis=7 pereni=10", SEVENTEEN, CNICALC_PLAN_SHORTAGE,
         "shortage@1 pod_vswitch_enis 695/679"},
        /* on Lingjun pods never use node vSwitches: zone 1 holds two nodes, zone 2 none */
        {"nodes=3 pods=186 enis=2", TWO_ZONES, CNICALC_PLAN_SHORTAGE, NULL},
        {"nodes=2 pods=124 enis=2 lingjun=1", TWO_ZONES, CNICALC_PLAN_SHORTAGE, NULL},
        {"nodes=3 pods=186 enis=2 lingjun=1", TWO_ZONES, CNICALC_PLAN_SHORTAGE,
         "shortage@1 pod_vswitch_addresses 186/124"},
    };
    for (size_t i = 0; i < COUNT(known); i++) {
        char request[80], text[160] = "";
        snprintf(request, sizeof request, "terway %s", known[i].request);
        plan checked = read_plan(request, known[i].plan);
        result found = check(&checked);
        for (size_t j = found.count; j > 0; j--) {
            if (found.findings[j - 1].code == known[i].code) {
                dump_one(&found.findings[j - 1], text, sizeof text);
            }
        }
        ck_assert_msg(strcmp(text, known[i].finding == NULL ? "" : known[i].finding) == 0, "%s: %s",
                      request, text);
    }
}
END_TEST

/* A summary may hold the VPC, its vSwitches, even one outside it, and what others use, in it and
 * beside it. */
START_TEST(summary_is_no_fault)
{
    static const char used[] = TERWAY
        ", pod:1 192.169.0.0/19, ovsw:1 192.168.128.0/24, other 10.0.0.0/8, osvc 10.1.0.0/20";
    static const char *const summaries[] = {"192.168.0.0/16", "192.168.0.0/15", "192.168.32.0/20",
                                            "192.168.128.0/25", "10.1.0.0/16"};
    for (size_t i = 0; i < COUNT(summaries); i++) {
        char text[512];
        plan without = read_plan("terway", used);
        snprintf(text, sizeof text, "%s, summary %s, summary 192.168.0.0/17", used, summaries[i]);
        plan with = read_plan("terway", text);
        ck_assert_uint_eq(check(&with).count, check(&without).count);
    }
}
END_TEST

START_TEST(names)
{
    ck_assert_str_eq(cnicalc_plan_code_name(CNICALC_PLAN_OUTSIDE_VPC), "outside-vpc");
    ck_assert_uint_eq(cnicalc_plan_code_severity(CNICALC_PLAN_OVERLAP), CNICALC_PLAN_ERROR);
    ck_assert_uint_eq(cnicalc_plan_code_severity(CNICALC_PLAN_SHORTAGE), CNICALC_PLAN_ERROR);
    ck_assert_str_eq(cnicalc_plan_severity_name(CNICALC_PLAN_ERROR), "error");
    ck_assert_str_eq(cnicalc_plan_severity_name(CNICALC_PLAN_WARNING), "warning");
    ck_assert_str_eq(cnicalc_plan_severity_name(CNICALC_PLAN_NOTE), "note");
    static const char roles[CNICALC_PLAN_ROLE_COUNT][20] = {
        "unknown",      "vpc",   "node-vswitch",       "pod-vswitch",   "vswitch", "pod-cidr",
        "service-cidr", "other", "other-service-cidr", "other-vswitch", "summary"};
    static const uint32_t serves[CNICALC_PLAN_ROLE_COUNT] = {
        [CNICALC_PLAN_ROLE_NODE_VSWITCH] = CNICALC_VSWITCH_NODE,
        [CNICALC_PLAN_ROLE_POD_VSWITCH] = CNICALC_VSWITCH_POD,
        [CNICALC_PLAN_ROLE_VSWITCH] = CNICALC_VSWITCH_NODE | CNICALC_VSWITCH_POD,
    };
    for (uint32_t i = 0; i < CNICALC_PLAN_ROLE_COUNT; i++) {
        ck_assert_str_eq(cnicalc_plan_role_name(i), roles[i]);
        ck_assert_uint_eq(cnicalc_plan_role_serves(i), serves[i]);
    }
    const uint32_t outside[] = {0, CNICALC_PLAN_ROLE_COUNT, 19, 200, UINT32_MAX};
    for (size_t i = 0; i < COUNT(outside); i++) {
        ck_assert_str_eq(cnicalc_plan_code_name(outside[i]), "unknown");
        ck_assert_uint_eq(cnicalc_plan_code_severity(outside[i]), 0);
        ck_assert_str_eq(cnicalc_plan_severity_name(outside[i]), "unknown");
        ck_assert_str_eq(cnicalc_plan_role_name(outside[i]), "unknown");
        ck_assert_uint_eq(cnicalc_plan_role_serves(outside[i]), 0);
    }
}
END_TEST

/* ---- Properties ---- */

static int comes_before(const cnicalc_plan_finding *a, const cnicalc_plan_finding *b)
{
    if (a->severity != b->severity) {
        return a->severity < b->severity;
    }
    if (a->code != b->code) {
        return a->code < b->code;
    }
    if (a->subject != b->subject) {
        return a->subject < b->subject;
    }
    if (a->other != b->other) {
        return a->other < b->other;
    }
    return a->zone != b->zone ? a->zone < b->zone : a->limit < b->limit;
}

START_TEST(findings_are_ordered_and_said_once)
{
    tsv rows = tsv_read(ROWS);
    for (size_t i = 1; i < rows.row_count; i++) {
        plan checked = row_plan(&rows, i);
        result found = check(&checked);
        for (size_t j = 1; j < found.count; j++) {
            ck_assert(comes_before(&found.findings[j - 1], &found.findings[j]));
        }
    }
    tsv_free(&rows);
}
END_TEST

static int same_block(const cnicalc_plan_block *a, const cnicalc_plan_block *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

static int same_member(const plan *a, uint32_t index_a, const plan *b, uint32_t index_b)
{
    if (index_a == CNICALC_UNKNOWN || index_b == CNICALC_UNKNOWN) {
        return index_a == index_b;
    }
    return same_block(&a->blocks[index_a], &b->blocks[index_b]);
}

/* Whether two plans of the same blocks have the same findings, each as often. */
static int same_findings(const plan *a, const result *found_a, const plan *b, const result *found_b)
{
    unsigned char taken[FINDINGS_MAX] = {0};
    for (size_t i = 0; i < found_a->count; i++) {
        const cnicalc_plan_finding *x = &found_a->findings[i];
        size_t j = 0;
        for (; j < found_b->count; j++) {
            const cnicalc_plan_finding *y = &found_b->findings[j];
            if (!taken[j] && x->code == y->code && x->value == y->value && x->bound == y->bound &&
                x->zone == y->zone && x->limit == y->limit &&
                memcmp(&x->block, &y->block, sizeof x->block) == 0 &&
                same_member(a, x->subject, b, y->subject) &&
                same_member(a, x->other, b, y->other)) {
                break;
            }
        }
        if (j == found_b->count) {
            return 0;
        }
        taken[j] = 1;
    }
    return found_a->count == found_b->count;
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525 + 1013904223;
    return *state >> 8;
}

static void shuffle(plan *shuffled, uint32_t *state)
{
    for (size_t i = shuffled->count; i > 1; i--) {
        size_t j = next_random(state) % i;
        cnicalc_plan_block block = shuffled->blocks[j];
        shuffled->blocks[j] = shuffled->blocks[i - 1];
        shuffled->blocks[i - 1] = block;
    }
}

/* A block among few places, so that most plans have overlaps of every kind. */
static cnicalc_plan_block random_block(uint32_t *state)
{
    static const uint32_t bases[] = {0x0a000000, 0x0a010000, 0x0a012000, 0xac150000, 0x64400000};
    cnicalc_plan_block block = {{0, 0, CNICALC_FAMILY_IPV4, 0}, 0, 0, 0, 0, {0}};
    block.cidr.lo = bases[next_random(state) % COUNT(bases)] + next_random(state) % 3;
    block.cidr.prefix_len = 7 + next_random(state) % 25;
    block.role = 1 + next_random(state) % (CNICALC_PLAN_ROLE_COUNT - 1);
    block.used_addresses = next_random(state) % 3 == 0 ? next_random(state) % 300 : 0;
    block.zone = next_random(state) % 4 == 0 ? CNICALC_UNKNOWN : next_random(state) % 2;
    if (block.cidr.lo % 4 != 3 && next_random(state) % 2 == 0) {
        block.cidr.lo &= ~UINT64_C(3);
    }
    return block;
}

START_TEST(order_of_blocks_changes_only_indexes)
{
    uint32_t state = 20260301;
    tsv rows = tsv_read(ROWS);
    size_t row_count = rows.row_count - 1;
    for (size_t i = 0; i < row_count + 3000; i++) {
        plan given = row_plan(&rows, 1 + i % row_count);
        for (size_t j = 0; i >= row_count && j < 7; j++) {
            given.blocks[j] = random_block(&state);
            given.count = given.count < 7 ? 7 : given.count;
        }
        plan shuffled = given;
        shuffle(&shuffled, &state);
        result found = check(&given);
        result found_again = check(&shuffled);
        ck_assert_msg(same_findings(&given, &found, &shuffled, &found_again), "plan %zu", i);
    }
    tsv_free(&rows);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("plan");
    add_tests(suite, "known", each_rule_and_its_boundary, every_code_is_reached, published_plans,
              capacity_of_a_vswitch_in_use, each_eni_is_in_one_vswitch, sentences,
              summary_is_no_fault, names, NULL);
    add_tests(suite, "properties", findings_are_ordered_and_said_once,
              order_of_blocks_changes_only_indexes, NULL);
    return run_suite(suite);
}
