/* All consistent scenarios of a cross-impact matrix, by branch and bound in vector lanes.

   One lane stands for one variant w as a target. For every rival m of w there is a row of lanes, and `sum` holds in
   it how far w can still come above m: over all sources the best difference C(u,w) - C(u,m) of an open variant u,
   plus the tolerance. Below 0, w can't win any more. A variant's row of differences is added or taken away for all
   targets at once. 32 lanes make a chunk, so that a comparison gives 32 answers in one word; a descriptor's lanes
   lie side by side in one chunk, with descriptors of many variants first, so that few rows are padding.

   Compiled once for lanes of 16 bits and once for 32; the caller has checked that no sum can overflow, and gives
   all memory. No library is used, so that compiling needs none. */

#include <stdint.h>

#define WIDTH 64
#define ALIGNED 256
typedef uint64_t lanes; /* a set of a chunk's lanes, one bit each */
typedef LANE vec __attribute__((vector_size(WIDTH * sizeof(LANE))));
typedef _Bool flags __attribute__((ext_vector_type(WIDTH)));

typedef struct {
    vec *sum;         /* [rows], and with scores [chunks] more: the highest balance each variant can reach */
    lanes *open;   /* [chunks]: the variants that may still be chosen */
    lanes *apart;  /* [variants][chunks]: the variants that are known not to go together with this one */
    int32_t branch;   /* the descriptor that is split; -1 while the node is new */
    lanes untried; /* its variants that are to come */
    int32_t children; /* and how many there were */
} frame;

typedef struct {
    int32_t n, variants, chunks, rows, width, depth;
    int32_t last; /* the descriptor that showed the last contradiction: the next is likely there too */
    int64_t nodes, found, least_score;
    int32_t *chunk, *first, *size; /* [n]: a descriptor's chunk, first variant, number of variants */
    lanes *segment;             /* [n]: its lanes in the chunk */
    int32_t *row, *planes;         /* [chunks]: a chunk's first row of sums, and how many rivals its rows have */
    lanes *top, *low;           /* [chunks]: each descriptor's highest lane, and its others */
    int32_t *owner, *variant;      /* [lanes]: a lane's descriptor and variant */
    int32_t *place, *named, *seat; /* [n], [variants]: numbers that the caller knows them by; [n]: place undone */
    float *rest, *reach;           /* [n]: what is left of the tree when it is split; how much it moves others */
    float weight[64];
    vec *gain;                     /* [variants][width] */
    vec *base, *former, *latter;   /* [width] each: scratch */
    lanes *alive, *some;        /* [chunks] each: scratch */
    frame *frames;                 /* [n + 2] */
    char *text, *text_end;         /* where the certificate goes; 0 without one */
} solver;

#define EACH(lane, set, left) for (lanes left = (set), lane; left && (lane = __builtin_ctzll(left), 1); left &= left - 1)

static inline lanes negative(vec v)
{
    flags below = __builtin_convertvector(v < 0, flags);
    lanes bits;
    __builtin_memcpy(&bits, &below, sizeof bits);
    return bits;
}

static inline vec larger(vec a, vec b) { return __builtin_elementwise_max(a, b); }
static inline int settled(lanes set) { return !(set & (set - 1)); }
static inline lanes still(const solver *s, const frame *f, int32_t i) { return f->open[s->chunk[i]] & s->segment[i]; }
static inline vec *gains(const solver *s, int32_t i, uint32_t lane)
{
    return s->gain + (int64_t)s->variant[s->chunk[i] * WIDTH + lane] * s->width;
}

/* ---- the certificate: one record a line ---- */

static void put(solver *s, char letter) { *s->text++ = letter; }

static void put_number(solver *s, int32_t number)
{
    char digits[12];
    int32_t length = 0;
    do digits[length++] = '0' + number % 10; while (number /= 10);
    put(s, ' ');
    while (length) put(s, digits[--length]);
}

/* The first rival that stays above target lane `w` when `u` of descriptor i is taken (or nothing, with i < 0). */
static int32_t rival(const solver *s, const frame *f, int32_t i, uint32_t u, int32_t j, uint32_t w)
{
    int32_t c = s->chunk[j], row = s->row[c], skipped = 0;
    for (int32_t m = s->first[j]; m < s->first[j] + s->size[j]; m++) {
        if (m == s->variant[c * WIDTH + w]) { skipped = 1; continue; }
        int32_t r = row + m - s->first[j] - skipped, sum = f->sum[r][w];
        if (i >= 0) {
            int32_t best = -2147483647;
            EACH(lane, still(s, f, i), left) if (gains(s, i, lane)[r][w] > best) best = gains(s, i, lane)[r][w];
            sum += gains(s, i, u)[r][w] - best;
        }
        if (sum < 0) return m;
    }
    return -1;
}

