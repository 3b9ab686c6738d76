"""From document to answers: reading, records, the graph, queries, exports, views. No HTTP here."""
