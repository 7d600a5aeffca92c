/* SPDX-License-Identifier: MIT */
/* A caller's own catalogue of instance types: reading it, and finding a type in it. */
#include "cnicalc/instance.h"

#include "internal.h"
#include "internal_instance.h"
#include "word.h"

/* ---- Lines and fields ---- */

#define NO_FIELD SIZE_MAX

/* A row is known by the offset of its line. */
struct catalog {
    const char *text;
    size_t text_len;
    size_t first_row; /* past the header */
    size_t row_count;
    size_t field_count;
    size_t name_field;
    uint32_t fields[CNICALC__FIELD_COUNT]; /* what each field of a line is */
};

/* The offset of the tab or newline that ends the field, or of the end of the text. */
static size_t field_end(const struct catalog *catalog, size_t start)
{
    size_t end = start;
    while (end < catalog->text_len && catalog->text[end] != '\t' && catalog->text[end] != '\n') {
        end++;
    }
    return end;
}

static int is_line_end(const struct catalog *catalog, size_t offset)
{
    return offset == catalog->text_len || catalog->text[offset] == '\n';
}

/* The offset of the next line, or the end of the text. */
static size_t next_line(const struct catalog *catalog, size_t offset)
{
    size_t end = cnicalc__line_end(catalog->text, catalog->text_len, offset);
    return end < catalog->text_len ? end + 1 : end;
}

static cnicalc_status add_field(struct catalog *catalog, size_t start, size_t end)
{
    uint32_t field = cnicalc__field_find(catalog->text + start, end - start);
    if (field == CNICALC__FIELD_COUNT) {
        return CNICALC_ERR_CATALOG_HEADER;
    }
    for (size_t i = 0; i < catalog->field_count; i++) {
        if (catalog->fields[i] == field) {
            return CNICALC_ERR_CATALOG_HEADER;
        }
    }
    if (field == CNICALC__FIELD_NAME) {
        catalog->name_field = catalog->field_count;
    }
    catalog->fields[catalog->field_count++] = field;
    return CNICALC_OK;
}

static cnicalc_status read_header(struct catalog *catalog, cnicalc_catalog_fault *fault)
{
    size_t start = 0;
    for (;;) {
        size_t end = field_end(catalog, start);
        fault->column = (uint64_t)start + 1;
        fault->field++;
        cnicalc_status status = add_field(catalog, start, end);
        if (status != CNICALC_OK) {
            return status;
        }
        if (is_line_end(catalog, end)) {
            break;
        }
        start = end + 1;
    }
    if (catalog->name_field == NO_FIELD) {
        fault->column = 1;
        fault->field = 0;
        return CNICALC_ERR_CATALOG_HEADER;
    }
    catalog->first_row = next_line(catalog, start);
    return CNICALC_OK;
}

/* ---- Rows ---- */

/* Fills a row; sets the fault's column and field on failure. */
static cnicalc_status read_row(const struct catalog *catalog, size_t row_start,
                               cnicalc_instance *row, cnicalc_catalog_fault *fault)
{
    size_t start = row_start;
    cnicalc__instance_clear(row);
    for (size_t field = 0;; field++) {
        size_t end = field_end(catalog, start);
        fault->column = (uint64_t)(start - row_start) + 1;
        fault->field = (uint32_t)field + 1;
        if (field == catalog->field_count) {
            return CNICALC_ERR_CATALOG_COLUMNS;
        }
        cnicalc_status status =
            cnicalc__field_read(catalog->fields[field], catalog->text + start, end - start, row);
        if (status != CNICALC_OK) {
            return status;
        }
        if (!is_line_end(catalog, end)) {
            start = end + 1;
            continue;
        }
        if (field + 1 < catalog->field_count) {
            fault->column = (uint64_t)(end - row_start) + 1;
            fault->field = (uint32_t)field + 2;
            return CNICALC_ERR_CATALOG_COLUMNS;
        }
        return CNICALC_OK;
    }
}

