/* SPDX-License-Identifier: MIT */
/* The benchmark: what its parts share.
 *
 * A pass asks one question of every input of a kind and returns a sum over the answers: nothing can
 * be left out by the compiler, and two sides of a case that answer alike return the same sum. */
#ifndef CNICALC_BENCH_H
#define CNICALC_BENCH_H

#include "cnicalc.h"

#define BENCH_PEERS_MAX 3 /* an array of peers ends with one that has no name */

/* Questions in a pass, each with its own random input: more than a branch predictor learns. */
#define BENCH_INPUTS 32768

typedef uint64_t bench_pass(void);

struct bench_side {
    const char *who;
    bench_pass *pass;   /* NULL: not installed */
    double least_ratio; /* how many times its speed is aimed at; 0: no aim */
    int same_question;  /* 1: its answers must sum up to ours */
};

struct bench_case {
    const char *name;
    size_t calls; /* of one pass; the time of a pass is divided by it */
    bench_pass *ours;
    struct bench_side peers[BENCH_PEERS_MAX + 1];
    double most_ns; /* of a call without peers, as an aim; 0: no aim */
};

/* Texts that follow each other, each with a NUL. */
struct bench_texts {
    char *bytes;
    uint32_t *offsets; /* BENCH_INPUTS + 1 of them */
};

extern struct bench_texts bench_ipv4;           /* blocks without host bits */
extern struct bench_texts bench_ipv6;           /* the same of IPv6 */
extern struct bench_texts bench_ipv4_hosts;     /* with host bits */
extern struct bench_texts bench_ipv6_hosts;     /* the same of IPv6 */
extern struct bench_texts bench_ipv4_addresses; /* what is before the slash of bench_ipv4 */
extern struct bench_texts bench_ipv6_addresses; /* the same of IPv6 */
extern char *bench_ipv4_lines;                  /* bench_ipv4 as the lines of one text */
extern char *bench_ipv6_lines;                  /* the same of IPv6 */
extern char *bench_ipv4_host_lines;             /* bench_ipv4_hosts as lines */
extern char *bench_ipv6_host_lines;             /* the same of IPv6 */
extern struct bench_texts bench_hits;           /* names of the table, in random order */
extern struct bench_texts bench_misses;         /* names that are not in it */
extern struct bench_texts bench_mixed;          /* either, at random */
extern char *bench_mixed_lines;                 /* those as lines */

static inline const char *bench_text(const struct bench_texts *texts, size_t i, size_t *out_len)
{
    *out_len = texts->offsets[i + 1] - texts->offsets[i] - 1;
    return texts->bytes + texts->offsets[i];
}

/* Makes all inputs from one fixed seed. */
void bench_make_inputs(void);

/* Writes them for the peers that are programs of their own: DIR/NAME.txt, a text a line. Returns
 * whether it could. */
int bench_write_inputs(const char *directory);

uint64_t bench_random(void);

/* For what cannot go wrong: ends the program with a message when it does. */
void bench_require(int holds, const char *what);

/* Runs a pass; apart from its caller, so that callgrind can be told to count in it alone. */
uint64_t bench_count_pass(bench_pass *pass);

/* The text that a pass reads, or 0 where its speed is no matter of bytes. */
size_t bench_bytes_of(bench_pass *pass);

/* The cases of each part; those without a name end an array. */
extern const struct bench_case bench_cidr_cases[];
extern const struct bench_case bench_node_cases[];
extern const struct bench_case bench_workload_cases[];
extern const struct bench_case bench_plan_cases[];
extern const struct bench_case bench_cluster_cases[];
extern const struct bench_case bench_name_cases[];
extern const struct bench_case bench_other_cases[];

/* The passes of libcidr. */
#ifdef BENCH_HAVE_LIBCIDR
bench_pass bench_libcidr_parse_ipv4;
bench_pass bench_libcidr_parse_ipv6;
bench_pass bench_libcidr_text_ipv4;
bench_pass bench_libcidr_text_ipv6;
bench_pass bench_libcidr_contains;
#else
#define bench_libcidr_parse_ipv4 NULL
#define bench_libcidr_parse_ipv6 NULL
#define bench_libcidr_text_ipv4  NULL
#define bench_libcidr_text_ipv6  NULL
#define bench_libcidr_contains   NULL
#endif

/* The reader of IPv4 addresses in simdzone, the fastest that is known. `make bench SIMDZONE=FILE`
 * compiles a C file that defines this function with its sources: it reads a text, which has 16
 * readable bytes, and returns 1 and the bytes of the address, or 0. */
#ifdef BENCH_HAVE_SIMDZONE
int bench_simdzone(const char *text, size_t len, unsigned char out[4]);
#endif

/* A glibc parse of an IPv4 block, the yardstick of what glibc has not. */
bench_pass bench_glibc_parse_ipv4;

/* Pairs of blocks, at random one in the other or apart. */
extern cnicalc_cidr bench_outer[BENCH_INPUTS];
extern cnicalc_cidr bench_inner[BENCH_INPUTS];

/* ---- What is no pass over inputs ---- */

/* Nanoseconds. The processor time of this program is the better clock where it is what is asked:
 * it stops while another program has the processor. */
uint64_t bench_wall_ns(void);
uint64_t bench_cpu_ns(void);
uint64_t bench_median(uint64_t *values, size_t count);

/* One line of the answer. peer is NULL when there is none. */
void bench_report(const char *name, double ours_ns, const char *peer, double peer_ns,
                  double least_ratio);

/* Figures that programs of their own have measured: a line "case<TAB>peer<TAB>ns" each. */
int bench_read_figures(const char *path);
void bench_report_figures(const char *name, double ours_ns, double least_ratio);

void bench_run_sets(size_t count_max);
/* line is a program that does nothing but print one, and as little as it can before it does. */
void bench_run_starts(const char *tool, const char *line);

#endif
