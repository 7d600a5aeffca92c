/* SPDX-License-Identifier: MIT */
/* Prints one number over the answers to all vector files and to a broad sweep of questions. It is
 * the same on every machine: words are added as numbers, never as bytes.
 *
 *      digest FILE...          the vector files
 */
#include <cnicalc.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RANDOM_ROUNDS 20000
#define TYPES_MAX     2048
#define BLOCKS_MAX    (CNICALC_PLAN_PROPOSAL_BLOCKS_MAX + 8)

/* ---- The number ---- */

static uint64_t digest = UINT64_C(0xcbf29ce484222325);
static uint64_t added;

/* FNV-1a over the eight bytes of a number, lowest first. */
static void add_number(uint64_t number)
{
    for (int i = 0; i < 8; i++) {
        digest = (digest ^ (number >> (8 * i) & 0xff)) * UINT64_C(0x100000001b3);
    }
    added++;
}

static void add_text(const char *text)
{
    for (; *text != '\0'; text++) {
        add_number((unsigned char)*text);
    }
    add_number(0x100);
}

/* A struct by its layout: "L3I2" is three 64-bit words and two of 32 bits, "C40" 40 characters. */
static void add_struct(const void *object, size_t size, const char *layout)
{
    const char *at = object;
    while (*layout != '\0') {
        char kind = *layout++;
        unsigned long count = strtoul(layout, (char **)(void *)&layout, 10);
        for (; count > 0; count--) {
            uint64_t wide = 0;
            uint32_t narrow = 0;
            if (kind == 'L') {
                memcpy(&wide, at, sizeof wide);
                at += sizeof wide;
            } else if (kind == 'I') {
                memcpy(&narrow, at, sizeof narrow);
                at += sizeof narrow;
            } else {
                narrow = (unsigned char)*at++;
            }
            add_number(kind == 'L' ? wide : narrow);
        }
    }
    if ((size_t)(at - (const char *)object) != size) {
        fprintf(stderr, "a layout of digest.c is not that of its struct\n");
        exit(EXIT_FAILURE);
    }
}

#define ADD(object, layout) add_struct(&(object), sizeof(object), layout)

/* A result: what is before its rows, and the rows that it has. */
#define ADD_RESULT(result, layout)                                                                 \
    do {                                                                                           \
        add_struct(&(result), (size_t)((const char *)(result).limits - (const char *)&(result)),   \
                   layout);                                                                        \
        add_struct((result).limits, (result).limit_count * sizeof(result).limits[0],               \
                   row_layout((result).limit_count));                                              \
    } while (0)

/* Of a number of rows, which is at most CNICALC_LIMIT_ROWS. */
static const char *row_layout(uint32_t count)
{
    static const char rows[] = "I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2"
                               "I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2I2L2";
    return rows + 4 * (CNICALC_LIMIT_ROWS - count);
}

#define CIDR_LAYOUT     "L2I2"
#define INSTANCE_LAYOUT "C40I22"
#define NODE_LAYOUT     "L13I6L4"
#define FLANNEL_LAYOUT  "L4I6I8"
#define TAKEN_LAYOUT    "L7I6I4"
#define TERWAY_LAYOUT   "L13I6L8"
#define FIT_LAYOUT      "L4I8L8"
#define GROW_LAYOUT     "L2I8L2I2L2I2L2I2L2I2L2I2L7"
#define VSWITCH_LAYOUT  "L2I2L2I8"
#define ZONE_LAYOUT     "I6L5L3"
#define WORKLOAD_LAYOUT "L12I8L8"
#define FINDING_LAYOUT  "I6L2L2I2I4"
#define PROPOSAL_LAYOUT "L4I8L7"
#define BLOCK_LAYOUT    "L2I2I2L1I4"

/* ---- Random questions, the same on every machine ----
 *
 * No expression draws twice: compilers differ in which draw would come first. */

static uint64_t state = UINT64_C(88172645463325252);

static uint64_t any(void)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static uint32_t below(uint32_t limit)
{
    return (uint32_t)((any() >> 32) % limit);
}

/* Small, or near a power of two. */
static uint64_t amount(void)
{
    if (below(4) != 0) {
        return below(300);
    }
    uint64_t power = UINT64_C(1) << below(64);
    return power + below(5) - 2;
}

/* ---- Texts ---- */

