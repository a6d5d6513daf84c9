"""The ledger written into a workbook by the worker: which rows, which cells, and the worker's part in it."""
