"""Ingest: from a document to lines, repaired text, form fields, and draft records, with doubts."""