static cnicalc_status check_rows(struct catalog *catalog, cnicalc_catalog_fault *fault)
{
    size_t start = catalog->first_row;
    while (start < catalog->text_len) {
        cnicalc_instance row;
        fault->line++;
        cnicalc_status status = read_row(catalog, start, &row, fault);
        if (status != CNICALC_OK) {
            return status;
        }
        catalog->row_count++;
        start = next_line(catalog, start);
    }
    return CNICALC_OK;
}

/* ---- Order ----
 *
 * Rows in the order of their names, without a heap and without a write to the caller's array before
 * the text is known to be sound: each walk over the text picks the next ROWS_PER_WALK smallest. */

enum { ROWS_PER_WALK = 1024 };

#define NO_ROW SIZE_MAX

struct name {
    const char *text;
    size_t len;
};

/* The name is at hand because a row is compared with many others. */
struct row {
    size_t start; /* of its line */
    struct name name;
};

struct walk {
    size_t count;
    struct row rows[ROWS_PER_WALK]; /* in order once next_rows() returns */
};

static struct name bare_name(const char *text, size_t len)
{
    size_t prefix_len = cnicalc__name_prefix_len(text, len);
    struct name name = {text + prefix_len, len - prefix_len};
    return name;
}

static int compare_names(struct name a, struct name b)
{
    int order = memcmp(a.text, b.text, a.len < b.len ? a.len : b.len);
    if (order != 0) {
        return order;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static size_t name_start(const struct catalog *catalog, size_t row_start)
{
    size_t start = row_start;
    for (size_t field = 0; field < catalog->name_field; field++) {
        start = field_end(catalog, start) + 1;
    }
    return start;
}

static struct row row_at(const struct catalog *catalog, size_t row_start)
{
    size_t start = name_start(catalog, row_start);
    struct row row = {row_start,
                      bare_name(catalog->text + start, field_end(catalog, start) - start)};
    return row;
}

/* Rows of one name in the order of the text, so that no two rows are equal. */
static int is_before(const struct row *a, const struct row *b)
{
    int order = compare_names(a->name, b->name);
    return order != 0 ? order < 0 : a->start < b->start;
}

/* Puts a row at the root of the heap of the first count rows, of which the root is the last in
 * order, and lets it sink to its place. */
static void sink(struct row *rows, size_t count, struct row row)
{
    size_t place = 0;
    for (;;) {
        size_t child = 2 * place + 1;
        if (child >= count) {
            break;
        }
        if (child + 1 < count && is_before(&rows[child], &rows[child + 1])) {
            child++;
        }
        if (!is_before(&row, &rows[child])) {
            break;
        }
        rows[place] = rows[child];
        place = child;
    }
    rows[place] = row;
}

static void rise(struct row *rows, size_t place, struct row row)
{
    while (place > 0 && is_before(&rows[(place - 1) / 2], &row)) {
        rows[place] = rows[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    rows[place] = row;
}

/* The rows that follow the given one in order, or the first ones after NULL. */
static void next_rows(const struct catalog *catalog, const struct row *previous, struct walk *walk)
{
    walk->count = 0;
    for (size_t start = catalog->first_row; start < catalog->text_len;
         start = next_line(catalog, start)) {
        struct row row = row_at(catalog, start);
        if (previous != NULL && !is_before(previous, &row)) {
            continue;
        }
        if (walk->count < ROWS_PER_WALK) {
            rise(walk->rows, walk->count, row);
            walk->count++;
        } else if (is_before(&row, &walk->rows[0])) {
            sink(walk->rows, walk->count, row);
        }
    }
    for (size_t end = walk->count; end > 1; end--) {
        struct row last = walk->rows[0];
        sink(walk->rows, end - 1, walk->rows[end - 1]);
        walk->rows[end - 1] = last;
    }
}

static uint64_t line_number(const struct catalog *catalog, size_t row)
{
    uint64_t line = 1;
    for (size_t i = 0; i < row; i++) {
        line += catalog->text[i] == '\n';
    }
    return line;
}

/* The first row of the text whose name a row before it has is the fault. */
static cnicalc_status check_duplicates(const struct catalog *catalog, cnicalc_catalog_fault *fault)
{
    struct walk walk;
    struct row previous = {NO_ROW, {"", 0}}; /* no row has that name */
    size_t original = NO_ROW;
    size_t duplicate = NO_ROW;
    for (size_t done = 0; done < catalog->row_count; done += walk.count) {
        next_rows(catalog, done != 0 ? &previous : NULL, &walk);
        for (size_t i = 0; i < walk.count; i++) {
            const struct row *row = &walk.rows[i];
            if (row->start < duplicate && compare_names(previous.name, row->name) == 0) {
                original = previous.start;
                duplicate = row->start;
            }
            previous = *row;
        }
    }
    if (duplicate == NO_ROW) {
        return CNICALC_OK;
    }
    fault->line = line_number(catalog, duplicate);
    fault->column = (uint64_t)(name_start(catalog, duplicate) - duplicate) + 1;
    fault->field = (uint32_t)catalog->name_field + 1;
    fault->first_line = line_number(catalog, original);
    return CNICALC_ERR_CATALOG_DUPLICATE;
}

/* Rows that check_rows() has read once without a fault. */
static void write_rows(const struct catalog *catalog, cnicalc_instance *out_instances)
{
    struct walk walk;
    struct row previous;
    cnicalc_catalog_fault fault;
    for (size_t done = 0; done < catalog->row_count; done += walk.count) {
        next_rows(catalog, done != 0 ? &previous : NULL, &walk);
        for (size_t i = 0; i < walk.count; i++) {
            (void)read_row(catalog, walk.rows[i].start, &out_instances[done + i], &fault);
        }
        previous = walk.rows[walk.count - 1];
    }
}

/* ---- The public calls ---- */

static cnicalc_status check_catalog(struct catalog *catalog, cnicalc_catalog_fault *fault)
{
    cnicalc_status status = read_header(catalog, fault);
    if (status == CNICALC_OK) {
        status = check_rows(catalog, fault);
    }
    if (status == CNICALC_OK) {
        status = check_duplicates(catalog, fault);
    }
    return status;
}

cnicalc_status cnicalc_catalog_parse(const char *text, size_t text_len,
                                     cnicalc_instance *out_instances, size_t capacity,
                                     size_t *out_count, cnicalc_catalog_fault *out_fault)
{
    if (text == NULL || out_count == NULL || out_fault == NULL ||
        (out_instances == NULL && capacity != 0)) {
        return CNICALC_ERR_NULL;
    }
    struct catalog catalog;
    memset(&catalog, 0, sizeof catalog);
    catalog.text = text;
    catalog.text_len = cnicalc__text_len(text, text_len);
    catalog.name_field = NO_FIELD;
    cnicalc_catalog_fault fault;
    memset(&fault, 0, sizeof fault);
    fault.line = 1;
    cnicalc_status status = check_catalog(&catalog, &fault);
    if (status != CNICALC_OK) {
        *out_fault = fault;
        return status;
    }
    if (catalog.row_count > capacity) {
        *out_count = catalog.row_count;
        return CNICALC_ERR_CAPACITY;
    }
    write_rows(&catalog, out_instances);
    *out_count = catalog.row_count;
    return CNICALC_OK;
}

/* A name without its NUL ends with its array all the same. */
static struct name instance_name(const cnicalc_instance *instance)
{
    size_t len = 0;
    while (len < sizeof instance->name && instance->name[len] != '\0') {
        len++;
    }
    return bare_name(instance->name, len);
}

cnicalc_status cnicalc_catalog_find(const cnicalc_instance *instances, size_t count,
                                    const char *name, size_t name_len, size_t *out_index)
{
    if (name == NULL || out_index == NULL || (instances == NULL && count != 0)) {
        return CNICALC_ERR_NULL;
    }
    struct name wanted = bare_name(name, cnicalc__text_len(name, name_len));
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(instance_name(&instances[middle]), wanted);
        if (order == 0) {
            *out_index = middle;
            return CNICALC_OK;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return CNICALC_ERR_NO_SUCH_TYPE;
}
