"""How dates and numbers are written in English, as it is written in Europe."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
DATETIME_FORMAT = "j F Y H:i"
TIME_FORMAT = "H:i"
