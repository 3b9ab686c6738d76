"""What people see of the catalogue: profiles, search and the interactive graph, without HTTP."""
