"""The questions of the library answered a second time, in plain Python over the YAML records.

Nothing here reads the graph, the rules or the queries: what the two ways agree on is right, or both are wrong
in the same way. Each module holds functions named as the questions, with _ for -.
"""