static void add_cidr_text(const char *text, size_t length)
{
    cnicalc_cidr block = {0, 0, 0, 0};
    cnicalc_address address = {0, 0, 0, 0};
    char written[CNICALC_CIDR_TEXT_SIZE] = "";
    char count[CNICALC_COUNT_TEXT_SIZE] = "";
    size_t offset = 0;
    add_number((uint64_t)cnicalc_cidr_fault(text, length, &offset));
    add_number(offset);
    add_number((uint64_t)cnicalc_cidr_parse_address(text, length, &address, &block));
    ADD(block, CIDR_LAYOUT);
    ADD(address, CIDR_LAYOUT);
    if (cnicalc_cidr_format(&block, written, sizeof written) == CNICALC_OK &&
        cnicalc_cidr_address_count_text(&block, count, sizeof count) == CNICALC_OK) {
        add_text(written);
        add_text(count);
    }
    offset = 0;
    add_number((uint64_t)cnicalc_address_fault(text, length, &offset));
    add_number(offset);
    add_number((uint64_t)cnicalc_address_parse(text, length, &address));
    ADD(address, CIDR_LAYOUT);
}

/* A word of a vector file, as every kind of text that the library reads. */
static void add_word(const char *text, size_t length)
{
    cnicalc_instance row;
    uint32_t indexes[CNICALC_INSTANCE_NEAR_MAX];
    size_t count = 0;
    memset(&row, 0, sizeof row);
    add_cidr_text(text, length);
    add_number((uint64_t)cnicalc_instance_find(text, length, &row));
    ADD(row, INSTANCE_LAYOUT);
    if (length < 40 && below(8) == 0 &&
        cnicalc_instance_near(text, length, indexes, CNICALC_INSTANCE_NEAR_MAX, &count) ==
            CNICALC_OK) {
        for (size_t i = 0; i < count; i++) {
            add_number(indexes[i]);
        }
    }
}

static char *read_file(const char *path, size_t *out_length)
{
    FILE *file = fopen(path, "rb");
    long size = -1;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        size = ftell(file);
    }
    char *text = size >= 0 ? malloc((size_t)size + 1) : NULL;
    if (text == NULL || fseek(file, 0, SEEK_SET) != 0 ||
        fread(text, 1, (size_t)size, file) != (size_t)size) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(EXIT_FAILURE);
    }
    fclose(file);
    *out_length = (size_t)size;
    return text;
}

/* Words end at tabs, quotes, commas and line ends, so that TSV and JSON are read alike. */
static void add_file(const char *path)
{
    size_t length;
    char *text = read_file(path, &length);
    size_t first = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i == length || strchr("\t\",\r\n[]", text[i]) != NULL) {
            if (i > first) {
                add_word(text + first, i - first);
            }
            first = i + 1;
        }
    }
    free(text);
}

/* Texts that are nearly blocks: characters of a few texts mixed. */
static void sweep_texts(void)
{
    static const char ALPHABET[] = "0123456789abcdefF:::...//12";
    char text[48];
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        cnicalc_address address = {0, 0, 6, 0};
        cnicalc_cidr block;
        address.hi = any();
        address.lo = any();
        if (cnicalc_cidr_from_address(&address, below(129), &block) != CNICALC_OK ||
            cnicalc_cidr_format(&block, text, sizeof text) != CNICALC_OK) {
            continue;
        }
        size_t length = strlen(text);
        char replacement = ALPHABET[below(sizeof ALPHABET - 1)];
        text[below((uint32_t)length)] = replacement;
        add_cidr_text(text, length);
    }
}

/* ---- Solvers ---- */

static void add_node(const cnicalc_instance *row, const cnicalc_node_options *options)
{
    static const cnicalc_terway_use uses[] = {{0, 0, 0, 0, {0, 0}}, {9, 5, 4, 1, {0, 0}}};
    cnicalc_node_result result;
    char text[CNICALC_NODE_FORMULA_SIZE] = "";
    memset(&result, 0, sizeof result);
    for (size_t i = 0; i < 2; i++) {
        cnicalc_terway_node taken;
        memset(&taken, 0, sizeof taken);
        add_number((uint64_t)cnicalc_terway_node_from_type(row, options, &uses[i], &taken));
        ADD(taken, TAKEN_LAYOUT);
    }
    add_number((uint64_t)cnicalc_node_solve(row, options, &result));
    ADD_RESULT(result, NODE_LAYOUT);
    add_number((uint64_t)cnicalc_node_formula(row, options, text, sizeof text));
    add_text(text);
}

