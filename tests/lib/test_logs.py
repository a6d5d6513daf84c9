"""A trace keeps where it broke and loses what was in the row."""

from lib.logs import without_row_values

TRACE = """Traceback (most recent call last):
  File "x.py", line 1, in run
psycopg2.errors.CheckViolation: new row violates check constraint "petitioner_at_most_five_represent"
DETAIL:  Failing row contains (张大强,

13800001234).

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "y.py", line 2, in save
django.db.utils.IntegrityError: new row violates check constraint "petitioner_at_most_five_represent"
DETAIL:  Failing row contains (张大强, 13800001234).
"""


def test_the_row_is_left_out_and_the_rest_of_the_trace_stays():
    trace = without_row_values(None, "error", {"exception": TRACE})["exception"]

    assert "张大强" not in trace and "13800001234" not in trace
    assert trace.count("petitioner_at_most_five_represent") == 2
    assert 'File "y.py", line 2' in trace


def test_a_line_without_a_trace_stays_as_it_is():
    assert without_row_values(None, "info", {"event": "DETAIL: x"}) == {"event": "DETAIL: x"}
