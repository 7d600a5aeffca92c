/* SPDX-License-Identifier: MIT */
/* Whole programs, from start to exit. */
#include "bench.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define ROUNDS 301
#define NAME   "ecs.c7.4xlarge"

extern char **environ;

struct program {
    const char *name; /* of the case */
    const char *peer; /* NULL: ours */
    double least_ratio;
    char *arguments[10];
};

/* Nanoseconds until the program has ended well; 0 when it has not. */
static uint64_t run(char *const arguments[])
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 1;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    (void)posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    uint64_t start = bench_wall_ns();
    if (posix_spawnp(&child, arguments[0], &actions, NULL, arguments, environ) == 0) {
        (void)waitpid(child, &status, 0);
    }
    uint64_t time = bench_wall_ns() - start;
    (void)posix_spawn_file_actions_destroy(&actions);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? time : 0;
}

enum { NODE, LINE, NETMASK, AWK, SIZE, PROGRAMS };

void bench_run_starts(const char *tool, const char *line)
{
    static uint64_t times[PROGRAMS][ROUNDS];
    static char netmask[] = "netmask";
    static char block[] = "10.0.0.0/8";
    static char awk[] = "awk";
    static char rule[] = "$1 == \"" NAME "\" { print ($4 - 1) * $5 }";
    static char table[] = "lib/data/ecs-instance-types.tsv";
    static char node[] = "node";
    static char name[] = NAME;
    static char size[] = "size";
    static char pods[] = "--pods=3000";
    static char cpu[] = "--cpu=500m";
    static char memory[] = "--memory=1Gi";
    char path[1024];
    char line_path[1024];
    (void)snprintf(path, sizeof path, "%s", tool);
    (void)snprintf(line_path, sizeof line_path, "%s", line);
    const struct program programs[PROGRAMS] = {
        [NODE] = {"start", NULL, 0, {path, node, name, NULL}},
        [LINE] = {"start", "a-line", 1 / 1.1, {line_path, NULL}},
        [NETMASK] = {"start", "netmask", 1, {netmask, block, NULL}},
        [AWK] = {"start", "awk", 0, {awk, rule, table, NULL}},
        [SIZE] = {"start_size", "cnicalc node", 0.5, {path, size, pods, cpu, memory, NULL}}};
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < PROGRAMS; i++) {
            times[i][round] = run(programs[i].arguments);
        }
    }
    double ours_ns = (double)bench_median(times[NODE], ROUNDS);
    double size_ns = (double)bench_median(times[SIZE], ROUNDS);
    bench_require(ours_ns > 0 && size_ns > 0, "the command fails");
    bench_report(programs[SIZE].name, size_ns, programs[SIZE].peer, ours_ns,
                 programs[SIZE].least_ratio);
    for (size_t i = LINE; i < SIZE; i++) {
        double peer_ns = (double)bench_median(times[i], ROUNDS);
        if (peer_ns > 0) {
            bench_report(programs[i].name, ours_ns, programs[i].peer, peer_ns,
                         programs[i].least_ratio);
        } else {
            (void)printf("# start: %s is not installed, skipped\n", programs[i].peer);
        }
    }
}
