/* The certificate that the search writes as it goes, one record a line; docs/methods/cib.md has the format. */

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
