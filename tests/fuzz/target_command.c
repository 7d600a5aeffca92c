/* SPDX-License-Identifier: MIT */
/* The command as a library entry: one line of an input is one argument, and what follows a line
 * "<" is what every file and stdin hold. The whole of main() runs, without a process.
 *
 * Nothing may be on stdout when the request is malformed, one line explains that on stderr, and
 * JSON is one document. */
int cnicalc_main(int argc, char **argv);

#define main cnicalc_main
#include "../../examples/cnicalc/main.c"
#undef main

#include "../../examples/cnicalc/base/file.h"
#include "../../examples/cnicalc/base/memory.h"
#include "fuzz.h"
#include "json.h"

#include <setjmp.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

static ssize_t fuzz_read(int file, void *buffer, size_t size);
static ssize_t fuzz_write(int file, const void *buffer, size_t size);

#define read  fuzz_read
#define write fuzz_write
#include "../../examples/cnicalc/base/stream.c"
#undef read
#undef write

#define ARGUMENTS_MAX 24
#define TAKEN_MAX     ((size_t)1 << 24)

/* ---- In place of memory.c, file.c and the system's read() and write() ---- */

struct room {
    struct room *next;
    uint64_t room[];
};

static struct room *rooms;
static size_t taken;
static jmp_buf out_of_memory;
static const char *file_text;
static size_t file_length;

void *memory_take(size_t count, size_t size)
{
    if (size != 0 && count > (TAKEN_MAX - taken) / size) {
        complain("memory", NULL, "there is not enough for this request");
        longjmp(out_of_memory, 1);
    }
    struct room *taken_room = calloc(1, sizeof *taken_room + count * size);
    if (taken_room == NULL) {
        abort();
    }
    taken += count * size;
    taken_room->next = rooms;
    rooms = taken_room;
    return taken_room->room;
}

void *memory_room(size_t count, size_t size)
{
    return memory_take(count, size);
}

char *memory_copy(const char *text, size_t length)
{
    char *copy = memory_take(length + 1, 1);
    memcpy(copy, text, length);
    return copy;
}

char *memory_copy_text(const char *text)
{
    return text == NULL ? NULL : memory_copy(text, strlen(text));
}

static void release_all(void)
{
    while (rooms != NULL) {
        struct room *next = rooms->next;
        free(rooms);
        rooms = next;
    }
    taken = 0;
}

const char *file_read(const char *path, char **out_text, size_t *out_length)
{
    if (strstr(path, "missing") != NULL) {
        return "No such file or directory";
    }
    *out_text = memory_copy(file_text, file_length);
    *out_length = file_length;
    return NULL;
}

const char *file_take_stdin(void)
{
    return NULL;
}

static ssize_t fuzz_read(int file, void *buffer, size_t size)
{
    size_t length = file_length < size ? file_length : size;
    (void)file;
    memcpy(buffer, file_text, length);
    file_text += length;
    file_length -= length;
    return (ssize_t)length;
}

static ssize_t fuzz_write(int file, const void *buffer, size_t size)
{
    (void)file;
    return (ssize_t)fwrite(buffer, 1, size, stdout);
}

/* ---- One run ---- */

struct outcome {
    int status;
    char *out_text;
    size_t out_length;
    char *err_text;
    size_t err_length;
};

static struct outcome run(int argc, char **argv)
{
    /* What changes between setjmp() and longjmp() must not live in a register. */
    static struct outcome outcome;
    static FILE *real_stdout;
    static FILE *real_stderr;
    real_stdout = stdout;
    real_stderr = stderr;
    outcome.out_text = NULL;
    outcome.err_text = NULL;
    stdout = open_memstream(&outcome.out_text, &outcome.out_length);
    stderr = open_memstream(&outcome.err_text, &outcome.err_length);
    if (stdout == NULL || stderr == NULL) {
        abort();
    }
    outcome.status = EXIT_MALFORMED;
    if (setjmp(out_of_memory) == 0) {
        outcome.status = cnicalc_main(argc, argv);
    }
    if (outcome.status == EXIT_MALFORMED) {
        fclose(stdout); /* main() leaves it open, and exit() would write what is left in it */
    }
    fclose(stderr);
    stdout = real_stdout;
    stderr = real_stderr;
    release_all();
    return outcome;
}

static int is_one_line(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (((unsigned char)text[i] < ' ' || text[i] == 0x7f) && i + 1 != length) {
            return 0;
        }
    }
    return length > 10 && strncmp(text, "cnicalc: ", 9) == 0 && text[length - 1] == '\n';
}

static int asks_for_json(int argc, char **argv)
{
    int asks = 0;
    for (int i = 1; i < argc; i++) {
        asks |= strcmp(argv[i], "-ojson") == 0;
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0 ||
            strcmp(argv[i], "--") == 0 || argv[i][0] == '@') {
            return 0;
        }
    }
    return asks && argv[1][0] != '-' && strcmp(argv[1], "help") != 0 &&
           strcmp(argv[1], "batch") != 0;
}

/* Splits the input into arguments, in place; returns their number. */
static int split(char *text, size_t length, char **argv)
{
    int argc = 1;
    argv[0] = text;
    file_text = "";
    file_length = 0;
    char *line = text;
    char *end = text + length;
    while (line < end && argc < ARGUMENTS_MAX) {
        char *stop = memchr(line, '\n', (size_t)(end - line));
        stop = stop != NULL ? stop : end;
        *stop = '\0';
        if (strcmp(line, "<") == 0) {
            file_text = stop < end ? stop + 1 : end;
            file_length = (size_t)(end - file_text);
            break;
        }
        argv[argc++] = line;
        line = stop + 1;
    }
    argv[argc] = NULL;
    return argc;
}

/* What `cidr exclude` leaves of a block may be no block, and so no line, like the blocks of an
 * empty stdin; and there may be nothing to complete, or to say in a part of the manual. */
static int may_list_nothing(int argc, char **argv)
{
    int found =
        argc > 1 && (strcmp(argv[1], "--complete") == 0 || strcmp(argv[1], "--manual") == 0);
    for (int i = 0; i < argc; i++) {
        found |= strcmp(argv[i], "exclude") == 0 || strcmp(argv[i], "-") == 0;
    }
    return found;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *argv[ARGUMENTS_MAX + 1];
    char *text = malloc(size + 1);
    if (text == NULL) {
        return 0;
    }
    if (size != 0) {
        memcpy(text, data, size);
    }
    text[size] = '\0';
    int argc = split(text, size, argv);
    struct outcome outcome = run(argc, argv);
    require(outcome.status >= EXIT_ANSWERED && outcome.status <= EXIT_MALFORMED);
    if (outcome.status == EXIT_MALFORMED) {
        require(outcome.out_length == 0);
        require(is_one_line(outcome.err_text, outcome.err_length));
    } else {
        require(outcome.out_length != 0 || may_list_nothing(argc, argv));
        require(!asks_for_json(argc, argv) || is_json(outcome.out_text, outcome.out_length));
    }
    free(outcome.out_text);
    free(outcome.err_text);
    free(text);
    return 0;
}
