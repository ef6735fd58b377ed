/* Takes the records that are spelled in the ordinary way out of a text, as rows of SQLite.

   What is taken is a strict subset of what the accept pattern of `pattern.py` accepts: plain
   ASCII values, no tab or line break inside a value, no row above MAX_ROW bytes. Everything
   else is left where it stands, for the pattern and the exact way. Nothing is refused here.
   A record that is not ordinary can be shrunk to what is not: its other rows are taken later,
   when the exact way agrees on where they stand.

   The rows become leaf pages of table b-trees, in the format of SQLite's database files
   (https://www.sqlite.org/fileformat.html), which the caller deserialises and copies from. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define PAGE 16384
#define MAX_ROW 8000   /* well below PAGE - 35, where SQLite would need overflow pages */
#define MAX_LEAVES 1000 /* of a table before another record; the page above has room for 1 400 */
#define MAX_RECORD (200 * PAGE) /* of one record's rows; half empty, they fill 400 leaves */
#define MAX_ITEMS 64
#define MAX_ELEMENTS 16
#define MAX_COLUMNS 128
#define MOST_BITS 62 /* the greatest number that has a bit of its own */
#define LONGEST_ID 10
#define MOST_COMPARED 1000 /* rows of a class whose ids are compared each with each */
#define MAX_DEPTH 32 /* of elements in a child that is not ordinary */

typedef unsigned char byte;

static const char SCORES[] = "123459"; /* each has a mask of its own, and any other the last */

/* ---- What a record may look like ------------------------------------------------------- */

enum { TEXT, DIGITS, DECIMAL, DATE, FIXED };

typedef struct { /* one distinct value of a field, and how often it was met */
    uint64_t count;
    uint32_t at, length, hash;
} Entry;

typedef struct {
    Entry *entries;
    uint32_t size, used; /* the size is a power of two, or 0 */
    byte *bytes;
    size_t filled, room;
    uint64_t missing;
} Counts;

typedef struct { /* an attribute or a simple child */
    const char *before, *after, *fixed;
    Py_ssize_t before_length, after_length, fixed_length;
    int kind, low, high, required, counted;
    byte end;
    Counts counts;
} Item;

typedef struct { /* pages of one table that are not yet handed over */
    byte *pages;
    uint64_t *last; /* the greatest rad of each leaf */
    Py_ssize_t leaves, room;
    uint64_t rows;
} Table;

typedef struct {
    const char *open, *close;
    Py_ssize_t open_length, close_length;
    int attributes, items, columns;
    Item item[MAX_ITEMS];
    int source[MAX_COLUMNS]; /* of each column after rad and person_rad: its item, or -1 */
    Table table;
} Element;

typedef struct {
    const byte *start;
    int32_t length; /* -1: not there */
} Cell;

typedef struct {
    int element;
    size_t first; /* of its cells */
    int read; /* so many of its items, the first ones, are known */
    int taken; /* 0: it is left for the exact way */
} Row;

typedef struct {
    PyObject_HEAD
    PyObject *description; /* holds the strings that the items point into */
    int elements;
    Element *element; /* the record itself, then its children in their order */
    int folded, key[2], bit, score; /* the element that is folded, and its items; or -1 */
    Cell *cells;
    size_t cells_used, cells_room;
    Row *rows;
    size_t rows_used, rows_room;
    PyObject *shrunk; /* the text that the rows of a shrunk record stand in, until they are kept */
} Shredder;

/* ---- Reading ---------------------------------------------------------------------------- */

typedef struct {
    const byte *at, *end;
    Py_ssize_t lines;
    int cut; /* the text ended before it could be told */
} Reader;

static inline void
skip_gap(Reader *r)
{
    const byte *at = r->at;
    while (at < r->end && (*at == ' ' || *at == '\t' || *at == '\n'))
        r->lines += *at++ == '\n';
    r->at = at;
}

/* Pass over a spelling; 0 when something else stands here. */
static inline int
pass(Reader *r, const char *spelling, Py_ssize_t length)
{
    Py_ssize_t left = r->end - r->at;
    if (left < length) {
        if (memcmp(r->at, spelling, (size_t)left) == 0)
            r->cut = 1;
        return 0;
    }
    if (memcmp(r->at, spelling, (size_t)length) != 0)
        return 0;
    r->at += length;
    return 1;
}

static inline int
is_digit(byte c)
{
    return c >= '0' && c <= '9';
}

static const byte *
digits(const byte *at, const byte *end, int most)
{
    const byte *stop = end - at < most ? end : at + most;
    while (at < stop && is_digit(*at))
        at++;
    return at;
}

