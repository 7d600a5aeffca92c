#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plants faults in a copy of lib/, one at a time, and tells which the tests miss.

    python3 tests/mutation/mutate.py [--count N] [--seed S] [--only PATTERN] [--list] [--all]
    python3 tests/mutation/mutate.py --cflags=-U__SSE2__ --only cidr_parse
    python3 tests/mutation/mutate.py --again REPORT

For each fault the objects that see it are compiled and libcnicalc.so linked anew; then the test programs run, those
of the file's own topic first, until one fails. What none notices is tried again under ASan and UBSan.
A fault that no test program and no input of tests/fuzz/corpus notices is a survivor, unless the object
code is the same. What survives either changes no answer, which the reader judges, or needs a test.
Ends with 1 when fewer than FLOOR_PERCENT of the faults are killed.
"""
import argparse
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
FLOOR_PERCENT = 90
COMMON = ["-std=c99", "-D_POSIX_C_SOURCE=200809L", "-Iinclude", "-Ilib", "-w"]

# What a test program of another topic may take before a fault counts as an endless loop.
SLOWEST_SECONDS = 4

# Programs that take longer than this are left out under the sanitizers, where they would take minutes.
PATIENCE_SECONDS = 0.4

SANITIZERS = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]

MASKED = re.compile(
    r'/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|^[ \t]*#(?:[^\n]*\\\n)*[^\n]*$', re.S | re.M)
COMPARISON = re.compile(r"(?<![<>=!-])(<=|>=|==|!=|<|>)(?![<>=])")
COMPARISONS = {"<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"],
               "==": ["!="], "!=": ["=="]}
PLUS_OR_MINUS_ONE = re.compile(r" [-+] 1\b(?!\w)")
LOGIC = re.compile(r"&&|\|\|")
ARITHMETIC = re.compile(r"(?<=[\w\)\]]) ([-+*/]) (?=[\w\(])")
NUMBER = re.compile(r"(?<![\w.])(?:0x[0-9a-fA-F]+|\d+)(?=[uU]?\b)(?!\.)")
CONDITION = re.compile(r"\b(?:if|while) \(")
STATEMENT = re.compile(r"^ +(?!return|else|case|break|continue|static|const|struct|enum|typedef)"
                       r"(?:[a-z_]\w*(?:->|\.|\[|\(| [-+*/|&^]?=|\+\+|--)|\*[a-z_])[^;{}]*;[ ]*$", re.M)
CONSTANT = re.compile(r"\bCNICALC_[A-Z0-9][A-Z0-9_]*\b")


class Fault:
    """A place in a file and what replaces it."""

    def __init__(self, path, text, start, end, after, kind):
        self.path, self.start, self.end, self.after, self.kind = path, start, end, after, kind
        self.line = text.count("\n", 0, start) + 1
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        self.before_line = " ".join(text[first:last].split())
        self.after_line = " ".join((text[first:start] + after + text[end:last]).split())

    def __str__(self):
        return f"{self.path}:{self.line}: {self.kind}: {self.before_line}  ->  {self.after_line}"

    def key(self):
        """What names a fault: no line number, which every edit would change."""
        return f"{self.path}: {self.before_line}  ->  {self.after_line}"


def masked(text):
    """The text with comments, strings and directives blanked out."""
    return MASKED.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)


def closing(text, start):
    """Where the parenthesis that opens at start closes."""
    depth = 0
    for i in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[i], 0)
        if depth == 0:
            return i
    return None


def neighbours(name, names):
    """Other constants of the same enum, by their prefix."""
    prefix = name.rsplit("_", 1)[0] + "_"
    return [other for other in names if other != name and other.startswith(prefix)
            and other.count("_") == name.count("_")]


def is_table_row(text, start):
    """A row of a table of numbers: one in sixteen of its faults is planted for all."""
    first = text.rfind("\n", 0, start) + 1
    return re.fullmatch(r"[\s0-9a-fx,{};]+", text[first:text.find("\n", start)]) is not None


def faults_of(path, text):
    code = masked(text)
    names = sorted(set(CONSTANT.findall(code)))

    def fault(start, end, after, kind):
        return Fault(path, text, start, end, after, kind)

    for match in COMPARISON.finditer(code):
        for after in COMPARISONS[match[1]]:
            yield fault(match.start(1), match.end(1), after, "comparison")
    for match in PLUS_OR_MINUS_ONE.finditer(code):
        yield fault(match.start(), match.end(), "", "one dropped")
    for match in LOGIC.finditer(code):
        yield fault(match.start(), match.end(), "||" if match[0] == "&&" else "&&", "logic")
    for match in ARITHMETIC.finditer(code):
        after = {"+": "-", "-": "+", "*": "+", "/": "*"}[match[1]]
        yield fault(match.start(1), match.end(1), after, "arithmetic")
    for match in NUMBER.finditer(code):
        if is_table_row(text, match.start()) and match.start() % 16 != 0:
            continue
        yield fault(match.start(), match.end(), str(int(match[0], 0) + 1), "number")
        if int(match[0], 0) > 0:
            yield fault(match.start(), match.end(), str(int(match[0], 0) - 1), "number")
    for match in CONDITION.finditer(code):
        end = closing(code, match.end() - 1)
        yield fault(match.end(), end, f"!({text[match.end():end]})", "negated condition")
    for match in STATEMENT.finditer(code):
        yield fault(match.start(), match.end(), " ;", "dropped statement")
    for match in CONSTANT.finditer(code):
        # case labels would only be duplicates
        if code[:match.start()].endswith("case "):
            continue
        others = neighbours(match[0], names)
        if others:
            yield fault(match.start(), match.end(), others[len(text[:match.start()]) % len(others)],
                        "another constant")


class Workshop:
    """A copy of the tree, where the library is a shared one that all test programs load."""

    def __init__(self, tree, directory, flags, left_out=()):
        self.directory = pathlib.Path(directory)
        self.extra = flags
        self.flags = COMMON + flags
        for name in ("lib", "include", "tests"):
            shutil.copytree(tree / name, self.directory / name)
        self.environment = {**os.environ, "LD_LIBRARY_PATH": directory, "CNICALC_ROOT": directory,
                            "CK_FORK": "no", "CK_VERBOSITY": "silent",
                            "ASAN_OPTIONS": "detect_leaks=0"}
        self.units = self.find_units()
        self.originals = {path: (self.directory / path).read_text() for path in self.units}
        self.objects = {}
        self.seconds = {}
        self.reach = {}
        self.left_out = left_out

    def call(self, *command, timeout=None):
        return subprocess.run(command, cwd=self.directory, env=self.environment, timeout=timeout,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    def must(self, *command):
        if self.call(*command).returncode != 0:
            sys.exit("cannot run: " + " ".join(map(str, command)))

    def find_units(self):
        """The sources that see each file of lib/: for a source itself, for a header all that include it."""
        units = {}
        for source in sorted(self.directory.glob("lib/*.c")):
            path = str(source.relative_to(self.directory))
            rule = subprocess.run(["gcc", *self.flags, "-MM", path], cwd=self.directory, check=True,
                                  capture_output=True, text=True).stdout
            for seen in re.findall(r"lib/\w+\.[ch]\b", rule):
                units.setdefault(seen, []).append(path)
        return dict(sorted(units.items()))

    def compile(self, path, level="-O1"):
        """The objects that see a file, or None where one of them does not compile."""
        outs = []
        for unit in self.units[path]:
            outs.append(unit.replace("/", "_") + ".o")
            done = self.call("gcc", *self.flags, level, "-fPIC", "-c", "-o", outs[-1], unit)
            if done.returncode != 0:
                return None
        return outs

    def link(self):
        return self.call("gcc", *self.flags, "-shared", "-o", "libcnicalc.so", *self.objects.values())

    def build(self):
        for path in self.units:
            if path.endswith(".c"):
                (self.objects[path],) = self.compile(path) or sys.exit(f"{path} does not compile")
        if self.link().returncode != 0:
            sys.exit("libcnicalc.so does not link")
        self.build_tests()

    def build_tests(self):
        libraries = subprocess.run(["pkg-config", "--cflags", "--libs", "check"], check=True,
                                   capture_output=True, text=True).stdout.split()
        for path in sorted((self.directory / "tests").glob("test_*.c")):
            self.must("gcc", *self.flags, "-O2", "-o", path.stem, path, "tests/support.c", "-L.", "-lcnicalc",
                      *libraries)
        for path in sorted((self.directory / "tests/fuzz").glob("target_*.c")):
            if path.stem != "target_command":
                helpers = [f"tests/fuzz/{name}.c" for name in ("draw", "evaluate", "replay")]
                self.must("gcc", *self.flags, "-O2", "-o", path.stem, path, *helpers, "-L.", "-lcnicalc")

    def symbols(self, kind, *command):
        """The library's symbols that nm lists of one kind."""
        listing = subprocess.run(["nm", *command], cwd=self.directory, check=True,
                                 capture_output=True, text=True).stdout
        return set(re.findall(rf" {kind} (cnicalc_\w+)", listing))

    def find_reach(self):
        """Which files each program can reach, by what the objects define and ask for."""
        defined = {path: self.symbols("[TRD]", out) for path, out in self.objects.items()}
        asked = {path: self.symbols("U", out) for path, out in self.objects.items()}
        for program, _ in self.commands(None):
            wanted, seen = self.symbols("U", "-D", program), set()
            while True:
                new = {path for path in defined if path not in seen and defined[path] & wanted}
                if not new:
                    break
                seen |= new
                wanted = wanted.union(*(asked[path] for path in new))
            self.reach[program] = seen

    def commands(self, path):
        """The programs that judge a fault in a file, the file's own topic first."""
        topic = re.match(r"lib/([a-z0-9]+)", path or "lib/base")[1]
        tests = [p.stem for p in sorted((self.directory / "tests").glob("test_*.c"))]
        targets = [p.stem for p in sorted((self.directory / "tests/fuzz").glob("target_*.c"))
                   if p.stem != "target_command"]
        order = sorted(tests, key=lambda name: (topic not in name, self.seconds.get(name, 0)))
        for name in sorted(targets, key=lambda name: topic not in name) + order:
            if name in self.left_out or (path is not None and
                                         self.reach[name].isdisjoint(self.units[path])):
                continue
            if name in tests:
                yield name, [f"./{name}"]
                continue
            corpus = self.directory / "tests/fuzz/corpus" / name[len("target_"):]
            yield name, [f"./{name}", *sorted(map(str, corpus.glob("*")))]

    def time_tests(self):
        for name, command in self.commands(None):
            began = time.monotonic()
            if self.call(*command).returncode != 0:
                sys.exit(f"{name} fails before any fault is planted")
            self.seconds[name] = time.monotonic() - began
        self.find_reach()

    def killer(self, path):
        """The first program that notices the planted fault, or None."""
        for name, command in self.commands(path):
            try:
                if self.call(*command, timeout=SLOWEST_SECONDS + 8 * self.seconds[name]).returncode:
                    return name
            except subprocess.TimeoutExpired:
                return name + " (endless)"
        return None

    def is_same_code(self, fault):
        """Whether the compiler makes the same code of the fault and of the original."""
        here = self.directory / fault.path
        original = self.originals[fault.path]
        codes = []
        for text in (original[:fault.start] + fault.after + original[fault.end:], original):
            here.write_text(text)
            outs = self.compile(fault.path, "-O2")
            codes.append([(self.directory / out).read_bytes() for out in outs])
        self.compile(fault.path)
        return codes[0] == codes[1]

    def judge(self, fault):
        """One of: killed by a program, survived, same (code), refused by the compiler."""
        here = self.directory / fault.path
        original = self.originals[fault.path]
        here.write_text(original[:fault.start] + fault.after + original[fault.end:])
        try:
            if self.compile(fault.path) is None:
                return "refused"
            if self.link().returncode != 0:
                return "refused"
            killer = self.killer(fault.path)
            if killer is not None:
                return f"killed by {killer}"
            return "survived"
        finally:
            here.write_text(original)
            self.compile(fault.path)


