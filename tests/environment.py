"""Tests never see the data in var/: an early pytest plugin, before the settings are read."""

import os
import tempfile

os.environ["SAMTUN_DATA_DIR"] = tempfile.mkdtemp(prefix="samtun-tests-")
