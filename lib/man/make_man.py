#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the manual pages of section 3 from the public headers.

    make_man.py DIRECTORY

cnicalc.3 is cnicalc.3.in with its lists filled in; cnicalc-TOPIC.3 says of each topic what its
header says: types, prototypes, what each function answers, its statuses and its Example lines.
The library is asked for the sentence of each status (CNICALC_LIBRARY).
"""
import ctypes
import os
import re
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 80
SENTENCE_END = r"(?<=[a-z0-9)\]\"'A-Z][.!?])\s+(?=[A-Z(\"0-9])"
CALL = r"(\(?\bcnicalc_\w+\(\)[.,;:)]*)(?=\s|$)"

TOKEN = re.compile(r"""
      /\*.*?\*/
    | ^CNICALC_API\b[^;]*;
    | ^\#define[ ]CNICALC_\w+\s+(?=["(\-\d]|U?INT\d+_C)(?:[^\n\\]|\\\n)*
    | ^typedef[ ]struct\b[^{;]*\{.*?^\}[^;]*;
    | ^enum\b[^{;]*\{.*?\};
    | ^typedef\b[^{;]*;""", re.S | re.M | re.X)


class Entry:
    """A doc comment and the declarations below it."""

    def __init__(self, comment):
        self.comment = comment
        self.functions = []
        self.types = []


class Section:
    """What follows a heading of a header."""

    def __init__(self, title, text):
        self.title = title
        self.text = text
        self.entries = []


def without_frame(comment):
    """A comment's text, without its stars."""
    return re.sub(r"^[ ]?\*?[ ]?", "", re.sub(r"^/\*+<?|\*+/$", "", comment), flags=re.M).rstrip()


def read_header(text):
    """The text of the file comment, and the sections."""
    intro, sections = "", [Section("", "")]
    comment = None
    for match in TOKEN.finditer(text):
        token = match[0]
        heading = re.match(r"/\* -{4} (.*?) ?-*\s*(?:\n|\*/)", token)
        if "@file" in token:
            intro = re.sub(r"^.*@file.*\n", "", without_frame(token).lstrip("\n"), count=1)
        elif heading:
            sections.append(Section(heading[1], without_frame(token[heading.end():])))
        elif token.startswith("/**"):
            comment = Entry(without_frame(token))
        elif not token.startswith("/*"):
            if comment or not sections[-1].entries:
                sections[-1].entries.append(comment or Entry(""))
            comment = None
            entry = sections[-1].entries[-1]
            (entry.functions if token.startswith("CNICALC_API") else entry.types).append(token)
    return intro, sections


# ---- mdoc ----

def guard(line):
    """A line of text that is not taken for a macro."""
    return "\\&" + line if line[:1] in (".", "'") else line


def wrap(text, width=WIDTH):
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def sentences(text):
    """Prose: a sentence begins a line, and the name of a function is marked."""
    for sentence in re.split(SENTENCE_END, " ".join(text.split())):
        for part in re.split(CALL, sentence):
            call = re.fullmatch(r"(\(?)(\w+)\(\)([.,;:)]*)", part)
            if call:
                yield " ".join([".Fn", *call[1], call[2], *call[3]])
            else:
                marked = part.strip().replace("\\", "\\e").replace("()", "\\&()")
                yield from map(guard, wrap(marked))


def literal(lines):
    yield ".Bd -literal -offset indent"
    yield from (guard(line.replace("\\", "\\e")) for line in lines)
    yield ".Ed"


def in_macro(text):
    """Text as arguments of a macro: nothing in it is a macro, a quote or a delimiter of its own."""
    words = text.replace("\\", "\\e").replace('"', "\\(dq").split()
    shown = " ".join(re.sub(r"^(?=(?:[A-Z%][a-z0-9]{1,2}|[.,:;()\[\]?!|]+)$)", r"\&", word)
                     for word in words)
    return shown + "\\&" if shown[-1:] in tuple(".,:;)]?!") else shown


def listed(items):
    """Terms, each a macro with its argument, and what is said of them: a line each."""
    for term, text in items:
        yield f".D1 {term}" + (f" : No {in_macro(text)}" if text.strip() else "")


def tagged(items):
    """The same as a list, whose lines hang."""
    yield ".Bl -tag -width Ds -compact"
    yield from (line.replace(".D1", ".It", 1) for line in listed(items))
    yield ".El"


def paragraphs(text):
    """Prose, displays and lists of a comment."""
    first = True
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        if not block.strip():
            continue
        lines = block.split("\n")
        if all(line.startswith("    ") for line in lines):
            yield from literal(textwrap.dedent(block).split("\n"))
        elif re.match(r" ?- ", lines[0]):
            yield ".Pp"
            yield ".Bl -bullet -compact"
            for item in re.split(r"^ ?- ", block, flags=re.M)[1:]:
                yield ".It"
                yield from sentences(item)
            yield ".El"
        else:
            lists = re.search(r"^ ?- ", block, re.M)
            if not first:
                yield ".Pp"
            if lists:
                yield from sentences(block[:lists.start()])
                yield from paragraphs(block[lists.start():])
            else:
                yield from sentences(block)
        first = False


def parameters(text):
    """The @param lines, and what is left."""
    found = re.findall(r"^@param (\w+(?:, \w+)*)((?:.*\n?)(?:[ ]+.*\n?)*)", text, re.M)
    rest = re.sub(r"^@param .*\n?(?:[ ]+.*\n?)*", "", text, flags=re.M)
    return [("Fa " + name.replace(",", " ,"), said) for name, said in found], rest


def returned(text):
    """The @return lines: statuses with their conditions, prose before them."""
    match = re.search(r"^@return (.*\n?(?:[ ]+.*\n?)*)", text, re.M)
    if not match:
        return [], text
    body = re.sub(r"^ {8}", "", match[1], flags=re.M)
    rows, prose = [], ""
    for item in re.split(r"\n(?=\S)", body.strip()):
        row = re.fullmatch(r"(CNICALC_\w+(?:, _?[A-Z]\w+)*)(?:[ ]+(.*)|)", item, re.S)
        if row and (row[1] != "CNICALC_OK" or row[2]):
            rows.append((f"Dv {row[1]}", row[2] or ""))
        elif not row and rows:
            rows.append((f"No {in_macro(item)}", ""))
        elif not row:
            prose += " " + item
    prose = " ".join(prose.split()) or "CNICALC_OK"
    if rows:
        prose = re.sub(r",? or$", "", prose) + ", or:"
    lines = [".Pp", *sentences(f"Returns {prose.rstrip('.')}" + "." * (not rows))]
    if rows:
        lines += listed(rows)
    return lines, text[:match.start()] + text[match.end():]


def examples(text):
    """The Example lines, and what is left."""
    pattern = r"^Example: (.*?)(?=^Example:|^\s*$|\Z)"
    found = [" ".join(one.split()) for one in re.findall(pattern, text, re.S | re.M)]
    return [f".Dl {in_macro(one)}" for one in found], re.sub(pattern, "", text, flags=re.S | re.M)


def says(comment):
    """All that a comment says of a function."""
    shown, rest = examples(comment + "\n")
    statuses, rest = returned(rest)
    given, rest = parameters(rest)
    yield from paragraphs(rest)
    if given:
        yield ".Pp"
        yield from listed(given)
    yield from statuses
    if shown:
        yield ".Pp"
        yield from shown


# ---- Declarations ----

def prototype(declaration):
    """Return type, name and arguments of a function."""
    text = " ".join(re.sub(r"\bCNICALC_(API|CHECKED)\b", "", declaration).split())
    match = re.fullmatch(r"(.*?[ *])(cnicalc_\w+)\((.*)\);", text)
    if not match:
        sys.exit(f"no function: {text}")
    return match[1].strip(), match[2], [one.strip() for one in match[3].split(",")]


def members(body, separator):
    """The members of a struct or enum, with what is said of each."""
    body = re.sub(r"/\*(?!\*).*?\*/", "", body, flags=re.S)
    member = rf"([^{separator}/]+){separator}?\s*(?:/\*\*?<?(.*?)\*/)?"
    for code, said in re.findall(member, body, re.S):
        if code.strip() and "*/" not in code:
            yield " ".join(code.split()), re.sub(r"^\s*\*?", "", said, flags=re.M)


def type_lines(declaration, sentence_of):
    """A struct or enum: its members, a line each. A typedef or constant: the line."""
    match = re.match(r"(?:typedef )?((?:struct|enum)\b[^{]*)\{(.*)\}([^}]*);$", declaration, re.S)
    if not match:
        text = " ".join(declaration.replace("\\\n", " ").rstrip(";").split())
        yield f".It Li {in_macro(text)}"
        return
    yield f".It Vt {match[1].strip()}"
    rows = []
    for code, said in members(match[2], "," if match[1].startswith("enum") else ";"):
        name, _, value = code.partition(" = ")
        if value:
            rows.append((f"Dv {name} = {value}", said or sentence_of.get(name, "")))
        else:
            kind, _, name = code.rpartition(" ")
            rows.append((f"Vt {kind} Va {name}", said))
    yield from tagged(rows)


# ---- Pages ----

def types(section, sentence_of):
    """The types and constants of a section."""
    for entry in section.entries:
        for one in entry.types:
            term, *rest = type_lines(one, sentence_of)
            yield term
            if one == entry.types[0]:
                yield from says(entry.comment)
            yield from rest


def functions(section):
    """The functions of a section, each with all that its header says."""
    for entry in section.entries:
        for one in entry.functions:
            result, name, arguments = prototype(one)
            yield " ".join([f".It Ft {result} Fn {name}", *(f'"{one}"' for one in arguments)])
        if entry.functions:
            yield from says(entry.comment)


def names_of(sections):
    return [prototype(one)[1] for section in sections for entry in section.entries
            for one in entry.functions]


def first_sentence(intro):
    """The first sentence of a header, as a name line wants it, and the rest."""
    first, rest = re.split(r"(?<=\.)(?:\s|$)", intro.strip(), maxsplit=1)
    first = " ".join(first.rstrip(".").split())
    return (first if re.match(r"[A-Z]\w*[A-Z]", first) else first[0].lower() + first[1:]), rest


def body(sections, sentence_of):
    """The sections of a header, each under its heading."""
    for section in sections:
        if section.entries:
            yield f".Ss {section.title}" if section.title else ".Ss Types"
            yield from paragraphs(section.text)
            yield ".Bl -tag -width Ds"
            yield from types(section, sentence_of)
            yield from functions(section)
            yield ".El"


def topic_page(name, intro, sections, date):
    names = names_of(sections)
    summary, rest = first_sentence(intro)
    return ['.\\" SPDX-License-Identifier: MIT',
            f'.\\" Made by make man from include/cnicalc/{name}.h.',
            f".Dd {date}", f".Dt CNICALC-{name.upper()} 3", ".Os",
            ".Sh NAME", f".Nm cnicalc-{name} ,", *(f".Nm {one} ," for one in names[:-1]),
            f".Nm {names[-1]}", f".Nd {summary}",
            ".Sh SYNOPSIS", f".In cnicalc/{name}.h", ".Sh DESCRIPTION", *paragraphs(rest),
            *body(sections, {}), ".Sh SEE ALSO", ".Xr cnicalc 3"]


def overview(template, pages, sentence_of):
    """cnicalc.3: the template, whose lines @WORD@ are filled in; base.h is part of it."""
    intro, sections = pages["base"]
    program = (ROOT / "examples/max_pods.c").read_text(encoding="utf-8").strip("\n").split("\n")[1:]
    shown = (ROOT / "tests/examples/max_pods.transcript").read_text(encoding="utf-8").split("\n")
    end = next(i for i, line in enumerate(shown[1:], 1) if line.startswith("$ "))
    filled = {
        "@NAMES@": [f".Nm {name} ," for name in names_of(sections)[:-1]] +
                   [f".Nm {name}" for name in names_of(sections)[-1:]],
        "@CONVENTIONS@": list(paragraphs(intro.partition("\n\n")[2])),
        "@TOPICS@": list(tagged((f"Xr cnicalc-{name} 3", first_sentence(pages[name][0])[0])
                                for name in pages if name != "base")),
        "@BASE@": list(body(sections, sentence_of)),
        "@PROGRAM@": list(literal(program)),
        "@OUTPUT@": list(literal(shown[:end])),
    }
    return [line for one in template.split("\n") for line in filled.get(one, [one])]


def status_sentences(sections):
    """What the library says of each status, by the name of its enumerator."""
    library = ctypes.CDLL(os.environ["CNICALC_LIBRARY"])
    library.cnicalc_status_string.restype = ctypes.c_char_p
    found = {}
    for section in sections:
        for entry in section.entries:
            values = re.findall(r"\b(CNICALC_(?:OK|ERR_\w+)) = (\d+)", "".join(entry.types))
            for name, value in values:
                found[name] = library.cnicalc_status_string(int(value)).decode()
    return found


def main():
    directory = Path(sys.argv[1])
    directory.mkdir(exist_ok=True)
    headers = sorted((ROOT / "include/cnicalc").glob("*.h"))
    pages = {header.stem: read_header(header.read_text(encoding="utf-8")) for header in headers}
    template = Path(__file__).with_name("cnicalc.3.in").read_text(encoding="utf-8")
    date = re.search(r"^\.Dd (.*)", template, re.M)[1]
    sentence_of = status_sentences(pages["base"][1])
    texts = {"cnicalc.3": overview(template.rstrip("\n"), pages, sentence_of)}
    for name, (intro, sections) in pages.items():
        if name != "base":
            texts[f"cnicalc-{name}.3"] = topic_page(name, intro, sections, date)
    for name, lines in texts.items():
        text = "\n".join(lines) + "\n"
        text = re.sub(r"(\n\.Pp)+(?=\n\.(?:Pp|Bd|Sh|Ss|El|Ed))", "", text)
        text = re.sub(r"(\n\.(?:It|Ss|Sh)[^\n]*)\n\.Pp(?=\n)", r"\1", text)
        (directory / name).write_text(text, encoding="utf-8")


main()
