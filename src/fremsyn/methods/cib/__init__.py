"""Cross-impact balance: all consistent scenarios of a matrix of judgements, and why each of them is one."""

from fremsyn.methods.cib.balance import Balance, Explanation, balances, explain
from fremsyn.methods.cib.certificate import Certificate, certify
from fremsyn.methods.cib.matrix import Matrix, matrix
from fremsyn.methods.cib.searching import Count, Part, Search, count, parts, search, top

__all__ = [
    "Balance",
    "Certificate",
    "Count",
    "Explanation",
    "Matrix",
    "Part",
    "Search",
    "balances",
    "certify",
    "count",
    "explain",
    "matrix",
    "parts",
    "search",
    "top",
]
