// SPDX-License-Identifier: MIT

// Go's net/netip and a Go map on the benchmark's inputs: prints "case<TAB>peer<TAB>ns" lines.
//
//	peer_netip INPUTS TABLE
//
// INPUTS is the directory that `bench --write-inputs` filled, TABLE is
// lib/data/ecs-instance-types.tsv. A figure is the median of 41 rounds.
package main

import (
	"fmt"
	"net/netip"
	"os"
	"sort"
	"strconv"
	"strings"
	"time"
)

const rounds = 41

var sink uint64

func linesOf(path string) []string {
	data, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	return strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
}

func report(name, peer string, count int, pass func() uint64) {
	times := make([]time.Duration, rounds)
	for i := range times {
		start := time.Now()
		sink += pass()
		times[i] = time.Since(start)
	}
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	fmt.Printf("%s\t%s\t%.1f\n", name, peer, float64(times[rounds/2])/float64(count))
}

func parse(texts []string) (sum uint64) {
	for _, text := range texts {
		prefix, err := netip.ParsePrefix(text)
		if err == nil && prefix == prefix.Masked() {
			sum += uint64(prefix.Bits())
		}
	}
	return sum
}

func parseMaskFormat(texts []string) (sum uint64) {
	for _, text := range texts {
		prefix, err := netip.ParsePrefix(text)
		if err == nil {
			sum += uint64(len(prefix.Masked().String()))
		}
	}
	return sum
}

type limits struct{ enis, addresses uint32 }

func readTable(path string) map[string]limits {
	table := map[string]limits{}
	for _, line := range linesOf(path)[1:] {
		cells := strings.Split(line, "\t")
		enis, _ := strconv.Atoi(cells[3])
		addresses, _ := strconv.Atoi(cells[4])
		table[cells[0]] = limits{uint32(enis), uint32(addresses)}
	}
	return table
}

func find(table map[string]limits, names []string) (sum uint64) {
	for _, name := range names {
		if row, ok := table[name]; ok {
			sum += uint64(row.enis)
		}
	}
	return sum
}

func main() {
	inputs := os.Args[1]
	for _, family := range []string{"ipv4", "ipv6"} {
		blocks := linesOf(inputs + "/" + family + ".txt")
		report("parse_"+family, "netip", len(blocks), func() uint64 { return parse(blocks) })
		hosts := linesOf(inputs + "/" + family + "_hosts.txt")
		report("text_"+family, "netip", len(hosts), func() uint64 { return parseMaskFormat(hosts) })
	}
	table := readTable(os.Args[2])
	for _, c := range [][2]string{{"find_hit", "hits"}, {"find_miss", "misses"}, {"find_mixed", "mixed"}} {
		names := linesOf(inputs + "/" + c[1] + ".txt")
		report(c[0], "go-map", len(names), func() uint64 { return find(table, names) })
	}
}