static int
is_date(const byte *at)
{
    for (int n = 0; n < 8; n++)
        if (!is_digit(at[n]))
            return 0;
    int month = (at[4] - '0') * 10 + at[5] - '0', day = (at[6] - '0') * 10 + at[7] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Return where a good value that begins here ends, NULL for one that is not ordinary. */
static const byte *
value_end(const Item *item, const byte *at, const byte *end)
{
    const byte *begin = at, *dot;
    switch (item->kind) {
    case TEXT:
        while (at < end && *at != item->end && *at >= ' ' && *at < 0x7f && *at != '&' && *at != '<' && *at != '>')
            at++;
        return at - begin >= item->low && at - begin <= item->high ? at : NULL;
    case DIGITS:
        at = digits(at, end, item->high);
        return at > begin ? at : NULL;
    case DECIMAL:
        at = digits(at, end, item->low);
        if (at == begin)
            return NULL;
        if (item->high && at < end && *at == '.') {
            dot = at++;
            at = digits(at, end, item->high);
            if (at == dot + 1)
                return NULL;
        }
        return at;
    case DATE:
        return end - at >= 8 && is_date(at) ? at + 8 : NULL;
    default:
        if (end - at < item->fixed_length || memcmp(at, item->fixed, (size_t)item->fixed_length) != 0)
            return NULL;
        return at + item->fixed_length;
    }
}

/* Read an attribute or a simple child; 0 when what stands here is not in order. */
static int
read_item(Reader *r, const Item *item, Cell *cell)
{
    cell->length = -1;
    if (!pass(r, item->before, item->before_length))
        return !item->required && !r->cut;
    const byte *end = value_end(item, r->at, r->end);
    if (end == NULL || end == r->end) {
        r->cut = end != NULL || r->end - r->at <= MAX_ROW;
        return 0;
    }
    cell->start = r->at;
    cell->length = (int32_t)(end - r->at);
    r->at = end;
    return pass(r, item->after, item->after_length);
}

static Cell *
more_cells(Shredder *self, int count)
{
    if (self->cells_used + (size_t)count > self->cells_room) {
        size_t room = self->cells_room * 2 + 1024;
        Cell *cells = PyMem_Realloc(self->cells, room * sizeof(Cell));
        if (cells == NULL)
            return NULL;
        self->cells = cells;
        self->cells_room = room;
    }
    Cell *first = self->cells + self->cells_used;
    self->cells_used += (size_t)count;
    return first;
}

static int
begin_row(Shredder *self, int element)
{
    if (self->rows_used == self->rows_room) {
        size_t room = self->rows_room * 2 + 256;
        Row *rows = PyMem_Realloc(self->rows, room * sizeof(Row));
        if (rows == NULL)
            return 0;
        self->rows = rows;
        self->rows_room = room;
    }
    self->rows[self->rows_used++] = (Row){element, self->cells_used, 0, 1};
    return 1;
}

static inline int
stop_at(Row *row, int item)
{
    row->read = item;
    return 0;
}

/* Read a start tag and the simple children after it; -1 is an error of memory. */
static int
read_head(Shredder *self, Reader *r, int number)
{
    const Element *element = &self->element[number];
    if (!pass(r, element->open, element->open_length))
        return 0;
    Cell *cells;
    if (!begin_row(self, number) || (cells = more_cells(self, element->items)) == NULL)
        return -1;
    Row *row = &self->rows[self->rows_used - 1];
    for (int n = 0; n < element->items; n++) {
        if (n == element->attributes) {
            if (!pass(r, ">", 1))
                return stop_at(row, n);
            skip_gap(r);
        }
        if (!read_item(r, &element->item[n], &cells[n]))
            return stop_at(row, n);
        if (n >= element->attributes && cells[n].length >= 0)
            skip_gap(r);
    }
    row->read = element->items;
    if (element->items == element->attributes) {
        if (!pass(r, ">", 1))
            return 0;
        skip_gap(r);
    }
    return 1;
}

/* Read a whole record; the reader stands after it when that is told. -1 is an error of memory. */
static int
read_record(Shredder *self, Reader *r)
{
    self->cells_used = self->rows_used = 0;
    int told = read_head(self, r, 0);
    if (told <= 0)
        return told;
    for (int number = 1; number < self->elements; number++) {
        const Element *element = &self->element[number];
        while (r->end - r->at > element->open_length
               && memcmp(r->at, element->open, (size_t)element->open_length) == 0) {
            told = read_head(self, r, number);
            if (told <= 0)
                return told;
            if (!pass(r, element->close, element->close_length))
                return 0;
            skip_gap(r);
        }
    }
    if (!pass(r, self->element[0].close, self->element[0].close_length)) {
        r->cut = r->cut || r->end - r->at <= MAX_ROW;
        return 0;
    }
    skip_gap(r);
    return 1;
}

/* ---- Shrinking a record that is not ordinary ---------------------------------------------- */

typedef struct { /* a text that grows */
    byte *bytes;
    size_t used, room;
} Text;

static int
add_text(Text *text, const byte *from, Py_ssize_t lines, const byte *to)
{
    size_t count = (size_t)(to - from) + (size_t)lines;
    if (text->used + count > text->room) {
        size_t room = text->room * 2 + count + 1024;
        byte *bytes = PyMem_Realloc(text->bytes, room);
        if (bytes == NULL)
            return 0;
        text->bytes = bytes;
        text->room = room;
    }
    memset(text->bytes + text->used, '\n', (size_t)lines);
    memcpy(text->bytes + text->used + lines, from, (size_t)(to - from));
    text->used += count;
    return 1;
}

enum { NO_TAG, OPENS, CLOSES, EMPTY };

/* Pass over a tag; NO_TAG for anything else, also a tag in whose values a tag may hide. */
static int
pass_tag(Reader *r, Cell *name)
{
    const byte *at = r->at;
    if (r->end - at < 3 || *at++ != '<')
        return NO_TAG;
    int kind = *at == '/' ? CLOSES : OPENS;
    at += kind == CLOSES;
    name->start = at;
    while (at < r->end && memchr(" \t\n/<>!?\"'=&", *at, 12) == NULL)
        at++;
    name->length = (int32_t)(at - name->start);
    for (byte quote = 0; at < r->end && name->length > 0 && *at != '<'; at++) {
        r->lines += *at == '\n';
        if (quote)
            quote = *at == quote ? 0 : quote;
        else if (*at == '"' || *at == '\'')
            quote = *at;
        if (*at == '>') {
            if (quote)
                return NO_TAG;
            r->at = at + 1;
            return kind == OPENS && at[-1] == '/' ? EMPTY : kind;
        }
    }
    return NO_TAG;
}

/* Pass over text; what ends it is a tag, or the end of all. */
static void
pass_text(Reader *r)
{
    for (; r->at < r->end && *r->at != '<'; r->at++)
        r->lines += *r->at == '\n';
}

/* Pass over an element and all that is in it; 0 when its tags don't match, or are odd. */
static int
pass_element(Reader *r)
{
    Cell open[MAX_DEPTH], name;
    int depth = 0;
    do {
        pass_text(r);
        switch (pass_tag(r, &name)) {
        case OPENS:
            if (depth == MAX_DEPTH)
                return 0;
            open[depth++] = name;
            break;
        case CLOSES:
            if (depth == 0 || name.length != open[depth - 1].length
                || memcmp(name.start, open[depth - 1].start, (size_t)name.length) != 0)
                return 0;
            depth--;
            break;
        case EMPTY:
            break;
        default:
            return 0;
        }
    } while (depth);
    return 1;
}

/* Return which of the record's children begins here, 0 for none. */
static int
child_at(const Shredder *self, const Reader *r)
{
    for (int number = 1; number < self->elements; number++) {
        const Element *element = &self->element[number];
        if (r->end - r->at > element->open_length
            && memcmp(r->at, element->open, (size_t)element->open_length) == 0
            && memchr(" \t\n/>", r->at[element->open_length], 5))
            return number;
    }
    return 0;
}

/* Pass over the record's own fields, and put what must be explained of them into the text: only
   the start tag where they are ordinary. -1 is an error of memory. */
static int
shrink_head(Shredder *self, Reader *r, Text *text)
{
    const byte *begin = r->at;
    Reader tag = *r;
    Cell name;
    if (pass_tag(&tag, &name) != OPENS || name.length + 1 != self->element[0].open_length)
        return 0;
    int told = read_head(self, r, 0);
    if (told < 0 || self->rows_used == 0)
        return told;
    if (told && r->end - r->at > 1 && (child_at(self, r) || (r->at[0] == '<' && r->at[1] == '/')))
        return add_text(text, begin, 0, tag.at) ? 1 : -1;
    self->rows[0].taken = 0;
    *r = tag;
    for (pass_text(r); !child_at(self, r) && r->end - r->at > 1 && r->at[1] != '/'; pass_text(r))
        if (!pass_element(r))
            return 0;
    return add_text(text, begin, 0, r->at) ? 1 : -1;
}

/* Read a child of the record: its row is taken, or left in the text. -1 is an error of memory. */
static int
shrink_child(Shredder *self, Reader *r, int number, Text *text, Py_ssize_t *lines)
{
    const byte *begin = r->at;
    Py_ssize_t before = r->lines;
    int told = read_head(self, r, number);
    if (told < 0)
        return told;
    if (told && pass(r, self->element[number].close, self->element[number].close_length))
        return 1;
    self->rows[self->rows_used - 1].taken = 0;
    r->at = begin;
    r->lines = before;
    if (!pass_element(r))
        return 0;
    if (!add_text(text, begin, before - *lines, r->at))
        return -1;
    *lines = r->lines;
    return 1;
}

/* Read a record as far as it is ordinary, and put the rest of it into the text; 0 when it can't be
   told what stands where. -1 is an error of memory. */
static int
shrink_record(Shredder *self, Reader *r, Text *text)
{
    self->cells_used = self->rows_used = 0;
    Py_ssize_t lines = 0;
    int told = shrink_head(self, r, text);
    if (told <= 0)
        return told;
    if (!self->rows[0].taken)
        lines = r->lines;
    for (int last = 1, number;; last = number) {
        const byte *begin = r->at;
        Py_ssize_t before = r->lines;
        skip_gap(r);
        if (r->at < r->end && *r->at != '<') {
            pass_text(r);
            if (!add_text(text, begin, before - lines, r->at))
                return -1;
            lines = r->lines;
        }
        if ((number = child_at(self, r)) < last)
            break;
        told = shrink_child(self, r, number, text, &lines);
        if (told <= 0)
            return told;
    }
    const byte *close = r->at;
    if (!pass(r, self->element[0].close, self->element[0].close_length))
        return 0;
    return add_text(text, close, r->lines - lines, r->at) ? 1 : -1;
}

/* ---- Counting values -------------------------------------------------------------------- */

static int
grow_counts(Counts *counts)
{
    uint32_t size = counts->size ? counts->size * 2 : 64;
    Entry *entries = PyMem_Calloc(size, sizeof(Entry));
    if (entries == NULL)
        return 0;
    for (uint32_t n = 0; n < counts->size; n++) {
        Entry one = counts->entries[n];
        if (one.count == 0)
            continue;
        uint32_t at = one.hash & (size - 1);
        while (entries[at].count)
            at = (at + 1) & (size - 1);
        entries[at] = one;
    }
    PyMem_Free(counts->entries);
    counts->entries = entries;
    counts->size = size;
    return 1;
}

static int
keep_bytes(Counts *counts, const Cell *cell)
{
    if (counts->filled + (size_t)cell->length > counts->room) {
        size_t room = counts->room * 2 + (size_t)cell->length + 256;
        byte *bytes = PyMem_Realloc(counts->bytes, room);
        if (bytes == NULL)
            return 0;
        counts->bytes = bytes;
        counts->room = room;
    }
    memcpy(counts->bytes + counts->filled, cell->start, (size_t)cell->length);
    counts->filled += (size_t)cell->length;
    return 1;
}

static int
count_value(Counts *counts, const Cell *cell)
{
    if (cell->length < 0) {
        counts->missing++;
        return 1;
    }
    if (counts->used * 3 >= counts->size * 2 && !grow_counts(counts))
        return 0;
    uint32_t hash = 2166136261u, length = (uint32_t)cell->length;
    for (uint32_t n = 0; n < length; n++)
        hash = (hash ^ cell->start[n]) * 16777619u;
    hash ^= hash >> 15;
    uint32_t at = hash & (counts->size - 1);
    for (Entry *one; (one = &counts->entries[at])->count; at = (at + 1) & (counts->size - 1))
        if (one->hash == hash && one->length == length
            && memcmp(counts->bytes + one->at, cell->start, length) == 0) {
            one->count++;
            return 1;
        }
    counts->entries[at] = (Entry){1, (uint32_t)counts->filled, length, hash};
    counts->used++;
    return keep_bytes(counts, cell);
}

/* ---- Writing rows ----------------------------------------------------------------------- */

static inline byte *
put_varint(byte *out, uint64_t value)
{
    byte bytes[10];
    int n = 0;
    do {
        bytes[n++] = (byte)(value & 0x7f);
        value >>= 7;
    } while (value);
    while (n > 1)
        *out++ = bytes[--n] | 0x80;
    *out++ = bytes[0];
    return out;
}

static inline void
put_number(byte *out, uint64_t value, int size)
{
    while (size--) {
        out[size] = (byte)value;
        value >>= 8;
    }
}

static inline unsigned
get_short(const byte *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static void
begin_page(byte *page, byte type)
{
    memset(page, 0, PAGE);
    page[0] = type;
    put_number(page + 5, PAGE, 2);
}

/* Return a place for a cell of so many bytes at the end of the table, NULL when memory is out. */
static byte *
place_for(Table *table, size_t size, uint64_t rad)
{
    byte *page = table->leaves ? table->pages + (table->leaves - 1) * PAGE : NULL;
    unsigned cells = page ? get_short(page + 3) : 0, start = page ? get_short(page + 5) : 0;
    if (page == NULL || start < 8 + 2 * (cells + 1) + size) {
        if (table->leaves == table->room) {
            Py_ssize_t room = table->room ? table->room * 2 : 4;
            byte *pages = PyMem_Realloc(table->pages, (size_t)room * PAGE);
            if (pages)
                table->pages = pages;
            uint64_t *last = PyMem_Realloc(table->last, (size_t)room * sizeof(uint64_t));
            if (last)
                table->last = last;
            if (pages == NULL || last == NULL)
                return NULL;
            table->room = room;
        }
        page = table->pages + table->leaves++ * PAGE;
        begin_page(page, 0x0d);
        cells = 0;
        start = PAGE;
    }
    start -= (unsigned)size;
    put_number(page + 8 + 2 * cells, start, 2);
    put_number(page + 3, cells + 1, 2);
    put_number(page + 5, start, 2);
    table->last[table->leaves - 1] = rad;
    table->rows++;
    return page + start;
}

static inline size_t
text_bytes(const Element *element, const Cell *cells)
{
    size_t sum = 0;
    for (int n = 0; n < element->items; n++)
        if (cells[n].length > 0)
            sum += (size_t)cells[n].length;
    return sum;
}

/* Write one row: rad is the key, the other columns are person_rad and texts. */
static int
write_row(Element *element, const Cell *cells, uint64_t rad, uint64_t person)
{
    byte head[16 + 3 * MAX_COLUMNS], start[20], *types = head, *end;
    int wide = person > 0x7fffffff;
    *types++ = 0; /* the rad, which SQLite takes from the key */
    *types++ = wide ? 6 : 4;
    for (int n = 0; n < element->columns; n++) {
        int32_t length = element->source[n] < 0 ? -1 : cells[element->source[n]].length;
        types = put_varint(types, length < 0 ? 0 : 13 + 2 * (uint64_t)length);
    }
    size_t types_size = (size_t)(types - head);
    size_t head_size = types_size + (types_size + 1 > 0x7f ? 2 : 1);
    size_t body = (wide ? 8 : 4) + text_bytes(element, cells);
    end = put_varint(put_varint(start, head_size + body), rad);
    end = put_varint(end, head_size);
    size_t start_size = (size_t)(end - start);
    byte *out = place_for(&element->table, start_size + types_size + body, rad);
    if (out == NULL)
        return 0;
    memcpy(out, start, start_size);
    memcpy(out += start_size, head, types_size);
    put_number(out += types_size, person, wide ? 8 : 4);
    out += wide ? 8 : 4;
    for (int n = 0; n < element->columns; n++) {
        const Cell *cell = element->source[n] < 0 ? NULL : &cells[element->source[n]];
        if (cell && cell->length > 0) {
            memcpy(out, cell->start, (size_t)cell->length);
            out += cell->length;
        }
    }
    return 1;
}

/* Tell whether what was read can be written: no row too long, no table full. */
static int
has_room(const Shredder *self)
{
    for (int n = 0; n < self->elements; n++)
        if (self->element[n].table.leaves >= MAX_LEAVES)
            return 0;
    size_t all = 0;
    for (size_t n = 0; n < self->rows_used && all <= MAX_RECORD; n++) {
        if (!self->rows[n].taken)
            continue;
        const Element *element = &self->element[self->rows[n].element];
        size_t bytes = text_bytes(element, self->cells + self->rows[n].first);
        if (bytes > MAX_ROW)
            return 0;
        all += bytes + 3 * (size_t)element->columns + 32;
    }
    return all <= MAX_RECORD;
}

static int
write_record(Shredder *self, uint64_t rad)
{
    for (size_t n = 0; n < self->rows_used; n++) {
        if (!self->rows[n].taken)
            continue;
        Element *element = &self->element[self->rows[n].element];
        const Cell *cells = self->cells + self->rows[n].first;
        if (!write_row(element, cells, rad + n, rad))
            return 0;
        for (int item = 0; item < element->items; item++)
            if (element->item[item].counted && !count_value(&element->item[item].counts, &cells[item]))
                return 0;
    }
    return 1;
}

/* ---- What is told of a record besides its rows ------------------------------------------- */

static inline int
is_same(const Cell *one, const Cell *other)
{
    return one->length == other->length
           && (one->length <= 0 || memcmp(one->start, other->start, (size_t)one->length) == 0);
}

/* Tell whether a row's own id, its second attribute, comes after that of the row before. */
static inline int
comes_after(const Cell *one, const Cell *before)
{
    if (one->length != before->length)
        return one->length > before->length;
    return memcmp(one->start, before->start, (size_t)one->length) > 0;
}

/* Tell whether `count` rows of a class, from `first` on, have ids that are not all different. */
static int
has_repeated(const Shredder *self, size_t first, size_t count)
{
    const Row *rows = self->rows + first;
    size_t n = 1;
    while (n < count && comes_after(self->cells + rows[n].first + 1, self->cells + rows[n - 1].first + 1))
        n++;
    if (n >= count)
        return 0;
    if (count > MOST_COMPARED)
        return 1;
    for (n = 1; n < count; n++)
        for (size_t other = 0; other < n; other++)
            if (is_same(self->cells + rows[n].first + 1, self->cells + rows[other].first + 1))
                return 1;
    return 0;
}

/* Tell whether the ids of a record are not in order: a row that names another person, an id
   that two rows of a class have, one that is missing or longer than LONGEST_ID digits. */
static int
has_odd_ids(const Shredder *self)
{
    const Cell *own = self->cells + self->rows[0].first;
    if (self->element[0].attributes < 1 || self->rows[0].read < 1 || own->length < 1
        || own->length > LONGEST_ID)
        return 1;
    for (size_t n = 1, first = 1; n < self->rows_used; n++) {
        const Cell *cells = self->cells + self->rows[n].first;
        if (self->element[self->rows[n].element].attributes < 2 || self->rows[n].read < 2
            || !is_same(cells, own) || cells[1].length < 1 || cells[1].length > LONGEST_ID)
            return 1;
        if (n + 1 == self->rows_used || self->rows[n + 1].element != self->rows[n].element) {
            if (has_repeated(self, first, n + 1 - first))
                return 1;
            first = n + 1;
        }
    }
    return 0;
}

/* Return the bit of a number, read as SQLite reads a text; 0 for one outside 0 to MOST_BITS. */
static uint64_t
bit_of(const Cell *cell)
{
    int32_t n = 0, number = 0, most = MOST_BITS;
    while (n < cell->length && cell->start[n] == ' ')
        n++;
    if (n < cell->length && (cell->start[n] == '+' || cell->start[n] == '-'))
        most = cell->start[n++] == '-' ? 0 : most;
    for (; n < cell->length && is_digit(cell->start[n]) && number <= MOST_BITS; n++)
        number = number * 10 + cell->start[n] - '0';
    return cell->length < 0 || number > most ? 0 : (uint64_t)1 << number;
}

static PyObject *
text_of(const Cell *cell)
{
    if (cell->length < 0)
        return Py_NewRef(Py_None);
    return PyUnicode_DecodeASCII((const char *)cell->start, cell->length, NULL);
}

/* Return the place of a score among the masks; the last is for any other. */
static int
mask_of(const Cell *score)
{
    const char *found = score->length == 1 ? memchr(SCORES, score->start[0], sizeof(SCORES) - 1) : NULL;
    return found ? (int)(found - SCORES) : (int)sizeof(SCORES) - 1;
}

static PyObject *
fold_of(const Shredder *self, const Cell *head, uint64_t rad, size_t first, size_t end,
        uint64_t bits, uint64_t scores, const uint64_t *masks)
{
    PyObject *from = text_of(head + self->key[0]), *to = text_of(head + self->key[1]), *fold = NULL;
    if (from && to)
        fold = Py_BuildValue("KKKOOnKKKKKKKKK", rad + first, rad + end - 1, rad, from, to,
                             (Py_ssize_t)(end - first), bits, scores, masks[0], masks[1], masks[2],
                             masks[3], masks[4], masks[5], masks[6]);
    Py_XDECREF(from);
    Py_XDECREF(to);
    return fold;
}

/* Fold the rows of one element that follow each other, have the same key and each its own bit;
   0 is an error. */
static int
fold_record(const Shredder *self, uint64_t rad, PyObject *folds)
{
    for (size_t n = 0, first; n < self->rows_used;) {
        if (self->rows[n].element != self->folded || !self->rows[n].taken) {
            n++;
            continue;
        }
        const Cell *head = self->cells + self->rows[n].first;
        uint64_t bits = 0, scores = 0, masks[sizeof(SCORES)] = {0};
        for (first = n; n < self->rows_used && self->rows[n].element == self->folded
                        && self->rows[n].taken; n++) {
            const Cell *cells = self->cells + self->rows[n].first, *score = cells + self->score;
            uint64_t bit = bit_of(cells + self->bit);
            if ((bits & bit) || !is_same(cells + self->key[0], head + self->key[0])
                || !is_same(cells + self->key[1], head + self->key[1]))
                break;
            bits |= bit;
            if (score->length > 0) {
                scores |= bit_of(score);
                masks[mask_of(score)] |= bit;
            }
        }
        PyObject *fold = fold_of(self, head, rad, first, n, bits, scores, masks);
        int told = fold ? PyList_Append(folds, fold) : -1;
        Py_XDECREF(fold);
        if (told < 0)
            return 0;
    }
    return 1;
}

/* ---- The object ------------------------------------------------------------------------- */

static int
take_item(Item *item, PyObject *told)
{
    int end;
    if (!PyArg_ParseTuple(told, "s#s#iiz#ipC", &item->before, &item->before_length, &item->after,
                          &item->after_length, &item->low, &item->high, &item->fixed,
                          &item->fixed_length, &item->kind, &item->required, &end))
        return 0;
    item->end = (byte)end;
    return 1;
}

static int
take_element(Element *element, PyObject *told)
{
    PyObject *items, *counted, *source;
    if (!PyArg_ParseTuple(told, "s#s#iO!O!O!", &element->open, &element->open_length,
                          &element->close, &element->close_length, &element->attributes,
                          &PyTuple_Type, &items, &PyTuple_Type, &counted, &PyTuple_Type, &source))
        return 0;
    Py_ssize_t count = PyTuple_GET_SIZE(items), columns = PyTuple_GET_SIZE(source);
    if (count > MAX_ITEMS || columns > MAX_COLUMNS || PyTuple_GET_SIZE(counted) != count) {
        PyErr_SetString(PyExc_ValueError, "a record with too many fields");
        return 0;
    }
    element->items = (int)count;
    element->columns = (int)columns;
    for (Py_ssize_t n = 0; n < count; n++) {
        if (!take_item(&element->item[n], PyTuple_GET_ITEM(items, n)))
            return 0;
        element->item[n].counted = PyObject_IsTrue(PyTuple_GET_ITEM(counted, n));
    }
    for (Py_ssize_t n = 0; n < columns; n++) {
        long source_item = PyLong_AsLong(PyTuple_GET_ITEM(source, n));
        if (source_item < -1 || source_item >= count) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "a column of no field");
            return 0;
        }
        element->source[n] = (int)source_item;
    }
    return 1;
}

