# cnicalc: build, test, install. `make help` lists the targets.
#
# A line for each file that is made; V=1 shows the commands.
#
# CC, CFLAGS, CPPFLAGS, LDFLAGS, LDLIBS, AR, AWK, INSTALL, PKG_CONFIG and PYTHON are the user's: they come
# last on every command line and are never changed here. Everything that is built goes to $(B).

B ?= build

# GNU make's own defaults for CC and AR give way to the environment and to the command line.
ifeq ($(origin CC),default)
CC = cc
endif
AR ?= ar
AWK ?= awk
INSTALL ?= install
PKG_CONFIG ?= pkg-config
PYTHON ?= python3
CFLAGS ?= -g
RUN ?=

PREFIX ?= /usr/local
prefix ?= $(PREFIX)
EXEC_PREFIX ?= $(prefix)
BINDIR ?= $(EXEC_PREFIX)/bin
LIBDIR ?= $(EXEC_PREFIX)/lib
INCLUDEDIR ?= $(prefix)/include
DATADIR ?= $(prefix)/share
MANDIR ?= $(DATADIR)/man
libdir ?= $(LIBDIR)
includedir ?= $(INCLUDEDIR)
bindir ?= $(BINDIR)
datadir ?= $(DATADIR)
mandir ?= $(MANDIR)
pkgconfigdir ?= $(libdir)/pkgconfig
bashcompdir ?= $(datadir)/bash-completion/completions
zshcompdir ?= $(datadir)/zsh/site-functions
# Where a Python looks for packages below the prefix: $(PYTHON), else the prefix's own one, else the
# system's. Without a Python there is none, and `pythondir=` leaves the package out.
python_dir = examples/python/python_dir.py '$(prefix)'
pythondir ?= $(eval pythondir := $$(shell for python in $(PYTHON) '$(prefix)/bin/python3' /usr/bin/python3; do \
	"$$$$python" $(python_dir) 2>/dev/null && exit; done; $(PYTHON) $(python_dir) or-else 2>/dev/null))$(pythondir)
recipesdir ?= $(datadir)/cnicalc

# Directories that make, the shell, sed or the pkg-config file would read as something else.
unfit_characters := & | \ ' " % $$ \#
unfit = $(word 2,x$(1)x)$(strip $(foreach c,$(unfit_characters),$(findstring $(c),$(1))))
$(foreach v,B prefix libdir includedir,$(if $(call unfit,$($(v))),\
	$(error $(v) is "$($(v))": no blank and none of $(unfit_characters) may be in it)))
$(if $(B),,$(error B is empty))

# The header is the one place where the version is written.
version := $(shell sed -n 's/^\#define CNICALC_VERSION_STRING *"\(.*\)"/\1/p' include/cnicalc/base.h)
# SOVER changes when, and only when, a program built against the previous library would break.
SOVER := 0

warnings = -Wall -Wextra -Wshadow -Wundef -Wconversion -Wsign-conversion -Wcast-qual \
	-Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum -Wvla -Wwrite-strings
werror = $(if $(WERROR),-Werror)
own_cflags = -std=c99 -pedantic $(warnings) $(werror) -Iinclude -MMD -MP
# No callback passes through the library, so nothing unwinds through it: no tables for that, and no
# name of the compiler.
lib_cflags = $(own_cflags) -fPIC -fvisibility=hidden -fno-asynchronous-unwind-tables -fno-ident
# Its code and its constants share pages, it calls itself without a detour through the linker, and
# nothing of it runs when it is loaded. What the dynamic linker writes is 0.4 kB, for which the file is
# not filled up to a page; -z relro in the user's LDFLAGS comes later, and wins.
lib_ldflags = -Wl,-z,noseparate-code -Wl,-z,norelro -Wl,-Bsymbolic-functions -nostartfiles
# Objects that are called millions of times take -O2. The others take -Oz (older gcc: -Os): the library
# is a quarter smaller, and hardly a figure of `make bench` changes; jump tables would take more room
# than the comparisons. Levels in the user's CFLAGS come later, and win.
fast_objects = cidr_ipv6 cidr_parse cidr_sort cidr_split cidr_text instance node node_batch \
	node_kubelet node_limits base_rank
smallest := $(shell $(CC) -Oz -fsyntax-only -x c /dev/null 2>/dev/null && echo -Oz || echo -Os)
# What else the levels turn on makes the library 3 % larger, beyond 128 KiB, and no case of `make bench`
# take 6 % fewer instructions: steps of gcc, padding, rare blocks moved away. A compiler that does not
# know all of these flags takes none.
size_steps = -fno-caller-saves -fno-move-loop-invariants -fno-optimize-sibling-calls -fno-thread-jumps \
	-fno-tree-dominator-opts -fno-tree-reassoc -fno-tree-tail-merge --param=logical-op-non-short-circuit=0
