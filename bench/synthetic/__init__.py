"""Made-up catalogues: realistic in shape and number, unreal in every name, without persons."""

from bench.synthetic.plan import Plan
from bench.synthetic.write import write_catalogue

__all__ = ["Plan", "write_catalogue"]
