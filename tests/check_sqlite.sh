#!/bin/sh
# SPDX-License-Identifier: MIT
# The extension for SQLite, by the sqlite3 shell: known answers, NULL, values that are malformed or
# hostile, the whole table of types beside its source, and the queries of the READMEs.
. tests/support.sh
have sqlite3 || skip_all 'there is no sqlite3'
[ -f "$B/sqlite/cnicalc.so" ] || skip_all 'sqlite3ext.h is not here (Debian: libsqlite3-dev)'
grep -q -e -fsanitize "$B/flags" && [ -z "${LD_PRELOAD:-}" ] && skip_all 'sqlite3 cannot load such a library'

sql() { # statements
    sqlite3 -batch -nullvalue NULL :memory: ".load $B/sqlite/cnicalc" "$@" 2>&1
}

gives() { # what is expected, an expression or a statement
    case $2 in
    SELECT* | WITH*) answer=$(sql "$2") || : ;;
    *) answer=$(sql "SELECT $2") || : ;;
    esac
    [ "$answer" = "$1" ] || fail "$2: $answer, not $1"
}

refuses() { # what the complaint ends with, an expression or a statement
    case $2 in
    SELECT*) answer=$(sql "$2") && fail "not refused: $2" ;;
    *) answer=$(sql "SELECT $2") && fail "not refused: $2" ;;
    esac
    case $answer in
    Error:*"$1") ;;
    *) fail "$2: $answer, not $1" ;;
    esac
}

# ---- Known answers: ACK documentation, and arithmetic by hand ----

gives 210 "cnicalc_max_pods('ecs.c7.4xlarge', 'shared')"
gives 7 "cnicalc_max_pods('c7.4xlarge', 'exclusive')"
gives eni_quantity "cnicalc_bound_by('ecs.c7.4xlarge', 'prefix')"
gives '1|0|0' "cnicalc_contains('10.0.0.0/8', '10.255.255.255'), cnicalc_contains('10.0.0.0/8', '11.0.0.0'),
    cnicalc_contains('::/0', '10.0.0.1')"
gives '1|0' "cnicalc_contains('10.0.0.0/8', '10.8.0.0/16'), cnicalc_contains('10.8.0.0/16', '10.0.0.0/8')"
gives '1|1' "cnicalc_contains('10.0.0.1/32', '10.0.0.1'), cnicalc_contains('fd00::/8', 'fd12::1')"
gives '1|0' "cnicalc_overlaps('10.8.0.0/16', '10.0.0.0/8'), cnicalc_overlaps('10.8.0.0/16', '10.9.0.0/16')"
gives 10.244.255.0/24 "cnicalc_nth('10.244.0.0/16', 24, 255)"
gives 10.244.255.0/24 "cnicalc_nth('10.244.0.0/16', '24', '255')"
gives fd00:0:0:ffff::/64 "cnicalc_nth('fd00::/48', 64, 65535)"
gives 7fff:ffff:ffff:ffff::/64 "cnicalc_nth('::/0', 64, 9223372036854775807)"

gives 'shared|210|213|7|1|12|15890|30586880|(8 - 1) * 30 = 210
exclusive|7|213|7|1|7|15890|30586880|8 - 1 = 7' "SELECT mode, max_pods, kubelet_max_pods, secondary_enis, joins,
    min_pods_to_join, allocatable_cpu_millicores, allocatable_memory_kib, formula
    FROM cnicalc_node('ecs.c7.4xlarge') WHERE mode IN ('shared', 'exclusive')"
gives 'shared|210|eni_quantity|eni_quantity
trunk|210|eni_quantity|kubelet_max_pods
exclusive|7|eni_quantity|eni_quantity
prefix|210|eni_quantity|kubelet_max_pods' "SELECT mode, schedulable_pods, bound_by, schedulable_bound_by
    FROM cnicalc_node('ecs.c7.4xlarge')"
gives 'c7.4xlarge|shared|210
c6.4xlarge|shared|140' "SELECT c.column1, mode, max_pods
    FROM (VALUES ('c7.4xlarge'), ('c6.4xlarge')) c, cnicalc_node(c.column1) WHERE mode = 'shared'"
gives 4 "SELECT count(*) FROM cnicalc_node WHERE type = 'ecs.c7.4xlarge'"

# ---- The table of types: that of lib/data, by name, too ----

