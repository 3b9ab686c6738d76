"""The review file: the whole catalogue in one HTML file with places for remarks, and those read back."""