static cnicalc_node_options node_options(int is_random)
{
    cnicalc_node_options options;
    if (cnicalc_node_options_init(&options, sizeof options) != CNICALC_OK || !is_random) {
        return options;
    }
    options.ip_stack = 1 + below(3);
    options.erdma = below(4) == 0;
    options.windows = below(4) == 0;
    options.eni_cap_ratio_numerator = (uint32_t)amount();
    options.eni_cap_ratio_denominator = (uint32_t)amount();
    options.eni_cap_shift = (int32_t)below(7) - 3;
    options.max_eni = below(12);
    options.ipv4_prefix_count = (uint32_t)amount();
    options.kubelet_max_pods = below(2) ? below(300) : 0;
    options.erdma_ipam = 1 + below(2);
    options.kubernetes_minor = below(40);
    options.memory_capacity_kib = below(2) ? amount() : 0;
    return options;
}

/* What a node of this type says of itself: nothing, all of a mode, or anything. */
static void add_recognized(const cnicalc_instance *row)
{
    uint64_t slots = (uint64_t)row->eni_private_ip_address_quantity - 1;
    uint64_t prefixes = slots * 16 * (row->eni_total_quantity - UINT64_C(1));
    uint64_t any = amount(); /* drawn in this order */
    uint64_t times = below(40);
    const uint64_t addresses[] = {0, any, prefixes, slots * 16 * times};
    for (size_t i = 0; i < 4; i++) {
        cnicalc_node_signs signs;
        uint32_t kind = 0;
        uint32_t mode = 0;
        memset(&signs, 0, sizeof signs);
        signs.signs = below(2) ? 1U << below(9) & 0xff : 0;
        signs.enis = below(4) == 0 ? amount() : 0;
        signs.member_enis = below(4) == 0 ? amount() : 0;
        signs.max_available_ip = addresses[i];
        add_number((uint64_t)cnicalc_node_recognize(i % 2 ? row : NULL, &signs, &kind, &mode));
        add_number(kind);
        add_number(mode);
    }
}

static void sweep_nodes(void)
{
    for (size_t i = 0; i < cnicalc_instance_count(); i++) {
        cnicalc_instance row;
        if (cnicalc_instance_at(i, &row) != CNICALC_OK) {
            continue;
        }
        ADD(row, INSTANCE_LAYOUT);
        add_recognized(&row);
        for (uint32_t mode = 0; mode < CNICALC_MODE_COUNT; mode++) {
            cnicalc_node_options plain = node_options(0);
            cnicalc_node_options random = node_options(1);
            plain.mode = mode;
            random.mode = mode;
            add_node(&row, &plain);
            add_node(&row, &random);
            add_number(cnicalc_node_allocatable_storage_bytes(amount()));
            row.eri_quantity = below(4);
        }
    }
}

static void sweep_flannel(void)
{
    for (uint32_t i = 0; i < 33 * 33 * 6; i++) {
        cnicalc_cidr cidr = {0, 0x0a000000, 4, i % 33};
        cnicalc_flannel_options options;
        cnicalc_flannel_result result;
        memset(&result, 0, sizeof result);
        if (cnicalc_flannel_options_init(&options, sizeof options) != CNICALC_OK) {
            continue;
        }
        options.node_mask = i / 33 % 33;
        options.ceilings.edition = i / 33 / 33;
        options.ceilings.raised = below(2);
        options.ceilings.routes_used = below(4) == 0 ? amount() : 0;
        uint64_t nodes = amount();
        add_number((uint64_t)cnicalc_flannel_solve(&cidr, &options, &result));
        ADD_RESULT(result, FLANNEL_LAYOUT);
        add_number((uint64_t)cnicalc_flannel_fit(nodes, below(300), &options, &result));
        ADD_RESULT(result, FLANNEL_LAYOUT);
    }
}

static void add_zones(const cnicalc_terway_zone *zones, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ADD_RESULT(zones[i], ZONE_LAYOUT);
    }
}