columns=$(head -n 1 lib/data/ecs-instance-types.tsv)
sed 1d lib/data/ecs-instance-types.tsv | sort >"$work/types"
sql "SELECT $(echo "$columns" | sed "s/	/ || char(9) || /g; s/[a-z][a-z0-9_]*[a-z]/ifnull(&, '-')/g;
    s/ifnull(char, '-')/char/g") FROM cnicalc_types" | sort >"$work/rows"
cmp "$work/types" "$work/rows" || fail 'cnicalc_types is not the table'
types=$(wc -l <"$work/types")
gives "$types" "SELECT count(*) FROM cnicalc_types a JOIN cnicalc_types b USING (instance_type)"
gives "$((types * 4))" "SELECT count(*) FROM cnicalc_types t, cnicalc_node(t.instance_type)"
gives 8 "SELECT eni_quantity FROM cnicalc_types WHERE instance_type = 'ecs.c7.4xlarge'"
gives 1 "SELECT count(*) FROM cnicalc_types WHERE instance_type = 'ECS.C7.4XLARGE' COLLATE NOCASE"
for name in "'c7.4xlarge'" "x'6563732e63372e3478'" NULL 7 "''"; do
    gives 0 "SELECT count(*) FROM cnicalc_types WHERE instance_type = $name"
done

# ---- NULL: unknown in, unknown out; what is not published ----

for call in "max_pods(NULL, 'shared')" "max_pods('c7.4xlarge', NULL)" "bound_by('banana', NULL)" \
    "contains(NULL, '10.0.0.1')" "overlaps('10.0.0.0/8', NULL)" "nth('10.0.0.0/8', 16, NULL)" \
    "max_pods('ecs.d3c.3xlarge', 'shared')" "bound_by('ecs.d3c.3xlarge', 'shared')" \
    "more_nodes(NULL, 'x', 0, 'x', 'x', 'x', 0)"; do
    gives NULL "cnicalc_$call"
done
gives 0 "SELECT count(*) FROM cnicalc_node(NULL)"
gives 'shared|NULL|NULL|NULL' "SELECT mode, max_pods, joins, formula FROM cnicalc_node('ecs.d3c.3xlarge') LIMIT 1"

# ---- What is malformed ----

refuses 'ecs.c7.5xlarge: the instance type is not in the table; did you mean ecs.c7.4xlarge or ecs.c7.6xlarge?' \
    "cnicalc_max_pods('ecs.c7.5xlarge', 'shared')"
refuses 'banana: the instance type is not in the table' "SELECT * FROM cnicalc_node('banana')"
refuses 'shard: not one of shared, trunk, exclusive, prefix' "cnicalc_bound_by('c7.4xlarge', 'shard')"
refuses 'cnicalc_node: of which type? cnicalc_node(type)' 'SELECT * FROM cnicalc_node'
refuses '10.0.0.1/8: the block has host bits set; did you mean 10.0.0.0/8?' "cnicalc_contains('10.0.0.1/8', '::1')"
refuses '10.0.0/8: an IPv4 address has four octets' "cnicalc_overlaps('10.0.0.0/8', '10.0.0/8')"
refuses '7: the prefix length is out of range: from 8 to 32' "cnicalc_nth('10.0.0.0/8', 7, 0)"
refuses '256: the index is not below the count: from 0 to 255' "cnicalc_nth('10.0.0.0/8', 16, 256)"
for number in 129 -1 4294967304 16.5 16.0 1e30 "'x'" "x'3136'"; do
    refuses ': a prefix length is an integer from 0 to 128' "cnicalc_nth('10.0.0.0/8', $number, 0)"
done
for number in -1 9223372036854775808 "'0x1'" "''"; do
    refuses ': an index is an integer from 0 to 9223372036854775807' "cnicalc_nth('10.0.0.0/8', 16, $number)"
done

# A sentence is one line without control characters, however long the value is.
refuses "$(printf '%060d' 0)...: the instance type is not in the table" \
    "cnicalc_max_pods(replace(hex(zeroblob(500000)), '00', '00'), 'shared')"
refuses 'a?[31mb??: the instance type is not in the table' \
    "cnicalc_max_pods('a' || char(27) || '[31mb' || char(10, 127), 'shared')"
refuses 'ecs.c7.4xlarge?: the instance type is not in the table; did you mean ecs.c7.4xlarge?' \
    "cnicalc_max_pods('ecs.c7.4xlarge' || char(0), 'shared')"
refuses "'': the address is empty" "cnicalc_overlaps(x'', '::/0')"
refuses ': the instance type is not in the table' 'cnicalc_max_pods(zeroblob(100), 7)'

# ---- The aggregate ----

