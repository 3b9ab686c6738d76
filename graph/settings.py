"""The settings of Daftar, each with its meaning; read from ``DAFTAR_…`` environment variables."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import SettingsConfigDict

from graph.paths import bundled_data_dir
from graph.settings_serving import ServingSettings


class Settings(ServingSettings):
    """Everything that can be set. An option of a command wins over the environment, which wins over these.

    Raises:
        pydantic.ValidationError: when a variable holds something that the setting cannot be.

    Example:
        >>> Settings(query_rows=5).query_rows
        5
    """

    model_config = SettingsConfigDict(env_prefix="DAFTAR_", frozen=True)

    data: Path | None = Field(
        default=None, description="Folder with the records. Unset: the catalogue that came with Daftar."
    )
    store: str = Field(
        default=".daftar",
        description="Folder where the built graph is kept, or the SPARQL endpoint of a server.",
    )
    base_iri: str = Field(
        default="https://w3id.org/daftar/id/",
        description="First part of every resource IRI; ends with a slash or a hash sign.",
        pattern=r"^https?://[^\s<>\"{}|\\^`]+[/#]$",
    )
    query_seconds: float = Field(
        default=10.0, gt=0, le=86400, description="A query that runs longer than this many seconds is ended."
    )
    query_rows: int = Field(
        default=10_000, ge=1, description="An answer is cut after this many rows (or triples), and says so."
    )
    query_bytes: int = Field(
        default=10_000_000,
        ge=100,
        description="An answer is cut before it grows beyond this many bytes, and says so.",
    )
    query_length: int = Field(
        default=64_000, ge=1, description="A query with more characters than this is refused unread."
    )
    query_depth: int = Field(
        default=100,
        ge=1,
        description="A query with brackets nested deeper than this is refused before it is parsed.",
    )
    query_memory: int = Field(
        default=2_000_000_000,
        ge=50_000_000,
        description="Bytes of memory that one query may take beyond the loaded graph.",
    )
    licence: str | None = Field(
        default=None,
        description="IRI of the licence under which the dataset may be used. Unset: none is stated.",
        pattern=r"^https?://[^\s<>\"{}|\\^`]+$",
    )
    publisher: str | None = Field(
        default=None,
        description="IRI of the body that publishes the dataset. Unset: the Daftar team.",
        pattern=r"^https?://[^\s<>\"{}|\\^`]+$",
    )
    publisher_name: str = Field(
        default="", description="Name of that body; with both languages as Persian|English."
    )
    access_rights: Literal["PUBLIC", "RESTRICTED", "NON_PUBLIC"] = Field(
        default="NON_PUBLIC",
        description="Who may see the dataset, as its description says it, from the EU list of access rights.",
    )
    host: str = Field(default="127.0.0.1", description="Address that the server listens on.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="Port that the server listens on; 0 picks a free one."
    )

    def data_dir(self) -> Path:
        """The folder to read records from.

        Returns:
            ``data`` when it is set, else the catalogue that came with Daftar.
        """
        return self.data if self.data is not None else bundled_data_dir()
