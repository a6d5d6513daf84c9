"""Reports of figures with their numbers, and event logs."""

from reports.models.logs import EventLog
from reports.models.reports import Report, ReportFigure

__all__ = ["EventLog", "Report", "ReportFigure"]