more() { # type, mode and nodes; vSwitches: role, zone, block, free
    echo "SELECT cnicalc_more_nodes($1, column1, column2, column3, column4) FROM (VALUES $2)"
}
c7="'ecs.c7.4xlarge', 'shared', 0"
gives 38 "$(more "$c7" "('pod-vswitch', 'I', '192.168.32.0/19', 8188)")"
gives 76 "$(more "$c7" "('pod-vswitch', 'I', '192.168.32.0/19', 8188), ('pod-vswitch', 'J', '192.168.96.0/19', 8188)")"
gives 0 "$(more "'ecs.c7.4xlarge', 'shared', 9000" "('pod-vswitch', 'I', '192.168.32.0/19', 8188)")"
gives 0 "$(more "$c7" "('pod-vswitch', 'I', '10.0.0.0/24', 209), ('pod-vswitch', 'J', '10.0.1.0/24', 209)")"
gives NULL "$(more "$c7" "('pod-vswitch', 'I', '10.0.0.0/24', 252), ('pod-vswitch', 'J', '10.0.1.0/24', NULL)")"
gives NULL "SELECT cnicalc_more_nodes(1, 2, 3, 4, 5, 6, 7) FROM cnicalc_types WHERE 0"
refuses '9: the number of free addresses is an integer from 0 to 4' \
    "$(more "$c7" "('pod-vswitch', 'I', '10.0.0.0/29', 9)")"
refuses 'vpc: not one of node-vswitch, pod-vswitch, vswitch' "$(more "$c7" "('vpc', 'I', '10.0.0.0/16', 9)")"
refuses '10.0.0.0/8: the mask of the vSwitch is not in 16..29' "$(more "$c7" "('vswitch', 'I', '10.0.0.0/8', 9)")"
refuses '10.0.0.0/28: two vSwitches overlap' \
    "$(more "$c7" "('vswitch', 'I', '10.0.0.0/24', 9), ('vswitch', 'J', '10.0.0.0/28', 9)")"
refuses 'ecs.c6.4xlarge, shared, 1 nodes: the group has ecs.c7.4xlarge, shared, 1 nodes too' \
    "SELECT cnicalc_more_nodes(column1, 'shared', 1, 'vswitch', 'I', column2, 9)
     FROM (VALUES ('c7.4xlarge', '10.0.0.0/24'), ('c6.4xlarge', '10.0.1.0/24'))"
gives "$((200 * 3))" "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
    SELECT cnicalc_more_nodes('c7.4xlarge', 'exclusive', 0, 'vswitch', i, cnicalc_nth('10.0.0.0/8', 24, i), 24) FROM n"

# ---- Where such functions may stand ----

gives 6 "SELECT count(DISTINCT name) FROM pragma_function_list WHERE name LIKE 'cnicalc%' AND flags & 0x200800 = 0x200800"
[ "$(sql 'PRAGMA trusted_schema = OFF' "CREATE VIEW v AS SELECT mode, cnicalc_max_pods('c7.4xlarge', mode) AS pods
    FROM cnicalc_node('c7.4xlarge'), cnicalc_types WHERE instance_type = 'ecs.c7.4xlarge'" \
    'CREATE TABLE t(type, pods AS (cnicalc_max_pods(type, "shared")))' \
    'CREATE INDEX i ON t(cnicalc_max_pods(type, "shared"))' \
    "SELECT pods FROM v WHERE mode = 'exclusive'")" = 7 ] || fail 'not in a view, an index or a column'

# ---- The READMEs ----

block() { # language, file
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$2" | sed '/^```/d'
}
mkdir "$work/tree"
ln -s "$B" "$work/tree/build"
ln -s "$root/examples" "$work/tree/examples"
block console examples/sqlite/README.md >"$work/console"
(cd "$work/tree" && sh "$root/tests/transcript.sh" "$work/console") >"$work/console.now"
diff -u "$work/console" "$work/console.now" || fail 'examples/sqlite/README.md shows something else'
block sql README.md >"$work/query"
(cd "$work/tree" && sqlite3 -batch -nullvalue unknown <"$work/query") >"$work/clusters" 2>&1
# By hand: 208 / 210 + 500 / 210; 5000 - 4990; 13 addresses of nodes; 4092 / (210 + 1).
printf '%s\n' 'video|8|unknown' 'search|76|2' 'batch|4990|10' 'queue|15|13' 'test|0|19' >"$work/expected"
diff -u "$work/expected" "$work/clusters" || fail 'the query of README.md gives something else'
block text README.md | grep -c -x -F -f "$work/expected" | grep -q -x 5 || fail 'README.md shows other clusters'
finish
