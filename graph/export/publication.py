"""Who publishes the dataset, and on what terms: nothing here can be known from the forms."""

from __future__ import annotations

from dataclasses import dataclass

ACCESS_RIGHTS = "http://publications.europa.eu/resource/authority/access-right/"


@dataclass(frozen=True)
class Publication:
    """The terms of publication.

    Attributes:
        licence: IRI of the licence; None until the owner of the catalogue has chosen one.
        publisher: IRI of the publisher; None for the team that the dataset itself names.
        publisher_name: Its name, Persian and English, when ``publisher`` is given.
        access: ``PUBLIC``, ``RESTRICTED`` or ``NON_PUBLIC``, from the EU list of access rights. The last one
            until the owner decides, because a value without a mark is not thereby public.
    """

    licence: str | None = None
    publisher: str | None = None
    publisher_name: tuple[str, str] = ("", "")
    access: str = "NON_PUBLIC"