fast_steps = -fno-align-labels -fno-align-jumps -fno-align-loops -fno-tree-pre -fno-tree-slp-vectorize \
	-freorder-blocks-algorithm=simple
knows = $(shell $(CC) -Werror $(1) -fsyntax-only -x c /dev/null 2>/dev/null && echo '$(1)')
size_level := $(smallest) -fno-jump-tables $(call knows,$(size_steps))
fast_level := -O2 -falign-functions=1 $(call knows,$(fast_steps))
packed_data := $(call knows,-malign-data=abi)
lib_level = $(if $(filter $(fast_objects),$(*F)),$(fast_level),$(size_level)) $(packed_data)
# The programs speak to the system through POSIX; the library needs C99 alone.
program_cflags = $(own_cflags) -O2 -D_POSIX_C_SOURCE=200809L

headers := include/cnicalc.h $(sort $(wildcard include/cnicalc/*.h))
lib_sources := $(sort $(wildcard lib/*.c))
lib_objects := $(patsubst lib/%.c,$(B)/obj/lib/%.o,$(lib_sources))
tool_sources := $(sort $(wildcard examples/cnicalc/*.c examples/cnicalc/*/*.c))
tool_objects := $(patsubst examples/cnicalc/%.c,$(B)/obj/tool/%.o,$(tool_sources))
example_names := $(patsubst examples/%.c,%,$(sort $(wildcard examples/*.c)))
example_objects := $(addprefix $(B)/obj/examples/,$(addsuffix .o,$(example_names)))
example_programs := $(addprefix $(B)/bin/,$(example_names))
# An extension calls SQLite through a table that it is given, and links nothing of it.
have_sqlite := $(shell echo 'int i;' | $(CC) $(CPPFLAGS) -include sqlite3ext.h -fsyntax-only -x c - 2>/dev/null && echo yes)
sqlite_sources := $(sort $(wildcard examples/sqlite/*.c))
sqlite_objects := $(patsubst examples/%.c,$(B)/obj/examples/%.o,$(sqlite_sources))
sqlite_extension := $(B)/sqlite/cnicalc.so
test_objects := $(patsubst tests/%.c,$(B)/obj/tests/%.o,$(sort $(wildcard tests/*.c)))
test_programs := $(patsubst tests/test_%.c,$(B)/tests/test_%,$(sort $(wildcard tests/test_*.c)))
TESTS ?= $(test_programs)

static_lib := $(B)/libcnicalc.a
shared_name := libcnicalc.so.$(version)
soname := libcnicalc.so.$(SOVER)
shared_lib := $(B)/$(shared_name)
shared_links := $(B)/$(soname) $(B)/libcnicalc.so
tool := $(B)/bin/cnicalc

.DELETE_ON_ERROR:
.SUFFIXES:

# $(call say,WHAT,FILE) before a command puts a short line in its place. make -n shows commands, and
# make -s shows nothing.
options := $(filter-out --%,$(firstword -$(MAKEFLAGS)))
shows_commands := $(filter-out 0,$(V))$(findstring n,$(options))
quiet = $(if $(shows_commands),,@)
say = $(quiet)$(if $(shows_commands)$(findstring s,$(options)),,echo '$(1) $(2)'; )

## all: library, pkg-config file, example programs and the cnicalc command (default)
.PHONY: all static shared examples sqlite
all: static shared examples $(B)/cnicalc.pc $(if $(have_sqlite),sqlite)

## static: the static library alone
static: $(static_lib)

## shared: the shared library alone
shared: $(shared_links)

## examples: the example programs and the cnicalc command
examples: $(example_programs) $(tool)

## sqlite: the extension for SQLite, $(B)/sqlite/cnicalc.so; part of `all` where sqlite3ext.h is
sqlite: $(sqlite_extension)

# Files that hold the variable of their name and are written when it changes: objects depend on the
# flags they were built with, the libraries and the command on the list of their sources, so that one
# build directory never mixes two sets and keeps nothing of a source that is gone.
flags = $(CC) $(lib_cflags) $(value lib_level) $(size_level) $(fast_level) $(packed_data) $(fast_objects) $(program_cflags) \
	$(lib_ldflags) $(static_flags) $(soname) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) $(LDLIBS)
$(B)/flags $(B)/lib_sources $(B)/tool_sources $(B)/bench_sources $(B)/wasm_flags: always
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$($(@F)))' >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
.PHONY: always
always:

$(B)/obj/lib/%.o: lib/%.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(lib_cflags) $(lib_level) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/obj/tool/%.o: examples/cnicalc/%.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(program_cflags) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(static_lib): $(lib_objects) $(B)/lib_sources
	@rm -f $@
	$(call say,AR,$@)$(AR) rcs $@ $(lib_objects)

$(shared_lib): $(lib_objects) $(B)/lib_sources lib/cnicalc.map
	$(call say,LD,$@)$(CC) -shared -Wl,-soname,$(soname) -Wl,--version-script,lib/cnicalc.map $(lib_ldflags) \
		$(CFLAGS) $(LDFLAGS) -o $@ $(lib_objects) $(LDLIBS)

$(shared_links): $(shared_lib)
	@ln -sf $(shared_name) $@

# The command is linked statically where the C library and the flags allow it (TOOL_STATIC= turns
# that off): else a run is the dynamic linker's for the most part. Of what is left, a thirtieth would
# go into the protection of tables that nothing has relocated, and a fiftieth into segments of their
# own for code and constants; -z relro and -z separate-code in LDFLAGS win.
static_flags = -static -Wl,-z,norelro -Wl,-z,noseparate-code
try_static = $(shell echo 'int main(void) { return 0; }' | $(CC) $(static_flags) $(CFLAGS) $(LDFLAGS) -x c \
	-o $(B)/static - $(LDLIBS) 2>/dev/null && $(B)/static 2>/dev/null && echo '$(static_flags)'; rm -f $(B)/static*)
TOOL_STATIC ?= $(try_static)
$(tool): $(tool_objects) $(static_lib) $(B)/tool_sources
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(TOOL_STATIC) $(CFLAGS) $(LDFLAGS) -o $@ $(tool_objects) $(static_lib) $(LDLIBS)

$(B)/obj/examples/%.o: examples/%.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(program_cflags) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(example_programs): $(B)/bin/%: $(B)/obj/examples/%.o $(static_lib)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(static_lib) $(LDLIBS)

.PHONY: sqlite3ext.h
sqlite3ext.h:
	@$(if $(have_sqlite),:,echo 'the SQLite extension needs sqlite3ext.h (Debian: apt install libsqlite3-dev)'; exit 1)

$(sqlite_objects): $(B)/obj/examples/%.o: examples/%.c $(B)/flags | sqlite3ext.h
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(program_cflags) -fPIC -fvisibility=hidden $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(sqlite_extension): $(sqlite_objects) $(static_lib)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) -shared -Wl,--exclude-libs,ALL $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# ---- Web ----

WASM_CC ?= clang
wasm_flags = $(WASM_CC) --target=wasm32-wasi -Oz -flto
# No number is printed as a fraction of a power of two: no printf for those.
# A plan of 1,024 blocks has its vSwitches on the stack, which is 64 KiB by default.
wasm_ldflags = -Wl,--strip-all -Wl,-z,stack-size=262144
wasm_libs = -lc-printscan-no-floating-point -lwasi-emulated-signal
wasm_objects := $(patsubst %.c,$(B)/obj/wasm/%.o,$(lib_sources) $(tool_sources) examples/web/small.c)
# The page has a command without the subcommands and the formats that it never asks for.
page_object := $(B)/obj/wasm/page/examples/cnicalc/command.o
page_left_out := %/command.o $(addprefix %/,answer/table.o answer/tsv.o answer/flat.o answer/github.o \
	answer/openmetrics.o answer/terraform.o draw/map_text.o draw/plot_text.o help_print.o)
page_objects := $(filter-out $(page_left_out),$(wasm_objects)) $(page_object)
web_sources := $(filter-out %.c,$(sort $(wildcard examples/web/*)))

## web: the page build/web/cnicalc.html, one file (clang, lld, wasi-libc and their runtime)
## wasm: the command as build/web/cnicalc.wasm, with cnicalc.mjs for Node
.PHONY: web wasm wasm-tools
web: $(B)/web/cnicalc.html
wasm: $(addprefix $(B)/web/,cnicalc.wasm cnicalc.mjs wasi.mjs)

wasm-tools:
	@WASM_CC='$(WASM_CC)' sh examples/web/tools.sh

$(page_object): wasm_flags += -DCNICALC_PAGE
$(wasm_objects): $(B)/obj/wasm/%.o: %.c $(B)/wasm_flags | wasm-tools
$(page_object): $(B)/obj/wasm/page/%.o: %.c $(B)/wasm_flags | wasm-tools
# The tests build these by another name of B, so what they depend on is written by none.
$(wasm_objects) $(page_object):
	@mkdir -p $(@D)
	$(call say,WASM,$<)$(wasm_flags) $(own_cflags) -D_POSIX_C_SOURCE=200809L -D_WASI_EMULATED_SIGNAL \
		-MT '$$(B)/$(@:$(B)/%=%)' -c -o $@ $<

$(B)/web/cnicalc.wasm: $(wasm_objects) $(B)/tool_sources $(B)/lib_sources
	@mkdir -p $(@D)
	$(call say,LD,$@)$(wasm_flags) $(wasm_ldflags) -o $@ $(wasm_objects) $(wasm_libs)

$(B)/obj/wasm/page.wasm: $(page_objects) $(B)/tool_sources $(B)/lib_sources
	$(call say,LD,$@)$(wasm_flags) $(wasm_ldflags) -Wl,--unresolved-symbols=ignore-all -o $@ $(page_objects) $(wasm_libs)

$(B)/web/cnicalc.html: $(B)/obj/wasm/page.wasm $(web_sources)
	@mkdir -p $(@D)
	$(call say,PAGE,$@)sh examples/web/assemble.sh $< >$@

$(B)/web/cnicalc.mjs: examples/web/node.js
$(B)/web/wasi.mjs: examples/web/wasi.js
$(B)/web/cnicalc.mjs $(B)/web/wasi.mjs:
	@mkdir -p $(@D)
	$(call say,CP,$@)cp $< $@

## web-tools: what check-web drives a browser with, and what check-propose reads HCL with, from npm
.PHONY: web-tools
web-tools:
	npm install --no-save --no-audit --no-fund --prefix $(B)/web-tools playwright-core@1.65.1 axe-core@4.14.1 \
	  @cdktf/hcl2json@0.21.0

## web-times: how soon the page answers and redraws
.PHONY: web-times
web-times: web
	@B='$(abspath $(B))' WEB_TOOLS='$(abspath $(B))/web-tools' CHROMIUM="$$(command -v chromium)" node tests/web/times.mjs

# Paths under the prefix are written relative to it, so that pkg-config --define-prefix can move them.
under_prefix = $(patsubst $(prefix)/%,$${prefix}/%,$(1))
$(B)/cnicalc.pc: cnicalc.pc.in include/cnicalc/base.h always
	@mkdir -p $(@D)
	@sed -e 's|@PREFIX@|$(prefix)|' -e 's|@LIBDIR@|$(call under_prefix,$(libdir))|' \
		-e 's|@INCLUDEDIR@|$(call under_prefix,$(includedir))|' -e 's|@VERSION@|$(version)|' \
		cnicalc.pc.in >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# ---- Tests ----

check_cflags = $(shell $(PKG_CONFIG) --cflags check)
check_libs = $(shell $(PKG_CONFIG) --libs check)

# Only what is built with libcheck asks for it.
.PHONY: libcheck
libcheck:
	@if ! $(PKG_CONFIG) --exists check; then \
		echo 'the tests need libcheck and pkg-config (Debian: apt install check pkg-config)'; exit 1; fi

$(B)/obj/tests/%.o: tests/%.c $(B)/flags | libcheck
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(program_cflags) $(check_cflags) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(test_programs): $(B)/tests/%: $(B)/obj/tests/%.o $(B)/obj/tests/support.o $(static_lib)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(check_libs) $(LDLIBS)

# What a test script needs to know of the build, in its environment.
script_env = MAKEFLAGS= B='$(abspath $(B))' CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' PYTHON='$(PYTHON)' \
	CNICALC_VERSION='$(version)' CNICALC_SOVER='$(SOVER)' CNICALC_ROOT='$(CURDIR)' MAKE='$(MAKE)'
script_checks := $(subst _,-,$(patsubst tests/%.sh,%,$(sort $(wildcard tests/check_*.sh))))
unit_checks = $(addprefix run/,$(TESTS))
run_check = @$(script_env) sh tests/run_check.sh
# Tests use all cores, if make is not told how many.
in_parallel = --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 1))

## check: every test that runs offline in two minutes; its last line counts passed, failed, skipped
.PHONY: check check-unit $(script_checks)
check:
	@$(MAKE) $(in_parallel) all tests replay-programs
	@rm -f '$(B)'/check/*.result
	@$(MAKE) $(in_parallel) KEEP_GOING=1 $(script_checks) $(unit_checks)
	@$(script_env) sh tests/summary.sh $(script_checks) $(notdir $(TESTS))

## check-unit: the libcheck programs, one for each topic (TESTS= picks, RUN= is put before each)
check-unit:
	@$(if $(strip $(TESTS)),,$(error TESTS is empty: no test would run))
	@$(MAKE) $(in_parallel) KEEP_GOING=1 $(unit_checks)
	@$(script_env) sh tests/summary.sh $(notdir $(TESTS))

.PHONY: $(unit_checks)
$(unit_checks): run/%: %
	$(run_check) $(notdir $*) $(RUN) $*

## check-NAME: the one script tests/check_NAME.sh
$(script_checks): check-%: all
	$(run_check) $@ sh tests/check_$(subst -,_,$*).sh

# ---- Fuzzing ----

fuzz_targets := $(patsubst tests/fuzz/target_%.c,%,$(sort $(wildcard tests/fuzz/target_*.c)))
replay_programs := $(addprefix $(B)/fuzz/replay_,$(fuzz_targets))
fuzz_programs := $(addprefix $(B)/fuzz/fuzz_,$(fuzz_targets))
fuzz_helpers := $(patsubst %,$(B)/obj/fuzz/%.o,draw evaluate json)
# The target of the command has its own main(), memory, files and streams.
fuzz_tool_objects := $(filter-out %/main.o %/base/memory.o %/base/file.o %/base/stream.o,$(tool_objects))

$(B)/obj/fuzz/%.o: tests/fuzz/%.c $(B)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)$(CC) $(program_cflags) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/fuzz/replay_command $(B)/fuzz/fuzz_command: $(fuzz_tool_objects) $(B)/tool_sources

# The library comes last: what is before it asks for it.
$(replay_programs): $(B)/fuzz/replay_%: $(B)/obj/fuzz/target_%.o $(B)/obj/fuzz/replay.o \
		$(fuzz_helpers) $(static_lib)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(static_lib) $(LDLIBS)

$(fuzz_programs): $(B)/fuzz/fuzz_%: $(B)/obj/fuzz/target_%.o $(fuzz_helpers) $(static_lib)
	@mkdir -p $(@D)
	$(call say,LD,$@)$(CC) -fsanitize=fuzzer $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) $(static_lib) $(LDLIBS)

## objects: compile everything, link nothing (CC='clang -fsyntax-only' WERROR=1 asks for warnings)
.PHONY: objects fuzz fuzz-programs replay-programs
objects: $(lib_objects) $(tool_objects) $(example_objects) $(if $(have_sqlite),$(sqlite_objects)) $(fuzz_helpers) $(test_objects) \
	$(patsubst %,$(B)/obj/fuzz/target_%.o,$(fuzz_targets)) $(B)/obj/fuzz/replay.o
fuzz-programs: $(addprefix $(B)/fuzz/fuzz_,$(or $(TARGETS),$(fuzz_targets)))
replay-programs: $(replay_programs)
check-fuzz: replay-programs
check-plain: tests

# The library alone is watched for new paths: those of the targets would only distract.
fuzz_cflags = -O2 -g -fsanitize=address,undefined -fno-sanitize-recover=all

## fuzz: each target of tests/fuzz under libFuzzer, with clang, for T seconds (60) or RUNS= inputs
fuzz:
	$(MAKE) B='$(B)/fuzzing' CC=clang CFLAGS='$(fuzz_cflags)' \
		lib_cflags='$(lib_cflags) -fsanitize-coverage=inline-8bit-counters,pc-table' fuzz-programs
	B='$(B)' T='$(T)' RUNS='$(RUNS)' TARGETS='$(or $(TARGETS),$(fuzz_targets))' sh tests/fuzz/run.sh

## tests: build the libcheck programs without running them
.PHONY: tests sanitize valgrind coverage lint
tests: $(test_programs)

## check-portable: tests and a digest of all answers on 32-bit, big-endian, musl, MSan, as installed
.PHONY: check-portable
check-portable:
	@$(script_env) PLATFORMS='$(PLATFORMS)' sh tests/portable/run.sh

sanitize_dir = $(B)/sanitize-$(notdir $(firstword $(CC)))
sanitize_flags = -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all

## sanitize: the libcheck programs and the inputs of tests/fuzz under ASan and UBSan, with CC
sanitize:
	$(MAKE) B='$(sanitize_dir)' CFLAGS='$(sanitize_flags)' check-unit check-fuzz

## valgrind: the libcheck programs under valgrind (CK_EXCLUDE_TAGS=properties leaves the longest out)
valgrind: tests
	CK_FORK=no $(MAKE) RUN='valgrind -q --error-exitcode=9 --leak-check=full' check-unit

# The scripts that the command is counted by.
tool_checks = $(addprefix check-,cli help types formats propose external batch pictures terminal \
	completion manual)
# lib/ is counted by the libcheck programs alone, before the command adds to it. Counts of an earlier
# build would be added, too.
coverage_make = $(MAKE) B='$(B)/coverage' CC=gcc CFLAGS='-O0 -g --coverage'
gcovr = gcovr --root . --object-directory '$(B)/coverage' --filter

## coverage: 100 % of lines and branches of lib/ by check-unit, 95 % of the command by its scripts
coverage:
	find '$(B)/coverage' -name '*.gcda' -delete 2>/dev/null || :
	$(coverage_make) check-unit
	$(gcovr) lib/ '$(B)/coverage'
	$(gcovr) lib/ '$(B)/coverage' --branches --fail-under-line 100 --fail-under-branch 100
	$(coverage_make) $(tool_checks)
	$(gcovr) examples/cnicalc/ '$(B)/coverage'
	$(gcovr) examples/cnicalc/ '$(B)/coverage' --branches --fail-under-line 95 --fail-under-branch 95

# cppcheck takes a struct that a callee fills for uninitialized; the analyzer and valgrind know better.
cppcheck_suppressions = --inline-suppr --suppress=uninitvar --suppress=ctuuninitvar
# What -Wconversion tells better, and what needs a range that another function has checked: UBSan's.
# A switch may say the same of many codes.
# clang-tidy 14 takes every va_list for uninitialized from the second file of a run on: one run each.
tidy_checks = -*,bugprone-*,clang-analyzer-*,-bugprone-easily-swappable-parameters,$\
	-bugprone-narrowing-conversions,-bugprone-not-null-terminated-result,-bugprone-branch-clone,$\
	-clang-analyzer-core.UndefinedBinaryOperatorResult

## mutation: plants faults in lib/, COUNT (400) of them or COUNT=all, and names those no test sees
.PHONY: mutation check-all
mutation:
	$(PYTHON) tests/mutation/mutate.py $(if $(filter all,$(COUNT)),--all,--count $(or $(COUNT),400))

## check-all: everything of tests/README.md, an hour or more (T= seconds of each fuzz target)
check-all:
	$(MAKE) check
	$(MAKE) CC=gcc sanitize
	$(MAKE) CC=clang sanitize
	CK_EXCLUDE_TAGS=properties $(MAKE) valgrind
	$(MAKE) lint
	$(MAKE) coverage
	$(MAKE) check-portable
	$(MAKE) fuzz
	$(MAKE) mutation

## lint: cppcheck, clang-tidy with its analyzer, gcc's analyzer over lib/ and examples/, warnings over all
lint:
	cppcheck --quiet --std=c99 --enable=warning,performance,portability --error-exitcode=1 \
		$(cppcheck_suppressions) -Iinclude lib examples
	printf '%s\n' $(wildcard lib/*.c examples/*.c) $(tool_sources) \
		$(if $(have_sqlite),$(sqlite_sources)) | xargs -P 2 -I FILE clang-tidy --quiet \
		--warnings-as-errors='*' --checks='$(tidy_checks)' FILE -- \
		-std=c99 -Iinclude -D_POSIX_C_SOURCE=200809L
	for cc in gcc clang; do $(MAKE) B=$(B)/warnings-$$cc CC=$$cc CFLAGS=-O2 WERROR=1 objects || exit 1; done
	$(MAKE) B=$(B)/analyzer CC=gcc CFLAGS='-O2 -fanalyzer' WERROR=1 all

# ---- Benchmark ----

bench_sources := $(sort $(wildcard tests/bench/*.c)) $(SIMDZONE)
libcidr = $(shell echo 'int i;' | $(CC) $(CPPFLAGS) -include libcidr.h -fsyntax-only -x c - 2>/dev/null && echo yes)

$(B)/bench/bench: $(bench_sources) tests/bench/bench.h $(static_lib) $(B)/flags $(B)/bench_sources
	@mkdir -p $(@D)
	$(call say,CC,$@)$(CC) $(filter-out -MMD -MP,$(program_cflags)) $(if $(libcidr),-DBENCH_HAVE_LIBCIDR) \
		$(if $(SIMDZONE),-DBENCH_HAVE_SIMDZONE) \
		$(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $(bench_sources) $(static_lib) \
		$(if $(libcidr),-lcidr) $(LDLIBS)

## bench: cnicalc beside its peers: time, sizes (SETS=10000000 shows how sets grow; SIMDZONE=FILE adds that peer)
.PHONY: bench bench-instructions
bench: all $(B)/bench/bench
	@$(script_env) SETS='$(SETS)' sh tests/bench/run.sh

## bench-instructions: instructions of each call, by callgrind, to tests/bench/instructions.tsv
bench-instructions: $(B)/bench/bench $(tool)
	@$(script_env) sh tests/bench/count_instructions.sh >$(B)/bench/recorded.tsv
	mv $(B)/bench/recorded.tsv tests/bench/instructions.tsv

check-instructions: $(B)/bench/bench

# ---- Two files ----

amalgam_inputs := lib/amalgamate.awk LICENSE $(headers) $(wildcard lib/*.c lib/*.h lib/*.inc)
table_of = $(shell sed -n 's/^\#define TABLE_$(1) *"\(.*\)"/\1/p' lib/instance_table.inc)
amalgamate = $(call say,AWK,$@)$(AWK) -v version='$(version)' \
	-v table='of $(call table_of,DATE), version $(call table_of,VERSION)' -f lib/amalgamate.awk LICENSE

## amalgamation: the library as two files, $(B)/cnicalc.c and $(B)/cnicalc.h
.PHONY: amalgamation
amalgamation: $(B)/cnicalc.c $(B)/cnicalc.h

$(B)/cnicalc.h: $(amalgam_inputs) $(B)/lib_sources
	$(amalgamate) include/cnicalc.h >$@

$(B)/cnicalc.c: $(amalgam_inputs) $(B)/lib_sources
	$(amalgamate) $(lib_sources) >$@

# ---- Python ----

## wheel: the Python package with the library in it, $(B)/dist/cnicalc-VERSION-py3-none-PLATFORM.whl
.PHONY: wheel
wheel:
	@$(MAKE) --no-print-directory B='$(B)/wheel' CFLAGS='$(CFLAGS) -g0' LDFLAGS='$(LDFLAGS) -s' shared
	@SOURCE_DATE_EPOCH='$(SOURCE_DATE_EPOCH)' PYTHONDONTWRITEBYTECODE=1 \
		$(PYTHON) examples/python/make_wheel.py '$(version)' '$(B)/wheel/$(shared_name)' '$(B)/dist'

# ---- Install ----

recipes := $(sort $(wildcard examples/cnicalc/recipes/*.jq)) lib/data/describe_instance_types.jq
man_pages := $(sort $(wildcard lib/man/*.[1-8] lib/data/*.[1-8] examples/cnicalc/*.[1-8]))
# The functions that a page names first: man finds it by each of them.
functions_of = $(shell sed -n 's/^\.Nm \(cnicalc_[a-z0-9_]*\).*/\1/p' $(1))
to = $(DESTDIR)$(1)

python_files := $(notdir $(wildcard examples/python/cnicalc/*.py)) py.typed
package = $(call to,$(pythondir))/cnicalc
# Relative, so that a moved tree keeps it.
library_from_package = $(or $(shell $(PYTHON) -c 'import os, sys; print(os.path.relpath(*sys.argv[1:]))' \
	'$(libdir)/$(soname)' '$(pythondir)/cnicalc' 2>/dev/null),$(libdir)/$(soname))

## install: library, headers, man pages, cnicalc, Python package (PREFIX= DESTDIR= LIBDIR= pythondir=)
.PHONY: install uninstall
install: all
	$(call say,INSTALL,$(call to,$(prefix)))$(INSTALL) -d '$(call to,$(bindir))' '$(call to,$(libdir))' \
		'$(call to,$(pkgconfigdir))' '$(call to,$(includedir))/cnicalc' '$(call to,$(bashcompdir))' \
		'$(call to,$(zshcompdir))' '$(call to,$(recipesdir))' \
		$(foreach s,$(man_sections),'$(call to,$(mandir))/man$(s)')
	$(quiet)$(INSTALL) -m 755 $(tool) '$(call to,$(bindir))/cnicalc'
	$(quiet)sed "s|^recipes=.*|recipes='$(recipesdir)'|" examples/cnicalc/kubectl-cnicalc \
		>'$(call to,$(bindir))/kubectl-cnicalc'
	$(quiet)chmod 755 '$(call to,$(bindir))/kubectl-cnicalc'
	$(quiet)$(INSTALL) -m 644 $(recipes) '$(call to,$(recipesdir))'
	$(quiet)$(INSTALL) -m 644 $(static_lib) '$(call to,$(libdir))/libcnicalc.a'
	$(quiet)$(INSTALL) -m 755 $(shared_lib) '$(call to,$(libdir))/$(shared_name)'
	$(quiet)ln -sf $(shared_name) '$(call to,$(libdir))/$(soname)'
	$(quiet)ln -sf $(shared_name) '$(call to,$(libdir))/libcnicalc.so'
	$(quiet)$(INSTALL) -m 644 $(B)/cnicalc.pc '$(call to,$(pkgconfigdir))/cnicalc.pc'
	$(quiet)$(INSTALL) -m 644 include/cnicalc.h '$(call to,$(includedir))/cnicalc.h'
	$(quiet)$(INSTALL) -m 644 include/cnicalc/*.h '$(call to,$(includedir))/cnicalc'
	$(quiet)$(INSTALL) -m 644 examples/cnicalc/completion/cnicalc.bash '$(call to,$(bashcompdir))/cnicalc'
	$(quiet)$(INSTALL) -m 644 examples/cnicalc/completion/_cnicalc '$(call to,$(zshcompdir))/_cnicalc'
	$(quiet)$(foreach m,$(man_pages),$(INSTALL) -m 644 $(m) '$(call man_to,$(m))' &&) :
	$(quiet)$(foreach m,$(man_pages),for f in $(call functions_of,$(m)); do \
		ln -sf $(notdir $(m)) '$(call to,$(mandir))/man3/'$$f.3 || exit 1; done;)
	$(quiet)$(if $(pythondir),$(INSTALL) -d '$(package)' && \
		$(INSTALL) -m 644 $(addprefix examples/python/cnicalc/,$(python_files)) '$(package)' && \
		ln -sf '$(library_from_package)' '$(package)/$(soname)',:)

man_to = $(call to,$(mandir))/man$(subst .,,$(suffix $(1)))/$(notdir $(1))
man_sections := $(sort $(foreach m,$(man_pages),$(subst .,,$(suffix $(m)))))

## uninstall: remove what install put there
uninstall:
	$(quiet)rm -f '$(call to,$(bindir))/cnicalc' '$(call to,$(bindir))/kubectl-cnicalc' \
		$(foreach r,$(recipes),'$(call to,$(recipesdir))/$(notdir $(r))') '$(call to,$(libdir))/libcnicalc.a' \
		'$(call to,$(libdir))/$(shared_name)' '$(call to,$(libdir))/$(soname)' \
		'$(call to,$(libdir))/libcnicalc.so' '$(call to,$(pkgconfigdir))/cnicalc.pc' \
		'$(call to,$(bashcompdir))/cnicalc' '$(call to,$(zshcompdir))/_cnicalc' \
		$(foreach h,$(headers),'$(call to,$(includedir))/$(patsubst include/%,%,$(h))') \
		$(foreach m,$(man_pages),'$(call man_to,$(m))' \
		$(foreach f,$(call functions_of,$(m)),'$(call to,$(mandir))/man3/$(f).3'))
	$(quiet)rmdir '$(call to,$(includedir))/cnicalc' '$(call to,$(recipesdir))' 2>/dev/null || :
	$(quiet)$(if $(pythondir),rm -rf $(foreach f,$(python_files) $(soname) __pycache__,'$(package)/$(f)') && \
		rmdir '$(package)' 2>/dev/null || :,:)

# The tarball is the same on every machine and every day: names sorted, one owner, one mode,
# one time (SOURCE_DATE_EPOCH, in seconds; by default the first day of 2026).
SOURCE_DATE_EPOCH ?= 1767225600
TAR ?= tar
dist_name := cnicalc-$(version)
dist_contents = .ci .clang-format .editorconfig .gitignore CHANGES.md LICENSE Makefile README.md \
	cnicalc.pc.in examples include lib tests

## dist: the sources as cnicalc-VERSION.tar.gz, the same to the byte every time (GNU tar)
.PHONY: dist
dist:
	@mkdir -p $(B)
	$(call say,TAR,$(B)/$(dist_name).tar.gz)find $(dist_contents) -type f ! -name '*.pyc' ! -name '*~' ! -path '*/.mypy_cache/*' | \
		LC_ALL=C sort | $(TAR) --create --format=ustar --no-recursion --files-from=- \
		--transform='s|^|$(dist_name)/|' --owner=0 --group=0 --numeric-owner \
		--mode='u=rwX,go=rX' --mtime='@$(SOURCE_DATE_EPOCH)' | gzip -9 -n >$(B)/$(dist_name).tar.gz

## table: regenerate what is made of lib/data's table and of the columns in instance.h
.PHONY: table clean help
table:
	PYTHONDONTWRITEBYTECODE=1 $(PYTHON) lib/data/make_table.py

## manual: rewrite the generated parts of cnicalc.1 from the tables of the command
.PHONY: manual
manual: $(tool)
	sh examples/cnicalc/manual.sh $(tool) <examples/cnicalc/cnicalc.1 >examples/cnicalc/cnicalc.1.new
	mv examples/cnicalc/cnicalc.1.new examples/cnicalc/cnicalc.1

## man: rewrite lib/man/*.3 from the headers
.PHONY: man
man: shared
	CNICALC_LIBRARY='$(B)/libcnicalc.so' $(PYTHON) lib/man/make_man.py lib/man

## symbols: rewrite lib/cnicalc.map from the headers; new functions go to the node of this version
.PHONY: symbols abi
symbols:
	sh tests/public_functions.sh --map $(version) >lib/cnicalc.map.new
	mv lib/cnicalc.map.new lib/cnicalc.map

## abi: rewrite tests/abi/layout.txt from the headers, a decision about the ABI
abi: static
	$(script_env) sh tests/check_abi.sh --write

## clean: remove the build directory
clean:
	@$(if $(filter $(patsubst %/,%,$(abspath $(B)))/%,$(CURDIR)/),$(error B is "$(B)": that holds the sources))
	rm -rf $(B)

## help: this list
help:
	@sed -n 's/^## //p' Makefile

-include $(wildcard $(foreach depth,* */* */*/* */*/*/* */*/*/*/*,$(B)/obj/$(depth).d))
