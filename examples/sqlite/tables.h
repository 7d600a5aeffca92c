/* SPDX-License-Identifier: MIT */
#ifndef CNICALC_SQLITE_TABLES_H
#define CNICALC_SQLITE_TABLES_H

#include <sqlite3ext.h>

int tables_add(sqlite3 *db);

#endif
