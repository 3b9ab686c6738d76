"""The pages of the server as files, which any static web server serves and a browser opens from disk."""
