/* SPDX-License-Identifier: MIT */
/* cnicalc as functions and tables of SQL, a loadable extension for SQLite 3.31 or newer.
 * README.md lists them. */
#include "ask.h"
#include "functions.h"
#include "tables.h"

SQLITE_EXTENSION_INIT1

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define EXPORT __attribute__((visibility("default")))
#else
#define EXPORT
#endif

EXPORT int sqlite3_cnicalc_init(sqlite3 *db, char **error, const sqlite3_api_routines *api);

int sqlite3_cnicalc_init(sqlite3 *db, char **error, const sqlite3_api_routines *api)
{
    SQLITE_EXTENSION_INIT2(api);
    (void)error;
    int code = functions_add(db);
    return code == SQLITE_OK ? tables_add(db) : code;
}
