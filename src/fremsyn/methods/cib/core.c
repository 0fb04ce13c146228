/* All consistent scenarios of a cross-impact matrix, by branch and bound in vector lanes.

   One lane stands for one variant w as a target. For every rival m of w there is a row of lanes, and `sum` holds in
   it how far w can still come above m: over all sources the best difference C(u,w) - C(u,m) of an open variant u,
   plus the tolerance. Below 0, w can't win any more. A variant's row of differences is added or taken away for all
   targets at once. 64 lanes make a chunk, so that a comparison gives 64 answers in one word; a descriptor's lanes
   lie side by side in one chunk, with descriptors of many variants first, so that few rows are padding.

   Compiled once for lanes of 16 bits and once for 32; the caller has checked that no sum can overflow, and gives
   all memory. No library is used, so that compiling needs none. */

#include "core_lanes.h"
#include "core_certificate.h"
#include "core_bounds.h"

/* ---- setting up ---- */

static char *take(char **at, int64_t bytes)
{
    char *taken = *at;
    *at += (bytes + ALIGNED - 1) / ALIGNED * ALIGNED;
    return taken;
}

/* Give every array its place behind the solver; with s = 0 only count the bytes. */
static int64_t lay_out(solver *s, int32_t n, const int32_t *sizes, int32_t scored)
{
    int32_t used = WIDTH, chunks = 0, rows = 0, planes = 0, variants = 0;
    for (int32_t i = 0; i < n; i++) {
        if (used + sizes[i] > WIDTH) rows += planes, planes = used = 0, chunks++;
        if (planes < sizes[i] - 1) planes = sizes[i] - 1;
        if (!planes) planes = 1;
        used += sizes[i], variants += sizes[i];
    }
    rows += planes;
    int32_t width = rows + (scored ? chunks : 0);
    char *at = (char *)s;
    take(&at, sizeof *s);
    solver none, *t = s ? s : &none;
    t->n = n, t->chunks = chunks, t->rows = rows, t->width = width, t->variants = variants;
#define ARRAY(field, count) t->field = (void *)take(&at, (int64_t)(count) * sizeof *t->field)
    ARRAY(chunk, n); ARRAY(first, n); ARRAY(size, n); ARRAY(segment, n);
    ARRAY(row, chunks); ARRAY(planes, chunks); ARRAY(top, chunks); ARRAY(low, chunks);
    ARRAY(owner, chunks * WIDTH); ARRAY(variant, chunks * WIDTH); ARRAY(place, n); ARRAY(named, variants); ARRAY(seat, n);
    ARRAY(due, n); ARRAY(is_due, n); ARRAY(reach, n); ARRAY(alive, chunks); ARRAY(some, chunks);
    ARRAY(gain, (int64_t)variants * width); ARRAY(base, width); ARRAY(margin, width); ARRAY(former, width); ARRAY(latter, width);
    ARRAY(frames, n + 2);
    int64_t note = (int64_t)n * rows * sizeof(vec);
    t->noted = MOST_NOTED / note < n + 2 ? MOST_NOTED / note : n + 2;
    for (int32_t d = 0; d < n + 2; d++) {
        char *safe = take(&at, d < t->noted ? note : 0), *since = take(&at, n * sizeof(int32_t));
        if (s) s->frames[d].safe = (vec *)safe, s->frames[d].since = (int32_t *)since;
        char *sum = take(&at, width * sizeof(vec)), *open = take(&at, chunks * sizeof(lanes));
        char *apart = take(&at, (int64_t)variants * chunks * sizeof(lanes));
        if (s) s->frames[d].sum = (vec *)sum, s->frames[d].open = (lanes *)open, s->frames[d].apart = (lanes *)apart;
    }
    return at - (char *)s;
}

int64_t cib_bytes(int32_t n, const int32_t *sizes, int32_t scored) { return lay_out(0, n, sizes, scored); }