static PyObject *
shredder_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *description;
    int folded, from, to, bit, score;
    if (kwargs && PyDict_GET_SIZE(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "Shredder takes no names");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, "O!(iiiii)", &PyTuple_Type, &description, &folded, &from, &to,
                          &bit, &score))
        return NULL;
    Py_ssize_t elements = PyTuple_GET_SIZE(description);
    if (elements < 1 || elements > MAX_ELEMENTS) {
        PyErr_SetString(PyExc_ValueError, "a record with too many kinds of rows");
        return NULL;
    }
    Shredder *self = (Shredder *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->description = Py_NewRef(description);
    self->element = PyMem_Calloc((size_t)elements, sizeof(Element));
    if (self->element == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->elements = (int)elements;
    for (int n = 0; n < self->elements; n++)
        if (!take_element(&self->element[n], PyTuple_GET_ITEM(description, n))) {
            Py_DECREF(self);
            return NULL;
        }
    self->folded = folded;
    self->key[0] = from, self->key[1] = to, self->bit = bit, self->score = score;
    int items = folded >= 0 && folded < self->elements ? self->element[folded].items : 0;
    if (folded < -1 || folded >= self->elements
        || (folded >= 0 && (from < 0 || to < 0 || bit < 0 || score < 0 || from >= items
                            || to >= items || bit >= items || score >= items))) {
        PyErr_SetString(PyExc_ValueError, "nothing that can be folded");
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void
shredder_dealloc(Shredder *self)
{
    for (int n = 0; n < self->elements; n++) {
        Element *element = &self->element[n];
        for (int item = 0; item < element->items; item++) {
            PyMem_Free(element->item[item].counts.entries);
            PyMem_Free(element->item[item].counts.bytes);
        }
        PyMem_Free(element->table.pages);
        PyMem_Free(element->table.last);
    }
    PyMem_Free(self->element);
    PyMem_Free(self->cells);
    PyMem_Free(self->rows);
    Py_XDECREF(self->description);
    Py_XDECREF(self->shrunk);
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

PyDoc_STRVAR(take_doc,
"take(text, at, rad, line) -> (at, rad, line, cut, spans, folds)\n\n"
"Take the records that stand from `at` on, as far as they are ordinary.\n\n"
"Rows are numbered from `rad`. `spans` holds (rad, at, length, line, odd) of each record, where\n"
"`odd` tells whether its ids are not in order; `folds` (first rad, last rad, rad of the record,\n"
"key, key, rows, bits, scores, 7 masks) of rows with the same key; `cut` tells whether the text\n"
"ended inside of what may become a record. Raises MemoryError.");

static PyObject *
shredder_take(Shredder *self, PyObject *args)
{
    PyObject *text;
    Py_ssize_t at, line;
    unsigned long long rad;
    if (!PyArg_ParseTuple(args, "UnKn", &text, &at, &rad, &line))
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (at < 0 || at > length) {
        PyErr_SetString(PyExc_ValueError, "outside the text");
        return NULL;
    }
    PyObject *spans = PyList_New(0), *folds = PyList_New(0);
    if (spans == NULL || folds == NULL) {
        Py_XDECREF(spans);
        Py_XDECREF(folds);
        return NULL;
    }
    int cut = 0;
    Py_CLEAR(self->shrunk);
    if (PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND) {
        const byte *start = PyUnicode_1BYTE_DATA(text);
        Reader r = {start + at, start + length, 0, 0};
        for (int told; r.at < r.end;) {
            const byte *begin = r.at;
            r.lines = r.cut = 0;
            told = read_record(self, &r);
            if (told > 0 && !has_room(self))
                told = 0;
            if (told == 0) {
                cut = r.cut;
                break;
            }
            PyObject *span = NULL;
            if (told < 0 || !write_record(self, rad)
                || !(span = Py_BuildValue("KnnnN", rad, begin - start, r.at - begin, line,
                                          PyBool_FromLong(has_odd_ids(self))))
                || PyList_Append(spans, span) < 0
                || (self->folded >= 0 && !fold_record(self, rad, folds))) {
                Py_XDECREF(span);
                Py_DECREF(spans);
                Py_DECREF(folds);
                return PyErr_Occurred() ? NULL : PyErr_NoMemory();
            }
            Py_DECREF(span);
            rad += self->rows_used;
            line += r.lines;
            at = r.at - start;
        }
    }
    return Py_BuildValue("nKniNN", at, rad, line, cut, spans, folds);
}

/* Return (element, place) of each row that is left for the exact way. */
static PyObject *
left_rows(const Shredder *self)
{
    PyObject *left = PyList_New(0);
    for (size_t n = 0; left && n < self->rows_used; n++) {
        if (self->rows[n].taken)
            continue;
        PyObject *row = Py_BuildValue("in", self->rows[n].element, (Py_ssize_t)n);
        if (row == NULL || PyList_Append(left, row) < 0)
            Py_CLEAR(left);
        Py_XDECREF(row);
    }
    return left;
}

PyDoc_STRVAR(shrink_doc,
"shrink(text, at) -> (end, text, head, left, rows) | None\n\n"
"Leave out of the record at `at` what is ordinary, and tell where it ends.\n\n"
"The text is what must be explained, its lines where they were. Where `head` is not -1 the\n"
"record's own fields, which stood there, are left out too. `left` holds (element, place) of the\n"
"rows that are in the text, and `rows` counts all. None: it can't be told what stands where.\n"
"The rows left out wait for `keep`. Raises MemoryError.");

static PyObject *
shredder_shrink(Shredder *self, PyObject *args)
{
    PyObject *text;
    Py_ssize_t at;
    if (!PyArg_ParseTuple(args, "Un", &text, &at))
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (at < 0 || at > length) {
        PyErr_SetString(PyExc_ValueError, "outside the text");
        return NULL;
    }
    Py_CLEAR(self->shrunk);
    if (PyUnicode_KIND(text) != PyUnicode_1BYTE_KIND)
        Py_RETURN_NONE;
    const byte *start = PyUnicode_1BYTE_DATA(text);
    Reader r = {start + at, start + length, 0, 0};
    Text shrunk = {NULL, 0, 0};
    int told = shrink_record(self, &r, &shrunk);
    PyObject *found = NULL;
    if (told < 0)
        PyErr_NoMemory();
    else if (told == 0 || !has_room(self))
        found = Py_NewRef(Py_None);
    else {
        const byte *tag = shrunk.bytes;
        Py_ssize_t head = -1;
        if (self->rows[0].taken)
            head = (const byte *)memchr(tag, '>', shrunk.used) + 1 - tag;
        PyObject *rest = PyUnicode_DecodeLatin1((char *)shrunk.bytes, (Py_ssize_t)shrunk.used, NULL);
        PyObject *left = rest ? left_rows(self) : NULL;
        if (left)
            found = Py_BuildValue("nOnOn", r.at - start, rest, head, left,
                                  (Py_ssize_t)self->rows_used);
        Py_XDECREF(rest);
        Py_XDECREF(left);
        if (found)
            self->shrunk = Py_NewRef(text);
    }
    PyMem_Free(shrunk.bytes);
    return found;
}

PyDoc_STRVAR(keep_doc,
"keep(rad) -> (odd, folds)\n\n"
"Take the rows that the last `shrink` left out, the record being row `rad`.\n\n"
"`odd` and `folds` are as `take` tells them, ids of rows that were left in included. Raises\n"
"ValueError when no rows wait, MemoryError.");

static PyObject *
shredder_keep(Shredder *self, PyObject *args)
{
    unsigned long long rad;
    if (!PyArg_ParseTuple(args, "K", &rad))
        return NULL;
    if (self->shrunk == NULL) {
        PyErr_SetString(PyExc_ValueError, "no rows wait");
        return NULL;
    }
    PyObject *folds = PyList_New(0);
    if (folds == NULL)
        return NULL;
    if (!write_record(self, rad) || (self->folded >= 0 && !fold_record(self, rad, folds))) {
        Py_DECREF(folds);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    Py_CLEAR(self->shrunk);
    return Py_BuildValue("NN", PyBool_FromLong(has_odd_ids(self)), folds);
}

/* Write the page above a table's leaves at `out`; the leaves stand from page `first` on. */
static void
write_root(const Table *table, byte *out, uint64_t first)
{
    if (table->leaves == 1) {
        memcpy(out, table->pages, PAGE);
        return;
    }
    begin_page(out, 0x05);
    unsigned start = PAGE, cells = 0;
    for (Py_ssize_t n = 0; n < table->leaves - 1; n++) {
        byte cell[14];
        put_number(cell, first + (uint64_t)n, 4);
        size_t size = (size_t)(put_varint(cell + 4, table->last[n]) - cell);
        start -= (unsigned)size;
        memcpy(out + start, cell, size);
        put_number(out + 12 + 2 * cells++, start, 2);
    }
    put_number(out + 3, cells, 2);
    put_number(out + 5, start, 2);
    put_number(out + 8, first + (uint64_t)table->leaves - 1, 4);
}

PyDoc_STRVAR(image_doc,
"image(template, roots) -> (database, rows)\n\n"
"Return the rows taken since last time as a database, and how many each element has.\n\n"
"`template` is a database with the tables, empty; `roots` are their root pages, in the\n"
"description's order. Its pages are of 16 384 bytes. Raises ValueError for another template.");

static PyObject *
shredder_image(Shredder *self, PyObject *args)
{
    Py_buffer template;
    PyObject *roots, *image = NULL, *rows = NULL;
    if (!PyArg_ParseTuple(args, "y*O!", &template, &PyTuple_Type, &roots))
        return NULL;
    uint64_t pages = (uint64_t)template.len / PAGE, next = pages + 1;
    int fits = template.len % PAGE == 0 && pages > 1 && PyTuple_GET_SIZE(roots) == self->elements
               && get_short((byte *)template.buf + 16) == PAGE;
    for (int n = 0; fits && n < self->elements; n++) {
        long root = PyLong_AsLong(PyTuple_GET_ITEM(roots, n));
        fits = root > 1 && (uint64_t)root <= pages;
        if (self->element[n].table.leaves > 1)
            pages += (uint64_t)self->element[n].table.leaves;
    }
    if (!fits) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "a template of another form");
        goto done;
    }
    rows = PyTuple_New(self->elements);
    image = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)pages * PAGE);
    if (rows == NULL || image == NULL)
        goto done;
    byte *out = (byte *)PyBytes_AS_STRING(image);
    memcpy(out, template.buf, (size_t)template.len);
    put_number(out + 28, pages, 4);
    for (int n = 0; n < self->elements; n++) {
        Table *table = &self->element[n].table;
        PyObject *count = PyLong_FromUnsignedLongLong(table->rows);
        if (count == NULL)
            goto done;
        PyTuple_SET_ITEM(rows, n, count);
        if (table->leaves == 0)
            continue;
        write_root(table, out + (PyLong_AsLong(PyTuple_GET_ITEM(roots, n)) - 1) * PAGE, next);
        if (table->leaves > 1) {
            memcpy(out + (next - 1) * PAGE, table->pages, (size_t)table->leaves * PAGE);
            next += (uint64_t)table->leaves;
        }
    }
    for (int n = 0; n < self->elements; n++)
        self->element[n].table.leaves = 0, self->element[n].table.rows = 0;
done:
    PyBuffer_Release(&template);
    if (PyErr_Occurred() || rows == NULL || image == NULL) {
        Py_XDECREF(rows);
        Py_XDECREF(image);
        return NULL;
    }
    return Py_BuildValue("NN", image, rows);
}

static PyObject *
counted(const Counts *counts)
{
    PyObject *found = PyDict_New();
    if (found == NULL)
        return NULL;
    for (uint32_t n = 0; n < counts->size; n++) {
        const Entry *one = &counts->entries[n];
        if (one->count == 0)
            continue;
        PyObject *key = PyUnicode_DecodeASCII((char *)counts->bytes + one->at, one->length, NULL);
        PyObject *count = PyLong_FromUnsignedLongLong(one->count);
        int told = key && count ? PyDict_SetItem(found, key, count) : -1;
        Py_XDECREF(key);
        Py_XDECREF(count);
        if (told < 0) {
            Py_DECREF(found);
            return NULL;
        }
    }
    PyObject *missing = counts->missing ? PyLong_FromUnsignedLongLong(counts->missing) : NULL;
    if (counts->missing && (missing == NULL || PyDict_SetItem(found, Py_None, missing) < 0))
        Py_CLEAR(found);
    Py_XDECREF(missing);
    return found;
}

PyDoc_STRVAR(counts_doc,
"counts(element, item) -> dict\n\n"
"Return how often each value of a field was taken; None is a field that was not there.");

static PyObject *
shredder_counts(Shredder *self, PyObject *args)
{
    int element, item;
    if (!PyArg_ParseTuple(args, "ii", &element, &item))
        return NULL;
    if (element < 0 || element >= self->elements || item < 0 || item >= self->element[element].items) {
        PyErr_SetString(PyExc_IndexError, "no such field");
        return NULL;
    }
    return counted(&self->element[element].item[item].counts);
}

PyDoc_STRVAR(pages_doc, "How many pages of rows are waiting to be handed over.");

static PyObject *
shredder_pages(Shredder *self, void *Py_UNUSED(closure))
{
    Py_ssize_t pages = 0;
    for (int n = 0; n < self->elements; n++)
        pages += self->element[n].table.leaves;
    return PyLong_FromSsize_t(pages);
}

static PyMethodDef methods[] = {
    {"take", (PyCFunction)shredder_take, METH_VARARGS, take_doc},
    {"shrink", (PyCFunction)shredder_shrink, METH_VARARGS, shrink_doc},
    {"keep", (PyCFunction)shredder_keep, METH_VARARGS, keep_doc},
    {"image", (PyCFunction)shredder_image, METH_VARARGS, image_doc},
    {"counts", (PyCFunction)shredder_counts, METH_VARARGS, counts_doc},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef getters[] = {
    {"pages", (getter)shredder_pages, NULL, pages_doc, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot slots[] = {
    {Py_tp_doc, "Shredder(description, fold)\n\nTakes ordinary records out of texts, as rows.\n\n"
                "`fold` is the number of the element that is folded, and of its key's two items, the item\n"
                "that becomes bits and the score; -1 folds nothing."},
    {Py_tp_new, shredder_new},
    {Py_tp_dealloc, shredder_dealloc},
    {Py_tp_methods, methods},
    {Py_tp_getset, getters},
    {0, NULL},
};

static PyType_Spec spec = {
    .name = "kpr_validator._shred.Shredder",
    .basicsize = sizeof(Shredder),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slots,
};

static int
exec_module(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &spec, NULL);
    if (type == NULL)
        return -1;
    int told = PyModule_AddType(module, (PyTypeObject *)type);
    Py_DECREF(type);
    return told < 0 ? -1 : PyModule_AddIntConstant(module, "PAGE", PAGE);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, exec_module},
    {0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "kpr_validator._shred",
    .m_doc = "The ordinary records of a submission as rows, compiled.",
    .m_size = 0,
    .m_slots = module_slots,
};

PyMODINIT_FUNC
PyInit__shred(void)
{
    return PyModuleDef_Init(&module);
}
