"""Data in and out: HSDS of any age, the plain files of a region, LOS."""

from samtun.directory.exchange.dumps import import_hsds
from samtun.directory.exchange.errors import ExchangeError
from samtun.directory.exchange.exporting import export_hsds
from samtun.directory.exchange.los import load_los
from samtun.directory.exchange.regions import import_region
from samtun.directory.exchange.reporting import Report

__all__ = ["ExchangeError", "Report", "export_hsds", "import_hsds", "import_region", "load_los"]