static void add_terway(const cnicalc_terway_cluster *cluster, const cnicalc_terway_node *node,
                       const cnicalc_terway_options *options)
{
    cnicalc_terway_result result;
    cnicalc_terway_fit_result fit;
    cnicalc_terway_zone zones[4];
    cnicalc_fault fault = {0, 0, 0, 0};
    size_t count = 0;
    memset(&result, 0, sizeof result);
    memset(&fit, 0, sizeof fit);
    add_number((uint64_t)cnicalc_terway_solve(cluster, node, options, &result, &fault));
    ADD(fault, "I4");
    ADD_RESULT(result, TERWAY_LAYOUT);
    if (cnicalc_terway_zones(cluster, node, zones, 4, &count, NULL) == CNICALC_OK) {
        add_zones(zones, count);
    }
    add_number((uint64_t)cnicalc_terway_fit(cluster, options, &fit, &fault));
    ADD(fault, "I4");
    ADD_RESULT(fit, FIT_LAYOUT);
    if (cnicalc_terway_fit_zones(cluster, zones, 4, &count, NULL) == CNICALC_OK) {
        add_zones(zones, count);
    }
}

/* What the same cluster lacks in 10.0.0.0/12, where others have some of it. */
static void add_growth(const cnicalc_terway_cluster *cluster, const cnicalc_terway_options *options)
{
    static cnicalc_vswitch grown[4 + CNICALC_TERWAY_GROW_MAX];
    const cnicalc_cidr vpc = {0, 0x0a000000, 4, 12 + below(4)};
    const cnicalc_cidr taken[] = {{0, 0x0a040000, 4, 15},
                                  {0, 0x0a010000 + (below(64) << 10), 4, 22}};
    const cnicalc_terway_growth growth = {cluster, &vpc, 1, taken, 2};
    cnicalc_terway_grow_result result;
    cnicalc_fault fault = {0, 0, 0, 0};
    memset(&result, 0, sizeof result);
    add_number((uint64_t)cnicalc_terway_grow(&growth, options, &result, grown,
                                             sizeof grown / sizeof grown[0], &fault));
    ADD(fault, "I4");
    ADD_RESULT(result, GROW_LAYOUT);
    for (uint32_t i = 0; i < result.vswitch_count; i++) {
        ADD(grown[i], VSWITCH_LAYOUT);
    }
}

static void sweep_terway(void)
{
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        cnicalc_vswitch vswitches[4];
        cnicalc_terway_pool pool;
        cnicalc_terway_cluster cluster = {vswitches, 0, &pool, 1};
        cnicalc_terway_options options;
        memset(vswitches, 0, sizeof vswitches);
        memset(&pool, 0, sizeof pool);
        for (uint32_t j = 0; j < 4; j++) {
            cnicalc_cidr cidr = {0, 0x0a000000 + (j << 16), 4, 15 + below(16)};
            vswitches[j].cidr = cidr;
            vswitches[j].roles = 1 + below(3);
            vswitches[j].zone = below(3);
            vswitches[j].used_addresses = below(10);
            vswitches[j].reserved_prefixes = below(6) == 0;
        }
        if (cnicalc_terway_options_init(&options, sizeof options) != CNICALC_OK) {
            continue;
        }
        options.ceilings.edition = 1 + below(3);
        options.ceilings.raised = below(2);
        options.ceilings.security_group = 1 + below(2);
        options.surge = below(3);
        options.max_unavailable = below(3);
        pool.node.mode = 1 + below(4);
        pool.node.pods_per_node = amount();
        pool.node.addresses = amount();
        pool.node.prefixes = below(4);
        pool.node.joins = 1;
        pool.node.addresses_with_pool = amount();
        pool.node.addresses_in_burst = amount();
        pool.node.enis = below(9);
        pool.node.pod_enis = below(9);
        pool.node.addresses_per_eni = below(60);
        pool.node.trunk_pods = below(3);
        pool.node.dual_stack = below(2);
        pool.node.needs_pod_vswitch = below(4) == 0;
        pool.zone = below(3);
        pool.count = amount();
        cluster.vswitch_count = below(5);
        add_terway(&cluster, &pool.node, &options);
        pool.count = 1 + below(2000);
        pool.node.addresses = below(300);
        if (i % 16 == 0) {
            add_growth(&cluster, &options);
        }
    }
}

