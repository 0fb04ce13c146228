/* What the search keeps, in lanes; see core.c. */

#include <stdint.h>

#define WIDTH 64
#define ALIGNED 256
#define MOST ((LANE)~((LANE)1 << (8 * sizeof(LANE) - 1)))
#define MOST_NOTED (64 << 20) /* bytes for what trials have shown, of all frames together */
typedef uint64_t lanes; /* a set of a chunk's lanes, one bit each */
typedef LANE vec __attribute__((vector_size(WIDTH * sizeof(LANE))));
typedef _Bool flags __attribute__((ext_vector_type(WIDTH)));

typedef struct {
    vec *sum;         /* [rows], and with scores [chunks] more: the highest balance each variant can reach */
    lanes *open;      /* [chunks]: the variants that may still be chosen */
    lanes *apart;     /* [variants][chunks]: the variants that are known not to go together with this one */
    vec *safe;        /* [n][rows]: while no sum is below it, trying out the descriptor shows nothing new */
    int32_t *since;   /* [n]: the depth of the frame whose `safe` holds here too; -1: none */
    int32_t branch;   /* the descriptor that is split; -1 while the node is new */
    lanes untried;    /* its variants that are to come */
    int32_t children; /* and how many there were */
} frame;

typedef struct {
    int32_t n, variants, chunks, rows, width, depth;
    int32_t last; /* the descriptor that showed the last contradiction: the next is likely there too */
    int64_t nodes, found, least_score;
    int32_t *chunk, *first, *size; /* [n]: a descriptor's chunk, first variant, number of variants */
    lanes *segment;                /* [n]: its lanes in the chunk */
    int32_t *row, *planes;         /* [chunks]: a chunk's first row of sums, and how many rivals its rows have */
    lanes *top, *low;              /* [chunks]: each descriptor's highest lane, and its others */
    int32_t *owner, *variant;      /* [lanes]: a lane's descriptor and variant */
    int32_t *place, *named, *seat; /* [n], [variants]: numbers that the caller knows them by; [n]: place undone */
    float *reach;                  /* [n]: how much it moves others */
    int32_t *due, dues, noted;     /* [n]: narrowed and not followed yet; how many; how many frames have a `safe` */
    uint8_t *is_due;               /* [n] */
    float weight[64];
    vec *gain;                     /* [variants][width] */
    vec *base, *margin;            /* [width] each: scratch */
    vec *former, *latter;          /* [width] each: scratch */
    lanes *alive, *some;           /* [chunks] each: scratch */
    frame *frames;                 /* [n + 2] */
    char *text;                    /* where the certificate goes; 0 without one */
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
static inline vec smaller(vec a, vec b) { return __builtin_elementwise_min(a, b); }
static inline int settled(lanes set) { return !(set & (set - 1)); }
static inline lanes still(const solver *s, const frame *f, int32_t i) { return f->open[s->chunk[i]] & s->segment[i]; }
static inline vec *gains(const solver *s, int32_t i, uint32_t lane)
{
    return s->gain + (int64_t)s->variant[s->chunk[i] * WIDTH + lane] * s->width;
}

static inline lanes *apart_of(const solver *s, const frame *f, int32_t i, uint32_t lane)
{
    return f->apart + (int64_t)s->variant[s->chunk[i] * WIDTH + lane] * s->chunks;
}
