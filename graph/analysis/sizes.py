"""Sizes from which on a catalogue is treated otherwise; nothing here takes time to load."""

from __future__ import annotations

#: Processes of the largest catalogue that is read into NetworkX for a page: 7 seconds, 0.5 GB.
MOST_READ = 5_000