static void add_workload(const cnicalc_instance *row, const cnicalc_workload *mix, size_t count,
                         const cnicalc_workload_options *options)
{
    cnicalc_workload_result result;
    cnicalc_fault fault = {0, 0, 0, 0};
    memset(&result, 0, sizeof result);
    add_number((uint64_t)cnicalc_workload_solve(row, mix, count, options, &result, &fault));
    ADD(fault, "I4");
    ADD_RESULT(result, WORKLOAD_LAYOUT);
}

/* The places of all types. */
static void add_ranks(const cnicalc_workload *mix, size_t count,
                      const cnicalc_workload_options *options)
{
    static uint32_t vcpus[TYPES_MAX], short_of[TYPES_MAX], ranks[TYPES_MAX];
    static uint64_t nodes[TYPES_MAX], idle_memory_kib[TYPES_MAX];
    cnicalc_workload_columns columns;
    memset(&columns, 0, sizeof columns);
    columns.count = cnicalc_instance_count() < TYPES_MAX ? cnicalc_instance_count() : TYPES_MAX;
    columns.out_vcpus = vcpus;
    columns.out_nodes = nodes;
    columns.out_idle_memory_kib = idle_memory_kib;
    columns.out_short_of = short_of;
    columns.out_rank = ranks;
    if (cnicalc_workload_solve_batch(mix, count, options, &columns, NULL) == CNICALC_OK) {
        for (size_t i = 0; i < columns.count; i++) {
            add_number(nodes[i]);
            add_number(ranks[i]);
        }
    }
}

static void sweep_workloads(void)
{
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        cnicalc_workload mix[3];
        cnicalc_workload_options options;
        cnicalc_instance row;
        size_t count = 1 + below(3);
        memset(mix, 0, sizeof mix);
        for (size_t j = 0; j < count; j++) {
            mix[j].pods = 1 + amount();
            mix[j].cpu_millicores = amount() * 10;
            mix[j].memory_bytes = amount();
            mix[j].memory_bytes <<= below(30);
            mix[j].host_network = below(5) == 0;
        }
        if (cnicalc_instance_at(below((uint32_t)cnicalc_instance_count()), &row) != CNICALC_OK ||
            cnicalc_workload_options_init(&options, sizeof options) != CNICALC_OK) {
            continue;
        }
        options.node = node_options(below(4) == 0);
        options.node.mode = 1 + below(4);
        options.plugin = 1 + (below(4) == 0);
        options.node_mask = 23 + below(6);
        options.headroom_percent = below(30);
        options.daemon_cpu_millicores = below(500);
        options.daemon_memory_bytes = below(1 << 30);
        options.daemon_pods = below(6);
        add_workload(&row, mix, count, &options);
        if (i % 500 == 0) {
            add_ranks(mix, count, &options);
        }
    }
}

static void add_findings(const cnicalc_plan *plan, const cnicalc_plan_check_options *options)
{
    static cnicalc_plan_finding findings[1024];
    size_t told = 0;
    cnicalc_status status = cnicalc_plan_check(plan, options, findings, 1024, &told, NULL);
    add_number((uint64_t)status);
    for (size_t i = 0; status == CNICALC_OK && i < told; i++) {
        char text[CNICALC_PLAN_TEXT_SIZE] = "";
        ADD(findings[i], FINDING_LAYOUT);
        add_number((uint64_t)cnicalc_plan_finding_format(&findings[i], plan, text, sizeof text));
        add_text(text);
    }
}