/* Variant `lane` of descriptor i goes: alone it loses to a rival (j < 0 or i), or with every open variant of j one of
   the two does. */
static void record(solver *s, const frame *f, int32_t i, uint32_t lane, int32_t j)
{
    if (!s->text) return;
    if (j < 0) j = i;
    put(s, '-');
    put_number(s, s->named[s->variant[s->chunk[i] * WIDTH + lane]]);
    put_number(s, s->place[j]);
    if (j == i) put_number(s, s->named[rival(s, f, -1, 0, i, lane)]);
    else EACH(w, still(s, f, j), left) {
        int32_t m = rival(s, f, i, lane, j, w);
        put_number(s, s->named[m >= 0 ? m : rival(s, f, j, w, i, lane)]);
    }
    put(s, '\n');
}

static void record_contradiction(solver *s)
{
    if (s->text) { put(s, '!'); put(s, '\n'); }
}

static void record_scenario(solver *s, const frame *f)
{
    if (!s->text) return;
    put(s, '=');
    for (int32_t p = 0; p < s->n; p++) {
        int32_t i = s->seat[p];
        EACH(lane, still(s, f, i), left) put_number(s, s->named[s->variant[s->chunk[i] * WIDTH + lane]]);
    }
    put(s, '\n');
}

static void record_split(solver *s, const frame *f)
{
    if (s->text) { put(s, '?'); put_number(s, s->place[f->branch]); put(s, '\n'); }
}

/* ---- bounds ---- */

/* The best difference that an open variant of descriptor i gives, for every target and rival. */
static inline void best(const solver *s, int32_t i, lanes set, vec *restrict into)
{
    int32_t width = s->width;
    const vec *a = gains(s, i, __builtin_ctzll(set)), *b = a, *c = a;
    if (set &= set - 1) b = c = gains(s, i, __builtin_ctzll(set));
    if (set && (set &= set - 1)) c = gains(s, i, __builtin_ctzll(set));
    for (int32_t r = 0; r < width; r++) into[r] = larger(larger(a[r], b[r]), c[r]);
    while (set && (set &= set - 1)) {
        a = gains(s, i, __builtin_ctzll(set));
        for (int32_t r = 0; r < width; r++) into[r] = larger(into[r], a[r]);
    }
}

static int narrow(solver *s, frame *f, int32_t i, lanes kept)
{
    lanes before = still(s, f, i);
    if (kept) {
        vec *former = s->former, *latter = s->latter, *sum = f->sum;
        best(s, i, before, former);
        best(s, i, kept, latter);
        for (int32_t r = 0, width = s->width; r < width; r++) sum[r] += latter[r] - former[r];
    }
    f->open[s->chunk[i]] &= ~before | kept;
    return kept != 0;
}

/* Take away what is open and not in `keep`, which descriptor i witnesses (or no other, with i < 0).
   0: a descriptor has nothing left, 1: nothing went, 2: something did. */
static int restrict_to(solver *s, frame *f, const lanes *keep, int32_t i)
{
    int result = 1;
    for (int32_t c = 0; c < s->chunks; c++)
        for (lanes gone; (gone = f->open[c] & ~keep[c]); result = 2) {
            int32_t j = s->owner[c * WIDTH + __builtin_ctzll(gone)];
            EACH(lane, gone & s->segment[j], left) record(s, f, j, lane, i);
            if (!narrow(s, f, j, still(s, f, j) & keep[c])) return 0;
        }
    return result;
}

/* Take away, until nothing moves, the variants that can't win whatever is chosen. */
static int win_alone(solver *s, frame *f)
{
    for (;;) {
        for (int32_t c = 0; c < s->chunks; c++) {
            vec t = f->sum[s->row[c]];
            for (int32_t p = 1; p < s->planes[c]; p++) t |= f->sum[s->row[c] + p];
            s->some[c] = ~negative(t);
        }
        int result = restrict_to(s, f, s->some, -1);
        if (result < 2) return result;
    }
}