static void give_lanes(solver *s, const int32_t *sizes, const uint8_t *open)
{
    int32_t c = -1, v = 0;
    for (int32_t i = 0, used = WIDTH; i < s->n; v += sizes[i], used += sizes[i], i++) {
        if (used + sizes[i] > WIDTH) {
            c++, used = 0;
            s->row[c] = c ? s->row[c - 1] + s->planes[c - 1] : 0;
            s->planes[c] = sizes[i] > 1 ? sizes[i] - 1 : 1;
        }
        s->chunk[i] = c, s->first[i] = v, s->size[i] = sizes[i];
        s->segment[i] = ((1ull << sizes[i]) - 1) << used;
        lanes top = 1ull << (used + sizes[i] - 1);
        s->top[c] |= top, s->low[c] |= s->segment[i] & ~top;
        for (int32_t k = 0; k < sizes[i]; k++) {
            s->owner[c * WIDTH + used + k] = i, s->variant[c * WIDTH + used + k] = v + k;
            if (open[v + k]) s->frames->open[c] |= 1ull << (used + k);
        }
    }
}

/* Enter what every source gives to variant w of j above its rival m (above 0 with m < 0) in one row's lane. */
static void enter(solver *s, const int32_t *judgements, const uint8_t *open, int32_t r, uint32_t lane, int32_t j,
                  int32_t w, int32_t m, int32_t sum)
{
#define ABOVE(u) (judgements[(int64_t)(u) * s->variants + w] - (m < 0 ? 0 : judgements[(int64_t)(u) * s->variants + m]))
    sum += ABOVE(w); /* a variant is tested as the chosen one: its own descriptor speaks with its voice alone */
    for (int32_t i = 0; i < s->n; i++) {
        if (i == j) continue;
        int32_t most = -2147483647, least = 2147483647;
        for (int32_t u = s->first[i]; u < s->first[i] + s->size[i]; u++) {
            int32_t above = ABOVE(u);
            s->gain[(int64_t)u * s->width + r][lane] = above;
            if (open[u] && above > most) most = above;
            if (open[u] && above < least) least = above;
        }
        sum += most;
        if (m >= 0) s->reach[i] += 1e-6f * (most - least);
    }
    s->frames->sum[r][lane] = sum;
}

/* Every descriptor has a variant that is open. `memory` has cib_bytes bytes, begins at a multiple of ALIGNED, is zeroed.
   Descriptors come with most variants first; `place` and `named` hold the numbers to call them by. */
void cib_begin(void *memory, int32_t n, const int32_t *sizes, int32_t scored, const int32_t *judgements,
               const uint8_t *open, int32_t tolerance, const int32_t *place, const int32_t *named)
{
    solver *s = memory;
    lay_out(s, n, sizes, scored);
    give_lanes(s, sizes, open);
    for (int32_t i = 0; i < n; i++) s->place[i] = place[i], s->seat[place[i]] = i;
    for (int32_t v = 0; v < s->variants; v++) s->named[v] = named[v];
    for (int32_t j = 0; j < n; j++)
        EACH(lane, s->segment[j], left) {
            int32_t c = s->chunk[j], w = s->variant[c * WIDTH + lane], r = s->row[c];
            for (int32_t m = s->first[j]; m < s->first[j] + s->size[j]; m++)
                if (m != w) enter(s, judgements, open, r++, lane, j, w, m, tolerance);
            if (scored) enter(s, judgements, open, s->rows + c, lane, j, w, -1, 0);
        }
    s->weight[0] = 1;
    for (int32_t lost = 1; lost < 64; lost++) s->weight[lost] = 0.6f * s->weight[lost - 1];
    s->least_score = INT64_MIN;
    s->frames->branch = -1;
    for (int32_t i = 0; i < n; i++) s->frames->since[i] = -1;
}

/* ---- the walk ---- */

