"""Daftar's data for others: files, profiles, descriptions, and what may leave the house."""

from graph.export.description import description, service_description
from graph.export.errors import ExportError
from graph.export.files import ExportFile, write_file, write_folder
from graph.export.making import GRAPH_FORMATS, PROFILES, Export, Request, make_export
from graph.export.publication import Publication
from graph.export.redact import Redaction, redact
from graph.export.sitemap import sitemap

__all__ = [
    "GRAPH_FORMATS",
    "PROFILES",
    "Export",
    "ExportError",
    "ExportFile",
    "Publication",
    "Redaction",
    "Request",
    "description",
    "make_export",
    "redact",
    "service_description",
    "sitemap",
    "write_file",
    "write_folder",
]