/* Take each open variant of descriptor i on trial, and note which others then can't win: the two don't go together,
   here and in all nodes below. A variant goes when it goes together with none of some descriptor: this one's at once,
   another's when all trials are made. Answers as `restrict_to`. */
static int try_out(solver *s, frame *f, int32_t i)
{
    int32_t own = s->chunk[i], chunks = s->chunks, rows = s->rows;
    lanes set = still(s, f, i), kept = 0, *some = s->some, *alive = s->alive;
    const lanes *open = f->open, *low = s->low, *top = s->top;
    const int32_t *row = s->row, *planes = s->planes;
    const vec *sum = f->sum;
    vec *former = s->former, *base = s->base;
    best(s, i, set, former);
    for (int32_t r = 0; r < rows; r++) base[r] = sum[r] - former[r];
    for (int32_t c = 0; c < chunks; c++) some[c] = 0;
    float rest = 0;
    EACH(lane, set, left) {
        const vec *gain = gains(s, i, lane);
        lanes *apart = f->apart + (int64_t)s->variant[own * WIDTH + lane] * chunks;
        uint32_t empty = 0;
        int32_t lost = 0;
        for (int32_t c = 0; c < chunks; c++) {
            int32_t first = row[c], end = first + planes[c];
            vec t = base[first] + gain[first]; /* below 0 in any row: the sign bits are all that matters */
            for (int32_t r = first + 1; r < end; r++) t |= base[r] + gain[r];
            alive[c] = open[c] & ~(apart[c] | negative(t));
            /* Adding a descriptor's lower lanes carries into its highest lane unless all of them are 0. */
            lanes bare = ~(((alive[c] & low[c]) + low[c]) | alive[c]) & top[c];
            if (bare) {
                empty = 1;
                record(s, f, i, lane, s->owner[c * WIDTH + __builtin_ctzll(bare)]);
                break;
            }
            lost += __builtin_popcountll(open[c] & ~alive[c]);
        }
        if (empty) continue;
        kept |= 1ull << lane;
        rest += s->weight[lost > 63 ? 63 : lost];
        for (int32_t c = 0; c < chunks; c++) {
            some[c] |= alive[c];
            lanes fresh = open[c] & ~alive[c] & ~apart[c];
            apart[c] |= fresh;
            EACH(w, fresh, more) f->apart[(int64_t)s->variant[c * WIDTH + w] * chunks + own] |= 1ull << lane;
        }
    }
    s->rest[i] = rest;
    if (kept != set && !narrow(s, f, i, kept)) return 0;
    s->some[own] |= s->segment[i];
    int result = restrict_to(s, f, s->some, i);
    return result == 1 && kept != set ? 2 : result;
}

/* The highest total impact score that a scenario of this node can have. */
static int64_t score_bound(const solver *s, const frame *f)
{
    int64_t total = 0;
    for (int32_t i = 0; i < s->n; i++) {
        const vec *score = f->sum + s->rows + s->chunk[i];
        int32_t most = -2147483647;
        EACH(lane, still(s, f, i), left) if ((*score)[lane] > most) most = (*score)[lane];
        total += most;
    }
    return total;
}

/* Bound a new node until nothing moves, and choose what it is split by: the descriptor whose variants, each on
   trial, leave the smallest tree by how many others they take along. */
static int settle(solver *s, frame *f)
{
    if (!win_alone(s, f)) return 0;
    for (int32_t i = s->last, quiet = 0; quiet < s->n; i = i + 1 == s->n ? 0 : i + 1, quiet++) {
        if (settled(still(s, f, i))) continue;
        int result = try_out(s, f, i);
        if (!result) { s->last = i; return 0; }
        if (result == 2) quiet = 0;
    }
    float least = 1e30f;
    for (int32_t i = 0; i < s->n; i++) {
        if (settled(still(s, f, i))) continue;
        float rest = s->rest[i] - s->reach[i];
        if (rest < least) least = rest, f->branch = i;
    }
    return f->branch >= 0 || win_alone(s, f);
}

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
    ARRAY(rest, n); ARRAY(reach, n); ARRAY(alive, chunks); ARRAY(some, chunks);
    ARRAY(gain, (int64_t)variants * width); ARRAY(base, width); ARRAY(former, width); ARRAY(latter, width);
    ARRAY(frames, n + 2);
    for (int32_t d = 0; d < n + 2; d++) {
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
