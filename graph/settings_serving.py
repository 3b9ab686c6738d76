"""The settings of a server that strangers ask, each with its meaning."""

from __future__ import annotations

from pydantic import Field
from pydantic_settings import BaseSettings


class ServingSettings(BaseSettings):
    """How much is done at once, who waits, and what is written down."""

    query_concurrent: int = Field(
        default=4, ge=1, le=256, description="Queries that are evaluated at the same time; more wait."
    )
    query_per_client: int = Field(
        default=3, ge=1, description="Queries of one client that are evaluated at the same time; more wait."
    )
    query_queue: int = Field(
        default=128,
        ge=0,
        description="Queries that may wait, half of them from one client; more are turned away with 503.",
    )
    query_queue_seconds: float = Field(
        default=5.0,
        ge=0,
        le=600,
        description="A query that waited this many seconds is turned away with 503.",
    )
    answer_memory: int = Field(
        default=32_000_000,
        ge=0,
        description="Bytes of answers to queries that are kept, for whoever asks the same; 0 keeps none.",
    )
    analysis_seconds: float = Field(
        default=30.0,
        gt=0,
        le=86400,
        description="An analysis that runs longer than this many seconds is ended.",
    )
    body_seconds: float = Field(
        default=15.0,
        gt=0,
        le=600,
        description="A client has this many seconds to send its headers or a body.",
    )
    stop_seconds: int = Field(
        default=15, ge=0, le=3600, description="On shutdown, requests have this many seconds to be answered."
    )
    public_url: str | None = Field(
        default=None,
        description="Address under which the public reaches the server. Unset: the one that a request names.",
        pattern=r"^https?://[A-Za-z0-9.\-\[\]:]+(/[A-Za-z0-9._~/\-]*)?/$",
    )
    log_requests: bool = Field(
        default=True, description="Write a line of JSON to standard error for every request."
    )
    log_queries: bool = Field(
        default=False, description="Put the text of queries into that line; unset, only a checksum of it."
    )