static void sweep_plans(void)
{
    static cnicalc_plan_block blocks[BLOCKS_MAX];
    for (int i = 0; i < RANDOM_ROUNDS / 4; i++) {
        cnicalc_plan_block vpc;
        cnicalc_plan in_use = {&vpc, 1};
        cnicalc_plan_propose_options request;
        cnicalc_plan_check_options options;
        cnicalc_plan_proposal proposal;
        memset(&vpc, 0, sizeof vpc);
        memset(&proposal, 0, sizeof proposal);
        if (cnicalc_plan_propose_options_init(&request, sizeof request) != CNICALC_OK ||
            cnicalc_plan_check_options_init(&options, sizeof options) != CNICALC_OK) {
            continue;
        }
        cnicalc_cidr cidr = {0, 0x0a000000, 4, 12 + below(12)};
        vpc.cidr = cidr;
        vpc.role = CNICALC_PLAN_ROLE_VPC;
        request.plugin = options.plugin = 1 + below(2);
        request.nodes = 1 + below(400);
        request.pods_per_node = 1 + below(280);
        request.services = below(3000);
        request.zones = 1 + below(4);
        request.node_max_pods = below(4) != 0 ? 0 : below(300);
        request.growth_percent = below(2) != 0 ? below(100) : 0;
        if (below(2) != 0) {
            request.node.mode = CNICALC_MODE_SHARED_ENI;
            request.node.joins = 1;
            request.node.pod_enis = 1 + below(14);
            request.node.addresses_per_eni = 1 + below(50);
        }
        add_number((uint64_t)cnicalc_plan_propose(&in_use, &request, &proposal, blocks,
                                                  CNICALC_PLAN_PROPOSAL_BLOCKS_MAX, NULL));
        ADD_RESULT(proposal, PROPOSAL_LAYOUT);
        for (size_t j = 0; j < proposal.block_count; j++) {
            ADD(blocks[j], BLOCK_LAYOUT);
        }
        options.nodes = amount();
        options.pods = amount();
        options.node_mask = proposal.node_mask;
        options.dual_stack = below(2);
        options.node.mode = 1 + below(4);
        options.node.enis = below(10);
        options.node.pod_enis = below(9);
        options.node.addresses_per_eni = below(60);
        options.node.trunk_pods = below(3);
        options.node.prefixes = below(4);
        options.node.addresses = options.node.prefixes + below(2);
        options.surge = below(4);
        options.burst_pods = below(4);
        if (proposal.block_count != 0) {
            uint32_t bit = below(32);
            blocks[below(proposal.block_count)].cidr.lo ^= UINT64_C(1) << bit;
        }
        const cnicalc_plan plan = {blocks, proposal.block_count};
        add_findings(&plan, &options);
    }
}

static void sweep_conntrack(void)
{
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        cnicalc_conntrack_options options;
        cnicalc_conntrack_result result;
        memset(&result, 0, sizeof result);
        if (cnicalc_conntrack_options_init(&options, sizeof options) != CNICALC_OK) {
            continue;
        }
        options.memory_bytes = any();
        options.memory_bytes >>= below(64);
        options.ratio_millionths = below(2) ? options.ratio_millionths : (uint32_t)amount();
        options.max_pods = amount();
        add_number((uint64_t)cnicalc_conntrack_solve(&options, &result));
        ADD(result, "L8I5I3");
    }
}

static void sweep_names(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        cnicalc_quota quota = {0, 0, 0, 0, 0, 0, {0, 0}};
        add_text(cnicalc_status_name((cnicalc_status)i));
        add_text(cnicalc_status_string((cnicalc_status)i));
        add_text(cnicalc_plan_code_name(i));
        add_text(cnicalc_limit_name(i));
        add_text(cnicalc_limit_heading(i));
        add_text(cnicalc_limit_text(i));
        add_text(cnicalc_feature_name(i));
        add_text(cnicalc_feature_note(i));
        add_text(cnicalc_quota_source(i));
        add_number((uint64_t)cnicalc_quota_at(i, &quota));
        ADD(quota, "L2I6");
    }
    add_text(cnicalc_version_string());
    add_text(cnicalc_instance_table_version());
}

static void sweep_choices(void)
{
    for (int i = 0; i < RANDOM_ROUNDS; i++) {
        cnicalc_plugin_choose_options options;
        cnicalc_plugin_choose_result result;
        memset(&result, 0, sizeof result);
        if (cnicalc_plugin_choose_options_init(&options, sizeof options) != CNICALC_OK) {
            continue;
        }
        options.ceilings.edition = below(7);
        options.needed_features = (uint32_t)any() & (uint32_t)any() & 0x1ffe;
        options.nodes = amount() * 10;
        add_number((uint64_t)cnicalc_plugin_choose(&options, &result));
        ADD(result, "I4I4L1I4L1I4L1I4L1I8");
    }
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        add_file(argv[i]);
    }
    sweep_texts();
    sweep_nodes();
    sweep_flannel();
    sweep_terway();
    sweep_workloads();
    sweep_plans();
    sweep_conntrack();
    sweep_names();
    sweep_choices();
    printf("%016" PRIx64 " over %" PRIu64 " numbers\n", digest, added);
    return EXIT_SUCCESS;
}
