"""Cross-impact balance: all consistent scenarios of a matrix of judgements, and why each of them is one."""

from fremsyn.methods.cib.balance import Balance, Explanation, balances, explain, totals
from fremsyn.methods.cib.certificate import Certificate, Foreseen, certify, foresee, prove
from fremsyn.methods.cib.ensemble import Ensemble, around, experts, held, perturbed
from fremsyn.methods.cib.matrix import Matrix, matrix
from fremsyn.methods.cib.searching import Count, Part, Search, count, parts, search, top
from fremsyn.methods.cib.sensitivity import Breaking, Change, breaking, lacking
from fremsyn.methods.cib.succession import Attractor, Basins, basins, succeed, wilson

__all__ = [
    "Attractor",
    "Balance",
    "Basins",
    "Breaking",
    "Certificate",
    "Change",
    "Count",
    "Ensemble",
    "Explanation",
    "Foreseen",
    "Matrix",
    "Part",
    "Search",
    "around",
    "balances",
    "basins",
    "breaking",
    "certify",
    "count",
    "experts",
    "explain",
    "foresee",
    "held",
    "lacking",
    "matrix",
    "parts",
    "perturbed",
    "prove",
    "search",
    "succeed",
    "top",
    "totals",
    "wilson",
]
