#!/usr/bin/env python
"""Django's command line for Huiyin; `./start` is the door for people."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from config import machine
from config.services.programs import Obstacle

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        machine.settle(Path(__file__).resolve().parent)
        execute_from_command_line(sys.argv)
    except (Obstacle, ImproperlyConfigured) as refusal:
        sys.exit(f"{refusal}")