/* Arrays begin at multiples of ALIGNED, which no vec is longer than, and have room up to the next. */
static inline void copy(const void *from, void *to, int64_t bytes)
{
    const vec *a = from;
    vec *b = to;
    for (int64_t i = 0; i < (bytes + (int64_t)sizeof(vec) - 1) / (int64_t)sizeof(vec); i++) b[i] = a[i];
}

static void write_scenario(const solver *s, const frame *f, uint8_t *into)
{
    for (int32_t i = 0; i < s->n; i++) into[i] = __builtin_ctzll(still(s, f, i)) - __builtin_ctzll(s->segment[i]);
}

static uint32_t next_child(const solver *s, const frame *f)
{
    uint32_t next = __builtin_ctzll(f->untried);
    if (s->width > s->rows) { /* good scores early, so that the bound bites */
        const vec *score = f->sum + s->rows + s->chunk[f->branch];
        EACH(lane, f->untried, left) if ((*score)[lane] > (*score)[next]) next = lane;
    }
    return next;
}

/* A new node: 0 it has no scenario that is wanted, 1 it is one, 2 it was split. */
static int open_node(solver *s, frame *f)
{
    s->nodes++;
    if (!settle(s, f)) { record_contradiction(s); return 0; }
    if (s->width > s->rows && score_bound(s, f) < s->least_score) return 0;
    if (f->branch < 0) { record_scenario(s, f); return 1; }
    f->untried = still(s, f, f->branch);
    f->children = __builtin_popcountll(f->untried);
    record_split(s, f);
    return 2;
}

/* Walk on. 1: a limit was reached and there is more; 0: the whole tree was walked.
   `out` takes up to `most_found` scenarios of n bytes (none is written where it is 0), `text` the certificate. */
int32_t cib_run(void *memory, int64_t most_nodes, int64_t most_found, uint8_t *out, char *text, int64_t text_bytes,
                int64_t *found, int64_t *written)
{
    solver *s = memory;
    int64_t end = s->nodes + most_nodes, before = s->found;
    int64_t room = 64 + (int64_t)s->variants * (48 + 12 * s->size[0]);
    s->text = text;
    while (s->depth >= 0) {
        frame *f = s->frames + s->depth, *child = f + 1;
        if (f->branch < 0) {
            if (s->nodes >= end || s->found - before >= most_found) break;
            if (text && s->text - text + room > text_bytes) break;
            int kind = open_node(s, f);
            if (kind == 1 && out) write_scenario(s, f, out + (s->found - before) * s->n);
            if (kind == 1) s->found++;
            if (kind != 2) { s->depth--; continue; }
        }
        if (!f->untried) { s->depth--; continue; }
        uint32_t lane = next_child(s, f);
        f->untried &= ~(1ull << lane);
        copy(f->sum, child->sum, s->width * (int64_t)sizeof(vec));
        copy(f->since, child->since, s->n * sizeof(int32_t));
        copy(f->open, child->open, s->chunks * (int64_t)sizeof(lanes));
        copy(f->apart, child->apart, (int64_t)s->variants * s->chunks * sizeof(lanes));
        narrow(s, child, f->branch, 1ull << lane);
        child->branch = -1;
        s->depth++;
    }
    *found = s->found - before;
    *written = text ? s->text - text : 0;
    return s->depth >= 0;
}

/* From now on only scenarios of at least this total impact score are wanted. */
void cib_least_score(void *memory, int64_t score) { ((solver *)memory)->least_score = score; }

int64_t cib_nodes(const void *memory) { return ((const solver *)memory)->nodes; }

/* How much of the tree has been walked, 0 to 1, each branch of a node counted alike. */
double cib_share(const void *memory)
{
    const solver *s = memory;
    double share = 0, part = 1;
    for (int32_t d = 0; d <= s->depth && s->frames[d].branch >= 0; d++) {
        const frame *f = s->frames + d;
        part /= f->children;
        share += part * (f->children - __builtin_popcountll(f->untried) - (d < s->depth));
    }
    return s->depth < 0 ? 1 : share;
}
