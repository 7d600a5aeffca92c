/* SPDX-License-Identifier: MIT */
#ifndef CNICALC_SQLITE_FUNCTIONS_H
#define CNICALC_SQLITE_FUNCTIONS_H

#include <sqlite3ext.h>

int functions_add(sqlite3 *db);

/* The aggregate cnicalc_more_nodes(), of more_nodes.c. */
void more_nodes_step(sqlite3_context *context, int count, sqlite3_value **values);
void more_nodes_final(sqlite3_context *context);

#endif
