"""The routes of the site."""
