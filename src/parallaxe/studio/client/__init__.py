"""A client of a Label Studio server: the one place that talks to it, and where its errors become ours."""

from parallaxe.studio.client.connection import ServerError
from parallaxe.studio.client.server import Server, ServerProject

__all__ = ["Server", "ServerError", "ServerProject"]
