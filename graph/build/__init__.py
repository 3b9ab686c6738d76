"""From records to the dataset: named graphs, rules, provenance and validation."""

from graph.build.build import build
from graph.build.dataset import Dataset, nquads
from graph.build.errors import BuildError, RecordBuildError

__all__ = ["BuildError", "Dataset", "RecordBuildError", "build", "nquads"]
