/* What can be ruled out in a node, and what the node is split by. */

typedef struct { const vec *a, *b, *c; } best;

static inline vec at(best of, int32_t r) { return larger(larger(of.a[r], of.b[r]), of.c[r]); }

/* The best difference that a variant of a set of descriptor i gives, for every target and rival. Of more than three
   variants those after the second are put together in `scratch`. */
static inline best best_of(const solver *s, int32_t i, lanes set, vec *restrict scratch)
{
    lanes second = set & (set - 1), third = second & (second - 1);
    best of;
    of.a = gains(s, i, __builtin_ctzll(set));
    of.b = second ? gains(s, i, __builtin_ctzll(second)) : of.a;
    of.c = third ? gains(s, i, __builtin_ctzll(third)) : of.b;
    EACH(lane, third & (third - 1), left) {
        const vec *more = gains(s, i, lane);
        for (int32_t r = 0; r < s->width; r++) scratch[r] = larger(of.c[r], more[r]);
        of.c = scratch;
    }
    return of;
}

static int narrow(solver *s, frame *f, int32_t i, lanes kept)
{
    lanes before = still(s, f, i);
    if (kept) {
        best former = best_of(s, i, before, s->former), latter = best_of(s, i, kept, s->latter);
        vec *sum = f->sum;
        for (int32_t r = 0, width = s->width; r < width; r++) sum[r] += at(latter, r) - at(former, r);
    }
    f->open[s->chunk[i]] &= ~before | kept;
    if (!s->is_due[i]) s->is_due[i] = 1, s->due[s->dues++] = i;
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
    vec *margin = s->margin;
    const lanes *open = f->open, *low = s->low, *top = s->top;
    const int32_t *row = s->row, *planes = s->planes;
    const vec *sum = f->sum;
    vec *base = s->base;
    best former = best_of(s, i, set, s->former);
    for (int32_t r = 0; r < rows; r++) base[r] = sum[r] - at(former, r), margin[r] = (vec){0} + MOST;
    for (int32_t c = 0; c < chunks; c++) some[c] = 0;
    EACH(lane, set, left) {
        const vec *gain = gains(s, i, lane);
        lanes *apart = apart_of(s, f, i, lane);
        uint32_t empty = 0;
        for (int32_t c = 0; c < chunks; c++) {
            int32_t first = row[c], end = first + planes[c];
            vec t = {0};
            for (int32_t r = first; r < end; r++) {
                vec lead = base[r] + gain[r];
                t |= lead; /* below 0 in any row: the sign bits are all that matters */
                margin[r] = smaller(margin[r], lead & MOST); /* what is below 0 already counts as far above */
            }
            alive[c] = open[c] & ~(apart[c] | negative(t));
            /* Adding a descriptor's lower lanes carries into its highest lane unless all of them are 0. */
            lanes bare = ~(((alive[c] & low[c]) + low[c]) | alive[c]) & top[c];
            if (bare) {
                empty = 1;
                record(s, f, i, lane, s->owner[c * WIDTH + __builtin_ctzll(bare)]);
                break;
            }
        }
        if (empty) continue;
        kept |= 1ull << lane;
        for (int32_t c = 0; c < chunks; c++) {
            some[c] |= alive[c];
            lanes fresh = open[c] & ~alive[c] & ~apart[c];
            apart[c] |= fresh;
            EACH(w, fresh, more) f->apart[(int64_t)s->variant[c * WIDTH + w] * chunks + own] |= 1ull << lane;
        }
    }
    if (kept != set && !narrow(s, f, i, kept)) return 0;
    int32_t depth = f - s->frames;
    if (depth < s->noted) {
        vec *safe = f->safe + (int64_t)i * rows;
        for (int32_t r = 0; r < rows; r++) safe[r] = sum[r] - margin[r];
        f->since[i] = depth;
    }
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

/* Tell whether a trial of descriptor i would show nothing that the last one, here or above, did not show. */
static int nothing_new(const solver *s, const frame *f, int32_t i)
{
    if (f->since[i] < 0) return 0;
    const vec *safe = s->frames[f->since[i]].safe + (int64_t)i * s->rows, *sum = f->sum;
    for (int32_t c = 0, r = 0; c < s->chunks; c++) {
        vec t = sum[r] - safe[r];
        int32_t end = r + s->planes[c];
        for (r++; r < end; r++) t |= sum[r] - safe[r];
        if (negative(t) & f->open[c]) return 0;
    }
    return 1;
}

/* Take away what goes together with no open variant of descriptor i. */
static int follow(solver *s, frame *f, int32_t i)
{
    lanes any = 0;
    for (int32_t c = 0; c < s->chunks; c++) {
        lanes gone = f->open[c];
        EACH(lane, still(s, f, i), left) gone &= apart_of(s, f, i, lane)[c];
        any |= gone, s->some[c] = ~gone;
    }
    return any ? restrict_to(s, f, s->some, i) : 1;
}

/* Follow all that was narrowed, and take away what can't win, until nothing moves. */
static int follow_all(solver *s, frame *f)
{
    do {
        while (s->dues) {
            int32_t i = s->due[--s->dues];
            s->is_due[i] = 0;
            if (!follow(s, f, i)) return 0;
        }
        if (!win_alone(s, f)) return 0;
    } while (s->dues);
    return 1;
}

/* Bound a new node until no trial shows anything new. */
static int bound(solver *s, frame *f)
{
    if (!follow_all(s, f)) return 0;
    for (int32_t i = s->last, quiet = 0; quiet < s->n; i = i + 1 == s->n ? 0 : i + 1, quiet++) {
        if (settled(still(s, f, i)) || nothing_new(s, f, i)) continue;
        int result = try_out(s, f, i);
        if (result == 2) quiet = -1, result = follow_all(s, f);
        if (!result) { s->last = i; return 0; }
    }
    return 1;
}

/* Choose what a node is split by: the descriptor whose variants leave the smallest tree by how many others they take
   along. */
static void choose(const solver *s, frame *f)
{
    float least = 1e30f;
    for (int32_t i = 0; i < s->n; i++) {
        lanes set = still(s, f, i);
        if (settled(set)) continue;
        float rest = -s->reach[i];
        EACH(lane, set, left) {
            const lanes *apart = apart_of(s, f, i, lane);
            int32_t lost = 0;
            for (int32_t c = 0; c < s->chunks; c++) lost += __builtin_popcountll(f->open[c] & apart[c]);
            rest += s->weight[lost > 63 ? 63 : lost];
        }
        if (rest < least) least = rest, f->branch = i;
    }
}

static int settle(solver *s, frame *f)
{
    int result = bound(s, f);
    while (s->dues) s->is_due[s->due[--s->dues]] = 0;
    if (result) choose(s, f);
    return result;
}
