/* Where each configuration of a cross-impact matrix ends under succession: exact basins of attraction.

   A lane stands for a descriptor, and there is a vector for each variant number: sums[k] holds the impact balance of
   every descriptor's variant k. The highest of them, the tie rule and the number of the successor are then a few
   operations for all descriptors at once. Configurations are counted through with the last descriptor fastest, so
   that the sums of all but the last few are kept.

   `labels` has one entry for each configuration, 0 while its end is unknown. Several threads may fill it: whatever
   two of them write to one entry is the same. No library is used. */

#include <stdint.h>

#define WIDTH 32 /* the most descriptors */
typedef int16_t vec __attribute__((vector_size(WIDTH * 2)));
typedef int32_t wide __attribute__((vector_size(WIDTH * 4)));

enum { GLOBAL, LOCAL, INCREMENTAL };
enum { STAY, LOWEST, HIGHEST };
enum { ABSENT = -16384, REMEMBERED = 1024, MOST_ATTRACTORS = 65000 };

typedef struct {
    int32_t n, planes, rule, ties;
    wide place;           /* how much a descriptor's variant counts in a configuration's number */
    int32_t size[WIDTH], first[WIDTH];
    vec rows[];           /* [variants][planes] what a variant gives; then [planes] the sums of nothing */
} matrix;

typedef struct {
    int32_t lock, count;
    int64_t lowest[MOST_ATTRACTORS]; /* the lowest number on each attractor's cycle */
} attractors;

static inline vec choose(vec where, vec one, vec other) { return (where & one) | (~where & other); }

static inline int64_t number_of(const matrix *m, vec digits)
{
    return __builtin_reduce_add(__builtin_convertvector(digits, wide) * m->place);
}

/* The successor's variants, from the balances of a configuration. */
static inline vec succeed(const matrix *m, const vec *sums, vec digits)
{
    vec most = sums[0], next = digits, holds = {}, current = sums[0];
    for (int32_t k = 1; k < m->planes; k++) most = __builtin_elementwise_max(most, sums[k]);
    for (int32_t p = 0; p < m->planes; p++) {
        int32_t k = m->ties == HIGHEST ? p : m->planes - 1 - p; /* the last that is met stands */
        vec hit = sums[k] == most, here = digits == (int16_t)k;
        next = choose(hit, (vec){} + (int16_t)k, next);
        holds |= hit & here;
        current = choose(here, sums[k], current);
    }
    if (m->ties == STAY || m->rule == LOCAL) next = choose(holds, digits, next);
    if (m->rule == GLOBAL) return next;
    if (m->rule == INCREMENTAL) return digits - (next > digits) + (next < digits);
    vec lacks = most - current; /* local: the one that lacks most moves, the first of several */
    int32_t worst = 0;
    for (int32_t j = 1; j < m->n; j++) if (lacks[j] > lacks[worst]) worst = j;
    if (lacks[worst] > 0) digits[worst] = next[worst];
    return digits;
}

static inline vec follow(const matrix *m, vec digits)
{
    vec sums[m->planes];
    const vec *none = m->rows + (int64_t)(m->first[m->n - 1] + m->size[m->n - 1]) * m->planes;
    for (int32_t k = 0; k < m->planes; k++) sums[k] = none[k];
    for (int32_t i = 0; i < m->n; i++) {
        const vec *row = m->rows + (int64_t)(m->first[i] + digits[i]) * m->planes;
        for (int32_t k = 0; k < m->planes; k++) sums[k] += row[k];
    }
    return succeed(m, sums, digits);
}

/* The label of the attractor whose cycle goes through these digits; 0 when there are too many. */
static uint16_t label_of(const matrix *m, attractors *known, vec digits)
{
    int64_t start = number_of(m, digits), lowest = start, at;
    while (digits = follow(m, digits), (at = number_of(m, digits)) != start) if (at < lowest) lowest = at;
    while (__atomic_exchange_n(&known->lock, 1, __ATOMIC_ACQUIRE)) {}
    int32_t i = 0;
    while (i < known->count && known->lowest[i] != lowest) i++;
    if (i == known->count && i < MOST_ATTRACTORS) known->lowest[known->count++] = lowest;
    __atomic_store_n(&known->lock, 0, __ATOMIC_RELEASE);
    return i < MOST_ATTRACTORS ? i + 1 : 0;
}

