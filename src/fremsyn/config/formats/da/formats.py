"""How dates are written in Danish."""

DATE_FORMAT = "j. F Y"
MONTH_DAY_FORMAT = "j. F"
DATETIME_FORMAT = "j. F Y H.i"
TIME_FORMAT = "H.i"
