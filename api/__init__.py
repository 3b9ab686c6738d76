"""The web application: pages, SPARQL endpoint and linked data over HTTP."""