/* Walk from a successor until something labelled or a cycle is met, and label the way there. */
static uint16_t trace(const matrix *m, uint16_t *labels, attractors *known, vec digits)
{
    int64_t way[REMEMBERED], at = number_of(m, digits), mark = at;
    int64_t kept = 0, steps = 0, next_mark = 2;
    uint16_t label;
    while (!(label = __atomic_load_n(labels + at, __ATOMIC_RELAXED))) {
        if (kept < REMEMBERED) way[kept++] = at;
        digits = follow(m, digits);
        at = number_of(m, digits);
        if (at == mark) { label = label_of(m, known, digits); break; }
        if (++steps == next_mark) mark = at, next_mark *= 2;
    }
    while (label && kept) __atomic_store_n(labels + way[--kept], label, __ATOMIC_RELAXED);
    return label;
}

int64_t basins_bytes(int32_t variants, int32_t planes)
{
    return sizeof(matrix) + (int64_t)(variants + 1) * planes * sizeof(vec);
}

int64_t basins_table_bytes(void) { return sizeof(attractors); }

/* `memory` has basins_bytes bytes, begins at a multiple of 128 and is zeroed; planes are the most variants of any. */
void basins_begin(void *memory, int32_t n, const int32_t *sizes, int32_t planes, const int32_t *judgements,
                  int32_t rule, int32_t ties)
{
    matrix *m = memory;
    m->n = n, m->planes = planes, m->rule = rule, m->ties = ties;
    int32_t variants = 0, place = 1;
    for (int32_t i = 0; i < n; i++) m->size[i] = sizes[i], m->first[i] = variants, variants += sizes[i];
    for (int32_t i = n - 1; i >= 0; i--) m->place[i] = place, place *= sizes[i];
    for (int32_t j = 0; j < n; j++)
        for (int32_t k = 0; k < planes; k++) {
            if (k >= sizes[j]) m->rows[(int64_t)variants * planes + k][j] = ABSENT;
            else for (int32_t u = 0; u < variants; u++)
                m->rows[(int64_t)u * planes + k][j] = judgements[(int64_t)u * variants + m->first[j] + k];
        }
}

/* Label the configurations from number `start` to before `end`. 1: there are too many attractors. */
int32_t basins_run(const void *memory, uint16_t *labels, void *table, int64_t start, int64_t end)
{
    const matrix *m = memory;
    int32_t n = m->n, planes = m->planes, changed = 0;
    vec kept[(n + 1) * planes], digits = {};
    int64_t left = start;
    for (int32_t i = 0; i < n; i++) digits[i] = left / m->place[i], left %= m->place[i];
    for (int32_t k = 0; k < planes; k++) kept[k] = m->rows[(int64_t)(m->first[n - 1] + m->size[n - 1]) * planes + k];
    for (int64_t at = start; at < end; at++) {
        if (!labels[at]) {
            for (int32_t i = changed; i < n; i++) {
                const vec *row = m->rows + (int64_t)(m->first[i] + digits[i]) * planes;
                for (int32_t k = 0; k < planes; k++) kept[(i + 1) * planes + k] = kept[i * planes + k] + row[k];
            }
            changed = n;
            vec next = succeed(m, kept + n * planes, digits);
            uint16_t label = labels[number_of(m, next)];
            if (!label) label = trace(m, labels, table, next);
            if (!label) return 1;
            __atomic_store_n(labels + at, label, __ATOMIC_RELAXED);
        }
        int32_t i = n - 1;
        for (; i >= 0 && ++digits[i] == m->size[i]; i--) digits[i] = 0;
        if (i < changed) changed = i < 0 ? 0 : i;
    }
    return 0;
}
