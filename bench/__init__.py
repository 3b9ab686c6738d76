"""Measurements of Daftar beside its peers, and made-up catalogues of any size to measure on."""
