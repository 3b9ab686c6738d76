"""Analysis: the graph read into NetworkX and tables, and what can be computed from it."""