def draw(workshop, options):
    """The faults to plant, and of how many."""
    faults = [fault for path, text in workshop.originals.items() if re.search(options.only, path)
              for fault in faults_of(path, text)]
    if options.again:
        report = pathlib.Path(options.again).read_text().splitlines()
        wanted = {re.sub(r":\d+: [a-z ]+: ", ": ", line[len("survived: "):])
                  for line in report if line.startswith("survived: ")}
        return [fault for fault in faults if fault.key() in wanted], len(faults)
    if options.all:
        return faults, len(faults)
    drawn = random.Random(options.seed).sample(faults, min(options.count, len(faults)))
    return sorted(drawn, key=lambda f: (f.path, f.start, f.after)), len(faults)


def judge_all(plain, faults, counts):
    """Counts the verdicts and prints the survivors."""
    sanitized = None
    for number, fault in enumerate(faults):
        if number % 50 == 0:
            print(f"{number} of {len(faults)}", file=sys.stderr, flush=True)
        verdict = plain.judge(fault)
        if verdict == "survived" and plain.is_same_code(fault):
            verdict = "same"
        if verdict == "survived":
            if sanitized is None:
                sanitized = Workshop(plain.directory, str(plain.directory.parent / "sanitized"),
                                     SANITIZERS + plain.extra, {name for name, seconds in plain.seconds.items()
                                                  if seconds > PATIENCE_SECONDS})
                sanitized.build()
                sanitized.time_tests()
            verdict = sanitized.judge(fault)
        if verdict == "survived":
            print(f"survived: {fault}", flush=True)
        counts[verdict.split()[0]] += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300, help="faults to plant, spread over lib/")
    parser.add_argument("--all", action="store_true", help="plant every fault")
    parser.add_argument("--seed", type=int, default=1, help="which faults are drawn")
    parser.add_argument("--cflags", default="", help="for the whole tree: -U__SSE2__ builds the plain twins")
    parser.add_argument("--only", default="", help="pattern of the files")
    parser.add_argument("--again", help="plant what a former report says survived")
    parser.add_argument("--list", action="store_true", help="print the faults, plant none")
    options = parser.parse_args()

    counts = {"killed": 0, "survived": 0, "same": 0, "refused": 0}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cnicalc-mutation-") as directory:
        plain = Workshop(ROOT, directory + "/plain", options.cflags.split())
        faults, total = draw(plain, options)
        if options.list:
            print("\n".join(map(str, faults)))
            return 0
        plain.build()
        plain.time_tests()
        judge_all(plain, faults, counts)
    planted = len(faults) - counts["refused"] - counts["same"]
    print(f"mutation: {planted} faults of {total}: {counts['killed']} killed, "
          f"{counts['survived']} survived; besides, "
          f"{counts['same']} made the same code, {counts['refused']} did not compile; "
          f"{time.monotonic() - began:.0f} s")
    return 1 if 100 * counts["killed"] < FLOOR_PERCENT * planted else 0


sys.exit(main())
