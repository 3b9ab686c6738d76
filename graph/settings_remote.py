"""The settings of a store that is a SPARQL server, each with its meaning."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

_ADDRESS = r"^https?://[^\s<>\"{}|\\^`@]+$"


class RemoteSettings(BaseSettings):
    """How to reach the server that ``DAFTAR_STORE`` names; only an address there makes use of them.

    Raises:
        pydantic.ValidationError: when a variable holds something that the setting cannot be.

    Example:
        >>> RemoteSettings(user="reader", password="secret").password
        SecretStr('**********')
    """

    model_config = SettingsConfigDict(env_prefix="DAFTAR_STORE_", frozen=True)

    user: str | None = Field(default=None, description="Name that the server knows us by.")
    password: SecretStr | None = Field(default=None, description="Password of that name.")
    token: SecretStr | None = Field(
        default=None, description="Bearer token; sent in place of name and password."
    )
    kind: Literal["auto", "oxigraph", "fuseki", "graphdb", "virtuoso", "neptune", "other"] = Field(
        default="auto",
        description="Kind of server, which tells the addresses below; auto goes by the look of the address.",
    )
    graphs_url: str | None = Field(
        default=None,
        pattern=_ADDRESS,
        description="Address of the Graph Store protocol; needed to publish.  Unset: that of the kind.",
    )
    update_url: str | None = Field(
        default=None,
        pattern=_ADDRESS,
        description="Address that takes SPARQL updates; with it editions are switched at once.",
    )
    base_iri: str | None = Field(
        default=None,
        description="Base of the catalogue's resource IRIs, for a server that holds several catalogues.",
    )
    dataset: Literal["auto", "union", "listed"] = Field(
        default="auto",
        description="What a query without FROM sees: the server's default graph (union), or the "
        "catalogue's graphs named with each query (listed). auto: union where it is exactly the catalogue.",
    )
    seconds: float = Field(
        default=60.0, gt=0, le=3600, description="The server has this many seconds for each answer."
    )
    bytes: int = Field(
        default=1_000_000_000, ge=1_000_000, description="An answer of the server beyond this is given up."
    )
    attempts: int = Field(
        default=3, ge=1, le=10, description="A request that finds the server busy or away is made so often."
    )
