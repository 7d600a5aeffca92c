/* SPDX-License-Identifier: MIT */
/* Values of SQL as questions to the library. A function that asks returns 1, or 0 and the sentence
 * that says which value is at fault and why: for sqlite3_free(), and NULL where memory is short. */
#ifndef CNICALC_SQLITE_ASK_H
#define CNICALC_SQLITE_ASK_H

#include <cnicalc.h>
#include <sqlite3ext.h>

/* A type of the built-in table. */
int ask_type(sqlite3_value *value, cnicalc_instance *out_instance, char **out_why);

/* Names with the numbers from 1 on. */
struct ask_names {
    const char *(*name_of)(uint32_t);
    uint32_t count;               /* one above the last number */
    uint32_t (*is_one)(uint32_t); /* 0 for what is none of them, or NULL: all are */
};

int ask_name(sqlite3_value *value, const struct ask_names *names, uint32_t *out_number,
             char **out_why);

/* A type, and the node question in a mode. */
int ask_node(sqlite3_value *type, sqlite3_value *mode, cnicalc_instance *out_instance,
             cnicalc_node_options *out_options, char **out_why);

int ask_block(sqlite3_value *value, cnicalc_cidr *out_block, char **out_why);

/* An address or a block, as a block. */
int ask_block_or_address(sqlite3_value *value, cnicalc_cidr *out_block, char **out_why);

/* The bits of an address. */
uint32_t ask_width(uint32_t family);

/* An integer from 0 to most, or a text that is one; what says what it is. */
int ask_count(sqlite3_value *value, const char *what, uint64_t most, uint64_t *out_count,
              char **out_why);

/* The sentence about a value that a status gives. */
char *ask_why(sqlite3_value *value, cnicalc_status status);

/* 1 when one of the values is NULL. */
int ask_any_null(int count, sqlite3_value **values);

/* ---- Answers ---- */

/* Fails with the sentence, and frees it. */
void answer_error(sqlite3_context *context, char *why);

/* A count: what is not known is NULL, as is what no integer of SQL holds. */
void answer_count(sqlite3_context *context, uint64_t count);

void answer_text(sqlite3_context *context, const char *text);

#endif
